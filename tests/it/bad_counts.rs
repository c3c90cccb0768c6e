//! Firms, products, indicators and counted targets that are wrong: one fault each, with code and words.

use std::fs;

use clustercast::cli::load::{Examined, examine};
use clustercast::diag::{codes, render};
use clustercast::text::Lang;

use crate::folder::Folder;

/// A small valid scenario with one of everything the cases below break.
const VALID: &str = r#"
[scenario]
id = "small"
title = "企业小例"
base_year = 2024
horizon = 2030
[sources.S]
title = "规划"
[[province]]
id = "p"
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
[[firm]]
id = "big"
cluster = "wuhan"
industry = "drugs"
revenue = "80亿元"
source = "S"
grade = "official"
[[firm]]
id = "trader"
outside = true
revenue = "1500亿元"
growth = "4%"
source = "S"
grade = "official"
[[firm_sizes]]
id = "rest"
count = 100
law = "pareto"
minimum = "0.5亿元"
exponent = 1.4
source = "S"
grade = "assumption"
[[product_sizes]]
id = "goods"
industry = "drugs"
count = 50
law = "lognormal"
median = "1亿元"
sigma = 1
source = "S"
grade = "assumption"
[[indicator]]
id = "labs"
count = { base = 3, rate = "2个/年", source = "S", grade = "assumption" }
[[indicator]]
id = "rd"
ratio = { start = "5%", volatility = "0.2%", source = "S", grade = "assumption" }
[[instrument]]
id = "push"
indicators = { of = ["rd"], shift = "0.3%", source = "S", grade = "assumption" }
[[target]]
id = "firms"
year = 2030
firms = { above = "50亿元" }
number_at_least = 2
[[target]]
id = "rate"
year = 2030
indicator = "rd"
value_at_least = "5.5%"
"#;

/// (text to replace, replacement, code, words of the message in English)
const CASES: &[(&str, &str, &str, &str)] = &[
    (
        "number_at_least = 2",
        "at_least = \"2亿元\"",
        codes::BAD_TARGET,
        "does not fit here: write number_at_least",
    ),
    ("value_at_least = \"5.5%\"", "number_at_least = 5", codes::BAD_TARGET, "write value_at_least"),
    ("number_at_least = 2", "number_at_least = 2\nnumber_stretch = 1", codes::REVERSED, "below"),
    (
        "number_at_least = 2",
        "number_at_least = 2\nmeasure = \"revenue\"",
        codes::BAD_TARGET,
        "has no measure",
    ),
    (
        "number_at_least = 2",
        "number_at_least = 2\nscope = \"nation\"",
        codes::UNKNOWN_REFERENCE,
        "the file holds one province",
    ),
    (
        "number_at_least = 2",
        "number_at_least = 2\nscope = \"全国\"",
        codes::UNKNOWN_REFERENCE,
        "not the whole country",
    ),
    ("indicator = \"rd\"", "indicator = \"rd\"\nscope = \"nation\"", codes::BAD_TARGET, "leave `scope` out"),
    ("indicator = \"rd\"", "index = \"nation_growth\"", codes::BAD_TARGET, "neither trend nor cycle"),
    (
        "ratio = { start = \"5%\"",
        "ratio = { start = \"3亿元\"",
        codes::WRONG_UNIT,
        "does not fit the unit of the indicator, `%`",
    ),
    (
        "shift = \"0.3%\"",
        "shift = \"0.1 to 0.2亿元\"",
        codes::WRONG_UNIT,
        "does not fit the unit of the indicator, `%`",
    ),
    ("id = \"labs\"\n", "id = \"labs\"\nunit = \"亿元\"\n", codes::BAD_MODEL, "a count has no unit of money"),
    ("indicator = \"rd\"", "indicator = \"rdd\"", codes::UNKNOWN_REFERENCE, "`rdd`"),
    (
        "firms = { above = \"50亿元\" }",
        "firms = { above = \"50亿元\", except = [\"bug\"] }",
        codes::UNKNOWN_REFERENCE,
        "`bug`",
    ),
    (
        "firms = { above = \"50亿元\" }",
        "firms = { above = \"50亿元\", industries = [\"devices\"] }",
        codes::BAD_TARGET,
        "nothing to count",
    ),
    (
        "firms = { above = \"50亿元\" }",
        "firms = { above = \"50亿元\" }\nscope = \"industry.devices\"",
        codes::BAD_TARGET,
        "nothing to count",
    ),
    (
        "revenue = \"80亿元\"",
        "revenue = \"380亿元\"",
        codes::BAD_SUM,
        "add up to 38 billion yuan (named) + 17.5 billion yuan (expected rest)",
    ),
    ("exponent = 1.4", "exponent = 0.9", codes::BAD_SUM, "expected rest"),
    (
        "minimum = \"0.5亿元\"\nexponent = 1.4",
        "total = \"90亿元\"\nexponent = 0.9",
        codes::BAD_MODEL,
        "there is no mean",
    ),
    (
        "minimum = \"0.5亿元\"",
        "minimum = \"0.5亿元\"\nbelow = \"0.4亿元\"",
        codes::BAD_MODEL,
        "no larger than its minimum",
    ),
    ("exponent = 1.4", "exponent = 1.4\nsigma = 1", codes::KEY_CONFLICT, "sigma does not belong to this law"),
    ("exponent = 1.4", "", codes::MISSING_KEY, "`exponent` is missing"),
    (
        "minimum = \"0.5亿元\"",
        "median = \"0.5亿元\"",
        codes::KEY_CONFLICT,
        "median does not belong to this law",
    ),
    ("growth = \"4%\"", "", codes::KEY_CONFLICT, "states its growth"),
    (
        "revenue = \"80亿元\"",
        "revenue = \"80亿元\"\ngrowth = \"4%\"",
        codes::KEY_CONFLICT,
        "states its growth",
    ),
    ("growth = \"4%\"", "growth = \"4%\"\nexposure = 2", codes::KEY_CONFLICT, "leave exposure out"),
    (
        "industry = \"drugs\"\nrevenue",
        "industry = \"devices\"\nrevenue",
        codes::BAD_MODEL,
        "no devices in its mix",
    ),
    (
        "revenue = \"80亿元\"",
        "revenue = \"80亿元\"\nvolatility_exponent = 0.2",
        codes::MISSING_KEY,
        "needs volatility_reference",
    ),
    ("shift = \"0.3%\"", "rate = 2", codes::BAD_MODEL, "moves counts only"),
    ("rate = \"2个/年\"", "rate = \"2个/年\", drift = 1", codes::UNKNOWN_KEY, "drift"),
    ("of = [\"rd\"], shift = \"0.3%\"", "of = [\"labs\"], added = \"299个/年\", rate = 50", "", ""),
    ("count = 100\n", "count = 100000\n", codes::BAD_SUM, "expected rest"),
];

fn faults(text: &str) -> Vec<(String, String)> {
    let folder = Folder::new();
    let path = folder.path("small.toml");
    fs::write(&path, text).unwrap();
    let examined: Examined = examine(&path, &Default::default()).expect("a text file");
    let all = examined.faults.iter().map(|fault| {
        (
            fault.code.to_owned(),
            format!("{}\n{}", fault.message.en, render(&examined.faults, &examined.sources, Lang::Zh)),
        )
    });
    all.collect()
}

#[test]
fn every_fault_of_counted_things_is_told_once() {
    assert_eq!(faults(VALID), [], "the starting point is sound");
    for (from, to, code, words) in CASES {
        assert!(VALID.contains(from), "{from}");
        let found = faults(&VALID.replacen(from, to, 1));
        if code.is_empty() {
            assert!(found.is_empty(), "{to}: {found:?}");
            continue;
        }
        assert_eq!(found.len(), 1, "{to}: {found:?}");
        assert_eq!(found[0].0, *code, "{to}: {found:?}");
        assert!(found[0].1.contains(words), "{to}: {found:?}");
    }
}

/// Hypothesis: an indicator in 亿元 takes amounts wherever a figure of it stands, each the same as the bare number.
#[test]
fn an_indicator_of_money_takes_amounts() {
    let folder = Folder::new();
    let written = |start: &str, shift: &str, least: &str| {
        let text = VALID
            .replacen("id = \"rd\"\n", "id = \"rd\"\nunit = \"亿元\"\n", 1)
            .replacen(
                "start = \"5%\", volatility = \"0.2%\"",
                &format!("start = {start}, volatility = 0.2"),
                1,
            )
            .replacen("shift = \"0.3%\"", &format!("shift = {shift}"), 1)
            .replacen("value_at_least = \"5.5%\"", &format!("value_at_least = {least}"), 1);
        let path = folder.path("money.toml");
        fs::write(&path, text).unwrap();
        let Examined { model, faults, sources } = examine(&path, &Default::default()).expect("a text file");
        let model = model.unwrap_or_else(|| panic!("{}", render(&faults, &sources, Lang::En)));
        let laws = ["indicator.rd.ratio.start", "instrument.push.indicators.shift"].map(|path| {
            let id = model.quantities.find(path).expect(path);
            model.quantities.get(id).distribution.clone()
        });
        let target = model.targets.iter().find(|target| target.id == "rate").expect("the target");
        (laws, format!("{:?}", target.demand))
    };
    let plain = written("3", "0.5", "9");
    assert_eq!(written("\"3亿元\"", "\"5000万元\"", "\"0.9bn\""), plain);
    let path = folder.path("share.toml");
    fs::write(&path, VALID.replacen("id = \"rd\"\n", "id = \"rd\"\nunit = \"亿元\"\n", 1)).unwrap();
    let examined = examine(&path, &Default::default()).expect("a text file");
    assert!(examined.model.is_none() && examined.faults.iter().all(|fault| fault.code == codes::WRONG_UNIT));
}

/// Ids of the named firms that the target of firms counts when its table reads `firms`.
fn counted(firms: &str) -> Vec<String> {
    let folder = Folder::new();
    let path = folder.path("small.toml");
    fs::write(&path, VALID.replacen("{ above = \"50亿元\" }", firms, 1)).unwrap();
    let model = examine(&path, &Default::default()).expect("a text file").model.expect("a sound scenario");
    let target = model.targets.iter().find(|target| target.id == "firms").expect("the target of firms");
    let (items, _) = model.counted_in(&target.subject, &target.scope);
    items.into_iter().map(|item| model.items[item].id.clone()).collect()
}

#[test]
fn industries_exceptions_and_the_measure_bound_the_firms_that_count() {
    assert_eq!(counted("{ above = \"50亿元\" }"), ["big"]);
    assert_eq!(counted("{ above = \"50亿元\", outside = true }"), ["big", "trader"]);
    assert_eq!(counted("{ above = \"50亿元\", outside = true, except = [\"big\"] }"), ["trader"]);
    assert_eq!(counted("{ above = \"50亿元\", outside = true, industries = [\"drugs\"] }"), ["big"]);
}

/// What is told about a firm for which there is no room is what makes room for it, and no more than is needed.
#[test]
fn a_firm_named_now_leaves_the_unnamed_by_as_many_as_is_told() {
    let folder = Folder::new();
    let path = folder.path("small.toml");
    let told = |count: &str| {
        let text = VALID.replacen("revenue = \"80亿元\"", "revenue = \"300亿元\"", 1);
        fs::write(&path, text.replacen("count = 100", count, 1)).unwrap();
        let Examined { sources, faults, .. } = examine(&path, &Default::default()).expect("a text file");
        render(&faults, &sources, Lang::En)
    };
    // 100 firms of 1.75 on average beside 300 in a province of 400: 75 too much
    let out = told("count = 100");
    assert!(out.contains("count of `rest` lower by 43 (its median from 100 to 57)"), "{out}");
    assert!(told("count = 58").contains("count of `rest` lower by 1 "), "one more is too many");
    assert_eq!(told("count = 57"), "");
    // in a file that builds on the other, the entry that the hint asks for
    fs::write(folder.path("base.toml"), VALID).unwrap();
    let own = "extends = \"base.toml\"\n[[firm]]\nid = \"new\"\nindustry = \"drugs\"\nrevenue = \"220亿元\"\n\
               source = \"S\"\ngrade = \"official\"\n[[firm_sizes]]\nid = \"rest\"\ncount = 57\n";
    fs::write(&path, own).unwrap();
    let Examined { sources, faults, .. } = examine(&path, &Default::default()).expect("a text file");
    assert_eq!(render(&faults, &sources, Lang::En), "");
}
