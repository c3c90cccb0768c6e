//! `optimise` as a planner sees it.

mod frontier;
mod moves;

use super::Paper;
use super::frame::{amount, chance, format_of, head, level, points, say, unit_of, yuan};
use crate::analysis::decision::optimise::{Line, Outcome, RuleName, Split};
use crate::analysis::decision::{Answer, Estimate, Optimum};
use crate::report::briefing::{Cell, Column, DataTable, Format};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// The answer in words, tables and charts.
pub fn optimise(answer: &Answer<Optimum>, lang: Lang) -> Paper {
    let mut paper = Paper { lang, ..Paper::default() };
    paper.summary = sentences(answer, lang);
    paper.tables.push(outcomes(answer, lang));
    paper.tables.push(instruments(answer, lang));
    for (id, zh, en, splits) in [
        ("clusters", "各集群所占份额", "Shares of the clusters", &answer.findings.clusters),
        ("years", "各年所占份额", "Shares of the years", &answer.findings.years),
    ] {
        if !splits.is_empty() {
            paper.tables.push(shares(id, &Text::new(zh, en), splits, moves::name(answer).get(lang), lang));
        }
    }
    paper.tables.push(frontier::table(answer, lang));
    paper.draw(Some(frontier::figure(answer, lang)));
    paper.method = method(answer, lang);
    paper
}

fn sentences(answer: &Answer<Optimum>, lang: Lang) -> Vec<String> {
    let found = &answer.findings;
    let target = answer.target.name.get(lang);
    let chosen = moves::name(answer);
    let chosen = chosen.get(lang);
    let mut all = Vec::new();
    for (at, (present, best)) in found.present.iter().zip(&found.best).enumerate() {
        let Some(gain) = found.gain.get(at) else { continue };
        let world = best.world.name.get(lang);
        let p = |outcome: &Outcome| {
            number::probability_with_interval(outcome.probability, outcome.interval.into(), lang)
        };
        let (before, after, change) = (p(present), p(best), points(*gain, lang));
        let (money, policy) = (yuan(best.cost, lang), found.policy.name.get(lang));
        let verdict = verdict(*gain, found.budget > found.fixed_cost * (1.0 + 1e-9) + 1e-9);
        let verdict = verdict.get(lang);
        // with another budget than the present one, only the same money in the present proportions is a fair comparison
        let scaled = found.scaled.get(at).map(p);
        all.push(match (lang, scaled) {
            (Lang::Zh, None) => format!(
                "{world}下，“{target}”：{policy}现在的可能性为{before}；预计支出{money}、按{chosen}的分法，为{after}，两者相差{change}，{verdict}。"
            ),
            (Lang::Zh, Some(scaled)) => format!(
                "{world}下，“{target}”：{policy}现在的可能性为{before}；预算改为{}，按现有比例安排为{scaled}，按{chosen}的分法（预计支出{money}）为{after}，两种分法相差{change}，{verdict}。",
                yuan(found.budget, lang)
            ),
            (Lang::En, None) => format!(
                "World “{world}”, “{target}”: {before} under {policy} as it is; {after} when an expected {money} is split as {chosen}: {change}, {verdict}."
            ),
            (Lang::En, Some(scaled)) => format!(
                "World “{world}”, “{target}”: {before} under {policy} as it is. With a budget of {}: {scaled} in the present proportions, {after} when an expected {money} is split as {chosen}: {change}, {verdict}.",
                yuan(found.budget, lang)
            ),
        });
        if let (Some(quantity), Some(now), Some(then)) = (&found.quantity, present.quantity, best.quantity) {
            let [now, then] = [now, then].map(|figure| amount(figure, quantity, lang));
            let (name, year) = (quantity.name.get(lang), quantity.year);
            all.push(match lang {
                Lang::Zh => format!("{year}年{name}的均值由{now}变为{then}。"),
                Lang::En => format!("The mean of {name} in {year} goes from {now} to {then}."),
            });
        }
    }
    all.extend(moves::sentence(answer, lang));
    if let Some(least) = &found.least {
        all.push(least_money(answer, least.cost, least.interval, least.wanted, lang));
    }
    all
}

/// Whether a difference can be told from chance; without money that can be moved there is none.
fn verdict(gain: Estimate, is_movable: bool) -> Text {
    match gain.interval {
        _ if !is_movable => Text::new(
            "这笔预算里没有可以调整的资金，谈不上分法",
            "there is no money in it that could be split",
        ),
        [low, _] if low > 0.0 => Text::new("改进超出模拟误差", "a gain beyond the error of the simulation"),
        [_, high] if high < 0.0 => {
            Text::new("反而更低，请维持现有分法", "lower than now: keep the present split")
        }
        _ => Text::new(
            "在模拟误差之内，看不出差别，不足以据此改变现有分法",
            "within the error of the simulation: no reason to change the present split",
        ),
    }
}

fn least_money(
    answer: &Answer<Optimum>,
    cost: Option<f64>,
    [from, to]: [Option<f64>; 2],
    wanted: f64,
    lang: Lang,
) -> String {
    let wanted = number::percent(wanted);
    let Some(cost) = cost else {
        let best = answer.findings.frontier.last().map_or_else(String::new, |point| {
            number::probability_with_interval(point.probability, point.interval.into(), lang)
        });
        let money = yuan(answer.findings.most, lang);
        return match lang {
            Lang::Zh => {
                format!(
                    "可能性要达到{wanted}，按上述份额，资金加到可安排的上限{money}也做不到，最高为{best}。"
                )
            }
            Lang::En => format!(
                "With these shares a probability of {wanted} is out of reach even with {money}, the most that can be spent; the highest is {best}."
            ),
        };
    };
    let end = |end: Option<f64>| end.map_or_else(|| "—".to_owned(), |end| yuan(end, lang));
    let (money, from, to) = (yuan(cost, lang), end(from), end(to));
    let level = level(answer);
    let worlds = worlds(answer, lang);
    match lang {
        Lang::Zh => format!(
            "可能性要达到{wanted}{worlds}，在搜到的分法中最少预计支出{money}（{level}区间：{from}至{to}）。"
        ),
        Lang::En => format!(
            "A probability of {wanted}{worlds} takes an expected {money}, the least among the splits found ({level} interval: {from} to {to})."
        ),
    }
}

/// How figures of the target's quantity are written, and their unit.
fn quantity_of(answer: &Answer<Optimum>, lang: Lang) -> (Format, String) {
    let quantity = answer.findings.quantity.as_ref();
    quantity.map_or((Format::Money, String::new()), |quantity| (format_of(quantity), unit_of(quantity, lang)))
}

/// How several worlds count, in brackets; nothing for one.
fn worlds(answer: &Answer<Optimum>, lang: Lang) -> String {
    match (answer.worlds.len(), answer.findings.rule) {
        (1, _) => String::new(),
        (_, RuleName::Mean) => head("（各情景平均）", " (mean of the worlds)", lang),
        _ => head("（最差的情景）", " (worst world)", lang),
    }
}

fn outcomes(answer: &Answer<Optimum>, lang: Lang) -> DataTable {
    let level = level(answer);
    let (format, unit) = quantity_of(answer, lang);
    let columns = vec![
        Column::text(head("情景", "World", lang)),
        Column::text(head("分法", "Split", lang)),
        Column::number(head("可能性", "Probability", lang), ""),
        Column::number(say(&text!("{level}区间", "{level} interval"), lang), ""),
        Column::number(head("数量均值", "Mean quantity", lang), unit),
        Column::number(head("预计支出", "Expected cost", lang), say(&number::money_unit(), lang)),
    ];
    let title = head(
        "现有分法与搜索出的分法（另用一批随机数重新估计）",
        "Present split and the one that was found, on fresh draws",
        lang,
    );
    let mut table = DataTable::new("outcomes", title, columns);
    let found = &answer.findings;
    for (present, best) in found.present.iter().zip(&found.best) {
        let scaled = found.scaled.iter().find(|scaled| scaled.world.id == best.world.id);
        let named = [
            (head("现有", "present", lang), Some(present)),
            (head("现有比例、同样的钱", "present proportions, same money", lang), scaled),
            (moves::name(answer).get(lang).to_owned(), Some(best)),
        ];
        for (name, outcome) in named.into_iter().filter_map(|(name, outcome)| Some((name, outcome?))) {
            let [low, high] = outcome.interval;
            table.rows.push(vec![
                Cell::text(outcome.world.name.get(lang)),
                Cell::text(name),
                chance(outcome.probability, outcome.interval),
                Cell::Interval(low, high, Format::Probability),
                outcome.quantity.map_or(Cell::Empty, |figure| Cell::Number(figure.value, format)),
                Cell::Number(outcome.cost, Format::Money),
            ]);
        }
    }
    table
}

fn instruments(answer: &Answer<Optimum>, lang: Lang) -> DataTable {
    let (_, unit) = quantity_of(answer, lang);
    let money = say(&number::money_unit(), lang);
    let points = head("个百分点／亿元", "pp per 100 million yuan", lang);
    let level = level(answer);
    let interval = say(&text!("{level}区间", "{level} interval"), lang);
    let columns = vec![
        Column::text(head("政策工具", "Instrument", lang)),
        Column::number(head("现有", "Present", lang), money.clone()),
        Column::number(moves::name(answer).get(lang), money.clone()),
        Column::number(head("可安排的范围", "Allowed", lang), money),
        Column::number(
            head("再加一亿元，可能性增加", "One more adds to the probability", lang),
            points.clone(),
        ),
        Column::number(interval.clone(), points),
        Column::number(head("再加一亿元，数量增加", "One more adds to the quantity", lang), unit.clone()),
        Column::number(interval, unit),
    ];
    let title = head("各项政策工具的预计支出", "Expected cost by instrument", lang);
    let mut table = DataTable::new("instruments", title, columns);
    let row = |line: &Line| {
        let Line { present, best, bounds: [least, most], probability_per_money: per, .. } = line;
        let quantity = line.quantity_per_money;
        vec![
            Cell::text(line.instrument.name.get(lang)),
            Cell::Number(*present, Format::Money),
            Cell::Number(*best, Format::Money),
            Cell::Interval(*least, *most, Format::Money),
            Cell::Number(per.value, Format::Points),
            Cell::Interval(per.interval[0], per.interval[1], Format::Points),
            quantity.map_or(Cell::Empty, |per| Cell::Number(per.value, Format::Decimal(2))),
            quantity.map_or(Cell::Empty, |per| {
                Cell::Interval(per.interval[0], per.interval[1], Format::Decimal(2))
            }),
        ]
    };
    table.rows = answer.findings.instruments.iter().map(row).collect();
    for fixed in &answer.findings.fixed {
        let name = fixed.instrument.name.get(lang);
        table.notes.push(match (fixed.reason.as_str(), lang) {
            ("free", Lang::Zh) => format!("{name}：没有财政支出，照旧实施。"),
            ("free", Lang::En) => format!("{name}: costs no public money and stays as it is."),
            (_, Lang::Zh) => format!("{name}：部分效果与金额无关，不参与调整，支出照旧。"),
            (_, Lang::En) => {
                format!(
                    "{name}: part of its effect does not depend on its money, which therefore stays as it is."
                )
            }
        });
    }
    table
}

fn shares(id: &str, title: &Text, splits: &[Split], chosen: &str, lang: Lang) -> DataTable {
    let columns = vec![
        Column::text(head("政策工具", "Instrument", lang)),
        Column::text(if id == "years" {
            head("年份", "Year", lang)
        } else {
            head("集群", "Cluster", lang)
        }),
        Column::number(head("现有", "Present", lang), ""),
        Column::number(chosen, ""),
    ];
    let mut table = DataTable::new(id, title.get(lang), columns);
    for split in splits {
        for part in &split.parts {
            table.rows.push(vec![
                Cell::text(split.instrument.name.get(lang)),
                Cell::text(part.part.name.get(lang)),
                Cell::Number(part.present, Format::Share),
                Cell::Number(part.best, Format::Share),
            ]);
        }
    }
    table
}

fn method(answer: &Answer<Optimum>, lang: Lang) -> Vec<String> {
    let optimism = answer.findings.optimism.iter().copied().max_by(|a, b| a.value.total_cmp(&b.value));
    let optimism = optimism.map_or_else(String::new, |optimism| points(optimism, lang));
    let rule = match (answer.findings.rule, answer.worlds.len()) {
        (_, 1) => Text::default(),
        (RuleName::Mean, _) => Text::new("几个情景取平均。", " Worlds are averaged."),
        (RuleName::Maximin, _) => {
            Text::new("几个情景取最差的一个来优化。", " The worst world is what is maximised.")
        }
        (RuleName::Regret, _) => Text::new(
            "几个情景按“与该情景下最好分法的最大差距”最小来优化。",
            " The largest distance from the best split of each world is what is minimised.",
        ),
    };
    let (rule_zh, rule_en) = (rule.zh, rule.en);
    let how = text!(
        "算法：在同一批随机数上逐步把钱加在最有效处，再在工具、集群、年份之间调剂，直到调剂不再有益；这是启发式搜索，不保证是全局最优。{rule_zh}",
        "How: on common random numbers, money is filled in where it helps most, then exchanged between instruments, clusters and years as long as that helps; a heuristic search, not a proof of the global optimum.{rule_en}"
    );
    let curse = text!(
        "表中结果另用一批随机数重新估计；搜索时所见与这里相差{optimism}，其中既有挑选造成的乐观，也有抽样误差；所报数字不受其影响。支出为预计实际支付数，不是公布规模；金额超过现有三倍的没有依据，默认不考虑。",
        "All results are estimated anew on other draws; what the search saw differs by {optimism}: the optimism of choosing and sampling error, neither of which touches what is reported. Costs are expected payments, not announced sizes; more than three times the present money is nobody's evidence and not considered unless bounds say so."
    );
    vec![say(&how, lang), say(&curse, lang)]
}
