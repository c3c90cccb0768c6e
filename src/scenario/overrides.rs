//! Changes of policies and worlds: `set`, `scale` and `shift` tables flattened to quantity paths.

use super::family::is_quantity_table;
use super::node::Node;
use super::number::Rule;
use super::parameters::{Range, quantity_param};
use super::provenance;
use crate::diag::Span;
use crate::units::UnitKind;

/// One change of `set`, `scale` or `shift`.
#[derive(Clone, Debug, PartialEq)]
pub struct Change<'a> {
    /// The quantity path.
    pub path: String,
    /// Where the path is written (its last part if it is written as nested tables).
    pub key_span: Span,
    /// The new value, factor or addend.
    pub node: &'a Node,
}

impl Change<'_> {
    /// What the value must obey under `verb` (`set`, `scale` or `shift`); `None` if the path leads to no quantity.
    pub fn rule(&self, verb: &str) -> Option<Rule> {
        let rule = Rule::of(quantity_param(&self.path)?)?;
        let certain = Rule { uncertain: false, range: None, plausible: None, ..rule };
        Some(match verb {
            "set" => rule,
            "scale" => Rule { unit: UnitKind::Number, range: Some(Range::closed(0.0, 1e6)), ..certain },
            _ => certain,
        })
    }
}

/// The changes written in `table`, nested tables flattened to dotted paths, in the order in which they are written.
pub fn overrides(table: &Node) -> Vec<Change<'_>> {
    let mut changes = Vec::new();
    collect(table, "", &mut changes);
    changes
}

fn collect<'a>(table: &'a Node, prefix: &str, changes: &mut Vec<Change<'a>>) {
    for entry in table.entries() {
        if provenance::KEYS.contains(&entry.key.as_str()) {
            continue;
        }
        let dot = if prefix.is_empty() { "" } else { "." };
        let path = format!("{prefix}{dot}{}", entry.key);
        if entry.value.is_table() && !is_quantity_table(&entry.value) {
            collect(&entry.value, &path, changes);
        } else {
            changes.push(Change { path, key_span: entry.key_span, node: &entry.value });
        }
    }
}
