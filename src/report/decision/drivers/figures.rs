//! What moves the result, in charts.

use super::summary::{NET, criterion_name, gain};
use super::{fair, share, variance_of};
use crate::analysis::decision::drivers::{Criterion, Drivers, Part};
use crate::analysis::decision::{Answer, Estimate};
use crate::report::briefing::{Column, DataTable, Figure};
use crate::report::chart::ChartError;
use crate::report::chart::axis::Axis;
use crate::report::chart::dots::{self, Dot, DotChart, Group, Row};
use crate::report::chart::marker::Shape;
use crate::report::chart::page::Words;
use crate::report::decision::frame::{level, say, source};
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
        value: estimate.value,
        interval: Some(estimate.interval.into()),
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
                    "各份额合计100%；略低于0的是模拟误差。",
                    "Shares add up to 100%; what lies slightly below 0 is noise.",
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

/// What knowing single figures is worth, in probability points or in the unit of the quantity; `None` if nothing is.
pub fn learning(answer: &Answer<Drivers>, lang: Lang) -> Option<Result<Figure, ChartError>> {
    let findings = &answer.findings;
    // one picture has one axis: the last criterion by which anything is worth knowing, the yardstick only if no other is
    let learning = findings.learning.as_ref()?;
    let worth = |criterion: &&Criterion| criterion.worth.iter().any(|worth| worth.value.interval[0] > 0.0);
    let is_net = |criterion: &&Criterion| criterion.criterion == NET;
    let decides = learning.criteria.iter().rev().filter(|criterion| !is_net(criterion)).find(worth);
    let criterion = decides.or_else(|| learning.criteria.iter().find(is_net).filter(worth))?;
    let is_probability = criterion.criterion == "probability";
    let rows: Vec<Row> = criterion
        .worth
        .iter()
        .map(|worth| Row {
            name: say(&worth.name, lang),
            dots: vec![Dot {
                value: worth.value.value,
                interval: Some(worth.value.interval.into()),
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
    let ends = || criterion.worth.iter().map(|worth| worth.value.interval);
    let low = ends().map(|[low, _]| low).fold(0.0, f64::min);
    let high = ends().map(|[_, high]| high).fold(0.0, f64::max);
    let title = say(&Text::new("先把哪个数字查清楚", "Which figure to find out first"), lang);
    let level = level(answer);
    let by = criterion_name(&criterion.criterion);
    let best = &criterion.best.as_ref()?.name;
    let (best_zh, best_en) = (&best.zh, &best.en);
    let unit = match &findings.quantity {
        Some(quantity) if !is_probability => quantity.unit.clone(),
        _ => Text::new("个百分点", "percentage points"),
    };
    let (by_zh, by_en, unit_zh, unit_en) = (&by.zh, &by.en, &unit.zh, &unit.en);
    let (now_zh, now_en, caveat) = match is_net(&criterion) {
        true => (
            "差额最大的是",
            "largest difference",
            text!(
                "；一年的数值与历年资金不能相抵，差额不是收益",
                "; a year's figure and money of all years do not offset: no return"
            ),
        ),
        false => ("领先的是", "in the lead:", Text::default()),
    };
    let (caveat_zh, caveat_en) = (&caveat.zh, &caveat.en);
    let subtitle = text!(
        "事先查清这一个数字再选方案，平均多得多少（{unit_zh}），横线为{level}区间；{by_zh}，{now_zh}“{best_zh}”{caveat_zh}",
        "mean gain ({unit_en}) of choosing the policy after this figure is known, with {level} intervals; choice {by_en}, {now_en} \"{best_en}\"{caveat_en}"
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
