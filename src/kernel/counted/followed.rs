//! Growth of what counted things follow, and the growth that follows from it.

use super::Context;
use crate::kernel::number::NumLanes;
use crate::kernel::paths::BlockPaths;
use crate::math::{LANES, Lanes, Vector};
use crate::plan::{Following, Plan};

/// `ln(D_t / D_0)` of every driver and year under the policy at hand.
pub struct Followed {
    logs: Vec<Lanes>,
    points: usize,
}

impl Followed {
    pub fn new(plan: &Plan) -> Self {
        Self { logs: vec![[0.0; LANES]; plan.drivers.len() * plan.points()], points: plan.points() }
    }

    /// Reads the drivers out of finished paths.
    pub fn read_out(&mut self, at: Context<'_>, paths: &BlockPaths) {
        for driver in 0..at.plan.drivers.len() {
            let base = paths.driver(driver, 0);
            for year in 1..self.points {
                let out = &mut self.logs[driver * self.points + year];
                let revenue = paths.driver(driver, year);
                // no revenue is no size at all: its logarithm is −∞, above no threshold
                (0..LANES).for_each(|i| out[i] = revenue[i].max(0.0) / base[i]);
                at.vector.ln(out);
            }
        }
    }

    /// `t ln(1 + premium) + b ln(D_t / D_0)`: log growth of a thing since the base year but for its own shocks.
    pub fn log_growth(&self, v: Vector, follows: &Following, values: &[Lanes], year: usize, out: &mut Lanes) {
        out.fill(1.0);
        NumLanes::of(follows.premium, values).add_scaled(1.0, out);
        v.ln(out);
        v.scale(year as f64, out);
        if year > 0
            && let Some(driver) = follows.driver
        {
            NumLanes::of(follows.exposure, values).add_product(&self.logs[driver * self.points + year], out);
        }
    }
}
