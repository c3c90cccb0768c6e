//! What is measured while the trials run: quantiles, moments, exceedance counts, first years, shortfalls, costs.
//!
//! A tally has two halves with different merge rules. [`Counts`] are integers and merge in any order with the same
//! bits. [`Sums`] are floating-point and must be merged in trial order, chunk by chunk. Neither grows with the
//! number of trials.

mod attribution;
mod lines;
mod pairs;
mod pending;
mod progress;
mod samples;
mod targets;
mod trials;

pub use attribution::Attribution;
pub use lines::{LineSum, Lines, NODES, on_lines};
pub use pairs::{MOST_COMPARED, PairCounts, PolicyCounts, compares_policies};
pub use progress::Progress;
pub use samples::{Keep, SampleRecorder, Samples, Trace};
pub use targets::{TargetCounts, TargetSums};
pub use trials::{TrialRecorder, TrialRows};

use crate::kernel::BlockView;
use crate::math::Vector;
use crate::plan::Plan;
use crate::stats::{Moments, QuantileSketch};
use pairs::Met;
use pending::Pending;
use targets::Verdicts;

/// Integer counts of one world and policy.
#[derive(Clone)]
pub struct Counts {
    /// Quantile sketch of every series and year, `series × points`.
    pub series: Vec<QuantileSketch>,
    /// Public money, gross and net of recoveries.
    pub cost: [QuantileSketch; 2],
    /// Targets.
    pub targets: Vec<TargetCounts>,
    /// How often two targets are met together.
    pub pairs: PairCounts,
    /// How often a target is met under this policy and an earlier one.
    pub policies: PolicyCounts,
    /// Number of trials.
    pub trials: u64,
}

/// Floating-point sums of one world and policy.
#[derive(Clone)]
pub struct Sums {
    /// Moments of every series and year, `series × points`.
    pub series: Vec<Moments>,
    /// Moments of public money, gross and net of recoveries.
    pub cost: [Moments; 2],
    /// Moments of the public money paid in each year.
    pub paid: Vec<Moments>,
    /// Targets.
    pub targets: Vec<TargetSums>,
    /// Which quantities move the main outcome.
    pub attribution: Attribution,
}

/// Counts of all worlds and policies, `world × policy`.
pub struct CountTally(pub Vec<Counts>);

/// Sums of all worlds and policies, `world × policy`.
pub struct SumTally(pub Vec<Sums>);

/// Scratch space of a worker: verdicts and judged quantities of the block at hand, of the policies that others are
/// compared with.
pub struct Recorder {
    verdicts: Verdicts,
    /// Trials that meet each target, of the policies that every later one is compared with.
    met: Met,
    vector: Vector,
    /// Places in the sketches of each world and policy that are still to be counted.
    pending: Vec<Pending>,
}

impl CountTally {
    /// Empty counts for `plan`.
    pub fn new(plan: &Plan) -> Self {
        let counts = |policy| Counts {
            series: vec![QuantileSketch::new(); plan.series.len() * plan.points()],
            cost: [QuantileSketch::new(), QuantileSketch::new()],
            targets: plan.targets.iter().map(|_| TargetCounts::new(plan)).collect(),
            pairs: PairCounts::new(plan),
            policies: PolicyCounts::new(plan, policy),
            trials: 0,
        };
        let policies = 0..plan.policies.len();
        Self(plan.worlds.iter().flat_map(|_| policies.clone().map(counts)).collect())
    }

    /// Adds other counts; any order gives the same bits.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            let pairs = mine.series.iter_mut().zip(&theirs.series);
            pairs.chain(mine.cost.iter_mut().zip(&theirs.cost)).for_each(|(a, b)| a.merge(b));
            mine.targets.iter_mut().zip(&theirs.targets).for_each(|(a, b)| a.merge(b));
            mine.pairs.merge(&theirs.pairs);
            mine.policies.merge(&theirs.policies);
            mine.trials += theirs.trials;
        }
    }
}

impl SumTally {
    /// Empty sums for `plan`.
    pub fn new(plan: &Plan) -> Self {
        let runs = plan.worlds.iter().flat_map(|world| {
            plan.policies.iter().map(|_| Sums {
                series: vec![Moments::default(); plan.series.len() * plan.points()],
                cost: [Moments::default(); 2],
                paid: vec![Moments::default(); plan.points()],
                targets: vec![TargetSums::default(); plan.targets.len()],
                attribution: Attribution::new(world.values.len()),
            })
        });
        Self(runs.collect())
    }

    /// Adds the sums of the trials that follow those of `self`.
    pub fn append(&mut self, next: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&next.0) {
            let pairs = mine.series.iter_mut().zip(&theirs.series);
            let pairs = pairs.chain(mine.cost.iter_mut().zip(&theirs.cost));
            pairs.chain(mine.paid.iter_mut().zip(&theirs.paid)).for_each(|(a, b)| a.merge(b));
            mine.targets.iter_mut().zip(&theirs.targets).for_each(|(a, b)| a.append(b));
            mine.attribution.append(&theirs.attribution);
        }
    }
}

impl Recorder {
    /// Scratch space for `plan`.
    pub fn new(plan: &Plan, vector: Vector) -> Self {
        let runs = plan.worlds.len() * plan.policies.len();
        let sketches = if plan.distributions { plan.series.len() * plan.points() + 2 } else { 0 };
        let pending = (0..runs).map(|_| Pending::new(sketches, runs)).collect();
        Self { verdicts: Verdicts::new(plan, vector), met: Met::new(plan), vector, pending }
    }

    /// Counts what is still to be counted; `counts` are those of all blocks that were recorded.
    pub fn finish(mut self, mut counts: CountTally) -> CountTally {
        self.pending.iter_mut().zip(&mut counts.0).for_each(|(pending, counts)| pending.count(counts));
        counts
    }

    /// Records one block under one world and policy. Within a world the policies must come in the order of the plan.
    pub fn record(
        &mut self,
        plan: &Plan,
        view: &BlockView<'_>,
        counts: &mut CountTally,
        sums: &mut SumTally,
    ) {
        let run = view.world * plan.policies.len() + view.policy;
        let (counts, sums) = (&mut counts.0[run], &mut sums.0[run]);
        let (n, v) = (view.lanes, self.vector);
        counts.trials += n as u64;
        let (gross, net) = (&view.paths.gross_cost()[..n], &view.paths.net_cost()[..n]);
        for series in 0..plan.series.len() {
            for year in 0..plan.points() {
                sums.series[plan.at(series, year)].record_lanes_on(v, &view.paths.series(series, year)[..n]);
            }
        }
        sums.cost[0].record_lanes_on(v, gross);
        sums.cost[1].record_lanes_on(v, net);
        if plan.distributions {
            let series = (0..plan.series.len())
                .flat_map(|series| (0..plan.points()).map(move |year| (series, year)))
                .map(|(series, year)| &view.paths.series(series, year)[..n]);
            self.pending[run].record(v, n, counts, series.chain([gross, net]));
        }
        for (year, moments) in sums.paid.iter_mut().enumerate() {
            moments.record_lanes_on(v, &view.paths.paid(year)[..n]);
        }
        self.verdicts.judge(plan, view);
        self.verdicts.record(plan, view, &mut counts.targets, &mut sums.targets);
        if plan.distributions {
            counts.pairs.record(plan, self.verdicts.here(), n);
            self.met.record(view.policy, self.verdicts.here(), n, &mut counts.policies);
            let (series, year) = plan.main_outcome;
            sums.attribution.record(v, view.scores.iter(), view.paths.series(series, year), n);
        }
    }
}
