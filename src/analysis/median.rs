//! The median run: every quantity at its median, no shock, no event; what `plan` and `check` show.

use super::error::AnalysisError;
use crate::kernel::{Draws, Kernel};
use crate::math::Vector;
use crate::model::Model;
use crate::plan::{Plan, Selection, compile};

/// Paths of every policy of one world without randomness.
pub(super) struct MedianRun {
    /// The compiled plan.
    pub plan: Plan,
    /// Per policy of the plan: every series and year, `series × points`, 亿元.
    pub series: Vec<Vec<f64>>,
    /// Per policy of the plan: public money paid in every year, 亿元.
    pub paid: Vec<Vec<f64>>,
}

/// Runs `policies` (indices; the reference is always among the plan's) in `world` at the medians.
///
/// # Errors
/// [`AnalysisError::NonFinite`] if a path leaves the finite numbers.
pub(super) fn median_run(
    model: &Model,
    policies: Vec<usize>,
    world: usize,
) -> Result<MedianRun, AnalysisError> {
    let plan = compile(model, &Selection { policies, worlds: vec![world] });
    let (mut series, mut paid) = (Vec::new(), Vec::new());
    let kernel = Kernel::new(&plan, Vector::detect(), Draws::Median);
    let result = kernel.block(&mut kernel.workspace(), 0, 1, &mut |view| {
        let points = 0..plan.points();
        let all = (0..plan.series.len()).flat_map(|s| points.clone().map(move |year| (s, year)));
        series.push(all.map(|(s, year)| view.paths.series(s, year)[0]).collect());
        paid.push(points.map(|year| view.paths.paid(year)[0]).collect());
    });
    result.map_err(|place| AnalysisError::NonFinite { seed: model.seed, place })?;
    Ok(MedianRun { plan, series, paid })
}

impl MedianRun {
    /// Position of a policy in this run.
    pub fn policy(&self, id: &str) -> Option<usize> {
        self.plan.policies.iter().position(|known| known == id)
    }

    /// Path of a series under a policy, from the base year on.
    pub fn path(&self, policy: usize, series: usize) -> &[f64] {
        &self.series[policy][self.plan.at(series, 0)..self.plan.at(series + 1, 0)]
    }

    /// Base-year figure of the series with this identifier.
    pub fn base(&self, id: &str) -> Option<f64> {
        let series = self.plan.series.iter().position(|s| s.id == id)?;
        self.path(0, series).first().copied()
    }
}
