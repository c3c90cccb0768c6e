//! Yearly shocks with mean 0 and variance 1: normal, or Student-t for heavier tails.

use super::distribution::degrees;
use super::family::FamilyError;
use super::sampler::Score;
use super::shape::Shape;
use super::table::{Law, ScoreTable};
use crate::math::special::{gamma_density_times_x, gamma_quantile_of_tails, normal_cdf, normal_density};
use crate::math::{Lanes, Vector};
use std::sync::Arc;

/// The law of a standardised shock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShockFamily {
    /// Degrees of freedom; none for the normal law.
    df: Option<f64>,
}

impl ShockFamily {
    /// Standard normal shocks.
    pub const NORMAL: Self = Self { df: None };

    /// Student-t shocks with `df` degrees of freedom, scaled to unit variance. Errors: df not finite or not above 2.
    pub fn student_t(df: f64) -> Result<Self, FamilyError> {
        Ok(Self { df: Some(degrees(df)?) })
    }

    /// Degrees of freedom; none for the normal law.
    pub fn df(self) -> Option<f64> {
        self.df
    }
}

/// A shock law prepared for drawing.
#[derive(Clone, Debug)]
pub struct ShockSampler {
    /// Student's t and the mixing factor over the normal score; none for the normal law.
    tables: Option<(Arc<ScoreTable>, Arc<ScoreTable>)>,
}

impl ShockSampler {
    /// Prepares `family`.
    pub fn new(family: ShockFamily) -> Self {
        let tables = family.df.map(|df| {
            let unit = ((df - 2.0) / df).sqrt();
            let shape = Shape::StudentT { df };
            let shock = ScoreTable::shared(Law::Shock(df), |z| {
                let (value, slope) = shape.value_and_slope(z);
                (unit * value, unit * slope)
            });
            (shock, ScoreTable::shared(Law::Mixing(df), |z| mixing(df, z)))
        });
        Self { tables }
    }

    /// Shocks of mean 0 and variance 1, one for each lane; exactly 0 at a score of 0.
    pub fn fill(&self, vector: Vector, score: Score<'_>, out: &mut Lanes) {
        score.normal(vector, out);
        if let Some((shock, _)) = &self.tables {
            shock.fill(vector, out, 1.0, 0.0);
        }
    }

    /// The factor √((ν−2)/W), W ~ χ²(ν), that turns correlated standard normal shocks of one year into a multivariate t of
    /// unit variance; 1 for the normal law. It falls with the score.
    pub fn fill_mixing(&self, vector: Vector, score: Score<'_>, out: &mut Lanes) {
        match &self.tables {
            None => out.fill(1.0),
            Some((_, factor)) => {
                score.normal(vector, out);
                factor.fill(vector, out, 1.0, 0.0);
            }
        }
    }
}

/// The mixing factor and its derivative where χ² has the normal score `z`.
fn mixing(df: f64, z: f64) -> (f64, f64) {
    let a = 0.5 * df;
    let x = gamma_quantile_of_tails(a, normal_cdf(z), normal_cdf(-z));
    let factor = ((df - 2.0) / (2.0 * x)).sqrt();
    // d ln x / dz = φ(z) / (x · density of the gamma law at x).
    (factor, -0.5 * factor * normal_density(z) / gamma_density_times_x(a, x))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::special::{gamma_quantile, normal_quantile, student_t_quantile};
    use crate::random::Stream;
    use crate::random::table::ZEROS;

    #[test]
    fn degrees_of_freedom_need_a_variance() {
        assert_eq!(ShockFamily::student_t(2.0), Err(FamilyError::TooFewDegrees(2.0)));
        assert!(ShockFamily::student_t(f64::NAN).is_err() && ShockFamily::student_t(2.5).is_ok());
    }

    #[test]
    fn tables_are_the_exact_quantiles() {
        let vector = Vector::detect();
        for df in [2.5, 4.0, 30.0] {
            let sampler = ShockSampler::new(ShockFamily::student_t(df).unwrap());
            let scores: Lanes = std::array::from_fn(|i| -4.0 + 8.0 * (i as f64 + 0.3) / 256.0);
            let (mut t, mut factor) = (ZEROS, ZEROS);
            sampler.fill(vector, Score::Normal(&scores), &mut t);
            sampler.fill_mixing(vector, Score::Normal(&scores), &mut factor);
            for (i, &z) in scores.iter().enumerate() {
                let p = normal_cdf(z);
                let exact = ((df - 2.0) / df).sqrt() * student_t_quantile(df, p);
                assert!(
                    (t[i] - exact).abs() < 1e-8 * (1.0 + exact.abs()),
                    "t({df}) at {z}: {} {exact}",
                    t[i]
                );
                let exact = ((df - 2.0) / (2.0 * gamma_quantile(0.5 * df, p))).sqrt();
                assert!((factor[i] - exact).abs() < 1e-8 * (1.0 + exact), "mixing({df}) at {z}");
            }
            sampler.fill(vector, Score::Normal(&ZEROS), &mut t);
            assert_eq!(t, ZEROS);
        }
        let mut one = ZEROS;
        ShockSampler::new(ShockFamily::NORMAL).fill_mixing(vector, Score::Normal(&ZEROS), &mut one);
        assert_eq!(one[9], 1.0);
    }

    /// Hypothesis: mixing factor × independent normal follows the unit-variance t, df = 5. Kolmogorov–Smirnov, n = 2¹⁶,
    /// false-alarm rate 10⁻⁶.
    #[test]
    fn mixed_normals_are_student_t() {
        let vector = Vector::detect();
        let family = ShockFamily::student_t(5.0).unwrap();
        let sampler = ShockSampler::new(family);
        let (factor_words, normal_words) = (Stream::new(3, "factor"), Stream::new(3, "normal"));
        let mut sample = Vec::new();
        for block in 0..256 {
            let (mut w, mut factor, mut z) = ([0; 256], ZEROS, ZEROS);
            factor_words.words(vector, block, 0, 0, &mut w);
            sampler.fill_mixing(vector, Score::Words(&w), &mut factor);
            normal_words.words(vector, block, 0, 0, &mut w);
            vector.normal_from_words(&w, &mut z);
            sample.extend(z.iter().zip(&factor).map(|(z, f)| z * f));
        }
        sample.sort_by(f64::total_cmp);
        let n = sample.len() as f64;
        let cdf = |x: f64| crate::math::special::student_t_cdf(5.0, x * (5.0f64 / 3.0).sqrt());
        let distance = sample
            .iter()
            .enumerate()
            .map(|(i, &x)| (cdf(x) - (i as f64 + 0.5) / n).abs())
            .fold(0.0, f64::max);
        // √(ln(2/10⁻⁶)/2) = 2.69.
        assert!(distance < 2.69 / n.sqrt(), "distance {distance}");
        assert!(normal_quantile(0.5) == 0.0 && family.df() == Some(5.0));
    }
}
