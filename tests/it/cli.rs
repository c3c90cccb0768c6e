//! Every command through the real program: exit codes, languages, streams, files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::docs::package;
use crate::folder::Folder;

const HUBEI: &str = "scenarios/hubei-2027.toml";

/// The program in the package's folder, with no locale set.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clustercast"));
    command.current_dir(package(""));
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS"] {
        command.env_remove(variable);
    }
    command
}

pub fn call(args: &[&str]) -> Output {
    program().args(args).output().expect("the program starts")
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8 on standard output")
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8 on stderr")
}

pub fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

/// The tables at the top of both READMEs are what the main command prints now.
#[test]
fn the_readmes_show_what_the_command_prints() {
    let folder = Folder::new();
    for (file, lang) in [("README.zh.md", "zh"), ("README.md", "en")] {
        let out = folder.path(lang);
        let printed = stdout(&call(&["run", HUBEI, "--lang", lang, "--quiet", "--out", text(&out)]));
        let readme = fs::read_to_string(package(file)).expect("the README is there").replace("\r\n", "\n");
        let shown =
            readme.split("<!-- output:begin -->\n```\n").nth(1).and_then(|rest| rest.split("\n```").next());
        let parts: Vec<&str> = shown.expect("a marked block").split("\n\n").collect();
        assert!(parts.len() >= 3, "{file} shows the headline, the comparison and one policy");
        for part in parts {
            assert!(printed.contains(part), "{file} is stale; the command no longer prints\n{part}");
        }
    }
}

/// Runs Hubei with few trials into `dir`, with further options.
fn run_into(dir: &Path, options: &[&str]) -> Output {
    let mut args = vec!["run", HUBEI, "--trials", "9000", "--out", text(dir)];
    args.extend(options);
    call(&args)
}

#[test]
fn exit_codes_tell_what_happened() {
    let folder = Folder::new();
    fs::write(folder.path("bad.toml"), "[scenario]\nid = 3\n").expect("a file");
    fs::write(folder.path("file"), "").expect("a file");
    let bad = folder.path("bad.toml");
    let below_file = folder.path("file/x");
    for (args, exit) in [
        (vec!["--version"], 0),
        (vec!["help", "run"], 0),
        (vec![], 0),
        (vec!["frobnicate"], 2),
        (vec!["run"], 2),
        (vec!["run", text(&bad)], 2),
        (vec!["run", "nowhere.toml"], 3),
        (vec!["run", HUBEI, "--policy", "plam"], 2),
        (vec!["run", HUBEI, "--world", "slowdwn"], 2),
        (vec!["run", HUBEI, "--trials", "0"], 2),
        (vec!["run", HUBEI, "--out", text(&below_file)], 3),
        (vec!["check", HUBEI], 0),
        (vec!["check", HUBEI, text(&bad)], 2),
        (vec!["check", "nowhere.toml"], 3),
        (vec!["plan", text(&bad)], 2),
        (vec!["plan", HUBEI, "--policy", "plan", "--world", "slowdown"], 0),
        (vec!["plan", HUBEI, "--world", "nowhere"], 2),
        (vec!["explain"], 0),
        (vec!["explain", "instrument[].money"], 0),
        (vec!["explain", "xyzzy"], 2),
        (vec!["verify", "nowhere.json"], 3),
        (vec!["verify", HUBEI], 2),
    ] {
        let output = call(&args);
        assert_eq!(code(&output), exit, "{args:?}\n{}{}", stdout(&output), stderr(&output));
        let told = if exit == 0 || args[0] == "check" { &output.stdout } else { &output.stderr };
        assert!(!told.is_empty() || exit == 3, "{args:?} says nothing");
    }
}

#[test]
fn the_language_follows_the_option_then_the_locale_then_chinese() {
    let help = |locale: Option<&str>, option: Option<&str>| {
        let mut command = program();
        locale.map(|locale| command.env("LANG", locale));
        option.map(|lang| command.args(["--lang", lang]));
        stdout(&command.arg("help").output().expect("the program starts"))
    };
    for (locale, option, chinese) in [
        (None, None, true),
        (Some("C"), None, true),
        (Some("zh_CN.UTF-8"), None, true),
        (Some("en_US.UTF-8"), None, false),
        (Some("en_US.UTF-8"), Some("zh"), true),
        (Some("C"), Some("en"), false),
    ] {
        assert_eq!(help(locale, option).contains("用法"), chinese, "{locale:?} {option:?}");
    }
    for args in [["check", HUBEI], ["plan", HUBEI]] {
        let english = stdout(&call(&[args.as_slice(), &["--lang", "en"]].concat()));
        let chinese =
            english.lines().find(|line| line.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)));
        assert_eq!(chinese, None, "{args:?}");
    }
    assert!(stdout(&call(&["explain", "base", "--lang", "en"])).contains("meaning: "));
}

#[test]
fn json_stands_alone_on_standard_output_and_writes_files_only_if_asked() {
    let folder = Folder::new();
    let output = call(&["run", HUBEI, "--trials", "9000", "--format", "json", "--policy", "plan"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
    let run = &document["runs"][0];
    assert_eq!(document["run"]["trials"], 9000);
    assert_eq!(run["policy"]["id"], "plan");
    let target = &run["targets"][0];
    let probability = target["probability"].as_f64().expect("a probability");
    let interval: Vec<f64> =
        target["interval"].as_array().expect("two ends").iter().filter_map(Value::as_f64).collect();
    assert!(interval[0] <= probability && probability <= interval[1]);
    assert!(output.stderr.is_empty(), "{}", stderr(&output));
    let written = run_into(&folder.path("o"), &["--format", "json", "--policy", "plan", "--quiet"]);
    assert_eq!(fs::read(folder.path("o/results.json")).expect("a file"), written.stdout);
    assert_eq!(written.stdout, output.stdout);
    assert!(written.stderr.is_empty(), "{}", stderr(&written));
}

#[test]
fn a_run_writes_all_files_and_their_manifest() {
    let folder = Folder::new();
    let output = run_into(&folder.path("o"), &[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(folder.names("o"), ["fan.png", "fan.svg", "manifest.json", "results.csv", "results.json"]);
    assert!(stdout(&output).contains("clustercast verify"), "{}", stdout(&output));
    let read = |name: &str| fs::read(folder.path("o").join(name)).expect("a result file");
    assert!(read("fan.png").starts_with(b"\x89PNG"));
    assert!(!String::from_utf8_lossy(&read("fan.svg")).contains("<text"), "text has become paths");
    assert!(read("results.csv").starts_with("\u{FEFF}".as_bytes()), "Excel needs the mark");
    let manifest: Value = serde_json::from_slice(&read("manifest.json")).expect("JSON");
    for file in manifest["files"].as_array().expect("a list") {
        let name = file["name"].as_str().expect("a name");
        assert_eq!(file["bytes"], read(name).len(), "{name}");
    }
    let quiet = run_into(&folder.path("q"), &["--quiet"]);
    assert!(!stdout(&quiet).contains("clustercast verify"));
    assert!(stdout(&output).starts_with(&stdout(&quiet)), "quiet leaves the hints out and nothing else");
}

/// A few of 60,000 trials grow past all numbers, the first of them beyond the first chunk: the trial that the message
/// names, and the files not written, are the same for any number of threads.
#[test]
fn the_trial_that_ends_a_run_is_the_same_for_any_threads() {
    let folder = Folder::new();
    let file = folder.path("huge.toml");
    let scenario = "[scenario]\nid = \"huge\"\ntitle = \"huge\"\nbase_year = 2024\nhorizon = 2124\n\
        [[industry]]\nid = \"s\"\ntrend = \"900%\"\ncycle = { volatility = \"23%\", persistence = 0.99 }\n\
        [[cluster]]\nid = \"c\"\nbase = \"1e8亿元\"\n";
    fs::write(&file, scenario).expect("the folder is writable");
    let out = folder.path("o");
    let ended = |threads: &str| {
        let options = ["run", text(&file), "--lang", "en", "--trials", "60000", "--threads", threads];
        let output = call(&[&options[..], &["--out", text(&out)]].concat());
        assert_ne!(code(&output), 0);
        assert!(!out.join("results.json").exists());
        let all = stderr(&output);
        all.lines().find(|line| line.contains("trial ")).expect("the trial is named").to_owned()
    };
    let first = ended("1");
    assert!((0..3).all(|_| ended("2") == first && ended("8") == first), "{first}");
}

#[test]
fn threads_and_language_do_not_change_a_bit() {
    let folder = Folder::new();
    let document = |options: &[&str]| {
        let output = run_into(&folder.path("o"), options);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        fs::read(folder.path("o/results.json")).expect("a file")
    };
    let first = document(&["--threads", "1"]);
    for options in [["--threads", "2"], ["--threads", "3"], ["--threads", "8"], ["--lang", "en"]] {
        assert!(document(&options) == first, "{options:?}");
    }
    assert!(document(&["--seed", "12345"]) != first, "the seed matters");
}

#[test]
fn what_is_written_can_be_verified_and_tampering_shows() {
    let folder = Folder::new();
    let made = run_into(&folder.path("o"), &["--world", "slowdown", "--policy", "plan"]);
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    let path = folder.path("o/results.json");
    let same = call(&["verify", text(&path)]);
    assert_eq!(code(&same), 0, "{}{}", stdout(&same), stderr(&same));
    let original = fs::read_to_string(&path).expect("a file");
    let verify = |changed: &str| {
        fs::write(&path, changed).expect("a file");
        call(&["verify", text(&path), "--lang", "en"])
    };
    let mut document: Value = serde_json::from_str(&original).expect("JSON");
    let median = &mut document["runs"][0]["targets"][0]["probability"];
    *median = Value::from(median.as_f64().expect("a number") + 1e-9);
    let tampered = verify(&document.to_string());
    assert_eq!(code(&tampered), 1);
    assert!(stdout(&tampered).contains("runs[0].targets[0].probability"), "{}", stdout(&tampered));
    let other = verify(&original.replacen(env!("CARGO_PKG_VERSION"), "0.0.1", 1));
    assert!(stderr(&other).contains("0.0.1"), "{}", stderr(&other));
    for (changed, words) in [
        (original.chars().take(original.chars().count() / 2).collect(), "line"),
        (original.replacen("clustercast-results/1", "clustercast-results/9", 1), "clustercast-results/9"),
        ("{\"a\": 1}".to_owned(), "no result document"),
        ("[1, 2]".to_owned(), "no result document"),
        (String::new(), "line"),
        ("\u{4E00}".to_owned(), "line"),
    ] {
        let refused = verify(&changed);
        assert_eq!(code(&refused), 2, "{}", stderr(&refused));
        assert!(stderr(&refused).contains(words), "{words}: {}", stderr(&refused));
    }
}

#[test]
fn a_refused_run_leaves_old_results_alone() {
    let folder = Folder::new();
    fs::create_dir(folder.path("o")).expect("a folder");
    fs::write(folder.path("o/results.json"), "old").expect("a file");
    fs::write(folder.path("o/mine.txt"), "mine").expect("a file");
    for option in [["--policy", "nobody"], ["--trials", "0"]] {
        assert_eq!(code(&run_into(&folder.path("o"), &option)), 2);
    }
    assert_eq!(fs::read_to_string(folder.path("o/results.json")).expect("a file"), "old");
    assert_eq!(folder.names("o"), ["mine.txt", "results.json"]);
    assert_eq!(code(&run_into(&folder.path("o"), &["--quiet"])), 0);
    assert_eq!(fs::read_to_string(folder.path("o/mine.txt")).expect("a file"), "mine");
    assert_ne!(fs::read_to_string(folder.path("o/results.json")).expect("a file"), "old");
}

#[test]
fn a_closed_pipe_is_a_silent_success() {
    let folder = Folder::new();
    for args in [vec!["explain"], vec!["run", HUBEI, "--trials", "3000", "--out", text(&folder.path("o"))]] {
        let mut child = program()
            .args(&args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(code(&output), 0, "{args:?}: {}", stderr(&output));
        assert!(output.stderr.is_empty(), "{args:?}: {}", stderr(&output));
    }
    assert_eq!(folder.names("o").len(), 5, "the files were written all the same");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_run_and_leaves_nothing_behind() {
    use std::thread::sleep;
    use std::time::Duration;

    let folder = Folder::new();
    let child = program()
        .args(["run", HUBEI, "--trials", "1e9", "--out", text(&folder.path("o"))])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    sleep(Duration::from_millis(1500));
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill exists");
    assert!(sent.success(), "the run was over before it could be interrupted");
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(code(&output), 130, "{}", stderr(&output));
    assert!(stderr(&output).contains("已中断"), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
    assert!(folder.names("").is_empty(), "{:?}", folder.names(""));
}

#[test]
fn the_starter_is_written_once_and_can_be_run() {
    let folder = Folder::new();
    for lang in ["zh", "en"] {
        let path = folder.path(&format!("{lang}.toml"));
        assert_eq!(code(&call(&["new", text(&path), "--lang", lang])), 0);
        let again = call(&["new", text(&path), "--lang", lang]);
        assert_eq!(code(&again), 3, "an existing file is not overwritten");
        assert_eq!(stdout(&call(&["new", "--lang", lang])), fs::read_to_string(&path).expect("a file"));
        let run = call(&[
            "run",
            text(&path),
            "--trials",
            "1000",
            "--out",
            text(&folder.path(lang)),
            "--lang",
            lang,
        ]);
        assert_eq!(code(&run), 0, "{}", stderr(&run));
        assert!(run.stderr.is_empty(), "{}", stderr(&run));
    }
}

#[test]
fn the_schema_is_json() {
    for lang in ["zh", "en"] {
        let schema: Value = serde_json::from_slice(&call(&["schema", "--lang", lang]).stdout).expect("JSON");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(schema["properties"]["cluster"]["description"].is_string());
    }
}

#[test]
fn tables_fit_the_width_that_is_asked_for() {
    let folder = Folder::new();
    let out = folder.path("o");
    for args in [
        vec!["run", HUBEI, "--trials", "3000", "--quiet", "--out", text(&out)],
        vec!["plan", HUBEI],
        vec!["check", HUBEI],
    ] {
        for (width, lang) in [("80", "zh"), ("80", "en"), ("120", "zh")] {
            let output = program().args(&args).args(["--lang", lang]).env("COLUMNS", width).output();
            let shown = stdout(&output.expect("the program starts"));
            let limit: usize = width.parse().expect("a number");
            for line in shown.lines() {
                let columns = unicode_width::UnicodeWidthStr::width(line);
                assert!(columns <= limit, "{args:?} at {width}: {columns} columns\n{line}");
            }
        }
    }
}

/// What always happens in one trial ranks nobody, and is a bound, not a figure nearby.
#[test]
fn one_trial_says_what_it_is() {
    let folder = Folder::new();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/decisions.toml");
    let run = |lang: &str| {
        let out = folder.path("out");
        let output = call(&["run", file, "--trials", "1", "--lang", lang, "--out", text(&out)]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        stdout(&output).replace('\n', if lang == "en" { " " } else { "" })
    };
    let (zh, en) = (run("zh"), run("en"));
    assert!(en.contains("every policy reaches it in 1 of 1 trial, with a probability of >20%:"), "{en}");
    assert!(en.contains("1 trial a policy, seed") && !en.contains("1 trials"), "{en}");
    assert!(zh.contains("所有方案在1次模拟中次次达到，可能性为>20%，"), "{zh}");
}
