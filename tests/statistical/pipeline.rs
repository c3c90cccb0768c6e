//! Pipelines: exact laws, brute force over every asset, awards by hand, and what must not change a draw.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Exp1, Gamma, Poisson};

use crate::case::{BASE, Case, paths};
use crate::check::{Z, assert_close, assert_moments, assert_probability, assert_within, binomial};
use crate::fixture::Reference;

const TRIALS: u64 = 1_000_000;
const TOTAL: &str = "province.province";
const PLACE: &str = "[[industry]]\nid = \"s\"\ntrend = 0\n[[cluster]]\nid = \"c\"\nbase = 100\n";

/// Targets on the number of approvals of pipeline `a` up to `year`.
fn approvals(table: &[(f64, f64)], year: i32) -> String {
    let target = |k: &f64| {
        format!(
            "[[target]]\nid = \"k{k}\"\nyear = {year}\napprovals = {{ pipelines = [\"a\"] }}\nnumber_at_least = {k}\n"
        )
    };
    table.iter().map(|(k, _)| target(k)).collect()
}

const APPROVALS: &str = "approvals.a/2001";

fn stages(success: &[f64], duration: &[f64], shape: &str, assets: u64) -> String {
    let stage = |(k, (p, d)): (usize, (&f64, &f64))| {
        let assets = if k == 0 { assets } else { 0 };
        format!(
            "[[pipeline.stage]]\nid = \"s{k}\"\nsuccess = {p:?}\nduration = {d:?}\n{shape}assets = {assets}\n"
        )
    };
    success.iter().zip(duration).enumerate().map(stage).collect()
}

#[test]
fn approvals_of_a_cohort_are_binomial() {
    let reference = Reference::new("pipeline_bio_rates");
    let (success, mean) = (reference.params("p"), reference.params("mean_stage_years"));
    let (n, years) = (reference.param("n") as u64, reference.param("T") as i32);
    let table = reference.table("p_at_least");
    let body = format!(
        "{PLACE}[[pipeline]]\nid = \"a\"\nindustry = \"s\"\n{}{}",
        stages(&success, &mean, "shape = 1\n", n),
        approvals(&table, BASE + years)
    );
    let run = Case::new(years, &body).run(TRIALS, 701);
    for (k, p) in table {
        assert_probability(&format!("≥ {k}"), run.target("none", &format!("k{k}")).hits, TRIALS, p);
    }
    let by_year = crate::fixture::numbers(reference.value("expected", "mean_by_year"));
    for (year, mean) in (BASE + 1..).zip(by_year) {
        let p = mean / n as f64;
        let found = run.moments("none", APPROVALS, year);
        let sd = (mean * (1.0 - p)).sqrt();
        assert_within(&format!("{year}"), found.mean().unwrap(), mean, sd / 1000.0);
    }
    let p = reference.expected("p_launch_by_T");
    let raw =
        |power: i32| (0..=n).map(|k| libm::pow(k as f64, power.into()) * binomial(n, k, p)).sum::<f64>();
    assert_moments("cohort", run.moments("none", APPROVALS, BASE + years), [1, 2, 3, 4].map(raw));
}

#[test]
fn published_rates_multiply() {
    let reference = Reference::new("pipeline_published_loa");
    let success = reference.params("p");
    let body = format!(
        "{PLACE}[[pipeline]]\nid = \"a\"\nindustry = \"s\"\n{}{}",
        stages(&success, &[0.1; 4], "", 1),
        approvals(&[(1.0, 0.0)], BASE + 1)
    );
    let run = Case::new(1, &body).run(TRIALS, 702);
    assert_probability("approved", run.target("none", "k1").hits, TRIALS, reference.expected("loa"));
}

#[test]
fn approvals_of_entrants_are_poisson() {
    let reference = Reference::new("pipeline_poisson_arrivals");
    let [rate, loa, shape, scale, years] =
        ["lam", "loa", "shape", "scale", "T"].map(|key| reference.param(key));
    let table = reference.table("p_at_least");
    let years = years as i32;
    let body = format!(
        "{PLACE}[[pipeline]]\nid = \"a\"\nindustry = \"s\"\nentrants = {rate:?}\n{}{}",
        stages(&[loa], &[shape * scale], &format!("shape = {shape:?}\n"), 0),
        approvals(&table, BASE + years)
    );
    let run = Case::new(years, &body).run(TRIALS, 703);
    for (k, p) in table {
        assert_probability(&format!("≥ {k}"), run.target("none", &format!("k{k}")).hits, TRIALS, p);
    }
    let mean = reference.expected("mean");
    // a Poisson law has the raw moments m, m + m², m + 3m² + m³, m + 7m² + 6m³ + m⁴
    let raw = [
        mean,
        mean * (1.0 + mean),
        mean * (1.0 + mean * (3.0 + mean)),
        mean * (1.0 + mean * (7.0 + mean * (6.0 + mean))),
    ];
    assert_moments("entrants", run.moments("none", APPROVALS, BASE + years), raw);
}

/// Three stages of every kind, assets under way, entrants in the second stage, sales that ramp up.
const MIXED: &str = "[[pipeline]]\nid = \"a\"\nindustry = \"s\"\nentrants = 3\nenter_at = \"y\"\nlocal = 0.5\n\
    peak_sales = { dist = \"discrete\", values = [2, 10], weights = [3, 1] }\nramp = 2\nlaunch_after = 0.25\n\
    [[pipeline.stage]]\nid = \"x\"\nsuccess = 0.5\nduration = 1.5\nshape = 2\nassets = 12\nelapsed = 0.4\n\
    [[pipeline.stage]]\nid = \"y\"\nsuccess = 0.6\nduration = 2\nshape = 1\nassets = 8\nelapsed = 0.25\n\
    [[pipeline.stage]]\nid = \"z\"\nsuccess = 0.8\nduration = 1.2\nassets = 5\nelapsed = 0.5\n";

/// Two instruments that come into force in mid-course.
const SUPPORT: &str = "[[instrument]]\nid = \"trial\"\n\
    pipeline = { pipelines = [\"a\"], stages = [\"x\", \"y\"], start = 2002, success = 1.3, duration = 0.6, \
    entrants = 1.5, entrants_added = 0.7 }\n[[instrument]]\nid = \"review\"\n\
    pipeline = { pipelines = [\"a\"], stages = [\"y\", \"z\"], start = 2004, success = 1.2, duration = 0.5, \
    peak = 1.5, uptake = 0.5, local_added = 0.25 }\n\
    [[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"trial\"\ninstruments = [\"trial\"]\n\
    [[policy]]\nid = \"all\"\ninstruments = \"all\"\n";

/// One stage of the brute-force simulation: success, mean, law (0 fixed, else gamma shape), assets, elapsed.
const STAGES: [(f64, f64, f64, u32, f64); 3] =
    [(0.5, 1.5, 2.0, 12, 0.4), (0.6, 2.0, 1.0, 8, 0.25), (0.8, 1.2, 0.0, 5, 0.5)];

/// Levers in force at a time: for every stage multipliers of success and duration.
fn levers(stage: usize, policy: usize, time: f64) -> (f64, f64) {
    let (mut success, mut duration) = (1.0, 1.0);
    if policy >= 1 && stage < 2 && time > 1.0 {
        success *= 1.3;
        duration *= 0.6;
    }
    if policy >= 2 && stage > 0 && time > 3.0 {
        success *= 1.2;
        duration *= 0.5;
    }
    (success, duration)
}

/// Follows one asset in small steps of work, draws its fate stage by stage; the time of approval if it is approved.
fn follow(rng: &mut ChaCha8Rng, first: usize, entry: f64, elapsed: f64, policy: usize) -> Option<f64> {
    let mut time = entry;
    for (stage, &(p, mean, shape, _, _)) in STAGES.iter().enumerate().skip(first) {
        let unit = match shape {
            0.0 => 1.0,
            1.0 => Exp1.sample(rng),
            _ => Gamma::new(shape, 1.0 / shape).unwrap().sample(rng),
        };
        let mut work = mean * unit * if stage == first { 1.0 - elapsed } else { 1.0 };
        // the pace changes at the ends of the first and third year only
        for end in [1.0, 3.0, f64::INFINITY] {
            if time < end {
                let pace = levers(stage, policy, (time + end.min(1e9)) / 2.0).1;
                let step = (work * pace).min(end - time);
                time += step;
                work -= step / pace;
                if work <= 1e-12 {
                    break;
                }
            }
        }
        if rng.random::<f64>() >= (p * levers(stage, policy, time).0).min(1.0) {
            return None;
        }
    }
    Some(time)
}

/// Approvals up to the horizon and local revenue of the horizon of one trial.
fn brute_force(rng: &mut ChaCha8Rng, years: i32, policy: usize) -> (f64, f64) {
    let mut approved = Vec::new();
    for (stage, &(.., assets, elapsed)) in STAGES.iter().enumerate() {
        approved.extend((0..assets).filter_map(|_| follow(rng, stage, 0.0, elapsed, policy)));
    }
    for year in 0..years {
        let rate = if policy >= 1 && year >= 1 { 3.0 * 1.5 + 0.7 } else { 3.0 };
        let entrants: f64 = Poisson::new(rate).unwrap().sample(rng);
        for _ in 0..entrants as u32 {
            let entry = f64::from(year) + rng.random::<f64>();
            approved.extend(follow(rng, 1, entry, 0.0, policy));
        }
    }
    let end = f64::from(years);
    approved.retain(|&t| t <= end);
    let mut revenue = 0.0;
    for &time in &approved {
        let late = policy == 2 && time > 3.0;
        let peak = if rng.random::<f64>() < 0.75 { 2.0 } else { 10.0 } * if late { 1.5 } else { 1.0 };
        let (ramp, local) = if late { (1.0, 0.75) } else { (2.0, 0.5) };
        // mean uptake of the last year, by the midpoint rule
        let uptake = |t: f64| ((t - time - 0.25) / ramp).clamp(0.0, 1.0);
        let mean = (0..200).map(|k| uptake(end - 1.0 + (f64::from(k) + 0.5) / 200.0)).sum::<f64>() / 200.0;
        revenue += local * peak * mean;
    }
    (approved.len() as f64, revenue)
}

/// Mean of `f` and its variance over `sample`.
fn mean_and_variance(sample: &[f64], f: impl Fn(f64) -> f64) -> (f64, f64) {
    let n = sample.len() as f64;
    let mean = sample.iter().map(|&x| f(x)).sum::<f64>() / n;
    (mean, sample.iter().map(|&x| (f(x) - mean) * (f(x) - mean)).sum::<f64>() / (n - 1.0))
}

/// H0: two independent samples have the same mean of `f` (two-sample z by the central limit theorem).
fn assert_alike(what: &str, a: &[f64], b: &[f64], f: impl Fn(f64) -> f64 + Copy) {
    let ((ma, va), (mb, vb)) = (mean_and_variance(a, f), mean_and_variance(b, f));
    let se = (va / a.len() as f64 + vb / b.len() as f64).sqrt();
    assert!((ma - mb).abs() <= Z * se, "{what}: {ma} against {mb} ± {se}");
}

#[test]
fn every_asset_by_brute_force() {
    let years = 6;
    let goal =
        "[[target]]\nid = \"n\"\nyear = 2006\napprovals = { pipelines = [\"a\"] }\nnumber_at_least = 5\n";
    let case = Case::new(years, &format!("{PLACE}{MIXED}{SUPPORT}{goal}"));
    let n = 100_000;
    let (counts, totals) = (paths(&case.plan(), 704, n, APPROVALS, 6), paths(&case.plan(), 704, n, TOTAL, 6));
    for policy in 0..3 {
        let mut rng = ChaCha8Rng::seed_from_u64(705 + policy as u64);
        let (brute, sold): (Vec<f64>, Vec<f64>) =
            (0..n).map(|_| brute_force(&mut rng, years, policy)).unzip();
        let revenue: Vec<f64> = totals[policy].iter().map(|x| x - 100.0).collect();
        let what = format!("policy {policy}");
        for k in 0..=30 {
            let hit = |x: f64| f64::from(u8::from(x >= f64::from(k)));
            let share = mean_and_variance(&brute, hit).0;
            // the central limit theorem needs a share away from 0 and 1
            if share * n as f64 > 500.0 && (1.0 - share) * n as f64 > 500.0 {
                assert_alike(&format!("{what}: ≥ {k} approvals"), &counts[policy], &brute, hit);
            }
        }
        assert_alike(&format!("{what}: approvals"), &counts[policy], &brute, |x| x);
        assert_alike(&format!("{what}: squared approvals"), &counts[policy], &brute, |x| x * x);
        assert_alike(&format!("{what}: revenue"), &revenue, &sold, |x| x);
        assert_alike(&format!("{what}: squared revenue"), &revenue, &sold, |x| x * x);
    }
}

#[test]
fn more_support_never_takes_an_approval_away() {
    let goal =
        "[[target]]\nid = \"n\"\nyear = 2006\napprovals = { pipelines = [\"a\"] }\nnumber_at_least = 5\n";
    let plan = Case::new(6, &format!("{PLACE}{MIXED}{SUPPORT}{goal}")).plan();
    for year in 1..=6 {
        let by_policy = paths(&plan, 706, 20_000, APPROVALS, year);
        for pair in by_policy.windows(2) {
            let mut raised = 0;
            for (less, more) in pair[0].iter().zip(&pair[1]) {
                assert!(less <= more, "{less} approvals with less support, {more} with more");
                raised += usize::from(less < more);
            }
            // the first instrument acts from the second year on, the other from the fourth
            assert!(raised > 1000 || year <= 3, "support shows in year {year}");
        }
    }
}

/// Approvals at known times: three after 0.7 years, two after 1.2, four after 2.1.
const CERTAIN: &str = "[[pipeline]]\nid = \"a\"\nindustry = \"s\"\npeak_sales = 8\nramp = 2\nlaunch_after = 0.5\nlocal = 0.5\n\
    [[pipeline.stage]]\nid = \"x\"\nsuccess = 1\nduration = 1\nassets = 2\nelapsed = 0.5\n\
    [[pipeline.stage]]\nid = \"y\"\nsuccess = 1\nduration = 0.7\nassets = 3\n\
    [[pipeline]]\nid = \"b\"\nindustry = \"s\"\n\
    [[pipeline.stage]]\nid = \"y\"\nsuccess = 1\nduration = 2.1\nassets = 4\n";

/// Mean uptake in a year of a product launched at `launch`, by the midpoint rule with exact halves.
fn uptake(year: i32, launch: f64, ramp: f64) -> f64 {
    let n = 200_000;
    let at = |k: i32| f64::from(year - 1) + (f64::from(k) + 0.5) / f64::from(n);
    (0..n).map(|k| ((at(k) - launch) / ramp).clamp(0.0, 1.0)).sum::<f64>() / f64::from(n)
}

#[test]
fn awards_go_to_the_first_while_the_money_lasts() {
    let goals = "[[target]]\nid = \"a\"\nyear = 2004\napprovals = { pipelines = [\"a\"] }\nnumber_at_least = 5\n\
        [[target]]\nid = \"b\"\nyear = 2004\napprovals = { pipelines = [\"a\", \"b\"], since = 2002 }\nnumber_at_least = 6\n";
    // five in 2001 pay two of three; five in 2002 pay both; in 2003 the products of b ask and none of a
    let body = format!(
        "{PLACE}{CERTAIN}{goals}[[instrument]]\nid = \"w\"\nmoney = {{ per_year = 5 }}\n\
         pipeline = {{ pipelines = [\"a\", \"b\"], award = 2, peak = 1.5, uptake = 0.5, local_added = 0.25 }}\n\
         [[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"all\"\ninstruments = [\"w\"]\n"
    );
    let run = Case::new(4, &body).run(512, 707);
    for (year, paid) in [(1, 4.0), (2, 4.0), (3, 4.0), (4, 0.0)] {
        assert_close("paid", run.sums("all").paid[year].mean().unwrap(), paid, 1e-12);
        assert_eq!(run.sums("none").paid[year].mean(), Some(0.0));
    }
    assert_close("cost", run.sums("all").cost[0].mean().unwrap(), 12.0, 1e-12);
    for year in 2001..=2004 {
        let t = year - BASE;
        let plain = |launch: f64| 0.5 * 8.0 * uptake(t, launch, 2.0);
        let awarded = |launch: f64| 0.75 * 12.0 * uptake(t, launch, 1.0);
        let none = 100.0 + 3.0 * plain(1.2) + 2.0 * plain(1.7);
        let all = 100.0 + plain(1.2) + 2.0 * awarded(1.2) + 2.0 * awarded(1.7);
        assert_close(&format!("none {year}"), run.certain("none", TOTAL, year), none, 1e-9);
        assert_close(&format!("all {year}"), run.certain("all", TOTAL, year), all, 1e-9);
        let approved = [3.0, 5.0, 5.0, 5.0][(t - 1) as usize];
        assert_close("a", run.certain("all", APPROVALS, year), approved, 1e-12);
        let later = [0.0, 2.0, 6.0, 6.0][(t - 1) as usize];
        assert_close("since 2002", run.certain("all", "approvals.a+b/2002", year), later, 1e-12);
    }
    assert_eq!((run.target("none", "a").hits, run.target("all", "b").hits), (512, 512));
}

#[test]
fn sales_of_a_province_go_to_its_clusters_by_base_revenue() {
    let body = format!(
        "[[industry]]\nid = \"s\"\ntrend = 0\n[[industry]]\nid = \"o\"\ntrend = 0\n\
         [[cluster]]\nid = \"c\"\nbase = 100\nmix = {{ s = 0.5, o = 0.5 }}\n\
         [[cluster]]\nid = \"d\"\nbase = 150\nmix = {{ s = 1 }}\n[[cluster]]\nid = \"e\"\nbase = 70\nmix = {{ o = 1 }}\n{}",
        CERTAIN.replace("ramp = 2", "ramp = 0")
    );
    let run = Case::new(3, &body).run(512, 708);
    // three launched at 1.2 and two at 1.7, each with 4 of local sales
    for (year, sold) in [(2001, 0.0), (2002, 4.0 * (3.0 * 0.8 + 2.0 * 0.3)), (2003, 20.0)] {
        for (series, base, share) in
            [("cluster.c", 100.0, 0.25), ("cluster.d", 150.0, 0.75), ("cluster.e", 70.0, 0.0)]
        {
            assert_close(series, run.certain("none", series, year), base + share * sold, 1e-12);
        }
    }
}

#[test]
fn what_is_not_sold_here_changes_no_revenue() {
    let body = "[[industry]]\nid = \"s\"\ntrend = \"2% to 6%\"\ncycle = { volatility = 0.1 }\n\
        [[cluster]]\nid = \"c\"\nbase = 100\nown_volatility = 0.2\n";
    let without = Case::new(6, body).plan();
    let with = Case::new(6, &format!("{body}{}{SUPPORT}", MIXED.replace("local = 0.5", "local = 0"))).plan();
    let (before, after) = (paths(&without, 709, 5000, TOTAL, 6), paths(&with, 709, 5000, TOTAL, 6));
    assert_eq!(before[0], after[0]);
    assert_eq!(before[0], after[1]);
    // the second instrument adds a local share
    assert_ne!(before[0], after[2]);
}
