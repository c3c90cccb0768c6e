//! Tests of how numbers are written.

use super::*;

#[test]
fn money_keeps_what_matters() {
    assert_eq!(amount(1523.4), "1,523");
    assert_eq!(amount(1_234_567.0), "1,234,567");
    assert_eq!(amount(46.21), "46.2");
    assert_eq!(amount(9.999), "10.0");
    assert_eq!(amount(99.97), "100");
    assert_eq!(amount(0.351), "0.35");
    assert_eq!(amount(-1523.4), "−1,523");
    assert_eq!(amount(-0.001), "−0.0010");
    assert_eq!(amount(0.005), "0.0050");
    assert_eq!(amount(0.000_005), "0.0000050");
    assert_eq!(amount(0.009_96), "0.01");
    assert_eq!(amount(1e-6), "0.0000010");
    assert_eq!(amount(3.2e-8), "0.000000032");
    assert_eq!(amount(1e-15), "0.00");
    assert_eq!(amount(0.0), "0");
    assert_eq!(money_or_bound(0.0, Lang::Zh), "0");
    assert_eq!(money_or_bound(0.0003, Lang::Zh), "<0.01");
    assert_eq!(money_or_bound(-0.0003, Lang::Zh), ">−0.01");
    assert_eq!(money_or_bound(0.005, Lang::Zh), amount(0.005));
    assert_eq!(amount(f64::NAN), "—");
    assert_eq!(figure_range(1480.0, 2930.2, "money", Lang::Zh), "1,480–2,930");
    // nobody counts in 亿元 in English
    assert_eq!(figure_range(1480.0, 2930.2, "money", Lang::En), "148.0–293.0");
    assert_eq!((money(33.4, Lang::Zh), money(33.4, Lang::En)), ("33.4".to_owned(), "3.34".to_owned()));
    assert_eq!((money(0.351, Lang::En), money(0.005, Lang::En)), ("0.035".to_owned(), "0.00050".to_owned()));
    assert_eq!(money_or_bound(0.0003, Lang::En), "<0.001");
    // half a unit goes the same way in both
    assert_eq!((money(591.5, Lang::Zh), money(591.5, Lang::En)), ("592".to_owned(), "59.2".to_owned()));
    assert_eq!(set_level(2500.0, "money", Lang::En), "250");
    assert_eq!(set_level(2505.0, "money", Lang::En), "250.5");
    assert_eq!(
        (set_level(46.0, "money", Lang::Zh), set_level(0.05, "share", Lang::Zh)),
        ("46".into(), "5.00%".into())
    );
    assert_eq!(drawn_figure(148.0, "money", Lang::En), "148.0");
    assert_eq!(drawn_figure(14.85, "count", Lang::En), "14.9");
    // 9,630 of 20,000: 48.15, whose binary value lies below, as a spreadsheet rounds it
    assert_eq!((percent(0.4815), contrary(0.4815, (0.47, 0.49), Lang::Zh)), ("48.2%".into(), "51.8%".into()));
    assert_eq!(figure_range(-5.0, 20.0, "money", Lang::Zh), "−5.00至20.0");
    assert_eq!(figure_range(1.0, 6.0, "count", Lang::En), "1–6");
    assert_eq!(figure(0.055, "share", Lang::En), "5.50%");
}

#[test]
fn fine_amounts_have_two_digits_that_say_something() {
    for (value, text) in [
        (100.0, "100"),
        (47.3, "47.3"),
        (5.04, "5.04"),
        (0.46, "0.46"),
        (0.093, "0.093"),
        (0.0449, "0.045"),
        (0.014, "0.014"),
        (-0.05, "−0.050"),
        (0.0041, "0.0041"),
        (0.0, "0"),
    ] {
        assert_eq!(fine_amount(value), text);
    }
}

#[test]
fn probabilities_near_certainty_keep_two_digits() {
    for (value, expected) in [
        (0.432, "43.2%"),
        (0.5, "50.0%"),
        (0.05, "5.0%"),
        (0.00996, "1.0%"),
        (0.003, "0.30%"),
        (0.00314, "0.31%"),
        (0.00754, "0.75%"),
        (1e-5, "0.0010%"),
        (2.5e-7, "0.000025%"),
        (0.997, "99.7%"),
        (0.9997, "99.97%"),
        (0.99999, "99.999%"),
        (0.0, "0%"),
        (1.0, "100%"),
        (f64::NAN, "—"),
        (1.2, "—"),
    ] {
        assert_eq!(percent(value), expected, "{value}");
    }
}

#[test]
fn a_probability_and_its_contrary_make_the_whole() {
    for hits in 0..=2_000_u32 {
        let p = f64::from(hits) / 2_000.0;
        let ends = ((p - 0.01).max(0.0), (p + 0.01).min(1.0));
        let (shown, other) = (probability(p, ends, Lang::Zh), contrary(p, ends, Lang::Zh));
        let value = |text: &str| text.trim_end_matches('%').parse::<f64>();
        // without any hit, or with hits only, both are bounds
        if let (Ok(one), Ok(rest)) = (value(&shown), value(&other)) {
            assert!((one + rest - 100.0).abs() < 1e-9, "{shown} and {other}");
        } else {
            assert!(hits == 0 || hits == 2_000, "{shown} and {other}");
        }
    }
}

#[test]
fn amounts_of_which_all_are_tiny_keep_their_digits() {
    assert_eq!(money_among(0.0017, 0.0017, Lang::Zh), "0.0017");
    assert_eq!(money_among(0.0017, 0.0017, Lang::En), "0.00017");
    assert_eq!(money_among(0.0017, 4.2, Lang::Zh), "<0.01");
    assert_eq!(money_among(0.0, 0.0017, Lang::Zh), "0");
}

#[test]
fn no_hits_and_only_hits_state_their_bound() {
    let upper = 1.0 - crate::math::powf(0.025, 1e-5);
    assert_eq!(probability(0.0, (0.0, upper), Lang::Zh), "0（<0.004%）");
    assert_eq!(probability_with_interval(0.0, (0.0, upper), Lang::En), "0 (<0.004%)");
    assert_eq!(probability_with_interval(1.0, (1.0 - upper, 1.0), Lang::Zh), ">99.996%");
    assert_eq!(probability(0.0, (0.0, 0.308), Lang::Zh), "0（<31%）");
    assert_eq!(probability(1.0, (0.692, 1.0), Lang::Zh), ">69%");
    assert_eq!(probability(0.0, (0.0, 0.00095), Lang::Zh), "0（<0.1%）");
    // One hit in 100,000 trials.
    assert_eq!(probability_with_interval(1e-5, (2.5e-7, 5.6e-5), Lang::Zh), "0.0010%（0.000025%–0.0056%）");
}

#[test]
fn a_bound_is_never_rounded_inwards() {
    for k in 1..2000 {
        let p = f64::from(k) * 3.7e-5;
        let stated: f64 = bound(p).trim_end_matches('%').parse().unwrap();
        assert!(stated >= p * 100.0 * (1.0 - 1e-12), "{p}: {stated}");
    }
}

#[test]
fn intervals_follow_the_language() {
    assert_eq!(probability_with_interval(0.0031, (0.0028, 0.0035), Lang::Zh), "0.31%（0.28%–0.35%）");
    assert_eq!(probability_with_interval(0.0031, (0.0028, 0.0035), Lang::En), "0.31% (0.28–0.35%)");
    assert_eq!(probability_with_interval(0.9902, (0.9896, 0.9908), Lang::Zh), "99.02%（98.96%–99.08%）");
    assert_eq!(probability_with_interval(0.0098, (0.0092, 0.0104), Lang::Zh), "0.98%（0.92%–1.04%）");
}

#[test]
fn changes_are_no_more_exact_than_their_interval() {
    assert_eq!(points_change(0.012, (0.009, 0.015), Lang::Zh), "+1.2个百分点（0.9–1.5）");
    assert_eq!(points_change(0.012, (0.009, 0.015), Lang::En), "+1.2 pp (0.9 to 1.5)");
    assert_eq!(points_change(-0.003, (-0.008, 0.002), Lang::Zh), "−0.3个百分点（−0.8至0.2）");
    assert_eq!(points_change(0.00031, (0.00028, 0.00034), Lang::Zh), "+0.031个百分点（0.028–0.034）");
    assert_eq!(points_change(0.00001, (0.00001, 0.00001), Lang::Zh), "+0.001个百分点（0.001–0.001）");
    assert_eq!(points_change(0.0, (-0.00004, 0.00004), Lang::En), "0.000 pp (−0.004 to 0.004)");
    // the width of the interval says how many digits a change has, not its smaller end
    assert_eq!(points_change(0.0022, (0.0017, 0.0030), Lang::Zh), "+0.22个百分点（0.17–0.30）");
    assert_eq!(points_change(0.0002, (0.000_008, 0.000_514), Lang::Zh), "+0.02个百分点（0.0008–0.05）");
    assert_eq!(points_change(-0.001_027, (-0.002_021, -0.000_033), Lang::En), "−0.10 pp (−0.20 to −0.003)");
    assert_eq!(points_change(0.0, (0.0, 0.0), Lang::Zh), "0");
    assert_eq!(points_change(f64::NAN, (0.0, 0.0), Lang::Zh), "—");
}

#[test]
fn one_thing_takes_the_singular() {
    for (many, one) in [("firms", "firm"), ("bodies", "body"), ("boxes", "box"), ("in number", "in number")] {
        assert_eq!(singular(many), one);
    }
}

#[test]
fn shares_and_growth() {
    assert_eq!(share(0.1234), "12.3%");
    assert_eq!(growth(0.149), "+14.9%");
    assert_eq!(growth(-0.02), "−2.0%");
    assert_eq!(growth(0.0001), "0.0%");
    assert_eq!(growth(f64::INFINITY), "—");
}

#[test]
fn prices_have_two_digits_in_every_size() {
    for (value, text) in
        [(0.9951, "1.0"), (0.842, "0.84"), (1.296, "1.3"), (0.0512, "0.051"), (129.6, "130"), (0.0, "0")]
    {
        assert_eq!(price_text(value), text);
    }
    assert_eq!(price_range(0.842, 1.296, Lang::Zh), "0.84–1.3");
    assert_eq!(price_range(-0.842, 1.296, Lang::Zh), "−0.84至1.3");
}
