//! Sobol' indices and Shapley effects of functions with closed forms, and how often the stated intervals hold.

use clustercast::math::elementary::{normal_score, uniform};
use clustercast::math::{LANES, Vector};
use clustercast::random::Stream;
use clustercast::stats::conditional::Conditional;
use clustercast::stats::information::{partial_information, variance_share};
use clustercast::stats::shapley_effects::ShapleyEffects;
use clustercast::stats::sobol_indices::{Index, closed_index, indices};
use clustercast::stats::{Estimate, Level};

use crate::check::{assert_within, density, phi};
use crate::fixture::Reference;

/// `n` words of the stream of this name.
fn words(name: &str, n: usize) -> Vec<u32> {
    let (stream, mut all) = (Stream::new(2024, name), Vec::new());
    for block in 0..n.div_ceil(LANES) {
        let mut out = [0; LANES];
        stream.words(Vector::detect(), block as u64, 0, 0, &mut out);
        all.extend(out);
    }
    all.truncate(n);
    all
}

fn normals(name: &str, n: usize) -> Vec<f64> {
    words(name, n).into_iter().map(normal_score).collect()
}

fn uniforms(name: &str, n: usize) -> Vec<f64> {
    words(name, n).into_iter().map(uniform).collect()
}

/// H0: the estimate is normal about the closed form with the standard error it states.
fn assert_index(what: &str, estimate: Estimate, exact: f64) {
    // an exact 0 or 1 has no error but rounding
    if (estimate.value - exact).abs() > 1e-12 {
        assert_within(what, estimate.value, exact, estimate.standard_error);
    }
}

/// Columns of the inputs of two independent samples, and a function of one row.
struct Design<F> {
    a: Vec<Vec<f64>>,
    b: Vec<Vec<f64>>,
    f: F,
}

impl<F: Fn(&[f64]) -> f64> Design<F> {
    /// Inputs from the law that `draw(name, n)` draws.
    fn new(id: &str, d: usize, n: usize, draw: fn(&str, usize) -> Vec<f64>, f: F) -> Self {
        let sample =
            |part: &str| (0..d).map(|i| draw(&format!("{id}/{part}/{i}"), n)).collect::<Vec<Vec<f64>>>();
        Self { a: sample("a"), b: sample("b"), f }
    }

    /// Outputs with the inputs of `mask` from B and all others from A.
    fn outputs(&self, mask: u64) -> Vec<f64> {
        let column = |i: usize| if mask >> i & 1 == 1 { &self.b[i] } else { &self.a[i] };
        let row = |t: usize| (0..self.a.len()).map(|i| column(i)[t]).collect::<Vec<f64>>();
        (0..self.a[0].len()).map(|t| (self.f)(&row(t))).collect()
    }

    /// Checks first-order and total indices against the case, and Shapley effects from the first `trials` rows.
    fn check(&mut self, id: &str, trials: usize) {
        let reference = Reference::new(id);
        let list = |key| crate::fixture::numbers(reference.value("expected", key));
        let d = self.a.len();
        let all = (1_u64 << d) - 1;
        let (y_a, y_b) = (self.outputs(0), self.outputs(all));
        for (i, (first, total)) in list("S1").into_iter().zip(list("ST")).enumerate() {
            let found = indices(&y_a, &y_b, &self.outputs(1 << i)).unwrap();
            assert_index(&format!("{id}: S{i}"), found.first.estimate, first);
            assert_index(&format!("{id}: ST{i}"), found.total.estimate, total);
        }
        self.a.iter_mut().chain(&mut self.b).for_each(|column| column.truncate(trials));
        let (y_a, y_b) = (&y_a[..trials], &y_b[..trials]);
        let mut effects = ShapleyEffects::exact(d, trials).unwrap();
        while let Some(&mask) = effects.missing().first() {
            let found = indices(y_a, y_b, &self.outputs(mask)).unwrap();
            effects.add_index(mask, &found.first).unwrap();
            effects.add_index(all & !mask, &found.total.complement()).unwrap();
        }
        for (i, (effect, exact)) in effects.finish().unwrap().iter().zip(list("shapley")).enumerate() {
            assert_index(&format!("{id}: Shapley effect {i}"), effect.estimate, exact);
        }
    }
}

#[test]
fn ishigami() {
    let id = "sobol_ishigami_a7_b01";
    let reference = Reference::new(id);
    let (a, b) = (reference.param("a"), reference.param("b"));
    let f = |u: &[f64]| {
        let angle = |u: f64| (2.0 * u - 1.0) * core::f64::consts::PI;
        let (s1, s2, x3) = (libm::sin(angle(u[0])), libm::sin(angle(u[1])), angle(u[2]));
        s1 + a * s2 * s2 + b * libm::pow(x3, 4.0) * s1
    };
    Design::new(id, 3, 1 << 16, uniforms, f).check(id, 1 << 16);
}

#[test]
fn products() {
    for id in ["sobol_g8", "sobol_gstar10_a", "sobol_gstar10_b", "sobol_gstar10_c"] {
        let reference = Reference::new(id);
        let (a, alpha) = (reference.params("a"), reference.params("alpha"));
        let f = |u: &[f64]| {
            let factor = |i: usize| {
                let v = (2.0 * u[i] - 1.0).abs();
                let power = if alpha[i] == 1.0 {
                    v
                } else if alpha[i] == 2.0 {
                    v * v
                } else {
                    libm::pow(v, alpha[i])
                };
                ((1.0 + alpha[i]) * power + a[i]) / (1.0 + a[i])
            };
            (0..u.len()).map(factor).product::<f64>()
        };
        Design::new(id, a.len(), 1 << 14, uniforms, f).check(id, 1 << 11);
    }
}

#[test]
fn lognormal_product() {
    let id = "sobol_lognormal_product";
    let a = Reference::new(id).params("a");
    let f = |z: &[f64]| libm::exp(z.iter().zip(&a).map(|(z, a)| z * a).sum());
    Design::new(id, 5, 1 << 16, normals, f).check(id, 1 << 14);
}

/// Dependent inputs: the rest is redrawn from its law given what is kept.
#[test]
fn correlated_normals() {
    const N: usize = 1 << 16;
    let reference = Reference::new("shapley_gaussian_3a");
    let (beta, sd, rho) = (reference.params("beta"), reference.params("sd"), reference.param("rho23"));
    let matrix = [1.0, 0.0, 0.0, 0.0, 1.0, rho, 0.0, rho, 1.0];
    let output = |z: &[f64]| (0..3).map(|i| beta[i] * sd[i] * z[i]).sum::<f64>();
    let fresh = |name: &str| (0..3).map(|i| normals(&format!("{name}/{i}"), N)).collect::<Vec<_>>();
    let fill = |law: &Conditional, fresh: &[Vec<f64>], z: &mut [f64], t: usize| {
        let fresh: Vec<f64> = fresh[..law.rest().len()].iter().map(|column| column[t]).collect();
        law.fill(&fresh, z);
    };
    let (whole, start) = (Conditional::new(3, &matrix, 0).unwrap(), fresh("start"));
    let z: Vec<[f64; 3]> = (0..N)
        .map(|t| {
            let mut z = [0.0; 3];
            fill(&whole, &start, &mut z, t);
            z
        })
        .collect();
    let y: Vec<f64> = z.iter().map(|z| output(z)).collect();
    let closed: Vec<Option<Index>> = (0..7_u64)
        .map(|mask| {
            if mask == 0 {
                return None;
            }
            let (law, again) = (Conditional::new(3, &matrix, mask).unwrap(), fresh(&format!("again{mask}")));
            let redrawn = |t: usize| {
                let mut z = z[t];
                fill(&law, &again, &mut z, t);
                output(&z)
            };
            Some(closed_index(&y, &(0..N).map(redrawn).collect::<Vec<f64>>()).unwrap())
        })
        .collect();
    let list = |key| crate::fixture::numbers(reference.value("expected", key));
    let mut effects = ShapleyEffects::exact(3, N).unwrap();
    for (mask, index) in closed.iter().enumerate() {
        if let Some(index) = index {
            effects.add_index(mask as u64, index).unwrap();
        }
    }
    let effects = effects.finish().unwrap();
    for i in 0..3 {
        let (only, others) = (closed[1 << i].clone().unwrap(), closed[7 & !(1 << i)].clone().unwrap());
        assert_index(&format!("S{i}"), only.estimate, list("S1")[i]);
        assert_index(&format!("ST{i}"), others.complement().estimate, list("ST")[i]);
        assert_index(&format!("Shapley effect {i}"), effects[i].estimate, list("shapley")[i]);
    }
}

/// H0: 95 % intervals hold the truth in 93.5 to 96.5 % of samples. Rejected outside of 90.8 to 98.5 % of 2000, at least 4.9
/// standard errors beyond.
#[test]
fn stated_intervals_cover() {
    const SAMPLES: usize = 2000;
    const N: usize = 300;
    let f = |z: &[f64]| z[0] + 0.5 * z[1] + 0.3 * z[0] * z[1] + 0.2 * z[2];
    let variance = 1.0 + 0.25 + 0.09 + 0.04;
    let wide = Design::new("cover", 3, SAMPLES * N, normals, f);
    let columns: Vec<Vec<f64>> = [0, 7, 1, 2].map(|mask| wide.outputs(mask)).into();
    // the payoff of the second option is that of the first plus Y − 0.4, seen through noise
    let truth = [
        ("first-order", 1.0 / variance),
        ("total", (0.25 + 0.09) / variance),
        ("correlation ratio", 1.0 / variance),
        ("partial information", density(0.4) - 0.4 * phi(-0.4)),
    ];
    let mut held = [0_usize; 4];
    for sample in 0..SAMPLES {
        let part = sample * N..(sample + 1) * N;
        let [a, b, ab0, ab1] = [0, 1, 2, 3].map(|c: usize| &columns[c][part.clone()]);
        let x = &wide.a[0][part.clone()];
        let risky: Vec<f64> = a.iter().map(|y| y - 0.4).collect();
        let found = [
            indices(a, b, ab0).unwrap().first.estimate,
            indices(a, b, ab1).unwrap().total.estimate,
            variance_share(x, a).unwrap(),
            partial_information(x, &[&vec![0.0; N], &risky]).unwrap().value,
        ];
        for ((held, found), (_, exact)) in held.iter_mut().zip(found).zip(truth) {
            *held += usize::from(found.interval(Level::P95).contains(exact));
        }
    }
    for (held, (what, _)) in held.into_iter().zip(truth) {
        let share = held as f64 / SAMPLES as f64;
        assert!((0.908..=0.985).contains(&share), "{what}: {share}");
    }
}
