//! What policy adds, what it costs, and which policy is likeliest to meet the main target.

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
    let cost = cost(&focus.run.cost, lang);
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
    Some(text!(
        "与{reference_zh}相比，实现的可能性{zh}{more_zh}。{cost_zh}",
        "Against {reference_en}, the probability {en}{more_en}. {cost_en}"
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

/// Public money of a policy in a sentence.
fn cost(cost: &CostResult, lang: Lang) -> Text {
    if cost.gross.mean == 0.0 {
        return text!("这一方案没有写明财政支出。", "The policy states no public money.");
    }
    let name = Text::default();
    let unit = Unit { figure: "money", name: &name };
    let error = |money: &Money| money.interval.map(half);
    let gross = unit.amount(cost.gross.mean, error(&cost.gross), lang);
    let net = unit.amount(cost.net.mean, error(&cost.net), lang);
    if cost.net.mean == cost.gross.mean {
        return text!("财政资金平均支出{gross}。", "Public money: {gross} paid on average.");
    }
    text!(
        "财政资金平均支出{gross}，扣除可收回部分后为{net}。",
        "Public money: {gross} paid on average, {net} net of recoveries."
    )
}

/// The likeliest policy for the main target in the world of the focus; policies that are as likely are named together.
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
    // changes against the reference are paired and tell policies apart where their own intervals cannot
    let ends = |target: &TargetResult| target.change.as_ref().map_or([0.0, 0.0], |change| change.interval);
    let floor = ends(best.first()?.1)[0];
    let close: Vec<Entry<'_>> =
        others.iter().copied().filter(|(_, target)| ends(target)[1] >= floor).collect();
    let near = if close.is_empty() {
        Text::default()
    } else {
        let close = names(&close);
        text!(
            "；{close}与之相差无几，区间重叠，名次不能算定论",
            "; {close}: nearly as likely, with overlapping intervals, so the order is not settled"
        )
    };
    let (near_zh, near_en) = (near.zh, near.en);
    Some(if best.len() > 1 {
        text!(
            "{count}个方案中，可能性最高的并列：{leaders}（{p}）{near_zh}。",
            "Of {count} policies the likeliest are tied: {leaders} ({p}){near_en}."
        )
    } else {
        text!(
            "{count}个方案中，可能性最高的是{leaders}（{p}）{near_zh}。",
            "Of {count} policies the likeliest is {leaders} ({p}){near_en}."
        )
    })
}
