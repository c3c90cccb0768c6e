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
        // at its usual width it is not among those that can be told from chance
        assert!(base.is_some() || world == "base", "the base figure matters");
        assert!(base.is_none_or(|base| base["grade"] == grade), "{world}");
        let run = document(&["run", &file, "--world", world, "--policy", "plan", "--trials", "4000"]);
        let largest = run["runs"][0]["variance"]["largest"].as_array().expect("shares");
        let base = largest.iter().find(|share| share["path"] == "province.p.base");
        assert_eq!(base.expect("among the largest")["grade"], grade, "{world}");
    }
}

/// What worlds and policies change is listed with both values and the evidence of the change, step by step: a policy changes
/// what its world has left. The page and the workbook show it, and the paper names it where it is in force.
#[test]
fn what_worlds_and_policies_change_is_listed() {
    let folder = Folder::new();
    let file = made(&folder, "changed.toml", |file| {
        let all = "instruments = \"all\"";
        let policy = "scale = { \"instrument.fund.money.total\" = { value = 2, grade = \"literature\" } }";
        let world = "\n[[world]]\nid = \"rich\"\nname = { zh = \"宽裕\", en = \"Rich\" }\ngrade = \"assumption\"\n\
            set = { \"instrument.fund.money.total\" = \"600亿元\", \"province.p.base\" = \"210亿元\" }\n\
            shift = { \"industry.drugs.trend\" = \"-1pp\" }\n";
        format!("{}{world}", file.replacen(all, &format!("{all}\n{policy}"), 1))
    });
    let run = document(&[
        "run", &file, "--world", "base", "--world", "rich", "--policy", "plan", "--trials", "1000",
    ]);
    let listed = run["changes"].as_array().expect("changes");
    let told: Vec<[&str; 6]> = listed
        .iter()
        .map(|one| {
            [
                one["by"]["id"].as_str().unwrap_or("-"),
                one["within"]["id"].as_str().unwrap_or("-"),
                one["path"].as_str().unwrap_or("-"),
                one["median_before"]["en"].as_str().unwrap_or("-"),
                one["median_after"]["en"].as_str().unwrap_or("-"),
                one["grade"].as_str().unwrap_or("-"),
            ]
        })
        .collect();
    let (fund, base, trend) = ("instrument.fund.money.total", "province.p.base", "industry.drugs.trend");
    assert_eq!(
        told,
        [
            ["rich", "-", fund, "1.2 billion yuan", "60 billion yuan", "assumption"],
            ["rich", "-", base, "20 billion yuan", "21 billion yuan", "assumption"],
            ["rich", "-", trend, "6.00%", "5.00%", "assumption"],
            ["plan", "base", fund, "1.2 billion yuan", "2.4 billion yuan", "literature"],
            ["plan", "rich", fund, "60 billion yuan", "120 billion yuan", "literature"],
        ]
    );
    assert_eq!(listed[2]["amount"]["zh"], "−1个百分点");
    assert_eq!(listed[3]["amount"]["zh"], "2");
    for (lang, title, plain) in [
        ("zh", "情景与方案改动的数值", "方案“全套”把“基金：总额"),
        ("en", "Values that worlds and policies change", "The policy &quot;Plan&quot; changes &quot;Fund: "),
    ] {
        let out = folder.path(lang);
        let args =
            ["report", &file, "--world", "base", "--world", "rich", "--policy", "plan", "--trials", "1000"];
        let output = call(&[&args[..], &["--out", text(&out), "--lang", lang, "--quiet"]].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let page = fs::read_to_string(out.join("report.html")).expect("the page");
        assert!(page.contains(title) && page.contains("id=\"table-changes\""), "{lang}");
        assert!(
            page.contains(plain),
            "{lang}: {}",
            page.lines().find(|line| line.contains("1.2")).unwrap_or("")
        );
    }
}

/// A document of the time before changes were listed is read as one without any.
#[test]
fn documents_without_the_list_are_read() {
    let folder = Folder::new();
    let mut run = document(&["run", SMALL, "--policy", "plan", "--trials", "1000"]);
    run.as_object_mut().expect("a document").remove("changes").expect("listed");
    let file = folder.path("results.json");
    fs::write(&file, run.to_string()).expect("written");
    let output = call(&["report", text(&file), "--lang", "zh", "--quiet"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let page = fs::read_to_string(folder.path("report.html")).expect("the page");
    assert!(!page.contains("table-changes"));
}
