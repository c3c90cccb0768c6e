//! The units in which readers are told the values of quantities, and drawn values in words.

use crate::model::{Indicator, Model};
use crate::scenario::parameters::quantity_param;
use crate::text;
use crate::text::{Text, Told};
use crate::units::{MoneyUnit, UnitKind, show_grouped, shown};

/// The unit in which readers are told the values of a quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::analysis) struct ToldIn {
    kind: UnitKind,
    /// What is counted or measured, where the kind does not say it: `件`, `工作日`.
    things: Option<Text>,
}

impl ToldIn {
    /// The unit of the quantity at `path`: its kind, and for figures of an indicator or of things that are counted their own unit.
    pub fn of(model: &Model, path: &str) -> Self {
        let kind = model.quantities.find(path).map_or(UnitKind::Number, |id| model.quantities.get(id).unit);
        let counted = |zh: &str, en: &str| Self { kind, things: Some(Text::new(zh, en)) };
        let parts: Vec<&str> = path.split('.').collect();
        let id = parts.get(1).copied().unwrap_or_default();
        match quantity_param(path).map_or("", |param| param.path) {
            "arrival[].rate" | "instrument[].arrivals.added" | "firm_sizes[].count" => counted("家", "firms"),
            "pipeline[].entrants" | "instrument[].pipeline.entrants_added" | "product_sizes[].count" => {
                counted("个", "products")
            }
            pattern if pattern.starts_with("indicator[].") => {
                let indicator = model.indicators.iter().find(|indicator| indicator.id == id);
                indicator
                    .map_or(Self { kind, things: None }, |indicator| Self::in_unit(indicator, kind, pattern))
            }
            pattern @ ("instrument[].indicators.added" | "instrument[].indicators.shift") => {
                let instrument = model.instruments.iter().find(|instrument| instrument.id == id);
                let moved = instrument.and_then(|instrument| instrument.indicators.as_ref());
                let mut units = moved
                    .into_iter()
                    .flat_map(|moved| &moved.of)
                    .map(|&at| Self::in_unit(&model.indicators[at], kind, pattern));
                // indicators of several units have none in common
                let first = units.next().filter(|first| units.all(|unit| unit == *first));
                first.unwrap_or(Self { kind, things: None })
            }
            _ => Self { kind, things: None },
        }
    }

    /// The unit of a parameter of an indicator.
    fn in_unit(indicator: &Indicator, kind: UnitKind, pattern: &str) -> Self {
        let key = pattern.rsplit('.').next().unwrap_or(pattern);
        let kind = match (indicator.unit.zh.as_str(), key) {
            _ if matches!(key, "persistence" | "rate" | "added" | "base") => kind,
            // what moves a percentage is told in percentage points
            ("%", "drift" | "shift") => UnitKind::Points,
            ("%", _) => UnitKind::Rate,
            ("亿元", _) => UnitKind::Money,
            _ if kind == UnitKind::Figure => UnitKind::Number,
            _ => kind,
        };
        let has_things = key != "persistence" && matches!(kind, UnitKind::Number | UnitKind::PerYear);
        Self { kind, things: has_things.then(|| indicator.unit.clone()) }
    }

    /// The unit of what is added to such a value: shares and rates differ by percentage points.
    pub fn of_difference(&self) -> Self {
        let in_points = matches!(self.kind, UnitKind::Rate | UnitKind::Share);
        Self { kind: if in_points { UnitKind::Points } else { self.kind }, things: self.things.clone() }
    }

    /// `x` in the unit that [`Self::head`] names, to ten significant digits: the noise of the conversion is no figure.
    pub fn figure(&self, x: f64) -> f64 {
        let scaled = if self.kind.is_fraction() { x * 100.0 } else { x };
        format!("{scaled:.9e}").parse().unwrap_or(scaled)
    }

    /// The unit of [`Self::figure`].
    pub fn head(&self) -> Text {
        match (self.kind, &self.things) {
            (UnitKind::Money, _) => text!("亿元", "100 million yuan"),
            (UnitKind::PerYear, things) => per_year(things.as_ref()),
            (UnitKind::Years, _) => text!("年", "years"),
            (UnitKind::Year, _) => text!("年份", "calendar year"),
            (kind, _) if kind.is_points() => text!("个百分点", "percentage points"),
            (kind, _) if kind.is_fraction() => Text::same("%"),
            (_, things) => things.clone().unwrap_or_default(),
        }
    }

    /// A drawn value with its unit, to four significant digits; but for the smallest ones, what is told in hundredths has two
    /// digits behind the point, so that values beside each other are alike.
    pub fn rounded(&self, x: f64) -> Told {
        if self.has_two_decimals(x) {
            return self.told_hundredths(with_minus(&format!("{:.2}", x * 100.0)));
        }
        self.exact(rounded(x))
    }

    /// Whether [`Self::rounded`] tells the value in hundredths with two digits behind the point.
    pub fn has_two_decimals(&self, x: f64) -> bool {
        match self.kind {
            UnitKind::Share => x.abs() >= 0.001,
            // growth may well be near nothing, and its neighbours are not
            kind => kind.is_fraction() && x.abs() >= 0.000_05,
        }
    }

    fn told_hundredths(&self, figure: String) -> Told {
        let unit = match (self.kind.is_points(), figure.trim_start_matches('−')) {
            (true, "1") => text!("个百分点", "percentage point"),
            (true, _) => text!("个百分点", "percentage points"),
            (false, _) => Text::same("%"),
        };
        Told::figure(Text::same(figure), unit)
    }

    /// A number with its unit in both languages, with all its digits.
    pub fn exact(&self, x: f64) -> Told {
        let number = |x: f64| with_minus(&show_grouped(x));
        let same = |x: f64| Text::same(number(x));
        match (self.kind, &self.things) {
            (UnitKind::Money, _) => MoneyUnit::of(&[x]).told(x),
            (kind, _) if kind.is_fraction() => self.told_hundredths(number(self.figure(x))),
            (UnitKind::PerYear, things) => Told::figure(same(x), per_year(things.as_ref())),
            (UnitKind::Years, _) => {
                Told::figure(same(x), Text::new("年", if x == 1.0 { "year" } else { "years" }))
            }
            (UnitKind::Year, _) => Told::figure(shown(x, self.kind), Text::default()),
            (_, things) => Told::figure(same(x), things.clone().unwrap_or_default()),
        }
    }
}

impl From<UnitKind> for ToldIn {
    fn from(kind: UnitKind) -> Self {
        Self { kind, things: None }
    }
}

/// So many things a year.
fn per_year(things: Option<&Text>) -> Text {
    match things {
        // a count without a unit of its own
        Some(Text { zh, en }) if en == "in number" => Text::new(format!("{zh}/年"), "a year"),
        Some(Text { zh, en }) => text!("{zh}/年", "{en} a year"),
        None => text!("次/年", "a year"),
    }
}

/// A figure with a true minus sign in front: a hyphen reads like a range.
fn with_minus(text: &str) -> String {
    text.strip_prefix('-').map_or_else(|| text.to_owned(), |rest| format!("−{rest}"))
}

/// Four significant digits: more would be a precision that no assumption has.
pub(super) fn rounded(x: f64) -> f64 {
    format!("{x:.3e}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_in_the_units_of_their_column() {
        for (x, kind, expected, name) in [
            (2500.0, UnitKind::Money, 2500.0_f64, "亿元"),
            (0.07, UnitKind::Rate, 7.0, "%"),
            (-0.0393, UnitKind::Points, -3.93, "个百分点"),
            (0.065, UnitKind::LogPoints, 6.5, "个百分点"),
            (0.29, UnitKind::Share, 29.0, "%"),
            (1.5, UnitKind::PerYear, 1.5, "次/年"),
            (0.3, UnitKind::Number, 0.3, ""),
        ] {
            let unit = ToldIn::from(kind);
            assert_eq!((unit.figure(x).to_bits(), unit.head().zh.as_str()), (expected.to_bits(), name));
        }
    }

    #[test]
    fn drawn_values_beside_each_other_have_like_digits() {
        let said = |x: f64, unit: UnitKind| ToldIn::from(unit).rounded(x).words;
        let zh = |x: f64, unit: UnitKind| said(x, unit).zh;
        assert_eq!(zh(0.012, UnitKind::Rate), "1.20%");
        assert_eq!(zh(-0.027_882, UnitKind::Log), "−2.79%");
        assert_eq!(zh(-0.039_3, UnitKind::Points), "−3.93个百分点");
        assert_eq!(said(-0.039_3, UnitKind::LogPoints).en, "−3.93 percentage points");
        assert_eq!(zh(-0.000_093, UnitKind::Rate), "−0.01%");
        assert_eq!(zh(0.000_012, UnitKind::Rate), "0.0012%");
        assert_eq!(zh(0.000_012, UnitKind::Points), "0.0012个百分点");
        assert_eq!(zh(0.000_12, UnitKind::Share), "0.012%");
        assert_eq!(zh(1153.4, UnitKind::Money), "1,153亿元");
        assert_eq!(zh(1307.0, UnitKind::Count), "1,307");
        assert_eq!(zh(2027.0, UnitKind::Year), "2027");
    }

    #[test]
    fn the_figure_and_its_unit_are_data() {
        let cases =
            [ToldIn::from(UnitKind::Money).rounded(1127.3), ToldIn::from(UnitKind::Points).rounded(-0.0074)];
        let [money, points] = cases.map(|told| (told.figure.unwrap_or_default(), told.unit));
        assert_eq!(money, (Text::new("1,127", "112.7"), Text::new("亿元", "billion yuan")));
        assert_eq!(points, (Text::same("−0.74"), Text::new("个百分点", "percentage points")));
    }
}
