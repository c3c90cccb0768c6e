//! Summarises switches and conditional probabilities.

use super::targets::proportion;
use super::*;
use crate::plan::conditional_groups;

/// The switches, in the order of the file.
pub(super) fn switches(model: &Model) -> Vec<SwitchInfo> {
    let info = |switch: &crate::model::Switch| {
        let id = |index: usize| switch.options[index].0.clone();
        let provenance = &switch.provenance;
        SwitchInfo {
            id: switch.id.clone(),
            name: switch.name.clone(),
            options: switch
                .options
                .iter()
                .map(|(id, name)| OptionInfo { id: id.clone(), name: name.clone() })
                .collect(),
            chosen: id(switch.chosen),
            default: id(switch.default),
            source: provenance.source.as_ref().map(|(text, _)| text.clone()),
            grade: provenance.grade.map(|grade| grade.word().to_owned()),
            note: provenance.note.clone(),
        }
    };
    model.switches.iter().map(info).collect()
}

/// The conditional probabilities, in the order of the file.
pub(super) fn conditional(cell: &Cell<'_>) -> Vec<ConditionalResult> {
    let (model, plan) = (cell.run.model, cell.run.plan);
    let hits = |counts: &Counts, group: &str| {
        let at = plan.targets.iter().position(|target| target.id == group);
        at.map_or(0, |at| counts.targets[at].hits)
    };
    let reference = &cell.run.outcome.counts.0[cell.world * plan.policies.len()];
    let share = |hits: u64, of: u64| (of > 0).then(|| hits as f64 / of as f64);
    let result = |spec: &crate::model::Conditional| {
        let [given, both] = conditional_groups(&spec.id);
        let of = |counts: &Counts| (hits(counts, &both), hits(counts, &given));
        let (met, trials) = of(cell.counts);
        let (reference_met, reference_trials) = of(reference);
        let probability = share(met, trials);
        let before = share(reference_met, reference_trials).filter(|_| cell.policy != 0);
        ConditionalResult {
            id: spec.id.clone(),
            name: spec.name.clone(),
            target: model.targets[spec.target].id.clone(),
            given: spec.given.iter().map(|&index| model.targets[index].id.clone()).collect(),
            probability,
            interval: (trials > 0).then(|| proportion(met, trials)),
            hits: met,
            given_trials: trials,
            change: probability.zip(before).map(|(now, before)| now - before),
        }
    };
    model.conditionals.iter().map(result).collect()
}
