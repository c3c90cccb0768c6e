//! What can be moved: the public money of instruments, its split over clusters and over years.

use crate::diag::{FileId, Span};
use crate::model::{Change, Model, Money, Operation, Policy, QuantityId};
use crate::random::Distribution;

/// Why an instrument's money is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixed {
    /// It costs no public money.
    Free,
    /// Part of its effect does not depend on its money, so that cutting the money would look free of charge.
    Unscaled,
}

/// An instrument whose money can be moved.
#[derive(Clone, Debug)]
pub struct Funded {
    /// Index into the model.
    pub instrument: usize,
    /// Quantities that its money is made of.
    money: Vec<QuantityId>,
    /// Clusters with the quantity of their share and the share at present, if the file states an allocation.
    pub clusters: Vec<(usize, QuantityId, f64)>,
    /// Years with their quantity and amount at present, 亿元, if the amounts are certain.
    pub years: Vec<(i32, QuantityId, f64)>,
    /// Mean public money at present, 亿元.
    pub cost: f64,
}

/// One way to spend: for every funded instrument its money as a multiple of the present, and how it is split.
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
    /// The mixture of two spendings: every amount is `(1 − part) · self + part · other`.
    pub fn towards(&self, other: &Self, part: f64) -> Self {
        // how far a split is that of the other: by the money behind it
        let weight = |k: usize| {
            let (f, g) = ((1.0 - part) * self.factor[k], part * other.factor[k]);
            if f + g > 0.0 { g / (f + g) } else { part }
        };
        let mixed = |one: &[Vec<f64>], two: &[Vec<f64>]| {
            let group = |(k, (one, two)): (usize, (&Vec<f64>, &Vec<f64>))| {
                one.iter().zip(two).map(|(a, b)| (1.0 - weight(k)) * a + weight(k) * b).collect()
            };
            one.iter().zip(two).enumerate().map(group).collect()
        };
        let factors = self.factor.iter().zip(&other.factor);
        Self {
            factor: factors.map(|(f, g)| (1.0 - part) * f + part * g).collect(),
            clusters: mixed(&self.clusters, &other.clusters),
            years: mixed(&self.years, &other.years),
        }
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
    /// The space around `policy`; costs are filled in by the caller.
    pub fn of(model: &Model, policy: usize) -> Self {
        let mut split = model.clone();
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
            if !pays {
                fixed.push((instrument, Fixed::Free));
                continue;
            }
            if has_unscaled_part(model, instrument) {
                fixed.push((instrument, Fixed::Unscaled));
                continue;
            }
            let money = spec.money.iter().chain(projects.map(|p| &p.signed)).flat_map(quantities).collect();
            let clusters = spec.allocation.iter().map(|&(c, share)| (c, share, value(share))).collect();
            let years = split.write_out_years(instrument, policy).unwrap_or_default();
            let amount = |id: QuantityId| split.quantities.get(id).distribution.as_ref();
            let amount = |id: QuantityId| amount(id).map_or(0.0, Distribution::median);
            let years = years.into_iter().map(|(year, id)| (year, id, amount(id))).collect();
            funded.push(Funded { instrument, money, clusters, years, cost: 0.0 });
        }
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
        let scale = money / self.cost(&present);
        let factor = bounds.iter().map(|(low, high)| scale.max(*low).min(*high)).collect();
        Spending { factor, ..present }
    }

    /// Expected public money of the funded instruments, 亿元, as far as it is proportional to what is announced.
    pub fn cost(&self, spending: &Spending) -> f64 {
        self.funded.iter().zip(&spending.factor).map(|(funded, factor)| funded.cost * factor).sum()
    }

    /// The policy that spends so; `name` is its identifier.
    pub fn policy(&self, name: String, spending: &Spending) -> Policy {
        let present = &self.model.policies[self.policy];
        let mut changes = present.changes.clone();
        let mut change = |quantity: QuantityId, operation: Operation| {
            changes.push(Change { quantity, operation, span: Span::new(FileId(0), 0, 0) });
        };
        // the values are finite: shares and factors come from finite money
        let mut set = |quantity: QuantityId, value: f64| {
            if let Ok(law) = Distribution::point(value) {
                change(quantity, Operation::Set(law));
            }
        };
        let mut scaled = Vec::new();
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
                scaled.extend(funded.money.iter().map(|&quantity| (quantity, factor)));
            }
        }
        for (quantity, factor) in scaled {
            change(quantity, Operation::Scale(factor));
        }
        Policy { id: name, name: present.name.clone(), instruments: present.instruments.clone(), changes }
    }
}

/// The quantities that money is made of.
fn quantities(money: &Money) -> Vec<QuantityId> {
    match money {
        Money::Total { total: one, .. } | Money::PerYear { amount: one, .. } => vec![*one],
        Money::ByYear(amounts) => amounts.iter().map(|(_, id)| *id).collect(),
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
