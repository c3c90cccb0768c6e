//! Several provinces in one run: a file that includes the files of single provinces, united into one tree.
//!
//! What the including file states about the nation holds for all; what a province alone has keeps its id, so that its
//! draws are those of its own file; an id that several provinces use for different things gets the province in front.

mod changes;
mod province;

use std::collections::BTreeMap;

use super::document::merge_table;
use super::node::{Entry, Node, Value};
use super::parameters::{self, Kind, PARAMS};
use super::provenance;
use super::rename::Renames;
use crate::diag::{Diagnostic, Diagnostics, Span, codes};
use crate::text;
use crate::text::Text;
use changes::unite_changes;
use province::Province;

/// A file named by `include`, with everything that it extends.
pub(super) struct Included {
    /// Its tree.
    pub root: Node,
    /// Its name as written.
    pub name: String,
    /// Where it is named.
    pub span: Span,
}

/// Keys that are no part of a value's meaning: two events that differ only here are one event.
const WORDS: [&str; 5] = ["name", "source", "grade", "note", "cites"];

/// Tables of the nation of which there is one: the including file's, or the one that all included files agree on.
const SINGLE: [&str; 2] = ["nation", "tails"];

/// Kinds of things that several provinces share if they state them alike.
const SHARED: [&str; 4] = ["measures", "sources", "event", "switch"];

/// Kinds that are united by id instead of being told apart.
const UNITED: [&str; 4] = ["province", "industry", "policy", "world"];

/// The names under `include`; nothing if the key is absent or no list of strings, which the check reports.
pub(super) fn names(node: &Node) -> Vec<(String, Span)> {
    let items = node.get("include").map(Node::items).unwrap_or_default();
    items.iter().filter_map(|item| Some((item.as_str()?.to_owned(), item.span))).collect()
}

/// The file `own` with the provinces of `files`.
pub(super) fn unite(own: Node, files: Vec<Included>, faults: &mut Diagnostics) -> Node {
    let mut provinces: Vec<Province> = Vec::new();
    for file in files {
        let Some(province) = Province::new(&own, file, faults) else { continue };
        match provinces.iter().find(|known| known.id == province.id) {
            None => provinces.push(province),
            Some(first) => {
                let (id, span) = (&province.id, province.span);
                let message = text!(
                    "两个文件都是 {id} 省的，只能留一个",
                    "two files hold the province `{id}`: keep one"
                );
                faults.push(fault(span, message).related(first.span, text!("另一个", "the other one")));
            }
        }
    }
    let common = tell_apart(&own, &mut provinces);
    for province in &mut provinces {
        province.confine_events(&common);
    }
    let mut union = Union { own: &own, entries: Vec::new(), faults };
    union.singles(&provinces);
    for province in &provinces {
        union.add(province, provinces.len());
    }
    union.spread_events(&provinces, &common);
    let mut entries = union.entries;
    let united = ["policy", "world"].map(|kind| unite_changes(kind, &own, &provinces, &common, faults));
    let Value::Table(mut rest) = own.value else { return own };
    let span = own.span;
    let mut whole: Vec<Entry> = united.into_iter().flatten().collect();
    let without_id = |row: &&parameters::Param| row.kind == Kind::Tables && !parameters::has_id(row.path);
    for row in parameters::children("").filter(without_id) {
        let key = row.key();
        whole.extend(joined(key, take(&mut rest, key), take(&mut entries, key)));
    }
    rest.retain(|entry| !matches!(entry.key.as_str(), "include" | "policy" | "world"));
    let own = Node { span, value: Value::Table(rest) };
    let mut root = merge_table(Node { span, value: Value::Table(entries) }, own, "");
    if let Value::Table(entries) = &mut root.value {
        entries.extend(whole);
    }
    root
}

fn take(entries: &mut Vec<Entry>, key: &str) -> Option<Entry> {
    let at = entries.iter().position(|entry| entry.key == key)?;
    Some(entries.remove(at))
}

/// The items of two lists, without those that say the same.
fn joined(key: &str, own: Option<Entry>, included: Option<Entry>) -> Option<Entry> {
    let (mut all, more) = match (own, included) {
        (None, None) => return None,
        (Some(own), None) => return Some(own),
        (None, Some(included)) => {
            let empty = Value::Array(Vec::new());
            (Entry { value: Node { span: included.value.span, value: empty }, ..included.clone() }, included)
        }
        (Some(own), Some(included)) => (own, included),
    };
    // a correlation in other words is the same one; a record or outcome is what its source says
    let words: &[&str] = if matches!(key, "correlation" | "dependence") { &WORDS } else { &[] };
    if let Value::Array(items) = &mut all.value.value {
        let mut known: Vec<Node> = items.iter().map(|item| item.without(words)).collect();
        for item in more.value.items() {
            let bare = item.without(words);
            if !known.contains(&bare) {
                known.push(bare);
                items.push(item.clone());
            }
        }
    }
    Some(all)
}

/// The ids of a kind that a file declares, with what stands under them.
fn declared<'n>(root: &'n Node, kind: &str) -> Vec<(&'n str, &'n Node)> {
    let Some(node) = root.get(kind) else { return Vec::new() };
    if node.is_table() {
        let entries = node.entries().iter().filter(|entry| entry.value.is_table());
        return entries.map(|entry| (entry.key.as_str(), &entry.value)).collect();
    }
    node.items().iter().filter_map(|item| Some((item.get("id")?.as_str()?.trim(), item))).collect()
}

fn has(root: &Node, kind: &str, id: &str) -> bool {
    declared(root, kind).iter().any(|(known, _)| *known == id)
}

/// Renames what several provinces call alike without meaning the same; returns the ids of the events that are common.
fn tell_apart(own: &Node, provinces: &mut [Province]) -> Vec<String> {
    let mut renames = vec![Renames::default(); provinces.len()];
    let mut common: Vec<String> = declared(own, "event").iter().map(|(id, _)| (*id).to_owned()).collect();
    let listed = PARAMS.iter().filter(|row| row.kind == Kind::Id && row.path.contains("[]"));
    let listed = listed.map(|row| row.parent().trim_end_matches("[]")).filter(|kind| !kind.contains('.'));
    for kind in listed.chain(["measures", "sources"]).filter(|kind| !UNITED.contains(kind)) {
        let mut users: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, province) in provinces.iter().enumerate() {
            for (id, _) in declared(&province.root, kind) {
                let users = users.entry(id.to_owned()).or_default();
                if users.last() != Some(&index) {
                    users.push(index);
                }
            }
        }
        for (id, users) in users.into_iter().filter(|(_, users)| users.len() > 1) {
            if SHARED.contains(&kind) && (has(own, kind, &id) || alike(kind, &id, provinces, &users)) {
                if kind == "event" && !common.contains(&id) {
                    common.push(id);
                }
                continue;
            }
            for index in users {
                renames[index].add(kind, &id, format!("{}-{id}", provinces[index].id));
            }
        }
    }
    for (renames, province) in renames.iter().zip(provinces) {
        renames.apply(&mut province.root);
    }
    common
}

/// Whether all users of an id mean the same by it. What is confined to places of one province is not shared.
fn alike(kind: &str, id: &str, provinces: &[Province], users: &[usize]) -> bool {
    let words: &[&str] = if matches!(kind, "event" | "switch") { &WORDS } else { &[] };
    let version = |index: usize| {
        let found = declared(&provinces[index].root, kind).into_iter().find(|(known, _)| *known == id);
        found.filter(|(_, node)| node.get("clusters").is_none()).map(|(_, node)| node.without(words))
    };
    let first = version(users[0]);
    first.is_some() && users.iter().all(|&index| version(index) == first)
}

fn fault(span: Span, message: Text) -> Diagnostic {
    Diagnostic::error(codes::BAD_INCLUDE, span, message)
}

/// The included files, key by key.
struct Union<'u> {
    own: &'u Node,
    entries: Vec<Entry>,
    faults: &'u mut Diagnostics,
}

impl Union<'_> {
    /// The nation: stated here, or the same everywhere.
    fn singles(&mut self, provinces: &[Province]) {
        for key in SINGLE.into_iter().filter(|key| self.own.get(key).is_none()) {
            let version = |province: &Province| province.root.get(key).map(|node| node.without(&WORDS));
            let Some(first) = provinces.first() else { return };
            let Some(other) = provinces.iter().find(|other| version(other) != version(first)) else {
                self.entries.extend(first.root.entry(key).cloned());
                continue;
            };
            let place =
                |province: &Province| province.root.entry(key).map_or(province.span, |entry| entry.key_span);
            let (a, b) = (&first.name, &other.name);
            let message = text!(
                "{a} 和 {b} 的 [{key}] 不同，几个省共用的只能有一个",
                "[{key}] differs between {a} and {b}, and the provinces share one"
            );
            let hint = text!(
                "在本文件里写明 [{key}]，各省文件的就不用",
                "state [{key}] here: then those of the provinces are left aside"
            );
            let role = text!("另一处", "the other one");
            self.faults.push(fault(place(other), message).related(place(first), role).hint(hint));
        }
    }

    fn add(&mut self, province: &Province, count: usize) {
        for entry in province.root.entries() {
            let key = entry.key.as_str();
            match parameters::pattern_of("", key) {
                _ if SINGLE.contains(&key) || provenance::KEYS.contains(&key) => {}
                _ if matches!(key, "scenario" | "format" | "include" | "policy" | "world") => {}
                _ if key == "spillover" && (self.own.get(key).is_some() || count > 1) => {
                    self.spillover(entry)
                }
                Some(row) if row.kind == Kind::Tables => self.items(entry, province),
                Some(row) if row.kind == Kind::Table && matches!(row.path, "measures" | "sources") => {
                    self.table(entry);
                }
                // what is unknown is kept for the check to report
                _ if self.entries.iter().any(|known| known.key == key) => {}
                _ => self.entries.push(entry.clone()),
            }
        }
    }

    fn spillover(&mut self, entry: &Entry) {
        if self.own.get("spillover").is_some() {
            return;
        }
        let message = text!(
            "一个省的溢出会波及别的省，不能从省级文件取用",
            "a spill-over of one province would reach the others: it is not taken from a province's file"
        );
        let hint = text!(
            "在包含各省的文件里写 [spillover]",
            "state [spillover] in the file that includes the provinces"
        );
        self.faults.push(fault(entry.key_span, message).hint(hint));
    }

    /// The entry of the union that collects what stands under a key.
    fn place(&mut self, entry: &Entry, empty: Value) -> &mut Node {
        let at = self.entries.iter().position(|known| known.key == entry.key).unwrap_or_else(|| {
            let value = Node { span: entry.value.span, value: empty };
            self.entries.push(Entry { value, ..entry.clone() });
            self.entries.len() - 1
        });
        &mut self.entries[at].value
    }

    fn table(&mut self, entry: &Entry) {
        let own = self.own.get(&entry.key);
        let new =
            entry.value.entries().iter().filter(|new| own.is_none_or(|own| own.get(&new.key).is_none()));
        let new: Vec<Entry> = new.cloned().collect();
        if let Value::Table(entries) = &mut self.place(entry, Value::Table(Vec::new())).value {
            for new in new {
                if entries.iter().all(|known| known.key != new.key) {
                    entries.push(new);
                }
            }
        }
    }

    fn items(&mut self, entry: &Entry, province: &Province) {
        let kind = entry.key.as_str();
        let shared = kind == "industry" || SHARED.contains(&kind);
        let nation_stated = kind == "correlation" && self.own.get(kind).is_some();
        for item in entry.value.items() {
            let id = item.get("id").and_then(Node::as_str).map(str::trim);
            if shared && id.is_some_and(|id| has(self.own, kind, id)) {
                continue;
            }
            if nation_stated && !names_province(item) {
                continue;
            }
            let own_file = |known: &Node| known.span.file == item.span.file;
            let place = self.place(entry, Value::Array(Vec::new()));
            let Value::Array(items) = &mut place.value else { continue };
            let same = |known: &&Node| {
                shared && known.get("id").and_then(Node::as_str).map(str::trim) == id && !own_file(known)
            };
            match items.iter().find(same) {
                None => items.push(item.clone()),
                Some(known) if kind != "industry" || known.without(&WORDS) == item.without(&WORDS) => {}
                Some(known) => {
                    let (id, first, file) = (id.unwrap_or_default(), known.span, &province.name);
                    let message = text!(
                        "行业“{id}”在 {file} 和前面的文件里写得不同，几个省共用的只能有一个",
                        "the industry `{id}` is not the same in {file} and in a file before it, and the provinces share one"
                    );
                    let hint = text!(
                        "在本文件里写明 [[industry]] id = \"{id}\"，各省文件的就不用",
                        "state [[industry]] id = \"{id}\" here: then those of the provinces are left aside"
                    );
                    let role = text!("前面的写法", "the one before");
                    self.faults.push(fault(item.span, message).related(first, role).hint(hint));
                }
            }
        }
    }

    /// A common event that names no clusters hits those of the provinces that have it.
    fn spread_events(&mut self, provinces: &[Province], common: &[String]) {
        let Some(events) = self.entries.iter_mut().find(|entry| entry.key == "event") else { return };
        let Value::Array(events) = &mut events.value.value else { return };
        for event in events.iter_mut().filter(|event| event.get("clusters").is_none()) {
            let Some(id) = event.get("id").and_then(Node::as_str).map(str::trim).map(str::to_owned) else {
                continue;
            };
            let having = || provinces.iter().filter(|province| has(&province.root, "event", &id));
            if common.contains(&id) && having().count() < provinces.len() {
                let clusters = having().flat_map(Province::clusters).collect();
                province::insert_list(event, "clusters", clusters);
            }
        }
    }
}

/// Whether a correlation has a provincial cycle in it.
fn names_province(item: &Node) -> bool {
    let of = item.get("of").map(Node::items).unwrap_or_default();
    of.iter().filter_map(Node::as_str).any(|name| name.trim().starts_with("province."))
}

#[cfg(test)]
mod tests;
