//! What a decision analysis is about: one target, or all quantified targets of one document together.

use serde::{Deserialize, Serialize};

use crate::analysis::AnalysisError;
use crate::analysis::reach::movers;
use crate::analysis::results::Named;
use crate::model::{Demand, Model, Target, When};
use crate::plan::document_group;
use crate::text;
use crate::text::Text;

/// What a decision analysis is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// One target of the model.
    Target(usize),
    /// All quantified targets of the document with this identifier together.
    Document(String),
}

/// A goal as result documents name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GoalInfo {
    /// Identifier of the target, or `document:` and that of the document.
    pub id: String,
    /// Name.
    pub name: Text,
}

impl Goal {
    /// The goal with this identifier: a target's, or a document's for all its targets together. Without one, the first
    /// proper target that is judged by a level and is not only a rule of thumb; without such a target the first proper
    /// one.
    ///
    /// # Errors
    /// [`AnalysisError::UnknownTarget`], also for a target that the file's switches put out of force, and
    /// [`AnalysisError::NoTargets`].
    pub fn of(model: &Model, wanted: Option<&str>) -> Result<Self, AnalysisError> {
        let proper = |(_, target): &(usize, &Target)| model.in_force(target) && !target.is_condition;
        let targets = || model.targets.iter().enumerate().filter(proper);
        let documents = || documents(model);
        let Some(id) = wanted else {
            let judged = |t: &Target| matches!(t.demand, Demand::Threshold { .. }) && !t.by_rule;
            let main = targets().find(|(_, target)| judged(target)).or_else(|| targets().next());
            return main.map(|(index, _)| Self::Target(index)).ok_or(AnalysisError::NoTargets);
        };
        if let Some((index, _)) = targets().find(|(_, target)| target.id == id) {
            return Ok(Self::Target(index));
        }
        let document = id.strip_prefix("document:").unwrap_or(id);
        if let Some(known) = documents().find(|known| *known == document) {
            return Ok(Self::Document(known.to_owned()));
        }
        let known =
            targets().map(|(_, target)| Named { id: target.id.clone(), name: model.target_name(target) });
        let of_documents = documents().map(|document| {
            let goal = Self::Document(document.to_owned()).info(model);
            Named { id: document_group(document), name: goal.name }
        });
        let known = known.chain(of_documents).collect();
        Err(AnalysisError::UnknownTarget { id: id.to_owned(), known })
    }

    /// Identifier in a plan.
    pub fn id(&self, model: &Model) -> String {
        match self {
            Self::Target(index) => model.targets[*index].id.clone(),
            Self::Document(document) => document_group(document),
        }
    }

    /// Identifier and name.
    pub fn info(&self, model: &Model) -> GoalInfo {
        let name = match self {
            Self::Target(index) => model.target_name(&model.targets[*index]),
            Self::Document(document) => {
                let title = model.sources.iter().find(|source| source.id == *document);
                let title = title.map_or_else(|| Text::same(document), |source| source.title.clone());
                let Text { zh, en } = title;
                text!("《{zh}》的全部量化目标", "all quantified targets of “{en}”")
            }
        };
        GoalInfo { id: self.id(model), name }
    }

    /// The targets that have to be judged for it, as indices into the model, in the model's order.
    pub(in crate::analysis) fn targets(&self, model: &Model) -> Vec<usize> {
        let mut needed = vec![false; model.targets.len()];
        let mut open: Vec<usize> = match self {
            Self::Target(index) => vec![*index],
            Self::Document(document) => {
                let of = |t: &Target| t.document.as_ref() == Some(document) && model.is_counted(t);
                (0..model.targets.len()).filter(|&index| of(&model.targets[index])).collect()
            }
        };
        while let Some(index) = open.pop() {
            if !std::mem::replace(&mut needed[index], true)
                && let Demand::AtLeast { of, .. } = &model.targets[index].demand
            {
                open.extend(of);
            }
        }
        (0..needed.len()).filter(|&index| needed[index]).collect()
    }
}

/// The model up to the last year in which `goal` is judged: what comes later moves no outcome. Later payments are left
/// out too, so that costs are those up to that year.
pub(super) fn up_to_judged_year(model: &Model, goal: &Goal) -> Model {
    let last = |&target: &usize| match &model.targets[target].demand {
        Demand::Threshold { when, .. } | Demand::Count { when, .. } => match when {
            When::Year(year) | When::By(year) => Some(*year),
            When::Sustained(_, to) => Some(*to),
        },
        Demand::AtLeast { .. } => None,
    };
    let judged = goal.targets(model).iter().filter_map(last).max();
    Model { horizon: judged.unwrap_or(model.horizon), ..model.clone() }
}

/// The model without the instruments that cannot move `goal`, and those of `policies` that are left out so: they change
/// no outcome, and their money is not the price of any.
pub(super) fn only_movers(model: &Model, goal: &Goal, policies: &[usize]) -> (Model, Vec<usize>) {
    let movers = movers(model, &goal.targets(model));
    let held = |&k: &usize| policies.iter().any(|&policy| model.policies[policy].instruments.contains(&k));
    let left_out = (0..model.instruments.len()).filter(|&k| !movers[k]).filter(held).collect();
    let mut counted = model.clone();
    for policy in &mut counted.policies {
        policy.instruments.retain(|&k| movers[k]);
    }
    (counted, left_out)
}

/// Documents with quantified targets, each once, in the order of the file.
fn documents(model: &Model) -> impl Iterator<Item = &str> {
    let mut known: Vec<&str> = Vec::new();
    for target in model.targets.iter().filter(|target| model.is_counted(target)) {
        if let Some(document) = target.document.as_deref().filter(|document| !known.contains(document)) {
            known.push(document);
        }
    }
    known.into_iter()
}
