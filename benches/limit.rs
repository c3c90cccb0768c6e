//! How near the engine is to what the machine allows, and what even trials are worth: `cargo bench --bench limit`.
//!
//! **Limit.** The scenario REF needs 147 normal draws, 161 exponentials and the counting of all its yearly figures a trial
//! (architecture's count of the model). The least time for that is measured in the same run with the library's own fastest
//! forms, on data that stays in cache: random words and their normal quantiles, exponentials, and moments with places in a
//! sketch. The ratio of the engine's time to that sum is what counts; the times belong to the machine.
//!
//! **Even trials.** The squared ratio of the half-widths of independent trials and of the other samplers, at equal trials:
//! how many times fewer trials reach the same precision. Median of several seeds.

use std::path::Path;
use std::time::Instant;

use clustercast::analysis::results::TargetResult;
use clustercast::analysis::{self, Request, Sampler};
use clustercast::cli::load::examine;
use clustercast::engine::{self, Settings, Silent};
use clustercast::math::{LANES, Lanes, Vector};
use clustercast::model::{Choices, Model};
use clustercast::plan::{Plan, Selection, compile};
use clustercast::random::Stream;
use clustercast::stats::{Level, Moments, QuantileSketch, wilson};

const TRIALS: u64 = 262_144;
const ROUNDS: usize = 5;
const NORMALS: usize = 147;
const EXPONENTIALS: usize = 161;
/// Blocks of places that are counted together, as the engine does.
const TOGETHER: usize = 16;
/// Standard deviation of the logarithm of the figures that are counted: about that of REF's series after some years.
const SPREAD: f64 = 0.15;

fn model() -> Model {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/ref.toml");
    let examined =
        examine(&file, &Choices::default()).unwrap_or_else(|_| panic!("{} cannot be read", file.display()));
    examined.model.unwrap_or_else(|| panic!("{} has faults", file.display()))
}

fn main() {
    let model = model();
    let plan = compile(&model, &Selection { policies: vec![model.policies.len() - 1], worlds: vec![0] });
    limit(&plan);
    even(&model);
}

/// Microseconds a trial.
fn timed(run: impl FnOnce()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64() * 1e6 / TRIALS as f64
}

fn limit(plan: &Plan) {
    let vector = Vector::detect();
    let runs = (plan.policies.len() * plan.worlds.len()) as f64;
    let figures = plan.series.len() * plan.points();
    let blocks = TRIALS / LANES as u64;
    println!(
        "µs a trial and policy: {NORMALS} normals, {EXPONENTIALS} exponentials, {figures} figures counted"
    );
    println!("round  normals  exponentials  counting  limit  engine  ratio");
    let mut ratios = Vec::new();
    for round in 1..=ROUNDS {
        let mut words = [0; LANES];
        let mut values: Vec<Lanes> = vec![[0.0; LANES]; NORMALS.max(EXPONENTIALS)];
        let normals = timed(|| {
            let stream = Stream::new(1, "limit");
            for block in 0..blocks {
                for (slot, out) in values.iter_mut().take(NORMALS).enumerate() {
                    stream.words(vector, block, 0, slot as u32, &mut words);
                    vector.normal_from_words(&words, out);
                }
            }
        });
        // growth of a few percent, which is what a sketch is made for
        values.iter_mut().flatten().for_each(|value| *value *= SPREAD);
        let mut growth = values.clone();
        let exponentials = timed(|| {
            for _ in 0..blocks {
                for (out, value) in growth.iter_mut().take(EXPONENTIALS).zip(&values) {
                    *out = *value;
                    vector.exp(out);
                }
            }
        });
        let (mut moments, mut sketches) =
            (vec![Moments::default(); figures], vec![QuantileSketch::new(); figures]);
        let mut places = vec![0; TOGETHER * LANES];
        let counting = timed(|| {
            for first in (0..blocks as usize).step_by(TOGETHER) {
                for (at, (moments, sketch)) in moments.iter_mut().zip(&mut sketches).enumerate() {
                    for (block, places) in (first..).zip(places.chunks_exact_mut(LANES)) {
                        let lanes = &growth[(at + block) % EXPONENTIALS];
                        moments.record_lanes_on(vector, lanes);
                        sketch.place_lanes(vector, lanes, places);
                    }
                    sketch.count_places(&places);
                }
            }
        });
        assert!(moments[0].n() == TRIALS && growth[0][0] > 0.0, "everything was computed");
        let settings = Settings { seed: 1, trials: TRIALS, threads: Some(1), vector };
        let engine = timed(|| {
            engine::run(plan, settings, &Silent).expect("REF runs");
        });
        let least = normals + exponentials + counting * runs;
        println!(
            "{round:>5}  {normals:>7.3}  {exponentials:>12.3}  {counting:>8.3}  {least:>5.3}  {engine:>6.3}  {:>5.2}",
            engine / least
        );
        ratios.push(engine / least);
    }
    ratios.sort_unstable_by(f64::total_cmp);
    println!("median ratio {:.2} (from {:.2} to {:.2})\n", ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
}

fn even(model: &Model) {
    let target = |sampler, seed| -> TargetResult {
        let request = Request { trials: Some(131_072), seed: Some(seed), sampler, ..Request::default() };
        let results = analysis::simulate(model, Vec::new(), &request, &Silent).expect("REF runs");
        results.runs[results.runs.len() - 1].targets[0].clone()
    };
    let width = |ends: [f64; 2]| ends[1] - ends[0];
    let (mut even, mut lines) = (Vec::new(), Vec::new());
    for seed in 1..=9 {
        let found = target(Sampler::Line, seed);
        let plain = wilson(found.hits, found.trials, Level::P95).expect("there are trials").width();
        let gain = |width: f64| (plain / width) * (plain / width);
        even.push(gain(width(found.interval)));
        lines.push(gain(width(found.line.expect("the first target judges revenue").interval)));
    }
    for (name, mut gains) in [("sobol", even), ("line", lines)] {
        gains.sort_unstable_by(f64::total_cmp);
        println!(
            "--sampler {name}: one trial is worth {:.1} independent ones for the first target (from {:.1} to {:.1} over 9 seeds)",
            gains[4], gains[0], gains[8]
        );
    }
}
