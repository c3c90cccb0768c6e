//! What effects cost, in words: by percentage point of probability and by 亿元 (in English, billion) of the quantity.

use crate::analysis::decision::compare::{Cell, Change, Price};
use crate::analysis::decision::{Answer, Comparison, Estimate, QuantityInfo};
use crate::report::briefing::wording::POINT;
use crate::report::decision::frame::{money, points, price};
use crate::text::Lang;

/// Prices in the first world, one sentence for all policies.
pub fn sentence(answer: &Answer<Comparison>, lang: Lang) -> Option<String> {
    let world = answer.worlds.first()?;
    let cells = answer.findings.cells.iter().filter(|cell| cell.world.id == world.id);
    let quantity = answer.findings.quantity.as_ref();
    let parts: Vec<String> =
        cells.filter_map(|cell| of_policy(cell, quantity, answer.findings.due, lang)).collect();
    let (world, due) = (world.name.get(lang), answer.findings.due);
    let counted = match (answer.uncounted.is_empty(), lang) {
        (true, Lang::Zh) => {
            format!("只计到{due}年为止的支出：以后才支付的钱帮不上这个目标")
        }
        (false, Lang::Zh) => format!(
            "代价只计能影响本目标的政策工具到{due}年为止的支出：以后才支付的钱帮不上这个目标；方案比较、按支出定首选和单独一个省的报告把其余工具的支出也计入"
        ),
        (true, Lang::En) => {
            format!("money paid by {due} only: what is paid later cannot bring this target about")
        }
        (false, Lang::En) => format!(
            "prices count money paid by {due} only, of the instruments that can move the target: what is paid later cannot bring it about; \
             dominance, choices by cost and a report on one province count the other instruments, too"
        ),
    };
    (!parts.is_empty()).then(|| match lang {
        Lang::Zh => format!("“{world}”下的财政代价（{counted}）：{}。", parts.join("；")),
        Lang::En => format!("What it costs under “{world}” ({counted}): {}.", parts.join("; ")),
    })
}

/// Whether a whole percentage point is more than the policy brings.
pub fn is_beyond(change: &Change) -> bool {
    change.probability.value < POINT
}

/// Whether a percentage point has a price.
pub fn is_priced(change: &Change) -> bool {
    matches!(change.cost_per_point, Price::Defined { .. })
}

fn of_policy(cell: &Cell, quantity: Option<&QuantityInfo>, due: i32, lang: Lang) -> Option<String> {
    let change = cell.change.as_ref()?;
    let policy = cell.policy.name.get(lang);
    if change.cost_per_point == Price::CostsNothing {
        return Some(match lang {
            Lang::Zh => format!("“{policy}”不另花财政资金"),
            Lang::En => format!("“{policy}” takes no further public money"),
        });
    }
    let point = of_point(change, due, lang);
    let later = later(change, due, lang) + &elsewhere(change, lang);
    let amount = quantity.zip(change.cost_per_revenue);
    let amount = amount
        .map_or_else(String::new, |(quantity, price)| of_amount(price, quantity, is_priced(change), lang));
    Some(match lang {
        Lang::Zh => format!("“{policy}”{point}{amount}{later}"),
        Lang::En => format!("“{policy}” {point}{amount}{later}"),
    })
}

/// What is paid beyond the reference after the year of the target, where that is not what is paid by it: money of which no
/// price knows. Nothing where it does not change what is said of the money by then.
fn later(change: &Change, due: i32, lang: Lang) -> String {
    let (Some(mut all), Some(by)) = (change.cost, change.cost_in_time) else { return String::new() };
    if let Some(part) = change.cost_elsewhere {
        all.value -= part.value;
        // what is left of equal sums is no money
        if all.value.abs() <= 1e-9 * part.value.abs() {
            all.value = 0.0;
        }
    }
    let sum = |value: f64| money(Estimate { value, interval: [value; 2] }, lang);
    match (lang, by.value, all.value) {
        (_, _, 0.0) => String::new(),
        (Lang::Zh, 0.0, all) if all > 0.0 => {
            format!("（财政资金到{due}年与参照方案相同，以后多花{}）", sum(all))
        }
        (Lang::Zh, 0.0, all) => format!("（财政资金到{due}年与参照方案相同，以后少花{}）", sum(-all)),
        (Lang::En, 0.0, all) if all > 0.0 => {
            format!(" (public money is that of the reference by {due}, and {} more after it)", sum(all))
        }
        (Lang::En, 0.0, all) => {
            format!(" (public money is that of the reference by {due}, and {} less after it)", sum(-all))
        }
        (Lang::Zh, by, all) if by < 0.0 && all > 0.0 => format!("（各年合计却多花{}）", sum(all)),
        (Lang::En, by, all) if by < 0.0 && all > 0.0 => format!(" (but {} more over all years)", sum(all)),
        _ => String::new(),
    }
}

/// What is paid beyond the reference for instruments that cannot move the target: money of which no price knows.
fn elsewhere(change: &Change, lang: Lang) -> String {
    let Some(Estimate { value, .. }) = change.cost_elsewhere else { return String::new() };
    let sum = money(Estimate { value: value.abs(), interval: [value.abs(); 2] }, lang);
    match (lang, value > 0.0) {
        (Lang::Zh, true) => format!("（另有{sum}花在影响不了本目标的工具上，代价不计入）"),
        (Lang::Zh, false) => format!("（影响不了本目标的工具少花{sum}，代价不计入）"),
        (Lang::En, true) => {
            format!(" (and {sum} more goes to instruments that cannot move the target, which is in no price)")
        }
        (Lang::En, false) => {
            format!(" (and {sum} less goes to instruments that cannot move the target, which is in no price)")
        }
    }
}

/// The price of a percentage point, or why there is none.
fn of_point(change: &Change, due: i32, lang: Lang) -> String {
    let brought = || points(change.probability, lang);
    match (change.cost_per_point, lang) {
        (Price::Defined { value, .. }, Lang::Zh) if value < 0.0 => {
            format!("既使可能性{}，到{due}年又比参照方案少花财政资金", brought())
        }
        (Price::Defined { value, .. }, Lang::En) if value < 0.0 => {
            format!(
                "changes the probability by {} and takes less public money by {due} than the reference",
                brought()
            )
        }
        (Price::Defined { value, interval }, _) => {
            let price = price(Estimate { value, interval }, lang);
            match (is_beyond(change), lang) {
                (false, Lang::Zh) => format!("每提高1个百分点约{price}"),
                (false, Lang::En) => format!("costs about {price} for each percentage point"),
                (true, Lang::Zh) => format!(
                    "总共只使可能性{}，整整1个百分点超出它所能带来的（按比例折算，每个百分点约{price}）",
                    brought()
                ),
                (true, Lang::En) => format!(
                    "changes the probability by {} in all: a whole percentage point is beyond it (in proportion, about {price} a point)",
                    brought()
                ),
            }
        }
        (Price::EffectAdverse, Lang::Zh) => format!("使可能性不升反降：{}", brought()),
        (Price::EffectAdverse, Lang::En) => format!("lowers the probability: {}", brought()),
        (Price::PaidLater, Lang::Zh) => {
            format!("使可能性{}，到{due}年却不多花财政资金，每个百分点的代价不给出", brought())
        }
        (Price::PaidLater, Lang::En) => format!(
            "changes the probability by {} without any further public money by {due}, so that a percentage point has no price",
            brought()
        ),
        (Price::PaidElsewhere, Lang::Zh) => {
            format!(
                "使可能性{}，多花或少花的财政资金都在影响不了本目标的工具上，每个百分点的代价不给出",
                brought()
            )
        }
        (Price::PaidElsewhere, Lang::En) => format!(
            "changes the probability by {} while public money differs only for instruments that cannot move the target, so that a \
             percentage point has no price",
            brought()
        ),
        (Price::NoEffect, Lang::Zh) => "没有改变任何一次模拟是否达标，每个百分点的代价无从谈起".to_owned(),
        (Price::NoEffect, Lang::En) => {
            "changes the outcome of no trial, so that a percentage point has no price".to_owned()
        }
        (Price::EffectRough, Lang::Zh) => {
            format!("使可能性{}，提高多少还不够准，每个百分点的代价不给出", brought())
        }
        (Price::EffectRough, Lang::En) => {
            format!(
                "changes the probability by {}, known too roughly for a price of a percentage point",
                brought()
            )
        }
        (_, Lang::Zh) => "每个百分点的代价说不准（提高多少在误差之内）".to_owned(),
        (_, Lang::En) => "has no price for a percentage point (the gain is within the error)".to_owned(),
    }
}

/// The price of 1 亿元 (in English, of a billion) of the quantity in the direction that the target wants; nothing where the effect is unclear.
fn of_amount(price: Price, quantity: &QuantityInfo, is_priced: bool, lang: Lang) -> String {
    let name = quantity.name.get(lang);
    match (price, quantity.more_is_better, lang) {
        // less money for more of what is wanted has been said already
        (Price::Defined { value, .. }, ..) if value < 0.0 => String::new(),
        (Price::Defined { value, interval }, more, lang) => {
            // 1 亿元 or a billion: as many times the unit in both
            let (value, interval) = match lang {
                Lang::Zh => (value, interval),
                Lang::En => (value * 10.0, interval.map(|end| end * 10.0)),
            };
            let price = money(Estimate { value, interval }, lang);
            // where the point has no price, the amount's must not read as what the point costs
            let but = if is_priced { "and" } else { "while" };
            match (more, lang) {
                (true, Lang::Zh) => format!("，每多1亿元{name}约{price}"),
                (false, Lang::Zh) => format!("，每减少1亿元{name}约{price}"),
                (true, Lang::En) => format!(", {but} each billion yuan more of {name} costs about {price}"),
                (false, Lang::En) => format!(", {but} each billion yuan less of {name} costs about {price}"),
            }
        }
        (Price::EffectAdverse, true, Lang::Zh) => format!("，{name}也减少"),
        (Price::EffectAdverse, false, Lang::Zh) => format!("，{name}反而增加"),
        (Price::EffectAdverse, true, Lang::En) => format!(", and {name} falls"),
        (Price::EffectAdverse, false, Lang::En) => format!(", and {name} rises"),
        _ => String::new(),
    }
}
