//! Looks for the best spending: fills money in step by step where it helps most, exchanges it between parts, and climbs so
//! from no money to all that is allowed.

use super::objective::{Objective, Rule};
use super::space::{Space, Spending};
use crate::analysis::AnalysisError;
use crate::analysis::decision::experiment::{Design, Experiment, Sampled};
use crate::model::World;

/// Steps in which money is filled in to a whole budget, and between two rungs of a ladder.
pub const STEPS: usize = 16;
pub const RUNG_STEPS: usize = 6;
/// How long and how boldly money is exchanged for the budget, and on a rung, which starts from the one below.
pub const PACE: Pace = Pace { rounds: 8, parts: 8, among: 0.25 };
pub const RUNG_PACE: Pace = Pace { rounds: 3, parts: 2, among: 0.1 };

/// How money is exchanged.
#[derive(Clone, Copy)]
pub struct Pace {
    /// Most rounds between instruments; each one is one run.
    pub rounds: usize,
    /// Most rounds between clusters and years.
    pub parts: usize,
    /// Size of the first step, as a share of what is split.
    pub among: f64,
}

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
    pub rule: Rule,
    /// Least and most money of every funded instrument, as multiples of the present.
    pub bounds: &'a [(f64, f64)],
    /// How far near misses count, by world (see [`Objective::width`]).
    pub widths: Vec<f64>,
    /// Seed of the draws on which everything is compared.
    pub seed: u64,
    /// Trials of each comparison.
    pub trials: u64,
}

/// A dimension along which money is exchanged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Among {
    /// Between instruments.
    Instruments,
    /// Between the clusters of each instrument, and between its years.
    Parts,
}

/// What money is exchanged within.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    All,
    Clusters(usize),
    Years(usize),
}

/// A step in one part: the group that it belongs to (one for all instruments; the clusters of an instrument, or its
/// years), the part, and whether it adds or takes.
#[derive(Clone, Copy)]
struct Step {
    group: Group,
    part: usize,
    adds: bool,
}

impl Search<'_> {
    /// What every spending achieves: one figure each, the larger the better.
    pub fn values(&self, spendings: &[Spending]) -> Result<Vec<f64>, AnalysisError> {
        let sampled = self.simulate(spendings)?;
        Ok((0..spendings.len()).map(|policy| self.judge(&sampled, policy)).collect())
    }

    /// What one spending of [`Search::simulate`] achieves.
    pub fn judge(&self, sampled: &Sampled, policy: usize) -> f64 {
        let worlds = self.widths.iter().enumerate();
        let worlds = worlds.map(|(world, &width)| self.objective.value(sampled, world, policy, width));
        self.rule.judge(&worlds.collect::<Vec<_>>())
    }

    /// Looks how far near misses count where the present split gets `money`: by one yardstick for all that is compared
    /// there, however it was come by.
    pub fn at_money(mut self, money: f64) -> Result<Self, AnalysisError> {
        let sampled = self.simulate(&[self.space.scaled(money, self.bounds)])?;
        let width = |world: usize| self.objective.width(&sampled, world, 0);
        self.widths = (0..self.worlds.len()).map(width).collect();
        Ok(self)
    }

    /// Runs these spendings on the draws of the search.
    ///
    /// # Errors
    /// Those of a run.
    pub fn simulate(&self, spendings: &[Spending]) -> Result<Sampled, AnalysisError> {
        let policy = |(index, spending): (usize, &Spending)| self.space.policy(format!("{index}"), spending);
        let design = Design {
            policies: spendings.iter().enumerate().map(policy).collect(),
            worlds: self.worlds.to_vec(),
            goals: vec![self.objective.goal.clone()],
            keep: Default::default(),
            renewed: None,
        };
        self.experiment.run_with(design, self.seed, self.trials)
    }

    /// Spending from `from` on to at most `budget` (expected public money of the funded instruments, 亿元) in `steps`
    /// steps, each where it helps most. It ends before the budget where no instrument helps any more.
    pub fn fill(&self, from: &Spending, budget: f64, steps: usize) -> Result<Spending, AnalysisError> {
        let mut at = from.clone();
        let step = (budget - self.space.cost(&at)).max(0.0) / steps as f64;
        // an instrument that reaches its bound takes a part of a step only
        for _ in 0..steps + self.bounds.len() {
            let left = budget - self.space.cost(&at);
            if left <= 1e-9 * budget {
                break;
            }
            let more = |k: usize| self.at_most(&at, k, step.min(left));
            let mut candidates: Vec<Spending> = (0..at.factor.len()).filter_map(more).collect();
            if candidates.is_empty() {
                break;
            }
            candidates.insert(0, at.clone());
            let values = self.values(&candidates)?;
            // by what a 亿元 of it brings: parts of steps are cheaper
            let yields =
                |k: usize| (values[k] - values[0]) / (self.space.cost(&candidates[k]) - self.space.cost(&at));
            let best = (1..candidates.len()).max_by(|&a, &b| yields(a).total_cmp(&yields(b)));
            match best.filter(|&best| values[best] > values[0]) {
                Some(best) => at = candidates[best].clone(),
                None => break,
            }
        }
        Ok(at)
    }

    /// Exchanges money between instruments, then between the clusters and the years of each, as long as it helps and for
    /// at most so many rounds each.
    pub fn exchange(&self, from: Spending, pace: Pace) -> Result<Spending, AnalysisError> {
        let at = self.rounds(from, Among::Instruments, pace.rounds, pace.among)?;
        self.share_out(at, pace)
    }

    /// The same between the clusters and the years of each instrument only.
    pub fn share_out(&self, from: Spending, pace: Pace) -> Result<Spending, AnalysisError> {
        self.rounds(from, Among::Parts, pace.parts, pace.among)
    }

    /// In every round each group moves a step from the part that misses it least to the one that it helps most, as
    /// single steps tell. The next round shows what that came to; if nothing was gained it is taken back and the step is
    /// halved.
    fn rounds(
        &self,
        from: Spending,
        among: Among,
        rounds: usize,
        first: f64,
    ) -> Result<Spending, AnalysisError> {
        let whole = if among == Among::Instruments { self.space.cost(&from) } else { 1.0 };
        let mut size = whole * first;
        let (mut best, mut best_value) = (from.clone(), f64::NEG_INFINITY);
        let (mut at, mut moved) = (from, true);
        for _ in 0..rounds {
            let steps = self.steps(&at, among, size);
            if steps.is_empty() {
                break;
            }
            let mut tried = vec![at.clone()];
            tried.extend(steps.iter().map(|(_, spending)| spending.clone()));
            let values = self.values(&tried)?;
            if moved && values[0] <= best_value {
                (at, size, moved) = (best.clone(), size / 2.0, false);
                continue;
            }
            (best, best_value) = (at.clone(), values[0]);
            let gains: Vec<(Step, f64)> =
                steps.iter().zip(&values[1..]).map(|((step, _), value)| (*step, value - values[0])).collect();
            let groups: Vec<Group> = {
                let mut groups: Vec<Group> = gains.iter().map(|(step, _)| step.group).collect();
                groups.dedup();
                groups
            };
            moved = false;
            for group in groups {
                if let Some((from, to)) = best_pair(&gains, group)
                    && let Some(less) = self.step(&at, Step { group, part: from, adds: false }, size)
                    && let Some(more) = self.step(&less, Step { group, part: to, adds: true }, size)
                {
                    at = more;
                    moved = true;
                }
            }
            if !moved {
                size /= 2.0;
            }
        }
        if !moved {
            return Ok(best);
        }
        let values = self.values(&[best.clone(), at.clone()])?;
        Ok(if values[1] > values[0] { at } else { best })
    }

    /// Every single step of this size within the bounds, group by group.
    fn steps(&self, at: &Spending, among: Among, size: f64) -> Vec<(Step, Spending)> {
        let parts = |group: Group| match group {
            Group::All => at.factor.len(),
            Group::Clusters(k) => at.clusters[k].len(),
            Group::Years(k) => at.years[k].len(),
        };
        let groups = match among {
            Among::Instruments => vec![Group::All],
            // what has no money has nothing to split
            Among::Parts => {
                let funded = (0..at.factor.len()).filter(|&k| at.factor[k] > 0.0);
                funded.flat_map(|k| [Group::Clusters(k), Group::Years(k)]).collect()
            }
        };
        let mut steps = Vec::new();
        for group in groups.into_iter().filter(|&group| parts(group) > 1) {
            for adds in [true, false] {
                for part in 0..parts(group) {
                    let step = Step { group, part, adds };
                    steps.extend(self.step(at, step, size).map(|spending| (step, spending)));
                }
            }
        }
        steps
    }

    /// The spending after one step; `None` if it leaves its bounds.
    fn step(&self, at: &Spending, step: Step, size: f64) -> Option<Spending> {
        let size = if step.adds { size } else { -size };
        let mut moved = at.clone();
        let share = match step.group {
            Group::All => {
                let (low, high) = self.bounds[step.part];
                let payments = &self.space.funded[step.part].payments;
                let money = payments.money(at.factor[step.part]) + size;
                let factor = payments.multiple(money);
                let slack = 1e-9 * (1.0 + high);
                // what is never paid is no money to move
                let is_paid = (payments.money(factor) - money).abs() <= 1e-9 * (1.0 + money.abs());
                if factor < low - slack || factor > high + slack || !is_paid {
                    return None;
                }
                moved.factor[step.part] = factor.clamp(low, high);
                return Some(moved);
            }
            Group::Clusters(k) => &mut moved.clusters[k][step.part],
            Group::Years(k) => &mut moved.years[k][step.part],
        };
        *share += size;
        // an amount that rounding leaves a hair below nothing is nothing
        if *share < -1e-12 {
            return None;
        }
        *share = share.max(0.0);
        Some(moved)
    }

    /// Up to `money` more for an instrument, as its bound allows; `None` if it allows nothing.
    fn at_most(&self, at: &Spending, instrument: usize, money: f64) -> Option<Spending> {
        let (_, high) = self.bounds[instrument];
        let payments = &self.space.funded[instrument].payments;
        let now = payments.money(at.factor[instrument]);
        let factor = payments.multiple(now + money).min(high);
        let mut more = at.clone();
        more.factor[instrument] = factor;
        let is_more = factor > at.factor[instrument] * (1.0 + 1e-9);
        // whatever is announced beyond what is ever paid
        (is_more && payments.money(factor) > now * (1.0 + 1e-9)).then_some(more)
    }
}

/// The parts of a group between which a step gains most; `None` if none gains.
fn best_pair(gains: &[(Step, f64)], group: Group) -> Option<(usize, usize)> {
    let of_group =
        |adds: bool| gains.iter().filter(move |(step, _)| step.group == group && step.adds == adds);
    let pairs = of_group(false)
        .flat_map(|(less, loss)| of_group(true).map(move |(more, gain)| (gain + loss, less.part, more.part)));
    let pairs = pairs.filter(|(gain, from, to)| from != to && *gain > 0.0);
    pairs.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, from, to)| (from, to))
}
