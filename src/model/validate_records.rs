//! Past figures against the scenario: their years, and the level from which the projection starts.

use super::reader::Reader;
use super::starts::{Start, start};
use super::validate::Laws;
use super::*;
use crate::diag::{Diagnostic, Span, codes};
use crate::text;
use crate::text::Lang;
use crate::units::{UnitKind, show, show_grouped};

/// Share by which a record may differ from the base: figures of one year are published in rounded form.
const ROUNDING: f64 = 0.01;

impl Reader<'_> {
    /// A figure of the past cannot be of a year after the horizon. A file that looks back knows what came after it.
    pub(super) fn check_record_year(&self, year: i32, span: Span) {
        let (base, horizon) = (self.base_year, self.horizon);
        if year <= horizon || self.looks_back() {
            return;
        }
        let message = text!(
            "历年数据写的是 {year} 年，晚于推演的最后一年 {horizon}",
            "a past figure of {year} lies after the last year of the projection, {horizon}"
        );
        let hint = if self.stated_period.0 {
            text!(
                "核对年份：历年数据是已经发生的数，一般不晚于基期 {base} 年",
                "check the year: past figures have happened, as a rule by the base year {base}"
            )
        } else {
            text!("核对年份：历年数据是已经发生的数", "check the year: past figures have happened")
        };
        self.report(Diagnostic::error(codes::BAD_YEAR, span, message).hint(hint));
    }

    /// Whether the file states what is known to have happened, as a hindcast does.
    fn looks_back(&self) -> bool {
        !self.root.items("outcome").is_empty()
    }

    pub(super) fn check_records(&self, model: &Model, laws: &Laws) {
        for record in &model.records {
            if !self.looks_back() {
                self.check_gap(model, record);
            }
            if record.year == model.base_year
                && let Some(value) = record.value
                && let Some(start) = start(model, laws, &record.scope, record.measure)
            {
                self.check_start(model, record, value, start);
            }
        }
    }

    /// A year after the base with none before it is more often a slip than a figure.
    fn check_gap(&self, model: &Model, record: &Record) {
        let (year, base) = (record.year, model.base_year);
        let series = |other: &&Record| {
            other.scope == record.scope && other.measure == record.measure && other.year < year
        };
        let last = model.records.iter().filter(series).map(|other| other.year).fold(base, i32::max);
        if year <= last + 1 {
            return;
        }
        let (from, to) = (last + 1, year - 1);
        let (missing, missing_en) = if from == to {
            (from.to_string(), from.to_string())
        } else {
            (format!("{from}—{to}"), format!("{from}–{to}"))
        };
        let message = text!(
            "这个历年数据是 {year} 年的，基期是 {base} 年，中间缺 {missing} 年",
            "this past figure is of {year}, the base year is {base}, and {missing_en} is missing between them"
        );
        let hint = text!(
            "核对年份。它不改变推演和可能性，也不画在走势图上，但算进历史增速（“历史最好”）和由此得出的判断",
            "check the year; it moves no projection and no chance and is in no chart of the course, but counts to the record of growth (`best on record`) and the verdict by it"
        );
        self.report(Diagnostic::warning(codes::DOUBTFUL, record.year_span, message).hint(hint));
    }

    /// The record and the base of one year are the same figure.
    fn check_start(&self, model: &Model, record: &Record, value: f64, start: Start) {
        let Start { low, middle, high, span } = start;
        let within =
            value >= low.min(middle * (1.0 - ROUNDING)) && value <= high.max(middle * (1.0 + ROUNDING));
        if within {
            return;
        }
        let (name, year) = (model.scope_name(&record.scope), record.year);
        let (zh, en) = (&name.zh, &name.en);
        let ([value_zh, middle_zh, low_zh, high_zh], [value_en, middle_en, low_en, high_en]) =
            ([value, middle, low, high].map(yuan), [value, middle, low, high].map(billions));
        let (range_zh, range_en) = if high - low > middle * 1e-9 {
            (
                format!("（99% 的把握在 {low_zh} 到 {high_zh} 之间）"),
                format!(" (99 % range {low_en} to {high_en})"),
            )
        } else {
            (String::new(), String::new())
        };
        let message = text!(
            "{zh} {year} 年的历年数据是 {value_zh}，而基期规模是 {middle_zh}{range_zh}：同一年、同一口径，两个数对不上",
            "the past figure of {en} for {year} is {value_en} billion yuan, but its base is {middle_en}{range_en}: one year, one measure, two figures"
        );
        let hint = text!(
            "核对单位、口径和范围，改错的那个。推演和可能性按基期规模算，历史增速和图上的历史线按历年数据算，两者会脱节",
            "check unit, measure and scope, and mend the wrong one; projection and chances start from the base, the record of growth and its line in charts end at the past figure"
        );
        let fault = Diagnostic::warning(codes::DOUBTFUL, record.span, message).hint(hint);
        let role = text!("基期规模在这里", "the base stands here");
        self.report(match span {
            Some(span) => fault.related(span, role),
            None => fault,
        });
    }
}

fn yuan(value: f64) -> String {
    show(rounded(value), UnitKind::Money, Lang::Zh)
}

fn billions(value: f64) -> String {
    show_grouped(rounded(value) / 10.0)
}

/// To ten million yuan, as such figures are published.
fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
