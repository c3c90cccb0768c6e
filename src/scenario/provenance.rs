//! Where a figure comes from and how well it is founded.

use super::node::{Node, Value};
use super::{coverage, suggest};
use crate::diag::{Diagnostic, Span, codes};
use crate::text;
use crate::text::Text;

/// The key that names the statements, clusters and instruments of the documents which an entry stands for.
pub const CITES: &str = "cites";

/// The keys that state provenance in any table.
pub const KEYS: [&str; 4] = ["source", "grade", "note", CITES];

/// How well a figure is founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Stated by an official document or statistic.
    Official,
    /// Computed from official figures.
    Derived,
    /// Estimated in the literature, possibly elsewhere.
    Literature,
    /// Assumed by the author of the scenario.
    Assumption,
}

impl Grade {
    /// Every grade, the best founded first.
    pub const ALL: [Self; 4] = [Self::Official, Self::Derived, Self::Literature, Self::Assumption];

    /// The word used in scenario files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Derived => "derived",
            Self::Literature => "literature",
            Self::Assumption => "assumption",
        }
    }

    /// The grade with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.word() == word)
    }

    /// The name for readers.
    pub fn name(self) -> Text {
        match self {
            Self::Official => Text::new("官方数据", "official"),
            Self::Derived => Text::new("推算", "derived"),
            Self::Literature => Text::new("文献", "literature"),
            Self::Assumption => Text::new("假设", "assumption"),
        }
    }
}

/// Source, grade and note of a value; a part that is not stated is inherited from the tables around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Source reference as written (ids of `[sources]` with sections, joined by `;`) and its place.
    pub source: Option<(String, Span)>,
    /// Grade of evidence.
    pub grade: Option<Grade>,
    /// Remark of the author.
    pub note: Option<Text>,
}

impl Provenance {
    /// This provenance with the parts replaced that `table` states itself.
    pub fn within(&self, table: &Node) -> Self {
        let mut own = self.clone();
        if let Some(node) = table.get("source")
            && let Value::String(text) = &node.value
        {
            own.source = Some((text.clone(), node.span));
        }
        if let Some(grade) = table.get("grade").and_then(Node::as_str).and_then(Grade::from_word) {
            own.grade = Some(grade);
        }
        if let Some(note) = table.get("note").and_then(Node::as_text) {
            own.note = Some(note);
        }
        own
    }

    /// The ids of the sources: the first word of every part of the reference.
    pub fn source_ids(&self) -> Vec<&str> {
        let Some((text, _)) = &self.source else { return Vec::new() };
        text.split([';', '；']).filter_map(|part| part.split_whitespace().next()).collect()
    }
}

/// The ids that `table` itself cites, with the place of each; `cites` is not inherited.
pub fn cited(table: &Node) -> Vec<(&str, Span)> {
    let Some(cites) = table.get(CITES) else { return Vec::new() };
    let one = std::slice::from_ref(cites);
    let items = if cites.as_str().is_some() { one } else { cites.items() };
    items.iter().filter_map(|item| Some((item.as_str()?.trim(), item.span))).collect()
}

/// Faults of the `cites` written in `table`: something else than ids, or ids that the tables of the documents lack.
pub fn cites_faults(table: &Node) -> Vec<Diagnostic> {
    let Some(cites) = table.get(CITES) else { return Vec::new() };
    let mut faults = Vec::new();
    let written = match &cites.value {
        Value::Array(items) => items.as_slice(),
        _ => std::slice::from_ref(cites),
    };
    for item in written.iter().filter(|item| item.as_str().is_none()) {
        let (zh, en) = item.type_name();
        let message = text!("cites 要写编号，现在是{zh}", "`cites` holds ids, not {en}");
        let hint = text!(
            "例如 cites = [\"HB48-002\", \"HBNEWS-003\"]",
            "for example cites = [\"HB48-002\", \"HBNEWS-003\"]"
        );
        faults.push(Diagnostic::error(codes::WRONG_TYPE, item.span, message).hint(hint));
    }
    for (id, span) in cited(table).into_iter().filter(|(id, _)| coverage::item(id).is_none()) {
        let message = text!(
            "文件清单里没有编号为“{id}”的表述、集群或工具",
            "no statement, cluster or instrument of the documents has the id `{id}`"
        );
        // `HB48-02` is nearer to a statement than to `CL-HB48-02`, which holds all of its letters.
        let table = |id: &str| ["CL-", "IN-"].into_iter().find(|prefix| id.starts_with(prefix));
        let same =
            coverage::ITEMS.iter().map(|item| item.id.as_str()).filter(|other| table(other) == table(id));
        let near = suggest::nearest(id, same);
        let near = near.map(|near| text!("是不是 {near}？", "did you mean `{near}`?"));
        let list =
            text!("clustercast coverage --all 列出全部编号", "`clustercast coverage --all` lists all ids");
        faults.push(Diagnostic::error(codes::UNKNOWN_STATEMENT, span, message).maybe_hint(near).hint(list));
    }
    faults
}

/// Faults of the provenance keys written in `table`, those of `cites` included.
pub fn faults(table: &Node) -> Vec<Diagnostic> {
    let mut faults = cites_faults(table);
    let wrong_type = |node: &Node, key: &str| {
        let (zh, en) = node.type_name();
        let message = text!("{key} 要写成字符串，现在是{zh}", "`{key}` must be a string, not {en}");
        Diagnostic::error(codes::WRONG_TYPE, node.span, message)
    };
    if let Some(node) = table.get("source").filter(|node| node.as_str().is_none()) {
        faults.push(wrong_type(node, "source"));
    }
    if let Some(node) = table.get("note").filter(|node| node.as_text().is_none()) {
        faults.push(wrong_type(node, "note"));
    }
    if let Some(node) = table.get("grade") {
        match node.as_str() {
            None => faults.push(wrong_type(node, "grade")),
            Some(word) if Grade::from_word(word).is_none() => {
                let message = text!("没有“{word}”这个依据等级", "there is no grade `{word}`");
                let fault = Diagnostic::error(codes::BAD_GRADE, node.span, message);
                faults.push(fault.hint(suggest::one_of(word, &Grade::ALL.map(Grade::word))));
            }
            Some(_) => {}
        }
    }
    faults
}
