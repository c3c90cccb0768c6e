//! What `decompose` finds: shares, tasks by year, and what may be expected of the years before them.

use serde::{Deserialize, Serialize};

use crate::analysis::decision::{Estimate, Latest};
use crate::analysis::results::Named;
use crate::text::Text;

/// A target split over clusters and years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decomposition {
    /// The file's main target where none was asked for and it cannot be split, so that another one was; else absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_over: Option<PassedOver>,
    /// The policy under which it is split.
    pub policy: Named,
    /// What the shares add up to: the target's level, 亿元.
    pub level: f64,
    /// The year in which the target is judged; of a target that may be met earlier, its last one.
    pub year: i32,
    /// Whether the target may be met in an earlier year, too: here it has to be met in its last one.
    pub or_earlier: bool,
    /// Base year.
    pub base_year: i32,
    /// The last year of which the scenario holds figures.
    pub last_known: i32,
    /// The figure of that year; `null` where it is the base year.
    pub latest: Option<Latest>,
    /// The first year for which tasks are set.
    pub from: i32,
    /// Chance of the target.
    pub probability: Estimate,
    /// The chance that every cluster has of its share.
    pub chance: Estimate,
    /// The chance that all clusters meet their tasks together, on fresh draws.
    pub together: Estimate,
    /// Tasks add up to a multiple of this, 亿元: the coarsest step of a cluster.
    pub unit: f64,
    /// Position of the cluster among the shares whose tasks take what the finer steps of others leave; `null` where all have
    /// one step.
    pub carrier: Option<usize>,
    /// The final chance of the second reference line.
    pub wanted: f64,
    /// Seed of the fresh draws on which tasks are judged.
    pub check_seed: u64,
    /// Clusters whose own targets count in another measure than the tasks, which no figure here can be held against.
    pub otherwise: Vec<Named>,
    /// One share for each cluster, in the order of the scenario.
    pub shares: Vec<Share>,
    /// The years between the base year and the first task: what is to be expected of them, no task.
    pub passed: Vec<Passed>,
    /// One plan for each year from `from` to the year of the target.
    pub years: Vec<Year>,
}

/// A target that was not split.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassedOver {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Why it cannot be split.
    pub why: Text,
}

/// A year before the tasks begin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passed {
    /// Year.
    pub year: i32,
    /// Mean revenue of the trials by cluster, in the order of the shares, 亿元.
    pub means: Vec<f64>,
    /// What is known of this year: of all together, of single clusters.
    pub figures: Vec<Figure>,
}

impl Passed {
    /// What growth is counted from: the amounts that are known, else the means of the trials; all together and by cluster.
    pub fn starts(&self) -> (f64, Vec<f64>) {
        let of = |index: Option<usize>| self.figures.iter().find(|figure| figure.index == index);
        let value = |index, mean: f64| of(index).map_or(mean, |figure| figure.value);
        let parts = self.means.iter().enumerate().map(|(at, &mean)| value(Some(at), mean)).collect();
        (value(None, self.means.iter().sum()), parts)
    }
}

/// An amount that is known of a year before the tasks. It enters no trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Position of the cluster among the shares; `null` for all together.
    pub index: Option<usize>,
    /// The cluster; `null` for all together.
    pub cluster: Option<Named>,
    /// The amount that is known, 亿元.
    pub value: f64,
    /// Mean of the trials, 亿元.
    pub mean: f64,
    /// The 5 % and the 95 % point of the trials, 亿元.
    pub likely: [f64; 2],
}

impl Figure {
    /// Whether nine trials in ten lie elsewhere on one side.
    pub fn is_outside(&self) -> bool {
        self.value < self.likely[0] || self.value > self.likely[1]
    }
}

/// The share of one cluster in the year of the target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Cluster.
    pub cluster: Named,
    /// Mean base-year revenue, 亿元.
    pub base: f64,
    /// Whether the base-year revenue is what the other clusters leave of the province's, so that it holds their errors.
    pub remainder: bool,
    /// Part of the variance that is the cluster's own (own shocks, premiums, base figure; first order) which rests on
    /// assumptions; `null` where nothing of its own varies.
    pub assumed: Option<f64>,
    /// The share with its interval, 亿元; shares add up to the level.
    pub share: Estimate,
    /// The share rounded so that tasks still add up, 亿元.
    pub task: f64,
    /// The step of its tasks, 亿元.
    pub unit: f64,
    /// Yearly growth that the share (before it is rounded) takes from the year before the tasks begin (what is known of
    /// it, else its mean); `null` without revenue in that year.
    pub growth: Option<f64>,
    /// Chance of the task on fresh draws.
    pub chance: Estimate,
    /// Whether rounding moves that chance by more than a tenth of it, or two points, away from the common one.
    pub moved_by_rounding: bool,
    /// Whether no task has the common chance, as its revenue is the same in all trials or in many.
    pub stepped: bool,
    /// Its part of the level by mean base-year revenue, 亿元.
    pub by_size: f64,
    /// Chance of that part, on fresh draws.
    pub chance_by_size: Estimate,
}

impl Share {
    /// Whether the cluster has nothing to begin with and no task, so that its chance says nothing.
    pub fn has_no_revenue(&self) -> bool {
        self.base == 0.0 && self.share.value == 0.0
    }
}

/// The tasks of one year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Year {
    /// Year.
    pub year: i32,
    /// The milestone of all together: as likely as the target; in the year of the target its level.
    pub milestone: Estimate,
    /// Mean revenue of all together in this year, 亿元: what is to be expected, the target aside.
    pub mean: f64,
    /// Growth of the milestone over that of the year before, in the first year over what is known of the year
    /// before, else over its mean; `null` without revenue then.
    pub growth: Option<f64>,
    /// The chance that every cluster has of its task of this year; its interval counts the error of the milestone, too.
    pub chance: Estimate,
    /// Tasks by cluster, in the order of the shares, 亿元; they add up to the rounded milestone.
    pub tasks: Vec<f64>,
    /// Growth of each cluster's task, before rounding, as that of the milestone.
    pub growths: Vec<Option<f64>>,
    /// The chance of the target when all together stand exactly at the milestone; `null` in the last year and where
    /// the trials do not tell.
    pub final_chance: Option<Estimate>,
    /// The level of all together at which the chance of the target is what it is now.
    pub keep: Option<Estimate>,
    /// The level of all together at which the chance of the target is the wanted one.
    pub wanted: Option<Estimate>,
    /// For every cluster the level at which the chance of its final share is what it is now.
    pub keeps: Vec<Option<Estimate>>,
}
