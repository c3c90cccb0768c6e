//! A whole workbook as a scenario: one sheet with the settings, one for each kind of rows.

use super::grid::{Cell, Grid};
use super::heads::{self, Rows};
use super::names::Names;
use super::rows::{self, Faults, Sheet};
use super::{append, columns, resolve, values};
use crate::diag::{Diagnostic, Diagnostics, Sources, Span, codes};
use crate::scenario::document::{Loaded, finish};
use crate::scenario::loader::Loader;
use crate::scenario::node::{Entry, Node, Value};
use crate::scenario::parameters;
use crate::scenario::references::Ids;
use crate::scenario::suggest;
use crate::text;
use crate::text::Text;

/// Sheets of a workbook beside those of [`heads::ROWS`]: settings, documents, remarks that are not read.
pub const SETTINGS_SHEET: (&str, &str) = ("基本情况", "Basics");
/// The sheet of documents that figures are taken from.
pub const SOURCES_SHEET: (&str, &str) = ("资料来源", "Sources");

/// A setting: its key, and the Chinese and English label without unit.
pub const SETTINGS: &[(&str, &str, &str)] = &[
    ("scenario.id", "方案编号", "scenario id"),
    ("scenario.title", "方案标题", "title"),
    ("scenario.summary", "方案说明", "summary"),
    ("scenario.base_year", "基期年份", "base year"),
    ("scenario.horizon", "推演到哪一年", "horizon"),
    ("measures.revenue.name", "统计口径", "measure"),
    ("scenario.trials", "模拟次数", "trials"),
    ("scenario.seed", "随机种子", "seed"),
    ("province.name", "省份", "province"),
    ("province.base", "全省基期规模", "province base"),
    ("nation.trend", "全国年均增速", "national trend"),
    ("nation.cycle.volatility", "全国景气波动", "national cycle volatility"),
    ("nation.cycle.persistence", "全国景气持续性", "national cycle persistence"),
];

/// Columns of the sheet of documents.
pub const SOURCE_COLUMNS: &[(&str, &str, &str)] = &[
    ("id", "资料编号", "source id"),
    ("title", "标题", "title"),
    ("date", "发布日期", "date"),
    ("publisher", "发布单位", "publisher"),
];

/// Reads the workbook `book` beside the file `from`, whose sheets have these names, as a scenario.
///
/// If it has instruments, two policies are made of them: `none` without any and `plan` with all.
pub fn load(loader: &dyn Loader, book: &str, from: &str, sheets: &[String]) -> Loaded {
    let mut reader =
        Book { sources: Sources::new(), faults: Faults::default(), root: Vec::new(), base_year: None };
    let mut kinds: Vec<(&'static Rows, Grid, Span)> = Vec::new();
    for sheet in sheets {
        let name = sheet.trim();
        let is = |pair: (&str, &str)| name == pair.0 || name.eq_ignore_ascii_case(pair.1);
        let rows = heads::ROWS.iter().find(|rows| is((rows.zh, rows.en)));
        if name.starts_with('#') {
            continue;
        }
        let Some((grid, span)) = reader.sheet(loader, book, from, sheet) else { continue };
        match rows {
            _ if grid.cells.is_empty() => {}
            Some(rows) => kinds.push((rows, grid, span)),
            None if is(SETTINGS_SHEET) => reader.settings(&grid),
            None if is(SOURCES_SHEET) => reader.documents(&grid),
            None => reader.unknown(name, span),
        }
    }
    let mut root = Node { span: Span::new(crate::diag::FileId(0), 0, 0), value: Value::Table(reader.root) };
    let mut counts = Vec::new();
    for (rows, grid, span) in kinds {
        let sheet = Sheet { rows, defaults: Vec::new(), base_year: reader.base_year, span };
        let items = rows::items(&grid, &sheet, &mut reader.faults);
        counts.push((rows, items.len()));
        append(&mut root, rows, items);
    }
    let names = Names::of(&[&root]);
    resolve(&mut root, &names, &counts);
    policies(&mut root);
    let mut repeated = Diagnostics::new();
    Ids::collect(&root, &mut repeated);
    let Faults { table, cells } = reader.faults;
    let (root, faults) = finish(Some(root), table, cells, repeated);
    Loaded { root, sources: reader.sources, faults }
}

struct Book {
    sources: Sources,
    faults: Faults,
    root: Vec<Entry>,
    base_year: Option<i32>,
}

impl Book {
    fn sheet(&mut self, loader: &dyn Loader, book: &str, from: &str, sheet: &str) -> Option<(Grid, Span)> {
        let fault = |reason: Text| Diagnostic::error(codes::BAD_TABLE, None, reason);
        match loader.table(book, Some(sheet.trim()), from) {
            Ok((name, text)) => {
                let layout = Grid::layout_of(&text).unwrap_or_default();
                let id = self.sources.add_table(name, text.clone(), layout);
                Some((Grid::parse(&text, id)?, Span::new(id, 0, 0)))
            }
            Err(reason) => {
                self.faults.table.push(fault(reason));
                None
            }
        }
    }

    fn unknown(&mut self, name: &str, span: Span) {
        let known: Vec<&str> = [SETTINGS_SHEET.0, SOURCES_SHEET.0]
            .into_iter()
            .chain(heads::ROWS.iter().map(|rows| rows.zh))
            .collect();
        let message = text!("工作表“{name}”不知道怎么读", "the sheet `{name}` is of no known kind");
        let fault = Diagnostic::error(codes::BAD_TABLE, span, message).hint(suggest::one_of(name, &known));
        let hint =
            text!("不需要读的表，名称以 # 开头", "begin the name of a sheet that is not to be read with #");
        self.faults.table.push(fault.hint(hint));
    }

    /// The sheet of settings: label, value, source, grade; what stands further right is a remark.
    fn settings(&mut self, grid: &Grid) {
        for cells in grid.rows().into_values() {
            let at = |column: u32| cells.iter().find(|cell| cell.column == column).copied();
            let (Some(label), Some(value)) = (at(0), at(1)) else { continue };
            let word = columns::word(&label.text);
            let same = |text: &str| columns::word(text) == word;
            if matches!(word.as_str(), "项目" | "item") {
                continue;
            }
            let Some((key, ..)) = SETTINGS.iter().find(|(key, zh, en)| *key == word || same(zh) || same(en))
            else {
                let known: Vec<&str> = SETTINGS.iter().map(|(_, zh, _)| *zh).collect();
                let label_text = &label.text;
                let message = text!("没有名为“{label_text}”的项目", "there is no item `{label_text}`");
                let fault = Diagnostic::error(codes::BAD_CELL, label.span, message);
                self.faults.cells.push(fault.hint(suggest::one_of(&word, &known)));
                continue;
            };
            let param = parameters::param(&match key.split_once('.') {
                Some(("province", rest)) => format!("province[].{rest}"),
                Some(("measures", _)) => "measures.*.name".to_owned(),
                _ => (*key).to_owned(),
            });
            let read =
                columns::unit(label, param).and_then(|unit| values::value(value, param, unit.as_deref()));
            let node = match read {
                Ok(read) => Node { span: value.span, value: read },
                Err(fault) => {
                    self.faults.cells.push(*fault);
                    Node { span: value.span, value: Value::String(value.text.clone()) }
                }
            };
            if let ("scenario.base_year", Value::Integer(year)) = (*key, &node.value) {
                self.base_year = i32::try_from(*year).ok();
            }
            let quantity = param.is_some_and(|param| param.unit().is_some());
            self.put(key, if quantity { with_provenance(node, at(2), at(3)) } else { node });
        }
    }

    fn put(&mut self, key: &str, node: Node) {
        let Some(rest) = key.strip_prefix("province.") else {
            let parts: Vec<String> = key.split('.').map(str::to_owned).collect();
            rows::insert(&mut self.root, &parts, node.span, node.value);
            return;
        };
        let at = self.root.iter().position(|entry| entry.key == "province").unwrap_or_else(|| {
            let item = Node {
                span: node.span,
                value: Value::Table(vec![entry("id", string("province", node.span))]),
            };
            self.root.push(entry("province", Node { span: node.span, value: Value::Array(vec![item]) }));
            self.root.len() - 1
        });
        if let Value::Array(items) = &mut self.root[at].value.value
            && let Some(Node { value: Value::Table(entries), .. }) = items.first_mut()
        {
            rows::insert(entries, &[rest.to_owned()], node.span, node.value);
        }
    }

    /// The sheet of documents: one a row, its id first.
    fn documents(&mut self, grid: &Grid) {
        let rows = grid.rows();
        let of = |cell: &Cell| {
            let word = columns::word(&cell.text);
            let same = |text: &str| columns::word(text) == word;
            SOURCE_COLUMNS.iter().find(|(_, zh, en)| same(zh) || same(en)).map(|(key, ..)| *key)
        };
        let heads =
            rows.iter().find(|(_, cells)| cells.iter().filter(|cell| of(cell).is_some()).count() >= 2);
        let Some((head, heads)) = heads else {
            let place = rows.values().flatten().next().map(|cell| cell.span);
            let message = text!("资料来源表缺少表头", "the sheet of sources has no head");
            let hint = text!(
                "表头写：资料编号、标题、发布日期、发布单位",
                "heads: source id, title, date, publisher"
            );
            self.faults.table.push(Diagnostic::error(codes::BAD_TABLE, place, message).hint(hint));
            return;
        };
        for cells in rows.range(head + 1..).map(|(_, cells)| cells) {
            let mut entries = Vec::new();
            let mut id = None;
            for cell in cells {
                let head = heads.iter().find(|head| head.column == cell.column);
                match head.and_then(|head| of(head)) {
                    Some("id") => id = Some(cell),
                    Some(key) => entries.push(entry(key, string(&cell.text, cell.span))),
                    None => {}
                }
            }
            let Some(id) = id else { continue };
            let node = Node { span: id.span, value: Value::Table(entries) };
            rows::insert(&mut self.root, &["sources".to_owned(), id.text.clone()], id.span, node.value);
        }
    }
}

fn entry(key: &str, value: Node) -> Entry {
    Entry { key: key.to_owned(), key_span: value.span, value }
}

fn string(text: &str, span: Span) -> Node {
    Node { span, value: Value::String(text.to_owned()) }
}

/// A quantity with the source and the grade that stand in its row.
fn with_provenance(node: Node, source: Option<&Cell>, grade: Option<&Cell>) -> Node {
    if source.is_none() && grade.is_none() {
        return node;
    }
    let span = node.span;
    let mut entries = vec![entry("value", node)];
    entries.extend(source.map(|cell| entry("source", string(&cell.text, cell.span))));
    entries.extend(grade.map(|cell| entry("grade", string(&values::grade(&cell.text), cell.span))));
    Node { span, value: Value::Table(entries) }
}

/// The policies `none` and `plan` of a book with instruments.
fn policies(root: &mut Node) {
    let Some(span) = root.get("instrument").and_then(|node| node.items().first()).map(|item| item.span)
    else {
        return;
    };
    let name = |zh: &str, en: &str| Node {
        span,
        value: Value::Table(vec![entry("zh", string(zh, span)), entry("en", string(en, span))]),
    };
    let policy = |id: &str, title: Node, instruments: Value| Node {
        span,
        value: Value::Table(vec![
            entry("id", string(id, span)),
            entry("name", title),
            entry("instruments", Node { span, value: instruments }),
        ]),
    };
    let none = policy("none", name("不采取措施", "No measures"), Value::Array(Vec::new()));
    let plan = policy("plan", name("按规划实施", "As planned"), Value::String("all".to_owned()));
    if let Value::Table(entries) = &mut root.value {
        entries.push(entry("policy", Node { span, value: Value::Array(vec![none, plan]) }));
    }
}
