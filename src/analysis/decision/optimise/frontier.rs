//! The frontier of an optimisation: which of the spendings found stand on it, and where it reaches a wanted probability.

use super::findings::Point;
use super::prune::WORTH;
use super::worst;
use crate::analysis::decision::Estimate;
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::decision::figures::{chance_change, chance_of, mean_change, mean_of};
use crate::analysis::summarise::LEVEL;
use crate::math::special::normal_quantile;
use crate::stats::{Events, Level};

/// Costs that differ by less than this share are the same.
const SAME: f64 = 1e-6;
/// Chances are told apart from 0 and 1 by no less than this.
const END: f64 = 1e-9;

/// What one spending comes to, read off one world or off the mean of all.
pub struct Figure<'a> {
    /// Expected public money of the whole policy, 亿元.
    pub cost: f64,
    /// The world that the figures are of; `None` for the mean.
    pub world: Option<usize>,
    /// Probability.
    pub chance: Estimate,
    /// Mean quantity; `None` where there is none.
    pub mean: Option<f64>,
    hits: Hits<'a>,
    quantity: Vec<f64>,
}

/// Hits trial by trial.
enum Hits<'a> {
    /// Of every world, of which the worst one counts.
    Worst(Vec<&'a Events>),
    /// Share of the worlds.
    Mean(Vec<f64>),
}

impl<'a> Figure<'a> {
    /// The figures of a policy of `judged`: the mean over `worlds` worlds if `averaged`, else those of the world with the
    /// least chance and, where several have it, the worst mean; `sign` is −1 for a quantity of which the target wants
    /// little. `None` without trials.
    pub fn of(
        judged: &'a Sampled,
        policy: usize,
        cost: f64,
        worlds: usize,
        averaged: bool,
        sign: f64,
    ) -> Option<Self> {
        let mean = |world: usize| {
            let quantity = judged.quantity(world, policy, 0);
            quantity.iter().sum::<f64>() / quantity.len().max(1) as f64
        };
        if !averaged {
            let rank = |world: usize| (judged.hits(world, policy, 0).count(), sign * mean(world));
            let lowest = (0..worlds).min_by(|&a, &b| {
                let (a, b) = (rank(a), rank(b));
                a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
            })?;
            let hits = judged.hits(lowest, policy, 0);
            let quantity = judged.quantity(lowest, policy, 0).to_vec();
            let all: Vec<&Events> = (0..worlds).map(|world| judged.hits(world, policy, 0)).collect();
            let interval = worst::interval(worlds, |world, level| chance_of(all[world], level))?;
            let chance = Estimate { interval, ..chance_of(hits, LEVEL)? };
            let mean = mean_of(&quantity, LEVEL).map(|mean| mean.value);
            return Some(Self { cost, world: Some(lowest), chance, mean, hits: Hits::Worst(all), quantity });
        }
        let over_worlds = |one: &dyn Fn(usize) -> Vec<f64>| {
            let mut sum = one(0);
            for world in 1..worlds {
                sum.iter_mut().zip(one(world)).for_each(|(sum, value)| *sum += value);
            }
            sum.iter_mut().for_each(|sum| *sum /= worlds as f64);
            sum
        };
        let hits = over_worlds(&|world| {
            judged.hits(world, policy, 0).iter().map(|hit| f64::from(u8::from(hit))).collect()
        });
        let quantity = over_worlds(&|world| judged.quantity(world, policy, 0).to_vec());
        let chance = mean_of(&hits, LEVEL)?;
        let mean = mean_of(&quantity, LEVEL).map(|mean| mean.value);
        Some(Self { cost, world: None, chance, mean, hits: Hits::Mean(hits), quantity })
    }

    /// Whether this costs more than another, by more than rounding.
    pub fn is_dearer_than(&self, other: &Self) -> bool {
        self.cost - other.cost > SAME * (1.0 + other.cost)
    }

    /// Chance of this less that of another, over the same trials; of the worst world of each, whichever it is.
    pub fn chance_over(&self, other: &Self) -> Option<Estimate> {
        match (&self.hits, &other.hits) {
            (Hits::Worst(here), Hits::Worst(there)) => {
                let value = self.chance.value - other.chance.value;
                let change = |a: usize, b: usize, level: Level| chance_change(here[a], there[b], level);
                Some(Estimate { value, interval: worst::difference(here.len(), change)? })
            }
            (Hits::Mean(here), Hits::Mean(there)) => mean_change(here, there, LEVEL),
            _ => None,
        }
    }
}

/// Whether a dearer spending may stand after a cheaper one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It may: it does no worse, and better for what it costs.
    Up,
    /// It does better beyond the error where it differs: the cheaper one makes room.
    Instead,
    /// It must go.
    Down,
}

/// The spendings that stand on the frontier, from the cheapest to the dearest, and of every other one the one that stands
/// instead of it: which costs no more, or does better beyond the error.
pub struct Chain {
    /// Positions of those that stand.
    pub kept: Vec<usize>,
    /// For every spending the one that shut it out.
    pub instead: Vec<Option<usize>>,
}

/// Keeps, of `figures` by rising cost, those by which chance and mean both rise with the money, and that bring something
/// for it: a chance that is higher beyond the paired error, or at least the share [`WORTH`] of what as much money brings of
/// the quantity where it brings most. Where one figure rises and the other falls, the one that differs beyond the error
/// decides, the chance first; else the cheaper one stands, unless the dearer one is among `favoured`.
pub fn chain(figures: &[Figure<'_>], sign: f64, favoured: &[usize]) -> Chain {
    let slopes = figures.iter().skip(1).filter_map(|figure| {
        let first = &figures[0];
        Some(sign * (figure.mean? - first.mean?) / (figure.cost - first.cost).max(SAME))
    });
    let steepest = slopes.fold(0.0, f64::max);
    let mut chain = Chain { kept: Vec::new(), instead: vec![None; figures.len()] };
    for next in 0..figures.len() {
        let mut shut_out = 0;
        let mut by = None;
        for &before in chain.kept.iter().rev() {
            let favours = (favoured.contains(&before), favoured.contains(&next));
            match step(&figures[before], &figures[next], sign, steepest, favours) {
                Step::Up => break,
                Step::Instead => shut_out += 1,
                Step::Down => {
                    by = Some(before);
                    break;
                }
            }
        }
        chain.instead[next] = by;
        if by.is_none() {
            for _ in 0..shut_out {
                if let Some(before) = chain.kept.pop() {
                    chain.instead[before] = Some(next);
                }
            }
            chain.kept.push(next);
        }
    }
    chain
}

fn step(
    before: &Figure<'_>,
    next: &Figure<'_>,
    sign: f64,
    steepest: f64,
    (favours_before, favours_next): (bool, bool),
) -> Step {
    let instead = if favours_before { Step::Down } else { Step::Instead };
    let chance = next.chance.value - before.chance.value;
    let surely = next.chance_over(before).map_or([0.0; 2], |change| change.interval);
    let extra = next.cost - before.cost;
    let same_cost = !next.is_dearer_than(before);
    let (Some(here), Some(there)) = (next.mean, before.mean) else {
        return match chance > 0.0 {
            true if same_cost => instead,
            true => Step::Up,
            false => Step::Down,
        };
    };
    let mean = sign * (here - there);
    if chance >= 0.0 && mean >= 0.0 {
        let is_worth_it = surely[0] > 0.0 || (mean > 0.0 && mean >= WORTH * steepest * extra);
        return match is_worth_it || favours_next {
            true if same_cost => instead,
            true => Step::Up,
            false => Step::Down,
        };
    }
    if chance <= 0.0 && mean <= 0.0 {
        return Step::Down;
    }
    let quantity = mean_change(&next.quantity, &before.quantity, LEVEL);
    let quantity = quantity.map_or(
        [0.0; 2],
        |Estimate { interval: [low, high], .. }| {
            if sign > 0.0 { [low, high] } else { [-high, -low] }
        },
    );
    if favours_before && favours_next {
        // one was asked for by its cost, the other by its chance: both are answers
        return if surely[0] > 0.0 { Step::Up } else { Step::Down };
    }
    match (surely, quantity) {
        ([low, _], _) if low > 0.0 => instead,
        ([_, high], _) if high < 0.0 => Step::Down,
        (_, [low, _]) if low > 0.0 => instead,
        _ if favours_next => instead,
        _ => Step::Down,
    }
}

/// Cost at which an end of the intervals reaches `wanted`, straight between the points in normal quantiles of the chance, as
/// curves of chances are steep in the middle and flat at the ends; `None` where none does.
///
/// A split that the search did not bring to its best has a chance that is too low. As what money brings shrinks with the
/// money, such a point lies below the straight line between its neighbours; the upper ends are raised to that line, and by
/// `gap`, what a second search found lacking, so that the least money is not taken for surely more than it is.
pub fn reaches(frontier: &[Point], wanted: f64, end: usize, gap: f64) -> Option<f64> {
    let gap = if end == 1 { gap } else { 0.0 };
    let ends: Vec<f64> = frontier.iter().map(|point| point.interval[end] + gap).collect();
    let raised = |at: usize| {
        let (Some(before), true) = (at.checked_sub(1), end == 1 && at + 1 < ends.len()) else {
            return ends[at];
        };
        let [from, here, to] = [before, at, at + 1].map(|at| frontier[at].cost);
        let line = ends[before] + (ends[at + 1] - ends[before]) * (here - from) / (to - from);
        ends[at].max(line)
    };
    let raised: Vec<f64> = (0..ends.len()).map(raised).collect();
    let at = raised.iter().position(|&end| end >= wanted)?;
    let here = &frontier[at];
    let Some(before) = at.checked_sub(1) else { return Some(here.cost) };
    let score = |chance: f64| normal_quantile(chance.clamp(END, 1.0 - END));
    let [low, high, wanted] = [raised[before], raised[at], wanted].map(score);
    let before = &frontier[before];
    let part = if high > low { ((wanted - low) / (high - low)).clamp(0.0, 1.0) } else { 1.0 };
    Some(before.cost + (here.cost - before.cost) * part)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A spending of which the trials from 0 to `hits` meet the target, and whose quantity is that of `quantity`.
    fn figure(cost: f64, hits: &Events, quantity: f64) -> Figure<'_> {
        Figure {
            cost,
            world: Some(0),
            chance: chance_of(hits, LEVEL).expect("trials"),
            mean: Some(quantity),
            hits: Hits::Worst(vec![hits]),
            quantity: vec![quantity; hits.trials()],
        }
    }

    fn events(hits: usize) -> Events {
        {
            let mut events = Events::default();
            events.extend((0..1_000).map(|trial| trial < hits));
            events
        }
    }

    fn kept(rows: &[(f64, usize, f64)], favoured: &[usize]) -> Vec<usize> {
        let hits: Vec<Events> = rows.iter().map(|row| events(row.1)).collect();
        let figures: Vec<Figure<'_>> =
            rows.iter().zip(&hits).map(|(row, hits)| figure(row.0, hits, row.2)).collect();
        chain(&figures, 1.0, favoured).kept
    }

    #[test]
    fn an_upper_end_behind_its_neighbours_is_raised() {
        let point = |cost: f64, [low, high]: [f64; 2]| Point {
            cost,
            probability: (low + high) / 2.0,
            interval: [low, high],
            regret: None,
            world: None,
            quantity: None,
            money: Vec::new(),
            plan: None,
        };
        // the middle one lies a tenth behind the line between the others
        let points = [point(0.0, [0.0, 0.2]), point(10.0, [0.1, 0.3]), point(20.0, [0.4, 0.6])];
        // 0.35 is reached on the straight line from 0.2 to 0.4, or from 0.25 on with a gap of 0.05
        // by the table of the normal distribution: (−0.3853 + 0.8416) / (−0.2533 + 0.8416), likewise below
        assert!((reaches(&points, 0.35, 1, 0.0).unwrap() - 7.756).abs() < 0.01);
        assert!((reaches(&points, 0.35, 1, 0.05).unwrap() - 5.270).abs() < 0.01);
        // lower ends stay what they are
        assert!((reaches(&points, 0.25, 0, 0.05).unwrap() - 15.904).abs() < 0.01);
        assert_eq!(reaches(&points, 0.7, 1, 0.0), None);
    }

    #[test]
    fn what_costs_more_and_does_less_goes() {
        assert_eq!(
            kept(&[(0.0, 200, 10.0), (1.0, 300, 20.0), (2.0, 290, 19.0), (3.0, 400, 30.0)], &[]),
            [0, 1, 3]
        );
        // also where it was asked for: the cheaper one is the better answer
        assert_eq!(kept(&[(0.0, 200, 10.0), (1.0, 300, 20.0), (2.0, 290, 19.0)], &[2]), [0, 1]);
    }

    #[test]
    fn what_brings_next_to_nothing_for_its_money_goes() {
        let rows = [(0.0, 200, 10.0), (1.0, 300, 20.0), (2.0, 300, 20.2), (3.0, 300, 22.0)];
        assert_eq!(kept(&rows, &[]), [0, 1, 3]);
    }

    #[test]
    fn a_chance_within_the_error_does_not_outweigh_the_mean() {
        // one hit less and a mean that is surely higher: the cheaper one makes room
        assert_eq!(kept(&[(0.0, 200, 10.0), (1.0, 201, 20.0), (2.0, 200, 30.0)], &[]), [0, 2]);
        // one hit more and a mean that is lower: the cheaper one stands, unless the other was asked for
        let rows = [(0.0, 200, 10.0), (1.0, 201, 20.0), (2.0, 202, 19.0)];
        assert_eq!(kept(&rows, &[]), [0, 1]);
        // a chance that is surely higher decides
        assert_eq!(kept(&[(0.0, 200, 10.0), (1.0, 201, 20.0), (2.0, 300, 19.0)], &[]), [0, 2]);
    }
}
