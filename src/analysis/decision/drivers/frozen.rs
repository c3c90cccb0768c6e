//! Pick-freeze runs: every trial again with some of the things drawn anew, and the shares of variance that follow.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::players::Players;
use crate::analysis::AnalysisError;
use crate::analysis::decision::Goal;
use crate::analysis::decision::experiment::{Design, Experiment, Sampled};
use crate::kernel::Renewed;
use crate::math::ln;
use crate::model::{Model, Policy, World};
use crate::stats::shapley::Coalition;
use crate::stats::shapley_effects::{Effect, ShapleyEffects};
use crate::stats::sobol_indices::{Index, closed_index, indices};

/// What is simulated again and again.
pub struct Frozen<'e, 'm> {
    experiment: &'e Experiment<'m>,
    policy: Policy,
    world: World,
    goal: Goal,
    /// Trials of each run.
    pub trials: u64,
    scale: Scale,
    /// Whether hits are looked at.
    hits: bool,
    /// The trials themselves, and others with everything drawn anew.
    first: Outputs,
    second: Outputs,
}

/// How a quantity enters: its variance is that of its logarithm or of itself; `None` without a quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Logarithms; the lowest value of the kept trials stands for what has none.
    Log(f64),
    /// Values.
    Level,
    /// There is no quantity.
    None,
}

impl Scale {
    /// Logarithms for revenue, which is a product of positive factors; values for everything else, whatever the sample
    /// looks like, and for a revenue that begins at nothing.
    pub fn of(model: &Model, goal: &Goal, quantity: &[f64]) -> Self {
        let lowest = quantity.iter().copied().fold(f64::INFINITY, f64::min);
        let is_revenue = matches!(goal, Goal::Target(index) if model.targets[*index].subject.is_revenue());
        match (quantity.is_empty(), is_revenue && lowest > 0.0) {
            (true, _) => Self::None,
            (false, true) => Self::Log(lowest),
            (false, false) => Self::Level,
        }
    }

    /// The values on this scale.
    pub fn apply(self, quantity: &[f64]) -> Vec<f64> {
        match self {
            Self::Log(lowest) => quantity.iter().map(|&x| ln(if x > 0.0 { x } else { lowest })).collect(),
            Self::Level => quantity.to_vec(),
            Self::None => Vec::new(),
        }
    }
}

/// Outputs of one run, trial by trial; empty if they are not looked at.
struct Outputs {
    quantity: Vec<f64>,
    hits: Vec<f64>,
}

/// Closed indices of coalitions of one set of players: shares of the variance that would go if they were known.
#[derive(Default)]
pub struct Closed {
    /// Of the quantity.
    pub quantity: BTreeMap<Coalition, Index>,
    /// Of meeting the target.
    pub hits: BTreeMap<Coalition, Index>,
    /// Coalitions that need no further run.
    done: BTreeSet<Coalition>,
}

/// Seed of everything drawn anew: another one than the run's, in the same way for every run.
fn second(seed: u64) -> u64 {
    // the increment of a Weyl sequence has no pattern in common with seeds that people write
    seed.wrapping_add(0x9E37_79B9_7F4A_7C15)
}

impl<'e, 'm> Frozen<'e, 'm> {
    /// Runs that belong to `sampled`, whose first policy in its first world is looked at.
    ///
    /// # Errors
    /// As [`Experiment::run`].
    pub fn new(
        experiment: &'e Experiment<'m>,
        (policy, world, goal): (Policy, World, Goal),
        sampled: &Sampled,
        (trials, scale, hits): (u64, Scale, bool),
    ) -> Result<Self, AnalysisError> {
        let n = trials as usize;
        let quantity = sampled.quantity(0, 0, 0);
        let first = Outputs {
            quantity: scale.apply(&quantity[..n.min(quantity.len())]),
            hits: if hits { ones(sampled, n) } else { Vec::new() },
        };
        let second = Outputs { quantity: Vec::new(), hits: Vec::new() };
        let mut frozen = Self { experiment, policy, world, goal, trials, scale, hits, first, second };
        let sampled = frozen.experiment.run_with(frozen.design(None), second_seed(experiment), trials)?;
        frozen.second = frozen.outputs(&sampled);
        Ok(frozen)
    }

    fn design(&self, renewed: Option<(u64, Arc<Renewed>)>) -> Design {
        Design {
            policies: vec![self.policy.clone()],
            worlds: vec![self.world.clone()],
            goals: vec![self.goal.clone()],
            keep: Default::default(),
            renewed,
        }
    }

    fn outputs(&self, sampled: &Sampled) -> Outputs {
        Outputs {
            quantity: self.scale.apply(sampled.quantity(0, 0, 0)),
            hits: if self.hits { ones(sampled, self.trials as usize) } else { Vec::new() },
        }
    }

    /// Adds what one run with `coalition` drawn anew tells: the index of everything else, and of itself too unless parts
    /// depend on each other.
    fn renew(
        &self,
        players: &Players,
        coalition: Coalition,
        closed: &mut Closed,
    ) -> Result<(), AnalysisError> {
        let seeds = (second_seed(self.experiment), players.members(coalition));
        let settings = self.experiment.settings;
        let sampled = self.experiment.run_with(self.design(Some(seeds)), settings.seed, self.trials)?;
        let mixed = self.outputs(&sampled);
        let rest = players.all() & !coalition;
        closed.done.insert(rest);
        if !players.dependent {
            closed.done.insert(coalition);
        }
        let add = |map: &mut BTreeMap<Coalition, Index>, [a, b, ab]: [&[f64]; 3]| {
            if a.is_empty() {
                return;
            }
            // without variance there is no share of it
            if players.dependent {
                if let Ok(index) = closed_index(a, ab) {
                    map.insert(rest, index);
                }
            } else if let Ok(found) = indices(a, b, ab) {
                map.insert(coalition, found.first);
                map.insert(rest, found.total.complement());
            }
        };
        add(&mut closed.quantity, [&self.first.quantity, &self.second.quantity, &mixed.quantity]);
        add(&mut closed.hits, [&self.first.hits, &self.second.hits, &mixed.hits]);
        Ok(())
    }

    /// Makes the runs after which the index of each of `wanted` is known.
    ///
    /// # Errors
    /// As [`Experiment::run`].
    pub fn complete(
        &self,
        players: &Players,
        wanted: impl IntoIterator<Item = Coalition>,
        closed: &mut Closed,
    ) -> Result<(), AnalysisError> {
        let all = players.all();
        for coalition in wanted {
            let known = |closed: &Closed| closed.done.contains(&coalition);
            if coalition == 0 || coalition == all || known(closed) {
                continue;
            }
            let run = if players.dependent { all & !coalition } else { coalition };
            self.renew(players, run, closed)?;
        }
        Ok(())
    }
}

impl Closed {
    /// Forgets the players outside `moving`, which change nothing.
    pub fn keep(&mut self, moving: Coalition) {
        let kept = |map: &mut BTreeMap<Coalition, Index>| {
            *map = std::mem::take(map)
                .into_iter()
                .map(|(coalition, index)| (coalition & moving, index))
                .collect();
            map.retain(|&coalition, _| coalition != 0 && coalition != moving);
        };
        kept(&mut self.quantity);
        kept(&mut self.hits);
        self.done = self.done.iter().map(|coalition| coalition & moving).collect();
    }
}

fn second_seed(experiment: &Experiment<'_>) -> u64 {
    second(experiment.settings.seed)
}

/// Hits of the first `n` trials as 0 and 1.
fn ones(sampled: &Sampled, n: usize) -> Vec<f64> {
    sampled.hits(0, 0, 0).iter().take(n).map(|hit| f64::from(u8::from(hit))).collect()
}

/// Shapley effects of blocks of players, each block a coalition; `None` if an index is missing.
pub fn effects(blocks: &[Coalition], closed: &BTreeMap<Coalition, Index>) -> Option<Vec<Effect>> {
    let trials = closed.values().next()?.influence.len();
    let mut effects = ShapleyEffects::exact(blocks.len(), trials).ok()?;
    for mask in effects.missing() {
        effects.add_index(mask, closed.get(&spread(blocks, mask))?).ok()?;
    }
    effects.finish().ok()
}

/// The players of a coalition of blocks.
pub fn spread(blocks: &[Coalition], mask: Coalition) -> Coalition {
    let block = |(index, block): (usize, &Coalition)| if mask >> index & 1 == 1 { *block } else { 0 };
    blocks.iter().enumerate().map(block).sum()
}
