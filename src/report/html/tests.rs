//! Tests of the page: what is in it, that hostile names stay text, and that it holds all it needs.

use super::write;
use crate::report::briefing::{Briefing, Cell, ClusterPage, Column, DataTable, Figure, Format, Paragraph};
use crate::report::chart::{ChartError, Drawing, Mark, Rect};
use crate::text::Lang;

const HOSTILE: &str = "</script><img src=x onerror='alert(1)'>&\"甲";

fn table(id: &str, name: &str) -> DataTable {
    let columns = vec![Column::text("名称"), Column::number("可能性", "%"), Column::text("说明")];
    let mut table = DataTable::new(id, format!("{name}的表"), columns);
    table.rows.push(vec![Cell::text(name), Cell::Number(0.005, Format::Probability), Cell::Empty]);
    table.notes.push(format!("注：{name}"));
    table
}

fn figure(id: &str, name: &str) -> Figure {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"54\" viewBox=\"0 0 960 540\">\
               <title>题</title><text x=\"1\" y=\"9\" font-family=\"Clustercast Sans SC\" font-weight=\"bold\">\n鄂\n</text></svg>";
    let place = Rect { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };
    Figure {
        id: id.to_owned(),
        title: format!("{name}的图"),
        caption: "怎样看图。".to_owned(),
        drawing: Drawing {
            svg: svg.to_owned(),
            size: (96.0, 54.0),
            marks: vec![Mark { place, text: format!("{name}：2027年") }],
        },
        table: table(&format!("{id}-data"), name),
    }
}

fn briefing(name: &str, lang: Lang) -> Briefing {
    Briefing {
        lang,
        title: format!("{name}的报告"),
        subtitle: format!("{name}，2024—2027年"),
        summary: [format!("按现有方案，{name}几乎不可能。"), "第二段。".to_owned()]
            .map(|text| Paragraph { text, ..Paragraph::default() })
            .into(),
        trust: vec!["需要注意：只反映抽样误差。".to_owned()],
        trust_in_brief: Vec::new(),
        scale: table("scale", "用语"),
        targets: table("targets", name),
        policies: table("policies", name),
        figures: vec![figure("fan", name)],
        column_figures: Vec::new(),
        phone_figures: Vec::new(),
        failures: vec![ChartError::Empty { chart: name.to_owned() }],
        clusters: vec![ClusterPage {
            id: "a".to_owned(),
            name: name.to_owned(),
            text: vec![format!("{name}一段。")],
            table: table("cluster-a", name),
            figure: Some(figure("cluster-a-fan", name)),
        }],
        instruments: table("instruments", name),
        assumptions: table("assumptions", name),
        evidence: table("evidence", name),
        sources: table("sources", name),
        realism: table("realism", name),
        method: vec![format!("{name}的方法。")],
        errors: table("errors", name),
        headline: Default::default(),
        reproduction: vec![("命令".to_owned(), format!("clustercast report '{name}'"))],
        ..Briefing::default()
    }
}

/// The page without style and script, which are ours.
fn body(page: &str) -> &str {
    let start = page.find("<body>").unwrap();
    let end = page.rfind("<script>").unwrap();
    &page[start..end]
}

#[test]
fn every_part_of_a_briefing_is_in_the_page_in_reading_order() {
    let page = write(&briefing("光电子", Lang::Zh)).unwrap();
    let places: Vec<_> = [
        "几乎不可能。</p>",
        "id=\"table-scale\"",
        "id=\"table-targets\"",
        "id=\"table-policies\"",
        "没有可画的数据",
        "id=\"figure-fan\"",
        "id=\"table-fan-data\"",
        "光电子一段。",
        "id=\"figure-cluster-a-fan\"",
        "id=\"table-cluster-a\"",
        "id=\"table-instruments\"",
        "id=\"table-evidence\"",
        "id=\"table-sources\"",
        "id=\"table-assumptions\"",
        "id=\"table-realism\"",
        "光电子的方法。",
        "id=\"table-errors\"",
        "clustercast report",
    ]
    .into_iter()
    .map(|part| page.find(part).unwrap_or_else(|| panic!("{part} is missing")))
    .collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(page.contains("<td class=\"n\">0.50%</td>") && page.contains("<td class=\"e\">—</td>"));
    assert!(page.starts_with("<!doctype html>\n<html lang=\"zh-CN\">"), "{}", &page[..60]);
}

#[test]
fn a_head_cannot_leave_the_style_sheet_that_names_the_cells_of_cards() {
    let mut hostile = briefing("甲", Lang::Zh);
    hostile.targets.columns[1].head = "</style><b>\"}*\\".into();
    while hostile.targets.columns.len() < 4 {
        hostile.targets.columns.push(Column::text("判断"));
        hostile.targets.rows.iter_mut().for_each(|row| row.push(Cell::text("几乎不可能")));
    }
    let page = write(&hostile).unwrap();
    let head = r#"{--h:"\3c /style\3e \3c b\3e \22 }*\5c （%）""#;
    assert!(page.contains(head));
    assert!(!page.contains("</style><b>"));
}

#[test]
fn the_same_briefing_gives_the_same_bytes() {
    for lang in [Lang::Zh, Lang::En] {
        assert_eq!(write(&briefing("甲", lang)).unwrap(), write(&briefing("甲", lang)).unwrap());
    }
}

#[test]
fn hostile_names_stay_text() {
    let page = write(&briefing(HOSTILE, Lang::Zh)).unwrap();
    let body = body(&page);
    assert!(!body.contains("<img") && !body.contains("<script") && !body.contains("</script"));
    // Nowhere do quotes of a name end an attribute.
    assert!(!body.contains("&\"") && !body.contains("'alert"), "quotes are escaped");
    assert!(body.contains("&lt;img"));
    assert_eq!(page.matches("<script").count(), 1);
}

#[test]
fn the_page_needs_nothing_from_outside() {
    let page = write(&briefing("甲", Lang::Zh)).unwrap();
    for outside in ["http:", "https:", "//cdn", "@import", "<link", "<iframe", "<img"] {
        let count = page.matches(outside).count();
        assert_eq!(count, 0, "{outside} leads out of the page");
    }
    assert_eq!(page.matches("url(").count(), 2, "two fonts");
    assert_eq!(page.matches("url(data:font/woff;base64,").count(), 2);
}

#[test]
fn an_empty_briefing_has_no_empty_sections() {
    let page =
        write(&Briefing { lang: Lang::En, title: "Nothing".to_owned(), ..Briefing::default() }).unwrap();
    assert!(page.contains("<html lang=\"en\">"));
    assert_eq!(body(&page).matches("<section").count(), 1, "the summary alone");
    assert!(!body(&page).contains("<table"));
}

#[test]
fn a_broken_picture_is_named_and_not_dropped() {
    let mut broken = briefing("甲", Lang::Zh);
    broken.figures[0].drawing.svg = "no picture".to_owned();
    let page = write(&broken).unwrap();
    assert!(page.contains("<li>甲的图</li>") && !page.contains("id=\"figure-fan\""));
}

#[test]
fn every_identifier_is_unique_and_every_reference_leads_somewhere() {
    let page = write(&briefing("甲", Lang::Zh)).unwrap();
    let values = |attribute: &str| -> Vec<String> {
        let rest = body(&page).split(attribute).skip(1);
        rest.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    let mut ids = values(" id=\"");
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "{ids:?}");
    for reference in values("href=\"#").iter().chain(&values("aria-labelledby=\"")) {
        assert!(ids.contains(reference), "{reference}");
    }
}

#[test]
fn lines_end_between_the_parts_of_identifiers_and_subtitles() {
    let mut long = briefing("光电子", Lang::Zh);
    long.subtitle = "湖北省 · 2024—2027年".into();
    let row = ["instrument.fund-1.capacity", "2027.5", "some words.and more", "a..b.cdefghijkl"];
    long.assumptions.rows[0] = row.map(Cell::text).to_vec();
    long.assumptions.columns = row.map(Column::text).to_vec();
    let page = write(&long).unwrap();
    assert!(page.contains("instrument.<wbr>fund-<wbr>1.<wbr>capacity</th>"), "identifier");
    for whole in ["2027.5</td>", "some words.and more</td>", "a..b.cdefghijkl</td>"] {
        assert!(page.contains(&format!(">{whole}")), "{whole}");
    }
    assert!(page.contains("<span>湖北省 · </span><span>2024—2027年</span>"), "subtitle");
}
