//! Where the variance of the main outcome comes from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// First-order shares of the variance of the log of the main outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VarianceResult {
    /// Series of the main outcome (that of the first threshold target).
    pub series: String,
    /// Year of the main outcome.
    pub year: i32,
    /// Share that moves with the quantities of each grade of evidence; sums to 1 with the next figure.
    pub by_grade: BTreeMap<String, f64>,
    /// The rest: yearly shocks, events and interactions.
    pub yearly_shocks_and_interactions: f64,
    /// The quantities with the largest shares, at most eight.
    pub largest: Vec<VarianceShare>,
}

/// Share of one quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VarianceShare {
    /// Path of the quantity.
    pub path: String,
    /// What it is.
    pub name: Text,
    /// Share of the variance, in [0, 1].
    pub share: f64,
    /// Grade of evidence, or `none`.
    pub grade: String,
}
