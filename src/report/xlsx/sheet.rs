//! One sheet: titles, paragraphs and tables below one another, with columns as wide as what they hold.

mod print;

use rust_xlsxwriter::{Chart, Format, Worksheet, XlsxError};

use super::charts;
use super::style::{Styles, stored};
use crate::report::briefing::{Cell, Column, DataTable, Format as Kind};
use crate::report::table::{char_columns, columns_of};
use crate::report::wrap::{self, printable, widest_piece};
use crate::text::{Lang, Text};

/// The narrowest and the widest column, in characters of the default font.
const WIDTH: (f64, f64) = (9.0, 44.0);
/// The widest a head makes its column, in the same unit.
const HEAD: f64 = 14.0;
/// Height of a line of a table or note, and of a title, in points.
const LINE: f64 = 14.0;
const TITLE_LINE: f64 = 22.0;
/// A4.
const A4: u8 = 9;

/// A sheet that is being filled from top to bottom.
pub struct Sheet<'a> {
    /// The sheet itself, for what is written beside the tables.
    pub worksheet: Worksheet,
    /// The formats.
    pub styles: &'a Styles,
    /// The language.
    pub lang: Lang,
    /// The next free row.
    pub row: u32,
    /// Widths that figures and heads need.
    widths: Vec<f64>,
    /// Widths that words would fill; they may break instead.
    wanted: Vec<f64>,
    /// Columns that stay in sight, which every page repeats.
    kept: u16,
    notes: Vec<(u32, String)>,
    /// Words by place, line by line, for rows high enough for them.
    words: Vec<(u32, u16, Vec<String>)>,
    /// The widest column of words.
    widest: f64,
    breaks: Vec<u32>,
    /// Charts by the place of their upper left corner, with their heights in pixels.
    charts: Vec<(u32, u16, Chart, u32)>,
    /// Whether print shows the first row alone, which says so.
    is_for_screen: bool,
}

/// Where a table stands.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Row of the heads.
    pub head: u32,
    /// Row of the last entry.
    pub last: u32,
    /// Number of columns.
    pub columns: u16,
}

impl<'a> Sheet<'a> {
    /// An empty sheet, set up for print: A4 across, `footer` and page number at the foot. [`Sheet::finish`] fits it to the
    /// page.
    pub fn new(styles: &'a Styles, lang: Lang, name: &str, footer: &str) -> Result<Self, XlsxError> {
        let mut worksheet = Worksheet::new();
        worksheet.set_name(name)?;
        worksheet.set_paper_size(A4).set_landscape();
        worksheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
        let page = Text::new("第&P页，共&N页", "Page &P of &N");
        // "&" begins a field; a footer holds at most 255 characters
        let title: String = printable(footer).replace('&', "&&").chars().take(100).collect();
        worksheet.set_footer(format!("&L&9{title} · {name}&R&9{}", page.get(lang)));
        worksheet.set_screen_gridlines(false);
        Ok(Self {
            worksheet,
            styles,
            lang,
            row: 0,
            widths: Vec::new(),
            wanted: Vec::new(),
            kept: 0,
            notes: Vec::new(),
            words: Vec::new(),
            widest: WIDTH.1,
            breaks: Vec::new(),
            charts: Vec::new(),
            is_for_screen: false,
        })
    }

    /// A title, in a row of its own.
    pub fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(self.row, TITLE_LINE)?;
        self.worksheet.write_string_with_format(self.row, 0, clean(text), &self.styles.title)?;
        self.row += 1;
        Ok(())
    }

    /// A title of thousands of rows to filter and to compute with: it says that print shows nothing else of the sheet,
    /// which would take hundreds of pages.
    pub fn title_for_screen(&mut self, text: &str) -> Result<(), XlsxError> {
        let text = match self.lang {
            Lang::Zh => format!("{text}：供筛选和另行计算，打印时只出这一行"),
            Lang::En => format!("{text}: to filter and compute with; print shows this line only"),
        };
        self.is_for_screen = true;
        self.title(&text)
    }

    /// Keeps columns of words narrower, where many columns share a page.
    pub fn narrow(&mut self, widest: f64) {
        self.widest = widest;
    }

    /// Begins a new page in print.
    pub fn new_page(&mut self) {
        if self.row > 0 {
            self.breaks.push(self.row);
        }
    }

    /// Leaves rows empty.
    pub fn skip(&mut self, rows: u32) {
        self.row += rows;
    }

    /// A remark across the columns of the first printed page.
    pub fn note(&mut self, text: &str) {
        self.notes.push((self.row, text.to_owned()));
        self.row += 1;
    }

    /// Words at a place.
    pub fn text(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        self.text_as(row, column, text, &self.styles.text)
    }

    /// Words at a place in a format of their own.
    pub fn text_as(&mut self, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let longest = lines.iter().map(|line| columns_of(line)).max().unwrap_or_default() as f64;
        let index = usize::from(column);
        if self.wanted.len() <= index {
            self.wanted.resize(index + 1, WIDTH.0);
        }
        self.wanted[index] = self.wanted[index].max((longest + 2.0).min(self.widest));
        if lines.len() > 1 || longest > WIDTH.0 {
            self.words.push((row, column, lines));
        }
        self.worksheet.write_string_with_format(row, column, clean(text), format)?;
        Ok(())
    }

    /// A number at a place; what is no number leaves the cell without value.
    pub fn number(
        &mut self,
        row: u32,
        column: u16,
        value: Option<f64>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        match value.filter(|value| value.is_finite()) {
            Some(value) => self.worksheet.write_number_with_format(row, column, value, format)?,
            None => self.worksheet.write_blank(row, column, &self.styles.empty)?,
        };
        Ok(())
    }

    /// A row of heads; `numeric` says which stand above numbers.
    pub fn heads<'h>(
        &mut self,
        heads: impl IntoIterator<Item = (&'h str, bool)>,
    ) -> Result<(u32, u16), XlsxError> {
        let (row, mut columns) = (self.row, 0);
        // a figure is shorter than its name: English names stand below one another word by word
        let most = if self.lang == Lang::En { 10.0 } else { HEAD };
        for (index, (head, numeric)) in (0..).zip(heads) {
            let style = if numeric { &self.styles.number_head } else { &self.styles.head };
            // the unit stands on a line of its own; long heads may break once more
            let unit = head.rfind(['（', '(']).filter(|at| *at > 0 && head.ends_with(['）', ')']));
            let parts = unit.map_or((head, ""), |at| head.split_at(at));
            let broken = if parts.1.is_empty() {
                head.to_owned()
            } else {
                format!("{}\n{}", parts.0.trim_end(), parts.1)
            };
            let lines = [parts.0.trim_end(), parts.1];
            let width =
                |line: &&str| widest_piece(line, char_columns).max((columns_of(line) as f64).min(most));
            self.grow(index, lines.iter().map(width).fold(0.0, f64::max).min(HEAD) + 3.0);
            self.words.push((row, index, lines.map(str::to_owned).to_vec()));
            self.worksheet.write_string_with_format(row, index, clean(&broken), style)?;
            columns = index + 1;
        }
        self.row += 1;
        Ok((row, columns))
    }

    /// A table with its notes; intervals take two columns.
    pub fn table(&mut self, table: &DataTable) -> Result<Place, XlsxError> {
        let double: Vec<bool> = (0..table.columns.len()).map(|index| holds_intervals(table, index)).collect();
        let heads: Vec<(String, bool)> = table
            .columns
            .iter()
            .zip(&double)
            .flat_map(|(column, double)| self.column_heads(column, *double))
            .collect();
        let (head, columns) = self.heads(heads.iter().map(|(head, numeric)| (head.as_str(), *numeric)))?;
        for cells in &table.rows {
            let mut column = 0;
            for (cell, double) in cells.iter().zip(&double) {
                self.cell(column, cell, *double)?;
                column += 1 + u16::from(*double);
            }
            self.row += 1;
        }
        let last = self.row.saturating_sub(1);
        for note in &table.notes {
            self.note(note);
        }
        Ok(Place { head, last, columns })
    }

    fn column_heads(&self, column: &Column, double: bool) -> Vec<(String, bool)> {
        if !double {
            return vec![(column.full_head(self.lang), column.numeric)];
        }
        let ends = [Text::new("下限", "low"), Text::new("上限", "high")];
        let part = |end: Text| {
            let head = match self.lang {
                Lang::Zh => format!("{}{}", column.head, end.zh),
                Lang::En => format!("{}, {}", column.head, end.en),
            };
            (Column { head, ..column.clone() }.full_head(self.lang), true)
        };
        ends.map(part).to_vec()
    }

    fn cell(&mut self, column: u16, cell: &Cell, double: bool) -> Result<(), XlsxError> {
        let (row, styles) = (self.row, self.styles);
        match cell {
            Cell::Text(text) | Cell::Told(text, _) => {
                self.text(row, column, text)?;
                if double {
                    self.worksheet.write_blank(row, column + 1, &styles.empty)?;
                }
            }
            Cell::Number(value, kind) => self.figure(column, *value, *kind)?,
            Cell::Marked(value, kind, mark) => {
                let format = styles.marked(*kind, *value, mark, self.lang);
                self.widen(column, &cell.shown(self.lang));
                self.number(row, column, Some(stored(*kind, *value, self.lang)), &format)?;
            }
            Cell::Interval(low, high, kind) => {
                let [from, to] = kind.of_ends(*low, *high, self.lang);
                self.figure(column, *low, from)?;
                self.figure(column + 1, *high, to)?;
            }
            Cell::Chance { estimate, low, high } => {
                let format = styles.probability(*estimate, (*low, *high));
                self.widen(column, &cell.shown(self.lang));
                self.number(row, column, Some(*estimate), &format)?;
            }
            Cell::Empty => {
                self.worksheet.write_blank(row, column, &styles.empty)?;
                if double {
                    self.worksheet.write_blank(row, column + 1, &styles.empty)?;
                }
            }
        }
        Ok(())
    }

    fn figure(&mut self, column: u16, value: f64, kind: Kind) -> Result<(), XlsxError> {
        let format = self.styles.kind(kind, value, self.lang);
        self.grow(column, columns_of(&kind.shown(value, self.lang)) as f64 + 2.0);
        self.number(self.row, column, Some(stored(kind, value, self.lang)), &format)
    }

    /// Makes a column wide enough for `text`.
    pub fn widen(&mut self, column: u16, text: &str) {
        self.grow(column, columns_of(text) as f64 + 2.0);
    }

    /// Makes a column at least this wide, within the limits.
    pub fn grow(&mut self, column: u16, width: f64) {
        let index = usize::from(column);
        if self.widths.len() <= index {
            self.widths.resize(index + 1, WIDTH.0);
        }
        self.widths[index] = self.widths[index].max(width.min(WIDTH.1));
    }

    /// Sets a column's width whatever it holds.
    pub fn fix(&mut self, column: u16, width: f64) {
        self.grow(column, WIDTH.0);
        self.widths[usize::from(column)] = width;
    }

    /// Keeps the rows up to `head` and the first `columns` in sight, and repeats them on every printed page.
    pub fn keep_head(&mut self, head: u32, columns: u16) -> Result<(), XlsxError> {
        self.worksheet.set_freeze_panes(head + 1, columns)?;
        self.kept = columns;
        if !self.is_for_screen {
            self.worksheet.set_repeat_rows(head, head)?;
        }
        Ok(())
    }

    /// Lets the reader choose rows of a table.
    pub fn filter(&mut self, place: &Place) -> Result<(), XlsxError> {
        if place.columns > 0 && place.last > place.head {
            self.worksheet.autofilter(place.head, 0, place.last, place.columns - 1)?;
        }
        Ok(())
    }

    /// Puts a chart of the usual height with its upper left corner on a cell.
    pub fn chart(&mut self, row: u32, column: u16, chart: Chart) {
        self.tall_chart(row, column, chart, charts::SIZE.1);
    }

    /// Puts a chart that wants to be so many pixels high with its upper left corner on a cell; it gets no higher than a
    /// printed page.
    pub fn tall_chart(&mut self, row: u32, column: u16, chart: Chart, height: u32) {
        self.charts.push((row, column, chart, height));
    }

    /// The finished sheet: widths are set, notes run across the columns of the first printed page, and print is as wide as the page, or as a few
    /// pages side by side where its letters would be too small.
    pub fn finish(mut self) -> Result<Worksheet, XlsxError> {
        let columns = self.set_print()?;
        for (column, width) in (0..).zip(&self.widths) {
            self.worksheet.set_column_width(column, *width)?;
        }
        self.heights()?;
        // a note that went on over the edge of the page would be torn in the middle of its lines
        let across: f64 = self.widths.iter().take(columns).sum();
        let last = u16::try_from(columns.saturating_sub(1)).unwrap_or_default();
        for (row, note) in &self.notes {
            // merged cells do not grow by themselves
            let lines = (columns_of(note) as f64 * 0.95 / across.max(WIDTH.0)).ceil().max(1.0);
            self.worksheet.set_row_height(*row, LINE * lines)?;
            if last == 0 {
                self.worksheet.write_string_with_format(*row, 0, clean(note), &self.styles.note)?;
            } else {
                self.worksheet.merge_range(*row, 0, *row, last, &clean(note), &self.styles.note)?;
            }
        }
        Ok(self.worksheet)
    }

    /// Makes rows high enough for words that break: not every office does that by itself when it opens a file.
    fn heights(&mut self) -> Result<(), XlsxError> {
        let mut rows = std::collections::BTreeMap::<u32, usize>::new();
        for (row, column, lines) in &self.words {
            let width = (self.widths.get(usize::from(*column)).copied().unwrap_or(WIDTH.0) - 1.0).max(1.0);
            let filled = lines.iter().filter(|line| !line.is_empty());
            let lines = filled.map(|line| wrap::lines(line, width, char_columns).len()).sum();
            let known = rows.entry(*row).or_default();
            *known = (*known).max(lines);
        }
        for (row, lines) in rows.into_iter().filter(|(_, lines)| *lines > 1) {
            self.worksheet.set_row_height(row, LINE * lines as f64 + 2.0)?;
        }
        Ok(())
    }
}

/// A text without the characters that no workbook may hold; line breaks stay.
pub fn clean(text: &str) -> String {
    text.split('\n').map(printable).collect::<Vec<_>>().join("\n")
}

fn holds_intervals(table: &DataTable, column: usize) -> bool {
    table.rows.iter().any(|row| matches!(row.get(column), Some(Cell::Interval(..))))
}
