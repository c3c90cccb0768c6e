//! What an optimisation starts from: what every instrument costs, how much it may get, and whether there is anything to do.

use super::Budget;
use super::money::{Payments, measure};
use super::objective::RuleName;
use super::space::{Fixed, Space, Spending};
use super::verdict::FRESH;
use crate::analysis::AnalysisError;
use crate::analysis::decision::answer::named_instrument;
use crate::analysis::decision::experiment::{Design, Experiment, Sampled};
use crate::analysis::decision::figures::mean_change;
use crate::analysis::decision::{Estimate, Goal};
use crate::analysis::summarise::LEVEL;
use crate::model::{Model, Policy, World};

/// Most money of an instrument unless bounds are stated, as a multiple of the present: effects far beyond what the plan
/// spends are nobody's evidence.
const MOST: f64 = 3.0;

/// What one instrument may get in the years that can be moved, as multiples of the present.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
    /// Whether nothing was asked for.
    pub assumed: bool,
}

/// Runs over spendings in some worlds.
#[derive(Clone, Copy)]
pub struct Runs<'a> {
    /// Runs on the space's model.
    pub experiment: &'a Experiment<'a>,
    /// The goal.
    pub goal: &'a Goal,
    /// Worlds.
    pub worlds: &'a [World],
}

impl Runs<'_> {
    /// Simulates these spendings, in their order.
    ///
    /// # Errors
    /// Those of a run.
    pub fn run(
        &self,
        space: &Space,
        spendings: &[Spending],
        seed: u64,
        trials: u64,
    ) -> Result<Sampled, AnalysisError> {
        let policy = |(k, spending): (usize, &Spending)| space.policy(format!("{k}"), spending);
        self.policies(spendings.iter().enumerate().map(policy).collect(), seed, trials)
    }

    fn policies(&self, policies: Vec<Policy>, seed: u64, trials: u64) -> Result<Sampled, AnalysisError> {
        let design = Design {
            policies,
            worlds: self.worlds.to_vec(),
            goals: vec![self.goal.clone()],
            keep: Default::default(),
            renewed: None,
        };
        self.experiment.run_with(design, seed, trials)
    }
}

/// Measures what every funded instrument costs at present in the first world, before the first year that can be moved and
/// from then on, on the draws that judge, so that a spending has one cost; returns the cost of all others. Those that cost nothing
/// in any trial become fixed.
///
/// # Errors
/// Those of a run.
pub fn set_costs(space: &mut Space, runs: Runs<'_>) -> Result<f64, AnalysisError> {
    let settings = runs.experiment.settings;
    let present = space.present();
    let without = |k: usize| {
        let mut spending = present.clone();
        spending.factor[k] = 0.0;
        spending
    };
    let now = space.policy("present".to_owned(), &present);
    let later = (0..space.funded.len()).map(|k| space.policy(format!("{k}"), &without(k)));
    // without what was spent, too
    let has_spent: Vec<usize> = (0..space.funded.len()).filter(|&k| space.funded[k].has_spent).collect();
    let earlier = has_spent.iter().map(|&k| {
        let mut policy = space.policy(format!("all of {k}"), &present);
        policy.instruments.retain(|&instrument| instrument != space.funded[k].instrument);
        policy
    });
    let policies = std::iter::once(now.clone()).chain(later).chain(earlier).collect();
    let first = Runs { worlds: &runs.worlds[..1], ..runs };
    let sampled = first.policies(policies, settings.seed ^ FRESH, settings.trials)?;
    let mean = |policy: usize| sampled.paid(0, policy);
    let total = mean(0);
    for k in 0..space.funded.len() {
        space.funded[k].payments = Payments::in_proportion(total - mean(k + 1));
    }
    for (at, &k) in has_spent.iter().enumerate() {
        let all = total - mean(1 + space.funded.len() + at);
        space.funded[k].spent = rest(all - space.funded[k].payments.present, all).max(0.0);
    }
    let (funded, free): (Vec<_>, Vec<_>) =
        space.funded.drain(..).partition(|funded| funded.payments.present > 1e-9);
    space.funded = funded;
    space.fixed.extend(free.into_iter().map(|funded| (funded.instrument, Fixed::Free)));
    space.fixed.sort_by_key(|(instrument, _)| *instrument);
    measure(space, runs)?;
    Ok(rest(
        total - space.funded.iter().map(|funded| funded.payments.present + funded.spent).sum::<f64>(),
        total,
    ))
}

/// What each instrument that stays costs at present in the first world, in the order of [`Space::fixed`]: by how much less
/// is paid without it, trial by trial. One without money of its own may change what awards of others come to.
///
/// # Errors
/// Those of a run.
pub fn fixed_money(space: &Space, runs: Runs<'_>) -> Result<Vec<Estimate>, AnalysisError> {
    let may_pay = |&(instrument, _): &(usize, Fixed)| {
        let spec = &space.model.instruments[instrument];
        spec.money.is_some() || spec.projects.is_some() || spec.pipeline.is_some()
    };
    let now = space.policy("present".to_owned(), &space.present());
    let without = space.fixed.iter().filter(|fixed| may_pay(fixed)).map(|&(left, _)| {
        let mut policy = Policy { id: format!("without {left}"), ..now.clone() };
        policy.instruments.retain(|&instrument| instrument != left);
        policy
    });
    let policies: Vec<Policy> = std::iter::once(now.clone()).chain(without).collect();
    let nothing = Estimate { value: 0.0, interval: [0.0, 0.0] };
    if policies.len() < 2 {
        return Ok(vec![nothing; space.fixed.len()]);
    }
    let first = Runs { worlds: &runs.worlds[..1], ..runs };
    let settings = runs.experiment.settings;
    let sampled = first.policies(policies, settings.seed, settings.trials)?;
    let total = sampled.paid(0, 0);
    let mut run = 0;
    let money = space.fixed.iter().map(|fixed| {
        if !may_pay(fixed) {
            return Ok(nothing);
        }
        run += 1;
        let saved = mean_change(sampled.cost(0, 0), sampled.cost(0, run), LEVEL);
        let Estimate { value, interval } = saved.ok_or(AnalysisError::NoTrials)?;
        Ok(Estimate { value: rest(value, total), interval: interval.map(|end| rest(end, total)) })
    });
    money.collect()
}

/// What is left of `whole` after a subtraction: exactly nothing where it is no more than the rounding errors of the means.
fn rest(left: f64, whole: f64) -> f64 {
    if left.abs() <= 1e-12 * whole.abs() { 0.0 } else { left }
}

/// Share by which an amount with three digits, as tables show it, may differ from the amount itself.
const ROUNDED: f64 = 0.005;

/// Bounds of every funded instrument.
///
/// # Errors
/// A bound for an instrument without money to move, two for one instrument, or one below what is spent already.
pub fn bounds(model: &Model, space: &Space, budget: &Budget) -> Result<Vec<Bound>, AnalysisError> {
    let mut stated: Vec<(usize, f64, f64)> = Vec::new();
    for (written, low, high) in &budget.bounds {
        let is_funded = |instrument: &usize| space.funded.iter().any(|f| f.instrument == *instrument);
        let mut called = model.instruments_called(written);
        called.retain(is_funded);
        let [instrument] = called[..] else {
            if !called.is_empty() {
                let ids = called.iter().map(|&index| model.instruments[index].id.clone()).collect();
                return Err(AnalysisError::AmbiguousInstrument { name: written.clone(), ids });
            }
            let known =
                space.funded.iter().map(|funded| named_instrument(&model.instruments[funded.instrument]));
            return Err(AnalysisError::UnknownInstrument { id: written.clone(), known: known.collect() });
        };
        if stated.iter().any(|(known, ..)| *known == instrument) {
            return Err(AnalysisError::BoundTwice { name: model.instruments[instrument].name.clone() });
        }
        stated.push((instrument, *low, *high));
    }
    let bound = |funded: &super::space::Funded| {
        let id = &model.instruments[funded.instrument].id;
        let Some((_, low, high)) = stated.iter().find(|(stated, ..)| *stated == funded.instrument) else {
            return Ok(Bound { least: 0.0, most: MOST, assumed: true });
        };
        if *high < funded.spent * (1.0 - ROUNDED) {
            return Err(AnalysisError::BoundSpent { id: id.clone(), most: *high, spent: funded.spent });
        }
        let multiple = |money: f64| funded.payments.multiple((money - funded.spent).max(0.0)).max(0.0);
        Ok(Bound { least: multiple(*low), most: multiple(*high), assumed: false })
    };
    space.funded.iter().map(bound).collect()
}

/// The chance from which on a target counts as certain: nothing that money could add to it is worth any.
pub const CERTAIN: f64 = 0.999;

/// Whether `lowest` is as good as certain to meet the goal in every world, on these draws.
///
/// # Errors
/// Those of a run.
pub fn is_certain(
    runs: Runs<'_>,
    space: &Space,
    lowest: &Spending,
    seed: u64,
    trials: u64,
) -> Result<bool, AnalysisError> {
    let sampled = runs.run(space, std::slice::from_ref(lowest), seed, trials)?;
    let certain = |world: usize| sampled.hits(world, 0, 0).share().is_some_and(|share| share >= CERTAIN);
    Ok((0..runs.worlds.len()).all(certain))
}

/// The rule that counts for reading one figure off several worlds: the mean, or the worst.
pub fn is_averaged(rule: RuleName, worlds: usize) -> bool {
    rule == RuleName::Mean && worlds > 1
}
