//! What a planner gets to see: numbers, tables and charts; it formats finished results and never runs the engine.

pub mod chart;
pub mod number;
pub mod table;
pub mod wrap;
