//! The ratio of two means over the same trials, with Fieller's interval: what an effect costs.

use super::{Interval, Level};

/// `mean(top) / mean(bottom)` over the same trials with Fieller's interval (Fieller 1954, Journal of the Royal
/// Statistical Society B 16:175–185): the ratios ρ that a test of `mean(top − ρ · bottom) = 0` does not reject.
///
/// `None` where that set is not an interval, which is so exactly if the mean of `bottom` cannot be told from 0 at this
/// level, or without two trials: the ratio is not defined then, however tempting its estimate looks.
///
/// # Panics
/// If the two hold different numbers of trials.
pub fn ratio_of_means(top: &[f64], bottom: &[f64], level: Level) -> Option<(f64, Interval)> {
    assert_eq!(top.len(), bottom.len(), "a ratio of paired values");
    if top.len() < 2 {
        return None;
    }
    let n = top.len() as f64;
    let mean = |x: &[f64]| x.iter().sum::<f64>() / n;
    let (a, b) = (mean(top), mean(bottom));
    let z2 = level.z() * level.z() / (n * (n - 1.0));
    let product = |x: &[f64], x0: f64, y: &[f64], y0: f64| {
        x.iter().zip(y).map(|(x, y)| (x - x0) * (y - y0)).sum::<f64>()
    };
    let (aa, bb) = (product(top, a, top, a), product(bottom, b, bottom, b));
    let ab = product(top, a, bottom, b);
    // (b² − z²s_bb) ρ² − 2 (ab − z²s_ab) ρ + (a² − z²s_aa) ≤ 0
    let square = b * b - z2 * bb;
    let linear = a * b - z2 * ab;
    let constant = a * a - z2 * aa;
    if !(square > 0.0 && linear.is_finite() && constant.is_finite()) {
        return None;
    }
    let root = (linear * linear - square * constant).max(0.0).sqrt();
    let ratio = a / b;
    // the estimate lies inside but for rounding
    let (low, high) = ((linear - root) / square, (linear + root) / square);
    Some((ratio, Interval::ordered(low.min(ratio), high.max(ratio))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example() {
        // by hand: means 6 and 3, variances of the means 1 and 0.25, covariance 0.25 over n = 5 trials
        let top = [4.0, 5.0, 6.0, 7.0, 8.0];
        let bottom = [2.0, 3.5, 3.0, 2.5, 4.0];
        let level = Level::P95;
        let (ratio, interval) = ratio_of_means(&top, &bottom, level).unwrap();
        assert!((ratio - 2.0).abs() < 1e-15);
        // both ends make the studentised difference exactly the critical value
        for end in [interval.low(), interval.high()] {
            let d: Vec<f64> = top.iter().zip(&bottom).map(|(a, b)| a - end * b).collect();
            let mean = d.iter().sum::<f64>() / 5.0;
            let variance = d.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 20.0;
            assert!((mean.abs() / variance.sqrt() - level.z()).abs() < 1e-10, "{end}");
        }
        assert!(interval.contains(ratio));
    }

    #[test]
    fn certain_costs_and_effects_have_no_width() {
        let (ratio, interval) = ratio_of_means(&[10.0; 9], &[4.0; 9], Level::P95).unwrap();
        assert_eq!((ratio, interval.low(), interval.high()), (2.5, 2.5, 2.5));
        let (ratio, _) = ratio_of_means(&[-10.0; 9], &[4.0; 9], Level::P95).unwrap();
        assert_eq!(ratio, -2.5);
    }

    #[test]
    fn an_effect_that_may_be_nothing_has_no_price() {
        let effect = [1.0, -1.0, 1.0, -1.0, 1.0];
        assert_eq!(ratio_of_means(&[10.0; 5], &effect, Level::P95), None);
        assert_eq!(ratio_of_means(&[10.0; 5], &[0.0; 5], Level::P95), None);
        assert_eq!(ratio_of_means(&[1.0], &[1.0], Level::P95), None);
        assert_eq!(ratio_of_means(&[f64::INFINITY, 1.0], &[1.0, 2.0], Level::P95), None);
    }
}
