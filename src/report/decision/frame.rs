//! Phrases that all decision analyses share.

use crate::analysis::decision::{Answer, Estimate, Latest, QuantityInfo};
use crate::analysis::results::Ends;
use crate::report::briefing::{Cell, Format};
use crate::report::number;
pub use crate::report::number::said_money as yuan;
use crate::text;
use crate::text::{Lang, Text};

/// What stands at the foot of every chart.
pub fn source<T>(answer: &Answer<T>, lang: Lang) -> String {
    source_of_trials(answer, answer.trials, lang)
}

/// [`source`] of a chart that rests on another number of trials than the rest.
pub fn source_of_trials<T>(answer: &Answer<T>, trials: u64, lang: Lang) -> String {
    let Answer { file, title, seed, program, .. } = answer;
    let trials = number::decimal(trials as f64, 0);
    let (title_zh, title_en, version) = (&title.zh, &title.en, &program.version);
    let text = text!(
        "来源：情景《{title_zh}》（{file}），clustercast {version} 模拟{trials}次，种子{seed}",
        "Source: scenario \"{title_en}\" ({file}), clustercast {version}, {trials} trials, seed {seed}"
    );
    text.get(lang).to_owned()
}

/// Public money as the head of a column; it says so if only part of a policy's money counts.
pub fn public_money<T>(answer: &Answer<T>, lang: Lang) -> String {
    if answer.uncounted.is_empty() {
        head("财政资金", "Public money", lang)
    } else {
        head("能影响本目标的财政资金", "Public money that can move the target", lang)
    }
}

/// What a chart makes of figures of a quantity, or of probabilities: percents of shares, money in the language's unit.
pub fn drawn(quantity: Option<&QuantityInfo>, lang: Lang) -> impl Fn(f64) -> f64 {
    let figure = quantity.map_or_else(|| "share".to_owned(), |quantity| quantity.figure.clone());
    move |value| match figure.as_str() {
        "share" => value * 100.0,
        figure => number::figure_in_unit(value, figure, lang),
    }
}

/// The level of all intervals, e.g. `95%`.
pub fn level<T>(answer: &Answer<T>) -> String {
    percent(answer.interval_level)
}

/// A probability in a table.
pub fn chance(probability: f64, [low, high]: Ends) -> Cell {
    Cell::Chance { estimate: probability, low, high }
}

/// An estimated difference of probabilities with its interval, in words: `+1.2个百分点（0.9–1.5）`.
pub fn points(estimate: Estimate, lang: Lang) -> String {
    number::points_change(estimate.value, estimate.interval.into(), lang)
}

/// One text in one language.
pub fn say(text: &Text, lang: Lang) -> String {
    text.get(lang).to_owned()
}

/// One of two fixed words.
pub fn head(zh: &str, en: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// How figures of a quantity are written in tables.
pub fn format_of(quantity: &QuantityInfo) -> Format {
    match quantity.figure.as_str() {
        "money" => Format::Money,
        "share" => Format::Share,
        "count" => Format::Decimal(1),
        _ => Format::Decimal(2),
    }
}

/// How a median is written: that of a count is whole, as a run tells it.
pub fn format_of_median(quantity: &QuantityInfo) -> Format {
    if quantity.figure == "count" { Format::Count } else { format_of(quantity) }
}

/// The unit of a quantity behind a column's head; nothing where the figures carry a percent sign.
pub fn unit_of(quantity: &QuantityInfo, lang: Lang) -> String {
    if quantity.figure == "share" {
        String::new()
    } else {
        say(&number::unit_of(&quantity.figure, &quantity.unit), lang)
    }
}

/// A figure of a quantity with its interval, in words: `1,523亿元（1,519–1,527）`.
pub fn amount(estimate: Estimate, quantity: &QuantityInfo, lang: Lang) -> String {
    if quantity.is_money() {
        return money(estimate, lang);
    }
    let figure = |value: f64| number::figure(value, &quantity.figure, lang);
    worded(estimate, figure, &unit_of(quantity, lang), lang)
}

/// A change of a quantity with its interval, in words: `+35.2亿元（34.8–35.6）`.
pub fn amount_change(estimate: Estimate, quantity: &QuantityInfo, lang: Lang) -> String {
    let text = amount(estimate, quantity, lang);
    if estimate.value > 0.0 { format!("+{text}") } else { text }
}

/// [`amount_change`] beside a chart that states the unit, in English without it.
pub fn change_label(estimate: Estimate, quantity: &QuantityInfo, lang: Lang) -> String {
    if lang == Lang::Zh || !quantity.is_money() {
        return amount_change(estimate, quantity, lang);
    }
    let text = worded(estimate, |value| number::money(value, lang), "", lang);
    if estimate.value > 0.0 { format!("+{text}") } else { text }
}

/// An amount of money with its interval, in words.
pub fn money(estimate: Estimate, lang: Lang) -> String {
    worded(estimate, |value| number::money(value, lang), number::money_unit().get(lang), lang)
}

/// Money for a percentage point with its interval, in words, with the digits of reports.
pub fn price(estimate: Estimate, lang: Lang) -> String {
    let figure = |value: f64| number::price_text(number::in_unit(value, lang));
    worded(estimate, figure, number::money_unit().get(lang), lang)
}

/// A figure with unit and interval; an interval without width is left out.
fn worded(estimate: Estimate, figure: impl Fn(f64) -> String, unit: &str, lang: Lang) -> String {
    let Estimate { value, interval: [low, high] } = estimate;
    let value = figure(value);
    let (low, high) = (figure(low), figure(high));
    let is_signed = [&low, &high].iter().any(|end| end.starts_with('−'));
    let value = match (lang, unit.is_empty()) {
        (_, true) => value,
        (Lang::Zh, _) => format!("{value}{unit}"),
        (Lang::En, _) => format!("{value} {unit}"),
    };
    match (lang, is_signed) {
        _ if low == high => value,
        (Lang::Zh, false) => format!("{value}（{low}–{high}）"),
        (Lang::Zh, true) => format!("{value}（{low}至{high}）"),
        (Lang::En, false) => format!("{value} ({low}–{high})"),
        (Lang::En, true) => format!("{value} ({low} to {high})"),
    }
}

/// The interval of an estimate in a table; nothing without one.
pub fn interval_cell(estimate: Option<Estimate>, format: Format) -> Cell {
    let Some(Estimate { value, interval }) = estimate else { return Cell::Empty };
    match format {
        Format::Points => Cell::change(value, interval)[1].clone(),
        _ => Cell::Interval(interval[0], interval[1], format),
    }
}

/// The value of an estimate in a table; nothing without one.
pub fn value_cell(estimate: Option<Estimate>, format: Format) -> Cell {
    let Some(Estimate { value, interval }) = estimate else { return Cell::Empty };
    match format {
        Format::Points => Cell::change(value, interval)[0].clone(),
        _ => Cell::Number(value, format),
    }
}

/// A probability that somebody chose: `80%`, `12.5%`.
pub fn percent(chosen: f64) -> String {
    number::percent(chosen).replace(".0%", "%")
}

/// What the latest figure is of: `全国2025年1—6月`.
pub fn latest_figure(latest: &Latest, year: i32, lang: Lang) -> String {
    let name = latest.scope.name.get(lang);
    let months = latest.months;
    match (lang, months) {
        (Lang::Zh, 12) => format!("{name}{year}年"),
        (Lang::Zh, months) => format!("{name}{year}年1—{months}月"),
        (Lang::En, 12) => format!("{name} for {year}"),
        (Lang::En, months) => format!("{name} for the first {months} months of {year}"),
    }
}
