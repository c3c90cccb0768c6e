//! What moves the result, in sentences.

use super::singles::format_of;
use super::{fair, share, survey, told, unit, variance_of};
use crate::analysis::decision::drivers::{Drivers, Part, Point, Single};
use crate::analysis::decision::{Answer, Estimate};
use crate::report::decision::frame::{interval_cell, say};
use crate::report::number;
use crate::scenario::Grade;
use crate::text;
use crate::text::{Lang, Text};

/// A chance below which, or above one less which, a lack of hits (or misses) is put down to the target.
const RARE: f64 = 0.05;

/// The answer, one paragraph each.
pub fn sentences(answer: &Answer<Drivers>, lang: Lang) -> Vec<String> {
    let findings = &answer.findings;
    let mut all = vec![outset(answer, lang)];
    if findings.themes.iter().all(|part| told(findings, part).is_none()) {
        all.push(nothing(answer, lang));
    } else {
        all.extend(largest(answer, lang));
        all.extend(learnable(findings, lang));
        all.extend(grades(findings, lang));
    }
    if findings.quantity.is_some() && !findings.enough_hits {
        all.push(few_hits(findings, lang));
    }
    all.extend(findings.singles.first().map(|single| one(findings, single, lang)));
    all.extend(survey::sentence(findings, lang));
    all
}

/// Where the plan stands.
fn outset(answer: &Answer<Drivers>, lang: Lang) -> String {
    let Drivers { policy, probability, interval, quantity, .. } = &answer.findings;
    let p = number::probability_with_interval(*probability, (*interval).into(), lang);
    let world = answer.worlds.first().map_or_else(Text::default, |world| world.name.clone());
    let mean = quantity.as_ref().map_or_else(Text::default, |quantity| {
        let half = (quantity.mean.interval[1] - quantity.mean.interval[0]) / 2.0;
        let mean = |lang| unit(quantity).amount(quantity.mean.value, Some(half), lang);
        let spread = |lang| unit(quantity).difference(quantity.sd, Some(quantity.sd / 20.0), lang);
        let (year, name_zh, name_en) = (quantity.year, &quantity.name.zh, &quantity.name.en);
        Text::new(
            format!("；{year}年{name_zh}平均{}，标准差{}", mean(Lang::Zh), spread(Lang::Zh)),
            format!(
                "; {name_en} in {year} is {} on average (standard deviation {})",
                mean(Lang::En),
                spread(Lang::En)
            ),
        )
    });
    let (target, policy) = (&answer.target.name, &policy.name);
    say(
        &Text::new(
            format!("“{}”、“{}”下，“{}”的可能性为{p}{}。", world.zh, policy.zh, target.zh, mean.zh),
            format!(
                "With “{}” under “{}”, the probability of “{}” is {p}{}.",
                policy.en, world.en, target.en, mean.en
            ),
        ),
        lang,
    )
}

/// Nothing to explain.
fn nothing(answer: &Answer<Drivers>, lang: Lang) -> String {
    let trials = number::decimal(answer.findings.index_trials as f64, 0);
    let findings = &answer.findings;
    let varies = findings.quantity.as_ref().is_some_and(|quantity| quantity.sd > 0.0);
    let text = if let ([only], true) = (findings.themes.as_slice(), varies) {
        let (zh, en) = (&only.name.zh, &only.name.en);
        let (kind_zh, kind_en) = match only.shock {
            true => (
                "这是今后几年的偶然因素，事先无从查清",
                "luck of the years to come, which no survey can remove",
            ),
            false => ("这是可以查清的数字", "figures that could be learnt"),
        };
        text!(
            "结果的波动全部（100%）来自“{zh}”；{kind_zh}。",
            "All of the result's variation (100%) comes from “{en}”: {kind_en}."
        )
    } else if varies {
        text!(
            "{trials}次模拟不足以分清结果的波动来自哪里；请加大 --trials。",
            "{trials} trials are too few to tell where the result's variation comes from; raise --trials."
        )
    } else if findings.quantity.is_some() {
        text!(
            "结果没有任何波动，不存在由什么决定的问题。",
            "The result does not vary at all, so nothing moves it."
        )
    } else {
        text!(
            "参与分解的{trials}次模拟中，达标或不达标的太少，无法分解“是否达标”取决于什么；请加大 --trials。",
            "Too few of the {trials} trials meet or miss the target to tell what that rests on; raise --trials."
        )
    };
    say(&text, lang)
}

/// The themes that weigh most.
fn largest(answer: &Answer<Drivers>, lang: Lang) -> Option<String> {
    let findings = &answer.findings;
    let mut parts: Vec<(&Part, f64)> =
        findings.themes.iter().filter_map(|part| Some((part, fair(findings, part)?.value))).collect();
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    parts.truncate(3);
    parts.retain(|(_, value)| *value >= 0.01);
    let name = |(part, _): &(&Part, f64)| {
        let share = fair(findings, part).map_or_else(String::new, |estimate| share(estimate, lang));
        match lang {
            Lang::Zh => format!("{}，占{share}", part.name.zh),
            Lang::En => format!("{}, {share}", part.name.en),
        }
    };
    let names: Vec<String> = parts.iter().map(name).collect();
    let of = variance_of(answer, lang);
    (!names.is_empty()).then(|| match lang {
        Lang::Zh => format!("对{of}影响最大的是：{}。", names.join("；")),
        Lang::En => format!("What weighs most (shares of {of}): {}.", names.join("; ")),
    })
}

/// A name within a sentence.
fn lowered(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What could be learnt, and what is luck.
fn learnable(findings: &Drivers, lang: Lang) -> Option<String> {
    let sides = &findings.sides;
    let learnable = if findings.quantity.is_some() { sides.learnable } else { sides.learnable_probability }?;
    let known = share(learnable, lang);
    let luck = number::share((1.0 - learnable.value).clamp(0.0, 1.0));
    let shocks = findings.themes.iter().filter(|theme| theme.shock).map(|theme| theme.name.get(lang));
    let shocks: Vec<String> = shocks.map(lowered).collect();
    let shocks = match (shocks.is_empty(), lang) {
        (true, Lang::Zh) => "今后几年的运气".to_owned(),
        (true, Lang::En) => String::new(),
        (false, Lang::Zh) => format!("今后几年的运气（{}）", shocks.join("、")),
        (false, Lang::En) => format!(" ({})", shocks.join(", ")),
    };
    Some(match lang {
        Lang::Zh => format!(
            "即使把现在拿不准的数字全部查清，也只能消除这一方差的{known}；其余约{luck}要看{shocks}，事先无从查清。"
        ),
        Lang::En => format!(
            "Finding out every figure that is uncertain today would take away {known} of it; the other {luck} is luck of the \
             years to come{shocks} that no survey can remove."
        ),
    })
}

/// What rests on which grade of evidence, and what that calls for.
fn grades(findings: &Drivers, lang: Lang) -> Option<String> {
    let mut parts: Vec<(&Part, Estimate)> = findings
        .grades
        .iter()
        .filter(|part| !part.shock && part.quantities > 0)
        .filter_map(|part| Some((part, fair(findings, part)?)))
        .collect();
    parts.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    let (most, held) = *parts.first()?;
    // a figure whose evidence nobody stated is an assumption
    let is_assumed = |part: &Part| Grade::from_word(&part.id).is_none_or(|grade| grade == Grade::Assumption);
    let name = |part: &Part| match (Grade::from_word(&part.id), lang) {
        (None, Lang::Zh) => "未注明等级的数字（按假设看待）".to_owned(),
        (None, Lang::En) => "figures without a grade (taken for assumptions)".to_owned(),
        (Some(grade), _) => say(&grade.name(), lang),
    };
    let told = |(part, held): &(&Part, Estimate)| {
        let (name, n, share) = (name(part), part.quantities, share(*held, lang));
        match lang {
            Lang::Zh => format!("{name}{n}项，占{share}"),
            Lang::En => format!("{name} ({n} of them), {share}"),
        }
    };
    let others = parts.iter().skip(1).filter(|(part, _)| is_assumed(part)).map(told);
    let all: Vec<String> = std::iter::once(told(&(most, held))).chain(others).collect();
    let advice = match (held.interval[0] > 0.0, is_assumed(most), lang) {
        (false, _, Lang::Zh) => "；没有哪一级的依据有可测的影响",
        (false, _, Lang::En) => "; no grade of evidence has a measurable weight",
        (true, true, Lang::Zh) => "；补充正式统计数据，首先应替换其中影响大的几项",
        (true, true, Lang::En) => "; official figures should first replace those that weigh most",
        (true, false, Lang::Zh) => "；影响最大的这一级已有依据，要减小影响，应取得更新、更细的统计数据",
        (true, false, Lang::En) => {
            "; the first have evidence already: newer or finer statistics would narrow them"
        }
    };
    Some(match lang {
        Lang::Zh => {
            format!("按依据的等级看（含与偶然因素共同作用的部分），影响最大的是{}{advice}。", all.join("；"))
        }
        Lang::En => {
            format!(
                "By grade of evidence (with their part of what they do together with luck), what weighs most: {}{advice}.",
                all.join("; ")
            )
        }
    })
}

/// Why meeting the target is not explained: too few trials of one outcome.
fn few_hits(findings: &Drivers, lang: Lang) -> String {
    let trials = number::decimal(findings.index_trials as f64, 0);
    let is_rare = findings.probability < RARE || findings.probability > 1.0 - RARE;
    let has_shares = findings.themes.iter().any(|part| told(findings, part).is_some());
    let advice = match (is_rare, lang) {
        (true, Lang::Zh) => "可加大 --trials，或用 --target 换一个不那么罕见（或不那么有把握）的目标",
        (true, Lang::En) => "Raise --trials, or ask about a less rare (or less certain) target with --target",
        (false, Lang::Zh) => "请加大 --trials",
        (false, Lang::En) => "Raise --trials",
    };
    let (limit_zh, limit_en) = match has_shares {
        true => ("，以上份额只针对数值大小", "; the shares above are for the size of the figure"),
        false => ("", ""),
    };
    say(
        &text!(
            "参与分解的{trials}次模拟中达标（或未达标）的不足一百次，“是否达标”取决于什么无法可靠分解{limit_zh}；{advice}。",
            "Fewer than a hundred of the {trials} trials meet (or miss) the target, so that shares for meeting it would be \
             noise{limit_en}. {advice}."
        ),
        lang,
    )
}

/// The single quantity that explains most, and what it does.
fn one(findings: &Drivers, single: &Single, lang: Lang) -> String {
    let share = share(single.share, lang);
    let at = |point: &Point| {
        let p = number::probability_with_interval(point.probability, point.interval.into(), lang);
        // the same digits as in the table and the chart
        let mean = point.mean.zip(findings.quantity.as_ref()).map(|(mean, quantity)| {
            let interval = interval_cell(Some(mean), format_of(&quantity.figure)).shown(lang);
            let mean = unit(quantity).amount(mean.value, None, lang);
            match lang {
                Lang::Zh => format!("{mean}（{interval}）"),
                Lang::En => format!("{mean} ({interval})"),
            }
        });
        match (mean, lang) {
            (Some(mean), Lang::Zh) => format!("平均{mean}、可能性{p}"),
            (Some(mean), Lang::En) => format!("{mean} on average, probability {p}"),
            (None, Lang::Zh) => format!("可能性{p}"),
            (None, Lang::En) => format!("probability {p}"),
        }
    };
    let (low, high) = (single.low.value.get(lang), single.high.value.get(lang));
    let (below, above) = (at(&single.low), at(&single.high));
    let name = single.name.get(lang);
    match lang {
        Lang::Zh => format!(
            "单个数字中，影响最大的是“{name}”，占{share}：偏低（{low}，10%分位）时{below}；偏高（{high}，90%分位）时{above}。"
        ),
        Lang::En => format!(
            "The single figure that explains most is “{name}” with {share}: where it is low ({low}, 10% point), {below}; \
             where it is high ({high}, 90% point), {above}."
        ),
    }
}
