//! Joint and conditional targets of several provinces and clusters against orthant probabilities.
//!
//! Groups and conditional probabilities are judged in the same trials as their members, so what is checked here is the
//! dependence between them: that of provinces through the national cycle, and that of correlated cycles.

use clustercast::plan::conditional_groups;

use crate::case::{BASE, Case, Measured, correlated};
use crate::check::{assert_probability, density, phi, simpson};
use crate::fixture::{Reference, numbers};

const TRIALS: u64 = 1_000_000;
const SEED: u64 = 2_0271;

/// `n` provinces of one cluster each. Their log growth has standard deviation 0.1 and correlation `rho`, all of it
/// from the national cycle.
fn provinces(n: usize, rho: f64) -> String {
    let (common, own) = (0.1 * rho.sqrt(), 0.1 * (1.0 - rho).sqrt());
    let mut body =
        format!("[nation]\ncycle = {{ volatility = {common:?} }}\n[[industry]]\nid = \"s\"\ntrend = 0\n");
    for i in 0..n {
        body += &format!(
            "[[province]]\nid = \"p{i}\"\ncycle = {{ volatility = {own:?} }}\n\
             [[cluster]]\nid = \"c{i}\"\nprovince = \"p{i}\"\nbase = 100\n"
        );
    }
    body
}

/// Targets `prefix0`, `prefix1`, …: the figure of each scope is at least (`above`) or at most `exp(0.1 b)` times 100.
fn targets(prefix: &str, scope: &str, b: &[f64], above: bool) -> (String, String) {
    let (mut body, mut ids) = (String::new(), Vec::new());
    let comparison = if above { "at_least" } else { "at_most" };
    for (i, b) in b.iter().enumerate() {
        let level = 100.0 * libm::exp(0.1 * b);
        let year = BASE + 1;
        body += &format!(
            "[[target]]\nid = \"{prefix}{i}\"\nscope = \"{scope}{i}\"\nyear = {year}\n{comparison} = {level:?}\n"
        );
        ids.push(format!("\"{prefix}{i}\""));
    }
    (body, ids.join(", "))
}

fn group(id: &str, rule: &str, members: &str) -> String {
    format!("[[target]]\nid = \"{id}\"\n{rule} = [{members}]\n")
}

fn conditional(id: &str, target: &str, given: &str) -> String {
    format!("[[conditional]]\nid = \"{id}\"\ntarget = \"{target}\"\ngiven = [{given}]\n")
}

/// H0: a target is met with probability `p`.
fn met(what: &str, run: &Measured, id: &str, p: f64) {
    assert_probability(what, run.target("none", id).hits, TRIALS, p);
}

/// H0: given the number of trials that meet what is given, those that meet the target are binomial with `p`.
fn met_given(what: &str, run: &Measured, id: &str, p: f64) {
    let [given, both] = conditional_groups(id);
    let n = run.target("none", &given).hits;
    assert!(n > 1_000, "{what}: only {n} trials meet what is given");
    assert_probability(what, run.target("none", &both).hits, n, p);
}

#[test]
fn provinces_meet_their_medians_together() {
    for id in ["orthant_equi_5", "orthant_equi_10"] {
        let case = Reference::new(id);
        let n = case.param("n") as usize;
        let (body, all) = targets("t", "province.p", &vec![0.0; n], true);
        let (_, others) = all.split_once(", ").unwrap();
        let body = provinces(n, case.param("rho"))
            + &body
            + &group("all", "all_of", &all)
            + &conditional("first-given-others", "t0", others)
            + &conditional("all-given-first", "all", "\"t0\"");
        let run = Case::new(1, &body).run(TRIALS, SEED);
        let p = case.expected("p");
        met(id, &run, "all", p);
        // Dunnett & Sobel 1955: with correlation 1/2, P(all n above their medians) = 1/(n + 1)
        let fewer = 1.0 / n as f64;
        met_given("first given the others", &run, "first-given-others", p / fewer);
        met_given("all given the first", &run, "all-given-first", p / 0.5);
    }
}

#[test]
fn equicorrelated_targets_all_and_any() {
    let case = Reference::new("joint_targets_equi_a");
    let (n, b) = (case.param("n") as usize, case.param("b"));
    let (below, all_below) = targets("below", "province.p", &vec![b; n], false);
    let (above, all_above) = targets("above", "province.p", &vec![-b; n], true);
    let (exceeds, any) = targets("exceeds", "province.p", &vec![b; n], true);
    let body = provinces(n, case.param("rho"))
        + &below
        + &above
        + &exceeds
        + &group("all-below", "all_of", &all_below)
        + &group("all-above", "all_of", &all_above)
        + &group("any", "any_of", &any)
        + &conditional("all-given-one", "all-above", "\"above2\"");
    let run = Case::new(1, &body).run(TRIALS, SEED);
    let all = case.expected("p_all");
    met("all at most b", &run, "all-below", all);
    met("all at least −b", &run, "all-above", all);
    met("any above b", &run, "any", case.expected("p_any_exceeds"));
    met_given("all given one", &run, "all-given-one", all / phi(b));
}

/// Correlations above the diagonal of the matrix `R` of a case.
fn correlations(case: &Reference) -> Vec<Vec<f64>> {
    case.value("params", "R").as_array().unwrap().iter().map(numbers).collect()
}

/// Three clusters whose industries' cycles have the correlations of a case.
fn three(case: &Reference) -> String {
    let r = correlations(case);
    correlated(&[libm::log(100.0); 3], &[0.1; 3], &|i, j| r[i][j])
}

#[test]
fn three_correlated_clusters_above_their_medians() {
    let case = Reference::new("orthant_trivariate");
    let r = correlations(&case);
    let (body, all) = targets("t", "cluster.k", &[0.0; 3], true);
    let body = three(&case)
        + &body
        + &group("all", "all_of", &all)
        + &conditional("first-given-rest", "t0", "\"t1\", \"t2\"")
        + &conditional("third-given-first", "t2", "\"t0\"");
    let run = Case::new(1, &body).run(TRIALS, SEED);
    let p = case.expected("p");
    met("all", &run, "all", p);
    // Sheppard 1899: P(X > 0, Y > 0) = 1/4 + asin(r) / 2π
    let pair = |r: f64| 0.25 + libm::asin(r) / (2.0 * core::f64::consts::PI);
    met_given("first given the rest", &run, "first-given-rest", p / pair(r[1][2]));
    met_given("third given the first", &run, "third-given-first", pair(r[0][2]) / 0.5);
}

#[test]
fn genz_trivariate() {
    let case = Reference::new("genz_trivariate");
    let (r, b) = (correlations(&case), numbers(case.value("params", "b")));
    let (body, all) = targets("t", "cluster.k", &b, false);
    let body = three(&case)
        + &body
        + &group("all", "all_of", &all)
        + &conditional("first-given-rest", "t0", "\"t1\", \"t2\"");
    let run = Case::new(1, &body).run(TRIALS, SEED);
    let p = case.expected("p");
    met("all", &run, "all", p);
    let rho = r[1][2];
    let within = |x: f64| density(x) * phi((b[1] - rho * x) / (1.0 - rho * rho).sqrt());
    let rest = simpson(-9.0, b[2], 2_000, within);
    met_given("first given the rest", &run, "first-given-rest", p / rest);
}
