//! Fan charts of several provinces under the policy in focus, each in its own measure and on its own scale.

use super::policies::with_first_target;
use super::{Attempt, paths};
use crate::analysis::results::{Results, RunResult, SeriesResult};
use crate::report::briefing::wording::measure_of;
use crate::report::briefing::{Cell, Column, DataTable, Figure, Focus};
use crate::report::chart::grid::{self, FanGrid, Scale};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// From this number of provinces on, panels are small.
const MANY: usize = 7;
/// The most panels of a page, which is then about as high as a printed page.
const MOST: usize = 20;

/// Every province; nothing for one province.
pub fn figures(results: &Results, focus: &Focus<'_>, lang: Lang) -> Vec<Attempt> {
    let run = focus.run;
    let totals = run.series.iter().filter(|series| series.kind == "province" && !series.id.contains('@'));
    let all: Vec<&SeriesResult> = totals.map(|total| judged_of(run, total)).collect();
    if all.len() < 2 {
        return Vec::new();
    }
    let count = all.len().div_ceil(MOST);
    let length = all.len().div_ceil(count);
    let pages = all.chunks(length).enumerate();
    pages.map(|(index, members)| page(results, focus, members, (index, count), lang)).collect()
}

fn page(
    results: &Results,
    focus: &Focus<'_>,
    members: &[&SeriesResult],
    (index, count): (usize, usize),
    lang: Lang,
) -> Attempt {
    let (run, page_number) = (focus.run, index + 1);
    let id = if count == 1 { "provinces".to_owned() } else { format!("provinces-{page_number}") };
    let measure = &members.first()?.measure;
    let is_same = members.iter().all(|series| series.measure == *measure);
    let Text { zh, en } = results.measure_name(measure);
    let mut title = if is_same {
        text!("各省的{zh}", "{en} by province")
    } else {
        text!("各省的主要指标", "Main total of every province")
    };
    if count > 1 {
        title.zh.push_str(&format!("（{page_number}/{count}）"));
        title.en.push_str(&format!(" ({page_number}/{count})"));
    }
    let (trials, policy, world) =
        (number::decimal(results.run.trials as f64, 0), &run.policy.name, &run.world.name);
    let last = members.first()?.years.last()?;
    let (zh, en) = if is_same {
        ("各图纵轴不同", "axes differ between provinces")
    } else {
        ("各省口径不同，各图纵轴也不同", "definitions and axes differ between provinces")
    };
    let subtitle = Text::new(
        format!(
            "单位：亿元；方案：{}；情景：{}；模拟{trials}次；右端数字为{last}年中位数和90%区间；{zh}",
            policy.zh, world.zh
        ),
        format!(
            "Unit: billion yuan; policy: {}; world: {}; {trials} trials; figures at the right: median and 90% band of {last}; {en}",
            policy.en, world.en
        ),
    );
    let caption = if is_same {
        text!(
            "各图纵轴刻度不同，宜看各省自身的走势和与目标的距离，不宜直接比较高低。",
            "Axes differ: look at each path and its distance from the target, not at heights."
        )
    } else {
        text!(
            "各省按各自口径统计，各图纵轴刻度不同，宜看各省自身的走势和与目标的距离，不宜比较高低。",
            "Every province has its own definition and axis: look at each path and its distance from the target, not at heights."
        )
    };
    let mut columns = vec![Column::text(Text::new("省份", "Province").get(lang)), paths::year_column(lang)];
    columns.extend(paths::quantile_columns(members[0], lang));
    let mut table = DataTable::new(&id, title.get(lang), columns);
    let mut panels = Vec::with_capacity(members.len());
    for series in members {
        let mut chart = with_first_target(results, run, series, lang)?;
        chart.title = series.name.get(lang).to_owned();
        if !is_same {
            chart.subtitle = measure_of(results, &series.measure, &series.name).get(lang).to_owned();
        }
        panels.push(chart);
        for (at, &year) in series.years.iter().enumerate() {
            let mut row = vec![Cell::text(series.name.get(lang)), paths::year_cell(year)];
            row.extend(paths::quantile_cells(series, at));
            table.rows.push(row);
        }
    }
    let page = FanGrid {
        title: title.get(lang).to_owned(),
        subtitle: subtitle.get(lang).to_owned(),
        source: paths::source_of_bands(results).get(lang).to_owned(),
        panels,
        scale: Scale::Own,
        is_dense: members.len() >= MANY,
    };
    Some(grid::render(&page).map(|drawing| Figure {
        id,
        title: title.get(lang).to_owned(),
        caption: caption.get(lang).to_owned(),
        drawing,
        table,
    }))
}

/// The series of a province that its first target with a level judges; without one, its total.
fn judged_of<'a>(run: &'a RunResult, total: &'a SeriesResult) -> &'a SeriesResult {
    let proper = run.targets.iter().filter(|target| target.is_proper() && target.condition.level.is_some());
    let mut judged = proper.filter_map(|target| target.quantity.as_ref()).filter_map(|quantity| {
        let series = run.series.iter().find(|series| series.id == quantity.series)?;
        (series.id.split('@').next() == Some(total.id.as_str())).then_some(series)
    });
    judged.next().unwrap_or(total)
}
