//! Choices over the worlds, and how often another set of trials would lead to the same one.

use serde::{Deserialize, Serialize};

use super::Grid;
use super::regret::Regret;
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::results::Named;
use crate::analysis::summarise::LEVEL;
use crate::random::Stream;
use crate::stats::{Batches, resamples};

/// Resamples of the bootstrap.
const RESAMPLES: usize = 1000;
/// Share of the resamples from which another choice is named.
const NOTABLE: f64 = 0.05;

/// Choices over the worlds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choices {
    /// The policy whose largest regret of probability is smallest; `null` where all have the same.
    pub minimax_probability: Option<Choice>,
    /// The same for the mean of the quantity; `null` where there is none.
    pub minimax_quantity: Option<Choice>,
    /// The policy that reaches a wanted chance in most worlds.
    pub satisficing: Satisficing,
}

/// A chosen policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The policy.
    pub policy: Named,
    /// Share of bootstrap resamples of the trials that lead to the same choice.
    pub sure: f64,
    /// Other policies chosen in at least 5 % of the resamples, most often first.
    pub rivals: Vec<Rival>,
}

/// A policy that other trials would lead to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rival {
    /// The policy.
    pub policy: Named,
    /// Share of the resamples that lead to it.
    pub share: f64,
}

/// Which policies reach a wanted chance where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Satisficing {
    /// The wanted chance.
    pub wanted: f64,
    /// Policies in the order of the cells.
    pub policies: Vec<Reached>,
    /// The policy that reaches it in most worlds, the cheapest of several; `null` if none reaches it anywhere.
    pub choice: Option<Choice>,
}

/// In which worlds one policy reaches the wanted chance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// Policy.
    pub policy: Named,
    /// Identifiers of the worlds in which its share of trials reaches it.
    pub worlds: Vec<String>,
    /// Identifiers of the worlds in which the interval does not tell whether it does.
    pub unclear: Vec<String>,
    /// Share of the worlds in which it does.
    pub share: f64,
}

/// All choices; `seed` is that of the run, from which resamples are drawn under a name of their own.
pub(super) fn choices(
    sampled: &Sampled,
    grid: &Grid<'_>,
    regrets: &[Regret],
    wanted: f64,
    seed: u64,
) -> Choices {
    let cells = |of: &dyn Fn(usize, usize) -> Batches| Table::of(grid, of);
    let hits = cells(&|world, policy| {
        let hits = sampled.hits(world, policy, 0);
        Batches::of((0..hits.trials()).map(|trial| f64::from(hits.at(trial))))
    });
    let sign = grid.sign();
    let quantity = grid.quantity.map(|_| {
        cells(&|world, policy| Batches::of(sampled.quantity(world, policy, 0).iter().map(|x| sign * x)))
    });
    let costs = cells(&|world, policy| Batches::of(grid.paid.cost(world, policy).iter().copied()));
    let batches = hits.cells.first().map_or(0, Batches::len);
    let mut random = Stream::new(seed, "bootstrap").generator(0, 0, 0, 0);
    let times = resamples(batches, RESAMPLES, &mut random);
    let all = vec![1.0; batches];
    let order = cheapest_first(grid, &costs, &all);

    let reached = |policy: usize| {
        let worlds = 0..grid.worlds.len();
        let id = |world: usize| grid.world(world).id;
        let is_reached = |&world: &usize| hits.mean(world, policy, &all) >= wanted;
        let is_open = |&world: &usize| {
            sampled.hits(world, policy, 0).interval(LEVEL).is_some_and(|interval| interval.contains(wanted))
        };
        let reaching: Vec<String> = worlds.clone().filter(is_reached).map(id).collect();
        Reached {
            policy: grid.policy(policy),
            share: reaching.len() as f64 / grid.worlds.len() as f64,
            worlds: reaching,
            unclear: worlds.filter(is_open).map(id).collect(),
        }
    };
    let is_told = regrets.iter().any(|regret| regret.worst_probability.value > 0.0);
    let is_told_apart =
        regrets.iter().any(|regret| regret.worst_quantity.is_some_and(|worst| worst.value > 0.0));
    let sure = |rule: &dyn Fn(&[f64]) -> Option<usize>| choice(grid, &all, &times, rule);
    Choices {
        minimax_probability: is_told.then(|| sure(&|times| minimax(&hits, &order, times))).flatten(),
        minimax_quantity: quantity
            .filter(|_| is_told_apart)
            .and_then(|quantity| sure(&|times| minimax(&quantity, &order, times))),
        satisficing: Satisficing {
            wanted,
            policies: (0..grid.policies.len()).map(reached).collect(),
            choice: sure(&|times| most_worlds(&hits, &order, wanted, times)),
        },
    }
}

/// Batches of every world and policy.
struct Table {
    policies: usize,
    worlds: usize,
    cells: Vec<Batches>,
}

impl Table {
    fn of(grid: &Grid<'_>, batches: &dyn Fn(usize, usize) -> Batches) -> Self {
        let (policies, worlds) = (grid.policies.len(), grid.worlds.len());
        let cells = (0..worlds * policies).map(|at| batches(at / policies, at % policies)).collect();
        Self { policies, worlds, cells }
    }

    fn mean(&self, world: usize, policy: usize, times: &[f64]) -> f64 {
        self.cells[world * self.policies + policy].mean(times)
    }
}

/// Policies by their mean cost over the worlds; of equals the first of the file.
fn cheapest_first(grid: &Grid<'_>, costs: &Table, all: &[f64]) -> Vec<usize> {
    let cost =
        |policy: usize| (0..grid.worlds.len()).map(|world| costs.mean(world, policy, all)).sum::<f64>();
    let mut order: Vec<usize> = (0..grid.policies.len()).collect();
    order.sort_by(|&a, &b| cost(a).total_cmp(&cost(b)));
    order
}

/// The policy with the smallest largest regret; of equals the first of `order`.
fn minimax(table: &Table, order: &[usize], times: &[f64]) -> Option<usize> {
    let mut worst = vec![0.0_f64; table.policies];
    for world in 0..table.worlds {
        let means: Vec<f64> = (0..table.policies).map(|policy| table.mean(world, policy, times)).collect();
        let best = means.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        worst.iter_mut().zip(&means).for_each(|(worst, mean)| *worst = worst.max(best - mean));
    }
    order.iter().copied().min_by(|&a, &b| worst[a].total_cmp(&worst[b]))
}

/// The policy that reaches `wanted` in most worlds; of equals the first of `order`; none if no policy does anywhere.
fn most_worlds(table: &Table, order: &[usize], wanted: f64, times: &[f64]) -> Option<usize> {
    let reaching =
        |policy: usize| (0..table.worlds).filter(|&world| table.mean(world, policy, times) >= wanted).count();
    let counts: Vec<(usize, usize)> = order.iter().map(|&policy| (policy, reaching(policy))).collect();
    let most = counts.iter().map(|&(_, count)| count).max().filter(|&most| most > 0)?;
    counts.into_iter().find(|&(_, count)| count == most).map(|(policy, _)| policy)
}

/// What `rule` chooses on all trials, and how often on resamples of them.
fn choice(
    grid: &Grid<'_>,
    all: &[f64],
    times: &[Vec<f64>],
    rule: &dyn Fn(&[f64]) -> Option<usize>,
) -> Option<Choice> {
    let chosen = rule(all)?;
    let mut counts = vec![0.0; grid.policies.len()];
    times.iter().filter_map(|times| rule(times)).for_each(|policy| counts[policy] += 1.0);
    let share = |policy: usize| counts[policy] / times.len() as f64;
    let mut rivals: Vec<Rival> = (0..grid.policies.len())
        .filter(|&policy| policy != chosen && share(policy) >= NOTABLE)
        .map(|policy| Rival { policy: grid.policy(policy), share: share(policy) })
        .collect();
    rivals.sort_by(|a, b| b.share.total_cmp(&a.share));
    Some(Choice { policy: grid.policy(chosen), sure: share(chosen), rivals })
}
