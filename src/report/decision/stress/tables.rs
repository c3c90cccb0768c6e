//! Tables of `stress`: worlds, shocks and reverses.

use crate::analysis::decision::stress::{Held, Outcome, Reverse, Side};
use crate::analysis::decision::{Answer, Stress};
use crate::report::briefing::{Cell, Column, DataTable, Format, Plain};
use crate::report::decision::frame::{chance, format_of, interval_cell, level, say, unit_of, value_cell};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text, by_number};

/// Columns of an effect.
fn effect_columns(answer: &Answer<Stress>, lang: Lang) -> Vec<Column> {
    let head = |zh: &str, en: &str| say(&Text::new(zh, en), lang);
    let level = level(answer);
    let interval = |unit: String| Column::number(say(&text!("{level}区间", "{level} interval"), lang), unit);
    let points = head("个百分点", "pp");
    let mut columns = Vec::new();
    if let Some(quantity) = &answer.findings.quantity {
        let unit = unit_of(quantity, lang);
        columns.push(Column::number(head("平均之差", "Change of mean"), unit.clone()));
        columns.push(interval(unit));
    }
    columns.extend([
        Column::number(head("可能性", "Probability"), ""),
        Column::number(head("可能性之差", "Change"), points.clone()),
        interval(points),
    ]);
    columns
}

fn effect_cells(answer: &Answer<Stress>, held: &Held) -> Vec<Cell> {
    let mut cells = Vec::new();
    if let Some(quantity) = &answer.findings.quantity {
        let format = format_of(quantity);
        cells.extend([value_cell(held.quantity, format), interval_cell(held.quantity, format)]);
    }
    cells.extend([
        chance(held.probability.value, held.probability.interval),
        value_cell(Some(held.change), Format::Points),
        interval_cell(Some(held.change), Format::Points),
    ]);
    cells
}

/// The other worlds.
pub fn worlds(answer: &Answer<Stress>, lang: Lang) -> Option<DataTable> {
    let head = |zh: &str, en: &str| say(&Text::new(zh, en), lang);
    let mut columns = vec![Column::text(head("外部情景", "World"))];
    columns.extend(effect_columns(answer, lang));
    let (zh, en) = (&answer.findings.baseline.name.zh, &answer.findings.baseline.name.en);
    let title = say(&text!("换外部情景（与{zh}相比）", "Other worlds (against {en})"), lang);
    let mut table = DataTable::new("worlds", title, columns);
    for world in &answer.findings.worlds {
        let mut row = vec![Cell::text(world.world.name.get(lang))];
        row.extend(effect_cells(answer, &world.effect));
        table.rows.push(row);
    }
    (!table.rows.is_empty()).then_some(table)
}

/// Shocks, the most harmful first, each at its bad and its good end.
pub fn shocks(answer: &Answer<Stress>, lang: Lang) -> Option<DataTable> {
    let head = |zh: &str, en: &str| say(&Text::new(zh, en), lang);
    let mut columns = vec![
        Column::text(head("单项", "Thing")),
        Column::text(head("端", "End")),
        Column::text(head("取值", "Held at")),
    ];
    columns.extend(effect_columns(answer, lang));
    let title = head("逐项变动（其余照常随机）", "One thing at a time (all else as usual)");
    let mut table = DataTable::new("shocks", title, columns);
    for shock in &answer.findings.shocks {
        let mut row = |end: String, side: &Side| {
            let mut row = vec![Cell::text(shock.name.get(lang)), Cell::text(end)];
            row.push(Cell::told(side.shown.get(lang), Plain::of_told(&side.shown, lang)));
            row.extend(effect_cells(answer, &side.effect));
            table.rows.push(row);
        };
        row(head("不利", "bad"), &shock.bad);
        row(head("有利", "good"), &shock.good);
    }
    let unclear = answer.findings.shocks.iter().filter(|shock| !shock.is_clear).count();
    if unclear > 0 {
        let does = by_number(unclear, "does", "do");
        let text = text!(
            "其中{unclear}项即使取不利一端，影响也在误差之内。",
            "{unclear} of them {does} no harm beyond the error even at the bad end."
        );
        table.notes.push(say(&text, lang));
    }
    let screening = &answer.findings.screening;
    if let Some(largest) = &screening.largest_left_out {
        let (left_out, trials) = (screening.left_out, number::decimal(screening.trials as f64, 0));
        let (zh, en) = (&largest.name.zh, &largest.name.en);
        let (things, are) =
            (by_number(left_out, "thing does", "things do"), by_number(left_out, "is", "are"));
        let text = text!(
            "另有{left_out}项经{trials}次初筛影响更小（其中最大的是{zh}），未列。",
            "{left_out} more {things} less harm in a screening of {trials} trials (most of it: {en}) and {are} left out."
        );
        table.notes.push(say(&text, lang));
    }
    (!table.rows.is_empty()).then_some(table)
}

/// The interval of a reverse: the smaller value first; open where it leaves the range.
fn interval(found: &Reverse, lang: Lang) -> Cell {
    let Outcome::Found { shown_interval, .. } = &found.outcome else { return Cell::Empty };
    let [mild, bad] = &**shown_interval;
    let [mild, bad] = [mild, bad].map(|end| end.as_ref());
    let ends = if found.low_is_bad { [bad, mild] } else { [mild, bad] };
    Cell::told(super::reversed::ends(found, lang), Plain::between(ends, lang))
}

/// How bad single things must be.
pub fn reverse(answer: &Answer<Stress>, lang: Lang) -> Option<DataTable> {
    let head = |zh: &str, en: &str| say(&Text::new(zh, en), lang);
    let level = level(answer);
    let columns = vec![
        Column::text(head("单项", "Thing")),
        Column::text(head("中间值（至最差值）", "Middle value (to the worst)")),
        Column::number(head("取中间值时的可能性", "Probability at the middle"), ""),
        Column::number(head("取最差值时", "At the worst"), ""),
        Column::number(head("减到中间值的一半时", "Half of that at"), ""),
        Column::number(say(&text!("{level}区间", "{level} interval"), lang), ""),
        Column::number(head("同样差或更差的机会", "As bad or worse"), ""),
    ];
    let title = head("反向压力测试：坏到什么程度可能性减半", "Reverse: how bad to halve the chance");
    let mut table = DataTable::new("reverse", title, columns);
    for found in &answer.findings.reverse {
        let [middle, worst] = &found.range;
        let range = super::reversed::span(middle, worst, lang);
        let called = [Text::new("中间值", "Middle value"), Text::new("最差值", "Worst value")];
        let ends = Plain { called: Some(called), ..Plain::between(found.range.each_ref().map(Some), lang) };
        let said = |zh: &str, en: &str| (Cell::text(head(zh, en)), Cell::Empty);
        let (at, share) = match &found.outcome {
            Outcome::Found { shown, as_bad, .. } => {
                let at = Cell::told(shown.get(lang), Plain::of_told(shown, lang));
                (at, Cell::Number(*as_bad, Format::Share))
            }
            Outcome::NotWithin { is_clear: true } => said("范围内不会减半", "not within its range"),
            Outcome::NotWithin { is_clear: false } => {
                said("范围内未见减半，不能排除", "not seen in its range, not excluded")
            }
            Outcome::NeedsLuck => said("取中间值已几乎不能达标", "hardly met at the middle"),
            Outcome::CannotTell => said("看不出", "cannot tell"),
        };
        table.rows.push(vec![
            Cell::text(found.name.get(lang)),
            Cell::told(range, ends),
            chance(found.at_middle.value, found.at_middle.interval),
            chance(found.at_worst.value, found.at_worst.interval),
            at,
            interval(found, lang),
            share,
        ]);
    }
    let percent = number::percent(0.01).replace(".0%", "%");
    let text = text!(
        "中间值为中位数，最差值为{percent}（不利）分位点，事件至少到1次；超出的不外推。各项都是固定在某个取值，所以取中间值时的可能性与不固定时不同。",
        "The middle value is the median, the worst one the unfavourable {percent} point, of events at least one; nothing is extrapolated. As things are held, the probability at the middle differs from that of the run where they vary."
    );
    table.notes.push(say(&text, lang));
    (!table.rows.is_empty()).then_some(table)
}

/// The chance at every number of arrivals that was held.
pub fn numbers(answer: &Answer<Stress>, lang: Lang) -> Option<DataTable> {
    let head = |zh: &str, en: &str| say(&Text::new(zh, en), lang);
    let level = level(answer);
    let interval = |unit: String| Column::number(say(&text!("{level}区间", "{level} interval"), lang), unit);
    let points = head("个百分点", "pp");
    let columns = vec![
        Column::text(head("事件", "Event")),
        Column::number(head("发生次数", "Arrivals"), ""),
        Column::number(head("可能性", "Probability"), ""),
        interval(String::new()),
        Column::number(head("可能性之差", "Change"), points.clone()),
        interval(points),
        Column::number(head("至少这么多次的机会", "So many or more"), ""),
    ];
    let title = head("事件发生多少次，可能性剩多少", "The chance by number of arrivals");
    let mut table = DataTable::new("numbers", title, columns);
    for found in &answer.findings.reverse {
        for number in &found.numbers {
            let [low, high] = number.probability.interval;
            table.rows.push(vec![
                Cell::text(found.name.get(lang)),
                Cell::Number(f64::from(number.arrivals), Format::Count),
                chance(number.probability.value, number.probability.interval),
                Cell::Interval(low, high, Format::Probability),
                value_cell(Some(number.change), Format::Points),
                interval_cell(Some(number.change), Format::Points),
                Cell::Number(number.as_many, Format::Share),
            ]);
        }
    }
    table.notes.push(head(
        "次数固定，均匀摊到各年，轻重照常随机；最后一列为原本的机会（发生率的不确定也算在内）。",
        "The number is held and spread evenly over the years, severities are drawn; the last column is how often so many come (the rate being uncertain too).",
    ));
    (!table.rows.is_empty()).then_some(table)
}
