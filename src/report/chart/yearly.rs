//! Amounts by year in rows of columns from 0, all rows on one scale or each on its own, each amount written above its
//! column.

use super::canvas::{Anchor, Canvas, Drawing, Rect, Stroke, Type};
use super::page::{Page, WIDTH, Words, check};
use super::scale::year_ticks;
use super::{ChartError, theme};
use crate::report::number;
use crate::text::Lang;

/// The widest a name may be before it wraps.
const NAME_WIDTH: f64 = 230.0;
/// Height of the tallest column.
const TALLEST: f64 = 44.0;
/// Height of a row beyond its columns: the figures above them and the distance to the next row.
const ROW_EXTRA: f64 = 30.0;

/// The chart.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Yearly {
    /// Title, subtitle, notes, source.
    pub words: Words,
    /// Years, rising, one column each.
    pub years: Vec<i32>,
    /// Head of the totals at the right.
    pub total_head: String,
    /// So many columns at the left are what is there already: drawn lighter than what is to come.
    pub present: usize,
    /// Whether every row has a scale of its own, where the rows differ too much in size for one.
    pub own_scales: bool,
    /// Rows.
    pub rows: Vec<Row>,
    /// The language, which decides the unit that amounts of 亿元 are written in.
    pub lang: Lang,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Row {
    /// Name.
    pub name: String,
    /// Whether it is what the reader looks for first.
    pub emphasis: bool,
    /// Digits after the point of the figures above columns, in 亿元; `None` for digits that suit an amount of money.
    pub digits: Option<u8>,
    /// Amounts, one for each year; columns of amounts below 0 hang from the line.
    pub values: Vec<f64>,
    /// The sum in figures.
    pub total: String,
}

/// The chart.
///
/// # Errors
/// [`ChartError::Nothing`] without a row or a year; [`ChartError::Length`] when a row has not one value a year;
/// [`ChartError::Figure`] when a value is not finite.
pub fn render(chart: &Yearly) -> Result<Drawing, ChartError> {
    let title = &chart.words.title;
    let years = chart.years.len();
    if chart.rows.is_empty() || years == 0 {
        return Err(ChartError::Nothing { chart: title.clone() });
    }
    for row in &chart.rows {
        check(title, &row.name, &row.values)?;
        if row.values.len() != years {
            return Err(ChartError::Length { series: row.name.clone(), years, values: row.values.len() });
        }
    }
    let page = Page::new(&chart.words);
    let layout = Layout::of(chart);
    let top = page.top() + theme::SMALL + 6.0;
    let bottom = top + chart.rows.iter().map(|row| layout.height(row)).sum::<f64>();
    let description = std::iter::once(chart.words.subtitle.clone())
        .chain(chart.rows.iter().map(|row| format!("{}: {}", row.name, row.total)));
    page.draw(bottom + theme::SMALL + 8.0, &description.collect::<Vec<_>>().join("; "), |canvas| {
        let small = Type::plain(theme::SMALL, theme::MUTED);
        let head = (WIDTH - theme::MARGIN, page.top() + theme::SMALL);
        canvas.text(&chart.total_head, head, Anchor::Right, small)?;
        let mut y = top;
        for row in &chart.rows {
            layout.draw(canvas, chart, row, y)?;
            y += layout.height(row);
        }
        let (first, last) = (chart.years[0], chart.years[years - 1]);
        let shown = year_ticks(first, last, last, layout.plot.1 - layout.plot.0, small.width("2030") + 8.0);
        for (column, year) in chart.years.iter().enumerate().filter(|(_, year)| shown.contains(year)) {
            let at = (layout.middle(column), bottom + theme::SMALL + 5.0);
            canvas.text(&year.to_string(), at, Anchor::Middle, small)?;
        }
        Ok(())
    })
}

impl Yearly {
    fn largest(&self) -> f64 {
        self.rows.iter().flat_map(|row| &row.values).fold(0.0, |largest, value| value.abs().max(largest))
    }

    /// An amount as it is written above its column.
    fn figure(&self, value: f64, digits: Option<u8>) -> String {
        match digits {
            Some(digits) => number::yuan(value, digits, self.lang),
            None => number::money_among(value, self.largest(), self.lang),
        }
    }
}

struct Layout {
    names: f64,
    plot: (f64, f64),
    /// Width from one column to the next.
    step: f64,
    /// Points a unit of the amounts; `None` where every row has its own.
    unit: Option<f64>,
}

/// Points a unit of these amounts.
fn points(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let (high, low) = (values.clone().fold(0.0, f64::max), values.fold(0.0, f64::min));
    if high - low > 0.0 { TALLEST / (high - low) } else { 0.0 }
}

impl Layout {
    fn of(chart: &Yearly) -> Self {
        let widest = |texts: &mut dyn Iterator<Item = &str>| {
            texts.map(|text| look(true).width(text)).fold(0.0, f64::max)
        };
        let names = widest(&mut chart.rows.iter().map(|row| row.name.as_str())).clamp(80.0, NAME_WIDTH);
        let totals = widest(&mut chart.rows.iter().map(|row| row.total.as_str()))
            .max(Type::plain(theme::SMALL, theme::MUTED).width(&chart.total_head));
        let plot =
            (theme::MARGIN + names + 2.0 * theme::GAP, WIDTH - theme::MARGIN - totals - 2.0 * theme::GAP);
        let values = chart.rows.iter().flat_map(|row| row.values.iter().copied());
        let unit = (!chart.own_scales).then(|| points(values));
        Self { names, plot, step: (plot.1 - plot.0) / chart.years.len() as f64, unit }
    }

    /// Points a unit of the amounts of a row.
    fn unit(&self, row: &Row) -> f64 {
        self.unit.unwrap_or_else(|| points(row.values.iter().copied()))
    }

    /// Height of the columns of a row above and below the line of nothing.
    fn extent(&self, row: &Row) -> (f64, f64) {
        let high = row.values.iter().copied().fold(0.0, f64::max);
        let low = row.values.iter().copied().fold(0.0, f64::min);
        (high * self.unit(row), -low * self.unit(row))
    }

    fn height(&self, row: &Row) -> f64 {
        let (above, below) = self.extent(row);
        let name = look(true).leading() * look(true).lines(&row.name, self.names).len() as f64;
        (above + ROW_EXTRA).max(name + 14.0) + below
    }

    fn middle(&self, column: usize) -> f64 {
        self.plot.0 + self.step * (column as f64 + 0.5)
    }

    fn draw(&self, canvas: &Canvas, chart: &Yearly, row: &Row, top: f64) -> Result<(), ChartError> {
        let height = self.height(row);
        let line = top + height - self.extent(row).1;
        let color = if row.emphasis || chart.present > 0 { theme::BLUE } else { theme::MUTED };
        let stroke = Stroke { color: theme::AXIS, width: theme::HAIRLINE };
        canvas.line([(self.plot.0, line), (self.plot.1, line)], stroke)?;
        let (look, small) = (look(row.emphasis), Type::plain(theme::SMALL, theme::INK));
        let lines = look.lines(&row.name, self.names);
        let baseline = line - 4.0 - look.leading() * (lines.len() as f64 - 1.0);
        canvas.paragraph(&lines, (theme::MARGIN, baseline), look)?;
        canvas.text(&row.total, (WIDTH - theme::MARGIN, line - 4.0), Anchor::Right, look)?;
        let figures: Vec<String> = row.values.iter().map(|&value| chart.figure(value, row.digits)).collect();
        // figures that would run into each other are left to those who point at the columns
        let fits = figures.iter().all(|text| small.width(text) * 1.15 <= self.step);
        for (column, (&value, text)) in row.values.iter().zip(&figures).enumerate() {
            let (x, y) = (self.middle(column), line - value * self.unit(row));
            let half = (self.step * 0.36).min(24.0);
            let bar = Rect { left: x - half, top: y.min(line), right: x + half, bottom: y.max(line) };
            let color = if column < chart.present { theme::AXIS } else { color };
            canvas.rectangle(bar, color, 1.0)?;
            if fits {
                canvas.text(text, (x, bar.top - 4.0), Anchor::Middle, small)?;
            }
            let place =
                Rect { left: x - self.step / 2.0, top, right: x + self.step / 2.0, bottom: top + height };
            canvas.mark(place, format!("{} {}: {text}", row.name, chart.years[column]));
        }
        Ok(())
    }
}

fn look(emphasis: bool) -> Type {
    if emphasis { Type::bold(theme::LABEL, theme::BLUE) } else { Type::plain(theme::LABEL, theme::INK) }
}
