//! `compare` as a planner sees it.

use super::Paper;
use super::frame::{chance, level, points, say, source};
use crate::analysis::decision::{Answer, Comparison};
use crate::report::briefing::{Cell, Column, DataTable, Figure, Format};
use crate::report::chart::ChartError;
use crate::report::chart::axis::Axis;
use crate::report::chart::dots::{self, Dot, DotChart, Group, Row};
use crate::report::chart::marker::Shape;
use crate::report::chart::page::Words;
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// The answer in words, tables and charts.
pub fn compare(answer: &Answer<Comparison>, lang: Lang) -> Paper {
    let mut paper = Paper { lang, ..Paper::default() };
    paper.summary = answer.worlds.iter().filter_map(|world| sentence(answer, &world.id, lang)).collect();
    paper.tables.push(probabilities(answer, lang));
    paper.draw(Some(figure(answer, lang)));
    paper
}

/// The likeliest policy of one world beside the reference.
fn sentence(answer: &Answer<Comparison>, world: &str, lang: Lang) -> Option<String> {
    let cells = || answer.findings.cells.iter().filter(|cell| cell.world.id == world);
    let best = cells()
        .filter(|cell| cell.change.is_some())
        .max_by(|a, b| a.probability.total_cmp(&b.probability))?;
    let change = best.change?;
    let (world, policy, target) = (&best.world.name, &best.policy.name, &answer.target.name);
    let p = number::probability_with_interval(best.probability, best.interval.into(), lang);
    let more = points(change, lang);
    let reference = &answer.findings.reference.name;
    let [world, policy, target, reference] = [world, policy, target, reference].map(|name| name.get(lang));
    Some(match lang {
        Lang::Zh => {
            format!("{world}下，“{target}”：{policy}的可能性最高，为{p}，与{reference}相比{more}。")
        }
        Lang::En => format!(
            "World “{world}”, “{target}”: {policy} is likeliest with {p}; against {reference}: {more}."
        ),
    })
}

fn probabilities(answer: &Answer<Comparison>, lang: Lang) -> DataTable {
    let head = |zh: &str, en: &str| say(&Text::new(zh, en), lang);
    let level = level(answer);
    let points = head("个百分点", "pp");
    let columns = vec![
        Column::text(head("情景", "World")),
        Column::text(head("方案", "Policy")),
        Column::number(head("可能性", "Probability"), ""),
        Column::number(say(&text!("{level}区间", "{level} interval"), lang), ""),
        Column::number(head("与参照方案之差", "Change against the reference"), points.clone()),
        Column::number(say(&text!("差的{level}区间", "{level} interval of the change"), lang), points),
        Column::number(head("财政资金", "Public money"), say(&number::money_unit(), lang)),
    ];
    let title = &answer.target.name;
    let mut table = DataTable::new("probability", say(title, lang), columns);
    for cell in &answer.findings.cells {
        let [low, high] = cell.interval;
        let (change, interval) = match cell.change {
            None => (Cell::Empty, Cell::Empty),
            Some(change) => (
                Cell::Number(change.value, Format::Points),
                Cell::Interval(change.interval[0], change.interval[1], Format::Points),
            ),
        };
        table.rows.push(vec![
            Cell::text(cell.world.name.get(lang)),
            Cell::text(cell.policy.name.get(lang)),
            chance(cell.probability, cell.interval),
            Cell::Interval(low, high, Format::Probability),
            change,
            interval,
            Cell::Number(cell.cost, Format::Money),
        ]);
    }
    table
}

fn figure(answer: &Answer<Comparison>, lang: Lang) -> Result<Figure, ChartError> {
    let name = &answer.target.name;
    let (zh, en) = (&name.zh, &name.en);
    let title = say(&text!("各方案在各情景下的可能性：{zh}", "Probability by policy and world: {en}"), lang);
    let level = level(answer);
    let highest = answer.findings.cells.iter().map(|cell| cell.interval[1]).fold(0.0, f64::max);
    let row = |cell: &crate::analysis::decision::compare::Cell| Row {
        name: cell.policy.name.get(lang).to_owned(),
        dots: vec![Dot {
            value: cell.probability,
            interval: Some(cell.interval.into()),
            figures: number::probability_with_interval(cell.probability, cell.interval.into(), lang),
            shape: Shape::of(0),
            ..Dot::default()
        }],
        ..Row::default()
    };
    let group = |world: &crate::analysis::results::Named| Group {
        heading: world.name.get(lang).to_owned(),
        rows: answer.findings.cells.iter().filter(|cell| cell.world.id == world.id).map(row).collect(),
    };
    let chart = DotChart {
        words: Words {
            title: title.clone(),
            subtitle: say(
                &text!(
                    "单位：%；点为估计值，横线为{level}区间（只反映模拟次数有限）",
                    "unit: %; dots are estimates, whiskers their {level} intervals (sampling error only)"
                ),
                lang,
            ),
            notes: Vec::new(),
            source: source(answer, lang),
        },
        axis: Axis::probability(highest),
        figures_head: say(&text!("可能性（{level}区间）", "Probability ({level} interval)"), lang),
        groups: answer.worlds.iter().map(group).collect(),
        stems: false,
    };
    Ok(Figure {
        id: "probability".to_owned(),
        drawing: dots::render(&chart)?,
        caption: say(
            &Text::new("圆点越靠右，目标越可能实现。", "The further right a dot, the likelier the target."),
            lang,
        ),
        table: probabilities(answer, lang),
        title,
    })
}
