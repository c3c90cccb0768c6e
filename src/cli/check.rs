//! `check`: all faults of scenario files, and how realistic the targets of the sound ones are.

use std::fmt::Write;
use std::path::PathBuf;

use super::ending::Ending;
use super::exit::Exit;
use super::files::shown_path;
use super::load::{Examined, examine};
use super::terminal::{note, width};
use super::{print, unanswered};
use crate::analysis::realism::{Realism, outside_view};
use crate::diag;
use crate::model::Choices;
use crate::report::{outside_text, realism_text};
use crate::text;
use crate::text::Lang;

/// Examines `files` one after the other, with these options of their switches. What is found is the output, so it goes to standard output.
///
/// # Errors
/// An [`Ending`] if standard output fails. The exit code is that of bad input if any file has an error, else that
/// of file trouble if any cannot be read.
pub fn check(files: &[PathBuf], choices: &Choices, lang: Lang) -> Result<Exit, Ending> {
    let (mut out, mut faulty, mut unreadable) = (String::new(), false, false);
    for file in files {
        if !out.is_empty() {
            out.push('\n');
        }
        match examine(file, choices) {
            Ok(examined) => {
                faulty |= examined.model.is_none();
                out.push_str(&report(&shown_path(file), &examined, lang)?);
            }
            Err(error) => {
                match error.exit() {
                    Exit::BadInput => faulty = true,
                    _ => unreadable = true,
                }
                if let Some(message) = Ending::from(error).message {
                    note(message.get(lang));
                }
            }
        }
    }
    let exit = match (faulty, unreadable) {
        (true, _) => Exit::BadInput,
        (false, true) => Exit::FileTrouble,
        (false, false) => Exit::Done,
    };
    print(&out, exit)
}

/// What is wrong with the scenario `file`, and if it can be run, how realistic its targets are.
///
/// # Errors
/// An [`Ending`] if the model does not answer.
pub fn report(file: &str, examined: &Examined, lang: Lang) -> Result<String, Ending> {
    let mut out = diag::render(&examined.faults, &examined.sources, lang);
    let Some(model) = &examined.model else { return Ok(out) };
    let verdict = if examined.faults.is_empty() {
        text!("{file}：没有问题", "{file}: no faults")
    } else {
        text!("{file}：有警告，可以运行", "{file}: can be run in spite of warnings")
    };
    let views = outside_view(model).map_err(|error| unanswered(&error))?;
    let rows: Vec<Realism> = views.iter().filter_map(|view| view.growth.clone()).collect();
    let mut table = realism_text::table(&rows, lang);
    let left_out = model.targets.iter().filter(|target| rows.iter().all(|row| row.id != target.id));
    let left_out: Vec<&str> = left_out.map(|target| target.name.get(lang)).collect();
    table.notes.extend(realism_text::left_out(&left_out, lang));
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}", verdict.get(lang));
    if !table.rows.is_empty() {
        let _ = write!(out, "\n{}", table.to_terminal(width()));
    }
    if let Some(outside) = outside_text::table(&views, lang) {
        let _ = write!(out, "\n{}", outside.to_terminal(width()));
    }
    Ok(out)
}
