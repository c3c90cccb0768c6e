//! The running estimate of a probability by trials, with its interval: whether more trials would still change it.

use super::ChartError;
use super::canvas::{Anchor, Canvas, Drawing, Rect, Stroke, Type};
use super::scale::{Kind, Linear, Ticks};
use super::sheet::{LABEL_SHIFT, Room, Sheet};
use super::theme;
use crate::report::number;
use crate::text::Lang;

/// Height of the plot.
const HEIGHT: f64 = 320.0;
/// The lowest probability of the band from which on the axis need not begin at 0.
const HIGH: f64 = 0.3;

/// The estimate after some trials.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// Trials done.
    pub trials: u64,
    /// Share of hits among them.
    pub estimate: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// What it tells a reader who points at it.
    pub told: String,
}

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvergenceChart {
    /// What it shows.
    pub title: String,
    /// Target, conditions.
    pub subtitle: String,
    /// Sources of the figures.
    pub source: String,
    /// Checkpoints, trials strictly increasing; at least one.
    pub checkpoints: Vec<Checkpoint>,
    /// What stands beside the end of the line, e.g. the estimate and the half-width of its interval.
    pub end: Vec<String>,
    /// Language of the numbers of trials.
    pub lang: Lang,
}

impl ConvergenceChart {
    fn validate(&self) -> Result<(), ChartError> {
        if self.checkpoints.is_empty() || self.checkpoints[0].trials == 0 {
            return Err(ChartError::Empty { chart: self.title.clone() });
        }
        if self.checkpoints.windows(2).any(|pair| pair[0].trials >= pair[1].trials) {
            return Err(ChartError::Years { chart: self.title.clone() });
        }
        let is_wrong = |point: &&Checkpoint| {
            !(0.0 <= point.low
                && point.low <= point.estimate
                && point.estimate <= point.high
                && point.high <= 1.0)
        };
        match self.checkpoints.iter().find(is_wrong) {
            Some(_) => Err(ChartError::Value { series: self.title.clone(), year: 0 }),
            None => Ok(()),
        }
    }

    /// Ticks of the axis of probabilities: from 0 for small ones, else about the band.
    pub fn ticks(&self) -> Ticks {
        let low = self.checkpoints.iter().map(|point| point.low).fold(1.0, f64::min);
        let high = self.checkpoints.iter().map(|point| point.high).fold(0.0, f64::max);
        if low < HIGH {
            Ticks::of_kind(0.0, high, 6, Kind::Percent)
        } else {
            // An exact probability has no band of its own.
            Ticks::around(low.min(high - 0.01), high, 6, Kind::Percent)
        }
    }

    /// Where the axis of probabilities begins, in words, if that is not 0.
    pub fn bottom(&self) -> Option<String> {
        let ticks = self.ticks();
        let bottom = ticks.span().0;
        (bottom > 0.0).then(|| ticks.label(bottom))
    }
}

/// A number of trials: `500`, `2,000`, `1万`, `10万` or `100,000`.
pub fn trials_label(trials: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh if trials >= 100_000_000 && trials.is_multiple_of(10_000_000) => {
            format!("{}亿", trials as f64 / 1e8)
        }
        Lang::Zh if trials >= 10_000 && trials.is_multiple_of(1_000) => format!("{}万", trials as f64 / 1e4),
        _ => number::decimal(trials as f64, 0),
    }
}

/// Round numbers of trials within `first..=last`: powers of ten, with their double and fivefold if these are few.
fn trial_ticks(first: u64, last: u64) -> Vec<u64> {
    let within = |mantissas: &[u64]| -> Vec<u64> {
        let powers = (0..19).map(|exponent| 10_u64.pow(exponent));
        let all = powers.flat_map(|power| mantissas.iter().filter_map(move |m| power.checked_mul(*m)));
        all.filter(|trials| (first..=last).contains(trials)).collect()
    };
    let powers = within(&[1]);
    if powers.len() >= 3 { powers } else { within(&[1, 2, 5]) }
}

/// The chart as a picture.
///
/// # Errors
/// [`ChartError::Empty`] without a checkpoint, [`ChartError::Years`] if trials do not increase,
/// [`ChartError::Value`] for what is no probability with its interval.
pub fn render(chart: &ConvergenceChart) -> Result<Drawing, ChartError> {
    chart.validate()?;
    let ticks = chart.ticks();
    let bold = Type::bold(theme::LABEL, theme::BLUE);
    let plain = Type::plain(theme::LABEL, theme::INK);
    let look = |index: usize| if index == 0 { bold } else { plain };
    let width = chart.end.iter().enumerate().map(|(at, line)| look(at).width(line)).fold(0.0, f64::max);
    let room =
        Room { left: Sheet::axis_width(&ticks), right: width + LABEL_SHIFT, above: 22.0, height: HEIGHT };
    let sheet = Sheet::new(&chart.title, &chart.subtitle, &chart.source, room);
    let rect = sheet.rect;
    let value = ticks.axis((rect.bottom, rect.top));
    let points = &chart.checkpoints;
    let (first, last) = (points[0].trials, points[points.len() - 1].trials);
    // A single checkpoint stands at the right end.
    let least = if first == last { first as f64 / 10.0 } else { first as f64 };
    let axis = Linear::log((least, last as f64), (rect.left + theme::GAP, rect.right));
    let x = |point: &Checkpoint| axis.place(point.trials as f64);
    let description = format!("{}; {}", chart.subtitle, chart.end.join("; "));
    Canvas::document(sheet.size, &chart.title, &description, |canvas| {
        sheet.draw(canvas)?;
        sheet.draw_values(canvas, &ticks, &value)?;
        sheet.draw_ground(canvas)?;
        let small = Type::plain(theme::SMALL, theme::MUTED);
        for trials in trial_ticks(first, last) {
            sheet.draw_tick(canvas, axis.place(trials as f64), &trials_label(trials, chart.lang), small)?;
        }
        let upper = points.iter().map(|point| (x(point), value.place(point.high)));
        let lower = points.iter().rev().map(|point| (x(point), value.place(point.low)));
        canvas.area(upper.chain(lower), theme::BLUE, theme::BAND_ALPHA + theme::BAND_STEP)?;
        let end = &points[points.len() - 1];
        let level = value.place(end.estimate);
        let stroke = Stroke { color: theme::INK, width: theme::HAIRLINE };
        canvas.dashes((rect.left, level), (rect.right, level), (4.0, 4.0), stroke)?;
        let line = points.iter().map(|point| (x(point), value.place(point.estimate)));
        canvas.line(line, Stroke { color: theme::BLUE, width: theme::MEDIAN_WIDTH })?;
        for (at, point) in points.iter().enumerate() {
            let half = |other: Option<&Checkpoint>| other.map(|other| (x(other) + x(point)) / 2.0);
            let left = half(at.checked_sub(1).and_then(|before| points.get(before))).unwrap_or(rect.left);
            let right = half(points.get(at + 1)).unwrap_or(rect.right);
            canvas.mark(Rect { left, right, top: rect.top, bottom: rect.bottom }, point.told.clone());
        }
        canvas.dot((rect.right, level), theme::DOT + 0.6, theme::BLUE, false)?;
        let height = plain.leading() * chart.end.len() as f64;
        let top = (level - height / 2.0).clamp(rect.top, (rect.bottom - height).max(rect.top));
        for (index, line) in chart.end.iter().enumerate() {
            let baseline = top + theme::LABEL * 1.05 + plain.leading() * index as f64;
            canvas.text(line, (rect.right + LABEL_SHIFT, baseline), Anchor::Left, look(index))?;
        }
        Ok(())
    })
}
