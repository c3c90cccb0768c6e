//! Intervals of the worst of several worlds, and of the difference of two such figures.
//!
//! The world with the least estimate is chosen by luck where several are close, so that its own interval would lie too low
//! and be too narrow. Those here hold whichever world is the worst one.

use crate::analysis::decision::Estimate;
use crate::analysis::results::Ends;
use crate::analysis::summarise::LEVEL;
use crate::stats::Level;

/// The level at which one of `worlds` statements is made, so that all hold together at the usual one (Bonferroni).
fn joint(worlds: usize) -> Level {
    Level::new(1.0 - (1.0 - LEVEL.get()) / worlds.max(1) as f64).unwrap_or(LEVEL)
}

/// The interval of `min p` over `worlds` worlds, where `of` estimates `p` of one world at a level. The lower end need only
/// hold in the world that is the worst, as the least of all lower ends does; the upper end needs all worlds at once.
pub fn interval(worlds: usize, of: impl Fn(usize, Level) -> Option<Estimate>) -> Option<Ends> {
    let end = |end: usize, level: Level| {
        let ends: Option<Vec<f64>> = (0..worlds).map(|world| Some(of(world, level)?.interval[end])).collect();
        ends.map(|ends| least(ends.into_iter()))
    };
    Some([end(0, LEVEL)?, end(1, joint(worlds))?])
}

/// The interval of `min p − min q` over `worlds` worlds each, where `of` estimates `p − q` of two worlds at a level.
///
/// With `b` the world of the least `q`, `min p − q_b ≤ p_a − q_b` for every `a`, so that the least of the upper ends over
/// `a` holds; not knowing `b`, the largest of those over all worlds. Likewise from below.
pub fn difference(worlds: usize, of: impl Fn(usize, usize, Level) -> Option<Estimate>) -> Option<Ends> {
    let level = joint(worlds);
    let mut table = Vec::with_capacity(worlds);
    for a in 0..worlds {
        let row: Option<Vec<Ends>> = (0..worlds).map(|b| Some(of(a, b, level)?.interval)).collect();
        table.push(row?);
    }
    let low = least(table.iter().map(|row| most(row.iter().map(|ends| ends[0]))));
    let high = most((0..worlds).map(|b| least(table.iter().map(|row| row[b][1]))));
    Some([low, high])
}

fn least(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::INFINITY, f64::min)
}

fn most(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::NEG_INFINITY, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Estimates with a standard error, at any level.
    fn known(value: f64, error: f64, level: Level) -> Option<Estimate> {
        let half = error * level.z();
        Some(Estimate { value, interval: [value - half, value + half] })
    }

    #[test]
    fn one_world_has_its_own_interval() {
        assert_eq!(
            interval(1, |_, level| known(0.3, 0.01, level)).unwrap(),
            known(0.3, 0.01, LEVEL).unwrap().interval
        );
        assert_eq!(
            difference(1, |_, _, level| known(0.1, 0.02, level)).unwrap(),
            known(0.1, 0.02, LEVEL).unwrap().interval
        );
    }

    #[test]
    fn a_world_that_is_far_better_moves_nothing_but_the_level() {
        let p = [0.2, 0.9];
        let [low, high] = interval(2, |world, level| known(p[world], 0.01, level)).unwrap();
        assert_eq!(low, 0.2 - 0.01 * LEVEL.z());
        assert_eq!(high, 0.2 + 0.01 * joint(2).z());
        let q = [0.1, 0.8];
        let [low, high] = difference(2, |a, b, level| known(p[a] - q[b], 0.01, level)).unwrap();
        assert!((low - (0.1 - 0.01 * joint(2).z())).abs() < 1e-12);
        assert!((high - (0.1 + 0.01 * joint(2).z())).abs() < 1e-12);
    }

    #[test]
    fn equal_worlds_lower_the_estimate_and_not_the_upper_end() {
        // four worlds with the same true chance: the least estimate lies too low by luck, the interval does not
        let luck = [-0.02, -0.01, 0.0, 0.01];
        let [low, high] = interval(4, |world, level| known(0.3 + luck[world], 0.01, level)).unwrap();
        assert!(low < 0.28 && high > 0.3, "{low} {high}");
        // the plain interval of the world that looks worst would just miss it
        assert!(0.28 + 0.01 * LEVEL.z() < 0.3);
    }
}
