//! The workbook: every table with real numbers, and native charts that the office can edit.

mod charts;
mod entities;
mod info;
mod long;
mod paths;
mod policies;
mod sheet;
mod style;
mod summary;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use crate::analysis::Results;
use crate::report::briefing::{Briefing, DataTable};
use crate::report::wrap::printable;
use crate::text;
use crate::text::Text;
use sheet::Sheet;
use style::Styles;

/// What the sheets are made of.
struct Input<'a> {
    briefing: &'a Briefing,
    results: &'a Results,
    styles: &'a Styles,
}

impl<'a> Input<'a> {
    /// A text in the language of the briefing.
    fn say(&self, zh: &str, en: &str) -> String {
        Text::new(zh, en).get(self.briefing.lang).to_owned()
    }

    /// An empty sheet with this name.
    fn sheet(&self, zh: &str, en: &str) -> Result<Sheet<'a>, XlsxError> {
        Sheet::new(self.styles, self.briefing.lang, &self.say(zh, en), &self.briefing.title)
    }
}

/// The workbook; the same bytes for the same briefing, always.
///
/// Numbers are those of the result document to the last bit; probabilities are fractions that are shown in percent.
///
/// # Errors
/// The reason in both languages, if the workbook cannot be made.
pub fn write(briefing: &Briefing, results: &Results) -> Result<Vec<u8>, Text> {
    workbook(briefing, results)
        .map_err(|error| text!("工作簿无法生成：{error}", "the workbook cannot be made: {error}"))
}

fn workbook(briefing: &Briefing, results: &Results) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles::new(briefing.lang);
    let input = Input { briefing, results, styles: &styles };
    let mut book = Workbook::new();
    // the time of writing would make every file another one
    let properties = DocProperties::new()
        .set_title(printable(&briefing.title))
        .set_author("clustercast")
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    let mut sheets = vec![Some(summary::sheet(&input)?)];
    sheets.push(one(&input, ("目标", "Targets"), &briefing.targets)?);
    sheets.push(long::targets(&input)?);
    sheets.push(Some(policies::sheet(&input)?));
    sheets.push(paths::fans(&input)?);
    sheets.push(long::series(&input)?);
    sheets.push(entities::clusters(&input)?);
    sheets.push(entities::instruments(&input)?);
    sheets.push(one(&input, ("假设与来源", "Assumptions"), &briefing.assumptions)?);
    sheets.push(one(&input, ("情景与方案改动", "Changes"), &briefing.changes)?);
    sheets.push(stack(&input, ("资料与证据", "Sources"), None, &[&briefing.evidence, &briefing.sources])?);
    sheets.push(one(&input, ("历史与同类对照", "Outside view"), &briefing.realism)?);
    let behind: Vec<&DataTable> = briefing.figures.iter().map(|figure| &figure.table).collect();
    let chart_data = input.say("各图的数据", "The figures behind the charts");
    sheets.push(stack(&input, ("图表数据", "Chart data"), Some(&chart_data), &behind)?);
    sheets.push(Some(info::sheet(&input)?));
    for sheet in sheets.into_iter().flatten() {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer()
}

/// A sheet of one table whose head stays in sight; nothing for an empty table.
fn one(input: &Input<'_>, (zh, en): (&str, &str), table: &DataTable) -> Result<Option<Worksheet>, XlsxError> {
    if table.rows.is_empty() {
        return Ok(None);
    }
    let mut sheet = input.sheet(zh, en)?;
    sheet.title(&table.title)?;
    let place = sheet.table(table)?;
    sheet.keep_head(place.head, 1)?;
    sheet.filter(&place)?;
    sheet.finish().map(Some)
}

/// A sheet of tables below one another, each under its title; nothing if all are empty. With a title of its own it is for
/// the screen.
fn stack(
    input: &Input<'_>,
    (zh, en): (&str, &str),
    for_screen: Option<&str>,
    tables: &[&DataTable],
) -> Result<Option<Worksheet>, XlsxError> {
    let mut filled = tables.iter().filter(|table| !table.rows.is_empty()).peekable();
    if filled.peek().is_none() {
        return Ok(None);
    }
    let mut sheet = input.sheet(zh, en)?;
    if let Some(title) = for_screen {
        sheet.title_for_screen(title)?;
        sheet.skip(1);
    }
    for table in filled {
        sheet.new_page();
        sheet.title(&table.title)?;
        sheet.table(table)?;
        sheet.skip(1);
    }
    sheet.finish().map(Some)
}
