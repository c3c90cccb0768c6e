//! The least money for a wanted probability, in words.

use super::worlds;
use crate::analysis::decision::optimise::Least;
use crate::analysis::decision::{Answer, Optimum};
use crate::report::decision::frame::{level, percent, yuan};
use crate::report::number;
use crate::text::Lang;

/// What the spending of the least money is called in tables; `None` where there is none.
pub fn name(answer: &Answer<Optimum>, lang: Lang) -> Option<String> {
    let least = answer.findings.least.as_ref().filter(|least| least.cost.is_some())?;
    let wanted = percent(least.wanted);
    Some(match lang {
        Lang::Zh => format!("达到{wanted}"),
        Lang::En => format!("for {wanted}"),
    })
}

/// What it takes, how that compares with the present plan, and where its split stands.
pub fn sentence(answer: &Answer<Optimum>, least: &Least, lang: Lang) -> String {
    let (found, wanted) = (&answer.findings, percent(least.wanted));
    let worlds = worlds(answer, lang);
    let (Some(cost), Some(present)) = (least.cost, found.present.first()) else {
        let best = found.frontier.last().map_or_else(String::new, |point| {
            number::probability_with_interval(point.probability, point.interval.into(), lang)
        });
        let money = yuan(found.most, lang);
        return match lang {
            Lang::Zh => format!(
                "可能性要达到{wanted}{worlds}，在搜到的分法中，资金加到可安排的上限{money}也做不到，最高为{best}。"
            ),
            Lang::En => format!(
                "Among the splits found a probability of {wanted}{worlds} is out of reach even with {money}, the most that can be spent; the highest is {best}."
            ),
        };
    };
    let money = yuan(cost, lang);
    if found.instruments.iter().all(|line| line.least.is_some_and(|least| least <= line.bounds[0] + 1e-9)) {
        return match lang {
            Lang::Zh => {
                format!("可能性要达到{wanted}{worlds}，可以调整的钱不花也已达到（支出{money}都是不动的）。")
            }
            Lang::En => format!(
                "A probability of {wanted}{worlds} takes none of the money that can be moved (the {money} that stays is enough)."
            ),
        };
    }
    let end = |end: Option<f64>| end.map_or_else(|| "—".to_owned(), |end| yuan(end, lang));
    let [from, to] = least.interval.map(end);
    let level = level(answer);
    let saved = present.cost - cost;
    let apart = yuan(saved.abs(), lang);
    // the world that the wanted probability is compared in
    let own = found.plans.iter().find(|point| (point.cost - cost).abs() < 1e-9);
    let own = own.map_or_else(String::new, |point| {
        number::probability_with_interval(point.probability, point.interval.into(), lang)
    });
    match lang {
        Lang::Zh => {
            let than = if saved >= 0.0 { "少" } else { "多" };
            format!(
                "可能性要达到{wanted}{worlds}，在搜到的分法中最少预计支出{money}（{level}区间：{from}至{to}），比现有方案{than}{apart}；这一分法另用随机数估计，可能性为{own}。它在各工具、集群、年份的安排见各表“达到{wanted}”一列。"
            )
        }
        Lang::En => {
            let than = if saved >= 0.0 { "less" } else { "more" };
            format!(
                "A probability of {wanted}{worlds} takes an expected {money}, the least among the splits found ({level} interval: {from} to {to}), {apart} {than} than the present plan; on fresh draws that split has {own}. How it is split over instruments, clusters and years is in the columns “for {wanted}”."
            )
        }
    }
}
