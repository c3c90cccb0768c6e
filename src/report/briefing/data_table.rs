//! A table of typed values: each writer (page, workbook, document) gives the numbers its own form.

use super::data_csv::Plain;
use crate::report::number;
use crate::report::table::{Column as TextColumn, Table};
use crate::text::Lang;

/// How the numbers of a cell are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An amount in 亿元, written in the unit of the language ([`number::money_unit`]).
    Money,
    /// The same with this many digits after the point in 亿元.
    Yuan(u8),
    /// Whole things.
    Count,
    /// A fraction, written in percent with digits that suit its size; as [`number::percent`].
    Probability,
    /// A fraction, written in percent with one digit.
    Share,
    /// A difference of fractions, written in percentage points with a sign and digits that suit its size.
    Points,
    /// The same with this many digits after the point.
    PointsTo(u8),
    /// A calendar year.
    Year,
    /// Any other number, with this many digits after the point.
    Decimal(u8),
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// Words that hold figures, and what programs read of them.
    Told(String, Box<Plain>),
    /// A number.
    Number(f64, Format),
    /// A number with a mark behind it, which a note explains.
    Marked(f64, Format, &'static str),
    /// The two ends of an interval.
    Interval(f64, f64, Format),
    /// A probability estimated from trials, with the ends of its interval: where no trial or every trial met the
    /// condition, readers get the bound of the interval (`<0.02%`), never a bare 0 % or 100 %.
    Chance {
        /// Share of the trials.
        estimate: f64,
        /// Lower end of the interval.
        low: f64,
        /// Upper end of the interval.
        high: f64,
    },
    /// Nothing to say.
    Empty,
}

/// What a column holds, for those who look for it: its head is written in two languages and may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Name of the policy.
    Policy,
    /// Name of the world.
    World,
    /// Name of the province.
    Province,
    /// Name of the target.
    Target,
    /// The year in which a target is judged.
    Year,
    /// Unit of the figures of a row.
    Unit,
    /// Median of the quantity.
    Median,
    /// 5 % to 95 % of the quantity.
    Range,
    /// Probability of the target.
    Probability,
    /// The probability in words.
    InWords,
    /// Change of the probability against the reference.
    Change,
    /// Interval of that change.
    ChangeInterval,
    /// Public money paid.
    Paid,
    /// What of it is paid by the year of the target.
    PaidInTime,
    /// Figures of past years.
    Record,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it holds, where somebody looks for it.
    pub key: Option<Key>,
    /// Name.
    pub head: String,
    /// Unit of the numbers in it, written behind the name; empty for words.
    pub unit: String,
    /// Whether it holds numbers, which stand on the right.
    pub numeric: bool,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct DataTable {
    /// Identifier, unique within a briefing: lower-case letters and hyphens.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// Heads, from left to right.
    pub columns: Vec<Column>,
    /// Cells, row by row, each row as long as the head.
    pub rows: Vec<Vec<Cell>>,
    /// Stand below the table, each on its own line.
    pub notes: Vec<String>,
}

impl Column {
    /// A column of words.
    pub fn text(head: impl Into<String>) -> Self {
        Self { key: None, head: head.into(), unit: String::new(), numeric: false }
    }

    /// A column of numbers in `unit`.
    pub fn number(head: impl Into<String>, unit: impl Into<String>) -> Self {
        Self { key: None, head: head.into(), unit: unit.into(), numeric: true }
    }

    /// The same, to be found by what it holds.
    #[must_use]
    pub fn of(self, key: Key) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Name and unit as one text, e.g. `中位数（亿元）`.
    pub fn full_head(&self, lang: Lang) -> String {
        match (self.unit.is_empty(), lang) {
            (true, _) => self.head.clone(),
            (false, Lang::Zh) => format!("{}（{}）", self.head, self.unit),
            (false, Lang::En) => format!("{} ({})", self.head, self.unit),
        }
    }
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Words that hold figures.
    pub fn told(text: impl Into<String>, plain: Plain) -> Self {
        Self::Told(text.into(), Box::new(plain))
    }

    /// A difference of fractions and its interval, with the digits that sentences give them.
    pub fn change(value: f64, [low, high]: [f64; 2]) -> [Self; 2] {
        let format = match number::points_digits(value * 100.0, (low * 100.0, high * 100.0)) {
            _ if value == 0.0 && low == 0.0 && high == 0.0 => Format::Points,
            digits => Format::PointsTo(u8::try_from(digits).unwrap_or(u8::MAX)),
        };
        [Self::Number(value, format), Self::Interval(low, high, format)]
    }

    /// The cell as a reader sees it; the unit stands in the head.
    pub fn shown(&self, lang: Lang) -> String {
        match self {
            Self::Text(text) | Self::Told(text, _) => text.clone(),
            Self::Number(value, format) => format.shown(*value, lang),
            Self::Marked(value, format, mark) => format.shown(*value, lang) + mark,
            Self::Chance { estimate, low, high } => number::chance(*estimate, (*low, *high)),
            // exactly nothing, whatever the trial
            Self::Interval(low, high, _) if *low == 0.0 && *high == 0.0 => "0".to_owned(),
            Self::Interval(low, high, format) => {
                let joint = if *low < 0.0 || *high < 0.0 {
                    match lang {
                        Lang::Zh => "至",
                        Lang::En => " to ",
                    }
                } else {
                    "–"
                };
                let [low, high] = format.ends(*low, *high, lang);
                format!("{low}{joint}{high}")
            }
            Self::Empty => "—".to_owned(),
        }
    }
}

impl Format {
    /// `value` in this form, without unit but for `%`.
    pub fn shown(self, value: f64, lang: Lang) -> String {
        match self {
            Self::Money => number::money(value, lang),
            Self::Yuan(digits) => number::yuan(value, digits, lang),
            Self::Count => number::decimal(value, 0),
            Self::Probability => number::percent(value),
            Self::Share => number::share(value),
            Self::Points if value > 0.0 => format!("+{}", points(value)),
            Self::Points => points(value),
            Self::PointsTo(digits) => number::signed(value * 100.0, usize::from(digits)),
            Self::Year => format!("{value:.0}"),
            Self::Decimal(digits) => number::decimal(value, usize::from(digits)),
        }
    }

    /// The form of each end of an interval, which may need more digits than its estimate.
    pub fn of_ends(self, low: f64, high: f64, lang: Lang) -> [Self; 2] {
        if !matches!(self, Self::PointsTo(_)) {
            return [self; 2];
        }
        self.ends(low, high, lang).map(|end| {
            let digits = end.split_once('.').map_or(0, |(_, digits)| digits.len());
            Self::PointsTo(u8::try_from(digits).unwrap_or(u8::MAX))
        })
    }

    /// The ends of an interval in this form: those of a difference have as many digits as its interval can bear.
    pub(super) fn ends(self, low: f64, high: f64, lang: Lang) -> [String; 2] {
        if let Self::PointsTo(digits) = self {
            return number::points_ends((low * 100.0, high * 100.0), usize::from(digits));
        }
        [low, high].map(|end| match self {
            // exactly nothing, whatever the trial
            _ if low == 0.0 && high == 0.0 => "0".to_owned(),
            Self::Points => number::decimal(end * 100.0, points_digits(high - low)),
            Self::Probability => number::percent_end(end, low.min(high), low.max(high)),
            _ => self.shown(end, lang),
        })
    }
}

/// A difference of fractions in percentage points.
fn points(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { number::decimal(value * 100.0, points_digits(value)) }
}

/// Digits after the point that a difference of fractions of this size deserves in percentage points.
fn points_digits(size: f64) -> usize {
    match size.abs() * 100.0 {
        size if size >= 0.0995 => 2,
        size if size >= 0.009_95 => 3,
        _ => 4,
    }
}

impl DataTable {
    /// An empty table with these heads.
    pub fn new(id: impl Into<String>, title: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { id: id.into(), title: title.into(), columns, rows: Vec::new(), notes: Vec::new() }
    }

    /// The place of the column that holds this.
    pub fn at(&self, key: Key) -> Option<usize> {
        self.columns.iter().position(|column| column.key == Some(key))
    }

    /// The table without the columns in which nothing is said in any row.
    #[must_use]
    pub fn without_empty_columns(mut self) -> Self {
        let is_told = |column: usize| {
            self.rows.iter().any(|row| row.get(column).is_some_and(|cell| *cell != Cell::Empty))
        };
        let told: Vec<bool> =
            (0..self.columns.len()).map(|column| self.rows.is_empty() || is_told(column)).collect();
        let mut kept = told.iter();
        self.columns.retain(|_| kept.next().is_none_or(|told| *told));
        for row in &mut self.rows {
            let mut kept = told.iter();
            row.retain(|_| kept.next().is_none_or(|told| *told));
        }
        self
    }

    /// The table in finished texts, for terminal and Markdown.
    pub fn to_text(&self, lang: Lang) -> Table {
        let column = |column: &Column| {
            let head = column.full_head(lang);
            if column.numeric { TextColumn::number(head) } else { TextColumn::text(head) }
        };
        Table {
            title: Some(self.title.clone()),
            columns: self.columns.iter().map(column).collect(),
            rows: self.rows.iter().map(|row| row.iter().map(|cell| cell.shown(lang)).collect()).collect(),
            notes: self.notes.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Column, DataTable, Format};
    use crate::report::number;
    use crate::text::Lang;

    #[test]
    fn columns_of_nothing_go() {
        let columns = vec![Column::text("名"), Column::number("数", "亿元"), Column::number("空", "")];
        let mut table = DataTable::new("t", "", columns);
        table.rows.push(vec![Cell::text("−丙"), Cell::Number(-1234.5, Format::Decimal(1)), Cell::Empty]);
        let table = table.without_empty_columns();
        assert_eq!(table.columns.len(), 2);
        assert_eq!(table.to_text(Lang::Zh).rows, [["−丙", "−1,234.5"]]);
    }

    #[test]
    fn ends_have_the_digits_that_readers_see_and_marks_stand_behind_numbers() {
        let ends = Format::PointsTo(2).of_ends(0.000_008, 0.0005, Lang::Zh);
        assert_eq!(ends, [Format::PointsTo(4), Format::PointsTo(2)]);
        assert_eq!(Format::Share.of_ends(0.0, 0.5, Lang::Zh), [Format::Share; 2]);
        let mut table = DataTable::new("t", "表", vec![Column::number("外省最好", "")]);
        table.rows.push(vec![Cell::Marked(0.088, Format::Share, "*")]);
        assert_eq!(table.rows[0][0].shown(Lang::Zh), "8.8%*");
        // programs read a number with its remark
        assert_eq!(table.to_csv(Lang::En).lines().nth(1), Some("8.8,*"));
    }

    #[test]
    fn cells_near_certainty_and_differences_stay_legible() {
        let chance = |estimate, low, high| Cell::Chance { estimate, low, high }.shown(Lang::Zh);
        assert_eq!(chance(0.0, 0.0, 0.000_19), "<0.02%");
        assert_eq!(chance(1.0, 0.999_81, 1.0), ">99.98%");
        assert_eq!(chance(0.0051, 0.0042, 0.0062), "0.51%");
        assert_eq!(Cell::Number(0.0011, Format::Points).shown(Lang::Zh), "+0.11");
        assert_eq!(Cell::Number(-0.0004, Format::Points).shown(Lang::Zh), "−0.040");
        assert_eq!(Cell::Number(0.0, Format::Points).shown(Lang::Zh), "0");
        assert_eq!(Cell::Interval(0.0007, 0.0017, Format::Points).shown(Lang::Zh), "0.07–0.17");
        assert_eq!(Cell::Interval(0.988, 0.9906, Format::Probability).shown(Lang::Zh), "98.80%–99.06%");
        assert_eq!(Cell::Interval(0.0, 0.000_19, Format::Probability).shown(Lang::Zh), "0%–0.02%");
        // the bound of no hit, or of hits only, is the same in both cells
        assert_eq!(chance(0.0, 0.0, 0.001_279), "<0.2%");
        assert_eq!(Cell::Interval(0.0, 0.001_279, Format::Probability).shown(Lang::Zh), "0%–0.2%");
        assert_eq!(Cell::Interval(0.999_81, 1.0, Format::Probability).shown(Lang::Zh), "99.98%–100%");
        // the same money in both languages, each in its unit
        let both = |cell: Cell| (cell.shown(Lang::Zh), cell.shown(Lang::En));
        let texts = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        assert_eq!(both(Cell::Number(1427.0, Format::Money)), texts("1,427", "142.7"));
        assert_eq!(both(Cell::Interval(33.2, 333.4, Format::Money)), texts("33.2–333", "3.32–33.3"));
        assert_eq!(both(Cell::Number(1716.84, Format::Yuan(1))), texts("1,716.8", "171.68"));
        assert_eq!(Cell::Interval(0.0, 0.0, Format::Points).shown(Lang::Zh), "0");
        // a change reads in the table as in the sentence
        for (change, low, high) in [
            (0.0305, 0.0238, 0.039),
            (0.0002, 0.000_008, 0.000_514),
            (0.002, -0.0056, 0.0112),
            (0.0005, 0.0, 0.001),
            (0.0, -0.001, 0.001),
        ] {
            let said = number::points_parts(change, (low, high), Lang::Zh).unwrap();
            let [value, interval] = Cell::change(change, [low, high]).map(|cell| cell.shown(Lang::Zh));
            assert_eq!((value, interval), said);
        }
        assert_eq!(Cell::change(0.0, [0.0, 0.0]).map(|cell| cell.shown(Lang::Zh)), ["0", "0"]);
        assert_eq!(Cell::Interval(-0.0002, 0.0012, Format::Points).shown(Lang::En), "−0.02 to 0.12");
    }
}
