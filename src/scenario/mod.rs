//! Scenario files as written: tree with places, parameter table, checks, and the view the model reads through.

pub mod family;
pub mod node;
pub mod number;
pub mod overrides;
pub mod parameters;
pub mod provenance;
pub mod quantity;
pub mod scalar;
pub mod suggest;
pub mod syntax;
pub mod view;

pub use family::Family;
pub use node::{Entry, Node, Value};
pub use number::Rule;
pub use parameters::{Kind, Param, Reference};
pub use provenance::{Grade, Provenance};
pub use quantity::{RawFamily, RawField, RawQuantity, parse_quantity};
pub use view::View;
