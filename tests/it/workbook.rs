//! The workbook of a report reads back to the very figures of the result document.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use clustercast::analysis::results::{QUANTILES, Results};
use clustercast::analysis::{Request, Silent, inputs_of, simulate};
use clustercast::model;
use clustercast::report::briefing::Briefing;
use clustercast::report::xlsx;
use clustercast::scenario::{MemoryLoader, load};
use clustercast::text::Lang;

/// A province with the names that break careless writers.
const SCENARIO: &str = include_str!("../fixtures/reports/extremes.toml");

fn results() -> Results {
    let loaded = load(&MemoryLoader::new([("extremes.toml", SCENARIO)]), "extremes.toml");
    let faults = std::cell::RefCell::new(loaded.faults);
    let model = loaded.root.as_ref().and_then(|root| model::read(root, &faults)).expect("a valid scenario");
    let request = Request { trials: Some(512), threads: Some(1), ..Request::default() };
    simulate(&model, inputs_of(&loaded.sources), &request, &Silent).expect("a run")
}

fn sheet(bytes: &[u8], name: &str) -> calamine::Range<Data> {
    let mut book = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    book.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The column whose head begins with `head`.
fn column(range: &calamine::Range<Data>, head: &str) -> usize {
    let heads = range.rows().nth(1).expect("a row of heads");
    let at = heads.iter().position(|cell| matches!(cell, Data::String(text) if text.starts_with(head)));
    at.unwrap_or_else(|| panic!("no column {head}: {heads:?}"))
}

fn number(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(value) => Some(*value),
        Data::Int(value) => Some(*value as f64),
        _ => None,
    }
}

#[test]
fn yearly_series_read_back_to_the_last_bit() {
    let mut results = results();
    // a name that looks like a formula stays a name
    for run in &mut results.runs {
        run.series[0].name.zh = "=1+1".into();
    }
    let bytes = xlsx::write(&Briefing::of(&results, Lang::Zh), &results).expect("a workbook");
    let range = sheet(&bytes, "逐年序列");
    let mut rows = range.rows().skip(2);
    let (year, mean, first, name) =
        (column(&range, "年份"), column(&range, "平均值"), column(&range, "1%分位"), column(&range, "名称"));
    let mut compared = 0;
    for run in &results.runs {
        for series in &run.series {
            for (index, expected) in series.years.iter().enumerate() {
                let row = rows.next().expect("one row a year");
                assert_eq!(number(&row[year]), Some(f64::from(*expected)));
                assert_eq!(row[name], Data::String(series.name.zh.clone()));
                assert_eq!(number(&row[mean]).map(f64::to_bits), Some(series.mean[index].to_bits()));
                for (offset, (_, key)) in QUANTILES.iter().enumerate() {
                    let found = number(&row[first + offset]).map(f64::to_bits);
                    assert_eq!(found, Some(series.quantiles[*key][index].to_bits()), "{} {key}", series.id);
                    compared += 1;
                }
            }
        }
    }
    assert!(rows.next().is_none(), "no row without a figure");
    assert!(compared > 300, "{compared}");
}

#[test]
fn targets_read_back_as_fractions() {
    let results = results();
    let bytes = xlsx::write(&Briefing::of(&results, Lang::En), &results).expect("a workbook");
    let range = sheet(&bytes, "Target details");
    let p = column(&range, "Probability");
    let targets = results.runs.iter().flat_map(|run| &run.targets);
    let mut count = 0;
    for (row, target) in range.rows().skip(2).zip(targets) {
        assert_eq!(number(&row[p]).map(f64::to_bits), Some(target.probability.to_bits()), "{}", target.id);
        assert_eq!(number(&row[p + 1]).map(f64::to_bits), Some(target.interval[0].to_bits()));
        assert_eq!(number(&row[p + 2]).map(f64::to_bits), Some(target.interval[1].to_bits()));
        count += 1;
    }
    let all: usize = results.runs.iter().map(|run| run.targets.len()).sum();
    assert_eq!(count, all);
}

#[test]
fn the_same_results_give_the_same_bytes_and_no_cell_holds_a_fault() {
    let results = results();
    for lang in [Lang::Zh, Lang::En] {
        let briefing = Briefing::of(&results, lang);
        let bytes = xlsx::write(&briefing, &results).expect("a workbook");
        assert!(bytes == xlsx::write(&briefing, &results).expect("a workbook"));
        let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let names = book.sheet_names().to_vec();
        assert!(names.len() >= 8, "{names:?}");
        for name in names {
            assert!(name.chars().count() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\']));
            let range = book.worksheet_range(&name).expect("a sheet");
            assert!(!range.cells().any(|(_, _, cell)| matches!(cell, Data::Error(_))), "{name}");
            let formulas = book.worksheet_formula(&name).expect("formulas");
            assert!(
                formulas.used_cells().all(|(_, _, formula)| formula.is_empty()),
                "{name} holds a formula"
            );
        }
    }
}
