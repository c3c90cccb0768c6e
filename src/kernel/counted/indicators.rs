//! Indicators: Poisson counts on a base, and ratios that return to a drifting mean.

use super::Context;
use crate::kernel::draws::Draws;
use crate::math::{Lanes, Vector};
use crate::plan::{Plan, PolicyPlan};

/// Indicators of the block at hand.
pub struct Indicators;

impl Indicators {
    pub fn new(_plan: &Plan, _draws: &Draws) -> Self {
        Self
    }

    pub fn begin_block(&mut self, _plan: &Plan, _v: Vector, _block: u64) {}

    pub fn begin_world(&mut self, _at: Context<'_>) {}

    pub fn read_out(&mut self, _at: Context<'_>, _policy: &PolicyPlan) {}

    /// Writes an indicator in a year.
    pub fn write(&self, _indicator: usize, _year: usize, _out: &mut Lanes) {}

    /// Writes the average annual growth of trend and cycle of the nation since the base year.
    pub fn write_nation_growth(&self, _at: Context<'_>, _year: usize, _out: &mut Lanes) {}
}
