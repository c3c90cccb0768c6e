//! What a briefing is about: of several policies, worlds and targets, the ones that its first sentence names.

use crate::analysis::Results;
use crate::analysis::results::{RunResult, SeriesResult, TargetResult};

/// The run, target and series that a briefing puts first.
#[derive(Clone, Copy, Debug)]
pub struct Focus<'a> {
    /// The policy called `plan` in the first reported world; without one, the first that is not the reference.
    pub run: &'a RunResult,
    /// The reference policy in the same world, if it is reported and is not the same run.
    pub reference: Option<&'a RunResult>,
    /// The run's [`RunResult::main_target`].
    pub target: Option<&'a TargetResult>,
    /// The series that the target is judged by; without one, the first series.
    pub series: Option<&'a SeriesResult>,
}

impl<'a> Focus<'a> {
    /// The focus of `results`; `None` if they hold no run.
    pub fn of(results: &'a Results) -> Option<Self> {
        let world = &results.run.worlds.first()?.id;
        let reference_id = &results.run.reference.id;
        let run = results.run_of(&results.main_policy()?.id, world)?;
        let reference = results.run_of(reference_id, world).filter(|other| other.policy.id != run.policy.id);
        let target = run.main_target();
        let series = target
            .and_then(|target| target.quantity.as_ref())
            .and_then(|quantity| run.series.iter().find(|series| series.id == quantity.series))
            .or(run.series.first());
        Some(Self { run, reference, target, series })
    }
}
