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
    let mut all: Vec<([Option<Text>; 2], u8)> = if main.len() > FEW {
        vec![([Some(listed(others)), spread(results, focus, &main)], 0)]
    } else {
        let both = |target: &TargetResult| {
            [Length::Full, Length::Brief].map(|length| Some(sentence(results, focus, target, length, lang)))
        };
        others.into_iter().map(|target| (both(target), 0)).collect()
    };
    let provinces = focus.run.series.iter().filter(|series| series.kind == "province");
    let provinces = provinces.filter(|series| series.measure == results.scenario.measure.id).count();
    let without = match provinces.saturating_sub(main.len()) {
        0 => return all,
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
    let told = number::points_parts(change.probability, change.interval.into(), lang);
    let (size, span) = told.unwrap_or_default();
    let size = size.trim_start_matches(['+', '−']);
    let (zh, en) = if change.probability > 0.0 { ("高", "above") } else { ("低", "below") };
    text!(
        "；比{reference_zh}{zh}{size}个百分点（区间{span}）",
        "; {size} percentage points {en} {reference_en} (interval {span})"
    )
}

/// The probabilities of the main targets of many provinces, the highest first.
fn listed(mut targets: Vec<&TargetResult>) -> Text {
    targets.sort_by_key(|target| std::cmp::Reverse(target.hits));
    let item = |target: &&TargetResult, lang: Lang, gap: &str| {
        let p = number::chance(target.probability, target.interval.into());
        format!("{}{gap}{p}", target.scope.name.get(lang))
    };
    let all =
        |lang: Lang, gap: &str| list(&Vec::from_iter(targets.iter().map(|one| item(one, lang, gap))), lang);
    let (count, zh, en) = (targets.len(), all(Lang::Zh, ""), all(Lang::En, " "));
    text!(
        "其他{count}个省首要目标实现的可能性，从高到低为{zh}。",
        "The first targets of {count} other provinces have these probabilities, the highest first: {en}."
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
