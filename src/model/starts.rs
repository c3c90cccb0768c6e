//! Base-year figures with the range in which they lie, however a file states them.

use super::validate::Laws;
use super::*;
use crate::diag::Span;
use crate::random::Distribution;

/// Probability left out on each side of the range within which a record may differ from an uncertain base.
const TAIL: f64 = 0.005;

/// A base-year figure: its 99 % range, its middle, and where it is written.
#[derive(Clone, Copy)]
pub(super) struct Start {
    /// Lower end.
    pub low: f64,
    /// Median.
    pub middle: f64,
    /// Upper end.
    pub high: f64,
    /// Its place, if it is written in one.
    pub span: Option<Span>,
}

impl Model {
    /// The base-year figure of a scope in a measure if it is known for certain; `None` if it is uncertain, or none is stated.
    pub fn certain_base(&self, scope: &Scope, measure: usize) -> Option<f64> {
        let found = start(self, &self.quantities.distributions(), scope, measure)?;
        (found.high <= found.low && found.middle > 0.0).then_some(found.middle)
    }
}

/// The base-year figure of a scope in a measure; `None` if the file states none, or for the nation and its industries,
/// of which a file holds some provinces only.
pub(super) fn start(model: &Model, laws: &Laws, scope: &Scope, measure: usize) -> Option<Start> {
    if measure != model.measure {
        if *scope == Scope::Nation {
            return None;
        }
        return stated(model, laws, base_in(model, scope, measure)?);
    }
    match scope {
        Scope::Nation | Scope::Industry(_) => None,
        Scope::Province(p) => stated(model, laws, model.provinces[*p].base)
            .or_else(|| sum(model.clusters_of(scope).into_iter().map(|c| cluster(model, laws, c)))),
        Scope::Cluster(c) => cluster(model, laws, *c),
        Scope::Group(_) | Scope::Clusters(_) => {
            sum(model.clusters_of(scope).into_iter().map(|c| cluster(model, laws, c)))
        }
    }
}

fn stated(model: &Model, laws: &Laws, id: QuantityId) -> Option<Start> {
    let law: &Distribution = laws[id.0].as_ref()?;
    let quantity = model.quantities.get(id);
    Some(Start {
        low: law.quantile(TAIL),
        middle: law.median(),
        high: law.quantile(1.0 - TAIL),
        span: quantity.stated.then_some(quantity.span),
    })
}

/// Ranges of sums, products and differences are those of their ends: too wide rather than too narrow.
fn cluster(model: &Model, laws: &Laws, index: usize) -> Option<Start> {
    let own = &model.clusters[index];
    match own.base {
        Base::Own(id) => stated(model, laws, id),
        Base::Share(id) => {
            let (share, whole) =
                (stated(model, laws, id)?, stated(model, laws, model.provinces[own.province].base)?);
            Some(Start {
                low: share.low * whole.low,
                middle: share.middle * whole.middle,
                high: share.high * whole.high,
                span: share.span,
            })
        }
        Base::Remainder => {
            let whole = stated(model, laws, model.provinces[own.province].base)?;
            let others = model.clusters_of(&Scope::Province(own.province)).into_iter();
            let others = others.filter(|&other| other != index).map(|other| cluster(model, laws, other));
            let others = sum(others)?;
            Some(Start {
                low: whole.low - others.high,
                middle: whole.middle - others.middle,
                high: whole.high - others.low,
                span: Some(own.span),
            })
        }
    }
}

fn sum(parts: impl Iterator<Item = Option<Start>>) -> Option<Start> {
    let none = Start { low: 0.0, middle: 0.0, high: 0.0, span: None };
    parts.into_iter().try_fold(none, |sum, part| {
        let part = part?;
        Some(Start {
            low: sum.low + part.low,
            middle: sum.middle + part.middle,
            high: sum.high + part.high,
            span: None,
        })
    })
}
