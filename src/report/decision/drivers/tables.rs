//! What moves the result, in tables.

use super::singles::{self, format_of};
use super::survey::{NET, criterion_name, net_caveat};
use super::{told, variance_of};
use crate::analysis::decision::drivers::{Criterion, Drivers, Part, Verdict};
use crate::analysis::decision::{Answer, Estimate};
use crate::report::briefing::{Cell, Column, DataTable, Format};
use crate::report::decision::frame::{interval_cell, level, say, value_cell};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// Themes, grades, single figures, and what knowing them is worth.
pub fn tables(answer: &Answer<Drivers>, lang: Lang) -> Vec<DataTable> {
    let findings = &answer.findings;
    let mut tables = Vec::new();
    if findings.themes.iter().any(|part| told(findings, part).is_some()) {
        tables.push(themes(answer, lang));
        tables.push(grades(answer, lang));
    }
    if !findings.singles.is_empty() {
        tables.extend([singles::shares(answer, lang), singles::ends(answer, lang)]);
    }
    tables.extend([false, true].into_iter().filter_map(|yardstick| learning(answer, yardstick, lang)));
    tables
}

pub(super) fn head(zh: &str, en: &str, lang: Lang) -> String {
    say(&Text::new(zh, en), lang)
}

pub(super) fn number(estimate: Option<Estimate>) -> Cell {
    estimate.map_or(Cell::Empty, |estimate| Cell::Number(estimate.value, Format::Share))
}

pub(super) fn interval(estimate: Option<Estimate>) -> Cell {
    estimate.map_or(Cell::Empty, |Estimate { interval: [low, high], .. }| {
        Cell::Interval(low, high, Format::Share)
    })
}

pub(super) fn interval_head(answer: &Answer<Drivers>, lang: Lang) -> String {
    let level = level(answer);
    say(&text!("{level}区间", "{level} interval"), lang)
}

/// Shares by theme.
fn themes(answer: &Answer<Drivers>, lang: Lang) -> DataTable {
    let findings = &answer.findings;
    let of = variance_of(answer, lang);
    let mut columns = vec![
        Column::text(head("类别", "Group", lang)),
        Column::text(head("性质", "Kind", lang)),
        Column::number(head("公平份额", "Fair share", lang), ""),
        Column::number(interval_head(answer, lang), ""),
        Column::number(head("单独（一阶）", "Alone (first-order)", lang), ""),
        Column::number(head("连带（总效应）", "With others (total)", lang), ""),
    ];
    let both = findings.quantity.is_some() && findings.enough_hits;
    if both {
        columns
            .push(Column::number(head("对是否达标：公平份额", "Meeting the target: fair share", lang), ""));
        columns.push(Column::number(interval_head(answer, lang), ""));
    }
    let title = match lang {
        Lang::Zh => format!("各类不确定因素占{of}的份额"),
        Lang::En => format!("Shares of {of} by group"),
    };
    let mut table = DataTable::new("groups", title, columns);
    for part in &findings.themes {
        let shares = told(findings, part);
        let probability = part.probability.as_ref().and_then(|shares| shares.shapley);
        let mut row = vec![Cell::text(part.name.get(lang)), Cell::text(kind(part, lang))];
        let shapley = shares.and_then(|shares| shares.shapley);
        row.extend([
            number(shapley),
            interval(shapley),
            number(shares.and_then(|shares| shares.first)),
            number(shares.and_then(|shares| shares.total)),
        ]);
        if both {
            row.extend([number(probability), interval(probability)]);
        }
        table.rows.push(row);
    }
    let (small, probability) = (
        if findings.quantity.is_some() { findings.sides.small } else { findings.sides.small_probability },
        findings.sides.small_probability,
    );
    if small.is_some() {
        let name = head(
            "以上未单列公平份额的几类合计",
            "Groups above without a fair share of their own, together",
            lang,
        );
        let mut row =
            vec![Cell::text(name), Cell::Empty, number(small), interval(small), Cell::Empty, Cell::Empty];
        if both {
            row.extend([number(probability), interval(probability)]);
        }
        table.rows.push(row);
    }
    table.notes.push(head(
        "略低于0的份额、一阶略高于总效应的，都是模拟误差；没有列出的类别不影响结果。",
        "Shares slightly below 0, and first-order shares slightly above total ones, are noise; groups that are not listed change nothing.",
        lang,
    ));
    table
}

fn kind(part: &Part, lang: Lang) -> String {
    match (part.shock, part.quantities, lang) {
        (true, _, Lang::Zh) => "偶然因素".to_owned(),
        (true, _, Lang::En) => "chance".to_owned(),
        (false, n, Lang::Zh) => format!("可查清，{n}个数字"),
        (false, 1, Lang::En) => "learnable, 1 figure".to_owned(),
        (false, n, Lang::En) => format!("learnable, {n} figures"),
    }
}

/// Shares by grade.
fn grades(answer: &Answer<Drivers>, lang: Lang) -> DataTable {
    let findings = &answer.findings;
    let of = variance_of(answer, lang);
    let columns = vec![
        Column::text(head("依据的等级", "Grade of evidence", lang)),
        Column::number(head("不确定数字个数", "Uncertain figures", lang), ""),
        Column::number(head("公平份额", "Fair share", lang), ""),
        Column::number(interval_head(answer, lang), ""),
    ];
    let title = match lang {
        Lang::Zh => format!("各等级的依据占{of}的份额"),
        Lang::En => format!("Shares of {of} by grade of evidence"),
    };
    let mut table = DataTable::new("grades", title, columns);
    for part in &findings.grades {
        let shapley = told(findings, part).and_then(|shares| shares.shapley);
        let count = match part.shock {
            true => Cell::Empty,
            false => Cell::Number(part.quantities as f64, Format::Count),
        };
        table.rows.push(vec![Cell::text(part.name.get(lang)), count, number(shapley), interval(shapley)]);
    }
    table.notes.push(head(
        "各等级合计会略高于文中“全部查清可以消除”的份额：这里还分到与偶然因素共同作用的一部分，那一部分单靠查清消除不了。",
        "The grades add up to a little more than finding out every figure would take away: here they also hold their part of \
         what they do together with luck, which knowing them alone does not remove.",
        lang,
    ));
    table
}

/// What knowing single figures is worth, by the criteria that a choice can rest on, or by the yardstick alone.
fn learning(answer: &Answer<Drivers>, yardstick: bool, lang: Lang) -> Option<DataTable> {
    let findings = &answer.findings;
    let criteria = findings.learning.as_ref()?.criteria.iter();
    let criteria: Vec<&Criterion> =
        criteria.filter(|criterion| (criterion.criterion == NET) == yardstick).collect();
    if criteria.is_empty() {
        return None;
    }
    let columns = vec![
        Column::text(head("怎样选方案", "Choice", lang)),
        Column::text(head("按此标准领先的方案", "Leads by it", lang)),
        Column::text(head("先查清的数字", "Figure to find out", lang)),
        Column::number(head("价值", "Value", lang), ""),
        Column::number(interval_head(answer, lang), ""),
        Column::text(head("单位", "Unit", lang)),
        Column::number(head("改变选择的可能", "Changes the choice", lang), ""),
    ];
    let (id, title) = if yardstick {
        (
            "yardstick",
            head(
                "参考：按数值减去历年财政资金选（粗略标尺，不能据此定方案）",
                "For reference: the choice by the figure less public money (a yardstick, which decides nothing)",
                lang,
            ),
        )
    } else {
        (
            "information",
            head(
                "先查清一个数字再选方案，平均多得多少",
                "What finding out a figure before choosing is worth",
                lang,
            ),
        )
    };
    let mut table = DataTable::new(id, title, columns);
    for criterion in &criteria {
        let is_probability = criterion.criterion == "probability";
        let (format, unit) = match (&findings.quantity, is_probability) {
            (Some(quantity), false) => {
                (format_of(&quantity.figure), say(&number::unit_of(&quantity.figure, &quantity.unit), lang))
            }
            _ => (Format::Points, head("个百分点", "pp", lang)),
        };
        let best = match (&criterion.best, criterion.verdict) {
            (Some(best), _) => best.name.get(lang).to_owned(),
            (None, Verdict::Same) => head("没有差别", "no difference", lang),
            (None, _) => head("不能判断", "cannot be told", lang),
        };
        let mut row = |what: String, value: Option<Estimate>, switching: Cell| {
            table.rows.push(vec![
                Cell::text(criterion_name(&criterion.criterion).get(lang)),
                Cell::text(&best),
                Cell::text(what),
                value_cell(value, format),
                interval_cell(value, format),
                Cell::text(&unit),
                switching,
            ]);
        };
        for worth in &criterion.worth {
            let switching = Cell::Number(worth.switching, Format::Share);
            row(worth.name.get(lang).to_owned(), Some(worth.value), switching);
        }
        if criterion.everything.is_none() {
            row(head("（差别太少，不能判断）", "(too few differences to tell)", lang), None, Cell::Empty);
            continue;
        }
        let everything =
            head("（一切都事先知道，包括偶然因素：上限）", "(everything, luck included: upper bound)", lang);
        row(everything, criterion.everything, Cell::Empty);
    }
    if criteria.iter().flat_map(|criterion| &criterion.worth).any(|worth| worth.value.value < 0.0) {
        table.notes.push(head(
            "价值本身不会低于0；低于0的，说明凭这些模拟还学不出更好的选法，应看作0。",
            "No true value is below 0: where the estimate is, these trials do not teach a better choice, and it counts as 0.",
            lang,
        ));
    }
    table.notes.push(head(
        "按此标准领先的方案：只按这一行的标准，现在看平均最好的一个；不等于应当选它，查清数字的费用也没有扣除。",
        "Leads by it: the policy that is best on average by the criterion of the row alone, as things are known today; that is no advice to choose it. What finding out costs is not taken off.",
        lang,
    ));
    table.notes.extend(
        net_caveat(findings).filter(|_| yardstick).map(|caveat| say(&caveat, lang).trim().to_owned()),
    );
    Some(table.without_empty_columns())
}
