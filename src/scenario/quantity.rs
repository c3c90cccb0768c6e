//! Quantities as written: numbers with units, ranges, named distributions and percentiles, in base units.

use super::family::{FAMILIES, Family, FamilySpec, FieldKind, PERCENTILES, field_kind, is_quantity_table};
use super::node::{Entry, Node, Value};
use super::number::{self, Rule};
use super::provenance::{self, Provenance};
use super::suggest;
use crate::diag::{Diagnostic, Span, codes};
use crate::text;
use crate::text::Text;
use crate::units;

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
    /// A named family other than `point`, its fields as complete and without strangers as the family demands.
    Named {
        /// The family.
        family: Family,
        /// Its fields; defaults are not filled in.
        fields: Vec<RawField>,
    },
    /// At least two percentiles, ascending in probability and value: (probability, value, place).
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

/// Reads a quantity; on success also the warnings.
///
/// # Errors
/// All faults of the value: unreadable numbers, unknown units or families, missing or unknown fields, numbers
/// outside the range, negative spreads, bounds or percentiles out of order, a distribution where a plain number is
/// asked for.
pub fn parse_quantity(
    node: &Node,
    name: &str,
    rule: &Rule,
    inherited: &Provenance,
) -> Result<(RawQuantity, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut reader = Reader { rule, faults: Vec::new() };
    let family = reader.family(node);
    let (errors, warnings): (Vec<_>, Vec<_>) =
        reader.faults.into_iter().partition(|fault| fault.severity == crate::diag::Severity::Error);
    match family {
        Some(family) if errors.is_empty() => {
            let provenance = inherited.within(node);
            Ok((RawQuantity { name: name.to_owned(), family, span: node.span, provenance }, warnings))
        }
        _ => Err(errors.into_iter().chain(warnings).collect()),
    }
}

struct Reader<'r> {
    rule: &'r Rule,
    faults: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn family(&mut self, node: &Node) -> Option<RawFamily> {
        let family = if node.is_table() { self.table(node) } else { self.simple(node) }?;
        if !self.rule.uncertain && !matches!(family, RawFamily::Point(_)) {
            let message = text!(
                "这里只能写一个确定的数，不能写范围或分布",
                "a certain number is expected here, not a range or distribution"
            );
            self.faults.push(Diagnostic::error(codes::NOT_CERTAIN, node.span, message));
            return None;
        }
        Some(family)
    }

    /// A number, a string with a unit, or a range string.
    fn simple(&mut self, node: &Node) -> Option<RawFamily> {
        if let Value::String(text) = &node.value
            && let Some(ends) = units::parse_range(text, self.rule.unit)
        {
            return match ends {
                Ok((low, high)) => {
                    let inside = [low, high].map(|end| self.place(end, node));
                    (inside == [true, true]).then_some(RawFamily::Range { low, high })
                }
                Err(fault) => self.refuse(number::unit_fault(&fault, node.span, self.rule.unit)),
            };
        }
        let value = self.number(node, FieldKind::Place)?;
        Some(RawFamily::Point(value))
    }

    fn table(&mut self, node: &Node) -> Option<RawFamily> {
        self.faults.extend(provenance::faults(node));
        if !is_quantity_table(node) {
            let message = text!(
                "这个表没有写明数值：要有 value、dist 或分位数（p05、p95 等）",
                "the table states no number: it needs `value`, `dist` or percentiles (`p05`, `p95`, …)"
            );
            let mut fault = Diagnostic::error(codes::FAMILY_FIELD, node.span, message);
            if node.get("mean").is_some() && node.get("sd").is_some() {
                fault = fault.hint(text!("加上 dist = \"normal\"", "add dist = \"normal\""));
            }
            return self.refuse(fault);
        }
        let spec = match node.entry("dist") {
            Some(entry) => Some(self.dist(entry)?),
            None => None,
        };
        let percentiles = PERCENTILES.iter().any(|(key, _)| node.get(key).is_some());
        match spec {
            _ if percentiles => self.percentiles(node, spec),
            Some(spec) if spec.family != Family::Point => self.named(node, spec),
            _ => {
                self.strangers(node, &["value"]);
                let Some(value) = node.get("value") else {
                    return self.missing(node, "point", &["value"]);
                };
                if value.is_table() {
                    let message = text!("value 里只能写数或范围", "`value` holds a number or a range only");
                    return self.refuse(Diagnostic::error(codes::FAMILY_FIELD, value.span, message));
                }
                self.simple(value)
            }
        }
    }

    fn dist(&mut self, entry: &Entry) -> Option<&'static FamilySpec> {
        let word = entry.value.as_str().unwrap_or_default();
        if let Some(spec) = FamilySpec::from_word(word) {
            return Some(spec);
        }
        let words: Vec<&str> = FAMILIES.iter().map(|spec| spec.word).collect();
        let message = text!("没有名为“{word}”的分布", "there is no distribution `{word}`");
        let fault = Diagnostic::error(codes::UNKNOWN_FAMILY, entry.value.span, message);
        self.refuse(fault.hint(suggest::one_of(word, &words)))
    }

    fn named(&mut self, node: &Node, spec: &'static FamilySpec) -> Option<RawFamily> {
        let known = spec.fields();
        self.strangers(node, &known);
        let written: Vec<&'static str> = known.into_iter().filter(|name| node.get(name).is_some()).collect();
        let optional = |name: &str| spec.optional.iter().any(|(other, _)| *other == name);
        let core: Vec<&str> = written.iter().copied().filter(|name| !optional(name)).collect();
        let complete = |form: &&&[&str]| form.iter().all(|name| core.contains(name));
        match spec.forms.iter().find(complete) {
            None => return self.missing(node, spec.word, &core),
            Some(form) if form.len() < core.len() => {
                let (core, word) = (core.join(", "), spec.word);
                let message = text!(
                    "分布 {word} 的参数写重复了：{core}",
                    "the fields of {word} contradict each other: {core}"
                );
                let forms = forms(spec);
                let hint = text!("只写其中一组：{forms}", "write one set only: {forms}");
                return self.refuse(Diagnostic::error(codes::FAMILY_FIELD, node.span, message).hint(hint));
            }
            Some(_) => {}
        }
        let mut fields = Vec::new();
        for name in written {
            let value = node.get(name)?;
            if let Some(values) = self.field(value, name) {
                fields.push(RawField { name, values, span: value.span });
            }
        }
        self.consistent(&fields);
        Some(RawFamily::Named { family: spec.family, fields })
    }

    fn field(&mut self, node: &Node, name: &str) -> Option<Vec<f64>> {
        let kind = field_kind(name);
        if !matches!(kind, FieldKind::Places | FieldKind::Weights) {
            return self.number(node, kind).map(|value| vec![value]);
        }
        let item = if kind == FieldKind::Places { FieldKind::Place } else { FieldKind::Sigma };
        let values: Vec<Option<f64>> = node.items().iter().map(|value| self.number(value, item)).collect();
        let values: Option<Vec<f64>> = values.into_iter().collect();
        let empty = values.as_ref().is_some_and(Vec::is_empty);
        let weightless = kind == FieldKind::Weights && values.iter().flatten().all(|w| *w == 0.0);
        if empty || (weightless && values.is_some()) {
            let message = text!(
                "{name} 要写成非空的列表，且不能全为 0",
                "`{name}` must be a list with something in it"
            );
            return self.refuse(Diagnostic::error(codes::FAMILY_FIELD, node.span, message));
        }
        values
    }

    /// Order of bounds and equal lengths of lists.
    fn consistent(&mut self, fields: &[RawField]) {
        let get = |name: &str| fields.iter().find(|field| field.name == name);
        let pairs = [("low", "high", false), ("low", "mode", true), ("mode", "high", true)];
        for (first, second, equal) in pairs {
            let (Some(a), Some(b)) = (get(first), get(second)) else { continue };
            let ordered = if equal { a.values[0] <= b.values[0] } else { a.values[0] < b.values[0] };
            if !ordered {
                let message = text!("{first} 应当小于 {second}", "`{first}` must be below `{second}`");
                let fault = Diagnostic::error(codes::REVERSED, b.span, message);
                self.faults.push(fault.related(a.span, Text::same(first)));
            }
        }
        if let (Some(values), Some(weights)) = (get("values"), get("weights"))
            && values.values.len() != weights.values.len()
        {
            let (v, w) = (values.values.len(), weights.values.len());
            let message = text!("values 有 {v} 个，weights 有 {w} 个", "{v} values but {w} weights");
            self.faults.push(Diagnostic::error(codes::FAMILY_FIELD, weights.span, message));
        }
    }

    fn percentiles(&mut self, node: &Node, spec: Option<&'static FamilySpec>) -> Option<RawFamily> {
        let keys: Vec<&str> = PERCENTILES.iter().map(|(key, _)| *key).collect();
        self.strangers(node, &keys);
        let mut points = Vec::new();
        for &(key, probability) in PERCENTILES {
            if let Some(value) = node.get(key) {
                points.push((probability, self.number(value, FieldKind::Place)?, value.span));
            }
        }
        let family = spec.map(|spec| spec.family);
        if let Some(spec) = spec.filter(|spec| !spec.family.fits_percentiles()) {
            let word = spec.word;
            let fits = FAMILIES.iter().filter(|spec| spec.family.fits_percentiles());
            let fits = fits.map(|spec| spec.word).collect::<Vec<_>>().join(" / ");
            let message = text!("分布 {word} 不能用分位数来写", "{word} cannot be stated by percentiles");
            let hint = text!("可以用分位数的有：{fits}", "percentiles go with {fits}");
            let place = node.get("dist").map_or(node.span, |dist| dist.span);
            return self.refuse(Diagnostic::error(codes::PERCENTILES, place, message).hint(hint));
        }
        let needed = if matches!(family, Some(Family::Triangular | Family::Pert)) { 3 } else { 2 };
        let fault = if points.len() < needed {
            let message = text!("至少要写 {needed} 个分位数", "at least {needed} percentiles are needed");
            Some((node.span, message))
        } else {
            let unordered = points.windows(2).find(|pair| pair[0].1 >= pair[1].1);
            unordered.map(|pair| (pair[1].2, text!("分位数必须逐个增大", "percentiles must increase")))
        };
        match fault {
            Some((span, message)) => self.refuse(Diagnostic::error(codes::PERCENTILES, span, message)),
            None => Some(RawFamily::Percentiles { family, points }),
        }
    }

    /// Reports keys that are neither fields nor provenance.
    fn strangers(&mut self, node: &Node, known: &[&str]) {
        for entry in node.entries() {
            let key = entry.key.as_str();
            if known.contains(&key) || key == "dist" || provenance::KEYS.contains(&key) {
                continue;
            }
            let message = text!("这里没有名为“{key}”的参数", "`{key}` is no field here");
            let fault = Diagnostic::error(codes::FAMILY_FIELD, entry.key_span, message);
            self.faults.push(fault.hint(suggest::one_of(key, known)));
        }
    }

    fn missing(&mut self, node: &Node, word: &str, written: &[&str]) -> Option<RawFamily> {
        let forms = FamilySpec::from_word(word).map(forms).unwrap_or_default();
        let written = if written.is_empty() { "-".to_owned() } else { written.join(", ") };
        let message = text!(
            "分布 {word} 的参数不全（已写：{written}）",
            "the fields of {word} are incomplete (written: {written})"
        );
        let hint = text!("需要：{forms}", "needed: {forms}");
        self.refuse(Diagnostic::error(codes::FAMILY_FIELD, node.span, message).hint(hint))
    }

    fn number(&mut self, node: &Node, kind: FieldKind) -> Option<f64> {
        match number::read(node, self.rule, kind) {
            Ok(value) if kind == FieldKind::Place => self.place(value, node).then_some(value),
            Ok(value) => Some(value),
            Err(fault) => self.refuse(*fault),
        }
    }

    /// Whether a place is in the range; doubtful magnitudes become warnings.
    fn place(&mut self, value: f64, node: &Node) -> bool {
        if let Some(fault) = number::out_of_range(value, node, self.rule) {
            self.faults.push(fault);
            return false;
        }
        self.faults.extend(number::doubtful(value, node, self.rule));
        true
    }

    fn refuse<T>(&mut self, fault: Diagnostic) -> Option<T> {
        self.faults.push(fault);
        None
    }
}

/// The sets of fields of a family, for messages.
fn forms(spec: &FamilySpec) -> String {
    let sets: Vec<String> = spec.forms.iter().map(|form| form.join(" + ")).collect();
    sets.join(" / ")
}
