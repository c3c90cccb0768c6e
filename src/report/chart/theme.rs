//! The look of every chart: colours, sizes and distances, in points of the picture.
//!
//! One blue and one orange keep their difference for all common kinds of colour blindness; in grey print the
//! bands differ by lightness, the median by weight, and the target by its dashes.

use plotters::style::RGBColor;

/// The ground of the picture.
pub const GROUND: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
/// Recorded figures and titles.
pub const INK: RGBColor = RGBColor(0x1F, 0x29, 0x33);
/// Axis labels, subtitles and sources.
pub const MUTED: RGBColor = RGBColor(0x61, 0x6E, 0x7C);
/// Horizontal grid lines.
pub const GRID: RGBColor = RGBColor(0xE4, 0xE7, 0xEB);
/// The zero line and the marks of the years.
pub const AXIS: RGBColor = RGBColor(0x9A, 0xA5, 0xB1);
/// The projection: median and bands.
pub const BLUE: RGBColor = RGBColor(0x0B, 0x5F, 0xA5);
/// The target.
pub const ACCENT: RGBColor = RGBColor(0xC2, 0x41, 0x0C);

/// Policies beside the one in focus and the reference: colour, and dashes (drawn, left out) if any. They differ in
/// lightness as well as in hue.
pub const OTHERS: [(RGBColor, Option<(f64, f64)>); 6] = [
    (RGBColor(0x00, 0x7A, 0x5E), None),
    (RGBColor(0x8A, 0x4F, 0x9E), Some((12.0, 4.0))),
    (RGBColor(0x8C, 0x6A, 0x00), None),
    (RGBColor(0x2B, 0x8F, 0xB8), Some((3.0, 4.0))),
    (RGBColor(0x61, 0x6E, 0x7C), None),
    (RGBColor(0xA6, 0x3A, 0x5A), Some((10.0, 3.0))),
];

/// Opacity of the widest band; every narrower band adds [`BAND_STEP`].
pub const BAND_ALPHA: f64 = 0.16;
/// Additional opacity of each narrower band, up to [`BAND_ALPHA_MAX`].
pub const BAND_STEP: f64 = 0.14;
/// Opacity no band exceeds, so that the median stays visible.
pub const BAND_ALPHA_MAX: f64 = 0.5;

/// Opacity of the ground behind a label, which hides grid lines but not data.
pub const VEIL: f64 = 0.8;

/// Size of a chart's title.
pub const TITLE: f64 = 26.0;
/// Size of the subtitle.
pub const SUBTITLE: f64 = 15.0;
/// Size of the name of a panel.
pub const HEADING: f64 = 16.0;
/// Size of the labels of lines and bands.
pub const LABEL: f64 = 14.0;
/// Size of tick labels and of the source.
pub const SMALL: f64 = 13.0;
/// Height of a line of text, in multiples of its size.
pub const LEADING: f64 = 1.4;

/// Distance from the edge of the picture to anything drawn.
pub const MARGIN: f64 = 28.0;
/// Distance between a drawn thing and its label.
pub const GAP: f64 = 8.0;
/// Width of the median.
pub const MEDIAN_WIDTH: f64 = 2.8;
/// Width of the recorded line and of the target line.
pub const LINE_WIDTH: f64 = 1.8;
/// Width of grid lines and leaders.
pub const HAIRLINE: f64 = 1.0;
/// Radius of the dots of the record.
pub const DOT: f64 = 3.2;

/// Opacity of the band with index `index`, 0 being the widest.
pub fn band_alpha(index: usize) -> f64 {
    (BAND_ALPHA + BAND_STEP * index as f64).min(BAND_ALPHA_MAX)
}
