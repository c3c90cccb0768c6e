//! Sobol' indices: the share of an output's variance that each input explains, from pick-freeze samples.
//!
//! Two independent samples of all inputs give the outputs A and B; for an input (or group) i a third sample takes i from B
//! and all else from A and gives the output ABᵢ. Row t of every column belongs to the same pair of draws, and rows are
//! independent (plain Monte Carlo; errors for quasi-random points come from replicates instead).
//!
//! - first-order index: `Var(E[Y|Xᵢ]) / Var Y`, what fixing i would take away on average;
//! - total index: `E Var(Y|all but i) / Var Y`, what would be left if all but i were fixed;
//! - closed index of a set u: `Var(E[Y|X_u]) / Var Y`, also for dependent inputs when the rest is redrawn given X_u.
//!
//! Estimates are never clipped: a small index may come out below 0, its interval says by how little. All standard errors
//! come from influence values (delta method for a ratio of means; van der Vaart 1998, Asymptotic Statistics, ch. 3).

use thiserror::Error;

use super::Estimate;
use super::estimate::influence_error;

/// Why indices cannot be estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SobolError {
    /// Columns of different lengths.
    #[error("columns of {first} and {second} outputs; they must hold the same trials")]
    Lengths {
        /// Outputs in one column.
        first: usize,
        /// Outputs in another.
        second: usize,
    },
    /// Fewer than two trials.
    #[error("at least two trials are needed")]
    TooFewTrials,
    /// An output is not a finite number.
    #[error("an output is not finite")]
    NotFinite,
    /// All outputs are equal, so that there is no variance to explain.
    #[error("all outputs are equal; there is no variance to explain")]
    NoVariance,
}

/// An index with the influence of each trial on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// Estimate and standard error, a share of the variance.
    pub estimate: Estimate,
    /// Influence of trial t: the estimate moves by about `influence[t] / n` through that trial. Mean 0; linear
    /// combinations of indices from the same trials have the same combination of influences.
    pub influence: Vec<f64>,
}

impl Index {
    /// 1 less the index: the closed index of all other inputs for a total index of independent inputs.
    #[must_use]
    pub fn complement(&self) -> Self {
        let estimate = Estimate { value: 1.0 - self.estimate.value, ..self.estimate };
        Self { estimate, influence: self.influence.iter().map(|i| -i).collect() }
    }
}

/// First-order and total index of one input or group.
#[derive(Clone, Debug, PartialEq)]
pub struct Indices {
    /// First-order index.
    pub first: Index,
    /// Total index; with independent inputs at least the first-order index, up to noise.
    pub total: Index,
}

/// First-order and total index of input i from the outputs `a`, `b` and `ab` (input i from B, all others from A).
///
/// The first-order index is the pick-freeze ratio of Janon, Klein, Lagnoux, Nodet & Prieur (2014, ESAIM: Probability and
/// Statistics 18:342–364) of the pair (B, ABᵢ), less β times the covariance of A and B, which is 0 in truth. β = 1 is
/// the centred estimator of Saltelli et al. (2010, Computer Physics Communications 181:259–270), the best for small
/// indices, β = 0 the efficient one of Janon et al., the best for large ones; here β is the value with the least
/// variance, so that the estimator is at least as good as both. An input without effect gives 0, the only input with
/// an effect gives 1, both exactly up to rounding.
///
/// The total index is that of Jansen (1999, Computer Physics Communications 117:35–43), `Σ(A − ABᵢ)² / 2`, over the
/// variance of the same two columns, corrected in the same way: it is 1 less the closed index of all other inputs.
///
/// # Errors
/// See [`SobolError`].
pub fn indices(a: &[f64], b: &[f64], ab: &[f64]) -> Result<Indices, SobolError> {
    let mean = centre(&[a, b, ab])?;
    let column = |of: &dyn Fn(f64, f64, f64) -> f64| -> Vec<f64> {
        a.iter().zip(b).zip(ab).map(|((a, b), ab)| of(a - mean, b - mean, ab - mean)).collect()
    };
    let first = ratio(
        &column(&|_, b, ab| b * ab),
        &column(&|_, b, ab| 0.5 * (b * b + ab * ab)),
        &column(&|a, b, _| a * b),
    )?;
    let total = ratio(
        &column(&|a, _, ab| 0.5 * (a - ab) * (a - ab)),
        &column(&|a, _, ab| 0.5 * (a * a + ab * ab)),
        &column(&|a, b, _| a * b),
    )?;
    Ok(Indices { first, total })
}

/// Closed index of a set u of inputs from the outputs `y` and `y_u`, the latter with X_u kept and all else redrawn: given
/// X_u if inputs depend on each other, so that y and y_u are alike in law and independent given X_u.
///
/// The ratio of Janon et al. (2014), efficient among all that use these two columns; exactly 1 if the columns are equal.
///
/// # Errors
/// See [`SobolError`].
pub fn closed_index(y: &[f64], y_u: &[f64]) -> Result<Index, SobolError> {
    let mean = centre(&[y, y_u])?;
    let centred = || y.iter().zip(y_u).map(|(y, u)| (y - mean, u - mean));
    let products: Vec<f64> = centred().map(|(y, u)| y * u).collect();
    let squares: Vec<f64> = centred().map(|(y, u)| 0.5 * (y * y + u * u)).collect();
    ratio(&products, &squares, &vec![0.0; y.len()])
}

/// The mean of all columns together, after checking them.
fn centre(columns: &[&[f64]]) -> Result<f64, SobolError> {
    let first = columns[0].len();
    if let Some(other) = columns.iter().find(|c| c.len() != first) {
        return Err(SobolError::Lengths { first, second: other.len() });
    }
    if first < 2 {
        return Err(SobolError::TooFewTrials);
    }
    if columns.iter().any(|c| c.iter().any(|v| !v.is_finite())) {
        return Err(SobolError::NotFinite);
    }
    let means: f64 = columns.iter().map(|c| mean(c)).sum();
    Ok(means / columns.len() as f64)
}

/// Mean about the first value, so that large equal parts do not cost digits.
fn mean(x: &[f64]) -> f64 {
    let first = x.first().copied().unwrap_or(0.0);
    first + x.iter().map(|v| v - first).sum::<f64>() / x.len() as f64
}

/// Mean of `top` over mean of `bottom`, less β / mean of `bottom` times the mean of `control`, whose expectation is 0, with
/// the β of least variance. The centre of the columns needs no influence of its own: moving it changes neither mean in
/// first order.
fn ratio(top: &[f64], bottom: &[f64], control: &[f64]) -> Result<Index, SobolError> {
    /// The influence that fixes β depends on the estimate, and the error of each round is the square of the last.
    const ROUNDS: usize = 4;
    let n = top.len() as f64;
    let (numerator, variance, shift) = (mean(top), mean(bottom), mean(control));
    if variance <= 0.0 {
        return Err(SobolError::NoVariance);
    }
    let spread = control.iter().map(|c| (c - shift) * (c - shift)).sum::<f64>() / n;
    let (mut value, mut beta) = (numerator / variance, 0.0);
    for _ in 0..ROUNDS {
        if spread > 0.0 {
            let joint: f64 = top
                .iter()
                .zip(bottom)
                .zip(control)
                .map(|((t, b), c)| ((t - numerator) - value * (b - variance)) * (c - shift))
                .sum();
            beta = joint / n / spread;
        }
        value = (numerator - beta * shift) / variance;
    }
    let influence: Vec<f64> = top
        .iter()
        .zip(bottom)
        .zip(control)
        .map(|((t, b), c)| ((t - numerator) - beta * (c - shift) - value * (b - variance)) / variance)
        .collect();
    if !value.is_finite() {
        return Err(SobolError::NotFinite);
    }
    let estimate = Estimate { value, standard_error: influence_error(&influence) };
    Ok(Index { estimate, influence })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::rngs::ChaCha8Rng;
    use rand::{Rng, SeedableRng};

    /// Two-sided normal bound of a false-alarm rate of 1e-6.
    const Z: f64 = 4.891_638_475_699;

    fn uniform(random: &mut ChaCha8Rng) -> f64 {
        (f64::from(random.next_u32()) + 0.5) / 4_294_967_296.0
    }

    /// Outputs A, B and ABᵢ for every i of a function of `d` independent uniforms.
    fn design(
        d: usize,
        n: usize,
        seed: u64,
        f: &dyn Fn(&[f64]) -> f64,
    ) -> (Vec<f64>, Vec<f64>, Vec<Vec<f64>>) {
        let random = &mut ChaCha8Rng::seed_from_u64(seed);
        let (mut a, mut b, mut ab) = (Vec::new(), Vec::new(), vec![Vec::new(); d]);
        for _ in 0..n {
            let x: Vec<f64> = (0..d).map(|_| uniform(random)).collect();
            let z: Vec<f64> = (0..d).map(|_| uniform(random)).collect();
            a.push(f(&x));
            b.push(f(&z));
            for (i, column) in ab.iter_mut().enumerate() {
                let mut mixed = x.clone();
                mixed[i] = z[i];
                column.push(f(&mixed));
            }
        }
        (a, b, ab)
    }

    fn ishigami(x: &[f64]) -> f64 {
        let angle = |u: f64| (2.0 * u - 1.0) * core::f64::consts::PI;
        let (s, t, x3) = (libm::sin(angle(x[0])), libm::sin(angle(x[1])), angle(x[2]));
        s + 7.0 * t * t + 0.1 * x3 * x3 * x3 * x3 * s
    }

    /// H0: estimates are normal about the closed form (case `sobol_ishigami_a7_b01`) with the stated standard error.
    #[test]
    fn ishigami_within_stated_errors() {
        let (a, b, ab) = design(3, 20_000, 1, &ishigami);
        let first = [0.313_905_191_147_811_46, 0.442_411_144_790_040_9, 0.0];
        let total = [0.557_588_855_209_952, 0.442_411_144_790_040_9, 0.243_683_664_062_147_7];
        for i in 0..3 {
            let found = indices(&a, &b, &ab[i]).unwrap();
            for (index, exact) in [(&found.first, first[i]), (&found.total, total[i])] {
                let Estimate { value, standard_error } = index.estimate;
                assert!(
                    (value - exact).abs() < Z * standard_error && standard_error < 0.02,
                    "{i}: {value} ± {standard_error} instead of {exact}"
                );
                let sum: f64 = index.influence.iter().sum();
                assert!(sum.abs() < 1e-7 * index.influence.len() as f64);
            }
        }
    }

    /// The mean square error over repetitions is no larger than with the fixed choices β = 0 and β = 1.
    #[test]
    fn control_is_at_least_as_good_as_either_published_estimator() {
        let f = |x: &[f64]| x[0] + 0.5 * x[1] + 0.1 * x[2] + x[0] * x[1];
        let mut errors = [[0.0; 3]; 3];
        let variance_parts = [(1.5_f64 * 1.5) / 12.0, 1.0 / 12.0, 0.01 / 12.0];
        let variance: f64 = variance_parts.iter().sum::<f64>() + 1.0 / 144.0;
        for seed in 0..200 {
            let (a, b, ab) = design(3, 200, seed, &f);
            for i in 0..3 {
                let exact = variance_parts[i] / variance;
                let best = indices(&a, &b, &ab[i]).unwrap().first.estimate.value;
                let janon = closed_index(&b, &ab[i]).unwrap().estimate.value;
                let m = mean(&b);
                let v = b.iter().map(|y| (y - m) * (y - m)).sum::<f64>();
                let saltelli = (0..200).map(|t| (b[t] - m) * (ab[i][t] - a[t])).sum::<f64>() / v;
                for (sum, value) in errors[i].iter_mut().zip([best, janon, saltelli]) {
                    *sum += (value - exact) * (value - exact);
                }
            }
        }
        for [best, janon, saltelli] in errors {
            assert!(best < 1.05 * janon.min(saltelli), "{best} {janon} {saltelli}");
        }
        assert!(errors[2][0] < 0.1 * errors[2][1], "a small index gains most from the control");
    }

    #[test]
    fn no_effect_is_zero_and_the_only_effect_is_one() {
        let (a, b, ab) = design(2, 500, 4, &|x| 1e6 + x[0] * x[0]);
        let only = indices(&a, &b, &ab[0]).unwrap();
        let none = indices(&a, &b, &ab[1]).unwrap();
        for (index, exact) in [(&only.first, 1.0), (&only.total, 1.0), (&none.first, 0.0), (&none.total, 0.0)]
        {
            assert!((index.estimate.value - exact).abs() < 1e-9, "{:?}", index.estimate);
            assert!(index.estimate.standard_error < 1e-9);
        }
        assert_eq!(closed_index(&a, &a).unwrap().estimate, Estimate { value: 1.0, standard_error: 0.0 });
    }

    #[test]
    fn bad_columns_are_refused() {
        let lengths = SobolError::Lengths { first: 2, second: 3 };
        assert_eq!(closed_index(&[1.0, 2.0], &[1.0, 2.0, 3.0]).unwrap_err(), lengths);
        assert_eq!(closed_index(&[1.0], &[1.0]).unwrap_err(), SobolError::TooFewTrials);
        assert_eq!(closed_index(&[1.0, f64::NAN], &[1.0, 2.0]).unwrap_err(), SobolError::NotFinite);
        let constant = indices(&[2.0; 9], &[2.0; 9], &[2.0; 9]);
        assert_eq!(constant.unwrap_err(), SobolError::NoVariance);
    }
}
