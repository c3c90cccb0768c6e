//! `plan`: what a scenario comes to before anything random happens.

use super::args::PlanArgs;
use super::ending::Ending;
use super::exit::Exit;
use super::load;
use super::terminal::width;
use super::{print, unanswered};
use crate::analysis::inspect;
use crate::model::Choices;
use crate::report::plan_text;
use crate::text::Lang;

/// Prints the plan of the policies and the world that `args` name as tables.
///
/// # Errors
/// An [`Ending`] if the scenario has errors or cannot be read, an identifier is unknown, or standard output fails.
pub fn plan(args: &PlanArgs, lang: Lang) -> Result<Exit, Ending> {
    let scenario = load::scenario(&args.file, &Choices::new(), lang)?;
    let policies = (!args.policies.is_empty()).then_some(args.policies.as_slice());
    let plan =
        inspect(&scenario.model, policies, args.world.as_deref()).map_err(|error| unanswered(&error))?;
    let tables: Vec<String> =
        plan_text::tables(&plan, lang).iter().map(|table| table.to_terminal(width())).collect();
    print(&tables.join("\n"), Exit::Done)
}
