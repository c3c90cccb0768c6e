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

/// The fault that says whether the plan has no money at all, whether what acts on the target is paid already or has an effect
/// that does not depend on it, or whether none of it acts there; and which targets it could be split for. `space` holds
/// only what can act on the target, so that money for others does not count as spent.
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
    let spent = space.fixed.iter().filter(|(_, reason)| *reason == Fixed::Spent);
    let years = spent.filter_map(|&(instrument, _)| model.instruments[instrument].payment_years());
    let first = years.map(|(first, _)| first.max(model.base_year)).min();
    if let Some(first) = first.filter(|_| is_all_paid(model, policy, from)) {
        return Ok(AnalysisError::AllSpent { from, first });
    }
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
    let kept = |wanted: Fixed| -> Vec<Text> {
        let kept = space.fixed.iter().filter(|(_, reason)| *reason == wanted);
        kept.map(|&(instrument, _)| model.instruments[instrument].name.clone()).collect()
    };
    // others that the same money can be split for
    let can_be_split = |&target: &usize| {
        let goal = Goal::Target(target);
        let (counted, _) = only_movers(model, &goal, &[policy]);
        model.in_force(&model.targets[target]) && !Space::of(&counted, policy, &[], from).funded.is_empty()
    };
    let others = (0..model.targets.len()).filter(can_be_split).take(NAMED);
    let named = |target: usize| (model.targets[target].id.clone(), model.target_name(&model.targets[target]));
    Ok(AnalysisError::NoMoney(Box::new(NoMoney {
        policy: model.policies[policy].name.clone(),
        target: goal.info(model).name,
        money: cost.iter().sum::<f64>() / cost.len().max(1) as f64,
        from,
        spent: kept(Fixed::Spent),
        unscaled: kept(Fixed::Unscaled),
        others: others.map(named).collect(),
    })))
}

/// Whether the policy pays something, and nothing in `from` or later, whatever it is for.
fn is_all_paid(model: &Model, policy: usize, from: i32) -> bool {
    let space = Space::of(model, policy, &[], from);
    let last = |&(instrument, reason): &(usize, Fixed)| {
        let years = model.instruments[instrument].payment_years().filter(|_| reason != Fixed::Free);
        years.map(|(_, last)| last)
    };
    let last = space.fixed.iter().filter_map(last).max();
    space.funded.is_empty() && last.is_some_and(|last| last < from)
}
