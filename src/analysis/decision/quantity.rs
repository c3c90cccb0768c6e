//! The quantity that a goal is about: what it is, how it is written, and which way is better.

use serde::{Deserialize, Serialize};

use super::Goal;
use crate::analysis::summarise::judged_year;
use crate::model::{Demand, Figure, Model, Subject};
use crate::text::{Text, joined};

/// The quantity that a goal is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityInfo {
    /// What it is, without year; with its place in a file of several provinces.
    pub name: Text,
    /// Year in which it is judged.
    pub year: i32,
    /// How its figures are shown: `money`, `count`, `share` (a fraction, in percent) or `number`.
    pub figure: String,
    /// Unit of its figures, for readers.
    pub unit: Text,
    /// Whether the target wants much of it (rather than little).
    pub more_is_better: bool,
}

impl QuantityInfo {
    /// The quantity of `goal`; `None` for counts over several series and for groups of targets.
    pub(super) fn of(model: &Model, goal: &Goal) -> Option<Self> {
        let Goal::Target(index) = goal else { return None };
        let target = &model.targets[*index];
        let Demand::Threshold { at_least, .. } = target.demand else { return None };
        let figure = match model.figure(&target.subject) {
            Figure::Money | Figure::Amount => "money",
            Figure::Count => "count",
            Figure::Share => "share",
            Figure::Number => "number",
        };
        let name = match &target.subject {
            // among several provinces a measure alone is nobody's
            Subject::Revenue if model.provinces.len() > 1 => {
                let (place, measure) =
                    (model.scope_name(&target.scope), &model.measures[target.measure].name);
                Text::new(joined(&[&place.zh, &measure.zh]), format!("{} of {}", measure.en, place.en))
            }
            Subject::Revenue => model.measures[target.measure].name.clone(),
            subject => model.subject_name(subject),
        };
        Some(Self {
            name,
            year: judged_year(&target.demand)?,
            figure: figure.to_owned(),
            unit: model.unit(&target.subject),
            more_is_better: at_least,
        })
    }

    /// 1 if more is better, else −1.
    pub fn sign(&self) -> f64 {
        if self.more_is_better { 1.0 } else { -1.0 }
    }

    /// Whether it is an amount of money.
    pub fn is_money(&self) -> bool {
        self.figure == "money"
    }
}
