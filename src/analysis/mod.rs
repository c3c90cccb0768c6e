//! Answers to a planner's questions: each file takes a checked model and returns one plain, serialisable answer.

pub mod coverage;
pub mod decision;
pub mod digest;
mod error;
pub mod hindcast;
pub mod inspect;
mod leading;
mod lines;
mod median;
mod parts;
pub mod precision;
mod reach;
pub mod realism;
mod replicates;
pub mod results;
pub mod simulate;
pub mod speed;
mod summarise;
pub mod trials;
pub mod verify;

pub use crate::engine::{Observer, Silent};
pub use error::AnalysisError;
pub use hindcast::{Hindcast, hindcast};
pub use inspect::{Inspection, inspect};
pub use precision::Precision;
pub use realism::{Realism, realism};
pub use results::Results;
pub use simulate::{Request, Sampler, Unseen, inputs_of, observed_trials, simulate};
pub use verify::{Verdict, verify};

#[cfg(test)]
mod tests;
