//! The independent answers of `tests/fixtures/cases.json`, each through a scenario file and the engine.
//!
//! Not yearly projections, so left out: `integrated_ou` (its growth noise and level noise are two shocks a step),
//! `ou_log_level` (the level itself reverts, growth does not), `asian_linetsky` (a limit over ever finer
//! time steps) and `rng` (known answers of block functions; the engine's own generator meets its vector beside its
//! code). `hull_bsm_option` is one step of half a year, `quarters_to_year` one step of a correlated sum.

use crate::case::{BASE, Case, Measured, correlated, goal, segment};
use crate::check::{Lognormal, assert_moments, assert_probability, assert_quantile, assert_within};
use crate::fixture::{Reference, numbers};

const TRIALS: u64 = 1_000_000;
const TOTAL: &str = "province.province";

fn goals(reference: &Reference, year: i32) -> String {
    reference.table("p_at_least").iter().map(|(k, _)| goal(&format!("k{k}"), year, *k)).collect()
}

/// Probabilities and quantiles that the case lists.
fn check_distribution(id: &str, reference: &Reference, run: &Measured, year: i32) {
    for (k, p) in reference.table("p_at_least") {
        assert_probability(&format!("{id}: ≥ {k}"), run.target("none", &format!("k{k}")).hits, TRIALS, p);
    }
    for (q, exact) in reference.table("quantiles") {
        assert_quantile(id, run.sketch("none", TOTAL, year), q, exact);
    }
}

#[test]
fn lognormal() {
    for id in ["gbm_terminal_a", "gbm_terminal_b"] {
        let reference = Reference::new(id);
        let (s0, m, s, t) =
            (reference.param("S0"), reference.param("m"), reference.param("s"), reference.param("T"));
        let year = BASE + t as i32;
        let run = Case::new(t as i32, &(segment(s0, m, s) + &goals(&reference, year))).run(TRIALS, 101);
        check_distribution(id, &reference, &run, year);
        let law = Lognormal { mu: libm::log(s0) + t * m, sd: s * t.sqrt() };
        let raw = [1.0, 2.0, 3.0, 4.0].map(|p| law.moment(p));
        assert!((raw[0] - reference.expected("mean")).abs() < 1e-9);
        assert_moments(id, run.moments("none", TOTAL, year), raw);
        for (k, exact) in reference.table("expected_shortfall_to_target") {
            let (mean, second) = law.shortfall(k);
            assert!((mean - exact).abs() < 1e-9, "{id}: own closed form of the shortfall");
            let found = run.target_sums("none", &format!("k{k}")).shortfall.mean().unwrap();
            assert_within(
                &format!("{id}: shortfall to {k}"),
                found,
                exact,
                ((second - mean * mean) / TRIALS as f64).sqrt(),
            );
        }
    }
}

#[test]
fn lognormal_option_prices() {
    let reference = Reference::new("hull_bsm_option");
    let [s0, k, r, sigma, t] = ["S0", "K", "r", "sigma", "T"].map(|key| reference.param(key));
    let (m, s) = ((r - 0.5 * sigma * sigma) * t, sigma * t.sqrt());
    let call = format!("[[target]]\nid = \"call\"\nyear = 2001\nat_most = {k:?}\n");
    let run = Case::new(1, &(segment(s0, m, s) + &goal("put", 2001, k) + &call)).run(TRIALS, 102);
    // discounted shortfalls of a floor and a cap are the prices of a put and a call
    let discount = libm::exp(-r * t);
    let law = Lognormal { mu: libm::log(s0) + m, sd: s };
    let (put, put_second) = law.shortfall(k);
    // call payoff = S − K + put payoff; the product of (S − K) and put payoff is minus the put's square
    let spread_second = law.moment(2.0) - 2.0 * k * law.moment(1.0) + k * k;
    let (mean, second) = (law.moment(1.0) - k + put, spread_second - put_second);
    for (id, mean, second) in [("put", put, put_second), ("call", mean, second)] {
        let exact = reference.expected(id);
        assert!((discount * mean - exact).abs() < 1e-9, "own closed form of the {id}");
        let found = discount * run.target_sums("none", id).shortfall.mean().unwrap();
        assert_within(id, found, exact, discount * ((second - mean * mean) / TRIALS as f64).sqrt());
    }
}

/// A segment whose log growth is `m + φ (g − m) + s ε` from `g0` in the base year.
fn ar1(s0: f64, m: f64, phi: f64, s: f64, g0: f64) -> String {
    let (tau, start) = (s / (1.0 - phi * phi).sqrt(), g0 - m);
    format!("[nation.cycle]\nvolatility = {tau:?}\npersistence = {phi:?}\nstart = {start:?}\n")
        + &segment(s0, m, 0.0)
}

#[test]
fn autoregressive_growth() {
    for id in ["ar1_growth_a", "ar1_growth_b_negative"] {
        let reference = Reference::new(id);
        let [l0, m, phi, s, g0, t, k] =
            ["L0", "m", "phi", "s", "g0", "T", "K"].map(|key| reference.param(key));
        let body = ar1(libm::exp(l0), m, phi, s, g0) + &goal("k", BASE + t as i32, k);
        let run = Case::new(t as i32, &body).run(TRIALS, 103);
        let hits = run.target("none", "k").hits;
        assert_probability(id, hits, TRIALS, reference.expected("p_target"));
        for row in reference.value("expected", "rows").as_array().unwrap() {
            let row = numbers(row);
            let law = Lognormal { mu: row[3], sd: row[4].sqrt() };
            let year = BASE + row[0] as i32;
            let raw = [1.0, 2.0, 3.0, 4.0].map(|p| law.moment(p));
            assert_moments(&format!("{id} {year}"), run.moments("none", TOTAL, year), raw);
            assert_quantile(&format!("{id} {year}"), run.sketch("none", TOTAL, year), 0.5, libm::exp(law.mu));
        }
    }
}

#[test]
fn jump_diffusion() {
    for id in ["merton_jump_price_cut", "merton_jump_both"] {
        let reference = Reference::new(id);
        let [s0, m, s, t] = ["S0", "m", "s", "T"].map(|key| reference.param(key));
        let year = BASE + t as i32;
        let mut body = segment(s0, m, s) + &goals(&reference, year);
        let mut ln_moment = [0.0; 4];
        for (p, ln) in (1..).zip(&mut ln_moment) {
            let p = f64::from(p);
            *ln = p * libm::log(s0) + t * (p * m + 0.5 * p * p * s * s);
        }
        for (number, jump) in reference.value("params", "jumps").as_array().unwrap().iter().enumerate() {
            let [rate, mean, sd] = ["rate", "mean", "sd"].map(|key| jump[key].as_f64().unwrap());
            body += &format!(
                "[[event]]\nid = \"e{number}\"\nrate = {rate:?}\n\
                 log_change = {{ dist = \"normal\", mean = {mean:?}, sd = {sd:?} }}\n"
            );
            for (p, ln) in (1..).zip(&mut ln_moment) {
                let p = f64::from(p);
                *ln += rate * t * libm::expm1(p * mean + 0.5 * p * p * sd * sd);
            }
        }
        let run = Case::new(t as i32, &body).run(TRIALS, 104);
        check_distribution(id, &reference, &run, year);
        let raw = ln_moment.map(libm::exp);
        assert!((raw[0] / reference.expected("mean") - 1.0).abs() < 1e-9, "{id}: own mean");
        assert_moments(id, run.moments("none", TOTAL, year), raw);
    }
}

#[test]
fn bernoulli_jumps() {
    let reference = Reference::new("bernoulli_jump_a");
    let [s0, m, s, p, mean, sd, t, k] =
        ["S0", "m", "s", "p", "jump_mean", "jump_sd", "T", "K"].map(|key| reference.param(key));
    let year = BASE + t as i32;
    let event = format!(
        "[[event]]\nid = \"e\"\nprobability = {p:?}\n\
         log_change = {{ dist = \"normal\", mean = {mean:?}, sd = {sd:?} }}\n"
    );
    let run = Case::new(t as i32, &(segment(s0, m, s) + &event + &goal("k", year, k))).run(TRIALS, 105);
    assert_probability("target", run.target("none", "k").hits, TRIALS, reference.expected("p_target"));
    let raw = [1.0, 2.0, 3.0, 4.0].map(|q| {
        let steady = q * libm::log(s0) + t * (q * m + 0.5 * q * q * s * s);
        libm::exp(steady + t * libm::log1p(p * libm::expm1(q * mean + 0.5 * q * q * sd * sd)))
    });
    assert!((raw[0] / reference.expected("mean") - 1.0).abs() < 1e-9);
    assert_moments("bernoulli", run.moments("none", TOTAL, year), raw);
}

#[test]
fn regimes() {
    let reference = Reference::new("regime_growth_a");
    let (s0, t, k) = (reference.param("S0"), reference.param("T"), reference.param("K"));
    let (mu, sd, start) = (reference.params("mu"), reference.params("sd"), reference.params("pi0"));
    let chain: Vec<Vec<f64>> =
        reference.value("params", "P").as_array().unwrap().iter().map(numbers).collect();
    let body = format!(
        "[nation.regimes]\nto_downturn = {:?}\nto_normal = {:?}\nstart_downturn = {:?}\n\
         normal = {{ mean = {:?}, volatility = {:?} }}\ndownturn = {{ mean = {:?}, volatility = {:?} }}\n",
        chain[0][1], chain[1][0], start[1], mu[0], sd[0], mu[1], sd[1]
    );
    let year = BASE + t as i32;
    let run = Case::new(t as i32, &(body + &segment(s0, 0.0, 0.0) + &goal("k", year, k))).run(TRIALS, 106);
    assert_probability("target", run.target("none", "k").hits, TRIALS, reference.expected("p_target"));
    // E S^p: forward product of the chain with the growth moment of each regime
    let raw = [1.0, 2.0, 3.0, 4.0].map(|p: f64| {
        let grow = |r: usize| libm::exp(p * mu[r] + 0.5 * p * p * sd[r] * sd[r]);
        let mut weight = [start[0], start[1]];
        for step in 0..t as usize {
            if step > 0 {
                weight = [0, 1].map(|to| weight[0] * chain[0][to] + weight[1] * chain[1][to]);
            }
            weight = [0, 1].map(|r| weight[r] * grow(r));
        }
        libm::pow(s0, p) * (weight[0] + weight[1])
    });
    assert!((raw[0] / reference.expected("mean") - 1.0).abs() < 1e-9);
    assert_moments("regimes", run.moments("none", TOTAL, year), raw);
}

/// `E (Σ R_i)^p` of jointly lognormal `R`, by enumeration of all products of `p` factors.
fn sum_moments(mu: &[f64], sd: &[f64], correlation: &dyn Fn(usize, usize) -> f64) -> [f64; 4] {
    let n = mu.len();
    [1, 2, 3, 4].map(|p| {
        (0..n.pow(p))
            .map(|code| {
                let factors: Vec<usize> = (0..p).map(|k| code / n.pow(k) % n).collect();
                let mean: f64 = factors.iter().map(|&i| mu[i]).sum();
                let pairs = factors.iter().flat_map(|&i| factors.iter().map(move |&j| (i, j)));
                let variance: f64 = pairs.map(|(i, j)| sd[i] * sd[j] * correlation(i, j)).sum();
                libm::exp(mean + 0.5 * variance)
            })
            .sum()
    })
}

fn check_sum(
    id: &str,
    reference: &Reference,
    mu: &[f64],
    sd: &[f64],
    correlation: &dyn Fn(usize, usize) -> f64,
) {
    let run = Case::new(1, &(correlated(mu, sd, correlation) + &goals(reference, 2001))).run(TRIALS, 107);
    check_distribution(id, reference, &run, 2001);
    let raw = sum_moments(mu, sd, correlation);
    assert!((raw[0] / reference.expected("mean") - 1.0).abs() < 1e-9, "{id}: own mean");
    assert!(
        ((raw[1] - raw[0] * raw[0]) / reference.expected("var") - 1.0).abs() < 1e-9,
        "{id}: own variance"
    );
    assert_moments(id, run.moments("none", TOTAL, 2001), raw);
}

#[test]
fn sums_of_lognormals() {
    for id in ["sum_lognormals_2d_a", "sum_lognormals_3d_a", "sum_lognormals_12_moments"] {
        let reference = Reference::new(id);
        let matrix: Vec<Vec<f64>> =
            reference.value("params", "R").as_array().unwrap().iter().map(numbers).collect();
        check_sum(id, &reference, &reference.params("mu"), &reference.params("sd"), &|i, j| matrix[i][j]);
    }
}

#[test]
fn quarters_of_one_year() {
    for id in ["quarters_to_year_3", "quarters_to_year_4"] {
        let reference = Reference::new(id);
        let [s0, m, s, n] = ["S0", "m", "s", "n"].map(|key| reference.param(key));
        let quarters: Vec<f64> = (1..=n as u32).map(f64::from).collect();
        let mu: Vec<f64> = quarters.iter().map(|k| libm::log(s0) + k * m).collect();
        let sd: Vec<f64> = quarters.iter().map(|k| s * k.sqrt()).collect();
        // growth accumulates: Cov(ln R_j, ln R_k) = s² min(j, k)
        let correlation = |i: usize, j: usize| (quarters[i.min(j)] / quarters[i.max(j)]).sqrt();
        check_sum(id, &reference, &mu, &sd, &correlation);
    }
}

#[test]
fn first_passage() {
    for id in ["first_passage_a", "first_passage_d", "first_passage_ar1_a"] {
        let reference = Reference::new(id);
        let [s0, m, s, k, t] = ["S0", "m", "s", "K", "T"].map(|key| reference.param(key));
        let mut body = match reference.value("params", "phi").as_f64() {
            Some(phi) => ar1(s0, m, phi, s, reference.param("g0")),
            None => segment(s0, m, s),
        };
        for year in 1..=t as i32 {
            body += &format!("[[target]]\nid = \"by{year}\"\nby = {}\nat_least = {k:?}\n", BASE + year);
        }
        let run = Case::new(t as i32, &body).run(TRIALS, 108);
        let [pmf, by] =
            ["first_passage_pmf", "p_by_year"].map(|key| numbers(reference.value("expected", key)));
        let last = run.target("none", &format!("by{t}"));
        for year in 1..=t as usize {
            assert_probability(
                &format!("{id}: first in {year}"),
                last.first_year[year],
                TRIALS,
                pmf[year - 1],
            );
            let hits = run.target("none", &format!("by{year}")).hits;
            assert_probability(&format!("{id}: by {year}"), hits, TRIALS, by[year - 1]);
        }
        if let Some(terminal) = reference.value("expected", "terminal_only").as_array() {
            let sketch = run.sketch("none", TOTAL, BASE + t as i32);
            let q = 1.0 - terminal[t as usize - 1].as_f64().unwrap();
            assert_quantile(&format!("{id}: terminal"), sketch, q, k);
        }
    }
}

/// Both clusters `k0` and `k1` beyond their levels, on either side.
fn pair_targets(levels: [f64; 2]) -> String {
    let mut body = String::new();
    for (kind, comparison) in [("above", "at_least"), ("below", "at_most")] {
        for (k, level) in levels.iter().enumerate() {
            body += &format!(
                "[[target]]\nid = \"{kind}{k}\"\nscope = \"cluster.k{k}\"\nyear = 2001\n{comparison} = {level:?}\n"
            );
        }
        body += &format!("[[target]]\nid = \"{kind}\"\nall_of = [\"{kind}0\", \"{kind}1\"]\n");
    }
    body
}

#[test]
fn gaussian_copula() {
    for id in ["gaussian_copula_pair_a", "gaussian_copula_pair_c"] {
        let reference = Reference::new(id);
        let [rho, a, b] = ["rho", "a", "b"].map(|key| reference.param(key));
        let base = libm::log(100.0);
        let cycles = correlated(&[base, base], &[0.1, 0.1], &|_, _| rho)
            + &pair_targets([a, b].map(|x| 100.0 * libm::exp(0.1 * x)));
        let quantities = |kind: &str, correlation: f64| {
            let mut body = "[[industry]]\nid = \"s\"\ntrend = 0\n".to_owned();
            for k in 0..2 {
                body += &format!(
                    "[[cluster]]\nid = \"k{k}\"\nbase = {{ dist = \"normal\", mean = 100, sd = 10 }}\n"
                );
            }
            body += "[[dependence]]\nof = [\"cluster.k0.base\", \"cluster.k1.base\"]\n";
            body += &format!("kind = \"{kind}\"\ncorrelation = {correlation:?}\n");
            body + &pair_targets([a, b].map(|x| 100.0 + 10.0 * x))
        };
        let cases = [
            ("cycles", cycles),
            ("normal", quantities("normal", rho)),
            ("rank", quantities("rank", reference.expected("spearman_rho"))),
        ];
        for (what, body) in cases {
            let run = Case::new(1, &body).run(TRIALS, 109);
            for (kind, key) in [("above", "p_both_above"), ("below", "p_both_below")] {
                let hits = run.target("none", kind).hits;
                assert_probability(&format!("{id}: {what}: {kind}"), hits, TRIALS, reference.expected(key));
            }
        }
    }
}

#[test]
fn student_copula() {
    let reference = Reference::new("t_copula_pair_a");
    let [nu, rho, q] = ["nu", "rho", "q"].map(|key| reference.param(key));
    assert_eq!(nu, 4.0, "the closed form of the quantile below holds for 4 degrees of freedom");
    // Shaw (2006), Journal of Computational Finance 9:37–73
    let alpha = (4.0 * q * (1.0 - q)).sqrt();
    let quantile = 2.0 * (libm::cos(libm::acos(alpha) / 3.0) / alpha - 1.0).sqrt();
    let unit = quantile * ((nu - 2.0) / nu).sqrt();
    let base = libm::log(100.0);
    let level = 100.0 * libm::exp(0.1 * unit);
    let body = format!("[tails]\ncycles = {nu:?}\n")
        + &correlated(&[base, base], &[0.1, 0.1], &|_, _| rho)
        + &pair_targets([level, level]);
    let run = Case::new(1, &body).run(TRIALS, 110);
    assert_probability(
        "both",
        run.target("none", "above").hits,
        TRIALS,
        reference.expected("p_joint_exceed"),
    );
    for id in ["above0", "above1"] {
        assert_probability(id, run.target("none", id).hits, TRIALS, 1.0 - q);
    }
}

#[test]
fn special_functions() {
    let reference = Reference::new("normal_special_functions");
    let (p, x) = (reference.params("p"), reference.params("x"));
    for (p, exact) in p.iter().zip(numbers(reference.value("expected", "ppf"))) {
        let found = clustercast::math::special::normal_quantile(*p);
        assert!((found - exact).abs() <= 1e-14 * exact.abs().max(1e-2), "ppf {p}: {found} {exact}");
    }
    for (x, exact) in x.iter().zip(numbers(reference.value("expected", "cdf"))) {
        let found = clustercast::math::elementary::normal_cdf(*x);
        // the answer at −38 is subnormal and given to nine digits
        let relative = if exact < f64::MIN_POSITIVE { 1e-8 } else { 1e-14 };
        assert!((found - exact).abs() <= relative * exact, "cdf {x}: {found} {exact}");
    }
}

#[test]
fn fund_of_given_size() {
    for id in ["inverse_fund_a", "inverse_fund_b_infeasible"] {
        let reference = Reference::new(id);
        let [s0, m, s, t, k, a, b, lag] =
            ["S0", "m", "s", "T", "K", "a", "b", "lag"].map(|key| reference.param(key));
        let mut body = segment(s0, m, s) + &goal("k", BASE + t as i32, k);
        body += &format!(
            "[[instrument]]\nid = \"fund\"\nmoney = {{ total = 1, from = {BASE}, to = {BASE} }}\n\
             growth = {{ uplift = {a:?}, scale = {b:?}, lag = {lag} }}\n\
             [[policy]]\nid = \"none\"\ninstruments = []\n"
        );
        let mut answers = reference.table("p_at");
        answers.push((1e4, reference.expected("p_sup")));
        if let Some(fund) = reference.value("expected", "fund").as_f64() {
            answers.push((fund, reference.param("P")));
        }
        for (number, (fund, _)) in answers.iter().enumerate() {
            body += &format!(
                "[[policy]]\nid = \"f{number}\"\ninstruments = [\"fund\"]\n\
                 set = {{ \"instrument.fund.money.total\" = {fund:?} }}\n"
            );
        }
        let run = Case::new(t as i32, &body).run(TRIALS, 111);
        assert_probability(id, run.target("none", "k").hits, TRIALS, reference.expected("p_without"));
        for (number, (fund, p)) in answers.iter().enumerate() {
            let hits = run.target(&format!("f{number}"), "k").hits;
            assert_probability(&format!("{id}: fund {fund}"), hits, TRIALS, *p);
        }
    }
}
