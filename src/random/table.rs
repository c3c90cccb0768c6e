//! An inverse distribution function over the normal score, tabulated as a piecewise cubic.

use super::shape::Shape;
use crate::math::{Lanes, Task, Vector};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// Intervals of a table.
const INTERVALS: usize = 1024;
/// Half the length of the tabulated range; the largest score of a word is 6.338.
const REACH: f64 = 6.34;

/// Cubic Hermite interpolation in 1024 equal intervals over −6.34 ≤ z ≤ 6.34, with exact values and slopes at the
/// knots, one of which is z = 0.
#[derive(Clone, Debug)]
pub(super) struct ScoreTable {
    /// Coefficients of each interval's cubic in t, 0 ≤ t < 1, constant term first.
    cubics: Box<[[f64; 4]; INTERVALS]>,
}

/// What a table stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Law {
    /// A standard shape.
    Of(Shape),
    /// Student's t with this many degrees of freedom and unit variance.
    Shock(f64),
    /// The mixing factor that makes it from a normal shock.
    Mixing(f64),
}

/// The tables in use. Many quantities have one shape, and every world, worker and further run needs them again; a table
/// costs milliseconds.
static IN_USE: Mutex<Vec<(Law, Weak<ScoreTable>)>> = Mutex::new(Vec::new());

struct LookUp<'a> {
    table: &'a [[f64; 4]; INTERVALS],
    lanes: &'a mut Lanes,
    scale: f64,
    shift: f64,
}

impl Task for LookUp<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for x in self.lanes {
            *x = self.scale.mul_add(value(self.table, *x), self.shift);
        }
    }
}

/// The tabulated function at `z` within the range.
#[inline(always)]
fn value(table: &[[f64; 4]; INTERVALS], z: f64) -> f64 {
    /// 1.5·2⁵²: added to a small number of either sign, it leaves the nearest integer in the low bits.
    const ROUNDER: f64 = 6_755_399_441_055_744.0;
    let position = z.mul_add(INTERVALS as f64 / (2.0 * REACH), 0.5 * INTERVALS as f64);
    let shifted = position - 0.5 + ROUNDER;
    let t = position - (shifted - ROUNDER);
    let [a, b, c, d] = table[(shifted.to_bits() as usize) & (INTERVALS - 1)];
    d.mul_add(t, c).mul_add(t, b).mul_add(t, a)
}

impl ScoreTable {
    /// The table of a law whose value and derivative at a normal score `f` gives: one that is in use already, or a new one.
    pub(super) fn shared(law: Law, f: impl Fn(f64) -> (f64, f64)) -> Arc<Self> {
        let mut in_use = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
        in_use.retain(|(_, table)| table.strong_count() > 0);
        let known = in_use.iter().find(|(other, _)| *other == law).and_then(|(_, table)| table.upgrade());
        known.unwrap_or_else(|| {
            let table = Arc::new(Self::new(f));
            in_use.push((law, Arc::downgrade(&table)));
            table
        })
    }

    /// Tabulates a function that gives value and derivative at a normal score.
    pub(super) fn new(f: impl Fn(f64) -> (f64, f64)) -> Self {
        let step = 2.0 * REACH / INTERVALS as f64;
        let half = (INTERVALS / 2) as f64;
        let mut cubics = Box::new([[0.0; 4]; INTERVALS]);
        let mut left = f(-half * step);
        for (i, cubic) in cubics.iter_mut().enumerate() {
            let right = f((i as f64 + 1.0 - half) * step);
            let (rise, s0, s1) = (right.0 - left.0, left.1 * step, right.1 * step);
            *cubic = [left.0, s0, 3.0 * rise - 2.0 * s0 - s1, s0 + s1 - 2.0 * rise];
            left = right;
        }
        Self { cubics }
    }

    /// z ← scale · f(z) + shift, for |z| ≤ 6.34; NaN for NaN.
    pub(super) fn fill(&self, vector: Vector, lanes: &mut Lanes, scale: f64, shift: f64) {
        vector.run(LookUp { table: &self.cubics, lanes, scale, shift });
    }
}

/// Limits scores to ±6.338, the largest that a word gives, so that mixtures of scores stay inside tables and extremes.
pub(super) fn limit(vector: Vector, lanes: &mut Lanes) {
    let most = crate::math::elementary::normal_score(u32::MAX);
    let limited = move |z: f64| if z > most { most } else { z };
    vector.map(lanes, move |z| -limited(-limited(z)));
}

/// A block of zero scores: every law gives its median.
#[cfg(test)]
pub(super) const ZEROS: Lanes = [0.0; crate::math::LANES];
