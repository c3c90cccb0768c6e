//! Predictions beside known outcomes, and the outside view beside both.

use std::fs;

use serde_json::Value;

use crate::cli::{call, code, program, stderr, stdout, text};
use crate::docs::{blessing, package};
use crate::folder::Folder;

const ZHEJIANG: &str = "scenarios/zhejiang-2024.toml";

/// One segment of 1000 whose log grows by a certain trend and an own shock of 10 % a year: `ln R ~ N(ln 1000 + T ln
/// 1.05, T · 0.01)`.
const EXACT: &str = r#"
[scenario]
id = "exact"
title = "exact"
base_year = 2021
horizon = 2024
[[industry]]
id = "drugs"
trend = "5%"
[[cluster]]
id = "a"
base = "1000亿元"
own_volatility = "10%"
[[target]]
id = "goal"
year = 2024
at_least = "1300亿元"
"#;

const OUTCOMES: &str = r#"
[[outcome]]
year = 2024
value = "1000亿元"
target = "goal"
[[outcome]]
year = 2022
value = "1050亿元"
[[outcome]]
year = 2023
scope = "cluster.a"
value = "1600亿元"
"#;

fn document(options: &[&str]) -> Value {
    let output = call(&[&["hindcast"], options, &["--format", "json", "--quiet"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).expect("JSON and nothing else")
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// The tables in both READMEs are what the command prints now.
#[test]
fn the_readmes_show_what_the_hindcast_prints() {
    for (file, lang) in [("README.zh.md", "zh"), ("README.md", "en")] {
        let printed = stdout(&call(&["hindcast", ZHEJIANG, "--lang", lang, "--quiet"]));
        let readme = fs::read_to_string(package(file)).expect("the README is there").replace("\r\n", "\n");
        let (before, rest) = readme.split_once("<!-- hindcast:begin -->\n```\n").expect("a marked block");
        let (shown, after) = rest.split_once("```\n<!-- hindcast:end -->").expect("its end");
        if blessing() {
            let made =
                format!("{before}<!-- hindcast:begin -->\n```\n{printed}```\n<!-- hindcast:end -->{after}");
            fs::write(package(file), made).expect("the README can be written");
        } else {
            assert_eq!(shown, printed, "{file} is stale: run the tests once with CLUSTERCAST_BLESS=1");
        }
    }
}

#[test]
fn outcomes_are_placed_by_the_exact_law() {
    let folder = Folder::new();
    let file = folder.path("exact.toml");
    fs::write(&file, format!("{EXACT}{OUTCOMES}")).expect("a file");
    // n = 100,000; P(X ≤ x) = Φ(z). Each share is within 4.8916 standard errors with probability 1 − 1e-6; the sketch
    // adds less than 1e-4.
    let found = document(&[text(&file), "--policy", "none", "--trials", "100000"]);
    let outcomes = found["outcomes"].as_array().expect("a list");
    assert_eq!(outcomes.iter().map(|o| number(&o["year"])).collect::<Vec<_>>(), [2022.0, 2023.0, 2024.0]);
    for outcome in outcomes {
        let (years, value) = (number(&outcome["year"]) - 2021.0, number(&outcome["value"]));
        let z = (libm::log(value / 1000.0) - years * libm::log(1.05)) / (0.1 * years.sqrt());
        let exact = libm::erfc(-z / std::f64::consts::SQRT_2) / 2.0;
        let place = &outcome["place"];
        let found = number(&place["at_most"]);
        let error = (exact * (1.0 - exact) / 1e5).sqrt();
        assert!((found - exact).abs() < 4.8916 * error + 1e-4, "{years}: {found} instead of {exact}");
        assert!((found + number(&place["at_least"]) - 1.0).abs() < 1e-12, "no single value has a chance");
        assert_eq!(outcome["inside"], Value::Bool((0.05..=0.95).contains(&exact)), "{years}");
    }
    let settled = &outcomes[2]["target"];
    assert_eq!((&settled["id"], &settled["met"]), (&Value::from("goal"), &Value::Bool(false)));
    let z = (libm::log(1.3) - 3.0 * libm::log(1.05)) / (0.1 * 3.0_f64.sqrt());
    let (chance, exact) = (number(&settled["probability"]), libm::erfc(z / std::f64::consts::SQRT_2) / 2.0);
    assert!((chance - exact).abs() < 4.8916 * (exact * (1.0 - exact) / 1e5).sqrt(), "{chance} {exact}");
}

#[test]
fn outcomes_change_no_run() {
    let folder = Folder::new();
    let results = |name: &str, scenario: &str| {
        let file = folder.path(name);
        fs::write(&file, scenario).expect("a file");
        let output = call(&["run", text(&file), "--trials", "3000", "--format", "json", "--quiet"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let mut all: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        all["runs"].take()
    };
    assert_eq!(results("with.toml", &format!("{EXACT}{OUTCOMES}")), results("without.toml", EXACT));
}

#[test]
fn what_is_missing_is_said() {
    let folder = Folder::new();
    let file = folder.path("exact.toml");
    fs::write(&file, EXACT).expect("a file");
    let none = call(&["hindcast", text(&file), "--lang", "en"]);
    assert_eq!(code(&none), 2);
    assert!(stderr(&none).contains("[[outcome]]"), "{}", stderr(&none));
    fs::write(&file, format!("{EXACT}{OUTCOMES}")).expect("a file");
    let which = call(&["hindcast", text(&file), "--lang", "en"]);
    assert_eq!(code(&which), 2);
    assert!(stderr(&which).contains("--policy which one was in force: none"), "{}", stderr(&which));
    let nobody = call(&["hindcast", ZHEJIANG, "--policy", "nobody", "--lang", "en"]);
    assert_eq!(code(&nobody), 2);
}

#[test]
fn threads_do_not_change_a_bit_and_the_world_does() {
    let of = |options: &[&str]| document(&[&[ZHEJIANG, "--trials", "5000"], options].concat());
    let one = of(&["--threads", "1"]);
    assert_eq!(of(&["--threads", "3"]), one);
    assert_eq!(one["policy"]["id"], "plan");
    // with the growth that came, the outcome lies higher among the predictions
    let came = of(&["--world", "as-it-happened"]);
    let last = |found: &Value| {
        let mut outcomes = found["outcomes"].as_array().expect("a list").iter();
        let revenue = outcomes.find(|o| o["measure"] == "revenue" && o["year"] == 2024);
        number(&revenue.expect("revenue of 2024")["place"]["at_most"])
    };
    assert!(last(&came) > last(&one) + 0.1, "{} {}", last(&came), last(&one));
}

#[test]
fn the_outside_view_stands_beside_the_chance() {
    let folder = Folder::new();
    let out = folder.path("o");
    let hubei = "scenarios/hubei-2027.toml";
    let run = call(&["run", hubei, "--trials", "1000", "--quiet", "--lang", "en", "--out", text(&out)]);
    assert!(stdout(&run).contains("The outside view"), "{}", stdout(&run));
    let written = fs::read_to_string(folder.path("o/results.json")).expect("a file");
    let results: Value = serde_json::from_str(&written).expect("JSON");
    let rows = results["realism"].as_array().expect("a list");
    let targets = results["runs"][0]["targets"].as_array().expect("a list");
    assert_eq!(rows.len(), targets.len(), "every target has its row");
    let first = &rows[0];
    // facts: 0.57 of 2500, from 0.45 to 0.80; Jiangsu 2005–2010
    let level = &first["precedents"]["level"];
    assert!((number(&level["median"]) - 2500.0 * 1252.3 / 2200.0).abs() < 1e-9);
    assert!((number(&level["high"]) - 2000.0).abs() < 1e-9);
    assert_eq!(first["peers"]["place"]["en"], "Jiangsu");
    // Hubei's own targets must not be held against a peer that is Hubei
    assert!(rows.iter().all(|row| row["peers"]["place"]["en"] != "Hubei"));
    for (width, lang) in [("80", "zh"), ("80", "en"), ("100", "zh"), ("100", "en")] {
        for args in [vec!["hindcast", ZHEJIANG, "--trials", "500", "--quiet"], vec!["check", ZHEJIANG]] {
            let output = program().args(&args).args(["--lang", lang]).env("COLUMNS", width).output();
            for line in stdout(&output.expect("the program starts")).lines() {
                let columns = unicode_width::UnicodeWidthStr::width(line);
                assert!(columns <= width.parse().expect("a number"), "{args:?} at {width}: {line}");
            }
        }
    }
}
