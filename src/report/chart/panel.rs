//! The inside of a fan chart: axes, bands, lines and the labels that must find a free place among them.

mod free;

use super::ChartError;
use super::canvas::{Anchor, Canvas, Point, Rect, Stroke, Type};
use super::fan::{FanChart, TargetLine};
use super::scale::{Kind, Linear, Ticks, year_ticks};
use super::theme;
use crate::text::Text;

/// Radius of the ring at the target's year.
const RING: f64 = theme::DOT + 2.2;
/// Shares of the plot that the name of a target beyond it may take, one after the other until it covers no data.
const FAR_WIDTHS: [f64; 3] = [0.9, 0.62, 0.42];

/// Height of `lines` lines of text.
pub fn block_height(lines: usize, look: Type) -> f64 {
    look.leading() * lines as f64
}

/// Says that a target is not drawn because it lies beyond the axis.
pub fn beyond() -> Text {
    Text::new("超出图的范围", "beyond the picture")
}

/// Whether a target is so far beyond the `largest` value of a proportional axis that it is named, not drawn.
pub fn is_far(target: f64, largest: f64) -> bool {
    largest != 0.0 && target.abs() > largest.abs() * FAR
}

/// The years and values that one or several charts cover together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    years: (i32, i32),
    values: (f64, f64),
    anchor: i32,
    kind: Kind,
    is_wide: bool,
}

/// Ratio of a band's edges in one year from which on a logarithmic axis is used.
const WIDE: f64 = 100.0;
/// A target farther than this many times the largest value would press all data to the ground: it is named, not drawn.
const FAR: f64 = 4.0;
/// The same on a logarithmic axis, which has more room.
const FAR_LOG: f64 = 100.0;

impl Extent {
    /// The common extent of `charts`, each of which is checked first.
    pub fn of<'a>(charts: impl IntoIterator<Item = &'a FanChart>) -> Result<Self, ChartError> {
        let mut years = (i32::MAX, i32::MIN);
        let mut values = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut anchor, mut kind, mut is_wide) = (None, None, false);
        let mut targets = Vec::new();
        for chart in charts {
            chart.validate()?;
            targets.extend(chart.target.as_ref().map(|target| target.value));
            kind = kind.or(Some(Kind::of(&chart.figure)));
            let edges = chart.bands.first().into_iter().flat_map(|band| band.low.iter().zip(&band.high));
            is_wide |= edges.into_iter().any(|(low, high)| *high >= WIDE * low);
            if let Some(target) = &chart.target {
                years = (years.0.min(target.year), years.1.max(target.year));
            }
            let projected = chart.years.iter().copied().zip(chart.median.iter().copied());
            for (year, value) in chart.record.iter().copied().chain(projected) {
                years = (years.0.min(year), years.1.max(year));
                values = (values.0.min(value), values.1.max(value));
            }
            for &value in chart.bands.iter().flat_map(|band| band.low.iter().chain(&band.high)) {
                values = (values.0.min(value), values.1.max(value));
            }
            anchor = anchor.or(chart.target.as_ref().map(|target| target.year));
        }
        let anchor = anchor.unwrap_or(years.1);
        let mut extent = Self { years, values, anchor, kind: kind.unwrap_or_default(), is_wide };
        let (is_log, largest) = (extent.is_log(), values.0.abs().max(values.1.abs()));
        let is_near = |target: &f64| match is_log {
            true => *target >= values.0 / FAR_LOG && *target <= values.1 * FAR_LOG,
            false => !is_far(*target, largest),
        };
        for target in targets.into_iter().filter(is_near) {
            extent.values = (extent.values.0.min(target), extent.values.1.max(target));
        }
        Ok(extent)
    }

    /// Whether the values need a logarithmic axis: a band spans two orders of magnitude in one year, and nothing is
    /// zero or below it, nor a number of things.
    pub fn is_log(&self) -> bool {
        self.is_wide && self.values.0 > 0.0 && self.kind != Kind::Whole
    }

    /// Value ticks that enclose the extent, and zero unless the axis is logarithmic.
    pub fn ticks(&self, max_steps: usize) -> Ticks {
        if self.is_log() {
            Ticks::log(self.values.0, self.values.1, max_steps, self.kind)
        } else {
            Ticks::of_kind(self.values.0, self.values.1, max_steps, self.kind)
        }
    }

    /// The same years with values up to those of `other`, for panels on one scale.
    pub fn with_values_of(self, other: Self) -> Self {
        Self { values: other.values, is_wide: other.is_wide, ..self }
    }
}

/// The axes of one panel.
pub struct Frame {
    /// The plot itself.
    pub rect: Rect,
    /// From values to places.
    pub value: Linear,
    year: Linear,
    ticks: Ticks,
    year_ticks: Vec<i32>,
}

impl Frame {
    /// Axes over `extent` within `rect`.
    pub fn new(rect: Rect, extent: &Extent, ticks: Ticks) -> Self {
        let (first, last) = extent.years;
        let label_width = Type::plain(theme::SMALL, theme::MUTED).width("2030") + 10.0;
        Self {
            value: ticks.axis((rect.bottom, rect.top)),
            year: Linear::new((f64::from(first), f64::from(last)), (rect.left + theme::GAP, rect.right)),
            year_ticks: year_ticks(first, last, extent.anchor, rect.right - rect.left, label_width),
            rect,
            ticks,
        }
    }

    fn at(&self, year: i32, value: f64) -> Point {
        (self.year.place(f64::from(year)), self.value.place(value))
    }

    /// Grid lines, zero line, years, and (if `with_values`) the labels of the values.
    pub fn draw_axes(
        &self,
        canvas: &Canvas,
        with_values: bool,
        target: Option<&TargetLine>,
    ) -> Result<(), ChartError> {
        let small = Type::plain(theme::SMALL, theme::MUTED);
        for &tick in &self.ticks.values {
            let y = self.value.place(tick);
            let color = if tick == 0.0 || (self.ticks.is_log && tick == self.ticks.span().0) {
                theme::AXIS
            } else {
                theme::GRID
            };
            canvas.line(
                [(self.rect.left, y), (self.rect.right, y)],
                Stroke { color, width: theme::HAIRLINE },
            )?;
            if with_values {
                let label = self.ticks.label(tick);
                canvas.text(
                    &label,
                    (self.rect.left - theme::GAP, y + theme::SMALL * 0.36),
                    Anchor::Right,
                    small,
                )?;
            }
        }
        for &year in &self.year_ticks {
            let x = self.year.place(f64::from(year));
            let look = match target {
                Some(target) if target.year == year => Type::bold(theme::SMALL, theme::ACCENT),
                _ => small,
            };
            let mark = [(x, self.rect.bottom), (x, self.rect.bottom + 4.0)];
            canvas.line(mark, Stroke { color: theme::AXIS, width: theme::HAIRLINE })?;
            let baseline = self.rect.bottom + theme::SMALL + theme::GAP;
            canvas.text(&year.to_string(), (x, baseline), Anchor::Middle, look)?;
        }
        Ok(())
    }

    /// Bands, median and record.
    pub fn draw_fan(&self, canvas: &Canvas, chart: &FanChart) -> Result<(), ChartError> {
        let path = |values: &[f64]| -> Vec<Point> {
            chart.years.iter().zip(values).map(|(&year, &value)| self.at(year, value)).collect()
        };
        for (index, band) in chart.bands.iter().enumerate() {
            let outline = path(&band.high).into_iter().chain(path(&band.low).into_iter().rev());
            canvas.area(outline, theme::BLUE, theme::band_alpha(index))?;
        }
        canvas.line(path(&chart.median), Stroke { color: theme::BLUE, width: theme::MEDIAN_WIDTH })?;
        let record: Vec<Point> = chart.record.iter().map(|&(year, value)| self.at(year, value)).collect();
        let (color, radius) =
            if chart.is_other_record { (theme::MUTED, theme::DOT + 1.0) } else { (theme::INK, theme::DOT) };
        if record.len() > 1 && !chart.is_other_record {
            canvas.line(record.iter().copied(), Stroke { color, width: theme::LINE_WIDTH })?;
        }
        record.into_iter().try_for_each(|at| canvas.dot(at, radius, color, chart.is_other_record))?;
        self.mark_years(canvas, chart);
        Ok(())
    }

    /// The values of every year, for readers who point at it.
    fn mark_years(&self, canvas: &Canvas, chart: &FanChart) {
        let mut years: Vec<i32> = chart.years.clone();
        years.extend(chart.record.iter().map(|&(year, _)| year));
        years.sort_unstable();
        years.dedup();
        let places: Vec<f64> = years.iter().map(|&year| self.year.place(f64::from(year))).collect();
        for (index, &year) in years.iter().enumerate() {
            let half = |neighbour: Option<&f64>| neighbour.map(|x| (x + places[index]) / 2.0);
            let before = index.checked_sub(1).and_then(|before| places.get(before));
            let left = half(before).unwrap_or(self.rect.left);
            let right = half(places.get(index + 1)).unwrap_or(self.rect.right);
            let place = Rect { left, right, top: self.rect.top, bottom: self.rect.bottom };
            canvas.mark(place, chart.told(year));
        }
    }

    /// The target line, its ring and (if `with_label`) its label; returns the place of the label.
    pub fn draw_target(
        &self,
        canvas: &Canvas,
        chart: &FanChart,
        with_label: bool,
    ) -> Result<Option<Rect>, ChartError> {
        let Some(target) = &chart.target else { return Ok(None) };
        let (low, high) = self.ticks.span();
        if !(low..=high).contains(&target.value) {
            return if with_label { self.name_far_target(canvas, chart, target) } else { Ok(None) };
        }
        let at = self.at(target.year, target.value);
        let line = Stroke { color: theme::ACCENT, width: theme::LINE_WIDTH };
        canvas.dashes((self.rect.left, at.1), (self.rect.right, at.1), (8.0, 5.0), line)?;
        let drop = Stroke { color: theme::ACCENT, width: theme::HAIRLINE };
        canvas.dashes((at.0, at.1 + 7.0), (at.0, self.value.ground()), (2.0, 5.0), drop)?;
        let ring = || canvas.dot(at, RING, theme::ACCENT, true);
        if !with_label {
            return ring().map(|()| None);
        }
        let look = Type::bold(theme::LABEL, theme::ACCENT);
        let parts = [target.label.as_str(), target.note.as_str()];
        let lines = free::lines_of(&parts, (self.rect.right - self.rect.left) * 0.62, look);
        let place = self.free_place(chart, at, &lines, look).unwrap_or_else(|fallback| fallback);
        canvas.rectangle(place, theme::GROUND, theme::VEIL)?;
        canvas.paragraph(&lines, (place.left, place.top + look.size), look)?;
        // Over the ground of the label, which may reach it.
        ring()?;
        Ok(Some(place))
    }

    /// The label of a target beyond the axis, at the edge beyond which it lies.
    fn name_far_target(
        &self,
        canvas: &Canvas,
        chart: &FanChart,
        target: &TargetLine,
    ) -> Result<Option<Rect>, ChartError> {
        let look = Type::bold(theme::LABEL, theme::ACCENT);
        let beyond = beyond();
        let parts = [target.label.as_str(), target.note.as_str(), beyond.get(chart.lang)];
        let is_above = target.value > self.ticks.span().1;
        let width = self.rect.right - self.rect.left;
        // lower and narrower where the whole breadth would lie over the data
        let mut tried = FAR_WIDTHS.map(|share| {
            let lines = free::lines_of(&parts, width * share, look);
            let tall = block_height(lines.len(), look);
            let edge = if is_above { self.rect.top } else { self.rect.bottom - tall };
            (self.free_place(chart, (f64::NEG_INFINITY, edge), &lines, look), lines)
        });
        let found = tried.iter().position(|(place, _)| place.is_ok()).unwrap_or(0);
        let (place, lines) = std::mem::replace(&mut tried[found], (Err(self.rect), Vec::new()));
        let place = place.unwrap_or_else(|fallback| {
            // above the plot there is room for one line; more would meet the heading
            let down = if lines.len() > 1 { (self.rect.top + 2.0 - fallback.top).max(0.0) } else { 0.0 };
            Rect { top: fallback.top + down, bottom: fallback.bottom + down, ..fallback }
        });
        canvas.rectangle(place, theme::GROUND, theme::VEIL)?;
        canvas.paragraph(&lines, (place.left, place.top + look.size), look)?;
        Ok(Some(place))
    }

    /// A thin line from the height `from` at the right edge to a label at the height `to`, when they differ
    /// visibly.
    pub fn draw_leader(&self, canvas: &Canvas, from: f64, to: f64) -> Result<(), ChartError> {
        if (from - to).abs() < 3.0 {
            return Ok(());
        }
        let stroke = Stroke { color: theme::AXIS, width: theme::HAIRLINE };
        canvas.line([(self.rect.right + 2.0, from), (self.rect.right + 2.0 * theme::GAP - 3.0, to)], stroke)
    }
}
