//! Splits of a budget with answers on paper.

use std::cell::RefCell;

use super::*;
use crate::analysis::{Silent, inputs_of};
use crate::model;
use crate::scenario::{MemoryLoader, load};

/// Two clusters of 80 and 20 that grow alike. A fund of 20 is absorbed up to three tenths of a cluster's revenue: `A (1 −
/// exp(−I / A))`. A second fund brings half as much per yuan and has no limit. A third instrument's effect does not
/// depend on its money.
const FILE: &str = r#"
format = 1
[scenario]
id = "two"
title = { zh = "两地", en = "Two" }
base_year = 2024
horizon = 2026
reference = "none"
[[province]]
id = "p"
name = { zh = "省", en = "Province" }
base = "100亿元"
[[industry]]
id = "drugs"
name = { zh = "药", en = "Drugs" }
trend = "0%"
[[cluster]]
id = "a"
name = { zh = "甲", en = "A" }
province = "p"
share = 0.8
own_volatility = "5%"
mix = { drugs = 1.0 }
[[cluster]]
id = "b"
name = { zh = "乙", en = "B" }
province = "p"
share = 0.2
own_volatility = "5%"
mix = { drugs = 1.0 }
[[instrument]]
id = "fund"
name = { zh = "基金", en = "Fund" }
money = { by_year = { 2024 = "10亿元", 2025 = "10亿元" } }
capacity = { output_ratio = 1.0, online_after = "1年", absorption = 0.3 }
allocation = { a = 0.5, b = 0.5 }
[[instrument]]
id = "weak"
name = { zh = "弱基金", en = "Weak" }
money = { total = "10亿元", from = 2024, to = 2025 }
capacity = { output_ratio = 0.2, online_after = "1年" }
[[instrument]]
id = "office"
name = { zh = "窗口", en = "Office" }
money = { total = "1亿元", from = 2025, to = 2025 }
growth = { level = "1%", years = 1, start = 2025 }
[[policy]]
id = "none"
instruments = []
[[policy]]
id = "plan"
instruments = "all"
[[target]]
id = "level"
name = { zh = "到 120", en = "To 120" }
scope = "province.p"
year = 2026
at_least = "LEVEL"
"#;

fn optimum(level: &str, budget: &Budget) -> Result<Answer<Optimum>, AnalysisError> {
    optimum_of(FILE, level, budget)
}

fn optimum_of(file: &str, level: &str, budget: &Budget) -> Result<Answer<Optimum>, AnalysisError> {
    let text = file.replace("LEVEL", level);
    let loaded = load(&MemoryLoader::new([("two.toml", text.as_str())]), "two.toml");
    let sink = RefCell::new(loaded.faults);
    let model = model::read(&loaded.root.expect("the file is TOML"), &sink);
    let faults = sink.borrow();
    let question = Question { trials: Some(4_096), seed: Some(3), ..Question::default() };
    optimise(
        &model.unwrap_or_else(|| panic!("{faults:?}")),
        &inputs_of(&loaded.sources),
        &question,
        budget,
        &Silent,
    )
}

#[test]
fn a_limited_fund_is_split_in_proportion_to_what_clusters_absorb() {
    // all limits are 0.3 of a cluster's revenue: the sum of A (1 − exp(−I / A)) is largest where I / A is equal, which is
    // 80 : 20; both years count alike but for the limit, which is yearly, so that equal years are best
    let found = optimum("125亿元", &Budget::default()).unwrap().findings;
    let fund = &found.clusters[0];
    let share = |id: &str| fund.parts.iter().find(|part| part.part.id == id).unwrap().best;
    assert!((share("a") - 0.8).abs() < 0.05, "{fund:?}");
    assert!((share("a") + share("b") - 1.0).abs() < 1e-9);
    let years = &found.years.iter().find(|split| split.instrument.id == "fund").unwrap().parts;
    assert!((years[0].best - 0.5).abs() < 0.13, "{years:?}");
    let (before, after) = (&found.present[0], &found.best[0]);
    assert!(found.gain[0].interval[0] > 0.0 && after.probability > before.probability, "{found:?}");
    assert!(after.cost <= found.budget * (1.0 + 1e-6));
}

#[test]
fn money_goes_to_the_stronger_fund_until_its_bound() {
    let bound = |high| Budget { bounds: vec![("fund".to_owned(), 0.0, high)], ..Budget::default() };
    let found = optimum("125亿元", &bound(25.0)).unwrap().findings;
    let money = |id: &str| found.instruments.iter().find(|line| line.instrument.id == id).unwrap();
    // 25 of 30: one more yuan in the strong fund still brings e^(−12.5·0.8/24) ≈ 0.66 of it, in the weak one 0.2
    assert!((money("fund").best - 25.0).abs() < 0.7, "{:?}", found.instruments);
    assert!((money("weak").best - 5.0).abs() < 0.7, "{:?}", found.instruments);
    // a money step in the weak fund brings a fifth of it a year, in both vintages
    let per = money("weak").quantity_per_money.unwrap();
    assert!((per.value - 0.2).abs() < 0.02, "{per:?}");
    assert_eq!(found.fixed.iter().map(|fixed| fixed.reason.as_str()).collect::<Vec<_>>(), ["unscaled"]);
    assert_eq!(found.fixed_cost, 1.0);
}

#[test]
fn more_money_is_never_worse_and_the_least_money_is_on_the_frontier() {
    let budget = Budget { probability: Some(0.5), ..Budget::default() };
    let found = optimum("112亿元", &budget).unwrap().findings;
    assert!(found.frontier.windows(2).all(|pair| pair[0].probability <= pair[1].probability));
    assert!(found.frontier.windows(2).all(|pair| pair[0].cost < pair[1].cost));
    let least = found.least.unwrap();
    let (cost, [from, to]) = (least.cost.unwrap(), least.interval);
    assert!(from.unwrap() <= cost && cost <= to.unwrap(), "{least:?}");
    let out_of_reach = Budget { probability: Some(0.999), ..Budget::default() };
    assert_eq!(optimum("300亿元", &out_of_reach).unwrap().findings.least.unwrap().cost, None);
}

#[test]
fn what_cannot_be_spent_is_refused() {
    let money = |money| Budget { money: Some(money), ..Budget::default() };
    assert!(matches!(optimum("120亿元", &money(1000.0)), Err(AnalysisError::BudgetOutside { .. })));
    assert!(matches!(optimum("120亿元", &money(0.5)), Err(AnalysisError::BudgetOutside { .. })));
    let stranger = Budget { bounds: vec![("office".to_owned(), 0.0, 1.0)], ..Budget::default() };
    assert!(matches!(optimum("120亿元", &stranger), Err(AnalysisError::UnknownInstrument { .. })));
}

#[test]
fn money_that_does_nothing_is_left() {
    // the weak fund comes on stream after the target's year: whatever it gets, nothing changes
    let late = FILE.replace(
        "capacity = { output_ratio = 0.2, online_after = \"1年\" }",
        "capacity = { output_ratio = 0.2, online_after = \"5年\" }",
    );
    assert_ne!(late, FILE);
    let bounds = vec![("fund".to_owned(), 0.0, 12.0)];
    let found = optimum_of(&late, "125亿元", &Budget { bounds, ..Budget::default() }).unwrap().findings;
    let line = |id: &str| found.instruments.iter().find(|line| line.instrument.id == id).unwrap();
    assert_eq!(line("weak").best, 0.0);
    assert!((line("fund").best - 12.0).abs() < 1e-6);
    // the bound of the fund was asked for, that of the weak one is assumed
    assert_eq!((line("fund").assumed, line("weak").assumed), (false, true));
    // budget, frontier and tables count alike: 12 and the fixed 1 of 31
    let costs = (found.budget, found.best[0].cost, found.present[0].cost);
    assert!((costs.0 - 31.0).abs() < 1e-9 && (costs.1 - 13.0).abs() < 1e-6 && (costs.2 - 31.0).abs() < 1e-9);
    assert!(found.frontier.iter().any(|point| (point.cost - costs.1).abs() < 1e-9));
}

#[test]
fn mixtures_cost_what_their_parts_cost() {
    let one = Spending {
        factor: vec![2.0, 0.0],
        clusters: vec![vec![1.0, 0.0], vec![0.5, 0.5]],
        years: vec![vec![], vec![]],
    };
    let two = Spending {
        factor: vec![1.0, 3.0],
        clusters: vec![vec![0.0, 1.0], vec![0.2, 0.8]],
        years: vec![vec![], vec![]],
    };
    let half = one.towards(&two, 0.5);
    assert_eq!(half.factor, [1.5, 1.5]);
    // amounts 2 : 1 from one and two; the second instrument has money in two alone
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
    near(half.clusters[0][0], 2.0 / 3.0);
    near(half.clusters[1][0], 0.2);
    assert_eq!(one.towards(&two, 0.0), one);
}
