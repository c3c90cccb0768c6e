//! How often two targets are met in the same trial, and one target under two policies.

use crate::math::Mask;
use crate::plan::Plan;

/// Trials that meet both of two proper targets in force, for every pair of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairCounts {
    /// Row by row of the lower triangle: target `i` of [`Plan::proper`] with `j = 0..=i`.
    hits: Vec<u64>,
    /// Number of targets.
    targets: usize,
}

impl PairCounts {
    /// No trial yet.
    pub fn new(plan: &Plan) -> Self {
        let n = plan.proper.len();
        Self { hits: vec![0; n * (n + 1) / 2], targets: n }
    }

    /// Counts the first `n` trials of a block; `verdicts` stand in the order of the plan's targets.
    pub fn record(&mut self, plan: &Plan, verdicts: &[Mask], n: usize) {
        let present = Mask::first(n);
        let mut counts = self.hits.iter_mut();
        for (i, &mine) in plan.proper.iter().enumerate() {
            let mine = verdicts[mine].and(&present);
            for (&other, hits) in plan.proper[..=i].iter().zip(counts.by_ref().take(i + 1)) {
                *hits += mine.and(&verdicts[other]).count();
            }
        }
    }

    /// Adds other counts; any order gives the same.
    pub fn merge(&mut self, other: &Self) {
        self.hits.iter_mut().zip(&other.hits).for_each(|(mine, theirs)| *mine += theirs);
    }

    /// Row `i`: the trials that meet target `i` of [`Plan::proper`] and each of `0..=i`, itself last.
    pub fn rows(&self) -> Vec<Vec<u64>> {
        let mut rest = self.hits.as_slice();
        let row = |i: usize| {
            let (row, after) = rest.split_at(i + 1);
            rest = after;
            row.to_vec()
        };
        (0..self.targets).map(row).collect()
    }
}

/// Most policies, the reference among them, of which every two are compared: the work grows with the square of their number.
pub const MOST_COMPARED: usize = 12;

/// Whether every two policies of `plan` are compared trial by trial, and not only each with the one it is measured against.
pub fn compares_policies(plan: &Plan) -> bool {
    plan.distributions && (2..=MOST_COMPARED).contains(&plan.policies.len())
}

/// Trials that meet a target both under one policy and under an earlier one, for every earlier policy and every target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyCounts {
    /// Earlier policy by earlier policy, the targets of the plan.
    both: Vec<u64>,
}

impl PolicyCounts {
    /// No trial yet of the plan's policy `policy`.
    pub fn new(plan: &Plan, policy: usize) -> Self {
        let earlier = if compares_policies(plan) { policy } else { 0 };
        Self { both: vec![0; earlier * plan.targets.len()] }
    }

    /// Adds other counts; any order gives the same.
    pub fn merge(&mut self, other: &Self) {
        self.both.iter_mut().zip(&other.both).for_each(|(mine, theirs)| *mine += theirs);
    }

    /// Trials that meet the plan's target `target` under both policies; `None` for a policy that is no earlier one.
    pub fn both(&self, plan: &Plan, earlier: usize, target: usize) -> Option<u64> {
        self.both.get(earlier * plan.targets.len() + target).copied()
    }
}

/// Which trials of the block at hand meet the targets under the policies that came so far.
pub struct Met(Vec<Mask>);

impl Met {
    /// Scratch space for `plan`.
    pub fn new(plan: &Plan) -> Self {
        let policies = if compares_policies(plan) { plan.policies.len() } else { 0 };
        Self(vec![Mask::NONE; policies * plan.targets.len()])
    }

    /// Counts the first `n` trials of a block under `policy`; within a world and block policies come in the order of the
    /// plan. `verdicts` stand in the order of its targets.
    pub fn record(&mut self, policy: usize, verdicts: &[Mask], n: usize, counts: &mut PolicyCounts) {
        if self.0.is_empty() || verdicts.is_empty() {
            return;
        }
        let present = Mask::first(n);
        let (earlier, here) = self.0.split_at_mut(policy * verdicts.len());
        for (mine, verdict) in here.iter_mut().zip(verdicts) {
            *mine = verdict.and(&present);
        }
        let counts = counts.both.chunks_exact_mut(verdicts.len());
        for (counts, theirs) in counts.zip(earlier.chunks_exact(verdicts.len())) {
            for ((both, mine), theirs) in counts.iter_mut().zip(&*here).zip(theirs) {
                *both += mine.and(theirs).count();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Met, PolicyCounts};
    use crate::math::Mask;

    #[test]
    fn every_two_policies_are_counted_in_each_block_of_each_world() {
        let (policies, targets) = (4, 3);
        let mut met = Met(vec![Mask::NONE; policies * targets]);
        let mut counts: Vec<PolicyCounts> =
            (0..policies).map(|policy| PolicyCounts { both: vec![0; policy * targets] }).collect();
        // a set that differs for every policy, target and block
        let is_met = |policy: usize, target: usize, block: usize, trial: usize| {
            (trial * (policy + 2) + 7 * target + 3 * block) % (3 + target) < 2
        };
        let blocks = [256, 256, 100];
        for (block, &n) in blocks.iter().enumerate() {
            for (policy, counts) in counts.iter_mut().enumerate() {
                let verdict = |target: usize| {
                    let lanes =
                        std::array::from_fn(
                            |trial| {
                                if is_met(policy, target, block, trial) { 1.0 } else { 0.0 }
                            },
                        );
                    Mask::above(crate::math::Vector::detect(), &lanes, 0.5)
                };
                let verdicts: Vec<Mask> = (0..targets).map(verdict).collect();
                met.record(policy, &verdicts, n, counts);
            }
        }
        for (policy, counts) in counts.iter().enumerate() {
            let expected = (0..policy).flat_map(|earlier| {
                (0..targets).map(move |target| {
                    let trials = blocks.iter().enumerate().flat_map(|(b, &n)| (0..n).map(move |t| (b, t)));
                    let both = |&(b, t): &(usize, usize)| {
                        is_met(policy, target, b, t) && is_met(earlier, target, b, t)
                    };
                    trials.filter(both).count() as u64
                })
            });
            assert!(counts.both.iter().copied().eq(expected), "{policy}");
        }
    }
}
