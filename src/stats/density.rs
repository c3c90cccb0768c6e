//! Bins in which a distribution is drawn: few enough to be seen, with round edges, none finer than the data.

use super::QuantileSketch;
use crate::math::powf;

/// Bins between the tails at most, less the two that rounding outwards may add.
const INNER: f64 = 76.0;
/// Tails that are left to one bin each: of these, the first that leaves the middle half of the values four bins.
const TAILS: [f64; 2] = [0.001, 0.01];
/// Width of the sketch's bins as a share of their values, at most.
const SKETCH: f64 = 1.0 / 1024.0;
/// Numbers up to which every whole number has a bin of the sketch to itself.
const EXACT_WHOLE: f64 = 2048.0;

/// No width is smaller: powers of ten below would lose their digits.
const SMALLEST: f64 = 1e-200;

/// Share of the values in `[low, high)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Lower edge.
    pub low: f64,
    /// Upper edge.
    pub high: f64,
    /// Share of the values, in [0, 1].
    pub share: f64,
}

/// The distribution of `sketch` in at most 80 adjoining bins; no bin if nothing was recorded.
///
/// The bins share a width and their edges are multiples of it, 1, 2, 2.5 or 5 times a power of ten; only the two
/// outermost, which hold the tails from the 0.1 % and 99.9 % quantiles on (1 % and 99 % where the tails are so long that
/// the middle half of the values would fall in fewer than four bins), reach as far as the smallest and largest value. A
/// bin is at least as wide as the rule of Freedman & Diaconis (1981, Zeitschrift für Wahrscheinlichkeitstheorie
/// 57:453–476) asks for, `2 IQR / n^(1/3)`, so that the noise of few trials is not drawn as shape, and at least two
/// bins of the sketch wide; where an edge cuts a bin of the sketch, its values are taken as evenly spread.
///
/// With `whole`, values are whole numbers and so are the edges: `[3, 6)` holds 3, 4 and 5, exactly up to 2048.
/// `least` is the width of the bin of a quantity that is 0 in every trial. Values are below 1e150 in size, as those of
/// [`Moments`](super::Moments).
pub fn density(sketch: &QuantileSketch, whole: bool, least: f64) -> Vec<Bin> {
    let (Some(min), Some(max)) = (sketch.min(), sketch.max()) else { return Vec::new() };
    let Range { low, high, width } = range(sketch, whole, least, min, max);
    let step = Step::at_least(width, whole);
    // a far extreme is not counted in small steps
    let coarse = |extreme: f64| Step::at_least(width.max(extreme.abs() * SKETCH), whole);
    let (first, last) = (step.below(low), step.below(high) + 1);
    let mut edges: Vec<f64> = (first..=last).map(|k| step.edge(k)).collect();
    if min < step.edge(first) {
        let step = coarse(min);
        edges.insert(0, step.edge(step.below(min)));
    }
    if max >= step.edge(last) {
        let step = coarse(max);
        edges.push(step.edge(step.below(max) + 1));
    }
    let below = sketch.counts_below(&edges);
    let n = sketch.n() as f64;
    let bins = edges.windows(2).zip(below.windows(2));
    bins.map(|(edge, count)| Bin { low: edge[0], high: edge[1], share: (count[1] - count[0]) / n }).collect()
}

/// What the bins of a common width have to cover, and how wide they are at least.
struct Range {
    low: f64,
    high: f64,
    width: f64,
}

fn range(sketch: &QuantileSketch, whole: bool, least: f64, min: f64, max: f64) -> Range {
    let quantile = |q: f64| {
        let x = sketch.quantile(q).unwrap_or(min);
        if whole { x.floor() } else { x }
    };
    // a sketch bin is cut in two at most, and whole numbers are never cut
    let finest = |low: f64, high: f64| {
        let size = low.abs().max(high.abs());
        if whole && size <= EXACT_WHOLE { 1.0 } else { 2.0 * SKETCH * size }
    };
    if min == max {
        let width = if min == 0.0 || whole { least } else { min.abs() / 100.0 };
        return Range { low: min, high: max, width: width.max(finest(min, max)) };
    }
    let middle = quantile(0.75) - quantile(0.25);
    let [long, short] = TAILS.map(|tail| (quantile(tail), quantile(1.0 - tail)));
    let (low, high) = if whole && max - min <= INNER {
        // every number that occurred, rare ones too
        (min, max)
    } else if long.0 == long.1 {
        // all but a few values are the same; those few are what there is to see
        (min, max)
    } else if middle == 0.0 || 4.0 * (long.1 - long.0) <= INNER * middle {
        long
    } else {
        short
    };
    let noise = if whole { 0.0 } else { 2.0 * middle / powf(sketch.n() as f64, 1.0 / 3.0) };
    Range { low, high, width: ((high - low) / INNER).max(noise).max(finest(low, high)) }
}

/// A round width: `digits · 10^exponent`.
#[derive(Clone, Copy)]
struct Step {
    digits: i64,
    exponent: i32,
}

impl Step {
    /// The smallest round width that is no less than `width` (> 0); a whole number with `whole`.
    fn at_least(width: f64, whole: bool) -> Self {
        let width = width.max(SMALLEST);
        let mut exponent = 0;
        while power(exponent) > width {
            exponent -= 1;
        }
        while power(exponent + 1) <= width {
            exponent += 1;
        }
        let round = [(1, 0), (2, 0), (25, -1), (5, 0)];
        let steps = round.map(|(digits, shift)| Self { digits, exponent: exponent + shift }).into_iter();
        let fits = |step: &Self| step.edge(1) >= width && (!whole || step.exponent >= 0);
        steps.into_iter().find(fits).unwrap_or(Self { digits: 1, exponent: exponent + 1 })
    }

    /// The `k`-th multiple, rounded once, so that it reads as a short decimal.
    fn edge(self, k: i64) -> f64 {
        let digits = (k * self.digits) as f64;
        if self.exponent < 0 { digits / power(-self.exponent) } else { digits * power(self.exponent) }
    }

    /// The last multiple that is not above `x`.
    fn below(self, x: f64) -> i64 {
        let mut k = (x / self.edge(1)).floor() as i64;
        // the quotient is rounded
        while self.edge(k) > x {
            k -= 1;
        }
        while self.edge(k + 1) <= x {
            k += 1;
        }
        k
    }
}

/// `10^exponent`; exact from 0 to 22.
fn power(exponent: i32) -> f64 {
    let size = (0..exponent.unsigned_abs()).fold(1.0, |power, _| power * 10.0);
    if exponent < 0 { 1.0 / size } else { size }
}

#[cfg(test)]
mod tests;
