//! The checked model: entities that refer to each other by index and to uncertain numbers by [`QuantityId`].
//!
//! [`read`] turns a scenario into a [`Model`] and reports every fault it finds in one pass. A value that exists here
//! is valid: ranges hold for every possible draw, shares add up, references point to something.

mod changes;
mod events;
mod instruments;
mod places;
mod quantity;
mod reader;
mod records;
mod settings;
mod targets;
mod validate;

pub(crate) use validate::base_in;

pub use changes::{Change, Operation, apply};
pub use quantity::{Quantities, Quantity, QuantityId};
pub use reader::read;

use crate::diag::Span;
use crate::random::Correlation;
use crate::scenario::Provenance;
use crate::text::Text;

/// A checked scenario.
#[derive(Clone, Debug)]
pub struct Model {
    /// Identifier of the scenario.
    pub id: String,
    /// Title.
    pub title: Text,
    /// One paragraph about the scenario.
    pub summary: Option<Text>,
    /// Last known year t0.
    pub base_year: i32,
    /// Last simulated year T.
    pub horizon: i32,
    /// Default number of trials.
    pub trials: u64,
    /// Default seed.
    pub seed: u64,
    /// Yearly discount rate of public money, in [0, 1).
    pub discount_rate: f64,
    /// Statistical definitions.
    pub measures: Vec<Measure>,
    /// Index of the primary measure.
    pub measure: usize,
    /// Documents that figures come from.
    pub sources: Vec<Source>,
    /// All numbers that may be uncertain or changed by a policy or world.
    pub quantities: Quantities,
    /// Degrees of freedom of cycle innovations; `None` means normal.
    pub cycle_tails: Option<f64>,
    /// Degrees of freedom of own shocks; `None` means normal.
    pub own_tails: Option<f64>,
    /// The nation.
    pub nation: Nation,
    /// Provinces; at least one, possibly implicit.
    pub provinces: Vec<Province>,
    /// Industries; at least one.
    pub industries: Vec<Industry>,
    /// Clusters; at least one.
    pub clusters: Vec<Cluster>,
    /// Named sets of clusters.
    pub groups: Vec<Group>,
    /// Spill-over between segments.
    pub spillover: Option<Spillover>,
    /// Correlation of cycle innovations: members (see [`CycleId`]) and matrix.
    pub cycle_correlation: Option<(Vec<CycleId>, Correlation)>,
    /// Gaussian copula over quantities: members and normal correlation.
    pub dependence: Option<(Vec<QuantityId>, Correlation)>,
    /// Events.
    pub events: Vec<Event>,
    /// Instruments.
    pub instruments: Vec<Instrument>,
    /// Policies; at least one.
    pub policies: Vec<Policy>,
    /// Index of the policy that changes are measured against.
    pub reference: usize,
    /// Worlds; the first is `base` unless the file declares its own order.
    pub worlds: Vec<World>,
    /// Targets; groups may refer to any other target.
    pub targets: Vec<Target>,
    /// Past figures.
    pub records: Vec<Record>,
}

/// A statistical definition.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
}

/// A document that figures come from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Identifier, the first word of every `source`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Date as written.
    pub date: Option<String>,
}

/// A cycle of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CycleId {
    /// The nation's.
    Nation,
    /// An industry's.
    Industry(usize),
    /// A province's.
    Province(usize),
}

/// AR(1) cycle in log growth.
#[derive(Clone, Copy, Debug)]
pub struct Cycle {
    /// Stationary s.d. τ; unset only under regimes.
    pub volatility: QuantityId,
    /// Persistence φ.
    pub persistence: QuantityId,
    /// Value in the base year; unset draws the stationary law.
    pub start: QuantityId,
}

/// Two regimes of the nation: index 0 normal, 1 downturn.
#[derive(Clone, Copy, Debug)]
pub struct Regimes {
    /// Shift of mean log growth.
    pub mean: [QuantityId; 2],
    /// Stationary s.d.
    pub volatility: [QuantityId; 2],
    /// P(normal → downturn).
    pub to_downturn: QuantityId,
    /// P(downturn → normal).
    pub to_normal: QuantityId,
    /// P(downturn in the first simulated year); unset is the stationary probability.
    pub start_downturn: QuantityId,
}

/// The nation.
#[derive(Clone, Copy, Debug)]
pub struct Nation {
    /// National trend that industry premiums are added to; unset if industries state trends of their own.
    pub trend: QuantityId,
    /// Common business cycle.
    pub cycle: Option<Cycle>,
    /// Regimes of the cycle.
    pub regimes: Option<Regimes>,
}

/// An industry.
#[derive(Clone, Debug)]
pub struct Industry {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Median annual growth, or the premium over the national trend if that is set.
    pub growth: QuantityId,
    /// Cycle.
    pub cycle: Option<Cycle>,
}

/// A province.
#[derive(Clone, Debug)]
pub struct Province {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Base-year figure; unset means the sum of the clusters.
    pub base: QuantityId,
    /// Base-year figures in other measures: (measure, figure).
    pub base_in: Vec<(usize, QuantityId)>,
    /// Excess growth of its segments.
    pub premium: QuantityId,
    /// Cycle.
    pub cycle: Option<Cycle>,
}

/// How a cluster's base-year figure is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// A figure.
    Own(QuantityId),
    /// A share of the province's figure.
    Share(QuantityId),
    /// What the other clusters leave.
    Remainder,
}

/// A cluster.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Index of its province.
    pub province: usize,
    /// Base-year figure.
    pub base: Base,
    /// Base-year figures in other measures.
    pub base_in: Vec<(usize, QuantityId)>,
    /// Industry mix: (industry, share > 0); shares sum to 1.
    pub mix: Vec<(usize, f64)>,
    /// Growth premium of its segments.
    pub premium: QuantityId,
    /// Further premium of single segments: (industry, premium).
    pub industry_premium: Vec<(usize, QuantityId)>,
    /// S.d. of each segment's own shocks.
    pub own_volatility: QuantityId,
    /// Exposure to the national cycle.
    pub exposure: QuantityId,
    /// Where it is declared.
    pub span: Span,
}

/// A named set of clusters.
#[derive(Clone, Debug)]
pub struct Group {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Members.
    pub clusters: Vec<usize>,
    /// Base-year figures in other measures.
    pub base_in: Vec<(usize, QuantityId)>,
}

/// Who is a neighbour in a spill-over.
#[derive(Clone, Debug)]
pub enum Neighbours {
    /// The same industry in other clusters, by base-year revenue.
    SameIndustry,
    /// The other industries of the same cluster, by base-year revenue.
    SameCluster,
    /// Stated links: (to, from, weight) with segments as (cluster, industry).
    Links(Vec<((usize, usize), (usize, usize), f64)>),
}

/// Spill-over of growth between segments.
#[derive(Clone, Debug)]
pub struct Spillover {
    /// Strength ρ.
    pub strength: QuantityId,
    /// Neighbours and weights.
    pub neighbours: Neighbours,
}

/// Arrivals of an event.
#[derive(Clone, Copy, Debug)]
pub enum Arrivals {
    /// Poisson, with a yearly rate.
    Rate(QuantityId),
    /// At most one a year, with a probability.
    Probability(QuantityId),
}

/// Size of an arrival.
#[derive(Clone, Copy, Debug)]
pub enum Size {
    /// Lost share of the exposed level.
    Severity {
        /// Severity of one arrival.
        severity: QuantityId,
        /// Exposed share.
        exposure: QuantityId,
    },
    /// Log change of the level.
    LogChange(QuantityId),
}

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Arrivals.
    pub arrivals: Arrivals,
    /// Size of each arrival.
    pub size: Size,
    /// Industries that are hit; empty means all.
    pub industries: Vec<usize>,
    /// Clusters that are hit; empty means all.
    pub clusters: Vec<usize>,
    /// Years over which the change fades.
    pub recovery: Option<u32>,
    /// First and last year with arrivals.
    pub years: (i32, i32),
}

/// Money by year.
#[derive(Clone, Debug)]
pub enum Money {
    /// A total split equally over the years.
    Total {
        /// The total.
        total: QuantityId,
        /// First and last year.
        years: (i32, i32),
    },
    /// The same amount every year.
    PerYear {
        /// The amount.
        amount: QuantityId,
        /// First and last year.
        years: (i32, i32),
    },
    /// Amounts by year.
    ByYear(Vec<(i32, QuantityId)>),
}

/// Capacity channel.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each field is the key of the same name; see docs/scenario-format.md")]
pub struct Capacity {
    pub realised: QuantityId,
    pub leverage: QuantityId,
    pub retained: QuantityId,
    pub deadweight: QuantityId,
    pub displaced: QuantityId,
    pub survival: QuantityId,
    pub vintage_failure: bool,
    pub output_ratio: QuantityId,
    pub online_after: QuantityId,
    pub full_after: QuantityId,
    pub absorption: QuantityId,
    pub industries: Vec<usize>,
}

/// A batch of projects.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each field is the key of the same name; see docs/scenario-format.md")]
pub struct Projects {
    pub signed: Money,
    pub count: u32,
    pub landed: QuantityId,
    pub started: QuantityId,
    pub start_delay: u32,
    pub public_share: QuantityId,
}

/// Knowledge channel.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each field is the key of the same name; see docs/scenario-format.md")]
pub struct Knowledge {
    pub additionality: QuantityId,
    pub elasticity: QuantityId,
    pub depreciation: QuantityId,
    pub lag: u32,
    pub rd_intensity: QuantityId,
    pub span: Span,
}

/// Growth channel.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each field is the key of the same name; see docs/scenario-format.md")]
pub struct Growth {
    /// The effect, and whether it is a level effect.
    pub effect: (QuantityId, bool),
    pub years: u32,
    pub lag: u32,
    pub start: i32,
    pub scale: QuantityId,
    pub clusters: Vec<usize>,
    pub industries: Vec<usize>,
}

/// An instrument.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Public money.
    pub money: Option<Money>,
    /// Share of the money that returns.
    pub recovery_share: QuantityId,
    /// Years until it returns.
    pub recovery_after: u32,
    /// Split over clusters; empty means by base-year revenue.
    pub allocation: Vec<(usize, QuantityId)>,
    /// Where the allocation is written.
    pub allocation_span: Span,
    /// Landing funnel.
    pub projects: Option<Projects>,
    /// Capacity channel.
    pub capacity: Option<Capacity>,
    /// Knowledge channel.
    pub knowledge: Option<Knowledge>,
    /// Growth channel.
    pub growth: Option<Growth>,
}

/// A policy.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Instruments in force.
    pub instruments: Vec<usize>,
    /// Changes to levers.
    pub changes: Vec<Change>,
}

/// A world.
#[derive(Clone, Debug)]
pub struct World {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Changes to what nobody controls.
    pub changes: Vec<Change>,
}

/// What a target or record is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All provinces of the file.
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

/// Level of a threshold target.
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
    /// Scope.
    pub scope: Scope,
    /// Measure.
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
    /// Measure.
    pub measure: usize,
    /// Source, grade, note.
    pub provenance: Provenance,
}

impl Model {
    /// Number of simulated years.
    pub fn steps(&self) -> usize {
        usize::try_from(self.horizon - self.base_year).unwrap_or(0)
    }

    /// Clusters of a scope; all that belong to the industry's scope are all clusters.
    pub fn clusters_of(&self, scope: &Scope) -> Vec<usize> {
        match scope {
            Scope::Nation | Scope::Industry(_) => (0..self.clusters.len()).collect(),
            Scope::Province(p) => {
                (0..self.clusters.len()).filter(|&c| self.clusters[c].province == *p).collect()
            }
            Scope::Cluster(c) => vec![*c],
            Scope::Group(g) => self.groups[*g].clusters.clone(),
            Scope::Clusters(clusters) => clusters.clone(),
        }
    }

    /// Name of a scope.
    pub fn scope_name(&self, scope: &Scope) -> Text {
        match scope {
            Scope::Nation => Text::new("全国", "Nation"),
            Scope::Province(p) => self.provinces[*p].name.clone(),
            Scope::Cluster(c) => self.clusters[*c].name.clone(),
            Scope::Industry(s) => self.industries[*s].name.clone(),
            Scope::Group(g) => self.groups[*g].name.clone(),
            Scope::Clusters(clusters) => {
                let names = clusters.iter().map(|&c| &self.clusters[c].name);
                Text::new(
                    names.clone().map(|n| n.zh.as_str()).collect::<Vec<_>>().join("、"),
                    names.map(|n| n.en.as_str()).collect::<Vec<_>>().join(", "),
                )
            }
        }
    }

    /// Reference form of a scope, as written in a file.
    pub fn scope_id(&self, scope: &Scope) -> String {
        match scope {
            Scope::Nation => "nation".to_owned(),
            Scope::Province(p) => format!("province.{}", self.provinces[*p].id),
            Scope::Cluster(c) => format!("cluster.{}", self.clusters[*c].id),
            Scope::Industry(s) => format!("industry.{}", self.industries[*s].id),
            Scope::Group(g) => format!("group.{}", self.groups[*g].id),
            Scope::Clusters(clusters) => {
                clusters.iter().map(|&c| self.clusters[c].id.as_str()).collect::<Vec<_>>().join("+")
            }
        }
    }
}
