//! Finds the bins of values, in vector code.

use super::{OUTSIDE, SHIFT, WINDOW};
use crate::math::Task;

/// Extremes kept side by side while a chunk is read.
const PARTS: usize = 32;

/// Finds the place of every value in the window, and the extremes of the finite ones.
pub(super) struct Places<'a> {
    pub x: &'a [f64],
    /// Bin of the first window entry.
    pub first: u64,
    /// Number of window entries.
    pub end: u64,
    /// Entry of the window by value; [`OUTSIDE`] for values outside.
    pub places: &'a mut [u16],
}

/// What [`Places`] finds besides.
pub(super) struct Placed {
    /// Infinite without a finite value.
    pub min: f64,
    pub max: f64,
    /// Whether any value lies outside the window.
    pub outside: bool,
}

impl Task for Places<'_> {
    type Output = Placed;

    #[inline(always)]
    fn call(self) -> Placed {
        // several extremes side by side, so that no value waits for the one before it
        let (mut min, mut max) = ([f64::INFINITY; PARTS], [f64::NEG_INFINITY; PARTS]);
        let (blocks, rest) = self.x.as_chunks::<PARTS>();
        for values in blocks {
            for ((min, max), v) in min.iter_mut().zip(&mut max).zip(values) {
                extend(min, max, *v);
            }
        }
        rest.iter().for_each(|v| extend(&mut min[0], &mut max[0], *v));
        let mut outside = 0;
        for (place, v) in self.places.iter_mut().zip(self.x) {
            // A sign bit, a zero and an infinity all land beyond the window, some by wrapping around.
            let bin = (v.to_bits() >> SHIFT).wrapping_sub(self.first);
            let bin = if bin < self.end { bin } else { u64::from(OUTSIDE) };
            outside |= bin;
            *place = bin as u16;
        }
        let mut placed = Placed { min: min[0], max: max[0], outside: outside >= WINDOW as u64 };
        for (&low, &high) in min.iter().zip(&max) {
            placed.min = if low < placed.min { low } else { placed.min };
            placed.max = if high > placed.max { high } else { placed.max };
        }
        placed
    }
}

#[inline(always)]
fn extend(min: &mut f64, max: &mut f64, v: f64) {
    // Adding zero makes −0 a +0. Neither comparison holds for NaN.
    let v = v + 0.0;
    *min = if v < *min && v > f64::NEG_INFINITY { v } else { *min };
    *max = if v > *max && v < f64::INFINITY { v } else { *max };
}

/// The middle one of the positive finite values; `None` without one.
pub(super) fn middle(x: &[f64]) -> Option<f64> {
    let mut positive: Vec<f64> = x.iter().copied().filter(|v| v.is_finite() && *v > 0.0).collect();
    let at = positive.len() / 2;
    (at < positive.len()).then(|| *positive.select_nth_unstable_by(at, f64::total_cmp).1)
}
