//! Reads events.

use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, codes};
use crate::scenario::View;
use crate::text;

impl Reader<'_> {
    pub(super) fn events(&mut self) -> Vec<Event> {
        let views = self.root.items("event");
        views.into_iter().map(|view| self.event(&view)).collect()
    }

    fn event(&mut self, view: &View<'_>) -> Event {
        let id = view.string("id").map_or_else(String::new, |(id, _)| id);
        let (industries, clusters) = (self.industries.clone(), self.clusters.clone());
        self.exactly_one(view, "rate", "probability");
        let arrivals = if view.has("probability") {
            Arrivals::Probability(self.quantity(view, "probability", None))
        } else {
            Arrivals::Rate(self.quantity(view, "rate", Some(0.0)))
        };
        self.exactly_one(view, "severity", "log_change");
        let size = if view.has("log_change") {
            let change = self.quantity(view, "log_change", None);
            if view.has("exposure") {
                let message = text!(
                    "exposure 只与 severity 一起用；log_change 已是整段的变化",
                    "exposure goes with severity; a log_change already is the change of the whole segment"
                );
                self.report(Diagnostic::error(codes::KEY_CONFLICT, view.key_span("exposure"), message));
            }
            Size::LogChange(self.per_arrival(change))
        } else {
            let severity = self.quantity(view, "severity", Some(0.0));
            let severity = self.per_arrival(severity);
            Size::Severity { severity, exposure: self.quantity(view, "exposure", Some(1.0)) }
        };
        let first = self.base_year + 1;
        let from = self.year_within(view, "from", first, self.horizon).unwrap_or(first);
        let to = self.year_within(view, "to", first, self.horizon).unwrap_or(self.horizon);
        self.check_order(view, from, to);
        Event {
            name: view.text("name").unwrap_or_else(|| Text::same(&id)),
            id,
            arrivals,
            size,
            industries: self.resolve_list(view, "industries", &industries, &Text::new("行业", "industry")),
            clusters: self.resolve_list(view, "clusters", &clusters, &Text::new("市州或集群", "cluster")),
            recovery: self.delay(view, "recovery"),
            years: (from, to.max(from)),
        }
    }

    /// Reports `view` unless exactly one of two keys is written.
    pub(super) fn exactly_one(&self, view: &View<'_>, a: &str, b: &str) {
        match (view.has(a), view.has(b)) {
            (true, true) => {
                let message = text!("{a} 和 {b} 只能写一个", "{a} and {b} exclude each other");
                self.report(Diagnostic::error(codes::KEY_CONFLICT, view.key_span(b), message));
            }
            (false, false) => {
                let message = text!("{a} 和 {b} 必须写一个", "one of {a} and {b} is needed");
                self.report(Diagnostic::error(codes::MISSING_KEY, view.span(), message));
            }
            _ => {}
        }
    }

    /// Reports a period whose end lies before its start.
    pub(super) fn check_order(&self, view: &View<'_>, from: i32, to: i32) {
        if to < from {
            let message =
                text!("止年 {to} 早于起年 {from}", "the last year {to} lies before the first, {from}");
            self.report(Diagnostic::error(codes::REVERSED, view.key_span("to"), message));
        }
    }
}
