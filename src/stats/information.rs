//! What it is worth to know an uncertain quantity before choosing, and how much of an outcome it explains.
//!
//! A choice among options whose payoffs are known trial by trial (on common random numbers): without further knowledge
//! the option with the best mean is taken; who learns quantity X first takes the best option given X. The gain,
//! `E max_d E[payoff_d | X] − max_d E[payoff_d]`, is the expected value of partial perfect information (EVPPI), in the
//! unit of the payoffs: probability points if the payoff is hitting a target, 亿元 if it is money.
//!
//! Conditional means come from a regression on one sample (Strong, Oakley & Brennan 2014, Medical Decision Making
//! 34:311–326). The maximum of noisy means is too large; so every trial's choice is learnt from other trials
//! (cross-fitting, see `spline`) and paid with its own payoff. The price is a slight bias to the low side, of second
//! order, as choices learnt from a sample are not quite the best.

use thiserror::Error;

use super::estimate::influence_error;
use super::spline::Spline;
use super::{Estimate, Moments};

/// Fewest trials from which a regression is learnt.
pub const FEWEST_TRIALS: usize = 100;

/// Why a value of information cannot be estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InformationError {
    /// Columns of different lengths.
    #[error("columns of {first} and {second} numbers; they must hold the same trials")]
    Lengths {
        /// Numbers in one column.
        first: usize,
        /// Numbers in another.
        second: usize,
    },
    /// Fewer trials than [`FEWEST_TRIALS`].
    #[error("{0} trials are too few; at least {FEWEST_TRIALS} are needed")]
    TooFewTrials(usize),
    /// No option to choose.
    #[error("there is no option to choose")]
    NoOptions,
    /// A number is not finite.
    #[error("a number is not finite")]
    NotFinite,
    /// The outcome is the same in all trials.
    #[error("all outcomes are equal; there is no variance to explain")]
    NoVariance,
}

/// The value of learning one quantity before a choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueOfInformation {
    /// EVPPI, in the unit of the payoffs; by noise it may come out slightly below 0. An error of 0 means that in no trial
    /// would knowledge have changed the choice.
    pub value: Estimate,
    /// The option with the best mean, which is taken without further knowledge; the first of equals.
    pub best: usize,
    /// Share of trials in which knowledge of X changes the choice, in [0, 1].
    pub switching: f64,
    /// The estimate without cross-fitting of the payment: mean of the largest fitted means, less the largest mean. Biased
    /// to the high side; far above `value` only if the sample is too small for the question.
    pub plug_in: f64,
}

/// EVPPI of a quantity with value `x[t]` in trial t, for options with payoffs `payoffs[option][t]` (more is better).
///
/// The order of trials must not depend on `x`. With one option the value is 0.
///
/// # Errors
/// See [`InformationError`]; [`InformationError::NoVariance`] does not occur.
pub fn partial_information(x: &[f64], payoffs: &[&[f64]]) -> Result<ValueOfInformation, InformationError> {
    check(x, payoffs)?;
    let n = x.len();
    let spline = Spline::new(x);
    let fits: Vec<Vec<f64>> = payoffs.iter().map(|y| spline.cross_fit(y).fitted).collect();
    let means: Vec<f64> = payoffs.iter().map(|y| mean(y)).collect();
    let best = largest(&means);
    let (mut gains, mut switched, mut sum) = (vec![0.0; n], 0_usize, 0.0);
    for (t, gain) in gains.iter_mut().enumerate() {
        let chosen = largest_with_default(best, fits.len(), |option| fits[option][t]);
        switched += usize::from(chosen != best);
        *gain = payoffs[chosen][t] - payoffs[best][t];
        sum += fits[chosen][t];
    }
    let mut moments = Moments::default();
    moments.record_lanes(&gains);
    let value = Estimate::of_mean(&moments).ok_or(InformationError::NotFinite)?;
    let plug_in = sum / n as f64 - means[best];
    Ok(ValueOfInformation { value, best, switching: switched as f64 / n as f64, plug_in })
}

/// The value of knowing everything before the choice, luck included (EVPI): `E max_d payoff_d − max_d E payoff_d`. No
/// survey can be worth more; most of it can often not be had at any price, as nobody knows the shocks to come.
///
/// # Errors
/// See [`InformationError`]; [`InformationError::NoVariance`] does not occur.
pub fn perfect_information(payoffs: &[&[f64]]) -> Result<Estimate, InformationError> {
    let first = payoffs.first().ok_or(InformationError::NoOptions)?;
    check(first, payoffs)?;
    let best = largest(&payoffs.iter().map(|y| mean(y)).collect::<Vec<f64>>());
    let gain = |t: usize| {
        let chosen = largest_with_default(best, payoffs.len(), |option| payoffs[option][t]);
        payoffs[chosen][t] - payoffs[best][t]
    };
    let mut moments = Moments::default();
    moments.record_lanes(&(0..first.len()).map(gain).collect::<Vec<f64>>());
    Estimate::of_mean(&moments).ok_or(InformationError::NotFinite)
}

/// Share of the variance of `y` that one quantity `x` explains on average: the correlation ratio `Var(E[y|x]) / Var y`,
/// which is the first-order Sobol' index, from one plain sample.
///
/// The one-step estimator `Var y − E(y − f(x))²` with cross-fitted f, to which the noise of f itself is added back, so
/// that a quantity without effect has 0 on average: no floor that grows with the number of quantities tried. Never
/// clipped. Its error is by influence values.
///
/// # Errors
/// See [`InformationError`].
pub fn variance_share(x: &[f64], y: &[f64]) -> Result<Estimate, InformationError> {
    check(x, &[y])?;
    let centre = mean(y);
    // about the mean of the same trials, hence n − 1
    let unbiased = y.len() as f64 / (y.len() as f64 - 1.0);
    let square = |y: f64| unbiased * (y - centre) * (y - centre);
    let variance = y.iter().map(|&y| square(y)).sum::<f64>() / y.len() as f64;
    if variance <= 0.0 {
        return Err(InformationError::NoVariance);
    }
    let fit = Spline::new(x).cross_fit(y);
    let explained: Vec<f64> =
        y.iter().zip(&fit.fitted).map(|(&y, f)| square(y) - (y - f) * (y - f) + fit.noise).collect();
    let value = mean(&explained) / variance;
    let influence: Vec<f64> =
        explained.iter().zip(y).map(|(e, &y)| (e - value * square(y)) / variance).collect();
    if !value.is_finite() {
        return Err(InformationError::NotFinite);
    }
    Ok(Estimate { value, standard_error: influence_error(&influence) })
}

/// Refuses columns that do not belong together or hold what is not a number.
fn check(x: &[f64], columns: &[&[f64]]) -> Result<(), InformationError> {
    if columns.is_empty() {
        return Err(InformationError::NoOptions);
    }
    let first = x.len();
    if let Some(other) = columns.iter().find(|c| c.len() != first) {
        return Err(InformationError::Lengths { first, second: other.len() });
    }
    if first < FEWEST_TRIALS {
        return Err(InformationError::TooFewTrials(first));
    }
    let finite = |c: &[f64]| c.iter().all(|v| v.is_finite());
    if finite(x) && columns.iter().all(|c| finite(c)) { Ok(()) } else { Err(InformationError::NotFinite) }
}

/// Mean about the first value, so that a large common part costs no digits.
fn mean(y: &[f64]) -> f64 {
    let first = y.first().copied().unwrap_or(0.0);
    first + y.iter().map(|v| v - first).sum::<f64>() / y.len() as f64
}

/// The first of the largest.
fn largest(values: &[f64]) -> usize {
    largest_with_default(0, values.len(), |option| values[option])
}

/// The option with the largest value; `default` unless another is strictly better.
fn largest_with_default(default: usize, options: usize, value: impl Fn(usize) -> f64) -> usize {
    (0..options).fold(default, |best, option| if value(option) > value(best) { option } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::elementary::{normal_cdf, normal_score};
    use crate::math::special::normal_density;
    use rand::rngs::ChaCha8Rng;
    use rand::{Rng, SeedableRng};

    /// Two-sided normal bound of a false-alarm rate of 1e-6.
    const Z: f64 = 4.891_638_475_699;

    fn normals(n: usize, random: &mut ChaCha8Rng) -> Vec<f64> {
        (0..n).map(|_| normal_score(random.next_u32())).collect()
    }

    /// Two options, the second pays m + s X more on average: E max(0, m + s X) − max(0, m) with the normal loss function.
    fn exact(m: f64, s: f64) -> f64 {
        m * normal_cdf(m / s) + s * normal_density(m / s) - m.max(0.0)
    }

    /// H0: estimates are normal about the closed form with the stated error, 20 000 trials; the plug-in is no further off
    /// than 4 errors either.
    #[test]
    fn linear_payoffs_have_the_normal_loss_function() {
        let random = &mut ChaCha8Rng::seed_from_u64(7);
        for (m, s) in [(-0.3, 0.5), (0.3, 0.5), (0.0, 1.0), (-1.0, 0.4)] {
            let (x, noise) = (normals(20_000, random), normals(40_000, random));
            let safe: Vec<f64> = noise[..20_000].iter().map(|e| 10.0 + e).collect();
            let risky: Vec<f64> = x
                .iter()
                .zip(&noise[20_000..])
                .zip(&safe)
                .map(|((x, e), y)| y + m + s * x + 0.5 * e)
                .collect();
            let scaled: Vec<f64> = x.iter().map(|x| libm::exp(3.0 * x)).collect();
            let found = partial_information(&scaled, &[&safe, &risky]).unwrap();
            let Estimate { value, standard_error } = found.value;
            let exact = exact(m, s);
            assert!(
                (value - exact).abs() < Z * standard_error && standard_error < 0.01,
                "{m} {s}: {value} ± {standard_error} instead of {exact}"
            );
            assert!((found.plug_in - exact).abs() < 0.02, "{found:?}");
            assert!(m == 0.0 || found.best == usize::from(m > 0.0));
            let switching = normal_cdf(-m.abs() / s);
            assert!((found.switching - switching).abs() < 0.03, "{found:?} {switching}");
            // knowing everything: the difference has variance s² + 0.25
            let all = perfect_information(&[&safe, &risky]).unwrap();
            let everything = self::exact(m, (s * s + 0.25_f64).sqrt());
            assert!((all.value - everything).abs() < Z * all.standard_error, "{all:?} {everything}");
        }
    }

    /// A quantity without bearing on the choice: no value on average. H0: the mean of 40 estimates is not above 0, their
    /// errors as stated; a plug-in without cross-fitting would be.
    #[test]
    fn what_does_not_matter_is_worth_nothing() {
        let mut z = Moments::default();
        for seed in 0..40 {
            let random = &mut ChaCha8Rng::seed_from_u64(seed);
            let (x, a, b) = (normals(400, random), normals(400, random), normals(400, random));
            let found = partial_information(&x, &[&a, &b]).unwrap();
            z.record_lanes(&[found.value.value]);
        }
        let (mean, error) = (z.mean().unwrap(), z.standard_error().unwrap());
        assert!(mean < Z * error, "{mean} ± {error}");
    }

    /// H0: shares are normal about their closed forms with the stated errors: R² = s²/(s² + 1) for a line; for sin(2x) with
    /// unit noise, (1 − e⁻⁸)/2 over that plus 1.
    #[test]
    fn shares_of_variance() {
        let random = &mut ChaCha8Rng::seed_from_u64(8);
        let (x, e) = (normals(20_000, random), normals(20_000, random));
        let wave = (1.0 - libm::exp(-8.0)) / 2.0;
        let line: Vec<f64> = x.iter().zip(&e).map(|(x, e)| 100.0 + 0.5 * x + e).collect();
        let sine: Vec<f64> = x.iter().zip(&e).map(|(x, e)| libm::sin(2.0 * x) + e).collect();
        for (y, exact) in [(line, 0.2), (sine, wave / (1.0 + wave)), (e.clone(), 0.0)] {
            let Estimate { value, standard_error } = variance_share(&x, &y).unwrap();
            let slack = 1e-3; // what a spline of 13 knots cannot follow, and the share of an empty quantity
            assert!(
                (value - exact).abs() < Z * standard_error + slack,
                "{value} ± {standard_error}: {exact}"
            );
            assert!(standard_error < 0.01);
        }
    }

    /// H0: the mean share of quantities without effect is 0 (200 samples of 200): the floor of noise is gone.
    #[test]
    fn no_floor_of_noise() {
        let mut shares = Moments::default();
        for seed in 0..200 {
            let random = &mut ChaCha8Rng::seed_from_u64(1000 + seed);
            let (x, y) = (normals(200, random), normals(200, random));
            shares.record_lanes(&[variance_share(&x, &y).unwrap().value]);
        }
        let (mean, error) = (shares.mean().unwrap(), shares.standard_error().unwrap());
        assert!(mean.abs() < Z * error && mean.abs() < 0.005, "{mean} ± {error}");
    }

    #[test]
    fn bad_columns_are_refused() {
        let y = [1.0; 100];
        assert_eq!(partial_information(&y, &[]), Err(InformationError::NoOptions));
        assert_eq!(perfect_information(&[]), Err(InformationError::NoOptions));
        assert_eq!(partial_information(&y[1..], &[&y[1..]]), Err(InformationError::TooFewTrials(99)));
        let lengths = InformationError::Lengths { first: 100, second: 99 };
        assert_eq!(partial_information(&y, &[&y, &y[1..]]), Err(lengths));
        assert_eq!(variance_share(&[f64::NAN; 100], &y), Err(InformationError::NotFinite));
        assert_eq!(variance_share(&y, &y), Err(InformationError::NoVariance));
        let single = partial_information(&y, &[&y]).unwrap();
        assert_eq!(single.value, Estimate { value: 0.0, standard_error: 0.0 });
    }
}
