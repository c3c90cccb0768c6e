//! Quantiles of millions of values from a small histogram on the leading bits of floating-point numbers.

use std::collections::BTreeMap;

use super::{Interval, Level};
use crate::math::Vector;
use places::{Places, count_into, middle};

mod places;

/// Leading mantissa bits that choose a bin: 2¹⁰ = 1024 bins an octave, each at most 2⁻¹⁰ of its value wide,
/// so that a quantile is never off by 0.1 % of itself, whatever the distribution.
const BITS: u32 = 10;
const SHIFT: u32 = f64::MANTISSA_DIGITS - 1 - BITS;
const BINS_PER_OCTAVE: usize = 1 << BITS;
/// Octaves counted in the window: about 4 times its centre either way, which nearly every trial of a projection stays
/// within. A wider one would only cost memory, for there is a sketch for every series, year, policy and world.
const WINDOW_OCTAVES: usize = 4;
/// Bins of the window.
const WINDOW: usize = WINDOW_OCTAVES * BINS_PER_OCTAVE;
/// Values taken at once, so that all passes over them find them in the nearest cache.
const CHUNK: usize = 256;
/// Whole numbers below this are gathered before they enter a bin outside the window: counts are mostly such numbers.
const SMALL: usize = 64;
/// Values that are searched together for one outside the window.
const GROUP: usize = 32;
/// The place of a value outside the window. It has a bit that no place inside has.
const OUTSIDE: u16 = u16::MAX;

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
    /// Empty until a positive value tells where it is wanted.
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
    /// An empty sketch, fastest for positive values within a factor 4 of the middle one of the first block.
    ///
    /// Which values come first never changes an answer, only speed.
    pub const fn new() -> Self {
        Self {
            first: 0,
            window: Vec::new(),
            in_window: 0,
            rest: BTreeMap::new(),
            n: 0,
            rejected: 0,
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
        }
    }

    /// Puts the window around a positive finite value.
    fn place(&mut self, centre: f64) {
        let bin = (centre.to_bits() >> SHIFT) as usize;
        // Octave 0 holds zero, which has a bin of its own; the last one of finite numbers is 2046.
        self.first =
            bin.saturating_sub(WINDOW / 2).clamp(BINS_PER_OCTAVE, (2046 - WINDOW_OCTAVES) * BINS_PER_OCTAVE);
        self.window = vec![0; WINDOW];
    }

    /// Records the first `n` lanes of `x`. Values that are not finite are left out, but counted in
    /// [`rejected`](Self::rejected).
    ///
    /// # Panics
    /// If `n` is above the number of lanes.
    pub fn record_lanes(&mut self, x: &[f64], n: usize) {
        self.record_lanes_on(Vector::detect(), &x[..n]);
    }

    /// Records all of `x` with the instructions of `vector`; the same result for each.
    pub fn record_lanes_on(&mut self, vector: Vector, x: &[f64]) {
        let mut places = [OUTSIDE; CHUNK];
        for chunk in x.chunks(CHUNK) {
            let places = &mut places[..chunk.len()];
            self.place_lanes(vector, chunk, places);
            self.count_places(places);
        }
    }

    /// The first half of recording: all but the counts of the window, for which `places` is filled.
    ///
    /// Whoever records into many sketches in turn does better to gather the places of some thousand values of each and to
    /// count them together, while that sketch's window is in the nearest cache. Until then the sketch says nothing.
    ///
    /// # Panics
    /// If there are not as many places as values.
    pub fn place_lanes(&mut self, vector: Vector, x: &[f64], places: &mut [u16]) {
        assert_eq!(x.len(), places.len(), "a place for every value");
        if self.window.is_empty()
            && let Some(centre) = middle(x)
        {
            self.place(centre);
        }
        let (first, end) = (self.first as u64, self.window.len() as u64);
        let found = vector.run(Places { x, first, end, places });
        self.min = self.min.min(found.min);
        self.max = self.max.max(found.max);
        if found.outside {
            self.record_others(x, places);
        }
    }

    /// The second half of recording: counts the values whose places [`place_lanes`](Self::place_lanes) found.
    pub fn count_places(&mut self, places: &[u16]) {
        for places in places.chunks(usize::from(u16::MAX)) {
            if self.in_window > u32::MAX - places.len() as u32 {
                self.empty_window();
            }
            let Ok(window) = <&mut [u32; WINDOW]>::try_from(self.window.as_mut_slice()) else { return };
            let inside = count_into(window, places);
            self.in_window += inside;
            self.n += u64::from(inside);
        }
    }

    /// Enters the values whose bins lie outside the window.
    fn record_others(&mut self, x: &[f64], places: &[u16]) {
        // counts repeat the same few small numbers: each of them is entered once
        let mut small = [0_u32; SMALL];
        for (x, places) in x.chunks(GROUP).zip(places.chunks(GROUP)) {
            // most groups have none: seen without a look at each
            if places.iter().fold(0, |most, &place| most.max(place)) < OUTSIDE {
                continue;
            }
            for (&v, _) in x.iter().zip(places).filter(|&(_, &place)| place == OUTSIDE) {
                // saturates, and takes NaN for 0, neither of which equals the value
                let whole = v as usize;
                match small.get_mut(whole) {
                    Some(count) if whole as f64 == v => *count += 1,
                    _ => self.record_outside(v.is_finite().then(|| bin_of(v)), 1),
                }
            }
        }
        for (whole, &times) in small.iter().enumerate() {
            self.record_outside(Some(bin_of(whole as f64)), u64::from(times));
        }
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
        if self.window.is_empty() && !other.window.is_empty() {
            self.first = other.first;
            self.window = vec![0; WINDOW];
        }
        if self.in_window > u32::MAX - other.in_window {
            self.empty_window();
        }
        for (&bin, &count) in &other.rest {
            *self.rest.entry(bin).or_default() += count;
        }
        for (bin, &count) in (other.first..).zip(&other.window).filter(|&(_, &count)| count > 0) {
            match self.window.get_mut(bin.wrapping_sub(self.first)) {
                Some(mine) => {
                    *mine += count;
                    self.in_window += count;
                }
                None => *self.rest.entry(positive_bin(bin)).or_default() += u64::from(count),
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

impl Default for QuantileSketch {
    fn default() -> Self {
        Self::new()
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
