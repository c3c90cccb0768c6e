//! What a measurement of speed needs to know of a scenario: runs to be timed, and how many trials a wanted precision takes.

use serde::{Deserialize, Serialize};

use super::decision::{Goal, GoalInfo};
use super::error::AnalysisError;
use super::results::Program;
use super::simulate::{Request, selection};
use super::summarise::LEVEL;
use crate::engine::{Observer, Outcome, Settings, Stage, run};
use crate::math::Vector;
use crate::model::Model;
use crate::plan::{Plan, Selection, compile};
use crate::stats::wilson;
use crate::text::Text;

/// Version of the document.
const SCHEMA: &str = "clustercast-bench/1";

/// What a measurement of speed found on one machine. Times are of that machine and hour; nothing else depends on them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speed {
    /// `clustercast-bench/1`.
    pub schema: String,
    /// Program and version.
    pub program: Program,
    /// Title of the scenario.
    pub scenario: Text,
    /// Numbers of policies and worlds.
    pub policies: usize,
    /// See `policies`.
    pub worlds: usize,
    /// Industries of clusters, each followed year by year.
    pub segments: usize,
    /// Series of which every year is recorded.
    pub series: usize,
    /// Processor cores that the system offers.
    pub cores: usize,
    /// Time to read and check the scenario, and to compile it, in seconds.
    pub load_seconds: f64,
    /// See `load_seconds`.
    pub compile_seconds: f64,
    /// Speed by number of threads, fewest first.
    pub threads: Vec<ThreadSpeed>,
    /// What one thread spends its time on.
    pub stages: Vec<StageShare>,
    /// Half-width that `needed` is about, as a share.
    pub half_width: f64,
    /// Trials until targets are that precise.
    pub needed: Vec<Needed>,
}

/// Speed with so many threads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThreadSpeed {
    /// Number of threads.
    pub threads: usize,
    /// Trials of a round; each is simulated under every policy in every world.
    pub trials: u64,
    /// Trials a second of every round.
    pub rounds: Vec<f64>,
}

impl ThreadSpeed {
    /// Trials a second in the middle round.
    pub fn median(&self) -> f64 {
        let mut rounds = self.rounds.clone();
        rounds.sort_by(f64::total_cmp);
        rounds.get(rounds.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

/// Share of a stage in the time of one thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StageShare {
    /// `draws`, `growth`, `policy`, `counted` or `recording`.
    pub stage: String,
    /// Its share, in [0, 1].
    pub share: f64,
}

/// The word of a stage in documents.
pub fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Draws => "draws",
        Stage::Growth => "growth",
        Stage::Policy => "policy",
        Stage::Counted => "counted",
        Stage::Recording => "recording",
    }
}

/// A scenario that is ready to run.
pub struct Load<'m> {
    model: &'m Model,
    selection: Selection,
    plan: Plan,
    seed: u64,
}

/// How many trials the probability of a target takes until it is precise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Needed {
    /// The target.
    pub target: GoalInfo,
    /// Policy whose interval is the widest.
    pub policy: String,
    /// Its probability, roughly.
    pub probability: f64,
    /// Trials until the half-width of its interval is what is wanted, roughly.
    pub trials: u64,
}

impl<'m> Load<'m> {
    /// Compiles what `request` selects.
    ///
    /// # Errors
    /// Unknown or empty selections.
    pub fn new(model: &'m Model, request: &Request) -> Result<Self, AnalysisError> {
        let selection = selection(model, request)?;
        let plan = compile(model, &selection);
        Ok(Self { model, selection, plan, seed: request.seed.unwrap_or(model.seed) })
    }

    /// A measurement of this scenario with nothing measured yet.
    pub fn unmeasured(&self, half_width: f64) -> Speed {
        let plan = &self.plan;
        Speed {
            schema: SCHEMA.to_owned(),
            program: Program::this(),
            scenario: self.model.title.clone(),
            policies: plan.policies.len(),
            worlds: plan.worlds.len(),
            segments: plan.segments.len(),
            series: plan.series.len(),
            cores: 0,
            load_seconds: 0.0,
            compile_seconds: 0.0,
            threads: Vec::new(),
            stages: Vec::new(),
            half_width,
            needed: Vec::new(),
        }
    }

    /// Simulates so many trials on so many threads.
    ///
    /// # Errors
    /// The errors of a run.
    pub fn run(
        &self,
        trials: u64,
        threads: usize,
        observer: &dyn Observer,
    ) -> Result<Outcome, AnalysisError> {
        let settings = Settings { seed: self.seed, trials, threads: Some(threads), vector: Vector::detect() };
        run(&self.plan, settings, observer).map_err(|error| AnalysisError::of_run(error, self.seed))
    }

    /// Trials until the intervals of the main target, and of the target whose intervals are the widest, are as narrow as
    /// wanted under every selected policy and world; judged by an earlier outcome. Empty without a target.
    pub fn needed(&self, outcome: &Outcome, half_width: f64) -> Vec<Needed> {
        let main = Goal::of(self.model, None).ok().map(|goal| goal.id(self.model));
        let mut all: Vec<Needed> =
            self.plan.proper.iter().filter_map(|&target| self.of(outcome, target, half_width)).collect();
        // the main target first, then the one that takes longest; the first of equals
        all.sort_by_key(|needed| std::cmp::Reverse(needed.trials));
        let main = all.iter().position(|needed| Some(&needed.target.id) == main.as_ref());
        let longest = all.first().cloned();
        let found = main.map(|at| all.swap_remove(at)).into_iter().chain(longest);
        let mut found: Vec<Needed> = found.collect();
        found.dedup_by(|a, b| a.target == b.target);
        found
    }

    fn of(&self, outcome: &Outcome, target: usize, half_width: f64) -> Option<Needed> {
        let plan = &self.plan;
        let reported = |policy: &usize| {
            let id = &plan.policies[*policy];
            self.selection.policies.iter().any(|&at| self.model.policies[at].id == *id)
        };
        let runs = (0..plan.worlds.len()).flat_map(|world| (0..plan.policies.len()).map(move |p| (world, p)));
        let one = |(world, policy): (usize, usize)| {
            let counts = &outcome.counts.0[world * plan.policies.len() + policy];
            let probability = counts.targets[target].hits as f64 / counts.trials as f64;
            (trials_for(probability, half_width), policy, probability)
        };
        let (trials, policy, probability) =
            runs.filter(|(_, policy)| reported(policy)).map(one).max_by_key(|found| found.0)?;
        let goal = Goal::of(self.model, Some(&plan.targets[target].id)).ok()?;
        let policy = plan.policies[policy].clone();
        Some(Needed { target: goal.info(self.model), policy, probability, trials })
    }
}

/// The least number of trials whose Wilson interval has at most this half-width, at a probability.
fn trials_for(probability: f64, half_width: f64) -> u64 {
    let wide = |trials: u64| {
        let hits = (probability * trials as f64).round() as u64;
        wilson(hits, trials, LEVEL).map_or(0.5, |interval| interval.width() / 2.0) > half_width
    };
    let (mut low, mut high) = (1, 1);
    while wide(high) {
        low = high;
        high *= 2;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if wide(middle) { low = middle } else { high = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trials_follow_from_the_probability() {
        // p (1 − p) (1.96 / h)²
        let half = trials_for(0.5, 0.001) as f64;
        assert!((half / 960_365.0 - 1.0).abs() < 1e-4, "{half}");
        let rare = trials_for(0.005, 0.001) as f64;
        assert!((rare / 19_111.0 - 1.0).abs() < 0.05, "{rare}");
        // no hit at all: z² / (n + z²) = 2 h
        assert!((trials_for(0.0, 0.001) as f64 / 1917.0 - 1.0).abs() < 0.01);
    }
}
