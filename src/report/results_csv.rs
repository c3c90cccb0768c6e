//! All figures of a result document as one long table: one figure a row, for spreadsheets and statistics programs.

use super::table::{Column, Table};
use crate::analysis::results::*;
use crate::text::{Lang, Text};

/// The table as CSV that Chinese Excel opens rightly. Identifiers and statistics are the keys of the result document
/// in either language; only the heads and names follow `lang`.
pub fn write(results: &Results, lang: Lang) -> String {
    let head = |zh, en| Column::text(Text::new(zh, en).get(lang));
    let columns = vec![
        head("方案", "policy"),
        head("情景", "world"),
        head("类别", "kind"),
        head("标识", "id"),
        head("名称", "name"),
        head("年份", "year"),
        head("统计量", "statistic"),
        head("数值", "value"),
        head("单位", "unit"),
    ];
    let mut rows = Rows { lang, rows: Vec::new() };
    for run in &results.runs {
        rows.run(run);
    }
    Table { columns, rows: rows.rows, ..Table::default() }.to_csv()
}

struct Rows {
    lang: Lang,
    rows: Vec<Vec<String>>,
}

/// Whose figures follow: run, kind, identifier, name.
struct Subject<'a> {
    run: &'a RunResult,
    kind: &'a str,
    id: &'a str,
    name: &'a Text,
}

impl Rows {
    fn push(&mut self, of: &Subject<'_>, year: Option<i32>, statistic: &str, value: Option<f64>, unit: &str) {
        let Some(value) = value else { return };
        let year = year.map(|year| year.to_string()).unwrap_or_default();
        let texts = [
            &of.run.policy.id,
            &of.run.world.id,
            of.kind,
            of.id,
            of.name.get(self.lang),
            &year,
            statistic,
            &value.to_string(),
            unit,
        ];
        self.rows.push(texts.map(str::to_owned).to_vec());
    }

    fn run(&mut self, run: &RunResult) {
        for target in &run.targets {
            let of = Subject { run, kind: &target.role, id: &target.id, name: &target.name };
            self.target(&of, target);
        }
        for joint in &run.joint {
            let of = Subject { run, kind: "joint", id: &joint.document, name: &joint.title };
            self.probability(&of, None, "probability", joint.probability, joint.interval);
            self.by_rule(&of, None, joint.by_rule);
            self.change(&of, None, joint.change.as_ref(), "亿元");
        }
        for found in &run.conditional {
            let of = Subject { run, kind: "conditional", id: &found.id, name: &found.name };
            if let (Some(p), Some(ends)) = (found.probability, found.interval) {
                self.probability(&of, None, "probability", p, ends);
            }
            self.push(&of, None, "given_trials", Some(found.given_trials as f64), "次");
            self.push(&of, None, "change", found.change, "1");
        }
        let money = Text::new("财政资金", "public money");
        for (id, cost) in [("gross", &run.cost.gross), ("net", &run.cost.net)] {
            let of = Subject { run, kind: "cost", id, name: &money };
            self.push(&of, None, "mean", Some(cost.mean), "亿元");
            self.push(&of, None, "sd", Some(cost.sd), "亿元");
            for (key, &value) in &cost.quantiles {
                self.push(&of, None, &format!("q{key}"), Some(value), "亿元");
            }
        }
        let of = Subject { run, kind: "cost", id: "paid", name: &money };
        for (&year, &paid) in &run.cost.paid_by_year {
            self.push(&of, Some(year), "mean", Some(paid), "亿元");
        }
        for series in &run.series {
            let of = Subject { run, kind: &series.kind, id: &series.id, name: &series.name };
            for (index, &year) in series.years.iter().enumerate() {
                self.push(&of, Some(year), "mean", series.mean.get(index).copied(), &series.unit);
                self.push(&of, Some(year), "sd", series.sd.get(index).copied(), &series.unit);
                for (key, values) in &series.quantiles {
                    self.push(&of, Some(year), &format!("q{key}"), values.get(index).copied(), &series.unit);
                }
            }
        }
    }

    fn target(&mut self, of: &Subject<'_>, target: &TargetResult) {
        let year = target.year;
        let unit = target.quantity.as_ref().map_or("亿元", |quantity| quantity.unit.as_str());
        self.probability(of, year, "probability", target.probability, target.interval);
        self.by_rule(of, year, target.members.map_or(usize::from(target.by_rule), |of| of.by_rule));
        self.change(of, year, target.change.as_ref(), unit);
        if let Some(line) = &target.line {
            self.probability(of, year, "line_probability", line.probability, line.interval);
            if let (Some(change), Some(ends)) = (line.change, line.change_interval) {
                self.probability(of, year, "line_change", change, ends);
            }
        }
        if let Some(quantity) = &target.quantity {
            self.push(of, year, "mean", Some(quantity.mean), unit);
            self.push(of, year, "sd", Some(quantity.sd), unit);
            for (key, &value) in &quantity.quantiles {
                self.push(of, year, &format!("q{key}"), Some(value), unit);
            }
        }
        if let Some(first) = &target.first_year {
            for (&year, &p) in &first.by_year {
                self.push(of, Some(year), "first_year", Some(p), "1");
            }
            self.push(of, None, "never", Some(first.never), "1");
        }
        if let Some(shortfall) = &target.shortfall {
            self.push(of, year, "shortfall", Some(shortfall.mean), unit);
            self.push(of, year, "shortfall_if_missed", shortfall.mean_if_missed, unit);
            self.push(of, year, "shortfall_share", shortfall.share_of_target, "1");
        }
        self.push(of, year, "mean_if_met", target.mean_if_met, unit);
        self.push(of, year, "growth_needed", target.growth_needed, "1");
        if let Some(stretch) = &target.stretch {
            self.probability(of, year, "stretch_probability", stretch.probability, stretch.interval);
        }
    }

    /// How many targets behind a probability only repeat an assumption made from themselves; nothing if none does.
    fn by_rule(&mut self, of: &Subject<'_>, year: Option<i32>, targets: usize) {
        self.push(of, year, "by_rule", (targets > 0).then_some(targets as f64), "1");
    }

    fn probability(&mut self, of: &Subject<'_>, year: Option<i32>, statistic: &str, p: f64, ends: Ends) {
        self.push(of, year, statistic, Some(p), "1");
        self.push(of, year, &format!("{statistic}_low"), Some(ends[0]), "1");
        self.push(of, year, &format!("{statistic}_high"), Some(ends[1]), "1");
    }

    fn change(&mut self, of: &Subject<'_>, year: Option<i32>, change: Option<&Change>, unit: &str) {
        let Some(change) = change else { return };
        self.probability(of, year, "change", change.probability, change.interval);
        self.push(of, year, "change_quantity", change.quantity_mean, unit);
        self.push(of, year, "change_quantity_low", change.quantity_interval.map(|ends| ends[0]), unit);
        self.push(of, year, "change_quantity_high", change.quantity_interval.map(|ends| ends[1]), unit);
    }
}
