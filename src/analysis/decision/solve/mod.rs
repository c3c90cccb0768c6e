//! `solve`: the least value of a lever, the needed growth or the earliest year that gives a wanted probability.

mod hint;
mod info;
mod instrument;
mod judged;
mod lever;
mod logic;
mod resolution;
mod scale;
mod search;
mod years;

use serde::{Deserialize, Serialize};

pub use info::{LeverInfo, Turn, Unit};

use super::answer::{named_policy, named_world};
use super::experiment::{Design, Experiment, Sampled};
use super::goal::only_movers;
use super::{Answer, Estimate, Goal, QuantityInfo, Question};
use crate::analysis::AnalysisError;
use crate::analysis::results::{Input, Named};
use crate::analysis::summarise::LEVEL;
use crate::engine::Observer;
use crate::model::{Model, Policy, World};
use crate::stats::wilson;
use judged::{curve_point, tried};
use lever::Lever;
use logic::Logic;
use resolution::resolves;
use search::{Crossing, Found, ROUNDS, Tried, search};

/// Trials of every run unless asked otherwise.
pub const TRIALS: u64 = 50_000;
/// The probability that is wanted unless another one is asked for.
pub const WANTED: f64 = 0.8;
/// Hits below which the highest probability tried is a matter of luck.
const FEW: u64 = 30;
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
    /// The target's quantity; `null` for counts over several clusters and for groups.
    pub quantity: Option<QuantityInfo>,
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
    /// No value tried reaches it, but the best one comes so near on fresh draws that the trials cannot tell.
    Unclear,
}

/// The answer in one world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Solution {
    /// World.
    pub world: Named,
    /// What the lever is now, and what it gives on fresh draws; its value is `null` if the scenario does not state it.
    pub now: Point,
    /// The present chance on the draws of the search, which are those of a run with the same seed and trials.
    pub now_in_run: Estimate,
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
    /// Whether, where no value tried reaches the wanted probability, none between them can either.
    pub bounded: bool,
    /// Stretches of the range on which the estimate reaches the wanted probability.
    pub regions: Vec<[f64; 2]>,
    /// The value with the highest probability, judged on fresh draws.
    pub best: Point,
    /// The highest probability on the draws of the search: no higher one has an answer there.
    pub highest: f64,
    /// The answer judged on fresh draws. Its interval covers the error of the answer too, so that it holds the wanted
    /// probability as often as its level says.
    pub check: Option<Point>,
    /// The even grid of values (for years, all of them), judged on the same fresh draws as all that is told.
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
    (ROUNDS as u64 + 3) * worlds * question.trials.unwrap_or(TRIALS)
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
    let index = question.policy(model)?;
    let (counted, left_out) = only_movers(model, &goal, &[index]);
    let policy = &counted.policies[index];
    let worlds = question.worlds(model, false)?;
    let id = wish.lever.as_deref().unwrap_or(LEVER);
    let wanted = wish.probability.unwrap_or(WANTED);
    resolves(question.trials.unwrap_or(TRIALS), wanted)?;
    if id == "year" {
        let answer = years::solve(&counted, inputs, question, wanted, &goal, observer)?;
        return Ok(answer.leaving_out(model, &left_out));
    }
    let levers =
        worlds.iter().map(|&world| Lever::of(model, &goal, &model.policies[index], &model.worlds[world], id));
    let levers = levers.collect::<Result<Vec<_>, _>>()?;
    let experiment = Experiment::new(&counted, question, TRIALS, observer)?;
    let (logic, singles) = Logic::of(model, &goal);
    let mut goals = vec![goal.clone()];
    if !matches!(logic, Logic::Single(_)) {
        goals.extend(singles.into_iter().map(Goal::Target));
    }
    let quantity = QuantityInfo::of(model, &goal);
    let sign = quantity.as_ref().map_or(1.0, QuantityInfo::sign);
    let mut solutions = Vec::new();
    for (&world, lever) in worlds.iter().zip(&levers) {
        let at = Asked { experiment: &experiment, policy, world: &model.worlds[world], goals: &goals, lever };
        solutions.push(at.solution(wanted, &logic, sign)?);
    }
    let info = levers.first().ok_or(AnalysisError::NothingSelected)?.info.clone();
    let check_seed = fresh(&experiment);
    let policy = named_policy(policy);
    let findings = Solved { policy, lever: info, quantity, wanted, check_seed, solutions };
    let answer = Answer::new("solve", &experiment, inputs, goal.info(model), &worlds, findings);
    Ok(answer.leaving_out(model, &left_out))
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
    /// What is asked for, then the single targets of a group.
    goals: &'a [Goal],
    lever: &'a Lever,
}

impl Asked<'_, '_> {
    fn solution(&self, wanted: f64, logic: &Logic, sign: f64) -> Result<Solution, AnalysisError> {
        let scale = &self.lever.scale;
        let found = search(wanted, LEVEL, logic, |coordinates| {
            let values: Vec<f64> = coordinates.iter().map(|&u| scale.at(u)).collect();
            let sampled = self.run(&values, false, self.experiment.settings.seed)?;
            Ok(coordinates.iter().enumerate().map(|(index, &u)| self.tried(&sampled, index, u)).collect())
        })?;
        let value = found.value(1).map(|u| scale.at(u));
        // the highest estimate of many flatters: all that is told is judged anew, on the same draws
        let best = scale.at(found.best(sign));
        let grid = found.tried.iter().filter(|one| !one.refined).map(|one| scale.at(one.coordinate));
        let grid: Vec<f64> = grid.collect();
        let values: Vec<f64> = value.into_iter().chain([best]).chain(grid.iter().copied()).collect();
        let shares = found.tried.iter().filter_map(|one| one.hits.share());
        let highest = shares.fold(0.0, f64::max);
        let sampled = self.run(&values, true, fresh(self.experiment))?;
        let now = self.point(&sampled, 0, self.lever.present)?;
        let run = self.run(&[], true, self.experiment.settings.seed)?;
        let now_in_run = self.point(&run, 0, None)?.probability;
        let check = value.map(|value| self.point(&sampled, 1, Some(value))).transpose()?;
        let at_best = 1 + usize::from(value.is_some());
        let best = self.point(&sampled, at_best, Some(best))?;
        let verdict = found.verdict(wanted, &best, check.as_ref());
        let is_inverted = matches!(found.crossings[1], Crossing::At(_));
        let check = check.map(|check| if is_inverted { self.with_own_error(check, wanted) } else { check });
        let curve = grid
            .iter()
            .enumerate()
            .map(|(index, &value)| self.point(&sampled, at_best + 1 + index, Some(value)));
        Ok(Solution {
            world: named_world(self.world),
            now,
            now_in_run,
            verdict,
            value,
            interval: found.interval().map(|end| end.map(|u| scale.at(u))),
            rises: found.rises,
            monotone: found.monotone,
            bounded: found.bounded,
            regions: found.regions.iter().map(|&(from, to)| [scale.at(from), scale.at(to)]).collect(),
            best,
            highest,
            check,
            curve: curve.collect::<Result<_, _>>()?,
        })
    }

    /// The check with the error of the answer in its interval: on the draws of the search the answer has the wanted
    /// probability, whose Wilson half-widths are joined with those of the check (square-and-add; Newcombe 1998,
    /// Statistics in Medicine 17:873).
    fn with_own_error(&self, mut check: Point, wanted: f64) -> Point {
        let trials = self.experiment.settings.trials;
        let there = wilson((wanted * trials as f64).round() as u64, trials, LEVEL);
        if let Ok(there) = there {
            let Estimate { value, interval: [low, high] } = check.probability;
            let joined = |here: f64, there: f64| (here * here + there * there).sqrt();
            let down = joined(value - low, there.high() - wanted);
            let up = joined(high - value, wanted - there.low());
            check.probability.interval = [(value - down).max(0.0), (value + up).min(1.0)];
        }
        check
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
        let goals = self.goals.to_vec();
        let design = Design { policies, worlds, goals, keep: Default::default(), renewed: None };
        self.experiment.run_with(design, seed, self.experiment.settings.trials)
    }

    /// World and policy of the setting with this index.
    fn place(&self, index: usize) -> (usize, usize) {
        if self.lever.moves_world() { (index, 0) } else { (0, index) }
    }

    fn tried(&self, sampled: &Sampled, index: usize, coordinate: f64) -> Tried {
        let (world, policy) = self.place(index);
        let members = (1..self.goals.len()).map(|goal| sampled.hits(world, policy, goal).clone());
        Tried { members: members.collect(), ..tried(sampled, (world, policy, 0), coordinate) }
    }

    fn point(&self, sampled: &Sampled, index: usize, value: Option<f64>) -> Result<Point, AnalysisError> {
        curve_point(&self.tried(sampled, index, 0.0), value)
    }
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

    /// What is said: where the search reaches the wanted probability nowhere, the best value decides on the fresh draws
    /// on which it is told.
    fn verdict(&self, wanted: f64, best: &Point, check: Option<&Point>) -> Verdict {
        let is_sure = |check: &Point| check.probability.interval[0] >= wanted;
        let reaches = |one: &Tried| one.interval(LEVEL).is_some_and(|interval| interval.low() >= wanted);
        let everywhere = || self.tried.iter().all(reaches);
        match self.crossings {
            [_, Crossing::Never, _] if best.probability.interval[1] < wanted => Verdict::Impossible,
            [_, Crossing::Never, _] => Verdict::Unclear,
            [.., Crossing::Start] if (self.monotone || everywhere()) && check.is_some_and(is_sure) => {
                Verdict::Throughout
            }
            _ => Verdict::Found,
        }
    }

    /// Coordinate of the highest probability: of several, the first from the end asked for; where so few trials meet the
    /// target that chance picks among them, the best median of those that cannot be told from the highest.
    fn best(&self, sign: f64) -> f64 {
        let most = self.tried.iter().map(|one| one.hits.count()).max().unwrap_or(0);
        let few = most < FEW;
        let lacks = if few { 2.0 * (most as f64).sqrt() } else { 0.0 };
        let mut at = self.tried.iter().filter(|one| one.hits.count() as f64 + lacks >= most as f64);
        let middle = |one: &Tried| one.middle.map_or(f64::NEG_INFINITY, |middle| sign * middle);
        let best = match (few, self.rises) {
            (true, _) => {
                at.max_by(|a, b| middle(a).total_cmp(&middle(b)).then(a.hits.count().cmp(&b.hits.count())))
            }
            (_, true) => at.next(),
            (_, false) => at.next_back(),
        };
        best.map_or(0.0, |one| one.coordinate)
    }
}

#[cfg(test)]
pub(super) mod tests;
