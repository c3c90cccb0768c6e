//! The sheet that compares the policies: the briefing's table, the figures of its chart, and what is paid in each year.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Input;
use super::charts::{self, POLICIES};
use super::sheet::Sheet;
use crate::analysis::results::TargetResult;
use crate::report::briefing::Focus;
use crate::report::{number, readings_text};

/// Column of the policies in the table behind the chart.
pub const POLICY: u16 = 0;
/// Column of the probabilities.
pub const PROBABILITY: u16 = 2;
/// Column of the way from the probability to the upper end of its interval.
pub const UP: u16 = 6;
/// Column of the way to the lower end.
pub const DOWN: u16 = 5;

/// First and last row of a world in the table behind the chart.
pub fn rows(input: &Input<'_>, world: usize) -> (u32, u32) {
    let policies = u32::try_from(input.results.run.policies.len()).unwrap_or_default();
    let first = first_row(input) + u32::try_from(world).unwrap_or_default() * policies;
    (first, first + policies.saturating_sub(1))
}

/// The table of the briefing stands first: title, heads, rows, notes, an empty row; then title and heads of this one.
fn first_row(input: &Input<'_>) -> u32 {
    let table = &input.briefing.policies;
    let above = if table.rows.is_empty() { 0 } else { table.rows.len() + table.notes.len() + 3 };
    u32::try_from(above).unwrap_or_default() + 2
}

/// The sheet.
pub fn sheet(input: &Input<'_>) -> Result<Worksheet, XlsxError> {
    let mut sheet = input.sheet(POLICIES.0, POLICIES.1)?;
    let table = &input.briefing.policies;
    if !table.rows.is_empty() {
        sheet.title(&table.title)?;
        sheet.table(table)?;
        sheet.skip(1);
    }
    if let Some(target) = Focus::of(input.results).and_then(|focus| focus.target) {
        probabilities(input, &mut sheet, target)?;
        sheet.skip(1);
    }
    paid(input, &mut sheet)?;
    sheet.skip(1);
    if let Some(chart) = charts::probabilities(input) {
        sheet.new_page();
        sheet.chart(sheet.row, 0, chart);
    }
    sheet.finish()
}

fn probabilities(input: &Input<'_>, sheet: &mut Sheet<'_>, target: &TargetResult) -> Result<(), XlsxError> {
    let (results, lang) = (input.results, input.briefing.lang);
    let name = readings_text::plain_name(results, target);
    let name = name.get(lang);
    sheet.title(&input.say(
        &format!("“{name}”在各方案下的可能性（图中数据）"),
        &format!("Probability of “{name}” by policy (behind the chart)"),
    ))?;
    let level = number::decimal(results.run.interval_level * 100.0, 0);
    let heads = [
        (input.say("方案", "Policy"), false),
        (input.say("情景", "World"), false),
        (input.say("可能性", "Probability"), true),
        (input.say(&format!("{level}%区间下限"), &format!("{level}% interval, low")), true),
        (input.say(&format!("{level}%区间上限"), &format!("{level}% interval, high")), true),
        (input.say("图中误差线：下", "Whisker down"), true),
        (input.say("图中误差线：上", "Whisker up"), true),
        (input.say("达到次数", "Trials that meet it"), true),
        (input.say("模拟次数", "Trials"), true),
    ];
    sheet.heads(heads.iter().map(|(head, numeric)| (head.as_str(), *numeric)))?;
    let (percent, count) = (sheet.styles.number("0.000%"), sheet.styles.number("#,##0"));
    for world in &results.run.worlds {
        for policy in &results.run.policies {
            let row = sheet.row;
            sheet.text(row, POLICY, policy.name.get(lang))?;
            sheet.text(row, 1, world.name.get(lang))?;
            let found = results.run_of(&policy.id, &world.id).and_then(|run| run.target(&target.id));
            if let Some(found) = found {
                let [low, high] = found.interval;
                let shown = sheet.styles.probability(found.probability, (low, high));
                sheet.number(row, PROBABILITY, Some(found.probability), &shown)?;
                sheet.number(row, 3, Some(low), &percent)?;
                sheet.number(row, 4, Some(high), &percent)?;
                // an interval need not hold an estimate at the very end to the last bit
                sheet.number(row, DOWN, Some((found.probability - low).max(0.0)), &percent)?;
                sheet.number(row, UP, Some((high - found.probability).max(0.0)), &percent)?;
                sheet.number(row, 7, Some(found.hits as f64), &count)?;
                sheet.number(row, 8, Some(found.trials as f64), &count)?;
            }
            sheet.skip(1);
        }
    }
    Ok(())
}

/// Mean amount that is paid in each year under each policy.
fn paid(input: &Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let results = input.results;
    let years: BTreeSet<i32> =
        results.runs.iter().flat_map(|run| run.cost.paid_by_year.keys().copied()).collect();
    if results.runs.iter().all(|run| run.cost.gross.mean == 0.0) {
        return Ok(());
    }
    // in print a title must not stay behind alone at the foot of a page
    sheet.new_page();
    sheet.title(&input.say("财政资金（平均值，亿元）", "Public money (means, billion yuan)"))?;
    let mut heads = vec![
        (input.say("方案", "Policy"), false),
        (input.say("支出合计（亿元）", "Paid in all (billion yuan)"), true),
        (input.say("扣除可收回部分后（亿元）", "Net of recoveries (billion yuan)"), true),
    ];
    heads.extend(years.iter().map(|year| (year.to_string(), true)));
    sheet.heads(heads.iter().map(|(head, numeric)| (head.as_str(), *numeric)))?;
    let lang = input.briefing.lang;
    let money = sheet.styles.money(lang);
    let told = |value: f64| Some(number::in_unit(value, lang));
    for run in &results.runs {
        let row = sheet.row;
        sheet.text(row, 0, &charts::run_name(input, run))?;
        sheet.number(row, 1, told(run.cost.gross.mean), &money)?;
        sheet.number(row, 2, told(run.cost.net.mean), &money)?;
        for (column, year) in (3..).zip(&years) {
            sheet.number(row, column, run.cost.paid_by_year.get(year).copied().and_then(told), &money)?;
        }
        sheet.skip(1);
    }
    let note = input.say(
        "合计按文件所列贴现率贴现（如有）；各年数为当年支付，未贴现。",
        "Sums are discounted if the file states a rate; yearly amounts are as paid, undiscounted.",
    );
    sheet.note(&note);
    Ok(())
}
