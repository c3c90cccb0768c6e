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
    /// The probability of the goal. Where it is judged by a fixed level in one year, the step at the level is replaced by
    /// a normal one in the log of the quantity (a kernel estimate, bandwidth σ n^(−1/5) / 2; Silverman 1986, section
    /// 3.4.2): so that every trial near the level tells which way to go, also where hits are few. Only the search uses it;
    /// results count hits.
    pub fn value(&self, sampled: &Sampled, world: usize, policy: usize) -> f64 {
        let plain = sampled.hits(world, policy, 0).share().unwrap_or(0.0);
        let Some((level, at_least)) = fixed_level(sampled) else { return plain };
        let quantity = sampled.quantity(world, policy, 0);
        if level <= 0.0 || quantity.iter().any(|&x| x <= 0.0) || quantity.len() < 2 {
            return plain;
        }
        let n = quantity.len() as f64;
        let distances: Vec<f64> = quantity.iter().map(|&x| ln(x / level)).collect();
        // the spread of the reference policy serves all, so that policies are judged by one yardstick
        let spread = spread(sampled.quantity(world, 0, 0));
        if spread <= 0.0 {
            return plain;
        }
        let bandwidth = spread * powf(n, -0.2) / 2.0;
        let sign = if at_least { 1.0 } else { -1.0 };
        distances.iter().map(|d| normal_cdf(sign * d / bandwidth)).sum::<f64>() / n
    }
}

/// Standard deviation of the logarithm.
fn spread(quantity: &[f64]) -> f64 {
    let n = quantity.len() as f64;
    let logs = || quantity.iter().map(|&x| ln(x.max(f64::MIN_POSITIVE)));
    let mean = logs().sum::<f64>() / n;
    (logs().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt()
}

/// The level of a goal that is judged by a fixed one in one year, and whether it is a floor.
fn fixed_level(sampled: &Sampled) -> Option<(f64, bool)> {
    let Condition::Threshold { at_least, levels, when: When::Year(year), .. } = sampled.condition(0) else {
        return None;
    };
    let level = levels[*year].filter(|level| level.of_base == 0.0)?;
    Some((level.constant, *at_least))
}
