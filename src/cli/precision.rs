//! Reads a wanted precision: `0.1pp`, `0.1个百分点`, `revenue-2500=0.1pp`.

use crate::analysis::Precision;

/// Least half-width in percentage points: narrower ones take more than 10^12 trials.
const LEAST: f64 = 0.0001;

/// The half-width of the intervals of every target, or of the one named before an equals sign; `None` unless it is stated
/// in percentage points and lies between 0.0001 and 50.
pub fn read(text: &str) -> Option<Precision> {
    let (target, width) = match text.split_once('=') {
        Some((id, width)) => (Some(id.trim()), width),
        None => (None, text),
    };
    let number = ["pp", "个百分点", "百分点"].iter().find_map(|unit| width.trim().strip_suffix(unit))?;
    let points = number.trim().parse::<f64>().ok().filter(|points| *points >= LEAST && *points < 50.0)?;
    (target != Some("")).then(|| Precision { target: target.map(str::to_owned), half_width: points / 100.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_needs_percentage_points() {
        let wish = |target: Option<&str>| Precision { target: target.map(str::to_owned), half_width: 0.001 };
        for (text, target) in [
            ("0.1pp", None),
            (" 0.1 个百分点", None),
            ("t=0.1pp", Some("t")),
            ("HB48 = 0.1百分点", Some("HB48")),
        ] {
            assert_eq!(read(text), Some(wish(target)), "{text}");
        }
        for text in ["0.1", "0.1%", "0pp", "1e-10pp", "-1pp", "50pp", "NaNpp", "=0.1pp", "pp", "t="] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
