//! The directions in the space of normal scores that move the targets most: where an even sample pays.

use super::error::AnalysisError;
use super::simulate::Unseen;
use crate::engine::{Observer, RunError, Settings, sample};
use crate::kernel::{Draws, NonFinite, Sobol, Steering, coordinates};
use crate::plan::{Condition, Plan, Target, When};
use crate::random::Stream;
use crate::tally::Keep;
use crate::text;

/// Most directions: what is left after some of them is told better by single coordinates.
const MOST_DIRECTIONS: usize = 12;
/// Components of a gradient below this share of its length are left out: they add work and no evenness.
const LEAST_COMPONENT: f64 = 1e-3;
/// A gradient that lies in the earlier directions but for this share of its length needs no direction of its own.
const LEAST_REST: f64 = 0.1;

/// A design of `replicates` scrambled Sobol' sequences for `plan`: leading directions first, then single coordinates in the
/// order of what they move.
///
/// The gradient of a target's quantity is half the difference between a score of +1 and one of −1, all others being 0, under
/// the plan's policy number `policy` in its first world. It is found under another seed, so that it depends on no trial of the
/// design: any direction leaves every estimate unbiased, a good one makes it precise. The gradient of the main outcome comes
/// first; those of other targets are made orthogonal to the ones before (Gram and Schmidt).
///
/// # Errors
/// Those of a run.
pub(super) fn design(
    plan: &Plan,
    policy: usize,
    replicates: u64,
    settings: Settings,
    observer: &dyn Observer,
) -> Result<Sobol, AnalysisError> {
    let seed = settings.seed;
    let count = coordinates(plan);
    let probed_plan = &narrowed(plan, policy);
    let mut elsewhere = Stream::new(seed, "sampler/probe").generator(0, 0, 0, 0);
    let probed = Settings { seed: rand::Rng::next_u64(&mut elsewhere), trials: count as u64, ..settings };
    let probe = |score| {
        let draws = Draws::steered(probed_plan, probed.seed, Steering::Probe(score));
        sample(probed_plan, probed, 0, draws, Keep::default(), &Unseen(observer)).map_err(|error| match error {
            // neither its trial nor its seed is one of the run
            RunError::NonFinite(NonFinite { series, year, .. }) => AnalysisError::Refused(text!(
                "为均匀抽样找主要方向时，{series} {year}年的数值超出了可计算的范围；请检查情景里的数值，或改用独立抽样（不带 --sampler）",
                "in the search for leading directions {series} left the finite numbers in {year}; check the scenario's figures, or draw \
                 independent trials (without --sampler)"
            )),
            error => AnalysisError::of_run(error, seed),
        })
    };
    let (up, down) = (probe(1.0)?, probe(-1.0)?);
    let (up, down) = (&up.runs[0].quantities, &down.runs[0].quantities);
    let gradient = |target: usize| -> Vec<f64> {
        up[target].iter().zip(&down[target]).map(|(up, down)| 0.5 * (up - down)).collect()
    };
    let main = plan.targets.iter().position(|target| judges(target, plan.main_outcome));
    let others = (0..plan.targets.len()).filter(|&target| Some(target) != main);
    let gradients: Vec<Vec<f64>> =
        main.into_iter().chain(others).filter_map(|target| unit(gradient(target), LEAST_COMPONENT)).collect();

    let mut directions: Vec<Vec<f64>> = Vec::new();
    for gradient in &gradients {
        if directions.len() == MOST_DIRECTIONS {
            break;
        }
        let mut rest = gradient.clone();
        // twice, for the first pass leaves rounding along the directions before
        for direction in directions.iter().chain(&directions) {
            let along = dot(&rest, direction);
            rest.iter_mut().zip(direction).for_each(|(rest, d)| *rest -= along * d);
        }
        if dot(&rest, &rest).sqrt() > LEAST_REST {
            directions.extend(unit(rest, 0.0));
        }
    }
    let moved = |coordinate: usize| gradients.iter().map(|g| g[coordinate].abs()).fold(0.0, f64::max);
    let moved: Vec<f64> = (0..count).map(moved).collect();
    let mut order: Vec<usize> = (0..count).filter(|&coordinate| moved[coordinate] > 0.0).collect();
    order.sort_by(|&a, &b| moved[b].total_cmp(&moved[a]).then(a.cmp(&b)));
    let sparse = |direction: Vec<f64>| direction.into_iter().enumerate().filter(|(_, d)| *d != 0.0).collect();
    let directions = directions.into_iter().map(sparse).collect();
    Ok(Sobol::new(plan, seed, replicates, directions, order))
}

/// The plan with nothing but one policy in the first world; its coordinates are those of the whole plan.
fn narrowed(plan: &Plan, policy: usize) -> Plan {
    let mut narrow = plan.clone();
    narrow.worlds.truncate(1);
    for world in &mut narrow.worlds {
        world.policies = vec![world.policies.swap_remove(policy)];
    }
    narrow.policies = vec![narrow.policies.swap_remove(policy)];
    narrow.against = vec![0];
    narrow
}

/// Whether the target is judged by this series in this year.
fn judges(target: &Target, (series, year): (usize, usize)) -> bool {
    match &target.condition {
        Condition::Threshold { series: judged, when: When::Year(when) | When::By(when), .. } => {
            (*judged, *when) == (series, year)
        }
        _ => false,
    }
}

/// The vector with length 1, without components below `least` of it; `None` for a vector without a length.
fn unit(mut vector: Vec<f64>, least: f64) -> Option<Vec<f64>> {
    for least in [least, 0.0] {
        let length = dot(&vector, &vector).sqrt();
        if !(length > 0.0 && length.is_finite()) {
            return None;
        }
        vector.iter_mut().for_each(|x| *x = if x.abs() < least * length { 0.0 } else { *x / length });
    }
    Some(vector)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_vectors_have_length_one_after_small_parts_are_gone() {
        let found = unit(vec![3.0, 4.0, 1e-4], 1e-3).unwrap();
        assert_eq!(found[2], 0.0);
        assert!((dot(&found, &found) - 1.0).abs() < 1e-15);
        assert_eq!(unit(vec![0.0, 0.0], 0.0), None);
    }
}
