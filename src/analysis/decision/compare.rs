//! `compare`: policies × worlds on common random numbers, each difference with its own interval.

use serde::{Deserialize, Serialize};

use super::answer::{named_policy, named_world};
use super::experiment::{Design, Experiment, Sampled};
use super::{Answer, Estimate, Goal, Question};
use crate::analysis::AnalysisError;
use crate::analysis::results::{Ends, Input, Named};
use crate::analysis::summarise::{LEVEL, ends, mean};
use crate::engine::Observer;
use crate::model::Model;
use crate::stats::{Events, Moments};

/// Trials of a comparison unless asked otherwise.
pub const TRIALS: u64 = 100_000;

/// Policies beside each other in every world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The policy that the others are compared with.
    pub reference: Named,
    /// One entry for each world and policy: worlds in the order of the answer, within them policies as in the file.
    pub cells: Vec<Cell>,
}

/// One policy in one world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// World.
    pub world: Named,
    /// Policy.
    pub policy: Named,
    /// Share of trials that meet the target.
    pub probability: f64,
    /// Wilson interval of the probability.
    pub interval: Ends,
    /// Probability less that under the reference, over the same trials; `null` for the reference itself.
    pub change: Option<Estimate>,
    /// Mean public money over all years, 亿元.
    pub cost: f64,
}

/// Trials that the observer of a comparison hears of in the end.
pub fn observed(question: &Question) -> u64 {
    question.trials.unwrap_or(TRIALS)
}

/// Compares the policies asked for (all by default) with the scenario's reference, in the worlds asked for (all by
/// default).
///
/// # Errors
/// Unknown identifiers before anything runs; every error of a run.
pub fn compare(
    model: &Model,
    inputs: &[Input],
    question: &Question,
    observer: &dyn Observer,
) -> Result<Answer<Comparison>, AnalysisError> {
    let goal = Goal::of(model, question.target.as_deref())?;
    let mut policies = question.policies(model)?;
    policies.retain(|&policy| policy != model.reference);
    policies.insert(0, model.reference);
    let worlds = question.worlds(model, true)?;
    let experiment = Experiment::new(model, question, TRIALS, observer);
    let sampled = experiment.run(Design {
        policies: policies.iter().map(|&policy| model.policies[policy].clone()).collect(),
        worlds: worlds.iter().map(|&world| model.worlds[world].clone()).collect(),
        goals: vec![goal.clone()],
        inputs: false,
        renewed: None,
    })?;
    let mut cells = Vec::new();
    for (w, &world) in worlds.iter().enumerate() {
        for (p, &policy) in policies.iter().enumerate() {
            let hits = sampled.hits(w, p, 0);
            let interval = hits.interval(LEVEL).ok_or(AnalysisError::NoTrials)?;
            cells.push(Cell {
                world: named_world(&model.worlds[world]),
                policy: named_policy(&model.policies[policy]),
                probability: hits.share().ok_or(AnalysisError::NoTrials)?,
                interval: ends(interval),
                change: (p > 0).then(|| change(hits, sampled.hits(w, 0, 0))).flatten(),
                cost: mean(&cost(&sampled, w, p)),
            });
        }
    }
    let findings = Comparison { reference: named_policy(&model.policies[model.reference]), cells };
    Ok(Answer::new("compare", &experiment, inputs, goal.info(model), &worlds, findings))
}

fn cost(sampled: &Sampled, world: usize, policy: usize) -> Moments {
    let mut moments = Moments::default();
    moments.record_lanes(sampled.cost(world, policy));
    moments
}

/// Probability of `hits` less that of `reference` over the same trials.
fn change(hits: &Events, reference: &Events) -> Option<Estimate> {
    let paired = hits.paired(reference)?;
    Some(Estimate { value: paired.difference(), interval: ends(paired.interval(LEVEL)) })
}
