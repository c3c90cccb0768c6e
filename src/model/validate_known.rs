//! What can be judged of firms and products although something else in the scenario could not be read.

use super::reader::Reader;
use super::validate::Laws;
use super::validate_firms::{contains, median_revenue};
use super::*;

impl Reader<'_> {
    /// The firms and products of places of which all is known do not exceed their revenue.
    pub(super) fn check_known_places(&self, model: &Model, laws: &Laws) {
        let mut checked: Vec<(Counting, Place)> = Vec::new();
        for item in model.items.iter().filter(|item| !item.follows.outside) {
            let (counting, place) = (item.counting, item.follows.place);
            let clusters = model.clusters_of_place(&place);
            let unnamed = model
                .populations
                .iter()
                .any(|rest| rest.counting == counting && contains(model, &place, &rest.follows.place));
            if checked.contains(&(counting, place)) || unnamed || clusters.is_empty() {
                continue;
            }
            checked.push((counting, place));
            if clusters.iter().all(|&cluster| self.is_known(model, laws, cluster)) {
                let base = median_revenue(model, laws, &place);
                self.check_sum_of_sizes(model, laws, (counting, &place), base);
            }
        }
    }

    /// Whether the base-year figure of a cluster and its mix could be read.
    fn is_known(&self, model: &Model, laws: &Laws, cluster: usize) -> bool {
        let views = self.root.items("cluster");
        let known = |quantity: QuantityId| laws[quantity.0].is_some();
        let of_base = |index: usize| {
            let own = &model.clusters[index];
            let ways = views
                .get(index)
                .map_or(0, |view| ["base", "share", "remainder"].iter().filter(|key| view.has(key)).count());
            let whole = known(model.provinces[own.province].base);
            ways == 1
                && match own.base {
                    Base::Own(base) => known(base),
                    Base::Share(share) => known(share) && whole,
                    Base::Remainder => whole,
                }
        };
        let own = &model.clusters[cluster];
        let mix: f64 = own.mix.iter().map(|(_, share)| share).sum();
        let others = || model.clusters_of(&Scope::Province(own.province));
        let rest = || others().into_iter().filter(|&other| model.clusters[other].base == Base::Remainder);
        (mix - 1.0).abs() < 1e-6
            && of_base(cluster)
            && (own.base != Base::Remainder || (rest().count() == 1 && others().into_iter().all(of_base)))
    }
}
