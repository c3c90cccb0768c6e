//! Mistakes that planners make in tables: sums among the rows, fractions under heads in percent, files that are too much.

use std::fs;
use std::io::{Cursor, Write};

use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::cli::{call, code, stderr, stdout, text};
use crate::folder::Folder;

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

[[province]]
id = "hubei"
name = "湖北"
base = "1000亿元"
source = "YB"
grade = "official"

[[target]]
id = "goal"
year = 2027
at_least = "450亿元"
"#;

/// What `check` says about clusters in this CSV text.
fn check(folder: &Folder, csv: &str) -> (i32, String) {
    fs::write(folder.path("集群.csv"), csv).expect("a table");
    let table =
        "[[table]]\nfile = \"集群.csv\"\nholds = \"cluster\"\nsource = \"YB\"\ngrade = \"official\"\n";
    let path = folder.path("情景.toml");
    fs::write(&path, format!("{BASE}\n{table}")).expect("a scenario");
    let output = call(&["check", text(&path), "--lang", "zh"]);
    (code(&output), stdout(&output) + &stderr(&output))
}

#[test]
fn a_row_of_sums_is_no_cluster_however_it_is_called() {
    let folder = Folder::new();
    for sum in [",合 计,Total,600.5", "全省合计,,,600.5", ",合\u{3000}计,,600.5", ",Grand total,,600.5"]
    {
        let csv = format!("集群编号,集群名称,英文名称,基期规模（亿元）\nw,武汉,Wuhan,600.5\n{sum}\n");
        let (exit, out) = check(&folder, &csv);
        assert_eq!(exit, 2, "{sum}\n{out}");
        assert!(out.contains("第3行") && out.contains("合计行"), "{sum}\n{out}");
    }
}

#[test]
fn a_past_figure_that_stands_twice_is_refused_with_both_cells() {
    let folder = Folder::new();
    let clusters = "集群编号,集群名称,占全省比重（%）\nw,武汉,40\nr,其余,60\n";
    let table = |file: &str, holds: &str| {
        format!("[[table]]\nfile = \"{file}\"\nholds = \"{holds}\"\nsource = \"YB\"\ngrade = \"official\"\n")
    };
    let (first, second) = (table("集群.csv", "cluster"), table("历年.csv", "record"));
    fs::write(folder.path("集群.csv"), clusters).expect("a table");
    fs::write(folder.path("情景.toml"), format!("{BASE}\n{first}\n{second}")).expect("a scenario");
    let check = |rows: &str| {
        fs::write(folder.path("历年.csv"), format!("对象,2022年（亿元）,2023年（亿元）\n{rows}"))
            .expect("a table");
        let output = call(&["check", text(&folder.path("情景.toml")), "--lang", "zh"]);
        (code(&output), stdout(&output) + &stderr(&output))
    };
    let (exit, out) = check("全省,900,950\n武汉,400,410\n");
    assert_eq!(exit, 0, "{out}");
    let (exit, out) = check("全省,900,950\n武汉,400,410\n武汉,,411\n");
    assert_eq!(exit, 2, "{out}");
    for said in ["E0506", "2023年的水平写了两次", "第4行 · C列", "第3行 · C列", "前一个在这里"]
    {
        assert!(out.contains(said), "{said} is not in\n{out}");
    }
    assert!(!out.contains("2022年的水平写了两次"), "{out}");
}

#[test]
fn a_fraction_under_a_head_in_percent_is_doubted_and_words_get_a_fitting_hint() {
    let folder = Folder::new();
    let (exit, out) =
        check(&folder, "集群名称,占全省比重（%）,自身波动（%）\n武汉,0.4,5\n宜昌,0.2,6\n其余,99.4,7\n");
    assert_eq!(exit, 0, "{out}");
    for said in ["W0302", "第2行", "0.4%", "共 2 格", "第 2、3 行"] {
        assert!(out.contains(said), "{said} is not in\n{out}");
    }
    let (exit, out) = check(&folder, "集群名称,占全省比重（%）\n武汉,约四成\n其余,60\n");
    assert_eq!(exit, 2, "{out}");
    assert!(out.contains("“约四成”读不出数字") && out.contains("40 表示 40%"), "{out}");
    assert!(!out.contains("0.025"), "no hint to write a fraction:\n{out}");
}

/// The warnings of a book that is imported all the same name its cells.
#[test]
fn warnings_of_a_book_name_sheet_and_cell() {
    let folder = Folder::new();
    let mut book = Workbook::new();
    let mut put = |name: &str, rows: &[&[&str]]| {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in (0..).zip(rows) {
            sheet.write_row(row, 0, cells.iter().copied()).expect("cells");
        }
    };
    put(
        "基本情况",
        &[
            &["方案编号", "t"],
            &["方案标题", "试"],
            &["基期年份", "2024"],
            &["推演到哪一年", "2027"],
            &["全省基期规模（亿元）", "1000"],
        ],
    );
    put("行业", &[&["行业名称", "年均增速（%）"], &["药品", "3"]]);
    put("集群", &[&["集群名称", "占全省比重（%）"], &["武汉", "0.4"], &["其余", "99.6"]]);
    put("目标", &[&["目标", "考核年份", "目标值（亿元）"], &["产值", "2027", "1100"]]);
    let path = folder.path("填报.xlsx");
    book.save(&path).expect("a workbook");
    let output = call(&["import", text(&path), "--lang", "zh"]);
    let out = stdout(&output) + &stderr(&output);
    assert_eq!(code(&output), 0, "{out}");
    for said in ["集群 · B2", "0.4%", "W0401", "有警告，可以运行"] {
        assert!(out.contains(said), "{said} is not in\n{out}");
    }
    assert!(!out.contains("填报.toml:"), "places in the workbook alone:\n{out}");
}

/// A workbook whose texts unpack to more than is read.
#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused() {
    let folder = Folder::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("集群").expect("a name");
    sheet.write(0, 0, "集群名称").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let mut from = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let part = from.by_index(index).expect("a part");
        if part.name().expect("a name") != "xl/sharedStrings.xml" {
            to.raw_copy_file(part).expect("a copy");
        }
    }
    to.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).expect("a part");
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..130 {
        to.write_all(&blanks).expect("blanks");
    }
    let bomb = to.finish().expect("a package").into_inner();
    assert!(bomb.len() < 1_000_000, "{}", bomb.len());
    let path = folder.path("填报.xlsx");
    fs::write(&path, bomb).expect("a workbook");
    let output = call(&["import", text(&path), "--lang", "zh"]);
    let out = stdout(&output) + &stderr(&output);
    assert_eq!(code(&output), 2, "{out}");
    assert!(out.contains("解压后超过 128 MB"), "{out}");
}

/// A spreadsheet that took 1-5 for a date writes the date into a CSV file, too.
#[test]
fn a_date_in_the_place_of_a_number_is_told_in_a_csv_file_too() {
    let folder = Folder::new();
    for date in ["2024-05-01", "2024/5/1", "5月1日"] {
        let (exit, out) = check(&folder, &format!("集群编号,基期规模（亿元）\nw,{date}\nr,300\n"));
        assert_eq!(exit, 2, "{out}");
        assert!(out.contains(&format!("单元格是日期 {date}，这里要写数")), "{out}");
        assert!(!out.contains("不认识的单位"), "{out}");
    }
}

/// Files of old Macintoshes, and what some exports still write, end their lines with a carriage return alone.
#[test]
fn lines_that_end_with_a_carriage_return_alone_are_lines() {
    let folder = Folder::new();
    let (one, other) = ("集群编号,集群名称,基期规模（亿元）\nw,武汉,600.5\nr,其余,399.5\n", "\r");
    let (exit, out) = check(&folder, one);
    assert_eq!(check(&folder, &one.replace('\n', other)), (exit, out.clone()));
    assert_eq!(exit, 0, "{out}");
}
