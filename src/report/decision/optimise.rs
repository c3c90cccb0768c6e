//! `optimise` as a planner sees it.

mod frontier;
mod moves;

use super::Paper;
use super::frame::{
    amount, amount_change, chance, format_of, head, level, percent, points, say, unit_of, yuan,
};
use crate::analysis::decision::optimise::{Line, Outcome, RuleName, Split};
use crate::analysis::decision::{Answer, Estimate, Optimum};
use crate::report::briefing::{Cell, Column, DataTable, Format};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// Share by which what is paid may differ from what is set aside before it is explained.
const APART: f64 = 0.01;

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
        let is_movable = found.budget > found.fixed_cost * (1.0 + 1e-9) + 1e-9;
        let by_size = found.quantity_gain.get(at).zip(found.quantity.as_ref());
        let by_size = by_size.is_some_and(|(gain, quantity)| {
            if quantity.more_is_better { gain.interval[0] > 0.0 } else { gain.interval[1] < 0.0 }
        });
        let verdict = verdict(*gain, by_size, is_movable);
        let verdict = format!("{}{}", verdict.get(lang), moves::bound(answer, lang));
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
            let apart = found.quantity_gain.get(at).map(|gain| amount_change(*gain, quantity, lang));
            let apart = match (apart, found.scaled.is_empty(), lang) {
                (None, ..) => String::new(),
                (Some(apart), true, Lang::Zh) => format!("，逐次相比{apart}"),
                (Some(apart), false, Lang::Zh) => format!("；与现有比例、同样的钱逐次相比{apart}"),
                (Some(apart), true, Lang::En) => format!(", trial by trial {apart}"),
                (Some(apart), false, Lang::En) => {
                    format!("; trial by trial against the same money in the present proportions {apart}")
                }
            };
            all.push(match lang {
                Lang::Zh => format!("{year}年{name}的均值由{now}变为{then}{apart}。"),
                Lang::En => format!("The mean of {name} in {year} goes from {now} to {then}{apart}."),
            });
        }
    }
    all.extend(moves::sentence(answer, lang));
    if let Some(least) = &found.least {
        all.push(least_money(answer, least.cost, least.interval, least.wanted, lang));
    }
    all
}

/// Whether a difference can be told from chance; without money that can be moved there is none. `by_size`: whether the
/// mean quantity is better beyond the error.
fn verdict(gain: Estimate, by_size: bool, is_movable: bool) -> Text {
    match gain.interval {
        _ if !is_movable => Text::new(
            "这笔预算里没有可以调整的资金，谈不上分法",
            "there is no money in it that could be split",
        ),
        [low, _] if low > 0.0 => Text::new("改进超出模拟误差", "a gain beyond the error of the simulation"),
        [_, high] if high < 0.0 => {
            Text::new("反而更低，请维持现有分法", "lower than now: keep the present split")
        }
        _ if by_size => Text::new(
            "可能性的差别在模拟误差之内，只有均值的差别超出误差",
            "within the error of the simulation; only the mean differs beyond it",
        ),
        _ => Text::new(
            "在模拟误差之内，看不出差别：请维持现有分法",
            "within the error of the simulation: keep the present split",
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
    let wanted = percent(wanted);
    let Some(cost) = cost else {
        let best = answer.findings.frontier.last().map_or_else(String::new, |point| {
            number::probability_with_interval(point.probability, point.interval.into(), lang)
        });
        let money = yuan(answer.findings.most, lang);
        return match lang {
            Lang::Zh => {
                format!(
                    "可能性要达到{wanted}，在搜到的分法中，资金加到可安排的上限{money}也做不到，最高为{best}。"
                )
            }
            Lang::En => format!(
                "Among the splits found a probability of {wanted} is out of reach even with {money}, the most that can be spent; the highest is {best}."
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
    let Text { zh: chosen_zh, en: chosen_en } = moves::name(answer);
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
    // awards wait for approvals: their money need not be paid out in proportion
    let best = answer.findings.best.first();
    let paid = best.filter(|best| (best.paid - best.cost).abs() > APART * best.cost.abs());
    let paid = paid.map_or_else(Text::default, |best| {
        let (zh, en) = (yuan(best.paid, Lang::Zh), yuan(best.paid, Lang::En));
        text!(
            "；其中按获批支付的奖补付不付得出要看获批多少，{chosen_zh}的分法实际支付平均{zh}",
            "; awards are only paid for approvals, and of the split {chosen_en} {en} is paid on average"
        )
    });
    let (paid_zh, paid_en) = (paid.zh, paid.en);
    let how = text!(
        "算法：在同一批随机数上从最少的资金起逐步把钱加在最有效处，在几个金额上分别在工具、集群、年份之间调剂，前沿的其余各点是相邻两种分法的混合，因此前沿与所问的预算无关；所问预算处再调剂一遍，并去掉另一批随机数看不出用处的钱。离目标太远或太近的预算按“使数量靠近目标”来比较。这是启发式搜索，不保证是全局最优。{rule_zh}",
        "How: on common random numbers, money is filled in from the least on where it helps most and exchanged between instruments, clusters and years at a few sums; the other points of the frontier are mixtures of neighbours, so that it does not depend on the budget. At the budget it is exchanged once more, and money of which other draws show no use is taken out. Budgets far from the target are compared by what brings the quantity nearer. A heuristic search, not a proof of the global optimum.{rule_en}"
    );
    let curse = text!(
        "表中结果另用一批随机数重新估计；搜索时所见与这里相差{optimism}，其中既有挑选造成的乐观，也有抽样误差；所报数字不受其影响。支出按现有方案的预计实际支付数折算（一项工具的金额加倍，支出也算加倍），不是公布规模{paid_zh}；金额超过现有三倍的没有依据，默认不考虑。",
        "All results are estimated anew on other draws; what the search saw differs by {optimism}: the optimism of choosing and sampling error, neither of which touches what is reported. Costs are expected payments of the present plan, each instrument in proportion to its money, not announced sizes{paid_en}; more than three times the present money is nobody's evidence and not considered unless bounds say so."
    );
    vec![say(&how, lang), say(&curse, lang)]
}
