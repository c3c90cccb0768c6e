//! Pages of fan charts that compare the same quantity under every policy.

use super::foot::money;
use super::{Attempt, paths};
use crate::analysis::results::{Named, Results, RunResult, SeriesResult, TargetResult};
use crate::report::briefing::{Cell, Column, DataTable, Figure, Focus};
use crate::report::chart::fan::FanChart;
use crate::report::chart::grid::{self, FanGrid};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// One page for each world: the main series under every policy, with its first target and the recorded years in the
/// same measure.
pub fn grids(results: &Results, lang: Lang) -> Vec<(Named, FanGrid)> {
    let page = |world: &Named| (world.clone(), grid(results, world, lang));
    results.run.worlds.iter().map(page).collect()
}

/// These pages as figures.
pub fn figures(results: &Results, lang: Lang) -> Vec<Attempt> {
    let pages = grids(results, lang).into_iter().enumerate();
    pages.map(|(index, (world, page))| figure(results, index, &world, &page, lang)).collect()
}

fn figure(results: &Results, index: usize, world: &Named, page: &FanGrid, lang: Lang) -> Attempt {
    let id = if index == 0 { "policies".to_owned() } else { format!("policies-{}", index + 1) };
    let runs: Vec<&RunResult> = results.runs.iter().filter(|run| run.world.id == world.id).collect();
    let series = runs.first().and_then(|run| main_series(results, run))?;
    let subject = paths::subject(results, series);
    let (zh, en) = (subject.zh, subject.en);
    let mut title = text!("各方案下的{zh}", "{en} under every policy");
    if results.run.worlds.len() > 1 {
        title.zh.push_str(&format!("（{}）", world.name.zh));
        title.en.push_str(&format!(" ({})", world.name.en));
    }
    let caption = text!(
        "各小图用同一纵轴，可以直接比较；右端数字为最后一年的中位数和90%区间。",
        "All panels share one axis; the figures at the right are median and 90% band of the last year."
    );
    let mut columns = vec![Column::text(Text::new("方案", "Policy").get(lang)), paths::year_column(lang)];
    columns.extend(paths::quantile_columns(series, lang));
    // the comparison of policies has the plain name
    let mut table = DataTable::new(format!("{id}-by-year"), title.get(lang), columns);
    for run in &runs {
        let Some(series) = main_series(results, run) else { continue };
        for (at, &year) in series.years.iter().enumerate() {
            let mut row = vec![Cell::text(run.policy.name.get(lang)), paths::year_cell(year)];
            row.extend(paths::quantile_cells(series, at));
            table.rows.push(row);
        }
    }
    Some(grid::render(page).map(|drawing| Figure {
        id,
        title: title.get(lang).to_owned(),
        caption: caption.get(lang).to_owned(),
        drawing,
        table,
    }))
}

fn grid(results: &Results, world: &Named, lang: Lang) -> FanGrid {
    let runs: Vec<&RunResult> = results.runs.iter().filter(|run| run.world.id == world.id).collect();
    let panels = runs.iter().filter_map(|run| panel(results, run, lang)).collect();
    let total = runs.first().and_then(|run| main_series(results, run));
    let subject = total.map(|series| paths::subject(results, series)).unwrap_or_default();
    let unit = total.map(paths::unit).unwrap_or_default();
    let (trials, trials_en) =
        (number::decimal(results.run.trials as f64, 0), number::trials(results.run.trials));
    let (zh, en) =
        (bracketed(&subject.zh, &unit.zh, "（", "）"), bracketed(&subject.en, &unit.en, " (", ")"));
    let subtitle = Text::new(
        format!("{zh}；情景：{}；每个方案模拟{trials}次；右端数字为{}", world.name.zh, last_year(total).zh),
        format!(
            "{en}; world: {}; {trials_en} a policy; figures at the right: {}",
            world.name.en,
            last_year(total).en
        ),
    );
    FanGrid {
        title: results.scenario.title.get(lang).to_owned(),
        subtitle: subtitle.get(lang).to_owned(),
        source: paths::source_of_bands(results).get(lang).to_owned(),
        panels,
        ..FanGrid::default()
    }
}

/// What the figures at the right end of a panel are.
fn last_year(series: Option<&SeriesResult>) -> Text {
    let year = series.and_then(|series| series.years.last()).map_or_else(String::new, i32::to_string);
    text!("{year}年中位数和90%区间", "median and 90% band of {year}")
}

fn bracketed(name: &str, unit: &str, open: &str, close: &str) -> String {
    if unit.is_empty() { name.to_owned() } else { format!("{name}{open}{unit}{close}") }
}

fn panel(results: &Results, run: &RunResult, lang: Lang) -> Option<FanChart> {
    let series = main_series(results, run)?;
    let mut chart =
        focus_target(results, run, series, lang).or_else(|| with_first_target(results, run, series, lang))?;
    chart.title = run.policy.name.get(lang).to_owned();
    chart.subtitle = money(results, run, lang);
    Some(chart)
}

/// The fan of `series` with the first target that demands a level of it.
pub fn with_first_target(
    results: &Results,
    run: &RunResult,
    series: &SeriesResult,
    lang: Lang,
) -> Option<FanChart> {
    let proper = run.targets.iter().filter(|target| target.is_proper());
    proper
        .filter_map(|target| paths::chart(results, series, Some(target), lang))
        .find(|chart| chart.target.is_some())
        .or_else(|| paths::chart(results, series, None, lang))
}

/// The fan of `series` with the main target of the file, if that demands a level of it.
fn focus_target(results: &Results, run: &RunResult, series: &SeriesResult, lang: Lang) -> Option<FanChart> {
    let target = run.target(&Focus::of(results)?.target?.id)?;
    paths::chart(results, series, Some(target), lang).filter(|chart| chart.target.is_some())
}

/// The series that the main target is judged by, so that all charts tell of the same quantity; else the file's first
/// one. Of several provinces that is a sum over definitions of their own, so that the first judged series stands for it.
fn main_series<'a>(results: &Results, run: &'a RunResult) -> Option<&'a SeriesResult> {
    let judged_by = |target: &TargetResult| {
        let quantity = target.quantity.as_ref()?;
        run.series.iter().find(|series| series.id == quantity.series)
    };
    let main = Focus::of(results).and_then(|focus| focus.target);
    let first = run.series.first()?;
    let mut proper = run.targets.iter().filter(|target| target.is_proper());
    main.and_then(judged_by)
        .or_else(|| if first.kind == "nation" { proper.find_map(judged_by) } else { None })
        .or(Some(first))
}
