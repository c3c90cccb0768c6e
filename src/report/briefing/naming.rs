//! What a place is called where its name alone would not say in which of several provinces it lies.

use super::wording::several_provinces;
use crate::analysis::results::*;
use crate::model::short;
use crate::text::{Text, joined};

/// The series of the growth of the whole country, which is no sum over the provinces of a file.
const GROWTH_OF_NATION: &str = "nation.growth";

/// Where a target lies, for sentences that would lose their subject among several provinces; empty if there is one.
pub fn place(results: &Results, target: &TargetResult) -> Text {
    if !several_provinces(results) {
        return Text::default();
    }
    match &target.province {
        _ if target.quantity.as_ref().is_some_and(|q| q.series == GROWTH_OF_NATION) => {
            target.scope.name.clone()
        }
        _ if target.scope.id == "nation" => Text::new("各省合计", "all provinces together"),
        Some(province) if target.scope.id.starts_with("province.") => province.name.clone(),
        Some(province) => within(&target.scope.name, &province.name),
        None => target.scope.name.clone(),
    }
}

/// The name of what a series is about; that of a cluster or a group which the main target is about says its province too.
pub fn of_series(results: &Results, series: &SeriesResult) -> Text {
    let is_judged = |target: &&TargetResult| {
        target.quantity.as_ref().is_some_and(|quantity| quantity.series == series.id)
            && target.scope.name == series.name
    };
    let target = results.runs.first().and_then(RunResult::main_target);
    let target = target.filter(is_judged).filter(|_| several_provinces(results));
    match target.and_then(|target| target.province.as_ref()) {
        Some(province) if series.kind != "province" => within(&series.name, &province.name),
        _ => series.name.clone(),
    }
}

/// The same of the series with this identifier, which is its own name where results lack it.
pub fn of_id(results: &Results, run: &RunResult, id: &str) -> Text {
    let series = run.series.iter().find(|series| series.id == id);
    series.map_or_else(|| Text::same(id), |series| of_series(results, series))
}

/// A place with its province, unless its name holds that already.
fn within(place: &Text, province: &Text) -> Text {
    let zh = if place.zh.contains(short(&province.zh)) {
        place.zh.clone()
    } else {
        joined(&[&province.zh, &place.zh])
    };
    let en = if place.en.contains(&province.en) {
        place.en.clone()
    } else {
        format!("{} ({})", place.en, province.en)
    };
    Text::new(zh, en)
}
