//! Which figure to survey first: for the choice among policies, and for a narrower result.

use super::unit;
use crate::analysis::decision::drivers::{Criterion, Drivers, Learning, Single, Verdict, Worth};
use crate::report::decision::frame::points;
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// Figures that the sentence names at most.
const NAMED: usize = 3;

/// The criteria that a choice can rest on: all but the yardstick.
pub fn decisive(learning: &Learning) -> impl DoubleEndedIterator<Item = &Criterion> {
    learning.criteria.iter().filter(|criterion| criterion.criterion != NET)
}

/// Whether a criterion has a figure that is worth knowing, beyond the error.
pub fn is_worth(criterion: &Criterion) -> bool {
    criterion.worth.iter().any(|worth| worth.value.interval[0] > 0.0)
}

/// Which figure to survey first; nothing where nothing can be ranked either.
pub fn sentence(findings: &Drivers, lang: Lang) -> Option<String> {
    let choice = findings.learning.as_ref().map(|learning| choices(findings, learning, lang));
    let order = order(findings, lang);
    match (choice, order, lang) {
        (None, None, _) => None,
        (Some(choice), None, _) => Some(choice),
        (None, Some(order), Lang::Zh) => Some(format!("先查清哪个数字：{order}")),
        (None, Some(order), Lang::En) => Some(format!("Which figure to find out first: {order}")),
        (Some(choice), Some(order), Lang::Zh) => Some(format!("{choice}{order}")),
        (Some(choice), Some(order), Lang::En) => Some(format!("{choice} {order}")),
    }
}

/// What knowing figures would do to the choice among policies: first in one sentence, then by each criterion.
fn choices(findings: &Drivers, learning: &Learning, lang: Lang) -> String {
    let n = learning.policies.len();
    let criteria: Vec<&Criterion> = decisive(learning).collect();
    let said: Vec<String> = criteria.iter().map(|criterion| choice(findings, criterion, lang)).collect();
    let is_settled = |criterion: &&Criterion| matches!(criterion.verdict, Verdict::Certain | Verdict::Same);
    let outset = match (criteria.iter().any(|criterion| is_worth(criterion)), criteria.iter().all(is_settled))
    {
        (true, _) => text!(
            "先查清哪个数字再选方案（{n}个可选，不计花费）：",
            "Which figure to find out before choosing among {n} policies, costs aside: "
        ),
        (false, true) => text!(
            "在可选的{n}个方案之间（不计花费），查清任何一个数字都不会改变选择：",
            "Among the {n} policies, costs aside, finding out any figure would not change the choice: "
        ),
        (false, false) => text!(
            "在可选的{n}个方案之间（不计花费），看不出查清哪一个数字会改变选择：",
            "Among the {n} policies, costs aside, no figure is seen that would change the choice if it were found out: "
        ),
    };
    match lang {
        Lang::Zh => format!("{}{}。", outset.zh, said.join("；")),
        Lang::En => format!("{}{}.", outset.en, said.join("; ")),
    }
}

/// In which order knowing single figures narrows the result; nothing where none stands out.
fn order(findings: &Drivers, lang: Lang) -> Option<String> {
    let name = |single: &Single| {
        let (name, share) = (single.name.get(lang), number::share(single.share.value.clamp(0.0, 1.0)));
        match lang {
            Lang::Zh => format!("“{name}”（{share}）"),
            Lang::En => format!("“{name}” ({share})"),
        }
    };
    let singles = findings.singles.iter().filter(|single| single.share.interval[0] > 0.0);
    let named: Vec<&Single> = singles.take(NAMED).collect();
    let names: Vec<String> = named.iter().copied().map(name).collect();
    let overlap = named.windows(2).any(|pair| pair[0].share.interval[0] <= pair[1].share.interval[1]);
    let close = match (overlap, lang) {
        (false, _) => "",
        (true, Lang::Zh) => "（份额的区间重叠的，不分先后，见表）",
        (true, Lang::En) => " (no order among those whose intervals overlap, see the table)",
    };
    (!names.is_empty()).then(|| match lang {
        Lang::Zh => format!(
            "要使预测更准，{}{}{close}：括号内是单独知道它可以消除的方差份额。基年的数字可以查清，今后几年的趋势事先查不清，只能更准地估计；这也不是选方案的依据。",
            if names.len() > 1 { "先要弄准的依次是" } else { "先要弄准的是" },
            names.join("、")
        ),
        Lang::En => format!(
            "For a narrower forecast {} {}{close}: the share of the variance that would go if this figure alone were known. Base figures can be surveyed; trends of the years to come cannot, only be estimated better; nor is this a reason for a policy.",
            if names.len() > 1 { "the order is" } else { "the first figure is" },
            names.join(", ")
        ),
    })
}

/// The criterion that takes public money off the figure.
pub const NET: &str = "net";

/// What a figure of one year less money of all years does not say; nothing without a quantity.
pub fn net_caveat(findings: &Drivers) -> Option<Text> {
    let quantity = findings.quantity.as_ref()?;
    let (year, zh, en) = (quantity.year, &quantity.name.zh, &quantity.name.en);
    Some(text!(
        "“数值减去历年财政资金”只是一把粗略的尺子：{year}年一年的{zh}与历年合计的财政资金不能直接相抵，差额不是收益，不能据此定方案。",
        " The figure less public money is a yardstick only: {en} of the one year {year} and public money of all years cannot \
         be set off against each other; the difference is no return and decides nothing."
    ))
}

/// What the choice is judged by.
pub fn criterion_name(criterion: &str) -> Text {
    match criterion {
        "probability" => Text::new("按达标可能性选", "by the probability of the target"),
        "net" => Text::new(
            "按数值减去历年财政资金选（粗略标尺）",
            "by the figure less public money of all years (a yardstick)",
        ),
        _ => Text::new("按数值大小选", "by the size of the figure"),
    }
}

/// A value of information in its unit.
pub fn gain(findings: &Drivers, criterion: &Criterion, worth: &Worth, lang: Lang) -> String {
    match (&findings.quantity, criterion.criterion.as_str()) {
        (Some(quantity), "quantity") => {
            let half = (worth.value.interval[1] - worth.value.interval[0]) / 2.0;
            unit(quantity).difference(worth.value.value.max(0.0), Some(half), lang)
        }
        _ => points(worth.value, lang),
    }
}

fn choice(findings: &Drivers, criterion: &Criterion, lang: Lang) -> String {
    let name = criterion_name(&criterion.criterion);
    let name = name.get(lang);
    let best = criterion.best.as_ref().map_or("", |best| best.name.get(lang));
    // what stands out of the noise
    let first = criterion.worth.iter().find(|worth| worth.value.interval[0] > 0.0);
    let n = criterion.differing;
    let now = if lang == Lang::Zh { "领先的是" } else { "leads" };
    match (criterion.verdict, first, lang) {
        (Verdict::Unclear, _, Lang::Zh) if n == 0 => {
            format!("{name}，不能判断（每次模拟中各方案的结果都相同）")
        }
        (Verdict::Unclear, _, Lang::En) if n == 0 => {
            format!("{name}, nothing can be said (the policies come to the same in every trial)")
        }
        (Verdict::Unclear, _, Lang::Zh) => {
            format!("{name}，不能判断（只有{n}次模拟中各方案的结果不同，不足一百次）")
        }
        (Verdict::Unclear, _, Lang::En) => {
            format!(
                "{name}, nothing can be said (the policies differ in {n} trials only, fewer than a hundred)"
            )
        }
        (Verdict::Same, _, Lang::Zh) => format!("{name}，各方案在每一次模拟中都一样，没有差别可言"),
        (Verdict::Same, _, Lang::En) => format!("{name}, all policies come to the same in every trial"),
        (Verdict::Certain, _, Lang::Zh) => {
            format!("{name}，每一次模拟都是“{best}”最好，价值为0")
        }
        (Verdict::Certain, _, Lang::En) => format!("{name}, “{best}” is best in every trial: value 0"),
        (Verdict::Open, Some(worth), Lang::Zh) => {
            let (gain, figure) = (gain(findings, criterion, worth, lang), worth.name.get(lang));
            let switching = number::share(worth.switching);
            format!(
                "{name}，{now}“{best}”，最值得先查的是“{figure}”（有{switching}的可能改变选择，平均可增{gain}）"
            )
        }
        (Verdict::Open, Some(worth), Lang::En) => {
            let (gain, figure) = (gain(findings, criterion, worth, lang), worth.name.get(lang));
            let switching = number::share(worth.switching);
            format!(
                "{name}, “{best}” {now}, and the first figure to survey is “{figure}” (it would change the choice in {switching} of all cases, a mean gain of {gain})"
            )
        }
        (Verdict::Open, None, Lang::Zh) => {
            let most = most(findings, criterion, lang);
            format!("{name}，{now}“{best}”，查清任何单个数字都没有可测的价值{most}")
        }
        (Verdict::Open, None, Lang::En) => {
            let most = most(findings, criterion, lang);
            format!("{name}, “{best}” {now}, and no single figure is worth a measurable amount{most}")
        }
    }
}

/// What knowing everything could bring at most; nothing without a bound.
fn most(findings: &Drivers, criterion: &Criterion, lang: Lang) -> String {
    let Some(everything) = criterion.everything else { return String::new() };
    let most = everything.interval[1];
    let amount = match (&findings.quantity, criterion.criterion.as_str()) {
        (Some(quantity), "quantity") => unit(quantity).difference(most, None, lang),
        _ if lang == Lang::Zh => format!("{}个百分点", number::decimal(most * 100.0, 3)),
        _ => format!("{} percentage points", number::decimal(most * 100.0, 3)),
    };
    match lang {
        Lang::Zh => format!("（即使一切都事先知道，平均至多多得约{amount}）"),
        Lang::En => format!(" (knowing everything would gain some {amount} on average at most)"),
    }
}
