//! All policies against the main target; with several provinces, against the main target of each.

use super::{Heads, points};
use crate::analysis::results::*;
use crate::report::briefing::summary::main_targets;
use crate::report::briefing::tables::targets::{chance, format, range_format};
use crate::report::briefing::wording::{demand, distinguishable, level, say, several_provinces};
use crate::report::briefing::{Cell, DataTable, Focus, Format};
use crate::report::number::money_unit;
use crate::report::readings_text::plain_name;
use crate::text;
use crate::text::{Lang, Text};

/// The table.
pub fn table(results: &Results, focus: &Focus<'_>, lang: Lang) -> DataTable {
    let heads = Heads(lang);
    let targets = targets(results, focus);
    let worlds = results.run.worlds.len() > 1;
    let (none, level) = (Text::default(), level(results));
    // one unit in the head where there is one; else it stands beside the name of the target
    let unit =
        targets.first().and_then(|t| t.quantity.as_ref()).map(|q| q.unit_name.clone()).unwrap_or_default();
    let mut columns = vec![heads.text("方案", "Policy")];
    if worlds {
        columns.push(heads.text("情景", "World"));
    }
    if targets.len() > 1 {
        columns.push(heads.text("目标", "Target"));
    }
    columns.extend([
        heads.number("可能性", "Probability", &none),
        heads.number(&format!("{level}区间"), &format!("{level} interval"), &none),
        heads.number("比参照方案", "Against the reference", &points()),
        heads.number(&format!("变化的{level}区间"), &format!("{level} interval of the change"), &points()),
        heads.number("中位数", "Median", &unit),
        heads.number("5%–95%分位数", "5–95% of results", &unit),
        heads.number("平均数的变化", "Change of the mean", &unit),
        heads.number("财政支出", "Public money paid", &money_unit()),
        heads.number("扣除收回后", "Net of recoveries", &money_unit()),
        heads.number("每提高1个百分点的支出", "Money paid per percentage point", &money_unit()),
    ]);
    let title = match targets.as_slice() {
        [one] => {
            let Text { zh, en } = demand(results, one);
            text!("各方案比较：{zh}", "Policies compared: {en}")
        }
        _ => Text::new("各方案比较", "Policies compared"),
    };
    let mut table = DataTable::new("policies", say(&title, lang), columns);
    for run in &results.runs {
        let found = targets.iter().map(|target| run.target(&target.id)).collect::<Vec<_>>();
        let found = if found.is_empty() { vec![None] } else { found };
        for (at, target) in found.into_iter().enumerate() {
            let mut row = vec![Cell::text(run.policy.name.get(lang))];
            if worlds {
                row.push(Cell::text(run.world.name.get(lang)));
            }
            if targets.len() > 1 {
                let name = target.map(|target| say(&plain_name(results, target), lang));
                row.push(name.map_or(Cell::Empty, Cell::Text));
            }
            row.extend(figures(run, target, at == 0, targets.len() == 1));
            table.rows.push(row);
        }
    }
    notes(results, &mut table, targets.len() > 1, lang);
    table
}

/// The main target, or the main target of every province, that of the focus first.
fn targets<'a>(results: &Results, focus: &Focus<'a>) -> Vec<&'a TargetResult> {
    let first = focus.target;
    let others = if several_provinces(results) { main_targets(focus.run) } else { Vec::new() };
    let others = others.into_iter().filter(|target| first.is_none_or(|first| first.id != target.id));
    first.into_iter().chain(others).collect()
}

fn figures(run: &RunResult, target: Option<&TargetResult>, first: bool, only: bool) -> Vec<Cell> {
    let quantity = target.and_then(|target| target.quantity.as_ref());
    let figure = quantity.map_or("money", |quantity| quantity.figure.as_str());
    let change = target.and_then(|target| target.change.as_ref());
    let at = |key: &str| quantity.and_then(|quantity| quantity.quantiles.get(key)).copied();
    let cost = &run.cost;
    let number = |value: f64| Cell::Number(value, format(figure, value));
    // money is that of the whole policy: with several targets it belongs to none of them alone
    let per_point = change
        .filter(|change| {
            only && cost.gross.mean > 0.0 && change.probability > 0.0 && distinguishable(change.interval)
        })
        .map(|change| Cell::Number(cost.gross.mean / (change.probability * 100.0), Format::Money));
    let money = |value: f64| if first { Cell::Number(value, Format::Money) } else { Cell::Empty };
    vec![
        target.map_or(Cell::Empty, |target| chance(target.probability, target.interval)),
        target.map_or(Cell::Empty, |t| Cell::Interval(t.interval[0], t.interval[1], Format::Probability)),
        change.map_or(Cell::Empty, |change| Cell::Number(change.probability, Format::Points)),
        change.map_or(Cell::Empty, |c| Cell::Interval(c.interval[0], c.interval[1], Format::Points)),
        at("0.5").map_or(Cell::Empty, number),
        match (at("0.05"), at("0.95")) {
            (Some(low), Some(high)) => Cell::Interval(low, high, range_format(figure, low, high)),
            _ => Cell::Empty,
        },
        change.and_then(|change| change.quantity_mean).map_or(Cell::Empty, |mean| match figure {
            "share" => Cell::Number(mean, Format::Points),
            _ => Cell::Number(mean, format(figure, mean)),
        }),
        money(cost.gross.mean),
        money(cost.net.mean),
        per_point.unwrap_or(Cell::Empty),
    ]
}

fn notes(results: &Results, table: &mut DataTable, several: bool, lang: Lang) {
    let reference = &results.run.reference.name;
    let (zh, en) = (&reference.zh, &reference.en);
    table.notes.push(say(
        &text!(
            "变化都是与“{zh}”用同一批随机数逐次相比；区间跨过0的，现有次数下分辨不出。",
            "Changes are paired with “{en}” trial by trial on the same draws; where the interval spans 0, none can be told."
        ),
        lang,
    ));
    let heads = Heads(lang);
    table.notes.push(heads.say(
        "每提高1个百分点的支出＝财政支出÷可能性的变化，只在变化可以分辨时给出。财政支出为各年合计的平均数。",
        "Money per percentage point = public money paid / change of the probability, given only where the change can be told from \
         chance. Public money is the mean of the sum over all years.",
    ));
    if several {
        table.notes.push(heads.say(
            "财政支出是整个方案的，各省合计，只在每个方案的第一行列出。",
            "Public money is that of the whole policy in all provinces and stands in its first row only.",
        ));
    }
}
