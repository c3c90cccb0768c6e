//! The compiled plan: flat arrays that the kernel walks, with nothing left to look up and nothing random yet.

use super::channels::PolicyPlan;
use super::conditions::Target;
use super::counted::{Counted, CountedWorld, Driver};
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
    /// Something counted, or an indicator.
    Counted,
}

/// Unit of a tracked series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesUnit {
    /// Revenue, 亿元.
    Money,
    /// Money that is no revenue, 亿元.
    Amount,
    /// Whole number of things.
    Count,
    /// A fraction that is shown in percent.
    Share,
    /// A number in the unit of its indicator.
    Number,
}

/// How a series is built from clusters or segments.
#[derive(Clone, Debug, PartialEq)]
pub enum Parts {
    /// Sum over these clusters.
    Clusters(Vec<usize>),
    /// Sum over the segments of this industry.
    Industry(usize),
    /// A count or an indicator.
    Counted(Counted),
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
    /// Unit of its values.
    pub unit: SeriesUnit,
    /// Name of that unit.
    pub unit_name: Text,
    /// Identifier of the measure; empty for what is counted.
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
#[derive(Clone, Debug)]
pub enum Arrivals {
    /// Poisson with this yearly rate.
    Rate(Num),
    /// At most one a year, with this probability.
    Probability(Num),
    /// So many in each step for certain.
    Held(Vec<u32>),
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
    /// Counted things and indicators.
    pub counted: CountedWorld,
    /// The policies, in the order of [`Plan::policies`].
    pub policies: Vec<PolicyPlan>,
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
    /// Sets of segments whose revenue counted things follow.
    pub drivers: Vec<Driver>,
    /// Tracked series.
    pub series: Vec<Series>,
    /// Targets; groups after their members.
    pub targets: Vec<Target>,
    /// Indices of the proper targets in force, in the order of the file: their pairs are counted.
    pub proper: Vec<usize>,
    /// Policies; the reference first.
    pub policies: Vec<String>,
    /// For every policy the one that it is compared with trial by trial: itself or an earlier one.
    pub against: Vec<usize>,
    /// Whether quantiles, shares of variance and pairs of targets are measured; means, hits and comparisons always are.
    pub distributions: bool,
    /// Worlds.
    pub worlds: Vec<WorldPlan>,
    /// Yearly discount of public money.
    pub discount_rate: f64,
    /// Series and year index whose variance is attributed to the uncertain quantities.
    pub main_outcome: (usize, usize),
    /// Series and year index of every known outcome of the model, in its order.
    pub known: Vec<(usize, usize)>,
}

impl Plan {
    /// Number of values of one series: the base year and every simulated year.
    pub fn points(&self) -> usize {
        self.steps + 1
    }

    /// The last year in which a target is judged (index 1..=steps); the last of all without targets.
    pub fn last_judged(&self) -> usize {
        let years = self.targets.iter().filter_map(|target| target.condition.last_year());
        years.max().unwrap_or(self.steps)
    }

    /// Index of a series' value in a year (0 = base year) within the block buffers.
    pub fn at(&self, series: usize, year: usize) -> usize {
        series * self.points() + year
    }
}
