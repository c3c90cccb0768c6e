//! Rows of a table as items of an array of tables.

use std::collections::{BTreeMap, HashMap};

use super::columns::{self, Column, Meaning};
use super::grid::{Cell, CellKind, Grid, letters};
use super::heads::Rows;
use super::{counted, instruments, sums, values};
use crate::diag::{Diagnostic, Diagnostics, Layout, Span, codes};
use crate::scenario::node::{Entry, Node, Value};
use crate::scenario::parameters;
use crate::text;

/// Rows above the head: a title, the unit, a remark.
const MAX_ABOVE: usize = 20;

/// Cells that a warning about several names.
const MAX_PLACES: usize = 12;

/// What is known about a table before its cells are read.
pub struct Sheet<'a> {
    /// What its rows are.
    pub rows: &'static Rows,
    /// Provenance of rows that state none: entries of the scenario file.
    pub defaults: Vec<&'a Entry>,
    /// Base year of the scenario, against which years in heads are held.
    pub base_year: Option<i32>,
    /// The place of the whole table.
    pub span: Span,
}

/// Faults of a table: those after which it has no rows, and those of single cells.
#[derive(Default)]
pub struct Faults {
    /// Of the file and its head.
    pub table: Diagnostics,
    /// Of cells; their rows are kept.
    pub cells: Diagnostics,
}

/// The items of a table; those of `pipeline.stage` are pipelines with one stage each.
pub fn items(grid: &Grid, sheet: &Sheet<'_>, faults: &mut Faults) -> Vec<Node> {
    let rows = grid.rows();
    let Some((head_row, head)) = head(&rows, sheet) else {
        let zh = sheet.rows.zh;
        let message = text!("表里没有内容，至少要有一行表头", "the table is empty: it needs a head at least");
        let hint =
            text!("{zh}表的表头见 docs/scenario-format.md", "see docs/scenario-format.md for the heads");
        faults.table.push(Diagnostic::error(codes::BAD_TABLE, sheet.span, message).hint(hint));
        return Vec::new();
    };
    let unit = unit_of_sheet(&rows, head_row, faults);
    // A column with a wrong head is not read; the others are, so that their faults come to light too.
    let columns = columns(head, sheet, faults);
    if columns.values().all(|column| column.meaning == Meaning::Nothing) {
        return Vec::new();
    }
    let by_lines = grid.layout == Layout::Lines;
    let mut reader = Reader {
        sheet,
        by_lines,
        columns,
        unit,
        unitless: BTreeMap::new(),
        fractions: BTreeMap::new(),
        merged: HashMap::new(),
        faults,
    };
    let mut items = Vec::new();
    for (_, cells) in rows.range(head_row + 1..) {
        items.extend(reader.row(cells));
    }
    reader.report_unitless();
    reader.report_fractions();
    if sheet.rows.holds == "instrument" {
        instruments::settle(&mut items, &mut faults.cells);
    }
    if sheet.rows.holds == "target" {
        counted::settle(&mut items, &mut faults.cells);
    }
    items
}

/// The row of heads: the first in which two cells are heads, else the first with two cells, else the first.
fn head<'g>(rows: &'g BTreeMap<u32, Vec<&'g Cell>>, sheet: &Sheet<'_>) -> Option<(u32, &'g [&'g Cell])> {
    let near = || rows.iter().take(MAX_ABOVE).map(|(row, cells)| (*row, cells.as_slice()));
    let heads = |cells: &[&Cell]| cells.iter().filter(|cell| columns::is_head(cell, sheet.rows)).count();
    let filled = |cells: &[&Cell]| cells.iter().filter(|cell| cell.kind != CellKind::Merged).count();
    near()
        .find(|(_, cells)| heads(cells) >= 2)
        .or_else(|| near().find(|(_, cells)| filled(cells) >= 2))
        .or_else(|| near().next())
}

/// The unit of money that a line above the head states.
fn unit_of_sheet(rows: &BTreeMap<u32, Vec<&Cell>>, head: u32, faults: &mut Faults) -> Option<String> {
    let above = rows.range(..head).flat_map(|(_, cells)| cells);
    let mut found = above.filter_map(|cell| Some((cell, columns::unit_of_sheet(&cell.text)?)));
    let (cell, unit) = found.next()?;
    if !columns::is_money(unit) {
        let message = text!("不认识的金额单位“{unit}”", "`{unit}` is no unit of money");
        let hint = text!("写“单位：亿元”或“单位：万元”", "write 单位：亿元 or 单位：万元");
        faults.cells.push(Diagnostic::error(codes::BAD_TABLE, cell.span, message).hint(hint));
    }
    Some(unit.to_owned())
}

fn columns(head: &[&Cell], sheet: &Sheet<'_>, faults: &mut Faults) -> BTreeMap<u32, Column> {
    let mut columns: BTreeMap<u32, Column> = BTreeMap::new();
    let mut first: Vec<(Meaning, Span)> = Vec::new();
    let unread = |cell: &Cell| Column { meaning: Meaning::Nothing, unit: None, year: None, span: cell.span };
    for cell in head {
        if cell.kind == CellKind::Merged {
            let range = &cell.text;
            let message = text!("表头里有合并的单元格 {range}", "the head has merged cells: {range}");
            let hint = text!("取消合并，每一列各写一个表头", "unmerge them and give each column its head");
            faults.cells.push(Diagnostic::error(codes::BAD_TABLE, cell.span, message).hint(hint));
            columns.insert(cell.column, unread(cell));
            continue;
        }
        let column = match columns::column(cell, sheet.rows) {
            Ok(column) => column,
            Err(fault) => {
                faults.cells.push(*fault);
                columns.insert(cell.column, unread(cell));
                continue;
            }
        };
        if let (Some(year), Some(base)) = (column.year, sheet.base_year)
            && year != base
            && matches!(&column.meaning, Meaning::Key(_, Some(param)) if param.unit().is_some())
        {
            let message = text!(
                "表头写的是 {year} 年，而基期是 {base} 年",
                "the head says {year}, but the base year is {base}"
            );
            let hint = text!(
                "换成基期的数，或改 base_year；往年的数写在历年数据表里",
                "use the figures of the base year or change base_year; earlier years belong to a table of records"
            );
            faults.cells.push(Diagnostic::error(codes::BAD_TABLE, cell.span, message).hint(hint));
        }
        let again = first
            .iter()
            .find(|(meaning, _)| *meaning == column.meaning && !matches!(meaning, Meaning::Nothing));
        if let Some((_, span)) = again {
            let head = &cell.text;
            let message = text!("有两列都是“{head}”", "two columns stand for `{head}`");
            let fault = Diagnostic::error(codes::BAD_TABLE, cell.span, message);
            faults.cells.push(fault.related(*span, text!("前一列", "the column before")));
            columns.insert(cell.column, unread(cell));
            continue;
        }
        first.push((column.meaning.clone(), cell.span));
        columns.insert(cell.column, column);
    }
    columns
}

struct Reader<'r, 'a> {
    sheet: &'r Sheet<'a>,
    /// Whether places are lines of a CSV file.
    by_lines: bool,
    columns: BTreeMap<u32, Column>,
    unit: Option<String>,
    /// Numbers without unit by column: the fault of the first, and how many follow.
    unitless: BTreeMap<u32, (Diagnostic, usize)>,
    /// Cells by column that hold less than 1 under a head in percent.
    fractions: BTreeMap<u32, Vec<Cell>>,
    /// Merged ranges that have been reported, with the place.
    merged: HashMap<String, Span>,
    faults: &'r mut Faults,
}

impl Reader<'_, '_> {
    /// The items of a row: one, several if columns are years, none if it is blank.
    fn row(&mut self, cells: &[&Cell]) -> Vec<Node> {
        let Some(first) = cells.first() else { return Vec::new() };
        let named = |cell: &&&Cell| match self.columns.get(&cell.column).map(|column| &column.meaning) {
            Some(Meaning::Key(parts, _)) => matches!(parts[0].as_str(), "id" | "name" | "scope"),
            _ => cell.column == first.column,
        };
        if let Some(sum) = cells.iter().filter(named).find(|cell| sums::is_sum(&cell.text, self.sheet.rows)) {
            let word = &sum.text;
            let message = text!("“{word}”行不是数据", "the row `{word}` adds up others");
            let hint = text!("删去合计行，否则会重复计算", "remove it: it would count twice");
            self.faults.cells.push(Diagnostic::error(codes::BAD_CELL, sum.span, message).hint(hint));
            return Vec::new();
        }
        let (mut entries, mut years, mut pipeline) = (Vec::new(), Vec::new(), None);
        for cell in cells {
            let Some(column) = self.columns.get(&cell.column).cloned() else {
                self.headless(cell);
                continue;
            };
            match &column.meaning {
                Meaning::Nothing => {}
                Meaning::Pipeline => pipeline = Some(cell),
                Meaning::RecordOf(year) => {
                    let param = parameters::param("record[].value");
                    years.push((*year, self.value(cell, &column, param)));
                }
                Meaning::Key(parts, param) => {
                    let Node { span, mut value } = self.value(cell, &column, *param);
                    if parts[0] == "grade" {
                        value = Value::String(values::grade(&cell.text));
                    }
                    insert(&mut entries, parts, span, value);
                    if let [table, free] = parts.as_slice()
                        && param.is_some_and(|param| param.path.ends_with(".*"))
                    {
                        // A key of free choice stands in the head.
                        place_key(&mut entries, table, free, column.span);
                    }
                }
            }
        }
        if entries.is_empty() && years.is_empty() {
            return Vec::new();
        }
        let pattern = self.sheet.rows.pattern();
        give_id(&mut entries, &pattern);
        for default in &self.sheet.defaults {
            if entries.iter().all(|entry: &Entry| entry.key != default.key) {
                entries.push((*default).clone());
            }
        }
        let node = |entries: Vec<Entry>| Node { span: first.span, value: Value::Table(entries) };
        if let Some(pipeline) = pipeline {
            let entry = |key: &str, value: Node| Entry { key: key.to_owned(), key_span: value.span, value };
            let id = Node { span: pipeline.span, value: Value::String(pipeline.text.clone()) };
            let stages = Node { span: first.span, value: Value::Array(vec![node(entries)]) };
            return vec![node(vec![entry("id", id), entry("stage", stages)])];
        }
        if years.is_empty() {
            return vec![node(entries)];
        }
        let of_year = |(year, Node { span, value }): (i32, Node)| {
            let mut entries = entries.clone();
            insert(&mut entries, &["year".to_owned()], span, Value::Integer(i64::from(year)));
            insert(&mut entries, &["value".to_owned()], span, value);
            Node { span, value: Value::Table(entries) }
        };
        years.into_iter().map(of_year).collect()
    }

    /// The value of a cell; after a fault it has the fault's place, so that nothing else is said about it.
    fn value(&mut self, cell: &Cell, column: &Column, param: Option<&'static parameters::Param>) -> Node {
        let sheet = self.unit.clone().filter(|unit| values::takes_unit_of_sheet(param, unit));
        let unit = column.unit.clone().or(sheet);
        match values::value(cell, param, unit.as_deref()) {
            Ok(value) => {
                if values::below_a_percent(cell, param, unit.as_deref()) {
                    self.fractions.entry(cell.column).or_default().push(cell.clone());
                }
                Node { span: cell.span, value }
            }
            Err(fault) => {
                let mut span = cell.span;
                let lacks_unit = matches!(cell.kind, CellKind::Text | CellKind::Number)
                    && unit.is_none()
                    && param.is_some_and(|param| param.unit().is_some());
                if lacks_unit {
                    let known = self.unitless.entry(cell.column).and_modify(|(_, more)| *more += 1);
                    span = known.or_insert((*fault, 0)).0.span.unwrap_or(span);
                } else if cell.kind == CellKind::Merged {
                    // All cells of a merged range have one place, so that one fault is told.
                    match self.merged.get(&cell.text) {
                        Some(first) => span = *first,
                        None => {
                            self.merged.insert(cell.text.clone(), span);
                            self.faults.cells.push(*fault);
                        }
                    }
                } else {
                    self.faults.cells.push(*fault);
                }
                // The row keeps the key, so that it is not called missing.
                Node { span, value: Value::String(cell.text.clone()) }
            }
        }
    }

    fn headless(&mut self, cell: &Cell) {
        if cell.kind == CellKind::Merged {
            return;
        }
        let column = letters(cell.column);
        let message = text!("{column} 列没有表头", "column {column} has no head");
        let hint = text!(
            "写上表头；不需要读的列，表头以 # 开头",
            "give it a head, beginning with # if it is not to be read"
        );
        self.faults.cells.push(Diagnostic::error(codes::BAD_CELL, cell.span, message).hint(hint));
        // One fault a column is enough.
        let nothing = Column { meaning: Meaning::Nothing, unit: None, year: None, span: cell.span };
        self.columns.insert(cell.column, nothing);
    }

    fn report_unitless(&mut self) {
        for (fault, more) in std::mem::take(&mut self.unitless).into_values() {
            let also = (more > 0).then(|| {
                text!("同一列另有 {more} 个这样的数", "{more} more numbers of the column have none")
            });
            self.faults.cells.push(fault.maybe_hint(also));
        }
    }

    /// 0.4 under a head in percent is 0.4 %, which may be meant, but more often 40 % is.
    fn report_fractions(&mut self) {
        for cells in std::mem::take(&mut self.fractions).into_values() {
            let Some(first) = cells.first() else { continue };
            let by_lines = self.by_lines;
            let place = |cell: &Cell| match by_lines {
                true => cell.row.to_string(),
                false => format!("{}{}", letters(cell.column), cell.row),
            };
            let shown: Vec<String> = cells.iter().take(MAX_PLACES).map(place).collect();
            let (count, places_zh, places_en) = (cells.len(), shown.join("、"), shown.join(", "));
            let (zh, en) = if cells.len() > MAX_PLACES { (" 等", " and more") } else { ("", "") };
            let (line_zh, behind_zh, line_en) =
                if by_lines { ("第 ", " 行", "lines ") } else { ("", "", "") };
            let written = &first.text;
            let hint = text!(
                "小于 1 的共 {count} 格：{line_zh}{places_zh}{behind_zh}{zh}；若原意是小数，请乘以 100 再填，确是 {written}% 就不用改",
                "{count} below 1: {line_en}{places_en}{en}; multiply by 100 what was meant as a fraction, and keep what is {written}%"
            );
            self.faults.cells.push(values::less_than_a_percent(first).hint(hint));
        }
    }
}

/// Puts a value under a key with parts into the entries of a row.
pub(super) fn insert(entries: &mut Vec<Entry>, parts: &[String], span: Span, value: Value) {
    let [key, rest @ ..] = parts else { return };
    let at = entries.iter().position(|entry| entry.key == *key);
    if rest.is_empty() {
        match at {
            // `name` beside an English name
            Some(at) if entries[at].value.is_table() => {
                if let Value::Table(inner) = &mut entries[at].value.value {
                    insert(inner, &["zh".to_owned()], span, value);
                }
            }
            Some(at) => entries[at].value = Node { span, value },
            None => entries.push(Entry { key: key.clone(), key_span: span, value: Node { span, value } }),
        }
        return;
    }
    let at = at.unwrap_or_else(|| {
        let table = Node { span, value: Value::Table(Vec::new()) };
        entries.push(Entry { key: key.clone(), key_span: span, value: table });
        entries.len() - 1
    });
    let place = &mut entries[at].value;
    if !place.is_table() {
        let zh = Entry { key: "zh".to_owned(), key_span: place.span, value: place.clone() };
        place.value = Value::Table(vec![zh]);
    }
    if let Value::Table(inner) = &mut place.value {
        insert(inner, rest, span, value);
    }
}

/// Says where the key `free` of the table `table` within a row is written.
fn place_key(entries: &mut [Entry], table: &str, free: &str, span: Span) {
    let found = entries.iter_mut().find(|entry| entry.key == table);
    if let Some(Value::Table(inner)) = found.map(|entry| &mut entry.value.value)
        && let Some(entry) = inner.iter_mut().find(|entry| entry.key == free)
    {
        entry.key_span = span;
    }
}

/// A row without id is called by its name, without what no id may hold.
fn give_id(entries: &mut Vec<Entry>, pattern: &str) {
    let has_id = parameters::param(&format!("{pattern}.id")).is_some();
    if !has_id || entries.iter().any(|entry| entry.key == "id") {
        return;
    }
    let name = entries.iter().find(|entry| entry.key == "name").map(|entry| &entry.value);
    let Some((name, span)) = name.and_then(|node| Some((node.as_text()?.zh, node.span))) else { return };
    let bad = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '.' | '*' | '/' | ':');
    let id: String = name.chars().map(|c| if bad(c) { '-' } else { c }).collect();
    let value = Node { span, value: Value::String(id) };
    entries.insert(0, Entry { key: "id".to_owned(), key_span: span, value });
}
