//! Entities that are counted beside revenue: indicators.

use super::QuantityId;
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

impl Reader<'_> {
    pub(super) fn read_indicators(&mut self) -> Vec<Indicator> {
        let views = self.root.items("indicator");
        views.iter().filter_map(|view| self.indicator(view)).collect()
    }

    fn indicator(&mut self, view: &View<'_>) -> Option<Indicator> {
        let id = view.string("id").map_or_else(String::new, |(id, _)| id);
        if let Some((province, span)) = view.string("province") {
            self.resolve(&self.provinces, &province, span, &Text::new("省份", "province"));
        }
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
        if (unit.zh == "%") != (unit.en == "%") {
            let message = text!(
                "单位 % 中英文要一致，否则分不清数值是比例还是绝对数",
                "the unit % must be the same in both languages: it says that the figures are fractions"
            );
            self.report(Diagnostic::error(codes::BAD_MODEL, view.key_span("unit"), message));
        }
        Some(Indicator { name: view.text("name").unwrap_or_else(|| Text::same(&id)), id, unit, law })
    }
}
