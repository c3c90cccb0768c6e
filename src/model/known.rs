//! Reads known outcomes, which only the hindcast looks at.

use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, codes};
use crate::scenario::View;
use crate::text;

impl Reader<'_> {
    /// The known outcomes by year, those of one year in the order of the file.
    pub(super) fn known(&self, primary: usize, targets: &[Target]) -> Vec<KnownOutcome> {
        let views = self.root.items("outcome");
        let read = |view| self.known_outcome(view, primary, targets);
        let mut known: Vec<KnownOutcome> = views.iter().filter_map(read).collect();
        known.sort_by_key(|outcome| outcome.year);
        known
    }

    fn known_outcome(&self, view: &View<'_>, primary: usize, targets: &[Target]) -> Option<KnownOutcome> {
        let subject = self.subject(view)?;
        let scope = self.subject_scope(view, &subject);
        let measure = match view.string("measure") {
            Some((name, span)) => self.resolve(&self.measures, &name, span, &Text::new("口径", "measure"))?,
            None => primary,
        };
        let year = self.year_within(view, "year", self.base_year + 1, self.horizon)?;
        let value = self.outcome_figure(view, &subject)?;
        let mut outcome = KnownOutcome {
            name: view.text("name"),
            target: None,
            subject,
            scope,
            measure,
            year,
            value,
            provenance: view.provenance().clone(),
            span: view.span(),
        };
        outcome.target = self.settled(view, &outcome, targets);
        Some(outcome)
    }

    /// The figure under the key that fits the subject: `value` for revenue, `number` for everything else.
    fn outcome_figure(&self, view: &View<'_>, subject: &Subject) -> Option<f64> {
        let (fitting, strange) = if subject.is_revenue() { ("value", "number") } else { ("number", "value") };
        if view.has(strange) {
            let message = text!(
                "这项结果不写 {strange}，写 {fitting}",
                "{strange} does not fit this outcome: write {fitting}"
            );
            self.report(Diagnostic::error(codes::BAD_TARGET, view.key_span(strange), message));
            return None;
        }
        if !subject.is_revenue() && view.has("measure") {
            let message =
                text!("这项结果没有统计口径，不写 measure", "this outcome has no measure: leave it out");
            self.report(Diagnostic::error(codes::BAD_TARGET, view.key_span("measure"), message));
        }
        let figure = view.number(fitting)?;
        if subject.is_count() && (figure < 0.0 || figure.fract() != 0.0) {
            let message = text!("个数要写非负整数", "a count is a whole number from 0 on");
            self.report(Diagnostic::error(codes::BAD_TARGET, view.key_span(fitting), message));
            return None;
        }
        Some(figure)
    }

    /// The target that the outcome settles, and whether it was met: as written, or by the figure where that decides.
    fn settled(&self, view: &View<'_>, outcome: &KnownOutcome, targets: &[Target]) -> Option<Settlement> {
        let written = view.flag("met");
        let Some((id, span)) = view.string("target") else {
            if written.is_some() {
                let message = text!("写了 met，但没有写 target", "met needs a target that it speaks of");
                let hint = text!(
                    "写 target = \"目标编号\"，或删去 met",
                    "write target = \"<id>\", or leave met out"
                );
                let span = view.key_span("met");
                self.report(Diagnostic::error(codes::BAD_TARGET, span, message).hint(hint));
            }
            return None;
        };
        self.resolve(&self.targets, &id, span, &Text::new("目标", "target"))?;
        // by id, for a target with a fault of its own is in the file but not in the list
        let index = targets.iter().position(|target| target.id == id)?;
        let judged = judged(&targets[index], outcome);
        match (written, judged) {
            (Some(stated), Some(judged)) if stated != judged => {
                let message = text!(
                    "met 与数额矛盾：按数额，目标“{id}”的结论相反",
                    "met contradicts the figure, by which the target \"{id}\" ended the other way"
                );
                let hint = text!(
                    "口径、年份与目标相同时不必写 met",
                    "leave met out: scope, measure and year are the target's"
                );
                self.report(Diagnostic::error(codes::BAD_TARGET, view.key_span("met"), message).hint(hint));
                None
            }
            (None, None) => {
                let message = text!(
                    "这个数额不能判断目标“{id}”是否实现（口径、对象、年份或条件不同）",
                    "the figure does not decide the target \"{id}\": its scope, measure, year or kind differs"
                );
                let hint = text!(
                    "写明 met = true 或 met = false，并在 note 里说明理由",
                    "write met = true or met = false, with the reason in note"
                );
                self.report(Diagnostic::error(codes::BAD_TARGET, span, message).hint(hint));
                None
            }
            (stated, judged) => {
                judged.or(stated).map(|met| Settlement { target: index, met, judged: judged.is_none() })
            }
        }
    }
}

/// Whether the figure meets the target; `None` if it is about something else or the level is relative.
fn judged(target: &Target, outcome: &KnownOutcome) -> Option<bool> {
    let KnownOutcome { subject, scope, measure, year, value, .. } = outcome;
    let Demand::Threshold { at_least, level: Level::Fixed(level), when: When::Year(judged) } = &target.demand
    else {
        return None;
    };
    let same =
        target.subject == *subject && target.scope == *scope && target.measure == *measure && judged == year;
    same.then_some(if *at_least { value >= level } else { value <= level })
}
