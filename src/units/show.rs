//! Writing of numbers with units.
use super::UnitKind;
/// x
pub fn show(value: f64, kind: UnitKind) -> String {
    let _ = kind;
    value.to_string()
}
