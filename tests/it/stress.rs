//! `stress` through the real program: its document, its files, its words, and what it refuses.

use std::fs;

use serde_json::Value;

use crate::cli::{call, code, stderr, stdout, text};
use crate::compare::SMALL;
use crate::folder::Folder;

/// What goes on after the years that are judged, and targets of every kind.
const LATER: &str = r#"
[[event]]
id = "late"
rate = 0.5
severity = "10%"
from = 2027
to = 2029

[[pipeline]]
id = "new"
industry = "drugs"
entrants = 1
peak_sales = "2亿元"
ramp = 2

[[pipeline.stage]]
id = "review"
success = 0.8
duration = 1.5
assets = 4

[[arrival]]
id = "firm"
cluster = "a"
industry = "drugs"
rate = "0.4 to 0.9"
size = "3亿元"

[[instrument]]
id = "reserve"
money = { by_year = { 2025 = "2亿元", 2028 = "9亿元" } }
recovery = { share = 0.5, after = 2 }
capacity = { output_ratio = { dist = "uniform", low = 0.5, high = 1.5 }, online_after = 1, full_after = 3 }

[[target]]
id = "next"
scope = "province.p"
year = 2025
at_least = "212亿元"

[[target]]
id = "soon"
scope = "cluster.a"
by = 2026
at_least = "140亿元"

[[target]]
id = "kept"
scope = "province.p"
sustained = [2026, 2027]
at_least = "215亿元"

[[target]]
id = "approved"
year = 2026
approvals = { pipelines = ["new"] }
number_at_least = 3

[[target]]
id = "settled"
year = 2027
arrivals = { of = ["firm"] }
number_at_least = 2

[[target]]
id = "together"
all_of = ["next", "soon", "settled"]
"#;

/// Years after the judged one are left out: the chance is that of a run over all years, for the same trials.
#[test]
fn the_chance_is_that_of_a_run_over_all_years() {
    let small = fs::read_to_string(SMALL).expect("the small province");
    let longer = small.replace("horizon = 2027", "horizon = 2029") + LATER;
    let folder = Folder::new();
    let file = folder.path("longer.toml");
    fs::write(&file, longer).expect("the file can be written");
    let answer = |command: &str, more: &[&str]| -> Value {
        let arguments =
            [command, text(&file), "--trials", "120", "--format", "json", "--quiet", "--policy", "plan"];
        let output = call(&[&arguments, more].concat());
        assert_eq!(code(&output), 0, "{command} {more:?}: {}", stderr(&output));
        serde_json::from_str(&stdout(&output)).expect("JSON and nothing else")
    };
    let run = answer("run", &["--world", "base"]);
    let targets = run["runs"][0]["targets"].as_array().expect("targets");
    assert_eq!(targets.len(), 7);
    for target in targets {
        let id = target["id"].as_str().expect("an id");
        let stress = answer("stress", &["--target", id]);
        assert_eq!(stress["probability"]["value"], target["probability"], "{id}");
        assert_eq!(stress["worlds"].as_array().map(Vec::len), Some(1), "{id}");
    }
}

#[test]
fn the_document_is_complete_and_the_same_for_any_number_of_threads() {
    let of = |threads: &str| {
        let arguments =
            ["stress", SMALL, "--trials", "700", "--format", "json", "--quiet", "--threads", threads];
        let output = call(&arguments);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        stdout(&output)
    };
    let one = of("1");
    assert_eq!(one, of("2"));
    let document: Value = serde_json::from_str(&one).expect("JSON and nothing else");
    assert_eq!(document["schema"], "clustercast-stress/2");
    assert_eq!(document["worlds"].as_array().map(Vec::len), Some(1), "worlds besides the baseline");
    let shocks = document["shocks"].as_array().expect("shocks");
    let path = |shock: &Value| shock["path"].as_str().unwrap_or_default().to_owned();
    let paths: Vec<String> = shocks.iter().map(path).collect();
    for expected in [
        "industry.drugs.trend",
        "industry.drugs.cycle",
        "event.cut.arrivals",
        "event.cut.severity",
        "province.p.base",
    ] {
        assert!(paths.iter().any(|path| path == expected), "{expected} is not among {paths:?}");
    }
    let harm = |shock: &Value| shock["bad"]["effect"]["quantity"]["value"].as_f64().unwrap_or(f64::NAN);
    assert!(shocks.is_sorted_by(|a, b| harm(a) <= harm(b)), "the most harmful comes first");
    assert_eq!(document["reverse"].as_array().map(Vec::len), Some(3));
}

#[test]
fn words_tables_and_charts_are_written_in_both_languages() {
    for (lang, word) in [("zh", "影响最大的是"), ("en", "most harm is done by")] {
        let folder = Folder::new();
        let out = folder.path("out");
        let arguments = [
            "stress",
            SMALL,
            "--trials",
            "600",
            "--lang",
            lang,
            "--shock",
            "industry.drugs.trend",
            "--shock",
            "event.cut.arrivals",
            "--out",
            text(&out),
            "--quiet",
        ];
        let output = call(&arguments);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(stdout(&output).contains(word), "{}", stdout(&output));
        let numbers = fs::read_to_string(out.join("stress-numbers.csv")).expect("numbers of arrivals");
        // the head, then none to the 99 % point of Poisson(0.9): four; and a note
        assert_eq!(numbers.lines().count(), 7, "{numbers}");
        let names = folder.names("out");
        for name in [
            "stress.json",
            "stress-shocks.csv",
            "stress-reverse.csv",
            "stress-numbers.csv",
            "stress-shocks.svg",
            "stress-shocks.png",
        ] {
            assert!(names.iter().any(|known| known == name), "{name} is not among {names:?}");
        }
    }
}

#[test]
fn what_does_not_exist_is_refused_and_nothing_is_written() {
    let folder = Folder::new();
    let out = folder.path("out");
    for (option, value, hint) in [
        ("--target", "levle", "level"),
        ("--policy", "pln", "plan"),
        ("--world", "slowdwn", "slowdown"),
        ("--shock", "industry.drugs.trnd", "industry.drugs.trend"),
        ("--shock", "event.cut.arrival", "event.cut.arrivals"),
    ] {
        let output =
            call(&["stress", SMALL, "--trials", "300", "--lang", "zh", "--out", text(&out), option, value]);
        assert_eq!(code(&output), 2, "{option} {value}: {}", stdout(&output));
        assert!(stderr(&output).contains(hint), "{option}: {}", stderr(&output));
        assert!(!out.exists(), "{option} {value} wrote files");
    }
}

#[test]
fn an_unknown_shock_lists_what_can_be_asked_with_its_name() {
    for (lang, choose, named) in
        [("zh", "可以写：", "event.cut.arrivals（"), ("en", "choose from", "event.cut.arrivals (")]
    {
        let output = call(&["stress", SMALL, "--shock", "weather", "--lang", lang]);
        assert_eq!(code(&output), 2);
        let said = stderr(&output);
        assert!(said.contains(choose) && said.contains(named), "{said}");
    }
}
