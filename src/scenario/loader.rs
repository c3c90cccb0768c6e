//! Where the texts of scenario files come from; the file system itself is the command line's business.

use std::collections::BTreeMap;

use super::tables::grid::Grid;
use super::tables::lines;
use crate::text;
use crate::text::Text;

/// Gives the text of a scenario file by its name.
pub trait Loader {
    /// The resolved name (unique for the file, shown to the user) and the text of the file `name`; relative to the
    /// file `from` (a resolved name) if one is given.
    ///
    /// # Errors
    /// A message for the user if there is no such file or it is not readable text.
    fn load(&self, name: &str, from: Option<&str>) -> Result<(String, String), Text>;

    /// The resolved name and the cells, in the text form of [`Grid`], of the table `name` beside the file `from`: a
    /// CSV file, or a sheet of a workbook, the first one if none is named.
    ///
    /// # Errors
    /// A message for the user if there is no such table or it cannot be read.
    fn table(&self, name: &str, sheet: Option<&str>, from: &str) -> Result<(String, String), Text>;
}

/// Files held in memory, names without folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryLoader {
    files: BTreeMap<String, String>,
}

impl MemoryLoader {
    /// The given files as (name, text).
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let own = |(name, text): (&str, &str)| (name.to_owned(), text.to_owned());
        Self { files: files.into_iter().map(own).collect() }
    }
}

impl Loader for MemoryLoader {
    fn load(&self, name: &str, _from: Option<&str>) -> Result<(String, String), Text> {
        match self.files.get(name) {
            Some(text) => Ok((name.to_owned(), text.clone())),
            None => Err(text!("没有文件 {name}", "there is no file {name}")),
        }
    }

    /// Files in memory are text: CSV, or cells in their text form.
    fn table(&self, name: &str, _sheet: Option<&str>, from: &str) -> Result<(String, String), Text> {
        let (name, text) = self.load(name, Some(from))?;
        let cells = if Grid::layout_of(&text).is_some() { text } else { lines::read(&text)?.to_text() };
        Ok((name, cells))
    }
}
