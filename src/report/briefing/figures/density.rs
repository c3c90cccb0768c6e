//! The distribution of the quantity that the main target judges, in its year.

use super::{Attempt, paths};
use crate::analysis::Results;
use crate::analysis::results::{DensityBin, QuantityResult, TargetResult};
use crate::report::briefing::{Cell, Column, DataTable, Figure, Focus};
use crate::report::chart::density::{self, Bar, DensityChart, Level};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// The judged quantity under the policy in focus, with that of the reference as an outline; nothing if the document holds
/// no distribution.
pub fn figure(results: &Results, focus: &Focus<'_>, lang: Lang) -> Attempt {
    let (target, series) = (focus.target?, focus.series?);
    let quantity = target.quantity.as_ref().filter(|quantity| !quantity.density.is_empty())?;
    let year = target.year?;
    let subject = paths::subject(results, series);
    let (zh, en) = (subject.zh, subject.en);
    let title = text!("{zh}：{year}年的分布", "{en}: distribution in {year}");
    let unit = paths::unit(series);
    let other = focus.reference.and_then(|run| {
        let bins = &run.target(&target.id)?.quantity.as_ref()?.density;
        (!bins.is_empty()).then(|| (run.policy.name.get(lang).to_owned(), bars(bins)))
    });
    let column = |zh: &str, en: &str, unit: &str| Column::number(Text::new(zh, en).get(lang), unit);
    let columns = vec![
        column("不低于", "From", unit.get(lang)),
        column("低于", "Below", unit.get(lang)),
        column("占全部模拟的比例", "Share of the trials", ""),
    ];
    let mut table = DataTable::new("density", title.get(lang), columns);
    let mut told = Vec::with_capacity(quantity.density.len());
    for bin in &quantity.density {
        let format = paths::format(series);
        let share = number::percent(bin.share);
        table.rows.push(vec![
            Cell::Number(bin.low, format),
            Cell::Number(bin.high, format),
            Cell::text(share.clone()),
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
        bars: bars(&quantity.density),
        name: focus.run.policy.name.get(lang).to_owned(),
        outline: other,
        level: level(target, series, lang),
        median,
        median_label: text!("中位数{amount}", "Median {amount}").get(lang).to_owned(),
        figure: quantity.figure.clone(),
        told,
        beyond: Text::new("在图的范围之外", "outside the picture").get(lang).to_owned(),
    };
    let caption = text!(
        "橙色部分为未达到目标的情形，蓝色部分为达到目标的情形；两端最外一格只画出一段。",
        "Orange: trials that miss the target; blue: trials that meet it. The outermost bins are drawn in part."
    );
    let caption = if chart.level.is_some() {
        caption
    } else {
        text!("两端最外一格只画出一段。", "The outermost bins are drawn in part.")
    };
    Some(density::render(&chart).map(|drawing| Figure {
        id: "density".to_owned(),
        title: chart.title.clone(),
        caption: caption.get(lang).to_owned(),
        drawing,
        table,
    }))
}

fn bars(bins: &[DensityBin]) -> Vec<Bar> {
    bins.iter().map(|bin| Bar { low: bin.low, high: bin.high, share: bin.share }).collect()
}

/// The values of a bin in words: whole things from the first to the last, else its edges.
fn range(bin: &DensityBin, quantity: &QuantityResult, lang: Lang) -> String {
    let last = if quantity.figure == "count" { bin.high - 1.0 } else { bin.high };
    if quantity.figure == "count" && last <= bin.low {
        return number::figure(bin.low, &quantity.figure);
    }
    number::figure_range(bin.low, last, &quantity.figure, lang)
}

/// The level of `target` with the shares on both sides of it; nothing without one.
fn level(
    target: &TargetResult,
    series: &crate::analysis::results::SeriesResult,
    lang: Lang,
) -> Option<Level> {
    let (value, year) = (target.condition.level?, target.year?);
    let is_least = target.condition.kind != "at_most";
    let amount = paths::amount(series, value, lang);
    let (low, high) = target.interval.into();
    let met = number::probability(target.probability, (low, high), lang);
    let missed = number::probability(1.0 - target.probability, (1.0 - high, 1.0 - low), lang);
    let label = if is_least {
        text!("{year}年目标{amount}", "Target {year}: {amount}")
    } else {
        text!("{year}年目标：不超过{amount}", "Target {year}: at most {amount}")
    };
    let (met, missed) = (
        text!("达到目标：{met}", "target met: {met}").get(lang).to_owned(),
        text!("未达到目标：{missed}", "target missed: {missed}").get(lang).to_owned(),
    );
    let (below, above) = if is_least { (missed, met) } else { (met, missed) };
    Some(Level { value, label: label.get(lang).to_owned(), below, above, is_least })
}
