//! Planted boxes, properties of the trajectory, and refusals.

use super::*;
use proptest::prelude::*;
use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

fn uniforms(inputs: usize, cases: usize, random: &mut ChaCha8Rng) -> Vec<Vec<f64>> {
    let mut draw = || (f64::from(random.next_u32()) + 0.5) / 4_294_967_296.0;
    (0..inputs).map(|_| (0..cases).map(|_| draw()).collect()).collect()
}

fn columns(x: &[Vec<f64>]) -> Vec<&[f64]> {
    x.iter().map(Vec::as_slice).collect()
}

/// Box x₀ > 0.6, x₁ < 0.4, 0.25 < x₃ < 0.75 of volume 0.08 among 5 inputs.
fn planted(cases: usize, seed: u64) -> (Vec<Vec<f64>>, Vec<bool>) {
    let x = uniforms(5, cases, &mut ChaCha8Rng::seed_from_u64(seed));
    let inside = |c: usize| x[0][c] > 0.6 && x[1][c] < 0.4 && x[3][c] > 0.25 && x[3][c] < 0.75;
    let y = (0..cases).map(inside).collect();
    (x, y)
}

#[test]
fn a_planted_box_is_found_widened_and_confirmed() {
    let (x, y) = planted(4000, 1);
    let cases = Cases::new(columns(&x), &y).unwrap();
    let trajectory = peel(&cases, &Peeling::default()).unwrap();
    let step = trajectory.choose(0.9).unwrap();
    assert_eq!(step.region.restricted().collect::<Vec<_>>(), [0, 1, 3]);
    assert_eq!(step.measure, step.region.measure(&cases));
    let region = paste(&cases, &step.region, 0.01).unwrap();
    let limits = &region.limits;
    for (found, exact) in
        [(limits[0].low, 0.6), (limits[1].high, 0.4), (limits[3].low, 0.25), (limits[3].high, 0.75)]
    {
        assert!((found.unwrap() - exact).abs() < 0.05, "{region:?}");
    }
    assert!(limits[0].high.is_none() && limits[1].low.is_none());
    let (fresh_x, fresh_y) = planted(4000, 2);
    let fresh = region.measure(&Cases::new(columns(&fresh_x), &fresh_y).unwrap());
    assert!(fresh.density().unwrap() > 0.9 && fresh.coverage().unwrap() > 0.9, "{fresh:?}");
    assert!(fresh.density_interval(Level::P95).unwrap().contains(fresh.density().unwrap()));
    assert!(fresh.coverage_interval(Level::P95).unwrap().contains(fresh.coverage().unwrap()));
    assert!(fresh.density_outside().unwrap() < 0.02);
    let tests = restrictions(&cases, &region);
    assert_eq!(tests.len(), 4);
    assert!(tests.iter().all(|r| r.quasi_p < 1e-6), "{tests:?}");
    let random = &mut ChaCha8Rng::seed_from_u64(3);
    let again = reproducibility(&cases, &Peeling::default(), &step.measure, 10, 0.5, random).unwrap();
    assert_eq!(again.repetitions, 10);
    for input in 0..5 {
        let wanted = if [0, 1, 3].contains(&input) { 1.0 } else { 0.0 };
        assert!((again.at_coverage[input] - wanted).abs() < 0.25, "{again:?}");
        assert!((again.at_density[input] - wanted).abs() < 0.25, "{again:?}");
    }
}

/// A limit that does nothing is seen as luck, one that holds the box together is not; pasting drops the former.
#[test]
fn needless_limits_are_seen() {
    let (x, y) = planted(2000, 4);
    let cases = Cases::new(columns(&x), &y).unwrap();
    let mut region = Region::everything(5);
    region.limits[0].low = Some(0.6);
    region.limits[4].high = Some(0.99);
    let found = restrictions(&cases, &region);
    assert!(found[0].quasi_p < 1e-6 && (found[0].input, found[0].side) == (0, Side::Low));
    assert!(found[1].quasi_p > 0.3 && (found[1].input, found[1].side) == (4, Side::High));
    region.limits[2].low = Some(-1.0);
    assert_eq!(paste(&cases, &region, 0.05).unwrap().limits[2], Limits::default());
}

/// Chosen by search, a box of pure chance looks denser than it is; fresh cases tell. H0: on 20 000 fresh cases the hits in the
/// box are binomial with probability 0.2, rejected beyond 4.9 standard errors (1e-6).
#[test]
fn boxes_of_pure_chance_fail_on_fresh_cases() {
    let random = &mut ChaCha8Rng::seed_from_u64(6);
    let mut sample = |cases: usize| {
        let mut all = uniforms(31, cases, random);
        let luck = all.pop().unwrap();
        (all, luck.iter().map(|u| *u < 0.2).collect::<Vec<bool>>())
    };
    let ((x, y), (fresh_x, fresh_y)) = (sample(400), sample(20_000));
    let cases = Cases::new(columns(&x), &y).unwrap();
    let trajectory = peel(&cases, &Peeling::default()).unwrap();
    let last = trajectory.steps.last().unwrap();
    assert!(last.measure.density().unwrap() > 0.4, "found where nothing is: {:?}", last.measure);
    let fresh = last.region.measure(&Cases::new(columns(&fresh_x), &fresh_y).unwrap());
    let error = (0.2 * 0.8 / fresh.inside as f64).sqrt();
    assert!((fresh.density().unwrap() - 0.2).abs() < 4.9 * error, "{fresh:?}");
}

#[test]
fn the_number_of_restricted_inputs_can_be_limited() {
    let (x, y) = planted(2000, 5);
    let cases = Cases::new(columns(&x), &y).unwrap();
    for most in 0..4 {
        let peeling = Peeling { most_restricted: Some(most), ..Peeling::default() };
        let trajectory = peel(&cases, &peeling).unwrap();
        assert!(trajectory.steps.iter().all(|s| s.restricted <= most));
        assert_eq!(trajectory.steps.last().unwrap().restricted, most);
        let best = trajectory.best_by_restricted();
        assert!(best.iter().map(|s| s.restricted).eq(0..=most));
    }
}

/// Inputs of few values: a yes/no input is peeled as a whole, and the least mass is kept.
#[test]
fn tied_values_are_peeled_together() {
    let x = [vec![0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0], vec![3.0; 10]];
    let y: Vec<bool> = x[0].iter().map(|v| *v == 1.0).collect();
    let cases = Cases::new(columns(&x), &y).unwrap();
    let trajectory = peel(&cases, &Peeling::default()).unwrap();
    assert_eq!(trajectory.steps.len(), 2);
    let last = &trajectory.steps[1];
    assert_eq!(last.region.limits, [Limits { low: Some(0.5), high: None }, Limits::default()]);
    assert_eq!((last.measure.coverage(), last.measure.density()), (Some(1.0), Some(1.0)));
    let heavy = Peeling { least_mass: 0.6, ..Peeling::default() };
    assert_eq!(peel(&cases, &heavy).unwrap().steps.len(), 1);
}

proptest! {
    /// Along any trajectory coverage never rises, density always does, limits only tighten, counts are those of the box.
    #[test]
    fn peeling_is_monotone(
        seed in 0_u64..1000,
        levels in prop::option::of(1_u32..6),
        share in 0.02..0.5_f64,
        per_case in any::<bool>(),
    ) {
        let random = &mut ChaCha8Rng::seed_from_u64(seed);
        let mut x = uniforms(3, 200, random);
        if let Some(levels) = levels {
            x.iter_mut().flatten().for_each(|v| *v = (*v * f64::from(levels)).floor());
        }
        let noise = uniforms(1, 200, random);
        let y: Vec<bool> = (0..200).map(|c| x[0][c] - x[1][c] + noise[0][c] > 0.6).collect();
        prop_assume!(y.iter().any(|y| *y) && !y.iter().all(|y| *y));
        let cases = Cases::new(columns(&x), &y).unwrap();
        let objective = if per_case { Objective::GainPerCase } else { Objective::Gain };
        let peeling = Peeling { share, objective, ..Peeling::default() };
        let trajectory = peel(&cases, &peeling).unwrap();
        prop_assert_eq!(&trajectory.steps[0].region, &Region::everything(3));
        for pair in trajectory.steps.windows(2) {
            let (before, after) = (&pair[0].measure, &pair[1].measure);
            prop_assert!(after.of_interest_inside <= before.of_interest_inside);
            prop_assert!(after.density() > before.density());
            prop_assert!(after.inside as f64 >= 0.05 * 200.0);
            prop_assert_eq!(*after, pair[1].region.measure(&cases));
            prop_assert!((0..200).all(|c| !pair[1].region.contains(&cases, c) || pair[0].region.contains(&cases, c)));
        }
        for step in &trajectory.steps {
            let wider = paste(&cases, &step.region, 0.05).unwrap().measure(&cases);
            prop_assert!(wider.density() >= step.measure.density() && wider.inside >= step.measure.inside);
        }
    }
}

#[test]
fn impossible_searches_are_refused() {
    let (x, mixed) = ([vec![1.0, 2.0, 3.0]], [true, false, true]);
    let all = Cases::new(columns(&x), &[true; 3]).map(|c| peel(&c, &Peeling::default()));
    assert_eq!(all.unwrap(), Err(PrimError::AllOfInterest));
    let none = Cases::new(columns(&x), &[false; 3]).map(|c| peel(&c, &Peeling::default()));
    assert_eq!(none.unwrap(), Err(PrimError::NothingOfInterest));
    assert_eq!(Cases::new(Vec::new(), &mixed).unwrap_err(), PrimError::NoInputs);
    let short = Cases::new(vec![&x[0][1..]], &mixed);
    assert_eq!(short.unwrap_err(), PrimError::Lengths { input: 0, expected: 3, found: 2 });
    assert_eq!(Cases::new(vec![&[1.0, f64::NAN, 2.0]], &mixed).unwrap_err(), PrimError::NotFinite(0));
    let cases = Cases::new(columns(&x), &mixed).unwrap();
    for share in [0.0, 0.6, f64::NAN] {
        assert_eq!(peel(&cases, &Peeling { share, ..Peeling::default() }), Err(PrimError::Share));
    }
    assert_eq!(paste(&cases, &Region::everything(1), 0.0), Err(PrimError::Share));
}
