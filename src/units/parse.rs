//! Reading of numbers written with units.
use super::UnitKind;
/// Fault
#[derive(Clone, Debug, PartialEq)]
pub enum UnitError {
    /// x
    Empty,
}
/// Reads
pub fn parse(text: &str, kind: UnitKind) -> Result<f64, UnitError> {
    let _ = (text, kind);
    Err(UnitError::Empty)
}
/// Reads
pub fn parse_range(text: &str, kind: UnitKind) -> Option<Result<(f64, f64), UnitError>> {
    let _ = (text, kind);
    None
}
