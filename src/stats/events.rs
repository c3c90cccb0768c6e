//! In which trials an event happened, one bit a trial.

use super::{Interval, Level, Paired, wilson};

/// Trials of a run in which an event happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Events {
    words: Vec<u64>,
    trials: usize,
}

impl Events {
    /// Makes room for so many trials in all.
    pub fn reserve(&mut self, trials: usize) {
        self.words.reserve_exact(trials.div_ceil(64).saturating_sub(self.words.len()));
    }

    /// Appends trials.
    pub fn extend(&mut self, happened: impl IntoIterator<Item = bool>) {
        for happened in happened {
            if self.trials.is_multiple_of(64) {
                self.words.push(0);
            }
            if happened {
                let last = self.words.len() - 1;
                self.words[last] |= 1 << (self.trials % 64);
            }
            self.trials += 1;
        }
    }

    /// Appends the trials of `next`.
    pub fn append(&mut self, next: &Self) {
        if self.trials.is_multiple_of(64) {
            self.words.extend_from_slice(&next.words);
            self.trials += next.trials;
        } else {
            self.extend(next.iter());
        }
    }

    /// Number of trials.
    pub fn trials(&self) -> usize {
        self.trials
    }

    /// Number of trials in which it happened.
    pub fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// Whether it happened in a trial, from 0.
    ///
    /// # Panics
    /// If there is no such trial.
    pub fn at(&self, trial: usize) -> bool {
        assert!(trial < self.trials, "trial {trial} of {}", self.trials);
        self.words[trial / 64] >> (trial % 64) & 1 == 1
    }

    /// Trial by trial.
    pub fn iter(&self) -> impl Iterator<Item = bool> + '_ {
        (0..self.trials).map(|trial| self.words[trial / 64] >> (trial % 64) & 1 == 1)
    }

    /// Share of the trials in which it happened; `None` without a trial.
    pub fn share(&self) -> Option<f64> {
        (self.trials > 0).then(|| self.count() as f64 / self.trials as f64)
    }

    /// Wilson interval of the probability; `None` without a trial.
    pub fn interval(&self, level: Level) -> Option<Interval> {
        wilson(self.count(), self.trials as u64, level).ok()
    }

    /// Number of trials in which both happened.
    ///
    /// # Panics
    /// If the two hold different numbers of trials.
    pub fn both(&self, other: &Self) -> u64 {
        assert_eq!(self.trials, other.trials, "events of different runs");
        self.words.iter().zip(&other.words).map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }

    /// The paired table of this event (A) and another one (B) of the same trials; `None` without a trial.
    ///
    /// # Panics
    /// If the two hold different numbers of trials.
    pub fn paired(&self, other: &Self) -> Option<Paired> {
        let both = self.both(other);
        let (only_here, only_there) = (self.count() - both, other.count() - both);
        Paired::new(both, only_here, only_there, self.trials as u64 - both - only_here - only_there).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(rule: impl Fn(usize) -> bool, trials: std::ops::Range<usize>) -> Events {
        let mut events = Events::default();
        events.extend(trials.map(rule));
        events
    }

    #[test]
    fn parts_add_up_to_the_whole_wherever_they_are_cut() {
        let rule = |trial: usize| trial * trial % 7 < 3;
        let whole = events(rule, 0..300);
        for cut in [0, 1, 63, 64, 65, 128, 299, 300] {
            let mut joined = events(rule, 0..cut);
            joined.append(&events(rule, cut..300));
            assert_eq!(joined, whole, "cut at {cut}");
        }
        assert_eq!(whole.count(), (0..300).filter(|&trial| rule(trial)).count() as u64);
        assert!(whole.iter().enumerate().all(|(trial, happened)| happened == rule(trial)));
        assert!((0..300).all(|trial| whole.at(trial) == rule(trial)));
    }

    #[test]
    fn the_paired_table_counts_every_trial_once() {
        let (a, b) = (events(|t| t % 2 == 0, 0..90), events(|t| t % 3 == 0, 0..90));
        assert_eq!(a.both(&b), 15);
        assert_eq!(a.paired(&b), Paired::new(15, 30, 15, 30).ok());
        assert_eq!(a.share(), Some(0.5));
        assert_eq!(Events::default().share(), None);
    }
}
