//! How bad a thing must be to halve the chance, in sentences.

use crate::analysis::decision::stress::{Outcome, Reverse};
use crate::analysis::results::Named;
use crate::report::number;
use crate::text::{Lang, Text};

/// Share of values as bad or worse above which a value is no bad one.
const USUAL: f64 = 0.25;

/// How bad one thing must be.
pub fn sentence(found: &Reverse, lang: Lang) -> String {
    let name = found.name.get(lang);
    let [best, worst] = [&found.range[0], &found.range[1]].map(|text| text.get(lang));
    let left = number::probability_with_interval(found.at_worst.value, found.at_worst.interval.into(), lang);
    match (&found.outcome, lang) {
        (Outcome::Found { shown, as_bad, .. }, _) => {
            let at = format!("{}{}", shown.get(lang), bracketed(&ends(found, lang), lang));
            if found.numbers.is_empty() {
                at_value(name, &at, *as_bad, lang)
            } else {
                at_number(found, &at, *as_bad, lang)
            }
        }
        (Outcome::NotWithin { is_clear: true }, _) => {
            let rarely = rarely(found, lang);
            match lang {
                Lang::Zh => format!("{name}即使{rarely}，可能性仍有{left}，单凭它不会减半。"),
                Lang::En => {
                    format!("{name}: even {rarely}, a chance of {left} is left; it alone does not halve it.")
                }
            }
        }
        (Outcome::NotWithin { is_clear: false }, Lang::Zh) => format!(
            "{name}在合理范围（{best}至{worst}）内没有使可能性减半，但误差之内不能排除；最差时为{left}。"
        ),
        (Outcome::NotWithin { is_clear: false }, Lang::En) => format!(
            "{name} does not halve the chance within its plausible range ({best} to {worst}), though the error does not exclude it; {left} at the worst."
        ),
        (Outcome::Everywhere, Lang::Zh) => format!(
            "{name}只要固定在任何一个水平（{best}至{worst}），可能性都不到原来的一半：达标靠的正是它偶然超出这一范围。"
        ),
        (Outcome::Everywhere, Lang::En) => format!(
            "{name}: held at any value ({best} to {worst}), less than half of the chance is left; it rests on luck beyond that range."
        ),
        (Outcome::CannotTell, Lang::Zh) => {
            format!("{name}：达标的模拟太少，看不出坏到什么程度可能性会减半；请增加模拟次数（--trials）。")
        }
        (Outcome::CannotTell, Lang::En) => {
            format!(
                "{name}: too few trials meet the target to tell what halves its chance; use more --trials."
            )
        }
    }
}

/// Where a value halves the chance.
fn at_value(name: &str, at: &str, as_bad: f64, lang: Lang) -> String {
    let share = number::share(as_bad);
    match lang {
        // nothing bad has to happen: held where it usually is, the thing can no longer turn out well
        Lang::Zh if as_bad > USUAL => format!(
            "{name}只要固定在不好于{at}的水平，可能性就剩不到一半；本来就有{share}的机会比这更差，并不算坏，说明达标要靠它偏好。"
        ),
        Lang::En if as_bad > USUAL => format!(
            "{name}: held at any value no better than {at}, less than half of the chance is left; {share} of its values are worse, which is nothing bad: the target rests on its turning out well."
        ),
        Lang::Zh => format!("{name}差到{at}时，可能性减半；比这更差的机会为{share}。"),
        Lang::En => format!("{name}: at {at} the chance is halved; {share} of its values are worse."),
    }
}

/// Where a number of arrivals leaves less than half of the chance.
fn at_number(found: &Reverse, at: &str, as_bad: f64, lang: Lang) -> String {
    let (name, share) = (found.name.get(lang), number::percent(as_bad.clamp(0.0, 1.0)));
    let usual = match (as_bad > USUAL, lang) {
        (false, _) => "",
        (true, Lang::Zh) => "，并不少见",
        (true, Lang::En) => ", which is nothing unusual",
    };
    match (found.low_is_bad, lang) {
        (false, Lang::Zh) => {
            format!("{name}达到{at}时，可能性剩不到一半；发生这么多次或更多的机会为{share}{usual}。")
        }
        (true, Lang::Zh) => {
            format!("{name}只有{at}时，可能性剩不到一半；只发生这么多次或更少的机会为{share}{usual}。")
        }
        (false, Lang::En) => format!(
            "{name}: with {at} or more, less than half of the chance is left; so many come with a chance of {share}{usual}."
        ),
        (true, Lang::En) => format!(
            "{name}: with {at} or fewer, less than half of the chance is left; so few come with a chance of {share}{usual}."
        ),
    }
}

/// The worst value of the plausible range with how rare it is.
fn rarely(found: &Reverse, lang: Lang) -> String {
    let worst = found.range[1].get(lang);
    let most = found.numbers.last().filter(|_| !found.low_is_bad);
    match (most, found.numbers.is_empty(), lang) {
        (Some(number), _, Lang::Zh) => {
            let share = number::percent(number.as_many.clamp(0.0, 1.0));
            format!("达到{worst}（发生这么多次或更多的机会为{share}）")
        }
        (Some(number), _, Lang::En) => {
            let share = number::percent(number.as_many.clamp(0.0, 1.0));
            format!("with {worst} (so many or more come with a chance of {share})")
        }
        (None, false, Lang::Zh) => format!("只有{worst}"),
        (None, false, Lang::En) => format!("with {worst}"),
        (None, true, Lang::Zh) => format!("差到{worst}（1%的不利水平）"),
        (None, true, Lang::En) => format!("at {worst}, its 1% unfavourable point"),
    }
}

/// The ends between which the answer lies, the smaller value first; nothing where nothing was found.
pub fn ends(found: &Reverse, lang: Lang) -> String {
    let Outcome::Found { shown_interval: [mild, bad], .. } = &found.outcome else { return String::new() };
    if mild.is_some() && mild == bad {
        let only = Text::new("误差之内只此一数", "no other within the error");
        return only.get(lang).to_owned();
    }
    let open = Text::new("范围之外", "beyond its range");
    let [mild, bad] = [mild, bad].map(|end| end.as_ref().unwrap_or(&open).get(lang));
    let (from, to) = if found.low_is_bad { (bad, mild) } else { (mild, bad) };
    match lang {
        Lang::Zh => format!("{from}至{to}"),
        Lang::En => format!("{from} to {to}"),
    }
}

fn bracketed(inner: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("（{inner}）"),
        Lang::En => format!(" ({inner})"),
    }
}

/// Which harmful things were not asked about, and why.
pub fn passed_over(without_degrees: &[Named], lang: Lang) -> Option<String> {
    let names: Vec<&str> = without_degrees.iter().map(|named| named.name.get(lang)).collect();
    (!names.is_empty()).then(|| match lang {
        Lang::Zh => format!(
            "{}的影响也在前列，但只有“一直”和“从不”两种情形，没有由轻到重的程度，所以不问坏到什么程度。",
            names.join("、")
        ),
        Lang::En => format!(
            "{} do as much harm, but are there all along or never: without degrees, how bad they must be cannot be asked.",
            names.join(", ")
        ),
    })
}
