//! Changes that a policy or world makes to quantities: set, scale, shift.

use super::quantity::{Quantities, QuantityId};
use crate::diag::Span;
use crate::random::Distribution;

/// What is done to a quantity.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// Replace its law.
    Set(Distribution),
    /// Multiply by a factor ≥ 0.
    Scale(f64),
    /// Add a constant in the quantity's unit.
    Shift(f64),
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// The quantity.
    pub quantity: QuantityId,
    /// What is done.
    pub operation: Operation,
    /// Where it is written.
    pub span: Span,
}

/// Where they are written makes no difference.
impl PartialEq for Change {
    fn eq(&self, other: &Self) -> bool {
        self.quantity == other.quantity && self.operation == other.operation
    }
}

/// The laws after `changes`, in their order: all `set`, then all `scale`, then all `shift` of one policy or world.
pub fn apply(laws: &mut [Option<Distribution>], changes: &[Change]) {
    for change in changes {
        let law = &mut laws[change.quantity.0];
        *law = match (&change.operation, law.take()) {
            (Operation::Set(new), _) => Some(new.clone()),
            // a change that overflows leaves the law unset, which the check of changes reports
            (Operation::Scale(factor), Some(law)) => law.scaled(*factor).ok(),
            (Operation::Shift(by), Some(law)) => law.shifted(*by).ok(),
            (_, None) => None,
        };
    }
}

impl Quantities {
    /// The law of a quantity among `laws` (one entry per quantity).
    pub fn law<'l>(&self, laws: &'l [Option<Distribution>], id: QuantityId) -> Option<&'l Distribution> {
        laws[id.0].as_ref()
    }
}
