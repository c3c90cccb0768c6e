//! Parts of policies on the shipped scenarios: contributions add up, and every kept result of a briefing verifies.

use clustercast::analysis::{Request, inputs_of, simulate, verify};
use clustercast::cli::load::{Examined, examine};
use clustercast::engine::Silent;
use clustercast::model::Choices;

use crate::scenarios::shipped;

/// The identities hold for any number of trials; two blocks, one of them not full.
const TRIALS: u64 = 300;

#[test]
fn contributions_lead_from_the_reference_to_the_mean_of_every_policy() {
    let mut steps = 0;
    for path in shipped() {
        let Examined { model, sources, .. } = examine(&path, &Choices::new()).expect("a scenario");
        let model = model.expect("a shipped scenario is valid");
        let request = Request { trials: Some(TRIALS), briefing: true, ..Request::default() };
        let results = simulate(&model, inputs_of(&sources), &request, &Silent).expect("results");
        let reference = &results.run.reference.id;
        for run in results.runs.iter().filter(|run| run.policy.id != *reference) {
            let at = format!("{} {}", path.display(), run.policy.id);
            let parts = run.contributions.as_ref().unwrap_or_else(|| panic!("{at} has no contributions"));
            let mean = |run: &clustercast::analysis::results::RunResult| {
                let series = run.series.iter().find(|series| series.id == parts.series).expect("its series");
                let year = series.years.iter().position(|year| *year == parts.year).expect("its year");
                (series.mean[0], series.mean[year])
            };
            let organic = mean(results.run_of(reference, &run.world.id).expect("the reference"));
            assert_eq!((parts.base, parts.organic), organic, "{at}");
            assert_eq!(parts.total, mean(run).1, "{at}");
            let sum = parts.organic + parts.steps.iter().map(|step| step.change).sum::<f64>();
            assert!((sum - parts.total).abs() < 1e-9 * parts.total.abs(), "{at}: {sum} for {}", parts.total);
            steps += parts.steps.len();
        }
        for effects in &results.effects {
            let run = results.run_of(&effects.policy.id, &effects.world.id).expect("the main policy");
            let target = run.target(&effects.target).expect("the main target");
            assert_eq!(effects.probability, target.probability, "{}", path.display());
            assert!(!effects.instruments.is_empty(), "{}", path.display());
        }
        let verdict = verify(&results, Some(1), &Silent).expect("a repeated run");
        assert!(verdict.is_same(), "{}: {:?}", path.display(), verdict.differences);
    }
    assert!(steps > 50, "the shipped policies have many steps, found {steps}");
}
