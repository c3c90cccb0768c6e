//! Every instrument of the catalogue, taken by name: it moves what it should, by the size its formula says, in the right
//! direction, and nothing else.
//!
//! Each entry is pasted as its own example says into one small scenario without shocks. Its uncertain parameters are
//! set to their medians by the policy `with`. What must come out is worked out in [`expected`] from the levers alone, by
//! the formulas of docs/model.md, without the engine. The policy `none` of the same run must equal, bit for bit, a run of the
//! scenario without the instrument, and so must every cluster that the instrument does not act on.
//!
//! Where an instrument acts on chances (entrants, success, arrivals), its effect is the mean of a paired difference.
//! Hypothesis: that mean is the expected one; n = 16,384 trials; two-sided false-alarm rate 1e-6 per instrument
//! (z = 4.892) with the standard error of the law (policies share their draws, so the difference is itself Poisson or
//! binomial). Deliberate breaks tried between engine and formula, each red: leverage and public share × 1.01, contract output that does not end, phase-in
//! and lag of `growth` and lag of `knowledge` one year longer, `uptake` or `duration` without effect, `peak` × 1.001, `local_added` × 1.01, awards without
//! limit, the gains of `success` and `entrants` × 1.3, `arrivals.added` × 1.1.

mod expected;

use std::path::Path;

use clustercast::analysis::results::{Results, RunResult, SeriesResult};
use clustercast::analysis::{Request, inputs_of, simulate};
use clustercast::cli::load::{Examined, examine};
use clustercast::diag::render;
use clustercast::engine::Silent;
use clustercast::model::{Choices, Model};
use clustercast::scenario::catalogue::{Entry, entries, entry, example};
use clustercast::text::Lang;

use crate::folder::Folder;
use expected::{Expected, expected};

/// Largest share by which a figure without chance may differ from the recursion by hand.
const ROUNDING: f64 = 1e-10;
/// Score of a two-sided false-alarm rate of 1e-6.
const SCORE: f64 = 4.892;
/// Trials where nothing is left to chance, and where something is.
const TRIALS: [u64; 2] = [256, 16_384];

/// The entries that lower revenue at their default parameters.
const LOWERING: [&str; 2] = ["IN-HB701-04", "IN-HB48-11"];

/// Four clusters of one industry each, three pipelines, arriving firms; no shocks.
fn places(chance: bool) -> String {
    let (success, entrants, assets, rate) = if chance { (0.6, 4, 20, 1.5) } else { (1.0, 0, 3, 0.0) };
    let mut out = String::from(
        "[scenario]\nid = \"catalogue\"\ntitle = \"catalogue\"\nbase_year = 2024\nhorizon = 2032\nreference = \"none\"\n\
         [sources.S]\ntitle = \"test\"\n\
         [[industry]]\nid = \"chemical\"\ntrend = 0.05\n[[industry]]\nid = \"cxo\"\ntrend = 0.05\n",
    );
    for (cluster, base, industry) in [
        ("wuhan", 100, "chemical"),
        ("ezhou", 200, "cxo"),
        ("yichang", 300, "chemical"),
        ("jingzhou", 400, "cxo"),
    ] {
        out.push_str(&format!(
            "[[cluster]]\nid = \"{cluster}\"\nbase = {base}\nmix = {{ {industry} = 1 }}\n"
        ));
    }
    for (id, cluster, industry, first, last) in [
        ("class1", "wuhan", "chemical", 1.7, Some(0.8)),
        ("devices", "ezhou", "cxo", 2.4, Some(0.9)),
        ("generics", "yichang", "chemical", 1.5, None),
    ] {
        out.push_str(&format!(
            "[[pipeline]]\nid = \"{id}\"\nindustry = \"{industry}\"\ncluster = \"{cluster}\"\nentrants = {entrants}\n\
             peak_sales = 2\nramp = 3\nlocal = 0.5\n\
             [[pipeline.stage]]\nid = \"trial\"\nsuccess = {success}\nduration = {first}\nassets = {assets}\n"
        ));
        if let Some(last) = last {
            out.push_str(&format!(
                "[[pipeline.stage]]\nid = \"review\"\nsuccess = {success}\nduration = {last}\n"
            ));
        }
    }
    out.push_str(&format!(
        "[[arrival]]\nid = \"hq\"\ncluster = \"jingzhou\"\nindustry = \"cxo\"\nrate = {rate}\nsize = 2\n\
         online_after = 1\nfull_after = 1\ndisplaced = 0.1\n"
    ));
    out.push_str(
        "[[target]]\nid = \"t\"\nyear = 2032\nat_least = 1500\n[[policy]]\nid = \"none\"\ninstruments = []\n",
    );
    out
}

/// The scenario with the instrument as its example says, its uncertain parameters set by the policy `with`.
fn scenario(entry: &Entry, chance: bool, set: &str) -> String {
    let (places, example) = (places(chance), example(entry));
    format!("{places}{example}[[policy]]\nid = \"with\"\ninstruments = \"all\"\nset = {{ {set} }}\n")
}

fn model(folder: &Folder, text: &str) -> (Model, Vec<clustercast::analysis::results::Input>) {
    let path = folder.path("catalogue.toml");
    std::fs::write(&path, text).expect("the scenario can be written");
    let Examined { model, sources, faults } =
        examine(Path::new(&path), &Choices::new()).expect("the scenario can be read");
    assert!(!faults.has_errors(), "{text}\n{}", render(&faults, &sources, Lang::En));
    (model.expect("a scenario without errors"), inputs_of(&sources))
}

fn run(folder: &Folder, text: &str, trials: u64) -> Results {
    let (model, inputs) = model(folder, text);
    let request = Request { trials: Some(trials), seed: Some(20_270), ..Request::default() };
    simulate(&model, inputs, &request, &Silent).expect("results")
}

/// The settings that take chance out of the instrument: every uncertain parameter at its median, every project started.
fn settings(model: &Model) -> String {
    let mut set = Vec::new();
    for id in model.quantities.ids() {
        let quantity = model.quantities.get(id);
        let Some(law) = quantity.distribution.as_ref() else { continue };
        if !quantity.path.starts_with("instrument.") {
            continue;
        }
        let funnel = [".landed", ".started"].iter().any(|end| quantity.path.ends_with(end));
        if funnel || !law.is_point() {
            let value = if funnel { 1.0 } else { law.median() };
            set.push(format!("\"{}\" = {value:?}", quantity.path));
        }
    }
    set.join(", ")
}

/// Whether the entry acts on chances of the pipelines or of arrivals.
fn acts_on_chances(model: &Model) -> bool {
    let stated = |id| model.quantities.get(id).stated;
    let instrument = &model.instruments[0];
    instrument.arrivals.is_some()
        || instrument
            .pipeline
            .as_ref()
            .is_some_and(|p| [p.entrants, p.entrants_added, p.success].into_iter().any(stated))
}

fn series<'r>(run: &'r RunResult, id: &str) -> &'r SeriesResult {
    run.series.iter().find(|series| series.id == id).unwrap_or_else(|| panic!("no series {id}"))
}

fn near(what: &str, found: f64, exact: f64) {
    assert!((found - exact).abs() <= ROUNDING * exact.abs().max(1.0), "{what}: {found} instead of {exact}");
}

/// Holds one entry.
fn hold(entry: &Entry) {
    let id = entry.id.as_str();
    let folder = Folder::new();
    let (plain, _) = model(&folder, &scenario(entry, false, ""));
    let chance = acts_on_chances(&plain);
    let text = scenario(entry, chance, &settings(&plain));
    let (model, _) = model(&folder, &text);
    let trials = TRIALS[usize::from(chance)];
    let results = run(&folder, &text, trials);
    let alone = run(&folder, &places(chance), trials);
    let [none, with] = ["none", "with"].map(|policy| results.run_of(policy, "base").expect("a run"));
    let without = alone.run_of("none", "base").expect("a run");
    assert_eq!(none.series, without.series, "{id}: the instrument moves a run without it");

    let wanted: Expected = expected(&model);
    for (at, cluster) in ["wuhan", "ezhou", "yichang", "jingzhou"].iter().enumerate() {
        let name = format!("cluster.{cluster}");
        let [before, after] = [none, with].map(|run| series(run, &name));
        let moved = &wanted.clusters[at];
        if moved.iter().all(|change| change.mean == 0.0) {
            assert_eq!(before, after, "{id} moves {cluster}, which it does not act on");
            continue;
        }
        for (year, change) in moved.iter().enumerate() {
            let found = after.mean[year] - before.mean[year];
            let what = format!("{id}: {cluster} in {}", after.years[year]);
            if chance {
                let bound = SCORE * (change.variance / trials as f64).sqrt() + ROUNDING * before.mean[year];
                assert!(
                    (found - change.mean).abs() <= bound,
                    "{what}: {found} instead of {} ± {bound}",
                    change.mean
                );
            } else {
                near(&what, after.mean[year], before.mean[year] + change.mean);
            }
        }
    }
    near(&format!("{id}: cost"), with.cost.gross.mean, wanted.cost);

    let [before, after] = [none, with].map(|run| series(run, "province.province").mean.last().copied());
    let change = after.unwrap_or_default() - before.unwrap_or_default();
    let sign = if LOWERING.contains(&id) { -1.0 } else { 1.0 };
    assert!(sign * change > 0.0, "{id} moves the province by {change}, which is the wrong way");
}

/// The entries of a document, in tests of their own so that they run side by side.
fn hold_all(document: &str, least: usize) {
    let mut held = 0;
    for entry in entries().iter().filter(|entry| entry.document == document) {
        hold(entry);
        held += 1;
    }
    assert!(held >= least, "{document} has {held} entries only");
}

#[test]
fn every_entry_of_the_hubei_opinions_has_the_effect_its_formula_says() {
    hold_all("HB48", 11);
}

#[test]
fn every_entry_of_the_hubei_reply_has_the_effect_its_formula_says() {
    hold_all("HB701", 11);
}

#[test]
fn every_entry_of_the_zhejiang_plan_has_the_effect_its_formula_says() {
    hold_all("ZJ22", 11);
}

#[test]
fn every_entry_of_the_anhui_measures_has_the_effect_its_formula_says() {
    hold_all("AH11", 11);
}

#[test]
fn every_general_entry_has_the_effect_its_formula_says() {
    hold_all("", 4);
}

#[test]
fn results_count_the_grades_of_an_entry() {
    let folder = Folder::new();
    let entry = entry("IN-HB701-01").expect("an entry");
    let text = scenario(entry, false, "");
    let results = run(&folder, &text, 256);
    let alone = run(&folder, &places(false), 256);
    let count = |results: &Results, grade: &str| results.grades.get(grade).copied().unwrap_or(0);
    assert_eq!(count(&results, "official"), count(&alone, "official") + 1);
    assert!(count(&results, "assumption") >= count(&alone, "assumption") + 10);
    assert!(results.sources.iter().any(|source| source.id == "CAT-FUNDREAL"));
}

/// Entries with indicators move one only if it is named: a mean by its shift, a count by its additions.
#[test]
fn entries_move_the_indicators_that_are_named() {
    const INDICATORS: &str = "[[indicator]]\nid = \"days\"\nratio = { start = 60, volatility = 0 }\n\
        [[indicator]]\nid = \"listings\"\ncount = { base = 3, rate = 2 }\n\
        [[target]]\nid = \"days\"\nindicator = \"days\"\nyear = 2032\nvalue_at_most = 50\n\
        [[target]]\nid = \"listings\"\nindicator = \"listings\"\nyear = 2032\nnumber_at_least = 30\n";
    let years = 8.0;
    // Entry, indicator, mean change, variance of the change in one trial.
    for (id, indicator, mean, variance) in [
        ("IN-ZJ22-07", "days", -20.0, 0.0),
        ("IN-ZJ22-04", "days", 0.05, 0.0),
        ("IN-ZJ22-01", "listings", 6.67 * years, 6.67 * years),
    ] {
        let folder = Folder::new();
        let entry = entry(id).expect("an entry");
        let policy = format!("{INDICATORS}[[policy]]\nid = \"with\"");
        let text = |named: &str, set: &str| {
            let text = scenario(entry, false, set).replace("[[policy]]\nid = \"with\"", &policy);
            text.replace(&format!("entry = \"{id}\"\n"), &format!("entry = \"{id}\"\n{named}"))
        };
        let named = format!("indicators = {{ of = [\"{indicator}\"] }}\n");
        let set = settings(&self::model(&folder, &text(&named, "")).0);
        let change = |named: &str| {
            let unnamed = settings(&self::model(&folder, &text(named, "")).0);
            let set = if named.is_empty() { &unnamed } else { &set };
            let results = run(&folder, &text(named, set), TRIALS[1]);
            let mean = |policy: &str, target: &str| {
                let run = results.run_of(policy, "base").expect("a run");
                let quantity = run.target(target).and_then(|target| target.quantity.as_ref());
                quantity.expect("a quantity").mean
            };
            ["days", "listings"].map(|target| mean("with", target) - mean("none", target))
        };
        assert_eq!(change(""), [0.0, 0.0], "{id} moves an indicator that it does not name");
        let found = change(&named);
        let (moved, other) = if indicator == "days" { (found[0], found[1]) } else { (found[1], found[0]) };
        let bound = SCORE * (variance / TRIALS[1] as f64).sqrt() + 1e-9;
        assert!((moved - mean).abs() <= bound, "{id}: {moved} instead of {mean} ± {bound}");
        assert!(other == 0.0, "{id} moves another indicator by {other}");
    }
}
