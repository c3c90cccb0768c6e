//! Shapley values from random pairs of opposite orders, each pair on trials of its own.
//!
//! What few orders leave open shrinks with their number, not with that of the trials: hence many pairs with one block of
//! trials each, which together have far more trials than a few pairs on the same ones could have for the same work.

use super::{BATCH, Contribution, Effect, Kept, ROUNDING, Setting, Told, difference, kept, whole_chunks};
use crate::analysis::AnalysisError;
use crate::analysis::decision::Estimate;
use crate::analysis::decision::compare::game::Player;
use crate::analysis::summarise::{LEVEL, ends};
use crate::engine::{BLOCK, side_by_side};
use crate::random::Stream;
use crate::stats::Level;
use crate::stats::shapley::{Sequences, Share, observed_range};

/// Sets × trials of all pairs at most; their number follows.
const WORK: u64 = 2_400_000;
/// Sets × trials of the pairs for each trial of a comparison that has few of them.
const WORK_OF_A_TRIAL: u64 = 400;
/// Fewest pairs.
const FEWEST: usize = 24;
/// Sets × trials of what instruments add alone and last at most.
const WORK_ALONE: u64 = 600_000;

/// Pairs of orders of so many players: whole squares, from two of them on.
fn pairs(players: usize, trials: u64) -> usize {
    let work = WORK.min(trials * WORK_OF_A_TRIAL);
    let pairs = FEWEST.max((work / (BLOCK * 2 * players as u64)) as usize);
    match pairs / players {
        0 | 1 => pairs,
        squares => squares * players,
    }
}

/// Trials of the sets of none, one, all but one, and all players.
pub fn trials_alone(players: usize, trials: u64) -> u64 {
    whole_chunks(trials, WORK_ALONE / (2 * players as u64 + 2))
}

/// Trials that an observer hears of.
pub fn observed(players: usize, trials: u64) -> u64 {
    let batches = (2 * players + 2).div_ceil(BATCH) as u64;
    pairs(players, trials) as u64 * BLOCK + batches * trials_alone(players, trials)
}

/// What one pair of orders says.
struct Steps {
    /// Of every player: on the probability, the mean of the quantity, money.
    of: [Vec<f64>; 3],
    none: Kept,
    all: Kept,
}

/// All instruments of the game.
///
/// # Errors
/// Every error of a run.
pub fn told(setting: &Setting<'_, '_>, trials: u64, level: Level) -> Result<Told, AnalysisError> {
    let players = setting.game.movers.len();
    let settings = setting.experiment.settings;
    let mut random = Stream::new(settings.seed, "shapley").generator(0, 0, 0, 0);
    let sequences = Sequences::draw(players, pairs(players, trials), &mut random);
    let found = side_by_side(settings.threads, sequences.pairs(), |pair| steps(setting, &sequences, pair))?;
    let trials_alone = trials_alone(players, trials);
    let single = alone_and_last(setting, trials_alone)?;
    let told = || {
        let (mut none, mut all) = (Kept::default(), Kept::default());
        for steps in &found {
            append(&mut none, &steps.none);
            append(&mut all, &steps.all);
        }
        Some(Told {
            instruments: instruments(setting, &sequences, &found, single)?,
            total: difference(&all, &none, setting.has_quantity, level)?,
            sets: sequences.pairs() * sequences.sets_of_a_pair(),
            pairs: Some(sequences.pairs()),
            trials: sequences.pairs() as u64 * BLOCK,
            trials_alone,
        })
    };
    told().ok_or(AnalysisError::NoTrials)
}

/// Simulates the sets of one pair on the block of trials that is its own.
fn steps(setting: &Setting<'_, '_>, sequences: &Sequences, pair: usize) -> Result<Steps, AnalysisError> {
    let from = pair as u64 * BLOCK;
    let sets = sequences.sets(pair);
    let (count, everyone) = (sets.len(), setting.game.movers.len());
    let sampled = setting.run(sets, from..from + BLOCK, Some(1))?;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / BLOCK as f64;
    let chances = (0..count).map(|set| sampled.hits(0, set, 0).count() as f64 / BLOCK as f64);
    let quantities = (0..count).map(|set| mean(sampled.quantity(0, set, 0)));
    let costs = (0..count).map(|set| mean(sampled.cost(0, set)));
    let steps = |values: Vec<f64>| {
        // what is left of figures that cancel is no step
        let noise = ROUNDING * values.iter().fold(1.0, |most: f64, value| most.max(value.abs()));
        let mut steps = sequences.steps(pair, &values);
        steps.iter_mut().filter(|step| step.abs() <= noise).for_each(|step| *step = 0.0);
        steps
    };
    let of = [steps(chances.collect()), steps(quantities.collect()), steps(costs.collect())];
    Ok(Steps { of, none: kept(&sampled, 0), all: kept(&sampled, everyone) })
}

fn append((hits, values, cost): &mut Kept, more: &Kept) {
    hits.append(&more.0);
    values.extend(&more.1);
    cost.extend(&more.2);
}

/// What every player adds alone and as the last one.
fn alone_and_last(setting: &Setting<'_, '_>, trials: u64) -> Result<Vec<[Effect; 2]>, AnalysisError> {
    let players = setting.game.movers.len();
    let without = |left: usize| (0..players).filter(|&player| player != left).collect::<Vec<_>>();
    let mut sets = vec![Vec::new(), (0..players).collect()];
    sets.extend((0..players).flat_map(|player| [vec![player], without(player)]));
    let mut found: Vec<Kept> = Vec::new();
    for batch in sets.chunks(BATCH) {
        let sampled = setting.run(batch.to_vec(), 0..trials, None)?;
        found.extend((0..batch.len()).map(|position| kept(&sampled, position)));
    }
    let between = |more: &Kept, less: &Kept| difference(more, less, setting.has_quantity, LEVEL);
    let of = |player: usize| {
        let [one, others] = [&found[2 + 2 * player], &found[3 + 2 * player]];
        Some([between(one, &found[0])?, between(&found[1], others)?])
    };
    (0..players).map(|player| of(player).ok_or(AnalysisError::NoTrials)).collect()
}

fn instruments(
    setting: &Setting<'_, '_>,
    sequences: &Sequences,
    found: &[Steps],
    single: Vec<[Effect; 2]>,
) -> Option<Vec<(Player, Contribution)>> {
    let row = |part: usize, player: usize| -> Vec<f64> {
        found.iter().map(|steps| steps.of[part][player]).collect()
    };
    let range = observed_range(found.iter().map(|steps| &steps.of[0]));
    let entry = |((index, &player), [alone, last]): ((usize, &Player), [Effect; 2])| {
        let share = |part: usize| sequences.share(index, &row(part, index));
        let student = |share: Share| Estimate { value: share.value, interval: ends(share.interval(LEVEL)) };
        let effect = Effect {
            probability: chance(share(0)?, range, found.len()),
            quantity: setting.has_quantity.then(|| share(1).map(student)).flatten(),
            cost: share(2).map(student),
        };
        let instrument = setting.game.name(setting.model, player);
        Some((player, Contribution { instrument, moves_target: true, shapley: effect, alone, last }))
    };
    setting.game.movers.iter().enumerate().zip(single).map(entry).collect()
}

/// An effect on the probability: at least as wide as where no trial differs (see [`bounded_mean`](crate::stats::bounded_mean)).
fn chance(share: Share, range: (f64, f64), pairs: usize) -> Estimate {
    let interval = share.bounded(range, LEVEL);
    let (value, z2) = (share.value, LEVEL.z() * LEVEL.z());
    let least = z2 / ((pairs as u64 * BLOCK) as f64 + z2);
    let (low, high) = (interval.low().min(value - least), interval.high().max(value + least));
    Estimate { value, interval: [low.max(-1.0), high.min(1.0)] }
}
