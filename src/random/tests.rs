//! Tests of distributions and samplers: exact values, drawing against quantiles, percentiles, faults.
//!
//! Statistical tests state their hypothesis and n; each has a false-alarm rate of 10⁻⁶ and fixed seeds.

use super::table::ZEROS;
use super::*;
use crate::math::special::gamma_tails;
use crate::math::{LANES, Lanes, Vector};
use rand_distr::Distribution as _;

/// One law of every family, with continuous ones first.
fn laws() -> Vec<Distribution> {
    let sample: Vec<f64> = (0..40).map(|i| f64::from(i * i) / 100.0).collect();
    vec![
        Distribution::normal(5.0, 2.0).unwrap(),
        Distribution::lognormal(4.0, 0.3).unwrap(),
        Distribution::truncated_normal(0.1, 0.05, 0.0, 0.2).unwrap(),
        Distribution::truncated_normal(-1.0, 1.0, 2.0, f64::INFINITY).unwrap(),
        Distribution::triangular(1.0, 2.0, 5.0).unwrap(),
        Distribution::pert(1.0, 2.0, 5.0, 4.0).unwrap(),
        Distribution::uniform(-1.0, 3.0).unwrap(),
        Distribution::beta(0.5, 2.0, 0.0, 1.0).unwrap(),
        Distribution::beta_from_moments(0.6, 0.1, 0.0, 1.0).unwrap(),
        Distribution::student_t(4.0, 1.0, 2.0).unwrap(),
        Distribution::gamma(1.0, 2.0).unwrap(),
        Distribution::gamma(6.0, 1.5).unwrap(),
        Distribution::empirical(&sample).unwrap(),
        Distribution::discrete(&[1.0, 5.0, 2.0], &[2.0, 1.0, 1.0]).unwrap(),
        Distribution::point(7.0).unwrap(),
    ]
}

fn is_continuous(law: &Distribution) -> bool {
    !matches!(law.kind(), FamilyName::Discrete | FamilyName::Point)
}

/// Probability of a chi-square this large with 255 degrees of freedom if `sample` follows `law`: 256 bins of equal
/// probability.
fn fit(law: &Distribution, sample: &[f64]) -> f64 {
    let edges: Vec<f64> = (1..256).map(|i| law.quantile(f64::from(i) / 256.0)).collect();
    let mut counts = [0u32; 256];
    sample.iter().for_each(|x| counts[edges.partition_point(|e| e < x)] += 1);
    let expected = sample.len() as f64 / 256.0;
    let statistic: f64 =
        counts.iter().map(|&c| crate::math::powi(f64::from(c) - expected, 2) / expected).sum();
    gamma_tails(127.5, 0.5 * statistic).1
}

/// Hypothesis: words through each sampler follow the law's quantiles. Chi-square, n = 2¹⁶.
#[test]
fn drawn_values_follow_their_law() {
    let vector = Vector::detect();
    for law in laws().iter().filter(|law| is_continuous(law)) {
        let (sampler, stream) = (Sampler::new(law), Stream::new(0, "fit"));
        let mut sample = Vec::new();
        for block in 0..256 {
            let (mut words, mut out) = ([0; LANES], ZEROS);
            stream.words(vector, block, 2030, 0, &mut words);
            sampler.fill(vector, Score::Words(&words), &mut out);
            sample.extend(out);
        }
        let p = fit(law, &sample);
        assert!(p > 1e-6, "{}: p = {p:e}", law.describe().en);
    }
}

/// Hypothesis: independent samplers of rand_distr follow our quantiles. Chi-square, n = 2¹⁶.
#[test]
fn quantiles_agree_with_independent_samplers() {
    let check = |law: Distribution, draw: &dyn Fn(&mut AddressedRng) -> f64| {
        let stream = Stream::new(7, "independent");
        let sample: Vec<f64> =
            (0..65_536).map(|i| draw(&mut stream.generator(i / 256, (i % 256) as u32, 0, 0))).collect();
        let p = fit(&law, &sample);
        assert!(p > 1e-6, "{}: p = {p:e}", law.describe().en);
    };
    let normal = rand_distr::Normal::new(5.0, 2.0).unwrap();
    check(Distribution::normal(5.0, 2.0).unwrap(), &|rng| normal.sample(rng));
    let lognormal = rand_distr::LogNormal::new(crate::math::ln(4.0), 0.3).unwrap();
    check(Distribution::lognormal(4.0, 0.3).unwrap(), &|rng| lognormal.sample(rng));
    let triangular = rand_distr::Triangular::new(1.0, 5.0, 2.0).unwrap();
    check(Distribution::triangular(1.0, 2.0, 5.0).unwrap(), &|rng| triangular.sample(rng));
    let pert = rand_distr::Pert::new(1.0, 5.0).with_mode(2.0).unwrap();
    check(Distribution::pert(1.0, 2.0, 5.0, 4.0).unwrap(), &|rng| pert.sample(rng));
    let beta = rand_distr::Beta::new(0.5, 2.0).unwrap();
    check(Distribution::beta(0.5, 2.0, 0.0, 1.0).unwrap(), &|rng| beta.sample(rng));
    let student = rand_distr::StudentT::new(4.0).unwrap();
    check(Distribution::student_t(4.0, 0.0, 1.0).unwrap(), &|rng| student.sample(rng));
    let kept = |rng: &mut AddressedRng| loop {
        let z: f64 = rand_distr::StandardNormal.sample(rng);
        let x = 0.1 + 0.05 * z;
        if (0.0..=0.2).contains(&x) {
            return x;
        }
    };
    check(Distribution::truncated_normal(0.1, 0.05, 0.0, 0.2).unwrap(), &kept);
}

/// Measured: tables against exact quantiles, over |z| ≤ 3 in units of the standard deviation, and down to the lowest score
/// in units of the distance from the median.
#[test]
fn tables_are_exact_to_nine_digits() {
    let vector = Vector::detect();
    for law in laws() {
        let (sampler, sd, median) = (Sampler::new(&law), law.sd(), law.median());
        for (low, high) in [(-3.0, 0.0), (0.0, 3.0), (-6.3, -3.0)] {
            let scores: Lanes = std::array::from_fn(|i| low + (high - low) * (i as f64 + 0.41) / 256.0);
            let mut out = ZEROS;
            sampler.fill(vector, Score::Normal(&scores), &mut out);
            for (&z, &x) in scores.iter().zip(&out) {
                let exact = law.quantile(crate::math::special::normal_cdf(z));
                let allowance = if z < -3.0 { 1e-8 * (sd + (exact - median).abs()) } else { 1e-9 * sd };
                assert!((x - exact).abs() <= allowance, "{} at {z}: {x} {exact}", law.describe().en);
            }
        }
    }
}

#[test]
fn zero_scores_give_exactly_the_median() {
    for law in laws() {
        let mut out = [1.0; LANES];
        Sampler::new(&law).fill(Vector::detect(), Score::Normal(&ZEROS), &mut out);
        assert_eq!(out, [law.median(); LANES], "{}", law.describe().en);
        assert_eq!(law.median(), law.quantile(0.5));
    }
    assert_eq!(Distribution::normal(0.3, 0.1).unwrap().median(), 0.3);
    assert_eq!(Distribution::lognormal(0.3, 0.1).unwrap().median(), 0.3);
}

#[test]
fn every_instruction_set_draws_the_same_bits() {
    let mut words = [0; LANES];
    Stream::new(9, "bits").words(Vector::detect(), 1, 2, 3, &mut words);
    let scores: Lanes = std::array::from_fn(|i| (i as f64 - 127.3) * 0.06);
    for law in laws() {
        let sampler = Sampler::new(&law);
        for score in [Score::Words(&words), Score::Normal(&scores)] {
            let (mut fast, mut plain) = (ZEROS, ZEROS);
            sampler.fill(Vector::detect(), score, &mut fast);
            sampler.fill(Vector::baseline(), score, &mut plain);
            assert_eq!(fast.map(f64::to_bits), plain.map(f64::to_bits), "{}", law.describe().en);
        }
    }
}

#[test]
fn nothing_is_drawn_beyond_the_extremes() {
    let mut words = [1 << 31; LANES];
    (words[0], words[1]) = (0, u32::MAX);
    let mut scores = ZEROS;
    (scores[0], scores[1]) = (-50.0, 50.0);
    for law in laws() {
        let (low, high) = law.extremes();
        assert!(low <= law.median() && law.median() <= high && low.is_finite() && high.is_finite());
        for score in [Score::Words(&words), Score::Normal(&scores)] {
            let mut out = ZEROS;
            Sampler::new(&law).fill(Vector::detect(), score, &mut out);
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-7 * (a.abs() + law.sd());
            assert!(
                near(out[0], low) && near(out[1], high),
                "{}: {} {low} {} {high}",
                law.describe().en,
                out[0],
                out[1]
            );
        }
    }
}

#[test]
fn moments_match_the_quantile_function() {
    for law in laws() {
        // Midpoint rule in u; the tails of the t law need the widest allowance.
        const N: u32 = 100_000;
        let values: Vec<f64> = (0..N).map(|i| law.quantile((f64::from(i) + 0.5) / f64::from(N))).collect();
        let mean = values.iter().sum::<f64>() / f64::from(N);
        let variance = values.iter().map(|x| crate::math::powi(x - mean, 2)).sum::<f64>() / f64::from(N);
        assert!(
            (mean - law.mean()).abs() <= 1e-3 * law.sd(),
            "{}: mean {mean} {}",
            law.describe().en,
            law.mean()
        );
        let allowance = if law.kind() == FamilyName::StudentT { 0.01 } else { 1e-3 };
        assert!((variance.sqrt() - law.sd()).abs() <= allowance * law.sd(), "{}: sd", law.describe().en);
    }
}

#[test]
fn quantiles_match_reference_values() {
    let near = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 1e-12, "{a} {b}");
    near(Distribution::pert(1.0, 2.0, 5.0, 4.0).unwrap().quantile(0.1), 1.4489398341834343);
    near(Distribution::beta(0.5, 2.0, 0.0, 1.0).unwrap().quantile(0.01), 4.444576138515904e-05);
    near(Distribution::student_t(4.0, 1.0, 2.0).unwrap().quantile(0.01), -6.493894775958394);
    near(Distribution::gamma(1.0, 2.0).unwrap().quantile(0.9), 4.605170185988092);
    near(
        Distribution::truncated_normal(-1.0, 1.0, 2.0, f64::INFINITY).unwrap().quantile(0.9),
        2.642522275831624,
    );
    near(Distribution::lognormal(4.0, 0.3).unwrap().quantile(0.975), 7.201458366988143);
    near(Distribution::triangular(1.0, 2.0, 5.0).unwrap().quantile(0.1), 1.632455532033676);
    near(Distribution::triangular(1.0, 2.0, 5.0).unwrap().quantile(0.9), 3.904554884989668);
    near(Distribution::empirical(&[1.0, 0.0, 0.5]).unwrap().quantile(0.75), 0.75);
    let law = Distribution::lognormal_from_moments(10.0, 3.0).unwrap();
    near(law.mean(), 10.0);
    near(law.sd(), 3.0);
    let law = Distribution::beta_from_moments(0.6, 0.1, 0.0, 1.0).unwrap();
    near(law.mean(), 0.6);
    near(law.sd(), 0.1);
    let law = Distribution::discrete(&[1.0, 5.0, 2.0], &[2.0, 1.0, 1.0]).unwrap();
    assert_eq!([0.0, 0.5, 0.51, 0.75, 0.76, 1.0].map(|u| law.quantile(u)), [1.0, 1.0, 2.0, 2.0, 5.0, 5.0]);
}

#[test]
fn percentiles_are_met_exactly() {
    let two = [(0.05, 2.0), (0.95, 6.0)];
    let families = [
        Elicited::Normal,
        Elicited::Lognormal,
        Elicited::Uniform,
        Elicited::StudentT { df: 5.0 },
        Elicited::Beta { low: 0.0, high: 10.0 },
    ];
    for family in families {
        let law = Distribution::from_percentiles(family, &two).unwrap();
        assert!(
            (law.quantile(0.05) - 2.0).abs() < 1e-9 && (law.quantile(0.95) - 6.0).abs() < 1e-9,
            "{family:?}"
        );
        let three = [two[0], (0.5, law.median()), two[1]];
        assert_eq!(Distribution::from_percentiles(family, &three), Ok(law));
    }
    for family in [Elicited::Triangular, Elicited::Pert { shape: 4.0 }] {
        let points = [(0.05, 2.0), (0.5, 3.6), (0.95, 6.0)];
        let law = Distribution::from_percentiles(family, &points).unwrap();
        for (p, x) in points {
            assert!((law.quantile(p) - x).abs() < 1e-9, "{family:?} {p}: {}", law.quantile(p));
        }
    }
}

#[test]
fn impossible_percentiles_are_refused() {
    let of = |family, points: &[(f64, f64)]| Distribution::from_percentiles(family, points).unwrap_err();
    assert_eq!(of(Elicited::Normal, &[(0.0, 1.0), (0.9, 2.0)]), FamilyError::Level(0.0));
    assert_eq!(of(Elicited::Normal, &[(0.1, 3.0), (0.9, 2.0)]), FamilyError::PercentileOrder);
    assert_eq!(of(Elicited::Normal, &[(0.5, 3.0)]), FamilyError::PercentileCount(2, 1));
    assert_eq!(of(Elicited::Triangular, &[(0.1, 1.0), (0.9, 2.0)]), FamilyError::PercentileCount(3, 2));
    assert_eq!(
        of(Elicited::Beta { low: 0.0, high: 1.0 }, &[(0.1, 0.2), (0.9, 1.5)]),
        FamilyError::NoFit(FamilyName::Beta)
    );
    let lopsided = [(0.05, 1.0), (0.5, 1.01), (0.95, 9.0)];
    assert_eq!(of(Elicited::Triangular, &lopsided), FamilyError::NoFit(FamilyName::Triangular));
    let lognormal = Distribution::lognormal(4.0, 0.5).unwrap();
    let points = [0.05, 0.5, 0.95].map(|p| (p, lognormal.quantile(p)));
    let error = of(Elicited::Normal, &points);
    assert!(matches!(error, FamilyError::Inconsistent { lognormal_fits: true, .. }), "{error}");
    assert!(error.text().zh.contains("对数正态分布"));
}

#[test]
fn ranges_mean_the_5_and_95_percent_points() {
    let law = Distribution::from_range(4.0, 5.5).unwrap();
    assert_eq!(law.kind(), FamilyName::Lognormal);
    assert!((law.quantile(0.05) - 4.0).abs() < 1e-12 && (law.quantile(0.95) - 5.5).abs() < 1e-12);
    assert_eq!(Distribution::from_range(-1.0, 2.0).unwrap().kind(), FamilyName::Normal);
    assert_eq!(Distribution::from_range(3.0, 3.0).unwrap().point_value(), Some(3.0));
    assert_eq!(Distribution::from_range(2.0, 1.0), Err(FamilyError::Reversed(2.0, 1.0)));
    assert!(Distribution::from_range(f64::NAN, 1.0).is_err());
}

#[test]
fn faulty_parameters_are_refused() {
    use FamilyError as E;
    assert_eq!(Distribution::point(f64::NAN), Err(E::NotFinite(Parameter::Value)));
    assert_eq!(Distribution::normal(0.0, -1.0), Err(E::Negative(Parameter::Sd, -1.0)));
    assert_eq!(Distribution::normal(0.0, f64::INFINITY), Err(E::NotFinite(Parameter::Sd)));
    assert_eq!(Distribution::lognormal(0.0, 1.0), Err(E::NotPositive(Parameter::Median, 0.0)));
    assert!(Distribution::lognormal(1.0, 40.0).is_err());
    assert_eq!(Distribution::truncated_normal(0.0, 1.0, 30.0, 40.0), Err(E::NoMass(30.0, 40.0)));
    assert_eq!(Distribution::truncated_normal(0.0, 1.0, f64::NAN, 40.0), Err(E::NotFinite(Parameter::Low)));
    assert_eq!(Distribution::triangular(1.0, 9.0, 5.0), Err(E::ModeOutside(9.0, 1.0, 5.0)));
    assert_eq!(Distribution::pert(5.0, 3.0, 1.0, 4.0), Err(E::Reversed(5.0, 1.0)));
    assert_eq!(Distribution::pert(1.0, 2.0, 5.0, 0.0), Err(E::NotPositive(Parameter::Shape, 0.0)));
    assert_eq!(Distribution::uniform(f64::MIN, f64::MAX), Err(E::NotFinite(Parameter::High)));
    assert_eq!(Distribution::beta(1.0, -1.0, 0.0, 1.0), Err(E::NotPositive(Parameter::Beta, -1.0)));
    assert_eq!(Distribution::beta_from_moments(0.5, 0.5, 0.0, 1.0), Err(E::SdTooLarge(0.5, 0.5)));
    assert_eq!(Distribution::beta_from_moments(1.0, 0.1, 0.0, 1.0), Err(E::MeanOutside(1.0, 0.0, 1.0)));
    assert_eq!(Distribution::student_t(2.0, 0.0, 1.0), Err(E::TooFewDegrees(2.0)));
    assert_eq!(Distribution::gamma(0.01, 1.0), Err(E::GammaShape(0.01)));
    assert_eq!(Distribution::gamma(2.0, 0.0), Err(E::NotPositive(Parameter::Mean, 0.0)));
    assert_eq!(Distribution::discrete(&[], &[]), Err(E::TooFewValues(1)));
    assert_eq!(Distribution::discrete(&[1.0], &[1.0, 2.0]), Err(E::WeightCount(1, 2)));
    assert_eq!(Distribution::discrete(&[1.0, 2.0], &[0.0, 0.0]), Err(E::ZeroWeights));
    assert_eq!(Distribution::discrete(&[1.0, 2.0], &[1.0, -0.5]), Err(E::Negative(Parameter::Weight, -0.5)));
    assert_eq!(Distribution::empirical(&[1.0]), Err(E::TooFewValues(2)));
    assert!(
        Distribution::normal(3.0, 0.0).unwrap().is_point()
            && Distribution::uniform(2.0, 2.0).unwrap().is_point()
    );
}

#[test]
fn scaling_and_shifting_move_the_law() {
    for law in laws() {
        let moved = law.scaled(2.0).unwrap().shifted(-3.0).unwrap();
        for u in [0.01, 0.5, 0.9] {
            assert!(
                (moved.quantile(u) - (2.0 * law.quantile(u) - 3.0)).abs()
                    < 1e-12 * (1.0 + law.quantile(u).abs())
            );
        }
        assert!((moved.mean() - (2.0 * law.mean() - 3.0)).abs() < 1e-12 * (1.0 + law.mean().abs()));
        assert!(
            law.scaled(0.0).unwrap().is_point()
                && law.scaled(-1.0).is_err()
                && law.shifted(f64::NAN).is_err()
        );
        assert_eq!(law.scaled(1.0).unwrap(), law);
    }
    let described = Distribution::normal(0.1, 0.02).unwrap().scaled(3.0).unwrap().describe();
    assert_eq!(
        (described.zh.as_str(), described.en.as_str()),
        ("正态分布（均值 0.3，标准差 0.06）", "normal (mean 0.3, standard deviation 0.06)")
    );
}
