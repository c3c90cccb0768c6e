//! Money against probability: the frontier of a budget, as table and chart.

use super::super::frame::{chance, head, level, percent, say, source, yuan};
use super::{quantity_of, worlds};
use crate::analysis::decision::optimise::{Outcome, Point as Front};
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
    let mut columns = vec![
        Column::number(head("预计支出", "Expected cost", lang), money.clone()),
        Column::number(head("可能性", "Probability", lang), ""),
        Column::number(say(&text!("{level}区间", "{level} interval"), lang), ""),
        Column::number(head("数量均值", "Mean quantity", lang), unit),
    ];
    let names = answer.findings.instruments.iter().map(|line| line.instrument.name.get(lang));
    columns.extend(names.map(|name| Column::number(name, money.clone())));
    let title = head(
        "花多少钱、可能性有多高：各金额下搜到的最好分法",
        "Money and probability: the best split found for each sum",
        lang,
    );
    let mut frontier = DataTable::new("frontier", title, columns);
    frontier.rows = answer.findings.frontier.iter().map(|point| row_of(point, format)).collect();
    frontier
}

fn row_of(point: &Front, format: Format) -> Vec<Cell> {
    let [low, high] = point.interval;
    let mut row = vec![
        Cell::Number(point.cost, Format::Money),
        chance(point.probability, point.interval),
        Cell::Interval(low, high, Format::Probability),
        point.quantity.map_or(Cell::Empty, |mean| Cell::Number(mean, format)),
    ];
    row.extend(point.money.iter().map(|&money| Cell::Number(money, Format::Money)));
    row
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
    let spot = |outcome: &Outcome, label: String, emphasis: bool| Spot {
        point: Point {
            x: outcome.cost,
            y: outcome.probability,
            interval: Some(outcome.interval.into()),
            told: told(outcome.cost, outcome.probability, outcome.interval.into()),
        },
        label,
        emphasis,
        across: None,
    };
    // the frontier shows the worst world, and so must the points beside it
    let worst = |outcomes: &[Outcome]| {
        outcomes.iter().min_by(|a, b| a.probability.total_cmp(&b.probability)).cloned()
    };
    let mut spots = Vec::new();
    spots.extend(
        worst(&found.present).map(|outcome| spot(&outcome, head("现有方案", "present plan", lang), true)),
    );
    spots.extend(
        worst(&found.best)
            .map(|outcome| spot(&outcome, super::moves::name(answer).get(lang).to_owned(), false)),
    );
    let level = level(answer);
    let several = answer.worlds.len() > 1;
    let subtitle = text!(
        "横轴为预计财政支出（亿元），纵轴为可能性（%）；色带与竖线为{level}区间（只反映模拟次数有限）",
        "Expected public money (100 million yuan) and probability (%); band and whiskers are {level} intervals (sampling error only)"
    );
    let mut subtitle = say(&subtitle, lang);
    if several {
        subtitle += &worlds(answer, lang);
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
            "曲线越往右越平，说明多花的钱作用越小；现有方案在曲线下方，说明同样的钱可以分得更好。",
            "Where the curve flattens, more money helps less; a plan below the curve could spend the same money better.",
            lang,
        ),
        drawing: curve::render(&chart)?,
        table: table(answer, lang),
        title,
    })
}
