//! The reference scenario as one would first write it in Rust: `straightforward SCENARIO --trials N --seed S [--against M]`.
//!
//! `rand_distr` for every draw, the standard library's exp and ln, one trial after the other, rayon over trials, all
//! outcomes kept and sorted for their quantiles. Prints the same JSON as the Python peers (see ../reference.py).

#![expect(clippy::needless_range_loop, reason = "one index runs over many arrays, as in the formulas")]

mod reference;
mod summary;

use rand::SeedableRng;
use rand::rngs::SmallRng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use reference::{CLUSTERS, INDUSTRIES, Reference, STEPS};

/// Series: the total, then every cluster.
const SERIES: usize = 1 + CLUSTERS;

/// Outcomes of one trial by series and step.
type Outcome = [[f64; STEPS]; SERIES];

/// Innovations of the cycles, correlated by the lower Cholesky factor.
fn innovations(reference: &Reference, rng: &mut SmallRng) -> [f64; INDUSTRIES] {
    let z: [f64; INDUSTRIES] = std::array::from_fn(|_| StandardNormal.sample(rng));
    std::array::from_fn(|s| (0..=s).map(|k| reference.correlation[s][k] * z[k]).sum())
}

fn trial(reference: &Reference, rng: &mut SmallRng) -> Outcome {
    let trend = reference.trend.each_ref().map(|law| law.sample(rng));
    let premium = reference.premium.each_ref().map(|law| law.sample(rng));
    let base = reference.base.each_ref().map(|law| law.sample(rng));
    let paid = reference.realised.sample(rng) * reference.leverage.sample(rng);
    let output = reference.output.sample(rng);
    let additionality = reference.additionality.sample(rng);
    let elasticity = reference.elasticity.sample(rng);

    // in the base year the cycles are in their stationary law
    let first = innovations(reference, rng);
    let mut cycle: [f64; INDUSTRIES] = std::array::from_fn(|s| reference.volatility[s] * first[s]);
    let mut level = base;
    let mut knowledge = [0.0; CLUSTERS];
    let mut outcome = [[0.0; STEPS]; SERIES];
    for step in 0..STEPS {
        let z = innovations(reference, rng);
        let mut kept = [1.0; INDUSTRIES];
        for s in 0..INDUSTRIES {
            let phi = reference.persistence[s];
            cycle[s] = phi * cycle[s] + reference.volatility[s] * (1.0 - phi * phi).sqrt() * z[s];
            let cuts = reference.cut_rate[s].sample(rng) as u32;
            for _ in 0..cuts {
                kept[s] *= 1.0 - reference.cut[s].sample(rng);
            }
        }
        for c in 0..CLUSTERS {
            let s = reference.industry[c];
            let shock: f64 = StandardNormal.sample(rng);
            let now = (1.0 + (1.0 + additionality) * reference.stock[step + 1][c] / base[c]).ln();
            let growth = (1.0 + trend[s] + premium[c]).ln()
                + cycle[s]
                + reference.own[c] * shock
                + elasticity * (now - knowledge[c]);
            knowledge[c] = now;
            level[c] *= growth.exp() * kept[s];
            if step >= reference.lag {
                let limit = reference.absorption * base[c];
                let invested = reference.invested[step - reference.lag][c] * paid;
                level[c] += output * limit * (1.0 - (-invested / limit).exp());
            }
            outcome[1 + c][step] = level[c];
            outcome[0][step] += level[c];
        }
    }
    outcome
}

fn run() -> Result<serde_json::Value, String> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: straightforward SCENARIO --trials N --seed S [--against M]";
    let path = arguments.next().ok_or(usage)?;
    let (mut trials, mut seed, mut against) = (None, 1, None);
    while let Some(name) = arguments.next() {
        let value = arguments.next().and_then(|v| v.parse::<u64>().ok()).ok_or(usage)?;
        match name.as_str() {
            "--trials" => trials = Some(value),
            "--seed" => seed = value,
            "--against" => against = Some(value),
            _ => return Err(usage.into()),
        }
    }
    let trials = trials.ok_or(usage)?;
    let reference = Reference::load(&path)?;
    // a generator of its own for every thousand trials, so that the answer does not hang on the number of threads
    const CHUNK: u64 = 1000;
    let outcomes: Vec<Outcome> = (0..trials.div_ceil(CHUNK))
        .into_par_iter()
        .flat_map_iter(|chunk| {
            let mut rng = SmallRng::seed_from_u64(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ chunk);
            let n = CHUNK.min(trials - chunk * CHUNK);
            let reference = &reference;
            (0..n).map(move |_| trial(reference, &mut rng))
        })
        .collect();
    Ok(summary::of(&reference, &outcomes, against))
}

fn main() {
    match run() {
        Ok(answer) => println!("{answer}"),
        Err(fault) => {
            eprintln!("{fault}");
            std::process::exit(2);
        }
    }
}
