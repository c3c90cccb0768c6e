//! The tables of a briefing, one file a kind.

pub mod assumptions;
pub mod errors;
pub mod instruments;
pub mod policies;
pub mod provinces;
pub mod realism;
pub mod scale;
pub mod targets;

use super::Column;
use crate::text::{Lang, Text};

/// Heads in one language.
pub(super) struct Heads(pub Lang);

impl Heads {
    /// A column of words.
    pub fn text(&self, zh: &str, en: &str) -> Column {
        Column::text(Text::new(zh, en).get(self.0))
    }

    /// A column of numbers.
    pub fn number(&self, zh: &str, en: &str, unit: &Text) -> Column {
        Column::number(Text::new(zh, en).get(self.0), unit.get(self.0))
    }

    /// A text in the language.
    pub fn say(&self, zh: &str, en: &str) -> String {
        Text::new(zh, en).get(self.0).to_owned()
    }
}

/// Percentage points as a unit.
pub(super) fn points() -> Text {
    Text::new("个百分点", "percentage points")
}
