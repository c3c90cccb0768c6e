//! clustercast: how likely an industrial target is, what moves it, and what it costs.
//!
//! Data flows one way: `scenario` (text as written) → `model` (checked) → `plan` (flat arrays) →
//! `kernel` (one block of trials) → `tally` (what is measured) → `engine` (all blocks) →
//! `analysis` (answers) → `report` (tables, charts, files) → `cli`.

pub mod text;

pub mod math;

pub mod units;

pub mod diag;

pub mod stats;

pub mod random;

pub mod scenario;

pub mod model;

pub mod plan;

pub mod kernel;

pub mod tally;

pub mod engine;

pub mod analysis;

pub mod report;

pub mod cli;
