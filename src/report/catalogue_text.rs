//! The catalogue of instruments on a terminal: the list, and one entry with its levers.

use super::table::{Column, Table, wrapped};
use crate::scenario::catalogue::{Entry, Lever, example, levers, source_title};
use crate::text;
use crate::text::{Lang, Text};

/// The entries as a table.
pub fn list(entries: &[&Entry], lang: Lang) -> Table {
    let say = |text: Text| text.get(lang).to_owned();
    let columns = vec![
        Column::text(say(Text::new("编号", "Id"))),
        Column::text(say(Text::new("工具", "Instrument"))),
        Column::text(say(Text::new("渠道", "Channel"))),
        Column::text(say(Text::new("文件与条款", "Document"))),
    ];
    let row = |entry: &&Entry| {
        let origin = entry.origin().get(lang).to_owned();
        vec![entry.id.clone(), entry.name.get(lang).to_owned(), channels(entry, lang), origin]
    };
    let count = entries.len();
    Table {
        title: Some(say(text!(
            "政策工具目录：{count} 条",
            "Catalogue of policy instruments: {count} entries"
        ))),
        columns,
        rows: entries.iter().map(row).collect(),
        notes: vec![say(text!(
            "clustercast catalogue 编号：参数、出处和写法",
            "clustercast catalogue ID: parameters, sources, and how to write it"
        ))],
    }
}

fn channels(entry: &Entry, lang: Lang) -> String {
    let names: Vec<String> = entry.channels().into_iter().map(|name| name.get(lang).to_owned()).collect();
    names.join(if lang == Lang::Zh { "、" } else { ", " })
}

/// One entry with everything it holds, for a terminal of `width` columns.
pub fn page(entry: &Entry, lang: Lang, width: u16) -> String {
    let mut out = String::new();
    let mut line = |name: &Text, value: &str| {
        let colon = if lang == Lang::Zh { "：" } else { ": " };
        for part in wrapped(&format!("{}{colon}{value}", name.get(lang)), width) {
            out.push_str(&part);
            out.push('\n');
        }
    };
    line(&Text::same(entry.id.as_str()), entry.name.get(lang));
    line(&Text::new("文件", "Document"), entry.origin().get(lang));
    line(&Text::new("渠道", "Channel"), &channels(entry, lang));
    line(&Text::new("说明", "Summary"), entry.summary.get(lang));
    out.push('\n');
    let levers = levers(entry);
    out.push_str(&defaults(&levers, lang).to_terminal(width));
    out.push('\n');
    out.push_str(
        Text::new(
            "写法（按需改动；写出的键逐项替换默认值）：\n\n",
            "How to write it (keys written here replace the defaults, one by one):\n\n",
        )
        .get(lang),
    );
    for line in example(entry).lines() {
        out.push_str(&format!("  {line}\n"));
    }
    out
}

/// The levers with default, grade, source and reason.
fn defaults(levers: &[Lever], lang: Lang) -> Table {
    let say = |text: Text| text.get(lang).to_owned();
    let columns = vec![
        Column::text(say(Text::new("键", "Key"))),
        Column::text(say(Text::new("默认值", "Default"))),
        Column::text(say(Text::new("依据", "Grade"))),
        Column::text(say(Text::new("含义与理由", "Meaning and reason"))),
    ];
    let stop = if lang == Lang::Zh { "。" } else { ". " };
    let row = |lever: &Lever| {
        let grade = lever.grade.map_or_else(String::new, |grade| say(grade.name()));
        let note = lever.note.as_ref().map_or("", |note| note.get(lang));
        let meaning = format!("{}{stop}{note}", lever.meaning.get(lang));
        vec![lever.key.clone(), lever.default.clone(), grade, meaning.trim_end().to_owned()]
    };
    let mut sources: Vec<&str> = levers.iter().filter_map(|lever| lever.source.split(' ').next()).collect();
    sources.retain(|id| !id.is_empty());
    sources.sort_unstable();
    sources.dedup();
    let title = |id: &&str| source_title(id).map(|title| format!("{id}: {}", title.get(lang)));
    Table {
        title: Some(say(Text::new("默认参数", "Default parameters"))),
        columns,
        rows: levers.iter().map(row).collect(),
        notes: sources.iter().filter_map(title).collect(),
    }
}
