//! A distribution of one uncertain quantity: a family with parameters, scaled and shifted.

use super::family::{FamilyError, FamilyName, Parameter};
use super::shape::{Shape, normal_mass};
use crate::math::elementary::{normal_score, uniform};
use crate::math::{ln, ln_1p, special::normal_cdf};
use crate::text;
use crate::text::Text;

/// A valid distribution with finite mean and variance. A standard deviation of 0 or an interval without length makes a
/// point.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    kind: FamilyName,
    shape: Shape,
    scale: f64,
    shift: f64,
}

/// `value` if it is finite.
fn finite(parameter: Parameter, value: f64) -> Result<f64, FamilyError> {
    if value.is_finite() { Ok(value) } else { Err(FamilyError::NotFinite(parameter)) }
}

/// `value` if it is finite and not below 0.
fn non_negative(parameter: Parameter, value: f64) -> Result<f64, FamilyError> {
    if finite(parameter, value)? < 0.0 { Err(FamilyError::Negative(parameter, value)) } else { Ok(value) }
}

/// `value` if it is finite and above 0.
fn positive(parameter: Parameter, value: f64) -> Result<f64, FamilyError> {
    if finite(parameter, value)? <= 0.0 { Err(FamilyError::NotPositive(parameter, value)) } else { Ok(value) }
}

/// Both ends if they are finite and in order.
fn interval(low: f64, high: f64) -> Result<(f64, f64), FamilyError> {
    finite(Parameter::Low, low)?;
    finite(Parameter::High, high)?;
    finite(Parameter::High, high - low)?;
    if low > high { Err(FamilyError::Reversed(low, high)) } else { Ok((low, high)) }
}

/// Degrees of freedom if they are finite and above 2.
pub(super) fn degrees(df: f64) -> Result<f64, FamilyError> {
    if finite(Parameter::Df, df)? > 2.0 { Ok(df) } else { Err(FamilyError::TooFewDegrees(df)) }
}

impl Distribution {
    pub(super) fn build(kind: FamilyName, shape: Shape, scale: f64, shift: f64) -> Self {
        if scale == 0.0 {
            return Self { kind: FamilyName::Point, shape: Shape::Zero, scale: 1.0, shift };
        }
        Self { kind, shape, scale, shift }
    }

    /// The certain value `value`. Errors: not finite.
    pub fn point(value: f64) -> Result<Self, FamilyError> {
        Ok(Self::build(FamilyName::Point, Shape::Zero, 0.0, finite(Parameter::Value, value)?))
    }

    /// Normal law. Errors: not finite, sd < 0.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, FamilyError> {
        finite(Parameter::Mean, mean)?;
        Ok(Self::build(FamilyName::Normal, Shape::Normal, non_negative(Parameter::Sd, sd)?, mean))
    }

    /// Lognormal law by median and standard deviation of the logarithm. Errors: not finite, median ≤ 0, sigma < 0.
    pub fn lognormal(median: f64, sigma: f64) -> Result<Self, FamilyError> {
        positive(Parameter::Median, median)?;
        if non_negative(Parameter::Sigma, sigma)? == 0.0 {
            return Self::point(median);
        }
        let law = Self::build(FamilyName::Lognormal, Shape::Lognormal { sigma }, median, 0.0);
        finite(Parameter::Sigma, law.sd())?;
        Ok(law)
    }

    /// Lognormal law by its mean and standard deviation. Errors: not finite, mean ≤ 0, sd < 0.
    pub fn lognormal_from_moments(mean: f64, sd: f64) -> Result<Self, FamilyError> {
        let ratio = non_negative(Parameter::Sd, sd)? / positive(Parameter::Mean, mean)?;
        let variance = ln_1p(ratio * ratio);
        Self::lognormal(mean / (1.0 + ratio * ratio).sqrt(), finite(Parameter::Sd, variance)?.sqrt())
    }

    /// Normal law with this mean and sd *before* it is restricted to [low, high]; the bounds may be infinite. Errors: NaN,
    /// mean or sd not finite, sd < 0, low > high, interval (or, with sd = 0, mean) out of reach.
    pub fn truncated_normal(mean: f64, sd: f64, low: f64, high: f64) -> Result<Self, FamilyError> {
        finite(Parameter::Mean, mean)?;
        non_negative(Parameter::Sd, sd)?;
        for (parameter, bound) in [(Parameter::Low, low), (Parameter::High, high)] {
            if bound.is_nan() {
                return Err(FamilyError::NotFinite(parameter));
            }
        }
        if low > high {
            return Err(FamilyError::Reversed(low, high));
        }
        if sd == 0.0 {
            let inside = low <= mean && mean <= high;
            return if inside { Self::point(mean) } else { Err(FamilyError::NoMass(low, high)) };
        }
        if low == high {
            return Self::point(low);
        }
        let (a, b) = ((low - mean) / sd, (high - mean) / sd);
        if a > 20.0 || b < -20.0 || normal_mass(a, b) < 1e-100 {
            return Err(FamilyError::NoMass(low, high));
        }
        Ok(Self::build(FamilyName::TruncatedNormal, Shape::Truncated { low: a, high: b }, sd, mean))
    }

    /// Triangular law. Errors: not finite, low > high, mode outside.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Self, FamilyError> {
        let m = relative_mode(low, mode, high)?;
        Ok(Self::build(FamilyName::Triangular, Shape::Triangular { mode: m }, high - low, low))
    }

    /// PERT law: beta on [low, high] with mean (low + shape·mode + high) / (shape + 2); shape 4 is usual. Errors: not
    /// finite, low > high, mode outside, shape ≤ 0.
    pub fn pert(low: f64, mode: f64, high: f64, shape: f64) -> Result<Self, FamilyError> {
        positive(Parameter::Shape, shape)?;
        let m = relative_mode(low, mode, high)?;
        let shape = Shape::Beta { a: 1.0 + shape * m, b: 1.0 + shape * (1.0 - m) };
        Ok(Self::build(FamilyName::Pert, shape, high - low, low))
    }

    /// Uniform law. Errors: not finite, low > high.
    pub fn uniform(low: f64, high: f64) -> Result<Self, FamilyError> {
        interval(low, high)?;
        Ok(Self::build(FamilyName::Uniform, Shape::Uniform, high - low, low))
    }

    /// Beta law on [low, high]. Errors: not finite, alpha or beta ≤ 0, low > high.
    pub fn beta(alpha: f64, beta: f64, low: f64, high: f64) -> Result<Self, FamilyError> {
        positive(Parameter::Alpha, alpha)?;
        positive(Parameter::Beta, beta)?;
        interval(low, high)?;
        Ok(Self::build(FamilyName::Beta, Shape::Beta { a: alpha, b: beta }, high - low, low))
    }

    /// Beta law on [low, high] by mean and sd. Errors: not finite, low > high, mean not inside, sd < 0 or too large.
    pub fn beta_from_moments(mean: f64, sd: f64, low: f64, high: f64) -> Result<Self, FamilyError> {
        finite(Parameter::Mean, mean)?;
        interval(low, high)?;
        if !(low < mean && mean < high) {
            return Err(FamilyError::MeanOutside(mean, low, high));
        }
        let bound = ((mean - low) * (high - mean)).sqrt();
        if non_negative(Parameter::Sd, sd)? >= bound {
            return Err(FamilyError::SdTooLarge(sd, bound));
        }
        if sd == 0.0 {
            return Self::point(mean);
        }
        let m = (mean - low) / (high - low);
        let n = (bound / sd) * (bound / sd) - 1.0;
        Self::beta(m * n, (1.0 - m) * n, low, high)
    }

    /// Gamma law by shape and mean; shape 1 is the exponential law. Errors: not finite, shape not in [0.1, 1000],
    /// mean ≤ 0.
    pub fn gamma(shape: f64, mean: f64) -> Result<Self, FamilyError> {
        positive(Parameter::Mean, mean)?;
        if !(0.1..=1000.0).contains(&finite(Parameter::Shape, shape)?) {
            return Err(FamilyError::GammaShape(shape));
        }
        Ok(Self::build(FamilyName::Gamma, Shape::Gamma { shape }, mean, 0.0))
    }

    /// Student's t, location + scale · t. Errors: not finite, df ≤ 2, scale < 0.
    pub fn student_t(df: f64, location: f64, scale: f64) -> Result<Self, FamilyError> {
        finite(Parameter::Location, location)?;
        non_negative(Parameter::Scale, scale)?;
        Ok(Self::build(FamilyName::StudentT, Shape::StudentT { df: degrees(df)? }, scale, location))
    }

    /// Listed values with weights that need not sum to 1. Errors: none listed, other number of weights, not finite,
    /// a weight < 0, all weights 0.
    pub fn discrete(values: &[f64], weights: &[f64]) -> Result<Self, FamilyError> {
        if values.is_empty() {
            return Err(FamilyError::TooFewValues(1));
        }
        if values.len() != weights.len() {
            return Err(FamilyError::WeightCount(values.len(), weights.len()));
        }
        let mut pairs = Vec::new();
        for (&value, &weight) in values.iter().zip(weights) {
            finite(Parameter::Value, value)?;
            if non_negative(Parameter::Weight, weight)? > 0.0 {
                pairs.push((value, weight));
            }
        }
        // Sorted, so that a larger uniform never gives a smaller value.
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total = finite(Parameter::Weight, pairs.iter().map(|p| p.1).sum())?;
        if pairs.len() <= 1 {
            return pairs.first().map_or(Err(FamilyError::ZeroWeights), |p| Self::point(p.0));
        }
        let mut cumulated: Vec<f64> = pairs
            .iter()
            .scan(0.0, |sum, p| {
                Some({
                    *sum += p.1;
                    *sum / total
                })
            })
            .collect();
        cumulated.pop();
        cumulated.push(1.0);
        let values = pairs.iter().map(|p| p.0).collect();
        Ok(Self::build(
            FamilyName::Discrete,
            Shape::Discrete { values, cumulated: cumulated.into() },
            1.0,
            0.0,
        ))
    }

    /// A sample of at least two values, drawn by linear interpolation between the sorted values (type 7). Errors: fewer
    /// than two values, not finite.
    pub fn empirical(sample: &[f64]) -> Result<Self, FamilyError> {
        if sample.len() < 2 {
            return Err(FamilyError::TooFewValues(2));
        }
        for &value in sample {
            finite(Parameter::Value, value)?;
        }
        let mut sorted = sample.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (first, last) = (sorted[0], sorted[sorted.len() - 1]);
        if first == last {
            return Self::point(first);
        }
        interval(first, last)?;
        Ok(Self::build(FamilyName::Empirical, Shape::Empirical { sorted: sorted.into() }, 1.0, 0.0))
    }

    /// The family.
    pub fn kind(&self) -> FamilyName {
        self.kind
    }

    /// Whether there is only one possible value.
    pub fn is_point(&self) -> bool {
        self.kind == FamilyName::Point
    }

    /// The certain value of a point.
    pub fn point_value(&self) -> Option<f64> {
        self.is_point().then_some(self.shift)
    }

    /// The value with probability `u` below it, 0 ≤ u ≤ 1; NaN outside. At 0 and 1 unbounded families are infinite.
    pub fn quantile(&self, u: f64) -> f64 {
        if !(0.0..=1.0).contains(&u) {
            return f64::NAN;
        }
        self.scale.mul_add(self.shape.quantile(u, 1.0 - u), self.shift)
    }

    /// The median; for a discrete law the smallest value with at least half of the weight up to it.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.scale.mul_add(self.shape.moments().0, self.shift)
    }

    /// The standard deviation.
    pub fn sd(&self) -> f64 {
        self.scale * self.shape.moments().1
    }

    /// The smallest and the largest value that can ever be drawn, to about nine digits: the quantiles at 2⁻³³ and
    /// 1 − 2⁻³³.
    pub fn extremes(&self) -> (f64, f64) {
        let at = |lower, upper| self.scale.mul_add(self.shape.quantile(lower, upper), self.shift);
        let outermost = match self.shape {
            Shape::Zero
            | Shape::Uniform
            | Shape::Triangular { .. }
            | Shape::Discrete { .. }
            | Shape::Empirical { .. } => uniform(0),
            _ => normal_cdf(normal_score(0)),
        };
        (at(outermost, 1.0 - outermost), at(1.0 - outermost, outermost))
    }

    /// The law of k·X. Errors: k not finite or below 0.
    pub fn scaled(&self, k: f64) -> Result<Self, FamilyError> {
        non_negative(Parameter::Scale, k)?;
        let shift = finite(Parameter::Scale, k * self.shift)?;
        let scale = if self.is_point() { 0.0 } else { finite(Parameter::Scale, k * self.scale)? };
        Ok(Self::build(self.kind, self.shape.clone(), scale, shift))
    }

    /// The law of X + d. Errors: d not finite.
    pub fn shifted(&self, d: f64) -> Result<Self, FamilyError> {
        let shift = finite(Parameter::Shift, self.shift + d)?;
        Ok(Self { shift, ..self.clone() })
    }

    pub(super) fn parts(&self) -> (&Shape, f64, f64) {
        (&self.shape, self.scale, self.shift)
    }

    /// The parameters of the law as it stands (after scaling and shifting), in their usual order.
    pub fn parameters(&self) -> Vec<(Parameter, f64)> {
        use Parameter as P;
        let (scale, shift) = (self.scale, self.shift);
        let at = |x: f64| scale.mul_add(x, shift);
        match &self.shape {
            Shape::Zero => vec![(P::Value, shift)],
            Shape::Normal => vec![(P::Mean, shift), (P::Sd, scale)],
            Shape::Lognormal { sigma } => {
                let mut list = vec![(P::Median, at(1.0)), (P::Sigma, *sigma)];
                if shift != 0.0 {
                    list.push((P::Shift, shift));
                }
                list
            }
            Shape::Uniform => vec![(P::Low, at(0.0)), (P::High, at(1.0))],
            Shape::Triangular { mode } => vec![(P::Low, at(0.0)), (P::Mode, at(*mode)), (P::High, at(1.0))],
            Shape::Beta { a, b } if self.kind == FamilyName::Pert => {
                let shape = a + b - 2.0;
                vec![
                    (P::Low, at(0.0)),
                    (P::Mode, at((a - 1.0) / shape)),
                    (P::High, at(1.0)),
                    (P::Shape, shape),
                ]
            }
            Shape::Beta { a, b } => {
                vec![(P::Alpha, *a), (P::Beta, *b), (P::Low, at(0.0)), (P::High, at(1.0))]
            }
            Shape::Gamma { shape } => {
                let mut list = vec![(P::Shape, *shape), (P::Mean, at(1.0))];
                if shift != 0.0 {
                    list.push((P::Shift, shift));
                }
                list
            }
            Shape::Truncated { low, high } => {
                vec![(P::Mean, shift), (P::Sd, scale), (P::Low, at(*low)), (P::High, at(*high))]
            }
            Shape::StudentT { df } => vec![(P::Df, *df), (P::Location, shift), (P::Scale, scale)],
            Shape::Discrete { values, .. } => vec![(P::Count, values.len() as f64), (P::Mean, self.mean())],
            Shape::Empirical { sorted } => vec![(P::Count, sorted.len() as f64), (P::Mean, self.mean())],
        }
    }

    /// Family and parameters in one line.
    pub fn describe(&self) -> Text {
        self.describe_in(|x| Text::same(x.to_string()))
    }

    /// The same with figures of the quantity told as `figure` tells them; exponents and the like have no unit.
    pub fn describe_in(&self, figure: impl Fn(f64) -> Text) -> Text {
        // Six significant digits, without the traces of binary arithmetic.
        let round = |x: f64| format!("{x:.5e}").parse::<f64>().unwrap_or(x);
        let listed = self.parameters().into_iter().map(|(parameter, x)| {
            let (name, x) = (parameter.text(), round(x));
            let told =
                if parameter.is_pure() || !x.is_finite() { Text::same(x.to_string()) } else { figure(x) };
            (format!("{} {}", name.zh, told.zh), format!("{} {}", name.en, told.en))
        });
        let (zh, en): (Vec<String>, Vec<String>) = listed.unzip();
        let (zh, en) = (zh.join("，"), en.join(", "));
        let Text { zh: name_zh, en: name_en } = self.kind.text();
        text!("{name_zh}（{zh}）", "{name_en} ({en})")
    }
}

/// Position of the mode in [low, high] as a share of the length; ½ if there is no length.
fn relative_mode(low: f64, mode: f64, high: f64) -> Result<f64, FamilyError> {
    interval(low, high)?;
    if !(low <= finite(Parameter::Mode, mode)? && mode <= high) {
        return Err(FamilyError::ModeOutside(mode, low, high));
    }
    Ok(if low == high { 0.5 } else { (mode - low) / (high - low) })
}

/// ln x of a positive, finite percentile.
pub(super) fn log_of_positive(x: f64) -> Result<f64, FamilyError> {
    Ok(ln(positive(Parameter::Value, x)?))
}
