//! The sheet of fans: for every policy the path of the main series with the figures its native chart is drawn from.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Input;
use super::charts;
use super::style::figure_code;
use crate::analysis::Results;
use crate::analysis::results::{RunResult, SeriesResult};
use crate::report::briefing::Focus;
use crate::report::number;
use crate::text;

/// Rows that a chart covers, distance included.
const CHART: u32 = 24;
/// Recorded years that are shown before the base year, at most.
const PAST: i32 = 12;

/// The place of the figures of one policy on the sheet.
pub struct Block {
    /// Row of the heads.
    pub head: u32,
    /// First row of figures.
    pub first: u32,
    /// Last row of figures.
    pub last: u32,
    /// Row of the base year.
    pub base: u32,
}

/// Column of the years.
pub const YEAR: u16 = 0;
/// Column of recorded figures.
pub const RECORD: u16 = 1;
/// Column of the median.
pub const MEDIAN: u16 = 4;
/// Column of the target.
pub const TARGET: u16 = 7;
/// Column of the lowest, invisible part of the stack; the widths of the bands follow.
pub const STACK: u16 = 8;

/// Keys of the quantiles in the order of the columns.
const KEYS: [&str; 5] = ["0.05", "0.25", "0.5", "0.75", "0.95"];

/// The main series of the file under one policy.
pub fn main_series<'a>(results: &Results, run: &'a RunResult) -> Option<&'a SeriesResult> {
    let id = &Focus::of(results)?.series?.id;
    run.series.iter().find(|series| series.id == *id)
}

/// Recorded levels of the main series up to the base year.
pub fn record(results: &Results, series: &SeriesResult) -> Vec<(i32, f64)> {
    let scope = series.id.split('@').next().unwrap_or(&series.id);
    let base = results.scenario.base_year;
    // past figures of the nation are of the whole country, the series is the sum of the file's provinces
    let is_sum = series.kind == "nation";
    let fits = results.records.iter().filter(|record| {
        !is_sum
            && record.scope == scope
            && record.measure == series.measure
            && record.year <= base
            && record.year >= base - PAST
    });
    let mut found: Vec<(i32, f64)> = fits.filter_map(|record| Some((record.year, record.value?))).collect();
    found.sort_by_key(|(year, _)| *year);
    found.dedup_by_key(|(year, _)| *year);
    found
}

/// Where the figures of the run with this index stand; `None` if it has no main series.
pub fn block(results: &Results, index: usize) -> Option<Block> {
    let before = results.runs.get(..index)?;
    let height = |run| main_series(results, run).map(|series| rows(results, series));
    // the sheet begins with one row of explanation and an empty one
    let head = 3 + before.iter().filter_map(height).sum::<u32>();
    let series = main_series(results, results.runs.get(index)?)?;
    let past = u32::try_from(past(results, series).len()).unwrap_or_default();
    let years = u32::try_from(series.years.len()).unwrap_or_default();
    let first = head + 1;
    Some(Block { head, first, last: (first + past + years).saturating_sub(1), base: first + past })
}

/// Rows of a block: title, heads, figures, distance, chart.
fn rows(results: &Results, series: &SeriesResult) -> u32 {
    u32::try_from(past(results, series).len() + series.years.len() + 3).unwrap_or(u32::MAX) + CHART
}

/// The years before the projection from the first recorded one on, each with its figure: a year without one has a row as well,
/// as the chart's years stand at equal distances.
fn past(results: &Results, series: &SeriesResult) -> Vec<(i32, Option<f64>)> {
    let record = record(results, series);
    let (Some((start, _)), Some(&end)) = (record.first(), series.years.first()) else { return Vec::new() };
    let figure = |year: i32| record.iter().find(|(known, _)| *known == year).map(|(_, value)| *value);
    (*start..end).map(|year| (year, figure(year))).collect()
}

/// The sheet; nothing without a main series.
pub fn fans(input: &Input<'_>) -> Result<Option<Worksheet>, XlsxError> {
    let results = input.results;
    if (0..results.runs.len()).all(|index| block(results, index).is_none()) {
        return Ok(None);
    }
    let mut sheet = input.sheet(charts::FANS.0, charts::FANS.1)?;
    sheet.note(&input.say(
        "每个方案一块：上面是各年分位数，下面是用这些数画的图，可直接编辑。右边四列只供画图：各层高度自下而上相加即为各分位数。",
        "One block a policy: quantiles by year, below them an editable chart drawn from them. The last four columns serve the chart only: layers that add up to the quantiles.",
    ));
    for (index, run) in results.runs.iter().enumerate() {
        let (Some(block), Some(series)) = (block(results, index), main_series(results, run)) else {
            continue;
        };
        sheet.row = block.head - 1;
        if index > 0 {
            sheet.new_page();
        }
        let lang = input.briefing.lang;
        let (name, run_name) = (series.name.get(lang), charts::run_name(input, run));
        let title = text!("{name}：{run_name}", "{name}: {run_name}");
        sheet.title(title.get(lang))?;
        table(input, &mut sheet, run, series)?;
        if let Some(chart) = charts::fan_of(input, run) {
            sheet.chart(block.last + 2, 0, chart);
        }
    }
    sheet.finish().map(Some)
}

fn table(
    input: &Input<'_>,
    sheet: &mut super::sheet::Sheet<'_>,
    run: &RunResult,
    series: &SeriesResult,
) -> Result<(), XlsxError> {
    let lang = input.briefing.lang;
    let unit = number::unit_of(&series.figure, &series.unit_name);
    let unit = unit.get(lang);
    let told = |value: f64| number::figure_in_unit(value, &series.figure, lang);
    let with_unit = |zh: &str, en: &str| {
        format!("{}{}", input.say(zh, en), input.say(&format!("（{unit}）"), &format!(" ({unit})")))
    };
    let heads = [
        input.say("年份", "Year"),
        with_unit("历年实际", "Record"),
        with_unit("5%分位", "5% quantile"),
        with_unit("25%分位", "25% quantile"),
        with_unit("中位数", "Median"),
        with_unit("75%分位", "75% quantile"),
        with_unit("95%分位", "95% quantile"),
        with_unit("目标", "Target"),
        input.say("画图：底", "Chart: ground"),
        input.say("90%区间（5%–25%）", "90% band (5–25%)"),
        input.say("50%区间（25%–75%）", "50% band (25–75%)"),
        input.say("90%区间（75%–95%）", "90% band (75–95%)"),
    ];
    sheet.heads(heads.iter().map(|head| (head.as_str(), true)))?;
    let (year_format, format) =
        (sheet.styles.number("0"), sheet.styles.number(figure_code(&series.figure, lang)));
    let record = record(input.results, series);
    let target = run
        .targets
        .iter()
        .filter(|target| target.is_proper())
        .find(|target| target.quantity.as_ref().is_some_and(|quantity| quantity.series == series.id))
        .and_then(|target| Some((target.year?, target.condition.level?)));
    let base = series.quantiles.get("0.5").and_then(|medians| medians.first()).copied().unwrap_or(0.0);
    for (year, value) in past(input.results, series) {
        let row = sheet.row;
        sheet.number(row, YEAR, Some(f64::from(year)), &year_format)?;
        sheet.number(row, RECORD, value.map(told), &format)?;
        for column in RECORD + 1..=TARGET {
            sheet.number(row, column, None, &format)?;
        }
        // an area falls to zero where it has no figure: before the projection it has the record's height, that of the base year
        // where there is none, and no width
        for (column, part) in (STACK..).zip([told(value.unwrap_or(base)), 0.0, 0.0, 0.0]) {
            sheet.number(row, column, Some(part), &format)?;
        }
        sheet.skip(1);
    }
    for (index, &year) in series.years.iter().enumerate() {
        let row = sheet.row;
        let at =
            |key: &str| series.quantiles.get(key).and_then(|values| values.get(index)).copied().map(told);
        let known = record.iter().find(|(recorded, _)| *recorded == year).map(|(_, value)| told(*value));
        sheet.number(row, YEAR, Some(f64::from(year)), &year_format)?;
        sheet.number(row, RECORD, known, &format)?;
        for (column, key) in (RECORD + 1..).zip(KEYS) {
            sheet.number(row, column, at(key), &format)?;
        }
        let level = target.filter(|(last, _)| year <= *last).map(|(_, level)| told(level));
        sheet.number(row, TARGET, level, &format)?;
        let width = |low: &str, high: &str| Some(at(high)? - at(low)?);
        let parts = [at("0.05"), width("0.05", "0.25"), width("0.25", "0.75"), width("0.75", "0.95")];
        for (column, part) in (STACK..).zip(parts) {
            sheet.number(row, column, part, &format)?;
        }
        sheet.skip(1);
    }
    Ok(())
}
