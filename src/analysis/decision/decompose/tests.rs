//! Splits whose answer is known on paper, and targets that cannot be split.

use super::*;
use crate::analysis::decision::solve::tests::model;
use crate::engine::Silent;
use crate::math::elementary::normal_cdf;
use crate::math::exp;

/// Base revenue, median growth and own volatility of three independent clusters.
const CLUSTERS: [(&str, f64, f64, f64); 3] =
    [("a", 100.0, 0.10, 0.10), ("b", 60.0, 0.05, 0.20), ("c", 30.0, 0.15, 0.30)];
const YEARS: i32 = 3;
const TRIALS: u64 = 20_000;

/// The median of a cluster after three years, and the s.d. of its logarithm.
fn law(cluster: usize) -> (f64, f64) {
    let (_, base, growth, volatility) = CLUSTERS[cluster];
    (base * powf(1.0 + growth, f64::from(YEARS)), volatility * f64::from(YEARS).sqrt())
}

/// Shares at the common quantile with normal score `z`.
fn exact(z: f64) -> Vec<f64> {
    (0..3).map(law).map(|(median, sd)| median * exp(z * sd)).collect()
}

fn text(demand: &str) -> String {
    let mut text =
        String::from("[scenario]\nid = \"case\"\ntitle = \"Case\"\nbase_year = 2000\nhorizon = 2005\n");
    for (id, base, growth, volatility) in CLUSTERS {
        text += &format!(
            "[[industry]]\nid = \"i{id}\"\ntrend = {growth:?}\n\
             [[cluster]]\nid = \"{id}\"\nbase = {base:?}\nown_volatility = {volatility:?}\nmix = {{ i{id} = 1 }}\n"
        );
    }
    text + "[[target]]\nid = \"k\"\n" + demand
}

fn ask(demand: &str, seed: u64) -> Result<Decomposition, AnalysisError> {
    ask_with(demand, seed, TRIALS)
}

fn ask_with(demand: &str, seed: u64, trials: u64) -> Result<Decomposition, AnalysisError> {
    ask_from(demand, None, seed, trials)
}

fn ask_from(demand: &str, from: Option<i32>, seed: u64, trials: u64) -> Result<Decomposition, AnalysisError> {
    let question =
        Question { trials: Some(trials), seed: Some(seed), threads: Some(1), ..Question::default() };
    let asked = Asked { from, ..Asked::default() };
    decompose(&model(&text(demand)), &[], &question, asked, &Silent).map(|answer| answer.findings)
}

#[test]
fn independent_lognormals_get_their_common_quantile() {
    let z = 0.5;
    let shares = exact(z);
    let level: f64 = shares.iter().sum();
    let found = ask(&format!("year = 2003\nat_least = {level:?}\n"), 1).unwrap();
    let chance = 1.0 - normal_cdf(z);
    // influence of the three independent indicators: s.d. of the chance below that of one of them
    assert!((found.chance.value - chance).abs() < 5.0 * 0.5 / (TRIALS as f64).sqrt(), "{:?}", found.chance);
    for (share, exact) in found.shares.iter().zip(&shares) {
        let [low, high] = share.share.interval;
        let error = (high - low) / 2.0 / LEVEL.z();
        assert!((share.share.value - exact).abs() < 5.0 * error, "{share:?} {exact}");
        assert!(error < 0.02 * exact, "{share:?}");
        assert!((share.chance.value - chance).abs() < 0.03, "{share:?}");
    }
    let sum: f64 = found.shares.iter().map(|share| share.share.value).sum();
    assert!((sum - level).abs() < 1e-9 * level);
    let tasks: f64 = found.shares.iter().map(|share| share.task).sum();
    assert!((tasks - (level * 10.0).round() / 10.0).abs() < 1e-9, "{tasks} {level}");
    // independent clusters meet their tasks together with the product of the chances
    assert!((found.together.value - chance * chance * chance).abs() < 0.02, "{:?}", found.together);
    // the split by present size favours the cluster that grows fastest
    let by_size: Vec<f64> = found.shares.iter().map(|share| share.chance_by_size.value).collect();
    assert!(by_size[1] < found.chance.value && found.chance.value < by_size[2], "{by_size:?}");
}

#[test]
fn intervals_hold_the_exact_shares() {
    let shares = exact(1.0);
    let level: f64 = shares.iter().sum();
    let demand = format!("year = 2003\nat_least = {level:?}\n");
    let (mut held, mut all) = (0, 0);
    for seed in 0..20 {
        let found = ask_with(&demand, 50 + seed, 4_000).unwrap();
        for (share, exact) in found.shares.iter().zip(&shares) {
            let [low, high] = share.share.interval;
            held += usize::from(low <= *exact && *exact <= high);
            all += 1;
        }
    }
    // 57 of 60 in the mean; shares of one run depend on each other, so that 48 is a cautious bound
    assert!(held >= 48, "{held} of {all}");
}

#[test]
fn milestones_are_as_likely_as_the_target_and_keep_its_chance() {
    let found = ask("year = 2003\nat_least = 300\n", 1).unwrap();
    assert_eq!(found.years.iter().map(|year| year.year).collect::<Vec<_>>(), [2001, 2002, 2003]);
    assert_eq!(found.years[2].milestone.value, 300.0);
    assert!((found.years[2].tasks.iter().sum::<f64>() - 300.0).abs() < 1e-9);
    let now = found.probability.value;
    for year in &found.years[..2] {
        let sum: f64 = year.tasks.iter().sum();
        assert!((sum - year.milestone.value).abs() <= 0.05 + 1e-9, "{year:?}");
        let (keep, wanted) = (year.keep.unwrap(), year.wanted.unwrap());
        // a chance below one half is kept below the level that gives one half
        assert!(now < 0.5 && keep.value < wanted.value, "{now} {year:?}");
        assert!(keep.interval[0] < keep.value && keep.value < keep.interval[1]);
        // who stands where equal chances put it is better off than now
        assert!(year.final_chance.unwrap().value > now, "{year:?}");
        assert!(year.keeps.iter().all(Option::is_some));
    }
    assert!(found.years[0].milestone.value < found.years[1].milestone.value);
}

#[test]
fn the_level_that_keeps_the_chance_of_one_lognormal_is_exact() {
    // cluster a alone: P(R_3 ≥ share | R_1 = m) = 1 − Φ((ln share/m − 2 ln 1.1)/(σ√2)) = q
    let found = ask("year = 2003\nat_least = 240\n", 1).unwrap();
    let (share, q) = (found.shares[0].share.value, found.chance.value);
    let score = crate::math::special::normal_quantile(q);
    let exact = share / (1.1 * 1.1) * exp(score * 0.10 * 2.0_f64.sqrt());
    let keep = found.years[0].keeps[0].unwrap();
    let error = (keep.interval[1] - keep.interval[0]) / 2.0 / LEVEL.z();
    // the local straight line leaves a bias far below 0.2 %
    assert!((keep.value - exact).abs() < 5.0 * error + 0.002 * exact, "{keep:?} {exact}");
}

/// Nobody can be tasked with a year that is over: it shows what is to be expected, and the first task grows from there.
#[test]
fn tasks_begin_after_the_last_figures() {
    let demand = "year = 2003\nat_least = 300\n";
    let record = "[[record]]\nscope = \"cluster.a\"\nyear = 2001\nvalue = 110\n";
    let ask = |demand: &str, from| ask_from(demand, from, 1, 2_000);
    let whole = ask(demand, None).unwrap();
    assert_eq!((whole.last_known, whole.from, whole.passed.len()), (2000, 2001, 0));
    let late = ask(&format!("{demand}{record}"), None).unwrap();
    assert_eq!((late.last_known, late.from), (2001, 2002));
    assert_eq!(late.years.iter().map(|year| year.year).collect::<Vec<_>>(), [2002, 2003]);
    // the mean of cluster a after a year is 100 · 1.1 · exp(0.1² / 2)
    let means = &late.passed[0].means;
    let exact = 110.0 * exp(0.005);
    assert!((means[0] - exact).abs() < 5.0 * exact * 0.1 / 2000.0_f64.sqrt(), "{means:?}");
    let sum: f64 = means.iter().sum();
    let first = late.years[0].growth.unwrap();
    assert!((first - (late.years[0].milestone.value / sum - 1.0)).abs() < 1e-12, "{first}");
    // what is known of a cluster is what it grows from; of the others, the mean
    let starts = [110.0, means[1]];
    for (share, start) in late.shares.iter().zip(starts) {
        let average = powf(share.share.value / start, 0.5) - 1.0;
        assert!((share.growth.unwrap() - average).abs() < 1e-12, "{share:?}");
    }
    let figure = &late.passed[0].figures[0];
    assert_eq!((late.passed[0].figures.len(), figure.index, figure.value), (1, Some(0), 110.0));
    assert!(!figure.is_outside() && figure.mean == means[0]);
    assert!(late.latest.as_ref().is_some_and(|latest| latest.of_target && latest.scope.id == "cluster.a"));
    // shares and milestones are those of all years
    assert_eq!(late.shares.iter().map(|share| share.task).sum::<f64>(), 300.0);
    assert_eq!(late.years[0].milestone, whole.years[1].milestone);
    assert_eq!(late.years[0].tasks, whole.years[1].tasks);
    let asked = ask(demand, Some(2002)).unwrap();
    assert_eq!((&late.years[1], &asked.latest), (&asked.years[1], &None));
    // where nothing is to come the split is one in hindsight, of all years
    let over = ask(&format!("{demand}{}", record.replace("2001", "2003")), None).unwrap();
    assert_eq!(over, Decomposition { last_known: 2003, latest: over.latest.clone(), ..whole });
    let Err(AnalysisError::Refused(reason)) = ask(demand, Some(2004)) else { panic!("2004 is too late") };
    assert!(reason.zh.contains("--from 最晚可写 2003"), "{}", reason.zh);
    let Err(AnalysisError::Refused(reason)) = ask(demand, Some(2000)) else {
        panic!("2000 is the base year")
    };
    assert!(reason.zh.contains("最早从2001年起"), "{}", reason.zh);
}

/// What is known of all together is what the first tasks grow from, and stands beside a forecast that does not hold it; half a
/// year of something else only says that the year has begun.
#[test]
fn a_known_figure_is_not_contradicted_in_silence() {
    let demand = "year = 2003\nat_least = 300\n";
    let ask = |record: &str| ask_from(&format!("{demand}{record}"), None, 1, 2_000).unwrap();
    let known = ask("[[record]]\nscope = \"province.province\"\nyear = 2001\nvalue = 150\n");
    let [figure] = known.passed[0].figures.as_slice() else { panic!("{:?}", known.passed) };
    assert!(figure.is_outside() && figure.index.is_none() && figure.likely[0] > 150.0, "{figure:?}");
    let growth = known.years[0].milestone.value / 150.0 - 1.0;
    assert!((known.years[0].growth.unwrap() - growth).abs() < 1e-12);
    // every part known is the whole known
    let parts: String = ["a", "b", "c"]
        .map(|id| format!("[[record]]\nscope = \"cluster.{id}\"\nyear = 2001\nvalue = 70\n"))
        .concat();
    assert_eq!(ask(&parts).passed[0].starts(), (210.0, vec![70.0; 3]));
    let half = ask("[[record]]\nscope = \"province.province\"\nyear = 2001\ngrowth = 0.1\nmonths = 6\n");
    let latest = half.latest.unwrap();
    assert_eq!((half.from, latest.months, latest.of_target), (2002, 6, false));
    assert!(half.passed[0].figures.is_empty());
}

#[test]
fn targets_that_cannot_be_split_are_refused_with_the_reason() {
    for (demand, zh) in [
        ("sustained = [2001, 2003]\nat_least = 240\n", "连续几年"),
        ("year = 2003\nat_most = 240\n", "上限"),
        ("year = 2003\nat_least = 240\nscope = \"cluster.a\"\n", "一个集群"),
        ("year = 2003\nat_least = 240\nscope = \"industry.ia\"\n", "行业"),
        ("year = 2003\ncount_at_least = [{ count = 1, value = 100 }]\n", "个数"),
        ("year = 2003\nat_least = 1e6\n", "没有一次达到"),
        ("year = 2003\nat_least = 1\n", "每一次都达到"),
    ] {
        let Err(AnalysisError::Refused(reason)) = ask(demand, 1) else { panic!("{demand}") };
        assert!(reason.zh.contains(zh), "{demand}: {}", reason.zh);
    }
}

#[test]
fn a_target_that_may_be_met_earlier_is_split_for_its_last_year() {
    let [by, year] = ["by", "year"].map(|when| ask(&format!("{when} = 2003\nat_least = 240\n"), 1).unwrap());
    assert!(by.or_earlier && !year.or_earlier);
    assert_eq!(Decomposition { or_earlier: false, ..by }, year);
}

/// A cluster that does not vary at all would never meet a task rounded above what it has.
#[test]
fn a_certain_cluster_is_not_asked_for_more_than_it_has() {
    let sure = "[[industry]]\nid = \"is\"\ntrend = 0.05\n\
                [[cluster]]\nid = \"s\"\nbase = 0.2\nown_volatility = 0\nmix = { is = 1 }\n";
    let text = text("year = 2003\nat_least = 240\n") + sure;
    let question = Question { trials: Some(2_000), threads: Some(1), ..Question::default() };
    let found = decompose(&model(&text), &[], &question, Asked::default(), &Silent).unwrap().findings;
    let share = found.shares.iter().find(|share| share.cluster.id == "s").unwrap();
    // 0.2 · 1.05³ = 0.231525; its growth is its own, not that of the rounded task
    assert!((share.growth.unwrap() - 0.05).abs() < 1e-9, "{share:?}");
    assert_eq!((share.task, share.chance.value, share.moved_by_rounding), (0.2315, 1.0, false));
    // certain, so that the chance of the others is not its own
    assert!(found.chance.value < 0.9);
    assert!(found.shares.iter().all(|share| share.stepped == (share.cluster.id == "s")));
    let sum: f64 = found.shares.iter().map(|share| share.task).sum();
    assert!((sum - 240.0).abs() < 1e-9, "{sum}");
    assert!(found.years.iter().all(|year| year.tasks.len() == 4));
    // nobody else is told in ten thousandths, but the largest, which takes the rest
    let tenths = |task: f64| (task * 10.0 - (task * 10.0).round()).abs() < 1e-6;
    for year in &found.years {
        let sum: f64 = year.tasks.iter().sum();
        assert!(tenths(sum), "{sum}");
        let others = year.tasks.iter().enumerate().filter(|(at, _)| Some(*at) != found.carrier);
        assert_eq!(others.filter(|(_, task)| !tenths(**task)).count(), 1, "{:?}", year.tasks);
    }
    let largest = found.shares.iter().map(|share| share.task).fold(0.0, f64::max);
    assert_eq!(found.shares[found.carrier.unwrap()].task, largest);
}

#[test]
fn a_multiple_of_a_certain_base_is_an_amount() {
    let found = ask("year = 2003\nmultiple_of_base = 1.3\n", 1).unwrap();
    assert!((found.level - 1.3 * 190.0).abs() < 1e-9, "{}", found.level);
}

#[test]
fn steps_are_as_fine_as_each_share_needs_and_no_finer() {
    let wide = |share: f64| (0..1000).map(|i| share * (0.5 + f64::from(i) / 1000.0)).collect::<Vec<f64>>();
    let of = |columns: &[&[f64]], shares: &[f64]| tasks::Steps::of(columns, shares, 0.5);
    for (shares, units) in [
        ([100.0, 30.0, 1.0], [0.1, 0.1, 0.1]),
        ([100.0, 30.0, 0.2], [0.01, 0.1, 0.01]),
        ([30.0, 100.0, 0.02], [0.1, 0.001, 0.001]),
        ([100.0, 30.0, 0.0], [0.1, 0.1, 0.1]),
    ] {
        let columns: Vec<Vec<f64>> = shares.iter().map(|&share| wide(share)).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        assert_eq!(of(&columns, &shares).units, units, "{shares:?}");
    }
    // and for one that hardly varies, or not at all, to keep what it has
    let (spread, certain) = (wide(100.0), vec![0.2378; 1000]);
    assert_eq!(of(&[&spread, &certain], &[100.0, 0.2378]).units, [1e-4, 1e-4]);
    let narrow: Vec<f64> = (0..1000).map(|i| 2.345 * (0.999 + f64::from(i) / 500_000.0)).collect();
    assert_eq!(of(&[&spread, &narrow], &[100.0, 2.345]).units, [0.001, 0.001]);
}

/// Without a target the main one is split if that is possible, else the first one that can be, and the answer says so.
#[test]
fn without_a_target_the_first_one_that_can_be_split_is() {
    let whole = text("year = 2003\nat_least = 240\n");
    let before =
        |target: &str| whole.replace("[[target]]\nid = \"k\"", &format!("{target}[[target]]\nid = \"k\""));
    let of = |scenario: &str, target: Option<&str>| {
        let question = Question {
            target: target.map(str::to_owned),
            trials: Some(2_000),
            threads: Some(1),
            ..Question::default()
        };
        decompose(&model(scenario), &[], &question, Asked::default(), &Silent)
    };
    let plain = of(&whole, None).unwrap();
    assert!(plain.findings.passed_over.is_none() && plain.target.id == "k");
    let one = "[[target]]\nid = \"one\"\nscope = \"cluster.a\"\nyear = 2003\nat_least = 120\n";
    let sustained = "[[target]]\nid = \"kept\"\nsustained = [2002, 2003]\nat_least = 200\n";
    let other = before(&format!("{one}{sustained}"));
    let found = of(&other, None).unwrap();
    let main = found.findings.passed_over.clone().expect("the main target cannot be split");
    assert_eq!((found.target.id.as_str(), main.id.as_str()), ("k", "one"));
    assert!(main.why.zh.contains("只有一个集群"), "{main:?}");
    assert_eq!(Decomposition { passed_over: None, ..found.findings.clone() }, plain.findings);
    // asked for by name it stays refused, with those that can be split
    let Err(AnalysisError::Refused(why)) = of(&other, Some("one")) else { panic!("one cluster") };
    assert!(why.zh.contains("可以分解的目标：“k”（--target k）"), "{}", why.zh);
    // a multiple of an uncertain base has no total to split
    let growing = "[[target]]\nid = \"more\"\nyear = 2003\nmultiple_of_base = 1.3\n";
    let uncertain = "base = { dist = \"lognormal\", median = 100, sigma = 0.1 }";
    let scenario = before(growing);
    assert_eq!(of(&scenario, None).unwrap().target.id, "more");
    let found = of(&scenario.replace("base = 100.0", uncertain), None).unwrap();
    assert_eq!((found.target.id.as_str(), found.findings.passed_over.unwrap().id.as_str()), ("k", "more"));
    // and where none can be split, one fault says why the main one cannot and what to write
    let none = whole.replace("[[target]]\nid = \"k\"\nyear = 2003\nat_least = 240\n", one);
    let Err(AnalysisError::Refused(why)) = of(&none, None) else { panic!("one cluster") };
    assert!(why.zh.contains("没有可以分解的目标：主要目标“one”"), "{}", why.zh);
    assert!(why.zh.contains("at_least") && why.en.contains("at_least"), "{why:?}");
}
