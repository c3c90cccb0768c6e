//! The compiled plan: the model flattened into numeric arrays that the kernel walks.

mod arrays;
mod compile;
mod instruments;
mod outcomes;

pub use arrays::*;
pub use compile::{Selection, compile};
pub use outcomes::document_group;
