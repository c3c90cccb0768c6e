//! Several fan charts on one page and one scale, so that policies can be compared by eye.

use super::ChartError;
use super::canvas::{Anchor, Canvas, Drawing, Rect, Stroke, Type};
use super::fan::{FanChart, Header};
use super::panel::{Extent, Frame, block_height};
use super::{labels, theme};
use crate::report::number;

/// Width of the picture in points, by the number of columns.
const WIDTHS: [f64; 3] = [760.0, 1000.0, 1240.0];
/// Height of a panel's plot in points.
const PLOT_HEIGHT: f64 = 220.0;
/// Distance between two panels of a row.
const GUTTER: f64 = 26.0;
/// Width of the samples of lines and bands in the key.
const SAMPLE: f64 = 26.0;

/// A page of fan charts that share years and values.
///
/// Each panel shows its `title` as heading, its target's `note` (the probability) and its `subtitle` below;
/// its `source` is not drawn. The labels of lines and bands are taken from the first panel.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct FanGrid {
    /// What the page says or shows.
    pub title: String,
    /// Quantity, unit and conditions.
    pub subtitle: String,
    /// Sources of the figures, at the foot.
    pub source: String,
    /// One chart for each policy, in reading order; at least one.
    pub panels: Vec<FanChart>,
}

/// The page as an SVG document with real text; the same bytes for the same page, always.
///
/// One column for one panel, two for two or four, three otherwise.
///
/// # Errors
/// [`ChartError::Empty`] without any panel, and every error of [`super::fan::render`].
pub fn render(grid: &FanGrid) -> Result<Drawing, ChartError> {
    let Some(first) = grid.panels.first() else {
        return Err(ChartError::Empty { chart: grid.title.clone() });
    };
    let extent = Extent::of(&grid.panels)?;
    let layout = Layout::new(grid, first, &extent);
    let description = grid.panels.iter().map(|panel| format!("{}: {}", panel.title, panel.description()));
    let description: Vec<String> = std::iter::once(grid.subtitle.clone()).chain(description).collect();
    Canvas::document((layout.width, layout.height), &grid.title, &description.join(" | "), |canvas| {
        layout.header.draw(canvas)?;
        layout.key.draw(canvas)?;
        for (index, panel) in grid.panels.iter().enumerate() {
            let column = index % layout.columns;
            let rect = layout.plot(index);
            let frame = Frame::new(rect, &extent, extent.ticks(5));
            layout.draw_heading(canvas, panel, rect)?;
            frame.draw_axes(canvas, column == 0, panel.target.as_ref())?;
            frame.draw_fan(canvas, panel)?;
            let with_label = column == 0 || !same_target(panel, first);
            // The probability stands in the heading already.
            let mut labelled = panel.clone();
            labelled.target.iter_mut().for_each(|target| target.note.clear());
            frame.draw_target(canvas, &labelled, with_label)?;
            draw_end_values(canvas, &frame, panel)?;
        }
        canvas.paragraph(&layout.source, (theme::MARGIN, layout.source_baseline), Layout::SMALL)
    })
}

fn same_target(a: &FanChart, b: &FanChart) -> bool {
    let key = |chart: &FanChart| {
        chart.target.as_ref().map(|target| (target.year, target.value, target.label.clone()))
    };
    key(a) == key(b)
}

/// Where everything stands.
struct Layout {
    columns: usize,
    width: f64,
    height: f64,
    header: Header,
    key: Key,
    /// Place of the first panel's plot; the others follow by `steps`.
    first: Rect,
    column_step: f64,
    row_tops: Vec<f64>,
    heading_width: f64,
    source: Vec<String>,
    source_baseline: f64,
}

impl Layout {
    const HEADING: Type = Type { size: theme::HEADING, weight: super::font::Weight::Bold, color: theme::INK };
    const NOTE: Type = Type { size: theme::LABEL, weight: super::font::Weight::Bold, color: theme::ACCENT };
    const SMALL: Type =
        Type { size: theme::SMALL, weight: super::font::Weight::Regular, color: theme::MUTED };

    fn new(grid: &FanGrid, first: &FanChart, extent: &Extent) -> Self {
        let columns = match grid.panels.len() {
            1 => 1,
            2 | 4 => 2,
            _ => 3,
        };
        let width = WIDTHS[columns - 1];
        let ticks = extent.ticks(5);
        let tick_width = |&tick: &f64| Self::SMALL.width(&number::decimal(tick, ticks.decimals));
        let axis_width = ticks.values.iter().map(tick_width).fold(0.0, f64::max) + theme::GAP;
        let end_width =
            grid.panels.iter().flat_map(end_values).map(|end| end.look.width(&end.text)).fold(0.0, f64::max);
        let left = theme::MARGIN + axis_width;
        let column_step = (width - theme::MARGIN - left + GUTTER) / columns as f64;
        let plot_width = column_step - GUTTER - end_width - 2.0 * theme::GAP;
        let heading_width = column_step - GUTTER;

        let header = Header::new(&grid.title, &grid.subtitle, width);
        let key = Key::new(first, header.bottom, width);
        let foot = theme::SMALL + theme::GAP + 22.0;
        let mut top = key.bottom;
        let mut row_tops = Vec::new();
        for row in grid.panels.chunks(columns) {
            top += row.iter().map(|panel| heading_height(panel, heading_width)).fold(0.0, f64::max)
                + theme::GAP
                + 10.0;
            row_tops.push(top);
            top += PLOT_HEIGHT + foot;
        }
        let source = Self::SMALL.lines(&grid.source, width - 2.0 * theme::MARGIN);
        let source_baseline = top + theme::SMALL;
        let height =
            source_baseline + Self::SMALL.leading() * (source.len() as f64 - 1.0) + theme::MARGIN * 0.7;
        let first =
            Rect { left, top: row_tops[0], right: left + plot_width, bottom: row_tops[0] + PLOT_HEIGHT };
        Self {
            columns,
            width,
            height,
            header,
            key,
            first,
            column_step,
            row_tops,
            heading_width,
            source,
            source_baseline,
        }
    }

    fn plot(&self, index: usize) -> Rect {
        let shift = self.column_step * (index % self.columns) as f64;
        let top = self.row_tops[index / self.columns];
        Rect {
            left: self.first.left + shift,
            right: self.first.right + shift,
            top,
            bottom: top + PLOT_HEIGHT,
        }
    }

    fn draw_heading(&self, canvas: &Canvas, panel: &FanChart, rect: Rect) -> Result<(), ChartError> {
        let mut baseline = rect.top - theme::GAP - 10.0 - heading_height(panel, self.heading_width);
        for (lines, look) in heading(panel, self.heading_width) {
            canvas.paragraph(&lines, (rect.left, baseline + look.size), look)?;
            baseline += block_height(lines.len(), look);
        }
        Ok(())
    }
}

/// Heading, probability and subtitle of a panel, empty ones left out.
fn heading(panel: &FanChart, width: f64) -> Vec<(Vec<String>, Type)> {
    let note = panel.target.as_ref().map_or("", |target| target.note.as_str());
    [(panel.title.as_str(), Layout::HEADING), (note, Layout::NOTE), (panel.subtitle.as_str(), Layout::SMALL)]
        .into_iter()
        .filter(|(text, _)| !text.is_empty())
        .map(|(text, look)| (look.lines(text, width), look))
        .collect()
}

fn heading_height(panel: &FanChart, width: f64) -> f64 {
    heading(panel, width).iter().map(|(lines, look)| block_height(lines.len(), *look)).sum()
}

/// A figure at the right end of a panel.
struct EndValue {
    value: f64,
    text: String,
    look: Type,
}

/// Median and edges of the widest band in the last year.
fn end_values(panel: &FanChart) -> Vec<EndValue> {
    let last = panel.years.len() - 1;
    let end = |value: f64, look: Type| EndValue { value, text: number::money(value), look };
    let mut ends = vec![end(panel.median[last], Type::bold(theme::SMALL, theme::BLUE))];
    if let Some(band) = panel.bands.first() {
        ends.push(end(band.low[last], Layout::SMALL));
        ends.push(end(band.high[last], Layout::SMALL));
    }
    ends
}

fn draw_end_values(canvas: &Canvas, frame: &Frame, panel: &FanChart) -> Result<(), ChartError> {
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

/// One line under the header that names the lines and bands by samples; panels are too narrow to label each.
struct Key {
    entries: Vec<(Sample, String, f64, f64)>,
    bottom: f64,
}

#[derive(Clone, Copy)]
enum Sample {
    Record,
    Median,
    Band(usize),
}

impl Key {
    fn new(chart: &FanChart, top: f64, width: f64) -> Self {
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

    const LOOK: Type = Type { size: theme::LABEL, weight: super::font::Weight::Regular, color: theme::INK };

    fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
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
