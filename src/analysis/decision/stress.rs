//! `stress`: worlds and single shocks one at a time, and how bad a thing must be to halve the chance.

use serde::{Deserialize, Serialize};

use super::answer::{named_policy, named_world};
use super::experiment::{Design, Experiment, Sampled};
use super::figures::{chance_change, chance_of, mean_change, mean_of};
use super::goal::up_to_judged_year;
use super::{Answer, Estimate, Goal, QuantityInfo, Question};
use crate::analysis::AnalysisError;
use crate::analysis::results::{Input, Named};
use crate::analysis::summarise::LEVEL;
use crate::engine::Observer;
use crate::model::{Model, World};
use crate::stats::Events;
use crate::text::{Text, Told};

mod arriving;
mod numbers;
mod reverse;
mod source;

pub use numbers::Number;
pub use reverse::{Outcome, Reverse};

use reverse::reverse;
use source::{At, Setting, Source};

/// Trials of a stress test unless asked otherwise.
pub const TRIALS: u64 = 20_000;
/// The two points at which a thing is held: these shares of its possible values lie below.
pub const POINTS: [f64; 2] = [0.05, 0.95];
/// Trials of the screening that finds out which things are worth all trials.
const SCREENING: u64 = 2048;
/// Things that are tested with all trials.
const TESTED: usize = 20;
/// Worlds in one run, which bounds the memory it takes.
const BATCH: usize = 48;
/// Things whose reverse is asked unless some are named.
const REVERSED: usize = 3;

/// What a plan comes to under worlds and shocks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stress {
    /// The policy that is tested.
    pub policy: Named,
    /// The world in which nothing is held; all changes are counted from it.
    pub baseline: Named,
    /// The target's quantity; `null` for counts over several series and for groups of targets.
    pub quantity: Option<QuantityInfo>,
    /// The chance in the baseline.
    pub probability: Estimate,
    /// The mean of the quantity in the baseline; `null` where there is none.
    pub mean: Option<Estimate>,
    /// The other worlds, in the order of the file.
    pub worlds: Vec<WorldStress>,
    /// The most harmful single things held at a bad and at a good value, in falling order of the harm.
    pub shocks: Vec<Shock>,
    /// What a screening of all things left out.
    pub screening: Screening,
    /// How bad single things must be to halve the chance.
    pub reverse: Vec<Reverse>,
    /// Things that do no less harm than those, but have no degrees: they are there all along or never.
    pub without_degrees: Vec<Named>,
}

/// A first look at all things with few trials.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Screening {
    /// Its trials, the first ones of the test.
    pub trials: u64,
    /// Number of things that change something but less than those that are tested.
    pub left_out: usize,
    /// The bad value of the most harmful of them, by the screening's trials; `null` if none is left out.
    pub largest_left_out: Option<Shock>,
    /// Number of things that change nothing in any of its trials, however they are held.
    pub without_effect: usize,
}

/// The plan in another world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorldStress {
    /// World.
    pub world: Named,
    /// What it comes to.
    pub effect: Held,
}

/// One thing that nobody controls, held at a bad and at a good value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shock {
    /// Path of a quantity; `event.<id>.arrivals`, `nation.cycle`, `industry.<id>.cycle`, `province.<id>.cycle` or
    /// `nation.regimes` for what varies by itself.
    pub path: String,
    /// Name.
    pub name: Text,
    /// The worse of the two values.
    pub bad: Side,
    /// The better one.
    pub good: Side,
    /// Whether the bad value does harm beyond the error.
    pub is_clear: bool,
}

/// A thing at one value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// Share of its possible values that lie below.
    pub point: f64,
    /// The value, in base units.
    pub value: f64,
    /// The value as it is written.
    pub shown: Told,
    /// What it comes to.
    pub effect: Held,
}

/// The plan with something held, beside the baseline over the same trials.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// Its chance.
    pub probability: Estimate,
    /// Change of the chance.
    pub change: Estimate,
    /// Change of the mean of the quantity; `null` where there is none.
    pub quantity: Option<Estimate>,
}

impl Held {
    /// The change that shocks are ordered by, more being better: of the quantity where there is one.
    fn gain(&self, quantity: Option<&QuantityInfo>) -> Estimate {
        match (quantity, self.quantity) {
            (Some(info), Some(change)) => change.times(info.sign()),
            _ => self.change,
        }
    }
}

impl Estimate {
    /// The estimate times a factor.
    fn times(self, factor: f64) -> Self {
        let [low, high] = self.interval.map(|end| end * factor);
        Self { value: self.value * factor, interval: [low.min(high), low.max(high)] }
    }
}

/// Trials that the observer of a stress test hears of at most.
pub fn observed(model: &Model, question: &Question, paths: &[String]) -> u64 {
    let uncertain = model
        .quantities
        .ids()
        .filter(|&id| model.quantities.get(id).distribution.as_ref().is_some_and(|law| !law.is_point()));
    let held = 2 * (uncertain.count() + model.events.len()) + model.worlds.len();
    let reversed = REVERSED.max(paths.len()) * reverse::MOST_STEPS.max(numbers::MOST_NUMBERS);
    let runs = (1 + held.div_ceil(BATCH) + reversed.div_ceil(BATCH) + 3) as u64;
    runs * question.trials.unwrap_or(TRIALS)
}

/// What is tested.
struct Bench<'a, 'm> {
    experiment: &'a Experiment<'m>,
    policy: usize,
    baseline: usize,
    goal: &'a Goal,
    quantity: Option<&'a QuantityInfo>,
}

impl Bench<'_, '_> {
    /// Simulates the baseline under each of these changes and gives every result to `take`, in their order.
    fn run(
        &self,
        held: &[Setting],
        trials: u64,
        mut take: impl FnMut(usize, &Events, &[f64]),
    ) -> Result<(), AnalysisError> {
        let model = self.experiment.model;
        for (batch, changes) in held.chunks(BATCH).enumerate() {
            let world = |(position, at): (usize, &Setting)| {
                let base = &model.worlds[self.baseline];
                let changes = base.changes.iter().chain(&at.changes).cloned().collect();
                let held = base.held.iter().chain(&at.events).cloned().collect();
                World { id: format!("held/{position}"), name: base.name.clone(), changes, held }
            };
            let sampled = self.simulate(changes.iter().enumerate().map(world).collect(), trials)?;
            for position in 0..changes.len() {
                take(
                    batch * BATCH + position,
                    sampled.hits(position, 0, 0),
                    sampled.quantity(position, 0, 0),
                );
            }
        }
        Ok(())
    }

    fn simulate(&self, worlds: Vec<World>, trials: u64) -> Result<Sampled, AnalysisError> {
        let design = Design {
            policies: vec![self.experiment.model.policies[self.policy].clone()],
            worlds,
            goals: vec![self.goal.clone()],
            keep: Default::default(),
            renewed: None,
        };
        self.experiment.run_with(design, self.experiment.settings.seed, trials)
    }

    /// Trials of everything but the screening.
    fn trials(&self) -> u64 {
        self.experiment.settings.trials
    }
}

/// What the baseline came to, trial by trial.
struct Baseline {
    hits: Events,
    quantity: Vec<f64>,
}

impl Baseline {
    /// Its first trials.
    fn first(&self, trials: usize) -> Self {
        let mut hits = Events::default();
        hits.extend(self.hits.iter().take(trials));
        Self { hits, quantity: self.quantity.iter().take(trials).copied().collect() }
    }

    /// The effect of what came to `hits` and `quantity` over the same trials.
    fn effect(&self, hits: &Events, quantity: &[f64], info: Option<&QuantityInfo>) -> Option<Held> {
        Some(Held {
            probability: chance_of(hits, LEVEL)?,
            change: chance_change(hits, &self.hits, LEVEL)?,
            quantity: match info {
                None => None,
                Some(_) => Some(mean_change(quantity, &self.quantity, LEVEL)?),
            },
        })
    }

    /// Whether these results are the baseline's in every trial.
    fn is_same(&self, hits: &Events, quantity: &[f64]) -> bool {
        self.hits == *hits && self.quantity == quantity
    }
}

/// Tests the policy asked for (see [`Question::policy`]) in the other worlds and under every single shock, then asks how
/// bad the things named in `paths` (without them the most harmful ones) must be to halve the chance.
///
/// # Errors
/// Unknown identifiers and paths; [`AnalysisError::NoTrials`] for a single trial; every error of a run.
pub fn stress(
    model: &Model,
    inputs: &[Input],
    question: &Question,
    paths: &[String],
    observer: &dyn Observer,
) -> Result<Answer<Stress>, AnalysisError> {
    let goal = Goal::of(model, question.target.as_deref())?;
    let policy = question.policy(model)?;
    let worlds = question.worlds(model, true)?;
    let baseline = *worlds.iter().find(|&&world| model.worlds[world].id == "base").unwrap_or(&worlds[0]);
    // no figure here is of a later year
    let model = &with_changes_in_worlds(up_to_judged_year(model, &goal), policy);
    let experiment = Experiment::new(model, question, TRIALS, observer)?;
    let info = QuantityInfo::of(model, &goal);
    let bench = Bench { experiment: &experiment, policy, baseline, goal: &goal, quantity: info.as_ref() };

    let mut order = vec![baseline];
    order.extend(worlds.iter().copied().filter(|&world| world != baseline));
    let all = order.iter().map(|&world| model.worlds[world].clone()).collect();
    let sampled = bench.simulate(all, bench.trials())?;
    let year = info.as_ref().map_or(model.horizon, |info| info.year);
    let sources = Source::all(model, &model.worlds[baseline], &sampled.plan, year);
    let chosen = reverse::chosen(&sources, paths)?;
    let normal =
        Baseline { hits: sampled.hits(0, 0, 0).clone(), quantity: sampled.quantity(0, 0, 0).to_vec() };
    if bench.trials() < 2 {
        return Err(AnalysisError::NoTrials);
    }
    let in_world = |(position, &world): (usize, &usize)| {
        let (hits, quantity) = (sampled.hits(position, 0, 0), sampled.quantity(position, 0, 0));
        let effect = normal.effect(hits, quantity, info.as_ref())?;
        Some(WorldStress { world: named_world(&model.worlds[world]), effect })
    };
    let others = order.iter().enumerate().skip(1).map(in_world).collect::<Option<Vec<_>>>();
    let every: Vec<usize> = (0..sources.len()).collect();
    let trials = bench.trials().min(SCREENING);
    let first_look = normal.first(trials as usize);
    let mut screened = shocks(&bench, &sources, &every, &first_look, trials)?;
    let without_effect = sources.len() - screened.len();
    let mut rest = screened.split_off(screened.len().min(TESTED));
    rest.retain(|shock| !chosen.iter().flatten().any(|&index| sources[index].path == shock.path));
    let mut tested: Vec<usize> = screened.iter().filter_map(|shock| index_of(&sources, shock)).collect();
    let named = chosen.iter().flatten().copied().filter(|index| !tested.contains(index));
    let named: Vec<usize> = named.collect();
    tested.extend(named);
    let shocks = shocks(&bench, &sources, &tested, &normal, bench.trials())?;
    let screening =
        Screening { trials, left_out: rest.len(), largest_left_out: rest.into_iter().next(), without_effect };
    let (chosen, passed) = match chosen {
        Some(chosen) => (chosen, Vec::new()),
        None => most_harmful(&sources, &shocks),
    };
    let passed = passed.iter().map(|&index| &sources[index]);
    let without_degrees =
        passed.map(|source| Named { id: source.path.clone(), name: source.name.clone() }).collect();
    let findings = Stress {
        policy: named_policy(&model.policies[policy]),
        baseline: named_world(&model.worlds[baseline]),
        probability: chance_of(&normal.hits, LEVEL).ok_or(AnalysisError::NoTrials)?,
        mean: info.as_ref().and_then(|_| mean_of(&normal.quantity, LEVEL)),
        worlds: others.ok_or(AnalysisError::NoTrials)?,
        reverse: reverse(&bench, &sources, &chosen, &shocks, &normal)?,
        without_degrees,
        shocks,
        screening,
        quantity: info.clone(),
    };
    Ok(Answer::new("stress", &experiment, inputs, goal.info(model), &order, findings))
}

/// The same model, in which every world makes the changes of `policy`: what is held in a world is then held after them, and
/// the laws that it is held at are those in force.
fn with_changes_in_worlds(mut model: Model, policy: usize) -> Model {
    let changes = std::mem::take(&mut model.policies[policy].changes);
    model.worlds.iter_mut().for_each(|world| world.changes.extend(changes.iter().cloned()));
    model
}

/// These sources at their two points, the most harmful first; those that change nothing are left out.
fn shocks(
    bench: &Bench<'_, '_>,
    sources: &[Source],
    tested: &[usize],
    normal: &Baseline,
    trials: u64,
) -> Result<Vec<Shock>, AnalysisError> {
    let points: Vec<At> =
        tested.iter().flat_map(|&index| POINTS.map(|point| sources[index].held(point))).collect();
    let changes: Vec<Setting> = points.iter().map(|at| at.held.clone()).collect();
    let mut effects: Vec<Option<Held>> = Vec::with_capacity(points.len());
    let mut moves = vec![false; tested.len()];
    bench.run(&changes, trials, |position, hits, quantity| {
        effects.push(normal.effect(hits, quantity, bench.quantity));
        moves[position / 2] |= !normal.is_same(hits, quantity);
    })?;
    let gain = |side: &Side| side.effect.gain(bench.quantity);
    let mut shocks = Vec::new();
    for (at, &index) in tested.iter().enumerate().filter(|(at, _)| moves[*at]) {
        let side = |end: usize| {
            let held = &points[2 * at + end];
            let (point, value, shown) = (POINTS[end], held.value, held.shown.clone());
            effects[2 * at + end].map(|effect| Side { point, value, shown, effect })
        };
        let (Some(low), Some(high)) = (side(0), side(1)) else { return Err(AnalysisError::NoTrials) };
        let (bad, good) = if gain(&low).value <= gain(&high).value { (low, high) } else { (high, low) };
        let Source { path, name, .. } = &sources[index];
        let is_clear = gain(&bad).interval[1] < 0.0;
        shocks.push(Shock { path: path.clone(), name: name.clone(), bad, good, is_clear });
    }
    shocks.sort_by(|a, b| gain(&a.bad).value.total_cmp(&gain(&b.bad).value));
    Ok(shocks)
}

fn index_of(sources: &[Source], shock: &Shock) -> Option<usize> {
    sources.iter().position(|source| source.path == shock.path)
}

/// The sources of the most harmful shocks that have degrees, as indices, and those without that come before the last.
fn most_harmful(sources: &[Source], shocks: &[Shock]) -> (Vec<usize>, Vec<usize>) {
    let (mut chosen, mut passed) = (Vec::new(), Vec::new());
    let clear = shocks.iter().filter(|shock| shock.is_clear).filter_map(|shock| index_of(sources, shock));
    for index in clear {
        if chosen.len() == REVERSED {
            break;
        }
        if sources[index].is_graded() { chosen.push(index) } else { passed.push(index) }
    }
    (chosen, passed)
}

#[cfg(test)]
mod tests;
