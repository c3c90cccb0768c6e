//! The shipped scenarios give the recorded figures, to the last digit, on every machine.

use std::fmt::Write;
use std::fs;

use clustercast::analysis::results::{Results, RunResult, TargetResult};
use clustercast::analysis::{Request, inputs_of, simulate};
use clustercast::cli::load::{Examined, examine};
use clustercast::engine::Silent;
use clustercast::model::Choices;

use crate::docs::blessing;
use crate::scenarios::shipped;

/// Enough that every part of the model leaves its mark, few enough to be quick.
const TRIALS: u64 = 20_000;

#[test]
fn shipped_scenarios_give_the_recorded_figures() {
    let mut wrong = Vec::new();
    for path in shipped() {
        let Examined { model, sources, .. } = examine(&path, &Choices::new()).expect("a scenario");
        let model = model.expect("a shipped scenario is valid");
        let request = Request { trials: Some(TRIALS), ..Request::default() };
        let results = simulate(&model, inputs_of(&sources), &request, &Silent).expect("results");
        let found = figures(&results);
        let record = path.with_extension("expect.csv");
        if blessing() {
            fs::write(&record, &found).expect("the record can be written");
        }
        let recorded = fs::read_to_string(&record).unwrap_or_default().replace("\r\n", "\n");
        if recorded != found {
            wrong.push(format!("{}:\n{}", record.display(), difference(&recorded, &found)));
        }
    }
    assert!(
        wrong.is_empty(),
        "results change; if that is meant, run once with CLUSTERCAST_BLESS=1 and say so in the changelog\n{}",
        wrong.join("\n")
    );
}

/// One row for each policy, world and target.
fn figures(results: &Results) -> String {
    let mut out = String::from("policy,world,target,probability,median,p05,p95,gross_cost\n");
    for run in &results.runs {
        for target in &run.targets {
            row(&mut out, run, target);
        }
    }
    out
}

fn row(out: &mut String, run: &RunResult, target: &TargetResult) {
    let quantile = |key: &str| {
        let value = target.quantity.as_ref().and_then(|quantity| quantity.quantiles.get(key));
        value.map_or_else(String::new, f64::to_string)
    };
    let (policy, world, id) = (&run.policy.id, &run.world.id, &target.id);
    let (probability, cost) = (target.probability, run.cost.gross.mean);
    let (median, low, high) = (quantile("0.5"), quantile("0.05"), quantile("0.95"));
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{policy},{world},{id},{probability},{median},{low},{high},{cost}");
}

/// The lines that differ: recorded ones with `-`, found ones with `+`.
fn difference(recorded: &str, found: &str) -> String {
    let mut out = String::new();
    let (old, new): (Vec<&str>, Vec<&str>) = (recorded.lines().collect(), found.lines().collect());
    for index in 0..old.len().max(new.len()) {
        let (old, new) = (old.get(index), new.get(index));
        if old != new {
            let lines = old
                .map(|line| format!("- {line}\n"))
                .into_iter()
                .chain(new.map(|line| format!("+ {line}\n")));
            out.extend(lines);
        }
    }
    out
}

#[test]
fn a_difference_shows_both_lines() {
    assert_eq!(difference("a\nb\n", "a\nc\nd\n"), "- b\n+ c\n+ d\n");
    assert_eq!(difference("a\n", "a\n"), "");
}
