//! What bins must hold for any values, and how far they are from a known distribution.

use super::*;
use crate::stats::last_true;

fn bins(x: &[f64], whole: bool) -> Vec<Bin> {
    let mut sketch = QuantileSketch::new();
    sketch.record_lanes(x, x.len());
    let bins = density(&sketch, whole, if whole { 1.0 } else { 0.01 });
    check(&bins, x);
    bins
}

/// What is promised of any bins: few, adjoining, round, of one width but for the ends, all values in them.
fn check(bins: &[Bin], x: &[f64]) {
    assert!(!bins.is_empty() && bins.len() <= 80, "{} bins", bins.len());
    assert!(bins.windows(2).all(|pair| pair[0].high == pair[1].low), "{bins:?}");
    assert!(bins.iter().all(|bin| bin.low < bin.high && bin.share >= 0.0), "{bins:?}");
    let total: f64 = bins.iter().map(|bin| bin.share).sum();
    assert!((total - 1.0).abs() < 1e-12, "{total}");
    let inner = &bins[usize::from(bins.len() > 2)..bins.len() - usize::from(bins.len() > 2)];
    let width = inner[0].high - inner[0].low;
    for bin in inner {
        assert!(((bin.high - bin.low) / width - 1.0).abs() < 1e-9, "{bins:?}");
    }
    let within = |v: &f64| bins[0].low <= *v && *v < bins[bins.len() - 1].high;
    assert!(x.iter().all(within), "{bins:?}");
    // seventeen digits would be a rounding error made visible
    assert!(bins.iter().all(|bin| format!("{}", bin.low).trim_start_matches('0').len() <= 9), "{bins:?}");
}

/// `exp(mu + sd z)` of normal quantiles z of (i + ½)/n, by bisection.
fn lognormal(n: usize, mu: f64, sd: f64) -> Vec<f64> {
    let z = |p: f64| last_true(-9.0, 9.0, |z| normal(z) <= p);
    (0..n).map(|i| libm::exp(mu + sd * z((i as f64 + 0.5) / n as f64))).collect()
}

fn normal(z: f64) -> f64 {
    libm::erfc(-z * core::f64::consts::FRAC_1_SQRT_2) / 2.0
}

#[test]
fn bins_of_a_smooth_law_hold_its_shares() {
    // about a power of two, where the sketch's bins double; narrow and wide
    for (mu, sd) in [(libm::log(1024.0), 0.02), (libm::log(2000.0), 0.2), (libm::log(0.7), 0.5), (7.0, 1.2)] {
        let n = 40_000;
        let found = bins(&lognormal(n, mu, sd), false);
        assert!(found.len() > 25, "{} bins", found.len());
        for bin in &found {
            let below = |x: f64| if x > 0.0 { normal((libm::log(x) - mu) / sd) } else { 0.0 };
            let exact = below(bin.high) - below(bin.low);
            // two sampled points at each end, and what the cut bins of the sketch are off: no edge may show
            let tolerance = 2.0 / n as f64 + 0.02 * exact;
            assert!((bin.share - exact).abs() < tolerance, "{mu} {sd} {bin:?} instead of {exact}");
        }
    }
}

#[test]
fn few_trials_are_not_cut_finely() {
    assert!(bins(&lognormal(200, 7.0, 0.2), false).len() < 25);
    assert!(bins(&lognormal(40_000, 7.0, 0.2), false).len() > 38);
}

#[test]
fn whole_numbers_are_counted_one_by_one() {
    let x: Vec<f64> =
        [(0, 70), (1, 20), (2, 0), (3, 10)].iter().flat_map(|&(v, n)| vec![f64::from(v); n]).collect();
    let found = bins(&x, true);
    let shares: Vec<(f64, f64)> = found.iter().map(|bin| (bin.low, bin.share)).collect();
    assert_eq!(shares, [(0.0, 0.7), (1.0, 0.2), (2.0, 0.0), (3.0, 0.1)]);
    // 0, 1, …, 399: bins of several whole numbers hold as many values as numbers
    let many: Vec<f64> = (0..400).map(f64::from).collect();
    for bin in bins(&many, true).iter().filter(|bin| bin.high <= 400.0) {
        assert!((bin.share - (bin.high - bin.low) / 400.0).abs() < 1e-12, "{bin:?}");
    }
    let big: Vec<f64> = (0..4000).map(|i| f64::from(100_000 + i)).collect();
    assert!(bins(&big, true).iter().all(|bin| bin.low.fract() == 0.0 && bin.high - bin.low >= 100.0));
}

#[test]
fn constants_fall_in_one_bin() {
    for (c, low, high) in
        [(0.0, 0.0, 0.01), (2500.0, 2500.0, 2525.0), (0.35, 0.35, 0.355), (-40.0, -40.0, -39.5)]
    {
        assert_eq!(bins(&[c; 100], false), [Bin { low, high, share: 1.0 }]);
    }
    assert_eq!(bins(&[3.0; 100], true), [Bin { low: 3.0, high: 4.0, share: 1.0 }]);
    assert_eq!(bins(&[0.0; 100], true), [Bin { low: 0.0, high: 1.0, share: 1.0 }]);
    assert_eq!(bins(&[7.0], false).len(), 1);
    assert!(density(&QuantileSketch::new(), false, 1.0).is_empty());
}

#[test]
fn atoms_negative_numbers_and_long_tails_are_held() {
    // nothing in two of three trials, as with firms that may not come
    let mut x = lognormal(10_000, 3.0, 1.0);
    x.extend([0.0; 20_000]);
    let found = bins(&x, false);
    assert!(found[0].low == 0.0 && found[0].share > 0.666, "{:?}", found[0]);
    // a single value aside of an atom
    let mut lone = vec![0.0; 100_000];
    lone.push(90.0);
    assert_eq!(bins(&lone, false)[0].share, 100_000.0 / 100_001.0);
    let mirrored: Vec<f64> = lognormal(10_000, 3.0, 0.5).iter().map(|v| -v).collect();
    assert!(bins(&mirrored, false).iter().all(|bin| bin.low < 0.0));
    let both: Vec<f64> = lognormal(10_000, 0.0, 0.3).iter().map(|v| v - 1.0).collect();
    assert!(bins(&both, false).iter().any(|bin| bin.low == 0.0));
    // three orders of magnitude: the middle half still has its bins
    let wide = lognormal(40_000, 7.0, 1.15);
    let found = bins(&wide, false);
    let median = found.iter().position(|bin| bin.high > libm::exp(7.0)).unwrap();
    assert!(median >= 3, "{found:?}");
    assert!(found[found.len() - 1].share < 0.011);
    // one trial far away from all others
    let mut far = lognormal(10_000, 7.0, 0.1);
    far.push(1e40);
    let found = bins(&far, false);
    assert!(found[found.len() - 1].high > 1e40 && found[found.len() - 1].low < 2000.0);
}
