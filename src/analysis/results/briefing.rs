//! The parts of the result document that a briefing needs beyond probabilities: what a scenario rests on, how targets go
//! together, how the estimate settled, and what each instrument adds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Ends, Named};
use crate::text::Text;

/// Share of the trials whose quantity lies in `[low, high)`; the bins of a list adjoin and their shares sum to 1.
///
/// All but the two outermost, which reach to the smallest and the largest value, have a common width. Edges of counts are
/// whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DensityBin {
    /// Lower edge, in the unit of the quantity.
    pub low: f64,
    /// Upper edge.
    pub high: f64,
    /// Share of the trials.
    pub share: f64,
}

/// How the probability of the main target settled while trials were added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConvergenceResult {
    /// Identifier of the main target ([`RunResult::main_target`](super::RunResult::main_target)).
    pub target: String,
    /// Trials done so far, rising; the last is all of them.
    pub trials: Vec<u64>,
    /// Hits among them.
    pub hits: Vec<u64>,
}

/// How often two targets are met in the same trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairsResult {
    /// Identifiers of the proper targets in force, in the order of the file.
    pub targets: Vec<String>,
    /// Row `i` holds the number of trials that meet target `i` and target `j`, for `j = 0..=i`; the last entry of a row
    /// is the number that meet target `i`.
    pub hits: Vec<Vec<u64>>,
}

/// Mean of the main outcome, built up from the reference policy by one class of instruments after the other.
///
/// The steps telescope: the start plus all changes is the mean under the policy. What a class adds depends on the order
/// when instruments interact; the order is fixed and stated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContributionResult {
    /// Series of the main outcome.
    pub series: String,
    /// Year of the main outcome.
    pub year: i32,
    /// Mean in the base year, in the unit of the series: 亿元 for revenue, like all figures here.
    pub base: f64,
    /// Mean under the reference policy.
    pub organic: f64,
    /// Monte Carlo interval of that mean.
    pub organic_interval: Ends,
    /// Classes of instruments in the order in which they were added; those in which the policy does not differ from the
    /// reference are left out.
    pub steps: Vec<ContributionStep>,
    /// Mean under the policy.
    pub total: f64,
    /// Public money that the steps take beside the reference's: that of the instruments that can move the main outcome, which
    /// in a file of several provinces are not all.
    #[serde(default)]
    pub money: Option<StepsMoney>,
    /// The same for each other province that has a first target ([`RunResult::main_targets`](super::RunResult::main_targets));
    /// an instrument that reaches several provinces counts in each of them. Absent in a file of one province.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub money_elsewhere: Vec<ProvinceMoney>,
}

/// Mean public money that can bear on a province's first target, beside the reference's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProvinceMoney {
    /// Identifier of the province.
    pub province: String,
    /// The money.
    pub money: StepsMoney,
}

/// Mean public money of the steps to a policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepsMoney {
    /// Paid over all years, 亿元, discounted if the scenario states a rate.
    pub gross: f64,
    /// Paid in each year, 亿元, undiscounted.
    pub paid_by_year: BTreeMap<i32, f64>,
}

/// What one class of instruments adds to those before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContributionStep {
    /// `funds`, `projects`, `subsidies`, `products`, `measures`, or `settings` for levers that the policy changes.
    pub class: String,
    /// Identifiers of the instruments that it brings (or takes away, if only the reference has them).
    pub instruments: Vec<String>,
    /// Paired mean difference against the step before.
    pub change: f64,
    /// Paired Monte Carlo interval of it.
    pub interval: Ends,
}

/// What dropping single instruments of a policy changes, everything else being kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EffectsResult {
    /// World.
    pub world: Named,
    /// Policy whose instruments are dropped one at a time.
    pub policy: Named,
    /// Identifier of the main target ([`RunResult::main_target`](super::RunResult::main_target)).
    pub target: String,
    /// Its probability under the whole policy.
    pub probability: f64,
    /// One entry for each instrument of the policy that can move the target, in the order of the file.
    pub instruments: Vec<InstrumentEffect>,
}

/// What one instrument adds to the rest of a policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InstrumentEffect {
    /// Identifier of the instrument.
    pub instrument: String,
    /// Probability with it less probability without it.
    pub probability: f64,
    /// Tango's paired interval of that difference.
    pub interval: Ends,
    /// Mean of the judged quantity with it less without it, in the unit of the quantity.
    pub quantity: f64,
    /// Paired interval of that mean.
    pub quantity_interval: Ends,
    /// Mean public money (gross) with it less without it, 亿元.
    pub cost: f64,
}

/// A cluster of the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterInfo {
    /// Identifier; the series of the cluster is `cluster.<id>`.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Identifier of its province; `null` in a file with one province.
    pub province: Option<String>,
    /// Industries with the share of the base year's value at central values, largest first.
    pub industries: Vec<IndustryShare>,
}

/// Part of a cluster's base-year value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndustryShare {
    /// The industry.
    pub industry: Named,
    /// Its share, in [0, 1].
    pub share: f64,
}

/// An instrument of the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InstrumentInfo {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Class, as in [`ContributionStep::class`].
    pub class: String,
    /// Channels through which it works: `capacity`, `projects`, `knowledge`, `growth`, `pipeline`, `arrivals`,
    /// `indicators`.
    pub channels: Vec<String>,
    /// Identifiers of the policies that use it.
    pub policies: Vec<String>,
    /// Public money as stated, at medians, without scaling by a policy, all years, 亿元; of projects the public share of
    /// what is expected to start. `null` if it states none.
    pub money: Option<f64>,
    /// First and last year of that money.
    pub years: Option<(i32, i32)>,
}

/// A stated quantity: a figure of the scenario with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityInfo {
    /// Path, e.g. `instrument.fund.capacity.leverage`.
    pub path: String,
    /// What it is.
    pub name: Text,
    /// Its value or distribution in words, with unit.
    pub value: Text,
    /// Its value, the median if it is uncertain, in `unit`; `None` if it has none.
    #[serde(default)]
    pub figure: Option<f64>,
    /// Unit of `figure`; empty for bare numbers.
    #[serde(default)]
    pub unit: Text,
    /// Source as written (identifier and place).
    pub source: Option<String>,
    /// Grade of evidence, or `none`.
    pub grade: String,
    /// Remark of the file.
    pub note: Option<Text>,
    /// Whether it is drawn anew in every trial.
    pub uncertain: bool,
}
