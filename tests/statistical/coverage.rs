//! Intervals cover the exact value as often as their own law says, over 4000 seeds.

use clustercast::analysis::{Precision, Request, Silent, simulate};
use clustercast::stats::{Level, Paired, wilson};

use crate::case::{Case, Measured, goal, segment};
use crate::check::{Lognormal, assert_probability, binomial};

const SEEDS: u64 = 4000;
const N: u64 = 400;

/// A lognormal segment, with and without 20 of new revenue.
fn runs() -> (Lognormal, impl Iterator<Item = Measured>) {
    let (m, s) = (0.05, 0.15);
    let body = segment(100.0, m, s)
        + &goal("k", 2001, 120.0)
        + "[[instrument]]\nid = \"f\"\nmoney = { by_year = { 2001 = 5 } }\ncapacity = { output_ratio = 1 }\n\
           [[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"all\"\ninstruments = \"all\"\n";
    let case = Case::new(1, &body);
    let runs =
        (0..SEEDS).map(move |seed| case.run_on(N, 1000 + seed, 1, clustercast::math::Vector::detect()));
    (Lognormal { mu: libm::log(100.0) + m, sd: s }, runs)
}

/// The chance that an interval made of `hits` covers `exact`, when `hits` is binomial.
fn coverage(p: f64, covers: impl Fn(u64) -> bool) -> f64 {
    (0..=N).filter(|&hits| covers(hits)).map(|hits| binomial(N, hits, p)).sum()
}

#[test]
fn intervals_cover_as_often_as_they_should() {
    let (law, runs) = runs();
    let p = law.exceeds(120.0);
    // five of new revenue move the threshold from 120 to 115
    let gain = law.exceeds(115.0) - p;
    let q = 0.9;
    let quantile = libm::exp(law.mu + law.sd * 1.281_551_565_544_600_4);
    let mut covered = [0_u64; 3];
    for run in runs {
        let reference = run.target("none", "k");
        covered[0] += u64::from(wilson(reference.hits, N, Level::P95).unwrap().contains(p));
        let t = run.target("all", "k");
        let neither = N - t.both - t.only_here - t.only_reference;
        let paired = Paired::new(t.both, t.only_here, t.only_reference, neither).unwrap();
        covered[1] += u64::from(paired.interval(Level::P95).contains(gain));
        assert_eq!((t.hits, t.only_reference), (t.both + t.only_here, 0));
        let interval = run.sketch("none", "cluster.c", 2001).quantile_interval(q, Level::P95).unwrap();
        covered[2] += u64::from(interval.contains(quantile));
    }
    let z = 1.959_963_984_540_054;
    let (centre, half) = (N as f64 * q, z * (N as f64 * q * (1.0 - q)).sqrt());
    let (low, high) = ((centre - half).ceil() as u64, (centre + half).ceil() as u64);
    let laws = [
        ("Wilson", coverage(p, |hits| wilson(hits, N, Level::P95).unwrap().contains(p))),
        (
            "paired",
            coverage(gain, |b| Paired::new(0, b, 0, N - b).unwrap().interval(Level::P95).contains(gain)),
        ),
        // values below the quantile: the low rank must be among them, the high one not
        ("quantile", coverage(q, |below| low <= below && below < high)),
    ];
    for ((what, exact), covered) in laws.into_iter().zip(covered) {
        assert!((0.93..0.97).contains(&exact), "{what}: the law itself gives {exact}");
        assert_probability(what, covered, SEEDS, exact);
    }
}

/// H0: an interval covers in 95 % of the runs that were ended by its own width.
#[test]
fn intervals_cover_in_runs_ended_by_their_precision() {
    const RUNS: u64 = 600;
    let (m, s) = (0.05, 0.15);
    let model = Case::new(1, &(segment(100.0, m, s) + &goal("k", 2001, 115.0))).model();
    let exact = Lognormal { mu: libm::log(100.0) + m, sd: s }.exceeds(115.0);
    let mut covered = 0;
    for seed in 0..RUNS {
        let request = Request {
            seed: Some(seed),
            threads: Some(1),
            precision: vec![Precision { target: None, half_width: 0.004 }],
            ..Request::default()
        };
        let results = simulate(&model, Vec::new(), &request, &Silent).unwrap();
        let [low, high] = results.runs[0].targets[0].interval;
        assert!(high - low <= 0.008 && results.run.trials > 30_000, "seed {seed}");
        covered += u64::from(low <= exact && exact <= high);
    }
    assert_probability("interval of a precise run", covered, RUNS, 0.95);
}
