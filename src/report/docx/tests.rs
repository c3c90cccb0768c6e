//! Tests of the document: the same bytes every time, and nothing but what an office reads.

use super::write;
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
