//! What is asked of a decision analysis, and the frame of every answer.

use serde::{Deserialize, Serialize};

use super::GoalInfo;
use super::experiment::Experiment;
use crate::analysis::AnalysisError;
use crate::analysis::results::{Ends, Input, Named, Program};
use crate::analysis::simulate::hash;
use crate::analysis::summarise::{LEVEL, known_policies, known_worlds};
use crate::model::{Instrument, Model, Policy, World};
use crate::text::Text;

/// What is asked of a decision analysis; what is left out is the scenario's or the analysis's choice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Identifier of a target, or of a document for all its targets; `None` means the main target.
    pub target: Option<String>,
    /// Identifiers of policies; what `None` means depends on the analysis.
    pub policies: Option<Vec<String>>,
    /// Identifiers of worlds; what `None` means depends on the analysis.
    pub worlds: Option<Vec<String>>,
    /// Number of trials of each run.
    pub trials: Option<u64>,
    /// Seed; `None` means the scenario's.
    pub seed: Option<u64>,
    /// Worker threads; `None` means all cores. Results do not depend on it.
    pub threads: Option<usize>,
    /// Bytes of memory that there are; what would need more is refused before it is begun. `None` where it is not known.
    pub memory: Option<u64>,
}

/// An answer with what it takes to compute it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer<T> {
    /// `clustercast-` with the name of the analysis and the number of its schema: a change of meaning raises it.
    pub schema: String,
    /// What computed it.
    pub program: Program,
    /// Identifier of the scenario.
    pub scenario: String,
    /// Its title.
    pub title: Text,
    /// Name of its file without folders.
    pub file: String,
    /// SHA-256 over names and texts of all inputs, in hexadecimal, as in `results.json`.
    pub hash: String,
    /// Seed of all random streams.
    pub seed: u64,
    /// Trials of each run.
    pub trials: u64,
    /// Trials simulated for the answer in all runs, counted once for every policy (or spending, or value of a lever) and
    /// world.
    pub evaluations: u64,
    /// Level of every interval that states no other (as those of differences in `compare` do, under `pairs`).
    pub interval_level: f64,
    /// What it is about.
    pub target: GoalInfo,
    /// Worlds in which it was computed.
    pub worlds: Vec<Named>,
    /// Instruments of the policies that cannot move the target: they are left as they are, and their money is in none of
    /// the sums; in a comparison it is in no price, but in what policies cost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uncounted: Vec<Named>,
    /// What was found.
    #[serde(flatten)]
    pub findings: T,
}

/// Number of the schema of an analysis.
fn version(name: &str) -> u8 {
    match name {
        // 2: differences have joint intervals, prices count discounted money up to the year of the target
        // 3: money is that of all instruments, prices alone count those that can move the target; sampled contributions have
        // trials of their own
        "compare" => 3,
        // 2: the probability is that of the search; luck is of meeting the target, and may have bounds only
        "discover" => 2,
        // 2: tasks begin after the last figures; growth is that of unrounded shares from the year before the tasks
        "decompose" => 2,
        // 3: a cost is what is paid in the simulation, and stands for `paid`, too
        "optimise" => 3,
        // 2: the present chance and the curve are those of the draws of the check
        "solve" => 2,
        // 2: a bad value is as bad as halves the chance at the middle one, not that of the run
        "stress" => 2,
        _ => 1,
    }
}

/// A figure with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Interval at the answer's level, for what the simulation leaves open.
    pub interval: Ends,
}

impl Question {
    /// The policies asked for, in the order of the file; all without `policies`.
    ///
    /// # Errors
    /// [`AnalysisError::UnknownPolicy`].
    pub fn policies(&self, model: &Model) -> Result<Vec<usize>, AnalysisError> {
        let has = |id: &String| model.policies.iter().any(|policy| policy.id == *id);
        let Some(wanted) = &self.policies else { return Ok((0..model.policies.len()).collect()) };
        if let Some(id) = wanted.iter().find(|id| !has(id)) {
            return Err(AnalysisError::UnknownPolicy { id: id.clone(), known: known_policies(model) });
        }
        Ok((0..model.policies.len()).filter(|&p| wanted.contains(&model.policies[p].id)).collect())
    }

    /// The one policy that the analysis starts from: the one asked for; without one the policy called `plan`, else the
    /// first that is not the reference, else the reference.
    ///
    /// # Errors
    /// [`AnalysisError::UnknownPolicy`].
    pub fn policy(&self, model: &Model) -> Result<usize, AnalysisError> {
        if self.policies.is_some() {
            return Ok(self.policies(model)?.first().copied().unwrap_or(model.reference));
        }
        let plan = model.policies.iter().position(|policy| policy.id == "plan");
        Ok(plan
            .or_else(|| (0..model.policies.len()).find(|&policy| policy != model.reference))
            .unwrap_or(model.reference))
    }

    /// The worlds asked for, in the order of the file; without `worlds` the one called `base`, else the first, or every
    /// one if `all`.
    ///
    /// # Errors
    /// [`AnalysisError::UnknownWorld`].
    pub fn worlds(&self, model: &Model, all: bool) -> Result<Vec<usize>, AnalysisError> {
        let at = |id: &str| model.worlds.iter().position(|world| world.id == id);
        let Some(wanted) = &self.worlds else {
            let base = at("base").unwrap_or(0);
            return Ok(if all { (0..model.worlds.len()).collect() } else { vec![base] });
        };
        if let Some(id) = wanted.iter().find(|id| at(id).is_none()) {
            return Err(AnalysisError::UnknownWorld { id: id.clone(), known: known_worlds(model) });
        }
        Ok((0..model.worlds.len()).filter(|&w| wanted.contains(&model.worlds[w].id)).collect())
    }
}

impl<T> Answer<T> {
    /// Puts `findings` of the analysis `name` into its frame.
    pub(super) fn new(
        name: &str,
        experiment: &Experiment<'_>,
        inputs: &[Input],
        target: GoalInfo,
        worlds: &[usize],
        findings: T,
    ) -> Self {
        let model = experiment.model;
        Self {
            schema: format!("clustercast-{name}/{}", version(name)),
            program: Program::this(),
            scenario: model.id.clone(),
            title: model.title.clone(),
            file: inputs.first().map_or_else(String::new, |input| input.name.clone()),
            hash: hash(inputs),
            seed: experiment.settings.seed,
            trials: experiment.settings.trials,
            evaluations: experiment.evaluations(),
            interval_level: LEVEL.get(),
            target,
            worlds: worlds.iter().map(|&world| named_world(&model.worlds[world])).collect(),
            uncounted: Vec::new(),
            findings,
        }
    }

    /// The name of the analysis.
    pub fn analysis(&self) -> &str {
        let name = self.schema.strip_prefix("clustercast-").unwrap_or(&self.schema);
        name.split_once('/').map_or(name, |(name, _)| name)
    }

    /// Names the instruments that were left out because they cannot move the target.
    pub(super) fn leaving_out(mut self, model: &Model, instruments: &[usize]) -> Self {
        self.uncounted = instruments.iter().map(|&k| named_instrument(&model.instruments[k])).collect();
        self
    }
}

/// A policy as documents name it.
pub(super) fn named_policy(policy: &Policy) -> Named {
    Named { id: policy.id.clone(), name: policy.name.clone() }
}

/// An instrument as documents name it.
pub(super) fn named_instrument(instrument: &Instrument) -> Named {
    Named { id: instrument.id.clone(), name: instrument.name.clone() }
}

/// A world as documents name it.
pub(super) fn named_world(world: &World) -> Named {
    Named { id: world.id.clone(), name: world.name.clone() }
}
