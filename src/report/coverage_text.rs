//! The coverage of the documents as tables: how much is used, what is not and why, what was forgotten.

use super::table::{Column, Table};
use crate::analysis::coverage::{Counts, Coverage, Covered, Place, State};
use crate::scenario::coverage::List;
use crate::text;
use crate::text::{Lang, Text};

/// The tables from the shortest to the longest: counts by list, counts by document and kind, then what was never
/// cited, what is cited though the table gives a reason against it, what is not used and why; with `all` also what is
/// used, and where. Tables without rows are left out.
pub fn tables(coverage: &Coverage, all: bool, lang: Lang) -> Vec<Table> {
    let of = |state| coverage.items.iter().filter(move |item| item.state == state);
    let mut tables = vec![totals(coverage, lang), groups(coverage, lang)];
    let never = Text::new(
        "从未引用：既没有条目引用，也没有说明理由",
        "Never cited: no entry cites them and no reason is given",
    );
    tables.push(items(never, of(State::NeverCited), None, lang));
    let both = Text::new(
        "自相矛盾：清单里写着不用的理由，却有条目引用",
        "Contradictions: cited although the table gives a reason for leaving them out",
    );
    tables.push(items(both, of(State::Contradiction), Some(Last::CitedBy), lang));
    let unused = Text::new("不用的及其理由", "Not used, and why");
    tables.push(items(unused, of(State::Excused), Some(Last::Reason), lang));
    if all {
        let used = Text::new("已用的及其引用处", "Used, and where");
        tables.push(items(used, of(State::Used), Some(Last::CitedBy), lang));
    }
    tables.retain(|table| !table.rows.is_empty());
    tables
}

/// What the last column of a list of items holds.
#[derive(Clone, Copy)]
enum Last {
    Reason,
    CitedBy,
}

fn totals(coverage: &Coverage, lang: Lang) -> Table {
    let rows = coverage.lists.iter().map(|list| {
        let mut row = vec![list.list.name().get(lang).to_owned()];
        row.extend(figures(list.counts));
        row
    });
    let files = coverage.files.len();
    let catalogue = text!(
        "政策工具写进工具目录即算已用；集群与数量表述要有情景条目用 cites 引用。共查 {files} 个情景文件。",
        "An instrument counts as used once it is an entry of the catalogue; clusters and statements must be cited by an entry of a scenario. {files} scenario files were looked at."
    );
    let mut columns = vec![Column::text(Text::new("清单", "List").get(lang))];
    columns.extend(heads(lang));
    let title = Text::new("文件内容的覆盖情况", "What becomes of the documents' content");
    Table {
        title: Some(title.get(lang).to_owned()),
        columns,
        rows: rows.collect(),
        notes: vec![catalogue.get(lang).to_owned()],
    }
}

fn groups(coverage: &Coverage, lang: Lang) -> Table {
    let mut columns = [("文件", "Document"), ("清单", "List"), ("类别", "Kind")]
        .map(|(zh, en)| Column::text(if lang == Lang::Zh { zh } else { en }))
        .to_vec();
    columns.extend(heads(lang));
    let rows = coverage.groups.iter().map(|group| {
        let kind = group.kind.map_or_else(|| Text::same("—"), |kind| kind.name());
        let words = [&group.document_name, &group.list.name(), &kind].map(|text| text.get(lang).to_owned());
        words.into_iter().chain(figures(group.counts)).collect()
    });
    let title = Text::new("按文件与类别", "By document and kind");
    Table { title: Some(title.get(lang).to_owned()), columns, rows: rows.collect(), notes: Vec::new() }
}

fn heads(lang: Lang) -> Vec<Column> {
    [
        ("总数", "Total"),
        ("已用", "Used"),
        ("不用(有理由)", "Not used (reason)"),
        ("从未引用", "Never cited"),
        ("矛盾", "Contradictions"),
    ]
    .map(|(zh, en)| Column::number(if lang == Lang::Zh { zh } else { en }))
    .to_vec()
}

fn figures(counts: Counts) -> [String; 5] {
    [counts.total, counts.used, counts.excused, counts.never_cited, counts.contradictions]
        .map(|count| count.to_string())
}

fn items<'c>(title: Text, items: impl Iterator<Item = &'c Covered>, last: Option<Last>, lang: Lang) -> Table {
    let mut heads = vec![("编号", "Id"), ("位置", "Section"), ("内容", "Content")];
    heads.extend(last.map(|last| match last {
        Last::Reason => ("理由", "Reason"),
        Last::CitedBy => ("引用处", "Cited by"),
    }));
    let columns = heads.iter().map(|(zh, en)| Column::text(if lang == Lang::Zh { *zh } else { *en }));
    let rows: Vec<Vec<String>> = items
        .map(|item| {
            let mut row = vec![item.id.clone(), item.section.clone(), item.title.get(lang).to_owned()];
            row.extend(last.map(|last| match last {
                Last::Reason => item.reason.as_ref().map_or("", |reason| reason.get(lang)).to_owned(),
                Last::CitedBy => cited_by(item, lang),
            }));
            row
        })
        .collect();
    let count = rows.len();
    let title = title.get(lang);
    let title =
        if lang == Lang::Zh { format!("{title}（{count} 项）") } else { format!("{title} ({count})") };
    Table { title: Some(title), columns: columns.collect(), rows, notes: Vec::new() }
}

/// The entries that cite an item, the catalogue of instruments before the scenarios.
fn cited_by(item: &Covered, lang: Lang) -> String {
    let catalogue = item.in_catalogue.then(|| Text::new("工具目录", "catalogue").get(lang).to_owned());
    let places = item.cited_by.iter().map(|Place { file, line, entry }| format!("{file}:{line} {entry}"));
    catalogue.into_iter().chain(places).collect::<Vec<_>>().join(if lang == Lang::Zh { "；" } else { "; " })
}

/// The verdict in one line.
pub fn verdict(coverage: &Coverage) -> Text {
    let of = |list: List| {
        let counts = coverage.lists.iter().find(|other| other.list == list);
        counts.map_or_else(Counts::default, |list| list.counts)
    };
    let forgotten: usize = coverage.lists.iter().map(|list| list.counts.never_cited).sum();
    let both: usize = coverage.lists.iter().map(|list| list.counts.contradictions).sum();
    let Counts { total, used, excused, .. } = of(List::Statement);
    let (clusters, instruments) = (of(List::Cluster), of(List::Instrument));
    let (some_clusters, all_clusters) = (clusters.used, clusters.total);
    let (some_tools, all_tools) = (instruments.used, instruments.total);
    let counted = text!(
        "五份文件的 {total} 条数量表述：用到 {used} 条，不用并说明理由 {excused} 条；集群 {some_clusters}/{all_clusters}，政策工具 {some_tools}/{all_tools}。",
        "Of {total} quantified statements in five documents, {used} are used and {excused} left out with a reason; clusters {some_clusters}/{all_clusters}, instruments {some_tools}/{all_tools}."
    );
    let state = if coverage.complete {
        Text::new("没有遗漏。", "Nothing is forgotten.")
    } else {
        text!(
            "从未引用 {forgotten} 项，自相矛盾 {both} 项。",
            "Never cited: {forgotten}; contradictions: {both}."
        )
    };
    Text::new(format!("{}{}", counted.zh, state.zh), format!("{} {}", counted.en, state.en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::coverage::coverage;

    fn sample() -> Coverage {
        let place = |line| Place { file: "a.toml".into(), line, entry: "target.x".into() };
        let cited = [("HB48-002".to_owned(), place(7)), ("HB48-019".to_owned(), place(9))];
        coverage(vec!["a.toml".into()], &cited, &["IN-HB48-01"])
    }

    #[test]
    fn faults_reasons_and_places_are_shown() {
        let text = |all, lang: Lang| -> String {
            tables(&sample(), all, lang).iter().map(|table| table.to_terminal(120)).collect()
        };
        let short = text(false, Lang::Zh);
        for part in ["从未引用：", "HB48-003", "自相矛盾：", "a.toml:9 target.x", "访问计数"] {
            assert!(short.contains(part), "{part}\n{short}");
        }
        assert!(!short.contains("a.toml:7"), "what is used is listed only on request");
        let all = text(true, Lang::En);
        assert!(all.contains("a.toml:7 target.x") && all.contains("catalogue"), "{all}");
    }

    #[test]
    fn the_verdict_counts() {
        let verdict = verdict(&sample());
        assert!(verdict.en.contains("1 are used and 45 left out") && verdict.en.contains("instruments 1/80"));
        assert!(verdict.zh.contains("自相矛盾 1 项"), "{}", verdict.zh);
    }
}
