//! Turns the tallies of a run into the result document.

mod briefing;
mod changes;
mod compared;
mod names;
mod parts;
mod quantities;
mod readings;
mod targets;
mod told;

use std::collections::BTreeMap;

use super::results::*;
use super::simulate::hash;
use crate::engine::Outcome;
use crate::model::Model;
use crate::plan::{Plan, Selection, Series, SeriesKind, SeriesUnit};
use crate::scenario::{Grade, Provenance};
use crate::stats::{Interval, Level, Moments, QuantileSketch};
use crate::tally::{Counts, Sums};
use crate::text::Text;
use briefing::{bins, convergence, pairs};
use names::Names;
pub(super) use names::{known_policies, known_worlds, quantity_name};
pub(super) use parts::class;
use readings::{conditional, switches};
pub(super) use targets::{condition, growth_needed, judged_year};
use targets::{joint, target};
pub(super) use told::ToldIn;

/// A finished run with all that it was made from.
pub struct Run<'a> {
    /// The model.
    pub model: &'a Model,
    /// The compiled plan.
    pub plan: &'a Plan,
    /// What was measured.
    pub outcome: &'a Outcome,
    /// What is reported.
    pub selection: &'a Selection,
    /// Seed.
    pub seed: u64,
    /// Trials.
    pub trials: u64,
    /// How precise it was to be.
    pub precision: Option<&'a PrecisionInfo>,
}

/// One world and policy while it is summarised.
struct Cell<'a> {
    run: &'a Run<'a>,
    counts: &'a Counts,
    sums: &'a Sums,
    /// Index into the plan's worlds.
    world: usize,
    /// Index into the plan's policies; 0 is the reference.
    policy: usize,
}

/// Level of every interval in the document.
pub(super) const LEVEL: Level = Level::P95;

/// Quantities in the list of the largest shares of variance.
const LARGEST: usize = 8;

/// Trials below which shares of variance are mostly noise and are not stated.
const ENOUGH_FOR_VARIANCE: u64 = 1000;

/// The result document of `run`.
pub fn summarise(run: &Run<'_>, inputs: Vec<Input>) -> Results {
    let (model, plan) = (run.model, run.plan);
    let policy = |index: usize| named(&model.policies[index].id, &model.policies[index].name);
    let world = |index: usize| named(&model.worlds[index].id, &model.worlds[index].name);
    let mut runs = Vec::new();
    for (world_at, &world_index) in run.selection.worlds.iter().enumerate() {
        for &policy_index in &run.selection.policies {
            // the plan holds every selected policy, the reference in front
            let id = &model.policies[policy_index].id;
            let Some(policy_at) = plan.policies.iter().position(|p| p == id) else { continue };
            let at = world_at * plan.policies.len() + policy_at;
            let (counts, sums) = (&run.outcome.counts.0[at], &run.outcome.sums.0[at]);
            let cell = Cell { run, counts, sums, world: world_at, policy: policy_at };
            runs.push(cell.result(policy(policy_index), world(world_index)));
        }
    }
    let reached = run.precision.is_some_and(|precision| precision.reached);
    Results {
        schema: SCHEMA.to_owned(),
        program: Program::this(),
        scenario: scenario_info(model, inputs),
        run: RunInfo {
            seed: run.seed,
            trials: run.trials,
            stop: if reached { "precision" } else { "trials" }.to_owned(),
            precision: run.precision.cloned(),
            sampler: None,
            worlds: run.selection.worlds.iter().map(|&w| world(w)).collect(),
            policies: run.selection.policies.iter().map(|&p| policy(p)).collect(),
            reference: policy(model.reference),
            interval_level: LEVEL.get(),
            pair_level: compared::level(run).map(Level::get),
            briefing: false,
        },
        sources: model
            .sources
            .iter()
            .map(|s| SourceInfo { id: s.id.clone(), title: s.title.clone(), date: s.date.clone() })
            .collect(),
        grades: grades(model),
        switches: switches(model),
        records: records(model),
        realism: Vec::new(),
        clusters: parts::clusters(model),
        instruments: parts::instruments(model),
        quantities: quantities::quantities(model),
        changes: changes::changes(model, run.selection),
        effects: Vec::new(),
        runs,
    }
}

/// What was computed; `inputs` are the files it was read from.
pub(super) fn scenario_info(model: &Model, inputs: Vec<Input>) -> ScenarioInfo {
    let measure = &model.measures[model.measure];
    ScenarioInfo {
        id: model.id.clone(),
        title: model.title.clone(),
        file: inputs.first().map(|input| input.name.clone()).unwrap_or_default(),
        hash: hash(&inputs),
        base_year: model.base_year,
        horizon: model.horizon,
        discount_rate: model.discount_rate,
        measure: named(&measure.id, &measure.name),
        measures: model.measures.iter().map(|m| named(&m.id, &m.name)).collect(),
        inputs,
    }
}

/// The word of a grade, `none` if there is none.
pub(super) fn grade_word(provenance: &Provenance) -> String {
    provenance.grade.map_or("none", Grade::word).to_owned()
}

fn grades(model: &Model) -> BTreeMap<String, usize> {
    let mut grades: BTreeMap<String, usize> = Grade::ALL
        .iter()
        .map(|grade| grade.word())
        .chain(["none"])
        .map(|word| (word.to_owned(), 0))
        .collect();
    for quantity in model.quantities.ids().map(|id| model.quantities.get(id)).filter(|q| q.stated) {
        *grades.entry(grade_word(&quantity.provenance)).or_default() += 1;
    }
    for delay in &model.delays {
        *grades.entry(grade_word(&delay.provenance)).or_default() += 1;
    }
    grades
}

fn records(model: &Model) -> Vec<RecordInfo> {
    let record = |r: &crate::model::Record| RecordInfo {
        scope: model.scope_id(&r.scope),
        year: r.year,
        value: r.value,
        growth: r.growth,
        measure: model.measures[r.measure].id.clone(),
        source: r.provenance.source.as_ref().map(|(text, _)| text.clone()),
        grade: r.provenance.grade.map(|grade| grade.word().to_owned()),
    };
    model.records.iter().map(record).collect()
}

impl Cell<'_> {
    fn result(&self, policy: Named, world: Named) -> RunResult {
        let model = self.run.model;
        let mut result = RunResult {
            policy,
            world,
            targets: (0..model.targets.len()).filter_map(|index| target(self, index)).collect(),
            joint: joint(self),
            conditional: conditional(self),
            cost: self.cost(),
            pairs: Some(pairs(self)),
            convergence: None,
            contributions: None,
            variance: self.variance(),
            series: (0..self.run.plan.series.len()).map(|index| self.series(index)).collect(),
        };
        result.convergence = result.main_target().and_then(|main| convergence(self, &main.id));
        result
    }

    fn cost(&self) -> CostResult {
        let money = |k: usize| money(&self.sums.cost[k], &self.counts.cost[k]);
        let base_year = self.run.plan.base_year;
        let by_year = |sums: &Sums| {
            let paid = sums.paid.iter().enumerate();
            paid.map(|(year, m)| (base_year + year as i32, mean(m))).collect()
        };
        // the plan holds the reference in front, reported or not
        let reference = &self.run.outcome.sums.0[self.world * self.run.plan.policies.len()];
        CostResult {
            gross: money(0),
            net: money(1),
            paid_by_year: by_year(self.sums),
            reference_by_year: (self.policy > 0).then(|| by_year(reference)),
        }
    }

    fn variance(&self) -> Option<VarianceResult> {
        if self.counts.trials < ENOUGH_FOR_VARIANCE {
            return None;
        }
        let (model, plan) = (self.run.model, self.run.plan);
        let world = &plan.worlds[self.world];
        let in_world = &model.worlds[self.run.selection.worlds[self.world]];
        let id = &plan.policies[self.policy];
        let under = model.policies.iter().find(|policy| policy.id == *id)?;
        let shares = self.sums.attribution.shares();
        let (mut known, names) = (vec![false; plan.scores.len()], Names::of(model));
        let mut all: Vec<VarianceShare> = Vec::new();
        for (&(score, _), share) in world.values.iter().zip(shares) {
            // a quantity that a policy changes has a second value from the same draw: counted once
            if std::mem::replace(&mut known[score], true) {
                continue;
            }
            let path = &plan.scores[score].name;
            let provenance = model.quantities.find(path).map(|id| model.provenance(id, in_world, under));
            all.push(VarianceShare {
                path: path.clone(),
                name: names.quantity(path),
                share,
                grade: provenance.map_or_else(|| "none".to_owned(), grade_word),
            });
        }
        let mut by_grade: BTreeMap<String, f64> =
            Grade::ALL.iter().map(|g| g.word()).chain(["none"]).map(|word| (word.to_owned(), 0.0)).collect();
        for share in &all {
            *by_grade.entry(share.grade.clone()).or_default() += share.share;
        }
        // noise about nothing may fall below 0
        by_grade.values_mut().for_each(|share| *share = share.clamp(0.0, 1.0));
        let rest = 1.0 - by_grade.values().sum::<f64>();
        // equal shares keep the order of their paths, so that the list never varies
        all.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.path.cmp(&b.path)));
        all.truncate(LARGEST);
        all.retain(|share| share.share > 0.0);
        let (series, year) = plan.main_outcome;
        Some(VarianceResult {
            series: plan.series[series].id.clone(),
            year: plan.base_year + year as i32,
            by_grade,
            yearly_shocks_and_interactions: rest.max(0.0),
            largest: all,
        })
    }

    fn series(&self, index: usize) -> SeriesResult {
        let plan = self.run.plan;
        let series = &plan.series[index];
        let points = plan.at(index, 0)..plan.at(index + 1, 0);
        let (moments, sketches) = (&self.sums.series[points.clone()], &self.counts.series[points]);
        let levels = QUANTILES.map(|(q, _)| q);
        let of_years: Vec<[f64; QUANTILES.len()]> = sketches
            .iter()
            .map(|sketch| sketch.quantiles(levels).unwrap_or_default().map(|x| whole(x, series.unit)))
            .collect();
        let quantiles = QUANTILES.iter().enumerate().map(|(index, (_, key))| {
            ((*key).to_owned(), of_years.iter().map(|values| values[index]).collect())
        });
        SeriesResult {
            id: series.id.clone(),
            kind: kind_word(&series.kind).to_owned(),
            name: series.name.clone(),
            measure: series.measure.clone(),
            figure: figure_word(series.unit).to_owned(),
            unit: unit_word(series).to_owned(),
            unit_name: series.unit_name.clone(),
            years: (0..plan.points()).map(|year| plan.base_year + year as i32).collect(),
            mean: moments.iter().map(mean).collect(),
            sd: moments.iter().map(sd).collect(),
            quantiles: quantiles.collect(),
        }
    }
}

fn kind_word(kind: &SeriesKind) -> &'static str {
    match kind {
        SeriesKind::Nation => "nation",
        SeriesKind::Province => "province",
        SeriesKind::Cluster => "cluster",
        SeriesKind::Industry => "industry",
        SeriesKind::Group => "group",
        SeriesKind::Counted => "counted",
    }
}

/// How the figures of a series are shown: the words of [`crate::model::Figure`].
pub(super) fn figure_word(unit: SeriesUnit) -> &'static str {
    match unit {
        SeriesUnit::Money | SeriesUnit::Amount => "money",
        SeriesUnit::Count => "count",
        SeriesUnit::Share => "share",
        SeriesUnit::Number => "number",
    }
}

/// Unit of the stored figures: fractions have none, whatever they are shown in.
fn unit_word(series: &Series) -> &str {
    if series.unit == SeriesUnit::Share { "1" } else { &series.unit_name.zh }
}

/// A quantile of a count is a count. The sketch spreads equal values over a bin that begins at their number and is
/// less than 1 wide up to 1,024 things; beyond, within its precision.
pub(super) fn whole(x: f64, unit: SeriesUnit) -> f64 {
    if unit == SeriesUnit::Count { x.floor() } else { x }
}

fn money(moments: &Moments, sketch: &QuantileSketch) -> Money {
    Money {
        mean: mean(moments),
        sd: sd(moments),
        interval: moments.mean_interval(LEVEL).map(ends),
        quantiles: quantiles(sketch, SeriesUnit::Money),
    }
}

fn named(id: &str, name: &Text) -> Named {
    Named { id: id.to_owned(), name: name.clone() }
}

pub(super) fn ends(interval: Interval) -> Ends {
    [interval.low(), interval.high()]
}

/// A run has at least one trial, so that a mean exists.
pub(super) fn mean(moments: &Moments) -> f64 {
    moments.mean().unwrap_or(0.0)
}

fn sd(moments: &Moments) -> f64 {
    moments.sd().unwrap_or(0.0)
}

fn quantiles(sketch: &QuantileSketch, unit: SeriesUnit) -> Quantiles {
    let values = sketch.quantiles(QUANTILES.map(|(q, _)| q));
    let named = QUANTILES.iter().zip(values.into_iter().flatten());
    named.map(|((_, key), value)| ((*key).to_owned(), whole(value, unit))).collect()
}
