//! Adds trials until the intervals of the targets are as narrow as asked for.
//!
//! The number of trials needed is worked out from the hits so far, so that it depends on nothing but the file, the seed and
//! what is asked. A run of several stages gives the bits of one run of as many trials. Stopping by the width of an interval,
//! not by where it lies, leaves its coverage what it was (Chow & Robbins 1965, *Annals of Mathematical Statistics*
//! 36:457–462; Glynn & Whitt 1992, *Annals of Applied Probability* 2:180–198).

use serde::{Deserialize, Serialize};

use super::decision::Goal;
use super::error::AnalysisError;
use super::results::{PrecisionInfo, Widest};
use super::summarise::LEVEL;
use crate::engine::{Observer, Outcome, STAGE, Settings};
use crate::model::Model;
use crate::plan::{Plan, Selection};
use crate::stats::wilson;

/// How precise the probability of a target is to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Precision {
    /// Identifier of the target, or of a document for all its targets together; none means every target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Largest half-width of its interval under any reported policy and world, as a share (0.001 is 0.1 percentage points).
    pub half_width: f64,
}

/// Most trials where no number is given: a wanted half-width of 0.03 percentage points is then reached for every target.
pub const MOST_TRIALS: u64 = 12_000_000;

/// Trials of the first stage.
const FIRST: u64 = 4 * STAGE;
/// The largest step: the first hits of a rare target say little about its probability.
const STEP: u64 = 8;
/// More trials than seem to be needed, so that chance seldom makes one more stage necessary.
const RESERVE: f64 = 1.02;

/// What a run in stages has come to.
pub(super) struct Reached {
    /// What was measured, of as many trials as the settings say.
    pub outcome: Outcome,
    /// The settings with the number of trials that were simulated.
    pub settings: Settings,
    /// What was asked for and what became of it.
    pub info: PrecisionInfo,
}

/// Simulates until every interval is narrow enough or `settings.trials` are simulated.
///
/// # Errors
/// [`AnalysisError::UnknownTarget`] before anything runs, [`AnalysisError::NoTargets`] if there are none, and the errors
/// of a run.
pub(super) fn simulate_until(
    model: &Model,
    plan: &Plan,
    selection: &Selection,
    wishes: &[Precision],
    settings: Settings,
    observer: &dyn Observer,
) -> Result<Reached, AnalysisError> {
    let targets = judged(model, plan, wishes)?;
    let reported = reported(model, plan, selection);
    let most = settings.trials;
    let mut outcome = Outcome::new(plan);
    let mut settings = Settings { trials: FIRST.min(most), ..settings };
    loop {
        observer.expects(settings.trials);
        outcome
            .extend(plan, settings, observer)
            .map_err(|error| AnalysisError::of_run(error, settings.seed))?;
        let half_width = |world: usize, policy: usize, target: usize| {
            let counts = &outcome.counts.0[world * plan.policies.len() + policy];
            let interval = wilson(counts.targets[target].hits, counts.trials, LEVEL);
            interval.ok().map(|interval| interval.width() / 2.0)
        };
        let widest = widest(plan, &targets, &reported, &half_width);
        let excess = widest.half_width / widest.wanted;
        if excess <= 1.0 || settings.trials == most {
            let (wanted, reached) = (wishes.to_vec(), excess <= 1.0);
            let info = PrecisionInfo { wanted, most_trials: most, reached, widest };
            return Ok(Reached { outcome, settings, info });
        }
        settings.trials = next(settings.trials, excess).min(most);
    }
}

/// Positions in the plan of the policies that are reported.
pub(super) fn reported(model: &Model, plan: &Plan, selection: &Selection) -> Vec<usize> {
    let is = |policy: &usize, at: usize| model.policies[*policy].id == plan.policies[at];
    (0..plan.policies.len()).filter(|&at| selection.policies.iter().any(|policy| is(policy, at))).collect()
}

/// Trials of the next stage, where intervals are `excess` times as wide as wanted after `done`: their width falls with the
/// root of the trials.
fn next(done: u64, excess: f64) -> u64 {
    let needed = done as f64 * excess * excess * RESERVE;
    // saturates where the wish is out of all proportion
    (needed as u64).clamp(done + 1, done.saturating_mul(STEP)).div_ceil(STAGE).saturating_mul(STAGE)
}

/// Positions in the plan of the targets whose intervals count, each with its largest half-width.
///
/// # Errors
/// [`AnalysisError::UnknownTarget`], or [`AnalysisError::NoTargets`] if there are none.
pub(super) fn judged(
    model: &Model,
    plan: &Plan,
    wishes: &[Precision],
) -> Result<Vec<(usize, f64)>, AnalysisError> {
    let mut targets = Vec::new();
    for Precision { target, half_width } in wishes {
        match target {
            None => targets.extend(plan.proper.iter().map(|&at| (at, *half_width))),
            Some(id) => {
                let id = Goal::of(model, Some(id))?.id(model);
                let at = plan.targets.iter().position(|target| target.id == id);
                targets.push((at.ok_or(AnalysisError::NoTargets)?, *half_width));
            }
        }
    }
    if targets.is_empty() { Err(AnalysisError::NoTargets) } else { Ok(targets) }
}

/// The interval of any of the targets under any of the policies in any world that is the widest for what is wanted of it;
/// the first of equals.
/// `half_width` knows that of a world, a policy and a target of the plan; `None` where nothing is known.
pub(super) fn widest(
    plan: &Plan,
    targets: &[(usize, f64)],
    policies: &[usize],
    half_width: &dyn Fn(usize, usize, usize) -> Option<f64>,
) -> Widest {
    let mut widest = Widest { half_width: -1.0, wanted: 1.0, ..Widest::default() };
    for (world_at, world) in plan.worlds.iter().enumerate() {
        for &policy in policies {
            for &(target, wanted) in targets {
                // without an interval nothing is known: the widest there is
                let half_width = half_width(world_at, policy, target).unwrap_or(0.5);
                if half_width / wanted > widest.half_width / widest.wanted {
                    widest = Widest {
                        half_width,
                        wanted,
                        target: plan.targets[target].id.clone(),
                        policy: plan.policies[policy].clone(),
                        world: world.id.clone(),
                    };
                }
            }
        }
    }
    widest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_end_with_a_chunk_and_grow_by_what_is_lacking() {
        assert_eq!(next(STAGE, 2.0), 5 * STAGE);
        assert_eq!(next(4 * STAGE, 1.001), 5 * STAGE);
        assert_eq!(next(4 * STAGE, 1e9), 32 * STAGE);
        assert_eq!(next(1_000_000_000_000, 1e9) % STAGE, 0);
    }
}
