//! How bad a thing must be to halve the chance: a search on common random numbers along its plausible range.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::numbers::{Number, numbers};
use super::source::{Setting, Source};
use super::{Baseline, Bench, Shock};
use crate::analysis::AnalysisError;
use crate::analysis::decision::Estimate;
use crate::analysis::decision::figures::chance_of;
use crate::analysis::summarise::LEVEL;
use crate::stats::{Events, Moments, bounded_mean};
use crate::text::Text;

/// The ends of the plausible range: these shares of the possible values lie below.
pub const RANGE: [f64; 2] = [0.01, 0.99];
/// Steps from the good end to the bad one, and how many of them lie between two values of the first round.
const STEPS: u32 = 512;
const FIRST: u32 = 64;
/// Steps between the two values that each later round sets around where a straight line passes half of the chance. A
/// second round of each is needed only where the line misleads.
const STRIDES: [u32; 4] = [8, 8, 1, 1];
/// Steps of one thing that are simulated at most: those of the first round, then two for each of three crossings.
pub const MOST_STEPS: usize = (STEPS / FIRST) as usize + 1 + 6 * STRIDES.len();
/// Hits in the baseline below which where they halve is a matter of luck.
pub(super) const ENOUGH: u64 = 30;
/// Share of the chance that is to be left.
const LEFT: f64 = 0.5;

/// How bad one thing must be to halve the chance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reverse {
    /// Path of the thing.
    pub path: String,
    /// Name.
    pub name: Text,
    /// Whether low values are the bad ones.
    pub low_is_bad: bool,
    /// The best and the worst value of its plausible range (1 % and 99 % points), as they are written.
    pub range: [Text; 2],
    /// The chance with the thing at the best value.
    pub at_best: Estimate,
    /// The chance with the thing at the worst value.
    pub at_worst: Estimate,
    /// What was found.
    pub outcome: Outcome,
    /// The chance at numbers of arrivals, in rising order, for an event; else nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<Number>,
}

/// Where the chance is half of what it is in the baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum Outcome {
    /// Within the plausible range.
    Found {
        /// The value, in base units.
        value: f64,
        /// The value as it is written.
        shown: Text,
        /// Share of the possible values that lie below.
        point: f64,
        /// Share of the possible values that are as bad or worse.
        as_bad: f64,
        /// The values, the mild end first, between which the error leaves the answer; `null` where it reaches beyond the
        /// plausible range.
        interval: [Option<f64>; 2],
        /// The same as they are written.
        shown_interval: [Option<Text>; 2],
    },
    /// Not within the plausible range: even at its worst value more than half of the chance is left.
    NotWithin {
        /// Whether the error leaves no doubt about that.
        is_clear: bool,
    },
    /// Everywhere: held at any value, even the best, less than half of the chance is left.
    Everywhere,
    /// Too few trials meet the target to tell.
    CannotTell,
}

/// The sources named by `paths`, as indices; `None` without any.
pub fn chosen(sources: &[Source], paths: &[String]) -> Result<Option<Vec<usize>>, AnalysisError> {
    if paths.is_empty() {
        return Ok(None);
    }
    let graded = || sources.iter().filter(|source| source.is_graded());
    let index = |path: &String| {
        let found = sources.iter().position(|source| source.path == *path && source.is_graded());
        found.ok_or_else(|| AnalysisError::UnknownShock {
            path: path.clone(),
            known: graded().map(|source| source.path.clone()).collect(),
        })
    };
    paths.iter().map(index).collect::<Result<Vec<_>, _>>().map(Some)
}

/// One thing while it is searched: what was found at steps from the best value (0) to the worst.
struct Search<'a> {
    source: &'a Source,
    /// Whether low values are the bad ones.
    low_is_bad: bool,
    found: BTreeMap<u32, Gap>,
}

/// The chance at one step less the wanted one, and its interval.
#[derive(Clone, Copy)]
pub(super) struct Gap {
    pub chance: Estimate,
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// What must be above 0 for a step to be on the mild side: the gap, its lower end, its upper end.
pub(super) const SIDES: [fn(&Gap) -> f64; 3] = [|gap| gap.value, |gap| gap.low, |gap| gap.high];

impl Search<'_> {
    fn point(&self, step: f64) -> f64 {
        let share = step / f64::from(STEPS);
        let [low, high] = RANGE;
        if self.low_is_bad { high - (high - low) * share } else { low + (high - low) * share }
    }

    /// The neighbouring steps between which `side` first falls to 0 or below; `None` if it never does, or does so from the
    /// start.
    fn bracket(&self, side: fn(&Gap) -> f64) -> Option<(u32, u32)> {
        let mut steps = self.found.iter();
        let (first, gap) = steps.next()?;
        if side(gap) <= 0.0 {
            return None;
        }
        let mut mild = *first;
        for (step, gap) in steps {
            if side(gap) <= 0.0 {
                return Some((mild, *step));
            }
            mild = *step;
        }
        None
    }

    /// The steps that narrow the brackets: the multiples of `stride` on either side of where the straight line passes.
    fn wanted(&self, stride: u32) -> Vec<u32> {
        let around = |&side: &fn(&Gap) -> f64| {
            let (mild, bad) = self.bracket(side)?;
            let below = (self.crossing(side)? / f64::from(stride)).floor() as u32 * stride;
            (bad - mild > stride).then_some([below, below + stride])
        };
        let mut steps: Vec<u32> = SIDES.iter().filter_map(around).flatten().collect();
        steps.sort_unstable();
        steps.dedup();
        steps.retain(|step| *step <= STEPS && !self.found.contains_key(step));
        steps
    }

    /// Where `side` passes 0, by a straight line between the neighbouring steps.
    fn crossing(&self, side: fn(&Gap) -> f64) -> Option<f64> {
        let (mild, bad) = self.bracket(side)?;
        let (above, below) = (side(&self.found[&mild]), side(&self.found[&bad]));
        let share = above / (above - below);
        Some(f64::from(mild) + share * f64::from(bad - mild))
    }
}

/// Searches all of `chosen` at once, events by [`numbers()`]. Every step is simulated on the draws of the baseline, so that the chance falls from
/// step to step and not by luck; the interval holds all values at which a paired test does not tell the chance from half
/// of the baseline's (an inverted test, as in Fieller's).
pub(super) fn reverse(
    bench: &Bench<'_, '_>,
    sources: &[Source],
    chosen: &[usize],
    shocks: &[Shock],
    normal: &Baseline,
) -> Result<Vec<Reverse>, AnalysisError> {
    let search = |&index: &usize| {
        let source = &sources[index];
        let shock = shocks.iter().find(|shock| shock.path == source.path);
        let low_is_bad = shock.is_none_or(|shock| shock.bad.point < 0.5);
        Search { source, low_is_bad, found: BTreeMap::new() }
    };
    let is_event = |index: &&usize| sources[**index].arriving().is_some();
    let events: Vec<&Source> = chosen.iter().filter(is_event).map(|&index| &sources[index]).collect();
    let mut searches: Vec<Search<'_>> = chosen.iter().filter(|index| !is_event(index)).map(search).collect();
    let first: Vec<u32> = (0..=STEPS).step_by(FIRST as usize).collect();
    let everywhere = (0..searches.len()).flat_map(|at| first.iter().map(move |&step| (at, step)));
    judge(bench, &mut searches, &everywhere.collect::<Vec<_>>(), normal)?;
    for stride in STRIDES {
        let wanted = searches.iter().enumerate().flat_map(|(at, search)| {
            search.wanted(stride).into_iter().map(move |step| (at, step)).collect::<Vec<_>>()
        });
        let wanted: Vec<(usize, u32)> = wanted.collect();
        judge(bench, &mut searches, &wanted, normal)?;
    }
    let mut found = numbers(bench, &events, normal)?;
    found.extend(searches.iter().filter_map(|search| answer(search, normal)));
    let place = |reverse: &Reverse| chosen.iter().position(|&index| sources[index].path == reverse.path);
    found.sort_by_key(place);
    Ok(found)
}

/// Simulates these steps of these searches on the draws of the baseline.
fn judge(
    bench: &Bench<'_, '_>,
    searches: &mut [Search<'_>],
    wanted: &[(usize, u32)],
    normal: &Baseline,
) -> Result<(), AnalysisError> {
    let held = |&(at, step): &(usize, u32)| {
        let search = &searches[at];
        search.source.held(search.point(f64::from(step))).held
    };
    let changes: Vec<Setting> = wanted.iter().map(held).collect();
    let mut gaps = Vec::with_capacity(wanted.len());
    bench.run(&changes, bench.trials(), |_, hits, _| gaps.push(gap(hits, normal)))?;
    for ((at, step), gap) in wanted.iter().zip(gaps) {
        searches[*at].found.insert(*step, gap.ok_or(AnalysisError::NoTrials)?);
    }
    Ok(())
}

/// The chance of these hits less half of the baseline's, over the same trials.
pub(super) fn gap(hits: &Events, normal: &Baseline) -> Option<Gap> {
    let mut moments = Moments::default();
    let gaps: Vec<f64> =
        hits.iter().zip(normal.hits.iter()).map(|(a, b)| f64::from(a) - LEFT * f64::from(b)).collect();
    moments.record_lanes(&gaps);
    let interval = bounded_mean(&moments, LEVEL)?;
    let chance = chance_of(hits, LEVEL)?;
    Some(Gap { chance, value: moments.mean()?, low: interval.low(), high: interval.high() })
}

/// Whether nothing along the whole range can be told from half of the chance.
pub(super) fn is_untold(best: &Gap, worst: &Gap) -> bool {
    best.high > 0.0 && worst.low < 0.0 && best.low < 0.0 && worst.high > 0.0
}

fn answer(search: &Search<'_>, normal: &Baseline) -> Option<Reverse> {
    let (best, worst) = (search.found.values().next()?, search.found.values().next_back()?);
    let at = |step: f64| search.source.held(search.point(step));
    let outcome = if normal.hits.count() < ENOUGH || is_untold(best, worst) {
        Outcome::CannotTell
    } else if best.value <= 0.0 {
        Outcome::Everywhere
    } else if let Some(step) = search.crossing(SIDES[0]) {
        // the lower end reaches 0 at milder values than the estimate, the upper end at worse ones
        let ends = [search.crossing(SIDES[1]), search.crossing(SIDES[2])].map(|end| end.map(at));
        let (found, point) = (at(step), search.point(step));
        Outcome::Found {
            value: found.value,
            shown: found.shown,
            point,
            as_bad: if search.low_is_bad { point } else { 1.0 - point },
            interval: [0, 1].map(|end: usize| ends[end].as_ref().map(|at| at.value)),
            shown_interval: ends.map(|end| end.map(|at| at.shown)),
        }
    } else {
        Outcome::NotWithin { is_clear: worst.low > 0.0 }
    };
    Some(Reverse {
        path: search.source.path.clone(),
        name: search.source.name.clone(),
        low_is_bad: search.low_is_bad,
        range: [0, STEPS].map(|step| at(f64::from(step)).shown),
        at_best: best.chance,
        at_worst: worst.chance,
        outcome,
        numbers: Vec::new(),
    })
}
