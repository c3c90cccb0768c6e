//! The capacity channel: public money or signed projects → investment → new revenue that comes on stream.

use super::counted::Context;
use super::draws::{Draws, calendar};
use super::number::NumLanes;
use super::paths::BlockPaths;
use super::projection::PolicyBuffers;
use super::shares::ClusterShares;
use crate::math::{LANES, Lanes, Task, Vector, exp_flushed};
use crate::plan::{Capacity, Instrument, Payment, Plan, Projects};
use crate::random::project_count;

/// What one instrument pays, and the revenue that it brings on stream, in the block and world at hand.
#[derive(Default)]
pub struct Contribution {
    known: bool,
    /// Payments of every year, one list after the other.
    booked: Vec<Vec<Lanes>>,
    /// New revenue of every receiving cluster, `receiver × steps`, from `first_step` on; empty without a capacity channel.
    revenue: Vec<Lanes>,
    /// First step with new revenue in any trial.
    first_step: usize,
}

impl PolicyBuffers {
    /// Adds one instrument's new revenue and books its cost. `number` tells the different instruments of a world apart;
    /// what policies share is computed once.
    pub fn add_capacity(
        &mut self,
        at: Context<'_>,
        instrument: &Instrument,
        number: usize,
        paths: &mut BlockPaths,
    ) {
        if self.contributions.len() <= number {
            self.contributions.resize_with(number + 1, Contribution::default);
        }
        let mut found = std::mem::take(&mut self.contributions[number]);
        if !found.known {
            found.compute(at, instrument);
        }
        let values = at.organic.values();
        let recovery = (NumLanes::of(instrument.recovery_share, values), instrument.recovery_after);
        found.booked.iter().for_each(|payments| paths.book(at.vector, payments, recovery));
        let receivers = instrument.capacity.iter().flat_map(|capacity| &capacity.receivers);
        for ((_, segments), revenue) in receivers.zip(found.revenue.chunks_exact(at.plan.steps)) {
            for (step, revenue) in revenue.iter().enumerate().skip(found.first_step) {
                for &(segment, weight) in segments {
                    self.add_revenue(at.vector, segment, step, weight, revenue);
                }
            }
        }
        self.contributions[number] = found;
    }
}

impl Contribution {
    /// Forgets the block and world.
    pub fn forget(&mut self) {
        self.known = false;
    }

    /// With public money `F·d_t` in year `t` (model section "Policy instruments", capacity channel):
    /// `I = F·d_t·realised·leverage·retained·(1 − deadweight)·allocation`,
    /// `E = A (1 − exp(−I/A))` with `A = absorption · base`, and
    /// `V_t = (1 − displaced)·survival·output_ratio·Σ_τ E_τ [ramp(t−τ) − ramp(t−1−τ)]`.
    fn compute(&mut self, at: Context<'_>, instrument: &Instrument) {
        let Context { plan, organic, vector: v, draws, block, .. } = at;
        let values = organic.values();
        let points = plan.points();
        self.known = true;
        self.booked.clear();
        self.first_step = plan.steps;
        if instrument.pipeline.as_ref().is_some_and(|p| p.award.is_some()) {
            // its money is what it may pay at most; awards are booked when they are given
            return;
        }
        let mut invested = vec![[0.0; LANES]; points];
        pay(&instrument.money, values, &mut invested);
        let Some(capacity) = &instrument.capacity else {
            self.booked.push(invested);
            return;
        };
        let realised = NumLanes::of(capacity.realised, values).lanes();
        invested.iter_mut().for_each(|x| v.mul(x, &realised));
        if let Some(projects) = &instrument.projects {
            self.booked.push(invested);
            // the investors' money: the public share alone is a cost
            invested = start_projects(plan, &instrument.id, projects, values, v, draws, block);
            invested.iter_mut().for_each(|x| v.mul(x, &realised));
            let mut public = invested.clone();
            let share = NumLanes::of(projects.public_share, values).lanes();
            public.iter_mut().for_each(|x| v.mul(x, &share));
            self.booked.push(public);
        } else {
            self.booked.push(invested.clone());
        }
        let mut per_yuan = NumLanes::of(capacity.leverage, values).lanes();
        NumLanes::of(capacity.retained, values).multiply(&mut per_yuan);
        NumLanes::of(capacity.deadweight, values).multiply_complement(&mut per_yuan);
        for (year, x) in invested.iter_mut().enumerate() {
            v.mul(x, &per_yuan);
            if capacity.vintage_failure {
                survive(plan, instrument, capacity, values, v, draws, block, year, x);
            }
        }
        let yields = output_per_yuan(plan, capacity, values, v, false);
        // years without money and ages without output are known for all clusters
        let (vintages, ages) = (with_any(&invested), with_any(&yields));
        // what runs in the base year belongs to its figure, so that its end takes nothing away
        let of_base = match vintages.first() {
            Some(0) => output_per_yuan(plan, capacity, values, v, true),
            _ => Vec::new(),
        };
        let first = vintages.iter().zip(&ages).next().map(|(year, age)| year + age);
        self.first_step = first.map_or(plan.steps, |year| year.saturating_sub(1));
        self.revenue.resize(capacity.receivers.len() * plan.steps, [0.0; LANES]);
        for ((cluster, _), out) in capacity.receivers.iter().zip(self.revenue.chunks_exact_mut(plan.steps)) {
            v.run(LocalOutput {
                shares: &ClusterShares::of(instrument, organic, v, *cluster),
                limit: absorptive_limit(at, capacity, *cluster).as_ref(),
                invested: &invested,
                vintages: &vintages,
                yields: &yields,
                of_base: &of_base,
                ages: &ages,
                first_step: self.first_step,
                out,
            });
        }
    }
}

/// The rows in which not every trial holds 0.
fn with_any(rows: &[Lanes]) -> Vec<usize> {
    let any = |row: &usize| rows[*row].iter().any(|&x| x != 0.0);
    (0..rows.len()).filter(any).collect()
}

/// The most that a cluster can absorb in a year.
fn absorptive_limit(at: Context<'_>, capacity: &Capacity, cluster: usize) -> Option<Lanes> {
    capacity.absorption.map(|absorption| {
        let mut limit = NumLanes::of(absorption, at.organic.values()).lanes();
        at.vector.mul(&mut limit, at.organic.cluster_base(cluster));
        limit
    })
}

/// New revenue of one cluster by step: what every vintage comes to after the absorptive limit, `A (1 − exp(−x/A))`, times
/// what its age yields. A cluster that can absorb nothing has no new revenue.
struct LocalOutput<'a> {
    shares: &'a ClusterShares,
    limit: Option<&'a Lanes>,
    /// Investment by year.
    invested: &'a [Lanes],
    /// Years with investment.
    vintages: &'a [usize],
    /// New revenue per yuan by age.
    yields: &'a [Lanes],
    /// The same of the vintage of the base year.
    of_base: &'a [Lanes],
    /// Ages with new revenue.
    ages: &'a [usize],
    /// First step with new revenue; those before it are left as they are.
    first_step: usize,
    out: &'a mut [Lanes],
}

impl Task for LocalOutput<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let (Some(youngest), steps) = (self.ages.first(), self.out.len()) else { return };
        self.out.iter_mut().skip(self.first_step).for_each(|x| x.fill(0.0));
        let mut inverse = [0.0; LANES];
        if let Some(limit) = self.limit {
            for (inverse, &limit) in inverse.iter_mut().zip(limit) {
                *inverse = if limit > 0.0 { -1.0 / limit } else { 0.0 };
            }
        }
        for &year in self.vintages.iter().filter(|&year| year + youngest <= steps) {
            let mut local = [0.0; LANES];
            for ((local, share), invested) in
                local.iter_mut().zip(self.shares.at(year)).zip(&self.invested[year])
            {
                *local = share * invested;
            }
            if let Some(limit) = self.limit {
                for ((x, &limit), inverse) in local.iter_mut().zip(limit).zip(&inverse) {
                    let limit = if limit > 0.0 { limit } else { 0.0 };
                    *x = limit * (1.0 - exp_flushed(*x * inverse));
                }
            }
            for &age in self.ages.iter().filter(|&age| (1..=steps).contains(&(year + age))) {
                let out = &mut self.out[year + age - 1];
                let yields = if year == 0 { self.of_base } else { self.yields };
                for ((sum, local), yields) in out.iter_mut().zip(&local).zip(&yields[age]) {
                    *sum += local * yields;
                }
            }
        }
    }
}

/// Adds the payments to their years.
pub fn pay(payments: &[Payment], values: &[Lanes], years: &mut [Lanes]) {
    for payment in payments {
        NumLanes::of(payment.amount, values).add_scaled(payment.factor, &mut years[payment.year]);
    }
}

/// Started investment by year of start: each project is drawn on its own.
fn start_projects(
    plan: &Plan,
    id: &str,
    projects: &Projects,
    values: &[Lanes],
    v: Vector,
    draws: &Draws,
    block: u64,
) -> Vec<Lanes> {
    let points = plan.points();
    let mut signed = vec![[0.0; LANES]; points];
    pay(&projects.signed, values, &mut signed);
    let mut probability = [1.0; LANES];
    NumLanes::of(projects.landed, values).multiply(&mut probability);
    NumLanes::of(projects.started, values).multiply(&mut probability);
    let mut started = vec![[0.0; LANES]; points];
    for (year, signed) in signed.iter().enumerate() {
        let Some(target) = started.get_mut(year + projects.start_delay) else { break };
        if signed.iter().all(|&x| x == 0.0) {
            continue;
        }
        let share = match draws {
            Draws::Median => probability,
            Draws::Addressed(streams) => {
                let stream = streams.instrument(id, "projects");
                project_count(&stream, v, block, calendar(plan, year), projects.count, &probability)
            }
        };
        let per_project = match draws {
            Draws::Median => 1.0,
            Draws::Addressed(_) => 1.0 / f64::from(projects.count),
        };
        (0..LANES).for_each(|i| target[i] = signed[i] * share[i] * per_project);
    }
    started
}

/// One all-or-nothing draw per vintage; at the medians the expected share.
#[expect(clippy::too_many_arguments, reason = "one call site; a parameter object would only rename them")]
fn survive(
    plan: &Plan,
    instrument: &Instrument,
    capacity: &Capacity,
    values: &[Lanes],
    v: Vector,
    draws: &Draws,
    block: u64,
    year: usize,
    invested: &mut Lanes,
) {
    let survival = NumLanes::of(capacity.survival, values);
    let Draws::Addressed(streams) = draws else {
        survival.multiply(invested);
        return;
    };
    let mut words = [0; LANES];
    let mut uniform = [0.0; LANES];
    streams.instrument(&instrument.id, "survival").words(v, block, calendar(plan, year), 0, &mut words);
    v.uniform_from_words(&words, &mut uniform);
    (0..LANES).filter(|&i| uniform[i] >= survival.at(i)).for_each(|i| invested[i] = 0.0);
}

/// New yearly revenue per yuan invested, by age of the vintage: the increments of the ramp; if `of_base`, only of what goes
/// beyond the output at age 0.
fn output_per_yuan(
    plan: &Plan,
    capacity: &Capacity,
    values: &[Lanes],
    v: Vector,
    of_base: bool,
) -> Vec<Lanes> {
    let online = NumLanes::of(capacity.online_after, values);
    let full = NumLanes::of(capacity.full_after, values);
    let mut factor = [1.0; LANES];
    NumLanes::of(capacity.output_ratio, values).multiply(&mut factor);
    NumLanes::of(capacity.displaced, values).multiply_complement(&mut factor);
    if !capacity.vintage_failure {
        NumLanes::of(capacity.survival, values).multiply(&mut factor);
    }
    let lasts = capacity.lasts.map(|l| NumLanes::of(l, values));
    let mut yields = vec![[0.0; LANES]; plan.points()];
    v.run(Yields {
        factor: &factor,
        online: &online.lanes(),
        full: &full.lanes(),
        // what lasts for good never ends within any horizon
        lasts: &lasts.map_or([f64::INFINITY; LANES], |lasts| lasts.lanes()),
        of_base,
        out: &mut yields,
    });
    yields
}

/// `factor · [ramp(age) − ramp(age − lasts) − the same a year before]` by age.
struct Yields<'a> {
    factor: &'a Lanes,
    online: &'a Lanes,
    full: &'a Lanes,
    lasts: &'a Lanes,
    of_base: bool,
    out: &'a mut [Lanes],
}

impl Task for Yields<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let mut before = [0.0; LANES];
        let mut least = [0.0; LANES];
        if self.of_base {
            for (least, (online, full)) in least.iter_mut().zip(self.online.iter().zip(self.full)) {
                *least = ramp(0.0, *online, *full);
            }
            before = least;
        }
        for (age, out) in self.out.iter_mut().enumerate() {
            let age = age as f64;
            for i in 0..LANES {
                let (online, full) = (self.online[i], self.full[i]);
                let now = ramp(age, online, full) - ramp(age - self.lasts[i], online, full);
                let now = if now > least[i] { now } else { least[i] };
                out[i] = self.factor[i] * (now - before[i]);
                before[i] = now;
            }
        }
    }
}

/// Share of full output at an age: 0 until `online`, then linear to 1 at `full`; a step if both agree.
#[inline(always)]
pub fn ramp(age: f64, online: f64, full: f64) -> f64 {
    // by selection, not by branches, for lanes
    let part = (age - online) / (full - online);
    let part = if age <= online { 0.0 } else { part };
    if age >= full { 1.0 } else { part }
}
