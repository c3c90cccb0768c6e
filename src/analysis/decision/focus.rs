//! The model reduced to what an analysis has to judge: nothing else is simulated or kept.

use super::Goal;
use crate::model::{Demand, Model, Policy, Subject, World};

/// The model with these policies (the first one as reference), these worlds, and no targets but those that `goals` need.
/// Counted things that no needed target looks at are left out; they are read-outs and move nothing.
pub fn focused(model: &Model, goals: &[Goal], policies: Vec<Policy>, worlds: Vec<World>) -> Model {
    let mut kept: Vec<usize> = goals.iter().flat_map(|goal| goal.targets(model)).collect();
    kept.sort_unstable();
    kept.dedup();
    let documents: Vec<&str> = goals
        .iter()
        .filter_map(|goal| match goal {
            Goal::Document(document) => Some(document.as_str()),
            Goal::Target(_) => None,
        })
        .collect();
    let position = |index: usize| kept.binary_search(&index).ok();
    let targets = kept.iter().map(|&index| {
        let mut target = model.targets[index].clone();
        if let Demand::AtLeast { of, .. } = &mut target.demand {
            *of = of.iter().filter_map(|&member| position(member)).collect();
        }
        target.document = target.document.filter(|document| documents.contains(&document.as_str()));
        target
    });
    let targets: Vec<_> = targets.collect();
    let sized = |subject: &Subject| matches!(subject, Subject::Firms { .. } | Subject::Products { .. });
    let counts_sizes = targets.iter().any(|target| sized(&target.subject));
    let mut focused = Model {
        policies,
        reference: 0,
        worlds,
        targets,
        conditionals: Vec::new(),
        known: Vec::new(),
        ..model.clone()
    };
    if !counts_sizes {
        focused.items.clear();
        focused.populations.clear();
    }
    focused
}
