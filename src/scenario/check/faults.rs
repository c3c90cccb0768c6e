//! Faults of single values: lists without items, malformed ids.

use crate::diag::{Diagnostic, Span, codes};
use crate::scenario::node::{Node, Value};
use crate::scenario::parameters::{self, Param};
use crate::text;

/// The fault of a list without any item where one would mean all, none or nothing at all. A policy without instruments is
/// one that is asked about, and nothing excepted is nothing to mistake.
pub(super) fn empty_list(node: &Node, row: &Param, reference: parameters::Reference) -> Option<Diagnostic> {
    let is_empty = matches!(&node.value, Value::Array(items) if items.is_empty());
    let means_none = reference == parameters::Reference::Instrument || row.key() == "except";
    if !is_empty || means_none {
        return None;
    }
    let key = row.key();
    let message = text!("{key} 的列表是空的：至少要列一项", "the list `{key}` is empty: name at least one");
    let fault = Diagnostic::error(codes::MISSING_KEY, node.span, message);
    let hint = text!("不限定就不写 {key}，那样指全部", "leave `{key}` out if all are meant");
    Some(fault.maybe_hint(row.default.is_some_and(|default| default.starts_with("all")).then_some(hint)))
}

/// The fault of a malformed id, if it is one.
pub(super) fn bad_id(id: &str, span: Span) -> Option<Diagnostic> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '.' | '*' | '/' | ':');
    if !id.is_empty() && !id.contains(bad) {
        return None;
    }
    let message = text!("编号“{id}”不合格式", "the id `{id}` is malformed");
    let hint = text!(
        "编号不能为空，不能有空格和 . * / : ，可以用中文",
        "an id is not empty and holds no blanks and none of . * / :"
    );
    Some(Diagnostic::error(codes::BAD_ID, span, message).hint(hint))
}
