//! A scenario read from a workbook as the text of a scenario file, each item with the cell it came from.

use std::fmt::Write;

use crate::diag::{Sources, Span};
use crate::scenario::node::{Entry, Node, Value};
use crate::text;
use crate::text::{Lang, Text};

/// Tables in the order of a scenario file; what is not named here follows.
const ORDER: [&str; 14] = [
    "scenario",
    "measures",
    "sources",
    "nation",
    "industry",
    "province",
    "cluster",
    "firm",
    "product",
    "arrival",
    "instrument",
    "policy",
    "target",
    "record",
];

/// Keys of a single value, uncertain or in two languages, which stands on one line with its source.
const VALUE: [&str; 7] = ["value", "dist", "p05", "p50", "p95", "zh", "en"];

/// The text of a scenario file; `opening` becomes its first comment, lines of it in a row.
pub fn toml(root: &Node, sources: &Sources, opening: &Text, lang: Lang) -> String {
    let mut out = String::new();
    for line in opening.get(lang).lines() {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", format!("# {line}").trim_end());
    }
    out.push_str("\nformat = 1\n");
    let mut entries: Vec<&Entry> = root.entries().iter().collect();
    entries.sort_by_key(|entry| ORDER.iter().position(|key| *key == entry.key).unwrap_or(ORDER.len()));
    let place = |span: Span| {
        let place = sources.place(span, lang).unwrap_or_default();
        let place: String = place.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        place.rsplit(['/', '\\']).next().unwrap_or(&place).to_owned()
    };
    for entry in entries {
        let key = bare_key(&entry.key);
        match &entry.value.value {
            Value::Array(items) if items.iter().all(Node::is_table) => {
                for item in items {
                    let _ = writeln!(out, "\n# {}\n[[{key}]]", place(item.span));
                    below(&mut out, "", item.entries(), entry_of(item, lang).as_ref());
                }
            }
            Value::Table(tables) if matches!(entry.key.as_str(), "measures" | "sources") => {
                for table in tables {
                    let inner = bare_key(&table.key);
                    let _ = writeln!(out, "\n# {}\n[{key}.{inner}]", place(table.key_span));
                    lines(&mut out, table.value.entries());
                }
            }
            Value::Table(inner) => {
                let _ = writeln!(out, "\n# {}\n[{key}]", place(entry.key_span));
                lines(&mut out, inner);
            }
            _ => {
                let _ = writeln!(out, "\n{key} = {}", inline(&entry.value));
            }
        }
    }
    out
}

fn lines(out: &mut String, entries: &[Entry]) {
    below(out, "", entries, None);
}

/// The place of what an instrument takes from its entry of the catalogue, and the remark behind what cannot carry a source.
///
/// Without it, a whole number of years would seem to have the source and the grade of the row.
fn entry_of(item: &Node, lang: Lang) -> Option<(Span, String)> {
    let named = item.get("entry")?;
    let id = named.as_str()?;
    let remark = text!(
        "取自工具目录 {id}，不是本行的数，也没有本行的出处和等级",
        "from the catalogue ({id}): no figure of this row, whose source and grade do not hold for it"
    );
    Some((named.span, remark.get(lang).to_owned()))
}

/// One line a value; a table that holds tables with a source each is written value by value, so that its lines can be read.
/// A plain value at the place of the catalogue gets the remark.
fn below(out: &mut String, before: &str, entries: &[Entry], assumed: Option<&(Span, String)>) {
    for entry in entries {
        let key = format!("{before}{}", bare_key(&entry.key));
        let inner = entry.value.entries();
        let value = |entry: &Entry| VALUE.contains(&entry.key.as_str());
        if inner.iter().any(|entry| entry.value.is_table()) && !inner.iter().any(value) {
            below(out, &format!("{key}."), inner, assumed);
            continue;
        }
        let plain = !before.is_empty() && !entry.value.is_table();
        let remark = assumed.filter(|(span, _)| plain && entry.value.span == *span);
        let remark = remark.map(|(_, remark)| format!("  # {remark}")).unwrap_or_default();
        let _ = writeln!(out, "{key} = {}{remark}", inline(&entry.value));
    }
}

/// A value on one line.
fn inline(node: &Node) -> String {
    match &node.value {
        Value::String(text) | Value::Date(text) => quoted(text),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::Bool(flag) => flag.to_string(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(entries) => {
            let pairs =
                entries.iter().map(|entry| format!("{} = {}", bare_key(&entry.key), inline(&entry.value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

fn bare_key(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { quoted(key) }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
