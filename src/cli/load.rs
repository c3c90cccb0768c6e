//! Scenario files from disk: the chain of files that extend each other, its faults, and the model.

use std::cell::RefCell;
use std::path::{Component, Path, PathBuf};

use super::ending::Ending;
use super::exit::Exit;
use super::files::{LastBook, ReadError, Table, read_table, read_text};
use super::terminal::note;
use crate::diag::{self, Diagnostic, Diagnostics, Layout, Sources, Span, codes};
use crate::model::{self, Choices, Model};
use crate::scenario::tables::{book, plain};
use crate::scenario::{self, Loaded, Loader, MemoryLoader, Node};
use crate::text::{Lang, Text};

/// A scenario that can be simulated.
#[derive(Debug)]
pub struct Scenario {
    /// The checked model.
    pub model: Model,
    /// The files it was read from, the named one first.
    pub sources: Sources,
}

/// A scenario file with everything that is wrong with it.
#[derive(Debug)]
pub struct Examined {
    /// The model, if no fault is an error.
    pub model: Option<Model>,
    /// The files that were read, the named one first.
    pub sources: Sources,
    /// All faults, in the order of the files.
    pub faults: Diagnostics,
}

/// Reads the scenario at `path` with these options of its switches; its warnings, or all its faults, are printed on stderr.
///
/// # Errors
/// An [`Ending`] if the file cannot be read, or if it has errors.
pub fn scenario(path: &Path, choices: &Choices, lang: Lang) -> Result<Scenario, Ending> {
    finished(examine(path, choices)?, lang)
}

/// Prints what is wrong, and goes on where nothing is.
fn finished(examined: Examined, lang: Lang) -> Result<Scenario, Ending> {
    let Examined { model, sources, faults } = examined;
    if !faults.is_empty() {
        note(diag::render(&faults, &sources, lang).trim_end());
    }
    match model {
        Some(model) => Ok(Scenario { model, sources }),
        None => Err(Ending::told(Exit::BadInput)),
    }
}

/// Reads a scenario that the program itself holds.
///
/// # Errors
/// As [`scenario`], if it has errors.
pub fn text(name: &Path, text: &str, lang: Lang) -> Result<Scenario, Ending> {
    let name = name.to_string_lossy().into_owned();
    let loaded = scenario::load(&MemoryLoader::new([(name.as_str(), text)]), &name);
    finished(judge(loaded, &Choices::default(), false), lang)
}

/// Reads the scenario at `path` as written, everything that it extends merged, and finds the faults of its form.
///
/// # Errors
/// [`ReadError`] if `path` itself cannot be read; trouble with a file that it extends is one of the faults.
pub fn tree(path: &Path) -> Result<Loaded, ReadError> {
    let text = read_text(path)?;
    let name = path.to_string_lossy().into_owned();
    let disk = Disk { name: &name, path, text, last: RefCell::default() };
    Ok(scenario::load(&disk, &name))
}

/// Reads the scenario at `path` with these options of its switches and finds all its faults; prints nothing.
///
/// # Errors
/// [`ReadError`] as for [`tree`].
pub fn examine(path: &Path, choices: &Choices) -> Result<Examined, ReadError> {
    Ok(judge(tree(path)?, choices, false))
}

/// Reads the workbook `path`, whose sheets are these, as a scenario: its tree, and all its faults.
pub fn examine_book(path: &Path, sheets: &[book::SheetName]) -> (Option<Node>, Examined) {
    let name = path.to_string_lossy().into_owned();
    // The workbook itself stands beside no file: its name is looked up in its own folder.
    let disk = Disk { name: &name, path, text: String::new(), last: RefCell::default() };
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let loaded = book::load(&disk, &file, &name, sheets);
    // the texts of a long book take much memory, and are part of the tree now
    drop(disk);
    judged(loaded, &Choices::default(), true)
}

/// The model of what was loaded, and all faults; `book` if it is one workbook.
fn judge(loaded: Loaded, choices: &Choices, book: bool) -> Examined {
    judged(loaded, choices, book).1
}

/// As [`judge`], with the tree.
fn judged(loaded: Loaded, choices: &Choices, book: bool) -> (Option<Node>, Examined) {
    // Without whole files, a model would only repeat what is missing. Faults within a table are another matter: the rest
    // of the scenario is there, and what else is wrong with it should come to light at once.
    let within = |span: Span| loaded.sources.get(span.file).is_some_and(|file| file.layout != Layout::Text);
    let of_table = |fault: &Diagnostic| {
        matches!(fault.code, codes::BAD_TABLE | codes::BAD_CELL) && fault.span.is_some_and(within)
    };
    let whole = !loaded.faults.iter().any(|fault| UNREADABLE.contains(&fault.code) && !of_table(fault));
    let sink = RefCell::new(loaded.faults);
    let model =
        loaded.root.as_ref().filter(|_| whole).and_then(|root| model::read_with(root, choices, &sink));
    let mut faults = sink.into_inner();
    faults.sort();
    let faults = plain::told(loaded.root.as_ref(), &loaded.sources, faults, book);
    (loaded.root, Examined { model, sources: loaded.sources, faults })
}

/// Faults after which parts of the scenario are missing.
const UNREADABLE: [&str; 9] = [
    codes::SYNTAX,
    codes::TOO_DEEP,
    codes::EMPTY_FILE,
    codes::PARENT_UNREADABLE,
    codes::EXTENDS_CYCLE,
    codes::BAD_INCLUDE,
    codes::BAD_TABLE,
    codes::BAD_CELL,
    codes::TOO_MANY_FAULTS,
];

/// The files of the disk; the first one has been read already, because trouble with it ends the program otherwise.
struct Disk<'a> {
    name: &'a str,
    path: &'a Path,
    text: String,
    last: RefCell<LastBook>,
}

impl Loader for Disk<'_> {
    fn load(&self, name: &str, from: Option<&str>) -> Result<(String, String), Text> {
        let Some(from) = from else { return Ok((self.name.to_owned(), self.text.clone())) };
        // The shown name of the first file may have lost characters that are not Unicode.
        let from = if from == self.name { self.path } else { Path::new(from) };
        let path = tidy(&from.parent().unwrap_or(Path::new("")).join(name));
        let text = read_text(&path).map_err(|error| error.text())?;
        Ok((path.to_string_lossy().into_owned(), text))
    }

    fn table(&self, name: &str, sheet: Option<&str>, from: &str) -> Result<(String, String), Text> {
        let from = if from == self.name { self.path } else { Path::new(from) };
        let path = tidy(&from.parent().unwrap_or(Path::new("")).join(name));
        let Table { sheet, grid } = read_table(&path, sheet, &mut self.last.borrow_mut())?;
        let path = path.to_string_lossy();
        let name = sheet.map_or_else(|| path.clone().into_owned(), |sheet| format!("{path} · {sheet}"));
        Ok((name, grid.to_text()))
    }
}

/// The path without `.` and, as far as names stand before them, without `..`, so that a file has one name.
fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidied.components().next_back(), Some(Component::Normal(_))) => {
                tidied.pop();
            }
            part => tidied.push(part),
        }
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_one_name() {
        for (path, tidied) in [
            ("a/./b.toml", "a/b.toml"),
            ("a/b/../c.toml", "a/c.toml"),
            ("../a.toml", "../a.toml"),
            ("a/../../b.toml", "../b.toml"),
            ("/a/../b.toml", "/b.toml"),
        ] {
            assert_eq!(tidy(Path::new(path)), Path::new(tidied), "{path}");
        }
    }
}
