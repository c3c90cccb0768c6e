//! `coverage`: which statements of the documents the scenarios use, which not and why, which were forgotten.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::{CoverageArgs, Format};
use super::ending::Ending;
use super::exit::Exit;
use super::files::shown_path;
use super::load;
use super::print;
use super::terminal::{note, width};
use crate::analysis::coverage::{Coverage, Place, coverage};
use crate::diag;
use crate::report::coverage_text;
use crate::scenario::catalogue::entries;
use crate::scenario::citations::citations;
use crate::text;
use crate::text::Lang;

/// Where scenarios are looked for if none is named.
const FOLDER: &str = "scenarios";

/// Prints the coverage by the files that `args` name, or by all of `scenarios/`.
///
/// # Errors
/// An [`Ending`] if there is no file, one cannot be read or has errors, or standard output fails. The exit code is
/// [`Exit::Differs`] if something was forgotten or is both cited and excused.
pub fn coverage_of(args: &CoverageArgs, lang: Lang) -> Result<Exit, Ending> {
    let files = if args.files.is_empty() { shipped(Path::new(FOLDER))? } else { args.files.clone() };
    let found = examine(&files, lang)?;
    let exit = if found.complete { Exit::Done } else { Exit::Differs };
    let text = match args.format {
        Format::Json => serde_json::to_string_pretty(&found).expect("text and counts become JSON") + "\n",
        Format::Text => {
            let tables = coverage_text::tables(&found, args.all, lang);
            let tables: Vec<String> = tables.iter().map(|table| table.to_terminal(width())).collect();
            format!("{}\n\n{}", coverage_text::verdict(&found).get(lang), tables.join("\n"))
        }
    };
    print(&text, exit)
}

/// The coverage by `files`.
fn examine(files: &[PathBuf], lang: Lang) -> Result<Coverage, Ending> {
    let (mut cited, mut faulty) = (Vec::new(), false);
    for file in files {
        let loaded = load::tree(file)?;
        if loaded.faults.has_errors() {
            faulty = true;
            note(diag::render(&loaded.faults, &loaded.sources, lang).trim_end());
            continue;
        }
        for citation in loaded.root.iter().flat_map(citations) {
            let row = loaded.sources.cell(citation.span).map(|cell| cell.row);
            let line = || loaded.sources.line_column(citation.span).map_or(1, |(line, _)| line);
            let line = row.unwrap_or_else(line);
            let file = loaded.sources.get(citation.span.file).map_or("", |source| &source.name);
            cited.push((citation.id, Place { file: file.to_owned(), line, entry: citation.entry }));
        }
    }
    if faulty {
        return Err(Ending::told(Exit::BadInput));
    }
    let instruments: Vec<&str> = entries().iter().map(|entry| entry.id.as_str()).collect();
    Ok(coverage(files.iter().map(|file| shown_path(file)).collect(), &cited, &instruments))
}

/// The scenario files in `folder`, in the order of their names.
fn shipped(folder: &Path) -> Result<Vec<PathBuf>, Ending> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect();
    files.sort();
    if files.is_empty() {
        let folder = shown_path(folder);
        return Err(Ending::bad_input(&text!(
            "没有写情景文件，当前文件夹下的 {folder}/ 里也没有 .toml 文件；例如 clustercast coverage scenarios/hubei-2027.toml",
            "no scenario file is given and there is none in {folder}/; write, for example, clustercast coverage scenarios/hubei-2027.toml"
        )));
    }
    Ok(files)
}
