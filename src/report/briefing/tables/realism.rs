//! The outside view of every target that needs growth: the record, other provinces and the ends of past targets.

use super::Heads;
use crate::analysis::realism::{PeerGrowth, RECENT, Realism, TargetRealism};
use crate::analysis::results::Results;
use crate::report::briefing::wording::say;
use crate::report::briefing::{Cell, DataTable, Format};
use crate::report::number::money_unit;
use crate::report::{outside_text, realism_text};
use crate::text;
use crate::text::{Lang, Text};

/// The table, in the order of the file.
pub fn table(results: &Results, lang: Lang) -> DataTable {
    let heads = Heads(lang);
    let none = Text::default();
    let columns = vec![
        heads.text("目标", "Target"),
        heads.number("基年水平", "Base year", &money_unit()),
        heads.number("目标水平", "Level", &money_unit()),
        heads.text("年份", "Years"),
        heads.number("每年需增长", "Needed a year", &none),
        heads.number("历史平均", "Record: mean", &none),
        heads.number("历史最好", "Record: best", &none),
        heads.number("全国趋势", "National trend", &none),
        heads.number("外省最好", "Other provinces: best", &none),
        heads.number(&format!("外省{RECENT}年以来"), &format!("Since {RECENT}"), &none),
        heads.number("若像往年目标那样收场", "If it ended like past targets", &money_unit()),
        heads.number("其范围", "Range of these", &money_unit()),
        heads.text("判断", "Verdict"),
        heads.text("推演的可能性（各方案）", "Simulated chance, all policies"),
    ];
    let title = heads.say(
        "目标是否现实：历史、外省与往年目标的结局（不计入推演）",
        "Is the target realistic: record, other provinces, past targets (not part of the simulation)",
    );
    let mut table = DataTable::new("realism", title, columns);
    let sized = results.realism.iter().filter_map(|row| Some((row, row.growth.as_ref()?)));
    let sized: Vec<(&TargetRealism, &Realism)> = sized.collect();
    table.rows = sized.iter().map(|(row, own)| cells(results, row, own, lang)).collect();
    let rows: Vec<&Realism> = sized.iter().map(|(_, own)| *own).collect();
    table.notes = realism_text::notes(&rows, lang);
    table.notes.extend(outside_text::all_notes(&results.realism, lang));
    table
}

fn cells(results: &Results, row: &TargetRealism, own: &Realism, lang: Lang) -> Vec<Cell> {
    let past = own.record.as_ref().or(own.nation.as_ref());
    let rate = |rate: Option<f64>| rate.map_or(Cell::Empty, |rate| Cell::Number(rate, Format::Share));
    // the mark that the note below the table explains
    let peer = |peer: &Option<PeerGrowth>| match peer {
        Some(short) if !short.as_long => Cell::Marked(short.growth, Format::Share, outside_text::SHORTER),
        _ => rate(peer.as_ref().map(|peer| peer.growth)),
    };
    let ended = row.precedents.as_ref().and_then(|precedents| precedents.level);
    let (from, to) = (own.base_year, own.year);
    vec![
        Cell::text(row.name.get(lang)),
        Cell::Number(own.base, Format::Money),
        own.level.map_or(Cell::Empty, |level| Cell::Number(level, Format::Money)),
        Cell::Text(say(&text!("{from}—{to}", "{from}–{to}"), lang)),
        rate(Some(own.needed)),
        rate(past.map(|past| past.mean)),
        rate(past.map(|past| past.best)),
        rate(Some(own.trend)),
        peer(&row.peers),
        peer(&row.recent_peers),
        ended.map_or(Cell::Empty, |spread| Cell::Number(spread.median, Format::Money)),
        ended.map_or(Cell::Empty, |spread| Cell::Interval(spread.low, spread.high, Format::Money)),
        Cell::Text(say(&own.verdict.words(), lang)),
        Cell::Text(outside_text::chance(results, &row.target, lang)),
    ]
}
