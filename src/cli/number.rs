//! Whole numbers as planners write them on the command line: `100000`, `100_000`, `1e6`, `10万`, `１０万`, `十万`.

/// Why a text is not an acceptable whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// The text is not a finite decimal number: letters, nothing at all, `NaN`, `inf`, misplaced separators.
    NotANumber,
    /// The text starts with a minus sign.
    Negative,
    /// The text is a number with a fractional part that is not zero, such as `1.5` or `1e-3`.
    NotWhole,
    /// The number exceeds 2^64 − 1.
    TooLarge,
}

/// Chinese unit words and their power of ten, longer words first.
const UNITS: [(&str, i64); 7] =
    [("千万", 7), ("百万", 6), ("十万", 5), ("亿", 8), ("万", 4), ("千", 3), ("百", 2)];

/// Reads a whole number exactly (no floating point on the way).
///
/// Accepted: digits with `_` between them or `,` between groups of three, a decimal point, an exponent (`1e6`),
/// a Chinese unit (`1.5万`, `2亿`), one Chinese digit or none before it (`十万`, `五十万`, `两百万`), full-width forms of all
/// these, and surrounding space.
///
/// # Errors
/// [`NumberError`], whose variants state their conditions.
pub fn whole(text: &str) -> Result<u64, NumberError> {
    let text: String = text.trim().chars().map(half_width).collect();
    if text.starts_with('-') {
        return Err(NumberError::Negative);
    }
    let text = text.strip_prefix('+').unwrap_or(&text);
    let (text, unit) = UNITS
        .iter()
        .find_map(|(word, power)| {
            text.strip_suffix(word).map(|rest| (before_unit(rest.trim_end(), word), *power))
        })
        .unwrap_or((text, 0));
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
        None => (text, 0),
    };
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let integer = ungroup(integer)?;
    let fraction = ungroup_underscores(fraction)?;
    let digits = format!("{integer}{fraction}");
    let significant = digits.trim_matches('0');
    if significant.is_empty() {
        return Ok(0);
    }
    let trailing_zeros = digits.len() - digits.trim_end_matches('0').len();
    let power = exponent + unit - length(&fraction) + length(&digits[..trailing_zeros]);
    if power < 0 {
        return Err(NumberError::NotWhole);
    }
    let scale = u32::try_from(power).ok().and_then(|power| 10_u64.checked_pow(power));
    let value =
        significant.parse::<u64>().ok().zip(scale).and_then(|(value, scale)| value.checked_mul(scale));
    value.ok_or(NumberError::TooLarge)
}

/// What stands before a Chinese unit word, in digits: one Chinese digit, or nothing before a word that counts alone (`十万`).
fn before_unit<'t>(text: &'t str, word: &str) -> &'t str {
    const DIGITS: [(&str, &str); 10] = [
        ("一", "1"),
        ("二", "2"),
        ("两", "2"),
        ("三", "3"),
        ("四", "4"),
        ("五", "5"),
        ("六", "6"),
        ("七", "7"),
        ("八", "8"),
        ("九", "9"),
    ];
    match DIGITS.iter().find(|(chinese, _)| *chinese == text) {
        Some((_, digit)) => digit,
        None if text.is_empty() && matches!(word, "十万" | "百万" | "千万") => "1",
        None => text,
    }
}

/// Full-width digits and signs, as Chinese input methods produce them, in their ASCII form.
fn half_width(character: char) -> char {
    match character {
        '０'..='９' | '．' | '，' | '＋' | '－' | '＿' | 'ｅ' | 'Ｅ' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        '−' => '-',
        other => other,
    }
}

/// An exponent; six digits are far beyond any size this program knows, so longer ones are cut to that.
fn read_exponent(text: &str) -> Result<i64, NumberError> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::NotANumber);
    }
    Ok(sign * digits.parse::<i64>().unwrap_or(i64::MAX).min(999_999))
}

/// Digits without their separators: `,` only before groups of three (so that `1,5` is not taken for 15).
fn ungroup(text: &str) -> Result<String, NumberError> {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    if rest.is_empty() {
        return ungroup_underscores(first);
    }
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let grouped =
        digits(first) && first.len() <= 3 && rest.iter().all(|group| group.len() == 3 && digits(group));
    if grouped { Ok(text.replace(',', "")) } else { Err(NumberError::NotANumber) }
}

/// Digits without `_`, which may stand only between digits.
fn ungroup_underscores(text: &str) -> Result<String, NumberError> {
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    if text.split('_').all(digits) { Ok(text.replace('_', "")) } else { Err(NumberError::NotANumber) }
}

/// The length of a text of digits; an argument is never longer than memory, so this always fits.
fn length(digits: &str) -> i64 {
    i64::try_from(digits.len()).unwrap_or(i64::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::{NumberError, whole};

    #[test]
    fn every_way_of_writing_a_number_means_the_same() {
        for text in [
            "100000",
            "100_000",
            "100,000",
            "1e5",
            "1E+5",
            "10万",
            "10 万",
            "0.1百万",
            "１０万",
            "+100000.0",
            "1000e2",
            " 100，000 ",
            "1000000e-1",
            "000100000",
            "十万",
            "一十万",
        ] {
            assert_eq!(whole(text), Ok(100_000), "{text}");
        }
        assert_eq!(whole("1.5万"), Ok(15_000));
        assert_eq!(whole("2亿"), Ok(200_000_000));
        assert_eq!(
            (whole("一百万"), whole("两万"), whole("百万")),
            (Ok(1_000_000), Ok(20_000), Ok(1_000_000))
        );
        assert_eq!(whole("3千万"), Ok(30_000_000));
        assert_eq!(whole("18446744073709551615"), Ok(u64::MAX));
        assert_eq!(whole("1840e16"), Ok(18_400_000_000_000_000_000));
        for zero in ["0", "0.0", "0e99999999999999999999", "0万"] {
            assert_eq!(whole(zero), Ok(0), "{zero}");
        }
    }

    #[test]
    fn each_fault_has_its_own_name() {
        for text in [
            "",
            " ",
            "NaN",
            "inf",
            "1_",
            "_1",
            "1__0",
            "1,5",
            "1,0000",
            ",100",
            "1e",
            "e5",
            "1e1.5",
            "万",
            "二十五万",
            "1.",
            ".5",
            "1.2.3",
            "0x10",
            "1万5",
        ] {
            assert_eq!(whole(text), Err(NumberError::NotANumber), "{text}");
        }
        for text in ["-1", "−5", "－3", "-0.5"] {
            assert_eq!(whole(text), Err(NumberError::Negative), "{text}");
        }
        for text in ["1.5", "1e-1", "0.00001万", "1e-99999999999999999999"] {
            assert_eq!(whole(text), Err(NumberError::NotWhole), "{text}");
        }
        for text in ["18446744073709551616", "1e20", "1e99999999999999999999", "10000000000000000000亿"] {
            assert_eq!(whole(text), Err(NumberError::TooLarge), "{text}");
        }
    }
}
