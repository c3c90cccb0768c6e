//! Figures of years that are over: what they say of the years before the tasks.

use super::findings::Figure;
use super::{Paths, mean};
use crate::analysis::decision::coming::{is_comparable, named};
use crate::analysis::results::Named;
use crate::model::{Model, Record, Scope, Target};

/// Ends of the range in which nine trials in ten lie.
const ENDS: [f64; 2] = [0.05, 0.95];

/// The amounts that are known of a year beside what the trials have: of all together first, then of clusters.
pub(super) fn figures(model: &Model, target: &Target, paths: &Paths<'_>, year: i32) -> Vec<Figure> {
    let clusters = model.clusters_of(&target.scope);
    let known = |of: &[usize]| {
        let of_whole = |record: &&Record| {
            let is_whole = record.year == year && record.months == 12;
            is_whole && is_comparable(record, target) && model.clusters_of(&record.scope) == of
        };
        model.records.iter().filter(of_whole).find_map(|record| record.value)
    };
    let years = year - model.base_year;
    let own: Vec<Option<f64>> = clusters.iter().map(|&cluster| known(&[cluster])).collect();
    // what is known of every part is known of all together
    let total = known(&clusters).or_else(|| own.iter().copied().sum());
    let of_all = total.map(|value| figure(None, value, &paths.total(years)));
    let of_own = own.iter().enumerate().filter_map(|(at, value)| {
        let cluster = named(model, &Scope::Cluster(clusters[at]));
        value.map(|value| figure(Some((at, cluster)), value, paths.column(years, at)))
    });
    of_all.into_iter().chain(of_own).collect()
}

fn figure(of: Option<(usize, Named)>, value: f64, trials: &[f64]) -> Figure {
    let mut sorted = trials.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |end: f64| sorted[((sorted.len() - 1) as f64 * end).round() as usize];
    let (index, cluster) = of.unzip();
    Figure { index, cluster, value, mean: mean(trials), likely: ENDS.map(at) }
}
