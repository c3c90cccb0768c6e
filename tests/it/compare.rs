//! `compare` through the real program: its document, its files, its words, and what it refuses.

use serde_json::Value;

use clustercast::analysis::decision::Question;
use clustercast::analysis::decision::compare::{Asked, compare};
use clustercast::cli::load::{Examined, examine};
use clustercast::engine::Silent;
use clustercast::model::Choices;

use crate::cli::{call, code, stderr, stdout, text};
use crate::docs::package;
use crate::folder::Folder;

pub const SMALL: &str = "tests/fixtures/decisions.toml";

#[test]
fn the_document_is_complete_and_the_same_for_any_number_of_threads() {
    let of = |threads: &str| {
        let arguments =
            ["compare", SMALL, "--trials", "700", "--format", "json", "--quiet", "--threads", threads];
        let output = call(&arguments);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        stdout(&output)
    };
    let one = of("1");
    assert_eq!(one, of("2"));
    let document: Value = serde_json::from_str(&one).expect("JSON and nothing else");
    assert_eq!(document["schema"], "clustercast-compare/3");
    let len = |key: &str| document[key].as_array().map_or(0, Vec::len);
    assert_eq!((len("worlds"), len("cells"), len("regrets")), (2, 6, 3));
    assert_eq!(document["pairs"]["pairs"].as_array().map(Vec::len), Some(6));
    for pair in document["pairs"]["pairs"].as_array().expect("pairs") {
        for (difference, told) in [("probability", "probability_told"), ("quantity", "quantity_told")] {
            let end = |at: usize| pair[difference]["interval"][at].as_f64().expect("an end");
            assert_eq!(pair[told], Value::from(end(0) > 0.0 || end(1) < 0.0), "{pair}");
        }
    }
    let parts = &document["contributions"];
    let instruments = parts["instruments"].as_array().expect("instruments");
    assert_eq!((instruments.len(), &parts["method"]), (3, &Value::from("exact")));
    let sum: f64 = instruments.iter().filter_map(|i| i["shapley"]["quantity"]["value"].as_f64()).sum();
    let total = parts["total"]["quantity"]["value"].as_f64().expect("a total");
    assert!((sum - total).abs() < 1e-9 * total, "{sum} for {total}");
    let office = instruments.iter().find(|i| i["instrument"]["id"] == "office").expect("the office");
    assert_eq!(
        (&office["moves_target"], &office["shapley"]["probability"]["value"]),
        (&false.into(), &0.0.into())
    );
}

#[test]
fn words_tables_and_charts_are_written_in_both_languages() {
    let zh = ["贡献最大的是", "可能性分得清高低的"];
    let en = ["most is added by", "are told apart by their probability"];
    let heads = [["同时成立的区间", "可能性能否分清"], ["Joint interval", "Means told apart"]];
    for (lang, words, heads) in [("zh", zh, heads[0]), ("en", en, heads[1])] {
        let folder = Folder::new();
        let out = folder.path("out");
        let output = call(&[
            "compare",
            SMALL,
            "--trials",
            "600",
            "--lang",
            lang,
            "--probability",
            "30%",
            "--out",
            text(&out),
            "--quiet",
        ]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        // wherever lines are broken
        let printed = stdout(&output).replace('\n', if lang == "zh" { "" } else { " " });
        for word in words.into_iter().chain(["30%"]) {
            assert!(printed.contains(word), "{word}: {printed}");
        }
        let pairs = std::fs::read_to_string(out.join("compare-pairs.csv")).expect("the table of pairs");
        assert!(heads.iter().all(|head| pairs.contains(head)), "{pairs}");
        let names = folder.names("out");
        for name in [
            "compare.json",
            "compare-regret-quantity.csv",
            "compare-contribution.svg",
            "compare-probability.png",
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
        ("--probability", "150%", "--probability"),
    ] {
        let output = call(&["compare", SMALL, "--lang", "zh", "--out", text(&out), option, value]);
        assert_eq!(code(&output), 2, "{option} {value}");
        assert!(stderr(&output).contains(hint), "{option}: {}", stderr(&output));
        assert!(!out.exists(), "{option} {value} wrote files");
    }
}

/// What is left out as unable to move the target moves it in no trial: the sets without it add up to the whole policy.
#[test]
fn instruments_that_are_not_simulated_move_nothing_in_the_shipped_scenario() {
    let path = package("scenarios/hubei-2027.toml");
    let Examined { model, .. } = examine(&path, &Choices::new()).expect("a scenario");
    let model = model.expect("a shipped scenario is valid");
    for target in ["huanggang-300", "patent-prereview-1500"] {
        let ask = |trials: u64| {
            let question = Question {
                target: Some(target.to_owned()),
                policies: Some(vec!["plan".to_owned()]),
                worlds: Some(vec!["base".to_owned()]),
                trials: Some(trials),
                ..Question::default()
            };
            compare(&model, &[], &question, Asked::default(), &Silent).expect("an answer")
        };
        let mut answer = ask(128);
        let parts = answer.findings.contributions.take().expect("the plan has instruments");
        if parts.trials != answer.trials {
            // contributions of many instruments have trials of their own, the first ones with the same seed
            answer = ask(parts.trials);
        }
        let change = answer.findings.cells[1].change.as_ref().expect("not the reference");
        let whole = change.quantity.as_ref().expect("a quantity").mean.value;
        let total = parts.total.quantity.expect("a quantity").value;
        assert!((total - whole).abs() < 1e-9 * whole.abs().max(1.0), "{target}: {total} for {whole}");
        let moving = parts.instruments.iter().filter(|part| part.moves_target).count();
        assert!(moving < parts.instruments.len() && moving > 0, "{target}: {moving} move it");
        let sum: f64 =
            parts.instruments.iter().map(|part| part.shapley.quantity.map_or(0.0, |e| e.value)).sum();
        assert!((sum - total).abs() < 1e-9 * total.abs().max(1.0), "{target}: {sum} for {total}");
    }
}

/// A fund that is paid the year after the target is judged is not free: the sentence tells how much it takes.
#[test]
fn money_after_the_year_of_the_target_is_told() {
    let file = std::fs::read_to_string(package(SMALL)).expect("the fixture");
    let file = file.replace("from = 2025, to = 2026 }\ncapacity", "from = 2027, to = 2027 }\ncapacity");
    let file = file.replace("year = 2027\nat_least", "year = 2026\nat_least");
    let folder = Folder::new();
    let path = folder.path("late.toml");
    std::fs::write(&path, file).expect("a file");
    for (lang, told, never) in [
        ("zh", ["财政资金到2026年与参照方案相同，以后多花", "每一项数字"], ["不另花财政资金", "不花钱"]),
        (
            "en",
            ["is that of the reference by 2026, and", "for each figure by itself"],
            ["takes no further", "free"],
        ),
    ] {
        let output = call(&["compare", text(&path), "--trials", "600", "--lang", lang, "--quiet"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let printed = stdout(&output).replace('\n', if lang == "zh" { "" } else { " " });
        assert!(told.iter().all(|words| printed.contains(words)), "{printed}");
        assert!(!never.iter().any(|words| printed.contains(words)), "{printed}");
    }
}

/// Where no trial meets the target the mean tells policies apart; the least loss is no success.
#[test]
fn a_policy_that_is_worse_than_the_reference_is_not_called_best() {
    let scenario = "tests/fixtures/reports/extremes.toml";
    for (lang, wanted, unwanted) in
        [("zh", "没有方案好于“不实施政策”", "”最好，"), ("en", "no policy is better than", "is best:")]
    {
        let output = call(&["compare", scenario, "--trials", "2000", "--lang", lang, "--quiet"]);
        let printed = stdout(&output).replace('\n', if lang == "zh" { "" } else { " " });
        assert!(printed.contains(wanted) && !printed.contains(unwanted), "{printed}");
    }
}

/// The same policy, target, seed and trials have one median, whichever command tells it.
#[test]
fn the_median_is_that_of_a_run() {
    let document = |command: &str| -> Value {
        let args = [command, SMALL, "--trials", "1500", "--seed", "5", "--format", "json", "--quiet"];
        let output = call(&args);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        serde_json::from_str(&stdout(&output)).expect("JSON and nothing else")
    };
    let (run, compared) = (document("run"), document("compare"));
    let runs = run["runs"].as_array().expect("runs");
    let mut seen = 0;
    for cell in compared["cells"].as_array().expect("cells") {
        let same = runs.iter().find(|run| {
            run["policy"]["id"] == cell["policy"]["id"] && run["world"]["id"] == cell["world"]["id"]
        });
        let Some(run) = same else { continue };
        let target = run["targets"].as_array().expect("targets").iter().find(|t| t["id"] == "level");
        let median = &target.expect("the target")["quantity"]["quantiles"]["0.5"];
        assert!(median.is_number() && *median == cell["quantity"]["median"]["value"], "{median}: {cell}");
        seen += 1;
    }
    assert!(seen >= 3, "{seen} of {}", runs.len());
}
