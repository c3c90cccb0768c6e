//! A chart with its name, the table behind it, and the words for readers who cannot see it.

use super::DataTable;
use crate::report::chart::Drawing;

/// A chart of a briefing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// Identifier, unique within a briefing: lower-case letters, digits and hyphens; part of file names.
    pub id: String,
    /// What it shows, as a caption.
    pub title: String,
    /// How to read it, in one or two sentences.
    pub caption: String,
    /// The picture.
    pub drawing: Drawing,
    /// The figures it is drawn from.
    pub table: DataTable,
}
