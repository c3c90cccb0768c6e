//! `discover` as a planner sees it.

mod figures;
mod tables;

use super::Paper;
use super::frame::{level, say};
use crate::analysis::decision::discover::{Chosen, Condition, Discovery, FEWEST, Luck, Nothing, Outcome};
use crate::analysis::decision::{Answer, Estimate};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// Reproduced less often than this, a condition is called unsteady.
const STEADY: f64 = 0.7;
/// Trials of the rarer outcome below which limits are called rough: a peel takes a twentieth of the trials.
const SCARCE: u64 = 400;
/// Width of the interval of a share above which the share is not told.
const VAGUE: f64 = 0.2;

/// The answer in words, tables and charts.
pub fn discover(answer: &Answer<Discovery>, lang: Lang) -> Paper {
    let mut paper = Paper { lang, ..Paper::default() };
    paper.summary = sentences(answer, lang);
    paper.tables = tables::tables(answer, lang);
    paper.draw(figures::probabilities(answer, lang));
    paper.draw(figures::trajectory(answer, lang));
    paper.method = method(answer, lang);
    paper
}

/// A probability with its interval.
fn probability(estimate: Estimate, lang: Lang) -> String {
    number::probability_with_interval(estimate.value, estimate.interval.into(), lang)
}

/// The name of an outcome.
fn outcome(outcome: Outcome) -> Text {
    match outcome {
        Outcome::Hit => Text::new("达标", "meeting the target"),
        Outcome::Miss => Text::new("不达标", "missing the target"),
    }
}

fn sentences(answer: &Answer<Discovery>, lang: Lang) -> Vec<String> {
    let findings = &answer.findings;
    let p = number::probability_with_interval(findings.probability, findings.interval.into(), lang);
    let world = answer.worlds.first().map_or_else(Text::default, |world| world.name.clone());
    let (policy, target) = (&findings.policy.name, &answer.target.name);
    let looked = outcome(findings.outcome);
    // failures that are nearly everything have no conditions of their own
    let turned = !findings.asked && findings.outcome == Outcome::Hit;
    // where every trial ends alike, or no figure varies, nothing is looked for
    let looks = findings.nothing != Some(Nothing::Certain) && findings.varying > 0;
    let looked = match (!looks, turned, lang) {
        (true, ..) => String::new(),
        (false, true, Lang::Zh) => {
            "：绝大多数情形不达标，什么条件下不达标分不出来，所以反过来找达标的条件".to_owned()
        }
        (false, true, Lang::En) => {
            ": it is missed in the great majority of trials. Conditions of missing it separate nothing; those of meeting it are looked for instead".to_owned()
        }
        (false, false, Lang::Zh) => format!("；要找的是{}的条件", looked.zh),
        (false, false, Lang::En) => format!("; conditions of {} are looked for", looked.en),
    };
    let mut all = vec![match lang {
        Lang::Zh => format!("“{}”、“{}”下，“{}”的可能性为{p}{looked}。", world.zh, policy.zh, target.zh),
        Lang::En => format!(
            "With “{}” under “{}”, the probability of “{}” is {p}{looked}.",
            policy.en, world.en, target.en
        ),
    }];
    match (&findings.chosen, findings.nothing) {
        (Some(chosen), _) => {
            all.extend(found(findings, chosen, lang));
            all.extend(scarce(answer, lang));
        }
        // that no figure is uncertain says why none explains anything
        (None, Some(Nothing::NoInput)) if findings.varying == 0 && findings.luck.is_some() => {}
        (None, nothing) => all.push(none(answer, nothing.unwrap_or(Nothing::NoBox), lang)),
    }
    all.extend(findings.luck.and_then(|share| luck(findings, share, lang)));
    all
}

/// What conditions cannot tell: the share of luck in the variance, as far as the trials tell it; nothing where there is
/// hardly any.
fn luck(findings: &Discovery, luck: Luck, lang: Lang) -> Option<String> {
    let [low, high] = luck.interval;
    let text = if findings.varying == 0 {
        text!(
            "文件里没有不确定的数字，能否达标全部（100%）取决于今后几年的景气波动、突发事件等偶然因素。",
            "No figure of the file is uncertain: meeting the target is all luck (100%) of the years to come (cycles, events)."
        )
    } else if high < 0.005 {
        return None;
    } else {
        // of the size of the result, where that is something else than meeting the target
        let size = findings.luck_of_quantity.map_or_else(Text::default, |share| {
            let [share, from, to] = [share.value, share.interval[0], share.interval[1]].map(number::share);
            text!(
                "（按结果大小的方差算，则占{share}，区间{from}–{to}）",
                " (of the variance of the result's size: {share}, interval {from}–{to})"
            )
        });
        let (size_zh, size_en) = (&size.zh, &size.en);
        let share = match (luck.value, high - low > VAGUE) {
            (_, true) => {
                let (from, to) = outward([low, high]);
                text!(
                    "能否达标有多少取决于它们，按这些次数只知道在{from}至{to}之间，要更准可加大 --trials{size_zh}",
                    "of how much of meeting the target or not rests on it, these trials tell no more than from {from} to {to}; raise --trials for more{size_en}"
                )
            }
            (None, false) => {
                let bound = bound([low, high]);
                let (bound_zh, bound_en) = (&bound.zh, &bound.en);
                text!(
                    "达标与否的差异（方差）{bound_zh}来自它们（能作判断的模拟太少，只给出界限）{size_zh}",
                    "it holds {bound_en} of the variance of meeting the target or not (too few trials tell for more than a bound){size_en}"
                )
            }
            (Some(value), false) => {
                let [held, from, to] = [value, low, high].map(number::share);
                text!(
                    "达标与否的差异（方差）约有{held}（{from}–{to}）来自它们{size_zh}",
                    "it holds about {held} ({from}–{to}) of the variance of meeting the target or not{size_en}"
                )
            }
        };
        let (share_zh, share_en) = (&share.zh, &share.en);
        if findings.chosen.is_none() {
            // without conditions there is nothing that they leave out
            return Some(say(
                &text!(
                    "能否达标还看今后几年的景气波动、突发事件等偶然因素：{share_zh}。",
                    "Meeting the target also rests on luck of the years to come (cycles, events): {share_en}."
                ),
                lang,
            ));
        }
        text!(
            "条件只涉及现在拿不准的数字（基年的可以查清，今后的趋势只能更准地估计）；今后几年的景气波动、突发事件等偶然因素没有列入条件，所以条件具备也不等于必然。{share_zh}。",
            "Conditions are about figures that are uncertain today (those of the base year can be surveyed, trends only be estimated better). Luck of the years to come (cycles, events) is left out, so that even where all conditions hold, the outcome is not certain: {share_en}."
        )
    };
    Some(say(&text, lang))
}

/// Bounds of a share, rounded to a tenth of a percent away from each other; nothing and all are exact.
fn outward([low, high]: [f64; 2]) -> (String, String) {
    let tenths = |end: f64| if end == 0.0 || end == 1.0 { number::percent(end) } else { number::share(end) };
    (tenths((low * 1000.0).floor() / 1000.0), tenths((high * 1000.0).ceil() / 1000.0))
}

/// Bounds of a share in words: one where the other is the edge of the whole.
fn bound([low, high]: [f64; 2]) -> Text {
    let (from, to) = outward([low, high]);
    if high >= 1.0 {
        text!("至少有{from}", "at least {from}")
    } else if low <= 0.0 {
        text!("至多有{to}", "at most {to}")
    } else {
        text!("有{from}至{to}", "between {from} and {to}")
    }
}

/// What the chosen box says.
fn found(findings: &Discovery, chosen: &Chosen, lang: Lang) -> Vec<String> {
    let fresh = &chosen.fresh;
    let conditions: Vec<String> = chosen.conditions.iter().map(|c| condition(c, lang)).collect();
    let (inside, elsewhere) = (probability(fresh.probability, lang), probability(fresh.elsewhere, lang));
    let whole = probability(findings.fresh, lang);
    let mass = number::percent(fresh.mass.value);
    let coverage = number::percent(fresh.coverage.value);
    let of = outcome(findings.outcome);
    let (of_zh, of_en) = (&of.zh, &of.en);
    // an upper bound is what a planner can rely on
    let bound = match round_bound(fresh.probability.interval[1]) {
        Some(bound) if findings.outcome == Outcome::Miss => match lang {
            Lang::Zh => format!("不足{bound}，"),
            Lang::En => format!("below {bound}: "),
        },
        _ => String::new(),
    };
    let mut all = vec![match lang {
        Lang::Zh => format!(
            "{}时，达标可能性{bound}为{inside}；其他情形下为{elsewhere}。这样的情形占全部的{mass}，{}的情形有{coverage}落在其中（另取{}次模拟检验，其全部情形的可能性为{whole}）。",
            conditions.join("，且"),
            of.zh,
            number::decimal(fresh.trials as f64, 0)
        ),
        Lang::En => format!(
            "Where {}, the probability of the target is {bound}{inside}; elsewhere it is {elsewhere}. This holds in {mass} of all trials and in {coverage} of those {} ({} fresh trials, with {whole} in all of them).",
            conditions.join(", and "),
            of.en,
            number::decimal(fresh.trials as f64, 0)
        ),
    }];
    if fresh.separates_nothing {
        all.push(say(
            &text!(
                "注意：这组条件分不出什么。它占全部情形的{mass}，{of_zh}的情形也只有{coverage}在其中；全部情形的达标可能性本来就是{whole}。",
                "Note: these conditions separate nothing. They hold in {mass} of all trials and in only {coverage} of those {of_en}; in all trials the probability is {whole} anyway.",
            ),
            lang,
        ));
    }
    if findings.outcome == Outcome::Hit && fresh.probability.value < 0.5 {
        let still = probability(turned(fresh.probability), lang);
        let without = number::percent(1.0 - fresh.coverage.value);
        let text = match fresh.coverage.value < 1.0 {
            true => text!(
                "即使这些条件全部具备，不达标的可能性仍有{still}；不具备时也可能达标：达标的情形有{without}并不具备这些条件。它们使达标更容易，既不是非有不可，也不是有了就能达标。",
                "Even where all of them hold, the target is missed with {still}; it can also be met without them: {without} of the trials that meet it lack them. They make meeting it likelier; they are neither necessary nor sufficient."
            ),
            false => text!(
                "即使这些条件全部具备，不达标的可能性仍有{still}。",
                "Even where all of them hold, the target is missed with {still}."
            ),
        };
        all.push(say(&text, lang));
    }
    let unsteady: Vec<&Condition> =
        chosen.conditions.iter().filter(|c| c.reproduced.is_some_and(|share| share < STEADY)).collect();
    if !unsteady.is_empty() {
        let names = |lang: Lang| {
            let names: Vec<String> = unsteady.iter().map(|c| format!("“{}”", c.name.get(lang))).collect();
            names.join(if lang == Lang::Zh { "、" } else { ", " })
        };
        let share = number::percent(STEADY);
        let share = share.trim_end_matches(".0%").to_owned() + if share.ends_with(".0%") { "%" } else { "" };
        let (zh, en) = (names(Lang::Zh), names(Lang::En));
        let (these, them) = match unsteady.len() {
            1 => ("这一条", ["condition", "is", "it"]),
            _ => ("这几条", ["conditions", "are", "them"]),
        };
        let [conditions, are, it] = them;
        all.push(say(
            &text!(
                "其中{zh}{these}不够稳定：换一半模拟重找，重现的不到{share}，宜只作参考。",
                "The {conditions} on {en} {are} unsteady: repeated on halves of the trials, the search finds {it} again in less than {share} of cases."
            ),
            lang,
        ));
    }
    all
}

/// The probability of the opposite.
fn turned(of: Estimate) -> Estimate {
    Estimate { value: 1.0 - of.value, interval: [1.0 - of.interval[1], 1.0 - of.interval[0]] }
}

/// A probability that an upper bound stays below, as planners say it; `None` above one half.
fn round_bound(high: f64) -> Option<String> {
    const ROUND: [f64; 9] = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];
    let round = ROUND.into_iter().find(|bound| high < *bound)?;
    Some(format!("{}%", round * 100.0))
}

/// `“全国年均增长率”低于1.8%`.
fn condition(condition: &Condition, lang: Lang) -> String {
    let name = condition.name.get(lang);
    let text = |bound: &crate::analysis::decision::discover::Bound| bound.text.get(lang).to_owned();
    match (&condition.at_least, &condition.at_most, lang) {
        (Some(low), Some(high), Lang::Zh) => format!("“{name}”在{}至{}之间", text(low), text(high)),
        (Some(low), Some(high), Lang::En) => format!("“{name}” is from {} to {}", text(low), text(high)),
        (Some(low), None, Lang::Zh) => format!("“{name}”不低于{}", text(low)),
        (Some(low), None, Lang::En) => format!("“{name}” is at least {}", text(low)),
        (None, Some(high), Lang::Zh) => format!("“{name}”不高于{}", text(high)),
        (None, Some(high), Lang::En) => format!("“{name}” is at most {}", text(high)),
        (None, None, _) => name.to_owned(),
    }
}

/// The rarer outcome and its trials in the search.
fn rarer(answer: &Answer<Discovery>) -> (Outcome, u64) {
    let findings = &answer.findings;
    let others = answer.trials.saturating_sub(findings.of_interest);
    let other = match findings.outcome {
        Outcome::Hit => Outcome::Miss,
        Outcome::Miss => Outcome::Hit,
    };
    if others < findings.of_interest { (other, others) } else { (findings.outcome, findings.of_interest) }
}

/// A remark where limits rest on few trials of one outcome; nothing elsewhere.
fn scarce(answer: &Answer<Discovery>, lang: Lang) -> Option<String> {
    let (of, count) = rarer(answer);
    let (of, trials) = (outcome(of), number::decimal(answer.trials as f64, 0));
    let (of_zh, of_en) = (&of.zh, &of.en);
    (count < SCARCE).then(|| {
        say(
            &text!(
                "注意：查找用的{trials}次模拟中{of_zh}的只有{count}次，条件的界限是粗略的，换一个种子会有出入；要更准可加大 --trials。",
                "Note: of the {trials} trials of the search only {count} end in {of_en}: limits are rough and differ from seed to seed; raise --trials for better ones."
            ),
            lang,
        )
    })
}

/// Trials that promise enough of the rarer outcome, with one digit: twice the fewest, as luck may bring less.
fn trials_for(count: u64, trials: u64) -> String {
    let needed = trials as f64 * (2 * FEWEST) as f64 / count.max(1) as f64;
    let mut digit = 1.0;
    while needed >= 10.0 * digit {
        digit *= 10.0;
    }
    format!("{:.0}", (needed / digit).ceil() * digit)
}

/// Why there is no box.
fn none(answer: &Answer<Discovery>, nothing: Nothing, lang: Lang) -> String {
    let findings = &answer.findings;
    let (rare, count) = rarer(answer);
    let of = outcome(rare);
    let (of_zh, of_en) = (of.zh, of.en);
    let (trials, more) = (number::decimal(answer.trials as f64, 0), trials_for(count, answer.trials));
    let text = match nothing {
        Nothing::Certain => {
            let is_met = (findings.of_interest > 0) == (findings.outcome == Outcome::Hit);
            let all = if is_met {
                Text::new("达标", "meets the target")
            } else {
                Text::new("未达标", "misses the target")
            };
            let (all_zh, all_en) = (&all.zh, &all.en);
            text!(
                "每一次模拟都{all_zh}（共{trials}次），结局一样，没有条件可找；可加大 --trials，或用 --target 换一个目标。",
                "Every trial {all_en} ({trials} of them), so that there are no conditions to find; raise --trials, or ask about another --target."
            )
        }
        Nothing::TooFew => text!(
            "查找用的{trials}次模拟中{of_zh}的只有{count}次，至少要{FEWEST}次，否则找到的条件可能只是碰巧，故不给出。可用 --trials {more} 增加次数，或用 --target、--policy 换一个目标或方案。",
            "Of the {trials} trials of the search only {count} end in {of_en}; it takes {FEWEST} at least, or what is found may be mere luck, so that nothing is told. Ask for --trials {more}, or for another --target or --policy."
        ),
        Nothing::NoInput => text!(
            "没有哪个不确定数字对结果有可测的影响，结局主要取决于偶然因素。",
            "No uncertain figure explains a measurable share of the result: the outcome is luck."
        ),
        Nothing::NotConfirmed => text!(
            "查找用的{trials}次模拟中{of_zh}的有{count}次；由此找到的条件放到另一批模拟上，具备与不具备时可能性的差别在误差之内，或者方向相反，可能只是碰巧，故不给出。可加大 --trials，或用 --target、--policy 换一个目标或方案。",
            "Of the {trials} trials of the search {count} end in {of_en}. On fresh trials the chance where the conditions found hold differs from that elsewhere by no more than the error, or the other way: they may be mere luck and are not told. Raise --trials, or ask about another --target or --policy."
        ),
        Nothing::NoBox => text!(
            "没有找到经得起检验的条件：去掉可能出于偶然的界限后，没有哪种情形与总体明显不同。",
            "No conditions stand up to the checks: once limits that may be luck are dropped, no box differs from all trials together."
        ),
    };
    say(&text, lang)
}

fn method(answer: &Answer<Discovery>, lang: Lang) -> Vec<String> {
    let findings = &answer.findings;
    let trials = number::decimal(answer.trials as f64, 0);
    let (varying, searched) = (findings.varying, findings.searched.len());
    let level = level(answer);
    if searched == 0 {
        // nothing was searched: that has been said, and how a search works answers nothing
        return Vec::new();
    }
    [
        text!(
            "方法：情景发现（Bryant、Lempert 2010），用PRIM逐步剥离（Friedman、Fisher 1999）。在{trials}次模拟中，从{varying}个不确定数字里取影响可测、也最大的{searched}个来找；每步剥去5%，回贴后去掉准p值大于5%的界限，界限按所写的数取整。",
            "Method: scenario discovery (Bryant and Lempert 2010) with PRIM (Friedman and Fisher 1999) on {trials} trials, among the {searched} of {varying} uncertain figures that explain most, each a measurable share; 5% are peeled off at a time, then pasted, limits with a quasi-p-value above 5% dropped, and limits rounded as they are told."
        ),
        text!(
            "可能性、覆盖率和占比都用另一批同样多的随机数重新估计，不受挑选影响；{level}区间只反映模拟次数有限。剥离轨迹是查找时的数字，因为是挑选出来的，会比另一批模拟的偏好（偏多少，可与上表相比）。条件说明的是同时出现，不等于因果。",
            "Probabilities, coverage and mass are judged on as many fresh trials, free of the search's flattery; {level} intervals cover the number of trials only. The trajectory shows figures of the search, which flatters them (by how much, the table of fresh trials tells). Conditions tell what goes together, not what causes what."
        ),
    ]
    .iter()
    .map(|text| say(text, lang))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::round_bound;

    #[test]
    fn bounds_are_never_below_what_they_bound() {
        assert_eq!(round_bound(0.049).as_deref(), Some("5%"));
        assert_eq!(round_bound(0.05).as_deref(), Some("10%"));
        assert_eq!(round_bound(0.0004).as_deref(), Some("0.1%"));
        assert_eq!(round_bound(0.6), None);
    }
}
