//! `solve` and `decompose` through the real program: answers, files, refusals, the same bits from any number of threads.

use std::fs;

use serde_json::Value;

use crate::cli::{call, code, stderr, stdout, text};
use crate::folder::Folder;

const SCENARIO: &str = r#"
[scenario]
id = "two"
title = { zh = "两集群", en = "Two clusters" }
base_year = 2024
horizon = 2028
[[industry]]
id = "drugs"
trend = { dist = "normal", mean = "6%", sd = "1%" }
cycle = { volatility = "5%", persistence = 0.2 }
[[cluster]]
id = "a"
name = { zh = "甲", en = "A" }
base = 100
own_volatility = "8%"
mix = { drugs = 1 }
[[cluster]]
id = "b"
name = { zh = "乙", en = "B" }
base = 50
own_volatility = "20%"
mix = { drugs = 1 }
[[instrument]]
id = "fund"
money = { total = 20, from = 2025, to = 2026 }
[instrument.capacity]
leverage = "2 to 4"
output_ratio = 1
online_after = 1
full_after = 2
[[indicator]]
id = "filings"
count = { base = 3, rate = 2 }
[[instrument]]
id = "desk"
money = { per_year = 1, from = 2025, to = 2026 }
indicators = { of = ["filings"], added = 1 }
[[policy]]
id = "none"
instruments = []
[[policy]]
id = "plan"
instruments = "all"
[[target]]
id = "main"
name = { zh = "总目标", en = "Main" }
year = 2028
at_least = 240
[[target]]
id = "sooner"
by = 2027
at_least = 240
[[target]]
id = "kept"
sustained = [2027, 2028]
at_least = 200
[[target]]
id = "huge"
year = 2028
at_least = 1e7
"#;

fn scenario(folder: &Folder) -> String {
    let file = folder.path("two.toml");
    fs::write(&file, SCENARIO).expect("a file");
    text(&file).to_owned()
}

fn json(args: &[&str]) -> Value {
    let output = call(args);
    assert_eq!(code(&output), 0, "{args:?}: {}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

#[test]
fn the_least_fund_is_found_and_written() {
    let folder = Folder::new();
    let file = scenario(&folder);
    let out = folder.path("out");
    let lever = "instrument.fund.money.total";
    let args = ["solve", &file, "--lever", lever, "--probability", "七成", "--trials", "2000", "--quiet"];
    let printed = call(&[&args[..], &["--lang", "zh", "--out", text(&out)]].concat());
    assert_eq!(code(&printed), 0, "{}", stderr(&printed));
    let shown = stdout(&printed);
    assert!(shown.contains("至少要") && shown.contains("70%") && shown.contains("复核"), "{shown}");
    assert_eq!(
        folder.names("out"),
        ["solve-curve.csv", "solve-curve.png", "solve-curve.svg", "solve-solution.csv", "solve.json"]
    );
    let one = json(&[&args[..], &["--format", "json", "--threads", "1"]].concat());
    let two = json(&[&args[..], &["--format", "json", "--threads", "2"]].concat());
    assert_eq!(one, two);
    assert_eq!(one["schema"], "clustercast-solve/2");
    let solution = &one["solutions"][0];
    assert_eq!(solution["verdict"], "found");
    let value = solution["value"].as_f64().expect("a value");
    let [low, high] = [0, 1].map(|end| solution["interval"][end].as_f64().expect("an end"));
    assert!(low < value && value < high, "{solution}");
}

/// A planner names the instrument; what it may pay is the lever. Years are told of one batch, and a lever that would have
/// to be far beyond the present is called so even where it does not suffice.
#[test]
fn levers_are_found_by_name_and_told_in_plain_words() {
    let folder = Folder::new();
    let file = scenario(&folder);
    let ask = |more: &[&str]| {
        let args = ["solve", &file, "--trials", "400", "--quiet", "--lang", "zh"];
        let output = call(&[&args[..], more].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        stdout(&output).replace('\n', "")
    };
    let by_name = ask(&["--lever", "fund", "--probability", "70%"]);
    assert_eq!(by_name, ask(&["--lever", "instrument.fund.money.total", "--probability", "70%"]));
    let far = ask(&["--target", "huge", "--lever", "fund", "--probability", "97%"]);
    assert!(far.contains("达不到") && far.contains("远超现有规模"), "{far}");
    let years = json(&[
        "solve",
        &file,
        "--lever",
        "year",
        "--probability",
        "50%",
        "--trials",
        "400",
        "--quiet",
        "--format",
        "json",
    ]);
    let solution = &years["solutions"][0];
    let curve = solution["curve"].as_array().expect("years");
    let at = |point: &Value| {
        curve.iter().find(|one| one["value"] == point["value"]).expect("a year")["probability"].clone()
    };
    for point in [&solution["now"], &solution["best"]] {
        assert_eq!(point["probability"], at(point));
    }
}

/// Setting the lever to the answer and running gives the wanted probability.
#[test]
fn the_answer_inverts_a_run() {
    let folder = Folder::new();
    let file = scenario(&folder);
    let lever = "instrument.fund.money.total";
    let found = json(&[
        "solve",
        &file,
        "--lever",
        lever,
        "--probability",
        "70%",
        "--trials",
        "4000",
        "--format",
        "json",
    ]);
    let value = found["solutions"][0]["value"].as_f64().expect("a value");
    let turned = SCENARIO.replace("total = 20", &format!("total = {value:?}"));
    let again = folder.path("turned.toml");
    fs::write(&again, turned).expect("a file");
    let run = json(&["run", text(&again), "--policy", "plan", "--trials", "4000", "--format", "json"]);
    let p = run["runs"][0]["targets"][0]["probability"].as_f64().expect("a probability");
    // interpolated between neighbours that differ by far less than two trials in a thousand
    assert!((p - 0.7).abs() < 0.002, "{p} at {value}");
}

#[test]
fn tasks_add_up_and_are_the_same_for_any_number_of_threads() {
    let folder = Folder::new();
    let file = scenario(&folder);
    let out = folder.path("out");
    let args = ["decompose", &file, "--trials", "4000", "--quiet"];
    let printed = call(&[&args[..], &["--lang", "zh", "--out", text(&out)]].concat());
    assert_eq!(code(&printed), 0, "{}", stderr(&printed));
    let shown = stdout(&printed);
    assert!(shown.contains("任务分解表") && shown.contains("甲") && shown.contains("按现有规模"), "{shown}");
    let names = folder.names("out");
    for name in ["decompose-tasks.csv", "decompose-chances.png", "decompose.json", "decompose-milestones.csv"]
    {
        assert!(names.iter().any(|known| known == name), "{name} among {names:?}");
    }
    let one = json(&[&args[..], &["--format", "json", "--threads", "1"]].concat());
    let two = json(&[&args[..], &["--format", "json", "--threads", "2"]].concat());
    assert_eq!(one, two);
    let years = one["years"].as_array().expect("years");
    assert_eq!(years.len(), 4);
    let sum = |year: &Value| -> f64 {
        year["tasks"].as_array().expect("tasks").iter().filter_map(Value::as_f64).sum()
    };
    assert!((sum(&years[3]) - 240.0).abs() < 1e-9, "{}", years[3]);
    // a later first year leaves the years before it without tasks
    let second = years[1]["year"].to_string();
    let late = json(&[&args[..], &["--format", "json", "--from", &second]].concat());
    assert_eq!(late["years"].as_array().map(Vec::len), Some(3));
    assert_eq!((&late["passed"][0]["year"], &late["from"]), (&years[0]["year"], &years[1]["year"]));
    // the table for a spreadsheet holds numbers: base year, four years of tasks and growth
    let table = std::fs::read_to_string(out.join("decompose-tasks.csv")).expect("a table");
    for line in table.lines().skip(1).take(3) {
        let figures: Vec<f64> = line.split(',').skip(1).take(6).flat_map(str::parse).collect();
        assert_eq!(figures.len(), 6, "{line}");
    }
    for year in years {
        assert!((sum(year) - year["milestone"]["value"].as_f64().expect("a milestone")).abs() <= 0.05 + 1e-9);
    }
}

/// Hypothesis: shares of hundredths of a percent are told apart from each other, in the table and in the answer.
#[test]
fn small_shares_are_told_apart() {
    let folder = Folder::new();
    let file = folder.path("small.toml");
    let small = SCENARIO.replacen("total = 20,", "total = 20000,", 1).replacen(
        "leverage = \"2 to 4\"",
        "leverage = \"2 to 4\"\nrealised = \"0.05%\"",
        1,
    );
    fs::write(&file, small).expect("a file");
    let out = folder.path("out");
    let lever =
        ["solve", text(&file), "--lever", "instrument.fund.capacity.realised", "--probability", "70%"];
    let run = call(
        &[&lever[..], &["--target", "main", "--trials", "500", "--quiet", "--out", text(&out)]].concat(),
    );
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    let table = fs::read_to_string(out.join("solve-curve.csv")).expect("a table");
    let tried: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    let tried: Vec<f64> = tried.into_iter().flat_map(str::parse).collect();
    assert!(tried.len() > 6 && tried.windows(2).all(|pair| pair[0] < pair[1]), "{tried:?}");
    assert!(stdout(&run).contains("现在（“plan”）为0.050%"), "{}", stdout(&run));
}

#[test]
fn what_cannot_be_asked_is_refused_and_nothing_is_written() {
    let folder = Folder::new();
    let file = scenario(&folder);
    for (args, zh) in [
        (vec!["solve", "--target", "mian"], "main"),
        (vec!["solve", "--lever", "industry.drugs.trend"], "--lever growth"),
        (vec!["solve", "--lever", "instrument.fund.money.total", "--policy", "none"], "--policy plan"),
        // no question mark before a semicolon
        (vec!["solve", "--lever", "instrument.fund.money.totl"], "（instrument.fund.money.total）？也可以写"),
        // what works on filings only cannot move revenue
        (vec!["solve", "--lever", "instrument.desk.money.per_year"], "能影响它的政策工具：fund"),
        // and no money at all is the policy's fault, not that of a word that nobody wrote
        (vec!["solve", "--policy", "none"], "“none”的财政资金与签约额影响不了“总目标”"),
        (vec!["solve", "--policy", "paln"], "plan"),
        (vec!["solve", "--probability", "80"], "百分号"),
        (vec!["solve", "--probability", "0"], "0 到 100%"),
        // 500 trials tell 98 % from certainty, and no more
        (vec!["solve", "--probability", "99.99%"], "最多分辨到98%）；请用 --trials 至少模拟100000次"),
        (vec!["solve", "--lever", "funds"], "（instrument.fund.money.total）"),
        (vec!["decompose", "--target", "kept"], "可以分解的目标：“总目标”（--target main）"),
        (vec!["decompose", "--lever", "money"], "--lever"),
        (vec!["decompose", "--world", "storm"], "base"),
    ] {
        let out = folder.path("out");
        let mut all = vec![args[0], &file, "--lang", "zh", "--trials", "500", "--out", text(&out)];
        all.extend(&args[1..]);
        let refused = call(&all);
        assert_eq!(code(&refused), 2, "{args:?}: {}", stdout(&refused));
        assert!(stderr(&refused).contains(zh), "{args:?}: {}", stderr(&refused));
        assert!(stdout(&refused).is_empty() && folder.names("out").is_empty(), "{args:?}");
    }
}

/// Where no trial meets a document's targets, nothing is said of what money does for them, and no split is advised.
#[test]
fn what_is_never_met_is_not_judged() {
    let folder = Folder::new();
    let file = scenario(&folder);
    let never = SCENARIO
        .replace("id = \"main\"\n", "id = \"main\"\ndocument = \"D\"\n")
        .replace("year = 2028\nat_least = 240", "year = 2028\nat_least = 24000");
    fs::write(&file, format!("{never}[sources.D]\ntitle = \"D\"\n")).expect("a file");
    let ask = |command: &str, lang: &str| {
        let output = call(&[command, &file, "--target", "document:D", "--lang", lang, "--trials", "500"]);
        assert_eq!(code(&output), 0, "{command}: {}", stderr(&output));
        stdout(&output).replace('\n', if lang == "en" { " " } else { "" })
    };
    let (solved, split) = (ask("solve", "zh"), ask("optimise", "zh"));
    assert!(solved.contains("没有一次模拟达标") && solved.contains("达不到"), "{solved}");
    assert!(!solved.contains("影响不了") && !solved.contains("不受它影响"), "{solved}");
    assert!(split.contains("比不出哪种分法好") && !split.contains("这一分法与现有相比"), "{split}");
    let (solved, split) = (ask("solve", "en"), ask("optimise", "en"));
    assert!(solved.contains("nothing is seen of what the lever does"), "{solved}");
    assert!(split.contains("nothing tells one split from another"), "{split}");
}

/// A factor on all money turns what is spent, too, and says so; money that all lies ahead has no such note.
#[test]
fn money_that_is_spent_is_told_where_it_is_turned() {
    let folder = Folder::new();
    let file = scenario(&folder);
    let ask = || {
        let output = call(&["solve", &file, "--lang", "zh", "--trials", "500"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        stdout(&output).replace('\n', "")
    };
    assert!(!ask().contains("2024年及以前"));
    let earlier = SCENARIO.replace("total = 20, from = 2025", "total = 20, from = 2024");
    assert_ne!(earlier, SCENARIO);
    fs::write(&file, earlier).expect("a file");
    let told = ask();
    assert!(told.contains("包括2024年及以前已经安排的部分"), "{told}");
}

/// Approvals and settlements do not follow revenue: no growth brings them about, and none is advised.
#[test]
fn levers_that_cannot_move_the_target_are_not_advised() {
    let folder = Folder::new();
    let counted = "[[pipeline]]\nid = \"pp\"\nindustry = \"drugs\"\nprovince = \"province\"\nentrants = 2\nenter_at = \"x\"\n\
                   peak_sales = \"2~6亿元\"\nramp = 2\nlocal = \"60%\"\n[[pipeline.stage]]\nid = \"x\"\nsuccess = 0.5\n\
                   duration = 0.6\nassets = 5\n[[arrival]]\nid = \"ar\"\ncluster = \"a\"\nindustry = \"drugs\"\nrate = 1\n\
                   years = [2025, 2028]\nsize = \"1~5亿元\"\n\
                   [[target]]\nid = \"appr\"\nyear = 2028\napprovals = { pipelines = [\"pp\"] }\nnumber_at_least = 3\n\
                   [[target]]\nid = \"arr\"\nyear = 2028\narrivals = { of = [\"ar\"] }\nnumber_at_least = 3\n";
    let file = folder.path("counted.toml");
    fs::write(&file, format!("{SCENARIO}\n{counted}")).expect("a file");
    let ask = |asked: &[&str], lang: &str| {
        let output = call(&[&["solve", text(&file), "--trials", "500", "--lang", lang], asked].concat());
        assert_eq!(code(&output), 2, "{}", stdout(&output));
        stderr(&output)
    };
    for target in ["appr", "arr"] {
        let (zh, en) = (ask(&["--target", target], "zh"), ask(&["--target", target], "en"));
        assert!(en.contains("another lever with --lever: `year`") && !en.contains("growth"), "{en}");
        assert!(zh.contains("另选要调整的：year（年份）") && !zh.contains("growth"), "{zh}");
        let unknown = ask(&["--target", target, "--lever", "nope"], "en");
        assert!(unknown.contains("`year` can be written too") && !unknown.contains("`growth`"), "{unknown}");
    }
    // revenue does follow growth
    let unknown = ask(&["--lever", "nope"], "en");
    assert!(unknown.contains("`growth` (trend growth), `year` can be written too"), "{unknown}");
}

/// Unknown names are told as everywhere: what there is, with its name.
#[test]
fn an_unknown_industry_is_told_with_the_names_of_those_that_there_are() {
    let folder = Folder::new();
    let file = folder.path("named.toml");
    let named = SCENARIO.replace("id = \"drugs\"", "id = \"drugs\"\nname = { zh = \"药\", en = \"Drugs\" }");
    fs::write(&file, named).expect("a file");
    for (lang, told) in [("zh", "没有行业“nope”；可以写：drugs（药）"), ("en", "choose from: drugs (Drugs)")]
    {
        let output =
            call(&["solve", text(&file), "--lever", "growth.nope", "--trials", "500", "--lang", lang]);
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
    }
}
