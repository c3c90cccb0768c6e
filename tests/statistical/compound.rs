//! Arriving firms: compound Poisson totals, supported rates, ramps and firms by revenue.

use crate::case::{Case, paths};
use crate::check::{assert_close, assert_moments, assert_probability, poisson};
use crate::fixture::{Reference, numbers};

const TRIALS: u64 = 1_000_000;
const TOTAL: &str = "province.province";
const PLACE: &str = "[[industry]]\nid = \"s\"\ntrend = 0\n[[cluster]]\nid = \"c\"\nbase = 100\n";

/// Firms that settle in 2001 at full output: the total of 2001 is 100 + a compound Poisson sum.
fn settled(rate: f64, size: &str) -> String {
    format!(
        "{PLACE}[[arrival]]\nid = \"f\"\ncluster = \"c\"\nindustry = \"s\"\nrate = {rate:?}\nsize = {size}\n"
    )
}

/// A target on the total of 2001.
fn above(id: &str, total: f64) -> String {
    format!("[[target]]\nid = \"{id}\"\nyear = 2001\nat_least = {total:?}\n")
}

/// Raw moments 1 to 4 from cumulants.
fn raw([k1, k2, k3, k4]: [f64; 4]) -> [f64; 4] {
    [
        k1,
        k2 + k1 * k1,
        k3 + 3.0 * k2 * k1 + k1 * k1 * k1,
        k4 + 4.0 * k3 * k1 + 3.0 * k2 * k2 + 6.0 * k2 * k1 * k1 + k1 * k1 * k1 * k1,
    ]
}

#[test]
fn exponential_sizes() {
    let reference = Reference::new("compound_poisson_exp_a");
    let (rate, mean) = (reference.param("lam"), reference.param("th"));
    let points = reference.params("x");
    let cdf = numbers(reference.value("expected", "cdf"));
    let mut body = settled(rate, &format!("{{ dist = \"gamma\", shape = 1, mean = {mean:?} }}"));
    for (k, x) in points.iter().enumerate() {
        // nothing lies between 0 and the smallest size that can be drawn
        body += &above(&format!("x{k}"), 100.0 + x.max(1e-11));
    }
    let run = Case::new(1, &body).run(TRIALS, 801);
    for (k, (x, cdf)) in points.iter().zip(cdf).enumerate() {
        assert_probability(&format!("> {x}"), run.target("none", &format!("x{k}")).hits, TRIALS, 1.0 - cdf);
    }
    // κ_n = λ n! θⁿ
    let cumulants = [1.0, 2.0, 6.0, 24.0];
    let mut power = 1.0;
    let mut cumulants = cumulants.map(|factorial| {
        power *= mean;
        rate * factorial * power
    });
    assert_close("mean", cumulants[0], reference.expected("mean"), 1e-12);
    assert_close("variance", cumulants[1], reference.expected("var"), 1e-12);
    cumulants[0] += 100.0;
    assert_moments("exponential", run.moments("none", TOTAL, 2001), raw(cumulants));
}

#[test]
fn discrete_sizes_by_panjer() {
    let reference = Reference::new("compound_poisson_panjer");
    let sizes = reference.value("params", "severity").as_object().unwrap();
    let values: Vec<&str> = sizes.keys().map(String::as_str).collect();
    let weights: Vec<String> = sizes.values().map(ToString::to_string).collect();
    let (values, weights) = (values.join(", "), weights.join(", "));
    let size = format!("{{ dist = \"discrete\", values = [{values}], weights = [{weights}] }}");
    let mut body = settled(reference.param("lam"), &size);
    for k in 1..=31 {
        body += &above(&format!("n{k}"), 100.0 + f64::from(k));
    }
    let run = Case::new(1, &body).run(TRIALS, 802);
    let mut below = 0.0;
    for (k, p) in (1..).zip(numbers(reference.value("expected", "pmf_0_to_30"))) {
        below += p;
        assert_probability(&format!("≥ {k}"), run.target("none", &format!("n{k}")).hits, TRIALS, 1.0 - below);
    }
}

#[test]
fn lognormal_sizes() {
    let reference = Reference::new("compound_poisson_lognormal_moments");
    let [rate, m, s] = ["lam", "m", "s"].map(|key| reference.param(key));
    let size = format!("{{ dist = \"lognormal\", median = {:?}, sigma = {s:?} }}", libm::exp(m));
    let run = Case::new(1, &(settled(rate, &size) + &above("some", 100.0 + 1e-9))).run(TRIALS, 803);
    let none = TRIALS - run.target("none", "some").hits;
    assert_probability("none", none, TRIALS, reference.expected("p0"));
    let mut cumulants = [1.0, 2.0, 3.0, 4.0].map(|n| rate * libm::exp(n * m + 0.5 * n * n * s * s));
    assert_close("mean", cumulants[0], reference.expected("mean"), 1e-12);
    assert_close("variance", cumulants[1], reference.expected("var"), 1e-12);
    cumulants[0] += 100.0;
    assert_moments("lognormal", run.moments("none", TOTAL, 2001), raw(cumulants));
}

/// Firms of size 10 that settle from 2001 to 2003 in a segment that grows by 10 % a year and, supported, by more.
const GROWING: &str = "[[industry]]\nid = \"s\"\ntrend = 0.1\n[[cluster]]\nid = \"c\"\nbase = 100\n\
    [[arrival]]\nid = \"f\"\ncluster = \"c\"\nindustry = \"s\"\nrate = 1.5\nyears = [2001, 2003]\nsize = 10\n\
    displaced = 0.2\nonline_after = 0\nfull_after = 2\n\
    [[instrument]]\nid = \"more\"\narrivals = { of = [\"f\"], start = 2002, rate = 2, added = 0.5 }\n\
    [[instrument]]\nid = \"growth\"\ngrowth = { level = 0.1, start = 2002 }\n\
    [[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"more\"\ninstruments = [\"more\"]\n\
    [[policy]]\nid = \"all\"\ninstruments = \"all\"\n\
    [[target]]\nid = \"n\"\nyear = 2005\narrivals = { of = [\"f\"] }\nnumber_at_least = 4\n\
    [[target]]\nid = \"big\"\nyear = 2005\nfirms = { above = 12 }\nnumber_at_least = 2\n";

#[test]
fn supported_rates_multiply_and_add() {
    let run = Case::new(5, GROWING).run(TRIALS, 804);
    for (policy, mean) in [("none", 4.5), ("more", 1.5 + 2.0 * 3.5), ("all", 8.5)] {
        let below: f64 = (0..4).map(|k| poisson(mean, k)).sum();
        assert_probability(policy, run.target(policy, "n").hits, TRIALS, 1.0 - below);
    }
}

#[test]
fn revenue_of_arriving_firms_by_hand() {
    let plan = Case::new(5, GROWING).plan();
    let series =
        |id: &str| -> Vec<Vec<Vec<f64>>> { (0..=5).map(|y| paths(&plan, 805, 2000, id, y)).collect() };
    let (arrived, total, big) =
        (series("arrivals.f/2001"), series(TOTAL), series("firms>=12/province.province"));
    let ramp = |age: usize| [0.0, 0.5, 1.0, 1.0, 1.0][age];
    for policy in 0..3 {
        for trial in 0..2000 {
            let settled = |year: usize| arrived[year][policy][trial] - arrived[year - 1][policy][trial];
            let mut level = 100.0;
            let mut firms = [0.0; 6];
            for year in 1..=5 {
                let growth = if policy == 2 && year == 3 { 1.1 * 1.1 } else { 1.1 };
                let new = |since: usize| {
                    ramp(year - since) - if year > since { ramp(year - since - 1) } else { 0.0 }
                };
                let arrivals: f64 = (1..=year.min(3)).map(|since| settled(since) * new(since)).sum();
                level = level * growth + 0.8 * 10.0 * arrivals;
                assert_close("total", total[year][policy][trial], level, 1e-12);
                let mut count = 0.0;
                for (since, firm) in firms.iter_mut().enumerate().take(year.min(3) + 1).skip(1) {
                    *firm = *firm * growth + 10.0 * new(since);
                    count += if *firm >= 12.0 { settled(since) } else { 0.0 };
                }
                assert_eq!(big[year][policy][trial], count, "firms of 12 and more in {year}");
            }
        }
        for (year, big) in big.iter().enumerate().take(6).skip(1) {
            let most = big[policy].iter().copied().fold(0.0, f64::max);
            assert!(most > 0.0 || year < 5, "some firm reaches 12 in its fifth year");
        }
    }
}
