//! Reads a probability as planners write it: `80%`, `0.8`, `八成`, `八成五`, `百分之八十`.

use crate::text;
use crate::text::Text;

const DIGITS: &str = "零一二三四五六七八九";

/// The probability, strictly between 0 and 1.
///
/// # Errors
/// What is wrong with the text, to follow the text itself in a message.
pub fn read(text: &str) -> Result<f64, Text> {
    let text: String = text.trim().chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    let value = tenths(&text).or_else(|| percent(&text)).or_else(|| text.parse().ok());
    match value.filter(|value: &f64| value.is_finite()) {
        None => Err(text!("不是可能性", "is no probability")),
        Some(value) if value > 0.0 && value < 1.0 => Ok(value),
        // 80 without a sign may be meant as 80 %, but 1 may not
        Some(value) if (1.0..100.0).contains(&value) && !text.contains(['%', '成']) => {
            Err(text!("缺少百分号", "lacks a percent sign"))
        }
        Some(_) => Err(text!("不在 0 和 100% 之间", "does not lie between 0 and 100%")),
    }
}

/// Full-width digits and signs as their narrow forms.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (u32::from(c) - u32::from('０')) as u8),
        '％' => '%',
        '．' => '.',
        '两' => '二',
        '〇' => '零',
        c => c,
    }
}

fn digit(c: char) -> Option<u32> {
    let chinese = DIGITS.chars().position(|known| known == c).and_then(|at| u32::try_from(at).ok());
    c.to_digit(10).or(chinese)
}

/// `八成`, `8成`, `八成五`, `八成半`.
fn tenths(text: &str) -> Option<f64> {
    let (whole, rest) = text.split_once('成')?;
    let one = |text: &str| {
        let mut chars = text.chars();
        let found = digit(chars.next()?)?;
        chars.next().is_none().then_some(found)
    };
    let hundredths = match rest {
        "" => 0,
        "半" => 5,
        rest => one(rest)?,
    };
    Some(f64::from(one(whole)? * 10 + hundredths) / 100.0)
}

/// `80%`, `百分之八十`, `百分之80`.
fn percent(text: &str) -> Option<f64> {
    if let Some(number) = text.strip_suffix('%') {
        return number.parse::<f64>().ok().map(|number| number / 100.0);
    }
    let number = text.strip_prefix("百分之")?;
    let value = match number.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { tens.chars().next().and_then(digit)? };
            let ones = if ones.is_empty() { 0 } else { ones.chars().next().and_then(digit)? };
            f64::from(tens * 10 + ones)
        }
        None => match number.parse() {
            Ok(value) => value,
            Err(_) => {
                f64::from(number.chars().next().and_then(digit).filter(|_| number.chars().count() == 1)?)
            }
        },
    };
    Some(value / 100.0)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn planners_ways_of_writing_are_read() {
        for (text, value) in [
            ("80%", 0.8),
            ("0.8", 0.8),
            ("八成", 0.8),
            ("8成", 0.8),
            ("八成五", 0.85),
            ("两成半", 0.25),
            ("百分之八十", 0.8),
            ("百分之八十五", 0.85),
            ("百分之五", 0.05),
            ("百分之12.5", 0.125),
            ("８０％", 0.8),
            (" 99.5 % ", 0.995),
        ] {
            assert_eq!(read(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_probability_is_refused_with_its_reason() {
        for (text, zh) in [
            ("80", "百分号"),
            ("1", "百分号"),
            ("0", "不在"),
            ("100%", "不在"),
            ("-5%", "不在"),
            ("150", "不在"),
            ("十成", "不是"),
            ("NaN", "不是"),
            ("很大", "不是"),
        ] {
            let problem = read(text).expect_err(text);
            assert!(problem.zh.contains(zh), "{text}: {problem:?}");
        }
    }
}
