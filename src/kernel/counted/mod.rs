//! Things that are counted: read-outs of finished paths, and the new revenue of launched products and arriving firms.
//!
//! In every block: draws once ([`CountedState::begin_block`]), what policies share once per world
//! ([`CountedState::begin_world`]), then for each policy first what adds revenue ([`CountedState::add_revenue`]) and,
//! after the projection, the read-outs ([`CountedState::read_out`]).

pub mod arrivals;
mod followed;
mod indicators;
mod items;
mod pipelines;
mod populations;

use super::draws::Draws;
use super::organic::Organic;
use super::paths::BlockPaths;
use super::projection::PolicyBuffers;
use crate::math::{Lanes, Vector};
use crate::plan::{Counted, Plan, PolicyPlan, WorldPlan};

/// What every step of a block needs to know.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub plan: &'a Plan,
    pub world: &'a WorldPlan,
    pub organic: &'a Organic,
    pub vector: Vector,
    pub draws: &'a Draws,
    pub block: u64,
    /// For every instrument of the policy at hand its number among the different ones of the world.
    pub numbers: &'a [usize],
}

/// Counted things of the block at hand.
pub struct CountedState {
    followed: followed::Followed,
    items: items::Items,
    populations: populations::Populations,
    arrivals: arrivals::Arrivals,
    pipelines: pipelines::Pipelines,
    indicators: indicators::Indicators,
}

impl CountedState {
    /// Buffers for `plan`, with the streams of `draws`.
    pub fn new(plan: &Plan, draws: &Draws) -> Self {
        Self {
            followed: followed::Followed::new(plan),
            items: items::Items::new(plan, draws),
            populations: populations::Populations::new(plan, draws),
            arrivals: arrivals::Arrivals::new(plan, draws),
            pipelines: pipelines::Pipelines::new(plan, draws),
            indicators: indicators::Indicators::new(plan, draws),
        }
    }

    /// Draws what no world or policy changes.
    pub fn begin_block(&mut self, plan: &Plan, v: Vector, block: u64) {
        self.items.begin_block(plan, v, block);
        self.populations.begin_block();
        self.arrivals.begin_block(plan, v, block);
        self.pipelines.begin_block();
        self.indicators.begin_block(plan, v, block);
    }

    /// Computes what the policies of a world share.
    pub fn begin_world(&mut self, at: Context<'_>) {
        self.populations.begin_world(at);
        self.arrivals.begin_world(at);
        self.pipelines.begin_world(at);
    }

    /// Adds the new revenue of launched products and arriving firms under a policy, and books awards.
    pub fn add_revenue(
        &mut self,
        at: Context<'_>,
        policy: &PolicyPlan,
        buffers: &mut PolicyBuffers,
        paths: &mut BlockPaths,
    ) {
        self.arrivals.add_revenue(at, policy, buffers);
        self.pipelines.add_revenue(at, policy, buffers, paths);
    }

    /// Reads out what follows the finished paths.
    pub fn read_out(
        &mut self,
        at: Context<'_>,
        policy: &PolicyPlan,
        buffers: &PolicyBuffers,
        paths: &BlockPaths,
    ) {
        self.followed.read_out(at, paths);
        self.items.read_out(at, &self.followed);
        self.populations.read_out(at, &self.followed);
        self.arrivals.read_out(at, buffers);
        self.indicators.read_out(at, policy);
    }

    /// Writes the value of a counted series in a year (0 = base year).
    pub fn write(&self, at: Context<'_>, counted: &Counted, year: usize, out: &mut Lanes) {
        out.fill(0.0);
        match counted {
            Counted::Above { threshold, items, populations, arrivals, pipelines } => {
                self.items.add_above(items, *threshold, year, out);
                self.populations.add_above(populations, *threshold, year, out);
                self.arrivals.add_above(at.vector, arrivals, *threshold, year, out);
                self.pipelines.add_above(at.vector, pipelines, *threshold, year, out);
            }
            Counted::Approvals { pipelines, since } => {
                self.pipelines.add_approvals(pipelines, *since, year, out);
            }
            Counted::Arrivals { arrivals, since } => {
                self.arrivals.add_arrivals(arrivals, *since, year, out);
            }
            Counted::Indicator(indicator) => self.indicators.write(*indicator, year, out),
            Counted::NationGrowth => self.indicators.write_nation_growth(at, year, out),
        }
    }
}
