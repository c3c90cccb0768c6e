//! Tests of loading, merging, checking and reading scenarios as a whole.

use std::cell::RefCell;

use proptest::prelude::*;

use super::{Family, Grade, Loaded, MemoryLoader, Node, RawFamily, RawQuantity, View, load};
use crate::diag::{Diagnostics, codes, render};
use crate::text::Lang;

const BASE: &str = r#"
[scenario]
id = "t"
title = { zh = "试", en = "trial" }
base_year = 2024
horizon = 2027

[sources.S1]
title = "年鉴"

[[industry]]
id = "drug"
trend = { dist = "normal", mean = "4%", sd = "1%", source = "S1 一", grade = "derived" }

[[cluster]]
id = "武汉"
base = "420亿元"

[[cluster]]
id = "黄冈"
base = 100
grade = "official"

[[instrument]]
id = "fund"
money = { total = "100亿元", from = 2025, to = 2027 }
capacity = { output_ratio = "0.6 to 2.0" }
allocation = { "武汉" = 1 }

[[policy]]
id = "plan"
instruments = ["fund"]
scale."instrument.*.money.total" = 2
set = { nation.cycle.volatility = "6%" }
"#;

fn loaded(text: &str) -> Loaded {
    load(&MemoryLoader::new([("a.toml", text)]), "a.toml")
}

fn codes_of(loaded: &Loaded) -> Vec<&'static str> {
    loaded.faults.iter().map(|fault| fault.code).collect()
}

/// The one fault of `BASE` with `extra` appended, rendered in Chinese.
fn fault(extra: &str) -> (&'static str, String) {
    let loaded = loaded(&format!("{BASE}\n{extra}\n"));
    let shown = render(&loaded.faults, &loaded.sources, Lang::Zh);
    assert_eq!(loaded.faults.len(), 1, "{extra}\n{shown}");
    (codes_of(&loaded)[0], shown)
}

fn quantity(value: &str) -> Result<RawQuantity, Vec<&'static str>> {
    quantity_of("[[cluster]]\nid = \"x\"\nbase", value, |root| root.items("cluster").last()?.quantity("base"))
}

fn quantity_of(
    key: &str,
    value: &str,
    read: impl Fn(&View<'_>) -> Option<RawQuantity>,
) -> Result<RawQuantity, Vec<&'static str>> {
    let loaded = loaded(&format!("{BASE}\n{key} = {value}\n"));
    let sink = RefCell::new(Diagnostics::new());
    let found = loaded.root.as_ref().and_then(|root| read(&View::root(root, &sink)));
    let faults: Vec<_> = sink.into_inner().iter().map(|fault| fault.code).collect();
    assert_eq!(codes_of(&loaded), faults, "the check and the view agree");
    found.filter(|_| faults.is_empty()).ok_or(faults)
}

#[test]
fn a_sound_file_has_no_faults_and_reads_through_the_view() {
    let loaded = loaded(BASE);
    assert!(loaded.faults.is_empty(), "{}", render(&loaded.faults, &loaded.sources, Lang::En));
    let sink = RefCell::new(Diagnostics::new());
    let root = loaded.root.expect("a tree");
    let view = View::root(&root, &sink);
    let scenario = view.child("scenario").expect("scenario");
    assert_eq!((scenario.year("base_year"), scenario.year("horizon")), (Some(2024), Some(2027)));
    assert_eq!(scenario.text("title").map(|t| t.en), Some("trial".to_owned()));
    let trend = view.items("industry")[0].quantity("trend").expect("trend");
    assert_eq!(trend.name, "industry.drug.trend");
    assert_eq!(trend.field("sd").map(|f| f.values.clone()), Some(vec![0.01]));
    assert_eq!(trend.provenance.grade, Some(Grade::Derived));
    assert_eq!(trend.provenance.source_ids(), ["S1"]);
    let clusters = view.items("cluster");
    assert_eq!(clusters[0].number("base"), Some(420.0));
    let inherited = clusters[1].quantity("base").expect("base").provenance;
    assert_eq!(inherited.grade, Some(Grade::Official));
    let fund = &view.items("instrument")[0];
    let allocation = fund.entries("allocation");
    assert_eq!((allocation[0].0.as_str(), allocation[0].2.as_number()), ("武汉", Some(1.0)));
    assert_eq!(allocation[0].2.name(), "instrument.fund.allocation.武汉");
    let policy = &view.items("policy")[0];
    let scale = policy.overrides("scale");
    assert_eq!((scale[0].0.as_str(), scale[0].2.as_number()), ("instrument.*.money.total", Some(2.0)));
    let set = policy.overrides("set");
    assert_eq!((set[0].0.as_str(), set[0].2.as_number()), ("nation.cycle.volatility", Some(0.06)));
    assert!(sink.borrow().is_empty());
}

#[test]
fn every_form_of_a_quantity_is_read() {
    let family = |value: &str| quantity(value).map(|q| q.family);
    assert_eq!(family("\"5000万元\""), Ok(RawFamily::Point(0.5)));
    assert_eq!(
        family("{ value = \"25~40亿元\", note = \"估\" }"),
        Ok(RawFamily::Range { low: 25.0, high: 40.0 })
    );
    for (text, wanted) in [
        ("{ dist = \"normal\", mean = 10, sd = \"1亿元\" }", Family::Normal),
        ("{ dist = \"lognormal\", median = 10, sigma = 0.2 }", Family::LogNormal),
        ("{ dist = \"lognormal\", mean = 10, sd = 2 }", Family::LogNormal),
        ("{ dist = \"truncated_normal\", mean = 10, sd = 2, low = 1, high = 20 }", Family::TruncatedNormal),
        ("{ dist = \"triangular\", low = 1, mode = 1, high = 20 }", Family::Triangular),
        ("{ dist = \"pert\", low = 1, mode = 4, high = 20, shape = 3 }", Family::Pert),
        ("{ dist = \"uniform\", low = 1, high = 20 }", Family::Uniform),
        ("{ dist = \"beta\", alpha = 2, beta = 3, low = 1, high = 5 }", Family::Beta),
        ("{ dist = \"gamma\", shape = 2, mean = 10 }", Family::Gamma),
        ("{ dist = \"student_t\", df = 4, location = 10, scale = 1 }", Family::StudentT),
        ("{ dist = \"discrete\", values = [1, \"2亿元\"], weights = [0.5, 1.5] }", Family::Discrete),
        ("{ dist = \"empirical\", values = [1, 2, 2] }", Family::Empirical),
    ] {
        assert!(matches!(family(text), Ok(RawFamily::Named { family, .. }) if family == wanted), "{text}");
    }
    let percentiles = family("{ p05 = 950, p50 = 1100, p95 = 1300 }");
    assert!(matches!(percentiles, Ok(RawFamily::Percentiles { family: None, points }) if points.len() == 3));
}

#[test]
fn every_fault_of_a_quantity_has_its_code() {
    for (text, code) in [
        ("\"12%\"", codes::WRONG_UNIT),
        ("\"十亿\"", codes::BAD_NUMBER),
        ("nan", codes::NOT_FINITE),
        ("inf", codes::NOT_FINITE),
        ("true", codes::WRONG_TYPE),
        ("-5", codes::OUT_OF_RANGE),
        ("\"9 to 3\"", codes::REVERSED),
        ("{ dist = \"normal\", mean = 10, sd = -1 }", codes::OUT_OF_RANGE),
        ("{ dist = \"norml\", mean = 10, sd = 1 }", codes::UNKNOWN_FAMILY),
        ("{ dist = \"normal\", mean = 10 }", codes::FAMILY_FIELD),
        ("{ dist = \"normal\", mean = 10, sd = 1, mode = 3 }", codes::FAMILY_FIELD),
        ("{ dist = \"lognormal\", mean = 10, sd = 1, median = 3, sigma = 1 }", codes::FAMILY_FIELD),
        ("{ mean = 10, sd = 1 }", codes::FAMILY_FIELD),
        ("{ dist = \"uniform\", low = 9, high = 3 }", codes::REVERSED),
        ("{ dist = \"discrete\", values = [1, 2], weights = [1] }", codes::FAMILY_FIELD),
        ("{ dist = \"discrete\", values = [1], weights = [0] }", codes::FAMILY_FIELD),
        ("{ dist = \"empirical\", values = [] }", codes::FAMILY_FIELD),
        ("{ p05 = 10 }", codes::PERCENTILES),
        ("{ p05 = 10, p95 = 3 }", codes::PERCENTILES),
        ("{ value = 3, grade = \"guess\" }", codes::BAD_GRADE),
        ("{ dist = \"point\" }", codes::FAMILY_FIELD),
    ] {
        assert_eq!(quantity(text), Err(vec![code]), "{text}");
    }
}

#[test]
fn mixed_up_magnitudes_are_warned_about() {
    assert_eq!(quantity("\"420万元\""), Err(vec![codes::MAGNITUDE]));
    assert_eq!(quantity("4200000"), Err(vec![codes::MAGNITUDE]));
    let (code, shown) = fault("[nation]\ntrend = 2.5");
    assert_eq!(code, codes::OUT_OF_RANGE);
    assert!(shown.contains("写成 \"2.5%\""), "{shown}");
}

#[test]
fn every_fault_of_form_has_its_code_and_a_suggestion() {
    for (extra, code, hint) in [
        ("[natoin]\ntrend = 0.02", codes::UNKNOWN_KEY, "nation"),
        ("[nation]\nleverage = 4", codes::UNKNOWN_KEY, "instrument[].capacity.leverage"),
        ("[[cluster]]\nid = \"x\"\nbase_revenue = 9\nbase = 9", codes::RENAMED_KEY, "改名为 base"),
        ("[[cluster]]\nid = \"x\"", codes::KEY_CONFLICT, "base / share / remainder"),
        ("[[cluster]]\nid = \"x\"\nbase = 9\nremainder = true", codes::KEY_CONFLICT, "只能写一个"),
        ("[[cluster]]\nbase = 9", codes::MISSING_KEY, "缺少 id"),
        ("[[cluster]]\nid = \"武汉\"\nbase = 9", codes::DUPLICATE_ID, "先出现在这里"),
        ("[[cluster]]\nid = \"a.b\"\nbase = 9", codes::BAD_ID, "不能有空格"),
        ("[[cluster]]\nid = \"x\"\nbase = 9\nremove = true", codes::BAD_REMOVE, "没有可删"),
        ("[[cluster]]\nid = \"x\"\nbase = 9\nmix = { drg = 1 }", codes::UNKNOWN_REFERENCE, "drug"),
        ("[tails]\ncycles = \"3 to 4\"", codes::NOT_CERTAIN, "确定的数"),
        ("[tails]\ncycles = 2", codes::OUT_OF_RANGE, "(2, 1000]"),
        ("[nation]\ntrend = \"2%\"\nsource = \"S9 一\"", codes::UNKNOWN_SOURCE, "S1"),
        ("[spillover]\nstrength = 0.1\nneighbours = \"all\"", codes::BAD_CHOICE, "same_industry"),
        ("[[correlation]]\nof = [\"nation\"]\nvalue = 0.5", codes::MISSING_KEY, "两项"),
        (
            "[[dependence]]\nof = [\"nation.trend\", \"nation.tremd\"]\ncorrelation = 0.5",
            codes::BAD_PATH,
            "trend",
        ),
        (
            "[[target]]\nid = \"x\"\nat_least = 9\nyear = 2027\nscope = \"武汉\"",
            codes::UNKNOWN_REFERENCE,
            "cluster.武汉",
        ),
        ("[[target]]\nid = \"x\"\nat_least = 9\nyear = \"二七年\"", codes::BAD_YEAR, "2027"),
        ("[[target]]\nid = \"x\"\nat_least = 9\nsustained = [2027, 2025]", codes::REVERSED, "不能晚于"),
        ("[[world]]\nid = \"w\"\nshift.\"industry.drg.trend\" = \"-1%\"", codes::UNKNOWN_REFERENCE, "drug"),
        ("format = 2", codes::OUT_OF_RANGE, ""),
    ] {
        // A key at the top level must come before the first table.
        let text = if extra.starts_with("format") {
            format!("{extra}\n{BASE}")
        } else {
            format!("{BASE}\n{extra}\n")
        };
        let loaded = loaded(&text);
        let shown = render(&loaded.faults, &loaded.sources, Lang::Zh);
        if extra.starts_with("format") {
            assert_eq!(codes_of(&loaded), [codes::UNKNOWN_KEY].map(|_| code), "{shown}");
        } else {
            let (found, shown) = fault(extra);
            assert_eq!(found, code, "{extra}\n{shown}");
            assert!(shown.contains(hint), "{extra}\n{shown}");
        }
    }
}

#[test]
fn all_faults_come_at_once() {
    let text = "[scenario]\nid = 3\nbase_year = 2024\nhorizn = 2027\n[[cluster]]\nbase = \"3%\"\n";
    let mut found = codes_of(&loaded(text));
    found.sort_unstable();
    let wanted = [
        codes::UNKNOWN_KEY,
        codes::WRONG_TYPE,
        codes::MISSING_KEY,
        codes::MISSING_KEY,
        codes::MISSING_KEY,
        codes::WRONG_UNIT,
    ];
    // a year with a slip in its key is no missing year besides
    assert_eq!(found, wanted);
}

#[test]
fn an_empty_file_is_told_what_to_do() {
    for text in ["", "\n \n", "# 只有注释\n"] {
        let loaded = loaded(text);
        assert_eq!(codes_of(&loaded), [codes::EMPTY_FILE]);
        assert!(render(&loaded.faults, &loaded.sources, Lang::Zh).contains("clustercast new"));
    }
}

fn extended(child: &str) -> Loaded {
    let child = format!("extends = \"base.toml\"\n{child}");
    load(&MemoryLoader::new([("base.toml", BASE), ("a.toml", &child)]), "a.toml")
}

fn get<'a>(node: &'a Node, path: &[&str]) -> Option<&'a Node> {
    path.iter().try_fold(node, |node, part| match part.parse::<usize>() {
        Ok(index) => node.items().get(index),
        Err(_) => node.get(part),
    })
}

#[test]
fn an_id_that_a_variant_writes_twice_is_a_fault() {
    let loaded =
        extended("[[cluster]]\nid = \"宜昌\"\nshare = 0.1\n[[cluster]]\nid = \"宜昌\"\nshare = 0.2\n");
    let codes: Vec<_> = loaded.faults.iter().map(|fault| fault.code).collect();
    assert!(codes.contains(&codes::DUPLICATE_ID), "{codes:?}");
}

#[test]
fn a_file_that_extends_another_changes_only_what_it_writes() {
    let loaded = extended(
        "[scenario]\nbase_year = 2023\n[[cluster]]\nid = \"武汉\"\nshare = 0.5\n[[cluster]]\nid = \"黄冈\"\nremove = true\n\
         [[cluster]]\nid = \"宜昌\"\nremainder = true\n[[industry]]\nid = \"drug\"\ntrend = \"5%\"\n\
         [[instrument]]\nid = \"fund\"\nmoney = { per_year = 9 }\ncapacity.leverage = 4\n",
    );
    assert!(loaded.faults.is_empty(), "{}", render(&loaded.faults, &loaded.sources, Lang::Zh));
    let root = loaded.root.expect("a tree");
    let text = |path: &[&str]| get(&root, path).and_then(Node::as_str).map(str::to_owned);
    assert_eq!(text(&["scenario", "id"]).as_deref(), Some("t"));
    assert_eq!(get(&root, &["cluster"]).map(|n| n.items().len()), Some(2));
    assert_eq!(text(&["cluster", "1", "id"]).as_deref(), Some("宜昌"));
    assert!(get(&root, &["cluster", "0", "base"]).is_none(), "an alternative replaces the one it excludes");
    assert_eq!(text(&["industry", "0", "trend"]).as_deref(), Some("5%"), "quantities are replaced whole");
    assert!(get(&root, &["instrument", "0", "money", "total"]).is_none(), "money is replaced whole");
    assert!(get(&root, &["instrument", "0", "capacity", "output_ratio"]).is_some(), "tables merge");
    assert!(get(&root, &["extends"]).is_none());
}

#[test]
fn places_of_merged_values_name_their_file() {
    let loaded =
        extended("[nation]\ntrend = \"3亿元\"\n[[instrument]]\nid = \"fund\"\ncapacity.realised = 2\n");
    let shown = render(&loaded.faults, &loaded.sources, Lang::Zh);
    assert!(shown.contains("a.toml:3:9") && shown.contains("a.toml:6:"), "{shown}");
}

#[test]
fn circles_and_missing_parents_are_refused() {
    let circle = MemoryLoader::new([("a", "extends = \"b\""), ("b", "extends = \"a\"")]);
    assert!(codes_of(&load(&circle, "a")).contains(&codes::EXTENDS_CYCLE));
    let missing = load(&MemoryLoader::new([("a", "extends = \"b\"\nx = 1")]), "a");
    assert_eq!(codes_of(&missing), [codes::PARENT_UNREADABLE, codes::UNKNOWN_KEY]);
    assert_eq!(codes_of(&load(&MemoryLoader::default(), "a")), [codes::PARENT_UNREADABLE]);
}

/// Reads everything that can be read, as a model reader would.
fn walk(view: &View<'_>) {
    for entry in view.node().entries() {
        let key = entry.key.as_str();
        let _ = (view.text(key), view.string(key), view.strings(key), view.flag(key), view.key_span(key));
        let _ = (view.integer(key), view.year(key), view.year_pair(key), view.number(key), view.years(key));
        let _ = (view.overrides(key), view.quantity(key));
        view.items(key).iter().for_each(walk);
        view.entries(key).iter().for_each(|(_, _, entry)| walk(entry));
    }
}

proptest! {
    #[test]
    fn a_file_with_anything_in_it_is_read_without_panic(
        line in 0_usize..45,
        value in "[\\[\\]{}a-c.=,\"'# \n0-9武%-]{0,30}|nan|-inf|\\{ dist = \"[a-z]{0,6}\", p05 = [0-9e]{1,4} \\}|[0-9]{1,25}",
        key in prop::sample::select(vec!["base", "id", "money", "mix.x", "set", "trend", "at_least", "of", "value"]),
    ) {
        let mut lines: Vec<String> = BASE.lines().map(str::to_owned).collect();
        lines.insert(line.min(lines.len()), format!("{key} = {value}"));
        let loaded = loaded(&lines.join("\n"));
        render(&loaded.faults, &loaded.sources, Lang::Zh);
        if let Some(root) = &loaded.root {
            let sink = RefCell::new(Diagnostics::new());
            walk(&View::root(root, &sink));
        }
    }
}
