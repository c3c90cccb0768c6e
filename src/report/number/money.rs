//! Amounts of money and other figures in the unit of a language's tables and charts: 亿元, or billion yuan.

use super::{MINUS, amount, decimal, places, range, tied, with_percent};
use crate::text::{Lang, Text};

/// The unit of money wherever a reader looks: 亿元, and billion yuan in English, where nobody counts in 亿元.
pub fn money_unit() -> Text {
    Text::new("亿元", "billion yuan")
}

/// The unit of figures of a kind that a result document names: money has one unit in all tables and charts.
pub fn unit_of(kind: &str, name: &Text) -> Text {
    if kind == "money" { money_unit() } else { name.clone() }
}

/// `value` in 亿元, as all results are, in the unit of a language's tables and charts ([`money_unit`]).
pub fn in_unit(value: f64, lang: Lang) -> f64 {
    match lang {
        Lang::Zh => value,
        Lang::En => value / 10.0,
    }
}

/// A figure of a kind that a result document names, in the unit of a language's tables and charts.
pub fn figure_in_unit(value: f64, kind: &str, lang: Lang) -> f64 {
    if kind == "money" { in_unit(value, lang) } else { value }
}

/// Money in 亿元 as a bare number in the language's unit: `1,523`, `46.2`, `0.35` 亿元, which are `152.3`, `4.62`, `0.035`
/// billion; exactly nothing is `0`. Both languages show the same digits.
pub fn money(value: f64, lang: Lang) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    match lang {
        Lang::Zh => amount(value),
        Lang::En => in_billions(value, places(value.abs())),
    }
}

/// The unit of money behind a figure in a sentence: `亿元`, ` billion yuan`.
pub fn unit_behind(lang: Lang) -> String {
    match lang {
        Lang::Zh => money_unit().zh,
        Lang::En => format!(" {}", money_unit().en),
    }
}

/// Money in 亿元 in a sentence: the figure of tables with its unit, `1,523亿元`, `0.035 billion yuan`. All sentences write
/// amounts by this, whatever their size.
pub fn said_money(value: f64, lang: Lang) -> String {
    money(value, lang) + &unit_behind(lang)
}

/// Money in 亿元 in the language's unit, with so many digits after the point in 亿元.
pub fn yuan(value: f64, digits: u8, lang: Lang) -> String {
    match lang {
        Lang::Zh => decimal(value, usize::from(digits)),
        Lang::En => in_billions(value, usize::from(digits)),
    }
}

/// 亿元 as billions with the digits that they have with so many behind the point: rounded once, not once in each language.
fn in_billions(value: f64, decimals: usize) -> String {
    let rounded = format!("{:.decimals$}", tied(value)).parse().unwrap_or(value);
    decimal(in_unit(rounded, Lang::En), decimals + 1)
}

/// Money for a percentage point of probability, 亿元: two significant digits, as the change is seldom known to more.
pub fn price(value: f64) -> f64 {
    format!("{value:.1e}").parse().unwrap_or(value)
}

/// Digits behind the point of a number that [`price`] has rounded.
pub fn price_decimals(value: f64) -> u8 {
    // the rounded number itself says how many of its digits stand behind the point
    let written = format!("{value:e}");
    let exponent = written.split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok());
    exponent.map_or(0, |exponent| (1 - exponent).clamp(0, 9) as u8)
}

/// [`price`] as it is written: `0.84`, `1.0`, `130`; exactly nothing is `0`.
pub fn price_text(value: f64) -> String {
    let value = price(value);
    if value == 0.0 { "0".to_owned() } else { decimal(value, usize::from(price_decimals(value))) }
}

/// [`price_text`] of two ends; with "至" or "to" where a minus sign would meet the dash.
pub fn price_range(low: f64, high: f64, lang: Lang) -> String {
    range(&price_text(low), &price_text(high), low < 0.0 || high < 0.0, lang)
}

/// [`money`], but an amount that would round to nothing is `<0.01` (or `>−0.01`): too little to write is not none.
pub fn money_or_bound(value: f64, lang: Lang) -> String {
    let least = match lang {
        Lang::Zh => "0.01",
        Lang::En => "0.001",
    };
    match value {
        _ if value > 0.0 && value < 0.005 => format!("<{least}"),
        _ if value < 0.0 && value > -0.005 => format!(">{MINUS}{least}"),
        _ => money(value, lang),
    }
}

/// [`money_or_bound`] beside amounts of which none is larger than `largest`: where all of them would round to nothing, they
/// keep the digits that tell them apart.
pub fn money_among(value: f64, largest: f64, lang: Lang) -> String {
    if largest < 0.005 { money(value, lang) } else { money_or_bound(value, lang) }
}

/// A range of money in 亿元: `1,480–2,930`; with "至" or "to" where a minus sign would meet the dash.
pub fn money_range(low: f64, high: f64, lang: Lang) -> String {
    figure_range(low, high, "money", lang)
}

/// A level that somebody has set, as [`figure`] writes it but without digits that say nothing: `250`, not `250.0`.
pub fn set_level(value: f64, kind: &str, lang: Lang) -> String {
    let shown = figure(value, kind, lang);
    let bare = shown.trim_end_matches('0');
    match bare.strip_suffix('.') {
        Some(whole) => whole.to_owned(),
        None if bare.contains('.') => bare.to_owned(),
        None => shown,
    }
}

/// A figure of a kind that a result document names: `money`, `count` (a mean of counts has a decimal), `share` or
/// `number`, without its unit.
pub fn figure(value: f64, kind: &str, lang: Lang) -> String {
    match kind {
        "money" => money(value, lang),
        "count" if value.fract() == 0.0 => decimal(value, 0),
        "count" => decimal(value, 1 + usize::from(value.abs() < 0.995)),
        "share" => with_percent(decimal(value * 100.0, 1 + usize::from(value.abs() < 0.0995))),
        _ => amount(value),
    }
}

/// [`figure`] of a value that is in the unit of its reader already, as charts hold it.
pub fn drawn_figure(value: f64, kind: &str, lang: Lang) -> String {
    match (kind, lang) {
        ("money", Lang::En) => money(value * 10.0, lang),
        _ => figure(value, kind, lang),
    }
}

/// A range of such figures.
pub fn figure_range(low: f64, high: f64, kind: &str, lang: Lang) -> String {
    range(&figure(low, kind, lang), &figure(high, kind, lang), low < 0.0 || high < 0.0, lang)
}
