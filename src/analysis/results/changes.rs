//! What worlds and policies change of the values that the file states.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Named, Results, RunResult};
use crate::text::Text;

/// A value that a world or a policy changes, before and after one of its changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangedValue {
    /// `world` or `policy`.
    pub kind: String,
    /// The world or policy.
    pub by: Named,
    /// For what a policy changes: the world in which it has these values, where they differ between worlds.
    #[serde(default)]
    pub within: Option<Named>,
    /// Path of the quantity, e.g. `nation.trend`.
    pub path: String,
    /// What it is.
    pub name: Text,
    /// `set` (replaced), `scale` (multiplied) or `shift` (added to).
    pub verb: String,
    /// The factor, or what is added with its unit; `null` for `set`.
    #[serde(default)]
    pub amount: Option<Text>,
    /// Value or distribution before the change in words, with unit.
    pub before: Text,
    /// The same after it.
    pub after: Text,
    /// Value before the change, the median if it is uncertain, with unit in words; `null` if it has none.
    #[serde(default)]
    pub median_before: Option<Text>,
    /// The same after it.
    #[serde(default)]
    pub median_after: Option<Text>,
    /// Source of what is set, of the factor or of what is added, as written.
    pub source: Option<String>,
    /// Its grade of evidence, or `none`.
    pub grade: String,
    /// Its remark.
    pub note: Option<Text>,
}

impl ChangedValue {
    /// Whether it holds in this world under this policy.
    fn is_in(&self, run: &RunResult) -> bool {
        let within = self.within.as_ref().is_none_or(|world| world.id == run.world.id);
        match self.kind.as_str() {
            "world" => self.by.id == run.world.id,
            _ => within && self.by.id == run.policy.id,
        }
    }
}

impl Results {
    /// What the world and the policy of `run` change, in the order in which it is done.
    pub fn changes_of<'a>(&'a self, run: &'a RunResult) -> impl Iterator<Item = &'a ChangedValue> {
        self.changes.iter().filter(|change| change.is_in(run))
    }

    /// The grades of the values that the world or the policy of `run` sets, by path.
    pub fn grades_set<'a>(&'a self, run: &'a RunResult) -> BTreeMap<&'a str, &'a str> {
        let set = self.changes_of(run).filter(|change| change.verb == "set");
        // of several for one path the last one holds
        set.map(|one| (one.path.as_str(), one.grade.as_str())).collect()
    }

    /// Number of the figures in force under `run` by grade of evidence: those that the file states, with the grade of what
    /// replaces them where the world or the policy sets them anew.
    pub fn grades_of(&self, run: &RunResult) -> BTreeMap<String, usize> {
        let mut grades = self.grades.clone();
        let stated = self.quantities.iter().map(|one| (one.path.as_str(), one.grade.as_str()));
        let stated: BTreeMap<&str, &str> = stated.collect();
        for (path, grade) in self.grades_set(run) {
            if let Some(count) = stated.get(path).and_then(|before| grades.get_mut(*before)) {
                *count = count.saturating_sub(1);
            }
            *grades.entry(grade.to_owned()).or_default() += 1;
        }
        grades
    }
}
