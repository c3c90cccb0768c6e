//! Differences of medians over the same trials.

use super::{Interval, Level, Moments};

/// Median of `a` less median of `b` over the same trials, with an interval from the influence of every trial on both
/// medians. `None` below two trials or where a value is not finite.
///
/// The median moves with trial i by `(1/2 − 1{xᵢ ≤ m}) / f(m)`. The sparsity 1/f(m) is a quotient of differences of
/// order statistics (Siddiqui 1960) over the bandwidth of Hall & Sheather (1988, Journal of the Royal Statistical Society
/// B 50:381–391), as is usual for quantile regressions (Koenker 2005, section 3.4). Both influences are taken in the same
/// trial, so that what the two policies share cancels.
///
/// # Panics
/// If the two hold different numbers of trials.
pub fn median_difference(a: &[f64], b: &[f64], level: Level) -> Option<(f64, Interval)> {
    assert_eq!(a.len(), b.len(), "medians of paired values");
    let (sorted_a, sorted_b) = (sorted(a)?, sorted(b)?);
    let (median_a, median_b) = (middle(&sorted_a), middle(&sorted_b));
    let (wide_a, wide_b) = (sparsity(&sorted_a, level), sparsity(&sorted_b, level));
    let side = |x: f64, median: f64| if x <= median { -0.5 } else { 0.5 };
    let influence: Vec<f64> =
        a.iter().zip(b).map(|(&a, &b)| wide_a * side(a, median_a) - wide_b * side(b, median_b)).collect();
    let mut moments = Moments::default();
    moments.record_lanes(&influence);
    let half = level.z() * moments.standard_error()?;
    let difference = median_a - median_b;
    (difference.is_finite() && half.is_finite())
        .then(|| (difference, Interval::ordered(difference - half, difference + half)))
}

/// Difference of the medians of paired whole numbers (a less b) with an interval of whole numbers at `level`; `None` below two.
///
/// Whole numbers have no density, so that the interval is that of order statistics: each median between two of them at half
/// of what the level leaves out (Bonferroni), and the difference between what those allow. Where a is never more than some
/// number above b, neither is its median, nor less: so that what both share cancels.
///
/// # Panics
/// If the two hold different numbers of trials.
pub fn whole_median_difference(a: &[f64], b: &[f64], level: Level) -> Option<(f64, Interval)> {
    assert_eq!(a.len(), b.len(), "medians of paired values");
    let each = Level::new(1.0 - (1.0 - level.get()) / 2.0).unwrap_or(level);
    let (sorted_a, sorted_b) = (sorted(a)?, sorted(b)?);
    let difference = (middle(&sorted_a) - middle(&sorted_b)).round();
    let n = a.len();
    if n < 2 || !difference.is_finite() {
        return None;
    }
    let half = each.z() * (n as f64).sqrt() / 2.0;
    let rank = |at: f64| (at.max(1.0) as usize).min(n) - 1;
    let (first, last) = (rank((n as f64 / 2.0 - half).floor()), rank((n as f64 / 2.0 + half).ceil() + 1.0));
    let (least, most) = a
        .iter()
        .zip(b)
        .map(|(a, b)| a - b)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), step| (least.min(step), most.max(step)));
    let low = (sorted_a[first] - sorted_b[last]).max(least).floor().min(difference);
    let high = (sorted_a[last] - sorted_b[first]).min(most).ceil().max(difference);
    Some((difference, Interval::ordered(low, high)))
}

fn sorted(values: &[f64]) -> Option<Vec<f64>> {
    if values.is_empty() {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    Some(sorted)
}

fn middle(sorted: &[f64]) -> f64 {
    sorted[(sorted.len() - 1) / 2]
}

/// Reciprocal of the density at the median.
fn sparsity(sorted: &[f64], level: Level) -> f64 {
    let n = sorted.len() as f64;
    // n^(−1/3) z^(2/3) (1.5 φ(0)² / (2·0² + 1))^(1/3), at most two fifths so that both ends are quantiles
    let density = 1.5 / (2.0 * core::f64::consts::PI);
    let width = libm::cbrt(level.z() * level.z() * density / n).min(0.4);
    let at = |q: f64| sorted[((q * n).ceil() as usize).clamp(1, sorted.len()) - 1];
    (at(0.5 + width) - at(0.5 - width)) / (2.0 * width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_cancels() {
        let x: Vec<f64> = (0..997).map(|i| f64::from(i * 37 % 997)).collect();
        let (difference, interval) = median_difference(&x, &x, Level::P95).unwrap();
        assert_eq!((difference, interval.width()), (0.0, 0.0));
        let shifted: Vec<f64> = x.iter().map(|x| x + 5.0).collect();
        let (difference, interval) = median_difference(&shifted, &x, Level::P95).unwrap();
        assert_eq!((difference, interval.width()), (5.0, 0.0));
        assert_eq!(median_difference(&[1.0], &[0.0], Level::P95), None);
    }

    #[test]
    fn medians_of_whole_numbers_differ_by_whole_numbers() {
        // 5 in 4 of 10 trials, 6 in 3, 7 in 3, and 0 or 1 beside it: medians 6 and 0
        let a: Vec<f64> =
            (0..1_000).map(|i| [5.0, 6.0, 7.0][[0, 0, 0, 0, 1, 1, 1, 2, 2, 2][i % 10]]).collect();
        let b: Vec<f64> = (0..1_000).map(|i| f64::from(u8::from(i % 10 == 9))).collect();
        let of = |a: &[f64], b: &[f64]| whole_median_difference(a, b, Level::P95).unwrap();
        let found = |low, high| Interval::ordered(low, high);
        assert_eq!(of(&a, &b), (6.0, found(6.0, 6.0)));
        assert_eq!(of(&a, &a), (0.0, found(0.0, 0.0)));
        let shifted: Vec<f64> = a.iter().map(|x| x + 2.0).collect();
        assert_eq!(of(&shifted, &a), (2.0, found(2.0, 2.0)));
        // a half of 7 and a half of 8: either may be the median
        let tied: Vec<f64> = (0..1_000).map(|i| f64::from(7 + i % 2)).collect();
        assert_eq!(of(&tied, &b), (7.0, found(7.0, 8.0)));
        assert_eq!(whole_median_difference(&[1.0], &[0.0], Level::P95), None);
    }

    #[test]
    fn the_sparsity_of_a_uniform_law_is_its_width() {
        let x: Vec<f64> = (0..10_000).map(|i| f64::from(i) * 0.003).collect();
        assert!((sparsity(&x, Level::P95) / 30.0 - 1.0).abs() < 0.01);
        // independent uniform laws: variance of the difference of medians is 2 · 30² / (4n)
        let y: Vec<f64> = (0..10_000).map(|i| f64::from(i * 3_163 % 10_000) * 0.003).collect();
        let (_, interval) = median_difference(&x, &y, Level::P95).unwrap();
        let half = Level::P95.z() * 30.0 / (2.0 * 10_000.0_f64).sqrt();
        assert!((interval.width() / 2.0 / half - 1.0).abs() < 0.03, "{}", interval.width() / 2.0 / half);
    }
}
