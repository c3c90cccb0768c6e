//! How single targets make up a group, and what a group can come to at most between two values of a lever.

use crate::analysis::decision::Goal;
use crate::model::{Demand, Model};
use crate::stats::Events;

/// What is asked for, in terms of single targets.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Logic {
    /// The single target at this position of [`Logic::of`]'s list.
    Single(usize),
    /// At least so many of these.
    AtLeast(usize, Vec<Logic>),
}

impl Logic {
    /// What `goal` asks for, and the single targets that it looks at, as indices into the model.
    pub fn of(model: &Model, goal: &Goal) -> (Self, Vec<usize>) {
        let mut singles = Vec::new();
        let logic = match goal {
            Goal::Target(index) => Self::below(model, *index, &mut singles),
            Goal::Document(document) => {
                let all = (0..model.targets.len()).filter(|&index| {
                    let target = &model.targets[index];
                    target.document.as_ref() == Some(document) && model.is_counted(target)
                });
                let all: Vec<Self> = all.map(|index| Self::below(model, index, &mut singles)).collect();
                Self::AtLeast(all.len(), all)
            }
        };
        (logic, singles)
    }

    fn below(model: &Model, index: usize, singles: &mut Vec<usize>) -> Self {
        if let Demand::AtLeast { k, of } = &model.targets[index].demand {
            return Self::AtLeast(*k, of.iter().map(|&member| Self::below(model, member, singles)).collect());
        }
        let known = singles.iter().position(|&single| single == index);
        Self::Single(known.unwrap_or_else(|| {
            singles.push(index);
            singles.len() - 1
        }))
    }

    /// The trials in which the single targets that are met here or there make up what is asked for.
    pub fn met_at_either(&self, here: &[Events], there: &[Events]) -> Events {
        let trials = here.first().map_or(0, Events::trials);
        let mut met = Events::default();
        met.extend((0..trials).map(|trial| self.holds(&|k| here[k].at(trial) || there[k].at(trial))));
        met
    }

    fn holds(&self, met: &impl Fn(usize) -> bool) -> bool {
        match self {
            Self::Single(single) => met(*single),
            Self::AtLeast(k, of) => of.iter().filter(|one| one.holds(met)).count() >= *k,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_met_at_either_end_bound_the_group_in_between() {
        let events = |bits: [bool; 4]| {
            let mut events = Events::default();
            events.extend(bits);
            events
        };
        let here = [events([true, true, false, false]), events([false, false, false, true])];
        let there = [events([true, true, true, false]), events([false, true, true, false])];
        let both = Logic::AtLeast(2, vec![Logic::Single(0), Logic::Single(1)]);
        assert_eq!(both.met_at_either(&here, &there), events([false, true, true, false]));
        let nested = Logic::AtLeast(1, vec![both, Logic::Single(1)]);
        assert_eq!(nested.met_at_either(&here, &there), events([false, true, true, true]));
    }
}
