//! Chances with an exact answer of their own: volatilities, persistence, jumps, sums, first passage, funnels.

use crate::case::{BASE, Case, goal, segment};
use crate::check::*;

const TRIALS: u64 = 1_000_000;
const TOTAL: &str = "province.province";

/// Nation, industry, province and own shock in one segment; `b` is the exposure to the nation.
fn four_shocks(phi: f64, b: f64, tau: [f64; 4]) -> String {
    let [nation, industry, province, own] = tau;
    format!(
        "[nation.cycle]\nvolatility = {nation:?}\npersistence = {phi:?}\n\
         [[province]]\nid = \"p\"\ncycle = {{ volatility = {province:?} }}\n\
         [[industry]]\nid = \"s\"\ntrend = \"6%\"\ncycle = {{ volatility = {industry:?}, persistence = {phi:?} }}\n\
         [[cluster]]\nid = \"c\"\nbase = 100\nown_volatility = {own:?}\nexposure = {b:?}\n"
    )
}

fn check_lognormal(what: &str, body: &str, years: i32, law: Lognormal, seed: u64) {
    let year = BASE + years;
    let levels = [0.8, 1.0, 1.25].map(|x| x * libm::exp(law.mu));
    let goals: String = (0..).zip(levels).map(|(k, level)| goal(&format!("g{k}"), year, level)).collect();
    let run = Case::new(years, &format!("{body}{goals}")).run(TRIALS, seed);
    for (k, level) in (0..).zip(levels) {
        let hits = run.target("none", &format!("g{k}")).hits;
        assert_probability(&format!("{what}: ≥ {level}"), hits, TRIALS, law.exceeds(level));
    }
    let raw = [1.0, 2.0, 3.0, 4.0].map(|p| law.moment(p));
    assert_moments(what, run.moments("none", "cluster.c", year), raw);
}

#[test]
fn four_volatilities_add_up() {
    let tau = [0.05_f64, 0.04, 0.03, 0.06];
    let yearly: f64 = tau.iter().map(|t| t * t).sum();
    let law = Lognormal { mu: libm::log(100.0) + 3.0 * libm::log(1.06), sd: (3.0 * yearly).sqrt() };
    check_lognormal("four volatilities", &four_shocks(0.0, 1.0, tau), 3, law, 201);
}

#[test]
fn persistence_and_exposure_have_a_closed_form() {
    let (phi, b, tau, years) = (0.6_f64, 1.7_f64, [0.05_f64, 0.04, 0.03, 0.06], 5_u32);
    // Var Σ x_t of a stationary AR(1): τ² [T + 2 Σ_k (T − k) φ^k]
    let t = f64::from(years);
    let lags: f64 = (1..years).map(|k| (t - f64::from(k)) * libm::pow(phi, f64::from(k))).sum();
    let persistent = t + 2.0 * lags;
    let squares = tau.map(|t| t * t);
    let variance = (b * b * squares[0] + squares[1]) * persistent + t * (squares[2] + squares[3]);
    let law = Lognormal { mu: libm::log(100.0) + t * libm::log(1.06), sd: variance.sqrt() };
    check_lognormal("persistence", &four_shocks(phi, b, tau), years as i32, law, 202);
}

#[test]
fn constant_price_cuts_give_a_poisson_mixture() {
    let (rate, severity, exposure, m, s, years) = (0.3_f64, 0.2, 0.5, 0.05, 0.1, 4);
    let t = f64::from(years);
    let exceeds = |k: f64| -> f64 {
        (0..60)
            .map(|n| {
                let cuts = f64::from(n) * libm::log(1.0 - severity * exposure);
                let law = Lognormal { mu: libm::log(100.0) + t * m + cuts, sd: s * t.sqrt() };
                poisson(rate * t, n) * law.exceeds(k)
            })
            .sum()
    };
    let event = format!(
        "[[event]]\nid = \"cut\"\nrate = {rate:?}\nseverity = {severity:?}\nexposure = {exposure:?}\n"
    );
    let year = BASE + years;
    let levels = [90.0, 110.0, 130.0, 160.0];
    let goals: String = levels.iter().map(|k| goal(&format!("k{k}"), year, *k)).collect();
    let run = Case::new(years, &(segment(100.0, m, s) + &event + &goals)).run(TRIALS, 203);
    for k in levels {
        assert_probability("poisson mixture", run.target("none", &format!("k{k}")).hits, TRIALS, exceeds(k));
    }
}

/// Log growth is `own + cycle`, so two years of two segments are jointly normal with
/// correlation `r τ_a τ_b / (s_a s_b)`, where `s² = τ² + σ²`.
#[test]
fn correlated_pair_by_quadrature() {
    let (r, tau, own, years) = (0.6_f64, [0.10_f64, 0.15], [0.05_f64, 0.0], 2);
    let t = f64::from(years);
    let mut body = String::new();
    for k in 0..2 {
        body += &format!(
            "[[industry]]\nid = \"i{k}\"\ntrend = 0\ncycle = {{ volatility = {:?} }}\n\
             [[cluster]]\nid = \"k{k}\"\nbase = {}\nown_volatility = {:?}\nmix = {{ i{k} = 1 }}\n",
            tau[k],
            [60, 40][k],
            own[k]
        );
    }
    body += &format!("[[correlation]]\nof = [\"industry.i0\", \"industry.i1\"]\nvalue = {r:?}\n");
    let levels = [80.0, 100.0, 130.0];
    body += &levels.map(|k| goal(&format!("k{k}"), BASE + years, k)).concat();
    let run = Case::new(years, &body).run(TRIALS, 204);
    let sd = [0, 1].map(|k| (t * (tau[k] * tau[k] + own[k] * own[k])).sqrt());
    let rho = r * t * tau[0] * tau[1] / (sd[0] * sd[1]);
    for level in levels {
        // given the first segment the second is lognormal; where the first alone suffices the chance is 1
        let exceeds = |x: f64| {
            let rest = level - 60.0 * libm::exp(sd[0] * x);
            if rest <= 0.0 {
                return density(x);
            }
            let needed = libm::log(rest / 40.0) / sd[1];
            density(x) * (1.0 - phi((needed - rho * x) / (1.0 - rho * rho).sqrt()))
        };
        // the integrand has a corner where the first segment alone suffices
        let corner = libm::log(level / 60.0) / sd[0];
        let corner = corner.clamp(-9.0, 9.0);
        let exact = simpson(-9.0, corner, 20_000, exceeds) + simpson(corner, 9.0, 20_000, exceeds);
        assert_probability("pair", run.target("none", &format!("k{level}")).hits, TRIALS, exact);
    }
}

#[test]
fn first_passage_over_yearly_thresholds_by_grid() {
    let (m, s, levels) = (0.07_f64, 0.12_f64, [115.0, 125.0, 135.0, 150.0]);
    let table: Vec<String> = (1..).zip(levels).map(|(y, k)| format!("{} = {k:?}", BASE + y)).collect();
    let body = segment(100.0, m, s)
        + &format!("[[target]]\nid = \"by\"\nby = 2004\nat_least = {{ {} }}\n", table.join(", "))
        + &format!(
            "[[target]]\nid = \"held\"\nsustained = [2003, 2004]\nat_least = {{ {} }}\n",
            table.join(", ")
        );
    let run = Case::new(4, &body).run(TRIALS, 205);
    // density of ln R below all thresholds so far, on a grid that ends at the latest threshold
    let step = |from: f64, to: f64| density((to - from - m) / s) / s;
    let origin = libm::log(100.0);
    let low = origin - 2.0;
    let grid = |top: f64| (0..=2000).map(move |i| low + (top - low) * f64::from(i) / 2000.0);
    let mut alive: Option<(f64, Vec<f64>)> = None;
    let mut before = 1.0;
    for (year, level) in (1..).zip(levels) {
        let top = libm::log(level);
        let next: Vec<f64> = grid(top)
            .map(|x| match &alive {
                None => step(origin, x),
                Some((last, weights)) => {
                    let h = (last - low) / 2000.0;
                    let terms = grid(*last).zip(weights).enumerate();
                    terms.map(|(i, (y, w))| simpson_weight(i, 2000) * w * step(y, x)).sum::<f64>() * h / 3.0
                }
            })
            .collect();
        let h = (top - low) / 2000.0;
        let survival: f64 =
            next.iter().enumerate().map(|(i, w)| simpson_weight(i, 2000) * w).sum::<f64>() * h / 3.0;
        let hits = run.target("none", "by").first_year[year];
        assert_probability(&format!("first in year {year}"), hits, TRIALS, before - survival);
        (before, alive) = (survival, Some((top, next)));
    }
    assert_probability("by", run.target("none", "by").hits, TRIALS, 1.0 - before);
    // sustained: ln R_2003 beyond its level, then ln R_2004 beyond its own
    let start = Lognormal { mu: origin + 3.0 * m, sd: s * 3.0_f64.sqrt() };
    let from = (libm::log(levels[2]) - start.mu) / start.sd;
    let both = simpson(from, 9.0, 5_000, |z| {
        density(z) * phi((start.mu + start.sd * z + m - libm::log(levels[3])) / s)
    });
    assert_probability("sustained", run.target("none", "held").hits, TRIALS, both);
}

fn simpson_weight(i: usize, last: usize) -> f64 {
    if i == 0 || i == last {
        1.0
    } else if i % 2 == 1 {
        4.0
    } else {
        2.0
    }
}

#[test]
fn uncertain_quantities_join_the_variance() {
    // ln(1 + g) with 1 + g uniform: E and P by quadrature, one draw for all years
    let (low, high, s, years) = (0.02_f64, 0.10_f64, 0.08_f64, 4);
    let t = f64::from(years);
    let body = format!(
        "[[industry]]\nid = \"s\"\ntrend = {{ dist = \"uniform\", low = {low:?}, high = {high:?} }}\n\
         [[cluster]]\nid = \"c\"\nbase = {{ dist = \"lognormal\", median = 100, sigma = 0.05 }}\n\
         own_volatility = {s:?}\n"
    ) + &goal("k", BASE + years, 130.0);
    let run = Case::new(years, &body).run(TRIALS, 206);
    let sd = (t * s * s + 0.05 * 0.05).sqrt();
    let exact = simpson(low, high, 2_000, |g| {
        Lognormal { mu: libm::log(100.0) + t * libm::log1p(g), sd }.exceeds(130.0) / (high - low)
    });
    assert_probability("uncertain trend and base", run.target("none", "k").hits, TRIALS, exact);
}

/// Capacity without delay: a signed yuan is a yuan of revenue in the same year.
fn batch(count: u32) -> String {
    format!(
        "[[industry]]\nid = \"s\"\ntrend = 0\n[[cluster]]\nid = \"c\"\nbase = 100\n\
         [[instrument]]\nid = \"b\"\n\
         projects = {{ count = {count}, landed = 0.6, started = 0.5, public_share = 0.1, \
         signed = {{ by_year = {{ 2001 = {count} }} }} }}\n\
         capacity = {{ output_ratio = 1 }}\n\
         [[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"all\"\ninstruments = \"all\"\n"
    )
}

#[test]
fn started_projects_are_binomial() {
    for count in [3_u32, 40, 200] {
        let started: Vec<u32> = (0..=count).filter(|k| k % (1 + count / 10) == 0 && *k > 0).collect();
        let goals: String =
            started.iter().map(|k| goal(&format!("k{k}"), 2001, 99.5 + f64::from(*k))).collect();
        let trials = 300_000;
        let run = Case::new(1, &(batch(count) + &goals)).run(trials, 207);
        for k in started {
            let exact: f64 = (k..=count).map(|j| binomial(count.into(), j.into(), 0.3)).sum();
            let hits = run.target("all", &format!("k{k}")).hits;
            assert_probability(&format!("{k} of {count} start"), hits, trials, exact);
        }
        let (n, mean, variance) = (trials as f64, 0.3 * f64::from(count), 0.21 * f64::from(count));
        let cost = run.sums("all").cost[0].mean().unwrap();
        assert_within("public share", cost, 0.1 * mean, 0.1 * (variance / n).sqrt());
        let total = run.moments("all", TOTAL, 2001).mean().unwrap();
        assert_within("new revenue", total, 100.0 + mean, (variance / n).sqrt());
    }
}

#[test]
fn vintages_fail_as_a_whole() {
    let body = "[[industry]]\nid = \"s\"\ntrend = 0\n[[cluster]]\nid = \"c\"\nbase = 100\n\
        [[instrument]]\nid = \"f\"\nmoney = { by_year = { 2001 = 10, 2002 = 20 } }\n\
        capacity = { output_ratio = 1, survival = 0.7, failure = \"vintage\" }\n\
        [[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"all\"\ninstruments = \"all\"\n";
    let goals = [109.0, 119.0, 129.0].map(|k| goal(&format!("k{k}"), 2002, k)).concat();
    let trials = 300_000;
    let run = Case::new(2, &format!("{body}{goals}")).run(trials, 208);
    for (k, p) in [("k109", 1.0 - 0.09), ("k119", 0.7), ("k129", 0.49)] {
        assert_probability(k, run.target("all", k).hits, trials, p);
    }
}

#[test]
fn at_most_one_arrival_a_year_fades_back() {
    // a cut in 2001 alone, of 30 %, that fades over two years
    let body = segment(100.0, 0.0, 0.0)
        + "[[event]]\nid = \"e\"\nprobability = 0.4\nseverity = 0.3\nrecovery = 2\nfrom = 2001\nto = 2001\n";
    let goals: String = (2001..=2004).map(|y| goal(&format!("y{y}"), y, 99.999_999)).collect();
    let trials = 100_000;
    let run = Case::new(4, &(body + &goals)).run(trials, 209);
    for year in [2001, 2002] {
        assert_probability("untouched", run.target("none", &format!("y{year}")).hits, trials, 0.6);
    }
    for year in [2003, 2004] {
        assert_eq!(run.target("none", &format!("y{year}")).hits, trials, "the loss has faded by {year}");
    }
    for (year, level) in [(2001, 70.0), (2002, 100.0 * 0.7_f64.sqrt())] {
        assert_close("cut", run.sketch("none", TOTAL, year).min().unwrap(), level, 1e-12);
    }
}

#[test]
fn events_hit_only_their_industries_and_clusters() {
    let body = "[[industry]]\nid = \"a\"\ntrend = 0\n[[industry]]\nid = \"b\"\ntrend = 0\n\
        [[cluster]]\nid = \"x\"\nbase = 100\nmix = { a = 0.5, b = 0.5 }\n\
        [[cluster]]\nid = \"y\"\nbase = 200\nmix = { a = 0.25, b = 0.75 }\n\
        [[event]]\nid = \"ea\"\nprobability = 1\nlog_change = 0.1\nindustries = [\"a\"]\n\
        [[event]]\nid = \"ey\"\nprobability = 1\nseverity = -0.5\nexposure = 0.2\nclusters = [\"y\"]\n";
    let run = Case::new(1, body).run(512, 210);
    let (a, y) = (libm::exp(0.1), 1.1);
    for (series, exact) in [
        ("industry.a", 50.0 * a + 50.0 * a * y),
        ("industry.b", 50.0 + 150.0 * y),
        ("cluster.x", 50.0 * a + 50.0),
        ("cluster.y", (50.0 * a + 150.0) * y),
    ] {
        assert_close(series, run.certain("none", series, 2001), exact, 1e-12);
    }
}

/// All paths of the regime chain are listed; given the path, the log is normal. Both ways out of a regime differ, and
/// the first year follows the stationary law.
#[test]
fn regimes_by_enumeration() {
    let (down, up, mean, sd, years) = (0.15, 0.4, [0.08, -0.06], [0.04, 0.10], 5);
    let body = format!(
        "[nation.regimes]\nto_downturn = {down}\nto_normal = {up}\n\
         normal = {{ mean = 0.08, volatility = 0.04 }}\ndownturn = {{ mean = -0.06, volatility = 0.10 }}\n"
    ) + &segment(100.0, 0.0, 0.0)
        + &goal("k", BASE + years, 120.0);
    let run = Case::new(years, &body).run(TRIALS, 211);
    let moves = [[1.0 - down, down], [up, 1.0 - up]];
    let stationary = [up / (down + up), down / (down + up)];
    let exact: f64 = (0..1_usize << years)
        .map(|path| {
            let regimes: Vec<usize> = (0..years).map(|t| path >> t & 1).collect();
            let start = stationary[regimes[0]];
            let chance = regimes.windows(2).fold(start, |p, pair| p * moves[pair[0]][pair[1]]);
            let mu = libm::log(100.0) + regimes.iter().map(|&r| mean[r]).sum::<f64>();
            let variance: f64 = regimes.iter().map(|&r| sd[r] * sd[r]).sum();
            chance * Lognormal { mu, sd: variance.sqrt() }.exceeds(120.0)
        })
        .sum();
    assert_probability("regimes", run.target("none", "k").hits, TRIALS, exact);
}
