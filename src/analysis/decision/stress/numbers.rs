//! How often an event must come to halve the chance: numbers of arrivals, each held on the draws of the baseline.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::arriving::Arriving;
use super::reverse::{Gap, MIDDLE, Outcome, RANGE, Reverse, SIDES, gap, middles, unanswerable};
use super::source::{Setting, Source};
use super::{Baseline, Bench};
use crate::analysis::AnalysisError;
use crate::analysis::decision::Estimate;
use crate::analysis::decision::figures::{chance_change, chance_of};
use crate::analysis::summarise::LEVEL;
use crate::stats::Events;

/// Numbers of the first round at most; of more, every second, third … is taken.
const FIRST: u32 = 24;
/// Numbers of one event that are simulated at most: the first round and two ends, then halvings of three brackets.
pub const MOST_NUMBERS: usize = FIRST as usize + 4 + 3 * 6;

/// An event held at a number of arrivals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// The number.
    pub arrivals: u32,
    /// The chance with so many.
    pub probability: Estimate,
    /// Change of the chance against the baseline.
    pub change: Estimate,
    /// The chance of so many or more.
    pub as_many: f64,
}

/// One event while it is searched.
struct Search<'a> {
    source: &'a Source,
    law: &'a Arriving,
    /// The median number, and the trials that meet the target with it.
    middle: (u32, Events),
    /// The largest number that is looked at.
    most: u32,
    /// Whether few arrivals are the bad ones.
    low_is_bad: bool,
    found: BTreeMap<u32, (Gap, Estimate)>,
}

impl Search<'_> {
    /// What was found from the median number on, the mildest first.
    fn worsening(&self) -> impl Iterator<Item = (u32, &Gap)> {
        let is_worse =
            |number: u32| if self.low_is_bad { number <= self.middle.0 } else { number >= self.middle.0 };
        let all = self.found.iter().filter(|(number, _)| is_worse(**number));
        let all: Vec<(u32, &Gap)> = all.map(|(number, (gap, _))| (*number, gap)).collect();
        let turned = self.low_is_bad;
        let n = all.len();
        (0..n).map(move |at| all[if turned { n - 1 - at } else { at }])
    }

    /// The mildest number at which `side` is 0 or below, and the number before it; `None` if there is none, or none before.
    fn reached(&self, side: fn(&Gap) -> f64) -> Option<(u32, u32)> {
        let mut before = None;
        for (number, gap) in self.worsening() {
            if side(gap) <= 0.0 {
                return before.map(|before| (before, number));
            }
            before = Some(number);
        }
        None
    }

    /// The numbers that narrow the brackets.
    fn wanted(&self) -> Vec<u32> {
        let middle = |&side: &fn(&Gap) -> f64| {
            let (before, number) = self.reached(side)?;
            (before.abs_diff(number) > 1).then_some(u32::midpoint(before, number))
        };
        let mut wanted: Vec<u32> = SIDES.iter().filter_map(middle).collect();
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }
}

/// Searches these events at once: none to the 99 % point of their number (at least one), for the least (or, where events
/// do good, the largest) number at which half of the chance at the median number is left. The interval holds all such numbers that a paired
/// test does not tell from it.
pub(super) fn numbers<'s>(
    bench: &Bench<'_, '_>,
    events: &[&'s Source],
    normal: &Baseline,
) -> Result<Vec<Reverse>, AnalysisError> {
    let search = |source: &&'s Source| {
        let law = source.arriving()?;
        let most = law.number_at(RANGE[1]).max(1).min(law.most());
        let middle = (law.number_at(MIDDLE), Events::default());
        Some(Search { source, law, middle, most, low_is_bad: false, found: BTreeMap::new() })
    };
    let mut searches: Vec<Search<'_>> = events.iter().filter_map(search).collect();
    let middles =
        middles(bench, searches.iter().map(|search| search.source.with_arrivals(search.middle.0).held))?;
    searches.iter_mut().zip(middles).for_each(|(search, middle)| search.middle.1 = middle);
    let first = searches.iter().enumerate().flat_map(|(at, search)| {
        let stride = search.most.div_ceil(FIRST).max(1) as usize;
        let numbers = (0..search.most).step_by(stride).chain([search.middle.0, search.most]);
        numbers.map(move |number| (at, number))
    });
    let mut wanted: Vec<(usize, u32)> = first.collect();
    wanted.sort_unstable();
    wanted.dedup();
    judge(bench, &mut searches, &wanted, normal)?;
    for search in &mut searches {
        let ends = [search.found.values().next(), search.found.values().next_back()];
        if let [Some((none, _)), Some((most, _))] = ends {
            search.low_is_bad = most.value > none.value;
        }
    }
    while !wanted.is_empty() {
        let narrower = searches.iter().enumerate();
        wanted = narrower
            .flat_map(|(at, search)| search.wanted().into_iter().map(move |number| (at, number)))
            .collect();
        judge(bench, &mut searches, &wanted, normal)?;
    }
    Ok(searches.iter().filter_map(|search| answer(search, normal)).collect())
}

/// Simulates these numbers of these events on the draws of the baseline.
fn judge(
    bench: &Bench<'_, '_>,
    searches: &mut [Search<'_>],
    wanted: &[(usize, u32)],
    normal: &Baseline,
) -> Result<(), AnalysisError> {
    let held = |&(at, number): &(usize, u32)| searches[at].source.with_arrivals(number).held;
    let changes: Vec<Setting> = wanted.iter().map(held).collect();
    let mut seen = Vec::with_capacity(wanted.len());
    bench.run(&changes, bench.trials(), |position, hits, _| {
        let middle = &searches[wanted[position].0].middle.1;
        seen.push(gap(hits, middle).zip(chance_change(hits, &normal.hits, LEVEL)));
    })?;
    for ((at, number), seen) in wanted.iter().zip(seen) {
        searches[*at].found.insert(*number, seen.ok_or(AnalysisError::NoTrials)?);
    }
    Ok(())
}

fn answer(search: &Search<'_>, normal: &Baseline) -> Option<Reverse> {
    let (bad, worst) = search.worsening().last()?;
    let at = |number: u32| search.source.with_arrivals(number);
    let outcome = if let Some(outcome) = unanswerable(&search.middle.1, normal) {
        outcome
    } else if let Some((_, number)) = search.reached(SIDES[0]) {
        let ends = [SIDES[1], SIDES[2]].map(|side| search.reached(side).map(|(_, number)| at(number)));
        let found = at(number);
        let as_bad = if search.low_is_bad {
            1.0 - search.law.at_least(number + 1)
        } else {
            search.law.at_least(number)
        };
        Outcome::Found {
            value: found.value,
            shown: Box::new(found.shown),
            point: 1.0 - search.law.at_least(number),
            as_bad,
            interval: [0, 1].map(|end: usize| ends[end].as_ref().map(|at| at.value)),
            shown_interval: Box::new(ends.map(|end| end.map(|at| at.shown))),
        }
    } else {
        Outcome::NotWithin { is_clear: worst.low > 0.0 }
    };
    let number = |(&arrivals, (gap, change)): (&u32, &(Gap, Estimate))| Number {
        arrivals,
        probability: gap.chance,
        change: *change,
        as_many: search.law.at_least(arrivals),
    };
    Some(Reverse {
        path: search.source.path.clone(),
        name: search.source.name.clone(),
        low_is_bad: search.low_is_bad,
        range: [at(search.middle.0).shown, at(bad).shown],
        at_middle: chance_of(&search.middle.1, LEVEL)?,
        at_worst: worst.chance,
        outcome,
        numbers: search.found.iter().map(number).collect(),
    })
}
