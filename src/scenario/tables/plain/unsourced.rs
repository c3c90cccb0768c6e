//! The warning about figures without source or grade, with the cells in which they stand.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Sources, Span, codes};
use crate::scenario::node::{Node, Value};
use crate::scenario::parameters::{self, Kind};
use crate::text;
use crate::text::by_number;

/// Cells that are named.
const MAX_PLACES: usize = 12;

/// The warning for a workbook, one for each sheet; none if every figure in a cell states both.
pub fn warnings(root: &Node, sources: &Sources) -> Vec<Diagnostic> {
    let mut cells: BTreeMap<Span, ()> = BTreeMap::new();
    table(root, "", (false, false), &mut cells);
    let mut by_file: BTreeMap<crate::diag::FileId, Vec<Span>> = BTreeMap::new();
    for span in cells.into_keys().filter(|span| sources.cell(*span).is_some()) {
        by_file.entry(span.file).or_default().push(span);
    }
    by_file.into_values().filter_map(|spans| warning(&spans, sources)).collect()
}

fn warning(spans: &[Span], sources: &Sources) -> Option<Diagnostic> {
    let place = |span: &Span| sources.cell(*span).map(|cell| format!("{}{}", cell.column, cell.row));
    let places: Vec<String> = spans.iter().filter_map(place).take(MAX_PLACES).collect();
    let (count, zh, en) = (spans.len(), places.join("、"), places.join(", "));
    let (more_zh, more_en) = if count > MAX_PLACES { (" 等", ", …") } else { ("", "") };
    let figures_en = by_number(count, "figure has", "figures have");
    let message = text!(
        "有 {count} 个数没有注明出处或依据等级：{zh}{more_zh}",
        "{count} {figures_en} no source or no grade: {en}{more_en}"
    );
    let hint = text!(
        "在同一行的“出处”和“依据等级”两列填写；没有出处的假设，依据等级选“假设”，出处写明由谁估计",
        "fill in the columns `source` and `grade` of the row; for an assumption the grade is `assumption` and the source says whose it is"
    );
    Some(Diagnostic::warning(codes::NO_SOURCE, *spans.first()?, message).hint(hint))
}

/// Adds the figures below `pattern` that lack a source or a grade; `has` tells which of them the tables around state.
fn table(node: &Node, pattern: &str, has: (bool, bool), cells: &mut BTreeMap<Span, ()>) {
    let has = stated(node, has);
    for entry in node.entries() {
        let Some(row) = parameters::pattern_of(pattern, &entry.key) else { continue };
        // Targets and records are no quantities of the model.
        if matches!(row.path, "target[]" | "record[]") {
            continue;
        }
        match row.kind {
            Kind::Tables => entry.value.items().iter().for_each(|item| table(item, row.path, has, cells)),
            Kind::Table => table(&entry.value, row.path, has, cells),
            Kind::Quantity(_) | Kind::QuantityOrYears(_) | Kind::Delay
                if stated(&entry.value, has) != (true, true) =>
            {
                let value = match &entry.value.value {
                    Value::Table(_) => entry.value.get("value").unwrap_or(&entry.value),
                    _ => &entry.value,
                };
                cells.insert(value.span, ());
            }
            _ => {}
        }
    }
}

fn stated(node: &Node, around: (bool, bool)) -> (bool, bool) {
    (around.0 || node.get("source").is_some(), around.1 || node.get("grade").is_some())
}
