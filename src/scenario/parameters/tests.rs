//! Tests over all rows of the parameter table.

use super::*;
use crate::diag::{Diagnostics, FileId};
use crate::scenario::family::FAMILIES;
use crate::scenario::number::Rule;
use crate::scenario::provenance::Provenance;
use crate::scenario::{Node, parse_quantity, scalar, syntax};

fn value(text: &str) -> Option<Node> {
    let mut faults = Diagnostics::new();
    let node = syntax::parse(&format!("x = {text}\n"), FileId(0), &mut faults);
    if faults.is_empty() { node.get("x").cloned() } else { None }
}

#[test]
fn paths_are_unique_and_their_parents_exist() {
    for (index, row) in PARAMS.iter().enumerate() {
        assert!(PARAMS[..index].iter().all(|other| other.path != row.path), "{}", row.path);
        let parent = row.parent();
        assert!(parent.is_empty() || param(parent).is_some(), "{}", row.path);
        let holds = matches!(row.kind, Kind::Table | Kind::Tables | Kind::QuantityOrYears(_));
        assert_eq!(
            children(row.path).next().is_some(),
            holds,
            "{} has rows below it or is a value",
            row.path
        );
        assert_eq!(row.path.ends_with("[]"), row.kind == Kind::Tables, "{}", row.path);
    }
}

#[test]
fn every_row_speaks_both_languages() {
    for row in PARAMS.iter() {
        assert!(!row.meaning_zh.is_ascii() && row.meaning_zh.chars().count() >= 2, "{}", row.path);
        assert!(
            row.meaning_en.len() >= 3
                && row.meaning_en.chars().all(|c| !('\u{4e00}'..'\u{9fff}').contains(&c))
        );
        assert!(!row.default.is_some_and(|_| row.required), "{} is required and has a default", row.path);
        assert_eq!(row.example.is_empty(), matches!(row.kind, Kind::Table | Kind::Tables), "{}", row.path);
    }
}

/// Whether a text is a sound value for the row.
fn fits(row: &Param, text: &str) -> bool {
    let Some(node) = value(text) else { return false };
    match row.kind {
        Kind::Quantity(_) | Kind::QuantityOrYears(_) => {
            let rule = Rule::of(row).expect("a quantity");
            parse_quantity(&node, "", &rule, &Provenance::default())
                .is_ok_and(|(_, warnings)| warnings.is_empty())
        }
        Kind::Count | Kind::Delay => scalar::integer(&node, row).is_ok(),
        Kind::Year => scalar::year(&node).is_ok(),
        Kind::YearPair => scalar::year_pair(&node).is_ok(),
        Kind::Choice(words) => node.as_str().is_some_and(|word| words.contains(&word)),
        Kind::Text => node.as_text().is_some(),
        Kind::Flag => text == "true" || text == "false",
        Kind::String | Kind::Id | Kind::Reference(_) => node.as_str().is_some(),
        Kind::Strings | Kind::References(_) | Kind::Cycles | Kind::Paths => !node.items().is_empty(),
        Kind::Overrides => {
            crate::scenario::overrides::overrides(&node).iter().all(|c| quantity_param(&c.path).is_some())
        }
        Kind::Table | Kind::Tables => true,
    }
}

#[test]
fn examples_and_defaults_are_sound_values() {
    for row in PARAMS.iter() {
        assert!(row.example.is_empty() || fits(row, row.example), "{}: {}", row.path, row.example);
        if let Some(default) = row.default {
            // A default is a value as it would be written, quoted if it carries a unit, or a phrase.
            let sound = fits(row, default) || fits(row, &format!("\"{default}\""));
            assert!(
                sound || crate::scenario::explain::phrase_zh(default).is_some(),
                "{}: {default}",
                row.path
            );
        }
        if let (Some(range), Some((low, high))) = (row.range, row.plausible) {
            assert!(low < high && range.contains(high), "{}", row.path);
        }
    }
}

/// What is added to a growth rate or a share is told in percentage points, and rates, shares and volatilities in per cent: an
/// official takes 1.54% for a rate and 1.54 percentage points for a difference.
#[test]
fn differences_of_rates_are_in_percentage_points() {
    let added = ["premium", "start", "mean", "uplift", "local_added"];
    let mut told = 0;
    for row in PARAMS.iter() {
        let Some(unit) = row.unit().filter(|unit| unit.is_fraction()) else { continue };
        let key = if row.key() == "*" {
            row.path.trim_end_matches(".*").rsplit('.').next()
        } else {
            Some(row.key())
        };
        let is_added = key.is_some_and(|key| added.contains(&key) || key == "industry_premium");
        assert_eq!(unit.is_points(), is_added, "{}", row.path);
        let shown = units::show(0.0154, unit, Lang::Zh);
        assert_eq!(shown, if is_added { "1.54个百分点" } else { "1.54%" }, "{}", row.path);
        told += usize::from(is_added);
    }
    assert_eq!(told, 15, "seven premiums, those of segments, three starts, two means, an uplift and a share");
}

#[test]
fn alternatives_and_families_name_rows_that_exist() {
    for group in ALTERNATIVES {
        for key in group.keys.iter().chain(group.unless) {
            assert!(pattern_of(group.table, key).is_some_and(|row| !row.required), "{} {key}", group.table);
        }
    }
    for spec in FAMILIES {
        assert!(!spec.forms.is_empty() && !spec.law.is_empty());
    }
}

#[test]
fn quantity_paths_lead_through_ids_to_quantities_of_the_model() {
    for (path, pattern) in [
        ("nation.trend", "nation.trend"),
        ("province.hubei.base_in.chain", "province[].base_in.*"),
        ("instrument.fund.money.by_year.2025", "instrument[].money.by_year.*"),
        ("instrument.*.projects.signed.per_year", "instrument[].projects.signed.per_year"),
        ("instrument.fund.allocation.wuhan", "instrument[].allocation.*"),
        ("event.cut.severity", "event[].severity"),
    ] {
        assert_eq!(quantity_param(path).map(|row| row.path), Some(pattern), "{path}");
    }
    for path in
        ["", "nation", "industry.trend", "cluster.x.name", "target.x.at_least", "nation.trend.x", "a.b"]
    {
        assert_eq!(quantity_param(path), None, "{path}");
    }
}

#[test]
fn open_ends_of_ranges_are_outside() {
    let range = Range::above(2.0, 1000.0);
    assert!(!range.contains(2.0) && range.contains(1000.0) && !range.contains(f64::NAN));
    assert_eq!(range.show(UnitKind::Number, Lang::Zh), "(2, 1000]");
    assert_eq!(Range::open(0.0, 1e9).show(UnitKind::Money, Lang::Zh), "> 0亿元");
    // the bound that is broken is told, however far it lies
    assert_eq!(Range::open(0.0, 1e9).show_for(-1.0, UnitKind::Money, Lang::Zh), "> 0亿元");
    assert_eq!(Range::open(0.0, 1e9).show_for(1e9, UnitKind::Money, Lang::Zh), "< 1000000000亿元");
    assert_eq!(Range::closed(0.0, 1e9).show_for(1e300, UnitKind::Money, Lang::Zh), "≤ 1000000000亿元");
    assert_eq!(Range::below(-1e6, 1.0).show(UnitKind::Share, Lang::Zh), "< 100%");
}
