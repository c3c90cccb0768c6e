//! Source files and places in them.

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

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Name shown to the user.
    pub name: String,
    /// The whole text.
    pub text: String,
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
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { name: name.into(), text: text.into() });
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
    fn places_outside_the_text_are_clipped() {
        let mut sources = Sources::new();
        let file = sources.add("a", "武");
        assert_eq!(sources.text(Span::new(file, 1, 90)), "武");
        assert_eq!(sources.line_column(Span::new(file, 90, 91)), Some((1, 2)));
        assert_eq!(sources.line_column(Span::new(FileId(7), 0, 1)), None);
    }
}
