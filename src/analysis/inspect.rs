//! What a scenario's plan says before anything is random: clusters, public money, and expected new revenue.

use super::error::AnalysisError;
use super::median::{MedianRun, median_run};
use super::results::Named;
use super::summarise::{known_policies, known_worlds};
use crate::model::{Instrument, Model, Policy, Scope};
use crate::plan::SeriesKind;
use crate::text::Text;

/// The compiled plan as it is shown. All figures are those of the median run, 亿元.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// Title of the scenario.
    pub title: Text,
    /// World whose medians are shown.
    pub world: Named,
    /// Base year and the simulated years.
    pub years: Vec<i32>,
    /// Name of the total that new revenue adds to.
    pub total: Text,
    /// Clusters in the order of the file.
    pub clusters: Vec<ClusterView>,
    /// Total without new policy (the reference), by year.
    pub reference: Vec<f64>,
    /// The chosen policies in the order of the file.
    pub policies: Vec<PolicyView>,
}

/// A cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterView {
    /// Identifier and name.
    pub cluster: Named,
    /// Base-year revenue.
    pub base: f64,
    /// Share of all clusters' base-year revenue, in [0, 1].
    pub share: f64,
    /// Industries with their shares, the largest first.
    pub mix: Vec<(Text, f64)>,
}

/// A policy with all its instruments.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyView {
    /// Identifier and name.
    pub policy: Named,
    /// Each instrument alone, with the policy's levers.
    pub instruments: Vec<Effect>,
    /// All instruments, with one kind of channel at a time.
    pub channels: Vec<Effect>,
    /// All instruments together.
    pub all: Effect,
}

/// Money and effect of some instruments.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Name of the instrument or channel.
    pub name: Text,
    /// Kinds of channels it works through.
    pub channels: Vec<Channel>,
    /// Public money by year.
    pub paid: Vec<f64>,
    /// Provincial total less that of the reference, by year.
    pub revenue: Vec<f64>,
}

/// A kind of channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Investment that becomes production.
    Capacity,
    /// Research that raises productivity.
    Knowledge,
    /// A stated effect on growth.
    Growth,
    /// Approvals and their sales.
    Pipeline,
    /// Arriving firms.
    Arrivals,
    /// Indicators, which have no revenue.
    Indicators,
}

impl Channel {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Capacity, Self::Knowledge, Self::Growth, Self::Pipeline, Self::Arrivals, Self::Indicators];

    /// The name for readers.
    pub fn name(self) -> Text {
        match self {
            Self::Capacity => Text::new("形成产能", "capacity"),
            Self::Knowledge => Text::new("研发积累", "knowledge"),
            Self::Growth => Text::new("直接促增长", "growth"),
            Self::Pipeline => Text::new("新药新械获批", "pipeline"),
            Self::Arrivals => Text::new("企业引进", "arrivals"),
            Self::Indicators => Text::new("提升指标", "indicators"),
        }
    }

    fn of(instrument: &Instrument) -> Vec<Self> {
        let has = |kind: &Self| match kind {
            Self::Capacity => instrument.capacity.is_some(),
            Self::Knowledge => instrument.knowledge.is_some(),
            Self::Growth => instrument.growth.is_some(),
            Self::Pipeline => instrument.pipeline.is_some(),
            Self::Arrivals => instrument.arrivals.is_some(),
            Self::Indicators => instrument.indicators.is_some(),
        };
        Self::ALL.into_iter().filter(has).collect()
    }

    fn only(self, instrument: &Instrument) -> Instrument {
        let mut only = instrument.clone();
        only.capacity = only.capacity.filter(|_| self == Self::Capacity);
        only.knowledge = only.knowledge.filter(|_| self == Self::Knowledge);
        only.growth = only.growth.filter(|_| self == Self::Growth);
        only.pipeline = only.pipeline.filter(|_| self == Self::Pipeline);
        only.arrivals = only.arrivals.filter(|_| self == Self::Arrivals);
        only.indicators = only.indicators.filter(|_| self == Self::Indicators);
        only
    }
}

/// Describes `policies` (identifiers; `None` means all with an instrument) in the world `world` (`None` means
/// `base`).
///
/// # Errors
/// Unknown identifiers; a median path that leaves the finite numbers.
pub fn inspect(
    model: &Model,
    policies: Option<&[String]>,
    world: Option<&str>,
) -> Result<Inspection, AnalysisError> {
    if let Some(id) =
        policies.and_then(|ids| ids.iter().find(|id| !model.policies.iter().any(|p| p.id == **id)))
    {
        return Err(AnalysisError::UnknownPolicy { id: id.clone(), known: known_policies(model) });
    }
    let world_id = world.unwrap_or("base");
    let world_index = match model.worlds.iter().position(|w| w.id == world_id) {
        Some(index) => index,
        None if world.is_none() => 0,
        None => {
            return Err(AnalysisError::UnknownWorld { id: world_id.to_owned(), known: known_worlds(model) });
        }
    };
    let chosen: Vec<usize> = (0..model.policies.len())
        .filter(|&p| {
            let policy = &model.policies[p];
            policies.map_or(!policy.instruments.is_empty(), |ids| ids.contains(&policy.id))
        })
        .collect();
    let (extended, probes) = with_probes(model, &chosen);
    let selected = chosen.iter().copied().chain(model.policies.len()..extended.policies.len()).collect();
    let run = median_run(&extended, selected, world_index)?;
    let steps = 0..=model.horizon - model.base_year;
    Ok(Inspection {
        title: model.title.clone(),
        world: Named {
            id: model.worlds[world_index].id.clone(),
            name: model.worlds[world_index].name.clone(),
        },
        years: steps.map(|step| model.base_year + step).collect(),
        total: run.plan.series.first().map(|s| s.name.clone()).unwrap_or_default(),
        clusters: clusters(model, &run),
        reference: run.path(0, 0).to_vec(),
        policies: chosen
            .iter()
            .zip(probes)
            .map(|(&p, probes)| {
                let policy = &model.policies[p];
                let name = policy.name.clone();
                let instruments = policy.instruments.iter().zip(probes.instruments).map(|(&i, id)| {
                    let instrument = &model.instruments[i];
                    effect(&run, &id, instrument.name.clone(), Channel::of(instrument))
                });
                let channels =
                    probes.channels.into_iter().map(|(kind, id)| effect(&run, &id, kind.name(), vec![kind]));
                PolicyView {
                    policy: Named { id: policy.id.clone(), name: name.clone() },
                    instruments: instruments.collect(),
                    channels: channels.collect(),
                    all: effect(&run, &policy.id, name, Vec::new()),
                }
            })
            .collect(),
    })
}

/// Identifiers of the policies added to see the parts of one policy.
struct Probes {
    instruments: Vec<String>,
    channels: Vec<(Channel, String)>,
}

/// The model with one more policy for each instrument and each kind of channel of every chosen policy. Their
/// identifiers hold a slash, which no identifier of a file can.
fn with_probes(model: &Model, chosen: &[usize]) -> (Model, Vec<Probes>) {
    let mut extended = model.clone();
    let probes = chosen.iter().map(|&p| {
        let policy = &model.policies[p];
        let mut add = |part: &str, instruments: Vec<usize>| {
            let id = format!("{}/{part}", policy.id);
            let probe = Policy { id: id.clone(), instruments, ..policy.clone() };
            extended.policies.push(probe);
            id
        };
        let instruments =
            policy.instruments.iter().map(|&i| add(&model.instruments[i].id, vec![i])).collect();
        let mut channels = Vec::new();
        for kind in Channel::ALL {
            let with = policy.instruments.iter().map(|&i| &model.instruments[i]);
            let with: Vec<&Instrument> = with.filter(|i| Channel::of(i).contains(&kind)).collect();
            if with.is_empty() {
                continue;
            }
            let first = extended.instruments.len();
            extended.instruments.extend(with.iter().map(|instrument| kind.only(instrument)));
            let id = format!("{}//{kind:?}", policy.id);
            let instruments = (first..extended.instruments.len()).collect();
            extended.policies.push(Policy { id: id.clone(), instruments, ..policy.clone() });
            channels.push((kind, id));
        }
        Probes { instruments, channels }
    });
    let probes = probes.collect();
    (extended, probes)
}

fn effect(run: &MedianRun, policy: &str, name: Text, channels: Vec<Channel>) -> Effect {
    // every identifier passed here was selected
    let at = run.policy(policy).unwrap_or(0);
    let revenue = run.path(at, 0).iter().zip(run.path(0, 0)).map(|(with, without)| with - without);
    Effect { name, channels, paid: run.paid[at].clone(), revenue: revenue.collect() }
}

fn clusters(model: &Model, run: &MedianRun) -> Vec<ClusterView> {
    let base = |c: usize| run.base(&model.scope_id(&Scope::Cluster(c))).unwrap_or(0.0);
    let total: f64 = (0..model.clusters.len()).map(base).sum();
    debug_assert!(run.plan.series.iter().any(|s| s.kind == SeriesKind::Cluster));
    let view = |(c, cluster): (usize, &crate::model::Cluster)| {
        let mut mix: Vec<(Text, f64)> =
            cluster.mix.iter().map(|&(s, share)| (model.industries[s].name.clone(), share)).collect();
        mix.sort_by(|a, b| b.1.total_cmp(&a.1));
        let id = Named { id: cluster.id.clone(), name: cluster.name.clone() };
        ClusterView { cluster: id, base: base(c), share: base(c) / total, mix }
    };
    model.clusters.iter().enumerate().map(view).collect()
}
