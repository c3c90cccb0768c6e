//! Figures of years that are over: how recent the latest one is, and what they say of the years before the tasks.

use super::findings::{Figure, Latest};
use super::{Paths, mean};
use crate::analysis::results::Named;
use crate::model::{Model, Record, Scope, Target};

/// Ends of the range in which nine trials in ten lie.
const ENDS: [f64; 2] = [0.05, 0.95];

fn named(model: &Model, scope: &Scope) -> Named {
    Named { id: model.scope_id(scope), name: model.scope_name(scope) }
}

/// Whether a figure counts the same revenue as the target: that of a nation, of which a file may hold one province alone, and
/// that of an industry do not count that of a province.
fn is_comparable(record: &Record, target: &Target) -> bool {
    let is_other = match record.scope {
        Scope::Nation => target.scope != Scope::Nation,
        Scope::Industry(_) => true,
        _ => false,
    };
    record.measure == target.measure && !is_other
}

/// The latest figure of the scenario: of several the one closest to the target, and the longer one. `None` where no figure is
/// later than the base year.
pub(super) fn latest(model: &Model, target: &Target) -> Option<Latest> {
    let year = super::last_known(model);
    let clusters = model.clusters_of(&target.scope);
    let of_target = |record: &Record| {
        is_comparable(record, target)
            && model.clusters_of(&record.scope).iter().all(|cluster| clusters.contains(cluster))
    };
    let of_year = model.records.iter().filter(|record| record.year == year && year > model.base_year);
    let best = of_year.max_by_key(|record| (of_target(record), record.months))?;
    Some(Latest {
        scope: named(model, &best.scope),
        months: best.months,
        of_target: of_target(best) && best.months == 12,
    })
}

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
