//! A drawing surface in fractional points over the SVG backend of plotters, which knows whole pixels only.

use std::cell::RefCell;

use plotters::coord::Shift;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::{DrawingArea, IntoDrawingArea, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, RGBColor, ShapeStyle, TextStyle};

use super::error::ChartError;
use super::font::{self, Weight};
use super::theme;
use crate::report::wrap::{latin, printable};

/// Pixels of the backend per point: places are then exact to a tenth of a point.
const FINENESS: f64 = 10.0;
/// plotters divides the size of a font by this before it writes it.
const FONT_SIZE_FACTOR: f64 = 1.24;
/// plotters shifts text that hangs from its top down by this share of its size.
const TOP_SHIFT: f64 = 0.76;

/// A place or a size in points, y downwards.
pub type Point = (f64, f64);

/// A rectangle in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

/// Colour, width and opacity of a line.
#[derive(Clone, Copy, Debug)]
pub struct Stroke {
    /// Colour.
    pub color: RGBColor,
    /// Width in points.
    pub width: f64,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    /// Size in points.
    pub size: f64,
    /// Weight.
    pub weight: Weight,
    /// Colour.
    pub color: RGBColor,
}

impl Type {
    /// Plain text.
    pub fn plain(size: f64, color: RGBColor) -> Self {
        Self { size, weight: Weight::Regular, color }
    }

    /// Bold text.
    pub fn bold(size: f64, color: RGBColor) -> Self {
        Self { size, weight: Weight::Bold, color }
    }

    /// Width of `text` in this type.
    pub fn width(&self, text: &str) -> f64 {
        font::width(&latin(text), self.size, self.weight)
    }

    /// `text` in lines of at most `max_width`.
    pub fn lines(&self, text: &str, max_width: f64) -> Vec<String> {
        font::lines(&latin(text), max_width, self.size, self.weight)
    }

    /// Distance between the baselines of two lines.
    pub fn leading(&self) -> f64 {
        self.size * theme::LEADING
    }
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Left,
    /// Its middle.
    Middle,
    /// Its right end.
    Right,
}

/// A finished picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// The SVG document with real text; the same bytes for the same picture, always.
    pub svg: String,
    /// Width and height in points.
    pub size: Point,
    /// Places that tell their values when pointed at, in drawing order.
    pub marks: Vec<Mark>,
}

/// A place of a picture with what it stands for, for readers who point at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The place, in points.
    pub place: Rect,
    /// What it shows, e.g. `2027年 中位数 1,830亿元`.
    pub text: String,
}

/// Draws one picture; collects the document in memory.
pub struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    marks: RefCell<Vec<Mark>>,
}

impl Canvas<'_> {
    /// The SVG document of `size` points that `draw` makes, with `title` and `description` for readers who
    /// cannot see it.
    pub fn document(
        (width, height): Point,
        title: &str,
        description: &str,
        draw: impl FnOnce(&Canvas) -> Result<(), ChartError>,
    ) -> Result<Drawing, ChartError> {
        let mut document = String::new();
        let marks = {
            let size = (pixels(width).unsigned_abs(), pixels(height).unsigned_abs());
            let area = SVGBackend::with_string(&mut document, size).into_drawing_area();
            let canvas = Canvas { area, marks: RefCell::default() };
            canvas.rectangle(
                Rect { left: 0.0, top: 0.0, right: width, bottom: height },
                theme::GROUND,
                1.0,
            )?;
            draw(&canvas)?;
            canvas.area.present().map_err(backend_error)?;
            canvas.marks.into_inner()
        };
        let body = document.find('>').map_or("", |end| &document[end + 1..]);
        let svg = format!(
            "{}{}{body}",
            format_args!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" \
                 role=\"img\" stroke-linejoin=\"round\" stroke-linecap=\"round\">",
                pixels(width),
                pixels(height)
            ),
            super::svg::description(title, description),
        );
        Ok(Drawing { svg, size: (width, height), marks })
    }

    /// Remembers that `place` stands for `text`; draws nothing.
    pub fn mark(&self, place: Rect, text: impl Into<String>) {
        self.marks.borrow_mut().push(Mark { place, text: text.into() });
    }

    /// A line through `points`.
    pub fn line(&self, points: impl IntoIterator<Item = Point>, stroke: Stroke) -> Result<(), ChartError> {
        let points: Vec<_> = points.into_iter().map(place).collect();
        self.area.draw(&PathElement::new(points, style(stroke))).map_err(backend_error)
    }

    /// A straight line of dashes: `dash` drawn, `pause` left out, in points.
    pub fn dashes(
        &self,
        from: Point,
        to: Point,
        (dash, pause): Point,
        stroke: Stroke,
    ) -> Result<(), ChartError> {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt();
        let at = |distance: f64| {
            let part = if length > 0.0 { (distance / length).min(1.0) } else { 0.0 };
            (from.0 + dx * part, from.1 + dy * part)
        };
        let mut start = 0.0;
        while start < length {
            self.line([at(start), at(start + dash)], stroke)?;
            start += dash + pause;
        }
        Ok(())
    }

    /// A line of dashes through `points`; the dashes run on around its corners.
    pub fn dashed(&self, points: &[Point], (dash, pause): Point, stroke: Stroke) -> Result<(), ChartError> {
        let (mut is_drawn, mut left) = (true, dash);
        let mut piece: Vec<Point> = points.first().copied().into_iter().collect();
        for pair in points.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let length = (dx * dx + dy * dy).sqrt();
            let mut done = 0.0;
            while length - done > left {
                done += left;
                let at = (from.0 + dx * done / length, from.1 + dy * done / length);
                if is_drawn {
                    piece.push(at);
                    self.line(piece.drain(..), stroke)?;
                }
                is_drawn = !is_drawn;
                left = if is_drawn { dash } else { pause };
                piece = vec![at];
            }
            left -= length - done;
            if is_drawn {
                piece.push(to);
            }
        }
        if is_drawn && piece.len() > 1 { self.line(piece, stroke) } else { Ok(()) }
    }

    /// A filled area.
    pub fn area(
        &self,
        points: impl IntoIterator<Item = Point>,
        color: RGBColor,
        alpha: f64,
    ) -> Result<(), ChartError> {
        let points: Vec<_> = points.into_iter().map(place).collect();
        self.area.draw(&Polygon::new(points, color.mix(alpha).filled())).map_err(backend_error)
    }

    /// A filled rectangle.
    pub fn rectangle(&self, rect: Rect, color: RGBColor, alpha: f64) -> Result<(), ChartError> {
        let corners = [place((rect.left, rect.top)), place((rect.right, rect.bottom))];
        self.area.draw(&Rectangle::new(corners, color.mix(alpha).filled())).map_err(backend_error)
    }

    /// A dot, `hollow` with a ring of the width of a line.
    pub fn dot(&self, at: Point, radius: f64, color: RGBColor, hollow: bool) -> Result<(), ChartError> {
        let disc = |radius: f64, color: RGBColor| {
            self.area.draw(&Circle::new(place(at), pixels(radius), color.filled())).map_err(backend_error)
        };
        disc(radius, color)?;
        if hollow { disc(radius - theme::LINE_WIDTH, theme::GROUND) } else { Ok(()) }
    }

    /// One line of text on the baseline through `at`.
    pub fn text(&self, text: &str, at: Point, anchor: Anchor, look: Type) -> Result<(), ChartError> {
        let horizontal = match anchor {
            Anchor::Left => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::Right => HPos::Right,
        };
        let weight = match look.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        };
        // Of the vertical anchors only the top one is written in units that every viewer reads alike.
        let at = place((at.0, at.1 - look.size * TOP_SHIFT));
        let style = TextStyle::from((font::FAMILY, look.size * FINENESS * FONT_SIZE_FACTOR, weight))
            .color(&look.color)
            .pos(Pos::new(horizontal, VPos::Top));
        self.area.draw(&Text::new(latin(&printable(text)), at, style)).map_err(backend_error)
    }

    /// Lines of text below each other, the first on the baseline through `at`.
    pub fn paragraph(&self, lines: &[String], at: Point, look: Type) -> Result<(), ChartError> {
        for (index, line) in lines.iter().enumerate() {
            self.text(line, (at.0, at.1 + look.leading() * index as f64), Anchor::Left, look)?;
        }
        Ok(())
    }
}

fn style(stroke: Stroke) -> ShapeStyle {
    stroke.color.stroke_width(pixels(stroke.width).unsigned_abs())
}

fn place((x, y): Point) -> (i32, i32) {
    (pixels(x), pixels(y))
}

fn pixels(points: f64) -> i32 {
    (points * FINENESS).round() as i32
}

fn backend_error(error: impl std::fmt::Display) -> ChartError {
    ChartError::Svg { reason: error.to_string() }
}
