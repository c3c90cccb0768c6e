//! Indicators: yearly figures that are no revenue, and the instruments that move them.

use super::QuantityId;
use super::figure_units::MONEY;
use super::reader::Reader;
use crate::diag::{Diagnostic, codes};
use crate::scenario::View;
use crate::text;
use crate::text::Text;

/// A yearly figure that is no revenue.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Unit of its figures; `%` means that the figures are fractions.
    pub unit: Text,
    /// Law.
    pub law: IndicatorLaw,
    /// Whether its figures are averages over the years since the base year.
    pub average: bool,
}

/// Law of an indicator.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each field is the key of the same name; see docs/scenario-format.md")]
pub enum IndicatorLaw {
    /// Poisson arrivals on a base.
    Count { base: QuantityId, rate: QuantityId },
    /// AR(1) around a drifting mean; an unset mean is the start.
    Ratio {
        start: QuantityId,
        mean: QuantityId,
        drift: QuantityId,
        persistence: QuantityId,
        volatility: QuantityId,
    },
}

/// Indicators channel of an instrument.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each field is the key of the same name; see docs/scenario-format.md")]
pub struct IndicatorSupport {
    pub of: Vec<usize>,
    pub start: i32,
    pub years: u32,
    pub rate: QuantityId,
    pub added: QuantityId,
    pub shift: QuantityId,
}

impl Reader<'_> {
    pub(super) fn indicator_support(&mut self, view: &View<'_>) -> IndicatorSupport {
        let known = self.indicators.clone();
        let first = self.base_year + 1;
        let of = self.resolve_list(view, "of", &known, &Text::new("指标", "indicator"));
        let counts: Vec<bool> = self.root.items("indicator").iter().map(|item| item.has("count")).collect();
        for (keys, fits, zh, en) in [
            (["rate", "added"].as_slice(), true, "计数指标（count）", "counts"),
            (&["shift", "years"], false, "比例指标（ratio）", "ratios"),
        ] {
            let moved = of.iter().any(|&k| counts.get(k) == Some(&fits));
            for key in keys.iter().filter(|key| view.has(key) && !of.is_empty() && !moved) {
                let message = text!(
                    "{key} 只对{zh}起作用，of 里没有这类指标",
                    "{key} moves {en} only, and there is none in `of`"
                );
                self.report(Diagnostic::error(codes::BAD_MODEL, view.key_span(key), message));
            }
        }
        IndicatorSupport {
            of,
            start: self.year_within(view, "start", first, self.horizon).unwrap_or(first),
            years: self.delay(view, "years").unwrap_or(1).max(1),
            rate: self.quantity(view, "rate", Some(1.0)),
            added: self.quantity(view, "added", Some(0.0)),
            shift: self.quantity(view, "shift", Some(0.0)),
        }
    }
    pub(super) fn read_indicators(&mut self) -> Vec<Indicator> {
        let views = self.root.items("indicator");
        views.iter().filter_map(|view| self.indicator(view)).collect()
    }

    fn indicator(&mut self, view: &View<'_>) -> Option<Indicator> {
        let id = view.string("id").map_or_else(String::new, |(id, _)| id);
        if let Some((province, span)) = view.string("province") {
            self.resolve(&self.provinces, &province, span, &Text::new("省份", "province"));
        }
        let average = view.child("ratio").and_then(|ratio| ratio.flag("average")).unwrap_or(false);
        let (law, unit) = if let Some(count) = view.child("count") {
            let law = IndicatorLaw::Count {
                base: self.quantity(&count, "base", Some(0.0)),
                rate: self.quantity(&count, "rate", Some(0.0)),
            };
            (law, Text::new("个", "in number"))
        } else {
            let ratio = view.child("ratio")?;
            let law = IndicatorLaw::Ratio {
                start: self.quantity(&ratio, "start", None),
                mean: self.quantity(&ratio, "mean", None),
                drift: self.quantity(&ratio, "drift", Some(0.0)),
                persistence: self.quantity(&ratio, "persistence", Some(0.0)),
                volatility: self.quantity(&ratio, "volatility", Some(0.0)),
            };
            (law, Text::same("%"))
        };
        let unit = view.text("unit").unwrap_or(unit);
        if unit.zh == MONEY && matches!(law, IndicatorLaw::Count { .. }) {
            let message = text!(
                "计数指标（count）不能以“亿元”为单位",
                "a count has no unit of money: 亿元 does not fit here"
            );
            let hint = text!(
                "金额指标写 ratio；个数的单位写数的是什么，如 unit = {{ zh = \"件\", en = \"filings\" }}",
                "state a figure in money as `ratio`; the unit of a count says what is counted, as unit = {{ zh = \"件\", en = \"filings\" }}"
            );
            self.report(Diagnostic::error(codes::BAD_MODEL, view.key_span("unit"), message).hint(hint));
        }
        // what is counted in 亿元 is turned into the unit of English reports where it is shown
        if (unit.zh == MONEY) != (unit.en == MONEY) {
            let message = text!(
                "单位“亿元”中英文要一致（写 unit = \"亿元\"），英文报告由程序换算成十亿元",
                "the unit 亿元 must be the same in both languages (write unit = \"亿元\"): English reports turn it into billion yuan"
            );
            self.report(Diagnostic::error(codes::BAD_MODEL, view.key_span("unit"), message));
        }
        if (unit.zh == "%") != (unit.en == "%") {
            let message = text!(
                "单位 % 中英文要一致，否则分不清数值是比例还是绝对数",
                "the unit % must be the same in both languages: it says that the figures are fractions"
            );
            self.report(Diagnostic::error(codes::BAD_MODEL, view.key_span("unit"), message));
        }
        let name = view.text("name").unwrap_or_else(|| Text::same(&id));
        Some(Indicator { name, id, unit, law, average })
    }
}
