//! `--sampler` through the real program: what it finds, repeats, combines with and refuses.

use std::fs;

use serde_json::Value;

use crate::bench::CASE;
use crate::cli::{call, code, stderr, stdout, text};
use crate::folder::Folder;

/// P(R ≥ 1300) of the case = 1 − Φ(0.66969).
const EXACT: f64 = 0.25153;

fn ends(interval: &Value) -> [f64; 2] {
    [interval[0].as_f64().unwrap(), interval[1].as_f64().unwrap()]
}

#[test]
fn a_line_through_one_normal_law_is_exact() {
    let folder = Folder::new();
    let (file, out) = (folder.path("case.toml"), folder.path("out"));
    fs::write(&file, CASE).unwrap();
    let run =
        ["run", text(&file), "--sampler", "line", "--trials", "5000", "--quiet", "--lang", "en", "--out"];
    let output = call(&[&run[..], &[text(&out)]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = stdout(&output).replace('\n', " ");
    // every table tells the estimate of the lines, not the share of trials
    assert!(
        said.contains("integrated along the leading direction") && said.contains("25.2% (25.1–25.2%)"),
        "{said}"
    );
    let csv = fs::read_to_string(folder.path("out/results.csv")).unwrap();
    assert!(csv.contains(",line_probability,0.2515"), "{csv}");
    assert!(said.contains("16 independently scrambled"), "{said}");
    let document = folder.path("out/results.json");
    let results: Value = serde_json::from_str(&fs::read_to_string(&document).unwrap()).unwrap();
    let run = &results["run"];
    // sixteen times a power of two of at least 5000 trials
    assert_eq!((&run["trials"], &run["sampler"]["name"]), (&8192.into(), &"line".into()));
    assert_eq!(run["sampler"]["directions"], 1);
    let target = &results["runs"][0]["targets"][0];
    let line = &target["line"];
    let found = line["probability"].as_f64().unwrap();
    assert!((found - EXACT).abs() < 1e-5, "{found}");
    for interval in [&line["interval"], &target["interval"]] {
        let [low, high] = ends(interval);
        assert!(low <= EXACT && EXACT <= high && high - low < 0.01, "{interval}");
    }
    let again = call(&["verify", text(&document)]);
    assert_eq!(code(&again), 0, "{}", stderr(&again));
    // a report is made for independent trials
    let report = call(&["report", text(&document), "--lang", "en"]);
    assert_eq!(code(&report), 2);
    assert!(stderr(&report).contains("--sampler"), "{}", stderr(&report));
}

#[test]
fn a_precision_needs_fewer_even_trials() {
    let folder = Folder::new();
    let file = folder.path("case.toml");
    fs::write(&file, CASE).unwrap();
    let trials = |sampler: &str| {
        let run =
            ["run", text(&file), "--precision", "0.2pp", "--sampler", sampler, "--quiet", "--format", "json"];
        let output = call(&run);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let results: Value = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!(results["run"]["precision"]["reached"], true, "{sampler}");
        results["run"]["trials"].as_u64().unwrap()
    };
    let (plain, sobol) = (trials("plain"), trials("sobol"));
    assert!(plain > 4 * sobol, "{plain} independent trials, {sobol} even ones");
}

#[test]
fn what_rests_on_independent_trials_is_refused() {
    let folder = Folder::new();
    let (file, out) = (folder.path("case.toml"), folder.path("out"));
    fs::write(&file, CASE).unwrap();
    for more in [&["--report"][..], &["--samples", "10"]] {
        let run = ["run", text(&file), "--sampler", "sobol", "--lang", "en", "--out", text(&out)];
        let output = call(&[&run[..], more].concat());
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains(more[0]), "{}", stderr(&output));
        assert!(!out.exists());
    }
    let unknown = call(&["run", text(&file), "--sampler", "halton", "--lang", "en"]);
    assert_eq!(code(&unknown), 2);
    assert!(stderr(&unknown).contains("plain or sobol or line"), "{}", stderr(&unknown));
    #[cfg(not(feature = "parquet"))]
    {
        let run = ["run", text(&file), "--samples", "9", "--samples-format", "parquet", "--lang", "en"];
        let output = call(&[&run[..], &["--out", text(&out)]].concat());
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains("--features parquet"), "{}", stderr(&output));
        assert!(!out.exists());
    }
}
