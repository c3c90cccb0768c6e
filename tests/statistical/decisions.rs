//! Intervals of the decision analyses cover exact values as often as they state, over hundreds of seeds.

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;

use clustercast::analysis::Silent;
use clustercast::analysis::decision::compare::{Asked, Price, compare};
use clustercast::analysis::decision::discover::{Outcome, discover};
use clustercast::analysis::decision::drivers::{Part, drivers};
use clustercast::analysis::decision::{Estimate, Question, decompose};

use crate::case::{BASE, Case, goal, segment};
use crate::check::{Lognormal, assert_probability, density, phi, simpson};

/// How often intervals at 95 % may cover: their laws are approximations, good to a point.
const USUAL: [f64; 2] = [0.94, 0.96];

/// The same where they are wider by design or at the end of their range.
const WIDER: [f64; 2] = [0.94, 1.0];

/// The same for intervals of differences that hold together: for six pairs of policies each at 1 − 0.05/6.
const JOINT: [f64; 2] = [0.985, 0.998];

/// How often the interval of one figure held the exact value.
struct Figure {
    what: String,
    stated: [f64; 2],
    covered: u64,
}

/// How often the intervals of several figures held the exact values.
struct Coverage {
    figures: Vec<Figure>,
    seeds: u64,
}

impl Coverage {
    fn of<S: Into<String>>(figures: impl IntoIterator<Item = (S, [f64; 2])>) -> Self {
        let figures = figures.into_iter();
        let figures =
            figures.map(|(what, stated)| Figure { what: what.into(), stated, covered: 0 }).collect();
        Self { figures, seeds: 0 }
    }

    /// One run's estimates in the order of the figures, each with its exact value.
    fn record(&mut self, found: impl IntoIterator<Item = (Estimate, f64)>) {
        self.seeds += 1;
        let found: Vec<_> = found.into_iter().collect();
        assert_eq!(found.len(), self.figures.len(), "one estimate for each figure");
        for (figure, (Estimate { interval: [low, high], .. }, exact)) in self.figures.iter_mut().zip(found) {
            // an interval without width holds its value but for rounding
            let slack = 1e-12 * exact.abs();
            figure.covered += u64::from(low - slack <= exact && exact <= high + slack);
        }
    }

    /// H0: each interval covers with a probability in the range stated for it. What is rejected is its nearer end.
    fn check(&self) {
        for figure in &self.figures {
            println!("{}: {} of {}", figure.what, figure.covered, self.seeds);
        }
        for Figure { what, stated: [least, most], covered } in &self.figures {
            let nearest = (*covered as f64 / self.seeds as f64).clamp(*least, *most);
            assert_probability(what, *covered, self.seeds, nearest);
        }
    }
}

fn question(trials: u64, seed: u64) -> Question {
    Question { trials: Some(trials), seed: Some(seed), threads: Some(1), ..Question::default() }
}

/// A lognormal segment over two years under measures of 10 %, of 20 % and of both, the larger one for 5 ± 1 of public
/// money: differences, prices, shares and regrets have closed forms.
#[test]
fn intervals_of_a_comparison_cover() {
    let (s, level) = (0.1, 115.0);
    let body = segment(100.0, 0.0, s)
        + &goal("k", BASE + 2, level)
        + &format!(
            "[[instrument]]\nid = \"ten\"\ngrowth = {{ level = \"10%\", years = 1, start = {0} }}\n\
             [[instrument]]\nid = \"twenty\"\n\
             money = {{ total = {{ dist = \"uniform\", low = 4, high = 6 }}, from = {0}, to = {0} }}\n\
             growth = {{ level = \"20%\", years = 1, start = {0} }}\n\
             [[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"ten\"\ninstruments = [\"ten\"]\n\
             [[policy]]\nid = \"twenty\"\ninstruments = [\"twenty\"]\n[[policy]]\nid = \"plan\"\ninstruments = \"all\"\n",
            BASE + 1
        );
    let model = Case::new(2, &body).model();
    let law = |median: f64| Lognormal { mu: libm::log(median), sd: s * core::f64::consts::SQRT_2 };
    let chance = |median: f64| law(median).exceeds(level);
    let grown = libm::exp(s * s);
    let exact = [
        chance(132.0) - chance(100.0),
        32.0,
        32.0 * grown,
        law(132.0).shortfall(level).0 - law(100.0).shortfall(level).0,
        5.0 / (20.0 * grown),
        5.0 / (100.0 * (chance(120.0) - chance(100.0))),
        0.5 * (chance(110.0) - chance(100.0) + chance(132.0) - chance(120.0)),
        11.0 * grown,
        chance(132.0) - chance(110.0),
    ];
    let mut coverage = Coverage::of([
        ("change of the chance", JOINT),
        ("change of the median", JOINT),
        ("change of the mean", JOINT),
        ("change of the shortfall", JOINT),
        ("price of revenue", JOINT),
        ("price of a point", JOINT),
        ("share of the chance", USUAL),
        ("share of the mean", USUAL),
        // holds for all pairs of policies together
        ("regret", WIDER),
    ]);
    for seed in 0..600 {
        let found = compare(&model, &[], &question(512, seed), Asked::default(), &Silent).unwrap().findings;
        let change = |policy: usize| found.cells[policy].change.clone().unwrap();
        let priced = |price: Price| match price {
            Price::Defined { value, interval } => Estimate { value, interval },
            other => panic!("{other:?}"),
        };
        let quantity = change(3).quantity.unwrap();
        let part = found.contributions.as_ref().unwrap().instruments[0].shapley;
        let found = [
            change(3).probability,
            quantity.median,
            quantity.mean,
            quantity.shortfall,
            priced(change(2).cost_per_revenue.unwrap()),
            priced(change(2).cost_per_point),
            part.probability,
            part.quantity.unwrap(),
            found.regrets[1].worst_probability,
        ];
        coverage.record(found.into_iter().zip(exact));
    }
    coverage.check();
}

/// Eleven measures that multiply one certain path: what each adds depends on the order in which they join and on nothing
/// else, so that intervals rest on 22 pairs of orders (two Latin squares) alone. By Owen's multilinear extension (1972, Management
/// Science 18:64–79) measure i of growth gᵢ adds `100 gᵢ ∫₀¹ Π_{j≠i} (1 + t gⱼ) dt` on average.
#[test]
fn intervals_of_drawn_orders_cover() {
    const N: usize = 11;
    const SEEDS: u64 = 500;
    /// The 97.5 % point of Student's t with 11 degrees of freedom.
    const STUDENT: f64 = 2.200_985;
    let growth = |i: usize| 0.02 * (i + 1) as f64;
    let mut body = segment(100.0, 0.0, 0.0) + &goal("k", BASE + 2, 115.0);
    for i in 0..N {
        let (level, start) = (growth(i), BASE + 1);
        body += &format!(
            "[[instrument]]\nid = \"m{i:02}\"\ngrowth = {{ level = {level:?}, years = 1, start = {start} }}\n"
        );
    }
    body += "[[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"plan\"\ninstruments = \"all\"\n";
    let model = Case::new(2, &body).model();
    let exact = |i: usize| {
        let others = |t: f64| (0..N).filter(|j| *j != i).map(|j| 1.0 + t * growth(j)).product::<f64>();
        100.0 * growth(i) * simpson(0.0, 1.0, 200, others)
    };
    let exact: Vec<f64> = (0..N).map(exact).collect();
    let mut coverage = Coverage::of((0..N).map(|i| (format!("share of measure {i}"), WIDER)));
    let mut widths = [0.0; N];
    for seed in 0..SEEDS {
        let found = compare(&model, &[], &question(100, seed), Asked::default(), &Silent).unwrap().findings;
        let found = found.contributions.unwrap();
        assert_eq!(found.method, "sampled");
        let shares: Vec<Estimate> =
            found.instruments.iter().map(|part| part.shapley.quantity.unwrap()).collect();
        for (sum, Estimate { interval: [low, high], .. }) in widths.iter_mut().zip(&shares) {
            let error = (high - low) / 2.0 / STUDENT;
            *sum += error * error / SEEDS as f64;
        }
        coverage.record(shares.into_iter().zip(exact.iter().copied()));
    }
    coverage.check();
    // squares are to err less than independent pairs would, and to say so. 2000 pairs and 500 seeds tell the ratio to 4 %, so
    // that 1.2 is five of its errors off
    let random = &mut ChaCha8Rng::seed_from_u64(11);
    let mut pairs = vec![Vec::new(); N];
    let mut order: Vec<usize> = (0..N).collect();
    for _ in 0..2000 {
        order.shuffle(random);
        let mut means = [0.0; N];
        for way in [order.clone(), order.iter().rev().copied().collect()] {
            let mut level = 100.0;
            for i in way {
                means[i] += 0.5 * level * growth(i);
                level *= 1.0 + growth(i);
            }
        }
        pairs.iter_mut().zip(means).for_each(|(all, mean)| all.push(mean));
    }
    for (i, (all, found)) in pairs.iter().zip(widths).enumerate() {
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        let variance = all.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (all.len() - 1) as f64;
        let ratio = found / (variance / 22.0);
        println!("squared standard error of measure {i}: {ratio:.3} of that of independent pairs");
        assert!(ratio < 1.2, "measure {i}: {ratio}");
    }
}

/// Log revenue after four years as a sum of normals: base (variance 0.04), a measure of 4 X (0.0144), national cycle
/// (0.04) and own shocks (0.01). Knowing X before choosing the measure is worth an option on its effect.
#[test]
fn intervals_of_drivers_cover() {
    let (m, s, cost, level) = (0.08, 0.12, 12.0, 135.0);
    let body = format!(
        "[nation]\ntrend = 0\n[nation.cycle]\nvolatility = 0.1\npersistence = 0\n\
         [[industry]]\nid = \"s\"\n[[cluster]]\nid = \"x\"\nown_volatility = 0.05\n\
         base = {{ dist = \"lognormal\", median = 100, sigma = 0.2, grade = \"official\" }}\n\
         [[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"plan\"\ninstruments = \"all\"\n\
         [[instrument]]\nid = \"g\"\nmoney = {{ total = {cost:?}, from = {1}, to = {1} }}\n\
         [instrument.growth]\nstart = {0}\n\
         uplift = {{ dist = \"truncated_normal\", mean = 0.02, sd = 0.03, low = -1, high = 1, grade = \"assumption\" }}\n\
         [[target]]\nid = \"t\"\nscope = \"cluster.x\"\nyear = {2}\nat_least = {level:?}\n",
        BASE,
        BASE + 1,
        BASE + 4
    );
    let model = Case::new(4, &body).model();
    let all = 0.04 + 0.0144 + 0.04 + 0.01;
    let without = Lognormal { mu: libm::log(100.0), sd: 0.3 };
    // E max(0, M e^{4X} − M − c) − max(0, …): a call on a lognormal, M the mean without the measure
    let option = |cost: f64| {
        let (mean, effect) = (without.moment(1.0), Lognormal { mu: m, sd: s });
        let strike = 1.0 + cost / mean;
        let call = effect.shortfall(strike).0 + effect.moment(1.0) - strike;
        mean * (call - (effect.moment(1.0) - strike).max(0.0))
    };
    // the measure helps where X > 0: E max(0, P(hit | x) − P(hit)) − max(0, …)
    let gain = |z: f64| {
        let shifted = Lognormal { mu: without.mu + m + s * z, sd: without.sd };
        (shifted.exceeds(level) - without.exceeds(level)) * density(z)
    };
    let chance = simpson(-m / s, 9.0, 400, gain) - simpson(-9.0, 9.0, 800, gain).max(0.0);
    let exact =
        [0.04 / all, 0.04 / all, 0.0144 / all, 0.0544 / all, 0.0144 / all, chance, option(0.0), option(cost)];
    let mut coverage = Coverage::of([
        ("first-order index of the base", USUAL),
        ("total index of the cycle", USUAL),
        ("fair share of the measure", USUAL),
        ("what could be learnt", USUAL),
        ("what rests on assumptions", USUAL),
        ("value of information for the chance", USUAL),
        ("value of information for the quantity", USUAL),
        ("value of information less money", USUAL),
    ]);
    for seed in 0..400 {
        let found = drivers(&model, &[], &question(4096, seed), &Silent).unwrap().findings;
        let shares = |parts: &[Part], id: &str| {
            let part = parts.iter().find(|part| part.id == id).unwrap_or_else(|| panic!("no part {id}"));
            part.quantity.clone().unwrap()
        };
        let learning = found.learning.unwrap();
        let worth = |word: &str| {
            let criterion = learning.criteria.iter().find(|criterion| criterion.criterion == word).unwrap();
            let is_measure = |path: &str| path == "instrument.g.growth.uplift";
            criterion.worth.iter().find(|worth| is_measure(&worth.path)).unwrap().value
        };
        let found = [
            shares(&found.themes, "base").first.unwrap(),
            shares(&found.themes, "nation-cycle").total.unwrap(),
            shares(&found.themes, "instruments").shapley.unwrap(),
            found.sides.learnable.unwrap(),
            shares(&found.grades, "assumption").shapley.unwrap(),
            worth("probability"),
            worth("quantity"),
            worth("net"),
        ];
        coverage.record(found.into_iter().zip(exact));
    }
    coverage.check();
}

/// Independent lognormal clusters: shares at one common normal score z have the chance Φ(−z).
#[test]
fn intervals_of_a_split_cover() {
    let clusters = [("a", 100.0, 0.10), ("b", 60.0, 0.20), ("c", 30.0, 0.30)];
    let share = |z: f64| clusters.map(|(_, base, sd)| base * libm::exp(core::f64::consts::SQRT_2 * sd * z));
    let z = 0.4;
    let level: f64 = share(z).iter().sum();
    let mut body = "[[industry]]\nid = \"s\"\ntrend = 0\n".to_owned() + &goal("k", BASE + 2, level);
    for (id, base, sd) in clusters {
        body += &format!("[[cluster]]\nid = \"{id}\"\nbase = {base:?}\nown_volatility = {sd:?}\n");
    }
    let model = Case::new(2, &body).model();
    let exact = [&[phi(-z)][..], &share(z)].concat();
    let mut coverage =
        Coverage::of(["chance", "share of a", "share of b", "share of c"].map(|what| (what, USUAL)));
    for seed in 0..500 {
        let found = decompose(&model, &[], &question(2000, seed), decompose::Asked::default(), &Silent)
            .unwrap()
            .findings;
        let shares = found.shares.iter().map(|share| share.share);
        coverage.record([found.chance].into_iter().chain(shares).zip(exact.iter().copied()));
    }
    coverage.check();
}

/// A planted box: both clusters, certain but for their base, must pass their level. Whatever box is found, its coverage,
/// density and mass have closed forms, and fresh trials judge it.
#[test]
fn intervals_of_conditions_cover() {
    let (median, sigma, least) = (100.0, 0.2, [105.0, 95.0]);
    let mut body = "[[industry]]\nid = \"s\"\ntrend = 0\n".to_owned();
    for (id, least) in ["a", "b"].into_iter().zip(least) {
        body += &format!(
            "[[cluster]]\nid = \"{id}\"\nown_volatility = 0\n\
             base = {{ dist = \"lognormal\", median = {median:?}, sigma = {sigma:?} }}\n\
             [[target]]\nid = \"{id}\"\nscope = \"cluster.{id}\"\nyear = {}\nat_least = {least:?}\n",
            BASE + 1
        );
    }
    body += "[[target]]\nid = \"both\"\nall_of = [\"a\", \"b\"]\n";
    let model = Case::new(1, &body).model();
    let law = Lognormal { mu: libm::log(median), sd: sigma };
    // most boxes hold all hits or no miss: their interval then holds 1 for certain
    let mut coverage =
        Coverage::of([("coverage", WIDER), ("density", WIDER), ("mass", USUAL), ("chance", WIDER)]);
    let mut recovered = 0;
    for seed in 0..400 {
        let question = Question { target: Some("both".to_owned()), ..question(4096, seed) };
        let found = discover(&model, &[], &question, Some(Outcome::Hit), &Silent).unwrap().findings;
        let chosen = found.chosen.expect("a box");
        let (mut inside, mut met) = (1.0, 1.0);
        for (id, least) in ["a", "b"].into_iter().zip(least) {
            let condition = chosen.conditions.iter().find(|c| c.path == format!("cluster.{id}.base"));
            let low = condition.and_then(|c| c.at_least.as_ref()).map_or(0.0, |bound| bound.value);
            let high = condition.and_then(|c| c.at_most.as_ref()).map_or(f64::INFINITY, |bound| bound.value);
            let between = |low: f64| {
                let below = if low > 0.0 { law.exceeds(low) } else { 1.0 };
                (below - if high.is_finite() { law.exceeds(high) } else { 0.0 }).max(0.0)
            };
            inside *= between(low);
            met *= between(low.max(least));
            recovered += u32::from((low - least).abs() < 0.03 * least);
        }
        let planted: f64 = least.iter().map(|&least| law.exceeds(least)).product();
        let judged = chosen.fresh;
        let found = [judged.coverage, judged.density, judged.mass, judged.probability];
        coverage.record(found.into_iter().zip([met / planted, met / inside, inside, met / inside]));
    }
    coverage.check();
    // no hypothesis: peeling stops within a step of the planted limits (all 800 here)
    assert!(recovered > 760, "{recovered} of 800 limits");
}

/// Log revenue after four years: base (variance 0.04) and own shocks (in four years four times, once or a quarter as much). Of
/// passing the level that is reached with p, `1 − (Φ₂(z, z; ρ) − p²)/p(1 − p)` is luck, ρ the share of the base (SciPy's
/// `multivariate_normal`); at the median `1 − 2/π · asin ρ`. Rare hits or misses have bounds, which cover more.
#[test]
fn intervals_of_luck_cover() {
    const TAIL: f64 = 2.575_829_303_548_9;
    let cases = [
        ("median", 0.0, 0.1, [2_048, 500], 2.0 / 3.0, USUAL),
        ("reached with 0.5 %, luck large", TAIL, 0.2, [4_000, 200], 0.983_984_877, WIDER),
        ("missed with 0.5 %, luck large", -TAIL, 0.2, [4_000, 200], 0.983_984_877, WIDER),
        ("reached with 0.5 %, luck smaller", TAIL, 0.05, [4_000, 200], 0.665_985_402, WIDER),
    ];
    for (what, z, shock, [trials, seeds], luck, stated) in cases {
        let level = 100.0 * libm::exp(z * libm::sqrt(0.04 + 4.0 * shock * shock));
        let body = format!(
            "[[industry]]\nid = \"s\"\ntrend = 0\n[[cluster]]\nid = \"x\"\nown_volatility = {shock}\n\
             base = {{ dist = \"lognormal\", median = 100, sigma = 0.2 }}\n{}",
            goal("k", BASE + 4, level)
        );
        let model = Case::new(4, &body).model();
        let of_size = 4.0 * shock * shock / (0.04 + 4.0 * shock * shock);
        let mut coverage = Coverage::of([(format!("luck: {what}"), stated), ("of the size".into(), USUAL)]);
        for seed in 0..seeds {
            let found = discover(&model, &[], &question(trials, seed), None, &Silent).unwrap().findings;
            let (met, size) = (found.luck.expect("both outcomes"), found.luck_of_quantity.expect("a share"));
            let met = Estimate { value: met.value.unwrap_or(f64::NAN), interval: met.interval };
            coverage.record([(met, luck), (size, of_size)]);
        }
        coverage.check();
    }
}
