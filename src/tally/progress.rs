//! How a count grew while trials were added, in a few dozen numbers for any number of trials.

use crate::math::LANES;

/// Stretches in each doubling of the number of blocks; the first blocks have a stretch each.
const PER_DOUBLING: u64 = 8;

/// Hits by stretch of the run.
///
/// Stretches end after 1, 2, …, 16, 18, 20, …, 32, 36, … blocks, whatever the number of trials: so any split of the
/// blocks among threads or machines adds up to the same counts, and a longer run begins with those of a shorter one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    hits: Vec<u64>,
}

impl Progress {
    /// Adds the hits of a block.
    pub fn record(&mut self, block: u64, hits: u64) {
        let at = stretch(block);
        if at >= self.hits.len() {
            self.hits.resize(at + 1, 0);
        }
        self.hits[at] += hits;
    }

    /// Adds other hits; any order gives the same.
    pub fn merge(&mut self, other: &Self) {
        if other.hits.len() > self.hits.len() {
            self.hits.resize(other.hits.len(), 0);
        }
        self.hits.iter_mut().zip(&other.hits).for_each(|(mine, theirs)| *mine += theirs);
    }

    /// (trials done, hits among them) at the end of every stretch of a run of `trials`; the last holds all of them.
    pub fn checkpoints(&self, trials: u64) -> Vec<(u64, u64)> {
        let mut sum = 0;
        let done = |(at, hits): (usize, &u64)| {
            sum += hits;
            (end(at).saturating_mul(LANES as u64).min(trials), sum)
        };
        self.hits.iter().enumerate().map(done).collect()
    }
}

/// The stretch that a block belongs to.
fn stretch(block: u64) -> usize {
    let doublings = (block.max(1).ilog2()).saturating_sub(PER_DOUBLING.ilog2());
    (u64::from(doublings) * PER_DOUBLING + (block >> doublings)) as usize
}

/// Number of blocks up to the end of a stretch.
fn end(stretch: usize) -> u64 {
    let next = stretch as u64 + 1;
    let doublings = (next / PER_DOUBLING).saturating_sub(1);
    (next - doublings * PER_DOUBLING) << doublings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_adjoin_and_grow_with_the_run() {
        let ends: Vec<u64> = (0..26).map(end).collect();
        let expected =
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 26, 28, 30, 32, 36, 40];
        assert_eq!(ends, expected);
        for block in (0..5_000).chain([1 << 40, (1 << 40) - 1, 1 << 55]) {
            let at = stretch(block);
            let first = if at == 0 { 0 } else { end(at - 1) };
            assert!(first <= block && block < end(at), "block {block} in {first}..{}", end(at));
        }
        // 100,000 trials
        assert_eq!(stretch(390), 52);
    }

    #[test]
    fn any_split_adds_up_and_the_last_checkpoint_is_the_whole() {
        let hits = |block: u64| block * 37 % 257;
        let mut all = Progress::default();
        (0..391).for_each(|block| all.record(block, hits(block)));
        let mut parts = [Progress::default(), Progress::default(), Progress::default()];
        (0..391).for_each(|block| parts[(block % 3) as usize].record(block, hits(block)));
        let [mut first, second, third] = parts;
        first.merge(&third);
        first.merge(&second);
        assert_eq!(first, all);
        let found = all.checkpoints(100_000);
        assert_eq!(found.last(), Some(&(100_000, (0..391).map(hits).sum())));
        assert!(found.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1));
        assert_eq!(found[..2], [(256, 0), (512, 37)]);
        assert_eq!(found.len(), 53);
        // fewer trials than a chunk have checkpoints too
        let mut short = Progress::default();
        (0..4).for_each(|block| short.record(block, 1));
        assert_eq!(short.checkpoints(1_000), [(256, 1), (512, 2), (768, 3), (1_000, 4)]);
        assert!(Progress::default().checkpoints(0).is_empty());
    }
}
