//! The distribution of a quantity in one year: its density, with what falls short of the target set apart.

use super::ChartError;
use super::canvas::{Anchor, Canvas, Drawing, Point, Rect, Stroke, Type};
use super::scale::{Kind, Linear, Ticks};
use super::sheet::{Room, Sheet};
use super::theme;
use crate::math;

/// Height of the plot.
const HEIGHT: f64 = 320.0;
/// Height of the rows of labels above the plot.
const ROW: f64 = 24.0;
/// A tail bin is drawn over at most this many widths of the inner ones; its height stays right.
const TAIL: f64 = 2.0;
/// The axis reaches out to a target that is this many widths of the distribution away, not farther.
const REACH: f64 = 1.0;
/// Opacity of the part on the wrong side of the target, and of the part on the right one: far apart in grey print.
const SIDES: (f64, f64) = (0.22, 0.75);

/// Share of the trials in `[low, high)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Lower edge.
    pub low: f64,
    /// Upper edge.
    pub high: f64,
    /// Share in [0, 1].
    pub share: f64,
}

/// The level to be reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// Its value.
    pub value: f64,
    /// Its label.
    pub label: String,
    /// Share of the trials below it in words, e.g. `低于目标：99.6%`.
    pub below: String,
    /// Share of the trials at or above it in words.
    pub above: String,
    /// Whether the trials above it meet the target, rather than those below it.
    pub is_least: bool,
}

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct DensityChart {
    /// What it shows.
    pub title: String,
    /// Unit and conditions.
    pub subtitle: String,
    /// Sources of the figures.
    pub source: String,
    /// The distribution: adjoining bins from the lowest; at least one.
    pub bars: Vec<Bar>,
    /// What `bars` are, for the key.
    pub name: String,
    /// Another distribution to compare with, as an outline, and what it is.
    pub outline: Option<(String, Vec<Bar>)>,
    /// The target, if it has a level.
    pub level: Option<Level>,
    /// Median.
    pub median: f64,
    /// Its label.
    pub median_label: String,
    /// Whether equal distances are equal ratios instead of equal steps; all values must then be above 0.
    pub is_log: bool,
    /// How values are written, as in [`crate::report::number::figure`].
    pub figure: String,
    /// What a bar tells a reader who points at it, one for each.
    pub told: Vec<String>,
    /// Says that the target lies beyond the picture; drawn only if it does.
    pub beyond: String,
}

impl DensityChart {
    fn validate(&self) -> Result<(), ChartError> {
        if self.bars.is_empty() || self.told.len() != self.bars.len() {
            return Err(ChartError::Empty { chart: self.title.clone() });
        }
        let is_wrong = |bar: &&Bar| {
            // Each comparison is false for NaN.
            !(bar.low.abs() <= 1e15
                && bar.high.abs() <= 1e15
                && bar.low < bar.high
                && (0.0..=1.0).contains(&bar.share))
        };
        let is_off = |value: f64| self.is_log && value <= 0.0;
        let outline = self.outline.iter().flat_map(|(_, bars)| bars);
        let values = [Some(self.median), self.level.as_ref().map(|level| level.value)];
        if self.bars.iter().chain(outline).any(|bar| is_wrong(&bar) || is_off(bar.low))
            || values.into_iter().flatten().any(|value| !value.is_finite() || is_off(value))
        {
            return Err(ChartError::Value { series: self.title.clone(), year: 0 });
        }
        Ok(())
    }

    /// Whole things stand in the middle of their bar: `[3, 4)` is drawn from 2.5 to 3.5.
    fn shift(&self) -> f64 {
        if Kind::of(&self.figure) == Kind::Whole && !self.is_log { 0.5 } else { 0.0 }
    }

    /// The values that the picture shows: all inner bins, the tails cut short, and a target that is not too far.
    fn range(&self) -> (f64, f64) {
        let drawn_range = if self.is_log { drawn_ratio } else { drawn_range };
        let (mut low, mut high) = drawn_range(&self.bars);
        if let Some((_, bars)) = &self.outline {
            let other = drawn_range(bars);
            (low, high) = (low.min(other.0), high.max(other.1));
        }
        if let Some(level) = self.level.as_ref().filter(|_| self.is_log) {
            return (low.min(level.value / 1.2), high.max(level.value * 1.2));
        }
        if let Some(level) = &self.level {
            let reach = (high - low) * REACH;
            if level.value <= high + reach && level.value >= low - reach {
                // A little beyond, so that the line does not stand on the edge.
                let slack = (high - low) * 0.04;
                (low, high) = (low.min(level.value - slack), high.max(level.value + slack));
            }
        }
        (low, high)
    }
}

/// From the lowest to the highest bin, the two outermost cut to [`TAIL`] inner widths.
fn drawn_range(bars: &[Bar]) -> (f64, f64) {
    let (first, last) = (bars[0], bars[bars.len() - 1]);
    if bars.len() < 3 {
        return (first.low, last.high);
    }
    // A bin may stand in two parts, so that the widest inner one tells the width.
    let inner = bars[1..bars.len() - 1].iter();
    let width = inner.map(|bar| bar.high - bar.low).fold(0.0, f64::max);
    (first.low.max(first.high - TAIL * width), last.high.min(last.low + TAIL * width))
}

/// From the lowest to the highest bin on a logarithmic axis, the highest cut to its double.
fn drawn_ratio(bars: &[Bar]) -> (f64, f64) {
    let (first, last) = (bars[0], bars[bars.len() - 1]);
    (first.low, last.high.min(last.low * 2.0).max(first.low * 2.0))
}

/// Corners of the bars' upper edge, from left to right, within `low..=high`; areas are shares on the axis as drawn.
fn skyline(bars: &[Bar], (low, high): (f64, f64), is_log: bool) -> Vec<Point> {
    let mut corners = Vec::with_capacity(2 * bars.len());
    for bar in bars {
        let (from, to) = (bar.low.max(low), bar.high.min(high));
        if from < to {
            let width = if is_log { math::ln(bar.high / bar.low) } else { bar.high - bar.low };
            let density = bar.share / width;
            corners.extend([(from, density), (to, density)]);
        }
    }
    corners
}

/// The chart as a picture.
///
/// # Errors
/// [`ChartError::Empty`] without a bar, [`ChartError::Value`] for values that cannot be drawn.
pub fn render(chart: &DensityChart) -> Result<Drawing, ChartError> {
    chart.validate()?;
    let (low, high) = chart.range();
    let small = Type::plain(theme::SMALL, theme::MUTED);
    let room = Room { left: 0.0, right: 0.0, above: 4.0 * ROW + 14.0, height: HEIGHT };
    let sheet = Sheet::new(&chart.title, &chart.subtitle, &chart.source, room);
    let rect = sheet.rect;
    let shift = chart.shift();
    let places = (rect.left + theme::GAP, rect.right - theme::GAP);
    let value = if chart.is_log {
        Linear::log((low, high), places)
    } else {
        Linear::new((low - shift, high - shift), places)
    };
    let all = skyline(&chart.bars, (low, high), chart.is_log);
    let other =
        chart.outline.as_ref().map(|(_, bars)| skyline(bars, (low, high), chart.is_log)).unwrap_or_default();
    let tallest = all.iter().chain(&other).map(|corner| corner.1).fold(0.0, f64::max);
    let height = Linear::new((0.0, tallest.max(f64::MIN_POSITIVE)), (rect.bottom, rect.top));
    let place = |(x, y): Point| (value.place(x - shift), height.place(y));
    let description = match &chart.level {
        Some(level) => format!(
            "{}; {}; {}; {}; {}",
            chart.subtitle, chart.median_label, level.label, level.below, level.above
        ),
        None => format!("{}; {}", chart.subtitle, chart.median_label),
    };
    Canvas::document(sheet.size, &chart.title, &description, |canvas| {
        sheet.draw(canvas)?;
        draw_key(canvas, chart, rect)?;
        let part = |from: f64, to: f64, color, alpha| {
            let corners = skyline(&chart.bars, (from.max(low), to.min(high)), chart.is_log);
            let (Some(first), Some(last)) = (corners.first(), corners.last()) else { return Ok(()) };
            let feet = [place((last.0, 0.0)), place((first.0, 0.0))];
            canvas.area(corners.iter().map(|&corner| place(corner)).chain(feet), color, alpha)
        };
        match &chart.level {
            Some(level) => {
                let (short, met) = ((theme::ACCENT, SIDES.0), (theme::BLUE, SIDES.1));
                let (below, above) = if level.is_least { (short, met) } else { (met, short) };
                part(f64::NEG_INFINITY, level.value, below.0, below.1)?;
                part(level.value, f64::INFINITY, above.0, above.1)?;
            }
            None => part(f64::NEG_INFINITY, f64::INFINITY, theme::BLUE, SIDES.1 / 2.0)?,
        }
        let edge = Stroke { color: theme::BLUE, width: theme::HAIRLINE };
        canvas.line(all.iter().map(|&corner| place(corner)), edge)?;
        let outline: Vec<Point> = other.iter().map(|&corner| place(corner)).collect();
        canvas.dashed(&outline, (6.0, 4.0), Stroke { color: theme::INK, width: 1.4 })?;
        for (bar, told) in chart.bars.iter().zip(&chart.told) {
            let (from, to) = (bar.low.max(low), bar.high.min(high));
            if from < to {
                let (left, right) = (place((from, 0.0)).0, place((to, 0.0)).0);
                canvas.mark(Rect { left, right, top: rect.top, bottom: rect.bottom }, told.clone());
            }
        }
        sheet.draw_ground(canvas)?;
        let kind = Kind::of(&chart.figure);
        for (tick, label) in ticks(chart.is_log, (low - shift, high - shift), kind) {
            sheet.draw_tick(canvas, value.place(tick), &label, small)?;
        }
        draw_median(canvas, chart, rect, &value)?;
        draw_level(canvas, chart, rect, &value, (low, high))
    })
}

/// The ticks within `low..=high` with their labels.
fn ticks(is_log: bool, (low, high): (f64, f64), kind: Kind) -> Vec<(f64, String)> {
    let inside = |ticks: Ticks| -> Vec<(f64, String)> {
        let values = ticks.values.iter().filter(|tick| (low..=high).contains(*tick));
        values.map(|&tick| (tick, ticks.label(tick))).collect()
    };
    let ratios = if is_log { inside(Ticks::log(low, high, 12, kind)) } else { Vec::new() };
    // Over less than a decade there may be no more than one of 1, 2, 5: even steps then tell the scale.
    if ratios.len() < 3 { inside(Ticks::around(low, high, 10, kind)) } else { ratios }
}

/// What fill and outline are, above the plot at the left.
fn draw_key(canvas: &Canvas, chart: &DensityChart, rect: Rect) -> Result<(), ChartError> {
    let Some((other, _)) = &chart.outline else { return Ok(()) };
    let look = Type::plain(theme::LABEL, theme::INK);
    let y = rect.top - 4.0 * ROW + 4.0;
    let middle = y - theme::LABEL * 0.36;
    let sample = Rect { left: rect.left, right: rect.left + 26.0, top: middle - 6.0, bottom: middle + 6.0 };
    if chart.level.is_some() {
        let half = (sample.left + sample.right) / 2.0;
        canvas.rectangle(Rect { right: half, ..sample }, theme::ACCENT, SIDES.0)?;
        canvas.rectangle(Rect { left: half, ..sample }, theme::BLUE, SIDES.1)?;
    } else {
        canvas.rectangle(sample, theme::BLUE, SIDES.1 / 2.0)?;
    }
    let edge = Stroke { color: theme::BLUE, width: theme::HAIRLINE };
    canvas.line([(sample.left, sample.top), (sample.right, sample.top)], edge)?;
    canvas.text(&chart.name, (sample.right + theme::GAP, y), Anchor::Left, look)?;
    let left = sample.right + 4.0 * theme::GAP + look.width(&chart.name);
    let stroke = Stroke { color: theme::INK, width: 1.4 };
    canvas.dashes((left, middle), (left + 26.0, middle), (6.0, 4.0), stroke)?;
    canvas.text(other, (left + 26.0 + theme::GAP, y), Anchor::Left, look)
}

/// `x` moved so that a text of `width` anchored at its middle stays within the picture.
fn within(x: f64, width: f64, rect: Rect) -> f64 {
    let half = width / 2.0;
    x.max(rect.left + half).min((rect.right - half).max(rect.left + half))
}

fn draw_median(canvas: &Canvas, chart: &DensityChart, rect: Rect, value: &Linear) -> Result<(), ChartError> {
    let look = Type::bold(theme::LABEL, theme::BLUE);
    let x = value.place(chart.median).clamp(rect.left, rect.right);
    let stroke = Stroke { color: theme::BLUE, width: theme::LINE_WIDTH };
    canvas.line([(x, rect.top - 4.0), (x, rect.bottom)], stroke)?;
    let width = look.width(&chart.median_label);
    let middle = within(x, width, rect);
    // The line of the target runs through this row: the label keeps to its own side of it.
    let target = chart.level.as_ref().map(|level| value.place(level.value - chart.shift()));
    let half = width / 2.0;
    let middle = match target.filter(|target| (target - middle).abs() < half + theme::GAP) {
        Some(target) => {
            let (left, right) = (target - theme::GAP - half, target + theme::GAP + half);
            let fits = |middle: f64| middle - half >= rect.left && middle + half <= rect.right;
            let (near, far) = if target > x { (left, right) } else { (right, left) };
            if fits(near) || !fits(far) { near.max(rect.left + half) } else { far }
        }
        None => middle,
    };
    canvas.text(&chart.median_label, (middle, rect.top - 10.0), Anchor::Middle, look)
}

fn draw_level(
    canvas: &Canvas,
    chart: &DensityChart,
    rect: Rect,
    value: &Linear,
    (low, high): (f64, f64),
) -> Result<(), ChartError> {
    let Some(level) = &chart.level else { return Ok(()) };
    let look = Type::bold(theme::LABEL, theme::ACCENT);
    let plain = Type::plain(theme::LABEL, theme::INK);
    let (upper, lower) = (rect.top - 3.0 * ROW + 8.0, rect.top - 2.0 * ROW + 8.0);
    let is_inside = (low..=high).contains(&level.value);
    // Of whole things, the line stands between the last that is too few and the first that is enough.
    let x = value.place(level.value - chart.shift()).clamp(rect.left, rect.right);
    let (below, above) = (plain.width(&level.below), plain.width(&level.above));
    let gap = 2.0 * theme::GAP;
    // Both stand beside the line, or as near to it as the picture allows.
    let left = (x - theme::GAP - below).max(rect.left).min(rect.right - above - gap - below);
    let right = (x + theme::GAP).max(left + below + gap).min(rect.right - above);
    if is_inside {
        let stroke = Stroke { color: theme::ACCENT, width: theme::LINE_WIDTH };
        // Where the words cannot stand beside the line, it begins below them.
        let top = if left + below < x && x < right { lower - theme::LABEL } else { lower + 7.0 };
        canvas.dashes((x, top), (x, rect.bottom), (8.0, 5.0), stroke)?;
    }
    let label = if is_inside { level.label.clone() } else { format!("{} · {}", level.label, chart.beyond) };
    canvas.text(&label, (within(x, look.width(&label), rect), upper), Anchor::Middle, look)?;
    canvas.text(&level.below, (left, lower), Anchor::Left, plain)?;
    canvas.text(&level.above, (right, lower), Anchor::Left, plain)
}

#[cfg(test)]
mod tests;
