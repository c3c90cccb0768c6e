//! What a planner gets to see: numbers, tables and charts of finished results; nothing here runs the engine.

pub mod briefing;
pub mod catalogue_text;
pub mod chart;
pub mod coverage_text;
pub mod decision;
pub mod docx;
pub mod hindcast_text;
pub mod html;
pub mod manifest;
pub mod number;
pub mod outside_text;
pub mod plan_text;
pub mod precision_text;
pub mod readings_text;
pub mod realism_text;
pub mod results_chart;
pub mod results_csv;
pub mod results_json;
pub mod results_text;
pub mod sampler_text;
pub mod speed_text;
pub mod table;
pub mod template_xlsx;
pub mod trials_csv;
#[cfg(feature = "parquet")]
pub mod trials_parquet;
pub mod untargeted_text;
pub mod words;
pub mod wrap;
pub mod xlsx;

#[cfg(test)]
mod results_tests;
