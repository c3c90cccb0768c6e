//! Mean, standard deviation and standard error of a series, gathered block by block without losing digits.

use super::{Interval, Level};
use crate::math::{Task, Vector, folded};

/// Partial sums kept side by side, so that no addition waits for the one before it. Part of the definition of the result:
/// changing it changes last bits.
const LANES: usize = 32;

/// Count, mean and sum of squared deviations of the values recorded so far.
///
/// Each block is summed about its own first value and joined to the rest by the pairwise update of Chan, Golub & LeVeque
/// (1983, The American Statistician 37:242–247). So a spread far smaller than the mean survives, and constant data have a
/// deviation of exactly 0.
///
/// Bits depend on how values are split into blocks and on the order of merging: both are the caller's to fix.
/// Values must be finite and below 1e150 in size; anything else shows as a mean or deviation that is not
/// finite.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    n: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Records one block.
    pub fn record_lanes(&mut self, x: &[f64]) {
        self.record_lanes_on(Vector::detect(), x);
    }

    /// Records one block with the instructions of `vector`; the same bits for each.
    pub fn record_lanes_on(&mut self, vector: Vector, x: &[f64]) {
        self.merge(&vector.run(Block(x)));
    }

    /// Adds the values recorded by `other`, as if they had come after those of `self`.
    pub fn merge(&mut self, other: &Self) {
        if self.n == 0 {
            *self = *other;
        } else if other.n > 0 {
            let (mine, theirs) = (self.n as f64, other.n as f64);
            let weight = theirs / (mine + theirs);
            let shift = other.mean - self.mean;
            self.n += other.n;
            self.mean += shift * weight;
            self.squares += other.squares + shift * shift * mine * weight;
        }
    }

    /// Number of values recorded.
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Mean; `None` if nothing was recorded.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then_some(self.mean)
    }

    /// Sample standard deviation (divisor n − 1); `None` below two values.
    pub fn sd(&self) -> Option<f64> {
        (self.n > 1).then(|| (self.squares / (self.n - 1) as f64).sqrt())
    }

    /// Standard error of the mean of independent values, sd/√n; `None` below two values.
    pub fn standard_error(&self) -> Option<f64> {
        self.sd().map(|sd| sd / (self.n as f64).sqrt())
    }

    /// Interval for the mean of independent values: mean ∓ t·sd/√n with Student's t at n − 1 degrees of freedom; `None`
    /// below two values.
    ///
    /// By the central limit theorem; too narrow for very heavy tails. Also `None` when a value recorded was outside the
    /// range of [`Moments`].
    pub fn mean_interval(&self, level: Level) -> Option<Interval> {
        let half = level.t(self.n.saturating_sub(1)) * self.standard_error()?;
        (half.is_finite() && self.mean.is_finite())
            .then(|| Interval::ordered(self.mean - half, self.mean + half))
    }
}

/// The moments of one block.
struct Block<'a>(&'a [f64]);

impl Task for Block<'_> {
    type Output = Moments;

    #[inline(always)]
    fn call(self) -> Moments {
        let x = self.0;
        let Some(&first) = x.first() else { return Moments::default() };
        let n = x.len() as f64;
        let [sum, squares] = lane_sums(x, |v| [v - first, (v - first) * (v - first)]);
        let mean = first + sum / n;
        // what is taken off is at most n times what is left, for the first value is one of them
        let squares = squares - sum * sum / n;
        // Not `max`, which would turn NaN into 0.
        let squares = if squares < 0.0 { 0.0 } else { squares };
        Moments { n: x.len() as u64, mean, squares }
    }
}

/// Sums of `terms` over `x`: value i goes to partial sum i mod 32, and those are added in one fixed order, so that the bits
/// do not depend on the vector width the compiler chose.
#[inline(always)]
fn lane_sums<const N: usize>(x: &[f64], terms: impl Fn(f64) -> [f64; N]) -> [f64; N] {
    let mut sums = [[0.0; LANES]; N];
    let (blocks, rest) = x.as_chunks::<LANES>();
    for block in blocks {
        for (lane, &v) in block.iter().enumerate() {
            let terms = terms(v);
            for which in 0..N {
                sums[which][lane] += terms[which];
            }
        }
    }
    for (lane, &v) in rest.iter().enumerate() {
        let terms = terms(v);
        for which in 0..N {
            sums[which][lane] += terms[which];
        }
    }
    // not `map`, which the compiler may leave out of the vector code
    let mut folds = [0.0; N];
    for which in 0..N {
        folds[which] = folded(sums[which]);
    }
    folds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(x: &[f64], size: usize) -> Moments {
        let mut all = Moments::default();
        x.chunks(size).for_each(|block| all.record_lanes(block));
        all
    }

    #[test]
    fn arithmetic_series_about_a_huge_mean() {
        // c, c+1, …, c+n−1 has mean c + (n−1)/2 and variance n(n+1)/12, whatever c is.
        let n = 100_003_u64;
        let x: Vec<f64> = (0..n).map(|i| 1e12 + i as f64).collect();
        for size in [1, 7, 256, 100_003] {
            let m = blocks(&x, size);
            assert_eq!(m.n(), n);
            assert!((m.mean().unwrap() - (1e12 + (n - 1) as f64 / 2.0)).abs() < 2e-3);
            let sd = (n as f64 * (n + 1) as f64 / 12.0).sqrt();
            assert!((m.sd().unwrap() / sd - 1.0).abs() < 1e-10, "block {size}: {:?}", m.sd());
            assert_eq!(m.standard_error().unwrap(), m.sd().unwrap() / (n as f64).sqrt());
        }
    }

    #[test]
    fn constant_data_have_no_spread_at_all() {
        for c in [0.1, -1.0 / 3.0, 1e15 + 0.3, 0.0, 123_456.789e100] {
            let m = blocks(&vec![c; 3_001], 256);
            assert_eq!(m.mean(), Some(c));
            assert_eq!(m.sd(), Some(0.0));
            let interval = m.mean_interval(Level::P95).unwrap();
            assert_eq!((interval.low(), interval.high()), (c, c));
        }
    }

    #[test]
    fn spread_survives_a_mean_that_has_to_be_rounded() {
        // Near 10¹⁶ only even numbers exist: the mean 10¹⁶ + 4/3 does not, the variance 4/3 does.
        let m = blocks(&[1e16, 1e16 + 2.0, 1e16 + 2.0], 3);
        assert!((m.sd().unwrap() - (4.0_f64 / 3.0).sqrt()).abs() < 1e-15, "{:?}", m.sd());
    }

    #[test]
    fn lanes_are_summed_in_the_stated_order() {
        let x: Vec<f64> = (1..=75).map(|i| 1.0 / f64::from(i)).collect();
        let mut sums = [0.0; LANES];
        x.iter().enumerate().for_each(|(i, v)| sums[i % LANES] += v);
        let mut width = LANES;
        while width > 1 {
            width /= 2;
            (0..width).for_each(|i| sums[i] += sums[i + width]);
        }
        assert_eq!(lane_sums(&x, |v| [v])[0].to_bits(), sums[0].to_bits());
    }

    #[test]
    fn too_few_values_give_no_answer_and_bad_ones_show() {
        let mut m = Moments::default();
        m.record_lanes(&[]);
        assert_eq!((m.n(), m.mean(), m.sd()), (0, None, None));
        m.record_lanes(&[4.0]);
        assert_eq!((m.mean(), m.sd(), m.mean_interval(Level::P95)), (Some(4.0), None, None));
        m.record_lanes(&[6.0]);
        assert_eq!((m.mean(), m.sd()), (Some(5.0), Some(2.0_f64.sqrt())));
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for mut m in [m, Moments::default()] {
                m.record_lanes(&[1.0, bad, 2.0]);
                assert!(!m.mean().unwrap().is_finite() && m.sd().unwrap().is_nan());
                assert_eq!(m.mean_interval(Level::P95), None);
            }
        }
    }
}
