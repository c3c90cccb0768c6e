//! How often two targets are met in the same trial.

use super::Hits;
use crate::math::LANES;
use crate::plan::Plan;

/// Trials of a block as bits of words.
type Mask = [u64; LANES / 64];

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
    pub fn record(&mut self, plan: &Plan, verdicts: &[Hits], n: usize) {
        let masks: Vec<Mask> = plan.proper.iter().map(|&target| packed(&verdicts[target], n)).collect();
        let mut counts = self.hits.iter_mut();
        for (i, mine) in masks.iter().enumerate() {
            for (other, hits) in masks[..=i].iter().zip(counts.by_ref().take(i + 1)) {
                let both = mine.iter().zip(other).map(|(a, b)| (a & b).count_ones());
                *hits += u64::from(both.sum::<u32>());
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

fn packed(hits: &Hits, n: usize) -> Mask {
    let mut mask = [0; LANES / 64];
    for (word, hits) in mask.iter_mut().zip(hits[..n].chunks(64)) {
        *word = hits.iter().enumerate().fold(0, |word, (bit, &hit)| word | u64::from(hit) << bit);
    }
    mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trial_has_its_bit_and_those_beyond_the_last_have_none() {
        for n in [1, 63, 64, 65, 200, LANES] {
            for lane in [0, 1, 63, 64, 127, 128, LANES - 1] {
                let mut hits = [false; LANES];
                hits[lane] = true;
                let mut expected = [0; LANES / 64];
                if lane < n {
                    expected[lane / 64] = 1 << (lane % 64);
                }
                assert_eq!(packed(&hits, n), expected, "trial {lane} of {n}");
            }
            let all: u32 = packed(&[true; LANES], n).iter().map(|word| word.count_ones()).sum();
            assert_eq!(all as usize, n);
        }
    }
}
