//! Levers on scenarios whose answer is known on paper, and what cannot be asked.

use std::cell::RefCell;

use super::*;
use crate::engine::Silent;
use crate::math::special::normal_quantile;
use crate::math::{exp, ln};
use crate::scenario::{MemoryLoader, load};

/// The model of a scenario text without faults.
pub(in crate::analysis::decision) fn model(text: &str) -> Model {
    let loaded = load(&MemoryLoader::new([("case.toml", text)]), "case.toml");
    let faults = RefCell::new(loaded.faults);
    let model = loaded.root.as_ref().and_then(|root| crate::model::read(root, &faults));
    let faults = faults.into_inner();
    assert!(!faults.has_errors(), "{faults:?}\n{text}");
    model.unwrap_or_else(|| panic!("no model\n{text}"))
}

const TRIALS: u64 = 20_000;

/// One segment of 100 with median growth `e^m − 1` and own volatility `s`, and a fund that saturates; the reference
/// case `inverse_fund_*`.
fn fund(m: f64, s: f64, years: i32, level: f64, uplift: f64, scale: f64) -> String {
    let horizon = 2000 + years;
    let growth = exp(m) - 1.0;
    format!(
        "[scenario]\nid = \"case\"\ntitle = \"Case\"\nbase_year = 2000\nhorizon = {horizon}\n\
         [[industry]]\nid = \"i\"\ntrend = {growth:?}\n\
         [[cluster]]\nid = \"c\"\nbase = 100\nown_volatility = {s:?}\nmix = {{ i = 1 }}\n\
         [[target]]\nid = \"k\"\nscope = \"cluster.c\"\nyear = {horizon}\nat_least = {level:?}\n\
         [[instrument]]\nid = \"fund\"\nmoney = {{ total = 1, from = 2000, to = 2000 }}\n\
         growth = {{ uplift = {uplift:?}, scale = {scale:?}, lag = 1 }}\n\
         [[policy]]\nid = \"none\"\ninstruments = []\n\
         [[policy]]\nid = \"plan\"\ninstruments = [\"fund\"]\n"
    )
}

fn wish(lever: &str, probability: f64) -> Wish {
    Wish { lever: Some(lever.to_owned()), probability: Some(probability) }
}

fn ask(text: &str, lever: &str, probability: f64, seed: u64) -> Result<Solution, AnalysisError> {
    ask_with(text, lever, probability, (seed, TRIALS))
}

fn ask_with(
    text: &str,
    lever: &str,
    probability: f64,
    (seed, trials): (u64, u64),
) -> Result<Solution, AnalysisError> {
    let question =
        Question { trials: Some(trials), seed: Some(seed), threads: Some(1), ..Question::default() };
    let answer = solve(&model(text), &[], &question, &wish(lever, probability), &Silent)?;
    Ok(answer.findings.solutions[0].clone())
}

/// The fund of `inverse_fund_a`: P(S_T ≥ K) = P in closed form.
const FUND: f64 = 108.040_730_107_978_12;
const TOTAL: &str = "instrument.fund.money.total";

#[test]
fn the_least_fund_is_that_of_the_closed_form() {
    let text = fund(0.06, 0.08, 6, 155.0, 0.05, 30.0);
    let found = ask(&text, TOTAL, 0.8, 3).unwrap();
    assert_eq!((found.verdict, found.rises, found.monotone), (Verdict::Found, true, true));
    let value = found.value.unwrap();
    // dP/dF = 3.25e-4 at the answer, so that the noise of P, 0.0028, is one of 8.7 in F
    assert!((value - FUND).abs() < 5.0 * 8.7, "{value}");
    assert!(found.interval[0].is_some_and(|low| low < value));
    // what is said of its probability on other draws is 0.8 to within five standard errors
    let check = found.check.unwrap().probability.value;
    assert!((check - 0.8).abs() < 5.0 * 0.0028 * 2.0_f64.sqrt(), "{check}");
    assert!((found.now.probability.value - 0.36).abs() < 0.05);
}

#[test]
fn stated_intervals_hold_the_exact_answer() {
    let text = fund(0.06, 0.08, 6, 155.0, 0.05, 30.0);
    // where P = 0.7 the slope is large enough for both ends to exist: ln(K/S0) = 6·0.06 + 5·a·(1 − e^(−F/b)) − z·s·√6
    let z = normal_quantile(0.7);
    let effect = (ln(1.55) - 0.36 + z * 0.08 * 6.0_f64.sqrt()) / (5.0 * 0.05);
    let exact = -30.0 * ln(1.0 - effect);
    let held = (0..20).filter(|&seed| {
        let [low, high] = ask_with(&text, TOTAL, 0.7, (100 + seed, 3_000)).unwrap().interval;
        low.is_none_or(|low| low <= exact) && high.is_none_or(|high| exact <= high)
    });
    // 95 % of 20 is 19; fewer than 14 has a chance of 4e-6
    let held = held.count();
    assert!(held >= 14, "{held} of 20 hold {exact}");
}

#[test]
fn out_of_reach_is_said_with_the_best_there_is() {
    let found = ask(&fund(0.03, 0.1, 5, 200.0, 0.04, 20.0), TOTAL, 0.8, 3).unwrap();
    assert_eq!((found.verdict, found.value), (Verdict::Impossible, None));
    let [low, high] = found.best.probability.interval;
    assert!(low < 0.0433 + 0.004 && high > 0.0433 - 0.004, "{low} {high}");
}

#[test]
fn what_holds_anyway_needs_nothing() {
    let found = ask(&fund(0.06, 0.08, 6, 110.0, 0.05, 30.0), TOTAL, 0.5, 3).unwrap();
    assert_eq!(found.verdict, Verdict::Throughout);
}

#[test]
fn growth_is_shifted_to_what_the_target_needs() {
    let text = fund(0.06, 0.08, 6, 200.0, 0.0, 30.0);
    let found = ask(&text, "growth", 0.5, 3).unwrap();
    // at even odds the median path reaches the level: (1 + g + x)^6 = 2
    let exact = exp(ln(2.0) / 6.0) - exp(0.06);
    let [low, high] = found.interval.map(|end| end.unwrap());
    let value = found.value.unwrap();
    // s.d. of the answer: 1.25 · 0.08 · √6 / √n / 6
    assert!((value - exact).abs() < 5.0 * 3.0e-4, "{value} {exact}");
    assert!(low < value && value < high && high - low < 3e-3);
    assert_eq!(found.value, ask(&text, "growth.i", 0.5, 3).unwrap().value);
}

#[test]
fn the_earliest_year_is_the_first_that_is_likely_enough() {
    let found = ask(&fund(0.06, 0.08, 6, 125.0, 0.0, 30.0), "year", 0.5, 3).unwrap();
    // ln 1.25 = 0.223 is reached by the median path in year 4
    assert_eq!((found.verdict, found.value), (Verdict::Found, Some(2004.0)));
    assert_eq!(found.interval, [Some(2004.0); 2]);
    assert_eq!(found.now.value, Some(2006.0));
    assert_eq!(found.curve.len(), 6);
}

#[test]
fn one_factor_moves_all_that_match() {
    let text = fund(0.06, 0.08, 6, 155.0, 0.05, 30.0);
    let single = ask(&text, TOTAL, 0.7, 3).unwrap().value.unwrap();
    for lever in ["money", "instrument.*.money.total"] {
        let factor = ask(&text, lever, 0.7, 3).unwrap().value.unwrap();
        assert!((factor - single).abs() < 0.02 * single, "{lever}: {factor} {single}");
    }
}

#[test]
fn levers_that_cannot_be_turned_are_refused_by_name() {
    let text = fund(0.06, 0.08, 6, 155.0, 0.05, 30.0);
    for (lever, zh) in [
        ("industry.i.trend", "不由政策决定"),
        ("instrument.fund.money.totl", "instrument.fund.money.total"),
        ("instrument.*.capacity.leverage", "没有与"),
        ("growth.x", "没有行业"),
        ("nothing", "没有可以调整的数值"),
    ] {
        let Err(AnalysisError::Refused(reason)) = ask(&text, lever, 0.8, 1) else { panic!("{lever}") };
        assert!(reason.zh.contains(zh), "{lever}: {}", reason.zh);
    }
    let question =
        Question { policies: Some(vec!["none".to_owned()]), trials: Some(100), ..Question::default() };
    let refused = solve(&model(&text), &[], &question, &wish(TOTAL, 0.8), &Silent);
    assert!(matches!(refused, Err(AnalysisError::Refused(reason)) if reason.zh.contains("--policy plan")));
}
