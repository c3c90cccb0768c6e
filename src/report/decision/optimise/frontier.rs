//! Money against probability: the frontier of a budget, as table and chart.

use super::super::frame::{chance, head, level, percent, say, source, yuan};
use super::{quantity_of, worlds};
use crate::analysis::decision::optimise::{Point as Front, RuleName};
use crate::analysis::decision::{Answer, Optimum};
use crate::report::briefing::{Cell, Column, DataTable, Figure, Format};
use crate::report::chart::ChartError;
use crate::report::chart::curve::{self, CurveChart, Point, Spot};
use crate::report::chart::scale::Kind;
use crate::report::number;
use crate::text;
use crate::text::Lang;

/// The frontier as a table.
pub(super) fn table(answer: &Answer<Optimum>, lang: Lang) -> DataTable {
    let level = level(answer);
    let (format, unit) = quantity_of(answer, lang);
    let money = say(&number::money_unit(), lang);
    let several = answer.worlds.len() > 1;
    let mut columns = vec![
        Column::number(head("预计支出", "Expected cost", lang), money.clone()),
        Column::number(head("可能性", "Probability", lang), ""),
        Column::number(say(&text!("{level}区间", "{level} interval"), lang), ""),
        Column::number(head("数量均值", "Mean quantity", lang), unit),
    ];
    columns.extend(several.then(|| Column::text(head("所属情景", "World", lang))));
    columns.push(Column::text(head("分法", "Split", lang)));
    let names = answer.findings.instruments.iter().map(|line| line.instrument.name.get(lang));
    columns.extend(names.map(|name| Column::number(name, money.clone())));
    let worlds = worlds(answer, lang);
    let title = match lang {
        Lang::Zh => format!("花多少钱、可能性有多高：搜到的分法，每行一种{worlds}"),
        Lang::En => format!("Money and probability: the splits found, one a row{worlds}"),
    };
    let mut frontier = DataTable::new("frontier", title, columns);
    let row = |point: &Front| {
        let [low, high] = point.interval;
        let mut row = vec![
            Cell::Number(point.cost, Format::Money),
            chance(point.probability, point.interval),
            Cell::Interval(low, high, Format::Probability),
            point.quantity.map_or(Cell::Empty, |mean| Cell::Number(mean, format)),
        ];
        row.extend(several.then(|| Cell::text(world_of(point, lang))));
        row.push(Cell::text(plan_of(answer, point, lang)));
        row.extend(point.money.iter().map(|&money| Cell::Number(money, Format::Money)));
        row
    };
    frontier.rows = answer.findings.frontier.iter().map(row).collect();
    frontier
}

/// The world that the figures of a point are of.
fn world_of(point: &Front, lang: Lang) -> String {
    point
        .world
        .as_ref()
        .map_or_else(|| head("各情景平均", "mean", lang), |world| world.name.get(lang).to_owned())
}

/// Which of the splits told of elsewhere a point is.
fn plan_of(answer: &Answer<Optimum>, point: &Front, lang: Lang) -> String {
    match point.plan.as_deref() {
        Some("present") => head("现有方案", "present plan", lang),
        Some("best") => super::moves::name(answer).get(lang).to_owned(),
        Some("least") => super::least::name(answer, lang).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Which worlds the points of the frontier are of, from the cheapest on; nothing for one world or their mean.
fn whose(answer: &Answer<Optimum>, lang: Lang) -> String {
    let points = &answer.findings.frontier;
    if answer.worlds.len() < 2 || points.iter().any(|point| point.world.is_none()) {
        return String::new();
    }
    let mut runs: Vec<(String, f64, f64)> = Vec::new();
    for point in points {
        let name = world_of(point, lang);
        match runs.last_mut().filter(|run| run.0 == name) {
            Some(run) => run.2 = point.cost,
            None => runs.push((name, point.cost, point.cost)),
        }
    }
    if let [(name, ..)] = &runs[..] {
        return match lang {
            Lang::Zh => format!("，各点都是“{name}”下的结果"),
            Lang::En => format!("; all points are of the world “{name}”"),
        };
    }
    let run = |(name, from, to): &(String, f64, f64)| match lang {
        Lang::Zh => format!("“{name}”（{}至{}）", yuan(*from, lang), yuan(*to, lang)),
        Lang::En => format!("“{name}” ({} to {})", yuan(*from, lang), yuan(*to, lang)),
    };
    let runs: Vec<String> = runs.iter().map(run).collect();
    match lang {
        Lang::Zh => format!("，依次是{}的结果", runs.join("、")),
        Lang::En => format!("; points are of the worlds {}", runs.join(", ")),
    }
}

/// The frontier with the present plan and the recommendation.
///
/// # Errors
/// A [`ChartError`] for figures that cannot be drawn.
pub(super) fn figure(answer: &Answer<Optimum>, lang: Lang) -> Result<Figure, ChartError> {
    let found = &answer.findings;
    let target = answer.target.name.get(lang);
    let title = match lang {
        Lang::Zh => format!("花多少钱，可能性有多高：{target}"),
        Lang::En => format!("What money buys: {target}"),
    };
    let told = |cost: f64, probability: f64, interval: (f64, f64)| {
        let p = number::probability_with_interval(probability, interval, lang);
        format!("{}: {p}", yuan(cost, lang))
    };
    let point = |front: &Front| Point {
        x: front.cost,
        y: front.probability,
        interval: Some(front.interval.into()),
        told: told(front.cost, front.probability, front.interval.into()),
    };
    // read as the points of the frontier are, so that both stand in one picture
    let spot = |front: &Front| {
        let label = plan_of(answer, front, lang);
        Spot { point: point(front), label, emphasis: front.plan.as_deref() == Some("present"), across: None }
    };
    let spots = found.plans.iter().map(spot).collect();
    let level = level(answer);
    let several = answer.worlds.len() > 1;
    let subtitle = text!(
        "横轴为预计财政支出（亿元），纵轴为可能性（%）；色带与竖线为{level}区间（只反映模拟次数有限）",
        "Expected public money (100 million yuan) and probability (%); band and whiskers are {level} intervals (sampling error only)"
    );
    let mut subtitle = say(&subtitle, lang);
    if several {
        let averaged = answer.findings.rule == RuleName::Mean;
        subtitle += &match averaged {
            true => head("；按各情景平均计", "; mean of the worlds", lang),
            false => head("；按最差的情景计", "; worst world", lang),
        };
        subtitle += &whose(answer, lang);
    }
    let chart = CurveChart {
        title: title.clone(),
        subtitle,
        source: source(answer, lang),
        x_name: head("预计财政支出（亿元）", "Expected public money (100 million yuan)", lang),
        y_name: head("可能性", "Probability", lang),
        x_kind: Kind::Plain,
        y_kind: Kind::Percent,
        line: found.frontier.iter().map(point).collect(),
        spots,
        wanted: found.least.as_ref().map(|least| {
            let wanted = percent(least.wanted);
            (least.wanted, say(&text!("想要的可能性{wanted}", "wanted: {wanted}"), lang))
        }),
    };
    Ok(Figure {
        id: "frontier".to_owned(),
        caption: head(
            "每个圆点是一种搜到的分法，连线只为便于看。曲线越往右越平，说明多花的钱作用越小；现有方案在曲线下方，说明同样的钱可以分得更好。",
            "Every dot is one split that was found; the line only joins them. Where the curve flattens, more money helps less; a plan below the curve could spend the same money better.",
            lang,
        ),
        drawing: curve::render(&chart)?,
        table: table(answer, lang),
        title,
    })
}
