//! What policy adds, what it costs, and which policy is likeliest to meet the main target.

use super::place;
use crate::analysis::results::*;
use crate::report::briefing::Focus;
use crate::report::briefing::wording::{self, Unit, half, list, quoted, say};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// Names of policies that are listed; more are counted.
const LISTED: usize = 4;

/// A policy with the main target under it.
type Entry<'a> = (&'a RunResult, &'a TargetResult);

/// What the policy in focus adds to the reference, and its public money.
pub fn effect(results: &Results, focus: &Focus<'_>, lang: Lang) -> Option<Text> {
    let cost = cost(results, focus, lang);
    let (cost_zh, cost_en) = (&cost.zh, &cost.en);
    let Some((target, change)) = focus.target.and_then(|target| Some((target, target.change.as_ref()?)))
    else {
        return (focus.run.cost.gross.mean != 0.0).then_some(cost);
    };
    let reference = quoted(&results.run.reference.name);
    let (reference_zh, reference_en) = (reference.zh, reference.en);
    let Text { zh, en } = wording::change(results, change, lang);
    let more = more(results, target, change, lang).unwrap_or_default();
    let (more_zh, more_en) = (more.zh, more.en);
    let place = place(results, target);
    let (place_zh, place_en) =
        (place.zh, if place.en.is_empty() { place.en } else { format!(" for {}", place.en) });
    Some(text!(
        "与{reference_zh}相比，{place_zh}实现的可能性{zh}{more_zh}。{cost_zh}",
        "Against {reference_en}, the probability{place_en} {en}{more_en}. {cost_en}"
    ))
}

/// By how much the judged quantity is larger on average.
fn more(results: &Results, target: &TargetResult, change: &Change, lang: Lang) -> Option<Text> {
    let (quantity, mean, ends) =
        (target.quantity.as_ref()?, change.quantity_mean?, change.quantity_interval?);
    let year = target.year?;
    let unit = Unit::of(quantity);
    let (size, level) = (unit.difference(mean, Some(half(ends)), lang), wording::level(results));
    if mean == 0.0 && ends == [0.0, 0.0] {
        return Some(text!("，{year}年的水平不变", "; the figure in {year} is unchanged"));
    }
    if !wording::distinguishable(ends) {
        return Some(text!(
            "，{year}年的平均水平也没有可以分辨的变化",
            "; neither can a change of the mean in {year} be told from chance"
        ));
    }
    let (low, high) = (ends[0].abs().min(ends[1].abs()), ends[0].abs().max(ends[1].abs()));
    let span = unit.range([low, high], Some(half(ends)), true, lang);
    let (zh, en) = if mean > 0.0 { ("多", "more") } else { ("少", "less") };
    Some(text!(
        "，{year}年平均{zh}{size}（{level}区间{span}）",
        "; the mean in {year} is {size} {en} ({level} interval {span})"
    ))
}

/// Public money of the policy in focus with its years, and how much of it is paid by the year of the target.
fn cost(results: &Results, focus: &Focus<'_>, lang: Lang) -> Text {
    let cost = &focus.run.cost;
    if cost.gross.mean == 0.0 {
        return text!("这一方案没有写明财政支出。", "The policy states no public money.");
    }
    let name = Text::default();
    let unit = Unit { figure: "money", name: &name };
    let error = |money: &Money| money.interval.map(half);
    let gross = unit.amount(cost.gross.mean, error(&cost.gross), lang);
    let net = unit.amount(cost.net.mean, error(&cost.net), lang);
    let Text { zh: years_zh, en: years_en } = wording::paid_years(focus.run);
    let (all_zh, all_en) = if wording::several_provinces(results) {
        ("各省合计，", " in all provinces together")
    } else {
        ("", "")
    };
    let due = focus
        .target
        .and_then(|target| target.year)
        .filter(|year| focus.run.cost.paid_by_year.iter().any(|(paid, money)| paid > year && *money != 0.0));
    let due = due.map_or_else(Text::default, |year| {
        let paid = unit.amount(wording::paid_by(focus.run, year), error(&cost.gross), lang);
        text!("，其中到{year}年{paid}", ", {paid} of it by {year}")
    });
    let (due_zh, due_en) = (due.zh, due.en);
    if cost.net.mean == cost.gross.mean {
        return text!(
            "{all_zh}{years_zh}财政资金平均支出{gross}{due_zh}。",
            "Public money{years_en}{all_en}: {gross} paid on average{due_en}."
        );
    }
    text!(
        "{all_zh}{years_zh}财政资金平均支出{gross}{due_zh}；全部支出扣除可收回部分后为{net}。",
        "Public money{years_en}{all_en}: {gross} paid on average{due_en}; {net} in all net of recoveries."
    )
}

/// The policy with the highest estimate for the main target in the world of the focus, and those that cannot be told from
/// it. Only the reference is compared with it trial by trial; of others their intervals must be apart.
pub fn likeliest(results: &Results, focus: &Focus<'_>, lang: Lang) -> Option<Text> {
    let id = &focus.target?.id;
    let in_world = results.runs.iter().filter(|run| run.world.id == focus.run.world.id);
    let all: Vec<Entry<'_>> = in_world.filter_map(|run| Some((run, run.target(id)?))).collect();
    if all.len() < 2 {
        return Some(text!(
            "本结果只含这一个方案，没有方案之间的比较。",
            "The results hold this one policy only; there is nothing to compare it with."
        ));
    }
    let most = all.iter().map(|(_, target)| target.hits).max()?;
    let (best, others): (Vec<Entry<'_>>, Vec<Entry<'_>>) =
        all.iter().copied().partition(|(_, target)| target.hits == most);
    let (count, n) = (all.len(), number::decimal(focus.target?.trials as f64, 0));
    let p = number::chance(best.first()?.1.probability, best.first()?.1.interval.into());
    if others.is_empty() {
        return Some(if most == 0 {
            text!(
                "{count}个方案在{n}次模拟中都一次也没有实现，分不出高下。",
                "None of the {count} policies met it once in {n} trials; they cannot be ranked."
            )
        } else {
            text!(
                "{count}个方案实现的可能性相同（{p}），分不出高下。",
                "All {count} policies are equally likely to meet it ({p}); they cannot be ranked."
            )
        });
    }
    let names = |runs: &[Entry<'_>]| {
        let named: Vec<String> =
            runs.iter().take(LISTED).map(|(run, _)| say(&quoted(&run.policy.name), lang)).collect();
        let (some, all) = (list(&named, lang), runs.len());
        let more = text!("{some}等{all}个方案", "{some} and others ({all} in all)");
        if all > LISTED { say(&more, lang) } else { some }
    };
    let leaders = names(&best);
    let first = best.first()?.1;
    let is_reference = |run: &RunResult| run.policy.id == results.run.reference.id;
    let led_by_reference = best.iter().any(|(run, _)| is_reference(run));
    // paired with the leader: the reference, or all others where the reference leads
    let paired = |(run, target): Entry<'_>| {
        let change = if led_by_reference { target.change.clone() } else { first.change.clone() };
        change.filter(|_| led_by_reference || (is_reference(run) && best.len() == 1))
    };
    let mut equal: Vec<Entry<'_>> = Vec::new();
    let mut open: Vec<Entry<'_>> = Vec::new();
    for entry in &others {
        match paired(*entry) {
            Some(change) if !wording::distinguishable(change.interval) => equal.push(*entry),
            None if entry.1.interval[1] >= first.interval[0] => open.push(*entry),
            _ => {}
        }
    }
    let mut near = (String::new(), String::new());
    if !equal.is_empty() {
        let equal = names(&equal);
        near.0 += &format!("；{equal}与之逐次相比，现有次数下分辨不出差别");
        near.1 += &format!("; {equal}, paired with it, cannot be told from it with these trials");
    }
    if !open.is_empty() {
        let (open, one) = (names(&open), open.len() == 1);
        let verb = if one { "has an interval that overlaps" } else { "have intervals that overlap" };
        near.0 += &format!("；{open}的区间与它重叠，谁高谁低须逐次相比（见 compare 的成对比较）");
        near.1 +=
            &format!("; {open} {verb} with its own: which is likelier takes a paired comparison (`compare`)");
    }
    let (near_zh, near_en) = near;
    let place = place(results, first);
    let (place_zh, place_en) = if place.zh.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("就{}这一目标，", place.zh), format!("For the target of {}: ", place.en))
    };
    let of = if place_en.is_empty() { "Of" } else { "of" };
    Some(if best.len() > 1 {
        text!(
            "{place_zh}{count}个方案中，估计值最高的并列：{leaders}（{p}）{near_zh}。",
            "{place_en}{of} {count} policies the highest estimates are tied: {leaders} ({p}){near_en}."
        )
    } else {
        text!(
            "{place_zh}{count}个方案中，估计值最高的是{leaders}（{p}）{near_zh}。",
            "{place_en}{of} {count} policies the highest estimate is that of {leaders} ({p}){near_en}."
        )
    })
}
