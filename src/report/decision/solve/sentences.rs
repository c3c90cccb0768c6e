//! The answer of `solve` in sentences.

use super::reach::within_reach;
use crate::analysis::decision::solve::{LeverInfo, Point as Tried, Solution, Turn, Unit, Verdict};
use crate::analysis::decision::{Answer, Solved};
use crate::report::decision::frame::{level, percent, unit_of, yuan};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text, Told};

/// Times the present size, and additional growth, beyond which an answer is marked as far from experience.
const FAR_TIMES: f64 = 3.0;
const FAR_GROWTH: f64 = 0.03;

/// A value of the lever with its unit.
pub(super) fn amount(value: f64, lever: &LeverInfo, lang: Lang) -> String {
    figured(value, lever).get(lang).to_owned()
}

/// A value of the lever in words, its figure and unit as data.
pub(super) fn figured(value: f64, lever: &LeverInfo) -> Told {
    let plain = number::fine_amount(value);
    let hundredths = Text::same(number::decimal(value * 100.0, 2));
    let fine_hundredths = Text::same(number::fine_amount(value * 100.0));
    match lever.unit {
        Unit::Money => {
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| number::money(value, lang));
            Told::figure(Text::new(zh, en), number::money_unit())
        }
        Unit::Share => Told::figure(fine_hundredths, Text::same("%")),
        Unit::Growth => Told::figure(hundredths, Text::new("个百分点", "percentage points")),
        Unit::Points => Told::figure(fine_hundredths, Text::new("个百分点", "percentage points")),
        Unit::Factor => Told::figure(Text::same(plain), Text::new("倍", "times")),
        Unit::Years => Told::figure(Text::same(plain), Text::new("年", "years")),
        Unit::Year => {
            let words = Text::new(format!("{value:.0}年"), format!("{value:.0}"));
            Told { words, figure: Some(Text::same(format!("{value:.0}"))), unit: Text::new("年", "") }
        }
        Unit::Number => Told::figure(Text::same(plain), Text::default()),
    }
}

/// The lever at a value, as a phrase before “时” or in brackets.
pub(super) fn placed(value: f64, lever: &LeverInfo, lang: Lang) -> String {
    let text = amount(value, lever, lang);
    let size = amount(value.abs(), lever, lang);
    let is_none = size == amount(0.0, lever, lang);
    match (lever.turn, lang) {
        (Turn::Shift, Lang::Zh) if is_none => "与情景所写的相同".to_owned(),
        (Turn::Shift, Lang::En) if is_none => "at what the scenario states".to_owned(),
        (Turn::Shift, Lang::Zh) if value < 0.0 => format!("比情景所写的低{size}"),
        (Turn::Shift, Lang::Zh) => format!("比情景所写的高出{size}"),
        (Turn::Shift, Lang::En) if value < 0.0 => format!("{size} below what the scenario states"),
        (Turn::Shift, Lang::En) => format!("{size} above what the scenario states"),
        (Turn::Scale, Lang::Zh) => format!("为现有的{text}"),
        (Turn::Scale, Lang::En) => format!("at {text} what it is now"),
        (Turn::Set | Turn::Year, Lang::Zh) => format!("取{text}"),
        (Turn::Set | Turn::Year, Lang::En) => format!("at {text}"),
    }
}

/// Whether nothing that was tried differs from anything else: the lever does not reach the target. Where no trial meets the
/// target, or each one does, the chance shows nothing of it, nor does a median of whole numbers.
pub(super) fn is_unmoved(answer: &Answer<Solved>, solution: &Solution) -> bool {
    let same = |a: &Tried, b: &Tried| a.probability.value == b.probability.value && a.median == b.median;
    let quantity = answer.findings.quantity.as_ref().filter(|quantity| quantity.figure != "count");
    solution.curve.first().is_some_and(|first| {
        let is_seen = quantity.is_some() || (0.0 < first.probability.value && first.probability.value < 1.0);
        is_seen && solution.curve.iter().all(|one| same(one, first))
    })
}

/// Whether the probability is the same at every value tried, though the quantity may move.
fn is_level(solution: &Solution) -> bool {
    solution.curve.windows(2).all(|pair| pair[0].probability.value == pair[1].probability.value)
}

/// The interval of the answer: open where it leaves what was searched.
pub(super) fn span([low, high]: [Option<f64>; 2], lever: &LeverInfo, lang: Lang) -> String {
    let signed = |end: f64| match end > 0.0 && lever.turn == Turn::Shift {
        true => format!("+{}", amount(end, lever, lang)),
        false => amount(end, lever, lang),
    };
    let [from, to] = [low, high].map(|end| end.map(signed));
    match (from, to, lang) {
        (Some(from), Some(to), Lang::Zh) => format!("{from}至{to}"),
        (Some(from), Some(to), Lang::En) => format!("{from} to {to}"),
        (None, Some(to), Lang::Zh) => format!("不超过{to}"),
        (None, Some(to), Lang::En) => format!("at most {to}"),
        (Some(from), None, Lang::Zh) => format!("{from}以上，上端超出所查范围"),
        (Some(from), None, Lang::En) => format!("from {from} on, beyond what was searched"),
        (None, None, Lang::Zh) => "两端都超出所查范围".to_owned(),
        (None, None, Lang::En) => "beyond what was searched at both ends".to_owned(),
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
    let [from, to] = [lever.low, lever.high].map(|end| amount(end, lever, lang));
    let best = probability(&solution.best, lang);
    // of values that are all alike none is the best one
    let named = solution.best.value.filter(|_| !is_level(solution));
    let best_at = named.map_or_else(String::new, |value| match lang {
        Lang::Zh => format!("{}时，", placed(value, lever, lang)),
        Lang::En => format!("{}, ", placed(value, lever, lang)),
    });
    let reach = within_reach(answer, solution, lang);
    if is_unmoved(answer, solution) && lever.turn != Turn::Year {
        return match lang {
            Lang::Zh => format!(
                "“{world}”下，{name}在{from}至{to}之间无论取多少，“{target}”的结果都一样：调整它影响不了这个目标。{now}"
            ),
            Lang::En => format!(
                "Under “{world}”: “{target}” comes out the same for every value of “{name}” from {from} to {to}: the lever does not reach this target. {now}"
            ),
        };
    }
    if solution.verdict == Verdict::Found && lever.turn != Turn::Year {
        if !solution.monotone && solution.regions.len() > 1 {
            // a least value would hold for one of several stretches only
            let ways =
                stretches(solution, lever, lang).join(if lang == Lang::Zh { "，或" } else { ", or " });
            return match lang {
                Lang::Zh => format!(
                    "“{world}”下，“{target}”的可能性在{name}的几段取值上达到{wanted}：{ways}；其间则达不到，求不出一个最小值。{now}"
                ),
                Lang::En => format!(
                    "Under “{world}”: “{target}” has a probability of {wanted} on several stretches of {name}: {ways}; not between them, so there is no least value. {now}"
                ),
            };
        }
        if solution.interval == [None, None] {
            return match lang {
                Lang::Zh => format!(
                    "“{world}”下，{name}在{from}至{to}之间所取各值的可能性，以现有模拟次数都不能断定高于还是低于{wanted}，求不出最小值；请用 --trials 增加次数。{now}"
                ),
                Lang::En => format!(
                    "Under “{world}”: with these trials no value of {name} between {from} and {to} can be told to lie above or below {wanted}, so there is no least value; ask for more --trials. {now}"
                ),
            };
        }
    }
    match (solution.verdict, solution.value, lang) {
        (Verdict::Found, Some(value), _) => {
            let interval = span(solution.interval, lever, lang);
            let check = solution.check.as_ref().map_or_else(String::new, |point| probability(point, lang));
            let demand = demand(lever, value, solution.rises, lang);
            let covers = match (lever.turn, lang) {
                (Turn::Year, _) => "",
                (_, Lang::Zh) => "，区间已含所求值自身的误差",
                (_, Lang::En) => ", an interval that covers the error of the value itself too",
            };
            match lang {
                Lang::Zh => format!(
                    "“{world}”下，要使“{target}”的可能性达到{wanted}，{name}{demand}（{level}区间：{interval}）。{now}用另一批随机数复核，取这个值时可能性为{check}{covers}。"
                ),
                Lang::En => format!(
                    "Under “{world}”: for “{target}” to have a probability of {wanted}, {name} {demand} ({level} interval: {interval}). {now} On fresh draws that value gives {check}{covers}."
                ),
            }
        }
        (Verdict::Throughout, _, Lang::Zh) => format!(
            "“{world}”下，“{target}”的可能性本来就不低于{wanted}：{name}在{from}至{to}之间取任何值都能达到。{now}"
        ),
        (Verdict::Throughout, _, Lang::En) => format!(
            "Under “{world}”: “{target}” has a probability of {wanted} or more for every value of “{name}” from {from} to {to}. {now}"
        ),
        // between the values tried, a response that turns may be higher than at any of them
        (Verdict::Impossible, _, Lang::Zh) if !solution.bounded => format!(
            "“{world}”下，{name}在{from}至{to}之间所查的取值中，没有一个使“{target}”的可能性达到{wanted}，最高为{best}（{best_at}另用一批随机数估计）；可能性不随它一路升高或降低，取值之间是否达到不能排除。{now}"
        ),
        (Verdict::Impossible, _, Lang::En) if !solution.bounded => format!(
            "Under “{world}”: none of the values of {name} tried between {from} and {to} gives “{target}” a probability of {wanted}; the highest is {best} ({best_at}on fresh draws). The response turns, so values in between cannot be ruled out. {now}"
        ),
        (Verdict::Impossible | Verdict::Found, _, Lang::Zh) => format!(
            "“{world}”下，只靠调整{name}，“{target}”的可能性最高做到{best}（在{from}至{to}的范围内，{best_at}另用一批随机数估计），达不到{wanted}{reach}。{now}"
        ),
        (Verdict::Impossible | Verdict::Found, _, Lang::En) => format!(
            "Under “{world}”: {name} alone gives “{target}” a probability of {best} at most (between {from} and {to}; {best_at}on fresh draws), which is less than {wanted}{reach}. {now}"
        ),
        (Verdict::Unclear, _, Lang::Zh) => {
            let reason = if solution.best.probability.interval[0] <= found.wanted {
                format!("与{wanted}的差别在误差之内")
            } else {
                format!("而搜索所用的一批随机数没有达到{wanted}")
            };
            format!(
                "“{world}”下，调整{name}能否使“{target}”的可能性达到{wanted}，以现有模拟次数还不能断定：在{from}至{to}的范围内，最高为{best}（{best_at}另用一批随机数估计），{reason}；请用 --trials 增加次数。{now}"
            )
        }
        (Verdict::Unclear, _, Lang::En) => {
            let reason = if solution.best.probability.interval[0] <= found.wanted {
                format!("within the error of {wanted}")
            } else {
                format!("while the draws of the search do not reach {wanted}")
            };
            format!(
                "Under “{world}”: the trials cannot tell whether {name} can give “{target}” a probability of {wanted}: between {from} and {to} the highest is {best} ({best_at}on fresh draws), {reason}; ask for more --trials. {now}"
            )
        }
    }
}

/// How much the lever has to be, behind its name.
fn demand(lever: &LeverInfo, value: f64, rises: bool, lang: Lang) -> String {
    let size = amount(value.abs(), lever, lang);
    let value_text = amount(value, lever, lang);
    let text = match (lever.turn, rises, value < 0.0) {
        (Turn::Set, true, _) => text!("至少要{value_text}", "has to be at least {value_text}"),
        (Turn::Set, false, _) => text!("最多只能是{value_text}", "may be at most {value_text}"),
        (Turn::Scale, true, _) => {
            text!("至少要为现有的{value_text}", "has to be at least {value_text} what it is now")
        }
        (Turn::Scale, false, _) => {
            text!("最多只能为现有的{value_text}", "may be at most {value_text} what it is now")
        }
        (Turn::Shift, true, false) => {
            text!("至少要比情景所写的高出{size}", "has to be at least {size} above what the scenario states")
        }
        (Turn::Shift, true, true) => {
            text!("最多可以比情景所写的低{size}", "may be up to {size} below what the scenario states")
        }
        (Turn::Shift, false, false) => {
            text!("最多只能比情景所写的高出{size}", "may be at most {size} above what the scenario states")
        }
        (Turn::Shift, false, true) => {
            text!("至少要比情景所写的低{size}", "has to be at least {size} below what the scenario states")
        }
        (Turn::Year, true, _) => text!("最早为{value_text}", "can be {value_text} at the earliest"),
        (Turn::Year, false, _) => text!("最晚为{value_text}", "can be {value_text} at the latest"),
    };
    text.get(lang).to_owned()
}

/// What holds now, and whether it is enough already.
fn present(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> String {
    let found = &answer.findings;
    let [low, high] = solution.now.probability.interval;
    let now = probability(&solution.now, lang);
    let run = number::chance(solution.now_in_run.value, solution.now_in_run.interval.into());
    // the search is flattered by its draws, so that everything told rests on others
    let draws = match lang {
        Lang::Zh => format!("（复核用的随机数；run 用同一种子和次数时为{run}）"),
        Lang::En => format!(" on fresh draws (a run with the same seed and trials: {run})"),
    };
    let now = now + &draws;
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
        (Some(value), Lang::Zh) => format!("现在（“{policy}”）为{value}，可能性{now}{enough}。"),
        (Some(value), Lang::En) => format!("Now (“{policy}”) it is {value} with {now}{enough}."),
        (None, Lang::Zh) => format!("现在（“{policy}”）的可能性为{now}{enough}。"),
        (None, Lang::En) => format!("Now (“{policy}”) the probability is {now}{enough}."),
    }
}

/// What the answer, or the best there is, does to the quantity and costs.
pub(super) fn effect(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> Option<String> {
    let then = solution.check.as_ref().unwrap_or(&solution.best);
    let now = &solution.now;
    let lever = &answer.findings.lever;
    let moves = then.median != now.median || then.cost != now.cost;
    if lever.turn == Turn::Year || is_unmoved(answer, solution) || !moves {
        return None;
    }
    let (place, name) = (placed(then.value?, lever, lang), lever.name.get(lang));
    let (cost, before) = (yuan(then.cost, lang), yuan(now.cost, lang));
    let quantity = answer.findings.quantity.as_ref()?;
    let told = |value: f64| match quantity.is_money() {
        true => yuan(value, lang),
        false => {
            format!(
                "{}{}",
                number::figure(value, &quantity.figure, lang),
                spaced(&unit_of(quantity, lang), lang)
            )
        }
    };
    let (median, was) = (told(then.median?), told(now.median?));
    let (year, what) = (quantity.year, quantity.name.get(lang));
    // what the lever does not touch is the same on the same draws
    let costs = (then.cost - now.cost).abs() > 1e-9 * now.cost.abs();
    let (counted_zh, counted_en) = match answer.uncounted.is_empty() {
        true => ("", ""),
        false => ("（只计能影响本目标的政策工具）", " (of instruments that can move the target)"),
    };
    Some(match (costs, lang) {
        (true, Lang::Zh) => format!(
            "{name}{place}时，{year}年{what}的中位数由{was}变为{median}，全部年份的财政支出{counted_zh}平均由{before}变为{cost}。"
        ),
        (false, Lang::Zh) => format!(
            "{name}{place}时，{year}年{what}的中位数由{was}变为{median}，财政支出{counted_zh}不变，平均{before}。"
        ),
        (true, Lang::En) => format!(
            "With {name} {place}, the median of {what} in {year} goes from {was} to {median}, and the mean public cost{counted_en} of all years from {before} to {cost}."
        ),
        (false, Lang::En) => format!(
            "With {name} {place}, the median of {what} in {year} goes from {was} to {median}; the mean public cost{counted_en} stays at {before}."
        ),
    })
}

/// A unit behind a figure.
fn spaced(unit: &str, lang: Lang) -> String {
    if lang == Lang::Zh || unit.is_empty() { unit.to_owned() } else { format!(" {unit}") }
}

/// The stretches on which the estimate reaches the wanted probability.
fn stretches(solution: &Solution, lever: &LeverInfo, lang: Lang) -> Vec<String> {
    let stretch = |&[from, to]: &[f64; 2]| {
        let [from, to] = [from, to].map(|end| amount(end, lever, lang));
        match lang {
            Lang::Zh => format!("{from}至{to}"),
            Lang::En => format!("{from} to {to}"),
        }
    };
    solution.regions.iter().map(stretch).collect()
}

/// A word of caution where the answer, or the best there is, lies far beyond what is in place.
pub(super) fn caution(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> Option<String> {
    let lever = &answer.findings.lever;
    // of values that are all alike, with no quantity to rank them, none is the best one
    let is_blind = answer.findings.quantity.is_none() && is_level(solution);
    if is_unmoved(answer, solution) || is_blind {
        return None;
    }
    let value = match solution.verdict {
        Verdict::Found => solution.value?,
        Verdict::Impossible | Verdict::Unclear => solution.best.value?,
        Verdict::Throughout => return None,
    };
    let is_far = match (lever.turn, solution.now.value) {
        (Turn::Scale, _) => value >= FAR_TIMES,
        (Turn::Set, Some(now)) => lever.unit == Unit::Money && value >= FAR_TIMES * now,
        _ => false,
    };
    let text = match lever.turn {
        _ if is_far => text!(
            "这远超现有规模：效果只是按情景的假设推算，没有经验可以对照。",
            "That is far beyond what is in place: its effect follows from the scenario's assumptions, and no experience bears it out."
        ),
        Turn::Shift if lever.unit == Unit::Growth && value >= FAR_GROWTH => text!(
            "多出这么多增速，请先与 clustercast check 列出的历史增速和外省增速对照，再谈是否做得到。",
            "Before so much more growth is called possible, hold it against past growth and other provinces', which `clustercast check` lists."
        ),
        _ => return None,
    };
    Some(text.get(lang).to_owned())
}

/// What a response that is not monotone means for the answer.
pub(super) fn shape(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> Option<String> {
    if solution.monotone || solution.verdict == Verdict::Throughout {
        return None;
    }
    let name = answer.findings.lever.name.get(lang);
    let stretches = stretches(solution, &answer.findings.lever, lang);
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
