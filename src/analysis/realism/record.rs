//! Growth found in past figures, never across two measures.

use serde::{Deserialize, Serialize};

use crate::math::powf;
use crate::model::{Model, Record, Scope};
use crate::text::Text;

/// Length of the window over which growth counts as sustained, in years.
const WINDOW: i32 = 3;

/// Past growth of one scope in one measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Past {
    /// Name of the scope.
    pub scope: Text,
    /// Name of the measure.
    pub measure: Text,
    /// Whether it is the measure that was asked for; if not, only growth may be compared, never levels.
    pub same_measure: bool,
    /// First and last year of the record.
    pub years: (i32, i32),
    /// Mean annual growth over the record (compound where levels are known), as a share.
    pub mean: f64,
    /// Best growth sustained over three years, as a share.
    pub best: f64,
    /// First and last year of the best window.
    pub best_years: (i32, i32),
    /// Years of the record whose growth covers only the first months, with the number of these months.
    pub partial: Vec<(i32, u8)>,
    /// The base year, if the base-year figure of the scenario is one of its levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_base: Option<i32>,
}

/// Growth between two years.
#[derive(Clone, Copy)]
struct Span {
    from: i32,
    to: i32,
    rate: f64,
}

impl Past {
    /// The record of `scope` in `measure`; failing that, in the measure with the longest record (the earlier one in
    /// the file among equals). A record counts if it shows growth over three years in a row; one good year is no
    /// yardstick. `None` if there is none.
    pub fn of(model: &Model, scope: &Scope, measure: usize) -> Option<Self> {
        let in_measure = |m: usize| {
            let records = model.records.iter().filter(|r| r.scope == *scope && r.measure == m);
            let records: Vec<&Record> = records.collect();
            let (levels, with_base) = levels(&records, model, scope, m);
            let sustained = |spans: &(Span, Span)| length(&spans.1) >= WINDOW;
            let by_levels = from_levels(&levels).filter(sustained);
            by_levels.map(|(whole, best)| Found { whole, best, with_base, partial: Vec::new() }).or_else(
                || {
                    let (whole, best) = from_growth(&records).filter(sustained)?;
                    Some(Found { whole, best, with_base: None, partial: partial(&records, &whole) })
                },
            )
        };
        let found = in_measure(measure).map(|found| (measure, found)).or_else(|| {
            let others = (0..model.measures.len()).filter_map(|m| Some((m, in_measure(m)?)));
            let longer = |best: &Found, next: &Found| length(&next.whole) > length(&best.whole);
            others.reduce(|best, next| if longer(&best.1, &next.1) { next } else { best })
        });
        let (found_in, Found { whole, best, with_base, partial }) = found?;
        Some(Self {
            scope: model.record_scope_name(scope),
            measure: model.measures[found_in].name.clone(),
            same_measure: found_in == measure,
            years: (whole.from, whole.to),
            mean: whole.rate,
            best: best.rate,
            best_years: (best.from, best.to),
            partial,
            with_base,
        })
    }
}

/// Growth over a whole record and over its best years.
struct Found {
    whole: Span,
    best: Span,
    with_base: Option<i32>,
    partial: Vec<(i32, u8)>,
}

/// The recorded levels in the order of their years, with the base-year figure of the scenario where that is certain and no
/// record states it: it is one more published figure of the same series. Its year comes with them if it was added.
fn levels(
    records: &[&Record],
    model: &Model,
    scope: &Scope,
    measure: usize,
) -> (Vec<(i32, f64)>, Option<i32>) {
    let positive = |r: &&Record| Some((r.year, r.value.filter(|v| *v > 0.0)?));
    let mut levels: Vec<(i32, f64)> = records.iter().filter_map(positive).collect();
    let year = model.base_year;
    let told = levels.is_empty() || levels.iter().any(|(known, _)| *known == year);
    let base = if told { None } else { model.certain_base(scope, measure) };
    if let Some(base) = base {
        let at = levels.partition_point(|(known, _)| *known < year);
        levels.insert(at, (year, base));
    }
    (levels, base.map(|_| year))
}

/// Years of a record of growth that cover only the first months.
fn partial(records: &[&Record], whole: &Span) -> Vec<(i32, u8)> {
    let own = records.iter().filter(|r| (whole.from..=whole.to).contains(&r.year));
    own.filter(|r| r.growth.is_some() && r.months < 12).map(|r| (r.year, r.months)).collect()
}

fn length(span: &Span) -> i32 {
    span.to - span.from
}

fn best_of(spans: impl Iterator<Item = Span>) -> Option<Span> {
    spans.reduce(|best, next| if next.rate > best.rate { next } else { best })
}

/// Compound growth between the first and last level, and the best one between levels three or more years apart (or
/// as far apart as any).
fn from_levels(levels: &[(i32, f64)]) -> Option<(Span, Span)> {
    let between = |(from, low): (i32, f64), (to, high): (i32, f64)| {
        (to > from).then(|| Span { from, to, rate: powf(high / low, 1.0 / f64::from(to - from)) - 1.0 })
    };
    let whole = between(*levels.first()?, *levels.last()?)?;
    let least = WINDOW.min(length(&whole));
    // of several figures of one year only the ends matter, which keeps long tables from being paired row by row
    let years = levels.chunk_by(|a, b| a.0 == b.0).map(|year| {
        let figures = || year.iter().map(|(_, value)| *value);
        (year[0].0, figures().fold(f64::INFINITY, f64::min), figures().fold(0.0, f64::max))
    });
    let years: Vec<(i32, f64, f64)> = years.collect();
    let later = |i: usize| years[i + 1..].iter().map(|&(to, _, high)| (to, high));
    let pairs =
        years.iter().enumerate().flat_map(|(i, &(from, low, _))| later(i).map(move |b| ((from, low), b)));
    let best = best_of(pairs.filter_map(|(a, b)| between(a, b)).filter(|span| length(span) >= least))?;
    Some((whole, best))
}

/// Mean of the stated yearly growth, and the best mean of three stated years in a row (or as many as there are).
fn from_growth(records: &[&Record]) -> Option<(Span, Span)> {
    let rates: Vec<(i32, f64)> = records.iter().filter_map(|r| Some((r.year, r.growth?))).collect();
    let mean = |part: &[(i32, f64)]| {
        let factor = part.iter().fold(1.0, |product, (_, rate)| product * (1.0 + rate));
        let rate = powf(factor, 1.0 / part.len() as f64) - 1.0;
        Some(Span { from: part.first()?.0 - 1, to: part.last()?.0, rate })
    };
    let whole = mean(&rates)?;
    let in_a_row = |n: usize| rates.windows(n).filter(|w| w.windows(2).all(|p| p[1].0 == p[0].0 + 1));
    let longest = (1..=WINDOW as usize).rev().find(|&n| in_a_row(n).next().is_some())?;
    let best = best_of(in_a_row(longest).filter_map(mean))?;
    Some((whole, best))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{FileId, Span};
    use crate::scenario::Provenance;

    fn record(year: i32, growth: Option<f64>) -> Record {
        Record {
            scope: Scope::Nation,
            year,
            value: None,
            growth,
            months: 12,
            measure: 0,
            provenance: Provenance::default(),
            span: Span::new(FileId(0), 0, 0),
            year_span: Span::new(FileId(0), 0, 0),
        }
    }

    #[test]
    fn levels_give_compound_growth_and_the_best_three_years() {
        let levels = [(2014, 100.0), (2015, 150.0), (2017, 160.0), (2020, 160.0 * 1.331)];
        let (whole, best) = from_levels(&levels).unwrap();
        assert_eq!((whole.from, whole.to), (2014, 2020));
        // one year of 50 % is no sustained growth; 2014–2017 is 1.6^(1/3) − 1
        assert_eq!((best.from, best.to), (2014, 2017));
        assert!((best.rate - (libm::cbrt(1.6) - 1.0)).abs() < 1e-12, "{}", best.rate);
        assert!(from_levels(&levels[..1]).is_none());
    }

    #[test]
    fn growth_windows_do_not_jump_over_missing_years() {
        let rates = [(2014, 0.1), (2015, 0.1), (2016, 0.1), (2019, 0.5), (2021, 0.5)];
        let records = rates.map(|(year, rate)| record(year, Some(rate)));
        let (whole, best) = from_growth(&records.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!((whole.from, whole.to), (2013, 2021));
        assert_eq!((best.from, best.to), (2013, 2016));
        assert!((best.rate - 0.1).abs() < 1e-12);
    }
}
