//! The first sheet: the answer in words, and the two charts that show it.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Input;
use super::charts;
use super::sheet::clean;
use crate::report::briefing::Focus;
use crate::report::table::columns_of;

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
    let mut lines = vec![(briefing.subtitle.as_str(), &styles.note, 1.0)];
    for (index, paragraph) in briefing.sentences().enumerate() {
        let (style, size) = if index == 0 { (&styles.headline, 1.4) } else { (&styles.paragraph, 1.15) };
        lines.push((paragraph, style, size));
    }
    for (text, style, size) in lines.into_iter().filter(|(text, ..)| !text.is_empty()) {
        // not every office makes rows high enough by itself; Chinese lines break early before full stops
        let broken = (columns_of(text) as f64 * size / (TEXT - 4.0)).ceil();
        sheet.worksheet.set_row_height(sheet.row, (14.0 * size * broken + 5.0).min(400.0))?;
        sheet.worksheet.write_string_with_format(sheet.row, 0, clean(text), style)?;
        sheet.skip(1);
    }
    sheet.skip(1);
    if briefing.sentences().count() > 2 {
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
