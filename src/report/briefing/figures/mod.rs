//! The charts of a briefing, one file a kind: each picks its figures from the results and has them drawn.

use super::{Figure, Focus};
use crate::analysis::Results;
use crate::report::chart::ChartError;
use crate::text::Lang;

/// A chart, or why it could not be drawn; `None` if the results hold nothing for it.
pub type Attempt = Option<Result<Figure, ChartError>>;

/// All charts of `results` in reading order.
pub fn all(_results: &Results, _focus: &Focus<'_>, _lang: Lang) -> Vec<Result<Figure, ChartError>> {
    let attempts: Vec<Attempt> = vec![];
    attempts.into_iter().flatten().collect()
}
