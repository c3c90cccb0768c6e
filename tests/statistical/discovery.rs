//! PRIM on the published case and on a planted box of `tests/fixtures/cases.json`.

use clustercast::stats::prim::{Cases, Limits, Peeling, peel};
use serde_json::Value;

use crate::fixture::Reference;

/// Columns of the data of Bryant & Lempert (2010) by name.
fn column(table: &[csv::StringRecord], heads: &csv::StringRecord, name: &str) -> Vec<f64> {
    let at = heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("no column {name}"));
    table.iter().map(|row| row[at].parse().unwrap()).collect()
}

fn close(found: f64, exact: &Value, what: &str) {
    let exact = exact.as_f64().unwrap();
    assert!((found - exact).abs() < 1e-12, "{what}: {found} instead of {exact}");
}

/// The same objective as the reference, hence the same trajectory to the last box, and the same limits.
#[test]
fn published_trajectory() {
    let reference = Reference::new("prim_bryant_lempert_alpha10");
    let mut reader = csv::Reader::from_reader(&include_bytes!("../fixtures/bryant_lempert_2010.csv")[..]);
    let heads = reader.headers().unwrap().clone();
    let table: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    let names: Vec<&str> =
        reference.value("params", "inputs").as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
    let inputs: Vec<Vec<f64>> = names.iter().map(|name| column(&table, &heads, name)).collect();
    let outcome = column(&table, &heads, reference.value("params", "outcome").as_str().unwrap());
    let of_interest: Vec<bool> = outcome.iter().map(|y| *y == 1.0).collect();
    let cases = Cases::new(inputs.iter().map(Vec::as_slice).collect(), &of_interest).unwrap();
    assert_eq!(cases.of_interest() as f64, reference.param("n_of_interest"));
    let peeling = Peeling {
        share: reference.param("peel_alpha"),
        least_mass: reference.param("mass_min"),
        ..Peeling::default()
    };
    let trajectory = peel(&cases, &peeling).unwrap();
    let expected = reference.value("expected", "trajectory").as_array().unwrap();
    assert_eq!(trajectory.steps.len(), expected.len());
    for (index, (step, exact)) in trajectory.steps.iter().zip(expected).enumerate() {
        close(step.measure.coverage().unwrap(), &exact["coverage"], &format!("coverage of box {index}"));
        close(step.measure.density().unwrap(), &exact["density"], &format!("density of box {index}"));
        close(step.measure.mass().unwrap(), &exact["mass"], &format!("mass of box {index}"));
        assert_eq!(Some(step.restricted as u64), exact["res_dim"].as_u64(), "box {index}");
    }
    let best = trajectory.best_by_restricted();
    let table = reference.value("expected", "by_res_dim").as_object().unwrap();
    assert_eq!(best.len(), table.len());
    for step in best {
        let exact = &table[&step.restricted.to_string()];
        let index = exact["index"].as_u64().unwrap() as usize;
        assert_eq!(step, &trajectory.steps[index]);
        for (input, name) in names.iter().enumerate() {
            let limits = step.region.limits[input];
            let Some(ends) = exact["box"].get(name) else {
                assert_eq!(limits, Limits::default(), "{name}");
                continue;
            };
            // the reference states the data's extremes where there is no limit
            let least = inputs[input].iter().copied().fold(f64::INFINITY, f64::min);
            let largest = inputs[input].iter().copied().fold(f64::NEG_INFINITY, f64::max);
            close(limits.low.unwrap_or(least), &ends[0], name);
            close(limits.high.unwrap_or(largest), &ends[1], name);
        }
    }
    // the threshold of the case: the fewest inputs that reach it
    let chosen = trajectory.choose(reference.param("threshold")).unwrap();
    assert_eq!((chosen.restricted, chosen.measure.of_interest_inside), (4, 65));
}

/// The first points of Sobol's sequence in five dimensions, unscrambled, in Gray-code order.
fn sobol(n: u32) -> Vec<Vec<f64>> {
    let primitive: [(&[u32], u32); 4] = [(&[1], 0), (&[1, 3], 1), (&[1, 3, 1], 1), (&[1, 1, 1], 2)];
    let mut directions: Vec<Vec<u32>> = vec![(0..32).map(|k| 1 << (31 - k)).collect()];
    for (start, a) in primitive {
        let s = start.len();
        let mut m: Vec<u32> = start.to_vec();
        for k in s..32 {
            let mut next = m[k - s] ^ (m[k - s] << s);
            for j in 1..s {
                if a >> (s - 1 - j) & 1 == 1 {
                    next ^= m[k - j] << j;
                }
            }
            m.push(next);
        }
        directions.push(m.iter().enumerate().map(|(k, m)| m << (31 - k)).collect());
    }
    let point = |v: &Vec<u32>, i: u32| {
        let gray = i ^ (i >> 1);
        let word = (0..32).filter(|k| gray >> k & 1 == 1).fold(0, |word, k| word ^ v[k]);
        f64::from(word) / 4_294_967_296.0
    };
    directions.iter().map(|v| (0..n).map(|i| point(v, i)).collect()).collect()
}

#[test]
fn planted_box() {
    let reference = Reference::new("prim_planted_box");
    let x = sobol(reference.param("N") as u32);
    let inside = |c: usize| x[0][c] > 0.6 && x[1][c] < 0.4 && x[3][c] > 0.25 && x[3][c] < 0.75;
    let y: Vec<bool> = (0..x[0].len()).map(inside).collect();
    assert_eq!(y.iter().filter(|y| **y).count() as f64, reference.expected("n_ones"));
    let cases = Cases::new(x.iter().map(Vec::as_slice).collect(), &y).unwrap();
    let peeling = Peeling { share: 0.05, least_mass: 0.05, ..Peeling::default() };
    let trajectory = peel(&cases, &peeling).unwrap();
    let step = trajectory.choose(0.95).unwrap();
    assert!(step.measure.coverage().unwrap() >= 0.85, "{step:?}");
    assert_eq!(step.region.restricted().collect::<Vec<_>>(), [0, 1, 3]);
    let truth = reference.value("expected", "true_box");
    for (input, side) in [("1", 0), ("2", 1), ("4", 0), ("4", 1)] {
        let limits = step.region.limits[input.parse::<usize>().unwrap() - 1];
        let found = [limits.low, limits.high][side].unwrap();
        let exact = truth[input][side].as_f64().unwrap();
        assert!((found - exact).abs() <= 0.05, "x{input}: {found} instead of {exact}");
    }
}
