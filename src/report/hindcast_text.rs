//! The hindcast as a table: what happened, what was predicted, and where the one lies in the other.

use super::number::{self, figure, figure_range, percent, probability_with_interval};
use super::table::{Column, Table};
use crate::analysis::hindcast::{Hindcast, Place, Placed};
use crate::text;
use crate::text::{Lang, Text};

/// The table, one row an outcome; below it the ends of targets, sources, and how to read it.
pub fn table(found: &Hindcast, lang: Lang) -> Table {
    let say = |text: Text| text.get(lang).to_owned();
    let columns = vec![
        Column::text(say(Text::new("事后结果", "Outcome"))),
        Column::number(say(Text::new("年份", "Year"))),
        Column::number(say(Text::new("实际", "Happened"))),
        Column::number(say(Text::new("当时推演：中位数（5%–95%）", "Predicted: median (5–95%)"))),
        Column::number(say(Text::new("推演不高于实际的比例", "Predictions at or below it"))),
        Column::text(say(Text::new("在90%区间内", "Within the 90% band"))),
    ];
    let rows = found.outcomes.iter().map(|outcome| row(outcome, lang)).collect();
    let (title, base_year) = (&found.scenario.name, found.base_year);
    let (title_zh, title_en) = (&title.zh, &title.en);
    let title = text!(
        "回溯检验：{title_zh}，以{base_year}年为基年推演",
        "Hindcast: {title_en}, predicted from the base year {base_year}"
    );
    Table { title: Some(say(title)), columns, rows, notes: notes(found, lang) }
}

fn row(outcome: &Placed, lang: Lang) -> Vec<String> {
    let (low, high) = (outcome.band[0], outcome.band[1]);
    let kind = outcome.figure.as_str();
    let (median, range) = (figure(outcome.median, kind, lang), figure_range(low, high, kind, lang));
    let predicted = text!("{median}（{range}）", "{median} ({range})");
    let inside = match (outcome.at_edge, outcome.inside) {
        (true, _) => Text::new("恰在边缘", "at the edge"),
        (_, true) => Text::new("是", "yes"),
        (_, false) => Text::new("否", "no"),
    };
    vec![
        outcome.name.get(lang).to_owned(),
        outcome.year.to_string(),
        happened(outcome, lang),
        predicted.get(lang).to_owned(),
        place(&outcome.place, lang),
        inside.get(lang).to_owned(),
    ]
}

/// The outcome with its unit; shares carry theirs already.
fn happened(outcome: &Placed, lang: Lang) -> String {
    let (shown, unit) =
        (figure(outcome.value, &outcome.figure, lang), number::unit_of(&outcome.figure, &outcome.unit));
    let unit = unit.get(lang);
    match (outcome.figure.as_str(), lang) {
        ("share", _) => shown,
        (_, Lang::Zh) => format!("{shown}{unit}"),
        (_, Lang::En) => format!("{shown} {unit}"),
    }
}

/// The share at or below; whole numbers state both sides and the middle.
fn place(place: &Place, lang: Lang) -> String {
    if !place.discrete {
        return number::probability(place.at_most, place.interval.into(), lang);
    }
    let (mid, at_most, at_least) = (percent(place.mid), percent(place.at_most), percent(place.at_least));
    let text = text!("{mid}（≤：{at_most}，≥：{at_least}）", "{mid} (≤: {at_most}, ≥: {at_least})");
    text.get(lang).to_owned()
}

fn notes(found: &Hindcast, lang: Lang) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for outcome in &found.outcomes {
        let Some(target) = &outcome.target else { continue };
        let chance = probability_with_interval(target.probability, target.interval.into(), lang);
        let (zh, en) = (&target.name.zh, &target.name.en);
        let end = match (target.met, target.judged) {
            (true, false) => ("实现了", "met"),
            (false, false) => ("没有实现", "missed"),
            (true, true) => (
                "应已实现（编制者的判断，见下）",
                "in all likelihood met (the author's judgement, see below)",
            ),
            (false, true) => (
                "应未实现（编制者的判断，见下）",
                "in all likelihood missed (the author's judgement, see below)",
            ),
        };
        let (end_zh, end_en) = end;
        let note = text!(
            "目标“{zh}”：当时推演的可能性为{chance}，后来{end_zh}。",
            "Target “{en}”: simulated chance {chance}; it was {end_en}."
        );
        notes.push(note.get(lang).to_owned());
    }
    for outcome in &found.outcomes {
        let (name, year) = (&outcome.name, outcome.year);
        let source = outcome.source.clone().unwrap_or_else(|| "—".to_owned());
        let (name_zh, name_en) = (&name.zh, &name.en);
        let remark = outcome.note.clone().unwrap_or_default();
        let (zh, en) = (&remark.zh, &remark.en);
        let open = if remark == Text::default() { ("。", ".") } else { ("：", ": ") };
        let (open_zh, open_en) = open;
        let note = text!(
            "{year}年{name_zh}，来源 {source}{open_zh}{zh}",
            "{name_en} in {year}, source {source}{open_en}{en}"
        );
        notes.push(note.get(lang).to_owned());
    }
    let inside = found.outcomes.iter().filter(|outcome| outcome.inside && !outcome.at_edge).count();
    let edge = found.outcomes.iter().filter(|outcome| outcome.at_edge).count();
    let (edge_zh, edge_en) = match edge {
        0 => (String::new(), String::new()),
        _ => (
            format!("，另有{edge}项恰在边缘（模拟误差之内，分不出内外）"),
            format!(", {edge} at its edge, within the noise of the simulation"),
        ),
    };
    let (all, policy, world) = (found.outcomes.len(), &found.policy, &found.world);
    let trials = number::decimal(found.trials as f64, 0);
    let (policy_zh, policy_en, world_zh, world_en) =
        (&policy.name.zh, &policy.name.en, &world.name.zh, &world.name.en);
    let (seed, version) = (found.seed, env!("CARGO_PKG_VERSION"));
    if found.outcomes.iter().any(|outcome| outcome.place.discrete) {
        let note = text!(
            "个数：括号内为不多于、不少于实际的比例，括号前取两者之间（恰好相等的算一半）。",
            "Counts: in brackets the predictions at most and at least as many; before them the middle, ties counting half."
        );
        notes.push(note.get(lang).to_owned());
    }
    let run = text!(
        "方案“{policy_zh}”，情景“{world_zh}”，模拟{trials}次，种子{seed}，clustercast {version}。",
        "Policy “{policy_en}”, world “{world_en}”, {trials} trials, seed {seed}, clustercast {version}."
    );
    let reading = text!(
        "{all}项结果中{inside}项落在90%区间内{edge_zh}。各项同出一个方案、彼此相关，只能算一次检验：能看出推演偏离多远，不能证明模型正确。",
        "{inside} of {all} outcomes lie within the 90% band{edge_en}. They belong to one plan and hang together, so this is one trial of the \
         model: it can show how far off a prediction was, not that the model is right."
    );
    notes.extend([run, reading].map(|note| note.get(lang).to_owned()));
    notes
}
