//! How often two targets are met in the same trial.

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
