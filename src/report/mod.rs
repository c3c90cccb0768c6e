//! What a planner gets to see: numbers, tables and charts of finished results; nothing here runs the engine.

pub mod catalogue_text;
pub mod chart;
pub mod coverage_text;
