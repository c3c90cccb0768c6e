//! Drawing a distribution for all lanes of a block through its inverse distribution function.

use super::distribution::Distribution;
use super::shape::{Shape, interpolated, step, triangular};
use super::table::{Law, ScoreTable, limit};
use crate::math::elementary::{exp_flushed, uniform};
use crate::math::{LANES, Lanes, Vector};
use std::sync::Arc;

/// What a draw is made from.
#[derive(Clone, Copy, Debug)]
pub enum Score<'a> {
    /// Random words: an independent draw.
    Words(&'a [u32; LANES]),
    /// Standard normal scores, from a copula or, all 0, for the median. Limited to ±6.338.
    Normal(&'a Lanes),
}

impl Score<'_> {
    /// As standard normal scores.
    pub fn normal(self, vector: Vector, out: &mut Lanes) {
        match self {
            Self::Words(words) => vector.normal_from_words(words, out),
            Self::Normal(scores) => {
                *out = *scores;
                limit(vector, out);
            }
        }
    }

    /// As uniforms in (0, 1).
    fn uniform(self, vector: Vector, out: &mut Lanes) {
        match self {
            Self::Words(words) => vector.uniform_from_words(words, out),
            Self::Normal(_) => {
                self.normal(vector, out);
                vector.normal_cdf(out);
                let (least, most) = (uniform(0), uniform(u32::MAX));
                let raise = move |u: f64| if u < least { least } else { u };
                vector.map(out, move |u| if raise(u) > most { most } else { raise(u) });
            }
        }
    }
}

/// A distribution prepared for drawing.
///
/// Families whose inverse has no closed form are tabulated over the normal score. With scores of 0 every family gives
/// exactly its `median()`.
#[derive(Clone, Debug)]
pub struct Sampler {
    shape: Shape,
    table: Option<Arc<ScoreTable>>,
    scale: f64,
    shift: f64,
}

/// Equal laws draw the same: the table follows from the shape.
impl PartialEq for Sampler {
    fn eq(&self, other: &Self) -> bool {
        self.shape == other.shape && self.scale == other.scale && self.shift == other.shift
    }
}

impl Sampler {
    /// Prepares `distribution`; a tabulated family costs a few milliseconds.
    pub fn new(distribution: &Distribution) -> Self {
        let (shape, scale, shift) = distribution.parts();
        let tabulated = matches!(
            shape,
            Shape::Beta { .. } | Shape::Gamma { .. } | Shape::Truncated { .. } | Shape::StudentT { .. }
        );
        let table =
            tabulated.then(|| ScoreTable::shared(Law::Of(shape.clone()), |z| shape.value_and_slope(z)));
        Self { shape: shape.clone(), table, scale, shift }
    }

    /// One value for each lane.
    pub fn fill(&self, vector: Vector, score: Score<'_>, out: &mut Lanes) {
        let (scale, shift) = (self.scale, self.shift);
        let place = move |x: f64| scale.mul_add(x, shift);
        if let Some(table) = &self.table {
            score.normal(vector, out);
            return table.fill(vector, out, scale, shift);
        }
        match &self.shape {
            Shape::Zero => out.fill(shift),
            Shape::Lognormal { sigma } => {
                score.normal(vector, out);
                let sigma = *sigma;
                vector.map(out, move |z| place(exp_flushed(sigma * z)));
            }
            Shape::Uniform => {
                score.uniform(vector, out);
                vector.map(out, place);
            }
            Shape::Triangular { mode } => {
                score.uniform(vector, out);
                let mode = *mode;
                vector.map(out, move |u| place(triangular(mode, u)));
            }
            Shape::Discrete { values, cumulated } => {
                score.uniform(vector, out);
                out.iter_mut().for_each(|x| *x = place(values[step(cumulated, *x)]));
            }
            Shape::Empirical { sorted } => {
                score.uniform(vector, out);
                out.iter_mut().for_each(|x| *x = place(interpolated(sorted, *x)));
            }
            Shape::Normal
            | Shape::Beta { .. }
            | Shape::Gamma { .. }
            | Shape::Truncated { .. }
            | Shape::StudentT { .. } => {
                score.normal(vector, out);
                vector.map(out, place);
            }
        }
    }
}
