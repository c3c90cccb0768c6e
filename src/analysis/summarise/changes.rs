//! Lists what the selected worlds and policies change, before and after in words.

use super::quantities::value;
use super::told::ToldIn;
use super::*;
use crate::model::{self, Change, Operation, QuantityId, apply};
use crate::random::Distribution;
use crate::units::UnitKind;

/// Laws of all quantities.
type Laws = Vec<Option<Distribution>>;

/// Every change of the selected worlds, then of the selected policies and the reference, in the order in which they are made:
/// a policy changes what its world has left.
pub(super) fn changes(model: &Model, selection: &Selection) -> Vec<ChangedValue> {
    let stated = model.quantities.distributions();
    let list = List { model, names: Names::of(model) };
    let worlds: Vec<&model::World> = selection.worlds.iter().map(|&index| &model.worlds[index]).collect();
    let mut out = Vec::new();
    for world in &worlds {
        let by = named(&world.id, &world.name);
        let all = list.steps(&world.changes, stated.clone());
        out.extend(all.into_iter().map(|step| ChangedValue {
            by: by.clone(),
            kind: "world".to_owned(),
            ..step
        }));
    }
    for (index, policy) in model.policies.iter().enumerate() {
        if index != model.reference && !selection.policies.contains(&index) {
            continue;
        }
        let by = named(&policy.id, &policy.name);
        // what is changed of instruments that a policy leaves out moves nothing
        let used = |id: QuantityId| {
            let path = &model.quantities.get(id).path;
            let mut instruments = policy.instruments.iter().map(|&at| &model.instruments[at].id);
            instruments.any(|id| path.split('.').nth(1) == Some(id))
        };
        let own = |keep: &dyn Fn(QuantityId) -> bool| {
            let all = policy.changes.iter().filter(|change| used(change.quantity) && keep(change.quantity));
            all.cloned().collect::<Vec<Change>>()
        };
        let by_worlds = |id: QuantityId| {
            worlds.iter().any(|world| world.changes.iter().any(|change| change.quantity == id))
        };
        let whole = list.steps(&own(&|id| !by_worlds(id)), stated.clone());
        let mut add = |steps: Vec<ChangedValue>, within: Option<Named>| {
            let told = |step| ChangedValue {
                by: by.clone(),
                kind: "policy".to_owned(),
                within: within.clone(),
                ..step
            };
            out.extend(steps.into_iter().map(told));
        };
        add(whole, None);
        for world in &worlds {
            let mut laws = stated.clone();
            apply(&mut laws, &world.changes);
            let within = (worlds.len() > 1).then(|| named(&world.id, &world.name));
            add(list.steps(&own(&by_worlds), laws), within);
        }
    }
    out
}

struct List<'m> {
    model: &'m Model,
    names: Names<'m>,
}

impl List<'_> {
    /// What each of these changes makes of `laws`, one after the other; who makes it is the caller's.
    fn steps(&self, changes: &[Change], mut laws: Laws) -> Vec<ChangedValue> {
        let step = |change: &Change| {
            let before = self.model.quantities.law(&laws, change.quantity).cloned();
            apply(&mut laws, std::slice::from_ref(change));
            self.told(change, before.as_ref(), self.model.quantities.law(&laws, change.quantity))
        };
        changes.iter().map(step).collect()
    }

    fn told(
        &self,
        change: &Change,
        before: Option<&Distribution>,
        after: Option<&Distribution>,
    ) -> ChangedValue {
        let quantity = self.model.quantities.get(change.quantity);
        let unit = ToldIn::of(self.model, &quantity.path);
        let (verb, amount) = match change.operation {
            Operation::Set(_) => ("set", None),
            Operation::Scale(factor) => ("scale", Some(ToldIn::from(UnitKind::Number).exact(factor).words)),
            Operation::Shift(by) => ("shift", Some(unit.of_difference().exact(by).words)),
        };
        let middle = |law: Option<&Distribution>| {
            let law = law?;
            let told = if law.is_point() { unit.exact(law.median()) } else { unit.rounded(law.median()) };
            Some(told.words)
        };
        let provenance = change.provenance.clone().unwrap_or_default();
        ChangedValue {
            kind: String::new(),
            by: named("", &Text::default()),
            within: None,
            path: quantity.path.clone(),
            name: self.names.quantity(&quantity.path),
            verb: verb.to_owned(),
            amount,
            before: value(before, &unit),
            after: value(after, &unit),
            median_before: middle(before),
            median_after: middle(after),
            source: provenance.source.as_ref().map(|(text, _)| text.clone()),
            grade: grade_word(&provenance),
            note: provenance.note,
        }
    }
}
