//! The engine against a straightforward Rust loop of the same model: `cargo bench --bench engine`.
//!
//! Both run in turn on one thread for several rounds; the figure that counts is the ratio, not the time. The loop is
//! what one would write first: `rand_distr` for every draw, the standard library's `exp`, one trial at a time, all
//! outcomes kept and sorted for their quantiles. Both must agree on the results, or the comparison is void.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::time::Instant;

use clustercast::engine::{self, Settings, Silent};
use clustercast::math::Vector;
use clustercast::plan::{Plan, Selection, compile};
use clustercast::scenario::loader::MemoryLoader;
use clustercast::{model, scenario};
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand_distr::{Distribution, Normal, Poisson};

const CLUSTERS: usize = 10;
const INDUSTRIES: usize = 5;
const YEARS: usize = 6;
const TRIALS: u64 = 65_536;
const ROUNDS: usize = 5;

/// Median annual growth of an industry.
fn trend(industry: usize) -> f64 {
    0.03 + 0.01 * industry as f64
}

fn scenario() -> String {
    let mut text = String::from(
        "[scenario]\nid = \"bench\"\ntitle = \"bench\"\nbase_year = 2024\nhorizon = 2030\n\
         [nation]\ncycle = { volatility = 0.05, persistence = 0.4, start = 0 }\n",
    );
    for s in 0..INDUSTRIES {
        let g = trend(s);
        let _ = write!(
            text,
            "[[industry]]\nid = \"s{s}\"\ntrend = {g}\ncycle = {{ volatility = 0.04, persistence = 0.4, start = 0 }}\n\
             [[event]]\nid = \"cut{s}\"\nindustries = [\"s{s}\"]\nrate = 0.2\n\
             log_change = {{ dist = \"normal\", mean = -0.1, sd = 0.03 }}\n"
        );
    }
    for c in 0..CLUSTERS {
        let mix: Vec<String> = (0..INDUSTRIES).map(|s| format!("s{s} = 0.2")).collect();
        let mix = mix.join(", ");
        let _ = write!(
            text,
            "[[cluster]]\nid = \"c{c}\"\nbase = 100\nown_volatility = 0.08\nmix = {{ {mix} }}\n"
        );
    }
    text.push_str("[[target]]\nid = \"t\"\nat_least = 1300\nyear = 2030\n");
    text
}

fn plan() -> Plan {
    let text = scenario();
    let loaded = scenario::load(&MemoryLoader::new([("bench.toml", text.as_str())]), "bench.toml");
    let sink = RefCell::new(loaded.faults);
    let root = loaded.root.expect("the benchmark's scenario loads");
    let model = model::read(&root, &sink).expect("the benchmark's scenario is valid");
    compile(&model, &Selection { policies: vec![0], worlds: vec![0] })
}

/// Probability of the target and mean of the total.
type Answer = (f64, f64);

fn engine(plan: &Plan) -> Answer {
    let settings = Settings { seed: 1, trials: TRIALS, threads: Some(1), vector: Vector::detect() };
    let outcome = engine::run(plan, settings, &Silent).expect("the benchmark runs");
    let (series, year) = plan.main_outcome;
    let hits = outcome.counts.0[0].targets[0].hits;
    (hits as f64 / TRIALS as f64, outcome.sums.0[0].series[plan.at(series, year)].mean().unwrap_or(f64::NAN))
}

#[expect(clippy::disallowed_methods, reason = "the point of comparison is the platform's mathematics")]
fn straightforward() -> Answer {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let normal = Normal::new(0.0, 1.0).expect("valid");
    let arrivals = Poisson::new(0.2).expect("valid");
    let cut = Normal::new(-0.1, 0.03).expect("valid");
    let innovation = (1.0_f64 - 0.4 * 0.4).sqrt();
    // like the engine: every cluster, industry and the total, each year, kept for quantiles
    let mut kept: Vec<Vec<f64>> = vec![Vec::new(); (CLUSTERS + INDUSTRIES + 1) * YEARS];
    let mut hits = 0_u64;
    for _ in 0..TRIALS {
        let mut revenue = [[20.0; INDUSTRIES]; CLUSTERS];
        let mut nation = 0.0;
        let mut cycles = [0.0; INDUSTRIES];
        for year in 0..YEARS {
            nation = 0.4 * nation + 0.05 * innovation * normal.sample(&mut rng);
            let mut jumps = [0.0; INDUSTRIES];
            for s in 0..INDUSTRIES {
                cycles[s] = 0.4 * cycles[s] + 0.04 * innovation * normal.sample(&mut rng);
                let n = arrivals.sample(&mut rng) as u32;
                jumps[s] = (0..n).map(|_| cut.sample(&mut rng)).sum();
            }
            let mut industries = [0.0; INDUSTRIES];
            let mut total = 0.0;
            for (c, cluster) in revenue.iter_mut().enumerate() {
                let mut sum = 0.0;
                for s in 0..INDUSTRIES {
                    let own = 0.08 * normal.sample(&mut rng);
                    cluster[s] *= ((1.0 + trend(s)).ln() + nation + cycles[s] + jumps[s] + own).exp();
                    industries[s] += cluster[s];
                    sum += cluster[s];
                }
                kept[c * YEARS + year].push(sum);
                total += sum;
            }
            for (s, sum) in industries.iter().enumerate() {
                kept[(CLUSTERS + s) * YEARS + year].push(*sum);
            }
            kept[(CLUSTERS + INDUSTRIES) * YEARS + year].push(total);
            hits += u64::from(year == YEARS - 1 && total >= 1300.0);
        }
    }
    kept.iter_mut().for_each(|values| values.sort_unstable_by(f64::total_cmp));
    let last = &kept[(CLUSTERS + INDUSTRIES) * YEARS + YEARS - 1];
    (hits as f64 / TRIALS as f64, last.iter().sum::<f64>() / last.len() as f64)
}

fn timed(run: impl Fn() -> Answer) -> (f64, Answer) {
    let start = Instant::now();
    let answer = run();
    (start.elapsed().as_secs_f64() * 1e6 / TRIALS as f64, answer)
}

fn main() {
    let plan = plan();
    let mut ratios = Vec::new();
    println!("round  engine µs/trial  straightforward µs/trial  ratio");
    for round in 1..=ROUNDS {
        let (fast, ours) = timed(|| engine(&plan));
        let (slow, theirs) = timed(straightforward);
        // five standard errors of the difference of two independent estimates
        let error = 5.0 * (2.0 * ours.0 * (1.0 - ours.0) / TRIALS as f64).sqrt();
        assert!((ours.0 - theirs.0).abs() < error, "the two disagree on P: {} and {}", ours.0, theirs.0);
        assert!(
            (ours.1 / theirs.1 - 1.0).abs() < 0.01,
            "the two disagree on the mean: {} and {}",
            ours.1,
            theirs.1
        );
        println!("{round:>5}  {fast:>15.2}  {slow:>24.2}  {:>5.1}", slow / fast);
        ratios.push(slow / fast);
    }
    ratios.sort_unstable_by(f64::total_cmp);
    println!("median ratio {:.1} (from {:.1} to {:.1})", ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
}
