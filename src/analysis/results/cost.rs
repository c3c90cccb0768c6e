//! The parts of the result document on public money and on what moves the result.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Ends, Quantiles};
use crate::text::Text;

/// Public money over all years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostResult {
    /// Paid, discounted if the scenario states a rate.
    pub gross: Money,
    /// Paid less stated recoveries within the horizon.
    pub net: Money,
    /// Mean amount paid in each year, undiscounted, 亿元.
    pub paid_by_year: BTreeMap<i32, f64>,
    /// Mean amount that the reference pays in each year on the same draws, undiscounted, 亿元; absent for the reference
    /// itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_by_year: Option<BTreeMap<i32, f64>>,
}

/// Distribution of an amount of money, 亿元.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Money {
    /// Mean.
    pub mean: f64,
    /// Standard deviation; 0 for a single trial.
    pub sd: f64,
    /// Interval of the mean; `null` for a single trial.
    pub interval: Option<Ends>,
    /// Quantiles.
    pub quantiles: Quantiles,
}

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
