//! Derives policies that hold parts of others, each compared with the one that it differs from by one part.

use crate::analysis::summarise::class;
use crate::model::{Change, Instrument, Model, Policy};
use crate::scenario::class::WORDS;

/// Derived policies, the reference first.
pub struct Derived {
    /// The policies.
    pub policies: Vec<Policy>,
    /// For every policy the one that it is compared with: itself or an earlier one.
    pub against: Vec<usize>,
    /// The reported policies but the reference, each with its steps.
    pub chains: Vec<Chain>,
    /// The policy whose instruments are dropped one at a time.
    pub whole: Option<Whole>,
}

/// The way from the reference to one policy.
pub struct Chain {
    /// The policy, as index into the model.
    pub policy: usize,
    /// Steps in order.
    pub steps: Vec<Step>,
    /// The derived policy at its end: the policy itself.
    pub end: usize,
    /// For some provinces (indices into the model) the derived policy with what reaches them only.
    pub own: Vec<(usize, usize)>,
}

/// One step: a derived policy, compared with the one before it.
pub struct Step {
    /// One of [`WORDS`].
    pub class: &'static str,
    /// The instruments that it brings, takes away (if only the reference has them), or whose levers it changes, as
    /// indices into the model.
    pub instruments: Vec<usize>,
    /// The derived policy after the step.
    pub derived: usize,
}

/// A policy and what is left of it without each of its instruments.
pub struct Whole {
    /// The policy itself among the derived ones.
    pub end: usize,
    /// (instrument, derived policy without it), in the order of the file.
    pub without: Vec<(usize, usize)>,
}

/// What makes a derived policy: instruments in order, and changes of levers.
#[derive(Clone, PartialEq)]
struct Recipe {
    instruments: Vec<usize>,
    changes: Vec<Change>,
}

impl Recipe {
    /// The model's own policy.
    fn of(model: &Model, policy: usize) -> Self {
        let policy = &model.policies[policy];
        Self { instruments: policy.instruments.clone(), changes: policy.changes.clone() }
    }

    /// With some instruments as `to` has them, and their levers. The order is that of `to`.
    fn with(&self, to: &Self, model: &Model, is_taken: impl Fn(usize) -> bool) -> Self {
        let taken = |&k: &usize| is_taken(k) || self.instruments.contains(&k);
        let kept = |&k: &usize| !is_taken(k) && !to.instruments.contains(&k);
        let instruments = to.instruments.iter().copied().filter(taken);
        let is_changed = |change: &&Change| owner(model, change).is_some_and(&is_taken);
        let changes = to.changes.iter().filter(is_changed);
        Self {
            instruments: instruments.chain(self.instruments.iter().copied().filter(kept)).collect(),
            changes: changes.chain(self.changes.iter().filter(|c| !is_changed(c))).cloned().collect(),
        }
    }

    /// Its changes of the levers of this instrument.
    fn changes_of(&self, model: &Model, instrument: usize) -> Vec<&Change> {
        self.changes.iter().filter(|change| owner(model, change) == Some(instrument)).collect()
    }
}

/// The instrument whose lever is changed: policies change nothing else.
fn owner(model: &Model, change: &Change) -> Option<usize> {
    let path = model.quantities.get(change.quantity).path.strip_prefix("instrument.")?;
    let of = |instrument: &Instrument| {
        path.strip_prefix(instrument.id.as_str()).is_some_and(|rest| rest.starts_with('.'))
    };
    model.instruments.iter().position(of)
}

impl Derived {
    /// The steps of the policies `reported` and the parts of `whole` (indices into the model). Instruments that do not
    /// reach what is measured get no step and are not dropped. `elsewhere` says for other provinces which instruments reach
    /// them: their money is that of a policy with these only.
    pub fn of(
        model: &Model,
        reported: &[usize],
        whole: Option<usize>,
        reaches: impl Fn(&Instrument) -> bool,
        elsewhere: &[(usize, Vec<bool>)],
    ) -> Self {
        let mut builder = Builder { model, recipes: Vec::new(), against: Vec::new() };
        let reference = builder.add(Recipe::of(model, model.reference), 0);
        debug_assert_eq!(reference, 0);
        let reaches: Vec<bool> = model.instruments.iter().map(reaches).collect();
        let mut chains: Vec<Chain> = Vec::new();
        for &policy in reported.iter().filter(|&&policy| policy != model.reference) {
            let chain = builder.chain(policy, &reaches);
            let own =
                elsewhere.iter().map(|(province, reaches)| (*province, builder.reaching(policy, reaches)));
            let own = own.collect();
            chains.push(Chain { own, ..chain });
        }
        let whole = whole.map(|policy| {
            let own = Recipe::of(model, policy);
            let end = match chains.iter().find(|chain| chain.policy == policy) {
                Some(chain) => chain.end,
                // the reference itself
                None => builder.add(own.clone(), 0),
            };
            let mut dropped: Vec<usize> = own.instruments.iter().copied().filter(|&k| reaches[k]).collect();
            dropped.sort_unstable();
            dropped.dedup();
            let without = dropped.into_iter().map(|k| {
                let instruments = own.instruments.iter().copied().filter(|&other| other != k).collect();
                (k, builder.add(Recipe { instruments, changes: own.changes.clone() }, end))
            });
            let without = without.collect();
            Whole { end, without }
        });
        let policies = builder.policies();
        Self { policies, against: builder.against, chains, whole }
    }
}

struct Builder<'m> {
    model: &'m Model,
    recipes: Vec<Recipe>,
    against: Vec<usize>,
}

impl Builder<'_> {
    /// The derived policy of this recipe and comparison, which several parts may share.
    fn add(&mut self, recipe: Recipe, against: usize) -> usize {
        let known =
            (0..self.recipes.len()).find(|&k| self.recipes[k] == recipe && self.against[k] == against);
        known.unwrap_or_else(|| {
            self.recipes.push(recipe);
            self.against.push(against);
            self.recipes.len() - 1
        })
    }

    /// One class after the other takes the policy's instruments, with its changes of their levers, instead of the
    /// reference's. The order of instruments is the policy's, so that its end is the policy itself to the bit.
    fn chain(&mut self, policy: usize, reaches: &[bool]) -> Chain {
        let model = self.model;
        let (from, to) = (Recipe::of(model, model.reference), Recipe::of(model, policy));
        let class_of = |k: usize| class(&model.instruments[k]);
        let differs = |k: usize| {
            let (before, now) = (from.instruments.contains(&k), to.instruments.contains(&k));
            before != now || now && from.changes_of(model, k) != to.changes_of(model, k)
        };
        let mut different: Vec<usize> = from.instruments.iter().chain(&to.instruments).copied().collect();
        different.retain(|&k| reaches[k] && differs(k));
        different.sort_unstable();
        different.dedup();
        let (mut at, mut steps) = (0, Vec::new());
        for (done, name) in WORDS.iter().copied().enumerate() {
            let brought: Vec<usize> = different.iter().copied().filter(|&k| class_of(k) == name).collect();
            if brought.is_empty() {
                continue;
            }
            // what does not reach what is measured comes last, so that the money of the steps is that of their instruments
            let is_done = |k: usize| reaches[k] && WORDS[..=done].contains(&class_of(k));
            at = self.add(from.with(&to, model, is_done), at);
            steps.push(Step { class: name, instruments: brought, derived: at });
        }
        // whatever else differs does not reach what is measured
        let end = if self.recipes[at] == to { at } else { self.add(to, at) };
        Chain { policy, steps, end, own: Vec::new() }
    }

    /// The policy with the instruments that reach a place only, the others being those of the reference; any derived policy
    /// that is made of the same serves, whatever it is compared with.
    fn reaching(&mut self, policy: usize, reaches: &[bool]) -> usize {
        let (from, to) = (Recipe::of(self.model, self.model.reference), Recipe::of(self.model, policy));
        let recipe = from.with(&to, self.model, |k| reaches[k]);
        let known = self.recipes.iter().position(|known| *known == recipe);
        known.unwrap_or_else(|| self.add(recipe, 0))
    }

    /// The derived policies; their identifiers hold a slash, which no identifier of a file can.
    fn policies(&self) -> Vec<Policy> {
        let policy = |(index, recipe): (usize, &Recipe)| {
            let reference = &self.model.policies[self.model.reference];
            Policy {
                id: if index == 0 { reference.id.clone() } else { format!("parts/{index}") },
                name: reference.name.clone(),
                instruments: recipe.instruments.clone(),
                changes: recipe.changes.clone(),
            }
        };
        self.recipes.iter().enumerate().map(policy).collect()
    }
}
