//! One policy in one world, beside the reference on the same draws.

use serde::{Deserialize, Serialize};

use super::Grid;
use super::price::{Ever, Price, price};
use crate::analysis::AnalysisError;
use crate::analysis::decision::Estimate;
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::decision::figures::*;
use crate::analysis::results::{Ends, Named};
use crate::analysis::summarise::LEVEL;
use crate::stats::Level;

/// What rounding leaves of sums of money that are equal, as a share of them.
const ROUNDING: f64 = 1e-11;

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
    /// Mean public money over all years, 亿元, of all instruments of the policy; `null` for a single trial.
    pub cost: Option<Estimate>,
    /// Mean public money up to the year of [`Comparison::due`](super::Comparison) of the instruments that can move the target,
    /// discounted as `cost` is, 亿元; `null` for a single trial.
    pub cost_in_time: Option<Estimate>,
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

/// A policy less the reference, paired trial by trial. The intervals of each figure hold together with those of the same
/// figure for all other pairs (their level is that of [`Pairs`](super::Pairs)), so that one difference has one interval
/// and one verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Probability.
    pub probability: Estimate,
    /// Quantity; `null` where the cell has none.
    pub quantity: Option<QuantityChange>,
    /// Public money over all years, 亿元, of all instruments.
    pub cost: Option<Estimate>,
    /// Of it, what is paid for instruments that cannot move the target, which is in no price; `null` where that does not differ.
    #[serde(default)]
    pub cost_elsewhere: Option<Estimate>,
    /// Public money up to the year of [`Comparison::due`](super::Comparison) of the instruments that can move the target, 亿元.
    pub cost_in_time: Option<Estimate>,
    /// That money for each percentage point of probability, 亿元.
    pub cost_per_point: Price,
    /// That money for each 亿元 of the quantity's mean; `null` for quantities that are no money.
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

/// All cells of a comparison; differences have intervals at `level`.
pub(super) fn cells(sampled: &Sampled, grid: &Grid<'_>, level: Level) -> Result<Vec<Cell>, AnalysisError> {
    let mut cells = Vec::new();
    for world in 0..grid.worlds.len() {
        for policy in 0..grid.policies.len() {
            cells.push(cell(sampled, grid, (world, policy), level).ok_or(AnalysisError::NoTrials)?);
        }
    }
    Ok(cells)
}

fn cell(sampled: &Sampled, grid: &Grid<'_>, (world, policy): (usize, usize), level: Level) -> Option<Cell> {
    let chance = chance_of(sampled.hits(world, policy, 0), LEVEL)?;
    Some(Cell {
        world: grid.world(world),
        policy: grid.policy(policy),
        probability: chance.value,
        interval: chance.interval,
        quantity: grid.quantity.and_then(|_| quantity(sampled, world, policy)),
        cost: mean_of(grid.paid.cost(world, policy), LEVEL),
        cost_in_time: mean_of(sampled.cost_in_time(world, policy), LEVEL),
        change: (policy > 0).then(|| change(sampled, grid, (world, policy), level)).flatten(),
    })
}

fn quantity(sampled: &Sampled, world: usize, policy: usize) -> Option<QuantityCell> {
    let (values, shortfall) = (sampled.quantity(world, policy, 0), sampled.shortfall(world, policy, 0));
    Some(QuantityCell {
        median: median_of(sampled, (world, policy, 0), LEVEL)?,
        mean: mean_of(values, LEVEL)?,
        shortfall: mean_of(shortfall, LEVEL)?,
        shortfall_if_missed: shortfall_if_missed(shortfall, LEVEL),
    })
}

fn change(
    sampled: &Sampled,
    grid: &Grid<'_>,
    (world, policy): (usize, usize),
    level: Level,
) -> Option<Change> {
    let (here, there) = (sampled.hits(world, policy, 0), sampled.hits(world, 0, 0));
    let (values, reference) = (sampled.quantity(world, policy, 0), sampled.quantity(world, 0, 0));
    let (paid, saved) = (sampled.cost_in_time(world, policy), sampled.cost_in_time(world, 0));
    let money: Vec<f64> = paid.iter().zip(saved).map(|(a, b)| a - b).collect();
    let [all, all_there] = [policy, 0].map(|policy| grid.paid.cost(world, policy));
    let [counted, counted_there] = [policy, 0].map(|policy| sampled.cost(world, policy));
    let ever = Ever { counted: counted != counted_there, at_all: all != all_there };
    let elsewhere: Vec<f64> = all
        .iter()
        .zip(all_there)
        .zip(counted.iter().zip(counted_there))
        .map(|((here, there), (part, part_there))| (here - there) - (part - part_there))
        .collect();
    let largest = all.iter().chain(all_there).fold(1.0, |most: f64, paid| most.max(paid.abs()));
    let cost_elsewhere = mean_of(&elsewhere, level).filter(|mean| mean.value.abs() > ROUNDING * largest);
    let points: Vec<f64> =
        here.iter().zip(there.iter()).map(|(a, b)| 100.0 * (f64::from(a) - f64::from(b))).collect();
    let probability = chance_change(here, there, level)?;
    let alone = chance_change(here, there, LEVEL)?;
    let of_quantity = grid.quantity.and_then(|_| {
        Some(QuantityChange {
            median: median_change(sampled, [(world, policy, 0), (world, 0, 0)], level)?,
            mean: mean_change(values, reference, level)?,
            shortfall: mean_change(
                sampled.shortfall(world, policy, 0),
                sampled.shortfall(world, 0, 0),
                level,
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
        price(&money, ever, &gain, (effect, None), level)
    });
    Some(Change {
        probability,
        cost: mean_change(all, all_there, level),
        cost_elsewhere,
        cost_in_time: mean_of(&money, level),
        cost_per_point: price(&money, ever, &points, (probability.interval, Some(alone)), level),
        cost_per_revenue: of_revenue,
        quantity: of_quantity,
    })
}
