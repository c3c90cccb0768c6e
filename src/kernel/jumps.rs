//! Events: how many arrive in a year, and what they do to log growth.

use super::draws::{Draws, Streams, calendar};
use super::number::NumLanes;
use crate::math::{LANES, Lanes, Mask, Vector};
use crate::plan::{Arrivals, Event, Plan, Severity};
use crate::random::{Score, bernoulli, poisson_lanes, poisson_lanes_of_rate};

/// Log changes through every event, with what is needed to draw them.
pub struct Jumps {
    /// `event × steps`.
    changes: Vec<Lanes>,
    /// What the arrivals of one event come to, by step, before recovery.
    arrived: Vec<Lanes>,
    pending: Vec<Arrival>,
    steps: usize,
}

/// One arrival whose severity is still to be drawn.
struct Arrival {
    step: usize,
    lane: usize,
    word: u32,
}

impl Jumps {
    /// Buffers for `plan`.
    pub fn new(plan: &Plan) -> Self {
        let most = plan.worlds.iter().map(|world| world.events.len()).max().unwrap_or(0);
        Self {
            changes: vec![[0.0; LANES]; most * plan.steps],
            arrived: vec![[0.0; LANES]; plan.steps],
            pending: Vec::new(),
            steps: plan.steps,
        }
    }

    /// Log changes, `event × steps`.
    pub fn changes(&self) -> &[Lanes] {
        &self.changes
    }

    /// Draws one event of the world whose drawn quantities are `values`.
    #[expect(clippy::too_many_arguments, reason = "one call site; a parameter object would only rename them")]
    pub fn simulate(
        &mut self,
        plan: &Plan,
        index: usize,
        event: &Event,
        values: &[Lanes],
        v: Vector,
        draws: &Draws,
        block: u64,
    ) {
        let changes = &mut self.changes[index * self.steps..][..self.steps];
        changes.iter_mut().for_each(|x| x.fill(0.0));
        let Draws::Addressed(streams) = draws else { return };
        self.pending.clear();
        for step in event.active.clone() {
            arrive(plan, index, event, values, v, streams, block, step, &mut self.pending);
        }
        // without recovery the changes are what arrived
        let sums = if event.recovery.is_some() {
            self.arrived.iter_mut().for_each(|x| x.fill(0.0));
            &mut *self.arrived
        } else {
            &mut *changes
        };
        // arrivals are few: those of all years together fill a block of lanes better than those of each year
        for arrivals in self.pending.chunks(LANES) {
            add_severities(event, values, v, arrivals, sums);
        }
        let Some(years) = event.recovery else { return };
        for step in event.active.clone() {
            v.add(&mut changes[step], &self.arrived[step]);
            let part = 1.0 / years as f64;
            for later in changes.iter_mut().skip(step + 1).take(years) {
                v.zip(later, &self.arrived[step], move |later, change| later - change * part);
            }
        }
    }
}

/// Lists the arrivals of one year, each with the random word of its severity.
#[expect(clippy::too_many_arguments, reason = "one call site; a parameter object would only rename them")]
fn arrive(
    plan: &Plan,
    index: usize,
    event: &Event,
    values: &[Lanes],
    v: Vector,
    streams: &Streams,
    block: u64,
    step: usize,
    pending: &mut Vec<Arrival>,
) {
    let mut words = [0; LANES];
    let mut uniform = [0.0; LANES];
    let year = calendar(plan, step + 1);
    streams.arrivals(plan, v, block, index, step, &mut words);
    v.uniform_from_words(&words, &mut uniform);
    let counts = count_arrivals(&event.arrivals, step, values, v, &uniform);
    for number in 0.. {
        let hit = Mask::above(v, &counts, f64::from(number));
        if hit == Mask::NONE {
            return;
        }
        streams.severity(index).words(v, block, year, number, &mut words);
        hit.for_each(|lane| pending.push(Arrival { step, lane, word: words[lane] }));
    }
}

/// Adds the log changes of at most [`LANES`] arrivals to their trials and years.
fn add_severities(event: &Event, values: &[Lanes], v: Vector, arrivals: &[Arrival], sums: &mut [Lanes]) {
    let mut words = [0; LANES];
    words.iter_mut().zip(arrivals).for_each(|(word, arrival)| *word = arrival.word);
    let mut severity = [0.0; LANES];
    match &event.severity {
        Severity::LogChange(sampler) => sampler.fill(v, Score::Words(&words), &mut severity),
        Severity::Share { severity: sampler, exposure } => {
            sampler.fill(v, Score::Words(&words), &mut severity);
            let exposure = NumLanes::of(*exposure, values);
            for (share, arrival) in severity.iter_mut().zip(arrivals) {
                *share = 1.0 - *share * exposure.at(arrival.lane);
            }
            v.ln(&mut severity);
        }
    }
    for (change, arrival) in severity.iter().zip(arrivals) {
        sums[arrival.step][arrival.lane] += change;
    }
}

fn count_arrivals(arrivals: &Arrivals, step: usize, values: &[Lanes], v: Vector, uniform: &Lanes) -> Lanes {
    let mut counts = [0.0; LANES];
    match arrivals {
        Arrivals::Rate(rate) => match NumLanes::of(*rate, values) {
            NumLanes::Const(rate) => poisson_lanes_of_rate(v, uniform, rate, &mut counts),
            NumLanes::Lanes(rates) => poisson_lanes(v, uniform, rates, &mut counts),
        },
        Arrivals::Probability(p) => {
            let p = NumLanes::of(*p, values);
            (0..LANES).for_each(|i| counts[i] = f64::from(u8::from(bernoulli(uniform[i], p.at(i)))));
        }
        Arrivals::Held(arrivals) => counts.fill(f64::from(arrivals[step])),
    }
    counts
}
