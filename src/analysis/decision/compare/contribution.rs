//! What each instrument of a policy adds: Shapley values over the set of its instruments, trial by trial.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::game::{Game, Player};
use crate::analysis::AnalysisError;
use crate::analysis::decision::answer::{named_policy, named_world};
use crate::analysis::decision::experiment::{Design, Experiment, Sampled};
use crate::analysis::decision::figures::{chance_change, mean_change, mean_estimate};
use crate::analysis::decision::{Estimate, Goal, QuantityInfo};
use crate::analysis::results::Named;
use crate::analysis::summarise::{LEVEL, ends};
use crate::model::Model;
use crate::random::Stream;
use crate::stats::shapley::{Coalition, Orders, everyone, weights};
use crate::stats::{Events, Level, Moments, bounded_mean};

/// Most instruments whose sets are all simulated.
const MOST_EXACT: usize = 10;
/// Pairs of orders that are drawn for more instruments.
const PAIRS: usize = 12;
/// Sets of instruments in one run, which bounds the memory it takes.
const BATCH: usize = 64;
/// Sets × trials that are simulated at most; the number of trials follows.
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
    /// Sets of instruments that were simulated.
    pub sets: usize,
    /// Pairs of opposite orders that were drawn; `null` where the values are exact.
    pub pairs_of_orders: Option<usize>,
    /// Trials of each set, the first ones of the comparison.
    pub trials: u64,
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

/// How many sets are simulated, each with how many trials.
pub(super) struct Extent {
    sets: usize,
    trials: u64,
    /// Trials of the run that tells what idle instruments cost.
    idle: u64,
}

impl Extent {
    /// Trials that an observer hears of.
    pub fn observed(&self) -> u64 {
        self.sets.div_ceil(BATCH) as u64 * self.trials + self.idle
    }
}

/// How the values are formed.
enum Rule {
    Exact(crate::stats::shapley::Weights),
    Sampled(Orders, BTreeMap<Coalition, Vec<f64>>),
}

impl Rule {
    fn of(players: usize, seed: u64) -> Option<Self> {
        if players <= MOST_EXACT {
            return weights(players).ok().map(Self::Exact);
        }
        let mut random = Stream::new(seed, "shapley").generator(0, 0, 0, 0);
        let orders = Orders::draw(players, PAIRS, &mut random).ok()?;
        let weights = orders.weights();
        Some(Self::Sampled(orders, weights))
    }

    fn sets(&self, players: usize) -> Vec<Coalition> {
        match self {
            Self::Exact(weights) => weights.coalitions().collect(),
            Self::Sampled(_, weights) => {
                let all = everyone(players);
                let single = (0..players).flat_map(|player| [1 << player, all & !(1 << player)]);
                let mut sets: Vec<Coalition> = weights.keys().copied().chain(single).collect();
                sets.sort_unstable();
                sets.dedup();
                sets
            }
        }
    }

    fn weight(&self, player: usize, set: Coalition) -> f64 {
        match self {
            Self::Exact(weights) => weights.weight(player, set),
            Self::Sampled(_, weights) => weights.get(&set).map_or(0.0, |row| row[player]),
        }
    }
}

/// The extent of the contributions of `policy`, whose comparison has so many trials.
pub(super) fn extent(model: &Model, goal: &Goal, policy: usize, trials: u64, seed: u64) -> Extent {
    let game = Game::of(model, goal, policy);
    let players = game.movers.len();
    let sets = Rule::of(players, seed).map_or(0, |rule| rule.sets(players).len());
    let trials = coalition_trials(trials, sets);
    Extent { sets, trials, idle: if game.idle.is_empty() { 0 } else { trials.min(CHUNK) } }
}

fn coalition_trials(trials: u64, sets: usize) -> u64 {
    trials.min((WORK / sets.max(1) as u64 / CHUNK).max(1) * CHUNK)
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
    let players = game.movers.len();
    let Some(rule) = Rule::of(players, experiment.settings.seed) else { return Ok(None) };
    let sets = rule.sets(players);
    let trials = coalition_trials(experiment.settings.trials, sets.len());
    if (game.movers.is_empty() && game.idle.is_empty()) || trials < 2 {
        return Ok(None);
    }
    let has_quantity = QuantityInfo::of(model, goal).is_some();
    let mut sums = Sums::new(players, trials as usize, has_quantity);
    for batch in sets.chunks(BATCH) {
        let design = Design {
            policies: batch.iter().map(|&set| game.policy(model, set)).collect(),
            worlds: vec![model.worlds[world].clone()],
            goals: vec![goal.clone()],
            keep: Default::default(),
            renewed: None,
        };
        let sampled = experiment.run_with(design, experiment.settings.seed, trials)?;
        for (position, &set) in batch.iter().enumerate() {
            sums.add(&rule, set, &sampled, position);
        }
    }
    let orders = match &rule {
        Rule::Exact(_) => None,
        Rule::Sampled(orders, _) => Some(orders),
    };
    sums.drop_rounding();
    let mut instruments = sums.contributions(&game, model, orders).ok_or(AnalysisError::NoTrials)?;
    instruments.extend(idle(experiment, model, goal, &game, world, trials)?);
    instruments.sort_by_key(|(player, _)| *player);
    let all = everyone(players);
    Ok(Some(Contributions {
        world: named_world(&model.worlds[world]),
        policy: named_policy(&model.policies[policy]),
        method: if orders.is_some() { "sampled" } else { "exact" }.to_owned(),
        sets: sets.len(),
        pairs_of_orders: orders.map(Orders::pairs),
        trials,
        total: sums.difference(all, 0, level).ok_or(AnalysisError::NoTrials)?,
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

/// What has been gathered over the sets.
struct Sums {
    players: usize,
    /// Shapley values by player, trial by trial.
    probability: Vec<Vec<f64>>,
    quantity: Option<Vec<Vec<f64>>>,
    cost: Vec<Vec<f64>>,
    /// Means of every set: probability, quantity, cost.
    means: BTreeMap<Coalition, [f64; 3]>,
    /// Trials of the sets of none, one, all but one, and all.
    kept: BTreeMap<Coalition, (Events, Vec<f64>, Vec<f64>)>,
}

impl Sums {
    fn new(players: usize, trials: usize, has_quantity: bool) -> Self {
        let rows = || vec![vec![0.0; trials]; players];
        Self {
            players,
            probability: rows(),
            quantity: has_quantity.then(rows),
            cost: rows(),
            means: BTreeMap::new(),
            kept: BTreeMap::new(),
        }
    }

    fn add(&mut self, rule: &Rule, set: Coalition, sampled: &Sampled, position: usize) {
        let hits = sampled.hits(0, position, 0);
        let (values, cost) = (sampled.quantity(0, position, 0), sampled.cost(0, position));
        let chance: Vec<f64> = hits.iter().map(f64::from).collect();
        for player in 0..self.players {
            let weight = rule.weight(player, set);
            if weight == 0.0 {
                continue;
            }
            add_scaled(weight, &chance, &mut self.probability[player]);
            if let Some(rows) = &mut self.quantity {
                add_scaled(weight, values, &mut rows[player]);
            }
            add_scaled(weight, cost, &mut self.cost[player]);
        }
        let mean = |x: &[f64]| moments(x).mean().unwrap_or(0.0);
        self.means.insert(set, [mean(&chance), mean(values), mean(cost)]);
        let (size, players) = (set.count_ones() as usize, self.players);
        if size <= 1 || size + 1 >= players {
            self.kept.insert(set, (hits.clone(), values.to_vec(), cost.to_vec()));
        }
    }

    /// Puts sums that are nothing but rounding errors of large figures that cancel to 0.
    fn drop_rounding(&mut self) {
        for (part, rows) in [Some(&mut self.probability), self.quantity.as_mut(), Some(&mut self.cost)]
            .into_iter()
            .enumerate()
        {
            let largest = self.means.values().map(|means| means[part].abs()).fold(0.0, f64::max);
            let noise = ROUNDING * largest.max(1.0);
            for value in rows.into_iter().flatten().flatten().filter(|value| value.abs() <= noise) {
                *value = 0.0;
            }
        }
    }

    /// What the set `more` has beyond `less`.
    fn difference(&self, more: Coalition, less: Coalition, level: Level) -> Option<Effect> {
        let (more, less) = (self.kept.get(&more)?, self.kept.get(&less)?);
        Some(Effect {
            probability: chance_change(&more.0, &less.0, level)?,
            quantity: self.quantity.as_ref().and_then(|_| mean_change(&more.1, &less.1, level)),
            cost: mean_change(&more.2, &less.2, level),
        })
    }

    /// The values of all players; `orders` are those drawn, if not all were taken.
    fn contributions(
        &self,
        game: &Game,
        model: &Model,
        orders: Option<&Orders>,
    ) -> Option<Vec<(Player, Contribution)>> {
        // standard errors that the choice of orders leaves: probability, quantity, cost
        let left = |part: usize| match orders {
            None => Some(vec![0.0; self.players]),
            Some(orders) => {
                let found = orders.estimate(|set| self.means.get(&set).map_or(f64::NAN, |m| m[part])).ok()?;
                Some(found.into_iter().map(|estimate| estimate.standard_error).collect::<Vec<_>>())
            }
        };
        let errors = [left(0)?, left(1)?, left(2)?];
        let all = everyone(self.players);
        let entry = |(index, &player): (usize, &Player)| {
            let bit = 1 << index;
            let chance = moments(&self.probability[index]);
            let probability =
                Estimate { value: chance.mean()?, interval: ends(bounded_mean(&chance, LEVEL)?) };
            let of = |rows: &[Vec<f64>], part: usize| {
                Some(widened(mean_estimate(&moments(&rows[index]), LEVEL)?, errors[part][index], orders))
            };
            let contribution = Contribution {
                instrument: game.name(model, player),
                moves_target: true,
                shapley: Effect {
                    probability: widened(probability, errors[0][index], orders),
                    quantity: self.quantity.as_ref().and_then(|rows| of(rows, 1)),
                    cost: of(&self.cost, 2),
                },
                alone: self.difference(bit, 0, LEVEL)?,
                last: self.difference(all, all & !bit, LEVEL)?,
            };
            Some((player, contribution))
        };
        game.movers.iter().enumerate().map(entry).collect()
    }
}

/// The estimate with the independent standard error of the orders that were drawn added to what its interval covers: few
/// pairs of them, hence Student's t.
fn widened(estimate: Estimate, standard_error: f64, orders: Option<&Orders>) -> Estimate {
    let Some(orders) = orders else { return estimate };
    let more = LEVEL.t(orders.pairs().saturating_sub(1) as u64) * standard_error;
    let half = |half: f64| (half * half + more * more).sqrt();
    let Estimate { value, interval: [low, high] } = estimate;
    Estimate { value, interval: [value - half(value - low), value + half(high - value)] }
}

fn add_scaled(weight: f64, values: &[f64], sums: &mut [f64]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += weight * value;
    }
}

fn moments(values: &[f64]) -> Moments {
    let mut moments = Moments::default();
    moments.record_lanes(values);
    moments
}
