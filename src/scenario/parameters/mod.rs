//! The parameter table: every key of a scenario file with its kind, unit, range, default, meaning and formula.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::text::Lang;
use crate::units::{self, UnitKind};
pub use alternatives::{ALTERNATIVES, Alternatives};

mod alternatives;
mod capacity;
mod counted;
mod firms;
mod industries;
mod instruments;
mod nation;
mod outcomes;
pub(in crate::scenario) mod outlook;
mod pipelines;
mod places;
mod targets;

/// What stands under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number in the given unit.
    Quantity(UnitKind),
    /// A number in the given unit, or a table with such a number for each year.
    QuantityOrYears(UnitKind),
    /// A whole number without unit (also with `年` where it counts years).
    Count,
    /// A whole number of years that is a figure of the model: source and grade may stand with it, `{ value = 5, source = … }`.
    Delay,
    /// A calendar year.
    Year,
    /// A list of a first and a last calendar year.
    YearPair,
    /// Text for readers: a string or `{ zh, en }`.
    Text,
    /// A plain string.
    String,
    /// A list of plain strings.
    Strings,
    /// The id of the table that holds it.
    Id,
    /// `true` or `false`.
    Flag,
    /// One of the listed words.
    Choice(&'static [&'static str]),
    /// The id of something else.
    Reference(Reference),
    /// A list of ids.
    References(Reference),
    /// A list of at least two cycles: `nation`, `industry.<id>`, `province.<id>`.
    Cycles,
    /// A list of at least two quantity paths.
    Paths,
    /// A table with fixed keys, or with free keys if a `.*` row exists.
    Table,
    /// An array of tables.
    Tables,
    /// A table from quantity paths to new values.
    Overrides,
}

/// What an id refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// `[measures]`
    Measure,
    /// `[sources]`
    Source,
    /// `[[province]]`
    Province,
    /// `[[industry]]`
    Industry,
    /// `[[cluster]]`
    Cluster,
    /// `[[instrument]]`; as a list also the word `"all"`
    Instrument,
    /// `[[policy]]`
    Policy,
    /// `[[target]]`
    Target,
    /// `[[indicator]]`
    Indicator,
    /// `nation`, `province.<id>`, `cluster.<id>`, `industry.<id>`, `group.<id>`, or a list of cluster ids
    Scope,
    /// `cluster/industry`
    Segment,
    /// `[[pipeline]]`
    Pipeline,
    /// `[[pipeline.stage]]`
    Stage,
    /// `[[arrival]]`
    Arrival,
    /// `[[firm]]`
    Firm,
    /// `switch.option`: one reading of the documents
    Reading,
}

/// An interval of numbers in base units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Lower bound.
    pub low: f64,
    /// Whether the lower bound itself is allowed.
    pub low_closed: bool,
    /// Upper bound.
    pub high: f64,
    /// Whether the upper bound itself is allowed.
    pub high_closed: bool,
}

impl Range {
    /// `[low, high]`
    pub const fn closed(low: f64, high: f64) -> Self {
        Self { low, low_closed: true, high, high_closed: true }
    }

    /// `(low, high)`
    pub const fn open(low: f64, high: f64) -> Self {
        Self { low, low_closed: false, high, high_closed: false }
    }

    /// `(low, high]`
    pub const fn above(low: f64, high: f64) -> Self {
        Self { low, low_closed: false, high, high_closed: true }
    }

    /// `[low, high)`
    pub const fn below(low: f64, high: f64) -> Self {
        Self { low, low_closed: true, high, high_closed: false }
    }

    /// Whether `value` lies in the interval; never for NaN.
    pub fn contains(&self, value: f64) -> bool {
        let over = if self.low_closed { value >= self.low } else { value > self.low };
        let under = if self.high_closed { value <= self.high } else { value < self.high };
        over && under
    }

    /// The interval as text for a fault of `value`, which lies outside: a bound beyond all practice is told if it is the one
    /// that is broken.
    pub fn show_for(&self, value: f64, unit: UnitKind, lang: Lang) -> String {
        let over = if self.high_closed { value > self.high } else { value >= self.high };
        match over && self.high.abs() >= 1e6 {
            true => self.below_high(unit, lang),
            false => self.show(unit, lang),
        }
    }

    /// The interval as text, in the units of `unit`; bounds beyond all practice are left out.
    pub fn show(&self, unit: UnitKind, lang: Lang) -> String {
        let (open, close) =
            (if self.low_closed { '[' } else { '(' }, if self.high_closed { ']' } else { ')' });
        let [low, high] = [self.low, self.high].map(|bound| units::show(bound, unit, lang));
        match (self.low.abs() < 1e6, self.high.abs() < 1e6) {
            (true, true) => format!("{open}{low}, {high}{close}"),
            (true, false) => format!("{} {low}", if self.low_closed { '≥' } else { '>' }),
            _ => self.below_high(unit, lang),
        }
    }

    fn below_high(&self, unit: UnitKind, lang: Lang) -> String {
        format!("{} {}", if self.high_closed { '≤' } else { '<' }, units::show(self.high, unit, lang))
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Param {
    /// Pattern of the key: `[]` marks an array of tables, `*` a free key (`cluster[].mix.*`).
    pub path: &'static str,
    /// What stands under it.
    pub kind: Kind,
    /// Whether a number may be a distribution.
    pub uncertain: bool,
    /// Whether the table that holds it must hold it.
    pub required: bool,
    /// What holds when it is left out, as it would be written, or in words.
    pub default: Option<&'static str>,
    /// Allowed values, in base units.
    pub range: Option<Range>,
    /// Usual values, in base units: outside of them a factor of 10⁴ is suspected.
    pub plausible: Option<(f64, f64)>,
    /// Meaning in Chinese.
    pub meaning_zh: &'static str,
    /// Meaning in English.
    pub meaning_en: &'static str,
    /// Where it enters the model, or empty.
    pub formula: &'static str,
    /// A value as it would be written, or empty for tables.
    pub example: &'static str,
    /// Last parts of former paths.
    pub renamed_from: &'static [&'static str],
    /// Whether a file that extends another replaces the value as a whole instead of merging it.
    pub whole: bool,
    /// What the free keys of a table refer to.
    pub keys: Option<Reference>,
}

impl Param {
    /// A row with the least it needs; the other columns are set by the methods below.
    const fn new(path: &'static str, kind: Kind, meaning_zh: &'static str, meaning_en: &'static str) -> Self {
        Self {
            path,
            kind,
            uncertain: false,
            required: false,
            default: None,
            range: None,
            plausible: None,
            meaning_zh,
            meaning_en,
            formula: "",
            example: "",
            renamed_from: &[],
            whole: false,
            keys: None,
        }
    }

    const fn uncertain(mut self) -> Self {
        self.uncertain = true;
        self
    }

    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    const fn range(mut self, range: Range) -> Self {
        self.range = Some(range);
        self
    }

    const fn plausible(mut self, low: f64, high: f64) -> Self {
        self.plausible = Some((low, high));
        self
    }

    const fn formula(mut self, formula: &'static str) -> Self {
        self.formula = formula;
        self
    }

    const fn example(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    const fn renamed_from(mut self, names: &'static [&'static str]) -> Self {
        self.renamed_from = names;
        self
    }

    const fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    const fn keys(mut self, keys: Reference) -> Self {
        self.keys = Some(keys);
        self
    }

    /// Whether a file that extends another replaces the value as a whole: tables marked so, and every value
    /// that is not a plain table or an array of tables.
    pub fn is_whole(&self) -> bool {
        self.whole || !matches!(self.kind, Kind::Table | Kind::Tables)
    }

    /// The unit of a number, `None` for keys that hold no quantity.
    pub fn unit(&self) -> Option<UnitKind> {
        match self.kind {
            Kind::Quantity(unit) | Kind::QuantityOrYears(unit) => Some(unit),
            _ => None,
        }
    }

    /// The key itself: the last part of the path without `[]`.
    pub fn key(&self) -> &'static str {
        let last = self.path.rsplit('.').next().unwrap_or(self.path);
        last.strip_suffix("[]").unwrap_or(last)
    }

    /// The path of the table that holds the key; empty at the top.
    pub fn parent(&self) -> &'static str {
        self.path.rsplit_once('.').map_or("", |(parent, _)| parent)
    }
}

/// All rows, grouped by section in the order of the reference.
pub static PARAMS: LazyLock<Vec<Param>> = LazyLock::new(|| {
    let sections = [
        outlook::ROWS,
        nation::ROWS,
        industries::ROWS,
        places::ROWS,
        firms::ROWS,
        counted::ROWS,
        instruments::ROWS,
        capacity::ROWS,
        pipelines::ROWS,
        targets::ROWS,
        outcomes::ROWS,
    ];
    sections.concat()
});

static BY_PATH: LazyLock<BTreeMap<&'static str, &'static Param>> =
    LazyLock::new(|| PARAMS.iter().map(|param| (param.path, param)).collect());

/// The row with exactly this pattern.
pub fn param(pattern: &str) -> Option<&'static Param> {
    BY_PATH.get(pattern).copied()
}

/// The rows directly below `pattern` (empty for the top of the file), free keys included.
pub fn children(pattern: &str) -> impl Iterator<Item = &'static Param> {
    BELOW.get(pattern).into_iter().flatten().copied()
}

/// The rows directly below each pattern, in their order: lists of many thousand things ask for them at every item.
static BELOW: LazyLock<BTreeMap<&'static str, Vec<&'static Param>>> = LazyLock::new(|| {
    let mut below: BTreeMap<&str, Vec<&Param>> = BTreeMap::new();
    for param in PARAMS.iter() {
        below.entry(param.parent()).or_default().push(param);
    }
    below
});

/// The pattern of `key` under `pattern`: a named row, an array of tables, or a free key.
pub fn pattern_of(pattern: &str, key: &str) -> Option<&'static Param> {
    let mut path = String::with_capacity(pattern.len() + key.len() + 3);
    path.push_str(pattern);
    if !pattern.is_empty() {
        path.push('.');
    }
    let above = path.len();
    path.push_str(key);
    let named = param(&path).or_else(|| {
        path.push_str("[]");
        param(&path)
    });
    named.or_else(|| {
        path.truncate(above);
        path.push('*');
        param(&path)
    })
}

/// Whether the items of the array of tables at `pattern` have ids, by which files that extend others merge them.
pub fn has_id(pattern: &str) -> bool {
    param(&format!("{pattern}.id")).is_some()
}

/// The row of a quantity path such as `instrument.fund.money.total`: ids take the place of `[]`.
///
/// `None` if the path leads to no quantity of the model.
pub fn quantity_param(path: &str) -> Option<&'static Param> {
    figure_param(path).filter(|row| row.unit().is_some())
}

/// The row of the path of a quantity, or of a whole number of years that carries a source of its own.
pub fn figure_param(path: &str) -> Option<&'static Param> {
    const ROOTS: &str = "nation industry province cluster group event pipeline arrival indicator firm firm_sizes product \
                         product_sizes instrument spillover";
    let root = path.split('.').next()?;
    if !ROOTS.split(' ').any(|known| known == root) {
        return None;
    }
    let mut pattern = "";
    let mut parts = path.split('.');
    let mut found: Option<&'static Param> = None;
    while let Some(part) = parts.next() {
        let row = pattern_of(pattern, part)?;
        if row.kind == Kind::Tables {
            parts.next()?;
        }
        pattern = row.path;
        found = Some(row);
    }
    found.filter(|row| row.unit().is_some() || row.kind == Kind::Delay)
}

#[cfg(test)]
mod tests;
