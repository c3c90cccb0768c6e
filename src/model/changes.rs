//! Changes that a policy or world makes to quantities: set, scale, shift.

use super::quantity::{Quantities, QuantityId};
use super::{Model, Policy, World};
use crate::diag::Span;
use crate::random::Distribution;
use crate::scenario::Provenance;

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
    /// Source, grade and note of what the file sets, multiplies by or adds; `None` for what an analysis changes.
    pub provenance: Option<Provenance>,
    /// Where it is written.
    pub span: Span,
}

impl Change {
    /// Source, grade and note of the value that it leaves: factors and addends keep those of the value they change.
    fn replaced(&self) -> Option<&Provenance> {
        self.provenance.as_ref().filter(|_| matches!(self.operation, Operation::Set(_)))
    }
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

impl Model {
    /// Source, grade and note of the value that a quantity has in `world` under `policy`.
    pub fn provenance<'a>(&'a self, id: QuantityId, world: &'a World, policy: &'a Policy) -> &'a Provenance {
        let changes = world.changes.iter().chain(&policy.changes).rev();
        let mut set = changes.filter(|change| change.quantity == id).filter_map(Change::replaced);
        set.next().unwrap_or(&self.quantities.get(id).provenance)
    }

    /// The same model, in which every quantity has the source, grade and note of the value that it has in this world under
    /// this policy.
    pub fn with_provenance_in(&self, world: usize, policy: usize) -> Self {
        let mut model = self.clone();
        let changes = self.worlds[world].changes.iter().chain(&self.policies[policy].changes);
        for change in changes {
            if let Some(provenance) = change.replaced() {
                model.quantities.attribute(change.quantity, provenance.clone());
            }
        }
        model
    }
}
