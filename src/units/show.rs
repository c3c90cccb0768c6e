//! Writing of numbers with the unit in which a planner would write them.

use super::UnitKind;

/// `value` (in the base unit) as it could be written in a scenario, to ten significant digits.
pub fn show(value: f64, kind: UnitKind) -> String {
    match kind {
        UnitKind::Money => {
            let (scaled, unit) = match value.abs() {
                size if size >= 0.1 || size == 0.0 => (value, "亿元"),
                size if size >= 1e-6 => (value * 1e4, "万元"),
                _ => (value * 1e8, "元"),
            };
            format!("{}{unit}", plain(scaled))
        }
        UnitKind::Rate | UnitKind::Share | UnitKind::Log => format!("{}%", plain(value * 100.0)),
        UnitKind::Number => plain(value),
        UnitKind::PerYear => format!("{}次/年", plain(value)),
        UnitKind::Years => format!("{}年", plain(value)),
        UnitKind::Year | UnitKind::Count => plain(value),
    }
}

/// The shortest decimal form after rounding to ten significant digits, which hides the noise of unit conversion.
fn plain(value: f64) -> String {
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
                let text = show(value, kind);
                let back = parse(&text, kind).unwrap_or(f64::NAN);
                assert!((back - value).abs() <= 1e-9 * value.abs(), "{text}");
            }
        }
        assert_eq!(show(0.07, UnitKind::Rate), "7%");
        assert_eq!(show(0.005, UnitKind::Money), "50万元");
    }
}
