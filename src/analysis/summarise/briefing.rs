//! Summarises what charts need beside probabilities: bins of a quantity, pairs of targets, and how an estimate settled.

use super::*;
use crate::stats::{Bin, density};

/// The distribution of a quantity in bins.
pub(super) fn bins(sketch: &QuantileSketch, unit: SeriesUnit) -> Vec<DensityBin> {
    // a quantity that is always 0 has no scale of its own: a bin of 1 亿元, one thing or one percent
    let least = if unit == SeriesUnit::Share { 0.01 } else { 1.0 };
    let bin = |Bin { low, high, share }| DensityBin { low, high, share };
    density(sketch, unit == SeriesUnit::Count, least).into_iter().map(bin).collect()
}

/// How often two proper targets in force are met together.
pub(super) fn pairs(cell: &Cell<'_>) -> PairsResult {
    let plan = cell.run.plan;
    PairsResult {
        targets: plan.proper.iter().map(|&at| plan.targets[at].id.clone()).collect(),
        hits: cell.counts.pairs.rows(),
    }
}

/// How the hits of a target grew with the trials; `None` only if the plan lacks it.
pub(super) fn convergence(cell: &Cell<'_>, target: &str) -> Option<ConvergenceResult> {
    let at = cell.run.plan.targets.iter().position(|known| known.id == target)?;
    let checkpoints = cell.counts.targets[at].progress.checkpoints(cell.counts.trials);
    let (trials, hits) = checkpoints.into_iter().unzip();
    Some(ConvergenceResult { target: target.to_owned(), trials, hits })
}
