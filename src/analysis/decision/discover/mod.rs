//! `discover`: under which conditions on the uncertain quantities a target is missed, or met.
//!
//! Scenario discovery (Bryant and Lempert 2010) with the patient rule induction method (Friedman and Fisher 1999) on
//! the drawn quantities of simulated trials; what is found is judged on fresh ones.

mod luck;
mod search;

use serde::{Deserialize, Serialize};

use super::answer::named_policy;
use super::drivers::frozen::Scale;
use super::drivers::main_policy;
use super::experiment::{Design, Experiment};
use super::figures::chance_of;
use super::{Answer, Estimate, Goal, Question};
use crate::analysis::AnalysisError;
use crate::analysis::results::{Ends, Input, Named};
use crate::analysis::summarise::{LEVEL, ends};
use crate::engine::Observer;
use crate::model::{Model, Policy, World};
use crate::tally::Keep;
use crate::text::{Text, Told};
pub use luck::Luck;

/// Trials of the search, and of the judgement, unless asked otherwise.
pub const TRIALS: u64 = 65_536;
/// Of these, one in so many is simulated again with other shocks.
const SHARE_OF_LUCK: u64 = 2;
/// Share of misses above which their conditions separate nothing: without a wish, conditions of hits are looked for.
const NEARLY_ALL: f64 = 0.9;
/// What a box holds of the trials of interest beyond its share of all trials, below which it separates nothing.
const SEPARATES: f64 = 0.02;
/// Fewest trials of interest, and of the others, in the search.
pub const FEWEST: u64 = 50;

/// Which trials are of interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Those that meet the target.
    Hit,
    /// Those that miss it.
    Miss,
}

/// Conditions under which a target is missed, or met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Discovery {
    /// The policy whose result is looked at.
    pub policy: Named,
    /// Share of the trials of the search that meet the target, as in a run with that seed and so many trials.
    pub probability: f64,
    /// Wilson interval of that share.
    pub interval: Ends,
    /// Which trials are of interest.
    pub outcome: Outcome,
    /// Whether that was asked for; if not, misses are looked at, but where nearly all trials miss.
    pub asked: bool,
    /// Share of the fresh trials, on which conditions are judged, that meet the target.
    pub fresh: Estimate,
    /// Trials of interest in the search.
    pub of_interest: u64,
    /// Uncertain quantities that vary.
    pub varying: usize,
    /// Those among which conditions were searched: they explain a share of the result that stands out of the noise.
    pub searched: Vec<Named>,
    /// Share of the variance of meeting the target (1 where it is met, else 0) that yearly shocks hold, of which conditions
    /// on quantities say nothing; `null` if nothing varies.
    pub luck: Option<Luck>,
    /// The same of the target's quantity (in logarithms if positive); `null` where it has none.
    pub luck_of_quantity: Option<Estimate>,
    /// Why no conditions were found; `null` if some were.
    pub nothing: Option<Nothing>,
    /// The boxes along the peeling, on the trials of the search: these figures are flattered by it.
    pub trajectory: Vec<Step>,
    /// The chosen box; `null` if none was found.
    pub chosen: Option<Chosen>,
}

/// Why no conditions were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nothing {
    /// Every trial meets the target, or none does.
    Certain,
    /// Too few trials are of interest.
    TooFew,
    /// No uncertain quantity matters: the outcome is luck.
    NoInput,
    /// No box is denser than all trials together once limits that may be luck are dropped.
    NoBox,
    /// What was found cannot be told from luck: on fresh trials the chance inside differs from that elsewhere by no more than
    /// the error, or the other way.
    NotConfirmed,
}

/// One box of the peeling.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Number of restricted quantities.
    pub restricted: usize,
    /// Share of the trials of interest that lie in it.
    pub coverage: f64,
    /// Share of its trials that are of interest.
    pub density: f64,
    /// Share of all trials that lie in it.
    pub mass: f64,
}

/// The box that is told to readers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chosen {
    /// Its conditions: all must hold.
    pub conditions: Vec<Condition>,
    /// Its figures on the trials of the search.
    pub search: Step,
    /// Its figures on fresh trials.
    pub fresh: Judged,
}

/// Limits on one quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Path of the quantity.
    pub path: String,
    /// Name.
    pub name: Text,
    /// Least value, in base units, with its unit in words.
    pub at_least: Option<Bound>,
    /// Largest value.
    pub at_most: Option<Bound>,
    /// Share of repetitions of the search on halves of the trials that restrict this quantity too, at like coverage.
    pub reproduced: Option<f64>,
}

/// One limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bound {
    /// The limit, in base units, rounded as it is told.
    pub value: f64,
    /// The same with its unit.
    pub text: Told,
    /// Quasi-p-value of the limit (Bryant and Lempert 2010), on the trials of the search.
    pub quasi_p: f64,
}

/// A box judged on trials that it was not found on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// Number of trials.
    pub trials: u64,
    /// Trials in the box.
    pub inside: u64,
    /// Share of the trials of interest that lie in it.
    pub coverage: Estimate,
    /// Share of its trials that are of interest.
    pub density: Estimate,
    /// Share of all trials that lie in it.
    pub mass: Estimate,
    /// Share of its trials that meet the target.
    pub probability: Estimate,
    /// Share of the other trials that meet the target.
    pub elsewhere: Estimate,
    /// Whether the box holds hardly more of the trials of interest than of all trials, so that it separates nothing.
    pub separates_nothing: bool,
}

impl Judged {
    /// Whether the outcome that conditions were looked for is likelier inside than elsewhere by more than the errors of both
    /// (intervals that do not meet): a difference the other way speaks against the conditions.
    fn is_confirmed(&self, outcome: Outcome) -> bool {
        let ([low, high], [other_low, other_high]) = (self.probability.interval, self.elsewhere.interval);
        match outcome {
            Outcome::Hit => low > other_high,
            Outcome::Miss => high < other_low,
        }
    }
}

/// Trials that the observer of this analysis hears of.
pub fn observed(question: &Question) -> u64 {
    let trials = question.trials.unwrap_or(TRIALS);
    2 * trials + luck_trials(trials)
}

fn luck_trials(trials: u64) -> u64 {
    (trials / SHARE_OF_LUCK).max(2).min(trials)
}

/// Seed of the fresh trials: another one than the run's, in the same way for every run.
fn fresh_seed(seed: u64) -> u64 {
    // the multiplier of Knuth's congruential generator has no pattern in common with seeds that people write
    seed.wrapping_add(0x5851_F42D_4C95_7F2D)
}

/// Conditions under which the target is missed or met under the first policy asked for (the main one by default) in one
/// world; without `outcome` it is missed, but where nearly every trial misses it.
///
/// # Errors
/// Unknown identifiers before anything runs; every error of a run.
pub fn discover(
    model: &Model,
    inputs: &[Input],
    question: &Question,
    outcome: Option<Outcome>,
    observer: &dyn Observer,
) -> Result<Answer<Discovery>, AnalysisError> {
    let goal = Goal::of(model, question.target.as_deref())?;
    question.policies(model)?;
    let policy = main_policy(model, question)?;
    let world = question.worlds(model, false)?.into_iter().next().ok_or(AnalysisError::NothingSelected)?;
    let experiment = Experiment::new(model, question, TRIALS, observer)?;
    let what = (model.policies[policy].clone(), model.worlds[world].clone(), goal.clone());
    let kept = experiment.run(design(&what, true))?;
    let seed = fresh_seed(experiment.settings.seed);
    let fresh = experiment.run_with(design(&what, true), seed, experiment.settings.trials)?;
    let hits = kept.hits(0, 0, 0);
    let share = hits.share().ok_or(AnalysisError::NoTrials)?;
    let wanted = outcome.unwrap_or(if share < 1.0 - NEARLY_ALL { Outcome::Hit } else { Outcome::Miss });
    let scale = Scale::of(model, &goal, kept.quantity(0, 0, 0));
    let varying = search::varying(&kept).len();
    let (luck, luck_of_quantity) = luck::luck(&experiment, &what, (&kept, scale), varying)?;
    let of_interest: Vec<bool> = hits.iter().map(|hit| hit == (wanted == Outcome::Hit)).collect();
    let count = of_interest.iter().filter(|&&of| of).count() as u64;
    let search = search::Search { model, kept: &kept, fresh: &fresh, outcome: wanted, scale };
    let found = if count == 0 || count == of_interest.len() as u64 {
        Err(Nothing::Certain)
    } else if count < FEWEST || of_interest.len() as u64 - count < FEWEST {
        Err(Nothing::TooFew)
    } else {
        Ok(search.run(&of_interest, experiment.settings.seed))
    };
    let (nothing, found) = match found {
        Err(nothing) => (Some(nothing), search::Found::default()),
        Ok(found) if found.chosen.as_ref().is_some_and(|chosen| !chosen.fresh.is_confirmed(wanted)) => {
            (Some(Nothing::NotConfirmed), search::Found { chosen: None, trajectory: Vec::new(), ..found })
        }
        Ok(found) => (found.nothing, found),
    };
    let judged = fresh.hits(0, 0, 0);
    let findings = Discovery {
        policy: named_policy(&model.policies[policy]),
        probability: share,
        interval: ends(hits.interval(LEVEL).ok_or(AnalysisError::NoTrials)?),
        outcome: wanted,
        asked: outcome.is_some(),
        fresh: chance_of(judged, LEVEL).ok_or(AnalysisError::NoTrials)?,
        of_interest: count,
        varying,
        searched: found.searched,
        luck,
        luck_of_quantity,
        nothing,
        trajectory: found.trajectory,
        chosen: found.chosen,
    };
    Ok(Answer::new("discover", &experiment, inputs, goal.info(model), &[world], findings))
}

fn design((policy, world, goal): &(Policy, World, Goal), inputs: bool) -> Design {
    Design {
        policies: vec![policy.clone()],
        worlds: vec![world.clone()],
        goals: vec![goal.clone()],
        keep: Keep { inputs, ..Keep::default() },
        renewed: None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Estimate, Judged, Outcome};

    /// Conditions of misses under which the target is met more often than elsewhere are no conditions of misses.
    #[test]
    fn a_difference_the_other_way_confirms_nothing() {
        let estimate = |value: f64| Estimate { value, interval: [value - 0.01, value + 0.01] };
        let judged = |inside: f64, elsewhere: f64| Judged {
            trials: 1000,
            inside: 100,
            coverage: estimate(0.5),
            density: estimate(0.5),
            mass: estimate(0.1),
            probability: estimate(inside),
            elsewhere: estimate(elsewhere),
            separates_nothing: false,
        };
        let (more, less) = (judged(0.6, 0.3), judged(0.3, 0.6));
        assert!(more.is_confirmed(Outcome::Hit) && !more.is_confirmed(Outcome::Miss));
        assert!(less.is_confirmed(Outcome::Miss) && !less.is_confirmed(Outcome::Hit));
        assert!(!judged(0.305, 0.3).is_confirmed(Outcome::Hit));
    }
}
