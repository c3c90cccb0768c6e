//! How bad a thing must be to halve the chance, in sentences.

use crate::analysis::decision::Estimate;
use crate::analysis::decision::stress::{Outcome, Reverse};
use crate::analysis::results::Named;
use crate::report::number;
use crate::text::{Lang, Text, Told, by_number};

/// Share of values as bad or worse above which a value is nothing rare.
const USUAL: f64 = 0.25;

/// How bad each thing must be, after what it is compared with; things of which nothing can be told share a sentence.
pub fn sentences(all: &[Reverse], lang: Lang) -> Vec<String> {
    let is_open = |found: &&Reverse| found.outcome == Outcome::CannotTell;
    let answers: Vec<String> =
        all.iter().filter(|found| !is_open(found)).map(|found| sentence(found, lang)).collect();
    let compared = match lang {
        Lang::Zh => {
            "坏到什么程度可能性会减半：下面把一项固定在不利的取值，与把它固定在中间取值（中位数）相比，其余照常变化；两边都固定，差别就只来自它变坏了。"
        }
        Lang::En => {
            "How bad a thing must be to halve the chance: it is held at a bad value and compared with the run where it is held at its middle value (median); as it is held in both, only its getting worse makes the difference."
        }
    };
    let mut told = Vec::new();
    if !answers.is_empty() {
        told.push(compared.to_owned());
    }
    told.extend(answers);
    let names: Vec<&str> = all.iter().filter(is_open).map(|found| found.name.get(lang)).collect();
    if !names.is_empty() {
        told.push(match lang {
            Lang::Zh => format!(
                "{}坏到什么程度可能性会减半，达标的模拟太少，看不出来；请增加模拟次数（--trials）。",
                names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join("、")
            ),
            Lang::En => format!(
                "Too few trials meet the target to tell how bad these must be to halve its chance (use more --trials): “{}”.",
                names.join("”, “")
            ),
        });
    }
    told
}

/// How bad one thing must be; nothing where it cannot be told.
fn sentence(found: &Reverse, lang: Lang) -> String {
    let name = quoted(found, lang);
    let [middle, worst] = [&found.range[0], &found.range[1]].map(|text| text.get(lang));
    let chance = |of: Estimate| number::probability_with_interval(of.value, of.interval.into(), lang);
    let (usual, left) = (chance(found.at_middle), chance(found.at_worst));
    let held = match lang {
        Lang::Zh => format!("{name}取中间值{middle}时，可能性为{usual}"),
        Lang::En => format!("{name}: at its middle value, {middle}, the chance is {usual}"),
    };
    match (&found.outcome, lang) {
        (Outcome::Found { shown, as_bad, .. }, _) => {
            let at = format!("{}{}", shown.get(lang), bracketed(&ends(found, lang), lang));
            if found.numbers.is_empty() {
                at_value(&held, &at, *as_bad, lang)
            } else {
                at_number(found, &held, &at, *as_bad, lang)
            }
        }
        (Outcome::NotWithin { is_clear: true }, _) => {
            let rarely = rarely(found, lang);
            match lang {
                Lang::Zh => format!("{held}；即使{rarely}，仍有{left}，单凭它不会减半。"),
                Lang::En => format!("{held}; even {rarely}, {left} is left: it alone does not halve it."),
            }
        }
        (Outcome::NotWithin { is_clear: false }, Lang::Zh) => {
            format!("{held}；在合理范围内（最差到{worst}）没有看到减半，但误差之内不能排除；最差时为{left}。")
        }
        (Outcome::NotWithin { is_clear: false }, Lang::En) => format!(
            "{held}; within its plausible range (down to {worst}) it is not seen to be halved, though the error does not exclude it; {left} at the worst."
        ),
        (Outcome::NeedsLuck, Lang::Zh) => {
            format!("{held}，几乎不能达标，谈不上再减半：要达标，它必须比中间值好。")
        }
        (Outcome::NeedsLuck, Lang::En) => format!(
            "{held}, so that hardly anything is left to be halved: the target takes a better value than that."
        ),
        (Outcome::CannotTell, _) => String::new(),
    }
}

/// Where a value halves the chance.
fn at_value(held: &str, at: &str, as_bad: f64, lang: Lang) -> String {
    let (share, usual) = (number::share(as_bad), unusual(as_bad, lang));
    match lang {
        Lang::Zh => format!("{held}；差到{at}就减半，比这更差的机会为{share}{usual}。"),
        Lang::En => format!("{held}; at {at} it is halved; {share} of its values are worse{usual}."),
    }
}

/// Where a number of arrivals leaves less than half of the chance.
fn at_number(found: &Reverse, held: &str, at: &str, as_bad: f64, lang: Lang) -> String {
    let (share, usual) = (number::percent(as_bad.clamp(0.0, 1.0)), unusual(as_bad, lang));
    match (found.low_is_bad, lang) {
        (false, Lang::Zh) => {
            format!("{held}；达到{at}时剩不到一半，发生这么多次或更多的机会为{share}{usual}。")
        }
        (true, Lang::Zh) => {
            format!("{held}；只有{at}时剩不到一半，只发生这么多次或更少的机会为{share}{usual}。")
        }
        (false, Lang::En) => format!(
            "{held}; with {at} or more, less than half of it is left; so many come with a chance of {share}{usual}."
        ),
        (true, Lang::En) => format!(
            "{held}; with {at} or fewer, less than half of it is left; so few come with a chance of {share}{usual}."
        ),
    }
}

/// That something bad enough is nothing rare.
fn unusual(as_bad: f64, lang: Lang) -> &'static str {
    match (as_bad > USUAL, lang) {
        (false, _) => "",
        (true, Lang::Zh) => "，并不少见",
        (true, Lang::En) => ", which is nothing unusual",
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
    let Outcome::Found { shown_interval, .. } = &found.outcome else { return String::new() };
    let [mild, bad] = &**shown_interval;
    if mild.is_some() && mild == bad {
        let only = Text::new("误差之内只此一数", "no other within the error");
        return only.get(lang).to_owned();
    }
    let open = Told::words(Text::new("范围之外", "beyond its range"));
    let [mild, bad] = [mild, bad].map(|end| end.as_ref().unwrap_or(&open));
    let (from, to) = if found.low_is_bad { (bad, mild) } else { (mild, bad) };
    span(from, to, lang)
}

/// From one value to another, with the words that stand around both figures only once: `每年−1.7至−1.1个百分点`.
pub fn span(from: &Told, to: &Told, lang: Lang) -> String {
    let to_word = if lang == Lang::Zh { "至" } else { " to " };
    if let (Some((before, one, behind)), Some((first, other, last))) = (around(from, lang), around(to, lang))
        && (before, behind) == (first, last)
        && from.unit.get(lang) != "%"
    {
        return format!("{before}{one}{to_word}{other}{behind}");
    }
    format!("{}{to_word}{}", from.get(lang), to.get(lang))
}

/// The words before a figure, the figure, and those behind it; nothing where it stands there more than once, so that nobody
/// knows which it is.
fn around(told: &Told, lang: Lang) -> Option<(&str, &str, &str)> {
    let figure = told.figure.as_ref()?.get(lang);
    let (before, behind) = told.get(lang).split_once(figure)?;
    (!behind.contains(figure)).then_some((before, figure, behind))
}

/// The name in quotation marks: it may hold commas and colons.
fn quoted(found: &Reverse, lang: Lang) -> String {
    format!("“{}”", found.name.get(lang))
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
            "“{}” {} as much harm, but {} there all along or never: without degrees, how bad {} must be cannot be asked.",
            names.join("”, “"),
            by_number(names.len(), "does", "do"),
            by_number(names.len(), "is", "are"),
            by_number(names.len(), "it", "they")
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_name_what_is_common_once() {
        let told = |zh: &str, en: &str, figure: &str, unit: &str| Told {
            words: Text::new(zh, en),
            figure: Some(Text::same(figure)),
            unit: Text::same(unit),
        };
        let both = |from: &Told, to: &Told| [Lang::Zh, Lang::En].map(|lang| span(from, to, lang));
        let yearly = |figure: &str| {
            told(&format!("每年{figure}个百分点"), &format!("{figure} points a year"), figure, "points")
        };
        assert_eq!(
            both(&yearly("−1.7"), &yearly("+1.1")),
            ["每年−1.7至+1.1个百分点", "−1.7 to +1.1 points a year"]
        );
        let share = |figure: &str| Told::figure(Text::same(figure), Text::same("%"));
        assert_eq!(both(&share("−0.74"), &share("−0.31")), ["−0.74%至−0.31%", "−0.74% to −0.31%"]);
        // digits of what is no figure are not taken for it
        let times = |n: &str| told(&format!("3年{n}次"), &format!("{n} in 3 years"), n, "");
        assert_eq!(both(&times("1"), &times("2")), ["3年1至2次", "1 to 2 in 3 years"]);
        assert_eq!(both(&times("1"), &times("3")), ["3年1次至3年3次", "1 in 3 years to 3 in 3 years"]);
        let amount = Told::figure(Text::new("1,127", "112.7"), Text::new("亿元", "billion yuan"));
        let open = Told::words(Text::new("范围之外", "beyond its range"));
        assert_eq!(both(&amount, &open), ["1,127亿元至范围之外", "112.7 billion yuan to beyond its range"]);
    }
}
