//! Policies and worlds of several provinces, united by id.

use super::super::document::is_removal;
use super::super::node::{Entry, Node, Value};
use super::super::provenance;
use super::super::rename::flatten;
use super::province::Province;
use super::{WORDS, declared, fault};
use crate::diag::Diagnostics;
use crate::text;

const VERBS: [&str; 3] = ["set", "scale", "shift"];

/// The list under `kind` (`policy` or `world`): those of the including file in its order, then the others. Each has
/// the instruments and changes of all. What the including file says of a policy or world holds for whatever the
/// provinces share; without it they must agree.
pub(super) fn unite_changes(
    kind: &str,
    own: &Node,
    provinces: &[Province],
    common_events: &[String],
    faults: &mut Diagnostics,
) -> Option<Entry> {
    let stated = declared(own, kind);
    let theirs = provinces.iter().flat_map(|province| declared(&province.root, kind));
    let mut ids: Vec<&str> = Vec::new();
    for (id, _) in stated.iter().copied().chain(theirs) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let mut items = Vec::new();
    for id in ids {
        // an id that one file repeats is reported by the check, so all versions stay
        let versions: Vec<&Node> = stated.iter().filter(|(known, _)| *known == id).map(|(_, n)| *n).collect();
        if let [own] = versions[..]
            && is_removal(own)
        {
            continue;
        }
        items.extend(versions.iter().skip(1).map(|node| (*node).clone()));
        let own = versions.first().copied();
        let parts: Vec<(&Province, &Node)> = provinces
            .iter()
            .flat_map(|province| {
                let found = declared(&province.root, kind).into_iter();
                found.filter(|(known, _)| *known == id).map(move |(_, node)| (province, node))
            })
            .collect();
        if let Some(first) = own.or(parts.first().map(|(_, node)| *node)) {
            items.push(united(first, own, &parts, common_events, faults));
        }
    }
    let entry = own.entry(kind).or_else(|| provinces.iter().find_map(|p| p.root.entry(kind)))?;
    let value = Node { span: entry.value.span, value: Value::Array(items) };
    Some(Entry { value, ..entry.clone() })
}

fn united(
    first: &Node,
    own: Option<&Node>,
    parts: &[(&Province, &Node)],
    common_events: &[String],
    faults: &mut Diagnostics,
) -> Node {
    let mut whole = first.clone();
    let Value::Table(entries) = &mut whole.value else { return whole };
    let all = own.and_then(|own| own.get("instruments")).and_then(Node::as_str).is_some();
    if !all && let Some(instruments) = entries.iter_mut().find(|entry| entry.key == "instruments") {
        instruments.value.value = Value::Array(instruments_of(own, parts));
    }
    for verb in VERBS {
        let mut changes: Vec<(Entry, bool)> = Vec::new();
        if let Some(node) = own.and_then(|own| own.get(verb)) {
            changes.extend(flat(node).into_iter().map(|entry| (entry, true)));
        }
        for (province, node) in parts {
            for change in node.get(verb).map(flat).unwrap_or_default() {
                let spoken_for = own.is_some() && is_shared(&change.key, common_events);
                let by_own = |(known, own): &(Entry, bool)| *own && covers(&known.key, &change.key);
                if spoken_for || changes.iter().any(by_own) {
                    continue;
                }
                match changes.iter().find(|(known, _)| known.key == change.key) {
                    None => changes.push((change, false)),
                    Some((known, _)) if known.value.without(&WORDS) == change.value.without(&WORDS) => {}
                    Some((known, _)) => disagree(&change, known, province, faults),
                }
            }
        }
        entries.retain(|entry| entry.key != verb);
        if let Some((first, _)) = changes.first() {
            let (key_span, span) = (first.key_span, first.value.span);
            let value = Value::Table(changes.into_iter().map(|(entry, _)| entry).collect());
            entries.push(Entry { key: verb.to_owned(), key_span, value: Node { span, value } });
        }
    }
    whole
}

fn disagree(change: &Entry, known: &Entry, province: &Province, faults: &mut Diagnostics) {
    let (path, file) = (&change.key, &province.name);
    let message = text!(
        "{path} 在 {file} 和前面的文件里改得不同，几个省共用的只能有一个",
        "{file} and a file before it change {path} differently, and the provinces share it"
    );
    let hint = text!(
        "在本文件里写明这个 [[world]]，它对共用数值的改动就以本文件为准",
        "state this [[world]] in the including file: its changes to what is shared hold then"
    );
    let role = text!("前面的改动", "the change before");
    faults.push(fault(change.key_span, message).related(known.key_span, role).hint(hint));
}

fn instruments_of(own: Option<&Node>, parts: &[(&Province, &Node)]) -> Vec<Node> {
    let mut all: Vec<Node> = Vec::new();
    for node in own.into_iter().chain(parts.iter().map(|(_, node)| *node)) {
        for item in node.get("instruments").map(Node::items).unwrap_or_default() {
            if all.iter().all(|known| known.as_str() != item.as_str() || known.span.file == item.span.file) {
                all.push(item.clone());
            }
        }
    }
    all
}

/// The changes as paths.
fn flat(node: &Node) -> Vec<Entry> {
    let mut node = node.clone();
    flatten(&mut node);
    let changes = node.entries().iter().filter(|entry| !provenance::KEYS.contains(&entry.key.as_str()));
    changes.cloned().collect()
}

/// Whether the quantity behind a path belongs to all provinces.
fn is_shared(path: &str, common_events: &[String]) -> bool {
    let mut parts = path.split('.');
    match parts.next() {
        Some("nation" | "industry" | "spillover") => true,
        Some("event") => parts.next().is_some_and(|id| common_events.iter().any(|known| known == id)),
        _ => false,
    }
}

/// Whether a path, perhaps with `*`, means this one.
fn covers(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('.').collect(), path.split('.').collect());
    pattern.len() == path.len() && pattern.iter().zip(path).all(|(a, b)| *a == "*" || *a == b)
}
