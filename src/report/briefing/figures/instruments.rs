//! The chart of what each instrument adds to the probability of the main target, against what it costs.

use super::super::wording::level;
use super::foot::{amount, say, source};
use super::pages;
use super::{Attempt, Figure, Focus};
use crate::analysis::Results;
use crate::analysis::results::{EffectsResult, InstrumentEffect, InstrumentInfo};
use crate::report::briefing::tables::instruments::is_idle;
use crate::report::briefing::{Cell, Column, DataTable, Format};
use crate::report::chart::ChartError;
use crate::report::chart::axis::Axis;
use crate::report::chart::levels::{self, Levels, Mark};
use crate::report::chart::marker::Shape;
use crate::report::chart::page::Words;
use crate::report::{number, readings_text};
use crate::scenario::class;
use crate::text;
use crate::text::{Lang, Text};

/// Costs further apart than this are drawn on a logarithmic axis.
const WIDE: f64 = 30.0;

/// Gain against cost of every instrument of the policy in focus; none without effects of single instruments. What does
/// not fit one page goes on, dear instruments first, on the same axes.
pub(super) fn figures(results: &Results, focus: &Focus<'_>, lang: Lang) -> Vec<Attempt> {
    let in_world = || results.effects.iter().filter(|effects| effects.world.id == focus.run.world.id);
    let own = in_world().find(|effects| effects.policy.id == focus.run.policy.id);
    let Some(effects) = own.or_else(|| in_world().next()) else { return Vec::new() };
    if effects.instruments.is_empty() {
        return Vec::new();
    }
    let mut sorted: Vec<&InstrumentEffect> = effects.instruments.iter().collect();
    // what has no cost comes last; the sort is stable
    let rank = |effect: &InstrumentEffect| cost(results, effect).unwrap_or(f64::NEG_INFINITY);
    sorted.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
    let scales = Scales::of(results, effects);
    let height = |effect: &&InstrumentEffect| pages::row_height(&name(results, effect, lang), 28.0);
    let lengths = pages::lengths(&sorted.iter().map(height).collect::<Vec<_>>());
    let total = lengths.len();
    let mut rest = sorted.as_slice();
    let mut attempts = Vec::with_capacity(total);
    for (index, length) in lengths.into_iter().enumerate() {
        let (page, later) = rest.split_at(length);
        rest = later;
        attempts.push(Some(figure(results, focus, effects, page, &scales, (index + 1, total), lang)));
    }
    attempts
}

/// The scales that all pages share.
struct Scales {
    across: Axis,
    /// Whether costs lie so far apart that their axis, which each page has for itself, is logarithmic.
    logarithmic: bool,
}

impl Scales {
    fn of(results: &Results, effects: &EffectsResult) -> Self {
        let (least, most) = costs(results, &effects.instruments.iter().collect::<Vec<_>>());
        let gains = effects.instruments.iter().flat_map(|e| [e.interval[0], e.interval[1], e.probability]);
        let (low, high) = gains.fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
        let across = Axis::figures(low * 100.0, high * 100.0, 6);
        Self { across, logarithmic: least > 0.0 && most > least * WIDE }
    }
}

/// The least and the greatest cost; 0 and 0 where no instrument has one.
fn costs(results: &Results, page: &[&InstrumentEffect]) -> (f64, f64) {
    let costs = page.iter().filter_map(|effect| cost(results, effect));
    let ends = costs.fold((f64::INFINITY, 0.0_f64), |(low, high), cost| (low.min(cost), high.max(cost)));
    if ends.0.is_finite() { ends } else { (0.0, 0.0) }
}

fn figure(
    results: &Results,
    focus: &Focus<'_>,
    effects: &EffectsResult,
    page: &[&InstrumentEffect],
    scales: &Scales,
    (number, total): (usize, usize),
    lang: Lang,
) -> Result<Figure, ChartError> {
    let target = focus.run.target(&effects.target);
    let goal = target.map_or_else(
        || effects.target.clone(),
        |target| readings_text::name(results, target).get(lang).to_owned(),
    );
    let year = target.and_then(|target| target.year);
    let policy = effects.policy.name.get(lang);
    let title = text!("各项政策工具的贡献与花费：{policy}", "What each instrument adds and costs: {policy}");
    let part = if total > 1 { text!("（{number}/{total}）", " ({number}/{total})") } else { text!("", "") };
    let title = format!("{}{}", title.get(lang), part.get(lang));
    let level = level(results);
    let subtitle = text!(
        "目标：{goal}；横向：取消该工具后可能性下降多少（个百分点）；横线为{level}区间",
        "Target: {goal}; across: by how many percentage points the probability falls without the instrument, with {level} intervals"
    );
    let chart = Levels {
        words: Words {
            title: title.clone(),
            subtitle: subtitle.get(lang).to_owned(),
            notes: notes(results, page, scales.logarithmic, lang),
            source: source(results, lang),
        },
        across: scales.across.clone(),
        across_label: say(
            lang,
            "对可能性的贡献（个百分点）",
            "Contribution to the probability (percentage points)",
        ),
        upwards: cost_axis(costs(results, page), scales.logarithmic, lang),
        upwards_label: if scales.logarithmic {
            say(lang, "实际支出（亿元，对数刻度）", "Money paid (billion yuan, logarithmic)")
        } else {
            say(lang, "实际支出（亿元）", "Money paid (billion yuan)")
        },
        logarithmic: scales.logarithmic,
        without: say(lang, "未写金额的工具", "Instruments without a stated cost"),
        points: page.iter().map(|effect| mark(results, effect, year, lang)).collect(),
    };
    let mut caption = say(
        lang,
        "越靠右贡献越大，越靠上支出越多；横线跨过0的，还看不出有没有作用。",
        "The further right, the more an instrument adds; the higher, the more is paid for it; where the whisker crosses 0, an effect is not shown.",
    );
    if page.iter().any(|effect| is_idle(effect)) {
        caption.push_str(&idle_explained(lang));
    }
    let id = if total > 1 { format!("instruments-{number}") } else { "instruments".to_owned() };
    let table = table(results, page, &id, &title, lang);
    let drawing = levels::render(&chart)?;
    Ok(Figure { id, title, caption, drawing, table })
}

fn info<'a>(results: &'a Results, effect: &InstrumentEffect) -> Option<&'a InstrumentInfo> {
    results.instruments.iter().find(|instrument| instrument.id == effect.instrument)
}

fn name(results: &Results, effect: &InstrumentEffect, lang: Lang) -> String {
    info(results, effect).map_or_else(|| effect.instrument.clone(), |info| info.name.get(lang).to_owned())
}

/// What the instrument costs; `None` where the scenario states no money for it.
fn cost(results: &Results, effect: &InstrumentEffect) -> Option<f64> {
    let is_stated = info(results, effect).is_some_and(|info| info.money.is_some());
    (is_stated || effect.cost != 0.0).then_some(effect.cost)
}

fn mark(results: &Results, effect: &InstrumentEffect, year: Option<i32>, lang: Lang) -> Mark {
    let is_idle = is_idle(effect);
    let gain = match (is_idle, year) {
        (true, Some(year)) => text!("到{year}年尚未起作用", "no effect yet by {year}").get(lang).to_owned(),
        (true, None) => say(lang, "到目标年尚未起作用", "no effect yet by the target year"),
        (false, _) => number::points_change(effect.probability, effect.interval.into(), lang),
    };
    // what changes nothing in any trial has no uncertainty to show
    let interval = if is_idle { [0.0, 0.0] } else { effect.interval };
    let cost = cost(results, effect);
    let figures = match cost.map(amount) {
        Some(Text { zh, en }) => text!("{gain}；{zh}", "{gain}; {en}"),
        None => text!("{gain}", "{gain}"),
    };
    Mark {
        name: name(results, effect, lang),
        figures: figures.get(lang).to_owned(),
        value: effect.probability * 100.0,
        interval: (interval[0] * 100.0, interval[1] * 100.0),
        level: cost.map(|paid| number::in_unit(paid, lang)),
        shape: info(results, effect).map_or(Shape::Disc, |info| shape(&info.class)),
    }
}

fn shape(class: &str) -> Shape {
    match class {
        "projects" => Shape::Square,
        "subsidies" => Shape::Diamond,
        "products" => Shape::Triangle,
        "measures" => Shape::Ring,
        "settings" => Shape::Frame,
        _ => Shape::Disc,
    }
}

/// From 0 in round steps, or in powers of ten.
fn cost_axis(ends: (f64, f64), logarithmic: bool, lang: Lang) -> Axis {
    let (least, most) = (number::in_unit(ends.0, lang), number::in_unit(ends.1, lang));
    if !logarithmic || least <= 0.0 {
        return Axis::figures(least.min(0.0), most, 5);
    }
    let power = |exponent: i32| match u32::try_from(exponent) {
        Ok(exponent) => (0..exponent).fold(1.0, |power, _| power * 10.0),
        Err(_) => 1.0 / (0..exponent.unsigned_abs()).fold(1.0, |power, _| power * 10.0),
    };
    let first = (-12..15).rev().find(|&exponent| power(exponent) <= least).unwrap_or(-12);
    let last = (first + 1..16).find(|&exponent| power(exponent) >= most).unwrap_or(16);
    let decimals = |exponent: i32| usize::try_from(-exponent).unwrap_or(0);
    let tick = |exponent: i32| (power(exponent), number::decimal(power(exponent), decimals(exponent)));
    Axis { ticks: (first..=last).map(tick).collect() }
}

fn notes(results: &Results, page: &[&InstrumentEffect], logarithmic: bool, lang: Lang) -> Vec<String> {
    let drawn = |word: &str| page.iter().filter_map(|e| info(results, e)).any(|info| info.class == word);
    let marks = class::WORDS.iter().filter(|word| drawn(word)).map(|word| {
        let (symbol, name) = (symbol(shape(word)), class::name(word));
        format!("{symbol} {}", name.get(lang))
    });
    let marks = marks.collect::<Vec<_>>().join(&say(lang, "，", ", "));
    let horizon = results.scenario.horizon;
    let mut notes = vec![
        text!("标记：{marks}。", "Marks: {marks}.").get(lang).to_owned(),
        text!(
            "实际支出：模拟中到{horizon}年为止平均付出的财政资金，不同于文件写明的预算。",
            "Money paid: public money paid up to {horizon}, mean of the trials; not the stated budget."
        )
        .get(lang)
        .to_owned(),
    ];
    if logarithmic {
        notes.push(say(
            lang,
            "支出相差悬殊，纵轴用对数刻度：每高一格，支出为十倍。",
            "Amounts lie far apart: the axis upwards is logarithmic, each grid line ten times the one below.",
        ));
    }
    notes
}

/// The mark as it stands in text.
fn symbol(shape: Shape) -> char {
    match shape {
        Shape::Disc => '●',
        Shape::Square => '■',
        Shape::Diamond => '◆',
        Shape::Triangle => '▲',
        Shape::Ring => '○',
        Shape::Frame => '□',
    }
}

fn idle_explained(lang: Lang) -> String {
    say(
        lang,
        "标“尚未起作用”的，每次模拟中取消它结果都完全相同：到目标年尚未投产见效，或只影响别的指标，并不表示以后没有作用。",
        " “No effect yet”: dropping the instrument changes the outcome in no trial, since it is not on stream by the target year or bears on other figures; later effects are not ruled out.",
    )
}

fn table(results: &Results, page: &[&InstrumentEffect], id: &str, title: &str, lang: Lang) -> DataTable {
    let points = say(lang, "个百分点", "pp");
    let money = number::money_unit();
    let money = money.get(lang);
    let level = level(results);
    let interval_head = text!("{level}区间", "{level} interval");
    let columns = vec![
        Column::text(say(lang, "政策工具", "Instrument")),
        Column::text(say(lang, "类别", "Class")),
        Column::number(say(lang, "预算", "Stated budget"), money),
        Column::number(say(lang, "实际支出", "Money paid"), money),
        Column::number(say(lang, "对可能性的贡献", "Contribution"), &points),
        Column::number(interval_head.get(lang), &points),
    ];
    let mut table = DataTable::new(format!("figure-{id}"), title, columns);
    for effect in page {
        let amount =
            |value: Option<f64>| value.map_or(Cell::Empty, |value| Cell::Number(value, Format::Money));
        let class = info(results, effect)
            .map_or_else(String::new, |info| class::name(&info.class).get(lang).to_owned());
        let [change, interval] = Cell::change(effect.probability, effect.interval);
        table.rows.push(vec![
            Cell::text(name(results, effect, lang)),
            Cell::text(class),
            amount(info(results, effect).and_then(|info| info.money)),
            amount(cost(results, effect)),
            change,
            if is_idle(effect) { Cell::Empty } else { interval },
        ]);
    }
    table.notes.push(say(
        lang,
        "贡献：整套方案的可能性减去取消该工具后的可能性，按相同随机数成对比较；没有区间的，每次模拟中取消它结果都完全相同。",
        "Contribution: probability under the whole policy less that without the instrument, paired on the same draws; where no interval is given, dropping the instrument changes the outcome in no trial.",
    ));
    table
}
