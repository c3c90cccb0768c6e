//! `optimise`: how a budget is best split over instruments, clusters and years, and what more or less money would do.
//!
//! The search runs on its own draws; whatever is reported was estimated on fresh ones, so that no figure is flattered by
//! having been chosen (the optimiser's curse; Smith and Winkler 2006).

mod findings;
mod frontier;
mod ladder;
mod objective;
mod prune;
mod search;
mod space;

pub use findings::{FixedMoney, Least, Line, Optimum, Outcome, Part, Point, Split};
pub use objective::RuleName;

use findings::{lines, outcomes, splits};
use frontier::points;
use ladder::{Ground, Ladder, RUNGS};
use objective::Objective;
use prune::Pruning;
use search::{ROUNDS, RUNG_ROUNDS, RUNG_STEPS, STEPS, Search};
use space::{Fixed, Space, Spending};

use super::answer::{named_instrument, named_policy};
use super::experiment::{Design, Experiment, Sampled};
use super::figures::{chance_change, mean_change};
use super::goal::only_movers;
use super::{Answer, Estimate, Goal, QuantityInfo, Question};
use crate::analysis::AnalysisError;
use crate::analysis::results::Input;
use crate::analysis::summarise::LEVEL;
use crate::engine::Observer;
use crate::model::{Model, World};
use crate::stats::Events;

/// Trials of the fresh run that judges what was chosen, unless asked otherwise.
pub const TRIALS: u64 = 50_000;
/// Most trials of each comparison of the search at the budget, on a rung of the ladder, and of the pruning.
const SEARCH_TRIALS: u64 = 4_096;
const RUNG_TRIALS: u64 = 2_048;
const PRUNING_TRIALS: u64 = 8_192;
/// Most money of an instrument unless bounds are stated, as a multiple of the present: effects far beyond what the plan
/// spends are nobody's evidence.
const MOST: f64 = 3.0;
/// Policies of the fresh run: the present plan, the chosen spending, the present split with the same money, then the path
/// of the frontier, then the chosen spending with a little more money in each instrument.
const PRESENT: usize = 0;
const CHOSEN: usize = 1;
const SCALED: usize = 2;
const PATH: usize = 3;
/// Turns the seed of the search into that of the judgement.
const FRESH: u64 = 0x6A09_E667_F3BC_C909;

/// What is asked of an optimisation besides the [`Question`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Budget {
    /// Expected public money of the whole policy, 亿元; `None` means that of the present plan.
    pub money: Option<f64>,
    /// Wanted probability, for the least money that reaches it.
    pub probability: Option<f64>,
    /// How several worlds become one figure.
    pub rule: RuleName,
    /// Instrument, least and most expected public money, 亿元; instruments without an entry may have from nothing to
    /// three times the present.
    pub bounds: Vec<(String, f64, f64)>,
}

/// An upper bound of the trials that the observer hears of.
pub fn observed(question: &Question) -> u64 {
    let trials = question.trials.unwrap_or(TRIALS);
    let rungs = RUNGS.len() * (1 + 2 * RUNG_STEPS + 2 * RUNG_ROUNDS);
    let ladders = 1 + question.worlds.as_ref().map_or(0, Vec::len);
    2 * trials
        + trials.min(RUNG_TRIALS) * (ladders * rungs) as u64
        + trials.min(SEARCH_TRIALS) * (4 + 2 * STEPS + 2 * ROUNDS) as u64
        + trials.min(PRUNING_TRIALS) * 4
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
    let (counted, left_out) = only_movers(model, &goal, &[policy]);
    let mut space = Space::of(&counted, policy);
    let split = space.model.clone();
    let experiment = Experiment::new(&split, question, TRIALS, observer)?;
    let named_worlds: Vec<World> = worlds.iter().map(|&world| model.worlds[world].clone()).collect();
    let objective = Objective { goal: goal.clone() };
    let fixed_cost = set_costs(&mut space, &experiment, &goal, &named_worlds)?;
    if space.funded.is_empty() {
        return Err(AnalysisError::NoMoney);
    }
    let bounds = bounds(model, &space, budget)?;
    let stated = |funded: &space::Funded| {
        budget.bounds.iter().any(|(id, ..)| *id == model.instruments[funded.instrument].id)
    };
    let assumed: Vec<bool> = space.funded.iter().map(|funded| !stated(funded)).collect();
    let present = space.present();
    let money = budget.money.unwrap_or(space.cost(&present) + fixed_cost) - fixed_cost;
    let [least, most] = [0, 1].map(|end| {
        let factor = bounds.iter().map(|bound| if end == 0 { bound.0 } else { bound.1 }).collect();
        space.cost(&Spending { factor, ..present.clone() })
    });
    let slack = 1e-9 * (1.0 + most);
    if money < least - slack || money > most + slack {
        return Err(AnalysisError::BudgetOutside {
            budget: money + fixed_cost,
            least: least + fixed_cost,
            most: most + fixed_cost,
        });
    }

    let trials = experiment.settings.trials.min(SEARCH_TRIALS);
    let rung_trials = experiment.settings.trials.min(RUNG_TRIALS);
    let space = &space;
    let ground = Ground { experiment: &experiment, space, objective: &objective, bounds: &bounds };
    let info = QuantityInfo::of(model, &goal);
    let mut alone: Vec<Ladder> = Vec::new();
    if budget.rule == RuleName::Regret {
        for world in &named_worlds {
            alone.push(ground.climb(std::slice::from_ref(world), RuleName::Mean, rung_trials, &[])?);
        }
    }
    let ladder = ground.climb(&named_worlds, budget.rule, rung_trials, &alone)?;
    let alone: Vec<Spending> = alone.iter().map(|ladder| ladder.at(money, space)).collect();
    let rule = ground.rule(&named_worlds, budget.rule, money, trials, &alone)?;
    let search = ground.search(&named_worlds, rule, money, trials)?;
    // the present split is a start too, so that the search never ends below it
    let lowest = &ladder.0[0];
    let mut starts = vec![ladder.at(money, space), search.fill(lowest, money, STEPS)?];
    if space.cost(&present) <= money * (1.0 + 1e-9) && within(&present, &bounds) {
        starts.push(present.clone());
    }
    let values = search.values(&starts)?;
    let best = (0..starts.len()).max_by(|&a, &b| values[a].total_cmp(&values[b])).unwrap_or(0);
    let searched = search.exchange(starts[best].clone(), ROUNDS)?;
    let pruning = Pruning {
        experiment: &experiment,
        space,
        goal: &goal,
        quantity: info.as_ref(),
        worlds: &named_worlds,
        bounds: &bounds,
        trials: experiment.settings.trials.min(PRUNING_TRIALS),
    };
    let chosen = pruning.prune(&searched)?;
    let mut path = ladder.path();
    if let Some(wanted) = budget.probability {
        path = refined(&search, path, wanted)?;
    }
    let cost = space.cost(&chosen);
    path.retain(|spending| (space.cost(spending) - cost).abs() > 1e-3 * (1.0 + cost));
    path.insert(path.partition_point(|spending| space.cost(spending) < cost), chosen.clone());

    // what the present split would do with the same money: only that is a difference of splits
    let scale = money / space.cost(&present);
    let factor = present.factor.iter().map(|factor| factor * scale).collect();
    let scaled = Spending { factor, ..present.clone() };
    let is_scaled = (scale - 1.0).abs() > 1e-6;
    let step = if money > 0.0 { money } else { space.cost(&present) } / 20.0;
    let planned = |spending: &Spending| space.cost(spending) + fixed_cost;

    let more = (0..space.funded.len()).map(|k| {
        let mut more = chosen.clone();
        more.factor[k] += step / space.funded[k].cost;
        more
    });
    let spendings: Vec<Spending> =
        [&present, &chosen, &scaled].into_iter().chain(&path).cloned().chain(more).collect();
    let judged = judge(space, &experiment, &goal, &named_worlds, &spendings)?;
    let own = flattered(space, &experiment, &goal, &named_worlds, &chosen, trials)?;
    let optimism = own.iter().enumerate().filter_map(|(world, own)| {
        let fresh = judged.hits(world, CHOSEN, 0);
        unpaired(own, fresh)
    });
    let gain = (0..worlds.len()).filter_map(|world| {
        chance_change(judged.hits(world, CHOSEN, 0), judged.hits(world, SCALED, 0), LEVEL)
    });
    let quantity_gain = (0..worlds.len()).filter_map(|world| {
        let (here, there) = (judged.quantity(world, CHOSEN, 0), judged.quantity(world, SCALED, 0));
        mean_change(here, there, LEVEL).filter(|_| info.is_some())
    });
    let quantity_gain = quantity_gain.collect();
    let frontier = points(space, &judged, &path, fixed_cost, &named_worlds, budget.rule);
    let findings = Optimum {
        policy: named_policy(&model.policies[policy]),
        quantity: info,
        rule: budget.rule,
        budget: money + fixed_cost,
        fixed_cost,
        most: most + fixed_cost,
        present: outcomes(&judged, PRESENT, planned(&present), &worlds, model),
        scaled: if is_scaled {
            outcomes(&judged, SCALED, planned(&scaled), &worlds, model)
        } else {
            Vec::new()
        },
        best: outcomes(&judged, CHOSEN, planned(&chosen), &worlds, model),
        useless: planned(&searched) - planned(&chosen),
        gain: gain.collect(),
        quantity_gain,
        optimism: optimism.collect(),
        instruments: lines(
            space,
            model,
            &judged,
            &present,
            &chosen,
            (&bounds, &assumed),
            PATH + path.len(),
            step,
        ),
        fixed: space
            .fixed
            .iter()
            .map(|&(instrument, reason)| FixedMoney {
                instrument: named_instrument(&model.instruments[instrument]),
                reason: match reason {
                    Fixed::Free => "free".to_owned(),
                    Fixed::Unscaled => "unscaled".to_owned(),
                },
            })
            .collect(),
        clusters: splits(space, model, &present, &chosen, true),
        years: splits(space, model, &present, &chosen, false),
        least: budget.probability.map(|wanted| frontier::least(&frontier, wanted)),
        frontier,
    };
    let answer = Answer::new("optimise", &experiment, inputs, goal.info(model), &worlds, findings);
    Ok(answer.leaving_out(model, &left_out))
}

/// The path with further mixtures around the money that first gives the wanted probability on the draws of the search.
fn refined(search: &Search<'_>, path: Vec<Spending>, wanted: f64) -> Result<Vec<Spending>, AnalysisError> {
    let shares = search.shares(&path)?;
    let Some(at) = shares.iter().position(|share| *share >= wanted).filter(|at| *at > 0) else {
        return Ok(path);
    };
    let from = at.saturating_sub(2);
    let mut refined = path[..=from].to_vec();
    for pair in path[from..(at + 2).min(path.len())].windows(2) {
        refined.push(pair[0].towards(&pair[1], 0.5));
        refined.push(pair[1].clone());
    }
    refined.extend_from_slice(&path[(at + 2).min(path.len())..]);
    Ok(refined)
}

fn within(spending: &Spending, bounds: &[(f64, f64)]) -> bool {
    spending.factor.iter().zip(bounds).all(|(factor, (low, high))| factor >= low && factor <= high)
}

/// Measures what every funded instrument costs at present in the first world; returns the cost of all others. Those that
/// cost nothing in any trial become fixed.
fn set_costs(
    space: &mut Space,
    experiment: &Experiment<'_>,
    goal: &Goal,
    worlds: &[World],
) -> Result<f64, AnalysisError> {
    let present = space.present();
    let without = |k: usize| {
        let mut spending = present.clone();
        spending.factor[k] = 0.0;
        spending
    };
    let spendings: Vec<Spending> =
        std::iter::once(present.clone()).chain((0..space.funded.len()).map(without)).collect();
    let policy = |(k, spending): (usize, &Spending)| space.policy(format!("{k}"), spending);
    let design = Design {
        policies: spendings.iter().enumerate().map(policy).collect(),
        worlds: worlds.iter().take(1).cloned().collect(),
        goals: vec![goal.clone()],
        inputs: false,
        renewed: None,
    };
    let sampled = experiment.run(design)?;
    let mean = |policy: usize| {
        let cost = sampled.cost(0, policy);
        cost.iter().sum::<f64>() / cost.len().max(1) as f64
    };
    let total = mean(0);
    for k in 0..space.funded.len() {
        space.funded[k].cost = total - mean(k + 1);
    }
    let (funded, free): (Vec<_>, Vec<_>) = space.funded.drain(..).partition(|funded| funded.cost > 1e-9);
    space.funded = funded;
    space.fixed.extend(free.into_iter().map(|funded| (funded.instrument, Fixed::Free)));
    space.fixed.sort_by_key(|(instrument, _)| *instrument);
    Ok(total - space.funded.iter().map(|funded| funded.cost).sum::<f64>())
}

/// Bounds as multiples of the present money.
fn bounds(model: &Model, space: &Space, budget: &Budget) -> Result<Vec<(f64, f64)>, AnalysisError> {
    let known = || space.funded.iter().map(|funded| model.instruments[funded.instrument].id.clone());
    if let Some((id, ..)) = budget.bounds.iter().find(|(id, ..)| !known().any(|known| known == *id)) {
        return Err(AnalysisError::UnknownInstrument { id: id.clone(), known: known().collect() });
    }
    let bound = |funded: &space::Funded| {
        let id = &model.instruments[funded.instrument].id;
        let stated = budget.bounds.iter().find(|(stated, ..)| stated == id);
        stated.map_or((0.0, MOST), |(_, low, high)| (low / funded.cost, high / funded.cost))
    };
    Ok(space.funded.iter().map(bound).collect())
}

/// The fresh run over these spendings.
fn judge(
    space: &Space,
    experiment: &Experiment<'_>,
    goal: &Goal,
    worlds: &[World],
    spendings: &[Spending],
) -> Result<Sampled, AnalysisError> {
    let policy = |(k, spending): (usize, &Spending)| space.policy(format!("{k}"), spending);
    let design = Design {
        policies: spendings.iter().enumerate().map(policy).collect(),
        worlds: worlds.to_vec(),
        goals: vec![goal.clone()],
        inputs: false,
        renewed: None,
    };
    experiment.run_with(design, experiment.settings.seed ^ FRESH, experiment.settings.trials)
}

/// Probability in one set of trials less that in another, independent one; `None` without trials.
fn unpaired(here: &Events, there: &Events) -> Option<Estimate> {
    let (p, q) = (here.share()?, there.share()?);
    let variance = |p: f64, n: usize| p * (1.0 - p) / n as f64;
    let half = LEVEL.z() * (variance(p, here.trials()) + variance(q, there.trials())).sqrt();
    Some(Estimate { value: p - q, interval: [p - q - half, p - q + half] })
}

/// What the search saw of its choice, by world: the probability on the draws it was chosen on.
fn flattered(
    space: &Space,
    experiment: &Experiment<'_>,
    goal: &Goal,
    worlds: &[World],
    chosen: &Spending,
    trials: u64,
) -> Result<Vec<Events>, AnalysisError> {
    let design = Design {
        policies: vec![space.policy("chosen".to_owned(), chosen)],
        worlds: worlds.to_vec(),
        goals: vec![goal.clone()],
        inputs: false,
        renewed: None,
    };
    let sampled = experiment.run_with(design, experiment.settings.seed, trials)?;
    Ok((0..worlds.len()).map(|world| sampled.hits(world, 0, 0).clone()).collect())
}

#[cfg(test)]
mod tests;
