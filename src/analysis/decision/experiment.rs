//! Simulates derived policies in derived worlds on common random numbers and keeps every trial.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::focus::focused;
use super::{Goal, Question};
use crate::analysis::AnalysisError;
use crate::engine::{Observer, Settings, sample};
use crate::kernel::{Draws, Renewed};
use crate::math::Vector;
use crate::model::{Model, Policy, World};
use crate::plan::{Condition, Measured, Plan, Selection, Series, compile_measuring};
use crate::stats::Events;
use crate::tally::{Keep, Samples, Trace};

/// Fewest trials that any decision analysis answers from: below, intervals are as wide as the question.
pub const FEWEST_TRIALS: u64 = 100;

/// Bytes of memory that an analysis may take where it is not known how many there are.
pub const USUAL_MEMORY: u64 = 8 << 30;
/// How often what is kept is held at once: two runs side by side, and what is ranked or sorted is a copy.
const COPIES: u64 = 3;
/// Bytes of a trial that are counted at least, those of one target in eight settings: the first run of a search has one or
/// two settings, later ones more.
const LEAST: u64 = 200;

/// A series of runs that belong to one question.
pub struct Experiment<'m> {
    /// The scenario.
    pub model: &'m Model,
    /// Seed, trials and threads of every run.
    pub settings: Settings,
    observer: &'m dyn Observer,
    /// Bytes that may be taken.
    memory: u64,
    /// The first plan: what it tabulated of its laws is shared by all later ones for as long as it lives.
    first: OnceLock<Plan>,
    /// Trials of the runs that are over.
    done: AtomicU64,
    /// The same, counted once for every policy and world.
    evaluated: AtomicU64,
}

/// What one run simulates.
pub struct Design {
    /// Policies; identifiers are free but must differ. The first is the reference of the plan.
    pub policies: Vec<Policy>,
    /// Worlds.
    pub worlds: Vec<World>,
    /// What is judged.
    pub goals: Vec<Goal>,
    /// What is kept of every trial besides outcomes, quantities and money of all years.
    pub keep: Keep,
    /// Things that are drawn anew under another seed, by name (see [`Draws::redrawing`]).
    pub renewed: Option<(u64, Arc<Renewed>)>,
}

/// Every trial of one run.
pub struct Sampled {
    /// The plan that was simulated: policies and worlds in the order of the design.
    pub plan: Plan,
    samples: Samples,
    /// Position of every goal of the design among the targets of the plan.
    goals: Vec<usize>,
}

impl<'m> Experiment<'m> {
    /// Runs for `question`, whose trials default to `usual`.
    ///
    /// # Errors
    /// As [`Experiment::of_at_least`] with [`FEWEST_TRIALS`].
    pub fn new(
        model: &'m Model,
        question: &Question,
        usual: u64,
        observer: &'m dyn Observer,
    ) -> Result<Self, AnalysisError> {
        Self::of_at_least(FEWEST_TRIALS, model, question, usual, observer)
    }

    /// The same for an analysis that needs more trials than others.
    ///
    /// # Errors
    /// [`AnalysisError::TooFewTrials`] if the question asks for fewer.
    pub fn of_at_least(
        least: u64,
        model: &'m Model,
        question: &Question,
        usual: u64,
        observer: &'m dyn Observer,
    ) -> Result<Self, AnalysisError> {
        let trials = question.trials.unwrap_or(usual);
        if trials < least {
            return Err(AnalysisError::TooFewTrials { trials, least, usual });
        }
        let settings = Settings {
            seed: question.seed.unwrap_or(model.seed),
            trials,
            threads: question.threads,
            vector: Vector::detect(),
        };
        let (done, evaluated) = (AtomicU64::new(0), AtomicU64::new(0));
        let memory = question.memory.unwrap_or(USUAL_MEMORY);
        Ok(Self { model, settings, observer, memory, first: OnceLock::new(), done, evaluated })
    }

    /// Trials simulated so far, counted once for every policy and world.
    pub fn evaluations(&self) -> u64 {
        self.evaluated.load(Ordering::Relaxed)
    }

    /// Simulates `design` with the experiment's own seed and trials.
    ///
    /// # Errors
    /// [`AnalysisError::TooManyTrials`] before it is begun, if what is kept of them does not fit into the memory; cancellation,
    /// a path that leaves the finite numbers, or threads that cannot be started.
    pub fn run(&self, design: Design) -> Result<Sampled, AnalysisError> {
        self.run_with(design, self.settings.seed, self.settings.trials)
    }

    /// That what is kept of so many trials fits into the memory: a process without memory ends without a word.
    fn fits(&self, plan: &Plan, keep: Keep, trials: u64) -> Result<(), AnalysisError> {
        let needed = |trials: u64| {
            let here = Samples::bytes(plan, keep, trials);
            here.max(trials.saturating_mul(LEAST)).saturating_mul(COPIES)
        };
        if needed(trials) <= self.memory {
            return Ok(());
        }
        // bits are kept in eights
        let most = self.memory / needed(8).max(1) * 8;
        Err(AnalysisError::TooManyTrials { trials, most, needed: needed(trials), memory: self.memory })
    }

    /// Simulates `design` with another seed or number of trials: fresh draws, to judge what was chosen on others.
    ///
    /// # Errors
    /// As [`Experiment::run`].
    pub fn run_with(&self, design: Design, seed: u64, trials: u64) -> Result<Sampled, AnalysisError> {
        self.run_range(design, seed, 0..trials, self.settings.threads)
    }

    /// Simulates only these trials of a run (from the first one of a block), on so many threads.
    ///
    /// # Errors
    /// As [`Experiment::run`].
    pub fn run_range(
        &self,
        design: Design,
        seed: u64,
        range: Range<u64>,
        threads: Option<usize>,
    ) -> Result<Sampled, AnalysisError> {
        let trials = range.end - range.start;
        let Design { policies, worlds, goals, keep, renewed } = design;
        let ids: Vec<String> = goals.iter().map(|goal| goal.id(self.model)).collect();
        let model = focused(self.model, &goals, policies, worlds);
        let selection = Selection {
            policies: (1..model.policies.len()).collect(),
            worlds: (0..model.worlds.len()).collect(),
        };
        let against = vec![0; model.policies.len()];
        let plan = compile_measuring(&model, &selection, Measured::Targets(against));
        self.fits(&plan, keep, trials)?;
        self.first.get_or_init(|| plan.clone());
        let goals = ids.iter().map(|id| {
            plan.targets.iter().position(|target| target.id == *id).ok_or(AnalysisError::NoTargets)
        });
        let goals = goals.collect::<Result<_, _>>()?;
        let settings = Settings { seed, trials: range.end, threads, ..self.settings };
        let draws = match renewed {
            None => Draws::addressed(&plan, seed),
            Some((second, renewed)) => Draws::redrawing(&plan, seed, second, renewed),
        };
        let settings_simulated = (plan.policies.len() * plan.worlds.len()) as u64;
        self.evaluated.fetch_add(trials * settings_simulated, Ordering::Relaxed);
        let before = self.done.fetch_add(trials, Ordering::Relaxed);
        let observer = After { observer: self.observer, before, skipped: range.start };
        let samples = sample(&plan, settings, range.start, draws, keep, &observer)
            .map_err(|error| AnalysisError::of_run(error, seed))?;
        Ok(Sampled { plan, samples, goals })
    }
}

/// An observer of one of several runs: what others have done stays done.
struct After<'a> {
    observer: &'a dyn Observer,
    before: u64,
    /// Trials of this run that are left out.
    skipped: u64,
}

impl Observer for After<'_> {
    fn progress(&self, trials_done: u64) {
        self.observer.progress((self.before + trials_done).saturating_sub(self.skipped));
    }

    fn cancelled(&self) -> bool {
        self.observer.cancelled()
    }
}

impl Sampled {
    /// Everything kept of one world and policy.
    fn trace(&self, world: usize, policy: usize) -> &Trace {
        &self.samples.runs[world * self.plan.policies.len() + policy]
    }

    /// How a goal of the design is judged.
    pub fn condition(&self, goal: usize) -> &Condition {
        &self.plan.targets[self.goals[goal]].condition
    }

    /// The series and the calendar year of a goal's quantity; `None` for counts over several series and for groups.
    pub fn series(&self, goal: usize) -> Option<(&Series, i32)> {
        let condition = self.condition(goal);
        let Condition::Threshold { series, .. } = condition else { return None };
        let year = condition.last_year()?;
        Some((&self.plan.series[*series], self.plan.base_year + year as i32))
    }

    /// The trials that meet a goal of the design.
    pub fn hits(&self, world: usize, policy: usize, goal: usize) -> &Events {
        &self.trace(world, policy).hits[self.goals[goal]]
    }

    /// The goal's quantity in its judged year, trial by trial; empty for counts over several series and for groups.
    pub fn quantity(&self, world: usize, policy: usize, goal: usize) -> &[f64] {
        &self.trace(world, policy).quantities[self.goals[goal]]
    }

    /// What the quantity lacks of the goal's level, trial by trial, 0 where it is met; empty where there is no quantity.
    pub fn shortfall(&self, world: usize, policy: usize, goal: usize) -> &[f64] {
        &self.trace(world, policy).shortfalls[self.goals[goal]]
    }

    /// Public money over all years, trial by trial, 亿元.
    pub fn cost(&self, world: usize, policy: usize) -> &[f64] {
        &self.trace(world, policy).cost
    }

    /// Mean of [`Sampled::cost`] over all trials; 0 without any.
    pub fn paid(&self, world: usize, policy: usize) -> f64 {
        let cost = self.cost(world, policy);
        cost.iter().sum::<f64>() / cost.len().max(1) as f64
    }

    /// Public money up to [`Sampled::due`], trial by trial, discounted as [`Sampled::cost`] is, 亿元: what is paid later cannot bring a goal
    /// about. Nothing unless the design asks for it.
    pub fn cost_in_time(&self, world: usize, policy: usize) -> &[f64] {
        &self.trace(world, policy).cost_in_time
    }

    /// The last calendar year in which a goal of the design is judged.
    pub fn due(&self) -> i32 {
        self.plan.base_year + self.plan.last_judged() as i32
    }

    /// Paths of the drawn quantities of a world with their values, trial by trial; nothing unless the design asks for it.
    pub fn inputs(&self, world: usize) -> impl Iterator<Item = (&str, &[f64])> {
        let columns = self.samples.inputs.get(world).into_iter().flatten();
        let names = self.plan.worlds[world].values.iter();
        let names = names.map(|(score, _)| self.plan.scores[*score].name.as_str());
        names.zip(columns.map(Vec::as_slice))
    }
}
