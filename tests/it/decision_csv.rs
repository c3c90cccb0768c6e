//! The tables of all seven decision analyses as files for programs: a figure is a number, whatever the language.

use std::fs;

use crate::cli::{call, code, stderr, text};
use crate::folder::Folder;

const SMALL: &str = "tests/fixtures/decisions.toml";

/// Every analysis with options that bring out most of its tables.
const ASKED: [&[&str]; 8] = [
    &["compare", "--trials", "300"],
    &[
        "solve",
        "--trials",
        "300",
        "--lever",
        "fund",
        "--probability",
        "40%",
        "--world",
        "base",
        "--world",
        "slowdown",
    ],
    &["solve", "--trials", "300", "--lever", "growth", "--probability", "60%"],
    &["optimise", "--trials", "300", "--probability", "40%"],
    &["decompose", "--trials", "2000"],
    &["drivers", "--trials", "2000"],
    &["discover", "--trials", "4000"],
    &["stress", "--trials", "400", "--shock", "industry.drugs.trend", "--shock", "event.cut.arrivals"],
];

/// Ends of the heads of columns of figures.
const UNITS: [&str; 8] = [
    "（亿元）",
    "（%）",
    "（百分点）",
    "（个百分点）",
    "(billion yuan)",
    "(%)",
    "(pp)",
    "(percentage points)",
];
/// Ends of the heads of columns of words.
const WORDS: [&str; 6] = ["：说明", ": remark", "：单位", ": unit", "注", "Note"];

fn is_number(cell: &str) -> bool {
    cell.is_ascii() && !cell.contains(',') && cell.parse::<f64>().is_ok_and(f64::is_finite)
}

/// What is wrong with a table.
fn faults(name: &str, table: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let body = table.strip_prefix('\u{FEFF}').expect("the mark that spreadsheets need");
    if body.contains(['*', '−']) {
        faults.push(format!("{name}: a mark or the minus of print in {body}"));
    }
    // rows of one length, or an error
    let mut reader = csv::Reader::from_reader(body.as_bytes());
    let heads: Vec<String> = reader.headers().expect("heads").iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> =
        reader.records().map(|row| row.expect("as long as the head")).collect();
    for (at, head) in heads.iter().enumerate() {
        if heads[..at].contains(head) {
            faults.push(format!("{name}: two columns are called {head}"));
        }
        let cells: Vec<&str> = rows.iter().map(|row| &row[at]).filter(|cell| !cell.is_empty()).collect();
        let is_words = WORDS.iter().any(|end| head.ends_with(end));
        let has_unit = !is_words && UNITS.iter().any(|end| head.ends_with(end));
        let has_figures = !is_words && cells.iter().any(|cell| is_number(cell));
        let begins_so = |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit() || "<>+-".contains(c));
        for cell in cells {
            let must = has_unit || has_figures || (!is_words && begins_so(cell));
            if must && !is_number(cell) {
                faults.push(format!("{name}: {cell} is no number in the column {head}"));
            }
        }
    }
    faults
}

#[test]
fn every_figure_of_every_table_is_a_number() {
    let mut all = Vec::new();
    let (mut tables, mut figures) = (0, 0);
    for lang in ["zh", "en"] {
        for asked in ASKED {
            let folder = Folder::new();
            let out = folder.path("out");
            let args =
                [&asked[..1], &[SMALL], &asked[1..], &["--lang", lang, "--quiet", "--out", text(&out)]]
                    .concat();
            let output = call(&args);
            assert_eq!(code(&output), 0, "{asked:?}: {}", stderr(&output));
            for name in folder.names("out").iter().filter(|name| name.ends_with(".csv")) {
                let table = fs::read_to_string(out.join(name)).expect("written");
                tables += 1;
                figures += table.split([',', '\r', '\n']).filter(|cell| is_number(cell)).count();
                all.extend(faults(&format!("{lang} {name}"), &table));
            }
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
    assert!(tables > 60 && figures > 1_500, "{tables} tables with {figures} figures are too few to tell");
}

#[test]
fn a_figure_that_is_none_is_found() {
    for bad in ["甲,1.5%", "甲,\"1,234\"", "甲,1–2", "甲,−3", "乙*,3", "甲,<0.2"] {
        let table = format!("\u{FEFF}名,数（亿元）\r\n{bad}\r\n丙,4\r\n");
        assert!(!faults("t", &table).is_empty(), "{bad}");
    }
    assert!(faults("t", "\u{FEFF}名,数（亿元）,注\r\n甲,-3.5,\r\n,,\"1,5 是注\"\r\n").is_empty());
}
