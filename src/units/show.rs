//! Writing of numbers with the unit in which a planner would write them.

use super::{MoneyUnit, UnitKind};
use crate::text::{Lang, Text};

/// `value` (in the base unit) as it could be written in a scenario, to ten significant digits.
pub fn show(value: f64, kind: UnitKind, lang: Lang) -> String {
    let text = shown(value, kind);
    match lang {
        Lang::Zh => text.zh,
        Lang::En => text.en,
    }
}

/// [`show`] in both languages; either can be written in a scenario.
pub fn shown(value: f64, kind: UnitKind) -> Text {
    let hundredths = || plain(value * 100.0);
    let with =
        |number: String, zh: &str, en: &str| Text::new(format!("{number}{zh}"), format!("{number}{en}"));
    match kind {
        UnitKind::Money => MoneyUnit::of(&[value]).typed(value),
        UnitKind::Rate | UnitKind::Share | UnitKind::Log => with(hundredths(), "%", "%"),
        UnitKind::Points | UnitKind::LogPoints => with(hundredths(), "个百分点", "pp"),
        UnitKind::PerYear => with(plain(value), "次/年", " times a year"),
        UnitKind::Years => with(plain(value), "年", " years"),
        UnitKind::Number | UnitKind::Figure | UnitKind::Year | UnitKind::Count => Text::same(plain(value)),
    }
}

/// A bare number as English sentences write it: [`show`] with commas between thousands.
pub fn show_grouped(value: f64) -> String {
    let digits = plain(value);
    let (whole, rest) = digits.split_at(digits.find(['.', 'e']).unwrap_or(digits.len()));
    let mut out = String::with_capacity(digits.len() + whole.len() / 3);
    for (index, c) in whole.char_indices() {
        let left = whole.len() - index;
        if index > 0 && left % 3 == 0 && whole[..index] != *"-" {
            out.push(',');
        }
        out.push(c);
    }
    out + rest
}

/// The shortest decimal form after rounding to ten significant digits, which hides the noise of unit conversion.
pub(super) fn plain(value: f64) -> String {
    let rounded = format!("{value:.9e}").parse::<f64>().unwrap_or(value);
    if rounded != 0.0 && !(1e-4..1e15).contains(&rounded.abs()) {
        format!("{rounded:e}")
    } else {
        format!("{rounded}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::parse;

    #[test]
    fn what_is_shown_reads_back() {
        for kind in UnitKind::ALL {
            for value in [0.0, 0.07, 1.0, 2027.0, 0.0005, 2500.0, -0.35] {
                for lang in [Lang::Zh, Lang::En] {
                    let text = show(value, kind, lang);
                    let back = parse(&text, kind).unwrap_or(f64::NAN);
                    assert!((back - value).abs() <= 1e-9 * value.abs(), "{text}");
                }
            }
        }
        assert_eq!(shown(0.07, UnitKind::Rate), Text::same("7%"));
        assert_eq!(shown(-0.015, UnitKind::Points), Text::new("-1.5个百分点", "-1.5pp"));
        assert_eq!(shown(0.005, UnitKind::Money), Text::new("50万元", "500000 yuan"));
    }

    #[test]
    fn english_numbers_have_commas_between_thousands() {
        for (value, text) in [
            (0.5, "0.5"),
            (250.0, "250"),
            (1000.0, "1,000"),
            (-100_000.0, "-100,000"),
            (1_234_567.25, "1,234,567.25"),
            (1e16, "1e16"),
        ] {
            assert_eq!(show_grouped(value), text);
        }
    }
}
