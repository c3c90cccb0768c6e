//! Runs a scenario text through loader, model, plan and engine, and finds figures by their ids.

use std::cell::RefCell;

use clustercast::analysis::{Request, Results, simulate};
use clustercast::engine::{self, Outcome, Settings, Silent};
use clustercast::kernel::{BlockView, Draws, Kernel};
use clustercast::math::{LANES, Vector};
use clustercast::model::Model;
use clustercast::plan::{self, Plan, Selection};
use clustercast::scenario::document;
use clustercast::scenario::loader::MemoryLoader;
use clustercast::stats::{Moments, QuantileSketch};
use clustercast::tally::{Counts, Sums, TargetCounts, TargetSums};
use clustercast::text::Lang;
use clustercast::{diag, model};

/// Base year of all cases.
pub const BASE: i32 = 2000;

/// A scenario text.
pub struct Case(String);

/// What a run measured, with the plan that names it.
pub struct Measured {
    pub plan: Plan,
    pub outcome: Outcome,
}

impl Case {
    /// A scenario with base year 2000 that is simulated `years` years.
    pub fn new(years: i32, body: &str) -> Self {
        let horizon = BASE + years;
        Self(format!(
            "[scenario]\nid = \"case\"\ntitle = \"Case\"\nbase_year = {BASE}\nhorizon = {horizon}\n{body}"
        ))
    }

    /// The checked model.
    pub fn model(&self) -> Model {
        let loaded = document::load(&MemoryLoader::new([("case.toml", self.0.as_str())]), "case.toml");
        let faults = RefCell::new(loaded.faults);
        let model = loaded.root.as_ref().and_then(|root| model::read(root, &faults));
        let faults = faults.into_inner();
        let shown = || diag::render(&faults, &loaded.sources, Lang::En);
        let model = model.unwrap_or_else(|| panic!("{}\n{}", shown(), self.0));
        assert!(!faults.has_errors(), "{}", shown());
        model
    }

    /// The compiled plan of all policies and worlds.
    pub fn plan(&self) -> Plan {
        let model = self.model();
        let selection = Selection {
            policies: (0..model.policies.len()).collect(),
            worlds: (0..model.worlds.len()).collect(),
        };
        plan::compile(&model, &selection)
    }

    /// Runs all policies and worlds on two threads.
    pub fn run(&self, trials: u64, seed: u64) -> Measured {
        self.run_on(trials, seed, 2, Vector::detect())
    }

    /// The result document of all policies, from two threads.
    pub fn results(&self, trials: u64, seed: u64) -> Results {
        let request =
            Request { trials: Some(trials), seed: Some(seed), threads: Some(2), ..Request::default() };
        simulate(&self.model(), Vec::new(), &request, &Silent).unwrap()
    }

    /// Runs with the given number of threads and instruction set.
    pub fn run_on(&self, trials: u64, seed: u64, threads: usize, vector: Vector) -> Measured {
        let plan = self.plan();
        let settings = Settings { seed, trials, threads: Some(threads), vector };
        let outcome = engine::run(&plan, settings, &Silent).unwrap();
        Measured { plan, outcome }
    }
}

/// Finds the position of an id.
fn position<'a>(ids: impl Iterator<Item = &'a String>, id: &str) -> usize {
    let ids: Vec<&String> = ids.collect();
    ids.iter().position(|known| *known == id).unwrap_or_else(|| panic!("no {id} among {ids:?}"))
}

impl Measured {
    fn at(&self, policy: &str) -> usize {
        position(self.plan.policies.iter(), policy)
    }

    /// Counts of a policy in the first world.
    pub fn counts(&self, policy: &str) -> &Counts {
        &self.outcome.counts.0[self.at(policy)]
    }

    /// Sums of a policy in the first world.
    pub fn sums(&self, policy: &str) -> &Sums {
        &self.outcome.sums.0[self.at(policy)]
    }

    fn series(&self, id: &str, year: i32) -> usize {
        let series = position(self.plan.series.iter().map(|s| &s.id), id);
        self.plan.at(series, usize::try_from(year - BASE).unwrap())
    }

    /// Sketch of a series in a calendar year.
    pub fn sketch(&self, policy: &str, series: &str, year: i32) -> &QuantileSketch {
        &self.counts(policy).series[self.series(series, year)]
    }

    /// Moments of a series in a calendar year.
    pub fn moments(&self, policy: &str, series: &str, year: i32) -> &Moments {
        &self.sums(policy).series[self.series(series, year)]
    }

    /// The value of a series that is the same in every trial.
    pub fn certain(&self, policy: &str, series: &str, year: i32) -> f64 {
        let moments = self.moments(policy, series, year);
        let mean = moments.mean().unwrap();
        assert!(moments.sd().unwrap() <= 1e-13 * mean.abs(), "{series} {year} is not certain");
        mean
    }

    /// Counts of a target.
    pub fn target(&self, policy: &str, id: &str) -> &TargetCounts {
        &self.counts(policy).targets[position(self.plan.targets.iter().map(|t| &t.id), id)]
    }

    /// Sums of a target.
    pub fn target_sums(&self, policy: &str, id: &str) -> &TargetSums {
        &self.sums(policy).targets[position(self.plan.targets.iter().map(|t| &t.id), id)]
    }
}

/// Values of a series in a year (0 = base year), trial by trial, for every policy of the first world.
pub fn paths(plan: &Plan, seed: u64, trials: usize, series: &str, year: usize) -> Vec<Vec<f64>> {
    let series = position(plan.series.iter().map(|s| &s.id), series);
    let kernel = Kernel::new(plan, Vector::detect(), Draws::addressed(plan, seed));
    let mut workspace = kernel.workspace();
    let mut found = vec![Vec::new(); plan.policies.len()];
    for block in 0..trials.div_ceil(LANES) {
        let lanes = (trials - LANES * block).min(LANES);
        let mut sink = |view: BlockView<'_>| {
            if view.world == 0 {
                found[view.policy].extend_from_slice(&view.paths.series(series, year)[..lanes]);
            }
        };
        kernel.block(&mut workspace, block as u64, lanes, &mut sink).unwrap();
    }
    found
}

/// One industry `s` with log drift `m`, one cluster `c` with base-year revenue `base` and own volatility `sd`.
pub fn segment(base: f64, m: f64, sd: f64) -> String {
    let trend = libm::expm1(m);
    format!(
        "[[industry]]\nid = \"s\"\ntrend = {trend:?}\n[[cluster]]\nid = \"c\"\nbase = {base:?}\n\
         own_volatility = {sd:?}\n"
    )
}

/// A target `id`: the province reaches `level` in `year`.
pub fn goal(id: &str, year: i32, level: f64) -> String {
    format!("[[target]]\nid = \"{id}\"\nyear = {year}\nat_least = {level:?}\n")
}

/// Clusters `k0`, `k1`, … in industries of their own, `ln R` of the first year jointly normal.
pub fn correlated(mu: &[f64], sd: &[f64], correlation: &dyn Fn(usize, usize) -> f64) -> String {
    let mut body = String::new();
    for (i, (mu, sd)) in mu.iter().zip(sd).enumerate() {
        let base = libm::exp(*mu);
        body += &format!("[[industry]]\nid = \"i{i}\"\ntrend = 0\ncycle = {{ volatility = {sd:?} }}\n");
        body += &format!("[[cluster]]\nid = \"k{i}\"\nbase = {base:?}\nmix = {{ i{i} = 1 }}\n");
    }
    for j in 0..mu.len() {
        for i in 0..j {
            let value = correlation(i, j);
            body +=
                &format!("[[correlation]]\nof = [\"industry.i{i}\", \"industry.i{j}\"]\nvalue = {value:?}\n");
        }
    }
    body
}
