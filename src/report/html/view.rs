//! A briefing in the form that the template reads: finished texts, no numbers.

use serde::Serialize;

use super::labels::Labels;
use super::picture::{self, Picture};
use crate::report::briefing::{Briefing, Cell, ClusterPage, DataTable, Figure};
use crate::text::Lang;

/// From this many characters on, a text gets a column that does not break it at every other character.
const LONG: usize = 14;
/// Codes of no more characters are kept on one line; the day of a date has ten.
const CODE: usize = 10;
/// A unit of no more characters is not torn either.
const UNIT: usize = 3;
/// Sections with tables of more columns are printed across the page.
const PORTRAIT_COLUMNS: usize = 7;
/// Tables of words or chances with more columns are told row by row on narrow screens.
const NARROW_COLUMNS: usize = 3;
/// Tables of no more rows stay on one page.
const SHORT_TABLE: usize = 12;

/// The page.
#[derive(Serialize)]
pub(super) struct View<'a> {
    title: &'a str,
    /// What a line may end between.
    subtitle: Vec<&'a str>,
    summary: Vec<&'a str>,
    trust: &'a [String],
    scale: Table<'a>,
    targets: Table<'a>,
    policies: Table<'a>,
    figures: Vec<Chart<'a>>,
    failures: Vec<String>,
    clusters: Vec<Cluster<'a>>,
    instruments: Table<'a>,
    evidence: Table<'a>,
    sources: Table<'a>,
    assumptions: Table<'a>,
    changes: Table<'a>,
    realism: Table<'a>,
    method: &'a [String],
    errors: Table<'a>,
    reproduction: &'a [(String, String)],
    sections: Vec<Section<'a>>,
}

/// An entry of the table of contents.
#[derive(Serialize)]
struct Section<'a> {
    id: &'a str,
    name: &'a str,
    /// Whether it is printed across the page.
    across: bool,
    parts: Vec<(String, &'a str)>,
}

#[derive(Serialize)]
struct Table<'a> {
    id: &'a str,
    title: &'a str,
    /// Whether it has too many columns for a page upright.
    wide: bool,
    /// Whether it has few rows.
    short: bool,
    /// Whether a narrow screen shows each row as a card, so that nothing stands beyond its edge.
    cards: bool,
    heads: Vec<Head>,
    rows: Vec<Vec<Entry>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Head {
    text: String,
    class: &'static str,
    /// The text as a string of the style sheet, which names the cells of cards.
    quoted: String,
}

#[derive(Serialize)]
struct Entry {
    text: String,
    class: &'static str,
    /// Of a long identifier, what a line may end between; else empty.
    parts: Vec<String>,
}

#[derive(Serialize)]
struct Chart<'a> {
    id: &'a str,
    /// Number of the chart in the whole page.
    number: usize,
    title: &'a str,
    caption: &'a str,
    picture: Picture,
    /// The same, drawn for narrow screens.
    narrow: Option<Picture>,
    table: Table<'a>,
}

#[derive(Serialize)]
struct Cluster<'a> {
    id: &'a str,
    name: &'a str,
    text: &'a [String],
    table: Table<'a>,
    figure: Option<Chart<'a>>,
}

/// The view of `briefing`. A picture that is no SVG document is named among the failures.
pub(super) fn of<'a>(briefing: &'a Briefing, labels: &'a Labels) -> View<'a> {
    let lang = briefing.lang;
    let mut failures: Vec<String> =
        briefing.failures.iter().map(|failure| failure.text().get(lang).to_owned()).collect();
    let mut number = 0;
    let mut chart = |figure: &'a Figure| match picture::of(&figure.drawing) {
        Ok(picture) => {
            number += 1;
            let table = table(&figure.table, lang);
            let narrow = briefing.phone_figures.iter().find(|other| other.id == figure.id);
            Some(Chart {
                id: &figure.id,
                number,
                title: &figure.title,
                caption: &figure.caption,
                picture,
                narrow: narrow.and_then(|other| picture::of(&other.drawing).ok()),
                table,
            })
        }
        Err(_) => {
            failures.push(figure.title.clone());
            None
        }
    };
    let figures: Vec<_> = briefing.figures.iter().filter_map(&mut chart).collect();
    let clusters: Vec<_> = briefing.clusters.iter().map(|page| cluster(page, lang, &mut chart)).collect();
    let mut view = View {
        title: &briefing.title,
        subtitle: briefing.subtitle.split(" · ").filter(|part| !part.is_empty()).collect(),
        summary: briefing.summary.iter().map(|paragraph| paragraph.text.as_str()).collect(),
        trust: &briefing.trust,
        scale: table(&briefing.scale, lang),
        targets: table(&briefing.targets, lang),
        policies: table(&briefing.policies, lang),
        figures,
        failures,
        clusters,
        instruments: table(&briefing.instruments, lang),
        evidence: table(&briefing.evidence, lang),
        sources: table(&briefing.sources, lang),
        assumptions: table(&briefing.assumptions, lang),
        changes: table(&briefing.changes, lang),
        realism: table(&briefing.realism, lang),
        method: &briefing.method,
        errors: table(&briefing.errors, lang),
        reproduction: &briefing.reproduction,
        sections: Vec::new(),
    };
    view.sections = sections(&view, labels);
    view
}

/// The sections that have something to say, in reading order.
fn sections<'a>(view: &View<'a>, labels: &'a Labels) -> Vec<Section<'a>> {
    let charts = view.figures.iter().map(|figure| (format!("chart-{}", figure.id), figure.title)).collect();
    let clusters = view.clusters.iter().map(|page| (format!("cluster-{}", page.id), page.name)).collect();
    let section = |id: &'static str, present: bool, tables: &[&Table<'_>]| {
        let across = tables.iter().any(|table| table.wide);
        let filled = tables.iter().any(|table| !table.rows.is_empty());
        (present || filled).then(|| Section { id, name: &labels[id], across, parts: Vec::new() })
    };
    let with = |section: Option<Section<'a>>, parts| section.map(|section| Section { parts, ..section });
    let some_chart = !view.figures.is_empty() || !view.failures.is_empty();
    [
        section("summary", true, &[]),
        section("targets", false, &[&view.targets]),
        section("policies", false, &[&view.policies]),
        with(section("charts", some_chart, &[]), charts),
        with(section("clusters", !view.clusters.is_empty(), &[]), clusters),
        section("instruments", false, &[&view.instruments]),
        section("assumptions", false, &[&view.evidence, &view.sources, &view.assumptions, &view.changes]),
        section("realism", false, &[&view.realism]),
        section("method", !view.method.is_empty(), &[&view.errors]),
        section("reproduction", !view.reproduction.is_empty(), &[]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn cluster<'a>(
    page: &'a ClusterPage,
    lang: Lang,
    chart: &mut impl FnMut(&'a Figure) -> Option<Chart<'a>>,
) -> Cluster<'a> {
    Cluster {
        id: &page.id,
        name: &page.name,
        text: &page.text,
        table: table(&page.table, lang),
        figure: page.figure.as_ref().and_then(chart),
    }
}

fn table(table: &DataTable, lang: Lang) -> Table<'_> {
    let heads = table.columns.iter().enumerate().map(|(index, column)| {
        let text = column.full_head(lang);
        let long = table.rows.iter().any(|row| matches!(row.get(index), Some(Cell::Text(t)) if is_long(t)));
        let class = match (column.numeric, long) {
            (true, _) => "n",
            (false, true) => "long",
            (false, false) => "",
        };
        Head { quoted: style_string(&text), text, class }
    });
    let row = |row: &Vec<Cell>| row.iter().map(|cell| entry(cell, lang)).collect();
    let is_chance = |cell: &Cell| matches!(cell, Cell::Chance { .. });
    let tells = table.columns.iter().skip(1).any(|column| !column.numeric)
        || table.rows.iter().flatten().any(is_chance);
    Table {
        id: &table.id,
        title: &table.title,
        wide: table.columns.len() > PORTRAIT_COLUMNS,
        short: table.rows.len() <= SHORT_TABLE,
        cards: tells && table.columns.len() > NARROW_COLUMNS,
        heads: heads.collect(),
        rows: table.rows.iter().map(row).collect(),
        notes: &table.notes,
    }
}

fn entry(cell: &Cell, lang: Lang) -> Entry {
    let class = match cell {
        Cell::Text(text) if text.is_empty() => "e",
        Cell::Text(text) if is_code(text) || text.chars().count() <= UNIT => "w",
        Cell::Text(_) | Cell::Told(..) => "",
        Cell::Empty => "e",
        Cell::Chance { .. } => "n p",
        _ => "n",
    };
    let parts = match cell {
        Cell::Text(text) if is_identifier(text) => {
            text.split_inclusive(['.', '-', '_']).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    let class = if parts.is_empty() { class } else { "i" };
    Entry { text: cell.shown(lang), class, parts }
}

/// `text` as a string of a style sheet that stands inside a page: everything that could end either is written as a code.
fn style_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '>' | '&' | '\u{0}'..='\u{1f}' => {
                out.push_str(&format!("\\{:x} ", u32::from(c)))
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a text is an identifier of several parts, which ends a line between them and not inside a word.
fn is_identifier(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric());
    text.chars().count() > CODE && text.contains(['.', '-', '_']) && text.split(['.', '-', '_']).all(is_part)
}

/// Whether a text is a date or another short code, which a line break would tear apart.
fn is_code(text: &str) -> bool {
    text.chars().count() <= CODE && text.chars().all(|c| c.is_ascii_graphic() || c == '–')
}

fn is_long(text: &str) -> bool {
    text.chars().count() >= LONG
}
