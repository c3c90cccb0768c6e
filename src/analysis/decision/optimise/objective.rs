//! What is maximised, and how several worlds become one figure.

use serde::{Deserialize, Serialize};

use crate::analysis::decision::Goal;
use crate::analysis::decision::experiment::Sampled;
use crate::math::special::normal_cdf;
use crate::math::{ln, powf};
use crate::plan::{Condition, When};

/// What is maximised.
#[derive(Clone, Debug)]
pub struct Objective {
    /// The goal whose probability counts.
    pub goal: Goal,
}

/// How several worlds become one figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// The mean over the worlds (of one world: its figure).
    Mean,
    /// The worst world.
    Maximin,
    /// The largest distance from the best that each world alone would allow, which is given; negated, so that more is
    /// better.
    Regret(Vec<f64>),
}

/// The word for a rule in options and documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleName {
    /// See [`Rule::Mean`].
    Mean,
    /// See [`Rule::Maximin`].
    #[default]
    Maximin,
    /// See [`Rule::Regret`].
    Regret,
}

impl Rule {
    /// One figure for the figures of all worlds; more is better.
    pub fn judge(&self, worlds: &[f64]) -> f64 {
        match self {
            Self::Mean => worlds.iter().sum::<f64>() / worlds.len().max(1) as f64,
            Self::Maximin => worlds.iter().copied().fold(f64::INFINITY, f64::min),
            Self::Regret(best) => {
                let regrets = worlds.iter().zip(best).map(|(value, best)| best - value);
                0.0 - regrets.fold(f64::NEG_INFINITY, f64::max)
            }
        }
    }
}

impl Objective {
    /// How far from the level a trial still tells which way to go, in one world under one policy; 0 where only hits count.
    ///
    /// Of a quantity with a fixed level in one year, in logs: a normal kernel's bandwidth σ n^(−1/5) / 2 (Silverman 1986,
    /// section 3.4.2), but half of what the mean lies further than 2 σ from the level if that is more, so that a budget
    /// with next to no chance (or next to no risk) is judged by what brings the quantity nearer. Of targets by a year, over
    /// several years and of multiples of the base, in the quantity's unit: a third of the mean shortfall of those that
    /// miss.
    pub fn width(&self, sampled: &Sampled, world: usize, policy: usize) -> f64 {
        if let Some(distances) = distances(sampled, world, policy) {
            let n = distances.len() as f64;
            let mean = distances.iter().sum::<f64>() / n;
            let spread = (distances.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / (n - 1.0)).sqrt();
            return (spread * powf(n, -0.2) / 2.0).max((mean.abs() - 2.0 * spread) / 2.0);
        }
        let shortfall = sampled.shortfall(world, policy, 0);
        let missed = shortfall.iter().filter(|x| **x > 0.0).count();
        if missed == 0 { 0.0 } else { shortfall.iter().sum::<f64>() / missed as f64 / 3.0 }
    }

    /// The probability of the goal, with the step at its level smoothed over `width` (see [`Objective::width`]): so that
    /// every trial near the level tells which way to go, also where hits are few. Only the search uses it; results count
    /// hits.
    pub fn value(&self, sampled: &Sampled, world: usize, policy: usize, width: f64) -> f64 {
        let hits = sampled.hits(world, policy, 0);
        let plain = hits.share().unwrap_or(0.0);
        if width <= 0.0 {
            return plain;
        }
        if let Some(distances) = distances(sampled, world, policy) {
            return distances.iter().map(|d| normal_cdf(d / width)).sum::<f64>() / distances.len() as f64;
        }
        // a hit counts in full, a miss the less the more it lacks
        let shortfall = sampled.shortfall(world, policy, 0);
        if shortfall.is_empty() {
            return plain;
        }
        shortfall.iter().map(|lacks| 2.0 * normal_cdf(-lacks / width)).sum::<f64>() / shortfall.len() as f64
    }
}

/// Logarithms of quantity over level, positive where the target is met; `None` unless it is judged by a fixed level in
/// one year and all values are positive.
fn distances(sampled: &Sampled, world: usize, policy: usize) -> Option<Vec<f64>> {
    let (level, at_least) = fixed_level(sampled)?;
    let quantity = sampled.quantity(world, policy, 0);
    if level <= 0.0 || quantity.len() < 2 || quantity.iter().any(|&x| x <= 0.0) {
        return None;
    }
    let sign = if at_least { 1.0 } else { -1.0 };
    Some(quantity.iter().map(|&x| sign * ln(x / level)).collect())
}

/// The level of a goal that is judged by a fixed one in one year, and whether it is a floor.
fn fixed_level(sampled: &Sampled) -> Option<(f64, bool)> {
    let Condition::Threshold { at_least, levels, when: When::Year(year), .. } = sampled.condition(0) else {
        return None;
    };
    let level = levels[*year].filter(|level| level.of_base == 0.0)?;
    Some((level.constant, *at_least))
}
