//! `optimise`: how a budget is best split over instruments, clusters and years, and what more or less money would do.
//!
//! The search runs on its own draws; whatever is reported was estimated on fresh ones, so that no figure is flattered by
//! having been chosen (the optimiser's curse; Smith and Winkler 2006).

mod enough;
mod findings;
mod frontier;
mod ladder;
mod least;
mod money;
mod nothing;
mod objective;
mod prune;
mod search;
mod setting;
mod space;
mod splits;
mod subsets;
mod together;
mod verdict;
mod worst;

pub use findings::{Beyond, Enough, FixedMoney, Least, Line, Optimum, Outcome, Part, Point, Split};
pub use objective::RuleName;
pub use together::{ByRule, Together};

use ladder::{Ground, Ladder, RUNGS};
use least::Wanted;
use objective::{Objective, Rule};
use prune::Pruning;
use search::{PACE, RUNG_PACE, RUNG_STEPS, STEPS};
use setting::{Runs, bounds, is_certain, set_costs};
use space::{Space, Spending};
use verdict::Verdict;

use super::coming::{first_year, latest};
use super::experiment::Experiment;
use super::goal::only_movers;
use super::{Answer, Goal, QuantityInfo, Question};
use crate::analysis::AnalysisError;
use crate::analysis::results::Input;
use crate::engine::Observer;
use crate::model::{Model, Target, World};
use crate::text;

/// Trials of the fresh run that judges what was chosen, unless asked otherwise.
pub const TRIALS: u64 = 50_000;
/// Most trials of each comparison of the search at the budget, on a rung of the ladder, and of the pruning.
const SEARCH_TRIALS: u64 = 2_048;
const RUNG_TRIALS: u64 = 1_024;
const PRUNING_TRIALS: u64 = 4_096;
/// Most trials by which a target is found to be certain.
const CERTAIN_TRIALS: u64 = 16_384;
/// Position of the chosen spending in the run that asks what a little more money in each instrument would do.
const CHOSEN: usize = 0;

/// What is asked of an optimisation besides the [`Question`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Budget {
    /// Expected public money of the whole policy, 亿元; `None` means that of the present plan.
    pub money: Option<f64>,
    /// Wanted probability, for the least money that reaches it.
    pub probability: Option<f64>,
    /// How several worlds become one figure.
    pub rule: RuleName,
    /// Identifier or name of an instrument, least and most expected public money, 亿元; instruments without an entry may
    /// have from nothing to three times the present.
    pub bounds: Vec<(String, f64, f64)>,
    /// First year whose money can be moved; `None` means the year after the last one of which the scenario
    /// holds figures.
    pub from: Option<i32>,
}

/// An upper bound of the trials that the observer hears of.
pub fn observed(question: &Question) -> u64 {
    let trials = question.trials.unwrap_or(TRIALS);
    let rung = 2 + 3 * RUNG_STEPS + 2 * RUNG_PACE.rounds;
    let ladders = 2 + question.worlds.as_ref().map_or(0, Vec::len);
    5 * trials
        + trials.min(CERTAIN_TRIALS)
        + trials.min(RUNG_TRIALS) * (ladders * ((RUNGS.len() + 4) * rung + 2 * PACE.parts)) as u64
        + trials.min(SEARCH_TRIALS) * (4 + 2 * STEPS + 4 * PACE.rounds + 6 * rung) as u64
        + trials.min(PRUNING_TRIALS) * 16
        + trials * 2
}

/// The best split of a budget for the probability of the target, and the way there from less and to more money.
///
/// # Errors
/// Unknown identifiers, a plan without money to move, a budget outside the bounds; every error of a run.
pub fn optimise(
    model: &Model,
    inputs: &[Input],
    question: &Question,
    budget: &Budget,
    observer: &dyn Observer,
) -> Result<Answer<Optimum>, AnalysisError> {
    let goal = Goal::of(model, question.target.as_deref())?;
    let policy = question.policy(model)?;
    let worlds = question.worlds(model, false)?;
    let from = first_year(model, budget.from);
    if from < model.base_year {
        let base = model.base_year;
        return Err(AnalysisError::Refused(text!(
            "--from {from}：文件的基年是{base}年，此前没有可以调整的钱；最早可写 {base}",
            "--from {from}: the base year of the file is {base}, and no money before it can be moved; write {base} at the earliest"
        )));
    }
    let targets: Vec<&Target> = goal.targets(model).iter().map(|&target| &model.targets[target]).collect();
    let latest = latest(model, &targets);
    let (counted, left_out) = only_movers(model, &goal, &[policy]);
    let mut space = Space::of(&counted, policy, &worlds, from);
    let split = space.model.clone();
    let experiment = Experiment::new(&split, question, TRIALS, observer)?;
    let named_worlds: Vec<World> = worlds.iter().map(|&world| model.worlds[world].clone()).collect();
    let runs = Runs { experiment: &experiment, goal: &goal, worlds: &named_worlds };
    let fixed_cost = set_costs(&mut space, runs)?;
    if space.funded.is_empty() {
        let experiment = Experiment::new(model, question, TRIALS, observer)?;
        return Err(nothing::to_split(model, &goal, (policy, from), &space, &experiment)?);
    }
    let fixed_money = setting::fixed_money(&space, runs)?;
    let bounds = bounds(model, &space, budget)?;
    let limits: Vec<(f64, f64)> = bounds.iter().map(|bound| (bound.least, bound.most)).collect();
    let present = space.present();
    let [lowest, highest] = [0, 1].map(|end| {
        let factor = limits.iter().map(|limit| if end == 0 { limit.0 } else { limit.1 }).collect();
        Spending { factor, ..present.clone() }
    });
    let (least, most) = (space.cost(&lowest), space.cost(&highest));
    let unmoved = fixed_cost + space.spent();
    let money = budget.money.map_or(space.cost(&present), |money| money - unmoved);
    let slack = 1e-9 * (1.0 + most);
    if budget.money.is_some() && (money < least - slack || money > most + slack) {
        let [budget, least, most] = [money, least, most].map(|money| money + unmoved);
        return Err(AnalysisError::BudgetOutside { budget, least, most });
    }
    let money = money.clamp(least, most);

    let (seed, trials) = (experiment.settings.seed, experiment.settings.trials);
    let content = budget.probability.is_none_or(|wanted| wanted <= setting::CERTAIN);
    let certain =
        content && is_certain(runs, &space, &lowest, seed ^ prune::OTHER, trials.min(CERTAIN_TRIALS))?;
    let info = QuantityInfo::of(model, &goal);
    let objective = Objective { goal: goal.clone() };
    let subsets = subsets::subsets(&space, &limits);
    let ground = Ground {
        experiment: &experiment,
        space: &space,
        objective: &objective,
        bounds: &limits,
        subsets: &subsets,
    };
    let pruning = Pruning {
        experiment: &experiment,
        space: &space,
        goal: &goal,
        quantity: info.as_ref(),
        worlds: &named_worlds,
        bounds: &limits,
        trials: trials.min(PRUNING_TRIALS),
    };
    let sought = if certain {
        Sought::nothing(lowest, budget.probability.is_some())
    } else {
        let mut sought = seek(&ground, &pruning, &named_worlds, budget, money)?;
        sought.chosen = money::within_budget(&space, runs, sought.chosen, &lowest, money + unmoved)?;
        sought
    };

    let answer = Verdict {
        model,
        policy,
        runs,
        space: &space,
        worlds: &worlds,
        bounds: &bounds,
        quantity: info,
        budget,
        money,
        from,
        latest,
        certain,
        fixed_cost,
        fixed_money,
        most: most + unmoved,
    };
    let findings = answer.of(sought)?;
    let answer = Answer::new("optimise", &experiment, inputs, goal.info(model), &worlds, findings);
    Ok(answer.leaving_out(model, &left_out))
}

/// What the search found.
struct Sought {
    /// The best spending for the budget.
    chosen: Spending,
    /// What was taken out of it again, 亿元.
    useless: f64,
    /// The cheapest spending with the wanted probability.
    least: Option<Spending>,
    /// By how much a second search raises the probability of that spending.
    gap: f64,
    /// Spendings around it, by which the interval of the least money is told.
    aside: Vec<Spending>,
    /// Whatever else may stand on the frontier.
    others: Vec<Spending>,
    /// By the rule of regret the best spending of the budget for each world by itself.
    alone: Vec<Spending>,
}

impl Sought {
    /// Nothing but the least money is worth spending, which is the answer to a wanted probability, too, as far as it gives
    /// it.
    fn nothing(lowest: Spending, wanted: bool) -> Self {
        let least = wanted.then(|| lowest.clone());
        Self {
            chosen: lowest,
            useless: 0.0,
            least,
            gap: 0.0,
            aside: Vec::new(),
            others: Vec::new(),
            alone: Vec::new(),
        }
    }
}

/// Searches the ladder, the budget and the least money.
fn seek(
    ground: &Ground<'_>,
    pruning: &Pruning<'_>,
    worlds: &[World],
    budget: &Budget,
    money: f64,
) -> Result<Sought, AnalysisError> {
    let (space, settings) = (ground.space, ground.experiment.settings);
    let (trials, rung_trials) = (settings.trials.min(SEARCH_TRIALS), settings.trials.min(RUNG_TRIALS));
    let mut alone: Vec<Ladder> = Vec::new();
    if budget.rule == RuleName::Regret {
        for world in worlds {
            alone.push(ground.climb(std::slice::from_ref(world), RuleName::Mean, rung_trials, &[])?);
        }
    }
    let ladder = ground.climb(worlds, budget.rule, rung_trials, &alone)?;
    let (alone_best, values): (Vec<Spending>, Vec<f64>) =
        ground.best_alone(worlds, money, trials, &alone)?.into_iter().unzip();
    let rule = match budget.rule {
        RuleName::Mean => Rule::Mean,
        RuleName::Maximin => Rule::Maximin,
        RuleName::Regret => Rule::Regret(values),
    };
    let search = ground.search(worlds, rule, money, trials)?;
    // the present split and all parts of it are starts too, so that the search never ends below them
    let lowest = &ladder.0[0];
    let mut starts =
        vec![search.fill(ladder.below(money, space), money, RUNG_STEPS)?, search.fill(lowest, money, STEPS)?];
    starts.extend(ground.affordable(money).map(|k| ground.subsets[k].clone()));
    let values = search.values(&starts)?;
    let best = (0..starts.len()).max_by(|&a, &b| values[a].total_cmp(&values[b])).unwrap_or(0);
    let searched = search.exchange(starts[best].clone(), PACE)?;
    let chosen = pruning.prune(&searched)?;
    let mut others = ladder.0.clone();
    others.extend(ground.missed(&search, &ladder)?);
    let (mut least, mut gap, mut aside) = (None, 0.0, Vec::new());
    if let Some(probability) = budget.probability {
        // the wanted probability is that of the worst world, which the splits of least regret do not raise most
        let by_chance = match budget.rule {
            RuleName::Regret => Some(ground.climb(worlds, RuleName::Maximin, rung_trials, &[])?),
            RuleName::Mean | RuleName::Maximin => None,
        };
        let name = if by_chance.is_some() { RuleName::Maximin } else { budget.rule };
        let looked = Wanted { ground, worlds, name, trials, probability }
            .look(by_chance.as_ref().unwrap_or(&ladder))?;
        others.extend(by_chance.into_iter().flat_map(|ladder| ladder.0).chain(looked.seen));
        gap = looked.gap;
        least = looked.nearest.map(|found| pruning.prune(&found)).transpose()?;
        aside = least.iter().flat_map(|least| around_least(ground, least, &looked.aside)).collect();
    }
    let present = space.present();
    if within(&present, ground.bounds) {
        others.push(present);
    }
    Ok(Sought {
        useless: space.cost(&searched) - space.cost(&chosen),
        chosen,
        least,
        gap,
        aside,
        others,
        alone: alone_best,
    })
}

/// The split of the least money with a little less and more of it.
fn around_least(ground: &Ground<'_>, least: &Spending, money: &[f64]) -> Vec<Spending> {
    let beside = |&money: &f64| least::beside(ground.space, ground.bounds, least, money);
    money.iter().filter_map(beside).collect()
}

fn within(spending: &Spending, bounds: &[(f64, f64)]) -> bool {
    // amounts of money that became multiples carry a rounding error
    let slack = |bound: &f64| 1e-9 * (1.0 + bound);
    let is_within = |(factor, (low, high)): (&f64, &(f64, f64))| {
        *factor >= low - slack(low) && *factor <= high + slack(high)
    };
    spending.factor.iter().zip(bounds).all(is_within)
}

#[cfg(test)]
mod tests;
