//! Which target is split where none was asked for: the file's main one, else the first one that can be split.

use super::refused::{judge, no_other};
use crate::analysis::AnalysisError;
use crate::analysis::decision::Goal;
use crate::analysis::decision::decompose::PassedOver;
use crate::model::{Base, Demand, Level, Model, QuantityId, Target};
use crate::text::Text;

/// The goal to split: the one asked for, whether it can be split or not; else the main one, else the first target that can
/// be split, with the main one and why it was passed over. Targets that are only rules of thumb come last.
///
/// # Errors
/// Unknown identifiers; no target at all; none that can be split.
pub(super) fn choose(
    model: &Model,
    wanted: Option<&str>,
) -> Result<(Goal, Option<PassedOver>), AnalysisError> {
    let main = Goal::of(model, wanted)?;
    let why = match can_be_split(model, &main) {
        Err(why) if wanted.is_none() => why,
        _ => return Ok((main, None)),
    };
    let others = || candidates(model).map(|index| (index, &model.targets[index]));
    let first = others().find(|(_, target)| !target.by_rule).or_else(|| others().next());
    let Some((index, _)) = first else { return Err(no_other(model, &main, &why)) };
    let info = main.info(model);
    Ok((Goal::Target(index), Some(PassedOver { id: info.id, name: info.name, why })))
}

/// The targets that can be split, in the order of the file.
pub(super) fn candidates(model: &Model) -> impl Iterator<Item = usize> {
    let is_proper = |target: &Target| model.in_force(target) && !target.is_condition;
    (0..model.targets.len())
        .filter(move |&index| is_proper(&model.targets[index]))
        .filter(|&index| can_be_split(model, &Goal::Target(index)).is_ok())
}

/// Whether a goal can be split, or why not, as far as the file itself tells.
fn can_be_split(model: &Model, goal: &Goal) -> Result<(), Text> {
    let (target, _) = judge(model, goal)?;
    match &target.demand {
        Demand::Threshold { level: Level::MultipleOfBase(_) | Level::Growth(_), .. }
            if !has_certain_base(model, target) =>
        {
            Err(super::no_fixed_total())
        }
        _ => Ok(()),
    }
}

/// Whether the base-year figure of a target's scope is one number.
fn has_certain_base(model: &Model, target: &Target) -> bool {
    let is_certain = |id: QuantityId| {
        model.quantities.get(id).distribution.as_ref().is_some_and(crate::random::Distribution::is_point)
    };
    let clusters = model.clusters_of(&target.scope);
    (0..model.provinces.len()).all(|province| {
        let all = (0..model.clusters.len()).filter(|&c| model.clusters[c].province == province);
        let all: Vec<usize> = all.collect();
        let within: Vec<usize> = all.iter().copied().filter(|cluster| clusters.contains(cluster)).collect();
        let certain = |&cluster: &usize| match model.clusters[cluster].base {
            Base::Own(figure) => is_certain(figure),
            Base::Share(share) => is_certain(share) && is_certain(model.provinces[province].base),
            Base::Remainder => false,
        };
        let has_remainder = within.iter().any(|&cluster| model.clusters[cluster].base == Base::Remainder);
        match has_remainder {
            // what is left makes the clusters of a province add up to its figure, whatever each of them is
            true if within.len() == all.len() => is_certain(model.provinces[province].base),
            _ => within.iter().all(certain),
        }
    })
}
