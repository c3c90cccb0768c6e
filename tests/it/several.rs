//! Several provinces in one run: the shipped national file beside the files that it includes.

use clustercast::analysis::decision::Question;
use clustercast::analysis::decision::compare::{Asked, Comparison, compare};
use clustercast::analysis::results::{Results, SeriesResult};
use clustercast::analysis::{Request, inputs_of, simulate, verify};
use clustercast::cli::load::{Examined, examine};
use clustercast::engine::Silent;
use clustercast::model::{Choices, Model};

use crate::docs::package;

fn run(file: &str, policies: &[&str]) -> Results {
    let Examined { model, sources, .. } = examine(&package(file), &Choices::new()).expect("a scenario");
    let request = Request {
        policies: Some(policies.iter().map(|id| (*id).to_owned()).collect()),
        trials: Some(2_000),
        ..Request::default()
    };
    simulate(&model.expect("a sound scenario"), inputs_of(&sources), &request, &Silent).expect("results")
}

fn series<'r>(results: &'r Results, id: &str) -> &'r SeriesResult {
    let found = results.runs[0].series.iter().find(|series| series.id == id);
    found.unwrap_or_else(|| panic!("no series {id}"))
}

#[test]
fn a_province_keeps_its_draws_among_others() {
    let together = run("scenarios/national.toml", &["none"]);
    // clusters whose ids no other province uses, outside the stoppages, which each province has on its own; in Zhejiang
    // without Chinese medicine, whose cycle moves with that of an industry which its own file lacks
    for (file, clusters) in [
        (
            "scenarios/hubei-2027.toml",
            &[
                "wuhan",
                "huanggang",
                "shiyan",
                "tianmen",
                "huangshi",
                "xiantao",
                "ezhou",
                "enshi",
                "xiangyang",
            ][..],
        ),
        ("scenarios/anhui-2030.toml", &["hefei", "bozhou", "huangshan"]),
        ("scenarios/zhejiang-base-2024.toml", &["ningbo", "jiaxing", "wenzhou"]),
    ] {
        let alone = run(file, &["none"]);
        for cluster in clusters {
            let id = format!("cluster.{cluster}");
            let (alone, together) = (series(&alone, &id), series(&together, &id));
            assert_eq!(alone.years, together.years);
            assert!(alone.sd[3] > 0.0, "{id} is drawn");
            assert_eq!(alone, together, "{id} of {file}");
        }
    }
    let (here, there) = (series(&together, "cluster.hubei-other"), series(&together, "cluster.anhui-other"));
    assert!(here.mean[0] != there.mean[0] && here.quantiles != there.quantiles);
}

#[test]
fn instruments_stay_within_their_province() {
    let together = run("scenarios/national.toml", &["none", "projects"]);
    let alone = run("scenarios/anhui-2030.toml", &["none", "projects"]);
    let gain = |results: &Results, id: &str| {
        let mean = |run: usize| {
            let found = results.runs[run].series.iter().find(|series| series.id == id).expect("a series");
            found.mean.last().copied().unwrap_or_default()
        };
        mean(1) - mean(0)
    };
    // other draws of the same instruments: 2,000 trials tell a tenth of the provincial gain apart from a third of it
    let (here, there) = (gain(&together, "province.anhui"), gain(&alone, "province.anhui"));
    assert!(here > 0.0 && (here / there - 1.0).abs() < 0.1, "{here} instead of {there}");
    let clusters = ["anhui-other", "hefei", "bozhou", "fuyang", "anqing", "huangshan"];
    let parts: f64 = clusters.iter().map(|id| gain(&together, &format!("cluster.{id}"))).sum();
    assert!((parts / here - 1.0).abs() < 1e-9, "{parts} of {here}");
}

#[test]
fn the_national_file_reports_all_documents_and_verifies() {
    let together = run("scenarios/national.toml", &["plan"]);
    let joint = &together.runs[0].joint;
    let all = joint.iter().find(|joint| joint.document == "*").expect("all documents together");
    let parts: usize =
        joint.iter().filter(|joint| joint.document != "*").map(|joint| joint.targets.len()).sum();
    assert_eq!(all.targets.len(), parts);
    assert!(joint.iter().all(|joint| all.hits <= joint.hits));
    for conditional in &together.runs[0].conditional {
        assert!(conditional.hits <= conditional.given_trials, "{}", conditional.id);
        let [given] = &conditional.given[..] else { panic!("one condition each") };
        let given = together.runs[0].target(given).expect("a target");
        assert_eq!(conditional.given_trials, given.hits, "{}", conditional.id);
    }
    assert_eq!(
        together.scenario.inputs.len(),
        7,
        "the file, three provinces, and the three files that two of them extend"
    );
    assert!(verify(&together, None, &Silent).expect("a verdict").is_same());
}

/// What other provinces spend cannot move Hubei's target: the prices are those of the same run with only Hubei's
/// instruments, and the money is Hubei's.
#[test]
fn only_money_that_can_move_the_target_is_its_price() {
    let Examined { model, .. } =
        examine(&package("scenarios/national.toml"), &Choices::new()).expect("a scenario");
    let whole = model.expect("a sound scenario");
    let mut own = whole.clone();
    let hubei = own.provinces.iter().position(|province| province.id == "hubei");
    let is_own = |k: &usize| whole.instruments[*k].province.is_none_or(|p| Some(p) == hubei);
    let held = |model: &Model| model.policies.iter().map(|policy| policy.instruments.len()).sum::<usize>();
    own.policies.iter_mut().for_each(|policy| policy.instruments.retain(is_own));
    assert!(held(&own) > 0 && held(&own) < held(&whole));
    let policies = ["none", "funds", "subsidies"].map(str::to_owned).to_vec();
    let question = Question { trials: Some(300), policies: Some(policies), ..Question::default() };
    let found = |model| compare(model, &[], &question, Asked::default(), &Silent).expect("an answer");
    let (whole, own) = (found(&whole), found(&own));
    assert_eq!(whole.target.id, "hubei-revenue-2500", "the main target is Hubei's");
    let spent =
        |found: &Comparison| found.cells.iter().filter_map(|cell| Some(cell.cost?.value)).sum::<f64>();
    assert!(
        spent(&whole.findings) > spent(&own.findings),
        "all money of a policy is told, other provinces' too"
    );
    // what is paid elsewhere is told, and in no price
    let in_price = |found: &Comparison| {
        let mut cells = found.cells.clone();
        for cell in &mut cells {
            cell.cost = None;
            if let Some(change) = &mut cell.change {
                (change.cost, change.cost_elsewhere) = (None, None);
            }
        }
        cells
    };
    assert_eq!(in_price(&whole.findings), in_price(&own.findings));
    assert_eq!(whole.findings.pairs, own.findings.pairs);
    assert!(!whole.uncounted.is_empty());
}

#[test]
fn every_target_of_a_file_of_several_provinces_says_its_province() {
    let Examined { model, .. } =
        examine(&package("scenarios/national.toml"), &Choices::new()).expect("a scenario");
    let model = model.expect("a sound scenario");
    let mut placed = [0; 3];
    for target in &model.targets {
        let name = model.target_name(target);
        let Some(province) = model.province_of(target) else {
            assert_eq!(name, target.name);
            assert!(name.zh.contains("三省") || name.zh.contains("全国"), "{}", name.zh);
            continue;
        };
        let (zh, en) =
            [("湖北", "Hubei"), ("安徽", "Anhui"), ("浙江", "Zhejiang")][["hubei", "anhui", "zhejiang"]
                .iter()
                .position(|id| *id == model.provinces[province].id)
                .unwrap()];
        assert_eq!(name.zh.matches(zh).count(), 1, "{}", name.zh);
        assert!(name.en.contains(en), "{}", name.en);
        placed[province] += 1;
    }
    assert!(placed.iter().all(|count| *count > 0), "{placed:?}");
    // alone, a province goes without saying
    let Examined { model, .. } =
        examine(&package("scenarios/hubei-2027.toml"), &Choices::new()).expect("a scenario");
    let model = model.expect("a sound scenario");
    assert!(model.targets.iter().all(|target| model.target_name(target) == target.name));
}

#[test]
fn the_money_of_each_province_is_that_of_its_own_instruments() {
    let Examined { model, sources, .. } =
        examine(&package("scenarios/national.toml"), &Choices::new()).expect("a scenario");
    let request = Request {
        policies: Some(vec!["plan".to_owned()]),
        trials: Some(64),
        briefing: true,
        ..Request::default()
    };
    let model = model.expect("a sound scenario");
    let results = simulate(&model, inputs_of(&sources), &request, &Silent).expect("results");
    let plan = results.runs.iter().find(|run| run.policy.id == "plan").expect("the plan");
    let parts = plan.contributions.as_ref().expect("its parts");
    let of: Vec<(&str, f64)> =
        parts.money_elsewhere.iter().map(|one| (one.province.as_str(), one.money.gross)).collect();
    assert_eq!(of.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["anhui", "zhejiang"]);
    // every instrument of this file belongs to one province, and the reference pays nothing: the three add up
    let sum: f64 = of.iter().map(|(_, gross)| gross).sum::<f64>() + parts.money.as_ref().unwrap().gross;
    let whole = plan.cost.gross.mean;
    assert!((sum / whole - 1.0).abs() < 1e-9, "{sum} of {whole}: {of:?}");
    assert!(of.iter().all(|(_, gross)| *gross > 0.01 * whole), "{of:?}");
}
