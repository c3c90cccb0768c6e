//! What must be looked at before tasks are handed down: those that rest on weak figures, and milestones that fall.

use crate::analysis::decision::Decomposition;
use crate::analysis::decision::decompose::Share;
use crate::report::number;
use crate::text::Lang;

/// Growth above this many times the median of all clusters is remarkable.
const TIMES: f64 = 2.0;

/// Part of a cluster's own spread above which it rests mostly on assumptions.
const MOSTLY: f64 = 0.5;

/// Whether what sets the cluster's task apart rests mostly on assumptions.
pub fn is_assumed(share: &Share) -> bool {
    share.assumed.is_some_and(|assumed| assumed > MOSTLY)
}

/// What the remark on clusters means; nothing where none has it.
pub fn mark(found: &Decomposition, lang: Lang) -> Option<String> {
    let is_all = found.shares.iter().all(is_assumed);
    found.shares.iter().any(is_assumed).then(|| {
        match lang {
            Lang::Zh if is_all => "各市州或集群的任务都主要凭假设：自身的逐年波动、额外增速和基数份额没有统计数据作依据。",
            Lang::En if is_all => "All tasks are mostly assumed: own shocks, premiums and base figures have no statistics behind them.",
            Lang::Zh => "主要凭假设：自身的逐年波动、额外增速和基数份额主要是假设，没有统计数据作依据。",
            Lang::En => "Mostly assumed: own shocks, premiums and base figure are mostly assumptions, without statistics behind them.",
        }
        .to_owned()
    })
}

/// Clusters whose task is high by what their figures leave open; nothing where there are none.
///
/// With equal chances a wide distribution gives a high task, whatever a cluster is able to do.
pub fn sentence(found: &Decomposition, lang: Lang) -> Option<String> {
    let mut growths: Vec<f64> = found.shares.iter().filter_map(|share| share.growth).collect();
    growths.sort_by(f64::total_cmp);
    let half = growths.len() / 2;
    let median = match growths.len() {
        0 => 0.0,
        n if n % 2 == 1 => growths[half],
        _ => (growths[half - 1] + growths[half]) / 2.0,
    };
    let is_steep = |share: &&Share| {
        median > 0.0 && growths.len() > 2 && share.growth.is_some_and(|growth| growth > TIMES * median)
    };
    let growth = |share: &Share| share.growth.map_or_else(|| "—".to_owned(), number::growth);
    let told = |share: &Share| match lang {
        Lang::Zh => format!("{}（年均{}）", share.cluster.name.zh, growth(share)),
        Lang::En => format!("{} ({} a year)", share.cluster.name.en, growth(share)),
    };
    let separator = if lang == Lang::Zh { "、" } else { ", " };
    let names = |of: Vec<String>| (!of.is_empty()).then(|| of.join(separator));
    let steep = names(found.shares.iter().filter(is_steep).map(told).collect());
    let rest = names(
        found
            .shares
            .iter()
            .filter(|share| share.remainder)
            .map(|share| share.cluster.name.get(lang).to_owned())
            .collect(),
    );
    let is_all = found.shares.iter().all(is_assumed);
    let assumed: Vec<&str> = found
        .shares
        .iter()
        .filter(|share| is_assumed(share))
        .map(|share| share.cluster.name.get(lang))
        .collect();
    let assumed = (!assumed.is_empty()).then(|| match (is_all, lang) {
        (true, Lang::Zh) => format!("全部{}个市州或集群", assumed.len()),
        (true, Lang::En) => format!("all {} clusters", assumed.len()),
        (false, _) => assumed.join(separator),
    });
    let median = number::growth(median);
    let reasons: Vec<String> = match lang {
        Lang::Zh => [
            steep.map(|names| format!("{names}的任务增速超过各市州或集群中位数（{median}）的两倍")),
            rest.map(|names| format!("{names}的基数是全省减去其他各家的余数，带有它们的全部误差")),
            assumed.map(|names| {
                format!("{names}自身的逐年波动、额外增速和基数份额主要是假设，任务的高低取决于怎样假设")
            }),
        ],
        Lang::En => [
            steep.map(|names| {
                format!("{names} must grow more than twice as fast as the median cluster ({median})")
            }),
            rest.map(|names| {
                format!("the base of {names} is what the others leave and holds all their errors")
            }),
            assumed.map(|names| {
                format!(
                    "own shocks, premiums and base figures of {names} are mostly assumptions, which decide how high the tasks are"
                )
            }),
        ],
    }
    .into_iter()
    .flatten()
    .collect();
    (!reasons.is_empty()).then(|| match lang {
        Lang::Zh => format!(
            "注意：{}。等可能性分解按数字的不确定程度定任务，填写的波动越大，任务越高，并不表示增长能力越强；下达前应先核实这些数字。",
            reasons.join("；")
        ),
        Lang::En => format!(
            "Note: {}. With equal chances the task follows the stated uncertainty: the wider it is, the higher the task, which does not mean more ability to grow. Verify these figures before tasks are handed down.",
            reasons.join("; ")
        ),
    })
}

/// A remark where milestones fall, below what is to be expected before them or from one year to the next.
pub fn falling(found: &Decomposition, lang: Lang) -> Option<String> {
    let levels: Vec<f64> = std::iter::once(super::tasks::expected_before(found))
        .chain(found.years.iter().map(|year| year.milestone.value))
        .collect();
    levels.windows(2).any(|pair| pair[1] < pair[0]).then(|| {
        match lang {
            Lang::Zh => "注意：里程碑有下降的年份。总目标很容易达到，与它同样容易达到的水平低于已有的规模，不宜作为要求增长的任务。",
            Lang::En => {
                "Note: milestones fall in some year. The target is so likely that the level which is as likely lies below \
                 what is there already: not a task that asks for growth."
            }
        }
        .to_owned()
    })
}
