//! `bench` and `--precision` through the real program. Times are never a pass or fail.

use std::fs;

use serde_json::Value;

use crate::cli::{call, code, stderr, stdout, text};
use crate::folder::Folder;

/// `ln R` in 2024 is normal with mean `ln 1000 + 3 ln 1.05` and s.d. `0.1 √3`.
pub const CASE: &str = r#"
[scenario]
id = "case"
title = "case"
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

#[test]
fn bench_measures_the_built_in_scenario_and_tells_what_takes_the_time() {
    let output = call(&["bench", "--threads", "1", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let speed: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(speed["schema"], "clustercast-bench/1");
    assert_eq!((&speed["segments"], &speed["threads"][0]["threads"]), (&10.into(), &1.into()));
    let rounds = speed["threads"][0]["rounds"].as_array().unwrap();
    assert!(rounds.len() == 5 && rounds.iter().all(|speed| speed.as_f64().unwrap() > 0.0));
    let stages = speed["stages"].as_array().unwrap();
    let total: f64 = stages.iter().map(|stage| stage["share"].as_f64().unwrap()).sum();
    assert!(stages.len() == 5 && (total - 1.0).abs() < 1e-9, "{stages:?}");
    let needed = &speed["needed"][0];
    // p (1 − p) (1.96 / 0.001)², whatever p is found
    let (p, trials) = (needed["probability"].as_f64().unwrap(), needed["trials"].as_f64().unwrap());
    assert!((trials / (p * (1.0 - p) * 3_841_459.0) - 1.0).abs() < 0.01, "{needed}");
}

#[test]
fn a_wanted_precision_ends_a_run() {
    let folder = Folder::new();
    let (file, out) = (folder.path("case.toml"), folder.path("out"));
    fs::write(&file, CASE).unwrap();
    let (file, out) = (text(&file), text(&out));
    let output = call(&["run", file, "--precision", "goal=0.5pp", "--quiet", "--lang", "en", "--out", out]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = stdout(&output).replace('\n', " ");
    assert!(said.contains("Simulated until precise enough"), "{said}");
    let document = folder.path("out/results.json");
    let json = fs::read_to_string(&document).unwrap();
    let results: Value = serde_json::from_str(&json).unwrap();
    let run = &results["run"];
    assert_eq!((&run["stop"], &run["precision"]["reached"]), (&"precision".into(), &true.into()));
    let interval = &results["runs"][0]["targets"][0]["interval"];
    let width = interval[1].as_f64().unwrap() - interval[0].as_f64().unwrap();
    assert!(width <= 0.01 && width > 0.009, "{width}");
    let again = call(&["verify", text(&document)]);
    assert_eq!(code(&again), 0, "{}", stderr(&again));

    for (value, fault) in [("0.5", "percentage points"), ("goal=0pp", "percentage points")] {
        let refused = call(&["run", file, "--precision", value, "--lang", "en"]);
        assert_eq!(code(&refused), 2);
        assert!(stderr(&refused).contains(fault), "{}", stderr(&refused));
    }
    let stranger = call(&["run", file, "--precision", "gaol=1pp", "--lang", "en"]);
    assert_eq!(code(&stranger), 2);
    assert!(stderr(&stranger).contains("goal"), "{}", stderr(&stranger));
}

#[test]
fn single_trials_are_those_of_the_run() {
    let folder = Folder::new();
    let (file, out) = (folder.path("case.toml"), folder.path("out"));
    fs::write(&file, CASE).unwrap();
    let run =
        ["run", text(&file), "--trials", "700", "--samples", "700", "--quiet", "--format", "json", "--out"];
    let output = call(&[&run[..], &[text(&out)]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let results: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let table = fs::read_to_string(folder.path("out/samples.csv")).unwrap();
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let rows: Vec<Vec<&str>> = lines.collect();
    assert_eq!((&head[..3], rows.len()), (&["world", "policy", "trial"][..], 700));
    let column = |name: &str| head.iter().position(|head| *head == name).unwrap();
    let target = &results["runs"][0]["targets"][0];
    let hits = rows.iter().filter(|row| row[column("target.goal")] == "1").count();
    assert_eq!(target["hits"], hits);
    let revenue: Vec<f64> =
        rows.iter().map(|row| row[column("province.province.2024")].parse().unwrap()).collect();
    let mean = revenue.iter().sum::<f64>() / 700.0;
    assert!((mean / target["quantity"]["mean"].as_f64().unwrap() - 1.0).abs() < 1e-12);
    assert_eq!(revenue.iter().filter(|x| **x >= 1300.0).count(), hits);
    // the same trials, whatever the length of the run
    let short = folder.path("short");
    call(&["run", text(&file), "--trials", "9000", "--samples", "3", "--quiet", "--out", text(&short)]);
    let again = fs::read_to_string(folder.path("short/samples.csv")).unwrap();
    assert!(table.starts_with(&again) && again.lines().count() == 4, "{again}");
    // a run that ends earlier has fewer
    let few = folder.path("few");
    let run =
        ["run", text(&file), "--precision", "5pp", "--samples", "20000", "--quiet", "--out", text(&few)];
    let done = call(&run);
    assert_eq!(code(&done), 0);
    assert!(stderr(&done).contains("20000"), "fewer rows than asked for are told: {}", stderr(&done));
    let json = fs::read_to_string(folder.path("few/results.json")).unwrap();
    let results: Value = serde_json::from_str(&json).unwrap();
    let rows = fs::read_to_string(folder.path("few/samples.csv")).unwrap().lines().count() - 1;
    assert_eq!(results["run"]["trials"], rows);
    // what an earlier run has left is told
    let output = call(&["run", text(&file), "--trials", "300", "--lang", "en", "--out", text(&few)]);
    assert!(stderr(&output).contains("samples.csv"), "{}", stderr(&output));
    let refused = call(&["run", text(&file), "--trials", "1e9", "--samples", "1e9", "--lang", "en"]);
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("--samples"), "{}", stderr(&refused));
}
