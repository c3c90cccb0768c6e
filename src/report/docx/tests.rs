//! Tests of the document: the same bytes every time, and nothing but what an office reads.

use super::{parts, write};
use crate::report::briefing::{Briefing, Cell, Column, DataTable, Format};
use crate::text::Lang;

fn briefing(lang: Lang) -> Briefing {
    let columns = vec![Column::text("目标"), Column::number("可能性", ""), Column::number("中位数", "亿元")];
    let mut table = DataTable::new("targets", "各项目标", columns);
    let chance = Cell::Chance { estimate: 0.0, low: 0.0, high: 0.0018 };
    table.rows.push(vec![Cell::text("<甲> & “乙”"), chance, Cell::Number(1429.0, Format::Money)]);
    Briefing {
        lang,
        title: "湖北省生物医药产业2027年2500亿元目标".into(),
        summary: vec!["几乎不可能。".into(); 30],
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

#[test]
fn the_document_holds_two_tables_three_charts_and_what_a_reader_must_know() {
    let scenario = include_str!("../../../tests/fixtures/reports/extremes.toml");
    let results = crate::report::briefing::tests::run(scenario);
    for lang in [Lang::Zh, Lang::En] {
        let briefing = Briefing::of(&results, lang);
        let (document, pictures) = unpacked(&briefing);
        assert_eq!(document.matches("<w:tbl>").count(), 2);
        assert_eq!(document.matches("<pic:pic").count(), 3);
        assert_eq!(pictures, 3);
        // the headline and the last five paragraphs are never left out
        let summary = &briefing.summary;
        for sentence in summary.iter().take(1).chain(summary.iter().rev().take(5)) {
            let sentence = sentence
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('\'', "&apos;");
            assert!(document.contains(&sentence), "{sentence}");
        }
        assert!(document.contains(match lang {
            Lang::Zh => "、结论的可靠程度",
            Lang::En => ". How far to trust this",
        }));
        assert!(!document.contains(&briefing.reproduction[7].1), "no fingerprint in a governor's briefing");
    }
}

#[test]
fn a_long_summary_loses_its_middle_and_says_so() {
    let mut long = briefing(Lang::Zh);
    long.summary = (0..60).map(|index| format!("第{index}段：{}。", "文".repeat(60))).collect();
    let (document, _) = unpacked(&long);
    for kept in ["第0段", "第55段", "第59段"] {
        assert!(document.contains(kept), "{kept}");
    }
    assert!(!document.contains("第54段"));
    assert!(document.contains("段结论见随附工作簿"));
}

#[test]
fn control_characters_do_not_break_the_document() {
    let mut bad = briefing(Lang::Zh);
    bad.title = "甲\u{7}乙\u{FFFE}".into();
    bad.targets.rows[0][0] = Cell::text("丙\u{1}丁\u{FFFF}");
    let (document, _) = unpacked(&bad);
    assert!(!document.contains(['\u{1}', '\u{7}', '\u{FFFE}', '\u{FFFF}']));
}
