//! How often the stated intervals of `solve` hold: the answer on paper, and the wanted probability on fresh draws.

use std::cell::RefCell;

use clustercast::analysis::Silent;
use clustercast::analysis::decision::solve::{Solution, Wish};
use clustercast::analysis::decision::{Question, solve};
use clustercast::math::{exp, ln};
use clustercast::model;
use clustercast::scenario::{MemoryLoader, load};

/// Seeds, and trials of each run.
const SEEDS: u64 = 200;
const TRIALS: u64 = 300;
/// Fewer intervals than this hold with probability 1e-6 at most (exact binomial, 200 of 95 %).
const LEAST: usize = 173;
/// The probability that is wanted.
const WANTED: f64 = 0.6;
/// Φ⁻¹ of it.
const SCORE: f64 = 0.253_347_103_135_8;

/// One segment of 100 whose median grows by `e^0.06 − 1` a year with an own volatility of 8 %, judged at 155 after six
/// years; a fund saturates with scale 30 and adds up to 5 points in five of them.
const CASE: &str = r#"
[scenario]
id = "case"
title = "Case"
base_year = 2000
horizon = 2006
[[industry]]
id = "i"
trend = 0.06183654654535964
[[cluster]]
id = "c"
base = 100
own_volatility = 0.08
mix = { i = 1 }
[[target]]
id = "k"
scope = "cluster.c"
year = 2006
at_least = 155
[[instrument]]
id = "fund"
money = { total = 1, from = 2000, to = 2000 }
growth = { uplift = 0.05, scale = 30, lag = 1 }
[[policy]]
id = "none"
instruments = []
[[policy]]
id = "plan"
instruments = ["fund"]
"#;

fn solutions() -> Vec<Solution> {
    let loaded = load(&MemoryLoader::new([("case.toml", CASE)]), "case.toml");
    let faults = RefCell::new(loaded.faults);
    let model = loaded.root.as_ref().and_then(|root| model::read(root, &faults)).expect("a model");
    let wish = Wish { lever: Some("instrument.fund.money.total".to_owned()), probability: Some(WANTED) };
    let one = |seed: u64| {
        let question = Question { trials: Some(TRIALS), seed: Some(5_000 + 2 * seed), ..Question::default() };
        let answer = solve(&model, &[], &question, &wish, &Silent).expect("an answer");
        answer.findings.solutions.into_iter().next().expect("one world")
    };
    (0..SEEDS).map(one).collect()
}

#[test]
fn intervals_of_solve_hold_as_often_as_they_say() {
    // ln(K / S) = 6 m + 5 a (1 − e^(−F / b)) − z s √6
    let effect = (ln(1.55) - 0.36 + SCORE * 0.08 * 6.0_f64.sqrt()) / (5.0 * 0.05);
    let exact = -30.0 * ln(1.0 - effect);
    assert!((exp(-exact / 30.0) - (1.0 - effect)).abs() < 1e-12);
    let solutions = solutions();
    // H0: the interval of the answer holds the closed form with 95 % (an end beyond the range is no end)
    let holds = |found: &&Solution| {
        let [low, high] = found.interval;
        low.is_none_or(|low| low <= exact) && high.is_none_or(|high| exact <= high)
    };
    let held = solutions.iter().filter(holds).count();
    assert!(held >= LEAST, "{held} of {SEEDS} intervals hold {exact}");
    // H0: the interval of the check, which covers the error of the answer too, holds the wanted probability with 95 %
    let checks: Vec<[f64; 2]> =
        solutions.iter().filter_map(|found| Some(found.check.as_ref()?.probability.interval)).collect();
    let held = checks.iter().filter(|[low, high]| *low <= WANTED && WANTED <= *high).count();
    assert_eq!(checks.len(), solutions.len(), "an answer in every run");
    assert!(held >= LEAST, "{held} of {SEEDS} checks hold {WANTED}");
}
