//! By when the main target's level has been reached, policy by policy.

use super::super::wording;
use super::{Attempt, paths};
use crate::analysis::Results;
use crate::analysis::results::{RunResult, TargetResult};
use crate::report::briefing::{Cell, Column, DataTable, Figure, Focus, Format};
use crate::report::chart::first_year::{self, FirstYearChart, ReachedLine, Role};
use crate::report::{number, readings_text};
use crate::stats::{Level, wilson};
use crate::text;
use crate::text::{Lang, Text};

/// A probability with its interval.
type Reached = (f64, (f64, f64));

/// The main target under all policies of the world in focus; nothing if it has no first year.
pub fn figure(results: &Results, focus: &Focus<'_>, lang: Lang) -> Attempt {
    let target = focus.target?;
    let years: Vec<i32> = target.first_year.as_ref()?.by_year.keys().copied().collect();
    let runs: Vec<(&RunResult, &TargetResult)> = results
        .runs
        .iter()
        .filter(|run| run.world.id == focus.run.world.id)
        .filter_map(|run| Some((run, run.target(&target.id).filter(|other| other.first_year.is_some())?)))
        .collect();
    let title = text!("最早在哪一年达到目标水平", "By when the target's level has been reached");
    let mut columns = vec![Column::text(Text::new("方案", "Policy").get(lang)), paths::year_column(lang)];
    columns.push(Column::number(Text::new("该年及以前达到的可能性", "Reached by that year").get(lang), ""));
    let level = wording::level(results);
    columns.push(Column::number(text!("{level}置信区间", "{level} interval").get(lang), ""));
    let mut table = DataTable::new("first-year", title.get(lang), columns);
    let (mut lines, mut least_top) = (Vec::with_capacity(runs.len()), 0.0_f64);
    for (run, target) in runs {
        let name = run.policy.name.get(lang);
        let reached = cumulated(target, &years, results.run.interval_level);
        let mut told = Vec::with_capacity(years.len());
        for (&year, &(p, interval)) in years.iter().zip(&reached) {
            let shown = number::probability_with_interval(p, interval, lang);
            let text = text!("{name}，{year}年及以前：{shown}", "{name}, by {year}: {shown}");
            told.push(text.get(lang).to_owned());
            table.rows.push(vec![
                Cell::text(name),
                paths::year_cell(year),
                Cell::Chance { estimate: p, low: interval.0, high: interval.1 },
                Cell::Interval(interval.0, interval.1, Format::Probability),
            ]);
        }
        let &(last, interval) = reached.last()?;
        least_top = least_top.max(if last == 0.0 { interval.1 } else { 0.0 });
        lines.push(ReachedLine {
            name: name.to_owned(),
            end: number::probability(last, interval, lang),
            role: role(results, focus, run),
            at_target: in_target_year(run, target, &years, &reached, lang),
            reached: reached.iter().map(|&(p, _)| p).collect(),
            told,
        });
    }
    let world = &focus.run.world.name;
    let (trials, trials_en) =
        (number::decimal(results.run.trials as f64, 0), number::trials(results.run.trials));
    let Text { zh, en } = readings_text::name(results, target);
    let mut subtitle = Text::new(
        format!("目标：{zh}；情景：{}；每个方案模拟{trials}次", world.zh),
        format!("Target: {en}; world: {}; {trials_en} a policy", world.en),
    );
    let mut chart = FirstYearChart {
        title: title.get(lang).to_owned(),
        subtitle: String::new(),
        source: paths::source(results).get(lang).to_owned(),
        target_year: target.year.filter(|year| years.contains(year)),
        years,
        least_top,
        lines,
    };
    if let Some(top) = chart.top() {
        subtitle.zh.push_str(&format!("；纵轴为可能性，上限{top}"));
        subtitle.en.push_str(&format!("; axis of probabilities up to {top}"));
    } else {
        subtitle.zh.push_str("；纵轴为可能性");
        subtitle.en.push_str("; axis of probabilities");
    }
    chart.subtitle = subtitle.get(lang).to_owned();
    let caption = text!(
        "曲线为到该年为止至少有一年达到目标水平的可能性，达到后又回落的也计入；与“目标当年达到”的可能性不同。",
        "Each curve shows how likely the level has been reached in some year up to then, even if it was lost again; this differs from meeting it in the target year itself."
    );
    Some(first_year::render(&chart).map(|drawing| Figure {
        id: "first-year".to_owned(),
        title: chart.title.clone(),
        caption: caption.get(lang).to_owned(),
        drawing,
        table,
    }))
}

/// The probability at the target's year in words, where that is not the last one, which stands at the line's end.
fn in_target_year(
    run: &RunResult,
    target: &TargetResult,
    years: &[i32],
    reached: &[Reached],
    lang: Lang,
) -> Option<String> {
    let year = target.year.filter(|year| years.last() != Some(year))?;
    let &(p, interval) = reached.get(years.iter().position(|&other| other == year)?)?;
    let (shown, name) = (number::probability(p, interval, lang), run.policy.name.get(lang));
    Some(text!("{name}，{year}年及以前：{shown}", "{name}, by {year}: {shown}").get(lang).to_owned())
}

fn role(results: &Results, focus: &Focus<'_>, run: &RunResult) -> Role {
    if run.policy.id == focus.run.policy.id {
        Role::Focus
    } else if run.policy.id == results.run.reference.id {
        Role::Reference
    } else {
        Role::Other
    }
}

/// Probability of having reached the level by each of `years`, with its interval.
fn cumulated(target: &TargetResult, years: &[i32], level: f64) -> Vec<Reached> {
    let shares = target.first_year.as_ref().map(|first| &first.by_year);
    let share = |year: &i32| shares.and_then(|shares| shares.get(year)).copied().unwrap_or(0.0);
    sums(&years.iter().map(share).collect::<Vec<_>>(), target.trials, level)
}

/// The sums of `shares` of the trials up to each one, with their Wilson intervals.
fn sums(shares: &[f64], trials: u64, level: f64) -> Vec<Reached> {
    let level = Level::new(level).unwrap_or(Level::P95);
    let mut hits = 0_u64;
    shares
        .iter()
        .map(|share| {
            // The document holds shares of the trials; counts are whole.
            hits += (share * trials as f64).round() as u64;
            let hits = hits.min(trials);
            let p = if trials == 0 { 0.0 } else { hits as f64 / trials as f64 };
            let interval = wilson(hits, trials, level);
            (p, interval.map_or((p, p), |interval| (interval.low(), interval.high())))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::sums;

    #[test]
    fn a_year_counts_all_years_before_it() {
        let reached = sums(&[0.1, 0.25, 0.0, 0.05], 1000, 0.95);
        let shares: Vec<f64> = reached.iter().map(|&(p, _)| p).collect();
        assert_eq!(shares, [0.1, 0.35, 0.35, 0.4]);
        for (p, (low, high)) in reached {
            assert!(low < p && p < high, "{low} {p} {high}");
        }
    }
}
