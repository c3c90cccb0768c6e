//! Milestones of the years before a target: as likely as the target, and what standing at one means for the end.

use std::ops::RangeInclusive;

use super::*;
use crate::math::{exp, ln};
use crate::stats::{chance_at, equal_chance, level_for, matched_quantile};

/// What the years lead to.
pub(super) struct Final<'a> {
    /// Level of the target.
    pub level: f64,
    /// The split of the target's year.
    pub split: &'a EqualChance,
    /// Trials that meet the target.
    pub hits: &'a Events,
    /// The final chance of the second reference line.
    pub wanted: f64,
    /// Steps of tasks.
    pub steps: &'a tasks::Steps,
    /// What growth in the first year is counted from, 亿元: all together, and by cluster.
    pub before: (f64, Vec<f64>),
}

/// One plan for each of the years, the last of which is that of the target.
pub(super) fn years(
    paths: &Paths<'_>,
    base_year: i32,
    range: RangeInclusive<i32>,
    target: &Final<'_>,
) -> Result<Vec<Year>, AnalysisError> {
    let (first, years) = (*range.start() - base_year, *range.end() - base_year);
    let met: Vec<bool> = target.hits.iter().collect();
    let now = target.hits.share().ok_or(AnalysisError::NoTrials)?;
    let chance = target.split.chance.value;
    let final_met: Vec<Vec<bool>> = target
        .split
        .parts
        .iter()
        .enumerate()
        .map(|(cluster, part)| tasks::met(paths.column(years, cluster), part.value).collect())
        .collect();
    let mut plans = Vec::new();
    let (total, parts) = target.before.clone();
    let mut before = Before { after: first - 1, total, parts };
    for after in first..years {
        let total = paths.total(after);
        let Some((milestone, influence)) = matched_quantile(&total, &met, LEVEL) else {
            return Err(AnalysisError::NoTrials);
        };
        let columns = paths.at(after);
        // a sum of quantiles reaches every quantile of the sum, but for extremes of a handful of trials
        let split = equal_chance(&columns, milestone.value, &influence, LEVEL);
        let Some(split) = split else { continue };
        let parts: Vec<f64> = split.parts.iter().map(|part| part.value).collect();
        let axis = Axis::of(&total);
        let keeps = columns
            .iter()
            .zip(&final_met)
            .map(|(column, met)| Axis::of(column).level_for(column, met, chance));
        plans.push(Year {
            year: base_year + after,
            mean: mean(&total),
            growth: before.growth(after, before.total, milestone.value),
            growths: before.growths(after, &parts),
            milestone: of(milestone),
            chance: chance_of(&split),
            tasks: target.steps.rounded(&columns, &parts),
            final_chance: axis.chance_at(&total, &met, milestone.value),
            keep: axis.level_for(&total, &met, now),
            wanted: axis.level_for(&total, &met, target.wanted),
            keeps: keeps.collect(),
        });
        before = Before { after, total: milestone.value, parts };
    }
    let parts: Vec<f64> = target.split.parts.iter().map(|part| part.value).collect();
    plans.push(Year {
        year: base_year + years,
        mean: mean(&paths.total(years)),
        growth: before.growth(years, before.total, target.level),
        growths: before.growths(years, &parts),
        milestone: Estimate { value: target.level, interval: [target.level; 2] },
        chance: chance_of(target.split),
        tasks: target.steps.rounded(&paths.at(years), &parts),
        final_chance: None,
        keep: None,
        wanted: None,
        keeps: vec![None; parts.len()],
    });
    Ok(plans)
}

/// What was asked for, or is to be expected, before a year.
struct Before {
    /// Years after the base year.
    after: i32,
    total: f64,
    parts: Vec<f64>,
}

impl Before {
    /// Growth to the year `after`; `None` where the year before has no figures.
    fn growth(&self, after: i32, from: f64, to: f64) -> Option<f64> {
        growth(from, to, 1).filter(|_| self.after + 1 == after)
    }

    fn growths(&self, after: i32, parts: &[f64]) -> Vec<Option<f64>> {
        self.parts.iter().zip(parts).map(|(&from, &to)| self.growth(after, from, to)).collect()
    }
}

/// The axis on which the response is closest to a straight line: logarithms, where every figure is above 0.
#[derive(Clone, Copy)]
enum Axis {
    Logarithmic,
    Plain,
}

impl Axis {
    fn of(values: &[f64]) -> Self {
        if values.iter().all(|value| *value > 0.0) { Self::Logarithmic } else { Self::Plain }
    }

    fn places(self, values: &[f64]) -> Vec<f64> {
        match self {
            Self::Logarithmic => values.iter().map(|&value| ln(value)).collect(),
            Self::Plain => values.to_vec(),
        }
    }

    fn level_for(self, values: &[f64], met: &[bool], wanted: f64) -> Option<Estimate> {
        let found = of(level_for(&self.places(values), met, wanted)?);
        Some(match self {
            Self::Logarithmic => Estimate { value: exp(found.value), interval: found.interval.map(exp) },
            Self::Plain => found,
        })
    }

    fn chance_at(self, values: &[f64], met: &[bool], at: f64) -> Option<Estimate> {
        let at = match self {
            Self::Logarithmic => ln(at),
            Self::Plain => at,
        };
        let found = of(chance_at(&self.places(values), met, at)?);
        Some(Estimate { interval: found.interval.map(|end| end.clamp(0.0, 1.0)), ..found })
    }
}
