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
use crate::kernel::paths::BlockPaths;
use crate::kernel::projection::PolicyBuffers;
use crate::math::{LANES, Lanes, Vector};
use crate::plan::{Counted, Num, Parts, Pipeline, Plan, PolicyPlan};
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
struct Approvals {
    law: Law,
    list: Vec<Approval>,
    /// Number of approvals in every year, from the base year on.
    by_year: Vec<Lanes>,
}

/// One pipeline in the block at hand.
struct State {
    /// Approvals by [`Pipeline::variants`].
    variants: Vec<Approvals>,
    /// The variant of the policy at hand.
    current: usize,
    /// Whether anything but the number of approvals is asked for.
    sells: bool,
    /// Sales above which some series counts products, ascending.
    thresholds: Vec<f64>,
    /// Sales of the different ways in which policies move them; only the first `known` are of the world at hand.
    sales: Vec<Sales>,
    known: usize,
    /// The sales of the policy at hand.
    selling: usize,
    points: usize,
}

/// Sales of one pipeline under the policies that move them alike.
#[derive(Default)]
struct Sales {
    /// What tells them apart: the variant of approvals, then number and award of every supporting instrument.
    key: Vec<usize>,
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
        let variants = |index: usize| {
            let all = plan.worlds.iter().map(|w| w.counted.pipelines[index].variants.len());
            all.max().unwrap_or(1)
        };
        let approvals = || Approvals {
            law: Law::default(),
            list: Vec::new(),
            by_year: vec![[0.0; LANES]; plan.points()],
        };
        let states = (0..pipelines.len())
            .map(|index| {
                let thresholds = thresholds(plan, index);
                State {
                    variants: (0..variants(index)).map(|_| approvals()).collect(),
                    current: 0,
                    sells: !thresholds.is_empty() || is_local(plan, index),
                    thresholds,
                    sales: Vec::new(),
                    known: 0,
                    selling: 0,
                    points: plan.points(),
                }
            })
            .collect();
        let stages = pipelines.iter().map(|p| p.stages.len()).max().unwrap_or(0);
        Self { streams, states, awards: Awards::default(), scratch: Scratch::new(stages) }
    }

    pub fn begin_block(&mut self, _plan: &Plan, _v: Vector, _block: u64) {}

    /// Simulates the approvals of every pipeline under every kind of support.
    pub fn begin_world(&mut self, at: Context<'_>) {
        self.awards.begin_world();
        self.states.iter_mut().for_each(|state| state.known = 0);
        for (index, pipeline) in at.world.counted.pipelines.iter().enumerate() {
            let state = &mut self.states[index];
            let values = at.organic.values();
            for (approvals, supports) in state.variants.iter_mut().zip(&pipeline.variants) {
                approvals.law.set(pipeline, supports, values, at.plan.steps);
                approvals.list.clear();
                approvals.by_year.iter_mut().for_each(|x| x.fill(0.0));
            }
            let variants = &mut state.variants[..pipeline.variants.len()];
            match self.streams.get(index) {
                Some(streams) => {
                    self.scratch.simulate(at, pipeline, streams, variants, state.sells);
                }
                None => self.scratch.expect(at, pipeline, variants),
            }
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
            let Some(sales) = state.sales.get(state.selling) else { continue };
            let Some(t) = state.thresholds.iter().position(|known| *known == threshold) else { continue };
            v.add(out, &sales.above[t * state.points + year]);
        }
    }

    /// Adds the number of approvals from year `since` to `year`.
    pub fn add_approvals(&self, pipelines: &[usize], since: usize, year: usize, out: &mut Lanes) {
        for &pipeline in pipelines {
            let state = &self.states[pipeline];
            for approved in state.variants[state.current].by_year.iter().take(year + 1).skip(since) {
                (0..LANES).for_each(|i| out[i] += approved[i]);
            }
        }
    }
}

impl State {
    /// Approvals of the policy at hand.
    fn approvals(&self) -> &[Approval] {
        &self.variants[self.current].list
    }
}

/// Number of products of a pipeline that stand in a stage at the end of the base year.
fn assets(pipeline: &Pipeline, stage: usize) -> f64 {
    f64::from(pipeline.stages[stage].assets)
}
