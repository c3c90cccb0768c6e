//! A paragraph of the answer, with what it is about and whether a short paper may do without it.

/// What a paragraph is about; a paper with headings puts it under its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Topic {
    /// The answer itself: how likely, how far off, what policy adds and costs, and when.
    #[default]
    Answer,
    /// The other targets.
    Targets,
    /// The policies compared with each other.
    Policies,
}

/// A paragraph in the language of its briefing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// What it says.
    pub text: String,
    /// The same in fewer words, for a paper with little room; `None` where there are no fewer.
    pub brief: Option<String>,
    /// What it is about.
    pub topic: Topic,
    /// 0: every paper must say it. Others may be left out where room is short, the largest first, if the paper says so.
    pub rank: u8,
    /// What it tells, as a noun, for a paper that leaves it out and says where it is.
    pub label: String,
}

impl Paragraph {
    /// The fewest words that say it.
    pub fn in_brief(&self) -> &str {
        self.brief.as_deref().unwrap_or(&self.text)
    }
}
