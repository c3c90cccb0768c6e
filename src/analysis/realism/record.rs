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
            let sustained = |spans: &(Span, Span)| length(&spans.1) >= WINDOW;
            from_levels(&records).filter(sustained).or_else(|| from_growth(&records).filter(sustained))
        };
        let found = in_measure(measure).map(|spans| (measure, spans)).or_else(|| {
            let others = (0..model.measures.len()).filter_map(|m| Some((m, in_measure(m)?)));
            others.reduce(|best, next| if length(&next.1.0) > length(&best.1.0) { next } else { best })
        });
        let (found_in, (whole, best)) = found?;
        Some(Self {
            scope: model.record_scope_name(scope),
            measure: model.measures[found_in].name.clone(),
            same_measure: found_in == measure,
            years: (whole.from, whole.to),
            mean: whole.rate,
            best: best.rate,
            best_years: (best.from, best.to),
            partial: partial(&model.records, scope, found_in, &whole),
        })
    }
}

/// Years of a record of growth that cover only the first months; none if the record is one of levels.
fn partial(records: &[Record], scope: &Scope, measure: usize, whole: &Span) -> Vec<(i32, u8)> {
    let own = records.iter().filter(|r| r.scope == *scope && r.measure == measure);
    let own: Vec<&Record> = own.filter(|r| (whole.from..=whole.to).contains(&r.year)).collect();
    if from_levels(&own).is_some_and(|(levels, _)| length(&levels) == length(whole)) {
        return Vec::new();
    }
    let short = own.iter().filter(|r| r.growth.is_some() && r.months < 12);
    short.map(|r| (r.year, r.months)).collect()
}

fn length(span: &Span) -> i32 {
    span.to - span.from
}

fn best_of(spans: impl Iterator<Item = Span>) -> Option<Span> {
    spans.reduce(|best, next| if next.rate > best.rate { next } else { best })
}

/// Compound growth between the first and last level, and the best one between levels three or more years apart (or
/// as far apart as any).
fn from_levels(records: &[&Record]) -> Option<(Span, Span)> {
    let levels: Vec<(i32, f64)> =
        records.iter().filter_map(|r| Some((r.year, r.value.filter(|v| *v > 0.0)?))).collect();
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
    use crate::scenario::Provenance;

    fn record(year: i32, value: Option<f64>, growth: Option<f64>) -> Record {
        Record {
            scope: Scope::Nation,
            year,
            value,
            growth,
            months: 12,
            measure: 0,
            provenance: Provenance::default(),
        }
    }

    #[test]
    fn levels_give_compound_growth_and_the_best_three_years() {
        let levels = [(2014, 100.0), (2015, 150.0), (2017, 160.0), (2020, 160.0 * 1.331)];
        let records = levels.map(|(year, value)| record(year, Some(value), None));
        let (whole, best) = from_levels(&records.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!((whole.from, whole.to), (2014, 2020));
        // one year of 50 % is no sustained growth; 2014–2017 is 1.6^(1/3) − 1
        assert_eq!((best.from, best.to), (2014, 2017));
        assert!((best.rate - (libm::cbrt(1.6) - 1.0)).abs() < 1e-12, "{}", best.rate);
        assert!(from_levels(&[&records[0]]).is_none());
    }

    #[test]
    fn growth_windows_do_not_jump_over_missing_years() {
        let rates = [(2014, 0.1), (2015, 0.1), (2016, 0.1), (2019, 0.5), (2021, 0.5)];
        let records = rates.map(|(year, rate)| record(year, None, Some(rate)));
        let (whole, best) = from_growth(&records.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!((whole.from, whole.to), (2013, 2021));
        assert_eq!((best.from, best.to), (2013, 2016));
        assert!((best.rate - 0.1).abs() < 1e-12);
    }
}
