//! Tests of the charts of first years, of a distribution and of convergence, with extreme figures.

use super::ChartError;
use super::convergence::{self, Checkpoint, ConvergenceChart, trials_label};
use super::density::{self, Bar, DensityChart, Level};
use super::first_year::{self, FirstYearChart, ReachedLine, Role};
use crate::text::Lang;

fn line(name: &str, role: Role, reached: Vec<f64>) -> ReachedLine {
    let told = reached.iter().map(|p| format!("{name}{p}")).collect();
    ReachedLine { name: name.into(), end: "5.4%".into(), role, at_target: None, reached, told }
}

fn reached(lines: Vec<ReachedLine>) -> FirstYearChart {
    FirstYearChart {
        title: "最早在哪一年达到".into(),
        subtitle: "目标".into(),
        source: "来源".into(),
        years: vec![2025, 2026, 2027],
        target_year: Some(2026),
        least_top: 0.0,
        lines,
    }
}

#[test]
fn the_axis_of_first_years_begins_at_zero_and_ends_at_certainty_at_most() {
    let top = |values: Vec<f64>| reached(vec![line("全套", Role::Focus, values)]).ticks().span();
    assert_eq!(top(vec![0.0, 0.004, 0.0538]), (0.0, 0.06));
    assert_eq!(top(vec![0.2, 0.9, 1.0]), (0.0, 1.0));
    assert_eq!(top(vec![1.0, 1.0, 1.0]), (0.0, 1.0));
    // Nothing seen: up to what cannot be ruled out.
    let mut never = reached(vec![line("全套", Role::Focus, vec![0.0; 3])]);
    never.least_top = 0.0019;
    assert_eq!(never.top().as_deref(), Some("0.20%"));
    assert!(first_year::render(&never).is_ok());
}

#[test]
fn many_policies_on_one_line_keep_their_names() {
    let names: Vec<String> =
        (0..9).map(|i| format!("只用第{i}类政策工具而不用其他任何工具的对照方案")).collect();
    let lines: Vec<ReachedLine> =
        names.iter().map(|name| line(name, Role::Other, vec![0.01, 0.02, 0.0541])).collect();
    let chart = reached(lines);
    let drawing = first_year::render(&chart).unwrap();
    assert_eq!(drawing, first_year::render(&chart).unwrap());
    assert_eq!(drawing.marks.len(), 27);
    // Names wrap, so look for what tells them apart.
    for index in 0..9 {
        assert!(drawing.svg.contains(&format!("第{index}类")), "{index}");
    }
    let wrong = reached(vec![line("全套", Role::Focus, vec![0.0, 0.5, 1.5])]);
    assert!(matches!(first_year::render(&wrong), Err(ChartError::Value { year: 2027, .. })));
    let short = reached(vec![line("全套", Role::Focus, vec![0.0, 0.5])]);
    assert!(matches!(first_year::render(&short), Err(ChartError::Length { .. })));
    assert!(matches!(first_year::render(&reached(Vec::new())), Err(ChartError::Empty { .. })));
}

fn distribution(bars: &[(f64, f64, f64)], level: Option<f64>) -> DensityChart {
    let bars: Vec<Bar> = bars.iter().map(|&(low, high, share)| Bar { low, high, share }).collect();
    DensityChart {
        title: "2027年的分布".into(),
        subtitle: "单位：亿元".into(),
        source: "来源".into(),
        told: bars.iter().map(|bar| bar.share.to_string()).collect(),
        median: bars[bars.len() / 2].low,
        outline: Some(("不实施政策".into(), bars.clone())),
        bars,
        name: "全套政策".into(),
        level: level.map(|value| Level {
            value,
            label: format!("目标{value}"),
            below: "未达到目标：99.6%".into(),
            above: "达到目标：0.40%".into(),
            is_least: true,
        }),
        median_label: "中位数".into(),
        is_log: false,
        figure: "money".into(),
        beyond: "在图的范围之外".into(),
    }
}

#[test]
fn distributions_of_every_shape_can_be_drawn() {
    let usual = [(0.0, 800.0, 0.05), (800.0, 900.0, 0.5), (900.0, 1000.0, 0.4), (1000.0, 9000.0, 0.05)];
    let svg = |chart: &DensityChart| density::render(chart).unwrap().svg;
    // Targets within, outside on both sides, and far outside.
    for (value, is_beyond) in [(950.0, false), (1100.0, false), (1e6, true), (-1e6, true)] {
        let drawn = svg(&distribution(&usual, Some(value)));
        assert_eq!(drawn.contains("在图的范围之外"), is_beyond, "{value}");
        assert!(drawn.contains("未达到目标：99.6%") && drawn.contains("达到目标：0.40%"));
    }
    // A constant, an atom at zero, falling below zero, whole things, tiny values.
    assert!(density::render(&distribution(&[(5.0, 5.01, 1.0)], None)).is_ok());
    assert!(density::render(&distribution(&[(0.0, 1.0, 1.0)], Some(0.0))).is_ok());
    assert!(density::render(&distribution(&[(-20.0, -10.0, 0.5), (-10.0, 0.0, 0.5)], Some(-5.0))).is_ok());
    let mut whole = distribution(&[(0.0, 1.0, 0.7), (1.0, 2.0, 0.2), (2.0, 3.0, 0.1)], Some(2.0));
    whole.figure = "count".into();
    let drawn = svg(&whole);
    assert!(drawn.contains("\n2\n") && !drawn.contains("\n0.5\n"), "whole ticks only");
    assert!(density::render(&distribution(&[(1e-9, 2e-9, 1.0)], Some(1.5e-9))).is_ok());
    // A target may stand on the far side of the outermost bin.
    let chart = distribution(&usual, Some(950.0));
    assert_eq!(density::render(&chart).unwrap().marks.len(), 4);
}

#[test]
fn what_is_no_distribution_is_refused() {
    for bars in [&[(1.0, 1.0, 1.0)][..], &[(2.0, 1.0, 1.0)], &[(f64::NAN, 1.0, 1.0)], &[(0.0, 1.0, 1.1)]] {
        assert!(matches!(density::render(&distribution(bars, None)), Err(ChartError::Value { .. })));
    }
    let mut empty = distribution(&[(0.0, 1.0, 1.0)], None);
    empty.bars.clear();
    assert!(matches!(density::render(&empty), Err(ChartError::Empty { .. })));
}

fn settled(points: &[(u64, f64, f64, f64)]) -> ConvergenceChart {
    ConvergenceChart {
        title: "稳定性".into(),
        subtitle: "目标".into(),
        source: "来源".into(),
        checkpoints: points
            .iter()
            .map(|&(trials, low, estimate, high)| Checkpoint {
                trials,
                estimate,
                low,
                high,
                told: trials.to_string(),
            })
            .collect(),
        end: vec!["0.50%".into(), "±0.04个百分点".into(), "100,000次模拟".into()],
        lang: Lang::Zh,
    }
}

#[test]
fn convergence_of_every_probability_can_be_drawn() {
    let svg = |chart: &ConvergenceChart| convergence::render(chart).unwrap().svg;
    let usual =
        settled(&[(256, 0.0, 0.0, 0.015), (4_096, 0.003, 0.005, 0.008), (100_000, 0.0046, 0.005, 0.0055)]);
    assert_eq!(usual.bottom(), None);
    let drawn = svg(&usual);
    for label in ["1,000", "1万", "10万", "±0.04个百分点"] {
        assert!(drawn.contains(&format!("\n{label}\n")), "{label}");
    }
    // Far from zero the axis begins higher, which the subtitle must say.
    let high = settled(&[(256, 0.93, 0.96, 0.98), (4_096, 0.95, 0.96, 0.965)]);
    assert_eq!(high.bottom().as_deref(), Some("93%"));
    // One trial, certainty, impossibility.
    for only in [(1, 0.0, 0.0, 0.79), (1, 0.2, 1.0, 1.0), (2_000, 0.0, 0.0, 0.0), (2_000, 1.0, 1.0, 1.0)] {
        let chart = settled(&[only]);
        assert!(convergence::render(&chart).is_ok(), "{only:?}");
        assert!(chart.ticks().span().1 <= 1.0 + 1e-9, "{only:?}");
    }
    assert!(matches!(convergence::render(&settled(&[])), Err(ChartError::Empty { .. })));
    assert!(matches!(
        convergence::render(&settled(&[(5, 0.0, 0.1, 0.2), (5, 0.0, 0.1, 0.2)])),
        Err(ChartError::Years { .. })
    ));
    assert!(matches!(convergence::render(&settled(&[(5, 0.3, 0.1, 0.2)])), Err(ChartError::Value { .. })));
}

#[test]
fn numbers_of_trials_read_as_planners_write_them() {
    let zh = [500, 1_000, 10_000, 15_000, 100_000, 100_000_000].map(|n| trials_label(n, Lang::Zh));
    assert_eq!(zh, ["500", "1,000", "1万", "1.5万", "10万", "1亿"]);
    assert_eq!(trials_label(100_000, Lang::En), "100,000");
}
