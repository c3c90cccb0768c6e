//! The fan chart of the main total under every policy, which every run writes.

pub use super::briefing::figures::policies::grids;
