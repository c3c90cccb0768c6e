//! Single trials of a run, with every figure: what the distributions of the results are made of.

use super::error::AnalysisError;
use super::simulate::{Request, selection};
use crate::engine::{Observer, Settings, each_trial};
use crate::math::Vector;
use crate::model::Model;
use crate::plan::{Plan, Selection, compile};
use crate::text;

/// Figures that a table may hold at most: about 250 megabytes as text.
pub const MOST_FIGURES: u64 = 20_000_000;

/// The first trials of a run under every reported policy and world.
#[derive(Clone, Debug, PartialEq)]
pub struct Trials {
    /// Heads of the figures of a row: `<series>.<year>` in the unit of the series, `cost` and `cost_net` in 亿元,
    /// `target.<id>` with 1 where it is met and 0 where not, also for `document:<id>`, all targets of a document together.
    pub columns: Vec<String>,
    /// World, policy and figures, row after row in trial order.
    pub runs: Vec<(String, String, Vec<f64>)>,
}

/// Single trials that are asked for, and are not too many.
pub struct Asked<'a> {
    model: &'a Model,
    selection: Selection,
    plan: Plan,
    settings: Settings,
}

impl<'a> Asked<'a> {
    /// The `n` first trials of the run that `request` asks for.
    ///
    /// # Errors
    /// Unknown or empty selections; [`AnalysisError::Refused`] if the table would hold more than [`MOST_FIGURES`] figures.
    pub fn new(model: &'a Model, request: &Request, n: u64) -> Result<Self, AnalysisError> {
        let selection = selection(model, request)?;
        let plan = compile(model, &selection);
        let most = MOST_FIGURES / (columns(&plan).len() * plan.policies.len() * plan.worlds.len()) as u64;
        if n > most {
            return Err(AnalysisError::Refused(text!(
                "逐次结果太多，无法一次写出：这些方案和情景最多写{most}次；请把 --samples 改小，或用 --policy、--world 少选几个",
                "too many single trials: for these policies and worlds at most {most} can be written; lower --samples, or choose fewer with --policy and --world"
            )));
        }
        let seed = request.seed.unwrap_or(model.seed);
        let settings = Settings { seed, trials: n, threads: request.threads, vector: Vector::detect() };
        Ok(Self { model, selection, plan, settings })
    }

    /// Simulates them with the bits of the run, which had so many trials: there are no more of them than that.
    ///
    /// # Errors
    /// The errors of a run.
    pub fn simulate(self, trials: u64, observer: &dyn Observer) -> Result<Trials, AnalysisError> {
        let Self { model, selection, plan, settings } = self;
        let settings = Settings { trials: settings.trials.min(trials), ..settings };
        let rows = each_trial(&plan, settings, observer)
            .map_err(|error| AnalysisError::of_run(error, settings.seed))?;
        let mut rows = rows.runs.into_iter();
        let mut runs = Vec::new();
        for world in &plan.worlds {
            for policy in &plan.policies {
                let figures = rows.next().unwrap_or_default();
                if selection.policies.iter().any(|&at| model.policies[at].id == *policy) {
                    runs.push((world.id.clone(), policy.clone(), figures));
                }
            }
        }
        Ok(Trials { columns: columns(&plan), runs })
    }
}

/// Heads of the figures of a row.
fn columns(plan: &Plan) -> Vec<String> {
    let years = |series: &str| {
        let head = |year: usize| format!("{series}.{}", plan.base_year + year as i32);
        (0..plan.points()).map(head).collect::<Vec<_>>()
    };
    plan.series
        .iter()
        .flat_map(|series| years(&series.id))
        .chain(["cost".to_owned(), "cost_net".to_owned()])
        .chain(plan.targets.iter().map(|target| format!("target.{}", target.id)))
        .collect()
}
