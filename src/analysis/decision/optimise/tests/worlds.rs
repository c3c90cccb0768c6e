//! Splits of a budget over several worlds.

use super::*;

/// In one world only the fund works, in the other only the weak one, half as well: the rule's own figure decides, and each
/// tool is judged in the world where it helps.
#[test]
fn several_worlds_have_one_figure_by_their_rule() {
    let mut file = FILE.replace("output_ratio = 0.2,", "output_ratio = 0.0001,");
    file.push_str("[[world]]\nid = \"other\"\n");
    file.push_str("set = { \"instrument.fund.capacity.output_ratio\" = 0.0001, ");
    file.push_str("\"instrument.weak.capacity.output_ratio\" = 0.4 }\n");
    for rule in [RuleName::Maximin, RuleName::Mean, RuleName::Regret] {
        let found = optimum_of(&file, "108亿元", &Budget { rule, ..Budget::default() }).unwrap().findings;
        let together = found.together.as_ref().expect("two worlds");
        let chances = |outcomes: &[Outcome]| -> Vec<f64> { outcomes.iter().map(|o| o.probability).collect() };
        let of = |chances: Vec<f64>| match rule {
            RuleName::Mean => (chances[0] + chances[1]) / 2.0,
            _ => chances[0].min(chances[1]),
        };
        if rule != RuleName::Regret {
            assert!(
                (together.present.as_ref().unwrap().value - of(chances(&found.present))).abs() < 1e-12,
                "{together:?}"
            );
            assert!((together.best.value - of(chances(&found.best))).abs() < 1e-12, "{together:?}");
        }
        // less regret is better
        let sign = if rule == RuleName::Regret { -1.0 } else { 1.0 };
        let change = sign * (together.best.value - together.present.as_ref().unwrap().value);
        assert!((together.gain.value - change).abs() < 1e-12, "{rule:?}: {together:?}");
        // the search starts from the present split, so that by the rule it is no worse beyond the error
        assert!(together.gain.interval[1] >= 0.0, "{rule:?}: {together:?}");
        let line = |id: &str| found.instruments.iter().find(|line| line.instrument.id == id).unwrap();
        let per = |id: &str, world: usize| line(id).quantity_per_money[world].interval;
        assert!(per("fund", 0)[0] > 0.1 && per("fund", 1)[1] < 0.01, "{:?}", line("fund"));
        assert!(per("weak", 1)[0] > 0.1 && per("weak", 0)[1] < 0.01, "{:?}", line("weak"));
    }
    assert!(optimum("108亿元", &Budget::default()).unwrap().findings.together.is_none());
}

/// The distance from the best split of the budget is told of what the budget affords, and of nothing dearer: that would come
/// out ahead of a split that it has more money than.
#[test]
fn what_costs_more_than_the_budget_has_no_distance() {
    let mut file = FILE.replace("output_ratio = 0.2,", "output_ratio = 0.1,");
    file.push_str("[[world]]\nid = \"other\"\n");
    file.push_str("set = { \"instrument.fund.capacity.output_ratio\" = 0.5 }\n");
    for (money, affords) in [(21.0, false), (31.0, true)] {
        let budget = Budget { rule: RuleName::Regret, money: Some(money), ..Budget::default() };
        let found = optimum_of(&file, "112亿元", &budget).unwrap().findings;
        let together = found.together.as_ref().expect("two worlds");
        assert_eq!(together.present.is_some(), affords, "{together:?}");
        assert!(together.best.value >= -0.02, "{together:?}");
        let dear = |point: &&Point| point.cost > money + 1e-6;
        assert!(found.frontier.iter().any(|point| dear(&point)), "{:?}", found.frontier);
        for point in found.frontier.iter().chain(&found.plans) {
            assert_eq!(point.regret.is_none(), dear(&point), "{money}: {point:?}");
        }
    }
}
