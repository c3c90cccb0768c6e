//! What a paper of few pages says where the page has a paragraph: the same figures in fewer words.

use super::changed;
use super::trust::{self, Stated};
use super::wider;
use crate::analysis::realism::PeerGrowth;
use crate::analysis::results::*;
use crate::report::briefing::Focus;
use crate::report::briefing::naming::{self, place};
use crate::report::briefing::wording::quoted;
use crate::report::number::{self, growth};
use crate::report::{outside_text, readings_text, realism_text};
use crate::text;
use crate::text::{Text, by_number, joined};

/// The joint probability of every document with several targets, and of all documents together unless they are those of several
/// provinces, which no one has to meet together; `None` without such a document.
pub fn together(focus: &Focus<'_>) -> Option<Text> {
    let provinces = focus.run.targets.iter().any(|target| target.province.is_some());
    let several = focus.run.joint.iter().filter(|joint| joint.targets.len() > 1);
    let several: Vec<&JointResult> = several.filter(|joint| !provinces || joint.document != "*").collect();
    if several.is_empty() {
        return None;
    }
    let each = several.iter().map(|joint| {
        let (count, name) = (joint.targets.len(), short_title(joint));
        let p = number::chance(joint.probability, joint.interval.into());
        let (zh, en) = (name.zh, name.en);
        let rule = readings_text::by_rule_among(count, joint.by_rule);
        let rule = rule.map_or_else(Text::default, |Text { zh, en }| text!("（{zh}）", " ({en})"));
        let (rule_zh, rule_en) = (rule.zh, rule.en);
        text!("{zh}{count}项{rule_zh}，{p}", "all {count} of {en}{rule_en}: {p}")
    });
    let each: Vec<Text> = each.collect();
    let join = |pick: fn(&Text) -> &str, with: &str| each.iter().map(pick).collect::<Vec<_>>().join(with);
    let (zh, en) = (join(|text| &text.zh, "；"), join(|text| &text.en, "; "));
    let no_judgement = several.iter().any(|joint| !wider::is_judged(joint));
    let (caveat_zh, caveat_en) = if no_judgement {
        (
            "（多数目标按目标倒推的，不能当作判断）",
            " (where most targets are set by rule, this is no judgement)",
        )
    } else {
        ("", "")
    };
    Some(text!(
        "各文件量化目标同时全部实现的可能性{caveat_zh}：{zh}。",
        "The probability that all quantified targets of a document are met together{caveat_en}: {en}."
    ))
}

/// A document by the number that offices cite it by, where its title ends with one.
fn short_title(joint: &JointResult) -> Text {
    if joint.document == "*" {
        return Text::new("全部文件", "all documents");
    }
    let number = joint.title.zh.strip_suffix('）').and_then(|title| title.rsplit_once('（'));
    let number = number.map(|(_, number)| number).filter(|number| number.ends_with('号'));
    let whole = quoted(&joint.title);
    Text::new(number.map_or(whole.zh, str::to_owned), whole.en)
}

/// How far the answer can be trusted, one paragraph each, in the order of [`trust`](super::trust).
pub fn trusted(results: &Results, focus: &Focus<'_>) -> Vec<Text> {
    let spread = changed::behind(spread(results, focus), results, focus.run, changed::Place::Workbook);
    [spread, outside(results, focus), caveats(results, focus)].into_iter().flatten().collect()
}

fn spread(results: &Results, focus: &Focus<'_>) -> Option<Text> {
    let variance = focus.run.variance.as_ref()?;
    let (Text { zh, en }, year) = (naming::of_id(results, focus.run, &variance.series), variance.year);
    let zh = joined(&[&zh, &format!("{year}年")]);
    let Text { zh: parts_zh, en: parts_en } = trust::parts(results, focus.run, variance);
    let sizes = trust::shocks_rest_on(results, focus.run).map_or_else(Text::default, |Text { zh, en }| {
        text!("（其幅度也多{zh}）", " (whose sizes are mostly {en})")
    });
    let (sizes_zh, sizes_en) = (sizes.zh, sizes.en);
    let Stated { all, assumed, bare } = trust::stated(results, focus.run);
    let all_en =
        by_number(all, "figure that the scenario states is", "figures that the scenario states are all");
    let counted = if all == 0 {
        Text::default()
    } else if assumed == all {
        let one_en = by_number(all, "one of the ", "");
        text!("；情景文件写明的{all}个数都是假设", "; the {all} {all_en} {one_en}assumptions")
    } else if bare == all {
        text!(
            "；情景文件写明的{all}个数都没有注明依据等级",
            "; the {all} {all_en} without a grade of evidence"
        )
    } else {
        let are_en = by_number(assumed, "is an assumption", "are assumptions");
        let Text { zh, en } = match bare {
            0 => Text::default(),
            _ => text!("，{bare}个没有注明依据等级", " and {bare} without a grade of evidence"),
        };
        text!(
            "；情景文件写明的{all}个数中，{assumed}个是假设{zh}",
            "; of the {all} figures that the scenario states, {assumed} {are_en}{en}"
        )
    };
    let (counted_zh, counted_en) = (counted.zh, counted.en);
    Some(text!(
        "{zh}结果的离散程度，{parts_zh}来自逐年波动、事件及交互作用{sizes_zh}{counted_zh}。",
        "Of the spread of results for {en} in {year}, {parts_en} from yearly shocks, events and interactions{sizes_en}{counted_en}."
    ))
}

fn outside(results: &Results, focus: &Focus<'_>) -> Option<Text> {
    let target = focus.target?;
    let row = results.realism.iter().find(|row| row.target == target.id)?;
    let own = row.growth.as_ref()?;
    let rate = |rate: f64| growth(rate).trim_start_matches('+').to_owned();
    let (needed, verdict) = (rate(own.needed), own.verdict.words());
    let best = own.record.as_ref().or(own.nation.as_ref()).map_or_else(Text::default, |past| {
        let (best, zh, en) = (rate(past.best), &past.scope.zh, &past.scope.en);
        let Text { zh: marks_zh, en: marks_en } = realism_text::marks(past);
        text!(
            "，{zh}有记录以来三年以上最快为{best}{marks_zh}",
            "; the best on record over three years or more in {en} is {best}{marks_en}"
        )
    });
    let told = |peer: &PeerGrowth, when: &Text| {
        let ([first, last], best) = (peer.years, rate(peer.growth));
        let (zh, en, when_zh, when_en) = (&peer.place.zh, &peer.place.en, &when.zh, &when.en);
        let (short_zh, short_en) = if peer.as_long {
            ("", "")
        } else {
            ("，时段比目标短", ", over a shorter span than the target's")
        };
        text!(
            "，{when_zh}外省最快为{best}（{zh}{first}—{last}年{short_zh}）",
            "; the fastest other province {when_en} had {best} ({en} {first}–{last}{short_en})"
        )
    };
    let peer = outside_text::fastest(row)
        .iter()
        .map(|(peer, when)| told(peer, when))
        .fold(Text::default(), |all, next| Text::new(all.zh + &next.zh, all.en + &next.en));
    // page and workbook name them
    let ends =
        row.precedents.as_ref().map_or_else(Text::default, |past| outside_text::ends_in_words(past, false));
    let place = place(results, target);
    let of_en = if place.en.is_empty() { String::new() } else { format!(" of {}", place.en) };
    let (place_zh, verdict_zh, verdict_en) = (place.zh, verdict.zh, verdict.en);
    let (zh, en) = (best.zh + &peer.zh + &ends.zh, best.en + &peer.en + &ends.en);
    Some(text!(
        "从外部参照看（不计入推演），{place_zh}这一目标需要年均增长{needed}（{verdict_zh}）{zh}。",
        "The outside view, which is no part of the simulation: the target{of_en} needs growth of {needed} a year ({verdict_en}){en}."
    ))
}

fn caveats(results: &Results, focus: &Focus<'_>) -> Option<Text> {
    let target = focus.target?;
    let mut said = vec![text!(
        "区间只反映模拟的抽样误差，不反映假设可能有的偏差",
        "Intervals cover the sampling error only, not errors in the assumptions"
    )];
    said.extend(trust::chosen(results, focus));
    if focus.run.targets.iter().any(|target| target.is_proper() && target.by_rule) {
        said.push(text!(
            "标“按目标倒推”的目标没有数据，所列可能性不能当作判断",
            "for targets marked “by rule” there are no data, and their chance is no judgement"
        ));
    }
    for switch in results.switches.iter().filter(|switch| switch.chosen != switch.default) {
        let (name, option) = (&switch.name, switch.option(&switch.chosen));
        let (name_zh, name_en, option_zh, option_en) = (&name.zh, &name.en, option.zh, option.en);
        said.push(text!(
            "采用了非默认口径：{name_zh}——{option_zh}",
            "the documents are read differently from the default: {name_en}: {option_en}"
        ));
    }
    if results.realism.iter().any(|row| row.target == target.id && row.hindsight) {
        said.push(text!(
            "外部参照含基年以后才知道的情况",
            "the outside view holds what became known after the base year"
        ));
    }
    let join = |pick: fn(&Text) -> &str, with: &str| said.iter().map(pick).collect::<Vec<_>>().join(with);
    let (zh, en) = (join(|text| &text.zh, "；"), join(|text| &text.en, "; "));
    Some(text!("{zh}。", "{en}."))
}
