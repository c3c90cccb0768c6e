//! One block of trials: pure arithmetic on lanes, from random words to yearly revenue paths.
//!
//! The kernel knows only the compiled plan. Everything that policies share (draws, cycles, events, organic
//! growth) is computed once per world; each policy then costs a multiply-add per segment and year.

mod capacity;
mod counted;
mod draws;
mod effects;
mod jumps;
mod kept;
mod knowledge;
mod number;
mod organic;
mod paths;
mod projection;
mod redrawn;
mod segment_growth;
mod shares;
mod sharing;
mod steering;
mod uplift;

pub use draws::{Draws, Renewed};
pub use paths::{BlockPaths, NonFinite};
pub use steering::{Sobol, Steering, coordinates, first_block};

use crate::math::{Lanes, Vector};
use crate::plan::{Plan, WorldPlan};
use counted::{Context, CountedState};
use organic::Organic;
use projection::PolicyBuffers;
use sharing::Sharing;

/// What a worker spends its time on; for those who measure it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Random numbers that worlds and policies share.
    Draws,
    /// Growth of a world without policy.
    Growth,
    /// What a policy adds, and the yearly recursion.
    Policy,
    /// Firms, products, pipelines, arrivals and indicators.
    Counted,
    /// Judging targets and recording every series.
    Recording,
}

impl Stage {
    /// All stages, in the order of the work.
    pub const ALL: [Self; 5] = [Self::Draws, Self::Growth, Self::Policy, Self::Counted, Self::Recording];
}

/// The simulator of one plan under one source of draws.
pub struct Kernel<'p> {
    plan: &'p Plan,
    vector: Vector,
    draws: Draws,
    sharing: Sharing,
}

/// Reusable buffers of one worker; their contents never outlive a block.
pub struct Workspace {
    shared: draws::SharedDraws,
    organic: Organic,
    policy: PolicyBuffers,
    counted: CountedState,
    paths: BlockPaths,
}

impl<'p> Kernel<'p> {
    /// A kernel over `plan` that takes its randomness from `draws`.
    pub fn new(plan: &'p Plan, vector: Vector, draws: Draws) -> Self {
        Self { plan, vector, draws, sharing: Sharing::new(plan) }
    }

    /// Buffers for one worker.
    pub fn workspace(&self) -> Workspace {
        Workspace {
            shared: draws::SharedDraws::new(self.plan),
            organic: Organic::new(self.plan),
            policy: PolicyBuffers::new(self.plan),
            counted: CountedState::new(self.plan, &self.draws),
            paths: BlockPaths::new(self.plan),
        }
    }

    /// Simulates the `lanes` first trials of `block` and hands the paths of every world and policy to `sink`.
    ///
    /// Worlds come in the plan's order, and within a world the policies in the plan's order, so that a tally
    /// can compare each policy with an earlier one ([`Plan::against`]) trial by trial.
    ///
    /// # Errors
    /// [`NonFinite`] with the trial, series and year if any path leaves the finite numbers.
    pub fn block(
        &self,
        ws: &mut Workspace,
        block: u64,
        lanes: usize,
        sink: &mut impl FnMut(BlockView<'_>),
    ) -> Result<(), NonFinite> {
        self.watched_block(ws, block, lanes, &|_| {}, sink)
    }

    /// As [`block`](Self::block); `begins` hears of every stage of the work.
    ///
    /// # Errors
    /// As [`block`](Self::block).
    pub fn watched_block(
        &self,
        ws: &mut Workspace,
        block: u64,
        lanes: usize,
        begins: &dyn Fn(Stage),
        sink: &mut impl FnMut(BlockView<'_>),
    ) -> Result<(), NonFinite> {
        let Workspace { shared, organic, policy, counted, paths } = ws;
        begins(Stage::Draws);
        shared.fill(self.plan, self.vector, &self.draws, block);
        begins(Stage::Counted);
        counted.begin_block(self.plan, self.vector, block);
        for (world_index, world) in self.plan.worlds.iter().enumerate() {
            begins(Stage::Growth);
            organic.simulate(self.plan, world, self.vector, &self.draws, shared, block);
            let at = Context {
                plan: self.plan,
                world,
                organic,
                vector: self.vector,
                draws: &self.draws,
                block,
                numbers: &[],
            };
            begins(Stage::Counted);
            counted.begin_world(at);
            policy.begin_world();
            for policy_index in 0..world.policies.len() {
                let at = Context { numbers: self.sharing.of(world_index, policy_index), ..at };
                self.policy(at, policy_index, policy, counted, paths, begins);
                begins(Stage::Recording);
                paths.check_finite(self.plan, self.vector, block, lanes, world_index, policy_index)?;
                sink(BlockView {
                    block,
                    world: world_index,
                    policy: policy_index,
                    lanes,
                    paths,
                    scores: Scores { values: organic.values(), world, plan: self.plan, shared },
                    values: organic.values(),
                });
            }
        }
        Ok(())
    }

    fn policy(
        &self,
        at: Context<'_>,
        index: usize,
        buffers: &mut PolicyBuffers,
        counted: &mut CountedState,
        paths: &mut BlockPaths,
        begins: &dyn Fn(Stage),
    ) {
        begins(Stage::Policy);
        let Context { plan, world, organic, vector, .. } = at;
        let policy = &world.policies[index];
        buffers.clear();
        paths.clear_costs();
        for (instrument, &number) in policy.instruments.iter().zip(at.numbers) {
            buffers.add_capacity(at, instrument, number, paths);
        }
        counted.add_revenue(at, policy, buffers, paths);
        buffers.set_effects(at, policy);
        buffers.project(plan, world, policy, organic, vector, paths);
        paths.finish_costs(vector, plan.discount_rate);
        begins(Stage::Counted);
        counted.read_out(at, policy, buffers, paths);
        begins(Stage::Policy);
        paths.aggregate(plan, world, organic, vector);
        begins(Stage::Counted);
        paths.add_counted(at, counted);
    }
}

/// What a tally sees of one block under one world and policy.
pub struct BlockView<'a> {
    /// Number of the block, from 0; its trials follow those of the blocks before.
    pub block: u64,
    /// Index of the world.
    pub world: usize,
    /// Index of the policy; 0 is the reference.
    pub policy: usize,
    /// Number of valid trials in the block.
    pub lanes: usize,
    /// Yearly paths.
    pub paths: &'a BlockPaths,
    /// For every entry of [`WorldPlan::values`](crate::plan::WorldPlan): a score that rises with the drawn value and is
    /// independent between entries.
    pub scores: Scores<'a>,
    /// The drawn value of every entry of [`WorldPlan::values`](crate::plan::WorldPlan); the buffer may be longer.
    pub values: &'a [Lanes],
}

/// Independent scores of the drawn quantities of a world.
#[derive(Clone, Copy)]
pub struct Scores<'a> {
    values: &'a [Lanes],
    world: &'a WorldPlan,
    plan: &'a Plan,
    shared: &'a draws::SharedDraws,
}

impl<'a> Scores<'a> {
    /// The scores of all quantities: the drawn values themselves, but for those that depend on others through the copula.
    pub fn iter(self) -> impl Iterator<Item = &'a Lanes> + Clone {
        self.world.values.iter().zip(self.values).map(move |((score, _), value)| {
            self.plan.scores[*score].copula.map_or(value, |member| &self.shared.innovations[member])
        })
    }
}
