//! Compiles a checked model into a plan: worlds, clusters, segments and draws.
//!
//! Clusters, industries and provinces are put in the order of their ids, so that the order of a file changes no bit.

use super::arrays::*;
use super::counting::drivers;
use super::draws::ScoreTable;
use super::outcomes::{Outcomes, outcomes};
use super::worlds::{Fixed, compile_world};
use crate::model::{CycleId, Market, Model};

/// Which policies and worlds are simulated, as indices into the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Policies; the reference is added in front if it is not among them.
    pub policies: Vec<usize>,
    /// Worlds.
    pub worlds: Vec<usize>,
}

/// What a run of a plan is to measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measured {
    /// Every series with its distribution, and every target; all policies are compared with the reference.
    Everything,
    /// The targets and the series that they judge only, without distributions. Every policy of the plan (the reference
    /// first, then the selected ones) is compared with the one named here: itself or an earlier one.
    Targets(Vec<usize>),
}

/// Positions of model entities in the plan, and back.
pub(super) struct Order {
    /// Model index of every plan cluster.
    pub clusters: Vec<usize>,
    /// Plan index of every model cluster.
    pub cluster_at: Vec<usize>,
    /// Plan index of every model industry.
    pub industry_at: Vec<usize>,
    /// Plan index of every model province.
    pub province_at: Vec<usize>,
    /// Plan index of every model pipeline.
    pub pipeline_at: Vec<usize>,
    /// Plan index of every model arrival.
    pub arrival_at: Vec<usize>,
    /// Plan index of every model indicator.
    pub indicator_at: Vec<usize>,
    /// Plan index of every named firm or product of the model.
    pub item_at: Vec<usize>,
    /// Plan index of every size distribution of the model.
    pub population_at: Vec<usize>,
}

impl Order {
    /// Plan index of the province of a plan cluster.
    pub fn province_of(&self, model: &Model, cluster: usize) -> usize {
        self.province_at[model.clusters[self.clusters[cluster]].province]
    }
}

/// Compiles `model` for the selected policies and worlds; everything is measured.
pub fn compile(model: &Model, selection: &Selection) -> Plan {
    compile_measuring(model, selection, Measured::Everything)
}

/// Compiles `model` for the selected policies and worlds, to measure what is asked for.
pub fn compile_measuring(model: &Model, selection: &Selection, measured: Measured) -> Plan {
    let order = order(model);
    let mut policies = selection.policies.clone();
    policies.retain(|&p| p != model.reference);
    policies.insert(0, model.reference);

    let segments = segments(model, &order);
    let clusters: Vec<Cluster> = order
        .clusters
        .iter()
        .map(|&c| {
            let at = order.cluster_at[c];
            let first = segments.partition_point(|s| s.cluster < at);
            let last = segments.partition_point(|s| s.cluster <= at);
            Cluster {
                id: model.clusters[c].id.clone(),
                province: order.province_of(model, at),
                segments: first..last,
            }
        })
        .collect();
    let Outcomes { series, rebases, targets, proper, main_outcome, known } =
        outcomes(model, &order, measured == Measured::Everything);

    let drivers = drivers(model, &order, &segments);

    let mut scores = ScoreTable::default();
    let copula = model.dependence.as_ref().map(|(members, correlation)| Copula {
        members: members.iter().map(|&q| scores.index(model, q)).collect(),
        lower: correlation.lower().to_vec(),
    });
    let worlds: Vec<WorldPlan> = selection
        .worlds
        .iter()
        .map(|&w| {
            let fixed = Fixed { order: &order, segments: &segments, drivers: &drivers, rebases: &rebases };
            compile_world(model, w, &policies, &fixed, &mut scores)
        })
        .collect();
    if let Some(copula) = &copula {
        for (position, &member) in copula.members.iter().enumerate() {
            scores.scores[member].copula = Some(position);
        }
    }
    Plan {
        base_year: model.base_year,
        steps: model.steps(),
        scores: scores.scores,
        copula,
        cycles: cycle_draws(model, &order),
        own_tails: model.own_tails,
        clusters,
        industries: sorted_ids(model.industries.iter().map(|s| &s.id)),
        provinces: sorted_ids(model.provinces.iter().map(|p| &p.id)),
        segments,
        drivers,
        series,
        targets,
        proper,
        policies: policies.iter().map(|&p| model.policies[p].id.clone()).collect(),
        against: match &measured {
            Measured::Everything => vec![0; policies.len()],
            Measured::Targets(against) => against.clone(),
        },
        distributions: measured == Measured::Everything,
        worlds,
        discount_rate: model.discount_rate,
        main_outcome,
        known,
    }
}

fn sorted_ids<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut ids: Vec<String> = ids.cloned().collect();
    ids.sort();
    ids
}

fn order(model: &Model) -> Order {
    fn sorted<T, K: Ord>(items: &[T], id: impl Fn(&T) -> K) -> (Vec<usize>, Vec<usize>) {
        let mut forward: Vec<usize> = (0..items.len()).collect();
        forward.sort_by_key(|&i| id(&items[i]));
        let mut back = vec![0; items.len()];
        forward.iter().enumerate().for_each(|(at, &i)| back[i] = at);
        (forward, back)
    }
    let (clusters, cluster_at) = sorted(&model.clusters, |c| c.id.clone());
    let (_, industry_at) = sorted(&model.industries, |s| s.id.clone());
    let (_, province_at) = sorted(&model.provinces, |p| p.id.clone());
    Order {
        clusters,
        cluster_at,
        industry_at,
        province_at,
        pipeline_at: sorted(&model.pipelines, |p| p.id.clone()).1,
        arrival_at: sorted(&model.arrivals, |a| a.id.clone()).1,
        indicator_at: sorted(&model.indicators, |i| i.id.clone()).1,
        item_at: sorted(&model.items, |i| (i.counting, i.id.clone())).1,
        population_at: sorted(&model.populations, |p| (p.counting, p.id.clone())).1,
    }
}

/// All segments with base-year revenue, and those that only a policy will give revenue to.
fn segments(model: &Model, order: &Order) -> Vec<Segment> {
    let mut segments = Vec::new();
    for &c in &order.clusters {
        let cluster = &model.clusters[c];
        let mut mix: Vec<(usize, f64)> = cluster.mix.clone();
        for instrument in &model.instruments {
            let Some(capacity) = &instrument.capacity else { continue };
            let reached = match instrument.allocation.is_empty() {
                true => instrument.province.is_none_or(|p| p == cluster.province),
                false => instrument.allocation.iter().any(|(k, _)| *k == c),
            };
            if !reached {
                continue;
            }
            for &industry in &capacity.industries {
                if !mix.iter().any(|(s, _)| *s == industry) {
                    mix.push((industry, 0.0));
                }
            }
        }
        let settled = model.arrivals.iter().filter(|a| a.cluster == c).map(|a| a.industry);
        let sold = model.pipelines.iter().filter(|p| p.market == Market::Cluster(c)).map(|p| p.industry);
        for industry in settled.chain(sold) {
            if !mix.iter().any(|(s, _)| *s == industry) {
                mix.push((industry, 0.0));
            }
        }
        mix.sort_by_key(|(s, _)| order.industry_at[*s]);
        segments.extend(mix.into_iter().map(|(s, share)| Segment {
            name: format!("cluster.{}/{}", cluster.id, model.industries[s].id),
            cluster: order.cluster_at[c],
            industry: order.industry_at[s],
            mix: share,
        }));
    }
    segments
}

fn cycle_draws(model: &Model, order: &Order) -> CycleDraws {
    let mut names = vec!["nation".to_owned()];
    names
        .extend(sorted_ids(model.industries.iter().map(|s| &s.id)).iter().map(|id| format!("industry.{id}")));
    names.extend(sorted_ids(model.provinces.iter().map(|p| &p.id)).iter().map(|id| format!("province.{id}")));
    let (correlated, lower) = match &model.cycle_correlation {
        None => (Vec::new(), Vec::new()),
        Some((members, correlation)) => {
            let at = |cycle: &CycleId| match *cycle {
                CycleId::Nation => 0,
                CycleId::Industry(s) => 1 + order.industry_at[s],
                CycleId::Province(p) => 1 + model.industries.len() + order.province_at[p],
            };
            (members.iter().map(at).collect(), correlation.lower().to_vec())
        }
    };
    CycleDraws { names, correlated, lower, tails: model.cycle_tails }
}
