//! What the worlds of a run have in common is computed once: no world may see what another one has changed.

use clustercast::engine::{Settings, Silent, each_trial};
use clustercast::math::Vector;
use clustercast::plan::{Selection, compile};
use clustercast::tally::TrialRows;

use crate::drivers::model;

/// A pipeline with every figure, drawn or stated, that its approvals, sales and awards are made from.
const PIPELINE: &str = r#"
[scenario]
id = "kept"
title = "Kept"
base_year = 2024
horizon = 2030
reference = "none"
[nation]
trend = { dist = "normal", mean = 0.04, sd = 0.02 }
[[industry]]
id = "drugs"
[[cluster]]
id = "a"
base = 100
own_volatility = 0.04
mix = { drugs = 1 }
[[pipeline]]
id = "new"
industry = "drugs"
entrants = { dist = "uniform", low = 8, high = 12 }
peak_sales = { dist = "lognormal", median = 6, sigma = 0.8 }
ramp = { dist = "uniform", low = 1, high = 3 }
launch_after = 0.5
local = 0.3
[[pipeline.stage]]
id = "trial"
success = { dist = "uniform", low = 0.3, high = 0.6 }
duration = 1.5
shape = 3
assets = 12
elapsed = 0.5
[[pipeline.stage]]
id = "review"
success = 0.9
duration = { dist = "uniform", low = 0.4, high = 0.8 }
assets = 3
elapsed = 0.2
[[instrument]]
id = "faster"
pipeline = { pipelines = ["new"], start = 2026, success = 1.1, duration = { dist = "uniform", low = 0.5, high = 0.9 }, entrants = 1.2, entrants_added = 1, local_added = 0.1 }
[[instrument]]
id = "award"
money = { per_year = 6, from = 2025, to = 2028 }
pipeline = { pipelines = ["new"], award = 2, uptake = 0.6, peak = 1.3 }
[[policy]]
id = "none"
instruments = []
[[policy]]
id = "faster"
instruments = ["faster"]
[[policy]]
id = "award"
instruments = ["award"]
[[policy]]
id = "plan"
instruments = "all"
[[target]]
id = "blockbusters"
year = 2030
products = { above = 5 }
number_at_least = 6
[[target]]
id = "approvals"
year = 2029
approvals = { pipelines = ["new"] }
number_at_least = 20
[[target]]
id = "revenue"
year = 2030
at_least = 150
"#;

/// Every figure that a result is kept by, with what a world makes of it, and whether the policy without instruments sees it.
const CHANGES: [(&str, &str, bool); 19] = [
    ("nation.trend", "0.05", true),
    ("pipeline.new.entrants", "9", true),
    ("pipeline.new.peak_sales", r#"{ dist = "lognormal", median = 6, sigma = 0.9 }"#, true),
    ("pipeline.new.ramp", "2", true),
    ("pipeline.new.launch_after", "0.6", true),
    ("pipeline.new.local", "0.31", true),
    ("pipeline.new.stage.trial.success", "0.45", true),
    ("pipeline.new.stage.trial.duration", "1.4", true),
    ("pipeline.new.stage.trial.elapsed", "0.6", true),
    ("pipeline.new.stage.review.duration", r#"{ dist = "uniform", low = 0.4, high = 0.9 }"#, true),
    ("instrument.faster.pipeline.success", "1.15", false),
    ("instrument.faster.pipeline.duration", "0.7", false),
    ("instrument.faster.pipeline.entrants", "1.3", false),
    ("instrument.faster.pipeline.entrants_added", "2", false),
    ("instrument.faster.pipeline.local_added", "0.15", false),
    ("instrument.award.pipeline.uptake", "0.7", false),
    ("instrument.award.pipeline.peak", "1.4", false),
    ("instrument.award.pipeline.award", "1.5", false),
    ("instrument.award.money.per_year", "5", false),
];

/// Two chunks; the last block is not full.
const TRIALS: u64 = 4_096 + 300;

#[test]
fn a_world_among_others_has_the_bits_that_it_has_alone() {
    // the world as it is comes back between the changed ones, so that some results are kept and some are not
    let mut text = PIPELINE.to_owned();
    for (number, (path, value, _)) in CHANGES.iter().enumerate() {
        let held = format!("[[world]]\nid = \"held{number}\"\nset = {{ \"{path}\" = {value} }}\n");
        text.push_str(&held);
        text.push_str(&format!("[[world]]\nid = \"again{number}\"\n"));
    }
    let model = model(&text);
    let policies: Vec<usize> = (1..model.policies.len()).collect();
    let count = policies.len() + 1;
    let rows = |worlds: Vec<usize>, threads: usize| -> TrialRows {
        let plan = compile(&model, &Selection { policies: policies.clone(), worlds });
        let settings =
            Settings { seed: 11, trials: TRIALS, threads: Some(threads), vector: Vector::detect() };
        each_trial(&plan, settings, &Silent).expect("a run")
    };
    let all: Vec<usize> = (0..model.worlds.len()).collect();
    let together = rows(all.clone(), 1);
    assert!(together.runs == rows(all.clone(), 2).runs, "two threads come to something else");
    let of = |world: usize, policy: usize| &together.runs[world * count + policy];
    let base = rows(vec![0], 1);
    for &world in &all {
        let id = &model.worlds[world].id;
        let alone = match id.strip_prefix("held") {
            Some(_) => &rows(vec![world], 1),
            None => &base,
        };
        for policy in 0..count {
            let p = &model.policies[policy].id;
            assert!(alone.runs[policy] == *of(world, policy), "{p} in {id} sees another world");
        }
        // a change that changes nothing would be no test of it
        if let Some(number) = id.strip_prefix("held") {
            let (path, _, always) = CHANGES[number.parse::<usize>().expect("a number")];
            assert!(*of(world, count - 1) != base.runs[count - 1], "{path} does not move the plan");
            assert_eq!(*of(world, 0) != base.runs[0], always, "{path} without policy");
        }
    }
}
