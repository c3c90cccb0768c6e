//! Tests of where the words and the ticks of a distribution stand.

use super::*;

fn chart(level: f64) -> DensityChart {
    let bars: Vec<Bar> =
        (0..10).map(|k| Bar { low: f64::from(k), high: f64::from(k + 1), share: 0.1 }).collect();
    DensityChart {
        title: "T".into(),
        subtitle: "S".into(),
        source: "Q".into(),
        told: bars.iter().map(|_| String::new()).collect(),
        bars,
        name: "N".into(),
        outline: None,
        level: Some(Level {
            value: level,
            label: "Target".into(),
            below: "target missed: 0 (<0.2%)".into(),
            above: "target met: >99.8%".into(),
            is_least: true,
        }),
        median: 5.0,
        median_label: "Median 5".into(),
        is_log: false,
        figure: "number".into(),
        beyond: "outside".into(),
    }
}

/// Height at which the line of the target begins, and that of the words on its two sides.
fn heights(level: f64) -> (f64, f64) {
    let svg = render(&chart(level)).unwrap().svg;
    let accent = format!("#{:02X}{:02X}{:02X}", theme::ACCENT.0, theme::ACCENT.1, theme::ACCENT.2);
    let dash = svg.split("<polyline").skip(1).find(|part| part.contains(&accent)).unwrap();
    let points = dash.split("points=\"").nth(1).unwrap();
    let top = points.split([',', ' ']).nth(1).unwrap().parse::<f64>().unwrap();
    let words = svg.split("<text").skip(1).find(|part| part.contains("target missed")).unwrap();
    let foot = words.split(" y=\"").nth(1).unwrap().split('"').next().unwrap().parse::<f64>().unwrap();
    (top / 10.0, foot / 10.0)
}

#[test]
fn the_line_of_a_target_runs_between_its_words_or_begins_below_them() {
    let (top, words) = heights(5.0);
    assert!(top <= words, "between: {top} {words}");
    for level in [-3.0, 0.2, 9.9, 13.0] {
        let (top, words) = heights(level);
        // the words hang from `words`, which is their upper edge
        assert!(top > words + theme::LABEL, "{level}: {top} {words}");
    }
}

#[test]
fn an_axis_has_ticks_enough_to_read_its_scale() {
    let values =
        |is_log, span| ticks(is_log, span, Kind::Plain).into_iter().map(|tick| tick.0).collect::<Vec<_>>();
    assert_eq!(values(true, (120.0, 260.0)), [120.0, 140.0, 160.0, 180.0, 200.0, 220.0, 240.0, 260.0]);
    assert_eq!(values(true, (8.0, 120.0)), [10.0, 20.0, 50.0, 100.0]);
    assert_eq!(values(false, (0.0, 4.0)).len(), 9);
}
