//! Finds where a probability reaches a wanted value along a lever, all values judged on the same trials.
//!
//! At every value x tried, the Wilson interval of P(x) is known. The set of x whose interval contains the wanted P covers
//! the true crossing as often as the interval covers P(x) there (inversion of a test), so the ends of that set are the
//! interval of the answer. On common random numbers the estimated curve is as smooth as the true one, and where the
//! response is monotone trial by trial it is monotone too.

use super::logic::Logic;
use crate::stats::{Events, Interval, Level};

/// Values tried at first, both ends among them.
pub(super) const GRID: usize = 13;
/// Values tried in one refinement.
const ROUND: usize = 12;
/// Refinements: each narrows a bracket at least fivefold, so that the error of interpolating within the last one is
/// far below the noise.
pub(super) const ROUNDS: usize = 2;
/// A share that moves by more than this between neighbours as near as the last refinement leaves them jumps: what lies
/// between is not known.
const JUMP: f64 = 0.1;
const NEAR: f64 = 5e-3;
/// Rounds that narrow down where a share steps, and the width below which nothing is looked for: there what the share moves
/// by is a step.
const STEP_ROUNDS: usize = 8;
const STEP: f64 = 1e-6;
/// Part of the width of an interval that a share may move by within a bracket that is not narrowed further.
const FINE: f64 = 0.25;
/// Rounds that look for a hump between neighbours, and the most gaps looked into in one of them.
const HUMPS: usize = 4;
const GAPS: usize = 4;
/// Level of a single paired difference when a fall of the curve is looked for: about eighty pairs are looked at.
const SURE: f64 = 0.9999;

/// One value tried.
#[derive(Clone, Debug)]
pub(super) struct Tried {
    /// Place on the scale, 0 to 1.
    pub coordinate: f64,
    /// Whether only a refinement tried it.
    pub refined: bool,
    /// Trials that meet the target.
    pub hits: Events,
    /// Of a group of targets, the trials that meet each single one of them; empty for a single target.
    pub members: Vec<Events>,
    /// Median of the target's quantity; `None` where it has none.
    pub middle: Option<f64>,
    /// Mean public money, 亿元.
    pub cost: f64,
}

impl Tried {
    pub fn share(&self) -> f64 {
        self.hits.share().unwrap_or(0.0)
    }

    pub fn interval(&self, level: Level) -> Option<Interval> {
        self.hits.interval(level)
    }

    /// The trials of each single target.
    fn singles(&self) -> &[Events] {
        if self.members.is_empty() { std::slice::from_ref(&self.hits) } else { &self.members }
    }
}

/// Where a curve passes the wanted probability, seen from the end of the scale that is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Crossing {
    /// It has passed it at that end already.
    Start,
    /// At this coordinate.
    At(f64),
    /// Nowhere on the scale.
    Never,
}

/// What a search finds.
pub(super) struct Found {
    /// All values tried, by coordinate.
    pub tried: Vec<Tried>,
    /// Whether the probability rises along the scale, so that the least value is asked for; else the greatest.
    pub rises: bool,
    /// Whether no fall (rise, where it falls) of the curve is beyond doubt.
    pub monotone: bool,
    /// Whether no value between those tried can reach the wanted probability where none of these does: every single
    /// target moves one way along the scale, and the trials that may meet all that is asked for are too few.
    pub bounded: bool,
    /// Where the upper end of the interval, the estimate and the lower end of the interval reach the wanted value.
    pub crossings: [Crossing; 3],
    /// Stretches of the scale on which the estimate is at least the wanted value.
    pub regions: Vec<(f64, f64)>,
}

/// Searches the scale for where the probability reaches `wanted`; `evaluate` judges values, all on the same trials, and
/// `logic` tells how single targets make up what is asked for.
pub(super) fn search<E>(
    wanted: f64,
    level: Level,
    logic: &Logic,
    mut evaluate: impl FnMut(&[f64]) -> Result<Vec<Tried>, E>,
) -> Result<Found, E> {
    let grid: Vec<f64> = (0..GRID).map(|index| index as f64 / (GRID - 1) as f64).collect();
    let mut tried = evaluate(&grid)?;
    let mut refine = |tried: &mut Vec<Tried>, between: Vec<(f64, f64)>| {
        let each = ROUND.checked_div(between.len()).unwrap_or(0);
        let inner = |(from, to): (f64, f64)| {
            (1..=each).map(move |step| from + (to - from) * step as f64 / (each + 1) as f64)
        };
        let next: Vec<f64> = between.into_iter().flat_map(inner).collect();
        if next.is_empty() {
            return Ok(false);
        }
        tried.extend(evaluate(&next)?.into_iter().map(|one| Tried { refined: true, ..one }));
        tried.sort_by(|a, b| a.coordinate.total_cmp(&b.coordinate));
        Ok(true)
    };
    for _ in 0..HUMPS {
        let between = humps(&tried, wanted, level, logic);
        if !refine(&mut tried, between)? {
            break;
        }
    }
    let (rises, monotone) = shape(&tried.iter().map(|one| &one.hits).collect::<Vec<_>>());
    let marks = |one: &Tried| margins(one, wanted, level);
    for _ in 0..ROUNDS {
        let between = brackets(&tried, rises, &marks);
        if !refine(&mut tried, between)? {
            break;
        }
    }
    for _ in 0..STEP_ROUNDS {
        let mut between = brackets(&tried, rises, &marks);
        between.retain(|&pair| is_coarse(&tried, pair, &marks));
        if !refine(&mut tried, between)? {
            break;
        }
    }
    // across a jump the interval reaches from the one end to the other
    let crossings = [0, 1, 2].map(|which| crossing(&tried, rises, which == 0, |one| marks(one)[which]));
    let regions = regions(&tried, |one| marks(one)[1]);
    let singles = tried.first().map_or(0, |one| one.singles().len());
    let one_way =
        |single: usize| shape(&tried.iter().map(|one| &one.singles()[single]).collect::<Vec<_>>()).1;
    let bounded = (0..singles).all(one_way) && humps(&tried, wanted, level, logic).is_empty();
    Ok(Found { tried, rises, monotone, bounded, crossings, regions })
}

/// Neighbours that both miss the wanted probability but between which it may be reached, the most promising first. Where
/// every single target moves one way along the scale in every trial, a trial meets it somewhere between two values only
/// if it does so at one of them; so the trials in which the members that are met at either end make up what is asked
/// for are at least as many as at any value in between.
fn humps(tried: &[Tried], wanted: f64, level: Level, logic: &Logic) -> Vec<(f64, f64)> {
    let mut found: Vec<(u64, (f64, f64))> = Vec::new();
    for pair in tried.windows(2) {
        let [a, b] = pair else { continue };
        let ends = a.hits.count().max(b.hits.count());
        if a.share() >= wanted || b.share() >= wanted {
            continue;
        }
        let most = logic.met_at_either(a.singles(), b.singles());
        let reaches = most.interval(level).is_some_and(|interval| interval.high() >= wanted);
        if reaches && most.count() > ends {
            found.push((most.count(), (a.coordinate, b.coordinate)));
        }
    }
    found.sort_by_key(|(most, _)| std::cmp::Reverse(*most));
    found.into_iter().take(GAPS).map(|(_, gap)| gap).collect()
}

/// How far the upper end of the interval, the estimate and the lower end lie above the wanted value.
fn margins(one: &Tried, wanted: f64, level: Level) -> [f64; 3] {
    let share = one.share();
    let (low, high) = one.interval(level).map_or((share, share), |i| (i.low(), i.high()));
    [high - wanted, share - wanted, low - wanted]
}

/// Whether the curve rises from end to end, and whether no step against that is beyond doubt.
fn shape(curve: &[&Events]) -> (bool, bool) {
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else { return (true, true) };
    let rises = last.count() >= first.count();
    let level = Level::new(SURE).unwrap_or(Level::P95);
    let (mut best, mut monotone): (Option<&Events>, bool) = (None, true);
    for position in 0..curve.len() {
        let one = curve[if rises { position } else { curve.len() - 1 - position }];
        if let Some(paired) = best.and_then(|best| best.paired(one)) {
            monotone &= paired.interval(level).low() <= 0.0;
        }
        if best.is_none_or(|best| one.count() > best.count()) {
            best = Some(one);
        }
    }
    (rises, monotone)
}

/// The places, seen from the end asked for, in the order of the scale.
fn ordered<'t>(tried: &'t [Tried], rises: bool) -> Box<dyn Iterator<Item = &'t Tried> + 't> {
    if rises { Box::new(tried.iter()) } else { Box::new(tried.iter().rev()) }
}

/// The first pair of neighbours between which `margin` becomes at least 0.
fn passing(
    tried: &[Tried],
    rises: bool,
    margin: impl Fn(&Tried) -> f64,
) -> Result<(&Tried, &Tried), Crossing> {
    let mut before: Option<&Tried> = None;
    for one in ordered(tried, rises) {
        if margin(one) >= 0.0 {
            return before.map(|before| (before, one)).ok_or(Crossing::Start);
        }
        before = Some(one);
    }
    Err(Crossing::Never)
}

/// The pairs of neighbours between which one of the three margins changes its sign, each once.
fn brackets(tried: &[Tried], rises: bool, marks: &impl Fn(&Tried) -> [f64; 3]) -> Vec<(f64, f64)> {
    let mut found: Vec<(f64, f64)> = Vec::new();
    for which in 0..3 {
        if let Ok((before, after)) = passing(tried, rises, |one| marks(one)[which]) {
            let pair = (before.coordinate, after.coordinate);
            // neighbours that differ in one trial at most leave nothing to find between them
            if before.hits.count().abs_diff(after.hits.count()) > 1 && !found.contains(&pair) {
                found.push(pair);
            }
        }
    }
    found
}

/// Whether the share moves so much between two neighbours that a straight line between them may name a value that does not
/// reach what is wanted, as of a lever in whole steps.
fn is_coarse(tried: &[Tried], (from, to): (f64, f64), marks: &impl Fn(&Tried) -> [f64; 3]) -> bool {
    let at = |coordinate: f64| tried.iter().find(|one| one.coordinate == coordinate);
    let (Some(before), Some(after)) = (at(from), at(to)) else { return false };
    let [high, _, low] = marks(after);
    (to - from).abs() > STEP && (after.share() - before.share()).abs() > FINE * (high - low)
}

fn crossing(tried: &[Tried], rises: bool, early: bool, margin: impl Fn(&Tried) -> f64) -> Crossing {
    match passing(tried, rises, &margin) {
        Ok((before, after)) if early && jumps(before, after) => Crossing::At(before.coordinate),
        Ok((before, after)) => Crossing::At(between(before, after, &margin)),
        Err(at) => at,
    }
}

/// Whether the share jumps between two neighbours, as it does where hardly anything is left to chance.
fn jumps(before: &Tried, after: &Tried) -> bool {
    let apart = (after.coordinate - before.coordinate).abs();
    apart <= STEP || apart < NEAR && (after.share() - before.share()).abs() > JUMP
}

/// Where the margin is 0 on the straight line between two places on either side; across a jump the side that reaches it.
fn between(before: &Tried, after: &Tried, margin: impl Fn(&Tried) -> f64) -> f64 {
    let (from, to) = (margin(before), margin(after));
    if jumps(before, after) {
        return if to >= 0.0 { after.coordinate } else { before.coordinate };
    }
    before.coordinate + (after.coordinate - before.coordinate) * (from / (from - to)).clamp(0.0, 1.0)
}

fn regions(tried: &[Tried], margin: impl Fn(&Tried) -> f64) -> Vec<(f64, f64)> {
    let mut found = Vec::new();
    let mut open: Option<f64> = None;
    let mut before: Option<&Tried> = None;
    for one in tried {
        match (open, margin(one) >= 0.0) {
            (None, true) => {
                open = Some(before.map_or(one.coordinate, |before| between(before, one, &margin)))
            }
            (Some(start), false) => {
                found.push((start, before.map_or(start, |before| between(before, one, &margin))));
                open = None;
            }
            _ => {}
        }
        before = Some(one);
    }
    if let (Some(start), Some(last)) = (open, tried.last()) {
        found.push((start, last.coordinate));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A lever in whole steps of four points, as of awards: the place is that of the step that reaches the wanted share, and
    /// nothing else is in its interval.
    #[test]
    fn small_steps_are_answered_by_the_step_that_reaches_it() {
        let found = find(0.14, |trial, u| trial < 0.041 * (8.0 * u).floor());
        let [early, value, late] = found.crossings.map(at);
        // 0.041, 0.082, 0.123, 0.164: the fourth step
        assert!(
            early < 0.5 && 0.5 <= value && value <= late && late - early < 2e-6,
            "{early} {value} {late}"
        );
    }

    /// Every trial meets the target from one place on: the answer is a place at which it is met.
    #[test]
    fn a_step_is_answered_by_a_place_that_reaches_it() {
        let step = 0.123_456;
        let logic = Logic::Single(0);
        let found = search(0.5, Level::P95, &logic, |at| judged(at, |_, u| u >= step)).unwrap();
        let [Crossing::At(early), Crossing::At(at), Crossing::At(late)] = found.crossings else { panic!() };
        assert!(early < step && step <= at && at <= late && late - early < NEAR, "{early} {at} {late}");
    }

    const TRIALS: usize = 20_000;

    /// Trial i meets the target at u where `meets(i / TRIALS, u)`.
    fn judged(coordinates: &[f64], meets: impl Fn(f64, f64) -> bool) -> Result<Vec<Tried>, ()> {
        let one = |&coordinate: &f64| {
            let mut hits = Events::default();
            hits.extend((0..TRIALS).map(|trial| meets((trial as f64 + 0.5) / TRIALS as f64, coordinate)));
            Tried { coordinate, refined: false, hits, members: Vec::new(), middle: None, cost: 0.0 }
        };
        Ok(coordinates.iter().map(one).collect())
    }

    fn find(wanted: f64, meets: impl Fn(f64, f64) -> bool) -> Found {
        search(wanted, Level::P95, &Logic::Single(0), |us| judged(us, &meets)).unwrap()
    }

    fn at(crossing: Crossing) -> f64 {
        let Crossing::At(u) = crossing else { panic!("{crossing:?}") };
        u
    }

    #[test]
    fn the_crossing_and_its_interval_are_those_of_the_curve() {
        // P(u) = u²
        let found = find(0.49, |trial, u| trial < u * u);
        assert!(found.rises && found.monotone);
        let [low, middle, high] = found.crossings.map(at);
        assert!((middle - 0.7).abs() < 2e-4, "{middle}");
        // Wilson's half-width at 0.49, over the slope 1.4
        let half = 1.96 * (0.49_f64 * 0.51 / TRIALS as f64).sqrt() / 1.4;
        assert!((middle - low - half).abs() < 0.02 * half, "{low} {middle} {half}");
        assert!((high - middle - half).abs() < 0.02 * half);
        assert_eq!(found.regions.len(), 1);
        assert!((found.regions[0].0 - middle).abs() < 1e-12 && found.regions[0].1 == 1.0);
    }

    #[test]
    fn a_falling_curve_has_a_greatest_value() {
        let found = find(0.36, |trial, u| trial < (1.0 - u) * (1.0 - u));
        assert!(!found.rises && found.monotone);
        let [low, middle, high] = found.crossings.map(at);
        assert!((middle - 0.4).abs() < 2e-4, "{middle}");
        assert!(low > middle && middle > high);
    }

    #[test]
    fn never_and_always_are_told_apart() {
        assert_eq!(find(0.8, |trial, u| trial < 0.7 * u).crossings, [Crossing::Never; 3]);
        assert_eq!(find(0.2, |trial, u| trial < 0.3 + 0.1 * u).crossings, [Crossing::Start; 3]);
        // within the noise of the best
        let found = find(0.8, |trial, u| trial < 0.7999 * u);
        assert_eq!(found.crossings[1..], [Crossing::Never; 2]);
        assert!(matches!(found.crossings[0], Crossing::At(_)));
    }

    #[test]
    fn a_hump_is_no_monotone_response() {
        let found = find(0.5, |trial, u| trial < 0.8 - 3.2 * (u - 0.5) * (u - 0.5));
        assert!(!found.monotone);
        assert_eq!(found.regions.len(), 1);
        let (from, to) = found.regions[0];
        // 0.3 = 3.2 (u − 0.5)²
        assert!(
            (from - (0.5 - 0.306_186)).abs() < 1e-3 && (to - (0.5 + 0.306_186)).abs() < 2e-2,
            "{from} {to}"
        );
    }
}
