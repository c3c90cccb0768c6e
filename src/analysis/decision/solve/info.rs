//! A lever as result documents describe it.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// What the number of a lever measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 亿元.
    Money,
    /// A fraction, written in percent.
    Share,
    /// What the scenario adds to a growth rate, as a fraction, written in percentage points.
    Points,
    /// A difference of yearly growth rates from the scenario's, as a fraction, written in percentage points.
    Growth,
    /// A multiple of what the scenario states.
    Factor,
    /// Years.
    Years,
    /// A calendar year.
    Year,
    /// Any other number.
    Number,
}

/// What is done with the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The quantity is set to it, without uncertainty.
    Set,
    /// The laws of the quantities are multiplied by it.
    Scale,
    /// It is added to the laws of the quantities.
    Shift,
    /// The target is judged in that year.
    Year,
}

/// A lever as result documents describe it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeverInfo {
    /// As it was asked for.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What the number measures.
    pub unit: Unit,
    /// What is done with it.
    pub turn: Turn,
    /// Paths of the quantities that it moves.
    pub quantities: Vec<String>,
    /// What they are.
    pub names: Vec<Text>,
    /// Least value that is searched.
    pub low: f64,
    /// Greatest value that is searched.
    pub high: f64,
    /// Whether the scenario draws the quantity, so that setting it takes its uncertainty away.
    pub was_uncertain: bool,
    /// The last year that has begun, where the lever moves money of that year or earlier, too; `null` where it does not.
    #[serde(default)]
    pub spent_until: Option<i32>,
}
