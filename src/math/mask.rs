//! Trials of a block that meet a condition, one bit a trial.

use super::{LANES, Lanes, Task, Vector};

const WORDS: usize = LANES / 64;

/// A set of trials of one block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mask([u64; WORDS]);

impl Mask {
    /// Every trial.
    pub const ALL: Self = Self([u64::MAX; WORDS]);
    /// No trial.
    pub const NONE: Self = Self([0; WORDS]);

    /// The `n` first trials.
    pub fn first(n: usize) -> Self {
        let bits = |word: usize| match n.saturating_sub(word * 64) {
            0 => 0,
            rest if rest >= 64 => u64::MAX,
            rest => (1 << rest) - 1,
        };
        Self(std::array::from_fn(bits))
    }

    /// The trials in which `path` reaches `level + of_base · base` from above or equals it; from below if not `at_least`.
    pub fn reached(v: Vector, path: &Lanes, base: &Lanes, level: (f64, f64), at_least: bool) -> Self {
        v.run(Reached { path, base, level, at_least })
    }

    /// The trials in which `x` lies above `level`; NaN does not.
    pub fn above(v: Vector, x: &Lanes, level: f64) -> Self {
        v.run(Above { x, level })
    }

    /// Calls `f` with every trial of the set, rising.
    pub fn for_each(&self, mut f: impl FnMut(usize)) {
        for (at, mut rest) in self.0.into_iter().enumerate() {
            while rest != 0 {
                f(at * 64 + rest.trailing_zeros() as usize);
                rest &= rest - 1;
            }
        }
    }

    /// Whether a trial is in the set.
    pub fn at(&self, lane: usize) -> bool {
        self.0[lane / 64] >> (lane % 64) & 1 == 1
    }

    /// Trials in both sets.
    pub fn and(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    /// Trials in either set.
    pub fn or(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    /// Trials that are not in the set.
    pub fn complement(&self) -> Self {
        Self(self.0.map(|word| !word))
    }

    /// Number of trials in the set.
    pub fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// The trials that are in at least `k` of the sets.
    pub fn in_at_least<'a>(k: usize, sets: impl Iterator<Item = &'a Self> + Clone) -> Self {
        match k {
            0 => return Self::ALL,
            1 => return sets.fold(Self::NONE, |all, set| all.or(set)),
            _ if k == sets.clone().count() => return sets.fold(Self::ALL, |all, set| all.and(set)),
            _ => {}
        }
        // digits of the number of sets that each trial is in, the lowest first
        let mut digits: Vec<Self> = Vec::new();
        for set in sets {
            let mut carry = *set;
            for digit in &mut digits {
                (*digit, carry) = (digit.xor(&carry), digit.and(&carry));
            }
            if carry != Self::NONE {
                digits.push(carry);
            }
        }
        // compared with the digits of k from the highest on
        let (mut above, mut equal) = (Self::NONE, Self::ALL);
        for place in (0..digits.len().max(k.ilog2() as usize + 1)).rev() {
            let digit = digits.get(place).copied().unwrap_or(Self::NONE);
            if k >> place & 1 == 1 {
                equal = equal.and(&digit);
            } else {
                above = above.or(&equal.and(&digit));
                equal = equal.and(&digit.complement());
            }
        }
        above.or(&equal)
    }

    fn xor(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] ^ other.0[word]))
    }
}

/// Compares a path with its level.
struct Reached<'a> {
    path: &'a Lanes,
    base: &'a Lanes,
    /// Constant, and multiple of the base.
    level: (f64, f64),
    at_least: bool,
}

impl Task for Reached<'_> {
    type Output = Mask;

    #[inline(always)]
    fn call(self) -> Mask {
        let Self { path, base, level: (constant, of_base), at_least } = self;
        match (of_base == 0.0, at_least) {
            (true, true) => bits(path, |x, _| x >= constant),
            (true, false) => bits(path, |x, _| x <= constant),
            (false, true) => bits(path, |x, lane| x >= constant + of_base * base[lane]),
            (false, false) => bits(path, |x, lane| x <= constant + of_base * base[lane]),
        }
    }
}

/// Compares values with a number.
struct Above<'a> {
    x: &'a Lanes,
    level: f64,
}

impl Task for Above<'_> {
    type Output = Mask;

    #[inline(always)]
    fn call(self) -> Mask {
        bits(self.x, |x, _| x > self.level)
    }
}

/// The lanes in which `holds`, given value and lane.
#[inline(always)]
fn bits(x: &Lanes, holds: impl Fn(f64, usize) -> bool) -> Mask {
    let mut words = [0; WORDS];
    for (at, (word, x)) in words.iter_mut().zip(x.chunks_exact(64)).enumerate() {
        for (bit, x) in x.iter().enumerate() {
            *word |= u64::from(holds(*x, at * 64 + bit)) << bit;
        }
    }
    Mask(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(rule: impl Fn(usize) -> bool) -> Mask {
        let path: Lanes = std::array::from_fn(|lane| if rule(lane) { 1.0 } else { 0.0 });
        Mask::reached(Vector::detect(), &path, &[0.0; LANES], (1.0, 0.0), true)
    }

    #[test]
    fn every_trial_has_its_bit() {
        for n in [0, 1, 63, 64, 65, 200, LANES] {
            let first = Mask::first(n);
            assert_eq!((first.count() as usize, first), (n, mask(|lane| lane < n)), "{n}");
            assert_eq!(first.complement(), mask(|lane| lane >= n), "{n}");
        }
        let thirds = mask(|lane| lane % 3 == 0);
        assert!((0..LANES).all(|lane| thirds.at(lane) == (lane % 3 == 0)));
        let lanes = |mask: Mask| {
            let mut lanes = Vec::new();
            mask.for_each(|lane| lanes.push(lane));
            lanes
        };
        assert!(lanes(thirds).into_iter().eq((0..LANES).step_by(3)) && lanes(Mask::NONE).is_empty());
        let path: Lanes = std::array::from_fn(|lane| lane as f64);
        assert!(lanes(Mask::above(Vector::detect(), &path, 100.0)).into_iter().eq(101..LANES));
        assert_eq!(Mask::above(Vector::detect(), &[f64::NAN; LANES], 0.0), Mask::NONE);
    }

    #[test]
    fn levels_are_reached_from_either_side_also_as_multiples_of_the_base() {
        let path: Lanes = std::array::from_fn(|lane| lane as f64);
        let base: Lanes = std::array::from_fn(|lane| (lane / 2) as f64);
        for v in [Vector::detect(), Vector::baseline()] {
            let reached = |level, at_least| Mask::reached(v, &path, &base, level, at_least);
            assert_eq!(reached((100.0, 0.0), true), mask(|lane| lane >= 100));
            assert_eq!(reached((100.0, 0.0), false), mask(|lane| lane <= 100));
            assert_eq!(reached((30.0, 1.0), true), mask(|lane| lane >= 30 + lane / 2));
            let nan = Mask::reached(v, &[f64::NAN; LANES], &base, (0.0, 0.0), true);
            assert_eq!(nan, Mask::NONE);
        }
    }

    #[test]
    fn trials_in_several_sets_are_counted() {
        let sets: Vec<Mask> = (2..9).map(|d| mask(|lane| lane % d == 0)).collect();
        for k in 0..9 {
            let expected = mask(|lane| (2..9).filter(|d| lane % d == 0).count() >= k);
            assert_eq!(Mask::in_at_least(k, sets.iter()), expected, "{k}");
        }
        assert_eq!(Mask::in_at_least(1, [].iter()), Mask::NONE);
    }
}
