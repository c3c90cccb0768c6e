//! Line sampling: the probability of a target with the leading direction integrated out.
//!
//! In every trial the margin by which a target is met is followed along the leading direction, all other scores being kept: a
//! parabola through three points says from which score `x*` on the target is met. The estimate of the trial is then
//! `Φ(−x*) + 1{met} − 1{x ≥ x*}`, where `x` is the trial's own score and `1{met}` its own verdict. As `x*` does not depend on
//! `x`, the first term is the mean of the third, and the estimate is unbiased whatever the parabola is worth; it is precise where
//! verdicts agree, for what is left to chance is how `x*` varies (line sampling: Koutsourelakis, Pradlwarter & Schuëller 2004,
//! *Probabilistic Engineering Mechanics* 19:409–417; the correction is a control variate, Glasserman 2004, section 4.1).

use super::targets::{Verdicts, level_of};
use crate::kernel::BlockView;
use crate::math::{LANES, Lanes, Vector};
use crate::plan::{Condition, Plan, SeriesUnit, When};

/// Scores on the leading direction where margins are taken.
pub const NODES: [f64; 3] = [-2.0, 0.0, 2.0];

/// Sums of one target under one world and policy.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LineSum {
    /// Sum of the estimates of all trials.
    pub estimates: f64,
    /// Trials whose verdict is not that of the parabola.
    pub corrected: u64,
    /// Trials whose correction is not that of the first policy of the same world.
    pub moved: u64,
}

/// Positions of the targets that lines are followed for: those that judge an amount of money by a level. Counts move in steps,
/// which a parabola does not follow.
pub fn on_lines(plan: &Plan) -> Vec<usize> {
    let followed = |target: &usize| match &plan.targets[*target].condition {
        Condition::Threshold { series, .. } => plan.series[*series].unit == SeriesUnit::Money,
        _ => false,
    };
    (0..plan.targets.len()).filter(followed).collect()
}

/// The lines of the block at hand.
pub struct Lines {
    verdicts: Verdicts,
    vector: Vector,
    targets: Vec<usize>,
    /// Margins, `(world × policy × target) × node`.
    margins: Vec<[Lanes; NODES.len()]>,
    /// Corrections under the first policy of the world at hand, by target.
    reference: Vec<[i8; LANES]>,
}

impl Lines {
    /// Scratch space for `plan`.
    pub fn new(plan: &Plan, vector: Vector) -> Self {
        let targets = on_lines(plan);
        let count = plan.worlds.len() * plan.policies.len() * targets.len();
        let margins = vec![[[0.0; LANES]; NODES.len()]; count];
        let reference = vec![[0; LANES]; targets.len()];
        Self { verdicts: Verdicts::new(plan, vector), vector, targets, margins, reference }
    }

    /// Sums for all worlds, policies and targets, in this order.
    pub fn sums(&self) -> Vec<LineSum> {
        vec![LineSum::default(); self.margins.len()]
    }

    /// Takes the margins of a block whose score on the leading direction is `NODES[node]`.
    pub fn follow(&mut self, plan: &Plan, node: usize, view: &BlockView<'_>) {
        let first = self.first(plan, view);
        for (k, &target) in self.targets.iter().enumerate() {
            margin(self.vector, plan, target, view, &mut self.margins[first + k][node]);
        }
    }

    /// Adds the estimates of the block with the scores `x` on the leading direction, after all its nodes. Within a world the
    /// policies must come in the order of the plan.
    pub fn settle(&mut self, plan: &Plan, x: &Lanes, view: &BlockView<'_>, sums: &mut [LineSum]) {
        let first = self.first(plan, view);
        self.verdicts.judge(plan, view);
        let (mut crossing, mut chance) = ([0.0; LANES], [0.0; LANES]);
        for (k, &target) in self.targets.iter().enumerate() {
            let (margins, sum) = (&self.margins[first + k], &mut sums[first + k]);
            for lane in 0..LANES {
                let at = margins.each_ref().map(|node| node[lane]);
                (crossing[lane], chance[lane]) = cross(at);
                if !crossing[lane].is_finite() {
                    // on one side all along the line
                    let certain = |met: bool| at.iter().all(|&margin| (margin >= 0.0) == met);
                    chance[lane] = match (certain(true), certain(false)) {
                        (true, _) => f64::INFINITY,
                        (_, true) => f64::NEG_INFINITY,
                        _ => f64::NAN,
                    };
                }
            }
            self.vector.normal_cdf(&mut chance);
            let met = &self.verdicts.here()[target];
            let reference = &mut self.reference[k];
            for lane in 0..view.lanes {
                let rises = margins[2][lane] > margins[0][lane];
                let is_known = !chance[lane].is_nan();
                // a line that neither crosses nor keeps to one side foresees nothing: then the verdict alone counts
                let foreseen = match crossing[lane].is_finite() {
                    true => (x[lane] >= crossing[lane]) == rises,
                    false => is_known && chance[lane] > 0.5,
                };
                let correction = i8::from(met.at(lane)) - i8::from(foreseen);
                sum.estimates += f64::from(correction) + if is_known { chance[lane] } else { 0.0 };
                sum.corrected += u64::from(correction != 0);
                if view.policy == 0 {
                    reference[lane] = correction;
                }
                sum.moved += u64::from(correction != reference[lane]);
            }
        }
    }

    fn first(&self, plan: &Plan, view: &BlockView<'_>) -> usize {
        (view.world * plan.policies.len() + view.policy) * self.targets.len()
    }
}

/// Where the parabola through the margins at [`NODES`] crosses 0, and the score whose normal probability is that of being on
/// its better side; not finite where it does not cross.
fn cross([low, middle, high]: [f64; 3]) -> (f64, f64) {
    let slope = (high - low) / (NODES[2] - NODES[0]);
    let bend = (high + low - 2.0 * middle) / (2.0 * NODES[2] * NODES[2]);
    let root = (slope * slope - 4.0 * bend * middle).sqrt();
    // the root next to that of the straight line, in the form that does not cancel
    let crossing = -2.0 * middle / (slope + root.copysign(slope));
    // a quantity without a logarithm at one of the nodes has no parabola
    let crossing = crossing + 0.0 * (low + middle + high);
    (crossing, if slope > 0.0 { -crossing } else { crossing })
}

/// Log of the quantity over its level, at least 0 where the target is met (its negative for a ceiling): in the judged year; the
/// largest of all years where one of them is enough, the least where all must hold.
fn margin(v: Vector, plan: &Plan, target: usize, view: &BlockView<'_>, out: &mut Lanes) {
    let Condition::Threshold { series, at_least, levels, when } = &plan.targets[target].condition else {
        return;
    };
    let (years, one_is_enough) = match when {
        When::Year(year) => (*year..=*year, true),
        When::By(last) => (1..=*last, true),
        When::Every(years) => (years.clone(), false),
    };
    out.fill(if one_is_enough { f64::NEG_INFINITY } else { f64::INFINITY });
    let base = view.paths.series(*series, 0);
    for (year, level) in years.filter_map(|year| Some((year, levels[year]?))) {
        let path = view.paths.series(*series, year);
        let mut ratio = [0.0; LANES];
        for lane in 0..LANES {
            let level = level_of(level, base[lane]);
            ratio[lane] = if *at_least { path[lane] / level } else { level / path[lane] };
        }
        v.ln(&mut ratio);
        for (out, ratio) in out.iter_mut().zip(&ratio) {
            *out = if (*ratio > *out) == one_is_enough { *ratio } else { *out };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parabolas_cross_where_they_should() {
        let at = |f: fn(f64) -> f64| cross(NODES.map(f));
        // powers of two, so that nothing is rounded
        assert_eq!(at(|x| 0.25 * (x - 1.5)), (1.5, -1.5));
        assert_eq!(at(|x| -0.25 * (x - 1.5)), (1.5, 1.5));
        let (found, _) = at(|x| (x + 7.0) * (x - 1.25) * 0.1);
        assert!((found - 1.25).abs() < 1e-14, "{found}");
        assert!(!at(|x| 1.0 + x * x).0.is_finite());
        assert!(!at(|_| 1.0).0.is_finite());
        assert!(!at(|x| if x < -1.0 { f64::NEG_INFINITY } else { 1.0 }).0.is_finite());
    }
}
