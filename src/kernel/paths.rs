//! The yearly paths of one block under one policy: all tracked series and the public money.

use thiserror::Error;

use super::counted::{Context, CountedState};
use super::number::NumLanes;
use super::organic::Organic;
use crate::math::{LANES, Lanes, Task, Vector, powi};
use crate::plan::{Parts, Plan, WorldPlan};

/// Largest size of a path: the squares of 10^12 trials still have a finite sum, so that no deviation is infinite.
const MOST: f64 = 1e140;

/// Yearly paths of one block.
pub struct BlockPaths {
    /// All tracked series, `series × points`, 亿元.
    values: Vec<Lanes>,
    clusters: Vec<Lanes>,
    industries: Vec<Lanes>,
    /// Revenue of the segments of every driver, `driver × points`, 亿元.
    drivers: Vec<Lanes>,
    /// Public money paid in each year, 亿元.
    paid: Vec<Lanes>,
    /// Stated recoveries of each year, 亿元.
    recovered: Vec<Lanes>,
    gross: Lanes,
    net: Lanes,
    points: usize,
}

/// A trial whose path left the finite numbers, with its address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("trial {trial} of policy {policy} in world {world} leaves the finite numbers: {series} in {year}")]
pub struct NonFinite {
    /// Trial number.
    pub trial: u64,
    /// World identifier.
    pub world: String,
    /// Policy identifier.
    pub policy: String,
    /// Series identifier.
    pub series: String,
    /// Calendar year.
    pub year: i32,
}

impl BlockPaths {
    /// Buffers for `plan`.
    pub fn new(plan: &Plan) -> Self {
        let zero = [0.0; LANES];
        let points = plan.points();
        Self {
            values: vec![zero; plan.series.len() * points],
            clusters: vec![zero; plan.clusters.len() * points],
            industries: vec![zero; plan.industries.len() * points],
            drivers: vec![zero; plan.drivers.len() * points],
            paid: vec![zero; points],
            recovered: vec![zero; points],
            gross: zero,
            net: zero,
            points,
        }
    }

    /// Path of a series in a year (0 = base year), 亿元.
    pub fn series(&self, series: usize, year: usize) -> &Lanes {
        &self.values[series * self.points + year]
    }

    /// Revenue of the segments of a driver in a year (0 = base year), 亿元.
    pub(super) fn driver(&self, driver: usize, year: usize) -> &Lanes {
        &self.drivers[driver * self.points + year]
    }

    /// Public money paid in a year (0 = base year), 亿元.
    pub fn paid(&self, year: usize) -> &Lanes {
        &self.paid[year]
    }

    /// Public money paid over all years, discounted if the scenario says so, 亿元.
    pub fn gross_cost(&self) -> &Lanes {
        &self.gross
    }

    /// Gross cost less the stated recoveries within the horizon, 亿元.
    pub fn net_cost(&self) -> &Lanes {
        &self.net
    }

    pub(super) fn clear_costs(&mut self) {
        self.paid.iter_mut().for_each(|x| x.fill(0.0));
        self.recovered.iter_mut().for_each(|x| x.fill(0.0));
    }

    pub(super) fn clear_sums(&mut self) {
        self.clusters.iter_mut().for_each(|x| x.fill(0.0));
        self.industries.iter_mut().for_each(|x| x.fill(0.0));
        self.drivers.iter_mut().for_each(|x| x.fill(0.0));
    }

    /// Books payments, of which a share returns some years later.
    pub(super) fn book(&mut self, payments: &[Lanes], recovery: (NumLanes<'_>, usize)) {
        let (share, after) = recovery;
        for (year, payment) in payments.iter().enumerate() {
            (0..LANES).for_each(|i| self.paid[year][i] += payment[i]);
            if let Some(recovered) = self.recovered.get_mut(year + after) {
                share.add_product(payment, recovered);
            }
        }
    }

    /// Adds up the costs of all years, discounted to the base year.
    pub(super) fn finish_costs(&mut self, rate: f64) {
        self.gross.fill(0.0);
        self.net.fill(0.0);
        for year in 0..self.points {
            let factor = 1.0 / powi(1.0 + rate, year as u32);
            for lane in 0..LANES {
                self.gross[lane] += factor * self.paid[year][lane];
                self.net[lane] += factor * (self.paid[year][lane] - self.recovered[year][lane]);
            }
        }
    }

    /// Adds a segment's level to its cluster and industry.
    pub(super) fn add_segment(&mut self, plan: &Plan, v: Vector, segment: usize, year: usize, level: &Lanes) {
        let spec = &plan.segments[segment];
        v.add(&mut self.clusters[spec.cluster * self.points + year], level);
        v.add(&mut self.industries[spec.industry * self.points + year], level);
        for (driver, members) in plan.drivers.iter().enumerate() {
            if members.contains(&segment) {
                v.add(&mut self.drivers[driver * self.points + year], level);
            }
        }
    }

    /// Builds every tracked series from clusters and industries.
    pub(super) fn aggregate(&mut self, plan: &Plan, world: &WorldPlan, organic: &Organic, v: Vector) {
        for (index, series) in plan.series.iter().enumerate() {
            let (from, to) = (index * self.points, (index + 1) * self.points);
            let out = &mut self.values[from..to];
            match &series.parts {
                Parts::Industry(industry) => {
                    out.copy_from_slice(&self.industries[industry * self.points..][..self.points]);
                }
                Parts::Counted(_) => continue,
                Parts::Clusters(clusters) => {
                    out.iter_mut().for_each(|x| x.fill(0.0));
                    for cluster in clusters {
                        let path = &self.clusters[cluster * self.points..][..self.points];
                        for (total, part) in out.iter_mut().zip(path) {
                            v.add(total, part);
                        }
                    }
                }
            }
            if let Some(rebase) = series.rebase {
                let figure = NumLanes::of(world.rebases[rebase], organic.values());
                let base = out[0];
                for path in out.iter_mut() {
                    (0..LANES).for_each(|i| path[i] = figure.at(i) * path[i] / base[i]);
                }
            }
        }
    }

    /// Fills the series of counted things.
    pub(super) fn add_counted(&mut self, at: Context<'_>, counted: &CountedState) {
        for (index, series) in at.plan.series.iter().enumerate() {
            let Parts::Counted(what) = &series.parts else { continue };
            for year in 0..self.points {
                counted.write(at, what, year, &mut self.values[index * self.points + year]);
            }
        }
    }

    pub(super) fn check_finite(
        &self,
        plan: &Plan,
        v: Vector,
        block: u64,
        lanes: usize,
        world: usize,
        policy: usize,
    ) -> Result<(), NonFinite> {
        for (index, series) in plan.series.iter().enumerate() {
            for year in 0..self.points {
                let path = &self.values[index * self.points + year];
                if v.run(AllFinite(&path[..lanes])) {
                    continue;
                }
                if let Some(lane) = path[..lanes].iter().position(|x| x.is_nan() || x.abs() > MOST) {
                    return Err(NonFinite {
                        trial: block * LANES as u64 + lane as u64,
                        world: plan.worlds[world].id.clone(),
                        policy: plan.policies[policy].clone(),
                        series: series.id.clone(),
                        year: plan.base_year + year as i32,
                    });
                }
            }
        }
        Ok(())
    }
}

/// Whether no value is NaN or above [`MOST`] in size.
struct AllFinite<'a>(&'a [f64]);

impl Task for AllFinite<'_> {
    type Output = bool;

    #[inline(always)]
    fn call(self) -> bool {
        // no early end, so that the values are looked at side by side
        self.0.iter().fold(true, |all, x| all & (x.abs() <= MOST))
    }
}
