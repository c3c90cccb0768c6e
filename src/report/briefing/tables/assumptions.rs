//! What the results rest on: every stated quantity, how much of the spread rests on each grade, and the documents.

use super::Heads;
use crate::analysis::results::*;
use crate::report::briefing::naming;
use crate::report::briefing::summary::trust::shocks_rest_on;
use crate::report::briefing::wording::say;
use crate::report::briefing::{Cell, DataTable, Format};
use crate::report::number;
use crate::scenario::Grade;
use crate::text;
use crate::text::{Lang, Text, joined};

/// Every stated quantity, the best founded first and within a grade by path.
pub fn quantities(results: &Results, lang: Lang) -> DataTable {
    let heads = Heads(lang);
    let columns = vec![
        heads.text("依据", "Grade"),
        heads.text("名称", "Quantity"),
        heads.number("取值", "Value", &Text::default()),
        heads.text("单位", "Unit"),
        heads.text("分布", "Distribution"),
        heads.text("性质", "Kind"),
        heads.text("出处", "Source"),
        heads.text("说明", "Remark"),
        heads.text("标识", "Path"),
    ];
    let title = heads.say("假设与数据", "Assumptions and data");
    let mut table = DataTable::new("assumptions", title, columns);
    let mut sorted: Vec<&QuantityInfo> = results.quantities.iter().collect();
    sorted.sort_by(|a, b| rank(&a.grade).cmp(&rank(&b.grade)).then_with(|| a.path.cmp(&b.path)));
    let filled = |text: String| if text.is_empty() { Cell::Empty } else { Cell::Text(text) };
    for quantity in sorted {
        let one_number = quantity.figure.is_some() && !quantity.uncertain;
        let kind = if quantity.uncertain { ("不确定", "uncertain") } else { ("固定", "fixed") };
        table.rows.push(vec![
            Cell::Text(say(&grade(&quantity.grade), lang)),
            Cell::text(quantity.name.get(lang)),
            quantity.figure.map_or(Cell::Empty, |value| {
                let value = number::figure_in_unit(value, kind_of(quantity), lang);
                Cell::Number(value, form(value, quantity))
            }),
            filled(say(&number::unit_of(kind_of(quantity), &quantity.unit), lang)),
            if one_number { Cell::Empty } else { Cell::text(quantity.value.get(lang)) },
            Cell::Text(heads.say(kind.0, kind.1)),
            filled(quantity.source.clone().unwrap_or_default()),
            filled(quantity.note.as_ref().map(|note| say(note, lang)).unwrap_or_default()),
            Cell::text(&quantity.path),
        ]);
    }
    table.notes.push(if results.quantities.is_empty() {
        heads.say(
            "结果文件没有列出参数清单。",
            "The result document does not list its quantities.",
        )
    } else {
        heads.say(
            "“不确定”的每次模拟各取一值，“取值”列是它的中位数；“固定”的不变。出处写来源的编号和位置，编号见资料来源。",
            "An uncertain quantity is drawn anew in every trial, and its value here is the median; a fixed one is not. Sources are identifiers with the place; see the \
             list of sources.",
        )
    });
    table
}

/// What a result document would call the figure of a quantity, as far as its unit depends on it.
fn kind_of(quantity: &QuantityInfo) -> &'static str {
    if quantity.unit.zh == number::money_unit().zh { "money" } else { "number" }
}

/// All digits of what is stated, and four of a median, which bears no more.
fn form(value: f64, quantity: &QuantityInfo) -> Format {
    if quantity.unit.zh == "年份" {
        return Format::Year;
    }
    let near = if quantity.uncertain { 5e-4 } else { 1e-9 } * value.abs();
    let written = |digits: &u8| format!("{value:.0$}", usize::from(*digits)).parse::<f64>();
    let close = |digits: &u8| written(digits).is_ok_and(|shown| (shown - value).abs() <= near);
    Format::Decimal((0..=10).find(close).unwrap_or(10))
}

/// What the reported worlds and policies change, in the order in which they do it: whose value, before and after.
pub fn changes(results: &Results, lang: Lang) -> DataTable {
    let heads = Heads(lang);
    let several = results.changes.iter().any(|change| change.within.is_some());
    let columns = vec![
        heads.text("情景或方案", "World or policy"),
        heads.text("名称", "Quantity"),
        heads.text("改法", "Change"),
        heads.text("改动前", "Before"),
        heads.text("改动后", "After"),
        heads.text("依据", "Grade"),
        heads.text("出处", "Source"),
        heads.text("说明", "Remark"),
        heads.text("标识", "Path"),
    ];
    let title = heads.say("情景与方案改动的数值", "Values that worlds and policies change");
    let mut table = DataTable::new("changes", title, columns);
    let filled = |text: Option<&str>| text.map_or(Cell::Empty, Cell::text);
    let row = |change: &ChangedValue| {
        vec![
            Cell::Text(say(&whose(change), lang)),
            Cell::text(change.name.get(lang)),
            Cell::Text(say(&verb(change), lang)),
            Cell::text(change.before.get(lang)),
            Cell::text(change.after.get(lang)),
            Cell::Text(say(&grade(&change.grade), lang)),
            filled(change.source.as_deref()),
            filled(change.note.as_ref().map(|note| note.get(lang))),
            Cell::text(&change.path),
        ]
    };
    table.rows = results.changes.iter().map(row).collect();
    if table.rows.is_empty() {
        return table;
    }
    table.notes.push(heads.say(
        "推演用的是改动后的数；“假设与数据”所列是改动以前文件写明的数。依据、出处和说明是改成的数、所乘或所加的数的。",
        "What is simulated are the values after the change; the list of assumptions and data has those that the file states before it. \
         Grade, source and remark are those of what is set, of the factor or of what is added.",
    ));
    if several {
        table.notes.push(heads.say(
            "同一数值先由情景改动、再由方案改动的，注明在哪个情景下。",
            "Where a world changes a value before a policy does, it says in which world.",
        ));
    }
    table
}

/// Who changes a value.
fn whose(change: &ChangedValue) -> Text {
    let (zh, en) = (&change.by.name.zh, &change.by.name.en);
    match (&change.within, change.kind.as_str()) {
        (_, "world") => text!("情景“{zh}”", "World “{en}”"),
        (None, _) => text!("方案“{zh}”", "Policy “{en}”"),
        (Some(world), _) => {
            let (in_zh, in_en) = (&world.name.zh, &world.name.en);
            text!("方案“{zh}”（在情景“{in_zh}”下）", "Policy “{en}” (in world “{in_en}”)")
        }
    }
}

/// What is done to a value.
fn verb(change: &ChangedValue) -> Text {
    let Some(Text { zh, en }) = &change.amount else { return Text::new("改为新值", "set anew") };
    if change.verb == "scale" {
        return text!("乘以{zh}", "multiplied by {en}");
    }
    match (zh.strip_prefix('−'), en.strip_prefix('−')) {
        (Some(zh), Some(en)) => text!("减{zh}", "less {en}"),
        _ => text!("加{zh}", "plus {en}"),
    }
}

/// Number of quantities and share of the variance by grade, then what is left to yearly shocks.
pub fn evidence(results: &Results, run: &RunResult, lang: Lang) -> DataTable {
    let heads = Heads(lang);
    let none = Text::default();
    let columns = vec![
        heads.text("依据", "Rests on"),
        heads.number("参数个数", "Quantities", &none),
        heads.number("占结果方差的比重", "Share of the variance", &none),
    ];
    let mut table =
        DataTable::new("evidence", heads.say("结果靠什么支撑", "What the result rests on"), columns);
    let share = |share: Option<f64>| share.map_or(Cell::Empty, |share| Cell::Number(share, Format::Share));
    let mut grades: Vec<(String, usize)> = results.grades_of(run).into_iter().collect();
    grades.sort_by_key(|(grade, _)| rank(grade));
    for (id, count) in &grades {
        let count = *count;
        let part = run.variance.as_ref().map(|v| v.by_grade.get(id).copied().unwrap_or_default());
        if count == 0 && part.unwrap_or_default() == 0.0 {
            continue;
        }
        table.rows.push(vec![
            Cell::Text(say(&grade(id), lang)),
            Cell::Number(count as f64, Format::Count),
            share(part),
        ]);
    }
    if let Some(variance) = &run.variance {
        table.rows.push(vec![
            Cell::Text(heads.say("逐年波动、事件及交互作用", "Yearly shocks, events and interactions")),
            Cell::Empty,
            share(Some(variance.yearly_shocks_and_interactions)),
        ]);
        let (Text { zh, en }, year) = (naming::of_id(results, run, &variance.series), variance.year);
        let zh = joined(&[&zh, &format!("{year}年")]);
        table.notes.push(say(
            &text!(
                "方差指{zh}结果取对数后的方差，按一阶方差分解（Sobol' 指数）分摊，由同一批模拟估计，小的比重误差较大。",
                "Variance of the logarithm of {en} in {year}, split by first-order (Sobol') shares, estimated from the same trials; \
                 small shares are rough."
            ),
            lang,
        ));
        if let Some(founded) = shocks_rest_on(results, run) {
            let Text { zh, en } = founded;
            table.notes.push(say(
                &text!(
                    "逐年波动、事件的幅度和频率本身也多{zh}，这一部分比重不表示有据可查。",
                    "How large and how frequent shocks and events are is mostly {en} too: their share does not mean that it is documented."
                ),
                lang,
            ));
        }
    } else {
        table.notes.push(heads.say(
            "模拟次数太少或没有主要结果，未作方差分解。",
            "Too few trials, or no main outcome: the variance was not split.",
        ));
    }
    table
}

/// The documents and other sources.
pub fn sources(results: &Results, lang: Lang) -> DataTable {
    let heads = Heads(lang);
    let columns =
        vec![heads.text("编号", "Identifier"), heads.text("名称", "Title"), heads.text("日期", "Date")];
    let mut table = DataTable::new("sources", heads.say("资料来源", "Sources"), columns);
    table.rows = results
        .sources
        .iter()
        .map(|source| {
            vec![
                Cell::text(&source.id),
                Cell::text(source.title.get(lang)),
                source.date.as_ref().map_or(Cell::Empty, Cell::text),
            ]
        })
        .collect();
    table
}

/// A grade in words.
pub(in crate::report::briefing) fn grade(word: &str) -> Text {
    Grade::from_word(word).map_or_else(|| text!("未注明", "none stated"), Grade::name)
}

fn rank(word: &str) -> usize {
    let known = Grade::ALL.iter().position(|grade| grade.word() == word);
    known.unwrap_or(Grade::ALL.len())
}
