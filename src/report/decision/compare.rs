//! `compare` as a planner sees it.

use super::Paper;
use super::frame::{amount_change, level, points, say, source};
use crate::analysis::decision::compare::{Cell as Found, Choice, Pair};
use crate::analysis::decision::{Answer, Comparison};
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

mod contribution;
mod method;
mod price;
mod tables;

/// The answer in words, tables and charts.
pub fn compare(answer: &Answer<Comparison>, lang: Lang) -> Paper {
    let mut paper = Paper { lang, ..Paper::default() };
    paper.summary = answer.worlds.iter().filter_map(|world| sentence(answer, &world.id, lang)).collect();
    paper.summary.extend(price::sentence(answer, lang));
    paper.summary.extend(apart(answer, lang));
    paper.summary.extend(choices(answer, lang));
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
    if with_reference && !(is_reference && tied.is_empty()) {
        let size = by_size(answer, &best.world.id, lang);
        return Some(match lang {
            Lang::Zh => format!(
                "{world}下，“{target}”：可能性最高的几个方案与{reference}分不出高低（{policy}为{p}）{size}。"
            ),
            Lang::En => format!(
                "World “{world}”, “{target}”: the likeliest policies cannot be told from {reference} ({policy}: {p}){size}."
            ),
        });
    }
    let Some(change) = best.change.as_ref() else {
        return Some(match lang {
            Lang::Zh => format!("{world}下，“{target}”：{reference}的可能性最高，为{p}；没有方案能提高它。"),
            Lang::En => {
                format!(
                    "World “{world}”, “{target}”: {reference} is likeliest with {p}; no policy improves on it."
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
    let names: Vec<&str> = tied.iter().map(|cell| cell.policy.name.get(lang)).collect();
    let also = match (lang, names.is_empty()) {
        (_, true) => String::new(),
        (Lang::Zh, _) => format!("；与{}分不出高低", names.join("、")),
        (Lang::En, _) => format!("; it cannot be told from {}", names.join(", ")),
    };
    Some(match lang {
        Lang::Zh => {
            format!(
                "{world}下，“{target}”：{policy}的可能性最高，为{p}，与{reference}相比{more}{further}{also}。"
            )
        }
        Lang::En => format!(
            "World “{world}”, “{target}”: {policy} is likeliest with {p}; against {reference}: {more}{further}{also}."
        ),
    })
}

/// Whether the joint interval of the difference of two probabilities holds 0.
fn is_tied(answer: &Answer<Comparison>, one: &Found, other: &Found) -> bool {
    let of_both = |pair: &&Pair| {
        let ids = [&pair.policy.id, &pair.against.id];
        pair.world.id == one.world.id && ids.contains(&&one.policy.id) && ids.contains(&&other.policy.id)
    };
    let pair = answer.findings.pairs.pairs.iter().find(of_both);
    pair.is_none_or(|pair| pair.probability.interval[0] <= 0.0 && pair.probability.interval[1] >= 0.0)
}

/// The largest change of the mean quantity in a world, where chances tell nothing.
fn by_size(answer: &Answer<Comparison>, world: &str, lang: Lang) -> String {
    let cells = answer.findings.cells.iter().filter(|cell| cell.world.id == world);
    let changes = cells.filter_map(|cell| Some((cell, cell.change.as_ref()?.quantity.as_ref()?.mean)));
    let Some(quantity) = answer.findings.quantity.as_ref() else { return String::new() };
    let sign = if quantity.more_is_better { 1.0 } else { -1.0 };
    let Some((cell, mean)) = changes.max_by(|a, b| (sign * a.1.value).total_cmp(&(sign * b.1.value))) else {
        return String::new();
    };
    if mean.interval[0] <= 0.0 && mean.interval[1] >= 0.0 {
        return String::new();
    }
    let (policy, more) = (cell.policy.name.get(lang), amount_change(mean, quantity, lang));
    let (year, name) = (quantity.year, quantity.name.get(lang));
    match lang {
        Lang::Zh => format!("；按{year}年{name}的均值看，{policy}最好，{more}"),
        Lang::En => format!("; by the mean of {name} in {year}, {policy} is best: {more}"),
    }
}

/// Which policies can be told apart, and which need not be looked at further.
fn apart(answer: &Answer<Comparison>, lang: Lang) -> Vec<String> {
    let findings = &answer.findings;
    let mut out = Vec::new();
    let all = findings.pairs.pairs.len();
    let unclear = findings.pairs.pairs.iter().filter(|pair| !pair.distinguishable).count();
    if all > 1 {
        out.push(match lang {
            Lang::Zh if unclear == 0 => {
                "任两个方案在各情景下的差别都超出误差，分得清高低（按可能性或平均规模）。".to_owned()
            }
            Lang::En if unclear == 0 => {
                "Every two policies can be told apart in every world, by probability or by mean size."
                    .to_owned()
            }
            Lang::Zh => {
                format!("方案两两相比（各情景合计{all}对），有{unclear}对的差别在误差之内，分不清高低。")
            }
            Lang::En => {
                format!("Of {all} pairs of policies over all worlds, {unclear} cannot be told apart.")
            }
        });
    }
    // where no trial meets the target and nothing else is measured, equal chances say nothing
    let nothing_seen =
        findings.quantity.is_none() && findings.cells.iter().all(|cell| cell.probability == 0.0);
    out.extend(findings.dominated.iter().filter(|_| !nothing_seen).map(|found| {
        let [policy, by] = [&found.policy, &found.by].map(|named| named.name.get(lang));
        match (lang, found.proven) {
            (Lang::Zh, true) => format!("{policy}可以不再考虑：{by}在各情景下都不比它差，花费也不比它多。"),
            (Lang::Zh, false) => {
                format!("从估计值看，{by}在各情景下都不比{policy}差，花费也不比它多；但误差之内还不能下定论。")
            }
            (Lang::En, true) => {
                format!("{policy} can be left aside: {by} is no worse in any world and costs no more.")
            }
            (Lang::En, false) => {
                format!("By the estimates {by} is no worse than {policy} in any world and costs no more; the intervals do not prove it.")
            }
        }
    }));
    out
}

/// The choices over the worlds.
fn choices(answer: &Answer<Comparison>, lang: Lang) -> Vec<String> {
    let choices = &answer.findings.choices;
    if answer.worlds.len() < 2 {
        return Vec::new();
    }
    let mut out = Vec::new();
    let chosen = |choice: &Choice| {
        let (policy, sure) = (choice.policy.name.get(lang), number::share(choice.sure));
        let rivals: Vec<&str> = choice.rivals.iter().map(|rival| rival.policy.name.get(lang)).collect();
        let rivals = match (lang, rivals.is_empty()) {
            (_, true) => String::new(),
            (Lang::Zh, _) => format!("，其余多为{}", rivals.join("、")),
            (Lang::En, _) => format!(", else mostly {}", rivals.join(", ")),
        };
        match lang {
            Lang::Zh => format!("{policy}（换一批模拟，{sure}的情况下仍选它{rivals}）"),
            Lang::En => format!("{policy} (again in {sure} of resampled runs{rivals})"),
        }
    };
    let quantity = answer.findings.quantity.as_ref().map_or("", |quantity| quantity.name.get(lang));
    let bases = [
        (choices.minimax_quantity.as_ref(), quantity),
        (choices.minimax_probability.as_ref(), if lang == Lang::Zh { "可能性" } else { "probability" }),
    ];
    for (choice, basis) in bases.into_iter().filter_map(|(choice, basis)| Some((choice?, basis))) {
        out.push(match lang {
            Lang::Zh => {
                format!("不计花费，按{basis}看，各情景下最大后悔值最小的是{}。", chosen(choice))
            }
            Lang::En => {
                format!("Costs aside, by {basis} the largest regret is smallest for {}.", chosen(choice))
            }
        });
    }
    let satisficing = &choices.satisficing;
    let wanted = number::percent(satisficing.wanted).replace(".0%", "%");
    let count = |named: &Named| {
        let found = satisficing.policies.iter().find(|reached| reached.policy.id == named.id);
        found.map_or(0, |reached| reached.worlds.len())
    };
    let all = answer.worlds.len();
    out.push(match (&satisficing.choice, lang) {
        (None, Lang::Zh) => format!("没有一个方案在任何情景下的可能性达到{wanted}。"),
        (None, Lang::En) => format!("No policy reaches {wanted} in any world."),
        (Some(choice), Lang::Zh) => format!(
            "要求可能性不低于{wanted}时，首选{}，在{all}个情景中的{}个达到。",
            chosen(choice),
            count(&choice.policy)
        ),
        (Some(choice), Lang::En) => format!(
            "With {wanted} wanted, the choice is {}, which reaches it in {} of {all} worlds.",
            chosen(choice),
            count(&choice.policy)
        ),
    });
    out
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
    let chart = DotChart {
        words: Words {
            title: title.clone(),
            subtitle: say(
                &text!(
                    "单位：%；点为估计值，横线为{level}区间（只反映模拟次数有限）",
                    "unit: %; dots are estimates, whiskers their {level} intervals (sampling error only)"
                ),
                lang,
            ),
            notes: Vec::new(),
            source: source(answer, lang),
        },
        axis: Axis::probability(highest),
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
