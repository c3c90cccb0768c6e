//! Tests of the fan chart and of the page of fan charts.

use super::super::grid::{self, FanGrid};
use super::*;

fn chart() -> FanChart {
    FanChart {
        title: "湖北省生物医药产业营业收入".into(),
        subtitle: "亿元,现价".into(),
        source: "来源:测试数据".into(),
        years: vec![2024, 2025, 2026, 2027],
        bands: vec![
            Band {
                label: "90%区间".into(),
                low: vec![1250.0, 1200.0, 1180.0, 1170.0],
                high: vec![1250.0, 1500.0, 1750.0, 2000.0],
            },
            Band {
                label: "50%区间".into(),
                low: vec![1250.0, 1300.0, 1350.0, 1400.0],
                high: vec![1250.0, 1400.0, 1550.0, 1700.0],
            },
        ],
        median: vec![1250.0, 1350.0, 1450.0, 1560.0],
        median_label: "中位数".into(),
        record: vec![(2021, 1000.0), (2022, 1100.0), (2023, 1180.0), (2024, 1250.0)],
        record_label: "历年实际".into(),
        target: Some(TargetLine {
            year: 2027,
            value: 2500.0,
            label: "目标2500亿元".into(),
            note: "可能性0.3%".into(),
        }),
        unit: "亿元".into(),
        ..FanChart::default()
    }
}

#[test]
fn same_chart_same_bytes() {
    let svg = render(&chart()).unwrap().svg;
    assert_eq!(svg, render(&chart()).unwrap().svg);
    let page = FanGrid { title: "各政策".into(), panels: vec![chart(); 6], ..FanGrid::default() };
    assert_eq!(grid::render(&page).unwrap(), grid::render(&page).unwrap());
}

#[test]
fn panels_share_one_scale() {
    let mut tall = chart();
    tall.median
        .iter_mut()
        .chain(&mut tall.bands.iter_mut().flat_map(|b| &mut b.high))
        .for_each(|value| *value *= 4.0);
    let page =
        FanGrid { panels: vec![chart(), chart(), chart(), tall, chart(), chart()], ..FanGrid::default() };
    let svg = grid::render(&page).unwrap().svg;
    // Two rows: the values stand once in each, and both rows reach as high as the tallest panel.
    for tick in ["4,000", "6,000"] {
        assert_eq!(svg.matches(&format!("\n{tick}\n")).count(), 2, "{tick}");
    }
}

#[test]
fn labels_years_and_description_are_there() {
    let svg = render(&chart()).unwrap().svg;
    for text in [
        "目标2500亿元 · 可能性0.3%",
        "90%区间",
        "50%区间",
        "中位数",
        "历年实际",
        "2,500",
        "1,170–2,000",
        "2027",
    ] {
        assert!(svg.contains(text), "{text} is missing");
    }
    assert!(
        svg.contains("<title>湖北省生物医药产业营业收入</title><desc>亿元,现价; 2027: 中位数 1,560"),
        "{}",
        &svg[..600]
    );
}

#[test]
fn markup_and_control_characters_in_names_are_harmless() {
    let mut hostile = chart();
    hostile.title = "a<b & \"c\"\u{0}\u{1b}[2J</title><script>".into();
    hostile.record_label = "\u{8}x".into();
    let svg = render(&hostile).unwrap().svg;
    assert!(!svg.contains("<script"));
    assert!(super::super::svg::to_paths(&svg).is_ok());
}

#[test]
fn extreme_but_valid_data_can_be_drawn() {
    let mut flat = chart();
    flat.median = vec![0.0; 4];
    flat.bands = Vec::new();
    flat.record = Vec::new();
    flat.target = None;
    assert!(render(&flat).is_ok());
    flat.median = vec![-1e15, 1e15, 1e-300, 0.0];
    assert!(render(&flat).is_ok());
    flat.title = "很长的标题".repeat(100);
    assert!(render(&flat).is_ok());
}

#[test]
fn every_year_tells_its_values() {
    let marks = render(&chart()).unwrap().marks;
    assert_eq!(marks.len(), 7);
    assert_eq!(marks[0].text, "2021年：历年实际1,000亿元");
    assert_eq!(
        marks[6].text,
        "2027年：中位数1,560亿元，90%区间1,170–2,000亿元，50%区间1,400–1,700亿元，目标2500亿元"
    );
    for pair in marks.windows(2) {
        assert!((pair[0].place.right - pair[1].place.left).abs() < 1e-9, "{pair:?}");
    }
    let mut share = chart();
    (share.lang, share.figure, share.unit) = (Lang::En, "share".into(), String::new());
    share.median.iter_mut().for_each(|value| *value /= 1e4);
    assert!(render(&share).unwrap().marks[3].text.starts_with("2024: 中位数 12.5%"));
}

#[test]
fn a_fan_over_orders_of_magnitude_gets_a_logarithmic_axis_and_says_so() {
    let mut wide = chart();
    wide.bands[0].low = vec![1250.0, 300.0, 60.0, 9.0];
    wide.bands[0].high = vec![1250.0, 3000.0, 9000.0, 30_000.0];
    let svg = render(&wide).unwrap().svg;
    assert!(svg.contains("纵轴为对数刻度") && svg.contains("\n10\n"), "{}", &svg[..900]);
    // Nothing is logarithmic about zero, nor about a fan that can be read in proportion.
    wide.bands[0].low[3] = 0.0;
    assert!(!render(&wide).unwrap().svg.contains("对数"));
    assert!(!render(&chart()).unwrap().svg.contains("对数"));
}

#[test]
fn a_target_far_away_is_named_but_leaves_the_data_their_height() {
    let mut far = chart();
    far.target.as_mut().unwrap().value = 1e6;
    let svg = render(&far).unwrap().svg;
    assert!(svg.contains("超出图的范围") && svg.contains("\n2,000\n"));
    assert!(!render(&chart()).unwrap().svg.contains("超出图的范围"));
    let target = far.target.as_mut().unwrap();
    (target.label, target.note) = ("目标".into(), String::new());
    let dense = FanGrid { panels: vec![far; 8], is_dense: true, ..FanGrid::default() };
    assert!(grid::render(&dense).unwrap().svg.contains("超出图的范围"));
}

/// Where the attributes `x` and `y` of the last element `name` before `end` of `svg` put it.
fn place_of(svg: &str, name: &str, [x, y]: [&str; 2], end: usize) -> (f64, f64) {
    let element = &svg[svg[..end].rfind(&format!("<{name} ")).unwrap()..];
    let number = |key: &str| {
        let from = element.find(&format!(" {key}=\"")).unwrap() + key.len() + 3;
        element[from..].split('"').next().unwrap().parse::<f64>().unwrap()
    };
    (number(x), number(y))
}

#[test]
fn on_a_telephone_the_labels_of_a_single_record_and_of_a_far_target_leave_the_dot_alone() {
    let years: Vec<i32> = (2024..=2034).collect();
    let path = |from: f64, to: f64| -> Vec<f64> {
        (0..11).map(|at| from + (to - from) * (1.0 - crate::math::powi(0.8, at)) / 0.9).collect()
    };
    let chart = FanChart {
        bands: vec![Band { label: "90%区间".into(), low: path(800.0, 60.0), high: path(805.0, 270.0) }],
        median: path(802.0, 120.0),
        record: vec![(2023, 980.0)],
        target: Some(TargetLine {
            year: 2034,
            value: 1e6,
            label: "2034年目标1,000,000亿元".into(),
            note: "可能性0（<0.2%）".into(),
        }),
        years,
        ..chart()
    };
    let svg = render_for(&chart, Form::Phone).unwrap().svg;
    let dot = place_of(&svg, "circle", ["cx", "cy"], svg.len());
    let label = place_of(&svg, "text", ["x", "y"], svg.find("\n历年实际\n").unwrap());
    // in tenths of a point: beside the dot, not somewhere below the fan
    assert!(label.0 > dot.0 && (label.1 - dot.1).abs() < 150.0, "{label:?} {dot:?}");
    // what belongs together is not torn apart, and stands clear of the dot
    let note = svg.find("\n可能性0（&lt;0.2%）\n").unwrap();
    let note = place_of(&svg, "text", ["x", "y"], note);
    assert!(note.0 > dot.0 + 200.0, "{note:?} {dot:?}");
}

#[test]
fn amounts_too_small_for_money_keep_two_digits() {
    let mut tiny = chart();
    let scale = |value: &mut f64| *value /= 1e7;
    tiny.median.iter_mut().for_each(scale);
    for band in &mut tiny.bands {
        band.low.iter_mut().chain(&mut band.high).for_each(scale);
    }
    tiny.record.clear();
    tiny.target = None;
    let drawing = render(&tiny).unwrap();
    assert_eq!(
        drawing.marks[3].text,
        "2027年：中位数0.00016亿元，90%区间0.00012–0.00020亿元，50%区间0.00014–0.00017亿元"
    );
}

#[test]
fn long_horizons_and_constant_and_negative_series_can_be_drawn() {
    let years: Vec<i32> = (2024..2084).collect();
    let values: Vec<f64> = years.iter().map(|&year| f64::from(2050 - year) * 10.0).collect();
    let mut long = FanChart { years: years.clone(), median: values, bands: Vec::new(), ..chart() };
    assert!(render(&long).is_ok());
    long.median = vec![7.0; years.len()];
    long.figure = "count".into();
    let svg = render(&long).unwrap().svg;
    assert!(svg.contains("\n7\n") || svg.contains("\n8\n"), "whole ticks");
}

#[test]
fn groups_have_one_scale_each_and_must_hold_all_panels() {
    let mut large = chart();
    large.record.clear();
    large
        .median
        .iter_mut()
        .chain(large.bands.iter_mut().flat_map(|band| band.low.iter_mut().chain(&mut band.high)))
        .for_each(|value| *value *= 10.0);
    let page = |groups: Vec<(String, usize)>| FanGrid {
        panels: vec![large.clone(), chart(), chart()],
        scale: grid::Scale::Groups(groups),
        is_dense: true,
        ..FanGrid::default()
    };
    let svg = grid::render(&page(vec![("大".into(), 1), ("小".into(), 2)])).unwrap().svg;
    assert_eq!(svg.matches("\n15,000\n").count(), 1);
    assert_eq!(svg.matches("\n1,500\n").count(), 1);
    for wrong in [vec![("".into(), 2)], vec![("".into(), 3), ("".into(), 1)], vec![("".into(), 0)]] {
        assert!(matches!(grid::render(&page(wrong)), Err(ChartError::Empty { .. })));
    }
    let own = FanGrid { scale: grid::Scale::Own, ..page(Vec::new()) };
    assert!(grid::render(&own).is_ok());
}

#[test]
fn faults_are_named() {
    let broken = |change: fn(&mut FanChart)| {
        let mut chart = chart();
        change(&mut chart);
        render(&chart).unwrap_err()
    };
    assert!(matches!(broken(|c| c.years.truncate(1)), ChartError::Empty { .. }));
    assert!(matches!(broken(|c| c.years[1] = 2024), ChartError::Years { .. }));
    assert!(matches!(broken(|c| c.years[3] = i32::MAX), ChartError::Years { .. }));
    assert!(matches!(broken(|c| c.record[0].0 = 2030), ChartError::Years { .. }));
    assert!(matches!(broken(|c| c.median.truncate(3)), ChartError::Length { years: 4, values: 3, .. }));
    assert!(matches!(broken(|c| c.median[2] = f64::NAN), ChartError::Value { year: 2026, .. }));
    assert!(matches!(broken(|c| c.bands[0].high[1] = f64::INFINITY), ChartError::Value { year: 2025, .. }));
    assert!(matches!(broken(|c| c.bands[1].low[3] = 1800.0), ChartError::Reversed { year: 2027, .. }));
    assert!(matches!(
        broken(|c| c.target.as_mut().unwrap().value = 1e16),
        ChartError::Value { year: 2027, .. }
    ));
    assert!(matches!(grid::render(&FanGrid::default()), Err(ChartError::Empty { .. })));
}
