//! How much of what is a cluster's own in its spread rests on assumptions.

use crate::math::powi;
use crate::model::{Base, Cluster, Model, QuantityId, World, apply};
use crate::random::Distribution;
use crate::scenario::Grade;

/// The part of the cluster's own variance of log revenue after `years` years that rests on assumed figures, 0 … 1; a figure
/// without a grade counts as assumed. `None` where nothing of its own varies.
///
/// To first order, of T years, mix shares w and yearly figures: own shocks `T σ² Σ w²`, premiums `T² Var`, premiums of
/// single industries `T² w² Var`, the base figure (or its share) `Var / mean²`, and for a remainder the variances of all that
/// is taken off the province's figure. Trends, cycles and the province's own figure are common to all and left out.
pub fn assumed(model: &Model, world: &World, cluster: &Cluster, years: i32) -> Option<f64> {
    let mut laws = model.quantities.distributions();
    apply(&mut laws, &world.changes);
    let own = Own { model, laws: &laws };
    let t = f64::from(years);
    let squares: f64 = cluster.mix.iter().map(|(_, share)| share * share).sum();
    let mut parts = vec![
        (cluster.own_volatility, t * squares * powi(own.median(cluster.own_volatility), 2)),
        (cluster.premium, t * t * own.variance(cluster.premium)),
    ];
    for (industry, premium) in &cluster.industry_premium {
        let share = cluster.mix.iter().find(|(at, _)| at == industry).map_or(0.0, |(_, share)| *share);
        parts.push((*premium, t * t * share * share * own.variance(*premium)));
    }
    parts.extend(own.base(cluster));
    let all: f64 = parts.iter().map(|(_, variance)| variance).sum();
    let is_assumed = |id: QuantityId| {
        model.quantities.get(id).provenance.grade.is_none_or(|grade| grade == Grade::Assumption)
    };
    let assumed: f64 = parts.iter().filter(|(id, _)| is_assumed(*id)).map(|(_, variance)| variance).sum();
    (all > 0.0).then(|| assumed / all)
}

struct Own<'a> {
    model: &'a Model,
    laws: &'a [Option<Distribution>],
}

impl Own<'_> {
    fn law(&self, id: QuantityId) -> Option<&Distribution> {
        self.laws[id.index()].as_ref()
    }

    fn median(&self, id: QuantityId) -> f64 {
        self.law(id).map_or(0.0, Distribution::median)
    }

    fn variance(&self, id: QuantityId) -> f64 {
        self.law(id).map_or(0.0, |law| law.sd() * law.sd())
    }

    /// The figure behind a base with its amount and variance, 亿元; `None` for a remainder.
    fn figure(&self, cluster: &Cluster) -> Option<(QuantityId, f64, f64)> {
        let (id, scale) = match cluster.base {
            Base::Own(id) => (id, 1.0),
            Base::Share(id) => (id, self.median(self.model.provinces[cluster.province].base)),
            Base::Remainder => return None,
        };
        Some((id, scale * self.median(id), scale * scale * self.variance(id)))
    }

    /// Relative variances of the base by the figures that they come from.
    fn base(&self, cluster: &Cluster) -> Vec<(QuantityId, f64)> {
        let over = |amount: f64, variance: f64| if amount > 0.0 { variance / (amount * amount) } else { 0.0 };
        if let Some((id, amount, variance)) = self.figure(cluster) {
            return vec![(id, over(amount, variance))];
        }
        let same = self.model.clusters.iter().filter(|other| other.province == cluster.province);
        let others: Vec<_> = same.filter_map(|other| self.figure(other)).collect();
        let whole = self.median(self.model.provinces[cluster.province].base);
        let rest = whole - others.iter().map(|(_, amount, _)| amount).sum::<f64>();
        others.into_iter().map(|(id, _, variance)| (id, over(rest, variance))).collect()
    }
}
