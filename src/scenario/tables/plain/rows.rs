//! Faults of whole rows: required cells that are empty, and cells of which one, and one only, must be filled in.

use super::places::Part;
use super::words;
use crate::diag::{Diagnostic, Span, codes};
use crate::scenario::node::Node;
use crate::scenario::parameters::{self, ALTERNATIVES, Alternatives};
use crate::text;
use crate::text::Text;

/// What a row lacks, one fault for each empty cell or group of cells; none if it lacks nothing.
/// `label` finds where a setting is called so.
pub fn lacks(part: &Part<'_>, place: Span, label: &dyn Fn(&Text) -> Option<Span>) -> Vec<Diagnostic> {
    let (node, pattern) = (part.node, part.pattern.as_str());
    let mut faults = Vec::new();
    let sheet = words::sheet(pattern).unwrap_or_default();
    let required = parameters::children(pattern).filter(|row| row.required && node.get(row.key()).is_none());
    for row in required {
        // A row without id is called by its name.
        let named = row.key() == "id"
            && words::rows_of(pattern).is_some_and(|rows| rows.all().any(|head| head.key == "name"));
        let column = words::column(if named { "" } else { row.path });
        let column = if named { words::column(&format!("{pattern}.name")) } else { column };
        let (zh, en) = (&column.zh, &column.en);
        let (sheet_zh, sheet_en) = (&sheet.zh, &sheet.en);
        if parts_of_settings(pattern) {
            let message = text!("没有填“{zh}”", "`{en}` is not filled in");
            let hint = text!(
                "在“{sheet_zh}”表“{zh}”后面的“内容”一格填写",
                "fill in the cell behind `{en}` in the sheet {sheet_en}"
            );
            faults.push(
                Diagnostic::error(codes::MISSING_KEY, label(&column).unwrap_or(place), message).hint(hint),
            );
            continue;
        }
        let message = text!("这一行没有填“{zh}”", "the row has no `{en}`");
        let hint = text!(
            "在“{sheet_zh}”表这一行的“{zh}”列填写；没有这一列就加上",
            "fill in the column `{en}` of {sheet_en}, adding it if there is none"
        );
        faults.push(Diagnostic::error(codes::MISSING_KEY, place, message).hint(hint));
    }
    for group in ALTERNATIVES.iter().filter(|group| group.table == pattern && group.required) {
        let none = group.keys.iter().all(|key| node.get(key).is_none());
        if none && !group.excused(node) {
            let columns = columns(group);
            if let [Text { zh, en }] = columns.as_slice() {
                let message = text!("这一行没有填“{zh}”", "the row has no `{en}`");
                faults.push(Diagnostic::error(codes::KEY_CONFLICT, place, message));
                continue;
            }
            let columns = words::list(&columns);
            let (zh, en) = (&columns.zh, &columns.en);
            let message = text!("这一行的{zh}一个都没有填", "the row has none of {en}");
            let hint = text!("这几列填一列，只填一列", "fill in one of these columns, and one only");
            faults.push(Diagnostic::error(codes::KEY_CONFLICT, place, message).hint(hint));
        }
    }
    faults
}

fn parts_of_settings(pattern: &str) -> bool {
    matches!(pattern.split(['.', '[']).next(), Some("scenario" | "measures" | "province" | "nation"))
}

/// The sheets that a workbook lacks for the kinds that every scenario has.
pub fn sheets_missing(root: &Node) -> Vec<Diagnostic> {
    let required = parameters::children("").filter(|row| row.required && row.key() != "scenario");
    let missing = required.filter(|row| root.get(row.key()).is_none());
    let fault = |sheet: Text| {
        let (zh, en) = (&sheet.zh, &sheet.en);
        let message = text!("没有“{zh}”表，或者表里没有一行数据", "there is no sheet {en}, or no row in it");
        let hint = text!(
            "clustercast new --xlsx 写出的空表里有这一张，复制过来再填",
            "copy the one that `clustercast new --xlsx` writes, and fill it in"
        );
        Diagnostic::error(codes::MISSING_KEY, None, message).hint(hint)
    };
    missing.filter_map(|row| words::sheet_of_table(row.key())).map(fault).collect()
}

/// The fault of two cells of which one only can be filled in, the first and the second.
pub fn both(first: &str, second: &str, place: Span, other: Span) -> Diagnostic {
    let (a, b) = (words::column(first), words::column(second));
    let (a_zh, b_zh, a_en, b_en) = (&a.zh, &b.zh, &a.en, &b.en);
    let message = text!("“{a_zh}”和“{b_zh}”只能填一个", "only one of `{a_en}` and `{b_en}` can be filled in");
    let fault = Diagnostic::error(codes::KEY_CONFLICT, place, message);
    fault
        .hint(text!("留下一个，另一个清空", "keep one and empty the other"))
        .related(other, text!("另一个在这里", "the other one"))
}

/// The columns of a group; keys without a column are for scenario files only.
fn columns(group: &Alternatives) -> Vec<Text> {
    let with = group.keys.iter().filter(|key| words::has_column(group.table, key));
    let columns: Vec<Text> = with.map(|key| words::column(&format!("{}.{key}", group.table))).collect();
    if columns.is_empty() { group.keys.iter().map(|key| Text::same(*key)).collect() } else { columns }
}
