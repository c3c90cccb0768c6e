//! Intervals and bounds for a probability estimated by the share of trials in which an event happened.

use thiserror::Error;

use super::{Interval, Level};
use crate::math::special::beta_quantile;

/// Why two counts are not successes among trials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProportionError {
    /// The number of trials is zero.
    #[error("a proportion needs at least one trial")]
    NoTrials,
    /// More successes than trials.
    #[error("{successes} successes in only {n} trials")]
    TooManySuccesses {
        /// Successes given.
        successes: u64,
        /// Trials given.
        n: u64,
    },
}

/// Wilson score interval for the probability behind `successes` among `n` independent trials.
///
/// The set of p with |successes − np| ≤ z √(np(1 − p)) (Wilson 1927, JASA 22:209–212; recommended by Brown,
/// Cai & DasGupta 2001, Statistical Science 16:101–133). The lower end is exactly 0 without a success, the
/// upper end exactly 1 without a failure, and both keep their relative precision however rare the event is.
///
/// # Errors
/// [`ProportionError::NoTrials`] if `n` = 0; [`ProportionError::TooManySuccesses`] if `successes` > `n`.
pub fn wilson(successes: u64, n: u64, level: Level) -> Result<Interval, ProportionError> {
    if n == 0 {
        return Err(ProportionError::NoTrials);
    }
    if successes > n {
        return Err(ProportionError::TooManySuccesses { successes, n });
    }
    let (hits, misses, trials) = (successes as f64, (n - successes) as f64, n as f64);
    let z2 = level.z() * level.z();
    let root = level.z() * (hits * misses / trials + z2 / 4.0).sqrt();
    let high = (hits + z2 / 2.0 + root) / (trials + z2);
    // The ends are the roots of a quadratic with product hits²/(n(n + z²)); dividing avoids the cancellation
    // of `hits + z²/2 − root` and gives exactly 0 without a success.
    let low = hits / trials * (hits / (trials + z2)) / high;
    Ok(Interval::ordered(low, if successes == n { 1.0 } else { high.min(1.0) }))
}

/// The least probability, 0 to 1, under which `successes` or more among `n` independent trials have a chance of `alpha`: a
/// bound that exceeds the true probability with a chance of `alpha` at most, however few the trials (Clopper & Pearson
/// 1934, Biometrika 26:404–413). 0 without a success; `successes` ≤ `n`.
pub fn probability_at_least(successes: u64, n: u64, alpha: f64) -> f64 {
    if successes == 0 {
        return 0.0;
    }
    beta_quantile(successes as f64, (n - successes) as f64 + 1.0, alpha)
}

/// The largest probability, 0 to 1, under which `successes` or fewer among `n` have a chance of `alpha`, as above; 1 if all
/// are successes.
pub fn probability_at_most(successes: u64, n: u64, alpha: f64) -> f64 {
    1.0 - probability_at_least(n - successes, n, alpha)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_bounds_match_reference_values() {
        // Closed forms for none and one of n; scipy.stats.beta for 8 of 20.
        assert_eq!((probability_at_least(0, 10, 0.025), probability_at_most(10, 10, 0.025)), (0.0, 1.0));
        let near = |got: f64, expected: f64| assert!((got - expected).abs() < 1e-10, "{got} {expected}");
        near(probability_at_most(0, 10, 0.025), 0.308_497_107_818_760_8);
        near(probability_at_least(1, 10, 0.025), 0.002_528_578_544_461_8);
        near(probability_at_least(8, 20, 0.025), 0.191_190_060_725_307_2);
        near(probability_at_most(8, 20, 0.025), 0.639_457_412_692_510_3);
    }

    #[test]
    fn wilson_matches_reference_values() {
        // Formula and SciPy's binomtest, Brown, Cai & DasGupta (2001) setting; tolerance 1e-10.
        for (successes, n, low, high) in [
            (0, 10, 0.0, 0.277_532_799_862_889_2),
            (1, 20, 0.008_881_448_800_795_402, 0.236_131_193_446_742_05),
            (8, 10, 0.490_162_471_536_641_8, 0.943_317_848_545_624_8),
            (800, 1000, 0.774_081_035_351_865_5, 0.823_622_909_556_801_5),
            (799_500, 1_000_000, 0.798_714_130_527_130_1, 0.800_283_568_447_875_5),
            (10, 10, 0.722_467_200_137_110_7, 1.0),
        ] {
            let interval = wilson(successes, n, Level::P95).unwrap();
            assert!((interval.low() - low).abs() < 1e-10, "{successes}/{n}: {interval:?}");
            assert!((interval.high() - high).abs() < 1e-10, "{successes}/{n}: {interval:?}");
        }
    }

    #[test]
    fn wilson_coverage_is_the_published_one() {
        // Exact binomial sum over all outcomes at n = 50, not a simulation.
        let n = 50;
        for (p, expected) in [
            (0.1, 0.970_308_289_088_088_7),
            (0.5, 0.935_091_352_927_727_5),
            (0.8, 0.950_700_561_257_743_5),
            (0.98, 0.921_572_251_649_030_6),
        ] {
            let mut probability = libm::pow(1.0 - p, n as f64);
            let mut coverage = 0.0;
            for hits in 0..=n {
                if wilson(hits, n, Level::P95).unwrap().contains(p) {
                    coverage += probability;
                }
                probability *= (n - hits) as f64 / (hits + 1) as f64 * (p / (1.0 - p));
            }
            assert!((coverage - expected).abs() < 1e-9, "p = {p}: {coverage} instead of {expected}");
        }
    }

    #[test]
    fn ends_are_exact_at_none_and_all_and_precise_when_rare() {
        for n in [1, 2, 3, 7, 1000, 1_000_003, u64::MAX] {
            let none = wilson(0, n, Level::P95).unwrap();
            assert_eq!(none.low(), 0.0);
            let all = wilson(n, n, Level::P95).unwrap();
            assert_eq!(all.high(), 1.0);
            assert!(all.low() > 0.0 && none.high() < 1.0);
        }
        // One hit in 10¹²: the ends are the Poisson limit 1 + z²/2 ∓ z √(1 + z²/4), over n.
        let z2 = Level::P95.z() * Level::P95.z();
        let root = Level::P95.z() * (1.0 + z2 / 4.0).sqrt();
        let rare = wilson(1, 1_000_000_000_000, Level::P95).unwrap();
        assert!((rare.low() * 1e12 - 1.0 / (1.0 + z2 / 2.0 + root)).abs() < 1e-10);
        assert!((rare.high() * 1e12 - (1.0 + z2 / 2.0 + root)).abs() < 1e-10);
    }

    #[test]
    fn impossible_counts_are_refused() {
        assert_eq!(wilson(0, 0, Level::P95), Err(ProportionError::NoTrials));
        let too_many = ProportionError::TooManySuccesses { successes: 11, n: 10 };
        assert_eq!(wilson(11, 10, Level::P95), Err(too_many));
    }
}
