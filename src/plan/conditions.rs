//! Targets as the tally judges them.

/// Level that a quantity is compared with in one year: `constant + of_base · base`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Fixed part, in the unit of the series.
    pub constant: f64,
    /// Multiple of the series' own base-year value.
    pub of_base: f64,
}

/// When a threshold is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// In one year (index 1..=steps).
    Year(usize),
    /// First reached no later than this year.
    By(usize),
    /// In every year of the range.
    Every(std::ops::RangeInclusive<usize>),
}

/// The condition of a target.
#[derive(Clone, Debug)]
pub enum Condition {
    /// A series against a level.
    Threshold {
        /// Index into [`Plan::series`].
        series: usize,
        /// `true`: at least; `false`: at most.
        at_least: bool,
        /// Level for every year 0..=steps; `None` in years without one.
        levels: Vec<Option<Level>>,
        /// When it is judged.
        when: When,
    },
    /// So many series at or above each tier.
    Count {
        /// Indices into [`Plan::series`].
        members: Vec<usize>,
        /// (how many, value).
        tiers: Vec<(usize, f64)>,
        /// When it is judged.
        when: When,
    },
    /// At least `k` of the targets (all of them: `k = of.len()`; any: `k = 1`).
    AtLeast {
        /// How many.
        k: usize,
        /// Indices of earlier targets.
        of: Vec<usize>,
    },
}

impl Condition {
    /// The last year in which it is judged (index 1..=steps); `None` for groups, which refer to other targets.
    pub fn last_year(&self) -> Option<usize> {
        let (Self::Threshold { when, .. } | Self::Count { when, .. }) = self else { return None };
        Some(match when {
            When::Year(year) | When::By(year) => *year,
            When::Every(years) => *years.end(),
        })
    }
}

/// A target as the tally sees it.
#[derive(Clone, Debug)]
pub struct Target {
    /// Identifier.
    pub id: String,
    /// Its condition. Groups only refer to targets that stand before them.
    pub condition: Condition,
    /// Upper end of a stated range, judged like the target itself.
    pub stretch: Option<f64>,
}
