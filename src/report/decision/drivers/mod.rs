//! `drivers` as a planner sees it.

mod figures;
mod method;
mod singles;
mod summary;
mod survey;
mod tables;
mod tornado;

use super::Paper;
use super::frame::say;
use crate::analysis::decision::drivers::{Drivers, Part, Quantity, Shares};
use crate::analysis::decision::{Answer, Estimate};
use crate::report::briefing::wording::Unit;
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// The answer in words, tables and charts.
pub fn drivers(answer: &Answer<Drivers>, lang: Lang) -> Paper {
    let mut paper = Paper { lang, ..Paper::default() };
    paper.summary = summary::sentences(answer, lang);
    paper.tables = tables::tables(answer, lang);
    paper.draw(figures::themes(answer, lang));
    paper.draw(tornado::figure(answer, lang));
    paper.draw(figures::learning(answer, lang));
    paper.method = method::paragraphs(answer, lang);
    paper
}

/// The shares that the answer is told by: those of the quantity if there is one, else of meeting the target.
fn told<'a>(drivers: &Drivers, part: &'a Part) -> Option<&'a Shares> {
    if drivers.quantity.is_some() { part.quantity.as_ref() } else { part.probability.as_ref() }
}

/// The share of a part as readers get it: its Shapley effect, else its total share.
fn fair(drivers: &Drivers, part: &Part) -> Option<Estimate> {
    told(drivers, part).and_then(|shares| shares.shapley)
}

/// The unit of the target's quantity.
fn unit(quantity: &Quantity) -> Unit<'_> {
    Unit { figure: &quantity.figure, name: &quantity.unit }
}

/// A share within nothing and all, as it is: noise can put its estimate or an end of its interval beyond.
fn bounded(share: Estimate) -> Estimate {
    let within = |value: f64| value.clamp(0.0, 1.0);
    Estimate { value: within(share.value), interval: share.interval.map(within) }
}

/// A share of the variance with its interval: `36%（34%–38%）`; noise below nothing is nothing.
fn share(estimate: Estimate, lang: Lang) -> String {
    let Estimate { value, interval: [low, high] } = bounded(estimate);
    let value = number::share(value);
    let (low, high) = (number::share(low), number::share(high));
    match lang {
        Lang::Zh => format!("{value}（{low}–{high}）"),
        Lang::En => format!("{value} ({}–{high})", low.trim_end_matches('%')),
    }
}

/// What shares are of, as a phrase.
fn variance_of(answer: &Answer<Drivers>, lang: Lang) -> String {
    let text = match &answer.findings.quantity {
        None => Text::new("“是否达标”的方差", "the variance of meeting the target"),
        Some(quantity) => {
            let (zh, en, year) = (&quantity.name.zh, &quantity.name.en, quantity.year);
            let (log_zh, log_en) =
                if quantity.scale == "log" { ("的对数", "the logarithm of ") } else { ("", "") };
            text!("{zh}{year}年数值{log_zh}的方差", "the variance of {log_en}{en} in {year}")
        }
    };
    say(&text, lang)
}
