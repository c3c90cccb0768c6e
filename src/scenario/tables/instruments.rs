//! Rows of instruments: the years of signed projects, and columns that the kind of an instrument has no use for.

use super::heads::{self, Head};
use crate::diag::{Diagnostic, Diagnostics, Span, codes};
use crate::scenario::catalogue::{self, Entry};
use crate::scenario::node::{Entry as Key, Node, Value};
use crate::scenario::parameters::{self, Kind};
use crate::text;
use crate::text::Text;

/// Channels with parameters whose defaults would be taken without a word if a row named no kind.
const ASSUMING: [&str; 3] = ["capacity", "knowledge", "projects"];

/// The kinds of instruments that a workbook offers: those of the catalogue that belong to no document.
pub fn kinds() -> impl Iterator<Item = &'static Entry> {
    catalogue::entries().iter().filter(|entry| entry.is_general())
}

/// Their names.
pub fn kind_names() -> Text {
    let (zh, en): (Vec<&str>, Vec<&str>) =
        kinds().map(|entry| (entry.name.zh.as_str(), entry.name.en.as_str())).unzip();
    Text::new(zh.join("、"), en.join(", "))
}

/// What the catalogue filled in for an instrument that names its kind.
pub struct Assumed {
    /// The instrument.
    pub name: Text,
    /// What it was taken from.
    pub entry: &'static Entry,
    /// How many of its parameters come from there.
    pub count: usize,
}

/// What the catalogue filled in, for each instrument of a tree in which its entries have been laid out.
pub fn assumed(root: &Node) -> Vec<Assumed> {
    let items = root.get("instrument").map(Node::items).unwrap_or_default();
    let one = |item: &Node| {
        let named = item.get("entry")?;
        let entry = catalogue::entry(named.as_str()?)?;
        let name = item.get("name").and_then(Node::as_text).unwrap_or_else(|| entry.name.clone());
        let count = item.entries().iter().map(|key| filled_in(key, "instrument[]", named.span)).sum();
        (count > 0).then_some(Assumed { name, entry, count })
    };
    items.iter().filter_map(one).collect()
}

/// Parameters in the value of `key` that have the place of the entry, as what comes from the catalogue has.
fn filled_in(key: &Key, pattern: &str, span: Span) -> usize {
    let Some(row) = parameters::pattern_of(pattern, &key.key) else { return 0 };
    match row.kind {
        Kind::Table => key.value.entries().iter().map(|key| filled_in(key, row.path, span)).sum(),
        _ => usize::from(pattern != "instrument[]" && key.value.span == span),
    }
}

/// Puts years without money where they belong, and takes out what the instrument's kind cannot use, with a fault each.
///
/// A figure in such a column would count beside those of the kind, or for nothing.
pub fn settle(items: &mut [Node], faults: &mut Diagnostics) {
    for item in items {
        let entry = item.get("entry").and_then(Node::as_str).and_then(catalogue::entry);
        let Value::Table(keys) = &mut item.value else { continue };
        years_of_projects(keys, entry);
        let Some(entry) = entry else { continue };
        keys.retain(|key| {
            let fits = !catalogue::is_channel(&key.key) || !key.value.is_table() || entry.uses(&key.key);
            if !fits {
                faults.push(unused(&key.value, &key.key, entry));
            }
            fits
        });
    }
}

/// Reports rows that state parameters of an effect without a kind: those left empty would be taken as if they were known.
pub fn without_kind(items: &mut [Node], faults: &mut Diagnostics) {
    for item in items.iter_mut().filter(|item| item.get("entry").is_none()) {
        let Value::Table(keys) = &mut item.value else { continue };
        let assuming = |key: &Key| ASSUMING.contains(&key.key.as_str());
        let Some(stated) = keys.iter().find(|key| assuming(key)) else { continue };
        let (Text { zh, en }, span) = first(&stated.value, &stated.key);
        let Text { zh: kinds_zh, en: kinds_en } = kind_names();
        let message = text!(
            "填了“{zh}”，就要选“工具类型”：没有填的其他参数取哪一类的假设，由它决定",
            "with `{en}` a `kind` is needed: it decides what is assumed for the parameters that are left empty"
        );
        let hint = text!("“工具类型”列可以写：{kinds_zh}", "choose the `kind` from: {kinds_en}");
        faults.push(Diagnostic::error(codes::BAD_CELL, span, message).hint(hint));
        // nothing else is to be said about them
        keys.retain(|key| !assuming(key));
    }
}

/// The columns of years serve money and signed investment alike.
fn years_of_projects(keys: &mut Vec<Key>, entry: Option<&Entry>) {
    let signs =
        keys.iter().any(|key| key.key == "projects") || entry.is_some_and(|entry| entry.uses("projects"));
    let Some(at) = keys.iter().position(|key| key.key == "money").filter(|_| signs) else { return };
    let is_year = |key: &Key| matches!(key.key.as_str(), "from" | "to");
    if !keys[at].value.entries().iter().all(is_year) {
        return;
    }
    let Value::Table(years) = keys.remove(at).value.value else { return };
    let projects = keys.iter_mut().find(|key| key.key == "projects").map(|key| &mut key.value.value);
    let Some(Value::Table(projects)) = projects else { return };
    let signed = projects.iter_mut().find(|key| key.key == "signed").map(|key| &mut key.value.value);
    if let Some(Value::Table(signed)) = signed {
        for year in years {
            if signed.iter().all(|key| key.key != year.key) {
                signed.push(year);
            }
        }
    }
}

fn unused(table: &Node, key: &str, entry: &Entry) -> Diagnostic {
    let (Text { zh, en }, span) = first(table, key);
    let Text { zh: kind_zh, en: kind_en } = &entry.name;
    let message = text!("“{kind_zh}”用不到“{zh}”这一列", "`{en}` means nothing for the kind `{kind_en}`");
    let hint = text!("清空这一格，或换一种“工具类型”", "empty the cell, or choose another `kind`");
    Diagnostic::error(codes::BAD_CELL, span, message).hint(hint)
}

/// The head and the place of the first value in the table `path` of an instrument.
fn first(node: &Node, path: &str) -> (Text, Span) {
    match node.entries().first() {
        Some(key) => first(&key.value, &format!("{path}.{}", key.key)),
        None => {
            let rows = heads::rows("instrument");
            let is = |head: &&Head| {
                path.strip_prefix(head.key)
                    .is_some_and(|rest| matches!(rest.chars().next(), None | Some('.')))
            };
            let head = rows.and_then(|rows| rows.all().find(is));
            (head.map_or_else(|| Text::same(path), Head::words), node.span)
        }
    }
}
