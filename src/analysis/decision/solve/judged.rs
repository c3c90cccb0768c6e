//! One value of a lever, judged on the trials of a run.

use super::search::Tried;
use super::{Estimate, Point, Sampled};
use crate::analysis::AnalysisError;
use crate::analysis::decision::figures::middle_of;
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
        middle: middle_of(sampled, (world, policy, goal)),
        cost: mean(&cost),
    }
}

pub(super) fn curve_point(one: &Tried, value: Option<f64>) -> Result<Point, AnalysisError> {
    let interval = one.interval(LEVEL).ok_or(AnalysisError::NoTrials)?;
    let probability = Estimate { value: one.share(), interval: ends(interval) };
    Ok(Point { value, refined: one.refined, probability, median: one.middle, cost: one.cost })
}
