//! `hindcast`: a plan as predicted from its start, beside what happened.

use super::args::{Format, RunArgs};
use super::ending::Ending;
use super::exit::Exit;
use super::load::{self, Scenario};
use super::run::request;
use super::terminal::width;
use super::watch::Watch;
use super::{print, unanswered};
use crate::analysis::{hindcast as compare, inputs_of};
use crate::report::{hindcast_text, results_json};
use crate::text::Lang;

/// Simulates the policy in force and prints where every known outcome lies.
///
/// # Errors
/// An [`Ending`] if the scenario has errors or states no outcome, an identifier is unknown, the run is interrupted, or
/// standard output fails.
pub fn hindcast(args: &RunArgs, lang: Lang) -> Result<Exit, Ending> {
    let Scenario { model, sources } = load::scenario(&args.file, &args.switches, lang)?;
    let request = request(args);
    let watch = Watch::new(request.trials.unwrap_or(model.trials), lang, args.quiet);
    let found = compare(&model, inputs_of(&sources), &request, &watch).map_err(|error| unanswered(&error))?;
    drop(watch);
    match args.format {
        Format::Json => {
            let json = results_json::plain(&found).map_err(|fault| Ending::bad_input(&fault))?;
            print(&json, Exit::Done)
        }
        Format::Text => print(&hindcast_text::table(&found, lang).to_terminal(width()), Exit::Done),
    }
}
