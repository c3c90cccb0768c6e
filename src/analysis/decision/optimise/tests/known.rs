//! The least money on paper: one fund, one year, a chance in closed form.

use super::*;

/// A cluster of 100 with a volatility of 0.02 and a fund of 20 that brings 1.5 a yuan within the year: the chance of 130 is p with a
/// fund of `(130 − 100 e^(−0.02 z_p)) / 1.5`.
const STEEP: &str = r#"
[scenario]
id = "op"
title = "op"
base_year = 2000
horizon = 2001
[[industry]]
id = "s"
trend = 0
[[cluster]]
id = "c"
base = 100
own_volatility = 0.02
[[instrument]]
id = "fund"
money = { by_year = { 2001 = 20 } }
[instrument.capacity]
output_ratio = 1.5
[[policy]]
id = "none"
instruments = []
[[policy]]
id = "plan"
instruments = "all"
[[target]]
id = "g"
year = 2001
at_least = 130
"#;

/// Hypothesis: the interval holds the truth. n = 20,000 trials; the truth lies outside of an interval four times as wide with
/// a chance below 1e-6, which is what is asked of it here.
#[test]
fn the_least_money_of_a_steep_curve_is_that_of_the_closed_form() {
    for (wanted, z) in [(0.1, -1.281_552), (0.9, 1.281_552), (0.99, 2.326_348)] {
        let truth = (130.0 - 100.0 * crate::math::exp(-0.02 * z)) / 1.5;
        let budget = Budget { probability: Some(wanted), from: Some(2001), ..Budget::default() };
        let least = answer(STEEP, 20_000, &budget).unwrap().findings.least.unwrap();
        let [from, to] = least.interval.map(Option::unwrap);
        let (cost, wide) = (least.cost.unwrap(), to - from);
        assert!(from - 1.5 * wide < truth && truth < to + 1.5 * wide, "{wanted}: {truth} {least:?}");
        assert!(wide < 0.35 && (cost - truth).abs() < 0.2, "{wanted}: {truth} {least:?}");
    }
}
