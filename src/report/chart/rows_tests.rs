//! Tests of the charts in rows: extreme figures are drawn where they belong, and what cannot be drawn is refused.

use super::axis::Axis;
use super::levels::{self, Levels};
use super::matrix::{self, Matrix};
use super::page::Words;
use super::waterfall::{self, Panel, Step, Waterfall};
use super::yearly::{self, Yearly};
use super::{ChartError, Drawing};

const LONG: &str = "长江经济带生物医药与大健康产业先进制造业集群核心承载区（含跨省协作园区）";

fn words() -> Words {
    Words { title: "图".into(), source: "来源：测试".into(), ..Words::default() }
}

/// Every mark lies inside the picture, and the picture can be made.
fn is_whole(drawing: &Drawing) {
    for mark in &drawing.marks {
        let place = mark.place;
        assert!(place.left >= 0.0 && place.right <= drawing.size.0, "{mark:?}");
        assert!(place.top >= 0.0 && place.bottom <= drawing.size.1, "{mark:?}");
    }
    assert!(super::svg::to_png(&drawing.svg, 200).is_ok());
}

fn matrix(count: usize, value: f64, figures: &str) -> Matrix {
    let cell = |row: usize, column: usize| matrix::Cell {
        value,
        figures: figures.into(),
        hover: format!("{row}|{column}"),
    };
    Matrix {
        words: words(),
        names: (0..count).map(|i| format!("{LONG}{i}")).collect(),
        cells: (0..count).map(|row| (0..=row).map(|column| cell(row, column)).collect()).collect(),
        bounds: vec![0.01, 0.1, 0.33, 0.66, 0.9, 0.99],
        shade_labels: vec!["<1%".into(), "≥1%".into()],
    }
}

#[test]
fn a_matrix_has_one_mark_a_cell_and_keeps_inside() {
    for (count, value, figures) in [(1, 0.0, "<0.02%"), (2, 1.0, ">99.98%"), (12, 0.5, "0.000012%")] {
        let drawing = matrix::render(&matrix(count, value, figures)).unwrap();
        assert_eq!(drawing.marks.len(), count * (count + 1) / 2);
        is_whole(&drawing);
    }
}

#[test]
fn a_matrix_that_is_no_triangle_is_refused() {
    let mut broken = matrix(3, 0.5, "50%");
    broken.cells[1].pop();
    assert!(matches!(matrix::render(&broken), Err(ChartError::Nothing { .. })));
    assert!(matches!(matrix::render(&matrix(0, 0.0, "")), Err(ChartError::Nothing { .. })));
    let not_a_number = matrix::render(&matrix(2, f64::NAN, "—"));
    assert!(matches!(not_a_number, Err(ChartError::Figure { .. })));
}

fn step(from: f64, to: f64) -> Step {
    Step { name: LONG.into(), from, to, interval: Some((to - 0.01, to + 0.01)), ..Step::default() }
}

#[test]
fn waterfalls_show_losses_specks_and_nothing() {
    let cases: [(&[(f64, f64)], Axis); 3] = [
        (&[(0.0, 0.0), (0.0, 0.0)], Axis::figures(0.0, 0.0, 6)),
        (&[(0.0, -9.4), (-9.4, 3.2), (3.2, 3.23)], Axis::figures(-9.5, 3.3, 6)),
        (&[(0.0, 1e12), (1e12, 1e12 + 0.03)], Axis::figures(0.0, 1e12, 6)),
    ];
    for (steps, axis) in cases {
        let steps: Vec<Step> = steps.iter().map(|&(from, to)| step(from, to)).collect();
        let count = steps.len();
        let panel = Panel { heading: "部分".into(), axis, steps, line: Some((0.0, "目标".into())) };
        let drawing = waterfall::render(&Waterfall { words: words(), panels: vec![panel] }).unwrap();
        assert_eq!(drawing.marks.len(), count);
        is_whole(&drawing);
    }
    let empty = waterfall::render(&Waterfall { words: words(), panels: Vec::new() });
    assert!(matches!(empty, Err(ChartError::Nothing { .. })));
}

fn points(points: &[(f64, Option<f64>)]) -> Levels {
    let levels = || points.iter().filter_map(|point| point.1);
    let logarithmic = levels().count() > 0 && levels().all(|level| level > 0.0);
    let ticks = [0.001, 0.01, 0.1, 1.0, 10.0, 100.0].map(|tick| (tick, tick.to_string()));
    Levels {
        words: words(),
        across: Axis::figures(-1.0, 1.0, 6),
        across_label: "个百分点".into(),
        upwards: if logarithmic { Axis { ticks: ticks.to_vec() } } else { Axis::figures(0.0, 100.0, 5) },
        upwards_label: "亿元".into(),
        logarithmic,
        without: "未写金额".into(),
        points: points
            .iter()
            .enumerate()
            .map(|(index, &(value, level))| levels::Mark {
                name: format!("{LONG}{index}"),
                figures: value.to_string(),
                value,
                interval: (value - 0.1, value + 0.1),
                level,
                ..levels::Mark::default()
            })
            .collect(),
    }
}

#[test]
fn costs_over_five_orders_of_magnitude_harm_and_no_costs_are_drawn() {
    for case in [
        vec![(0.5, Some(0.002)), (-0.5, Some(0.2)), (0.0, Some(99.0)), (0.1, None)],
        vec![(0.0, None); 40],
        vec![(0.3, Some(50.0)); 20],
        vec![(0.0, Some(0.0))],
    ] {
        let drawing = levels::render(&points(&case)).unwrap();
        assert_eq!(drawing.marks.len(), case.len());
        is_whole(&drawing);
    }
    let mut no_logarithm = points(&[(0.0, Some(0.0))]);
    no_logarithm.logarithmic = true;
    assert!(matches!(levels::render(&no_logarithm), Err(ChartError::Figure { .. })));
    assert!(matches!(levels::render(&points(&[])), Err(ChartError::Nothing { .. })));
}

#[test]
fn dearer_instruments_stand_higher() {
    let drawing = levels::render(&points(&[(0.1, Some(1.0)), (0.1, Some(50.0)), (0.1, None)])).unwrap();
    let top = |index: usize| drawing.marks[index].place.top;
    assert!(top(1) < top(0) && top(0) < top(2));
}

fn yearly(values: &[f64]) -> Yearly {
    let row = |name: &str, values: &[f64]| yearly::Row {
        name: name.into(),
        values: values.to_vec(),
        total: "0".into(),
        ..yearly::Row::default()
    };
    Yearly {
        words: words(),
        years: (2025..).take(values.len()).collect(),
        total_head: "合计".into(),
        rows: vec![row(LONG, values), row("乙", &vec![0.0; values.len()])],
        ..Yearly::default()
    }
}

#[test]
fn payments_of_any_size_and_number_of_years_are_drawn() {
    for values in [vec![0.0; 3], vec![0.0003], vec![-5.0, 10.0, 1e9], vec![123.4; 60]] {
        let drawing = yearly::render(&yearly(&values)).unwrap();
        assert_eq!(drawing.marks.len(), 2 * values.len());
        is_whole(&drawing);
    }
    assert!(yearly::render(&yearly(&[0.0003, 5.0])).unwrap().svg.contains("&lt;0.01"));
    assert!(matches!(yearly::render(&yearly(&[])), Err(ChartError::Nothing { .. })));
    let mut short = yearly(&[1.0, 2.0]);
    short.rows[0].values.pop();
    assert!(matches!(yearly::render(&short), Err(ChartError::Length { .. })));
}
