//! Contributions of more instruments than all sets can be simulated of, with answers on paper.

use super::*;

/// The scenario with so many more measures, each of `growth` in 2025, in a policy of their own.
fn with_measures(volatility: &str, growth: &[&str]) -> Model {
    let mut file = FILE.replace("VOLATILITY", volatility);
    let mut ids = Vec::new();
    for (index, level) in growth.iter().enumerate() {
        let id = format!("m{index}");
        let measure = format!(
            "[[instrument]]\nid = \"{id}\"\ngrowth = {{ level = \"{level}\", years = 1, start = 2025 }}\n[[policy]]"
        );
        file = file.replacen("[[policy]]", &measure, 1);
        ids.push(format!("\"{id}\""));
    }
    let policy = format!("[[policy]]\nid = \"many\"\ninstruments = [{}]\n[[world]]", ids.join(", "));
    read(&file.replacen("[[world]]", &policy, 1))
}

fn parts(model: &Model, trials: u64) -> Contributions {
    let question = Question { policies: Some(vec!["many".to_owned()]), ..asking(trials) };
    compare(model, &[], &question, Asked::default(), &Silent).unwrap().findings.contributions.unwrap()
}

/// Equal measures share 100 ((1 + g)ⁿ − 1) equally, by symmetry.
#[test]
fn equal_measures_have_equal_shares_however_many_they_are() {
    for (n, level, growth) in [(12, "1%", 0.01), (66, "0.1%", 0.001)] {
        let parts = parts(&with_measures("0%", &vec![level; n]), 300);
        assert_eq!((parts.method.as_str(), parts.pairs_of_orders), ("sampled", Some(24)));
        assert_eq!((parts.sets, parts.trials, parts.trials_alone), (24 * 2 * n, 24 * 256, 300));
        assert_eq!(parts.instruments.len(), n);
        let exact = 100.0 * (crate::math::powi(1.0 + growth, n as u32) - 1.0) / n as f64;
        let mut sum = 0.0;
        for c in &parts.instruments {
            let Estimate { value, interval: [low, high] } = c.shapley.quantity.unwrap();
            assert!((value - exact).abs() < 0.02 && low <= value && value <= high, "{value} for {exact}");
            close(c.alone.quantity.unwrap().value, 100.0 * growth);
            sum += value;
        }
        close(sum, n as f64 * exact);
        close(parts.total.quantity.unwrap().value, sum);
    }
}

/// 115 wants both of the two large measures and any of the nine small ones: a small one is decisive where both and none
/// of the other eight stand before it, 2! 8! / 11! = 1/495 of all orders, each large one in half of what is left. Certain
/// paths, so that intervals rest on the orders alone; those of every player hold the truth (fixed seed: all 11 of them,
/// of which one in three times would miss at 95 % each).
#[test]
fn measures_that_are_rarely_decisive_have_intervals_that_allow_for_it() {
    let mut growth = vec!["0.7%"; 11];
    growth[..2].copy_from_slice(&["7%", "7%"]);
    let parts = parts(&with_measures("0%", &growth), 2_000);
    assert_eq!(parts.pairs_of_orders, Some(132));
    let small = 1.0 / 495.0;
    let mut sum = 0.0;
    for (index, c) in parts.instruments.iter().enumerate() {
        let exact = if index < 2 { 0.5 * (1.0 - 9.0 * small) } else { small };
        let Estimate { value, interval: [low, high] } = c.shapley.probability;
        assert!(low <= exact && exact <= high && high - low < 0.1, "{index}: {value} ({low} to {high})");
        // not even a measure that no order drawn made decisive is told to have no effect
        assert!(high > 0.01, "{index}: {value} ({low} to {high})");
        sum += value;
    }
    close(sum, 1.0);
}
