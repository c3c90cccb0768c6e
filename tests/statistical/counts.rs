//! Counts of firms and products, and indicators: reference answers, brute force over every firm, laws by hand.

use clustercast::plan::Plan;
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand_distr::{Distribution, Exp1, StandardNormal};

use crate::case::{BASE, Case, paths, segment};
use crate::check::{
    Z, assert_close, assert_moments, assert_probability, assert_quantile, assert_within, phi, poisson,
};
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
        assert_within(&format!("{id}: variance"), found.sd().unwrap().powi(2), variance, error);
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

/// Mean and variance of two samples of the same law agree: H0 by the central limit theorem, 1e-6.
fn assert_alike(what: &str, a: &[f64], b: &[f64]) {
    let stats = |x: &[f64]| {
        let n = x.len() as f64;
        let mean = x.iter().sum::<f64>() / n;
        (mean, x.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0) / n)
    };
    let ((m, v), (m2, v2)) = (stats(a), stats(b));
    let z = (m - m2) / (v + v2).sqrt();
    assert!(z.abs() <= Z, "{what}: {m} and {m2} differ by {z:.1} standard errors");
}

/// Every unnamed firm on its own: a cut-off Pareto start (by rejection), a shared path, an own walk of three years. The
/// numbers above two sizes in two years, their squares and products have the same means as in the engine.
///
/// Ranks last over years in the engine while firms change places here, so products are taken within a year.
#[test]
fn brute_force_over_every_firm() {
    let (n, alpha, minimum, below) = (80, 0.9, 0.5, 40.0_f64);
    let (common, own, premium, b) = (0.25, 0.3, 0.04_f64, 1.4);
    let (small, large, years) = (5.0, 20.0, 3);
    let mut body = segment(10_000.0, 0.05, common)
        + &format!(
            "[[firm_sizes]]\nid = \"rest\"\ncount = {n}\nlaw = \"pareto\"\nminimum = {minimum:?}\nexponent = {alpha:?}\n\
             below = {below:?}\nown_volatility = {own:?}\npremium = {premium:?}\nexposure = {b:?}\n"
        );
    for above in [small, large] {
        body += &format!(
            "[[target]]\nid = \"x{above}\"\nyear = 2003\nfirms = {{ above = {above:?} }}\nnumber_at_least = 1\n"
        );
    }
    let trials = 200_000;
    let plan = Case::new(years, &body).plan();
    let engine = |above: f64, year: usize| {
        paths(&plan, 728, trials, &format!("firms>={above}/{TOTAL}"), year).remove(0)
    };
    let mut rng = ChaCha8Rng::seed_from_u64(729);
    let mut counts = [[Vec::new(), Vec::new()], [Vec::new(), Vec::new()]];
    for _ in 0..trials {
        let mut path = [0.0; 4];
        for year in 1..=3 {
            let z: f64 = StandardNormal.sample(&mut rng);
            path[year] = path[year - 1] + b * (0.05 + common * z) + libm::log(1.0 + premium);
        }
        let mut found = [[0.0; 2]; 2];
        for _ in 0..n {
            let start = loop {
                let e: f64 = Exp1.sample(&mut rng);
                let size = minimum * libm::exp(e / alpha);
                if size < below {
                    break libm::log(size);
                }
            };
            let mut walk = 0.0;
            for (k, year) in [(0, 1), (1, 3)] {
                let steps = if k == 0 { 1.0_f64 } else { 2.0 };
                let z: f64 = StandardNormal.sample(&mut rng);
                walk += own * steps.sqrt() * z;
                let size = libm::exp(start + path[year] + walk);
                found[k][0] += f64::from(u8::from(size >= small));
                found[k][1] += f64::from(u8::from(size >= large));
            }
        }
        for k in 0..2 {
            for t in 0..2 {
                counts[k][t].push(found[k][t]);
            }
        }
    }
    for (k, year) in [(0, 1), (1, 3)] {
        let exact = &counts[k];
        let found = [engine(small, year), engine(large, year)];
        let product =
            |x: &[Vec<f64>; 2]| -> Vec<f64> { x[0].iter().zip(&x[1]).map(|(a, b)| a * b).collect() };
        let square = |x: &[f64]| -> Vec<f64> { x.iter().map(|v| v * v).collect() };
        for t in 0..2 {
            assert_alike(&format!("year {year}, size {t}"), &found[t], &exact[t]);
            assert_alike(&format!("year {year}, size {t}, squares"), &square(&found[t]), &square(&exact[t]));
            let none = |x: &[f64]| -> Vec<f64> { x.iter().map(|v| f64::from(u8::from(*v == 0.0))).collect() };
            assert_alike(&format!("year {year}, size {t}, none"), &none(&found[t]), &none(&exact[t]));
        }
        assert_alike(&format!("year {year}, products"), &product(&found), &product(exact));
        assert!(
            found[0].iter().zip(&found[1]).all(|(all, large)| all >= large),
            "the large ones are among all"
        );
    }
}

/// `ln r_t = ln r_0 + t ln(1 + premium) + b ln(R_t/R_0) + sd √t z`, where sd falls with size; outside, growth is its own.
#[test]
fn named_firms_have_their_exact_law() {
    let (m, common, own, years) = (0.06, 0.12, 0.3, 3);
    let (premium, b, revenue, above) = (0.03, 1.5, 40.0_f64, 55.0_f64);
    let body = segment(1000.0, m, common)
        + &format!(
            "[[firm]]\nid = \"f\"\ncluster = \"c\"\nrevenue = {revenue:?}\npremium = {premium:?}\nexposure = {b:?}\n\
             own_volatility = {own:?}\nvolatility_reference = 5\nvolatility_exponent = 0.18\n\
             [[firm]]\nid = \"trader\"\noutside = true\nrevenue = 900\ngrowth = \"5%\"\nown_volatility = 0.2\n\
             [[target]]\nid = \"inside\"\nyear = 2003\nfirms = {{ above = {above:?} }}\nnumber_at_least = 1\n\
             [[target]]\nid = \"trade\"\nyear = 2003\nfirms = {{ above = 1000, outside = true }}\nnumber_at_least = 1\n\
             [[target]]\nid = \"none\"\nyear = 2003\nfirms = {{ above = 1000 }}\nnumber_at_most = 0\n"
        );
    let run = Case::new(years, &body).run(TRIALS, 730);
    let t = f64::from(years);
    let sd = own * libm::pow(revenue / 5.0, -0.18);
    let spread = (t * (b * b * common * common + sd * sd)).sqrt();
    let middle = libm::log(revenue) + t * (libm::log(1.0 + premium) + b * m);
    let p = phi((middle - libm::log(above)) / spread);
    assert_probability("inside", run.target("none", "inside").hits, TRIALS, p);
    let p = phi((libm::log(900.0 * 1.05 * 1.05 * 1.05) - libm::log(1000.0)) / (0.2 * t.sqrt()));
    // the firm of 40 may reach 1000 too, with a chance far below one in the trials
    assert_probability("outside", run.target("none", "trade").hits, TRIALS, p);
    assert_eq!(run.target("none", "none").hits, TRIALS);
}

#[test]
fn ratios_return_to_a_drifting_mean() {
    let [start, mean, drift, phi, sd] = [0.052, 0.05, 0.002, 0.6, 0.004_f64];
    let body = segment(100.0, 0.0, 0.0)
        + &format!(
            "[[indicator]]\nid = \"rd\"\nratio = {{ start = {start:?}, mean = {mean:?}, drift = {drift:?}, \
             persistence = {phi:?}, volatility = {sd:?} }}\n\
             [[instrument]]\nid = \"push\"\nindicators = {{ of = [\"rd\"], start = 2002, years = 2, shift = 0.006 }}\n\
             [[target]]\nid = \"t\"\nyear = 2004\nindicator = \"rd\"\nvalue_at_least = \"5.5%\"\n"
        );
    let run = Case::new(4, &body).run(TRIALS, 731);
    for year in 1..=4 {
        let k = f64::from(year);
        let fade = libm::pow(phi, k);
        let center = mean + drift * k + fade * (start - mean);
        let variance = sd * sd * (1.0 - fade * fade);
        let raw = |m: f64, v: f64| {
            [m, m * m + v, m * m * m + 3.0 * m * v, m.powi(4) + 6.0 * m * m * v + 3.0 * v * v]
        };
        assert_moments(
            &format!("ratio {year}"),
            run.moments("none", "indicator.rd", BASE + year),
            raw(center, variance),
        );
        let shift = 0.006 * (0.5 * (k - 1.0)).clamp(0.0, 1.0);
        let moved = run.moments("plan", "indicator.rd", BASE + year).mean().unwrap();
        let unmoved = run.moments("none", "indicator.rd", BASE + year).mean().unwrap();
        assert_close("shift", moved - unmoved + 1.0, 1.0 + shift, 1e-9);
        if year == 4 {
            let p = crate::check::phi((center - 0.055) / variance.sqrt());
            assert_probability("ratio target", run.target("none", "t").hits, TRIALS, p);
        }
    }
    assert_eq!(run.certain("none", "indicator.rd", BASE), start);
}

#[test]
fn counts_arrive_on_a_base() {
    let body = segment(100.0, 0.0, 0.0)
        + "[[indicator]]\nid = \"labs\"\ncount = { base = 12, rate = 2.5 }\n\
           [[instrument]]\nid = \"a\"\nindicators = { of = [\"labs\"], start = 2002, rate = 1.6 }\n\
           [[instrument]]\nid = \"b\"\nindicators = { of = [\"labs\"], added = 1.5 }\n\
           [[target]]\nid = \"t\"\nyear = 2003\nindicator = \"labs\"\nnumber_at_least = 20\nnumber_stretch = 25\n";
    let run = Case::new(3, &body).run(TRIALS, 732);
    for (policy, mean) in [("none", 7.5_f64), ("plan", 4.0 + 5.5 + 5.5)] {
        let more = |k: u32| 1.0 - (0..k).map(|j| poisson(mean, j)).sum::<f64>();
        assert_probability(policy, run.target(policy, "t").hits, TRIALS, more(8));
        assert_probability(policy, run.target(policy, "t").stretch, TRIALS, more(13));
        let found = run.moments(policy, "indicator.labs", BASE + 3);
        assert_within(policy, found.mean().unwrap(), 12.0 + mean, (mean / TRIALS as f64).sqrt());
    }
    assert_eq!(run.certain("plan", "indicator.labs", BASE), 12.0);
}

#[test]
fn growth_of_the_nation_is_an_average() {
    let (tau, phi, trend) = (0.03_f64, 0.5_f64, 0.045_f64);
    let body = format!(
        "[nation]\ntrend = {trend:?}\ncycle = {{ volatility = {tau:?}, persistence = {phi:?} }}\n\
         [[industry]]\nid = \"s\"\n[[cluster]]\nid = \"c\"\nbase = 100\n\
         [[target]]\nid = \"slump\"\nyear = 2003\nindex = \"nation_growth\"\nvalue_at_most = \"3%\"\n"
    );
    let run = Case::new(3, &body).run(TRIALS, 733);
    // Var of the mean of three years of a stationary AR(1)
    let variance = tau * tau * (3.0 + 4.0 * phi + 2.0 * phi * phi) / 9.0;
    let (center, sd) = (libm::log(1.0 + trend), variance.sqrt());
    let p = crate::check::phi((libm::log(1.03) - center) / sd);
    assert_probability("slump", run.target("none", "slump").hits, TRIALS, p);
    let sketch = run.sketch("none", "nation.growth", BASE + 3);
    assert_quantile("median", sketch, 0.5, trend);
}

/// Totals instead of scales: the expected sum of all sizes is the total, by the expected number above a size.
#[test]
fn totals_give_the_scale() {
    let (n, total) = (200.0, 400.0);
    let law = |id: &str, text: &str| {
        format!(
            "[[firm_sizes]]\nid = \"{id}\"\ncluster = \"{id}\"\ncount = {n:?}\ntotal = {total:?}\n{text}\n"
        )
    };
    let mut body = "[[industry]]\nid = \"s\"\ntrend = 0\n".to_owned();
    for id in ["a", "b", "c"] {
        body += &format!("[[cluster]]\nid = \"{id}\"\nbase = 1000\n");
        body += &format!(
            "[[target]]\nid = \"{id}\"\nscope = \"cluster.{id}\"\nyear = 2001\nfirms = {{ above = 3 }}\nnumber_at_least = 1\n"
        );
    }
    body += &law("a", "law = \"lognormal\"\nsigma = 0.8");
    body += &law("b", "law = \"pareto\"\nexponent = 1.5");
    body += &law("c", "law = \"pareto\"\nexponent = 0.7\nbelow = 30");
    let run = Case::new(1, &body).run(TRIALS, 734);
    let mean = total / n;
    let median = mean * libm::exp(-0.32);
    let minimum = mean / 3.0;
    // the cut-off minimum by halving until its mean is the wanted one
    let (mut low, mut high) = (1e-6_f64, 30.0);
    let mean_at = |m: f64| {
        let c = libm::pow(m / 30.0, 0.7);
        0.7 / 0.3 * (libm::pow(30.0, 0.3) * libm::pow(m, 0.7) - m) / (1.0 - c)
    };
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if mean_at(middle) < mean { low = middle } else { high = middle }
    }
    let c = libm::pow(low / 30.0, 0.7);
    let expected = [
        ("a", 1.0 - phi(libm::log(3.0 / median) / 0.8)),
        ("b", libm::pow(3.0 / minimum, -1.5)),
        ("c", (libm::pow(3.0 / low, -0.7) - c) / (1.0 - c)),
    ];
    for (id, p) in expected {
        let found = run.moments("none", &format!("firms>=3/cluster.{id}"), BASE + 1);
        let error = (n * p * (1.0 - p) / TRIALS as f64).sqrt();
        assert_within(id, found.mean().unwrap(), n * p, error);
    }
}

/// Draws of all revenue series, to compare bit by bit.
fn revenue(plan: &Plan, ids: &[&str]) -> Vec<Vec<Vec<u64>>> {
    let bits = |x: Vec<f64>| x.into_iter().map(f64::to_bits).collect();
    let all = |id: &&str| (0..=4).flat_map(|year| paths(plan, 42, 600, id, year)).map(bits).collect();
    ids.iter().map(all).collect()
}

#[test]
fn counted_things_move_no_revenue() {
    let body = "[nation.cycle]\nvolatility = 0.03\n\
        [[industry]]\nid = \"s\"\ntrend = { dist = \"normal\", mean = \"5%\", sd = \"1%\" }\ncycle = { volatility = 0.05 }\n\
        [[industry]]\nid = \"t\"\ntrend = \"4%\"\n\
        [[cluster]]\nid = \"c\"\nbase = 300\nown_volatility = 0.1\nmix = { s = 0.6, t = 0.4 }\n\
        [[cluster]]\nid = \"d\"\nbase = \"100 to 200\"\nown_volatility = 0.1\nmix = { s = 1 }\n\
        [[instrument]]\nid = \"fund\"\nmoney = { total = 30 }\n\
        capacity = { leverage = 2, output_ratio = 1, online_after = 1, full_after = 2 }\n\
        [[target]]\nid = \"goal\"\nyear = 2004\nat_least = 600\n";
    let more = "[[firm]]\nid = \"f\"\ncluster = \"c\"\nrevenue = \"20 to 40\"\nown_volatility = 0.2\n\
        [[firm_sizes]]\nid = \"rest\"\nindustry = \"s\"\ncount = 50\nlaw = \"pareto\"\ntotal = 60\nexponent = { dist = \"uniform\", low = 1.2, high = 1.6 }\n\
        [[product]]\nid = \"p\"\nindustry = \"t\"\nsales = 8\n\
        [[product_sizes]]\nid = \"q\"\nindustry = \"s\"\ncount = 30\nlaw = \"lognormal\"\nmedian = 1\nsigma = 1\n\
        [[indicator]]\nid = \"n\"\ncount = { base = 3, rate = 2 }\n\
        [[indicator]]\nid = \"r\"\nratio = { start = 0.05, volatility = 0.01 }\n\
        [[target]]\nid = \"firms\"\nyear = 2004\nfirms = { above = 10 }\nnumber_at_least = 3\n\
        [[target]]\nid = \"products\"\nyear = 2004\nproducts = { above = 5, industries = [\"s\"] }\nnumber_at_least = 1\n\
        [[target]]\nid = \"local\"\nyear = 2004\nscope = \"cluster.c\"\nfirms = { above = 30 }\nnumber_at_least = 1\n";
    let (without, with) = (Case::new(4, body).plan(), Case::new(4, &format!("{body}{more}")).plan());
    let ids = [TOTAL, "cluster.c", "cluster.d", "industry.s", "industry.t"];
    assert!(revenue(&without, &ids) == revenue(&with, &ids), "a read-out moved revenue");
    // and a further threshold moves no count
    let third = format!(
        "{body}{more}[[target]]\nid = \"other\"\nyear = 2004\nfirms = {{ above = 4 }}\nnumber_at_least = 9\n"
    );
    let third = Case::new(4, &third).plan();
    let counted = ["firms>=10/province.province", "firms>=30/cluster.c", "products(s)>=5/province.province"];
    assert!(revenue(&with, &counted) == revenue(&third, &counted), "another threshold moved a count");
}
