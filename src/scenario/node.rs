//! The tree of a scenario file: values with their places.

use crate::diag::{FileId, Span};
use crate::text::Text;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where the value is written.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A TOML value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    String(String),
    /// Whole number.
    Integer(i64),
    /// Number with a fraction; may be infinite or NaN, as TOML allows.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// List.
    Array(Vec<Node>),
    /// Table, entries in the order in which they are written.
    Table(Vec<Entry>),
    /// Date or time as written; no key takes one, kept to name the mistake.
    Date(String),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key is written.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// The entries of a table, none for any other value.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list, none for any other value.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The entry with this key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The value under this key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Whether this is a table.
    pub fn is_table(&self) -> bool {
        matches!(self.value, Value::Table(_))
    }

    /// The text of a string value.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// A text in both languages: a string, or a table with `zh` and `en` (one may be missing).
    pub fn as_text(&self) -> Option<Text> {
        match &self.value {
            Value::String(text) => Some(Text::same(text.clone())),
            Value::Table(_) => {
                let (zh, en) = (self.get("zh").and_then(Node::as_str), self.get("en").and_then(Node::as_str));
                Some(Text::new(zh.or(en)?, en.or(zh)?))
            }
            _ => None,
        }
    }

    /// The value without any place: two nodes that are written alike are equal then.
    pub fn bare(&self) -> Node {
        self.without(&[])
    }

    /// The value without places and, however deep, without the entries under `keys`.
    pub fn without(&self, keys: &[&str]) -> Node {
        let nowhere = Span::new(FileId(0), 0, 0);
        let value = match &self.value {
            Value::Array(items) => Value::Array(items.iter().map(|item| item.without(keys)).collect()),
            Value::Table(entries) => {
                let kept = entries.iter().filter(|entry| !keys.contains(&entry.key.as_str()));
                let mut kept: Vec<Entry> = kept
                    .map(|entry| Entry {
                        key: entry.key.clone(),
                        key_span: nowhere,
                        value: entry.value.without(keys),
                    })
                    .collect();
                kept.sort_by(|a, b| a.key.cmp(&b.key));
                Value::Table(kept)
            }
            value => value.clone(),
        };
        Node { span: nowhere, value }
    }

    /// What kind of value this is, as (Chinese, English).
    pub fn type_name(&self) -> (&'static str, &'static str) {
        match self.value {
            Value::String(_) => ("字符串", "a string"),
            Value::Integer(_) => ("整数", "an integer"),
            Value::Float(_) => ("小数", "a decimal number"),
            Value::Bool(_) => ("true/false", "true/false"),
            Value::Array(_) => ("列表", "a list"),
            Value::Table(_) => ("表", "a table"),
            Value::Date(_) => ("日期", "a date"),
        }
    }
}
