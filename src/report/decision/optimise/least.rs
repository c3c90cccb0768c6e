//! The least money for a wanted probability, in words.

use super::worlds;
use crate::analysis::decision::optimise::Least;
use crate::analysis::decision::{Answer, Optimum};
use crate::report::decision::frame::{level, percent, yuan};
use crate::report::number;
use crate::text::Lang;

/// What the spending of the least money is called in tables; `None` where there is none.
pub fn name(answer: &Answer<Optimum>, lang: Lang) -> Option<String> {
    let found = &answer.findings;
    // where nothing is recommended it is the same as what is
    let least = found.least.as_ref().filter(|least| least.cost.is_some() && !found.certain)?;
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
        let last = found.frontier.last();
        let best = last.map_or_else(String::new, |point| {
            number::probability_with_interval(point.probability, point.interval.into(), lang)
        });
        let is_open = last.is_some_and(|point| point.interval[1] >= least.wanted);
        let money = yuan(found.most, lang);
        return match (lang, is_open) {
            (Lang::Zh, false) => format!(
                "可能性要达到{wanted}{worlds}，在搜到的分法中，资金加到可安排的上限{money}也做不到，最高为{best}。"
            ),
            (Lang::Zh, true) => format!(
                "可能性要达到{wanted}{worlds}，在可安排的上限{money}以内没有搜到做得到的分法，最高为{best}；误差范围含{wanted}，做不做得到说不准，请用 --trials 增加模拟次数再看。"
            ),
            (Lang::En, false) => format!(
                "Among the splits found a probability of {wanted}{worlds} is out of reach even with {money}, the most that can be spent; the highest is {best}."
            ),
            (Lang::En, true) => format!(
                "No split of up to {money}, the most that can be spent, was found to give a probability of {wanted}{worlds}; the highest is {best}, whose interval holds it: this cannot be told, see with more --trials."
            ),
        };
    };
    let money = yuan(cost, lang);
    if found.instruments.iter().all(|line| line.least.is_some_and(|least| least <= line.bounds[0] + 1e-9)) {
        let stays = kept(cost, lang);
        return match lang {
            Lang::Zh => format!("可能性要达到{wanted}{worlds}，可以调整的钱不花也已达到{stays}。"),
            Lang::En => {
                format!("A probability of {wanted}{worlds} takes none of the money that can be moved{stays}.")
            }
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
                "可能性要达到{wanted}{worlds}，在搜到的分法中最少预计支出{money}（{level}区间：{from}至{to}，下端已计入搜索没有搜到最好分法的差距），比现有方案{than}{apart}；这一分法另用随机数估计，可能性为{own}。它在各工具、集群、年份的安排见各表“达到{wanted}”一列。"
            )
        }
        Lang::En => {
            let than = if saved >= 0.0 { "less" } else { "more" };
            format!(
                "A probability of {wanted}{worlds} takes an expected {money}, the least among the splits found ({level} interval: {from} to {to}, whose lower end allows for better splits that the search missed), {apart} {than} than the present plan; on fresh draws that split has {own}. How it is split over instruments, clusters and years is in the columns “for {wanted}”."
            )
        }
    }
}

/// What is spent where nothing is that can be moved, in brackets; nothing for nothing.
pub fn kept(cost: f64, lang: Lang) -> String {
    let money = yuan(cost, lang);
    match lang {
        _ if cost < 1e-9 => String::new(),
        Lang::Zh => format!("（不动的支出和下限共{money}）"),
        Lang::En => format!(" (what stays and the lower bounds come to {money})"),
    }
}
