//! Splits a total into parts that are all as likely to be reached.

use super::estimate::influence_error;
use super::{Estimate, Interval, Level};
use crate::math::exp;
use crate::math::special::normal_quantile;

/// Parts of a total with a common chance of being reached.
#[derive(Clone, Debug, PartialEq)]
pub struct EqualChance {
    /// The chance that a part is reached or exceeded, the same for all.
    pub chance: Estimate,
    /// The parts, in the order of the samples; they add up to the total but for rounding.
    pub parts: Vec<Estimate>,
}

/// The samples of one part, in trial order and sorted.
struct Sample<'a> {
    drawn: &'a [f64],
    sorted: Vec<f64>,
}

impl Sample<'_> {
    /// The quantile at `u`, linear between order statistics (type 7 of Hyndman and Fan 1996).
    fn quantile(&self, u: f64) -> f64 {
        let last = self.sorted.len() - 1;
        let place = u.clamp(0.0, 1.0) * last as f64;
        let below = (place.floor() as usize).min(last);
        let above = (below + 1).min(last);
        self.sorted[below] + (place - below as f64) * (self.sorted[above] - self.sorted[below])
    }

    /// Reciprocal density at the quantile `u`: the slope of the quantile function over a bandwidth of Hall and Sheather
    /// (1988) for the level at hand, cut off at the ends.
    fn sparsity(&self, u: f64, level: Level) -> f64 {
        let n = self.sorted.len() as f64;
        let z = normal_quantile(u);
        let density = exp(-z * z / 2.0) / (2.0 * core::f64::consts::PI).sqrt();
        let shape = 1.5 * density * density / (2.0 * z * z + 1.0);
        let third = |x: f64| libm::cbrt(x);
        let width = third(level.z() * level.z() / n) * third(shape);
        let width = width.max(1.0 / n).min(u.min(1.0 - u) * 0.9).max(0.5 / n);
        let (low, high) = ((u - width).max(0.0), (u + width).min(1.0));
        if high > low { (self.quantile(high) - self.quantile(low)) / (high - low) } else { 0.0 }
    }
}

/// Splits `total` into one part for each sample such that every part is reached or exceeded in the same share of the
/// trials; `None` if a sample is empty, lengths differ, or no chance strictly between 0 and 1 gives parts that add up.
///
/// With Q_c the quantile function of part c, the common level u solves Σ Q_c(u) = total: the left side rises in u, so
/// bisection finds it. Standard errors by the delta method: with F̂_c the empirical distribution functions,
/// û − u ≈ Σ w_c (F̂_c(s_c) − u), w_c ∝ 1/f_c(s_c), and ŝ_c − s_c ≈ [(û − u) − (F̂_c(s_c) − u)] / f_c(s_c), which
/// add up to 0; samples of the same trials may depend on each other.
///
/// `influence` is that of every trial on the total, where the total is itself an estimate from these trials (empty where it is
/// known): û moves by it over Σ 1/f_c, and the parts add up to it.
pub fn equal_chance(samples: &[&[f64]], total: f64, influence: &[f64], level: Level) -> Option<EqualChance> {
    let trials = samples.first()?.len();
    if trials < 2 || samples.iter().any(|sample| sample.len() != trials) || !total.is_finite() {
        return None;
    }
    let samples: Vec<Sample<'_>> = samples
        .iter()
        .map(|drawn| {
            let mut sorted = drawn.to_vec();
            sorted.sort_by(f64::total_cmp);
            Sample { drawn, sorted }
        })
        .collect();
    let sum = |u: f64| samples.iter().map(|sample| sample.quantile(u)).sum::<f64>();
    if !(sum(0.0) < total && total < sum(1.0)) {
        return None;
    }
    let u = super::last_true(0.0, 1.0, |u| sum(u) <= total);
    let values: Vec<f64> = samples.iter().map(|sample| sample.quantile(u)).collect();
    let sparsity: Vec<f64> = samples.iter().map(|sample| sample.sparsity(u, level)).collect();
    let all: f64 = sparsity.iter().sum();
    let weights = sparsity.iter().map(|s| if all > 0.0 { s / all } else { 0.0 });
    let mut common = vec![0.0; trials];
    for ((sample, value), weight) in samples.iter().zip(&values).zip(weights) {
        for (sum, drawn) in common.iter_mut().zip(sample.drawn) {
            *sum += weight * (f64::from(u8::from(drawn <= value)) - u);
        }
    }
    if all > 0.0 {
        common.iter_mut().zip(influence).for_each(|(sum, influence)| *sum += influence / all);
    }
    let parts = samples.iter().zip(&values).zip(&sparsity).map(|((sample, &value), s)| {
        let influence = sample
            .drawn
            .iter()
            .zip(&common)
            .map(|(drawn, common)| s * (common - (f64::from(u8::from(*drawn <= value)) - u)));
        let influence: Vec<f64> = influence.collect();
        Estimate { value, standard_error: influence_error(&influence) }
    });
    let parts = parts.collect();
    Some(EqualChance { chance: Estimate { value: 1.0 - u, standard_error: influence_error(&common) }, parts })
}

/// The level that `sample` exceeds in as many trials as an event happens: its quantile at the share of trials in which the
/// event does not happen. The standard error counts both, and that they come from the same trials; `None` where lengths
/// differ or the event happens never or always. Beside it the influence of every trial on it.
pub fn matched_quantile(sample: &[f64], happened: &[bool], level: Level) -> Option<(Estimate, Vec<f64>)> {
    let (n, met) = (sample.len() as f64, happened.iter().filter(|met| **met).count() as f64);
    if sample.len() != happened.len() || met == 0.0 || met == n {
        return None;
    }
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    let u = 1.0 - met / n;
    let ordered = Sample { drawn: sample, sorted };
    let (value, sparsity) = (ordered.quantile(u), ordered.sparsity(u, level));
    let missed = |met: &bool| f64::from(u8::from(!met));
    let influence = sample
        .iter()
        .zip(happened)
        .map(|(drawn, met)| sparsity * (missed(met) - f64::from(u8::from(*drawn <= value))));
    let influence: Vec<f64> = influence.collect();
    Some((Estimate { value, standard_error: influence_error(&influence) }, influence))
}

impl EqualChance {
    /// The interval of the common chance, within 0 and 1.
    pub fn chance_interval(&self, level: Level) -> Interval {
        let interval = self.chance.interval(level);
        Interval::ordered(interval.low().clamp(0.0, 1.0), interval.high().clamp(0.0, 1.0))
    }
}

/// `values` in whole units that add up to `total` units, each its value rounded down or up: the largest remainders are
/// rounded up (Hamilton's method). Ties go to the earlier one.
pub fn rounded_to_total(values: &[f64], unit: f64) -> Vec<f64> {
    rounded_to_total_but(values, unit, &[])
}

/// [`rounded_to_total`], but those marked in `kept_down` are not rounded up as long as one is not marked: what is missing
/// then is spread over the others, the largest first.
pub fn rounded_to_total_but(values: &[f64], unit: f64, kept_down: &[bool]) -> Vec<f64> {
    let total = values.iter().map(|value| value / unit).sum::<f64>().round();
    in_units(values, unit, total, kept_down)
}

/// [`rounded_to_total_but`] with a unit for each value: those of a finer unit than the coarsest are rounded by themselves, the
/// others so that all add up to whole coarsest units. What that leaves, less than one of these, is taken by the value at
/// `carrier`, which has the coarsest unit.
pub fn rounded_by_row(values: &[f64], units: &[f64], carrier: usize, kept_down: &[bool]) -> Vec<f64> {
    let coarsest = units.iter().copied().fold(0.0, f64::max);
    let is_fine: Vec<bool> = units.iter().map(|unit| *unit < 0.99 * coarsest).collect();
    if !is_fine.contains(&true) {
        return rounded_to_total_but(values, coarsest, kept_down);
    }
    let is_kept = |at: usize| kept_down.get(at).copied().unwrap_or(false);
    let total = on_unit((values.iter().sum::<f64>() / coarsest).round(), coarsest);
    let mut rounded: Vec<f64> = (0..values.len())
        .map(|at| {
            let steps = values[at] / units[at];
            on_unit(if is_kept(at) { (steps + 1e-9).floor() } else { steps.round() }, units[at])
        })
        .collect();
    let coarse: Vec<usize> = (0..values.len()).filter(|&at| !is_fine[at]).collect();
    let fine: f64 = (0..values.len()).filter(|&at| is_fine[at]).map(|at| rounded[at]).sum();
    let steps = ((total - fine) / coarsest + 1e-9).floor();
    let parts: Vec<f64> = coarse.iter().map(|&at| values[at]).collect();
    let kept: Vec<bool> = coarse.iter().map(|&at| is_kept(at)).collect();
    for (&at, value) in coarse.iter().zip(in_units(&parts, coarsest, steps, &kept)) {
        rounded[at] = value;
    }
    // the finest unit is that of the sum of all others
    let finest = units.iter().copied().fold(coarsest, f64::min);
    let others: f64 = (0..values.len()).filter(|&at| at != carrier).map(|at| rounded[at]).sum();
    rounded[carrier] = on_unit(((total - others) / finest).round(), finest);
    rounded
}

/// So many units: divided by the whole inverse where there is one, which gives the nearest double to a tenth.
fn on_unit(steps: f64, unit: f64) -> f64 {
    let inverse = (1.0 / unit).round();
    if (inverse * unit - 1.0).abs() < 1e-9 { steps / inverse } else { steps * unit }
}

/// `values` in whole units that add up to `total` of them, or to what they have without their fractions, if that is more.
fn in_units(values: &[f64], unit: f64, total: f64, kept_down: &[bool]) -> Vec<f64> {
    let scaled: Vec<f64> = values.iter().map(|value| value / unit).collect();
    let mut whole: Vec<f64> = scaled.iter().map(|x| (x + 1e-9).floor()).collect();
    let missing = (total - whole.iter().sum::<f64>()).max(0.0) as usize;
    let is_kept = |index: usize| kept_down.get(index).copied().unwrap_or(false);
    let mut order: Vec<usize> = (0..values.len()).filter(|&index| !is_kept(index)).collect();
    if order.is_empty() {
        order = (0..values.len()).collect();
    }
    order.sort_by(|&a, &b| (scaled[b] - whole[b]).total_cmp(&(scaled[a] - whole[a])).then(a.cmp(&b)));
    order.iter().take(missing).for_each(|&index| whole[index] += 1.0);
    let left = missing.saturating_sub(order.len());
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    order.iter().cycle().take(left).for_each(|&index| whole[index] += 1.0);
    whole.into_iter().map(|steps| on_unit(steps, unit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Evenly spaced quantiles of a lognormal law, in a shuffled order.
    fn lognormal(median: f64, sigma: f64, n: usize, stride: usize) -> Vec<f64> {
        let at = |i: usize| median * exp(sigma * normal_quantile((i as f64 + 0.5) / n as f64));
        (0..n).map(|i| at(i * stride % n)).collect()
    }

    #[test]
    fn parts_of_lognormals_are_their_common_quantiles() {
        let n = 20_011; // a prime, so that every stride shuffles
        let laws = [(100.0, 0.2), (60.0, 0.4), (30.0, 0.6)];
        let drawn: Vec<Vec<f64>> = laws
            .iter()
            .zip([1, 7919, 104_729])
            .map(|((m, s), stride)| lognormal(*m, *s, n, stride))
            .collect();
        let samples: Vec<&[f64]> = drawn.iter().map(Vec::as_slice).collect();
        // at z = 1: 100 e^0.2 + 60 e^0.4 + 30 e^0.6, each reached with probability 1 − Φ(1)
        let exact: Vec<f64> = laws.iter().map(|(m, s)| m * exp(*s)).collect();
        let found = equal_chance(&samples, exact.iter().sum(), &[], Level::P95).unwrap();
        assert!((found.chance.value - 0.158_655_25).abs() < 1e-4, "{found:?}");
        for (part, exact) in found.parts.iter().zip(&exact) {
            assert!((part.value - exact).abs() < 1e-3 * exact, "{part:?} {exact}");
            assert!(part.standard_error > 0.0 && part.standard_error < 0.02 * exact);
        }
        let sum: f64 = found.parts.iter().map(|part| part.value).sum();
        assert!((sum - exact.iter().sum::<f64>()).abs() < 1e-9 * sum);
    }

    #[test]
    fn errors_are_those_of_the_delta_method_on_paper() {
        // two independent parts of one law: by symmetry w = 1/2, var(ŝ) = u(1−u) / (2 n f²)
        let n = 20_011;
        let (a, b) = (lognormal(50.0, 0.3, n, 1), lognormal(50.0, 0.3, n, 7919));
        let total = 100.0 * exp(0.3 * 0.5);
        let found = equal_chance(&[&a, &b], total, &[], Level::P95).unwrap();
        let u = 0.691_462_46;
        let value = 50.0 * exp(0.15);
        let f = exp(-0.125) / (2.0 * core::f64::consts::PI).sqrt() / (0.3 * value);
        let exact = (u * (1.0 - u) / (2.0 * n as f64)).sqrt() / f;
        for part in &found.parts {
            assert!((part.standard_error - exact).abs() < 0.05 * exact, "{part:?} {exact}");
        }
        let chance = (u * (1.0 - u) / (2.0 * n as f64)).sqrt();
        assert!((found.chance.standard_error - chance).abs() < 0.05 * chance, "{found:?}");
        // the same trials for both: the split is exact, the chance is not
        let found = equal_chance(&[&a, &a], total, &[], Level::P95).unwrap();
        assert!(found.parts.iter().all(|part| part.standard_error < 1e-9));
        assert!((found.chance.standard_error - chance * 2.0_f64.sqrt()).abs() < 0.05 * chance);
    }

    #[test]
    fn the_chance_at_a_matched_level_has_the_error_of_the_event() {
        // one part at the level that it exceeds as often as an event happens: its chance is that of the event, whatever the law
        let n = 20_011;
        let drawn = lognormal(50.0, 0.3, n, 7919);
        let happened: Vec<bool> = (0..n).map(|i| i % 5 == 0).collect();
        let (level, influence) = matched_quantile(&drawn, &happened, Level::P95).unwrap();
        let found = equal_chance(&[&drawn], level.value, &influence, Level::P95).unwrap();
        assert!((found.chance.value - 0.2).abs() < 2e-4, "{found:?}");
        let exact = (0.2 * 0.8 / n as f64).sqrt();
        assert!((found.chance.standard_error - exact).abs() < 0.01 * exact, "{found:?} {exact}");
        assert!((found.parts[0].standard_error - level.standard_error).abs() < 0.01 * level.standard_error);
    }

    #[test]
    fn what_no_trial_reaches_is_not_split() {
        let a = lognormal(50.0, 0.3, 101, 1);
        assert_eq!(equal_chance(&[&a], 1e6, &[], Level::P95), None);
        assert_eq!(equal_chance(&[&a], 1.0, &[], Level::P95), None);
        assert_eq!(equal_chance(&[&a, &a[1..]], 100.0, &[], Level::P95), None);
        assert_eq!(equal_chance(&[], 100.0, &[], Level::P95), None);
    }

    #[test]
    fn rounded_parts_still_add_up() {
        let values = [33.333_33, 33.333_33, 33.333_34];
        let rounded = rounded_to_total(&values, 0.1);
        assert_eq!(rounded, [33.3, 33.3, 33.4]);
        let many: Vec<f64> = (0..97).map(|i| 7.0 + (f64::from(i) * 0.618).fract()).collect();
        let rounded = rounded_to_total(&many, 0.1);
        let (sum, exact): (f64, f64) = (rounded.iter().sum(), many.iter().sum());
        assert!((sum - (exact * 10.0).round() / 10.0).abs() < 1e-9);
        assert!(many.iter().zip(&rounded).all(|(a, b)| (a - b).abs() < 0.1));
    }

    #[test]
    fn every_row_has_its_own_unit_and_the_sum_holds() {
        let units = [0.1, 0.1, 0.001, 0.1];
        let rounded = rounded_by_row(&[150.04, 80.06, 0.2378, 9.78], &units, 0, &[]);
        assert_eq!(rounded, [150.062, 80.0, 0.238, 9.8]);
        assert!((rounded.iter().sum::<f64>() - 240.1).abs() < 1e-9);
        let kept = rounded_by_row(&[150.04, 80.06, 0.2378, 9.78], &units, 0, &[false, false, true, true]);
        assert_eq!(kept, [150.063, 80.1, 0.237, 9.7]);
        // less than the whole parts of the others: the carrier gives way
        assert_eq!(rounded_by_row(&[10.0, 5.0, 0.24], &[0.1, 0.1, 0.01], 0, &[]), [9.96, 5.0, 0.24]);
        // without a finer one it is the plain rounding
        let values = [33.333_33, 33.333_33, 33.333_34];
        assert_eq!(rounded_by_row(&values, &[0.1; 3], 2, &[]), rounded_to_total(&values, 0.1));
    }

    #[test]
    fn what_is_kept_down_is_not_rounded_up_and_the_sum_holds() {
        let values = [10.06, 5.07, 0.37, 0.3];
        let plain = rounded_to_total(&values, 0.1);
        assert_eq!(plain, [10.0, 5.1, 0.4, 0.3]);
        let kept = rounded_to_total_but(&[10.02, 5.03, 0.27, 0.28], 0.1, &[false, false, true, true]);
        assert_eq!(kept, [10.1, 5.1, 0.2, 0.2]);
        // three are missing, and only one may take them
        let one = rounded_to_total_but(&[10.0, 0.9, 0.9, 0.9], 1.0, &[false, true, true, true]);
        assert_eq!(one, [13.0, 0.0, 0.0, 0.0]);
        // where all are marked, the mark says nothing
        assert_eq!(rounded_to_total_but(&values, 0.1, &[true; 4]), plain);
    }
}
