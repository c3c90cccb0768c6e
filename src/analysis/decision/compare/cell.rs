//! One policy in one world, beside the reference on the same draws.

use serde::{Deserialize, Serialize};

use super::Grid;
use crate::analysis::AnalysisError;
use crate::analysis::decision::Estimate;
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::decision::figures::*;
use crate::analysis::results::{Ends, Named};
use crate::analysis::summarise::{LEVEL, ends};
use crate::stats::ratio_of_means;

/// One policy in one world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// World.
    pub world: Named,
    /// Policy.
    pub policy: Named,
    /// Share of trials that meet the target.
    pub probability: f64,
    /// Wilson interval of the probability.
    pub interval: Ends,
    /// The target's quantity; `null` for counts over several series and for groups.
    pub quantity: Option<QuantityCell>,
    /// Mean public money over all years, 亿元; `null` for a single trial.
    pub cost: Option<Estimate>,
    /// What differs from the reference over the same trials; `null` for the reference itself.
    pub change: Option<Change>,
}

/// The target's quantity under one policy in one world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityCell {
    /// Median.
    pub median: Estimate,
    /// Mean.
    pub mean: Estimate,
    /// Mean of what is lacking of the demanded level, 0 where it is met.
    pub shortfall: Estimate,
    /// Mean of what is lacking over the trials that miss it; `null` if fewer than two do.
    pub shortfall_if_missed: Option<Estimate>,
}

/// A policy less the reference, paired trial by trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Probability.
    pub probability: Estimate,
    /// Quantity; `null` where the cell has none.
    pub quantity: Option<QuantityChange>,
    /// Public money, 亿元.
    pub cost: Option<Estimate>,
    /// Public money for each percentage point of probability, 亿元.
    pub cost_per_point: Price,
    /// Public money for each 亿元 of the quantity's mean; `null` for quantities that are no money.
    pub cost_per_revenue: Option<Price>,
}

/// A change of the target's quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityChange {
    /// Difference of the medians.
    pub median: Estimate,
    /// Mean difference.
    pub mean: Estimate,
    /// Mean difference of what is lacking.
    pub shortfall: Estimate,
}

/// What an effect costs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum Price {
    /// Money for each unit of effect, with Fieller's interval.
    Defined {
        /// Money for each unit of effect.
        value: f64,
        /// Fieller's interval.
        interval: Ends,
    },
    /// No price: the interval of the effect contains 0.
    EffectUnclear,
    /// No price: the effect is an adverse one.
    EffectAdverse,
    /// No price: public money does not differ in any trial.
    CostsNothing,
    /// No price: not a single trial comes to anything else.
    NoEffect,
}

/// All cells of a comparison.
pub(super) fn cells(sampled: &Sampled, grid: &Grid<'_>) -> Result<Vec<Cell>, AnalysisError> {
    let mut cells = Vec::new();
    for world in 0..grid.worlds.len() {
        for policy in 0..grid.policies.len() {
            cells.push(cell(sampled, grid, world, policy).ok_or(AnalysisError::NoTrials)?);
        }
    }
    Ok(cells)
}

fn cell(sampled: &Sampled, grid: &Grid<'_>, world: usize, policy: usize) -> Option<Cell> {
    let chance = chance_of(sampled.hits(world, policy, 0), LEVEL)?;
    Some(Cell {
        world: grid.world(world),
        policy: grid.policy(policy),
        probability: chance.value,
        interval: chance.interval,
        quantity: grid.quantity.and_then(|_| quantity(sampled, world, policy)),
        cost: mean_of(sampled.cost(world, policy), LEVEL),
        change: (policy > 0).then(|| change(sampled, grid, world, policy)).flatten(),
    })
}

fn quantity(sampled: &Sampled, world: usize, policy: usize) -> Option<QuantityCell> {
    let (values, shortfall) = (sampled.quantity(world, policy, 0), sampled.shortfall(world, policy, 0));
    Some(QuantityCell {
        median: median_of(values, LEVEL)?,
        mean: mean_of(values, LEVEL)?,
        shortfall: mean_of(shortfall, LEVEL)?,
        shortfall_if_missed: shortfall_if_missed(shortfall, LEVEL),
    })
}

fn change(sampled: &Sampled, grid: &Grid<'_>, world: usize, policy: usize) -> Option<Change> {
    let (here, there) = (sampled.hits(world, policy, 0), sampled.hits(world, 0, 0));
    let (values, reference) = (sampled.quantity(world, policy, 0), sampled.quantity(world, 0, 0));
    let (cost, saved) = (sampled.cost(world, policy), sampled.cost(world, 0));
    let money: Vec<f64> = cost.iter().zip(saved).map(|(a, b)| a - b).collect();
    let points: Vec<f64> =
        here.iter().zip(there.iter()).map(|(a, b)| 100.0 * (f64::from(a) - f64::from(b))).collect();
    let probability = chance_change(here, there, LEVEL)?;
    let of_quantity = grid.quantity.and_then(|_| {
        Some(QuantityChange {
            median: median_change(values, reference, LEVEL)?,
            mean: mean_change(values, reference, LEVEL)?,
            shortfall: mean_change(
                sampled.shortfall(world, policy, 0),
                sampled.shortfall(world, 0, 0),
                LEVEL,
            )?,
        })
    });
    let gain: Vec<f64> = values.iter().zip(reference).map(|(a, b)| a - b).collect();
    let of_revenue = grid.quantity.filter(|quantity| quantity.is_money()).zip(of_quantity.as_ref());
    let of_revenue = of_revenue.map(|(quantity, change)| {
        let sign = quantity.sign();
        let gain: Vec<f64> = gain.iter().map(|gain| sign * gain).collect();
        let [low, high] = change.mean.interval;
        let effect = if sign > 0.0 { [low, high] } else { [-high, -low] };
        price(&money, &gain, effect)
    });
    Some(Change {
        probability,
        cost: mean_of(&money, LEVEL),
        cost_per_point: price(&money, &points, probability.interval),
        cost_per_revenue: of_revenue,
        quantity: of_quantity,
    })
}

/// Money for each unit of a gain whose mean lies in `effect`.
fn price(money: &[f64], gain: &[f64], effect: Ends) -> Price {
    if money.iter().all(|&money| money == 0.0) {
        return Price::CostsNothing;
    }
    if gain.iter().all(|&gain| gain == 0.0) {
        return Price::NoEffect;
    }
    if effect[1] < 0.0 {
        return Price::EffectAdverse;
    }
    match ratio_of_means(money, gain, LEVEL).filter(|_| effect[0] > 0.0) {
        Some((value, interval)) => Price::Defined { value, interval: ends(interval) },
        None => Price::EffectUnclear,
    }
}
