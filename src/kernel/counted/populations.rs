//! Size distributions of unnamed firms and products: how many lie above a size, given what they follow.

use super::Context;
use crate::kernel::draws::Draws;
use crate::kernel::paths::BlockPaths;
use crate::math::{Lanes, Vector};
use crate::plan::Plan;

/// Ranks of unnamed things, and the growth that they follow.
pub struct Populations;

impl Populations {
    pub fn new(_plan: &Plan, _draws: &Draws) -> Self {
        Self
    }

    pub fn begin_block(&mut self, _plan: &Plan, _v: Vector, _block: u64) {}

    pub fn begin_world(&mut self, _at: Context<'_>) {}

    pub fn read_out(&mut self, _at: Context<'_>, _paths: &BlockPaths) {}

    /// Adds the number of these things at or above `threshold` in a year.
    pub fn add_above(
        &self,
        _at: Context<'_>,
        _populations: &[usize],
        _threshold: f64,
        _year: usize,
        _out: &mut Lanes,
    ) {
    }
}
