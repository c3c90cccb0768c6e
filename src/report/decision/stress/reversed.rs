//! How bad a thing must be to halve the chance, in sentences.

use crate::analysis::decision::stress::{Outcome, Reverse};
use crate::analysis::results::Named;
use crate::report::number;
use crate::text::{Lang, Text};

/// Share of values as bad or worse above which a value is no bad one.
const USUAL: f64 = 0.25;

/// How bad each thing must be; things of which nothing can be told share a sentence.
pub fn sentences(all: &[Reverse], lang: Lang) -> Vec<String> {
    let is_open = |found: &&Reverse| found.outcome == Outcome::CannotTell;
    let mut told: Vec<String> =
        all.iter().filter(|found| !is_open(found)).map(|found| sentence(found, lang)).collect();
    let names: Vec<&str> = all.iter().filter(is_open).map(|found| found.name.get(lang)).collect();
    if !names.is_empty() {
        told.push(match lang {
            Lang::Zh => format!(
                "{}坏到什么程度可能性会减半，达标的模拟太少，看不出来；请增加模拟次数（--trials）。",
                names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join("、")
            ),
            Lang::En => format!(
                "Too few trials meet the target to tell how bad these must be to halve its chance (use more --trials): {}.",
                names.join("; ")
            ),
        });
    }
    told
}

/// How bad one thing must be; nothing where it cannot be told.
fn sentence(found: &Reverse, lang: Lang) -> String {
    let name = quoted(found, lang);
    let [best, worst] = [&found.range[0], &found.range[1]].map(|text| text.get(lang));
    let left = number::probability_with_interval(found.at_worst.value, found.at_worst.interval.into(), lang);
    match (&found.outcome, lang) {
        (Outcome::Found { shown, as_bad, .. }, _) => {
            let at = format!("{}{}", shown.get(lang), bracketed(&ends(found, lang), lang));
            if found.numbers.is_empty() {
                at_value(&name, &at, *as_bad, lang)
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
        (Outcome::CannotTell, _) => String::new(),
    }
}

/// Where a value halves the chance.
fn at_value(name: &str, at: &str, as_bad: f64, lang: Lang) -> String {
    let share = number::share(as_bad);
    match lang {
        // nothing bad has to happen: held where it usually is, the thing can no longer turn out well
        Lang::Zh if as_bad > USUAL => format!(
            "{name}只要固定在不好于{at}的水平，可能性就剩不到一半；本来就有{share}的机会比这更差，并不算坏，说明要达标，它须比通常好。"
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
    let (name, share) = (quoted(found, lang), number::percent(as_bad.clamp(0.0, 1.0)));
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
    span(from, to, lang)
}

/// From one written value to another, with what both begin and end with only once: `每年−1.7至−1.1个百分点`.
pub fn span(from: &str, to: &str, lang: Lang) -> String {
    let figure = |text: &str| {
        let is_digit = |c: char| matches!(c, '0'..='9' | '.' | ',' | '+' | '−');
        let start = text.find(is_digit)?;
        let end = text[start..].find(|c| !is_digit(c)).map_or(text.len(), |length| start + length);
        Some((start, end))
    };
    let to_word = if lang == Lang::Zh { "至" } else { " to " };
    if let (Some((a, b)), Some((c, d))) = (figure(from), figure(to))
        && from[..a] == to[..c]
        && from[b..] == to[d..]
        && !from[b..].starts_with('%')
    {
        return format!("{}{to_word}{}{}", &from[..b], &to[c..d], &to[d..]);
    }
    format!("{from}{to_word}{to}")
}

/// The name, in Chinese in quotation marks: it may hold commas and colons.
fn quoted(found: &Reverse, lang: Lang) -> String {
    let name = found.name.get(lang);
    if lang == Lang::Zh { format!("“{name}”") } else { name.to_owned() }
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
            "“{}”的影响也在前列，但只有“一直”和“从不”两种情形，没有由轻到重的程度，所以不问坏到什么程度。",
            names.join("”、“")
        ),
        Lang::En => format!(
            "{} do as much harm, but are there all along or never: without degrees, how bad they must be cannot be asked.",
            names.join(", ")
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_name_what_is_common_once() {
        assert_eq!(span("每年−1.7个百分点", "每年+1.1个百分点", Lang::Zh), "每年−1.7至+1.1个百分点");
        assert_eq!(span("260.8 billion yuan", "265.3 billion yuan", Lang::En), "260.8 to 265.3 billion yuan");
        assert_eq!(span("−0.74%", "−0.31%", Lang::Zh), "−0.74%至−0.31%");
        assert_eq!(span("3年1次", "3年2次", Lang::Zh), "3年1次至3年2次");
        assert_eq!(span("1,127亿元", "范围之外", Lang::Zh), "1,127亿元至范围之外");
    }
}
