//! Tests of the document: the same bytes every time, and nothing but what an office reads.

use super::{choice, parts, write};
use crate::report::briefing::{Briefing, Cell, Column, DataTable, Format, Key, Paragraph, Topic};
use crate::text::Lang;

fn briefing(lang: Lang) -> Briefing {
    let columns = vec![
        Column::text("目标").of(Key::Target),
        Column::number("可能性", "").of(Key::Probability),
        Column::number("中位数", "亿元").of(Key::Median),
    ];
    let mut table = DataTable::new("targets", "各项目标", columns);
    let chance = Cell::Chance { estimate: 0.0, low: 0.0, high: 0.0018 };
    table.rows.push(vec![Cell::text("<甲> & “乙”"), chance, Cell::Number(1429.0, Format::Money)]);
    Briefing {
        lang,
        title: "湖北省生物医药产业2027年2500亿元目标".into(),
        summary: vec![Paragraph { text: "几乎不可能。".into(), rank: 1, ..Paragraph::default() }; 30],
        targets: table,
        reproduction: vec![("命令".into(), "clustercast report hubei-2027.toml".into())],
        ..Briefing::default()
    }
}

#[test]
fn the_same_briefing_gives_the_same_bytes() {
    for lang in [Lang::Zh, Lang::En] {
        let first = write(&briefing(lang)).unwrap();
        assert!(first.starts_with(b"PK"));
        assert_eq!(first, write(&briefing(lang)).unwrap());
    }
}

#[test]
fn an_empty_briefing_is_a_document_too() {
    assert!(write(&Briefing::default()).is_ok());
}

/// The text of the document with the number of pictures that go with it.
fn unpacked(briefing: &Briefing) -> (String, usize) {
    let parts = parts(briefing).unwrap();
    (String::from_utf8(parts.document).unwrap(), parts.media.len())
}

/// Style and text of every paragraph outside and inside tables, in order.
fn paragraphs(document: &str) -> Vec<(String, String)> {
    let one = |part: &str| {
        let part = part.split("</w:p>").next().unwrap_or_default();
        let style = part.split("<w:pStyle w:val=\"").nth(1).and_then(|rest| rest.split('"').next());
        let texts = part.split("<w:t xml:space=\"preserve\">").skip(1);
        let text: String = texts.filter_map(|rest| rest.split("</w:t>").next()).collect();
        let text = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
            .iter()
            .fold(text, |text, (coded, plain)| text.replace(coded, plain));
        (style.unwrap_or_default().to_owned(), text)
    };
    document.split("<w:p>").skip(1).map(one).collect()
}

fn of_style<'a>(all: &'a [(String, String)], style: &str) -> Vec<&'a str> {
    all.iter().filter(|(found, _)| found == style).map(|(_, text)| text.as_str()).collect()
}

#[test]
fn the_document_holds_what_a_reader_must_know_in_its_order() {
    for scenario in [
        include_str!("../../../tests/fixtures/reports/extremes.toml"),
        include_str!("../../../tests/fixtures/reports/thirty-one-provinces.toml"),
    ] {
        let results = crate::report::briefing::tests::run(scenario);
        for lang in [Lang::Zh, Lang::En] {
            let briefing = Briefing::of(&results, lang);
            let (document, pictures) = unpacked(&briefing);
            assert_eq!(document.matches("<w:tbl>").count(), 2);
            assert_eq!(document.matches("<pic:pic").count(), 3);
            assert_eq!(pictures, 3);
            let all = paragraphs(&document);
            let (heads, levels) = match lang {
                Lang::Zh => (
                    [
                        "一、主要结论",
                        "二、各项目标实现的可能性",
                        "三、政策方案比较",
                        "四、结论的可靠程度",
                        "五、说明",
                    ],
                    ["（一）", "（二）", "（三）"],
                ),
                Lang::En => (
                    [
                        "1. Main findings",
                        "2. How likely the targets are",
                        "3. Policies compared",
                        "4. How far to trust this",
                        "5. Remarks",
                    ],
                    ["(1) ", "(2) ", "(3) "],
                ),
            };
            assert_eq!(of_style(&all, "Heading1"), heads);
            // what every paper must say stands there to the letter, under its heading
            for paragraph in briefing.summary.iter().filter(|paragraph| paragraph.rank == 0) {
                let said = paragraph.in_brief();
                // behind it at most a reference to a table or picture
                let is_it = |text: &str| {
                    let rest = text.strip_prefix(said);
                    rest.is_some_and(|rest| {
                        rest.is_empty() || rest.contains(['表', '图']) || rest.contains("Figure")
                    })
                };
                let at = all.iter().position(|(style, text)| style == "BodyText" && is_it(text));
                let at = at.unwrap_or_else(|| panic!("{} is missing", paragraph.text));
                let head = all[..at].iter().rfind(|(style, _)| style == "Heading1").unwrap();
                let section = match paragraph.topic {
                    Topic::Answer => 0,
                    Topic::Targets => 1,
                    Topic::Policies => 2,
                };
                assert_eq!(head.1, heads[section], "{}", paragraph.text);
            }
            let body = of_style(&all, "BodyText");
            assert_eq!(briefing.trust_in_brief.len(), briefing.trust.len());
            let trust = levels.iter().zip(&briefing.trust_in_brief);
            for (level, text) in trust {
                assert!(body.contains(&format!("{level}{text}").as_str()), "{text}");
            }
            assert!(body.last().is_some_and(|text| text.contains("report.xlsx")));
            assert!(
                !document.contains(&briefing.reproduction[7].1),
                "no fingerprint in a governor's briefing"
            );
        }
    }
}

#[test]
fn every_table_and_picture_is_named_in_the_text_before_it_by_its_number() {
    for scenario in [
        include_str!("../../../tests/fixtures/reports/extremes.toml"),
        include_str!("../../../tests/fixtures/reports/thirty-one-provinces.toml"),
    ] {
        let results = crate::report::briefing::tests::run(scenario);
        for lang in [Lang::Zh, Lang::En] {
            let whole = Briefing::of(&results, lang);
            let mut no_words = whole.clone();
            no_words.summary.clear();
            let mut no_fan = whole.clone();
            no_fan.figures.retain(|figure| figure.id != "fan");
            no_fan.column_figures.retain(|figure| figure.id != "fan");
            for briefing in [whole, no_words, no_fan] {
                let all = paragraphs(&unpacked(&briefing).0);
                let captions: Vec<(usize, &str)> = (0..)
                    .zip(&all)
                    .filter(|(_, (style, _))| style == "Caption")
                    .filter_map(|(at, (_, text))| {
                        Some((at, text.split_once(if lang == Lang::Zh { "  " } else { ". " })?.0))
                    })
                    .collect();
                assert!(captions.len() >= 4);
                for (at, name) in captions {
                    let mentions = |text: &str| {
                        text.match_indices(name).any(|(from, _)| {
                            !text[from + name.len()..].starts_with(|next: char| next.is_ascii_digit())
                        })
                    };
                    let before = all[..at].iter().filter(|(style, _)| style == "BodyText");
                    assert_eq!(before.filter(|(_, text)| mentions(text)).count(), 1, "{name}: {all:#?}");
                }
            }
        }
    }
}

#[test]
fn sentence_and_table_count_the_same_targets_and_provinces_stand_as_in_the_file() {
    let file = include_str!("../../../tests/fixtures/reports/thirty-one-provinces.toml");
    let results = crate::report::briefing::tests::run_with(file, true);
    let briefing = Briefing::of(&results, Lang::Zh);
    // with much to say there is no room for all rows: then sentence and note say so
    let mut long = briefing.clone();
    long.trust_in_brief = vec!["文".repeat(220); 3];
    let all = briefing.targets.rows.len();
    for (briefing, is_whole) in [(&briefing, true), (&long, false)] {
        let (document, _) = unpacked(briefing);
        let table = document.split("<w:tbl>").nth(1).and_then(|rest| rest.split("</w:tbl>").next()).unwrap();
        let shown = table.matches("<w:tr>").count() - 1;
        let text: String = paragraphs(&document).into_iter().map(|(_, text)| text).collect();
        assert_eq!(shown == all, is_whole, "{shown} of {all}");
        assert!(text.contains(if is_whole { "各项目标见表1。" } else { "部分目标见表1。" }), "{text}");
        assert_eq!(text.contains(&format!("共{all}项，表中列出{shown}项，")), !is_whole, "{text}");
    }
    // the words that the sentence counts are those of the table
    let counted = briefing
        .summary
        .iter()
        .find_map(|paragraph| paragraph.in_brief().split_once("项目标中："))
        .unwrap()
        .1;
    let mut found = 0;
    for row in choice::targets(&briefing, 99).unwrap().rows {
        let word = row.last().unwrap().shown(Lang::Zh);
        let counted_as = if word.starts_with("介于") { "介于两个用语之间" } else { &word };
        assert!(counted.contains(&format!("{counted_as}的")), "{word}: {counted}");
        found += 1;
    }
    let numbers =
        counted.split('的').skip(1).filter_map(|rest| rest.split('项').next()?.parse::<usize>().ok());
    assert_eq!(numbers.sum::<usize>(), found, "{counted}");
    // no province stands before another for its chance
    let places =
        ["广东省", "江苏省", "浙江省", "内蒙古自治区", "广西壮族自治区", "新疆维吾尔自治区", "湖北省"];
    let policies = choice::policies(&briefing, 7).unwrap();
    let order: Vec<String> = policies.rows.iter().map(|row| row[0].shown(Lang::Zh)).collect();
    assert_eq!(order, places);
    // each with its own chance, gap and money
    let heads: Vec<&str> = policies.columns.iter().map(|column| column.head.as_str()).collect();
    for head in ["可能性", "中位数与目标之差", "财政支出"] {
        let at = heads.iter().position(|found| *found == head).unwrap();
        assert!(policies.rows.iter().all(|row| row[at] != Cell::Empty), "{head}");
    }
    let targets = choice::targets(&briefing, 5).unwrap();
    for (row, place) in targets.rows.iter().zip(places) {
        assert!(row[0].shown(Lang::Zh).starts_with(place), "{row:?}");
    }
}

#[test]
fn the_tables_have_their_columns_whatever_their_heads_say() {
    let results =
        crate::report::briefing::tests::run(include_str!("../../../tests/fixtures/reports/extremes.toml"));
    for lang in [Lang::Zh, Lang::En] {
        let mut briefing = Briefing::of(&results, lang);
        assert_eq!(briefing.about_targets.len(), briefing.targets.rows.len());
        assert_eq!(briefing.about_targets.iter().filter(|about| about.headline).count(), 1);
        let before = [choice::targets(&briefing, 99), choice::policies(&briefing, 99)].map(Option::unwrap);
        for column in briefing.targets.columns.iter_mut().chain(&mut briefing.policies.columns) {
            column.head = "名".into();
        }
        let after = [choice::targets(&briefing, 99), choice::policies(&briefing, 99)].map(Option::unwrap);
        assert_eq!(before.map(|table| table.rows), after.clone().map(|table| table.rows));
        assert_eq!(after[0].columns.len(), 6);
    }
}

#[test]
fn numbers_of_the_tables_are_those_of_the_briefing() {
    let scenario = include_str!("../../../tests/fixtures/reports/extremes.toml");
    let results = crate::report::briefing::tests::run(scenario);
    for lang in [Lang::Zh, Lang::En] {
        let briefing = Briefing::of(&results, lang);
        let (document, _) = unpacked(&briefing);
        let tables: Vec<&str> = document.split("<w:tbl>").skip(1).collect();
        for (table, from) in tables.iter().zip([&briefing.targets, &briefing.policies]) {
            let table = table.split("</w:tbl>").next().unwrap_or_default();
            let rows: Vec<Vec<(String, String)>> = table.split("<w:tr>").skip(1).map(paragraphs).collect();
            assert!(rows.len() > 1, "{}", from.id);
            let heads: Vec<&str> = rows[0].iter().map(|(_, text)| text.as_str()).collect();
            let places: Vec<usize> = heads
                .iter()
                .map(|head| from.columns.iter().position(|column| column.full_head(lang) == *head).unwrap())
                .collect();
            for row in &rows[1..] {
                let same = |source: &Vec<Cell>| {
                    row.iter().zip(&places).all(|((_, shown), &at)| {
                        // where units differ by row, a cell carries its own behind the number
                        let text = source[at].shown(lang);
                        // one word of the scale or another
                        let mut words = shown.split(['或']).flat_map(|part| part.split(" or "));
                        let either = matches!(source[at], Cell::Text(_)) && words.all(|w| text.contains(w));
                        *shown == text || either || !text.is_empty() && shown.starts_with(&text)
                    })
                };
                assert!(from.rows.iter().any(same), "{row:?} is no row of {}", from.id);
            }
        }
    }
}

#[test]
fn a_long_answer_loses_what_it_can_do_without_and_says_so() {
    let mut long = briefing(Lang::Zh);
    let text = |index: usize| format!("第{index}段：{}。", "文".repeat(60));
    let is_essential = |index: usize| index == 0 || index == 30 || index == 56;
    long.summary = (0..57)
        .map(|index| Paragraph {
            text: text(index),
            rank: u8::from(!is_essential(index)),
            label: if index < 20 { "甲省的情况" } else { "乙省的情况" }.to_owned(),
            ..Paragraph::default()
        })
        .collect();
    long.trust_in_brief = (57..60).map(text).collect();
    let (document, _) = unpacked(&long);
    for kept in ["第0段", "第30段", "第56段", "第57段", "第58段", "第59段"] {
        assert!(document.contains(kept), "{kept}");
    }
    let left = (0..60).filter(|index| !document.contains(&format!("第{index}段"))).count();
    // each kind of what is left out is named once
    assert!(left > 30 && document.contains("。甲省的情况、乙省的情况、各项假设的出处"), "{left}");
}

#[test]
fn control_characters_do_not_break_the_document() {
    let mut bad = briefing(Lang::Zh);
    bad.title = "甲\u{7}乙\u{FFFE}".into();
    bad.targets.rows[0][0] = Cell::text("丙\u{1}丁\u{FFFF}");
    let (document, _) = unpacked(&bad);
    assert!(!document.contains(['\u{1}', '\u{7}', '\u{FFFE}', '\u{FFFF}']));
}

#[test]
fn one_policy_is_not_called_a_comparison() {
    let mut results =
        crate::report::briefing::tests::run(include_str!("../../../tests/fixtures/reports/extremes.toml"));
    results.runs.truncate(1);
    results.run.policies.truncate(1);
    for (lang, wanted, unwanted) in [
        (Lang::Zh, "这一方案的数字见表2", ["方案比较见表", "各方案比较"]),
        (Lang::En, "Table 2 has the figures of this policy", ["compares the policies", "Policies compared"]),
    ] {
        let text: Vec<String> = paragraphs(&unpacked(&Briefing::of(&results, lang)).0)
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        let text = text.join("\n");
        assert!(text.contains(wanted) && unwanted.iter().all(|word| !text.contains(word)), "{text}");
        // the reference alone has nothing to be compared with
        assert_eq!(results.runs[0].policy, results.run.reference);
        assert!(!text.contains("逐次相比") && !text.contains("paired with"), "{text}");
    }
}

#[test]
fn both_languages_show_the_same_rows_and_sentences() {
    for scenario in [
        include_str!("../../../tests/fixtures/reports/extremes.toml"),
        include_str!("../../../tests/fixtures/reports/thirty-one-provinces.toml"),
    ] {
        let results = crate::report::briefing::tests::run(scenario);
        let shown = [Lang::Zh, Lang::En].map(|lang| {
            let (document, pictures) = unpacked(&Briefing::of(&results, lang));
            let rows =
                |table: &str| table.split("</w:tbl>").next().unwrap_or_default().matches("<w:tr>").count();
            let rows: Vec<usize> = document.split("<w:tbl>").skip(1).map(rows).collect();
            (rows, pictures, of_style(&paragraphs(&document), "BodyText").len())
        });
        assert_eq!(shown[0], shown[1]);
        // alone, each language has room for as much or more
        let mut alone = Briefing::of(&results, Lang::En);
        alone.twin = None;
        let (document, _) = unpacked(&alone);
        assert!(document.matches("<w:tr>").count() >= shown[1].0.iter().sum(), "{shown:?}");
    }
}

#[test]
fn a_subtitle_breaks_between_its_parts() {
    let mut long = briefing(Lang::Zh);
    long.subtitle = format!("湖北省 · {} · 2024—2030年 · 每个方案模拟2,000次", "口径".repeat(12));
    let (document, _) = unpacked(&long);
    let subtitle =
        document.split("<w:pStyle w:val=\"Subtitle\"").nth(1).unwrap().split("</w:p>").next().unwrap();
    assert_eq!(subtitle.matches("<w:br").count(), 1, "{subtitle}");
    assert!(
        subtitle.contains("口径</w:t>") && subtitle.contains(">2024—2030年 · 每个方案模拟2,000次<"),
        "{subtitle}"
    );
}
