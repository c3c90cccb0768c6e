//! Outside firms that settle: Poisson arrivals with a size, whose revenue joins a segment.

use super::Context;
use crate::kernel::draws::Draws;
use crate::kernel::paths::BlockPaths;
use crate::kernel::projection::PolicyBuffers;
use crate::math::{Lanes, Vector};
use crate::plan::{Plan, PolicyPlan};

/// Arrivals of the block at hand.
pub struct Arrivals;

impl Arrivals {
    pub fn new(_plan: &Plan, _draws: &Draws) -> Self {
        Self
    }

    pub fn begin_block(&mut self, _plan: &Plan, _v: Vector, _block: u64) {}

    pub fn begin_world(&mut self, _at: Context<'_>) {}

    /// Adds the revenue of the firms that arrive under a policy.
    pub fn add_revenue(&mut self, _at: Context<'_>, _policy: &PolicyPlan, _buffers: &mut PolicyBuffers) {}

    pub fn read_out(&mut self, _at: Context<'_>, _paths: &BlockPaths) {}

    /// Adds the number of arrived firms at or above `threshold` in a year.
    pub fn add_above(&self, _arrivals: &[usize], _threshold: f64, _year: usize, _out: &mut Lanes) {}

    /// Adds the number of arrivals from year `since` to `year`.
    pub fn add_arrivals(&self, _arrivals: &[usize], _since: usize, _year: usize, _out: &mut Lanes) {}
}
