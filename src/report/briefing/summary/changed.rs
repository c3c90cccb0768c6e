//! What the world and the policy in focus change of the figures that the file states, so that nobody takes those for simulated.

use std::collections::BTreeMap;

use crate::analysis::results::*;
use crate::report::briefing::wording::quoted;
use crate::text;
use crate::text::Text;

/// Up to so many changed values are named.
const NAMED: usize = 2;

/// Where a reader finds the changed values one by one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Further down on the page.
    Page,
    /// In the workbook beside the paper.
    Workbook,
}

/// A value before and after all that one world or policy does to it.
struct Told<'a> {
    first: &'a ChangedValue,
    last: &'a ChangedValue,
}

/// What the spread rests on, with the sentence on what is changed of it behind it.
pub fn behind(spread: Option<Text>, results: &Results, run: &RunResult, place: Place) -> Option<Text> {
    let Some(changed) = sentence(results, run, place) else { return spread };
    let before = spread.unwrap_or_default();
    Some(Text::new(before.zh + &changed.zh, (before.en + &changed.en).trim_start().to_owned()))
}

/// One sentence on what world and policy of `run` change; `None` where they change nothing.
pub fn sentence(results: &Results, run: &RunResult, place: Place) -> Option<Text> {
    let of = |kind: &str| {
        let mut found: Vec<Told<'_>> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for change in results.changes_of(run).filter(|change| change.kind == kind) {
            let at = *places.entry(&change.path).or_insert(found.len());
            match found.get_mut(at) {
                Some(told) => told.last = change,
                None => found.push(Told { first: change, last: change }),
            }
        }
        found
    };
    let (Text { zh: world_zh, en: world_en }, policy) = (quoted(&run.world.name), quoted(&run.policy.name));
    let (policy_zh, policy_en) = (policy.zh, policy.en);
    let parts = [
        part(&of("world"), &text!("情景{world_zh}", "the world {world_en}")),
        part(&of("policy"), &text!("方案{policy_zh}", "the policy {policy_en}")),
    ];
    let parts: Vec<Text> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return None;
    }
    let join = |pick: fn(&Text) -> &str, with: &str| parts.iter().map(pick).collect::<Vec<_>>().join(with);
    let (zh, en) = (join(|text| &text.zh, "；"), super::capital(join(|text| &text.en, "; ")));
    let graded = results.changes_of(run).any(|change| change.verb == "set");
    let (graded_zh, graded_en) = if graded {
        ("；改为新值的，依据等级按新值计", "; what is set anew counts with its new grade")
    } else {
        ("", "")
    };
    Some(match place {
        Place::Page => text!(
            "{zh}{graded_zh}，见表“情景与方案改动的数值”。",
            " {en}{graded_en}: see the table “Values that worlds and policies change”."
        ),
        Place::Workbook => text!(
            "{zh}{graded_zh}，见随附工作簿（report.xlsx）“情景与方案改动”表。",
            " {en}{graded_en}: see the workbook (report.xlsx), sheet “Changes”."
        ),
    })
}

/// What one world or policy changes.
fn part(changed: &[Told<'_>], whose: &Text) -> Option<Text> {
    let (zh, en) = (&whose.zh, &whose.en);
    if changed.is_empty() {
        return None;
    }
    if changed.len() > NAMED {
        let count = changed.len();
        return Some(text!("{zh}改动了{count}个数", "{en} changes {count} values"));
    }
    let each: Vec<Text> = changed.iter().map(one).collect();
    let join = |pick: fn(&Text) -> &str, with: &str| each.iter().map(pick).collect::<Vec<_>>().join(with);
    let (each_zh, each_en) = (join(|text| &text.zh, "，"), join(|text| &text.en, " and "));
    Some(text!("{zh}把{each_zh}", "{en} changes {each_en}"))
}

/// A value before and after: the numbers themselves, or the medians of what is uncertain.
fn one(told: &Told<'_>) -> Text {
    let Told { first, last } = told;
    let before = first.median_before.as_ref().unwrap_or(&first.before);
    let after = last.median_after.as_ref().unwrap_or(&last.after);
    let uncertain = *before != first.before || *after != last.after;
    let (mark_zh, mark_en) = if uncertain { ("（中位数）", " (medians)") } else { ("", "") };
    let (Text { zh, en }, from_zh, from_en) = (quoted(&first.name), &before.zh, &before.en);
    let (to_zh, to_en) = (&after.zh, &after.en);
    text!("{zh}由{from_zh}改为{to_zh}{mark_zh}", "{en} from {from_en} to {to_en}{mark_en}")
}
