//! Reads past figures, which feed realism checks and charts, never the draws.

use super::reader::Reader;
use super::*;
use crate::text;

impl Reader<'_> {
    pub(super) fn records(&mut self, primary: usize) -> Vec<Record> {
        let views = self.root.items("record");
        let mut records = Vec::new();
        for view in &views {
            let (value, growth) = (view.number("value"), view.number("growth"));
            if !view.has("value") && !view.has("growth") {
                let message = text!("记录要写 value 或 growth", "a record needs value or growth");
                self.report(crate::diag::Diagnostic::error(
                    crate::diag::codes::MISSING_KEY,
                    view.span(),
                    message,
                ));
            }
            let measure = match view.string("measure") {
                Some((name, span)) => self
                    .resolve(&self.measures, &name, span, &Text::new("口径", "measure"))
                    .unwrap_or(primary),
                None => primary,
            };
            if let (Some(scope), Some(year)) = (self.scope(view), view.year("year")) {
                records.push(Record {
                    scope,
                    year,
                    value,
                    growth,
                    months: view.integer("months").and_then(|n| u8::try_from(n).ok()).unwrap_or(12),
                    measure,
                    provenance: view.provenance().clone(),
                });
            }
        }
        records.sort_by_key(|r| r.year);
        records
    }
}
