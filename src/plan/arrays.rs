//! The compiled plan: flat arrays that the kernel walks, with nothing left to look up and nothing random yet.

use crate::random::{Distribution, Sampler};
use crate::text::Text;

/// A number of the plan: known, or drawn once per trial.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Num {
    /// The same in every trial.
    Const(f64),
    /// Entry of [`WorldPlan::values`].
    Draw(usize),
}

/// One epistemic draw per trial, addressed by the quantity's path.
#[derive(Clone, Debug)]
pub struct Score {
    /// Path of the quantity, which is also the name of its random stream.
    pub name: String,
    /// Position in [`Copula::members`], if the quantity depends on others.
    pub copula: Option<usize>,
}

/// Gaussian copula over some of the scores.
#[derive(Clone, Debug)]
pub struct Copula {
    /// Indices into [`Plan::scores`].
    pub members: Vec<usize>,
    /// Lower Cholesky factor of the normal correlation, row-major, `members.len()` squared.
    pub lower: Vec<f64>,
}

/// The yearly innovations of all cycles (nation, industries, provinces).
#[derive(Clone, Debug, Default)]
pub struct CycleDraws {
    /// Stream names, one per cycle.
    pub names: Vec<String>,
    /// Cycles that are named in a correlation, as indices into `names`.
    pub correlated: Vec<usize>,
    /// Lower Cholesky factor over `correlated`, row-major.
    pub lower: Vec<f64>,
    /// Degrees of freedom of Student-t innovations; `None` means normal.
    pub tails: Option<f64>,
}

/// One simulated segment: the part of a cluster in one industry.
#[derive(Clone, Debug)]
pub struct Segment {
    /// `cluster/industry`, which is also the name of its own-shock stream.
    pub name: String,
    /// Index into [`Plan::clusters`].
    pub cluster: usize,
    /// Index into the industries.
    pub industry: usize,
    /// Share of the cluster's base-year revenue, in [0, 1].
    pub mix: f64,
}

/// A cluster as the plan sees it.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Identifier.
    pub id: String,
    /// Index of its province.
    pub province: usize,
    /// Its segments, a contiguous range of [`Plan::segments`].
    pub segments: std::ops::Range<usize>,
}

/// What a tracked series adds up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeriesKind {
    /// All provinces of the file.
    Nation,
    /// One province.
    Province,
    /// One cluster.
    Cluster,
    /// One industry over all clusters.
    Industry,
    /// A named or target-defined set of clusters.
    Group,
}

/// How a series is built from clusters or segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parts {
    /// Sum over these clusters.
    Clusters(Vec<usize>),
    /// Sum over the segments of this industry.
    Industry(usize),
}

/// One yearly outcome that is tracked.
#[derive(Clone, Debug)]
pub struct Series {
    /// Scope and measure, e.g. `province.hubei` or `group.core@chain`.
    pub id: String,
    /// Name for tables and charts.
    pub name: Text,
    /// What is added up.
    pub kind: SeriesKind,
    /// The parts that are added up.
    pub parts: Parts,
    /// Identifier of the measure.
    pub measure: String,
    /// `Some(k)`: the path in another measure, `base_in × R_t / R_t0`, where the base figure is entry `k`
    /// of [`WorldPlan::rebases`].
    pub rebase: Option<usize>,
}

/// An AR(1) cycle in log growth, with possibly uncertain parameters.
#[derive(Clone, Copy, Debug)]
pub struct Cycle {
    /// Stationary standard deviation τ of log growth.
    pub volatility: Num,
    /// Persistence φ in (−1, 1).
    pub persistence: Num,
    /// Value in the base year; `None` draws it from the stationary law.
    pub start: Option<Num>,
}

/// The nation's two regimes (normal, downturn).
#[derive(Clone, Copy, Debug)]
pub struct Regimes {
    /// Shift of mean log growth in (normal, downturn).
    pub mean: [Num; 2],
    /// Stationary standard deviation in (normal, downturn).
    pub volatility: [Num; 2],
    /// Yearly probability normal → downturn.
    pub to_downturn: Num,
    /// Yearly probability downturn → normal.
    pub to_normal: Num,
    /// Probability of a downturn in the first simulated year; `None` means the stationary probability.
    pub start_downturn: Option<Num>,
}

/// How the size of one event arrival is given.
#[derive(Clone, Debug)]
pub enum Severity {
    /// Share of the exposed level that is lost; the level is multiplied by `1 − severity · exposure`.
    Share {
        /// Severity, drawn for every arrival.
        severity: Sampler,
        /// Exposed share of the segment's revenue.
        exposure: Num,
    },
    /// Log change of the level, drawn for every arrival.
    LogChange(Sampler),
}

/// Arrivals of an event.
#[derive(Clone, Copy, Debug)]
pub enum Arrivals {
    /// Poisson with this yearly rate.
    Rate(Num),
    /// At most one a year, with this probability.
    Probability(Num),
}

/// An event and the segments that it hits.
#[derive(Clone, Debug)]
pub struct Event {
    /// Stream name (`event.<id>`).
    pub name: String,
    /// Arrivals a year.
    pub arrivals: Arrivals,
    /// Size of one arrival.
    pub severity: Severity,
    /// Years over which the change fades linearly in logs; `None` means for good.
    pub recovery: Option<usize>,
    /// Whether each segment is hit.
    pub segments: Vec<bool>,
    /// First and last step in which arrivals happen, 0-based (step k is the growth into year `t0 + k + 1`).
    pub active: std::ops::RangeInclusive<usize>,
}

/// Base-year revenue of a cluster.
#[derive(Clone, Debug)]
pub enum Base {
    /// A figure of its own.
    Own(Num),
    /// A share of the province's figure.
    Share {
        /// The province's figure.
        province: Num,
        /// The share, in [0, 1].
        share: Num,
    },
    /// What the other clusters leave of the province's figure.
    Remainder {
        /// The province's figure.
        province: Num,
        /// The other clusters of the province.
        others: Vec<usize>,
    },
}

/// Spill-over between segments.
#[derive(Clone, Debug)]
pub struct Spillover {
    /// Strength ρ in [0, 1).
    pub strength: Num,
    /// For each segment its neighbours and their weights, which sum to 1 (or none).
    pub neighbours: Vec<Vec<(usize, f64)>>,
}

/// An amount paid in one year: `number × factor` in 亿元.
#[derive(Clone, Copy, Debug)]
pub struct Payment {
    /// Years after the base year, 0..=steps.
    pub year: usize,
    /// The stated amount.
    pub amount: Num,
    /// Share of the stated amount that falls in this year.
    pub factor: f64,
}

/// The capacity channel of an instrument (model section "Policy instruments").
#[derive(Clone, Debug)]
pub struct Capacity {
    /// Share of the announced money that is ever paid in.
    pub realised: Num,
    /// Yuan invested in all per public yuan.
    pub leverage: Num,
    /// Share of the investment kept in the province.
    pub retained: Num,
    /// Share of the investment that would have come anyway.
    pub deadweight: Num,
    /// Share of new sales taken from local firms.
    pub displaced: Num,
    /// Share of projects that survive.
    pub survival: Num,
    /// Survival is one all-or-nothing draw per vintage instead of a share.
    pub vintage_failure: bool,
    /// Yearly revenue at full output per yuan invested.
    pub output_ratio: Num,
    /// Years from investment to first output.
    pub online_after: Num,
    /// Years from investment to full output.
    pub full_after: Num,
    /// Absorptive limit as a share of the cluster's base revenue.
    pub absorption: Option<Num>,
    /// For each cluster that receives money: the segments that receive its revenue, with weights that sum to 1.
    pub receivers: Vec<(usize, Vec<(usize, f64)>)>,
}

/// A batch of projects with a landing funnel.
#[derive(Clone, Debug)]
pub struct Projects {
    /// Signed investment by year of signing.
    pub signed: Vec<Payment>,
    /// Projects per year of signing.
    pub count: u32,
    /// P(landed | signed).
    pub landed: Num,
    /// P(started | landed).
    pub started: Num,
    /// Years from signing to start.
    pub start_delay: usize,
    /// Public money per yuan of started investment.
    pub public_share: Num,
}

/// The knowledge channel of an instrument.
#[derive(Clone, Debug)]
pub struct Knowledge {
    /// Private R&D induced per public yuan.
    pub additionality: Num,
    /// Output elasticity of knowledge β.
    pub elasticity: Num,
    /// Depreciation δ.
    pub depreciation: Num,
    /// Lag in years.
    pub lag: usize,
    /// R&D as a share of revenue.
    pub rd_intensity: Num,
    /// For every cluster and year: median revenue as a multiple of the base year, and its growth.
    pub median_path: Vec<Vec<(f64, f64)>>,
}

/// Size of a growth measure.
#[derive(Clone, Copy, Debug)]
pub enum GrowthEffect {
    /// Log growth added every year once phased in.
    Uplift(Num),
    /// Total effect on the level.
    Level(Num),
}

/// The growth channel of an instrument.
#[derive(Clone, Debug)]
pub struct Growth {
    /// Size of the effect.
    pub effect: GrowthEffect,
    /// Years of the linear phase-in.
    pub years: usize,
    /// First step that feels it, 0-based.
    pub first_step: usize,
    /// Money scale of the saturation.
    pub scale: Option<Num>,
    /// Whether each segment is affected.
    pub segments: Vec<bool>,
}

/// One instrument as a policy sets it.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// Identifier; its streams are `instrument.<id>/…`.
    pub id: String,
    /// Public money by year.
    pub money: Vec<Payment>,
    /// Share of the paid money that returns.
    pub recovery_share: Num,
    /// Years from payment to return.
    pub recovery_after: usize,
    /// Split over clusters; `None` splits by base-year revenue within the trial.
    pub allocation: Option<Vec<Num>>,
    /// Landing funnel in front of the capacity channel.
    pub projects: Option<Projects>,
    /// Capacity channel.
    pub capacity: Option<Capacity>,
    /// Knowledge channel.
    pub knowledge: Option<Knowledge>,
    /// Growth channel.
    pub growth: Option<Growth>,
}

/// One effect on growth: a growth channel works alike everywhere, a knowledge channel cluster by cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Growth channel of this instrument.
    Growth(usize),
    /// Knowledge channel of (instrument, cluster).
    Knowledge(usize, usize),
}

/// One policy in one world.
#[derive(Clone, Debug)]
pub struct PolicyPlan {
    /// Identifier.
    pub id: String,
    /// Instruments in force, with the policy's levers.
    pub instruments: Vec<Instrument>,
    /// For every segment the class of its growth effects.
    pub effect_class: Vec<usize>,
    /// The classes: which effects they add up. Class 0 is always "no effect".
    pub classes: Vec<Vec<Effect>>,
}

/// Everything that one world fixes.
#[derive(Clone, Debug)]
pub struct WorldPlan {
    /// Identifier.
    pub id: String,
    /// Quantities drawn once per trial: index of the score, and its transform.
    pub values: Vec<(usize, Sampler)>,
    /// The distributions behind `values`, for description.
    pub distributions: Vec<Distribution>,
    /// For every segment: the numbers whose sum is its median annual growth rate.
    pub trend: Vec<Vec<Num>>,
    /// Exposure to the national cycle, by cluster.
    pub exposure: Vec<Num>,
    /// S.d. of own shocks, by cluster.
    pub own_volatility: Vec<Num>,
    /// Nation's cycle.
    pub nation: Option<Cycle>,
    /// Nation's regimes.
    pub regimes: Option<Regimes>,
    /// Industry cycles.
    pub industries: Vec<Option<Cycle>>,
    /// Provincial cycles.
    pub provinces: Vec<Option<Cycle>>,
    /// Base-year revenue, by cluster.
    pub base: Vec<Base>,
    /// Base figures in other measures, for [`Series::rebase`].
    pub rebases: Vec<Num>,
    /// Events.
    pub events: Vec<Event>,
    /// Spill-over, if any.
    pub spillover: Option<Spillover>,
    /// The policies, in the order of [`Plan::policies`].
    pub policies: Vec<PolicyPlan>,
}

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

/// The compiled plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Base year t0.
    pub base_year: i32,
    /// Number of simulated years.
    pub steps: usize,
    /// Epistemic draws.
    pub scores: Vec<Score>,
    /// Their dependence.
    pub copula: Option<Copula>,
    /// Cycle innovations: nation first, then industries, then provinces.
    pub cycles: CycleDraws,
    /// Degrees of freedom of own shocks.
    pub own_tails: Option<f64>,
    /// Clusters.
    pub clusters: Vec<Cluster>,
    /// Industry identifiers.
    pub industries: Vec<String>,
    /// Province identifiers.
    pub provinces: Vec<String>,
    /// Segments, cluster by cluster.
    pub segments: Vec<Segment>,
    /// Tracked series.
    pub series: Vec<Series>,
    /// Rough median of every series and year, `series × (steps + 1)`: where its histogram is dense.
    pub centres: Vec<f64>,
    /// Targets; groups after their members.
    pub targets: Vec<Target>,
    /// Policies; the reference first.
    pub policies: Vec<String>,
    /// Worlds.
    pub worlds: Vec<WorldPlan>,
    /// Yearly discount of public money.
    pub discount_rate: f64,
    /// Series and year index whose variance is attributed to the uncertain quantities.
    pub main_outcome: (usize, usize),
}

impl Plan {
    /// Number of values of one series: the base year and every simulated year.
    pub fn points(&self) -> usize {
        self.steps + 1
    }

    /// Index of a series' value in a year (0 = base year) within the block buffers.
    pub fn at(&self, series: usize, year: usize) -> usize {
        series * self.points() + year
    }
}
