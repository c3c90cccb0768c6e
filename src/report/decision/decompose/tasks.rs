//! 任务分解表: tasks by cluster and year as plain figures, ready to be pasted, and the growth that they ask for.

use super::{doubtful, format, known, own_format};
use crate::analysis::decision::Decomposition;
use crate::analysis::decision::decompose::{Share, rounded};
use crate::math::powf;
use crate::report::briefing::{Cell, Column, DataTable, Format};
use crate::report::decision::frame::{chance, head, say, yuan};
use crate::report::number;
use crate::text;
use crate::text::Lang;

/// Figures by cluster of a year before the tasks, rounded like the tasks, so that the column adds up to its total. Where one
/// cluster carries the rest of the tasks, each is rounded by itself: the rest of others would falsify what it has.
pub fn before(found: &Decomposition) -> Vec<(i32, Vec<f64>)> {
    let bases = found.shares.iter().map(|share| share.base).collect();
    let passed = found.passed.iter().map(|passed| (passed.year, passed.means.clone()));
    let all = std::iter::once((found.base_year, bases)).chain(passed);
    let units: Vec<f64> = found.shares.iter().map(|share| share.unit).collect();
    let alone = |value: f64, unit: f64| (value / unit).round() * unit;
    all.map(|(year, means)| {
        let told = match found.carrier {
            None => rounded(&means, (found.unit, &units), None, &[]),
            Some(_) => means.iter().zip(&units).map(|(&mean, &unit)| alone(mean, unit)).collect(),
        };
        (year, told)
    })
    .collect()
}

/// What all clusters together have in the year before the first task, 亿元: what is known, else what is to be expected.
pub fn expected_before(found: &Decomposition) -> f64 {
    match found.passed.last() {
        Some(passed) => passed.starts().0,
        None => found.shares.iter().map(|share| share.base).sum(),
    }
}

/// A rate of growth as a number in percent.
fn rate(growth: Option<f64>) -> Cell {
    growth.map_or(Cell::Empty, |growth| Cell::Number(growth * 100.0, Format::Decimal(1)))
}

/// The head of the average growth: `2026—2027年年均增速`.
fn average_head(found: &Decomposition, lang: Lang) -> String {
    let (from, year) = (found.from, found.year);
    let text = if from == year {
        text!("{year}年增速", "Growth {year}")
    } else {
        text!("{from}—{year}年年均增速", "Growth a year {from}–{year}")
    };
    say(&text, lang)
}

/// What must be known of a cluster before its task is handed down; nothing for most.
fn remark(share: &Share, lang: Lang) -> Option<String> {
    let empty = share.has_no_revenue();
    let remarks: Vec<String> = [
        (!empty && doubtful::is_assumed(share)).then(|| head("主要凭假设", "mostly assumed", lang)),
        empty.then(|| head("没有营业收入", "has no revenue", lang)),
        (share.stepped && !empty).then(|| head("营业收入不变或少变", "revenue hardly varies", lang)),
        (share.moved_by_rounding && !share.stepped).then(|| head("取整影响大", "moved by rounding", lang)),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!remarks.is_empty()).then(|| remarks.join(if lang == Lang::Zh { "；" } else { "; " }))
}

/// Tasks by cluster and year.
pub fn table(found: &Decomposition, lang: Lang) -> DataTable {
    let unit = say(&number::money_unit(), lang);
    let before = before(found);
    let mut columns = vec![Column::text(head("市州或集群", "Cluster", lang))];
    columns.extend(before.iter().map(|(year, _)| {
        let text = if *year == found.base_year {
            text!("{year}年（均值）", "{year} (mean)")
        } else {
            text!("{year}年预计（均值）", "{year} expected (mean)")
        };
        Column::number(say(&text, lang), unit.clone())
    }));
    columns.extend(found.years.iter().map(|year| {
        let year = year.year;
        Column::number(say(&text!("{year}年任务", "Task {year}"), lang), unit.clone())
    }));
    columns.push(Column::number(average_head(found, lang), "%"));
    let remarks: Vec<Option<String>> = found.shares.iter().map(|share| remark(share, lang)).collect();
    // what holds for all stands below the table
    let has_remarks = remarks.iter().any(|remark| *remark != remarks[0]);
    if has_remarks {
        columns.push(Column::text(head("说明", "Remark", lang)));
    }
    let mut table = DataTable::new("tasks", title(found, lang), columns);
    let mut push = |name: String, cells: Vec<Cell>, growth: Cell, remark: Option<String>| {
        let mut row = vec![Cell::text(name)];
        row.extend(cells);
        row.push(growth);
        if has_remarks {
            row.push(Cell::text(remark.unwrap_or_default()));
        }
        table.rows.push(row);
    };
    for (index, share) in found.shares.iter().enumerate() {
        let cells = before.iter().map(|(_, figures)| figures[index]);
        let cells = cells.chain(found.years.iter().map(|year| year.tasks[index]));
        let cells = cells.map(|value| Cell::Number(value, own_format(share)));
        let name = share.cluster.name.get(lang).to_owned();
        push(name, cells.collect(), rate(share.growth), remarks[index].clone());
    }
    let sums = before.iter().map(|(_, figures)| figures.iter().sum());
    let sums = sums.chain(found.years.iter().map(|year| year.tasks.iter().sum()));
    let sums = sums.map(|value| Cell::Number(value, format(found)));
    push(head("合计", "Total", lang), sums.collect(), rate(average(found)), None);
    let mut chances = vec![Cell::Empty; before.len()];
    chances.extend(found.years.iter().map(|year| chance(year.chance.value, year.chance.interval)));
    push(head("各自完成的可能性", "Chance of each", lang), chances, Cell::Empty, None);
    table.notes = notes(found, lang);
    table
}

/// Yearly growth of all together, from what is to be expected before the first task to the target.
fn average(found: &Decomposition) -> Option<f64> {
    let (base, years) = (expected_before(found), f64::from(found.year - found.from + 1));
    (base > 0.0).then(|| powf(found.level / base, 1.0 / years) - 1.0)
}

/// The head says from when on tasks are set.
fn title(found: &Decomposition, lang: Lang) -> String {
    let from = found.from;
    let text = match found.passed.as_slice() {
        [] => text!("任务分解表", "Tasks by cluster and year"),
        [one] => {
            let passed = one.year;
            text!(
                "任务分解表（任务从{from}年起；{passed}年只列预计数，不是任务）",
                "Tasks by cluster and year (from {from} on; {passed} is what to expect, not a task)"
            )
        }
        [first, .., last] => {
            let (first, last) = (first.year, last.year);
            text!(
                "任务分解表（任务从{from}年起；{first}—{last}年只列预计数，不是任务）",
                "Tasks by cluster and year (from {from} on; {first}–{last} are what to expect, not tasks)"
            )
        }
    };
    say(&text, lang)
}

fn notes(found: &Decomposition, lang: Lang) -> Vec<String> {
    let mut notes: Vec<String> = known::begin(found, lang).into_iter().collect();
    let written = |value: f64, lang: Lang| format(found).shown(value, lang);
    let (unit_zh, unit_en) = (written(found.unit, Lang::Zh), written(found.unit, Lang::En));
    notes.push(say(
        &text!(
            "各列都保留到{unit_zh}亿元，舍去部分最大的几家进一位，使各列相加等于合计；基年为模拟的均值；增速按取整前的数计算。",
            "Columns are rounded to {unit_en} billion yuan, the largest remainders up, so that they add up to their totals; the base year is the mean of the trials; growth is that of the unrounded figures."
        ),
        lang,
    ));
    if let Some(carrier) = found.carrier.and_then(|carrier| found.shares.get(carrier)) {
        let (zh, en, base_year) = (&carrier.cluster.name.zh, &carrier.cluster.name.en, found.base_year);
        notes.push(say(
            &text!(
                "数额小的（或几乎不变的）各家另用更细的位数；由此多出的任务零头由{zh}承担，所以它的位数也细，不表示更准。{base_year}年等没有任务的年份各自取整，相加与合计可能差在末位。",
                "Small clusters (and those that hardly vary) have finer digits of their own; {en} takes what that leaves of the tasks, so that its digits are finer, too, which does not make them more exact. Figures of {base_year} and other years without tasks are rounded each by itself and may miss their total in the last digit."
            ),
            lang,
        ));
    }
    if !found.otherwise.is_empty() {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| {
            let names = found.otherwise.iter().map(|named| named.name.get(lang));
            names.collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " })
        });
        notes.push(say(
            &text!(
                "各家的数都按本目标的口径；文件为{zh}另定的目标用别的口径，其数额和可能性不能与本表直接相比。",
                "All figures count as the target does; the targets that documents set for {en} count in another measure, so that their amounts and chances cannot be held against this table."
            ),
            lang,
        ));
    }
    notes.extend(doubtful::mark(found, lang));
    let stepped = found.shares.iter().filter(|share| share.stepped && !share.has_no_revenue());
    let stepped: Vec<&str> = stepped.map(|share| share.cluster.name.get(lang)).collect();
    if !stepped.is_empty() {
        notes.push(match lang {
            Lang::Zh => format!(
                "“各自完成的可能性”不含{}：营业收入在全部或许多次模拟中相同，完成的可能性见“等可能性分解与按规模分摊的比较”。",
                stepped.join("、")
            ),
            Lang::En => format!(
                "The chance of each is not that of {}, whose revenue is the same in all or many trials: see the table of chances.",
                stepped.join(", ")
            ),
        });
    }
    let steps = found.level / found.unit;
    if (steps - steps.round()).abs() > 1e-6 {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| Format::Yuan(2).shown(found.level, lang));
        notes.push(say(
            &text!(
                "总目标{zh}亿元本身舍入到{unit_zh}亿元。",
                "The target of {en} billion yuan is itself rounded to {unit_en}."
            ),
            lang,
        ));
    }
    notes
}

/// The growth that the tasks of each year ask for; nothing where there is but one year, whose growth stands with the tasks.
pub fn growths(found: &Decomposition, lang: Lang) -> Option<DataTable> {
    if found.years.len() < 2 {
        return None;
    }
    let mut columns = vec![Column::text(head("市州或集群", "Cluster", lang))];
    columns.extend(found.years.iter().map(|year| {
        let year = year.year;
        Column::number(say(&text!("{year}年增速", "Growth {year}"), lang), "%")
    }));
    let title = head("任务要求的各年增速", "Growth that the tasks ask for, year by year", lang);
    let mut table = DataTable::new("growth", title, columns);
    for (index, share) in found.shares.iter().enumerate() {
        let mut row = vec![Cell::text(share.cluster.name.get(lang))];
        row.extend(found.years.iter().map(|year| rate(year.growths[index])));
        table.rows.push(row);
    }
    let mut total = vec![Cell::text(head("合计", "Total", lang))];
    total.extend(found.years.iter().map(|year| rate(year.growth)));
    table.rows.push(total);
    let (from, before) = (found.from, found.from - 1);
    let is_known = found.passed.last().is_some_and(|passed| !passed.figures.is_empty());
    let (known_zh, known_en) = if is_known {
        ("的已知数，没有的比", "what is known of the year before, elsewhere with ")
    } else {
        ("", "")
    };
    table.notes.push(say(
        &text!(
            "{from}年比的是{before}年{known_zh}模拟的均值，以后各年比的是上一年的任务；按取整前的数计算。",
            "{from} is compared with {known_en}the mean of {before}, later years with the task of the year before; unrounded figures."
        ),
        lang,
    ));
    Some(table)
}

/// The step from the mean to the milestone that a reader of the first year's growth would notice: half a percentage point.
const STEP: f64 = 0.005;

/// Why the first year asks for the most growth, or for less than is to be expected; nothing where it does neither, or where
/// growth is counted from what is known.
pub fn first_step(found: &Decomposition, lang: Lang) -> Option<String> {
    let (first, later) = found.years.split_first()?;
    let growth = first.growth?;
    if found.passed.last().is_some_and(|passed| passed.figures.iter().any(|figure| figure.index.is_none())) {
        return None;
    }
    let expected = expected_before(found);
    let usual = first.mean / expected - 1.0;
    let later: Vec<f64> = later.iter().filter_map(|year| year.growth).collect();
    let [low, high] = [
        later.iter().copied().fold(f64::INFINITY, f64::min),
        later.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    ];
    let is_steepest = !later.is_empty() && growth > high.max(0.0) && growth > usual + STEP;
    if !is_steepest && growth > usual - STEP {
        return None;
    }
    let (from, before, amount) = (found.from, found.from - 1, yuan(expected, lang));
    let usual = number::growth(usual);
    let even = number::growth(average(found)?);
    if !is_steepest {
        let growth = number::growth(growth);
        return Some(say(
            &text!(
                "{from}年的任务合计比{before}年的模拟均值（{amount}）为{growth}，低于模拟的平均走势（{usual}）：与总目标同样难易的水平低于模拟的均值，这一步落在任务的第一年，并不是说这一年应当放慢。如果每年按同一增速，各年都是{even}。",
                "The tasks of {from} are {growth} on the mean of {before} ({amount}), less than the {usual} of the mean of the trials: the level that is as likely as the target lies below the mean; the step down falls on the first year of tasks and does not mean that this year should slow down. At one rate in all years it would be {even} a year."
            ),
            lang,
        ));
    }
    let growth = number::share(growth);
    let (low, high) = (number::growth(low), number::growth(high));
    let later = if low == high {
        low
    } else if lang == Lang::Zh {
        format!("{low}至{high}")
    } else {
        format!("{low} to {high}")
    };
    Some(say(
        &text!(
            "{from}年的任务合计比{before}年的模拟均值（{amount}）高{growth}，比以后各年（{later}）陡：按模拟的平均走势，{from}年为{usual}；其余是从平均水平跨到与总目标同样难的水平，这一步落在任务的第一年，并不是说这一年能多增长这么多。如果每年按同一增速，各年都是{even}。",
            "The tasks of {from} are {growth} above the mean of {before} ({amount}), steeper than later years ({later}): on average {from} grows by {usual}; the rest is the step from the mean to a level as hard as the target, which falls on the first year of tasks and does not mean that this year can grow so much. At one rate in all years it would be {even} a year."
        ),
        lang,
    ))
}
