//! Pictures of results: drawn as SVG in one way, from which PNG and font-free SVG are made.

mod canvas;
mod error;
pub mod fan;
pub(super) mod font;
pub mod grid;
mod labels;
mod panel;
mod scale;
pub mod svg;
pub mod theme;

pub use canvas::{Drawing, Mark, Point, Rect};
pub use error::ChartError;
