//! A paragraph of the answer, with whether a short paper may do without it.

/// A paragraph in the language of its briefing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// What it says.
    pub text: String,
    /// Whether every paper must say it; others may be left out where room is short, if the paper says so.
    pub essential: bool,
}
