//! `report` and `run --report` through the real program: files, streams, refusals.

use std::fs;

use serde_json::Value;

use crate::cli::{call, code, stderr, stdout, text};
use crate::docs::package;
use crate::folder::Folder;

const ZHEJIANG: &str = "scenarios/zhejiang-base-2024.toml";

#[test]
fn kept_results_give_the_same_files_as_a_simulation() {
    let folder = Folder::new();
    let made = folder.path("made");
    let first = call(&["report", ZHEJIANG, "--trials", "600", "--out", text(&made)]);
    assert_eq!(code(&first), 0, "{}", stderr(&first));
    let names = folder.names("made");
    for name in
        ["briefing.docx", "fan.png", "fan.svg", "manifest.json", "report.html", "report.xlsx", "results.csv"]
    {
        assert!(names.contains(&name.to_owned()), "{name} is missing: {names:?}");
        let size = fs::metadata(made.join(name)).expect("a file").len();
        assert!(size > 0 && stdout(&first).contains(name), "{name}: {size} bytes");
    }
    let pictures = |ending: &str| {
        let of = |name: &&String| name.starts_with("chart-") && name.ends_with(ending);
        names.iter().filter(of).map(|name| name.trim_end_matches(ending).to_owned()).collect::<Vec<_>>()
    };
    assert!(!pictures(".svg").is_empty(), "{names:?}");
    assert_eq!(pictures(".svg"), pictures(".png"));
    let manifest: Value =
        serde_json::from_slice(&fs::read(made.join("manifest.json")).expect("a file")).expect("JSON");
    assert_eq!(manifest["files"].as_array().expect("a list").len() + 1, names.len());

    // the document under another name, so that its folder is not overwritten
    fs::copy(made.join("results.json"), folder.path("kept.json")).expect("a copy");
    let kept = call(&["report", text(&folder.path("kept.json"))]);
    assert_eq!(code(&kept), 0, "{}", stderr(&kept));
    assert_eq!(folder.names("kept"), names);
    for name in &names {
        let read = |below: &str| fs::read(folder.path(below).join(name)).expect("a file");
        assert!(read("made") == read("kept"), "{name} differs");
    }
    assert!(stderr(&kept).is_empty(), "{}", stderr(&kept));
    assert_eq!(code(&call(&["verify", text(&made.join("results.json"))])), 0);
}

#[test]
fn options_of_a_simulation_are_refused_for_kept_results() {
    let folder = Folder::new();
    let out = folder.path("o");
    // a plain run: without parts of policies
    let run = call(&["run", ZHEJIANG, "--trials", "300", "--policy", "plan", "--out", text(&out)]);
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    let (document, before) = (out.join("results.json"), folder.names("o"));
    let refused = call(&["report", text(&document), "--lang", "en", "--trials", "5", "--world", "base"]);
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("--world, --trials"), "{}", stderr(&refused));
    assert_eq!(folder.names("o"), before);

    let made = call(&["report", text(&document), "--lang", "en"]);
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    let notes = stderr(&made);
    assert_eq!(notes.lines().count(), 1, "{notes}");
    assert!(notes.contains("clustercast report zhejiang-base-2024.toml --trials 300"), "{notes}");
    assert!(folder.names("o").contains(&"report.html".to_owned()));
    for (args, exit) in [(["report", "nowhere.json"], 3), (["report", "nowhere.toml"], 3)] {
        assert_eq!(code(&call(&args)), exit, "{args:?}");
    }
}

#[test]
fn a_run_with_a_report_prints_the_tables_and_writes_both() {
    let folder = Folder::new();
    let out = folder.path("o");
    let options = ["--trials", "300", "--policy", "none", "--report", "--out", text(&out)];
    let run = call(&[&["run", ZHEJIANG][..], &options].concat());
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    assert!(stdout(&run).contains("各方案实现目标的可能性") && stdout(&run).contains("briefing.docx"));
    assert!(folder.names("o").contains(&"results.csv".to_owned()));
    let document: Value =
        serde_json::from_slice(&fs::read(out.join("results.json")).expect("a file")).expect("JSON");
    assert_eq!(document["run"]["briefing"], true);
}

#[test]
fn an_edited_document_is_no_report() {
    let folder = Folder::new();
    let out = folder.path("o");
    let run = call(&["run", ZHEJIANG, "--trials", "300", "--policy", "plan", "--out", text(&out)]);
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    let path = out.join("results.json");
    let sound: Value = serde_json::from_slice(&fs::read(&path).expect("a file")).expect("JSON");
    let edits: [(&str, Value, &str); 6] = [
        ("/runs/0/targets/0/probability", Value::from(-3.0), "probability -3"),
        ("/runs/0/targets/0/interval/1", Value::from(0.0), "probability"),
        ("/runs/0/targets/0/hits", Value::from(301), "301 of 300"),
        ("/scenario/horizon", Value::from(99_999_999), "99999999"),
        ("/runs", Value::Array(Vec::new()), "do not match"),
        ("/runs/0/series/0/quantiles/0.5/1", Value::from(-5.0), "do not rise"),
    ];
    for (pointer, value, words) in edits {
        let mut edited = sound.clone();
        *edited.pointer_mut(pointer).expect("a place") = value;
        fs::write(&path, edited.to_string()).expect("a file");
        let before = folder.names("o");
        let refused = call(&["report", text(&path), "--lang", "en"]);
        assert_eq!(code(&refused), 2, "{pointer}: {}", stderr(&refused));
        assert!(stderr(&refused).contains(words), "{pointer}: {}", stderr(&refused));
        assert_eq!(folder.names("o"), before, "{pointer}");
    }
}

#[test]
fn what_an_earlier_report_left_is_named_and_kept() {
    let folder = Folder::new();
    let out = folder.path("o");
    let first = call(&["report", ZHEJIANG, "--trials", "300", "--policy", "plan", "--out", text(&out)]);
    assert!(stderr(&first).is_empty(), "{}", stderr(&first));
    let page = fs::read(out.join("report.html")).expect("a file");
    let run = call(&["run", ZHEJIANG, "--trials", "300", "--seed", "9", "--out", text(&out), "--lang", "en"]);
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    assert!(
        stderr(&run).contains("briefing.docx") && stderr(&run).contains("report.html"),
        "{}",
        stderr(&run)
    );
    assert_eq!(fs::read(out.join("report.html")).expect("a file"), page);
}

/// So many trials that the test would not come to an end if anything were simulated first.
#[test]
fn worlds_whose_charts_would_share_a_file_are_refused_before_anything_is_simulated() {
    let folder = Folder::new();
    let (file, out) = (folder.path("worlds.toml"), folder.path("o"));
    let scenario = fs::read_to_string(package("tests/fixtures/reports/extremes.toml")).expect("a fixture");
    let world =
        |id: &str| format!("\n[[world]]\nid = \"{id}\"\nscale = {{ \"cluster.wide.own_volatility\" = 2 }}\n");
    fs::write(&file, scenario + &world("慢|一") + &world("慢?一")).expect("a file");
    for (lang, said) in [("zh", "写进同一个文件"), ("en", "would be one file")] {
        for word in ["run", "report"] {
            let options = ["--trials", "50000000", "--out", text(&out), "--lang", lang];
            let worlds = ["--world", "慢|一", "--world", "慢?一"];
            let refused = call(&[&[word, text(&file)][..], &options, &worlds].concat());
            let fault = stderr(&refused);
            assert_eq!(code(&refused), 2, "{fault}");
            assert!(fault.contains(said) && fault.contains("慢|一") && fault.contains("慢?一"), "{fault}");
            assert!(!out.exists() && stdout(&refused).is_empty());
        }
    }
    // one of them at a time has a file of its own
    let alone = call(&["run", text(&file), "--trials", "100", "--out", text(&out), "--world", "慢?一"]);
    assert_eq!(code(&alone), 0, "{}", stderr(&alone));
}
