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
fn one_split_has_one_figure_in_every_table_and_the_least_money_its_own_columns() {
    let folder = Folder::new();
    let out = folder.path("one");
    let args = ["optimise", SMALL, "--probability", "40%", "--lang", "zh", "--out", text(&out)];
    let output = call(&[&args[..], &TRIALS].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let read = |name: &str| std::fs::read_to_string(out.join(name)).expect("written");
    let frontier = read("optimise-frontier.csv");
    let outcomes = read("optimise-outcomes.csv");
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    for (split, at) in [("推荐", 1), ("搜索所得", 1), ("达到40%", 1)] {
        let row = frontier.lines().map(cells).find(|row| row.iter().any(|cell| cell == split));
        let told = outcomes.lines().map(cells).find(|row| row[at] == split);
        let (Some(row), Some(told)) = (row, told) else { continue };
        // probability and mean stand in both, letter by letter
        assert!(told.contains(&row[1]) && told.contains(&row[4]), "{row:?} against {told:?}");
    }
    assert!(outcomes.contains("达到40%") && read("optimise-instruments.csv").contains("达到40%"));
    assert!(read("optimise-years.csv").contains("达到40%"));
    let shown = stdout(&output).replace('\n', "");
    for words in ["比现有方案", "只调整2025年及以后的资金", "每一行都是一种具体的分法"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[test]
fn money_of_earlier_years_is_named_and_stays() {
    let document = |from: &str| {
        let args = ["optimise", SMALL, "--from", from, "--format", "json"];
        let output = call(&[&args[..], &TRIALS].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        serde_json::from_str::<Value>(&stdout(&output)).expect("JSON")
    };
    let number = |value: &Value| value.as_f64().expect("a number");
    let (all, late) = (document("2025"), document("2026"));
    assert_eq!((number(&all["spent"]), &late["from"]), (0.0, &Value::from(2026)));
    // of 12 over two years one half is spent, of which 60 % is paid in on average
    let spent = number(&late["spent"]);
    assert!((spent - 3.6).abs() < 0.3, "{spent}");
    let first = &late["years"][0]["parts"][0];
    assert_eq!((&first["part"]["id"], &first["spent"]), (&Value::from("2025"), &Value::from(true)));
    assert!(late["frontier"].as_array().expect("points").iter().all(|p| number(&p["cost"]) >= spent));
    // the plan as it is does not depend on which year is asked about
    assert_eq!(all["present"][0]["probability"], late["present"][0]["probability"]);
}

#[test]
fn bounds_go_by_identifier_and_by_name_and_once() {
    let bounds = |written: &str| {
        let args = ["optimise", SMALL, "--bound", written, "--format", "json"];
        let output = call(&[&args[..], &TRIALS].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let found: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        found["instruments"][0]["bounds"].clone()
    };
    let by_id = bounds("fund=1..9亿元");
    assert_eq!((&by_id[0], &by_id[1]), (&Value::from(1.0), &Value::from(9.0)));
    assert_eq!(bounds("基金=1亿元..9亿元"), by_id);
    assert_eq!(bounds("Fund=0.1..0.9bn"), by_id);
    let args = ["optimise", SMALL, "--lang", "zh", "--bound", "fund=1..9亿元", "--bound", "基金=1..2亿元"];
    let twice = call(&[&args[..], &TRIALS].concat());
    assert_eq!(code(&twice), 2);
    assert!(stderr(&twice).contains("“基金”写了两次"), "{}", stderr(&twice));
}

#[test]
fn the_present_plan_stands_in_the_table_of_the_frontier() {
    let folder = Folder::new();
    let out = folder.path("one");
    let args = ["optimise", SMALL, "--lang", "zh", "--out", text(&out)];
    let output = call(&[&args[..], &TRIALS].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let read = |name: &str| std::fs::read_to_string(out.join(name)).expect("written");
    let document: Value = serde_json::from_str(&read("optimise.json")).expect("JSON");
    let frontier = read("optimise-frontier.csv");
    let rows: Vec<&str> = frontier.lines().skip(1).filter(|row| row.contains(",现有,")).collect();
    assert_eq!(rows.len(), 1, "{frontier}");
    let on_it = document["frontier"].as_array().expect("points").iter().any(|p| p["plan"] == "present");
    assert_eq!(!on_it, stdout(&output).contains("现有方案不在前沿上"));
    // notes stand in rows of their own, where the first column is empty
    let costs = frontier.lines().skip(1).filter(|row| !row.starts_with(','));
    let costs = costs.map(|row| row.split(',').next().and_then(|cost| cost.parse().ok()));
    let costs: Vec<f64> = costs.map(|cost| cost.expect("a number")).collect();
    assert!(costs.windows(2).all(|pair| pair[0] <= pair[1]), "{costs:?}");
}

#[test]
fn where_nothing_is_recommended_no_row_is_without_a_name() {
    let folder = Folder::new();
    let file = folder.path("sure.toml");
    let sure = std::fs::read_to_string(SMALL).expect("the fixture").replace("\"260亿元\"", "\"20亿元\"");
    std::fs::write(&file, sure).expect("written");
    let out = folder.path("out");
    let args = ["optimise", text(&file), "--probability", "90%", "--lang", "zh", "--out", text(&out)];
    let output = call(&[&args[..], &TRIALS].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).replace('\n', "").contains("不推荐任何安排"), "{}", stdout(&output));
    let outcomes = std::fs::read_to_string(out.join("optimise-outcomes.csv")).expect("written");
    let names: Vec<&str> = outcomes.lines().skip(1).filter_map(|row| row.split(',').nth(1)).collect();
    assert_eq!(names, ["现有", "不再花钱"]);
}

#[test]
fn what_cannot_be_asked_is_refused() {
    for (args, word) in [
        (["--from", "2027"], "--from"),
        (["--from", "soon"], "2027"),
        // not taken for the base year in silence
        (["--from", "2020"], "最早可写 2024"),
        // 0 to .3
        (["--bound", "fund=0...3亿元"], "两个点"),
        (["--bound", "fund=3...9亿元"], "两个点"),
        (["--bound", "fund=9..3亿元"], "下限高于上限"),
        (["--budget", "100000亿元"], "亿元"),
        (["--bound", "office=0..1亿元"], "可以写：fund（基金）"),
        // a number alone would be ten times as much in one language as in the other
        (["--bound", "fund=1..9"], "须写单位"),
        (["--budget", "60"], "80亿元（须写单位）"),
        (["--policy", "paln"], "plan"),
    ] {
        let refused = call(&[&["optimise", SMALL, "--lang", "zh"][..], &args, &TRIALS].concat());
        assert_eq!(code(&refused), 2, "{args:?}: {}", stdout(&refused));
        assert!(stderr(&refused).contains(word), "{args:?}: {}", stderr(&refused));
        assert!(stdout(&refused).is_empty());
    }
}

/// Money that cannot act on the target is no missing money: the fault says which, and names targets that it can act on.
#[test]
fn money_that_cannot_act_on_the_target_is_told_from_none() {
    let folder = Folder::new();
    let text_of = std::fs::read_to_string(SMALL).expect("the fixture");
    let indicator = "[[target]]\nid = \"many\"\nname = { zh = \"件数\", en = \"Filings\" }\nindicator = \"filings\"\nyear = 2026\nnumber_at_least = 100\n";
    let file = folder.path("two.toml");
    std::fs::write(&file, format!("{text_of}\n{indicator}")).expect("written");
    for (args, words) in [
        (
            ["--target", "many", "--policy", "fund-only"],
            ["只用基金”的财政资金（预计", "影响不了“件数”", "--target", "level（"],
        ),
        (
            ["--target", "many", "--policy", "plan"],
            ["能影响“件数”的只有窗口", "与金额无关", "--target", "level（"],
        ),
        (["--target", "level", "--policy", "none"], ["“不实施”没有财政支出", "--policy", "", ""]),
    ] {
        let refused = call(&[&["optimise", text(&file), "--lang", "zh"][..], &args, &TRIALS].concat());
        assert_eq!(code(&refused), 2, "{args:?}: {}", stdout(&refused));
        for word in words {
            assert!(stderr(&refused).contains(word), "{args:?} {word}: {}", stderr(&refused));
        }
    }
}

/// What the search saw rests on fewer trials than what is told, and says so; what stays says what it costs.
#[test]
fn the_search_tells_its_trials_and_what_stays_its_money() {
    let args = ["optimise", SMALL, "--trials", "3000", "--quiet"];
    let output = call(&[&args[..], &["--format", "json"]].concat());
    let document: Value = serde_json::from_str(&stdout(&output)).expect("JSON and nothing else");
    assert_eq!((&document["trials"], &document["search_trials"]), (&3000.into(), &2048.into()));
    // the push costs 1 a year in two years, and its effect does not depend on it
    let push = document["fixed"].as_array().expect("fixed").iter().find(|f| f["instrument"]["id"] == "push");
    let push = push.expect("the push stays");
    assert_eq!(push["reason"], "unscaled");
    assert!((push["money"].as_f64().expect("its money") - 2.0).abs() < 1e-9, "{push}");
    let words = stdout(&call(&[&args[..], &["--lang", "zh"]].concat())).replace('\n', "");
    assert!(words.contains("每种分法只模拟2,048次") && words.contains("“推动”（2.00亿元）"), "{words}");
}

/// By the rule of regret every row tells the regret beside the chance of the worst world, and it falls with the money.
#[test]
fn rows_tell_the_regret_that_decides() {
    let folder = Folder::new();
    let file = folder.path("two.toml");
    std::fs::write(&file, WORLDS).expect("written");
    let args =
        ["optimise", text(&file), "--world", "base", "--world", "B", "--rule", "regret", "--trials", "2000"];
    let output = call(&[&args[..], &["--quiet", "--format", "json"]].concat());
    let document: Value = serde_json::from_str(&stdout(&output)).expect("JSON and nothing else");
    let rows = document["frontier"].as_array().expect("rows");
    let best = rows.iter().find(|row| row["plan"] == "best").expect("the chosen one");
    assert_eq!(best["regret"], document["together"]["best"]);
    let first = rows[0]["regret"]["value"].as_f64().expect("a regret");
    assert!(first > best["regret"]["value"].as_f64().expect("a regret"), "{document}");
    let words = stdout(&call(&[&args[..], &["--quiet", "--lang", "zh"]].concat()));
    assert!(words.contains("最大差距") && !words.contains("为+"), "{words}");
}

/// One instrument works in one world only, the other in the other one: the best split by the worst world loses in one of
/// them, which is no reason to advise against it.
#[test]
fn several_worlds_have_one_verdict() {
    let folder = Folder::new();
    let file = folder.path("two.toml");
    std::fs::write(&file, WORLDS).expect("written");
    let advice =
        [("zh", "请维持", "几个情景合起来看（最差情景的可能性）"), ("en", "keep the", "All worlds together")];
    for (lang, keep, verdict) in advice {
        let out = folder.path(lang);
        let args =
            ["optimise", text(&file), "--world", "base", "--world", "B", "--lang", lang, "--out", text(&out)];
        let output = call(&[&args[..], &["--trials", "2000", "--quiet"]].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let shown = stdout(&output).replace('\n', "");
        assert!(shown.contains(verdict) && !shown.contains(keep), "{shown}");
        assert!(!shown.contains("只动均值") && !shown.contains("the mean only"), "{shown}");
        // every tool stands there once for every world
        let table = std::fs::read_to_string(out.join("optimise-instruments.csv")).expect("written");
        let rows = table.lines().filter(|row| row.starts_with("x,") || row.starts_with("y,"));
        let worlds: Vec<&str> = rows.filter_map(|row| row.split(',').nth(1)).collect();
        assert_eq!(worlds.len(), 4, "{table}");
        assert_ne!(worlds[0], worlds[1]);
    }
}

/// Where the bounds set the budget that is said, and the present plan is not what to keep.
#[test]
fn a_budget_set_by_bounds_is_called_so() {
    for (lang, words, keep) in
        [("zh", "预算由 --bound 定为", "请维持"), ("en", "these set the budget at", "keep the")]
    {
        let args = ["optimise", SMALL, "--lang", lang, "--bound", "fund=12..300亿元"];
        let output = call(&[&args[..], &TRIALS].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let shown = stdout(&output).replace('\n', "");
        assert!(shown.contains(words) && !shown.contains(keep), "{shown}");
    }
    let refused = call(&["optimise", SMALL, "--lang", "en", "--budget", "80"]);
    assert!(stderr(&refused).contains("--budget 8bn, say"), "{}", stderr(&refused));
    let bounds = ["optimise", SMALL, "--lang", "en", "--bound", "fund=0.1..0.9bn"];
    let refused = call(&[&bounds[..], &["--budget", "0"], &TRIALS].concat());
    assert!(stderr(&refused).contains("a budget of 0 billion yuan"), "{}", stderr(&refused));
    // amounts set against each other have one unit, small ones the smallest
    let folder = Folder::new();
    let file = folder.path("small.toml");
    let plan = std::fs::read_to_string(SMALL).expect("a file");
    let plan =
        plan.replacen("\"12亿元\"", "\"12元\"", 1).replace("per_year = \"1亿元\"", "per_year = \"1元\"");
    std::fs::write(&file, plan).expect("a file");
    for (lang, zh_or_en) in [("zh", "预算50元不在可安排的范围内（"), ("en", "a budget of 50 yuan is outside")]
    {
        let args = ["optimise", text(&file), "--lang", lang, "--budget", "50元"];
        let refused = call(&[&args[..], &TRIALS].concat());
        let told = stderr(&refused);
        let fault = told.lines().last().unwrap_or_default();
        let one_unit = !["万元", "亿元", "million", "billion"].iter().any(|unit| fault.contains(unit));
        assert!(fault.contains(zh_or_en) && one_unit, "{told}");
    }
}

const WORLDS: &str = r#"
format = 1
[scenario]
id = "two"
title = "two"
base_year = 2024
horizon = 2027
reference = "none"
[[industry]]
id = "s"
trend = "0%"
cycle = { volatility = "6%" }
[[cluster]]
id = "c"
base = 200
[[instrument]]
id = "x"
money = { total = "15亿元", from = 2025, to = 2025 }
capacity = { leverage = 2, output_ratio = 0.5, online_after = 1, full_after = 1 }
[[instrument]]
id = "y"
money = { total = "15亿元", from = 2025, to = 2025 }
capacity = { leverage = 2, output_ratio = 0.0001, online_after = 1, full_after = 1 }
[[policy]]
id = "none"
instruments = []
[[policy]]
id = "plan"
instruments = "all"
[[world]]
id = "B"
set = { "instrument.x.capacity.output_ratio" = 0.0001, "instrument.y.capacity.output_ratio" = 0.25 }
[[target]]
id = "t"
year = 2027
at_least = "220亿元"
"#;

/// An example that names what the shipped file does not have is refused as it stands.
#[test]
fn the_examples_of_the_help_run_as_printed() {
    for lang in ["zh", "en"] {
        let help = stdout(&call(&["help", "optimise", "--lang", lang]));
        let examples: Vec<&str> =
            help.lines().filter_map(|line| line.trim().strip_prefix("clustercast ")).collect();
        let examples: Vec<&str> = examples.into_iter().filter(|line| line.contains("scenarios/")).collect();
        assert!(!examples.is_empty(), "{help}");
        for example in examples {
            let mut args: Vec<&str> = example.split(' ').collect();
            args.extend(["--lang", lang]);
            args.extend(TRIALS);
            let output = call(&args);
            assert_eq!(code(&output), 0, "{example}: {}", stderr(&output));
        }
    }
}
