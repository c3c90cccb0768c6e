//! Switches between readings of the documents, conditions, and conditional probabilities.

use std::cell::RefCell;

use clustercast::analysis::results::Results;
use clustercast::analysis::{Request, inputs_of, realism, simulate, verify};
use clustercast::diag::{Diagnostics, codes};
use clustercast::engine::Silent;
use clustercast::model::{Choices, Model, read_with};
use clustercast::report::{results_csv, results_text};
use clustercast::scenario::{Loaded, MemoryLoader, load};
use clustercast::text::Lang;

const SCENARIO: &str = r#"
[scenario]
id = "s"
title = "S"
base_year = 2024
horizon = 2026
[sources.DOC]
title = "document"
[[switch]]
id = "trade"
name = "Does trade count?"
options = { excluded = "no", included = "yes" }
default = "excluded"
source = "DOC 1"
grade = "assumption"
[[industry]]
id = "s"
trend = "3%"
cycle = { volatility = "10%" }
[[cluster]]
id = "c"
base = 100
[[target]]
id = "narrow"
document = "DOC"
reading = "trade.excluded"
year = 2026
at_least = 105
[[target]]
id = "wide"
document = "DOC"
reading = "trade.included"
year = 2026
at_least = 120
[[target]]
id = "always"
document = "DOC"
year = 2025
at_least = 100
[[target]]
id = "slow"
role = "condition"
year = 2025
at_most = 100
[[target]]
id = "never"
role = "condition"
year = 2025
at_least = 1_000_000
[[conditional]]
id = "always-given-slow"
target = "always"
given = ["slow"]
[[conditional]]
id = "narrow-given-always"
target = "narrow"
given = ["always"]
[[conditional]]
id = "no-trial"
target = "always"
given = ["never", "slow"]
"#;

fn choices(option: &str) -> Choices {
    [("trade".to_owned(), option.to_owned())].into()
}

fn examine(text: &str, choices: &Choices) -> (Option<Model>, Loaded, Diagnostics) {
    let loaded = load(&MemoryLoader::new([("s.toml", text)]), "s.toml");
    let sink = RefCell::new(loaded.faults.clone());
    let model = loaded.root.as_ref().and_then(|root| read_with(root, choices, &sink));
    (model, loaded, sink.into_inner())
}

fn run(text: &str, choices: &Choices) -> Results {
    let (model, loaded, _) = examine(text, choices);
    let request = Request { trials: Some(4_000), ..Request::default() };
    simulate(&model.expect("a sound scenario"), inputs_of(&loaded.sources), &request, &Silent)
        .expect("results")
}

/// Without the conditional that names `narrow`, so that every reading may be chosen.
fn free() -> String {
    let rest = "[[conditional]]\nid = \"narrow-given-always\"\ntarget = \"narrow\"\ngiven = [\"always\"]\n";
    SCENARIO.replace(rest, "")
}

#[test]
fn the_reading_decides_what_is_in_force_but_no_figure() {
    let (default, other) = (run(&free(), &Choices::new()), run(&free(), &choices("included")));
    for (results, in_force) in [(&default, "narrow"), (&other, "wide")] {
        let run = &results.runs[0];
        let found: Vec<&str> = run.targets.iter().filter(|t| t.is_proper()).map(|t| t.id.as_str()).collect();
        assert_eq!(found, [in_force, "always"]);
        assert_eq!(run.joint[0].targets, [in_force, "always"]);
        assert_eq!(results.switches[0].default, "excluded");
    }
    assert_eq!(other.switches[0].chosen, "included");
    for id in ["narrow", "wide", "always"] {
        let hits = |results: &Results| results.runs[0].target(id).expect("a target").hits;
        assert!(hits(&default) > 0);
        assert_eq!(hits(&default), hits(&other), "{id}");
    }
    assert!(default.runs[0].joint[0].hits > other.runs[0].joint[0].hits);
}

#[test]
fn an_extending_file_and_a_repeated_run_choose_too() {
    let base = free();
    let child = "extends = \"s.toml\"\n[[switch]]\nid = \"trade\"\ndefault = \"included\"\n";
    let loaded = load(&MemoryLoader::new([("s.toml", base.as_str()), ("c.toml", child)]), "c.toml");
    let sink = RefCell::new(loaded.faults);
    let model = read_with(loaded.root.as_ref().unwrap(), &Choices::new(), &sink).expect("a model");
    assert_eq!((model.switches[0].default, model.switches[0].chosen), (1, 1));
    let other = run(&base, &choices("included"));
    assert!(verify(&other, None, &Silent).expect("a verdict").is_same());
    let mut changed = other.clone();
    changed.switches[0].chosen = "excluded".to_owned();
    assert!(!verify(&changed, None, &Silent).expect("a verdict").is_same());
}

#[test]
fn conditional_probabilities_count_the_given_trials() {
    let results = run(SCENARIO, &Choices::new());
    let run = &results.runs[0];
    let hits = |id: &str| run.target(id).expect("a target").hits;
    let [slow, narrow, none] = &run.conditional[..] else { panic!("three") };
    assert_eq!((slow.hits, slow.given_trials), (0, hits("slow")));
    assert_eq!(slow.probability, Some(0.0));
    assert!(slow.interval.expect("an interval")[1] > 0.0);
    assert_eq!(narrow.given_trials, hits("always"));
    assert_eq!(narrow.probability, Some(narrow.hits as f64 / narrow.given_trials as f64));
    assert!(narrow.hits > 0 && narrow.hits <= hits("narrow").min(hits("always")));
    assert_eq!((none.probability, none.interval, none.given_trials), (None, None, 0));
    assert!(run.conditional.iter().all(|conditional| conditional.change.is_none()), "the reference itself");
}

#[test]
fn tables_show_readings_and_leave_conditions_out() {
    let results = run(&free(), &Choices::new());
    let text = results_text::terminal(&results, Lang::Zh, 100);
    for part in ["wide（另一读法）", "文件的读法", "Does trade count?", "DOC 1", "无"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let targets = text.split("在某些条件下").next().unwrap_or_default();
    assert!(!targets.contains("slow"), "{targets}");
    let csv = results_csv::write(&results, Lang::En);
    assert!(csv.contains(",conditional,always-given-slow,") && csv.contains(",condition,slow,"));
    let (model, ..) = examine(&free(), &Choices::new());
    let rows = realism(&model.expect("a model")).expect("a table");
    assert!(rows.iter().all(|row| row.id != "slow"));
}

#[test]
fn faults_of_readings_and_conditions() {
    let plain = Choices::new();
    let group = "[[target]]\nid = \"g\"\nall_of = [\"wide\", \"always\"]\n";
    let condition = "[[target]]\nid = \"g\"\nany_of = [\"slow\", \"always\"]\n";
    let own = "[[conditional]]\nid = \"x\"\ntarget = \"always\"\ngiven = [\"always\"]\n";
    let wide = "[[conditional]]\nid = \"x\"\ntarget = \"always\"\ngiven = [\"wide\"]\n";
    for (text, choices, code, part) in [
        (
            SCENARIO.replace("trade.included", "trade.both"),
            plain.clone(),
            codes::UNKNOWN_REFERENCE,
            "no option `both`",
        ),
        (
            SCENARIO.replace("trade.included", "included"),
            plain.clone(),
            codes::UNKNOWN_REFERENCE,
            "switch.option",
        ),
        (
            SCENARIO.replace("trade.included", "sale.included"),
            plain.clone(),
            codes::UNKNOWN_REFERENCE,
            "`sale`",
        ),
        (
            SCENARIO.replace("default = \"excluded\"", "default = \"no\""),
            plain.clone(),
            codes::BAD_CHOICE,
            "`no`",
        ),
        (
            SCENARIO.replace(", included = \"yes\"", "").replace("trade.included", "trade.excluded"),
            plain.clone(),
            codes::MISSING_KEY,
            "two options",
        ),
        (SCENARIO.to_owned(), choices("both"), codes::BAD_CHOICE, "`both`"),
        (SCENARIO.to_owned(), [("sale".to_owned(), "no".to_owned())].into(), codes::BAD_CHOICE, "`sale`"),
        (
            SCENARIO.to_owned(),
            choices("included"),
            codes::BAD_TARGET,
            "\"narrow\" is in force only with trade = excluded",
        ),
        (format!("{SCENARIO}{group}"), plain.clone(), codes::BAD_TARGET, "\"wide\" is in force only"),
        (format!("{SCENARIO}{wide}"), plain.clone(), codes::BAD_TARGET, "\"wide\" is in force only"),
        (format!("{SCENARIO}{condition}"), plain.clone(), codes::BAD_TARGET, "a condition only"),
        (format!("{SCENARIO}{own}"), plain.clone(), codes::BAD_TARGET, "conditional on itself"),
        (
            SCENARIO.replace("[\"never\", \"slow\"]", "[]"),
            plain.clone(),
            codes::MISSING_KEY,
            "the list `given` is empty",
        ),
    ] {
        let (model, _, faults) = examine(&text, &choices);
        let errors: Vec<_> = faults.iter().filter(|fault| fault.code.starts_with('E')).collect();
        let [fault] = errors[..] else { panic!("{part}: {errors:?}") };
        assert!(
            model.is_none() && fault.code == code && fault.message.en.contains(part),
            "{part}: {fault:?}"
        );
    }
    let unused = SCENARIO.replace("given = [\"never\", \"slow\"]", "given = [\"slow\"]");
    let (model, _, faults) = examine(&unused, &plain);
    assert!(model.is_some() && faults.iter().any(|fault| fault.code == codes::UNUSED));
}
