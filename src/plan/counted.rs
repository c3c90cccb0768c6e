//! Things that are counted beside revenue: firms, products, approvals, arrivals and indicators, over plan indices.
//!
//! Existing firms and products are read-outs: they follow the revenue of some segments (a driver) and never change
//! it. Only what is new, a launched product or an arriving firm, adds to a segment (model section "Things that are
//! counted").

use super::arrays::Num;

/// Segments whose summed revenue some counted things follow.
pub type Driver = Vec<usize>;

/// What a counted series reads out in every year.
#[derive(Clone, Debug, PartialEq)]
pub enum Counted {
    /// Number of things at or above a size.
    Above {
        /// The size, 亿元.
        threshold: f64,
        /// Named firms or products, indices into [`CountedWorld::items`].
        items: Vec<usize>,
        /// Size distributions, indices into [`CountedWorld::populations`].
        populations: Vec<usize>,
        /// Arriving firms, indices into [`CountedWorld::arrivals`].
        arrivals: Vec<usize>,
        /// Launched products, indices into [`CountedWorld::pipelines`].
        pipelines: Vec<usize>,
    },
    /// Approvals of these pipelines from year index `since` (1 is the first simulated year) to the year at hand.
    Approvals {
        /// Indices into [`CountedWorld::pipelines`].
        pipelines: Vec<usize>,
        /// First counted year.
        since: usize,
    },
    /// Arrivals of outside firms from year index `since` to the year at hand.
    Arrivals {
        /// Indices into [`CountedWorld::arrivals`].
        arrivals: Vec<usize>,
        /// First counted year.
        since: usize,
    },
    /// An indicator, index into [`CountedWorld::indicators`].
    Indicator(usize),
    /// Average annual growth of the nation's trend and cycle since the base year; 0 in the base year.
    NationGrowth,
}

/// Everything counted, with the numbers of one world. The order of every list is that of the ids.
#[derive(Clone, Debug, Default)]
pub struct CountedWorld {
    /// Named firms, then named products.
    pub items: Vec<Item>,
    /// Size distributions of firms, then of products.
    pub populations: Vec<Population>,
    /// Arriving firms.
    pub arrivals: Vec<Arrival>,
    /// Pipelines.
    pub pipelines: Vec<Pipeline>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Median annual growth of the nation; `None` if the file states growth by industry.
    pub nation_trend: Option<Num>,
}

/// How a thing grows: `size_t = size_0 (1 + premium)^t (R_t / R_0)^exposure exp(own_t)`, where `own` is a random walk.
#[derive(Clone, Copy, Debug)]
pub struct Following {
    /// Index into [`super::Plan::drivers`]; `None` follows nothing (a firm outside the primary measure).
    pub driver: Option<usize>,
    /// Median annual growth beside the driver's.
    pub premium: Num,
    /// Exposure b to the driver's growth.
    pub exposure: Num,
    /// S.d. of a year's own log growth.
    pub own_volatility: Num,
}

/// A named firm or product.
#[derive(Clone, Debug)]
pub struct Item {
    /// `firm.<id>` or `product.<id>`; its own shocks are drawn under `<name>/own`.
    pub name: String,
    /// Base-year size, 亿元.
    pub base: Num,
    /// How they grow.
    pub follows: Following,
    /// Own volatility is `own_volatility · (base / reference)^−exponent`.
    pub size_rule: Option<SizeRule>,
}

/// How own volatility falls with size.
#[derive(Clone, Copy, Debug)]
pub struct SizeRule {
    /// Size at which the stated volatility holds, 亿元.
    pub reference: Num,
    /// Exponent, usually 0.14 to 0.20.
    pub exponent: Num,
}

/// Size law of the unnamed things of a place.
#[derive(Clone, Copy, Debug)]
pub enum SizeLaw {
    /// Pareto: `P(size > x) = (x / minimum)^−exponent`, optionally cut off at `below`.
    Pareto {
        /// Smallest size, 亿元; unused under [`SizeScale::Total`].
        minimum: Num,
        /// Exponent of the tail.
        exponent: Num,
        /// Upper bound of the base-year size, 亿元.
        below: Option<Num>,
    },
    /// Lognormal.
    Lognormal {
        /// Median size, 亿元; unused under [`SizeScale::Total`].
        median: Num,
        /// S.d. of the log size.
        sigma: Num,
    },
}

/// What fixes the scale of a size law: its own parameter, or the total of all sizes.
#[derive(Clone, Copy, Debug)]
pub enum SizeScale {
    /// The scale stands in the law.
    Stated,
    /// Expected sum of all sizes, 亿元, from which the law's scale follows; the scale in the law is then unused.
    Total(Num),
}

/// The unnamed firms or products of a place.
#[derive(Clone, Debug)]
pub struct Population {
    /// `firm_sizes.<id>` or `product_sizes.<id>`; ranks are drawn under `<name>/ranks`.
    pub name: String,
    /// Number of things, rounded in the trial.
    pub count: Num,
    /// Size law.
    pub law: SizeLaw,
    /// What fixes its scale.
    pub scale: SizeScale,
    /// How they grow.
    pub follows: Following,
}

/// Outside firms that settle in a segment.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// `arrival.<id>`.
    pub name: String,
    /// Segment that their revenue joins.
    pub segment: usize,
    /// Poisson arrivals a year without policy.
    pub rate: Num,
    /// Years in which firms may arrive, under any policy, as indices (1 is the first simulated year).
    pub active: std::ops::RangeInclusive<usize>,
    /// Revenue at full output, drawn for every arrival, 亿元.
    pub size: crate::random::Sampler,
    /// Years from arrival to first output.
    pub online_after: Num,
    /// Years from arrival to full output.
    pub full_after: Num,
    /// Share of the revenue that is taken from local firms.
    pub displaced: Num,
}

/// Products on their way to approval.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// `pipeline.<id>`.
    pub name: String,
    /// Stages in order.
    pub stages: Vec<Stage>,
    /// Entrants a year without policy, and the stage that they enter.
    pub entrants: (Num, usize),
    /// Peak yearly sales, drawn for every approval, 亿元.
    pub peak_sales: crate::random::Sampler,
    /// Years from launch to peak.
    pub ramp: Num,
    /// Years from approval to launch.
    pub launch_after: Num,
    /// Share of the sales that is booked in `receivers`.
    pub local: Num,
    /// Segments that local sales join.
    pub receivers: Vec<usize>,
    /// Index of the industry, for counts of products by industry.
    pub industry: usize,
    /// The different ways in which policies move approvals; entry 0 is no support. Policies that move them alike
    /// share an entry ([`super::PolicyPlan::variants`]) and are simulated once.
    pub variants: Vec<Vec<ApprovalSupport>>,
}

/// What one instrument does to the approvals of one pipeline.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovalSupport {
    /// Years after the base year from which on it works.
    pub start: usize,
    /// Whether each stage is supported.
    pub stages: Vec<bool>,
    /// Multiplier of entrants.
    pub entrants: Num,
    /// Further entrants a year.
    pub entrants_added: Num,
    /// Multiplier of the success of supported stages.
    pub success: Num,
    /// Multiplier of the duration of supported stages.
    pub duration: Num,
}

/// Law of a stage's duration around its mean.
#[derive(Clone, Debug)]
pub enum StageTime {
    /// Always the mean.
    Fixed,
    /// Exponential.
    Exponential,
    /// Gamma with mean 1.
    Gamma(crate::random::Sampler),
}

/// One stage of a pipeline.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Stream names are `<pipeline>/<stage>/…`.
    pub id: String,
    /// Probability of passing.
    pub success: Num,
    /// Mean duration, years.
    pub duration: Num,
    /// Law of the duration.
    pub time: StageTime,
    /// Assets in this stage at the end of the base year.
    pub assets: u32,
    /// Share of the stage that they have behind them.
    pub elapsed: Num,
}

/// A yearly figure that is no revenue.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// `indicator.<id>`.
    pub name: String,
    /// Its law.
    pub kind: IndicatorKind,
}

/// Law of an indicator.
#[derive(Clone, Copy, Debug)]
pub enum IndicatorKind {
    /// Poisson arrivals on a base.
    Count {
        /// Base-year value.
        base: Num,
        /// Arrivals a year without policy.
        rate: Num,
    },
    /// AR(1) around a drifting mean.
    Ratio {
        /// Base-year value.
        start: Num,
        /// Mean in the base year.
        mean: Num,
        /// Change of the mean a year.
        drift: Num,
        /// Persistence φ.
        persistence: Num,
        /// Stationary s.d.
        volatility: Num,
    },
}

/// Pipeline channel of an instrument. Multipliers are 1 and additions 0 where nothing is stated.
#[derive(Clone, Debug, PartialEq)]
pub struct PipelineSupport {
    /// Supported pipelines, indices into [`CountedWorld::pipelines`].
    pub pipelines: Vec<usize>,
    /// For each of them, whether each stage is supported.
    pub stages: Vec<Vec<bool>>,
    /// Years after the base year from which on it works (0: from the start of the first simulated year).
    pub start: usize,
    /// Multiplier of entrants.
    pub entrants: Num,
    /// Further entrants a year.
    pub entrants_added: Num,
    /// Multiplier of the success of supported stages.
    pub success: Num,
    /// Multiplier of the duration of supported stages.
    pub duration: Num,
    /// Multiplier of the years to peak.
    pub uptake: Num,
    /// Multiplier of peak sales.
    pub peak: Num,
    /// Added to the local share.
    pub local_added: Num,
    /// Award for an approval, 亿元, paid while the year's money lasts; uptake, peak and local share then hold for
    /// the awarded products only.
    pub award: Option<Num>,
}

/// Support of arriving firms.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrivalSupport {
    /// Indices into [`CountedWorld::arrivals`].
    pub of: Vec<usize>,
    /// First year index in which it works.
    pub start: usize,
    /// Multiplier of the rate.
    pub rate: Num,
    /// Further arrivals a year.
    pub added: Num,
}

/// Support of indicators.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorSupport {
    /// Indices into [`CountedWorld::indicators`].
    pub of: Vec<usize>,
    /// First year index in which it works.
    pub start: usize,
    /// Years of the linear phase-in of a shift.
    pub years: usize,
    /// Multiplier of a count's rate.
    pub rate: Num,
    /// Further arrivals a year.
    pub added: Num,
    /// Shift of a ratio's mean once phased in.
    pub shift: Num,
}
