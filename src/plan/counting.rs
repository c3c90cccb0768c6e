//! Compiles the things that are counted: what a counted series reads out, and the numbers of one world.

use super::arrays::{Segment, SeriesUnit};
use super::compile::Order;
use super::counted::*;
use super::draws::WorldDraws;
use super::pipelines::{compile_arrivals, compile_pipelines};
use super::worlds::by_position;
use crate::model::{self, Figure, IndicatorLaw, Model, Scope, Subject};

/// What a series of this subject reads out; `None` for revenue.
pub(super) fn counted(model: &Model, order: &Order, subject: &Subject, scope: &Scope) -> Option<Counted> {
    let placed = |list: &[usize], at: &[usize]| {
        let mut found: Vec<usize> = list.iter().map(|&k| at[k]).collect();
        found.sort_unstable();
        found
    };
    let index = |year: i32| usize::try_from(year - model.base_year).unwrap_or(0);
    Some(match subject {
        Subject::Revenue => return None,
        Subject::Firms { above, .. } | Subject::Products { above, .. } => {
            let (items, populations) = model.counted_in(subject, scope);
            Counted::Above {
                threshold: *above,
                items: placed(&items, &order.item_at),
                populations: placed(&populations, &order.population_at),
                arrivals: placed(&model.arrivals_in(subject, scope), &order.arrival_at),
                pipelines: placed(&model.pipelines_in(subject, scope), &order.pipeline_at),
            }
        }
        Subject::Approvals { pipelines, since } => {
            Counted::Approvals { pipelines: placed(pipelines, &order.pipeline_at), since: index(*since) }
        }
        Subject::Arrivals { of, since } => {
            Counted::Arrivals { arrivals: placed(of, &order.arrival_at), since: index(*since) }
        }
        Subject::Indicator { index, .. } => Counted::Indicator(order.indicator_at[*index]),
        Subject::NationGrowth => Counted::NationGrowth,
    })
}

/// Identifier of a counted series; it says all that tells one from another.
pub(super) fn series_id(model: &Model, subject: &Subject, scope: &Scope) -> String {
    let scope = model.scope_id(scope);
    let joined = |mut ids: Vec<&str>| {
        ids.sort_unstable();
        ids.join("+")
    };
    let of = |industries: &[usize]| {
        let of = joined(industries.iter().map(|&s| model.industries[s].id.as_str()).collect());
        if of.is_empty() { of } else { format!("({of})") }
    };
    match subject {
        Subject::Revenue => scope,
        Subject::Firms { above, outside, industries, except } => {
            let outside = if *outside { "+outside" } else { "" };
            let without = joined(except.iter().map(String::as_str).collect());
            let without = if without.is_empty() { without } else { format!("-({without})") };
            format!("firms{}{outside}{without}>={above}/{scope}", of(industries))
        }
        Subject::Products { above, industries } => {
            let of = of(industries);
            format!("products{of}>={above}/{scope}")
        }
        Subject::Approvals { pipelines, since } => {
            let of = joined(pipelines.iter().map(|&k| model.pipelines[k].id.as_str()).collect());
            format!("approvals.{of}/{since}")
        }
        Subject::Arrivals { of, since } => {
            let of = joined(of.iter().map(|&k| model.arrivals[k].id.as_str()).collect());
            format!("arrivals.{of}/{since}")
        }
        Subject::Indicator { index, .. } => format!("indicator.{}", model.indicators[*index].id),
        Subject::NationGrowth => "nation.growth".to_owned(),
    }
}

/// Unit of a counted series.
pub(super) fn series_unit(figure: Figure) -> SeriesUnit {
    match figure {
        Figure::Money => SeriesUnit::Money,
        Figure::Amount => SeriesUnit::Amount,
        Figure::Count => SeriesUnit::Count,
        Figure::Share => SeriesUnit::Share,
        Figure::Number => SeriesUnit::Number,
    }
}

/// The counted things of the world that `draws` stands for, each list in the order of the ids.
pub(super) fn compile_counted(
    draws: &mut WorldDraws<'_>,
    segments: &[Segment],
    drivers: &[Driver],
) -> CountedWorld {
    let (model, order) = (draws.model, draws.order);
    let items =
        by_position(&order.item_at).into_iter().map(|k| item(draws, &model.items[k], segments, drivers));
    let items = items.collect();
    let populations = by_position(&order.population_at);
    let populations =
        populations.into_iter().map(|k| population(draws, &model.populations[k], segments, drivers));
    let populations = populations.collect();
    let indicators = by_position(&order.indicator_at).into_iter();
    let indicators = indicators.map(|k| indicator(draws, &model.indicators[k])).collect();
    CountedWorld {
        items,
        populations,
        arrivals: compile_arrivals(draws, segments),
        pipelines: compile_pipelines(draws, segments),
        indicators,
        nation_trend: draws.num(model.nation.trend),
    }
}

/// The sets of segments that counted things follow, each once, in the order of the things.
pub(super) fn drivers(model: &Model, order: &Order, segments: &[Segment]) -> Vec<Driver> {
    let mut drivers: Vec<Driver> = Vec::new();
    let items = by_position(&order.item_at).into_iter().map(|k| &model.items[k].follows);
    let populations = by_position(&order.population_at).into_iter().map(|k| &model.populations[k].follows);
    for follows in items.chain(populations).filter(|follows| !follows.outside) {
        let driver = driver_of(model, order, &follows.place, segments);
        if !drivers.contains(&driver) {
            drivers.push(driver);
        }
    }
    drivers
}

/// Segments of a place.
fn driver_of(model: &Model, order: &Order, place: &model::Place, segments: &[Segment]) -> Driver {
    let clusters: Vec<usize> =
        model.clusters_of_place(place).into_iter().map(|c| order.cluster_at[c]).collect();
    let industry = place.industry.map(|s| order.industry_at[s]);
    let belongs = |s: &Segment| clusters.contains(&s.cluster) && industry.is_none_or(|i| s.industry == i);
    (0..segments.len()).filter(|&k| belongs(&segments[k])).collect()
}

fn following(
    draws: &mut WorldDraws<'_>,
    spec: &model::Following,
    segments: &[Segment],
    drivers: &[Driver],
) -> Following {
    let driver = (!spec.outside).then(|| driver_of(draws.model, draws.order, &spec.place, segments));
    Following {
        driver: driver.and_then(|driver| drivers.iter().position(|known| *known == driver)),
        premium: draws.must(spec.premium),
        exposure: draws.must(spec.exposure),
        own_volatility: draws.must(spec.own_volatility),
    }
}

fn item(draws: &mut WorldDraws<'_>, spec: &model::Item, segments: &[Segment], drivers: &[Driver]) -> Item {
    Item {
        name: spec.path(),
        base: draws.must(spec.size),
        follows: following(draws, &spec.follows, segments, drivers),
        size_rule: spec.size_rule.map(|(reference, exponent)| SizeRule {
            reference: draws.must(reference),
            exponent: draws.must(exponent),
        }),
    }
}

fn population(
    draws: &mut WorldDraws<'_>,
    spec: &model::Population,
    segments: &[Segment],
    drivers: &[Driver],
) -> Population {
    Population {
        name: spec.path(),
        count: draws.must(spec.count),
        law: match spec.law {
            model::SizeLaw::Pareto { minimum, exponent, below } => SizeLaw::Pareto {
                minimum: draws.must(minimum),
                exponent: draws.must(exponent),
                below: draws.num(below),
            },
            model::SizeLaw::Lognormal { median, sigma } => {
                SizeLaw::Lognormal { median: draws.must(median), sigma: draws.must(sigma) }
            }
        },
        scale: draws.num(spec.total).map_or(SizeScale::Stated, SizeScale::Total),
        follows: following(draws, &spec.follows, segments, drivers),
    }
}

/// Indicators channel of an instrument.
pub(super) fn compile_indicator_support(
    draws: &mut WorldDraws<'_>,
    spec: &model::IndicatorSupport,
) -> IndicatorSupport {
    let mut of: Vec<usize> = spec.of.iter().map(|&k| draws.order.indicator_at[k]).collect();
    of.sort_unstable();
    IndicatorSupport {
        of,
        start: usize::try_from(spec.start - draws.model.base_year).unwrap_or(0),
        years: spec.years as usize,
        rate: draws.must(spec.rate),
        added: draws.must(spec.added),
        shift: draws.must(spec.shift),
    }
}

fn indicator(draws: &mut WorldDraws<'_>, spec: &model::Indicator) -> Indicator {
    let kind = match spec.law {
        IndicatorLaw::Count { base, rate } => {
            IndicatorKind::Count { base: draws.must(base), rate: draws.must(rate) }
        }
        IndicatorLaw::Ratio { start, mean, drift, persistence, volatility } => {
            let start = draws.must(start);
            IndicatorKind::Ratio {
                start,
                mean: draws.num(mean).unwrap_or(start),
                drift: draws.must(drift),
                persistence: draws.must(persistence),
                volatility: draws.must(volatility),
            }
        }
    };
    Indicator { name: format!("indicator.{}", spec.id), kind }
}
