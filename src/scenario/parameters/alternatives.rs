//! Keys that exclude each other, or of which one is required.

/// Keys of one table of which at most one can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alternatives {
    /// Pattern of the table.
    pub table: &'static str,
    /// The keys.
    pub keys: &'static [&'static str],
    /// Whether one of them must be written.
    pub required: bool,
    /// Keys of the same table that make them unnecessary.
    pub unless: &'static [&'static str],
}

impl Alternatives {
    /// Whether `table` holds a key that makes the alternatives unnecessary.
    pub fn excused(&self, table: &crate::scenario::node::Node) -> bool {
        self.unless.iter().any(|key| table.get(key).is_some())
    }
}

const fn one_of(table: &'static str, keys: &'static [&'static str]) -> Alternatives {
    Alternatives { table, keys, required: true, unless: &[] }
}

/// All sets of keys that exclude each other.
pub const ALTERNATIVES: &[Alternatives] = &[
    Alternatives { required: false, ..one_of("industry[]", &["trend", "premium"]) },
    one_of("cluster[]", &["base", "share", "remainder"]),
    one_of("event[]", &["rate", "probability"]),
    one_of("event[]", &["severity", "log_change"]),
    one_of("instrument[].money", &["total", "per_year", "by_year"]),
    one_of("instrument[].projects.signed", &["total", "per_year", "by_year"]),
    one_of("instrument[].growth", &["uplift", "level"]),
    Alternatives { required: false, ..one_of("pipeline[]", &["province", "cluster"]) },
    Alternatives {
        unless: &["all_of", "any_of", "at_least_of"],
        ..one_of("target[]", &["year", "by", "sustained"])
    },
    one_of(
        "target[]",
        &[
            "at_least",
            "at_most",
            "multiple_of_base",
            "growth_at_least",
            "count_at_least",
            "number_at_least",
            "number_at_most",
            "value_at_least",
            "value_at_most",
            "all_of",
            "any_of",
            "at_least_of",
        ],
    ),
    Alternatives {
        required: false,
        ..one_of("target[]", &["firms", "products", "approvals", "arrivals", "indicator", "index"])
    },
    one_of("indicator[]", &["count", "ratio"]),
    one_of("firm_sizes[]", &["minimum", "median", "total"]),
    one_of("product_sizes[]", &["minimum", "median", "total"]),
    one_of("record[]", &["value", "growth"]),
    Alternatives {
        required: false,
        ..one_of("outcome[]", &["firms", "products", "approvals", "arrivals", "indicator", "index"])
    },
    one_of("outcome[]", &["value", "number"]),
];
