//! Ranges of shares, which the law of other ranges would draw beyond the whole.

use super::grid::percent;
use crate::diag::Span;
use crate::scenario::node::{Entry, Node, Value};
use crate::scenario::parameters::Param;
use crate::units::{self, UnitKind};

/// A range of an uncertain share as the 5 % and 95 % points of a beta law: the lognormal law that ranges stand for
/// elsewhere would reach beyond the whole.
pub fn bounded(value: Value, param: &Param, kind: UnitKind, span: Span) -> Value {
    let whole = param.uncertain && param.range.is_some_and(|range| range.low == 0.0 && range.high == 1.0);
    let Value::String(text) = &value else { return value };
    let Some(Ok((low, high))) = units::parse_range(text, kind).filter(|_| whole) else { return value };
    if !(0.0 < low && low < high && high < 1.0) {
        return value;
    }
    let [low, high] = [low, high].map(percent);
    let entry = |(key, text): (&str, String)| Entry {
        key: key.to_owned(),
        key_span: span,
        value: Node { span, value: Value::String(text) },
    };
    Value::Table([("dist", "beta".to_owned()), ("p05", low), ("p95", high)].map(entry).into())
}

#[cfg(test)]
mod tests {
    use crate::diag::{FileId, Span};
    use crate::scenario::node::Value;
    use crate::scenario::parameters::param;
    use crate::scenario::tables::grid::{Cell, CellKind};
    use crate::scenario::tables::values::value;

    /// A share cannot be drawn beyond the whole; what is no share, or is no range inside it, stays as written.
    #[test]
    fn ranges_of_uncertain_shares_are_beta_laws() {
        let read = |text: &str, key: &str, unit: &str| {
            let span = Span::new(FileId(0), 0, 0);
            let cell = Cell { row: 2, column: 0, kind: CellKind::Text, text: text.to_owned(), span };
            value(&cell, param(key), Some(unit)).expect("a value")
        };
        let told = |value: Value| match value {
            Value::Table(entries) => entries.into_iter().map(|e| (e.key, e.value.value)).collect::<Vec<_>>(),
            other => vec![("as written".to_owned(), other)],
        };
        let text = |text: &str| Value::String(text.to_owned());
        let retained = told(read("60~90", "instrument[].capacity.retained", "%"));
        let law = [("dist", "beta"), ("p05", "60%"), ("p95", "90%")];
        assert_eq!(retained, law.map(|(key, value)| (key.to_owned(), text(value))));
        for (written, key, unit) in [
            ("70", "instrument[].capacity.retained", "%"),
            ("0~90", "instrument[].capacity.retained", "%"),
            ("60~100", "instrument[].capacity.retained", "%"),
            ("1~5", "industry[].trend", "%"),
        ] {
            assert_eq!(told(read(written, key, unit))[0].0, "as written", "{written} {key}");
        }
    }
}
