//! Past figures against the scenario that they belong to: years that cannot be, and the base they must agree with.

use std::fs;

use serde_json::Value;

use crate::book_words::{Book, faults, import, sound};
use crate::cli::{call, code, stderr, stdout, text};
use crate::folder::Folder;

/// A sound book with these rows of past figures: scope, year, value.
fn with_records(rows: &[[&'static str; 3]]) -> Book {
    let mut book = sound();
    let mut sheet = vec![vec!["对象", "年份", "数额（亿元）", "出处", "依据等级"]];
    sheet.extend(rows.iter().map(|[scope, year, value]| vec![*scope, *year, *value, "YB", "官方"]));
    book.push(("历年数据", sheet));
    book
}

const BASE: &str = r#"
[scenario]
id = "t"
title = "试"
base_year = 2024
horizon = 2030

[sources.YB]
title = "年鉴"

[measures.revenue]
name = { zh = "营业收入", en = "revenue" }

[[industry]]
id = "drugs"
trend = "3%"
source = "YB"
grade = "assumption"

[[province]]
id = "p"
name = { zh = "某省", en = "A province" }
base = BASE
source = "YB"
grade = "official"

[[cluster]]
id = "all"
remainder = true

[[target]]
id = "goal"
year = 2030
at_least = "1300亿元"
"#;

const CERTAIN: &str = "\"1000亿元\"";

/// What `check` says in both languages about records beside a base: (year, value), as text and in a CSV file.
fn check(folder: &Folder, base: &str, records: &[(i32, f64)]) -> [(i32, String); 4] {
    let start = BASE.replacen("BASE", base, 1);
    let rows = records.iter().map(|(year, value)| {
        format!("[[record]]\nscope = \"province.p\"\nyear = {year}\nvalue = \"{value}亿元\"\nsource = \"YB\"\ngrade = \"official\"\n")
    });
    let written = folder.path("文.toml");
    fs::write(&written, format!("{start}{}", rows.collect::<String>())).expect("a scenario");
    let lines = records.iter().map(|(year, value)| format!("全省,{year},{value},YB,官方\n"));
    let csv = format!("对象,年份,数额（亿元）,出处,依据等级\n{}", lines.collect::<String>());
    fs::write(folder.path("历年.csv"), csv).expect("a table");
    let beside = folder.path("表.toml");
    fs::write(&beside, format!("{start}[[table]]\nfile = \"历年.csv\"\nholds = \"record\"\n"))
        .expect("a scenario");
    [(&written, "zh"), (&written, "en"), (&beside, "zh"), (&beside, "en")].map(|(path, lang)| {
        let output = call(&["check", text(path), "--lang", lang]);
        (code(&output), stdout(&output) + &stderr(&output))
    })
}

#[test]
fn a_past_figure_of_the_future_is_a_fault_at_its_year() {
    let folder = Folder::new();
    let (exit, out) =
        import(&folder, &with_records(&[["全省", "2022", "920"], ["全省", "2035", "960"]]), "zh");
    assert!(
        exit == 2 && faults(&out) == ["历年数据 B3"] && out.contains("2035 年，晚于推演的最后一年 2030"),
        "{out}"
    );
    for (exit, out) in check(&folder, CERTAIN, &[(2031, 960.0)]) {
        assert!(exit == 2 && out.contains("E0312") && out.contains("2031"), "{out}");
        assert!(out.contains("第2行") || out.contains("line 2") || out.contains("文.toml"), "{out}");
    }
}

#[test]
fn a_past_figure_beyond_missing_years_is_doubted() {
    let folder = Folder::new();
    let (exit, out) = import(&folder, &with_records(&[["全省", "2029", "1100"]]), "zh");
    assert!(exit == 0 && faults(&out) == ["历年数据 B2"] && out.contains("中间缺 2025—2028 年"), "{out}");
    assert!(out.contains("不改变推演"), "{out}");
    for (exit, out) in check(&folder, CERTAIN, &[(2029, 1100.0)]) {
        assert!(
            exit == 0 && out.contains("W0501") && (out.contains("2025—2028") || out.contains("2025–2028")),
            "{out}"
        );
    }
    // the years that follow the base one by one are known already
    for (exit, out) in check(&folder, CERTAIN, &[(2025, 1010.0), (2026, 1020.0), (2022, 900.0)]) {
        assert!(exit == 0 && !out.contains("W0501"), "{out}");
    }
}

#[test]
fn a_file_that_looks_back_may_know_what_came_after_its_horizon() {
    let shipped = fs::read_to_string("scenarios/zhejiang-2024.toml").expect("a shipped scenario");
    assert!(
        shipped.contains("horizon = 2024") && shipped.contains("year = 2025\ngrowth"),
        "the case is still there"
    );
    let output = call(&["check", "scenarios/zhejiang-2024.toml", "--lang", "zh"]);
    assert!(code(&output) == 0 && stdout(&output).contains("没有问题"), "{}", stdout(&output));
}

#[test]
fn a_past_figure_of_the_base_year_agrees_with_the_base() {
    let folder = Folder::new();
    let (exit, out) =
        import(&folder, &with_records(&[["全省", "2024", "1100"], ["武汉（含光谷）", "2024", "400"]]), "zh");
    assert!(exit == 0 && faults(&out) == ["历年数据 C2"], "{out}");
    assert!(out.contains("1100亿元") && out.contains("1000亿元") && out.contains("基本情况 · B6"), "{out}");
    // half of the clusters differ from their share of the province
    let (_, out) = import(
        &folder,
        &with_records(&[["武汉（含光谷）", "2024", "450"], ["其他市州", "2024", "603"]]),
        "zh",
    );
    assert_eq!(faults(&out), ["历年数据 C2"], "{out}");
    for (exit, out) in check(&folder, CERTAIN, &[(2024, 700.0)]) {
        let [both_zh, both_en] = [["700亿元", "1000亿元"], ["70 billion", "100"]]
            .map(|words| words.iter().all(|word| out.contains(word)));
        assert!(exit == 0 && out.contains("W0501") && (both_zh || both_en), "{out}");
    }
    // within rounding, and within the range of an uncertain base
    for (exit, out) in check(&folder, CERTAIN, &[(2024, 1009.0)]) {
        assert!(exit == 0 && !out.contains("W0501"), "{out}");
    }
    let range = "{ p05 = \"900亿元\", p95 = \"1100亿元\" }";
    for (exit, out) in check(&folder, range, &[(2024, 1150.0)]) {
        assert!(exit == 0 && !out.contains("W0501"), "{out}");
    }
    for (exit, out) in check(&folder, range, &[(2024, 1250.0)]) {
        assert!(exit == 0 && out.contains("W0501") && (out.contains("99%") || out.contains("99 %")), "{out}");
    }
}

/// The growth of the first target as the result document has it.
fn growth(folder: &Folder, base: &str, records: &[(i32, f64)]) -> Value {
    let _ = check(folder, base, records);
    let path = folder.path("文.toml");
    let output = call(&["run", text(&path), "--trials", "256", "--format", "json", "--quiet"]);
    let document: Value =
        serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    document["realism"][0]["growth"].clone()
}

#[test]
fn a_certain_base_is_the_last_figure_of_the_record() {
    let folder = Folder::new();
    let three = [(2021, 850.0), (2022, 900.0), (2023, 950.0)];
    let found = growth(&folder, CERTAIN, &three);
    assert_eq!(found["record"]["years"], serde_json::json!([2021, 2024]), "{found}");
    assert_eq!(found["record"]["with_base"], 2024, "{found}");
    // (1000 / 850)^(1/3) − 1
    let best = found["record"]["best"].as_f64().expect("a rate");
    assert!((best - (libm::cbrt(1000.0 / 850.0) - 1.0)).abs() < 1e-12, "{best}");
    // an uncertain base is no published figure, and a file says what it takes
    let range = "{ p05 = \"900亿元\", p95 = \"1100亿元\" }";
    let found = growth(&folder, range, &three);
    assert!(found["record"].is_null() && found["verdict"] == "no_record", "{found}");
    let [zh, en, ..] = check(&folder, range, &three);
    assert!(zh.1.contains("相隔三年以上") && en.1.contains("three or more years apart"), "{}{}", zh.1, en.1);
    let [zh, en, ..] = check(&folder, CERTAIN, &three);
    assert!(
        zh.1.contains("2024年是基期数") && en.1.contains("the figure of 2024 is the base"),
        "{}{}",
        zh.1,
        en.1
    );
}
