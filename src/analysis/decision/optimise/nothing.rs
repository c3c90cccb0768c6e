//! Why a plan has no money that could be split for a target.

use super::space::{Fixed, Space};
use crate::analysis::AnalysisError;
use crate::analysis::decision::Goal;
use crate::analysis::decision::experiment::{Design, Experiment};
use crate::analysis::decision::goal::only_movers;
use crate::analysis::error::NoMoney;
use crate::model::Model;
use crate::text::Text;

/// Trials by which the money of the plan is told.
const TRIALS: u64 = 4_096;
/// Targets that are named at most.
const NAMED: usize = 3;

/// The fault that says whether the plan has no money at all, whether its money cannot act on the target, or whether the
/// effect does not depend on it; and which targets it could be split for.
///
/// # Errors
/// Those of a run.
pub fn to_split(
    model: &Model,
    goal: &Goal,
    (policy, from): (usize, i32),
    space: &Space,
    experiment: &Experiment<'_>,
) -> Result<AnalysisError, AnalysisError> {
    let settings = experiment.settings;
    let design = Design {
        policies: vec![model.policies[policy].clone()],
        worlds: model.worlds[..1].to_vec(),
        goals: vec![goal.clone()],
        keep: Default::default(),
        renewed: None,
    };
    let sampled = experiment.run_with(design, settings.seed, settings.trials.min(TRIALS))?;
    let cost = sampled.cost(0, 0);
    let unscaled = space.fixed.iter().filter(|(_, reason)| *reason == Fixed::Unscaled);
    // others that the same money can be split for
    let can_be_split = |&target: &usize| {
        let goal = Goal::Target(target);
        let (counted, _) = only_movers(model, &goal, &[policy]);
        model.in_force(&model.targets[target]) && !Space::of(&counted, policy, from).funded.is_empty()
    };
    let others = (0..model.targets.len()).filter(can_be_split).take(NAMED);
    let named = |target: usize| (model.targets[target].id.clone(), model.targets[target].name.clone());
    Ok(AnalysisError::NoMoney(Box::new(NoMoney {
        policy: model.policies[policy].name.clone(),
        target: goal.info(model).name,
        money: cost.iter().sum::<f64>() / cost.len().max(1) as f64,
        unscaled: unscaled
            .map(|&(instrument, _)| model.instruments[instrument].name.clone())
            .collect::<Vec<Text>>(),
        others: others.map(named).collect(),
    })))
}
