//! What each instrument of a policy adds: Shapley values over the set of its instruments.

mod exact;
mod sampled;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::game::{Game, Player};
use crate::analysis::AnalysisError;
use crate::analysis::decision::answer::{named_policy, named_world};
use crate::analysis::decision::experiment::{Design, Experiment, Sampled};
use crate::analysis::decision::figures::{chance_change, mean_change};
use crate::analysis::decision::{Estimate, Goal, QuantityInfo};
use crate::analysis::results::Named;
use crate::analysis::summarise::LEVEL;
use crate::model::Model;
use crate::stats::{Events, Level, Moments};

/// Sets of instruments in one run, which bounds the memory it takes.
const BATCH: usize = 64;
/// Sets × trials that are simulated at most where all sets are; the number of trials follows.
const WORK: u64 = 3_000_000;
/// What sums over the sets leave of figures that cancel, as a share of those figures: far above the rounding errors of a
/// thousand sums, far below anything that is shown.
const ROUNDING: f64 = 1e-11;
/// Trials of a chunk of a run; numbers of trials are multiples of it.
const CHUNK: u64 = 4096;

/// What each instrument of a policy adds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contributions {
    /// World.
    pub world: Named,
    /// The policy that is taken apart; what it adds is counted from the reference.
    pub policy: Named,
    /// `exact` over all sets of instruments, or `sampled` over orders in which they may join.
    pub method: String,
    /// Sets of instruments that were simulated: all, or those of every pair of orders.
    pub sets: usize,
    /// Pairs of opposite orders that were drawn, each judged on trials of its own; `null` where the values are exact.
    pub pairs_of_orders: Option<usize>,
    /// Trials of the values and of the total, the first ones with the seed of the comparison: of every set, or of all pairs
    /// together (which may be more than the comparison has).
    pub trials: u64,
    /// Trials of what each instrument adds alone and as the last one.
    pub trials_alone: u64,
    /// What all instruments together add; its intervals have the level of the pairs of policies.
    pub total: Effect,
    /// Instruments in the order of the file; what the policy changes of levers comes last, as `settings`.
    pub instruments: Vec<Contribution>,
}

/// What one instrument adds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// Instrument.
    pub instrument: Named,
    /// Whether it can move the target at all; if not, its effect is exactly 0 and it is not simulated.
    pub moves_target: bool,
    /// Its Shapley value: its effect, averaged over all orders in which the instruments may join.
    pub shapley: Effect,
    /// What it adds alone.
    pub alone: Effect,
    /// What it adds as the last one.
    pub last: Effect,
}

/// An effect.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// On the probability.
    pub probability: Estimate,
    /// On the mean of the quantity; `null` where there is none.
    pub quantity: Option<Estimate>,
    /// On public money, 亿元; `null` for a single trial.
    pub cost: Option<Estimate>,
}

/// Trials that an observer hears of in the end.
pub(super) fn observed(model: &Model, goal: &Goal, policy: usize, trials: u64) -> u64 {
    let game = Game::of(model, goal, policy);
    let players = game.movers.len();
    let (of_sets, idle) = match players {
        0..=exact::MOST => {
            let trials = exact_trials(trials, players);
            (exact::sets(players).div_ceil(BATCH) as u64 * trials, trials)
        }
        _ => (sampled::observed(players, trials), sampled::trials_alone(players, trials)),
    };
    of_sets + if game.idle.is_empty() { 0 } else { idle.min(CHUNK) }
}

fn exact_trials(trials: u64, players: usize) -> u64 {
    whole_chunks(trials, WORK / exact::sets(players) as u64)
}

/// At most so many trials, in whole chunks.
fn whole_chunks(trials: u64, most: u64) -> u64 {
    trials.min((most / CHUNK).max(1) * CHUNK)
}

/// The game that is played, and where.
struct Setting<'a, 'm> {
    experiment: &'a Experiment<'m>,
    model: &'a Model,
    goal: &'a Goal,
    game: &'a Game,
    world: usize,
    has_quantity: bool,
}

impl Setting<'_, '_> {
    /// Simulates the reference with each of these sets of players.
    fn run(
        &self,
        sets: Vec<Vec<usize>>,
        trials: Range<u64>,
        threads: Option<usize>,
    ) -> Result<Sampled, AnalysisError> {
        let policy = |(index, set): (usize, &Vec<usize>)| self.game.policy(self.model, index, set);
        let design = Design {
            policies: sets.iter().enumerate().map(policy).collect(),
            worlds: vec![self.model.worlds[self.world].clone()],
            goals: vec![self.goal.clone()],
            keep: Default::default(),
            renewed: None,
        };
        let settings = self.experiment.settings;
        self.experiment.run_range(design, settings.seed, trials, threads.or(settings.threads))
    }
}

/// What either form finds.
struct Told {
    instruments: Vec<(Player, Contribution)>,
    total: Effect,
    sets: usize,
    pairs: Option<usize>,
    trials: u64,
    trials_alone: u64,
}

/// Trials of one set: outcomes, quantities, money.
type Kept = (Events, Vec<f64>, Vec<f64>);

fn kept(sampled: &Sampled, position: usize) -> Kept {
    let values = sampled.quantity(0, position, 0).to_vec();
    (sampled.hits(0, position, 0).clone(), values, sampled.cost(0, position).to_vec())
}

/// What one set has beyond another on the same trials.
fn difference(more: &Kept, less: &Kept, has_quantity: bool, level: Level) -> Option<Effect> {
    Some(Effect {
        probability: chance_change(&more.0, &less.0, level)?,
        quantity: has_quantity.then(|| mean_change(&more.1, &less.1, level)).flatten(),
        cost: mean_change(&more.2, &less.2, level),
    })
}

fn moments(values: &[f64]) -> Moments {
    let mut moments = Moments::default();
    moments.record_lanes(values);
    moments
}

/// Shares the effect of `policy` (against the reference, in `world`) out over its instruments; `None` if it has none of
/// its own, or for a single trial. `model` is the scenario with all instruments, of which the experiment has only those
/// that can move the goal. What they add together is a difference of two policies of the comparison: its interval has the
/// level that those have.
///
/// # Errors
/// Every error of a run.
pub(super) fn contributions(
    experiment: &Experiment<'_>,
    model: &Model,
    goal: &Goal,
    (policy, world): (usize, usize),
    level: Level,
) -> Result<Option<Contributions>, AnalysisError> {
    let game = Game::of(model, goal, policy);
    let (players, asked) = (game.movers.len(), experiment.settings.trials);
    if (game.movers.is_empty() && game.idle.is_empty()) || asked < 2 {
        return Ok(None);
    }
    let has_quantity = QuantityInfo::of(model, goal).is_some();
    let setting = Setting { experiment, model, goal, game: &game, world, has_quantity };
    let told = match players {
        0..=exact::MOST => exact::told(&setting, exact_trials(asked, players), level)?,
        _ => sampled::told(&setting, asked, level)?,
    };
    let mut instruments = told.instruments;
    instruments.extend(idle(experiment, model, goal, &game, world, told.trials_alone)?);
    instruments.sort_by_key(|(player, _)| *player);
    Ok(Some(Contributions {
        world: named_world(&model.worlds[world]),
        policy: named_policy(&model.policies[policy]),
        method: if told.pairs.is_some() { "sampled" } else { "exact" }.to_owned(),
        sets: told.sets,
        pairs_of_orders: told.pairs,
        trials: told.trials,
        trials_alone: told.trials_alone,
        total: told.total,
        instruments: instruments.into_iter().map(|(_, contribution)| contribution).collect(),
    }))
}

/// Instruments that cannot move the target: no effect, but what leaving each one out saves.
fn idle(
    experiment: &Experiment<'_>,
    model: &Model,
    goal: &Goal,
    game: &Game,
    world: usize,
    trials: u64,
) -> Result<Vec<(Player, Contribution)>, AnalysisError> {
    if game.idle.is_empty() {
        return Ok(Vec::new());
    }
    let mut policies = vec![game.whole(model, None)];
    policies.extend(game.idle.iter().map(|&player| game.whole(model, Some(player))));
    let design = Design {
        policies,
        worlds: vec![model.worlds[world].clone()],
        goals: vec![goal.clone()],
        keep: Default::default(),
        renewed: None,
    };
    let sampled = experiment.run_with(design, experiment.settings.seed, trials.min(CHUNK))?;
    let nothing = Estimate { value: 0.0, interval: [0.0, 0.0] };
    let entry = |(position, &player): (usize, &Player)| {
        let effect = Effect {
            probability: nothing,
            quantity: QuantityInfo::of(model, goal).map(|_| nothing),
            cost: mean_change(sampled.cost(0, 0), sampled.cost(0, position + 1), LEVEL),
        };
        let instrument = game.name(model, player);
        (
            player,
            Contribution { instrument, moves_target: false, shapley: effect, alone: effect, last: effect },
        )
    };
    Ok(game.idle.iter().enumerate().map(entry).collect())
}
