//! What stands in the cells of tables: the way from a place in a table back to the key and the row it became.

use std::collections::{HashMap, HashSet};

use crate::diag::{FileId, Layout, Sources, Span};
use crate::scenario::node::{Node, Value};
use crate::scenario::parameters::{self, Kind, Param, Reference};
use crate::scenario::provenance;

/// What a cell became.
#[derive(Clone, Debug)]
pub struct Place {
    /// Pattern of its key: `firm[].revenue`, `cluster[].mix.*`.
    pub pattern: String,
    /// Path of its value with ids in the place of `[]`.
    pub path: String,
    /// The row of the parameter table; `None` for provenance.
    pub param: Option<&'static Param>,
    /// What it refers to, if it is a reference.
    pub reference: Option<Reference>,
}

/// A table of the tree that came from a row, whole or in part.
#[derive(Clone, Debug)]
pub struct Part<'t> {
    /// Its pattern: `firm[]`, `instrument[].money`.
    pub pattern: String,
    /// The table.
    pub node: &'t Node,
}

/// The places that faults name.
pub struct Places<'t> {
    tables: HashSet<FileId>,
    wanted: HashSet<(FileId, u32)>,
    cells: HashMap<Span, Place>,
    parts: HashMap<(FileId, u32), Vec<Part<'t>>>,
}

impl<'t> Places<'t> {
    /// What stands in the cells of the `wanted` places.
    pub fn of(root: &'t Node, sources: &Sources, wanted: impl Iterator<Item = Span>) -> Self {
        let tables = (0..).zip(sources.iter()).filter(|(_, file)| file.layout != Layout::Text);
        let tables: HashSet<FileId> = tables.map(|(id, _)| FileId(id)).collect();
        let wanted = wanted.filter(|span| tables.contains(&span.file)).map(|span| (span.file, span.start));
        let wanted = wanted.collect();
        let mut places = Self { tables, wanted, cells: HashMap::new(), parts: HashMap::new() };
        if !places.wanted.is_empty() {
            places.table(root, "", "");
        }
        places
    }

    /// Whether a place lies in a table.
    pub fn in_table(&self, span: Span) -> bool {
        self.tables.contains(&span.file)
    }

    /// What stands in the cell.
    pub fn cell(&self, span: Span) -> Option<&Place> {
        self.cells.get(&span)
    }

    /// The tables of the tree that begin with the cell in which `span` begins.
    pub fn parts(&self, span: Span) -> &[Part<'t>] {
        self.parts.get(&(span.file, span.start)).map(Vec::as_slice).unwrap_or_default()
    }

    fn wants(&self, span: Span) -> bool {
        self.wanted.contains(&(span.file, span.start))
    }

    fn table(&mut self, table: &'t Node, pattern: &str, path: &str) {
        let free = parameters::param(pattern).and_then(|row| row.keys);
        let dot = |text: &str| if text.is_empty() { "" } else { "." }.to_owned();
        for entry in table.entries() {
            let key = entry.key.as_str();
            let own = format!("{path}{}{key}", dot(path));
            let Some(row) = parameters::pattern_of(pattern, key) else {
                if provenance::KEYS.contains(&key) {
                    let pattern = format!("{pattern}{}{key}", dot(pattern));
                    let reference = (key == "source").then_some(Reference::Source);
                    self.put(&entry.value, &Place { pattern, path: own, param: None, reference });
                }
                continue;
            };
            let reference = match row.kind {
                Kind::Reference(reference) | Kind::References(reference) => Some(reference),
                _ => None,
            };
            let place =
                Place { pattern: row.path.to_owned(), path: own.clone(), param: Some(row), reference };
            match row.kind {
                Kind::Tables => {
                    for (index, inner) in entry.value.items().iter().enumerate() {
                        let id = inner.get("id").and_then(Node::as_str).map(str::to_owned);
                        let id = id.unwrap_or_else(|| (index + 1).to_string());
                        self.part(inner.span, row.path, inner);
                        self.table(inner, row.path, &format!("{own}.{id}"));
                    }
                }
                Kind::Table => {
                    self.part(entry.key_span, row.path, &entry.value);
                    self.table(&entry.value, row.path, &own);
                }
                _ => self.put(&entry.value, &place),
            }
            if let Some(reference) = free
                && self.wants(entry.key_span)
                && entry.key_span != entry.value.span
            {
                self.cells.insert(entry.key_span, Place { reference: Some(reference), ..place });
            }
        }
    }

    fn part(&mut self, span: Span, pattern: &str, node: &'t Node) {
        if self.wants(span) {
            let part = Part { pattern: pattern.to_owned(), node };
            self.parts.entry((span.file, span.start)).or_default().push(part);
        }
    }

    fn put(&mut self, node: &Node, place: &Place) {
        if self.wants(node.span) {
            let known = self.cells.entry(node.span).or_insert_with(|| place.clone());
            // what an entry of the catalogue brings has the place of the cell that names the entry
            if place.pattern == "instrument[].entry" {
                known.clone_from(place);
            }
        }
        match &node.value {
            Value::Array(items) => items.iter().for_each(|item| self.put(item, place)),
            Value::Table(entries) => {
                for entry in entries {
                    let mut inner = place.clone();
                    if provenance::KEYS.contains(&entry.key.as_str()) {
                        inner.pattern = format!("{}.{}", place.pattern, entry.key);
                        inner.param = None;
                        inner.reference = (entry.key == "source").then_some(Reference::Source);
                    }
                    self.put(&entry.value, &inner);
                }
            }
            _ => {}
        }
    }
}
