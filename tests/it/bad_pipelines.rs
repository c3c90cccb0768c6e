//! Pipelines, arriving firms and their support that are wrong: one fault each, with code, place and words.

use std::fs;

use clustercast::cli::load::{Examined, examine};
use clustercast::diag::{codes, render};
use clustercast::text::Lang;

use crate::folder::Folder;

/// A small valid scenario with one of everything the cases below break.
const VALID: &str = r#"
[scenario]
id = "small"
title = "管线小例"
base_year = 2024
horizon = 2030
[sources.S]
title = "规划"
[[industry]]
id = "drugs"
trend = { value = "5%", source = "S", grade = "assumption" }
[[industry]]
id = "devices"
trend = { value = "5%", source = "S", grade = "assumption" }
[[cluster]]
id = "wuhan"
base = { value = "400亿元", source = "S", grade = "official" }
mix = { drugs = 1 }
[[pipeline]]
id = "new"
industry = "drugs"
entrants = "4个/年"
enter_at = "p1"
peak_sales = "1亿元 to 5亿元"
ramp = "3年"
local = "60%"
source = "S"
grade = "assumption"
[[pipeline.stage]]
id = "p1"
success = "50%"
duration = "2年"
shape = 2
assets = 10
[[pipeline.stage]]
id = "p2"
success = "60%"
duration = "30个月"
[[arrival]]
id = "hq"
cluster = "wuhan"
industry = "devices"
rate = "0.5家/年"
years = [2025, 2028]
size = "3亿元~20亿元"
online_after = "1年"
full_after = "3年"
source = "S"
grade = "assumption"
[[instrument]]
id = "review"
pipeline = { pipelines = ["new"], stages = ["p2"], start = 2026, duration = "67%" }
source = "S"
grade = "assumption"
[[instrument]]
id = "award"
money = { per_year = "2亿元" }
pipeline = { pipelines = ["new"], award = "3000万元", uptake = 0.8 }
source = "S"
grade = "assumption"
[[instrument]]
id = "attract"
arrivals = { of = ["hq"], added = "1家/年" }
source = "S"
grade = "assumption"
"#;

/// What is replaced, the code, a piece of the line pointed to, and words of the message in both languages.
type Case = ((&'static str, &'static str), &'static str, &'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    (("success = \"50%\"", "success = \"150%\""), codes::OUT_OF_RANGE, "150%", "100%", "100%"),
    (("duration = \"2年\"", "duration = 0"), codes::OUT_OF_RANGE, "duration = 0", "0年", "0 years"),
    (("duration = \"67%\"", "duration = 0"), codes::OUT_OF_RANGE, "duration = 0", "0", "0"),
    (("shape = 2", "shape = 0.01"), codes::OUT_OF_RANGE, "shape", "0.1", "0.1"),
    (("shape = 2", "shape = \"1 to 2\""), codes::NOT_CERTAIN, "shape", "确定", "certain"),
    (("enter_at = \"p1\"", "enter_at = \"p3\""), codes::UNKNOWN_REFERENCE, "enter_at", "p3", "p3"),
    (
        ("id = \"p2\"", "id = \"p1\"\nsuccess = 1\nduration = 1\n[[pipeline.stage]]\nid = \"p2\""),
        codes::DUPLICATE_ID,
        "id = \"p1\"",
        "重复",
        "twice",
    ),
    (("stages = [\"p2\"]", "stages = [\"p9\"]"), codes::UNKNOWN_REFERENCE, "p9", "阶段", "stage"),
    (("[\"new\"], stages", "[\"nwe\"], stages"), codes::UNKNOWN_REFERENCE, "nwe", "new", "new"),
    (("of = [\"hq\"]", "of = [\"hg\"]"), codes::UNKNOWN_REFERENCE, "hg", "hq", "hq"),
    (("start = 2026", "start = 2031"), codes::BAD_YEAR, "2031", "2030", "2030"),
    (("[2025, 2028]", "[2024, 2028]"), codes::BAD_YEAR, "2024", "2025", "2025"),
    (("peak_sales = \"1亿元 to 5亿元\"\n", ""), codes::MISSING_KEY, "local", "peak_sales", "peak_sales"),
    (("size = \"3亿元~20亿元\"\n", ""), codes::MISSING_KEY, "[[arrival]]", "size", "size"),
    (
        ("full_after = \"3年\"", "full_after = \"6个月\""),
        codes::REVERSED,
        "full_after",
        "投产",
        "online_after",
    ),
    (
        ("assets = 10", "assets = 9000"),
        codes::OUT_OF_RANGE,
        "[[pipeline]]",
        "预计获批",
        "expected to approve",
    ),
    (
        ("award = \"3000万元\", uptake", "award = \"3000万元\", success"),
        codes::KEY_CONFLICT,
        "success",
        "拆成",
        "two",
    ),
    (("money = { per_year = \"2亿元\" }\n", ""), codes::MISSING_KEY, "award", "money", "money"),
    (
        (
            "pipeline = { pipelines = [\"new\"], award",
            "knowledge = { additionality = 0, elasticity = 0.1, rd_intensity = \"5%\" }\npipeline = { pipelines = [\"new\"], award",
        ),
        codes::BAD_MODEL,
        "pipeline",
        "拆成两个工具",
        "two instruments",
    ),
    (
        ("industry = \"drugs\"\nentrants", "industry = \"devices\"\nentrants"),
        codes::BAD_MODEL,
        "[[pipeline]]",
        "没有落处",
        "no place",
    ),
    (
        ("enter_at = \"p1\"", "cluster = \"wuhan\"\nprovince = \"province\""),
        codes::KEY_CONFLICT,
        "cluster",
        "只能写一个",
        "only one",
    ),
    ((", duration = \"67%\" }", " }"), codes::UNUSED, "pipeline", "没有写任何作用", "no effect"),
    (("entrants = \"4个/年\"\nenter_at", "enter_at"), codes::UNUSED, "", "", ""),
];

fn examined(folder: &Folder, text: &str) -> Examined {
    let path = folder.path("case.toml");
    fs::write(&path, text).expect("the temporary folder can be written");
    examine(&path, &clustercast::model::Choices::new()).expect("a text file")
}

fn shown(examined: &Examined, lang: Lang) -> String {
    render(&examined.faults, &examined.sources, lang)
}

#[test]
fn the_valid_file_has_no_fault() {
    let examined = examined(&Folder::new(), VALID);
    assert!(examined.model.is_some() && examined.faults.is_empty(), "{}", shown(&examined, Lang::En));
}

#[test]
fn every_fault_has_its_code_place_and_words() {
    let folder = Folder::new();
    let mut wrong = Vec::new();
    for ((from, to), code, line, zh, en) in CASES {
        assert!(VALID.contains(from), "{from} is not in the valid file");
        let mut text = VALID.replacen(from, to, 1);
        if line.is_empty() {
            // without entrants, and now without assets either
            text = text.replacen("assets = 10\n", "", 1);
        }
        let examined = examined(&folder, &text);
        let lines: Vec<&str> = text.lines().collect();
        let hit = examined.faults.iter().any(|fault| {
            let place = fault.span.and_then(|span| examined.sources.line_column(span));
            fault.code == *code && place.is_some_and(|(at, _)| lines[at - 1].contains(line))
        });
        let said =
            [(Lang::Zh, zh), (Lang::En, en)].map(|(lang, words)| shown(&examined, lang).contains(*words));
        let refused = code.starts_with('W') || examined.model.is_none();
        let once = examined.faults.len() == 1;
        if !hit || said != [true, true] || !refused || !once {
            wrong.push(format!("── {from} → {to}: {code} at {line:?}\n{}", shown(&examined, Lang::En)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
