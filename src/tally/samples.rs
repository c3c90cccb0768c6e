//! What is kept of every single trial, for analyses that need more than counts: who hits together, which quantity goes
//! with which outcome.

use super::targets::{Verdicts, quantity_of, shortfall_of};
use crate::kernel::BlockView;
use crate::math::{Vector, powi};
use crate::plan::Plan;
use crate::stats::Events;

/// What is kept of every trial besides what all analyses need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// The drawn quantities.
    pub inputs: bool,
    /// Public money up to the last year in which a target is judged.
    pub cost_in_time: bool,
}

/// What is kept of the trials of a run, in trial order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    /// Number of trials.
    pub trials: usize,
    /// `world × policy`.
    pub runs: Vec<Trace>,
    /// For every world the values of its drawn quantities ([`WorldPlan::values`](crate::plan::WorldPlan)), each trial by
    /// trial; empty unless asked for.
    pub inputs: Vec<Vec<Vec<f64>>>,
}

/// What is kept of one world and policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// For every target of the plan, the trials that meet it.
    pub hits: Vec<Events>,
    /// For every target of the plan, its quantity in the judged year; empty for counts and groups.
    pub quantities: Vec<Vec<f64>>,
    /// For every target of the plan, what lacks of its level, 0 in trials that meet it; empty for counts and groups.
    pub shortfalls: Vec<Vec<f64>>,
    /// Public money paid over all years, 亿元.
    pub cost: Vec<f64>,
    /// What is paid up to the last year in which a target of the plan is judged, discounted as `cost` is, 亿元;
    /// empty unless asked for.
    pub cost_in_time: Vec<f64>,
}

impl Samples {
    /// Bytes that are kept of `trials` trials.
    pub fn bytes(plan: &Plan, keep: Keep, trials: u64) -> u64 {
        let figures = plan.targets.iter().filter(|target| quantity_of(&target.condition).is_some()).count();
        // a quantity and what lacks of its level, money, and a bit for every target
        let of_run = 64 * (2 * figures + 1 + usize::from(keep.cost_in_time)) + plan.targets.len();
        let inputs = |world: &crate::plan::WorldPlan| 64 * world.values.len();
        let inputs: usize = if keep.inputs { plan.worlds.iter().map(inputs).sum() } else { 0 };
        let bits = plan.worlds.len() * plan.policies.len() * of_run + inputs;
        (bits as u64).saturating_mul(trials.div_ceil(8))
    }

    /// No trial yet, with room for so many: a column that grows by itself takes twice what it holds.
    pub fn with_room(plan: &Plan, keep: Keep, trials: usize) -> Self {
        let mut samples = Self::new(plan, keep);
        for run in &mut samples.runs {
            run.hits.iter_mut().for_each(|hits| hits.reserve(trials));
            for (index, target) in plan.targets.iter().enumerate() {
                if quantity_of(&target.condition).is_some() {
                    run.quantities[index].reserve_exact(trials);
                    run.shortfalls[index].reserve_exact(trials);
                }
            }
            run.cost.reserve_exact(trials);
            run.cost_in_time.reserve_exact(if keep.cost_in_time { trials } else { 0 });
        }
        samples.inputs.iter_mut().flatten().for_each(|column| column.reserve_exact(trials));
        samples
    }

    /// No trial yet.
    pub fn new(plan: &Plan, keep: Keep) -> Self {
        let none = || vec![Vec::new(); plan.targets.len()];
        let trace = || Trace {
            hits: vec![Events::default(); plan.targets.len()],
            quantities: none(),
            shortfalls: none(),
            cost: Vec::new(),
            cost_in_time: Vec::new(),
        };
        let of_world = |world: &crate::plan::WorldPlan| vec![Vec::new(); world.values.len()];
        Self {
            trials: 0,
            runs: (0..plan.worlds.len() * plan.policies.len()).map(|_| trace()).collect(),
            inputs: if keep.inputs { plan.worlds.iter().map(of_world).collect() } else { Vec::new() },
        }
    }

    /// Adds the trials that follow.
    pub fn append(&mut self, next: &Self) {
        self.trials += next.trials;
        for (mine, next) in self.runs.iter_mut().zip(&next.runs) {
            mine.hits.iter_mut().zip(&next.hits).for_each(|(mine, next)| mine.append(next));
            let figures = mine.quantities.iter_mut().zip(&next.quantities);
            let figures = figures.chain(mine.shortfalls.iter_mut().zip(&next.shortfalls));
            figures.for_each(|(mine, next)| mine.extend_from_slice(next));
            mine.cost.extend_from_slice(&next.cost);
            mine.cost_in_time.extend_from_slice(&next.cost_in_time);
        }
        let columns = self.inputs.iter_mut().flatten().zip(next.inputs.iter().flatten());
        columns.for_each(|(mine, next)| mine.extend_from_slice(next));
    }
}

/// Scratch space of a worker.
pub struct SampleRecorder {
    verdicts: Verdicts,
    /// What money is worth in the base year, from that year up to the last in which a target is judged; `None` where that
    /// money is not asked for.
    worth: Option<Vec<f64>>,
    vector: Vector,
}

impl SampleRecorder {
    /// Scratch space for `plan`.
    pub fn new(plan: &Plan, vector: Vector, keep: Keep) -> Self {
        let worth = |year| 1.0 / powi(1.0 + plan.discount_rate, year as u32);
        let worth = keep.cost_in_time.then(|| (0..=plan.last_judged()).map(worth).collect());
        Self { verdicts: Verdicts::new(plan, vector), worth, vector }
    }

    /// Keeps one block under one world and policy; the blocks of a chunk must come in trial order.
    pub fn record(&mut self, plan: &Plan, view: &BlockView<'_>, samples: &mut Samples) {
        let n = view.lanes;
        let run = &mut samples.runs[view.world * plan.policies.len() + view.policy];
        self.verdicts.judge(plan, view);
        for (kept, hits) in run.hits.iter_mut().zip(self.verdicts.here()) {
            kept.extend((0..n).map(|lane| hits.at(lane)));
        }
        for (index, target) in plan.targets.iter().enumerate() {
            let Some((series, year, _)) = quantity_of(&target.condition) else { continue };
            run.quantities[index].extend_from_slice(&view.paths.series(series, year)[..n]);
            if let Some((shortfall, _)) = shortfall_of(self.vector, view, &target.condition) {
                run.shortfalls[index].extend_from_slice(&shortfall[..n]);
            }
        }
        run.cost.extend_from_slice(&view.paths.gross_cost()[..n]);
        if let Some(worth) = &self.worth {
            // in the order of the kernel, so that money of all years is the same to the bit
            let year = |lane: usize, (year, worth): (usize, &f64)| worth * view.paths.paid(year)[lane];
            let paid = |lane: usize| worth.iter().enumerate().map(|at| year(lane, at)).sum::<f64>();
            run.cost_in_time.extend((0..n).map(paid));
        }
        if view.policy == 0 {
            if view.world == 0 {
                samples.trials += n;
            }
            if let Some(columns) = samples.inputs.get_mut(view.world) {
                columns
                    .iter_mut()
                    .zip(view.values)
                    .for_each(|(column, values)| column.extend_from_slice(&values[..n]));
            }
        }
    }
}
