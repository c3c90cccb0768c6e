//! The compiled plan as tables: clusters, public money by instrument and year, expected new revenue.

use super::number::{money, share};
use super::table::{Column, Table};
use crate::analysis::inspect::{Effect, Inspection, PolicyView};
use crate::text;
use crate::text::{Lang, Text};

/// The tables in reading order.
pub fn tables(plan: &Inspection, lang: Lang) -> Vec<Table> {
    let mut tables = vec![clusters(plan, lang)];
    for policy in &plan.policies {
        tables.push(by_year(plan, policy, lang, Figure::Money));
        tables.push(by_year(plan, policy, lang, Figure::Revenue));
    }
    tables
}

fn clusters(plan: &Inspection, lang: Lang) -> Table {
    let say = |text: Text| text.get(lang).to_owned();
    let columns = vec![
        Column::text(say(Text::new("集群", "Cluster"))),
        Column::number(say(Text::new("基年收入 亿元", "Base revenue, billion yuan"))),
        Column::number(say(Text::new("份额", "Share"))),
        Column::text(say(Text::new("产业构成", "Industries"))),
    ];
    let row = |view: &crate::analysis::inspect::ClusterView| {
        let mix: Vec<String> =
            view.mix.iter().map(|(name, part)| format!("{} {}", name.get(lang), share(*part))).collect();
        let joint = Text::new("、", ", ");
        vec![
            view.cluster.name.get(lang).to_owned(),
            money(view.base, lang),
            share(view.share),
            mix.join(joint.get(lang)),
        ]
    };
    let (zh, en) = (&plan.title.zh, &plan.title.en);
    let title = text!("{zh}：集群", "{en}: clusters");
    let rows = plan.clusters.iter().map(row).collect();
    Table { title: Some(say(title)), columns, rows, notes: Vec::new() }
}

/// Which figures a table by year shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Figure {
    Money,
    Revenue,
}

impl Figure {
    fn of(self, effect: &Effect) -> &[f64] {
        match self {
            Self::Money => &effect.paid,
            Self::Revenue => &effect.revenue,
        }
    }
}

fn by_year(plan: &Inspection, policy: &PolicyView, lang: Lang, figure: Figure) -> Table {
    let say = |text: Text| text.get(lang).to_owned();
    let mut columns = vec![Column::text(say(Text::new("工具", "Instrument")))];
    // the base year has no new revenue, and money in it only if a file says so
    let shown = |year: &usize| *year > 0 || figure.of(&policy.all).first().is_some_and(|x| *x != 0.0);
    let years: Vec<usize> = (0..plan.years.len()).filter(shown).collect();
    columns.extend(years.iter().map(|&year| Column::number(plan.years[year].to_string())));
    if figure == Figure::Money {
        columns.push(Column::number(say(Text::new("合计", "Total"))));
    }
    let row = |name: String, effect: &Effect| {
        let figures = figure.of(effect);
        let mut row = vec![name];
        row.extend(years.iter().map(|&year| money(figures[year], lang)));
        if figure == Figure::Money {
            row.push(money(figures.iter().sum(), lang));
        }
        row
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for effect in &policy.instruments {
        let kinds: Vec<String> = effect.channels.iter().map(|kind| say(kind.name())).collect();
        let name = match figure {
            Figure::Money => effect.name.get(lang).to_owned(),
            Figure::Revenue => {
                let (name, kinds) = (effect.name.get(lang), kinds.join("+"));
                say(text!("{name}（{kinds}）", "{name} ({kinds})"))
            }
        };
        rows.push(row(name, effect));
    }
    if figure == Figure::Revenue {
        for effect in &policy.channels {
            let (zh, en) = (&effect.name.zh, &effect.name.en);
            rows.push(row(say(text!("小计：{zh}", "All by {en}")), effect));
        }
    }
    rows.push(row(say(Text::new("全部", "All together")), &policy.all));
    let (policy_name, total) = (&policy.policy.name, &plan.total);
    let (title, notes) = match figure {
        Figure::Money => (
            Text::new(
                format!("{}：财政资金（亿元）", policy_name.zh),
                format!("{}: public money (billion yuan)", policy_name.en),
            ),
            Vec::new(),
        ),
        Figure::Revenue => (
            Text::new(
                format!("{}：预期新增收入（{}，亿元）", policy_name.zh, total.zh),
                format!("{}: expected new revenue ({}, billion yuan)", policy_name.en, total.en),
            ),
            vec![say(text!(
                "各参数取中位数、没有冲击时，与不实施政策相比的差额；各项之间有相互作用，合计不必等于各项之和。",
                "Difference against no policy with every quantity at its median and no shocks; parts interact, so that the total need not be their sum."
            ))],
        ),
    };
    Table { title: Some(say(title)), columns, rows, notes }
}
