//! Makes what was found plain: whatever departs from the present plan, or from the neighbouring rows, without a gain that
//! other draws than those of the search show goes back.

use super::ladder::Ladder;
use super::prune::{Pruning, WORTH};
use super::space::Spending;
use crate::analysis::AnalysisError;
use crate::analysis::decision::figures::mean_change;
use crate::analysis::summarise::LEVEL;

/// Shares, and multiples of the present money, that differ by less are the same.
const SAME: f64 = 1e-9;

impl Pruning<'_> {
    /// `from` with its clusters, and its years from one to another, in their present proportions wherever that does as
    /// well; of stretches of years the longest.
    pub(super) fn as_proportioned(
        &self,
        from: Spending,
        best_use: &mut Option<f64>,
    ) -> Result<Spending, AnalysisError> {
        let present = self.space.present();
        let mut at = from;
        for k in 0..at.factor.len() {
            let (clusters, years) = (present.clusters[k].len(), present.years[k].len());
            let mut tried: Vec<(Spending, f64, usize)> = Vec::new();
            let mut offer = |anew: Spending, old: &[f64], new: &[f64], length: usize| {
                let moved = old.iter().zip(new).map(|(a, b)| (a - b).abs()).sum::<f64>() / 2.0;
                let money = self.space.funded[k].cost * at.factor[k] * moved;
                // shares that sum to nothing cannot be put in proportion
                let whole = (new.iter().sum::<f64>() - 1.0).abs() < SAME;
                if whole && money > SAME {
                    tried.push((anew, money, length));
                }
            };
            if clusters > 1 {
                let mut anew = at.clone();
                anew.clusters[k].clone_from(&present.clusters[k]);
                offer(anew, &at.clusters[k], &present.clusters[k], 0);
            }
            for first in 0..years {
                for last in first..years {
                    let part = |year: usize| if (first..=last).contains(&year) { 1.0 } else { 0.0 };
                    let shares = present.years[k].iter().enumerate().map(|(year, share)| share * part(year));
                    let shares: Vec<f64> = shares.collect();
                    let total: f64 = shares.iter().sum();
                    let shares: Vec<f64> = shares.iter().map(|share| share / total).collect();
                    let mut anew = at.clone();
                    anew.years[k].clone_from(&shares);
                    offer(anew, &at.years[k], &shares, 1 + last - first);
                }
            }
            let cuts: Vec<(Spending, f64)> = tried.iter().map(|one| (one.0.clone(), one.1)).collect();
            let harmless = self.harmless(&at, &cuts, best_use)?;
            let fine = || tried.iter().zip(&harmless).filter(|(_, harmless)| **harmless).map(|(one, _)| one);
            let mut next = at.clone();
            if let Some((plain, ..)) = fine().find(|one| one.2 == 0) {
                next.clusters[k].clone_from(&plain.clusters[k]);
            }
            // of several of one length the earliest
            if let Some((plain, ..)) = fine().filter(|one| one.2 > 0).rev().max_by_key(|one| one.2) {
                next.years[k].clone_from(&plain.years[k]);
            }
            at = next;
        }
        Ok(at)
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
            let harmless = self.harmless(&at, &tried, best_use)?;
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
        if let Some(quantity) = self.quantity.filter(|_| tried.len() > 1) {
            let sampled = self.simulate(from, &spendings)?;
            let gain = |k: usize| {
                let worlds = (0..self.worlds.len()).filter_map(|world| {
                    let (here, there) = (sampled.quantity(world, k + 1, 0), sampled.quantity(world, 0, 0));
                    Some(quantity.sign() * mean_change(here, there, LEVEL)?.value)
                });
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
        let rate = |world: usize| {
            let quantity = self.quantity?;
            let (here, there) = (sampled.quantity(world, 3, 0), sampled.quantity(world, 2, 0));
            Some(quantity.sign() * mean_change(here, there, LEVEL)?.value / (high - low))
        };
        let rate = (0..self.worlds.len()).filter_map(rate).fold(0.0, f64::max);
        let nothing = WORTH * rate * moved;
        let does = (0..self.worlds.len()).all(|world| self.loses_nothing(&sampled, world, 1, nothing));
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
