//! How far the answer can be trusted: what its spread rests on, what has been seen elsewhere, and what to keep in mind.

use crate::analysis::realism::PeerGrowth;
use crate::analysis::results::*;
use crate::report::briefing::Focus;
use crate::report::briefing::naming::{self, place};
use crate::report::briefing::wording::{level, list, quoted, say, whole_percent};
use crate::report::number::{decimal, growth};
use crate::report::{outside_text, realism_text};
use crate::text;
use crate::text::{Lang, Text, by_number, joined};

/// Quantities that are named as the largest.
const NAMED: usize = 3;

/// How much of the spread rests on assumptions and how much on yearly shocks.
pub fn spread(results: &Results, focus: &Focus<'_>, lang: Lang) -> Option<Text> {
    let variance = focus.run.variance.as_ref()?;
    let (Text { zh: scope_zh, en: scope_en }, year) =
        (naming::of_id(results, focus.run, &variance.series), variance.year);
    let when_zh = joined(&[&scope_zh, &format!("{year}年")]);
    let Text { zh: parts_zh, en: parts_en } = parts(results, focus.run, variance);
    let largest: Vec<String> = variance
        .largest
        .iter()
        .filter(|one| one.share >= 0.005)
        .take(NAMED)
        .map(|one| {
            let (name, share) = (quoted(&one.name), whole_percent(one.share));
            let (zh, en) = (name.zh, name.en);
            say(&text!("{zh}（{share}）", "{en} ({share})"), lang)
        })
        .collect();
    let largest = if largest.is_empty() {
        Text::default()
    } else {
        let largest = list(&largest, lang);
        text!("影响最大的参数是{largest}。", " The quantities that matter most: {largest}.")
    };
    let (largest_zh, largest_en) = (largest.zh, largest.en);
    let counted = match stated(results, focus.run) {
        Stated { all: 0, .. } => Text::default(),
        Stated { all, assumed, .. } if assumed == all => {
            let figures_en = by_number(all, "figure, one of the", "figures, all of them");
            text!(
                "情景文件共写明{all}个数，都是假设。",
                " The scenario states {all} {figures_en} assumptions."
            )
        }
        Stated { all, bare, .. } if bare == all => {
            let figures_en = by_number(all, "figure, without", "figures, all of them without");
            text!(
                "情景文件共写明{all}个数，都没有注明依据等级。",
                " The scenario states {all} {figures_en} a grade of evidence."
            )
        }
        Stated { all, assumed, bare: 0 } => text!(
            "情景文件共写明{all}个数，其中{assumed}个是假设。",
            " The scenario states {all} figures, {assumed} of them assumptions."
        ),
        Stated { all, assumed, bare } => text!(
            "情景文件共写明{all}个数，其中{assumed}个是假设，{bare}个没有注明依据等级。",
            " The scenario states {all} figures, {assumed} of them assumptions and {bare} without a grade of evidence."
        ),
    };
    let (counted_zh, counted_en) = (counted.zh, counted.en);
    // how large shocks are is stated too, and mostly assumed: their share is no share of well-founded figures
    let sizes = shocks_rest_on(results, focus.run).map_or_else(Text::default, |Text { zh, en }| {
        text!("（其幅度本身也多{zh}）", " (whose sizes are mostly {en} too)")
    });
    let (sizes_zh, sizes_en) = (sizes.zh, sizes.en);
    Some(text!(
        "{when_zh}结果的离散程度（对数方差）中，{parts_zh}来自逐年波动、事件及交互作用{sizes_zh}。{largest_zh}{counted_zh}",
        "Of the spread of results for {scope_en} in {year} (variance of the logarithm), {parts_en} from yearly shocks, events and \
         interactions{sizes_en}.{largest_en}{counted_en}"
    ))
}

/// How much of a variance comes from which figures, up to the share of yearly shocks, whose words follow. Figures without a
/// grade have no part of their own in any other share.
pub fn parts(results: &Results, run: &RunResult, variance: &VarianceResult) -> Text {
    let of = |grade: &str| variance.by_grade.get(grade).copied().unwrap_or_default();
    let (assumed, bare) = (of("assumption"), of(BARE));
    let rest: f64 = variance.by_grade.values().sum::<f64>() - assumed - bare;
    let stated = stated(results, run);
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    if assumed >= TOLD || stated.assumed > 0 || stated.bare == 0 {
        let share = whole_percent(assumed);
        zh.push(format!("{share}来自假设的参数"));
        en.push(format!("{share} comes from assumed quantities"));
    }
    if bare >= TOLD || stated.bare > 0 {
        let share = whole_percent(bare);
        zh.push(format!("{share}来自没有注明依据等级的参数（按假设看待）"));
        let verb = if en.is_empty() { " comes" } else { "" };
        en.push(format!("{share}{verb} from quantities without a grade of evidence (taken for assumptions)"));
    }
    if rest >= TOLD {
        let share = whole_percent(rest);
        zh.push(format!("{share}来自官方、推算或文献数据"));
        en.push(format!("{share} from figures that are official, derived or from the literature"));
    }
    let shocks = whole_percent(variance.yearly_shocks_and_interactions);
    let comma = if en.len() > 1 { "," } else { "" };
    Text::new(format!("{}，{shocks}", zh.join("，")), format!("{}{comma} and {shocks}", en.join(", ")))
}

/// The word of result documents for a figure without a grade.
const BARE: &str = "none";
/// A share of the variance that is not told as 0%.
const TOLD: f64 = 0.005;

/// How many figures a scenario states.
pub struct Stated {
    /// All of them.
    pub all: usize,
    /// Those that are assumptions.
    pub assumed: usize,
    /// Those without a grade of evidence.
    pub bare: usize,
}

/// The figures that are simulated under `run`, by what they rest on: what the file states, or its world and policy instead.
pub fn stated(results: &Results, run: &RunResult) -> Stated {
    let grades = results.grades_of(run);
    let of = |grade: &str| grades.get(grade).copied().unwrap_or_default();
    Stated { all: grades.values().sum(), assumed: of("assumption"), bare: of(BARE) }
}

/// What more than half of the stated sizes of cycles, shocks and events rest on, if that is no evidence: assumptions, or
/// nothing that is stated.
pub fn shocks_rest_on(results: &Results, run: &RunResult) -> Option<Text> {
    let set = results.grades_set(run);
    let of_shocks = |info: &&QuantityInfo| {
        ["volatility", "persistence", "event", "correlation"].iter().any(|word| info.path.contains(word))
    };
    let (mut all, mut assumed, mut bare) = (0_usize, 0, 0);
    for info in results.quantities.iter().filter(of_shocks) {
        all += 1;
        let grade = set.get(info.path.as_str()).copied().unwrap_or(&info.grade);
        assumed += usize::from(grade == "assumption");
        bare += usize::from(grade == BARE);
    }
    match (assumed, bare) {
        _ if (assumed + bare) * 2 <= all => None,
        (_, 0) => Some(Text::new("为假设", "assumed")),
        (0, _) => Some(Text::new("未注明依据等级", "without a grade of evidence")),
        _ => Some(Text::new("为假设或未注明依据等级", "assumed or without a grade of evidence")),
    }
}

/// What the main target needs against what has been seen; outside the simulation.
pub fn outside(results: &Results, focus: &Focus<'_>, lang: Lang) -> Option<Text> {
    let id = &focus.target?.id;
    let row = results.realism.iter().find(|row| row.target == *id)?;
    let own = row.growth.as_ref()?;
    let needed = growth(own.needed);
    let needed = needed.trim_start_matches('+');
    let (from, to) = (own.base_year, own.year);
    let best = own.record.as_ref().or(own.nation.as_ref()).map_or_else(Text::default, |past| {
        let (best, (first, last)) = (growth(past.best), past.best_years);
        let best = best.trim_start_matches('+');
        let ((zh, en), marks) = ((&past.scope.zh, &past.scope.en), realism_text::marks(past));
        let (marks_zh, marks_en) = (marks.zh, marks.en);
        text!(
            "；有记录以来{zh}持续三年以上的最快增速为年均{best}（{first}—{last}年）{marks_zh}",
            "; the best growth on record over three years or more in {en} is {best} a year ({first}–{last}){marks_en}"
        )
    });
    let told = |peer: &PeerGrowth, when: &Text| {
        let ([first, last], rate) = (peer.years, growth(peer.growth));
        let rate = rate.trim_start_matches('+');
        let (zh, en) = (&peer.place.zh, &peer.place.en);
        let (when_zh, when_en) = (&when.zh, &when.en);
        let (short_zh, short_en) = if peer.as_long {
            ("", "")
        } else {
            ("（时段比目标短，不能直接相比）", ", a shorter span than the target's, so no direct comparison")
        };
        text!(
            "；{when_zh}外省最快的是{zh}，{first}—{last}年年均{rate}{short_zh}",
            "; the fastest other province {when_en} is {en} with {rate} a year ({first}–{last}{short_en})"
        )
    };
    let peer = outside_text::fastest(row)
        .iter()
        .map(|(peer, when)| told(peer, when))
        .fold(Text::default(), |all, next| Text::new(all.zh + &next.zh, all.en + &next.en));
    let ends =
        row.precedents.as_ref().map_or_else(Text::default, |past| outside_text::ends_in_words(past, true));
    let (best, peer, ends) = (say(&best, lang), say(&peer, lang), say(&ends, lang));
    let verdict = own.verdict.words();
    let (verdict_zh, verdict_en) = (verdict.zh, verdict.en);
    let place = place(results, focus.target?);
    let (place_zh, place_en) =
        (place.zh, if place.en.is_empty() { place.en } else { format!(" of {}", place.en) });
    Some(text!(
        "从外部参照看（不计入推演）：从{from}年到{to}年，{place_zh}这一目标需要年均增长{needed}（{verdict_zh}）{best}{peer}{ends}。",
        "The outside view, which is no part of the simulation: from {from} to {to} the target{place_en} needs growth of {needed} a \
         year ({verdict_en}){best}{peer}{ends}."
    ))
}

/// Which policy all is about, where there are several to choose from and none is the file's main one by its name.
pub fn chosen(results: &Results, focus: &Focus<'_>) -> Option<Text> {
    let reference = &results.run.reference.id;
    let others = results.run.policies.iter().filter(|policy| policy.id != *reference).count();
    let name = &focus.run.policy.name;
    let (zh, en) = (&name.zh, &name.en);
    (others > 1 && focus.run.policy.id != "plan").then(|| {
        text!(
            "以上结论说的是“{zh}”：没有编号为plan的方案时，取文件中参照方案以外的第一个",
            "all of this is about “{en}”, the first policy of the file beside the reference, as there is none with the id “plan”"
        )
    })
}

/// What a reader must keep in mind.
pub fn caveats(results: &Results, focus: &Focus<'_>) -> Option<Text> {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    let mut add = |text: Text| {
        zh.push(text.zh);
        en.push(text.en);
    };
    if let Some(target) = focus.target {
        let (n, level) = (decimal(target.trials as f64, 0), level(results));
        add(text!(
            "以上区间（{level}）只反映{n}次模拟的抽样误差，不反映假设本身可能有的偏差",
            "the intervals ({level}) cover only the sampling error of {n} trials, not errors in the assumptions"
        ));
    }
    if let Some(chosen) = chosen(results, focus) {
        add(chosen);
    }
    if focus.run.targets.iter().any(|target| target.is_proper() && target.by_rule) {
        add(text!(
            "标“按目标倒推”的目标没有数据，推进速度按目标本身假设，所列可能性不能当作判断",
            "for targets marked “by rule” there are no data; the pace is assumed from the target itself, and their chance is no judgement"
        ));
    }
    for switch in results.switches.iter().filter(|switch| switch.chosen != switch.default) {
        let (name, option) = (&switch.name, switch.option(&switch.chosen));
        let (name_zh, name_en, option_zh, option_en) = (&name.zh, &name.en, option.zh, option.en);
        add(text!(
            "本次采用了非默认口径：{name_zh}——{option_zh}",
            "this run reads the documents differently from the default: {name_en}: {option_en}"
        ));
    }
    if results.realism.iter().any(|row| focus.target.is_some_and(|t| t.id == row.target) && row.hindsight) {
        add(text!(
            "外部参照中有基年以后才知道的情况",
            "the outside view holds what became known only after the base year"
        ));
    }
    let (zh, en) = (zh.join("；"), en.join("; "));
    (!zh.is_empty()).then(|| text!("需要注意：{zh}。", "Keep in mind: {en}."))
}

#[cfg(test)]
#[path = "trust_tests.rs"]
mod tests;
