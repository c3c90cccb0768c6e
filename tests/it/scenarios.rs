//! The shipped scenarios are free of faults, and every number in them is sourced and graded.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use clustercast::cli::load::{Examined, examine};
use clustercast::diag::render;
use clustercast::model::Choices;
use clustercast::text::Lang;

use crate::docs::package;

/// The scenario files that come with the program, in the order of their names.
pub fn shipped() -> Vec<PathBuf> {
    let entries = fs::read_dir(package("scenarios")).expect("the folder of scenarios").flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    assert!(files.len() >= 4, "the shipped scenarios were not found");
    files
}

#[test]
fn none_has_a_fault_or_an_unsourced_number() {
    for path in shipped() {
        let Examined { model, sources, faults } = examine(&path, &Choices::new()).expect("a scenario");
        assert!(faults.is_empty(), "{}", render(&faults, &sources, Lang::Zh));
        let model = model.expect("a file without faults gives a model");
        for id in model.quantities.ids() {
            let quantity = model.quantities.get(id);
            let provenance = &quantity.provenance;
            let sourced = provenance.source.is_some() && provenance.grade.is_some();
            assert!(
                sourced || !quantity.stated,
                "{}: {} has no source or grade",
                path.display(),
                quantity.path
            );
        }
        for delay in &model.delays {
            let sourced = delay.provenance.source.is_some() && delay.provenance.grade.is_some();
            assert!(sourced, "{}: {} has no source or grade", path.display(), delay.path);
        }
    }
}

/// NATION, which a script writes, is run by tests/instructions/run.
#[test]
fn the_scenarios_of_the_benchmarks_are_free_of_faults() {
    for (file, policies, worlds) in [("benches/ref.toml", 1, 1), ("benches/deep.toml", 24, 5)] {
        let Examined { model, sources, faults } =
            examine(&package(file), &Choices::new()).expect("a scenario");
        assert!(faults.is_empty(), "{file}: {}", render(&faults, &sources, Lang::En));
        let model = model.expect("a file without faults gives a model");
        assert_eq!((model.policies.len(), model.worlds.len()), (policies, worlds), "{file}");
    }
}

/// A file that extends or includes another may leave out what a source was for; so it is enough that one file uses it.
#[test]
fn every_listed_source_is_used() {
    let mut used = BTreeSet::new();
    let mut listed = Vec::new();
    for path in shipped() {
        let Examined { model, .. } = examine(&path, &Choices::new()).expect("a scenario");
        let model = model.expect("a shipped scenario is valid");
        let quantities = model.quantities.ids().map(|id| &model.quantities.get(id).provenance);
        let targets = model.targets.iter().map(|target| &target.provenance);
        let records = model.records.iter().map(|record| &record.provenance);
        let outcomes = model.known.iter().map(|known| &known.provenance);
        let switches = model.switches.iter().map(|switch| &switch.provenance);
        let all = quantities.chain(targets).chain(records).chain(outcomes).chain(switches);
        used.extend(all.flat_map(|provenance| provenance.source_ids()).map(str::to_owned));
        used.extend(model.targets.iter().filter_map(|target| target.document.clone()));
        listed.extend(model.sources.iter().map(|source| (path.clone(), source.id.clone())));
    }
    for (path, source) in listed {
        assert!(used.contains(&source), "{}: nothing uses {source}", path.display());
    }
}
