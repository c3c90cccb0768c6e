//! The error budget: what the main result is uncertain by, as far as it is known, and what is not modelled.

use super::Heads;
use super::assumptions::grade;
use crate::analysis::results::*;
use crate::report::briefing::wording::{half, level, say};
use crate::report::briefing::{Cell, DataTable, Focus, Format};
use crate::report::number::decimal;
use crate::text;
use crate::text::{Lang, Text};

/// What the model leaves out; in the words of its description.
const LEFT_OUT: [(&str, &str, &str, &str); 4] = [
    (
        "没有模拟：反馈",
        "Not modelled: feedback",
        "收入变化对政策、价格、工资、用地和外省的反作用；方案按所写执行，中途不调整",
        "Feedback from revenue to policy, prices, wages, land or other provinces; a policy is carried out as written",
    ),
    (
        "没有模拟：需求上限",
        "Not modelled: limits on demand",
        "各项工具的效果直接相加，除写明的挤占和吸收上限外不互相挤占",
        "Instruments add up without crowding each other out, except for stated displacement and absorption",
    ),
    (
        "没有模拟：企业对产业的影响",
        "Not modelled: firms moving their industry",
        "企业、产品从板块收入中读出，自身的起落不改变板块总量",
        "Firms and products are read out of their segment; their own luck does not change its total",
    ),
    (
        "没有估计：参数",
        "Not estimated: parameters",
        "波动幅度和政策效果是输入，不由数据拟合；两种统计口径假定同步增长",
        "Volatilities and responses are inputs, not fitted to data; two measures are taken to grow alike",
    ),
];

/// The table.
pub fn table(results: &Results, focus: &Focus<'_>, lang: Lang) -> DataTable {
    let heads = Heads(lang);
    let columns = vec![
        heads.text("来源", "Source of error"),
        heads.number("大小", "Size", &Text::default()),
        heads.text("含义", "Meaning"),
    ];
    let mut table = DataTable::new("errors", heads.say("误差从哪里来", "Where errors come from"), columns);
    if let Some(target) = focus.target {
        table.rows.push(sampling(results, target, lang));
    }
    if let Some(median) = focus.target.and_then(|target| target.quantity.as_ref()?.median_interval) {
        let quantity = focus.target.and_then(|target| target.quantity.as_ref());
        let size = quantity.map(|quantity| {
            let unit = crate::report::briefing::wording::Unit::of(quantity);
            format!("±{}", unit.difference(half(median), Some(half(median) / 5.0), lang))
        });
        table.rows.push(vec![
            Cell::Text(heads.say("抽样误差：中位数", "Sampling: the median")),
            size.map_or(Cell::Empty, Cell::Text),
            Cell::Text(heads.say(
                "主要结果中位数区间的半宽；加大模拟次数可以减小",
                "Half the width of the interval of the median; more trials make it smaller",
            )),
        ]);
    }
    table.rows.push(vec![
        Cell::Text(heads.say("计数误差：分位数", "Counting: quantiles")),
        Cell::Text(heads.say("不超过数值的0.1%", "0.1% of the value at most")),
        Cell::Text(heads.say(
            "分位数从宽0.1%的格子里读出；加大模拟次数不会减小",
            "Quantiles are read from bins 0.1% wide; more trials do not make it smaller",
        )),
    ]);
    if let Some(variance) = &focus.run.variance {
        table.rows.extend(spread(variance, lang));
    }
    for (zh, en, meaning_zh, meaning_en) in LEFT_OUT {
        table.rows.push(vec![
            Cell::Text(heads.say(zh, en)),
            Cell::Empty,
            Cell::Text(heads.say(meaning_zh, meaning_en)),
        ]);
    }
    table.notes.push(heads.say(
        "参数和逐年波动造成的不确定性已经包含在可能性和分位数里；抽样误差是计算的误差，另以区间表示；没有模拟的部分大小不明，不在任何区间里。",
        "What parameters and yearly shocks are uncertain by is already part of probabilities and quantiles. Sampling is the error of \
         the computation and is what the intervals show. The size of what is not modelled is unknown and stands in no interval.",
    ));
    table
}

fn sampling(results: &Results, target: &TargetResult, lang: Lang) -> Vec<Cell> {
    let heads = Heads(lang);
    // without any hit, or with hits only, the interval lies on one side and all of it is the error
    let one_sided = target.hits == 0 || target.hits == target.trials;
    let width = half(target.interval) * if one_sided { 200.0 } else { 100.0 };
    let digits = 1 + usize::from(width < 0.995) + usize::from(width < 0.0995);
    let (size, level) = (decimal(width, digits), level(results));
    let trials = decimal(target.trials as f64, 0);
    vec![
        Cell::Text(heads.say("抽样误差：可能性", "Sampling: the probability")),
        Cell::Text(say(
            &if one_sided {
                text!("不超过{size}个百分点", "{size} percentage points at most")
            } else {
                text!("±{size}个百分点", "±{size} percentage points")
            },
            lang,
        )),
        Cell::Text(say(
            &text!(
                "由模拟{trials}次的Wilson区间（{level}）得出，通常为其半宽；加大模拟次数可以减小",
                "From the {level} Wilson interval over {trials} trials, as a rule half its width; more trials make it smaller"
            ),
            lang,
        )),
    ]
}

/// The shares of the variance: parameters by grade, then yearly shocks.
fn spread(variance: &VarianceResult, lang: Lang) -> Vec<Vec<Cell>> {
    let heads = Heads(lang);
    let mut rows = Vec::new();
    for (id, &share) in variance.by_grade.iter().filter(|(_, share)| **share > 0.0) {
        let Text { zh, en } = grade(id);
        rows.push(vec![
            Cell::Text(say(&text!("参数不确定：{zh}", "Uncertain quantities: {en}"), lang)),
            Cell::Number(share, Format::Share),
            Cell::Text(heads.say(
                "占结果方差的比重；查清这些参数可以减小",
                "Share of the variance; finding out these quantities would reduce it",
            )),
        ]);
    }
    rows.push(vec![
        Cell::Text(heads.say("逐年波动、事件及交互作用", "Yearly shocks, events and interactions")),
        Cell::Number(variance.yearly_shocks_and_interactions, Format::Share),
        Cell::Text(
            heads.say(
                "占结果方差的比重；事前无法消除",
                "Share of the variance; it cannot be removed beforehand",
            ),
        ),
    ]);
    rows
}
