//! What departs from the present plan, or from its neighbours, without a gain goes back; also in several worlds with few
//! trials.

use super::*;

/// Calls `test` with the pruning of the two clusters in `worlds`, at so many trials.
fn pruned(file: &str, trials: u64, test: &dyn Fn(&Pruning<'_>)) {
    let text = file.replace("LEVEL", "114亿元");
    let loaded = load(&MemoryLoader::new([("two.toml", text.as_str())]), "two.toml");
    let sink = RefCell::new(loaded.faults);
    let model = model::read(&loaded.root.expect("the file is TOML"), &sink).expect("a model");
    let mut space = Space::of(&model, 1, 2024);
    let split = space.model.clone();
    let question = Question { trials: Some(trials), ..Question::default() };
    let experiment = Experiment::new(&split, &question, trials, &Silent).expect("enough trials");
    let goal = Goal::of(&model, None).expect("a target");
    let runs = Runs { experiment: &experiment, goal: &goal, worlds: &model.worlds };
    set_costs(&mut space, runs).expect("a run");
    let info = QuantityInfo::of(&model, &goal);
    test(&Pruning {
        experiment: &experiment,
        space: &space,
        goal: &goal,
        quantity: info.as_ref(),
        worlds: &model.worlds,
        bounds: &[(0.0, 3.0), (0.0, 3.0)],
        trials,
    });
}

/// The two clusters as they are, and with both growing slower and faster.
fn in_three_worlds() -> String {
    let worlds = "[[world]]\nid = \"slow\"\nname = \"慢\"\nset = { \"industry.drugs.trend\" = \"-2%\" }\n\
                  [[world]]\nid = \"fast\"\nname = \"快\"\nset = { \"industry.drugs.trend\" = \"2%\" }\n[[target]]";
    FILE.replace("[[target]]", worlds)
}

fn money(pruning: &Pruning<'_>, factor: [f64; 2]) -> Spending {
    Spending { factor: factor.to_vec(), ..pruning.space.present() }
}

#[test]
fn in_several_worlds_with_few_trials_a_weak_tool_goes_back() {
    pruned(&in_three_worlds(), 100, &|pruning| {
        assert_eq!(pruning.worlds.len(), 3);
        // the weak fund of 15 instead of 10, at the cost of the strong one: 15 instead of 20
        let raised = pruning.as_at_present(money(pruning, [0.75, 1.5]), &mut None).expect("a run");
        assert!((raised.factor[0] - 1.0).abs() < 1e-9 && (raised.factor[1] - 1.0).abs() < 1e-9, "{raised:?}");
        // the other way round it is a gain, which stays
        let better = money(pruning, [1.4, 0.2]);
        assert_eq!(pruning.as_at_present(better.clone(), &mut None).expect("a run"), better);
    });
}

#[test]
fn clusters_and_years_take_their_present_proportions_where_that_does_as_well() {
    pruned(FILE, 400, &|pruning| {
        let mut odd = money(pruning, [1.0, 1.0]);
        odd.years[0] = vec![0.55, 0.45];
        odd.years[1] = vec![0.0, 1.0];
        let plain = pruning.as_proportioned(odd).expect("a run");
        assert_eq!(plain.years, pruning.space.present().years);
        // shares over clusters that do better stay: 80 : 20 is what they absorb
        let mut split = money(pruning, [1.5, 1.0]);
        split.clusters[0] = vec![0.8, 0.2];
        assert_eq!(pruning.as_proportioned(split.clone()).expect("a run").clusters, split.clusters);
    });
    // money of the second year comes too late: the first one keeps it all
    let late = FILE.replace("online_after = \"1年\", absorption", "online_after = \"2年\", absorption");
    assert_ne!(late, FILE);
    pruned(&late, 400, &|pruning| {
        let mut first = money(pruning, [1.0, 1.0]);
        first.years[0] = vec![1.0, 0.0];
        assert_eq!(pruning.as_proportioned(first.clone()).expect("a run").years[0], first.years[0]);
    });
}

/// Each of the two alone loses less than a tenth of what the fund brings, both together more: one of them stays.
#[test]
fn clusters_and_years_are_judged_together() {
    let scarce = FILE
        .replace("absorption = 0.3", "absorption = 0.1")
        .replace("share = 0.8", "share = 0.5")
        .replace("share = 0.2", "share = 0.5");
    let lopsided = scarce.replace("allocation = { a = 0.5, b = 0.5 }", "allocation = { a = 0.85, b = 0.15 }");
    let late = lopsided
        .replace("{ 2024 = \"10亿元\", 2025 = \"10亿元\" }", "{ 2024 = \"8.5亿元\", 2025 = \"1.5亿元\" }");
    assert!(late != lopsided && lopsided != scarce && scarce != FILE);
    pruned(&late, 4_000, &|pruning| {
        let mut even = money(pruning, [1.0, 1.0]);
        (even.clusters[0], even.years[0]) = (vec![0.5, 0.5], vec![0.5, 0.5]);
        let bare = money(pruning, [0.0, 1.0]);
        let mut alone = [even.clone(), even.clone()];
        alone[0].clusters[0].clone_from(&pruning.space.present().clusters[0]);
        alone[1].years[0].clone_from(&pruning.space.present().years[0]);
        let [one, other] = alone;
        let sampled = pruning.simulate(&even, &[bare, one, other, pruning.space.present()]).expect("a run");
        let mean = |policy: usize| sampled.quantity(0, policy, 0).iter().sum::<f64>();
        let lost = |policy: usize| (mean(0) - mean(policy)) / (mean(0) - mean(1));
        assert!(lost(2) < 0.1 && lost(3) < 0.1 && lost(4) > 0.1, "{} {} {}", lost(2), lost(3), lost(4));
        let plain = pruning.as_proportioned(even.clone()).expect("a run");
        assert!(plain.clusters == even.clusters || plain.years == even.years, "{plain:?}");
    });
}

#[test]
fn a_row_beside_the_line_between_its_neighbours_moves_onto_it_unless_it_does_better() {
    pruned(FILE, 400, &|pruning| {
        let ends = [money(pruning, [0.5, 0.5]), money(pruning, [1.5, 1.5])];
        let level = |factor: [f64; 2]| {
            let [below, above] = &ends;
            pruning.levelled(money(pruning, factor), below, above).expect("a run").factor
        };
        // 12 for the strong fund and 18 for the weak one, which has 15 in the dearer row: 20 and 10 on the line
        let moved = level([0.6, 1.8]);
        assert!((moved[0] - 1.0).abs() < 1e-9 && (moved[1] - 1.0).abs() < 1e-9, "{moved:?}");
        assert_eq!(level([1.3, 0.4]), [1.3, 0.4]);
        // between its neighbours nothing is out of line
        assert_eq!(level([0.75, 1.5]), [0.75, 1.5]);
    });
}

#[test]
fn where_no_money_works_in_time_the_least_is_enough() {
    let late = FILE.replace("\"1年\"", "\"5年\"");
    let found = optimum_of(&late, "101亿元", &Budget::default()).expect("an answer").findings;
    let enough = found.enough.expect("no money works");
    assert_eq!((enough.point.cost, enough.point.probability), (1.0, found.present[0].probability));
    assert_eq!(enough.present.expect("the plan costs more").value, 0.0);
    assert!(enough.dearest >= found.present[0].cost);
    // where money works, the least of it is not enough
    let found = optimum("118亿元", &Budget::default()).expect("an answer").findings;
    assert!(found.enough.is_none_or(|enough| enough.point.cost > 10.0));
    // each change is told with what it brings
    for line in &found.instruments {
        assert!(line.change.interval[0] <= line.change.value && line.change.value <= line.change.interval[1]);
    }
    let line =
        |id: &str| found.instruments.iter().find(|line| line.instrument.id == id).expect("an instrument");
    assert!(line("fund").change.interval[0] > 0.0, "{:?}", line("fund"));
}
