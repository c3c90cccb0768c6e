//! The view through which the model reads a scenario: typed access by key, faults into one sink.

use std::cell::RefCell;

use super::node::{Entry, Node, Value};
use super::number::Rule;
use super::overrides;
use super::parameters::{self, Param};
use super::provenance::{self, Provenance};
use super::quantity::{self, RawQuantity};
use super::scalar;
use crate::diag::{Diagnostic, Diagnostics, Span};
use crate::text::Text;

/// A value together with its place in the format, its name, and what it inherits.
///
/// Reading never fails: what is missing or malformed is `None`, and the fault is in the sink. A required key
/// that is missing has been reported by [`check`](super::check::check), so the reader need not report it again.
#[derive(Clone, Debug)]
pub struct View<'a> {
    node: &'a Node,
    key_span: Option<Span>,
    rule: Option<Rule>,
    pattern: String,
    name: String,
    inherited: Provenance,
    sink: &'a RefCell<Diagnostics>,
}

impl<'a> View<'a> {
    /// The view of a whole file.
    pub fn root(node: &'a Node, sink: &'a RefCell<Diagnostics>) -> Self {
        let inherited = Provenance::default().within(node);
        let (pattern, name) = (String::new(), String::new());
        Self { node, key_span: None, rule: None, pattern, name, inherited, sink }
    }

    /// The value itself.
    pub fn node(&self) -> &'a Node {
        self.node
    }

    /// Pattern of this place in the parameter table (`cluster[].mix.*`); empty for the whole file.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Path with ids (`cluster.wuhan.base`), the name under which a quantity is drawn; empty for the whole file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The row of the parameter table for this place.
    pub fn param(&self) -> Option<&'static Param> {
        parameters::param(&self.pattern)
    }

    /// Where the value is written.
    pub fn span(&self) -> Span {
        self.node.span
    }

    /// Where `key` is written in this table, or this table's own place if it is not there.
    pub fn key_span(&self, key: &str) -> Span {
        self.node.entry(key).map_or(self.own_key_span(), |entry| entry.key_span)
    }

    /// Where the key of this value is written; for an item of a list, the item's place.
    pub fn own_key_span(&self) -> Span {
        self.key_span.unwrap_or(self.node.span)
    }

    /// Source, grade and note that hold here.
    pub fn provenance(&self) -> &Provenance {
        &self.inherited
    }

    /// Adds a fault.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.sink.borrow_mut().push(diagnostic);
    }

    /// Whether a fault with this code has been reported at this very place.
    pub fn has_reported(&self, code: &str, span: Span) -> bool {
        self.sink.borrow().iter().any(|fault| fault.code == code && fault.span == Some(span))
    }

    /// Whether any fault so far is an error.
    pub fn has_errors(&self) -> bool {
        self.sink.borrow().has_errors()
    }

    /// Whether `key` is written in this table.
    pub fn has(&self, key: &str) -> bool {
        self.node.entry(key).is_some()
    }

    /// Whether a list without any item is written under `key`.
    pub fn has_empty_list(&self, key: &str) -> bool {
        self.node.get(key).is_some_and(|node| matches!(&node.value, Value::Array(items) if items.is_empty()))
    }

    /// The value under `key`.
    pub fn child(&self, key: &str) -> Option<View<'a>> {
        self.node.entry(key).map(|entry| self.below(entry))
    }

    /// The items of the array of tables under `key`; items that are no tables are left out.
    pub fn items(&self, key: &str) -> Vec<View<'a>> {
        let Some(array) = self.child(key) else { return Vec::new() };
        let tables = array.node.items().iter().enumerate().filter(|(_, item)| item.is_table());
        tables.map(|(index, item)| array.item(index, item)).collect()
    }

    /// The entries of the table with free keys under `key`.
    pub fn entries(&self, key: &str) -> Vec<(String, Span, View<'a>)> {
        let Some(table) = self.child(key) else { return Vec::new() };
        let entries = table.node.entries().iter().filter(|entry| !is_provenance(&table.pattern, &entry.key));
        entries.map(|entry| (entry.key.clone(), entry.key_span, table.below(entry))).collect()
    }

    /// The changes of `set`, `scale` or `shift` under `key`: quantity path, its place, new value.
    ///
    /// Paths may be written quoted (`"nation.trend" = …`) or as nested tables. Paths that lead to no quantity have
    /// been reported by the check and are left out.
    pub fn overrides(&self, key: &str) -> Vec<(String, Span, View<'a>)> {
        let Some(table) = self.child(key) else { return Vec::new() };
        let mut found = Vec::new();
        for change in overrides::overrides(table.node) {
            let Some(rule) = change.rule(key) else { continue };
            let view = View {
                node: change.node,
                key_span: Some(change.key_span),
                rule: Some(rule),
                pattern: format!("{}.*", table.pattern),
                name: format!("{}.{}", table.name, change.path),
                inherited: table.inherited.within(change.node),
                sink: self.sink,
            };
            found.push((change.path, change.key_span, view));
        }
        found
    }

    /// The text under `key`, in both languages.
    pub fn text(&self, key: &str) -> Option<Text> {
        self.node.get(key)?.as_text()
    }

    /// The string under `key` with its place: ids, references, choices, documents.
    pub fn string(&self, key: &str) -> Option<(String, Span)> {
        self.child(key)?.as_string()
    }

    /// This value as a string.
    pub fn as_string(&self) -> Option<(String, Span)> {
        self.node.as_str().map(|text| (text.trim().to_owned(), self.node.span))
    }

    /// The strings of the list under `key` with their places; a single string counts as a list of one.
    pub fn strings(&self, key: &str) -> Vec<(String, Span)> {
        let Some(node) = self.node.get(key) else { return Vec::new() };
        let one = std::slice::from_ref(node);
        let items = if node.as_str().is_some() { one } else { node.items() };
        items
            .iter()
            .filter_map(|item| item.as_str().map(|text| (text.trim().to_owned(), item.span)))
            .collect()
    }

    /// The quantity under `key`.
    pub fn quantity(&self, key: &str) -> Option<RawQuantity> {
        self.child(key)?.as_quantity()
    }

    /// This value as a quantity of the unit and range that the parameter table states for its place.
    pub fn as_quantity(&self) -> Option<RawQuantity> {
        let rule = self.rule.or_else(|| self.param().and_then(Rule::of))?;
        match quantity::parse_quantity(self.node, &self.name, &rule, &self.inherited) {
            Ok((quantity, warnings)) => {
                self.sink.borrow_mut().extend(warnings);
                Some(quantity)
            }
            Err(faults) => {
                self.sink.borrow_mut().extend(faults);
                None
            }
        }
    }

    /// The certain number under `key`, in the base unit.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.child(key)?.as_number()
    }

    /// This value as a certain number in the base unit.
    pub fn as_number(&self) -> Option<f64> {
        self.as_quantity()?.point()
    }

    /// The whole number under `key`.
    pub fn integer(&self, key: &str) -> Option<i64> {
        let view = self.child(key)?;
        view.take(scalar::integer(view.node, view.param()?))
    }

    /// The flag under `key`.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.node.get(key)?.value {
            Value::Bool(flag) => Some(flag),
            _ => None,
        }
    }

    /// The calendar year under `key`.
    pub fn year(&self, key: &str) -> Option<i32> {
        let view = self.child(key)?;
        view.take(scalar::year(view.node))
    }

    /// The first and the last year of the pair under `key`.
    pub fn year_pair(&self, key: &str) -> Option<(i32, i32)> {
        let view = self.child(key)?;
        view.take(scalar::year_pair(view.node))
    }

    /// The entries of the by-year table under `key`, in ascending order of years.
    pub fn years(&self, key: &str) -> Vec<(i32, View<'a>)> {
        let entries = self.entries(key).into_iter();
        let mut years: Vec<_> = entries
            .filter_map(|(year, span, view)| Some((view.take(scalar::year_key(&year, span))?, view)))
            .collect();
        years.sort_by_key(|(year, _)| *year);
        years
    }

    fn take<T>(&self, read: Result<T, Box<Diagnostic>>) -> Option<T> {
        read.map_err(|fault| self.report(*fault)).ok()
    }

    fn below(&self, entry: &'a Entry) -> View<'a> {
        let dot = if self.name.is_empty() { "" } else { "." };
        let pattern = match parameters::pattern_of(&self.pattern, &entry.key) {
            Some(row) => row.path.to_owned(),
            None => format!("{}{dot}{}", self.pattern, entry.key),
        };
        View {
            node: &entry.value,
            key_span: Some(entry.key_span),
            rule: None,
            pattern,
            name: format!("{}{dot}{}", self.name, entry.key),
            inherited: self.inherited.within(&entry.value),
            sink: self.sink,
        }
    }

    /// The item of an array of tables, named by its id or else by its number counted from 1.
    fn item(&self, index: usize, item: &'a Node) -> View<'a> {
        let id = item.get("id").and_then(Node::as_str).map_or_else(|| (index + 1).to_string(), str::to_owned);
        View {
            node: item,
            key_span: None,
            rule: None,
            pattern: self.pattern.clone(),
            name: format!("{}.{id}", self.name),
            inherited: self.inherited.within(item),
            sink: self.sink,
        }
    }
}

/// Whether `key` states provenance in the table at `pattern` rather than being an entry of it.
pub(super) fn is_provenance(pattern: &str, key: &str) -> bool {
    provenance::KEYS.contains(&key) && parameters::param(&format!("{pattern}.{key}")).is_none()
}
