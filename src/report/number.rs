//! Writes numbers the way planners read them: never "0%" or "100%" for what a simulation merely did not see.

mod money;

pub use money::*;

use crate::text::Lang;

/// Written where a number does not exist (not a number, infinite, or outside its range).
const ABSENT: &str = "—";
/// The minus sign of printed text, as wide as the plus sign; a hyphen reads like a range.
const MINUS: char = '−';

/// A number with three significant digits and all those before the point: `1,523`, `46.2`, `0.35`, `0.0014`; exactly nothing
/// is `0`.
pub fn amount(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { decimal(value, places(value.abs())) }
}

/// [`amount`] with two significant digits at least, however small: values of one row that would look alike there.
pub fn fine_amount(value: f64) -> String {
    if (0.009_95..0.0995).contains(&value.abs()) { decimal(value, 3) } else { amount(value) }
}

/// Digits behind the point that a number of this size deserves.
fn places(size: f64) -> usize {
    match size {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        // below a million yuan the digits go on, down to what is rounding error of sums
        size if (1e-12..0.009_95).contains(&size) => 3 + leading_zeros(size),
        _ => 2,
    }
}

/// Zeros behind the point of a number below 0.1, less the first.
fn leading_zeros(size: f64) -> usize {
    let (mut zeros, mut scaled) = (0, size * 10.0);
    while scaled < 0.0995 {
        scaled *= 10.0;
        zeros += 1;
    }
    zeros
}

/// `value` ≥ 0, from which a decimal that ends in 5 is rounded up, as spreadsheets do it: its binary value may lie a hair below.
fn tied(value: f64) -> f64 {
    value * (1.0 + 1e-12)
}

/// `value` with `decimals` digits after the point, thousands separated by commas and a true minus sign.
///
/// A value that rounds to zero carries no sign; what is not finite is written "—".
pub fn decimal(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return ABSENT.to_owned();
    }
    let digits = format!("{:.decimals$}", tied(value.abs()));
    let whole_length = digits.find('.').unwrap_or(digits.len());
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + MINUS.len_utf8());
    if value < 0.0 && digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push(MINUS);
    }
    for (index, c) in digits.chars().enumerate() {
        if index > 0 && index < whole_length && (whole_length - index) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A share (1 = the whole) in percent with one digit after the point: `12.3%`.
pub fn share(value: f64) -> String {
    with_percent(decimal(value * 100.0, 1))
}

/// A growth rate (0.149 = 14.9 % a year) in percent, with its sign: `+14.9%`, `−2.0%`, `0.0%`.
pub fn growth(rate: f64) -> String {
    with_percent(signed(rate * 100.0, 1))
}

/// A probability that was estimated by simulation, with the ends of its interval (all in 0…1).
///
/// One digit after the point of a percentage, and two significant digits within 1 % of certainty: `43.2%`,
/// `0.31%`, `99.97%`. When no trial, or every trial, met the condition, the estimate says nothing by itself:
/// `0（<0.004%）` and `>99.996%` state the bound of the interval, rounded away from certainty; an interval that
/// is itself 0 or 1 means the probability is exact. Arguments outside 0…1 are written "—".
pub fn probability(estimate: f64, interval: (f64, f64), lang: Lang) -> String {
    let (low, high) = interval;
    if !is_probability(estimate) {
        ABSENT.to_owned()
    } else if estimate == 0.0 && is_probability(high) && high > 0.0 {
        in_parentheses("0", &format!("<{}", bound(high)), lang)
    } else if estimate == 1.0 && is_probability(low) && low < 1.0 {
        format!(">{}", complement(&bound(1.0 - low)))
    } else {
        percent(estimate)
    }
}

/// The probability of the contrary of what has `estimate` and its interval: with it 100 % in the digits as written.
pub fn contrary(estimate: f64, (low, high): (f64, f64), lang: Lang) -> String {
    let shown = probability(estimate, (low, high), lang);
    if estimate.min(1.0 - estimate) * 100.0 >= 0.995 {
        complement(&shown)
    } else {
        probability(1.0 - estimate, (1.0 - high, 1.0 - low), lang)
    }
}

/// [`probability`] where there is room for one figure only: `43.2%`, `<0.004%`, `>99.996%`.
pub fn chance(estimate: f64, (low, high): (f64, f64)) -> String {
    if estimate == 0.0 && is_probability(high) && high > 0.0 {
        format!("<{}", bound(high))
    } else {
        probability(estimate, (low, high), Lang::Zh)
    }
}

/// [`probability`] followed by its interval: `0.31%（0.28%–0.35%）` or `0.31% (0.28–0.35%)`.
///
/// Without any hit, or with hits only, the interval is already part of the estimate.
pub fn probability_with_interval(estimate: f64, interval: (f64, f64), lang: Lang) -> String {
    match probability_parts(estimate, interval, lang) {
        (alone, None) => alone,
        (alone, Some(span)) => in_parentheses(&alone, &span, lang),
    }
}

/// [`probability`] and its interval as two texts; without any hit, or with hits only, there is no second one.
pub fn probability_parts(estimate: f64, interval: (f64, f64), lang: Lang) -> (String, Option<String>) {
    let (low, high) = interval;
    let alone = probability(estimate, interval, lang);
    if alone == ABSENT || !is_probability(low) || !is_probability(high) || estimate == 0.0 || estimate == 1.0
    {
        return (alone, None);
    }
    // as the same interval stands in a table, and the estimate with its digits
    let alone = percent_like(estimate, low, high);
    let (low, high) = (percent_like(low, low, high), percent_like(high, low, high));
    let span = match lang {
        Lang::Zh => format!("{low}–{high}"),
        Lang::En => format!("{}–{high}", low.trim_end_matches('%')),
    };
    (alone, Some(span))
}

/// Digits after the point of a number in percent.
fn decimals(percent: &str) -> usize {
    percent.trim_end_matches('%').split_once('.').map_or(0, |(_, digits)| digits.len())
}

/// A probability in percent when it is known exactly (0…1): here `0%` and `100%` mean what they say.
///
/// Two significant digits of the distance to certainty below 1 %, one digit after the point otherwise. What
/// is not a probability is written "—".
pub fn percent(probability: f64) -> String {
    if !is_probability(probability) {
        return ABSENT.to_owned();
    }
    let tail = probability.min(1.0 - probability) * 100.0;
    if tail == 0.0 {
        return if probability == 0.0 { "0%" } else { "100%" }.to_owned();
    }
    if tail >= 0.995 {
        return format!("{:.1}%", tied(probability * 100.0));
    }
    let digits = significant(tail, 2);
    if probability < 0.5 {
        format!("{digits}%")
    } else {
        // near certainty the nines carry the precision; a zero behind them says nothing
        complement(&format!("{}%", digits.trim_end_matches('0').trim_end_matches('.')))
    }
}

/// [`percent_like`] for one end of an interval; where the other end is 0 or 1, as without any hit or with hits only, the
/// bound that [`chance`] states.
pub fn percent_end(end: f64, low: f64, high: f64) -> String {
    match (is_probability(end), low == 0.0, high == 1.0) {
        (true, true, false) if end > 0.0 => bound(end),
        (true, false, true) if end < 1.0 => complement(&bound(1.0 - end)),
        _ => percent_like(end, low, high),
    }
}

/// [`percent`] for one end of an interval: both ends have as many digits, two after the point at most; near certainty no
/// more nines than the width of the interval bears.
pub fn percent_like(end: f64, one: f64, other: f64) -> String {
    let mut shown = percent(end);
    let borne =
        |decimals: usize| (0..decimals).fold(0.05 * (other - one).abs() * 100.0, |w, _| w * 10.0) >= 1.0;
    if end > 0.5 && end < 1.0 && other != one {
        let fewest = (1..decimals(&shown)).find(|&decimals| borne(decimals));
        let cut = fewest.map(|decimals| format!("{:.decimals$}%", tied(end * 100.0)));
        shown = cut.filter(|cut| !cut.starts_with("100")).unwrap_or(shown);
    }
    let least = decimals(&percent(one)).max(decimals(&percent(other))).min(2);
    let exact = end == 0.0 || end == 1.0 || !is_probability(end);
    if !exact && decimals(&shown) < least { format!("{:.least$}%", tied(end * 100.0)) } else { shown }
}

/// A change of probability in percentage points with the ends of its interval (differences of shares: 0.012 =
/// 1.2 points).
///
/// `+1.2个百分点（0.9–1.5）` or `+1.2 pp (0.9 to 1.5)`; digits follow the width of the interval, so that the change
/// never looks more exact than it is. A change that is exactly nothing in every trial is `0`.
pub fn points_change(change: f64, interval: (f64, f64), lang: Lang) -> String {
    let Some((estimate, span)) = points_parts(change, interval, lang) else {
        return if change.is_finite() { "0" } else { ABSENT }.to_owned();
    };
    match lang {
        Lang::Zh => in_parentheses(&format!("{estimate}个百分点"), &span, lang),
        Lang::En => in_parentheses(&format!("{estimate} pp"), &span, lang),
    }
}

/// [`points_change`] as two texts without unit, the change with its sign and its interval; `None` if there is no
/// change in any trial, or no number.
pub fn points_parts(change: f64, interval: (f64, f64), lang: Lang) -> Option<(String, String)> {
    let (change, low, high) = (change * 100.0, interval.0 * 100.0, interval.1 * 100.0);
    if !(change.is_finite() && low.is_finite() && high.is_finite()) {
        return None;
    }
    if change == 0.0 && low == 0.0 && high == 0.0 {
        return None;
    }
    let decimals = points_digits(change, (low, high));
    let [from, to] = points_ends((low, high), decimals);
    let span = range(&from, &to, low < 0.0 || high < 0.0 || lang == Lang::En, lang);
    Some((signed(change, decimals), span))
}

/// The ends of an interval in percentage points with so many digits behind the point; the near end of a change that is told
/// from nothing is never written as nothing: where it would be, it has one significant digit of its own.
pub fn points_ends((low, high): (f64, f64), decimals: usize) -> [String; 2] {
    let is_told = (low > 0.0 || high < 0.0) && low != high;
    [low, high].map(|end| {
        let shown = decimal(end, decimals);
        match is_told && shown.chars().all(|c| matches!(c, '0' | '.')) {
            true if end < 0.0 => format!("{MINUS}{}", significant(-end, 1)),
            true => significant(end, 1),
            false => shown,
        }
    })
}

/// Digits after the point that a change in percentage points bears: as many as the width of its interval does, in sentences and
/// tables alike.
pub fn points_digits(change: f64, (low, high): (f64, f64)) -> usize {
    // An interval without width (the same in every resample) leaves the change itself as the only measure.
    let half_width = if high == low { change.abs() } else { (high - low).abs() / 2.0 };
    let mut decimals = 1;
    let mut resolution = 0.1;
    while half_width > 0.0 && half_width < resolution && decimals < 7 {
        decimals += 1;
        resolution /= 10.0;
    }
    decimals
}

/// So many trials in English, as `1 trial` or `20,000 trials`.
pub fn trials(count: u64) -> String {
    format!("{} {}", decimal(count as f64, 0), if count == 1 { "trial" } else { "trials" })
}

/// An English unit for exactly one of its things: `firms` → `firm`, `bodies` → `body`, `boxes` → `box`.
pub fn singular(unit: &str) -> String {
    let ends = |ending: &str| unit.ends_with(ending);
    let cut = |n: usize| unit[..unit.len() - n].to_owned();
    if ends("ies") {
        cut(3) + "y"
    } else if ["sses", "xes", "ches", "shes"].into_iter().any(ends) {
        cut(2)
    } else if ends("s") && !ends("ss") {
        cut(1)
    } else {
        unit.to_owned()
    }
}

fn is_probability(value: f64) -> bool {
    (0.0..=1.0).contains(&value)
}

fn with_percent(number: String) -> String {
    if number == ABSENT { number } else { number + "%" }
}

/// [`decimal`] with a plus sign before what is more than nothing.
pub fn signed(value: f64, decimals: usize) -> String {
    let number = decimal(value, decimals);
    let is_zero = number.chars().all(|c| matches!(c, '0' | '.'));
    if value > 0.0 && value.is_finite() && !is_zero { format!("+{number}") } else { number }
}

/// Two written ends as a range: with "至" or "to" where one of them has a sign, which would meet the dash.
pub fn range(low: &str, high: &str, has_sign: bool, lang: Lang) -> String {
    match (has_sign, lang) {
        (false, _) => format!("{low}–{high}"),
        (true, Lang::Zh) => format!("{low}至{high}"),
        (true, Lang::En) => format!("{low} to {high}"),
    }
}

fn in_parentheses(head: &str, inner: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{head}（{inner}）"),
        Lang::En => format!("{head} ({inner})"),
    }
}

/// `value` (> 0, below 100) with `digits` significant digits; trailing zeros stay, for they say how exact it is.
fn significant(value: f64, digits: usize) -> String {
    let value = tied(value);
    let written = format!("{value:.*e}", digits - 1);
    let exponent: i32 = written.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    let decimals = usize::try_from(digits as i32 - 1 - exponent).unwrap_or(0);
    format!("{value:.decimals$}")
}

/// A small probability as a percentage with one significant digit, rounded up: a bound must stay a bound.
fn bound(probability: f64) -> String {
    let percent = probability * 100.0;
    if percent >= 10.0 {
        return format!("{:.0}%", percent.ceil());
    }
    let rounded = significant(percent, 1);
    let value: f64 = rounded.parse().unwrap_or(percent);
    if value >= percent {
        return format!("{rounded}%");
    }
    let step: f64 = rounded
        .chars()
        .map(|c| if matches!(c, '1'..='9') { '1' } else { c })
        .collect::<String>()
        .parse()
        .unwrap_or(0.0);
    format!("{}%", significant(value + step, 1))
}

/// 100 % minus a percentage written in decimal digits, computed on the digits: `0.003%` → `99.997%`.
fn complement(percentage: &str) -> String {
    let digits = percentage.trim_end_matches('%');
    let decimals = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let value: f64 = digits.parse().unwrap_or(0.0);
    format!("{:.decimals$}%", 100.0 - value)
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
