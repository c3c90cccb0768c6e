//! What is asked and what is known: scopes, targets and past figures.

use super::{Reading, Subject};
use crate::diag::Span;
use crate::scenario::Provenance;
use crate::text::Text;

/// What a target or record is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All provinces of the file; of a past figure, the whole country, which they need not make up.
    Nation,
    /// A province.
    Province(usize),
    /// A cluster.
    Cluster(usize),
    /// An industry.
    Industry(usize),
    /// A named group.
    Group(usize),
    /// A list of clusters.
    Clusters(Vec<usize>),
}

/// When a target is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// In that year.
    Year(i32),
    /// First reached no later than that year.
    By(i32),
    /// In every year from–to.
    Sustained(i32, i32),
}

/// Level of a threshold target, in the unit of its subject.
#[derive(Clone, Debug, PartialEq)]
pub enum Level {
    /// The same amount in every year.
    Fixed(f64),
    /// An amount by year.
    ByYear(Vec<(i32, f64)>),
    /// A multiple of the base-year figure.
    MultipleOfBase(f64),
    /// Compound annual growth from the base year.
    Growth(f64),
}

/// What a target demands.
#[derive(Clone, Debug, PartialEq)]
pub enum Demand {
    /// A quantity at or above (`at_least`) or at or below a level.
    Threshold {
        /// Direction.
        at_least: bool,
        /// Level.
        level: Level,
        /// When.
        when: When,
    },
    /// So many clusters of the scope at or above each value.
    Count {
        /// (how many, value).
        tiers: Vec<(usize, f64)>,
        /// When.
        when: When,
    },
    /// At least `k` of other targets; `k = of.len()` is "all of".
    AtLeast {
        /// How many.
        k: usize,
        /// Indices of targets.
        of: Vec<usize>,
    },
}

/// A target.
#[derive(Clone, Debug)]
pub struct Target {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Source id of the document that sets it.
    pub document: Option<String>,
    /// The reading under which alone it is in force.
    pub reading: Option<Reading>,
    /// Whether its quantity's pace is assumed from the target itself, so that its chance only repeats that rule.
    pub by_rule: bool,
    /// Whether it only serves as a condition of [`Conditional`](super::Conditional)s.
    pub is_condition: bool,
    /// What is judged.
    pub subject: Subject,
    /// Scope.
    pub scope: Scope,
    /// Measure of revenue; the primary one for other subjects, which have none.
    pub measure: usize,
    /// Condition.
    pub demand: Demand,
    /// Stretch target.
    pub stretch: Option<f64>,
    /// Source, grade, note.
    pub provenance: Provenance,
    /// Where it is declared.
    pub span: Span,
}

/// A past figure.
#[derive(Clone, Debug)]
pub struct Record {
    /// Scope.
    pub scope: Scope,
    /// Year.
    pub year: i32,
    /// Level, 亿元.
    pub value: Option<f64>,
    /// Growth on the year before.
    pub growth: Option<f64>,
    /// Months from January that the growth covers; 12 for the whole year.
    pub months: u8,
    /// Measure.
    pub measure: usize,
    /// Source, grade, note.
    pub provenance: Provenance,
    /// Where its figure is written: the level, or else the growth.
    pub span: Span,
    /// Where its year is written.
    pub year_span: Span,
}

/// What is known to have happened; held against predictions, never used by them.
#[derive(Clone, Debug)]
pub struct KnownOutcome {
    /// Name, if one is written.
    pub name: Option<Text>,
    /// What it is about.
    pub subject: Subject,
    /// Scope.
    pub scope: Scope,
    /// Measure of revenue; the primary one for other subjects.
    pub measure: usize,
    /// Year, after the base year.
    pub year: i32,
    /// The figure, in the unit of its subject.
    pub value: f64,
    /// The target that it settles, and whether that was met.
    pub target: Option<Settlement>,
    /// Source, grade, note.
    pub provenance: Provenance,
    /// Where it is declared.
    pub span: Span,
}

/// What an outcome says of a target.
#[derive(Clone, Copy, Debug)]
pub struct Settlement {
    /// Index of the target.
    pub target: usize,
    /// Whether it was met.
    pub met: bool,
    /// Whether that is the author's judgement, because the figure alone does not decide it.
    pub judged: bool,
}
