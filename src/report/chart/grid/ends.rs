//! The figures at the right ends of the panels of a page.

use super::super::ChartError;
use super::super::canvas::{Anchor, Canvas, Type};
use super::super::fan::FanChart;
use super::super::panel::Frame;
use super::super::{labels, theme};

/// A figure at the right end of a panel.
pub struct EndValue {
    value: f64,
    /// The figure in words.
    pub text: String,
    /// Its type.
    pub look: Type,
}

/// Median and edges of the widest band in the last year.
pub fn end_values(panel: &FanChart) -> Vec<EndValue> {
    let last = panel.years.len() - 1;
    let end = |value: f64, look: Type| EndValue { value, text: panel.shown(value), look };
    let mut ends = vec![end(panel.median[last], Type::bold(theme::SMALL, theme::BLUE))];
    if let Some(band) = panel.bands.first() {
        ends.push(end(band.low[last], Type::plain(theme::SMALL, theme::MUTED)));
        ends.push(end(band.high[last], Type::plain(theme::SMALL, theme::MUTED)));
    }
    ends
}

/// Draws them.
pub fn draw_end_values(canvas: &Canvas, frame: &Frame, panel: &FanChart) -> Result<(), ChartError> {
    let ends = end_values(panel);
    let wanted: Vec<f64> = ends.iter().map(|end| frame.value.place(end.value)).collect();
    let places = labels::spread(&wanted, theme::SMALL * 1.2, (frame.rect.top, frame.rect.bottom));
    for ((end, &place), &from) in ends.iter().zip(&places).zip(&wanted) {
        frame.draw_leader(canvas, from, place)?;
        let at = (frame.rect.right + 2.0 * theme::GAP, place + theme::SMALL * 0.36);
        canvas.text(&end.text, at, Anchor::Left, end.look)?;
    }
    Ok(())
}
