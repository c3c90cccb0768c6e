//! The first sheet: the answer in words, its key figures as numbers, and the two charts that show it.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Input;
use super::charts;
use super::sheet::{Sheet, clean};
use super::style::figure_code;
use crate::report::briefing::Focus;
use crate::report::table::columns_of;
use crate::report::{number, readings_text};

/// Width of the column that holds the words, in characters.
const TEXT: f64 = 96.0;
/// Rows that a chart covers.
const CHART_ROWS: u32 = 23;

/// The sheet of the summary.
pub fn sheet(input: &Input<'_>) -> Result<Worksheet, XlsxError> {
    let briefing = input.briefing;
    let mut sheet = input.sheet("概要", "Summary")?;
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
    key_figures(input, &mut sheet)?;
    sheet.skip(1);
    if let Some(focus) = Focus::of(input.results) {
        let fan = charts::fan_of(input, focus.run);
        for chart in [fan, charts::probabilities(input)].into_iter().flatten() {
            // a page across holds one chart: the second would be cut
            sheet.new_page();
            sheet.chart(sheet.row, 0, chart);
            sheet.skip(CHART_ROWS);
        }
    }
    sheet.finish()
}

/// The key figures of the main target: what it asks for, how likely it is, what is reached, what it costs.
fn key_figures(input: &Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let Some(focus) = Focus::of(input.results) else { return Ok(()) };
    let Some(target) = focus.target else { return Ok(()) };
    let (lang, styles) = (input.briefing.lang, sheet.styles);
    let policy = charts::run_name(input, focus.run);
    let name = readings_text::plain_name(input.results, target);
    sheet.title(&input.say(
        &format!("关键数字：“{}”，{policy}", name.zh),
        &format!("Key figures: {}, {policy}", name.en),
    ))?;
    let heads = [input.say("项目", "Item"), input.say("数值", "Figure"), input.say("单位", "Unit")];
    sheet.heads(heads.iter().zip([false, true, false]).map(|(head, numeric)| (head.as_str(), numeric)))?;
    let percent = styles.number("0.000%");
    let level = number::decimal(input.results.run.interval_level * 100.0, 0);
    let fraction = input.say("比例（以%显示）", "fraction (shown in %)");
    let ends = target.interval;
    let mut rows = vec![
        (
            input.say("可能性", "Probability"),
            target.probability,
            styles.probability(target.probability, ends.into()),
        ),
        (
            input.say(&format!("可能性的{level}%区间下限"), &format!("Probability, {level}% interval, low")),
            ends[0],
            percent.clone(),
        ),
        (
            input.say(&format!("可能性的{level}%区间上限"), &format!("Probability, {level}% interval, high")),
            ends[1],
            percent.clone(),
        ),
    ];
    if let Some(other) = focus.reference.and_then(|run| run.target(&target.id)) {
        let name = input.results.run.reference.name.get(lang);
        let shown = styles.probability(other.probability, other.interval.into());
        rows.push((
            input.say(&format!("参照方案（{name}）的可能性"), &format!("Probability under {name}")),
            other.probability,
            shown,
        ));
    }
    let mut rows: Vec<_> =
        rows.into_iter().map(|(item, value, format)| (item, Some(value), format, fraction.clone())).collect();
    if let Some(quantity) = &target.quantity {
        let share = quantity.figure == "share";
        let unit = number::unit_of(&quantity.figure, &quantity.unit_name);
        let unit = if share { fraction } else { unit.get(lang).to_owned() };
        let format = styles.number(figure_code(&quantity.figure, lang));
        let year = target.year.map(|year| year.to_string()).unwrap_or_default();
        let at = |key: &str| quantity.quantiles.get(key).copied();
        for (zh, en, value) in [
            ("目标值".to_owned(), "Level of the target".to_owned(), target.condition.level),
            (format!("{year}年中位数"), format!("Median {year}"), at("0.5")),
            (format!("{year}年5%分位"), format!("5% quantile {year}"), at("0.05")),
            (format!("{year}年95%分位"), format!("95% quantile {year}"), at("0.95")),
        ] {
            let value = value.map(|value| number::figure_in_unit(value, &quantity.figure, lang));
            rows.push((input.say(&zh, &en), value, format.clone(), unit.clone()));
        }
    }
    if focus.run.cost.gross.mean > 0.0 {
        let item = input.say("财政支出合计（平均值）", "Public money paid in all (mean)");
        let unit = number::money_unit().get(lang).to_owned();
        let paid = number::in_unit(focus.run.cost.gross.mean, lang);
        rows.push((item, Some(paid), styles.money(lang), unit));
    }
    for (item, value, format, unit) in rows.into_iter().filter(|(_, value, ..)| value.is_some()) {
        let row = sheet.row;
        sheet.text(row, 0, &item)?;
        sheet.number(row, 1, value, &format)?;
        sheet.text(row, 2, &unit)?;
        sheet.skip(1);
    }
    sheet.grow(1, 14.0);
    Ok(())
}
