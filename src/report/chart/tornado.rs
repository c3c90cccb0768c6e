//! Bars about a common middle, one row a quantity: where the result stands when the quantity is low and when it is high.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Drawing, Rect, Stroke, Type};
use super::page::{Page, WIDTH, Words, check};
use super::scale::{Kind, Ticks};
use super::{ChartError, marker, theme};

/// The widest a name may be before it wraps.
const NAME_WIDTH: f64 = 300.0;
/// Half the height of a bar.
const HALF: f64 = 9.0;
/// The least height of a row.
const ROW: f64 = 34.0;
/// Opacity of the half on the low side, which tells the two apart in grey print too.
const PALE: f64 = 0.4;

/// A tornado chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    /// Title, subtitle, notes, source.
    pub words: Words,
    /// How results are written at the axis.
    pub kind: Kind,
    /// The result in the middle, with its label.
    pub middle: (f64, String),
    /// Head of the column of figures.
    pub figures_head: String,
    /// What the two sides are called: low, high.
    pub sides: [String; 2],
    /// Rows, the most important first.
    pub rows: Vec<Bar>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Name.
    pub name: String,
    /// The result when the quantity is low, and when it is high.
    pub results: [f64; 2],
    /// Ends of the intervals of these results, the lower first.
    pub intervals: [(f64, f64); 2],
    /// The value of the quantity there.
    pub values: [String; 2],
    /// The results in figures, at the right.
    pub figures: String,
}

/// The chart.
///
/// # Errors
/// [`ChartError::Nothing`] without a row; [`ChartError::Figure`] when a value is not finite.
pub fn render(chart: &Tornado) -> Result<Drawing, ChartError> {
    let title = &chart.words.title;
    for row in &chart.rows {
        let [low, high] = row.intervals;
        check(
            title,
            &row.name,
            &[row.results[0], row.results[1], chart.middle.0, low.0, low.1, high.0, high.1],
        )?;
    }
    if chart.rows.is_empty() {
        return Err(ChartError::Nothing { chart: title.clone() });
    }
    let page = Page::new(&chart.words);
    let columns = Columns::of(chart);
    let names: Vec<Vec<String>> =
        chart.rows.iter().map(|row| name_look().lines(&row.name, columns.names)).collect();
    let heights: Vec<f64> =
        names.iter().map(|name| (name_look().leading() * name.len() as f64 + 10.0).max(ROW)).collect();
    let top = page.top() + 2.0 * theme::SMALL + 22.0;
    let bottom = top + heights.iter().sum::<f64>();
    let rect = Rect { left: columns.plot.0, top, right: columns.plot.1, bottom };
    let axis = chart.axis();
    page.draw(bottom + theme::SMALL + 8.0, &chart.description(), |canvas| {
        let head = Type::plain(theme::SMALL, theme::MUTED);
        canvas.text(&chart.figures_head, (columns.figures, page.top() + 8.0), Anchor::Left, head)?;
        chart.draw_key(canvas, &columns, page.top() + 8.0)?;
        axis.draw(canvas, rect, false)?;
        let scale = axis.scale(rect.left, rect.right);
        let middle = scale.place(chart.middle.0);
        let mut y = top;
        for ((row, name), height) in chart.rows.iter().zip(&names).zip(&heights) {
            let centre = y + height / 2.0;
            let text_top = centre - name_look().leading() * name.len() as f64 / 2.0;
            canvas.paragraph(name, (theme::MARGIN, text_top + name_look().size * 1.05), name_look())?;
            let ends = row.results.map(|result| scale.place(result));
            draw_bar(canvas, middle, ends, centre)?;
            let intervals = row.intervals.map(|(low, high)| (scale.place(low), scale.place(high)));
            for (end, interval) in ends.into_iter().zip(intervals) {
                marker::whisker(canvas, interval, (end, centre), theme::INK)?;
            }
            draw_values(canvas, row, ends, intervals, centre)?;
            let baseline = centre + name_look().size * 0.36;
            canvas.text(&row.figures, (columns.figures, baseline), Anchor::Left, name_look())?;
            let place = Rect { left: rect.left, top: y, right: rect.right, bottom: y + height };
            canvas.mark(place, chart.sentence(row));
            y += height;
        }
        let line = Stroke { color: theme::INK, width: theme::LINE_WIDTH };
        canvas.line([(middle, rect.top), (middle, rect.bottom)], line)?;
        let look = Type::plain(theme::SMALL, theme::INK);
        let half = look.width(&chart.middle.1) / 2.0;
        let place = middle.clamp(rect.left + half, (rect.right - half).max(rect.left + half));
        canvas.text(&chart.middle.1, (place, rect.top - 9.0), Anchor::Middle, look)
    })
}

impl Tornado {
    /// About all results, not from nothing: bars are read from the middle.
    fn axis(&self) -> Axis {
        let of_row =
            |row: &Bar| row.intervals.into_iter().flat_map(|(low, high)| [low, high]).chain(row.results);
        let all = || self.rows.iter().flat_map(of_row).chain([self.middle.0]);
        let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        let ticks = match low < high {
            true => Ticks::around(low, high, 6, self.kind),
            false => Ticks::of_kind(low.min(0.0), high.max(0.0), 6, self.kind),
        };
        Axis { ticks: ticks.values.iter().map(|&value| (value, ticks.label(value))).collect() }
    }

    fn draw_key(&self, canvas: &Canvas, columns: &Columns, baseline: f64) -> Result<(), ChartError> {
        let look = Type::plain(theme::SMALL, theme::MUTED);
        let mut x = columns.plot.0;
        for (side, text) in self.sides.iter().enumerate() {
            let (color, alpha) = paint(side);
            let patch = Rect { left: x, top: baseline - 10.0, right: x + 18.0, bottom: baseline };
            canvas.rectangle(patch, color, alpha)?;
            canvas.text(text, (x + 24.0, baseline), Anchor::Left, look)?;
            x += 24.0 + look.width(text) + 24.0;
        }
        Ok(())
    }

    fn sentence(&self, row: &Bar) -> String {
        let [low, high] = &row.values;
        format!("{}（{low} / {high}）: {}", row.name, row.figures)
    }

    /// The content for readers who cannot see the picture.
    fn description(&self) -> String {
        let rows = self.rows.iter().map(|row| self.sentence(row));
        std::iter::once(self.words.subtitle.clone()).chain(rows).collect::<Vec<_>>().join("; ")
    }
}

/// Colour and opacity of the low side and of the high side.
fn paint(side: usize) -> (plotters::style::RGBColor, f64) {
    if side == 0 { (theme::ACCENT, PALE) } else { (theme::BLUE, 1.0) }
}

fn draw_bar(canvas: &Canvas, middle: f64, ends: [f64; 2], centre: f64) -> Result<(), ChartError> {
    // where both ends lie on one side of the middle, the longer bar is drawn first
    let mut order = [0, 1];
    if (ends[1] - middle).abs() > (ends[0] - middle).abs() {
        order.reverse();
    }
    for side in order {
        let (left, right) = (middle.min(ends[side]), middle.max(ends[side]));
        let (color, alpha) = paint(side);
        canvas.rectangle(Rect { left, top: centre - HALF, right, bottom: centre + HALF }, color, alpha)?;
    }
    Ok(())
}

/// The values of the quantity beside the ends of its bar and of their intervals, the smaller result at the left.
fn draw_values(
    canvas: &Canvas,
    row: &Bar,
    ends: [f64; 2],
    intervals: [(f64, f64); 2],
    centre: f64,
) -> Result<(), ChartError> {
    let look = Type::plain(theme::SMALL, theme::MUTED);
    let baseline = centre + look.size * 0.36;
    let left = usize::from(ends[1] < ends[0]);
    let [low, high] = intervals;
    canvas.text(&row.values[left], (low.0.min(high.0) - 5.0, baseline), Anchor::Right, look)?;
    canvas.text(&row.values[1 - left], (low.1.max(high.1) + 5.0, baseline), Anchor::Left, look)
}

/// Where the columns of the chart stand.
struct Columns {
    names: f64,
    plot: (f64, f64),
    figures: f64,
}

impl Columns {
    fn of(chart: &Tornado) -> Self {
        let small = Type::plain(theme::SMALL, theme::MUTED);
        let widest = |look: Type, texts: &mut dyn Iterator<Item = &str>| {
            texts.map(|text| look.width(text)).fold(0.0, f64::max)
        };
        let names =
            widest(name_look(), &mut chart.rows.iter().map(|row| row.name.as_str())).clamp(80.0, NAME_WIDTH);
        let figures = widest(name_look(), &mut chart.rows.iter().map(|row| row.figures.as_str()))
            .max(small.width(&chart.figures_head));
        let value =
            |side: usize| widest(small, &mut chart.rows.iter().map(move |row| row.values[side].as_str()));
        // the values stand outside the bars, at either side
        let beside = value(0).max(value(1)) + 8.0;
        let figures = WIDTH - theme::MARGIN - figures;
        Self {
            names,
            plot: (theme::MARGIN + names + theme::GAP + beside, figures - theme::GAP - beside),
            figures,
        }
    }
}

fn name_look() -> Type {
    Type::plain(theme::LABEL, theme::INK)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(results: &[[f64; 2]]) -> Tornado {
        let row = |&results: &[f64; 2]| Bar {
            name: "全国：全国年均增长率（中位数）".to_owned(),
            results,
            intervals: results.map(|result| (result - 30.0, result + 40.0)),
            values: ["−1.4%".to_owned(), "6.4%".to_owned()],
            figures: "1,520 → 2,290".to_owned(),
        };
        Tornado {
            words: Words { title: "影响".to_owned(), ..Words::default() },
            kind: Kind::Plain,
            middle: (1_880.0, "平均1,880".to_owned()),
            figures_head: "平均".to_owned(),
            sides: ["偏低".to_owned(), "偏高".to_owned()],
            rows: results.iter().map(row).collect(),
        }
    }

    #[test]
    fn every_row_tells_its_figures_and_both_values() {
        let drawing = render(&chart(&[[1_520.0, 2_290.0], [2_000.0, 1_700.0], [1_900.0, 1_910.0]])).unwrap();
        assert_eq!(drawing.marks.len(), 3);
        assert!(drawing.svg.matches("−1.4%").count() >= 3 && drawing.svg.contains("1,520 → 2,290"));
    }

    #[test]
    fn nothing_and_what_is_no_number_are_refused() {
        assert!(matches!(render(&chart(&[])), Err(ChartError::Nothing { .. })));
        assert!(matches!(render(&chart(&[[f64::NAN, 1.0]])), Err(ChartError::Figure { .. })));
        assert!(render(&chart(&[[1_880.0, 1_880.0]])).is_ok(), "no effect at all");
        let mut without_end = chart(&[[1_520.0, 2_290.0]]);
        without_end.rows[0].intervals[1].1 = f64::INFINITY;
        assert!(matches!(render(&without_end), Err(ChartError::Figure { .. })));
    }

    /// The axis holds both ends of every interval, and values stand outside them.
    #[test]
    fn intervals_lie_within_the_axis() {
        let narrow = chart(&[[1_520.0, 2_290.0]]);
        let mut wide = narrow.clone();
        wide.rows[0].intervals = [(1_120.0, 1_900.0), (1_800.0, 2_780.0)];
        let ends = |chart: &Tornado| {
            let axis = chart.axis();
            (axis.ticks.first().map(|tick| tick.0), axis.ticks.last().map(|tick| tick.0))
        };
        assert!(ends(&narrow).0 > Some(1_120.0) && ends(&narrow).1 < Some(2_780.0));
        assert!(ends(&wide).0 <= Some(1_120.0) && ends(&wide).1 >= Some(2_780.0));
        assert_ne!(render(&narrow).unwrap().svg, render(&wide).unwrap().svg);
    }
}
