//! The key of a page of fan charts.

use super::super::ChartError;
use super::super::canvas::{Anchor, Canvas, Rect, Stroke, Type};
use super::super::fan::FanChart;
use super::super::font::Weight;
use super::super::theme;

/// Width of the samples of lines and bands.
const SAMPLE: f64 = 26.0;

/// One line under the header that names the lines and bands by samples; panels are too narrow to label each.
pub struct Key {
    entries: Vec<(Sample, String, f64, f64)>,
    /// Its lowest point.
    pub bottom: f64,
}

#[derive(Clone, Copy)]
enum Sample {
    Record,
    Median,
    Band(usize),
}

impl Key {
    /// The key of the lines and bands of `chart`, below `top`.
    pub fn new(chart: &FanChart, top: f64, width: f64) -> Self {
        let record = (!chart.record.is_empty()).then(|| (Sample::Record, chart.record_label.clone()));
        let median = (Sample::Median, chart.median_label.clone());
        let bands = chart
            .bands
            .iter()
            .enumerate()
            .rev()
            .map(|(index, band)| (Sample::Band(index), band.label.clone()));
        let mut entries = Vec::new();
        let (mut x, mut y) = (theme::MARGIN, top + 12.0 + theme::LABEL);
        for (sample, label) in record.into_iter().chain([median]).chain(bands) {
            let room = SAMPLE + theme::GAP + Self::LOOK.width(&label);
            if x > theme::MARGIN && x + room > width - theme::MARGIN {
                (x, y) = (theme::MARGIN, y + Self::LOOK.leading());
            }
            entries.push((sample, label, x, y));
            x += room + 3.0 * theme::GAP;
        }
        Self { entries, bottom: y + 22.0 }
    }

    const LOOK: Type = Type { size: theme::LABEL, weight: Weight::Regular, color: theme::INK };

    /// Draws it.
    pub fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        for (sample, label, x, y) in &self.entries {
            let middle = y - theme::LABEL * 0.36;
            let ends = [(*x, middle), (x + SAMPLE, middle)];
            match sample {
                Sample::Record => {
                    canvas.line(ends, Stroke { color: theme::INK, width: theme::LINE_WIDTH })?;
                    canvas.dot((x + SAMPLE / 2.0, middle), theme::DOT, theme::INK, false)?;
                }
                Sample::Median => {
                    canvas.line(ends, Stroke { color: theme::BLUE, width: theme::MEDIAN_WIDTH })?
                }
                Sample::Band(index) => {
                    let rect = Rect { left: *x, right: x + SAMPLE, top: middle - 6.0, bottom: middle + 6.0 };
                    // Narrow bands lie on the wider ones, so their sample does, too.
                    for below in 0..=*index {
                        canvas.rectangle(rect, theme::BLUE, theme::band_alpha(below))?;
                    }
                }
            }
            canvas.text(label, (x + SAMPLE + theme::GAP, *y), Anchor::Left, Self::LOOK)?;
        }
        Ok(())
    }
}
