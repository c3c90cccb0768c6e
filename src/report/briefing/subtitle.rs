//! The line under the title: what was simulated.

use super::Focus;
use super::naming::of_series;
use super::wording::{measure_of, say};
use crate::analysis::Results;
use crate::report::number::{decimal, trials};
use crate::text;
use crate::text::{Lang, Text};

/// Scope, measure, years, world and trials.
pub fn line(results: &Results, focus: &Focus<'_>, lang: Lang) -> String {
    let scope = focus.series.map_or_else(Text::default, |series| of_series(results, series));
    let measure = focus.series.map_or_else(
        || results.scenario.measure.name.clone(),
        |series| measure_of(results, &series.measure, &series.name),
    );
    let (from, to) = (results.scenario.base_year, results.scenario.horizon);
    let world = &focus.run.world.name;
    let (trials, trials_en) = (decimal(results.run.trials as f64, 0), trials(results.run.trials));
    let (scope_zh, scope_en, measure_zh, measure_en) = (scope.zh, scope.en, measure.zh, measure.en);
    let (world_zh, world_en) = (&world.zh, &world.en);
    say(
        &text!(
            "{scope_zh} · {measure_zh} · {from}—{to}年 · {world_zh} · 每个方案模拟{trials}次",
            "{scope_en} · {measure_en} · {from}–{to} · world: {world_en} · {trials_en} a policy"
        ),
        lang,
    )
}
