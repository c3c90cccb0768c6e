//! What is said of the provinces beside the first one: a sentence each where there are few, one about all where there are many.

use super::policies::own_money;
use super::{Length, setting};
use crate::analysis::results::*;
use crate::report::briefing::Focus;
use crate::report::briefing::wording::{
    self, chance, demand, distinguishable, list, quoted, several_provinces,
};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// Most provinces with a target that get a sentence each, the first one counted; of more, one sentence tells the
/// probabilities, and a table the rest.
pub const FEW: usize = 3;

/// The sentences about the other provinces, in full and in brief, with their rank: the first target of each, then how many
/// provinces have none.
pub fn sentences(results: &Results, focus: &Focus<'_>, lang: Lang) -> Vec<([Option<Text>; 2], u8)> {
    if !several_provinces(results) {
        return Vec::new();
    }
    let main = focus.run.main_targets();
    let mut others = main.clone();
    others.retain(|target| focus.target.is_none_or(|first| first.id != target.id));
    let both = |target: &TargetResult| {
        let said =
            [Length::Full, Length::Brief].map(|length| Some(sentence(results, focus, target, length, lang)));
        (said, 0)
    };
    let mut all: Vec<([Option<Text>; 2], u8)> = if main.len() > FEW {
        // the answer may be about a part of a province, whose own target is none of another province
        let home = focus.target.and_then(|first| first.province.as_ref());
        let is_home = |target: &&TargetResult| {
            home.is_some_and(|home| target.province.as_ref().is_some_and(|own| own.id == home.id))
        };
        let (own, others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_home);
        let many = ([Some(listed(others, home.is_some())), spread(results, focus, &main)], 0);
        own.into_iter().map(both).chain([many]).collect()
    } else {
        others.into_iter().map(both).collect()
    };
    let provinces = focus.run.series.iter().filter(|series| series.kind == "province");
    let provinces = provinces.filter(|series| series.measure == results.scenario.measure.id).count();
    let without = match provinces.saturating_sub(main.len()) {
        0 => return all,
        // the headline says it
        _ if focus.target.is_none() => return all,
        _ if main.is_empty() => text!(
            "各省都没有可推演的省级目标，逐年结果见工作簿“逐年序列”表。",
            "No province sets a target for itself that can be simulated; sheet “Yearly series” of the workbook holds their figures."
        ),
        1 => text!(
            "其余1个省没有可推演的省级目标，逐年结果见工作簿“逐年序列”表。",
            "The other province sets no target that can be simulated; sheet “Yearly series” of the workbook holds its figures."
        ),
        without => text!(
            "其余{without}个省没有可推演的省级目标，逐年结果见工作簿“逐年序列”表。",
            "The other {without} provinces set no target that can be simulated; sheet “Yearly series” of the workbook holds their figures."
        ),
    };
    all.push(([Some(without), None], 1));
    all
}

/// The main target of another province with its probability, what the policy adds to that, and the money that bears on it.
fn sentence(results: &Results, focus: &Focus<'_>, target: &TargetResult, length: Length, lang: Lang) -> Text {
    let Text { zh, en } = demand(results, target);
    let (chance_zh, chance_en) = (chance(results, target, Lang::Zh).zh, chance(results, target, Lang::En).en);
    let change = target.change.as_ref().map(|change| changed(results, change, length, lang));
    let Text { zh: change_zh, en: change_en } = change.unwrap_or_default();
    let money = own_money(results, focus.run, target, lang).filter(|_| focus.run.cost.gross.mean != 0.0);
    let money = money.map_or_else(Text::default, |Text { zh, en }| text!("{zh}。", " {en}."));
    let (money_zh, money_en) = (money.zh, money.en);
    text!("{zh}{chance_zh}{change_zh}。{money_zh}", "The target {en} {chance_en}{change_en}.{money_en}")
}

/// What the policy adds, as the end of a sentence.
fn changed(results: &Results, change: &Change, length: Length, lang: Lang) -> Text {
    let reference = quoted(&results.run.reference.name);
    let (reference_zh, reference_en) = (reference.zh, reference.en);
    if length == Length::Full || !distinguishable(change.interval) {
        let Text { zh, en } = wording::change(results, change, lang);
        return text!("；与{reference_zh}相比{zh}", "; compared with {reference_en} it {en}");
    }
    let (size, span) = wording::points_without_sign(change, lang);
    let (zh, en) = if change.probability > 0.0 { ("高", "above") } else { ("低", "below") };
    text!(
        "；比{reference_zh}{zh}{size}个百分点（区间{span}）",
        "; {size} percentage points {en} {reference_en} (interval {span})"
    )
}

/// The probabilities of the main targets of many provinces, the highest first; whether the answer before is about another one.
fn listed(mut targets: Vec<&TargetResult>, other: bool) -> Text {
    targets.sort_by_key(|target| std::cmp::Reverse(target.hits));
    let item = |target: &&TargetResult, lang: Lang, gap: &str| {
        let p = number::chance(target.probability, target.interval.into());
        format!("{}{gap}{p}", target.scope.name.get(lang))
    };
    let all =
        |lang: Lang, gap: &str| list(&Vec::from_iter(targets.iter().map(|one| item(one, lang, gap))), lang);
    let (count, zh, en) = (targets.len(), all(Lang::Zh, ""), all(Lang::En, " "));
    let (other_zh, other_en) = if other { ("其他", " other") } else { ("", "") };
    text!(
        "{other_zh}{count}个省首要目标实现的可能性，从高到低为{zh}。",
        "The first targets of {count}{other_en} provinces have these probabilities, the highest first: {en}."
    )
}

/// From which province to which the probabilities reach.
fn spread(results: &Results, focus: &Focus<'_>, main: &[&TargetResult]) -> Option<Text> {
    let least = main.iter().min_by_key(|target| target.hits)?;
    let most = main.iter().max_by_key(|target| target.hits)?;
    let Text { zh: setting_zh, en: setting_en } = setting(results, focus.run);
    let p = |target: &TargetResult| number::chance(target.probability, target.interval.into());
    let (count, low, high) = (main.len(), p(least), p(most));
    let (low_at, high_at) = (&least.scope.name, &most.scope.name);
    let (low_zh, low_en, high_zh, high_en) = (&low_at.zh, &low_at.en, &high_at.zh, &high_at.en);
    Some(text!(
        "{setting_zh}设有目标的{count}个省，首要目标实现的可能性按估计值从{low_zh}的{low}到{high_zh}的{high}。",
        "{setting_en}the first targets of the {count} provinces that set one have estimated probabilities from {low} in {low_en} to \
         {high} in {high_en}."
    ))
}

#[cfg(test)]
mod tests {
    use super::sentences;
    use crate::report::briefing::Focus;
    use crate::report::briefing::tests::run_with;
    use crate::text::Lang;

    const SCENARIO: &str = include_str!("../../../../tests/fixtures/reports/thirty-one-provinces.toml");

    #[test]
    fn each_of_few_provinces_has_its_chance_gain_and_money() {
        let mut results = run_with(SCENARIO, true);
        for run in &mut results.runs {
            run.targets.truncate(3);
        }
        let focus = Focus::of(&results).unwrap();
        let others: Vec<_> = focus.run.main_targets().into_iter().skip(1).collect();
        assert_eq!(others.len(), 2);
        for lang in [Lang::Zh, Lang::En] {
            let said = sentences(&results, &focus, lang);
            for (target, ([full, brief], rank)) in others.iter().zip(&said) {
                let p = crate::report::number::chance(target.probability, target.interval.into());
                for text in [full, brief] {
                    let text = text.as_ref().unwrap().get(lang);
                    let place = target.scope.name.get(lang);
                    let unit = ["亿元", "billion yuan"][usize::from(lang == Lang::En)];
                    let money = ["财政资金", "Public money"][usize::from(lang == Lang::En)];
                    let (before, after) = text.split_once(money).unwrap_or_else(|| panic!("{text}"));
                    assert!(before.contains(&p) && before.contains(place), "{text}");
                    // a change with its interval, and money that says whose it is
                    assert!(
                        before.contains(["个百分点", "percentage points"][usize::from(lang == Lang::En)])
                    );
                    assert!(text.contains(place) && after.contains(unit), "{text}");
                }
                assert_eq!(*rank, 0, "no paper leaves a province out");
            }
        }
    }

    #[test]
    fn a_target_of_a_provinces_part_leaves_its_province_out_of_the_others() {
        let mut results = run_with(SCENARIO, true);
        // the answer is about a part of the first province, whose own target comes behind it
        for run in &mut results.runs {
            let mut part = run.targets[0].clone();
            part.id = "part".into();
            part.scope.id = "cluster.part".into();
            run.targets.insert(0, part);
        }
        let focus = Focus::of(&results).unwrap();
        let main: Vec<_> = focus.run.main_targets().into_iter().cloned().collect();
        assert_eq!(focus.target.unwrap().id, "part");
        for lang in [Lang::Zh, Lang::En] {
            let said = sentences(&results, &focus, lang);
            let texts: Vec<&str> =
                said.iter().map(|([full, _], _)| full.as_ref().unwrap().get(lang)).collect();
            // a sentence on its own target, then the others
            let others = main.len() - 1;
            let told = match lang {
                Lang::Zh => format!("其他{others}个省首要目标"),
                Lang::En => format!("The first targets of {others} other provinces"),
            };
            assert!(texts[0].contains(main[0].scope.name.get(lang)), "{}", texts[0]);
            assert!(texts[1].starts_with(&told), "{}", texts[1]);
            assert!(!texts[1].contains(main[0].scope.name.get(lang)), "{}", texts[1]);
        }
        // an answer about all provinces together leaves none out
        for run in &mut results.runs {
            run.targets[0].scope.id = "nation".into();
            run.targets[0].province = None;
        }
        let focus = Focus::of(&results).unwrap();
        let said = sentences(&results, &focus, Lang::Zh);
        let told = said[0].0[0].as_ref().unwrap();
        assert!(told.zh.starts_with(&format!("{}个省首要目标", main.len())), "{}", told.zh);
    }

    #[test]
    fn money_of_other_provinces_is_that_of_their_instruments() {
        let results = run_with(SCENARIO, true);
        let plan = results.runs.iter().find(|run| run.contributions.is_some()).unwrap();
        let parts = plan.contributions.as_ref().unwrap();
        assert_eq!(parts.money_elsewhere.len(), plan.main_targets().len() - 1);
        for one in &parts.money_elsewhere {
            // every instrument of this file reaches all provinces
            assert_eq!(Some(&one.money), parts.money.as_ref(), "{}", one.province);
        }
    }
}
