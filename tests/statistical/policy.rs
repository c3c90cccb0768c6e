//! Policies without chance: every channel, cost and measure against a recursion by hand.

use crate::case::Case;
use crate::check::assert_close;

const ROUNDING: f64 = 1e-12;
const TOTAL: &str = "province.province";
const POLICIES: &str =
    "[[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"all\"\ninstruments = \"all\"\n";

/// One industry with trend 5 %, two clusters of 100 and 300.
const PLACES: &str = "[[industry]]\nid = \"s\"\ntrend = 0.05\n\
    [[cluster]]\nid = \"x\"\nbase = 100\n[[cluster]]\nid = \"y\"\nbase = 300\n";

fn check(body: &str, years: i32, expected: &[(&str, i32, f64)]) -> crate::case::Measured {
    let run = Case::new(years, body).run(512, 301);
    for &(series, year, exact) in expected {
        assert_close(&format!("{series} {year}"), run.certain("all", series, year), exact, ROUNDING);
    }
    run
}

#[test]
fn capacity_recursion() {
    let body = format!(
        "{PLACES}{POLICIES}[[instrument]]\nid = \"f\"\n\
         money = {{ total = 90, from = 2001, to = 2003 }}\nallocation = {{ x = 0.4, y = 0.6 }}\n\
         capacity = {{ realised = 0.5, leverage = 4, retained = 0.8, deadweight = 0.3, displaced = 0.1, \
         survival = 0.9, output_ratio = 1.2, online_after = 1, full_after = 3, absorption = 0.2 }}\n"
    );
    let ramp = |k: i32| (f64::from(k - 1) / 2.0).clamp(0.0, 1.0);
    let mut expected = Vec::new();
    for (series, base, share) in [("cluster.x", 100.0, 0.4), ("cluster.y", 300.0, 0.6)] {
        let limit = 0.2 * base;
        let invested = 30.0 * 0.5 * 4.0 * 0.8 * 0.7 * share;
        let absorbed = limit * (1.0 - libm::exp(-invested / limit));
        let mut level: f64 = base;
        for year in 2001..=2007 {
            let new: f64 = (2001..=2003).map(|v| absorbed * (ramp(year - v) - ramp(year - 1 - v))).sum();
            level = level * 1.05 + 0.9 * 0.9 * 1.2 * new;
            expected.push((series, year, level));
        }
    }
    let run = check(&body, 7, &expected);
    assert_close("none", run.certain("none", TOTAL, 2007), 400.0 * libm::pow(1.05, 7.0), ROUNDING);
}

#[test]
fn contract_output_ends_after_its_years() {
    // 1.5 years after it began half of the second year's output ends, and the rest a year later
    let body = format!(
        "{PLACES}{POLICIES}[[instrument]]\nid = \"f\"\nmoney = {{ by_year = {{ 2001 = 30, 2002 = 20 }} }}\n\
         allocation = {{ x = 1 }}\ncapacity = {{ output_ratio = 2, online_after = 0, full_after = 1, lasts = 1.5 }}\n"
    );
    let output = |age: i32| [0.0, 1.0, 0.5, 0.0, 0.0][age as usize];
    let mut expected = Vec::new();
    let mut level: f64 = 100.0;
    for year in 2001..=2005 {
        let new: f64 = [(2001, 60.0), (2002, 40.0)]
            .iter()
            .filter(|(paid, _)| *paid < year)
            .map(|(paid, most)| most * (output(year - paid) - output(year - 1 - paid)))
            .sum();
        level = level * 1.05 + new;
        expected.push(("cluster.x", year, level));
        expected.push(("cluster.y", year, 300.0 * libm::pow(1.05, f64::from(year - 2000))));
    }
    check(&body, 5, &expected);
    // a segment that shrinks loses what it has, not what the contract once added
    let body = format!(
        "[[industry]]\nid = \"s\"\ntrend = -0.5\n[[industry]]\nid = \"n\"\ntrend = -0.5\n\
         [[cluster]]\nid = \"x\"\nbase = 100\nmix = {{ s = 1 }}\n{POLICIES}[[instrument]]\nid = \"f\"\n\
         money = {{ by_year = {{ 2001 = 10 }} }}\n\
         capacity = {{ output_ratio = 1, online_after = 0, lasts = 1, industries = [\"n\"] }}\n"
    );
    check(&body, 2, &[("industry.n", 2001, 10.0), ("industry.n", 2002, 0.0), ("industry.s", 2002, 25.0)]);
}

#[test]
fn contract_output_of_the_base_year_ends_without_taking_anything_away() {
    // what runs in the base year is part of its figure: its vintage adds nothing, and takes nothing
    let body = format!(
        "{PLACES}{POLICIES}[[instrument]]\nid = \"f\"\nmoney = {{ by_year = {{ 2000 = 10, 2001 = 10, 2002 = 10 }} }}\n\
         allocation = {{ x = 1 }}\ncapacity = {{ output_ratio = 2, online_after = 0, full_after = 0, lasts = 1 }}\n"
    );
    let mut level: f64 = 100.0;
    let mut expected = Vec::new();
    for (year, new) in [(2001, 20.0), (2002, 0.0), (2003, -20.0), (2004, 0.0)] {
        level = level * 1.05 + new;
        expected.push(("cluster.x", year, level));
    }
    check(&body, 4, &expected);
    // of one that starts in the base year and comes on stream later all is added, and ends
    let body = format!(
        "{PLACES}{POLICIES}[[instrument]]\nid = \"f\"\nmoney = {{ by_year = {{ 2000 = 10 }} }}\n\
         allocation = {{ x = 1 }}\ncapacity = {{ output_ratio = 2, online_after = 0, full_after = 2, lasts = 2 }}\n"
    );
    let mut level: f64 = 100.0;
    let mut expected = Vec::new();
    for (year, new) in [(2001, 10.0), (2002, 10.0), (2003, -10.0), (2004, -10.0)] {
        level = level * 1.05 + new;
        expected.push(("cluster.x", year, level));
    }
    check(&body, 4, &expected);
}

#[test]
fn capacity_of_a_signed_batch_starts_late_and_lands_by_base_revenue() {
    let body = format!(
        "{PLACES}{POLICIES}[[instrument]]\nid = \"b\"\n\
         projects = {{ count = 7, start_delay = 2, public_share = 0.1, signed = {{ by_year = {{ 2001 = 80 }} }} }}\n\
         capacity = {{ output_ratio = 0.5, online_after = 1, full_after = 1 }}\n"
    );
    let mut expected = Vec::new();
    for (series, base, share) in [("cluster.x", 100.0, 0.25), ("cluster.y", 300.0, 0.75)] {
        let mut level: f64 = base;
        for year in 2001..=2005 {
            level = level * 1.05 + if year == 2004 { 40.0 * share } else { 0.0 };
            expected.push((series, year, level));
        }
    }
    let run = check(&body, 5, &expected);
    assert_close("paid in the year of start", run.sums("all").paid[3].mean().unwrap(), 8.0, ROUNDING);
}

#[test]
fn receiving_industries_share_by_base_mix() {
    let body = format!(
        "[[industry]]\nid = \"a\"\ntrend = 0\n[[industry]]\nid = \"b\"\ntrend = 0\n[[industry]]\nid = \"d\"\ntrend = 0\n\
         [[cluster]]\nid = \"x\"\nbase = 100\nmix = {{ a = 0.5, b = 0.3, d = 0.2 }}\n{POLICIES}\
         [[instrument]]\nid = \"f\"\nmoney = {{ by_year = {{ 2001 = 10 }} }}\n\
         capacity = {{ output_ratio = 1, industries = [\"b\", \"d\"] }}\n"
    );
    check(&body, 1, &[("industry.a", 2001, 50.0), ("industry.b", 2001, 36.0), ("industry.d", 2001, 24.0)]);
}

#[test]
fn knowledge_recursion() {
    for lag in [0_usize, 2] {
        let body = format!(
            "{PLACES}{POLICIES}[[instrument]]\nid = \"k\"\nmoney = {{ per_year = 2, from = 2000, to = 2003 }}\n\
             allocation = {{ x = 1 }}\nknowledge = {{ additionality = 0.2, elasticity = 0.1, depreciation = 0.15, \
             lag = {lag}, rd_intensity = 0.04 }}\n"
        );
        let ratio = |t: usize| {
            let stock = (0..t.min(4)).map(|v| 2.4 * libm::pow(0.85, (t - 1 - v) as f64)).sum::<f64>();
            stock / (0.04 * 100.0 * libm::pow(1.05, t as f64) / (0.05 + 0.15))
        };
        let mut expected = vec![("cluster.y", 2006, 300.0 * libm::pow(1.05, 6.0))];
        for year in 1..=6_usize {
            // the sum of U telescopes to β ln(1 + X/K) of year − lag
            let gain = libm::pow(1.0 + ratio(year.saturating_sub(lag)), 0.1);
            expected.push(("cluster.x", 2000 + year as i32, 100.0 * libm::pow(1.05, year as f64) * gain));
        }
        check(&body, 6, &expected);
    }
}

fn growth(spec: &str, money: &str, factor: impl Fn(i32) -> f64) {
    let body = format!("{PLACES}{POLICIES}[[instrument]]\nid = \"g\"\n{money}growth = {{ {spec} }}\n");
    let expected: Vec<_> = (2001..=2007)
        .map(|year| (TOTAL, year, 400.0 * libm::pow(1.05, f64::from(year - 2000)) * factor(year)))
        .collect();
    check(&body, 7, &expected);
}

#[test]
fn growth_channel() {
    // the logarithm of a level effect, not the level itself, is spread evenly over the years
    // growth of year t leads to t + 1, so a start in 2001 with one year of lag shows from 2003 on
    growth("uplift = 0.02, years = 2, lag = 1, start = 2001", "", |year| {
        let phases = [0.0, 0.0, 0.5, 1.5, 2.5, 3.5, 4.5];
        libm::exp(0.02 * phases[(year - 2001) as usize])
    });
    growth("level = 0.1, years = 4, start = 2000", "", |year| {
        libm::pow(1.1, (f64::from(year - 2000) / 4.0).min(1.0))
    });
    growth("uplift = 0.03, scale = 20", "money = { per_year = 5, from = 2002, to = 2004 }\n", |year| {
        let spent = |t: i32| 5.0 * f64::from((t - 2001).clamp(0, 3));
        libm::exp((2002..year).map(|t| 0.03 * (1.0 - libm::exp(-spent(t) / 20.0))).sum())
    });
    growth("level = 0.2, scale = 10", "money = { by_year = { 2001 = 5, 2003 = 5 } }\n", |year| {
        let spent = [0.0, 5.0, 5.0, 10.0, 10.0, 10.0, 10.0][(year - 2001) as usize];
        libm::pow(1.2, 1.0 - libm::exp(-spent / 10.0))
    });
}

#[test]
fn growth_reaches_only_the_listed_segments() {
    let body = format!(
        "{PLACES}{POLICIES}[[instrument]]\nid = \"g\"\n\
         growth = {{ uplift = 0.04, start = 2000, clusters = [\"y\"] }}\n"
    );
    check(&body, 1, &[("cluster.x", 2001, 105.0), ("cluster.y", 2001, 315.0 * libm::exp(0.04))]);
}

#[test]
fn premiums_add_up() {
    let body = "[nation]\ntrend = 0.02\n[[province]]\nid = \"p\"\npremium = 0.01\n\
        [[industry]]\nid = \"a\"\npremium = 0.03\n[[industry]]\nid = \"b\"\npremium = -0.01\n\
        [[cluster]]\nid = \"x\"\nbase = 100\nmix = { a = 0.5, b = 0.5 }\npremium = 0.005\n\
        industry_premium = { b = 0.02 }\n";
    let run = Case::new(3, body).run(512, 302);
    for (series, growth) in [("industry.a", 1.065), ("industry.b", 1.045)] {
        let exact = 50.0 * libm::pow(growth, 3.0);
        assert_close(series, run.certain("none", series, 2003), exact, ROUNDING);
    }
}

#[test]
fn spill_over_recursion() {
    // the cycle of industry a starts at 10 % and halves each year without innovations; b hears of it a year later
    let body = "[spillover]\nstrength = 0.4\nneighbours = \"same_cluster\"\n\
        [[industry]]\nid = \"a\"\ntrend = 0.05\ncycle = { volatility = 0, persistence = 0.5, start = 0.1 }\n\
        [[industry]]\nid = \"b\"\ntrend = 0.02\n[[industry]]\nid = \"d\"\ntrend = 0.03\n\
        [[cluster]]\nid = \"x\"\nbase = 100\nmix = { a = 0.5, b = 0.3, d = 0.2 }\n";
    let run = Case::new(6, body).run(512, 303);
    let (trend, base) = ([0.05_f64, 0.02, 0.03], [50.0_f64, 30.0, 20.0]);
    let mut level = base;
    let mut excess = [0.0; 3];
    for step in 1..=6 {
        let cycle = [0.1 * libm::pow(0.5, f64::from(step)), 0.0, 0.0];
        let mut next = [0.0; 3];
        for i in 0..3 {
            let others = base.iter().sum::<f64>() - base[i];
            let received: f64 = (0..3).filter(|&j| j != i).map(|j| base[j] / others * excess[j]).sum();
            next[i] = cycle[i] + 0.4 * received;
            level[i] *= (1.0 + trend[i]) * libm::exp(next[i]);
        }
        excess = next;
        for (series, exact) in ["industry.a", "industry.b", "industry.d"].iter().zip(level) {
            assert_close(series, run.certain("none", series, 2000 + step), exact, ROUNDING);
        }
    }
}

#[test]
fn other_measures_follow_the_primary_one() {
    let body = "[measures.r]\nname = \"r\"\n[measures.chain]\nname = \"chain\"\n\
        [[province]]\nid = \"p\"\nbase = 400\nbase_in = { chain = 900 }\n\
        [[industry]]\nid = \"s\"\ntrend = 0.05\n\
        [[cluster]]\nid = \"x\"\nshare = 0.3\nbase_in = { chain = 150 }\n\
        [[cluster]]\nid = \"y\"\nbase = 100\npremium = 0.02\n[[cluster]]\nid = \"z\"\nremainder = true\n\
        [[target]]\nid = \"t\"\nscope = \"cluster.x\"\nmeasure = \"chain\"\nyear = 2002\nat_least = 160\n\
        [[target]]\nid = \"p\"\nmeasure = \"chain\"\nyear = 2002\nmultiple_of_base = 1.1\n";
    let body = body.replace("[measures.r]", "measure = \"r\"\n[measures.r]");
    let run = Case::new(2, &body).run(512, 304);
    let x = 120.0 * 1.05 * 1.05;
    let total = 300.0 * 1.05 * 1.05 + 100.0 * 1.07 * 1.07;
    for (series, exact) in [
        ("cluster.x", x),
        ("cluster.z", 180.0 * 1.05 * 1.05),
        ("province.p", total),
        ("cluster.x@chain", 150.0 * 1.05 * 1.05),
        ("province.p@chain", 900.0 * total / 400.0),
    ] {
        assert_close(series, run.certain("none", series, 2002), exact, ROUNDING);
    }
    assert_eq!((run.target("none", "t").hits, run.target("none", "p").hits), (512, 512));
}

#[test]
fn costs_gross_net_and_discounted() {
    let body = format!(
        "discount_rate = 0.03\n{PLACES}{POLICIES}[[instrument]]\nid = \"f\"\n\
         money = {{ by_year = {{ 2000 = 4, 2001 = 10, 2003 = 20 }} }}\nrecovery = {{ share = 0.6, after = 2 }}\n\
         capacity = {{ realised = 0.5, output_ratio = 1 }}\n[[instrument]]\nid = \"award\"\n\
         money = {{ per_year = 1, from = 2001, to = 2002 }}\ngrowth = {{ uplift = 0.01 }}\n"
    );
    let run = Case::new(4, &body).run(512, 305);
    let value =
        |flows: [f64; 5]| -> f64 { (0..).zip(flows).map(|(t, x)| x / libm::pow(1.03, f64::from(t))).sum() };
    let costs = &run.sums("all").cost;
    let gross = value([2.0, 6.0, 1.0, 10.0, 0.0]);
    // the return of 2003's payment comes after the horizon
    let net = gross - value([0.0, 0.0, 0.6 * 2.0, 0.6 * 5.0, 0.0]);
    assert_close("gross", costs[0].mean().unwrap(), gross, ROUNDING);
    assert_close("net", costs[1].mean().unwrap(), net, ROUNDING);
    assert_close("paid in 2001", run.sums("all").paid[1].mean().unwrap(), 6.0, ROUNDING);
    assert_eq!(run.sums("none").cost[0].mean(), Some(0.0));
}
