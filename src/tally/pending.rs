//! Values on their way into the quantile sketches of one world and policy.

use super::Counts;
use crate::math::{LANES, Vector};
use crate::stats::QuantileSketch;

/// Trials that are gathered: a sketch's window then comes into the nearest cache once for all of them, not once a block.
const GATHERED: usize = 16 * LANES;

/// Places in all sketches, of at most [`GATHERED`] trials.
pub struct Pending {
    /// Sketch by sketch.
    places: Vec<u16>,
    /// Trials gathered.
    trials: usize,
}

impl Pending {
    /// Nothing gathered yet for so many sketches.
    pub fn new(sketches: usize) -> Self {
        Self { places: vec![0; sketches * GATHERED], trials: 0 }
    }

    /// Records `n` trials; `values` come in the order of [`sketches`].
    pub fn record<'a>(
        &mut self,
        v: Vector,
        n: usize,
        counts: &mut Counts,
        values: impl Iterator<Item = &'a [f64]>,
    ) {
        if self.trials + n > GATHERED {
            self.count(counts);
        }
        let places = self.places.chunks_exact_mut(GATHERED);
        for ((sketch, values), places) in sketches(counts).zip(values).zip(places) {
            sketch.place_lanes(v, values, &mut places[self.trials..self.trials + n]);
        }
        self.trials += n;
    }

    /// Counts what is gathered.
    pub fn count(&mut self, counts: &mut Counts) {
        for (sketch, places) in sketches(counts).zip(self.places.chunks_exact(GATHERED)) {
            sketch.count_places(&places[..self.trials]);
        }
        self.trials = 0;
    }
}

/// All sketches: series by series and year by year, then gross and net cost.
fn sketches(counts: &mut Counts) -> impl Iterator<Item = &mut QuantileSketch> {
    counts.series.iter_mut().chain(&mut counts.cost)
}
