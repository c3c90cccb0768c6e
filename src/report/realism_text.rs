//! The realism of targets as a table: growth needed against the record and the national trend.

use super::number::{growth, money};
use super::table::{Column, Table};
use crate::analysis::realism::{Past, Realism, Verdict};
use crate::text;
use crate::text::{Lang, Text};

/// Targets left out of the table that are named; more are counted.
const LISTED: usize = 5;

/// The table, one row a threshold target.
pub fn table(rows: &[Realism], lang: Lang) -> Table {
    let say = |text: Text| text.get(lang).to_owned();
    let columns = vec![
        Column::text(say(Text::new("目标", "Target"))),
        Column::number(say(Text::new("基年→目标 亿元", "Base → level, billion yuan"))),
        Column::number(say(Text::new("年份", "Years"))),
        Column::number(say(Text::new("每年需增长", "Needed a year"))),
        Column::number(say(Text::new("历史平均/最好", "Record: mean / best"))),
        Column::number(say(Text::new("全国趋势", "National trend"))),
        Column::text(say(Text::new("判断", "Verdict"))),
    ];
    let mut body = Vec::new();
    for row in rows {
        let past = row.record.as_ref().or(row.nation.as_ref());
        let level = row.level.map_or_else(|| "—".to_owned(), |level| money(level, lang));
        body.push(vec![
            row.name.get(lang).to_owned(),
            format!("{}→{level}", money(row.base, lang)),
            format!("{}–{}", row.base_year, row.year),
            growth(row.needed),
            past.map_or_else(
                || "—".to_owned(),
                |past| format!("{}/{}", growth(past.mean), growth(past.best)),
            ),
            growth(row.trend),
            say(row.verdict.words()),
        ]);
    }
    let title =
        Text::new("目标是否现实：所需增速与历史增速", "Is the target realistic: growth needed and recorded");
    Table {
        title: Some(say(title)),
        columns,
        rows: body,
        notes: notes(&rows.iter().collect::<Vec<_>>(), lang),
    }
}

/// What stands below the table: the records, each once, and how trend and verdict are meant.
pub fn notes(rows: &[&Realism], lang: Lang) -> Vec<String> {
    let say = |text: Text| text.get(lang).to_owned();
    let mut notes: Vec<String> = Vec::new();
    for past in rows.iter().filter_map(|row| row.record.as_ref().or(row.nation.as_ref())) {
        let note = say(note(past));
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    if rows.iter().any(|row| row.verdict == Verdict::NoRecord) {
        notes.push(say(text!(
            "没有三年以上的历史可比：要有相隔三年以上、同一对象同一口径的两个数，或连续三年的增速；确定的基期数也算一个，写成范围的不算。",
            "No record of three years: it takes two figures of one scope and measure three or more years apart, or growth of three years in a row; a base that is certain counts as a figure, one that is a range does not."
        )));
    }
    notes.push(say(text!(
        "全国趋势：全国增速与各产业溢价的中位数，按基年产业构成加权，未扣除另行模拟的降价、停产等事件。",
        "National trend: median national growth and industry premiums by base-year mix, before the price cuts and other events that are simulated apart."
    )));
    notes.push(say(text!(
        "判断：与历史上持续三年的最好增速相比；超过其两倍为“远超历史”。",
        "Verdict: against the best growth sustained over three years; more than twice that is “far above the record”."
    )));
    notes
}

/// Which targets the table leaves out, and why; nothing if it leaves out none.
pub fn left_out(names: &[&str], lang: Lang) -> Option<String> {
    if names.len() > LISTED {
        let n = names.len();
        let note = text!(
            "未列入：其余{n}项计数、指标目标和目标组，没有单一的所需增速。",
            "Not listed: the other {n} targets, of counts, indicators and groups, which have no single growth that they need."
        );
        return Some(note.get(lang).to_owned());
    }
    let list = names.join(if lang == Lang::Zh { "、" } else { "; " });
    let note = text!(
        "未列入：{list}。计数目标和目标组没有单一的所需增速。",
        "Not listed: {list}. Counts and groups of targets have no single growth that they need."
    );
    (!names.is_empty()).then(|| note.get(lang).to_owned())
}

/// What the record is: scope, measure and years, and a warning where the measure is not the target's.
fn note(past: &Past) -> Text {
    let (scope, measure) = (&past.scope, &past.measure);
    let ((from, to), (best_from, best_to)) = (past.years, past.best_years);
    let (zh, en) = if past.same_measure {
        ("", "")
    } else {
        (
            "；与目标口径不同，只比增速、不比总量",
            "; another measure than the target's: growth is compared, never levels",
        )
    };
    let partial = partial(past);
    let base = past
        .with_base
        .map_or_else(Text::default, |year| text!("；{year}年是基期数", "; the figure of {year} is the base"));
    let (base_zh, base_en) = (base.zh, base.en);
    Text::new(
        format!(
            "历史数据：{}，{}，{from}—{to}年，最好为{best_from}—{best_to}年{base_zh}{zh}{}。",
            scope.zh, measure.zh, partial.zh
        ),
        format!(
            "Record: {}, {}, {from}–{to}, best in {best_from}–{best_to}{base_en}{en}{}.",
            scope.en, measure.en, partial.en
        ),
    )
}

/// What a sentence must say behind the best growth on record: that it is of another measure, and which of its years are not
/// whole, in brackets; empty if neither holds.
pub fn marks(past: &Past) -> Text {
    let (first, last) = past.best_years;
    let within = |(year, _): &&(i32, u8)| (first + 1..=last).contains(year);
    let short: Vec<(i32, u8)> = past.partial.iter().filter(within).copied().collect();
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    if !past.same_measure {
        zh.push("与目标口径不同".to_owned());
        en.push("another measure than the target's".to_owned());
    }
    if let Some(part) = part_years(&short) {
        zh.push(part.zh);
        en.push(part.en);
    }
    let (all_zh, all_en) = (zh.join("，"), en.join("; "));
    if zh.is_empty() { Text::default() } else { text!("（{all_zh}）", " ({all_en})") }
}

/// That some years are not whole.
fn partial(past: &Past) -> Text {
    part_years(&past.partial).map_or_else(Text::default, |Text { zh, en }| text!("；{zh}", "; {en}"))
}

/// Which years are not whole; `None` if all are.
fn part_years(partial: &[(i32, u8)]) -> Option<Text> {
    let years: Vec<String> = partial.iter().map(|(year, _)| year.to_string()).collect();
    let (zh, en) = (years.join("、"), years.join(", "));
    if years.is_empty() {
        None
    } else if partial.iter().all(|(_, months)| *months == 6) {
        Some(text!("其中{zh}年只有上半年增速", "only half-year growth in {en}"))
    } else {
        Some(text!("其中{zh}年只有上半年或年内前几个月的增速", "only half-year or part-year growth in {en}"))
    }
}
