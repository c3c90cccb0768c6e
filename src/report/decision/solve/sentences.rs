//! The answer of `solve` in sentences.

use crate::analysis::decision::solve::{LeverInfo, Point as Tried, Solution, Turn, Unit, Verdict};
use crate::analysis::decision::{Answer, Solved};
use crate::report::decision::frame::{level, percent, yuan};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// A value of the lever with its unit.
pub(super) fn amount(value: f64, lever: &LeverInfo, lang: Lang) -> String {
    let plain = |value: f64| match value.abs() {
        size if size >= 99.95 => number::decimal(value, 0),
        size if size >= 9.995 => number::decimal(value, 1),
        _ => number::decimal(value, 2),
    };
    match (lever.unit, lang) {
        (Unit::Money, _) => yuan(value, lang),
        (Unit::Share, _) => number::share(value),
        (Unit::Growth, Lang::Zh) => format!("{}个百分点", number::decimal(value * 100.0, 2)),
        (Unit::Growth, Lang::En) => format!("{} percentage points", number::decimal(value * 100.0, 2)),
        (Unit::Factor, Lang::Zh) => format!("{}倍", plain(value)),
        (Unit::Factor, Lang::En) => format!("{} times", plain(value)),
        (Unit::Years, Lang::Zh) => format!("{}年", plain(value)),
        (Unit::Years, Lang::En) => format!("{} years", plain(value)),
        (Unit::Year, Lang::Zh) => format!("{value:.0}年"),
        (Unit::Year, Lang::En) => format!("{value:.0}"),
        (Unit::Number, _) => plain(value),
    }
}

/// The interval of the answer: open where it leaves what was searched.
pub(super) fn span([low, high]: [Option<f64>; 2], lever: &LeverInfo, lang: Lang) -> String {
    let [from, to] = [low, high].map(|end| end.map(|end| amount(end, lever, lang)));
    match (from, to, lang) {
        (Some(from), Some(to), Lang::Zh) => format!("{from}至{to}"),
        (Some(from), Some(to), Lang::En) => format!("{from} to {to}"),
        (None, Some(to), Lang::Zh) => format!("不超过{to}"),
        (None, Some(to), Lang::En) => format!("at most {to}"),
        (Some(from), None, Lang::Zh) => format!("{from}以上，上端超出所查范围"),
        (Some(from), None, Lang::En) => format!("from {from} on, beyond what was searched"),
        (None, None, _) => "—".to_owned(),
    }
}

pub(super) fn probability(point: &Tried, lang: Lang) -> String {
    number::probability_with_interval(point.probability.value, point.probability.interval.into(), lang)
}

/// The answer in one sentence.
pub(super) fn verdict(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> String {
    let found = &answer.findings;
    let lever = &found.lever;
    let (world, target, name) =
        (solution.world.name.get(lang), answer.target.name.get(lang), lever.name.get(lang));
    let wanted = percent(found.wanted);
    let level = level(answer);
    let now = present(answer, solution, lang);
    let range = [lever.low, lever.high].map(|end| amount(end, lever, lang));
    let [from, to] = &range;
    let best = probability(&solution.best, lang);
    let best_at = solution.best.value.map_or_else(String::new, |value| amount(value, lever, lang));
    match (solution.verdict, solution.value, lang) {
        (Verdict::Found, Some(value), _) => {
            let value = amount(value, lever, lang);
            let interval = span(solution.interval, lever, lang);
            let check = solution.check.as_ref().map_or_else(String::new, |point| probability(point, lang));
            let demand = demand(lever, &value, solution.rises);
            let demand = demand.get(lang);
            match lang {
                Lang::Zh => format!(
                    "{world}下，要使“{target}”的可能性达到{wanted}，{name}{demand}（{level}区间：{interval}）。{now}用另一批随机数复核，取这个值时可能性为{check}。"
                ),
                Lang::En => format!(
                    "World “{world}”: for “{target}” to have a probability of {wanted}, {name} has to be {demand} ({level} interval: {interval}). {now} On fresh draws that value gives {check}."
                ),
            }
        }
        (Verdict::Throughout, _, Lang::Zh) => format!(
            "{world}下，“{target}”的可能性本来就不低于{wanted}：{name}在{from}至{to}之间取任何值都能达到。{now}"
        ),
        (Verdict::Throughout, _, Lang::En) => format!(
            "World “{world}”: “{target}” has a probability of {wanted} or more whatever {name} is between {from} and {to}. {now}"
        ),
        // between the values tried, a response that turns may be higher than at any of them
        (Verdict::Impossible, _, Lang::Zh) if !solution.monotone => format!(
            "{world}下，{name}在{from}至{to}之间所查的取值中，没有一个使“{target}”的可能性达到{wanted}，最高为{best}（取{best_at}时，另用一批随机数估计）；可能性不随它一路升高或降低，取值之间是否达到不能排除。{now}"
        ),
        (Verdict::Impossible, _, Lang::En) if !solution.monotone => format!(
            "World “{world}”: none of the values of {name} tried between {from} and {to} gives “{target}” a probability of {wanted}; the highest is {best} (at {best_at}, on fresh draws). The response turns, so values in between cannot be ruled out. {now}"
        ),
        (Verdict::Impossible | Verdict::Found, _, Lang::Zh) => format!(
            "{world}下，只靠调整{name}，“{target}”的可能性达不到{wanted}：在{from}至{to}的范围内，最高只有{best}（取{best_at}时，另用一批随机数估计）。{now}"
        ),
        (Verdict::Impossible | Verdict::Found, _, Lang::En) => format!(
            "World “{world}”: {name} alone cannot give “{target}” a probability of {wanted}: between {from} and {to} the highest is {best} (at {best_at}, on fresh draws). {now}"
        ),
        (Verdict::Unclear, _, Lang::Zh) => format!(
            "{world}下，调整{name}能否使“{target}”的可能性达到{wanted}，以现有模拟次数还不能断定：在{from}至{to}的范围内，最高为{best}（取{best_at}时），与{wanted}的差别在误差之内；请用 --trials 增加次数。{now}"
        ),
        (Verdict::Unclear, _, Lang::En) => format!(
            "World “{world}”: the trials cannot tell whether {name} can give “{target}” a probability of {wanted}: between {from} and {to} the highest is {best} (at {best_at}), within the error of it; ask for more --trials. {now}"
        ),
    }
}

/// How much the lever has to be, behind its name.
fn demand(lever: &LeverInfo, value: &str, rises: bool) -> Text {
    match (lever.turn, rises) {
        (Turn::Set, true) => text!("至少要{value}", "at least {value}"),
        (Turn::Set, false) => text!("最多只能是{value}", "at most {value}"),
        (Turn::Scale, true) => text!("至少要为现有的{value}", "at least {value} what it is now"),
        (Turn::Scale, false) => text!("最多只能为现有的{value}", "at most {value} what it is now"),
        (Turn::Shift, true) => {
            text!("至少要比情景所写的高出{value}", "at least {value} above what the scenario states")
        }
        (Turn::Shift, false) => {
            text!("最多只能比情景所写的高出{value}", "at most {value} above what the scenario states")
        }
        (Turn::Year, _) => text!("最早为{value}", "{value} at the earliest"),
    }
}

/// What holds now, and whether it is enough already.
fn present(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> String {
    let found = &answer.findings;
    let [low, high] = solution.now.probability.interval;
    let now = probability(&solution.now, lang);
    let wanted = percent(found.wanted);
    let value = solution.now.value.filter(|_| matches!(found.lever.turn, Turn::Set | Turn::Year));
    let value = value.map(|value| amount(value, &found.lever, lang));
    let policy = found.policy.name.get(lang);
    let enough = if low >= found.wanted {
        text!("，已经达到{wanted}", ", which is enough already")
    } else if high < found.wanted {
        text!("，低于{wanted}", ", less than {wanted}")
    } else {
        text!("，是否达到{wanted}在误差之内，不能断定", ", within the error of {wanted}")
    };
    let enough = enough.get(lang);
    match (value, lang) {
        (Some(value), Lang::Zh) => format!("现在（{policy}）为{value}，可能性{now}{enough}。"),
        (Some(value), Lang::En) => format!("Now ({policy}) it is {value} with {now}{enough}."),
        (None, Lang::Zh) => format!("现在（{policy}）的可能性为{now}{enough}。"),
        (None, Lang::En) => format!("Now ({policy}) the probability is {now}{enough}."),
    }
}

/// What the answer, or the best there is, does to the quantity and costs.
pub(super) fn effect(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> Option<String> {
    let then = solution.check.as_ref().unwrap_or(&solution.best);
    let now = &solution.now;
    if answer.findings.lever.turn == Turn::Year {
        return None;
    }
    let value = amount(then.value?, &answer.findings.lever, lang);
    let (cost, before) = (yuan(then.cost, lang), yuan(now.cost, lang));
    let (median, was) = (number::money(then.median?), number::money(now.median?));
    Some(match lang {
        Lang::Zh => format!(
            "取{value}时，目标所看数量的中位数由{was}变为{median}（单位同目标），全部年份的财政支出平均由{before}变为{cost}。"
        ),
        Lang::En => format!(
            "At {value} the median of the target's quantity goes from {was} to {median} (in the unit of the target), and the mean public cost of all years from {before} to {cost}."
        ),
    })
}

/// What a response that is not monotone means for the answer.
pub(super) fn shape(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> Option<String> {
    if solution.monotone {
        return None;
    }
    let name = answer.findings.lever.name.get(lang);
    let stretches = solution.regions.iter().map(|&[from, to]| {
        let [from, to] = [from, to].map(|end| amount(end, &answer.findings.lever, lang));
        format!("{from}–{to}")
    });
    let stretches: Vec<String> = stretches.collect();
    let wanted = percent(answer.findings.wanted);
    Some(match (stretches.is_empty(), lang) {
        (true, Lang::Zh) => format!("注意：可能性并不随{name}一路升高或降低，先升后降或先降后升。"),
        (true, Lang::En) => format!("Note: the probability does not move one way along {name}."),
        (false, Lang::Zh) => format!(
            "注意：可能性并不随{name}一路升高或降低，估计值达到{wanted}的只有：{}。",
            stretches.join("、")
        ),
        (false, Lang::En) => format!(
            "Note: the probability does not move one way along {name}; the estimate reaches {wanted} only within {}.",
            stretches.join(", ")
        ),
    })
}
