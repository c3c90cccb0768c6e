//! The chart of what the uncertainty of the main outcome comes from.

use super::foot::{policy_name, say, source};
use super::{Attempt, Figure, Focus};
use crate::analysis::Results;
use crate::analysis::results::{RunResult, VarianceResult};
use crate::report::briefing::naming;
use crate::report::briefing::{Cell, Column, DataTable, Format};
use crate::report::chart::axis::Axis;
use crate::report::chart::dots::{self, Dot, DotChart, Group, Row};
use crate::report::chart::marker::Shape;
use crate::report::chart::page::Words;
use crate::report::number;
use crate::scenario::Grade;
use crate::text;
use crate::text::{Lang, Text, joined};

/// One row of the chart.
struct Share {
    name: String,
    detail: String,
    share: f64,
    shape: Shape,
}

/// Shares of the variance by grade of evidence and by quantity; `None` if they were not computed.
pub(super) fn figure(results: &Results, focus: &Focus<'_>, lang: Lang) -> Attempt {
    let variance = focus.run.variance.as_ref()?;
    let (Text { zh, en }, year) = (naming::of_id(results, focus.run, &variance.series), variance.year);
    let zh = joined(&[&zh, &format!("{year}年")]);
    let title = text!("{zh}的结果为何不确定", "Why the outcome of {en} in {year} is uncertain");
    let title = title.get(lang).to_owned();
    let (grades, largest) = (by_grade(results, focus.run, variance, lang), largest(variance, lang));
    let all = || grades.iter().chain(&largest);
    if all().all(|share| share.share == 0.0) {
        // nothing is uncertain
        return None;
    }
    let highest = all().map(|share| share.share).fold(0.0, f64::max);
    let row = |share: &Share| Row {
        name: share.name.clone(),
        detail: share.detail.clone(),
        emphasis: false,
        dots: vec![Dot {
            value: share.share,
            figures: figures(share.share),
            shape: share.shape,
            ..Dot::default()
        }],
    };
    let policy = policy_name(results, focus.run).get(lang).to_owned();
    let chart = DotChart {
        words: Words {
            title: title.clone(),
            subtitle: text!(
                "占结果对数方差的份额（一阶，%）；方案：{policy}",
                "First-order shares of the variance of the log outcome (%); policy: {policy}"
            )
            .get(lang)
            .to_owned(),
            notes: vec![
                legend(lang),
                say(
                    lang,
                    "“逐年波动”不等于有数据依据：波动的幅度和突发事件的频率本身也是填写的参数，往往是假设。",
                    "Yearly shocks are not evidence: their size and the frequency of events are parameters too, often assumed.",
                ),
            ],
            source: source(results, lang),
        },
        axis: Axis::shares(0.0, highest),
        figures_head: say(lang, "份额", "Share"),
        groups: [
            (say(lang, "按依据的等级（合计100%）", "By grade of evidence (100% in all)"), &grades),
            (say(lang, "影响最大的几项数据", "The quantities with the largest shares"), &largest),
        ]
        .into_iter()
        .filter(|(_, shares)| !shares.is_empty())
        .map(|(heading, shares)| Group { heading, rows: shares.iter().map(row).collect() })
        .collect(),
        stems: true,
    };
    let caption = say(
        lang,
        "份额越大，弄清这一项越能缩小结果的不确定范围；逐年波动无法靠查找资料消除。",
        "The larger a share, the more finding out that figure would narrow the outcome; yearly shocks cannot be looked up.",
    );
    let table = table(&grades, &largest, &title, lang);
    Some(dots::render(&chart).map(|drawing| Figure { id: "variance".into(), title, caption, drawing, table }))
}

/// The share in figures; what rounds to nothing is still told from nothing.
fn figures(share: f64) -> String {
    if share > 0.0 && share < 0.0005 { "<0.1%".to_owned() } else { number::share(share) }
}

fn legend(lang: Lang) -> String {
    say(
        lang,
        "标记：● 官方数据，■ 推算，◆ 文献，▲ 假设，○ 逐年波动或未注明。",
        "Marks: ● official, ■ derived, ◆ literature, ▲ assumption, ○ yearly shocks or not stated.",
    )
}

/// Grades that hold a quantity, the best founded first, then what no grade covers.
fn by_grade(results: &Results, run: &RunResult, variance: &VarianceResult, lang: Lang) -> Vec<Share> {
    let counts = results.grades_of(run);
    let count = |grade: &str| counts.get(grade).copied().unwrap_or(0);
    let grades = Grade::ALL.iter().map(|grade| grade.word()).chain(["none"]);
    let mut shares: Vec<Share> = grades
        .filter(|grade| count(grade) > 0)
        .map(|grade| {
            let n = count(grade);
            Share {
                name: grade_name(grade).get(lang).to_owned(),
                detail: text!("{n}项数据", "{n} quantities").get(lang).to_owned(),
                share: variance.by_grade.get(grade).copied().unwrap_or(0.0),
                shape: shape(grade),
            }
        })
        .collect();
    shares.push(Share {
        name: say(lang, "逐年波动与交互作用", "Yearly shocks and interactions"),
        detail: say(lang, "经济周期、突发事件等", "business cycles, events and the like"),
        share: variance.yearly_shocks_and_interactions,
        shape: Shape::Ring,
    });
    shares
}

fn largest(variance: &VarianceResult, lang: Lang) -> Vec<Share> {
    let share = |quantity: &crate::analysis::results::VarianceShare| Share {
        name: quantity.name.get(lang).to_owned(),
        detail: grade_name(&quantity.grade).get(lang).to_owned(),
        share: quantity.share,
        shape: shape(&quantity.grade),
    };
    variance.largest.iter().map(share).collect()
}

fn grade_name(word: &str) -> Text {
    Grade::from_word(word).map_or_else(|| Text::new("未注明等级", "not graded"), Grade::name)
}

fn shape(grade: &str) -> Shape {
    match Grade::from_word(grade) {
        Some(Grade::Official) => Shape::Disc,
        Some(Grade::Derived) => Shape::Square,
        Some(Grade::Literature) => Shape::Diamond,
        Some(Grade::Assumption) => Shape::Triangle,
        None => Shape::Ring,
    }
}

fn table(grades: &[Share], largest: &[Share], title: &str, lang: Lang) -> DataTable {
    let columns = vec![
        Column::text(say(lang, "分组", "Group")),
        Column::text(say(lang, "项目", "Item")),
        Column::text(say(lang, "说明", "Remark")),
        Column::number(say(lang, "份额", "Share"), ""),
    ];
    let mut table = DataTable::new("figure-variance", title, columns);
    let groups = [(say(lang, "按等级", "By grade"), grades), (say(lang, "单项", "Single quantity"), largest)];
    for (group, shares) in groups {
        table.rows.extend(shares.iter().map(|share| {
            vec![
                Cell::text(&group),
                Cell::text(&share.name),
                Cell::text(&share.detail),
                Cell::Number(share.share, Format::Share),
            ]
        }));
    }
    table
}
