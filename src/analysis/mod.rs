//! Answers to a planner's questions: each file takes a checked model and returns one plain, serialisable answer.

mod error;
pub mod results;
pub mod simulate;
mod summarise;

pub use error::AnalysisError;
pub use results::Results;
pub use simulate::{Request, inputs_of, simulate};
