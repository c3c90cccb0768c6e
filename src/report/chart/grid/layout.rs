//! Where everything stands on a page of fan charts.

use super::super::ChartError;
use super::super::canvas::{Anchor, Canvas, Rect, Stroke, Type};
use super::super::fan::{FanChart, Header, subtitle_of};
use super::super::font::Weight;
use super::super::panel::{Extent, beyond, block_height};
use super::super::theme;
use super::ends::end_values;
use super::key::Key;
use super::{FanGrid, Scale, lang_of};
use crate::text::Text;

/// Width of the picture in points, by the number of columns.
const WIDTHS: [f64; 4] = [760.0, 1000.0, 1240.0, 1240.0];
/// Height of a panel's plot in points.
const PLOT_HEIGHT: f64 = 220.0;
/// The same on a dense page.
const DENSE_HEIGHT: f64 = 118.0;
/// Distance between two panels of a row.
const GUTTER: f64 = 26.0;

/// The place of one panel.
pub struct Place {
    /// Its plot.
    pub plot: Rect,
    /// Whether it stands at the left of its row.
    pub is_first_in_row: bool,
    heading_top: f64,
}

/// The heading of a group, with a rule above it.
struct GroupHeading {
    lines: Vec<String>,
    top: f64,
}

/// Where everything stands.
pub struct Layout {
    /// Width of the picture.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Title and subtitle.
    pub header: Header,
    /// The key below them.
    pub key: Key,
    /// One place for each panel.
    pub places: Vec<Place>,
    /// The most steps of an axis of values.
    pub steps: usize,
    /// Lines of the source.
    pub source: Vec<String>,
    /// Baseline of the first of them.
    pub source_baseline: f64,
    groups: Vec<GroupHeading>,
    heading_width: f64,
    heading_size: f64,
    is_dense: bool,
    has_own_scales: bool,
}

impl Layout {
    const NOTE: Type = Type { size: theme::LABEL, weight: Weight::Bold, color: theme::ACCENT };
    const SMALL: Type = Type { size: theme::SMALL, weight: Weight::Regular, color: theme::MUTED };
    const GROUP: Type = Type { size: theme::SUBTITLE, weight: Weight::Bold, color: theme::INK };

    /// The layout of `grid`, whose key names the lines of `keyed` and whose axes cover `extents`.
    pub fn new(grid: &FanGrid, keyed: &FanChart, extents: &[Extent]) -> Self {
        let columns = match grid.panels.len() {
            _ if grid.is_dense => 4,
            1 => 1,
            2 | 4 => 2,
            _ => 3,
        };
        let (plot_height, steps) = if grid.is_dense { (DENSE_HEIGHT, 5) } else { (PLOT_HEIGHT, 5) };
        let heading_size = if grid.is_dense { theme::LABEL } else { theme::HEADING };
        let width = WIDTHS[columns - 1];
        let axis_width = extents
            .iter()
            .flat_map(|extent| {
                let ticks = extent.ticks(steps);
                ticks.values.iter().map(|&tick| Self::SMALL.width(&ticks.label(tick))).collect::<Vec<_>>()
            })
            .fold(0.0, f64::max)
            + theme::GAP;
        let end_width =
            grid.panels.iter().flat_map(end_values).map(|end| end.look.width(&end.text)).fold(0.0, f64::max);
        let left = theme::MARGIN + axis_width;
        let own_axis = if grid.scale == Scale::Own { axis_width } else { 0.0 };
        let column_step = (width - theme::MARGIN - left + GUTTER + own_axis) / columns as f64;
        let plot_width = column_step - GUTTER - end_width - 2.0 * theme::GAP - own_axis;
        let heading_width = column_step - GUTTER - own_axis;

        // A common axis is described for the page, any other in the heading of its panel.
        let subtitle = match grid.scale {
            Scale::Common => subtitle_of(&grid.subtitle, &extents[0], lang_of(grid)),
            Scale::Groups(_) | Scale::Own => grid.subtitle.clone(),
        };
        let header = Header::new(&grid.title, &subtitle, width);
        let key = Key::new(keyed, header.bottom, width);
        let foot = theme::SMALL + theme::GAP + 22.0;
        let groups: Vec<(&str, usize)> = match &grid.scale {
            Scale::Groups(groups) => groups.iter().map(|(name, count)| (name.as_str(), *count)).collect(),
            Scale::Common | Scale::Own => vec![("", grid.panels.len())],
        };
        let mut layout = Self {
            width,
            height: 0.0,
            header,
            key,
            places: Vec::with_capacity(grid.panels.len()),
            steps,
            source: Self::SMALL.lines(&grid.source, width - 2.0 * theme::MARGIN),
            source_baseline: 0.0,
            groups: Vec::new(),
            heading_width,
            heading_size,
            is_dense: grid.is_dense,
            has_own_scales: grid.scale != Scale::Common,
        };
        let mut top = layout.key.bottom;
        let mut panels = grid.panels.as_slice();
        let mut axes = extents;
        for (name, count) in groups {
            let (members, rest) = panels.split_at(count.min(panels.len()));
            panels = rest;
            let (extents, rest) = axes.split_at(members.len());
            axes = rest;
            if !name.is_empty() {
                let lines = Self::GROUP.lines(name, width - 2.0 * theme::MARGIN);
                let height = block_height(lines.len(), Self::GROUP);
                layout.groups.push(GroupHeading { lines, top });
                top += height + 2.0 * theme::GAP;
            }
            for (row, extents) in members.chunks(columns).zip(extents.chunks(columns)) {
                let heading_top = top;
                let heights: Vec<f64> = row
                    .iter()
                    .zip(extents)
                    .map(|(panel, extent)| layout.heading_height(panel, extent))
                    .collect();
                top += heights.iter().copied().fold(0.0, f64::max) + theme::GAP + 10.0;
                for (column, height) in heights.into_iter().enumerate() {
                    let left = left + column_step * column as f64;
                    let plot = Rect { left, right: left + plot_width, top, bottom: top + plot_height };
                    // Headings of one row stand on the plots, not at one height.
                    let room = top - theme::GAP - 10.0 - height;
                    layout.places.push(Place {
                        plot,
                        is_first_in_row: column == 0,
                        heading_top: room.max(heading_top),
                    });
                }
                top += plot_height + foot;
            }
        }
        layout.source_baseline = top + theme::SMALL;
        layout.height = layout.source_baseline
            + Self::SMALL.leading() * (layout.source.len() as f64 - 1.0)
            + theme::MARGIN * 0.7;
        layout
    }

    /// The heading of one panel.
    pub fn draw_heading(
        &self,
        canvas: &Canvas,
        panel: &FanChart,
        extent: &Extent,
        place: &Place,
    ) -> Result<(), ChartError> {
        let mut baseline = place.heading_top;
        for (lines, look) in self.heading(panel, extent) {
            canvas.paragraph(&lines, (place.plot.left, baseline + look.size), look)?;
            baseline += block_height(lines.len(), look);
        }
        Ok(())
    }

    /// The headings of all groups.
    pub fn draw_groups(&self, canvas: &Canvas) -> Result<(), ChartError> {
        for group in &self.groups {
            let (left, right) = (theme::MARGIN, self.width - theme::MARGIN);
            let rule = Stroke { color: theme::AXIS, width: theme::HAIRLINE };
            canvas.line([(left, group.top), (right, group.top)], rule)?;
            let mut baseline = group.top + theme::GAP + Self::GROUP.size;
            for line in &group.lines {
                canvas.text(line, (left, baseline), Anchor::Left, Self::GROUP)?;
                baseline += Self::GROUP.leading();
            }
        }
        Ok(())
    }

    /// Heading, probability and subtitle of a panel, empty ones left out.
    fn heading(&self, panel: &FanChart, extent: &Extent) -> Vec<(Vec<String>, Type)> {
        let note = panel.target.as_ref().map_or(String::new(), |target| {
            if !self.has_targets_in_headings() {
                return target.note.clone();
            }
            let (low, high) = extent.ticks(self.steps).span();
            let is_drawn = (low..=high).contains(&target.value);
            let beyond = if is_drawn { String::new() } else { beyond().get(panel.lang).to_owned() };
            let mut parts = vec![target.label.clone(), target.note.clone(), beyond];
            parts.retain(|part| !part.is_empty());
            parts.join(" · ")
        });
        let heading = Type::bold(self.heading_size, theme::INK);
        let note_look = if self.is_dense { Type { size: theme::SMALL, ..Self::NOTE } } else { Self::NOTE };
        let axis = if self.has_own_scales && extent.is_log() {
            Text::new("对数刻度", "logarithmic axis").get(panel.lang).to_owned()
        } else {
            String::new()
        };
        [
            (panel.title.clone(), heading),
            (note, note_look),
            (panel.subtitle.clone(), Self::SMALL),
            (axis, Self::SMALL),
        ]
        .into_iter()
        .filter(|(text, _)| !text.is_empty())
        .map(|(text, look)| (look.lines(&text, self.heading_width), look))
        .collect()
    }

    /// Whether targets are named in the headings: small panels have no room for them, and where axes differ, so do
    /// targets.
    pub fn has_targets_in_headings(&self) -> bool {
        self.is_dense || self.has_own_scales
    }

    fn heading_height(&self, panel: &FanChart, extent: &Extent) -> f64 {
        self.heading(panel, extent).iter().map(|(lines, look)| block_height(lines.len(), *look)).sum()
    }
}
