//! What can be moved: the public money of instruments, its split over clusters and over years.

use std::collections::BTreeSet;

use super::money::Payments;
use crate::diag::{FileId, Span};
use crate::model::{Change, Model, Operation, Policy, QuantityId};
use crate::random::Distribution;

/// Why an instrument's money is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixed {
    /// It costs no public money.
    Free,
    /// Part of its effect does not depend on its money, so that cutting the money would look free of charge.
    Unscaled,
    /// It is all paid before the first year that can be moved.
    Spent,
}

/// The largest multiple of the present money that is looked at for a sum.
const MOST_SCALE: f64 = 64.0;

/// An instrument whose money can be moved.
#[derive(Clone, Debug)]
pub struct Funded {
    /// Index into the model.
    pub instrument: usize,
    /// Multiplies the money of the years that can be moved.
    factor: QuantityId,
    /// Clusters with the quantity of their share and the share at present, if the file states an allocation.
    pub clusters: Vec<(usize, QuantityId, f64)>,
    /// Years that can be moved with their quantity and amount at present, 亿元, if the amounts are certain.
    pub years: Vec<(i32, QuantityId, f64)>,
    /// Years before with their amounts, likewise.
    pub spent_years: Vec<(i32, f64)>,
    /// Whether it pays anything before the first year that can be moved.
    pub has_spent: bool,
    /// What is paid in the years that can be moved, by multiple of the present money.
    pub payments: Payments,
    /// Mean public money of the years before, 亿元.
    pub spent: f64,
}

/// One way to spend: for every funded instrument its money in the years that can be moved as a multiple of the present,
/// and how it is split.
#[derive(Clone, Debug, PartialEq)]
pub struct Spending {
    /// Multiple of the present money, at least 0.
    pub factor: Vec<f64>,
    /// Share of every cluster, in the order of [`Funded::clusters`]; sums to 1.
    pub clusters: Vec<Vec<f64>>,
    /// Share of every year, in the order of [`Funded::years`]; sums to 1.
    pub years: Vec<Vec<f64>>,
}

impl Spending {
    /// The same with the money and the shares of instrument `k` as in `other`.
    pub fn with_instrument_of(&self, other: &Self, k: usize) -> Self {
        let mut mixed = self.clone();
        mixed.factor[k] = other.factor[k];
        mixed.clusters[k].clone_from(&other.clusters[k]);
        mixed.years[k].clone_from(&other.years[k]);
        mixed
    }
}

/// Everything that can be moved under one policy.
pub struct Space {
    /// The model, with the money of funded instruments written out by year where that is possible.
    pub model: Model,
    /// The policy that is being improved, as index into the model.
    pub policy: usize,
    /// Instruments with movable money, in the order of the file.
    pub funded: Vec<Funded>,
    /// Instruments of the policy whose money stays, with the reason.
    pub fixed: Vec<(usize, Fixed)>,
}

impl Space {
    /// The space around `policy` in `worlds`, with the money of the year `from` and later; costs are filled in by the caller.
    ///
    /// What a world changes itself is not written out, as what is written out is the same in all worlds: such money keeps
    /// its proportions over the years, such shares stay.
    pub fn of(model: &Model, policy: usize, worlds: &[usize], from: i32) -> Self {
        let mut split = model.clone();
        let changes = worlds.iter().flat_map(|&world| &model.worlds[world].changes);
        let by_world: BTreeSet<QuantityId> = changes.map(|change| change.quantity).collect();
        let (mut funded, mut fixed) = (Vec::new(), Vec::new());
        let mut own = model.policies[policy].instruments.clone();
        own.sort_unstable();
        own.dedup();
        let mut laws = model.quantities.distributions();
        crate::model::apply(&mut laws, &model.policies[policy].changes);
        let value = |id: QuantityId| model.quantities.law(&laws, id).map_or(0.0, Distribution::median);
        for instrument in own {
            let spec = &model.instruments[instrument];
            let projects = spec.projects.as_ref();
            let pays = spec.money.is_some() || projects.is_some_and(|p| value(p.public_share) > 0.0);
            let reason = match spec.payment_years() {
                Some((first, last)) if pays => {
                    if has_unscaled_part(model, instrument) {
                        Fixed::Unscaled
                    } else if last < from {
                        Fixed::Spent
                    } else {
                        funded.push((instrument, first < from));
                        continue;
                    }
                }
                _ => Fixed::Free,
            };
            fixed.push((instrument, reason));
        }
        let funded = funded.into_iter().map(|(instrument, has_spent)| {
            let allocation = &model.instruments[instrument].allocation;
            let mut shares: Vec<f64> = allocation.iter().map(|&(_, share)| value(share)).collect();
            if allocation.iter().any(|(_, share)| by_world.contains(share)) {
                shares.clear();
            }
            let (factor, moved) = split.set_apart(instrument, from, &shares);
            let parts = allocation.iter().zip(moved).zip(&shares);
            let clusters = parts.map(|((&(cluster, _), moved), &share)| (cluster, moved, share)).collect();
            let money = model.instruments[instrument].money.as_ref();
            let is_given = money.is_some_and(|money| money.amounts().iter().all(|id| !by_world.contains(id)));
            let years =
                is_given.then(|| split.write_out_years(instrument, policy)).flatten().unwrap_or_default();
            let amount = |id: QuantityId| split.quantities.get(id).distribution.as_ref();
            let amount = |id: QuantityId| amount(id).map_or(0.0, Distribution::median);
            let (spent_years, years): (Vec<_>, Vec<_>) =
                years.into_iter().map(|(year, id)| (year, id, amount(id))).partition(|year| year.0 < from);
            let spent_years = spent_years.into_iter().map(|(year, _, amount)| (year, amount)).collect();
            let (payments, spent) = (Payments::in_proportion(0.0), 0.0);
            Funded { instrument, factor, clusters, years, spent_years, has_spent, payments, spent }
        });
        let funded = funded.collect();
        Self { model: split, policy, funded, fixed }
    }

    /// Spending as it is at present.
    pub fn present(&self) -> Spending {
        let shares = |amounts: &mut dyn Iterator<Item = f64>| {
            let amounts: Vec<f64> = amounts.collect();
            let total: f64 = amounts.iter().sum();
            amounts.iter().map(|amount| if total > 0.0 { amount / total } else { 0.0 }).collect()
        };
        Spending {
            factor: vec![1.0; self.funded.len()],
            clusters: self.funded.iter().map(|f| shares(&mut f.clusters.iter().map(|c| c.2))).collect(),
            years: self.funded.iter().map(|f| shares(&mut f.years.iter().map(|y| y.2))).collect(),
        }
    }

    /// The present split with `money` in place of its own, as far as the bounds allow.
    pub fn scaled(&self, money: f64, bounds: &[(f64, f64)]) -> Spending {
        let present = self.present();
        let scale = self.scale(money);
        let factor = bounds.iter().map(|(low, high)| scale.max(*low).min(*high)).collect();
        Spending { factor, ..present }
    }

    /// The multiple of all present money at which `money` 亿元 is paid, or as much as ever is.
    pub fn scale(&self, money: f64) -> f64 {
        let present = self.present();
        let straight = money / self.cost(&present);
        if !self.bends() || (straight - 1.0).abs() <= 1e-9 {
            return straight;
        }
        let paid = |scale: f64| self.funded.iter().map(|funded| funded.payments.money(scale)).sum::<f64>();
        let (mut low, mut high) = (0.0, 1.0);
        while paid(high) < money && high < MOST_SCALE {
            (low, high) = (high, high * 2.0);
        }
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if paid(middle) < money { low = middle } else { high = middle }
        }
        high
    }

    /// Whether anything is paid out of proportion to what is announced.
    pub fn bends(&self) -> bool {
        self.funded.iter().any(|funded| funded.payments.bend())
    }

    /// Expected public money of the funded instruments in the years that can be moved, 亿元, in the present proportions over
    /// the years: what the search counts. Where that is not exactly what is paid, the trials that judge tell.
    pub fn cost(&self, spending: &Spending) -> f64 {
        self.funded.iter().zip(&spending.factor).map(|(funded, factor)| funded.payments.money(*factor)).sum()
    }

    /// `to` with the share `part` of what every instrument gets more than in `from`.
    pub fn between(&self, from: &Spending, to: &Spending, part: f64) -> Spending {
        let mut between = to.clone();
        for (k, funded) in self.funded.iter().enumerate() {
            let [low, high] = [from, to].map(|spending| funded.payments.money(spending.factor[k]));
            between.factor[k] = funded.payments.multiple(low + (high - low) * part);
        }
        between
    }

    /// Mean public money of the years before, 亿元.
    pub fn spent(&self) -> f64 {
        self.funded.iter().map(|funded| funded.spent).sum()
    }

    /// The policy that spends so; `name` is its identifier.
    pub fn policy(&self, name: String, spending: &Spending) -> Policy {
        let present = &self.model.policies[self.policy];
        let mut changes = present.changes.clone();
        // the values are finite: shares and factors come from finite money
        let mut set = |quantity: QuantityId, value: f64| {
            if let Ok(law) = Distribution::point(value) {
                let operation = Operation::Set(law);
                let span = Span::new(FileId(0), 0, 0);
                changes.push(Change { quantity, operation, provenance: None, span });
            }
        };
        for (k, funded) in self.funded.iter().enumerate() {
            let factor = spending.factor[k];
            let total: f64 = funded.years.iter().map(|year| year.2).sum();
            for ((_, quantity, _), share) in funded.years.iter().zip(&spending.years[k]) {
                set(*quantity, factor * total * share);
            }
            for ((_, quantity, _), share) in funded.clusters.iter().zip(&spending.clusters[k]) {
                set(*quantity, *share);
            }
            if funded.years.is_empty() && factor != 1.0 {
                set(funded.factor, factor);
            }
        }
        Policy { id: name, name: present.name.clone(), instruments: present.instruments.clone(), changes }
    }
}

/// Whether an instrument does anything that does not depend on its money.
fn has_unscaled_part(model: &Model, instrument: usize) -> bool {
    let spec = &model.instruments[instrument];
    let stated = |id: QuantityId| model.quantities.get(id).distribution.is_some();
    let growth = spec.growth.as_ref().is_some_and(|growth| !stated(growth.scale));
    let pipeline = spec.pipeline.as_ref().is_some_and(|support| !stated(support.award));
    growth || pipeline || spec.arrivals.is_some() || spec.indicators.is_some()
}
