//! Every estimate of a run that has an interval.

use super::{Change, Ends, RunResult};

/// Where the interval of an estimate stands.
pub enum Slot<'a> {
    /// It always has one.
    Always(&'a mut Ends),
    /// It may have none.
    Maybe(&'a mut Option<Ends>),
}

/// What an estimate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A probability.
    Probability,
    /// A difference of two probabilities.
    Difference,
    /// A mean or a median.
    Amount,
}

impl RunResult {
    /// Visits every estimate that has an interval, in an order that depends on nothing but the document's parts: the
    /// estimate, `None` where it is not defined, and where its interval stands.
    ///
    /// What a briefing adds (`contributions`) is not among them.
    pub fn each_interval(&mut self, visit: &mut dyn FnMut(Kind, Option<f64>, Slot<'_>)) {
        use Kind::{Amount, Probability};
        for target in &mut self.targets {
            visit(Probability, Some(target.probability), Slot::Always(&mut target.interval));
            of_change(target.change.as_mut(), visit);
            if let Some(quantity) = &mut target.quantity {
                let median = quantity.quantiles.get("0.5").copied();
                visit(Amount, median, Slot::Maybe(&mut quantity.median_interval));
            }
            if let Some(stretch) = &mut target.stretch {
                visit(Probability, Some(stretch.probability), Slot::Always(&mut stretch.interval));
            }
        }
        for joint in &mut self.joint {
            visit(Probability, Some(joint.probability), Slot::Always(&mut joint.interval));
            of_change(joint.change.as_mut(), visit);
        }
        for conditional in &mut self.conditional {
            visit(Probability, conditional.probability, Slot::Maybe(&mut conditional.interval));
        }
        for money in [&mut self.cost.gross, &mut self.cost.net] {
            visit(Amount, Some(money.mean), Slot::Maybe(&mut money.interval));
        }
    }
}

fn of_change(change: Option<&mut Change>, visit: &mut dyn FnMut(Kind, Option<f64>, Slot<'_>)) {
    if let Some(change) = change {
        visit(Kind::Difference, Some(change.probability), Slot::Always(&mut change.interval));
        visit(Kind::Amount, change.quantity_mean, Slot::Maybe(&mut change.quantity_interval));
    }
}
