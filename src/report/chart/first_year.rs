//! The curve of first years: how likely a level has been reached by each year, one line a policy.

use super::ChartError;
use super::canvas::{Anchor, Canvas, Drawing, Rect, Stroke, Type};
use super::scale::{Kind, Linear, Ticks, year_ticks};
use super::sheet::{LABEL_SHIFT, Room, Sheet};
use super::{labels, theme};

/// The widest a policy's name may be before it wraps.
const NAME_WIDTH: f64 = 190.0;
/// Height of the plot.
const HEIGHT: f64 = 400.0;

/// What a line stands for, which decides how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The policy that the briefing is about.
    Focus,
    /// The policy that changes are measured against.
    Reference,
    /// Any other.
    Other,
}

/// One policy.
#[derive(Clone, Debug, PartialEq)]
pub struct ReachedLine {
    /// Its name.
    pub name: String,
    /// The last probability in words, e.g. `10.8%`.
    pub end: String,
    /// What it stands for.
    pub role: Role,
    /// The probability at the target's year in words, drawn there for the policy in focus.
    pub at_target: Option<String>,
    /// Probability in [0, 1] of having reached the level by each year of the chart, never falling.
    pub reached: Vec<f64>,
    /// What each year tells a reader who points at it.
    pub told: Vec<String>,
}

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstYearChart {
    /// What it shows.
    pub title: String,
    /// Level, conditions; unit.
    pub subtitle: String,
    /// Sources of the figures.
    pub source: String,
    /// Years, strictly increasing, at least two.
    pub years: Vec<i32>,
    /// Year for which the target is set, emphasised if it is one of the years.
    pub target_year: Option<i32>,
    /// The least that the top of the axis may be, in [0, 1]: what cannot be ruled out where no trial reached the level.
    pub least_top: f64,
    /// One for each policy; at least one.
    pub lines: Vec<ReachedLine>,
}

impl FirstYearChart {
    fn validate(&self) -> Result<(), ChartError> {
        if self.lines.is_empty() || self.years.len() < 2 {
            return Err(ChartError::Empty { chart: self.title.clone() });
        }
        if self.years.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(ChartError::Years { chart: self.title.clone() });
        }
        for line in &self.lines {
            let (series, years, values) = (line.name.clone(), self.years.len(), line.reached.len());
            if values != years || line.told.len() != years {
                return Err(ChartError::Length { series, years, values });
            }
            let wrong = line.reached.iter().position(|p| !(0.0..=1.0).contains(p));
            if let Some(at) = wrong {
                return Err(ChartError::Value { series, year: self.years[at] });
            }
        }
        Ok(())
    }

    /// Ticks of the axis of probabilities, which begins at 0.
    pub fn ticks(&self) -> Ticks {
        let most = self.lines.iter().flat_map(|line| &line.reached).copied().fold(self.least_top, f64::max);
        Ticks::of_kind(0.0, most.min(1.0), 6, Kind::Percent)
    }

    /// Top of the axis in words where it is not 100 %.
    pub fn top(&self) -> Option<String> {
        let ticks = self.ticks();
        let top = ticks.span().1;
        (top < 1.0).then(|| ticks.label(top))
    }
}

/// How a line of this role looks, the `other`th of its kind: its stroke, and its dashes unless it is drawn through.
fn look_of(role: Role, other: usize) -> (Stroke, Option<(f64, f64)>) {
    match role {
        Role::Focus => (Stroke { color: theme::BLUE, width: theme::MEDIAN_WIDTH }, None),
        Role::Reference => (Stroke { color: theme::INK, width: theme::LINE_WIDTH }, Some((7.0, 5.0))),
        Role::Other => {
            let (color, dashes) = theme::OTHERS[other % theme::OTHERS.len()];
            (Stroke { color, width: theme::LINE_WIDTH }, dashes)
        }
    }
}

/// The chart as a picture.
///
/// # Errors
/// [`ChartError::Empty`], [`ChartError::Years`], [`ChartError::Length`] and [`ChartError::Value`] as for fans.
pub fn render(chart: &FirstYearChart) -> Result<Drawing, ChartError> {
    chart.validate()?;
    let ticks = chart.ticks();
    let mut others = 0;
    let looks: Vec<(Stroke, Option<(f64, f64)>)> = chart
        .lines
        .iter()
        .map(|line| {
            let look = look_of(line.role, others);
            others += usize::from(line.role == Role::Other);
            look
        })
        .collect();
    let names: Vec<(Vec<String>, Type)> = chart
        .lines
        .iter()
        .zip(&looks)
        .map(|(line, (stroke, _))| {
            let look = match line.role {
                Role::Focus => Type::bold(theme::LABEL, stroke.color),
                Role::Reference | Role::Other => Type::plain(theme::LABEL, stroke.color),
            };
            (look.lines(&format!("{} {}", line.end, line.name), NAME_WIDTH), look)
        })
        .collect();
    let width =
        names.iter().flat_map(|(lines, look)| lines.iter().map(|line| look.width(line))).fold(0.0, f64::max);
    // Every name keeps its own line however many policies there are.
    let most_lines = names.iter().map(|(lines, _)| lines.len()).max().unwrap_or(1);
    let leading = Type::plain(theme::LABEL, theme::INK).leading();
    let gap = leading * most_lines as f64 + 3.0;
    let room = Room {
        left: Sheet::axis_width(&ticks),
        right: width + LABEL_SHIFT,
        above: 22.0,
        height: HEIGHT.max(gap * names.len() as f64),
    };
    let sheet = Sheet::new(&chart.title, &chart.subtitle, &chart.source, room);
    let rect = sheet.rect;
    let value = ticks.axis((rect.bottom, rect.top));
    let (first, last) = (chart.years[0], chart.years[chart.years.len() - 1]);
    let year = Linear::new((f64::from(first), f64::from(last)), (rect.left + theme::GAP, rect.right));
    let places: Vec<f64> = chart.years.iter().map(|&y| year.place(f64::from(y))).collect();
    let description: Vec<String> =
        chart.lines.iter().map(|line| format!("{}: {}", line.name, line.end)).collect();
    let description = format!("{}; {last}: {}", chart.subtitle, description.join("; "));
    Canvas::document(sheet.size, &chart.title, &description, |canvas| {
        sheet.draw(canvas)?;
        sheet.draw_values(canvas, &ticks, &value)?;
        let small = Type::plain(theme::SMALL, theme::MUTED);
        let anchor = chart.target_year.unwrap_or(last);
        let label_width = small.width("2030") + 10.0;
        for tick in year_ticks(first, last, anchor, rect.right - rect.left, label_width) {
            let is_target = Some(tick) == chart.target_year;
            let look = if is_target { Type::bold(theme::SMALL, theme::ACCENT) } else { small };
            let x = year.place(f64::from(tick));
            if is_target {
                let drop = Stroke { color: theme::ACCENT, width: theme::HAIRLINE };
                canvas.dashes((x, rect.top), (x, rect.bottom), (2.0, 5.0), drop)?;
            }
            sheet.draw_tick(canvas, x, &tick.to_string(), look)?;
        }
        // The policy in focus lies on top of the others.
        let order = |role: Role| chart.lines.iter().zip(&looks).filter(move |(line, _)| line.role == role);
        let all = order(Role::Other).chain(order(Role::Reference)).chain(order(Role::Focus));
        for (line, &(stroke, dashes)) in all {
            let points: Vec<(f64, f64)> =
                places.iter().zip(&line.reached).map(|(&x, &p)| (x, value.place(p))).collect();
            match dashes {
                Some(dashes) => canvas.dashed(&points, dashes, stroke)?,
                None => canvas.line(points.iter().copied(), stroke)?,
            }
            let radius = if line.role == Role::Focus { theme::DOT + 0.6 } else { theme::DOT };
            for (&at, told) in points.iter().zip(&line.told) {
                canvas.dot(at, radius, stroke.color, line.role != Role::Focus)?;
                let near = Rect { left: at.0 - 9.0, right: at.0 + 9.0, top: at.1 - 9.0, bottom: at.1 + 9.0 };
                canvas.mark(near, told.clone());
            }
        }
        draw_at_target(canvas, chart, rect, |target| year.place(f64::from(target)), &value)?;
        let wanted: Vec<f64> =
            chart.lines.iter().map(|line| value.place(line.reached[line.reached.len() - 1])).collect();
        let half = gap / 2.0;
        let spots = labels::spread(&wanted, gap, (rect.top + half, rect.bottom - half));
        for (((lines, look), &spot), &from) in names.iter().zip(&spots).zip(&wanted) {
            sheet.draw_leader(canvas, from, spot)?;
            let top = spot - leading * lines.len() as f64 / 2.0;
            for (index, line) in lines.iter().enumerate() {
                let baseline = top + look.size * 1.05 + leading * index as f64;
                canvas.text(line, (rect.right + LABEL_SHIFT, baseline), Anchor::Left, *look)?;
            }
        }
        Ok(())
    })
}

/// The probability of the policy in focus at the target's year: left of the line, where curves that only rise leave room.
fn draw_at_target(
    canvas: &Canvas,
    chart: &FirstYearChart,
    rect: Rect,
    place: impl Fn(i32) -> f64,
    value: &Linear,
) -> Result<(), ChartError> {
    let look = Type::bold(theme::LABEL, theme::BLUE);
    let Some(target) = chart.target_year else { return Ok(()) };
    let Some(at) = chart.years.iter().position(|&year| year == target) else { return Ok(()) };
    let Some(line) = chart.lines.iter().find(|line| line.role == Role::Focus) else { return Ok(()) };
    let Some(words) = &line.at_target else { return Ok(()) };
    // Above every curve, so that it covers none.
    let highest = chart.lines.iter().map(|line| line.reached[at]).fold(0.0, f64::max);
    let baseline = (value.place(highest) - 12.0).max(rect.top + look.size);
    let (x, width) = (place(target), look.width(words));
    let (left, anchor) = if x - theme::GAP - width >= rect.left {
        (x - theme::GAP, Anchor::Right)
    } else {
        (x + theme::GAP, Anchor::Left)
    };
    let from = if anchor == Anchor::Right { left - width } else { left };
    let ground = Rect { left: from, right: from + width, top: baseline - look.size, bottom: baseline + 4.0 };
    canvas.rectangle(ground, theme::GROUND, theme::VEIL)?;
    canvas.text(words, (left, baseline), anchor, look)
}
