//! Owns the reasons why a chart cannot be drawn.

use crate::text;
use crate::text::Text;

/// Why a chart cannot be drawn.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", self.text().en)]
pub enum ChartError {
    /// A chart has fewer than two projected years, or a grid has no panel.
    Empty {
        /// Title of the chart or panel.
        chart: String,
    },
    /// The years of the projection or of the record do not increase strictly, or span more than 1,000 years.
    Years {
        /// Title of the chart or panel.
        chart: String,
    },
    /// A series does not have one value for each projected year.
    Length {
        /// Label of the series.
        series: String,
        /// Number of projected years.
        years: usize,
        /// Number of values.
        values: usize,
    },
    /// A value is NaN, infinite, or beyond ±10¹⁵.
    Value {
        /// Label of the series.
        series: String,
        /// Year of the value.
        year: i32,
    },
    /// The lower edge of a band lies above its upper edge.
    Reversed {
        /// Label of the band.
        series: String,
        /// First year in which it does.
        year: i32,
    },
    /// A chart has nothing to show.
    Nothing {
        /// Title of the chart.
        chart: String,
    },
    /// A figure of a chart is NaN, infinite, or beyond ±10¹⁵.
    Figure {
        /// Title of the chart.
        chart: String,
        /// What the figure is about.
        item: String,
    },
    /// The text given to a conversion is no SVG document that can be drawn.
    Svg {
        /// What the parser found.
        reason: String,
    },
    /// A picture was asked for with a width or a resulting height of 0 or above 16,384 pixels.
    PngSize {
        /// Width asked for, in pixels.
        width: u32,
    },
}

impl ChartError {
    /// The message in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::Empty { chart } => {
                text!(
                    "图“{chart}”没有可画的数据,至少需要两个年份",
                    "chart \"{chart}\" has nothing to draw: it needs at least two years"
                )
            }
            Self::Years { chart } => {
                text!(
                    "图“{chart}”的年份没有逐年递增或跨度过大",
                    "the years of chart \"{chart}\" do not increase, or span too far"
                )
            }
            Self::Length { series, years, values } => text!(
                "序列“{series}”有{values}个值,与{years}个年份不符",
                "series \"{series}\" has {values} values for {years} years"
            ),
            Self::Value { series, year } => text!(
                "序列“{series}”{year}年的值不是可画的数",
                "the value of series \"{series}\" in {year} is not a number that can be drawn"
            ),
            Self::Reversed { series, year } => text!(
                "区间“{series}”{year}年的下界高于上界",
                "the lower edge of band \"{series}\" lies above its upper edge in {year}"
            ),
            Self::Nothing { chart } => {
                text!("图“{chart}”没有可画的内容", "chart \"{chart}\" has nothing to draw")
            }
            Self::Figure { chart, item } => text!(
                "图“{chart}”中“{item}”的数值无法画出",
                "a figure of \"{item}\" in chart \"{chart}\" is not a number that can be drawn"
            ),
            Self::Svg { reason } => text!("SVG 无法转换:{reason}", "the SVG cannot be converted: {reason}"),
            Self::PngSize { width } => {
                text!("无法生成宽{width}像素的图片", "a picture {width} pixels wide cannot be made")
            }
        }
    }
}
