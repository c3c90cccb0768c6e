//! All targets together: how likely a whole document is fulfilled, and how many of its targets are likely.

use std::collections::BTreeMap;

use crate::analysis::results::*;
use crate::report::briefing::Focus;
use crate::report::briefing::wording::{level, plain, quoted, say, word};
use crate::report::words::{self, likelihood};
use crate::report::{number, readings_text};
use crate::text;
use crate::text::{Lang, Text, by_number};

/// The joint probability of every document with several targets.
pub fn together(results: &Results, focus: &Focus<'_>, lang: Lang) -> Option<Text> {
    let several = focus.run.joint.iter().filter(|joint| joint.targets.len() > 1);
    let sentences: Vec<String> = several
        .map(|joint| {
            let (title, count) = (quoted(&joint.title), joint.targets.len());
            let (zh, en) = match joint.document.as_str() {
                "*" => ("全部文件".to_owned(), "all documents".to_owned()),
                _ => (title.zh, title.en),
            };
            let end = joint_chance(results, joint, lang);
            let (end_zh, end_en) = (end.zh, end.en);
            let text = text!(
                "{zh}的{count}项量化目标同时全部实现，{end_zh}。",
                "All {count} quantified targets of {en} together: {end_en}."
            );
            say(&text, lang)
        })
        .collect();
    let joined = sentences.join(if lang == Lang::Zh { "" } else { " " });
    (!joined.is_empty()).then(|| Text::same(joined))
}

/// Whether a joint chance is a judgement: not where most of its targets only repeat an assumption made from themselves.
pub fn is_judged(joint: &JointResult) -> bool {
    Members { targets: joint.targets.len(), by_rule: joint.by_rule }.is_judged()
}

fn joint_chance(results: &Results, joint: &JointResult, lang: Lang) -> Text {
    let level = level(results);
    let rule = readings_text::by_rule_among(joint.targets.len(), joint.by_rule);
    let word = match rule {
        None => word(joint.interval),
        Some(Text { zh, en }) if is_judged(joint) => {
            let Text { zh: word_zh, en: word_en } = word(joint.interval);
            text!("{word_zh}（{zh}）", "{word_en} ({en})")
        }
        Some(Text { zh, en }) => {
            let none = readings_text::no_judgement();
            let (none_zh, none_en) = (none.zh, none.en);
            text!("{zh}，{none_zh}", "{none_en}, with {en}")
        }
    };
    let (word_zh, word_en) = (word.zh, word.en);
    let n = number::decimal(results.run.trials as f64, 0);
    if joint.hits == 0 {
        let bound = number::chance(0.0, joint.interval.into());
        let bound = bound.trim_start_matches('<');
        return text!(
            "在{n}次模拟中一次也没有出现，可能性低于{bound}，{word_zh}",
            "not once in {n} trials, so the probability is below {bound}: {word_en}"
        );
    }
    let p = number::chance(joint.probability, joint.interval.into());
    let (_, span) = number::probability_parts(joint.probability, joint.interval.into(), lang);
    let plain = plain(joint.probability, joint.interval);
    let (plain_zh, plain_en) = (plain.zh, plain.en);
    let span =
        span.map_or_else(Text::default, |span| text!("，{level}区间{span}", ", {level} interval {span}"));
    let (span_zh, span_en) = (span.zh, span.en);
    text!(
        "可能性{plain_zh}（{p}{span_zh}），{word_zh}",
        "the probability is {plain_en} ({p}{span_en}): {word_en}"
    )
}

/// How many targets bear each word of the scale, those that only repeat their own rule left out.
pub fn counts(focus: &Focus<'_>) -> Option<Text> {
    let proper = || focus.run.targets.iter().filter(|target| target.is_proper());
    let judged: Vec<&TargetResult> = proper().filter(|target| target.is_judged()).collect();
    if judged.len() < 2 {
        return None;
    }
    // a target whose interval reaches over a bound bears no single word, here as in tables
    let (mut found, mut between): (BTreeMap<usize, usize>, usize) = (BTreeMap::new(), 0);
    for target in &judged {
        let ends = target.interval;
        let word = likelihood(ends[0]);
        if word == likelihood(ends[1]) {
            *found.entry(words::scale().iter().position(|step| step.word == word)?).or_default() += 1;
        } else {
            between += 1;
        }
    }
    let items = |pick: fn(&Text) -> &str, of: &dyn Fn(&str, usize) -> String, with: &str| {
        let scale = words::scale();
        let each = found.iter().rev().map(|(&at, &count)| of(pick(&scale[at].word), count));
        each.collect::<Vec<_>>().join(with)
    };
    let mut zh = items(|word| &word.zh, &|word, count| format!("{word}的{count}项"), "，");
    let mut en = items(|word| &word.en, &|word, count| format!("{count} {word}"), ", ");
    if between > 0 {
        let (comma_zh, comma_en) = if found.is_empty() { ("", "") } else { ("，", ", ") };
        zh += &format!("{comma_zh}介于两个用语之间的{between}项");
        en += &format!("{comma_en}{between} between two words");
    }
    let (count, all) = (judged.len(), proper().count());
    let rule = match (all - count, proper().filter(|target| target.by_rule).count()) {
        (0, _) => Text::default(),
        (left, own) if left == own => {
            let are = by_number(left, "is", "are");
            text!("另有{left}项按目标倒推，不计", "{left} more {are} set by rule and not counted")
        }
        (left, _) => {
            let are = by_number(left, "rests", "rest");
            text!(
                "另有{left}项按目标倒推或以此为主，不计",
                "{left} more {are} on targets set by rule and are not counted"
            )
        }
    };
    let own = judged.iter().filter(|target| target.document.is_none()).count();
    let own = if own == 0 || own == count {
        Text::default()
    } else {
        {
            let them = by_number(own, "it", "them");
            text!("其中{own}项未注明由哪份文件设定", "{own} without a document that sets {them}")
        }
    };
    let remarks = |lang: Lang, open: &str, with: &str, close: &str| {
        let said: Vec<&str> = [&own, &rule].iter().map(|t| t.get(lang)).filter(|t| !t.is_empty()).collect();
        if said.is_empty() { String::new() } else { format!("{open}{}{close}", said.join(with)) }
    };
    let (remarks_zh, remarks_en) = (remarks(Lang::Zh, "（", "；", "）"), remarks(Lang::En, " (", "; ", ")"));
    let policy = quoted(&focus.run.policy.name);
    let (policy_zh, policy_en) = (policy.zh, policy.en);
    let (targets_en, are_en) = (by_number(count, "target", "targets"), by_number(count, "is", "are"));
    if all > count {
        // so many of all: a document may have as many targets, and they are others
        return Some(text!(
            "按{policy_zh}，现行口径的全部{all}项目标中，可以作判断的有{count}项{remarks_zh}：{zh}。",
            "Under {policy_en}, {count} of all {all} targets in force can be judged{remarks_en}: {en}."
        ));
    }
    Some(text!(
        "按{policy_zh}，现行口径的{count}项目标{remarks_zh}中：{zh}。",
        "Under {policy_en}, the {count} {targets_en} in force{remarks_en} {are_en} judged as follows: {en}."
    ))
}
