//! The checked model: entities that refer to each other by index and to uncertain numbers by [`QuantityId`].
//!
//! [`read`] turns a scenario into a [`Model`] and reports every fault it finds in one pass. A value that exists here
//! is valid: ranges hold for every possible draw, shares add up, references point to something.

mod changes;
mod counted;
mod dependence;
mod entities;
mod events;
mod figure_units;
mod firms;
mod instruments;
mod known;
mod levers;
mod measures;
mod naming;
mod outcomes;
mod pipelines;
mod places;
mod quantity;
mod reader;
mod readings;
mod records;
mod settings;
mod split;
mod starts;
mod subjects;
mod targets;
mod validate;
mod validate_firms;
mod validate_known;
mod validate_pipelines;
mod validate_records;
mod validate_unused;

pub(crate) use measures::base_in;

pub use changes::{Change, Operation, apply};
pub use counted::*;
pub use entities::*;
pub use firms::*;
pub use levers::*;
pub use naming::{short, with_province};
pub use outcomes::*;
pub use pipelines::*;
pub use quantity::{Delay, Quantities, Quantity, QuantityId};
pub use reader::{read, read_with};
pub use readings::{Choices, Conditional, Reading, Switch};
pub use subjects::{Figure, Subject};

use crate::random::Correlation;
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
    /// Whole numbers of years that the file states, with their sources.
    pub delays: Vec<Delay>,
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
    /// Products on their way to approval.
    pub pipelines: Vec<Pipeline>,
    /// Outside firms that settle.
    pub arrivals: Vec<Arrival>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Named firms and products.
    pub items: Vec<Item>,
    /// Size distributions of unnamed firms and products.
    pub populations: Vec<Population>,
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
    /// Readings of the documents that change the answer.
    pub switches: Vec<Switch>,
    /// Conditional probabilities.
    pub conditionals: Vec<Conditional>,
    /// Past figures.
    pub records: Vec<Record>,
    /// What is known to have happened; for the hindcast only.
    pub known: Vec<KnownOutcome>,
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

    /// The instrument with this identifier; else all those with this name in one of the languages.
    pub fn instruments_called(&self, written: &str) -> Vec<usize> {
        if let Some(index) = self.instruments.iter().position(|instrument| instrument.id == written) {
            return vec![index];
        }
        let is_it = |i: &Instrument| [&i.name.zh, &i.name.en].into_iter().any(|name| name == written);
        (0..self.instruments.len()).filter(|&index| is_it(&self.instruments[index])).collect()
    }

    /// Name of a scope.
    pub fn scope_name(&self, scope: &Scope) -> Text {
        match scope {
            Scope::Nation => Text::new("各省合计", "All provinces"),
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

    /// Name of what a past figure is about: that of the nation is of the whole country, whatever provinces the file holds.
    pub fn record_scope_name(&self, scope: &Scope) -> Text {
        match scope {
            Scope::Nation => Text::new("全国", "the whole country"),
            other => self.scope_name(other),
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
