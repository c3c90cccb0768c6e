//! The parts of the result document that say how the documents were read, and conditional probabilities.

use serde::{Deserialize, Serialize};

use super::Ends;
use crate::text::Text;

/// A reading of the documents that changes the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SwitchInfo {
    /// Identifier.
    pub id: String,
    /// The question.
    pub name: Text,
    /// All readings.
    pub options: Vec<OptionInfo>,
    /// Identifier of the reading in force.
    pub chosen: String,
    /// Identifier of the reading that the scenario takes.
    pub default: String,
    /// Source as written.
    pub source: Option<String>,
    /// Grade of evidence.
    pub grade: Option<String>,
    /// Remark.
    pub note: Option<Text>,
}

/// One reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionInfo {
    /// Identifier.
    pub id: String,
    /// What it says.
    pub name: Text,
}

/// The probability of a target in the trials that meet other targets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConditionalResult {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Identifier of the target.
    pub target: String,
    /// Identifiers of the targets that are given.
    pub given: Vec<String>,
    /// `hits / given_trials`; `null` if no trial meets what is given.
    pub probability: Option<f64>,
    /// Wilson interval over the given trials; `null` if there is none.
    pub interval: Option<Ends>,
    /// Trials that meet the target and all that is given.
    pub hits: u64,
    /// Trials that meet all that is given.
    pub given_trials: u64,
    /// `probability` less that under the reference policy; `null` for the reference itself, or where either is `null`.
    pub change: Option<f64>,
}

impl SwitchInfo {
    /// What the reading with this identifier says; the identifier itself if there is none.
    pub fn option(&self, id: &str) -> Text {
        let found = self.options.iter().find(|option| option.id == id);
        found.map_or_else(|| Text::same(id), |option| option.name.clone())
    }
}
