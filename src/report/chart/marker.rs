//! The marks of points: told apart by shape, so that colour is never needed to read a chart.

use plotters::style::RGBColor;

use super::ChartError;
use super::canvas::{Canvas, Point, Rect, Stroke};
use super::theme;

/// Half the width of a mark.
pub(super) const RADIUS: f64 = 5.2;

/// The form of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Shape {
    /// A full circle.
    #[default]
    Disc,
    /// An empty circle.
    Ring,
    /// A full square.
    Square,
    /// A full square on its corner.
    Diamond,
    /// A full triangle.
    Triangle,
    /// An empty square.
    Frame,
}

impl Shape {
    /// Shapes for the members of a list, repeating after the last.
    pub fn of(index: usize) -> Self {
        [Self::Disc, Self::Square, Self::Diamond, Self::Triangle, Self::Ring, Self::Frame][index % 6]
    }
}

/// Draws one mark with its centre at `at`.
pub(super) fn draw(canvas: &Canvas, (x, y): Point, shape: Shape, color: RGBColor) -> Result<(), ChartError> {
    let square = |half: f64| Rect { left: x - half, top: y - half, right: x + half, bottom: y + half };
    let r = RADIUS;
    match shape {
        Shape::Disc => canvas.dot((x, y), r, color, false),
        Shape::Ring => canvas.dot((x, y), r, color, true),
        Shape::Square => canvas.rectangle(square(r * 0.88), color, 1.0),
        Shape::Frame => {
            canvas.rectangle(square(r * 0.88), color, 1.0)?;
            canvas.rectangle(square(r * 0.88 - theme::LINE_WIDTH), theme::GROUND, 1.0)
        }
        Shape::Diamond => {
            let r = r * 1.15;
            canvas.area([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], color, 1.0)
        }
        Shape::Triangle => {
            let r = r * 1.1;
            canvas.area([(x, y - r), (x + r, y + r * 0.8), (x - r, y + r * 0.8)], color, 1.0)
        }
    }
}

/// A horizontal line from `from` to `to` around a mark at `at`: an interval. Its ends stand upright where they clear the
/// mark, whose form they would spoil.
pub(super) fn whisker(
    canvas: &Canvas,
    (from, to): Point,
    at: Point,
    color: RGBColor,
) -> Result<(), ChartError> {
    let stroke = Stroke { color, width: theme::LINE_WIDTH };
    let y = at.1;
    canvas.line([(from, y), (to, y)], stroke)?;
    for x in [from, to].into_iter().filter(|x| (x - at.0).abs() > RADIUS + 1.0) {
        canvas.line([(x, y - 4.0), (x, y + 4.0)], stroke)?;
    }
    Ok(())
}
