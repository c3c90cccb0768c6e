//! The sheets of clusters and of instruments.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Input;
use super::charts::{self, CLUSTERS, Cells};
use crate::analysis::results::{EffectsResult, RunResult, SeriesResult};
use crate::report::briefing::Focus;
use crate::report::number;
use crate::scenario::class;

/// Most rows of a chart: where names would touch each other, an office leaves every second one out.
const MOST_ROWS: u32 = 22;
/// Rows of the sheet that such a chart covers, and some to spare.
const ROWS_OF_CHART: u32 = 42;

/// Medians and ranges of every cluster under the policy in focus, with a chart; nothing without clusters.
pub fn clusters(input: &Input<'_>) -> Result<Option<Worksheet>, XlsxError> {
    let (results, lang) = (input.results, input.briefing.lang);
    let Some(focus) = Focus::of(results) else { return Ok(None) };
    let year = focus.target.and_then(|target| target.year).unwrap_or(results.scenario.horizon);
    let mut found: Vec<(&SeriesResult, usize)> = focus
        .run
        .series
        .iter()
        .filter(|series| series.kind == "cluster" && series.measure == results.scenario.measure.id)
        .filter_map(|series| Some((series, series.years.iter().position(|other| *other == year)?)))
        .collect();
    let at = |series: &SeriesResult, key: &str, index: usize| {
        let value = series.quantiles.get(key).and_then(|values| values.get(index)).copied();
        value.map(|value| number::in_unit(value, lang))
    };
    if found.is_empty() {
        return Ok(None);
    }
    let median = |(series, index): &(&SeriesResult, usize)| at(series, "0.5", *index).unwrap_or(f64::NAN);
    found.sort_by(|a, b| median(b).total_cmp(&median(a)));

    let mut sheet = input.sheet(CLUSTERS.0, CLUSTERS.1)?;
    let unit = number::money_unit();
    let policy = charts::run_name(input, focus.run);
    let measure = results.scenario.measure.name.get(lang);
    let title =
        input.say(&format!("各集群{year}年预测（{policy}）"), &format!("Clusters in {year} ({policy})"));
    sheet.title(&format!("{title}{}{measure}", input.say("，口径：", "; measure: ")))?;
    let mut heads = vec![(input.say("集群", "Cluster"), false), (input.say("标识", "Id"), false)];
    let base_year = results.scenario.base_year;
    for (zh, en) in [
        (format!("{base_year}年基数（{}）", unit.zh), format!("Base {base_year} ({})", unit.en)),
        (format!("{year}年中位数（{}）", unit.zh), format!("Median {year} ({})", unit.en)),
        (format!("{year}年5%分位（{}）", unit.zh), format!("5% quantile {year} ({})", unit.en)),
        (format!("{year}年95%分位（{}）", unit.zh), format!("95% quantile {year} ({})", unit.en)),
        ("图中误差线：下".to_owned(), "Whisker down".to_owned()),
        ("图中误差线：上".to_owned(), "Whisker up".to_owned()),
        (format!("占各集群{year}年中位数之和"), format!("Share of the sum of medians {year}")),
    ] {
        heads.push((input.say(&zh, &en), true));
    }
    heads.push((input.say("行业构成（基年）", "Industries (base year)"), false));
    let (head, columns) = sheet.heads(heads.iter().map(|(head, numeric)| (head.as_str(), *numeric)))?;
    let (money, share) = (sheet.styles.money(lang), sheet.styles.number("0.0%"));
    let sum: f64 = found.iter().map(median).sum();
    for (series, index) in &found {
        let row = sheet.row;
        sheet.text(row, 0, series.name.get(lang))?;
        sheet.text(row, 1, series.id.trim_start_matches("cluster."))?;
        let (low, mid, high) =
            (at(series, "0.05", *index), at(series, "0.5", *index), at(series, "0.95", *index));
        let reach = |from: Option<f64>, to: Option<f64>| Some((to? - from?).max(0.0));
        for (column, value) in
            (2..).zip([at(series, "0.5", 0), mid, low, high, reach(low, mid), reach(mid, high)])
        {
            sheet.number(row, column, value, &money)?;
        }
        sheet.number(row, 8, mid.map(|mid| mid / sum), &share)?;
        let id = series.id.trim_start_matches("cluster.");
        let mix = results.clusters.iter().find(|cluster| cluster.id == id);
        let mix: Vec<String> = mix
            .iter()
            .flat_map(|cluster| &cluster.industries)
            .map(|part| format!("{} {}", part.industry.name.get(lang), number::share(part.share)))
            .collect();
        sheet.text(row, 9, &mix.join(&input.say("，", ", ")))?;
        sheet.skip(1);
    }
    let last = sheet.row - 1;
    sheet.keep_head(head, 1)?;
    sheet.note(&input.say(
        "各集群的中位数之和不等于全省的中位数：中位数不能相加。",
        "The medians of clusters do not add up to the median of the province: medians are not additive.",
    ));
    sheet.skip(1);
    let name = input.say(CLUSTERS.0, CLUSTERS.1);
    let axis = unit.get(lang);
    let rows = last - head;
    let parts = rows.div_ceil(MOST_ROWS);
    for part in 0..parts {
        let first = head + 1 + part * rows / parts;
        let cells = Cells { sheet: &name, rows: (first, head + (part + 1) * rows / parts) };
        // the largest stand first: the smaller ones would be lost on the axis of those
        let shown = found.iter().skip((first - head - 1) as usize);
        let top = shown.filter_map(|(series, index)| at(series, "0.95", *index)).fold(0.0, f64::max);
        let of_all = if parts > 1 { format!("{}/{parts}，", part + 1) } else { String::new() };
        let of_all_en = of_all.replace('，', ", ");
        let chart_title = input.say(
            &format!("各集群{year}年中位数与5%–95%区间（{of_all}{policy}）"),
            &format!("Clusters in {year}: median with 5–95% range ({of_all_en}{policy})"),
        );
        let (chart, height) = charts::medians(input, &cells, [0, 3, 7, 6], &chart_title, (axis, top));
        if part > 0 {
            // below the one before
            sheet.skip(ROWS_OF_CHART);
        }
        sheet.new_page();
        sheet.tall_chart(sheet.row, 0, chart, height);
    }
    debug_assert_eq!(columns, 10);
    sheet.finish().map(Some)
}

/// Every instrument, what classes of them add, and what dropping one changes; nothing without instruments.
pub fn instruments(input: &Input<'_>) -> Result<Option<Worksheet>, XlsxError> {
    let results = input.results;
    let table = &input.briefing.instruments;
    let contributions = results.runs.iter().any(|run| run.contributions.is_some());
    if table.rows.is_empty() && !contributions && results.effects.is_empty() {
        return Ok(None);
    }
    let mut sheet = input.sheet("政策工具", "Instruments")?;
    if !table.rows.is_empty() {
        sheet.title(&table.title)?;
        let place = sheet.table(table)?;
        sheet.keep_head(place.head, 1)?;
        sheet.skip(1);
    }
    // in print a title must not stay behind alone at the foot of a page
    if contributions {
        sheet.new_page();
        sheet.title(&input.say(
            "各类工具对预测平均值的贡献（按顺序逐类加入）",
            "What classes of instruments add to the mean (added one after the other)",
        ))?;
        let unit = number::money_unit();
        let unit = input.say(&format!("（{}）", unit.zh), &format!(" ({})", unit.en));
        let heads = [
            (input.say("方案", "Policy"), false),
            (input.say("类别", "Class"), false),
            (format!("{}{unit}", input.say("增加", "Added")), true),
            (format!("{}{unit}", input.say("区间下限", "Interval, low")), true),
            (format!("{}{unit}", input.say("区间上限", "Interval, high")), true),
        ];
        sheet.heads(heads.iter().map(|(head, numeric)| (head.as_str(), *numeric)))?;
        for run in &results.runs {
            contribution(input, &mut sheet, run)?;
        }
        sheet.skip(1);
    }
    for effects in &results.effects {
        sheet.new_page();
        effect(input, &mut sheet, effects)?;
        sheet.skip(1);
    }
    sheet.finish().map(Some)
}

fn contribution(
    input: &Input<'_>,
    sheet: &mut super::sheet::Sheet<'_>,
    run: &RunResult,
) -> Result<(), XlsxError> {
    let Some(found) = &run.contributions else { return Ok(()) };
    let lang = input.briefing.lang;
    let money = sheet.styles.money(lang);
    let told = |value: f64| number::in_unit(value, lang);
    let name = charts::run_name(input, run);
    let (base, organic) = (input.say("基年", "base year"), input.say("自然增长", "organic growth"));
    let interval = found.organic_interval;
    let mut rows = vec![
        (base, found.base, None),
        (organic, found.organic - found.base, Some([interval[0] - found.base, interval[1] - found.base])),
    ];
    rows.extend(found.steps.iter().map(|step| {
        (class::name(&step.class).get(input.briefing.lang).to_owned(), step.change, Some(step.interval))
    }));
    rows.push((input.say("政策合计", "all policy"), found.total - found.organic, None));
    let year = found.year;
    rows.push((input.say(&format!("{year}年平均值"), &format!("{year}, mean")), found.total, None));
    for (what, value, interval) in rows {
        let row = sheet.row;
        sheet.text(row, 0, &name)?;
        sheet.text(row, 1, &what)?;
        sheet.number(row, 2, Some(told(value)), &money)?;
        sheet.number(row, 3, interval.map(|ends| told(ends[0])), &money)?;
        sheet.number(row, 4, interval.map(|ends| told(ends[1])), &money)?;
        sheet.skip(1);
    }
    Ok(())
}

fn effect(
    input: &Input<'_>,
    sheet: &mut super::sheet::Sheet<'_>,
    effects: &EffectsResult,
) -> Result<(), XlsxError> {
    let (results, lang) = (input.results, input.briefing.lang);
    let policy = effects.policy.name.get(lang);
    let world = effects.world.name.get(lang);
    sheet.title(&input.say(
        &format!("“{policy}”中每项工具的作用（与去掉该项相比；情景：{world}）"),
        &format!("What each instrument of “{policy}” adds, against dropping it (world: {world})"),
    ))?;
    let target = results.runs.iter().find_map(|run| run.target(&effects.target));
    let quantity = target.and_then(|target| target.quantity.as_ref());
    let figure = quantity.map_or("money", |quantity| quantity.figure.as_str());
    let unit = quantity.map_or_else(number::money_unit, |found| number::unit_of(figure, &found.unit_name));
    let with_unit =
        |zh: &str, en: &str| input.say(&format!("{zh}（{}）", unit.zh), &format!("{en} ({})", unit.en));
    let heads = [
        (input.say("政策工具", "Instrument"), false),
        (input.say("标识", "Id"), false),
        (input.say("可能性提高（百分点）", "Probability added (points)"), true),
        (input.say("区间下限（百分点）", "Interval, low (points)"), true),
        (input.say("区间上限（百分点）", "Interval, high (points)"), true),
        (with_unit("主要指标平均增加", "Mean quantity added"), true),
        (with_unit("区间下限", "Interval, low"), true),
        (with_unit("区间上限", "Interval, high"), true),
        (input.say("实际支出（亿元）", "Money paid (billion yuan)"), true),
    ];
    sheet.heads(heads.iter().map(|(head, numeric)| (head.as_str(), *numeric)))?;
    let (points, money) = (sheet.styles.number("+0.000;-0.000;0.000"), sheet.styles.money(lang));
    for found in &effects.instruments {
        let row = sheet.row;
        let known = results.instruments.iter().find(|other| other.id == found.instrument);
        sheet.text(row, 0, known.map_or(&found.instrument, |known| &known.name.zh))?;
        if let Some(known) = known {
            sheet.text(row, 0, known.name.get(lang))?;
        }
        sheet.text(row, 1, &found.instrument)?;
        let chances = [found.probability, found.interval[0], found.interval[1]];
        for (column, value) in (2..).zip(chances) {
            sheet.number(row, column, Some(value * 100.0), &points)?;
        }
        // a share is a fraction in results, and in per cent here
        let size = if figure == "share" { 100.0 } else { 1.0 };
        let told = |value: f64| number::figure_in_unit(value, figure, lang) * size;
        let [low, high] = found.quantity_interval.map(told);
        let cost = number::in_unit(found.cost, lang);
        for (column, value) in (5..).zip([told(found.quantity), low, high, cost]) {
            sheet.number(row, column, Some(value), &money)?;
        }
        sheet.skip(1);
    }
    Ok(())
}
