//! Line sampling: the probabilities of revenue targets with the leading direction integrated out.

use super::error::AnalysisError;
use super::leading::design;
use super::replicates::{REPLICATES, main_policy, spread};
use super::results::{LineResult, Results};
use super::summarise::LEVEL;
use crate::engine::{Observer, Settings, run_lines};
use crate::model::{Demand, Model};
use crate::plan::{Measured, Selection, compile_measuring};
use crate::stats::wilson;
use crate::tally::on_lines;

/// Writes what line sampling finds into `results`: [`REPLICATES`] replicates of `settings.trials` trials each, of a plan without
/// the things that only read revenue. Every target that judges revenue by a level gets an entry.
///
/// # Errors
/// Those of a run.
pub(super) fn add_lines(
    results: &mut Results,
    model: &Model,
    selection: &Selection,
    settings: Settings,
    observer: &dyn Observer,
) -> Result<(), AnalysisError> {
    let lean = only_revenue(model);
    if lean.targets.is_empty() {
        return Ok(());
    }
    let policies = selection.policies.len() + usize::from(!selection.policies.contains(&model.reference));
    let plan = &compile_measuring(&lean, selection, Measured::Targets(vec![0; policies]));
    let sobol = design(plan, main_policy(plan), REPLICATES, settings, observer)?;
    let found = run_lines(plan, settings, &sobol, REPLICATES, observer)
        .map_err(|error| AnalysisError::of_run(error, settings.seed))?;

    let targets = on_lines(plan);
    let trials = REPLICATES * settings.trials;
    for run in &mut results.runs {
        let world = plan.worlds.iter().position(|world| world.id == run.world.id);
        let policy = plan.policies.iter().position(|policy| *policy == run.policy.id);
        let (Some(world), Some(policy)) = (world, policy) else { continue };
        for target in &mut run.targets {
            let Some(k) = targets.iter().position(|&at| plan.targets[at].id == target.id) else { continue };
            let at = |policy: usize| (world * plan.policies.len() + policy) * targets.len() + k;
            let means = |policy: usize| {
                let at = at(policy);
                found.iter().map(move |sums| sums[at].estimates / settings.trials as f64)
            };
            let corrected =
                |policy: usize| -> u64 { found.iter().map(|sums| sums[at(policy)].corrected).sum() };
            let of: Vec<f64> = means(policy).collect();
            let differences: Vec<f64> =
                means(policy).zip(means(0)).map(|(here, there)| here - there).collect();
            let (mean, half) = spread(&of, 0.0);
            let half = half + unseen(corrected(policy), trials);
            let (difference, half_of_difference) = spread(&differences, 0.0);
            let moved: u64 = found.iter().map(|sums| sums[at(policy)].moved).sum();
            let half_of_difference = half_of_difference + unseen(moved, trials);
            let probability = mean.clamp(0.0, 1.0);
            target.line = Some(LineResult {
                probability,
                interval: [(probability - half).max(0.0), (probability + half).min(1.0)],
                change: (policy != 0).then_some(difference),
                change_interval: (policy != 0)
                    .then_some([difference - half_of_difference, difference + half_of_difference]),
                corrected: corrected(policy),
            });
        }
    }
    Ok(())
}

/// The model with the targets that judge revenue by a level and nothing that only reads revenue.
fn only_revenue(model: &Model) -> Model {
    let mut lean = Model { conditionals: Vec::new(), known: Vec::new(), ..model.clone() };
    lean.targets
        .retain(|target| target.subject.is_revenue() && matches!(target.demand, Demand::Threshold { .. }));
    lean.items.clear();
    lean.populations.clear();
    lean
}

/// What corrections may add that are too rare for the spread of the replicates to tell: the upper end of their share above the
/// share found; nothing once there are as many as replicates.
fn unseen(corrected: u64, trials: u64) -> f64 {
    let upper = wilson(corrected, trials, LEVEL).map_or(1.0, |interval| interval.high());
    if corrected < REPLICATES { upper - corrected as f64 / trials as f64 } else { 0.0 }
}
