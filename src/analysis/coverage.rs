//! Which statements, clusters and instruments of the documents the scenarios use, which they leave out and why.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::scenario::coverage::{DOCUMENTS, ITEMS, Item, Kind, List, document_name};
use crate::text::Text;

/// Name and version of the JSON form.
pub const SCHEMA: &str = "clustercast-coverage/1";

/// An entry of a scenario file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Name of the file.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Path of the entry with ids (`target.revenue-2500`).
    pub entry: String,
}

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Cited by an entry, or, for an instrument, made an entry of the catalogue.
    Used,
    /// Not cited; the table gives the reason.
    Excused,
    /// Neither cited nor excused.
    NeverCited,
    /// Cited although the table gives a reason why it has no meaning.
    Contradiction,
}

impl State {
    /// All states, in the order in which they are counted.
    pub const ALL: [Self; 4] = [Self::Used, Self::Excused, Self::NeverCited, Self::Contradiction];
}

/// An item with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// The table.
    pub list: List,
    /// Id of the item.
    pub id: String,
    /// Id of its document.
    pub document: String,
    /// Where in the document it stands.
    pub section: String,
    /// Kind of a statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// What it says.
    pub title: Text,
    /// Further columns of its table.
    pub facts: BTreeMap<&'static str, Text>,
    /// What became of it.
    pub state: State,
    /// Why it carries no meaning for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// Whether it is an entry of the catalogue of instruments.
    pub in_catalogue: bool,
    /// The entries that cite it, without repetition, in the order of files and lines.
    pub cited_by: Vec<Place>,
}

/// How many items there are, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All of them.
    pub total: usize,
    /// Of which used.
    pub used: usize,
    /// Of which left out with a reason.
    pub excused: usize,
    /// Of which neither.
    pub never_cited: usize,
    /// Of which both.
    pub contradictions: usize,
}

/// The counts of one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListCounts {
    /// The table.
    pub list: List,
    /// Its counts.
    #[serde(flatten)]
    pub counts: Counts,
}

/// The counts of one document, and for statements of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupCounts {
    /// The table.
    pub list: List,
    /// Id of the document.
    pub document: String,
    /// Name of the document.
    pub document_name: Text,
    /// Kind of the statements; none for clusters and instruments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Their counts.
    #[serde(flatten)]
    pub counts: Counts,
}

/// The coverage of the documents by a set of scenario files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Whether everything is either used or excused, and nothing both.
    pub complete: bool,
    /// The scenario files that were looked at.
    pub files: Vec<String>,
    /// Counts of each table.
    pub lists: Vec<ListCounts>,
    /// Counts by table, document and kind; empty groups are left out.
    pub groups: Vec<GroupCounts>,
    /// Every item, in the order of the tables.
    pub items: Vec<Covered>,
}

/// The coverage by `cited` (pairs of a cited id and its place, in any order) in `files`; `catalogue` holds the ids of
/// the entries of the catalogue of instruments.
///
/// Ids that no table has are left out: the check of the file has reported them.
pub fn coverage(files: Vec<String>, cited: &[(String, Place)], catalogue: &[&str]) -> Coverage {
    let mut places: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for (id, place) in cited {
        places.entry(id).or_default().push(place.clone());
    }
    let items: Vec<Covered> = ITEMS
        .iter()
        .map(|item| {
            let mut cited_by = places.remove(item.id.as_str()).unwrap_or_default();
            // A file and one that extends or includes it show the same line; the latter may put the province's id
            // before that of the entry, so the shorter path is the one written there.
            cited_by.sort_by(|a, b| {
                let key = |place: &Place| (place.line, place.entry.len());
                (&a.file, key(a), &a.entry).cmp(&(&b.file, key(b), &b.entry))
            });
            cited_by.dedup_by(|later, first| later.file == first.file && later.line == first.line);
            covered(item, cited_by, catalogue.contains(&item.id.as_str()))
        })
        .collect();
    let lists = List::ALL.map(|list| ListCounts { list, counts: count(&items, |item| item.list == list) });
    let complete = lists.iter().all(|list| list.counts.never_cited + list.counts.contradictions == 0);
    let groups = groups(&items);
    Coverage { schema: SCHEMA, complete, files, lists: lists.to_vec(), groups, items }
}

fn covered(item: &Item, cited_by: Vec<Place>, in_catalogue: bool) -> Covered {
    let state = match (!cited_by.is_empty() || in_catalogue, item.unused.is_some()) {
        (true, false) => State::Used,
        (false, true) => State::Excused,
        (false, false) => State::NeverCited,
        (true, true) => State::Contradiction,
    };
    Covered {
        list: item.list,
        id: item.id.clone(),
        document: item.document.clone(),
        section: item.section.clone(),
        kind: item.kind,
        title: item.title.clone(),
        facts: item.facts.iter().cloned().collect(),
        state,
        reason: item.unused.clone(),
        in_catalogue,
        cited_by,
    }
}

fn count(items: &[Covered], belongs: impl Fn(&Covered) -> bool) -> Counts {
    let mut counts = Counts::default();
    for item in items.iter().filter(|item| belongs(item)) {
        counts.total += 1;
        match item.state {
            State::Used => counts.used += 1,
            State::Excused => counts.excused += 1,
            State::NeverCited => counts.never_cited += 1,
            State::Contradiction => counts.contradictions += 1,
        }
    }
    counts
}

fn groups(items: &[Covered]) -> Vec<GroupCounts> {
    let mut groups = Vec::new();
    for list in List::ALL {
        for (document, ..) in DOCUMENTS {
            let kinds: Vec<Option<Kind>> = match list {
                List::Statement => Kind::ALL.map(Some).to_vec(),
                _ => vec![None],
            };
            for kind in kinds {
                let belongs =
                    |item: &Covered| item.list == list && item.document == document && item.kind == kind;
                let counts = count(items, belongs);
                if counts.total > 0 {
                    let document_name = document_name(document);
                    groups.push(GroupCounts { list, document: document.into(), document_name, kind, counts });
                }
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: usize) -> Place {
        Place { file: "a.toml".into(), line, entry: "target.x".into() }
    }

    fn found<'c>(coverage: &'c Coverage, id: &str) -> &'c Covered {
        coverage.items.iter().find(|item| item.id == id).expect("an item")
    }

    #[test]
    fn an_item_is_used_excused_both_or_neither() {
        let cited = [("HB48-002", 9), ("HB48-002", 3), ("HB48-002", 9), ("HB48-019", 4), ("CL-HB48-01", 5)];
        let mut cited = cited.map(|(id, line)| (id.to_owned(), place(line)));
        cited[0].1.entry = "target.hubei-x".into();
        let coverage = coverage(vec!["a.toml".into()], &cited, &["IN-HB48-21"]);
        assert_eq!(found(&coverage, "HB48-002").cited_by, [place(3), place(9)]);
        let states =
            ["HB48-002", "HB48-003", "HB48-001", "HB48-019", "CL-HB48-01", "IN-HB48-21", "IN-HB48-20"]
                .map(|id| found(&coverage, id).state);
        use State::{Contradiction, Excused, NeverCited, Used};
        assert_eq!(states, [Used, NeverCited, Excused, Contradiction, Used, Used, NeverCited]);
        assert!(!coverage.complete);
        let counts = coverage.lists[0].counts;
        assert_eq!((counts.total, counts.used, counts.contradictions), (142, 1, 1));
        assert_eq!((coverage.lists[1].counts.used, coverage.lists[2].counts.used), (1, 1));
    }

    #[test]
    fn coverage_is_complete_when_everything_without_a_reason_is_cited() {
        let cite = |item: &&Item| item.unused.is_none();
        let all: Vec<(String, Place)> =
            ITEMS.iter().filter(cite).map(|item| (item.id.clone(), place(1))).collect();
        assert!(coverage(Vec::new(), &all, &[]).complete);
        assert!(!coverage(Vec::new(), &all[1..], &[]).complete);
    }

    #[test]
    fn groups_add_up_to_the_lists() {
        let coverage = coverage(Vec::new(), &[], &[]);
        for list in &coverage.lists {
            let groups = coverage.groups.iter().filter(|group| group.list == list.list);
            assert_eq!(groups.map(|group| group.counts.total).sum::<usize>(), list.counts.total);
        }
    }
}
