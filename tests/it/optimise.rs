//! `optimise` through the real program: its document, its files, its words in both languages, and what it refuses.

use serde_json::Value;

use crate::cli::{call, code, stderr, stdout, text};
use crate::compare::SMALL;
use crate::folder::Folder;

const TRIALS: [&str; 3] = ["--trials", "400", "--quiet"];

fn json(threads: &str) -> String {
    let args = ["optimise", SMALL, "--probability", "60%", "--format", "json", "--threads", threads];
    let output = call(&[&args[..], &TRIALS].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn the_document_is_the_same_for_any_number_of_threads_and_counts_money_in_one_way() {
    let one = json("1");
    assert_eq!(one, json("2"));
    let found: Value = serde_json::from_str(&one).expect("JSON");
    // what only speeds up filings cannot move the level: it is neither split nor counted
    assert_eq!(found["uncounted"][0]["id"], "office");
    assert!(found["evaluations"].as_u64() > Some(400 * 20));
    let number = |value: &Value| value.as_f64().expect("a number");
    let lines = found["instruments"].as_array().expect("instruments");
    let set =
        |key: &str| lines.iter().map(|line| number(&line[key])).sum::<f64>() + number(&found["fixed_cost"]);
    for (outcome, key) in [("present", "present"), ("best", "best")] {
        let cost = number(&found[outcome][0]["cost"]);
        assert!((cost - set(key)).abs() < 1e-9 * cost, "{outcome}: {cost} for {}", set(key));
    }
    let best = number(&found["best"][0]["cost"]);
    let frontier = found["frontier"].as_array().expect("points");
    assert!(frontier.iter().any(|point| (number(&point["cost"]) - best).abs() < 1e-9), "{best}");
    assert!(best <= number(&found["budget"]) * (1.0 + 1e-9));
}

#[test]
fn words_say_what_the_bound_decides_and_files_are_written() {
    let folder = Folder::new();
    for (lang, bound) in [("zh", "假定的上限（现有的三倍）"), ("en", "the assumed bound of three times")]
    {
        let out = folder.path(lang);
        let args = ["optimise", SMALL, "--budget", "60亿元", "--lang", lang, "--out", text(&out)];
        let mut args = args.to_vec();
        // all that is allowed: the fund's bound is reached
        let most = call(&[&["optimise", SMALL, "--format", "json"][..], &TRIALS].concat());
        let most: Value = serde_json::from_str(&stdout(&most)).expect("JSON");
        let most = format!("{}亿元", most["most"].as_f64().expect("a number") * 0.999_999);
        args[3] = &most;
        let output = call(&[&args[..], &TRIALS].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let shown = stdout(&output).replace('\n', "");
        assert!(shown.contains(bound), "{shown}");
        let names = folder.names(lang);
        for name in
            ["optimise.json", "optimise-frontier.csv", "optimise-frontier.svg", "optimise-instruments.csv"]
        {
            assert!(names.iter().any(|known| known == name), "{name} among {names:?}");
        }
    }
}

#[test]
fn what_cannot_be_asked_is_refused() {
    for (args, word) in [
        (["--budget", "100000亿元"], "亿元"),
        (["--bound", "office=0..1"], "fund"),
        (["--policy", "paln"], "plan"),
    ] {
        let refused = call(&[&["optimise", SMALL, "--lang", "zh"][..], &args, &TRIALS].concat());
        assert_eq!(code(&refused), 2, "{args:?}: {}", stdout(&refused));
        assert!(stderr(&refused).contains(word), "{args:?}: {}", stderr(&refused));
        assert!(stdout(&refused).is_empty());
    }
}
