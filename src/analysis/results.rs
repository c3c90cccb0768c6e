//! The result document: everything a run found, as it is written to `results.json` (see docs/results-format.md).
//!
//! Keys are the field names. Nothing in it depends on the clock, the machine or the number of threads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::precision::Precision;
use super::realism::TargetRealism;
use crate::math::powi;
use crate::text::Text;

mod briefing;
mod changes;
mod cost;
mod estimates;
mod readings;
mod soundness;
mod targets;

pub use briefing::{
    ClusterInfo, ContributionResult, ContributionStep, ConvergenceResult, DensityBin, EffectsResult,
    IndustryShare, InstrumentEffect, InstrumentInfo, PairsResult, ProvinceMoney, QuantityInfo, StepsMoney,
};
pub use changes::ChangedValue;
pub use cost::{CostResult, Money, VarianceResult, VarianceShare};
pub use estimates::{Kind, Slot};
pub use readings::{ConditionalResult, OptionInfo, SwitchInfo};
pub use targets::{
    Change, Compared, ConditionInfo, FirstYear, LineResult, Members, QuantityResult, Shortfall, Stretch,
    TargetResult,
};

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
    /// Clusters, in the order of the file.
    #[serde(default)]
    pub clusters: Vec<ClusterInfo>,
    /// Instruments, in the order of the file.
    #[serde(default)]
    pub instruments: Vec<InstrumentInfo>,
    /// Every stated quantity.
    #[serde(default)]
    pub quantities: Vec<QuantityInfo>,
    /// What the reported worlds and policies change of them.
    #[serde(default)]
    pub changes: Vec<ChangedValue>,
    /// What single instruments add, for each world; empty unless a briefing was asked for.
    #[serde(default)]
    pub effects: Vec<EffectsResult>,
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

impl Program {
    /// This program.
    pub(super) fn this() -> Self {
        Self { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
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
    /// Yearly rate at which sums of public money are discounted to the base year; absent for 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub discount_rate: f64,
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
    /// What ended the run: `trials` (the number asked for was reached) or `precision` (every interval was narrow enough).
    pub stop: String,
    /// How precise the run was to be; absent where a number of trials was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<PrecisionInfo>,
    /// How trials were drawn; absent for independent ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sampler: Option<SamplerInfo>,
    /// Reported worlds.
    pub worlds: Vec<Named>,
    /// Reported policies.
    pub policies: Vec<Named>,
    /// Policy that changes are measured against (simulated always, reported if asked for).
    pub reference: Named,
    /// Level of every interval.
    pub interval_level: f64,
    /// Level of every interval between two reported policies, so that those of a target in one world hold all together at
    /// `interval_level` (Bonferroni); absent where not every two policies were compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair_level: Option<f64>,
    /// Whether a briefing was asked for, which also simulates parts of policies.
    #[serde(default)]
    pub briefing: bool,
}

/// How trials were drawn that are not independent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SamplerInfo {
    /// `sobol`: scrambled Sobol' sequences; `line`: the same, with line sampling beside.
    pub name: String,
    /// Independent replicates, each with the same number of trials; all intervals come from their spread.
    pub replicates: u64,
    /// Leading directions, which take the first dimensions.
    pub directions: u64,
    /// Dimensions in all; everything else is drawn independently.
    pub dimensions: u64,
}

/// How precise a run was to be, and how precise it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrecisionInfo {
    /// What was asked for.
    pub wanted: Vec<Precision>,
    /// The run ends with this number of trials at the latest.
    pub most_trials: u64,
    /// Whether every interval is narrow enough.
    pub reached: bool,
    /// The interval that was the widest in the end, compared with what is wanted of it.
    pub widest: Widest,
}

/// The widest interval of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Widest {
    /// Half of its width, as a share.
    pub half_width: f64,
    /// What it was to be at most.
    pub wanted: f64,
    /// Identifier of the target.
    pub target: String,
    /// Identifier of the policy.
    pub policy: String,
    /// Identifier of the world.
    pub world: String,
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
    /// How targets go together.
    #[serde(default)]
    pub pairs: Option<PairsResult>,
    /// How the probability of the main target settled; `null` without a proper target.
    #[serde(default)]
    pub convergence: Option<ConvergenceResult>,
    /// What classes of instruments add; `null` for the reference, and unless a briefing was asked for.
    #[serde(default)]
    pub contributions: Option<ContributionResult>,
    /// Which uncertain quantities move the main outcome.
    pub variance: Option<VarianceResult>,
    /// Yearly paths.
    pub series: Vec<SeriesResult>,
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
    /// How many of them have no data, their pace being assumed from the target itself; left out if none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub by_rule: usize,
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

fn is_zero<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl ScenarioInfo {
    /// What these yearly payments up to the end of `year` are worth, 亿元: discounted to the base year as all sums are.
    pub fn worth_by(&self, payments: &BTreeMap<i32, f64>, year: i32) -> f64 {
        let worth = |at: i32| 1.0 / powi(1.0 + self.discount_rate, at.abs_diff(self.base_year));
        payments.iter().filter(|(at, _)| **at <= year).map(|(&at, paid)| worth(at) * paid).sum()
    }
}

impl Results {
    /// The result of one policy in one world.
    pub fn run_of(&self, policy: &str, world: &str) -> Option<&RunResult> {
        self.runs.iter().find(|run| run.policy.id == policy && run.world.id == world)
    }

    /// The policy that a briefing puts first: the one called `plan`; without one, the first that is not the reference;
    /// without one, the reference.
    pub fn main_policy(&self) -> Option<&Named> {
        let policies = || self.run.policies.iter();
        let plan = policies().find(|policy| policy.id == "plan");
        plan.or_else(|| policies().find(|policy| policy.id != self.run.reference.id))
            .or_else(|| policies().next())
    }

    /// Name of a measure; its identifier if the document does not list it.
    pub fn measure_name(&self, id: &str) -> Text {
        let known = self.scenario.measures.iter().find(|measure| measure.id == id);
        known.map_or_else(|| Text::same(id), |measure| measure.name.clone())
    }
}

impl RunResult {
    /// The target that a briefing puts first: the first proper one that has a quantity and is not only a rule of thumb;
    /// without one, the first proper one. The same for every policy and world.
    pub fn main_target(&self) -> Option<&TargetResult> {
        let proper = || self.targets.iter().filter(|target| target.is_proper());
        proper().find(|target| target.quantity.is_some() && !target.by_rule).or_else(|| proper().next())
    }

    /// The first target of every province that has one with a quantity, what is only a rule of thumb left out.
    pub fn main_targets(&self) -> Vec<&TargetResult> {
        let mut found: Vec<&TargetResult> = Vec::new();
        for target in self.targets.iter().filter(|t| t.is_proper() && !t.by_rule && t.quantity.is_some()) {
            let known = found.iter().any(|known| known.scope.id == target.scope.id);
            if target.scope.id.starts_with("province.") && !known {
                found.push(target);
            }
        }
        found
    }

    /// The target with this identifier.
    pub fn target(&self, id: &str) -> Option<&TargetResult> {
        self.targets.iter().find(|target| target.id == id)
    }
}
