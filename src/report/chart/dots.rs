//! Dots with whiskers in rows: one row a policy, target or quantity, its name at the left, its figures at the right.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Drawing, Rect, Stroke, Type};
use super::form::Form;
use super::marker::{self, Shape};
use super::page::{Page, Words, check};
use super::{ChartError, theme};

/// The widest a name may be before it wraps.
const NAME_WIDTH: f64 = 330.0;
/// Least share of the width for the axis.
const LEAST_PLOT: f64 = 0.36;
/// The least distance between two rows.
const ROW_GAP: f64 = 9.0;
/// Height of the rows (in points) from which ticks stand above too.
const TALL: f64 = 420.0;

/// A chart of dots.
#[derive(Clone, Debug, PartialEq)]
pub struct DotChart {
    /// Title, subtitle, notes, source.
    pub words: Words,
    /// The axis, which must hold all values.
    pub axis: Axis,
    /// Head of the column of figures.
    pub figures_head: String,
    /// Groups of rows.
    pub groups: Vec<Group>,
    /// Whether a line joins each dot with 0: for shares of a whole.
    pub stems: bool,
}

/// Rows under one heading.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Group {
    /// Heading; may be empty.
    pub heading: String,
    /// Rows.
    pub rows: Vec<Row>,
}

/// What one line of a chart is about.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Row {
    /// Name.
    pub name: String,
    /// A remark below the name; may be empty.
    pub detail: String,
    /// Whether it is what the reader looks for first.
    pub emphasis: bool,
    /// Dots, below each other; at least one.
    pub dots: Vec<Dot>,
}

/// One dot.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Dot {
    /// What tells it from the other dots of its row; may be empty.
    pub label: String,
    /// Value.
    pub value: f64,
    /// Ends of its interval, if it has one.
    pub interval: Option<(f64, f64)>,
    /// The value in figures, at the right.
    pub figures: String,
    /// Form of the mark.
    pub shape: Shape,
}

/// The chart.
///
/// # Errors
/// [`ChartError::Nothing`] without a row; [`ChartError::Figure`] when a value is not finite.
pub fn render(chart: &DotChart) -> Result<Drawing, ChartError> {
    render_for(chart, Form::Screen)
}

/// The same, drawn for what `form` says.
///
/// # Errors
/// As for [`render`].
pub fn render_for(chart: &DotChart, form: Form) -> Result<Drawing, ChartError> {
    let title = &chart.words.title;
    for row in chart.rows() {
        for dot in &row.dots {
            let (low, high) = dot.interval.unwrap_or((dot.value, dot.value));
            check(title, &row.name, &[dot.value, low, high])?;
        }
    }
    if chart.rows().next().is_none() {
        return Err(ChartError::Nothing { chart: title.clone() });
    }
    let page = Page::for_form(&chart.words, form);
    let columns = Columns::of(chart, form);
    let blocks: Vec<Block> = chart.groups.iter().flat_map(|group| blocks(group, &columns)).collect();
    let body: f64 = blocks.iter().map(|block| block.height(form)).sum();
    let has_top_ticks = body > TALL;
    let top = page.top() + theme::SMALL + if has_top_ticks { theme::SMALL + 10.0 } else { 8.0 };
    let rect = Rect { left: columns.plot.0, top, right: columns.plot.1, bottom: top + body };
    page.draw(rect.bottom + theme::SMALL + 8.0, &chart.description(), |canvas| {
        let head = Type::plain(theme::SMALL, theme::MUTED);
        canvas.text(&chart.figures_head, (columns.figures, page.top() + 8.0), Anchor::Left, head)?;
        chart.axis.draw(canvas, rect, has_top_ticks)?;
        let mut y = rect.top;
        for block in &blocks {
            match block {
                Block::Heading(lines) => {
                    // the veil keeps the grid lines out of the letters
                    let ground = Rect {
                        left: theme::MARGIN,
                        top: y - 2.0,
                        right: rect.right + 2.0,
                        bottom: y + block.height(form),
                    };
                    canvas.rectangle(ground, theme::GROUND, 1.0)?;
                    let look = Type::bold(theme::HEADING, theme::INK);
                    canvas.paragraph(lines, (theme::MARGIN, y + 12.0 + theme::HEADING), look)?;
                }
                Block::Row { row, name, detail, .. } => {
                    let (names, dots) = block.middles(form);
                    draw_names(canvas, row, name, detail, y + names)?;
                    draw_dots(canvas, chart, row, &columns, y + dots)?;
                }
            }
            y += block.height(form);
        }
        Ok(())
    })
}

impl DotChart {
    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.groups.iter().flat_map(|group| &group.rows)
    }

    /// The content for readers who cannot see the picture.
    fn description(&self) -> String {
        let dots = self.rows().flat_map(|row| row.dots.iter().map(move |dot| sentence(row, dot)));
        std::iter::once(self.words.subtitle.clone()).chain(dots).collect::<Vec<_>>().join("; ")
    }
}

/// Name, remark and figures of a dot: `全套政策 · 基准情景: 0.52%`.
fn sentence(row: &Row, dot: &Dot) -> String {
    let label = if dot.label.is_empty() { String::new() } else { format!(" · {}", dot.label) };
    format!("{}{label}: {}", row.name, dot.figures)
}

/// Where the columns of the chart stand.
struct Columns {
    /// Width of the names.
    names: f64,
    /// Right end of the labels of dots.
    labels: f64,
    /// Ends of the axis.
    plot: (f64, f64),
    /// Left end of the figures.
    figures: f64,
    /// What the chart is drawn for.
    form: Form,
}

impl Columns {
    fn of(chart: &DotChart, form: Form) -> Self {
        let widest = |look: Type, texts: &mut dyn Iterator<Item = &str>| {
            texts.map(|text| look.width(text)).fold(0.0, f64::max)
        };
        let dots = || chart.rows().flat_map(|row| &row.dots);
        let whole = form.width() - 2.0 * theme::MARGIN;
        let names = widest(name_look(true), &mut chart.rows().map(|row| row.name.as_str()))
            .max(widest(detail_look(), &mut chart.rows().map(|row| row.detail.as_str())))
            .clamp(80.0, if form.is_stacked() { whole } else { form.name_width(NAME_WIDTH) });
        let label = widest(detail_look(), &mut dots().map(|dot| dot.label.as_str()));
        let label = if label > 0.0 { label + 2.0 * theme::GAP } else { 0.0 };
        let figures = widest(figures_look(true), &mut dots().map(|dot| dot.figures.as_str()))
            .max(detail_look().width(&chart.figures_head));
        let figures = form.width() - theme::MARGIN - figures;
        // beside labels the names take several lines before the axis becomes too short to compare on
        let room = figures - theme::MARGIN - label - 6.0 * theme::GAP - LEAST_PLOT * form.width();
        let names = if label > 0.0 && !form.is_stacked() { names.min(room.max(80.0)) } else { names };
        let beside = if form.is_stacked() { 0.0 } else { names };
        let left = theme::MARGIN + beside + label + 3.0 * theme::GAP;
        Self {
            names,
            labels: left - 2.0 * theme::GAP,
            plot: (left, figures - 3.0 * theme::GAP),
            figures,
            form,
        }
    }
}

fn name_look(emphasis: bool) -> Type {
    let look = Type::plain(theme::LABEL, theme::INK);
    if emphasis { Type::bold(look.size, theme::BLUE) } else { look }
}

fn figures_look(emphasis: bool) -> Type {
    name_look(emphasis)
}

fn detail_look() -> Type {
    Type::plain(theme::SMALL, theme::MUTED)
}

/// A piece of the chart from one height to the next.
enum Block<'a> {
    Heading(Vec<String>),
    Row { row: &'a Row, name: Vec<String>, detail: Vec<String>, gap: f64 },
}

impl Block<'_> {
    /// Height of names and remark, and of the dots.
    fn parts(&self) -> (f64, f64) {
        match self {
            Self::Heading(_) => (0.0, 0.0),
            Self::Row { row, name, detail, .. } => (
                name_look(false).leading() * name.len() as f64
                    + detail_look().leading() * detail.len() as f64,
                name_look(false).leading() * row.dots.len() as f64,
            ),
        }
    }

    /// How far below its top the middles of names and dots stand.
    fn middles(&self, form: Form) -> (f64, f64) {
        let (middle, (names, dots)) = (self.height(form) / 2.0, self.parts());
        if form.is_stacked() { (middle - dots / 2.0, middle + names / 2.0) } else { (middle, middle) }
    }

    fn height(&self, form: Form) -> f64 {
        let (names, dots) = self.parts();
        match self {
            Self::Heading(lines) => {
                20.0 + Type::bold(theme::HEADING, theme::INK).leading() * lines.len() as f64
            }
            Self::Row { gap, .. } => gap + if form.is_stacked() { names + dots } else { names.max(dots) },
        }
    }
}

fn blocks<'a>(group: &'a Group, columns: &Columns) -> Vec<Block<'a>> {
    let mut blocks = Vec::with_capacity(group.rows.len() + 1);
    if !group.heading.is_empty() {
        let look = Type::bold(theme::HEADING, theme::INK);
        blocks.push(Block::Heading(look.lines(&group.heading, columns.form.width() - 2.0 * theme::MARGIN)));
    }
    blocks.extend(group.rows.iter().map(|row| {
        let name = name_look(row.emphasis).lines(&row.name, columns.names);
        let detail =
            if row.detail.is_empty() { Vec::new() } else { detail_look().lines(&row.detail, columns.names) };
        Block::Row { row, name, detail, gap: columns.form.gap(ROW_GAP) }
    }));
    blocks
}

fn draw_names(
    canvas: &Canvas,
    row: &Row,
    name: &[String],
    detail: &[String],
    middle: f64,
) -> Result<(), ChartError> {
    let (look, small) = (name_look(row.emphasis), detail_look());
    let height = look.leading() * name.len() as f64 + small.leading() * detail.len() as f64;
    let top = middle - height / 2.0;
    canvas.paragraph(name, (theme::MARGIN, top + look.size * 1.05), look)?;
    let below = top + look.leading() * name.len() as f64;
    canvas.paragraph(detail, (theme::MARGIN, below + small.size * 1.05), small)
}

fn draw_dots(
    canvas: &Canvas,
    chart: &DotChart,
    row: &Row,
    columns: &Columns,
    middle: f64,
) -> Result<(), ChartError> {
    let scale = chart.axis.scale(columns.plot.0, columns.plot.1);
    let look = figures_look(row.emphasis);
    let color = if row.emphasis { theme::BLUE } else { theme::INK };
    let first = middle - look.leading() * (row.dots.len() as f64 - 1.0) / 2.0;
    for (index, dot) in row.dots.iter().enumerate() {
        let y = first + look.leading() * index as f64;
        let baseline = y + look.size * 0.36;
        let x = scale.place(dot.value);
        let guide = Stroke { color: theme::GRID, width: theme::HAIRLINE };
        canvas.line([(columns.plot.0, y), (columns.plot.1, y)], guide)?;
        if chart.stems {
            canvas.line([(scale.place(0.0), y), (x, y)], Stroke { color, width: theme::MEDIAN_WIDTH })?;
        }
        if let Some((low, high)) = dot.interval {
            marker::whisker(canvas, (scale.place(low), scale.place(high)), (x, y), color)?;
        }
        marker::draw(canvas, (x, y), dot.shape, color)?;
        canvas.text(&dot.label, (columns.labels, baseline), Anchor::Right, detail_look())?;
        canvas.text(&dot.figures, (columns.figures, baseline), Anchor::Left, look)?;
        let half = look.leading() / 2.0;
        let place = Rect { left: columns.plot.0, top: y - half, right: columns.plot.1, bottom: y + half };
        canvas.mark(place, sentence(row, dot));
    }
    Ok(())
}

#[cfg(test)]
#[path = "dots_tests.rs"]
mod tests;
