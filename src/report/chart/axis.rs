//! A horizontal axis with its tick labels, which always shows 0 unless it is logarithmic.

use super::ChartError;
use super::canvas::{Anchor, Canvas, Rect, Stroke, Type};
use super::scale::{Kind, Linear, Ticks};
use super::theme;
use crate::report::number;
use crate::text;
use crate::text::Text;

/// Tops of an axis of probabilities: the lowest that holds the data is taken.
const TOPS: [f64; 8] = [1.0, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01, 0.005];
/// The least distance between two labels: nearer ones read as one number.
const LABEL_GAP: f64 = 5.0;

/// Ticks with their texts, from the lowest to the highest; the ends of the axis are ticks.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Values and labels.
    pub ticks: Vec<(f64, String)>,
}

impl Axis {
    /// From 0 to the lowest round probability that holds `highest`; never below 0.5 %, since a narrower axis would
    /// make specks look like mountains.
    pub fn probability(highest: f64) -> Self {
        let fits = TOPS.iter().copied().take_while(|top| *top >= highest.min(1.0));
        Self::percent(fits.last().unwrap_or(1.0))
    }

    /// From 0 to round shares that enclose the two (1 = the whole).
    pub fn shares(low: f64, high: f64) -> Self {
        let ticks = Ticks::of_kind(low * 100.0, high * 100.0, 5, Kind::Plain);
        let label = |value: f64| format!("{}%", number::decimal(value, ticks.decimals));
        Self { ticks: ticks.values.iter().map(|&value| (value / 100.0, label(value))).collect() }
    }

    /// From 0 to round figures that enclose the two.
    pub fn figures(low: f64, high: f64, max_steps: usize) -> Self {
        let ticks = Ticks::of_kind(low, high, max_steps, Kind::Plain);
        let label = |value: f64| number::decimal(value, ticks.decimals);
        Self { ticks: ticks.values.iter().map(|&value| (value, label(value))).collect() }
    }

    fn percent(top: f64) -> Self {
        Self::shares(0.0, top)
    }

    /// The lowest and the highest value.
    pub fn span(&self) -> (f64, f64) {
        let at = |tick: Option<&(f64, String)>| tick.map_or(0.0, |tick| tick.0);
        (at(self.ticks.first()), at(self.ticks.last()))
    }

    /// The label of the highest value.
    pub fn top_label(&self) -> &str {
        self.ticks.last().map_or("", |tick| &tick.1)
    }

    /// Where an axis of probabilities ends, for the subtitle of its chart: one that ends early makes specks look large.
    pub fn end(&self) -> Text {
        let top = self.top_label().replace(".0%", "%");
        if top == "100%" {
            text!("横轴0至100%", "Axis from 0 to 100%")
        } else {
            text!("注意：横轴只到{top}，不是100%", "Note: the axis ends at {top}, not at 100%")
        }
    }

    /// The mapping to places between `from` and `to`.
    pub(super) fn scale(&self, from: f64, to: f64) -> Linear {
        let (low, high) = self.span();
        Linear::new((low, if high > low { high } else { low + 1.0 }), (from, to))
    }

    /// Vertical grid lines over `rect` with their labels below, and above too if `both`.
    pub(super) fn draw(&self, canvas: &Canvas, rect: Rect, both: bool) -> Result<(), ChartError> {
        let scale = self.scale(rect.left, rect.right);
        let look = Type::plain(theme::SMALL, theme::MUTED);
        let every = self.labelled(&scale, look);
        for (index, (value, label)) in self.ticks.iter().enumerate() {
            let x = scale.place(*value);
            let color = if *value == 0.0 { theme::AXIS } else { theme::GRID };
            canvas.line([(x, rect.top), (x, rect.bottom)], Stroke { color, width: theme::HAIRLINE })?;
            if !index.is_multiple_of(every) {
                continue;
            }
            canvas.text(label, (x, rect.bottom + theme::SMALL + 5.0), Anchor::Middle, look)?;
            if both {
                canvas.text(label, (x, rect.top - 6.0), Anchor::Middle, look)?;
            }
        }
        Ok(())
    }

    /// The least number so that every so many-th label has room and both ends have one; 1 where all have room.
    fn labelled(&self, scale: &Linear, look: Type) -> usize {
        let fits = |every: &usize| {
            let ends = self.ticks.iter().rev().step_by(*every).map(|(value, label)| {
                let (x, half) = (scale.place(*value), look.width(label) / 2.0);
                (x - half, x + half)
            });
            let ends: Vec<(f64, f64)> = ends.collect();
            ends.windows(2).all(|pair| pair[1].1 + LABEL_GAP <= pair[0].0)
        };
        let steps = self.ticks.len().saturating_sub(1).max(1);
        (1..steps).filter(|every| steps.is_multiple_of(*every)).find(fits).unwrap_or(steps)
    }
}

#[cfg(test)]
mod tests {
    use super::Axis;

    #[test]
    fn the_top_of_a_probability_axis_is_the_lowest_that_holds_the_data() {
        for (highest, top) in [
            (0.0, "0.5%"),
            (0.0031, "0.5%"),
            (0.0063, "1.0%"),
            (0.02, "2.0%"),
            (0.2, "25%"),
            (0.6, "100%"),
            (1.0, "100%"),
        ] {
            assert_eq!(Axis::probability(highest).top_label(), top, "{highest}");
        }
    }

    #[test]
    fn a_chart_says_where_its_axis_of_probabilities_ends() {
        assert_eq!(Axis::probability(0.03).end().zh, "注意：横轴只到5%，不是100%");
        assert_eq!(Axis::probability(0.7).end().en, "Axis from 0 to 100%");
    }

    #[test]
    fn labels_without_room_are_left_out_but_never_those_of_the_ends() {
        let axis = Axis::figures(0.0, 2500.0, 6);
        let look = super::Type::plain(super::theme::SMALL, super::theme::MUTED);
        let every = |width: f64| axis.labelled(&axis.scale(0.0, width), look);
        assert_eq!((axis.ticks.len(), every(600.0), every(120.0)), (6, 1, 5));
        // labels that nearly touch read as one number
        let percent = Axis::probability(0.01);
        let width = |gap: f64| 5.0 * (look.width("0.0%") + gap);
        let every = |gap: f64| percent.labelled(&percent.scale(0.0, width(gap)), look);
        assert_eq!((every(3.0), every(6.0)), (5, 1));
        let four = Axis::figures(0.0, 4.0, 4);
        assert_eq!((four.ticks.len(), four.labelled(&four.scale(0.0, 26.0), look)), (5, 2));
    }

    #[test]
    fn the_axis_begins_at_nothing() {
        for axis in [Axis::probability(0.03), Axis::shares(0.01, 0.4), Axis::figures(900.0, 2000.0, 6)] {
            assert_eq!(axis.span().0, 0.0);
        }
        assert!(Axis::figures(-3.0, 8.0, 6).span().0 < 0.0);
    }
}
