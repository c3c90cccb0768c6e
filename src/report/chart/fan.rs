//! The fan chart: recorded years, then the projected median in its uncertainty bands, against a target.

use super::ChartError;
use super::canvas::{Anchor, Canvas, Drawing, Rect, Type};
use super::form::Form;
use super::panel::{Extent, Frame, block_height};
use super::scale::Kind;
use super::{labels, theme};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// Height of the plot in points; the picture grows with the lines of its title and source.
const PLOT_HEIGHT: f64 = 400.0;
/// The widest a label at the end of a line may be before it wraps.
const END_LABEL_WIDTH: f64 = 150.0;
/// The greatest value that is drawn: beyond it, tick labels lose their meaning and numbers their last digits.
const GREATEST: f64 = 1e15;
/// The longest time axis.
const MOST_YEARS: i64 = 1000;

/// An uncertainty band: in each projected year, the quantity lies between the edges with a stated
/// probability.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Band {
    /// Direct label, for example "90%区间".
    pub label: String,
    /// Lower edge, one value for each projected year, in the unit of the chart.
    pub low: Vec<f64>,
    /// Upper edge, one value for each projected year, nowhere below `low`.
    pub high: Vec<f64>,
}

/// A target, drawn as a dashed line with a ring at its year.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TargetLine {
    /// Year the target is set for.
    pub year: i32,
    /// Value to be reached, in the unit of the chart.
    pub value: f64,
    /// Direct label, for example "目标:2027年2500亿元".
    pub label: String,
    /// Follows the label, for example "可能性0.3%"; may be empty.
    pub note: String,
}

/// One fan chart. All texts are drawn as given, in the language of the caller.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct FanChart {
    /// What the chart says or shows; in a [`super::grid::FanGrid`], the name of the policy.
    pub title: String,
    /// Quantity, unit and conditions.
    pub subtitle: String,
    /// Sources of the figures, at the foot; not drawn in a grid, which has one of its own.
    pub source: String,
    /// Projected years, strictly increasing, at least two; begin with the base year, so that fan and record
    /// meet.
    pub years: Vec<i32>,
    /// Bands, the widest first.
    pub bands: Vec<Band>,
    /// Median of the projection, one value for each projected year.
    pub median: Vec<f64>,
    /// Direct label of the median, for example "中位数".
    pub median_label: String,
    /// Recorded figures of past years, years strictly increasing; may be empty.
    pub record: Vec<(i32, f64)>,
    /// Direct label of the record, for example "历年实际".
    pub record_label: String,
    /// Whether the record is one of another measure: hollow dots without a line, which the fan need not meet.
    pub is_other_record: bool,
    /// The target, if there is one.
    pub target: Option<TargetLine>,
    /// How values are written, as in [`number::figure`]; empty means as money.
    pub figure: String,
    /// Unit of the values where they are told in words; empty for shares.
    pub unit: String,
    /// Language of those words.
    pub lang: Lang,
}

/// The chart as an SVG document with real text; the same bytes for the same chart, always.
///
/// # Errors
/// Every [`ChartError`] about data: too few or unordered years, series of the wrong length, values that are
/// not finite or beyond ±10¹⁵, reversed bands.
pub fn render(chart: &FanChart) -> Result<Drawing, ChartError> {
    render_for(chart, Form::Screen)
}

/// The same, drawn for what `form` says.
///
/// # Errors
/// As for [`render`].
pub fn render_for(chart: &FanChart, form: Form) -> Result<Drawing, ChartError> {
    let width = form.width();
    let extent = Extent::of([chart])?;
    let ticks = extent.ticks(7);
    let ends = EndLabels::of(chart);
    let subtitle = subtitle_of(&chart.subtitle, &extent, chart.lang);
    let header = Header::new(form.title(&chart.title), &subtitle, width);
    let small = Type::plain(theme::SMALL, theme::MUTED);
    let source = small.lines(&chart.source, width - 2.0 * theme::MARGIN);

    let axis_width = ticks.values.iter().map(|&v| small.width(&ticks.label(v))).fold(0.0, f64::max);
    let rect = Rect {
        left: theme::MARGIN + axis_width + theme::GAP,
        right: width - theme::MARGIN - ends.width - 2.0 * theme::GAP,
        top: header.bottom + 22.0,
        bottom: header.bottom + 22.0 + form.height(PLOT_HEIGHT),
    };
    let source_top = rect.bottom + 2.0 * small.leading() + 14.0;
    let height = source_top + small.leading() * (source.len() as f64 - 1.0) + theme::MARGIN * 0.7;
    let frame = Frame::new(rect, &extent, ticks);

    Canvas::document((width, height), &chart.title, &chart.description(), |canvas| {
        header.draw(canvas)?;
        frame.draw_axes(canvas, true, chart.target.as_ref())?;
        frame.draw_fan(canvas, chart)?;
        let target_label = frame.draw_target(canvas, chart, true)?;
        frame.draw_record_label(canvas, chart, target_label)?;
        ends.draw(canvas, &frame)?;
        canvas.paragraph(&source, (theme::MARGIN, source_top), small)
    })
}

/// `subtitle`, followed by a word on the axis where it is not in proportion.
pub(super) fn subtitle_of(subtitle: &str, extent: &Extent, lang: Lang) -> String {
    if !extent.is_log() {
        return subtitle.to_owned();
    }
    text!("{subtitle}；纵轴为对数刻度", "{subtitle}; logarithmic axis").get(lang).to_owned()
}

impl FanChart {
    /// `value` as it is written.
    pub(super) fn shown(&self, value: f64) -> String {
        let shown = number::drawn_figure(value, &self.figure, self.lang);
        // Beside its own axis even a ten-thousandth is more than nothing.
        let is_lost = value != 0.0 && !shown.contains(|c: char| matches!(c, '1'..='9'));
        if is_lost { self.exact(value) } else { shown }
    }

    /// `value` with two significant digits, however small it is.
    fn exact(&self, value: f64) -> String {
        let (size, percent) = if Kind::of(&self.figure) == Kind::Percent { (100.0, "%") } else { (1.0, "") };
        let mut decimals = 0;
        let mut rest = value.abs() * size;
        while rest < 9.95 && decimals < 15 {
            rest *= 10.0;
            decimals += 1;
        }
        format!("{}{percent}", number::decimal(value * size, decimals))
    }

    /// The values of `year` in words.
    pub(super) fn told(&self, year: i32) -> String {
        let mut parts: Vec<String> = Vec::new();
        let gap = if self.lang == Lang::En { " " } else { "" };
        let unit = if self.unit.is_empty() || self.lang == Lang::En { "" } else { self.unit.as_str() };
        if let Some(at) = self.years.iter().position(|&projected| projected == year) {
            parts.push(format!("{}{gap}{}{unit}", self.median_label, self.shown(self.median[at])));
            for band in &self.bands {
                parts.push(format!("{}{gap}{}{unit}", band.label, self.range(band, at)));
            }
        }
        if let Some((_, value)) = self.record.iter().find(|(recorded, _)| *recorded == year) {
            parts.push(format!("{}{gap}{}{unit}", self.record_label, self.shown(*value)));
        }
        if let Some(target) = self.target.as_ref().filter(|target| target.year == year) {
            parts.push(target.label.clone());
        }
        let told = Text::new(
            format!("{year}年：{}", parts.join("，")),
            if self.unit.is_empty() {
                format!("{year}: {}", parts.join(", "))
            } else {
                format!("{year}: {} ({})", parts.join(", "), self.unit)
            },
        );
        told.get(self.lang).to_owned()
    }

    fn range(&self, band: &Band, at: usize) -> String {
        let (low, high) = (band.low[at], band.high[at]);
        let (from, to) = (self.shown(low), self.shown(high));
        match self.lang {
            _ if low >= 0.0 && high >= 0.0 => format!("{from}–{to}"),
            Lang::Zh => format!("{from}至{to}"),
            Lang::En => format!("{from} to {to}"),
        }
    }

    /// Checks everything that [`render`] relies on.
    pub(super) fn validate(&self) -> Result<(), ChartError> {
        let title = || self.title.clone();
        if self.years.len() < 2 {
            return Err(ChartError::Empty { chart: title() });
        }
        let record_years: Vec<i32> = self.record.iter().map(|&(year, _)| year).collect();
        let increasing = |years: &[i32]| years.windows(2).all(|pair| pair[0] < pair[1]);
        let all =
            || self.years.iter().chain(&record_years).chain(self.target.as_ref().map(|target| &target.year));
        let span =
            i64::from(all().copied().max().unwrap_or(0)) - i64::from(all().copied().min().unwrap_or(0));
        if !increasing(&self.years) || !increasing(&record_years) || span > MOST_YEARS {
            return Err(ChartError::Years { chart: title() });
        }
        self.validate_series(&self.median_label, &self.median)?;
        for band in &self.bands {
            self.validate_series(&band.label, &band.low)?;
            self.validate_series(&band.label, &band.high)?;
            let reversed = band.low.iter().zip(&band.high).position(|(low, high)| low > high);
            if let Some(index) = reversed {
                return Err(ChartError::Reversed { series: band.label.clone(), year: self.years[index] });
            }
        }
        for &(year, value) in &self.record {
            check(&self.record_label, year, value)?;
        }
        self.target.as_ref().map_or(Ok(()), |target| check(&target.label, target.year, target.value))
    }

    fn validate_series(&self, series: &str, values: &[f64]) -> Result<(), ChartError> {
        if values.len() != self.years.len() {
            return Err(ChartError::Length {
                series: series.to_owned(),
                years: self.years.len(),
                values: values.len(),
            });
        }
        self.years.iter().zip(values).try_for_each(|(&year, &value)| check(series, year, value))
    }

    /// The content in one sentence, for readers who cannot see the picture.
    pub(super) fn description(&self) -> String {
        let last = self.years.len() - 1;
        let mut parts = vec![self.subtitle.clone()];
        parts.push(format!("{}: {} {}", self.years[last], self.median_label, self.shown(self.median[last])));
        for band in &self.bands {
            parts.push(format!("{} {}", band.label, self.range(band, last)));
        }
        if let Some(target) = &self.target {
            parts.push(format!("{} {}", target.label, target.note));
        }
        parts.retain(|part| !part.trim().is_empty());
        parts.join("; ")
    }
}

fn check(series: &str, year: i32, value: f64) -> Result<(), ChartError> {
    // The comparison is false for NaN.
    if value.abs() <= GREATEST { Ok(()) } else { Err(ChartError::Value { series: series.to_owned(), year }) }
}

/// Title and subtitle, broken to the width of the picture.
pub(super) struct Header {
    title: Vec<String>,
    subtitle: Vec<String>,
    /// The lowest point of the header.
    pub(super) bottom: f64,
}

impl Header {
    const TITLE: Type = Type { size: theme::TITLE, weight: super::font::Weight::Bold, color: theme::INK };
    const SUBTITLE: Type =
        Type { size: theme::SUBTITLE, weight: super::font::Weight::Regular, color: theme::MUTED };

    pub(super) fn new(title: &str, subtitle: &str, width: f64) -> Self {
        let room = width - 2.0 * theme::MARGIN;
        // where a caption stands for the title, nothing is drawn
        let title = if title.is_empty() { Vec::new() } else { Self::TITLE.lines(title, room) };
        let subtitle = Self::SUBTITLE.lines(subtitle, room);
        let bottom = theme::MARGIN
            + block_height(title.len(), Self::TITLE)
            + block_height(subtitle.len(), Self::SUBTITLE);
        Self { title, subtitle, bottom }
    }

    pub(super) fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let title_baseline = theme::MARGIN + theme::TITLE;
        canvas.paragraph(&self.title, (theme::MARGIN, title_baseline), Self::TITLE)?;
        let subtitle_top = theme::MARGIN + block_height(self.title.len(), Self::TITLE);
        canvas.paragraph(&self.subtitle, (theme::MARGIN, subtitle_top + theme::SUBTITLE), Self::SUBTITLE)
    }
}

/// The labels at the right ends of median and bands: name above, value in the last year below.
struct EndLabels {
    blocks: Vec<EndLabel>,
    width: f64,
}

struct EndLabel {
    /// Value of the last year beside which the label wants to stand.
    value: f64,
    lines: Vec<String>,
    look: Type,
}

impl EndLabels {
    fn of(chart: &FanChart) -> Self {
        let last = chart.years.len() - 1;
        let mut blocks = Vec::with_capacity(chart.bands.len() + 1);
        let mut push = |value: f64, name: &str, figures: String, look: Type| {
            let mut lines = look.lines(name, END_LABEL_WIDTH);
            lines.push(figures);
            blocks.push(EndLabel { value, lines, look });
        };
        for (index, band) in chart.bands.iter().enumerate() {
            // A band is labelled where it shows: between its edge and the edge of the next narrower one.
            let inner = chart.bands.get(index + 1).map_or(chart.median[last], |next| next.high[last]);
            let look = Type::plain(theme::LABEL, theme::INK);
            push((band.high[last] + inner) / 2.0, &band.label, chart.range(band, last), look);
        }
        let look = Type::bold(theme::LABEL, theme::BLUE);
        push(chart.median[last], &chart.median_label, chart.shown(chart.median[last]), look);
        let width =
            blocks.iter().flat_map(|b| b.lines.iter().map(|line| b.look.width(line))).fold(0.0, f64::max);
        Self { blocks, width }
    }

    fn draw(&self, canvas: &Canvas, frame: &Frame) -> Result<(), ChartError> {
        let height = self.blocks.iter().map(|b| block_height(b.lines.len(), b.look)).fold(0.0, f64::max);
        let wanted: Vec<f64> = self.blocks.iter().map(|block| frame.value.place(block.value)).collect();
        let room = (frame.rect.top + height / 2.0, frame.rect.bottom - height / 2.0);
        let places = labels::spread(&wanted, height + 4.0, room);
        for ((block, &place), &from) in self.blocks.iter().zip(&places).zip(&wanted) {
            frame.draw_leader(canvas, from, place)?;
            let top = place - block_height(block.lines.len(), block.look) / 2.0;
            for (index, line) in block.lines.iter().enumerate() {
                let baseline = top + block.look.size * 1.05 + block.look.leading() * index as f64;
                canvas.text(
                    line,
                    (frame.rect.right + 2.0 * theme::GAP, baseline),
                    Anchor::Left,
                    block.look,
                )?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "fan_tests.rs"]
mod tests;
