//! Tests of tables, CSV, JSON and charts of a result document.

use std::cell::RefCell;

use super::table::columns_of;
use super::{chart, plan_text, realism_text, results_chart, results_csv, results_json, results_text};
use crate::analysis::{Request, Results, Silent, inputs_of, inspect, realism, simulate};
use crate::model::{self, Model};
use crate::scenario::{MemoryLoader, load};
use crate::text::Lang;

const SCENARIO: &str = include_str!("../../scenarios/hubei-2027.toml");
/// The file that it extends.
const PART: &str = include_str!("../../scenarios/parts/hubei-counted.toml");

fn shipped_run() -> (Model, Results) {
    let files = MemoryLoader::new([("hubei.toml", SCENARIO), ("parts/hubei-counted.toml", PART)]);
    let loaded = load(&files, "hubei.toml");
    let faults = RefCell::new(loaded.faults);
    let model = loaded.root.as_ref().and_then(|root| model::read(root, &faults)).unwrap();
    let request = Request { trials: Some(1_000), threads: Some(1), ..Request::default() };
    let results = simulate(&model, inputs_of(&loaded.sources), &request, &Silent).unwrap();
    (model, results)
}

#[test]
fn every_table_fits_the_terminal_in_both_languages() {
    let (model, results) = shipped_run();
    for lang in [Lang::Zh, Lang::En] {
        let mut tables = results_text::tables(&results, lang);
        tables.push(realism_text::table(&realism(&model).unwrap(), lang));
        tables.extend(plan_text::tables(&inspect(&model, None, None).unwrap(), lang));
        for text in tables.iter().map(|table| table.to_terminal(100)) {
            assert!(text.lines().all(|line| columns_of(line) <= 100), "{text}");
        }
        let all = results_text::terminal(&results, lang, 100);
        for policy in &results.run.policies {
            assert!(all.contains(policy.name.get(lang)), "{all}");
        }
    }
}

#[test]
fn json_reads_back_to_the_same_bits() {
    let (_, results) = shipped_run();
    let text = results_json::write(&results).unwrap();
    assert!(text.ends_with("}\n"));
    assert_eq!(results_json::read(&text).unwrap(), results);
    assert!(results_json::read(&text[..text.len() / 2]).is_err());
}

#[test]
fn csv_holds_the_bare_figures() {
    let (_, results) = shipped_run();
    let csv = results_csv::write(&results, Lang::Zh);
    assert!(csv.starts_with("\u{FEFF}方案,情景,"));
    let target = &results.runs[0].targets[0];
    assert!(csv.contains(&format!(",probability,{},1\r\n", target.probability)), "{}", target.probability);
    let paid = results.runs.iter().map(|run| run.cost.paid_by_year.len()).sum::<usize>();
    assert_eq!(csv.matches(",cost,paid,").count(), paid);
}

#[test]
fn the_chart_shows_every_policy_without_missing_glyphs() {
    let (_, results) = shipped_run();
    for lang in [Lang::Zh, Lang::En] {
        let pages = results_chart::grids(&results, lang);
        assert_eq!(pages.len(), 1);
        assert_eq!(pages[0].1.panels.len(), results.run.policies.len());
        let svg = chart::grid::render(&pages[0].1).unwrap().svg;
        assert!(chart::svg::missing_glyphs(&svg).is_empty());
    }
}
