//! The chart of what each instrument adds to the probability of the main target, against what it costs.

use super::contributions::class_name;
use super::foot::{say, source};
use super::{Attempt, Figure, Focus};
use crate::analysis::Results;
use crate::analysis::results::{EffectsResult, InstrumentEffect, InstrumentInfo};
use crate::report::briefing::{Cell, Column, DataTable, Format};
use crate::report::chart::axis::Axis;
use crate::report::chart::levels::{self, Levels, Mark};
use crate::report::chart::marker::Shape;
use crate::report::chart::page::Words;
use crate::report::{number, readings_text};
use crate::text;
use crate::text::Lang;

/// Costs further apart than this are drawn on a logarithmic axis.
const WIDE: f64 = 30.0;

/// Gain against cost of every instrument of the policy in focus; `None` without effects of single instruments.
pub(super) fn figure(results: &Results, focus: &Focus<'_>, lang: Lang) -> Attempt {
    let in_world = || results.effects.iter().filter(|effects| effects.world.id == focus.run.world.id);
    let effects =
        in_world().find(|effects| effects.policy.id == focus.run.policy.id).or_else(|| in_world().next())?;
    if effects.instruments.is_empty() {
        return None;
    }
    let target = focus.run.target(&effects.target);
    let goal = target.map_or_else(
        || effects.target.clone(),
        |target| readings_text::name(results, target).get(lang).to_owned(),
    );
    let policy = effects.policy.name.get(lang);
    let title =
        text!("各项政策工具的贡献与花费（{policy}）", "What each instrument adds and costs ({policy})")
            .get(lang)
            .to_owned();
    let points: Vec<Mark> = effects.instruments.iter().map(|effect| mark(results, effect, lang)).collect();
    let levels: Vec<f64> = points.iter().filter_map(|mark| mark.level).collect();
    let (least, most) =
        levels.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), &level| (low.min(level), high.max(level)));
    let logarithmic = least > 0.0 && most > least * WIDE;
    let ends = points.iter().flat_map(|mark| [mark.interval.0, mark.interval.1, mark.value]);
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
    let chart = Levels {
        words: Words {
            title: title.clone(),
            subtitle: text!(
                "目标：{goal}；横向：取消该工具后可能性下降多少（个百分点）；横线为95%区间",
                "Target: {goal}; across: by how many percentage points the probability falls without the instrument, with 95% intervals"
            )
            .get(lang)
            .to_owned(),
            notes: notes(logarithmic, lang),
            source: source(results, lang),
        },
        across: Axis::figures(low, high, 6),
        across_label: say(lang, "对可能性的贡献（个百分点）", "Contribution to the probability (percentage points)"),
        upwards: cost_axis(least, most, logarithmic),
        upwards_label: if logarithmic {
            say(lang, "财政资金（亿元，对数刻度）", "Public money (100m yuan, logarithmic)")
        } else {
            say(lang, "财政资金（亿元）", "Public money (100m yuan)")
        },
        logarithmic,
        without: say(lang, "未写金额的工具", "Instruments without a stated cost"),
        points,
    };
    let caption = say(
        lang,
        "越靠右贡献越大，越靠上花费越多；横线跨过0的，还看不出有没有作用。",
        "The further right, the more an instrument adds; the higher, the more it costs; where the whisker crosses 0, an effect is not shown.",
    );
    let table = table(results, effects, &title, lang);
    Some(levels::render(&chart).map(|drawing| Figure {
        id: "instruments".into(),
        title,
        caption,
        drawing,
        table,
    }))
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

fn mark(results: &Results, effect: &InstrumentEffect, lang: Lang) -> Mark {
    let gain = number::points_change(effect.probability, effect.interval.into(), lang);
    let cost = cost(results, effect);
    let figures = match cost.map(number::money) {
        Some(amount) => text!("{gain}；{amount}亿元", "{gain}; {amount} (100m yuan)"),
        None => text!("{gain}", "{gain}"),
    };
    Mark {
        name: name(results, effect, lang),
        figures: figures.get(lang).to_owned(),
        value: effect.probability * 100.0,
        interval: (effect.interval[0] * 100.0, effect.interval[1] * 100.0),
        level: cost,
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
fn cost_axis(least: f64, most: f64, logarithmic: bool) -> Axis {
    if !logarithmic {
        return Axis::figures(least.min(0.0), most, 5);
    }
    let mut power = 1.0;
    while power > least {
        power /= 10.0;
    }
    while power * 10.0 <= least {
        power *= 10.0;
    }
    let mut ticks = vec![(power, number::money(power))];
    while power < most {
        power *= 10.0;
        ticks.push((power, number::money(power)));
    }
    Axis { ticks }
}

fn notes(logarithmic: bool, lang: Lang) -> Vec<String> {
    let mut notes = vec![say(
        lang,
        "标记：● 基金与融资，■ 招商项目，◆ 补助与奖励，▲ 新产品与外来企业，○ 其他措施。",
        "Marks: ● funds, ■ projects, ◆ subsidies and awards, ▲ new products and arriving firms, ○ other measures.",
    )];
    if logarithmic {
        notes.push(say(
            lang,
            "花费相差悬殊，纵轴用对数刻度：每一格是上一格的十倍。",
            "Costs lie far apart: the axis upwards is logarithmic, each grid line ten times the one below.",
        ));
    }
    notes
}

fn table(results: &Results, effects: &EffectsResult, title: &str, lang: Lang) -> DataTable {
    let points = say(lang, "个百分点", "pp");
    let money = number::money_unit();
    let money = money.get(lang);
    let columns = vec![
        Column::text(say(lang, "政策工具", "Instrument")),
        Column::text(say(lang, "类别", "Class")),
        Column::number(say(lang, "财政资金", "Public money"), money),
        Column::number(say(lang, "对可能性的贡献", "Contribution"), &points),
        Column::number(say(lang, "95%区间", "95% interval"), &points),
        Column::number(say(lang, "每个百分点花费", "Money a percentage point"), money),
    ];
    let mut table = DataTable::new("figure-instruments", title, columns);
    for effect in &effects.instruments {
        let cost = cost(results, effect);
        // a price has a meaning only where the gain is shown to be above nothing
        let price = cost.filter(|cost| *cost > 0.0 && effect.interval[0] > 0.0);
        let price = price.map(|cost| cost / (effect.probability * 100.0));
        let amount =
            |value: Option<f64>| value.map_or(Cell::Empty, |value| Cell::Number(value, Format::Money));
        let class = info(results, effect)
            .map_or_else(String::new, |info| class_name(&info.class).get(lang).to_owned());
        table.rows.push(vec![
            Cell::text(name(results, effect, lang)),
            Cell::text(class),
            amount(cost),
            Cell::Number(effect.probability, Format::Points),
            Cell::Interval(effect.interval[0], effect.interval[1], Format::Points),
            amount(price),
        ]);
    }
    table.notes.push(say(
        lang,
        "贡献：整套方案的可能性减去取消该工具后的可能性，按相同随机数成对比较；区间含0的不计每个百分点花费。",
        "Contribution: probability under the whole policy less that without the instrument, paired on the same draws; no price is given where the interval holds 0.",
    ));
    table
}
