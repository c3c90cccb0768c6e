//! Tests of the chart of dots with extreme figures and long names.

use super::*;

fn row(name: &str, value: f64, interval: (f64, f64)) -> Row {
    let dot = Dot { value, interval: Some(interval), figures: format!("{value}"), ..Dot::default() };
    Row { name: name.into(), dots: vec![dot], ..Row::default() }
}

fn chart(rows: Vec<Row>) -> DotChart {
    DotChart {
        words: Words {
            title: "各方案的可能性".into(), source: "来源：测试".into(), ..Words::default()
        },
        axis: Axis::probability(1.0),
        figures_head: "可能性".into(),
        groups: vec![Group { heading: "文件".into(), rows }],
        stems: false,
    }
}

#[test]
fn every_dot_stands_at_its_value_and_tells_it() {
    let drawing = render(&chart(vec![row("甲", 0.0, (0.0, 0.0002)), row("乙", 1.0, (0.9998, 1.0))])).unwrap();
    assert_eq!(drawing.marks.len(), 2);
    assert_eq!(drawing.marks[0].text, "甲: 0");
    assert_eq!(drawing.marks[1].text, "乙: 1");
    let place = drawing.marks[0].place;
    // the two dots stand at the two ends of the axis
    for x in [place.left, place.right] {
        assert!(drawing.svg.contains(&format!("<circle cx=\"{:.0}\"", x * 10.0)), "{x}");
    }
}

#[test]
fn many_long_names_keep_apart_and_inside() {
    let name = "长江经济带生物医药与大健康产业先进制造业集群核心承载区（含跨省协作园区）达到千亿级";
    let rows = (0..40).map(|i| row(&format!("{name}{i}"), f64::from(i) / 40.0, (0.0, 1.0))).collect();
    let drawing = render(&chart(rows)).unwrap();
    for pair in drawing.marks.windows(2) {
        assert!(pair[0].place.bottom < pair[1].place.top);
    }
    let last = drawing.marks.last().unwrap().place;
    assert!(last.bottom < drawing.size.1 && last.right < drawing.size.0);
    assert!(drawing.svg.contains("级39"), "the end that tells names apart is drawn");
}

#[test]
fn what_cannot_be_drawn_is_an_error() {
    assert!(matches!(render(&chart(Vec::new())), Err(ChartError::Nothing { .. })));
    let bad = render(&chart(vec![row("甲", f64::NAN, (0.0, 1.0))]));
    assert!(matches!(bad, Err(ChartError::Figure { item, .. }) if item == "甲"));
}
