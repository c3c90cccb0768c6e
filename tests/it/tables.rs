//! Tables beside a scenario: the same results as rows written as text, and faults that name sheet and cell.

use std::fs;
use std::path::Path;

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use serde_json::Value;

use crate::cli::{call, code, stderr, stdout, text};
use crate::docs::package;
use crate::folder::Folder;

const FIXTURES: &str = "tests/fixtures/tables";

/// The results of a fixture without what names the inputs.
fn figures(file: &str) -> Value {
    let path = format!("{FIXTURES}/{file}");
    let output = call(&["run", &path, "--trials", "512", "--format", "json", "--quiet"]);
    assert_eq!(code(&output), 0, "{file}\n{}", stderr(&output));
    let mut results: Value = serde_json::from_str(&stdout(&output)).expect("a result document");
    for key in ["file", "inputs", "hash", "sha256"] {
        if let Some(scenario) = results["scenario"].as_object_mut() {
            scenario.remove(key);
        }
    }
    results
}

#[test]
fn rows_in_tables_give_the_bits_of_rows_in_text() {
    let written = figures("written.toml");
    assert!(written["runs"].as_array().is_some_and(|runs| !runs.is_empty()));
    assert!(figures("with-csv.toml") == written, "csv");
    assert!(figures("with-xlsx.toml") == written, "xlsx saved by LibreOffice");
}

#[test]
fn a_run_from_tables_is_verified_without_them() {
    let folder = Folder::new();
    for file in ["with-xlsx.toml", "with-csv.toml"] {
        let out = folder.path(file);
        let path = format!("{FIXTURES}/{file}");
        let ran = call(&["run", &path, "--trials", "512", "--quiet", "--out", text(&out)]);
        assert_eq!(code(&ran), 0, "{}", stderr(&ran));
        // Nothing but the document is at hand here.
        let alone = folder.path(&format!("{file}.json"));
        fs::copy(out.join("results.json"), &alone).expect("the document");
        let verified = call(&["verify", text(&alone), "--lang", "zh"]);
        assert_eq!(code(&verified), 0, "{}{}", stdout(&verified), stderr(&verified));
        // A changed cell changes the figures.
        let document = fs::read_to_string(&alone).expect("the document");
        let changed = document.replacen("\\t420", "\\t421", 1);
        assert_ne!(changed, document, "{file} keeps its cells");
        fs::write(&alone, changed).expect("the document");
        assert_eq!(code(&call(&["verify", text(&alone)])), 1, "{file}");
    }
}

/// A scenario of one cluster whose firms stand in `table`.
fn scenario(folder: &Folder, table: &str) -> String {
    let text = format!("{BASE}\n[[table]]\n{table}\nsource = \"YB\"\ngrade = \"official\"\n");
    let path = folder.path("情景.toml");
    fs::write(&path, text).expect("a scenario");
    path.to_str().expect("a plain name").to_owned()
}

const BASE: &str = r#"
[scenario]
id = "t"
title = "试"
base_year = 2024
horizon = 2027

[sources.YB]
title = "年鉴"

[[industry]]
id = "drugs"
name = "药品"
trend = "3%"
source = "YB"
grade = "assumption"

[[cluster]]
id = "wuhan"
name = "武汉"
base = "420亿元"
source = "YB"
grade = "official"

[[target]]
id = "goal"
year = 2027
at_least = "450亿元"

[[target]]
id = "big"
year = 2027
firms = { above = "80亿元" }
number_at_least = 1
"#;

fn save(folder: &Folder, name: &str, fill: impl FnOnce(&mut Worksheet)) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("表1").expect("a name");
    fill(sheet);
    book.save(folder.path(name)).expect("a workbook");
}

fn head(sheet: &mut Worksheet, row: u32, heads: &[&str]) {
    for (column, head) in (0..).zip(heads) {
        sheet.write(row, column, *head).expect("a cell");
    }
}

/// What `check` says about the scenario.
fn check(path: &str, lang: &str) -> (i32, String) {
    let output = call(&["check", path, "--lang", lang]);
    (code(&output), stdout(&output) + &stderr(&output))
}

/// The lines of `out` that name a place in `file`.
fn places(out: &str, file: &str) -> Vec<String> {
    let lines = out.lines().filter_map(|line| line.trim_start().strip_prefix("--> "));
    let named = lines.filter(|line| line.contains(file));
    named.map(|line| line.rsplit_once(file).map_or("", |(_, rest)| rest).to_owned()).collect()
}

#[test]
fn every_fault_of_a_workbook_comes_at_once_with_its_cell() {
    let folder = Folder::new();
    let heads =
        ["企业名称", "2024年营业收入（亿元）", "所在集群", "所属行业", "额外增速", "口径外", "依据等级"];
    save(&folder, "企业.xlsx", |sheet| {
        let date = Format::new().set_num_format("yyyy-mm-dd");
        let percent = Format::new().set_num_format("0.0%");
        head(sheet, 0, &heads);
        for (row, name) in (1..).zip(["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "合计"])
        {
            sheet.write(row, 0, name).expect("a cell");
            sheet.write(row, 1, 80 + row).expect("a cell");
            sheet.write(row, 3, "药品").expect("a cell");
        }
        sheet.write(1, 1, "12.5亿圆").expect("a cell");
        sheet.write(2, 2, "武汗").expect("a cell");
        sheet.write_formula(3, 1, Formula::new("=NA()").set_result("#N/A")).expect("a cell");
        sheet.write_number_with_format(4, 1, 45_000.0, &date).expect("a cell");
        sheet.write(5, 4, 3).expect("a cell");
        sheet.write(6, 4, 2).expect("a cell");
        sheet.write_with_format(7, 4, 0.02, &percent).expect("a cell");
        sheet.write(8, 5, "也许").expect("a cell");
        sheet.write(9, 6, "瞎猜").expect("a cell");
        sheet.write(9, 1, -5).expect("a cell");
    });
    let path = scenario(&folder, "file = \"企业.xlsx\"\nholds = \"firm\"");
    let (exit, out) = check(&path, "zh");
    assert_eq!(exit, 2, "{out}");
    let cells = ["B2", "C3", "B4", "B5", "E6", "F9", "B10", "G10", "A11"];
    let expected: Vec<String> = cells.iter().map(|cell| format!(" · 表1 · {cell}")).collect();
    let mut found = places(&out, "企业.xlsx");
    found.sort();
    let mut wanted = expected.clone();
    wanted.sort();
    assert_eq!(found, wanted, "{out}");
    for said in [
        "不认识的单位“亿圆”",
        "武汗",
        "错误值",
        "单元格是日期 2023-03-15",
        "是 3%，还是 300%",
        "同一列另有 1 个",
        "也许",
        "瞎猜",
        "合计行",
    ] {
        assert!(out.contains(said), "{said} is not in\n{out}");
    }
    let (_, english) = check(&path, "en");
    assert!(english.contains("企业.xlsx · 表1 · E6") && english.contains("is it 3% or 300%?"), "{english}");
}

#[test]
fn faults_of_files_and_heads_name_their_place() {
    let folder = Folder::new();
    save(&folder, "企业.xlsx", |sheet| {
        sheet.merge_range(0, 0, 0, 3, "企业名单", &Format::new()).expect("merged");
        head(sheet, 1, &["企业名称", "营业额（亿元）", "2023年营业收入（亿元）", "所属行业"]);
    });
    save(&folder, "合并.xlsx", |sheet| {
        head(sheet, 0, &["企业名称", "营业收入（亿元）", "所属行业", "所在集群"]);
        for row in 1..4 {
            sheet.write(row, 0, format!("企业{row}")).expect("a cell");
            sheet.write(row, 1, 5).expect("a cell");
            sheet.write(row, 2, "药品").expect("a cell");
        }
        sheet.merge_range(1, 3, 3, 3, "武汉", &Format::new()).expect("merged");
    });
    save(&folder, "单位.xlsx", |sheet| {
        sheet.write(0, 0, "单位：美元").expect("a cell");
        head(sheet, 1, &["企业名称", "营业收入", "所属行业"]);
    });
    save(&folder, "空.xlsx", |_| {});
    fs::write(folder.path("旧.xls"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").expect("a file");
    fs::write(folder.path("坏.xlsx"), b"PK\x03\x04broken").expect("a file");
    fs::write(folder.path("字.csv"), "企业名称\t营业收入\n").expect("a file");
    fs::write(
        folder.path("行.csv"),
        "企业名称,营业收入（亿元）,所属行业\n甲,\"1\n2\",药品\n乙,三十亿,药品\n",
    )
    .expect("a file");
    for (table, said) in [
        (
            "file = \"企业.xlsx\"",
            vec!["企业.xlsx · 表1 · B2", "是不是“营业收入”", "企业.xlsx · 表1 · C2", "基期是 2024"],
        ),
        ("file = \"合并.xlsx\"", vec!["合并.xlsx · 表1 · D3", "D2:D4", "取消合并"]),
        ("file = \"单位.xlsx\"", vec!["单位.xlsx · 表1 · A1", "美元"]),
        ("file = \"空.xlsx\"", vec!["空.xlsx · 表1", "表里没有内容"]),
        ("file = \"旧.xls\"", vec!["另存为 .xlsx", "情景.toml"]),
        ("file = \"坏.xlsx\"", vec!["不是完好的 .xlsx 工作簿"]),
        ("file = \"没有.xlsx\"", vec!["找不到文件"]),
        ("file = \"合并.xlsx\"\nsheet = \"表2\"", vec!["没有名为“表2”的工作表；有 表1"]),
        ("file = \"字.csv\"", vec!["制表符"]),
        ("file = \"行.csv\"", vec!["行.csv · 第2行 · B列", "行.csv · 第4行 · B列", "三十亿"]),
    ] {
        let path = scenario(&folder, &format!("{table}\nholds = \"firm\""));
        let (exit, out) = check(&path, "zh");
        assert_eq!(exit, 2, "{table}\n{out}");
        for words in said {
            assert!(out.contains(words), "{words} is not in\n{out}");
        }
    }
}

/// Values that a spreadsheet holds in its own ways are read as what they show.
#[test]
fn cells_mean_what_they_show() {
    let folder = Folder::new();
    save(&folder, "企业.xlsx", |sheet| {
        let percent = Format::new().set_num_format("0%");
        sheet.write(0, 0, "单位：万元").expect("a cell");
        head(sheet, 1, &["企业名称", "营业收入", "所属行业", "额外增速", "自身波动（%）", "#电话"]);
        for (row, name, revenue) in [(2, "甲", 900_000.0), (4, "乙 ", 5000.0)] {
            sheet.write(row, 0, name).expect("a cell");
            sheet.write(row, 1, revenue).expect("a cell");
            sheet.write(row, 2, "药品").expect("a cell");
            sheet.write_with_format(row, 3, 0.02, &percent).expect("a cell");
            sheet.write_with_format(row, 4, 0.12, &percent).expect("a cell");
        }
        sheet.write_formula(4, 1, Formula::new("=2500+2500").set_result("5000")).expect("a cell");
        sheet.write(4, 4, "１２").expect("a cell");
        sheet.set_row_hidden(4).expect("hidden");
    });
    let path = scenario(&folder, "file = \"企业.xlsx\"\nholds = \"firm\"");
    let (exit, out) = check(&path, "zh");
    assert_eq!(exit, 0, "{out}");
    let by_table = run(&path);
    let firms = "[[firm]]\nid = \"甲\"\nname = \"甲\"\nrevenue = \"90亿元\"\nindustry = \"drugs\"\npremium = \"2%\"\n\
                 own_volatility = \"12%\"\n[[firm]]\nid = \"乙\"\nname = \"乙\"\nrevenue = \"0.5亿元\"\nindustry = \"drugs\"\n\
                 premium = \"2%\"\nown_volatility = \"12%\"\n";
    let written = folder.path("written.toml");
    fs::write(&written, format!("{BASE}{firms}")).expect("a scenario");
    assert_eq!(run(text(&written)), by_table);
}

/// The runs of a scenario, as JSON.
fn run(path: &str) -> Value {
    let output = call(&["run", path, "--trials", "512", "--format", "json", "--quiet"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let results: Value = serde_json::from_str(&stdout(&output)).expect("a result document");
    results["runs"].clone()
}

#[test]
fn the_fixture_is_what_libreoffice_saved() {
    let bytes = fs::read(package(FIXTURES).join(Path::new("台账.xlsx"))).expect("the fixture");
    assert!(bytes.starts_with(b"PK") && bytes.len() < 60_000);
}

#[test]
fn a_book_as_written_is_imported_runs_and_is_never_overwritten() {
    let folder = Folder::new();
    for lang in ["zh", "en"] {
        let book = folder.path(&format!("{lang}.xlsx"));
        let file = folder.path(&format!("{lang}.toml"));
        assert_eq!(code(&call(&["new", "--xlsx", text(&book), "--lang", lang])), 0);
        let before = fs::read(&book).expect("a workbook");
        assert_eq!(code(&call(&["new", "--xlsx", text(&book), "--lang", lang])), 3, "never overwritten");
        assert_eq!(fs::read(&book).expect("a workbook"), before);
        let imported = call(&["import", text(&book), "--lang", lang]);
        assert_eq!(code(&imported), 0, "{}{}", stdout(&imported), stderr(&imported));
        let (exit, out) = check(text(&file), "en");
        assert!(exit == 0 && out.contains("no faults"), "{out}");
        let written = fs::read_to_string(&file).expect("a scenario");
        let said = if lang == "zh" {
            ["示例", "# zh.xlsx · 集群 · A3"]
        } else {
            ["Example", "# en.xlsx · Clusters · A3"]
        };
        assert!(said.iter().all(|words| written.contains(words)), "{written}");
        // The scenario needs the workbook no more.
        fs::remove_file(&book).expect("the workbook goes");
        assert!(run(text(&file)).as_array().is_some_and(|runs| runs.len() == 2), "two policies");
        fs::write(&book, &before).expect("the workbook comes back");
        assert_eq!(code(&call(&["import", text(&book)])), 3, "the scenario is not overwritten");
    }
}

#[test]
fn faults_of_a_book_come_at_once_with_sheet_and_cell() {
    let folder = Folder::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("基本情况").expect("a name");
    for (row, (label, value)) in (0..).zip([
        ("方案编号", "t"),
        ("方案标题", "试"),
        ("基期年份", "2024"),
        ("推演到哪年", "2030"),
        ("全国年均增速", "3"),
    ]) {
        head(sheet, row, &[label, value]);
    }
    let sheet = book.add_worksheet().set_name("集群").expect("a name");
    head(sheet, 0, &["集群名称", "基期规模（亿元）", "行业构成·药品（%）"]);
    head(sheet, 1, &["武汉", "四百", "100"]);
    let sheet = book.add_worksheet().set_name("行业").expect("a name");
    head(sheet, 0, &["行业名称", "年均增速（%）"]);
    head(sheet, 1, &["药品", "3"]);
    book.add_worksheet().set_name("企来").expect("a name").write(0, 0, "x").expect("a cell");
    book.add_worksheet().set_name("#草稿").expect("a name").write(0, 0, "x").expect("a cell");
    let path = folder.path("填报.xlsx");
    book.save(&path).expect("a workbook");
    let output = call(&["import", text(&path), "--lang", "zh"]);
    let out = stdout(&output) + &stderr(&output);
    assert_eq!(code(&output), 2, "{out}");
    for said in [
        "基本情况 · A4",
        "是不是“推演到哪一年”",
        "基本情况 · B5",
        "集群 · B2",
        "四百",
        "填报.xlsx · 企来",
        "是不是“企业”",
    ] {
        assert!(out.contains(said), "{said} is not in\n{out}");
    }
    assert!(!out.contains("草稿"), "{out}");
    assert!(!folder.path("填报.toml").exists(), "nothing is written");
}

/// A workbook under another name opens nowhere.
#[test]
fn a_new_book_is_called_one() {
    let folder = Folder::new();
    let new = |name: &str| call(&["new", "--xlsx", text(&folder.path(name)), "--lang", "en"]);
    let refused = new("x.toml");
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("whose name ends in .xlsx") && stderr(&refused).contains("x.xlsx"));
    assert!(folder.names("").is_empty(), "nothing is written");
    assert_eq!([code(&new("my")), code(&new("Your.XLSX"))], [0, 0]);
    assert_eq!(folder.names(""), ["Your.XLSX", "my.xlsx"]);
}
