//! The block's randomness that worlds and policies share: scores, cycle innovations and own shocks.

use std::sync::Arc;

use super::redrawn::Redrawn;
use super::steering::{Steering, coordinates};
use crate::math::{LANES, Lanes, Vector};
use crate::plan::Plan;
use crate::random::{Score, ShockFamily, ShockSampler, Stream};

/// Where a kernel takes its randomness from.
pub enum Draws {
    /// Addressed random numbers: pure functions of (seed, name, trial, year).
    Addressed(Box<Streams>),
    /// No randomness: every quantity at its median, no shock, no event; what `plan` shows.
    Median,
}

/// All streams of a plan under one seed, keyed by the name of the thing drawn.
pub struct Streams {
    pub(super) scores: Vec<Stream>,
    pub(super) cycles: Vec<Stream>,
    cycle_tails: Stream,
    regime: Stream,
    pub(super) own: Vec<Stream>,
    pub(super) arrivals: Vec<Stream>,
    severities: Vec<Stream>,
    seeds: Seeds,
    redrawn: Option<Redrawn>,
    pub(super) steering: Option<Steering>,
}

/// Which seed the stream of a name takes.
struct Seeds {
    seed: u64,
    second: Option<(u64, Arc<Renewed>)>,
}

/// Whether the thing of this name is drawn anew.
pub type Renewed = dyn Fn(&str) -> bool + Send + Sync;

impl Seeds {
    fn stream(&self, name: &str) -> Stream {
        match &self.second {
            Some((second, renewed)) if renewed(name) => Stream::new(*second, name),
            _ => Stream::new(self.seed, name),
        }
    }

    fn is_renewed(&self, name: &str) -> bool {
        self.second.as_ref().is_some_and(|(_, renewed)| renewed(name))
    }
}

impl Draws {
    /// Addressed draws for `plan` under `seed`.
    pub fn addressed(plan: &Plan, seed: u64) -> Self {
        Self::with(plan, Seeds { seed, second: None }, None)
    }

    /// The draws of `seed`, but quantities, cycles and own shocks from `steering`; everything else (events, regimes, projects
    /// and what is counted) is addressed. Of two equal blocks of probes nothing but the probed scores differs.
    pub fn steered(plan: &Plan, seed: u64, steering: Steering) -> Self {
        Self::with(plan, Seeds { seed, second: None }, Some(steering))
    }

    /// The draws of `seed`, but those of every thing whose name `renewed` accepts under `second`: the pick-freeze design
    /// of variance-based sensitivity analysis (Saltelli et al. 2010). Quantities that depend on others through the copula
    /// are drawn anew from their law given those that are kept (Song, Nelson and Staum 2016), so that every trial is one
    /// that the model can produce.
    ///
    /// Names are those of [`Plan::scores`], `nation/cycle`, `industry.<id>/cycle`, `province.<id>/cycle`,
    /// `cycles/tails`, `nation/regime`, `cluster.<id>/<industry>/own`, `event.<id>/arrivals`, `event.<id>/severity`,
    /// `instrument.<id>/…` and those of counted things.
    pub fn redrawing(plan: &Plan, seed: u64, second: u64, renewed: Arc<Renewed>) -> Self {
        Self::with(plan, Seeds { seed, second: Some((second, renewed)) }, None)
    }

    fn with(plan: &Plan, seeds: Seeds, steering: Option<Steering>) -> Self {
        let named = |name: &str, what: &str| seeds.stream(&format!("{name}/{what}"));
        let events = plan.worlds.first().map_or(&[][..], |w| &w.events[..]);
        let redrawn = plan.copula.as_ref().and_then(|copula| {
            let names = || copula.members.iter().map(|&member| plan.scores[member].name.as_str());
            let renewed: Vec<bool> = names().map(|name| seeds.is_renewed(name)).collect();
            Redrawn::new(copula, &renewed, names().map(|name| Stream::new(seeds.seed, name)))
        });
        Self::Addressed(Box::new(Streams {
            scores: plan.scores.iter().map(|s| seeds.stream(&s.name)).collect(),
            cycles: plan.cycles.names.iter().map(|n| named(n, "cycle")).collect(),
            cycle_tails: seeds.stream("cycles/tails"),
            regime: seeds.stream("nation/regime"),
            own: plan.segments.iter().map(|s| named(&s.name, "own")).collect(),
            arrivals: events.iter().map(|e| named(&e.name, "arrivals")).collect(),
            severities: events.iter().map(|e| named(&e.name, "severity")).collect(),
            redrawn,
            seeds,
            steering,
        }))
    }
}

impl Streams {
    /// Stream of the severities of an event; the slot is the arrival's number within the year.
    pub fn severity(&self, event: usize) -> &Stream {
        &self.severities[event]
    }

    /// Stream of the nation's regime.
    pub fn regime(&self) -> &Stream {
        &self.regime
    }

    /// Stream of the thing called `name`; for what is drawn outside this module.
    pub fn named(&self, name: &str) -> Stream {
        self.seeds.stream(name)
    }

    /// Stream of something an instrument draws (`projects`, `survival`).
    pub fn instrument(&self, id: &str, what: &str) -> Stream {
        self.seeds.stream(&format!("instrument.{id}/{what}"))
    }
}

/// Draws that do not depend on world or policy.
pub struct SharedDraws {
    /// Raw words of every score.
    words: Vec<[u32; LANES]>,
    /// Normal scores of all coordinates, in their order, where they are steered; empty otherwise.
    steered: Vec<Lanes>,
    /// Independent normal scores of copula members, before correlation.
    pub innovations: Vec<Lanes>,
    /// Correlated normal scores of copula members.
    pub correlated: Vec<Lanes>,
    /// Unit-variance innovations, `cycle × points`; year 0 starts the stationary law.
    pub cycles: Vec<Lanes>,
    /// Unit-variance own shocks, `segment × steps`.
    pub own: Vec<Lanes>,
    cycle_shocks: ShockSampler,
    own_shocks: ShockSampler,
}

impl SharedDraws {
    /// Buffers for `plan`.
    pub fn new(plan: &Plan) -> Self {
        let zero = [0.0; LANES];
        let members = plan.copula.as_ref().map_or(0, |c| c.members.len());
        let shocks = |df: Option<f64>| {
            ShockSampler::new(df.map_or(ShockFamily::NORMAL, |df| {
                ShockFamily::student_t(df).expect("the model checks that degrees of freedom exceed 2")
            }))
        };
        Self {
            words: vec![[0; LANES]; plan.scores.len()],
            steered: Vec::new(),
            innovations: vec![zero; members],
            correlated: vec![zero; members],
            cycles: vec![zero; plan.cycles.names.len() * plan.points()],
            own: vec![zero; plan.segments.len() * plan.steps],
            cycle_shocks: shocks(plan.cycles.tails),
            own_shocks: shocks(plan.own_tails),
        }
    }

    /// What the independent score `index` is made from.
    pub fn score(&self, index: usize) -> Score<'_> {
        match self.steered.get(index) {
            Some(normal) => Score::Normal(normal),
            None => Score::Words(&self.words[index]),
        }
    }

    /// Draws everything for one block; median draws leave all shocks at zero.
    pub fn fill(&mut self, plan: &Plan, v: Vector, draws: &Draws, block: u64) {
        let Draws::Addressed(streams) = draws else { return };
        match &streams.steering {
            Some(steering) => {
                self.steered.resize(coordinates(plan), [0.0; LANES]);
                steering.fill(plan, v, streams, block, &mut self.steered);
            }
            None => {
                for (stream, words) in streams.scores.iter().zip(&mut self.words) {
                    stream.words(v, block, 0, 0, words);
                }
            }
        }
        if let Some(copula) = &plan.copula {
            for (k, &member) in copula.members.iter().enumerate() {
                match self.steered.get(member) {
                    Some(normal) => self.innovations[k] = *normal,
                    None => v.normal_from_words(&self.words[member], &mut self.innovations[k]),
                }
            }
            correlate(v, &copula.lower, &self.innovations, &mut self.correlated);
            if let Some(redrawn) = &streams.redrawn {
                redrawn.redraw(copula, v, block, &self.innovations, &mut self.correlated);
            }
        }
        self.fill_cycles(plan, v, streams, block);
        let mut words = [0; LANES];
        let first = plan.scores.len() + plan.cycles.names.len() * plan.points();
        for (segment, stream) in streams.own.iter().enumerate() {
            for step in 0..plan.steps {
                let at = segment * plan.steps + step;
                let score = match self.steered.get(first + at) {
                    Some(normal) => Score::Normal(normal),
                    None => {
                        stream.words(v, block, calendar(plan, step + 1), 0, &mut words);
                        Score::Words(&words)
                    }
                };
                self.own_shocks.fill(v, score, &mut self.own[at]);
            }
        }
    }

    fn fill_cycles(&mut self, plan: &Plan, v: Vector, streams: &Streams, block: u64) {
        let points = plan.points();
        let correlated = &plan.cycles.correlated;
        let mut words = [0; LANES];
        let mut raw = vec![[0.0; LANES]; correlated.len()];
        let mut mixed = raw.clone();
        let mut factor = [0.0; LANES];
        for year in 0..points {
            let calendar = calendar(plan, year);
            for (cycle, stream) in streams.cycles.iter().enumerate() {
                let score = match self.steered.get(plan.scores.len() + cycle * points + year) {
                    Some(normal) => Score::Normal(normal),
                    None => {
                        stream.words(v, block, calendar, 0, &mut words);
                        Score::Words(&words)
                    }
                };
                match correlated.iter().position(|&c| c == cycle) {
                    Some(k) => score.normal(v, &mut raw[k]),
                    None => {
                        let out = &mut self.cycles[cycle * points + year];
                        self.cycle_shocks.fill(v, score, out);
                    }
                }
            }
            correlate(v, &plan.cycles.lower, &raw, &mut mixed);
            if plan.cycles.tails.is_some() && !correlated.is_empty() {
                streams.cycle_tails.words(v, block, calendar, 0, &mut words);
                self.cycle_shocks.fill_mixing(v, Score::Words(&words), &mut factor);
                mixed.iter_mut().for_each(|z| v.mul(z, &factor));
            }
            for (k, &cycle) in correlated.iter().enumerate() {
                self.cycles[cycle * points + year] = mixed[k];
            }
        }
    }
}

/// The calendar year as the year part of an address, so that a file with another base year keeps its draws.
pub fn calendar(plan: &Plan, year: usize) -> u32 {
    u32::try_from(plan.base_year).unwrap_or(0) + year as u32
}

/// `out = L · z` with a row-major lower factor.
pub(super) fn correlate(v: Vector, lower: &[f64], z: &[Lanes], out: &mut [Lanes]) {
    let n = z.len();
    for (row, target) in out.iter_mut().enumerate() {
        target.fill(0.0);
        for column in 0..=row {
            let weight = lower[row * n + column];
            if weight != 0.0 {
                v.axpy(weight, &z[column], target);
            }
        }
    }
}
