//! `drivers` on cases whose answers are known on paper, and through the real program.

use clustercast::analysis::decision::drivers::{Criterion, Drivers, Part, Verdict, drivers};
use clustercast::analysis::decision::{Answer, Estimate, Question};
use clustercast::analysis::{AnalysisError, inputs_of};
use clustercast::cli::load::{Examined, examine};
use clustercast::engine::Silent;
use clustercast::math::elementary::normal_cdf;
use clustercast::math::special::normal_density;
use clustercast::math::{exp, ln};
use clustercast::model::{Choices, Model};
use clustercast::report::decision;
use clustercast::text::Lang;

use crate::cli::{call, code, stderr, stdout, text};
use crate::folder::Folder;

/// Half-widths of a 95 % interval within which an estimate lies but once in a million: 4.89 / 1.96.
const WIDE: f64 = 2.5;

/// One segment whose log revenue after four years is a sum of normals: base (variance 0.04), uplift (0.0144), national
/// cycle (0.04) and own shocks (0.01).
const LINEAR: &str = "[scenario]\nid = \"case\"\ntitle = \"Case\"\nbase_year = 2000\nhorizon = 2004\n\
    [nation]\ntrend = 0.05\n[nation.cycle]\nvolatility = 0.1\npersistence = 0\n\
    [[industry]]\nid = \"s\"\n\
    [[cluster]]\nid = \"x\"\nown_volatility = 0.05\n\
    base = { dist = \"lognormal\", median = 100, sigma = 0.2, grade = \"official\" }\n\
    [[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"plan\"\ninstruments = \"all\"\n\
    [[instrument]]\nid = \"g\"\n[instrument.growth]\nstart = 2000\n\
    uplift = { dist = \"truncated_normal\", mean = 0.02, sd = 0.03, low = -1, high = 1, grade = \"assumption\" }\n\
    [[target]]\nid = \"t\"\nscope = \"cluster.x\"\nyear = 2004\nat_least = 135\n";

/// A scenario that must be valid.
pub fn model(scenario: &str) -> Model {
    let folder = Folder::new();
    std::fs::write(folder.path("case.toml"), scenario).expect("a file in a temporary folder");
    let Examined { model, faults, sources } =
        examine(&folder.path("case.toml"), &Choices::new()).expect("readable");
    let shown = clustercast::diag::render(&faults, &sources, clustercast::text::Lang::En);
    let _ = inputs_of(&sources);
    model.unwrap_or_else(|| panic!("{shown}"))
}

fn answer(scenario: &str, trials: u64, seed: u64, threads: usize) -> Answer<Drivers> {
    let question =
        Question { trials: Some(trials), seed: Some(seed), threads: Some(threads), ..Question::default() };
    drivers(&model(scenario), &[], &question, &Silent).expect("an answer")
}

/// H0: the estimate is normal about `exact` with the standard error that its interval tells.
fn assert_near(what: &str, estimate: Estimate, exact: f64) {
    let half = (estimate.interval[1] - estimate.interval[0]) / 2.0;
    assert!((estimate.value - exact).abs() <= WIDE * half + 1e-9, "{what}: {estimate:?} instead of {exact}");
}

fn part<'a>(parts: &'a [Part], id: &str) -> &'a Part {
    parts.iter().find(|part| part.id == id).unwrap_or_else(|| panic!("no part {id}"))
}

#[test]
fn independent_normals_share_their_variance() {
    let answer = answer(LINEAR, 16_384, 5, 2);
    let found = &answer.findings;
    let all = 0.04 + 0.0144 + 0.04 + 0.01;
    assert_eq!(found.quantity.as_ref().map(|quantity| quantity.scale.as_str()), Some("log"));
    assert!(!found.dependent && found.enough_hits);
    let exact = [("base", 0.04), ("instruments", 0.0144), ("nation-cycle", 0.04), ("own-shocks", 0.01)];
    assert_eq!(found.themes.len(), exact.len(), "{:?}", found.themes);
    for (id, variance) in exact {
        let shares = part(&found.themes, id).quantity.as_ref().expect("shares");
        for (what, estimate) in
            [("first", shares.first), ("total", shares.total), ("shapley", shares.shapley)]
        {
            assert_near(&format!("{id} {what}"), estimate.expect("an estimate"), variance / all);
        }
    }
    assert_near("learnable", found.sides.learnable.expect("a share"), (0.04 + 0.0144) / all);
    for (id, variance) in [("official", 0.04), ("assumption", 0.0144), ("shocks", 0.05)] {
        let shares = part(&found.grades, id).quantity.as_ref().expect("shares");
        assert_near(id, shares.shapley.expect("an effect"), variance / all);
    }
    let [first, second] = &found.singles[..] else { panic!("{:?}", found.singles) };
    assert_eq!((first.path.as_str(), second.path.as_str()), ("cluster.x.base", "instrument.g.growth.uplift"));
    assert_near("base", first.share, 0.04 / all);
    // a tenth of the trials about a point: the mean of their logs lies close to that point, and the rest of the sum
    // is lognormal about it
    assert!(first.low.at < 80.0 && first.high.at > 125.0, "{first:?}");
    assert!(first.low.probability < found.probability && found.probability < first.high.probability);
    // shares add up in the estimate, too
    let effects = found.themes.iter().filter_map(|part| part.quantity.as_ref()?.shapley);
    assert!((effects.map(|effect| effect.value).sum::<f64>() - 1.0).abs() < 1e-9);
}

/// Results where the base is low and where it is high, by the integral over the tenth of its law about either point.
/// H0: mean and chance are normal with the errors that their intervals tell; n = 1,639 trials a slice. The slice's own ends
/// vary with the trials, which makes the error of all of it 1.08 times that of the interval, which takes the slice as it is.
#[test]
fn low_and_high_results_have_the_intervals_of_their_slices() {
    let trials = 16_384;
    let found = answer(LINEAR, trials, 5, 2).findings;
    let base = found.singles.iter().find(|single| single.path == "cluster.x.base").expect("a figure");
    // median of the rest: growth of four years and the uplift; its variance: uplift, cycle, own shocks
    let median = 100.0 * 1.05 * 1.05 * 1.05 * 1.05 * exp(0.08);
    let rest: f64 = 0.0144 + 0.04 + 0.01;
    for (low, point) in [(0.05, &base.low), (0.85, &base.high)] {
        let (mut weight, mut mean, mut square, mut chance) = (0.0, 0.0, 0.0, 0.0);
        for step in 0..80_000 {
            let z = -4.0 + (f64::from(step) + 0.5) * 1e-4;
            if !(low..low + 0.1).contains(&normal_cdf(z)) {
                continue;
            }
            let (density, at) = (normal_density(z), median * exp(0.2 * z));
            weight += density;
            mean += density * at * exp(rest / 2.0);
            square += density * at * at * exp(2.0 * rest);
            chance += density * normal_cdf(ln(at / 135.0) / rest.sqrt());
        }
        let [mean, square, chance] = [mean, square, chance].map(|sum| sum / weight);
        let told = point.mean.expect("a mean");
        assert_near("mean", told, mean);
        assert_near("chance", Estimate { value: point.probability, interval: point.interval }, chance);
        let half = |[low, high]: [f64; 2]| (high - low) / 2.0;
        let n = trials as f64 / 10.0;
        // the spread of a slice is itself estimated: to 3 % in one standard error
        let exact = 1.961 * ((square - mean * mean) / n).sqrt();
        assert!((half(told.interval) / exact - 1.0).abs() < 0.15, "{told:?}: half {exact}");
        let exact = 1.96 * (chance * (1.0 - chance) / n).sqrt();
        assert!((half(point.interval) / exact - 1.0).abs() < 0.15, "{:?}: half {exact}", point.interval);
    }
    // both reach the reader, in the table and beside the bars
    let paper = decision::drivers(&answer(LINEAR, 4_096, 5, 2), Lang::Zh);
    let table = paper.tables.iter().find(|table| table.id == "low-high").expect("a table");
    let heads: Vec<String> = table.columns.iter().map(|column| column.full_head(Lang::Zh)).collect();
    let wanted =
        ["数字", "取值", "该数字为", "结果平均（亿元）", "平均的95%区间", "可能性", "可能性的95%区间"];
    assert_eq!(heads, wanted);
    assert_eq!(table.rows.len(), 2 * found.singles.len());
    let text = table.to_text(Lang::Zh).to_terminal(100);
    assert!(text.lines().all(|line| line.chars().count() <= 100) && !text.contains("(1/"), "{text}");
}

#[test]
fn dependent_normals_share_what_they_do_together() {
    let scenario = format!(
        "{LINEAR}[[dependence]]\nof = [\"cluster.x.base\", \"instrument.g.growth.uplift\"]\n\
         kind = \"normal\"\ncorrelation = 0.6\n"
    );
    let found = answer(&scenario, 16_384, 6, 2).findings;
    assert!(found.dependent);
    let (a, b, rho, noise) = (0.2, 0.12, 0.6, 0.05);
    let together = a * a + b * b + 2.0 * rho * a * b;
    let all = together + noise;
    // Var E[Y | X₁] = (a + ρ b)²
    let alone = [(a + rho * b) * (a + rho * b), (b + rho * a) * (b + rho * a)];
    let effect = [0, 1].map(|k: usize| 0.5 * (alone[k] + together - alone[1 - k]));
    for (k, id) in ["base", "instruments"].into_iter().enumerate() {
        let shares = part(&found.themes, id).quantity.as_ref().expect("shares");
        assert_near(id, shares.first.expect("an index"), alone[k] / all);
        assert_near(id, shares.total.expect("an index"), (together - alone[1 - k]) / all);
        assert_near(id, shares.shapley.expect("an effect"), effect[k] / all);
        let graded = part(&found.grades, ["official", "assumption"][k]).quantity.as_ref().expect("shares");
        assert_near(id, graded.shapley.expect("an effect"), effect[k] / all);
    }
    assert_near("learnable", found.sides.learnable.expect("a share"), together / all);
}

/// The plan costs 100 and yields 100·X: knowing X beforehand is worth E max(0, m + s Z) − max(0, m).
#[test]
fn knowing_a_yield_has_the_value_of_the_normal_loss_function() {
    let scenario = "[scenario]\nid = \"case\"\ntitle = \"Case\"\nbase_year = 2000\nhorizon = 2003\n\
        [[industry]]\nid = \"s\"\ntrend = 0\n[[cluster]]\nid = \"x\"\nbase = 1000\nown_volatility = 0.01\n\
        [[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"plan\"\ninstruments = \"all\"\n\
        [[instrument]]\nid = \"f\"\nmoney = { by_year = { 2001 = 100 } }\n\
        [instrument.capacity]\nonline_after = 1\nfull_after = 2\n\
        output_ratio = { dist = \"truncated_normal\", mean = 0.9, sd = 0.2, low = 0, high = 10 }\n\
        [[target]]\nid = \"t\"\nscope = \"cluster.x\"\nyear = 2003\nat_least = 1100\n";
    let found = answer(scenario, 16_384, 7, 2).findings;
    let learning = found.learning.expect("two policies");
    let criterion = |word: &str| -> &Criterion {
        learning.criteria.iter().find(|criterion| criterion.criterion == word).expect("a criterion")
    };
    let net = criterion("net");
    assert_eq!(net.best.as_ref().map(|best| best.id.as_str()), Some("none"));
    let (m, s) = (-10.0, 20.0);
    let exact = m * normal_cdf(m / s) + s * normal_density(m / s);
    assert_eq!(net.worth[0].path, "instrument.f.capacity.output_ratio");
    assert_near("net", net.worth[0].value, exact);
    assert!((net.worth[0].switching - normal_cdf(m / s)).abs() < 0.02);
    assert_eq!(net.verdict, Verdict::Open);
    // from the same trials, so that the bound bounds
    assert!(net.everything.expect("a bound").value >= net.worth[0].value.value);
    // more output is never worse, so that no knowledge changes that choice
    let quantity = criterion("quantity");
    assert!(quantity.verdict == Verdict::Certain && quantity.worth.is_empty());
    assert_eq!(quantity.best.as_ref().map(|best| best.id.as_str()), Some("plan"));
    assert_eq!(quantity.everything.expect("a bound").value, 0.0);
}

/// Without hits, with a few, and where policies cannot differ, nothing is recommended.
#[test]
fn equal_policies_and_few_hits_are_no_choice() {
    let of = |level: &str, growth: &str| {
        let scenario = LINEAR.replace("at_least = 135", &format!("at_least = {level}"));
        let found = answer(&scenario.replace("start = 2000", growth), 1_024, 3, 2).findings;
        found.learning.expect("two policies").criteria
    };
    for (level, least) in [("100000", 0), ("260", 1)] {
        let criterion = &of(level, "start = 2000")[0];
        assert_eq!((criterion.verdict, &criterion.best), (Verdict::Unclear, &None), "{level}");
        assert!(criterion.differing >= least && criterion.differing < 100 && criterion.everything.is_none());
        assert!(criterion.worth.is_empty());
    }
    // a measure that begins when the target has been judged
    for criterion in of("135", "start = 2004") {
        assert_eq!((criterion.verdict, criterion.differing), (Verdict::Same, 0), "{}", criterion.criterion);
    }
}

/// Where nothing learnt changes the choice, that comes first; then in which order the forecast narrows.
#[test]
fn figures_are_ranked_by_what_they_explain_where_no_choice_hangs_on_them() {
    let of = |scenario: &str| decision::drivers(&answer(scenario, 4_096, 3, 2), Lang::Zh);
    let chart = |paper: &decision::Paper| {
        let found = paper.figures.iter().find(|figure| figure.id == "information");
        found.expect("a chart").table.id.clone()
    };
    let settled = of(&LINEAR.replace("start = 2000", "start = 2004"));
    let said = settled.summary.last().expect("a sentence");
    assert!(said.starts_with("在可选的2个方案之间（不计花费），查清任何一个数字都不会改变选择："), "{said}");
    assert!(said.contains("要使预测更准，先要弄准的是“"), "{said}");
    assert_eq!(chart(&settled), "figures");
    let open = of(LINEAR);
    let said = open.summary.last().expect("a sentence");
    assert!(
        said.starts_with("先查清哪个数字再选方案（2个可选，不计花费）：") && said.contains("最值得先查的是"),
        "{said}"
    );
    assert_eq!(chart(&open), "information");
}

#[test]
fn fewer_trials_than_pick_freeze_runs_need_are_refused() {
    let question = Question { trials: Some(399), ..Question::default() };
    let refused = drivers(&model(LINEAR), &[], &question, &Silent);
    assert!(matches!(refused, Err(AnalysisError::TooFewTrials { least: 400, .. })), "{refused:?}");
}

#[test]
fn threads_change_no_bit_and_seeds_do() {
    let (one, two) = (answer(LINEAR, 4_096, 9, 1), answer(LINEAR, 4_096, 9, 2));
    assert_eq!(one, two);
    assert_ne!(one.findings, answer(LINEAR, 4_096, 10, 2).findings);
}

#[test]
fn a_certain_result_has_no_drivers() {
    let certain = "[scenario]\nid = \"case\"\ntitle = \"Case\"\nbase_year = 2000\nhorizon = 2002\n\
        [[industry]]\nid = \"s\"\ntrend = 0.1\n[[cluster]]\nid = \"x\"\nbase = 100\nown_volatility = 0\n\
        [[target]]\nid = \"t\"\nscope = \"cluster.x\"\nyear = 2002\nat_least = 120\n";
    let found = answer(certain, 1_024, 1, 2).findings;
    assert!(found.themes.is_empty() && found.singles.is_empty() && found.learning.is_none());
    assert_eq!((found.probability, found.sides.learnable), (1.0, None));
}

#[test]
fn the_program_writes_its_answer_and_refuses_what_it_does_not_know() {
    let folder = Folder::new();
    let out = folder.path("out");
    let hubei = "scenarios/hubei-2027.toml";
    let base = ["drivers", hubei, "--trials", "400", "--quiet", "--lang", "zh", "--out", text(&out)];
    for wrong in [["--target", "nowhere"], ["--policy", "nobody"], ["--world", "mars"]] {
        let refused = call(&[&base[..], &wrong[..]].concat());
        assert_eq!(code(&refused), 2, "{}", stderr(&refused));
        assert!(stderr(&refused).contains(wrong[1]) && !out.exists(), "{}", stderr(&refused));
    }
    let done = call(
        &[&base[..], &["--target", "wuhan-1000-by-2030", "--policy", "plan", "--policy", "none"]].concat(),
    );
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    assert!(stdout(&done).contains("全部查清"), "{}", stdout(&done));
    let names = folder.names("out");
    for name in ["drivers.json", "drivers-groups.csv", "drivers-grades.csv", "drivers-groups.svg"] {
        assert!(names.iter().any(|other| other == name), "{names:?}");
    }
    let json = std::fs::read_to_string(out.join("drivers.json")).expect("a document");
    let read: Answer<Drivers> = serde_json::from_str(&json).expect("what was written can be read");
    assert_eq!((read.schema.as_str(), read.trials), ("clustercast-drivers/1", 400));
}
