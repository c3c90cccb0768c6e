//! An entry of the catalogue in words: its levers, and how a scenario takes it.

use super::super::node::{Node, Value};
use super::super::parameters;
use super::super::provenance::{self, Grade};
use super::Entry;
use crate::text::Text;

/// One number or choice of an entry that a scenario may replace.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// Key below the instrument, such as `capacity.leverage`.
    pub key: String,
    /// What it means.
    pub meaning: Text,
    /// The default as it would be written in a file.
    pub default: String,
    /// Source as written; empty for what is no number.
    pub source: String,
    /// Grade; `None` for what is no number.
    pub grade: Option<Grade>,
    /// Why this value.
    pub note: Option<Text>,
}

/// The levers of an entry, in the order in which they are written.
pub fn levers(entry: &Entry) -> Vec<Lever> {
    let mut found = Vec::new();
    collect(&entry.body, "instrument[]", "", &mut found);
    found
}

fn collect(table: &Node, pattern: &str, prefix: &str, found: &mut Vec<Lever>) {
    for key in table.entries() {
        let path = format!("{prefix}{}", key.key);
        if matches!(path.as_str(), "name" | "document" | "class") {
            continue;
        }
        let row = parameters::pattern_of(pattern, &key.key);
        let numeric = row.is_some_and(|row| row.unit().is_some() || row.kind == parameters::Kind::Delay);
        if key.value.is_table() && !numeric {
            collect(&key.value, row.map_or("", |row| row.path), &format!("{path}."), found);
            continue;
        }
        let stated = |part: &str| key.value.get(part);
        found.push(Lever {
            meaning: row.map_or_else(|| Text::same(&path), |row| Text::new(row.meaning_zh, row.meaning_en)),
            default: value_text(&key.value),
            source: stated("source").and_then(Node::as_str).unwrap_or_default().to_owned(),
            grade: stated("grade").and_then(Node::as_str).and_then(Grade::from_word),
            note: stated("note").and_then(Node::as_text),
            key: path,
        });
    }
}

/// A value as it would be written in a file, without its provenance.
pub fn value_text(node: &Node) -> String {
    match &node.value {
        Value::String(text) => format!("{text:?}"),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::Bool(value) => value.to_string(),
        Value::Date(text) => text.clone(),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(value_text).collect::<Vec<_>>().join(", "))
        }
        Value::Table(keys) => {
            let kept = keys.iter().filter(|key| !provenance::KEYS.contains(&key.key.as_str()));
            let kept: Vec<_> = kept.collect();
            match kept[..] {
                [only] if only.key == "value" => value_text(&only.value),
                _ => {
                    let each = kept.iter().map(|key| format!("{} = {}", key.key, value_text(&key.value)));
                    format!("{{ {} }}", each.collect::<Vec<_>>().join(", "))
                }
            }
        }
    }
}

/// How a scenario takes the entry, ready to be pasted.
pub fn example(entry: &Entry) -> String {
    let id = entry.id.trim_start_matches("IN-").to_lowercase();
    let mut out = format!("[[instrument]]\nid = \"{id}\"\nentry = \"{}\"\n", entry.id);
    for (at, (_, written)) in entry.needs.iter().enumerate() {
        // one table may hold several things that are needed
        if entry.needs[..at].iter().all(|(_, before)| before != written) {
            out.push_str(written);
            out.push('\n');
        }
    }
    out
}
