//! The chart of public money by year under every policy.

use super::foot::{say, source};
use super::{Attempt, Figure, Focus};
use crate::analysis::Results;
use crate::report::briefing::{Cell, Column, DataTable, Format};
use crate::report::chart::page::Words;
use crate::report::chart::yearly::{self, Row, Yearly};
use crate::report::number;
use crate::text;
use crate::text::Lang;

/// Mean payments by year, one row a policy; `None` if no policy costs anything.
pub(super) fn figure(results: &Results, focus: &Focus<'_>, lang: Lang) -> Attempt {
    let runs: Vec<_> = results.runs.iter().filter(|run| run.world.id == focus.run.world.id).collect();
    let paid =
        |year: i32| runs.iter().any(|run| run.cost.paid_by_year.get(&year).is_some_and(|paid| *paid != 0.0));
    let all: Vec<i32> = focus.run.cost.paid_by_year.keys().copied().collect();
    // years before the first and after the last payment say nothing
    let first = all.iter().position(|year| paid(*year))?;
    let last = all.iter().rposition(|year| paid(*year))?;
    let years = all[first..=last].to_vec();
    let title = say(lang, "各方案逐年财政资金支出", "Public money by year under each policy");
    let values = |run: &crate::analysis::results::RunResult| -> Vec<f64> {
        years.iter().map(|year| run.cost.paid_by_year.get(year).copied().unwrap_or(0.0)).collect()
    };
    let largest = runs.iter().flat_map(|run| values(run)).fold(0.0, f64::max);
    let unit = number::money_unit();
    let unit = unit.get(lang);
    let world = &focus.run.world.name;
    let world = world.get(lang);
    let chart = Yearly {
        words: Words {
            title: title.clone(),
            subtitle: text!(
                "单位：{unit}，各年平均支出，未贴现、未扣除可收回部分；各行刻度相同；情景：{world}",
                "Unit: {unit}; mean payments, undiscounted, before recoveries; all rows on one scale; world: {world}"
            )
            .get(lang)
            .to_owned(),
            notes: Vec::new(),
            source: source(results, lang),
        },
        years: years.clone(),
        total_head: say(lang, "合计", "Total"),
        lang,
        present: 0,
        own_scales: false,
        rows: runs
            .iter()
            .map(|run| Row {
                name: run.policy.name.get(lang).to_owned(),
                emphasis: run.policy.id == focus.run.policy.id,
                digits: None,
                values: values(run),
                total: number::money_among(values(run).iter().sum(), largest, lang),
            })
            .collect(),
    };
    let mut columns = vec![Column::text(say(lang, "方案", "Policy"))];
    columns.extend(years.iter().map(|year| Column::number(year.to_string(), unit)));
    columns.push(Column::number(say(lang, "合计", "Total"), unit));
    let mut table = DataTable::new("figure-cost", title.clone(), columns);
    for run in &runs {
        let values = values(run);
        let total = values.iter().sum();
        let mut row = vec![Cell::text(run.policy.name.get(lang))];
        row.extend(values.into_iter().chain([total]).map(|value| Cell::Number(value, Format::Money)));
        table.rows.push(row);
    }
    let caption = say(
        lang,
        "柱高为当年平均支出，合计在右；各行刻度相同，可以直接比较。",
        "Columns are mean payments of the year, the sum stands at the right; all rows share one scale.",
    );
    Some(yearly::render(&chart).map(|drawing| Figure { id: "cost".into(), title, caption, drawing, table }))
}
