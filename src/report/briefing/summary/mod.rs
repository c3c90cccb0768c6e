//! The answer in plain words: one paragraph for each question that a reader asks first.

mod best;
mod brief;
mod changed;
mod places;
mod policies;
pub(super) mod trust;
mod wider;

pub use places::FEW;

use super::naming::place;
use super::wording::{self, Unit, chance, demand, quoted, say};
use super::{Focus, Paragraph, Topic};
use crate::analysis::results::*;
use crate::report::number::decimal;
use crate::report::untargeted_text::how_to_set;
use crate::stats::{Level, wilson};
use crate::text;
use crate::text::{Lang, Text, joined};

/// How much room there is for a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    /// That of a page.
    Full,
    /// That of a paper of few pages: the same figures but those that tables hold, in fewer words.
    Brief,
}

/// The answer, the headline first.
pub fn answer(results: &Results, focus: &Focus<'_>, lang: Lang) -> Vec<Paragraph> {
    let mut all = Vec::new();
    let said = |text: &Text| capital(say(text, lang));
    let mut add = |texts: [Option<Text>; 2], topic: Topic, rank: u8, label: Text| {
        let [Some(full), brief] = texts else { return };
        let (text, brief) = (said(&full), brief.map(|brief| said(&brief)));
        if !text.is_empty() {
            let brief = brief.filter(|brief| !brief.is_empty() && *brief != text);
            all.push(Paragraph { text, brief, topic, rank, label: say(&label, lang) });
        }
    };
    let both = |of: &dyn Fn(Length) -> Option<Text>| [of(Length::Full), of(Length::Brief)];
    let once = |text: Option<Text>| [text, None];
    let always = Text::default;
    add(once(Some(headline(results, focus))), Topic::Answer, 0, always());
    add(both(&|length| level(results, focus.target?, length, lang)), Topic::Answer, 0, always());
    add(both(&|length| policies::effect(results, focus, length, lang)), Topic::Answer, 0, always());
    // of several provinces none is told more of than the others, where room is short
    let of_first = |rank: u8| if wording::several_provinces(results) { rank } else { 0 };
    // one name for all that is said of it: most sentences are about no more time than the target's
    let label = Text::new("首次达到目标水平的时间", "when the level is first met");
    let when = both(&|length| later(results, focus, focus.target?, length, lang));
    add(when, Topic::Answer, of_first(2), label);
    let label = Text::new("各方案谁高谁低", "which policy is the likeliest");
    let likeliest = both(&|length| best::likeliest(results, focus, length, lang));
    add(likeliest, Topic::Policies, of_first(2), label);
    // all about the target in focus stays together, so that no sentence seems to speak of another province
    for (texts, rank) in places::sentences(results, focus, lang) {
        let label = Text::new("没有设目标的省", "the provinces without a target");
        add(texts, Topic::Answer, rank, label);
    }
    let together = both(&|length| match length {
        Length::Full => wider::together(results, focus, lang),
        Length::Brief => brief::together(focus),
    });
    add(together, Topic::Targets, 0, always());
    let label = Text::new("各项目标可能性的归类", "how many targets are how likely");
    add(once(wider::counts(focus)), Topic::Targets, 1, label);
    all
}

/// How far the answer can be trusted.
pub fn trust(results: &Results, focus: &Focus<'_>, lang: Lang) -> Vec<String> {
    let all = [
        changed::behind(trust::spread(results, focus, lang), results, focus.run, changed::Place::Page),
        trust::outside(results, focus, lang),
        trust::caveats(results, focus),
    ];
    let said = all.iter().flatten().map(|text| capital(say(text, lang)));
    said.filter(|text| !text.is_empty()).collect()
}

/// [`trust`] in fewer words.
pub fn trust_in_brief(results: &Results, focus: &Focus<'_>, lang: Lang) -> Vec<String> {
    brief::trusted(results, focus).iter().map(|text| say(text, lang)).collect()
}

/// A sentence with a capital at its start.
fn capital(text: String) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + rest.as_str())
}

/// Which world and policy a sentence is about: `在“低迷”下，按“全套政策”，`; the base world goes without saying.
fn setting(results: &Results, run: &RunResult) -> Text {
    let (policy, world) = (quoted(&run.policy.name), quoted(&run.world.name));
    let (policy_zh, policy_en) = (policy.zh, policy.en);
    if results.run.worlds.len() > 1 || run.world.id != "base" {
        let (world_zh, world_en) = (world.zh, world.en);
        text!("在{world_zh}下，按{policy_zh}，", "In the world {world_en}, under {policy_en}, ")
    } else {
        text!("按{policy_zh}，", "Under {policy_en}, ")
    }
}

fn headline(results: &Results, focus: &Focus<'_>) -> Text {
    let Text { zh: setting_zh, en: setting_en } = setting(results, focus.run);
    let Some(target) = focus.target else { return without_target(results, focus) };
    let subject = demand(results, target);
    let (chance_zh, chance_en) = (chance(results, target, Lang::Zh).zh, chance(results, target, Lang::En).en);
    let (zh, en) = (subject.zh, subject.en);
    let rule = if target.by_rule {
        text!(
            "这项目标没有数据，推进速度按目标本身假设，所列可能性只重复这一假设。",
            " There are no data on this target: its pace is assumed from the target itself, and the chance only repeats that."
        )
    } else {
        Text::default()
    };
    let (rule_zh, rule_en) = (rule.zh, rule.en);
    text!("{setting_zh}{zh}{chance_zh}。{rule_zh}", "{setting_en}the target {en} {chance_en}.{rule_en}")
}

/// What can be said where the scenario sets no target.
fn without_target(results: &Results, focus: &Focus<'_>) -> Text {
    let Some(series) = focus.series else {
        return text!("结果里没有目标，也没有推演序列。", "The results hold neither targets nor series.");
    };
    let Text { zh: setting_zh, en: setting_en } = setting(results, focus.run);
    let (name, measure) = (&series.name, wording::measure_of(results, &series.measure, &series.name));
    let year = series.years.last().copied().unwrap_or(results.scenario.horizon);
    let at = |key: &str| series.quantiles.get(key).and_then(|values| values.last()).copied();
    let (Some(low), Some(middle), Some(high)) = (at("0.05"), at("0.5"), at("0.95")) else {
        return text!("情景文件没有设目标。", "The scenario sets no target.");
    };
    let unit = Unit::of_series(series);
    let of = |lang| (unit.amount(middle, None, lang), unit.range([low, high], None, false, lang));
    let ((median_zh, range_zh), (median_en, range_en)) = (of(Lang::Zh), of(Lang::En));
    let (name_en, measure_en) = (&name.en, measure.en);
    let Text { zh: how_zh, en: how_en } = how_to_set(results);
    let subject_zh = joined(&[&name.zh, &measure.zh, &format!("{year}年")]);
    text!(
        "{setting_zh}{subject_zh}的中位数为{median_zh}，九成结果在{range_zh}之间。情景文件没有设目标，所以没有实现的可能性可说。{how_zh}",
        "{setting_en}{measure_en} of {name_en} in {year} has a median of {median_en}; nine results in ten lie within {range_en}. \
         The scenario sets no target, so there is no probability of meeting one. {how_en}"
    )
}

/// Where the quantity ends up, and how far from the target.
fn level(results: &Results, target: &TargetResult, length: Length, lang: Lang) -> Option<Text> {
    let (quantity, year) = (target.quantity.as_ref()?, target.year?);
    let unit = Unit::of(quantity);
    let at = |key: &str| quantity.quantiles.get(key).copied();
    let (low, middle, high) = (at("0.05")?, at("0.5")?, at("0.95")?);
    // rounded as in tables and charts: one figure has one form
    let (median, range) = (unit.amount(middle, None, lang), unit.range([low, high], None, false, lang));
    let at_most = target.condition.kind == "at_most";
    let distance = target.condition.level.map(|level| {
        let gap = if at_most { middle - level } else { level - middle };
        let size = unit.difference(gap, None, lang);
        let (it_zh, it_en) = if quantity.varies() { ("中位数", "the median") } else { ("", "it") };
        match (gap > 0.0, at_most) {
            (true, false) => text!("，{it_zh}离目标还差{size}", "; {it_en} falls short by {size}"),
            (true, true) => text!("，{it_zh}比目标高出{size}", "; {it_en} is too high by {size}"),
            (false, false) if gap < 0.0 => {
                text!("，{it_zh}比目标高{size}", "; {it_en} is above the target by {size}")
            }
            (false, true) if gap < 0.0 => {
                text!("，{it_zh}比目标低{size}", "; {it_en} is below the target by {size}")
            }
            _ => text!("，{it_zh}正好是目标的水平", "; {it_en} is exactly the level of the target"),
        }
    });
    let missed = target.shortfall.as_ref().filter(|_| length == Length::Full).and_then(|shortfall| {
        let mean = unit.difference(shortfall.mean_if_missed?, None, lang);
        let part = shortfall.share_of_target.map(wording::whole_percent);
        let (of_zh, of_en) = match wording::one_year(target) {
            true => ("目标", "the target"),
            false => ("该年应有水平", "that level"),
        };
        let part = part.map_or_else(Text::default, |part| {
            text!("，相当于{of_zh}的{part}", ", {part} of {of_en}")
        });
        let (part_zh, part_en) = (part.zh, part.en);
        Some(if !wording::one_year(target) {
            // the gap is that of the year which decides, against the level of that year: not that of the last one
            let (zh, en) = if at_most { ("高", "above") } else { ("低", "short of") };
            let (year_zh, year_en) = if wording::any_year(target) {
                ("最接近要求的那一年", "the year that comes closest")
            } else {
                ("差得最多的那一年", "the worst of its years")
            };
            text!(
                "没有实现时，{year_zh}平均比该年应有的水平{zh}{mean}{part_zh}。",
                " Where the target is missed, {year_en} is {mean} {en} the level due in that year on average{part_en}."
            )
        } else if at_most {
            text!(
                "没有实现时，平均超出{mean}{part_zh}。",
                " Where the target is missed, the limit is exceeded by {mean} on average{part_en}."
            )
        } else {
            text!(
                "没有实现时，平均差{mean}{part_zh}。",
                " Where the target is missed, it is missed by {mean} on average{part_en}."
            )
        })
    });
    let (distance, missed) = (distance.unwrap_or_default(), missed.unwrap_or_default());
    let (distance_zh, distance_en, missed_zh, missed_en) = (distance.zh, distance.en, missed.zh, missed.en);
    let place = place(results, target);
    let when_zh = joined(&[&place.zh, &format!("{year}年")]);
    let of_en = if place.en.is_empty() { place.en } else { format!(" of {}", place.en) };
    if !quantity.varies() {
        return Some(text!(
            "{when_zh}的结果没有任何波动，每次模拟都是{median}{distance_zh}。{missed_zh}",
            "The result{of_en} in {year} does not vary: it is {median} in every trial{distance_en}.{missed_en}"
        ));
    }
    Some(text!(
        "{when_zh}的中位数为{median}，九成结果在{range}之间{distance_zh}。{missed_zh}",
        "The median{of_en} in {year} is {median}, and nine results in ten lie within {range}{distance_en}.{missed_en}"
    ))
}

/// Share of the trials that have met a condition at least once by each year, with its interval.
pub(super) fn reached(target: &TargetResult) -> Vec<(i32, f64, Ends)> {
    let Some(first) = &target.first_year else { return Vec::new() };
    let mut total = 0.0;
    let by = first.by_year.iter().map(|(&year, &p)| {
        total += p;
        let hits = ((total * target.trials as f64).round() as u64).min(target.trials);
        let ends =
            wilson(hits, target.trials, Level::P95).map_or([0.0, 1.0], |ends| [ends.low(), ends.high()]);
        (year, hits as f64 / target.trials as f64, ends)
    });
    by.collect()
}

/// When the demand is likely met for the first time, up to the horizon.
fn later(
    results: &Results,
    focus: &Focus<'_>,
    target: &TargetResult,
    length: Length,
    lang: Lang,
) -> Option<Text> {
    let place = place(results, target);
    let (place_zh, place_en) =
        (place.zh, if place.en.is_empty() { place.en } else { format!("In {}, ", place.en) });
    if wording::met_at_start(focus.run, target) {
        let base = results.scenario.base_year;
        return Some(text!(
            "{place_zh}基年（{base}年）的水平已经符合这一要求，问题是能否保持，不是何时首次达到。",
            "{place_en}the level of the base year ({base}) already meets the demand; the question is whether it lasts, not when it is \
             first met."
        ));
    }
    if target.average {
        return Some(no_first_year(target, length));
    }
    let reached = reached(target);
    let (last, p, ends) = *reached.last()?;
    let half_year = reached.iter().find(|(_, p, _)| *p >= 0.5);
    let by_when = !wording::one_year(target);
    if p == target.probability && by_when && half_year.is_none() {
        return None;
    }
    let shown = |p: f64, ends: Ends| crate::report::number::chance(p, ends.into());
    if let Some((year, p, ends)) = half_year {
        let p = shown(*p, *ends);
        return Some(text!(
            "逐年来看，到{year}年，{place_zh}曾经达到过这一要求的可能性首次过半（{p}）。",
            "{place_en}year by year, the probability of having met the demand at least once passes one half in {year} ({p})."
        ));
    }
    let n = decimal(target.trials as f64, 0);
    let due = target.year.filter(|year| *year < results.scenario.horizon);
    if target.first_year.as_ref()?.never == 1.0 {
        let bound = shown(p, ends);
        return Some(text!(
            "推演到{last}年，{place_zh}在{n}次模拟中一次也没有达到过（可能性{bound}）。",
            "{place_en}up to {last}, none of {n} trials ever met the demand (probability {bound})."
        ));
    }
    let p = shown(p, ends);
    let after = due.map_or_else(String::new, |due| {
        let between = |year: i32| length == Length::Full && year > due && year < last;
        let years = reached.iter().filter(|(year, ..)| between(*year));
        let items: Vec<String> = years
            .map(|(year, p, ends)| {
                let p = shown(*p, *ends);
                say(&text!("{year}年{p}", "{p} by {year}"), lang)
            })
            .collect();
        if items.is_empty() {
            String::new()
        } else {
            wording::list(&items, lang) + if lang == Lang::Zh { "、" } else { ", " }
        }
    });
    Some(if due.is_some() {
        text!(
            "如果放宽期限，{place_zh}曾经达到过这一要求的可能性为{after}{last}年{p}，推演期内没有过半。",
            "{place_en}with more time, the probability of having met the demand at least once is {after}{p} by {last}; it stays below one half."
        )
    } else {
        text!(
            "推演到{last}年，{place_zh}曾经达到过这一要求的可能性为{p}，没有过半。",
            "{place_en}up to {last}, the probability of having met the demand at least once is {p}, below one half."
        )
    })
}

/// Why nothing is said of the year in which a target about an average is first met.
fn no_first_year(target: &TargetResult, length: Length) -> Text {
    if wording::any_year(target) {
        // one good first year does meet this one
        return text!(
            "这一目标考核的是基年以来的平均，期限内任一年达到都算实现，开头一年特别好也算；要考核期末那一年的平均，改用考核年份（year）。",
            "The target is about an average since the base year, and any year within its term meets it, even one good first year; \
             for the average of the last year alone, state `year` instead of `by`."
        );
    }
    match length {
        Length::Full => text!(
            "这一目标考核的是基年以来的平均，某一年达到不等于目标实现，所以不说何时首次达到，也没有“最早在哪一年达到目标水平”图。",
            "The target is about an average since the base year, which one good year does not meet: so nothing is said of when it is \
             first met, and there is no chart of that."
        ),
        Length::Brief => text!(
            "这一目标考核的是基年以来的平均，某一年达到不等于目标实现，不说何时首次达到。",
            "The target is about an average since the base year, which one good year does not meet: no first year is told."
        ),
    }
}
