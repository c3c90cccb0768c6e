//! How a sheet goes to paper: as wide as a page, or as a few side by side; of a sheet for the screen its first row alone.

use rust_xlsxwriter::XlsxError;

use super::{Sheet, WIDTH};
use crate::report::xlsx::charts;

/// Width of a printed page across, without its margins, in points.
const PAGE: f64 = 842.0 - 72.0;
/// Height of a printed page without its margins, in points.
const PAGE_HEIGHT: f64 = 595.0 - 94.0;
/// What the repeated head takes of a page, in points.
const HEAD: f64 = 48.0;
/// How much wider than Excel another office draws columns, where the font of the workbook is missing.
const WIDER: f64 = 1.32;
/// Least part of its size to which a page may shrink: 10 points become 7.
const LEAST_SCALE: f64 = 0.7;
/// Columns of words get narrower by these steps where a sheet is too wide for a page.
const STEPS: [f64; 8] = [38.0, 32.0, 28.0, 24.0, 22.0, 20.0, 18.0, 16.0];
/// Least width of a chart in pixels.
const NARROWEST: u32 = 480;
/// Most pages side by side.
const ACROSS: u16 = 6;

impl Sheet<'_> {
    /// Settles the widths, and sets up print; the number of columns that the first of the pages side by side holds.
    pub(super) fn set_print(&mut self) -> Result<usize, XlsxError> {
        let across = self.settle();
        if self.is_for_screen {
            // as many columns as a page holds at full size: room for the line
            let fits = (1..=self.widths.len()).take_while(|columns| points(&self.widths[..*columns]) <= PAGE);
            let last = fits.last().unwrap_or(1) - 1;
            self.worksheet.set_print_area(0, 0, 0, u16::try_from(last).unwrap_or_default())?;
            // another office draws columns wider, and would cut the line in two
            self.worksheet.set_print_fit_to_pages(1, 1);
            self.put_charts(1)?;
            return Ok(self.widths.len());
        }
        self.worksheet.set_print_fit_to_pages(across, 0);
        self.put_charts(across)?;
        if across > 1 && self.kept > 0 {
            self.worksheet.set_repeat_columns(0, self.kept - 1)?;
        }
        self.worksheet.set_page_breaks(&self.breaks)?;
        Ok(if across > 1 {
            self.fitting(points(&self.widths) / f64::from(across))
        } else {
            self.widths.len()
        })
    }

    /// The number of columns from the first on that so many points hold; at least one.
    fn fitting(&self, room: f64) -> usize {
        let fits = |columns: &usize| points(&self.widths[..*columns]) <= room;
        (1..=self.widths.len()).take_while(fits).last().unwrap_or(1)
    }

    /// Puts the charts in their places, none higher than a page; where pages stand side by side, no wider than the columns
    /// of the first of them.
    fn put_charts(&mut self, across: u16) -> Result<(), XlsxError> {
        let page = points(&self.widths) / f64::from(across);
        let fitting = (1..=self.widths.len()).map(|columns| points(&self.widths[..columns]));
        let fitting = fitting.take_while(|width| *width <= page).last();
        // wide columns shrink on paper, and charts with them
        let shrunk = (PAGE / page).min(1.0);
        let highest = ((PAGE_HEIGHT / shrunk - HEAD) / 0.75) as u32;
        for (row, column, mut chart, height) in std::mem::take(&mut self.charts) {
            chart.set_height(height.min(highest));
            if let Some(width) = fitting.filter(|_| across > 1) {
                // three quarters of a point a pixel, and the distance to the corner
                let most = (width / 0.75) as u32 - 12;
                chart.set_width(most.clamp(NARROWEST, charts::SIZE.0));
            }
            self.worksheet.insert_chart_with_offset(row, column, &chart, 6, 6)?;
        }
        Ok(())
    }

    /// Settles the widths, narrowing columns of words as far as a page asks for it; the pages side by side that remain.
    fn settle(&mut self) -> u16 {
        let columns = self.widths.len().max(self.wanted.len());
        let at = |list: &[f64], index: usize| list.get(index).copied().unwrap_or(WIDTH.0);
        let with = |most: f64| -> Vec<f64> {
            let width = |index| at(&self.widths, index).max(at(&self.wanted, index).min(most));
            (0..columns).map(width).collect()
        };
        let fits = |widths: &[f64], pages: u16| {
            let kept = points(widths.get(..usize::from(self.kept)).unwrap_or_default());
            // pages end between columns, which leaves some of each page empty
            let ends = if pages > 1 { 1.15 } else { 1.0 };
            let all = (points(widths) - kept) * ends + kept * f64::from(pages);
            PAGE * f64::from(pages) >= LEAST_SCALE * WIDER * all
        };
        let all = || std::iter::once(WIDTH.1).chain(STEPS).map(with);
        let (widths, across) = match all().find(|widths| fits(widths, 1)) {
            Some(widths) => (widths, 1),
            // a sheet of many figures needs several pages: then words need not be torn
            None => {
                let widths = with(STEPS[2]);
                let across = (2..=ACROSS).find(|pages| fits(&widths, *pages)).unwrap_or(ACROSS);
                (widths, across)
            }
        };
        self.widths = widths;
        across
    }
}

/// Width of columns in points: seven pixels a character and five for the margins of the cell, 96 to the inch.
fn points(widths: &[f64]) -> f64 {
    widths.iter().map(|width| (7.0 * width + 5.0) * 0.75).sum()
}
