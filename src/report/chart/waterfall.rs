//! Waterfalls in rows: how a total is built up from parts, each panel on its own axis from 0.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Drawing, Rect, Stroke, Type};
use super::form::Form;
use super::page::{Page, Words, check};
use super::scale::Linear;
use super::{ChartError, theme};

/// The widest a name may be before it wraps.
const NAME_WIDTH: f64 = 300.0;
/// Height of a bar.
const BAR: f64 = 20.0;
/// Distance between the bars of two rows.
const ROW_GAP: f64 = 12.0;

/// One or several waterfalls below each other.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Waterfall {
    /// Title, subtitle, notes, source.
    pub words: Words,
    /// Panels.
    pub panels: Vec<Panel>,
}

/// One waterfall.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// What it shows, with its scale; may be empty.
    pub heading: String,
    /// The axis, which must hold the values of all bars.
    pub axis: Axis,
    /// Bars from top to bottom.
    pub steps: Vec<Step>,
    /// A value to compare with, and its label; beyond the end of the axis only the label is drawn, at the edge.
    pub line: Option<(f64, String)>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Step {
    /// Name.
    pub name: String,
    /// Where the bar begins; 0 for a total.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Interval of its end.
    pub interval: Option<(f64, f64)>,
    /// Its figures, at the right.
    pub figures: String,
    /// Whether it is a total rather than a change.
    pub is_total: bool,
}

/// The chart.
///
/// # Errors
/// [`ChartError::Nothing`] without a bar; [`ChartError::Figure`] when a value is not finite.
pub fn render(chart: &Waterfall) -> Result<Drawing, ChartError> {
    render_for(chart, Form::Screen)
}

/// The same, drawn for what `form` says.
///
/// # Errors
/// As for [`render`].
pub fn render_for(chart: &Waterfall, form: Form) -> Result<Drawing, ChartError> {
    let title = &chart.words.title;
    for step in chart.steps() {
        let (low, high) = step.interval.unwrap_or((step.to, step.to));
        check(title, &step.name, &[step.from, step.to, low, high])?;
    }
    if chart.steps().next().is_none() {
        return Err(ChartError::Nothing { chart: title.clone() });
    }
    let page = Page::for_form(&chart.words, form);
    let columns = Columns::of(chart, form);
    let heights: Vec<f64> = chart.panels.iter().map(|panel| columns.height(panel)).collect();
    let bottom = page.top() + heights.iter().sum::<f64>();
    page.draw(bottom - 10.0, &chart.description(), |canvas| {
        let mut top = page.top();
        for (panel, height) in chart.panels.iter().zip(&heights) {
            columns.draw(canvas, panel, top)?;
            top += height;
        }
        Ok(())
    })
}

impl Waterfall {
    fn steps(&self) -> impl Iterator<Item = &Step> {
        self.panels.iter().flat_map(|panel| &panel.steps)
    }

    /// The content for readers who cannot see the picture.
    fn description(&self) -> String {
        let mut parts = vec![self.words.subtitle.clone()];
        for panel in &self.panels {
            parts.push(panel.heading.clone());
            parts.extend(panel.steps.iter().map(sentence));
            parts.extend(panel.line.iter().map(|(_, label)| label.clone()));
        }
        parts.retain(|part| !part.is_empty());
        parts.join("; ")
    }
}

fn sentence(step: &Step) -> String {
    format!("{}: {}", step.name, step.figures)
}

/// Where names, plot and figures stand; the same in all panels.
struct Columns {
    names: f64,
    plot: (f64, f64),
    figures: f64,
    /// Room below the ticks.
    foot: f64,
    /// Distance between the bars of two rows.
    gap: f64,
    /// What the chart is drawn for.
    form: Form,
}

impl Columns {
    fn of(chart: &Waterfall, form: Form) -> Self {
        let widest = |texts: &mut dyn Iterator<Item = &str>| {
            texts.map(|text| look(true).width(text)).fold(0.0, f64::max)
        };
        let names = widest(&mut chart.steps().map(|step| step.name.as_str()))
            .clamp(80.0, form.name_width(NAME_WIDTH));
        let names = if form.is_stacked() { form.width() - 2.0 * theme::MARGIN } else { names };
        let beside = if form.is_stacked() { 0.0 } else { names };
        let figures =
            form.width() - theme::MARGIN - widest(&mut chart.steps().map(|step| step.figures.as_str()));
        let plot = (theme::MARGIN + beside + 2.0 * theme::GAP, figures - 3.0 * theme::GAP);
        Self { names, plot, figures, gap: form.gap(ROW_GAP), foot: 10.0 + form.gap(30.0), form }
    }

    /// Heading and, where a line of comparison needs it, room for its label.
    fn head(&self, panel: &Panel) -> f64 {
        let lines = self.heading(panel).len() as f64;
        let heading = if panel.heading.is_empty() { 0.0 } else { heading_look().leading() * lines + 6.0 };
        heading + if panel.line.is_some() { look(true).leading() + 2.0 } else { 0.0 }
    }

    /// The heading in lines that fit the picture.
    fn heading(&self, panel: &Panel) -> Vec<String> {
        heading_look().lines(&panel.heading, self.form.width() - 2.0 * theme::MARGIN)
    }

    fn height(&self, panel: &Panel) -> f64 {
        let rows: f64 = panel.steps.iter().map(|step| self.row_height(step)).sum();
        self.head(panel) + rows + theme::SMALL + self.foot
    }

    fn row_height(&self, step: &Step) -> f64 {
        let names = self.names_height(step);
        if self.form.is_stacked() { names + BAR + self.gap } else { names.max(BAR) + self.gap }
    }

    fn names_height(&self, step: &Step) -> f64 {
        look(false).leading() * look(step.is_total).lines(&step.name, self.names).len() as f64
    }

    /// How far below the top of its row the middles of name and bar stand.
    fn middles(&self, step: &Step) -> (f64, f64) {
        let middle = self.row_height(step) / 2.0;
        if self.form.is_stacked() {
            (middle - BAR / 2.0, middle + self.names_height(step) / 2.0)
        } else {
            (middle, middle)
        }
    }

    fn draw(&self, canvas: &Canvas, panel: &Panel, top: f64) -> Result<(), ChartError> {
        if !panel.heading.is_empty() {
            canvas.paragraph(&self.heading(panel), (theme::MARGIN, top + theme::HEADING), heading_look())?;
        }
        let first = top + self.head(panel);
        let rows: f64 = panel.steps.iter().map(|step| self.row_height(step)).sum();
        let rect = Rect { left: self.plot.0, top: first, right: self.plot.1, bottom: first + rows };
        panel.axis.draw(canvas, rect, false)?;
        let scale = panel.axis.scale(rect.left, rect.right);
        let mut y = first;
        let mut names = Vec::with_capacity(panel.steps.len());
        for (index, step) in panel.steps.iter().enumerate() {
            let height = self.row_height(step);
            let (name, bar) = self.middles(step);
            let middle = y + bar;
            names.push((step, y + name, middle));
            draw_bar(canvas, step, &scale, middle)?;
            // a name between two bars would be crossed
            if let Some(next) = panel.steps.get(index + 1).filter(|_| !self.form.is_stacked()) {
                // the level is handed on to the next bar
                let x = scale.place(step.to);
                let until = middle + height / 2.0 + self.row_height(next) / 2.0 - BAR / 2.0;
                let stroke = Stroke { color: theme::AXIS, width: theme::HAIRLINE };
                canvas.line([(x, middle + BAR / 2.0), (x, until)], stroke)?;
            }
            let place = Rect { left: rect.left, top: y, right: rect.right, bottom: y + height };
            canvas.mark(place, sentence(step));
            y += height;
        }
        panel.line.as_ref().map_or(Ok(()), |line| draw_line(canvas, line, &scale, rect))?;
        names.into_iter().try_for_each(|(step, name, bar)| self.draw_names(canvas, step, (name, bar)))
    }

    fn draw_names(
        &self,
        canvas: &Canvas,
        step: &Step,
        (name, figures): (f64, f64),
    ) -> Result<(), ChartError> {
        let look = look(step.is_total);
        let lines = look.lines(&step.name, self.names);
        let top = name - look.leading() * lines.len() as f64 / 2.0;
        if self.form.is_stacked() {
            // grid and target line run through the row of the name
            let width = lines.iter().map(|line| look.width(line)).fold(0.0, f64::max);
            let bottom = top + look.leading() * lines.len() as f64;
            let veil = Rect { left: theme::MARGIN, top, right: theme::MARGIN + width, bottom };
            canvas.rectangle(veil, theme::GROUND, theme::VEIL)?;
        }
        canvas.paragraph(&lines, (theme::MARGIN, top + look.size * 1.05), look)?;
        canvas.text(&step.figures, (self.figures, figures + look.size * 0.36), Anchor::Left, look)
    }
}

/// Totals are dark, gains blue, losses empty with an orange edge: told apart without colour.
fn draw_bar(canvas: &Canvas, step: &Step, scale: &Linear, middle: f64) -> Result<(), ChartError> {
    let (from, to) = (scale.place(step.from), scale.place(step.to));
    // what rounds to nothing still shows as a hairline
    let (left, right) = (from.min(to), from.max(to).max(from.min(to) + theme::HAIRLINE));
    let bar = Rect { left, top: middle - BAR / 2.0, right, bottom: middle + BAR / 2.0 };
    if step.is_total {
        canvas.rectangle(bar, theme::MUTED, 1.0)?;
    } else if step.to >= step.from {
        canvas.rectangle(bar, theme::BLUE, 1.0)?;
    } else {
        canvas.rectangle(bar, theme::ACCENT, 1.0)?;
        let edge = theme::LINE_WIDTH.min((bar.right - bar.left) / 2.0);
        let inner = Rect {
            left: bar.left + edge,
            top: bar.top + theme::LINE_WIDTH,
            right: bar.right - edge,
            bottom: bar.bottom - theme::LINE_WIDTH,
        };
        canvas.rectangle(inner, theme::GROUND, 1.0)?;
    }
    match step.interval {
        Some((low, high)) => whisker(canvas, (scale.place(low), scale.place(high)), middle),
        None => Ok(()),
    }
}

/// The interval of the end of a bar.
fn whisker(canvas: &Canvas, (low, high): (f64, f64), y: f64) -> Result<(), ChartError> {
    let stroke = Stroke { color: theme::INK, width: theme::HAIRLINE };
    canvas.line([(low, y), (high, y)], stroke)?;
    for x in [low, high] {
        canvas.line([(x, y - 5.0), (x, y + 5.0)], stroke)?;
    }
    Ok(())
}

fn draw_line(
    canvas: &Canvas,
    (value, label): &(f64, String),
    scale: &Linear,
    rect: Rect,
) -> Result<(), ChartError> {
    let x = scale.place(*value);
    let look = Type::bold(theme::LABEL, theme::ACCENT);
    if x > rect.right + 1.0 {
        // beyond the axis: named at the edge, but not drawn
        let fits = rect.right - look.width(label) >= theme::MARGIN;
        let (x, anchor) = if fits { (rect.right, Anchor::Right) } else { (rect.left, Anchor::Left) };
        return canvas.text(label, (x, rect.top - 8.0), anchor, look);
    }
    let stroke = Stroke { color: theme::ACCENT, width: theme::LINE_WIDTH };
    canvas.dashes((x, rect.top - 2.0), (x, rect.bottom), (8.0, 5.0), stroke)?;
    // the label ends at the line, or begins there where it would leave the plot
    let anchor = if x - look.width(label) < theme::MARGIN { Anchor::Left } else { Anchor::Right };
    canvas.text(label, (x, rect.top - 8.0), anchor, look)
}

fn look(is_total: bool) -> Type {
    if is_total { Type::bold(theme::LABEL, theme::INK) } else { Type::plain(theme::LABEL, theme::INK) }
}

fn heading_look() -> Type {
    Type::bold(theme::HEADING, theme::INK)
}
