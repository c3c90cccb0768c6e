//! Which policy is likeliest to meet the main target, and whether the trials tell it from the others.

use super::Length;
use crate::analysis::results::*;
use crate::report::briefing::Focus;
use crate::report::briefing::naming::place;
use crate::report::briefing::wording::{Unit, distinguishable, half, list, money_here, quoted, say};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text, by_number};

/// Names of policies that are listed; more are counted.
const LISTED: usize = 4;

/// A policy with the main target under it.
type Entry<'a> = (&'a RunResult, &'a TargetResult);

/// How the policies below the highest estimate compare with it.
#[derive(Default)]
struct Others<'a> {
    /// Paired with it, they are lower.
    lower: Vec<Entry<'a>>,
    /// Paired with it, they cannot be told from it.
    equal: Vec<Entry<'a>>,
    /// They were not paired with it, and their intervals overlap.
    open: Vec<Entry<'a>>,
}

/// The policy with the highest estimate for the main target in the world of the focus, and how the others compare with it,
/// trial by trial.
pub fn likeliest(results: &Results, focus: &Focus<'_>, length: Length, lang: Lang) -> Option<Text> {
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
    let first = best.first()?.1;
    let p = number::chance(first.probability, first.interval.into());
    if others.is_empty() {
        return Some(if most == 0 {
            text!(
                "{count}个方案在{n}次模拟中都一次也没有实现，分不出高下。",
                "None of the {count} policies meets it even once in {n} trials; they cannot be ranked."
            )
        } else {
            text!(
                "{count}个方案实现的可能性相同（{p}），分不出高下。",
                "All {count} policies are equally likely to meet it ({p}); they cannot be ranked."
            )
        });
    }
    let leaders = names(&best, lang);
    let Others { lower, equal, open } = sorted(&best, &others);
    let mut clauses = [
        told(results, focus, &best, &lower, others.len(), length, lang),
        alike(results, &best, &equal, (others.len(), length), lang),
        not_paired(&open, lang),
    ];
    if length == Length::Brief {
        // “the other” policies come last
        clauses.rotate_left(1);
    }
    let rest: Vec<String> = clauses.into_iter().flatten().map(|text| say(&text, lang)).collect();
    let rest = rest.join(if lang == Lang::Zh { "；" } else { "; " });
    let place = place(results, first);
    let (place_zh, place_en) = if place.zh.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("就{}这一目标，", place.zh), format!("For the target of {}, ", place.en))
    };
    let of = if place_en.is_empty() { "Of" } else { "of" };
    Some(match (best.len() > 1, equal.is_empty() && open.is_empty()) {
        (true, _) => text!(
            "{place_zh}{count}个方案中，估计值最高的并列：{leaders}（{p}）；{rest}。",
            "{place_en}{of} {count} policies, these share the highest estimate: {leaders} ({p}); {rest}."
        ),
        (false, true) => text!(
            "{place_zh}{count}个方案中，实现的可能性最高的是{leaders}（{p}）：{rest}。",
            "{place_en}{of} {count} policies, {leaders} is the likeliest to meet it ({p}): {rest}."
        ),
        (false, false) => text!(
            "{place_zh}{count}个方案中，估计值最高的是{leaders}（{p}）：{rest}。",
            "{place_en}{of} {count} policies, {leaders} has the highest estimate ({p}): {rest}."
        ),
    })
}

/// The names of policies; of many only the first ones, and their number.
fn names(runs: &[Entry<'_>], lang: Lang) -> String {
    let named: Vec<String> =
        runs.iter().take(LISTED).map(|(run, _)| say(&quoted(&run.policy.name), lang)).collect();
    let (some, all) = (list(&named, lang), runs.len());
    let more = text!("{some}等{all}个方案", "{some} and others ({all} in all)");
    if all > LISTED { say(&more, lang) } else { some }
}

/// The policies below the highest estimate, which several may share, by what the trials tell of them. Where every two
/// policies were compared, intervals hold for all pairs at once; where only the reference was, that interval counts, and of
/// others their own ones must be apart.
fn sorted<'a>(best: &[Entry<'a>], others: &[Entry<'a>]) -> Others<'a> {
    let mut found = Others::default();
    for &(run, target) in others {
        let paired = |(leader, leading): &Entry<'_>| {
            let (mine, theirs) = (&run.policy.id, &leader.policy.id);
            let against = |target: &TargetResult, other: &str| {
                target.change.as_ref().filter(|change| change.against == other).map(|change| change.interval)
            };
            let all = leading.less(theirs, target, mine).map(|(_, ends)| ends);
            all.or_else(|| against(leading, mine)).or_else(|| against(target, theirs))
        };
        let apart = |leader: &Entry<'_>| match paired(leader) {
            Some(ends) => Some(distinguishable(ends)),
            None if target.interval[1] < leader.1.interval[0] => Some(true),
            None => None,
        };
        let verdicts: Vec<Option<bool>> = best.iter().map(apart).collect();
        if verdicts.contains(&Some(false)) {
            found.equal.push((run, target));
        } else if verdicts.contains(&None) {
            found.open.push((run, target));
        } else {
            found.lower.push((run, target));
        }
    }
    found
}

/// That the best policy is above others, and by how much, for how much more money, above the policy in focus, else the
/// reference, else the next one.
fn told(
    results: &Results,
    focus: &Focus<'_>,
    best: &[Entry<'_>],
    lower: &[Entry<'_>],
    others: usize,
    length: Length,
    lang: Lang,
) -> Option<Text> {
    let of = |id: &str| lower.iter().find(|(run, _)| run.policy.id == id);
    let next = of(&focus.run.policy.id).or_else(|| of(&results.run.reference.id));
    let next = next.or_else(|| lower.iter().max_by_key(|(_, target)| target.hits))?;
    let count = lower.len();
    let it_is = by_number(best.len(), "it is", "each of them is");
    if length == Length::Brief && count < others && count > 1 {
        return Some(text!(
            "比其余{count}个方案都高（逐次相比）",
            "{it_is} above the other {count} (paired trial by trial)"
        ));
    }
    let whom = if count == others && count == 1 {
        text!("与另一个方案逐次相比更高", "paired trial by trial, {it_is} above the other one")
    } else if count == others {
        text!(
            "与其余{count}个方案逐次相比都更高",
            "paired trial by trial, {it_is} above each of the other {count}"
        )
    } else {
        let lower = names(lower, lang);
        text!("与{lower}逐次相比更高", "paired trial by trial, {it_is} above {lower}")
    };
    let more = best.first().filter(|_| best.len() == 1);
    let more = more.and_then(|leader| by_how_much(results, leader, next, lang));
    let (Text { zh, en }, Text { zh: more_zh, en: more_en }) = (whom, more.unwrap_or_default());
    let (beyond_zh, beyond_en) = match length {
        Length::Full => ("，差别超出模拟误差", " by more than the simulation error"),
        Length::Brief => ("", ""),
    };
    Some(text!("{zh}{beyond_zh}{more_zh}", "{en}{beyond_en}{more_en}"))
}

/// By how much a policy is above another one, and how much more or less money it pays.
fn by_how_much(
    results: &Results,
    (leader, leading): &Entry<'_>,
    (run, target): &Entry<'_>,
    lang: Lang,
) -> Option<Text> {
    let name = quoted(&run.policy.name);
    let (name_zh, name_en) = (name.zh, name.en);
    let (difference, ends) = leading.less(&leader.policy.id, target, &run.policy.id)?;
    let (size, span) = number::points_parts(difference, ends.into(), lang)?;
    let size = size.trim_start_matches('+');
    let none = Text::default();
    let unit = Unit { figure: "money", name: &none };
    let paid = |run: &RunResult| Some(money_here(results, run, target, results.scenario.horizon)?.0);
    let money = paid(leader).zip(paid(run)).map(|(mine, theirs)| mine - theirs);
    let error = [&leader.cost, &run.cost].into_iter().filter_map(|cost| cost.gross.interval.map(half)).sum();
    let money = money.filter(|money| money.abs() > error).map_or_else(Text::default, |money| {
        let amount = unit.difference(money, Some(error), lang);
        let (zh, en) = if money > 0.0 { ("多", "more") } else { ("少", "less") };
        text!("，财政支出{zh}{amount}", ", with {amount} {en} public money")
    });
    let (money_zh, money_en) = (money.zh, money.en);
    let (kind_zh, kind_en) = if wider(results) {
        ("各方案两两比较的区间", "interval for all pairs at once")
    } else {
        ("区间", "interval")
    };
    Some(text!(
        "，比{name_zh}高{size}个百分点（{kind_zh}{span}）{money_zh}",
        ", above {name_en} by {size} percentage points ({kind_en} {span}){money_en}"
    ))
}

/// Whether intervals between any two policies hold for all pairs at once, and so are wider than the one against the
/// reference that tables show.
fn wider(results: &Results) -> bool {
    results.run.pair_level.is_some_and(|level| level > results.run.interval_level)
}

/// That the best policy is told from the reference by the interval of tables, where that for all pairs does not: two
/// statements that seem to contradict each other otherwise.
fn told_alone(
    results: &Results,
    best: &[Entry<'_>],
    equal: &[Entry<'_>],
    length: Length,
    lang: Lang,
) -> Option<Text> {
    let reference = &results.run.reference;
    let leader = best.first()?;
    let change = leader.1.change.as_ref().filter(|change| change.against == reference.id)?;
    let is_open = wider(results) && equal.iter().any(|(run, _)| run.policy.id == reference.id);
    if !is_open || change.interval[0] <= 0.0 {
        return None;
    }
    let (size, span) = number::points_parts(change.probability, change.interval.into(), lang)?;
    let Text { zh, en } = quoted(&reference.name);
    let size = size.trim_start_matches('+');
    if length == Length::Brief {
        return Some(text!(
            "（只同{zh}比则可以分辨，两两比较的区间更宽）",
            " (compared with {en} alone it can; intervals for all pairs at once are wider)"
        ));
    }
    Some(text!(
        "（只同{zh}一个方案比可以分辨，高{size}个百分点，区间{span}；各方案两两比较，区间更宽）",
        " (compared with {en} alone it is above by {size} percentage points, interval {span}; intervals for all pairs at once are wider)"
    ))
}

/// Whom the trials do not tell from the best.
fn alike(
    results: &Results,
    best: &[Entry<'_>],
    equal: &[Entry<'_>],
    (others, length): (usize, Length),
    lang: Lang,
) -> Option<Text> {
    let (count, named) = (equal.len(), names(equal, lang));
    if count == 0 {
        return None;
    }
    let Text { zh: alone_zh, en: alone_en } =
        told_alone(results, best, equal, length, lang).unwrap_or_default();
    let (them_en, how_zh) =
        (if best.len() > 1 { "them" } else { "it" }, if wider(results) { "两两" } else { "" });
    let most = if length == Length::Brief { 2 } else { LISTED };
    Some(if count == others && count > most {
        text!(
            "与其余{count}个方案{how_zh}逐次相比，现有次数下都分辨不出高低{alone_zh}",
            "paired trial by trial, none of the other {count} can be told from {them_en} with these trials{alone_en}"
        )
    } else {
        text!(
            "与{named}{how_zh}逐次相比，现有次数下分辨不出高低{alone_zh}",
            "paired trial by trial, {named} cannot be told from {them_en} with these trials{alone_en}"
        )
    })
}

/// Whom it was not compared with.
fn not_paired(open: &[Entry<'_>], lang: Lang) -> Option<Text> {
    let (named, one) = (names(open, lang), open.len() == 1);
    let verb = if one { "has an interval that overlaps" } else { "have intervals that overlap" };
    (!open.is_empty()).then(|| {
        text!(
            "{named}的区间与它重叠，本结果没有把这些方案逐次相比，不能断定谁高谁低",
            "{named} {verb} with its own; they were not compared trial by trial here, so that which is likelier stays open"
        )
    })
}
