//! How a comparison was computed, and what its intervals cover.

use crate::analysis::decision::{Answer, Comparison};
use crate::report::decision::frame::level;
use crate::report::number;
use crate::text::Lang;

/// One paragraph each.
pub fn paragraphs(answer: &Answer<Comparison>, lang: Lang) -> Vec<String> {
    let level = level(answer);
    let trials = number::decimal(answer.trials as f64, 0);
    let contributions = answer.findings.contributions.as_ref().map(|found| {
        let [trials, alone, sets] =
            [found.trials as f64, found.trials_alone as f64, found.sets as f64].map(|n| number::decimal(n, 0));
        match (found.pairs_of_orders, lang) {
            (None, Lang::Zh) => format!("各项工具的贡献为沙普利值，{sets}种工具组合逐一模拟（各{trials}次），没有抽样。"),
            (None, Lang::En) => {
                format!("Contributions are Shapley values over all {sets} sets of instruments, {trials} trials each.")
            }
            (Some(pairs), Lang::Zh) => format!(
                "各项工具的贡献为沙普利值，由随机抽取的{pairs}对正反次序估计，每对各用一批随机数（共{trials}次模拟、{sets}种组合），抽样误差已计入区间；\
                 某项工具只在少数次序里起决定作用的，也按没有抽到的次序可能有的份额放宽了可能性的区间。单独用和最后加的增量各模拟{alone}次。"
            ),
            (Some(pairs), Lang::En) => format!(
                "Contributions are Shapley values from {pairs} random pairs of opposite orders, each on trials of its own ({trials} trials \
                 and {sets} sets in all); what the drawing of orders leaves open is part of their intervals, those of the probability also \
                 allow for orders that were not drawn and in which an instrument is decisive. What instruments add alone or last has {alone} trials."
            ),
        }
    });
    let first = match lang {
        Lang::Zh => format!(
            "做法：全部方案和情景用同一批随机数模拟{trials}次，差别逐次成对相减。区间的把握为{level}，只反映模拟次数有限，不含模型和参数本身的不确定。可能性之差用Tango区间，中位数之差由逐次影响函数得出；方案之间的差（与参照方案之差也在内）一律用按比较次数放宽的区间，每一项数字（如可能性、平均）各自的全部区间同时成立。每百分点花费用Fieller区间；效果的区间含0，或可能性之差的{level}区间（逐个成立）半宽超过差的一半时，不给出花费，报告也用这一规则。花费写明贴现率的，按贴现值计。"
        ),
        Lang::En => format!(
            "Method: all policies and worlds on the same {trials} trials; differences are paired. Intervals are at {level} and \
             cover the finite number of trials only, not the uncertainty of model and parameters. Probabilities differ with \
             Tango's interval, medians by the influence of each trial; all differences of policies, those against the \
             reference too, have intervals widened for the number of pairs, so that those of each figure by itself (probability, mean) hold together. Costs per point have \
             Fieller's interval; they are not stated where the interval of the effect contains 0, or where half of its \
             {level} interval (by itself) exceeds half of it, which is the rule of reports, too. Money is discounted if the file states a rate."
        ),
    };
    let second = match lang {
        Lang::Zh => {
            "后悔值的区间按“与最好者比较”（Hsu）由同时成立的成对区间得出；选择的把握由模拟结果重抽样1000次得出，情景之间不设权重。"
        }
        Lang::En => {
            "Regrets have intervals of multiple comparisons with the best (Hsu); how sure a choice is comes from 1000 bootstrap resamples of the trials. Worlds carry no weights."
        }
    };
    std::iter::once(first).chain([second.to_owned()]).chain(contributions).collect()
}
