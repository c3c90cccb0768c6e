//! What the source documents say: every quantified statement, cluster and instrument, in the project's own words.
//!
//! The tables lie in `scenarios/coverage/` and are part of the program, so that a `cites` can be checked and
//! coverage can be told anywhere.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::text::Text;

const STATEMENTS: &str = include_str!("../../scenarios/coverage/statements.csv");
const CLUSTERS: &str = include_str!("../../scenarios/coverage/clusters.csv");
const INSTRUMENTS: &str = include_str!("../../scenarios/coverage/instruments.csv");

/// The documents in the order of the tables: id, Chinese name, English name.
pub const DOCUMENTS: [(&str, &str, &str); 5] = [
    ("HB48", "鄂政办发〔2024〕48号", "Hubei opinions No. 48 of 2024"),
    ("HBNEWS", "湖北意见的新闻转述", "News item on the Hubei opinions"),
    ("HB701", "湖北政协第701号提案答复", "Hubei reply to proposal 701"),
    ("ZJ22", "浙江行动方案（2022—2024年）", "Zhejiang plan 2022-2024"),
    ("AH11", "皖政办〔2024〕11号", "Anhui document No. 11 of 2024"),
];

/// Which of the tables an item stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum List {
    /// Quantified statements.
    Statement,
    /// Named clusters, parks, chains and the like.
    Cluster,
    /// Policy instruments.
    Instrument,
}

impl List {
    /// All tables, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Statement, Self::Cluster, Self::Instrument];

    /// What its items are called.
    pub fn name(self) -> Text {
        match self {
            Self::Statement => Text::new("数量表述", "statements"),
            Self::Cluster => Text::new("集群与园区", "clusters"),
            Self::Instrument => Text::new("政策工具", "instruments"),
        }
    }
}

/// What a statement does in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something to be reached.
    Target,
    /// A present state.
    Baseline,
    /// Money, reach or trigger of a policy tool.
    PolicyInstrument,
    /// How often something happens.
    EventRate,
    /// A date, a number of a document, a list of names.
    Other,
}

impl Kind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::Target, Self::Baseline, Self::PolicyInstrument, Self::EventRate, Self::Other];

    /// The name for readers.
    pub fn name(self) -> Text {
        match self {
            Self::Target => Text::new("目标", "target"),
            Self::Baseline => Text::new("现状", "baseline"),
            Self::PolicyInstrument => Text::new("政策工具", "policy instrument"),
            Self::EventRate => Text::new("发生频次", "event rate"),
            Self::Other => Text::new("其他", "other"),
        }
    }
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The table.
    pub list: List,
    /// Id by which scenarios cite it; it begins with that of its document (`HB48-002`, `CL-…`, `IN-…`).
    pub id: String,
    /// Id of the document, one of [`DOCUMENTS`].
    pub document: String,
    /// Where in the document it stands, as the document counts.
    pub section: String,
    /// Kind of a statement; none for clusters and instruments.
    pub kind: Option<Kind>,
    /// What it says, in short.
    pub title: Text,
    /// Further columns by name, those that are not empty: figure, unit and year of a statement; type, cities, focus and
    /// stated size or target of a cluster; category and stated amount of an instrument.
    pub facts: Vec<(&'static str, Text)>,
    /// Why it carries no meaning for the model; none if it is to be used.
    pub unused: Option<Text>,
}

/// All items: statements, clusters, instruments, each in the order of its table.
pub static ITEMS: LazyLock<Vec<Item>> = LazyLock::new(|| {
    let statements = rows::<StatementRow>(STATEMENTS).into_iter().map(StatementRow::item);
    let clusters = rows::<ClusterRow>(CLUSTERS).into_iter().map(ClusterRow::item);
    let instruments = rows::<InstrumentRow>(INSTRUMENTS).into_iter().map(InstrumentRow::item);
    statements.chain(clusters).chain(instruments).collect()
});

static BY_ID: LazyLock<BTreeMap<&'static str, &'static Item>> =
    LazyLock::new(|| ITEMS.iter().map(|item| (item.id.as_str(), item)).collect());

/// The item with this id.
pub fn item(id: &str) -> Option<&'static Item> {
    BY_ID.get(id).copied()
}

/// The name of a document; its id if it is none of [`DOCUMENTS`].
pub fn document_name(id: &str) -> Text {
    let known = DOCUMENTS.iter().find(|(other, ..)| *other == id);
    known.map_or_else(|| Text::same(id), |(_, zh, en)| Text::new(*zh, *en))
}

/// The rows of an embedded table.
fn rows<R: DeserializeOwned>(table: &str) -> Vec<R> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("a test reads every embedded table")
}

/// Drops the facts that a table leaves empty.
fn filled<const N: usize>(facts: [(&'static str, Text); N]) -> Vec<(&'static str, Text)> {
    facts.into_iter().filter(|(_, text)| !text.zh.is_empty()).collect()
}

/// A reason, if one is given.
fn reason(zh: String, en: String) -> Option<Text> {
    (!zh.is_empty() || !en.is_empty()).then(|| Text::new(zh, en))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementRow {
    id: String,
    document: String,
    section: String,
    figure: String,
    unit_zh: String,
    unit_en: String,
    year: String,
    kind: Kind,
    statement_zh: String,
    statement_en: String,
    unused_zh: String,
    unused_en: String,
}

impl StatementRow {
    fn item(self) -> Item {
        let unit = Text::new(self.unit_zh, self.unit_en);
        Item {
            list: List::Statement,
            id: self.id,
            document: self.document,
            section: self.section,
            kind: Some(self.kind),
            title: Text::new(self.statement_zh, self.statement_en),
            facts: filled([
                ("figure", Text::same(self.figure)),
                ("unit", unit),
                ("year", Text::same(self.year)),
            ]),
            unused: reason(self.unused_zh, self.unused_en),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClusterRow {
    id: String,
    document: String,
    section: String,
    name_zh: String,
    name_en: String,
    type_zh: String,
    type_en: String,
    cities_zh: String,
    cities_en: String,
    focus_zh: String,
    focus_en: String,
    stated_zh: String,
    stated_en: String,
    unused_zh: String,
    unused_en: String,
}

impl ClusterRow {
    fn item(self) -> Item {
        Item {
            list: List::Cluster,
            id: self.id,
            document: self.document,
            section: self.section,
            kind: None,
            title: Text::new(self.name_zh, self.name_en),
            facts: filled([
                ("type", Text::new(self.type_zh, self.type_en)),
                ("cities", Text::new(self.cities_zh, self.cities_en)),
                ("focus", Text::new(self.focus_zh, self.focus_en)),
                ("stated", Text::new(self.stated_zh, self.stated_en)),
            ]),
            unused: reason(self.unused_zh, self.unused_en),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InstrumentRow {
    id: String,
    document: String,
    section: String,
    name_zh: String,
    name_en: String,
    category_zh: String,
    category_en: String,
    amount_zh: String,
    amount_en: String,
    unused_zh: String,
    unused_en: String,
}

impl InstrumentRow {
    fn item(self) -> Item {
        Item {
            list: List::Instrument,
            id: self.id,
            document: self.document,
            section: self.section,
            kind: None,
            title: Text::new(self.name_zh, self.name_en),
            facts: filled([
                ("category", Text::new(self.category_zh, self.category_en)),
                ("amount", Text::new(self.amount_zh, self.amount_en)),
            ]),
            unused: reason(self.unused_zh, self.unused_en),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_hold_all_statements_clusters_and_instruments() {
        let count = |list| ITEMS.iter().filter(|item| item.list == list).count();
        assert_eq!(List::ALL.map(count), [142, 54, 80]);
        let kind = |kind| ITEMS.iter().filter(|item| item.kind == Some(kind)).count();
        assert_eq!(Kind::ALL.map(kind), [54, 13, 26, 25, 24]);
        assert_eq!(BY_ID.len(), ITEMS.len(), "an id occurs twice");
    }

    #[test]
    fn ids_tell_list_and_document_and_count_without_gaps() {
        for list in List::ALL {
            for (document, ..) in DOCUMENTS {
                let prefix = match list {
                    List::Statement => format!("{document}-"),
                    List::Cluster => format!("CL-{document}-"),
                    List::Instrument => format!("IN-{document}-"),
                };
                let own = ITEMS.iter().filter(|item| item.list == list && item.document == document);
                for (index, item) in own.enumerate() {
                    let number = item.id.strip_prefix(&prefix).and_then(|rest| rest.parse().ok());
                    assert_eq!(number, Some(index + 1), "{}", item.id);
                }
            }
        }
        assert!(ITEMS.iter().all(|item| DOCUMENTS.iter().any(|(id, ..)| item.document == *id)));
    }

    #[test]
    fn everything_is_said_in_both_languages_and_short() {
        for item in ITEMS.iter() {
            let facts = item.facts.iter().map(|(_, text)| text);
            for text in facts.chain([&item.title]).chain(&item.unused) {
                assert!(!text.zh.trim().is_empty() && !text.en.trim().is_empty(), "{}: {text:?}", item.id);
                let chinese = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
                assert!(!text.en.contains(chinese), "{}: {}", item.id, text.en);
                assert!(text.zh.chars().count() <= 80 && text.en.len() <= 170, "{}: {text:?}", item.id);
            }
            assert!(!item.section.is_empty(), "{}", item.id);
        }
    }

    #[test]
    fn figures_are_numbers_ranges_bounds_or_dates() {
        for item in ITEMS.iter().filter(|item| item.list == List::Statement) {
            let Some((_, figure)) = item.facts.iter().find(|(key, _)| *key == "figure") else { continue };
            let bare = figure.en.trim_start_matches(['<', '>', '=', '-']);
            let parts = bare.split(['-', '+']).map(|part| part.parse::<f64>());
            assert!(parts.clone().all(|part| part.is_ok_and(|number| number >= 0.0)), "{}: {bare}", item.id);
        }
    }

    #[test]
    fn documents_and_items_are_found_by_id() {
        assert_eq!(item("HB48-002").map(|item| item.document.as_str()), Some("HB48"));
        assert!(item("HB48-999").is_none());
        assert_eq!(document_name("AH11").zh, "皖政办〔2024〕11号");
        assert_eq!(document_name("X").zh, "X");
    }
}
