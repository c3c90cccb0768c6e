//! The distribution of the quantity that the main target judges, in its year.

mod bins;
#[cfg(test)]
mod tests;

use super::{Attempt, paths};
use crate::analysis::Results;
use crate::analysis::results::{DensityBin, QuantityResult, SeriesResult, TargetResult};
use crate::report::briefing::{Cell, Column, DataTable, Figure, Focus, Format};
use crate::report::chart::density::{self, Bar, DensityChart, Level};
use crate::report::number;
use crate::stats::{self, wilson};
use crate::text;
use crate::text::{Lang, Text};

/// The judged quantity under the policy in focus, with that of the reference as an outline; nothing if the document holds
/// no distribution, or a result that does not vary, of which a bin would show a spread.
pub fn figure(results: &Results, focus: &Focus<'_>, lang: Lang) -> Attempt {
    let (target, series) = (focus.target?, focus.series?);
    let quantity =
        target.quantity.as_ref().filter(|quantity| !quantity.density.is_empty() && quantity.varies())?;
    let year = target.year?;
    let subject = paths::subject(results, series);
    let (zh, en) = (subject.zh, subject.en);
    let title = text!("{zh}：{year}年的分布", "{en}: distribution in {year}");
    let unit = paths::unit(series);
    let at = target.condition.level.map(|value| (value, below(target)));
    let is_log = bins::is_wide(quantity) && at.is_none_or(|(value, _)| value > 0.0);
    let refined = bins::refine(quantity, at, is_log);
    let other = focus.reference.and_then(|run| {
        let other = run.target(&target.id)?;
        let at = other.condition.level.map(|value| (value, below(other)));
        let bins = bins::refine(other.quantity.as_ref()?, at, is_log);
        (!bins.is_empty())
            .then(|| (run.policy.name.get(lang).to_owned(), bars(&bins, quantity, is_log, lang)))
    });
    let column = |zh: &str, en: &str, unit: &str| Column::number(Text::new(zh, en).get(lang), unit);
    let columns = vec![
        column("不低于", "From", unit.get(lang)),
        column("低于", "Below", unit.get(lang)),
        column("占全部模拟的比例", "Share of the trials", ""),
    ];
    let mut table = DataTable::new("density", title.get(lang), columns);
    let mut told = Vec::with_capacity(refined.len());
    for bin in &refined {
        let format = paths::format(series);
        let share = number::percent(bin.share);
        table.rows.push(vec![
            Cell::Number(bin.low, format),
            Cell::Number(bin.high, format),
            Cell::Number(bin.share, Format::Probability),
        ]);
        let range = range(bin, quantity, lang);
        let (zh, en) = (&unit.zh, &unit.en);
        told.push(text!("{range}{zh}：占{share}", "{range} {en}: {share}").get(lang).to_owned());
    }
    let median = quantity.quantiles.get("0.5").copied()?;
    let amount = paths::amount(series, median, lang);
    let mut subtitle = paths::conditions(results, focus.run, series);
    subtitle.zh.push_str("；高度表示可能性大小，总面积为100%");
    subtitle.en.push_str("; heights show likelihood, the area is 100%");
    let chart = DensityChart {
        title: title.get(lang).to_owned(),
        subtitle: subtitle.get(lang).to_owned(),
        source: paths::source(results).get(lang).to_owned(),
        bars: bars(&refined, quantity, is_log, lang),
        is_log,
        name: focus.run.policy.name.get(lang).to_owned(),
        outline: other,
        level: level(results, target, series, lang),
        median: number::figure_in_unit(median, &quantity.figure, lang),
        median_label: text!("中位数{amount}", "Median {amount}").get(lang).to_owned(),
        figure: quantity.figure.clone(),
        told,
        beyond: Text::new("在图的范围之外", "outside the picture").get(lang).to_owned(),
    };
    let (mut caption, ends) = match (&chart.level, target.hits_in_year.is_some()) {
        (None, _) => (Text::default(), "两端最外一格只画出一段。"),
        (Some(_), false) => (
            text!(
                "橙色部分为未达到目标的情形，蓝色部分为达到目标的情形；",
                "Orange: trials that miss the target; blue: trials that meet it. "
            ),
            "两端最外一格只画出一段。",
        ),
        (Some(_), true) => {
            let Text { zh, en } = &target.condition.text;
            let p = number::probability(target.probability, target.interval.into(), lang);
            (
                text!(
                    "两色只按{year}年当年的水平划分；目标的要求是“{zh}”，可能性为{p}，与图中的比例不是一回事。",
                    "Colours part the trials by the level of {year} alone; the target demands “{en}”, with a probability of {p}, which is not the share in the picture. "
                ),
                "两端最外一格只画出一段。",
            )
        }
    };
    caption.zh.push_str(ends);
    caption.en.push_str("The outermost bins are drawn in part.");
    if is_log {
        caption.zh.push_str("数值相差悬殊，横轴用对数刻度：同样的距离表示同样的倍数。");
        caption.en.push_str(" The spread is wide: on the logarithmic axis equal distances are equal ratios.");
    }
    Some(density::render(&chart).map(|drawing| Figure {
        id: "density".to_owned(),
        title: chart.title.clone(),
        caption: caption.get(lang).to_owned(),
        drawing,
        table,
    }))
}

/// The bins as bars in the unit of the chart; on a logarithmic axis the lowest, which may begin at 0, is drawn over its upper part.
fn bars(bins: &[DensityBin], quantity: &QuantityResult, is_log: bool, lang: Lang) -> Vec<Bar> {
    let drawn = |value: f64| number::figure_in_unit(value, &quantity.figure, lang);
    let bar = |(index, bin): (usize, &DensityBin)| {
        let low = if is_log && index == 0 { bin.low.max(bin.high / 4.0) } else { bin.low };
        Bar { low: drawn(low), high: drawn(bin.high), share: bin.share }
    };
    bins.iter().enumerate().map(bar).collect()
}

/// Share of the trials at the level in the judged year itself.
fn met(target: &TargetResult) -> f64 {
    target.hits_in_year.map_or(target.probability, |hits| hits as f64 / target.trials as f64)
}

/// Share of the trials below the level in the judged year.
fn below(target: &TargetResult) -> f64 {
    if target.condition.kind == "at_most" { met(target) } else { 1.0 - met(target) }
}

/// The values of a bin in words: whole things from the first to the last, else its edges.
fn range(bin: &DensityBin, quantity: &QuantityResult, lang: Lang) -> String {
    let last = if quantity.figure == "count" { bin.high - 1.0 } else { bin.high };
    if quantity.figure == "count" && last <= bin.low {
        return number::figure(bin.low, &quantity.figure, lang);
    }
    number::figure_range(bin.low, last, &quantity.figure, lang)
}

/// The level of `target` with the shares on both sides of it; nothing without one.
fn level(results: &Results, target: &TargetResult, series: &SeriesResult, lang: Lang) -> Option<Level> {
    let (value, year) = (target.condition.level?, target.year?);
    let is_least = target.condition.kind != "at_most";
    let amount = paths::demanded(series, value, lang);
    let is_of_year = target.hits_in_year.is_some();
    let p = met(target);
    let (low, high) = target.hits_in_year.map_or(target.interval.into(), |hits| {
        let level = stats::Level::new(results.run.interval_level).unwrap_or(stats::Level::P95);
        wilson(hits, target.trials, level).map_or((p, p), |ends| (ends.low(), ends.high()))
    });
    let met = number::probability(p, (low, high), lang);
    let missed = number::contrary(p, (low, high), lang);
    let label = paths::target_label(target, year, &amount);
    let (met, missed) = if is_of_year {
        (
            text!("{year}年当年达到这一水平：{met}", "at the level in {year}: {met}"),
            text!("{year}年当年未达到：{missed}", "not at the level in {year}: {missed}"),
        )
    } else {
        (
            text!("达到目标：{met}", "target met: {met}"),
            text!("未达到目标：{missed}", "target missed: {missed}"),
        )
    };
    let (met, missed) = (met.get(lang).to_owned(), missed.get(lang).to_owned());
    let (below, above) = if is_least { (missed, met) } else { (met, missed) };
    let value = number::figure_in_unit(value, &series.figure, lang);
    Some(Level { value, label: label.get(lang).to_owned(), below, above, is_least })
}
