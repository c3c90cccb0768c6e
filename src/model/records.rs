//! Reads past figures, which feed realism checks and charts, never the draws.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, Span, codes};
use crate::text;

impl Reader<'_> {
    pub(super) fn records(&mut self, primary: usize) -> Vec<Record> {
        let views = self.root.items("record");
        let mut records = Vec::new();
        let mut known = HashMap::new();
        for view in &views {
            let (value, growth) = (view.number("value"), view.number("growth"));
            if !view.has("value") && !view.has("growth") {
                let message = text!("记录要写 value 或 growth", "a record needs value or growth");
                self.report(Diagnostic::error(codes::MISSING_KEY, view.span(), message));
            }
            let measure = match view.string("measure") {
                Some((name, span)) => self
                    .resolve(&self.measures, &name, span, &Text::new("口径", "measure"))
                    .unwrap_or(primary),
                None => primary,
            };
            if let (Some(scope), Some(year)) = (self.scope(view), view.year("year")) {
                let months = view.integer("months").and_then(|n| u8::try_from(n).ok()).unwrap_or(12);
                for key in ["value", "growth"].into_iter().filter(|key| view.has(key)) {
                    let span = view.child(key).map_or(view.span(), |cell| cell.span());
                    match known.entry((scope.clone(), year, months, measure, key)) {
                        Entry::Occupied(first) => self.report(twice(year, key, span, *first.get())),
                        Entry::Vacant(free) => {
                            free.insert(span);
                        }
                    }
                }
                let provenance = view.provenance().clone();
                let place = |key: &str| view.child(key).map(|cell| cell.span());
                let span = place("value").or_else(|| place("growth")).unwrap_or_else(|| view.span());
                let year_span = place("year").unwrap_or_else(|| view.span());
                self.check_record_year(year, year_span);
                records.push(Record {
                    scope,
                    year,
                    value,
                    growth,
                    months,
                    measure,
                    provenance,
                    span,
                    year_span,
                });
            }
        }
        records.sort_by_key(|r| r.year);
        records
    }
}

/// The fault of two figures of one kind for the same scope, year and measure: which of them counts would hang on their
/// order.
fn twice(year: i32, key: &str, span: Span, first: Span) -> Diagnostic {
    let (zh, en) = if key == "value" { ("水平", "level") } else { ("增速", "growth") };
    let message = text!(
        "同一对象、同一口径{year}年的{zh}写了两次",
        "the {en} of {year} is stated twice for the same scope and measure"
    );
    Diagnostic::error(codes::BAD_MODEL, span, message)
        .related(first, text!("前一个在这里", "the first one"))
        .hint(text!(
            "只留一个；两处资料不一致的，留较可靠的，另一个写进说明，或者另设一个口径",
            "keep one; where two sources differ, keep the better one and tell of the other in the note, or give it a measure of its own"
        ))
}
