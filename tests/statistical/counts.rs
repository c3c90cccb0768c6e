//! Counts of firms against the independent answers of the reference, through scenario files.

use crate::case::{BASE, Case, segment};
use crate::check::{Z, assert_probability, assert_within, phi};
use crate::fixture::{Reference, numbers};

const TRIALS: u64 = 1_000_000;
const TOTAL: &str = "province.province";

/// Standard normal quantile by bisection.
fn quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-12.0, 12.0);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if phi(middle) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Targets `k<n>` on the number of firms of at least `above` in the first simulated year.
fn at_least(above: f64, numbers: impl IntoIterator<Item = f64>) -> String {
    let target = |k: f64| {
        format!(
            "[[target]]\nid = \"k{k}\"\nyear = {}\nfirms = {{ above = {above:?} }}\nnumber_at_least = {k}\n",
            BASE + 1
        )
    };
    numbers.into_iter().map(target).collect()
}

/// `P(N ≥ k)`, mean and variance of the number of firms against the reference.
fn check_count(id: &str, body: &str, (firms, above): (f64, f64), seed: u64) {
    let trials = TRIALS;
    let reference = Reference::new(id);
    let table = reference.table("p_at_least");
    let goals = at_least(above, table.iter().map(|(k, _)| *k).chain([1.0]));
    let run = Case::new(1, &format!("{body}{goals}")).run(trials, seed);
    for (k, p) in &table {
        assert_probability(&format!("{id}: ≥ {k}"), run.target("none", &format!("k{k}")).hits, trials, *p);
    }
    let found = run.moments("none", &format!("firms>={above}/{TOTAL}"), BASE + 1);
    if let Some(p0) = reference.value("expected", "p0").as_f64() {
        assert_probability(id, run.target("none", "k1").hits, trials, 1.0 - p0);
    }
    let mean = reference.expected("mean");
    assert_within(id, found.mean().unwrap(), mean, found.sd().unwrap() / (trials as f64).sqrt());
    if let Some(variance) = reference.value("expected", "var").as_f64() {
        // a deviation is at most the number of firms n, so the fourth moment is at most n² times the variance
        let error = firms * (variance / trials as f64).sqrt();
        let sd = found.sd().unwrap();
        assert_within(&format!("{id}: variance"), sd * sd, variance, error);
    }
}

/// A population `rest` of the segment `c/s`.
fn lognormal_sizes(count: f64, median: f64, sigma: f64, more: &str) -> String {
    format!(
        "[[firm_sizes]]\nid = \"rest\"\ncount = {count:?}\nlaw = \"lognormal\"\nmedian = {median:?}\nsigma = {sigma:?}\n{more}\n"
    )
}

#[test]
fn one_common_factor() {
    let reference = Reference::new("one_factor_count_a");
    let (n, rho, p) = (reference.param("n"), reference.param("rho"), reference.params("p")[0]);
    let body = segment(10_000.0, 0.0, rho.sqrt())
        + &lognormal_sizes(
            n,
            libm::exp(quantile(p)) * 3.0,
            (1.0 - rho).sqrt(),
            "cluster = \"c\"\nindustry = \"s\"",
        );
    check_count("one_factor_count_a", &body, (n, 3.0), 721);
}

#[test]
fn named_firms_of_unlike_size_share_a_factor() {
    let reference = Reference::new("one_factor_count_b_hetero");
    let rho = reference.param("rho");
    let own = (1.0 - rho).sqrt();
    let firm = |(k, p): (usize, f64)| {
        let revenue = 5.0 * libm::exp(quantile(p));
        format!("[[firm]]\nid = \"f{k}\"\nrevenue = {revenue:?}\nown_volatility = {own:?}\n")
    };
    let firms: String = reference.params("p").into_iter().enumerate().map(firm).collect();
    let body = segment(10_000.0, 0.0, rho.sqrt()) + &firms;
    check_count("one_factor_count_b_hetero", &body, (40.0, 5.0), 722);
}

#[test]
fn a_national_and_two_industry_factors() {
    let reference = Reference::new("two_factor_count_a");
    let [national, sub] = ["rho_national", "rho_sub"].map(|key| reference.param(key));
    let own = (1.0 - national - sub).sqrt();
    let mut body = format!("[nation.cycle]\nvolatility = {:?}\n", national.sqrt());
    for k in 1..=2 {
        let (n, p) = (reference.param(&format!("n{k}")), reference.param(&format!("p{k}")));
        body += &format!(
            "[[industry]]\nid = \"i{k}\"\ntrend = 0\ncycle = {{ volatility = {:?} }}\n\
             [[firm_sizes]]\nid = \"f{k}\"\ncluster = \"c\"\nindustry = \"i{k}\"\ncount = {n:?}\nlaw = \"lognormal\"\n\
             median = {:?}\nsigma = {own:?}\n",
            sub.sqrt(),
            2.0 * libm::exp(quantile(p)),
        );
    }
    body += "[[cluster]]\nid = \"c\"\nbase = 5000\nmix = { i1 = 0.5, i2 = 0.5 }\n";
    check_count("two_factor_count_a", &body, (35.0, 2.0), 723);
}

#[test]
fn pareto_sizes_over_several_thresholds() {
    let reference = Reference::new("pareto_firm_counts_a");
    let (n, alpha) = (reference.param("n"), reference.param("alpha"));
    let thresholds = reference.params("thresholds");
    let largest = reference.expected("median_largest");
    let rows = reference.value("expected", "p_at_least").as_array().unwrap().clone();
    let mut body = segment(10_000.0, 0.0, 0.0)
        + &format!(
            "[[firm_sizes]]\nid = \"rest\"\ncount = {n:?}\nlaw = \"pareto\"\nminimum = 1\nexponent = {alpha:?}\n"
        );
    let target = |id: &str, above: f64, k: &str| {
        format!(
            "[[target]]\nid = \"{id}\"\nyear = 2001\nfirms = {{ above = {above:?} }}\nnumber_at_least = {k}\n"
        )
    };
    for (x, row) in thresholds.iter().zip(&rows) {
        for k in row.as_object().unwrap().keys() {
            body += &target(&format!("x{x}k{k}"), *x, k);
        }
    }
    body += &target("largest", largest, "1");
    let run = Case::new(1, &body).run(TRIALS, 724);
    for (x, row) in thresholds.iter().zip(&rows) {
        for (k, p) in row.as_object().unwrap() {
            let id = format!("x{x}k{k}");
            assert_probability(&id, run.target("none", &id).hits, TRIALS, p.as_f64().unwrap());
        }
    }
    assert_probability("median of the largest", run.target("none", "largest").hits, TRIALS, 0.5);
    let exceed = numbers(reference.value("expected", "p_exceed"));
    for ((x, mean), p) in
        thresholds.iter().zip(numbers(reference.value("expected", "mean_count"))).zip(exceed)
    {
        let found = run.moments("none", &format!("firms>={x}/{TOTAL}"), BASE + 1);
        assert_within("mean count", found.mean().unwrap(), mean, (mean * (1.0 - p) / TRIALS as f64).sqrt());
    }
}

#[test]
fn lognormal_sizes_with_common_and_own_growth() {
    let reference = Reference::new("lognormal_firm_counts_a");
    let [n, mu, sigma, g] = ["n", "mu0", "s0", "g"].map(|key| reference.param(key));
    let (common, own) = (reference.param("common_sd"), reference.param("own_sd"));
    let body = segment(10_000.0, g, common)
        + &lognormal_sizes(n, libm::exp(mu), sigma, &format!("own_volatility = {own:?}"));
    let above = reference.param("threshold");
    check_count("lognormal_firm_counts_a", &body, (n, above), 725);
    let pmf = numbers(reference.value("expected", "pmf_first_20"));
    let goals: String = at_least(above, (1..=20).map(f64::from));
    let run = Case::new(1, &(body + &goals)).run(TRIALS, 726);
    let mut below = 0.0;
    for (k, p) in (1..).zip(pmf) {
        below += p;
        assert_probability("pmf", run.target("none", &format!("k{k}")).hits, TRIALS, 1.0 - below);
    }
}

/// The reference allows 0.003 of the pool for its finite size.
#[test]
fn a_large_pool_has_the_vasicek_law() {
    let reference = Reference::new("vasicek_large_pool");
    let (p, rho, n) = (reference.param("p"), reference.param("rho"), 10_000.0);
    let body = segment(900_000.0, 0.0, rho.sqrt())
        + &lognormal_sizes(n, libm::exp(quantile(p)), (1.0 - rho).sqrt(), "")
        + &at_least(1.0, [1.0]);
    let run = Case::new(1, &body).run(100_000, 727);
    let sketch = run.sketch("none", &format!("firms>=1/{TOTAL}"), BASE + 1);
    let alphas = reference.params("alpha");
    for (alpha, exact) in alphas.iter().zip(numbers(reference.value("expected", "quantile"))) {
        let shift = Z * (alpha * (1.0 - alpha) / sketch.n() as f64).sqrt();
        let at = |q: f64| sketch.quantile(q.clamp(0.0, 1.0)).unwrap() / n;
        let (low, high) = (at(alpha - shift), at(alpha + shift));
        assert!(low - 0.003 <= exact && exact <= high + 0.003, "{alpha}: {exact} not in {low}..{high}");
    }
}
