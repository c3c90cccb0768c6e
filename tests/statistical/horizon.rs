//! A model whose last years are cut off gives the same bits for the years it keeps: what is paid, happens or arrives
//! later moves nothing that is judged before.

use clustercast::kernel::{Draws, Kernel};
use clustercast::math::Vector;
use clustercast::model::Model;
use clustercast::plan::{self, Plan, Selection};

use crate::case::BASE;
use crate::rich::Rich;

/// Years that are simulated in full.
const YEARS: i32 = 4;
const TRIALS: usize = 1_000;

/// Everything that begins or goes on late, beside the sources of chance of [`Rich`].
const LATE: &str = "\
    [[event]]\nid = \"late\"\nrate = 0.5\nseverity = 0.1\nfrom = 2003\nto = 2004\n\
    [[arrival]]\nid = \"new\"\ncluster = \"x\"\nindustry = \"a\"\nrate = 1.5\nsize = 3\nyears = [2003, 2004]\n\
    [[indicator]]\nid = \"filings\"\ncount = { base = 3, rate = 2 }\n\
    [[instrument]]\nid = \"reserve\"\nmoney = { by_year = { 2001 = 4, 2004 = 9 } }\n\
    recovery = { share = 0.5, after = 2 }\ncapacity = { output_ratio = 1, online_after = 1, full_after = 3 }\n\
    [[instrument]]\nid = \"plants\"\nallocation = { z = 1 }\ncapacity = { output_ratio = 0.5 }\n\
    projects = { count = 5, start_delay = 2, signed = { by_year = { 2002 = 10, 2004 = 10 } } }\n\
    [[instrument]]\nid = \"later\"\nmoney = { per_year = 1, from = 2003, to = 2004 }\n\
    growth = { uplift = 0.02, scale = 3, start = 2004 }\n\
    [[instrument]]\nid = \"office\"\nmoney = { per_year = 1, from = 2002, to = 2004 }\n\
    indicators = { of = [\"filings\"], added = 1, start = 2003 }\n\
    [[policy]]\nid = \"more\"\ninstruments = \"all\"\n";

/// The model with another last year, the targets being those of its first year.
fn model(horizon: i32) -> Model {
    let mut rich = Rich::new();
    rich.targets = vec![
        "id = \"x\"\nscope = \"cluster.x\"\nyear = 2001\nat_least = 210\n".to_owned(),
        "id = \"drugs\"\nyear = 2001\napprovals = { pipelines = [\"new\", \"device\"] }\nnumber_at_least = 2\n"
            .to_owned(),
        "id = \"firms\"\nyear = 2001\narrivals = { of = [\"firm\", \"new\"] }\nnumber_at_least = 1\n".to_owned(),
        "id = \"filings\"\nyear = 2001\nindicator = \"filings\"\nnumber_at_least = 5\n".to_owned(),
    ];
    rich.more += LATE;
    Model { horizon, ..rich.case().model() }
}

fn compiled(model: &Model) -> Plan {
    let selection = Selection { policies: (0..model.policies.len()).collect(), worlds: vec![0] };
    plan::compile(model, &selection)
}

/// The bits of all series, of the money paid, and of the years up to `last`, by policy.
fn bits(plan: &Plan, last: usize) -> Vec<Vec<(String, u64)>> {
    let kernel = Kernel::new(plan, Vector::detect(), Draws::addressed(plan, 42));
    let mut workspace = kernel.workspace();
    let mut found = vec![Vec::new(); plan.policies.len()];
    for block in 0..TRIALS.div_ceil(256) {
        let lanes = (TRIALS - 256 * block).min(256);
        let mut sink = |view: clustercast::kernel::BlockView<'_>| {
            let mut keep = |name: &str, values: &[f64]| {
                let named = values[..lanes].iter().map(|value| (name.to_owned(), value.to_bits()));
                found[view.policy].extend(named);
            };
            for year in 0..=last {
                for (number, series) in plan.series.iter().enumerate() {
                    keep(&format!("{} {year}", series.id), view.paths.series(number, year));
                }
                keep(&format!("paid {year}"), view.paths.paid(year));
            }
        };
        kernel.block(&mut workspace, block as u64, lanes, &mut sink).unwrap();
    }
    found
}

#[test]
fn years_that_are_cut_off_change_no_bit_of_those_before() {
    let whole = compiled(&model(BASE + YEARS));
    for last in 1..YEARS {
        let cut = compiled(&model(BASE + last));
        assert_eq!(cut.policies, whole.policies);
        let (cut, whole) = (bits(&cut, last as usize), bits(&whole, last as usize));
        for (policy, (cut, whole)) in cut.iter().zip(&whole).enumerate() {
            assert_eq!(cut.len(), whole.len());
            let differs = cut.iter().zip(whole).find(|(cut, whole)| cut != whole);
            assert!(differs.is_none(), "policy {policy}, up to {}: {differs:?}", BASE + last);
        }
    }
    // the instruments do something: otherwise nothing would be shown
    let all = bits(&whole, YEARS as usize);
    assert!(all.iter().skip(1).all(|policy| *policy != all[0]));
}
