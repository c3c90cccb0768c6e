//! Reading of numbers written with Chinese or ASCII units.

use super::UnitKind;
use crate::text;
use crate::text::Text;

/// Why a number with a unit cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitError {
    /// The string holds nothing but blanks.
    Empty,
    /// The string does not start with a number.
    NotANumber(String),
    /// Digits are grouped in another way than by commas in threes; holds the number as written.
    Grouping(String),
    /// The number is NaN, infinite, or beyond the range of floating-point numbers.
    NotFinite(String),
    /// The unit is of another kind than asked for.
    WrongKind {
        /// The unit as written.
        unit: String,
        /// A kind to which it belongs.
        belongs: UnitKind,
    },
    /// The unit is of no kind.
    UnknownUnit {
        /// The unit as written.
        unit: String,
        /// The most similar accepted unit, if one is similar.
        nearest: Option<&'static str>,
    },
    /// The first end of a range is not below the second.
    Reversed,
}

impl UnitError {
    /// What is wrong with a number of which `kind` is asked for.
    pub fn message(&self, kind: UnitKind) -> Text {
        let (zh, en) = kind.name();
        match self {
            Self::Empty => {
                text!("这里要写一个{zh}，现在是空的", "a number ({en}) is expected, but the string is empty")
            }
            Self::NotANumber(s) => text!("“{s}”读不出数字", "`{s}` does not start with a number"),
            Self::Grouping(s) => {
                text!("“{s}”的分隔写法有歧义", "`{s}`: digits can be grouped by commas in threes only")
            }
            Self::NotFinite(s) => text!("“{s}”不是有限的数", "`{s}` is not a finite number"),
            Self::WrongKind { unit, belongs } => {
                let (belongs_zh, belongs_en) = belongs.name();
                text!(
                    "单位“{unit}”用于{belongs_zh}，这里要的是{zh}",
                    "the unit `{unit}` is for {belongs_en}, but {en} is expected here"
                )
            }
            Self::UnknownUnit { unit, .. } => text!("不认识的单位“{unit}”", "unknown unit `{unit}`"),
            Self::Reversed => {
                text!("范围的前一个数必须小于后一个数", "the first end of a range must be below the second")
            }
        }
    }

    /// What to write instead.
    pub fn hint(&self, kind: UnitKind) -> Text {
        let (base_zh, base_en) = kind.base();
        let units: Vec<&str> = kind.units().iter().map(|unit| unit.0).collect();
        let (zh, en) = (units.join("、"), units.join(", "));
        match self {
            Self::UnknownUnit { nearest: Some(nearest), .. } => {
                text!("是不是“{nearest}”？可用的单位：{zh}", "did you mean `{nearest}`? accepted units: {en}")
            }
            Self::Grouping(_) => {
                text!("写成 1250 或 1,250，数字中间不要留空格", "write 1250 or 1,250, without blanks inside")
            }
            Self::Reversed => text!("把两个数对调", "swap the two numbers"),
            _ => text!(
                "可用的单位：{zh}；不写单位时按{base_zh}",
                "accepted units: {en}; without a unit the number is in the base unit: {base_en}"
            ),
        }
    }
}

/// A number with an optional unit, in the base unit of `kind`.
///
/// Full-width characters, a sign, commas between groups of three digits and an exponent are accepted.
///
/// # Errors
/// See [`UnitError`]; never [`UnitError::Reversed`].
pub fn parse(text: &str, kind: UnitKind) -> Result<f64, UnitError> {
    let text = normalise(text);
    let (number, unit) = split(&text)?;
    number.in_unit(unit, kind)
}

/// The two ends of a range such as `"4 to 5.5"` or `"25~40亿元"`; `None` if the text holds no range.
///
/// A unit written at one end only holds for both.
///
/// # Errors
/// See [`UnitError`].
pub fn parse_range(text: &str, kind: UnitKind) -> Option<Result<(f64, f64), UnitError>> {
    let text = normalise(text);
    let (low, high) = ends(&text)?;
    Some(read_ends(low, high, kind))
}

fn read_ends(low: &str, high: &str, kind: UnitKind) -> Result<(f64, f64), UnitError> {
    let ((low, low_unit), (high, high_unit)) = (split(low)?, split(high)?);
    let first = if low_unit.is_empty() { high_unit } else { low_unit };
    let second = if high_unit.is_empty() { low_unit } else { high_unit };
    let (low, high) = (low.in_unit(first, kind)?, high.in_unit(second, kind)?);
    if low < high { Ok((low, high)) } else { Err(UnitError::Reversed) }
}

/// The texts of both ends.
fn ends(text: &str) -> Option<(&str, &str)> {
    for separator in ["to", "到", "至", "~"] {
        if let Some(ends) = text.split_once(separator) {
            return Some(ends);
        }
    }
    // A dash is a sign or part of an exponent unless a number stands before it.
    let dashes = text.char_indices().filter(|&(i, c)| i > 0 && c == '-');
    for (i, dash) in dashes {
        let (low, high) = (&text[..i], &text[i + dash.len_utf8()..]);
        let exponent = low.ends_with(['e', 'E']) && high.starts_with(|c: char| c.is_ascii_digit());
        if !exponent && split(low).is_ok() && split(high).is_ok() {
            return Some((low, high));
        }
    }
    None
}

/// Full-width forms and other dashes as their ASCII counterparts, without blanks at the ends.
fn normalise(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '〜' => '~',
        '−' | '–' | '—' => '-',
        other => other,
    };
    text.trim().chars().map(narrow).collect::<String>().trim().to_owned()
}

/// A decimal number as written, so that a power of ten can be applied before it is rounded to binary.
struct Decimal {
    digits: String,
    exponent: i32,
}

impl Decimal {
    fn in_unit(&self, unit: &str, kind: UnitKind) -> Result<f64, UnitError> {
        let scale = if unit.is_empty() { Scale::Ten(0) } else { scale(unit, kind)? };
        let (power, divisor) = match scale {
            Scale::Ten(power) => (power, 1.0),
            Scale::Over(divisor) => (0, divisor),
        };
        let text = format!("{}e{}", self.digits, self.exponent.saturating_add(power));
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value / divisor),
            _ => Err(UnitError::NotFinite(text)),
        }
    }
}

/// Size of a unit in base units: a power of ten, or one over a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// 10 to this power.
    Ten(i32),
    /// The reciprocal of this number.
    Over(f64),
}

fn scale(unit: &str, kind: UnitKind) -> Result<Scale, UnitError> {
    let find = |kind: UnitKind| kind.units().iter().find(|(name, _)| name.eq_ignore_ascii_case(unit));
    if let Some(&(_, scale)) = find(kind) {
        return Ok(scale);
    }
    let written = unit.to_owned();
    if let Some(belongs) = UnitKind::ALL.into_iter().find(|&other| find(other).is_some()) {
        return Err(UnitError::WrongKind { unit: written, belongs });
    }
    let similar = |name: &&(&'static str, Scale)| strsim::damerau_levenshtein(name.0, unit);
    let nearest = kind.units().iter().min_by_key(similar).map(|unit| unit.0);
    // Another currency is no misspelling.
    let foreign = unit.contains(['美', '欧', '港', '日', '$', '€']);
    let nearest =
        nearest.filter(|name| !foreign && strsim::normalized_damerau_levenshtein(name, unit) >= 0.4);
    Err(UnitError::UnknownUnit { unit: written, nearest })
}

/// Splits a normalised text into its number and its unit.
fn split(text: &str) -> Result<(Decimal, &str), UnitError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(UnitError::Empty);
    }
    let unsigned = text.trim_start_matches(['+', '-']);
    let lower = unsigned.to_ascii_lowercase();
    if lower.starts_with("nan") || lower.starts_with("inf") || unsigned.starts_with('∞') {
        return Err(UnitError::NotFinite(text.to_owned()));
    }
    let signs = text.len() - unsigned.len();
    let negative = text.starts_with('-');
    let length = unsigned.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '_'));
    let (mantissa, rest) = unsigned.split_at(length.unwrap_or(unsigned.len()));
    if signs > 1 || !mantissa.contains(|c: char| c.is_ascii_digit()) || mantissa.matches('.').count() > 1 {
        return Err(UnitError::NotANumber(text.to_owned()));
    }
    if !well_grouped(mantissa) {
        return Err(UnitError::Grouping(text.to_owned()));
    }
    let (exponent, unit) = exponent(rest);
    let unit = unit.trim();
    if unit.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(UnitError::Grouping(text.to_owned()));
    }
    let digits: String = mantissa.chars().filter(|c| !matches!(c, ',' | '_')).collect();
    let sign = if negative { "-" } else { "" };
    Ok((Decimal { digits: format!("{sign}{digits}"), exponent }, unit))
}

/// An exponent at the start of `rest`, and what follows; 0 if there is none.
fn exponent(rest: &str) -> (i32, &str) {
    let none = (0, rest);
    let Some(body) = rest.strip_prefix(['e', 'E']) else { return none };
    let unsigned = body.strip_prefix(['+', '-']).unwrap_or(body);
    let digits = unsigned.find(|c: char| !c.is_ascii_digit()).unwrap_or(unsigned.len());
    if digits == 0 {
        return none;
    }
    let (number, unit) = body.split_at(body.len() - unsigned.len() + digits);
    // An exponent that does not fit overflows or vanishes anyway.
    let huge = if number.starts_with('-') { -1_000_000 } else { 1_000_000 };
    (number.parse().unwrap_or(huge), unit)
}

/// Whether commas and underscores stand only before groups of three digits of the whole part.
fn well_grouped(mantissa: &str) -> bool {
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let grouped = |c: char| matches!(c, ',' | '_');
    if fraction.contains(grouped) {
        return false;
    }
    let mut groups = whole.split(grouped);
    let first = groups.next().map_or(0, str::len);
    let mut rest = groups.peekable();
    rest.peek().is_none() || ((1..=3).contains(&first) && rest.all(|group| group.len() == 3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn units_scale_exactly_as_if_written_in_the_base_unit() {
        for (text, kind, value) in [
            ("2500亿元", UnitKind::Money, 2500.0),
            ("5000万元", UnitKind::Money, 0.5),
            ("2.5 千万元", UnitKind::Money, 0.25),
            ("1.2万亿", UnitKind::Money, 12_000.0),
            ("35百万元", UnitKind::Money, 0.35),
            ("1,250,000元", UnitKind::Money, 0.0125),
            ("2.5 bn", UnitKind::Money, 25.0),
            ("250 billion yuan", UnitKind::Money, 2500.0),
            ("35 million", UnitKind::Money, 0.35),
            ("12%", UnitKind::Rate, 0.12),
            ("1.1%", UnitKind::Share, 0.011),
            ("－３．５％", UnitKind::Rate, -0.035),
            ("1.5个百分点", UnitKind::Log, 0.015),
            ("2.5PP", UnitKind::Rate, 0.025),
            ("18个月", UnitKind::Years, 1.5),
            ("0.2次/年", UnitKind::PerYear, 0.2),
            ("4.5倍", UnitKind::Number, 4.5),
            ("2027年", UnitKind::Year, 2027.0),
            ("33项", UnitKind::Count, 33.0),
            ("1.5e2亿元", UnitKind::Money, 150.0),
            ("1e-3", UnitKind::Number, 0.001),
            ("+.5", UnitKind::Number, 0.5),
        ] {
            assert_eq!(parse(text, kind), Ok(value), "{text}");
        }
    }

    #[test]
    fn ranges_share_a_unit_written_once() {
        for (text, kind, ends) in [
            ("4 to 5.5", UnitKind::Number, (4.0, 5.5)),
            ("4到5.5", UnitKind::Number, (4.0, 5.5)),
            ("25亿元 to 40亿元", UnitKind::Money, (25.0, 40.0)),
            ("25～40亿元", UnitKind::Money, (25.0, 40.0)),
            ("1%~3%", UnitKind::Rate, (0.01, 0.03)),
            ("-5%-3%", UnitKind::Rate, (-0.05, 0.03)),
            ("1e-5-2e-5", UnitKind::Number, (1e-5, 2e-5)),
            ("5000万元至1亿元", UnitKind::Money, (0.5, 1.0)),
        ] {
            assert_eq!(parse_range(text, kind), Some(Ok(ends)), "{text}");
        }
        assert_eq!(parse_range("1e-5", UnitKind::Number), None);
        assert_eq!(parse_range("-5%", UnitKind::Rate), None);
        assert_eq!(parse_range("5 to 5", UnitKind::Number), Some(Err(UnitError::Reversed)));
    }

    #[test]
    fn faults_are_told_apart() {
        use UnitError as E;
        let wrong = |unit: &str, belongs| E::WrongKind { unit: unit.to_owned(), belongs };
        assert_eq!(parse("12%", UnitKind::Money), Err(wrong("%", UnitKind::Rate)));
        assert_eq!(parse("3亿元", UnitKind::Rate), Err(wrong("亿元", UnitKind::Money)));
        assert_eq!(parse("  ", UnitKind::Money), Err(E::Empty));
        assert_eq!(parse("约3亿元", UnitKind::Money), Err(E::NotANumber("约3亿元".to_owned())));
        assert_eq!(parse("1 250", UnitKind::Money), Err(E::Grouping("1 250".to_owned())));
        assert_eq!(parse("2,5%", UnitKind::Rate), Err(E::Grouping("2,5%".to_owned())));
        for text in ["NaN", "-inf", "∞", "1e999", "1e99999999999999"] {
            assert!(matches!(parse(text, UnitKind::Number), Err(E::NotFinite(_))), "{text}");
        }
        let unknown = parse("3亿圆", UnitKind::Money);
        assert_eq!(unknown, Err(E::UnknownUnit { unit: "亿圆".to_owned(), nearest: Some("亿元") }));
        let dollars = parse("3亿美元", UnitKind::Money);
        assert_eq!(dollars, Err(E::UnknownUnit { unit: "亿美元".to_owned(), nearest: None }));
        if let Err(fault) = dollars {
            assert!(fault.hint(UnitKind::Money).zh.contains("亿元、"));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[0-9.,eE+\\-~ 亿万元%个百分点to到\\PC]{0,24}") {
            for kind in UnitKind::ALL {
                if let Ok(value) = parse(&text, kind) {
                    prop_assert!(value.is_finite());
                }
                if let Some(Ok((low, high))) = parse_range(&text, kind) {
                    prop_assert!(low < high);
                }
            }
        }
    }
}
