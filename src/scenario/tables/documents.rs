//! The sheet of documents of a workbook: one a row, its id first.

use std::collections::BTreeMap;

use super::book::{SOURCE_COLUMNS, entry, string};
use super::columns;
use super::grid::{Cell, CellKind, Grid};
use crate::diag::{Diagnostic, Diagnostics, Span, codes};
use crate::scenario::node::{Entry, Node, Value};
use crate::scenario::suggest;
use crate::text;

/// The entries of `[sources]`; rows with a fault are there too, as far as they can be.
pub fn documents(grid: &Grid, faults: &mut Diagnostics) -> Vec<Entry> {
    let rows = grid.rows();
    let heads = rows.iter().find(|(_, cells)| cells.iter().filter(|cell| key(cell).is_some()).count() >= 2);
    let Some((head, heads)) = heads else {
        let place = rows.values().flatten().next().map(|cell| cell.span);
        let message = text!("资料来源表缺少表头", "the sheet of sources has no head");
        let hint =
            text!("表头写：资料编号、标题、发布日期、发布单位", "heads: source id, title, date, publisher");
        faults.push(Diagnostic::error(codes::BAD_TABLE, place, message).hint(hint));
        return Vec::new();
    };
    let mut keys: BTreeMap<u32, &'static str> = BTreeMap::new();
    for cell in heads {
        match key(cell) {
            Some(key) => {
                keys.insert(cell.column, key);
            }
            None if columns::is_remark(cell) => {}
            None => faults.push(unknown_head(cell)),
        }
    }
    let mut documents: Vec<Entry> = Vec::new();
    let mut known: BTreeMap<String, Span> = BTreeMap::new();
    for cells in rows.range(head + 1..).map(|(_, cells)| cells) {
        let mut entries = Vec::new();
        let mut id = None;
        for cell in cells {
            let usable = !matches!(cell.kind, CellKind::Error | CellKind::Formula | CellKind::Merged);
            match keys.get(&cell.column) {
                Some(&"id") if usable => id = Some(cell),
                Some(key) if usable => entries.push(entry(key, string(&cell.text, cell.span))),
                _ => {}
            }
        }
        let Some(id) = id else {
            if let Some(first) = entries.first() {
                let message = text!("这一行没有填“资料编号”", "the row has no `source id`");
                let hint = text!(
                    "给这份资料起一个短编号，其他表的“出处”列写它",
                    "give the document a short id, which the columns `source` of other sheets state"
                );
                faults.push(Diagnostic::error(codes::BAD_CELL, first.key_span, message).hint(hint));
            }
            continue;
        };
        let word = &id.text;
        if word.contains(|c: char| c.is_whitespace() || matches!(c, ';' | '；')) {
            let message = text!(
                "资料编号“{word}”里不能有空格和分号",
                "the id `{word}` must hold no blank and no semicolon"
            );
            let hint = text!(
                "“出处”里空格后面是章节，分号隔开几份资料；编号改成连写",
                "in a column `source` a section stands behind the blank, and semicolons part documents"
            );
            faults.push(Diagnostic::error(codes::BAD_CELL, id.span, message).hint(hint));
        }
        if let Some(first) = known.get(word) {
            let message = text!("资料编号“{word}”出现了不止一次", "the source id `{word}` occurs twice");
            let hint = text!("删去重复的行，或换一个编号", "remove the row that repeats, or change its id");
            let fault = Diagnostic::error(codes::BAD_CELL, id.span, message).hint(hint);
            faults.push(fault.related(*first, text!("先出现在这里", "first used here")));
            continue;
        }
        known.insert(word.clone(), id.span);
        documents.push(Entry {
            key: word.clone(),
            key_span: id.span,
            value: Node { span: id.span, value: Value::Table(entries) },
        });
    }
    documents
}

fn key(cell: &Cell) -> Option<&'static str> {
    let word = columns::word(&cell.text);
    let same = |text: &str| columns::word(text) == word;
    SOURCE_COLUMNS.iter().find(|(_, zh, en)| same(zh) || same(en)).map(|(key, ..)| *key)
}

fn unknown_head(cell: &Cell) -> Diagnostic {
    let head = &cell.text;
    let message = text!("资料来源表里没有名为“{head}”的列", "the sheet of sources has no column `{head}`");
    let zh: Vec<&str> = SOURCE_COLUMNS.iter().map(|(_, zh, _)| *zh).collect();
    let en: Vec<&str> = SOURCE_COLUMNS.iter().map(|(.., en)| *en).collect();
    let near = crate::text::Text::new(suggest::one_of(head, &zh).zh, suggest::one_of(head, &en).en);
    Diagnostic::error(codes::BAD_TABLE, cell.span, message).hint(near).hint(text!(
        "不需要读的列，表头以 # 开头",
        "begin the head of a column that is not to be read with #"
    ))
}
