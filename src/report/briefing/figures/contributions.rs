//! The charts of what the main outcome is made of: the policy in focus in full, and all policies beside each other.

use super::super::naming;
use super::super::wording::level;
use super::foot::{policy_name, say, source};
use super::pages;
use super::{Attempt, Figure, Focus};
use crate::analysis::Results;
use crate::analysis::results::{ContributionResult, RunResult};
use crate::report::briefing::{Cell, Column, DataTable, Format};
use crate::report::chart::ChartError;
use crate::report::chart::axis::Axis;
use crate::report::chart::beyond;
use crate::report::chart::form::Form;
use crate::report::chart::page::Words;
use crate::report::chart::waterfall::{self, Panel, Step, Waterfall};
use crate::report::number;
use crate::scenario::class;
use crate::text;
use crate::text::{Lang, Text, joined};

/// A target is drawn if it is at most this many times as high as everything else.
const FAR: f64 = 3.0;

/// The waterfall of the policy in focus; `None` without its contributions.
pub(super) fn figure(results: &Results, focus: &Focus<'_>, form: Form, lang: Lang) -> Attempt {
    let parts = focus.run.contributions.as_ref()?;
    let (Text { zh, en }, year) = (naming::of_id(results, focus.run, &parts.series), parts.year);
    let zh = joined(&[&zh, &format!("{year}年")]);
    let policy = policy_name(results, focus.run).get(lang).to_owned();
    let title = text!("{zh}的数值由什么构成：{policy}", "What {en} in {year} is made of: {policy}");
    let title = title.get(lang).to_owned();
    let chart = Waterfall {
        words: words(results, &title, lang),
        panels: vec![
            whole(results, focus, parts, lang),
            policy_part(focus.run, parts, heading_of_part(lang), None, lang),
        ],
    };
    let caption = say(
        lang,
        "上图从基年数到目标年平均值；政策部分往往很小，所以下图用另一刻度单独画出。",
        "Above, from the base year to the mean of the target year; the part of policy is often small and is drawn below on a scale of its own.",
    );
    let table = table(results, std::iter::once(focus.run), "contributions", &title, lang);
    Some(waterfall::render_for(&chart, form).map(|drawing| Figure {
        id: "contributions".into(),
        title,
        caption,
        drawing,
        table,
    }))
}

/// The policy parts of all policies on one scale, one chart a page; none with fewer than two policies.
pub(super) fn by_policy(results: &Results, focus: &Focus<'_>, lang: Lang) -> Vec<Attempt> {
    let in_world = || results.runs.iter().filter(|run| run.world.id == focus.run.world.id);
    let found: Vec<Parts> = in_world().filter_map(|run| Some((run, run.contributions.as_ref()?))).collect();
    if found.len() < 2 {
        return Vec::new();
    }
    // one axis for all: the panels can be compared, across pages too
    let (low, high) = found.iter().map(|(run, parts)| reach(run, parts, lang)).fold((0.0, 0.0), wider);
    let axis = Axis::figures(low, high, 6);
    let heights: Vec<f64> = found.iter().map(|(_, parts)| 110.0 + 32.0 * parts.steps.len() as f64).collect();
    let lengths = pages::lengths(&heights);
    let total = lengths.len();
    let mut rest = found.as_slice();
    let mut attempts = Vec::with_capacity(total);
    for (index, length) in lengths.into_iter().enumerate() {
        let (page, later) = rest.split_at(length);
        rest = later;
        attempts.push(Some(page_of_policies(results, page, &axis, (index + 1, total), lang)));
    }
    attempts
}

/// A policy with what it consists of.
type Parts<'a> = (&'a RunResult, &'a ContributionResult);

fn page_of_policies(
    results: &Results,
    found: &[Parts<'_>],
    axis: &Axis,
    (number, total): (usize, usize),
    lang: Lang,
) -> Result<Figure, ChartError> {
    let Some((run, parts)) = found.first() else { return Err(ChartError::Nothing { chart: String::new() }) };
    let (Text { zh, en }, year) = (naming::of_id(results, run, &parts.series), parts.year);
    let zh = joined(&[&zh, &format!("{year}年")]);
    let title = text!("各方案的政策给{zh}增加多少", "What each policy adds to {en} in {year}");
    let part = if total > 1 { text!("（{number}/{total}）", " ({number}/{total})") } else { text!("", "") };
    let title = format!("{}{}", title.get(lang), part.get(lang));
    let panels = found.iter().map(|(run, parts)| {
        let heading = policy_name(results, run).get(lang).to_owned();
        policy_part(run, parts, heading, Some(axis), lang)
    });
    let chart = Waterfall { words: words(results, &title, lang), panels: panels.collect() };
    let caption = say(
        lang,
        "每格一个方案，刻度相同；从不实施政策时的平均值算起，逐类加上政策工具。",
        "One panel a policy, all on one scale; starting from the mean without policy, one class of instruments is added after the other.",
    );
    let base = "contributions-policies";
    let id = if total > 1 { format!("{base}-{number}") } else { base.to_owned() };
    let table = table(results, found.iter().map(|(run, _)| *run), &id, &title, lang);
    let drawing = waterfall::render(&chart)?;
    Ok(Figure { id, title, caption, drawing, table })
}

fn words(results: &Results, title: &str, lang: Lang) -> Words {
    let unit = number::money_unit();
    let unit = unit.get(lang);
    let level = level(results);
    let subtitle = text!(
        "单位：{unit}，均为平均值；细线为{level}区间（只反映模拟次数有限）；蓝条增加，空心条减少",
        "Unit: {unit}; means with {level} intervals (sampling error only); blue bars add, hollow bars take away"
    );
    Words {
        title: title.to_owned(),
        subtitle: subtitle.get(lang).to_owned(),
        notes: vec![say(
            lang,
            "政策工具按图中次序逐类加入；工具之间相互影响时，各类的大小与次序有关。",
            "Classes of instruments are added in the order shown; where instruments interact, what a class adds depends on that order.",
        )],
        source: source(results, lang),
    }
}

fn heading_of_part(lang: Lang) -> String {
    say(
        lang,
        "其中政策增加的部分（放大，刻度与上图不同，从0起）",
        "The part of policy alone (magnified: another scale, from 0)",
    )
}

/// From the base year to the mean under the policy.
fn whole(results: &Results, focus: &Focus<'_>, parts: &ContributionResult, lang: Lang) -> Panel {
    let (base_year, year) = (results.scenario.base_year, parts.year);
    let drawn = |value: f64| number::in_unit(value, lang);
    let reference = results.run.reference.name.get(lang);
    let growth = parts.organic - parts.base;
    let (low, high) = (parts.organic_interval[0], parts.organic_interval[1]);
    let policy = parts.total - parts.organic;
    let policy_interval = policy_interval(focus.run, parts);
    let line = focus.target.and_then(|target| {
        let quantity = target.quantity.as_ref()?;
        let level = target.condition.level?;
        let amount = number::set_level(level, "money", lang);
        let name = text!("目标{amount}亿元", "target {amount}").get(lang).to_owned();
        (quantity.series == parts.series && target.year == Some(year)).then_some((drawn(level), name))
    });
    let total = |name: Text, value: f64| Step {
        name: name.get(lang).to_owned(),
        to: drawn(value),
        figures: number::money(value, lang),
        is_total: true,
        ..Step::default()
    };
    let steps = vec![
        total(text!("{base_year}年基数", "{base_year}, base year"), parts.base),
        Step {
            name: text!("自然增长（{reference}）", "Growth without policy ({reference})")
                .get(lang)
                .to_owned(),
            from: drawn(parts.base),
            to: drawn(parts.organic),
            interval: Some((drawn(low), drawn(high))),
            figures: change(growth, (low - parts.base, high - parts.base), lang),
            is_total: false,
        },
        Step {
            name: say(lang, "政策合计", "All policy"),
            from: drawn(parts.organic),
            to: drawn(parts.total),
            interval: policy_interval
                .map(|[low, high]| (drawn(parts.organic + low), drawn(parts.organic + high))),
            figures: policy_interval
                .map_or_else(|| signed(policy, lang), |ends| change(policy, ends.into(), lang)),
            is_total: false,
        },
        total(text!("{year}年平均值", "{year}, mean"), parts.total),
    ];
    let ends = [parts.base, parts.organic, parts.total, low, high].map(drawn);
    let (mut lowest, mut highest) = ends.iter().fold((0.0, 0.0), |reach, &end| wider(reach, (end, end)));
    let line = line.map(|(level, name): (f64, String)| {
        // a target far away would leave the bars no length: the axis ends before it and its label says so
        if level <= FAR * (highest - lowest) {
            (lowest, highest) = wider((lowest, highest), (level, level));
            return (level, name);
        }
        let beyond = beyond();
        (level, say(lang, &format!("{name}（{}）", beyond.zh), &format!("{name} ({})", beyond.en)))
    });
    Panel {
        heading: text!("从{base_year}年到{year}年", "From {base_year} to {year}").get(lang).to_owned(),
        axis: Axis::figures(lowest, highest, 6),
        steps,
        line,
    }
}

/// Interval of what the whole policy adds; `None` unless a target is judged by the quantity in question.
fn policy_interval(run: &RunResult, parts: &ContributionResult) -> Option<[f64; 2]> {
    let judged = run.targets.iter().find(|target| {
        target.year == Some(parts.year) && target.quantity.as_ref().is_some_and(|q| q.series == parts.series)
    });
    judged?.change.as_ref()?.quantity_interval
}

/// What each class adds, from 0 to the sum.
fn policy_part(
    run: &RunResult,
    parts: &ContributionResult,
    heading: String,
    axis: Option<&Axis>,
    lang: Lang,
) -> Panel {
    let drawn = |value: f64| number::in_unit(value, lang);
    let mut level = 0.0;
    let mut steps: Vec<Step> = Vec::with_capacity(parts.steps.len() + 1);
    for step in &parts.steps {
        let from = level;
        level += step.change;
        steps.push(Step {
            name: class::name(&step.class).get(lang).to_owned(),
            from: drawn(from),
            to: drawn(level),
            interval: Some((drawn(from + step.interval[0]), drawn(from + step.interval[1]))),
            figures: change(step.change, step.interval.into(), lang),
            is_total: false,
        });
    }
    let (total, interval) = (parts.total - parts.organic, policy_interval(run, parts));
    steps.push(Step {
        name: say(lang, "政策合计", "All policy"),
        to: drawn(total),
        interval: interval.map(|ends| ends.map(drawn).into()),
        figures: interval.map_or_else(|| signed(total, lang), |ends| change(total, ends.into(), lang)),
        is_total: true,
        ..Step::default()
    });
    let (low, high) = reach(run, parts, lang);
    let axis = axis.cloned().unwrap_or_else(|| Axis::figures(low, high, 6));
    Panel { heading, axis, steps, line: None }
}

/// The lowest and the highest value of the policy part in the unit of the chart, intervals included.
fn reach(run: &RunResult, parts: &ContributionResult, lang: Lang) -> (f64, f64) {
    let (mut level, mut reach) = (0.0, (0.0, 0.0));
    for step in &parts.steps {
        reach = wider(reach, (level + step.interval[0], level + step.interval[1]));
        level += step.change;
        reach = wider(reach, (level, level));
    }
    let total = parts.total - parts.organic;
    let (low, high) =
        wider(wider(reach, (total, total)), policy_interval(run, parts).unwrap_or([total; 2]).into());
    (number::in_unit(low, lang), number::in_unit(high, lang))
}

fn wider(one: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    (one.0.min(other.0), one.1.max(other.1))
}

/// An amount with its sign: `+12.3`, `−0.03`; a small one with its digits, as the interval beside it.
fn signed(value: f64, lang: Lang) -> String {
    let amount = number::money(value, lang);
    match amount.contains(|c: char| matches!(c, '1'..='9')) {
        true if value > 0.0 => format!("+{amount}"),
        true => amount,
        false => number::money_or_bound(value, lang),
    }
}

fn change(value: f64, interval: (f64, f64), lang: Lang) -> String {
    if value == 0.0 && interval == (0.0, 0.0) {
        return signed(value, lang);
    }
    let range = number::money_range(interval.0, interval.1, lang);
    let value = signed(value, lang);
    text!("{value}（{range}）", "{value} ({range})").get(lang).to_owned()
}

fn table<'a>(
    results: &Results,
    runs: impl Iterator<Item = &'a RunResult>,
    id: &str,
    title: &str,
    lang: Lang,
) -> DataTable {
    let unit = number::money_unit();
    let unit = unit.get(lang);
    let interval_level = level(results);
    let interval_head = text!("{interval_level}区间", "{interval_level} interval");
    let columns = vec![
        Column::text(say(lang, "方案", "Policy")),
        Column::text(say(lang, "组成部分", "Part")),
        Column::number(say(lang, "数额", "Amount"), unit),
        Column::number(interval_head.get(lang), unit),
    ];
    let mut table = DataTable::new(format!("figure-{id}"), title, columns);
    for run in runs {
        let Some(parts) = &run.contributions else { continue };
        let policy = policy_name(results, run).get(lang).to_owned();
        let mut push = |name: String, value: f64, interval: Option<[f64; 2]>| {
            let interval =
                interval.map_or(Cell::Empty, |ends| Cell::Interval(ends[0], ends[1], Format::Money));
            table.rows.push(vec![
                Cell::text(&policy),
                Cell::text(name),
                Cell::Number(value, Format::Money),
                interval,
            ]);
        };
        let (base_year, year, base) = (results.scenario.base_year, parts.year, parts.base);
        push(text!("{base_year}年基数", "{base_year}, base year").get(lang).to_owned(), base, None);
        let growth = parts.organic_interval.map(|end| end - base);
        push(say(lang, "自然增长", "Growth without policy"), parts.organic - base, Some(growth));
        for step in &parts.steps {
            push(class::name(&step.class).get(lang).to_owned(), step.change, Some(step.interval));
        }
        let policy = parts.total - parts.organic;
        push(say(lang, "政策合计", "All policy"), policy, policy_interval(run, parts));
        push(text!("{year}年平均值", "{year}, mean").get(lang).to_owned(), parts.total, None);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_amount_has_the_digits_of_its_interval() {
        assert_eq!(change(0.002, (0.002, 0.0021), Lang::Zh), "+0.0020（0.0020–0.0021）");
        assert_eq!(change(-0.002, (-0.003, -0.001), Lang::En), "−0.00020 (−0.00030 to −0.00010)");
        assert_eq!(signed(3e-9, Lang::Zh), "+0.0000000030");
        assert_eq!(signed(1e-15, Lang::Zh), "<0.01");
        assert_eq!(signed(12.3, Lang::Zh), "+12.3");
    }
}
