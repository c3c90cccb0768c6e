//! The table of yearly levels that keep each cluster's chance.

use super::own_format;
use crate::analysis::decision::Decomposition;
use crate::report::briefing::{Cell, Column, DataTable};
use crate::report::decision::frame::{head, say};
use crate::report::number;
use crate::text;
use crate::text::Lang;

/// Whether the trials tell any of these levels.
pub fn is_told(found: &Decomposition) -> bool {
    let earlier = found.years.iter().filter(|year| year.year < found.year);
    earlier.flat_map(|year| &year.keeps).any(Option::is_some)
}

/// The level of each cluster that keeps the chance of its own share; nothing where no level can be told.
pub fn table(found: &Decomposition, lang: Lang) -> Option<DataTable> {
    if !is_told(found) {
        return None;
    }
    let unit = say(&number::money_unit(), lang);
    let earlier = || found.years.iter().filter(|year| year.year < found.year);
    let mut columns = vec![Column::text(head("市州或集群", "Cluster", lang))];
    for year in earlier() {
        let y = year.year;
        columns.push(Column::number(say(&text!("{y}年任务", "Task {y}"), lang), unit.clone()));
        columns.push(Column::number(say(&text!("{y}年保持线", "Keeps its chance {y}"), lang), unit.clone()));
        columns.push(Column::number(head("区间", "interval", lang), unit.clone()));
    }
    let title = head(
        "各集群的年度保持线：到此水平，完成自身任务的可能性与现在相同",
        "Levels at which a cluster's chance of its own task is what it is now",
        lang,
    );
    let mut table = DataTable::new("keep", title, columns);
    for (index, share) in found.shares.iter().enumerate() {
        let mut row = vec![Cell::text(share.cluster.name.get(lang))];
        for year in earlier() {
            let format = own_format(share);
            row.push(Cell::Number(year.tasks[index], format));
            let keep = year.keeps[index];
            row.push(keep.map_or(Cell::Empty, |e| Cell::Number(e.value, format)));
            row.push(keep.map_or(Cell::Empty, |e| Cell::Interval(e.interval[0], e.interval[1], format)));
        }
        table.rows.push(row);
    }
    Some(table)
}
