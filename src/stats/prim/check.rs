//! Which limits of a box are more than luck: the quasi-p-values and the resampling test of Bryant & Lempert (2010).

use std::convert::Infallible;

use rand::TryRng;

use super::{Cases, Measure, Peeling, PrimError, Region, Side, Trajectory, peel};
use crate::math::special::beta_tails;
use crate::stats::shapley::below;

/// A limit of a box and how much it matters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Restriction {
    /// Index of the input.
    pub input: usize,
    /// Which limit.
    pub side: Side,
    /// The limit.
    pub limit: f64,
    /// The box's counts without this limit.
    pub without: Measure,
    /// Quasi-p-value: the chance that as many cases of interest as the box holds turn up among as many cases drawn with
    /// the density of the box without this limit. "Quasi", since the box was chosen by search; small means that the
    /// limit is needed, 0.05 is usual.
    pub quasi_p: f64,
}

/// All limits of a box with their quasi-p-values, by input, lower before upper.
///
/// # Panics
/// If the box is not over the inputs of `cases`.
pub fn restrictions(cases: &Cases, region: &Region) -> Vec<Restriction> {
    let inside = region.measure(cases);
    let mut found = Vec::new();
    for (input, limits) in region.limits.iter().enumerate() {
        for side in [Side::Low, Side::High] {
            let Some(limit) = limits.side(side) else { continue };
            let without = region.without(input, side).measure(cases);
            let density = without.density().unwrap_or(0.0);
            let quasi_p = at_least(inside.of_interest_inside, inside.inside, density);
            found.push(Restriction { input, side, limit, without, quasi_p });
        }
    }
    found
}

/// P(X ≥ k) of the binomial law with n trials and probability p, as a tail of the beta law.
fn at_least(k: u64, n: u64, p: f64) -> f64 {
    if k == 0 { 1.0 } else { beta_tails(k as f64, (n - k) as f64 + 1.0, p).0 }
}

/// How often each input is restricted when the search is repeated on parts of the cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Reproducibility {
    /// For each input: share of the repetitions whose box of the closest coverage restricts it, in [0, 1].
    pub at_coverage: Vec<f64>,
    /// The same for the box of the closest density.
    pub at_density: Vec<f64>,
    /// Repetitions that could be searched; others held no case of interest, or only such.
    pub repetitions: usize,
}

/// Repeats the search on random parts of the cases, `share` of them each without replacement, and sees which inputs the
/// boxes closest in coverage and in density to `chosen` restrict.
///
/// # Errors
/// Those of [`peel`], and [`PrimError::Share`] unless 0 < share < 1; [`PrimError::NothingOfInterest`] if no repetition
/// could be searched.
pub fn reproducibility(
    cases: &Cases,
    peeling: &Peeling,
    chosen: &Measure,
    repetitions: usize,
    share: f64,
    random: &mut impl TryRng<Error = Infallible>,
) -> Result<Reproducibility, PrimError> {
    if !(share > 0.0 && share < 1.0) {
        return Err(PrimError::Share);
    }
    let size = ((cases.count() as f64 * share) as usize).max(1);
    let mut counts = [vec![0.0; cases.inputs()], vec![0.0; cases.inputs()]];
    let mut done = 0;
    let mut order: Vec<usize> = (0..cases.count()).collect();
    for _ in 0..repetitions {
        for place in 0..size {
            let other = place + below((cases.count() - place) as u32, random);
            order.swap(place, other);
        }
        let part = &order[..size];
        let columns: Vec<Vec<f64>> =
            cases.inputs.iter().map(|values| part.iter().map(|&c| values[c]).collect()).collect();
        let of_interest: Vec<bool> = part.iter().map(|&c| cases.of_interest[c]).collect();
        let part = Cases::new(columns.iter().map(Vec::as_slice).collect(), &of_interest)?;
        let trajectory = match peel(&part, peeling) {
            Err(PrimError::NothingOfInterest | PrimError::AllOfInterest) => continue,
            trajectory => trajectory?,
        };
        done += 1;
        let wanted = [Measure::coverage, Measure::density];
        for (counts, of) in counts.iter_mut().zip(wanted) {
            for input in closest(&trajectory, chosen, of).restricted() {
                counts[input] += 1.0;
            }
        }
    }
    if done == 0 {
        return Err(PrimError::NothingOfInterest);
    }
    let [at_coverage, at_density] =
        counts.map(|counts| counts.into_iter().map(|n| n / done as f64).collect());
    Ok(Reproducibility { at_coverage, at_density, repetitions: done })
}

/// The box whose coverage or density is closest to that of `chosen`; of equals the last, which is the densest.
fn closest<'a>(trajectory: &'a Trajectory, chosen: &Measure, of: fn(&Measure) -> Option<f64>) -> &'a Region {
    let distance = |measure: &Measure| {
        (of(measure).unwrap_or(f64::INFINITY) - of(chosen).unwrap_or(f64::NEG_INFINITY)).abs()
    };
    let mut best = &trajectory.steps[0];
    for step in &trajectory.steps[1..] {
        if distance(&step.measure) <= distance(&best.measure) {
            best = step;
        }
    }
    &best.region
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binomial_tails_are_sums() {
        let choose = |n: u64, k: u64| (0..k).fold(1.0, |c, i| c * (n - i) as f64 / (i + 1) as f64);
        for (n, p) in [(12_u64, 0.3), (30, 0.1), (7, 1.0), (5, 0.0)] {
            for k in 0..=n {
                let term =
                    |j: u64| choose(n, j) * libm::pow(p, j as f64) * libm::pow(1.0 - p, (n - j) as f64);
                let exact: f64 = (k..=n).map(term).sum();
                assert!((at_least(k, n, p) - exact).abs() < 1e-12, "{k} of {n}, {p}");
            }
        }
    }
}
