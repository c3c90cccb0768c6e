//! One included file, made ready to stand beside others: what it left to "the only province" is written out.

use super::super::catalogue;
use super::super::node::{Entry, Node, Value};
use super::super::parameters::{self, Kind, Reference, pattern_of};
use super::super::provenance;
use super::super::rename::flatten;
use super::super::view::is_provenance;
use super::{Included, declared, fault};
use crate::diag::{Diagnostics, Span};
use crate::text;

/// The file of one province.
pub(super) struct Province {
    /// Its tree.
    pub root: Node,
    /// Id of its province.
    pub id: String,
    /// Name of the file as written.
    pub name: String,
    /// Where the including file names it.
    pub span: Span,
}

/// Conditions of a target or outcome that have no scope, or one of their own.
const WITHOUT_SCOPE: [&str; 7] =
    ["all_of", "any_of", "at_least_of", "index", "indicator", "approvals", "arrivals"];

impl Province {
    /// The file `file` as a part of `own`; `None` after a fault.
    pub fn new(own: &Node, file: Included, faults: &mut Diagnostics) -> Option<Self> {
        let Included { root, name, span } = file;
        // what an entry of the catalogue takes to be everything is everything of this file
        let complete = !faults.has_errors();
        let root = catalogue::expand(root, complete, faults);
        let provinces = declared(&root, "province");
        let [(id, _)] = provinces[..] else {
            let n = provinces.len();
            let message = text!(
                "{name} 里有 {n} 个 [[province]]，被包含的文件必须正好写一个省",
                "{name} holds {n} [[province]] tables: an included file has exactly one"
            );
            faults.push(fault(span, message));
            return None;
        };
        let id = id.to_owned();
        let mut province = Self { root, id, name, span };
        if !province.fits(own, faults) {
            return None;
        }
        province.settle_entries();
        province.push_provenance_down();
        province.name_policies();
        province.write_places();
        Some(province)
    }

    /// Ids of its clusters.
    pub fn clusters(&self) -> Vec<String> {
        declared(&self.root, "cluster").into_iter().map(|(id, _)| id.to_owned()).collect()
    }

    /// Whether year, measure and scopes agree with the including file.
    fn fits(&self, own: &Node, faults: &mut Diagnostics) -> bool {
        let (name, own_id) = (&self.name, &self.id);
        let of = |root: &Node, key: &str| root.get("scenario").and_then(|s| s.get(key)).cloned();
        let before = faults.len();
        if let (Some(mine), Some(theirs)) = (of(own, "base_year"), of(&self.root, "base_year"))
            && mine.value != theirs.value
        {
            let message = text!(
                "{name} 的基期与本文件不同，它的数字是另一年的",
                "the base year of {name} is not that of the including file: its figures are for another year"
            );
            let hint = text!(
                "另写一个 extends 它的文件，把基期和基期数改到同一年，再包含那个文件",
                "write a file that extends it with base year and base figures of the same year, and include that"
            );
            let role = text!("本文件的基期", "base year of the including file");
            faults.push(fault(theirs.span, message).related(mine.span, role).hint(hint));
        }
        if let (Some(mine), (theirs, place)) = (primary(own).0, primary(&self.root))
            && theirs.as_ref().is_some_and(|theirs| *theirs != mine)
        {
            let theirs = theirs.unwrap_or_default();
            let message = text!(
                "{name} 的主口径是“{theirs}”，本文件的是“{mine}”，不同口径不能放在一起推演",
                "the primary measure of {name} is `{theirs}`, that of the including file `{mine}`: unlike measures are not simulated together"
            );
            faults.push(fault(place.unwrap_or(self.span), message));
        }
        for (id, target) in declared(&self.root, "target") {
            let Some(scope) = target.get("scope") else { continue };
            if scope.as_str().is_some_and(|scope| scope.trim() == "nation") {
                let message = text!(
                    "{name} 的目标“{id}”考核各省合计，该文件里却只有一个省",
                    "the target `{id}` of {name} is about all provinces together, and that file holds one"
                );
                let hint = text!(
                    "写成 \"province.{own_id}\"；各省合计的目标写在本文件里",
                    "write \"province.{own_id}\"; a target of all provinces belongs into the including file"
                );
                faults.push(fault(scope.span, message).hint(hint));
            }
            if scope.as_str().is_some_and(|scope| scope.trim().starts_with("industry.")) {
                let message = text!(
                    "{name} 的目标“{id}”按行业考核，几个省放在一起时会变成全国该行业",
                    "the target `{id}` of {name} is about an industry: among several provinces that is the nation's"
                );
                let hint = text!(
                    "改用集群的列表，或在该文件里删去",
                    "use a list of clusters, or leave the target out"
                );
                faults.push(fault(scope.span, message).hint(hint));
            }
        }
        if primary(own).0.is_some_and(|id| !stated(own, &id)) {
            // one definition is left to hold for all: the others would be dropped without a word
            return self.measure_is_stated(own, faults) && faults.len() == before;
        }
        faults.len() == before
    }

    fn measure_is_stated(&self, own: &Node, faults: &mut Diagnostics) -> bool {
        let id = primary(own).0.unwrap_or_default();
        if self.root.get("measures").is_none() {
            return true;
        }
        let place = own.get("scenario").and_then(|scenario| scenario.get("measure")).map(|node| node.span);
        let message = text!(
            "本文件要写明主口径 [measures.{id}]：各省的定义可能不同",
            "the including file must state its primary measure [measures.{id}]: the provinces may define it differently"
        );
        if faults.iter().all(|fault| fault.message != message) {
            faults.push(fault(place.unwrap_or(self.span), message));
        }
        false
    }

    /// An instrument from the catalogue is complete now and only cites its entry, if a document holds that.
    fn settle_entries(&mut self) {
        let Value::Table(keys) = &mut self.root.value else { return };
        let Some(instruments) = keys.iter_mut().find(|key| key.key == "instrument") else { return };
        let Value::Array(items) = &mut instruments.value.value else { return };
        for item in items {
            let cited: Vec<Node> = provenance::cited(item)
                .into_iter()
                .map(|(id, span)| Node { span, value: Value::String(id.to_owned()) })
                .collect();
            let Value::Table(keys) = &mut item.value else { continue };
            let Some(at) = keys.iter().position(|key| key.key == "entry") else { continue };
            let Entry { key_span, value, .. } = keys.remove(at);
            keys.retain(|key| key.key != provenance::CITES);
            let general = value.as_str().and_then(catalogue::entry).is_some_and(catalogue::Entry::is_general);
            let (span, own) = (value.span, (!general).then_some(value));
            let ids: Vec<Node> = own.into_iter().chain(cited).collect();
            if ids.is_empty() {
                continue;
            }
            let value = Node { span, value: Value::Array(ids) };
            keys.push(Entry { key: provenance::CITES.to_owned(), key_span, value });
        }
    }

    /// What the top of the file says of sources holds for its tables only.
    fn push_provenance_down(&mut self) {
        let own: Vec<Entry> = self
            .root
            .entries()
            .iter()
            .filter(|entry| provenance::KEYS.contains(&entry.key.as_str()))
            .cloned()
            .collect();
        let Value::Table(entries) = &mut self.root.value else { return };
        for entry in entries.iter_mut().filter(|entry| !matches!(entry.key.as_str(), "measures" | "sources"))
        {
            let tables: Vec<&mut Node> = match &mut entry.value.value {
                Value::Array(items) => items.iter_mut().collect(),
                Value::Table(_) => vec![&mut entry.value],
                _ => continue,
            };
            for table in tables {
                let missing: Vec<Entry> =
                    own.iter().filter(|entry| table.get(&entry.key).is_none()).cloned().collect();
                if let Value::Table(entries) = &mut table.value {
                    entries.extend(missing);
                }
            }
        }
    }

    /// Policies and worlds speak of this file's things only: `all` and `*` are written out.
    fn name_policies(&mut self) {
        let instruments: Vec<String> =
            declared(&self.root, "instrument").into_iter().map(|(id, _)| id.to_owned()).collect();
        let span = self.root.span;
        if self.root.get("policy").is_none() && !instruments.is_empty() {
            let mut items = Vec::new();
            for (id, list) in [("none", Vec::new()), ("plan", instruments.clone())] {
                let mut item = Node { span, value: Value::Table(Vec::new()) };
                insert(&mut item, "id", Value::String(id.to_owned()));
                insert_list(&mut item, "instruments", list);
                items.push(item);
            }
            insert(&mut self.root, "policy", Value::Array(items));
        }
        let whole = self.root.clone();
        let Value::Table(entries) = &mut self.root.value else { return };
        for entry in entries.iter_mut().filter(|entry| matches!(entry.key.as_str(), "policy" | "world")) {
            let Value::Array(items) = &mut entry.value.value else { continue };
            for item in items {
                if item.get("instruments").and_then(Node::as_str).is_some_and(|word| word.trim() == "all") {
                    replace(item, "instruments", list(instruments.clone(), item.span));
                }
                for verb in ["set", "scale", "shift"] {
                    let Value::Table(keys) = &mut item.value else { break };
                    if let Some(changes) = keys.iter_mut().find(|entry| entry.key == verb) {
                        flatten(&mut changes.value);
                        write_out(&mut changes.value, &whole);
                    }
                }
            }
        }
    }

    /// The only province is named where a table left it out, and where a target has no scope.
    fn write_places(&mut self) {
        let id = self.id.clone();
        let Value::Table(entries) = &mut self.root.value else { return };
        for entry in entries {
            let row = pattern_of("", &entry.key);
            let placed = row.is_some_and(|row| {
                let place = parameters::param(&format!("{}.province", row.path));
                place.is_some_and(|place| place.kind == Kind::Reference(Reference::Province))
            });
            let Value::Array(items) = &mut entry.value.value else { continue };
            for item in items.iter_mut().filter(|item| item.is_table()) {
                let in_cluster = entry.key != "cluster" && item.get("cluster").is_some();
                if placed && item.get("province").is_none() && !in_cluster {
                    insert(item, "province", Value::String(id.clone()));
                }
                let scoped = WITHOUT_SCOPE.iter().all(|key| item.get(key).is_none());
                let judged = matches!(entry.key.as_str(), "target" | "outcome");
                if judged && item.get("scope").is_none() && scoped {
                    insert(item, "scope", Value::String(format!("province.{id}")));
                }
            }
        }
    }

    /// An event of this province alone hits no other.
    pub fn confine_events(&mut self, common: &[String]) {
        let clusters = self.clusters();
        let Value::Table(entries) = &mut self.root.value else { return };
        let Some(events) = entries.iter_mut().find(|entry| entry.key == "event") else { return };
        let Value::Array(events) = &mut events.value.value else { return };
        for event in events {
            let id = event.get("id").and_then(Node::as_str).map(str::trim).unwrap_or_default();
            if event.get("clusters").is_none() && !common.iter().any(|known| known == id) {
                insert_list(event, "clusters", clusters.clone());
            }
        }
    }
}

/// The primary measure that a file names, with its place; its only one if it names none.
fn primary(root: &Node) -> (Option<String>, Option<Span>) {
    if let Some(node) = root.get("scenario").and_then(|scenario| scenario.get("measure")) {
        return (node.as_str().map(|id| id.trim().to_owned()), Some(node.span));
    }
    match declared(root, "measures")[..] {
        [] => (Some("revenue".to_owned()), None),
        [(id, node)] => (Some(id.to_owned()), Some(node.span)),
        _ => (None, None),
    }
}

fn stated(root: &Node, measure: &str) -> bool {
    root.get("measures").is_some_and(|measures| measures.get(measure).is_some())
}

fn insert(table: &mut Node, key: &str, value: Value) {
    let span = table.span;
    if let Value::Table(entries) = &mut table.value {
        entries.push(Entry { key: key.to_owned(), key_span: span, value: Node { span, value } });
    }
}

fn list(ids: Vec<String>, span: Span) -> Value {
    Value::Array(ids.into_iter().map(|id| Node { span, value: Value::String(id) }).collect())
}

/// Adds a list of ids under `key`.
pub(super) fn insert_list(table: &mut Node, key: &str, ids: Vec<String>) {
    let value = list(ids, table.span);
    insert(table, key, value);
}

fn replace(table: &mut Node, key: &str, value: Value) {
    if let Value::Table(entries) = &mut table.value
        && let Some(entry) = entries.iter_mut().find(|entry| entry.key == key)
    {
        entry.value.value = value;
    }
}

/// Replaces paths with `*` by the paths of the file that they match; one that matches nothing is left to be reported.
fn write_out(changes: &mut Node, root: &Node) {
    let Value::Table(entries) = &mut changes.value else { return };
    let mut out: Vec<Entry> = Vec::new();
    for entry in std::mem::take(entries) {
        let mut found = Vec::new();
        let parts: Vec<&str> = entry.key.split('.').collect();
        if parts.contains(&"*") {
            matches(root, "", &parts, String::new(), &mut found);
        }
        if found.is_empty() {
            found.push(entry.key.clone());
        }
        out.extend(found.into_iter().map(|key| Entry { key, ..entry.clone() }));
    }
    *entries = out;
}

fn matches(node: &Node, pattern: &'static str, parts: &[&str], path: String, found: &mut Vec<String>) {
    let [first, rest @ ..] = parts else {
        found.push(path);
        return;
    };
    let joined = |part: &str| if path.is_empty() { part.to_owned() } else { format!("{path}.{part}") };
    let Some(row) = pattern_of(pattern, first) else { return };
    if row.kind == Kind::Tables {
        let [wanted, rest @ ..] = rest else { return };
        for item in node.get(first).map(Node::items).unwrap_or_default() {
            let Some(id) = item.get("id").and_then(Node::as_str).map(str::trim) else { continue };
            if *wanted == "*" || *wanted == id {
                matches(item, row.path, rest, format!("{}.{id}", joined(first)), found);
            }
        }
        return;
    }
    for entry in node.entries().iter().filter(|entry| !is_provenance(pattern, &entry.key)) {
        if entry.key == *first || *first == "*" {
            matches(&entry.value, row.path, rest, joined(&entry.key), found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::parameters::PARAMS;

    #[test]
    fn the_tables_that_name_a_province_are_known() {
        let placed: Vec<&str> = PARAMS
            .iter()
            .filter(|row| row.kind == Kind::Reference(Reference::Province))
            .map(|row| row.path)
            .collect();
        for path in ["cluster[].province", "instrument[].province"] {
            assert!(placed.contains(&path), "{path}");
        }
    }
}
