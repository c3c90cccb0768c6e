//! Products on their way to approval: stages, durations, entrants, awards, peak sales and uptake.
//!
//! Every asset has a *fate*, durations and peak sales of its own, drawn by name; a policy moves only the bounds that
//! fates are held against and the pace of the clock. So more support never takes an approval away, and a policy
//! costs no draws. Fates are drawn in ascending order and only as far as some policy can reach ([`ranks`]).

mod awards;
mod clock;
mod ranks;
mod sales;

use super::Context;
use crate::kernel::draws::Draws;
use crate::kernel::kept::{Inputs, Kept};
use crate::kernel::paths::BlockPaths;
use crate::kernel::projection::PolicyBuffers;
use crate::math::{LANES, Lanes, Vector};
use crate::plan::{Counted, Num, Parts, Pipeline, Plan, PolicyPlan, StageTime};
use awards::Awards;
use clock::Law;
pub use ranks::exponential;
use ranks::{Scratch, Streams};

/// One approval within the horizon.
#[derive(Clone, Copy)]
struct Approval {
    /// Lane of the trial.
    lane: u16,
    /// 1, or at the medians the expected number.
    weight: f64,
    /// Years after the base year.
    time: f64,
    /// Peak yearly sales before any support, 亿元.
    peak: f64,
}

impl Approval {
    /// Index of the calendar year, 1 for the first simulated one: the year `y` is `(y − 1, y]`.
    fn year(&self) -> usize {
        (self.time.ceil() as usize).max(1)
    }
}

/// Approvals of one pipeline under the policies that support it alike.
#[derive(Default)]
struct Approvals {
    law: Law,
    list: Vec<Approval>,
    /// Number of approvals in every year, from the base year on.
    by_year: Vec<Lanes>,
}

/// One pipeline in the block at hand.
struct State {
    /// Approvals by [`Pipeline::variants`], for the different inputs of worlds.
    approvals: Kept<Vec<Approvals>>,
    /// Those of the world at hand.
    world: usize,
    /// The variant of the policy at hand.
    current: usize,
    /// Whether anything but the number of approvals is asked for.
    sells: bool,
    /// Sales above which some series counts products, ascending.
    thresholds: Vec<f64>,
    /// Sales of the different ways in which worlds and policies move them.
    sales: Kept<Sales>,
    /// The sales of the policy at hand.
    selling: usize,
    points: usize,
}

/// Sales of one pipeline under the policies that move them alike.
#[derive(Default)]
struct Sales {
    /// Number of products at or above each threshold by year, `threshold × points`.
    above: Vec<Lanes>,
    /// New local revenue of every step; empty if nothing is sold.
    revenue: Vec<Lanes>,
}

/// Approvals and sales of the block at hand.
pub struct Pipelines {
    /// Empty at the medians.
    streams: Vec<Streams>,
    states: Vec<State>,
    awards: Awards,
    scratch: Scratch,
    inputs: Inputs,
}

/// Sales above which some series counts the products of a pipeline, ascending.
fn thresholds(plan: &Plan, pipeline: usize) -> Vec<f64> {
    let asked = plan.series.iter().filter_map(|series| match &series.parts {
        Parts::Counted(Counted::Above { threshold, pipelines, .. }) if pipelines.contains(&pipeline) => {
            Some(*threshold)
        }
        _ => None,
    });
    let mut found: Vec<f64> = asked.collect();
    found.sort_by(f64::total_cmp);
    found.dedup();
    found
}

/// Whether sales of a pipeline can become revenue in some world.
fn is_local(plan: &Plan, pipeline: usize) -> bool {
    let zero = Num::Const(0.0);
    plan.worlds.iter().any(|world| {
        let instruments = world.policies.iter().flat_map(|p| &p.instruments);
        let mut supports = instruments.filter_map(|i| i.pipeline.as_ref());
        world.counted.pipelines[pipeline].local != zero
            || supports.any(|s| s.pipelines.contains(&pipeline) && s.local_added != zero)
    })
}

impl Pipelines {
    /// Buffers for `plan`, with the streams of `draws`.
    pub fn new(plan: &Plan, draws: &Draws) -> Self {
        let pipelines = plan.worlds.first().map_or(&[][..], |w| &w.counted.pipelines[..]);
        let streams = match draws {
            Draws::Median => Vec::new(),
            Draws::Addressed(named) => pipelines.iter().map(|p| Streams::new(p, named)).collect(),
        };
        let states = (0..pipelines.len())
            .map(|index| {
                let thresholds = thresholds(plan, index);
                State {
                    approvals: Kept::default(),
                    world: 0,
                    current: 0,
                    sells: !thresholds.is_empty() || is_local(plan, index),
                    thresholds,
                    sales: Kept::default(),
                    selling: 0,
                    points: plan.points(),
                }
            })
            .collect();
        let stages = pipelines.iter().map(|p| p.stages.len()).max().unwrap_or(0);
        let (awards, scratch, inputs) = (Awards::default(), Scratch::new(stages), Inputs::default());
        Self { streams, states, awards, scratch, inputs }
    }

    /// Forgets the block before.
    pub fn begin_block(&mut self) {
        self.awards.begin_block();
        for state in &mut self.states {
            state.approvals.begin_block();
            state.sales.begin_block();
        }
    }

    /// Simulates the approvals of every pipeline under every kind of support, unless the world before had the same.
    pub fn begin_world(&mut self, at: Context<'_>) {
        self.awards.begin_world();
        let Self { streams, states, scratch, inputs, .. } = self;
        for (index, pipeline) in at.world.counted.pipelines.iter().enumerate() {
            let state = &mut states[index];
            state.sales.begin_world();
            state.approvals.begin_world();
            describe(pipeline, at.organic.values(), inputs);
            let (points, sells) = (state.points, state.sells);
            state.world = state.approvals.of(inputs, |variants| {
                variants.resize_with(pipeline.variants.len(), Approvals::default);
                for (approvals, supports) in variants.iter_mut().zip(&pipeline.variants) {
                    approvals.law.set(pipeline, supports, at.organic.values(), at.plan.steps);
                    approvals.list.clear();
                    approvals.by_year.clear();
                    approvals.by_year.resize(points, [0.0; LANES]);
                }
                match streams.get(index) {
                    Some(streams) => scratch.simulate(at, pipeline, streams, variants, sells),
                    None => scratch.expect(at, pipeline, variants),
                }
            });
        }
    }

    /// Adds the local sales of the products approved under a policy, and books their awards.
    pub fn add_revenue(
        &mut self,
        at: Context<'_>,
        policy: &PolicyPlan,
        buffers: &mut PolicyBuffers,
        paths: &mut BlockPaths,
    ) {
        for (state, &variant) in self.states.iter_mut().zip(&policy.variants) {
            state.current = variant;
        }
        self.awards.give(at, policy, &self.states, paths);
        for index in 0..self.states.len() {
            self.sell(at, policy, index, buffers);
        }
    }

    /// Adds the number of launched products with sales at or above `threshold` in a year.
    pub fn add_above(&self, v: Vector, pipelines: &[usize], threshold: f64, year: usize, out: &mut Lanes) {
        for &pipeline in pipelines {
            let state = &self.states[pipeline];
            let sales = state.sales.at(state.selling);
            let Some(t) = state.thresholds.iter().position(|known| *known == threshold) else { continue };
            v.add(out, &sales.above[t * state.points + year]);
        }
    }

    /// Adds the number of approvals from year `since` to `year`.
    pub fn add_approvals(&self, pipelines: &[usize], since: usize, year: usize, out: &mut Lanes) {
        for &pipeline in pipelines {
            let state = &self.states[pipeline];
            for approved in state.variant().by_year.iter().take(year + 1).skip(since) {
                (0..LANES).for_each(|i| out[i] += approved[i]);
            }
        }
    }
}

impl State {
    /// What is approved under the policy at hand.
    fn variant(&self) -> &Approvals {
        &self.approvals.at(self.world)[self.current]
    }

    /// Approvals of the policy at hand.
    fn approvals(&self) -> &[Approval] {
        &self.variant().list
    }

    /// What tells its approvals apart from all others of the block.
    fn describe_approvals(&self, inputs: &mut Inputs) {
        inputs.count(self.approvals.number(self.world));
        inputs.count(self.current);
    }
}

/// All that the approvals of a pipeline are made from, besides its streams.
fn describe(pipeline: &Pipeline, values: &[Lanes], inputs: &mut Inputs) {
    inputs.clear();
    inputs.count(pipeline.entrants.1);
    inputs.number(pipeline.entrants.0, values);
    inputs.law(&pipeline.peak_sales);
    for stage in &pipeline.stages {
        inputs.count(stage.assets as usize);
        inputs.numbers([stage.success, stage.duration, stage.elapsed], values);
        match &stage.time {
            StageTime::Fixed => inputs.count(0),
            StageTime::Exponential => inputs.count(1),
            StageTime::Gamma(law) => {
                inputs.count(2);
                inputs.law(law);
            }
        }
    }
    for supports in &pipeline.variants {
        inputs.count(supports.len());
        for support in supports {
            inputs.count(support.start);
            support.stages.iter().for_each(|&supported| inputs.count(usize::from(supported)));
            let numbers = [support.entrants, support.entrants_added, support.success, support.duration];
            inputs.numbers(numbers, values);
        }
    }
}

/// Number of products of a pipeline that stand in a stage at the end of the base year.
fn assets(pipeline: &Pipeline, stage: usize) -> f64 {
    f64::from(pipeline.stages[stage].assets)
}
