//! The first sheet: the answer in words, and the two charts that show it.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Input;
use super::charts;
use crate::report::briefing::{Cell, Focus};

/// Width of the column that holds the words, in characters.
const TEXT: f64 = 96.0;
/// Rows that a chart covers.
const CHART_ROWS: u32 = 23;

/// The sheet of the summary.
pub fn sheet(input: &Input<'_>) -> Result<Worksheet, XlsxError> {
    let briefing = input.briefing;
    let mut sheet = input.sheet("概要", "Summary")?;
    // a page of words reads better upright
    sheet.worksheet.set_portrait();
    sheet.fix(0, TEXT);
    sheet.title(&briefing.title)?;
    let styles = sheet.styles;
    let mut lines = vec![(&briefing.subtitle, &styles.note)];
    for (index, paragraph) in briefing.summary.iter().enumerate() {
        lines.push((paragraph, if index == 0 { &styles.headline } else { &styles.paragraph }));
    }
    for (text, style) in lines.into_iter().filter(|(text, _)| !text.is_empty()) {
        sheet.text_as(sheet.row, 0, text, style)?;
        sheet.skip(1);
    }
    if !briefing.scale.rows.is_empty() {
        let row = |cells: &Vec<_>| {
            let cells: Vec<String> = cells.iter().map(|cell: &Cell| cell.shown(briefing.lang)).collect();
            cells.join(" ")
        };
        let words: Vec<String> = briefing.scale.rows.iter().map(row).collect();
        let joint = input.say("；", "; ");
        sheet.note(&format!("{}{}{}", briefing.scale.title, input.say("：", ": "), words.join(&joint)));
    }
    sheet.skip(1);
    if briefing.summary.len() > 2 {
        sheet.new_page();
    }
    if let Some(focus) = Focus::of(input.results) {
        let fan = charts::fan_of(input, focus.run);
        for chart in [fan, charts::probabilities(input)].into_iter().flatten() {
            sheet.chart(sheet.row, 0, &chart)?;
            sheet.skip(CHART_ROWS);
        }
    }
    sheet.finish()
}
