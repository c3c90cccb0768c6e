//! What charts of rows share: title and subtitle above, notes and source below, and the room between them.

use super::ChartError;
use super::canvas::{Canvas, Drawing, Type};
use super::fan::Header;
use super::form::Form;
use super::theme;

/// Width of the picture in points, where it stands alone.
pub(super) const WIDTH: f64 = 1000.0;

/// The words around a chart, in the language of the caller.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Words {
    /// What the chart shows.
    pub title: String,
    /// Quantity, unit, conditions, and how to read the marks.
    pub subtitle: String,
    /// Stand below the chart, each on a line of its own.
    pub notes: Vec<String>,
    /// Sources of the figures, at the foot.
    pub source: String,
}

/// The frame of one picture.
pub(super) struct Page<'a> {
    words: &'a Words,
    header: Header,
    foot: Vec<String>,
    form: Form,
}

impl<'a> Page<'a> {
    const FOOT: Type = Type { size: theme::SMALL, weight: super::font::Weight::Regular, color: theme::MUTED };

    /// Breaks the words to the width of the picture.
    pub(super) fn new(words: &'a Words) -> Self {
        Self::for_form(words, Form::Screen)
    }

    /// The same for a picture of this form.
    pub(super) fn for_form(words: &'a Words, form: Form) -> Self {
        let room = form.width() - 2.0 * theme::MARGIN;
        let foot = words.notes.iter().chain(std::iter::once(&words.source));
        let foot = foot.filter(|text| !text.is_empty()).flat_map(|text| Self::FOOT.lines(text, room));
        let header = Header::new(form.title(&words.title), &words.subtitle, form.width());
        Self { words, header, foot: foot.collect(), form }
    }

    /// Where the body begins.
    pub(super) fn top(&self) -> f64 {
        self.header.bottom + 16.0
    }

    /// The picture whose body, drawn by `draw`, ends at the height `bottom`.
    pub(super) fn draw(
        &self,
        bottom: f64,
        description: &str,
        draw: impl FnOnce(&Canvas) -> Result<(), ChartError>,
    ) -> Result<Drawing, ChartError> {
        let foot_top = bottom + 14.0 + theme::SMALL;
        let height = foot_top + Self::FOOT.leading() * (self.foot.len() as f64 - 1.0) + theme::MARGIN * 0.7;
        Canvas::document((self.form.width(), height.ceil()), &self.words.title, description, |canvas| {
            self.header.draw(canvas)?;
            draw(canvas)?;
            canvas.paragraph(&self.foot, (theme::MARGIN, foot_top), Self::FOOT)
        })
    }
}

/// Refuses numbers that cannot be drawn: not finite, or beyond ±10¹⁵.
pub(super) fn check(chart: &str, item: &str, values: &[f64]) -> Result<(), ChartError> {
    // The comparison is false for NaN.
    if values.iter().all(|value| value.abs() <= 1e15) {
        Ok(())
    } else {
        Err(ChartError::Figure { chart: chart.to_owned(), item: item.to_owned() })
    }
}
