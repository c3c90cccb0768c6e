//! `solve`: the least value of a lever, the needed growth or the earliest year that gives a wanted probability.

mod info;
mod lever;
mod scale;
mod search;
mod years;

use serde::{Deserialize, Serialize};

pub use info::{LeverInfo, Turn, Unit};

use super::answer::{named_policy, named_world};
use super::experiment::{Design, Experiment, Sampled};
use super::{Answer, Estimate, Goal, Question};
use crate::analysis::AnalysisError;
use crate::analysis::results::{Input, Named};
use crate::analysis::summarise::{LEVEL, ends, mean};
use crate::engine::Observer;
use crate::model::{Model, Policy, World};
use crate::stats::Moments;
use lever::Lever;
use search::{Crossing, Found, ROUNDS, Tried, search};

/// Trials of every run unless asked otherwise.
pub const TRIALS: u64 = 50_000;
/// The probability that is wanted unless another one is asked for.
pub const WANTED: f64 = 0.8;
/// The lever unless another one is asked for: all public money and signed investment by one factor.
pub const LEVER: &str = "money";

/// What is asked besides the common question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    /// The lever: `money`, `growth`, `growth.<industry>`, `year`, a path, or a pattern of paths; `None` means
    /// [`LEVER`].
    pub lever: Option<String>,
    /// The probability, above 0 and below 1; `None` means [`WANTED`].
    pub probability: Option<f64>,
}

/// What a lever has to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Solved {
    /// The policy whose lever it is.
    pub policy: Named,
    /// The lever.
    pub lever: LeverInfo,
    /// The probability that is wanted.
    pub wanted: f64,
    /// Seed of the fresh draws on which the answers are checked.
    pub check_seed: u64,
    /// One answer for each world.
    pub solutions: Vec<Solution>,
}

/// What the search says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The wanted probability is reached from (or up to) `value`.
    Found,
    /// It is reached whatever the value.
    Throughout,
    /// It is reached nowhere.
    Impossible,
    /// The best value comes so near that the trials cannot tell.
    Unclear,
}

/// The answer in one world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Solution {
    /// World.
    pub world: Named,
    /// What the lever is now, and what it gives; its value is `null` if the scenario does not state it.
    pub now: Point,
    /// What the search says.
    pub verdict: Verdict,
    /// The least value that reaches the wanted probability (the greatest, if the probability falls along the lever).
    pub value: Option<f64>,
    /// Ends of its interval; `null` where the interval reaches the end of what was searched.
    pub interval: [Option<f64>; 2],
    /// Whether the probability rises along the lever.
    pub rises: bool,
    /// Whether the response is monotone as far as the trials can tell.
    pub monotone: bool,
    /// Stretches of the range on which the estimate reaches the wanted probability.
    pub regions: Vec<[f64; 2]>,
    /// The value with the highest probability, judged on fresh draws.
    pub best: Point,
    /// The answer judged on fresh draws.
    pub check: Option<Point>,
    /// All values tried.
    pub curve: Vec<Point>,
}

/// One value of the lever.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Value.
    pub value: Option<f64>,
    /// Whether it was tried only to narrow the answer down.
    pub refined: bool,
    /// Probability with its Wilson interval.
    pub probability: Estimate,
    /// Median of the target's quantity; `null` where it has none.
    pub median: Option<f64>,
    /// Mean public money, 亿元.
    pub cost: f64,
}

/// Trials that the observer hears of in the end.
pub fn observed(question: &Question) -> u64 {
    let worlds = question.worlds.as_ref().map_or(1, Vec::len) as u64;
    (ROUNDS as u64 + 2) * worlds * question.trials.unwrap_or(TRIALS)
}

/// Solves for what `wish` asks, in the worlds asked for (base by default), under one policy.
///
/// # Errors
/// Unknown identifiers and levers that cannot be turned, before anything runs; every error of a run.
pub fn solve(
    model: &Model,
    inputs: &[Input],
    question: &Question,
    wish: &Wish,
    observer: &dyn Observer,
) -> Result<Answer<Solved>, AnalysisError> {
    let goal = Goal::of(model, question.target.as_deref())?;
    let policy = &model.policies[question.policy(model)?];
    let worlds = question.worlds(model, false)?;
    let id = wish.lever.as_deref().unwrap_or(LEVER);
    let wanted = wish.probability.unwrap_or(WANTED);
    if id == "year" {
        return years::solve(model, inputs, question, wanted, &goal, observer);
    }
    let levers = worlds.iter().map(|&world| Lever::of(model, policy, &model.worlds[world], id));
    let levers = levers.collect::<Result<Vec<_>, _>>()?;
    let experiment = Experiment::new(model, question, TRIALS, observer)?;
    let mut solutions = Vec::new();
    for (&world, lever) in worlds.iter().zip(&levers) {
        let at = Asked { experiment: &experiment, policy, world: &model.worlds[world], goal: &goal, lever };
        solutions.push(at.solution(wanted)?);
    }
    let info = levers.first().ok_or(AnalysisError::NothingSelected)?.info.clone();
    let check_seed = fresh(&experiment);
    let findings = Solved { policy: named_policy(policy), lever: info, wanted, check_seed, solutions };
    Ok(Answer::new("solve", &experiment, inputs, goal.info(model), &worlds, findings))
}

/// The seed of the draws on which answers are checked.
fn fresh(experiment: &Experiment<'_>) -> u64 {
    experiment.settings.seed.wrapping_add(1)
}

/// One lever in one world.
struct Asked<'a, 'm> {
    experiment: &'a Experiment<'m>,
    policy: &'a Policy,
    world: &'a World,
    goal: &'a Goal,
    lever: &'a Lever,
}

impl Asked<'_, '_> {
    fn solution(&self, wanted: f64) -> Result<Solution, AnalysisError> {
        let mut now = None;
        let scale = &self.lever.scale;
        let found = search(wanted, LEVEL, |coordinates| {
            let values: Vec<f64> = coordinates.iter().map(|&u| scale.at(u)).collect();
            let with_now = now.is_none();
            let sampled = self.run(&values, with_now, self.experiment.settings.seed)?;
            let first = usize::from(with_now);
            if with_now {
                now = Some(self.point(&sampled, 0, self.lever.present)?);
            }
            let tried = coordinates.iter().enumerate();
            tried.map(|(index, &u)| Ok(self.tried(&sampled, first + index, u))).collect()
        })?;
        let now = now.ok_or(AnalysisError::NoTrials)?;
        let value = found.value(1).map(|u| scale.at(u));
        // the highest estimate of many flatters: both are judged anew
        let best = scale.at(found.best());
        let values: Vec<f64> = value.into_iter().chain([best]).collect();
        let sampled = self.run(&values, false, fresh(self.experiment))?;
        let check = value.map(|value| self.point(&sampled, 0, Some(value))).transpose()?;
        let best = self.point(&sampled, values.len() - 1, Some(best))?;
        let curve = found.tried.iter().map(|one| curve_point(one, Some(scale.at(one.coordinate))));
        Ok(Solution {
            world: named_world(self.world),
            now,
            verdict: found.verdict(),
            value,
            interval: found.interval().map(|end| end.map(|u| scale.at(u))),
            rises: found.rises,
            monotone: found.monotone,
            regions: found.regions.iter().map(|&(from, to)| [scale.at(from), scale.at(to)]).collect(),
            best,
            check,
            curve: curve.collect::<Result<_, _>>()?,
        })
    }

    /// All `values` on the same draws, after the present setting if `with_now`.
    fn run(&self, values: &[f64], with_now: bool, seed: u64) -> Result<Sampled, AnalysisError> {
        let mut policies: Vec<Policy> = Vec::new();
        let mut worlds: Vec<World> = Vec::new();
        let settings = with_now.then(|| (self.policy.clone(), self.world.clone())).into_iter();
        let turned = values.iter().map(|&value| self.lever.turned(value, self.policy, self.world));
        for (index, (mut policy, mut world)) in settings.chain(turned).enumerate() {
            if self.lever.moves_world() {
                world.id = format!("{}#{index}", world.id);
                worlds.push(world);
                policies = vec![policy];
            } else {
                policy.id = format!("{}#{index}", policy.id);
                policies.push(policy);
                worlds = vec![world];
            }
        }
        let goals = vec![self.goal.clone()];
        let design = Design { policies, worlds, goals, inputs: false, renewed: None };
        self.experiment.run_with(design, seed, self.experiment.settings.trials)
    }

    /// World and policy of the setting with this index.
    fn place(&self, index: usize) -> (usize, usize) {
        if self.lever.moves_world() { (index, 0) } else { (0, index) }
    }

    fn tried(&self, sampled: &Sampled, index: usize, coordinate: f64) -> Tried {
        let (world, policy) = self.place(index);
        tried(sampled, (world, policy, 0), coordinate)
    }

    fn point(&self, sampled: &Sampled, index: usize, value: Option<f64>) -> Result<Point, AnalysisError> {
        curve_point(&self.tried(sampled, index, 0.0), value)
    }
}

/// What a run says of one world, policy and goal.
fn tried(sampled: &Sampled, (world, policy, goal): (usize, usize, usize), coordinate: f64) -> Tried {
    let mut cost = Moments::default();
    cost.record_lanes(sampled.cost(world, policy));
    Tried {
        coordinate,
        refined: false,
        hits: sampled.hits(world, policy, goal).clone(),
        middle: median(sampled.quantity(world, policy, goal)),
        cost: mean(&cost),
    }
}

fn curve_point(one: &Tried, value: Option<f64>) -> Result<Point, AnalysisError> {
    let interval = one.interval(LEVEL).ok_or(AnalysisError::NoTrials)?;
    let probability = Estimate { value: one.share(), interval: ends(interval) };
    Ok(Point { value, refined: one.refined, probability, median: one.middle, cost: one.cost })
}

/// The sample median; `None` without values.
fn median(values: &[f64]) -> Option<f64> {
    let mut values = values.to_vec();
    let half = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    let (below, middle, _) = values.select_nth_unstable_by(half, f64::total_cmp);
    let middle = *middle;
    if below.len() < half || values.len() % 2 == 1 {
        return Some(middle);
    }
    let below = values[..half].iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some((below + middle) / 2.0)
}

impl Found {
    /// Coordinate of one of the three crossings; the end asked for where it is passed there already.
    fn value(&self, which: usize) -> Option<f64> {
        match self.crossings[which] {
            Crossing::Start => Some(if self.rises { 0.0 } else { 1.0 }),
            Crossing::At(coordinate) => Some(coordinate),
            Crossing::Never => None,
        }
    }

    /// Both ends of the interval, the lower one first; `None` beyond the ends of the scale.
    fn interval(&self) -> [Option<f64>; 2] {
        let inside = |which: usize| match self.crossings[which] {
            Crossing::At(coordinate) => Some(coordinate),
            Crossing::Start | Crossing::Never => None,
        };
        if self.rises { [inside(0), inside(2)] } else { [inside(2), inside(0)] }
    }

    fn verdict(&self) -> Verdict {
        match self.crossings {
            [Crossing::Never, ..] => Verdict::Impossible,
            [_, Crossing::Never, _] => Verdict::Unclear,
            [.., Crossing::Start] if self.monotone => Verdict::Throughout,
            _ => Verdict::Found,
        }
    }

    /// Coordinate of the highest probability: of several, the first from the end asked for.
    fn best(&self) -> f64 {
        let most = self.tried.iter().map(|one| one.hits.count()).max().unwrap_or(0);
        let mut at = self.tried.iter().filter(|one| one.hits.count() == most).map(|one| one.coordinate);
        let best = if self.rises { at.next() } else { at.next_back() };
        best.unwrap_or(0.0)
    }
}

#[cfg(test)]
pub(super) mod tests;
