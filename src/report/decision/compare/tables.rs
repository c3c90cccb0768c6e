//! Tables of `compare`: probabilities, quantities, pairs and regrets.

use super::price::{is_beyond, is_priced};
use crate::analysis::decision::compare::{Cell as Found, Change, Price};
use crate::analysis::decision::{Answer, Comparison, Estimate};
use crate::report::briefing::wording::in_proportion;
use crate::report::briefing::{Cell, Column, DataTable, Format, Plain};
use crate::report::decision::frame::{
    chance, format_of, format_of_median, interval_cell, level, say, unit_of, value_cell,
};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// Probability, change and cost by world and policy.
pub fn probabilities(answer: &Answer<Comparison>, lang: Lang) -> DataTable {
    let head = |zh: &str, en: &str| say(&Text::new(zh, en), lang);
    let level = level(answer);
    let points = head("百分点", "pp");
    let money = say(&number::money_unit(), lang);
    let mut columns = vec![
        Column::text(head("情景", "World")),
        Column::text(head("方案", "Policy")),
        Column::number(head("可能性", "Probability"), ""),
        Column::number(say(&text!("{level}区间", "{level} interval"), lang), ""),
        Column::number(head("与参照方案之差", "Change against the reference"), points.clone()),
        Column::number(head("同时成立的区间", "Joint interval of the change"), points),
        Column::number(head("财政资金", "Public money"), money.clone()),
    ];
    let due = answer.findings.due;
    let is_later =
        |cell: &Found| cell.cost.zip(cell.cost_in_time).is_some_and(|(all, by)| by.value < all.value);
    let is_split = answer.findings.cells.iter().any(is_later);
    if is_split {
        let part = match answer.uncounted.is_empty() {
            true => text!("其中到{due}年", "Of it by {due}"),
            false => text!("其中到{due}年能影响本目标的", "Of it by {due} that can move the target"),
        };
        columns.push(Column::number(say(&part, lang), money.clone()));
    }
    columns.push(Column::number(
        say(&text!("到{due}年的每百分点花费", "Cost per point (by {due})"), lang),
        money,
    ));
    let mut table = DataTable::new("probability", say(&answer.target.name, lang), columns);
    let is_beyond = |change: &Change| is_beyond(change) && is_priced(change);
    if answer.findings.cells.iter().filter_map(|cell| cell.change.as_ref()).any(is_beyond) {
        table.notes.push(say(&in_proportion(), lang));
    }
    for cell in &answer.findings.cells {
        let [low, high] = cell.interval;
        let change = cell.change.as_ref().map(|change| change.probability);
        let mut row = vec![
            Cell::text(cell.world.name.get(lang)),
            Cell::text(cell.policy.name.get(lang)),
            chance(cell.probability, cell.interval),
            Cell::Interval(low, high, Format::Probability),
            value_cell(change, Format::Points),
            interval_cell(change, Format::Points),
            value_cell(cell.cost, Format::Money),
        ];
        if is_split {
            row.push(value_cell(cell.cost_in_time, Format::Money));
        }
        row.push(
            cell.change.as_ref().map_or(Cell::Empty, |change| of_point(change.cost_per_point, due, lang)),
        );
        table.rows.push(row);
    }
    table.notes.extend(joint(answer, lang));
    table
}

/// What the intervals of differences are; nothing where there are none.
fn joint(answer: &Answer<Comparison>, lang: Lang) -> Option<String> {
    let (level, count) = (level(answer), answer.findings.pairs.pairs.len());
    let text = text!(
        "与参照方案之差的区间已按{count}对比较放宽：就每一项数字（如可能性、平均）分别而言，各对的区间全部同时成立的把握为{level}，\
         所以比报告里逐个成立的区间宽；几项数字合在一起没有这个把握。分不分得清一律以它为准。",
        "Intervals of changes are widened for {count} comparisons: for each figure by itself (such as probability or mean) those \
         of all pairs hold together at {level}, so that they are wider than those of a report, which hold one by one; several \
         figures at once do not. They alone decide what is told apart."
    );
    (count > 1).then(|| say(&text, lang))
}

/// What a percentage point costs, with the digits of reports.
fn of_point(price: Price, due: i32, lang: Lang) -> Cell {
    priced(price, due, &|value| number::price_text(number::in_unit(value, lang)), lang)
}

/// What a unit of the quantity costs, in the same unit.
fn of_amount(price: Price, due: i32, lang: Lang) -> Cell {
    priced(price, due, &number::amount, lang)
}

/// What an effect costs, or in one word why that is not defined.
fn priced(price: Price, due: i32, figure: &dyn Fn(f64) -> String, lang: Lang) -> Cell {
    let word = |zh: &str, en: &str| Cell::text(say(&Text::new(zh, en), lang));
    match price {
        Price::Defined { value, interval } => {
            let (value, [low, high]) = (figure(value), interval.map(figure));
            let range = number::range(&low, &high, interval[0] < 0.0 || interval[1] < 0.0, lang);
            let text =
                if lang == Lang::Zh { format!("{value}（{range}）") } else { format!("{value} ({range})") };
            Cell::told(text, Plain::estimate(&value, [&low, &high]))
        }
        Price::EffectUnclear => word("说不准", "undefined"),
        Price::EffectRough => word("不够准", "too rough"),
        Price::EffectAdverse => word("适得其反", "none (adverse)"),
        Price::CostsNothing => word("不花钱", "free"),
        Price::PaidLater => Cell::text(say(&text!("{due}年后才花", "none (paid after {due})"), lang)),
        Price::PaidElsewhere => word("钱只花在别处", "none (paid elsewhere)"),
        Price::NoEffect => word("没有作用", "none (no effect)"),
    }
}

/// Median, mean and shortfall by world and policy, then their changes; nothing for targets without a quantity.
pub fn quantities(answer: &Answer<Comparison>, lang: Lang) -> Vec<DataTable> {
    let Some(quantity) = answer.findings.quantity.as_ref() else { return Vec::new() };
    let head = |zh: &str, en: &str| say(&Text::new(zh, en), lang);
    let (unit, format) = (unit_of(quantity, lang), format_of(quantity));
    let number = |zh: &str, en: &str| Column::number(head(zh, en), unit.clone());
    let interval = || Column::number(head("同时成立的区间", "Joint interval"), unit.clone());
    let names = || vec![Column::text(head("情景", "World")), Column::text(head("方案", "Policy"))];
    let (year, name) = (quantity.year, &quantity.name);
    let (zh, en) = (&name.zh, &name.en);
    let title = say(&text!("{year}年{zh}", "{en} in {year}"), lang);
    let mut columns = names();
    columns.extend([
        number("中位数", "Median"),
        number("平均", "Mean"),
        number("平均缺口", "Mean shortfall"),
        number("未达标时缺口", "Shortfall if missed"),
    ]);
    let mut levels = DataTable::new("quantity", title, columns);
    let title =
        say(&text!("{year}年{zh}：与参照方案之差", "{en} in {year}: change against the reference"), lang);
    let mut columns = names();
    columns.extend([number("中位数", "Median"), interval(), number("平均", "Mean"), interval()]);
    columns.extend([number("缺口", "Shortfall"), interval()]);
    if quantity.is_money() {
        let due = answer.findings.due;
        let title = text!("到{due}年的每亿元花费", "Cost per unit (by {due})");
        columns.push(Column::number(say(&title, lang), say(&number::money_unit(), lang)));
    }
    let mut changes = DataTable::new("change", title, columns);
    for cell in &answer.findings.cells {
        let Some(found) = &cell.quantity else { continue };
        let names = || vec![Cell::text(cell.world.name.get(lang)), Cell::text(cell.policy.name.get(lang))];
        let mut row = names();
        row.push(Cell::Number(found.median.value, format_of_median(quantity)));
        row.extend([found.mean, found.shortfall].map(|e| Cell::Number(e.value, format)));
        row.push(value_cell(found.shortfall_if_missed, format));
        levels.rows.push(row);
        let Some(change) = &cell.change else { continue };
        let Some(of) = &change.quantity else { continue };
        let mut row = names();
        for change in [of.median, of.mean, of.shortfall] {
            row.extend([value_cell(Some(change), format), interval_cell(Some(change), format)]);
        }
        if quantity.is_money() {
            row.push(
                change
                    .cost_per_revenue
                    .map_or(Cell::Empty, |found| of_amount(found, answer.findings.due, lang)),
            );
        }
        changes.rows.push(row);
    }
    levels.notes.push(head(
        "缺口：离目标还差多少，达标时计为0。",
        "Shortfall: what is lacking of the target, 0 where it is met.",
    ));
    changes.notes.push(match quantity.more_is_better {
        true => head(
            "按同一批模拟逐次相减。每亿元花费：平均每多1亿元用多少财政资金。",
            "Differences trial by trial. Cost per unit: public money for each billion yuan more of the mean.",
        ),
        false => head(
            "按同一批模拟逐次相减；目标是越少越好。每亿元花费：平均每减少1亿元用多少财政资金。",
            "Differences trial by trial; the target wants little. Cost per unit: public money for each billion yuan less \
             of the mean.",
        ),
    });
    changes.notes.extend(joint(answer, lang));
    vec![levels, changes].into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// Every two policies in the first world.
pub fn pairs(answer: &Answer<Comparison>, lang: Lang) -> Option<DataTable> {
    let world = answer.worlds.first()?;
    let pairs = answer.findings.pairs.pairs.iter().filter(|pair| pair.world.id == world.id);
    let head = |zh: &str, en: &str| say(&Text::new(zh, en), lang);
    let points = head("百分点", "pp");
    let mut columns = vec![
        Column::text(head("方案", "Policy")),
        Column::text(head("相比于", "Against")),
        Column::number(head("可能性之差", "Change of probability"), points.clone()),
        Column::number(head("同时成立的区间", "Joint interval"), points),
        Column::text(head("可能性能否分清", "Probabilities told apart")),
    ];
    let quantity = answer.findings.quantity.as_ref();
    if let Some(quantity) = quantity {
        let unit = unit_of(quantity, lang);
        columns.push(Column::number(head("平均之差", "Change of mean"), unit.clone()));
        columns.push(Column::number(head("同时成立的区间", "Joint interval"), unit));
        columns.push(Column::text(head("均值能否分清", "Means told apart")));
    }
    let told = |is_told: bool| Cell::text(if is_told { head("能", "yes") } else { head("不能", "no") });
    let (zh, en) = (&world.name.zh, &world.name.en);
    let title = text!("方案两两相比（{zh}）", "Every two policies (world: {en})");
    let mut table = DataTable::new("pairs", say(&title, lang), columns);
    for pair in pairs {
        let mut row = vec![
            Cell::text(pair.policy.name.get(lang)),
            Cell::text(pair.against.name.get(lang)),
            value_cell(Some(pair.probability), Format::Points),
            interval_cell(Some(pair.probability), Format::Points),
            told(pair.probability_told),
        ];
        if let Some(quantity) = quantity {
            let format = format_of(quantity);
            row.extend([value_cell(pair.quantity, format), interval_cell(pair.quantity, format)]);
            row.push(pair.quantity_told.map_or(Cell::Empty, told));
        }
        table.rows.push(row);
    }
    let level = level(answer);
    table.notes.push(say(
        &text!(
            "区间已按全部情景的对数放宽：就可能性、平均分别而言，各对的区间全部同时成立的把握为{level}；前面各表中与参照方案之差的\
             区间就是这里的区间。",
            "Intervals are widened for the number of pairs in all worlds: for probability and mean each by itself, those of all \
             pairs hold together at {level}. Those of changes against the reference in the tables above are the same."
        ),
        lang,
    ));
    (!table.rows.is_empty()).then_some(table)
}

/// Regrets by policy and world: of the probability, and of the quantity.
pub fn regrets(answer: &Answer<Comparison>, lang: Lang) -> Vec<DataTable> {
    let mut tables = Vec::new();
    if answer.worlds.len() < 2 || answer.findings.regrets.len() < 2 {
        return tables;
    }
    let head = |zh: &str, en: &str| say(&Text::new(zh, en), lang);
    let table = |id: &str, title: String, unit: String, format: Format, of: &Picked<'_>| {
        let mut columns = vec![Column::text(head("方案", "Policy"))];
        let worlds = answer.worlds.iter().map(|world| world.name.get(lang).to_owned());
        columns.extend(worlds.map(|name| Column::number(name, unit.clone())));
        columns.push(Column::number(head("最大", "Largest"), unit.clone()));
        columns.push(Column::number(head("最大值的区间", "Interval of the largest"), unit));
        let mut table = DataTable::new(id, title, columns);
        for at in 0..answer.findings.regrets.len() {
            let (worlds, worst) = of(at);
            let mut row = vec![Cell::text(answer.findings.regrets[at].policy.name.get(lang))];
            row.extend(worlds.iter().map(|regret| plain(*regret, format, lang)));
            row.extend([plain(worst, format, lang), interval_cell(worst, format)]);
            table.rows.push(row);
        }
        table.notes.push(head(
            "后悔值：选了这个方案，比该情景下最好的方案少多少；不计花费。",
            "Regret: what a policy lacks of the best one in that world, costs aside.",
        ));
        table
    };
    let regrets = &answer.findings.regrets;
    tables.push(table(
        "regret-probability",
        head("后悔值：可能性", "Regret: probability"),
        head("百分点", "pp"),
        Format::Points,
        &|at| {
            let of_world = regrets[at].worlds.iter().map(|world| Some(world.probability));
            (of_world.collect(), Some(regrets[at].worst_probability))
        },
    ));
    if let Some(quantity) = &answer.findings.quantity {
        let (zh, en) = (&quantity.name.zh, &quantity.name.en);
        tables.push(table(
            "regret-quantity",
            say(&text!("后悔值：{zh}", "Regret: {en}"), lang),
            unit_of(quantity, lang),
            format_of(quantity),
            &|at| {
                let of_world = regrets[at].worlds.iter().map(|world| world.quantity);
                (of_world.collect(), regrets[at].worst_quantity)
            },
        ));
    }
    tables
}

/// Regrets of one policy by world, and the largest.
type Picked<'a> = dyn Fn(usize) -> (Vec<Option<Estimate>>, Option<Estimate>) + 'a;

/// A regret, which needs no sign.
fn plain(regret: Option<Estimate>, format: Format, lang: Lang) -> Cell {
    match (regret, format) {
        (Some(regret), Format::Points) => {
            Cell::text(format.shown(regret.value, lang).trim_start_matches('+'))
        }
        _ => value_cell(regret, format),
    }
}
