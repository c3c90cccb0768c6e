//! The chart of all targets under the policy in focus, grouped by the documents that set them.

use super::super::wording::level;
use super::foot::{policy_name, probability_cell, say, source};
use super::pages;
use super::{Attempt, Figure, Focus};
use crate::analysis::Results;
use crate::analysis::results::TargetResult;
use crate::report::briefing::{Cell, Column, DataTable, Format};
use crate::report::chart::ChartError;
use crate::report::chart::axis::Axis;
use crate::report::chart::dots::{self, Dot, DotChart, Group, Row};
use crate::report::chart::marker::Shape;
use crate::report::chart::page::Words;
use crate::report::{number, readings_text};
use crate::text;
use crate::text::Lang;

/// One chart for each page; none without a proper target.
pub(super) fn figures(results: &Results, focus: &Focus<'_>, lang: Lang) -> Vec<Attempt> {
    let groups = by_document(results, focus, lang);
    let names = groups.iter().flat_map(|(_, targets)| targets);
    let height =
        |target: &&TargetResult| pages::row_height(readings_text::name(results, target).get(lang), 9.0);
    let heights: Vec<f64> = names.map(height).collect();
    let pages = split(groups, &pages::lengths(&heights));
    let total = pages.len();
    pages
        .into_iter()
        .enumerate()
        .map(|(index, page)| Some(figure(results, focus, &page, (index + 1, total), lang)))
        .collect()
}

/// Targets under the title of their document.
type Groups<'a> = Vec<(String, Vec<&'a TargetResult>)>;

/// The proper targets by document, in the order of their first target.
fn by_document<'a>(results: &Results, focus: &Focus<'a>, lang: Lang) -> Groups<'a> {
    let mut groups: Vec<(Option<&str>, Vec<&TargetResult>)> = Vec::new();
    for target in focus.run.targets.iter().filter(|target| target.is_proper()) {
        let document = target.document.as_deref();
        match groups.iter_mut().find(|(id, _)| *id == document) {
            Some((_, targets)) => targets.push(target),
            None => groups.push((document, vec![target])),
        }
    }
    if let [(None, targets)] = groups.as_mut_slice() {
        // without any document, no heading is needed
        return vec![(String::new(), std::mem::take(targets))];
    }
    // what no document sets stands last
    groups.sort_by_key(|(document, _)| document.is_none());
    groups.into_iter().map(|(document, targets)| (heading(results, document, lang), targets)).collect()
}

fn heading(results: &Results, document: Option<&str>, lang: Lang) -> String {
    let Some(id) = document else {
        return say(lang, "其他（未注明文件）", "Others (no document named)");
    };
    let source = results.sources.iter().find(|source| source.id == id);
    source.map_or_else(|| id.to_owned(), |source| source.title.get(lang).to_owned())
}

/// The groups in pages of so many targets; a group that goes on keeps its heading.
fn split<'a>(groups: Groups<'a>, lengths: &[usize]) -> Vec<Groups<'a>> {
    let mut rest = groups.into_iter();
    let mut open: Option<(String, Vec<&TargetResult>)> = None;
    let fill = |length: &usize| {
        let (mut page, mut room) = (Groups::new(), *length);
        while room > 0 {
            let Some((heading, mut targets)) = open.take().or_else(|| rest.next()) else { break };
            let later = targets.split_off(targets.len().min(room));
            room -= targets.len();
            open = (!later.is_empty()).then(|| (heading.clone(), later));
            page.push((heading, targets));
        }
        page
    };
    lengths.iter().map(fill).collect()
}

fn figure(
    results: &Results,
    focus: &Focus<'_>,
    page: &[(String, Vec<&TargetResult>)],
    (number, total): (usize, usize),
    lang: Lang,
) -> Result<Figure, ChartError> {
    let policy = policy_name(results, focus.run).get(lang).to_owned();
    let title = text!("各项目标实现的可能性：{policy}", "Probability of every target: {policy}");
    let part = if total > 1 { text!("（{number}/{total}）", " ({number}/{total})") } else { text!("", "") };
    let title = format!("{}{}", title.get(lang), part.get(lang));
    let id = if total > 1 { format!("targets-{number}") } else { "targets".to_owned() };
    let level = level(results);
    let main = focus.target.map(|target| target.id.as_str());
    let has_rule = page.iter().any(|(_, targets)| targets.iter().any(|target| !target.is_judged()));
    let note = say(
        lang,
        "空心圆（标“按目标倒推”的，或多数成员如此的）：没有数据，推进速度按目标本身假设，所列可能性只重复这一假设，不能当作判断。",
        "Hollow circles (by rule, or most of a group so): there are no data; the pace is assumed from the target itself, and the chance only repeats that assumption.",
    );
    let groups = page.iter().map(|(heading, targets)| Group {
        heading: heading.clone(),
        rows: targets.iter().map(|target| row(results, target, main, lang)).collect(),
    });
    let chart = DotChart {
        words: Words {
            title: title.clone(),
            subtitle: text!(
                "单位：%；点为估计值，横线为{level}区间（只反映模拟次数有限）；蓝色为主要目标",
                "Unit: %; dots are estimates, whiskers their {level} intervals (sampling error only); the main target is blue"
            )
            .get(lang)
            .to_owned(),
            notes: if has_rule { vec![note] } else { Vec::new() },
            source: source(results, lang),
        },
        axis: Axis::probability(1.0),
        figures_head: text!("可能性（{level}区间）", "Probability ({level} interval)").get(lang).to_owned(),
        groups: groups.collect(),
        stems: false,
    };
    let caption = say(
        lang,
        "每行一项目标，按提出目标的文件分组；越靠右越可能实现。",
        "One row a target, grouped by the document that sets it; the further right, the likelier.",
    );
    let drawing = dots::render(&chart)?;
    let table = table(results, page, &id, &title, lang);
    Ok(Figure { id, title, caption, drawing, table })
}

fn row(results: &Results, target: &TargetResult, main: Option<&str>, lang: Lang) -> Row {
    Row {
        name: readings_text::name(results, target).get(lang).to_owned(),
        detail: String::new(),
        emphasis: main == Some(target.id.as_str()),
        dots: vec![Dot {
            label: String::new(),
            value: target.probability,
            interval: Some(target.interval.into()),
            figures: number::probability_with_interval(target.probability, target.interval.into(), lang),
            shape: if target.is_judged() { Shape::Disc } else { Shape::Ring },
        }],
    }
}

fn table(
    results: &Results,
    page: &[(String, Vec<&TargetResult>)],
    id: &str,
    title: &str,
    lang: Lang,
) -> DataTable {
    let level = level(results);
    let columns = vec![
        Column::text(say(lang, "文件", "Document")),
        Column::text(say(lang, "目标", "Target")),
        Column::number(say(lang, "年份", "Year"), ""),
        Column::number(say(lang, "可能性", "Probability"), ""),
        Column::number(text!("{level}区间", "{level} interval").get(lang), ""),
    ];
    let mut table = DataTable::new(format!("figure-{id}"), title, columns);
    for (heading, targets) in page {
        table.rows.extend(targets.iter().map(|target| {
            vec![
                Cell::text(heading),
                Cell::text(readings_text::name(results, target).get(lang)),
                target.year.map_or(Cell::Empty, |year| Cell::Number(f64::from(year), Format::Year)),
                probability_cell(target.probability, target.interval),
                Cell::Interval(target.interval[0], target.interval[1], Format::Probability),
            ]
        }));
    }
    table
}
