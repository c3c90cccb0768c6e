//! x
use super::*;
pub(super) const ROWS: &[Param] = &[];
