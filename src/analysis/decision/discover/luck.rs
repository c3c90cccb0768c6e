//! How much of the outcome is luck: what stays open when every uncertain quantity is known.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{design, fresh_seed, luck_trials};
use crate::analysis::AnalysisError;
use crate::analysis::decision::drivers::frozen::Scale;
use crate::analysis::decision::experiment::{Design, Experiment, Sampled};
use crate::analysis::decision::{Estimate, Goal};
use crate::analysis::results::Ends;
use crate::analysis::summarise::{LEVEL, ends};
use crate::model::{Policy, World};
use crate::stats::proportion::{probability_at_least, probability_at_most};
use crate::stats::sobol_indices::closed_index;
use crate::stats::{Estimate as Normal, Events};

/// With fewer pairs of trials that both hit, that both miss or that differ, the share of luck has no law near the normal
/// one, and no figure is told but bounds.
const FEWEST: u64 = 50;

/// A share of luck in the variance of meeting the target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Luck {
    /// The share, 0 to 1; `null` where hits, misses or differences are too few for more than bounds.
    pub value: Option<f64>,
    /// Where it lies: an interval at the answer's level, or bounds that hold at that level at least.
    pub interval: Ends,
}

/// Shares of two variances that stay when every quantity is known, from trials again with other shocks: of meeting the
/// target, and of its quantity. Where none of the quantities varies, all of the variance does.
pub(super) fn luck(
    experiment: &Experiment<'_>,
    what: &(Policy, World, Goal),
    (kept, scale): (&Sampled, Scale),
    varying: usize,
) -> Result<(Option<Luck>, Option<Estimate>), AnalysisError> {
    let n = luck_trials(experiment.settings.trials);
    let seed = fresh_seed(experiment.settings.seed);
    let shocks = Arc::new(|name: &str| name.contains('/'));
    let again = Design { renewed: Some((seed, shocks)), ..design(what, false) };
    let again = experiment.run_with(again, experiment.settings.seed, n)?;
    let columns = |of: &dyn Fn(&Sampled) -> Vec<f64>| {
        [kept, &again].map(|sampled| {
            let mut values = of(sampled);
            values.truncate(n as usize);
            values
        })
    };
    let share = |columns: &[Vec<f64>; 2]| {
        let [drawn, again] = columns;
        if varying == 0 && !drawn.windows(2).all(|pair| pair[0] == pair[1]) {
            return Some(Estimate { value: 1.0, interval: [1.0, 1.0] });
        }
        Some(within(closed_index(drawn, again).ok()?.complement().estimate))
    };
    let hits = |sampled: &Sampled| sampled.hits(0, 0, 0).iter().map(f64::from).collect();
    let met = columns(&hits);
    let pairs = Pairs::of(&met);
    let met = share(&met).map(|share| match pairs.bounds() {
        Some(interval) if varying > 0 => Luck { value: None, interval },
        _ => Luck { value: Some(share.value), interval: share.interval },
    });
    let of_quantity = match scale {
        Scale::None => None,
        scale => share(&columns(&|sampled| scale.apply(sampled.quantity(0, 0, 0)))),
    };
    Ok((met, of_quantity))
}

/// A share of a whole with its interval. What lies beyond the whole is brought back to its edge with the whole width of its
/// interval around it: that brings it nearer to any true share, so that the interval covers no less.
fn within(estimate: Normal) -> Estimate {
    let estimate = Normal { value: estimate.value.clamp(0.0, 1.0), ..estimate };
    let interval = ends(estimate.interval(LEVEL)).map(|end| end.clamp(0.0, 1.0));
    Estimate { value: estimate.value, interval }
}

/// How pairs of trials with the same quantities and other shocks end.
struct Pairs {
    /// Both in the rarer way: hits, or misses.
    both: u64,
    /// One so, one so.
    differ: u64,
    /// Neither in the rarer way.
    neither: u64,
    /// First trials that end in the rarer way.
    first: u64,
}

impl Pairs {
    fn of([drawn, again]: &[Vec<f64>; 2]) -> Self {
        let [drawn, again] = [drawn, again].map(|column| {
            let mut events = Events::default();
            events.extend(column.iter().map(|&hit| hit > 0.0));
            events
        });
        let (n, both) = (drawn.trials() as u64, drawn.both(&again));
        let differ = drawn.count() + again.count() - 2 * both;
        let neither = n - both - differ;
        let first = drawn.count();
        match both <= neither {
            true => Self { both, differ, neither, first },
            false => Self { both: neither, differ, neither: both, first: n - first },
        }
    }

    /// Bounds of the share of luck, where counts are too few for a figure.
    ///
    /// With `θ = P(both | not neither)` and the chance p of the rarer end, `P(differ) = 2(1 − θ)/(1 + θ) · p`, so that luck,
    /// `P(differ) / 2p(1 − p)`, is `(1 − θ)/(1 + θ)/(1 − p)`. Given their sum, the pairs of both are binomial with θ. The
    /// lower bound leaves out `1 − p`, which only lowers it; the upper one shares its error between θ and p.
    fn bounds(&self) -> Option<Ends> {
        if self.both.min(self.differ).min(self.neither) >= FEWEST {
            return None;
        }
        let told = self.both + self.differ;
        let n = told + self.neither;
        let alpha = (1.0 - LEVEL.get()) / 2.0;
        let luck = |theta: f64, other: f64| ((1.0 - theta) / (1.0 + theta) / other).min(1.0);
        let low = luck(probability_at_most(self.both, told, alpha), 1.0);
        let theta = probability_at_least(self.both, told, alpha / 2.0);
        let other = 1.0 - probability_at_most(self.first, n, alpha / 2.0);
        Some([low, if other > 0.0 { luck(theta, other) } else { 1.0 }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(both: u64, differ: u64, neither: u64) -> Option<Ends> {
        Pairs { both, differ, neither, first: both + differ / 2 }.bounds()
    }

    #[test]
    fn few_pairs_give_bounds_that_exclude_nothing_they_cannot() {
        // no pair of two hits among twenty with one: θ up to 1 − 0.025^(1/20)
        let theta = 1.0 - crate::math::powf(0.025, 0.05);
        let [low, high] = bounds(0, 20, 1980).unwrap();
        assert!((low - (1.0 - theta) / (1.0 + theta)).abs() < 1e-9 && high == 1.0, "{low} {high}");
        // all pairs alike: hardly any luck, but not none for sure
        let [low, high] = bounds(40, 0, 1960).unwrap();
        assert!(low == 0.0 && high > 0.02 && high < 0.1, "{low} {high}");
        assert_eq!(bounds(50, 50, 900), None);
    }

    #[test]
    fn an_interval_beyond_the_whole_comes_back_with_its_width() {
        let Estimate { value, interval: [low, high] } = within(Normal { value: 1.02, standard_error: 0.005 });
        assert!(value == 1.0 && high == 1.0 && (low - (1.0 - 0.0098)).abs() < 1e-4, "{low}");
        let Estimate { value, interval: [low, high] } = within(Normal { value: -0.3, standard_error: 0.1 });
        assert!(value == 0.0 && low == 0.0 && (high - 0.196).abs() < 1e-3, "{high}");
    }
}
