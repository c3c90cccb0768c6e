//! How bad a thing must be to halve the chance that it leaves at its middle value: a search on common random numbers from
//! there to the bad end of its plausible range. Held is compared with held, so that only how bad it is makes a difference.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::numbers::{Number, numbers};
use super::source::{Setting, Source};
use super::{Baseline, Bench, Shock};
use crate::analysis::AnalysisError;
use crate::analysis::decision::Estimate;
use crate::analysis::decision::figures::chance_of;
use crate::analysis::results::Named;
use crate::analysis::summarise::LEVEL;
use crate::stats::{Events, Moments, bounded_mean};
use crate::text::{Text, Told};

/// The ends of the plausible range: these shares of the possible values lie below.
pub const RANGE: [f64; 2] = [0.01, 0.99];
/// Steps from the middle value to the bad end, and how many of them lie between two values of the first round.
const STEPS: u32 = 256;
const FIRST: u32 = 32;
/// Share of the possible values that lie below the middle one.
pub const MIDDLE: f64 = 0.5;
/// Steps between the two values that each later round sets around where a straight line passes half of the chance. A
/// second round of each is needed only where the line misleads.
const STRIDES: [u32; 4] = [8, 8, 1, 1];
/// Steps of one thing that are simulated at most: those of the first round, then two for each of three crossings.
pub const MOST_STEPS: usize = (STEPS / FIRST) as usize + 1 + 6 * STRIDES.len();
/// Hits at the middle value below which where they halve is a matter of luck.
const ENOUGH: u64 = 30;
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
    /// Its middle value (median) and the worst one of its plausible range (1 % or 99 % point), as they are written.
    pub range: [Told; 2],
    /// The chance with the thing at the middle value: what is to be halved.
    pub at_middle: Estimate,
    /// The chance with the thing at the worst value.
    pub at_worst: Estimate,
    /// What was found.
    pub outcome: Outcome,
    /// The chance at numbers of arrivals, in rising order, for an event; else nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<Number>,
}

/// Where the chance is half of what it is with the thing at its middle value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum Outcome {
    /// Within the plausible range.
    Found {
        /// The value, in base units.
        value: f64,
        /// The value as it is written.
        shown: Box<Told>,
        /// Share of the possible values that lie below.
        point: f64,
        /// Share of the possible values that are as bad or worse.
        as_bad: f64,
        /// The values, the mild end first, between which the error leaves the answer; `null` where it reaches beyond the
        /// plausible range.
        interval: [Option<f64>; 2],
        /// The same as they are written.
        shown_interval: Box<[Option<Told>; 2]>,
    },
    /// Not within the plausible range: even at its worst value more than half of the chance is left.
    NotWithin {
        /// Whether the error leaves no doubt about that.
        is_clear: bool,
    },
    /// Already at its middle value hardly any trial meets the target, which others do: it takes a better value than that.
    NeedsLuck,
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
            known: graded().map(|s| Named { id: s.path.clone(), name: s.name.clone() }).collect(),
        })
    };
    paths.iter().map(index).collect::<Result<Vec<_>, _>>().map(Some)
}

/// One thing while it is searched: what was found at steps from the middle value (0) to the worst.
struct Search<'a> {
    source: &'a Source,
    /// The trials that meet the target with the thing at its middle value.
    middle: Events,
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
        let worst = RANGE[usize::from(!self.low_is_bad)];
        MIDDLE + (worst - MIDDLE) * share
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

/// Searches all of `chosen` at once, events by [`numbers()`]. Every step is simulated on the draws of the baseline, so that
/// the chance falls from step to step and not by luck; the interval holds all values at which a paired test does not tell
/// the chance from half of that at the middle value (an inverted test, as in Fieller's).
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
        Search { source, middle: Events::default(), low_is_bad, found: BTreeMap::new() }
    };
    let is_event = |index: &&usize| sources[**index].arriving().is_some();
    let events: Vec<&Source> = chosen.iter().filter(is_event).map(|&index| &sources[index]).collect();
    let mut searches: Vec<Search<'_>> = chosen.iter().filter(|index| !is_event(index)).map(search).collect();
    let middles = middles(bench, searches.iter().map(|search| search.source.held(MIDDLE).held))?;
    searches.iter_mut().zip(middles).for_each(|(search, middle)| search.middle = middle);
    let first: Vec<u32> = (0..=STEPS).step_by(FIRST as usize).collect();
    let everywhere = (0..searches.len()).flat_map(|at| first.iter().map(move |&step| (at, step)));
    judge(bench, &mut searches, &everywhere.collect::<Vec<_>>())?;
    for stride in STRIDES {
        let wanted = searches.iter().enumerate().flat_map(|(at, search)| {
            search.wanted(stride).into_iter().map(move |step| (at, step)).collect::<Vec<_>>()
        });
        let wanted: Vec<(usize, u32)> = wanted.collect();
        judge(bench, &mut searches, &wanted)?;
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
) -> Result<(), AnalysisError> {
    let held = |&(at, step): &(usize, u32)| {
        let search = &searches[at];
        search.source.held(search.point(f64::from(step))).held
    };
    let changes: Vec<Setting> = wanted.iter().map(held).collect();
    let mut gaps = Vec::with_capacity(wanted.len());
    bench.run(&changes, bench.trials(), |position, hits, _| {
        gaps.push(gap(hits, &searches[wanted[position].0].middle));
    })?;
    for ((at, step), gap) in wanted.iter().zip(gaps) {
        searches[*at].found.insert(*step, gap.ok_or(AnalysisError::NoTrials)?);
    }
    Ok(())
}

/// The trials that meet the target with things held at their middle values.
pub(super) fn middles(
    bench: &Bench<'_, '_>,
    held: impl Iterator<Item = Setting>,
) -> Result<Vec<Events>, AnalysisError> {
    let held: Vec<Setting> = held.collect();
    let mut middles = Vec::with_capacity(held.len());
    bench.run(&held, bench.trials(), |_, hits, _| middles.push(hits.clone()))?;
    Ok(middles)
}

/// The chance of these hits less half of that at the middle value, over the same trials.
pub(super) fn gap(hits: &Events, middle: &Events) -> Option<Gap> {
    let mut moments = Moments::default();
    let gaps: Vec<f64> =
        hits.iter().zip(middle.iter()).map(|(a, b)| f64::from(a) - LEFT * f64::from(b)).collect();
    moments.record_lanes(&gaps);
    let interval = bounded_mean(&moments, LEVEL)?;
    let chance = chance_of(hits, LEVEL)?;
    Some(Gap { chance, value: moments.mean()?, low: interval.low(), high: interval.high() })
}

/// What is to be said before a search is looked at: where too few trials are met at the middle value to halve them.
pub(super) fn unanswerable(middle: &Events, normal: &Baseline) -> Option<Outcome> {
    match (middle.count() < ENOUGH, normal.hits.count() < ENOUGH) {
        (false, _) => None,
        (true, true) => Some(Outcome::CannotTell),
        (true, false) => Some(Outcome::NeedsLuck),
    }
}

fn answer(search: &Search<'_>, normal: &Baseline) -> Option<Reverse> {
    let worst = search.found.values().next_back()?;
    let at = |step: f64| search.source.held(search.point(step));
    let outcome = if let Some(outcome) = unanswerable(&search.middle, normal) {
        outcome
    } else if let Some(step) = search.crossing(SIDES[0]) {
        // the lower end reaches 0 at milder values than the estimate, the upper end at worse ones
        let ends = [search.crossing(SIDES[1]), search.crossing(SIDES[2])].map(|end| end.map(at));
        let (found, point) = (at(step), search.point(step));
        Outcome::Found {
            value: found.value,
            shown: Box::new(found.shown),
            point,
            as_bad: if search.low_is_bad { point } else { 1.0 - point },
            interval: [0, 1].map(|end: usize| ends[end].as_ref().map(|at| at.value)),
            shown_interval: Box::new(ends.map(|end| end.map(|at| at.shown))),
        }
    } else {
        Outcome::NotWithin { is_clear: worst.low > 0.0 }
    };
    Some(Reverse {
        path: search.source.path.clone(),
        name: search.source.name.clone(),
        low_is_bad: search.low_is_bad,
        range: [0, STEPS].map(|step| at(f64::from(step)).shown),
        at_middle: chance_of(&search.middle, LEVEL)?,
        at_worst: worst.chance,
        outcome,
        numbers: Vec::new(),
    })
}
