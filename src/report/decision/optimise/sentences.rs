//! What an optimisation found, in sentences.

use super::super::frame::{amount, amount_change, points, yuan};
use super::{frontier, least, moves, verdict};
use crate::analysis::decision::optimise::Outcome;
use crate::analysis::decision::{Answer, Optimum};
use crate::report::number;
use crate::text::Lang;

/// The answer in sentences: with several worlds the verdict by the rule first, then what happens in each, without advice.
pub fn sentences(answer: &Answer<Optimum>, lang: Lang) -> Vec<String> {
    let found = &answer.findings;
    let target = answer.target.name.get(lang);
    let chosen = moves::name(answer);
    let chosen = chosen.get(lang);
    if found.certain {
        let mut all: Vec<String> = verdict::budget_by_bounds(answer, lang).into_iter().collect();
        all.extend(certain(answer, lang));
        all.push(moves::first_year(answer, lang));
        all.extend(found.least.as_ref().map(|least| least::sentence(answer, least, lang)));
        return all;
    }
    let mut all: Vec<String> = verdict::budget_by_bounds(answer, lang).into_iter().collect();
    if verdict::is_blind(found) {
        all.extend([verdict::blind(answer, lang), moves::first_year(answer, lang)]);
        return all;
    }
    all.extend(found.together.as_ref().map(|together| verdict::sentence(answer, together, lang)));
    for (at, (present, best)) in found.present.iter().zip(&found.best).enumerate() {
        let Some(gain) = found.gain.get(at) else { continue };
        let world = best.world.name.get(lang);
        let p = |outcome: &Outcome| {
            number::probability_with_interval(outcome.probability, outcome.interval.into(), lang)
        };
        let (before, after, change) = (p(present), p(best), points(*gain, lang));
        let (money, policy) = (yuan(best.cost, lang), found.policy.name.get(lang));
        let verdict = match &found.together {
            Some(_) => verdict::seen(*gain).get(lang).to_owned(),
            None => {
                format!("{}{}", verdict::verdict(answer, *gain).get(lang), moves::bound(answer, lang))
            }
        };
        // with another budget than the present one, only the same money in the present proportions is a fair comparison
        let scaled = found.scaled.get(at).map(p);
        all.push(match (lang, scaled) {
            (Lang::Zh, None) => format!(
                "“{world}”下，“{target}”：“{policy}”现在的可能性为{before}；预计支出{money}、按{chosen}的分法，为{after}，两者相差{change}，{verdict}。"
            ),
            (Lang::Zh, Some(scaled)) => format!(
                "“{world}”下，“{target}”：“{policy}”现在的可能性为{before}；预算改为{}，按现有比例安排为{scaled}，按{chosen}的分法（预计支出{money}）为{after}，两种分法相差{change}，{verdict}。",
                yuan(found.budget, lang)
            ),
            (Lang::En, None) => format!(
                "World “{world}”, “{target}”: {before} under “{policy}” as it is; {after} when an expected {money} is split as {chosen}: {change}, {verdict}."
            ),
            (Lang::En, Some(scaled)) => format!(
                "World “{world}”, “{target}”: {before} under “{policy}” as it is. With a budget of {}: {scaled} in the present proportions, {after} when an expected {money} is split as {chosen}: {change}, {verdict}.",
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
    all.extend(frontier::flat(answer, lang));
    all.extend(moves::sentence(answer, lang));
    all.push(moves::first_year(answer, lang));
    if let Some(least) = &found.least {
        all.push(least::sentence(answer, least, lang));
    }
    all
}

/// That the target needs no money, in every world; where it does not, nothing is recommended.
fn certain(answer: &Answer<Optimum>, lang: Lang) -> Vec<String> {
    let target = answer.target.name.get(lang);
    let one = |best: &Outcome| {
        let p = number::probability_with_interval(best.probability, best.interval.into(), lang);
        let (world, stays) = (best.world.name.get(lang), least::kept(best.cost, lang));
        match lang {
            Lang::Zh => format!(
                "“{world}”下，可以调整的钱一分不花{stays}，“{target}”的可能性已有{p}：不花钱已能达到，再花只提高数量的均值，提高不了可能性，因此不推荐任何安排。"
            ),
            Lang::En => format!(
                "World “{world}”: without any of the money that can be moved{stays}, the probability of “{target}” is {p} already. More money raises the mean, not the probability: nothing is recommended."
            ),
        }
    };
    answer.findings.best.iter().map(one).collect()
}
