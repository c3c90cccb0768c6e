//! Tasks: shares in whole steps that still add up, none of them above what its cluster is certain to have.

use crate::stats::rounded_to_total_but;

/// Tasks are whole multiples of this, 亿元, unless a share is too small for it.
const UNIT: f64 = 0.1;
/// The finest step of tasks, 亿元: 万元.
const FINEST: f64 = 1e-4;
/// The smallest share in steps: rounding it moves it by a twentieth at most.
const STEPS: f64 = 10.0;
/// A part of a certain figure that a reader of its rounded task would miss.
const VISIBLE: f64 = 1e-3;
/// A chance that rounding moves by more than this part of it is not that of the others any more.
const MOVED: f64 = 0.1;

/// The step of tasks: [`UNIT`], or a tenth, hundredth … of it where the smallest share is less than [`STEPS`] of it, where
/// rounding would move a chance, or where it would take a visible part from a share that is as good as certain. `columns`
/// are the trials of the clusters, `chance` their common one.
pub(super) fn step(columns: &[&[f64]], shares: &[f64], chance: f64) -> f64 {
    let smallest = shares.iter().copied().filter(|share| *share > 0.0).fold(f64::INFINITY, f64::min);
    let keeps = |unit: &f64| {
        let tasks = rounded(columns, shares, *unit);
        columns.iter().zip(shares).zip(&tasks).all(|((column, &share), &task)| {
            !is_moved(column, share, task)
                && (!is_stepped(column, share, chance) || task >= (1.0 - VISIBLE) * share)
        })
    };
    let units = [UNIT, 0.01, 0.001].into_iter();
    units.filter(|unit| smallest >= STEPS * unit).find(keeps).unwrap_or(FINEST)
}

/// Shares in whole steps that add up to their rounded sum. Where rounding up would take a cluster much of its chance, as it
/// takes all from one whose revenue hardly varies, the share is rounded down. `columns` are the trials of the clusters.
pub(super) fn rounded(columns: &[&[f64]], shares: &[f64], unit: f64) -> Vec<f64> {
    let loses = |(column, &share): (&&[f64], &f64)| {
        let up = (share / unit - 1e-9).ceil() * unit;
        reached(column, up) < (1.0 - MOVED) * reached(column, share)
    };
    let kept_down: Vec<bool> = columns.iter().zip(shares).map(loses).collect();
    rounded_to_total_but(shares, unit, &kept_down)
}

/// Whether rounding moves the chance of a share by more than a tenth of it.
pub(super) fn is_moved(column: &[f64], share: f64, task: f64) -> bool {
    let (exact, told) = (reached(column, share), reached(column, task));
    (told - exact).abs() > MOVED * exact
}

/// Whether a share is not reached with the common chance, even before rounding: where revenue is the same in all trials, or
/// in many, its distribution has a step, and no level in between.
pub(super) fn is_stepped(column: &[f64], share: f64, chance: f64) -> bool {
    // the quantile lies between two trials
    let between = 2.0 / column.len().max(1) as f64;
    (reached(column, share) - chance).abs() > MOVED * chance + between
}

/// Which trials reach a level, or miss it by no more than rounding errors.
pub(super) fn met(column: &[f64], level: f64) -> impl Iterator<Item = bool> {
    let least = level - 1e-9 * level.abs();
    column.iter().map(move |value| *value >= least)
}

/// Share of the trials that reach a level.
fn reached(column: &[f64], level: f64) -> f64 {
    met(column, level).filter(|met| *met).count() as f64 / column.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_that_hardly_varies_is_not_given_more_than_it_has() {
        let wide: Vec<f64> = (0..1000).map(|i| 10.0 + f64::from(i) / 100.0).collect();
        let certain = vec![0.2378; 1000];
        let (columns, shares) = ([wide.as_slice(), &certain], [15.0022, 0.2378]);
        let tasks = rounded(&columns, &shares, 0.01);
        assert_eq!(tasks, [15.01, 0.23]);
        assert!(!is_moved(&wide, shares[0], tasks[0]) && !is_moved(&certain, shares[1], tasks[1]));
        // a whole step up is beyond all its trials
        assert!(is_moved(&certain, shares[1], 0.24));
        assert!(!is_stepped(&wide, 15.0, 0.5) && is_stepped(&certain, 0.2378, 0.5));
        // what a sum of rounded numbers lacks is not missed
        assert!(met(&[0.249_999_999_999_999_97, 0.2499], 0.25).eq([true, false]));
    }
}
