//! Which years can still be planned: those after the last figures of a scenario, unless the user says otherwise; and which
//! figure that is. One rule for `optimise` and `decompose`.

use serde::{Deserialize, Serialize};

use crate::analysis::results::Named;
use crate::model::{Model, Record, Scope, Target};

/// The latest figure that a scenario holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Latest {
    /// What it is a figure of.
    pub scope: Named,
    /// Months from January that it covers; 12 for the whole year.
    pub months: u8,
    /// Whether it is one of a whole year, of what the target is about or a part of it.
    pub of_target: bool,
}

/// The last year of which the scenario holds figures: its base year, or that of a later past figure.
pub(super) fn last_known(model: &Model) -> i32 {
    model.records.iter().map(|record| record.year).fold(model.base_year, i32::max)
}

/// The first year whose money can be moved, or for which tasks are set: the one asked for, else the year after the last
/// one that is known.
pub(super) fn first_year(model: &Model, asked: Option<i32>) -> i32 {
    asked.unwrap_or(last_known(model) + 1)
}

/// The latest figure of the scenario: of several the one closest to the targets, and the longer one. `None` where no figure is
/// later than the base year.
pub(super) fn latest(model: &Model, targets: &[&Target]) -> Option<Latest> {
    let year = last_known(model);
    let of_target = |record: &Record| {
        targets.iter().any(|target| {
            let clusters = model.clusters_of(&target.scope);
            let is_part =
                || model.clusters_of(&record.scope).iter().all(|cluster| clusters.contains(cluster));
            is_comparable(record, target) && is_part()
        })
    };
    let of_year = model.records.iter().filter(|record| record.year == year && year > model.base_year);
    let best = of_year.max_by_key(|record| (of_target(record), record.months))?;
    Some(Latest {
        scope: named(model, &best.scope),
        months: best.months,
        of_target: of_target(best) && best.months == 12,
    })
}

/// Whether a figure counts the same revenue as the target: that of the whole country, of which a file may hold a few provinces,
/// and that of an industry do not count that of places.
pub(super) fn is_comparable(record: &Record, target: &Target) -> bool {
    let is_other = matches!(record.scope, Scope::Nation | Scope::Industry(_));
    record.measure == target.measure && !is_other
}

/// What a figure is about, with its name.
pub(super) fn named(model: &Model, scope: &Scope) -> Named {
    Named { id: model.scope_id(scope), name: model.record_scope_name(scope) }
}
