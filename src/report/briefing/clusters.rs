//! The pages of single clusters: what matters about each, and its projection by year.

use super::figures::{self, paths};
use super::tables::Heads;
use super::wording::{Unit, chance, demand, list, say, whole_percent};
use super::{Cell, ClusterPage, Column, DataTable, Figure, Focus, Format};
use crate::analysis::results::*;
use crate::math::powf;
use crate::report::chart::ChartError;
use crate::report::chart::form::Form;
use crate::report::number::growth;
use crate::text;
use crate::text::{Lang, Text};

/// One page for each cluster in the primary measure, and the charts that could not be drawn.
pub fn pages(results: &Results, focus: &Focus<'_>, lang: Lang) -> (Vec<ClusterPage>, Vec<ChartError>) {
    let mut failures = Vec::new();
    let pages = of_primary(results, focus).map(|series| {
        let figure = match figures::cluster(results, focus.run, series, Form::Strip, lang) {
            Some(Ok(figure)) => Some(figure),
            Some(Err(error)) => {
                failures.push(error);
                None
            }
            None => None,
        };
        let id = series.id.strip_prefix("cluster.").unwrap_or(&series.id).to_owned();
        let info = results.clusters.iter().find(|cluster| cluster.id == id);
        ClusterPage {
            name: say(&series.name, lang),
            text: sentences(results, focus, series, info, lang),
            table: table(results, focus, series, lang),
            figure,
            id,
        }
    });
    let pages: Vec<ClusterPage> = pages.collect();
    (pages, failures)
}

/// The charts of these pages for the screen of a telephone; one that cannot be drawn is among the failures of [`pages`].
pub fn for_phone(results: &Results, focus: &Focus<'_>, lang: Lang) -> Vec<Figure> {
    let drawn = of_primary(results, focus)
        .filter_map(|series| figures::cluster(results, focus.run, series, Form::Phone, lang));
    drawn.filter_map(Result::ok).collect()
}

/// The clusters in the primary measure.
fn of_primary<'a>(results: &'a Results, focus: &Focus<'a>) -> impl Iterator<Item = &'a SeriesResult> {
    let is_it =
        |series: &&SeriesResult| series.kind == "cluster" && series.measure == results.scenario.measure.id;
    focus.run.series.iter().filter(is_it)
}

fn sentences(
    results: &Results,
    focus: &Focus<'_>,
    series: &SeriesResult,
    info: Option<&ClusterInfo>,
    lang: Lang,
) -> Vec<String> {
    let mut all: Vec<Text> = projection(results, focus, series, lang).into_iter().collect();
    all.extend(added(results, focus, series, lang));
    all.extend(info.and_then(|info| industries(info, lang)));
    let scope = &series.id;
    let own = focus.run.targets.iter().filter(|t| t.is_proper() && t.scope.id == *scope);
    all.extend(own.map(|target| {
        let (subject, zh, en) = (
            demand(results, target),
            chance(results, target, Lang::Zh).zh,
            chance(results, target, Lang::En).en,
        );
        let (subject_zh, subject_en) = (subject.zh, subject.en);
        text!("{subject_zh}{zh}。", "The target {subject_en} {en}.")
    }));
    all.iter().map(|text| say(text, lang)).collect()
}

/// From the base year to the horizon: medians, growth a year and the range.
fn projection(results: &Results, focus: &Focus<'_>, series: &SeriesResult, lang: Lang) -> Option<Text> {
    let quantile = |key: &str| series.quantiles.get(key);
    let (from, to) = (*series.years.first()?, *series.years.last()?);
    let (base, end) = (*quantile("0.5")?.first()?, *quantile("0.5")?.last()?);
    let (low, high) = (*quantile("0.05")?.last()?, *quantile("0.95")?.last()?);
    let unit = Unit::of_series(series);
    let amount = |value: f64| unit.amount(value, None, lang);
    let (base_text, end_text, range) =
        (amount(base), amount(end), unit.range([low, high], None, false, lang));
    let rate = if base > 0.0 && end > 0.0 && to > from {
        let rate = growth(powf(end / base, 1.0 / f64::from(to - from)) - 1.0);
        text!("，年均{rate}", ", {rate} a year")
    } else {
        Text::default()
    };
    let (rate_zh, rate_en) = (rate.zh, rate.en);
    let measure = results.measure_name(&series.measure);
    let (policy_zh, policy_en) = (&focus.run.policy.name.zh, &focus.run.policy.name.en);
    let (measure_zh, measure_en) = (measure.zh, measure.en);
    Some(text!(
        "{measure_zh}：{from}年{base_text}；按“{policy_zh}”，{to}年的中位数为{end_text}{rate_zh}，九成结果在{range}之间。",
        "{measure_en}: {base_text} in {from}; under “{policy_en}” the median in {to} is {end_text}{rate_en}, and nine results in ten lie \
         within {range}."
    ))
}

/// What the policy adds on average, on the same draws.
fn added(results: &Results, focus: &Focus<'_>, series: &SeriesResult, lang: Lang) -> Option<Text> {
    let reference = focus.reference?.series.iter().find(|other| other.id == series.id)?;
    let (with, without, year) = (series.mean.last()?, reference.mean.last()?, series.years.last()?);
    let name = &results.run.reference.name;
    let (zh, en) = (&name.zh, &name.en);
    let difference = with - without;
    let size = Unit::of_series(series).difference(difference, None, lang);
    Some(if difference == 0.0 {
        text!(
            "与“{zh}”相比，{year}年的平均水平不变。",
            "Compared with “{en}”, the mean in {year} is unchanged."
        )
    } else if difference > 0.0 {
        text!(
            "与“{zh}”相比，{year}年平均多{size}。",
            "Compared with “{en}”, the mean in {year} is higher by {size}."
        )
    } else {
        text!(
            "与“{zh}”相比，{year}年平均少{size}。",
            "Compared with “{en}”, the mean in {year} is lower by {size}."
        )
    })
}

/// Industries with their shares of the base year.
fn industries(info: &ClusterInfo, lang: Lang) -> Option<Text> {
    let each = info.industries.iter().map(|part| {
        let (name, share) = (&part.industry.name, whole_percent(part.share));
        say(&Text::new(format!("{}{share}", name.zh), format!("{} {share}", name.en)), lang)
    });
    let each: Vec<String> = each.collect();
    let all = list(&each, lang);
    (!all.is_empty()).then(|| text!("基年行业构成：{all}。", "Industries in the base year: {all}."))
}

/// The projection by year: median, half and nine tenths of the results, and the median without the policy.
fn table(results: &Results, focus: &Focus<'_>, series: &SeriesResult, lang: Lang) -> DataTable {
    let heads = Heads(lang);
    let unit = &paths::unit(series);
    let mut columns: Vec<Column> = vec![
        heads.number("年份", "Year", &Text::default()),
        heads.number("中位数", "Median", unit),
        heads.number("25%–75%", "25–75%", unit),
        heads.number("5%–95%", "5–95%", unit),
        heads.number("平均数", "Mean", unit),
    ];
    let reference = focus.reference.and_then(|run| run.series.iter().find(|other| other.id == series.id));
    if reference.is_some() {
        let name = &results.run.reference.name;
        let (zh, en) = (format!("“{}”的中位数", name.zh), format!("Median under “{}”", name.en));
        columns.push(heads.number(&zh, &en, unit));
    }
    let (name, policy) = (&series.name, &focus.run.policy.name);
    let (zh, en, policy_zh, policy_en) = (&name.zh, &name.en, &policy.zh, &policy.en);
    let title = text!("{zh}：逐年推演（“{policy_zh}”）", "{en} by year under “{policy_en}”");
    let id = format!("cluster-{}", figures::slug(&series.id));
    let mut table = DataTable::new(id + "-years", say(&title, lang), columns);
    let format = paths::format(series);
    let number = |value: Option<f64>| value.map_or(Cell::Empty, |value| Cell::Number(value, format));
    for (at, &year) in series.years.iter().enumerate() {
        let of = |series: &SeriesResult, key: &str| {
            series.quantiles.get(key).and_then(|values| values.get(at)).copied()
        };
        let range = |low: &str, high: &str| match (of(series, low), of(series, high)) {
            (Some(low), Some(high)) => Cell::Interval(low, high, format),
            _ => Cell::Empty,
        };
        let mut row = vec![
            Cell::Number(f64::from(year), Format::Year),
            number(of(series, "0.5")),
            range("0.25", "0.75"),
            range("0.05", "0.95"),
            number(series.mean.get(at).copied()),
        ];
        row.extend(reference.map(|other| number(of(other, "0.5"))));
        table.rows.push(row);
    }
    table
}
