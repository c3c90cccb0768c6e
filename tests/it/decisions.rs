//! What holds for decision analyses of any scenario, on small scenarios drawn at random under fixed seeds.

use std::cell::RefCell;

use clustercast::analysis::AnalysisError;
use clustercast::analysis::decision::compare::{Asked, Effect, compare};
use clustercast::analysis::decision::{Question, decompose};
use clustercast::engine::Silent;
use clustercast::model::{self, Model};
use clustercast::random::Stream;
use clustercast::scenario::MemoryLoader;
use clustercast::scenario::document::load;
use rand::Rng;

const SCENARIOS: u64 = 16;

/// A scenario of two to five clusters and one to five instruments of several kinds.
fn scenario(seed: u64) -> (Model, String) {
    let mut random = Stream::new(seed, "scenario").generator(0, 0, 0, 0);
    let mut between =
        |low: f64, high: f64| low + (high - low) * f64::from(random.next_u32()) / 4_294_967_296.0;
    let mut text = format!(
        "[scenario]\nid = \"random\"\ntitle = \"Random\"\nbase_year = 2000\nhorizon = 2004\n\
         [nation]\ntrend = {{ dist = \"normal\", mean = {:?}, sd = 0.02 }}\n\
         [nation.cycle]\nvolatility = {:?}\n[[industry]]\nid = \"s\"\n",
        between(-0.05, 0.10),
        between(0.0, 0.10)
    );
    let mut total = 0.0;
    for cluster in 0..between(2.0, 6.0) as usize {
        let base = between(1.0, 500.0);
        total += base;
        let own = between(0.02, 0.3);
        text += &format!("[[cluster]]\nid = \"c{cluster}\"\nbase = {base:?}\nown_volatility = {own:?}\n");
    }
    for instrument in 0..between(1.0, 6.0) as usize {
        text += &format!("[[instrument]]\nid = \"i{instrument}\"\n");
        let (money, effect) = (between(1.0, 40.0), between(-0.05, 0.10));
        text += &match between(0.0, 3.0) as usize {
            0 => format!("growth = {{ level = {effect:?}, years = 2, start = 2001 }}\n"),
            1 => format!(
                "money = {{ total = {money:?}, from = 2001, to = 2002 }}\n\
                 growth = {{ level = {{ dist = \"uniform\", low = -0.02, high = 0.1 }}, years = 1, start = 2002 }}\n"
            ),
            _ => format!(
                "money = {{ by_year = {{ 2001 = {money:?} }} }}\n\
                 [instrument.capacity]\nonline_after = 1\nfull_after = 2\n\
                 output_ratio = {{ dist = \"uniform\", low = 0.2, high = 2 }}\n"
            ),
        };
    }
    let level = total * between(0.9, 1.4);
    let at = if between(0.0, 4.0) < 1.0 { "at_most" } else { "at_least" };
    text += &format!(
        "[[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"plan\"\ninstruments = \"all\"\n\
         [[target]]\nid = \"odd\"\nyear = 2004\n{at} = {level:?}\n\
         [[target]]\nid = \"split\"\nyear = 2003\nat_least = {level:?}\n"
    );
    let loaded = load(&MemoryLoader::new([("random.toml", text.as_str())]), "random.toml");
    let faults = RefCell::new(loaded.faults);
    let model = loaded.root.as_ref().and_then(|root| model::read(root, &faults));
    let messages: Vec<String> = faults.borrow().iter().map(|fault| fault.message.en.clone()).collect();
    (model.unwrap_or_else(|| panic!("{messages:?}\n{text}")), text)
}

fn question(target: &str, seed: u64) -> Question {
    Question {
        target: Some(target.to_owned()),
        trials: Some(300),
        seed: Some(seed),
        threads: Some(2),
        ..Question::default()
    }
}

#[test]
fn contributions_add_up_to_the_effect_of_the_policy() {
    let mut adverse = 0;
    for seed in 0..SCENARIOS {
        let (model, text) = scenario(seed);
        let answer = compare(&model, &[], &question("odd", seed), Asked::default(), &Silent).expect(&text);
        let found = answer.findings.contributions.expect("instruments");
        let change = answer.findings.cells[1].change.as_ref().expect("not the reference");
        let of = |effect: &Effect| {
            [Some(effect.probability), effect.quantity, effect.cost].map(|e| e.map_or(0.0, |e| e.value))
        };
        let quantity = change.quantity.as_ref().map(|change| change.mean);
        let whole = [Some(change.probability), quantity, change.cost].map(|e| e.map_or(0.0, |e| e.value));
        for (figure, whole) in whole.into_iter().enumerate() {
            let sum: f64 = found.instruments.iter().map(|part| of(&part.shapley)[figure]).sum();
            assert!((sum - whole).abs() < 1e-9 * whole.abs().max(1.0), "{seed}: {sum} for {whole}\n{text}");
        }
        adverse += u32::from(found.instruments.iter().any(|part| of(&part.shapley)[1] < 0.0));
    }
    assert!(adverse > 0, "the scenarios are too tame");
}

#[test]
fn shares_and_tasks_add_up_to_the_target() {
    let mut split = 0;
    for seed in 0..SCENARIOS {
        let (model, text) = scenario(seed);
        let found =
            match decompose(&model, &[], &question("split", seed), decompose::Asked::default(), &Silent) {
                Ok(answer) => answer.findings,
                // no trial meets the target, or every one
                Err(AnalysisError::Refused(_)) => continue,
                Err(error) => panic!("{seed}: {error}\n{text}"),
            };
        split += 1;
        let shares: f64 = found.shares.iter().map(|share| share.share.value).sum();
        assert!(
            (shares - found.level).abs() < 1e-9 * found.level,
            "{seed}: {shares} for {}\n{text}",
            found.level
        );
        let by_size: f64 = found.shares.iter().map(|share| share.by_size).sum();
        assert!((by_size - found.level).abs() < 1e-9 * found.level, "{seed}: {by_size}");
        let tasks: f64 = found.shares.iter().map(|share| share.task).sum();
        assert!(
            (tasks - found.level).abs() <= found.unit / 2.0 + 1e-9,
            "{seed}: {tasks} for {}",
            found.level
        );
        for year in &found.years {
            let tasks: f64 = year.tasks.iter().sum();
            let milestone = year.milestone.value;
            assert!((tasks - milestone).abs() <= found.unit / 2.0 + 1e-9, "{seed}: {tasks} for {milestone}");
        }
    }
    assert!(split >= SCENARIOS as usize / 2, "only {split} targets can be split");
}
