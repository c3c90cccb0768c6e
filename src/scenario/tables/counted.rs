//! Rows of targets that count things: what is counted, from what size on, and how many, as a scenario file states it.

use super::heads::{self, COUNTED, Head, SIZE};
use crate::diag::{Diagnostic, Diagnostics, Span, codes};
use crate::scenario::node::{Entry, Node, Value};
use crate::scenario::parameters::{self, Param};
use crate::text;
use crate::text::Text;

/// What a row may count: the words for it, and the key of the format.
pub const KINDS: [(&str, &str, &str); 3] =
    [("企业", "firms", "firms"), ("产品", "products", "products"), ("集群", "clusters", "count_at_least")];

/// How many of them.
const NUMBER: &str = "number_at_least";

/// Keys that say what a target is about; a row that has one in a column of its own counts that.
const SUBJECTS: [&str; 6] = ["firms", "products", "approvals", "arrivals", "indicator", "index"];

/// Keys that judge revenue.
const OF_REVENUE: [&str; 6] =
    ["at_least", "at_most", "multiple_of_base", "growth_at_least", "stretch", "measure"];

/// The row of the parameter table by which the cells of a column are read that is none of the format.
pub fn param(key: &str) -> Option<&'static Param> {
    (key == SIZE).then(|| parameters::param("target[].firms.above")).flatten()
}

/// The head that stands for a key of the format, below a target, which these columns are made into.
pub fn head_of(rest: &str) -> Option<&'static Head> {
    let key = match rest {
        "firms" | "products" | "count_at_least[]" => COUNTED,
        "firms.above" | "products.above" | "count_at_least[].value" => SIZE,
        "count_at_least[].count" => NUMBER,
        _ => return None,
    };
    heads::rows("target")?.all().find(|head| head.key == key)
}

/// Makes the columns of what is counted into keys of the format.
pub fn settle(items: &mut [Node], faults: &mut Diagnostics) {
    for item in items {
        if let Value::Table(keys) = &mut item.value {
            row(keys, faults);
        }
    }
}

fn row(keys: &mut Vec<Entry>, faults: &mut Diagnostics) {
    let word = taken(keys, COUNTED);
    let size = taken(keys, SIZE);
    let number = keys.iter().find(|key| key.key == NUMBER).map(|key| key.value.clone());
    let mut fault = |span: Span, message: Text, hint: Text| {
        faults.push(Diagnostic::error(codes::BAD_CELL, span, message).hint(hint));
    };
    let Some(word) = word else {
        let about = keys.iter().any(|key| SUBJECTS.contains(&key.key.as_str()));
        if let Some(filled) = size.or(number).filter(|_| !about) {
            let message = text!(
                "填了“规模达到”或“个数不低于”，没有填“数什么”",
                "`of at least` or `number at least` is filled in, but not `what is counted`"
            );
            fault(filled.span, message, choose());
            // nothing else is to be said about the row
            put_stand_in(keys, filled.span);
        }
        return;
    };
    let written = word.as_str().unwrap_or_default().trim().to_lowercase();
    let kind = KINDS.iter().find(|(zh, en, key)| {
        [*zh, *en, *key].contains(&written.as_str()) || en.strip_suffix('s') == Some(written.as_str())
    });
    let Some((zh, en, key)) = kind else {
        let message = text!("“数什么”不能写“{written}”", "`{written}` cannot stand under `what is counted`");
        fault(word.span, message, choose());
        return put_stand_in(keys, word.span);
    };
    keys.retain(|stated| {
        let fits = !OF_REVENUE.contains(&stated.key.as_str());
        if !fits {
            let known = heads::rows("target").and_then(|rows| rows.all().find(|head| head.key == stated.key));
            let head = known.map_or_else(|| Text::same(&stated.key), Head::words);
            let (head_zh, head_en) = (&head.zh, &head.en);
            fault(
                stated.value.span,
                text!("数{zh}的目标不填“{head_zh}”", "a target that counts {en} has no `{head_en}`"),
                text!(
                    "清空这一格：规模填在“规模达到”，个数填在“个数不低于”",
                    "empty the cell: the size belongs to `of at least`, the number to `number at least`"
                ),
            );
        }
        fits
    });
    let (Some(size), Some(number)) = (size.clone(), number.clone()) else {
        for (missing, head) in [(size.is_none(), SIZE), (number.is_none(), NUMBER)] {
            let head = heads::rows("target").and_then(|rows| rows.all().find(|known| known.key == head));
            let head = head.map(Head::words).unwrap_or_default();
            let (head_zh, head_en) = (&head.zh, &head.en);
            if missing {
                fault(
                    word.span,
                    text!("数{zh}，没有填“{head_zh}”", "{en} are counted, but there is no `{head_en}`"),
                    text!(
                        "如：数什么 = 企业，规模达到 = 100（亿元），个数不低于 = 3",
                        "such as: what is counted = firms, of at least = 10 (billion yuan), number at least = 3"
                    ),
                );
            }
        }
        return put_stand_in(keys, word.span);
    };
    let entry = |key: &str, value: Node| Entry { key: key.to_owned(), key_span: value.span, value };
    let table = |entries: Vec<Entry>| Node { span: word.span, value: Value::Table(entries) };
    let value = if *key == "count_at_least" {
        keys.retain(|stated| stated.key != NUMBER);
        let tier = table(vec![entry("count", number), entry("value", size)]);
        Node { span: word.span, value: Value::Array(vec![tier]) }
    } else {
        table(vec![entry("above", size)])
    };
    keys.push(Entry { key: (*key).to_owned(), key_span: word.span, value });
}

/// Warnings of firms and products that no target of the book counts: they are there for nothing else.
pub fn uncounted(root: &Node) -> Vec<Diagnostic> {
    let items = |table: &str| root.get(table).map(Node::items).unwrap_or_default();
    let listed = [("firms", ["firm", "firm_sizes"]), ("products", ["product", "product_sizes"])];
    let of = |(key, tables): (&'static str, [&str; 2])| {
        let all: Vec<&Node> = tables.iter().flat_map(|table| items(table)).collect();
        let (zh, en, _) = KINDS.iter().find(|(.., known)| *known == key)?;
        let n = all.len();
        let first = all.first().filter(|_| items("target").iter().all(|target| target.get(key).is_none()))?;
        let message = text!(
            "填了 {n} 行{zh}，却没有目标数它们：它们不影响任何结果",
            "{n} rows of {en} are filled in, but no target counts them: they change no result"
        );
        let hint = text!(
            "在“目标”表加一行：“数什么”写“{zh}”，再填“规模达到”和“个数不低于”；不需要就删去这张表",
            "add a row to Targets with `{en}` under `what is counted`, and fill in `of at least` and `number at least`; or remove the sheet"
        );
        Some(Diagnostic::warning(codes::UNUSED, first.span, message).hint(hint))
    };
    listed.into_iter().filter_map(of).collect()
}

/// Takes the value of a column out of a row.
fn taken(keys: &mut Vec<Entry>, key: &str) -> Option<Node> {
    let at = keys.iter().position(|entry| entry.key == key)?;
    Some(keys.remove(at).value)
}

/// What can be counted.
fn choose() -> Text {
    let (zh, en) = (KINDS.map(|(zh, ..)| zh).join("、"), KINDS.map(|(_, en, _)| en).join(", "));
    text!("“数什么”写其中一个：{zh}", "write one of these under `what is counted`: {en}")
}

/// A demand for a row with a fault, so that it is not said to have none.
fn put_stand_in(keys: &mut Vec<Entry>, span: Span) {
    if keys.iter().any(|key| key.key.contains("at_least") || key.key.contains("at_most")) {
        return;
    }
    let value = Node { span, value: Value::Integer(1) };
    keys.push(Entry { key: NUMBER.to_owned(), key_span: span, value });
}
