//! Makes what was found plain: whatever departs from the present plan, or from the neighbouring rows, without a gain that
//! other draws than those of the search show goes back.

use super::ladder::Ladder;
use super::prune::{Doubt, Pruning, WORTH};
use super::space::Spending;
use crate::analysis::AnalysisError;
use crate::analysis::decision::QuantityInfo;
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::decision::figures::mean_change;
use crate::analysis::summarise::LEVEL;

/// Shares, and multiples of the present money, that differ by less are the same.
const SAME: f64 = 1e-9;

/// What a split over years or clusters may lack of the mean to be as good as another one, as a share of what the
/// instrument's money brings.
const OWN: f64 = 0.1;

/// How a split differs from the one it is held against.
#[derive(Clone, Copy, Default, PartialEq)]
struct Way {
    /// Whether clusters have their present shares again.
    clusters: bool,
    /// Years with money in their present proportions; 0 if years are left as they are.
    length: usize,
}

impl Pruning<'_> {
    /// `from` with its clusters, and its years from one to another, in their present proportions wherever that does as
    /// well; of stretches of years the longest. As well does what lowers no chance beyond the error and the mean by less
    /// than the share [`OWN`] of what the instrument's money brings.
    pub(super) fn as_proportioned(&self, from: Spending) -> Result<Spending, AnalysisError> {
        let present = self.space.present();
        let mut at = from;
        for k in 0..at.factor.len() {
            let mut without = at.clone();
            without.factor[k] = self.bounds[k].0;
            if at.factor[k] - without.factor[k] <= SAME {
                continue;
            }
            // first without its money, then every way to split it: clusters, years, and both, which may lose what neither
            // loses alone
            let old_clusters =
                Some(&present.clusters[k]).filter(|old| old.len() > 1 && differ(old, &at.clusters[k]));
            let years = std::iter::once(None).chain(stretches(&present.years[k]).into_iter().map(Some));
            let mut tried = vec![without];
            let mut ways = vec![Way::default()];
            for years in years {
                for clusters in std::iter::once(None).chain(old_clusters.map(Some)) {
                    let mut anew = at.clone();
                    anew.clusters[k].clone_from(clusters.unwrap_or(&at.clusters[k]));
                    anew.years[k].clone_from(years.as_ref().unwrap_or(&at.years[k]));
                    let length = years.iter().flatten().filter(|share| **share > 0.0).count();
                    ways.push(Way { clusters: clusters.is_some(), length });
                    tried.push(anew);
                }
            }
            let sampled = self.simulate(&at, &tried)?;
            let worlds = || 0..self.worlds.len();
            let nothing = |world: usize| self.quantity.map_or(0.0, |_| OWN * self.loss(&sampled, world, 1));
            let does_as_well = |one: &usize| {
                let kept =
                    |world| self.loses_nothing(&sampled, world, one + 1, nothing(world), Doubt::ForPlain);
                ways[*one] != Way::default() && worlds().all(kept)
            };
            let loss =
                |one: usize| worlds().map(|world| self.loss(&sampled, world, one + 1)).fold(0.0, f64::max);
            // as much as possible as at present, then what loses least, then the earliest
            let better = |a: &usize, b: &usize| {
                let rank = |one: usize| ways[one].length + usize::from(ways[one].clusters);
                rank(*a).cmp(&rank(*b)).then_with(|| loss(*b).total_cmp(&loss(*a))).then_with(|| b.cmp(a))
            };
            if let Some(one) = (1..tried.len()).filter(does_as_well).max_by(better) {
                at = tried.swap_remove(one);
            }
        }
        Ok(at)
    }

    /// How much worse the mean of a policy of `sampled` is than that of the first one.
    fn loss(&self, sampled: &Sampled, world: usize, policy: usize) -> f64 {
        let (here, there) = (sampled.quantity(world, 0, 0), sampled.quantity(world, policy, 0));
        let sign = self.quantity.map_or(1.0, QuantityInfo::sign);
        mean_change(here, there, LEVEL).map_or(0.0, |change| sign * change.value)
    }

    /// `from` with instruments back at their present money wherever that does as well, what they had more (or less) going
    /// to (or coming from) another one; of several ways the one with the best mean, again and again.
    pub(super) fn as_at_present(
        &self,
        from: Spending,
        best_use: &mut Option<f64>,
    ) -> Result<Spending, AnalysisError> {
        let count = from.factor.len();
        let mut at = from;
        for _ in 0..count {
            let mut tried: Vec<(Spending, f64)> = Vec::new();
            for k in (0..count).filter(|&k| (at.factor[k] - 1.0).abs() > SAME) {
                let money = self.space.funded[k].cost * (at.factor[k] - 1.0);
                for other in (0..count).filter(|&other| other != k) {
                    let mut anew = at.clone();
                    anew.factor[k] = 1.0;
                    anew.factor[other] += money / self.space.funded[other].cost;
                    // what is at present money already stays there
                    let is_kept = (at.factor[other] - 1.0).abs() > SAME;
                    if is_kept && self.allows(&anew) {
                        tried.push((anew, money.abs()));
                    }
                }
            }
            let harmless = self.harmless(&at, &tried, best_use, Doubt::ForPlain)?;
            let fine: Vec<(Spending, f64)> = tried
                .into_iter()
                .zip(harmless)
                .filter(|(_, harmless)| *harmless)
                .map(|(one, _)| one)
                .collect();
            if fine.is_empty() {
                break;
            }
            at = self.best_mean(&at, fine)?;
        }
        Ok(at)
    }

    fn allows(&self, spending: &Spending) -> bool {
        let bounds = spending.factor.iter().zip(self.bounds);
        bounds.into_iter().all(|(factor, (low, high))| *factor >= low - SAME && *factor <= high + SAME)
    }

    /// Of these, the one with the best mean in the world where that is worst; the first without a quantity.
    fn best_mean(&self, from: &Spending, mut tried: Vec<(Spending, f64)>) -> Result<Spending, AnalysisError> {
        let spendings: Vec<Spending> = tried.iter().map(|one| one.0.clone()).collect();
        let mut best = 0;
        if self.quantity.is_some() && tried.len() > 1 {
            let sampled = self.simulate(from, &spendings)?;
            let gain = |k: usize| {
                let worlds = (0..self.worlds.len()).map(|world| -self.loss(&sampled, world, k + 1));
                worlds.fold(f64::INFINITY, f64::min)
            };
            best = (0..tried.len()).rev().max_by(|&a, &b| gain(a).total_cmp(&gain(b))).unwrap_or(0);
        }
        Ok(tried.swap_remove(best).0)
    }

    /// `spending` on the straight line between two that cost less and more, if one of its instruments has less than in
    /// both or more than in both and the line does as well: amounts that go up and down along the frontier for nothing
    /// are the search's, not the model's.
    pub(super) fn levelled(
        &self,
        spending: Spending,
        below: &Spending,
        above: &Spending,
    ) -> Result<Spending, AnalysisError> {
        let [here, low, high] = [&spending, below, above].map(|one| self.space.cost(one));
        let is_between = |(&now, (&a, &b)): (&f64, (&f64, &f64))| {
            let slack = 1e-6 * (1.0 + a.max(b));
            now >= a.min(b) - slack && now <= a.max(b) + slack
        };
        let ends = below.factor.iter().zip(&above.factor);
        if !(low < here && here < high) || spending.factor.iter().zip(ends.clone()).all(is_between) {
            return Ok(spending);
        }
        let part = (here - low) / (high - low);
        let factor = ends.map(|(a, b)| a + (b - a) * part).collect();
        let straight = Spending { factor, ..spending.clone() };
        let changes = straight.factor.iter().zip(&spending.factor).zip(&self.space.funded);
        let moved = changes.map(|((a, b), funded)| (a - b).abs() * funded.cost).sum::<f64>() / 2.0;
        let sampled = self.simulate(&spending, &[straight.clone(), below.clone(), above.clone()])?;
        let rate =
            |world: usize| (self.loss(&sampled, world, 2) - self.loss(&sampled, world, 3)) / (high - low);
        let rate = (0..self.worlds.len()).map(rate).fold(0.0, f64::max);
        let nothing = WORTH * rate * moved;
        let does = (0..self.worlds.len())
            .all(|world| self.loses_nothing(&sampled, world, 1, nothing, Doubt::ForPlain));
        Ok(if does { straight } else { spending })
    }

    /// Every rung but the ends, levelled between its neighbours.
    pub(super) fn levelled_ladder(&self, ladder: Ladder) -> Result<Ladder, AnalysisError> {
        let mut rungs = ladder.0;
        for at in 1..rungs.len().saturating_sub(1) {
            rungs[at] = self.levelled(rungs[at].clone(), &rungs[at - 1], &rungs[at + 1])?;
        }
        Ok(Ladder(rungs))
    }

    /// `spending` levelled between the rungs next to it.
    pub(super) fn levelled_among(
        &self,
        spending: Spending,
        ladder: &Ladder,
    ) -> Result<Spending, AnalysisError> {
        let here = self.space.cost(&spending);
        let apart = 1e-3 * (1.0 + here);
        let below = ladder.0.iter().rev().find(|rung| self.space.cost(rung) < here - apart);
        let above = ladder.0.iter().find(|rung| self.space.cost(rung) > here + apart);
        match below.zip(above) {
            Some((below, above)) => self.levelled(spending, below, above),
            None => Ok(spending),
        }
    }
}

/// Whether two splits are not the same.
fn differ(here: &[f64], there: &[f64]) -> bool {
    here.iter().zip(there).any(|(a, b)| (a - b).abs() > SAME)
}

/// Every stretch of years in the proportions of `present`, the whole included; none for a single year.
fn stretches(present: &[f64]) -> Vec<Vec<f64>> {
    let years = present.len();
    let ends = (0..years).flat_map(|first| (first..years).map(move |last| first..=last));
    let stretch = |within: std::ops::RangeInclusive<usize>| {
        let parts = present.iter().enumerate();
        let parts: Vec<f64> =
            parts.map(|(year, &share)| if within.contains(&year) { share } else { 0.0 }).collect();
        let total: f64 = parts.iter().sum();
        (years > 1 && total > 0.0).then(|| parts.iter().map(|part| part / total).collect())
    };
    ends.filter_map(stretch).collect()
}
