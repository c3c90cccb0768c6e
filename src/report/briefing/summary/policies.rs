//! What policy adds, and what it costs.

use super::Length;
use crate::analysis::results::*;
use crate::report::briefing::Focus;
use crate::report::briefing::naming::place;
use crate::report::briefing::wording::{self, Unit, half, quoted};
use crate::text;
use crate::text::{Lang, Text};

/// What the policy in focus adds to the reference, and its public money.
pub fn effect(results: &Results, focus: &Focus<'_>, length: Length, lang: Lang) -> Option<Text> {
    let cost = cost(results, focus, length, lang);
    let (cost_zh, cost_en) = (&cost.zh, &cost.en);
    let Some((target, change)) = focus.target.and_then(|target| Some((target, target.change.as_ref()?)))
    else {
        return (focus.run.cost.gross.mean != 0.0).then_some(cost);
    };
    let reference = quoted(&results.run.reference.name);
    let (reference_zh, reference_en) = (reference.zh, reference.en);
    let Text { zh, en } = wording::change(results, change, lang);
    let more = more(results, target, change, length, lang).unwrap_or_default();
    let (more_zh, more_en) = (more.zh, more.en);
    let place = place(results, target);
    let (place_zh, place_en) =
        (place.zh, if place.en.is_empty() { place.en } else { format!(" for {}", place.en) });
    Some(text!(
        "与{reference_zh}相比，{place_zh}实现的可能性{zh}{more_zh}。{cost_zh}",
        "Compared with {reference_en}, the probability{place_en} {en}{more_en}. {cost_en}"
    ))
}

/// By how much the judged quantity is larger on average.
fn more(
    results: &Results,
    target: &TargetResult,
    change: &Change,
    length: Length,
    lang: Lang,
) -> Option<Text> {
    let (quantity, mean, ends) =
        (target.quantity.as_ref()?, change.quantity_mean?, change.quantity_interval?);
    let year = target.year?;
    let unit = Unit::of(quantity);
    let (size, level) = (unit.difference(mean, Some(half(ends)), lang), wording::level(results));
    if mean == 0.0 && ends == [0.0, 0.0] {
        return Some(text!("，{year}年的水平不变", "; the figure in {year} is unchanged"));
    }
    if !wording::distinguishable(ends) {
        return Some(text!(
            "，{year}年的平均水平也没有可以分辨的变化",
            "; neither can a change of the mean in {year} be told from chance"
        ));
    }
    let (low, high) = (ends[0].abs().min(ends[1].abs()), ends[0].abs().max(ends[1].abs()));
    let span = unit.range([low, high], Some(half(ends)), true, lang);
    let (zh, en) = if mean > 0.0 { ("多", "higher") } else { ("少", "lower") };
    if length == Length::Brief {
        return Some(text!("，{year}年平均{zh}{size}", "; the mean in {year} is {en} by {size}"));
    }
    Some(text!(
        "，{year}年平均{zh}{size}（{level}区间{span}）",
        "; the mean in {year} is {en} by {size} ({level} interval {span})"
    ))
}

/// Public money of the policy in focus with its years, and how much of it is paid by the year of the target.
fn cost(results: &Results, focus: &Focus<'_>, length: Length, lang: Lang) -> Text {
    let cost = &focus.run.cost;
    if cost.gross.mean == 0.0 {
        return text!("这一方案没有写明财政支出。", "The policy states no public spending.");
    }
    let name = Text::default();
    let unit = Unit { figure: "money", name: &name };
    let error = |money: &Money| money.interval.map(half);
    let gross = unit.amount(cost.gross.mean, error(&cost.gross), lang);
    let net = unit.amount(cost.net.mean, error(&cost.net), lang);
    let Text { zh: years_zh, en: years_en } = wording::paid_years(focus.run);
    let due = focus
        .target
        .and_then(|target| target.year)
        .filter(|year| focus.run.cost.paid_by_year.iter().any(|(paid, money)| paid > year && *money != 0.0));
    let due = due.map_or_else(Text::default, |year| {
        let paid = results.scenario.worth_by(&cost.paid_by_year, year);
        match unit.amount(paid, error(&cost.gross), lang) {
            paid if paid != gross => text!("，其中到{year}年{paid}", ", of which {paid} by {year}"),
            _ => Text::default(),
        }
    });
    let (due_zh, due_en) = (due.zh, due.en);
    let own = focus.target.filter(|_| wording::several_provinces(results));
    let own = own.and_then(|target| own_money(results, focus.run, target, lang)).unwrap_or_default();
    if length == Length::Brief && !own.zh.is_empty() {
        return Text::new(own.zh + "。", own.en + ".");
    }
    let (all_zh, all_en) = if wording::several_provinces(results) {
        ("各省合计，", " by all provinces together")
    } else {
        ("", "")
    };
    let with = |text: String, mark: &str| if text.is_empty() { text } else { text + mark };
    let (own_zh, own_en) = (with(own.zh, "；"), with(own.en, ". "));
    if cost.net.mean == cost.gross.mean || length == Length::Brief {
        return text!(
            "{own_zh}{all_zh}{years_zh}财政资金平均支出{gross}{due_zh}。",
            "{own_en}Public money paid{years_en}{all_en} averages {gross}{due_en}."
        );
    }
    text!(
        "{own_zh}{all_zh}{years_zh}财政资金平均支出{gross}{due_zh}；全部支出扣除可收回部分后为{net}。",
        "{own_en}Public money paid{years_en}{all_en} averages {gross}{due_en}; net of recoveries it is {net} in all."
    )
}

/// The money that bears on the target of one of several places, without a mark at its end; `None` where it is not known.
pub fn own_money(results: &Results, run: &RunResult, target: &TargetResult, lang: Lang) -> Option<Text> {
    let none = Text::default();
    let unit = Unit { figure: "money", name: &none };
    let year = target.year?;
    let (gross, paid) = wording::money_here(results, run, target, year)?;
    let all = unit.amount(gross, None, lang);
    // of sums that read alike neither is a part of the other
    let part = match unit.amount(paid, None, lang) {
        paid if paid != all => text!("，其中到{year}年{paid}", ", of which {paid} by {year}"),
        _ => Text::default(),
    };
    let (Text { zh, en }, part_zh, part_en) = (place(results, target), part.zh, part.en);
    Some(text!(
        "能作用于{zh}目标的财政资金平均支出{all}{part_zh}",
        "Public money that can bear on the target of {en} averages {all}{part_en}"
    ))
}

#[cfg(test)]
mod tests {
    use super::own_money;
    use crate::report::briefing::Focus;
    use crate::report::briefing::tests::run_with;
    use crate::text::Lang;

    /// Hypothesis: what is paid in time is told beside the whole only where the two sums read differently.
    #[test]
    fn a_sum_is_not_told_as_a_part_of_itself() {
        let file = include_str!("../../../../tests/fixtures/reports/thirty-one-provinces.toml");
        let results = run_with(file, true);
        for (factor, told) in [(1.0 + 1e-9, false), (2.0, true)] {
            let mut results = results.clone();
            for run in &mut results.runs {
                let year = run.main_target().and_then(|target| target.year).unwrap();
                let Some(money) = run.contributions.as_mut().and_then(|parts| parts.money.as_mut()) else {
                    continue;
                };
                money.gross = factor * results.scenario.worth_by(&money.paid_by_year, year);
            }
            let focus = Focus::of(&results).unwrap();
            for (lang, part) in [(Lang::Zh, "其中到"), (Lang::En, "of which")] {
                let said = own_money(&results, focus.run, focus.target.unwrap(), lang).unwrap();
                assert_eq!(said.get(lang).contains(part), told, "{}", said.get(lang));
            }
        }
    }
}
