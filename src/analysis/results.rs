//! The result document: everything a run found, as it is written to `results.json` (see docs/results-format.md).
//!
//! Keys are the field names. Nothing in it depends on the clock, the machine or the number of threads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::realism::TargetRealism;
use crate::text::Text;

mod cost;
mod readings;

pub use cost::{CostResult, Money, VarianceResult, VarianceShare};
pub use readings::{ConditionalResult, OptionInfo, SwitchInfo};

/// Name and version of the schema. A change of meaning or removal of a key raises the number.
pub const SCHEMA: &str = "clustercast-results/1";

/// Probabilities of the quantiles in the document, with the keys under which they stand.
pub const QUANTILES: [(f64, &str); 9] = [
    (0.01, "0.01"),
    (0.05, "0.05"),
    (0.1, "0.1"),
    (0.25, "0.25"),
    (0.5, "0.5"),
    (0.75, "0.75"),
    (0.9, "0.9"),
    (0.95, "0.95"),
    (0.99, "0.99"),
];

/// Quantiles by the key of their probability.
pub type Quantiles = BTreeMap<String, f64>;

/// The ends of an interval, `[low, high]`.
pub type Ends = [f64; 2];

/// The result document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// [`SCHEMA`].
    pub schema: String,
    /// What computed it.
    pub program: Program,
    /// What was computed.
    pub scenario: ScenarioInfo,
    /// How it was computed.
    pub run: RunInfo,
    /// Documents that the scenario's figures come from.
    pub sources: Vec<SourceInfo>,
    /// Number of stated quantities by grade of evidence (`official`, `derived`, `literature`, `assumption`, `none`).
    pub grades: BTreeMap<String, usize>,
    /// Readings of the documents that change the answer.
    #[serde(default)]
    pub switches: Vec<SwitchInfo>,
    /// Past figures of the scenario.
    pub records: Vec<RecordInfo>,
    /// Every target before anything is simulated, in the order of the file.
    #[serde(default)]
    pub realism: Vec<TargetRealism>,
    /// One entry for each world and policy: worlds in the order of `run.worlds`, within them `run.policies`.
    pub runs: Vec<RunResult>,
}

/// The program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// `clustercast`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// An identifier with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// Identifier.
    pub id: String,
    /// Name in both languages.
    pub name: Text,
}

/// One input file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// File name without folders.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// The scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScenarioInfo {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Name of the scenario file without folders.
    pub file: String,
    /// SHA-256 over names and texts of all inputs, in hexadecimal.
    pub hash: String,
    /// Last known year.
    pub base_year: i32,
    /// Last simulated year.
    pub horizon: i32,
    /// Primary measure.
    pub measure: Named,
    /// All measures.
    pub measures: Vec<Named>,
    /// All files the scenario was read from, the named one first, in the order of reading: each followed by what it extends and what it includes.
    pub inputs: Vec<Input>,
}

/// The run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunInfo {
    /// Seed of all random streams.
    pub seed: u64,
    /// Trials of every run.
    pub trials: u64,
    /// What ended the run: `trials` (the number asked for was reached).
    pub stop: String,
    /// Reported worlds.
    pub worlds: Vec<Named>,
    /// Reported policies.
    pub policies: Vec<Named>,
    /// Policy that changes are measured against (simulated always, reported if asked for).
    pub reference: Named,
    /// Level of every interval.
    pub interval_level: f64,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceInfo {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Date as written in the scenario.
    pub date: Option<String>,
}

/// A past figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordInfo {
    /// Scope, in the form of a series' `id` without measure.
    pub scope: String,
    /// Calendar year.
    pub year: i32,
    /// Level, 亿元.
    pub value: Option<f64>,
    /// Growth on the year before, as a share.
    pub growth: Option<f64>,
    /// Identifier of the measure.
    pub measure: String,
    /// Source as written.
    pub source: Option<String>,
    /// Grade of evidence.
    pub grade: Option<String>,
}

/// What was found under one policy in one world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunResult {
    /// Policy.
    pub policy: Named,
    /// World.
    pub world: Named,
    /// Targets in the order of the file.
    pub targets: Vec<TargetResult>,
    /// For each document, all its quantified targets together; with several provinces and documents, all of them too.
    pub joint: Vec<JointResult>,
    /// Conditional probabilities.
    #[serde(default)]
    pub conditional: Vec<ConditionalResult>,
    /// Public money.
    pub cost: CostResult,
    /// Which uncertain quantities move the main outcome.
    pub variance: Option<VarianceResult>,
    /// Yearly paths.
    pub series: Vec<SeriesResult>,
}

/// A target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetResult {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Identifier of the document that sets it.
    pub document: Option<String>,
    /// `target`, or `condition` if only conditional probabilities use it.
    #[serde(default = "target_word")]
    pub role: String,
    /// The reading (`switch.option`) under which alone it is in force; `null` if it always is.
    #[serde(default)]
    pub reading: Option<String>,
    /// Whether it is in force; what is not stands outside all joint probabilities.
    #[serde(default = "yes")]
    pub in_force: bool,
    /// Whether there are no data and the pace is assumed from the target itself: the chance then only repeats that rule.
    #[serde(default)]
    pub by_rule: bool,
    /// What it is about.
    pub scope: Named,
    /// Identifier of its measure; empty for what is counted.
    pub measure: String,
    /// Year in which it is judged (the last one of several); `null` for a group of targets.
    pub year: Option<i32>,
    /// What it demands.
    pub condition: ConditionInfo,
    /// Share of trials that meet it.
    pub probability: f64,
    /// Wilson interval of the probability.
    pub interval: Ends,
    /// Number of trials that meet it.
    pub hits: u64,
    /// Number of trials.
    pub trials: u64,
    /// Change against the reference policy; `null` for the reference itself.
    pub change: Option<Change>,
    /// The judged quantity in the judged year; `null` for counts and groups.
    pub quantity: Option<QuantityResult>,
    /// When the demanded level is first reached; `null` for groups.
    pub first_year: Option<FirstYear>,
    /// By how much it is missed; `null` for counts and groups.
    pub shortfall: Option<Shortfall>,
    /// Mean of the quantity over the trials that meet it; `null` if none does, or where level or year varies.
    pub mean_if_met: Option<f64>,
    /// Compound annual growth from the median base-year figure to the level; `null` without a single level.
    pub growth_needed: Option<f64>,
    /// The stretch target; `null` if none is stated.
    pub stretch: Option<Stretch>,
}

/// What a target demands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConditionInfo {
    /// `at_least`, `at_most`, `count` or `group`.
    pub kind: String,
    /// The demand in words.
    pub text: Text,
    /// Level in the unit of the quantity; `null` if it is a multiple of the base year's figure, varies by year, or there is none.
    pub level: Option<f64>,
}

/// Difference between a policy and the reference on the same draws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Identifier of the reference policy.
    pub against: String,
    /// Difference of the probabilities.
    pub probability: f64,
    /// Tango's paired interval of that difference.
    pub interval: Ends,
    /// Mean difference of the judged quantity; `null` for counts and groups.
    pub quantity_mean: Option<f64>,
    /// Paired interval of that mean.
    pub quantity_interval: Option<Ends>,
}

/// Distribution of a quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityResult {
    /// Identifier of the series it is taken from.
    pub series: String,
    /// How the figures are shown: `money`, `count`, `share` (a fraction, in percent) or `number`.
    pub figure: String,
    /// Unit of the figures: `亿元`, `1` for fractions, else the word for what is counted.
    pub unit: String,
    /// Unit as it is shown to readers.
    pub unit_name: Text,
    /// Mean.
    pub mean: f64,
    /// Standard deviation; 0 for a single trial.
    pub sd: f64,
    /// Quantiles.
    pub quantiles: Quantiles,
    /// Order-statistic interval of the median; `null` with too few trials.
    pub median_interval: Option<Ends>,
}

/// Distribution of the first year in which a level is reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirstYear {
    /// Probability that the condition holds for the first time in each year after the base year.
    pub by_year: BTreeMap<i32, f64>,
    /// Probability that it holds in no year up to the horizon.
    pub never: f64,
}

/// Shortfall in the judged year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shortfall {
    /// Mean over all trials, those that meet the level counting as 0.
    pub mean: f64,
    /// Mean over the trials below the level; `null` if there is none.
    pub mean_if_missed: Option<f64>,
    /// Mean share of the level that is missing, over the trials below it; `null` if there is none.
    pub share_of_target: Option<f64>,
}

/// A stretch target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// Its level.
    pub value: f64,
    /// Share of trials that meet it.
    pub probability: f64,
    /// Wilson interval of that probability.
    pub interval: Ends,
}

/// All quantified targets of one document together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JointResult {
    /// Identifier of the document; `*` for all documents together.
    pub document: String,
    /// Its title.
    pub title: Text,
    /// Identifiers of its targets.
    pub targets: Vec<String>,
    /// Share of trials that meet all of them.
    pub probability: f64,
    /// Wilson interval of the probability.
    pub interval: Ends,
    /// Number of trials that meet all of them.
    pub hits: u64,
    /// Change against the reference policy; `null` for the reference itself.
    pub change: Option<Change>,
}

/// Yearly path of one scope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesResult {
    /// Scope, with `@measure` if it is not the primary one.
    pub id: String,
    /// `nation`, `province`, `cluster`, `industry`, `group` or `counted`.
    pub kind: String,
    /// Name of the scope.
    pub name: Text,
    /// Identifier of the measure; empty for what is counted.
    pub measure: String,
    /// How the figures are shown: `money`, `count`, `share` (a fraction, in percent) or `number`.
    pub figure: String,
    /// Unit of the figures: `亿元`, `1` for fractions, else the word for what is counted.
    pub unit: String,
    /// Unit as it is shown to readers.
    pub unit_name: Text,
    /// Years, from the base year on.
    pub years: Vec<i32>,
    /// Mean in each year.
    pub mean: Vec<f64>,
    /// Standard deviation in each year.
    pub sd: Vec<f64>,
    /// Quantiles in each year, by the key of their probability.
    pub quantiles: BTreeMap<String, Vec<f64>>,
}

/// What documents written before there were conditions leave out.
fn target_word() -> String {
    "target".to_owned()
}

/// What documents written before there were switches leave out.
fn yes() -> bool {
    true
}

impl Results {
    /// The result of one policy in one world.
    pub fn run_of(&self, policy: &str, world: &str) -> Option<&RunResult> {
        self.runs.iter().find(|run| run.policy.id == policy && run.world.id == world)
    }

    /// Name of a measure; its identifier if the document does not list it.
    pub fn measure_name(&self, id: &str) -> Text {
        let known = self.scenario.measures.iter().find(|measure| measure.id == id);
        known.map_or_else(|| Text::same(id), |measure| measure.name.clone())
    }
}

impl TargetResult {
    /// Whether it counts as a target: in force, and more than a condition of something else.
    pub fn is_proper(&self) -> bool {
        self.in_force && self.role == "target"
    }
}

impl RunResult {
    /// The target with this identifier.
    pub fn target(&self, id: &str) -> Option<&TargetResult> {
        self.targets.iter().find(|target| target.id == id)
    }
}
