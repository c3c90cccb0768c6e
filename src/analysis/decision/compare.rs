//! `compare`: policies × worlds on common random numbers, each difference with its own interval.

use serde::{Deserialize, Serialize};

use super::answer::named_policy;
use super::experiment::{Design, Experiment, Sampled};
use super::goal::only_movers;
use super::{Answer, Goal, QuantityInfo, Question};
use crate::analysis::AnalysisError;
use crate::analysis::results::{Input, Named};
use crate::engine::Observer;
use crate::model::Model;
use crate::tally::Keep;

mod cell;
mod choice;
mod contribution;
mod game;
mod pairs;
mod price;
mod regret;

pub use cell::{Cell, Change, QuantityCell, QuantityChange};
pub use choice::{Choice, Choices, Reached, Rival, Satisficing};
pub use contribution::{Contribution, Contributions, Effect};
pub use pairs::{Dominated, Pair, Pairs};
pub use price::{Gain, Outlay, Price, unpriced};
pub use regret::{Regret, WorldRegret};

use cell::cells;
use choice::choices;
use contribution::contributions;
use pairs::{Joint, dominated};
use regret::regrets;

/// Trials of a comparison unless asked otherwise.
pub const TRIALS: u64 = 100_000;
/// The chance that a satisficing choice wants in as many worlds as can be, unless asked otherwise.
pub const WANTED: f64 = 0.5;

/// Policies beside each other in every world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The policy that the others are compared with.
    pub reference: Named,
    /// The target's quantity; `null` for counts over several series and for groups of targets.
    pub quantity: Option<QuantityInfo>,
    /// The last year in which the target is judged: prices are those of the money paid up to it, as what is paid later
    /// cannot bring the target about.
    pub due: i32,
    /// One entry for each world and policy: worlds in the order of the answer, within them the reference first and then
    /// policies as in the file.
    pub cells: Vec<Cell>,
    /// Every two policies in every world.
    pub pairs: Pairs,
    /// Policies that another one beats or equals in every world at no higher cost.
    pub dominated: Vec<Dominated>,
    /// What each policy lacks of the best one, by world.
    pub regrets: Vec<Regret>,
    /// Choices over the worlds.
    pub choices: Choices,
    /// What each instrument of one policy adds; `null` if that policy has none.
    pub contributions: Option<Contributions>,
}

/// What is asked of a comparison besides what every analysis is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Asked {
    /// The chance that a satisficing choice wants, in (0, 1]; [`WANTED`] without it.
    pub probability: Option<f64>,
}

/// Trials that the observer of a comparison hears of in the end.
pub fn observed(model: &Model, question: &Question) -> u64 {
    let trials = question.trials.unwrap_or(TRIALS);
    let others = || {
        let goal = Goal::of(model, question.target.as_deref()).ok()?;
        let policies = question.policies(model).ok()?;
        let compared: Vec<usize> = policies.iter().copied().chain([model.reference]).collect();
        let (_, left_out) = only_movers(model, &goal, &compared);
        let of_contributions =
            main_policy(model, &policies).map(|policy| contribution::observed(model, &goal, policy, trials));
        let whole = if left_out.is_empty() { 0 } else { trials };
        Some(whole + of_contributions.unwrap_or(0))
    };
    trials + others().unwrap_or(0)
}

/// Compares the policies asked for (all by default) with the scenario's reference, in the worlds asked for (all by
/// default), and shares the effect of the main policy out over its instruments in the first world.
///
/// # Errors
/// Unknown identifiers before anything runs; every error of a run.
pub fn compare(
    model: &Model,
    inputs: &[Input],
    question: &Question,
    asked: Asked,
    observer: &dyn Observer,
) -> Result<Answer<Comparison>, AnalysisError> {
    let goal = Goal::of(model, question.target.as_deref())?;
    let mut policies = question.policies(model)?;
    policies.retain(|&policy| policy != model.reference);
    policies.insert(0, model.reference);
    let worlds = question.worlds(model, true)?;
    let (counted, left_out) = only_movers(model, &goal, &policies);
    let experiment = Experiment::new(&counted, question, TRIALS, observer)?;
    let sampled = experiment.run(Design {
        policies: policies.iter().map(|&policy| counted.policies[policy].clone()).collect(),
        worlds: worlds.iter().map(|&world| model.worlds[world].clone()).collect(),
        goals: vec![goal.clone()],
        keep: Keep { cost_in_time: true, ..Keep::default() },
        renewed: None,
    })?;
    // what instruments that cannot move the target cost is no part of a price, but of what a policy costs
    let whole = match left_out.is_empty() {
        true => None,
        false => Some(experiment.run(Design {
            policies: policies.iter().map(|&policy| model.policies[policy].clone()).collect(),
            worlds: worlds.iter().map(|&world| model.worlds[world].clone()).collect(),
            goals: vec![goal.clone()],
            keep: Keep::default(),
            renewed: None,
        })?),
    };
    let paid = whole.as_ref().unwrap_or(&sampled);
    let quantity = QuantityInfo::of(model, &goal);
    let grid = Grid { model, policies: &policies, worlds: &worlds, quantity: quantity.as_ref(), paid };
    let joint = Joint::of(&sampled, &grid)?;
    let regrets = regrets(&grid, &joint);
    let choices =
        choices(&sampled, &grid, &regrets, asked.probability.unwrap_or(WANTED), experiment.settings.seed);
    let main = main_policy(model, &policies);
    let findings = Comparison {
        reference: named_policy(&model.policies[model.reference]),
        due: sampled.due(),
        cells: cells(&sampled, &grid, joint.level)?,
        dominated: dominated(&grid, &joint),
        pairs: joint.pairs,
        regrets,
        choices,
        contributions: match main {
            Some(policy) => contributions(&experiment, model, &goal, (policy, worlds[0]), joint.level)?,
            None => None,
        },
        quantity,
    };
    let answer = Answer::new("compare", &experiment, inputs, goal.info(model), &worlds, findings);
    Ok(answer.leaving_out(model, &left_out))
}

/// The policy whose instruments are told apart: `plan` if it is compared, else the first but the reference.
fn main_policy(model: &Model, policies: &[usize]) -> Option<usize> {
    let others = || policies.iter().copied().filter(|&policy| policy != model.reference);
    others().find(|&policy| model.policies[policy].id == "plan").or_else(|| others().next())
}

/// What was compared: policies and worlds of a run in its order.
struct Grid<'a> {
    model: &'a Model,
    /// Policies of the model, the reference first.
    policies: &'a [usize],
    /// Worlds of the model.
    worlds: &'a [usize],
    quantity: Option<&'a QuantityInfo>,
    /// The same trials with all instruments of the policies, also those that cannot move the target.
    paid: &'a Sampled,
}

impl Grid<'_> {
    fn policy(&self, position: usize) -> Named {
        named_policy(&self.model.policies[self.policies[position]])
    }

    fn world(&self, position: usize) -> Named {
        super::answer::named_world(&self.model.worlds[self.worlds[position]])
    }

    /// The factor that makes more of the quantity better.
    fn sign(&self) -> f64 {
        self.quantity.map_or(1.0, QuantityInfo::sign)
    }
}

#[cfg(test)]
mod tests;
