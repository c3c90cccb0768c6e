//! Plain values as written: whole numbers and calendar years.

use super::node::{Node, Value};
use super::parameters::{Kind, Param};
use crate::diag::{Diagnostic, Span, codes};
use crate::text;
use crate::text::Lang;
use crate::units::{self, UnitKind};

/// Years that the format can mean at all; what lies in the projection's period is judged by the model.
const YEARS: std::ops::RangeInclusive<i64> = 1800..=2400;

/// A whole number within the row's range; a string may carry `个`, `家`, `年` and the like. A [`Kind::Delay`] may stand under
/// `value` in a table that states its source.
///
/// # Errors
/// A value that is not a whole number, or outside the range.
pub fn integer(node: &Node, param: &Param) -> Result<i64, Box<Diagnostic>> {
    let node = match (param.kind, node.get("value")) {
        (Kind::Delay, Some(value)) => value,
        _ => node,
    };
    let value = whole(node).ok_or_else(|| {
        let (zh, en) = node.type_name();
        let message = text!("这里要写整数，现在是{zh}", "a whole number is expected, not {en}");
        let code = if matches!(node.value, Value::Float(_)) { codes::BAD_NUMBER } else { codes::WRONG_TYPE };
        Box::new(Diagnostic::error(code, node.span, message))
    })?;
    match param.range.filter(|range| !range.contains(value as f64)) {
        None => Ok(value),
        Some(range) => {
            let allowed = range.show_for(value as f64, UnitKind::Count, Lang::Zh);
            let message = text!("{value} 超出允许范围 {allowed}", "{value} is outside the range {allowed}");
            Err(Box::new(Diagnostic::error(codes::OUT_OF_RANGE, node.span, message)))
        }
    }
}

fn whole(node: &Node) -> Option<i64> {
    let exact = |value: f64| (value.fract() == 0.0 && value.abs() < 9e15).then_some(value as i64);
    match &node.value {
        Value::Integer(value) => Some(*value),
        Value::Float(value) => exact(*value),
        Value::String(text) => {
            let read = |kind| units::parse(text, kind).ok().and_then(exact);
            read(UnitKind::Count).or_else(|| read(UnitKind::Years))
        }
        _ => None,
    }
}

/// A calendar year: `2027` or `"2027年"`.
///
/// # Errors
/// A value that is not a whole number between 1800 and 2400.
pub fn year(node: &Node) -> Result<i32, Box<Diagnostic>> {
    match &node.value {
        Value::Integer(value) => checked_year(Some(*value), node.span),
        Value::String(text) => written_year(text, node.span),
        _ => checked_year(None, node.span),
    }
}

/// A first and a last year, in order.
///
/// # Errors
/// Anything but a list of two years, the first no later than the second.
pub fn year_pair(node: &Node) -> Result<(i32, i32), Box<Diagnostic>> {
    let [first, last] = node.items() else {
        let message =
            text!("这里要写两个年份，如 [2027, 2030]", "two years are expected, such as [2027, 2030]");
        return Err(Box::new(Diagnostic::error(codes::BAD_YEAR, node.span, message)));
    };
    let (first, last) = (year(first)?, year(last)?);
    if first > last {
        let message = text!("前一个年份不能晚于后一个", "the first year must not be later than the second");
        return Err(Box::new(Diagnostic::error(codes::REVERSED, node.span, message)));
    }
    Ok((first, last))
}

/// The year written as a key.
///
/// # Errors
/// A key that is not a year.
pub fn year_key(key: &str, span: Span) -> Result<i32, Box<Diagnostic>> {
    written_year(key, span)
}

/// A year in the form of a text: a part of a year is none, for whichever year it were cut to, another may be meant.
fn written_year(text: &str, span: Span) -> Result<i32, Box<Diagnostic>> {
    let value = units::parse(text, UnitKind::Year).ok();
    if value.is_some_and(|value| value.fract() != 0.0) {
        let written = text.trim();
        let message = text!(
            "“{written}”不是年份：年份不带小数，如 2027",
            "`{written}` is no calendar year: a year has no fraction; write one such as 2027"
        );
        return Err(Box::new(Diagnostic::error(codes::BAD_YEAR, span, message)));
    }
    checked_year(value.map(|value| value as i64), span)
}

fn checked_year(value: Option<i64>, span: Span) -> Result<i32, Box<Diagnostic>> {
    let year = value.filter(|value| YEARS.contains(value)).and_then(|value| i32::try_from(value).ok());
    year.ok_or_else(|| {
        let message = text!("这里要写四位数的年份，如 2027", "a calendar year such as 2027 is expected");
        Box::new(Diagnostic::error(codes::BAD_YEAR, span, message))
    })
}
