//! Looks for the best spending: fills money in step by step where it helps most, then exchanges it between parts.

use super::objective::{Objective, Rule};
use super::space::{Space, Spending};
use crate::analysis::AnalysisError;
use crate::analysis::decision::experiment::{Design, Experiment};
use crate::model::World;

/// Steps in which money is filled in, from nothing to the whole budget.
pub const STEPS: usize = 12;
/// Rounds of exchange within one dimension.
const ROUNDS: usize = 8;

/// One search on fixed draws.
pub struct Search<'a> {
    /// Runs on the space's model.
    pub experiment: &'a Experiment<'a>,
    /// What can be moved.
    pub space: &'a Space,
    /// What is maximised.
    pub objective: &'a Objective,
    /// Worlds in which it is judged.
    pub worlds: &'a [World],
    /// How several worlds become one figure.
    pub rule: &'a Rule,
    /// Least and most money of every funded instrument, as multiples of the present.
    pub bounds: &'a [(f64, f64)],
    /// Seed of the draws on which everything is compared.
    pub seed: u64,
    /// Trials of each comparison.
    pub trials: u64,
}

/// A dimension along which money is exchanged: between instruments, or within one of them.
#[derive(Clone, Copy)]
enum Among {
    Instruments,
    Clusters(usize),
    Years(usize),
}

impl Search<'_> {
    /// What every spending achieves: one figure each, the larger the better.
    pub fn values(&self, spendings: &[Spending]) -> Result<Vec<f64>, AnalysisError> {
        let policy = |(index, spending): (usize, &Spending)| self.space.policy(format!("{index}"), spending);
        let design = Design {
            policies: spendings.iter().enumerate().map(policy).collect(),
            worlds: self.worlds.to_vec(),
            goals: vec![self.objective.goal.clone()],
            inputs: false,
            renewed: None,
        };
        let sampled = self.experiment.run_with(design, self.seed, self.trials)?;
        let value = |policy: usize| {
            let worlds = (0..self.worlds.len()).map(|world| self.objective.value(&sampled, world, policy));
            self.rule.judge(&worlds.collect::<Vec<_>>())
        };
        Ok((0..spendings.len()).map(value).collect())
    }

    /// Spending for every step from the least money to `budget` (expected public money of the funded instruments,
    /// 亿元): each step goes to the instrument that helps most. The last one spends the whole budget unless every
    /// instrument is at its bound.
    pub fn fill(&self, budget: f64) -> Result<Vec<Spending>, AnalysisError> {
        let mut at = self.space.present();
        at.factor = self.bounds.iter().map(|(low, _)| *low).collect();
        let mut path = vec![at.clone()];
        let step = (budget - self.space.cost(&at)).max(0.0) / STEPS as f64;
        if step <= 0.0 {
            return Ok(path);
        }
        for _ in 0..STEPS {
            let candidates: Vec<Spending> =
                (0..at.factor.len()).filter_map(|k| self.more(&at, k, step)).collect();
            let Some(best) = self.best(&candidates)? else { break };
            at = candidates[best].clone();
            path.push(at.clone());
        }
        Ok(path)
    }

    /// Exchanges money between instruments, then between the clusters and the years of each, as long as it helps.
    pub fn exchange(&self, from: Spending) -> Result<Spending, AnalysisError> {
        let mut at = self.rounds(from, Among::Instruments)?;
        for k in 0..self.space.funded.len() {
            if at.factor[k] > 0.0 && at.clusters[k].len() > 1 {
                at = self.rounds(at, Among::Clusters(k))?;
            }
            if at.factor[k] > 0.0 && at.years[k].len() > 1 {
                at = self.rounds(at, Among::Years(k))?;
            }
        }
        Ok(at)
    }

    /// Moves money from the part that misses it least to the one that it helps most; the amount is halved whenever no
    /// move helps.
    fn rounds(&self, mut at: Spending, among: Among) -> Result<Spending, AnalysisError> {
        let parts = match among {
            Among::Instruments => at.factor.len(),
            Among::Clusters(k) => at.clusters[k].len(),
            Among::Years(k) => at.years[k].len(),
        };
        if parts < 2 {
            return Ok(at);
        }
        let whole = match among {
            Among::Instruments => self.space.cost(&at),
            _ => 1.0,
        };
        let mut step = whole / 5.0;
        for _ in 0..ROUNDS {
            // gains and losses of one step everywhere, then the best pairs tried out
            let more: Vec<(usize, Spending)> =
                (0..parts).filter_map(|part| Some((part, self.moved(&at, among, part, step)?))).collect();
            let less: Vec<(usize, Spending)> =
                (0..parts).filter_map(|part| Some((part, self.moved(&at, among, part, -step)?))).collect();
            let tried: Vec<Spending> =
                more.iter().chain(&less).map(|(_, spending)| spending.clone()).collect();
            let values = self.values(&tried)?;
            let (gains, losses) = values.split_at(more.len());
            let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
            for ((to, _), gain) in more.iter().zip(gains) {
                for ((from, _), loss) in less.iter().zip(losses) {
                    if from != to {
                        pairs.push((gain + loss, *from, *to));
                    }
                }
            }
            pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
            let mut candidates = vec![at.clone()];
            for (_, from, to) in pairs.into_iter().take(6) {
                let moved = self.moved(&at, among, from, -step);
                candidates.extend(moved.and_then(|at| self.moved(&at, among, to, step)));
            }
            match self.best(&candidates)? {
                Some(best) if best > 0 => at = candidates[best].clone(),
                _ => step /= 2.0,
            }
        }
        Ok(at)
    }

    /// The spending with `step` more (or less) in one part; `None` if that leaves its bounds.
    fn moved(&self, at: &Spending, among: Among, part: usize, step: f64) -> Option<Spending> {
        let mut moved = at.clone();
        let share = match among {
            Among::Instruments => return self.more(at, part, step),
            Among::Clusters(k) => &mut moved.clusters[k][part],
            Among::Years(k) => &mut moved.years[k][part],
        };
        *share += step;
        // an amount that rounding leaves a hair below nothing is nothing
        if *share < -1e-12 {
            return None;
        }
        *share = share.max(0.0);
        Some(moved)
    }

    /// `money` more for an instrument, as far as its bounds allow; `None` if they allow none of it.
    fn more(&self, at: &Spending, instrument: usize, money: f64) -> Option<Spending> {
        let (low, high) = self.bounds[instrument];
        let factor = at.factor[instrument] + money / self.space.funded[instrument].cost;
        let slack = 1e-9 * (1.0 + high);
        if factor < low - slack || factor > high + slack {
            return None;
        }
        let mut more = at.clone();
        more.factor[instrument] = factor.clamp(low, high);
        Some(more)
    }

    /// The best of several; the first of equals. `None` without any.
    fn best(&self, candidates: &[Spending]) -> Result<Option<usize>, AnalysisError> {
        if candidates.is_empty() {
            return Ok(None);
        }
        let values = self.values(candidates)?;
        let mut best = 0;
        for (index, value) in values.iter().enumerate() {
            if *value > values[best] {
                best = index;
            }
        }
        Ok(Some(best))
    }
}
