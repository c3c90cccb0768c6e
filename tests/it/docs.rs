//! Documents that are made from the code, and what they promise.

use std::env;
use std::fs;
use std::path::PathBuf;

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
    // What follows the program's name, in code only.
    let calls = readme.split("clustercast ").skip(1).chain(readme.split("--release -- ").skip(1));
    let code: Vec<&str> = readme.split("```").skip(1).step_by(2).collect();
    for call in calls {
        let line = call.lines().next().unwrap_or("");
        if !code.iter().any(|block| !line.is_empty() && block.contains(line)) {
            continue;
        }
        let word = line.split_whitespace().next().unwrap_or("");
        // printed output names the version behind the program's name
        let option_or_version = word.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        let known = option_or_version || COMMANDS.iter().any(|spec| spec.word == word);
        assert!(known, "README.md calls an unknown command: {line}");
    }
}
