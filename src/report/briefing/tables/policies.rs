//! All policies against the main target; with several provinces, against the main target of each.

use super::{Heads, points};
use crate::analysis::decision::Estimate;
use crate::analysis::decision::compare::{Gain, Outlay, unpriced};
use crate::analysis::results::*;
use crate::report::briefing::tables::targets::{chance, format, range_format, unit as unit_of};
use crate::report::briefing::wording::{
    POINT, demand, in_proportion, level, money_here, say, several_provinces,
};
use crate::report::briefing::{Cell, DataTable, Focus, Format, Key};
use crate::report::number::{self, money_unit};
use crate::report::readings_text;
use crate::text;
use crate::text::{Lang, Text};

/// The table.
pub fn table(results: &Results, focus: &Focus<'_>, lang: Lang) -> DataTable {
    let heads = Heads(lang);
    let targets = targets(results, focus);
    let worlds = results.run.worlds.len() > 1;
    let (none, level) = (Text::default(), level(results));
    // one unit in the head where there is one; else it stands beside the name of the target
    let unit = targets
        .first()
        .and_then(|t| t.quantity.as_ref())
        .map(|q| Text::same(unit_of(q, lang)))
        .unwrap_or_default();
    let due = due(results, &targets);
    let (by_zh, by_en) = match due {
        Some(year) => (format!("到{year}年"), format!("by {year}")),
        None => ("到目标年".to_owned(), "by the target's year".to_owned()),
    };
    let mut columns = vec![heads.text("方案", "Policy").of(Key::Policy)];
    if worlds {
        columns.push(heads.text("情景", "World").of(Key::World));
    }
    if targets.len() > 1 {
        columns.extend([
            heads.text("省", "Province").of(Key::Province),
            heads.text("目标", "Target").of(Key::Target),
        ]);
    }
    columns.extend([
        heads.number("可能性", "Probability", &none).of(Key::Probability),
        heads.number(&format!("{level}区间"), &format!("{level} interval"), &none),
        heads.number("比参照方案", "Against the reference", &points()).of(Key::Change),
        heads
            .number(&format!("变化的{level}区间"), &format!("{level} interval of the change"), &points())
            .of(Key::ChangeInterval),
        heads.number("中位数", "Median", &unit).of(Key::Median),
        heads.number("5%–95%分位数", "5–95% of results", &unit),
        heads.number("平均数的变化", "Change of the mean", &unit),
        heads.number("财政支出", "Public money paid", &money_unit()).of(Key::Paid),
        heads.number(&format!("其中{by_zh}"), &format!("Of it {by_en}"), &money_unit()).of(Key::PaidInTime),
        heads.number("扣除收回后", "Net of recoveries", &money_unit()),
        heads.number(
            &format!("每提高1个百分点的支出（{by_zh}）"),
            &format!("Money paid per percentage point ({by_en})"),
            &money_unit(),
        ),
    ]);
    let title = match targets.as_slice() {
        [one] => {
            let Text { zh, en } = demand(results, one);
            match results.run.policies.len() {
                1 => text!("方案的数字：{zh}", "Figures of the policy: {en}"),
                _ => text!("各方案比较：{zh}", "Policies compared: {en}"),
            }
        }
        _ if results.run.policies.len() == 1 => Text::new("方案的数字", "Figures of the policy"),
        [] => Text::new("各方案比较", "Policies compared"),
        _ => Text::new("各方案比较：各省首要目标", "Policies compared: the first target of every province"),
    };
    let mut table = DataTable::new("policies", say(&title, lang), columns);
    // whether a price stands for a whole point that its policy cannot bring
    let mut beyond = false;
    // of several provinces the money of each target's, if it is known of all; else that of all together, in the first row
    let paid = |run: &RunResult, target: Option<&TargetResult>| own_money(results, run, target?);
    let is_known = |run: &RunResult| {
        targets.iter().all(|target| run.target(&target.id).is_none_or(|t| paid(run, Some(t)).is_some()))
    };
    let own = !targets.is_empty() && results.runs.iter().all(is_known);
    for run in &results.runs {
        let found = targets.iter().map(|target| run.target(&target.id)).collect::<Vec<_>>();
        let found = if found.is_empty() { vec![None] } else { found };
        for (at, target) in found.into_iter().enumerate() {
            let mut row = vec![Cell::text(run.policy.name.get(lang))];
            if worlds {
                row.push(Cell::text(run.world.name.get(lang)));
            }
            if targets.len() > 1 {
                let place = target.map(|target| target.scope.name.get(lang).to_owned());
                let name = target.map(|target| say(&readings_text::marked_name(results, target), lang));
                row.extend([place, name].map(|text| text.map_or(Cell::Empty, Cell::Text)));
            }
            let year = target.and_then(|target| target.year).unwrap_or(results.scenario.horizon);
            let known = if own { paid(run, target) } else { None };
            let money = known.or_else(|| (at == 0).then(|| whole_money(results, run, year)));
            row.extend(figures(target, money.as_ref(), lang));
            let small =
                target.and_then(|target| target.change.as_ref()).is_some_and(|c| c.probability < POINT);
            beyond |= small && !matches!(row.last(), Some(Cell::Empty));
            table.rows.push(row);
        }
    }
    if targets.is_empty() {
        table.notes.push(say(&money_of_all(results), lang));
    } else {
        notes(results, &mut table, beyond, own, lang);
    }
    table
}

/// The main target, or the main target of every province, that of the focus first.
pub(super) fn targets<'a>(results: &Results, focus: &Focus<'a>) -> Vec<&'a TargetResult> {
    let first = focus.target;
    let others = if several_provinces(results) { focus.run.main_targets() } else { Vec::new() };
    let others = others.into_iter().filter(|target| first.is_none_or(|first| first.id != target.id));
    first.into_iter().chain(others).collect()
}

/// The year of all targets, without any the horizon; `None` where they differ.
fn due(results: &Results, targets: &[&TargetResult]) -> Option<i32> {
    let mut years = targets.iter().map(|target| target.year.unwrap_or(results.scenario.horizon));
    let first = years.next().unwrap_or(results.scenario.horizon);
    years.all(|year| year == first).then_some(first)
}

/// Money that a policy pays beyond the reference by the year of the target for each percentage point; `None` where the
/// change is too uncertain to divide by.
fn per_point_of(paid: f64, change: &Change, lang: Lang) -> Option<Cell> {
    let effect = Estimate { value: change.probability, interval: change.interval };
    // money saved has no price either: the table says how much
    let outlay = Outlay { ever: paid > 0.0, in_time: paid > 0.0 };
    let gain = Gain { any: effect.value != 0.0, interval: effect.interval, alone: Some(effect) };
    if unpriced(outlay, gain).is_some() {
        return None;
    }
    let value = number::price(number::in_unit(paid / (effect.value * 100.0), lang));
    Some(Cell::Number(value, Format::Decimal(number::price_decimals(value))))
}

/// Money of a row.
struct Paid {
    gross: f64,
    due: f64,
    /// Net of recoveries, where it is known.
    net: Option<f64>,
    /// What is paid beyond the reference by the year of the target, where it is known.
    beyond: Option<f64>,
    /// Whether it is that of the target's place alone.
    own: bool,
}

/// The money that can bear on a target up to its year; `None` where that is not known.
fn own_money(results: &Results, run: &RunResult, target: &TargetResult) -> Option<Paid> {
    let due = target.year.unwrap_or(results.scenario.horizon);
    let (gross, paid) = money_here(results, run, target, due)?;
    let all = !several_provinces(results) || run.cost.gross.mean == 0.0;
    // of one place it is known as what policies pay beyond the reference
    let beyond = if all { saved(results, run, due).map(|saved| paid - saved) } else { Some(paid) };
    Some(Paid { gross, due: paid, net: Some(run.cost.net.mean).filter(|_| all), beyond, own: true })
}

/// The money of a whole policy.
fn whole_money(results: &Results, run: &RunResult, due: i32) -> Paid {
    let paid = results.scenario.worth_by(&run.cost.paid_by_year, due);
    Paid {
        gross: run.cost.gross.mean,
        due: paid,
        net: Some(run.cost.net.mean),
        beyond: saved(results, run, due).map(|saved| paid - saved),
        own: false,
    }
}

/// What the reference pays up to the end of a year.
fn saved(results: &Results, run: &RunResult, due: i32) -> Option<f64> {
    run.cost.reference_by_year.as_ref().map(|paid| results.scenario.worth_by(paid, due))
}

fn figures(target: Option<&TargetResult>, paid: Option<&Paid>, lang: Lang) -> Vec<Cell> {
    let quantity = target.and_then(|target| target.quantity.as_ref());
    let figure = quantity.map_or("money", |quantity| quantity.figure.as_str());
    let change = target.and_then(|target| target.change.as_ref());
    let at = |key: &str| quantity.and_then(|quantity| quantity.quantiles.get(key)).copied();
    let number = |value: f64| Cell::Number(value, format(figure, value));
    // the money of all provinces belongs to none of their targets alone
    let per_point = change.zip(paid.filter(|paid| paid.own).and_then(|paid| paid.beyond));
    let per_point = per_point.and_then(|(change, beyond)| per_point_of(beyond, change, lang));
    let money = |pick: fn(&Paid) -> Option<f64>| {
        paid.and_then(pick).map_or(Cell::Empty, |value| Cell::Number(value, Format::Money))
    };
    let told = change.map(|change| Cell::change(change.probability, change.interval));
    let [change_cell, change_interval] = told.unwrap_or([Cell::Empty, Cell::Empty]);
    vec![
        target.map_or(Cell::Empty, |target| chance(target.probability, target.interval)),
        target.map_or(Cell::Empty, |t| Cell::Interval(t.interval[0], t.interval[1], Format::Probability)),
        change_cell,
        change_interval,
        at("0.5").map_or(Cell::Empty, number),
        match (at("0.05"), at("0.95")) {
            (Some(low), Some(high)) => Cell::Interval(low, high, range_format(figure, low, high)),
            _ => Cell::Empty,
        },
        change.and_then(|change| change.quantity_mean).map_or(Cell::Empty, |mean| match figure {
            "share" => Cell::Number(mean, Format::Points),
            _ => Cell::Number(mean, format(figure, mean)),
        }),
        money(|paid| Some(paid.gross)),
        money(|paid| Some(paid.due)),
        money(|paid| paid.net),
        per_point.unwrap_or(Cell::Empty),
    ]
}

/// Whose money it is where no target makes it that of a place.
fn money_of_all(results: &Results) -> Text {
    let (zh, en) =
        if several_provinces(results) { ("，各省合计", ", all provinces together") } else { ("", "") };
    text!(
        "财政支出是整个方案的{zh}，为推演各年合计的平均数。情景文件没有设目标，所以没有可能性可比。",
        "Public money is that of the whole policy{en}: the mean of the sum over all years. The scenario sets no target, so that there \
         are no probabilities to compare."
    )
}

fn notes(results: &Results, table: &mut DataTable, beyond: bool, own: bool, lang: Lang) {
    let reference = &results.run.reference.name;
    let (zh, en) = (&reference.zh, &reference.en);
    // the reference alone has nothing to be compared with
    let compared = results.runs.iter().flat_map(|run| &run.targets).any(|target| target.change.is_some());
    table.notes.extend(compared.then(|| {
        say(
        &text!(
            "变化都是与“{zh}”用同一批随机数逐次相比；区间跨过0的，现有次数下分辨不出。",
            "Changes are paired with “{en}” trial by trial on the same draws; where the interval spans 0, none can be told."
        ),
        lang,
        )
    }));
    let heads = Heads(lang);
    table.notes.push(heads.say(
        "每提高1个百分点的支出＝到目标年为止比参照方案多出的财政支出（写明贴现率的，为贴现值）÷可能性的变化，取两位有效数字，\
         变化的区间半宽超过变化一半的不给出。\
         财政支出为推演各年合计的平均数，其中有的在目标年以后才支付。",
        "Money per percentage point = public money beyond the reference paid by the year of the target (discounted if the file states a rate) / change of the probability, with two digits, \
         left out where half the interval of the change exceeds half the change. Public money is the mean of the sum over all years, \
         some of which come after the target's.",
    ));
    table.notes.extend(beyond.then(|| say(&in_proportion(), lang)));
    if several_provinces(results) {
        let note = if own {
            text!(
                "每行的财政支出只算能作用于该省这一目标的政策工具；同一工具作用于几个省的，各省都计，所以各省之数不能相加。",
                "The public money of a row is that of the instruments that can bear on this province's target; what bears on several \
                 provinces counts in each of them, so that the figures do not add up."
            )
        } else {
            text!(
                "财政支出是整个方案的，各省合计，只在每个方案的第一行列出。",
                "Public money is that of the whole policy in all provinces and stands in its first row only."
            )
        };
        table.notes.push(say(&note, lang));
    } else {
        table.notes.push(heads.say(
            "财政支出计入方案的全部政策工具，包括没有途径作用于这一目标的；方案对比（compare）不计后一类，每百分点的花费因此可能较低。到目标年还没有见效的，两处都计。",
            "Public money is that of all instruments, also of those without any channel to the target, which `compare` leaves out, so that its price of a point may be lower. Those whose effect only comes after the target's year count in both.",
        ));
    }
}

#[cfg(test)]
#[path = "policies_tests.rs"]
mod tests;
