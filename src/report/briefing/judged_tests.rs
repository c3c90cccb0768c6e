//! Tests of what may be said of a target: no first year of averages, no judgement of what repeats an assumption, whose record it
//! is that a target is held against, and what past targets show.

use super::tests::run;
use super::{Briefing, summary};
use crate::analysis::results::{Results, TargetResult};
use crate::report::outside_text;
use crate::text::Lang;

/// One province with a record of the whole country in another measure, and these targets.
fn scenario(targets: &str) -> String {
    format!(
        r#"
format = 1
[scenario]
id = "b"
title = "B"
base_year = 2024
horizon = 2030
measure = "revenue"
[measures.revenue]
name = {{ zh = "营业收入", en = "revenue" }}
[measures.added]
name = {{ zh = "增加值", en = "value added" }}
[sources.D]
title = {{ zh = "规划（甲政发〔2024〕1号）", en = "Plan" }}
[nation]
trend = {{ dist = "normal", mean = 0.05, sd = 0.02 }}
cycle = {{ volatility = 0.05 }}
[[industry]]
id = "i"
[[province]]
id = "pa"
name = {{ zh = "甲省", en = "Alpha" }}
[[cluster]]
id = "a"
province = "pa"
base = "100亿元"
own_volatility = 0.05
[[indicator]]
id = "tech"
name = {{ zh = "技改平均增速", en = "mean growth of upgrades" }}
[indicator.ratio]
start = "10%"
volatility = "5%"
average = true
[[indicator]]
id = "rd"
name = {{ zh = "研发强度", en = "R&D intensity" }}
[indicator.ratio]
start = "5%"
volatility = "1%"
[[policy]]
id = "none"
instruments = []
[[record]]
scope = "nation"
measure = "added"
year = 2018
growth = "6%"
months = 6
[[record]]
scope = "nation"
measure = "added"
year = 2019
growth = "8%"
[[record]]
scope = "nation"
measure = "added"
year = 2020
growth = "7%"
{targets}"#
    )
}

const LEVEL: &str = "[[target]]\nid = \"level\"\nyear = 2030\nat_least = \"134亿元\"\ndocument = \"D\"\n";

fn target(results: &Results, id: &str) -> TargetResult {
    results.runs[0].target(id).unwrap().clone()
}

fn said(results: &Results, lang: Lang) -> (Vec<String>, Vec<String>) {
    let focus = super::Focus::of(results).unwrap();
    let answer = summary::answer(results, &focus, lang);
    let brief = answer.iter().map(|one| one.brief.clone().unwrap_or_else(|| one.text.clone()));
    let brief = brief.chain(summary::trust_in_brief(results, &focus, lang)).collect();
    let full = answer.iter().map(|one| one.text.clone());
    (full.chain(summary::trust(results, &focus, lang)).collect(), brief)
}

/// Hypothesis: what is judged as an average over years has no year in which it is first met, in results, words, tables and charts,
/// and every place says why; a level keeps its year.
#[test]
fn averages_have_no_first_year() {
    for average in [
        "year = 2030\ngrowth_at_least = \"5%\"",
        "year = 2030\nindex = \"nation_growth\"\nvalue_at_least = \"5%\"",
        "year = 2030\nindicator = \"tech\"\nvalue_at_least = \"8%\"",
    ] {
        let results = run(&scenario(&format!("[[target]]\nid = \"mean\"\n{average}\n{LEVEL}")));
        let mean = target(&results, "mean");
        assert!(mean.average && mean.first_year.is_none(), "{average}");
        let level = target(&results, "level");
        assert!(!level.average && level.first_year.is_some());
        for (lang, why, never, none) in [
            (Lang::Zh, "某一年达到不等于目标实现", ["首次过半", "曾经达到"], "不适用"),
            (Lang::En, "one good year does not meet", ["at least once", "year by year"], "none (an average"),
        ] {
            let (full, brief) = said(&results, lang);
            for said in [full, brief] {
                assert_eq!(said.iter().filter(|text| text.contains(why)).count(), 1, "{average}: {said:?}");
                assert!(!said.iter().any(|text| never.iter().any(|word| text.contains(word))), "{said:?}");
            }
            let briefing = Briefing::of(&results, lang);
            assert!(briefing.figures.iter().all(|figure| figure.id != "first-year"), "{average}");
            let has =
                |row: usize| briefing.targets.rows[row].iter().any(|cell| cell.shown(lang).contains(none));
            assert!(has(0) && !has(1), "{:?}", briefing.targets.rows);
        }
    }
    let ratio = "[[target]]\nid = \"rd\"\nyear = 2030\nindicator = \"rd\"\nvalue_at_least = \"5%\"\n";
    let results = run(&scenario(&format!("{LEVEL}{ratio}")));
    assert!(target(&results, "rd").first_year.is_some());
    assert!(Briefing::of(&results, Lang::Zh).figures.iter().any(|figure| figure.id == "first-year"));
}

/// Hypothesis: where several years are judged, the gap is told of the year that decides and against its own level.
#[test]
fn the_gap_of_the_deciding_year_is_not_called_that_of_the_last_one() {
    for (demand, year) in [
        ("by = 2030\nat_least = \"170亿元\"", "最接近要求的那一年"),
        ("by = 2030\ngrowth_at_least = \"12%\"", "最接近要求的那一年"),
        ("sustained = [2028, 2030]\nat_least = \"130亿元\"", "差得最多的那一年"),
    ] {
        let results = run(&scenario(&format!("[[target]]\nid = \"t\"\n{demand}\n")));
        let (full, _) = said(&results, Lang::Zh);
        let whole = format!("没有实现时，{year}平均比该年应有的水平低");
        assert!(full[1].contains(&whole) && full[1].contains("相当于该年应有水平的"), "{}", full[1]);
        let any = full.iter().any(|text| text.contains("期限内任一年达到都算实现"));
        assert_eq!(any, demand.contains("growth"), "{full:?}");
    }
    let results = run(&scenario(LEVEL));
    assert!(said(&results, Lang::Zh).0[1].contains("没有实现时，平均差"));
}

/// Hypothesis: a chance that for the most part repeats assumptions made from targets gets their number and no word; one with a few
/// of them gets the number beside its word; counts of judged targets leave out the former.
#[test]
fn chances_that_rest_on_targets_set_by_rule_are_no_judgement() {
    let member = |id: usize, rule: bool| {
        format!(
            "[[target]]\nid = \"m{id}\"\nyear = 2030\nindicator = \"rd\"\nvalue_at_least = \"4.{id}%\"\nby_rule = {rule}\ndocument = \"D\"\n"
        )
    };
    for (rules, zh, en) in [
        (3, "其中3项按目标倒推，不能当作判断", "no judgement, with 3 of 5 by rule"),
        (1, "（其中1项按目标倒推）。", "(1 of 5 by rule)."),
    ] {
        let members: String = (0..4).map(|id| member(id, id < rules)).collect();
        let group = "[[target]]\nid = \"g\"\nname = \"组\"\nat_least_of = { k = 2, of = [\"m0\", \"m1\", \"m2\", \"m3\"] }\n";
        let results = run(&scenario(&format!("{LEVEL}{members}{group}")));
        let judged = rules == 1;
        assert_eq!(results.runs[0].joint[0].by_rule, rules);
        let group = target(&results, "g");
        assert_eq!(group.members.map(|of| (of.targets, of.by_rule)), Some((4, rules)));
        assert_eq!(group.is_judged(), judged);
        for (lang, told) in [(Lang::Zh, zh), (Lang::En, en)] {
            let (full, brief) = said(&results, lang);
            assert!(full.iter().any(|text| text.contains(told)), "{told}: {full:?}");
            let count = if lang == Lang::Zh {
                format!("5项（其中{rules}项按目标倒推）")
            } else {
                format!("({rules} of 5 by rule)")
            };
            let line = brief.iter().find(|text| text.contains(&count)).unwrap_or_else(|| panic!("{brief:?}"));
            assert_eq!(
                line.contains(if lang == Lang::Zh {
                    "不能当作判断）："
                } else {
                    "this is no judgement"
                }),
                !judged
            );
            let table = Briefing::of(&results, lang).targets;
            let word = table
                .columns
                .iter()
                .position(|column| column.head == if lang == Lang::Zh { "判断" } else { "In words" });
            let none = |row: usize| {
                table.rows[row][word.unwrap()].shown(lang)
                    == if lang == Lang::Zh { "不能当作判断" } else { "no judgement" }
            };
            // the level, the first member, the group
            assert_eq!([none(0), none(1), none(5)], [false, true, !judged], "{:?}", table.rows);
            assert!(table.rows[5][0].shown(lang).contains(&rules.to_string()), "{:?}", table.rows[5]);
        }
        let (zh, _) = said(&results, Lang::Zh);
        let counted = if judged {
            "全部6项目标中，可以作判断的有5项"
        } else {
            "全部6项目标中，可以作判断的有2项"
        };
        assert!(zh.iter().any(|text| text.contains(counted)), "{zh:?}");
    }
}

/// Hypothesis: past figures of the nation are told as those of the whole country, page and paper say that they are of another
/// measure and which years are not whole, and the fastest growth of all years stands before a lower recent one.
#[test]
fn the_record_of_the_nation_is_of_the_whole_country() {
    let results = run(&scenario(LEVEL));
    for (lang, wanted, never) in [
        (
            Lang::Zh,
            ["全国", "与目标口径不同，其中2018年只有上半年增速", "历来外省最快", "近年外省最快"],
            "各省合计",
        ),
        (
            Lang::En,
            [
                "the whole country",
                "another measure than the target's; only half-year growth in 2018",
                "province on record",
                "province of late",
            ],
            "All provinces",
        ),
    ] {
        let (full, brief) = said(&results, lang);
        for said in [full, brief] {
            let outside =
                said.iter().find(|text| text.contains(wanted[1])).unwrap_or_else(|| panic!("{said:?}"));
            assert!(wanted.iter().all(|words| outside.contains(words)), "{outside}");
            assert!(!said.iter().any(|text| text.contains(never)), "{said:?}");
        }
        let realism = Briefing::of(&results, lang).realism;
        let note = if lang == Lang::Zh {
            "历史数据：全国，增加值"
        } else {
            "Record: the whole country, value added"
        };
        assert!(realism.notes.iter().any(|text| text.starts_with(note)), "{:?}", realism.notes);
        let each = if lang == Lang::Zh {
            "湖北2200亿元（2020年到期）——2018年1,252亿元，结局不明"
        } else {
            "Hubei: 220 billion yuan (due 2020): 125.2 billion yuan in 2018, end not known"
        };
        assert!(realism.notes.iter().any(|text| text.contains(each)), "{:?}", realism.notes);
    }
    let row = &results.realism[0];
    let own = row.growth.as_ref().unwrap();
    assert!(own.record.is_none() && own.nation.is_some());
    // Jiangsu's years around 2010 were faster than any since
    let fastest = outside_text::fastest(row);
    assert!(fastest.len() == 2 && fastest[0].0.growth > fastest[1].0.growth);
    let past = row.precedents.as_ref().unwrap();
    assert_eq!((past.known, past.known_early, past.ratios, past.ratios_early), (3, 1, 7, 5));
    let told = outside_text::ends_in_words(past, true);
    assert!(
        told.zh.contains("浙江总产值4500亿元、") && told.zh.ends_with("其中1个按到期前的数判定"),
        "{}",
        told.zh
    );
    assert!(told.en.ends_with("(1 of them is judged by a figure from before its due year)"), "{}", told.en);
}
