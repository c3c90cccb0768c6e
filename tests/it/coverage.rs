//! Every statement, cluster and instrument of the documents is used by a scenario or left out with a reason.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::docs::{blessing, package};
use crate::folder::Folder;

/// `coverage` with `args` in `folder`.
fn coverage(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clustercast"));
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS"] {
        command.env_remove(variable);
    }
    command.current_dir(folder).arg("coverage").args(args).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn ids(document: &Value, state: &str) -> Vec<String> {
    let items = document["items"].as_array().expect("items").iter();
    let these = items.filter(|item| item["state"] == state);
    these.map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn the_shipped_scenarios_leave_nothing_out() {
    let output = coverage(&package(""), &["--format", "json"]);
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
    assert_eq!(document["schema"], "clustercast-coverage/1");
    assert_eq!(ids(&document, "contradiction"), Vec::<String>::new(), "cited, yet said to have no meaning");
    assert_eq!(ids(&document, "never-cited"), Vec::<String>::new(), "neither cited nor excused");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    // A place can be opened: it names a file, and a line of it that holds the id, or the catalogue entry that does.
    for item in document["items"].as_array().expect("items") {
        for place in item["cited_by"].as_array().expect("places") {
            let (file, id) = (place["file"].as_str().expect("a file"), item["id"].as_str().expect("an id"));
            let line = usize::try_from(place["line"].as_u64().expect("a line")).expect("a line");
            let shown = fs::read_to_string(package(file)).expect("the file that cites");
            let shown = shown.lines().nth(line - 1).unwrap_or_default();
            assert!(shown.contains(id) || shown.contains("entry = \"IN-"), "{file}:{line}: {id}\n{shown}");
        }
    }
}

/// The counts in both READMEs are those that the command prints now.
#[test]
fn the_readmes_show_the_counts() {
    for (file, lang) in [("README.zh.md", "zh"), ("README.md", "en")] {
        let output = coverage(&package(""), &["--lang", lang]);
        // a failing command must never be blessed into the README
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let printed = text(&output.stdout);
        assert!(!printed.trim().is_empty());
        let readme = fs::read_to_string(package(file)).expect("the README is there").replace("\r\n", "\n");
        let (before, rest) = readme.split_once("<!-- coverage:begin -->\n```\n").expect("a marked block");
        let (shown, after) = rest.split_once("```\n<!-- coverage:end -->").expect("its end");
        // The verdict and the first table; the tables are parted by blank lines.
        let made: String = printed.split("\n\n").take(2).collect::<Vec<_>>().join("\n\n") + "\n";
        if blessing() {
            let whole =
                format!("{before}<!-- coverage:begin -->\n```\n{made}```\n<!-- coverage:end -->{after}");
            fs::write(package(file), whole).expect("the README can be written");
        } else {
            assert!(shown == made, "{file} is stale: run the tests once with CLUSTERCAST_BLESS=1\n{made}");
        }
    }
}

const ONE: &str = r#"
[scenario]
id = "one"
title = "一"
base_year = 2024
horizon = 2027

[[industry]]
id = "drug"
trend = "4%"

[[cluster]]
id = "武汉"
base = "420亿元"
cites = "CL-HB48-01"

[[target]]
id = "revenue"
scope = "province.province"
year = 2027
at_least = "2500亿元"
cites = ["HB48-002", "HBNEWS-003"]
"#;

#[test]
fn what_is_forgotten_is_named_and_the_exit_code_tells() {
    let folder = Folder::new();
    fs::create_dir(folder.path("scenarios")).expect("a folder");
    fs::write(folder.path("scenarios/one.toml"), ONE).expect("a file");
    let output = coverage(&folder.path(""), &["--all", "--lang", "en"]);
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{printed}{}", text(&output.stderr));
    assert!(printed.contains("2 are used"), "{printed}");
    // Wrapped cells break the path of the file, not what is looked for.
    for part in ["Never cited: no entry cites", "HB48-003", "target.revenue", "the number of the document"] {
        assert!(printed.contains(part), "{part} is missing\n{printed}");
    }
}

#[test]
fn a_file_that_extends_another_does_not_count_twice() {
    let folder = Folder::new();
    fs::write(folder.path("one.toml"), ONE).expect("a file");
    let child = "extends = \"one.toml\"\n[[target]]\nid = \"revenue\"\nat_least = \"2600亿元\"\n";
    fs::write(folder.path("two.toml"), child).expect("a file");
    let output = coverage(&folder.path(""), &["one.toml", "two.toml", "--format", "json"]);
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
    let items = document["items"].as_array().expect("items");
    let item = items.iter().find(|item| item["id"] == "HB48-002").expect("the statement");
    let place = serde_json::json!([{ "file": "one.toml", "line": 22, "entry": "target.revenue" }]);
    assert_eq!(item["cited_by"], place);
}

#[test]
fn an_unknown_id_and_an_empty_folder_are_named() {
    let folder = Folder::new();
    let nothing = coverage(&folder.path(""), &[]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(text(&nothing.stderr).contains("scenarios/"), "{}", text(&nothing.stderr));
    fs::write(folder.path("one.toml"), ONE.replace("HBNEWS-003", "HBNEWS-03")).expect("a file");
    let wrong = coverage(&folder.path(""), &["one.toml", "--lang", "en"]);
    let told = text(&wrong.stderr);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(told.contains("E0407") && told.contains("HBNEWS-003"), "{told}");
}
