//! The outside view as a table: the best growth of other provinces and the ends of past targets, beside the simulated
//! chance.

use super::number::{self, growth, money, money_range};
use super::sampler_text;
use super::table::{Column, Table};
use crate::analysis::realism::{Ending, PeerGrowth, Precedents, RECENT, TargetRealism};
use crate::analysis::results::Results;
use crate::text;
use crate::text::{Lang, Text, by_number, joined};

/// Mark of a span that is shorter than the target's.
pub(super) const SHORTER: &str = "*";

/// The table of `check`: every target that needs growth, with notes on the others.
pub fn table(rows: &[TargetRealism], lang: Lang) -> Option<Table> {
    with_counts(rows, None, lang)
}

fn with_counts(rows: &[TargetRealism], results: Option<&Results>, lang: Lang) -> Option<Table> {
    let sized: Vec<&TargetRealism> = rows.iter().filter(|row| row.growth.is_some()).collect();
    let mut table = build(&sized, results, lang)?;
    table.notes.extend(on_counts(rows, lang));
    Some(table)
}

/// What stands below a table of all targets: where other provinces' growth and past ends come from, and what is known of
/// targets that have neither.
pub fn all_notes(rows: &[TargetRealism], lang: Lang) -> Vec<String> {
    let sized: Vec<&TargetRealism> = rows.iter().filter(|row| row.growth.is_some()).collect();
    notes(&sized, lang).into_iter().chain(on_counts(rows, lang)).collect()
}

/// The fastest growth of other provinces that a sentence tells: the recent one, and before it that of all years where it is
/// higher, each with when it was. Who is told of the recent one alone would meet the other as a surprise.
pub fn fastest(row: &TargetRealism) -> Vec<(&PeerGrowth, Text)> {
    let recent = row.recent_peers.as_ref();
    let higher = |ever: &&PeerGrowth| recent.is_none_or(|recent| ever.growth > recent.growth);
    let ever = row.peers.as_ref().filter(higher).map(|ever| (ever, Text::new("历来", "on record")));
    ever.into_iter().chain(recent.map(|recent| (recent, Text::new("近年", "of late")))).collect()
}

/// What is known of past targets of counts and indicators; `None` if there is no such target.
fn on_counts(rows: &[TargetRealism], lang: Lang) -> Option<String> {
    let counts: Vec<&TargetRealism> =
        rows.iter().filter(|row| row.kind == "count" || row.kind == "ratio").collect();
    if !counts.is_empty() {
        let mut known: Vec<&Text> = counts.iter().flat_map(|row| &row.remarks).collect();
        let mut seen: Vec<&Text> = Vec::new();
        known.retain(|remark| {
            !seen.contains(remark) && {
                seen.push(remark);
                true
            }
        });
        let join =
            |lang: Lang, with: &str| known.iter().map(|one| one.get(lang)).collect::<Vec<_>>().join(with);
        let (n, zh, en) = (counts.len(), join(Lang::Zh, "；"), join(Lang::En, "; "));
        let (targets_en, have_en) = (by_number(n, "target", "targets"), by_number(n, "has", "have"));
        let note = if known.is_empty() {
            text!(
                "其余{n}项计数和指标目标没有可比的往年结果。",
                "For the other {n} {targets_en} of counts and indicators no past ends are known."
            )
        } else {
            text!(
                "其余{n}项计数和指标目标没有可比的往年比例，知道的只有：{zh}。",
                "The other {n} {targets_en}, of counts and indicators, {have_en} no past ratio to compare with; all that is known: {en}."
            )
        };
        return Some(note.get(lang).to_owned());
    }
    None
}

/// The table of a run: the first such target of every document, with its simulated chance in the first world.
pub fn main_targets(results: &Results, lang: Lang) -> Option<Table> {
    with_counts(&results.realism, Some(results), lang)
}

fn build(rows: &[&TargetRealism], results: Option<&Results>, lang: Lang) -> Option<Table> {
    if rows.is_empty() {
        return None;
    }
    let say = |text: Text| text.get(lang).to_owned();
    let mut columns = vec![
        Column::text(say(Text::new("目标", "Target"))),
        Column::number(say(Text::new("每年需增长", "Needed a year"))),
        Column::number(say(Text::new("历史最好", "Best on record"))),
        Column::number(say(text!("外省最好/{RECENT}年以来", "Other provinces: best / since {RECENT}"))),
        Column::number(say(Text::new(
            "若像往年目标那样收场 亿元",
            "If it ended like past targets, billion yuan",
        ))),
    ];
    if results.is_some() {
        columns
            .push(Column::number(say(Text::new("推演的可能性（各方案）", "Simulated chance, all policies"))));
    }
    let absent = || "—".to_owned();
    let body = rows.iter().map(|row| {
        let own = row.growth.as_ref();
        let past = own.and_then(|own| own.record.as_ref().or(own.nation.as_ref()));
        let peer = |peer: &Option<PeerGrowth>| {
            let mark = |p: &PeerGrowth| if p.as_long { "" } else { SHORTER };
            peer.as_ref().map_or_else(absent, |p| format!("{}{}", growth(p.growth), mark(p)))
        };
        let ended = row.precedents.as_ref().and_then(|p| p.level).map(|level| {
            let (median, range) = (money(level.median, lang), money_range(level.low, level.high, lang));
            say(text!("{median}（{range}）", "{median} ({range})"))
        });
        let mut cells = vec![
            row.name.get(lang).to_owned(),
            own.map_or_else(absent, |own| growth(own.needed)),
            past.map_or_else(absent, |past| growth(past.best)),
            format!("{}/{}", peer(&row.peers), peer(&row.recent_peers)),
            ended.unwrap_or_else(absent),
        ];
        cells.extend(results.map(|results| chance(results, &row.target, lang)));
        cells
    });
    let title = Text::new(
        "外部参照：外省增速与往年目标的结局（不计入推演）",
        "The outside view: other provinces and the ends of past targets (not part of the simulation)",
    );
    let rows_shown = body.collect();
    Some(Table { title: Some(say(title)), columns, rows: rows_shown, notes: notes(rows, lang) })
}

/// The least and the greatest chance among the policies, in the first world.
pub fn chance(results: &Results, target: &str, lang: Lang) -> String {
    let Some(world) = results.run.worlds.first() else { return String::new() };
    let in_world = results.runs.iter().filter(|run| run.world.id == world.id);
    let mut chances: Vec<_> = in_world.filter_map(|run| run.target(target)).collect();
    chances.sort_by(|a, b| a.told().0.total_cmp(&b.told().0));
    let (Some(least), Some(most)) = (chances.first(), chances.last()) else { return String::new() };
    let (least, most) = (sampler_text::short_chance(least, lang), sampler_text::short_chance(most, lang));
    if least == most { least } else { format!("{least}–{most}") }
}

fn notes(rows: &[&TargetRealism], lang: Lang) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    let mut add = |note: Text| {
        let note = note.get(lang).to_owned();
        if !notes.contains(&note) {
            notes.push(note);
        }
    };
    let mut peers: Vec<&PeerGrowth> = Vec::new();
    for peer in rows.iter().flat_map(|row| [&row.peers, &row.recent_peers]).flatten() {
        if !peers.iter().any(|known| {
            (&known.place, &known.measure, known.years) == (&peer.place, &peer.measure, peer.years)
        }) {
            peers.push(peer);
        }
    }
    if !peers.is_empty() {
        add(provinces(&peers));
    }
    let mut cases: Vec<&Ending> = Vec::new();
    for precedents in rows.iter().filter_map(|row| row.precedents.as_ref()) {
        add(ends(precedents));
        let new: Vec<&Ending> = precedents.cases.iter().filter(|case| !cases.contains(case)).collect();
        cases.extend(new);
    }
    if !cases.is_empty() {
        add(one_by_one(&cases));
    }
    let below = |row: &&&TargetRealism| {
        let level = row.precedents.as_ref().and_then(|p| p.level);
        level.zip(row.growth.as_ref()).is_some_and(|(level, own)| level.median < own.base)
    };
    if rows.iter().any(|row| below(&row)) {
        add(text!(
            "低于基年的：这些目标要求的增幅小于往年目标的落差，套用比例说明不了什么。",
            "Figures below the base year: such a target asks for less growth than past targets fell short by, so the ratio says little."
        ));
    }
    if rows.iter().any(|row| row.precedents.is_some()) {
        add(text!(
            "往年目标是能查到的几个，不是随机样本，目标与结果的口径大多也不一致；比例乘以本目标自己的口径。",
            "The past targets are the few that could be found, not a random sample, and most were reported in another definition \
             than they were set in; the ratio is applied to this target in its own measure."
        ));
    }
    if rows.iter().any(|row| row.hindsight) {
        add(text!(
            "参照里有基年以后才知道的情况（后见之明）。",
            "Some of this became known only after the base year (hindsight)."
        ));
    }
    notes
}

/// Which spans the growth of other provinces comes from, and in what circumstances.
fn provinces(peers: &[&PeerGrowth]) -> Text {
    let (mut zh, mut en): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for peer in peers {
        let [from, to] = peer.years;
        let [zh_low, zh_high] = peer.levels.map(|level| money(level, Lang::Zh));
        let [en_low, en_high] = peer.levels.map(|level| money(level, Lang::En));
        let (place, measure) = (&peer.place, &peer.measure);
        let years = format!("{from}—{to}年{zh_low}→{zh_high}亿元");
        zh.push(joined(&[&place.zh, &measure.zh, &years]));
        en.push(format!("{}, {}, {from}–{to} {en_low}→{en_high} billion yuan", place.en, measure.en));
    }
    for note in peers.iter().map(|peer| &peer.note).filter(|note| **note != Text::default()) {
        if !zh.contains(&note.zh) {
            zh.push(note.zh.clone());
            en.push(note.en.clone());
        }
    }
    if peers.iter().any(|peer| !peer.as_long) {
        zh.push(format!("{SHORTER} 没有与目标一样长的时段，用最长的一段代替"));
        en.push(format!(
            "{SHORTER} none on record is as long as the target's span; the longest is given instead"
        ));
    }
    Text::new(format!("外省：{}。", zh.join("；")), format!("Other provinces: {}.", en.join("; ")))
}

/// The past targets one by one: what was demanded, what is known, and what that decides.
fn one_by_one(cases: &[&Ending]) -> Text {
    let (mut zh, mut en): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for case in cases {
        let (name, note, due) = (&case.name, &case.note, case.due);
        let [zh_found, en_found] = [Lang::Zh, Lang::En].map(|lang| money(case.outcome, lang));
        let (zh_year, en_year) = match case.outcome_year {
            Some(year) => (format!("{year}年"), format!("in {year}")),
            None => {
                let year = case.known_in;
                (format!("{year}年公布"), format!("published in {year}"))
            }
        };
        let (zh_end, en_end) = match (case.decided, case.met) {
            (true, true) => ("按期实现", "met"),
            (true, false) => ("未按期实现", "missed"),
            (false, _) => ("结局不明", "end not known"),
        };
        zh.push(format!("{}（{due}年到期）——{zh_year}{zh_found}亿元，{zh_end}（{}）", name.zh, note.zh));
        en.push(format!(
            "{} (due {due}): {en_found} billion yuan {en_year}, {en_end} ({})",
            name.en, note.en
        ));
    }
    Text::new(format!("往年目标逐个：{}。", zh.join("；")), format!("The past targets: {}.", en.join("; ")))
}

/// The past targets whose end is known, for a sentence: how many, which if it is to name them, how many of them were met, and
/// how many are told by an early figure.
pub fn ends_in_words(past: &Precedents, named: bool) -> Text {
    let (known, met, early) = (past.known, past.met, past.known_early);
    let decided = past.cases.iter().filter(|case| case.decided);
    let (names_zh, names_en): (Vec<&str>, Vec<&str>) =
        decided.map(|case| (case.name.zh.as_str(), case.name.en.as_str())).unzip();
    let (names_zh, names_en) = match named {
        true => (format!("（{}）", names_zh.join("、")), format!(" ({})", names_en.join("; "))),
        false => Default::default(),
    };
    let (early_zh, early_en) = match early {
        0 => (String::new(), String::new()),
        n => {
            let (is_en, its_en) = (by_number(n as usize, "is", "are"), by_number(n as usize, "its", "their"));
            (
                format!("，其中{n}个按到期前的数判定"),
                format!(" ({n} of them {is_en} judged by a figure from before {its_en} due year)"),
            )
        }
    };
    let met_en = match met {
        0 => "none was".to_owned(),
        1 => "1 was".to_owned(),
        met => format!("{met} were"),
    };
    text!(
        "；能判定结局的{known}个往年规模目标{names_zh}，按期实现{met}个{early_zh}",
        "; of {known} past targets for size whose outcome can be told{names_en}, {met_en} met in time{early_en}"
    )
}

fn ends(precedents: &Precedents) -> Text {
    let Precedents { known, known_early, met, interval, ratio, ratios, ratios_early, .. } = precedents;
    let bound = |p: f64| format!("{:.0}%", p * 100.0);
    let (low, high) = (bound(interval[0]), bound(interval[1]));
    let (zh, en) = ratio.map_or_else(Default::default, |ratio| {
        let shown = [ratio.median, ratio.low, ratio.high].map(|value| number::decimal(value, 2));
        let [median, least, most] = shown;
        let (early_zh, early_en) = match ratios_early {
            0 => (String::new(), String::new()),
            n => (
                format!("，其中{n}个用的是到期前或没有写明数据期的数"),
                format!(", {n} of them by a figure from before the due year or of no stated period"),
            ),
        };
        (
            format!("；{ratios}个可算“结果/目标”{early_zh}，中位数{median}（{least}–{most}）"),
            format!("; outcome over target, known for {ratios}{early_en}: median {median} ({least}–{most})"),
        )
    });
    let (early_zh, early_en) = match known_early {
        0 => (String::new(), String::new()),
        n => (
            format!("，其中{n}个按到期前的数判定"),
            format!(", {n} of them judged by a figure from before the due year"),
        ),
    };
    text!(
        "往年规模目标：能判定结局的{known}个中按期实现{met}个（95%区间{low}–{high}{early_zh}）{zh}。",
        "Past targets for size: {met} of the {known} whose outcome can be told were met in time (95% interval {low}–{high}{early_en}){en}."
    )
}
