//! Scenario files as written: tree with places, parameter table, checks, and the view the model reads through.

pub mod alike;
pub mod catalogue;
pub mod check;
pub mod citations;
pub mod class;
pub mod coverage;
pub mod document;
pub mod explain;
pub mod family;
mod include;
pub mod json_schema;
pub mod loader;
pub mod node;
pub mod number;
pub mod overrides;
pub mod parameters;
pub mod provenance;
pub mod quantity;
pub mod reference;
mod references;
mod rename;
pub mod scalar;
pub mod starter;
pub mod suggest;
pub mod syntax;
pub mod tables;
pub mod view;

#[cfg(test)]
mod tests;

pub use document::{Loaded, load};
pub use family::Family;
pub use loader::{Loader, MemoryLoader};
pub use node::{Entry, Node, Value};
pub use number::Rule;
pub use parameters::{Kind, Param, Reference};
pub use provenance::{Grade, Provenance};
pub use quantity::{RawFamily, RawField, RawQuantity, parse_quantity};
pub use view::View;
