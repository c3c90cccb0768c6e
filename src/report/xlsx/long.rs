//! The long tables for filters and pivots: every yearly figure, and every target under every policy.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::Input;
use super::sheet::{Place, Sheet};
use super::style::figure_code;
use crate::analysis::results::{QUANTILES, RunResult, TargetResult};
use crate::report::briefing::wording;
use crate::report::{number, readings_text};
use crate::text::Text;

/// The widest column of names: they repeat in every row and may break instead of pushing the figures off the page.
const NAMES: f64 = 34.0;

/// Every series under every policy in every year; nothing without series.
pub fn series(input: &Input<'_>) -> Result<Option<Worksheet>, XlsxError> {
    let (results, lang) = (input.results, input.briefing.lang);
    if results.runs.iter().all(|run| run.series.is_empty()) {
        return Ok(None);
    }
    let mut sheet = input.sheet("逐年序列", "Yearly series")?;
    sheet.narrow(NAMES);
    sheet.title_for_screen(
        &input.say("各方案逐年序列（一行一个年份）", "Yearly series under every policy (one year a row)"),
    )?;
    let mut heads = key_heads(input);
    for (zh, en) in
        [("类别", "Kind"), ("标识", "Id"), ("名称", "Name"), ("口径", "Measure"), ("单位", "Unit")]
    {
        heads.push((input.say(zh, en), false));
    }
    heads.push((input.say("年份", "Year"), true));
    heads.push((input.say("平均值（按单位列）", "Mean (see unit)"), true));
    heads.push((input.say("标准差（按单位列）", "S.d. (see unit)"), true));
    heads.extend(quantile_heads(input));
    let (head, columns) = sheet.heads(heads.iter().map(|(head, numeric)| (head.as_str(), *numeric)))?;
    let year_format = sheet.styles.number("0");
    for run in &results.runs {
        for series in &run.series {
            let format = sheet.styles.number(figure_code(&series.figure, lang));
            let measure = results.measure_name(&series.measure);
            let words = [
                kind(&series.kind).get(lang).to_owned(),
                series.id.clone(),
                series.name.get(lang).to_owned(),
                measure.get(lang).to_owned(),
                unit(&series.figure, &series.unit_name, input),
            ];
            let told = |value: &f64| number::figure_in_unit(*value, &series.figure, lang);
            for (index, &year) in series.years.iter().enumerate() {
                let row = sheet.row;
                let mut column = keys(input, &mut sheet, run)?;
                for word in &words {
                    sheet.text(row, column, word)?;
                    column += 1;
                }
                sheet.number(row, column, Some(f64::from(year)), &year_format)?;
                sheet.number(row, column + 1, series.mean.get(index).map(told), &format)?;
                sheet.number(row, column + 2, series.sd.get(index).map(told), &format)?;
                for (offset, (_, key)) in (3..).zip(QUANTILES) {
                    let value = series.quantiles.get(key).and_then(|values| values.get(index)).map(told);
                    sheet.number(row, column + offset, value, &format)?;
                }
                sheet.skip(1);
            }
        }
    }
    close(sheet, head, columns, 7)
}

/// Every target under every policy; nothing without targets.
pub fn targets(input: &Input<'_>) -> Result<Option<Worksheet>, XlsxError> {
    let results = input.results;
    if results.runs.iter().all(|run| run.targets.is_empty()) {
        return Ok(None);
    }
    let mut sheet = input.sheet("目标明细", "Target details")?;
    sheet.narrow(NAMES);
    sheet.title_for_screen(
        &input.say("各方案下的全部目标（一行一个目标）", "All targets under every policy (one target a row)"),
    )?;
    let mut heads = key_heads(input);
    for (zh, en) in [
        ("文件", "Document"),
        ("标识", "Id"),
        ("目标", "Target"),
        ("说明", "Remark"),
        ("要求", "Demand"),
        ("单位", "Unit"),
    ] {
        heads.push((input.say(zh, en), false));
    }
    let level = number::decimal(results.run.interval_level * 100.0, 0);
    let numbers = [
        ("年份".to_owned(), "Year".to_owned()),
        ("目标值（按单位列）".to_owned(), "Level (see unit)".to_owned()),
        ("可能性".to_owned(), "Probability".to_owned()),
        (format!("可能性{level}%区间下限"), format!("Probability, {level}% low")),
        (format!("可能性{level}%区间上限"), format!("Probability, {level}% high")),
        ("达到次数".to_owned(), "Trials that meet it".to_owned()),
        ("比参照方案提高（百分点）".to_owned(), "Against the reference (points)".to_owned()),
        ("提高的区间下限（百分点）".to_owned(), "Change, low (points)".to_owned()),
        ("提高的区间上限（百分点）".to_owned(), "Change, high (points)".to_owned()),
        ("平均值（按单位列）".to_owned(), "Mean (see unit)".to_owned()),
        ("标准差（按单位列）".to_owned(), "S.d. (see unit)".to_owned()),
    ];
    heads.extend(numbers.iter().map(|(zh, en)| (input.say(zh, en), true)));
    heads.extend(quantile_heads(input));
    for (zh, en) in [
        ("平均缺口（按单位列）", "Mean shortfall (see unit)"),
        ("未实现时的平均缺口（按单位列）", "Mean shortfall where missed (see unit)"),
        ("所需年均增速", "Growth needed a year"),
    ] {
        heads.push((input.say(zh, en), true));
    }
    let (head, columns) = sheet.heads(heads.iter().map(|(head, numeric)| (head.as_str(), *numeric)))?;
    for run in &results.runs {
        for target in &run.targets {
            let row = sheet.row;
            let column = keys(input, &mut sheet, run)?;
            target_row(input, &mut sheet, target, column)?;
            sheet.row = row + 1;
        }
    }
    close(sheet, head, columns, 5)
}

fn target_row(
    input: &Input<'_>,
    sheet: &mut Sheet<'_>,
    target: &TargetResult,
    mut column: u16,
) -> Result<(), XlsxError> {
    let (row, lang) = (sheet.row, input.briefing.lang);
    let quantity = target.quantity.as_ref();
    let unit = quantity.map_or_else(String::new, |found| unit(&found.figure, &found.unit_name, input));
    let words = [
        target.document.clone().unwrap_or_default(),
        target.id.clone(),
        readings_text::plain_name(input.results, target).get(lang).to_owned(),
        remark(input, target),
        target.condition.text.get(lang).to_owned(),
        unit,
    ];
    for word in words {
        sheet.text(row, column, &word)?;
        column += 1;
    }
    let figure = quantity.map_or("money", |found| found.figure.as_str());
    let format = sheet.styles.number(figure_code(figure, lang));
    let told = |value: f64| number::figure_in_unit(value, figure, lang);
    let percent = sheet.styles.number("0.000%");
    let points = sheet.styles.number("+0.000;-0.000;0.000");
    let growth = sheet.styles.number("0.0%");
    let (count, year) = (sheet.styles.number("#,##0"), sheet.styles.number("0"));
    let [low, high] = target.interval;
    let shown = sheet.styles.probability(target.probability, (low, high));
    let change = target.change.as_ref();
    let cells: [(Option<f64>, &Format); 11] = [
        (target.year.map(f64::from), &year),
        (target.condition.level.map(told), &format),
        (Some(target.probability), &shown),
        (Some(low), &percent),
        (Some(high), &percent),
        (Some(target.hits as f64), &count),
        (change.map(|change| change.probability * 100.0), &points),
        (change.map(|change| change.interval[0] * 100.0), &points),
        (change.map(|change| change.interval[1] * 100.0), &points),
        (quantity.map(|found| told(found.mean)), &format),
        (quantity.map(|found| told(found.sd)), &format),
    ];
    let quantiles = QUANTILES
        .map(|(_, key)| (quantity.and_then(|found| found.quantiles.get(key)).copied().map(told), &format));
    let shortfall = target.shortfall.as_ref();
    let last = [
        (shortfall.map(|found| told(found.mean)), &format),
        (shortfall.and_then(|found| found.mean_if_missed).map(told), &format),
        (target.growth_needed, &growth),
    ];
    for (value, format) in cells.into_iter().chain(quantiles).chain(last) {
        sheet.number(row, column, value, format)?;
        column += 1;
    }
    Ok(())
}

/// What keeps a target out of the joint probabilities, or its chance from saying much.
fn remark(input: &Input<'_>, target: &TargetResult) -> String {
    let mut parts = Vec::new();
    if target.role != "target" {
        parts.push(input.say("只作条件", "condition only"));
    }
    if !target.in_force {
        parts.push(input.say("所选读法下不适用", "not in force under the chosen reading"));
    }
    if target.by_rule {
        parts.push(input.say("无数据，按目标倒推增速", "no data: pace assumed from the target"));
    }
    let among = target.members.and_then(|of| readings_text::by_rule_among(of.targets, of.by_rule));
    parts.extend(among.map(|among| among.get(input.briefing.lang).to_owned()));
    if target.shortfall.is_some() && !wording::one_year(target) {
        parts.push(if wording::any_year(target) {
            input.say("缺口取最接近要求的一年", "shortfall: that of the year which comes closest")
        } else {
            input.say("缺口取差得最多的一年", "shortfall: that of the worst of its years")
        });
    }
    parts.join(&input.say("；", "; "))
}

/// Heads of policy and world, with identifiers.
fn key_heads(input: &Input<'_>) -> Vec<(String, bool)> {
    [("方案", "Policy"), ("方案标识", "Policy id"), ("情景", "World")]
        .map(|(zh, en)| (input.say(zh, en), false))
        .to_vec()
}

/// Writes policy and world into the present row; the next free column.
fn keys(input: &Input<'_>, sheet: &mut Sheet<'_>, run: &RunResult) -> Result<u16, XlsxError> {
    let (row, lang) = (sheet.row, input.briefing.lang);
    sheet.text(row, 0, run.policy.name.get(lang))?;
    sheet.text(row, 1, &run.policy.id)?;
    sheet.text(row, 2, run.world.name.get(lang))?;
    Ok(3)
}

fn quantile_heads(input: &Input<'_>) -> Vec<(String, bool)> {
    let head = |(p, _): (f64, &str)| {
        let percent = number::decimal(p * 100.0, 0);
        let head = if p == 0.5 {
            input.say("中位数（50%分位）", "Median (50%)")
        } else {
            input.say(&format!("{percent}%分位"), &format!("{percent}% quantile"))
        };
        (head, true)
    };
    QUANTILES.map(head).to_vec()
}

/// The unit of the cells: fractions are shown in percent.
fn unit(figure: &str, name: &Text, input: &Input<'_>) -> String {
    match figure {
        "share" => input.say("比例（以%显示）", "fraction (shown in %)"),
        _ => number::unit_of(figure, name).get(input.briefing.lang).to_owned(),
    }
}

/// The kind of a series in words.
fn kind(kind: &str) -> Text {
    match kind {
        "nation" => Text::new("各省合计", "all provinces"),
        "province" => Text::new("省", "province"),
        "cluster" => Text::new("集群", "cluster"),
        "industry" => Text::new("行业", "industry"),
        "group" => Text::new("集群组合", "group of clusters"),
        "counted" => Text::new("计数与指标", "counts and indicators"),
        other => Text::same(other),
    }
}

/// Numbers of all rows get room, heads stay, and the table can be filtered.
fn close(mut sheet: Sheet<'_>, head: u32, columns: u16, keep: u16) -> Result<Option<Worksheet>, XlsxError> {
    let place = Place { head, last: sheet.row.saturating_sub(1), columns };
    for column in 3..columns {
        sheet.grow(column, 10.0);
    }
    sheet.keep_head(head, keep.min(3))?;
    sheet.filter(&place)?;
    sheet.finish().map(Some)
}
