//! A table as cells with their kinds, and its text form: one line a cell, which results keep so that a run can be repeated.

use std::collections::BTreeMap;

use crate::diag::{FileId, Layout, Span};

/// First line of the text form, followed by the layout.
const MARK: &str = "cells 1 ";

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Text, without blanks at its ends.
    Text,
    /// A number.
    Number,
    /// A number that its sheet shows in percent, written so: `8%`.
    Percent,
    /// `true` or `false`.
    Flag,
    /// A date, `2024-06-30`.
    Date,
    /// An error such as `#N/A`.
    Error,
    /// A formula whose result is not in the file.
    Formula,
    /// A cell that is merged into another one; the text is the merged range.
    Merged,
}

impl CellKind {
    const LETTERS: [(Self, &'static str); 8] = [
        (Self::Text, "t"),
        (Self::Number, "n"),
        (Self::Percent, "p"),
        (Self::Flag, "b"),
        (Self::Date, "d"),
        (Self::Error, "e"),
        (Self::Formula, "f"),
        (Self::Merged, "m"),
    ];

    fn letter(self) -> &'static str {
        Self::LETTERS.iter().find(|(kind, _)| *kind == self).map_or("t", |(_, letter)| letter)
    }
}

/// A cell that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Row, or line of a CSV file, counted from 1.
    pub row: u32,
    /// Column, counted from 0.
    pub column: u32,
    /// What it is.
    pub kind: CellKind,
    /// What it holds.
    pub text: String,
    /// Its place in the text form.
    pub span: Span,
}

/// The cells of a table in the order of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Whether it is a sheet or the lines of a CSV file.
    pub layout: Layout,
    /// Its cells by row and column.
    pub cells: BTreeMap<(u32, u32), Cell>,
}

impl Grid {
    /// A table without cells.
    pub fn new(layout: Layout) -> Self {
        Self { layout, cells: BTreeMap::new() }
    }

    /// Puts a cell in its place; its own place in the text form is known only after [`Grid::parse`].
    pub fn put(&mut self, row: u32, column: u32, kind: CellKind, text: impl Into<String>) {
        let span = Span::new(FileId(0), 0, 0);
        self.cells.insert((row, column), Cell { row, column, kind, text: text.into(), span });
    }

    /// The text form.
    pub fn to_text(&self) -> String {
        let layout = if self.layout == Layout::Lines { "lines" } else { "sheet" };
        let mut out = format!("{MARK}{layout}\n");
        for cell in self.cells.values() {
            let (column, row, kind) = (letters(cell.column), cell.row, cell.kind.letter());
            let text = escape(&cell.text);
            out.push_str(&format!("{column}{row}\t{kind}\t{text}\n"));
        }
        out
    }

    /// The layout that a text form states; `None` if it is none.
    pub fn layout_of(text: &str) -> Option<Layout> {
        match text.lines().next()?.strip_prefix(MARK)? {
            "sheet" => Some(Layout::Sheet),
            "lines" => Some(Layout::Lines),
            _ => None,
        }
    }

    /// Reads the text form, its cells with their places in `file`; `None` if it is none.
    pub fn parse(text: &str, file: FileId) -> Option<Self> {
        let mut grid = Self::new(Self::layout_of(text)?);
        let mut offset = 0;
        for (index, line) in text.split('\n').enumerate() {
            let start = offset;
            offset += line.len() + 1;
            if index == 0 || line.is_empty() {
                continue;
            }
            let mut parts = line.splitn(3, '\t');
            let (address, letter, value) = (parts.next()?, parts.next()?, parts.next()?);
            let (row, column) = place(address)?;
            let kind = CellKind::LETTERS.iter().find(|(_, known)| *known == letter)?.0;
            let from = start + address.len() + letter.len() + 2;
            let span = Span::new(file, from, from + value.len());
            let cell = Cell { row, column, kind, text: unescape(value), span };
            grid.cells.insert((row, column), cell);
        }
        Some(grid)
    }

    /// The rows that hold anything, in order.
    pub fn rows(&self) -> BTreeMap<u32, Vec<&Cell>> {
        let mut rows: BTreeMap<u32, Vec<&Cell>> = BTreeMap::new();
        for cell in self.cells.values() {
            rows.entry(cell.row).or_default().push(cell);
        }
        rows
    }
}

/// The letters of a column counted from 0: A … Z, AA …
pub fn letters(column: u32) -> String {
    let mut rest = u64::from(column) + 1;
    let mut out = Vec::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        out.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    out.iter().rev().collect()
}

/// Row from 1 and column from 0 of an address such as `C17`.
fn place(address: &str) -> Option<(u32, u32)> {
    let digits = address.find(|c: char| c.is_ascii_digit())?;
    let (column, row) = address.split_at(digits);
    let mut number: u32 = 0;
    for letter in column.bytes() {
        let digit = letter.checked_sub(b'A').filter(|digit| *digit < 26)?;
        number = number.checked_mul(26)?.checked_add(u32::from(digit) + 1)?;
    }
    Some((row.parse().ok()?, number.checked_sub(1)?))
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some('t') => out.push('\t'),
                Some(other) => out.push(other),
                None => {}
            },
            (c, _) => out.push(c),
        }
    }
    out
}

/// The decimal number `value` in percent, exactly as if its point were moved: 0.07 is `7%`.
pub fn percent(value: f64) -> String {
    if value == 0.0 {
        return "0%".to_owned();
    }
    let written = format!("{value:e}");
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let exponent: i32 = exponent.parse::<i32>().unwrap_or_default() + 2;
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
    let length = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let number = if !(-20..=20).contains(&exponent) {
        format!("{mantissa}e{exponent}")
    } else if exponent < 0 {
        format!("0.{}{digits}", zeros(-exponent - 1))
    } else if exponent + 1 >= length {
        format!("{digits}{}", zeros(exponent + 1 - length))
    } else {
        let (whole, fraction) = digits.split_at(usize::try_from(exponent + 1).unwrap_or_default());
        format!("{whole}.{fraction}")
    };
    format!("{sign}{number}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (number, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")] {
            assert_eq!(letters(number), name);
            assert_eq!(place(&format!("{name}17")), Some((17, number)));
        }
    }

    #[test]
    fn the_text_form_reads_back_with_places() {
        let mut grid = Grid::new(Layout::Sheet);
        grid.put(1, 0, CellKind::Text, "名称\n（第二行）\t\\");
        grid.put(17, 2, CellKind::Percent, "8%");
        let text = grid.to_text();
        let read = Grid::parse(&text, FileId(3)).expect("a text form");
        assert_eq!(read.cells[&(1, 0)].text, "名称\n（第二行）\t\\");
        let cell = &read.cells[&(17, 2)];
        assert_eq!(&text[cell.span.start as usize..cell.span.end as usize], "8%");
        assert_eq!(read.to_text(), text);
        assert!(Grid::parse("a = 1\n", FileId(0)).is_none());
    }

    #[test]
    fn percent_moves_the_point_and_nothing_else() {
        for (value, text) in [
            (0.08, "8%"),
            (0.07, "7%"),
            (-0.035, "-3.5%"),
            (1.5, "150%"),
            (0.0, "0%"),
            (0.0001, "0.01%"),
            (0.123456, "12.3456%"),
            (12.0, "1200%"),
        ] {
            assert_eq!(percent(value), text);
            assert_eq!(crate::units::parse(text, crate::units::UnitKind::Rate), Ok(value));
        }
    }
}
