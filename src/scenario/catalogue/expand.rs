//! Puts the entries of the catalogue into the instruments that name them, before the form is checked.

use super::super::node::{Entry as Key, Node, Value};
use super::super::provenance::Provenance;
use super::super::{document::merge_table, suggest};
use super::{CATALOGUE, CHANNELS, Entry, at, channel_name, entries, entry, placed};
use crate::diag::{Diagnostic, Diagnostics, Span, codes};
use crate::text;
use crate::text::Text;

/// Lists that default to everything of a kind: (table of the instrument, key, array of tables).
const LISTS: [(&str, &str, &str); 2] = [("pipeline", "pipelines", "pipeline"), ("arrivals", "of", "arrival")];

/// Lists of which the only possible item need not be written: (last part of the key, array of tables).
const KINDS: [(&str, &str); 5] = [
    ("pipeline.pipelines", "pipeline"),
    ("arrivals.of", "arrival"),
    ("indicators.of", "indicator"),
    ("industries", "industry"),
    ("clusters", "cluster"),
];

/// Replaces every instrument with an `entry` by the entry of the catalogue with the instrument's own keys laid over it,
/// key by key as with `extends`; adds the sources that the entries cite.
///
/// Places of what comes from the catalogue are the place of `entry`. Without `complete` nothing is called missing. An
/// instrument that lacks something keeps no channel.
pub fn expand(mut root: Node, complete: bool, faults: &mut Diagnostics) -> Node {
    if root.get("instrument").is_none_or(|list| list.items().iter().all(|item| item.get("entry").is_none())) {
        return root;
    }
    let named = |key: &&Key| KINDS.iter().any(|(_, kind)| *kind == key.key);
    let lists = root.entries().iter().filter(named).cloned().collect();
    let lists = Node { span: root.span, value: Value::Table(lists) };
    let mut cited: Vec<(String, Span)> = Vec::new();
    let Value::Table(keys) = &mut root.value else { return root };
    let Some(instruments) = keys.iter_mut().find(|key| key.key == "instrument") else { return root };
    let Value::Array(items) = &mut instruments.value.value else { return root };
    for item in items {
        let Some(named) = item.get("entry") else { continue };
        let Some(id) = named.as_str() else { continue };
        let span = named.span;
        let incomplete =
            |fault: &Diagnostic| fault.code == codes::ENTRY_INCOMPLETE && fault.span == Some(span);
        // Files of provinces have been expanded before they were united.
        if item.entries().iter().any(|key| key.key != "entry" && holds(&key.value, span))
            || faults.iter().any(incomplete)
        {
            continue;
        }
        let Some(found) = entry(id) else {
            faults.push(unknown(id, span));
            continue;
        };
        *item = one(item, found, span, &lists, complete, faults);
        sources_of(item, &mut cited);
    }
    let Value::Table(keys) = &mut root.value else { return root };
    add_sources(keys, &cited);
    root
}

/// Whether anything in the tree stands at `span`.
fn holds(node: &Node, span: Span) -> bool {
    node.span == span
        || node.entries().iter().any(|key| holds(&key.value, span))
        || node.items().iter().any(|item| holds(item, span))
}

fn unknown(id: &str, span: Span) -> Diagnostic {
    let message = text!("工具目录里没有“{id}”", "there is no entry `{id}` in the catalogue of instruments");
    let near = suggest::nearest(id, entries().iter().map(|entry| entry.id.as_str()));
    let near = near.map(|near| text!("是不是 {near}？", "did you mean `{near}`?"));
    Diagnostic::error(codes::UNKNOWN_ENTRY, span, message)
        .maybe_hint(near)
        .hint(text!("clustercast catalogue 列出全部条目", "`clustercast catalogue` lists all entries"))
}

/// The instrument `item` as its entry and its own keys make it.
fn one(
    item: &Node,
    found: &Entry,
    span: Span,
    root: &Node,
    complete: bool,
    faults: &mut Diagnostics,
) -> Node {
    let mut body = placed(&found.body, span);
    let place = |value: Value| Node { span, value };
    let Value::Table(keys) = &mut body.value else { return item.clone() };
    keys.retain(|key| {
        let wanted = item.get(&key.key).is_some_and(Node::is_table);
        wanted || !found.optional.contains(&key.key)
    });
    let text = |zh: &str, en: &str| {
        let key = |key: &str, value: &str| Key {
            key: key.to_owned(),
            key_span: span,
            value: place(Value::String(value.to_owned())),
        };
        place(Value::Table(vec![key("zh", zh), key("en", en)]))
    };
    let document = (!found.is_general()).then(|| place(Value::String(found.origin().zh)));
    for (key, value) in [("name", Some(text(&found.name.zh, &found.name.en))), ("document", document)] {
        keys.retain(|other| other.key != key);
        keys.extend(value.map(|value| Key { key: key.to_owned(), key_span: span, value }));
    }
    let mut merged = merge_table(body, item.clone(), "instrument[]");
    let mut open = Vec::new();
    for (path, written) in &found.needs {
        if !fill(&mut merged, path, root, span) {
            open.push(needed(found, path, written, root, span));
        }
    }
    for (table, key, kind) in LISTS {
        if open.is_empty() && merged.get(table).is_some_and(|table| table.get(key).is_none()) {
            let all = ids(root, kind);
            if all.is_empty() {
                open.push(nothing(found, table, kind, span));
            } else {
                set(&mut merged, &format!("{table}.{key}"), &all, span);
            }
        }
    }
    open.extend(stages(&mut merged, found, root, span));
    if open.is_empty() || !complete {
        return merged;
    }
    faults.extend(open);
    without_channels(item)
}

/// The instrument without anything that acts, so that an incomplete entry is reported once and no more.
fn without_channels(item: &Node) -> Node {
    let mut item = item.clone();
    if let Value::Table(keys) = &mut item.value {
        keys.retain(|key| CHANNELS.iter().all(|(channel, ..)| key.key != *channel));
    }
    item
}

/// The fault of something that only the scenario can say.
fn needed(found: &Entry, path: &str, written: &str, root: &Node, span: Span) -> Diagnostic {
    let (id, zh, en) = (&found.id, &found.name.zh, &found.name.en);
    let message = text!(
        "{id}（{zh}）要由情景写明 {path}",
        "{id} ({en}) needs {path}, which only the scenario can state"
    );
    let fault = Diagnostic::error(codes::ENTRY_INCOMPLETE, span, message)
        .about(path)
        .hint(text!("例如 {written}", "for example {written}"));
    let known = candidates(path).map(|kind| ids(root, kind)).unwrap_or_default();
    if known.is_empty() {
        return fault;
    }
    let (zh, en) = (known.join("、"), known.join(", "));
    fault.hint(text!("本情景里有：{zh}", "this scenario has: {en}"))
}

fn nothing(found: &Entry, table: &str, kind: &str, span: Span) -> Diagnostic {
    let (id, zh, en) = (&found.id, &found.name.zh, &found.name.en);
    let channel = channel_name(table);
    let message = Text::new(
        format!("{id}（{zh}）通过{}起作用，情景里还没有 [[{kind}]]", channel.zh),
        format!("{id} ({en}) works on {}, but the scenario has no [[{kind}]]", channel.en),
    );
    Diagnostic::error(codes::ENTRY_INCOMPLETE, span, message).about(kind).hint(text!(
        "加一个 [[{kind}]]（写法见 clustercast explain {kind}）",
        "add a [[{kind}]] (see `clustercast explain {kind}`)"
    ))
}

/// What a list of ids below an instrument refers to.
fn candidates(path: &str) -> Option<&'static str> {
    let fits = |(end, _): &&(&str, &str)| path == *end || path.ends_with(&format!(".{end}"));
    KINDS.iter().find(fits).map(|(_, kind)| *kind)
}

/// Whether `path` is stated; the only candidate of a list is filled in.
fn fill(item: &mut Node, path: &str, root: &Node, span: Span) -> bool {
    if at(item, path).is_some() {
        return true;
    }
    let known = candidates(path).map(|kind| ids(root, kind)).unwrap_or_default();
    known.len() == 1 && set(item, path, &known, span)
}

fn ids(root: &Node, kind: &str) -> Vec<String> {
    let items = root.get(kind).map(Node::items).unwrap_or_default();
    items.iter().filter_map(|item| item.get("id")?.as_str().map(str::to_owned)).collect()
}

/// Writes the list `values` at `table.key`; whether the table is there.
fn set(item: &mut Node, path: &str, values: &[String], span: Span) -> bool {
    let Some((table, key)) = path.split_once('.') else { return false };
    let Value::Table(keys) = &mut item.value else { return false };
    let Some(table) = keys.iter_mut().find(|entry| entry.key == table) else { return false };
    let Value::Table(keys) = &mut table.value.value else { return false };
    let list = values.iter().map(|value| Node { span, value: Value::String(value.clone()) }).collect();
    keys.retain(|entry| entry.key != key);
    keys.push(Key { key: key.to_owned(), key_span: span, value: Node { span, value: Value::Array(list) } });
    true
}

/// Turns the words `"review"` (the last stage before approval) and `"clinical"` (all stages before it) into the stages of
/// the pipelines that the instrument acts on.
fn stages(item: &mut Node, found: &Entry, root: &Node, span: Span) -> Option<Diagnostic> {
    let pipeline = item.get("pipeline")?;
    let review = pipeline.get("stages").filter(|node| node.span == span)?.as_str()? == "review";
    let named: Vec<&str> = pipeline
        .get("pipelines")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(Node::as_str)
        .collect();
    let (mut last, mut earlier): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for item in root.get("pipeline").map(Node::items).unwrap_or_default() {
        if !item.get("id").and_then(Node::as_str).is_some_and(|id| named.contains(&id)) {
            continue;
        }
        let mut all: Vec<String> = ids(item, "stage");
        let end = all.pop();
        // A pipeline of one stage has no review of its own.
        let ends = if all.is_empty() { &mut earlier } else { &mut last };
        ends.extend(end.filter(|end| !ends.contains(end)));
        earlier.extend(all);
    }
    let alone = last.is_empty();
    let (chosen, others) = match (review, alone) {
        (true, false) => (last, earlier),
        (true, true) => (earlier, Vec::new()),
        (false, _) => (earlier, last),
    };
    let mut list: Vec<String> = Vec::new();
    for stage in chosen {
        if !list.contains(&stage) {
            list.push(stage);
        }
    }
    set(item, "pipeline.stages", &list, span);
    let both = list.iter().find(|stage| others.contains(stage))?;
    let (id, zh, en) = (&found.id, &found.name.zh, &found.name.en);
    let message = text!(
        "{id}（{zh}）：阶段“{both}”在一条管线里是最后阶段，在另一条里不是，要写明作用于哪些阶段",
        "{id} ({en}): the stage `{both}` is the last one of one pipeline but not of another; state the stages"
    );
    let hint = text!("例如 pipeline.stages = [\"{both}\"]", "for example pipeline.stages = [\"{both}\"]");
    Some(Diagnostic::error(codes::ENTRY_INCOMPLETE, span, message).hint(hint))
}

/// The ids of all sources that are cited in the tree.
fn sources_of(node: &Node, cited: &mut Vec<(String, Span)>) {
    if node.get("source").is_some() {
        let own = Provenance::default().within(node);
        cited.extend(own.source_ids().into_iter().map(|id| (id.to_owned(), node.span)));
    }
    node.entries().iter().for_each(|key| sources_of(&key.value, cited));
    node.items().iter().for_each(|item| sources_of(item, cited));
}

/// Adds the sources of the catalogue that are cited and that the file does not list itself.
fn add_sources(keys: &mut Vec<Key>, cited: &[(String, Span)]) {
    for source in &CATALOGUE.sources {
        let Some((_, span)) = cited.iter().find(|(id, _)| *id == source.key) else { continue };
        let new = Key { key: source.key.clone(), key_span: *span, value: placed(&source.value, *span) };
        match keys.iter_mut().find(|key| key.key == "sources") {
            Some(Key { value: Node { value: Value::Table(listed), .. }, .. }) => {
                if listed.iter().all(|other| other.key != source.key) {
                    listed.push(new);
                }
            }
            Some(_) => {}
            None => keys.push(Key {
                key: "sources".to_owned(),
                key_span: *span,
                value: Node { span: *span, value: Value::Table(vec![new]) },
            }),
        }
    }
}
