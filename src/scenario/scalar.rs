//! Plain values as written: whole numbers, calendar years.

use super::node::Node;
use super::parameters::Param;
use crate::diag::{Diagnostic, Span, codes};
use crate::text;

/// A whole number within the row's range.
///
/// # Errors
/// A value that is not a whole number, or outside the range.
pub fn integer(node: &Node, param: &Param) -> Result<i64, Diagnostic> {
    let _ = param;
    Err(Diagnostic::error(codes::BAD_NUMBER, node.span, text!("读不出整数", "not a whole number")))
}

/// A calendar year.
///
/// # Errors
/// A value that is not a year between 1900 and 2300.
pub fn year(node: &Node) -> Result<i32, Diagnostic> {
    Err(Diagnostic::error(codes::BAD_YEAR, node.span, text!("读不出年份", "not a year")))
}

/// A first and a last year, in order.
///
/// # Errors
/// Anything but a list of two years, the first no later than the second.
pub fn year_pair(node: &Node) -> Result<(i32, i32), Diagnostic> {
    Err(Diagnostic::error(codes::BAD_YEAR, node.span, text!("读不出年份", "not a year")))
}

/// The year written as a key.
///
/// # Errors
/// A key that is not a year.
pub fn year_key(key: &str, span: Span) -> Result<i32, Diagnostic> {
    let _ = key;
    Err(Diagnostic::error(codes::BAD_YEAR, span, text!("读不出年份", "not a year")))
}
