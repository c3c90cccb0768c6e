//! Named firms and products: read-outs of the revenue that they follow.

use super::Context;
use crate::kernel::draws::Draws;
use crate::kernel::paths::BlockPaths;
use crate::math::{Lanes, Vector};
use crate::plan::Plan;

/// Sizes of named things by year.
pub struct Items;

impl Items {
    pub fn new(_plan: &Plan, _draws: &Draws) -> Self {
        Self
    }

    pub fn begin_block(&mut self, _plan: &Plan, _v: Vector, _block: u64) {}

    pub fn begin_world(&mut self, _at: Context<'_>) {}

    pub fn read_out(&mut self, _at: Context<'_>, _paths: &BlockPaths) {}

    /// Adds the number of these things at or above `threshold` in a year.
    pub fn add_above(&self, _items: &[usize], _threshold: f64, _year: usize, _out: &mut Lanes) {}
}
