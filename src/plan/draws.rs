//! The numbers of one world while it is compiled: which are known, which are drawn, and under which name.

use std::collections::HashMap;

use super::arrays::{Num, Score};
use super::compile::Order;
use crate::model::{self, Model, QuantityId};
use crate::random::{Distribution, Sampler};

/// One world while it is compiled: the laws in force and the draws found so far.
pub(super) struct WorldDraws<'m> {
    pub model: &'m Model,
    pub laws: Vec<Option<Distribution>>,
    pub order: &'m Order,
    /// Which policy is being compiled; draws that a policy changes are kept apart.
    pub policy: Option<usize>,
    /// Quantities that this policy changes.
    pub changed: Vec<QuantityId>,
    scores: &'m mut ScoreTable,
    values: Vec<(usize, Sampler)>,
    distributions: Vec<Distribution>,
    known: HashMap<(QuantityId, Option<usize>), usize>,
}

/// The draws of all worlds, found by quantity.
#[derive(Default)]
pub(super) struct ScoreTable {
    pub scores: Vec<Score>,
    by_quantity: HashMap<QuantityId, usize>,
}

impl ScoreTable {
    /// Index of a quantity's score, added if it is new.
    pub fn index(&mut self, model: &Model, id: QuantityId) -> usize {
        *self.by_quantity.entry(id).or_insert_with(|| {
            self.scores.push(Score { name: model.quantities.get(id).path.clone(), copula: None });
            self.scores.len() - 1
        })
    }
}

impl<'m> WorldDraws<'m> {
    /// No draw yet.
    pub fn new(
        model: &'m Model,
        order: &'m Order,
        laws: Vec<Option<Distribution>>,
        scores: &'m mut ScoreTable,
    ) -> Self {
        Self {
            model,
            laws,
            order,
            policy: None,
            changed: Vec::new(),
            scores,
            values: Vec::new(),
            distributions: Vec::new(),
            known: HashMap::new(),
        }
    }

    /// The law of a quantity; `None` if it is not set.
    pub fn law(&self, id: QuantityId) -> Option<&Distribution> {
        self.laws[id.index()].as_ref()
    }

    /// All draws found: transforms by score, and the laws behind them.
    pub fn into_values(self) -> (Vec<(usize, Sampler)>, Vec<Distribution>) {
        (self.values, self.distributions)
    }

    /// The number behind a quantity; `None` if it is not set.
    pub fn num(&mut self, id: QuantityId) -> Option<Num> {
        let law = self.law(id).cloned()?;
        if law.is_point() {
            return Some(Num::Const(law.median()));
        }
        let key = (id, self.policy.filter(|_| self.changed.contains(&id)));
        if let Some(&known) = self.known.get(&key) {
            return Some(Num::Draw(known));
        }
        let score = self.scores.index(self.model, id);
        self.values.push((score, Sampler::new(&law)));
        self.distributions.push(law);
        let index = self.values.len() - 1;
        self.known.insert(key, index);
        Some(Num::Draw(index))
    }

    /// The number behind a quantity that always has a value.
    pub fn must(&mut self, id: QuantityId) -> Num {
        self.num(id).unwrap_or(Num::Const(0.0))
    }

    /// Median of a quantity; 0 if it is not set.
    pub fn median(&self, id: QuantityId) -> f64 {
        self.law(id).map_or(0.0, Distribution::median)
    }

    /// Median of a segment's annual growth rate; cluster and industry are model indices.
    pub fn median_growth(&self, cluster: usize, industry: usize) -> f64 {
        trend_of(self.model, cluster, industry).into_iter().map(|q| self.median(q)).sum()
    }

    /// Median base-year revenue of a cluster (model index).
    pub fn median_base(&self, cluster: usize) -> f64 {
        let spec = &self.model.clusters[cluster];
        let province = self.median(self.model.provinces[spec.province].base);
        match spec.base {
            model::Base::Own(q) => self.median(q),
            model::Base::Share(q) => self.median(q) * province,
            model::Base::Remainder => {
                let others = self.model.clusters_of(&model::Scope::Province(spec.province));
                province
                    - others.into_iter().filter(|&c| c != cluster).map(|c| self.median_base(c)).sum::<f64>()
            }
        }
    }
}

/// The quantities whose sum is a segment's median annual growth rate.
pub(super) fn trend_of(model: &Model, cluster: usize, industry: usize) -> Vec<QuantityId> {
    let spec = &model.clusters[cluster];
    let further = spec.industry_premium.iter().filter(|(s, _)| *s == industry).map(|(_, q)| *q);
    [
        model.nation.trend,
        model.industries[industry].growth,
        model.provinces[spec.province].premium,
        spec.premium,
    ]
    .into_iter()
    .chain(further)
    .collect()
}
