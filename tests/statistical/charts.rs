//! What charts are drawn from, in the result document: pairs of targets, bins of a quantity, and growing counts.

use clustercast::analysis::results::DensityBin;

use crate::case::{BASE, Case, correlated, goal, segment};
use crate::check::{Lognormal, assert_probability, assert_share, density, phi, poisson, simpson};

const TRIALS: u64 = 1_000_000;

/// P(X ≥ a, Y ≥ b) of standard normals with correlation `r`, by quadrature.
fn orthant(a: f64, b: f64, r: f64) -> f64 {
    simpson(a, 9.0, 2_000, |x| density(x) * phi((r * x - b) / (1.0 - r * r).sqrt()))
}

#[test]
fn pairs_of_correlated_targets() {
    let (b, r) = ([0.3, -0.5, 1.2], [[1.0, 0.6, -0.3], [0.6, 1.0, 0.1], [-0.3, 0.1, 1.0]]);
    let mut body = correlated(&[libm::log(100.0); 3], &[0.1; 3], &|i, j| r[i][j]);
    let target = |id: &str, i: usize, role: &str| {
        let level = 100.0 * libm::exp(0.1 * b[i]);
        format!(
            "[[target]]\nid = \"{id}\"\nscope = \"cluster.k{i}\"\nyear = {}\nat_least = {level:?}\n{role}",
            BASE + 1
        )
    };
    // the third target is no target but a condition, so that places in lists differ; a group and a count stand among them
    body += &target("first", 0, "");
    body += "[[target]]\nid = \"either\"\nany_of = [\"first\", \"last\"]\n";
    body += &target("given", 1, "role = \"condition\"\n");
    body += &target("second", 1, "");
    body += &format!(
        "[[target]]\nid = \"one\"\nyear = {}\ncount_at_least = [{{ count = 1, value = 1 }}]\n",
        BASE + 1
    );
    body += &target("last", 2, "");
    body += "[[conditional]]\nid = \"c\"\ntarget = \"second\"\ngiven = [\"given\"]\n";
    let results = Case::new(1, &body).results(TRIALS, 401);
    let pairs = results.runs[0].pairs.as_ref().unwrap();
    assert_eq!(pairs.targets, ["first", "either", "second", "one", "last"]);
    let place = |id: &str| pairs.targets.iter().position(|known| known == id).unwrap();
    let both = |a: &str, b: &str| {
        let (i, j) = (place(a).max(place(b)), place(a).min(place(b)));
        pairs.hits[i][j]
    };
    let ids = ["first", "second", "last"];
    for j in 0..3 {
        for i in 0..=j {
            let exact = if i == j { phi(-b[i]) } else { orthant(b[i], b[j], r[i][j]) };
            let what = format!("{} and {}", ids[i], ids[j]);
            assert_probability(&what, both(ids[i], ids[j]), TRIALS, exact);
        }
        assert_eq!(both("one", ids[j]), both(ids[j], ids[j]), "every cluster reaches 1");
    }
    let [first, last] = ["first", "last"].map(|id| both("either", id));
    assert_eq!([first, last], ["first", "last"].map(|id| both(id, id)));
    assert_eq!(both("either", "either"), first + last - both("first", "last"));
}

/// H0: the bins hold the shares of a law with this distribution function. All bins of a call together have the
/// false-alarm rate of one check.
fn assert_bins(what: &str, bins: &[DensityBin], least: usize, below: impl Fn(f64) -> f64) {
    assert!(bins.len() >= least, "{what}: {} bins", bins.len());
    for bin in bins {
        let exact = below(bin.high) - below(bin.low);
        assert_share(&format!("{what}: {bin:?}"), bin.share, TRIALS, exact, bins.len());
    }
}

#[test]
fn bins_hold_the_shares_of_a_lognormal_law() {
    // a narrow law about a power of two, where the sketch is coarsest beside it, and one over three orders of magnitude
    for (base, years, sd, seed) in [(1024.0, 1, 0.02, 402), (900.0, 1, 0.2, 403), (5.0, 4, 0.6, 404)] {
        let body = segment(base, 0.0, sd) + &goal("t", BASE + years, base);
        let results = Case::new(years, &body).results(TRIALS, seed);
        let quantity = results.runs[0].targets[0].quantity.as_ref().unwrap();
        let law = Lognormal { mu: libm::log(base), sd: sd * f64::from(years).sqrt() };
        let below = |x: f64| if x > 0.0 { 1.0 - law.exceeds(x) } else { 0.0 };
        assert_bins(&format!("s.d. {sd}"), &quantity.density, 30, below);
    }
}

#[test]
fn bins_hold_the_shares_of_a_count() {
    let body = segment(100.0, 0.0, 0.1)
        + "[[arrival]]\nid = \"firm\"\ncluster = \"c\"\nindustry = \"s\"\nrate = 1.5\nsize = 1\n"
        + &format!(
            "[[target]]\nid = \"t\"\nyear = {}\narrivals = {{ of = [\"firm\"] }}\nnumber_at_least = 3\n",
            BASE + 3
        );
    let results = Case::new(3, &body).results(TRIALS, 405);
    let quantity = results.runs[0].targets[0].quantity.as_ref().unwrap();
    let below = |x: f64| (0..x as u32).map(|k| poisson(4.5, k)).sum::<f64>();
    assert_bins("arrivals", &quantity.density, 14, below);
    assert!(quantity.density.iter().all(|bin| bin.high == bin.low + 1.0), "{:?}", quantity.density);
}

/// H0: the hits between two checkpoints are binomial; all of them together have the false-alarm rate of one check.
#[test]
fn hits_grow_as_trials_do() {
    let law = Lognormal { mu: libm::log(100.0), sd: 0.2 };
    let body = segment(100.0, 0.0, 0.2) + &goal("t", BASE + 1, 115.0);
    // the last block and the last stretch are not full
    let trials = 300_101;
    let results = Case::new(1, &body).results(trials, 406);
    let run = &results.runs[0];
    let found = run.convergence.as_ref().unwrap();
    assert_eq!((found.trials.last(), found.hits.last()), (Some(&trials), Some(&run.targets[0].hits)));
    assert_eq!(found.trials.len(), found.hits.len());
    assert!((40..=80).contains(&found.trials.len()), "{} checkpoints", found.trials.len());
    let (mut before, mut met) = (0, 0);
    for (&trials, &hits) in found.trials.iter().zip(&found.hits) {
        assert!(trials > before && hits >= met && hits - met <= trials - before, "{trials}: {hits}");
        let n = trials - before;
        let share = (hits - met) as f64 / n as f64;
        assert_share(&format!("{before}..{trials}"), share, n, law.exceeds(115.0), found.trials.len());
        (before, met) = (trials, hits);
    }
}
