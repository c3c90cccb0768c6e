//! Documents that are made from the code, and what they promise.

use std::env;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::cli::{call, stdout};
use clustercast::cli::command::COMMANDS;
use clustercast::scenario::parameters::PARAMS;
use clustercast::scenario::reference;

/// Whether recorded texts are to be written anew instead of compared.
pub fn blessing() -> bool {
    env::var_os("CLUSTERCAST_BLESS").is_some_and(|value| value == "1")
}

/// A file of the package.
pub fn package(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    // A checkout on Windows may have changed the line ends.
    fs::read_to_string(package(path)).unwrap_or_default().replace("\r\n", "\n")
}

#[test]
fn the_format_reference_is_up_to_date() {
    let made = reference::markdown();
    if blessing() {
        fs::write(package("docs/scenario-format.md"), &made).expect("the document can be written");
    }
    assert!(
        read("docs/scenario-format.md") == made,
        "docs/scenario-format.md is stale: run the tests once with CLUSTERCAST_BLESS=1"
    );
    for row in PARAMS.iter() {
        assert!(made.contains(&format!("| `{}` |", row.path)), "{} is not in the reference", row.path);
    }
}

#[test]
fn the_readme_names_commands_that_exist() {
    let readme = read("README.md");
    for command in ["cargo run --release -- run scenarios/hubei-2027.toml", "cargo test"] {
        assert!(readme.contains(command), "README.md lacks {command}");
    }
    let code = readme.split("```").skip(1).step_by(2).flat_map(str::lines);
    for line in code.map(str::trim) {
        let call =
            ["clustercast ", "cargo run --release -- "].iter().find_map(|name| line.strip_prefix(name));
        let Some(word) = call.and_then(|call| call.split_whitespace().next()) else { continue };
        let known = word.starts_with('-') || COMMANDS.iter().any(|spec| spec.word == word);
        assert!(known, "README.md calls an unknown command: {line}");
    }
}

/// Hypothesis: both READMEs state as many figures and assumptions as a run counts.
#[test]
fn the_readmes_count_the_figures_of_the_scenario() {
    let arguments = ["run", "scenarios/hubei-2027.toml", "--trials", "1", "--format", "json", "--quiet"];
    let results: Value = serde_json::from_str(&stdout(&call(&arguments))).expect("a result document");
    let grades = results["grades"].as_object().expect("counts by grade");
    let all: u64 = grades.values().filter_map(Value::as_u64).sum();
    let assumed = grades["assumption"].as_u64().expect("a count");
    for (file, words) in [
        ("README.md", format!("Of the {all} stated figures of `hubei-2027.toml`, {assumed} are graded")),
        ("README.zh.md", format!("写明的 {all} 个数，有 {assumed} 个的等级")),
    ] {
        assert!(read(file).contains(&words), "{file} lacks: {words}");
    }
}
