//! Entities of the model: cycles, nation, provinces, industries, clusters, groups, spill-overs and events.

use super::QuantityId;
use crate::diag::Span;
use crate::text::Text;

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
    /// Stated links.
    Links(Vec<SpilloverLink>),
}

/// One stated spill-over between segments, given as (cluster, industry).
#[derive(Clone, Copy, Debug)]
pub struct SpilloverLink {
    /// The segment that receives.
    pub to: (usize, usize),
    /// The segment that it receives from.
    pub from: (usize, usize),
    /// Weight; the weights of one receiver sum to 1.
    pub weight: f64,
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
