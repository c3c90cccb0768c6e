//! A figure over another one: a line with its band, single points with whiskers, and a wanted level.

mod places;

use super::canvas::{Anchor, Canvas, Drawing, Rect, Stroke, Type};
use super::page::check;
use super::scale::{Kind, Ticks};
use super::sheet::{LABEL_SHIFT, Room, Sheet};
use super::{ChartError, theme};
use crate::text;
use crate::text::Text;
use places::Label;

/// Height of the plot.
const HEIGHT: f64 = 340.0;
/// Room of the axis titles.
const AXIS_TITLE: f64 = 22.0;
/// The lowest fraction from which on an axis of fractions need not begin at 0.
const HIGH: f64 = 0.3;

/// One point of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Place on the horizontal axis.
    pub x: f64,
    /// Height.
    pub y: f64,
    /// Ends of the interval of the height, if it has one.
    pub interval: Option<(f64, f64)>,
    /// What it tells a reader who points at it.
    pub told: String,
}

/// A point apart from the line, with a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Where it stands.
    pub point: Point,
    /// Its name.
    pub label: String,
    /// Whether it stands out: drawn full in the second colour.
    pub emphasis: bool,
    /// Ends of the interval of its place on the horizontal axis, if it has one.
    pub across: Option<(f64, f64)>,
}

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveChart {
    /// What it shows.
    pub title: String,
    /// Conditions, units, how to read it.
    pub subtitle: String,
    /// Sources of the figures.
    pub source: String,
    /// Name and unit of the horizontal axis.
    pub x_name: String,
    /// Name and unit of the vertical axis.
    pub y_name: String,
    /// How the horizontal figures are written.
    pub x_kind: Kind,
    /// How the vertical figures are written.
    pub y_kind: Kind,
    /// The line, from left to right.
    pub line: Vec<Point>,
    /// Points apart from it.
    pub spots: Vec<Spot>,
    /// A wanted height with its label.
    pub wanted: Option<(f64, String)>,
}

impl CurveChart {
    fn points(&self) -> impl Iterator<Item = &Point> {
        self.line.iter().chain(self.spots.iter().map(|spot| &spot.point))
    }

    fn validate(&self) -> Result<(), ChartError> {
        if self.points().next().is_none() {
            return Err(ChartError::Nothing { chart: self.title.clone() });
        }
        for point in self.points() {
            let (low, high) = point.interval.unwrap_or((point.y, point.y));
            check(&self.title, &point.told, &[point.x, point.y, low, high])?;
        }
        let across = self.spots.iter().filter_map(|spot| spot.across);
        for (low, high) in across.chain(self.wanted.iter().map(|(level, _)| (*level, *level))) {
            check(&self.title, &self.x_name, &[low, high])?;
        }
        if self.line.windows(2).any(|pair| pair[0].x > pair[1].x) {
            return Err(ChartError::Figure { chart: self.title.clone(), item: self.x_name.clone() });
        }
        Ok(())
    }

    /// Ticks of the vertical axis: from 0, but for fractions that all lie high.
    fn heights(&self) -> Ticks {
        let ends = self.points().flat_map(|point| {
            let (low, high) = point.interval.unwrap_or((point.y, point.y));
            [low, high]
        });
        let ends: Vec<f64> = ends.chain(self.wanted.iter().map(|(level, _)| *level)).collect();
        let (low, high) = bounds(&ends);
        if self.y_kind == Kind::Percent && low >= HIGH && low < high {
            return Ticks::around(low, high, 6, self.y_kind);
        }
        Ticks::of_kind(low, high, 6, self.y_kind)
    }

    /// Where the vertical axis begins, for the subtitle: nothing if it begins at 0.
    pub fn bottom(&self) -> Option<Text> {
        let heights = self.heights();
        let least = heights.span().0;
        let bottom = heights.label(least);
        (least > 0.0).then(|| text!("；纵轴从{bottom}起", "; the vertical axis begins at {bottom}"))
    }

    /// Ticks of the horizontal axis: from 0 where that costs little room, else about the figures.
    fn places(&self) -> Ticks {
        let across = self.spots.iter().filter_map(|spot| spot.across).flat_map(|(low, high)| [low, high]);
        let all: Vec<f64> = self.points().map(|point| point.x).chain(across).collect();
        let (low, high) = bounds(&all);
        if low > 0.5 * high && low < high {
            return Ticks::around(low, high, 8, self.x_kind);
        }
        Ticks::of_kind(low, high, 8, self.x_kind)
    }
}

fn bounds(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)))
}

/// The chart as a picture.
///
/// # Errors
/// [`ChartError::Nothing`] without a point; [`ChartError::Figure`] for what is not finite or a line that runs back.
pub fn render(chart: &CurveChart) -> Result<Drawing, ChartError> {
    chart.validate()?;
    let (heights, places) = (chart.heights(), chart.places());
    let name = |emphasis: bool| {
        if emphasis { Type::bold(theme::LABEL, theme::ACCENT) } else { Type::plain(theme::LABEL, theme::INK) }
    };
    let widths = chart.spots.iter().map(|spot| name(spot.emphasis).width(&spot.label));
    let right = widths.fold(0.0, f64::max).min(260.0) + LABEL_SHIFT;
    let room = Room {
        left: Sheet::axis_width(&heights),
        right: if chart.spots.is_empty() { 12.0 } else { right },
        above: 30.0,
        height: HEIGHT,
    };
    let sheet = Sheet::new(&chart.title, &chart.subtitle, &chart.source, room);
    let rect = sheet.rect;
    let height = heights.axis((rect.bottom, rect.top));
    let place = places.axis((rect.left + theme::GAP, rect.right));
    let at = |point: &Point| (place.place(point.x), height.place(point.y));
    let size = (sheet.size.0, sheet.size.1 + AXIS_TITLE);
    let description = format!("{}; {}", chart.subtitle, chart.y_name);
    Canvas::document(size, &chart.title, &description, |canvas| {
        // the name of the horizontal axis stands between its labels and the source
        sheet.draw_shifted(canvas, AXIS_TITLE)?;
        sheet.draw_values(canvas, &heights, &height)?;
        sheet.draw_ground(canvas)?;
        let small = Type::plain(theme::SMALL, theme::MUTED);
        for &tick in &places.values {
            sheet.draw_tick(canvas, place.place(tick), &places.label(tick), small)?;
        }
        let below = rect.bottom + 2.0 * small.leading() + theme::GAP;
        canvas.text(&chart.x_name, ((rect.left + rect.right) / 2.0, below), Anchor::Middle, small)?;
        let title = (theme::MARGIN, rect.top - 12.0);
        canvas.text(&chart.y_name, title, Anchor::Left, small)?;
        let title = places::taken(&chart.y_name, title, small);
        draw_line(canvas, chart, &at, &|y| height.place(y), rect)?;
        let whisker = |spot: &Spot| {
            let (x, y) = at(&spot.point);
            let (low, high) = spot.point.interval.map_or((y, y), |(a, b)| (height.place(a), height.place(b)));
            Rect { left: x, right: x, top: high.min(low), bottom: low.max(high) }
        };
        let whiskers: Vec<Rect> = chart.spots.iter().map(whisker).collect();
        let spots = chart.spots.iter().map(|spot| at(&spot.point)).collect::<Vec<_>>();
        let widths = chart.spots.iter().map(|spot| name(spot.emphasis).width(&spot.label));
        let widths = widths.collect::<Vec<_>>();
        let labels = places::of_spots(&spots, &widths, &whiskers, rect, title);
        if let Some((level, label)) = &chart.wanted {
            let y = height.place(*level);
            let stroke = Stroke { color: theme::ACCENT, width: theme::LINE_WIDTH };
            canvas.dashes((rect.left, y), (rect.right, y), (7.0, 5.0), stroke)?;
            let look = Type::bold(theme::SMALL, theme::ACCENT);
            let width = look.width(label);
            let inner = theme::GAP + width;
            let band = chart.line.iter().map(|point| {
                let (low, high) = point.interval.unwrap_or((point.y, point.y));
                (place.place(point.x), height.place(high), height.place(low))
            });
            let band: Vec<(f64, f64, f64)> = band.collect();
            let ends = [(rect.left, rect.left + inner), (rect.right - inner, rect.right)];
            let mut obstacles: Vec<Rect> =
                ends.into_iter().flat_map(|end| places::of_band(&band, end)).collect();
            obstacles.extend(&whiskers);
            obstacles.push(title);
            let (at, anchor) = places::of_level(y, width, look, rect, &obstacles);
            canvas.text(label, at, anchor, look)?;
        }
        for (spot, label) in chart.spots.iter().zip(labels) {
            let (x, y) = at(&spot.point);
            let color = if spot.emphasis { theme::ACCENT } else { theme::INK };
            let stroke = Stroke { color, width: theme::LINE_WIDTH };
            if let Some((low, high)) = spot.point.interval {
                canvas.line([(x, height.place(low)), (x, height.place(high))], stroke)?;
            }
            if let Some((low, high)) = spot.across {
                canvas.line([(place.place(low), y), (place.place(high), y)], stroke)?;
            }
            canvas.dot((x, y), theme::DOT + 1.6, color, !spot.emphasis)?;
            match label {
                Label::Above(place) => {
                    canvas.text(&spot.label, place, Anchor::Middle, name(spot.emphasis))?;
                }
                Label::Beside(label) => {
                    let leader = Stroke { color: theme::AXIS, width: theme::HAIRLINE };
                    let end = (rect.right + LABEL_SHIFT - 5.0, label);
                    canvas.dashes((x + 7.0, y), end, (1.5, 3.0), leader)?;
                    let lines = name(spot.emphasis).lines(&spot.label, 260.0);
                    let top = label + theme::LABEL * 0.36;
                    canvas.paragraph(&lines, (rect.right + LABEL_SHIFT, top), name(spot.emphasis))?;
                }
            }
            let reach = Rect { left: x - 8.0, right: x + 8.0, top: y - 8.0, bottom: y + 8.0 };
            canvas.mark(reach, spot.point.told.clone());
        }
        Ok(())
    })
}

/// The line with its band, and what it tells along the way.
fn draw_line(
    canvas: &Canvas,
    chart: &CurveChart,
    at: &dyn Fn(&Point) -> (f64, f64),
    height: &dyn Fn(f64) -> f64,
    rect: Rect,
) -> Result<(), ChartError> {
    let points = &chart.line;
    if points.len() > 1 {
        let end = |point: &Point, upper: bool| {
            let (low, high) = point.interval.unwrap_or((point.y, point.y));
            (at(point).0, height(if upper { high } else { low }))
        };
        let upper = points.iter().map(|point| end(point, true));
        let lower = points.iter().rev().map(|point| end(point, false));
        canvas.area(upper.chain(lower), theme::BLUE, theme::BAND_ALPHA + theme::BAND_STEP)?;
        canvas.line(points.iter().map(at), Stroke { color: theme::BLUE, width: theme::MEDIAN_WIDTH })?;
    }
    for (index, point) in points.iter().enumerate() {
        let (x, y) = at(point);
        canvas.dot((x, y), theme::DOT, theme::BLUE, false)?;
        let half = |other: Option<&Point>| other.map(|other| (at(other).0 + x) / 2.0);
        let left = half(index.checked_sub(1).and_then(|before| points.get(before))).unwrap_or(rect.left);
        let right = half(points.get(index + 1)).unwrap_or(rect.right);
        canvas.mark(Rect { left, right, top: rect.top, bottom: rect.bottom }, point.told.clone());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> CurveChart {
        let point = |x: f64, y: f64| Point { x, y, interval: Some((y * 0.9, y * 1.1)), told: format!("{x}") };
        CurveChart {
            title: "可能性随投入的变化".into(),
            subtitle: "单位：%".into(),
            source: "来源".into(),
            x_name: "财政资金（亿元）".into(),
            y_name: "可能性".into(),
            x_kind: Kind::Plain,
            y_kind: Kind::Percent,
            line: vec![point(0.0, 0.1), point(50.0, 0.2), point(100.0, 0.25)],
            spots: vec![Spot {
                point: point(60.0, 0.15),
                label: "现有方案".into(),
                emphasis: true,
                across: Some((55.0, 65.0)),
            }],
            wanted: Some((0.22, "想要的可能性22%".into())),
        }
    }

    #[test]
    fn every_word_and_mark_is_drawn() {
        let drawing = render(&chart()).unwrap();
        for word in
            ["可能性随投入的变化", "财政资金（亿元）", "现有方案", "想要的可能性22%", "来源", "25%", "100"]
        {
            assert!(drawing.svg.contains(word), "{word}");
        }
        assert_eq!(drawing.marks.len(), 4);
    }

    #[test]
    fn an_axis_that_does_not_begin_at_nothing_is_told() {
        assert_eq!(chart().bottom(), None);
        let mut high = chart();
        for (at, point) in high.line.iter_mut().enumerate() {
            (point.y, point.interval) = (0.4 + 0.01 * at as f64, None);
        }
        high.spots.clear();
        high.wanted = None;
        assert_eq!(high.bottom().unwrap().zh, "；纵轴从40.0%起");
    }

    #[test]
    fn a_name_stands_above_its_point_where_its_line_would_cross_another_interval() {
        let rect = Rect { left: 0.0, right: 400.0, top: 0.0, bottom: 300.0 };
        let whisker = |x: f64| Rect { left: x, right: x, top: 90.0, bottom: 110.0 };
        let labels = |first: f64, second: f64| {
            let places = [(first, 100.0), (second, 100.0)];
            let title = Rect { left: 0.0, right: 0.0, top: 0.0, bottom: 0.0 };
            places::of_spots(&places, &[60.0, 60.0], &[whisker(first), whisker(second)], rect, title)
        };
        // the line of the first one would run through the second
        let [Label::Above((x, foot)), Label::Beside(_)] = labels(100.0, 300.0)[..] else {
            panic!("one above")
        };
        assert!((x - 100.0).abs() < 1e-9 && foot < 90.0);
        // at one place neither is crossed
        assert!(labels(100.0, 100.0).iter().all(|label| matches!(label, Label::Beside(_))));
    }

    #[test]
    fn what_cannot_be_drawn_is_refused_by_name() {
        let mut none = chart();
        none.line.clear();
        none.spots.clear();
        assert!(matches!(render(&none), Err(ChartError::Nothing { .. })));
        let mut wild = chart();
        wild.line[1].y = f64::NAN;
        assert!(matches!(render(&wild), Err(ChartError::Figure { .. })));
        let mut back = chart();
        back.line.swap(0, 2);
        assert!(matches!(render(&back), Err(ChartError::Figure { .. })));
    }
}
