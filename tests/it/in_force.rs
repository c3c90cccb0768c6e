//! What a policy or a world changes is what the analyses hold, split and judge the evidence of.

use std::fs;

use serde_json::Value;

use crate::cli::{call, code, stderr, stdout, text};
use crate::compare::SMALL;
use crate::folder::Folder;

const EFFECT: &str = r#"level = { dist = "uniform", low = "2%", high = "6%" }"#;
const WIDE: &str = r#"{ dist = "uniform", low = "0%", high = "20%" }"#;
const BASE: &str = r#"base = { dist = "normal", mean = "200亿元", sd = "5亿元" }"#;

fn made(folder: &Folder, name: &str, change: impl Fn(String) -> String) -> String {
    let file = folder.path(name);
    fs::write(&file, change(fs::read_to_string(SMALL).expect("the fixture"))).expect("written");
    text(&file).to_owned()
}

fn document(args: &[&str]) -> Value {
    let output = call(&[args, &["--format", "json", "--quiet"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

/// A law that the policy sets, or that the instrument states: the same model, so the same shocks and the same halves.
#[test]
fn a_law_set_by_the_policy_is_held_like_one_that_the_instrument_states() {
    let folder = Folder::new();
    let set = made(&folder, "set.toml", |file| {
        let all = "instruments = \"all\"";
        assert!(file.contains(all));
        file.replacen(all, &format!("{all}\nset = {{ \"instrument.push.growth.level\" = {WIDE} }}"), 1)
    });
    let stated = made(&folder, "stated.toml", |file| {
        assert!(file.contains(EFFECT));
        file.replacen(EFFECT, &format!("level = {WIDE}"), 1)
    });
    let [set, stated] = [set, stated].map(|file| {
        let path = "instrument.push.growth.level";
        document(&["stress", &file, "--trials", "2000", "--shock", path])
    });
    let shocks = set["shocks"].as_array().expect("shocks");
    assert!(shocks.iter().any(|shock| shock["path"] == "instrument.push.growth.level"), "{shocks:?}");
    for key in ["shocks", "reverse", "worlds", "probability", "screening"] {
        assert_eq!(set[key], stated[key], "{key}");
    }
}

/// A world that makes the fund fifty times as large: the present plan has there the chance that `run` states.
#[test]
fn optimise_leaves_to_a_world_what_it_changes() {
    let folder = Folder::new();
    let file = made(&folder, "rich.toml", |file| {
        format!(
            "{file}\n[[world]]\nid = \"rich\"\nset = {{ \"instrument.fund.money.total\" = \"600亿元\" }}\n"
        )
    });
    let split = document(&["optimise", &file, "--world", "rich", "--trials", "1000"]);
    let plain = document(&["optimise", &file, "--world", "base", "--trials", "1000"]);
    let present = |found: &Value| {
        let line = &found["present"][0];
        (line["probability"].as_f64().expect("a chance"), line["cost"].as_f64().expect("money"))
    };
    let ((rich, paid), (poor, _)) = (present(&split), present(&plain));
    let run = document(&["run", &file, "--world", "rich", "--policy", "plan", "--trials", "1000"]);
    let target = &run["runs"][0]["targets"][0]["probability"];
    let chance = target["value"].as_f64().or(target.as_f64()).expect("a chance");
    // 1,000 trials of other draws: six standard errors
    assert!((rich - chance).abs() < 6.0 * (0.25_f64 / 1000.0).sqrt(), "{rich} where run has {chance}");
    assert!(rich > 0.9 && poor < 0.5, "{rich} {poor}");
    // 60 % of 600 is paid in on average
    assert!((paid / 360.0 - 1.0).abs() < 0.1, "{paid}");
}

/// Figures that a world and a policy set have the evidence of what is set: nothing official is left in force.
#[test]
fn evidence_is_told_of_what_is_simulated() {
    let folder = Folder::new();
    let file = made(&folder, "graded.toml", |file| {
        let official = BASE.replacen(" }", ", grade = \"official\" }", 1);
        assert!(file.contains(BASE));
        let world = "\n[[world]]\nid = \"wide\"\nset = { \"province.p.base\" = { dist = \"normal\", mean = \"200亿元\", sd = \"25亿元\", grade = \"assumption\" } }\n";
        format!("{}{world}", file.replacen(BASE, &official, 1))
    });
    for (world, grade) in [("base", "official"), ("wide", "assumption")] {
        let found = document(&["drivers", &file, "--world", world, "--trials", "4000"]);
        let singles = found["singles"].as_array().expect("figures");
        let base = singles.iter().find(|single| single["path"] == "province.p.base");
        assert_eq!(base.expect("the base figure matters")["grade"], grade, "{world}");
        let run = document(&["run", &file, "--world", world, "--policy", "plan", "--trials", "4000"]);
        let largest = run["runs"][0]["variance"]["largest"].as_array().expect("shares");
        let base = largest.iter().find(|share| share["path"] == "province.p.base");
        assert_eq!(base.expect("among the largest")["grade"], grade, "{world}");
    }
}
