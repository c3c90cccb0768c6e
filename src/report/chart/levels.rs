//! Points by two figures: a gain across, with its interval, and a cost upwards; names at the left, never over each other.
//!
//! What has no cost stands in rows of its own below, on the same axis across.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Drawing, Point, Rect, Stroke, Type};
use super::marker::{self, Shape};
use super::page::{Page, WIDTH, Words, check};
use super::{ChartError, labels, theme};
use crate::math;

/// The widest a name may be before it wraps.
const NAME_WIDTH: f64 = 330.0;
/// Width of the zone in which leaders run from the names to their heights.
const LEADERS: f64 = 40.0;
/// The least height of the plot.
const LEAST_HEIGHT: f64 = 260.0;
/// Distance between two names.
const NAME_GAP: f64 = 6.0;

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// Title, subtitle, notes, source.
    pub words: Words,
    /// The axis across, which must hold all intervals.
    pub across: Axis,
    /// Below it.
    pub across_label: String,
    /// The axis upwards, which must hold all levels; its ends are ticks.
    pub upwards: Axis,
    /// Above it.
    pub upwards_label: String,
    /// Whether the axis upwards is logarithmic; its values are then above 0.
    pub logarithmic: bool,
    /// Heading of the rows without a level.
    pub without: String,
    /// Points.
    pub points: Vec<Mark>,
}

/// One point.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Mark {
    /// Name.
    pub name: String,
    /// Its figures, below the name.
    pub figures: String,
    /// Place across.
    pub value: f64,
    /// Interval of it.
    pub interval: (f64, f64),
    /// Place upwards; `None` if it has none.
    pub level: Option<f64>,
    /// Form of the mark.
    pub shape: Shape,
}

/// A name with its figures, broken into lines.
struct Label<'a> {
    mark: &'a Mark,
    name: Vec<String>,
    figures: Vec<String>,
}

/// The chart.
///
/// # Errors
/// [`ChartError::Nothing`] without a point; [`ChartError::Figure`] when a value is not finite, or not above 0 on a
/// logarithmic axis.
pub fn render(chart: &Levels) -> Result<Drawing, ChartError> {
    let title = &chart.words.title;
    for mark in &chart.points {
        let level = mark.level.unwrap_or(1.0);
        check(title, &mark.name, &[mark.value, mark.interval.0, mark.interval.1, level])?;
        if chart.logarithmic && level <= 0.0 {
            return Err(ChartError::Figure { chart: title.clone(), item: mark.name.clone() });
        }
    }
    if chart.points.is_empty() {
        return Err(ChartError::Nothing { chart: title.clone() });
    }
    let page = Page::new(&chart.words);
    let layout = Layout::of(chart, page.top());
    page.draw(layout.bottom + 2.0 * theme::SMALL + 14.0, &chart.description(), |canvas| {
        layout.draw_axes(canvas, chart)?;
        layout.draw_levelled(canvas, chart)?;
        layout.draw_rows(canvas, chart)
    })
}

impl Levels {
    /// The content for readers who cannot see the picture.
    fn description(&self) -> String {
        let marks = self.points.iter().map(sentence);
        std::iter::once(self.words.subtitle.clone()).chain(marks).collect::<Vec<_>>().join("; ")
    }
}

fn sentence(mark: &Mark) -> String {
    format!("{}: {}", mark.name, mark.figures)
}

struct Layout<'a> {
    levelled: Vec<Label<'a>>,
    rows: Vec<Label<'a>>,
    names: f64,
    plot: Rect,
    /// Where the rows without a level begin.
    rows_top: f64,
    bottom: f64,
}

impl<'a> Layout<'a> {
    fn of(chart: &'a Levels, top: f64) -> Self {
        let widest = |look: Type, texts: &mut dyn Iterator<Item = &str>| {
            texts.map(|text| look.width(text)).fold(0.0, f64::max)
        };
        let names = widest(name_look(), &mut chart.points.iter().map(|mark| mark.name.as_str()))
            .max(widest(small(), &mut chart.points.iter().map(|mark| mark.figures.as_str())))
            .clamp(120.0, NAME_WIDTH);
        let label = |mark: &'a Mark| Label {
            mark,
            name: name_look().lines(&mark.name, names),
            figures: small().lines(&mark.figures, names),
        };
        let (levelled, rows): (Vec<_>, Vec<_>) =
            chart.points.iter().map(label).partition(|label| label.mark.level.is_some());
        let ticks = widest(small(), &mut chart.upwards.ticks.iter().map(|tick| tick.1.as_str()));
        let left = theme::MARGIN + names + LEADERS + theme::GAP;
        let right = WIDTH - theme::MARGIN - ticks - theme::GAP;
        let head = if levelled.is_empty() { 0.0 } else { theme::SMALL + theme::GAP };
        let needed: f64 = levelled.iter().map(|label| label.height() + NAME_GAP).sum();
        let height = if levelled.is_empty() { 0.0 } else { needed.max(LEAST_HEIGHT) };
        let plot = Rect { left, top: top + head, right, bottom: top + head + height };
        let heading = if rows.is_empty() { 0.0 } else { name_look().leading() + 14.0 };
        let rows_top = plot.bottom + heading;
        let bottom = rows_top + rows.iter().map(|label| label.height() + NAME_GAP).sum::<f64>();
        Self { levelled, rows, names, plot, rows_top, bottom }
    }

    fn draw_axes(&self, canvas: &Canvas, chart: &Levels) -> Result<(), ChartError> {
        let all = Rect { bottom: self.bottom, ..self.plot };
        chart.across.draw(canvas, all, false)?;
        let middle = (all.left + all.right) / 2.0;
        let below = self.bottom + 2.0 * theme::SMALL + 12.0;
        canvas.text(&chart.across_label, (middle, below), Anchor::Middle, small())?;
        if self.levelled.is_empty() {
            return Ok(());
        }
        let head = (WIDTH - theme::MARGIN, self.plot.top - theme::GAP);
        canvas.text(&chart.upwards_label, head, Anchor::Right, small())?;
        for (value, label) in &chart.upwards.ticks {
            let y = self.height_of(chart, *value);
            let color = if *value == 0.0 { theme::AXIS } else { theme::GRID };
            let line = [(self.plot.left, y), (self.plot.right, y)];
            canvas.line(line, Stroke { color, width: theme::HAIRLINE })?;
            let at = (self.plot.right + theme::GAP, y + theme::SMALL * 0.36);
            canvas.text(label, at, Anchor::Left, small())?;
        }
        Ok(())
    }

    fn height_of(&self, chart: &Levels, level: f64) -> f64 {
        let (low, high) = chart.upwards.span();
        // half a name of room keeps the outermost ones inside
        let (from, to) = (self.plot.bottom - 12.0, self.plot.top + 12.0);
        let warp = |value: f64| if chart.logarithmic { math::ln(value) } else { value };
        let (low, high) = (warp(low), warp(high));
        let part = if high > low { (warp(level) - low) / (high - low) } else { 0.5 };
        from + part * (to - from)
    }

    fn draw_levelled(&self, canvas: &Canvas, chart: &Levels) -> Result<(), ChartError> {
        let heights: Vec<f64> = self
            .levelled
            .iter()
            .map(|label| self.height_of(chart, label.mark.level.unwrap_or(0.0)))
            .collect();
        let tall: Vec<f64> = self.levelled.iter().map(|label| label.height() + NAME_GAP).collect();
        let places = labels::spread_tall(&heights, &tall, (self.plot.top, self.plot.bottom));
        let leader = Stroke { color: theme::AXIS, width: theme::HAIRLINE };
        for ((label, &height), &place) in self.levelled.iter().zip(&heights).zip(&places) {
            let from = (theme::MARGIN + self.names + 4.0, place);
            let x = self.x(chart, label.mark.interval.0.min(label.mark.value));
            canvas.line([from, (self.plot.left - 4.0, height), (x, height)], leader)?;
        }
        for ((label, &height), &place) in self.levelled.iter().zip(&heights).zip(&places) {
            self.draw_label(canvas, label, place)?;
            self.draw_mark(canvas, chart, label.mark, height)?;
        }
        Ok(())
    }

    fn draw_rows(&self, canvas: &Canvas, chart: &Levels) -> Result<(), ChartError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let look = Type::bold(theme::LABEL, theme::INK);
        let line = self.plot.bottom + 2.0;
        if !self.levelled.is_empty() {
            let stroke = Stroke { color: theme::AXIS, width: theme::HAIRLINE };
            canvas.line([(theme::MARGIN, line), (WIDTH - theme::MARGIN, line)], stroke)?;
        }
        canvas.text(&chart.without, (theme::MARGIN, self.rows_top - 7.0), Anchor::Left, look)?;
        let mut top = self.rows_top;
        for label in &self.rows {
            let height = label.height() + NAME_GAP;
            let middle = top + height / 2.0;
            let guide = Stroke { color: theme::GRID, width: theme::HAIRLINE };
            canvas.line([(self.plot.left, middle), (self.plot.right, middle)], guide)?;
            self.draw_label(canvas, label, middle)?;
            self.draw_mark(canvas, chart, label.mark, middle)?;
            top += height;
        }
        Ok(())
    }

    fn x(&self, chart: &Levels, value: f64) -> f64 {
        chart.across.scale(self.plot.left, self.plot.right).place(value)
    }

    fn draw_label(&self, canvas: &Canvas, label: &Label<'_>, middle: f64) -> Result<(), ChartError> {
        let top = middle - label.height() / 2.0;
        canvas.paragraph(&label.name, (theme::MARGIN, top + theme::LABEL * 1.05), name_look())?;
        let below = top + name_look().leading() * label.name.len() as f64;
        canvas.paragraph(&label.figures, (theme::MARGIN, below + theme::SMALL * 1.05), small())
    }

    fn draw_mark(&self, canvas: &Canvas, chart: &Levels, mark: &Mark, y: f64) -> Result<(), ChartError> {
        let at: Point = (self.x(chart, mark.value), y);
        let (low, high) = (self.x(chart, mark.interval.0), self.x(chart, mark.interval.1));
        let color = if mark.value < 0.0 { theme::ACCENT } else { theme::BLUE };
        marker::whisker(canvas, (low, high), at, color)?;
        marker::draw(canvas, at, mark.shape, color)?;
        let (left, right) = (low.min(at.0) - 6.0, high.max(at.0) + 6.0);
        canvas.mark(Rect { left, top: y - 9.0, right, bottom: y + 9.0 }, sentence(mark));
        Ok(())
    }
}

impl Label<'_> {
    fn height(&self) -> f64 {
        name_look().leading() * self.name.len() as f64 + small().leading() * self.figures.len() as f64
    }
}

fn name_look() -> Type {
    Type::plain(theme::LABEL, theme::INK)
}

fn small() -> Type {
    Type::plain(theme::SMALL, theme::MUTED)
}
