//! Where the normal scores of a block come from when they are not independent random numbers: points of a scrambled Sobol'
//! sequence, turned so that its best dimensions lie along the directions that move the targets most.
//!
//! The coordinates are all standard normal numbers behind quantities, cycles and own shocks. A direction is a unit vector `a`
//! over them. With independent normals `y` and another normal `x`, the vector `z = y + a (x − a·y)` is standard normal again,
//! and `x` is its component along `a` (Imai & Tan 2006, *Journal of Computational Finance* 10:129–155; Caflisch, Morokoff &
//! Owen 1997, *Journal of Computational Finance* 1:27–46, on why leading directions matter).

use std::sync::Arc;

use super::draws::{Streams, calendar};
use crate::math::{LANES, Lanes, Vector};
use crate::plan::Plan;
use crate::random::{DIMENSIONS, SobolDimension, Stream};

/// Digits of a block number that count blocks within a replicate; those above are the replicate's number.
const WITHIN: u32 = 32;

/// How the normal scores of a run are steered.
#[derive(Clone, Debug)]
pub enum Steering {
    /// Points of scrambled Sobol' sequences.
    Sobol(Sobol),
    /// Nothing but one coordinate a trial: the trial with number `k` has the given score in coordinate `k` and 0 in all others.
    Probe(f64),
}

/// Directions and dimensions of scrambled Sobol' sequences, and the scramblings of all replicates.
#[derive(Clone, Debug)]
pub struct Sobol {
    /// Orthonormal directions, each as (coordinate, component); they take the first dimensions.
    directions: Vec<Vec<(usize, f64)>>,
    /// Numbers of arrivals that take the next dimensions, those of all events year by year.
    arrivals: usize,
    /// Coordinates that take the next dimensions.
    coordinates: Vec<usize>,
    /// Whether a coordinate has a dimension of its own.
    even: Vec<bool>,
    /// For every replicate its dimensions.
    replicates: Arc<Vec<Vec<SobolDimension>>>,
    /// Score on the first direction in all trials, in place of that of its sequence.
    held: Option<f64>,
}

/// Number of coordinates of `plan`.
pub fn coordinates(plan: &Plan) -> usize {
    plan.scores.len() + plan.cycles.names.len() * plan.points() + plan.segments.len() * plan.steps
}

/// The number of the first block of a replicate.
pub fn first_block(replicate: u64) -> u64 {
    replicate << WITHIN
}

impl Sobol {
    /// `replicates` independent scramblings under `seed`. After the directions come the numbers of arrivals of events, then
    /// `coordinates`, as many as there are dimensions left.
    ///
    /// # Panics
    /// If there are more directions than half of [`DIMENSIONS`].
    pub fn new(
        plan: &Plan,
        seed: u64,
        replicates: u64,
        directions: Vec<Vec<(usize, f64)>>,
        mut coordinates: Vec<usize>,
    ) -> Self {
        assert!(directions.len() <= DIMENSIONS / 2, "too many directions");
        let events = plan.worlds.first().map_or(0, |world| world.events.len());
        let arrivals = (events * plan.steps).min(DIMENSIONS / 2);
        coordinates.truncate(DIMENSIONS - directions.len() - arrivals);
        let stream = Stream::new(seed, "sampler/sobol");
        let dimensions = directions.len() + arrivals + coordinates.len();
        let of = |replicate| (0..dimensions).map(|k| SobolDimension::new(&stream, replicate, k)).collect();
        let mut even = vec![false; coordinates.iter().max().map_or(0, |last| last + 1)];
        coordinates.iter().for_each(|&coordinate| even[coordinate] = true);
        let replicates = Arc::new((0..replicates).map(of).collect());
        Self { directions, arrivals, coordinates, even, replicates, held: None }
    }

    /// The same, but with this score on the first direction in every trial.
    pub fn holding(&self, score: f64) -> Self {
        Self { held: Some(score), ..self.clone() }
    }

    /// The scores of a block on the first direction; 0 without a direction.
    pub fn leading_scores(&self, v: Vector, block: u64, out: &mut Lanes) {
        let mut words = [0; LANES];
        match self.of_block(block).first().filter(|_| !self.directions.is_empty()) {
            Some(dimension) => {
                dimension.words(within(block), &mut words);
                v.normal_from_words(&words, out);
            }
            None => out.fill(0.0),
        }
    }

    /// Number of leading directions.
    pub fn directions(&self) -> usize {
        self.directions.len()
    }

    /// Number of dimensions, those of the directions among them.
    pub fn dimensions(&self) -> usize {
        self.directions.len() + self.arrivals + self.coordinates.len()
    }

    /// Words for the number of arrivals of an event in a step; `false` if it has no dimension.
    fn arrivals(&self, plan: &Plan, block: u64, event: usize, step: usize, out: &mut [u32; LANES]) -> bool {
        let events = plan.worlds.first().map_or(0, |world| world.events.len());
        let at = step * events + event;
        if at >= self.arrivals {
            return false;
        }
        self.of_block(block)[self.directions.len() + at].words(within(block), out);
        true
    }

    /// The dimensions of the replicate that a block belongs to.
    fn of_block(&self, block: u64) -> &[SobolDimension] {
        &self.replicates[(block >> WITHIN) as usize]
    }

    fn fill(&self, plan: &Plan, v: Vector, streams: &Streams, block: u64, normals: &mut [Lanes]) {
        let dimensions = self.of_block(block);
        let within = within(block);
        let (leading, rest) = dimensions.split_at(self.directions.len());
        let rest = &rest[self.arrivals..];
        let mut words = [0; LANES];
        streams.each_coordinate(plan, |coordinate, stream, year| {
            if !self.even.get(coordinate).is_some_and(|&even| even) {
                stream.words(v, block, year, 0, &mut words);
                v.normal_from_words(&words, &mut normals[coordinate]);
            }
        });
        for (dimension, &coordinate) in rest.iter().zip(&self.coordinates) {
            dimension.words(within, &mut words);
            v.normal_from_words(&words, &mut normals[coordinate]);
        }
        let mut component = [0.0; LANES];
        for (k, (dimension, direction)) in leading.iter().zip(&self.directions).enumerate() {
            match self.held.filter(|_| k == 0) {
                Some(score) => component.fill(score),
                None => {
                    dimension.words(within, &mut words);
                    v.normal_from_words(&words, &mut component);
                }
            }
            for &(coordinate, weight) in direction {
                v.axpy(-weight, &normals[coordinate], &mut component);
            }
            for &(coordinate, weight) in direction {
                v.axpy(weight, &component, &mut normals[coordinate]);
            }
        }
    }
}

/// The number of a block within its replicate.
fn within(block: u64) -> u64 {
    block & ((1 << WITHIN) - 1)
}

impl Steering {
    /// The normal scores of a block, by coordinate.
    pub(super) fn fill(&self, plan: &Plan, v: Vector, streams: &Streams, block: u64, normals: &mut [Lanes]) {
        match self {
            Self::Sobol(sobol) => sobol.fill(plan, v, streams, block, normals),
            Self::Probe(score) => {
                normals.iter_mut().for_each(|lanes| lanes.fill(0.0));
                let first = block as usize * LANES;
                for (lane, normals) in normals.iter_mut().skip(first).take(LANES).enumerate() {
                    normals[lane] = *score;
                }
            }
        }
    }
}

impl Streams {
    /// Words for the number of arrivals of an event in the year that a step ends with.
    pub(super) fn arrivals(
        &self,
        plan: &Plan,
        v: Vector,
        block: u64,
        event: usize,
        step: usize,
        out: &mut [u32; LANES],
    ) {
        let steered = match &self.steering {
            Some(Steering::Sobol(sobol)) => sobol.arrivals(plan, block, event, step, out),
            Some(Steering::Probe(_)) | None => false,
        };
        if !steered {
            self.arrivals[event].words(v, block, calendar(plan, step + 1), 0, out);
        }
    }

    /// Every coordinate with the stream and the year of its address, in order: quantities, cycles by year, own shocks by year.
    fn each_coordinate(&self, plan: &Plan, mut visit: impl FnMut(usize, &Stream, u32)) {
        let scores = self.scores.iter().map(|stream| (stream, 0));
        let cycles = self.cycles.iter().flat_map(|s| (0..plan.points()).map(move |y| (s, calendar(plan, y))));
        let own = self.own.iter().flat_map(|s| (0..plan.steps).map(move |t| (s, calendar(plan, t + 1))));
        for (coordinate, (stream, year)) in scores.chain(cycles).chain(own).enumerate() {
            visit(coordinate, stream, year);
        }
    }
}
