//! The catalogue of policy instruments: named tools of the source documents with channels and default parameters.

use std::sync::LazyLock;

use super::document::merge_table;
use super::node::{Entry as Key, Node, Value};
use super::parameters;
use super::syntax;
use crate::diag::{Diagnostics, FileId, Span};
use crate::text;
use crate::text::Text;

mod expand;
mod show;

pub use expand::expand;
pub use show::{Lever, example, levers, value_text};

/// The files of the catalogue: (name, text).
const FILES: &[(&str, &str)] = &[
    ("funds.toml", include_str!("../../../scenarios/catalogue/funds.toml")),
    ("research.toml", include_str!("../../../scenarios/catalogue/research.toml")),
    ("approval.toml", include_str!("../../../scenarios/catalogue/approval.toml")),
    ("market.toml", include_str!("../../../scenarios/catalogue/market.toml")),
    ("capacity.toml", include_str!("../../../scenarios/catalogue/capacity.toml")),
    ("growth.toml", include_str!("../../../scenarios/catalogue/growth.toml")),
    ("general.toml", include_str!("../../../scenarios/catalogue/general.toml")),
];

/// Keys of an entry that describe it and are no keys of an instrument.
const OWN: [&str; 6] = ["id", "summary", "section", "same_as", "needs", "optional"];

/// The keys of provenance that hold for everything below the table in which they stand.
const INHERITED: [&str; 3] = ["source", "grade", "note"];

/// The tables of an instrument that act on something, with their names for readers.
const CHANNELS: [(&str, &str, &str); 7] = [
    ("projects", "项目", "projects"),
    ("capacity", "产能", "capacity"),
    ("knowledge", "知识", "knowledge"),
    ("growth", "增长", "growth"),
    ("pipeline", "管线", "pipeline"),
    ("arrivals", "落户", "arrivals"),
    ("indicators", "指标", "indicators"),
];

/// One instrument of the catalogue.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Id, such as `IN-HB48-21`.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What it does and what the defaults rest on, in one sentence.
    pub summary: Text,
    /// Document that announces it; empty for a general instrument, which belongs to none.
    pub document: String,
    /// Section of the document.
    pub section: String,
    /// What the scenario has to state: key (dotted, below the instrument) and how it may be written.
    pub needs: Vec<(String, String)>,
    /// Channels that are left out unless the scenario says what they act on.
    pub optional: Vec<String>,
    /// The instrument's tables; every number carries its own source, grade and note.
    pub body: Node,
}

impl Entry {
    /// The names of its channels.
    pub fn channels(&self) -> Vec<Text> {
        let present = CHANNELS.iter().filter(|(key, ..)| self.body.get(key).is_some());
        present.map(|(_, zh, en)| Text::new(*zh, *en)).collect()
    }

    /// Whether it belongs to no document, so that any province may take it.
    pub fn is_general(&self) -> bool {
        self.document.is_empty()
    }

    /// The document and section that it comes from.
    pub fn origin(&self) -> Text {
        match self.is_general() {
            true => text!("通用", "general"),
            false => Text::same(format!("{} {}", self.document, self.section)),
        }
    }

    /// Whether it works through the table `key` of an instrument (`capacity`, `money` …): it has one, or asks for it.
    pub fn uses(&self, key: &str) -> bool {
        let asked = |path: &str| path.split('.').next() == Some(key);
        self.body.get(key).is_some() || self.needs.iter().any(|(path, _)| asked(path))
    }
}

/// Whether `key` is a table of an instrument by which it acts, or its money.
pub fn is_channel(key: &str) -> bool {
    key == "money" || CHANNELS.iter().any(|(channel, ..)| *channel == key)
}

struct Catalogue {
    entries: Vec<Entry>,
    /// The table of sources that the entries cite.
    sources: Vec<Key>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let mut entries: Vec<(Entry, Option<String>)> = Vec::new();
    let mut sources: Vec<Key> = Vec::new();
    for (index, (_, text)) in FILES.iter().enumerate() {
        // A test holds that the files are free of faults.
        let file = FileId(u32::try_from(index).unwrap_or(u32::MAX));
        let root = syntax::parse(text, file, &mut Diagnostics::new());
        sources.extend(root.get("sources").map(Node::entries).unwrap_or_default().iter().cloned());
        let items = root.get("entry").map(Node::items).unwrap_or_default();
        entries.extend(items.iter().filter_map(read));
    }
    // An entry follows one that stands before it, which may follow another.
    let mut resolved: Vec<Entry> = Vec::new();
    for (entry, model) in entries {
        let model = model.and_then(|model| resolved.iter().find(|other| other.id == model));
        resolved.push(model.map_or_else(|| entry.clone(), |model| following(&entry, model)));
    }
    let mut entries = resolved;
    entries.sort_by_key(|entry| (document_rank(&entry.document), entry.id.clone()));
    Catalogue { entries, sources }
});

/// Documents in the order of the project's tables.
fn document_rank(document: &str) -> usize {
    ["HB48", "HB701", "ZJ22", "AH11"].iter().position(|known| *known == document).unwrap_or(usize::MAX)
}

/// All instruments, by document and number.
pub fn entries() -> &'static [Entry] {
    &CATALOGUE.entries
}

/// The instrument with this id, in upper or lower case.
pub fn entry(id: &str) -> Option<&'static Entry> {
    let id = id.trim();
    entries().iter().find(|entry| entry.id.eq_ignore_ascii_case(id))
}

/// The one instrument that `word` calls, by its id or its name in either language; blanks and letter case make no difference.
pub fn called(word: &str) -> Option<&'static Entry> {
    let bare = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
    };
    let wanted = bare(word);
    let named = |entry: &&Entry| bare(&entry.name.zh) == wanted || bare(&entry.name.en) == wanted;
    entry(word).or_else(|| entries().iter().find(named))
}

/// The title of a source of the catalogue.
pub fn source_title(id: &str) -> Option<Text> {
    let found = CATALOGUE.sources.iter().find(|source| source.key == id)?;
    found.value.get("title")?.as_text()
}

/// An entry as written, and the id of the entry that it follows.
fn read(item: &Node) -> Option<(Entry, Option<String>)> {
    let string = |key: &str| item.get(key).and_then(Node::as_str).map(str::to_owned);
    let needs = item.get("needs").map(Node::entries).unwrap_or_default();
    let optional = item.get("optional").map(Node::items).unwrap_or_default();
    let body: Vec<Key> =
        item.entries().iter().filter(|key| !OWN.contains(&key.key.as_str())).cloned().collect();
    let body = Node { span: item.span, value: Value::Table(body) };
    let entry = Entry {
        id: string("id")?,
        name: item.get("name")?.as_text()?,
        summary: item.get("summary")?.as_text()?,
        document: string("document")?,
        section: string("section")?,
        needs: needs
            .iter()
            .filter_map(|key| Some((key.key.clone(), key.value.as_str()?.to_owned())))
            .collect(),
        optional: optional.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
        body: grounded(&body, "instrument[]", &[]),
    };
    Some((entry, string("same_as")))
}

/// `entry` with everything from `model` that it neither states itself nor asks the scenario for.
fn following(entry: &Entry, model: &Entry) -> Entry {
    let mut entry = entry.clone();
    let mut body = model.body.clone();
    for (path, _) in &entry.needs {
        remove(&mut body, path);
    }
    entry.body = merge_table(body, entry.body, "instrument[]");
    for need in &model.needs {
        if at(&entry.body, &need.0).is_none() && entry.needs.iter().all(|(path, _)| *path != need.0) {
            entry.needs.push(need.clone());
        }
    }
    entry.optional.extend(model.optional.iter().cloned());
    entry
}

/// The value at a dotted path.
fn at<'n>(node: &'n Node, path: &str) -> Option<&'n Node> {
    path.split('.').try_fold(node, |node, key| node.get(key))
}

/// Takes the value at a dotted path out of the table.
fn remove(node: &mut Node, path: &str) {
    let Value::Table(keys) = &mut node.value else { return };
    match path.split_once('.') {
        None => keys.retain(|key| key.key != path),
        Some((first, rest)) => {
            keys.iter_mut().filter(|key| key.key == first).for_each(|key| remove(&mut key.value, rest));
        }
    }
}

/// The table with source, grade and note written at every number instead of at the tables around it.
///
/// So a number keeps its grade wherever it is merged into, and a number that the scenario puts in its place does not
/// inherit the grade of the catalogue.
fn grounded(table: &Node, pattern: &str, inherited: &[Key]) -> Node {
    let mut known: Vec<Key> = inherited.to_vec();
    for key in table.entries().iter().filter(|key| INHERITED.contains(&key.key.as_str())) {
        known.retain(|other| other.key != key.key);
        known.push(key.clone());
    }
    let mut keys = Vec::new();
    for key in table.entries().iter().filter(|key| !INHERITED.contains(&key.key.as_str())) {
        let row = parameters::pattern_of(pattern, &key.key);
        let value = match row {
            Some(row) if row.unit().is_some() || row.kind == parameters::Kind::Delay => {
                stated(&key.value, &known)
            }
            Some(row) if key.value.is_table() && row.kind == parameters::Kind::Table => {
                grounded(&key.value, row.path, &known)
            }
            _ => key.value.clone(),
        };
        keys.push(Key { value, ..key.clone() });
    }
    Node { span: table.span, value: Value::Table(keys) }
}

/// A number as a table with its own provenance.
fn stated(value: &Node, known: &[Key]) -> Node {
    let mut keys = match &value.value {
        Value::Table(keys) => keys.clone(),
        _ => vec![Key { key: "value".to_owned(), key_span: value.span, value: value.clone() }],
    };
    let own: Vec<String> = keys.iter().map(|key| key.key.clone()).collect();
    keys.extend(known.iter().filter(|key| !own.contains(&key.key)).cloned());
    Node { span: value.span, value: Value::Table(keys) }
}

/// The same tree with every place replaced by `span`: what comes from the catalogue is reported where it is named.
fn placed(node: &Node, span: Span) -> Node {
    let value = match &node.value {
        Value::Array(items) => Value::Array(items.iter().map(|item| placed(item, span)).collect()),
        Value::Table(keys) => Value::Table(
            keys.iter()
                .map(|key| Key { key: key.key.clone(), key_span: span, value: placed(&key.value, span) })
                .collect(),
        ),
        other => other.clone(),
    };
    Node { span, value }
}

/// A channel's name for readers.
fn channel_name(key: &str) -> Text {
    CHANNELS
        .iter()
        .find(|(known, ..)| *known == key)
        .map_or_else(|| text!("{key}", "{key}"), |(_, zh, en)| Text::new(*zh, *en))
}

#[cfg(test)]
mod tests;
