//! The search for a box and its judgement.

use super::{Bound, Chosen, Condition, Judged, Nothing, Outcome, SEPARATES, Step};
use crate::analysis::decision::Estimate;
use crate::analysis::decision::drivers::frozen::Scale;
use crate::analysis::decision::drivers::singles::stands_out;
pub use crate::analysis::decision::drivers::singles::varying;
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::results::Named;
use crate::analysis::summarise::{LEVEL, ToldIn, ends, quantity_name};
use crate::model::Model;
use crate::random::Stream;
use crate::stats::information::variance_share;
use crate::stats::prim::{
    self, Cases, Limits, Measure, Peeling, Region, Side, Trajectory, paste, peel, reproducibility,
    restrictions,
};
use crate::stats::wilson;

/// Inputs searched at most: those that explain most.
const MOST_INPUTS: usize = 16;
/// Inputs restricted at most, so that conditions can be said in one sentence.
const MOST_RESTRICTED: usize = 4;
/// Fewest trials that a box may hold.
const FEWEST_INSIDE: f64 = 200.0;
/// Least share of all trials that a box holds where the outcome is not rare.
const LEAST_MASS: f64 = 0.05;
/// A box with fewer restrictions is taken if it is this close to the best one.
const CLOSE: f64 = 0.95;
/// By how much the exception is rarer in a box where the rule is to be almost sure.
const RARER: f64 = 5.0;
/// Quasi-p-value above which a limit may be luck.
const NEEDED: f64 = 0.05;
/// Repetitions of the search, on halves of the trials.
const REPETITIONS: usize = 20;

/// What is searched.
pub struct Search<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// Trials to search.
    pub kept: &'a Sampled,
    /// Trials to judge on.
    pub fresh: &'a Sampled,
    /// Which trials are of interest.
    pub outcome: Outcome,
    /// How the quantity enters.
    pub scale: Scale,
}

/// What was found.
#[derive(Default)]
pub struct Found {
    /// Quantities searched.
    pub searched: Vec<Named>,
    /// Why there is no box.
    pub nothing: Option<Nothing>,
    /// All boxes.
    pub trajectory: Vec<Step>,
    /// The box for readers.
    pub chosen: Option<Chosen>,
}

impl Search<'_> {
    /// Searches among the quantities that matter and judges what was found.
    pub fn run(&self, of_interest: &[bool], seed: u64) -> Found {
        let inputs = self.inputs(of_interest);
        let searched = inputs.iter().map(|(path, ..)| self.named(path)).collect();
        let none = |nothing| Found { nothing: Some(nothing), ..Found::default() };
        let columns: Vec<&[f64]> = inputs.iter().map(|(_, column, _)| *column).collect();
        let Ok(cases) = Cases::new(columns, of_interest) else { return none(Nothing::NoInput) };
        let share = cases.of_interest() as f64 / cases.count() as f64;
        let least_mass = share.max(FEWEST_INSIDE / cases.count() as f64).min(LEAST_MASS);
        let peeling = Peeling { least_mass, most_restricted: Some(MOST_RESTRICTED), ..Peeling::default() };
        let Ok(trajectory) = peel(&cases, &peeling) else { return none(Nothing::NoBox) };
        let steps = trajectory.steps.iter().map(|s| step(&s.measure, s.restricted)).collect();
        let mut found = Found { searched, nothing: None, trajectory: steps, chosen: None };
        let units: Vec<ToldIn> = inputs.iter().map(|(path, ..)| self.unit(path)).collect();
        let Some(region) = self.choose(&cases, &trajectory, &units) else {
            found.nothing = Some(Nothing::NoBox);
            return found;
        };
        let paths: Vec<&str> = inputs.iter().map(|(path, ..)| *path).collect();
        let measure = region.measure(&cases);
        let random = &mut Stream::new(seed, "discover").generator(0, 0, 0, 0);
        let repeated = reproducibility(&cases, &peeling, &measure, REPETITIONS, 0.5, random).ok();
        let mut restricted: Vec<usize> = region.restricted().collect();
        restricted.sort_by(|&a, &b| inputs[b].2.total_cmp(&inputs[a].2));
        let limits = restrictions(&cases, &region);
        let bound = |input: usize, side: Side| {
            let found = limits.iter().find(|limit| limit.input == input && limit.side == side)?;
            Some(Bound {
                value: found.limit,
                text: self.unit(paths[input]).rounded(found.limit),
                quasi_p: found.quasi_p,
            })
        };
        let condition = |&input: &usize| {
            let Named { id, name } = self.named(paths[input]);
            Condition {
                path: id,
                name,
                at_least: bound(input, Side::Low),
                at_most: bound(input, Side::High),
                reproduced: repeated.as_ref().map(|repeated| repeated.at_coverage[input]),
            }
        };
        let conditions = restricted.iter().map(condition).collect();
        let Some(fresh) = self.judge(&paths, &region) else {
            found.nothing = Some(Nothing::NoBox);
            return found;
        };
        found.chosen = Some(Chosen { conditions, search: step(&measure, restricted.len()), fresh });
        found
    }

    /// The quantities that explain a share of the result, or of the outcome, that stands out of the noise, with that
    /// share; by path, so that equals are told apart in the same way for every seed.
    fn inputs(&self, of_interest: &[bool]) -> Vec<(&str, &[f64], f64)> {
        let outcome: Vec<f64> = of_interest.iter().map(|&of| f64::from(u8::from(of))).collect();
        let quantity = self.scale.apply(self.kept.quantity(0, 0, 0));
        let share = |x: &[f64], y: &[f64]| {
            let share = variance_share(x, y).ok()?;
            stands_out(share).then_some(share.value)
        };
        let mut weighed: Vec<(&str, &[f64], f64)> = varying(self.kept)
            .into_iter()
            .filter_map(|(path, x)| {
                let of_quantity = if quantity.is_empty() { None } else { share(x, &quantity) };
                let of_outcome = share(x, &outcome);
                let most = of_quantity.into_iter().chain(of_outcome).reduce(f64::max)?;
                Some((path, x, most))
            })
            .collect();
        weighed.sort_by(|a, b| b.2.total_cmp(&a.2));
        weighed.truncate(MOST_INPUTS);
        weighed.sort_by(|a, b| a.0.cmp(b.0));
        weighed
    }

    /// The box for readers, widened, without limits that may be luck, its limits rounded as they are told.
    fn choose(&self, cases: &Cases<'_>, trajectory: &Trajectory, units: &[ToldIn]) -> Option<Region> {
        let whole = cases.of_interest() as f64 / cases.count() as f64;
        let step = if whole > 0.5 { almost_sure(trajectory, whole)? } else { balanced(trajectory)? };
        let mut region = paste(cases, &step.region, 0.01).unwrap_or_else(|_| step.region.clone());
        while let Some(weakest) = restrictions(cases, &region)
            .into_iter()
            .filter(|limit| limit.quasi_p > NEEDED)
            .max_by(|a, b| a.quasi_p.total_cmp(&b.quasi_p))
        {
            region = region.without(weakest.input, weakest.side);
        }
        let round = |(limits, unit): (&Limits, &ToldIn)| {
            let [low, high] = [limits.low, limits.high].map(|limit| limit.map(|limit| told(limit, unit)));
            Limits { low, high }
        };
        let rounded = region.limits.iter().zip(units).map(round);
        let region = Region { limits: rounded.collect() };
        let found = region.measure(cases);
        (region.restricted().next().is_some() && found.density()? > whole).then_some(region)
    }

    /// The box on fresh trials; `None` if none of them lies in it or all do.
    fn judge(&self, paths: &[&str], region: &Region) -> Option<Judged> {
        let columns = varying(self.fresh);
        let columns: Vec<&[f64]> =
            paths.iter().map(|path| columns.get(path).copied()).collect::<Option<_>>()?;
        let hit = self.outcome == Outcome::Hit;
        let of_interest: Vec<bool> = self.fresh.hits(0, 0, 0).iter().map(|met| met == hit).collect();
        let measure = region.measure(&Cases::new(columns, &of_interest).ok()?);
        let Measure { cases, of_interest, inside, of_interest_inside } = measure;
        let (others, others_of_interest) = (cases - inside, of_interest - of_interest_inside);
        let met = |of_interest: u64, all: u64| if hit { of_interest } else { all - of_interest };
        let (coverage, mass) = (share(of_interest_inside, of_interest)?, share(inside, cases)?);
        Some(Judged {
            trials: cases,
            inside,
            coverage,
            density: share(of_interest_inside, inside)?,
            mass,
            probability: share(met(of_interest_inside, inside), inside)?,
            elsewhere: share(met(others_of_interest, others), others)?,
            separates_nothing: coverage.value - mass.value < SEPARATES,
        })
    }

    fn named(&self, path: &str) -> Named {
        Named { id: path.to_owned(), name: quantity_name(self.model, path) }
    }

    fn unit(&self, path: &str) -> ToldIn {
        ToldIn::of(self.model, path)
    }
}

/// For an outcome that is not the rule: of the boxes with the fewest restrictions that are nearly as good as the best, by
/// the smaller one of coverage and density.
fn balanced(trajectory: &Trajectory) -> Option<&prim::Step> {
    let best = trajectory.best_by_restricted();
    let top = best.iter().map(|step| step.measure.balance()).fold(0.0, f64::max);
    best.into_iter().find(|step| step.restricted > 0 && step.measure.balance() >= CLOSE * top)
}

/// For an outcome that is the rule with share `whole`, where every large box is dense: the box with the fewest
/// restrictions in which the exception is a fifth as likely as in all, else the densest.
fn almost_sure(trajectory: &Trajectory, whole: f64) -> Option<&prim::Step> {
    trajectory.choose(1.0 - (1.0 - whole) / RARER).or_else(|| trajectory.steps.last())
}

/// Three significant digits, or hundredths of a per cent: what a reader is told is what is judged.
fn told(limit: f64, unit: &ToldIn) -> f64 {
    if unit.has_two_decimals(limit) {
        return (limit * 1e4).round() / 1e4;
    }
    format!("{limit:.2e}").parse().unwrap_or(limit)
}

fn share(part: u64, whole: u64) -> Option<Estimate> {
    let interval = wilson(part, whole, LEVEL).ok()?;
    Some(Estimate { value: part as f64 / whole as f64, interval: ends(interval) })
}

fn step(measure: &Measure, restricted: usize) -> Step {
    Step {
        restricted,
        coverage: measure.coverage().unwrap_or(0.0),
        density: measure.density().unwrap_or(0.0),
        mass: measure.mass().unwrap_or(0.0),
    }
}
