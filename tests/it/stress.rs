//! `stress` through the real program: its document, its files, its words, and what it refuses.

use serde_json::Value;

use crate::cli::{call, code, stderr, stdout, text};
use crate::compare::SMALL;
use crate::folder::Folder;

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
    assert_eq!(document["schema"], "clustercast-stress/1");
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
            "--out",
            text(&out),
            "--quiet",
        ];
        let output = call(&arguments);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(stdout(&output).contains(word), "{}", stdout(&output));
        let names = folder.names("out");
        for name in [
            "stress.json",
            "stress-shocks.csv",
            "stress-reverse.csv",
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
        ("--shock", "event.cut.arrivals", "event.cut"),
    ] {
        let output =
            call(&["stress", SMALL, "--trials", "300", "--lang", "zh", "--out", text(&out), option, value]);
        assert_eq!(code(&output), 2, "{option} {value}: {}", stdout(&output));
        assert!(stderr(&output).contains(hint), "{option}: {}", stderr(&output));
        assert!(!out.exists(), "{option} {value} wrote files");
    }
}
