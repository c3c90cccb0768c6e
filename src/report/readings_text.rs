//! Tables of conditional probabilities and of the readings of the documents.

use super::number::{decimal, probability_with_interval};
use super::table::{Column, Table};
use crate::analysis::results::*;
use crate::model::with_province;
use crate::text;
use crate::text::{Lang, Text};

/// The name of a target: with its province where there are several, and marked if another reading of the documents
/// would set it.
pub fn name(results: &Results, target: &TargetResult) -> Text {
    let Text { zh, en } = marked_name(results, target);
    if target.in_force {
        Text::new(zh, en)
    } else {
        text!("{zh}（另一读法）", "{en} (another reading)")
    }
}

/// The name of a target, marked if its chance, or that of targets in it, only repeats the target itself.
pub fn marked_name(results: &Results, target: &TargetResult) -> Text {
    let Text { zh, en } = plain_name(results, target);
    if target.by_rule {
        return text!("{zh}（按目标倒推）", "{en} (by rule)");
    }
    match target.members.and_then(|of| by_rule_among(of.targets, of.by_rule)) {
        Some(Text { zh: mark_zh, en: mark_en }) => text!("{zh}（{mark_zh}）", "{en} ({mark_en})"),
        None => Text::new(zh, en),
    }
}

/// How many of so many targets are set by rule, in words; `None` if none is.
pub fn by_rule_among(targets: usize, by_rule: usize) -> Option<Text> {
    match by_rule {
        0 => None,
        all if all == targets => Some(text!("{all}项都按目标倒推", "all {all} by rule")),
        some => Some(text!("其中{some}项按目标倒推", "{some} of {targets} by rule")),
    }
}

/// What stands in the place of a word for a chance that is no judgement.
pub fn no_judgement() -> Text {
    Text::new("不能当作判断", "no judgement")
}

/// The name of a target without marks: with its province where there are several, as [`Model::target_name`] has it.
///
/// [`Model::target_name`]: crate::model::Model::target_name
pub fn plain_name(results: &Results, target: &TargetResult) -> Text {
    match (&target.province, target.scope.id.strip_prefix("province.")) {
        (Some(province), _) => with_province(&target.name, &province.name),
        // documents written before provinces were named
        (None, Some(_)) if several_provinces(results) => with_province(&target.name, &target.scope.name),
        _ => target.name.clone(),
    }
}

/// Why a target about an average has no year in which it is first met.
pub fn no_first_year() -> Text {
    Text::new("不适用（考核多年平均）", "none (an average of years)")
}

/// Whether the results hold more than one province.
pub fn several_provinces(results: &Results) -> bool {
    let series = results.runs.first().map(|run| run.series.as_slice()).unwrap_or_default();
    series.iter().filter(|series| series.kind == "province" && !series.id.contains('@')).count() > 1
}

/// What the mark of a target without data means; `None` if no target carries it.
pub fn by_rule_note(run: &RunResult) -> Option<Text> {
    run.targets.iter().any(|target| target.by_rule).then(by_rule)
}

/// What the mark of a target without data means.
pub fn by_rule() -> Text {
    text!(
        "标“按目标倒推”的：没有数据，推进速度按目标本身假设，所列可能性只重复这一假设，不能当作判断。",
        "Marked “by rule”: there are no data; the pace is assumed from the target itself, and the chance only repeats that assumption."
    )
}

/// Conditional probabilities under every policy; `None` if the scenario asks for none.
pub fn conditional(results: &Results, lang: Lang) -> Option<Table> {
    let first = results.runs.first().filter(|run| !run.conditional.is_empty())?;
    let say = |text: Text| text.get(lang).to_owned();
    let worlds = &results.run.worlds;
    let mut columns = vec![Column::text(say(Text::new("在什么条件下", "What, given what")))];
    if worlds.len() > 1 {
        columns.push(Column::text(say(Text::new("情景", "World"))));
    }
    columns.extend(results.run.policies.iter().map(|policy| Column::number(policy.name.get(lang))));
    let mut rows = Vec::new();
    for subject in &first.conditional {
        for world in worlds {
            let mut row = vec![subject.name.get(lang).to_owned()];
            if worlds.len() > 1 {
                row.push(world.name.get(lang).to_owned());
            }
            for policy in &results.run.policies {
                let run = results.run_of(&policy.id, &world.id);
                let found = run.and_then(|run| run.conditional.iter().find(|c| c.id == subject.id));
                row.push(found.map_or_else(String::new, |found| cell(found, lang)));
            }
            rows.push(row);
        }
    }
    let note = text!(
        "括号内为 95% 区间，其后是满足条件的模拟次数；一次也没有满足时写“无”。",
        "In brackets the 95% interval, then the number of trials that meet the condition; “none” if no trial does."
    );
    Some(Table {
        title: Some(say(Text::new("在某些条件下实现目标的可能性", "Probability of targets given others"))),
        columns,
        rows,
        notes: vec![say(note)],
    })
}

fn cell(found: &ConditionalResult, lang: Lang) -> String {
    let n = decimal(found.given_trials as f64, 0);
    let text = match (found.probability, found.interval) {
        (Some(p), Some(ends)) => {
            let p = probability_with_interval(p, ends.into(), lang);
            text!("{p}，{n}次", "{p}, {n} trials")
        }
        _ => text!("无", "none"),
    };
    text.get(lang).to_owned()
}

/// How the documents are read; `None` if the scenario has no switches.
pub fn switches(results: &Results, lang: Lang) -> Option<Table> {
    if results.switches.is_empty() {
        return None;
    }
    let say = |zh, en| Text::new(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::text(say("读法开关", "Reading")),
        Column::text(say("采用", "In force")),
        Column::text(say("其他读法", "Other readings")),
        Column::text(say("依据", "Source")),
    ];
    let row = |switch: &SwitchInfo| {
        let others = switch.options.iter().filter(|option| option.id != switch.chosen);
        let others: Vec<String> =
            others.map(|option| format!("{}={}: {}", switch.id, option.id, option.name.get(lang))).collect();
        let mut chosen = switch.option(&switch.chosen).get(lang).to_owned();
        if switch.chosen != switch.default {
            chosen += &say("（非默认）", " (not the default)");
        }
        let grade = switch.grade.as_deref().and_then(crate::scenario::Grade::from_word);
        let grade = grade.map_or_else(String::new, |grade| grade.name().get(lang).to_owned());
        let source = switch.source.clone().unwrap_or_default();
        let basis = [source, grade].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        vec![switch.name.get(lang).to_owned(), chosen, others.join("; "), basis.join(", ")]
    };
    Some(Table {
        title: Some(say("文件的读法", "How the documents are read")),
        columns,
        rows: results.switches.iter().map(row).collect(),
        notes: vec![say(
            "另选读法：run … --switch 编号=选项。",
            "To choose another: run … --switch id=option.",
        )],
    })
}
