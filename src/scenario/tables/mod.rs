//! Tables beside a scenario file: `[[table]]` names a CSV file or a sheet, whose rows become items of the scenario.

pub mod book;
pub mod counted;
pub mod grid;
pub mod heads;
pub mod instruments;
pub mod lines;
pub mod plain;
pub mod write;

mod columns;
mod documents;
mod names;
mod rows;
mod shares;
mod sheets;
mod sums;
mod values;

pub(super) use names::WHOLE_COUNTRY;

use std::collections::HashMap;

use super::loader::Loader;
use super::node::{Entry, Node, Value};
use super::{parameters, provenance};
use crate::diag::{Diagnostic, Diagnostics, Sources, Span, codes};
use crate::text;
use crate::text::Text;
use grid::Grid;
use heads::Rows;
use names::Names;
use rows::{Faults, Sheet};

/// Where tables are read from, and where what is found goes.
pub struct Tables<'t> {
    /// Gives the tables' cells.
    pub loader: &'t dyn Loader,
    /// The file that names them.
    pub from: &'t str,
    /// Files that have been read.
    pub sources: &'t mut Sources,
    /// Faults after which parts of the scenario are missing.
    pub faults: &'t mut Diagnostics,
    /// Faults of cells, whose rows are there all the same.
    pub cells: &'t mut Diagnostics,
}

impl Tables<'_> {
    /// Adds the rows of the tables that `file` names to its items; `parent` is the file that it extends.
    ///
    /// The `[[table]]` entries stay, for the check of their form.
    pub fn expand(&mut self, mut file: Node, parent: Option<&Node>) -> Node {
        let tables: Vec<Node> = file.get("table").map(|node| node.items().to_vec()).unwrap_or_default();
        if tables.is_empty() {
            return file;
        }
        let base_year = base_year(&file).or_else(|| base_year(parent?));
        let mut found: Vec<(&'static Rows, Vec<Node>)> = Vec::new();
        for table in &tables {
            let Some(holds) = table.get("holds").and_then(Node::as_str) else { continue };
            let Some(rows) = heads::rows(holds.trim()) else { continue };
            let Some(grid) = self.load(table) else { continue };
            let defaults = table.entries().iter();
            let defaults = defaults.filter(|entry| provenance::KEYS.contains(&entry.key.as_str()));
            let sheet = Sheet { rows, defaults: defaults.collect(), base_year, span: grid.1 };
            found.push((rows, self.items(&grid.0, &sheet, parent)));
        }
        let counts: Vec<_> = found.iter().map(|(rows, items)| (*rows, items.len())).collect();
        for (rows, items) in found {
            append(&mut file, rows, items);
        }
        let names = Names::of(&parent.into_iter().chain([&file]).collect::<Vec<_>>());
        resolve(&mut file, &names, &counts);
        file
    }

    fn items(&mut self, grid: &Grid, sheet: &Sheet<'_>, parent: Option<&Node>) -> Vec<Node> {
        let mut faults = Faults::default();
        let mut items = rows::items(grid, sheet, &mut faults);
        if sheet.rows.holds == "instrument" {
            instruments::without_kind(&mut items, parent, &mut faults.cells);
        }
        if items.is_empty() && faults.table.is_empty() && faults.cells.is_empty() {
            // often a sheet that was renamed, or a list that a filter emptied
            let message = text!("表里只有表头，没有一行数据", "the table has a head and no rows");
            let hint = text!(
                "核对文件和 sheet 写得对不对；不需要这张表就删去这个 [[table]]",
                "check `file` and `sheet`, or remove the [[table]] if it is not needed"
            );
            faults.cells.push(Diagnostic::warning(codes::DOUBTFUL, sheet.span, message).hint(hint));
        }
        self.faults.extend(faults.table);
        self.cells.extend(faults.cells);
        items
    }

    /// The cells of the table that an entry names, and its place.
    fn load(&mut self, table: &Node) -> Option<(Grid, Span)> {
        let file = table.get("file")?;
        let name = file.as_str()?.trim();
        let sheet = table.get("sheet").and_then(Node::as_str).map(str::trim);
        match self.loader.table(name, sheet, self.from) {
            Ok((resolved, text)) => {
                let layout = Grid::layout_of(&text).unwrap_or_default();
                let id = self.sources.add_table(resolved, text.clone(), layout);
                let grid = Grid::parse(&text, id);
                if grid.is_none() {
                    let message = text!("{name} 的内容不是表格", "{name} holds no table");
                    self.faults.push(Diagnostic::error(codes::BAD_TABLE, file.span, message));
                }
                grid.map(|grid| (grid, Span::new(id, 0, 0)))
            }
            Err(reason) => {
                let Text { zh, en } = reason;
                let message = text!("读不了表格 {name}：{zh}", "cannot read the table {name}: {en}");
                self.faults.push(Diagnostic::error(codes::BAD_TABLE, file.span, message));
                None
            }
        }
    }
}

fn base_year(file: &Node) -> Option<i32> {
    match file.get("scenario")?.get("base_year")?.value {
        Value::Integer(year) => i32::try_from(year).ok(),
        _ => None,
    }
}

/// Adds items to the array of tables that they belong to; stages join their pipeline.
fn append(file: &mut Node, rows: &Rows, items: Vec<Node>) {
    let key = rows.holds.split('.').next().unwrap_or(rows.holds);
    let Some(first) = items.first().map(|item| item.span) else { return };
    let names = Names::of(&[file]);
    let Value::Table(entries) = &mut file.value else { return };
    let at = entries.iter().position(|entry| entry.key == key).unwrap_or_else(|| {
        let value = Node { span: first, value: Value::Array(Vec::new()) };
        entries.push(Entry { key: key.to_owned(), key_span: first, value });
        entries.len() - 1
    });
    let Value::Array(list) = &mut entries[at].value.value else { return };
    if rows.holds == "pipeline.stage" {
        join_stages(list, items, &names);
    } else {
        list.extend(items);
    }
}

/// Adds stages to the pipelines that they name, which are made if the file has them not.
fn join_stages(pipelines: &mut Vec<Node>, items: Vec<Node>, names: &Names) {
    let id = |known: &Node| known.get("id").and_then(Node::as_str).map(str::to_owned);
    let mut known: HashMap<String, usize> = HashMap::new();
    for (index, pipeline) in pipelines.iter().enumerate() {
        if let Some(id) = id(pipeline) {
            known.entry(id).or_insert(index);
        }
    }
    for mut item in items {
        let Value::Table(parts) = &mut item.value else { continue };
        let Some(id) = parts.first().and_then(|entry| entry.value.as_str()) else { continue };
        let id = names.pipeline(id);
        parts[0].value.value = Value::String(id.clone());
        let Some(pipeline) = known.get(&id).and_then(|index| pipelines.get_mut(*index)) else {
            known.insert(id, pipelines.len());
            pipelines.push(item);
            continue;
        };
        let stages = parts.remove(1);
        let Value::Table(entries) = &mut pipeline.value else { continue };
        match entries.iter_mut().find(|entry| entry.key == "stage") {
            None => entries.push(stages),
            Some(entry) => {
                if let (Value::Array(list), Value::Array(more)) = (&mut entry.value.value, stages.value.value)
                {
                    list.extend(more);
                }
            }
        }
    }
}

/// Ids in the place of names, in the items that came from tables.
fn resolve(file: &mut Node, names: &Names, counts: &[(&Rows, usize)]) {
    let Value::Table(entries) = &mut file.value else { return };
    for row in parameters::children("").filter(|row| row.kind == parameters::Kind::Tables) {
        let added: usize =
            counts.iter().filter(|(rows, _)| rows.holds == row.key()).map(|(_, count)| count).sum();
        let Some(entry) = entries.iter_mut().find(|entry| entry.key == row.key()) else { continue };
        let Value::Array(items) = &mut entry.value.value else { continue };
        let first = items.len().saturating_sub(added);
        items[first..].iter_mut().for_each(|item| names.resolve(item, row.path));
    }
}
