//! The fan chart of the main total under every policy, built from a result document.

use super::chart::fan::{Band, FanChart, TargetLine};
use super::chart::grid::FanGrid;
use super::number;
use crate::analysis::results::{Named, Results, RunResult, SeriesResult, TargetResult};
use crate::text;
use crate::text::{Lang, Text};

/// One page for each world: the main series under every policy, with its first target and the recorded years in the
/// same measure.
pub fn grids(results: &Results, lang: Lang) -> Vec<(Named, FanGrid)> {
    let page = |world: &Named| (world.clone(), grid(results, world, lang));
    results.run.worlds.iter().map(page).collect()
}

fn grid(results: &Results, world: &Named, lang: Lang) -> FanGrid {
    let runs: Vec<&RunResult> = results.runs.iter().filter(|run| run.world.id == world.id).collect();
    let panels = runs.iter().filter_map(|run| panel(results, run, lang)).collect();
    let total = runs.first().and_then(|run| main_series(run));
    let scope = total.map(|series| series.name.clone()).unwrap_or_default();
    let measure = total.map(|series| results.measure_name(&series.measure)).unwrap_or_default();
    let unit = number::money_unit();
    let trials = number::decimal(results.run.trials as f64, 0);
    let subtitle = Text::new(
        format!(
            "{}·{}（{}），情景：{}；每个方案模拟{trials}次",
            scope.zh, measure.zh, unit.zh, world.name.zh
        ),
        format!(
            "{} · {} ({}); world: {}; {trials} trials a policy",
            scope.en, measure.en, unit.en, world.name.en
        ),
    );
    let (seed, version) = (results.run.seed, &results.program.version);
    let hash = results.scenario.hash.get(..12).unwrap_or(&results.scenario.hash);
    let file = &results.scenario.file;
    let source = text!(
        "来源：{file}（{hash}），clustercast {version}，种子 {seed}。区间含参数与逐年波动的不确定性。",
        "Source: {file} ({hash}), clustercast {version}, seed {seed}. Bands hold parameter and yearly uncertainty."
    );
    FanGrid {
        title: results.scenario.title.get(lang).to_owned(),
        subtitle: subtitle.get(lang).to_owned(),
        source: source.get(lang).to_owned(),
        panels,
    }
}

fn panel(results: &Results, run: &RunResult, lang: Lang) -> Option<FanChart> {
    let series = main_series(run)?;
    let quantile = |key: &str| series.quantiles.get(key).cloned();
    let band = |zh: &str, en: &str, low: &str, high: &str| {
        let label = Text::new(zh, en).get(lang).to_owned();
        Some(Band { label, low: quantile(low)?, high: quantile(high)? })
    };
    let paid = number::money(run.cost.gross.mean);
    let subtitle = if run.cost.gross.mean == 0.0 {
        text!("不花财政资金", "no public money")
    } else if run.series.first().is_some_and(|first| first.kind == "nation") {
        text!("各省财政资金合计{paid}亿元", "public money of all provinces {paid}")
    } else {
        text!("财政资金{paid}亿元", "public money {paid}")
    };
    Some(FanChart {
        title: run.policy.name.get(lang).to_owned(),
        subtitle: subtitle.get(lang).to_owned(),
        source: String::new(),
        years: series.years.clone(),
        bands: vec![
            band("90%区间", "90% band", "0.05", "0.95")?,
            band("50%区间", "50% band", "0.25", "0.75")?,
        ],
        median: quantile("0.5")?,
        median_label: Text::new("中位数", "Median").get(lang).to_owned(),
        record: record(results, series),
        record_label: Text::new("历年实际", "Record").get(lang).to_owned(),
        target: run
            .targets
            .iter()
            .filter(|target| target.is_proper())
            .find_map(|target| target_line(target, series, lang)),
    })
}

/// The file's first series. Of several provinces that is a sum over definitions of their own, so that the series of the
/// first target is shown instead.
fn main_series(run: &RunResult) -> Option<&SeriesResult> {
    let first = run.series.first()?;
    let judged = run.targets.iter().filter(|target| target.is_proper()).find_map(|target| {
        let quantity = target.quantity.as_ref()?;
        run.series.iter().find(|series| series.id == quantity.series)
    });
    if first.kind == "nation" { judged.or(Some(first)) } else { Some(first) }
}

/// Recorded levels up to the base year, in the series' own measure only.
fn record(results: &Results, series: &SeriesResult) -> Vec<(i32, f64)> {
    let scope = series.id.split('@').next().unwrap_or(&series.id);
    let fits = results.records.iter().filter(|r| r.scope == scope && r.measure == series.measure);
    let mut record: Vec<(i32, f64)> = fits.filter_map(|r| Some((r.year, r.value?))).collect();
    record.retain(|(year, _)| *year <= results.scenario.base_year);
    record.sort_by_key(|(year, _)| *year);
    record.dedup_by_key(|(year, _)| *year);
    record
}

fn target_line(target: &TargetResult, series: &SeriesResult, lang: Lang) -> Option<TargetLine> {
    target.quantity.as_ref().filter(|quantity| quantity.series == series.id)?;
    let (year, value) = (target.year?, target.condition.level?);
    let amount = number::money(value);
    let probability = number::probability(target.probability, target.interval.into(), lang);
    let label = text!("{year}年目标{amount}亿元", "Target {year}: {amount}");
    let note = text!("可能性{probability}", "probability {probability}");
    Some(TargetLine { year, value, label: label.get(lang).to_owned(), note: note.get(lang).to_owned() })
}
