//! Levers on scenarios whose answer is known on paper, and what cannot be asked.

use std::cell::RefCell;

use super::*;
use crate::engine::Silent;
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
fn out_of_reach_is_said_with_the_best_there_is() {
    let found = ask(&fund(0.03, 0.1, 5, 200.0, 0.04, 20.0), TOTAL, 0.8, 3).unwrap();
    assert_eq!((found.verdict, found.value), (Verdict::Impossible, None));
    let [low, high] = found.best.probability.interval;
    assert!(low < 0.0433 + 0.004 && high > 0.0433 - 0.004, "{low} {high}");
    // what the search saw it finds when asked for, on the same draws, whatever fresh ones say
    for seed in 3..7 {
        let highest = ask(&fund(0.03, 0.1, 5, 200.0, 0.04, 20.0), TOTAL, 0.8, seed).unwrap().highest;
        let [within, beyond] = [0.98, 1.02]
            .map(|part| ask(&fund(0.03, 0.1, 5, 200.0, 0.04, 20.0), TOTAL, part * highest, seed).unwrap());
        assert_eq!((within.verdict, beyond.value), (Verdict::Found, None), "{seed} {highest}");
    }
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
fn a_target_that_gets_harder_has_a_latest_year() {
    let text = fund(0.06, 0.08, 6, 125.0, 0.0, 30.0).replace("at_least", "at_most");
    let found = ask(&text, "year", 0.5, 3).unwrap();
    assert_eq!((found.verdict, found.value), (Verdict::Found, Some(2003.0)));
    assert!(!found.rises && found.monotone);
    assert_eq!(found.interval, [Some(2003.0); 2]);
}

/// Revenue between two levels: too little growth misses the first, too much the second.
fn band(high: f64) -> String {
    let text = fund(0.06, 0.01, 6, 150.0, 0.0, 30.0).replace("id = \"k\"", "id = \"floor\"");
    let more = "[[target]]\nid = \"cap\"\nscope = \"cluster.c\"\nyear = 2006\nat_most = CAP\n\
                [[target]]\nid = \"band\"\nall_of = [\"floor\", \"cap\"]\n[[instrument]]";
    text.replacen("[[instrument]]", &more.replace("CAP", &format!("{high:?}")), 1)
}

fn ask_for(text: &str, target: &str, lever: &str, probability: f64) -> Solution {
    let target = Some(target.to_owned());
    let question = Question { target, trials: Some(4_000), seed: Some(3), ..Question::default() };
    let answer = solve(&model(text), &[], &question, &wish(lever, probability), &Silent).unwrap();
    answer.findings.solutions[0].clone()
}

#[test]
fn a_hump_between_two_values_of_the_grid_is_found() {
    let found = ask_for(&band(162.0), "band", "growth", 0.5);
    // the cap lies 3.1 standard deviations above the floor: half of the trials are in the band where the median is 150
    let exact = exp(ln(1.5) / 6.0) - exp(0.06);
    assert_eq!((found.verdict, found.monotone), (Verdict::Found, false));
    // s.d. of the answer: 1.25 · 0.01 · √6 / √n / 6
    let value = found.value.unwrap();
    assert!((value - exact).abs() < 5.0 * 8.1e-5 + 2e-4, "{value} {exact}");
    assert!(found.regions.len() == 1 && found.regions[0][1] < 0.04, "{:?}", found.regions);
}

#[test]
fn a_group_is_only_ruled_out_where_no_gap_can_hold_it() {
    // ln(153 / 150) is 0.8 standard deviations: at most P(|Z| < 0.404) = 31 % at any growth
    let found = ask_for(&band(153.0), "band", "growth", 0.5);
    assert_eq!((found.verdict, found.value), (Verdict::Impossible, None));
    let [low, high] = found.best.probability.interval;
    assert!(low < 0.3138 && high > 0.3138 - 0.02, "{low} {high}");
    // P(cap) alone moves one way, so that nothing lies between the values tried
    let never = ask_for(&fund(0.06, 0.01, 6, 1e6, 0.0, 30.0), "k", "growth", 0.5);
    assert_eq!((never.verdict, never.bounded), (Verdict::Impossible, true));
}

#[test]
fn where_all_is_nought_the_best_value_is_that_of_the_best_median() {
    let never = ask_for(&fund(0.06, 0.01, 6, 1e6, 0.0, 30.0), "k", "growth", 0.5);
    assert_eq!(never.best.value, Some(0.3));
}

#[test]
fn now_and_then_are_of_the_same_draws() {
    // growth does not touch what a fund costs
    let text = fund(0.06, 0.08, 6, 155.0, 0.05, 30.0).replace("total = 1,", "total = \"1 to 2\",");
    let found = ask(&text, "growth", 0.6, 3).unwrap();
    assert_eq!(found.now.cost, found.check.unwrap().cost);
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
        ("nothing", "没有可以调整的数值"),
    ] {
        let Err(AnalysisError::Refused(reason)) = ask(&text, lever, 0.8, 1) else { panic!("{lever}") };
        assert!(reason.zh.contains(zh), "{lever}: {}", reason.zh);
    }
    let unknown = ask(&text, "growth.x", 0.8, 1);
    assert!(matches!(unknown, Err(AnalysisError::UnknownIndustry { id, .. }) if id == "x"));
    let question =
        Question { policies: Some(vec!["none".to_owned()]), trials: Some(100), ..Question::default() };
    let refused = solve(&model(&text), &[], &question, &wish(TOTAL, 0.8), &Silent);
    assert!(matches!(refused, Err(AnalysisError::Refused(reason)) if reason.zh.contains("--policy plan")));
}

/// Awards of 1 for approvals: from whole numbers a year on one more is given, and between them nothing changes. Three a year
/// (12.5 %) do not reach 14 %, four (16.4 %) do.
#[test]
fn a_lever_in_whole_steps_is_answered_by_a_step_that_reaches_it() {
    let text = r#"
[scenario]
id = "awards"
title = "Awards"
base_year = 2000
horizon = 2006
[[industry]]
id = "s"
trend = 0.03
[[cluster]]
id = "a"
base = 100
own_volatility = 0.06
[[pipeline]]
id = "pipe"
industry = "s"
cluster = "a"
entrants = 6
peak_sales = { dist = "lognormal", median = 3, sigma = 0.5 }
ramp = 1
local = 0.3
[[pipeline.stage]]
id = "r"
success = 0.7
duration = 1
shape = 2
assets = 3
[[instrument]]
id = "aw"
money = { per_year = 2 }
pipeline = { pipelines = ["pipe"], award = 1, local_added = 0.4 }
[[policy]]
id = "none"
instruments = []
[[policy]]
id = "plan"
instruments = ["aw"]
[[target]]
id = "g"
year = 2006
at_least = 185
"#;
    for seed in 1..3 {
        let found = ask_with(text, "instrument.aw.money.per_year", 0.14, (seed, 4_000)).unwrap();
        let (value, check) = (found.value.unwrap(), found.check.unwrap().probability);
        assert!((4.0..4.001).contains(&value), "{value}");
        assert!(found.interval[0].unwrap() < 4.0 && found.interval[1].unwrap() >= 4.0);
        assert!(check.interval[1] >= 0.14 && check.value > 0.14, "{check:?}");
    }
}
