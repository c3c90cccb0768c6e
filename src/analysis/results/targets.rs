//! The parts of the result document on targets: what they demand, how likely they are, and by how much they are missed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DensityBin, Ends, Named, Quantiles};
use crate::text::Text;

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
    /// What a group of targets is made of; left out for other targets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Members>,
    /// What it is about.
    pub scope: Named,
    /// The province that it lies in; absent in a file of one province, and for what lies in several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<Named>,
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
    /// The probability with the leading direction integrated out; absent unless the sampler is `line`, and for anything but
    /// revenue judged by a level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<LineResult>,
    /// Number of trials that meet it.
    pub hits: u64,
    /// Number of trials.
    pub trials: u64,
    /// Change against the reference policy; `null` for the reference itself.
    pub change: Option<Change>,
    /// The same target under other reported policies, trial by trial: the reference, and those before this one in the file, so
    /// that each pair stands once. Empty with more than twelve policies, the reference counted, and with a sampler.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compared: Vec<Compared>,
    /// The judged quantity in the judged year; `null` for counts and groups.
    pub quantity: Option<QuantityResult>,
    /// Trials that are at the demanded level in the judged year alone; `null` where that is all that the target looks at, and for
    /// counts and groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hits_in_year: Option<u64>,
    /// Whether it is about an average over the years since the base year, as average growth is; left out if not.
    #[serde(default, skip_serializing_if = "is_not")]
    pub average: bool,
    /// When the demanded level is first reached; `null` for groups, and for averages, which one good year does not meet.
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

/// What a group of targets is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    /// Its targets, those of groups within it counted one by one.
    pub targets: usize,
    /// Those among them without data, whose pace is assumed from the target itself.
    pub by_rule: usize,
}

impl Members {
    /// Whether its chance is a judgement: not where most of it only repeats assumptions.
    pub fn is_judged(self) -> bool {
        self.by_rule * 2 <= self.targets
    }
}

/// What a target demands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConditionInfo {
    /// `at_least`, `at_most`, `count` or `group`.
    pub kind: String,
    /// Years that it looks at: `year` (the judged one alone), `by` (any up to it), `sustained` (each of several); empty for
    /// groups.
    #[serde(default)]
    pub when: String,
    /// The demand in words.
    pub text: Text,
    /// Level in the unit of the quantity; `null` if it is a multiple of the base year's figure, varies by year, or there is none.
    pub level: Option<f64>,
}

/// What line sampling found: the same probability as the share of trials that meet the target, estimated more precisely.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineResult {
    /// The probability.
    pub probability: f64,
    /// Its interval.
    pub interval: Ends,
    /// Difference from the reference policy; `null` for the reference itself.
    pub change: Option<f64>,
    /// Its interval.
    pub change_interval: Option<Ends>,
    /// Trials in which the line was wrong about the verdict, and the verdict was used to correct it.
    pub corrected: u64,
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

/// The probability of a target under one policy beside that under another one, on the same draws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Identifier of the other policy.
    pub against: String,
    /// Trials that meet the target under both.
    pub both: u64,
    /// Difference of the probabilities: this policy less the other.
    pub probability: f64,
    /// Tango's paired interval of that difference, at the level `run.pair_level`.
    pub interval: Ends,
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
    /// Its distribution in the judged year in at most 80 bins of a common width but for the two outermost.
    #[serde(default)]
    pub density: Vec<DensityBin>,
}

impl QuantityResult {
    /// Whether its trials differ by more than rounding.
    pub fn varies(&self) -> bool {
        self.sd > 1e-12 * self.mean.abs()
    }
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

/// What documents written before there were conditions leave out.
fn target_word() -> String {
    "target".to_owned()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_not(mark: &bool) -> bool {
    !mark
}

/// What documents written before there were switches leave out.
fn yes() -> bool {
    true
}

impl TargetResult {
    /// Whether it counts as a target: in force, and more than a condition of something else.
    pub fn is_proper(&self) -> bool {
        self.in_force && self.role == "target"
    }

    /// Whether its chance is a judgement, and does not, or for the most part does not, repeat an assumption made from the target.
    pub fn is_judged(&self) -> bool {
        !self.by_rule && self.members.is_none_or(Members::is_judged)
    }

    /// The most precise estimate of the probability with its interval: that of the lines where there is one.
    pub fn told(&self) -> (f64, Ends) {
        self.line.as_ref().map_or((self.probability, self.interval), |line| (line.probability, line.interval))
    }

    /// The most precise estimate of the difference from the reference with its interval; `None` for the reference itself.
    pub fn told_change(&self) -> Option<(f64, Ends)> {
        match &self.line {
            Some(line) => line.change.zip(line.change_interval),
            None => self.change.as_ref().map(|change| (change.probability, change.interval)),
        }
    }

    /// The probability of this target, which a result has for `policy`, less that of `other`, which it has for `other_policy`,
    /// with the interval of the difference; `None` where the two were not compared.
    pub fn less(&self, policy: &str, other: &Self, other_policy: &str) -> Option<(f64, Ends)> {
        let find = |all: &[Compared], policy: &str| {
            let pair = all.iter().find(|pair| pair.against == policy)?;
            Some((pair.probability, pair.interval))
        };
        let turned = |(value, [low, high]): (f64, Ends)| (0.0 - value, [0.0 - high, 0.0 - low]);
        find(&self.compared, other_policy).or_else(|| find(&other.compared, policy).map(turned))
    }
}
