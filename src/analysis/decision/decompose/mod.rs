//! `decompose`: splits a target over clusters and years so that all have the same chance.

mod choice;
mod evidence;
mod findings;
mod known;
mod milestones;
mod refused;
mod tasks;
#[cfg(test)]
mod tests;

pub use findings::{Decomposition, Figure, Passed, PassedOver, Share, Year};
pub use tasks::rounded;

use super::answer::named_policy;
use super::coming::{first_year, last_known, latest};
use super::experiment::{Design, Experiment, Sampled};
use super::{Answer, Estimate, Goal, Question};
use crate::analysis::AnalysisError;
use crate::analysis::results::{Input, Named};
use crate::analysis::summarise::{LEVEL, ends};
use crate::engine::Observer;
use crate::math::powf;
use crate::model::{Base, Demand, Level, Model, Scope, Target, When};
use crate::stats::{EqualChance, Events, equal_chance};
use crate::text;
use crate::text::Text;
use refused::{before_the_base, out_of_sight, over_before, refused, splittable};
use tasks::Steps;

/// Trials of each run unless asked otherwise.
pub const TRIALS: u64 = 50_000;
/// The final chance for which a reference line is drawn besides that of now.
pub const WANTED: f64 = 0.5;

/// What is asked besides the target.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Asked {
    /// The final chance of the second reference line; `None` means [`WANTED`].
    pub probability: Option<f64>,
    /// First year for which tasks are set; `None` means the year after the last one of which the scenario holds figures.
    pub from: Option<i32>,
}

/// Trials that the observer hears of in the end.
pub fn observed(question: &Question) -> u64 {
    2 * question.trials.unwrap_or(TRIALS)
}

/// Splits the target asked for, or the first one that can be split, under one policy in one world.
///
/// # Errors
/// Unknown identifiers, and targets that cannot be split, before anything runs; [`AnalysisError::Refused`] for a target
/// that no trial, or every trial, meets; every error of a run.
pub fn decompose(
    model: &Model,
    inputs: &[Input],
    question: &Question,
    asked: Asked,
    observer: &dyn Observer,
) -> Result<Answer<Decomposition>, AnalysisError> {
    let (goal, passed_over) = choice::choose(model, question.target.as_deref())?;
    let (target, year) = splittable(model, &goal)?;
    let from = match asked.from {
        Some(from) if from > year => return Err(over_before(&model.target_name(target), year, from)),
        Some(from) if from <= model.base_year => return Err(before_the_base(model.base_year, from)),
        // nothing is to come: a split in hindsight
        None if last_known(model) >= year => model.base_year + 1,
        from => first_year(model, from),
    };
    let clusters = model.clusters_of(&target.scope);
    let policy = &model.policies[question.policy(model)?];
    let world = question.worlds(model, false)?;
    let world = world.into_iter().take(1).collect::<Vec<_>>();
    let mut derived = model.clone();
    // a target that may be met earlier is judged in its last year, to which its tasks add up
    let mut goals = vec![Goal::Target(derived.targets.len())];
    derived.targets.push(in_year(target, year));
    for at in model.base_year..=year {
        for &cluster in &clusters {
            goals.push(Goal::Target(derived.targets.len()));
            derived.targets.push(read_out(target, cluster, at));
        }
    }
    let experiment = Experiment::new(&derived, question, TRIALS, observer)?;
    let check_seed = experiment.settings.seed.wrapping_add(1);
    let run = |seed: u64| {
        let design = Design {
            policies: vec![policy.clone()],
            worlds: world.iter().map(|&world| model.worlds[world].clone()).collect(),
            goals: goals.clone(),
            keep: Default::default(),
            renewed: None,
        };
        experiment.run_with(design, seed, experiment.settings.trials)
    };
    let (sampled, fresh) = (run(experiment.settings.seed)?, run(check_seed)?);
    let paths = Paths { sampled: &sampled, clusters: clusters.len() };
    let again = Paths { sampled: &fresh, clusters: clusters.len() };
    let years = year - model.base_year;
    let level = amount(target, &model.target_name(target), year, years, &paths)?;
    let hits = sampled.hits(0, 0, 0);
    let split =
        split(&paths.at(years), level).filter(|_| hits.count() > 0 && hits.count() < hits.trials() as u64);
    let split = split.ok_or_else(|| out_of_sight(&model.target_name(target), hits))?;
    let shares: Vec<f64> = split.parts.iter().map(|part| part.value).collect();
    let steps = Steps::of(&paths.at(years), &shares, split.chance.value);
    let tasks = steps.rounded(&paths.at(years), &shares);
    let bases: Vec<f64> = paths.means(0);
    let size: f64 = bases.iter().sum();
    let passed = (model.base_year + 1..from).map(|year| Passed {
        year,
        means: paths.means(year - model.base_year),
        figures: known::figures(model, target, &paths, year),
    });
    let passed: Vec<Passed> = passed.collect();
    let before = passed.last().map_or_else(|| (size, bases.clone()), Passed::starts);
    let graded = model.with_provenance_in(world[0], question.policy(model)?);
    let mut rows = Vec::new();
    let mut all_met: Option<Vec<bool>> = None;
    for (index, &cluster) in clusters.iter().enumerate() {
        let (base, task) = (bases[index], tasks[index]);
        let final_values = again.column(years, index);
        let met: Vec<bool> = tasks::met(final_values, task).collect();
        all_met = Some(match all_met {
            None => met.clone(),
            Some(all) => all.iter().zip(&met).map(|(a, b)| *a && *b).collect(),
        });
        let by_size = if size > 0.0 { level * base / size } else { 0.0 };
        let by_size_met = tasks::met(final_values, by_size).collect();
        let entity = &model.clusters[cluster];
        rows.push(Share {
            cluster: Named { id: entity.id.clone(), name: entity.name.clone() },
            base,
            remainder: entity.base == Base::Remainder,
            assumed: evidence::assumed(&graded, &model.worlds[world[0]], entity, years),
            share: of(split.parts[index]),
            task,
            unit: steps.units[index],
            growth: growth(before.1[index], shares[index], year - from + 1),
            chance: share_of(met)?,
            moved_by_rounding: tasks::is_moved(paths.column(years, index), shares[index], task),
            stepped: tasks::is_stepped(paths.column(years, index), shares[index], split.chance.value),
            by_size,
            chance_by_size: share_of(by_size_met)?,
        });
    }
    let wanted = asked.probability.unwrap_or(WANTED);
    let plan = milestones::Final { level, split: &split, hits, wanted, steps: &steps, before };
    let findings = Decomposition {
        passed_over,
        policy: named_policy(policy),
        level,
        year,
        or_earlier: matches!(target.demand, Demand::Threshold { when: When::By(_), .. }),
        base_year: model.base_year,
        last_known: last_known(model),
        latest: latest(model, &[target]),
        from,
        probability: counted(hits)?,
        chance: chance_of(&split),
        together: share_of(all_met.unwrap_or_default())?,
        unit: steps.coarsest,
        carrier: steps.carrier,
        wanted,
        check_seed,
        otherwise: otherwise(model, &clusters),
        shares: rows,
        passed,
        years: milestones::years(&paths, model.base_year, from..=year, &plan)?,
    };
    Ok(Answer::new("decompose", &experiment, inputs, goal.info(model), &world, findings))
}

/// The kept figures of a run.
struct Paths<'s> {
    sampled: &'s Sampled,
    clusters: usize,
}

impl Paths<'_> {
    /// Revenue of a cluster some years after the base year, trial by trial.
    fn column(&self, years: i32, cluster: usize) -> &[f64] {
        let years = usize::try_from(years).unwrap_or(0);
        self.sampled.quantity(0, 0, 1 + years * self.clusters + cluster)
    }

    /// Revenue of every cluster.
    fn at(&self, years: i32) -> Vec<&[f64]> {
        (0..self.clusters).map(|cluster| self.column(years, cluster)).collect()
    }

    /// Mean revenue of every cluster.
    fn means(&self, years: i32) -> Vec<f64> {
        self.at(years).into_iter().map(mean).collect()
    }

    /// Revenue of all together.
    fn total(&self, years: i32) -> Vec<f64> {
        let mut total = vec![0.0; self.column(years, 0).len()];
        for column in self.at(years) {
            total.iter_mut().zip(column).for_each(|(sum, value)| *sum += value);
        }
        total
    }
}

/// Those of `clusters` with a target of their own in another measure than the primary one.
fn otherwise(model: &Model, clusters: &[usize]) -> Vec<Named> {
    let has = |cluster: usize| {
        model.targets.iter().any(|target| {
            matches!(target.scope, Scope::Cluster(of) if of == cluster)
                && target.subject.is_revenue()
                && target.measure != model.measure
        })
    };
    let entities = clusters.iter().filter(|&&cluster| has(cluster)).map(|&cluster| &model.clusters[cluster]);
    entities.map(|entity| Named { id: entity.id.clone(), name: entity.name.clone() }).collect()
}

/// The target judged in one year alone.
fn in_year(target: &Target, year: i32) -> Target {
    let mut judged = Target { id: format!("{}@{year}", target.id), document: None, ..target.clone() };
    if let Demand::Threshold { when, .. } = &mut judged.demand {
        *when = When::Year(year);
    }
    judged
}

/// A target that only serves to keep the revenue of a cluster in a year: without a level, it is never met.
fn read_out(target: &Target, cluster: usize, year: i32) -> Target {
    Target {
        id: format!("{}@{cluster}@{year}", target.id),
        document: None,
        scope: Scope::Cluster(cluster),
        demand: Demand::Threshold {
            at_least: true,
            level: Level::ByYear(Vec::new()),
            when: When::Year(year),
        },
        stretch: None,
        ..target.clone()
    }
}

/// The level of the target; one that follows an uncertain base has no amount to split.
fn amount(
    target: &Target,
    name: &Text,
    year: i32,
    years: i32,
    paths: &Paths<'_>,
) -> Result<f64, AnalysisError> {
    let Demand::Threshold { level, .. } = &target.demand else { return Err(AnalysisError::NoTargets) };
    let multiple = match level {
        Level::Fixed(amount) => return Ok(*amount),
        Level::ByYear(amounts) => {
            let found = amounts.iter().find(|(at, _)| *at == year).map(|(_, amount)| *amount);
            return found.ok_or(AnalysisError::NoTargets);
        }
        Level::MultipleOfBase(multiple) => *multiple,
        Level::Growth(growth) => powf(1.0 + growth, f64::from(years)),
    };
    let base = paths.total(0);
    let first = base.first().copied().unwrap_or(0.0);
    if base.iter().any(|base| (base - first).abs() > 1e-9 * first.abs()) {
        let Text { zh, en } = no_fixed_total();
        let why = text!("{zh}；请选写明金额的目标", "{en}: choose a target that states an amount");
        return Err(refused(name, &why));
    }
    Ok(multiple * first)
}

/// Why a multiple of an uncertain base cannot be split.
fn no_fixed_total() -> Text {
    text!(
        "它按基年数的倍数或增速写，而基年数不确定，没有一个固定的总额",
        "it is a multiple of an uncertain base, so there is no fixed total"
    )
}

fn split(columns: &[&[f64]], total: f64) -> Option<EqualChance> {
    equal_chance(columns, total, &[], LEVEL)
}

/// Yearly growth from one amount to another; `None` from nothing.
fn growth(from: f64, to: f64, years: i32) -> Option<f64> {
    (from > 0.0).then(|| powf(to / from, 1.0 / f64::from(years)) - 1.0)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// An estimate with its interval at the level of the document.
fn of(estimate: crate::stats::Estimate) -> Estimate {
    Estimate { value: estimate.value, interval: ends(estimate.interval(LEVEL)) }
}

fn chance_of(split: &EqualChance) -> Estimate {
    Estimate { value: split.chance.value, interval: ends(split.chance_interval(LEVEL)) }
}

fn counted(hits: &Events) -> Result<Estimate, AnalysisError> {
    let value = hits.share().ok_or(AnalysisError::NoTrials)?;
    Ok(Estimate { value, interval: ends(hits.interval(LEVEL).ok_or(AnalysisError::NoTrials)?) })
}

fn share_of(met: Vec<bool>) -> Result<Estimate, AnalysisError> {
    let mut hits = Events::default();
    hits.extend(met);
    counted(&hits)
}
