//! Counts and indicators: brute force over every firm, laws by hand, and what must not change a draw.

use clustercast::plan::Plan;
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand_distr::{Distribution, Exp1, StandardNormal};

use crate::case::{BASE, Case, paths, segment};
use crate::check::{
    Z, assert_close, assert_moments, assert_probability, assert_quantile, assert_within, phi, poisson,
};

const TRIALS: u64 = 1_000_000;
const TOTAL: &str = "province.province";

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
            [m, m * m + v, m * m * m + 3.0 * m * v, m * m * m * m + 6.0 * m * m * v + 3.0 * v * v]
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
