//! Quantities as written: numbers with units, ranges, named distributions and percentiles, in base units.

use super::node::Node;
use super::parameters::{Kind, Param, Range, quantity_param};
use super::provenance::Provenance;
use crate::diag::{Diagnostic, Span};
use crate::units::UnitKind;

/// A family of distributions that can be named with `dist`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `value`
    Point,
    /// `mean`, `sd`
    Normal,
    /// `median`, `sigma`, or `mean`, `sd`
    LogNormal,
    /// `mean`, `sd`, `low`, `high`
    TruncatedNormal,
    /// `low`, `mode`, `high`
    Triangular,
    /// `low`, `mode`, `high`, `shape` = 4
    Pert,
    /// `low`, `high`
    Uniform,
    /// `alpha`, `beta`, or `mean`, `sd`; `low` = 0, `high` = 1
    Beta,
    /// `df`, `location`, `scale`
    StudentT,
    /// `values`, `weights`
    Discrete,
    /// `values`
    Empirical,
}

/// One field of a named family.
#[derive(Clone, Debug, PartialEq)]
pub struct RawField {
    /// Name of the field, such as `mean`.
    pub name: &'static str,
    /// Its value in the base unit (dimensionless for `sigma`, `shape`, `alpha`, `beta`, `df`, `weights`);
    /// one number except for `values` and `weights`.
    pub values: Vec<f64>,
    /// Where the value is written.
    pub span: Span,
}

/// The form of a quantity, all values in the base unit and finite.
#[derive(Clone, Debug, PartialEq)]
pub enum RawFamily {
    /// A certain number.
    Point(f64),
    /// `"low to high"`: the 5 % and 95 % points, `low` < `high`.
    Range {
        /// The 5 % point.
        low: f64,
        /// The 95 % point.
        high: f64,
    },
    /// A named family with its fields, as complete and without strangers as the family demands.
    Named {
        /// The family.
        family: Family,
        /// Its fields; defaults are not filled in.
        fields: Vec<RawField>,
    },
    /// Percentiles, ascending, with (probability, value, place).
    Percentiles {
        /// The family if `dist` is written.
        family: Option<Family>,
        /// The points.
        points: Vec<(f64, f64, Span)>,
    },
}

/// A quantity as written.
#[derive(Clone, Debug, PartialEq)]
pub struct RawQuantity {
    /// Path with ids, the name under which the quantity is drawn.
    pub name: String,
    /// Its form.
    pub family: RawFamily,
    /// Where it is written.
    pub span: Span,
    /// Source, grade and note, inherited ones included.
    pub provenance: Provenance,
}

impl RawQuantity {
    /// The number if it is certain.
    pub fn point(&self) -> Option<f64> {
        match self.family {
            RawFamily::Point(value) => Some(value),
            _ => None,
        }
    }

    /// The field of a named family.
    pub fn field(&self, name: &str) -> Option<&RawField> {
        match &self.family {
            RawFamily::Named { fields, .. } => fields.iter().find(|field| field.name == name),
            _ => None,
        }
    }
}

/// What a quantity must obey: the columns of [`Param`] that concern numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The unit.
    pub unit: UnitKind,
    /// Whether a distribution is allowed.
    pub uncertain: bool,
    /// Allowed values.
    pub range: Option<Range>,
    /// Usual values.
    pub plausible: Option<(f64, f64)>,
}

impl Rule {
    /// The rule of a row, `None` if the row holds no quantity.
    pub fn of(param: &Param) -> Option<Self> {
        let unit = param.unit()?;
        Some(Self { unit, uncertain: param.uncertain, range: param.range, plausible: param.plausible })
    }
}

/// Reads a quantity; on success also the warnings.
///
/// # Errors
/// All faults of the value: unreadable numbers, unknown units or families, missing or unknown fields, numbers
/// outside the range, percentiles out of order.
pub fn parse_quantity(
    node: &Node,
    name: &str,
    rule: &Rule,
    inherited: &Provenance,
) -> Result<(RawQuantity, Vec<Diagnostic>), Vec<Diagnostic>> {
    let _ = (node, name, rule, inherited);
    Err(Vec::new())
}

/// One change of `set`, `scale` or `shift`.
#[derive(Clone, Debug, PartialEq)]
pub struct Change<'a> {
    /// The quantity path.
    pub path: String,
    /// Where the path is written (its last part if it is written as nested tables).
    pub key_span: Span,
    /// The new value, factor or addend.
    pub node: &'a Node,
}

impl Change<'_> {
    /// What the value must obey under `verb` (`set`, `scale` or `shift`); `None` if the path leads to no quantity.
    pub fn rule(&self, verb: &str) -> Option<Rule> {
        let rule = Rule::of(quantity_param(&self.path)?)?;
        match verb {
            "set" => Some(rule),
            "scale" => Some(Rule { unit: UnitKind::Number, uncertain: false, range: None, plausible: None }),
            _ => Some(Rule { uncertain: false, range: None, plausible: None, ..rule }),
        }
    }
}

/// The changes written in `table`, nested tables flattened to dotted paths.
pub fn overrides(table: &Node) -> Vec<Change<'_>> {
    let _ = (table, Kind::Overrides);
    Vec::new()
}
