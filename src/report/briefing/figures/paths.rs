//! What the charts of paths share: fan charts and tables built from series of a result document.

use crate::analysis::results::{Results, RunResult, SeriesResult, TargetResult};
use crate::report::briefing::naming::of_series;
use crate::report::briefing::wording::measure_of;
use crate::report::briefing::{Cell, Column, DataTable, Format, Key};
use crate::report::chart::fan::{Band, FanChart, TargetLine};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// Keys of the quantiles that charts of paths show, from the lowest, with their names.
const SHOWN: [(&str, &str, &str); 5] = [
    ("0.05", "5%分位数", "5% quantile"),
    ("0.25", "25%分位数", "25% quantile"),
    ("0.5", "中位数", "Median"),
    ("0.75", "75%分位数", "75% quantile"),
    ("0.95", "95%分位数", "95% quantile"),
];
/// A record in another measure is shown only if it is within this factor of the projection's first value.
const COMPARABLE: f64 = 2.0;

/// The fan chart of `series`, with the line of `target` if it demands a level of it; title and subtitle are the
/// caller's. `None` if the document lacks the quantiles.
pub fn chart(
    results: &Results,
    series: &SeriesResult,
    target: Option<&TargetResult>,
    lang: Lang,
) -> Option<FanChart> {
    let drawn = |value: f64| number::figure_in_unit(value, &series.figure, lang);
    let quantile = |key: &str| {
        let values = series.quantiles.get(key)?;
        Some(values.iter().copied().map(drawn).collect::<Vec<f64>>())
    };
    let band = |zh: &str, en: &str, low: &str, high: &str| {
        let label = Text::new(zh, en).get(lang).to_owned();
        Some(Band { label, low: quantile(low)?, high: quantile(high)? })
    };
    Some(FanChart {
        source: source_of_bands(results).get(lang).to_owned(),
        years: series.years.clone(),
        bands: vec![
            band("90%区间", "90% band", "0.05", "0.95")?,
            band("50%区间", "50% band", "0.25", "0.75")?,
        ],
        median: quantile("0.5")?,
        median_label: Text::new("中位数", "Median").get(lang).to_owned(),
        record: drawn_record(&record(results, series, &series.measure), series, lang),
        record_label: Text::new("历年实际", "Record").get(lang).to_owned(),
        target: target.and_then(|target| target_line(target, series, lang)),
        figure: series.figure.clone(),
        unit: unit(series).get(lang).to_owned(),
        lang,
        ..FanChart::default()
    })
}

/// Unit of `series` as readers see it; empty for shares, whose figures carry their `%`.
pub fn unit(series: &SeriesResult) -> Text {
    match series.figure.as_str() {
        "share" => Text::default(),
        figure => number::unit_of(figure, &series.unit_name),
    }
}

/// What `series` shows: its scope, and its measure if it has one, e.g. `湖北省·营业收入`.
pub fn subject(results: &Results, series: &SeriesResult) -> Text {
    if series.measure.is_empty() {
        return series.name.clone();
    }
    let (name, measure) = (of_series(results, series), measure_of(results, &series.measure, &series.name));
    Text::new(format!("{}·{}", name.zh, measure.zh), format!("{} · {}", name.en, measure.en))
}

/// Unit, policy, world and trials of `run`, for subtitles.
pub fn conditions(results: &Results, run: &RunResult, series: &SeriesResult) -> Text {
    let (trials, unit) = (number::decimal(results.run.trials as f64, 0), unit(series));
    let (policy, world) = (&run.policy.name, &run.world.name);
    let head = |unit: &str, word: &str, joint: &str| {
        if unit.is_empty() { String::new() } else { format!("{word}{unit}{joint}") }
    };
    Text::new(
        format!("{}方案：{}；情景：{}；模拟{trials}次", head(&unit.zh, "单位：", "；"), policy.zh, world.zh),
        format!(
            "{}policy: {}; world: {}; {trials} trials",
            head(&unit.en, "Unit: ", "; "),
            policy.en,
            world.en
        ),
    )
}

/// Where the figures come from, for the foot of charts with bands.
pub fn source_of_bands(results: &Results) -> Text {
    let Text { zh, en } = source(results);
    text!("{zh}区间含参数与逐年波动的不确定性。", "{en} Bands hold parameter and yearly uncertainty.")
}

/// Where the figures come from, for the foot of every chart.
pub fn source(results: &Results) -> Text {
    let (seed, version) = (results.run.seed, &results.program.version);
    let hash = results.scenario.hash.get(..12).unwrap_or(&results.scenario.hash);
    let file = &results.scenario.file;
    text!(
        "来源：{file}（{hash}），clustercast {version}，种子{seed}。",
        "Source: {file} ({hash}), clustercast {version}, seed {seed}."
    )
}

/// Recorded levels of the scope of `series` in `measure`, up to the base year.
pub fn record(results: &Results, series: &SeriesResult, measure: &str) -> Vec<(i32, f64)> {
    let scope = series.id.split('@').next().unwrap_or(&series.id);
    // past figures of the nation are of the whole country, the series is the sum of the file's provinces
    let is_sum = series.kind == "nation";
    let fits = results.records.iter().filter(|r| !is_sum && r.scope == scope && r.measure == measure);
    let mut record: Vec<(i32, f64)> = fits.filter_map(|r| Some((r.year, r.value?))).collect();
    record.retain(|(year, _)| *year <= results.scenario.base_year);
    record.sort_by_key(|(year, _)| *year);
    record.dedup_by_key(|(year, _)| *year);
    record
}

/// The longest comparable record of the same scope in another measure, with that measure's name: shown where there is
/// none in the own one, so that a reader sees the size of past changes.
pub fn other_record(results: &Results, series: &SeriesResult) -> Option<(Text, Vec<(i32, f64)>)> {
    let first = *series.quantiles.get("0.5")?.first()?;
    let others = results.scenario.measures.iter().filter(|measure| measure.id != series.measure);
    let records = others.map(|measure| (measure, record(results, series, &measure.id)));
    let is_comparable = |record: &[(i32, f64)]| {
        record.last().is_some_and(|&(_, value)| value * COMPARABLE >= first && value <= first * COMPARABLE)
    };
    let (measure, record) = records
        .filter(|(_, record)| record.len() > 1 && is_comparable(record))
        .reduce(|best, next| if next.1.len() > best.1.len() { next } else { best })?;
    Some((measure.name.clone(), record))
}

/// A level of `series` in words, with its unit.
pub fn amount(series: &SeriesResult, value: f64, lang: Lang) -> String {
    with_unit(number::figure(value, &series.figure, lang), series, lang)
}

/// A level that is demanded of `series` in words, with its unit.
pub fn demanded(series: &SeriesResult, value: f64, lang: Lang) -> String {
    with_unit(number::set_level(value, &series.figure, lang), series, lang)
}

fn with_unit(shown: String, series: &SeriesResult, lang: Lang) -> String {
    let unit = unit(series);
    match lang {
        Lang::Zh => format!("{shown}{}", unit.zh),
        // English amounts of money stand without their unit, which the subtitle states.
        Lang::En if series.figure == "money" || unit.en.is_empty() => shown,
        Lang::En => format!("{shown} {}", unit.en),
    }
}

/// A target at its line: the level `amount` and the years that it looks at.
pub fn target_label(target: &TargetResult, year: i32, amount: &str) -> Text {
    let is_ceiling = target.condition.kind == "at_most";
    let (most_zh, most_en) = if is_ceiling { ("不超过", "at most ") } else { ("", "") };
    match target.condition.when.as_str() {
        "by" => {
            text!("到{year}年任一年{most_zh}{amount}", "Any year to {year}: {most_en}{amount}")
        }
        "sustained" => {
            text!("到{year}年每年{most_zh}{amount}", "Every year to {year}: {most_en}{amount}")
        }
        _ if is_ceiling => text!("{year}年目标：不超过{amount}", "Target {year}: at most {amount}"),
        _ => text!("{year}年目标{amount}", "Target {year}: {amount}"),
    }
}

fn target_line(target: &TargetResult, series: &SeriesResult, lang: Lang) -> Option<TargetLine> {
    target.quantity.as_ref().filter(|quantity| quantity.series == series.id)?;
    let (year, value) = (target.year?, target.condition.level?);
    let amount = demanded(series, value, lang);
    let probability = number::probability(target.probability, target.interval.into(), lang);
    let label = target_label(target, year, &amount);
    let note = text!("可能性{probability}", "probability {probability}");
    let value = number::figure_in_unit(value, &series.figure, lang);
    Some(TargetLine { year, value, label: label.get(lang).to_owned(), note: note.get(lang).to_owned() })
}

/// How the figures of `series` stand in a table.
pub fn format(series: &SeriesResult) -> Format {
    let all = || series.quantiles.values().flatten();
    match series.figure.as_str() {
        "money" => Format::Money,
        "share" => Format::Share,
        "count" if all().all(|value| value.fract() == 0.0) => Format::Count,
        "count" => Format::Decimal(1),
        _ => Format::Decimal(2),
    }
}

/// Columns of the shown quantiles of `series`.
pub fn quantile_columns(series: &SeriesResult, lang: Lang) -> impl Iterator<Item = Column> {
    let unit = unit(series).get(lang).to_owned();
    SHOWN.into_iter().map(move |(_, zh, en)| Column::number(Text::new(zh, en).get(lang), unit.clone()))
}

/// Cells of the shown quantiles of `series` in its year with index `at`.
pub fn quantile_cells(series: &SeriesResult, at: usize) -> impl Iterator<Item = Cell> {
    SHOWN.into_iter().map(move |(key, ..)| {
        let value = series.quantiles.get(key).and_then(|values| values.get(at));
        value.map_or(Cell::Empty, |&value| Cell::Number(value, format(series)))
    })
}

/// Column of a year.
pub fn year_column(lang: Lang) -> Column {
    Column::number(Text::new("年份", "Year").get(lang), "")
}

/// Cell of a year.
pub fn year_cell(year: i32) -> Cell {
    Cell::Number(f64::from(year), Format::Year)
}

/// A record of `series` in the unit of its chart.
pub fn drawn_record(record: &[(i32, f64)], series: &SeriesResult, lang: Lang) -> Vec<(i32, f64)> {
    record.iter().map(|&(year, value)| (year, number::figure_in_unit(value, &series.figure, lang))).collect()
}

/// The table behind the fan chart of one series: `record`, as results hold it, and quantiles by year.
pub fn table(
    id: &str,
    title: &str,
    series: &SeriesResult,
    chart: &FanChart,
    record: &[(i32, f64)],
) -> DataTable {
    let lang = chart.lang;
    let mut columns = vec![year_column(lang)];
    columns.extend(quantile_columns(series, lang));
    if !record.is_empty() {
        columns.push(Column::number(&chart.record_label, unit(series).get(lang)).of(Key::Record));
    }
    let mut table = DataTable::new(id, title, columns);
    let mut years = series.years.clone();
    years.extend(record.iter().map(|&(year, _)| year));
    years.sort_unstable();
    years.dedup();
    for year in years {
        let mut row = vec![year_cell(year)];
        match series.years.iter().position(|&projected| projected == year) {
            Some(at) => row.extend(quantile_cells(series, at)),
            None => row.extend(SHOWN.map(|_| Cell::Empty)),
        }
        if !record.is_empty() {
            let recorded = record.iter().find(|&&(recorded, _)| recorded == year);
            row.push(recorded.map_or(Cell::Empty, |&(_, value)| Cell::Number(value, format(series))));
        }
        table.rows.push(row);
    }
    table
}
