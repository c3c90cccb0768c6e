//! Compiles one world: bases, trends, cycles, events and spill-overs, then its policies.

use super::arrays::*;
use super::compile::Order;
use super::counted::Driver;
use super::counting::compile_counted;
use super::draws::{ScoreTable, WorldDraws, trend_of};
use super::instruments::compile_policy;
use super::pipelines::share_variants;
use crate::model::{self, Model, QuantityId, apply};
use crate::random::Sampler;

/// What all worlds share.
pub(super) struct Fixed<'p> {
    pub order: &'p Order,
    pub segments: &'p [Segment],
    pub drivers: &'p [Driver],
    pub rebases: &'p [QuantityId],
}

/// Compiles one world with all selected policies.
pub(super) fn compile_world(
    model: &Model,
    index: usize,
    policies: &[usize],
    fixed: &Fixed<'_>,
    scores: &mut ScoreTable,
) -> WorldPlan {
    let Fixed { order, segments, drivers, rebases } = *fixed;
    let world = &model.worlds[index];
    let mut laws = model.quantities.distributions();
    apply(&mut laws, &world.changes);
    let mut draws = WorldDraws::new(model, order, laws.clone(), scores);
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
    let mut events: Vec<Event> =
        model.events.iter().map(|e| compile_event(&mut draws, e, segments)).collect();
    for held in &world.held {
        let event = &mut events[held.event];
        event.arrivals = Arrivals::Held(spread(held, *event.active.start(), model.steps()));
    }
    let spillover = model.spillover.as_ref().map(|s| compile_spillover(&mut draws, s, segments));
    let rebases = rebases.iter().map(|&q| draws.must(q)).collect();
    let mut counted = compile_counted(&mut draws, segments, drivers);
    let mut policies: Vec<_> = policies
        .iter()
        .map(|&p| {
            draws.policy = Some(p);
            draws.changed = model.policies[p].changes.iter().map(|c| c.quantity).collect();
            draws.laws.clone_from(&laws);
            apply(&mut draws.laws, &model.policies[p].changes);
            compile_policy(&mut draws, &model.policies[p], segments)
        })
        .collect();
    share_variants(&mut counted.pipelines, &mut policies);
    let (values, distributions) = draws.into_values();
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
        counted,
        policies,
        values,
        distributions,
    }
}

/// Model index of every plan position.
pub(super) fn by_position(at: &[usize]) -> Vec<usize> {
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
        Sampler::new(draws.law(id).expect("an event without a size is refused by the model"))
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
        active: step(event.years.0)..=step(event.years.1.min(draws.model.horizon)),
    }
}

/// Arrivals of every step: the middles of equal parts of the years tell when each arrives.
fn spread(held: &model::HeldEvent, first: usize, steps: usize) -> Vec<u32> {
    let mut arrivals = vec![0; steps];
    for number in 0..held.arrivals {
        let part = (2 * u64::from(number) + 1) * u64::from(held.years) / (2 * u64::from(held.arrivals));
        if let Some(here) = usize::try_from(part).ok().and_then(|part| arrivals.get_mut(first + part)) {
            *here += 1;
        }
    }
    arrivals
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
            let to = |i: usize| links.iter().filter(move |link| find(link.to) == Some(i));
            all.map(|i| to(i).filter_map(|link| Some((find(link.from)?, link.weight))).collect()).collect()
        }
    };
    Spillover { strength: draws.must(spillover.strength), neighbours }
}
