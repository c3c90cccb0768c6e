//! An estimate with the standard error that its simulation leaves.

use super::{Interval, Level, Moments};

/// A number estimated from a sample, with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate, in the unit of what it estimates; never clipped to the range of that.
    pub value: f64,
    /// Standard error in the same unit, at least 0.
    pub standard_error: f64,
}

impl Estimate {
    /// Mean of independent values; `None` for fewer than two or if one is not finite.
    pub fn of_mean(moments: &Moments) -> Option<Self> {
        let (value, standard_error) = (moments.mean()?, moments.standard_error()?);
        (value.is_finite() && standard_error.is_finite()).then_some(Self { value, standard_error })
    }

    /// Interval by the central limit theorem: the estimate ± z standard errors.
    pub fn interval(self, level: Level) -> Interval {
        let half = level.z() * self.standard_error;
        Interval::ordered(self.value - half, self.value + half)
    }
}

/// Standard error of a mean from the influence of each trial on it (delta method): √(Σψ²/(n(n−1))), ψ with its mean
/// taken off.
pub(super) fn influence_error(influence: &[f64]) -> f64 {
    let mut moments = Moments::default();
    moments.record_lanes(influence);
    moments.standard_error().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_carry_their_error() {
        let mut moments = Moments::default();
        assert_eq!(Estimate::of_mean(&moments), None);
        moments.record_lanes(&[1.0, 2.0, 3.0, 4.0]);
        let estimate = Estimate::of_mean(&moments).unwrap();
        assert_eq!(estimate.value, 2.5);
        assert!((estimate.standard_error - (5.0_f64 / 12.0).sqrt()).abs() < 1e-15);
        let interval = estimate.interval(Level::P95);
        assert!((interval.width() / 2.0 / estimate.standard_error - Level::P95.z()).abs() < 1e-12);
        assert_eq!(influence_error(&[1.0, 2.0, 3.0, 4.0]), estimate.standard_error);
    }
}
