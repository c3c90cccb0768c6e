//! Simulates with scrambled Sobol' sequences: independent replicates, whose differences give every interval.

use super::error::AnalysisError;
use super::leading::design;
use super::lines::add_lines;
use super::precision::{judged, reported, widest};
use super::results::{Ends, Kind, PrecisionInfo, Results, RunResult, SamplerInfo, Slot, TargetResult};
use super::simulate::{After, Request, Sampler, default_trials, selection};
use super::summarise::{LEVEL, Run, mean, summarise};
use crate::engine::{MOST_TRIALS_OF_A_REPLICATE, Observer, Outcome, Settings, run_replicates};
use crate::kernel::Sobol;
use crate::math::{LANES, Vector};
use crate::model::Model;
use crate::plan::{Plan, Selection, compile, document_group};
use crate::stats::Moments;

/// Independent scramblings: enough for an interval by Student's t, few enough that each has many points.
pub const REPLICATES: u64 = 16;

/// Trials of each replicate where `trials` are wanted in all: a power of two, for a Sobol' sequence is even after so many
/// points; never fewer in all than wanted, but at most what a sequence has.
pub fn trials_of_a_replicate(trials: u64) -> u64 {
    let blocks = trials.div_ceil(REPLICATES).div_ceil(LANES as u64);
    (blocks.next_power_of_two() * LANES as u64).min(MOST_TRIALS_OF_A_REPLICATE)
}

/// Trials of each replicate where there may be `trials` at most in all: a power of two, but no fewer than a block.
fn most_of_a_replicate(trials: u64) -> u64 {
    let blocks = (trials / (REPLICATES * LANES as u64)).max(1);
    ((1 << blocks.ilog2()) * LANES as u64).min(MOST_TRIALS_OF_A_REPLICATE)
}

/// Trials of each replicate in the first stage of a run that ends with a precision.
const FIRST: u64 = 1024;
/// The largest step: the first trials say little about how fast intervals narrow.
const STEP: f64 = 8.0;

/// The result document of [`REPLICATES`] replicates of the same number of trials, without inputs.
///
/// Probabilities, means and quantiles are those of all trials. Their intervals come from the spread of the replicates
/// (Student's t with 15 degrees of freedom; see [`spread`]), never from a formula for independent trials: but where a replicate
/// has seen no event, that spread says little, and the interval is the hull of both.
///
/// With a precision the run is made again with more trials until it is reached: the points of a longer sequence are even
/// together, those that are added to a shorter one need not be.
///
/// # Errors
/// Unknown selections and targets and zero trials before anything runs, and those of a run.
pub(super) fn simulate_evenly(
    model: &Model,
    request: &Request,
    observer: &dyn Observer,
) -> Result<Results, AnalysisError> {
    let selection = selection(model, request)?;
    let seed = request.seed.unwrap_or(model.seed);
    let plan = compile(model, &selection);
    let targets = match request.precision.is_empty() {
        true => Vec::new(),
        false => judged(model, &plan, &request.precision)?,
    };
    let most = request.trials.unwrap_or(default_trials(model, request));
    if most == 0 {
        return Err(AnalysisError::NoTrials);
    }
    let (most, trials) = match targets.is_empty() {
        true => (trials_of_a_replicate(most), trials_of_a_replicate(most)),
        false => (most_of_a_replicate(most), FIRST.min(most_of_a_replicate(most))),
    };
    let mut settings = Settings { seed, trials, threads: request.threads, vector: Vector::detect() };
    let sobol = design(&plan, main_policy(&plan), REPLICATES, settings, observer)?;
    let reported = reported(model, &plan, &selection);
    loop {
        observer.expects(request.sampler.observed(REPLICATES * settings.trials));
        let run =
            Replicated { model, plan: &plan, selection: &selection, settings, sampler: request.sampler };
        let mut results = run.simulate(&sobol, observer)?;
        if request.sampler == Sampler::Line {
            let observer = &After { observer, trials: REPLICATES * settings.trials };
            add_lines(&mut results, model, &selection, settings, observer)?;
        }
        if targets.is_empty() {
            return Ok(results);
        }
        let half_width = |world: usize, policy: usize, target: usize| {
            let run = results.run_of(&plan.policies[policy], &plan.worlds[world].id)?;
            let [low, high] = interval(run, &plan.targets[target].id)?;
            Some(0.5 * (high - low))
        };
        let widest = widest(&plan, &targets, &reported, &half_width);
        let excess = widest.half_width / widest.wanted;
        if excess <= 1.0 || settings.trials == most {
            let (wanted, reached) = (request.precision.clone(), excess <= 1.0);
            results.run.stop = if reached { "precision" } else { "trials" }.to_owned();
            let most_trials = REPLICATES * most;
            results.run.precision = Some(PrecisionInfo { wanted, most_trials, reached, widest });
            return Ok(results);
        }
        // at least as fast as independent trials
        let factor = (excess * excess).min(STEP) as u64;
        settings.trials = (settings.trials * factor.next_power_of_two().max(2)).min(most);
    }
}

/// The interval of a target, or of the targets of a document together, by its identifier in the plan.
fn interval(run: &RunResult, id: &str) -> Option<Ends> {
    let joint = || run.joint.iter().find(|joint| document_group(&joint.document) == id);
    let of_target = |t: &TargetResult| t.line.as_ref().map_or(t.interval, |line| line.interval);
    run.target(id).map(of_target).or_else(|| joint().map(|joint| joint.interval))
}

/// What is simulated.
struct Replicated<'a> {
    model: &'a Model,
    plan: &'a Plan,
    selection: &'a Selection,
    /// With the trials of each replicate.
    settings: Settings,
    sampler: Sampler,
}

impl Replicated<'_> {
    fn summary(&self, outcome: &Outcome) -> Results {
        let Self { model, plan, selection, settings, .. } = *self;
        let trials = outcome.trials();
        summarise(
            &Run { model, plan, outcome, selection, seed: settings.seed, trials, precision: None },
            Vec::new(),
        )
    }

    fn simulate(&self, sobol: &Sobol, observer: &dyn Observer) -> Result<Results, AnalysisError> {
        let Self { plan, settings, .. } = *self;
        let mut all = Outcome::new(plan);
        let mut parts: Vec<Vec<RunResult>> = Vec::new();
        run_replicates(plan, settings, sobol, REPLICATES, observer, |outcome| {
            parts.push(self.summary(&outcome).runs);
            all.append(&outcome);
        })
        .map_err(|error| AnalysisError::of_run(error, settings.seed))?;
        let mut results = self.summary(&all);
        results.run.sampler = Some(SamplerInfo {
            name: self.sampler.word().to_owned(),
            replicates: REPLICATES,
            directions: sobol.directions() as u64,
            dimensions: sobol.dimensions() as u64,
        });
        for (index, run) in results.runs.iter_mut().enumerate() {
            let estimates = |part: &mut Vec<RunResult>| {
                let mut values = Vec::new();
                part[index].each_interval(&mut |_, value, _| values.push(value));
                values
            };
            let of_parts: Vec<Vec<Option<f64>>> = parts.iter_mut().map(estimates).collect();
            let mut at = 0;
            run.each_interval(&mut |kind, value, slot| {
                let replicates: Option<Vec<f64>> = of_parts.iter().map(|values| values[at]).collect();
                at += 1;
                if let (Some(value), Some(replicates)) = (value, replicates) {
                    set(kind, value, &replicates, settings.trials, slot);
                }
            });
            // stretches of the run say nothing here: what settles is the spread of the replicates
            run.convergence = None;
            run.targets.iter_mut().for_each(|target| target.compared.clear());
        }
        results.run.pair_level = None;
        Ok(results)
    }
}

/// The policy whose targets give the directions: the one called `plan`; without one, the first after the reference.
pub(super) fn main_policy(plan: &Plan) -> usize {
    let last = plan.policies.len() - 1;
    plan.policies.iter().position(|policy| policy == "plan").unwrap_or(last.min(1))
}

/// Mean of the replicates and half the width of its interval. `step` is the distance between two values that an estimate of one
/// replicate can take, 0 where it can take any: even trials may give the same value in every replicate although the truth lies
/// between two of them, so the largest variance on such a lattice, `step²/4`, is added.
pub(super) fn spread(replicates: &[f64], step: f64) -> (f64, f64) {
    let mut moments = Moments::default();
    moments.record_lanes(replicates);
    let error = moments.standard_error().unwrap_or(f64::INFINITY);
    let lattice = step * step / (4.0 * replicates.len() as f64);
    (mean(&moments), LEVEL.t(REPLICATES - 1) * (error * error + lattice).sqrt())
}

/// Puts the interval of an estimate in its place.
fn set(kind: Kind, value: f64, replicates: &[f64], trials: u64, slot: Slot<'_>) {
    let step = match kind {
        Kind::Probability => 1.0 / trials as f64,
        // the variances of both
        Kind::Difference => std::f64::consts::SQRT_2 / trials as f64,
        Kind::Amount => 0.0,
    };
    let (_, half) = spread(replicates, step);
    let [low, high] = match kind {
        Kind::Probability => [(value - half).max(0.0), (value + half).min(1.0)],
        Kind::Difference => [(value - half).max(-1.0), (value + half).min(1.0)],
        Kind::Amount => [value - half, value + half],
    };
    let silent = match kind {
        Kind::Probability => replicates.iter().any(|&p| p <= 0.0 || p >= 1.0),
        Kind::Difference => replicates.contains(&0.0),
        Kind::Amount => half == 0.0,
    };
    let hull = |[a, b]: Ends| if silent { [low.min(a), high.max(b)] } else { [low, high] };
    match slot {
        Slot::Always(interval) => *interval = hull(*interval),
        Slot::Maybe(interval) => *interval = interval.map(hull),
    }
}
