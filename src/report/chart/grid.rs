//! Several fan charts on one page, so that they can be compared by eye.

mod ends;
mod key;
mod layout;

use super::ChartError;
use super::canvas::{Canvas, Drawing, Type};
use super::fan::FanChart;
use super::panel::{Extent, Frame};
use super::theme;
use crate::text::Lang;
use layout::Layout;

/// Which panels of a page share their axis of values.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Scale {
    /// All.
    #[default]
    Common,
    /// The panels of a group, which follow each other: heading and number of panels of each group.
    Groups(Vec<(String, usize)>),
    /// None: every panel has an axis of its own, and years of its own.
    Own,
}

/// A page of fan charts.
///
/// Each panel shows its `title` as heading, its target's `note` (the probability) and its `subtitle` below;
/// its `source` is not drawn. The labels of lines and bands are taken from the first panel with a
/// record, else from the first.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct FanGrid {
    /// What the page says or shows.
    pub title: String,
    /// Quantity, unit and conditions.
    pub subtitle: String,
    /// Sources of the figures, at the foot.
    pub source: String,
    /// The charts in reading order; at least one.
    pub panels: Vec<FanChart>,
    /// Which of them share their axis.
    pub scale: Scale,
    /// Whether panels are small, four to a row.
    pub is_dense: bool,
}

/// The page as an SVG document with real text; the same bytes for the same page, always.
///
/// Four columns on a dense page; else one for one panel, two for two or four, three otherwise.
///
/// # Errors
/// [`ChartError::Empty`] without any panel or with groups that do not hold all panels, and every error of
/// [`super::fan::render`].
pub fn render(grid: &FanGrid) -> Result<Drawing, ChartError> {
    let (Some(first), Some(extents)) = (grid.panels.first(), extents(grid)?) else {
        return Err(ChartError::Empty { chart: grid.title.clone() });
    };
    let keyed = grid.panels.iter().find(|panel| !panel.record.is_empty()).unwrap_or(first);
    let layout = Layout::new(grid, keyed, &extents);
    let description = grid.panels.iter().map(|panel| format!("{}: {}", panel.title, panel.description()));
    let description: Vec<String> = std::iter::once(grid.subtitle.clone()).chain(description).collect();
    Canvas::document((layout.width, layout.height), &grid.title, &description.join(" | "), |canvas| {
        layout.header.draw(canvas)?;
        layout.key.draw(canvas)?;
        layout.draw_groups(canvas)?;
        for ((place, panel), extent) in layout.places.iter().zip(&grid.panels).zip(&extents) {
            let has_values = place.is_first_in_row || grid.scale == Scale::Own;
            let ticks = extent.ticks(layout.steps);
            let frame = Frame::new(place.plot, extent, ticks);
            layout.draw_heading(canvas, panel, extent, place)?;
            frame.draw_axes(canvas, has_values, panel.target.as_ref())?;
            frame.draw_fan(canvas, panel)?;
            let with_label = !layout.has_targets_in_headings() && (has_values || !same_target(panel, first));
            // The probability stands in the heading already.
            let mut labelled = panel.clone();
            labelled.target.iter_mut().for_each(|target| target.note.clear());
            frame.draw_target(canvas, &labelled, with_label)?;
            ends::draw_end_values(canvas, &frame, panel)?;
        }
        let small = Type::plain(theme::SMALL, theme::MUTED);
        canvas.paragraph(&layout.source, (theme::MARGIN, layout.source_baseline), small)
    })
}

/// What the axes of each panel cover; `None` if there is no panel or a group does not fit.
fn extents(grid: &FanGrid) -> Result<Option<Vec<Extent>>, ChartError> {
    if grid.panels.is_empty() {
        return Ok(None);
    }
    let all = Extent::of(&grid.panels)?;
    Ok(match &grid.scale {
        Scale::Common => Some(vec![all; grid.panels.len()]),
        Scale::Own => Some(grid.panels.iter().map(|panel| Extent::of([panel])).collect::<Result<_, _>>()?),
        Scale::Groups(groups) => {
            let mut extents = Vec::with_capacity(grid.panels.len());
            for &(_, count) in groups {
                let from = extents.len();
                let Some(members) = grid.panels.get(from..from + count).filter(|_| count > 0) else {
                    return Ok(None);
                };
                let group = all.with_values_of(Extent::of(members)?);
                extents.resize(from + count, group);
            }
            (extents.len() == grid.panels.len()).then_some(extents)
        }
    })
}

fn same_target(a: &FanChart, b: &FanChart) -> bool {
    let key = |chart: &FanChart| {
        chart.target.as_ref().map(|target| (target.year, target.value, target.label.clone()))
    };
    key(a) == key(b)
}

/// The language of the page: that of its panels.
fn lang_of(grid: &FanGrid) -> Lang {
    grid.panels.first().map_or(Lang::default(), |panel| panel.lang)
}
