//! Pasting: widens a box where peeling took off too much.

use super::{Cases, Measure, PrimError, Region, Side};

/// Widens the limits of a box for as long as its density does not fall (Friedman & Fisher 1999, section 8.4).
///
/// Each time the next `share` of the box's cases (at least one, and all with equal values) beyond one limit is added, where
/// that does most good: the largest density, then the most cases, then the first input, its upper end before its lower.
/// A limit with nothing beyond it is dropped.
///
/// # Errors
/// [`PrimError::Share`] unless 0 < share < 1.
///
/// # Panics
/// If the box is not over the inputs of `cases`.
pub fn paste(cases: &Cases, region: &Region, share: f64) -> Result<Region, PrimError> {
    if !(share > 0.0 && share < 1.0) {
        return Err(PrimError::Share);
    }
    let mut region = region.clone();
    let mut measure = region.measure(cases);
    loop {
        let add = ((measure.inside as f64 * share).ceil() as usize).max(1);
        let mut best: Option<(Region, Measure)> = None;
        for input in 0..cases.inputs() {
            for side in [Side::High, Side::Low] {
                let Some(wider) = widened(cases, &region, input, side, add) else { continue };
                let found = wider.measure(cases);
                let bar = best
                    .as_ref()
                    .map_or((density(&measure), measure.inside), |(_, b)| (density(b), b.inside));
                // more cases of the same density raise the coverage
                if density(&found) > bar.0 || density(&found) == bar.0 && found.inside > bar.1 {
                    best = Some((wider, found));
                }
            }
        }
        match best {
            Some((wider, found)) => (region, measure) = (wider, found),
            None => return Ok(dropped(cases, region)),
        }
    }
}

fn density(measure: &Measure) -> f64 {
    measure.density().unwrap_or(0.0)
}

/// The box with one limit moved outwards by `add` cases, or `None` if it has no such limit or nothing lies beyond it.
fn widened(cases: &Cases, region: &Region, input: usize, side: Side, add: usize) -> Option<Region> {
    let limit = region.limits[input].side(side)?;
    let values = cases.inputs[input];
    let open = region.without(input, side);
    let beyond = |x: f64| match side {
        Side::Low => x < limit,
        Side::High => x > limit,
    };
    let mut gained: Vec<f64> = (0..cases.count())
        .filter(|&c| beyond(values[c]) && open.contains(cases, c))
        .map(|c| values[c])
        .collect();
    gained.sort_unstable_by(|a, b| match side {
        Side::Low => b.total_cmp(a),
        Side::High => a.total_cmp(b),
    });
    let edge = *gained.get(add.min(gained.len()).checked_sub(1)?)?;
    // halfway to the first value that stays outside
    let next = gained.iter().copied().find(|&x| match side {
        Side::Low => x < edge,
        Side::High => x > edge,
    });
    let mut wider = region.clone();
    wider.limits[input].set(side, next.map(|next| (edge + next) / 2.0));
    Some(wider)
}

/// The box without limits beyond which there is no case.
fn dropped(cases: &Cases, mut region: Region) -> Region {
    let all = region.measure(cases).inside;
    for input in 0..cases.inputs() {
        for side in [Side::Low, Side::High] {
            let open = region.without(input, side);
            if region.limits[input].side(side).is_some() && open.measure(cases).inside == all {
                region = open;
            }
        }
    }
    region
}
