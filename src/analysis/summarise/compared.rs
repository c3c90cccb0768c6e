//! Summarises how every two reported policies compare, target by target.

use super::*;
use crate::stats::Paired;
use crate::tally::compares_policies;

/// Level of a single interval, so that those of all pairs of reported policies hold together at [`LEVEL`] for one target in
/// one world (Bonferroni); `None` where pairs were not counted, or there is none.
pub(super) fn level(run: &Run<'_>) -> Option<Level> {
    let policies = run.selection.policies.len();
    if policies < 2 || !compares_policies(run.plan) {
        return None;
    }
    Level::new(1.0 - (1.0 - LEVEL.get()) / (policies * (policies - 1) / 2) as f64).ok()
}

/// The plan's target `target` under the policy of `cell` beside the reported ones before it.
pub(super) fn pairs(cell: &Cell<'_>, target: usize) -> Vec<Compared> {
    let Cell { run, counts, .. } = cell;
    let Some(level) = level(run) else { return Vec::new() };
    let first = cell.world * run.plan.policies.len();
    let reported = |&policy: &usize| {
        let id = &run.plan.policies[policy];
        run.selection.policies.iter().any(|&index| run.model.policies[index].id == *id)
    };
    let pair = |policy: usize| {
        let both = counts.policies.both(run.plan, policy, target)?;
        let only_here = counts.targets[target].hits - both;
        let only_there = run.outcome.counts.0[first + policy].targets[target].hits - both;
        let paired =
            Paired::new(both, only_here, only_there, counts.trials - both - only_here - only_there).ok()?;
        Some(Compared {
            against: run.plan.policies[policy].clone(),
            both,
            probability: paired.difference(),
            interval: ends(paired.interval(level)),
        })
    };
    (0..cell.policy).filter(reported).filter_map(pair).collect()
}
