//! The yearly paths of one block under one policy: all tracked series and the public money.

use thiserror::Error;

use super::counted::{Context, CountedState};
use super::number::NumLanes;
use super::organic::Organic;
use crate::math::{LANES, Lanes, Task, Vector, powi};
use crate::plan::{Parts, Plan, Series, WorldPlan};

/// Largest size of a path: the squares of 10^12 trials still have a finite sum, so that no deviation is infinite.
const MOST: f64 = 1e140;

/// Yearly paths of one block.
pub struct BlockPaths {
    /// Series that are more than one cluster or industry, 亿元.
    values: Vec<Lanes>,
    /// Where the path of every series begins.
    series: Vec<Place>,
    clusters: Vec<Lanes>,
    industries: Vec<Lanes>,
    /// What every segment adds to.
    segments: Vec<Sums>,
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

/// Where a path begins.
#[derive(Clone, Copy)]
enum Place {
    Values(usize),
    Clusters(usize),
    Industries(usize),
}

/// The sums that a segment is part of.
struct Sums {
    cluster: usize,
    /// Whether no segment before it belongs to the cluster.
    begins_cluster: bool,
    /// The industry, if any series shows it.
    industry: Option<usize>,
    /// Whether no segment before it belongs to the industry.
    begins_industry: bool,
    drivers: Vec<usize>,
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
        let mut own = 0;
        let place = |series: &Series| match &series.parts {
            Parts::Industry(industry) if series.rebase.is_none() => Place::Industries(industry * points),
            Parts::Clusters(clusters) if series.rebase.is_none() && clusters.len() == 1 => {
                Place::Clusters(clusters[0] * points)
            }
            _ => {
                own += points;
                Place::Values(own - points)
            }
        };
        let series: Vec<Place> = plan.series.iter().map(place).collect();
        Self {
            values: vec![zero; own],
            series,
            segments: (0..plan.segments.len()).map(|segment| Sums::of(plan, segment)).collect(),
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
        match self.series[series] {
            Place::Values(at) => &self.values[at + year],
            Place::Clusters(at) => &self.clusters[at + year],
            Place::Industries(at) => &self.industries[at + year],
        }
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

    /// Empties the sums of drivers, and all others too where segments are added year by year.
    pub(super) fn clear_sums(&mut self, year_by_year: bool) {
        if year_by_year {
            self.clusters.iter_mut().for_each(|x| x.fill(0.0));
            self.industries.iter_mut().for_each(|x| x.fill(0.0));
        }
        self.drivers.iter_mut().for_each(|x| x.fill(0.0));
    }

    /// Books payments, of which a share returns some years later.
    pub(super) fn book(&mut self, v: Vector, payments: &[Lanes], recovery: (NumLanes<'_>, usize)) {
        let (share, after) = recovery;
        for (paid, payment) in self.paid.iter_mut().zip(payments) {
            v.add(paid, payment);
        }
        if !share.is_zero() {
            for (recovered, payment) in self.recovered.iter_mut().skip(after).zip(payments) {
                v.run(AddProduct { a: share, x: payment, sum: recovered });
            }
        }
    }

    /// Adds up the costs of all years, discounted to the base year.
    pub(super) fn finish_costs(&mut self, v: Vector, rate: f64) {
        let Self { paid, recovered, gross, net, .. } = self;
        v.run(Costs { rate, paid, recovered, gross, net });
    }

    /// Adds a segment's level in a year to all sums that it is part of.
    pub(super) fn add_segment(&mut self, v: Vector, segment: usize, year: usize, level: &Lanes) {
        let sums = &self.segments[segment];
        v.add(&mut self.clusters[sums.cluster * self.points + year], level);
        if let Some(industry) = sums.industry {
            v.add(&mut self.industries[industry * self.points + year], level);
        }
        for driver in &sums.drivers {
            v.add(&mut self.drivers[driver * self.points + year], level);
        }
    }

    /// Takes a segment's whole path, which `write` computes, into all sums that it is part of. The segments must come in
    /// their order; sums need not be cleared before, but for those of drivers.
    pub(super) fn set_segment(
        &mut self,
        v: Vector,
        segment: usize,
        scratch: &mut [Lanes],
        write: impl FnOnce(&mut [Lanes]),
    ) {
        let points = self.points;
        let sums = &self.segments[segment];
        let cluster = &mut self.clusters[sums.cluster * points..][..points];
        // the first segment of a cluster is computed in place
        let path: &[Lanes] = if sums.begins_cluster {
            write(cluster);
            cluster
        } else {
            write(scratch);
            cluster.iter_mut().zip(scratch.iter()).for_each(|(sum, level)| v.add(sum, level));
            scratch
        };
        if let Some(industry) = sums.industry {
            let industry = &mut self.industries[industry * points..][..points];
            if sums.begins_industry {
                industry.copy_from_slice(path);
            } else {
                industry.iter_mut().zip(path).for_each(|(sum, level)| v.add(sum, level));
            }
        }
        for driver in &sums.drivers {
            let driver = &mut self.drivers[driver * points..][..points];
            driver.iter_mut().zip(path).for_each(|(sum, level)| v.add(sum, level));
        }
    }

    /// Builds every series of several clusters, and every one that is tied to a figure of its own.
    pub(super) fn aggregate(&mut self, plan: &Plan, world: &WorldPlan, organic: &Organic, v: Vector) {
        let points = self.points;
        for (series, place) in plan.series.iter().zip(&self.series) {
            let Place::Values(at) = *place else { continue };
            let out = &mut self.values[at..at + points];
            match &series.parts {
                Parts::Industry(industry) => {
                    out.copy_from_slice(&self.industries[industry * points..][..points]);
                }
                Parts::Counted(_) => continue,
                Parts::Clusters(clusters) => {
                    for (year, out) in out.iter_mut().enumerate() {
                        let parts = clusters.iter().map(|cluster| &self.clusters[cluster * points + year]);
                        v.run(Total { parts, out });
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
            let (Parts::Counted(what), Place::Values(from)) = (&series.parts, self.series[index]) else {
                continue;
            };
            for (year, out) in self.values[from..from + self.points].iter_mut().enumerate() {
                counted.write(at, what, year, out);
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
                let path = self.series(index, year);
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

impl Sums {
    fn of(plan: &Plan, segment: usize) -> Self {
        let (before, spec) = (&plan.segments[..segment], &plan.segments[segment]);
        let shown = |series: &Series| matches!(series.parts, Parts::Industry(i) if i == spec.industry);
        Self {
            cluster: spec.cluster,
            begins_cluster: before.iter().all(|other| other.cluster != spec.cluster),
            industry: plan.series.iter().any(shown).then_some(spec.industry),
            begins_industry: before.iter().all(|other| other.industry != spec.industry),
            drivers: (0..plan.drivers.len()).filter(|&d| plan.drivers[d].contains(&segment)).collect(),
        }
    }
}

/// Sum of paths in one year, in their order.
struct Total<'a, I> {
    parts: I,
    out: &'a mut Lanes,
}

impl<'a, I: Iterator<Item = &'a Lanes>> Task for Total<'_, I> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let mut total = [0.0; LANES];
        for part in self.parts {
            for (total, x) in total.iter_mut().zip(part) {
                *total += x;
            }
        }
        *self.out = total;
    }
}

/// `sum += a · x`, each product rounded by itself.
struct AddProduct<'a> {
    a: NumLanes<'a>,
    x: &'a Lanes,
    sum: &'a mut Lanes,
}

impl Task for AddProduct<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.a.add_product(self.x, self.sum);
    }
}

/// Discounted sums of what is paid and of what is left after recoveries.
struct Costs<'a> {
    rate: f64,
    paid: &'a [Lanes],
    recovered: &'a [Lanes],
    gross: &'a mut Lanes,
    net: &'a mut Lanes,
}

impl Task for Costs<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let (mut gross, mut net) = ([0.0; LANES], [0.0; LANES]);
        for (year, (paid, recovered)) in self.paid.iter().zip(self.recovered).enumerate() {
            let factor = 1.0 / powi(1.0 + self.rate, year as u32);
            for i in 0..LANES {
                gross[i] += factor * paid[i];
                net[i] += factor * (paid[i] - recovered[i]);
            }
        }
        (*self.gross, *self.net) = (gross, net);
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
