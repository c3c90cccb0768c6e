//! What moves the result, in charts.

use super::survey::{criterion_name, decisive, gain, is_worth};
use super::{bounded, fair, share, variance_of};
use crate::analysis::decision::drivers::{Criterion, Drivers, Part, Single};
use crate::analysis::decision::{Answer, Estimate};
use crate::report::briefing::{Column, DataTable, Figure};
use crate::report::chart::ChartError;
use crate::report::chart::axis::Axis;
use crate::report::chart::dots::{self, Dot, DotChart, Group, Row};
use crate::report::chart::marker::Shape;
use crate::report::chart::page::Words;
use crate::report::decision::frame::{level, say, source};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// Shares by theme, what could be learnt and luck apart; `None` without shares.
pub fn themes(answer: &Answer<Drivers>, lang: Lang) -> Option<Result<Figure, ChartError>> {
    let findings = &answer.findings;
    let alone: Vec<(&Part, Estimate)> =
        findings.themes.iter().filter_map(|part| Some((part, fair(findings, part)?))).collect();
    if alone.is_empty() {
        return None;
    }
    let small =
        if findings.quantity.is_some() { findings.sides.small } else { findings.sides.small_probability };
    let dot = |estimate: Estimate, shape: Shape| Dot {
        value: bounded(estimate).value,
        interval: Some(bounded(estimate).interval.into()),
        figures: share(estimate, lang),
        shape,
        ..Dot::default()
    };
    let rows = |shock: bool| -> Vec<Row> {
        let shape = if shock { Shape::Ring } else { Shape::Disc };
        let mut own: Vec<&(&Part, Estimate)> = alone.iter().filter(|(part, _)| part.shock == shock).collect();
        own.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        own.iter()
            .map(|(part, estimate)| Row {
                name: say(&part.name, lang),
                dots: vec![dot(*estimate, shape)],
                ..Row::default()
            })
            .collect()
    };
    let group = |zh: &str, en: &str, rows: Vec<Row>| Group { heading: say(&Text::new(zh, en), lang), rows };
    let mut groups = vec![
        group("可以查清的数字", "Figures that could be learnt", rows(false)),
        group("今后几年的偶然因素", "Chance events of the years to come", rows(true)),
    ];
    if let Some(small) = small {
        let n = findings.sides.small_themes;
        let row = Row {
            name: say(&text!("其余{n}类合计", "The other {n} groups together"), lang),
            dots: vec![dot(small, Shape::Square)],
            ..Row::default()
        };
        groups.push(group("影响小的类别", "Groups of little weight", vec![row]));
    }
    groups.retain(|group| !group.rows.is_empty());
    let ends = || {
        groups.iter().flat_map(|group| &group.rows).flat_map(|row| &row.dots).filter_map(|dot| dot.interval)
    };
    let (low, high) = ends().fold((0.0_f64, 0.0_f64), |(low, high), (a, b)| (low.min(a), high.max(b)));
    let title = say(&Text::new("结果取决于什么", "What the result rests on"), lang);
    let of = variance_of(answer, lang);
    let level = level(answer);
    let subtitle = match lang {
        Lang::Zh => {
            format!("占{of}的公平份额（沙普利值，%），横线为{level}区间；方案：{}", findings.policy.name.zh)
        }
        Lang::En => format!(
            "fair shares (Shapley effects, %) of {of}; whiskers are {level} intervals; policy: {}",
            findings.policy.name.en
        ),
    };
    let chart = DotChart {
        words: Words {
            title: title.clone(),
            subtitle,
            notes: vec![say(
                &Text::new(
                    "各份额合计100%；因模拟误差略低于0的，按0显示。",
                    "Shares add up to 100%; what noise puts slightly below 0 is shown as 0.",
                ),
                lang,
            )],
            source: source(answer, lang),
        },
        axis: Axis::shares(low, high),
        figures_head: say(&text!("份额（{level}区间）", "Share ({level} interval)"), lang),
        groups,
        stems: true,
    };
    let mut table = DataTable::new("groups", title.clone(), vec![Column::text("")]);
    if let Some(found) = super::tables::tables(answer, lang).into_iter().find(|found| found.id == "groups") {
        table = found;
    }
    Some(dots::render(&chart).map(|drawing| Figure {
        id: "groups".to_owned(),
        title,
        caption: say(
            &Text::new(
                "份额越大，这一类对结果的影响越大；实心点可以靠调查缩小，空心点只能靠预案应对。",
                "The larger a share, the more this group moves the result; full dots can be narrowed by surveys, rings only prepared for.",
            ),
            lang,
        ),
        drawing,
        table,
    }))
}

/// Which figure to find out first: by what it is worth for the choice among policies, or else by the share of the variance
/// that goes with it; `None` if nothing can be ranked.
pub fn learning(answer: &Answer<Drivers>, lang: Lang) -> Option<Result<Figure, ChartError>> {
    // one picture has one axis: the last criterion by which anything is worth knowing
    let learning = answer.findings.learning.as_ref();
    match learning.and_then(|learning| decisive(learning).rev().find(|criterion| is_worth(criterion))) {
        Some(criterion) => worth(answer, criterion, lang),
        None => shares(answer, lang),
    }
}

/// What knowing single figures is worth, in probability points or in the unit of the quantity.
fn worth(answer: &Answer<Drivers>, criterion: &Criterion, lang: Lang) -> Option<Result<Figure, ChartError>> {
    let findings = &answer.findings;
    let is_probability = criterion.criterion == "probability";
    let figure = findings.quantity.as_ref().map_or("share", |quantity| quantity.figure.as_str());
    let drawn = |value: f64| if is_probability { value } else { number::figure_in_unit(value, figure, lang) };
    let rows: Vec<Row> = criterion
        .worth
        .iter()
        .map(|worth| Row {
            name: say(&worth.name, lang),
            dots: vec![Dot {
                value: drawn(worth.value.value),
                interval: Some(worth.value.interval.map(drawn).into()),
                figures: match (worth.value.interval[0] > 0.0, lang) {
                    (true, _) => gain(findings, criterion, worth, lang),
                    (false, Lang::Zh) => "在误差之内".to_owned(),
                    (false, Lang::En) => "within the error".to_owned(),
                },
                shape: Shape::Disc,
                ..Dot::default()
            }],
            ..Row::default()
        })
        .collect();
    let ends = || criterion.worth.iter().map(|worth| worth.value.interval.map(drawn));
    let low = ends().map(|[low, _]| low).fold(0.0, f64::min);
    let high = ends().map(|[_, high]| high).fold(0.0, f64::max);
    let title = say(&Text::new("先把哪个数字查清楚", "Which figure to find out first"), lang);
    let level = level(answer);
    let by = criterion_name(&criterion.criterion);
    let best = &criterion.best.as_ref()?.name;
    let (best_zh, best_en) = (&best.zh, &best.en);
    let unit = match &findings.quantity {
        Some(quantity) if !is_probability => number::unit_of(&quantity.figure, &quantity.unit),
        _ => Text::new("个百分点", "percentage points"),
    };
    let (by_zh, by_en, unit_zh, unit_en) = (&by.zh, &by.en, &unit.zh, &unit.en);
    let subtitle = text!(
        "事先查清这一个数字再选方案，平均多得多少（{unit_zh}），横线为{level}区间；{by_zh}，领先的是“{best_zh}”",
        "mean gain ({unit_en}) of choosing the policy after this figure is known, with {level} intervals; choice {by_en}, in the lead: “{best_en}”"
    );
    let axis = if is_probability { Axis::shares(low, high) } else { Axis::figures(low, high, 6) };
    let chart = DotChart {
        words: Words {
            title: title.clone(),
            subtitle: say(&subtitle, lang),
            notes: Vec::new(),
            source: source(answer, lang),
        },
        axis,
        figures_head: say(&Text::new("价值", "Value"), lang),
        groups: vec![Group { heading: String::new(), rows }],
        stems: true,
    };
    let table = super::tables::tables(answer, lang).into_iter().find(|table| table.id == "information")?;
    Some(dots::render(&chart).map(|drawing| Figure {
        id: "information".to_owned(),
        title,
        caption: say(
            &Text::new(
                "价值为0，说明无论查出什么，都还是选同一个方案。",
                "A value of 0 says that whatever is found out, the same policy would be chosen.",
            ),
            lang,
        ),
        drawing,
        table,
    }))
}

/// The share of the variance that goes with each single figure.
fn shares(answer: &Answer<Drivers>, lang: Lang) -> Option<Result<Figure, ChartError>> {
    let findings = &answer.findings;
    let table = super::tables::tables(answer, lang).into_iter().find(|table| table.id == "figures")?;
    let row = |single: &Single| Row {
        name: say(&single.name, lang),
        dots: vec![Dot {
            value: bounded(single.share).value,
            interval: Some(bounded(single.share).interval.into()),
            figures: share(single.share, lang),
            shape: Shape::Disc,
            ..Dot::default()
        }],
        ..Row::default()
    };
    let ends = || findings.singles.iter().map(|single| bounded(single.share).interval);
    let low = ends().map(|[low, _]| low).fold(0.0, f64::min);
    let high = ends().map(|[_, high]| high).fold(0.0, f64::max);
    let title = say(&Text::new("先把哪个数字查清楚", "Which figure to find out first"), lang);
    let (level, of) = (level(answer), variance_of(answer, lang));
    let choice = findings.learning.as_ref().map_or_else(Text::default, |learning| {
        let n = learning.policies.len();
        text!(
            "在可选的{n}个方案之间，看不出查清哪个数字会改变选择，所以按能把预测缩小多少排列",
            "no figure is seen to change the choice among the {n} policies, so the order is by how much each narrows the forecast"
        )
    });
    let chart = DotChart {
        words: Words {
            title: title.clone(),
            subtitle: match lang {
                Lang::Zh => format!("单独查清这一个数字可以消除的份额，占{of}；横线为{level}区间"),
                Lang::En => {
                    format!("share of {of} that goes if this figure alone is known; {level} intervals")
                }
            },
            notes: vec![say(&choice, lang)].into_iter().filter(|note| !note.is_empty()).collect(),
            source: source(answer, lang),
        },
        axis: Axis::shares(low, high),
        figures_head: say(&text!("份额（{level}区间）", "Share ({level} interval)"), lang),
        groups: vec![Group { heading: String::new(), rows: findings.singles.iter().map(row).collect() }],
        stems: true,
    };
    Some(dots::render(&chart).map(|drawing| Figure {
        id: "information".to_owned(),
        title,
        caption: say(
            &Text::new(
                "份额越大，查清它越能缩小预测的误差；这不是选方案的依据。",
                "The larger the share, the more the forecast narrows once it is known; no reason for a policy.",
            ),
            lang,
        ),
        drawing,
        table,
    }))
}
