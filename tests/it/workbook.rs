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
    results_of(SCENARIO)
}

fn results_of(scenario: &str) -> Results {
    let loaded = load(&MemoryLoader::new([("extremes.toml", scenario)]), "extremes.toml");
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

/// The XML of the charts of a workbook, in the order of their file names.
fn charts(bytes: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let mut names: Vec<String> =
        names.into_iter().filter(|name| name.starts_with("xl/charts/chart")).collect();
    names.sort();
    let mut text =
        |name: &String| std::io::read_to_string(archive.by_name(name).expect("a part")).expect("text");
    names.iter().map(&mut text).collect()
}

/// The contents of all elements `tag` in `xml`.
fn elements<'a>(xml: &'a str, tag: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    xml.split(open.as_str()).skip(1).filter_map(|rest| rest.split(close.as_str()).next()).collect()
}

/// Sheet, column and rows of a reference such as `'扇形图数据'!$I$3:$I$9`.
fn cells(reference: &str) -> (String, usize, std::ops::RangeInclusive<usize>) {
    let (sheet, range) = reference.rsplit_once('!').expect("a sheet");
    let parts: Vec<&str> = range.split(['$', ':']).filter(|part| !part.is_empty()).collect();
    let column = parts[0].bytes().fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1) - 1;
    let row = |text: &str| text.parse::<usize>().expect("a row") - 1;
    (sheet.trim_matches('\'').to_owned(), column, row(parts[1])..=row(parts[3]))
}

/// The values that a chart shows, read from the cells it points to.
fn values(bytes: &[u8], reference: &str) -> Vec<f64> {
    let (name, column, rows) = cells(reference);
    let range = sheet(bytes, &name);
    rows.map(|row| range.get_value((row as u32, column as u32)).and_then(number).unwrap_or(f64::NAN))
        .collect()
}

#[test]
fn the_layers_of_the_workbooks_fan_add_up_to_its_quantiles() {
    let results = results();
    let bytes = xlsx::write(&Briefing::of(&results, Lang::Zh), &results).expect("a workbook");
    let charts = charts(&bytes);
    let fan = charts.iter().find(|xml| xml.contains("<c:areaChart>")).expect("a fan");
    let area = elements(fan, "c:areaChart")[0];
    let layers: Vec<Vec<f64>> = elements(area, "c:ser")
        .iter()
        .map(|series| {
            let reference = elements(elements(series, "c:val")[0], "c:f")[0];
            values(&bytes, reference)
        })
        .collect();
    assert_eq!(layers.len(), 4);
    let fans = |quantile: &str| {
        let run = results.runs.iter().find(|run| {
            run.series.iter().any(|series| {
                let last = series.quantiles["0.05"].last().copied();
                last == layers[0].last().copied()
            })
        });
        let run = run.expect("the run of the fan");
        let series = run.series.iter().find(|s| s.quantiles["0.05"].last() == layers[0].last());
        *series.expect("its series").quantiles[quantile].last().expect("a year")
    };
    let mut height = 0.0;
    for (layer, quantile) in layers.iter().zip(["0.05", "0.25", "0.75", "0.95"]) {
        height += layer.last().expect("a year");
        let expected = fans(quantile);
        assert!((height - expected).abs() <= 1e-9 * expected.abs(), "{quantile}: {height} for {expected}");
    }
}

#[test]
fn a_target_far_beyond_the_fan_is_named_and_does_not_press_it_to_the_ground() {
    let fans = |scenario: &str| -> Vec<String> {
        let results = results_of(scenario);
        let bytes = xlsx::write(&Briefing::of(&results, Lang::Zh), &results).expect("a workbook");
        charts(&bytes).into_iter().filter(|xml| xml.contains("<c:areaChart>")).collect()
    };
    let head = "$H$";
    let far = fans(SCENARIO);
    assert!(!far.is_empty());
    for xml in &far {
        assert!(xml.contains("1,000,000亿元超出图的范围"), "named");
        assert!(!xml.contains(head), "drawn");
    }
    let near = SCENARIO.replace("at_least = \"1000000亿元\"", "at_least = \"1000亿元\"");
    assert_ne!(near, SCENARIO);
    for xml in fans(&near) {
        assert!(!xml.contains("超出图的范围") && xml.contains(head));
    }
}

#[test]
fn the_whiskers_of_the_workbook_reach_up_to_the_upper_end_and_down_to_the_lower() {
    let results = results();
    let bytes = xlsx::write(&Briefing::of(&results, Lang::Zh), &results).expect("a workbook");
    let mut compared = 0;
    for xml in charts(&bytes).iter().filter(|xml| xml.contains("可能性") && xml.contains("<c:errBars>")) {
        for series in elements(xml, "c:ser") {
            let of = |tag: &str| values(&bytes, elements(elements(series, tag)[0], "c:f")[0]);
            let (middle, up, down) = (of("c:val"), of("c:plus"), of("c:minus"));
            for ((middle, up), down) in middle.iter().zip(up).zip(down) {
                let known = results.runs.iter().flat_map(|run| &run.targets).any(|target| {
                    target.probability == *middle
                        && (target.interval[1] - middle - up).abs() < 1e-12
                        && (middle - target.interval[0] - down).abs() < 1e-12
                });
                assert!(known, "{middle} +{up} −{down}");
                compared += usize::from((up - down).abs() > 1e-9);
            }
        }
    }
    assert!(compared > 0, "no whisker that tells up from down");
}
