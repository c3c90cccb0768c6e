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
            // "plan" has an office that cannot move the target, whose money is in no price
            let is_same = last == "2026" && cell.policy.id != "plan";
            assert!(if is_same { all.to_bits() == in_time.to_bits() } else { all >= in_time });
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

/// Only "office" moves the filings, for 1; "plan" pays 9 more for what cannot move them, "small" 4 for nothing. All of it
/// counts in dominance and choices by cost, and no policy that pays is called free; prices leave it out.
#[test]
fn money_that_cannot_move_the_target_counts_in_all_but_prices() {
    let lean = "[[policy]]\nid = \"lean\"\ninstruments = [\"office\"]\n[[world]]";
    let file = FILE.replace("VOLATILITY", "0%").replacen("[[world]]", lean, 1);
    let of = |file: &str| {
        let question = Question { target: Some("filings".to_owned()), ..asking(2_000) };
        compare(&read(file), &[], &question, Asked { probability: Some(0.05) }, &Silent).unwrap()
    };
    let answer = of(&file);
    let found = &answer.findings;
    for (policy, all, elsewhere) in
        [("small", 4.0, Some(4.0)), ("plan", 10.0, Some(9.0)), ("lean", 1.0, None)]
    {
        close(cell(&answer, "base", policy).cost.unwrap().value, all);
        let change = change(found, policy);
        close(change.cost.unwrap().value, all);
        assert_eq!(change.cost_elsewhere.is_some(), elsewhere.is_some(), "{policy}");
        close(change.cost_elsewhere.map_or(0.0, |part| part.value), elsewhere.unwrap_or(0.0));
        close(change.cost_in_time.unwrap().value, all - elsewhere.unwrap_or(0.0));
    }
    assert_eq!(change(found, "small").cost_per_point, Price::NoEffect);
    let price = |policy| change(found, policy).cost_per_point;
    assert!(matches!(price("lean"), Price::Defined { .. }) && price("plan") == price("lean"));
    // as good and cheaper; beside "none" they cost more, so that only the estimates and costs decide
    let dominated = |id: &str| found.dominated.iter().find(|one| one.policy.id == id);
    assert!(dominated("plan").is_some_and(|one| one.proven && one.by.id == "lean"));
    assert!(dominated("small").is_some_and(|one| one.proven && one.by.id == "none"));
    assert_eq!(found.choices.satisficing.choice.as_ref().unwrap().policy.id, "none");
    let wanted = compare(
        &read(&file),
        &[],
        &Question { target: Some("filings".to_owned()), ..asking(2_000) },
        Asked { probability: Some(found.cells[0].probability + 1e-6) },
        &Silent,
    );
    assert_eq!(wanted.unwrap().findings.choices.satisficing.choice.unwrap().policy.id, "lean");
    // an office without money brings the filings at no cost; with the rest it is not free, but has no price
    let money = "money = { total = \"1亿元\", from = 2025, to = 2025 }\nindicators";
    let free = of(&file.replacen(money, "indicators", 1));
    assert_eq!(change(&free.findings, "lean").cost_per_point, Price::CostsNothing);
    assert_eq!(change(&free.findings, "plan").cost_per_point, Price::PaidElsewhere);
}

/// The change of the median of a count is a whole number with whole ends: 3 + Poisson has the median 5 with a mean of 2,
/// and 6 with one of 3.
#[test]
fn medians_of_counts_change_by_whole_numbers() {
    let answer = answer("0%", &Question { target: Some("filings".to_owned()), ..asking(2_000) });
    let found = change(&answer.findings, "plan").quantity.as_ref().unwrap().median;
    assert!(found.value.fract() == 0.0 && found.interval.iter().all(|end| end.fract() == 0.0), "{found:?}");
    assert!(found.interval[0] <= found.value && found.value <= found.interval[1]);
    let none = change(&answer.findings, "small").quantity.as_ref().unwrap().median;
    assert_eq!((none.value, none.interval), (0.0, [0.0, 0.0]));
}
