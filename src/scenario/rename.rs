//! Renames ids throughout a tree: where they are declared, and wherever the parameter table says that they stand.

use std::collections::BTreeMap;

use super::node::{Entry, Node, Value};
use super::overrides::overrides;
use super::parameters::{self, Kind, Reference, param, pattern_of};
use super::provenance;
use super::references::table_of;
use super::view::is_provenance;

/// New ids by table (`cluster`, `sources`, …) and old id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Renames {
    by_table: BTreeMap<String, BTreeMap<String, String>>,
}

impl Renames {
    /// `old` of `table` is called `new` from now on.
    pub fn add(&mut self, table: &str, old: &str, new: String) {
        self.by_table.entry(table.to_owned()).or_default().insert(old.to_owned(), new);
    }

    /// Rewrites a whole file.
    pub fn apply(&self, root: &mut Node) {
        if !self.by_table.is_empty() {
            self.table(root, "");
        }
    }

    /// The id now in force.
    fn id<'i>(&'i self, table: &str, id: &'i str) -> &'i str {
        self.by_table.get(table).and_then(|ids| ids.get(id)).map_or(id, String::as_str)
    }

    /// A reference of this kind, as it is written.
    fn reference(&self, reference: Reference, text: &str) -> String {
        let own = |table: &str, id: &str| self.id(table, id).to_owned();
        match reference {
            Reference::Scope => self.scope(text),
            Reference::Segment => match text.split_once('/') {
                Some((cluster, industry)) => {
                    format!("{}/{}", own("cluster", cluster), own("industry", industry))
                }
                None => text.to_owned(),
            },
            Reference::Reading => match text.split_once('.') {
                Some((switch, option)) => format!("{}.{option}", own("switch", switch)),
                None => text.to_owned(),
            },
            _ => own(table_of(reference), text),
        }
    }

    /// A scope or cycle: `kind.id`.
    fn scope(&self, text: &str) -> String {
        match text.split_once('.') {
            Some((kind, id)) => format!("{kind}.{}", self.id(kind, id)),
            None => text.to_owned(),
        }
    }

    /// A quantity path: the ids between its keys.
    fn path(&self, path: &str) -> String {
        let mut pattern = "";
        let mut renamed: Vec<&str> = Vec::new();
        let mut parts = path.split('.');
        while let Some(part) = parts.next() {
            let Some(row) = pattern_of(pattern, part) else {
                renamed.push(part);
                renamed.extend(parts.by_ref());
                break;
            };
            let free = (row.key() == "*").then(|| param(pattern).and_then(|table| table.keys)).flatten();
            renamed.push(free.map_or(part, |reference| self.id(table_of(reference), part)));
            if row.kind == Kind::Tables
                && let Some(id) = parts.next()
            {
                renamed.push(self.id(part, id));
            }
            pattern = row.path;
        }
        renamed.join(".")
    }

    fn table(&self, table: &mut Node, pattern: &'static str) {
        let Value::Table(entries) = &mut table.value else { return };
        let free_keys = param(pattern).and_then(|row| row.keys);
        for entry in entries {
            if is_provenance(pattern, &entry.key) {
                self.source(entry);
                continue;
            }
            if let Some(reference) = free_keys {
                entry.key = self.id(table_of(reference), &entry.key).to_owned();
            } else if matches!(pattern, "measures" | "sources") {
                entry.key = self.id(pattern, &entry.key).to_owned();
            }
            if let Some(row) = pattern_of(pattern, &entry.key) {
                self.value(&mut entry.value, row);
            }
        }
    }

    fn value(&self, node: &mut Node, row: &'static parameters::Param) {
        match row.kind {
            Kind::Table => self.table(node, row.path),
            Kind::Tables => {
                if let Value::Array(items) = &mut node.value {
                    items.iter_mut().for_each(|item| self.table(item, row.path));
                }
            }
            Kind::Id if row.parent().ends_with("[]") => {
                strings(node, &|id| self.id(row.parent().trim_end_matches("[]"), id).to_owned());
            }
            Kind::Reference(Reference::Scope) if matches!(node.value, Value::Array(_)) => {
                strings(node, &|id| self.id("cluster", id).to_owned());
            }
            Kind::Reference(reference) | Kind::References(reference) => {
                strings(node, &|id| self.reference(reference, id));
            }
            Kind::Cycles => strings(node, &|name| self.scope(name)),
            Kind::Paths => strings(node, &|path| self.path(path)),
            Kind::Overrides => {
                flatten(node);
                if let Value::Table(entries) = &mut node.value {
                    for entry in entries {
                        if !provenance::KEYS.contains(&entry.key.as_str()) {
                            entry.key = self.path(&entry.key);
                        }
                    }
                }
                self.sources(node);
            }
            Kind::Quantity(_) | Kind::QuantityOrYears(_) | Kind::Delay => self.sources(node),
            _ => {}
        }
    }

    /// The sources of a value and of everything in it.
    fn sources(&self, node: &mut Node) {
        if let Value::Table(entries) = &mut node.value {
            for entry in entries {
                self.source(entry);
                self.sources(&mut entry.value);
            }
        }
    }

    /// The ids in a `source`: the first word of every part.
    fn source(&self, entry: &mut Entry) {
        if entry.key != "source" {
            return;
        }
        let part = |part: &str| {
            let id = part.split_whitespace().next().unwrap_or_default();
            part.replacen(id, self.id("sources", id), usize::from(!id.is_empty()))
        };
        strings(&mut entry.value, &|text| {
            text.split_inclusive([';', '；'])
                .map(|whole| match whole.strip_suffix([';', '；']) {
                    Some(bare) => part(bare) + &whole[bare.len()..],
                    None => part(whole),
                })
                .collect()
        });
    }
}

/// Rewrites a string, or every string of a list.
fn strings(node: &mut Node, rewrite: &dyn Fn(&str) -> String) {
    match &mut node.value {
        Value::String(text) => *text = rewrite(text.trim()),
        Value::Array(items) => items.iter_mut().for_each(|item| strings(item, rewrite)),
        _ => {}
    }
}

/// Writes the nested tables of `set`, `scale` or `shift` as one table of dotted paths.
pub(super) fn flatten(table: &mut Node) {
    let own = table.entries().iter().filter(|entry| provenance::KEYS.contains(&entry.key.as_str()));
    let mut flat: Vec<Entry> = own.cloned().collect();
    let changes = overrides(table).into_iter();
    flat.extend(changes.map(|change| Entry {
        key: change.path,
        key_span: change.key_span,
        value: change.node.clone(),
    }));
    if table.is_table() {
        table.value = Value::Table(flat);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostics, FileId};
    use crate::scenario::syntax;

    #[test]
    fn an_id_is_renamed_wherever_it_stands() {
        let text = |fund: &str, c: &str, m: &str, s: &str| {
            format!(
                r#"
source = "{s} 1; OTHER 2"
[measures.{m}]
name = "fund"
[sources.{s}]
title = "wuhan"
[[cluster]]
id = "{c}"
name = "wuhan"
base_in = {{ {m} = {{ value = 3, source = "OTHER；{s} 一" }} }}
mix = {{ chem = 1 }}
[[group]]
id = "g"
clusters = ["{c}", "yichang"]
[[instrument]]
id = "{fund}"
allocation = {{ {c} = 0.5, yichang = 0.5 }}
[instrument.money]
by_year = {{ 2025 = {{ value = 1, source = "{s}" }} }}
[instrument.growth]
clusters = ["{c}"]
[[policy]]
id = "wuhan"
instruments = ["{fund}"]
scale = {{ "instrument.{fund}.money.by_year.2025" = 2, "instrument.{fund}.allocation.{c}" = 1 }}
[[target]]
id = "fund"
document = "{s}"
scope = "cluster.{c}"
measure = "{m}"
[[target]]
id = "t"
scope = ["{c}", "yichang"]
[[dependence]]
of = ["cluster.{c}.base", "instrument.*.money.total"]
[spillover]
link = [{{ to = "{c}/chem", from = "x/chem" }}]
"#
            )
        };
        let read = |text: &str| {
            let mut faults = Diagnostics::new();
            let node = syntax::parse(text, FileId(0), &mut faults);
            assert!(faults.is_empty(), "{text}");
            node
        };
        let mut renames = Renames::default();
        for (table, old, new) in [
            ("cluster", "wuhan", "hubei-wuhan"),
            ("instrument", "fund", "hubei-fund"),
            ("measures", "chain", "hubei-chain"),
            ("sources", "HB48", "hubei-HB48"),
        ] {
            renames.add(table, old, new.to_owned());
        }
        let mut node = read(&text("fund", "wuhan", "chain", "HB48"));
        renames.apply(&mut node);
        let wanted = read(&text("hubei-fund", "hubei-wuhan", "hubei-chain", "hubei-HB48"));
        assert_eq!(node.bare(), wanted.bare());
    }

    #[test]
    fn nested_changes_become_paths() {
        let mut faults = Diagnostics::new();
        let text = "[set.nation]\ntrend = { dist = \"normal\", mean = 0, sd = 1 }\n[set.event.cut]\nrate = 1";
        let mut node = syntax::parse(text, FileId(0), &mut faults);
        let Value::Table(entries) = &mut node.value else { panic!("a table") };
        flatten(&mut entries[0].value);
        let keys: Vec<&str> = entries[0].value.entries().iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["nation.trend", "event.cut.rate"]);
    }
}
