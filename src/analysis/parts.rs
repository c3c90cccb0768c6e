//! What parts of policies add: classes of instruments one after the other, and single instruments taken away.
//!
//! Derived policies are simulated on the same draws as the policies themselves, all together in one run over which only
//! the main target's series is measured. See docs/decisions/0033.

use super::error::AnalysisError;
use super::reach::Place;
use super::results::{
    ContributionResult, ContributionStep, EffectsResult, InstrumentEffect, Named, ProvinceMoney, Results,
    RunResult, StepsMoney,
};
use super::summarise::{LEVEL, ends, mean};
use crate::diag::{FileId, Span};
use crate::engine::{Observer, Outcome, Settings, run};
use crate::model::{Demand, Instrument, Level, Model, Scope, Subject, Target, When};
use crate::plan::{self, Condition, Measured, Plan, Selection, compile_measuring};
use crate::scenario::Provenance;
use crate::stats::{Moments, Paired};
use crate::tally::{Counts, Sums};
use crate::text::Text;

mod derive;

use derive::{Chain, Derived, Step};

/// Simulates the parts of the reported policies and writes what they add into `results`, which the same `settings` have
/// made. Nothing is written for a single trial, which has no interval.
///
/// # Errors
/// Cancellation, a path that leaves the finite numbers, or threads that cannot be started.
pub(super) fn add_parts(
    results: &mut Results,
    model: &Model,
    selection: &Selection,
    settings: Settings,
    observer: &dyn Observer,
) -> Result<(), AnalysisError> {
    if settings.trials < 2 {
        return Ok(());
    }
    let main = results.runs.first().and_then(RunResult::main_target).map(|target| target.id.clone());
    let main = main.and_then(|id| model.targets.iter().find(|target| target.id == id));
    let judged = main.filter(|target| matches!(target.demand, Demand::Threshold { .. }));
    let target = judged.cloned().unwrap_or_else(|| of_the_first_series(model));
    let place = Place::of(model, &target);
    let whole = results.main_policy().filter(|_| judged.is_some()).map(|policy| policy.id.clone());
    let whole = whole.and_then(|id| model.policies.iter().position(|policy| policy.id == id));

    let reaches = |instrument: &Instrument| place.is_reached_by(model, instrument);
    let elsewhere = elsewhere(results, model, &target.id);
    let derived = Derived::of(model, &selection.policies, whole, reaches, &elsewhere);
    let focused = focused(model, &derived, target);
    let policies = (1..focused.policies.len()).collect();
    let selection = Selection { policies, worlds: selection.worlds.clone() };
    let plan = compile_measuring(&focused, &selection, Measured::Targets(derived.against.clone()));
    let outcome =
        run(&plan, settings, observer).map_err(|error| AnalysisError::of_run(error, settings.seed))?;

    let found = Found { model, plan: &plan, outcome: &outcome };
    for world in 0..plan.worlds.len() {
        let id = &plan.worlds[world].id;
        for chain in &derived.chains {
            let policy = &model.policies[chain.policy].id;
            let run = results.runs.iter_mut().find(|run| run.policy.id == *policy && run.world.id == *id);
            if let Some(run) = run {
                run.contributions = found.contribution(world, chain);
            }
        }
        if let (Some(policy), Some(target)) = (whole, judged) {
            let named = |all: &[Named], id: &str| all.iter().find(|named| named.id == id).cloned();
            let world_name = named(&results.run.worlds, id);
            let policy_name = named(&results.run.policies, &model.policies[policy].id);
            if let (Some(world_name), Some(policy_name)) = (world_name, policy_name) {
                let effects = found.effects(world, &derived, (world_name, policy_name), target);
                results.effects.extend(effects);
            }
        }
    }
    Ok(())
}

/// Other provinces that have a target of their own, as indices into the model, each with the instruments that reach it.
fn elsewhere(results: &Results, model: &Model, main: &str) -> Vec<(usize, Vec<bool>)> {
    if model.provinces.len() < 2 {
        return Vec::new();
    }
    let firsts = results.runs.first().map(RunResult::main_targets).unwrap_or_default();
    let others = firsts.into_iter().filter(|first| first.id != main);
    let found = others.filter_map(|first| model.targets.iter().find(|target| target.id == first.id));
    let reached = found.filter_map(|target| {
        let place = Place::of(model, target);
        let reached = model.instruments.iter().map(|instrument| place.is_reached_by(model, instrument));
        Some((model.province_of(target)?, reached.collect()))
    });
    reached.collect()
}

/// A condition on the file's first series in its last year, to have it measured where no target is judged by a level.
fn of_the_first_series(model: &Model) -> Target {
    let scope = if model.provinces.len() > 1 { Scope::Nation } else { Scope::Province(0) };
    let level = Level::Fixed(0.0);
    let demand = Demand::Threshold { at_least: true, level, when: When::Year(model.horizon) };
    Target {
        id: "main".to_owned(),
        name: Text::default(),
        document: None,
        reading: None,
        by_rule: false,
        is_condition: false,
        subject: Subject::Revenue,
        scope,
        measure: model.measure,
        demand,
        stretch: None,
        provenance: Provenance::default(),
        span: Span::new(FileId(0), 0, 0),
    }
}

/// The model with the derived policies and nothing to be measured but `target`.
fn focused(model: &Model, derived: &Derived, target: Target) -> Model {
    let counts_sizes = matches!(target.subject, Subject::Firms { .. } | Subject::Products { .. });
    let mut focused = Model {
        policies: derived.policies.clone(),
        reference: 0,
        targets: vec![Target { document: None, is_condition: false, reading: None, ..target }],
        conditionals: Vec::new(),
        known: Vec::new(),
        ..model.clone()
    };
    if !counts_sizes {
        // read-outs: nothing that is measured here depends on them
        focused.items.clear();
        focused.populations.clear();
    }
    focused
}

/// The finished run of the derived policies.
struct Found<'a> {
    model: &'a Model,
    plan: &'a Plan,
    outcome: &'a Outcome,
}

impl Found<'_> {
    fn of(&self, world: usize, policy: usize) -> (&Counts, &Sums) {
        let at = world * self.plan.policies.len() + policy;
        (&self.outcome.counts.0[at], &self.outcome.sums.0[at])
    }

    /// Series and year index of the main outcome; `None` only if the plan lacks its one target.
    fn main(&self) -> Option<(usize, usize)> {
        let Condition::Threshold { series, when, .. } = &self.plan.targets.first()?.condition else {
            return None;
        };
        Some(match when {
            plan::When::Year(year) | plan::When::By(year) => (*series, *year),
            plan::When::Every(years) => (*series, *years.end()),
        })
    }

    fn moments(&self, world: usize, policy: usize) -> Option<(&Moments, &Moments)> {
        let (series, year) = self.main()?;
        let sums = &self.of(world, policy).1.series;
        Some((&sums[self.plan.at(series, 0)], &sums[self.plan.at(series, year)]))
    }

    /// The steps of one policy; `None` if the plan lacks its one target or a mean has no interval.
    fn contribution(&self, world: usize, chain: &Chain) -> Option<ContributionResult> {
        let (series, year) = self.main()?;
        let (base, organic) = self.moments(world, 0)?;
        let step = |step: &Step| {
            let change = self.of(world, step.derived).1.targets.first()?.change.moments();
            Some(ContributionStep {
                class: step.class.to_owned(),
                instruments: self.ids(&step.instruments),
                change: mean(change),
                interval: ends(change.mean_interval(LEVEL)?),
            })
        };
        Some(ContributionResult {
            series: self.plan.series[series].id.clone(),
            year: self.plan.base_year + year as i32,
            base: mean(base),
            organic: mean(organic),
            organic_interval: ends(organic.mean_interval(LEVEL)?),
            steps: chain.steps.iter().map(step).collect::<Option<_>>()?,
            total: mean(self.moments(world, chain.end)?.1),
            money: Some(self.money(world, chain.steps.last().map_or(0, |step| step.derived))),
            money_elsewhere: chain.own.iter().map(|&own| self.money_of(world, own)).collect(),
        })
    }

    /// The money of what reaches a province.
    fn money_of(&self, world: usize, (province, derived): (usize, usize)) -> ProvinceMoney {
        let province = &self.model.provinces[province];
        ProvinceMoney { province: province.id.clone(), money: self.money(world, derived) }
    }

    /// The money of a derived policy, less that of the reference.
    fn money(&self, world: usize, derived: usize) -> StepsMoney {
        let (before, after) = (self.of(world, 0).1, self.of(world, derived).1);
        let paid = before.paid.iter().zip(&after.paid).enumerate();
        let paid = paid.map(|(year, (a, b))| (self.plan.base_year + year as i32, mean(b) - mean(a)));
        StepsMoney { gross: mean(&after.cost[0]) - mean(&before.cost[0]), paid_by_year: paid.collect() }
    }

    /// What dropping single instruments of the main policy changes; `None` if it has none.
    fn effects(
        &self,
        world: usize,
        derived: &Derived,
        (world_name, policy): (Named, Named),
        target: &Target,
    ) -> Option<EffectsResult> {
        let whole = derived.whole.as_ref()?;
        let (counts, sums) = self.of(world, whole.end);
        let n = counts.trials;
        let hits = counts.targets.first()?.hits;
        let effect = |&(instrument, without): &(usize, usize)| {
            let (fewer, left) = self.of(world, without);
            let pairs = fewer.targets.first()?;
            // the derived policy stands first in its table: with less without is the other way round
            let neither = n - pairs.both - pairs.only_here - pairs.only_reference;
            let paired = Paired::new(pairs.both, pairs.only_reference, pairs.only_here, neither).ok()?;
            let change = left.targets.first()?.change.moments();
            let [low, high] = ends(change.mean_interval(LEVEL)?);
            Some(InstrumentEffect {
                instrument: self.model.instruments[instrument].id.clone(),
                probability: paired.difference(),
                interval: ends(paired.interval(LEVEL)),
                // without a negative zero for what changes nothing
                quantity: 0.0 - mean(change),
                quantity_interval: [0.0 - high, 0.0 - low],
                cost: mean(&sums.cost[0]) - mean(&left.cost[0]),
            })
        };
        let instruments: Vec<InstrumentEffect> = whole.without.iter().filter_map(effect).collect();
        (!instruments.is_empty()).then(|| EffectsResult {
            world: world_name,
            policy,
            target: target.id.clone(),
            probability: hits as f64 / n as f64,
            instruments,
        })
    }

    fn ids(&self, instruments: &[usize]) -> Vec<String> {
        instruments.iter().map(|&k| self.model.instruments[k].id.clone()).collect()
    }
}

#[cfg(test)]
mod tests;
