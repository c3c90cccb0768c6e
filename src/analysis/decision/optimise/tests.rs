//! Splits of a budget with answers on paper.

mod known;
mod nothing;
mod worlds;

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
    answer(&file.replace("LEVEL", level), 2_048, budget)
}

fn answer(text: &str, trials: u64, budget: &Budget) -> Result<Answer<Optimum>, AnalysisError> {
    let loaded = load(&MemoryLoader::new([("two.toml", text)]), "two.toml");
    let sink = RefCell::new(loaded.faults);
    let model = model::read(&loaded.root.expect("the file is TOML"), &sink);
    let faults = sink.borrow();
    let worlds = text.contains("[[world]]").then(|| vec!["base".to_owned(), "other".to_owned()]);
    let question = Question { trials: Some(trials), seed: Some(3), worlds, ..Question::default() };
    // the base year's money can be moved, unless a test says otherwise
    let budget = &Budget { from: budget.from.or(Some(2024)), ..budget.clone() };
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
    let per = money("weak").quantity_per_money[0];
    assert!((per.value - 0.2).abs() < 0.02, "{per:?}");
    assert_eq!(found.fixed.iter().map(|fixed| fixed.reason.as_str()).collect::<Vec<_>>(), ["unscaled"]);
    assert_eq!(found.fixed_cost, 1.0);
}

#[test]
fn more_money_is_never_worse_and_the_least_money_is_on_the_frontier() {
    let budget = Budget { probability: Some(0.5), ..Budget::default() };
    let found = optimum("112亿元", &budget).unwrap().findings;
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

/// Money up to the year before `from` is what it is, in every split that is found, and counts as spent.
#[test]
fn years_that_are_spent_stay_as_they_are() {
    let budget = Budget { from: Some(2025), probability: Some(0.5), ..Budget::default() };
    let found = optimum("112亿元", &budget).unwrap().findings;
    // 10 of the fund and 5 of the weak one
    assert!((found.spent - 15.0).abs() < 1e-9, "{}", found.spent);
    assert_eq!(found.from, 2025);
    for line in &found.instruments {
        let spent = if line.instrument.id == "fund" { 10.0 } else { 5.0 };
        assert!((line.spent - spent).abs() < 1e-9 && line.best >= spent && line.present > spent, "{line:?}");
        assert!((line.bounds[0] - spent).abs() < 1e-9 && line.bounds[1] > spent);
    }
    let years = found.years.iter().find(|split| split.instrument.id == "fund").expect("the fund's years");
    let line = found.instruments.iter().find(|line| line.instrument.id == "fund").expect("the fund");
    let first = &years.parts[0];
    assert!(first.spent && first.part.id == "2024" && !years.parts[1].spent);
    assert!(
        (first.best * line.best - 10.0).abs() < 1e-6 && (first.present * line.present - 10.0).abs() < 1e-6
    );
    assert!(found.frontier.iter().all(|point| point.cost >= 15.0 - 1e-9));
    // all that is paid in 2024 and 2025 is spent by 2026
    let late = Budget { from: Some(2026), ..Budget::default() };
    assert!(matches!(optimum("112亿元", &late), Err(AnalysisError::AllSpent { from: 2026, first: 2024 })));
    let below = Budget { bounds: vec![("fund".to_owned(), 0.0, 9.0)], from: Some(2025), ..Budget::default() };
    assert!(matches!(optimum("112亿元", &below), Err(AnalysisError::BoundSpent { .. })));
    // a figure with three digits, as tables show it, may be a little below what is spent
    let rounded =
        Budget { bounds: vec![("fund".to_owned(), 9.96, 9.96)], from: Some(2025), ..Budget::default() };
    let found = optimum("112亿元", &rounded).unwrap().findings;
    let line = found.instruments.iter().find(|line| line.instrument.id == "fund").expect("the fund");
    assert!((line.best - 10.0).abs() < 1e-9, "{line:?}");
}

/// What was spent where stays there: with everything put into one cluster from 2025 on, the money of 2024 works as before.
#[test]
fn what_is_spent_in_a_cluster_stays_there() {
    let text = FILE.replace("LEVEL", "112亿元");
    let loaded = load(&MemoryLoader::new([("two.toml", text.as_str())]), "two.toml");
    let sink = RefCell::new(loaded.faults);
    let model = model::read(&loaded.root.expect("the file is TOML"), &sink).expect("a model");
    let space = Space::of(&model, 1, &[0], 2025);
    let question = Question { trials: Some(256), ..Question::default() };
    let experiment = Experiment::new(&space.model, &question, 256, &Silent).expect("enough trials");
    let goal = Goal::of(&model, None).expect("a target");
    let runs = Runs { experiment: &experiment, goal: &goal, worlds: &model.worlds };
    let mean = |a: f64, factor: f64| {
        let mut spending = space.present();
        spending.clusters[0] = vec![a, 1.0 - a];
        spending.factor = vec![factor, 0.0];
        let sampled = runs.run(&space, &[spending], 1, 256).expect("a run");
        let quantity = sampled.quantity(0, 0, 0);
        quantity.iter().sum::<f64>() / quantity.len() as f64
    };
    // without money from 2025 on, its split is of no account
    assert_eq!(mean(0.5, 0.0), mean(1.0, 0.0));
    // 10 more in 2025, all to a cluster of 80: 24 (1 − e^(−10/24)) = 8.18 instead of 6.44 from halves
    let absorbed = |limit: f64, money: f64| limit * (1.0 - crate::math::exp(-money / limit));
    let one = mean(1.0, 1.0) - mean(1.0, 0.0);
    assert!((one - absorbed(24.0, 10.0)).abs() < 1e-9, "{one}");
    let halves = mean(0.5, 1.0) - mean(0.5, 0.0);
    assert!((halves - absorbed(24.0, 5.0) - absorbed(6.0, 5.0)).abs() < 1e-9, "{halves}");
}

/// Whatever stands on the frontier is a spending with figures of its own: the same ones wherever it is told.
#[test]
fn a_spending_has_one_figure_and_none_is_dominated() {
    for (level, probability) in [("112亿元", 0.5), ("118亿元", 0.7), ("125亿元", 0.05)] {
        let budget = Budget { money: Some(22.0), probability: Some(probability), ..Budget::default() };
        let found = optimum(level, &budget).unwrap().findings;
        assert!(found.frontier.windows(2).all(|pair| {
            pair[0].cost < pair[1].cost
                && pair[0].probability <= pair[1].probability
                && pair[0].quantity <= pair[1].quantity
        }));
        let told = |plan: &str| found.frontier.iter().find(|point| point.plan.as_deref() == Some(plan));
        let mut outcomes = vec![(told("best").expect("the chosen one stands"), &found.best[0])];
        let least = found.least.as_ref().expect("asked for");
        if let Some(point) = told("least") {
            outcomes.push((point, &least.outcomes[0]));
        }
        for (point, outcome) in outcomes {
            assert_eq!((point.probability, point.interval), (outcome.probability, outcome.interval));
            assert_eq!(point.cost, outcome.cost);
            assert_eq!(point.quantity, outcome.quantity.map(|mean| mean.value));
        }
        // its money is told by instrument, and adds up
        for (line, money) in found.instruments.iter().zip(&told("best").unwrap().money) {
            assert!((line.best - money).abs() < 1e-9);
        }
        let sum: f64 = found.instruments.iter().filter_map(|line| line.least).sum();
        assert!((sum + found.fixed_cost - least.cost.unwrap()).abs() < 1e-9, "{least:?}");
    }
}

/// Without an instrument nothing gets better: where both frontiers hold a spending of the same money, that without it has
/// neither a higher chance nor a higher mean, beyond the error, and its most money does no more.
#[test]
fn forbidding_an_instrument_never_helps() {
    let budget = |bounds: Vec<(String, f64, f64)>| Budget { money: Some(13.0), bounds, ..Budget::default() };
    let all = optimum("116亿元", &budget(Vec::new())).unwrap().findings;
    for id in ["weak", "fund"] {
        let forbidden = budget(vec![(id.to_owned(), 0.0, 0.0)]);
        let without = optimum("116亿元", &forbidden).unwrap().findings;
        let mut compared = 0;
        for point in &without.frontier {
            let same = |other: &&Point| (other.cost - point.cost).abs() < 1e-6 * point.cost;
            let Some(with) = all.frontier.iter().find(same) else { continue };
            // both on the same 2,048 trials, of which few differ
            assert!(point.probability <= with.probability + 0.02, "{id}: {point:?} against {with:?}");
            assert!(
                point.quantity.unwrap() <= with.quantity.unwrap() + 0.1,
                "{id}: {point:?} against {with:?}"
            );
            compared += 1;
        }
        assert!(compared >= 5, "{id}: {compared} of {}", without.frontier.len());
        let [here, there] = [&without, &all].map(|found| found.frontier.last().expect("points").probability);
        assert!(here <= there + 0.01, "{id}: {here} against {there}");
    }
}

#[test]
fn nothing_is_recommended_where_the_target_is_certain_without_money() {
    let budget = Budget { probability: Some(0.9), ..Budget::default() };
    let found = optimum("20亿元", &budget).unwrap().findings;
    assert!(found.certain);
    assert!(found.instruments.iter().all(|line| line.best == 0.0 && line.least == Some(0.0)), "{found:?}");
    assert_eq!((found.best[0].cost, found.least.unwrap().cost), (1.0, Some(1.0)));
    assert_eq!(found.frontier.len(), 1);
    // what is only likely is not certain
    let found = optimum("101亿元", &Budget::default()).unwrap().findings;
    assert!(!found.certain && found.best[0].cost > 1.0);
}

/// Means of sums differ from sums of means in the last digits, which are nobody's money.
#[test]
fn a_plan_without_money_costs_exactly_nothing() {
    let drawn = |low: &str, high: &str| {
        format!(
            "money = {{ total = {{ dist = \"uniform\", low = {low}, high = {high} }}, from = 2024, to = 2025 }}"
        )
    };
    let mut file = FILE.replace("instruments = \"all\"", "instruments = [\"fund\", \"weak\"]");
    for (low, high) in [("3.3", "9.7"), ("0.7", "12.1"), ("5.9", "6.3")] {
        let weak = "money = { total = \"10亿元\", from = 2024, to = 2025 }";
        file = file.replace(weak, &drawn(low, high));
        let found = optimum_of(&file, "118亿元", &Budget::default()).unwrap().findings;
        assert_eq!((found.fixed_cost, found.frontier[0].cost), (0.0, 0.0));
        file = file.replace(&drawn(low, high), weak);
    }
}

/// What the bounds forbid is not compared with, and a budget that they set is called so.
#[test]
fn the_bounds_may_forbid_the_present_plan() {
    let bounds = |low, high| Budget { bounds: vec![("weak".to_owned(), low, high)], ..Budget::default() };
    // all but the fixed 1: at most 60 of the fund, and 200 of the weak one at least
    let found = optimum("120亿元", &bounds(200.0, 300.0)).unwrap().findings;
    assert!(found.by_bounds && !found.allows_present && found.scaled.is_empty());
    assert!((found.budget - 201.0).abs() < 1e-6, "{}", found.budget);
    let apart = found.best[0].probability - found.present[0].probability;
    assert!((found.gain[0].value - apart).abs() < 1e-12, "{:?}", found.gain);
    // within the bounds the same money in the present proportions is the yardstick
    let wide = Budget { money: Some(22.0), ..bounds(0.0, 30.0) };
    let found = optimum("120亿元", &wide).unwrap().findings;
    assert!(!found.by_bounds && found.allows_present && found.scaled.len() == 1);
    let apart = found.best[0].probability - found.scaled[0].probability;
    assert!((found.gain[0].value - apart).abs() < 1e-12, "{:?}", found.gain);
}

/// More money lowers the chance of staying below a level; money that comes too late changes nothing.
#[test]
fn what_dearer_spendings_do_is_told_apart() {
    let cap = FILE.replace("at_least", "at_most");
    let enough = optimum_of(&cap, "105亿元", &Budget::default()).unwrap().findings.enough.expect("enough");
    assert_eq!(enough.beyond, Beyond::AllLower);
    let late = FILE.replace("\"1年\"", "\"5年\"");
    let enough = optimum_of(&late, "101亿元", &Budget::default()).unwrap().findings.enough.expect("enough");
    assert_eq!(enough.beyond, Beyond::Nothing);
}
