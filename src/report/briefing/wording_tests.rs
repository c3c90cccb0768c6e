//! Tests of phrases: probabilities in words, changes without needless signs, demands that read as sentences.

use super::{change, demand, plain};
use crate::analysis::results::Change;
use crate::report::briefing::tests::run;
use crate::text::Lang;

/// A province with a target of average growth and one that counts arrivals since a year.
const FILE: &str = r#"
format = 1
[scenario]
id = "b"
title = "B"
base_year = 2024
horizon = 2030
[nation]
trend = "5%"
[[industry]]
id = "i"
[[province]]
id = "pa"
name = { zh = "甲省", en = "Alpha" }
[[cluster]]
id = "a"
province = "pa"
base = "100亿元"
[[arrival]]
id = "r"
name = { zh = "落户企业", en = "Settlers" }
cluster = "a"
industry = "i"
size = "2亿元"
rate = "1次/年"
[[policy]]
id = "none"
instruments = []
[[target]]
id = "t"
scope = "province.pa"
year = 2030
growth_at_least = "5%"
[[target]]
id = "u"
arrivals = { of = ["r"], since = 2025 }
year = 2027
number_at_least = 2
"#;

/// Hypothesis: an average is not “reached” in a year, and no year stands right behind another.
#[test]
fn demands_of_averages_and_of_things_since_a_year_read_as_sentences() {
    let results = run(FILE);
    let [growth, count] = [0, 1].map(|at| demand(&results, &results.runs[0].targets[at]));
    assert!(growth.zh.ends_with("2030年比基年年均增长达到5%"), "{}", growth.zh);
    assert!(growth.en.contains("growth of at least 5% a year since the base year, in 2030"), "{}", growth.en);
    assert!(count.zh.contains("2027年，2025年以来落户企业"), "{}", count.zh);
}

/// Hypothesis: what falls, falls by a positive size from one positive end to another.
#[test]
fn a_fall_has_no_signs() {
    let results = run(FILE);
    let fallen = Change {
        against: "none".to_owned(),
        probability: -0.021,
        interval: [-0.023, -0.019],
        quantity_mean: None,
        quantity_interval: None,
    };
    assert_eq!(change(&results, &fallen, Lang::Zh).zh, "降低2.1个百分点（95%区间1.9–2.3个百分点）");
    assert_eq!(
        change(&results, &fallen, Lang::En).en,
        "falls by 2.1 percentage points (95% interval 1.9 to 2.3)"
    );
}

#[test]
fn tenths_are_the_nearest_ones_and_ends_are_told_in_percents() {
    for (p, zh, en) in [
        (0.104, "约为一成", "about one in ten"),
        (0.16, "约为两成", "about two in ten"),
        (0.31, "约为三成", "about three in ten"),
        (0.36, "约为四成", "about four in ten"),
        (0.5, "约为五成", "about five in ten"),
        (0.649, "约为六成", "about six in ten"),
        (0.66, "约为七成", "about seven in ten"),
        (0.78, "约为八成", "about eight in ten"),
        (0.899, "约为九成", "about nine in ten"),
        (0.03, "约为百分之三", "about 3 percent"),
        (0.97, "约为百分之九十七", "about 97 percent"),
        (0.005, "不到百分之一", "below one percent"),
        (0.995, "在百分之九十九以上", "at least 99 percent"),
    ] {
        let said = plain(p, [p, p]);
        assert_eq!((said.zh.as_str(), said.en.as_str()), (zh, en), "{p}");
    }
    // an interval that reaches over the bound of what is claimed
    assert_eq!(plain(0.009, [0.005, 0.02]).zh, "约为百分之一或更低");
    assert_eq!(plain(0.991, [0.98, 0.999]).zh, "约为百分之九十九或更高");
}
