//! Trials that do not fit into memory are refused before they are simulated, with what fits.

use std::path::Path;

use clustercast::analysis::AnalysisError;
use clustercast::analysis::decision::{Question, decompose};
use clustercast::cli::load::{Examined, examine};
use clustercast::engine::{Settings, Silent, sample};
use clustercast::kernel::Draws;
use clustercast::math::Vector;
use clustercast::model::{Choices, Model};
use clustercast::plan::{Selection, compile};
use clustercast::tally::{Keep, Samples};

use crate::cli::{call, code, stderr, text};
use crate::folder::Folder;

const SCENARIO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/decisions.toml");

const ANALYSES: [&str; 7] = ["compare", "solve", "optimise", "decompose", "drivers", "discover", "stress"];

fn model() -> Model {
    let Examined { model, .. } = examine(Path::new(SCENARIO), &Choices::new()).expect("a text file");
    model.expect("a scenario without errors")
}

/// Whatever the machine has, a million million trials are too many to remember.
#[test]
fn every_decision_command_refuses_what_no_memory_holds() {
    for analysis in ANALYSES {
        let folder = Folder::new();
        let out = folder.path("out");
        let call =
            |lang: &str| call(&[analysis, SCENARIO, "--trials", "1e12", "--lang", lang, "--out", text(&out)]);
        let (zh, en) = (call("zh"), call("en"));
        assert_eq!((code(&zh), code(&en)), (2, 2), "{analysis}: {}", stderr(&en));
        assert!(stderr(&zh).contains("1,000,000,000,000 次模拟太多"), "{analysis}: {}", stderr(&zh));
        assert!(stderr(&en).contains("GB of memory") && stderr(&en).contains("--trials"), "{}", stderr(&en));
        assert!(folder.names("out").is_empty(), "{analysis}");
    }
}

/// The number of trials that the fault names is taken.
#[test]
fn what_the_fault_says_fits() {
    let model = model();
    let asked = |trials| Question {
        trials: Some(trials),
        threads: Some(2),
        memory: Some(1 << 20),
        ..Question::default()
    };
    let decompose = |trials| {
        decompose::decompose(&model, &[], &asked(trials), decompose::Asked::default(), &Silent).map(drop)
    };
    let Err(AnalysisError::TooManyTrials { trials, most, needed, memory }) = decompose(1_000_000) else {
        panic!("a million trials fit into a megabyte")
    };
    assert_eq!((trials, memory), (1_000_000, 1 << 20));
    assert!((100..1_000_000).contains(&most) && needed > memory, "{most} {needed}");
    assert_eq!(decompose(most), Ok(()));
    assert!(matches!(decompose(most + 8), Err(AnalysisError::TooManyTrials { .. })));
}

/// The estimate is what is kept, and columns have room for no more.
#[test]
fn the_estimate_is_what_is_kept() {
    let model = model();
    let selection = Selection {
        policies: (0..model.policies.len()).collect(),
        worlds: (0..model.worlds.len()).collect(),
    };
    let plan = compile(&model, &selection);
    let settings = Settings { seed: 1, trials: 6400, threads: Some(2), vector: Vector::detect() };
    for keep in [Keep::default(), Keep { inputs: true, cost_in_time: true }] {
        let draws = Draws::addressed(&plan, 1);
        let Samples { runs, inputs, .. } = sample(&plan, settings, 0, draws, keep, &Silent).expect("a run");
        let columns = runs.iter().flat_map(|run| {
            run.quantities.iter().chain(&run.shortfalls).chain([&run.cost, &run.cost_in_time])
        });
        let columns: Vec<&Vec<f64>> = columns.chain(inputs.iter().flatten()).collect();
        let bits: usize = runs.iter().map(|run| run.hits.len() * 6400).sum();
        let kept = columns.iter().map(|column| 8 * column.len()).sum::<usize>() + bits / 8;
        assert_eq!(kept as u64, Samples::bytes(&plan, keep, 6400), "{keep:?}");
        assert!(columns.iter().all(|column| column.capacity() == column.len()), "{keep:?}");
    }
}
