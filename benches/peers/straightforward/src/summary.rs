//! What a peer prints: the hits of every target, five quantiles a series and year, and their brackets.

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use crate::reference::{Reference, STEPS};
use crate::{Outcome, SERIES};

const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// As in ../reference.py.
const FALSE_ALARM: f64 = 1e-10;

/// The answer as JSON; see `summary` in ../reference.py.
pub fn of(reference: &Reference, outcomes: &[Outcome], against: Option<u64>) -> Value {
    let name = |series: usize| if series == 0 { "total".to_owned() } else { format!("c{series}") };
    let met = |outcome: &Outcome, series: usize| outcome[series][STEPS - 1] >= reference.thresholds[series];
    let mut hits = Map::new();
    for series in 0..SERIES {
        hits.insert(name(series), json!(outcomes.iter().filter(|o| met(o, series)).count()));
    }
    let joint = outcomes.iter().filter(|o| (0..SERIES).all(|series| met(o, series))).count();
    hits.insert("joint".to_owned(), json!(joint));

    let sorted: Vec<Vec<f64>> = (0..SERIES * STEPS)
        .into_par_iter()
        .map(|at| {
            let mut values: Vec<f64> = outcomes.iter().map(|o| o[at / STEPS][at % STEPS]).collect();
            values.sort_unstable_by(f64::total_cmp);
            values
        })
        .collect();
    let by_series = |of: &dyn Fn(&[f64]) -> Value| -> Map<String, Value> {
        let steps = |series: usize| (0..STEPS).map(|t| of(&sorted[series * STEPS + t])).collect::<Vec<_>>();
        (0..SERIES).map(|series| (name(series), json!(steps(series)))).collect()
    };
    let mut answer = json!({
        "trials": outcomes.len(),
        "hits": hits,
        "quantiles": by_series(&|values| json!(QUANTILES.map(|p| quantile(values, p)))),
    });
    if let Some(against) = against {
        answer["brackets"] =
            json!(by_series(&|values| json!(QUANTILES.map(|p| bracket(values, p, against as f64)))));
    }
    answer
}

/// Linear between order statistics (type 7), as NumPy does.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let position = p * (sorted.len() - 1) as f64;
    let below = position as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (position - below as f64) * (sorted[above] - sorted[below])
}

/// How far a count of this probability may be from its mean, by Bernstein's inequality.
fn deviation(trials: f64, probability: f64) -> f64 {
    let log = (2.0 / FALSE_ALARM).ln();
    log / 3.0 + (log * log / 9.0 + 2.0 * log * trials * probability * (1.0 - probability)).sqrt()
}

/// Order statistics between which the quantile found in `against` other trials must lie; see `brackets` in
/// ../reference.py.
fn bracket(sorted: &[f64], p: f64, against: f64) -> [Option<f64>; 2] {
    let n = sorted.len() as f64;
    let slack = deviation(against, p) / against;
    let (low, high) = ((p - slack).max(0.0), (p + slack).min(1.0));
    let first = (n * low - deviation(n, low)).floor() - 1.0;
    let last = (n * high + deviation(n, high)).ceil();
    let at = |rank: f64| if rank >= 0.0 { sorted.get(rank as usize).copied() } else { None };
    [at(first), at(last)]
}
