//! Figures of an indicator are written in its own unit: as money where that is 亿元, and nowhere else.

use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, codes};
use crate::scenario::node::{Node, Value};
use crate::scenario::{View, provenance};
use crate::text;
use crate::units::{UnitKind, parse, parse_range};

/// The unit by which an indicator is one of money.
pub(super) const MONEY: &str = "亿元";
/// Parameters of an indicator that are in its unit.
const FIGURES: [&str; 4] = ["start", "mean", "drift", "volatility"];
/// What is compared with an indicator's figure.
const COMPARED: [&str; 4] = ["value_at_least", "value_at_most", "value_stretch", "number"];
/// Fields of a law without a unit.
const WITHOUT_UNIT: [&str; 6] = ["dist", "sigma", "shape", "alpha", "beta", "weights"];

impl Reader<'_> {
    /// Reports money where the indicator's unit is another, and shares where it is money.
    pub(super) fn check_figure_units(&self, model: &Model) {
        for view in self.root.items("indicator") {
            let (Some((id, _)), Some(ratio)) = (view.string("id"), view.child("ratio")) else { continue };
            for figure in FIGURES.iter().filter_map(|key| ratio.child(key)) {
                self.check_figure(&figure, &units_of(model, "indicator", &id));
            }
        }
        for view in self.root.items("instrument") {
            let shift = view.child("indicators").and_then(|moved| moved.child("shift"));
            let (Some((id, _)), Some(shift)) = (view.string("id"), shift) else { continue };
            self.check_figure(&shift, &units_of(model, "instrument", &id));
        }
        for view in ["target", "outcome"].iter().flat_map(|key| self.root.items(key)) {
            let units = view.string("indicator").map(|(id, _)| units_of(model, "indicator", &id));
            // the index and what is counted are no money either
            let units = units.unwrap_or_else(|| vec![Text::default()]);
            for figure in COMPARED.iter().filter_map(|key| view.child(key)) {
                self.check_figure(&figure, &units);
            }
        }
        for view in ["policy", "world"].iter().flat_map(|key| self.root.items(key)) {
            for (path, _, value) in ["set", "shift"].iter().flat_map(|key| view.overrides(key)) {
                let parts: Vec<&str> = path.split('.').collect();
                match parts[..] {
                    ["indicator", id, "ratio", key] if FIGURES.contains(&key) => {
                        self.check_figure(&value, &units_of(model, "indicator", id));
                    }
                    ["instrument", id, "indicators", "shift"] => {
                        self.check_figure(&value, &units_of(model, "instrument", id));
                    }
                    _ => {}
                }
            }
        }
    }

    fn check_figure(&self, view: &View<'_>, units: &[Text]) {
        let mut written = Vec::new();
        strings(view.node(), &mut written);
        let is = |text: &str, kind| {
            parse(text, kind).is_ok() || parse_range(text, kind).is_some_and(|r| r.is_ok())
        };
        for (text, node) in written {
            let is_money = is(text, UnitKind::Money) && !is(text, UnitKind::Number);
            let is_share = is(text, UnitKind::Rate) && !is(text, UnitKind::Count);
            let wrong = units.iter().find(|unit| if unit.zh == MONEY { is_share } else { is_money });
            let Some(unit) = wrong else { continue };
            let message = match (unit.zh.is_empty(), &unit.zh, &unit.en) {
                (true, ..) => text!("“{text}”是金额，这里不是", "`{text}` is money, which this is not"),
                (false, zh, en) => text!(
                    "“{text}”不合指标的单位“{zh}”",
                    "`{text}` does not fit the unit of the indicator, `{en}`"
                ),
            };
            let hint = text!(
                "金额指标写 unit = \"亿元\"，数值才能写成金额，如 \"3亿元\"；其他指标只写数，按指标自己的单位",
                "with unit = \"亿元\" an indicator is one of money and takes amounts such as \"0.3bn\"; any other takes the number alone"
            );
            self.report(Diagnostic::error(codes::WRONG_UNIT, node.span, message).hint(hint));
        }
    }
}

/// Units of the indicators that a path is about; an id may be `*`.
fn units_of(model: &Model, table: &str, id: &str) -> Vec<Text> {
    let is = |other: &str| id == "*" || id == other;
    let all = &model.indicators;
    match table {
        "indicator" => all.iter().filter(|one| is(&one.id)).map(|one| one.unit.clone()).collect(),
        _ => {
            let moved = model.instruments.iter().filter(|one| is(&one.id));
            let moved = moved.filter_map(|one| one.indicators.as_ref()).flat_map(|moved| &moved.of);
            let moved = moved.map(|&at| &all[at]);
            // a shift moves no count
            let levels = moved.filter(|one| matches!(one.law, IndicatorLaw::Ratio { .. }));
            levels.map(|one| one.unit.clone()).collect()
        }
    }
}

/// The strings with figures in a value.
fn strings<'n>(node: &'n Node, found: &mut Vec<(&'n str, &'n Node)>) {
    match &node.value {
        Value::String(text) => found.push((text, node)),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        _ => {
            for entry in node.entries() {
                let key = entry.key.as_str();
                if !provenance::KEYS.contains(&key) && !WITHOUT_UNIT.contains(&key) {
                    strings(&entry.value, found);
                }
            }
        }
    }
}
