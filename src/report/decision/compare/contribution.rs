//! What each instrument of a policy adds: sentence, table and chart.

use crate::analysis::decision::compare::{Contribution, Effect};
use crate::analysis::decision::{Answer, Comparison, Estimate};
use crate::report::briefing::{Cell, Column, DataTable, Figure, Format};
use crate::report::chart::ChartError;
use crate::report::chart::axis::Axis;
use crate::report::chart::dots::{self, Dot, DotChart, Group, Row};
use crate::report::chart::marker::Shape;
use crate::report::chart::page::Words;
use crate::report::decision::frame::{
    amount_change, change_label, drawn, format_of, interval_cell, level, points, say, source_of_trials,
    unit_of, value_cell,
};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text, by_number};

/// Instruments named in the sentence.
const NAMED: usize = 3;
/// Instruments drawn in the chart.
const DRAWN: usize = 10;
/// Part of all effects together (their sizes) below which an instrument is said to have hardly any.
const WORTH_NAMING: f64 = 0.005;

/// The instruments that add most.
pub fn sentence(answer: &Answer<Comparison>, lang: Lang) -> Option<String> {
    let found = answer.findings.contributions.as_ref()?;
    let by_size = by_size(answer);
    let told = |effect: &Effect| match (&answer.findings.quantity, effect.quantity) {
        (Some(quantity), Some(change)) => amount_change(change, quantity, lang),
        _ => points(effect.probability, lang),
    };
    let size = |c: &Contribution| main(answer, &c.shapley).value.abs();
    let least = WORTH_NAMING * by_size.iter().map(|c| size(c)).sum::<f64>();
    let is_told = |c: &Contribution| {
        let [low, high] = main(answer, &c.shapley).interval;
        low > 0.0 || high < 0.0
    };
    let is_clear = |c: &&&Contribution| is_told(c) && size(c) >= least;
    // an effect helps if it goes where the target wants it
    let sign = match &answer.findings.quantity {
        Some(quantity) if !quantity.more_is_better => -1.0,
        _ => 1.0,
    };
    let named = |helps: bool| -> Vec<String> {
        let goes = |c: &&&Contribution| (sign * main(answer, &c.shapley).value > 0.0) == helps;
        let told = |c: &&Contribution| {
            let (name, effect) = (c.instrument.name.get(lang), told(&c.shapley));
            if lang == Lang::Zh { format!("“{name}”{effect}") } else { format!("“{name}” {effect}") }
        };
        by_size.iter().filter(is_clear).filter(goes).take(NAMED).map(told).collect()
    };
    let (helping, harming) = (named(true), named(false));
    let (policy, world) = (found.policy.name.get(lang), found.world.name.get(lang));
    let trials = number::decimal(found.trials as f64, 0);
    let policy = match (found.trials == answer.trials, lang) {
        (true, _) => format!("“{policy}”"),
        (false, Lang::Zh) if found.trials > answer.trials => format!("“{policy}”（分解共用{trials}次模拟）"),
        (false, Lang::En) if found.trials > answer.trials => format!("“{policy}” (on {trials} trials)"),
        (false, Lang::Zh) => format!("“{policy}”（只用其中前{trials}次模拟分解）"),
        (false, Lang::En) => format!("“{policy}” (on the first {trials} trials only)"),
    };
    // with fewer trials the same difference would have two figures
    let is_same = found.trials == answer.trials;
    let (total, chance) = (told(&found.total), change_of_chance(&found.total, lang));
    let idle = found.instruments.iter().filter(|c| !c.moves_target).count();
    let idle = match (idle, lang) {
        (0, _) => String::new(),
        (n, Lang::Zh) => format!("另有{n}项工具不经过影响该目标的渠道，作用为0。"),
        (n, Lang::En) => {
            let have = by_number(n, "instrument has", "instruments have");
            format!(" {n} more {have} no channel that reaches the target: exactly 0.")
        }
    };
    let slight = |c: &&&Contribution| is_told(c) && size(c) < least;
    let slight: Vec<&str> = by_size.iter().filter(slight).map(|c| c.instrument.name.get(lang)).collect();
    let part = number::share(WORTH_NAMING);
    let idle = match (slight.is_empty(), lang) {
        (true, _) => idle,
        (false, Lang::Zh) => {
            format!("“{}”几乎没有影响（不到各项作用大小之和的{part}）。{idle}", slight.join("”、“"))
        }
        (false, Lang::En) => {
            format!(" “{}”: hardly any effect (below {part} of all effects).{idle}", slight.join("”, “"))
        }
    };
    let together = match (answer.findings.quantity.is_some(), lang) {
        _ if !is_same => String::new(),
        (true, Lang::Zh) => format!("合计{total}，{chance}；"),
        (true, Lang::En) => format!(" add {total} together and {chance};"),
        (false, Lang::Zh) => format!("合计起来，{chance}；"),
        (false, Lang::En) => format!(" together {chance};"),
    };
    let harm = match (harming.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("；对目标起反作用的是{}", harming.join("、")),
        (false, Lang::En) => format!("; against the target work {}", harming.join(", ")),
    };
    let of = if together.is_empty() { "of " } else { "" };
    Some(match (helping.is_empty(), lang) {
        (true, Lang::Zh) => {
            format!("“{world}”下，{policy}各项工具{together}没有一项对目标的贡献超出误差{harm}。{idle}")
        }
        (true, Lang::En) => format!(
            "Under “{world}”, {of}the instruments of {policy}{together} none helps by more than the error{harm}.{idle}"
        ),
        (false, Lang::Zh) => format!(
            "“{world}”下，{policy}各项工具{together}对目标贡献最大的是{}{harm}。{idle}",
            helping.join("、")
        ),
        (false, Lang::En) => format!(
            "Under “{world}”, {of}the instruments of {policy}{together} most is added by {}{harm}.{idle}",
            helping.join(", ")
        ),
    })
}

/// A change of the probability in words: where its interval holds 0, only that.
fn change_of_chance(effect: &Effect, lang: Lang) -> String {
    let [low, high] = effect.probability.interval;
    match (low <= 0.0 && high >= 0.0, lang) {
        (true, Lang::Zh) if low == high => "可能性不变".to_owned(),
        (true, Lang::En) if low == high => "leave the probability as it is".to_owned(),
        (true, Lang::Zh) => "可能性的变化在误差之内".to_owned(),
        (true, Lang::En) => "change the probability by no more than the error".to_owned(),
        (false, Lang::Zh) => format!("可能性{}", points(effect.probability, lang)),
        (false, Lang::En) => format!("change the probability by {}", points(effect.probability, lang)),
    }
}

/// The effect that instruments are ordered by: on the quantity where there is one.
fn main(answer: &Answer<Comparison>, effect: &Effect) -> Estimate {
    answer.findings.quantity.as_ref().and(effect.quantity).unwrap_or(effect.probability)
}

/// Instruments that move the target, the largest effect first.
fn by_size(answer: &Answer<Comparison>) -> Vec<&Contribution> {
    let found = answer.findings.contributions.iter().flat_map(|found| &found.instruments);
    let mut movers: Vec<&Contribution> = found.filter(|c| c.moves_target).collect();
    movers.sort_by(|a, b| {
        main(answer, &b.shapley).value.abs().total_cmp(&main(answer, &a.shapley).value.abs())
    });
    movers
}

/// All instruments: their values beside what each adds alone and as the last one.
pub fn table(answer: &Answer<Comparison>, lang: Lang) -> Option<DataTable> {
    let found = answer.findings.contributions.as_ref()?;
    let head = |zh: &str, en: &str| say(&Text::new(zh, en), lang);
    let points = head("百分点", "pp");
    let level = level(answer);
    let interval = |unit: String| Column::number(say(&text!("{level}区间", "{level} interval"), lang), unit);
    let quantity = answer.findings.quantity.as_ref();
    let mut columns = vec![Column::text(head("政策工具", "Instrument"))];
    if let Some(quantity) = quantity {
        let unit = unit_of(quantity, lang);
        columns.push(Column::number(quantity.name.get(lang), unit.clone()));
        columns.push(interval(unit.clone()));
        columns.push(Column::number(head("单独用", "Alone"), unit.clone()));
        columns.push(Column::number(head("最后加", "Added last"), unit));
    }
    columns.extend([Column::number(head("可能性", "Probability"), points.clone()), interval(points.clone())]);
    if quantity.is_none() {
        columns.push(Column::number(head("单独用", "Alone"), points.clone()));
        columns.push(Column::number(head("最后加", "Added last"), points));
    }
    columns.push(Column::number(head("财政资金", "Public money"), say(&number::money_unit(), lang)));
    let [policy, world] = [&found.policy, &found.world].map(|named| &named.name);
    let (zh, en) = (&policy.zh, &policy.en);
    let (world_zh, world_en) = (&world.zh, &world.en);
    let title =
        text!("{zh}：各项工具的贡献（{world_zh}）", "{en}: what each instrument adds (world: {world_en})");
    let mut table = DataTable::new("contribution", say(&title, lang), columns);
    let mut row = |name: &str, shapley: Effect, single: Option<(Effect, Effect)>| {
        let mut row = vec![Cell::text(name)];
        if let Some(quantity) = quantity {
            let format = format_of(quantity);
            row.extend([value_cell(shapley.quantity, format), interval_cell(shapley.quantity, format)]);
            row.push(value_cell(single.and_then(|(alone, _)| alone.quantity), format));
            row.push(value_cell(single.and_then(|(_, last)| last.quantity), format));
        }
        row.extend([
            value_cell(Some(shapley.probability), Format::Points),
            interval_cell(Some(shapley.probability), Format::Points),
        ]);
        if quantity.is_none() {
            row.push(value_cell(single.map(|(alone, _)| alone.probability), Format::Points));
            row.push(value_cell(single.map(|(_, last)| last.probability), Format::Points));
        }
        row.push(value_cell(shapley.cost, Format::Money));
        table.rows.push(row);
    };
    for c in by_size(answer).into_iter().chain(found.instruments.iter().filter(|c| !c.moves_target)) {
        row(c.instrument.name.get(lang), c.shapley, Some((c.alone, c.last)));
    }
    let trials = number::decimal(found.trials as f64, 0);
    let together = match found.trials == answer.trials {
        true => Text::new("合计", "Together"),
        false => text!("合计（前{trials}次模拟）", "Together (first {trials} trials)"),
    };
    row(&say(&together, lang), found.total, None);
    if answer.findings.pairs.pairs.len() > 1 {
        table.notes.push(head(
            "合计一行是方案与参照方案之差，区间与方案比较一样是同时成立的；其余各行的区间逐个成立。财政资金为全部年份。",
            "The last row is the policy against the reference: its intervals are joint ones, as in the comparison; those of the \
             other rows hold one by one. Public money is that of all years.",
        ));
    }
    table.notes.push(head(
        "贡献按沙普利值分摊：各种先后次序下的平均增量，加总等于合计；“单独用”“最后加”与它不同，说明工具之间相互配合或相互抵消。合计的财政资金只计能影响该目标的工具。",
        "Shapley values: the increment averaged over all orders; they add up to the total. Where they differ from what an \
         instrument adds alone or last, instruments help or hinder each other. The total of public money holds only the \
         instruments that can move the target.",
    ));
    table.notes.extend(shared_money(answer, lang));
    Some(table)
}

/// Whose money depends on who else is there, so that its share is not what reports and `optimise` tell; `None` where no
/// share looks different.
fn shared_money(answer: &Answer<Comparison>, lang: Lang) -> Option<String> {
    let shown = |cost: Estimate| value_cell(Some(cost), Format::Money).shown(lang);
    let level = level(answer);
    let told = |c: &Contribution| {
        let (share, last) = (c.shapley.cost?, c.last.cost?);
        if !c.moves_target || shown(share) == shown(last) {
            return None;
        }
        let (name, last, unit) = (c.instrument.name.get(lang), shown(last), number::money_unit());
        let ends = interval_cell(c.last.cost, Format::Money).shown(lang);
        Some(match lang {
            Lang::Zh => format!("{name}（最后加为{last}{}，{level}区间{ends}）", unit.zh),
            Lang::En => format!("“{name}” ({last} {} as the last one, {level} interval {ends})", unit.en),
        })
    };
    let found = answer.findings.contributions.iter().flat_map(|found| &found.instruments);
    let told: Vec<String> = found.filter_map(told).collect();
    (!told.is_empty()).then(|| match lang {
        Lang::Zh => format!(
            "财政资金也按沙普利值分摊：{}与别的工具合起来才有的支出（如使获批奖补多付或少付的钱），由它们分担；报告和 optimise 列的是单独去掉它时少付的钱，即最后加的数。",
            told.join("、")
        ),
        Lang::En => format!(
            "Public money is shared out by Shapley values, too: what is paid only with other instruments, such as more or fewer \
             awards, is borne by all of them, which concerns {}. Reports and `optimise` state what dropping one alone saves: its \
             amount as the last one.",
            told.join(", ")
        ),
    })
}

/// Values with their intervals, and what each instrument adds alone and last.
pub fn figure(answer: &Answer<Comparison>, lang: Lang) -> Option<Result<Figure, ChartError>> {
    let found = answer.findings.contributions.as_ref()?;
    let movers = by_size(answer);
    if movers.is_empty() {
        return None;
    }
    let quantity = answer.findings.quantity.as_ref();
    let in_percent = quantity.is_none_or(|q| q.figure == "share");
    let drawn = drawn(quantity, lang);
    let shown = |estimate: Estimate| match quantity {
        Some(quantity) => change_label(estimate, quantity, lang),
        None => points(estimate, lang),
    };
    let label = |zh: &str, en: &str| say(&Text::new(zh, en), lang);
    let dot = |estimate: Estimate, label: String, shape: usize| Dot {
        label,
        value: drawn(estimate.value),
        interval: Some(estimate.interval.map(&drawn).into()),
        figures: shown(estimate),
        shape: Shape::of(shape),
    };
    let row = |c: &&Contribution| Row {
        name: c.instrument.name.get(lang).to_owned(),
        dots: vec![
            dot(main(answer, &c.shapley), label("贡献", "share"), 0),
            dot(main(answer, &c.alone), label("单独用", "alone"), 1),
            dot(main(answer, &c.last), label("最后加", "last"), 2),
        ],
        ..Row::default()
    };
    let rows: Vec<Row> = movers.iter().take(DRAWN).map(row).collect();
    let ends = || rows.iter().flat_map(|row| &row.dots).filter_map(|dot| dot.interval);
    let low = ends().map(|(low, _)| low).fold(0.0, f64::min);
    let high = ends().map(|(_, high)| high).fold(0.0, f64::max);
    let level = level(answer);
    let unit = quantity
        .map_or(label("个百分点", "pp"), |q| if in_percent { "%".to_owned() } else { unit_of(q, lang) });
    let [policy, world] = [&found.policy, &found.world].map(|named| &named.name);
    let (zh, en) = (&policy.zh, &policy.en);
    let (world_zh, world_en) = (&world.zh, &world.en);
    let title = say(&text!("{zh}：各项工具的贡献", "{en}: what each instrument adds"), lang);
    let what = quantity.map_or(Text::new("可能性", "probability"), |q| {
        let (year, zh, en) = (q.year, &q.name.zh, &q.name.en);
        text!("{year}年{zh}的平均增量", "mean change of {en} in {year}")
    });
    let (what_zh, what_en) = (&what.zh, &what.en);
    let mut notes = vec![label(
        "贡献：各种先后次序下的平均增量（沙普利值），加总等于全部工具的合计。",
        "share: the increment averaged over all orders (Shapley value); the shares add up to the total.",
    )];
    if quantity.is_some_and(|quantity| !quantity.more_is_better) {
        notes.push(label(
            "目标是越少越好：负值才是帮助。",
            "The target wants little: what lies below 0 helps.",
        ));
    }
    if let Some(next) = movers.get(DRAWN) {
        let (rest, size) = (movers.len() - DRAWN, shown(main(answer, &next.shapley)));
        let text = text!(
            "其余{rest}项作用更小，其中最大的一项{size}，见表。",
            "the other {rest} add less, the largest of them {size}; see the table."
        );
        notes.push(say(&text, lang));
    }
    let chart = DotChart {
        words: Words {
            title: title.clone(),
            subtitle: say(
                &text!(
                    "{world_zh}；{what_zh}，单位：{unit}；横线为{level}区间（只反映模拟次数有限）",
                    "World: {world_en}; {what_en}, unit: {unit}; whiskers: {level} intervals (sampling error only)"
                ),
                lang,
            ),
            notes,
            source: source_of_trials(answer, found.trials, lang),
        },
        axis: Axis::figures(low, high, 6),
        figures_head: say(&text!("增量（{level}区间）", "Change ({level} interval)"), lang),
        groups: vec![Group { heading: String::new(), rows }],
        stems: false,
    };
    let draw = || {
        Ok(Figure {
            id: "contribution".to_owned(),
            drawing: dots::render(&chart)?,
            caption: label(
                "三种算法相差越大，工具之间的配合（或抵消）越强。",
                "The further the three marks lie apart, the more instruments help or hinder each other.",
            ),
            table: table(answer, lang).unwrap_or_default(),
            title: title.clone(),
        })
    };
    Some(draw())
}
