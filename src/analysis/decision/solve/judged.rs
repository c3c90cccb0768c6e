//! One value of a lever, judged on the trials of a run.

use super::search::Tried;
use super::{Estimate, Point, Sampled};
use crate::analysis::AnalysisError;
use crate::analysis::summarise::{LEVEL, ends, mean};
use crate::stats::Moments;

/// What a run says of one world, policy and goal.
pub(super) fn tried(
    sampled: &Sampled,
    (world, policy, goal): (usize, usize, usize),
    coordinate: f64,
) -> Tried {
    let mut cost = Moments::default();
    cost.record_lanes(sampled.cost(world, policy));
    Tried {
        coordinate,
        refined: false,
        hits: sampled.hits(world, policy, goal).clone(),
        members: Vec::new(),
        middle: median(sampled.quantity(world, policy, goal)),
        cost: mean(&cost),
    }
}

pub(super) fn curve_point(one: &Tried, value: Option<f64>) -> Result<Point, AnalysisError> {
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
