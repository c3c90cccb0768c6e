//! Source files and places in them.

use crate::text::Lang;

/// Number of a file within [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`; a reversed range becomes empty.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self { file, start, end: end.max(start) }
    }
}

/// How places in a file are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Lines and columns of a text file.
    #[default]
    Text,
    /// Cells of a sheet in a workbook: `C17`. The text has one line a cell: address, kind and value, separated by tabs.
    Sheet,
    /// Lines and columns of a CSV file, its cells written as those of a sheet.
    Lines,
}

/// A cell of a table that a place lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellPlace<'a> {
    /// Its column in letters.
    pub column: &'a str,
    /// Its row, or the line of the file on which it begins, counted from 1.
    pub row: usize,
    /// What it holds, as its file shows it.
    pub value: &'a str,
    /// Byte at which `value` begins in the file's text.
    pub start: usize,
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Name shown to the user.
    pub name: String,
    /// The whole text; of a table its cells.
    pub text: String,
    /// How places in it are named.
    pub layout: Layout,
}

/// All files that a scenario was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and returns its number.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.add_table(name, text, Layout::Text)
    }

    /// Adds a file whose places are named as `layout` says.
    pub fn add_table(&mut self, name: impl Into<String>, text: impl Into<String>, layout: Layout) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { name: name.into(), text: text.into(), layout });
        id
    }

    /// The file with this number, if it is one of these.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// All files in the order in which they were added.
    pub fn iter(&self) -> std::slice::Iter<'_, SourceFile> {
        self.files.iter()
    }

    /// The text covered by `span`, as far as it exists; a place inside a character moves back to its start.
    pub fn text(&self, span: Span) -> &str {
        let Some(file) = self.get(span.file) else { return "" };
        let start = floor(&file.text, span.start as usize);
        let end = floor(&file.text, span.end as usize).max(start);
        &file.text[start..end]
    }

    /// Line and column of the span's start, both counted from 1, columns in characters.
    pub fn line_column(&self, span: Span) -> Option<(usize, usize)> {
        let text = &self.get(span.file)?.text;
        let before = &text[..floor(text, span.start as usize)];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Some((before.matches('\n').count() + 1, before[line_start..].chars().count() + 1))
    }

    /// The cell in which the span begins; `None` in files that are no tables, and outside of all cells.
    pub fn cell(&self, span: Span) -> Option<CellPlace<'_>> {
        let file = self.get(span.file).filter(|file| file.layout != Layout::Text)?;
        let at = floor(&file.text, span.start as usize);
        let line_start = file.text[..at].rfind('\n').map_or(0, |i| i + 1);
        let line = file.text[line_start..].split('\n').next()?;
        let mut parts = line.splitn(3, '\t');
        let (address, kind, value) = (parts.next()?, parts.next()?, parts.next()?);
        let letters = address.find(|c: char| c.is_ascii_digit())?;
        let (column, row) = address.split_at(letters);
        let start = line_start + address.len() + kind.len() + 2;
        Some(CellPlace { column, row: row.parse().ok()?, value, start })
    }

    /// The place as a reader finds it: file and line, or file, sheet and cell.
    pub fn place(&self, span: Span, lang: Lang) -> Option<String> {
        let file = self.get(span.file)?;
        let name = &file.name;
        let Some(CellPlace { column, row, .. }) = self.cell(span) else {
            return match file.layout {
                Layout::Text => self.line_column(span).map(|(line, _)| format!("{name}:{line}")),
                _ => Some(name.clone()),
            };
        };
        Some(match (file.layout, lang) {
            (Layout::Lines, Lang::Zh) => format!("{name} · 第{row}行 · {column}列"),
            (Layout::Lines, Lang::En) => format!("{name} · line {row} · column {column}"),
            _ => format!("{name} · {column}{row}"),
        })
    }
}

/// The nearest character boundary at or before `index`, at most the text's length.
pub(super) fn floor(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut sources = Sources::new();
        let file = sources.add("湖北.toml", "a = 1\n名称 = \"武汉\"\n");
        let at = "a = 1\n名称 = ".len();
        let span = Span::new(file, at, at + 8);
        assert_eq!(sources.line_column(span), Some((2, 6)));
        assert_eq!(sources.text(span), "\"武汉\"");
    }

    #[test]
    fn places_in_tables_are_cells() {
        let mut sources = Sources::new();
        let text = "cells 1 sheet\nA1\tt\t企业\nC17\tn\t12.5\n";
        let sheet = sources.add_table("企业.xlsx · 表1", text, Layout::Sheet);
        let lines = sources.add_table("企业.csv", text, Layout::Lines);
        let at = text.find("12.5").unwrap_or(0);
        let place = |file, at, lang| sources.place(Span::new(file, at, at + 4), lang).unwrap_or_default();
        assert_eq!(place(sheet, at, Lang::Zh), "企业.xlsx · 表1 · C17");
        assert_eq!(place(sheet, 0, Lang::Zh), "企业.xlsx · 表1");
        assert_eq!(place(lines, at, Lang::Zh), "企业.csv · 第17行 · C列");
        assert_eq!(place(lines, at, Lang::En), "企业.csv · line 17 · column C");
        assert_eq!(sources.cell(Span::new(sheet, at, at)).map(|cell| cell.value), Some("12.5"));
    }

    #[test]
    fn places_outside_the_text_are_clipped() {
        let mut sources = Sources::new();
        let file = sources.add("a", "武");
        assert_eq!(sources.text(Span::new(file, 1, 90)), "武");
        assert_eq!(sources.line_column(Span::new(file, 90, 91)), Some((1, 2)));
        assert_eq!(sources.line_column(Span::new(FileId(7), 0, 1)), None);
    }
}
