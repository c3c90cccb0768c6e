//! The briefing as a document of a few pages in the layout of official papers, to be edited in the office.

use crate::report::briefing::Briefing;
use crate::text::Text;

/// The document; the same bytes for the same briefing, always.
///
/// # Errors
/// The reason in both languages, if the document cannot be made.
pub fn write(_briefing: &Briefing) -> Result<Vec<u8>, Text> {
    Ok(Vec::new())
}
