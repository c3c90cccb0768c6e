//! One table for every output: built once, written for the terminal, as Markdown, or as CSV.

use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, TableStyle};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::wrap::{lines, printable, widest_piece};

mod parts;

/// The narrowest terminal a table is laid out for, in columns; below it, lines run over.
const MIN_WIDTH: u16 = 20;
/// Terminal columns that stand empty between the contents of two cells of a row.
const GAP: usize = 3;

/// A text of so many terminal columns, four Chinese characters, is one word.
const SHORT: usize = 8;

/// On which side the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Align {
    /// Text.
    #[default]
    Left,
    /// Numbers, so that their digits stand under each other.
    Right,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Column {
    /// Name with unit, for example "中位数(亿元)".
    pub header: String,
    /// Side on which the cells stand.
    pub align: Align,
    /// Whether all parts of a table that takes several have it: what their figures are read against.
    pub in_all_parts: bool,
}

impl Column {
    /// A column of text.
    pub fn text(header: impl Into<String>) -> Self {
        Self { header: header.into(), align: Align::Left, in_all_parts: false }
    }

    /// A column of numbers.
    pub fn number(header: impl Into<String>) -> Self {
        Self { header: header.into(), align: Align::Right, in_all_parts: false }
    }
}

/// A table of finished texts; a row that is shorter than the head is filled with empty cells, surplus cells
/// are left out.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Table {
    /// Stands above the table.
    pub title: Option<String>,
    /// Heads, from left to right.
    pub columns: Vec<Column>,
    /// Cells, row by row.
    pub rows: Vec<Vec<String>>,
    /// Stand below the table, each on its own line.
    pub notes: Vec<String>,
}

impl Table {
    /// The table for a terminal of `width` columns: cells wrap, Chinese counts two columns, no line is wider. Where words would
    /// have to be cut, the columns stand in several tables below each other, each with the title, its number, and the first columns.
    ///
    /// Below 20 columns the table is laid out for 20. Ends with a line break.
    pub fn to_terminal(&self, width: u16) -> String {
        let width = width.max(MIN_WIDTH);
        let wrapped = |texts: &mut dyn Iterator<Item = &String>| -> String {
            texts
                .flat_map(|text| wrapped(text, width))
                .map(|line| line.trim_end().to_owned() + "\n")
                .collect()
        };
        let blocks = self.blocks(usize::from(width));
        let mut out = String::new();
        for (at, columns) in blocks.iter().enumerate() {
            let title = self.title.as_ref().map(|title| match blocks.len() {
                1 => title.clone(),
                all => format!("{title} ({}/{all})", at + 1),
            });
            if at > 0 {
                out.push('\n');
            }
            out += &wrapped(&mut title.iter());
            out += &self.part(columns).grid(width);
        }
        out + &wrapped(&mut self.notes.iter())
    }

    /// Heads and rows for a terminal of `width` columns.
    fn grid(&self, width: u16) -> String {
        let mut grid = comfy_table::Table::new();
        grid.load_style(rules_only()).set_content_arrangement(ContentArrangement::Disabled);
        let widths = self.column_widths(usize::from(width));
        let heads = self.columns.iter().zip(&widths);
        grid.set_header(heads.map(|(column, &width)| cell(&column.header, column.align, width)));
        for row in &self.rows {
            grid.add_row(
                self.cells(row).zip(&widths).map(|((text, align), &width)| cell(text, align, width)),
            );
        }
        if self.columns.is_empty() {
            return String::new();
        }
        grid.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
    }

    /// The largest of what `measure` says of the head and the cells of every column.
    fn over_columns(&self, measure: &dyn Fn(&str) -> usize) -> Vec<usize> {
        (0..self.columns.len()).map(|column| self.over_cells(column, measure)).collect()
    }

    fn over_cells(&self, column: usize, measure: &dyn Fn(&str) -> usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|text| measure(text));
        cells.chain([measure(&self.columns[column].header)]).max().unwrap_or(0)
    }

    /// The table as Markdown (GitHub's dialect), title in bold above it, notes as a list below it.
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        if let Some(title) = &self.title {
            out.push_str(&format!("**{}**\n\n", markdown_cell(title)));
        }
        let mut row = |cells: Vec<String>| out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if !self.columns.is_empty() {
            row(self.columns.iter().map(|column| markdown_cell(&column.header)).collect());
            row(self.columns.iter().map(|column| rule(column.align).to_owned()).collect());
            for cells in &self.rows {
                row(self.cells(cells).map(|(text, _)| markdown_cell(text)).collect());
            }
        }
        if !self.notes.is_empty() {
            out.push('\n');
        }
        for note in &self.notes {
            out.push_str(&format!("- {}\n", markdown_cell(note)));
        }
        out
    }

    /// Head and rows as CSV (RFC 4180, CRLF) that Chinese Excel opens rightly: UTF-8 with a byte-order mark.
    ///
    /// Title and notes are left out: they are no data. Numbers should come without thousands separators and
    /// units, so that a spreadsheet reads them as numbers. A text that a spreadsheet would run as a formula
    /// (it begins with `=`, `+`, `-`, `@`, their full-width forms, or a control character) gets an apostrophe
    /// in front; plain numbers stay.
    pub fn to_csv(&self) -> String {
        let mut out = String::from('\u{FEFF}');
        let mut record = |cells: Vec<String>| {
            out.push_str(&cells.join(","));
            out.push_str("\r\n");
        };
        record(self.columns.iter().map(|column| csv_field(&column.header)).collect());
        for row in &self.rows {
            record(self.cells(row).map(|(text, _)| csv_field(text)).collect());
        }
        out
    }

    /// Room for the content of each column, so that all columns with their paddings fit into `width` where
    /// possible.
    ///
    /// The widest column gives way first, down to its longest word or figure, short Chinese words being whole; only when that
    /// is not enough are these broken, and at last figures, too, widest column first.
    fn column_widths(&self, width: usize) -> Vec<usize> {
        let over_cells = |column: usize, measure: &dyn Fn(&str) -> usize| self.over_cells(column, measure);
        let columns = 0..self.columns.len();
        let mut widths: Vec<usize> = self.over_columns(&columns_of);
        let whole =
            |text: &str| if columns_of(text) <= SHORT { columns_of(text) } else { longest_word(text) };
        let (short, least) = (self.over_columns(&whole), self.over_columns(&longest_word));
        let room = (width + 1).saturating_sub(GAP * self.columns.len());
        for floors in [short, least, vec![2; self.columns.len()]] {
            while widths.iter().sum::<usize>() > room {
                let shrinkable = columns.clone().filter(|&column| widths[column] > floors[column]);
                let Some(widest) = shrinkable.max_by_key(|&column| (widths[column], column)) else { break };
                // Lines seldom fill their room: what they leave empty is given to the other columns at once.
                let next = (widths[widest] - 1) as f64;
                let used = |text: &str| {
                    lines(text, next, char_columns).iter().map(|l| columns_of(l)).max().unwrap_or(0)
                };
                widths[widest] = over_cells(widest, &used).min(widths[widest] - 1);
            }
        }
        widths
    }

    /// The cells of `row` with the alignment of their columns, exactly as many as there are columns.
    fn cells<'a>(&'a self, row: &'a [String]) -> impl Iterator<Item = (&'a str, Align)> {
        self.columns
            .iter()
            .enumerate()
            .map(|(index, column)| (row.get(index).map_or("", String::as_str), column.align))
    }
}

/// Rules above and below, one under the head, none between columns: their width is ambiguous on Chinese
/// terminals.
fn rules_only() -> TableStyle {
    let rule = || LineStyle::none().fill('─').junction('─');
    TableStyle::new().top_border(rule()).header_separator(rule()).bottom_border(rule())
}

fn cell(text: &str, align: Align, width: usize) -> Cell {
    Cell::new(lines(text, width as f64, char_columns).join("\n")).set_alignment(match align {
        Align::Left => CellAlignment::Left,
        Align::Right => CellAlignment::Right,
    })
}

/// The width of the longest part of a text that stands in one line.
fn longest_word(text: &str) -> usize {
    widest_piece(text, char_columns) as usize
}

/// The lines of a text for a terminal of `width` columns.
pub fn wrapped(text: &str, width: u16) -> Vec<String> {
    lines(text, f64::from(width), char_columns)
}

/// The width of a character in terminal columns, a Chinese one counting two, a control character none.
pub fn char_columns(c: char) -> f64 {
    c.width().map_or(0.0, |columns| columns as f64)
}

fn rule(align: Align) -> &'static str {
    match align {
        Align::Left => ":---",
        Align::Right => "---:",
    }
}

fn markdown_cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        if matches!(c, '|' | '\\' | '<' | '*' | '_' | '`' | '[' | ']' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn csv_field(text: &str) -> String {
    let guard = if runs_as_formula(text) { "'" } else { "" };
    let text = format!("{guard}{text}");
    if text.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn runs_as_formula(text: &str) -> bool {
    let suspicious = text
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}']);
    // `parse` also takes "-inf" and "+nan": harmless as numbers, but a spreadsheet reads a name, so only
    // digits pass.
    let is_number = text.parse::<f64>().is_ok_and(f64::is_finite);
    suspicious && !is_number
}

/// The width of `text` in terminal columns, Chinese characters counting two.
pub fn columns_of(text: &str) -> usize {
    printable(text).width()
}

#[cfg(test)]
mod tests {
    use super::{Column, Table, columns_of};

    fn sample() -> Table {
        Table {
            title: Some("湖北省目标的可能性".into()),
            columns: vec![Column::text("政策"), Column::number("可能性"), Column::number("中位数(亿元)")],
            rows: vec![
                vec!["不实施政策".into(), "0（<0.004%）".into(), "1,880".into()],
                vec![
                    "产业基金、技术改造补助与招商项目同时实施的一揽子方案".into(),
                    "0.31%".into(),
                    "2,061".into(),
                ],
            ],
            notes: vec!["括号内为95%置信区间。".into()],
        }
    }

    #[test]
    fn terminal_lines_fit_and_align() {
        for width in [20, 34, 48, 80] {
            let text = sample().to_terminal(width);
            assert!(text.lines().all(|line| columns_of(line) <= usize::from(width)), "{width}:\n{text}");
        }
        let text = sample().to_terminal(100);
        let ends: Vec<usize> =
            text.lines().filter(|l| l.contains("1,880") || l.contains("2,061")).map(columns_of).collect();
        assert_eq!(ends.len(), 2);
        assert_eq!(ends[0], ends[1], "right-aligned numbers end in the same column:\n{text}");
    }

    /// A narrow terminal takes two tables rather than half words.
    #[test]
    fn words_are_not_cut_where_columns_can_stand_below_each_other() {
        let heads =
            ["Cost", "Probability", "Split", "Subsidies for contract manufacturing", "Recruited projects"];
        let columns: Vec<Column> = heads.iter().map(|head| Column::number(*head)).collect();
        let row: Vec<String> =
            ["14.0", "63.4%", "recommended", "0.899", "0.373"].iter().map(ToString::to_string).collect();
        let table = Table { columns, rows: vec![row], ..Table::default() };
        let text = table.to_terminal(40);
        for word in ["Probability", "recommended", "manufacturing", "Recruited"] {
            assert!(text.contains(word), "{word}:\n{text}");
        }
        assert_eq!((text.matches("14.0").count(), text.matches("Cost").count()), (2, 2), "{text}");
        assert!(text.lines().all(|line| columns_of(line) <= 40), "{text}");
        // every part says what it is, and has what its figures are read against
        let mut read_against = Table { title: Some("Splits".into()), ..table.clone() };
        read_against.columns[1].in_all_parts = true;
        let text = read_against.to_terminal(60);
        assert!(text.contains("Splits (1/2)") && text.contains("Splits (2/2)"), "{text}");
        assert_eq!((text.matches("63.4%").count(), text.matches("recommended").count()), (2, 1), "{text}");
        assert_eq!(table.to_terminal(140).matches("14.0").count(), 1);
        let columns =
            ["预计支出（亿元）", "分法", "百亿级政府投资基金体系（亿元）"].map(Column::text).to_vec();
        let rows = vec![vec!["14.0".to_owned(), "推荐".to_owned(), "8.99".to_owned()]];
        assert!(Table { columns, rows, ..Table::default() }.to_terminal(30).contains("推荐"));
    }

    #[test]
    fn terminal_escapes_of_names_are_removed() {
        let mut table = sample();
        table.rows[0][0] = "\u{1b}[2J坏名字".into();
        assert!(!table.to_terminal(60).contains('\u{1b}'));
    }

    #[test]
    fn markdown_escapes_bars() {
        let mut table = sample();
        table.rows[0][0] = "甲|乙\n丙".into();
        let text = table.to_markdown();
        assert!(text.contains("| 甲\\|乙 丙 | 0（\\<0.004%） | 1,880 |"), "{text}");
        assert!(text.contains("| :--- | ---: | ---: |"), "{text}");
    }

    #[test]
    fn csv_quotes_and_guards() {
        let table = Table {
            columns: vec![Column::text("a,b"), Column::number("n")],
            rows: vec![
                vec!["他说\"好\"".into(), "-1.5".into()],
                vec!["=1+2".into(), "+1.2 pp".into()],
                vec!["line\nbreak".into()],
                vec!["\u{FF1D}cmd".into(), "-inf".into(), "surplus".into()],
            ],
            ..Table::default()
        };
        assert_eq!(
            table.to_csv(),
            "\u{FEFF}\"a,b\",n\r\n\"他说\"\"好\"\"\",-1.5\r\n'=1+2,'+1.2 pp\r\n\"line\nbreak\",\r\n'\u{FF1D}cmd,'-inf\r\n"
        );
    }
}
