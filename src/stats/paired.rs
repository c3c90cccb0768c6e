//! Differences between two policies run on the same random numbers: paired probabilities and paired means.

use thiserror::Error;

use super::{Interval, Level, Moments, last_true};
use crate::math::Vector;

/// Outcomes of a yes/no event in the same trials under policies A and B: the 2×2 table of counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paired {
    both: u64,
    only_a: u64,
    only_b: u64,
    neither: u64,
}

/// Why four counts are not a table of paired trials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PairedError {
    /// All four counts are zero.
    #[error("a paired difference needs at least one trial")]
    NoTrials,
    /// The four counts add up to more than 2⁶⁴ − 1.
    #[error("the number of paired trials is too large to count")]
    TooManyTrials,
}

impl Paired {
    /// The table with the number of trials in which the event happened under both policies, only under A,
    /// only under B, and under neither.
    ///
    /// # Errors
    /// [`PairedError::NoTrials`] if all counts are zero; [`PairedError::TooManyTrials`] if their sum is above
    /// 2⁶⁴ − 1.
    pub fn new(both: u64, only_a: u64, only_b: u64, neither: u64) -> Result<Self, PairedError> {
        let total = [only_a, only_b, neither].into_iter().try_fold(both, u64::checked_add);
        match total {
            None => Err(PairedError::TooManyTrials),
            Some(0) => Err(PairedError::NoTrials),
            Some(_) => Ok(Self { both, only_a, only_b, neither }),
        }
    }

    /// Number of paired trials.
    pub const fn n(&self) -> u64 {
        self.both + self.only_a + self.only_b + self.neither
    }

    /// Estimate of P(event under A) − P(event under B), in [−1, 1].
    pub fn difference(&self) -> f64 {
        (self.only_a as f64 - self.only_b as f64) / self.n() as f64
    }

    /// Score interval for P(event under A) − P(event under B) (Tango 1998, Statistics in Medicine 17:891–908;
    /// Newcombe 1998, ibid. 17:2635–2650, compares other intervals for the same table).
    ///
    /// The set of δ with |b − c − nδ| ≤ z √(n(2q + δ(1 − δ))), b and c being the trials that differ in favour
    /// of A and of B, and q the probability of the latter that is most likely under δ. Exchanging A and B
    /// negates the interval exactly. When no trial differs, its ends are ∓ z²/(n + z²): such trials bound the
    /// difference, but do not prove that there is none.
    pub fn interval(&self, level: Level) -> Interval {
        let n = self.n() as f64;
        let (a, b) = (self.only_a as f64, self.only_b as f64);
        Interval::ordered(-upper_end(b, a, n, level.z()), upper_end(a, b, n, level.z()))
    }
}

/// Upper end of Tango's interval for `b` trials in favour of A and `c` in favour of B, out of `n`.
fn upper_end(b: f64, c: f64, n: f64, z: f64) -> f64 {
    let accepted = |delta: f64| {
        // The discordant probabilities sum to 2q + |δ|; a negative δ is the mirrored problem.
        let q = if delta < 0.0 {
            smaller_discordant(c, b, n, -delta)
        } else {
            smaller_discordant(b, c, n, delta)
        };
        let variance = n * (2.0 * q + delta.abs() - delta * delta);
        n * delta - (b - c) <= z * variance.max(0.0).sqrt()
    };
    last_true((b - c) / n, 1.0, accepted)
}

/// Most likely probability of "only B" when that of "only A" is larger by `delta` in [0, 1]: the root in [0,
/// (1 − δ)/2] of 2n q² + (δ(2n − b + c) − b − c) q − c δ(1 − δ) = 0 (Tango 1998).
fn smaller_discordant(b: f64, c: f64, n: f64, delta: f64) -> f64 {
    let linear = delta * (2.0 * n - b + c) - (b + c);
    let constant = c * delta * (1.0 - delta);
    // Cancellation for large δ costs q digits, but its error stays far below the δ that the caller adds.
    ((linear * linear + 8.0 * n * constant).sqrt() - linear) / (4.0 * n)
}

/// Mean of A − B over the same trials under policies A and B.
///
/// Only the differences matter: what both policies share cancels before it can enter the spread. Blocks must
/// come, and parts be merged, in a fixed order (see [`Moments`]).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeanDifference {
    differences: Moments,
}

impl MeanDifference {
    /// Records one block of paired values: lane i of `a` and lane i of `b` belong to the same trial.
    ///
    /// # Panics
    /// If the two blocks differ in length.
    #[inline]
    pub fn record_lanes(&mut self, a: &[f64], b: &[f64]) {
        const BLOCK: usize = 256;
        assert_eq!(a.len(), b.len(), "paired blocks must hold the same trials");
        let mut difference = [0.0; BLOCK];
        for (a, b) in a.chunks(BLOCK).zip(b.chunks(BLOCK)) {
            let difference = &mut difference[..a.len()];
            for ((d, a), b) in difference.iter_mut().zip(a).zip(b) {
                *d = a - b;
            }
            self.differences.record_lanes(difference);
        }
    }

    /// Records one block of differences A − B with the instructions of `vector`; the same bits for each.
    pub fn record_differences_on(&mut self, vector: Vector, differences: &[f64]) {
        self.differences.record_lanes_on(vector, differences);
    }

    /// Adds the pairs recorded by `other`, as if they had come after those of `self`.
    pub fn merge(&mut self, other: &Self) {
        self.differences.merge(&other.differences);
    }

    /// Moments of A − B: mean difference, its spread between trials, its standard error and interval.
    pub const fn moments(&self) -> &Moments {
        &self.differences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(only_a: u64, only_b: u64, n: u64, level: f64) -> (f64, f64) {
        let table = Paired::new(0, only_a, only_b, n - only_a - only_b).unwrap();
        let interval = table.interval(Level::new(level).unwrap());
        (interval.low(), interval.high())
    }

    #[test]
    fn tango_matches_published_examples() {
        // Three-decimal values held by the tests of R's ratesci, with its cases from Tango (1998) and from
        // Agresti & Min (2005, Statistics in Medicine 24:729–740).
        for (a, b, n, level, low, high) in [
            (0, 1, 44, 0.90, -0.096, 0.037),
            (9, 3, 32, 0.95, -0.027, 0.390),
            (16, 8, 86, 0.95, -0.020, 0.207),
        ] {
            let (l, h) = ends(a, b, n, level);
            assert!((l - low).abs() < 5e-4 && (h - high).abs() < 5e-4, "{a} {b} {n}: {l} {h}");
        }
    }

    #[test]
    fn tango_matches_numerical_profile_likelihood() {
        // Found without the closed form: bisection on the derivative of the log likelihood, then on the
        // score.
        for (a, b, n, low, high) in [
            (12, 2, 50, 0.061_112_406_186_343_976, 0.344_708_748_282_148_7),
            (1, 7, 21, -0.517_232_276_421_377_4, -0.026_003_032_480_868_57),
            (4, 9, 32, -0.367_956_575_041_743_1, 0.068_971_829_970_806_32),
            (4, 1, 15, -0.110_648_147_799_780_98, 0.480_056_384_324_684_06),
            (53, 0, 54, 0.849_884_186_560_631_1, 0.996_723_512_281_770_9),
            (799, 200, 1_000_000, 0.000_538_121_502_492_508_1, 0.000_662_170_072_649_399_4),
        ] {
            let (l, h) = ends(a, b, n, 0.95);
            assert!((l - low).abs() < 1e-12 && (h - high).abs() < 1e-12, "{a} {b} {n}: {l} {h}");
        }
    }

    #[test]
    fn tango_coverage_by_enumeration() {
        // All tables of 20 trials, weighted by the trinomial; expected sums from the numerical profile
        // likelihood.
        let n = 20_u64;
        for (p_a, p_b, expected) in [
            (0.3, 0.1, 0.947_455_171_755_862_5),
            (0.1, 0.02, 0.982_953_871_502_775_1),
            (0.05, 0.05, 0.986_447_420_320_562),
            (0.25, 0.25, 0.957_867_889_745_105_2),
        ] {
            let mut coverage = 0.0;
            for a in 0..=n {
                for b in 0..=n - a {
                    let ln_choose = |n: u64, k: u64| {
                        let ln_factorial = |k: u64| libm::lgamma(k as f64 + 1.0);
                        ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
                    };
                    let ln_p = ln_choose(n, a)
                        + ln_choose(n - a, b)
                        + a as f64 * libm::log(p_a)
                        + b as f64 * libm::log(p_b)
                        + (n - a - b) as f64 * libm::log(1.0 - p_a - p_b);
                    let interval = Paired::new(0, a, b, n - a - b).unwrap().interval(Level::P95);
                    if interval.contains(p_a - p_b) {
                        coverage += libm::exp(ln_p);
                    }
                }
            }
            assert!((coverage - expected).abs() < 1e-9, "{p_a} {p_b}: {coverage} instead of {expected}");
        }
    }

    #[test]
    fn tango_is_symmetric_sane_and_holds_its_estimate() {
        for n in [1, 2, 5, 17, 1_000_000_007] {
            for (a, b) in [(0, 0), (0, 1), (1, 0), (n / 3, n / 4), (n / 2, n / 2), (n, 0), (0, n)] {
                if a + b > n {
                    continue;
                }
                let (low, high) = ends(a, b, n, 0.95);
                assert_eq!(ends(b, a, n, 0.95), (-high, -low), "{a} {b} {n}");
                let table = Paired::new(n - a - b, a, b, 0).unwrap();
                assert!(table.interval(Level::P95).contains(table.difference()), "{a} {b} {n}");
                assert!((-1.0..=1.0).contains(&low) && (-1.0..=1.0).contains(&high));
            }
            // No trial differs: nδ = z √(nδ(1 − δ)) has the root z²/(n + z²).
            let z2 = Level::P95.z() * Level::P95.z();
            let bound = z2 / (n as f64 + z2);
            assert!((ends(0, 0, n, 0.95).1 / bound - 1.0).abs() < 1e-9);
            assert_eq!(ends(n, 0, n, 0.95).1, 1.0);
        }
    }

    #[test]
    fn impossible_tables_are_refused() {
        assert_eq!(Paired::new(0, 0, 0, 0), Err(PairedError::NoTrials));
        assert_eq!(Paired::new(u64::MAX, 0, 1, 0), Err(PairedError::TooManyTrials));
        assert_eq!(Paired::new(u64::MAX, 0, 0, 0).unwrap().difference(), 0.0);
    }

    #[test]
    fn shared_noise_cancels_in_the_mean_difference() {
        let shared: Vec<f64> = (0..1_000).map(|i| f64::from(i * i % 977)).collect();
        let raised: Vec<f64> = shared.iter().map(|x| x + 0.5).collect();
        let mut difference = MeanDifference::default();
        let (head, tail) = (300, 1_000);
        difference.record_lanes(&raised[..head], &shared[..head]);
        let mut rest = MeanDifference::default();
        rest.record_lanes(&raised[head..tail], &shared[head..tail]);
        difference.merge(&rest);
        let moments = difference.moments();
        assert_eq!((moments.n(), moments.mean(), moments.sd()), (1_000, Some(0.5), Some(0.0)));
    }
}
