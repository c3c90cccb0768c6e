//! Lists the stated quantities, their values in words.

use super::told::{ToldIn, rounded};
use super::*;
use crate::model::{Delay, Quantity};
use crate::random::{Distribution, FamilyName, Parameter};
use crate::text;
use crate::units::UnitKind;

/// Every stated quantity in the order of the file, then the whole numbers of years.
pub(super) fn quantities(model: &Model) -> Vec<QuantityInfo> {
    let all = model.quantities.ids().map(|id| model.quantities.get(id));
    let names = Names::of(model);
    let info = |quantity: &Quantity| QuantityInfo {
        value: value(quantity.distribution.as_ref(), &ToldIn::of(model, &quantity.path)),
        figure: quantity
            .distribution
            .as_ref()
            .map(|law| ToldIn::of(model, &quantity.path).figure(law.median())),
        unit: ToldIn::of(model, &quantity.path).head(),
        path: quantity.path.clone(),
        name: names.quantity(&quantity.path),
        source: quantity.provenance.source.as_ref().map(|(text, _)| text.clone()),
        grade: grade_word(&quantity.provenance),
        note: quantity.provenance.note.clone(),
        uncertain: quantity.distribution.as_ref().is_some_and(|law| !law.is_point()),
    };
    let delay = |delay: &Delay| {
        let unit = ToldIn::from(UnitKind::Years);
        let years = f64::from(delay.years);
        QuantityInfo {
            path: delay.path.clone(),
            name: quantity_name(model, &delay.path),
            value: unit.exact(years).words,
            figure: Some(years),
            unit: unit.head(),
            source: delay.provenance.source.as_ref().map(|(text, _)| text.clone()),
            grade: grade_word(&delay.provenance),
            note: delay.provenance.note.clone(),
            uncertain: false,
        }
    };
    all.filter(|quantity| quantity.stated).map(info).chain(model.delays.iter().map(delay)).collect()
}

/// The value of a quantity with this law in words, with its unit.
pub(super) fn value(law: Option<&Distribution>, unit: &ToldIn) -> Text {
    let Some(law) = law else { return Text::new("未设定", "not set") };
    let amount = |x: f64| unit.exact(x).words;
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
            _ => spread(law, unit, &family),
        },
        _ => spread(law, unit, &family),
    }
}

/// Median and 90 % interval: what a law says that has no shortest, likeliest and longest value.
fn spread(law: &Distribution, unit: &ToldIn, family: &Text) -> Text {
    let [low, middle, high] = [0.05, 0.5, 0.95].map(|u| unit.rounded(law.quantile(u)).words);
    Text::new(
        format!("约{}，九成可能在{}至{}之间（{}）", middle.zh, low.zh, high.zh, family.zh),
        format!("about {}, with 90% probability from {} to {} ({})", middle.en, low.en, high.en, family.en),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_said_in_the_planners_units() {
        let cases = [
            (Distribution::point(2500.0), UnitKind::Money, "2,500亿元", "250 billion yuan"),
            (Distribution::point(0.005), UnitKind::Money, "50万元", "500,000 yuan"),
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
                Distribution::from_range(-0.007_103, 0.0729),
                UnitKind::Points,
                "约3.29个百分点，九成可能在−0.71个百分点至7.29个百分点之间（正态分布）",
                "about 3.29 percentage points, with 90% probability from −0.71 percentage points to 7.29 percentage points (normal)",
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
            let said = value(Some(&law.unwrap()), &ToldIn::from(unit));
            assert_eq!((said.zh.as_str(), said.en.as_str()), (zh, en));
        }
    }
}
