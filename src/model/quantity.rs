//! The table of all numbers that may be uncertain, or that a policy or world may change.

use std::collections::HashMap;

use super::reader::Reader;
use crate::diag::{Diagnostic, FileId, Span, codes};
use crate::random::{Distribution, Elicited, FamilyError};
use crate::scenario::parameters::{self, Range};
use crate::scenario::{Family, Provenance, RawFamily, RawQuantity, View};
use crate::text;
use crate::text::Text;
use crate::units::{UnitKind, shown};

/// Index into [`Quantities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuantityId(pub(super) usize);

impl QuantityId {
    /// Position among all quantities of its model.
    pub fn index(self) -> usize {
        self.0
    }
}

/// A number by its path.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// Path with ids, e.g. `instrument.fund.capacity.leverage`; also the name of its random stream.
    pub path: String,
    /// Its law; `None` if it is optional and not stated.
    pub distribution: Option<Distribution>,
    /// Unit.
    pub unit: UnitKind,
    /// Allowed values.
    pub range: Option<Range>,
    /// Source, grade and note.
    pub provenance: Provenance,
    /// Whether the file (rather than a default) states it.
    pub stated: bool,
    /// Drawn anew for every arrival of an event instead of once per trial.
    pub per_arrival: bool,
    /// Where it is written.
    pub span: Span,
}

/// A whole number of years that the file states: certain, and no policy or world changes it.
#[derive(Clone, Debug)]
pub struct Delay {
    /// Path with ids, e.g. `instrument.fund.recovery.after`.
    pub path: String,
    /// Years.
    pub years: u32,
    /// Source, grade and note.
    pub provenance: Provenance,
}

/// All quantities of a model, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Quantities {
    items: Vec<Quantity>,
    by_path: HashMap<String, QuantityId>,
}

impl Quantities {
    /// The quantity behind an id.
    pub fn get(&self, id: QuantityId) -> &Quantity {
        &self.items[id.0]
    }

    /// Replaces source, grade and note of a quantity.
    pub(super) fn attribute(&mut self, id: QuantityId, provenance: Provenance) {
        self.items[id.0].provenance = provenance;
    }

    /// The quantity with this path.
    pub fn find(&self, path: &str) -> Option<QuantityId> {
        self.by_path.get(path).copied()
    }

    /// All ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = QuantityId> + use<> {
        (0..self.items.len()).map(QuantityId)
    }

    /// Number of quantities.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The laws of all quantities before any policy or world.
    pub fn distributions(&self) -> Vec<Option<Distribution>> {
        self.items.iter().map(|q| q.distribution.clone()).collect()
    }

    /// Quantities whose path matches a pattern in which `*` stands for one or more whole parts.
    pub fn matching(&self, pattern: &str) -> Vec<QuantityId> {
        let parts: Vec<&str> = pattern.split('.').collect();
        let matches = |path: &str| fits(&parts, &path.split('.').collect::<Vec<_>>());
        self.ids().filter(|&id| matches(&self.get(id).path)).collect()
    }

    /// Adds a certain number that no file states: an amount of money, 亿元, a factor or a share.
    pub(super) fn derived(&mut self, path: String, amount: f64) -> QuantityId {
        self.push(Quantity {
            path,
            distribution: Distribution::point(amount).ok(),
            unit: UnitKind::Money,
            range: None,
            provenance: Provenance::default(),
            stated: false,
            per_arrival: false,
            span: Span::new(FileId(0), 0, 0),
        })
    }

    fn push(&mut self, quantity: Quantity) -> QuantityId {
        let id = QuantityId(self.items.len());
        self.by_path.insert(quantity.path.clone(), id);
        self.items.push(quantity);
        id
    }
}

fn fits(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((&"*", rest)), Some((_, tail))) => fits(rest, tail) || fits(pattern, tail),
        (Some((head, rest)), Some((name, tail))) => head == name && fits(rest, tail),
        _ => false,
    }
}

impl Reader<'_> {
    /// Registers the quantity under `key`, stated or not; `default` is its value when it is not.
    pub fn quantity(&mut self, view: &View<'_>, key: &str, default: Option<f64>) -> QuantityId {
        match view.child(key) {
            Some(child) => self.stated(&child),
            None => self.register(
                format!("{}.{key}", view.name()),
                &format!("{}.{key}", view.pattern()),
                default,
                view.span(),
            ),
        }
    }

    /// Registers the quantity that stands at `view`.
    pub fn stated(&mut self, view: &View<'_>) -> QuantityId {
        let distribution = view.as_quantity().and_then(|raw| self.distribution(&raw));
        let param = parameters::param(view.pattern());
        self.quantities.push(Quantity {
            path: view.name().to_owned(),
            distribution,
            unit: param.and_then(|p| p.unit()).unwrap_or(UnitKind::Number),
            range: param.and_then(|p| p.range),
            provenance: view.provenance().clone(),
            stated: true,
            per_arrival: false,
            span: view.span(),
        })
    }

    /// Registers a quantity that the file does not state.
    pub fn register(&mut self, path: String, pattern: &str, default: Option<f64>, span: Span) -> QuantityId {
        let param = parameters::param(pattern);
        self.quantities.push(Quantity {
            path,
            distribution: default.and_then(|x| Distribution::point(x).ok()),
            unit: param.and_then(|p| p.unit()).unwrap_or(UnitKind::Number),
            range: param.and_then(|p| p.range),
            provenance: Provenance::default(),
            stated: false,
            per_arrival: false,
            span,
        })
    }

    /// The whole number of years under `key`, if it is stated.
    pub fn delay(&mut self, view: &View<'_>, key: &str) -> Option<u32> {
        let years = view.integer(key).and_then(|n| u32::try_from(n).ok())?;
        if let Some(child) = view.child(key) {
            let (path, provenance) = (child.name().to_owned(), child.provenance().clone());
            self.delays.push(Delay { path, years, provenance });
        }
        Some(years)
    }

    /// Marks a quantity as drawn per arrival.
    pub fn per_arrival(&mut self, id: QuantityId) -> QuantityId {
        self.quantities.items[id.0].per_arrival = true;
        id
    }

    /// Builds the law of a quantity and checks that every possible draw lies in its range.
    pub fn distribution(&mut self, raw: &RawQuantity) -> Option<Distribution> {
        match build(raw) {
            Ok(distribution) => Some(distribution),
            Err(error) => {
                self.report(Diagnostic::error(codes::BAD_DISTRIBUTION, raw.span, error.text()));
                None
            }
        }
    }

    /// Reports a law that can leave its range; `span` is where the law is written.
    pub fn check_range(&mut self, id: QuantityId, distribution: &Distribution, span: Span) {
        let quantity = self.quantities.get(id);
        let (Some(range), (low, high)) = (quantity.range, distribution.extremes()) else { return };
        if range.contains(low) && range.contains(high) {
            return;
        }
        let (path, unit) = (quantity.path.clone(), quantity.unit);
        let [from, to, least, most] = [low, high, range.low, range.high].map(|end| shown(end, unit));
        let (zh, en) = ((&from.zh, &to.zh, &least.zh, &most.zh), (&from.en, &to.en, &least.en, &most.en));
        let message = Text::new(
            format!("{path} 可能抽到 {} 至 {}，超出允许范围（{} 至 {}）", zh.0, zh.1, zh.2, zh.3),
            format!(
                "{path} can be drawn from {} to {}, outside its range ({} to {})",
                en.0, en.1, en.2, en.3
            ),
        );
        let hint = text!(
            "改用截断正态（dist = \"truncated_normal\" 加 low、high）、beta 或 triangular 等有界的分布",
            "use a bounded law: dist = \"truncated_normal\" with low and high, beta, triangular …"
        );
        let mut fault = Diagnostic::error(codes::OUT_OF_RANGE, span, message);
        if !distribution.is_point() {
            fault = fault.hint(hint);
        }
        self.report(fault);
    }
}

/// The law that a raw quantity describes.
fn build(raw: &RawQuantity) -> Result<Distribution, FamilyError> {
    match &raw.family {
        RawFamily::Point(value) => Distribution::point(*value),
        RawFamily::Range { low, high } => Distribution::from_range(*low, *high),
        RawFamily::Percentiles { family, points } => {
            let points: Vec<(f64, f64)> = points.iter().map(|&(p, x, _)| (p, x)).collect();
            let positive = points.iter().all(|&(_, x)| x > 0.0);
            let family = match family {
                Some(Family::Normal) => Elicited::Normal,
                Some(Family::LogNormal) => Elicited::Lognormal,
                Some(Family::Uniform) => Elicited::Uniform,
                Some(Family::Beta) => Elicited::Beta { low: 0.0, high: 1.0 },
                Some(Family::Triangular) => Elicited::Triangular,
                Some(Family::Pert) => Elicited::Pert { shape: 4.0 },
                None if positive => Elicited::Lognormal,
                // The scenario layer has refused percentiles of any other family.
                Some(_) | None => Elicited::Normal,
            };
            Distribution::from_percentiles(family, &points)
        }
        RawFamily::Named { family, .. } => named(*family, raw),
    }
}

fn named(family: Family, raw: &RawQuantity) -> Result<Distribution, FamilyError> {
    let list = |name: &str| raw.field(name).map(|field| field.values.clone()).unwrap_or_default();
    let given = |name: &str| raw.field(name).and_then(|field| field.values.first().copied());
    // the scenario layer has made sure that the family's fields are complete
    let need = |name: &str| given(name).unwrap_or(f64::NAN);
    match family {
        Family::Point => Distribution::point(need("value")),
        Family::Normal => Distribution::normal(need("mean"), need("sd")),
        Family::LogNormal => match given("median") {
            Some(median) => Distribution::lognormal(median, need("sigma")),
            None => Distribution::lognormal_from_moments(need("mean"), need("sd")),
        },
        Family::TruncatedNormal => Distribution::truncated_normal(
            need("mean"),
            need("sd"),
            given("low").unwrap_or(f64::NEG_INFINITY),
            given("high").unwrap_or(f64::INFINITY),
        ),
        Family::Triangular => Distribution::triangular(need("low"), need("mode"), need("high")),
        Family::Pert => {
            Distribution::pert(need("low"), need("mode"), need("high"), given("shape").unwrap_or(4.0))
        }
        Family::Uniform => Distribution::uniform(need("low"), need("high")),
        Family::Beta => {
            let (low, high) = (given("low").unwrap_or(0.0), given("high").unwrap_or(1.0));
            match given("alpha") {
                Some(alpha) => Distribution::beta(alpha, need("beta"), low, high),
                None => Distribution::beta_from_moments(need("mean"), need("sd"), low, high),
            }
        }
        Family::Gamma => Distribution::gamma(need("shape"), need("mean")),
        Family::StudentT => Distribution::student_t(need("df"), need("location"), need("scale")),
        Family::Discrete => Distribution::discrete(&list("values"), &list("weights")),
        Family::Empirical => Distribution::empirical(&list("values")),
    }
}

/// The value of a certain quantity or the law of an uncertain one with its units, for messages.
pub fn describe(quantity: &Quantity) -> Text {
    match &quantity.distribution {
        Some(d) if d.is_point() => shown(d.median(), quantity.unit),
        Some(d) => d.describe_in(|x| shown(x, quantity.unit)),
        None => Text::new("未设定", "not set"),
    }
}
