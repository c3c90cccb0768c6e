//! The chart of the main target's probability under every policy, in every world.

use super::super::wording::level;
use super::foot::{money, money_name, probability_cell, say, source};
use super::{Attempt, Figure, Focus};
use crate::analysis::Results;
use crate::analysis::results::{Ends, RunResult, TargetResult};
use crate::report::briefing::{Cell, Column, DataTable, Format};
use crate::report::chart::axis::Axis;
use crate::report::chart::dots::{self, Dot, DotChart, Group, Row};
use crate::report::chart::form::Form;
use crate::report::chart::marker::Shape;
use crate::report::chart::page::Words;
use crate::report::{number, readings_text};
use crate::text;
use crate::text::Lang;

/// Dots with whiskers, one row a policy; `None` without a target.
pub(super) fn figure(results: &Results, focus: &Focus<'_>, form: Form, lang: Lang) -> Attempt {
    let target = focus.target?;
    let (level, name) = (level(results), readings_text::name(results, target).get(lang).to_owned());
    let title = text!("各方案实现目标的可能性：{name}", "Probability by policy: {name}").get(lang).to_owned();
    let found: Vec<_> = results.runs.iter().filter_map(|run| Some((run, run.target(&target.id)?))).collect();
    let highest = found.iter().map(|(_, target)| target.interval[1]).fold(0.0, f64::max);
    let axis = Axis::probability(highest);
    let row = |id: &str| {
        let row = row(results, focus, &found, id, lang);
        // in a document the table of policies beside the chart holds the money
        if form == Form::Screen { row } else { Row { detail: String::new(), ..row } }
    };
    let rows = results.run.policies.iter().map(|policy| row(&policy.id)).filter(|row| !row.dots.is_empty());
    let chart = DotChart {
        words: Words {
            title: title.clone(),
            subtitle: subtitle(&axis, &level, lang),
            notes: notes(results, target, form, lang),
            source: source(results, lang),
        },
        figures_head: text!("可能性（{level}区间）", "Probability ({level} interval)").get(lang).to_owned(),
        groups: vec![Group { heading: String::new(), rows: rows.collect() }],
        stems: false,
        axis,
    };
    let caption = say(
        lang,
        "圆点越靠右，目标越可能实现；横线重叠的方案，谁高谁低以逐次相比的差为准（见图后数据表）。",
        "The further right a dot, the likelier the target; where whiskers overlap, the differences paired trial by trial decide (table behind the chart).",
    );
    let table = table(results, &found, &title, lang);
    Some(dots::render_for(&chart, form).map(|drawing| Figure {
        id: "probability".into(),
        title,
        caption,
        drawing,
        table,
    }))
}

fn subtitle(axis: &Axis, level: &str, lang: Lang) -> String {
    let range = axis.end();
    let rest = text!(
        "单位：%；点为估计值，横线为{level}区间（只反映模拟次数有限）",
        "unit: %; dots are estimates, whiskers their {level} intervals (sampling error only)"
    );
    let range = range.get(lang);
    match lang {
        Lang::Zh => format!("{range}；{}", rest.zh),
        Lang::En => format!("{range}; {}", rest.en),
    }
}

fn notes(results: &Results, target: &TargetResult, form: Form, lang: Lang) -> Vec<String> {
    let note = "标“按目标倒推”的：没有数据，推进速度按目标本身假设，所列可能性只重复这一假设，不能当作判断。";
    let english = "Marked by rule: there are no data; the pace is assumed from the target, and the chance only repeats that assumption.";
    let mut notes = if target.by_rule { vec![say(lang, note, english)] } else { Vec::new() };
    notes.extend(note_of_money(results, lang).filter(|_| form == Form::Screen));
    notes
}

/// Says that the money beside one province's target is that of all provinces.
fn note_of_money(results: &Results, lang: Lang) -> Option<String> {
    let note = "财政资金为文件中各省的合计，不只是这项目标所在省的支出。";
    let english =
        "The public money is that of all provinces of the file, not of this target's province alone.";
    (money_name(results).zh != "财政资金").then(|| say(lang, note, english))
}

/// The row of one policy, with a dot for each world.
fn row(
    results: &Results,
    focus: &Focus<'_>,
    found: &[(&RunResult, &TargetResult)],
    policy: &str,
    lang: Lang,
) -> Row {
    let mut row = Row { emphasis: policy == focus.run.policy.id, ..Row::default() };
    for (run, target) in found.iter().filter(|(run, _)| run.policy.id == policy) {
        row.name = run.policy.name.get(lang).to_owned();
        if run.world.id == focus.run.world.id {
            row.detail = money(results, run, lang);
        }
        let world = results.run.worlds.iter().position(|world| world.id == run.world.id).unwrap_or(0);
        let several = results.run.worlds.len() > 1;
        row.dots.push(Dot {
            label: if several { run.world.name.get(lang).to_owned() } else { String::new() },
            value: target.probability,
            interval: Some(target.interval.into()),
            figures: number::probability_with_interval(target.probability, target.interval.into(), lang),
            shape: Shape::of(world),
        });
    }
    row
}

/// `text` with a capital at its head.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn table(results: &Results, found: &[(&RunResult, &TargetResult)], title: &str, lang: Lang) -> DataTable {
    let level = level(results);
    let several = results.run.worlds.len() > 1;
    let mut columns = vec![Column::text(say(lang, "方案", "Policy"))];
    if several {
        columns.push(Column::text(say(lang, "情景", "World")));
    }
    columns.extend([
        Column::number(say(lang, "可能性", "Probability"), ""),
        Column::number(text!("{level}区间", "{level} interval").get(lang), ""),
        Column::number(
            say(lang, "与参照方案之差", "Change against the reference"),
            say(lang, "个百分点", "pp"),
        ),
        Column::number(
            text!("差的{level}区间", "{level} interval of the change").get(lang),
            say(lang, "个百分点", "pp"),
        ),
        Column::number(capital(money_name(results).get(lang)), number::money_unit().get(lang)),
    ]);
    let paired = results.run.pair_level.is_some();
    if paired {
        let (zh, en) = ("与估计值最高的方案之差", "Change against the highest estimate");
        let (ends_zh, ends_en) =
            (format!("差的区间（各对同时{level}）"), format!("Its interval ({level} for all pairs)"));
        let points = say(lang, "个百分点", "pp");
        columns.push(Column::number(say(lang, zh, en), points.as_str()));
        columns.push(Column::number(say(lang, &ends_zh, &ends_en), points));
    }
    let mut table = DataTable::new("figure-probability", title, columns);
    for (run, target) in found {
        let highest = found.iter().filter(|(other, _)| other.world.id == run.world.id);
        let highest = highest.reduce(|best, next| if next.1.hits > best.1.hits { next } else { best });
        let mut row = vec![Cell::text(run.policy.name.get(lang))];
        if several {
            row.push(Cell::text(run.world.name.get(lang)));
        }
        let change = target.change.as_ref();
        row.extend([
            probability_cell(target.probability, target.interval),
            Cell::Interval(target.interval[0], target.interval[1], Format::Probability),
        ]);
        let cells = |told: Option<(f64, Ends)>| {
            told.map_or([Cell::Empty, Cell::Empty], |(value, ends)| Cell::change(value, ends))
        };
        row.extend(cells(change.map(|change| (change.probability, change.interval))));
        row.push(Cell::Number(run.cost.gross.mean, Format::Money));
        if paired {
            let below = highest.and_then(|(best, other)| target.less(&run.policy.id, other, &best.policy.id));
            row.extend(cells(below));
        }
        table.rows.push(row);
    }
    table.notes.extend(note_of_money(results, lang));
    let reference = results.run.reference.name.get(lang);
    table.notes.push(
        text!(
            "参照方案：{reference}；各方案用同一批随机数，差按成对比较计算。",
            "Reference: {reference}; all policies share the same draws, changes are paired."
        )
        .get(lang)
        .to_owned(),
    );
    table
}
