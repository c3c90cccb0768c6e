//! The families of distributions that a scenario can name, with their fields.

use super::node::Node;

/// A family of distributions that can be named with `dist`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `value`
    Point,
    /// `mean`, `sd`
    Normal,
    /// `median`, `sigma`, or `mean`, `sd`
    LogNormal,
    /// `mean`, `sd` (of the normal before truncation), `low`, `high`
    TruncatedNormal,
    /// `low`, `mode`, `high`
    Triangular,
    /// `low`, `mode`, `high`, `shape` = 4
    Pert,
    /// `low`, `high`
    Uniform,
    /// `alpha`, `beta`, or `mean`, `sd`; `low` = 0, `high` = 1
    Beta,
    /// `shape`, `mean`
    Gamma,
    /// `df`, `location`, `scale`
    StudentT,
    /// `values`, `weights`
    Discrete,
    /// `values`
    Empirical,
}

impl Family {
    /// Whether a law of this family can be fitted to percentiles.
    pub fn fits_percentiles(self) -> bool {
        use Family::{Beta, LogNormal, Normal, Pert, Triangular, Uniform};
        matches!(self, Normal | LogNormal | Uniform | Beta | Triangular | Pert)
    }
}

/// What a field of a family holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A place on the axis, in the key's unit and range.
    Place,
    /// A spread in the key's unit, not negative.
    Spread,
    /// A dimensionless spread, not negative (`sigma`).
    Sigma,
    /// A dimensionless number above 0 (`shape`, `alpha`, `beta`, `df`).
    Positive,
    /// A list of places.
    Places,
    /// A list of dimensionless numbers, none negative, not all 0.
    Weights,
}

/// A family as the format describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FamilySpec {
    /// The family.
    pub family: Family,
    /// Its word after `dist`.
    pub word: &'static str,
    /// Its complete sets of fields: one of them must be written.
    pub forms: &'static [&'static [&'static str]],
    /// Fields that may be added, with their default.
    pub optional: &'static [(&'static str, &'static str)],
    /// One sentence on the law.
    pub law: &'static str,
}

/// All families.
pub const FAMILIES: &[FamilySpec] = &[
    FamilySpec {
        family: Family::Point,
        word: "point",
        forms: &[&["value"]],
        optional: &[],
        law: "a certain number",
    },
    FamilySpec {
        family: Family::Normal,
        word: "normal",
        forms: &[&["mean", "sd"]],
        optional: &[],
        law: "Normal(mean, sd²)",
    },
    FamilySpec {
        family: Family::LogNormal,
        word: "lognormal",
        forms: &[&["median", "sigma"], &["mean", "sd"]],
        optional: &[],
        law: "ln x ~ Normal(ln median, sigma²); mean and sd are those of x itself",
    },
    FamilySpec {
        family: Family::TruncatedNormal,
        word: "truncated_normal",
        forms: &[&["mean", "sd", "low", "high"]],
        optional: &[],
        law: "Normal(mean, sd²) given low ≤ x ≤ high; mean and sd are those before truncation",
    },
    FamilySpec {
        family: Family::Triangular,
        word: "triangular",
        forms: &[&["low", "mode", "high"]],
        optional: &[],
        law: "triangular density on [low, high] with its peak at mode",
    },
    FamilySpec {
        family: Family::Pert,
        word: "pert",
        forms: &[&["low", "mode", "high"]],
        optional: &[("shape", "4")],
        law: "low + (high − low)·Beta(1 + shape·(mode−low)/(high−low), 1 + shape·(high−mode)/(high−low))",
    },
    FamilySpec {
        family: Family::Uniform,
        word: "uniform",
        forms: &[&["low", "high"]],
        optional: &[],
        law: "uniform on [low, high]",
    },
    FamilySpec {
        family: Family::Beta,
        word: "beta",
        forms: &[&["alpha", "beta"], &["mean", "sd"]],
        optional: &[("low", "0"), ("high", "1")],
        law: "low + (high − low)·Beta(alpha, beta); mean and sd are those of x itself",
    },
    FamilySpec {
        family: Family::Gamma,
        word: "gamma",
        forms: &[&["shape", "mean"]],
        optional: &[],
        law: "Gamma with this shape (0.1 to 1000) and mean, s.d. mean/√shape; shape 1 is the exponential law",
    },
    FamilySpec {
        family: Family::StudentT,
        word: "student_t",
        forms: &[&["df", "location", "scale"]],
        optional: &[],
        law: "location + scale·t with df degrees of freedom (scale is not the standard deviation)",
    },
    FamilySpec {
        family: Family::Discrete,
        word: "discrete",
        forms: &[&["values", "weights"]],
        optional: &[],
        law: "values[k] with probability weights[k] / Σ weights",
    },
    FamilySpec {
        family: Family::Empirical,
        word: "empirical",
        forms: &[&["values"]],
        optional: &[],
        law: "the sample itself: its inverse distribution function, linear between the sorted values (type 7)",
    },
];

impl FamilySpec {
    /// The family with this word.
    pub fn from_word(word: &str) -> Option<&'static Self> {
        FAMILIES.iter().find(|spec| spec.word == word)
    }

    /// The fields that the family knows, each once.
    pub fn fields(&self) -> Vec<&'static str> {
        let mut fields: Vec<&'static str> = Vec::new();
        let optional = self.optional.iter().map(|(name, _)| name);
        for name in self.forms.iter().flat_map(|form| form.iter()).chain(optional) {
            if !fields.contains(name) {
                fields.push(name);
            }
        }
        fields
    }
}

/// What the field with this name holds, in every family.
pub fn field_kind(name: &str) -> FieldKind {
    match name {
        "sd" | "scale" => FieldKind::Spread,
        "sigma" => FieldKind::Sigma,
        "shape" | "alpha" | "beta" | "df" => FieldKind::Positive,
        "values" => FieldKind::Places,
        "weights" => FieldKind::Weights,
        _ => FieldKind::Place,
    }
}

/// The keys of percentiles with their probability.
pub const PERCENTILES: &[(&str, f64)] = &[
    ("p01", 0.01),
    ("p05", 0.05),
    ("p10", 0.10),
    ("p25", 0.25),
    ("p50", 0.50),
    ("p75", 0.75),
    ("p90", 0.90),
    ("p95", 0.95),
    ("p99", 0.99),
];

/// Whether a table is a quantity rather than a table of further keys.
pub fn is_quantity_table(node: &Node) -> bool {
    let marks =
        |key: &str| key == "value" || key == "dist" || PERCENTILES.iter().any(|(name, _)| *name == key);
    node.entries().iter().any(|entry| marks(&entry.key))
}
