//! The report as one page that needs nothing else: no network, no other file.

use crate::report::briefing::Briefing;
use crate::text::Text;

/// The page; the same bytes for the same briefing, always.
///
/// # Errors
/// The reason in both languages, if the page cannot be made.
pub fn write(briefing: &Briefing) -> Result<String, Text> {
    Ok(format!("<!doctype html><title>{}</title>", briefing.title))
}
