//! Which instruments reach which kinds of target, on a file of two provinces.

use std::cell::RefCell;

use super::*;
use crate::model;
use crate::scenario::{MemoryLoader, load};

/// Two provinces with a cluster each; instruments of every kind in the east, one fund in the west, one for all.
const FILE: &str = r#"
[scenario]
id = "two"
title = "Two"
base_year = 2024
horizon = 2027
[[industry]]
id = "drugs"
trend = 0.05
[[province]]
id = "east"
[[province]]
id = "west"
[[cluster]]
id = "e"
province = "east"
base = 100
mix = { drugs = 1 }
[[cluster]]
id = "f"
province = "east"
base = 100
mix = { drugs = 1 }
[[cluster]]
id = "w"
province = "west"
base = 100
mix = { drugs = 1 }
SPILL
[[indicator]]
id = "filings"
count = { base = 3, rate = 2 }
[[arrival]]
id = "plants"
cluster = "e"
industry = "drugs"
rate = 1
size = 2
[[instrument]]
id = "east-fund"
province = "east"
money = { total = 1, from = 2024, to = 2024 }
capacity = { output_ratio = 1, online_after = 1 }
[[instrument]]
id = "west-fund"
province = "west"
money = { total = 1, from = 2024, to = 2024 }
capacity = { output_ratio = 1, online_after = 1 }
[[instrument]]
id = "given"
money = { total = 1, from = 2024, to = 2024 }
capacity = { output_ratio = 1, online_after = 1 }
allocation = { f = 1.0 }
[[instrument]]
id = "common"
growth = { level = 0.01, start = 2025 }
[[instrument]]
id = "office"
money = { total = 1, from = 2025, to = 2025 }
indicators = { of = ["filings"], added = 1, start = 2025 }
[[instrument]]
id = "invite"
money = { total = 1, from = 2025, to = 2025 }
arrivals = { of = ["plants"], rate = 2, start = 2025 }
[[policy]]
id = "none"
instruments = []
[[policy]]
id = "plan"
instruments = "all"
"#;

fn model(spill: &str, targets: &str) -> Model {
    let text = FILE.replace("SPILL", spill) + targets;
    let loaded = load(&MemoryLoader::new([("two.toml", text.as_str())]), "two.toml");
    let sink = RefCell::new(loaded.faults);
    let model = model::read(&loaded.root.expect("the file is TOML"), &sink);
    let faults: Vec<String> = sink.borrow().iter().map(|fault| format!("{fault:?}")).collect();
    model.unwrap_or_else(|| panic!("{faults:#?}"))
}

/// Identifiers of the instruments that can move the last target of a file with `targets`.
fn reaching(spill: &str, targets: &str) -> Vec<String> {
    let model = model(spill, targets);
    let last = model.targets.len() - 1;
    let moved = movers(&model, &[last]);
    let named = model.instruments.iter().zip(moved).filter(|(_, moved)| *moved);
    named.map(|(instrument, _)| instrument.id.clone()).collect()
}

fn target(rest: &str) -> String {
    format!("[[target]]\nid = \"t{}\"\n{rest}\n", rest.len())
}

#[test]
fn money_reaches_what_its_channels_lead_to() {
    let of = |rest: &str| reaching("", &target(rest));
    let level = "year = 2027\nat_least = 120";
    // a province: its own fund, what is allocated to its clusters, what works everywhere, plants that settle in it
    assert_eq!(
        of(&format!("scope = \"province.east\"\n{level}")),
        ["east-fund", "given", "common", "invite"]
    );
    assert_eq!(of(&format!("scope = \"province.west\"\n{level}")), ["west-fund", "common"]);
    // a cluster: not what is allocated to another one; a fund without an allocation goes to the whole province
    assert_eq!(of(&format!("scope = \"cluster.e\"\n{level}")), ["east-fund", "common", "invite"]);
    assert_eq!(of(&format!("scope = \"cluster.f\"\n{level}")), ["east-fund", "given", "common"]);
    // the nation: all that makes revenue
    let nation = of(&format!("scope = \"nation\"\n{level}"));
    assert_eq!(nation, ["east-fund", "west-fund", "given", "common", "invite"]);
    // what is counted: only what works on it, and money makes no filings
    assert_eq!(of("indicator = \"filings\"\nyear = 2027\nnumber_at_least = 9"), ["office"]);
    assert_eq!(of("arrivals = { of = [\"plants\"] }\nyear = 2027\nnumber_at_least = 5"), ["invite"]);
}

/// One award of limited money for the products of both provinces, and a push for those of the west: what is approved there first
/// takes awards, and their sales, away from the east. Without the shared award, the push is of no account to the east.
#[test]
fn awards_that_pipelines_share_carry_support_of_one_to_the_other() {
    let pipeline = |id: &str, cluster: &str| {
        format!(
            "[[pipeline]]\nid = \"{id}\"\nindustry = \"drugs\"\ncluster = \"{cluster}\"\nentrants = 2\npeak_sales = 5\n\
             ramp = 1\nlocal = 0.1\n[[pipeline.stage]]\nid = \"s\"\nsuccess = 0.5\nduration = 1\n"
        )
    };
    let award = |of: &str| {
        format!(
            "[[instrument]]\nid = \"award\"\nmoney = {{ per_year = 5, from = 2025, to = 2027 }}\n\
             pipeline = {{ pipelines = [{of}], award = 1, local_added = 0.5 }}\n"
        )
    };
    let push = "[[instrument]]\nid = \"push\"\npipeline = { pipelines = [\"wp\"], entrants_added = 9 }\n";
    let of = |award: &str| {
        let aim = target("scope = \"province.east\"\nyear = 2027\nat_least = 120");
        reaching(
            "",
            &[&pipeline("ep", "e"), &pipeline("wp", "w"), award, push, &aim].map(|x| x.to_owned()).concat(),
        )
    };
    let has = |found: &[String], id: &str| found.iter().any(|x| x == id);
    let shared = of(&award("\"ep\", \"wp\""));
    assert!(has(&shared, "award") && has(&shared, "push"), "{shared:?}");
    let apart = of(&award("\"ep\""));
    assert!(has(&apart, "award") && !has(&apart, "push"), "{apart:?}");
}

#[test]
fn a_group_is_reached_by_what_reaches_any_member() {
    let model = model(
        "",
        "[[target]]\nid = \"here\"\nscope = \"province.west\"\nyear = 2027\nat_least = 120\n\
         [[target]]\nid = \"filed\"\nindicator = \"filings\"\nyear = 2027\nnumber_at_least = 9\n\
         [[target]]\nid = \"both\"\nall_of = [\"here\", \"filed\"]\n",
    );
    let goal = crate::analysis::decision::Goal::of(&model, Some("both")).expect("a target");
    let moved = movers(&model, &goal.targets(&model));
    let named = model.instruments.iter().zip(moved).filter(|(_, moved)| *moved);
    let named: Vec<&str> = named.map(|(instrument, _)| instrument.id.as_str()).collect();
    assert_eq!(named, ["west-fund", "common", "office"]);
}

#[test]
fn spillovers_carry_all_growth_anywhere() {
    let spill = "[spillover]\nstrength = 0.1";
    let found = reaching(spill, &target("scope = \"province.west\"\nyear = 2027\nat_least = 120"));
    assert_eq!(found, ["east-fund", "west-fund", "given", "common", "invite"]);
}
