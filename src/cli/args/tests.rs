//! Tests of whole command lines: what they ask for, and which faults they have.

use super::*;
use crate::analysis::Sampler;

fn invocation(line: &str, locale: &str) -> Invocation {
    parse(line.split_whitespace().map(OsString::from), |name| (name == "LANG").then(|| locale.into()))
}

fn command(line: &str) -> Command {
    let parsed = invocation(line, "").command;
    parsed.unwrap_or_else(|error| panic!("{line}: {error}"))
}

fn faults(line: &str) -> Vec<Text> {
    match invocation(line, "").command {
        Ok(command) => panic!("{line}: {command:?}"),
        Err(error) => error.faults().to_vec(),
    }
}

fn plain_run() -> RunArgs {
    RunArgs {
        file: "a.toml".into(),
        policies: Vec::new(),
        worlds: Vec::new(),
        switches: Choices::new(),
        trials: None,
        precision: Vec::new(),
        samples: None,
        samples_format: SamplesFormat::Csv,
        sampler: Sampler::Plain,
        seed: None,
        threads: None,
        out: None,
        format: Format::Text,
        briefing: false,
        quiet: false,
    }
}

#[test]
fn run_with_nothing_and_with_everything() {
    assert_eq!(command("run a.toml"), Command::Run(plain_run()));
    let line = "--seed 0 run --policy none --policy=plan --world base --world slowdown --trials 10万 --threads 3 \
                --out o/p --format json -q --lang en -- a.toml";
    let all = RunArgs {
        policies: vec!["none".into(), "plan".into()],
        worlds: vec!["base".into(), "slowdown".into()],
        trials: Some(100_000),
        seed: Some(0),
        threads: Some(3),
        out: Some("o/p".into()),
        format: Format::Json,
        quiet: true,
        ..plain_run()
    };
    assert_eq!(command(line), Command::Run(all));
    let briefing = RunArgs { briefing: true, ..plain_run() };
    assert_eq!(command("run a.toml --report"), Command::Run(briefing.clone()));
    assert_eq!(command("report a.toml"), Command::Report(briefing));
}

#[test]
fn the_other_commands() {
    assert_eq!(
        command("check a b"),
        Command::Check { files: vec!["a".into(), "b".into()], switches: Choices::new() }
    );
    let switched = Command::Check { files: vec!["a".into()], switches: [("d".into(), "no".into())].into() };
    assert_eq!(command("check a --switch d=no"), switched);
    let plan = PlanArgs { file: "a".into(), policies: vec!["p".into()], world: Some("w".into()) };
    assert_eq!(command("plan a --policy p --world w"), Command::Plan(plan));
    assert_eq!(command("explain"), Command::Explain { key: None });
    assert_eq!(command("explain fund.lag"), Command::Explain { key: Some("fund.lag".into()) });
    assert_eq!(command("catalogue"), Command::Catalogue { word: None });
    assert_eq!(command("catalogue CDMO"), Command::Catalogue { word: Some("CDMO".into()) });
    assert_eq!(command("schema"), Command::Schema);
    assert_eq!(command("new"), Command::New { path: None, xlsx: false });
    assert_eq!(command("new --xlsx"), Command::New { path: None, xlsx: true });
    assert_eq!(command("new a.xlsx"), Command::New { path: Some("a.xlsx".into()), xlsx: true });
    let import = |out: Option<&str>| Command::Import { book: "a.xlsx".into(), out: out.map(Into::into) };
    assert_eq!(command("import a.xlsx"), import(None));
    assert_eq!(command("import a.xlsx b.toml"), import(Some("b.toml")));
    assert_eq!(command("new a.toml"), Command::New { path: Some("a.toml".into()), xlsx: false });
    let hindcast = RunArgs { policies: vec!["p".into()], seed: Some(7), ..plain_run() };
    assert_eq!(command("hindcast a.toml --policy p --seed 7"), Command::Hindcast(hindcast));
    assert_eq!(command("verify r.json"), Command::Verify { file: "r.json".into() });
}

#[test]
fn help_and_version_count_wherever_they_stand() {
    for line in ["", "help", "--help", "-h", "--lang en", "nonsense --help"] {
        assert_eq!(command(line), Command::Help(None), "{line}");
    }
    for line in ["help run", "run --help", "run -h --trials 0 --bogus"] {
        assert_eq!(command(line), Command::Help(Some(Name::Run)), "{line}");
    }
    for line in ["--version", "-V", "run --version"] {
        assert_eq!(command(line), Command::Version, "{line}");
    }
}

#[test]
fn the_language_is_found_even_in_a_wrong_line() {
    for (line, locale, lang) in [
        ("run", "", Lang::Zh),
        ("run", "en_US.UTF-8", Lang::En),
        ("run --bogus --lang en", "zh_CN", Lang::En),
        ("--lang=zh run --trials", "en_US", Lang::Zh),
        ("run --out --lang en", "", Lang::En),
        ("run --lang fr", "en_US", Lang::En),
        ("run --lang", "", Lang::Zh),
        ("bogus x y z --lang en", "", Lang::En),
    ] {
        let parsed = invocation(line, locale);
        assert_eq!(parsed.lang, lang, "{line}");
        assert!(parsed.command.is_err(), "{line}");
    }
}

#[test]
fn all_faults_are_reported_at_once() {
    let found = faults("run a.toml b.toml --trials 0 --seed x --polcy p --format xml --quiet --quiet");
    let expected = ["--policy？", "“0”太小", "“x”不是数", "“xml”无效", "--quiet 只能写一次", "多了：b.toml"];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (fault, words) in found.iter().zip(expected) {
        assert!(fault.zh.contains(words), "{words}: {}", fault.zh);
    }
}

#[test]
fn each_fault_says_what_to_write() {
    for (line, zh, en) in [
        ("rum a.toml", "是不是 run？", "did you mean run?"),
        ("simulate a.toml", "命令有 run、report", "the commands are run, report"),
        ("a.toml", "clustercast run a.toml？", "clustercast run a.toml?"),
        ("out/results.json", "clustercast verify out/results.json？", "verify out/results.json?"),
        ("--trials 5", "没有写命令", "no command"),
        ("run", "clustercast run <文件>", "clustercast run <FILE>"),
        ("check", "clustercast check <文件>…", "clustercast check <FILE>…"),
        ("schema x", "多了：x", "too many arguments: x"),
        ("explain a b", "多了：b", "too many arguments: b"),
        ("check a --trials 5", "只用于 run", "belongs to: run"),
        ("check a --trials 5 --trials 6", "只用于 run", "belongs to: run"),
        ("run a --seed 1 --seed 1 --seed 2", "--seed 只能写一次", "--seed may be given only once"),
        ("plan a --world x --world y", "--world 只能写一次", "--world may be given only once"),
        ("hindcast a --policy x --policy y", "--policy 只能写一次", "--policy may be given only once"),
        ("hindcast a --out b", "没有选项 --out", "has no option --out"),
        ("run a --lang zh --lang en", "--lang 只能写一次", "--lang may be given only once"),
        ("run a --world x --world x", "写了两次", "given twice"),
        ("run a --xyzzy 5", "没有选项 --xyzzy", "there is no option --xyzzy"),
        ("run a -trials 5", "是不是 --trials？", "did you mean --trials?"),
        ("help rnu", "是不是 run？", "did you mean run?"),
    ] {
        let found = faults(line);
        assert_eq!(found.len(), 1, "{line}: {found:#?}");
        assert!(found[0].zh.contains(zh), "{line}: {}", found[0].zh);
        assert!(found[0].en.contains(en), "{line}: {}", found[0].en);
    }
}

#[test]
fn empty_arguments_are_faults() {
    let parsed = parse(["run".into(), OsString::new()], |_| None);
    assert!(parsed.command.unwrap_err().faults()[0].zh.contains("空的参数"));
    let parsed = parse([OsString::new()], |_| None);
    assert_eq!(parsed.command.unwrap_err().exit(), Exit::BadInput);
}

#[test]
fn the_message_names_every_fault_and_the_help_page() {
    let error = invocation("run a --trials 0 --seed x", "").command.unwrap_err();
    let text = error.text();
    assert_eq!(text.zh.matches("错误：").count(), 2);
    assert!(text.zh.ends_with("用法见 clustercast help run\n"), "{}", text.zh);
    assert!(text.en.ends_with("for usage see clustercast help run\n"), "{}", text.en);
}

#[test]
fn examples_in_help_are_understood() {
    for spec in COMMANDS {
        for example in [Lang::Zh, Lang::En].into_iter().flat_map(|lang| spec.examples(lang)) {
            let line = example.split(" > ").next().unwrap_or_default();
            assert!(invocation(line, "").command.is_ok(), "{example}");
        }
    }
}
