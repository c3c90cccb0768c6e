//! Conditions under which a target is missed or met, in tables.

use super::outcome;
use crate::analysis::decision::discover::{Bound, Chosen, Discovery, Judged};
use crate::analysis::decision::{Answer, Estimate};
use crate::report::briefing::{Cell, Column, DataTable, Format, Plain};
use crate::report::decision::frame::{chance, level, say};
use crate::text;
use crate::text::{Lang, Text};

/// The conditions, how good they are, and the trajectory.
pub fn tables(answer: &Answer<Discovery>, lang: Lang) -> Vec<DataTable> {
    let mut tables = Vec::new();
    if let Some(chosen) = &answer.findings.chosen {
        tables.push(conditions(chosen, lang));
        tables.push(quality(answer, &chosen.fresh, lang));
    }
    if !answer.findings.trajectory.is_empty() {
        tables.push(trajectory(answer, lang));
    }
    tables
}

fn head(zh: &str, en: &str, lang: Lang) -> String {
    say(&Text::new(zh, en), lang)
}

fn conditions(chosen: &Chosen, lang: Lang) -> DataTable {
    let columns = vec![
        Column::text(head("数字", "Figure", lang)),
        Column::number(head("不低于", "At least", lang), ""),
        Column::number(head("不高于", "At most", lang), ""),
        Column::number(head("准p值", "Quasi-p", lang), ""),
        Column::number(head("重找时重现", "Found again", lang), ""),
    ];
    let mut table =
        DataTable::new("conditions", head("条件（须同时具备）", "Conditions (all must hold)", lang), columns);
    for condition in &chosen.conditions {
        let limit = |bound: &Option<Bound>| {
            bound.as_ref().map_or(Cell::Empty, |bound| {
                Cell::told(bound.text.get(lang), Plain::of_told(&bound.text, lang))
            })
        };
        let bounds = [&condition.at_least, &condition.at_most];
        let quasi_p = bounds.into_iter().flatten().map(|bound| bound.quasi_p).fold(0.0, f64::max);
        // a p-value that is too small for digits is still none of 0
        let quasi_p = if quasi_p < 0.001 {
            let least = Plain { figure: "0.001".to_owned(), remark: "<".to_owned(), ..Plain::default() };
            Cell::told("<0.001".to_owned(), least)
        } else {
            Cell::Number(quasi_p, Format::Decimal(3))
        };
        table.rows.push(vec![
            Cell::text(condition.name.get(lang)),
            limit(&condition.at_least),
            limit(&condition.at_most),
            quasi_p,
            condition.reproduced.map_or(Cell::Empty, |share| Cell::Number(share, Format::Share)),
        ]);
    }
    table.notes.push(head(
        "准p值越小，这一条越不像是碰巧；重现：在一半模拟上重找20次，有多少次也限制了这个数字。",
        "The smaller the quasi-p-value, the less a condition looks like chance. Found again: share of 20 searches on halves of the trials that restrict this figure too.",
        lang,
    ));
    table
}

fn quality(answer: &Answer<Discovery>, fresh: &Judged, lang: Lang) -> DataTable {
    let level = level(answer);
    let columns = vec![
        Column::text(head("指标", "Figure", lang)),
        Column::number(head("估计", "Estimate", lang), ""),
        Column::number(say(&text!("{level}区间", "{level} interval"), lang), ""),
    ];
    let title = head("这些条件有多准（另一批模拟）", "How good the conditions are (fresh trials)", lang);
    let mut table = DataTable::new("quality", title, columns);
    let of = outcome(answer.findings.outcome);
    let (zh, en) = (&of.zh, &of.en);
    let mut row = |name: Text, estimate: Estimate| {
        let [low, high] = estimate.interval;
        table.rows.push(vec![
            Cell::text(name.get(lang)),
            chance(estimate.value, estimate.interval),
            Cell::Interval(low, high, Format::Probability),
        ]);
    };
    row(Text::new("条件具备时的达标可能性", "Probability of the target where they hold"), fresh.probability);
    row(Text::new("其他情形的达标可能性", "Probability elsewhere"), fresh.elsewhere);
    row(
        Text::new("全部情形的达标可能性（同一批模拟）", "Probability in all of these trials"),
        answer.findings.fresh,
    );
    row(Text::new("条件具备的情形占全部", "Share of all trials where they hold (mass)"), fresh.mass);
    row(
        text!("{zh}的情形落在其中（覆盖率）", "Share of those {en} where they hold (coverage)"),
        fresh.coverage,
    );
    row(text!("其中{zh}的占比（密度）", "Share of these {en} (density)"), fresh.density);
    table
}

/// The boxes along the peeling: one in so many of them, and the last.
fn trajectory(answer: &Answer<Discovery>, lang: Lang) -> DataTable {
    /// Rows that a reader can take in.
    const ROWS: usize = 12;
    let steps = &answer.findings.trajectory;
    let columns = vec![
        Column::number(head("条件个数", "Restricted figures", lang), ""),
        Column::number(head("覆盖率", "Coverage", lang), ""),
        Column::number(head("密度", "Density", lang), ""),
        Column::number(head("占全部情形", "Mass", lang), ""),
    ];
    let title =
        head("剥离轨迹：范围越收越窄（查找用的模拟）", "Peeling trajectory (trials of the search)", lang);
    let mut table = DataTable::new("trajectory", title, columns);
    let every = steps.len().div_ceil(ROWS).max(1);
    let shown = steps.iter().enumerate().filter(|(at, _)| at % every == 0 || at + 1 == steps.len());
    for (_, step) in shown {
        table.rows.push(vec![
            Cell::Number(step.restricted as f64, Format::Count),
            Cell::Number(step.coverage, Format::Share),
            Cell::Number(step.density, Format::Probability),
            Cell::Number(step.mass, Format::Share),
        ]);
    }
    table
}
