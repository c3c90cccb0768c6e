//! Quantiles of millions of values from a small histogram on the leading bits of floating-point numbers.

use std::collections::BTreeMap;

use super::{Interval, Level};

/// Leading mantissa bits that choose a bin: 2¹⁰ = 1024 bins an octave, each at most 2⁻¹⁰ of its value wide,
/// so that a quantile is never off by 0.1 % of itself, whatever the distribution.
const BITS: u32 = 10;
const SHIFT: u32 = f64::MANTISSA_DIGITS - 1 - BITS;
const BINS_PER_OCTAVE: usize = 1 << BITS;
/// Octaves counted in the window: about 4 times its centre either way, which nearly every trial of a projection stays
/// within. A wider one would only cost memory, for there is a sketch for every series, year, policy and world.
const WINDOW_OCTAVES: usize = 4;
/// Values taken at once, so that both passes over them find them in the nearest cache.
const CHUNK: usize = 4096;
/// Whole numbers below this are gathered before they enter a bin outside the window: counts are mostly such numbers.
const SMALL: usize = 64;
/// Extremes kept side by side while a chunk is read.
const PARTS: usize = 8;

/// Counts of values in bins of nearly equal relative width, with exact minimum and maximum.
///
/// As in DDSketch (Masson, Rim & Lee 2019, PVLDB 12:2195–2205) the guarantee is relative:
/// [`quantile`](Self::quantile) differs from the exact empirical quantile by at most 2⁻¹⁰ (0.1 %) of it (of
/// 2⁻¹⁰²² for subnormal numbers). The bins are those of the float itself, the top bits of its representation,
/// so that finding one takes a shift and no logarithm. Smooth distributions do much better, because values
/// are taken as evenly spread within a bin.
///
/// Any finite value is accepted; zero has a bin of its own. Counts are integers: the same values give the
/// same sketch in any order, any split and any order of merging.
#[derive(Clone, Debug)]
pub struct QuantileSketch {
    /// Bin of the first window entry, as the top bits of the positive values in it.
    first: usize,
    window: Vec<u32>,
    /// Values counted in the window; no entry can overflow while the sum fits.
    in_window: u32,
    /// Counts by bin, for values outside the window and for windows that became full.
    rest: BTreeMap<i32, u64>,
    n: u64,
    rejected: u64,
    min: f64,
    max: f64,
}

impl QuantileSketch {
    /// An empty sketch, fastest for positive values within a factor 4 of `centre`.
    ///
    /// The centre never changes an answer, only speed; so any number is accepted, and one that is not
    /// positive and finite stands for 1.
    pub fn new(centre: f64) -> Self {
        let centre = if centre > 0.0 && centre.is_finite() { centre } else { 1.0 };
        let octave = (centre.to_bits() >> (f64::MANTISSA_DIGITS - 1)) as usize;
        // Octave 0 holds zero, which has a bin of its own; the last one of finite numbers is 2046.
        let first_octave = octave.saturating_sub(WINDOW_OCTAVES / 2).clamp(1, 2046 - WINDOW_OCTAVES);
        Self {
            first: first_octave * BINS_PER_OCTAVE,
            window: vec![0; WINDOW_OCTAVES * BINS_PER_OCTAVE],
            in_window: 0,
            rest: BTreeMap::new(),
            n: 0,
            rejected: 0,
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
        }
    }

    /// Records the first `n` lanes of `x`. Values that are not finite are left out, but counted in
    /// [`rejected`](Self::rejected).
    ///
    /// # Panics
    /// If `n` is above the number of lanes.
    #[inline]
    pub fn record_lanes(&mut self, x: &[f64], n: usize) {
        x[..n].chunks(CHUNK).for_each(|chunk| self.record_chunk(chunk));
    }

    #[inline]
    fn record_chunk(&mut self, x: &[f64]) {
        if self.in_window > u32::MAX - CHUNK as u32 {
            self.empty_window();
        }
        // several extremes side by side, so that no value waits for the one before it
        let (mut min, mut max) = ([self.min; PARTS], [self.max; PARTS]);
        let mut take = |part: usize, v: f64| {
            // Adding zero makes −0 a +0. Neither comparison holds for NaN.
            let v = v + 0.0;
            min[part] = if v < min[part] && v > f64::NEG_INFINITY { v } else { min[part] };
            max[part] = if v > max[part] && v < f64::INFINITY { v } else { max[part] };
        };
        let parts = x.chunks_exact(PARTS);
        parts.remainder().iter().for_each(|&v| take(0, v));
        parts.for_each(|values| (0..PARTS).for_each(|part| take(part, values[part])));
        self.min = min.into_iter().fold(self.min, f64::min);
        self.max = max.into_iter().fold(self.max, f64::max);
        let mut outside = 0;
        // counts repeat the same few small numbers: each of them is entered once
        let mut small = [0_u32; SMALL];
        for &v in x {
            // A sign bit, a zero and an infinity all land beyond the window, some by wrapping around.
            let bin = ((v.to_bits() >> SHIFT) as usize).wrapping_sub(self.first);
            if let Some(count) = self.window.get_mut(bin) {
                *count += 1;
                continue;
            }
            outside += 1;
            // saturates, and takes NaN for 0, neither of which equals the value
            let whole = v as usize;
            match small.get_mut(whole) {
                Some(count) if whole as f64 == v => *count += 1,
                _ => self.record_outside(v.is_finite().then(|| bin_of(v)), 1),
            }
        }
        if outside > 0 {
            for (whole, &times) in small.iter().enumerate() {
                self.record_outside(Some(bin_of(whole as f64)), u64::from(times));
            }
        }
        let inside = x.len() as u32 - outside;
        self.in_window += inside;
        self.n += u64::from(inside);
    }

    /// Enters so many values of a bin outside the window; those of no bin are not finite.
    fn record_outside(&mut self, bin: Option<i32>, times: u64) {
        match bin {
            _ if times == 0 => {}
            Some(bin) => {
                *self.rest.entry(bin).or_default() += times;
                self.n += times;
            }
            None => self.rejected += times,
        }
    }

    /// Moves the counts of the window to the wide ones.
    fn empty_window(&mut self) {
        for (bin, count) in (self.first..).zip(&mut self.window) {
            if *count > 0 {
                *self.rest.entry(positive_bin(bin)).or_default() += u64::from(*count);
                *count = 0;
            }
        }
        self.in_window = 0;
    }

    /// Adds everything recorded by `other`, whatever its centre.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.rejected += other.rejected;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        match self.in_window.checked_add(other.in_window) {
            Some(sum) if self.first == other.first => {
                self.window.iter_mut().zip(&other.window).for_each(|(mine, theirs)| *mine += theirs);
                self.in_window = sum;
                for (&bin, &count) in &other.rest {
                    *self.rest.entry(bin).or_default() += count;
                }
            }
            _ => {
                for (bin, count) in other.bins() {
                    *self.rest.entry(bin).or_default() += count;
                }
            }
        }
    }

    /// Number of values recorded, those rejected not included.
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Number of NaN and infinite values met and left out.
    pub const fn rejected(&self) -> u64 {
        self.rejected
    }

    /// Smallest value, exact; `None` if nothing was recorded.
    pub fn min(&self) -> Option<f64> {
        (self.n > 0).then_some(self.min)
    }

    /// Largest value, exact; `None` if nothing was recorded.
    pub fn max(&self) -> Option<f64> {
        (self.n > 0).then_some(self.max)
    }

    /// The `q`-quantile, `q` in [0, 1]: the smallest value that a share `q` of the values do not exceed
    /// (definition 1 of Hyndman & Fan 1996, The American Statistician 50:361–365), within 0.1 % of itself. 0
    /// and 1 give the exact minimum and maximum. `None` if nothing was recorded, or `q` is outside [0, 1] or
    /// NaN.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        self.quantiles([q]).map(|[value]| value)
    }

    /// The quantiles at rising `levels`, each as [`quantile`](Self::quantile), in one pass. `None` if nothing was
    /// recorded, or a level is outside [0, 1] or NaN.
    pub fn quantiles<const N: usize>(&self, levels: [f64; N]) -> Option<[f64; N]> {
        if self.n == 0 || levels.iter().any(|q| !(0.0..=1.0).contains(q)) {
            return None;
        }
        debug_assert!(levels.is_sorted());
        Some(self.values_at(levels.map(|q| {
            let exact = q * self.n as f64;
            let whole = exact.round();
            // 0.07 × 100 is 7 for the reader and 7.000000000000001 for the machine.
            if (exact - whole).abs() <= 4.0 * f64::EPSILON * exact { whole } else { exact }
        })))
    }

    /// Share of the values below `x`; `None` if nothing was recorded or `x` is NaN.
    ///
    /// Exact where `x` is the lower edge of a bin (every whole number up to 2048 is one), at or below the minimum, and
    /// above the maximum; elsewhere off by less than the share of one bin, each bin's values taken as evenly spread. For
    /// whole numbers below 2048, `share_below(k + 1.0)` is therefore exactly the share of values up to and including `k`.
    pub fn share_below(&self, x: f64) -> Option<f64> {
        if self.n == 0 || x.is_nan() {
            return None;
        }
        self.counts_below(&[x]).first().map(|below| below / self.n as f64)
    }

    /// Number of values below each of `points`, which rise; as [`share_below`](Self::share_below), in one pass.
    pub(super) fn counts_below(&self, points: &[f64]) -> Vec<f64> {
        let mut bins = self.bins().peekable();
        let mut whole = 0;
        let mut below = |x: f64| {
            if x <= self.min {
                return 0.0;
            }
            if x > self.max {
                return self.n as f64;
            }
            while let Some(&(bin, count)) = bins.peek() {
                // No value of the bin lies outside the range of all values.
                let (low, high) = edges(bin);
                let (low, high) = (low.max(self.min), high.min(self.max));
                if x <= low {
                    break;
                }
                if x < high {
                    return whole as f64 + count as f64 * ((x - low) / (high - low));
                }
                whole += count;
                bins.next();
            }
            whole as f64
        };
        points.iter().map(|&x| below(x)).collect()
    }

    /// Interval for the `q`-quantile of the distribution behind independent values, from two order statistics
    /// (Conover 1999, Practical Nonparametric Statistics, section 3.2), for any distribution.
    ///
    /// The ranks ⌈nq ∓ z √(nq(1 − q))⌉ use the normal approximation of the binomial: good from nq(1 − q) ≈ 10
    /// on. `None` if there are too few values for the interval to end among them, or `q` is not strictly
    /// between 0 and 1.
    pub fn quantile_interval(&self, q: f64, level: Level) -> Option<Interval> {
        let (low, high) = interval_ranks(self.n, q, level)?;
        // Rank k is the k-th value: the middle of the k-th of the equal parts that a bin is cut into.
        let [low, high] = self.values_at([low as f64 - 0.5, high as f64 - 0.5]);
        Some(Interval::ordered(low, high))
    }

    /// For each of the rising `ranks`, in [0, n], the value below which that many values lie, each bin's values taken
    /// as evenly spread.
    fn values_at<const N: usize>(&self, ranks: [f64; N]) -> [f64; N] {
        let mut found = [self.max; N];
        let (mut below, mut next) = (0, 0);
        for (bin, count) in self.bins() {
            while next < N && ranks[next] <= (below + count) as f64 {
                // No value of the bin lies outside the range of all values.
                let (low, high) = edges(bin);
                let (low, high) = (low.max(self.min), high.min(self.max));
                found[next] = low + (high - low) * ((ranks[next] - below as f64) / count as f64);
                next += 1;
            }
            if next == N {
                break;
            }
            below += count;
        }
        found
    }

    /// Bins with their counts, none of them zero, by rising value: the same for any window.
    fn bins(&self) -> impl Iterator<Item = (i32, u64)> {
        let (first, end) = (positive_bin(self.first), positive_bin(self.first + self.window.len()));
        let rest = |range| self.rest.range::<i32, (_, _)>(range).map(|(&bin, &count)| (bin, count));
        let before = rest((std::ops::Bound::Unbounded, std::ops::Bound::Excluded(first)));
        let after = rest((std::ops::Bound::Included(end), std::ops::Bound::Unbounded));
        let window = (first..).zip(&self.window).map(|(bin, &count)| {
            let moved = if self.rest.is_empty() { 0 } else { self.rest.get(&bin).copied().unwrap_or(0) };
            (bin, u64::from(count) + moved)
        });
        before.chain(window.filter(|&(_, count)| count > 0)).chain(after)
    }
}

/// Equal if the same bins hold the same counts between the same extremes, wherever the windows lie: every
/// answer is then equal to the last bit.
impl PartialEq for QuantileSketch {
    fn eq(&self, other: &Self) -> bool {
        let extremes = |s: &Self| (s.n, s.rejected, s.min.to_bits(), s.max.to_bits());
        extremes(self) == extremes(other) && self.bins().eq(other.bins())
    }
}

/// Bin of the positive numbers whose representation starts with `top`.
const fn positive_bin(top: usize) -> i32 {
    top as i32 + 1
}

/// Bin of a finite value: 0 for zero, rising with the value, negative for negative values.
fn bin_of(v: f64) -> i32 {
    let bin = positive_bin((v.abs().to_bits() >> SHIFT) as usize);
    if v == 0.0 {
        0
    } else if v < 0.0 {
        -bin
    } else {
        bin
    }
}

/// Lower and upper end of a bin; the one next to infinity has an infinite end.
fn edges(bin: i32) -> (f64, f64) {
    let size = u64::from(bin.unsigned_abs());
    let (near, far) = (f64::from_bits(size.saturating_sub(1) << SHIFT), f64::from_bits(size << SHIFT));
    if bin < 0 { (-far, -near) } else { (near, far) }
}

/// Ranks (1 is the smallest value) of the ends of the interval for the `q`-quantile of `n` values.
fn interval_ranks(n: u64, q: f64, level: Level) -> Option<(u64, u64)> {
    if !(q > 0.0 && q < 1.0) {
        return None;
    }
    let (centre, half) = (n as f64 * q, level.z() * (n as f64 * q * (1.0 - q)).sqrt());
    let (low, high) = ((centre - half).ceil(), (centre + half).ceil());
    (low >= 1.0 && high <= n as f64).then_some((low as u64, high as u64))
}

#[cfg(test)]
mod tests;
