//! Distributions from stated percentiles: "5 % of cases lie below this, 95 % below that".

use super::distribution::{Distribution, degrees, log_of_positive};
use super::family::{FamilyError, FamilyName};
use super::shape::Shape;
use crate::math::exp;
use crate::math::special::{beta_tails, normal_quantile, student_t_quantile};

/// A family to be fitted to percentiles, with the parameters that percentiles leave open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Elicited {
    /// Two percentiles.
    Normal,
    /// Two percentiles above 0.
    Lognormal,
    /// Two percentiles.
    Uniform,
    /// Two percentiles and the degrees of freedom.
    StudentT {
        /// Degrees of freedom, above 2.
        df: f64,
    },
    /// Two percentiles inside a known interval.
    Beta {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// Three percentiles.
    Triangular,
    /// Three percentiles and the weight of the mode.
    Pert {
        /// Weight of the mode, above 0; 4 is usual.
        shape: f64,
    },
}

/// A middle percentile may differ from the fitted one by this share of the spread between the outer two.
const TOLERANCE: f64 = 0.005;

impl Elicited {
    fn name(self) -> FamilyName {
        match self {
            Self::Normal => FamilyName::Normal,
            Self::Lognormal => FamilyName::Lognormal,
            Self::Uniform => FamilyName::Uniform,
            Self::StudentT { .. } => FamilyName::StudentT,
            Self::Beta { .. } => FamilyName::Beta,
            Self::Triangular => FamilyName::Triangular,
            Self::Pert { .. } => FamilyName::Pert,
        }
    }

    fn needed(self) -> usize {
        if matches!(self, Self::Triangular | Self::Pert { .. }) { 3 } else { 2 }
    }
}

impl Distribution {
    /// The law of `family` with these percentiles, given as (level, value) with rising levels.
    ///
    /// Two-parameter families are fitted exactly to two percentiles; a third between them must agree within 0.5 % of
    /// the spread. Triangular and PERT are fitted exactly to three. Equal values make a point.
    ///
    /// Errors: level outside (0, 1), order, number, values not finite, a value ≤ 0 for lognormal, df ≤ 2, values outside
    /// [low, high] or no law of the family with these percentiles, an inconsistent middle value.
    pub fn from_percentiles(family: Elicited, points: &[(f64, f64)]) -> Result<Self, FamilyError> {
        check(points)?;
        let needed = family.needed();
        if points.len() != needed && points.len() != 3 {
            return Err(FamilyError::PercentileCount(needed, points.len()));
        }
        let (first, last) = (points[0], points[points.len() - 1]);
        if first.1 == last.1 {
            return Self::point(first.1);
        }
        if needed == 3 {
            return skewed(family, [points[0], points[1], points[2]]);
        }
        let law = two(family, first, last)?;
        if let &[_, (level, given), _] = points {
            let fitting = law.quantile(level);
            let tolerance = TOLERANCE * (last.1 - first.1);
            if (fitting - given).abs() > tolerance {
                let lognormal_fits = family == Elicited::Normal
                    && two(Elicited::Lognormal, first, last)
                        .is_ok_and(|other| (other.quantile(level) - given).abs() <= tolerance);
                return Err(FamilyError::Inconsistent {
                    family: family.name(),
                    given,
                    fitting,
                    lognormal_fits,
                });
            }
        }
        Ok(law)
    }

    /// The law meant by "a to b": 5 % and 95 % points, lognormal if both are above 0, else normal. Errors: not finite,
    /// a > b.
    pub fn from_range(a: f64, b: f64) -> Result<Self, FamilyError> {
        if a > b {
            return Err(FamilyError::Reversed(a, b));
        }
        let family = if a > 0.0 && b > 0.0 { Elicited::Lognormal } else { Elicited::Normal };
        Self::from_percentiles(family, &[(0.05, a), (0.95, b)])
    }
}

/// Levels inside (0, 1) and rising, values finite and not falling.
fn check(points: &[(f64, f64)]) -> Result<(), FamilyError> {
    for &(level, value) in points {
        if !(level > 0.0 && level < 1.0) {
            return Err(FamilyError::Level(level));
        }
        Distribution::point(value)?;
    }
    if points.is_empty() {
        return Err(FamilyError::PercentileCount(2, 0));
    }
    let rising = points.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 <= w[1].1);
    if rising { Ok(()) } else { Err(FamilyError::PercentileOrder) }
}

/// Location and scale with location + scale·q₁ = x₁ and location + scale·q₂ = x₂.
fn line(q1: f64, x1: f64, q2: f64, x2: f64) -> (f64, f64) {
    let scale = (x2 - x1) / (q2 - q1);
    (x1 - scale * q1, scale)
}

/// A two-parameter family through two points with x₁ < x₂.
fn two(family: Elicited, (p1, x1): (f64, f64), (p2, x2): (f64, f64)) -> Result<Distribution, FamilyError> {
    match family {
        Elicited::Lognormal => {
            let (log1, log2) = (log_of_positive(x1)?, log_of_positive(x2)?);
            let (center, sigma) = line(normal_quantile(p1), log1, normal_quantile(p2), log2);
            Distribution::lognormal(exp(center), sigma)
        }
        Elicited::Uniform => {
            let (low, length) = line(p1, x1, p2, x2);
            Distribution::uniform(low, low + length)
        }
        Elicited::StudentT { df } => {
            let df = degrees(df)?;
            let (location, scale) = line(student_t_quantile(df, p1), x1, student_t_quantile(df, p2), x2);
            Distribution::student_t(df, location, scale)
        }
        Elicited::Beta { low, high } => beta(low, high, (p1, x1), (p2, x2)),
        _ => {
            let (mean, sd) = line(normal_quantile(p1), x1, normal_quantile(p2), x2);
            Distribution::normal(mean, sd)
        }
    }
}

/// The t in [low, high] where the increasing `f` passes 0, by bisection to the last bit.
fn bisect(mut low: f64, mut high: f64, f: impl Fn(f64) -> f64) -> f64 {
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return middle;
        }
        if f(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The beta law on [low, high]: for each a + b the mean that meets the first percentile, then the a + b that meets the
/// second, since more concentration leaves less probability above it.
fn beta(
    low: f64,
    high: f64,
    (p1, x1): (f64, f64),
    (p2, x2): (f64, f64),
) -> Result<Distribution, FamilyError> {
    Distribution::uniform(low, high)?;
    let unfit = Err(FamilyError::NoFit(FamilyName::Beta));
    let (y1, y2) = ((x1 - low) / (high - low), (x2 - low) / (high - low));
    if !(y1 > 0.0 && y2 < 1.0) {
        return unfit;
    }
    let exponents = |log_sum: f64| {
        let sum = exp(log_sum);
        let logit =
            bisect(-40.0, 40.0, |t| p1 - beta_tails(sum / (1.0 + exp(-t)), sum / (1.0 + exp(t)), y1).0);
        (sum / (1.0 + exp(-logit)), sum / (1.0 + exp(logit)))
    };
    let excess = |log_sum: f64| {
        let (a, b) = exponents(log_sum);
        beta_tails(a, b, y2).0 - p2
    };
    let log_sum = bisect(-7.0, 14.0, excess);
    let (a, b) = exponents(log_sum);
    let met = (beta_tails(a, b, y1).0 - p1).abs() < 1e-9 && (beta_tails(a, b, y2).0 - p2).abs() < 1e-9;
    if met { Distribution::beta(a, b, low, high) } else { unfit }
}

/// Triangular or PERT through three points: the mode's relative position fixes where the middle one lies between the
/// outer two, and rises with it.
fn skewed(family: Elicited, [first, middle, last]: [(f64, f64); 3]) -> Result<Distribution, FamilyError> {
    let shape_of = |mode: f64| match family {
        Elicited::Pert { shape } => Shape::Beta { a: 1.0 + shape * mode, b: 1.0 + shape * (1.0 - mode) },
        _ => Shape::Triangular { mode },
    };
    if let Elicited::Pert { shape } = family {
        Distribution::pert(0.0, 0.5, 1.0, shape)?;
    }
    let quantiles = |mode: f64| [first.0, middle.0, last.0].map(|p| shape_of(mode).quantile(p, 1.0 - p));
    let wanted = (middle.1 - first.1) / (last.1 - first.1);
    let excess = |mode: f64| {
        let [a, b, c] = quantiles(mode);
        (b - a) / (c - a) - wanted
    };
    let slack = 1e-9;
    if excess(0.0) > slack || excess(1.0) < -slack {
        return Err(FamilyError::NoFit(family.name()));
    }
    let mode = bisect(0.0, 1.0, excess);
    let [a, _, c] = quantiles(mode);
    let (low, length) = line(a, first.1, c, last.1);
    Ok(Distribution::build(family.name(), shape_of(mode), length, low))
}
