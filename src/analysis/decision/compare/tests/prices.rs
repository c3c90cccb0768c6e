//! Prices with answers on paper: what money is counted, and where there is none.

use super::*;

#[test]
fn prices_by_hand_and_where_there_is_none() {
    let certain = answer("0%", &asking(300));
    let change =
        |answer: &Answer<Comparison>, policy: &str| cell(answer, "base", policy).change.clone().unwrap();
    let value = |price: Price| match price {
        Price::Defined { value, interval } => {
            assert!(interval[0] <= value && value <= interval[1]);
            value
        }
        other => panic!("{other:?}"),
    };
    close(value(change(&certain, "large").cost_per_revenue.unwrap()), 5.0 / 20.0);
    close(value(change(&certain, "large").cost_per_point), 5.0 / 100.0);
    assert_eq!(change(&certain, "small").cost_per_point, Price::NoEffect);
    // what lies at most at a level is better lower: a policy that raises it does harm
    let low = answer("10%", &Question { target: Some("low".to_owned()), ..asking(3_000) });
    assert_eq!(change(&low, "plan").cost_per_revenue, Some(Price::EffectAdverse));
    assert_eq!(change(&low, "plan").cost_per_point, Price::EffectAdverse);
    let best = low.findings.choices.minimax_quantity.unwrap();
    assert_eq!(best.policy.id, "none");
}

/// What is paid after the year of the target is no part of a price, though it is part of the money.
#[test]
fn prices_count_money_up_to_the_year_of_the_target() {
    let file = FILE.replace("VOLATILITY", "0%").replace("horizon = 2026", "horizon = 2028");
    let later = r#"money = { total = "5亿元", from = 2025, to = 2025 }"#;
    let file = file.replacen(later, r#"money = { per_year = "5亿元", from = 2025, to = 2028 }"#, 1);
    let model = read(&file);
    let found = compare(&model, &[], &asking(300), Asked::default(), &Silent).unwrap();
    assert_eq!(found.findings.due, 2026);
    let large = cell(&found, "base", "large");
    close(large.cost.unwrap().value, 20.0);
    close(large.cost_in_time.unwrap().value, 10.0);
    let price = large.change.as_ref().unwrap().cost_per_revenue;
    assert!(
        matches!(price, Some(Price::Defined { value, .. }) if (value - 10.0 / 20.0).abs() < 1e-9),
        "{price:?}"
    );
}

fn found(file: &str) -> Comparison {
    compare(&read(file), &[], &asking(300), Asked::default(), &Silent).unwrap().findings
}

fn change<'a>(found: &'a Comparison, policy: &str) -> &'a Change {
    let cell = found.cells.iter().find(|cell| cell.world.id == "base" && cell.policy.id == policy);
    cell.unwrap().change.as_ref().unwrap()
}

/// What is paid only after the year of the target is not free.
#[test]
fn money_that_comes_late_is_no_gift() {
    let file = FILE.replace("VOLATILITY", "0%").replace("horizon = 2026", "horizon = 2028");
    let file = file.replace("from = 2025, to = 2025", "from = 2028, to = 2028");
    let found = found(&file);
    let small = change(&found, "small");
    close(small.cost.unwrap().value, 4.0);
    close(small.cost_in_time.unwrap().value, 0.0);
    // 110 instead of 100, which is no 115
    assert_eq!((small.cost_per_point, small.cost_per_revenue), (Price::NoEffect, Some(Price::PaidLater)));
    assert_eq!(change(&found, "large").cost_per_point, Price::PaidLater);
    let free = file.replace(r#"money = { total = "4亿元", from = 2028, to = 2028 }"#, "");
    assert_eq!(change(&self::found(&free), "small").cost_per_point, Price::CostsNothing);
}

/// 5 a year at 10 %: 5/1.1 + 5/1.21 by 2026, for 20 more.
#[test]
fn prices_count_discounted_money() {
    let file = FILE
        .replace("VOLATILITY", "0%")
        .replace("base_year = 2024", "base_year = 2024\ndiscount_rate = \"10%\"");
    let paid = r#"money = { total = "5亿元", from = 2025, to = 2025 }"#;
    let of = |last: &str| {
        let yearly = format!("money = {{ per_year = \"5亿元\", from = 2025, to = {last} }}");
        found(&file.replacen(paid, &yearly, 1).replace("horizon = 2026", &format!("horizon = {last}")))
    };
    let by = 5.0 / 1.1 + 5.0 / 1.21;
    for last in ["2026", "2028"] {
        let found = of(last);
        let large = change(&found, "large");
        close(large.cost_in_time.unwrap().value, by);
        let Some(Price::Defined { value, .. }) = large.cost_per_revenue else { panic!("{large:?}") };
        close(value, by / 20.0);
        for cell in &found.cells {
            let (all, in_time) = (cell.cost.unwrap().value, cell.cost_in_time.unwrap().value);
            assert!(if last == "2026" { all.to_bits() == in_time.to_bits() } else { all >= in_time });
        }
    }
}

/// The level is that of one figure over all pairs of five policies in two worlds.
#[test]
fn intervals_are_widened_for_the_pairs() {
    let found = found(&FILE.replace("VOLATILITY", "10%"));
    assert_eq!(found.pairs.pairs.len(), 20);
    close(found.pairs.level, 1.0 - 0.05 / 20.0);
}
