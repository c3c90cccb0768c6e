//! Every target under the policy in focus.

use super::{Heads, policies};
use crate::analysis::results::*;
use crate::report::briefing::summary::reached;
use crate::report::briefing::wording::{self, say, word};
use crate::report::briefing::{Cell, DataTable, Focus, Format, Key};
use crate::report::number;
use crate::report::readings_text;
use crate::text;
use crate::text::{Lang, Text};

/// The table, in the order of the file; conditions stand beside what they are conditions of.
pub fn table(results: &Results, focus: &Focus<'_>, lang: Lang) -> DataTable {
    let heads = Heads(lang);
    let none = Text::default();
    let level = crate::report::briefing::wording::level(results);
    let columns = vec![
        heads.text("目标", "Target").of(Key::Target),
        heads.text("文件", "Document"),
        heads.number("年份", "Year", &none).of(Key::Year),
        heads.text("要求", "Demand"),
        heads.text("单位", "Unit").of(Key::Unit),
        heads.number("中位数", "Median", &none).of(Key::Median),
        heads.number("5%–95%分位数", "5–95% of results", &none).of(Key::Range),
        heads.number("可能性", "Probability", &none).of(Key::Probability),
        heads.number(&format!("{level}区间"), &format!("{level} interval"), &none),
        heads.text("判断", "In words").of(Key::InWords),
        heads.number("未实现时平均差距", "Mean gap where missed", &none),
        heads.text("累计可能性过半的年份", "Year by which it is likelier than not"),
        heads.text("说明", "Remark"),
    ];
    let policy = &focus.run.policy.name;
    let (zh, en) = (&policy.zh, &policy.en);
    let title = say(&text!("各项目标（“{zh}”）", "Targets under “{en}”"), lang);
    let mut table = DataTable::new("targets", title, columns);
    table.rows = shown(focus).map(|target| row(results, focus.run, target, lang)).collect();
    table.notes.extend(readings_text::by_rule_note(focus.run).map(|note| say(&note, lang)));
    if focus.run.targets.iter().any(|target| !target.in_force && target.role == "target") {
        table.notes.push(other_reading(lang));
    }
    let others = shown(focus).filter(|target| is_in_another_measure(results, focus.run, target));
    let others: Vec<&TargetResult> = others.collect();
    let of_places = !others.iter().all(|target| is_of_province(target));
    // the measure of a single target cannot be taken for that of another
    if of_places || !others.is_empty() && table.rows.len() > 1 {
        table.notes.push(own_measures(of_places, lang));
    }
    if focus.run.targets.iter().any(|target| target.shortfall.is_some() && !wording::one_year(target)) {
        table.notes.push(heads.say(
            "要求在某年以前达到或逐年保持的目标，期末年的差距不等于未实现时的差距，不列。",
            "No gap is given for targets that may be met in any of several years or must be met in all: the gap of the last year is \
             not that of the trials that miss them.",
        ));
    }
    let shares = focus.run.targets.iter().filter_map(|t| t.quantity.as_ref()).any(|q| q.figure == "share");
    if shares {
        table.notes.push(
            heads.say(
                "单位为%的目标，差距以个百分点计。",
                "Where the unit is %, gaps are in percentage points.",
            ),
        );
    }
    table
}

/// The targets that have a row, in its order.
fn shown<'a>(focus: &Focus<'a>) -> impl Iterator<Item = &'a TargetResult> {
    focus.run.targets.iter().filter(|target| target.role == "target")
}

/// What is known of a target beside what its row says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AboutTarget {
    /// Whether the headline is about it.
    pub headline: bool,
    /// Whether it is the first target of one of several provinces.
    pub first: bool,
    /// Whether its chance only repeats the pace that it sets itself.
    pub by_rule: bool,
    /// Whether it holds in another reading of the documents only.
    pub other_reading: bool,
    /// Whether its amount is counted in another measure than the primary one.
    pub own_measure: bool,
    /// Whether it is that of a whole province.
    pub province: bool,
    /// The level that it demands.
    pub level: Option<f64>,
}

/// What is known of the rows of the table, one each.
pub fn about(results: &Results, focus: &Focus<'_>) -> Vec<AboutTarget> {
    let main = policies::targets(results, focus);
    let one = |target: &TargetResult| AboutTarget {
        headline: focus.target.is_some_and(|first| first.id == target.id),
        first: main.len() > 1 && main.iter().any(|first| first.id == target.id),
        by_rule: target.by_rule,
        other_reading: !target.in_force,
        own_measure: is_in_another_measure(results, focus.run, target),
        province: is_of_province(target),
        level: target.condition.level,
    };
    shown(focus).map(one).collect()
}

/// What the mark of a target of another reading means.
pub fn other_reading(lang: Lang) -> String {
    Heads(lang).say(
        "标“另一读法”的：只在文件的另一种读法下才算目标，不计入“全部目标同时实现”。",
        "Marked “another reading”: a target only if the documents are read otherwise; it stands outside all joint probabilities.",
    )
}

fn is_of_province(target: &TargetResult) -> bool {
    target.scope.id.starts_with("province.")
}

/// That targets are counted in measures of their own: those of places in a province, or of provinces only.
pub fn own_measures(of_places: bool, lang: Lang) -> String {
    if !of_places {
        return Heads(lang).say(
            "各目标按各自文件的统计口径计，口径不同的数不能相加，也不能直接相比。",
            "Targets are counted in the measures of their own documents: figures in different measures neither add up \
             nor compare.",
        );
    }
    Heads(lang).say(
        "集群等目标按文件各自的统计口径计，与全省主口径的数不能相加，也不能直接相比。",
        "Targets of clusters and the like are counted in measures of their own: their figures neither add up to nor compare with \
         those of the province's primary measure.",
    )
}

/// Whether a target's amount is stated in another measure than the primary one.
fn is_in_another_measure(results: &Results, run: &RunResult, target: &TargetResult) -> bool {
    let Some(quantity) = target.quantity.as_ref() else { return false };
    let series = run.series.iter().find(|series| series.id == quantity.series);
    series.is_some_and(|series| !series.measure.is_empty() && series.measure != results.scenario.measure.id)
}

fn row(results: &Results, run: &RunResult, target: &TargetResult, lang: Lang) -> Vec<Cell> {
    let quantity = target.quantity.as_ref();
    let at = |key: &str| quantity.and_then(|quantity| quantity.quantiles.get(key)).copied();
    let figure = quantity.map_or("money", |quantity| quantity.figure.as_str());
    let range = match (at("0.05"), at("0.95")) {
        (Some(low), Some(high)) => Cell::Interval(low, high, range_format(figure, low, high)),
        _ => Cell::Empty,
    };
    // where a demand may be met in an earlier year, the gap of the last year is not that of the trials that miss it
    let gap = target.shortfall.as_ref().filter(|_| wording::one_year(target));
    let gap = gap.and_then(|shortfall| shortfall.mean_if_missed);
    vec![
        Cell::Text(say(&readings_text::marked_name(results, target), lang)),
        target.document.as_ref().map_or(Cell::Empty, Cell::text),
        target.year.map_or(Cell::Empty, |year| Cell::Number(f64::from(year), Format::Year)),
        Cell::Text(demand(target, lang)),
        quantity.map_or(Cell::Empty, |quantity| Cell::Text(unit(quantity, lang))),
        at("0.5").map_or(Cell::Empty, |value| Cell::Number(value, format(figure, value))),
        range,
        chance(target.probability, target.interval),
        Cell::Interval(target.interval[0], target.interval[1], Format::Probability),
        Cell::Text(say(&judgement(target), lang)),
        gap.map_or(Cell::Empty, |gap| difference(figure, gap)),
        first_likely(results, run, target, lang),
        Cell::Text(remark(target, lang)),
    ]
}

/// The chance in a word; none where it, or most of it, only repeats the target itself.
fn judgement(target: &TargetResult) -> Text {
    if target.is_judged() { word(target.interval) } else { readings_text::no_judgement() }
}

/// A probability with its interval as one cell.
pub(in crate::report::briefing) fn chance(estimate: f64, [low, high]: Ends) -> Cell {
    Cell::Chance { estimate, low, high }
}

/// The unit of a quantity: money has one name in all tables.
pub(in crate::report::briefing) fn unit(quantity: &QuantityResult, lang: Lang) -> String {
    say(&number::unit_of(&quantity.figure, &quantity.unit_name), lang)
}

/// The form of a figure: a mean of counts has a decimal.
pub(in crate::report::briefing) fn format(figure: &str, value: f64) -> Format {
    match figure {
        "money" => Format::Money,
        "share" => Format::Share,
        "count" if value.fract() == 0.0 => Format::Count,
        _ if value.abs() >= 99.95 => Format::Decimal(0),
        _ => Format::Decimal(1),
    }
}

/// The form of both ends of a range.
pub(in crate::report::briefing) fn range_format(figure: &str, low: f64, high: f64) -> Format {
    if low.fract() == 0.0 { format(figure, high) } else { format(figure, low) }
}

/// A gap: that of shares in percentage points, without sign.
fn difference(figure: &str, gap: f64) -> Cell {
    match figure {
        "share" => Cell::Number(gap * 100.0, Format::Decimal(2)),
        _ => Cell::Number(gap, format(figure, gap)),
    }
}

/// The demand; a group of targets is too long to be spelt out where its name says it.
fn demand(target: &TargetResult, lang: Lang) -> String {
    let text = target.condition.text.get(lang);
    if target.condition.kind != "group" {
        return text.to_owned();
    }
    // 全部达到 / 23项中至少达到16项, without the list of names
    text.split([':', '：']).next().unwrap_or(text).to_owned()
}

fn first_likely(results: &Results, run: &RunResult, target: &TargetResult, lang: Lang) -> Cell {
    if wording::met_at_start(run, target) {
        let base = results.scenario.base_year;
        return Cell::Text(say(&text!("基年（{base}年）已符合", "met in the base year ({base})"), lang));
    }
    if target.average {
        return Cell::Text(say(&readings_text::no_first_year(), lang));
    }
    let reached = reached(target);
    let Some(&(last, p, ends)) = reached.last() else { return Cell::Empty };
    if let Some((year, ..)) = reached.iter().find(|(_, p, _)| *p >= 0.5) {
        return Cell::Number(f64::from(*year), Format::Year);
    }
    let p = number::chance(p, ends.into());
    Cell::Text(say(&text!("到{last}年未过半（{p}）", "not up to {last} ({p})"), lang))
}

fn remark(target: &TargetResult, lang: Lang) -> String {
    let mut parts: Vec<Text> = Vec::new();
    if target.by_rule {
        parts.push(text!("按目标倒推", "by rule"));
    }
    parts.extend(target.members.and_then(|of| readings_text::by_rule_among(of.targets, of.by_rule)));
    if !target.in_force {
        parts.push(text!("另一读法", "another reading"));
    }
    if let (Some(stretch), Some(quantity)) = (&target.stretch, &target.quantity) {
        let level = crate::report::briefing::wording::Unit::of(quantity).amount(stretch.value, None, lang);
        let p = number::chance(stretch.probability, stretch.interval.into());
        parts.push(text!("高限{level}：{p}", "upper end {level}: {p}"));
    }
    let parts: Vec<String> = parts.iter().map(|part| say(part, lang)).collect();
    parts.join(if lang == Lang::Zh { "；" } else { "; " })
}
