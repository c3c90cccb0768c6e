//! The analyses on a small scenario: complete documents, exact answers, verification.

use std::cell::RefCell;

use serde_json::Value;

use super::*;
use crate::model::{self, Model};
use crate::scenario::{MemoryLoader, load};

const PARENT: &str = r#"
format = 1
[scenario]
id = "small"
title = { zh = "小例", en = "Small" }
base_year = 2024
horizon = 2027
reference = "none"
[sources.DOC]
title = { zh = "文件", en = "Document" }
[[province]]
id = "p"
name = { zh = "省", en = "Province" }
base = "100亿元"
[[industry]]
id = "drugs"
name = { zh = "药", en = "Drugs" }
trend = { dist = "normal", mean = "10%", sd = "2%", source = "DOC", grade = "assumption" }
[[cluster]]
id = "a"
name = { zh = "甲", en = "A" }
province = "p"
share = 1.0
own_volatility = "10%"
mix = { drugs = 1.0 }
[[instrument]]
id = "push"
name = { zh = "推动", en = "Push" }
growth = { level = "10%", years = 1, start = 2025 }
[[policy]]
id = "none"
name = { zh = "无", en = "None" }
instruments = []
[[policy]]
id = "full"
name = { zh = "全", en = "Full" }
instruments = "all"
[[target]]
id = "level"
name = { zh = "达到", en = "Level" }
document = "DOC"
scope = "province.p"
year = 2027
at_least = "133.1亿元"
stretch = "150亿元"
[[record]]
scope = "province.p"
year = 2020
value = "80亿元"
[[record]]
scope = "province.p"
year = 2023
value = "106.48亿元"
"#;

fn small() -> (Model, Vec<results::Input>) {
    let child = "extends = \"parent.toml\"\n[scenario]\nid = \"child\"\n";
    let loaded = load(&MemoryLoader::new([("child.toml", child), ("parent.toml", PARENT)]), "child.toml");
    let faults = RefCell::new(loaded.faults);
    let model = loaded.root.as_ref().and_then(|root| model::read(root, &faults));
    let messages: Vec<String> = faults.borrow().iter().map(|fault| fault.message.en.clone()).collect();
    (model.unwrap_or_else(|| panic!("{messages:?}")), inputs_of(&loaded.sources))
}

fn run(request: &Request) -> Results {
    let (model, inputs) = small();
    simulate(&model, inputs, request, &Silent).unwrap()
}

fn request(trials: u64) -> Request {
    Request { trials: Some(trials), threads: Some(2), ..Request::default() }
}

#[test]
fn figures_agree_with_each_other() {
    let results = run(&request(5_000));
    assert_eq!(results.runs.len(), 2);
    let (none, full) = (&results.runs[0].targets[0], &results.runs[1].targets[0]);
    // an odd chance: the median path ends exactly at the level; 5 standard errors of 5,000 trials
    assert!((none.probability - 0.5).abs() < 5.0 * 0.5 / 5_000_f64.sqrt(), "{}", none.probability);
    assert_eq!(none.change, None);
    let change = full.change.as_ref().unwrap();
    assert!((full.probability - none.probability - change.probability).abs() < 1e-12);
    assert!(change.interval[0] > 0.0 && change.quantity_mean.unwrap() > 0.0);
    let mean_if_met = none.mean_if_met.unwrap();
    let shortfall = none.shortfall.as_ref().unwrap();
    let missed = 133.1 - shortfall.mean_if_missed.unwrap();
    let mean = none.probability * mean_if_met + (1.0 - none.probability) * missed;
    assert!((mean - none.quantity.as_ref().unwrap().mean).abs() < 1e-9);
    assert!((none.growth_needed.unwrap() - 0.1).abs() < 1e-9);
    assert!(none.stretch.as_ref().unwrap().probability < none.probability);
    let first = none.first_year.as_ref().unwrap();
    assert!((first.by_year.values().sum::<f64>() + first.never - 1.0).abs() < 1e-12);
    assert_eq!(results.runs[0].joint[0].hits, none.hits);
}

#[test]
fn what_charts_need_agrees_with_the_figures() {
    let results = run(&request(5_000));
    for run in &results.runs {
        let target = &run.targets[0];
        let pairs = run.pairs.as_ref().unwrap();
        assert_eq!(pairs.targets.len(), pairs.hits.len());
        for (id, row) in pairs.targets.iter().zip(&pairs.hits) {
            assert_eq!(row.last(), Some(&run.target(id).unwrap().hits));
        }
        let convergence = run.convergence.as_ref().unwrap();
        assert_eq!(convergence.target, run.main_target().unwrap().id);
        assert_eq!((convergence.trials[0], convergence.trials.last()), (256, Some(&5_000)));
        assert_eq!(convergence.hits.last(), Some(&target.hits));
        let quantity = target.quantity.as_ref().unwrap();
        let below =
            |x: f64| quantity.density.iter().filter(|bin| bin.high <= x).map(|bin| bin.share).sum::<f64>();
        assert!((below(f64::INFINITY) - 1.0).abs() < 1e-12);
        let median = quantity.quantiles["0.5"];
        let next = quantity.density.iter().find(|bin| bin.high > median).unwrap();
        assert!(below(next.low) <= 0.5 && below(next.high) >= 0.5, "{next:?}");
    }
}

#[test]
fn selection_keeps_the_order_of_the_file_and_suggests_names() {
    let only = run(&Request { policies: Some(vec!["full".into()]), ..request(300) });
    assert_eq!(only.runs.len(), 1);
    let both = run(&Request { policies: Some(vec!["full".into(), "none".into()]), ..request(300) });
    assert_eq!(both.runs[0].policy.id, "none");
    // alone it has no other to be compared with
    let mut targets = both.runs[1].targets.clone();
    targets.iter_mut().for_each(|target| target.compared.clear());
    assert_eq!(targets, only.runs[0].targets);
    let (model, inputs) = small();
    let wrong = Request { policies: Some(vec!["ful".into()]), ..request(300) };
    let error = simulate(&model, inputs, &wrong, &Silent).unwrap_err();
    assert!(error.text().en.ends_with("did you mean full (Full)?"), "{error}");
    // where none is near, all are listed, each with its name
    let (model, inputs) = small();
    let wrong = Request { policies: Some(vec!["xyzzy".into()]), ..request(300) };
    let error = simulate(&model, inputs, &wrong, &Silent).unwrap_err().text();
    assert!(error.zh.contains("可以写：none（") && error.zh.contains("、full（"), "{error:?}");
}

#[test]
fn a_precise_run_has_the_bits_of_one_of_as_many_trials() {
    let wish = |target: Option<&str>, half_width| Precision { target: target.map(str::to_owned), half_width };
    let precise = run(&Request { precision: vec![wish(None, 0.002)], ..request(1_000_000) });
    let info = precise.run.precision.clone().unwrap();
    assert!(info.reached && info.widest.half_width <= 0.002 && precise.run.stop == "precision");
    // a half-width of 0.2 points takes at least 0.0249 · 1.96² / 0.002² trials at 2.5 %, and 240,000 at one half
    assert!(precise.run.trials.is_multiple_of(4_096) && precise.run.trials < 1_000_000);
    assert!(verify(&precise, Some(1), &Silent).unwrap().is_same());
    let mut fixed = run(&request(precise.run.trials));
    fixed.run.precision = precise.run.precision.clone();
    fixed.run.stop = precise.run.stop.clone();
    assert_eq!(precise, fixed);
    let named = precise.runs[0].targets.last().unwrap().id.clone();
    let short = run(&Request { precision: vec![wish(Some(&named), 0.002)], ..request(10_000) });
    let info = short.run.precision.unwrap();
    assert_eq!((info.reached, info.most_trials, short.run.stop.as_str()), (false, 10_000, "trials"));
    assert_eq!((short.run.trials, info.widest.target), (10_000, named));
    let (model, inputs) = small();
    let wrong = Request { precision: vec![wish(Some("tt"), 0.1)], ..request(300) };
    assert!(matches!(
        simulate(&model, inputs, &wrong, &Silent),
        Err(AnalysisError::UnknownTarget { id, .. }) if id == "tt"
    ));
}

#[test]
fn verify_accepts_what_it_repeats_and_names_what_differs() {
    let mut results = run(&request(300));
    assert!(verify(&results, Some(1), &Silent).unwrap().is_same());
    results.runs[1].targets[0].interval[1] += 1e-15;
    let verdict = verify(&results, Some(1), &Silent).unwrap();
    assert_eq!((verdict.total, verdict.differences[0].path.as_str()), (1, "runs[1].targets[0].interval[1]"));
}

#[test]
fn realism_compares_growth_with_the_record() {
    let (model, _) = small();
    let rows = realism(&model).unwrap();
    // 80 → 106.48 in three years is 10 % a year, and so is 100 → 133.1
    assert!((rows[0].needed - 0.1).abs() < 1e-9 && (rows[0].trend - 0.1).abs() < 1e-12);
    assert!((rows[0].record.as_ref().unwrap().best - 0.1).abs() < 1e-9);
    assert_eq!(realism::Verdict::of(0.19, Some(0.1), true), realism::Verdict::AboveRecord);
    assert_eq!(realism::Verdict::of(0.21, Some(0.1), true), realism::Verdict::FarAboveRecord);
}

#[test]
fn the_plan_shows_the_effect_at_the_medians() {
    let (model, _) = small();
    let plan = inspect(&model, None, None).unwrap();
    assert_eq!(plan.policies.len(), 1);
    let all = &plan.policies[0].all.revenue;
    assert_eq!(all[0], 0.0);
    assert!(all[3] > 0.09 * plan.reference[3] && all[3] < 0.11 * plan.reference[3], "{all:?}");
    assert_eq!(plan.policies[0].instruments[0].revenue, *all);
}

#[test]
fn every_key_is_documented() {
    fn keys(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, inner)| {
                // years are data, not keys
                if key.parse::<i32>().is_err() {
                    found.push(key.clone());
                }
                keys(inner, found);
            }),
            Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
            _ => {}
        }
    }
    let page = include_str!("../../docs/results-format.md");
    let mut found = Vec::new();
    keys(&serde_json::to_value(run(&Request { briefing: true, ..request(300) })).unwrap(), &mut found);
    found.sort();
    found.dedup();
    assert!(found.len() > 60, "{}", found.len());
    let missing: Vec<&String> = found.iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "docs/results-format.md does not name {missing:?}");
}
