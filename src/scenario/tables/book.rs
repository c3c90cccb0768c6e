//! A whole workbook as a scenario: one sheet with the settings, one for each kind of rows.

use super::grid::{Cell, Grid};
use super::heads::{self, Rows};
use super::names::Names;
use super::rows::{self, Faults, Sheet};
use super::sheets::{self, Holds};
use super::{append, columns, counted, documents, instruments, resolve, values};
use crate::diag::{Diagnostic, Diagnostics, Sources, Span, codes};
use crate::scenario::alike;
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
    ("note", "备注", "note"),
];

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetName {
    /// Its name as written.
    pub name: String,
    /// Whether it is hidden from who opens the workbook.
    pub hidden: bool,
}

/// Reads the workbook `book` beside the file `from`, whose sheets have these names, as a scenario.
///
/// If it has instruments, two policies are made of them: `none` without any and `plan` with all.
pub fn load(loader: &dyn Loader, book: &str, from: &str, sheets: &[SheetName]) -> Loaded {
    let mut reader =
        Book { sources: Sources::new(), faults: Faults::default(), root: Vec::new(), base_year: None };
    let mut kinds: Vec<(&'static Rows, Grid, Span)> = Vec::new();
    let mut read: Vec<(Holds, String)> = Vec::new();
    for sheet in sheets {
        let name = sheet.name.trim();
        let holds = sheets::holds(name);
        if holds == Some(Holds::Nothing) || (holds.is_none() && sheet.hidden) {
            continue;
        }
        let Some((grid, span)) = reader.sheet(loader, book, from, &sheet.name) else { continue };
        if grid.cells.is_empty() {
            continue;
        }
        let Some(holds) = holds else {
            reader.unknown(name, span);
            continue;
        };
        if let Some((_, first)) = read.iter().find(|(other, _)| *other == holds) {
            reader.again(name, first, span);
            continue;
        }
        read.push((holds, name.to_owned()));
        if sheet.hidden {
            reader.hidden(name, span);
        }
        match holds {
            Holds::Rows(rows) => kinds.push((rows, grid, span)),
            Holds::Settings => reader.settings(&grid),
            Holds::Sources => {
                let found = documents::documents(&grid, &mut reader.faults.cells);
                let node = Node { span, value: Value::Table(found) };
                reader.root.push(Entry { key: "sources".to_owned(), key_span: span, value: node });
            }
            Holds::Nothing => {}
        }
    }
    if !read.iter().any(|(holds, _)| *holds == Holds::Settings) {
        reader.without_settings();
    }
    let mut root = Node { span: Span::new(crate::diag::FileId(0), 0, 0), value: Value::Table(reader.root) };
    let mut counts = Vec::new();
    for (rows, grid, span) in kinds {
        let sheet = Sheet { rows, defaults: Vec::new(), base_year: reader.base_year, span };
        let mut items = rows::items(&grid, &sheet, &mut reader.faults);
        if rows.holds == "instrument" {
            instruments::without_kind(&mut items, None, &mut reader.faults.cells);
        }
        counts.push((rows, items.len()));
        append(&mut root, rows, items);
    }
    // where rows could not be read, a target may be among them
    if !reader.faults.table.has_errors() && !reader.faults.cells.has_errors() {
        reader.faults.cells.extend(counted::uncounted(&root));
    }
    let names = Names::of(&[&root]);
    resolve(&mut root, &names, &counts);
    policies(&mut root);
    let mut repeated = Diagnostics::new();
    Ids::collect(&root, &mut repeated);
    repeated.extend(alike::found(&root).iter().map(alike::Alike::fault));
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
        self.faults.cells.push(fault.hint(hint));
    }

    fn again(&mut self, name: &str, first: &str, span: Span) {
        let message = text!(
            "“{name}”和“{first}”是同一类表，只能有一张",
            "`{name}` and `{first}` are sheets of one kind, of which there can be one only"
        );
        let hint = text!(
            "合并成一张；不用的那张，名称以 # 开头或删去",
            "make one of them; begin the name of the other with # or remove it"
        );
        self.faults.cells.push(Diagnostic::error(codes::BAD_TABLE, span, message).hint(hint));
    }

    fn hidden(&mut self, name: &str, span: Span) {
        let message =
            text!("“{name}”是隐藏的工作表，也读入了", "the hidden sheet `{name}` has been read too");
        let hint = text!(
            "不要它就把名称改成以 # 开头，或删去",
            "begin its name with #, or remove it, if it is not meant"
        );
        self.faults.cells.push(Diagnostic::warning(codes::DOUBTFUL, span, message).hint(hint));
    }

    fn without_settings(&mut self) {
        let (zh, en) = SETTINGS_SHEET;
        let message = text!("工作簿里没有“{zh}”表", "the workbook has no sheet {en}");
        let hint = text!(
            "clustercast new --xlsx 写出的空表里有这一张，复制过来再填",
            "copy the one that `clustercast new --xlsx` writes, and fill it in"
        );
        self.faults.cells.push(Diagnostic::error(codes::MISSING_KEY, None, message).hint(hint));
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
            let read = columns::unit(label, param).and_then(|unit| {
                let read = values::value(value, param, unit.as_deref())?;
                Ok((read, values::below_a_percent(value, param, unit.as_deref())))
            });
            if let Ok((_, true)) = read {
                let hint = text!(
                    "若原意是小数，请乘以 100 再填；确是不到百分之一就不用改",
                    "multiply by 100 what was meant as a fraction, and keep what is less than one percent"
                );
                self.faults.cells.push(values::less_than_a_percent(value).hint(hint));
            }
            let read = read.map(|(read, _)| read);
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
}

pub(super) fn entry(key: &str, value: Node) -> Entry {
    Entry { key: key.to_owned(), key_span: value.span, value }
}

pub(super) fn string(text: &str, span: Span) -> Node {
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
    let plan = policy("plan", name("规划方案", "As planned"), Value::String("all".to_owned()));
    if let Value::Table(entries) = &mut root.value {
        entries.push(entry("policy", Node { span, value: Value::Array(vec![none, plan]) }));
    }
}
