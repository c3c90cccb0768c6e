//! Compiles a checked model into a plan: worlds, clusters, segments and draws.
//!
//! Clusters, industries and provinces are put in the order of their ids, so that the order of a file changes no bit.

use std::collections::HashMap;

use super::arrays::*;
use super::instruments::compile_policy;
use super::outcomes::{Outcomes, outcomes};
use crate::math::powi;
use crate::model::{self, CycleId, Model, QuantityId, apply};
use crate::random::{Distribution, Sampler};

/// Which policies and worlds are simulated, as indices into the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Policies; the reference is added in front if it is not among them.
    pub policies: Vec<usize>,
    /// Worlds.
    pub worlds: Vec<usize>,
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
}

/// One world while it is compiled: the laws in force and the draws found so far.
pub(super) struct WorldDraws<'m> {
    pub model: &'m Model,
    pub laws: Vec<Option<Distribution>>,
    pub order: &'m Order,
    /// Which policy is being compiled; draws that a policy changes are kept apart.
    pub policy: Option<usize>,
    /// Quantities that this policy changes.
    pub changed: Vec<QuantityId>,
    scores: &'m mut ScoreTable,
    values: Vec<(usize, Sampler)>,
    distributions: Vec<Distribution>,
    known: HashMap<(QuantityId, Option<usize>), usize>,
}

/// The draws of all worlds, found by quantity.
#[derive(Default)]
struct ScoreTable {
    scores: Vec<Score>,
    by_quantity: HashMap<QuantityId, usize>,
}

impl ScoreTable {
    fn index(&mut self, model: &Model, id: QuantityId) -> usize {
        *self.by_quantity.entry(id).or_insert_with(|| {
            self.scores.push(Score { name: model.quantities.get(id).path.clone(), copula: None });
            self.scores.len() - 1
        })
    }
}

impl WorldDraws<'_> {
    /// The number behind a quantity; `None` if it is not set.
    pub fn num(&mut self, id: QuantityId) -> Option<Num> {
        let law = self.laws[index_of(self.model, id)].clone()?;
        if law.is_point() {
            return Some(Num::Const(law.median()));
        }
        let key = (id, self.policy.filter(|_| self.changed.contains(&id)));
        if let Some(&known) = self.known.get(&key) {
            return Some(Num::Draw(known));
        }
        let score = self.scores.index(self.model, id);
        self.values.push((score, Sampler::new(&law)));
        self.distributions.push(law);
        let index = self.values.len() - 1;
        self.known.insert(key, index);
        Some(Num::Draw(index))
    }

    /// The number behind a quantity that always has a value.
    pub fn must(&mut self, id: QuantityId) -> Num {
        self.num(id).unwrap_or(Num::Const(0.0))
    }

    /// Median of a quantity; 0 if it is not set.
    pub fn median(&self, id: QuantityId) -> f64 {
        self.laws[index_of(self.model, id)].as_ref().map_or(0.0, Distribution::median)
    }

    /// Median of a segment's annual growth rate; cluster and industry are model indices.
    pub fn median_growth(&self, cluster: usize, industry: usize) -> f64 {
        trend_of(self.model, cluster, industry).into_iter().map(|q| self.median(q)).sum()
    }

    /// Median base-year revenue of a cluster (model index).
    pub fn median_base(&self, cluster: usize) -> f64 {
        let spec = &self.model.clusters[cluster];
        let province = self.median(self.model.provinces[spec.province].base);
        match spec.base {
            model::Base::Own(q) => self.median(q),
            model::Base::Share(q) => self.median(q) * province,
            model::Base::Remainder => {
                let others = self.model.clusters_of(&model::Scope::Province(spec.province));
                province
                    - others.into_iter().filter(|&c| c != cluster).map(|c| self.median_base(c)).sum::<f64>()
            }
        }
    }
}

fn index_of(model: &Model, id: QuantityId) -> usize {
    debug_assert!(id.index() < model.quantities.len());
    id.index()
}

/// The quantities whose sum is a segment's median annual growth rate.
fn trend_of(model: &Model, cluster: usize, industry: usize) -> Vec<QuantityId> {
    let spec = &model.clusters[cluster];
    let further = spec.industry_premium.iter().filter(|(s, _)| *s == industry).map(|(_, q)| *q);
    [
        model.nation.trend,
        model.industries[industry].growth,
        model.provinces[spec.province].premium,
        spec.premium,
    ]
    .into_iter()
    .chain(further)
    .collect()
}

/// Compiles `model` for the selected policies and worlds.
pub fn compile(model: &Model, selection: &Selection) -> Plan {
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
                province: order.province_at[model.clusters[c].province],
                segments: first..last,
            }
        })
        .collect();
    let Outcomes { series, rebases, targets, main_outcome } = outcomes(model, &order);

    let mut scores = ScoreTable::default();
    let copula = model.dependence.as_ref().map(|(members, correlation)| Copula {
        members: members.iter().map(|&q| scores.index(model, q)).collect(),
        lower: correlation.lower().to_vec(),
    });
    let worlds: Vec<WorldPlan> = selection
        .worlds
        .iter()
        .map(|&w| compile_world(model, w, &policies, &order, &segments, &rebases, &mut scores))
        .collect();
    if let Some(copula) = &copula {
        for (position, &member) in copula.members.iter().enumerate() {
            scores.scores[member].copula = Some(position);
        }
    }
    let centres = centres(model, &order, &series, &segments);
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
        series,
        centres,
        targets,
        policies: policies.iter().map(|&p| model.policies[p].id.clone()).collect(),
        worlds,
        discount_rate: model.discount_rate,
        main_outcome,
    }
}

fn sorted_ids<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut ids: Vec<String> = ids.cloned().collect();
    ids.sort();
    ids
}

fn order(model: &Model) -> Order {
    fn sorted<T>(items: &[T], id: impl Fn(&T) -> &String) -> (Vec<usize>, Vec<usize>) {
        let mut forward: Vec<usize> = (0..items.len()).collect();
        forward.sort_by_key(|&i| id(&items[i]));
        let mut back = vec![0; items.len()];
        forward.iter().enumerate().for_each(|(at, &i)| back[i] = at);
        (forward, back)
    }
    let (clusters, cluster_at) = sorted(&model.clusters, |c| &c.id);
    let (_, industry_at) = sorted(&model.industries, |s| &s.id);
    let (_, province_at) = sorted(&model.provinces, |p| &p.id);
    Order { clusters, cluster_at, industry_at, province_at }
}

/// All segments with base-year revenue, and those that only a policy will give revenue to.
fn segments(model: &Model, order: &Order) -> Vec<Segment> {
    let mut segments = Vec::new();
    for &c in &order.clusters {
        let cluster = &model.clusters[c];
        let mut mix: Vec<(usize, f64)> = cluster.mix.clone();
        for instrument in &model.instruments {
            let Some(capacity) = &instrument.capacity else { continue };
            if !instrument.allocation.is_empty() && !instrument.allocation.iter().any(|(k, _)| *k == c) {
                continue;
            }
            for &industry in &capacity.industries {
                if !mix.iter().any(|(s, _)| *s == industry) {
                    mix.push((industry, 0.0));
                }
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

fn compile_world(
    model: &Model,
    index: usize,
    policies: &[usize],
    order: &Order,
    segments: &[Segment],
    rebases: &[QuantityId],
    scores: &mut ScoreTable,
) -> WorldPlan {
    let world = &model.worlds[index];
    let mut laws = model.quantities.distributions();
    apply(&mut laws, &world.changes);
    let mut draws = WorldDraws {
        model,
        laws: laws.clone(),
        order,
        policy: None,
        changed: Vec::new(),
        scores,
        values: Vec::new(),
        distributions: Vec::new(),
        known: HashMap::new(),
    };
    let by_industry = by_position(&order.industry_at);
    let by_province = by_position(&order.province_at);
    let trend = segments
        .iter()
        .map(|s| {
            let ids = trend_of(model, order.clusters[s.cluster], by_industry[s.industry]);
            ids.into_iter().filter_map(|q| draws.num(q)).collect()
        })
        .collect();
    let clusters: Vec<&model::Cluster> = order.clusters.iter().map(|&c| &model.clusters[c]).collect();
    let exposure = clusters.iter().map(|c| draws.must(c.exposure)).collect();
    let own_volatility = clusters.iter().map(|c| draws.must(c.own_volatility)).collect();
    let base = clusters.iter().map(|c| compile_base(&mut draws, c)).collect();
    let nation = model.nation.cycle.map(|c| compile_cycle(&mut draws, &c));
    let regimes = model.nation.regimes.map(|r| Regimes {
        mean: r.mean.map(|q| draws.must(q)),
        volatility: r.volatility.map(|q| draws.must(q)),
        to_downturn: draws.must(r.to_downturn),
        to_normal: draws.must(r.to_normal),
        start_downturn: draws.num(r.start_downturn),
    });
    let mut cycle_of = |cycle: &Option<model::Cycle>| cycle.as_ref().map(|c| compile_cycle(&mut draws, c));
    let industries = by_industry.iter().map(|&s| cycle_of(&model.industries[s].cycle)).collect();
    let provinces = by_province.iter().map(|&p| cycle_of(&model.provinces[p].cycle)).collect();
    let events = model.events.iter().map(|e| compile_event(&mut draws, e, segments)).collect();
    let spillover = model.spillover.as_ref().map(|s| compile_spillover(&mut draws, s, segments));
    let rebases = rebases.iter().map(|&q| draws.must(q)).collect();

    let policies = policies
        .iter()
        .map(|&p| {
            draws.policy = Some(p);
            draws.changed = model.policies[p].changes.iter().map(|c| c.quantity).collect();
            draws.laws.clone_from(&laws);
            apply(&mut draws.laws, &model.policies[p].changes);
            compile_policy(&mut draws, &model.policies[p], segments)
        })
        .collect();
    WorldPlan {
        id: world.id.clone(),
        trend,
        exposure,
        own_volatility,
        nation,
        regimes,
        industries,
        provinces,
        base,
        rebases,
        events,
        spillover,
        policies,
        values: draws.values,
        distributions: draws.distributions,
    }
}

/// Model index of every plan position.
fn by_position(at: &[usize]) -> Vec<usize> {
    let mut back = vec![0; at.len()];
    at.iter().enumerate().for_each(|(index, &position)| back[position] = index);
    back
}

fn compile_cycle(draws: &mut WorldDraws<'_>, cycle: &model::Cycle) -> Cycle {
    Cycle {
        volatility: draws.must(cycle.volatility),
        persistence: draws.must(cycle.persistence),
        start: draws.num(cycle.start),
    }
}

fn compile_base(draws: &mut WorldDraws<'_>, cluster: &model::Cluster) -> Base {
    let figure = draws.model.provinces[cluster.province].base;
    match cluster.base {
        model::Base::Own(q) => Base::Own(draws.must(q)),
        model::Base::Share(q) => Base::Share { province: draws.must(figure), share: draws.must(q) },
        model::Base::Remainder => {
            let members = draws.model.clusters_of(&model::Scope::Province(cluster.province));
            let mut others: Vec<usize> = members
                .into_iter()
                .filter(|&c| draws.model.clusters[c].base != model::Base::Remainder)
                .map(|c| draws.order.cluster_at[c])
                .collect();
            others.sort_unstable();
            Base::Remainder { province: draws.must(figure), others }
        }
    }
}

fn compile_event(draws: &mut WorldDraws<'_>, event: &model::Event, segments: &[Segment]) -> Event {
    let sampler = |draws: &WorldDraws<'_>, id: QuantityId| {
        let law = draws.laws[index_of(draws.model, id)].as_ref();
        Sampler::new(law.expect("an event without a size is refused by the model"))
    };
    let arrivals = match event.arrivals {
        model::Arrivals::Rate(q) => Arrivals::Rate(draws.must(q)),
        model::Arrivals::Probability(q) => Arrivals::Probability(draws.must(q)),
    };
    let severity = match event.size {
        model::Size::Severity { severity, exposure } => {
            Severity::Share { severity: sampler(draws, severity), exposure: draws.must(exposure) }
        }
        model::Size::LogChange(q) => Severity::LogChange(sampler(draws, q)),
    };
    let step = |year: i32| usize::try_from(year - draws.model.base_year - 1).unwrap_or(0);
    Event {
        name: format!("event.{}", event.id),
        arrivals,
        severity,
        recovery: event.recovery.map(|years| years as usize),
        segments: affected(draws, segments, &event.clusters, &event.industries),
        active: step(event.years.0)..=step(event.years.1),
    }
}

/// Marks the segments in the listed clusters and industries (model indices; an empty list means all).
pub(super) fn affected(
    draws: &WorldDraws<'_>,
    segments: &[Segment],
    clusters: &[usize],
    industries: &[usize],
) -> Vec<bool> {
    let listed = |list: &[usize], at: &[usize], position: usize| {
        list.is_empty() || list.iter().any(|&index| at[index] == position)
    };
    segments
        .iter()
        .map(|s| {
            listed(clusters, &draws.order.cluster_at, s.cluster)
                && listed(industries, &draws.order.industry_at, s.industry)
        })
        .collect()
}

fn compile_spillover(
    draws: &mut WorldDraws<'_>,
    spillover: &model::Spillover,
    segments: &[Segment],
) -> Spillover {
    let size = |s: &Segment| draws.median_base(draws.order.clusters[s.cluster]) * s.mix;
    let sizes: Vec<f64> = segments.iter().map(size).collect();
    let weighted = |to: usize, neighbour: &dyn Fn(&Segment, &Segment) -> bool| {
        let others = (0..segments.len()).filter(|&j| j != to && neighbour(&segments[to], &segments[j]));
        let others: Vec<(usize, f64)> = others.map(|j| (j, sizes[j])).filter(|(_, w)| *w > 0.0).collect();
        let total: f64 = others.iter().map(|(_, w)| w).sum();
        others.into_iter().map(|(j, w)| (j, w / total)).collect::<Vec<_>>()
    };
    let all = 0..segments.len();
    let neighbours = match &spillover.neighbours {
        model::Neighbours::SameIndustry => {
            all.map(|i| weighted(i, &|a, b| a.industry == b.industry)).collect()
        }
        model::Neighbours::SameCluster => all.map(|i| weighted(i, &|a, b| a.cluster == b.cluster)).collect(),
        model::Neighbours::Links(links) => {
            let find = |(c, s): (usize, usize)| {
                let (c, s) = (draws.order.cluster_at[c], draws.order.industry_at[s]);
                segments.iter().position(|x| x.cluster == c && x.industry == s)
            };
            let to = |i: usize| links.iter().filter(move |(to, ..)| find(*to) == Some(i));
            all.map(|i| to(i).filter_map(|(_, from, w)| Some((find(*from)?, *w))).collect()).collect()
        }
    };
    Spillover { strength: draws.must(spillover.strength), neighbours }
}

/// Rough median path of every series: where its histogram should be dense. Affects speed only.
fn centres(model: &Model, order: &Order, series: &[Series], segments: &[Segment]) -> Vec<f64> {
    let mut scores = ScoreTable::default();
    let draws = WorldDraws {
        model,
        laws: model.quantities.distributions(),
        order,
        policy: None,
        changed: Vec::new(),
        scores: &mut scores,
        values: Vec::new(),
        distributions: Vec::new(),
        known: HashMap::new(),
    };
    let by_industry = by_position(&order.industry_at);
    let bases: Vec<f64> = order.clusters.iter().map(|&c| draws.median_base(c)).collect();
    let growth: Vec<f64> = segments
        .iter()
        .map(|s| 1.0 + draws.median_growth(order.clusters[s.cluster], by_industry[s.industry]))
        .collect();
    let level = |k: usize, year: usize| {
        let s = &segments[k];
        bases[s.cluster] * s.mix * powi(growth[k], year as u32)
    };
    let mut centres = Vec::new();
    for one in series {
        for year in 0..=model.steps() {
            let members = (0..segments.len()).filter(|&k| match &one.parts {
                Parts::Clusters(clusters) => clusters.contains(&segments[k].cluster),
                Parts::Industry(industry) => segments[k].industry == *industry,
            });
            centres.push(members.map(|k| level(k, year)).sum());
        }
    }
    centres
}
