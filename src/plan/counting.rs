//! Compiles the things that are counted: what a counted series reads out, and the numbers of one world.

use super::arrays::{Segment, SeriesUnit};
use super::compile::Order;
use super::counted::*;
use super::draws::WorldDraws;
use super::pipelines::{compile_arrivals, compile_pipelines};
use crate::model::{self, Figure, IndicatorLaw, Model, Scope, Subject};

/// What a series of this subject reads out; `None` for revenue.
pub(super) fn counted(model: &Model, order: &Order, subject: &Subject, _scope: &Scope) -> Option<Counted> {
    let placed = |list: &[usize], at: &[usize]| {
        let mut found: Vec<usize> = list.iter().map(|&k| at[k]).collect();
        found.sort_unstable();
        found
    };
    let index = |year: i32| usize::try_from(year - model.base_year).unwrap_or(0);
    Some(match subject {
        Subject::Revenue => return None,
        Subject::Firms { above, .. } | Subject::Products { above, .. } => Counted::Above {
            threshold: *above,
            items: Vec::new(),
            populations: Vec::new(),
            arrivals: Vec::new(),
            pipelines: Vec::new(),
        },
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
    match subject {
        Subject::Revenue => scope,
        Subject::Firms { above, outside } => {
            format!("firms{}>={above}/{scope}", if *outside { "+outside" } else { "" })
        }
        Subject::Products { above, industries } => {
            let of = joined(industries.iter().map(|&s| model.industries[s].id.as_str()).collect());
            let of = if of.is_empty() { of } else { format!("({of})") };
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
        Figure::Count => SeriesUnit::Count,
        Figure::Share => SeriesUnit::Share,
        Figure::Number => SeriesUnit::Number,
    }
}

/// The counted things of the world that `draws` stands for.
pub(super) fn compile_counted(draws: &mut WorldDraws<'_>, segments: &[Segment]) -> CountedWorld {
    let model = draws.model;
    let mut indicators: Vec<&model::Indicator> = model.indicators.iter().collect();
    indicators.sort_by_key(|indicator| &indicator.id);
    CountedWorld {
        arrivals: compile_arrivals(draws, segments),
        pipelines: compile_pipelines(draws, segments),
        indicators: indicators.into_iter().map(|i| indicator(draws, i)).collect(),
        ..CountedWorld::default()
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
