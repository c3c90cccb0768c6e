//! Every two policies in every world, with intervals that hold together, and what dominates what.

use serde::{Deserialize, Serialize};

use super::Grid;
use crate::analysis::AnalysisError;
use crate::analysis::decision::Estimate;
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::decision::figures::{chance_change, mean_change};
use crate::analysis::results::Named;
use crate::analysis::summarise::LEVEL;
use crate::stats::Level;

/// All pairs of policies in all worlds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pairs {
    /// Level of each single interval: 1 − 0.05 / m for m pairs and worlds, so that those of one figure (probability, mean,
    /// median, shortfall, money, price) hold together for all pairs at the answer's level (Bonferroni). Several figures at
    /// once have no common level.
    pub level: f64,
    /// Worlds in the order of the answer, within them pairs of policies in the order of the cells.
    pub pairs: Vec<Pair>,
}

/// One policy less another one in one world, paired trial by trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// World.
    pub world: Named,
    /// The later policy of the file.
    pub policy: Named,
    /// What it is compared with.
    pub against: Named,
    /// Difference of the probabilities.
    pub probability: Estimate,
    /// Difference of the means of the quantity; `null` where there is none.
    pub quantity: Option<Estimate>,
    /// Whether the interval of the probabilities' difference lies on one side of 0.
    pub probability_told: bool,
    /// Whether that of the means does; `null` where there is no quantity.
    pub quantity_told: Option<bool>,
}

impl Pair {
    /// Whether the pair is of these two policies, in any order.
    pub fn is_of(&self, one: &str, other: &str) -> bool {
        let ids = [self.policy.id.as_str(), self.against.id.as_str()];
        ids == [one, other] || ids == [other, one]
    }
}

/// A policy that another one beats or equals everywhere, at no higher cost: all money of the policies counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dominated {
    /// The policy.
    pub policy: Named,
    /// The better one.
    pub by: Named,
    /// Whether the intervals prove it, each condition by its own; else only the estimates say so.
    pub proven: bool,
}

/// Differences between all policies in all worlds, as the rest of the analysis needs them.
pub(super) struct Joint {
    pub pairs: Pairs,
    /// Level of each of their intervals.
    pub level: Level,
    policies: usize,
    /// `(world, policy, against)`: probability, quantity, cost.
    table: Vec<Option<Triple>>,
}

#[derive(Clone, Copy)]
struct Triple {
    probability: Estimate,
    quantity: Option<Estimate>,
    cost: Option<Estimate>,
}

impl Joint {
    pub fn of(sampled: &Sampled, grid: &Grid<'_>) -> Result<Self, AnalysisError> {
        let (policies, worlds) = (grid.policies.len(), grid.worlds.len());
        let count = (worlds * policies * policies.saturating_sub(1) / 2).max(1);
        let level = Level::new(1.0 - (1.0 - LEVEL.get()) / count as f64).unwrap_or(LEVEL);
        let mut joint = Self {
            pairs: Pairs { level: level.get(), pairs: Vec::new() },
            level,
            policies,
            table: vec![None; worlds * policies * policies],
        };
        for world in 0..worlds {
            for policy in 1..policies {
                for against in 0..policy {
                    let probability =
                        chance_change(sampled.hits(world, policy, 0), sampled.hits(world, against, 0), level)
                            .ok_or(AnalysisError::NoTrials)?;
                    let values = |p: usize| sampled.quantity(world, p, 0);
                    let quantity =
                        grid.quantity.and_then(|_| mean_change(values(policy), values(against), level));
                    let paid = |p: usize| grid.paid.cost(world, p);
                    let cost = mean_change(paid(policy), paid(against), level);
                    let at = (world * policies + policy) * policies + against;
                    joint.table[at] = Some(Triple { probability, quantity, cost });
                    let apart = |e: &Estimate| e.interval[0] > 0.0 || e.interval[1] < 0.0;
                    joint.pairs.pairs.push(Pair {
                        world: grid.world(world),
                        policy: grid.policy(policy),
                        against: grid.policy(against),
                        probability,
                        quantity,
                        probability_told: apart(&probability),
                        quantity_told: quantity.as_ref().map(apart),
                    });
                }
            }
        }
        Ok(joint)
    }

    fn at(&self, world: usize, policy: usize, against: usize) -> Option<(Triple, bool)> {
        let entry = |a: usize, b: usize| self.table[(world * self.policies + a) * self.policies + b];
        entry(policy, against)
            .map(|triple| (triple, false))
            .or_else(|| entry(against, policy).map(|triple| (triple, true)))
    }

    /// Probability of `policy` less that of `against`; nothing for a policy beside itself.
    pub fn probability(&self, world: usize, policy: usize, against: usize) -> Option<Estimate> {
        self.at(world, policy, against).map(|(triple, turned)| turn(triple.probability, turned))
    }

    /// Mean of the quantity under `policy` less that under `against`.
    pub fn quantity(&self, world: usize, policy: usize, against: usize) -> Option<Estimate> {
        self.at(world, policy, against).and_then(|(triple, turned)| triple.quantity.map(|e| turn(e, turned)))
    }

    fn cost(&self, world: usize, policy: usize, against: usize) -> Option<Estimate> {
        self.at(world, policy, against).and_then(|(triple, turned)| triple.cost.map(|e| turn(e, turned)))
    }
}

/// The same difference the other way round.
pub(super) fn turn(estimate: Estimate, turned: bool) -> Estimate {
    let Estimate { value, interval: [low, high] } = estimate;
    if turned { Estimate { value: 0.0 - value, interval: [0.0 - high, 0.0 - low] } } else { estimate }
}

/// Policies that are no better than another one in any world and cost no less, each with the first such policy whose
/// dominance is proven, else the first that the estimates put there.
pub(super) fn dominated(grid: &Grid<'_>, joint: &Joint) -> Vec<Dominated> {
    let policies = 0..grid.policies.len();
    let by = |policy: usize, proven: bool| {
        policies.clone().find(|&better| better != policy && dominates(grid, joint, better, policy, proven))
    };
    let entry = |policy: usize| {
        let proven = by(policy, true).map(|better| (better, true));
        let (better, proven) = proven.or_else(|| by(policy, false).map(|better| (better, false)))?;
        Some(Dominated { policy: grid.policy(policy), by: grid.policy(better), proven })
    };
    policies.clone().filter_map(entry).collect()
}

/// Whether `better` is at least as good as `policy` in every world, costs no more in any, and is better or cheaper in
/// one: by the far ends of the joint intervals, or only by the estimates. What decides is the mean of the quantity where
/// there is one, since rare hits hardly ever tell two policies apart; the estimated chance must not contradict it.
fn dominates(grid: &Grid<'_>, joint: &Joint, better: usize, policy: usize, proven: bool) -> bool {
    let least = |e: Estimate| if proven { e.interval[0] } else { e.value };
    let most = |e: Estimate| if proven { e.interval[1] } else { e.value };
    let mut strict = false;
    for world in 0..grid.worlds.len() {
        let Some(chance) = joint.probability(world, better, policy) else { return false };
        let Some(cost) = joint.cost(world, better, policy) else { return false };
        let quantity = joint.quantity(world, better, policy).map(|e| turn(e, grid.sign() < 0.0));
        let effect = quantity.unwrap_or(chance);
        if chance.value < 0.0 || least(effect) < 0.0 || most(cost) > 0.0 {
            return false;
        }
        strict |= least(effect) > 0.0 || most(cost) < 0.0;
    }
    strict
}
