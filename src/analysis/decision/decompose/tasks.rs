//! Tasks: shares in whole steps that still add up, none of them above what its cluster is certain to have.

use crate::stats::{rounded_by_row, rounded_to_total_but};

/// Tasks are whole multiples of this, 亿元, unless a share is too small for it.
const UNIT: f64 = 0.1;
/// The finest step of tasks, 亿元: 万元.
const FINEST: f64 = 1e-4;
/// The smallest share in steps: rounding it moves it by a twentieth at most.
const STEPS: f64 = 10.0;
/// A part of a certain figure that a reader of its rounded task would miss.
const VISIBLE: f64 = 1e-3;
/// A chance that rounding moves by more than this part of it is not that of the others any more,
const MOVED: f64 = 0.1;
/// nor is one that it moves by more than this.
const MOVED_BY: f64 = 0.02;

/// In which steps the tasks of each cluster are told.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Steps {
    /// The step of the sum, 亿元: the coarsest one.
    pub coarsest: f64,
    /// The step of each cluster, 亿元.
    pub units: Vec<f64>,
    /// The cluster that takes what the finer steps of others leave of the coarsest one; its own step is the finest.
    pub carrier: Option<usize>,
}

impl Steps {
    /// For each share [`UNIT`], or a tenth, hundredth … of it where the share is less than [`STEPS`] of it, where rounding
    /// would move its chance, or where it would take a visible part from a share that is as good as certain. `columns` are
    /// the trials of the clusters, `chance` their common one. Where steps differ, the largest share that varies carries the
    /// rest.
    pub fn of(columns: &[&[f64]], shares: &[f64], chance: f64) -> Self {
        let mut units: Vec<f64> =
            columns.iter().zip(shares).map(|(column, &share)| step(column, share, chance)).collect();
        let coarsest = units.iter().copied().fold(0.0, f64::max);
        let finest = units.iter().copied().fold(coarsest, f64::min);
        let may_carry = |&at: &usize| units[at] == coarsest && !is_stepped(columns[at], shares[at], chance);
        let largest = |a: &usize, b: &usize| shares[*a].total_cmp(&shares[*b]);
        match (0..units.len()).filter(may_carry).max_by(largest) {
            _ if finest == coarsest => Self { coarsest, units, carrier: None },
            Some(carrier) => {
                units[carrier] = finest;
                Self { coarsest, units, carrier: Some(carrier) }
            }
            // nobody can take a rest
            None => Self { coarsest: finest, units: vec![finest; shares.len()], carrier: None },
        }
    }

    /// Shares in their steps that add up to their sum in the coarsest one. Where rounding up would take a cluster much of its
    /// chance, as it takes all from one whose revenue hardly varies, the share is rounded down. `columns` are the trials of
    /// the clusters.
    pub fn rounded(&self, columns: &[&[f64]], shares: &[f64]) -> Vec<f64> {
        let kept_down = (0..shares.len()).map(|at| loses(columns[at], shares[at], self.units[at]));
        let kept_down: Vec<bool> = kept_down.collect();
        rounded(shares, (self.coarsest, &self.units), self.carrier, &kept_down)
    }
}

/// Amounts in the steps of their clusters that add up to their sum in the coarsest one, which comes before them; see
/// [`Decomposition`](super::Decomposition), `unit` and `carrier`.
pub fn rounded(
    values: &[f64],
    (coarsest, units): (f64, &[f64]),
    carrier: Option<usize>,
    kept_down: &[bool],
) -> Vec<f64> {
    match carrier {
        None => rounded_to_total_but(values, coarsest, kept_down),
        Some(carrier) => {
            let unit = |at: usize| if at == carrier { coarsest } else { units[at] };
            let units: Vec<f64> = (0..units.len()).map(unit).collect();
            rounded_by_row(values, &units, carrier, kept_down)
        }
    }
}

/// The step of one share.
fn step(column: &[f64], share: f64, chance: f64) -> f64 {
    let keeps = |unit: &f64| {
        let down = (share / unit + 1e-9).floor() * unit;
        !is_moved(column, share, down)
            && (!is_stepped(column, share, chance) || down >= (1.0 - VISIBLE) * share)
    };
    if share <= 0.0 {
        return UNIT;
    }
    let units = [UNIT, 0.01, 0.001].into_iter();
    units.filter(|unit| share >= STEPS * unit).find(keeps).unwrap_or(FINEST)
}

/// Whether rounding up takes a share much of its chance.
fn loses(column: &[f64], share: f64, unit: f64) -> bool {
    let up = (share / unit - 1e-9).ceil() * unit;
    reached(column, up) < (1.0 - MOVED) * reached(column, share)
}

/// Whether rounding moves the chance of a share by more than a tenth of it, or by more than two points.
pub(super) fn is_moved(column: &[f64], share: f64, task: f64) -> bool {
    let (exact, told) = (reached(column, share), reached(column, task));
    (told - exact).abs() > (MOVED * exact).min(MOVED_BY)
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
        let tasks = Steps { coarsest: 0.01, units: vec![0.01; 2], carrier: None }.rounded(&columns, &shares);
        assert_eq!(tasks, [15.01, 0.23]);
        assert!(!is_moved(&wide, shares[0], tasks[0]) && !is_moved(&certain, shares[1], tasks[1]));
        // a whole step up is beyond all its trials
        assert!(is_moved(&certain, shares[1], 0.24));
        assert!(!is_stepped(&wide, 15.0, 0.5) && is_stepped(&certain, 0.2378, 0.5));
        // a finer step for it leaves the other its own but for the rest
        let steps = Steps::of(&columns, &shares, 0.5);
        assert_eq!(steps, Steps { coarsest: 0.1, units: vec![1e-4, 1e-4], carrier: Some(0) });
        assert_eq!(steps.rounded(&columns, &shares), [14.9622, 0.2378]);
        // what a sum of rounded numbers lacks is not missed
        assert!(met(&[0.249_999_999_999_999_97, 0.2499], 0.25).eq([true, false]));
    }
}
