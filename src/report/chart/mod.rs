//! Pictures of results: drawn as SVG in one way, from which PNG and font-free SVG are made.

pub mod axis;
mod canvas;
pub mod convergence;
pub mod curve;
pub mod density;
pub mod dots;
mod error;
pub mod fan;
pub mod first_year;
pub(super) mod font;
pub mod form;
pub mod grid;
mod labels;
pub mod levels;
pub mod marker;
pub mod matrix;
pub mod page;
mod panel;
pub(super) mod scale;
mod sheet;
pub mod svg;
pub mod theme;
pub mod tornado;
pub mod waterfall;
pub mod yearly;

pub use canvas::{Drawing, Mark, Point, Rect};
pub use error::ChartError;
pub use panel::{beyond, is_far};

#[cfg(test)]
mod lines_tests;
#[cfg(test)]
mod rows_tests;
