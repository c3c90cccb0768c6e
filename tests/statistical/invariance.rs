//! What must not change a figure: threads, instruction sets, file order, additions, and what must scale it.

use clustercast::kernel::{Draws, Kernel};
use clustercast::math::Vector;
use clustercast::plan::{Plan, SeriesUnit};

use crate::case::Measured;
use crate::check::assert_close;
use crate::rich::Rich;

/// Everything of `first` whose id stands in `second` too, except what `skip` names, is the same there bit for bit.
fn assert_same(first: &Measured, second: &Measured, skip: &[&str]) {
    for policy in &first.plan.policies {
        assert!(second.plan.policies.contains(policy));
        let (a, b) = (first.counts(policy), second.counts(policy));
        let (sa, sb) = (first.sums(policy), second.sums(policy));
        assert_eq!(a.trials, b.trials);
        assert!(a.cost == b.cost && sa.cost == sb.cost && sa.paid == sb.paid, "costs of {policy}");
        for series in &first.plan.series {
            if skip.contains(&series.id.as_str()) {
                continue;
            }
            for year in 2000..=2004 {
                let id = format!("{policy} {} {year}", series.id);
                assert!(
                    first.sketch(policy, &series.id, year) == second.sketch(policy, &series.id, year),
                    "{id}"
                );
                assert_eq!(
                    first.moments(policy, &series.id, year),
                    second.moments(policy, &series.id, year),
                    "{id}"
                );
            }
        }
        for target in &first.plan.targets {
            assert_eq!(
                first.target(policy, &target.id),
                second.target(policy, &target.id),
                "{policy} {}",
                target.id
            );
            let sums = [first, second].map(|run| run.target_sums(policy, &target.id));
            assert_eq!(sums[0].shortfall, sums[1].shortfall);
            assert_eq!(sums[0].change, sums[1].change);
        }
    }
}

#[test]
fn threads_and_instruction_sets_change_no_bit() {
    let case = Rich::new().case();
    // several chunks, the last one partly filled
    let trials = 20_011;
    let one = case.run_on(trials, 42, 1, Vector::detect());
    for threads in [2, 3, 8] {
        let more = case.run_on(trials, 42, threads, Vector::detect());
        assert_same(&one, &more, &[]);
        for policy in &one.plan.policies {
            assert_eq!(one.counts(policy).pairs, more.counts(policy).pairs);
        }
    }
    let shares = |run: &Measured| run.sums("plan").attribution.shares();
    for vector in Vector::all() {
        let other = case.run_on(trials, 42, 3, vector);
        assert_same(&one, &other, &[]);
        assert_eq!(shares(&one), shares(&other), "{vector:?}");
    }
}

#[test]
fn order_of_a_file_changes_no_bit() {
    let usual = Rich::new().run();
    let mut turned = Rich::new();
    turned.clusters.rotate_left(1);
    turned.industries.reverse();
    turned.pipelines.reverse();
    turned.arrivals.reverse();
    turned.instruments.reverse();
    let turned = turned.run();
    // policies keep the order in which their own lists name the instruments
    assert_same(&usual, &turned, &[]);
    assert_same(&turned, &usual, &[]);
}

/// What is added, how, and the series that it may change.
type Addition = (&'static str, fn(&mut Rich), &'static [&'static str]);

#[test]
fn additions_change_no_other_figure() {
    let before = Rich::new().run();
    let total = "province.province";
    let additions: [Addition; 8] = [
        (
            "cluster",
            |r| {
                r.clusters
                    .insert(0, "id = \"n\"\nbase = 5\nmix = { b = 1 }\nown_volatility = 0.3\n".to_owned())
            },
            &["province.province", "industry.b"],
        ),
        (
            "instrument",
            |r| {
                r.instruments.insert(
                    0,
                    "id = \"idle\"\nmoney = { per_year = \"3 to 9\", from = 2001, to = 2002 }\n\
                     allocation = { y = 1 }\ncapacity = { output_ratio = \"1 to 2\", industries = [\"b\"] }\n"
                        .to_owned(),
                );
            },
            &[],
        ),
        (
            "pipeline without local sales",
            |r| {
                r.pipelines.insert(
                    0,
                    "id = \"abroad\"\nindustry = \"a\"\nentrants = 2\npeak_sales = \"1 to 9\"\n\
                     [[pipeline.stage]]\nid = \"trial\"\nsuccess = 0.6\nduration = \"1 to 2\"\nassets = 7\n"
                        .to_owned(),
                )
            },
            &[],
        ),
        (
            "arrival",
            |r| {
                r.arrivals.insert(
                    0,
                    "id = \"big\"\ncluster = \"z\"\nindustry = \"b\"\nrate = 0.4\nsize = \"5 to 9\"\n"
                        .to_owned(),
                )
            },
            &["province.province", "industry.b", "cluster.z"],
        ),
        ("policy", |r| r.policies.insert(1, "id = \"half\"\ninstruments = [\"grant\"]\n".to_owned()), &[]),
        (
            "target",
            |r| {
                r.targets
                    .insert(0, "id = \"t\"\nscope = \"industry.b\"\nyear = 2002\nat_most = 90\n".to_owned())
            },
            &[],
        ),
        ("world", |r| r.more += "[[world]]\nid = \"poor\"\nshift = { \"industry.*.trend\" = -0.03 }\n", &[]),
        ("group", |r| r.more += "[[group]]\nid = \"g\"\nclusters = [\"x\", \"z\"]\n", &[]),
    ];
    for (what, add, skip) in additions {
        let mut rich = Rich::new();
        add(&mut rich);
        println!("adding a {what}");
        let after = rich.run();
        assert_same(&before, &after, skip);
        if what == "cluster" {
            assert!(before.sketch("none", total, 2004) != after.sketch("none", total, 2004));
        }
    }
}

#[test]
fn a_longer_run_begins_with_the_shorter_one() {
    let case = Rich::new().case();
    let (plan, mut short, mut long) = (case.plan(), Vec::new(), Vec::new());
    collect(&plan, 42, 300, |values| short.extend_from_slice(values));
    collect(&plan, 42, 1000, |values| long.extend_from_slice(values));
    let runs = plan.policies.len();
    assert_eq!((short.len(), long.len()), (300 * runs, 1000 * runs));
    // each block lists policy by policy, so sort by trial before comparing: block 0 is whole in both
    assert_eq!(short[..256 * runs], long[..256 * runs]);
    let (fewer, more) = (case.run(300, 42), case.run(1000, 42));
    for policy in &plan.policies {
        for target in &plan.targets {
            let (few, many) = (fewer.target(policy, &target.id), more.target(policy, &target.id));
            assert!(few.hits <= many.hits && few.only_here <= many.only_here);
            assert!(few.first_year.iter().zip(&many.first_year).all(|(a, b)| a <= b));
        }
        for year in 2001..=2004 {
            let (few, many) =
                (fewer.sketch(policy, "cluster.x", year), more.sketch(policy, "cluster.x", year));
            assert!(few.min() >= many.min() && few.max() <= many.max());
        }
    }
}

/// Hands the first series' last year of every block, world and policy to `sink`.
fn collect(plan: &Plan, seed: u64, trials: u64, mut sink: impl FnMut(&[f64])) {
    let kernel = Kernel::new(plan, Vector::detect(), Draws::addressed(plan, seed));
    let mut workspace = kernel.workspace();
    for block in 0..trials.div_ceil(256) {
        let lanes = (trials - 256 * block).min(256) as usize;
        kernel
            .block(&mut workspace, block, lanes, &mut |view| sink(&view.paths.series(0, plan.steps)[..lanes]))
            .unwrap();
    }
}

#[test]
fn money_scales_revenue() {
    let (one, ten) = (Rich::new().run(), Rich::of(10.0).run());
    for policy in ["none", "plan"] {
        for series in one.plan.series.iter().filter(|s| s.unit == SeriesUnit::Money) {
            for year in 2000..=2004 {
                let pair = [&one, &ten].map(|run| run.moments(policy, &series.id, year));
                let id = format!("{policy} {} {year}", series.id);
                assert_close(&id, pair[1].mean().unwrap(), 10.0 * pair[0].mean().unwrap(), 1e-12);
                for q in [0.05, 0.5, 0.95] {
                    let [a, b] =
                        [&one, &ten].map(|run| run.sketch(policy, &series.id, year).quantile(q).unwrap());
                    assert_close(&id, b, 10.0 * a, 1.0 / 512.0);
                }
            }
        }
        for target in &one.plan.targets {
            assert_eq!(one.target(policy, &target.id), ten.target(policy, &target.id), "{}", target.id);
        }
        let costs = [&one, &ten].map(|run| run.sums(policy).cost[0].mean().unwrap());
        assert_close("cost", costs[1], 10.0 * costs[0], 1e-12);
    }
}

/// A bigger fund, more signed money, or a likelier landing never lowers the total of any trial.
#[test]
fn more_money_never_lowers_a_trial() {
    let mut rich = Rich::new();
    for (id, scale) in [("half", 0.5), ("twice", 2.0)] {
        rich.policies.push(format!(
            "id = \"{id}\"\ninstruments = [\"fund\", \"batch\"]\n\
             scale = {{ \"instrument.*.money.total\" = {scale}, \"instrument.batch.projects.signed.per_year\" = {scale} }}\n"
        ));
    }
    rich.policies.push(
        "id = \"landing\"\ninstruments = [\"fund\", \"batch\"]\nset = { \"instrument.batch.projects.landed\" = 0.9 }\n\
         scale = { \"instrument.*.money.total\" = 2, \"instrument.batch.projects.signed.per_year\" = 2 }\n"
            .to_owned(),
    );
    let plan = rich.case().plan();
    let order: Vec<usize> = ["none", "half", "twice", "landing"]
        .map(|id| plan.policies.iter().position(|p| p == id).unwrap())
        .to_vec();
    let mut block: Vec<Vec<f64>> = Vec::new();
    let mut raised = 0;
    collect(&plan, 42, 20 * 256, |values| {
        block.push(values.to_vec());
        if block.len() == plan.policies.len() {
            for pair in order.windows(2) {
                for (less, more) in block[pair[0]].iter().zip(&block[pair[1]]) {
                    assert!(less <= more, "{less} with less money, {more} with more");
                    raised += usize::from(less < more);
                }
            }
            block.clear();
        }
    });
    assert!(raised > 20 * 256 * 2, "most trials gain");
}

#[test]
fn seeds_matter_and_zero_is_one() {
    let case = Rich::new().case();
    let runs = [0, 1, 2, u64::MAX >> 1].map(|seed| case.run(1000, seed));
    for (i, a) in runs.iter().enumerate() {
        for b in &runs[..i] {
            assert_ne!(a.moments("none", "cluster.x", 2004), b.moments("none", "cluster.x", 2004));
        }
    }
    assert_same(&runs[0], &case.run(1000, 0), &[]);
}
