//! Things of one kind that have the same name: tables and charts could not tell them apart.

use std::collections::BTreeMap;

use super::node::Node;
use super::references::noun;
use crate::diag::{Diagnostic, Span, codes};
use crate::text;
use crate::text::Text;

/// Kinds that tables and charts call by name.
const KINDS: [&str; 9] = [
    "industry",
    "cluster",
    "firm",
    "firm_sizes",
    "product",
    "product_sizes",
    "arrival",
    "instrument",
    "target",
];

/// Two things of one kind, with ids of their own but one name.
pub struct Alike {
    kind: &'static str,
    name: String,
    ids: [String; 2],
    first: Span,
    second: Span,
}

/// Every name that a thing shares with one before it.
pub fn found(root: &Node) -> Vec<Alike> {
    let mut alike = Vec::new();
    for kind in KINDS {
        let mut known: BTreeMap<String, (&str, Span)> = BTreeMap::new();
        for item in root.get(kind).map(Node::items).unwrap_or_default() {
            let Some(id) = item.get("id").and_then(Node::as_str) else { continue };
            let Some(node) = item.get("name") else { continue };
            let Some(name) = node.as_text() else { continue };
            // however it is typed
            let bare: String = name.zh.chars().filter(|c| !c.is_whitespace()).collect();
            match known.get(&bare) {
                // the same id twice is a fault of its own
                Some((other, _)) if *other == id => {}
                Some((other, first)) => alike.push(Alike {
                    kind,
                    name: name.zh,
                    ids: [(*other).to_owned(), id.to_owned()],
                    first: *first,
                    second: node.span,
                }),
                None => {
                    known.insert(bare, (id, node.span));
                }
            }
        }
    }
    alike
}

impl Alike {
    /// The fault of a workbook, whose things are known by their names.
    pub fn fault(&self) -> Diagnostic {
        self.told(Diagnostic::error, codes::DUPLICATE_ID, &Text::default())
    }

    /// The warning of a scenario file, whose things have ids.
    pub fn warning(&self) -> Diagnostic {
        let [one, other] = &self.ids;
        let ids = text!("（编号 {one}、{other}）", " (ids {one}, {other})");
        self.told(Diagnostic::warning, codes::DOUBTFUL, &ids)
    }

    fn told(
        &self,
        new: fn(&'static str, Span, Text) -> Diagnostic,
        code: &'static str,
        ids: &Text,
    ) -> Diagnostic {
        let Self { kind, name, first, second, .. } = self;
        let ((zh, en), (ids_zh, ids_en)) = (noun(kind), (&ids.zh, &ids.en));
        let message = text!(
            "有两个{zh}都叫“{name}”{ids_zh}，表格和图里分不清",
            "two of the kind {en} are called `{name}`{ids_en}: tables and charts cannot tell them apart"
        );
        let hint = text!(
            "给其中一个换个名称；是同一个的，删去重复的一条",
            "give one of them another name, or remove it if they are the same"
        );
        new(code, *second, message).hint(hint).related(*first, text!("前一个在这里", "the first one"))
    }
}
