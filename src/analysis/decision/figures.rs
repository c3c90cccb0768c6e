//! Estimates from the trials of one or two runs on the same draws.

use super::Estimate;
use super::experiment::Sampled;
use crate::analysis::summarise::{ends, whole};
use crate::stats::{
    Events, Level, MeanDifference, Moments, QuantileSketch, median_difference, whole_median_difference,
};

/// Mean over all trials; `None` below two.
pub(super) fn mean_of(values: &[f64], level: Level) -> Option<Estimate> {
    let mut moments = Moments::default();
    moments.record_lanes(values);
    mean_estimate(&moments, level)
}

/// Mean difference over the same trials; `None` below two.
pub(super) fn mean_change(here: &[f64], there: &[f64], level: Level) -> Option<Estimate> {
    let mut difference = MeanDifference::default();
    difference.record_lanes(here, there);
    mean_estimate(difference.moments(), level)
}

/// The mean of these values; `None` below two.
pub(super) fn mean_estimate(moments: &Moments, level: Level) -> Option<Estimate> {
    Some(Estimate { value: moments.mean()?, interval: ends(moments.mean_interval(level)?) })
}

/// Median of a goal's quantity with its interval, read off the bins that runs and reports read theirs off and as whole as
/// theirs: one figure for one policy, whatever tells it. Arguments as of [`Sampled::quantity`].
pub(super) fn median_of(
    sampled: &Sampled,
    (world, policy, goal): (usize, usize, usize),
    level: Level,
) -> Option<Estimate> {
    let (unit, sketch) = (sampled.series(goal)?.0.unit, sketch(sampled.quantity(world, policy, goal)));
    let interval = ends(sketch.quantile_interval(0.5, level)?).map(|x| whole(x, unit));
    Some(Estimate { value: whole(sketch.quantile(0.5)?, unit), interval })
}

/// [`median_of`] without its interval.
pub(super) fn middle_of(sampled: &Sampled, (world, policy, goal): (usize, usize, usize)) -> Option<f64> {
    let unit = sampled.series(goal)?.0.unit;
    Some(whole(sketch(sampled.quantity(world, policy, goal)).quantile(0.5)?, unit))
}

fn sketch(values: &[f64]) -> QuantileSketch {
    let mut sketch = QuantileSketch::new();
    sketch.record_lanes(values, values.len());
    sketch
}

/// Difference of the medians of a goal's quantity over the same trials, whole with a whole interval where what is counted
/// is; `None` below two. Arguments as of [`Sampled::quantity`].
pub(super) fn median_change(
    sampled: &Sampled,
    [here, there]: [(usize, usize, usize); 2],
    level: Level,
) -> Option<Estimate> {
    let [a, b] = [here, there].map(|(world, policy, goal)| sampled.quantity(world, policy, goal));
    // what a unit shows as whole numbers has no density
    let is_whole = whole(0.5, sampled.series(here.2)?.0.unit) != 0.5;
    let of = if is_whole { whole_median_difference } else { median_difference };
    let (value, interval) = of(a, b, level)?;
    Some(Estimate { value, interval: ends(interval) })
}

/// Share of the trials with its Wilson interval.
pub(super) fn chance_of(hits: &Events, level: Level) -> Option<Estimate> {
    Some(Estimate { value: hits.share()?, interval: ends(hits.interval(level)?) })
}

/// Difference of two probabilities over the same trials with Tango's interval.
pub(super) fn chance_change(here: &Events, there: &Events, level: Level) -> Option<Estimate> {
    let paired = here.paired(there)?;
    Some(Estimate { value: paired.difference(), interval: ends(paired.interval(level)) })
}

/// Mean shortfall of the trials that miss; `None` below two such trials.
pub(super) fn shortfall_if_missed(shortfall: &[f64], level: Level) -> Option<Estimate> {
    let missed: Vec<f64> = shortfall.iter().copied().filter(|&lacks| lacks > 0.0).collect();
    mean_of(&missed, level)
}
