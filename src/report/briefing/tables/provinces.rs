//! The first target of every province under the policy in focus, where there are too many provinces for sentences.

use super::Heads;
use crate::analysis::results::*;
use crate::report::briefing::summary::FEW;
use crate::report::briefing::tables::targets::chance;
use crate::report::briefing::wording::{Unit, level, money_here, say, several_provinces};
use crate::report::briefing::{Cell, DataTable, Focus, Format};
use crate::report::number::{self, money_unit};
use crate::text;
use crate::text::{Lang, Text};

/// The table; without rows where there are few provinces with a target.
pub fn table(results: &Results, focus: &Focus<'_>, lang: Lang) -> DataTable {
    let heads = Heads(lang);
    let (none, level) = (Text::default(), level(results));
    let main = focus.run.main_targets();
    // one unit in the heads where there is one; else every figure carries its own
    let is_money = main.iter().all(|target| target.quantity.as_ref().is_some_and(|q| q.figure == "money"));
    let unit = if is_money { money_unit() } else { none.clone() };
    let columns = vec![
        heads.text("省", "Province"),
        heads.number("年份", "Year", &none),
        heads.number("首要目标", "First target", &unit),
        heads.number("中位数与目标之差", "Median less target", &unit),
        heads.number("可能性", "Probability", &none),
        heads.number("比参照方案", "Change", &Text::new("百分点", "pp")),
        heads.number(&format!("变化的{level}区间"), &format!("{level} interval of the change"), &none),
        heads.number("财政支出", "Public money paid", &money_unit()),
    ];
    let policy = &focus.run.policy.name;
    let (zh, en) = (&policy.zh, &policy.en);
    let title = text!("各省首要目标（“{zh}”）", "First target of every province under “{en}”");
    let mut table = DataTable::new("first-targets", say(&title, lang), columns);
    if !several_provinces(results) || main.len() <= FEW {
        return table;
    }
    table.rows = main.iter().map(|target| row(results, focus.run, target, is_money, lang)).collect();
    let reference = &results.run.reference.name;
    let (zh, en) = (&reference.zh, &reference.en);
    let note = text!(
        "参照方案为“{zh}”，逐次相比。财政支出只算能作用于该省目标的政策工具；同一工具作用于几个省的，各省都计，所以各省之数不能相加。",
        "The reference is “{en}”, compared trial by trial. Public money is that of the instruments that can bear on the province's \
         target; what bears on several provinces counts in each of them, so that the figures do not add up."
    );
    table.notes.push(say(&note, lang));
    table
}

fn row(results: &Results, run: &RunResult, target: &TargetResult, is_money: bool, lang: Lang) -> Vec<Cell> {
    let quantity = target.quantity.as_ref();
    let level = quantity.zip(target.condition.level).map(|(quantity, level)| {
        let unit = Unit::of(quantity);
        if is_money { Cell::Number(level, Format::Money) } else { Cell::Text(unit.amount(level, None, lang)) }
    });
    let gap = quantity.zip(target.condition.level).and_then(|(quantity, level)| {
        let gap = quantity.quantiles.get("0.5")? - level;
        let size = if is_money {
            number::money(gap.abs(), lang)
        } else {
            Unit::of(quantity).difference(gap, None, lang)
        };
        Some(Cell::Text(format!("{}{size}", if gap < 0.0 { "−" } else { "+" })))
    });
    let due = target.year.unwrap_or(results.scenario.horizon);
    let [change, interval] = match &target.change {
        Some(change) => Cell::change(change.probability, change.interval),
        None => [Cell::Empty, Cell::Empty],
    };
    let money = money_here(results, run, target, due);
    vec![
        Cell::text(target.scope.name.get(lang)),
        target.year.map_or(Cell::Empty, |year| Cell::Number(f64::from(year), Format::Year)),
        level.unwrap_or(Cell::Empty),
        gap.unwrap_or(Cell::Empty),
        chance(target.probability, target.interval),
        change,
        interval,
        money.map_or(Cell::Empty, |(gross, _)| Cell::Number(gross, Format::Money)),
    ]
}
