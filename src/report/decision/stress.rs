//! `stress` as a planner sees it.

use super::Paper;
use super::frame::{amount_change, change_label, drawn, level, points, say, source, unit_of};
use crate::analysis::decision::stress::{Held, Shock};
use crate::analysis::decision::{Answer, Estimate, Stress};
use crate::report::briefing::Figure;
use crate::report::chart::ChartError;
use crate::report::chart::axis::Axis;
use crate::report::chart::dots::{self, Dot, DotChart, Group, Row};
use crate::report::chart::marker::Shape;
use crate::report::chart::page::Words;
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text, by_number};

mod reversed;
mod tables;

/// Shocks named in the sentence.
const NAMED: usize = 3;
/// Shocks drawn in the chart.
const DRAWN: usize = 12;
/// Part of the largest effect below which a shock is a dot on the line of 0, and not drawn.
const VISIBLE: f64 = 0.01;

/// The answer in words, tables and charts.
pub fn stress(answer: &Answer<Stress>, lang: Lang) -> Paper {
    let mut paper = Paper { lang, ..Paper::default() };
    paper.summary.push(normal(answer, lang));
    if answer.findings.quantity.is_none() && answer.findings.probability.value == 0.0 {
        paper.summary.push(never(lang));
    } else {
        paper.summary.extend(worst_world(answer, lang));
        paper.summary.push(worst_shocks(answer, lang));
    }
    paper.summary.extend(reversed::sentences(&answer.findings.reverse, lang));
    paper.summary.extend(reversed::passed_over(&answer.findings.without_degrees, lang));
    paper.tables.extend(tables::worlds(answer, lang));
    paper.tables.extend(tables::shocks(answer, lang));
    paper.tables.extend(tables::reverse(answer, lang));
    paper.tables.extend(tables::numbers(answer, lang));
    paper.draw(figure(answer, lang));
    paper.method = method(answer, lang);
    paper
}

/// What the plan comes to when nothing is held.
fn normal(answer: &Answer<Stress>, lang: Lang) -> String {
    let found = &answer.findings;
    let [policy, world] = [&found.policy, &found.baseline].map(|named| named.name.get(lang));
    let Estimate { value, interval } = found.probability;
    let chance = number::probability_with_interval(value, interval.into(), lang);
    let target = answer.target.name.get(lang);
    match lang {
        Lang::Zh => format!("“{world}”下，“{policy}”实现“{target}”的可能性为{chance}。"),
        Lang::En => format!("Under “{world}”: with “{policy}”, “{target}” has a chance of {chance}."),
    }
}

/// Nothing can get worse than never.
fn never(lang: Lang) -> String {
    match lang {
        Lang::Zh => "没有一次模拟达标，还能坏到什么程度无从比较；请用 --trials 增加次数，或用 --target 换一个目标。",
        Lang::En => "No trial meets the target, so that nothing can be seen to get worse: use more --trials, or another --target.",
    }
    .to_owned()
}

/// The change that is told: of the quantity where there is one, and of the chance.
fn told(answer: &Answer<Stress>, held: &Held, lang: Lang) -> String {
    let chance = points(held.change, lang);
    match (&answer.findings.quantity, held.quantity, lang) {
        (Some(quantity), Some(change), _) => {
            let (year, name) = (quantity.year, quantity.name.get(lang));
            let change = amount_change(change, quantity, lang);
            match lang {
                Lang::Zh => format!("{year}年{name}平均变化{change}，可能性变化{chance}"),
                Lang::En => {
                    format!("{name} in {year} changes by {change} on average, the chance by {chance}")
                }
            }
        }
        (_, _, Lang::Zh) => format!("可能性变化{chance}"),
        (_, _, Lang::En) => format!("the chance changes by {chance}"),
    }
}

/// The change by which effects are ordered, more being better.
fn gain(answer: &Answer<Stress>, held: &Held) -> f64 {
    match (&answer.findings.quantity, held.quantity) {
        (Some(quantity), Some(change)) if quantity.more_is_better => change.value,
        (Some(_), Some(change)) => -change.value,
        _ => held.change.value,
    }
}

fn worst_world(answer: &Answer<Stress>, lang: Lang) -> Option<String> {
    let worlds = answer.findings.worlds.iter();
    let worst = worlds.min_by(|a, b| gain(answer, &a.effect).total_cmp(&gain(answer, &b.effect)))?;
    let (world, effect) = (worst.world.name.get(lang), told(answer, &worst.effect, lang));
    let is_worse = gain(answer, &worst.effect) < 0.0;
    Some(match (is_worse, lang) {
        (true, Lang::Zh) => format!("其他外部情景中最不利的是“{world}”：{effect}。"),
        (true, Lang::En) => format!("The worst of the other worlds is “{world}”: {effect}."),
        (false, Lang::Zh) => format!("没有比基准更不利的外部情景；最接近的是“{world}”：{effect}。"),
        (false, Lang::En) => {
            format!("No other world is worse than the baseline; the nearest is “{world}”: {effect}.")
        }
    })
}

fn worst_shocks(answer: &Answer<Stress>, lang: Lang) -> String {
    let clear = answer.findings.shocks.iter().filter(|shock| shock.is_clear);
    let of = |shock: &Shock| {
        let (name, at) = (shock.name.get(lang), shock.bad.shown.get(lang));
        let effect = told(answer, &shock.bad.effect, lang);
        match lang {
            Lang::Zh => format!("“{name}”取{at}时，{effect}"),
            Lang::En => format!("“{name}” at {at}: {effect}"),
        }
    };
    let named: Vec<String> = clear.take(NAMED).map(of).collect();
    match (named.is_empty(), lang) {
        (true, Lang::Zh) => "逐项变差时，没有哪一项的影响超出误差。".to_owned(),
        (true, Lang::En) => "One at a time, no shock does harm beyond the error.".to_owned(),
        (false, Lang::Zh) => format!("逐项变差（各取5%的不利水平）时，影响最大的是：{}。", named.join("；")),
        (false, Lang::En) => {
            format!(
                "One at a time, each at its unfavourable 5% point, most harm is done by: {}.",
                named.join("; ")
            )
        }
    }
}

/// Worlds and shocks by their effect: on the quantity where there is one, else on the chance.
fn figure(answer: &Answer<Stress>, lang: Lang) -> Option<Result<Figure, ChartError>> {
    let found = &answer.findings;
    let quantity = found.quantity.as_ref();
    let label = |zh: &str, en: &str| say(&Text::new(zh, en), lang);
    let in_percent = quantity.is_none_or(|q| q.figure == "share");
    let drawn = drawn(quantity, lang);
    let dot = |held: &Held, label: String, shape: Shape| {
        let change = held.quantity.filter(|_| quantity.is_some()).unwrap_or(held.change);
        let figures = match quantity {
            Some(quantity) => change_label(change, quantity, lang),
            None => points(change, lang),
        };
        let [low, high] = change.interval.map(&drawn);
        Dot { label, value: drawn(change.value), interval: Some((low, high)), figures, shape }
    };
    let of_world = |world: &crate::analysis::decision::stress::WorldStress| Row {
        name: world.world.name.get(lang).to_owned(),
        dots: vec![dot(&world.effect, String::new(), Shape::Diamond)],
        ..Row::default()
    };
    let of_shock = |shock: &Shock| Row {
        name: shock.name.get(lang).to_owned(),
        dots: vec![
            dot(&shock.bad.effect, shock.bad.shown.get(lang).to_owned(), Shape::Disc),
            dot(&shock.good.effect, shock.good.shown.get(lang).to_owned(), Shape::Ring),
        ],
        ..Row::default()
    };
    let size = |shock: &Shock| {
        let change =
            |held: &Held| held.quantity.filter(|_| quantity.is_some()).unwrap_or(held.change).value.abs();
        change(&shock.bad.effect).max(change(&shock.good.effect))
    };
    let largest = found.shocks.iter().map(size).fold(0.0, f64::max);
    let is_seen = |shock: &&Shock| size(shock) >= VISIBLE * largest;
    let seen: Vec<&Shock> = found.shocks.iter().take(DRAWN).filter(is_seen).collect();
    let groups = vec![
        Group {
            heading: label("换外部情景", "Other worlds"),
            rows: found.worlds.iter().map(of_world).collect(),
        },
        Group {
            heading: label("逐项变动", "One thing at a time"),
            rows: seen.iter().copied().map(of_shock).collect(),
        },
    ];
    let groups: Vec<Group> = groups.into_iter().filter(|group| !group.rows.is_empty()).collect();
    if groups.is_empty() {
        return None;
    }
    let ends =
        || groups.iter().flat_map(|g| &g.rows).flat_map(|row| &row.dots).filter_map(|dot| dot.interval);
    let low = ends().map(|(low, _)| low).fold(0.0, f64::min);
    let high = ends().map(|(_, high)| high).fold(0.0, f64::max);
    let level = level(answer);
    let unit = quantity
        .map_or(label("个百分点", "pp"), |q| if in_percent { "%".to_owned() } else { unit_of(q, lang) });
    let what = quantity.map_or(Text::new("可能性的变化", "Change of the chance"), |q| {
        let (year, zh, en) = (q.year, &q.name.zh, &q.name.en);
        text!("{year}年{zh}平均值的变化", "Change of the mean of {en} in {year}")
    });
    let (what_zh, what_en) = (&what.zh, &what.en);
    let (zh, en) = (&found.policy.name.zh, &found.policy.name.en);
    let (target_zh, target_en) = (&answer.target.name.zh, &answer.target.name.en);
    let title = say(&text!("“{zh}”的压力测试：{target_zh}", "Stress test of “{en}”: {target_en}"), lang);
    let mut notes = vec![label(
        "实心圆：不利的一端；空心圆：有利的一端（各项固定在其5%、95%分位点）。竖线0为不固定时的水平。",
        "Full circles: the unfavourable end, empty ones: the favourable end (each thing held at its 5% and 95% points). \
         0 is where nothing is held.",
    )];
    let rest = found.shocks.len() - seen.len();
    if rest > 0 {
        let things = by_number(rest, "thing does", "things do");
        let text = text!("其余{rest}项影响更小，见表。", "{rest} further {things} less; see the table.");
        notes.push(say(&text, lang));
    }
    let chart = DotChart {
        words: Words {
            title: title.clone(),
            subtitle: say(
                &text!(
                    "{what_zh}，单位：{unit}；横线为{level}区间（只反映模拟次数有限）",
                    "{what_en}, unit: {unit}; whiskers: {level} intervals (sampling error only)"
                ),
                lang,
            ),
            notes,
            source: source(answer, lang),
        },
        axis: Axis::figures(low, high, 6),
        figures_head: say(&text!("变化（{level}区间）", "Change ({level} interval)"), lang),
        groups,
        stems: false,
    };
    let draw = || {
        Ok(Figure {
            id: "shocks".to_owned(),
            drawing: dots::render(&chart)?,
            caption: label(
                "越往下影响越小；实心圆离0越远，这一项变差时损失越大。",
                "The further a full circle lies from 0, the more is lost when that thing turns bad.",
            ),
            table: tables::shocks(answer, lang).unwrap_or_default(),
            title: title.clone(),
        })
    };
    Some(draw())
}

fn method(answer: &Answer<Stress>, lang: Lang) -> Vec<String> {
    let trials = number::decimal(answer.trials as f64, 0);
    let level = level(answer);
    let idle = answer.findings.screening.without_effect;
    let idle = match (idle, lang) {
        (0, _) => String::new(),
        (_, Lang::Zh) => format!("另有{idle}项对该目标毫无影响，未列。"),
        (1, Lang::En) => " 1 further thing changes nothing and is left out.".to_owned(),
        (_, Lang::En) => format!(" {idle} further things change nothing and are left out."),
    };
    let text = match lang {
        Lang::Zh => [
            format!(
                "做法：每次只把一项固定住，其余照常随机，用同一批随机数模拟{trials}次，与不固定时逐次成对相比；区间的把握为{level}，只反映模拟次数有限。与它相关的其他数值不随之改变。"
            ),
            format!(
                "事件的次数取其5%、95%分位（发生率的不确定也算在内），平均摊到各年；周期取各年合计的5%、95%分位（按波动幅度和持续性的中位数，近似正态），每年相同。哪一端不利由模拟结果的方向决定。{idle}各板块自身的波动不算单项冲击。"
            ),
            "反向压力测试：把一项固定在从中间值（中位数）到不利的1%之间的取值，逐步逼近使可能性减到中间值时一半的水平；区间是与“减半”分不清的全部水平（成对检验的反演），不作外推。事件按次数逐一试算，直到不利的1%分位（至少试到1次），找剩不到一半的次数；下行期只有“一直”和“从不”两种，不在其中。".to_owned(),
        ],
        Lang::En => [
            format!(
                "Method: one thing is held while all else varies as usual, on the same {trials} trials as the run in which \
                 nothing is held; differences are paired. Intervals are at {level} and cover the finite number of trials \
                 only. What depends on the thing does not move with it."
            ),
            format!(
                "Events arrive as often as the 5% and 95% points of their number (its rate being uncertain too), spread \
                 evenly; cycles stand at the value that adds up to the 5% and 95% points of their sum over the years \
                 (medians of volatility and persistence, normal approximation). Which end is bad is what the simulation \
                 says.{idle} Own shocks of segments are no single shocks."
            ),
            "Reverse: the thing is held at values from its middle one (median) to the unfavourable 1% point, closing in on the \
             one that halves the chance of the middle value; the interval holds all values that a paired test cannot tell from \
             it. Nothing is extrapolated. Events are tried at every number up to the unfavourable 1% point (at least one), for \
             the one that leaves less than half; downturns, there all along or never, have no degrees and are left out."
                .to_owned(),
        ],
    };
    text.to_vec()
}
