//! The mean of differences that can only be small: an interval that few differing trials cannot shrink to nothing.

use super::{Interval, Level, Moments};

/// Interval for the mean of values in [−1, 1], such as differences of yes/no outcomes or weighted sums of them: mean ∓
/// z √(n s² + z²) / (n + z²); `None` below two values or where one is not finite.
///
/// The normal interval with the terms that make a score interval of it: where no trial differs its ends are
/// ∓ z²/(n + z²), those of [`Paired`](super::Paired), and with many differing trials it is the normal interval.
pub fn bounded_mean(moments: &Moments, level: Level) -> Option<Interval> {
    let (mean, sd) = (moments.mean()?, moments.sd()?);
    let (n, z2) = (moments.n() as f64, level.z() * level.z());
    let half = level.z() * (n * sd * sd + z2).sqrt() / (n + z2);
    (mean.is_finite() && half.is_finite())
        .then(|| Interval::ordered((mean - half).max(-1.0), (mean + half).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Paired;

    #[test]
    fn it_lies_between_the_score_and_the_normal_interval() {
        let of = |ups: usize, downs: usize, n: usize| {
            let mut values = vec![1.0; ups];
            values.extend(vec![-1.0; downs]);
            values.resize(n, 0.0);
            let mut moments = Moments::default();
            moments.record_lanes(&values);
            let table = Paired::new(0, ups as u64, downs as u64, (n - ups - downs) as u64).unwrap();
            (bounded_mean(&moments, Level::P95).unwrap(), table.interval(Level::P95), moments)
        };
        let (mine, score, _) = of(0, 0, 500);
        assert!((mine.high() - score.high()).abs() < 1e-9 && mine.low() == -mine.high());
        let (mine, _, moments) = of(4_000, 1_000, 20_000);
        let normal = moments.mean_interval(Level::P95).unwrap();
        assert!((mine.width() / normal.width() - 1.0).abs() < 1e-3);
        for (ups, downs) in [(1, 0), (3, 0), (5, 2)] {
            let (mine, score, moments) = of(ups, downs, 2_000);
            assert!(mine.contains(moments.mean().unwrap()) && mine.width() > 0.85 * score.width());
        }
        assert_eq!(bounded_mean(&Moments::default(), Level::P95), None);
    }
}
