//! The picture of a target that looks at several years shows the share of the judged year, not the target's probability.

use super::*;
use crate::report::briefing::tests::run;

const FILE: &str = r#"
format = 1
[scenario]
id = "small"
title = "Small"
base_year = 2024
horizon = 2027
reference = "none"
[[province]]
id = "p"
base = "100亿元"
[[industry]]
id = "drugs"
trend = "0%"
[[cluster]]
id = "a"
province = "p"
share = 1.0
own_volatility = "10%"
mix = { drugs = 1.0 }
[[policy]]
id = "none"
instruments = []
[[target]]
id = "any"
scope = "province.p"
by = 2027
SIDE = "105亿元"
[[target]]
id = "each"
scope = "province.p"
sustained = [2026, 2027]
SIDE = "105亿元"
[[target]]
id = "last"
scope = "province.p"
year = 2027
SIDE = "105亿元"
"#;

/// All three judge 2027; only in the last one are the year's hits the target's.
#[test]
fn a_target_over_several_years_is_parted_by_its_own_year() {
    for side in ["at_least", "at_most"] {
        let results = run(&FILE.replace("SIDE", side));
        let focus = Focus::of(&results).expect("a target");
        let [any, each, last] = &results.runs[0].targets[..] else { panic!("three targets") };
        assert!(any.hits > last.hits && last.hits > each.hits, "{} {} {}", any.hits, last.hits, each.hits);
        assert_eq!(
            [any.hits_in_year, each.hits_in_year, last.hits_in_year],
            [Some(last.hits), Some(last.hits), None]
        );
        assert_eq!(
            [&any.condition.when, &each.condition.when, &last.condition.when],
            ["by", "sustained", "year"]
        );
        let below = last.hits as f64 / last.trials as f64;
        let below = if side == "at_least" { 1.0 - below } else { below };
        for target in [any, each, last] {
            let focus = Focus { target: Some(target), ..focus };
            let figure = figure(&results, &focus, Lang::Zh).expect("a picture").expect("drawn");
            let number = |cell: &Cell| if let Cell::Number(value, _) = cell { *value } else { f64::NAN };
            let rows = figure.table.rows.iter().filter(|row| number(&row[1]) <= 105.0 + 1e-9);
            let drawn: f64 = rows.map(|row| number(&row[2])).sum();
            assert!((drawn - below).abs() < 1e-9, "{}: {drawn} for {below}", target.id);
        }
    }
}
