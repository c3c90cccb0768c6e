//! `compare` as a planner sees it.

use super::Paper;
use super::frame::{amount_change, level, points, say, source};
use crate::analysis::decision::compare::{Cell as Found, Pair};
use crate::analysis::decision::{Answer, Comparison, Estimate};
use crate::analysis::results::Named;
use crate::report::briefing::Figure;
use crate::report::chart::ChartError;
use crate::report::chart::axis::Axis;
use crate::report::chart::dots::{self, Dot, DotChart, Group, Row};
use crate::report::chart::marker::Shape;
use crate::report::chart::page::Words;
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

mod choices;
mod contribution;
mod method;
mod price;
mod tables;

/// The answer in words, tables and charts.
pub fn compare(answer: &Answer<Comparison>, lang: Lang) -> Paper {
    let mut paper = Paper { lang, ..Paper::default() };
    paper.summary = answer.worlds.iter().filter_map(|world| sentence(answer, &world.id, lang)).collect();
    paper.summary.extend(price::sentence(answer, lang));
    paper.summary.extend(choices::apart(answer, lang));
    paper.summary.extend(choices::dominated(answer, lang));
    paper.summary.extend(choices::choices(answer, lang));
    paper.summary.extend(contribution::sentence(answer, lang));
    paper.tables.push(tables::probabilities(answer, lang));
    paper.tables.extend(tables::quantities(answer, lang));
    paper.tables.extend(tables::pairs(answer, lang));
    paper.tables.extend(tables::regrets(answer, lang));
    paper.tables.extend(contribution::table(answer, lang));
    paper.draw(Some(figure(answer, lang)));
    paper.draw(contribution::figure(answer, lang));
    paper.method = method::paragraphs(answer, lang);
    paper
}

/// The likeliest policy of one world beside the reference, if it can be told apart at all.
fn sentence(answer: &Answer<Comparison>, world: &str, lang: Lang) -> Option<String> {
    let cells = || answer.findings.cells.iter().filter(|cell| cell.world.id == world);
    let best = cells().reduce(|best, cell| if cell.probability > best.probability { cell } else { best })?;
    let reference = &answer.findings.reference;
    let tied: Vec<&Found> =
        cells().filter(|cell| cell.policy.id != best.policy.id && is_tied(answer, best, cell)).collect();
    let is_reference = best.policy.id == reference.id;
    let with_reference = is_reference || tied.iter().any(|cell| cell.policy.id == reference.id);
    let p = number::probability_with_interval(best.probability, best.interval.into(), lang);
    let [world, policy, target] =
        [&best.world.name, &best.policy.name, &answer.target.name].map(|name| name.get(lang));
    let reference = reference.name.get(lang);
    if cells().count() == 1 {
        return Some(match lang {
            Lang::Zh => {
                format!(
                    "“{world}”下，“{target}”：“{policy}”的可能性为{p}；参加比较的只有这一个方案，没有高低可比。"
                )
            }
            Lang::En => format!(
                "Under “{world}”, “{target}”: “{policy}” has a probability of {p}; it is the only policy, so that there is nothing to compare it with."
            ),
        });
    }
    if best.probability == 0.0 {
        let (p, size) = (number::chance(0.0, best.interval.into()), by_size(answer, &best.world.id, lang));
        return Some(match lang {
            Lang::Zh => {
                format!(
                    "“{world}”下，“{target}”：所有方案都没有一次模拟达标（可能性{p}），分不出高低{size}。"
                )
            }
            Lang::En => format!(
                "Under “{world}”, “{target}”: no policy meets it in any trial (probability {p}), so that nothing tells them apart{size}."
            ),
        });
    }
    if with_reference && !(is_reference && tied.is_empty()) {
        let size = by_size(answer, &best.world.id, lang);
        return Some(match lang {
            Lang::Zh => format!(
                "“{world}”下，“{target}”：可能性最高的几个方案与“{reference}”分不出高低（“{policy}”为{p}）{size}。"
            ),
            Lang::En => format!(
                "Under “{world}”, “{target}”: the likeliest policies cannot be told from “{reference}” (“{policy}”: {p}){size}."
            ),
        });
    }
    let Some(change) = best.change.as_ref() else {
        return Some(match lang {
            Lang::Zh => {
                format!("“{world}”下，“{target}”：“{reference}”的可能性最高，为{p}；没有方案能提高它。")
            }
            Lang::En => {
                format!(
                    "Under “{world}”, “{target}”: “{reference}” is likeliest with {p}; no policy improves on it."
                )
            }
        });
    };
    let more = points(change.probability, lang);
    let further = change.quantity.as_ref().zip(answer.findings.quantity.as_ref());
    let further = further.map_or_else(String::new, |(change, quantity)| {
        let more = amount_change(change.mean, quantity, lang);
        let (year, name) = (quantity.year, quantity.name.get(lang));
        match lang {
            Lang::Zh => format!("，{year}年{name}平均{more}"),
            Lang::En => format!(", {name} in {year} on average {more}"),
        }
    });
    let family = family(answer, world, lang);
    let names: Vec<&str> = tied.iter().map(|cell| cell.policy.name.get(lang)).collect();
    let also = match (lang, names.is_empty()) {
        (_, true) => String::new(),
        (Lang::Zh, _) => format!("；与“{}”分不出高低", names.join("”、“")),
        (Lang::En, _) => format!("; it cannot be told from “{}”", names.join("”, “")),
    };
    Some(match lang {
        Lang::Zh => {
            format!(
                "“{world}”下，“{target}”：“{policy}”的可能性最高，为{p}，与“{reference}”相比{more}{further}{also}{family}。"
            )
        }
        Lang::En => format!(
            "Under “{world}”, “{target}”: “{policy}” is likeliest with {p}; against “{reference}”: {more}{further}{also}{family}."
        ),
    })
}

/// Of which family the intervals of differences are; said once, with the first world.
fn family(answer: &Answer<Comparison>, world: &str, lang: Lang) -> String {
    let n = answer.findings.pairs.pairs.len();
    let is_first = answer.worlds.first().is_some_and(|first| first.name.get(lang) == world);
    match lang {
        _ if !is_first || n < 2 => String::new(),
        Lang::Zh => format!("（各处差的区间都按{n}对比较放宽，同时成立，所以比报告里逐个成立的宽）"),
        Lang::En => format!(
            " (intervals of differences are widened for {n} pairs and hold together, so that they are wider than in a report, where each holds by itself)"
        ),
    }
}

/// Whether the joint interval of the difference of two probabilities holds 0.
fn is_tied(answer: &Answer<Comparison>, one: &Found, other: &Found) -> bool {
    let of_both =
        |pair: &&Pair| pair.world.id == one.world.id && pair.is_of(&one.policy.id, &other.policy.id);
    answer.findings.pairs.pairs.iter().find(of_both).is_none_or(|pair| !pair.probability_told)
}

/// What the mean quantity says in a world where chances tell nothing: the policy that brings most of it beyond the
/// reference, or that none does; nothing within the error.
fn by_size(answer: &Answer<Comparison>, world: &str, lang: Lang) -> String {
    let Some(quantity) = answer.findings.quantity.as_ref() else { return String::new() };
    let sign = if quantity.more_is_better { 1.0 } else { -1.0 };
    let cells = answer.findings.cells.iter().filter(|cell| cell.world.id == world);
    let changes: Vec<_> =
        cells.filter_map(|cell| Some((cell, cell.change.as_ref()?.quantity.as_ref()?.mean))).collect();
    let Some(&(cell, mean)) = changes.iter().max_by(|a, b| (sign * a.1.value).total_cmp(&(sign * b.1.value)))
    else {
        return String::new();
    };
    let better = |mean: &Estimate| mean.interval.iter().all(|end| sign * end > 0.0);
    let worse = |mean: &Estimate| mean.interval.iter().all(|end| sign * end < 0.0);
    let (policy, more) = (cell.policy.name.get(lang), amount_change(mean, quantity, lang));
    let (year, name) = (quantity.year, quantity.name.get(lang));
    if !better(&mean) {
        // the reference competes: the least of all losses is no success
        let reference = answer.findings.reference.name.get(lang);
        return match lang {
            _ if !changes.iter().all(|(_, mean)| worse(mean)) => String::new(),
            Lang::Zh => {
                format!("；按{year}年{name}的均值看，没有方案好于“{reference}”，最接近的是“{policy}”，{more}")
            }
            Lang::En => format!(
                "; by the mean of {name} in {year}, no policy is better than “{reference}”; nearest is “{policy}”: {more}"
            ),
        };
    }
    let untold = |other: &Found| {
        let of_both = |pair: &&Pair| pair.world.id == world && pair.is_of(&cell.policy.id, &other.policy.id);
        let pair = answer.findings.pairs.pairs.iter().find(of_both);
        pair.is_some_and(|pair| pair.quantity_told != Some(true))
    };
    let alike: Vec<&str> = changes
        .iter()
        .filter(|(other, _)| untold(other))
        .map(|(other, _)| other.policy.name.get(lang))
        .collect();
    match (lang, alike.is_empty()) {
        (Lang::Zh, true) => format!("；按{year}年{name}的均值看，“{policy}”最好，{more}"),
        (Lang::En, true) => format!("; by the mean of {name} in {year}, “{policy}” is best: {more}"),
        (Lang::Zh, false) => format!(
            "；按{year}年{name}的均值看，“{policy}”的估计值最好，{more}，但与“{}”分不出高低",
            alike.join("”、“")
        ),
        (Lang::En, false) => format!(
            "; by the mean of {name} in {year}, “{policy}” has the best estimate: {more}; it cannot be told from “{}”",
            alike.join("”, “")
        ),
    }
}

fn figure(answer: &Answer<Comparison>, lang: Lang) -> Result<Figure, ChartError> {
    let name = &answer.target.name;
    let (zh, en) = (&name.zh, &name.en);
    let title = say(&text!("各方案在各情景下的可能性：{zh}", "Probability by policy and world: {en}"), lang);
    let level = level(answer);
    let highest = answer.findings.cells.iter().map(|cell| cell.interval[1]).fold(0.0, f64::max);
    let row = |cell: &Found| Row {
        name: cell.policy.name.get(lang).to_owned(),
        dots: vec![Dot {
            value: cell.probability,
            interval: Some(cell.interval.into()),
            figures: number::probability_with_interval(cell.probability, cell.interval.into(), lang),
            shape: Shape::of(0),
            ..Dot::default()
        }],
        ..Row::default()
    };
    let group = |world: &Named| Group {
        heading: world.name.get(lang).to_owned(),
        rows: answer.findings.cells.iter().filter(|cell| cell.world.id == world.id).map(row).collect(),
    };
    let axis = Axis::probability(highest);
    let Text { zh, en } = axis.end();
    let chart = DotChart {
        words: Words {
            title: title.clone(),
            subtitle: say(
                &text!(
                    "{zh}；单位：%；点为估计值，横线为{level}区间（只反映模拟次数有限）",
                    "{en}; unit: %; dots are estimates, whiskers their {level} intervals (sampling error only)"
                ),
                lang,
            ),
            notes: Vec::new(),
            source: source(answer, lang),
        },
        axis,
        figures_head: say(&text!("可能性（{level}区间）", "Probability ({level} interval)"), lang),
        groups: answer.worlds.iter().map(group).collect(),
        stems: false,
    };
    Ok(Figure {
        id: "probability".to_owned(),
        drawing: dots::render(&chart)?,
        caption: say(
            &Text::new("圆点越靠右，目标越可能实现。", "The further right a dot, the likelier the target."),
            lang,
        ),
        table: tables::probabilities(answer, lang),
        title,
    })
}
