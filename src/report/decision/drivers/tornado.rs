//! The tornado: where the result stands when single figures are low and when they are high.

use super::unit;
use crate::analysis::decision::Answer;
use crate::analysis::decision::drivers::{Drivers, Point, Single};
use crate::report::briefing::Figure;
use crate::report::chart::ChartError;
use crate::report::chart::page::Words;
use crate::report::chart::scale::Kind;
use crate::report::chart::tornado::{self, Bar, Tornado};
use crate::report::decision::frame::{level, say, source};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// The chart; `None` without single figures.
pub fn figure(answer: &Answer<Drivers>, lang: Lang) -> Option<Result<Figure, ChartError>> {
    let findings = &answer.findings;
    if findings.singles.is_empty() {
        return None;
    }
    let title = say(
        &Text::new("影响最大的几个数字：偏低与偏高时的结果", "Results where single figures are low and high"),
        lang,
    );
    let policy = &findings.policy.name;
    let (policy_zh, policy_en) = (&policy.zh, &policy.en);
    let subtitle = match &findings.quantity {
        Some(quantity) => {
            let (zh, en, year) = (&quantity.name.zh, &quantity.name.en, quantity.year);
            let Text { zh: unit_zh, en: unit_en } = number::unit_of(&quantity.figure, &quantity.unit);
            text!(
                "{zh}{year}年平均值（{unit_zh}），条端为该数字10%、90%分位的取值；方案：{policy_zh}",
                "mean of {en} in {year} ({unit_en}); at the ends of bars, the 10% and 90% points of the figure; policy: {policy_en}"
            )
        }
        None => text!(
            "达标可能性，条端为该数字10%、90%分位的取值；方案：{policy_zh}",
            "probability of the target; at the ends of bars, the 10% and 90% points of the figure; policy: {policy_en}"
        ),
    };
    let level = level(answer);
    let (kind, middle) = match &findings.quantity {
        Some(quantity) => {
            (if quantity.figure == "share" { Kind::Percent } else { Kind::Plain }, quantity.mean.value)
        }
        None => (Kind::Percent, findings.probability),
    };
    let mean = match &findings.quantity {
        Some(quantity) => unit(quantity).amount(middle, Some(half(quantity.mean.interval)), lang),
        None => number::chance(findings.probability, findings.interval.into()),
    };
    let chart = Tornado {
        words: Words {
            title: title.clone(),
            subtitle: say(&subtitle, lang),
            notes: vec![say(
                &text!(
                    "其余数字同时在各自的分布内变动；条越长，这个数字越要紧。条端横线为{level}区间，只反映模拟次数有限。",
                    "All other figures vary within their own laws at the same time; the longer a bar, the more the figure matters. \
                     Whiskers are {level} intervals for the limited number of trials."
                ),
                lang,
            )],
            source: source(answer, lang),
        },
        kind,
        middle: (drawn(findings, middle, lang), say(&text!("平均{mean}", "mean {mean}"), lang)),
        figures_head: say(&Text::new("偏低 → 偏高", "low → high"), lang),
        sides: [
            say(&Text::new("数字偏低时", "where the figure is low"), lang),
            say(&Text::new("数字偏高时", "where the figure is high"), lang),
        ],
        rows: findings.singles.iter().map(|single| row(findings, single, lang)).collect(),
    };
    let table = super::tables::tables(answer, lang).into_iter().find(|table| table.id == "low-high")?;
    Some(tornado::render(&chart).map(|drawing| Figure {
        id: "tornado".to_owned(),
        title,
        caption: say(
            &Text::new(
                "竖线是平均结果；条的两端是这个数字偏低、偏高时的平均结果。",
                "The upright line is the mean result; bars end at the mean results where the figure is low and high.",
            ),
            lang,
        ),
        drawing,
        table,
    }))
}

/// A result in the unit of the chart.
fn drawn(findings: &Drivers, value: f64, lang: Lang) -> f64 {
    let figure = findings.quantity.as_ref().map_or("share", |quantity| quantity.figure.as_str());
    number::figure_in_unit(value, figure, lang)
}

fn half([low, high]: [f64; 2]) -> f64 {
    (high - low) / 2.0
}

fn row(findings: &Drivers, single: &Single, lang: Lang) -> Bar {
    let result = |point: &Point| point.mean.map_or(point.probability, |mean| mean.value);
    let interval = |point: &Point| point.mean.map_or(point.interval, |mean| mean.interval);
    let shown = |point: &Point| match (point.mean, &findings.quantity) {
        (Some(mean), Some(quantity)) => number::figure(mean.value, &quantity.figure, lang),
        _ => number::chance(point.probability, point.interval.into()),
    };
    Bar {
        name: say(&single.name, lang),
        results: [result(&single.low), result(&single.high)].map(|value| drawn(findings, value, lang)),
        intervals: [interval(&single.low), interval(&single.high)]
            .map(|ends| ends.map(|value| drawn(findings, value, lang)).into()),
        values: [say(&single.low.value.words, lang), say(&single.high.value.words, lang)],
        figures: format!("{} → {}", shown(&single.low), shown(&single.high)),
    }
}
