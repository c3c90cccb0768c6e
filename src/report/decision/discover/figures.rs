//! Conditions under which a target is missed or met, in charts.

use super::{outcome, probability};
use crate::analysis::decision::discover::{Discovery, Step};
use crate::analysis::decision::{Answer, Estimate};
use crate::report::briefing::{DataTable, Figure};
use crate::report::chart::ChartError;
use crate::report::chart::axis::Axis;
use crate::report::chart::curve::{self, CurveChart, Point, Spot};
use crate::report::chart::dots::{self, Dot, DotChart, Group, Row};
use crate::report::chart::marker::Shape;
use crate::report::chart::page::Words;
use crate::report::chart::scale::Kind;
use crate::report::decision::frame::{level, say, source};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

fn table(answer: &Answer<Discovery>, id: &str, lang: Lang) -> Option<DataTable> {
    super::tables::tables(answer, lang).into_iter().find(|table| table.id == id)
}

/// The probability where the conditions hold, elsewhere, and in all; `None` without conditions.
pub fn probabilities(answer: &Answer<Discovery>, lang: Lang) -> Option<Result<Figure, ChartError>> {
    let findings = &answer.findings;
    let chosen = findings.chosen.as_ref()?;
    let fresh = &chosen.fresh;
    let row = |name: Text, detail: String, estimate: Estimate, emphasis: bool| Row {
        name: say(&name, lang),
        detail,
        emphasis,
        dots: vec![Dot {
            value: estimate.value,
            interval: Some(estimate.interval.into()),
            figures: probability(estimate, lang),
            shape: if emphasis { Shape::Disc } else { Shape::Ring },
            ..Dot::default()
        }],
    };
    let share = |share: String| say(&text!("占全部情形的{share}", "{share} of all trials"), lang);
    let all = findings.fresh;
    // the first sentence has the chance on the draws of the search
    let fresh_draws = say(&Text::new("另取的模拟", "on fresh draws"), lang);
    // as written, both add up to the whole
    let (mass, others) = (
        number::percent(fresh.mass.value),
        number::contrary(fresh.mass.value, fresh.mass.interval.into(), lang),
    );
    let rows = vec![
        row(Text::new("条件具备时", "Where the conditions hold"), share(mass), fresh.probability, true),
        row(Text::new("其他情形", "Elsewhere"), share(others), fresh.elsewhere, false),
        row(Text::new("全部情形", "All trials"), fresh_draws, all, false),
    ];
    let highest = rows.iter().flat_map(|row| &row.dots).filter_map(|dot| dot.interval).map(|(_, high)| high);
    let highest = highest.fold(0.0, f64::max);
    let name = &answer.target.name;
    let (zh, en) = (&name.zh, &name.en);
    let title = say(&text!("条件具备与否，可能性差多少：{zh}", "Where the chances differ: {en}"), lang);
    let (level, axis) = (level(answer), Axis::probability(highest));
    let Text { zh: end_zh, en: end_en } = axis.end();
    let (policy_zh, policy_en) = (&findings.policy.name.zh, &findings.policy.name.en);
    let subtitle = say(
        &text!(
            "{end_zh}；达标可能性，%，横线为{level}区间；方案：{policy_zh}",
            "{end_en}; probability of the target, %, with {level} intervals; policy: {policy_en}"
        ),
        lang,
    );
    let notes = chosen.conditions.iter().map(|condition| {
        let condition = super::condition(condition, lang);
        say(&text!("条件：{condition}", "Condition: {condition}"), lang)
    });
    let chart = DotChart {
        words: Words { title: title.clone(), subtitle, notes: notes.collect(), source: source(answer, lang) },
        axis,
        figures_head: say(&text!("可能性（{level}区间）", "Probability ({level} interval)"), lang),
        groups: vec![Group { heading: String::new(), rows }],
        stems: false,
    };
    let table = table(answer, "quality", lang)?;
    Some(dots::render(&chart).map(|drawing| Figure {
        id: "conditions".to_owned(),
        title,
        caption: say(
            &Text::new(
                "两个点相距越远，这些条件越要紧；用没有参与查找的模拟估计。",
                "The further apart the dots, the more the conditions matter; estimated on trials that had no part in the search.",
            ),
            lang,
        ),
        drawing,
        table,
    }))
}

/// Density over coverage along the peeling; `None` without one.
pub fn trajectory(answer: &Answer<Discovery>, lang: Lang) -> Option<Result<Figure, ChartError>> {
    let findings = &answer.findings;
    if findings.trajectory.len() < 2 {
        return None;
    }
    let of = outcome(findings.outcome);
    let (zh, en) = (&of.zh, &of.en);
    let told = |step: &Step| {
        let (coverage, density) = (number::share(step.coverage), number::percent(step.density));
        let n = step.restricted;
        let conditions = if n == 1 { "condition" } else { "conditions" };
        say(
            &text!(
                "{n}个条件：覆盖{coverage}，密度{density}",
                "{n} {conditions}: coverage {coverage}, density {density}"
            ),
            lang,
        )
    };
    let point = |step: &Step| Point { x: step.coverage, y: step.density, interval: None, told: told(step) };
    let mut line: Vec<Point> = findings.trajectory.iter().map(point).collect();
    // from the last step on, so that steps of one coverage stand in their order
    line.reverse();
    line.sort_by(|a, b| a.x.total_cmp(&b.x));
    let spots = findings.chosen.iter().map(|chosen| {
        let fresh = &chosen.fresh;
        let n = chosen.conditions.len();
        let conditions = if n == 1 { "condition" } else { "conditions" };
        let label = text!("所选的{n}个条件", "chosen: {n} {conditions}");
        let (coverage, density) =
            (number::percent(fresh.coverage.value), number::percent(fresh.density.value));
        let told = text!(
            "所选条件（另一批模拟）：覆盖{coverage}，密度{density}",
            "chosen conditions (fresh trials): coverage {coverage}, density {density}"
        );
        Spot {
            point: Point {
                x: fresh.coverage.value,
                y: fresh.density.value,
                interval: Some(fresh.density.interval.into()),
                told: say(&told, lang),
            },
            label: say(&label, lang),
            emphasis: true,
            across: Some(fresh.coverage.interval.into()),
        }
    });
    let name = &answer.target.name;
    let (target_zh, target_en) = (&name.zh, &name.en);
    let title = say(
        &text!(
            "条件越严，越准，但包含的情形越少：{target_zh}",
            "Stricter conditions are surer but hold less: {target_en}"
        ),
        lang,
    );
    let level = level(answer);
    let mut chart = CurveChart {
        title: title.clone(),
        subtitle: say(
            &text!(
                "线：查找时逐步收窄的范围；点：所选条件在另一批模拟上的结果，带{level}区间",
                "Line: ever narrower boxes of the search; spot: the chosen conditions on fresh trials, with {level} intervals"
            ),
            lang,
        ),
        source: source(answer, lang),
        x_name: say(
            &text!("覆盖率：{zh}的情形有多少落在其中", "coverage: share of those {en} that lie inside"),
            lang,
        ),
        y_name: say(&text!("密度：其中{zh}的占比", "density: share {en} inside"), lang),
        x_kind: Kind::Percent,
        y_kind: Kind::Percent,
        line,
        spots: spots.collect(),
        wanted: None,
    };
    if let Some(bottom) = chart.bottom() {
        chart.subtitle.push_str(bottom.get(lang));
    }
    let table = table(answer, "trajectory", lang)?;
    Some(curve::render(&chart).map(|drawing| Figure {
        id: "trajectory".to_owned(),
        title,
        caption: say(
            &Text::new(
                "从右向左，每一步多收窄一点：包含的情形少了，但更集中。",
                "From right to left each step narrows the box: fewer trials, but more of them of the kind looked for.",
            ),
            lang,
        ),
        drawing,
        table,
    }))
}
