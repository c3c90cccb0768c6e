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
    /// +∞ without a finite value, and the other −∞.
    pub min: f64,
    pub max: f64,
    /// Whether any value lies outside the window.
    pub outside: bool,
}

impl Task for Places<'_> {
    type Output = Placed;

    #[inline(always)]
    fn call(self) -> Placed {
        let mut extremes = extremes_of(self.x, |_| true);
        if extremes.0 == f64::NEG_INFINITY || extremes.1 == f64::INFINITY {
            extremes = extremes_of(self.x, |v| v.abs() < f64::INFINITY);
        }
        let mut outside = 0;
        for (place, v) in self.places.iter_mut().zip(self.x) {
            // A sign bit, a zero and an infinity all land beyond the window, some by wrapping around.
            let bin = (v.to_bits() >> SHIFT).wrapping_sub(self.first);
            let bin = if bin < self.end { bin } else { u64::from(OUTSIDE) };
            outside |= bin;
            *place = bin as u16;
        }
        // adding zero makes −0 a +0
        Placed { min: extremes.0 + 0.0, max: extremes.1 + 0.0, outside: outside >= WINDOW as u64 }
    }
}

/// Least and largest of the values that count; infinite, the wrong way round, without any. NaN never counts.
#[inline(always)]
fn extremes_of(x: &[f64], counts: impl Fn(f64) -> bool) -> (f64, f64) {
    // several side by side, so that no value waits for the one before it
    let (mut min, mut max) = ([f64::INFINITY; PARTS], [f64::NEG_INFINITY; PARTS]);
    let (blocks, rest) = x.as_chunks::<PARTS>();
    for values in blocks {
        for ((min, max), v) in min.iter_mut().zip(&mut max).zip(values) {
            extend(min, max, *v, counts(*v));
        }
    }
    rest.iter().for_each(|v| extend(&mut min[0], &mut max[0], *v, counts(*v)));
    let mut extremes = (min[0], max[0]);
    for (&low, &high) in min.iter().zip(&max) {
        extremes.0 = if low < extremes.0 { low } else { extremes.0 };
        extremes.1 = if high > extremes.1 { high } else { extremes.1 };
    }
    extremes
}

#[inline(always)]
fn extend(min: &mut f64, max: &mut f64, v: f64, counts: bool) {
    *min = if v < *min && counts { v } else { *min };
    *max = if v > *max && counts { v } else { *max };
}

/// Counts places of a window and adds them to it; tells how many lie inside. At most [`u16::MAX`] places.
///
/// They are counted by themselves first, in so little memory that it stays in the nearest cache: the windows of all sketches
/// together do not, and are better read and written in one sweep.
pub(super) fn count_into(window: &mut [u32; WINDOW], places: &[u16]) -> u32 {
    let mut counts = [0_u16; 2 * WINDOW];
    let (mut least, mut most) = (OUTSIDE, 0);
    for &place in places {
        (least, most) = (least.min(place), most.max(place));
    }
    for &place in places {
        // changes no place inside, and spares a comparison
        counts[usize::from(place) % (2 * WINDOW)] += 1;
    }
    let end = WINDOW.min(usize::from(most) + 1);
    let range = end.min(usize::from(least))..end;
    for (sum, count) in window[range.clone()].iter_mut().zip(&counts[range]) {
        *sum += u32::from(*count);
    }
    places.len() as u32 - u32::from(counts[usize::from(OUTSIDE) % (2 * WINDOW)])
}

/// The middle one of the positive finite values; `None` without one.
pub(super) fn middle(x: &[f64]) -> Option<f64> {
    let mut positive: Vec<f64> = x.iter().copied().filter(|v| v.is_finite() && *v > 0.0).collect();
    let at = positive.len() / 2;
    (at < positive.len()).then(|| *positive.select_nth_unstable_by(at, f64::total_cmp).1)
}
