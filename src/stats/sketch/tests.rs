//! Accuracy, exactness and order-independence of the quantile sketch.

use super::*;
use crate::stats::last_true;

/// Standard normal quantiles of (i + ½)/n, i = 0 … n − 1: Newton steps from point to point, mirrored at the
/// median.
fn stratified_normal(n: usize) -> Vec<f64> {
    let below = |z: f64| libm::erfc(-z * core::f64::consts::FRAC_1_SQRT_2) / 2.0;
    let density = |z: f64| 0.398_942_280_401_432_7 * libm::exp(-z * z / 2.0);
    let mut z = last_true(-9.0, 0.0, |z| below(z) <= 0.5 / n as f64);
    let lower: Vec<f64> = (0..n / 2)
        .map(|i| {
            for _ in 0..4 {
                z -= (below(z) - (i as f64 + 0.5) / n as f64) / density(z);
            }
            z
        })
        .collect();
    let middle = (n % 2 == 1).then_some(0.0);
    lower.iter().copied().chain(middle).chain(lower.iter().rev().map(|z| -z)).collect()
}

fn sketch(x: &[f64]) -> QuantileSketch {
    let mut sketch = QuantileSketch::new();
    sketch.record_lanes(x, x.len());
    sketch
}

/// Values of every kind: both signs, zeros of both signs, subnormal, huge, atoms and a spread that no window
/// holds.
fn mixed() -> Vec<f64> {
    let spread = (1..4_000).map(|i| libm::exp(f64::from(i * 7_919 % 4_001) / 100.0 - 20.0));
    let odd = [0.0, -0.0, 5e-324, -5e-324, f64::MAX, f64::MIN, 1.0, 1.0, 1.0, 2.5, f64::MIN_POSITIVE];
    spread.clone().chain(spread.map(|x| -3.0 * x)).chain(odd).collect()
}

#[test]
fn relative_error_guarantee_on_the_published_case() {
    // Masson, Rim & Lee (2019) setting: exp(3 + 1.2 z), lower empirical quantiles; guarantee 0.1 %.
    let x: Vec<f64> = stratified_normal(100_001).iter().map(|z| libm::exp(3.0 + 1.2 * z)).collect();
    let all = sketch(&x);
    assert_eq!(all.n(), 100_001);
    for (q, expected) in [
        (0.01, 1.231_955_965_206_671_2),
        (0.05, 2.790_520_125_838_614_5),
        (0.25, 8.940_770_223_609_63),
        (0.5, 20.085_536_923_187_668),
        (0.75, 45.122_375_746_489_11),
        (0.95, 144.571_182_181_133_93),
        (0.99, 327.470_140_886_939_9),
        (0.999, 817.707_304_501_273_5),
    ] {
        let found = all.quantile(q).unwrap();
        assert!((found / expected - 1.0).abs() < 1e-3, "{q}: {found} instead of {expected}");
    }
}

#[test]
fn smooth_distributions_are_read_much_finer_than_a_bin() {
    let x: Vec<f64> = stratified_normal(1_000_000).iter().map(|z| libm::exp(7.0 + 0.5 * z)).collect();
    let all = sketch(&x);
    for (q, z) in [
        (0.01, -2.326_347_874_040_841),
        (0.05, -1.644_853_626_951_472_2),
        (0.25, -0.674_489_750_196_081_7),
        (0.5, 0.0),
        (0.8, 0.841_621_233_572_914_2),
        (0.95, 1.644_853_626_951_472_2),
        (0.99, 2.326_347_874_040_841),
    ] {
        let error = all.quantile(q).unwrap() / libm::exp(7.0 + 0.5 * z) - 1.0;
        assert!(error.abs() < 2e-5, "{q}: relative error {error:e}");
    }
}

#[test]
fn every_quantile_is_within_a_bin_of_its_order_statistic() {
    let mut x = mixed();
    let all = sketch(&x);
    x.sort_by(f64::total_cmp);
    for i in 0..=1_000 {
        let q = f64::from(i) / 1_000.0;
        let rank = (q * x.len() as f64).ceil().max(1.0) as usize;
        let (found, exact) = (all.quantile(q).unwrap(), x[rank - 1]);
        let tolerance = 1e-3 * exact.abs().max(f64::MIN_POSITIVE);
        assert!((found - exact).abs() <= tolerance, "{q}: {found} instead of {exact}");
    }
    assert_eq!((all.quantile(0.0), all.quantile(1.0)), (Some(f64::MIN), Some(f64::MAX)));
    assert_eq!((all.min(), all.max()), (Some(f64::MIN), Some(f64::MAX)));
}

#[test]
fn atoms_are_read_within_a_tenth_of_a_percent_and_zero_exactly() {
    // An atom alone is minimum and maximum, hence exact; then some at both edges of their bins.
    let high_edge = 2.0 - f64::EPSILON;
    assert_eq!(sketch(&[high_edge; 100]).quantile(0.3), Some(high_edge));
    let x: Vec<f64> = [0.0, 1.0, high_edge, 1_024.0, 5_000.0].iter().flat_map(|&v| [v; 100]).collect();
    let all = sketch(&x);
    for (q, atom) in [(0.01, 0.0), (0.2, 0.0), (0.21, 1.0), (0.4, 1.0), (0.41, high_edge), (0.79, 1_024.0)] {
        let found = all.quantile(q).unwrap();
        assert!((found - atom).abs() <= 1e-3 * atom, "{q}: {found} instead of {atom}");
    }
    // A cost of exactly zero stays zero, with an interval of no width.
    let free = sketch(&[0.0; 1_000]);
    let interval = free.quantile_interval(0.5, Level::P95).unwrap();
    assert_eq!((free.quantile(0.95), interval.low(), interval.high()), (Some(0.0), 0.0, 0.0));
    // 7 % of 100 values are the first seven, although 0.07 × 100 exceeds 7 in floating point.
    let steps = sketch(&[[1.0; 7].as_slice(), &[9.0; 93]].concat());
    assert!(steps.quantile(0.07).unwrap() < 1.01);
}

#[test]
fn window_order_split_and_merge_never_change_a_result() {
    let x = mixed();
    let reference = sketch(&x);
    // the first positive value places the window: near 0, anywhere between, and near the largest number
    for first in [0, 1, 500, 2_000, 3_900, 4_100, 7_000, x.len() - 11, x.len() - 7] {
        let mut turned = x.clone();
        turned.rotate_left(first);
        assert_eq!(sketch(&turned), reference, "from {first}");
        let parts: Vec<_> = turned.chunks(777).map(sketch).collect();
        let mut forward = QuantileSketch::new();
        parts.iter().for_each(|part| forward.merge(part));
        let mut backward = sketch(&[]);
        parts.iter().rev().for_each(|part| backward.merge(part));
        assert!(forward == reference && backward == reference, "from {first}");
        for q in [0.0, 0.001, 0.3, 0.5, 0.77, 0.999, 1.0] {
            let bits = |s: &QuantileSketch| s.quantile(q).unwrap().to_bits();
            assert_eq!((bits(&forward), bits(&backward)), (bits(&reference), bits(&reference)));
        }
    }
    assert_ne!(sketch(&x[1..]), reference);
    assert_eq!(sketch(&[-0.0, 0.0]), sketch(&[0.0, -0.0]));
}

#[test]
fn a_full_window_is_emptied_before_it_overflows() {
    let x = [3.0, 3.0, 5.0];
    let mut nearly_full = sketch(&x);
    assert_eq!(nearly_full.in_window, 3);
    // As if 4·10⁹ more values of 3 had been recorded.
    let extra = u32::MAX - 10;
    let three = nearly_full.window.iter().position(|&count| count == 2).unwrap();
    nearly_full.window[three] += extra;
    nearly_full.in_window += extra;
    nearly_full.n += u64::from(extra);
    let mut recorded = nearly_full.clone();
    (0..4).for_each(|_| recorded.record_lanes(&x, 3));
    let mut merged = nearly_full.clone();
    merged.merge(&nearly_full);
    for (sketch, n, times) in [(&recorded, 15 + u64::from(extra), 1), (&merged, 6 + 2 * u64::from(extra), 2)]
    {
        assert_eq!(sketch.n(), n);
        assert_eq!(sketch.bins().map(|(_, count)| count).sum::<u64>(), n);
        let fives = 1.0 - sketch.bins().last().unwrap().1 as f64 / n as f64;
        assert_eq!(sketch.bins().count(), 2, "merged {times} times");
        assert!(sketch.quantile(fives).unwrap() < 3.01 && sketch.quantile(1.0) == Some(5.0));
    }
}

#[test]
fn values_that_are_not_finite_are_counted_and_left_out() {
    let x = [f64::NAN, 1.0, f64::INFINITY, 2.0, f64::NEG_INFINITY, 3.0];
    let mut some = QuantileSketch::new();
    some.record_lanes(&x, 5);
    assert_eq!((some.n(), some.rejected(), some.min(), some.max()), (2, 3, Some(1.0), Some(2.0)));
    let empty = sketch(&x[..1]);
    assert_eq!((empty.min(), empty.max(), empty.quantile(0.5)), (None, None, None));
    assert_eq!(empty.quantile_interval(0.5, Level::P95), None);
    some.merge(&empty);
    assert_eq!((some.n(), some.rejected()), (2, 4));
    for q in [-0.1, 1.1, f64::NAN] {
        assert_eq!((some.quantile(q), some.quantile_interval(q, Level::P95)), (None, None));
    }
}

#[test]
fn quantile_interval_covers_as_often_as_it_says() {
    // Exact: the interval between ranks r and s covers with probability P(r ≤ Binomial(n, q) < s), whatever
    // the distribution of the values. Ranks being whole, each end may be off by one step of the binomial,
    // φ(z)/√(nq(1 − q)).
    for (n, q) in [(200_u64, 0.05), (200, 0.5), (1_000, 0.95), (4_000, 0.9), (100_000, 0.5)] {
        let (low, high) = interval_ranks(n, q, Level::P95).unwrap();
        let ln_factorial = |k: u64| libm::lgamma(k as f64 + 1.0);
        let coverage: f64 = (low..high)
            .map(|k| {
                let ln_choose = ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
                libm::exp(ln_choose + k as f64 * libm::log(q) + (n - k) as f64 * libm::log(1.0 - q))
            })
            .sum();
        let step = 0.058_451 / (n as f64 * q * (1.0 - q)).sqrt();
        assert!((coverage - 0.95).abs() < 2.0 * step, "n = {n}, q = {q}: {coverage}");
    }
    // Too few values: no value so small that the 5 % quantile is sure to lie above it.
    assert_eq!(interval_ranks(50, 0.05, Level::P95), None);
    // 900 ∓ 1.96 √90 = 881.4 and 918.6, rounded up; the ends are the order statistics of those ranks.
    let x: Vec<f64> = (1..=1_000).map(f64::from).collect();
    let (low, high) = interval_ranks(1_000, 0.9, Level::P95).unwrap();
    assert_eq!((low, high), (882, 919));
    let interval = sketch(&x).quantile_interval(0.9, Level::P95).unwrap();
    assert!((interval.low() / low as f64 - 1.0).abs() < 1e-3, "{interval:?} {low}");
    assert!((interval.high() / high as f64 - 1.0).abs() < 1e-3, "{interval:?} {high}");
}

#[test]
fn shares_below_are_exact_at_whole_numbers_and_extremes() {
    // Binomial-like atoms at whole numbers: 10 zeros, 20 ones, 30 twos, 40 of 2047.
    let atoms = [(0.0, 10), (1.0, 20), (2.0, 30), (2_047.0, 40)];
    let x: Vec<f64> = atoms.iter().flat_map(|&(v, n)| vec![v; n]).collect();
    let all = sketch(&x);
    for (at, share) in
        [(-1.0, 0.0), (0.0, 0.0), (1.0, 0.1), (2.0, 0.3), (3.0, 0.6), (2_047.0, 0.6), (2_048.0, 1.0)]
    {
        let found = all.share_below(at).unwrap();
        assert!((found - share).abs() < 1e-12, "{at}: {found} instead of {share}");
    }
    let negative = sketch(&[-3.0, -2.0, -2.0, 1.0]);
    assert!((negative.share_below(-2.5).unwrap() - 0.25).abs() < 1e-12);
    assert!((negative.share_below(0.0).unwrap() - 0.75).abs() < 1e-12);
    let one = sketch(&[7.3; 50]);
    assert_eq!((one.share_below(7.3), one.share_below(7.300_000_1)), (Some(0.0), Some(1.0)));
    assert_eq!((one.share_below(f64::NAN), QuantileSketch::new().share_below(1.0)), (None, None));
    assert_eq!((one.share_below(f64::NEG_INFINITY), one.share_below(f64::INFINITY)), (Some(0.0), Some(1.0)));
}

#[test]
fn shares_below_agree_with_the_sorted_values_and_undo_quantiles() {
    let mut x = mixed();
    let all = sketch(&x);
    x.sort_by(f64::total_cmp);
    let fullest = all.bins().map(|(_, count)| count).max().unwrap() as f64 / x.len() as f64;
    for i in 0..400 {
        let at = x[i * x.len() / 400] * 1.000_3;
        let exact = x.partition_point(|&v| v < at) as f64 / x.len() as f64;
        let found = all.share_below(at).unwrap();
        assert!((found - exact).abs() <= fullest, "{at}: {found} instead of {exact}");
    }
    // A smooth law at the size of a run: the error is far below the noise of 100,000 trials (0.16 points).
    let smooth: Vec<f64> = stratified_normal(100_001).iter().map(|z| libm::exp(8.0 + 0.2 * z)).collect();
    let all = sketch(&smooth);
    for q in [0.001, 0.05, 0.3, 0.5, 0.8, 0.95, 0.999] {
        let found = all.share_below(all.quantile(q).unwrap()).unwrap();
        assert!((found - q).abs() < 1e-5, "{q}: {found}");
        let z = (libm::log(all.quantile(q).unwrap()) - 8.0) / 0.2;
        let exact = libm::erfc(-z * core::f64::consts::FRAC_1_SQRT_2) / 2.0;
        assert!((found - exact).abs() < 1e-4, "{q}: {found} instead of {exact}");
    }
}
