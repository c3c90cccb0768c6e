//! How drivers were computed and what they do not say.

use crate::analysis::decision::Answer;
use crate::analysis::decision::drivers::Drivers;
use crate::report::decision::frame::{level, say};
use crate::report::number;
use crate::text;
use crate::text::Lang;

/// How it was computed and what it does not say, one paragraph each.
pub fn paragraphs(answer: &Answer<Drivers>, lang: Lang) -> Vec<String> {
    let findings = &answer.findings;
    let level = level(answer);
    let trials = number::decimal(answer.trials as f64, 0);
    let index = number::decimal(findings.index_trials as f64, 0);
    let screened = findings.screened;
    let mut all = vec![
        text!(
            "方法：对{index}次模拟逐类重新抽取随机数再算一遍（固定其余，Saltelli等2010、Janon等2014），得到各类单独（一阶）与连带（总效应）的份额；公平份额为沙普利值（Owen 2014；Song、Nelson、Staum 2016），合计100%，彼此相关时共同的部分也公平分摊。",
            "Method: {index} trials are simulated again with one group after another drawn anew (pick-freeze; Saltelli et al. \
             2010, Janon et al. 2014), which gives shares alone (first-order) and with all it takes part in (total). Fair \
             shares are Shapley effects (Owen 2014; Song, Nelson and Staum 2016): they add up to 100%, and what groups do \
             together is shared fairly, also where they depend on each other."
        ),
        text!(
            "单个数字：先用前{index}次从{screened}个不确定数字里筛选，再用其余模拟估计份额，所以不因挑选而偏高；“偏低、偏高”为其10%、90%分位附近十分之一的模拟。",
            "Single figures: chosen among {screened} uncertain ones on the first {index} trials, then judged on the others, so \
             that the choice flatters none; low and high are the tenth of the trials around the 10% and the 90% point."
        ),
        text!(
            "区间为{level}，只反映模拟次数有限（{trials}次）；份额取决于填写的分布，分布写窄了，份额就小。",
            "Intervals are at {level} and cover the limited number of trials ({trials}) only; shares rest on the stated \
             distributions: what is stated too narrow looks unimportant."
        ),
    ];
    if findings.learning.is_some() {
        all.push(text!(
            "信息价值（EVPPI；Strong、Oakley、Brennan 2014）：先知道这个数字再选方案，比现在就选平均多得多少；用一部分模拟学习选择，用另一部分结算，不会因挑选而虚高。没有扣除调查本身的费用。",
            "Value of information (EVPPI; Strong, Oakley and Brennan 2014): what choosing after learning the figure gains on \
             average over choosing now; choices are learnt on some trials and paid on others, so that they are not \
             flattered. The cost of the survey itself is not taken off."
        ));
    }
    if findings.dependent {
        all.push(text!(
            "不同类别的数字之间有相关性：一阶与总效应份额按条件分布计算，合计可能超过或不足100%，以公平份额为准。",
            "Figures of different groups depend on each other: first-order and total shares are by conditional laws and need \
             not enclose the fair shares, which alone add up."
        ));
    }
    all.iter().map(|text| say(text, lang)).collect()
}
