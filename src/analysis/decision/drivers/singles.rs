//! Single quantities: which explain most of the result, and where the result stands when each is low or high.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::frozen::Scale;
use super::{Estimate, Sampled, estimate};
use crate::analysis::decision::figures::mean_of;
use crate::analysis::results::Ends;
use crate::analysis::summarise::{LEVEL, ToldIn, ends, grade_word, quantity_name};
use crate::model::Model;
use crate::stats::information::variance_share;
use crate::stats::{self, wilson};
use crate::text::{Text, Told};

/// Quantities in the list at most.
const MOST: usize = 10;
/// Where a quantity is low and high: shares of the trials below.
const POINTS: [f64; 2] = [0.1, 0.9];
/// Half the width of the window of ranks around a point.
const WINDOW: f64 = 0.05;

/// One uncertain quantity and what it explains.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Single {
    /// Path of the quantity.
    pub path: String,
    /// Name.
    pub name: Text,
    /// Grade of evidence: a word of scenario files, or `none`.
    pub grade: String,
    /// Share of the variance that it explains on average (correlation ratio, the first-order index); of the quantity if
    /// there is one, else of meeting the target.
    pub share: Estimate,
    /// The results when it is low.
    pub low: Point,
    /// The results when it is high.
    pub high: Point,
}

/// The results over the tenth of the trials around one point of a quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Value of the quantity that 10 % or 90 % of the trials fall below, in base units.
    pub at: f64,
    /// The same with its unit.
    pub value: Told,
    /// Mean of the target's quantity with Student's interval; `null` without one.
    pub mean: Option<Estimate>,
    /// Share of these trials that meet the target.
    pub probability: f64,
    /// Wilson interval of that share.
    pub interval: Ends,
}

/// Whether a share stands out of the noise where a hundred quantities are looked at: chance does so once in forty times.
pub fn stands_out(share: stats::Estimate) -> bool {
    /// Standard errors above 0: one-sided 1 in 4,300.
    const ERRORS: f64 = 3.5;
    share.value > ERRORS * share.standard_error
}

/// The drawn quantities of the first world that vary, each once, by path.
pub fn varying(sampled: &Sampled) -> BTreeMap<&str, &[f64]> {
    let mut columns: BTreeMap<&str, &[f64]> = BTreeMap::new();
    for (path, column) in sampled.inputs(0) {
        // a policy may draw the same quantity from a law of its own; the first column is the law without it
        if column.windows(2).any(|pair| pair[0] != pair[1]) {
            columns.entry(path).or_insert(column);
        }
    }
    columns
}

/// Quantities that explain most of the first policy's result, with the number screened. They are chosen on the first
/// `screening` trials and judged on the others, so that no figure is flattered by the choice.
pub fn singles(model: &Model, sampled: &Sampled, (scale, screening): (Scale, u64)) -> (Vec<Single>, usize) {
    let columns = varying(sampled);
    let screened = columns.len();
    let outcome = match scale {
        Scale::None => sampled.hits(0, 0, 0).iter().map(|hit| f64::from(u8::from(hit))).collect(),
        scale => scale.apply(sampled.quantity(0, 0, 0)),
    };
    let cut = (screening as usize).min(outcome.len());
    let share = |column: &[f64], part: std::ops::Range<usize>| {
        variance_share(&column[part.clone()], &outcome[part]).ok()
    };
    let mut chosen: Vec<(&str, &[f64], f64)> = columns
        .into_iter()
        .filter_map(|(path, column)| Some((path, column, share(column, 0..cut)?)))
        .filter(|(_, _, share)| stands_out(*share))
        .map(|(path, column, share)| (path, column, share.value))
        .collect();
    chosen.sort_by(|a, b| b.2.total_cmp(&a.2));
    chosen.truncate(MOST);
    let single = |(path, column, _): (&str, &[f64], f64)| {
        let quantity = model.quantities.find(path).map(|id| model.quantities.get(id));
        let share = share(column, cut..outcome.len())?;
        let unit = ToldIn::of(model, path);
        let [low, high] = POINTS.map(|at| point(sampled, column, at, &unit));
        Some(Single {
            path: path.to_owned(),
            name: quantity_name(model, path),
            grade: quantity.map_or_else(|| "none".to_owned(), |q| grade_word(&q.provenance)),
            share: estimate(share),
            low: low?,
            high: high?,
        })
    };
    let mut singles: Vec<Single> = chosen.into_iter().filter_map(single).collect();
    singles.sort_by(|a, b| b.share.value.total_cmp(&a.share.value));
    (singles, screened)
}

/// The results of the trials whose rank in `column` lies around `at`.
fn point(sampled: &Sampled, column: &[f64], at: f64, unit: &ToldIn) -> Option<Point> {
    let n = column.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| column[a].total_cmp(&column[b]).then(a.cmp(&b)));
    let rank = |share: f64| ((share * n as f64) as usize).min(n.saturating_sub(1));
    let window = &order[rank(at - WINDOW)..=rank(at + WINDOW)];
    let (quantity, hits) = (sampled.quantity(0, 0, 0), sampled.hits(0, 0, 0));
    let met = window.iter().filter(|&&trial| hits.at(trial)).count() as u64;
    let values: Vec<f64> = window.iter().filter_map(|&trial| quantity.get(trial).copied()).collect();
    let value = column[order[rank(at)]];
    Some(Point {
        at: value,
        value: unit.rounded(value),
        mean: mean_of(&values, LEVEL),
        probability: met as f64 / window.len() as f64,
        interval: ends(wilson(met, window.len() as u64, LEVEL).ok()?),
    })
}
