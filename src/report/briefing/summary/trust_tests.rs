//! Tests of what is said of the evidence: no figure without a grade is told as one that has it, and shares are complete.

use super::{parts, stated};
use crate::report::briefing::Focus;
use crate::report::briefing::summary::{trust, trust_in_brief};
use crate::report::briefing::tests::run;
use crate::text::Lang;

/// A scenario whose spread comes from the nation's trend and a cluster's own shocks, of these grades.
fn scenario(trend: &str, own: &str) -> String {
    format!(
        r#"
format = 1
[scenario]
id = "b"
title = "B"
base_year = 2024
horizon = 2030
[sources.S]
title = "S"
[nation]
trend = {{ dist = "normal", mean = 0.05, sd = 0.02{trend} }}
[[industry]]
id = "i"
[[province]]
id = "pa"
name = {{ zh = "甲省", en = "Alpha" }}
[[cluster]]
id = "a"
province = "pa"
base = "100亿元"
own_volatility = {{ value = 0.05{own} }}
[[policy]]
id = "none"
instruments = []
[[target]]
id = "t"
name = {{ zh = "目标", en = "Target" }}
scope = "province.pa"
year = 2030
at_least = "130亿元"
"#
    )
}

/// What page and paper say of the spread of the results.
fn said(scenario: &str, lang: Lang) -> [String; 2] {
    let results = run(scenario);
    let focus = Focus::of(&results).unwrap();
    [trust(&results, &focus, lang).remove(0), trust_in_brief(&results, &focus, lang).remove(0)]
}

const OFFICIAL: &str = r#", source = "S", grade = "official""#;
const ASSUMED: &str = r#", source = "S", grade = "assumption""#;

#[test]
fn figures_without_a_grade_are_no_figures_with_sources() {
    let results = run(&scenario("", ""));
    let stated = stated(&results, &results.runs[0]);
    assert!(stated.all > 0 && stated.bare == stated.all && stated.assumed == 0);
    for text in said(&scenario("", ""), Lang::Zh) {
        assert!(text.contains("来自没有注明依据等级的参数（按假设看待）"), "{text}");
        assert!(text.contains("都没有注明依据等级"), "{text}");
        assert!(!text.contains("来自假设的参数") && !text.contains("官方"), "{text}");
        assert!(text.contains("（其幅度") && text.contains("多未注明依据等级）"), "{text}");
    }
    for text in said(&scenario("", ""), Lang::En) {
        assert!(
            text.contains("comes from quantities without a grade of evidence (taken for assumptions) and ")
        );
        assert!(!text.contains("assumed quantities") && !text.contains("official"), "{text}");
    }
}

#[test]
fn every_grade_is_told_by_its_own_words() {
    for text in said(&scenario(OFFICIAL, ASSUMED), Lang::En) {
        assert!(
            text.contains(" from figures that are official, derived or from the literature, and "),
            "{text}"
        );
        assert!(text.contains("0% comes from assumed quantities, "), "{text}");
    }
    for text in said(&scenario(ASSUMED, ASSUMED), Lang::Zh) {
        assert!(text.contains("来自假设的参数，") && !text.contains("官方"), "{text}");
        assert!(text.contains("也多为假设）"), "{text}");
    }
}

#[test]
fn the_shares_that_are_told_add_up() {
    for [trend, own] in [["", ""], [OFFICIAL, ""], [ASSUMED, OFFICIAL], [OFFICIAL, ASSUMED]] {
        let results = run(&scenario(trend, own));
        let variance = results.runs[0].variance.as_ref().unwrap();
        for text in
            [parts(&results, &results.runs[0], variance).zh, parts(&results, &results.runs[0], variance).en]
        {
            let shares = text.split(|c: char| !(c.is_ascii_digit() || c == '%'));
            let all: u32 = shares.filter_map(|word| word.strip_suffix('%')?.parse::<u32>().ok()).sum();
            // each is rounded by itself
            assert!((98..=102).contains(&all), "{text}");
        }
    }
}

#[test]
fn without_the_main_policy_the_choice_of_another_is_told() {
    let file = include_str!("../../../../tests/fixtures/reports/extremes.toml");
    let results = run(file);
    let said = |results: &crate::analysis::Results| {
        let focus = Focus::of(results).unwrap();
        let texts = [trust(results, &focus, Lang::Zh), trust_in_brief(results, &focus, Lang::Zh)];
        texts.map(|texts| texts.concat().contains("取文件中参照方案以外的第一个"))
    };
    assert_eq!(said(&results), [false; 2]);
    let mut other = results;
    for policy in other.run.policies.iter_mut().chain(other.runs.iter_mut().map(|run| &mut run.policy)) {
        if policy.id == "plan" {
            policy.id = "mine".into();
        }
    }
    assert_eq!(said(&other), [true; 2]);
}

#[test]
fn the_record_of_the_nation_is_that_of_the_country() {
    let record = |year: i32| format!("[[record]]\nscope = \"nation\"\nyear = {year}\ngrowth = \"9%\"\n");
    let results = run(&(scenario("", "") + &(2015..=2018).map(record).collect::<String>()));
    let focus = Focus::of(&results).unwrap();
    for (lang, nation) in [(Lang::Zh, "全国"), (Lang::En, " in the whole country ")] {
        for said in [trust(&results, &focus, lang).concat(), trust_in_brief(&results, &focus, lang).concat()]
        {
            assert!(said.contains("9.0%") && said.contains(nation), "{said}");
            // the provinces of the file are one
            assert!(!said.contains("各省合计") && !said.contains("All provinces"), "{said}");
        }
    }
}

/// Hypothesis: a figure that the main world replaces counts with the grade of what replaces it, and both values are told.
#[test]
fn what_is_replaced_is_not_told_as_official() {
    let file = |grade: &str| {
        let set = format!("{{ dist = \"normal\", mean = 0.02, sd = 0.02{grade} }}");
        let name = "name = { zh = \"变\", en = \"Other\" }";
        scenario(OFFICIAL, OFFICIAL)
            + &format!("[[world]]\nid = \"base\"\n{name}\nset = {{ \"nation.trend\" = {set} }}\n")
    };
    let plain = run(&scenario(OFFICIAL, OFFICIAL));
    let changed = run(&file(ASSUMED));
    let count = |results: &crate::analysis::Results| {
        let found = stated(results, &results.runs[0]);
        (found.all, found.assumed)
    };
    let (all, assumed) = count(&plain);
    assert_eq!(count(&changed), (all, assumed + 1));
    // the document counts what the file states
    assert_eq!(changed.grades, plain.grades);
    for text in said(&file(ASSUMED), Lang::Zh) {
        assert!(text.contains(&format!("{}个是假设", assumed + 1)), "{text}");
        assert!(text.contains("情景“变”把“全国：") && text.contains("”由5.00%改为2.00%"), "{text}");
        assert!(text.contains("来自假设的参数"), "{text}");
    }
    for text in said(&file(ASSUMED), Lang::En) {
        assert!(text.contains("The world “Other” changes “Nation: "), "{text}");
        assert!(text.contains("from 5.00% to 2.00%"), "{text}");
    }
    // of the same grade nothing is counted otherwise
    assert_eq!(count(&run(&file(OFFICIAL))), (all, assumed));
    for text in said(&scenario(OFFICIAL, OFFICIAL), Lang::Zh) {
        assert!(!text.contains("改为") && !text.contains("改动"), "{text}");
    }
}
