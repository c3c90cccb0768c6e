//! Small multiples of the clusters' fans under the policy in focus, in groups of one scale.

use super::{Attempt, paths};
use crate::analysis::Results;
use crate::analysis::results::{RunResult, SeriesResult, TargetResult};
use crate::report::briefing::{Cell, Column, DataTable, Figure, Focus};
use crate::report::chart::fan::FanChart;
use crate::report::chart::grid::{self, FanGrid, Scale};
use crate::text;
use crate::text::{Lang, Text};

/// A cluster joins the scale of the largest one of its group if its own top is at least this share of it: then its fan is
/// still high enough to be read.
const LEAST: f64 = 0.25;
/// From this number of clusters on, panels are small.
const MANY: usize = 7;
/// The most panels of a page, which is then about as high as a printed page.
const MOST: usize = 20;

/// Pages of the clusters in the primary measure, largest first; nothing if there are none.
pub fn figures(results: &Results, focus: &Focus<'_>, lang: Lang) -> Vec<Attempt> {
    let mut clusters: Vec<(&SeriesResult, f64)> = focus
        .run
        .series
        .iter()
        .filter(|series| series.kind == "cluster" && !series.id.contains('@'))
        .map(|series| (series, top(series)))
        .collect();
    clusters.sort_by(|a, b| b.1.total_cmp(&a.1));
    let count = clusters.len().div_ceil(MOST);
    if count == 0 {
        return Vec::new();
    }
    // Pages of nearly the same length, so that the last one is not left with a single panel.
    let length = clusters.len().div_ceil(count);
    let pages = clusters.chunks(length).enumerate();
    // groups are counted over all pages: no two of them, on different scales, share a number
    let mut named = 0;
    pages.map(|(index, members)| page(results, focus, members, (index, count), &mut named, lang)).collect()
}

/// The highest value that the fan of `series` reaches.
fn top(series: &SeriesResult) -> f64 {
    series.quantiles.get("0.95").into_iter().flatten().copied().fold(0.0, f64::max)
}

fn page(
    results: &Results,
    focus: &Focus<'_>,
    members: &[(&SeriesResult, f64)],
    (index, count): (usize, usize),
    named: &mut usize,
    lang: Lang,
) -> Attempt {
    let run = focus.run;
    let (number, series) = (index + 1, members.first()?.0);
    let id = if count == 1 { "clusters".to_owned() } else { format!("clusters-{number}") };
    let measure = results.measure_name(&series.measure);
    let (zh, en) = (&measure.zh, &measure.en);
    let mut title = text!("各集群的{zh}", "{en} by cluster");
    if count > 1 {
        title.zh.push_str(&format!("（{number}/{count}）"));
        title.en.push_str(&format!(" ({number}/{count})"));
    }
    let mut panels = Vec::with_capacity(members.len());
    for (series, _) in members {
        let mut chart = paths::chart(results, series, judged(run, series), lang)?;
        chart.title = series.name.get(lang).to_owned();
        chart.subtitle = province(results, series).get(lang).to_owned();
        panels.push(chart);
    }
    let mut subtitle = paths::conditions(results, run, series);
    let last = series.years.last().copied().unwrap_or_default();
    subtitle.zh.push_str(&format!("；右端数字为{last}年中位数和90%区间"));
    subtitle.en.push_str(&format!("; figures at the right: median and 90% band of {last}"));
    let groups = groups(members, &panels, (*named, count), lang);
    // Where nearly every cluster would be a group of its own, groups say nothing.
    let has_own = groups.len() > 1 && groups.len() * 2 > members.len();
    if !has_own {
        *named += groups.len();
    }
    if has_own {
        subtitle.zh.push_str("；各图纵轴不同");
        subtitle.en.push_str("; axes differ");
    }
    let caption = if has_own {
        text!(
            "集群规模相差悬殊，各图纵轴刻度不同，只宜看各自走势，不宜比较高低。",
            "Clusters differ so much in size that every panel has an axis of its own: compare paths, not heights."
        )
    } else if groups.len() > 1 || count > 1 {
        text!(
            "集群按规模分组，同一组内纵轴刻度相同、可以直接比较；不同组的刻度不同，见各组标题。",
            "Clusters are grouped by size: panels of a group share one axis and can be compared; axes differ between groups."
        )
    } else {
        text!("所有小图纵轴刻度相同，可以直接比较。", "All panels share one axis and can be compared.")
    };
    let page = FanGrid {
        title: title.get(lang).to_owned(),
        subtitle: subtitle.get(lang).to_owned(),
        source: paths::source_of_bands(results).get(lang).to_owned(),
        panels,
        scale: if has_own { Scale::Own } else { Scale::Groups(groups) },
        is_dense: members.len() >= MANY,
    };
    let table = table(&id, title.get(lang), focus, members, lang);
    Some(grid::render(&page).map(|drawing| Figure {
        id,
        title: title.get(lang).to_owned(),
        caption: caption.get(lang).to_owned(),
        drawing,
        table,
    }))
}

/// The first target in force that demands a level of `series`.
fn judged<'a>(run: &'a RunResult, series: &SeriesResult) -> Option<&'a TargetResult> {
    run.targets.iter().find(|target| {
        let quantity = target.quantity.as_ref();
        target.is_proper()
            && target.condition.level.is_some()
            && quantity.is_some_and(|quantity| quantity.series == series.id)
    })
}

/// The province of a cluster, where there are several.
fn province(results: &Results, series: &SeriesResult) -> Text {
    let id = series.id.strip_prefix("cluster.").unwrap_or(&series.id);
    let cluster = results.clusters.iter().find(|cluster| cluster.id == id);
    let province = cluster.and_then(|cluster| cluster.province.as_ref());
    let scope = province.map(|province| format!("province.{province}"));
    let named = scope.and_then(|scope| {
        let series = results.runs.first()?.series.iter().find(|series| series.id == scope)?;
        Some(series.name.clone())
    });
    named.unwrap_or_default()
}

/// Groups of neighbours in size, each as long as [`LEAST`] allows; `named` groups stand on earlier ones of `pages`.
fn groups(
    members: &[(&SeriesResult, f64)],
    panels: &[FanChart],
    (named, pages): (usize, usize),
    lang: Lang,
) -> Vec<(String, usize)> {
    let mut counts: Vec<(f64, usize)> = Vec::new();
    for ((_, top), panel) in members.iter().zip(panels) {
        // A target above the fan reaches up the axis just so, unless it is too far to be drawn.
        let target = panel.target.as_ref().map_or(*top, |target| target.value);
        let top = if target > *top && target <= *top * 4.0 { target } else { *top };
        match counts.last_mut() {
            Some((largest, count)) if top >= *largest * LEAST => {
                *largest = largest.max(top);
                *count += 1;
            }
            _ => counts.push((top, 1)),
        }
    }
    let several = counts.len() > 1 || pages > 1;
    let heading = |(index, (_, count)): (usize, (f64, usize))| {
        let number = named + index + 1;
        let heading = if several {
            text!(
                "第{number}组（按规模从大到小）：本组各图纵轴相同",
                "Group {number}, by size: one axis for all panels of this group"
            )
        } else {
            Text::default()
        };
        (heading.get(lang).to_owned(), count)
    };
    counts.into_iter().enumerate().map(heading).collect()
}

fn table(
    id: &str,
    title: &str,
    focus: &Focus<'_>,
    members: &[(&SeriesResult, f64)],
    lang: Lang,
) -> DataTable {
    let first = members[0].0;
    let mut columns = vec![Column::text(Text::new("集群", "Cluster").get(lang)), paths::year_column(lang)];
    columns.extend(paths::quantile_columns(first, lang));
    let mut table = DataTable::new(id, title, columns);
    let judged = focus.target.and_then(|target| target.year);
    for (series, _) in members {
        let last = series.years.len().saturating_sub(1);
        for (at, &year) in series.years.iter().enumerate() {
            if at == 0 || at == last || Some(year) == judged {
                let mut row = vec![Cell::text(series.name.get(lang)), paths::year_cell(year)];
                row.extend(paths::quantile_cells(series, at));
                table.rows.push(row);
            }
        }
    }
    table
}
