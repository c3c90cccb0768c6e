//! The things that nobody controls and that a stress test holds: uncertain quantities, events and cycles.

use std::collections::BTreeSet;

use super::arriving::Arriving;
use crate::analysis::summarise::{ToldIn, quantity_name};
use crate::math;
use crate::model::{
    Arrivals, Change, Cycle, Event, HeldEvent, Model, Operation, QuantityId, Regimes, World, apply,
};
use crate::plan::Plan;
use crate::random::Distribution;
use crate::text;
use crate::text::{Text, Told, by_number};

/// One thing.
pub struct Source {
    /// Path by which it is asked for.
    pub path: String,
    /// Name.
    pub name: Text,
    kind: Kind,
    span: crate::diag::Span,
}

enum Kind {
    /// A number that is drawn once a trial, or for every arrival.
    Quantity { id: QuantityId, law: Distribution, unit: ToldIn },
    /// Arrivals of an event over its years up to the judged one, spread evenly.
    Arrivals { event: usize, law: Arriving },
    /// A cycle that stands at one value all years, which adds up to the point of its cumulated law.
    Cycle { cycle: Cycle, mean: f64, sd: f64 },
    /// A downturn all along, or never.
    Regimes(Regimes),
}

/// What a world changes.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// Laws that are replaced.
    pub changes: Vec<Change>,
    /// Events whose arrivals are given.
    pub events: Vec<HeldEvent>,
}

/// A thing at one value.
pub struct At {
    /// What a world changes to hold it there.
    pub held: Setting,
    /// The value, in base units.
    pub value: f64,
    /// The value as it is written.
    pub shown: Told,
}

impl Source {
    /// Everything in `world` that the plan draws and nobody controls, in the order of the file; `year` is the judged one.
    pub fn all(model: &Model, world: &World, plan: &Plan, year: i32) -> Vec<Self> {
        let mut laws = model.quantities.distributions();
        apply(&mut laws, &world.changes);
        let law = |id: QuantityId| laws[id.index()].clone();
        let mut sources = Vec::new();
        let mut rates = BTreeSet::new();
        for (position, event) in model.events.iter().enumerate() {
            if let Some(source) = arrivals(model, position, year, &law) {
                rates.insert(rate_of(event).0);
                sources.push(source);
            }
        }
        let drawn = plan.worlds.first().into_iter().flat_map(|world| &world.values);
        let drawn: BTreeSet<&str> = drawn.map(|(score, _)| plan.scores[*score].name.as_str()).collect();
        for id in model.quantities.ids().filter(|id| !rates.contains(id)) {
            let quantity = model.quantities.get(id);
            let Some(law) = law(id).filter(|law| !law.is_point()) else { continue };
            if quantity.per_arrival || drawn.contains(quantity.path.as_str()) {
                sources.push(Self {
                    path: quantity.path.clone(),
                    name: quantity_name(model, &quantity.path),
                    kind: Kind::Quantity { id, law, unit: ToldIn::of(model, &quantity.path) },
                    span: quantity.span,
                });
            }
        }
        sources.extend(cycles(model, year, &law));
        sources
    }

    /// Whether it has degrees from good to bad: a downturn is there all along or never.
    pub fn is_graded(&self) -> bool {
        !matches!(self.kind, Kind::Regimes(_))
    }

    /// The law of the number of arrivals, for an event.
    pub fn arriving(&self) -> Option<&Arriving> {
        match &self.kind {
            Kind::Arrivals { law, .. } => Some(law),
            _ => None,
        }
    }

    /// The event with so many arrivals; everything else at its median.
    pub fn with_arrivals(&self, times: u32) -> At {
        match &self.kind {
            Kind::Arrivals { event, law } => arrived(*event, law, times),
            _ => self.held(0.5),
        }
    }

    /// The thing where a share `point` of its possible values lies below; an event comes at least once at its upper end, however
    /// rare it is: whether it comes at all is what a test of it is about.
    pub fn held(&self, point: f64) -> At {
        match &self.kind {
            Kind::Quantity { id, law, unit } => {
                let value = law.quantile(point);
                At { held: self.set(&[(*id, value)]), value, shown: unit.rounded(value) }
            }
            Kind::Arrivals { event, law } => {
                let least = u32::from(point > 0.5).min(law.most());
                arrived(*event, law, law.number_at(point).max(least))
            }
            Kind::Cycle { cycle, mean, sd } => {
                let z = Distribution::normal(0.0, 1.0).map_or(0.0, |normal| normal.quantile(point));
                let value = mean + sd * z;
                let settings = [(cycle.volatility, 0.0), (cycle.persistence, 1.0), (cycle.start, value)];
                At { held: self.set(&settings), value, shown: per_year(value) }
            }
            Kind::Regimes(regimes) => {
                let down = point > 0.5;
                let on = f64::from(u8::from(down));
                let settings =
                    [(regimes.start_downturn, on), (regimes.to_downturn, on), (regimes.to_normal, 1.0 - on)];
                let shown = if down {
                    Text::new("一直处于下行期", "downturn all along")
                } else {
                    Text::new("从不下行", "no downturn")
                };
                At { held: self.set(&settings), value: on, shown: Told::words(shown) }
            }
        }
    }

    fn set(&self, values: &[(QuantityId, f64)]) -> Setting {
        let change = |&(quantity, value): &(QuantityId, f64)| {
            let operation = Operation::Set(Distribution::point(value).ok()?);
            Some(Change { quantity, operation, provenance: None, span: self.span })
        };
        Setting { changes: values.iter().filter_map(change).collect(), events: Vec::new() }
    }
}

/// An event that arrives so many times.
fn arrived(event: usize, law: &Arriving, times: u32) -> At {
    let years = law.years;
    let events = vec![HeldEvent { event, arrivals: times, years }];
    let years_en = by_number(years as usize, "year", "years");
    let shown = Told {
        words: text!("{years}年{times}次", "{times} in {years} {years_en}"),
        figure: Some(Text::same(times.to_string())),
        unit: text!("次/{years}年", "in {years} {years_en}"),
    };
    At { held: Setting { changes: Vec::new(), events }, value: f64::from(times), shown }
}

/// A yearly shift of log growth.
fn per_year(value: f64) -> Told {
    let points = format!("{:+.1}", 100.0 * value).replace('-', "−");
    // nothing has no sign
    let points =
        if points.ends_with("0.0") && points.chars().count() == 4 { "0.0".to_owned() } else { points };
    Told {
        words: text!("每年{points}个百分点", "{points} percentage points a year"),
        figure: Some(Text::same(points)),
        unit: text!("个百分点/年", "percentage points a year"),
    }
}

fn rate_of(event: &Event) -> (QuantityId, bool) {
    match event.arrivals {
        Arrivals::Rate(rate) => (rate, false),
        Arrivals::Probability(rate) => (rate, true),
    }
}

/// Arrivals of an event, if it can happen up to the judged year.
fn arrivals(
    model: &Model,
    position: usize,
    year: i32,
    law: &impl Fn(QuantityId) -> Option<Distribution>,
) -> Option<Source> {
    let event = &model.events[position];
    let (rate, at_most_one) = rate_of(event);
    let first = event.years.0.max(model.base_year + 1);
    let years = u32::try_from(event.years.1.min(year) - first + 1).unwrap_or(0);
    let law = law(rate).filter(|law| years > 0 && law.point_value() != Some(0.0))?;
    let (zh, en) = (&event.name.zh, &event.name.en);
    Some(Source {
        path: format!("event.{}.arrivals", event.id),
        name: text!("{zh}：发生次数", "{en}: number of arrivals"),
        kind: Kind::Arrivals { event: position, law: Arriving { law, years, at_most_one } },
        span: model.quantities.get(rate).span,
    })
}

/// All cycles that vary, the nation's regimes in place of its cycle where it has them.
fn cycles(model: &Model, year: i32, law: &impl Fn(QuantityId) -> Option<Distribution>) -> Vec<Source> {
    let steps = u32::try_from(year - model.base_year).unwrap_or(0);
    let mut all: Vec<(String, Text, Cycle)> = Vec::new();
    let nation = Text::new("全国", "Nation");
    let alone = model.nation.cycle.filter(|_| model.nation.regimes.is_none());
    all.extend(alone.map(|cycle| ("nation".to_owned(), nation.clone(), cycle)));
    let industries = model.industries.iter().map(|s| (format!("industry.{}", s.id), &s.name, s.cycle));
    let provinces = model.provinces.iter().map(|p| (format!("province.{}", p.id), &p.name, p.cycle));
    for (path, name, cycle) in industries.chain(provinces) {
        all.extend(cycle.map(|cycle| (path, name.clone(), cycle)));
    }
    let source = |(path, name, cycle): (String, Text, Cycle)| {
        let median = |id: QuantityId| law(id).map_or(0.0, |law| law.median());
        let (mean, sd) =
            cumulated(median(cycle.volatility), median(cycle.persistence), law(cycle.start), steps)?;
        let (zh, en) = (&name.zh, &name.en);
        Some(Source {
            path: format!("{path}.cycle"),
            name: text!("{zh}：周期波动", "{en}: cycle"),
            kind: Kind::Cycle { cycle, mean, sd },
            span: model.quantities.get(cycle.volatility).span,
        })
    };
    let mut sources: Vec<Source> = all.into_iter().filter_map(source).collect();
    sources.extend(model.nation.regimes.filter(|_| steps > 0).map(|regimes| {
        let (zh, en) = (&nation.zh, &nation.en);
        Source {
            path: "nation.regimes".to_owned(),
            name: text!("{zh}：景气与下行", "{en}: regimes"),
            kind: Kind::Regimes(regimes),
            span: model.quantities.get(regimes.to_downturn).span,
        }
    }));
    sources
}

/// Mean and standard deviation of the mean of `x₁ … x_T` of an AR(1) cycle with stationary s.d. τ, from its stationary
/// law or a stated start: with `a_j = 1 + φ + … + φ^{T−j}`, the sum is `a₁ φ x₀ + τ√(1 − φ²) Σ a_j z_j`. `None` for a
/// cycle that does not vary.
fn cumulated(tau: f64, phi: f64, start: Option<Distribution>, steps: u32) -> Option<(f64, f64)> {
    let weight = |terms: u32| (0..terms).map(|power| math::powi(phi, power)).sum::<f64>();
    let first = phi * weight(steps);
    let (mean, spread) = start.map_or((0.0, tau), |law| (law.mean(), law.sd()));
    let innovations = (1..=steps).map(|j| weight(steps - j + 1)).map(|a| a * a).sum::<f64>();
    let variance = first * first * spread * spread + tau * tau * (1.0 - phi * phi) * innovations;
    let years = f64::from(steps);
    (steps > 0 && variance > 0.0).then(|| (first * mean / years, variance.sqrt() / years))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// φ = 0: a mean of T independent values; φ → 1: the value itself; two years of φ by hand.
    #[test]
    fn the_cumulated_law_of_a_cycle() {
        let near = |found: Option<(f64, f64)>, mean: f64, sd: f64| {
            let (m, s) = found.unwrap();
            assert!((m - mean).abs() < 1e-12 && (s - sd).abs() < 1e-12, "{m} {s} for {mean} {sd}");
        };
        near(cumulated(0.06, 0.0, None, 4), 0.0, 0.03);
        near(cumulated(0.06, 1.0, None, 4), 0.0, 0.06);
        // stationary: var(x₁ + x₂) = 2τ²(1 + φ)
        near(cumulated(0.06, 0.5, None, 2), 0.0, 0.06 * (2.0_f64 * 1.5).sqrt() / 2.0);
        // from −4 %: x₁ + x₂ has mean φ(1 + φ) x₀ and variance τ²(1 − φ²)((1 + φ)² + 1)
        let start = Distribution::point(-0.04).ok();
        let sd = 0.06 * (0.75_f64 * (2.25 + 1.0)).sqrt() / 2.0;
        near(cumulated(0.06, 0.5, start, 2), -0.04 * 0.75 / 2.0, sd);
        assert_eq!(cumulated(0.0, 0.5, None, 2), None);
        assert_eq!(cumulated(0.1, 0.5, None, 0), None);
    }
}
