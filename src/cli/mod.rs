//! The command line: the only layer with files, clock and terminal.

pub mod args;
mod bench;
pub mod command;
pub mod exit;
pub mod files;
pub mod help;
pub mod interrupt;
pub mod lang;
pub mod load;
pub mod nearest;
pub mod number;
pub mod precision;
pub mod probability;
pub mod progress;
pub mod scan;
pub mod terminal;
pub mod values;

mod catalogue;
mod check;
mod coverage;
mod decide;
mod document;
mod ending;
mod explain;
mod hindcast;
mod import;
mod memory;
mod money;
mod new;
mod outputs;
mod pictures;
mod plan;
mod report;
mod run;
mod schema;
mod verify;
mod watch;

use std::env;
use std::process::ExitCode;

use args::Command;
use ending::Ending;
use exit::Exit;
use terminal::{Output, note};

use crate::analysis::AnalysisError;
use crate::text::Lang;

/// Does what the command line of the process asks for.
pub fn main() -> ExitCode {
    let invocation = args::parse(env::args_os().skip(1), |name| env::var_os(name));
    let lang = invocation.lang;
    let exit = match invocation.command {
        Ok(command) => dispatch(&command, lang).unwrap_or_else(|ending| {
            if let Some(message) = ending.message {
                note(message.get(lang));
            }
            ending.exit
        }),
        Err(error) => {
            note(error.text().get(lang).trim_end());
            error.exit()
        }
    };
    exit.into()
}

fn dispatch(command: &Command, lang: Lang) -> Result<Exit, Ending> {
    match command {
        Command::Run(args) => run::run(args, lang),
        Command::Report(args) => report::report(args, lang),
        Command::Decide(args) => decide::decide(args, lang),
        Command::Check { files, switches } => check::check(files, switches, lang),
        Command::Coverage(args) => coverage::coverage_of(args, lang),
        Command::Plan(args) => plan::plan(args, lang),
        Command::Explain { key } => explain::explain(key.as_deref(), lang),
        Command::Catalogue { word } => catalogue::catalogue(word.as_deref(), lang),
        Command::Schema => schema::schema(lang),
        Command::New { path, xlsx: false } => new::new(path.as_deref(), lang),
        Command::New { path, xlsx: true } => new::workbook(path.as_deref(), lang),
        Command::Import { book, out } => import::import(book, out.as_deref(), lang),
        Command::Hindcast(args) => hindcast::hindcast(args, lang),
        Command::Bench(args) => bench::bench(args, lang),
        Command::Verify { file } => verify::verify(file, lang),
        Command::Help(topic) => print(&help::page(*topic, lang), Exit::Done),
        Command::Version => print(help::version(), Exit::Done),
    }
}

/// How a command ends when an analysis has no answer: by Ctrl-C, or because of what was asked for.
fn unanswered(error: &AnalysisError) -> Ending {
    match error {
        AnalysisError::Cancelled => Ending::interrupted(),
        error => Ending::bad_input(&error.text()),
    }
}

/// Prints `text` on standard output, to its last byte, and ends with `exit`.
fn print(text: &str, exit: Exit) -> Result<Exit, Ending> {
    let mut output = Output::stdout();
    output.print(text)?;
    output.finish()?;
    Ok(exit)
}
