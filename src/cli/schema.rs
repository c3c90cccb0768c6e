//! `schema`: the JSON Schema of scenario files.

use super::ending::Ending;
use super::exit::Exit;
use super::print;
use crate::scenario::json_schema::json_schema;
use crate::text::Lang;

/// Prints the schema with descriptions in `lang`.
///
/// # Errors
/// An [`Ending`] if standard output fails.
pub fn schema(lang: Lang) -> Result<Exit, Ending> {
    // The alternative form of a JSON value is the indented one.
    print(&format!("{:#}\n", json_schema(lang)))
}
