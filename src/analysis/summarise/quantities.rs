//! Lists the stated quantities, their values in words.

use super::*;
use crate::model::Quantity;
use crate::random::{Distribution, FamilyName, Parameter};
use crate::text;
use crate::units::{UnitKind, show, show_grouped};

/// Every stated quantity, in the order of the file.
pub(super) fn quantities(model: &Model) -> Vec<QuantityInfo> {
    let all = model.quantities.ids().map(|id| model.quantities.get(id));
    let info = |quantity: &Quantity| QuantityInfo {
        path: quantity.path.clone(),
        name: quantity_name(model, &quantity.path),
        value: value(quantity),
        figure: quantity.distribution.as_ref().map(|law| figure(law.median(), quantity.unit)),
        unit: unit(quantity.unit),
        source: quantity.provenance.source.as_ref().map(|(text, _)| text.clone()),
        grade: grade_word(&quantity.provenance),
        note: quantity.provenance.note.clone(),
        uncertain: quantity.distribution.as_ref().is_some_and(|law| !law.is_point()),
    };
    all.filter(|quantity| quantity.stated).map(info).collect()
}

/// `x` in the unit that [`unit`] names, to ten significant digits: the noise of the conversion is no figure.
fn figure(x: f64, kind: UnitKind) -> f64 {
    let scaled = match kind {
        UnitKind::Rate | UnitKind::Share | UnitKind::Log => x * 100.0,
        _ => x,
    };
    format!("{scaled:.9e}").parse().unwrap_or(scaled)
}

/// The unit of figures of this kind.
fn unit(kind: UnitKind) -> Text {
    match kind {
        UnitKind::Money => text!("亿元", "100 million yuan"),
        UnitKind::Rate | UnitKind::Share | UnitKind::Log => Text::same("%"),
        UnitKind::PerYear => text!("次/年", "a year"),
        UnitKind::Years => text!("年", "years"),
        UnitKind::Year => text!("年份", "calendar year"),
        UnitKind::Number | UnitKind::Count => Text::default(),
    }
}

/// The value of a quantity in words, with its unit.
fn value(quantity: &Quantity) -> Text {
    let Some(law) = &quantity.distribution else { return Text::new("未设定", "not set") };
    let amount = |x: f64| amount(x, quantity.unit);
    if law.is_point() {
        return amount(law.median());
    }
    let family = law.kind().text();
    let (family_zh, family_en) = (&family.zh, &family.en);
    let stated = law.parameters();
    let at = |wanted: Parameter| {
        let found = stated.iter().find(|(parameter, _)| *parameter == wanted);
        amount(found.map_or(f64::NAN, |(_, x)| *x))
    };
    match law.kind() {
        FamilyName::Triangular | FamilyName::Pert => {
            let [low, mode, high] = [Parameter::Low, Parameter::Mode, Parameter::High].map(at);
            Text::new(
                format!("最低{}，最可能{}，最高{}（{family_zh}）", low.zh, mode.zh, high.zh),
                format!("lowest {}, most likely {}, highest {} ({family_en})", low.en, mode.en, high.en),
            )
        }
        FamilyName::Uniform => {
            let [low, high] = [Parameter::Low, Parameter::High].map(at);
            Text::new(
                format!("{}至{}之间，可能性相同（{family_zh}）", low.zh, high.zh),
                format!("{} to {}, all equally likely ({family_en})", low.en, high.en),
            )
        }
        FamilyName::Discrete => match stated.first() {
            Some((Parameter::Count, n)) => {
                let mean = amount(rounded(law.mean()));
                let (zh, en) = (mean.zh, mean.en);
                text!("{n}种取值，平均{zh}（{family_zh}）", "{n} possible values, mean {en} ({family_en})")
            }
            _ => spread(law, quantity.unit, &family),
        },
        _ => spread(law, quantity.unit, &family),
    }
}

/// Median and 90 % interval: what a law says that has no shortest, likeliest and longest value.
fn spread(law: &Distribution, unit: UnitKind, family: &Text) -> Text {
    let [low, middle, high] = [0.05, 0.5, 0.95].map(|u| rounded_amount(law.quantile(u), unit));
    Text::new(
        format!("约{}，九成可能在{}至{}之间（{}）", middle.zh, low.zh, high.zh, family.zh),
        format!("about {}, with 90% probability from {} to {} ({})", middle.en, low.en, high.en, family.en),
    )
}

/// A drawn value with its unit, to four significant digits; but for the smallest ones, what is told in per cent has two
/// digits behind the point, so that values beside each other are alike.
pub(in crate::analysis) fn rounded_amount(x: f64, unit: UnitKind) -> Text {
    let Text { zh, en } = if is_told_in_hundredths(x, unit) {
        Text::same(format!("{:.2}%", x * 100.0))
    } else {
        amount(rounded(x), unit)
    };
    Text::new(with_minus(&zh), with_minus(&en))
}

/// Whether [`rounded_amount`] tells the value in hundredths of a per cent.
pub(in crate::analysis) fn is_told_in_hundredths(x: f64, unit: UnitKind) -> bool {
    match unit {
        UnitKind::Share => x.abs() >= 0.001,
        // growth may well be near nothing, and its neighbours are not
        UnitKind::Rate | UnitKind::Log => x.abs() >= 0.000_05,
        _ => false,
    }
}

/// The same with a true minus sign in front: a hyphen reads like a range.
fn with_minus(text: &str) -> String {
    text.strip_prefix('-').map_or_else(|| text.to_owned(), |rest| format!("−{rest}"))
}

/// The same with commas between thousands of the number in front, as all other figures have them.
fn grouped(text: &str) -> String {
    let end = text.find(|c: char| !matches!(c, '0'..='9' | '.' | '-')).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    number.parse().map_or_else(|_| text.to_owned(), |number| show_grouped(number) + rest)
}

/// Four significant digits: more would be a precision that no assumption has.
fn rounded(x: f64) -> f64 {
    format!("{x:.3e}").parse().unwrap_or(x)
}

/// A number with its unit in both languages.
fn amount(x: f64, unit: UnitKind) -> Text {
    let number = |x: f64| show(x, UnitKind::Number);
    let zh = show(x, unit);
    let zh = if unit == UnitKind::Year { zh } else { with_minus(&grouped(&zh)) };
    let en = match unit {
        // 亿元 are hundreds of millions
        UnitKind::Money if x.abs() >= 10.0 => format!("{} billion yuan", show_grouped(x / 10.0)),
        UnitKind::Money if x.abs() >= 0.01 || x == 0.0 => format!("{} million yuan", show_grouped(x * 100.0)),
        UnitKind::Money => format!("{} yuan", number(x * 1e8)),
        UnitKind::PerYear => format!("{} a year", number(x)),
        UnitKind::Years if x == 1.0 => "1 year".to_owned(),
        UnitKind::Years => format!("{} years", number(x)),
        _ => zh.clone(),
    };
    Text::new(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{FileId, Span};

    fn quantity(law: Distribution, unit: UnitKind) -> Quantity {
        Quantity {
            path: "x".to_owned(),
            distribution: Some(law),
            unit,
            range: None,
            provenance: Provenance::default(),
            stated: true,
            per_arrival: false,
            span: Span::new(FileId(0), 0, 0),
        }
    }

    #[test]
    fn figures_stand_in_the_units_of_their_column() {
        for (x, kind, expected, name) in [
            (2500.0, UnitKind::Money, 2500.0_f64, "亿元"),
            (0.07, UnitKind::Rate, 7.0, "%"),
            (0.29, UnitKind::Share, 29.0, "%"),
            (1.5, UnitKind::PerYear, 1.5, "次/年"),
            (0.3, UnitKind::Number, 0.3, ""),
        ] {
            assert_eq!((figure(x, kind).to_bits(), unit(kind).zh.as_str()), (expected.to_bits(), name));
        }
    }

    #[test]
    fn drawn_values_beside_each_other_have_like_digits() {
        let zh = |x: f64, unit: UnitKind| rounded_amount(x, unit).zh;
        assert_eq!(zh(0.012, UnitKind::Rate), "1.20%");
        assert_eq!(zh(-0.027_882, UnitKind::Log), "−2.79%");
        assert_eq!(zh(-0.000_093, UnitKind::Rate), "−0.01%");
        assert_eq!(zh(0.000_012, UnitKind::Rate), "0.0012%");
        assert_eq!(zh(0.000_12, UnitKind::Share), "0.012%");
        assert_eq!(zh(1153.4, UnitKind::Money), "1,153亿元");
        assert_eq!(zh(1307.0, UnitKind::Count), "1,307");
        assert_eq!(zh(2027.0, UnitKind::Year), "2027");
    }

    #[test]
    fn values_are_said_in_the_planners_units() {
        let cases = [
            (Distribution::point(2500.0), UnitKind::Money, "2,500亿元", "250 billion yuan"),
            (Distribution::point(0.005), UnitKind::Money, "50万元", "500000 yuan"),
            (Distribution::point(0.07), UnitKind::Rate, "7%", "7%"),
            (
                Distribution::triangular(0.1, 0.2, 0.35),
                UnitKind::Share,
                "最低10%，最可能20%，最高35%（三角分布）",
                "lowest 10%, most likely 20%, highest 35% (triangular)",
            ),
            (
                Distribution::from_range(1127.0, 1373.0),
                UnitKind::Money,
                "约1,244亿元，九成可能在1,127亿元至1,373亿元之间（对数正态分布）",
                "about 124.4 billion yuan, with 90% probability from 112.7 billion yuan to 137.3 billion yuan (lognormal)",
            ),
            (
                Distribution::from_range(-0.007_103, 0.0729),
                UnitKind::Rate,
                "约3.29%，九成可能在−0.71%至7.29%之间（正态分布）",
                "about 3.29%, with 90% probability from −0.71% to 7.29% (normal)",
            ),
            (
                Distribution::from_range(4.0, 5.5),
                UnitKind::Years,
                "约4.69年，九成可能在4年至5.5年之间（对数正态分布）",
                "about 4.69 years, with 90% probability from 4 years to 5.5 years (lognormal)",
            ),
            (
                Distribution::uniform(1.0, 2.0),
                UnitKind::PerYear,
                "1次/年至2次/年之间，可能性相同（均匀分布）",
                "1 a year to 2 a year, all equally likely (uniform)",
            ),
        ];
        for (law, unit, zh, en) in cases {
            let said = value(&quantity(law.unwrap(), unit));
            assert_eq!((said.zh.as_str(), said.en.as_str()), (zh, en));
        }
    }
}
