//! A triangle of cells: how likely two things are together, by shade and by number.

use super::canvas::{Anchor, Canvas, Drawing, Rect, Stroke, Type};
use super::page::{Page, WIDTH, Words, check};
use super::{ChartError, theme};

/// The widest a name may be before it wraps.
const NAME_WIDTH: f64 = 340.0;
/// The widest and the lowest a cell may be.
const CELL: (f64, f64) = (76.0, 34.0);
/// Room for the number of a name.
const NUMBER: f64 = 26.0;
/// Opacity of each shade, lightest first; between the last but one and the one before lies the step from dark to white
/// letters, which need that much of a difference.
const SHADES: [f64; 7] = [0.03, 0.12, 0.24, 0.38, 0.54, 0.86, 1.0];
/// The first shade on which letters are white.
const DARK: usize = 5;

/// A matrix of which only the lower triangle is shown; the diagonal holds each thing alone.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Matrix {
    /// Title, subtitle, notes, source.
    pub words: Words,
    /// Names of rows and columns.
    pub names: Vec<String>,
    /// Row `i` holds the cells of columns `0..=i`.
    pub cells: Vec<Vec<Cell>>,
    /// Lower bounds of the shades above the first with their labels; at most six, rising.
    pub bounds: Vec<f64>,
    /// Labels of all shades, one more than bounds.
    pub shade_labels: Vec<String>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Cell {
    /// Value, which sets the shade.
    pub value: f64,
    /// The value in figures; drawn.
    pub figures: String,
    /// What the cell says when pointed at.
    pub hover: String,
}

/// The chart.
///
/// # Errors
/// [`ChartError::Nothing`] without a name, or where the cells are no triangle over the names; [`ChartError::Figure`]
/// when a value is not finite.
pub fn render(chart: &Matrix) -> Result<Drawing, ChartError> {
    let title = &chart.words.title;
    let is_triangle = chart.cells.iter().enumerate().all(|(row, cells)| cells.len() == row + 1);
    if chart.names.is_empty() || chart.cells.len() != chart.names.len() || !is_triangle {
        return Err(ChartError::Nothing { chart: title.clone() });
    }
    for (name, cells) in chart.names.iter().zip(&chart.cells) {
        check(title, name, &cells.iter().map(|cell| cell.value).collect::<Vec<_>>())?;
    }
    let page = Page::new(&chart.words);
    let layout = Layout::of(chart, page.top());
    page.draw(layout.bottom + 46.0, &chart.description(), |canvas| {
        for (row, cells) in chart.cells.iter().enumerate() {
            layout.draw_name(canvas, row)?;
            for (column, cell) in cells.iter().enumerate() {
                layout.draw_cell(canvas, chart, (row, column), cell)?;
            }
        }
        layout.draw_key(canvas, chart)
    })
}

impl Matrix {
    fn shade(&self, value: f64) -> usize {
        self.bounds.iter().filter(|bound| value >= **bound).count().min(SHADES.len() - 1)
    }

    /// The content for readers who cannot see the picture.
    fn description(&self) -> String {
        let cells = self.cells.iter().flatten().map(|cell| cell.hover.clone());
        std::iter::once(self.words.subtitle.clone()).chain(cells).collect::<Vec<_>>().join("; ")
    }
}

struct Layout {
    names: Vec<Vec<String>>,
    left: f64,
    cell: (f64, f64),
    top: f64,
    bottom: f64,
}

impl Layout {
    fn of(chart: &Matrix, top: f64) -> Self {
        let look = name_look();
        let names: Vec<Vec<String>> = chart.names.iter().map(|name| look.lines(name, NAME_WIDTH)).collect();
        let widest = names.iter().flatten().map(|line| look.width(line)).fold(0.0, f64::max);
        let left = theme::MARGIN + NUMBER + widest + 2.0 * theme::GAP;
        let lines = names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let count = chart.names.len() as f64;
        let width = ((WIDTH - theme::MARGIN - left) / count).min(CELL.0);
        let height = (look.leading() * lines + 8.0).max(CELL.1);
        // one line of room for the number above the first diagonal cell
        let top = top + theme::SMALL * theme::LEADING;
        Self { names, left, cell: (width, height), top, bottom: top + height * count }
    }

    fn place(&self, row: usize, column: usize) -> Rect {
        let (left, top) = (self.left + self.cell.0 * column as f64, self.top + self.cell.1 * row as f64);
        Rect { left, top, right: left + self.cell.0, bottom: top + self.cell.1 }
    }

    /// The name with its number, and the number once more above the diagonal cell, where its column begins.
    fn draw_name(&self, canvas: &Canvas, row: usize) -> Result<(), ChartError> {
        let (look, number) = (name_look(), Type::bold(theme::SMALL, theme::MUTED));
        let place = self.place(row, row);
        let top = (place.top + place.bottom - look.leading() * self.names[row].len() as f64) / 2.0;
        let baseline = top + look.size * 1.05;
        let text = (row + 1).to_string();
        canvas.text(&text, (theme::MARGIN + NUMBER - theme::GAP, baseline), Anchor::Right, number)?;
        canvas.paragraph(&self.names[row], (theme::MARGIN + NUMBER, baseline), look)?;
        canvas.text(&text, ((place.left + place.right) / 2.0, place.top - 5.0), Anchor::Middle, number)
    }

    fn draw_cell(
        &self,
        canvas: &Canvas,
        chart: &Matrix,
        (row, column): (usize, usize),
        cell: &Cell,
    ) -> Result<(), ChartError> {
        let place = self.place(row, column);
        let inner = Rect {
            left: place.left + 1.0,
            top: place.top + 1.0,
            right: place.right - 1.0,
            bottom: place.bottom - 1.0,
        };
        let shade = chart.shade(cell.value);
        canvas.rectangle(inner, theme::BLUE, SHADES[shade])?;
        let corners = [
            (inner.left, inner.top),
            (inner.right, inner.top),
            (inner.right, inner.bottom),
            (inner.left, inner.bottom),
            (inner.left, inner.top),
        ];
        let (color, width) =
            if row == column { (theme::INK, theme::LINE_WIDTH) } else { (theme::GRID, theme::HAIRLINE) };
        canvas.line(corners, Stroke { color, width })?;
        let color = if shade >= DARK { theme::GROUND } else { theme::INK };
        let mut look =
            if row == column { Type::bold(theme::SMALL, color) } else { Type::plain(theme::SMALL, color) };
        // figures of a crowded matrix shrink rather than run over
        let room = self.cell.0 - 6.0;
        look.size *= (room / look.width(&cell.figures)).min(1.0);
        let at = ((place.left + place.right) / 2.0, (place.top + place.bottom) / 2.0 + look.size * 0.36);
        canvas.text(&cell.figures, at, Anchor::Middle, look)?;
        canvas.mark(place, cell.hover.clone());
        Ok(())
    }

    /// The shades with their bounds, below the triangle.
    fn draw_key(&self, canvas: &Canvas, chart: &Matrix) -> Result<(), ChartError> {
        let look = Type::plain(theme::SMALL, theme::MUTED);
        let mut left = theme::MARGIN + NUMBER;
        let top = self.bottom + 20.0;
        for (label, alpha) in chart.shade_labels.iter().zip(SHADES) {
            let swatch = Rect { left, top, right: left + 26.0, bottom: top + 16.0 };
            canvas.rectangle(swatch, theme::AXIS, 1.0)?;
            let inner = Rect {
                left: swatch.left + 1.0,
                top: swatch.top + 1.0,
                right: swatch.right - 1.0,
                bottom: swatch.bottom - 1.0,
            };
            canvas.rectangle(inner, theme::GROUND, 1.0)?;
            canvas.rectangle(inner, theme::BLUE, alpha)?;
            canvas.text(label, (swatch.right + 6.0, top + 13.0), Anchor::Left, look)?;
            left = swatch.right + 6.0 + look.width(label) * 1.05 + 20.0;
        }
        Ok(())
    }
}

fn name_look() -> Type {
    Type::plain(theme::LABEL, theme::INK)
}
