//! Compiles what is measured: tracked series and targets.

use super::arrays::{Parts, Series, SeriesKind, SeriesUnit};
use super::compile::Order;
use super::conditions::{Condition, Level, Target, When};
use super::counting::{counted, series_id, series_unit};
use crate::math::powi;
use crate::model::{self, Demand, Model, QuantityId, Scope, Subject, base_in};
use crate::text::Text;

/// What [`outcomes`] finds.
pub(super) struct Outcomes {
    pub series: Vec<Series>,
    pub rebases: Vec<QuantityId>,
    pub targets: Vec<Target>,
    pub proper: Vec<usize>,
    pub main_outcome: (usize, usize),
    pub known: Vec<(usize, usize)>,
}

/// Stands for all documents together; no source has this identifier.
pub const ALL_DOCUMENTS: &str = "*";

/// Identifier of the group of all targets of a document.
pub fn document_group(document: &str) -> String {
    format!("document:{document}")
}

/// Identifiers of the two groups behind a conditional probability: all that is given, and that with the target.
pub fn conditional_groups(conditional: &str) -> [String; 2] {
    [format!("given:{conditional}"), format!("target-and-given:{conditional}")]
}

struct Builder<'m> {
    model: &'m Model,
    order: &'m Order,
    series: Vec<Series>,
    rebases: Vec<QuantityId>,
}

/// Series for every province, cluster, industry and group and for whatever targets need, and the targets with
/// groups after their members; every document's targets form a group of their own. With `every_series` unset, only the
/// series that targets need.
pub(super) fn outcomes(model: &Model, order: &Order, every_series: bool) -> Outcomes {
    let mut builder = Builder { model, order, series: Vec::new(), rebases: Vec::new() };
    let mut scopes: Vec<Scope> = (0..model.provinces.len()).map(Scope::Province).collect();
    if model.provinces.len() > 1 {
        scopes.insert(0, Scope::Nation);
    }
    scopes.extend((0..model.clusters.len()).map(Scope::Cluster));
    scopes.extend((0..model.groups.len()).map(Scope::Group));
    scopes.extend((0..model.industries.len()).map(Scope::Industry));
    for scope in scopes.iter().filter(|_| every_series) {
        builder.series_of(scope, model.measure);
    }
    for (index, indicator) in model.indicators.iter().enumerate().filter(|_| every_series) {
        let count = matches!(indicator.law, model::IndicatorLaw::Count { .. });
        builder.counted_series(&Subject::Indicator { index, count }, &Scope::Nation);
    }

    let mut targets: Vec<Target> = Vec::new();
    let mut placed: Vec<Option<usize>> = vec![None; model.targets.len()];
    // every round places the targets whose members stand already; the model has refused circles
    for _ in 0..=model.targets.len() {
        for (index, target) in model.targets.iter().enumerate() {
            if placed[index].is_none()
                && let Some(condition) = builder.condition(target, &placed)
            {
                placed[index] = Some(targets.len());
                targets.push(Target { id: target.id.clone(), condition, stretch: target.stretch });
            }
        }
    }
    let in_force = model.targets.iter().enumerate().filter(|(_, t)| !t.is_condition && model.in_force(t));
    let proper = in_force.filter_map(|(index, _)| placed[index]).collect();
    let mut documents: Vec<&str> = Vec::new();
    for target in &model.targets {
        if let Some(document) = &target.document
            && !documents.contains(&document.as_str())
        {
            documents.push(document);
        }
    }
    if model.provinces.len() > 1 && documents.len() > 1 {
        documents.push(ALL_DOCUMENTS);
    }
    for document in documents {
        let of_document = |t: &model::Target| match document {
            ALL_DOCUMENTS => t.document.is_some(),
            _ => t.document.as_deref() == Some(document),
        };
        let members = model.targets.iter().enumerate();
        let members = members.filter(|(_, t)| of_document(t) && model.is_counted(t));
        let of: Vec<usize> = members.filter_map(|(index, _)| placed[index]).collect();
        if !of.is_empty() {
            targets.push(all_of(document_group(document), of));
        }
    }
    for conditional in &model.conditionals {
        let [given, both] = conditional_groups(&conditional.id);
        let of: Vec<usize> = conditional.given.iter().filter_map(|&index| placed[index]).collect();
        let with = of.iter().copied().chain(placed[conditional.target]).collect();
        targets.push(all_of(given, of));
        targets.push(all_of(both, with));
    }
    let is_proper = |t: &&Target| {
        !model.targets.iter().any(|spec| spec.id == t.id && (spec.is_condition || !model.in_force(spec)))
    };
    let is_money = |series: usize| builder.series[series].unit == SeriesUnit::Money;
    let main_outcome = targets
        .iter()
        .filter(is_proper)
        .find_map(|t| match &t.condition {
            // the attribution takes logarithms, which counts do not have
            Condition::Threshold { series, when, .. } if is_money(*series) => {
                let year = match when {
                    When::Year(year) | When::By(year) => *year,
                    When::Every(years) => *years.end(),
                };
                Some((*series, year))
            }
            _ => None,
        })
        .unwrap_or((0, model.steps()));
    // last, so that they move no other series
    let known = model.known.iter().map(|outcome| {
        let series = builder.judged_series(&outcome.subject, &outcome.scope, outcome.measure);
        (series, usize::try_from(outcome.year - model.base_year).unwrap_or(0))
    });
    let known = known.collect();
    Outcomes { series: builder.series, rebases: builder.rebases, targets, proper, main_outcome, known }
}

/// The group of all of these targets.
fn all_of(id: String, of: Vec<usize>) -> Target {
    Target { id, condition: Condition::AtLeast { k: of.len(), of }, stretch: None }
}

impl Builder<'_> {
    fn series_of(&mut self, scope: &Scope, measure: usize) -> usize {
        let model = self.model;
        let primary = measure == model.measure;
        let measure_id = &model.measures[measure].id;
        let id = model.scope_id(scope);
        let id = if primary { id } else { format!("{id}@{measure_id}") };
        let parts = match scope {
            Scope::Industry(s) => Parts::Industry(self.order.industry_at[*s]),
            _ => {
                let mut clusters: Vec<usize> =
                    model.clusters_of(scope).iter().map(|&c| self.order.cluster_at[c]).collect();
                clusters.sort_unstable();
                Parts::Clusters(clusters)
            }
        };
        // by what is added up as well: ids of a list or a measure may read like another's (`a+b`, `a@b`)
        let same = |s: &Series| s.id == id && s.parts == parts && s.measure == *measure_id;
        if let Some(known) = self.series.iter().position(same) {
            return known;
        }
        let rebase = (!primary).then(|| base_in(model, scope, measure)).flatten().map(|figure| {
            self.rebases.push(figure);
            self.rebases.len() - 1
        });
        let kind = match scope {
            Scope::Nation => SeriesKind::Nation,
            Scope::Province(_) => SeriesKind::Province,
            Scope::Cluster(_) => SeriesKind::Cluster,
            Scope::Industry(_) => SeriesKind::Industry,
            Scope::Group(_) | Scope::Clusters(_) => SeriesKind::Group,
        };
        let name = model.scope_name(scope);
        self.series.push(Series {
            id,
            name,
            kind,
            parts,
            unit: SeriesUnit::Money,
            unit_name: model.unit(&Subject::Revenue),
            measure: measure_id.clone(),
            rebase,
        });
        self.series.len() - 1
    }

    /// The series that a target or outcome is about.
    fn judged_series(&mut self, subject: &Subject, scope: &Scope, measure: usize) -> usize {
        self.counted_series(subject, scope).unwrap_or_else(|| self.series_of(scope, measure))
    }

    /// The series of what is counted; `None` for revenue.
    fn counted_series(&mut self, subject: &Subject, scope: &Scope) -> Option<usize> {
        let model = self.model;
        let parts = Parts::Counted(counted(model, self.order, subject, scope)?);
        let id = series_id(model, subject, scope);
        if let Some(known) = self.series.iter().position(|s| s.id == id && s.parts == parts) {
            return Some(known);
        }
        let (what, place) = (model.subject_name(subject), model.scope_name(scope));
        let name = match subject {
            Subject::Firms { .. } | Subject::Products { .. } => {
                Text::new(format!("{}{}", place.zh, what.zh), format!("{}: {}", place.en, what.en))
            }
            _ => what,
        };
        self.series.push(Series {
            id,
            name,
            kind: SeriesKind::Counted,
            parts,
            unit: series_unit(model.figure(subject)),
            unit_name: model.unit(subject),
            measure: String::new(),
            rebase: None,
        });
        Some(self.series.len() - 1)
    }

    fn condition(&mut self, target: &model::Target, placed: &[Option<usize>]) -> Option<Condition> {
        let index = |year: i32| usize::try_from(year - self.model.base_year).unwrap_or(0);
        let when = |when: model::When| match when {
            model::When::Year(year) => When::Year(index(year)),
            model::When::By(year) => When::By(index(year)),
            model::When::Sustained(from, to) => When::Every(index(from)..=index(to)),
        };
        Some(match &target.demand {
            Demand::Threshold { at_least, level, when: at } => Condition::Threshold {
                levels: self.levels(level),
                at_least: *at_least,
                when: when(*at),
                series: self.judged_series(&target.subject, &target.scope, target.measure),
            },
            Demand::Count { tiers, when: at } => {
                let when = when(*at);
                let clusters = self.model.clusters_of(&target.scope);
                let members = clusters
                    .into_iter()
                    .map(|c| self.series_of(&Scope::Cluster(c), target.measure))
                    .collect();
                Condition::Count { members, tiers: tiers.clone(), when }
            }
            Demand::AtLeast { k, of } => {
                let of = of.iter().map(|&t| placed[t]).collect::<Option<Vec<usize>>>()?;
                Condition::AtLeast { k: *k, of }
            }
        })
    }

    fn levels(&self, level: &model::Level) -> Vec<Option<Level>> {
        let years = 0..=self.model.steps();
        let fixed = |constant: f64| Some(Level { constant, of_base: 0.0 });
        years
            .map(|year| match level {
                model::Level::Fixed(amount) => fixed(*amount),
                model::Level::ByYear(amounts) => {
                    let calendar = self.model.base_year + year as i32;
                    amounts.iter().find(|(y, _)| *y == calendar).and_then(|(_, amount)| fixed(*amount))
                }
                model::Level::MultipleOfBase(multiple) => Some(Level { constant: 0.0, of_base: *multiple }),
                model::Level::Growth(g) => Some(Level { constant: 0.0, of_base: powi(1.0 + g, year as u32) }),
            })
            .collect()
    }
}
