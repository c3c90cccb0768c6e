//! Scrambled Sobol' sequences: one dimension at a time, a block of consecutive points at a time.
//!
//! A randomly scrambled sequence has points that are each uniformly distributed and together far more even than independent
//! ones, so that a mean over them is unbiased with a smaller variance; the variance is estimated from independent scramblings
//! (Owen 1997, *Annals of Statistics* 25:1541–1562). The scrambling is Matoušek's (1998, *Journal of Complexity*
//! 14:527–556): a random lower triangular matrix over the binary digits and a random shift. It costs nothing for a point, for
//! it changes the direction numbers only.

use super::address::Stream;
pub use super::joe_kuo::DIMENSIONS;
use super::joe_kuo::NUMBERS;
use crate::math::{LANES, Vector};

/// Binary digits of a coordinate.
const DIGITS: usize = 32;
/// Digits of a point's number that differ within a block.
const LOW: usize = LANES.trailing_zeros() as usize;

/// Points of a sequence, at most: their numbers have as many digits as the coordinates.
pub const MOST_POINTS: u64 = 1 << DIGITS;

/// One dimension of a scrambled Sobol' sequence.
#[derive(Clone, Debug)]
pub struct SobolDimension {
    /// Scrambled direction numbers; the first is for the lowest digit of a point's number.
    columns: [u32; DIGITS],
    /// Random shift.
    shift: u32,
    /// What the lowest digits of a point's number contribute, by lane.
    low: Box<[u32; LANES]>,
}

impl SobolDimension {
    /// Dimension `dimension` (from 0, below [`DIMENSIONS`]) of the sequence with number `replicate` under the stream; replicates
    /// are scrambled independently, and so are dimensions.
    pub fn new(stream: &Stream, replicate: u64, dimension: usize) -> Self {
        let mut words = [0; LANES];
        stream.words(Vector::detect(), replicate, 0, dimension as u32, &mut words);
        let columns = directions(dimension).map(|column| scrambled(column, &words[..DIGITS]));
        Self::of(columns, words[DIGITS])
    }

    /// The sequence itself, without scrambling.
    #[cfg(test)]
    fn plain(dimension: usize) -> Self {
        Self::of(directions(dimension), 0)
    }

    fn of(columns: [u32; DIGITS], shift: u32) -> Self {
        let low = std::array::from_fn(|lane| sum(&columns, lane as u64));
        Self { columns, shift, low: Box::new(low) }
    }

    /// The points of a block, from number `block · LANES` on, as random words: a coordinate is its word divided by 2³².
    ///
    /// # Panics
    /// If the block lies beyond [`MOST_POINTS`].
    pub fn words(&self, block: u64, out: &mut [u32; LANES]) {
        assert!(block < MOST_POINTS >> LOW, "block {block} is beyond the end of a Sobol' sequence");
        let high = self.shift ^ sum(&self.columns[LOW..], block);
        for (out, low) in out.iter_mut().zip(self.low.iter()) {
            *out = high ^ low;
        }
    }
}

/// Sum over the binary field of the columns that the digits of `number` select.
fn sum(columns: &[u32], number: u64) -> u32 {
    let digits = columns.iter().enumerate();
    digits.filter(|(digit, _)| number >> digit & 1 == 1).fold(0, |sum, (_, column)| sum ^ column)
}

/// Direction numbers of a dimension, by the recursion of Sobol' (1967) as in Joe & Kuo (2008).
fn directions(dimension: usize) -> [u32; DIGITS] {
    let mut numbers = [0; DIGITS];
    if dimension == 0 {
        return std::array::from_fn(|digit| 1 << (DIGITS - 1 - digit));
    }
    let (polynomial, initial) = NUMBERS[dimension - 1];
    let degree = initial.len();
    for digit in 0..DIGITS {
        numbers[digit] = match initial.get(digit) {
            Some(number) => number << (DIGITS - 1 - digit),
            None => {
                let before: u32 = numbers[digit - degree];
                let inner = (1..degree).filter(|k| polynomial >> (degree - 1 - k) & 1 == 1);
                inner.fold(before ^ before >> degree, |sum, k| sum ^ numbers[digit - k])
            }
        };
    }
    numbers
}

/// A column with its digits mixed: each becomes its own plus random multiples of those before it. Word `i` of `rows` holds the
/// multiples for digit `i`, the highest first.
fn scrambled(column: u32, rows: &[u32]) -> u32 {
    let digit = |(i, row): (usize, &u32)| {
        let own = 1 << (DIGITS - 1 - i);
        // the digits before this one
        let before = !(own | (own - 1));
        ((column & (row & before | own)).count_ones() & 1) << (DIGITS - 1 - i)
    };
    rows.iter().enumerate().map(digit).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(dimension: usize, number: u64) -> f64 {
        let mut words = [0; LANES];
        SobolDimension::plain(dimension).words(number / LANES as u64, &mut words);
        f64::from(words[number as usize % LANES]) / MOST_POINTS as f64
    }

    /// Published points (tests/fixtures/cases.json, `sobol_sequence_points`): there in the order of the Gray code.
    #[test]
    fn points_are_the_published_ones() {
        let gray = |number: u64| number ^ number >> 1;
        let rows: [[f64; 8]; 4] = [
            [0.1875, 0.3125, 0.9375, 0.4375, 0.5625, 0.3125, 0.4375, 0.9375],
            [0.6875, 0.8125, 0.4375, 0.9375, 0.0625, 0.8125, 0.9375, 0.4375],
            [0.9375, 0.0625, 0.6875, 0.1875, 0.3125, 0.5625, 0.1875, 0.1875],
            [0.4375, 0.5625, 0.1875, 0.6875, 0.8125, 0.0625, 0.6875, 0.6875],
        ];
        for (row, expected) in (8..).zip(rows) {
            let found: [f64; 8] = std::array::from_fn(|dimension| point(dimension, gray(row)));
            assert_eq!(found, expected, "row {row}");
        }
        for (dimension, expected) in
            [(1, 0.2197265625), (2, 0.0966796875), (3, 0.5185546875), (10, 0.0693359375), (50, 0.4794921875)]
        {
            assert_eq!(point(dimension - 1, gray(1000)), expected, "dimension {dimension}");
        }
        assert_eq!(point(99, gray(123_456)), 0.925_773_620_605_468_8);
        assert_eq!(point(6, gray((1 << 31) - 1)), 0.500_503_086_950_63);
    }

    /// Every scrambled dimension puts exactly one of 2ᵏ points into each interval of length 2⁻ᵏ, wherever the 2ᵏ begin.
    #[test]
    fn scrambled_points_stay_even() {
        let stream = Stream::new(7, "sampler/sobol");
        for dimension in 0..DIMENSIONS {
            let points = SobolDimension::new(&stream, 3, dimension);
            for first in [0, 8] {
                let mut words: Vec<u32> = Vec::new();
                for block in first..first + 4 {
                    let mut out = [0; LANES];
                    points.words(block, &mut out);
                    words.extend(out);
                }
                let mut cells: Vec<u32> = words.iter().map(|word| word >> 22).collect();
                cells.sort_unstable();
                assert!(cells.into_iter().eq(0..1024), "dimension {dimension}");
            }
        }
    }

    #[test]
    fn replicates_and_dimensions_are_scrambled_apart() {
        let stream = Stream::new(7, "sampler/sobol");
        let first = |replicate, dimension| {
            let mut out = [0; LANES];
            SobolDimension::new(&stream, replicate, dimension).words(0, &mut out);
            out
        };
        assert_ne!(first(0, 0), first(1, 0));
        assert_ne!(first(0, 0), first(0, 1));
        assert_eq!(first(2, 5), first(2, 5));
    }
}
