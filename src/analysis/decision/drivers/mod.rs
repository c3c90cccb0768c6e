//! `drivers`: what moves the result, how much of it could be learnt, and which figure to survey first.
//!
//! Variance-based sensitivity analysis by pick-freeze runs on addressed draws (Saltelli et al. 2010; Janon et al. 2014),
//! Shapley effects over groups (Owen 2014; Song, Nelson and Staum 2016), and the value of partial information for the
//! choice among policies (Strong, Oakley and Brennan 2014).

pub(super) mod frozen;
mod groups;
mod learning;
mod players;
pub(super) mod singles;
mod theme;

use serde::{Deserialize, Serialize};

use super::answer::named_policy;
use super::experiment::{Design, Experiment, FEWEST_TRIALS, Sampled};
use super::figures::mean_estimate;
use super::goal::only_movers;
use super::{Answer, Estimate, Goal, Question};
use crate::analysis::AnalysisError;
use crate::analysis::results::{Ends, Input, Named};
use crate::analysis::summarise::{LEVEL, ends, figure_word};
use crate::engine::Observer;
use crate::model::Model;
use crate::plan::Condition;
use crate::stats::{self, Moments};
use crate::tally::Keep;
use crate::text;
use crate::text::Text;

pub use groups::{Part, Shares, Sides};
pub use learning::{Criterion, Learning, Verdict, Worth};
pub use singles::{Point, Single};

use frozen::{Frozen, Scale};
use groups::Groups;

/// Trials with every drawn quantity kept, unless asked otherwise.
pub const TRIALS: u64 = 32_768;
/// Of these, one in so many is simulated again in every pick-freeze run.
const SHARE_OF_INDICES: u64 = 4;
/// Fewest trials that hit, and that miss, for shares of the variance of hitting; and in which policies must differ for a
/// choice between them to be judged.
const FEWEST_HITS: u64 = 100;

/// What moves the result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drivers {
    /// The policy whose result is looked at.
    pub policy: Named,
    /// Share of trials that meet the target.
    pub probability: f64,
    /// Wilson interval of the probability.
    pub interval: Ends,
    /// Trials that meet the target.
    pub hits: u64,
    /// The target's quantity; `null` for counts over several series and for groups of targets.
    pub quantity: Option<Quantity>,
    /// Trials of each pick-freeze run, the first ones of the answer's.
    pub index_trials: u64,
    /// Whether enough of these hit and miss for shares of the variance of hitting.
    pub enough_hits: bool,
    /// Whether quantities of different themes depend on each other through the scenario's dependence.
    pub dependent: bool,
    /// Shares by theme, the largest total share first.
    pub themes: Vec<Part>,
    /// What could be learnt, and what is luck.
    pub sides: Sides,
    /// Shares by grade of evidence, the best founded first, yearly shocks last.
    pub grades: Vec<Part>,
    /// Single quantities that explain most, the largest share first.
    pub singles: Vec<Single>,
    /// Number of uncertain quantities that were screened for them.
    pub screened: usize,
    /// What knowing a single quantity is worth for the choice among policies; `null` with one policy.
    pub learning: Option<Learning>,
}

/// The quantity that a target is judged by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// What it is, with its place.
    pub name: Text,
    /// `money`, `count`, `share` or `number`.
    pub figure: String,
    /// Unit as readers see it.
    pub unit: Text,
    /// Judged year.
    pub year: i32,
    /// `log` if shares are of the variance of its logarithm, else `level`.
    pub scale: String,
    /// Whether more of it is better for the target.
    pub more_is_better: bool,
    /// Mean over the trials.
    pub mean: Estimate,
    /// Standard deviation over the trials.
    pub sd: f64,
}

/// Trials that the observer of this analysis hears of at most.
pub fn observed(model: &Model, question: &Question) -> u64 {
    let trials = question.trials.unwrap_or(TRIALS);
    let grades = model.quantities.ids().map(|id| model.quantities.get(id).provenance.grade);
    let mut grades: Vec<_> = grades.collect();
    grades.sort();
    grades.dedup();
    trials + index_trials(trials) * (1 + groups::runs(grades.len() + 1))
}

/// Trials of each pick-freeze run.
fn index_trials(trials: u64) -> u64 {
    trials / SHARE_OF_INDICES
}

/// What moves the result of the first policy asked for (the main one by default) in one world.
///
/// # Errors
/// Unknown identifiers and too few trials before anything runs; every error of a run.
pub fn drivers(
    model: &Model,
    inputs: &[Input],
    question: &Question,
    observer: &dyn Observer,
) -> Result<Answer<Drivers>, AnalysisError> {
    let goal = Goal::of(model, question.target.as_deref())?;
    let mut policies = question.policies(model)?;
    let main = main_policy(model, question)?;
    policies.retain(|&policy| policy != main);
    policies.insert(0, main);
    let world = question.worlds(model, false)?.into_iter().next().ok_or(AnalysisError::NothingSelected)?;
    // shares rest on the trials of the pick-freeze runs alone
    let least = FEWEST_TRIALS * SHARE_OF_INDICES;
    let (model, left_out) = &only_movers(model, &goal, &policies);
    // evidence is told of the values that are simulated
    let model = &model.with_provenance_in(world, main);
    let experiment = Experiment::of_at_least(least, model, question, TRIALS, observer)?;
    let sampled = experiment.run(Design {
        policies: policies.iter().map(|&policy| model.policies[policy].clone()).collect(),
        worlds: vec![model.worlds[world].clone()],
        goals: vec![goal.clone()],
        keep: Keep { inputs: true, ..Keep::default() },
        renewed: None,
    })?;
    let index_trials = index_trials(experiment.settings.trials);
    let scale = Scale::of(model, &goal, sampled.quantity(0, 0, 0));
    let some: u64 = sampled.hits(0, 0, 0).iter().take(index_trials as usize).map(u64::from).sum();
    let enough_hits = some >= FEWEST_HITS && index_trials - some >= FEWEST_HITS;
    let what = (model.policies[main].clone(), model.worlds[world].clone(), goal.clone());
    let frozen = Frozen::new(&experiment, what, &sampled, (index_trials, scale, enough_hits))?;
    let Groups { themes, sides, grades, dependent } = groups::groups(model, &sampled.plan, &frozen)?;
    let (singles, screened) = singles::singles(model, &sampled, (scale, index_trials));
    let hits = sampled.hits(0, 0, 0);
    let findings = Drivers {
        policy: named_policy(&model.policies[main]),
        probability: hits.share().ok_or(AnalysisError::NoTrials)?,
        interval: ends(hits.interval(LEVEL).ok_or(AnalysisError::NoTrials)?),
        hits: hits.count(),
        quantity: quantity(model, &goal, &sampled, scale),
        index_trials,
        enough_hits,
        dependent,
        themes,
        sides,
        grades,
        singles,
        screened,
        learning: learning::learning(model, &sampled, &policies, index_trials as usize),
    };
    let answer = Answer::new("drivers", &experiment, inputs, goal.info(model), &[world], findings);
    Ok(answer.leaving_out(model, left_out))
}

/// The policy named first in the question, else the analysis's default.
pub(super) fn main_policy(model: &Model, question: &Question) -> Result<usize, AnalysisError> {
    let first = question.policies.as_ref().and_then(|ids| ids.first());
    let position = first.and_then(|id| model.policies.iter().position(|policy| policy.id == *id));
    position.map_or_else(|| question.policy(model), Ok)
}

/// An estimate with its interval.
pub(super) fn estimate(estimate: stats::Estimate) -> Estimate {
    Estimate { value: estimate.value, interval: ends(estimate.interval(LEVEL)) }
}

/// Whether more of the quantity is better for the goal of a design's only goal.
fn more_is_better(sampled: &Sampled) -> bool {
    !matches!(sampled.condition(0), Condition::Threshold { at_least: false, .. })
}

fn quantity(model: &Model, goal: &Goal, sampled: &Sampled, scale: Scale) -> Option<Quantity> {
    let values = sampled.quantity(0, 0, 0);
    let (series, year) = sampled.series(0)?;
    // series of revenue are named by their place alone
    let name = match goal {
        Goal::Target(index) if model.targets[*index].subject.is_revenue() => {
            let (place, measure) = (&series.name, &model.measures[model.targets[*index].measure].name);
            let (zh, en) = (&place.zh, &place.en);
            let (what_zh, what_en) = (&measure.zh, &measure.en);
            text!("{zh}{what_zh}", "{what_en} of {en}")
        }
        _ => series.name.clone(),
    };
    let mut moments = Moments::default();
    moments.record_lanes(values);
    Some(Quantity {
        name,
        figure: figure_word(series.unit).to_owned(),
        unit: series.unit_name.clone(),
        year,
        scale: if matches!(scale, Scale::Log(_)) { "log" } else { "level" }.to_owned(),
        more_is_better: more_is_better(sampled),
        mean: mean_estimate(&moments, LEVEL)?,
        sd: moments.sd().unwrap_or(0.0),
    })
}
