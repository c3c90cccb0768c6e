//! Compiles the instruments of one policy into channels over plan indices.

use super::arrays::{Num, Segment};
use super::channels::*;
use super::counting::compile_indicator_support;
use super::draws::WorldDraws;
use super::pipelines::{compile_arrival_support, compile_pipeline_support};
use super::worlds::affected;
use crate::math::powi;
use crate::model;

/// Compiles one policy in the world that `draws` stands for.
pub(super) fn compile_policy(
    draws: &mut WorldDraws<'_>,
    policy: &model::Policy,
    segments: &[Segment],
) -> PolicyPlan {
    let model = draws.model;
    let instruments: Vec<Instrument> = policy
        .instruments
        .iter()
        .map(|&k| compile_instrument(draws, &model.instruments[k], segments))
        .collect();
    let mut classes: Vec<Vec<Effect>> = vec![Vec::new()];
    let effect_class = segments
        .iter()
        .enumerate()
        .map(|(index, segment)| {
            let mut effects = Vec::new();
            for (k, instrument) in instruments.iter().enumerate() {
                if instrument.growth.as_ref().is_some_and(|g| g.segments[index]) {
                    effects.push(Effect::Growth(k));
                }
                let inside = |p| draws.order.province_of(model, segment.cluster) == p;
                if instrument.knowledge.is_some() && instrument.province.is_none_or(inside) {
                    effects.push(Effect::Knowledge(k, segment.cluster));
                }
            }
            classes.iter().position(|class| *class == effects).unwrap_or_else(|| {
                classes.push(effects);
                classes.len() - 1
            })
        })
        .collect();
    PolicyPlan { id: policy.id.clone(), instruments, effect_class, classes, variants: Vec::new() }
}

fn compile_instrument(
    draws: &mut WorldDraws<'_>,
    spec: &model::Instrument,
    segments: &[Segment],
) -> Instrument {
    let mut split = |allocation: &[(usize, model::QuantityId)]| {
        let mut shares = vec![Num::Const(0.0); draws.model.clusters.len()];
        for &(cluster, share) in allocation {
            shares[draws.order.cluster_at[cluster]] = draws.must(share);
        }
        shares
    };
    let allocation = (!spec.allocation.is_empty()).then(|| split(&spec.allocation));
    let later = spec.later.as_ref().filter(|later| !later.allocation.is_empty());
    let later = later.map(|later| (later.from, split(&later.allocation)));
    let later =
        later.map(|(from, shares)| (usize::try_from(from - draws.model.base_year).unwrap_or(0), shares));
    Instrument {
        id: spec.id.clone(),
        money: spec.money.as_ref().map_or_else(Vec::new, |m| payments(draws, m, spec.later.as_ref())),
        recovery_share: draws.must(spec.recovery_share),
        recovery_after: spec.recovery_after as usize,
        province: spec.province.map(|p| draws.order.province_at[p]),
        allocation,
        later,
        projects: spec.projects.as_ref().map(|p| Projects {
            signed: payments(draws, &p.signed, spec.later.as_ref()),
            count: p.count,
            landed: draws.must(p.landed),
            started: draws.must(p.started),
            start_delay: p.start_delay as usize,
            public_share: draws.must(p.public_share),
        }),
        capacity: spec.capacity.as_ref().map(|c| compile_capacity(draws, spec, c, segments)),
        knowledge: spec.knowledge.as_ref().map(|k| Knowledge {
            additionality: draws.must(k.additionality),
            elasticity: draws.must(k.elasticity),
            depreciation: draws.must(k.depreciation),
            lag: k.lag as usize,
            rd_intensity: draws.must(k.rd_intensity),
            median_path: median_paths(draws),
        }),
        growth: spec.growth.as_ref().map(|g| {
            let (effect, level) = g.effect;
            let effect = draws.must(effect);
            let started = usize::try_from(g.start - draws.model.base_year).unwrap_or(0);
            Growth {
                effect: if level { GrowthEffect::Level(effect) } else { GrowthEffect::Uplift(effect) },
                years: g.years as usize,
                first_step: started + g.lag as usize,
                scale: draws.num(g.scale),
                segments: match spec.province.filter(|_| g.clusters.is_empty()) {
                    Some(p) => {
                        let province = draws.order.province_at[p];
                        let mut hit = affected(draws, segments, &[], &g.industries);
                        let inside =
                            |s: &Segment| draws.order.province_of(draws.model, s.cluster) == province;
                        hit.iter_mut().zip(segments).for_each(|(hit, s)| *hit &= inside(s));
                        hit
                    }
                    None => affected(draws, segments, &g.clusters, &g.industries),
                },
            }
        }),
        pipeline: spec.pipeline.as_ref().map(|p| compile_pipeline_support(draws, p)),
        arrivals: spec.arrivals.as_ref().map(|a| compile_arrival_support(draws, a)),
        indicators: spec.indicators.as_ref().map(|i| compile_indicator_support(draws, i)),
    }
}

/// The payments of the simulated years.
fn payments(draws: &mut WorldDraws<'_>, money: &model::Money, later: Option<&model::Later>) -> Vec<Payment> {
    let last = draws.model.steps();
    let base_year = draws.model.base_year;
    let index = |year: i32| usize::try_from(year - base_year).unwrap_or(0);
    let mut payments: Vec<Payment> = match money {
        model::Money::Total { total, years } => {
            let amount = draws.must(*total);
            let factor = 1.0 / f64::from(years.1 - years.0 + 1);
            (years.0..=years.1).map(|y| Payment { year: index(y), amount, factor }).collect()
        }
        model::Money::PerYear { amount, years } => {
            let amount = draws.must(*amount);
            (years.0..=years.1).map(|y| Payment { year: index(y), amount, factor: 1.0 }).collect()
        }
        model::Money::ByYear(amounts) => amounts
            .iter()
            .map(|(year, amount)| Payment { year: index(*year), amount: draws.must(*amount), factor: 1.0 })
            .collect(),
    };
    payments.retain(|payment| payment.year <= last);
    if let Some(later) = later {
        let (from, factor) = (index(later.from), draws.median(later.factor));
        let set_apart = payments.iter_mut().filter(|payment| payment.year >= from);
        set_apart.for_each(|payment| payment.factor *= factor);
    }
    payments
}

fn compile_capacity(
    draws: &mut WorldDraws<'_>,
    spec: &model::Instrument,
    capacity: &model::Capacity,
    segments: &[Segment],
) -> Capacity {
    let industries: Vec<usize> = capacity.industries.iter().map(|&s| draws.order.industry_at[s]).collect();
    let receiving: Vec<usize> = if spec.allocation.is_empty() {
        let order = draws.order;
        let province = spec.province.map(|p| order.province_at[p]);
        let inside = |&c: &usize| province.is_none_or(|p| order.province_of(draws.model, c) == p);
        (0..draws.model.clusters.len()).filter(inside).collect()
    } else {
        let mut listed: Vec<usize> =
            spec.allocation.iter().map(|(c, _)| draws.order.cluster_at[*c]).collect();
        listed.sort_unstable();
        listed
    };
    let receivers = receiving
        .into_iter()
        .map(|cluster| {
            let members: Vec<(usize, f64)> = segments
                .iter()
                .enumerate()
                .filter(|(_, s)| s.cluster == cluster)
                .filter(|(_, s)| industries.is_empty() || industries.contains(&s.industry))
                .map(|(k, s)| (k, s.mix))
                .collect();
            let total: f64 = members.iter().map(|(_, mix)| mix).sum();
            // industries that are new to the cluster have no base to go by: they share equally
            let equal = 1.0 / members.len() as f64;
            let weight = |mix: f64| if total > 0.0 { mix / total } else { equal };
            (
                cluster,
                members.into_iter().map(|(k, mix)| (k, weight(mix))).filter(|(_, w)| *w > 0.0).collect(),
            )
        })
        .collect();
    let online_after = draws.must(capacity.online_after);
    Capacity {
        realised: draws.must(capacity.realised),
        leverage: draws.must(capacity.leverage),
        retained: draws.must(capacity.retained),
        deadweight: draws.must(capacity.deadweight),
        displaced: draws.must(capacity.displaced),
        survival: draws.must(capacity.survival),
        vintage_failure: capacity.vintage_failure,
        output_ratio: draws.must(capacity.output_ratio),
        online_after,
        full_after: draws.num(capacity.full_after).unwrap_or(online_after),
        lasts: draws.num(capacity.lasts),
        absorption: draws.num(capacity.absorption),
        receivers,
    }
}

/// For every cluster and year: median revenue as a multiple of the base year, and its growth to the next year,
/// with all growth rates at their medians.
fn median_paths(draws: &WorldDraws<'_>) -> Vec<Vec<(f64, f64)>> {
    let model = draws.model;
    draws
        .order
        .clusters
        .iter()
        .map(|&c| {
            let growth: Vec<(f64, f64)> = model.clusters[c]
                .mix
                .iter()
                .map(|&(s, share)| (share, 1.0 + draws.median_growth(c, s)))
                .collect();
            let multiple = |year: u32| growth.iter().map(|(share, g)| share * powi(*g, year)).sum::<f64>();
            (0..=model.steps() as u32).map(|y| (multiple(y), multiple(y + 1) / multiple(y) - 1.0)).collect()
        })
        .collect()
}
