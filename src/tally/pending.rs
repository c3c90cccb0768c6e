//! Values on their way into the quantile sketches of one world and policy.

use super::Counts;
use crate::math::{LANES, Vector};
use crate::stats::QuantileSketch;

/// Most blocks that are gathered: a sketch's window then comes into the nearest cache once for all of them.
const BLOCKS: usize = 16;
/// Bytes of what a thread gathers of all worlds and policies together, roughly; large plans gather fewer blocks.
const BYTES: usize = 32 << 20;

/// Places in all sketches, of a few blocks.
pub struct Pending {
    /// Sketch by sketch.
    places: Vec<u16>,
    /// Trials that there is room for.
    room: usize,
    /// Trials gathered.
    trials: usize,
}

impl Pending {
    /// Nothing gathered yet for so many sketches, of one of `runs` worlds and policies.
    pub fn new(sketches: usize, runs: usize) -> Self {
        let block = size_of::<u16>() * LANES * sketches.max(1) * runs.max(1);
        let room = (BYTES / block).clamp(1, BLOCKS) * LANES;
        Self { places: vec![0; sketches * room], room, trials: 0 }
    }

    /// Records `n` trials; `values` come in the order of [`sketches`].
    pub fn record<'a>(
        &mut self,
        v: Vector,
        n: usize,
        counts: &mut Counts,
        values: impl Iterator<Item = &'a [f64]>,
    ) {
        if self.trials + n > self.room {
            self.count(counts);
        }
        let places = self.places.chunks_exact_mut(self.room);
        for ((sketch, values), places) in sketches(counts).zip(values).zip(places) {
            sketch.place_lanes(v, values, &mut places[self.trials..self.trials + n]);
        }
        self.trials += n;
    }

    /// Counts what is gathered.
    pub fn count(&mut self, counts: &mut Counts) {
        for (sketch, places) in sketches(counts).zip(self.places.chunks_exact(self.room)) {
            sketch.count_places(&places[..self.trials]);
        }
        self.trials = 0;
    }
}

/// All sketches: series by series and year by year, then gross and net cost.
fn sketches(counts: &mut Counts) -> impl Iterator<Item = &mut QuantileSketch> {
    counts.series.iter_mut().chain(&mut counts.cost)
}
