//! The one verdict on what was found: by the rule's own figure where several worlds were asked about.

use super::super::frame::{points, yuan};
use super::moves;
use crate::analysis::decision::optimise::{ByRule, RuleName, Together};
use crate::analysis::decision::{Answer, Estimate, Optimum, QuantityInfo};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// The difference by which the answer stands or falls: by the rule, or in the only world.
pub fn deciding(answer: &Answer<Optimum>) -> Option<Estimate> {
    let found = &answer.findings;
    match &found.together {
        Some(together) => Some(together.gain),
        None => found.gain.first().copied().filter(|_| answer.worlds.len() == 1),
    }
}

/// Whether a difference of one world can be told from chance.
pub fn seen(gain: Estimate) -> Text {
    if gain.interval[0] > 0.0 || gain.interval[1] < 0.0 {
        Text::new("超出模拟误差", "beyond the error of the simulation")
    } else {
        Text::new("在模拟误差之内", "within the error of the simulation")
    }
}

/// Whether the mean quantity is better beyond the error in some world, and worse in none.
fn by_size(found: &Optimum) -> bool {
    let sign = found.quantity.as_ref().map_or(1.0, QuantityInfo::sign);
    let ends = |gain: &Estimate| {
        let [low, high] = gain.interval;
        if sign > 0.0 { [low, high] } else { [-high, -low] }
    };
    found.quantity_gain.iter().any(|gain| ends(gain)[0] > 0.0)
        && found.quantity_gain.iter().all(|gain| ends(gain)[1] >= 0.0)
}

/// Whether what the chosen split is compared with has the same money; else a difference is not one of splits.
pub fn is_fair(answer: &Answer<Optimum>) -> bool {
    let found = &answer.findings;
    let now = found.present.first().map_or(0.0, |present| present.cost);
    !found.scaled.is_empty() || (found.budget - now).abs() <= 1e-6 * (1.0 + now)
}

/// In what the present plan is no choice like the chosen split, in brackets: the bounds forbid it, or the money differs.
fn unlike(answer: &Answer<Optimum>) -> Text {
    let found = &answer.findings;
    let (false, Some(now), Some(best)) =
        (!found.scaled.is_empty(), found.present.first(), found.best.first())
    else {
        return Text::default();
    };
    let more = best.cost - now.cost;
    let (zh, en) = (yuan(more.abs(), Lang::Zh), yuan(more.abs(), Lang::En));
    match (is_fair(answer), found.allows_present) {
        (true, true) => Text::default(),
        (true, false) => {
            Text::new("（--bound 不允许现有安排）", " (the bounds do not allow the present plan)")
        }
        (false, _) if more >= 0.0 => text!(
            "（比现在多花{zh}；--bound 不允许按现有比例安排这笔预算）",
            " (for {en} more than now; the bounds do not allow this budget in the present proportions)"
        ),
        (false, _) => text!(
            "（比现在少花{zh}；--bound 不允许按现有比例安排这笔预算）",
            " (for {en} less than now; the bounds do not allow this budget in the present proportions)"
        ),
    }
}

/// Whether no trial of any split that was looked at meets the target, which has no quantity either: then nothing tells one
/// split from another.
pub fn is_blind(found: &Optimum) -> bool {
    let mut outcomes = found.present.iter().chain(&found.scaled).chain(&found.best);
    found.quantity.is_none()
        && outcomes.all(|outcome| outcome.probability == 0.0)
        && found.frontier.iter().all(|point| point.probability == 0.0)
}

/// That nothing was met, in place of any verdict.
pub fn blind(answer: &Answer<Optimum>, lang: Lang) -> String {
    let (target, policy) = (answer.target.name.get(lang), answer.findings.policy.name.get(lang));
    let trials = number::decimal(answer.trials as f64, 0);
    match lang {
        Lang::Zh => format!(
            "“{target}”：“{policy}”在{trials}次模拟里一次也没有达标，查过的其他分法也没有，比不出哪种分法好：下面各表中“搜索所得”的分法不是建议，也不说明少花钱无妨。可用 --trials 增加模拟次数，或用 --target 换一个不那么罕见的目标。"
        ),
        Lang::En => format!(
            "“{target}”: none of {trials} trials meets it under “{policy}”, nor under any other split looked at, so that nothing tells one split from another: the split “found by the search” in the tables below is no advice, nor does it say that less money does as well. Raise --trials, or ask about a less rare target with --target."
        ),
    }
}

/// The money of a split that costs no more than the budget and surely has a higher chance than the present plan, where the
/// chosen one has a lower one.
fn better(answer: &Answer<Optimum>) -> Option<f64> {
    let found = &answer.findings;
    let enough = found.enough.as_ref().filter(|_| found.scaled.is_empty())?;
    let is_told = super::frontier::flat(answer, Lang::Zh).is_some();
    let is_better = enough.present.is_some_and(|present| present.interval[1] < 0.0);
    (is_told && is_better && enough.point.cost <= found.budget * (1.0 + 1e-9)).then_some(enough.point.cost)
}

/// Whether the difference that decides can be told from chance, and what follows. To keep the present split is advised only
/// where that was to be had for the same money, and where nothing is saved by leaving it.
pub fn verdict(answer: &Answer<Optimum>, gain: Estimate) -> Text {
    let found = &answer.findings;
    let is_movable = found.budget > found.fixed_cost * (1.0 + 1e-9) + 1e-9;
    let has_scaled = !found.scaled.is_empty();
    let can_keep = has_scaled || (found.allows_present && is_fair(answer));
    let Text { zh, en } = unlike(answer);
    match (gain.interval, moves::left(answer)) {
        _ if !is_movable => Text::new(
            "这笔预算里没有可以调整的资金，谈不上分法",
            "there is no money in it that could be split",
        ),
        ([low, _], _) if low > 0.0 => {
            text!("改进超出模拟误差{zh}", "a gain beyond the error of the simulation{en}")
        }
        ([_, high], _) if high < 0.0 => match (can_keep, has_scaled) {
            (true, true) => Text::new(
                "比现有比例反而更低，请维持现有比例",
                "lower than in the present proportions: keep these",
            ),
            (true, false) => match better(answer) {
                None => Text::new("反而更低，请维持现有分法", "lower than now: keep the present split"),
                Some(cost) => {
                    let (zh, en) = (yuan(cost, Lang::Zh), yuan(cost, Lang::En));
                    text!(
                        "反而更低，不宜采用；可能性略高于现有的，是前沿表中预计支出{zh}的分法",
                        "lower than now: not to be followed; what has a slightly higher chance than now is the split of {en} in the frontier's table"
                    )
                }
            },
            (false, _) => text!("比现在低{zh}", "lower than now{en}"),
        },
        (_, Some(left)) => {
            let (left_zh, left_en) = (yuan(left, Lang::Zh), yuan(left, Lang::En));
            text!(
                "差别在模拟误差之内，而比预算少花{left_zh}：这笔钱看不出能提高可能性{zh}",
                "within the error of the simulation, for {left_en} less than the budget: that money cannot be seen to raise the probability{en}"
            )
        }
        _ if by_size(found) => text!(
            "可能性的差别在模拟误差之内，只有均值的差别超出误差{zh}",
            "within the error of the simulation; only the mean differs beyond it{en}"
        ),
        _ if can_keep => Text::new(
            "在模拟误差之内，看不出差别：请维持现有分法",
            "within the error of the simulation: keep the present split",
        ),
        _ => text!(
            "与现在的差别在模拟误差之内{zh}",
            "within the error of the simulation of what there is now{en}"
        ),
    }
}

/// That the bounds set the budget, where they do.
pub fn budget_by_bounds(answer: &Answer<Optimum>, lang: Lang) -> Option<String> {
    let found = &answer.findings;
    let now = found.present.first().filter(|_| found.by_bounds)?;
    let (budget, now) = (yuan(found.budget, lang), yuan(now.cost, lang));
    Some(match lang {
        Lang::Zh => format!(
            "没有写 --budget，而现有方案的{now}不在 --bound 允许的范围内：预算由 --bound 定为{budget}。"
        ),
        Lang::En => format!(
            "No budget was asked for, and the {now} of the present plan lies outside of the bounds: these set the budget at {budget}."
        ),
    })
}

/// A distance in percentage points with its interval: no change, and so without a sign.
pub fn distance(one: &ByRule, lang: Lang) -> String {
    let text = points(Estimate { value: one.value, interval: one.interval }, lang);
    text.strip_prefix('+').map_or(text.clone(), str::to_owned)
}

/// The verdict on several worlds.
pub fn sentence(answer: &Answer<Optimum>, together: &Together, lang: Lang) -> String {
    let found = &answer.findings;
    let (target, policy) = (answer.target.name.get(lang), found.policy.name.get(lang));
    let name = moves::name(answer);
    let (chosen, money) = (name.get(lang), found.best.first().map_or(0.0, |best| best.cost));
    let (money, budget) = (yuan(money, lang), yuan(found.budget, lang));
    let regret = found.rule == RuleName::Regret;
    let told = |one: &ByRule| {
        let figure = if regret {
            distance(one, lang)
        } else {
            number::probability_with_interval(one.value, one.interval.into(), lang)
        };
        match (&one.world, lang) {
            (None, _) => figure,
            (Some(world), Lang::Zh) => format!("{figure}［{}］", world.name.get(lang)),
            (Some(world), Lang::En) => format!("{figure} [{}]", world.name.get(lang)),
        }
    };
    let rule = match found.rule {
        RuleName::Mean => Text::new("各情景可能性的平均", "mean probability of the worlds"),
        RuleName::Maximin => Text::new("最差情景的可能性", "probability in the worst world"),
        RuleName::Regret => Text::new(
            "与各情景单独最好的分法的最大差距",
            "largest distance from the best split of each world alone",
        ),
    };
    // no distance of the budget's best split from a plan that costs more
    let present = match (&together.present, lang) {
        (Some(present), Lang::Zh) => format!("现在为{}", told(present)),
        (Some(present), Lang::En) => format!("{} under “{policy}” as it is", told(present)),
        (None, Lang::Zh) => "现在的支出超过这笔预算，不作比较".to_owned(),
        (None, Lang::En) => format!("“{policy}” as it is costs more than this budget and is not compared"),
    };
    let (rule, best) = (rule.get(lang), told(&together.best));
    let scaled = together.scaled.as_ref().map(told);
    let verdict = verdict(answer, together.gain);
    let verdict = format!("{}{}", verdict.get(lang), moves::bound(answer, lang));
    let gain = points(together.gain, lang);
    let change = match (regret, lang) {
        (true, Lang::Zh) => format!("按这一规则改进{gain}"),
        (true, Lang::En) => format!("better by that rule by {gain}"),
        (false, Lang::Zh) => format!("相差{gain}"),
        (false, Lang::En) => gain,
    };
    match (lang, scaled) {
        (Lang::Zh, None) => format!(
            "几个情景合起来看（{rule}），“{target}”：“{policy}”{present}；预计支出{money}、按{chosen}的分法，为{best}，{change}，{verdict}。"
        ),
        (Lang::Zh, Some(scaled)) => format!(
            "几个情景合起来看（{rule}），“{target}”：“{policy}”{present}；预算改为{budget}，按现有比例安排为{scaled}，按{chosen}的分法（预计支出{money}）为{best}，两种分法{change}，{verdict}。"
        ),
        (Lang::En, None) => format!(
            "All worlds together ({rule}), “{target}”: {present}; {best} when an expected {money} is split as {chosen}: {change}, {verdict}."
        ),
        (Lang::En, Some(scaled)) => format!(
            "All worlds together ({rule}), “{target}”: {present}. With a budget of {budget}: {scaled} in the present proportions, {best} when an expected {money} is split as {chosen}: {change}, {verdict}."
        ),
    }
}
