//! Whose money it is, and when: instruments that change only what awards of others come to, and splits that differ by years.

use std::fs;

use serde_json::Value;

use crate::cli::{call, code, stderr, stdout, text};
use crate::folder::Folder;

/// A fund, awards for approvals, and a desk without money that makes approvals come earlier, and so more awards due.
const AWARDS: &str = r#"
format = 1
[scenario]
id = "awards"
title = "awards"
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
[[pipeline]]
id = "a"
industry = "s"
local = 1
peak_sales = 5
ramp = 1
[[pipeline.stage]]
id = "review"
success = 0.8
duration = 4
shape = 2
assets = 12
[[instrument]]
id = "fund"
name = { zh = "基金", en = "Fund" }
money = { by_year = { 2025 = "10亿元", 2026 = "10亿元" } }
capacity = { output_ratio = 1.0, online_after = 1, full_after = 1 }
[[instrument]]
id = "prize"
name = { zh = "奖补", en = "Awards" }
money = { per_year = "20亿元", from = 2025, to = 2027 }
pipeline = { pipelines = ["a"], award = "1亿元", peak = 1.1 }
[[instrument]]
id = "desk"
name = { zh = "提速", en = "Fast desk" }
pipeline = { pipelines = ["a"], start = 2025, duration = 0.5 }
[[policy]]
id = "none"
instruments = []
[[policy]]
id = "plan"
instruments = "all"
[[target]]
id = "t"
year = 2027
at_least = "225亿元"
"#;

/// Output by a fund is on stream two years later: what it gets in 2026 comes too late.
const YEARS: &str = r#"
format = 1
[scenario]
id = "years"
title = "years"
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
name = { zh = "基金", en = "Fund" }
money = { by_year = { 2025 = "10亿元", 2026 = "10亿元" } }
capacity = { output_ratio = 1.0, online_after = 2, full_after = 2 }
[[policy]]
id = "none"
instruments = []
[[policy]]
id = "plan"
instruments = "all"
[[target]]
id = "t"
year = 2027
at_least = "215亿元"
"#;

fn said(args: &[&str], lang: &str) -> String {
    let output = call(&[args, &["--lang", lang, "--quiet"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stdout(&output).replace('\n', if lang == "en" { " " } else { "" })
}

fn document(args: &[&str]) -> Value {
    let output = call(&[args, &["--format", "json", "--quiet"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

fn of<'v>(list: &'v Value, id: &str) -> &'v Value {
    let is_it = |one: &&Value| one["instrument"]["id"] == id || one["instrument"] == id;
    list.as_array().expect("a list").iter().find(is_it).unwrap_or_else(|| panic!("no {id} in {list}"))
}

/// What dropping the desk saves is one figure in reports and in `optimise`; its share in `compare` is another one and says so.
#[test]
fn money_that_an_instrument_makes_others_pay_is_told_by_its_definition() {
    let folder = Folder::new();
    let file = folder.path("awards.toml");
    fs::write(&file, AWARDS).expect("a file");
    let ask = |command| [command, text(&file), "--trials", "400"];
    let amount = |value: &Value| value.as_f64().expect("an amount");

    let fixed = document(&ask("optimise"));
    let desk = of(&fixed["fixed"], "desk");
    let saved = amount(&desk["money"]);
    let [low, high] = [0, 1].map(|end| amount(&desk["interval"][end]));
    assert!(desk["reason"] == "free" && low > 0.0 && low < saved && saved < high, "{desk}");
    for (lang, words) in [
        ("zh", ["单独去掉它时少付的钱，括号内为95%区间", "提速"]),
        ("en", ["what dropping each alone saves, with its 95% interval", "“Fast desk” "]),
    ] {
        let shown = said(&ask("optimise"), lang);
        assert!(words.iter().all(|word| shown.contains(word)), "{shown}");
    }

    let out = folder.path("out");
    let args = ["report", text(&file), "--trials", "400", "--lang", "zh", "--out", text(&out)];
    let report = call(&args);
    assert_eq!(code(&report), 0, "{}", stderr(&report));
    let results: Value =
        serde_json::from_slice(&fs::read(out.join("results.json")).expect("a file")).expect("JSON");
    let effects = &results["effects"][0]["instruments"];
    // the same trials: equal but for the order of sums
    let told = amount(&of(effects, "desk")["cost"]);
    assert!((told - saved).abs() < 1e-9 * saved, "{told} {saved}");
    let page = fs::read_to_string(out.join("report.html")).expect("a page");
    assert!(page.contains("提速自身没有资金：所列支出是单独去掉它时，获批奖补等少付的钱"), "no note");

    let compared = document(&ask("compare"));
    let desk = of(&compared["contributions"]["instruments"], "desk");
    let cost = |how: &str| amount(&desk[how]["cost"]["value"]);
    // two instruments are needed for the money, so each bears half of it
    assert!(cost("alone") == 0.0 && (cost("last") - saved).abs() < 1e-9 * saved, "{desk}");
    assert!((cost("shapley") - saved / 2.0).abs() < 1e-9 * saved, "{desk}");
    for (lang, word) in
        [("zh", "财政资金也按沙普利值分摊：奖补（最后加为"), ("en", "Public money is shared out by Shapley")]
    {
        let shown = said(&ask("compare"), lang);
        assert!(shown.contains(word), "{shown}");
        assert!(shown.contains(if lang == "zh" { "提速（最后加为" } else { "“Fast desk” (" }), "{shown}");
    }

    // without the desk nobody's money depends on anybody
    let alone = AWARDS.replace("instruments = \"all\"", "instruments = [\"fund\", \"prize\"]");
    fs::write(&file, alone).expect("a file");
    assert!(!said(&ask("compare"), "zh").contains("财政资金也按沙普利值分摊"));
    assert!(!said(&ask("optimise"), "zh").contains("自身没有资金"));
}

#[test]
fn a_split_that_differs_by_years_alone_says_so() {
    let folder = Folder::new();
    let file = folder.path("years.toml");
    fs::write(&file, YEARS).expect("a file");
    for (lang, word) in [
        ("zh", "各项工具的金额基本不变，只是“基金”的钱在各年之间重新安排（见表）"),
        ("en", "about its amount, but money is spread differently: that of “Fund” over the years"),
    ] {
        let shown = said(&["optimise", text(&file), "--trials", "400"], lang);
        assert!(shown.contains(word), "{shown}");
    }
    // on stream within the year, so that both years are as good: nothing is said of years
    fs::write(&file, YEARS.replace("online_after = 2, full_after = 2", "online_after = 0, full_after = 0"))
        .expect("a file");
    let shown = said(&["optimise", text(&file), "--trials", "400"], "zh");
    assert!(!shown.contains("重新安排"), "{shown}");
}

/// A fund cannot move the number of platforms: it has no price, but no policy that pays it is free.
#[test]
fn a_policy_that_pays_for_what_cannot_move_the_target_is_not_called_free() {
    let folder = Folder::new();
    let file = folder.path("platforms.toml");
    let platforms = "[[indicator]]\nid = \"platforms\"\ncount = { base = 3, rate = 1 }\n[[target]]\nid = \"n\"\n\
                     indicator = \"platforms\"\nyear = 2027\nnumber_at_least = 6\n[[policy]]\nid = \"money\"\n\
                     instruments = [\"fund\"]\n[[target]]";
    fs::write(&file, AWARDS.replacen("[[target]]", platforms, 1)).expect("a file");
    let ask = ["compare", text(&file), "--target", "n", "--trials", "400"];
    for (lang, free, told) in [
        ("zh", ["不另花财政资金", "不花钱"], "（另有20.0亿元花在影响不了本目标的工具上，代价不计入）"),
        (
            "en",
            ["takes no further public money", " free "],
            "(and 2.00 billion yuan more goes to instruments that cannot move the target, which is in no price)",
        ),
    ] {
        let shown = said(&ask, lang);
        assert!(free.iter().all(|word| !shown.contains(word)) && shown.contains(told), "{shown}");
    }
}

/// The noise of an indicator is no fate of a project.
#[test]
fn noise_of_indicators_has_a_name_of_its_own() {
    let folder = Folder::new();
    let file = folder.path("days.toml");
    let days = "[[indicator]]\nid = \"days\"\nratio = { start = 100, drift = -3, volatility = 5, persistence = 0.5 }\n\
                [[target]]\nid = \"n\"\nindicator = \"days\"\nyear = 2027\nvalue_at_most = 90\n[[target]]";
    fs::write(&file, AWARDS.replacen("[[target]]", days, 1)).expect("a file");
    let ask = ["drivers", text(&file), "--target", "n", "--trials", "400"];
    for (lang, word, wrong) in
        [("zh", "指标自身的逐年波动", "成败"), ("en", "Yearly noise of indicators", "ates of")]
    {
        let shown = said(&ask, lang);
        assert!(shown.contains(word) && !shown.contains(wrong), "{shown}");
    }
}
