//! Every figure of every trial, for readers who go on working with them in programs of their own.

use super::targets::Verdicts;
use crate::kernel::BlockView;
use crate::math::Vector;
use crate::plan::Plan;

/// All figures of the trials of a run, in trial order.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialRows {
    /// Figures of a row: all series year by year, gross and net public money, then 1 or 0 for each target of the plan.
    pub width: usize,
    /// The rows of every world and policy, `world × policy`, one row after the other.
    pub runs: Vec<Vec<f64>>,
}

impl TrialRows {
    /// No trial yet.
    pub fn new(plan: &Plan) -> Self {
        Self {
            width: plan.series.len() * plan.points() + 2 + plan.targets.len(),
            runs: vec![Vec::new(); plan.worlds.len() * plan.policies.len()],
        }
    }

    /// Adds the trials that follow.
    pub fn append(&mut self, next: &Self) {
        self.runs.iter_mut().zip(&next.runs).for_each(|(mine, next)| mine.extend_from_slice(next));
    }
}

/// Scratch space of a worker.
pub struct TrialRecorder {
    verdicts: Verdicts,
}

impl TrialRecorder {
    /// Scratch space for `plan`.
    pub fn new(plan: &Plan, vector: Vector) -> Self {
        Self { verdicts: Verdicts::new(plan, vector) }
    }

    /// Keeps one block under one world and policy; the blocks of a chunk must come in trial order.
    pub fn record(&mut self, plan: &Plan, view: &BlockView<'_>, rows: &mut TrialRows) {
        self.verdicts.judge(plan, view);
        let run = &mut rows.runs[view.world * plan.policies.len() + view.policy];
        for lane in 0..view.lanes {
            for series in 0..plan.series.len() {
                run.extend((0..plan.points()).map(|year| view.paths.series(series, year)[lane]));
            }
            run.extend([view.paths.gross_cost()[lane], view.paths.net_cost()[lane]]);
            run.extend(self.verdicts.here().iter().map(|met| f64::from(u8::from(met.at(lane)))));
        }
    }
}
