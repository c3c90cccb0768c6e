//! Scenario files as written: tree with places, parameter table, checks, and the view the model reads through.

pub mod node;
pub mod parameters;
pub mod provenance;
pub mod quantity;
pub mod scalar;
pub mod syntax;
pub mod view;

pub use node::{Entry, Node, Value};
pub use parameters::{Kind, Param, Reference};
pub use provenance::{Grade, Provenance};
pub use quantity::{Family, RawFamily, RawField, RawQuantity};
pub use view::View;
