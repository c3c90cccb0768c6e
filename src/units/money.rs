//! Amounts of money in the unit that reads best: 亿元, 万元 or 元; billion, million or single yuan.
//!
//! For what somebody has stated or typed, and faults about that. Results have one unit whatever the size (decision 0039).

use super::show::{plain, show_grouped};
use crate::math::powi;
use crate::text::{Text, Told};

/// Digits behind the point that amounts side by side have, more only where they would look alike.
const USUAL_DIGITS: u32 = 2;
/// The most that they have.
const MOST_DIGITS: u32 = 8;

/// A unit of money in each language; both are read wherever money is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MoneyUnit {
    zh: One,
    en: One,
}

/// A unit with its number in one 亿元, and its shortest name.
#[derive(Clone, Copy, Debug, PartialEq)]
struct One {
    in_yi: f64,
    name: &'static str,
    short: &'static str,
}

const fn one(in_yi: f64, name: &'static str, short: &'static str) -> One {
    One { in_yi, name, short }
}

impl MoneyUnit {
    /// The unit in which amounts in 亿元 that stand side by side read best: that of the largest.
    pub fn of(amounts: &[f64]) -> Self {
        let largest = amounts.iter().map(|amount| amount.abs()).fold(0.0, f64::max);
        let zh = match largest {
            size if size >= 0.1 || size == 0.0 => one(1.0, "亿元", "亿元"),
            size if size >= 1e-4 => one(1e4, "万元", "万元"),
            _ => one(1e8, "元", "元"),
        };
        let en = match largest {
            size if size >= 10.0 || size == 0.0 => one(0.1, "billion yuan", "bn"),
            size if size >= 0.01 => one(100.0, "million yuan", "million"),
            _ => one(1e8, "yuan", "yuan"),
        };
        Self { zh, en }
    }

    /// Its name.
    pub fn name(self) -> Text {
        Text::new(self.zh.name, self.en.name)
    }

    /// An amount in 亿元, with all its digits.
    pub fn told(self, amount: f64) -> Told {
        let figure = |unit: One| show_grouped(amount * unit.in_yi).replacen('-', "−", 1);
        Told::figure(Text::new(figure(self.zh), figure(self.en)), self.name())
    }

    /// An amount in 亿元 as it can be typed, with all its digits.
    pub(super) fn typed(self, amount: f64) -> Text {
        let [zh, en] = [self.zh, self.en].map(|unit| plain(amount * unit.in_yi));
        Text::new(format!("{zh}{}", self.zh.name), format!("{en} {}", self.en.name))
    }

    /// The amount in 亿元, rounded up to a few digits, as an option takes it: `12.35亿元`, `1.235bn`.
    pub fn option(self, amount: f64) -> Text {
        let up = |unit: One| {
            let scaled = amount * unit.in_yi;
            let digits = powi(10.0, digits_of(&[scaled]));
            format!("{}{}", plain((scaled * digits).ceil() / digits), unit.short)
        };
        Text::new(up(self.zh), up(self.en))
    }
}

/// Amounts in 亿元 that one sentence sets against each other: in one unit, with as many digits as tell them apart.
pub fn amounts<const N: usize>(all: [f64; N]) -> [Text; N] {
    let unit = MoneyUnit::of(&all);
    let side = |unit: One| {
        let scaled = all.map(|amount| amount * unit.in_yi);
        let digits = digits_of(&scaled);
        scaled.map(|amount| figure(rounded(amount, digits), digits))
    };
    let (zh, en) = (side(unit.zh), side(unit.en));
    std::array::from_fn(|at| Told::figure(Text::new(&*zh[at], &*en[at]), unit.name()).words)
}

/// Digits behind the point that tell figures from each other and from nothing.
fn digits_of(figures: &[f64]) -> u32 {
    let alike = |a: f64, b: f64, digits: u32| {
        (a - b).abs() > 1e-9 * a.abs().max(b.abs()) && rounded(a, digits) == rounded(b, digits)
    };
    let enough = |digits: &u32| {
        let told = |&a: &f64| !alike(a, 0.0, *digits) && !figures.iter().any(|&b| alike(a, b, *digits));
        figures.iter().all(told)
    };
    (USUAL_DIGITS..MOST_DIGITS).find(enough).unwrap_or(MOST_DIGITS)
}

/// A rounded figure; the smallest without the exponent in which a scenario may state them.
fn figure(rounded: f64, digits: u32) -> String {
    if rounded == 0.0 || rounded.abs() >= 1e-3 {
        return show_grouped(rounded);
    }
    let places = usize::try_from(digits).unwrap_or_default();
    format!("{rounded:.places$}").trim_end_matches('0').to_owned()
}

fn rounded(figure: f64, digits: u32) -> f64 {
    let power = powi(10.0, digits);
    (figure * power).round() / power
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{UnitKind, parse};

    fn side_by_side<const N: usize>(all: [f64; N]) -> [(String, String); N] {
        amounts(all).map(|text| (text.zh, text.en))
    }

    #[test]
    fn one_amount_has_the_unit_that_reads_best() {
        for (amount, zh, en) in [
            (2500.0, "2,500亿元", "250 billion yuan"),
            (0.5, "0.5亿元", "50 million yuan"),
            (3e-8, "3元", "3 yuan"),
            (5e-5, "5,000元", "5,000 yuan"),
            (1.1e-4, "1.1万元", "11,000 yuan"),
            (0.0, "0亿元", "0 billion yuan"),
        ] {
            let told = MoneyUnit::of(&[amount]).told(amount);
            assert_eq!((told.get(crate::text::Lang::Zh), told.get(crate::text::Lang::En)), (zh, en));
        }
    }

    #[test]
    fn amounts_side_by_side_have_one_unit_and_are_told_apart() {
        let of = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        assert_eq!(
            side_by_side([2e-7, 0.0, 9e-8]),
            [of("20元", "20 yuan"), of("0元", "0 yuan"), of("9元", "9 yuan")]
        );
        assert_eq!(
            side_by_side([80.0, 0.004, 19.482_736_45]),
            [
                of("80亿元", "8 billion yuan"),
                of("0.004亿元", "0.0004 billion yuan"),
                of("19.483亿元", "1.9483 billion yuan")
            ]
        );
        // just above the most that can be spent is not the same as that
        let [asked, most] = amounts([19.5003, 19.5]);
        assert_ne!(asked, most);
        assert_eq!(most, Text::new("19.5亿元", "1.95 billion yuan"));
    }

    #[test]
    fn what_an_option_is_told_to_be_is_read_and_covers_the_amount() {
        for amount in [12.341, 0.3, 0.07, 4.2e-3, 3e-8, 5.5e-6] {
            let Text { zh, en } = MoneyUnit::of(&[amount]).option(amount);
            for written in [zh, en] {
                let read = parse(&written, UnitKind::Money).unwrap_or(f64::NAN);
                assert!(amount <= read * (1.0 + 1e-12) && read < 1.2 * amount, "{written}");
            }
        }
    }
}
