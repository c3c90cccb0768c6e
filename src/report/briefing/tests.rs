//! Tests of the words and tables of a briefing at their edges: certainty, ties, no targets, one policy, many provinces.

use std::cell::RefCell;

use super::wording::{Unit, change, plain, word};
use super::{Briefing, Cell, DataTable, Focus, Format, Key, summary};
use crate::analysis::results::{Change, Results};
use crate::analysis::{Request, Silent, inputs_of, simulate};
use crate::model;
use crate::report::number::said_money;
use crate::scenario::{MemoryLoader, load};
use crate::text::{Lang, Text};

const EXTREMES: &str = include_str!("../../../tests/fixtures/reports/extremes.toml");
const PROVINCES: &str = include_str!("../../../tests/fixtures/reports/thirty-one-provinces.toml");

/// The results of a scenario without parts of policies.
pub fn run(scenario: &str) -> Results {
    run_with(scenario, false)
}

/// The results of a scenario, with parts of policies if it is to be a whole briefing.
pub fn run_with(scenario: &str, briefing: bool) -> Results {
    let files = MemoryLoader::new([("a.toml", scenario)]);
    let loaded = load(&files, "a.toml");
    let faults = RefCell::new(loaded.faults);
    let model = loaded.root.as_ref().and_then(|root| model::read(root, &faults)).unwrap();
    let request = Request { trials: Some(1_000), threads: Some(1), briefing, ..Request::default() };
    simulate(&model, inputs_of(&loaded.sources), &request, &Silent).unwrap()
}

fn said(results: &Results, lang: Lang) -> Vec<String> {
    let focus = Focus::of(results).unwrap();
    let answer = summary::answer(results, &focus, lang).into_iter().map(|paragraph| paragraph.text);
    answer.chain(summary::trust(results, &focus, lang)).collect()
}

/// Lets exactly `hits` trials of every policy meet the main target.
fn with_hits(results: &mut Results, hits: u64) {
    for run in &mut results.runs {
        let target = &mut run.targets[0];
        let ends = crate::stats::wilson(hits, target.trials, crate::stats::Level::P95).unwrap();
        target.hits = hits;
        target.probability = hits as f64 / target.trials as f64;
        target.interval = [ends.low(), ends.high()];
    }
}

#[test]
fn never_and_always_are_bounds_and_never_a_bare_percentage() {
    let mut results = run(EXTREMES);
    let zh = said(&results, Lang::Zh);
    assert!(zh[0].contains("在1,000次模拟中一次也没有出现，可能性低于0.4%，几乎不可能。"), "{}", zh[0]);
    assert!(zh.iter().any(|text| text.contains("都一次也没有实现，分不出高下")), "{zh:?}");
    with_hits(&mut results, 1_000);
    let zh = said(&results, Lang::Zh);
    assert!(zh[0].contains("每次都出现，可能性高于99.6%，几乎可以肯定。"), "{}", zh[0]);
    for lang in [Lang::Zh, Lang::En] {
        let briefing = Briefing::of(&results, lang);
        let texts = briefing.sentences().map(str::to_owned);
        let cells =
            [&briefing.targets, &briefing.policies].into_iter().flat_map(|table| &table.rows).flatten();
        let chances = cells.filter(|cell| matches!(cell, Cell::Chance { .. })).map(|cell| cell.shown(lang));
        for text in texts.chain(chances) {
            let bare =
                |p: &str| text.split(|c: char| !(c.is_ascii_digit() || "%.<>".contains(c))).any(|w| w == p);
            assert!(!bare("0%") && !bare("0.0%") && !bare("100.0%"), "{text}");
        }
    }
}

#[test]
fn words_follow_the_numbers() {
    let mut results = run(EXTREMES);
    with_hits(&mut results, 300);
    let first = said(&results, Lang::Zh)[0].clone();
    assert_eq!(
        first,
        "按“基金与关停并举”，某省营业收入2034年达到1000000亿元的可能性约为三成（30.0%，95%区间27.2%–32.9%），不太可能。"
    );
    let first = said(&results, Lang::En)[0].clone();
    assert!(first.contains(
        "is met with a probability of about three in ten (30.0%, 95% interval 27.2–32.9%): unlikely."
    ));
    for (p, ends, zh) in [
        (0.005, [0.004, 0.006], "不到百分之一"),
        (0.0096, [0.0086, 0.0106], "约为百分之一或更低"),
        (0.0703, [0.066, 0.074], "约为百分之七"),
        (0.096, [0.09, 0.1], "约为一成"),
        (0.2, [0.19, 0.21], "约为两成"),
        (0.904, [0.9, 0.91], "约为九成"),
        (0.93, [0.92, 0.94], "约为百分之九十三"),
        (0.995, [0.992, 0.997], "在百分之九十九以上"),
    ] {
        assert_eq!(plain(p, ends).zh, zh);
    }
    assert_eq!(word([0.2, 0.3]).zh, "不太可能");
    assert_eq!(word([0.31, 0.35]).zh, "介于“不太可能”与“可能与不可能大致相当”之间");
}

#[test]
fn ties_are_called_ties() {
    let mut results = run(EXTREMES);
    with_hits(&mut results, 300);
    assert!(
        said(&results, Lang::Zh).iter().any(|text| text == "3个方案实现的可能性相同（30.0%），分不出高下。")
    );
    let reference = &mut results.runs[0].targets[0];
    (reference.hits, reference.probability) = (200, 0.2);
    let zh = said(&results, Lang::Zh);
    let tie = "估计值最高的并列：“基金与关停并举”、“只有不花钱的措施”（30.0%）";
    assert!(zh.iter().any(|text| text.contains(tie)), "{zh:?}");
    let terminal = crate::report::results_text::summary(&results, Lang::Zh).concat();
    assert!(
        terminal.contains("可能性最高的方案并列：“基金与关停并举”（plan）、“只有不花钱的措施”（free）"),
        "{terminal}"
    );
}

#[test]
fn only_what_was_compared_is_ranked() {
    let mut results = run(EXTREMES);
    with_hits(&mut results, 300);
    let leader = &mut results.runs[1].targets[0];
    (leader.hits, leader.probability, leader.interval) = (310, 0.31, [0.282, 0.339]);
    let sentence = |results: &Results| {
        said(results, Lang::Zh).into_iter().find(|text| text.contains("个方案中，")).unwrap()
    };
    let (other, reference) = ("“只有不花钱的措施”", "“不实施政策”");
    // the leader less the reference, and the other policy less the leader
    let pairs = |results: &mut Results, over_reference: [f64; 2], other_less: [f64; 2]| {
        let pair = &mut results.runs[1].targets[0].compared[0];
        assert_eq!(pair.against, "none");
        (pair.probability, pair.interval) = (0.01, over_reference);
        let pair = &mut results.runs[2].targets[0].compared[1];
        assert_eq!(pair.against, "plan");
        (pair.probability, pair.interval) = (-0.01, other_less);
    };
    pairs(&mut results, [0.005, 0.015], [-0.012, -0.008]);
    let text = sentence(&results);
    assert!(text.contains("可能性最高的是“基金与关停并举”（31.0%）：与其余2个方案逐次相比都更高"), "{text}");
    assert!(text.contains("高1.0个百分点（"), "{text}");
    assert!(text.contains("个百分点（各方案两两比较的区间"), "{text}");
    pairs(&mut results, [-0.005, 0.025], [-0.012, -0.008]);
    results.runs[1].targets[0].change.as_mut().unwrap().interval = [-0.002, 0.022];
    let text = sentence(&results);
    assert!(
        text.contains(&format!("估计值最高的是“基金与关停并举”（31.0%）：与{other}逐次相比更高")),
        "{text}"
    );
    assert!(text.contains(&format!("；与{reference}两两逐次相比，现有次数下分辨不出高低。")), "{text}");
    // the interval of tables tells what those for all pairs do not: the sentence says so
    let change = results.runs[1].targets[0].change.as_mut().unwrap();
    (change.probability, change.interval) = (0.01, [0.001, 0.019]);
    let text = sentence(&results);
    assert!(text.contains("（只同“不实施政策”一个方案比可以分辨，高1.0"), "{text}");
    // documents that hold no such pairs: the reference was compared, of the other the intervals overlap
    for run in &mut results.runs {
        run.targets[0].compared.clear();
    }
    results.runs[1].targets[0].change.as_mut().unwrap().interval = [0.005, 0.015];
    let text = sentence(&results);
    assert!(text.contains(&format!("与{reference}逐次相比更高")), "{text}");
    assert!(text.contains(&format!("{other}的区间与它重叠，本结果没有把这些方案逐次相比")), "{text}");
    // intervals that do not meet need no comparison
    results.runs[2].targets[0].interval = [0.1, 0.15];
    assert!(sentence(&results).contains("与其余2个方案逐次相比都更高"));
}

#[test]
fn every_two_policies_are_compared_trial_by_trial() {
    let results = run(EXTREMES);
    let pairs = results.run.policies.len() * (results.run.policies.len() - 1) / 2;
    assert_eq!(results.run.pair_level, Some(1.0 - (1.0 - 0.95) / pairs as f64));
    for (at, run) in results.runs.iter().enumerate() {
        for target in &run.targets {
            assert_eq!(target.compared.len(), at, "one world, the reference first");
            for pair in &target.compared {
                let other = results.run_of(&pair.against, "base").unwrap().target(&target.id).unwrap();
                let difference = (target.hits as f64 - other.hits as f64) / target.trials as f64;
                assert!((pair.probability - difference).abs() < 1e-12);
                assert!(pair.both <= target.hits.min(other.hits));
                let change = target.change.as_ref().filter(|change| change.against == pair.against);
                assert!(change.is_none_or(|change| change.probability == pair.probability
                    && change.interval[0] >= pair.interval[0]
                    && change.interval[1] <= pair.interval[1]));
            }
        }
    }
}

#[test]
fn a_level_that_the_base_year_meets_is_not_reached_later() {
    let mut results = run(EXTREMES);
    for run in &mut results.runs {
        run.targets[0].condition.level = Some(0.001);
    }
    let zh = said(&results, Lang::Zh);
    assert!(zh.iter().any(|text| text.contains("的水平已经符合这一要求")), "{zh:?}");
    assert!(!zh.iter().any(|text| text.contains("首次过半") || text.contains("没有达到过")), "{zh:?}");
    let briefing = Briefing::of(&results, Lang::Zh);
    let row = &briefing.targets.rows[0];
    assert!(row.iter().any(|cell| cell.shown(Lang::Zh).contains("已符合")), "{row:?}");
}

#[test]
fn money_says_its_years_and_whose_it_is() {
    let extremes = said(&run(EXTREMES), Lang::Zh).concat();
    assert!(extremes.contains("2025—2027年财政资金平均支出") && !extremes.contains("各省合计"), "{extremes}");
    let provinces = said(&run(PROVINCES), Lang::Zh);
    let effect = provinces.iter().find(|text| text.contains("财政资金")).unwrap();
    assert!(effect.contains("，广东省实现的可能性") && effect.contains("。各省合计，2025—"), "{effect}");
    // what is about the first province comes before the others
    let first = |word: &str| provinces.iter().position(|text| text.contains(word)).unwrap();
    assert!(first("就广东省这一目标") < first("其他6个省"), "{provinces:?}");
}

#[test]
fn a_figure_has_one_form_in_sentences_and_tables() {
    let results = run(PROVINCES);
    for lang in [Lang::Zh, Lang::En] {
        let briefing = Briefing::of(&results, lang);
        let focus = Focus::of(&results).unwrap();
        let row = &briefing.targets.rows[0];
        let quantiles = &focus.target.unwrap().quantity.as_ref().unwrap().quantiles;
        let said = &briefing.summary[1].text;
        for key in ["0.05", "0.5", "0.95"] {
            let shown = crate::report::number::money(quantiles[key], lang);
            assert!(said.contains(&shown), "{said}: {shown}");
            let in_table = row.iter().any(|cell| cell.shown(lang).contains(&shown));
            assert!(in_table, "{row:?}: {shown}");
        }
    }
}

#[test]
fn one_policy_and_no_target_are_said() {
    let mut results = run(EXTREMES);
    results.runs.retain(|run| run.policy.id == "plan");
    results.run.policies.retain(|policy| policy.id == "plan");
    assert!(said(&results, Lang::Zh).iter().any(|text| text.contains("只含这一个方案")));
    for run in &mut results.runs {
        run.targets.clear();
    }
    for lang in [Lang::Zh, Lang::En] {
        let briefing = Briefing::of(&results, lang);
        let all = briefing.sentences().collect::<Vec<_>>().join(" ");
        assert!(all.contains(["没有设目标", "sets no target"][usize::from(lang == Lang::En)]), "{all}");
        assert!(!all.contains("NaN") && briefing.targets.rows.is_empty());
        assert_eq!(briefing.policies.rows.len(), 1);
    }
}

#[test]
fn every_province_with_a_target_has_its_sentence_and_rows() {
    let results = run(PROVINCES);
    let zh = said(&results, Lang::Zh);
    assert!(zh.iter().any(|text| text.contains("其余24个省")), "{zh:?}");
    let briefing = Briefing::of(&results, Lang::Zh);
    // many provinces are listed in one sentence, with the probabilities of the table
    let listed = zh.iter().find(|text| text.starts_with("其他6个省首要目标实现的可能性，从高到低为"));
    let listed = listed.unwrap_or_else(|| panic!("{zh:?}"));
    let at = |key| briefing.policies.at(key).unwrap();
    let of_plan =
        briefing.policies.rows.iter().filter(|row| row[0].shown(Lang::Zh) == briefing.headline.policy);
    for row in of_plan.skip(1) {
        let said = row[at(Key::Province)].shown(Lang::Zh) + &row[at(Key::Probability)].shown(Lang::Zh);
        assert!(listed.contains(&said), "{said}: {listed}");
    }
    assert_eq!(briefing.policies.rows.len(), 14);
    assert_eq!(briefing.clusters.len(), 40);
    // where parts are not known, money is that of the whole policy and is not repeated for every province
    let money = at(Key::Paid);
    assert_eq!(briefing.policies.rows.iter().filter(|row| row[money] != Cell::Empty).count(), 2);
}

#[test]
fn tables_are_as_wide_as_their_heads_and_identifiers_are_unique() {
    for scenario in [EXTREMES, PROVINCES] {
        let results = run(scenario);
        for lang in [Lang::Zh, Lang::En] {
            let b = Briefing::of(&results, lang);
            let tables = [&b.scale, &b.targets, &b.policies, &b.instruments, &b.assumptions, &b.evidence];
            let rest = [&b.sources, &b.realism, &b.errors];
            let pages = b.clusters.iter().map(|page| &page.table);
            let all: Vec<_> = tables.into_iter().chain(rest).chain(pages).collect();
            for table in &all {
                assert!(!table.title.is_empty() && !table.columns.is_empty(), "{}", table.id);
                assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.id);
            }
            let mut ids: Vec<&String> = all.iter().map(|table| &table.id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), all.len());
            assert!(!b.method.is_empty() && !b.subtitle.is_empty());
            assert!(
                b.reproduction[0].1.starts_with("clustercast report a.toml --trials 1000 --seed 1 --policy")
            );
        }
    }
}

#[test]
fn amounts_bear_their_unit_and_money_reads_as_in_tables() {
    let (yuan, firms, share) =
        (Text::new("亿元", "100m yuan"), Text::new("家", "firms"), Text::new("%", "%"));
    let money = Unit { figure: "money", name: &yuan };
    assert_eq!(money.amount(1427.7, Some(6.0), Lang::Zh), "1,428亿元");
    assert_eq!(money.amount(1427.7, Some(2.0), Lang::En), "142.8 billion yuan");
    assert_eq!(money.range([0.31, 1.24], Some(0.4), true, Lang::En), "0.031–0.124 billion yuan");
    // sentence and table show one figure, in one unit, whatever its size and error
    for value in [0.0, 0.0014, 0.034, 0.35, 4.6, 9.94, 46.2, 333.4, 1427.7, 25_000.0, -3.2] {
        for lang in [Lang::Zh, Lang::En] {
            let unit = if lang == Lang::Zh { "亿元" } else { " billion yuan" };
            let cell = Cell::Number(value, Format::Money).shown(lang) + unit;
            assert_eq!(said_money(value, lang), cell);
            for error in [None, Some(0.0), Some(0.02), Some(40.0)] {
                assert_eq!(money.amount(value, error, lang), cell);
            }
        }
    }
    assert_eq!(money.range([1045.0, 1990.0], None, false, Lang::Zh), "1,045–1,990亿元");
    let count = Unit { figure: "count", name: &firms };
    assert_eq!(count.amount(1.0, None, Lang::En), "1 firm");
    assert_eq!(count.amount(3.0, Some(0.2), Lang::En), "3 firms");
    assert_eq!(count.amount(1.0, None, Lang::Zh), "1家");
    let ratio = Unit { figure: "share", name: &share };
    assert_eq!(ratio.amount(0.0522, None, Lang::Zh), "5.22%");
    assert_eq!(ratio.difference(-0.0038, None, Lang::Zh), "0.38个百分点");
    assert_eq!(ratio.difference(0.0038, None, Lang::En), "0.38 percentage points");
}

#[test]
fn a_change_that_may_be_nothing_is_not_called_one() {
    let results = run(EXTREMES);
    let of = |probability: f64, interval: [f64; 2]| {
        let against = "none".to_owned();
        let change_of =
            Change { against, probability, interval, quantity_mean: None, quantity_interval: None };
        change(&results, &change_of, Lang::Zh).zh
    };
    assert_eq!(of(0.0011, [0.0007, 0.0017]), "提高0.11个百分点（95%区间0.07–0.17个百分点）");
    assert_eq!(of(-0.012, [-0.015, -0.009]), "降低1.2个百分点（95%区间0.9–1.5个百分点）");
    assert!(of(0.0003, [-0.0002, 0.0008]).starts_with("没有可以分辨的变化"));
    assert_eq!(of(0.0, [0.0, 0.0]), "没有变化");
}

#[test]
fn money_is_the_same_in_both_languages_each_in_its_unit() {
    let results = run(PROVINCES);
    let (zh, en) = (Briefing::of(&results, Lang::Zh), Briefing::of(&results, Lang::En));
    let tables = |briefing: &Briefing| {
        let figures = briefing.figures.iter().map(|figure| figure.table.clone());
        let own = [&briefing.targets, &briefing.policies, &briefing.instruments, &briefing.realism];
        own.into_iter().cloned().chain(figures).collect::<Vec<DataTable>>()
    };
    let digits = |text: &str| {
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || "–至".contains(*c)).collect();
        digits.split(['–', '至']).map(|end| end.trim_start_matches('0').to_owned()).collect::<Vec<_>>()
    };
    let mut compared = 0;
    for (one, other) in tables(&zh).iter().zip(&tables(&en)) {
        for (column, same) in one.columns.iter().zip(&other.columns) {
            assert_eq!(column.unit == "亿元", same.unit == "billion yuan", "{}: {}", other.id, same.head);
        }
        for (cell, same) in one.rows.iter().flatten().zip(other.rows.iter().flatten()) {
            if let Cell::Number(_, Format::Money) | Cell::Interval(_, _, Format::Money) = cell {
                let (zh, en) = (cell.shown(Lang::Zh), same.shown(Lang::En).replace(" to ", "至"));
                assert_eq!(digits(&zh), digits(&en), "{}: {zh} and {en}", one.id);
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
    // what is drawn is a tenth of what results hold
    let focus = Focus::of(&results).unwrap();
    let series = focus.series.unwrap();
    let drawn = |lang| super::figures::paths::chart(&results, series, focus.target, lang).unwrap();
    let (zh, en) = (drawn(Lang::Zh), drawn(Lang::En));
    let tenth: Vec<f64> = zh.median.iter().map(|value| value / 10.0).collect();
    assert_eq!(en.median, tenth);
    assert_eq!(en.target.unwrap().value, zh.target.unwrap().value / 10.0);
    assert!(en.bands[0].low.iter().zip(&zh.bands[0].low).all(|(en, zh)| *en == zh / 10.0));
}
