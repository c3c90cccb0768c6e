//! Which years can still be planned: those after the last figures of a scenario, unless the user says otherwise.

use crate::model::Model;

/// The last year of which the scenario holds figures: its base year, or that of a later past figure.
pub(super) fn last_known(model: &Model) -> i32 {
    model.records.iter().map(|record| record.year).fold(model.base_year, i32::max)
}

/// The first year whose money can be moved, or for which tasks are set: the one asked for, else the year after the last
/// one that is known.
pub(super) fn first_year(model: &Model, asked: Option<i32>) -> i32 {
    // nothing is paid before the base year
    asked.map_or(last_known(model) + 1, |from| from.max(model.base_year))
}
