//! The frontier of an optimisation: what its points come to, and the least money for a wanted probability.

use super::PATH;
use super::findings::{Least, Point};
use super::objective::RuleName;
use super::space::{Space, Spending};
use crate::analysis::decision::Estimate;
use crate::analysis::decision::answer::named_world;
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::decision::figures::{chance_of, mean_of};
use crate::analysis::summarise::LEVEL;
use crate::model::World;
use crate::stats::Level;

/// The frontier: the policies of the path, in the order of rising cost.
pub(super) fn points(
    space: &Space,
    judged: &Sampled,
    path: &[Spending],
    fixed_cost: f64,
    worlds: &[World],
    rule: RuleName,
) -> Vec<Point> {
    let averaged = rule == RuleName::Mean && worlds.len() > 1;
    // all intervals hold together (Bonferroni), so that the best of several spendings may be told by them
    let level = Level::new(1.0 - (1.0 - LEVEL.get()) / path.len().max(1) as f64).unwrap_or(LEVEL);
    let mut points: Vec<Point> = Vec::new();
    for (at, spending) in path.iter().enumerate() {
        let policy = PATH + at;
        let worst = (0..worlds.len()).min_by_key(|&world| judged.hits(world, policy, 0).count()).unwrap_or(0);
        let chance = if averaged {
            average(judged, policy, worlds.len(), level)
        } else {
            chance_of(judged.hits(worst, policy, 0), level)
        };
        let Some(chance) = chance else { continue };
        let looked_at = if averaged { 0..worlds.len() } else { worst..worst + 1 };
        let n = looked_at.len() as f64;
        let means = looked_at.map(|world| mean_of(judged.quantity(world, policy, 0), LEVEL));
        let quantity = means.map(|mean| mean.map(|mean| mean.value / n)).sum();
        points.push(Point {
            cost: space.cost(spending) + fixed_cost,
            probability: chance.value,
            interval: chance.interval,
            world: (!averaged).then(|| named_world(&worlds[worst])),
            quantity,
            money: space.funded.iter().zip(&spending.factor).map(|(f, factor)| f.cost * factor).collect(),
        });
    }
    rising(&mut points);
    points
}

/// What money can do at least: a cheaper spending stays possible with more money, so the frontier is the best of all
/// spendings up to its cost and rises. Its value is estimated by isotonic regression (pooling adjacent violators; Barlow,
/// Bartholomew, Bremner and Brunk 1972), which leans to neither side as the largest of several estimates would; its
/// interval is between the largest lower and the largest upper end so far, which holds if all intervals do.
pub(super) fn rising(points: &mut [Point]) {
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for point in points.iter() {
        let (mut value, mut size) = (point.probability, 1);
        while let Some(&(before, of)) = blocks.last().filter(|(before, _)| *before > value) {
            value = (before * of as f64 + value * size as f64) / (of + size) as f64;
            size += of;
            blocks.pop();
        }
        blocks.push((value, size));
    }
    let fitted = blocks.into_iter().flat_map(|(value, size)| std::iter::repeat_n(value, size));
    let mut ends = [0.0_f64; 2];
    for (point, fitted) in points.iter_mut().zip(fitted) {
        ends = [0, 1].map(|end| ends[end].max(point.interval[end]));
        point.interval = ends;
        point.probability = fitted.clamp(ends[0], ends[1]);
    }
}

/// The probability averaged over the worlds, with an interval over trials: the worlds share their draws.
fn average(judged: &Sampled, policy: usize, worlds: usize, level: Level) -> Option<Estimate> {
    let trials = judged.hits(0, policy, 0).trials();
    let mut shares = vec![0.0; trials];
    for world in 0..worlds {
        let hits = judged.hits(world, policy, 0).iter();
        shares
            .iter_mut()
            .zip(hits)
            .for_each(|(share, hit)| *share += f64::from(u8::from(hit)) / worlds as f64);
    }
    mean_of(&shares, level)
}

/// Where the frontier reaches `wanted`.
pub(super) fn least(frontier: &[Point], wanted: f64) -> Least {
    let reached = |pick: fn(&Point) -> f64| {
        let at = frontier.iter().position(|point| pick(point) >= wanted)?;
        let here = &frontier[at];
        let Some(before) = at.checked_sub(1).map(|before| &frontier[before]) else { return Some(here.cost) };
        let (low, high) = (pick(before), pick(here));
        Some(before.cost + (here.cost - before.cost) * (wanted - low) / (high - low))
    };
    Least {
        wanted,
        cost: reached(|point| point.probability),
        interval: [reached(|point| point.interval[1]), reached(|point| point.interval[0])],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_money_never_does_less_and_no_estimate_is_flattered() {
        let point = |cost: f64, probability: f64| Point {
            cost,
            probability,
            interval: [probability - 0.1, probability + 0.1],
            world: None,
            quantity: None,
            money: Vec::new(),
        };
        let mut points: Vec<Point> =
            [0.2, 0.5, 0.46, 0.45, 0.7].iter().enumerate().map(|(at, &p)| point(at as f64, p)).collect();
        rising(&mut points);
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        for (point, expected) in points.iter().zip([0.2, 0.47, 0.47, 0.47, 0.7]) {
            near(point.probability, expected);
        }
        // the spending with 0.5 is still possible later on: nothing below its own interval can be told
        near(points[3].interval[0], 0.4);
        near(points[3].interval[1], 0.6);
        assert!(points.windows(2).all(|pair| pair[0].interval[1] <= pair[1].interval[1]));
    }
}
