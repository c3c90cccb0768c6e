//! Products on their way to approval: stages, durations, entrants, peak sales and uptake.

use super::Context;
use crate::kernel::draws::Draws;
use crate::kernel::paths::BlockPaths;
use crate::kernel::projection::PolicyBuffers;
use crate::math::{Lanes, Vector};
use crate::plan::{Plan, PolicyPlan};

/// Approvals and sales of the block at hand.
pub struct Pipelines;

impl Pipelines {
    pub fn new(_plan: &Plan, _draws: &Draws) -> Self {
        Self
    }

    pub fn begin_block(&mut self, _plan: &Plan, _v: Vector, _block: u64) {}

    pub fn begin_world(&mut self, _at: Context<'_>) {}

    /// Adds the local sales of the products approved under a policy, and books their awards.
    pub fn add_revenue(
        &mut self,
        _at: Context<'_>,
        _policy: &PolicyPlan,
        _buffers: &mut PolicyBuffers,
        _paths: &mut BlockPaths,
    ) {
    }

    /// Adds the number of launched products with sales at or above `threshold` in a year.
    pub fn add_above(&self, _pipelines: &[usize], _threshold: f64, _year: usize, _out: &mut Lanes) {}

    /// Adds the number of approvals from year `since` to `year`.
    pub fn add_approvals(&self, _pipelines: &[usize], _since: usize, _year: usize, _out: &mut Lanes) {}
}
