//! Confidence levels and two-sided intervals.

use thiserror::Error;

use super::last_true;
use crate::math::special::student_t_quantile;

/// Two-sided confidence level, strictly between 0 and 1, with its critical value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    level: f64,
    z: f64,
}

/// Why a number is not a confidence level.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum LevelError {
    /// The number is not strictly between 0 and 1, or is NaN.
    #[error("confidence level {0} is not strictly between 0 and 1")]
    OutOfRange(f64),
}

impl Level {
    /// 95 %, the level of every interval a report shows unless asked otherwise.
    pub const P95: Self = Self { level: 0.95, z: 1.959_963_984_540_054 };

    /// The level `level` (0.95 for 95 %).
    ///
    /// # Errors
    /// [`LevelError::OutOfRange`] if `level` ≤ 0, `level` ≥ 1 or NaN.
    pub fn new(level: f64) -> Result<Self, LevelError> {
        if level == Self::P95.level {
            Ok(Self::P95)
        } else if level > 0.0 && level < 1.0 {
            Ok(Self { level, z: critical_value(level) })
        } else {
            Err(LevelError::OutOfRange(level))
        }
    }

    /// The level as a share, in (0, 1).
    pub const fn get(self) -> f64 {
        self.level
    }

    /// Two-sided critical value z of the standard normal: P(|Z| ≤ z) = level.
    pub const fn z(self) -> f64 {
        self.z
    }

    /// Two-sided critical value t of Student's t with so many degrees of freedom: P(|T| ≤ t) = level; infinite for none.
    pub fn t(self, degrees: u64) -> f64 {
        if degrees == 0 { f64::INFINITY } else { student_t_quantile(degrees as f64, 0.5 + 0.5 * self.level) }
    }
}

/// Solves erfc(z/√2) = 1 − level for z.
fn critical_value(level: f64) -> f64 {
    let outside = 1.0 - level;
    // erfc(z/√2) at z = 9 is below 2⁻⁵³, the smallest 1 − level that is not zero.
    last_true(0.0, 9.0, |z| libm::erfc(z * core::f64::consts::FRAC_1_SQRT_2) >= outside)
}

/// Closed interval; its ends are numbers and `low` ≤ `high`, in the unit of the estimate it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    low: f64,
    high: f64,
}

impl Interval {
    /// The interval between two ends that the calling formula has put in order.
    pub(super) fn ordered(low: f64, high: f64) -> Self {
        debug_assert!(low <= high, "interval ends out of order: {low} > {high}");
        Self { low, high }
    }

    /// Lower end.
    pub const fn low(self) -> f64 {
        self.low
    }

    /// Upper end.
    pub const fn high(self) -> f64 {
        self.high
    }

    /// Distance between the ends.
    pub const fn width(self) -> f64 {
        self.high - self.low
    }

    /// Whether `x` lies in the interval, ends included.
    pub fn contains(self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn critical_values_match_the_normal_table() {
        // Φ⁻¹((1 + level) / 2), from Python's statistics.NormalDist.
        for (level, z) in [
            (0.5, 0.674_489_750_196_081_7),
            (0.8, 1.281_551_565_544_600_4),
            (0.9, 1.644_853_626_951_472_2),
            (0.99, 2.575_829_303_548_900_4),
            (0.999, 3.290_526_731_491_926),
        ] {
            let found = Level::new(level).unwrap().z();
            assert!((found - z).abs() < 1e-13, "level {level}: {found} instead of {z}");
        }
        // The constant agrees with the solver that it bypasses.
        assert!((critical_value(0.95) - Level::P95.z()).abs() < 1e-14);
        assert_eq!(Level::new(0.95), Ok(Level::P95));
    }

    #[test]
    fn few_degrees_of_freedom_widen() {
        // Student 1908 as tabulated: 95 % two-sided
        for (degrees, t) in [(1, 12.706_204_736), (11, 2.200_985_160), (99, 1.984_216_952)] {
            assert!((Level::P95.t(degrees) / t - 1.0).abs() < 1e-9, "{degrees}: {}", Level::P95.t(degrees));
        }
        assert!(Level::P95.t(1_000_000_000) / Level::P95.z() - 1.0 < 1e-8);
        assert_eq!(Level::P95.t(0), f64::INFINITY);
    }

    #[test]
    fn impossible_levels_are_refused() {
        for level in [0.0, 1.0, -0.5, 95.0, f64::INFINITY] {
            assert_eq!(Level::new(level), Err(LevelError::OutOfRange(level)));
        }
        assert!(Level::new(f64::NAN).is_err());
        let nearly_sure = Level::new(1.0 - f64::EPSILON / 2.0).unwrap().z();
        assert!(nearly_sure > 8.0 && nearly_sure < 9.0);
    }
}
