//! What policies and worlds of one run share: effects computed once for all of them, and trials counted in pairs.

use clustercast::analysis::{Request, simulate};
use clustercast::engine::{Settings, Silent, each_trial};
use clustercast::math::Vector;
use clustercast::model::Model;
use clustercast::plan::{Selection, compile};
use clustercast::tally::TrialRows;

use crate::drivers::model;

/// All channels that are computed once for every policy with the instrument; with spill-overs in one world, without in the
/// others; a lag beyond the horizon; a policy that sets a lever of its own.
const SHARED: &str = r#"
[scenario]
id = "shared"
title = "Shared"
base_year = 2024
horizon = 2030
reference = "none"
[nation]
trend = { dist = "normal", mean = 0.04, sd = 0.02 }
cycle = { volatility = 0.03, persistence = 0.3 }
[spillover]
strength = 0
[[industry]]
id = "drugs"
premium = 0.01
[[industry]]
id = "devices"
cycle = { volatility = 0.05 }
[[cluster]]
id = "a"
base = { dist = "lognormal", median = 100, sigma = 0.1 }
own_volatility = 0.04
mix = { drugs = 0.6, devices = 0.4 }
[[cluster]]
id = "b"
base = 50
own_volatility = 0.06
mix = { drugs = 1 }
[[instrument]]
id = "fund"
money = { total = 12, from = 2024, to = 2026 }
capacity = { realised = { dist = "uniform", low = 0.4, high = 0.8 }, leverage = 3, output_ratio = 1, online_after = 0, full_after = 2, lasts = 3, absorption = 0.2 }
allocation = { a = 0.7, b = 0.3 }
[[instrument]]
id = "lab"
money = { per_year = 1.5, from = 2024, to = 2028 }
knowledge = { additionality = 0.2, elasticity = { dist = "uniform", low = 0.05, high = 0.2 }, lag = 2, rd_intensity = 0.03 }
[[instrument]]
id = "late"
money = { per_year = 1, from = 2025, to = 2027 }
knowledge = { additionality = 0, elasticity = 0.1, lag = 9, rd_intensity = 0.05 }
[[instrument]]
id = "push"
growth = { level = { dist = "uniform", low = 0.01, high = 0.05 }, years = 2, start = 2025, lag = 1, clusters = ["a"] }
[[policy]]
id = "none"
instruments = []
[[policy]]
id = "fund"
instruments = ["fund"]
[[policy]]
id = "lab"
instruments = ["lab", "late"]
[[policy]]
id = "twice"
instruments = ["fund", "push"]
scale = { "instrument.fund.money.total" = 2 }
[[policy]]
id = "plan"
instruments = "all"
[[world]]
id = "linked"
set = { "spillover.strength" = { dist = "uniform", low = 0.2, high = 0.4 } }
[[world]]
id = "slump"
set = { "nation.trend" = -0.01, "instrument.fund.capacity.leverage" = 2, "instrument.lab.knowledge.elasticity" = 0.3, "instrument.push.growth.level" = 0.01 }
[[target]]
id = "level"
year = 2029
at_least = 200
[[target]]
id = "early"
scope = "cluster.a"
by = 2027
at_least = 125
"#;

/// Two chunks, so that threads share them out; the last block is not full.
const TRIALS: u64 = 4_096 + 300;

fn settings(threads: usize) -> Settings {
    Settings { seed: 7, trials: TRIALS, threads: Some(threads), vector: Vector::detect() }
}

fn rows(model: &Model, policies: Vec<usize>, worlds: Vec<usize>, threads: usize) -> TrialRows {
    let plan = compile(model, &Selection { policies, worlds });
    each_trial(&plan, settings(threads), &Silent).expect("a run")
}

#[test]
fn a_policy_among_others_has_the_bits_that_it_has_alone() {
    let model = model(SHARED);
    let (policies, worlds) = (model.policies.len(), model.worlds.len());
    let together = rows(&model, (1..policies).collect(), (0..worlds).collect(), 1);
    let threads = rows(&model, (1..policies).collect(), (0..worlds).collect(), 2);
    assert!(together.runs == threads.runs, "two threads come to something else");
    let at = |world: usize, policy: usize| &together.runs[world * policies + policy];
    for world in 0..worlds {
        for policy in 1..policies {
            let alone = rows(&model, vec![policy], vec![world], 1);
            let (w, p) = (&model.worlds[world].id, &model.policies[policy].id);
            assert!(alone.runs[0] == *at(world, 0), "the reference beside {p} in {w}");
            assert!(alone.runs[1] == *at(world, policy), "{p} in {w}");
            // what is shared moves something
            assert!(*at(world, policy) != *at(world, 0), "{p} in {w} is the reference");
        }
        // the order of the policies that share an instrument changes nothing, either
        let turned = rows(&model, (1..policies).rev().collect(), vec![world], 2);
        for policy in 1..policies {
            assert!(turned.runs[policies - policy] == *at(world, policy), "{policy} of {world}, turned");
        }
    }
    // spill-overs act, under the reference as under the plan
    assert!(at(0, 0) != at(1, 0) && at(0, policies - 1) != at(1, policies - 1));
}

#[test]
fn pairs_are_those_of_the_single_trials_for_any_number_of_threads() {
    let model = model(SHARED);
    let run = |threads: usize| {
        let request = Request {
            worlds: Some(model.worlds.iter().map(|world| world.id.clone()).collect()),
            trials: Some(TRIALS),
            seed: Some(7),
            threads: Some(threads),
            ..Request::default()
        };
        simulate(&model, Vec::new(), &request, &Silent).expect("results")
    };
    let (one, two) = (run(1), run(2));
    assert_eq!(one.runs, two.runs);
    let (policies, worlds) = (model.policies.len(), model.worlds.len());
    let each = rows(&model, (1..policies).collect(), (0..worlds).collect(), 2);
    let plan =
        compile(&model, &Selection { policies: (1..policies).collect(), worlds: (0..worlds).collect() });
    let place = |ids: Vec<&str>, id: &str| ids.iter().position(|known| *known == id).expect("a known id");
    let hits = |world: &str, policy: &str, target: &str| -> Vec<bool> {
        let world = place(model.worlds.iter().map(|world| world.id.as_str()).collect(), world);
        let policy = place(model.policies.iter().map(|policy| policy.id.as_str()).collect(), policy);
        let target = place(plan.targets.iter().map(|target| target.id.as_str()).collect(), target);
        let column = each.width - plan.targets.len() + target;
        each.runs[world * policies + policy].chunks_exact(each.width).map(|row| row[column] == 1.0).collect()
    };
    let (mut pairs, mut partly) = (0, 0);
    for found in &one.runs {
        for target in &found.targets {
            let mine = hits(&found.world.id, &found.policy.id, &target.id);
            for pair in &target.compared {
                let theirs = hits(&found.world.id, &pair.against, &target.id);
                let both =
                    mine.iter().zip(&theirs).filter(|(mine, theirs)| **mine && **theirs).count() as u64;
                assert_eq!(pair.both, both, "{} {} {}", found.world.id, found.policy.id, pair.against);
                pairs += 1;
                partly += u64::from(both > 0 && both < target.hits);
            }
        }
    }
    assert_eq!(pairs, worlds * policies * (policies - 1) / 2 * 2);
    // counts of all or nothing would be equal by themselves
    assert!(partly > 10, "{partly} of {pairs}");
}
