//! How money is split over clusters and years, as tables that an appropriation can be written from.

use super::{least, moves};
use crate::analysis::decision::optimise::{Line, Part, Split};
use crate::analysis::decision::{Answer, Optimum};
use crate::report::briefing::wording::{list, quoted};
use crate::report::briefing::{Cell, Column, DataTable, Format, Plain};
use crate::report::decision::frame::{head, say};
use crate::report::number;
use crate::text;
use crate::text::Lang;

/// One table for the clusters, one for the years, as far as there is anything to split.
pub fn tables(answer: &Answer<Optimum>, lang: Lang) -> Vec<DataTable> {
    let found = &answer.findings;
    let mut tables = Vec::new();
    if !found.clusters.is_empty() {
        let title = head(
            "各集群所得（可以调整的年份合计，预计支出）",
            "What the clusters get in the years that can be moved (expected cost)",
            lang,
        );
        tables.push(table(answer, "clusters", title, &found.clusters, lang));
    }
    if !found.years.is_empty() {
        let title = head("各年的预计支出", "Expected cost by year", lang);
        let mut years = table(answer, "years", title, &found.years, lang);
        let after = found.quantity.as_ref().map(|quantity| quantity.year);
        years.notes.extend(after.map(|year| match lang {
            Lang::Zh => format!(
                "只看{year}年的目标：来不及在那以前见效的年份得零，不等于那些年份的钱对以后没有用处。金额按现有方案的预计实际支付数折算。"
            ),
            Lang::En => format!(
                "Only the target of {year} counts: years whose money comes too late for it get nothing, which is no judgement of its use later. Amounts are expected payments."
            ),
        }));
        tables.push(years);
    }
    tables
}

/// Which instruments keep their present proportions over years or clusters, and why; nothing if all are split.
pub fn kept(answer: &Answer<Optimum>, lang: Lang) -> Vec<String> {
    let found = &answer.findings;
    let without = |splits: fn(&Line) -> bool| {
        let kept = found.instruments.iter().filter(|line| !splits(line));
        let named: Vec<String> = kept.map(|line| say(&quoted(&line.instrument.name), lang)).collect();
        (!named.is_empty()).then(|| (list(&named, lang), named.len() == 1))
    };
    let years = without(|line| line.splits_years).map(|(names, one)| {
        let their = if one { "its" } else { "their" };
        text!(
            "{names}的钱在各年之间按现有比例增减，不逐年调整：这些工具各年的金额本身并不确定，或随外部情景不同。",
            "Over the years the money of {names} keeps its present proportions: {their} yearly amounts are not certain, or depend on the world."
        )
    });
    let clusters = without(|line| line.splits_clusters).map(|(names, _)| {
        text!(
            "{names}的钱在各集群之间不作调整：文件没有写明各集群的份额，或份额随外部情景不同。",
            "Over clusters the money of {names} is not moved: the file states no shares of clusters, or they depend on the world."
        )
    });
    [years, clusters].into_iter().flatten().map(|text| say(&text, lang)).collect()
}

fn table(answer: &Answer<Optimum>, id: &str, title: String, splits: &[Split], lang: Lang) -> DataTable {
    let money = say(&number::money_unit(), lang);
    let least = least::name(answer, lang);
    let chosen = moves::name(answer).get(lang).to_owned();
    let share = |name: &str| match lang {
        Lang::Zh => format!("{name}占比"),
        Lang::En => format!("share, {name}"),
    };
    let now = head("现有", "present", lang);
    let mut columns = vec![
        Column::text(head("政策工具", "Instrument", lang)),
        Column::text(if id == "years" {
            head("年份", "Year", lang)
        } else {
            head("集群", "Cluster", lang)
        }),
        Column::number(now.clone(), money.clone()),
        Column::number(chosen.clone(), money.clone()),
    ];
    columns.extend(least.as_ref().map(|least| Column::number(least.clone(), money.clone())));
    columns.extend([Column::number(share(&now), ""), Column::number(share(&chosen), "")]);
    columns.extend(least.as_ref().map(|least| Column::number(share(least), "")));
    let mut table = DataTable::new(id, title, columns);
    for split in splits {
        let of = answer.findings.instruments.iter().find(|line| line.instrument.id == split.instrument.id);
        let Some(line) = of else { continue };
        // clusters split what can be moved, years all there is
        let kept = if id == "years" { 0.0 } else { line.spent };
        let cell = |share: f64, money: f64| Cell::Number(share * (money - kept), Format::Money);
        for part in &split.parts {
            let Part { part: named, present, best, least, spent } = part;
            let least = least.zip(line.least);
            let name = named.name.get(lang);
            let named = match *spent {
                false => Cell::text(name),
                true => {
                    let remark = head("已花", "spent", lang);
                    let plain = Plain { figure: name.to_owned(), remark, ..Plain::default() };
                    Cell::told(format!("{name}{}", head("（已花）", " (spent)", lang)), plain)
                }
            };
            let mut row = vec![
                Cell::text(split.instrument.name.get(lang)),
                named,
                cell(*present, line.present),
                cell(*best, line.best),
            ];
            row.extend(least.map(|(share, money)| cell(share, money)));
            row.extend([Cell::Number(*present, Format::Share), Cell::Number(*best, Format::Share)]);
            row.extend(least.map(|(share, _)| Cell::Number(share, Format::Share)));
            table.rows.push(row);
        }
    }
    table
}
