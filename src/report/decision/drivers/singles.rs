//! Single figures in tables: how much each explains, and where the result stands when it is low and when it is high.

use super::tables::{head, interval, interval_head, number};
use crate::analysis::decision::Answer;
use crate::analysis::decision::drivers::{Drivers, Single};
use crate::report::briefing::{Cell, Column, DataTable, Format, Plain};
use crate::report::decision::frame::{chance, interval_cell, level, say, value_cell};
use crate::report::number;
use crate::scenario::Grade;
use crate::text;
use crate::text::{Lang, Text};

/// How figures of a quantity are written.
pub fn format_of(figure: &str) -> Format {
    match figure {
        "money" => Format::Money,
        "share" => Format::Share,
        "count" => Format::Decimal(1),
        _ => Format::Decimal(2),
    }
}

/// Single figures with their shares.
pub fn shares(answer: &Answer<Drivers>, lang: Lang) -> DataTable {
    let columns = vec![
        Column::text(head("数字", "Figure", lang)),
        Column::text(head("依据", "Grade", lang)),
        Column::number(head("份额", "Share", lang), ""),
        Column::number(interval_head(answer, lang), ""),
    ];
    let title = head(
        "影响最大的单个数字（按单独查清可以消除的方差排序）",
        "Single figures by the variance that would go if they were known",
        lang,
    );
    let mut table = DataTable::new("figures", title, columns);
    for single in &answer.findings.singles {
        let grade = Grade::from_word(&single.grade);
        let grade = grade.map_or_else(|| Text::new("未注明", "not stated"), Grade::name);
        table.rows.push(vec![
            Cell::text(single.name.get(lang)),
            Cell::text(grade.get(lang)),
            number(Some(single.share)),
            interval(Some(single.share)),
        ]);
    }
    table.notes.push(head(
        "份额：单独查清这一个数字可以消除的方差（一阶）。",
        "Share: variance that would go if this figure alone were known (first-order).",
        lang,
    ));
    table
}

/// The results where each of these figures is low and where it is high, with the intervals of both.
pub fn ends(answer: &Answer<Drivers>, lang: Lang) -> DataTable {
    let findings = &answer.findings;
    let level = level(answer);
    let of = |zh: &str, en: &str| say(&text!("{zh}的{level}区间", "{level} interval of the {en}"), lang);
    let mut columns = vec![
        Column::text(head("数字", "Figure", lang)),
        Column::text(head("取值", "Taken", lang)),
        Column::number(head("该数字为", "Value", lang), ""),
    ];
    let quantity = findings.quantity.as_ref();
    if let Some(quantity) = quantity {
        let unit = match quantity.figure.as_str() {
            // its figures carry a percent sign
            "share" => String::new(),
            _ => say(&number::unit_of(&quantity.figure, &quantity.unit), lang),
        };
        columns.push(Column::number(head("结果平均", "Mean result", lang), unit));
        columns.push(Column::number(of("平均", "mean"), ""));
    }
    columns.push(Column::number(head("可能性", "Probability", lang), ""));
    columns.push(Column::number(of("可能性", "probability"), ""));
    let title = head(
        "影响最大的单个数字偏低、偏高时的结果",
        "Results where the figures that explain most are low and high",
        lang,
    );
    let mut table = DataTable::new("low-high", title, columns);
    let sides = [Text::new("偏低", "low"), Text::new("偏高", "high")];
    for single in &findings.singles {
        let Single { name, low, high, .. } = single;
        for (side, point) in sides.iter().zip([low, high]) {
            let value = Plain::of_told(&point.value, lang);
            let mut row = vec![
                Cell::text(name.get(lang)),
                Cell::text(side.get(lang)),
                Cell::told(point.value.get(lang), value),
            ];
            if let Some(quantity) = quantity {
                let format = format_of(&quantity.figure);
                row.extend([value_cell(point.mean, format), interval_cell(point.mean, format)]);
            }
            let [from, to] = point.interval;
            row.extend([
                chance(point.probability, point.interval),
                Cell::Interval(from, to, Format::Probability),
            ]);
            table.rows.push(row);
        }
    }
    table.notes.push(head(
        "偏低、偏高：该数字10%、90%分位附近各十分之一的模拟，其余数字照常变动；区间是就这些模拟而言的，只反映其次数有限。",
        "Low and high: the tenth of the trials around the 10% and the 90% point of the figure, with all others at their own \
         laws; intervals are for these trials and cover their limited number only.",
        lang,
    ));
    table
}
