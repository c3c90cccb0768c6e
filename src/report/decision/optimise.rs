//! `optimise` as a planner sees it.

mod fixed;
mod frontier;
mod least;
mod method;
mod moves;
mod rearranged;
mod sentences;
mod shares;
mod verdict;

use super::Paper;
use super::frame::{chance, format_of, head, level, say, unit_of, yuan};
use crate::analysis::decision::optimise::{Line, RuleName};
use crate::analysis::decision::{Answer, Estimate, Optimum};
use crate::report::briefing::{Cell, Column, DataTable, Format, Plain};
use crate::report::number;
use crate::text;
use crate::text::Lang;

/// The answer in words, tables and charts.
pub fn optimise(answer: &Answer<Optimum>, lang: Lang) -> Paper {
    let mut paper = Paper { lang, ..Paper::default() };
    paper.summary = sentences::sentences(answer, lang);
    paper.tables.push(outcomes(answer, lang));
    paper.tables.push(instruments(answer, lang));
    if !answer.findings.certain {
        let kept = shares::kept(answer, lang);
        paper.tables.last_mut().into_iter().for_each(|table| table.notes.extend(kept.iter().cloned()));
    }
    paper.tables.extend(shares::tables(answer, lang));
    paper.tables.push(frontier::table(answer, lang));
    // one point is no curve
    paper.draw((answer.findings.frontier.len() > 1).then(|| frontier::figure(answer, lang)));
    paper.method = method::method(answer, lang);
    paper
}

/// How figures of the target's quantity are written, and their unit.
fn quantity_of(answer: &Answer<Optimum>, lang: Lang) -> (Format, String) {
    let quantity = answer.findings.quantity.as_ref();
    quantity.map_or((Format::Money, String::new()), |quantity| (format_of(quantity), unit_of(quantity, lang)))
}

/// How several worlds count, in brackets; nothing for one.
fn worlds(answer: &Answer<Optimum>, lang: Lang) -> String {
    match (answer.worlds.len(), answer.findings.rule) {
        (1, _) => String::new(),
        (_, RuleName::Mean) => head("（各情景平均）", " (mean of the worlds)", lang),
        _ => head("（最差的情景）", " (worst world)", lang),
    }
}

fn outcomes(answer: &Answer<Optimum>, lang: Lang) -> DataTable {
    let level = level(answer);
    let (format, unit) = quantity_of(answer, lang);
    let columns = vec![
        Column::text(head("情景", "World", lang)),
        Column::text(head("分法", "Split", lang)),
        Column::number(head("可能性", "Probability", lang), ""),
        Column::number(say(&text!("{level}区间", "{level} interval"), lang), ""),
        Column::number(head("数量均值", "Mean quantity", lang), unit),
        Column::number(head("预计支出", "Expected cost", lang), say(&number::money_unit(), lang)),
    ];
    let title = head(
        "现有分法与搜索出的分法（另用一批随机数重新估计）",
        "Present split and the one that was found, on fresh draws",
        lang,
    );
    let mut table = DataTable::new("outcomes", title, columns);
    let found = &answer.findings;
    for (present, best) in found.present.iter().zip(&found.best) {
        let scaled = found.scaled.iter().find(|scaled| scaled.world.id == best.world.id);
        let named = [
            (head("现有", "present", lang), Some(present)),
            (head("现有比例、同样的钱", "present proportions, same money", lang), scaled),
            (moves::name(answer).get(lang).to_owned(), Some(best)),
        ];
        let named = named.into_iter().filter_map(|(name, outcome)| Some((name, outcome?)));
        // where nothing is recommended, the least money is the row above
        let least = least::name(answer, lang).zip(
            found
                .least
                .as_ref()
                .and_then(|least| least.outcomes.iter().find(|least| least.world.id == best.world.id)),
        );
        for (name, outcome) in named.chain(least) {
            let [low, high] = outcome.interval;
            table.rows.push(vec![
                Cell::text(outcome.world.name.get(lang)),
                Cell::text(name),
                chance(outcome.probability, outcome.interval),
                Cell::Interval(low, high, Format::Probability),
                outcome.quantity.map_or(Cell::Empty, |figure| Cell::Number(figure.value, format)),
                Cell::Number(outcome.cost, Format::Money),
            ]);
        }
    }
    table
}

fn instruments(answer: &Answer<Optimum>, lang: Lang) -> DataTable {
    let (_, unit) = quantity_of(answer, lang);
    let money = say(&number::money_unit(), lang);
    let points = head("个百分点／亿元", "pp per billion yuan", lang);
    let level = level(answer);
    let interval = say(&text!("{level}区间", "{level} interval"), lang);
    let (least, has_spent) = (least::name(answer, lang), answer.findings.spent > 0.0);
    let several = answer.worlds.len() > 1;
    let mut columns = vec![Column::text(head("政策工具", "Instrument", lang))];
    // a tool may help in one world and not in another
    columns.extend(several.then(|| Column::text(head("情景", "World", lang))));
    columns.extend([
        Column::number(head("现有", "Present", lang), money.clone()),
        Column::number(moves::name(answer).get(lang), money.clone()),
    ]);
    columns.extend(least.as_ref().map(|least| Column::number(least.clone(), money.clone())));
    columns.extend(has_spent.then(|| Column::number(head("其中已花", "Spent", lang), money.clone())));
    columns.extend([
        Column::number(head("可安排的范围", "Allowed", lang), money),
        Column::number(head("再加一亿元，可能性增加", "Marginal gain of probability", lang), points.clone()),
        Column::number(interval.clone(), points),
        Column::number(
            head("再加一亿元，数量增加", "Marginal gain of quantity, for a billion", lang),
            unit.clone(),
        ),
        Column::number(interval, unit),
    ]);
    let title = head("各项政策工具的预计支出", "Expected cost by instrument", lang);
    let mut table = DataTable::new("instruments", title, columns);
    let row = |(line, world): (&Line, usize)| {
        let Line { present, best, bounds: [low, high], .. } = line;
        // per 亿元, or per billion: then as many times more, but for money, which is counted in the same unit
        let more = 1.0 / number::in_unit(1.0, lang);
        let by_quantity = match &answer.findings.quantity {
            Some(quantity) if !quantity.is_money() => more,
            _ => 1.0,
        };
        let (chance, quantity) = (line.probability_per_money.get(world), line.quantity_per_money.get(world));
        let scaled = |per: &Estimate, by: f64, format: Format| {
            let [low, high] = per.interval;
            [Cell::Number(per.value * by, format), Cell::Interval(low * by, high * by, format)]
        };
        let cells = |per: Option<[Cell; 2]>| per.unwrap_or([Cell::Empty, Cell::Empty]);
        let name = line.instrument.name.get(lang);
        let named = match moves::is_at_assumed_bound(line) {
            false => Cell::text(name),
            true => {
                let remark = head("已到假定的上限", "at the assumed bound", lang);
                let plain = Plain { figure: name.to_owned(), remark, ..Plain::default() };
                Cell::told(format!("{name}*"), plain)
            }
        };
        let mut row = vec![named];
        row.extend(several.then(|| Cell::text(answer.worlds[world].name.get(lang))));
        row.extend([Cell::Number(*present, Format::Money), Cell::Number(*best, Format::Money)]);
        let money =
            |money: Option<f64>| money.map_or(Cell::Empty, |money| Cell::Number(money, Format::Money));
        row.extend(least.as_ref().map(|_| money(line.least)));
        row.extend(has_spent.then(|| money(Some(line.spent))));
        row.push(Cell::Interval(*low, *high, Format::Money));
        row.extend(cells(chance.map(|per| scaled(per, more, Format::Points))));
        row.extend(cells(quantity.map(|per| scaled(per, by_quantity, Format::Decimal(2)))));
        row
    };
    let worlds = 0..answer.worlds.len();
    let lines = answer.findings.instruments.iter().flat_map(|line| worlds.clone().map(move |at| (line, at)));
    table.rows = lines.map(row).collect();
    if let Some(line) = answer.findings.instruments.iter().find(|line| moves::is_at_assumed_bound(line)) {
        let (name, most) = (line.instrument.name.get(lang), (line.bounds[1] * 2.0).ceil());
        let most_en = most / 10.0;
        table.notes.push(match lang {
            Lang::Zh => format!(
                "*：已到假定的上限（现有的三倍）。上限没有依据可查，只是不让结果离现有规模太远；另有依据的，写 --bound \"名称=下限..上限\"（名称照表中写），如 --bound \"{name}=0..{most}亿元\"。"
            ),
            Lang::En => format!(
                "*: at the assumed bound of three times the present money. It has no source and only keeps results near what the plan spends; where you know better, write --bound \"NAME=LOW..HIGH\" (with a name of this table), such as --bound \"{name}=0..{most_en}bn\"."
            ),
        });
    } else {
        table.notes.push(head(
            "可安排的范围用 --bound \"名称=下限..上限\" 改（名称照表中写，金额写单位，如 20..60亿元）。",
            "Another range takes --bound \"NAME=LOW..HIGH\" (with a name of this table and the unit, such as 2..6bn).",
            lang,
        ));
    }
    table.notes.extend(unlike_paid(answer, lang));
    table.notes.extend(fixed::notes(answer, lang));
    table
}

/// Share by which the amounts by instrument may differ from what is paid before it is explained.
const APART: f64 = 0.01;

/// Why the amounts by instrument do not add up to what is paid, where they do not: each is counted with its years as at
/// present, and whole awards in steps.
fn unlike_paid(answer: &Answer<Optimum>, lang: Lang) -> Option<String> {
    let found = &answer.findings;
    let (paid, sum) = (
        found.best.first()?.cost,
        found.instruments.iter().map(|line| line.best).sum::<f64>() + found.fixed_cost,
    );
    let (paid_told, sum_told) = (yuan(paid, lang), yuan(sum, lang));
    ((paid - sum).abs() > APART * paid.abs()).then(|| match lang {
        Lang::Zh => format!(
            "按获批支付的奖补，各项金额按现有年份安排估计，连同不动的支出合计{sum_told}；全部安排合在一起模拟，实际付出{paid_told}，本页其他各处都以后者为准。"
        ),
        Lang::En => format!(
            "Awards are paid for approvals: by instrument they are estimated with their years as at present, and come to {sum_told} with what stays. Simulated together {paid_told} is paid, which is what all other tables and sentences tell."
        ),
    })
}
