//! Statistics of simulated trials: moments, quantiles, and intervals that say how sure the simulation is.
//!
//! Nothing here knows what is simulated. Every interval covers Monte Carlo error only: it shrinks with the
//! number of trials and says nothing of errors in the model or its data.

mod bounded;
pub mod conditional;
mod density;
mod equal_chance;
mod estimate;
mod events;
pub mod information;
mod interval;
mod logistic;
mod median;
pub mod moments;
pub mod paired;
pub mod prim;
pub mod proportion;
mod ratio;
mod resample;
pub mod shapley;
pub mod shapley_effects;
pub mod sketch;
pub mod sobol_indices;
mod spline;

pub use bounded::bounded_mean;
pub use density::{Bin, density};
pub use equal_chance::{
    EqualChance, equal_chance, matched_quantile, rounded_by_row, rounded_to_total, rounded_to_total_but,
};
pub use estimate::Estimate;
pub use events::Events;
pub use interval::{Interval, Level, LevelError};
pub use logistic::{chance_at, level_for};
pub use median::{median_difference, whole_median_difference};
pub use moments::Moments;
pub use paired::{MeanDifference, Paired, PairedError};
pub use proportion::{ProportionError, wilson};
pub use ratio::ratio_of_means;
pub use resample::{Batches, resamples};
pub use sketch::QuantileSketch;

/// The point of `[inside, outside]` where `holds` turns from true to false, to the last bit.
///
/// Bisection: about 60 calls, the same bits on every machine. `holds(inside)` is taken for granted; the
/// result is the last point found to hold, so `outside` itself is never returned unless it equals `inside`.
fn last_true(inside: f64, outside: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let (mut inside, mut outside) = (inside, outside);
    loop {
        let middle = inside + (outside - inside) / 2.0;
        if middle == inside || middle == outside {
            return inside;
        }
        if holds(middle) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
}
