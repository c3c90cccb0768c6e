//! A table of typed values as CSV for programs: a figure is a plain number with its unit in the head; marks, words in place of
//! a figure and notes have columns of their own.

use super::data_table::{Cell, Column, DataTable, Format};
use crate::report::table::{Column as TextColumn, Table};
use crate::text::{Lang, Text, Told};

/// What a program reads of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Plain {
    /// The figure, a plain number of the keyboard, or the words of a column of words; empty without one.
    pub figure: String,
    /// The ends of an interval or of a range, plain numbers; empty where it is open.
    pub ends: Option<[String; 2]>,
    /// What the two ends are called, where they are not the lower and the upper one.
    pub called: Option<[Text; 2]>,
    /// Unit of figure and ends; empty where the head of the column names it.
    pub unit: String,
    /// Words on the figure or in its place; `<` and `>` where the figure is a bound.
    pub remark: String,
}

impl Plain {
    /// A remark without a figure.
    pub fn remark(text: impl Into<String>) -> Self {
        Self { remark: text.into(), ..Self::default() }
    }

    /// The figure of a value in words with its unit; words without a figure are a remark.
    pub fn of_told(told: &Told, lang: Lang) -> Self {
        match told.figure.as_ref().and_then(|figure| bare(figure.get(lang))) {
            Some(figure) => Self { figure, unit: told.unit.get(lang).to_owned(), ..Self::default() },
            None => Self::remark(told.get(lang)),
        }
    }

    /// A written figure with the ends of its interval.
    pub fn estimate(figure: &str, ends: [&str; 2]) -> Self {
        let [low, high] = ends.map(|end| bare(end).unwrap_or_default());
        Self { figure: bare(figure).unwrap_or_default(), ends: Some([low, high]), ..Self::default() }
    }

    /// The figures of two such values as ends; one of them may be absent.
    pub fn between(ends: [Option<&Told>; 2], lang: Lang) -> Self {
        let [from, to] = ends.map(|end| end.map(|told| Self::of_told(told, lang)).unwrap_or_default());
        let unit = if from.unit.is_empty() { to.unit } else { from.unit };
        Self { ends: Some([from.figure, to.figure]), unit, ..Self::default() }
    }

    fn of(cell: &Cell, column: &Column, lang: Lang) -> Self {
        let shown = || cell.shown(lang);
        match cell {
            Cell::Told(_, plain) => Self::clone(plain),
            Cell::Text(text) if column.numeric => match bare(text) {
                Some(figure) => Self { figure, ..Self::default() },
                None => Self::remark(text.trim_matches('—')),
            },
            Cell::Text(text) => Self { figure: text.clone(), ..Self::default() },
            Cell::Number(_, format) => {
                Self { figure: bare(&shown()).unwrap_or_default(), unit: unit(*format), ..Self::default() }
            }
            Cell::Marked(value, format, mark) => Self {
                figure: bare(&format.shown(*value, lang)).unwrap_or_default(),
                unit: unit(*format),
                remark: (*mark).to_owned(),
                ..Self::default()
            },
            Cell::Chance { .. } => {
                let shown = shown();
                let remark = shown.chars().next().filter(|c| matches!(c, '<' | '>'));
                Self {
                    figure: bare(shown.trim_start_matches(['<', '>'])).unwrap_or_default(),
                    unit: unit(Format::Probability),
                    remark: remark.map(String::from).unwrap_or_default(),
                    ..Self::default()
                }
            }
            Cell::Interval(low, high, format) => {
                let ends = format.ends(*low, *high, lang).map(|end| bare(&end).unwrap_or_default());
                Self { ends: Some(ends), unit: unit(*format), ..Self::default() }
            }
            Cell::Empty => Self::default(),
        }
    }

    fn is_figure(&self) -> bool {
        self.ends.is_some() || !self.figure.is_empty()
    }
}

/// The unit that figures of a format carry themselves.
fn unit(format: Format) -> String {
    let percent = matches!(format, Format::Probability | Format::Share);
    if percent { "%".to_owned() } else { String::new() }
}

/// A written number as programs read it; `None` for anything else.
fn bare(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('%').trim_start_matches('+').replace(',', "").replace('−', "-");
    text.parse::<f64>().is_ok_and(f64::is_finite).then_some(text)
}

/// Words without the minus of print, which programs and fonts trip over.
fn typed(text: &str) -> String {
    text.replace('−', "-")
}

/// One column of a table with what programs read of its cells.
struct Split<'a> {
    column: &'a Column,
    /// Its name, unlike that of any other column.
    name: String,
    cells: Vec<Plain>,
}

impl Split<'_> {
    fn has(&self, is: impl Fn(&Plain) -> bool) -> bool {
        self.cells.iter().any(is)
    }

    /// The unit for the head: the column's, or the one that all figures share; `None` where they differ.
    fn unit(&self) -> Option<String> {
        if !self.column.unit.is_empty() {
            return Some(self.column.unit.clone());
        }
        let mut units = self.cells.iter().filter(|cell| cell.is_figure()).map(|cell| &cell.unit);
        let first = units.next().cloned().unwrap_or_default();
        units.all(|unit| *unit == first).then_some(first)
    }

    /// Heads and cells of the columns that it becomes.
    fn columns(&self, lang: Lang) -> Vec<(String, Vec<String>)> {
        let unit = self.unit();
        let head = |name: String| {
            let unit = unit.clone().unwrap_or_default();
            Column::number(name, unit).full_head(lang)
        };
        let with = |zh: &str, en: &str| match lang {
            Lang::Zh => format!("{}{zh}", self.name),
            Lang::En => format!("{}{en}", self.name),
        };
        let cells = |of: &dyn Fn(&Plain) -> String| self.cells.iter().map(of).collect::<Vec<String>>();
        let mut columns = Vec::new();
        let has_ends = self.has(|cell| cell.ends.is_some());
        let has_figures = self.has(|cell| !cell.figure.is_empty());
        if has_figures || !has_ends {
            columns.push((head(self.name.clone()), cells(&|cell| typed(&cell.figure))));
        }
        if has_ends {
            let called = self.cells.iter().find_map(|cell| cell.called.clone());
            let [low, high] = match (called, has_figures) {
                (Some(called), _) => called.map(|name| name.get(lang).to_owned()),
                (None, false) => [with("下限", ", low"), with("上限", ", high")],
                (None, true) => {
                    [with("：区间下限", ": interval, low"), with("：区间上限", ": interval, high")]
                }
            };
            for (end, name) in [low, high].into_iter().enumerate() {
                let one =
                    |cell: &Plain| cell.ends.as_ref().map_or_else(String::new, |ends| ends[end].clone());
                columns.push((head(name), cells(&one)));
            }
        }
        if unit.is_none() {
            columns.push((with("：单位", ": unit"), cells(&|cell| typed(&cell.unit))));
        }
        if self.has(|cell| !cell.remark.is_empty()) {
            columns.push((with("：说明", ": remark"), cells(&|cell| typed(&cell.remark))));
        }
        columns
    }
}

/// Whether a cell has another unit than its column: such a row belongs to another table.
fn is_foreign(cell: &Plain, column: &Column) -> bool {
    cell.is_figure() && !column.unit.is_empty() && !cell.unit.is_empty() && cell.unit != column.unit
}

/// A row of other units in words.
fn in_words(table: &DataTable, row: &[Cell], lang: Lang) -> String {
    let (first, rest) = (row.first().map_or_else(String::new, |cell| cell.shown(lang)), row.iter().skip(1));
    let told = rest.zip(table.columns.iter().skip(1)).filter(|(cell, _)| **cell != Cell::Empty);
    let told: Vec<String> =
        told.map(|(cell, column)| format!("{} {}", column.head, cell.shown(lang))).collect();
    match lang {
        Lang::Zh => format!("{first}：{}", told.join("；")),
        Lang::En => format!("{first}: {}", told.join("; ")),
    }
}

impl DataTable {
    /// The table as CSV (see [`Table::to_csv`]). Figures are numbers of the keyboard with their unit in the head; an interval
    /// takes two columns; what is said of a figure, or in its place, stands in a column of remarks; figures of several units
    /// have a column of units. The last column holds the notes, one a line below the rows, where all other cells are empty;
    /// a row of other units than its columns' is told there, too.
    pub fn to_csv(&self, lang: Lang) -> String {
        let plain = |row: &Vec<Cell>| -> Vec<Plain> {
            row.iter().zip(&self.columns).map(|(cell, column)| Plain::of(cell, column, lang)).collect()
        };
        let mut notes: Vec<String> = Vec::new();
        let mut rows: Vec<Vec<Plain>> = Vec::new();
        for row in &self.rows {
            let cells = plain(row);
            if cells.iter().zip(&self.columns).any(|(cell, column)| is_foreign(cell, column)) {
                notes.push(in_words(self, row, lang));
            } else {
                rows.push(cells);
            }
        }
        // what a mark means is said beside what has it
        notes.extend(self.notes.iter().map(|note| note.trim_start_matches(['*', '：', ':', ' ']).to_owned()));
        let mut table = Table::default();
        let mut records: Vec<Vec<String>> = vec![Vec::new(); rows.len()];
        for (head, cells) in self.splits(&rows, lang).iter().flat_map(|split| split.columns(lang)) {
            table.columns.push(TextColumn::text(typed(&head)));
            records.iter_mut().zip(cells).for_each(|(record, cell)| record.push(cell));
        }
        if !notes.is_empty() {
            let width = table.columns.len();
            table.columns.push(TextColumn::text(if lang == Lang::Zh { "注" } else { "Note" }));
            records.extend(notes.iter().map(|note| {
                let mut record = vec![String::new(); width];
                record.push(typed(note));
                record
            }));
        }
        table.rows = records;
        table.to_csv()
    }

    /// The columns, those of one name told apart by the figure before them.
    fn splits<'a>(&'a self, rows: &[Vec<Plain>], lang: Lang) -> Vec<Split<'a>> {
        let mut before = String::new();
        let mut splits = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            let is_only = self.columns.iter().filter(|other| other.head == column.head).count() == 1;
            let name = match (is_only || before.is_empty(), lang) {
                (true, _) => column.head.clone(),
                (false, Lang::Zh) => format!("{before}：{}", column.head),
                (false, Lang::En) => format!("{before}: {}", column.head),
            };
            if is_only {
                before = column.head.clone();
            }
            let cells = rows.iter().filter_map(|row| row.get(at).cloned()).collect();
            splits.push(Split { column, name, cells });
        }
        splits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_numbers_and_all_else_has_a_column_of_its_own() {
        let columns = vec![
            Column::text("名"),
            Column::number("可能性", ""),
            Column::number("区间", ""),
            Column::number("钱", "亿元"),
            Column::number("区间", "亿元"),
            Column::number("所需", ""),
        ];
        let mut table = DataTable::new("t", "", columns);
        let marked = Plain { figure: "−丙".into(), remark: "已到上限".into(), ..Plain::default() };
        table.rows.push(vec![
            Cell::told("−丙*", marked),
            Cell::Chance { estimate: 0.0, low: 0.0, high: 0.001_279 },
            Cell::Interval(0.0, 0.001_279, Format::Probability),
            Cell::Number(-1234.5, Format::Decimal(1)),
            Cell::Interval(-1500.0, 1200.0, Format::Decimal(0)),
            Cell::told("每年−1.7个百分点", Plain::of_told(&yearly(), Lang::Zh)),
        ]);
        table.rows.push(vec![
            Cell::text("1,000 乙"),
            Cell::Chance { estimate: 0.25, low: 0.2, high: 0.3 },
            Cell::Empty,
            Cell::text("说不准"),
            Cell::Empty,
            Cell::text("达不到"),
        ]);
        let chance = Cell::Chance { estimate: 0.5, low: 0.4, high: 0.6 };
        let mut foreign = vec![Cell::Empty; 6];
        (foreign[0], foreign[3]) = (Cell::text("机会"), chance);
        table.rows.push(foreign);
        table.notes.push("*：没有−依据".into());
        let lines = [
            "\u{FEFF}名,名：说明,可能性（%）,可能性：说明,可能性：区间下限（%）,可能性：区间上限（%）,钱（亿元）,钱：说明,\
             钱：区间下限（亿元）,钱：区间上限（亿元）,所需（个百分点/年）,所需：说明,注",
            "'-丙,已到上限,0.2,<,0,0.2,-1234.5,,-1500,1200,-1.7,,",
            "\"1,000 乙\",,25.0,,,,,说不准,,,,达不到,",
            ",,,,,,,,,,,,机会：钱 50.0%",
            ",,,,,,,,,,,,没有-依据",
            "",
        ];
        assert_eq!(table.to_csv(Lang::Zh), lines.join("\r\n"));
    }

    #[test]
    fn figures_and_units_are_taken_from_data() {
        let of = |told: &Told, lang| {
            let plain = Plain::of_told(told, lang);
            [plain.figure, plain.unit, plain.remark].join("|")
        };
        let amount = Told::figure(Text::new("1,127", "112.7"), Text::new("亿元", "billion yuan"));
        assert_eq!(of(&amount, Lang::Zh), "1127|亿元|");
        assert_eq!(of(&amount, Lang::En), "112.7|billion yuan|");
        let words = Told::words(Text::new("2个下行期", "two downturns"));
        assert_eq!(of(&words, Lang::Zh), "||2个下行期");
        let range = Plain::between([Some(&yearly()), None], Lang::Zh);
        assert_eq!(range.ends, Some(["-1.7".to_owned(), String::new()]));
        assert_eq!(range.unit, "个百分点/年");
    }

    /// A value whose unit stands around its figure.
    fn yearly() -> Told {
        Told {
            words: Text::new("每年−1.7个百分点", "−1.7 percentage points a year"),
            figure: Some(Text::same("−1.7")),
            unit: Text::new("个百分点/年", "percentage points a year"),
        }
    }
}
