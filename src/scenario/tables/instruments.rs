//! Rows of instruments: their years, and columns that the kind of an instrument has no use for.

use std::collections::HashSet;

use super::heads::{self, Head};
use super::rows::insert;
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
    /// How many of its quantities come from there, each with source, grade and reason.
    pub count: usize,
    /// What else comes from there, meaning and value. The format has no provenance for these.
    pub bare: Vec<(Text, String)>,
}

/// What the catalogue filled in, for each instrument of a tree in which its entries have been laid out.
pub fn assumed(root: &Node) -> Vec<Assumed> {
    let items = root.get("instrument").map(Node::items).unwrap_or_default();
    let one = |item: &Node| {
        let named = item.get("entry")?;
        let entry = catalogue::entry(named.as_str()?)?;
        let name = item.get("name").and_then(Node::as_text).unwrap_or_else(|| entry.name.clone());
        let mut assumed = Assumed { name, entry, count: 0, bare: Vec::new() };
        item.entries().iter().for_each(|key| filled_in(key, "instrument[]", named.span, &mut assumed));
        (assumed.count > 0 || !assumed.bare.is_empty()).then_some(assumed)
    };
    items.iter().filter_map(one).collect()
}

/// Adds the parameters in the value of `key` that have the place of the entry, as what comes from the catalogue has.
fn filled_in(key: &Key, pattern: &str, span: Span, assumed: &mut Assumed) {
    let Some(row) = parameters::pattern_of(pattern, &key.key) else { return };
    if row.kind == Kind::Table {
        key.value.entries().iter().for_each(|key| filled_in(key, row.path, span, assumed));
    } else if pattern != "instrument[]" && key.value.span == span {
        match row.unit().is_some() || row.kind == Kind::Delay {
            true => assumed.count += 1,
            false => assumed
                .bare
                .push((Text::new(row.meaning_zh, row.meaning_en), catalogue::value_text(&key.value))),
        }
    }
}

/// Puts years without money where they belong, asks for years that are missing, and takes out what the instrument's kind cannot use, with a fault each.
///
/// A figure in such a column would count beside those of the kind, or for nothing.
pub fn settle(items: &mut [Node], faults: &mut Diagnostics) {
    for item in items {
        let entry = item.get("entry").and_then(Node::as_str).and_then(catalogue::entry);
        let Value::Table(keys) = &mut item.value else { continue };
        years_of_projects(keys, entry, faults);
        faults
            .extend([&["money"][..], &["projects", "signed"]].iter().filter_map(|path| undated(keys, path)));
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
///
/// A row that changes an instrument of the file that is extended, `parent`, needs no kind: that instrument has its effect.
pub fn without_kind(items: &mut [Node], parent: Option<&Node>, faults: &mut Diagnostics) {
    let known = parent.and_then(|file| file.get("instrument")).map(Node::items).unwrap_or_default();
    let id = |item: &Node| item.get("id").and_then(Node::as_str).map(str::to_owned);
    let known: HashSet<String> = known.iter().filter_map(id).collect();
    let kindless =
        |item: &&mut Node| item.get("entry").is_none() && id(item).is_none_or(|id| !known.contains(&id));
    for item in items.iter_mut().filter(kindless) {
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

/// The columns of years serve money and signed investment alike; investment may have years of its own beside money.
fn years_of_projects(keys: &mut Vec<Key>, entry: Option<&Entry>, faults: &mut Diagnostics) {
    let signs =
        keys.iter().any(|key| key.key == "projects") || entry.is_some_and(|entry| entry.uses("projects"));
    let Some(at) = keys.iter().position(|key| key.key == "money").filter(|_| signs) else { return };
    let is_year = |key: &&Key| matches!(key.key.as_str(), "from" | "to");
    let years: Vec<Key> = keys[at].value.entries().iter().filter(is_year).cloned().collect();
    let pays = keys[at].value.entries().len() > years.len();
    if !pays {
        keys.remove(at);
    }
    for year in years {
        let stated = signed(keys).and_then(|signed| signed.get(&year.key)).cloned();
        match stated {
            Some(other) if !pays && other.value != year.value.value => {
                faults.push(twice(&year, &other));
            }
            Some(_) => {}
            // a row that pays and signs nothing has no use for a year of signing
            None if pays && signed(keys).is_none() => {}
            None => {
                let parts = ["projects", "signed", &year.key].map(str::to_owned);
                insert(keys, &parts, year.value.span, year.value.value);
            }
        }
    }
}

/// The signed investment of a row.
fn signed(keys: &[Key]) -> Option<&Node> {
    keys.iter().find(|key| key.key == "projects")?.value.get("signed")
}

/// The fault of a year that both columns of years state, each otherwise.
fn twice(year: &Key, other: &Node) -> Diagnostic {
    let (Text { zh: one_zh, en: one_en }, Text { zh: two_zh, en: two_en }) =
        (head(&format!("money.{}", year.key)), head(&format!("projects.signed.{}", year.key)));
    let message =
        text!("“{one_zh}”和“{two_zh}”填的年份不同", "`{one_en}` and `{two_en}` state different years");
    let hint = text!("两列只填一列，另一格清空", "fill in one of the two columns and empty the other");
    Diagnostic::error(codes::BAD_CELL, year.value.span, message)
        .hint(hint)
        .related(other.span, text!("另一个在这里", "the other one"))
}

/// The fault of an amount in the table `path` of a row without its first or last year: over the whole period it could be
/// many times what was meant.
fn undated(keys: &[Key], path: &[&str]) -> Option<Diagnostic> {
    let (first, rest) = path.split_first()?;
    let table = &keys.iter().find(|key| key.key == *first)?.value;
    let table = rest.iter().try_fold(table, |table, key| table.get(key))?;
    let amount = ["total", "per_year"].iter().find_map(|key| table.get(key))?;
    let missing: Vec<Text> = ["from", "to"]
        .iter()
        .filter(|key| table.get(key).is_none())
        .map(|key| head(&format!("money.{key}")))
        .collect();
    let zh: Vec<String> = missing.iter().map(|head| format!("“{}”", head.zh)).collect();
    let en: Vec<String> = missing.iter().map(|head| format!("`{}`", head.en)).collect();
    let (zh, en) = (zh.join("、"), en.join(" and "));
    let message = text!("填了金额，没有填{zh}", "an amount without {en}");
    let hint = text!(
        "写上从哪一年到哪一年；只有一年的，两格填同一年",
        "state its first and its last year, which are the same for an amount of one year"
    );
    (!missing.is_empty()).then(|| Diagnostic::error(codes::BAD_CELL, amount.span, message).hint(hint))
}

/// The head of the column for a key of an instrument.
fn head(path: &str) -> Text {
    let found = heads::rows("instrument").and_then(|rows| rows.all().find(|head| head.key == path));
    found.map_or_else(|| Text::same(path), Head::words)
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
