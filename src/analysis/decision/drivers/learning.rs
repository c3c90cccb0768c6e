//! Which figure to survey first: what knowing one quantity beforehand is worth for the choice among policies.

use serde::{Deserialize, Serialize};

use super::singles::varying;
use super::{Estimate, FEWEST_HITS, Sampled, estimate, more_is_better};
use crate::analysis::decision::answer::named_policy;
use crate::analysis::results::Named;
use crate::analysis::summarise::{grade_word, quantity_name};
use crate::model::Model;
use crate::plan::SeriesUnit;
use crate::stats::information::{partial_information, perfect_information};
use crate::text::Text;

/// Quantities in the list of a criterion at most.
const MOST: usize = 8;

/// What knowing a single quantity is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Learning {
    /// The policies to choose from.
    pub policies: Vec<Named>,
    /// Answers by what the choice is to be good for.
    pub criteria: Vec<Criterion>,
}

/// The choice by one criterion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// `probability` of meeting the target, mean `quantity`, or mean quantity `net` of public money over all years.
    pub criterion: String,
    /// What can be said of the choice.
    pub verdict: Verdict,
    /// Trials in which the policies do not all come to the same.
    pub differing: u64,
    /// The policy that is best without further knowledge; `null` where the policies cannot be told apart.
    pub best: Option<Named>,
    /// What knowing everything beforehand would be worth, luck included: no survey can be worth more. From the same trials
    /// as the values of single quantities; `null` without a best policy.
    pub everything: Option<Estimate>,
    /// Quantities worth most, the largest value first; empty unless the choice is open, or if nothing stood out.
    pub worth: Vec<Worth>,
}

/// What the trials say of a choice among policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// One policy is best in every trial, and at least 100 trials differ: no knowledge could ever change the choice.
    Certain,
    /// The best policy depends on the trial.
    Open,
    /// All policies come to the same in every trial, though trials differ from each other.
    Same,
    /// The policies differ in fewer than 100 trials: nothing can be said.
    Unclear,
}

/// What knowing one quantity is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Worth {
    /// Path of the quantity.
    pub path: String,
    /// Name.
    pub name: Text,
    /// Grade of evidence: a word of scenario files, or `none`.
    pub grade: String,
    /// Expected gain (EVPPI): a probability, or the unit of the quantity.
    pub value: Estimate,
    /// Share of trials in which knowing it would change the choice.
    pub switching: f64,
}

/// What knowing single quantities is worth for the choice among the policies of `sampled`; `None` with one policy.
/// Quantities are chosen on the first `screening` trials and judged on the others.
pub fn learning(model: &Model, sampled: &Sampled, policies: &[usize], screening: usize) -> Option<Learning> {
    if policies.len() < 2 {
        return None;
    }
    let named: Vec<Named> = policies.iter().map(|&policy| named_policy(&model.policies[policy])).collect();
    let all = 0..policies.len();
    let hits: Vec<Vec<f64>> = all
        .clone()
        .map(|p| sampled.hits(0, p, 0).iter().map(|hit| f64::from(u8::from(hit))).collect())
        .collect();
    let mut payoffs = vec![("probability", hits)];
    if let Some((series, _)) = sampled.series(0) {
        let sign = if more_is_better(sampled) { 1.0 } else { -1.0 };
        let column = |p: usize| sampled.quantity(0, p, 0).iter().map(|x| sign * x).collect::<Vec<f64>>();
        let quantity: Vec<Vec<f64>> = all.clone().map(column).collect();
        // public money can only be taken off money that is wanted; where none is spent, there is nothing to take off
        let spends = all.clone().any(|p| sampled.cost(0, p).iter().any(|cost| *cost != 0.0));
        if series.unit == SeriesUnit::Money && sign > 0.0 && spends {
            let net = |(p, quantity): (usize, &Vec<f64>)| {
                quantity.iter().zip(sampled.cost(0, p)).map(|(x, cost)| x - cost).collect()
            };
            let net = quantity.iter().enumerate().map(net).collect();
            payoffs.extend([("quantity", quantity), ("net", net)]);
        } else {
            payoffs.push(("quantity", quantity));
        }
    }
    let criteria: Option<Vec<Criterion>> = payoffs
        .iter()
        .map(|(word, payoffs)| criterion(model, sampled, word, payoffs, &named, screening))
        .collect();
    Some(Learning { policies: named, criteria: criteria? })
}

fn criterion(
    model: &Model,
    sampled: &Sampled,
    word: &str,
    payoffs: &[Vec<f64>],
    policies: &[Named],
    screening: usize,
) -> Option<Criterion> {
    let columns: Vec<&[f64]> = payoffs.iter().map(Vec::as_slice).collect();
    let verdict = verdict(&columns, word == "probability");
    // chosen on the first trials, judged on the others: everything by the same trials, so that the bound bounds
    let cut = screening.min(columns[0].len());
    let others: Vec<&[f64]> = columns.iter().map(|column| &column[cut..]).collect();
    let told = matches!(verdict.0, Verdict::Certain | Verdict::Open);
    let everything = if told { Some(perfect_information(&others).ok()?) } else { None };
    let is_open = verdict.0 == Verdict::Open;
    Some(Criterion {
        criterion: word.to_owned(),
        verdict: verdict.0,
        differing: verdict.1,
        best: told.then(|| policies[best(&others)].clone()),
        everything: everything.map(estimate),
        worth: if is_open { worth(model, sampled, &columns, cut) } else { Vec::new() },
    })
}

/// What the trials say, and in how many of them the policies differ. Where every trial hits, or none does, that policies
/// are equal says nothing.
fn verdict(columns: &[&[f64]], is_probability: bool) -> (Verdict, u64) {
    let trials = 0..columns[0].len();
    let differs = |&trial: &usize| columns.iter().any(|column| column[trial] != columns[0][trial]);
    let differing = trials.clone().filter(differs).count() as u64;
    let varies = columns.iter().any(|column| column.iter().any(|x| *x != column[0]));
    let top = columns[best(columns)];
    let is_top = |trial: usize| columns.iter().all(|column| column[trial] <= top[trial]);
    let verdict = match differing {
        0 if varies || !is_probability => Verdict::Same,
        0..FEWEST_HITS => Verdict::Unclear,
        _ if trials.clone().all(is_top) => Verdict::Certain,
        _ => Verdict::Open,
    };
    (verdict, differing)
}

/// The policy with the largest mean; the first of equals.
fn best(columns: &[&[f64]]) -> usize {
    let means: Vec<f64> = columns.iter().map(|column| column.iter().sum::<f64>()).collect();
    (0..means.len()).fold(0, |best, policy| if means[policy] > means[best] { policy } else { best })
}

/// Quantities are chosen on the first `cut` trials and judged on the others.
fn worth(model: &Model, sampled: &Sampled, columns: &[&[f64]], cut: usize) -> Vec<Worth> {
    let n = columns[0].len();
    let part = |range: std::ops::Range<usize>| -> Vec<&[f64]> {
        columns.iter().map(|column| &column[range.clone()]).collect()
    };
    let (first, others) = (part(0..cut), part(cut..n));
    let mut chosen: Vec<(&str, &[f64], f64)> = varying(sampled)
        .into_iter()
        .filter_map(|(path, x)| {
            let found = partial_information(&x[..cut], &first).ok()?;
            (found.value.value > 0.0).then_some((path, x, found.value.value))
        })
        .collect();
    chosen.sort_by(|a, b| b.2.total_cmp(&a.2));
    chosen.truncate(MOST);
    let judged = |(path, x, _): (&str, &[f64], f64)| {
        let found = partial_information(&x[cut..], &others).ok()?;
        let quantity = model.quantities.find(path).map(|id| model.quantities.get(id));
        Some(Worth {
            path: path.to_owned(),
            name: quantity_name(model, path),
            grade: quantity.map_or_else(|| "none".to_owned(), |q| grade_word(&q.provenance)),
            value: estimate(found.value),
            switching: found.switching,
        })
    };
    let mut worth: Vec<Worth> = chosen.into_iter().filter_map(judged).collect();
    worth.sort_by(|a, b| b.value.value.total_cmp(&a.value.value));
    worth
}
