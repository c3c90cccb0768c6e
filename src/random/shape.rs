//! The standard form of each family: its inverse distribution function and moments before scale and shift.

use crate::math::elementary::normal_cdf;
use crate::math::special::{
    beta_density_times_xy, beta_quantile_of_tails, gamma_density_times_x, gamma_quantile_of_tails,
    normal_density, normal_quantile, student_t_density, student_t_quantile,
};
use crate::math::{exp, exp_m1};
use std::sync::Arc;

/// A standardised law; a [`super::Distribution`] is `scale · shape + shift`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// Always 0.
    Zero,
    /// Standard normal.
    Normal,
    /// exp(sigma · z).
    Lognormal { sigma: f64 },
    /// Uniform on (0, 1).
    Uniform,
    /// Triangular on (0, 1) with this mode.
    Triangular { mode: f64 },
    /// Beta on (0, 1).
    Beta { a: f64, b: f64 },
    /// Gamma with this shape and mean 1.
    Gamma { shape: f64 },
    /// Standard normal given that it lies between the two.
    Truncated { low: f64, high: f64 },
    /// Student's t.
    StudentT { df: f64 },
    /// Values with cumulated weights, the last of which is 1.
    Discrete { values: Arc<[f64]>, cumulated: Arc<[f64]> },
    /// Sorted sample of at least two.
    Empirical { sorted: Arc<[f64]> },
}

/// Inverse of the triangular law on (0, 1); the same bits alone and on lanes.
#[inline(always)]
pub(super) fn triangular(mode: f64, u: f64) -> f64 {
    let left = (u * mode).sqrt();
    let right = 1.0 - ((1.0 - u) * (1.0 - mode)).sqrt();
    if u < mode { left } else { right }
}

/// Index of the first cumulated weight that is not below `u`.
#[inline(always)]
pub(super) fn step(cumulated: &[f64], u: f64) -> usize {
    cumulated.partition_point(|&c| c < u).min(cumulated.len() - 1)
}

/// Piecewise linear inverse of a sorted sample (Hyndman and Fan 1996, type 7).
#[inline(always)]
pub(super) fn interpolated(sorted: &[f64], u: f64) -> f64 {
    let position = u * (sorted.len() - 1) as f64;
    let i = (position as usize).min(sorted.len() - 2);
    (position - i as f64).mul_add(sorted[i + 1] - sorted[i], sorted[i])
}

/// The probability of [low, high] under the standard normal, from the tail that keeps digits.
pub(super) fn normal_mass(low: f64, high: f64) -> f64 {
    if low > 0.0 { normal_cdf(-low) - normal_cdf(-high) } else { normal_cdf(high) - normal_cdf(low) }
}

/// Quantile of the truncated standard normal at lower tail `lower` = 1 − `upper`.
fn truncated(low: f64, high: f64, lower: f64, upper: f64) -> f64 {
    if low > 0.0 {
        return -truncated(-high, -low, upper, lower);
    }
    let (below, above) = (normal_cdf(low), normal_cdf(-high));
    let mass = normal_mass(low, high);
    // Whichever tail is smaller keeps its relative precision.
    let (from_left, from_right) = (mass.mul_add(lower, below), mass.mul_add(upper, above));
    let z = if from_left < from_right { normal_quantile(from_left) } else { -normal_quantile(from_right) };
    z.clamp(low, high)
}

impl Shape {
    /// Value at lower tail probability `lower` = 1 − `upper`.
    pub(super) fn quantile(&self, lower: f64, upper: f64) -> f64 {
        let score = || if lower <= upper { normal_quantile(lower) } else { -normal_quantile(upper) };
        match self {
            Self::Zero => 0.0,
            Self::Normal => score(),
            Self::Lognormal { sigma } => exp(sigma * score()),
            Self::Uniform => lower,
            Self::Triangular { mode } => triangular(*mode, lower),
            Self::Beta { a, b } => beta_quantile_of_tails(*a, *b, lower, upper).0,
            Self::Gamma { shape } => gamma_quantile_of_tails(*shape, lower, upper) / shape,
            Self::Truncated { low, high } => truncated(*low, *high, lower, upper),
            Self::StudentT { df } if lower <= upper => student_t_quantile(*df, lower),
            Self::StudentT { df } => -student_t_quantile(*df, upper),
            Self::Discrete { values, cumulated } => values[step(cumulated, lower)],
            Self::Empirical { sorted } => interpolated(sorted, lower),
        }
    }

    /// Value and derivative with respect to the normal score z; only for the families that are drawn from a table.
    pub(super) fn value_and_slope(&self, z: f64) -> (f64, f64) {
        let (lower, upper) = (normal_cdf(z), normal_cdf(-z));
        let density_of_score = normal_density(z);
        if let Self::Beta { a, b } = self {
            let (x, y) = beta_quantile_of_tails(*a, *b, lower, upper);
            let product = x * y;
            // At an end that is reached to all digits the curve is flat.
            let slope = if product > 0.0 {
                density_of_score * product / beta_density_times_xy(*a, *b, x, y)
            } else {
                0.0
            };
            return (x, slope);
        }
        let value = self.quantile(lower, upper);
        let slope = match self {
            // dx/dz = φ(z)/f(x), and f(x) of the law with mean 1 is (a/y) y f_a(y) at y = a x
            Self::Gamma { shape } => {
                if value > 0.0 {
                    density_of_score * value / gamma_density_times_x(*shape, shape * value)
                } else {
                    0.0
                }
            }
            Self::Truncated { low, high } => normal_mass(*low, *high) * exp(0.5 * (value - z) * (value + z)),
            Self::StudentT { df } => density_of_score / student_t_density(*df, value),
            _ => f64::NAN,
        };
        (value, slope)
    }

    /// Mean and standard deviation.
    pub(super) fn moments(&self) -> (f64, f64) {
        match self {
            Self::Zero => (0.0, 0.0),
            Self::Normal => (0.0, 1.0),
            Self::Lognormal { sigma } => {
                let mean = exp(0.5 * sigma * sigma);
                (mean, mean * exp_m1(sigma * sigma).sqrt())
            }
            Self::Uniform => (0.5, (1.0_f64 / 12.0).sqrt()),
            Self::Triangular { mode } => ((1.0 + mode) / 3.0, ((1.0 + mode * mode - mode) / 18.0).sqrt()),
            Self::Beta { a, b } => {
                let n = a + b;
                (a / n, (a * b / (n + 1.0)).sqrt() / n)
            }
            Self::Gamma { shape } => (1.0, 1.0 / shape.sqrt()),
            Self::Truncated { low, high } => {
                let mass = normal_mass(*low, *high);
                let part = |z: f64| if z.is_finite() { z * normal_density(z) } else { 0.0 };
                let mean = (normal_density(*low) - normal_density(*high)) / mass;
                let variance = 1.0 + (part(*low) - part(*high)) / mass - mean * mean;
                (mean.clamp(*low, *high), variance.max(0.0).sqrt())
            }
            Self::StudentT { df } => (0.0, (df / (df - 2.0)).sqrt()),
            Self::Discrete { values, cumulated } => {
                let weights = cumulated.iter().scan(0.0, |last, &c| Some(c - std::mem::replace(last, c)));
                let weighted: Vec<(f64, f64)> = values.iter().copied().zip(weights).collect();
                let mean: f64 = weighted.iter().map(|(x, w)| x * w).sum();
                let variance: f64 = weighted.iter().map(|(x, w)| (x - mean) * (x - mean) * w).sum();
                (mean, variance.sqrt())
            }
            Self::Empirical { sorted } => {
                let count = (sorted.len() - 1) as f64;
                let mean = sorted.windows(2).map(|w| 0.5 * (w[0] + w[1])).sum::<f64>() / count;
                let square = |w: &[f64]| {
                    let (a, b) = (w[0] - mean, w[1] - mean);
                    (a * a + a * b + b * b) / 3.0
                };
                (mean, (sorted.windows(2).map(square).sum::<f64>() / count).sqrt())
            }
        }
    }
}
