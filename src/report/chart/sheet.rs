//! What charts with one plot share: title, plot, source line, and the grid behind the data.

use super::ChartError;
use super::canvas::{Anchor, Canvas, Point, Rect, Stroke, Type};
use super::fan::Header;
use super::font::Weight;
use super::scale::{Linear, Ticks};
use super::theme;

/// Width of the picture in points.
pub const WIDTH: f64 = 1000.0;

/// The places of a chart with one plot.
pub struct Sheet {
    /// The plot.
    pub rect: Rect,
    /// Width and height of the picture.
    pub size: Point,
    header: Header,
    source: Vec<String>,
    source_baseline: f64,
}

/// Room around a plot, in points.
#[derive(Clone, Copy, Debug, Default)]
pub struct Room {
    /// Left of it, for the labels of the axis.
    pub left: f64,
    /// Right of it, for the labels at the ends of lines.
    pub right: f64,
    /// Between the subtitle and it.
    pub above: f64,
    /// Height of the plot.
    pub height: f64,
}

impl Sheet {
    const SMALL: Type = Type { size: theme::SMALL, weight: Weight::Regular, color: theme::MUTED };

    /// The sheet with this title, subtitle and source, and `room` around the plot; below it stand the labels of the
    /// horizontal axis.
    pub fn new(title: &str, subtitle: &str, source: &str, room: Room) -> Self {
        let header = Header::new(title, subtitle, WIDTH);
        let source = Self::SMALL.lines(source, WIDTH - 2.0 * theme::MARGIN);
        let top = header.bottom + room.above;
        let rect = Rect {
            left: theme::MARGIN + room.left,
            right: WIDTH - theme::MARGIN - room.right,
            top,
            bottom: top + room.height,
        };
        let source_baseline = rect.bottom + 2.0 * Self::SMALL.leading() + 14.0;
        let height =
            source_baseline + Self::SMALL.leading() * (source.len() as f64 - 1.0) + theme::MARGIN * 0.7;
        Self { rect, size: (WIDTH, height), header, source, source_baseline }
    }

    /// The width that the labels of `ticks` need left of a plot.
    pub fn axis_width(ticks: &Ticks) -> f64 {
        let widths = ticks.values.iter().map(|&tick| Self::SMALL.width(&ticks.label(tick)));
        widths.fold(0.0, f64::max) + theme::GAP
    }

    /// Title, subtitle and source.
    pub fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        self.draw_shifted(canvas, 0.0)
    }

    /// The same with the source lower by `shift`, for charts with a name below the horizontal axis.
    pub fn draw_shifted(&self, canvas: &Canvas, shift: f64) -> Result<(), ChartError> {
        self.header.draw(canvas)?;
        canvas.paragraph(&self.source, (theme::MARGIN, self.source_baseline + shift), Self::SMALL)
    }

    /// Horizontal grid lines with their labels.
    pub fn draw_values(&self, canvas: &Canvas, ticks: &Ticks, axis: &Linear) -> Result<(), ChartError> {
        for &tick in &ticks.values {
            let y = axis.place(tick);
            let color = if tick == 0.0 { theme::AXIS } else { theme::GRID };
            let stroke = Stroke { color, width: theme::HAIRLINE };
            canvas.line([(self.rect.left, y), (self.rect.right, y)], stroke)?;
            let at = (self.rect.left - theme::GAP, y + theme::SMALL * 0.36);
            canvas.text(&ticks.label(tick), at, Anchor::Right, Self::SMALL)?;
        }
        Ok(())
    }

    /// A tick of the horizontal axis at `x` with its label.
    pub fn draw_tick(&self, canvas: &Canvas, x: f64, label: &str, look: Type) -> Result<(), ChartError> {
        let mark = [(x, self.rect.bottom), (x, self.rect.bottom + 4.0)];
        canvas.line(mark, Stroke { color: theme::AXIS, width: theme::HAIRLINE })?;
        canvas.text(label, (x, self.rect.bottom + theme::SMALL + theme::GAP), Anchor::Middle, look)
    }

    /// The line on which the plot stands.
    pub fn draw_ground(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let ends = [(self.rect.left, self.rect.bottom), (self.rect.right, self.rect.bottom)];
        canvas.line(ends, Stroke { color: theme::AXIS, width: theme::HAIRLINE })
    }

    /// A leader from the height `from` at the right edge to a label at the height `to`, when they differ visibly.
    pub fn draw_leader(&self, canvas: &Canvas, from: f64, to: f64) -> Result<(), ChartError> {
        if (from - to).abs() < 3.0 {
            return Ok(());
        }
        let stroke = Stroke { color: theme::AXIS, width: theme::HAIRLINE };
        let right = self.rect.right;
        canvas.line([(right + 2.0, from), (right + LABEL_SHIFT - 3.0, to)], stroke)
    }
}

/// Distance of labels at the ends of lines from the plot.
pub const LABEL_SHIFT: f64 = 26.0;
