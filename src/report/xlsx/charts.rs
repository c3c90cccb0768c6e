//! The native charts of the workbook: fans as stacked areas, probabilities as dots with whiskers, clusters as bars.

use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartErrorBars, ChartErrorBarsType, ChartFont, ChartFormat,
    ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartRange,
    ChartSolidFill, ChartType, Color,
};

use super::Input;
use super::paths::{self, MEDIAN, RECORD, STACK, TARGET, YEAR};
use super::style::{ACCENT, BLUE, GRID, INK, MUTED};
use crate::analysis::results::RunResult;
use crate::report::chart::{beyond, is_far};
use crate::report::wrap::printable;
use crate::report::{number, readings_text};

/// The sheet of fans.
pub const FANS: (&str, &str) = ("方案路径", "Paths by policy");
/// The sheet of policies.
pub const POLICIES: (&str, &str) = ("方案比较", "Policies");
/// The sheet of clusters.
pub const CLUSTERS: (&str, &str) = ("集群", "Clusters");

/// Width and height of a chart in pixels.
pub const SIZE: (u32, u32) = (820, 440);
/// Marks of several worlds, told apart in grey print as well.
const MARKS: [ChartMarkerType; 4] =
    [ChartMarkerType::Circle, ChartMarkerType::Diamond, ChartMarkerType::Square, ChartMarkerType::Triangle];
/// Their colours.
const COLORS: [Color; 4] = [BLUE, ACCENT, MUTED, INK];

/// A block of cells on a sheet: rows and columns from first to last.
pub struct Cells<'a> {
    /// Name of the sheet.
    pub sheet: &'a str,
    /// First and last row.
    pub rows: (u32, u32),
}

impl Cells<'_> {
    /// One column of the block.
    pub fn column(&self, column: u16) -> ChartRange {
        ChartRange::new_from_range(self.sheet, self.rows.0, column, self.rows.1, column)
    }
}

/// Policy, with the world if there are several.
pub fn run_name(input: &Input<'_>, run: &RunResult) -> String {
    let lang = input.briefing.lang;
    let policy = run.policy.name.get(lang);
    if input.results.run.worlds.len() < 2 {
        return policy.to_owned();
    }
    let world = run.world.name.get(lang);
    input.say(&format!("{policy}（{world}）"), &format!("{policy} ({world})"))
}

/// The fan of one run from the figures on the sheet of fans; `None` without a main series.
pub fn fan_of(input: &Input<'_>, run: &RunResult) -> Option<Chart> {
    let results = input.results;
    let index = results.runs.iter().position(|other| std::ptr::eq(other, run))?;
    let block = paths::block(results, index)?;
    let series = paths::main_series(results, run)?;
    let lang = input.briefing.lang;
    let sheet = input.say(FANS.0, FANS.1);
    let cells = Cells { sheet: &sheet, rows: (block.first, block.last) };
    let head = |column| ChartRange::new_from_range(&sheet, block.head, column, block.head, column);

    let mut chart = Chart::new(ChartType::AreaStacked);
    let none = ChartSolidFill::new().set_color(Color::White).set_transparency(100).clone();
    let wide = ChartSolidFill::new().set_color(BLUE).set_transparency(78).clone();
    let narrow = ChartSolidFill::new().set_color(BLUE).set_transparency(55).clone();
    let (outer, inner) = (
        input.say("90%区间（5%–95%）", "90% band (5–95%)"),
        input.say("50%区间（25%–75%）", "50% band (25–75%)"),
    );
    let names = [input.say("底", "ground"), outer.clone(), inner, outer];
    for ((offset, fill), name) in (0..).zip([&none, &wide, &narrow, &wide]).zip(names) {
        let band = chart.add_series();
        band.set_categories(&cells.column(YEAR)).set_values(&cells.column(STACK + offset));
        band.set_name(&words(&name));
        band.set_format(ChartFormat::new().set_solid_fill(fill).set_no_border());
        // the ground is invisible, and the upper and the lower part of the wide band have one look
        if offset == 0 || offset == 3 {
            band.delete_from_legend(true);
        }
    }
    let mut lines = Chart::new_line();
    let mut line = |column: u16, color: Color, width: f64, dash: Option<ChartLineDashType>, dots: bool| {
        let mut look = ChartLine::new();
        look.set_color(color).set_width(width);
        if let Some(dash) = dash {
            look.set_dash_type(dash);
        }
        let mut marker = ChartMarker::new();
        if dots {
            marker.set_type(ChartMarkerType::Circle).set_size(5);
            marker.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color)));
        } else {
            marker.set_none();
        }
        let series = lines.add_series();
        series.set_categories(&cells.column(YEAR)).set_values(&cells.column(column));
        series.set_name(&head(column)).set_format(ChartFormat::new().set_line(&look)).set_marker(&marker);
    };
    line(MEDIAN, BLUE, 2.5, None, false);
    let target = run.targets.iter().filter(|target| target.is_proper()).find_map(|target| {
        let quantity = target.quantity.as_ref().filter(|quantity| quantity.series == series.id);
        quantity.and(target.year).and(target.condition.level)
    });
    let record = paths::record(results, series);
    let values = series.quantiles.values().flatten().copied().chain(record.iter().map(|(_, value)| *value));
    let largest = values.fold(0.0, |largest: f64, value| largest.max(value.abs()));
    let far = target.filter(|&level| is_far(level, largest));
    if target.is_some() && far.is_none() {
        line(TARGET, ACCENT, 2.0, Some(ChartLineDashType::Dash), false);
    }
    if block.base > block.first {
        line(RECORD, INK, 1.5, None, true);
    }
    chart.combine(&lines);

    let unit = number::unit_of(&series.figure, &series.unit_name);
    let unit = unit.get(lang);
    let mut name = format!("{}{}{}", series.name.get(lang), input.say("：", ": "), run_name(input, run));
    if let Some(level) = far {
        // drawn, it would press the fan to the ground
        let (level, beyond) = (number::set_level(level, &series.figure, lang), beyond());
        let (zh, en) = (beyond.zh, beyond.en);
        name += &input.say(&format!("（目标{level}{unit}{zh}）"), &format!(" (target {level} {unit}: {en})"));
    }
    let measure = results.measure_name(&series.measure);
    let axis = match measure.get(lang) {
        "" => unit.to_owned(),
        measure => input.say(&format!("{measure}（{unit}）"), &format!("{measure} ({unit})")),
    };
    dress(&mut chart, &name, &axis);
    let code = if series.figure == "share" { "0%" } else { "#,##0" };
    chart.y_axis().set_num_format(code);
    chart.x_axis().set_num_format("0").set_position_between_ticks(false);
    chart.set_alt_text(printable(&name));
    Some(chart)
}

/// The probability of the main target by policy, one mark a world, from the table on the sheet of policies.
pub fn probabilities(input: &Input<'_>) -> Option<Chart> {
    let results = input.results;
    let focus = crate::report::briefing::Focus::of(results)?;
    let target = focus.target?;
    let lang = input.briefing.lang;
    let sheet = input.say(POLICIES.0, POLICIES.1);
    let mut chart = Chart::new_line();
    for (index, world) in results.run.worlds.iter().enumerate() {
        let rows = super::policies::rows(input, index);
        let cells = Cells { sheet: &sheet, rows };
        let color = COLORS[index % COLORS.len()];
        let mut marker = ChartMarker::new();
        marker.set_type(MARKS[index % MARKS.len()]).set_size(9);
        let fill = ChartSolidFill::new().set_color(color).clone();
        marker.set_format(ChartFormat::new().set_solid_fill(&fill));
        let series = chart.add_series();
        series.set_categories(&cells.column(super::policies::POLICY));
        series.set_values(&cells.column(super::policies::PROBABILITY));
        series.set_name(&words(world.name.get(lang))).set_marker(&marker);
        series.set_format(ChartFormat::new().set_no_line());
        series.set_y_error_bars(&whiskers(&cells, super::policies::UP, super::policies::DOWN, color));
    }
    let name = readings_text::plain_name(results, target);
    let name = name.get(lang);
    let level = number::decimal(results.run.interval_level * 100.0, 0);
    let title = input.say(
        &format!("“{name}”的可能性（竖线为{level}%区间）"),
        &format!("Probability of “{name}” (lines: {level}% interval)"),
    );
    dress(&mut chart, &title, &input.say("可能性", "Probability"));
    let top = results.runs.iter().filter_map(|run| Some(run.target(&target.id)?.interval[1]));
    let top = top.fold(0.0, f64::max);
    let (ceiling, code) = ceiling(top);
    chart.y_axis().set_num_format(code).set_min(0).set_max(ceiling);
    if results.run.worlds.len() < 2 {
        chart.legend().set_hidden();
    }
    chart.set_alt_text(printable(&title));
    Some(chart)
}

/// The end of an axis of probabilities from 0 on, and the number format of its ticks.
fn ceiling(top: f64) -> (f64, &'static str) {
    let steps = [
        (0.0001, "0.000%"),
        (0.0002, "0.000%"),
        (0.0005, "0.000%"),
        (0.001, "0.00%"),
        (0.002, "0.00%"),
        (0.005, "0.0%"),
        (0.01, "0.0%"),
        (0.02, "0.0%"),
        (0.05, "0%"),
        (0.1, "0%"),
        (0.25, "0%"),
        (0.5, "0%"),
    ];
    steps.into_iter().find(|(bound, _)| top <= *bound).unwrap_or((1.0, "0%"))
}

/// Medians with whiskers, one bar a row, from `cells`: names, medians, and how far the whiskers reach up and down.
/// The axis has a name and has to reach `top`. With it the height in pixels that its rows ask for.
pub fn medians(
    input: &Input<'_>,
    cells: &Cells<'_>,
    columns: [u16; 4],
    title: &str,
    (axis, top): (&str, f64),
) -> (Chart, u32) {
    let [names, values, up, down] = columns;
    let mut chart = Chart::new_bar();
    let series = chart.add_series();
    series.set_categories(&cells.column(names)).set_values(&cells.column(values));
    series.set_name(&input.say("中位数", "Median")).set_gap(45);
    let fill = ChartSolidFill::new().set_color(Color::RGB(0x8DB8DC)).clone();
    series.set_format(ChartFormat::new().set_solid_fill(&fill));
    series.set_x_error_bars(&whiskers(cells, up, down, INK));
    dress(&mut chart, title, "");
    // the first row on top, and the values at the foot all the same
    chart.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max).set_major_gridlines(false);
    let mut grid = ChartLine::new();
    grid.set_color(GRID).set_width(0.75);
    chart.x_axis().set_name(&words(axis)).set_num_format("#,##0").set_major_gridlines_line(&grid);
    // every row keeps its name
    chart.y_axis().set_label_interval(1);
    // left to itself an office looks at the bars only and cuts the whiskers
    if let Some(end) = round_end(top) {
        chart.x_axis().set_min(0).set_max(end);
    }
    chart.legend().set_hidden();
    let rows = cells.rows.1 - cells.rows.0 + 1;
    chart.set_alt_text(printable(title));
    (chart, (130 + 24 * rows).max(SIZE.1))
}

/// A round number not below `top`; `None` if there is nothing above zero.
fn round_end(top: f64) -> Option<f64> {
    if !(top > 0.0 && top.is_finite()) {
        return None;
    }
    let mut step = 1e-6;
    while step * 10.0 < top {
        step *= 10.0;
    }
    [1.0, 1.2, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0]
        .into_iter()
        .map(|part| part * step)
        .find(|end| *end >= top)
}

fn whiskers(cells: &Cells<'_>, up: u16, down: u16, color: Color) -> ChartErrorBars {
    let mut line = ChartLine::new();
    line.set_color(color).set_width(1.75);
    let mut bars = ChartErrorBars::new();
    bars.set_type(ChartErrorBarsType::Custom(cells.column(up), cells.column(down)));
    bars.set_format(ChartFormat::new().set_line(&line));
    bars
}

/// A name that a chart takes as words: what begins with `=` would be read as a reference to cells, and control
/// characters would break the file.
fn words(name: &str) -> String {
    let name = printable(name);
    if name.starts_with('=') { format!(" {name}") } else { name }
}

/// The common look: title, unit at the axis, light grid, legend below.
fn dress(chart: &mut Chart, title: &str, axis: &str) {
    let mut small = ChartFont::new();
    small.set_size(10).set_color(INK);
    let mut large = ChartFont::new();
    large.set_size(13).set_bold().set_color(INK);
    let mut grid = ChartLine::new();
    grid.set_color(GRID).set_width(0.75);
    let mut ink = ChartLine::new();
    ink.set_color(MUTED).set_width(0.75);
    chart.title().set_name(&words(title)).set_font(&large).set_overlay(false);
    if !axis.is_empty() {
        chart.y_axis().set_name(&words(axis));
    }
    let mut plain = ChartFont::new();
    plain.set_size(10).set_color(MUTED).unset_bold();
    chart.y_axis().set_name_font(&plain).set_font(&small).set_major_gridlines_line(&grid);
    chart.y_axis().set_format(ChartFormat::new().set_no_line());
    chart.x_axis().set_font(&small).set_format(ChartFormat::new().set_line(&ink));
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&small);
    chart.set_width(SIZE.0).set_height(SIZE.1);
}

#[cfg(test)]
mod tests {
    use super::{ceiling, round_end};

    #[test]
    fn the_axis_of_clusters_holds_the_longest_whisker() {
        assert_eq!(round_end(626.0).map(f64::round), Some(800.0));
        assert_eq!(round_end(100.0).map(f64::round), Some(100.0));
        assert_eq!(round_end(0.0), None);
    }

    #[test]
    fn axes_of_probabilities_begin_at_zero_and_hold_the_whiskers() {
        assert_eq!(ceiling(0.0055), (0.01, "0.0%"));
        assert_eq!(ceiling(0.0), (0.0001, "0.000%"));
        assert_eq!(ceiling(0.97), (1.0, "0%"));
        assert_eq!(ceiling(1.0), (1.0, "0%"));
    }
}
