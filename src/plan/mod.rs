//! The compiled plan: the model flattened into numeric arrays that the kernel walks.

mod arrays;
mod channels;
mod compile;
mod conditions;
mod counted;
mod counting;
mod draws;
mod instruments;
mod outcomes;
mod pipelines;
mod worlds;

pub use arrays::*;
pub use channels::*;
pub use compile::{Measured, Selection, compile, compile_measuring};
pub use conditions::*;
pub use counted::*;
pub use outcomes::{ALL_DOCUMENTS, conditional_groups, document_group};
