//! Faults of references: a cell names something that no sheet lists.

use std::collections::BTreeMap;

use super::places::Place;
use super::words;
use crate::diag::{Diagnostic, Span, codes};
use crate::scenario::catalogue;
use crate::scenario::node::Node;
use crate::scenario::parameters::Reference;
use crate::scenario::references::{noun, table_of, whole_country};
use crate::scenario::suggest;
use crate::scenario::tables::names::{WHOLE_COUNTRY, bare};
use crate::text;
use crate::text::Text;

/// The names by which the things of a scenario can be called.
pub struct Called<'t> {
    root: &'t Node,
}

/// What is to be said about a reference that leads nowhere.
pub enum Verdict {
    /// This fault.
    Fault(Box<Diagnostic>),
    /// Nothing: the cause is told elsewhere.
    Silent,
}

impl<'t> Called<'t> {
    /// The names in a tree.
    pub fn new(root: &'t Node) -> Self {
        Self { root }
    }

    /// Names of the things of a table, in their order; the id where there is no name.
    fn names(&self, table: &str) -> Vec<(Text, Span)> {
        let Some(node) = self.root.get(table) else { return Vec::new() };
        let items = node.items().iter().filter_map(|item| Some((item.get("id")?.as_str()?, item)));
        if matches!(table, "sources" | "measures") {
            // what the catalogue cites is no document of the planner
            let own = |key: &str| table != "sources" || catalogue::source_title(key).is_none();
            let entries = node.entries().iter().filter(|entry| own(&entry.key));
            return entries.map(|entry| (Text::same(&entry.key), entry.key_span)).collect();
        }
        items
            .map(|(id, item)| {
                let name = item.get("name");
                let span = name.map_or(item.span, |name| name.span);
                (name.and_then(Node::as_text).unwrap_or_else(|| Text::same(id)), span)
            })
            .collect()
    }

    /// Whether there is nothing of this kind at all.
    pub fn none_of(&self, table: &str) -> bool {
        self.names(table).is_empty()
    }

    /// The fault of a cell that refers to `word`; `lost` tells of which tables rows could not be read.
    pub fn unknown(
        &self,
        place: &Place,
        word: &str,
        span: Span,
        lost: &dyn Fn(&str) -> bool,
    ) -> Option<Verdict> {
        let reference = place.reference?;
        if reference == Reference::Scope {
            return Some(self.scope(word, span, lost, place.pattern.starts_with("record")));
        }
        let table = table_of(reference);
        let names = self.names(table);
        if lost(table) {
            return Some(Verdict::Silent);
        }
        if let Some(fault) = twice(&names, table, word) {
            return Some(Verdict::Fault(Box::new(fault)));
        }
        let (zh, en) = noun(table);
        let code = if table == "sources" { codes::UNKNOWN_SOURCE } else { codes::UNKNOWN_REFERENCE };
        let sheet = words::sheet_of_table(table);
        let message = match &sheet {
            Some(Text { zh: sheet_zh, en: sheet_en }) => {
                text!("“{sheet_zh}”里没有“{word}”", "{sheet_en} has no {en} `{word}`")
            }
            None => text!("没有名为“{word}”的{zh}", "there is no {en} `{word}`"),
        };
        let fault = Diagnostic::error(code, span, message).hint(among(word, &names));
        let add = sheet.filter(|_| table == "sources").map(|Text { zh, en }| {
            text!(
                "新的资料先在“{zh}”里登记一行，“资料编号”写“{word}”",
                "a new document is listed in {en} first, with the id `{word}`"
            )
        });
        Some(Verdict::Fault(Box::new(fault.maybe_hint(add))))
    }

    fn scope(&self, word: &str, span: Span, lost: &dyn Fn(&str) -> bool, of_record: bool) -> Verdict {
        if !of_record && matches!(bare(word).as_str(), WHOLE_COUNTRY | "nation") {
            let fault = whole_country(word, span);
            return Verdict::Fault(Box::new(fault.hint(text!(
                "写“全省”，或集群、行业的名称；全国的历年数填在“历年数据”表",
                "write the name of the province, of a cluster or an industry; past figures of the nation go into the sheet Records"
            ))));
        }
        let kinds = ["cluster", "industry", "group"];
        if kinds.iter().any(|kind| lost(kind)) {
            return Verdict::Silent;
        }
        let mut names = vec![(Text::new("全省", "province"), span)];
        names.extend(of_record.then(|| (Text::new(WHOLE_COUNTRY, "nation"), span)));
        names.extend(self.names("province"));
        for kind in kinds {
            let found = self.names(kind);
            if let Some(fault) = twice(&found, kind, word) {
                return Verdict::Fault(Box::new(fault));
            }
            names.extend(found);
        }
        let message = text!("没有“{word}”这个对象", "there is nothing called `{word}`");
        let fault = Diagnostic::error(codes::UNKNOWN_REFERENCE, span, message).hint(among(word, &names));
        Verdict::Fault(Box::new(fault))
    }
}

/// The fault of two things with the name `word`, at the second one.
fn twice(names: &[(Text, Span)], table: &str, word: &str) -> Option<Diagnostic> {
    let wanted = bare(word);
    let mut same = names.iter().filter(|(name, _)| bare(&name.zh) == wanted || bare(&name.en) == wanted);
    let (first, second) = (same.next()?, same.next()?);
    let (zh, en) = noun(table);
    let word = &first.0.zh;
    let message = text!("有两个{zh}都叫“{word}”，别处写这个名称时分不清", "two {en}s are called `{word}`");
    let fault = Diagnostic::error(codes::DUPLICATE_ID, second.1, message);
    let fault =
        fault.hint(text!("把其中一个改名，或删去重复的行", "rename one, or remove the row that repeats"));
    Some(fault.related(first.1, text!("前一个在这里", "the first one")))
}

/// A hint with the nearest name, or with those that there are.
fn among(word: &str, names: &[(Text, Span)]) -> Text {
    let mut seen = BTreeMap::new();
    let unique = names.iter().filter(|(name, _)| seen.insert(name.zh.as_str(), ()).is_none());
    let (zh, en): (Vec<&str>, Vec<&str>) =
        unique.map(|(name, _)| (name.zh.as_str(), name.en.as_str())).unzip();
    Text::new(suggest::one_of(word, &zh).zh, suggest::one_of(word, &en).en)
}
