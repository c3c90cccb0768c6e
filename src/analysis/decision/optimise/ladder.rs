//! From no money to all that is allowed: the best spending at a row of sums, each found from the one before. None of it
//! depends on the budget that is asked for.

use super::objective::{Objective, Rule, RuleName};
use super::search::{PACE, RUNG_PACE, RUNG_STEPS, Search};
use super::space::{Space, Spending};
use crate::analysis::AnalysisError;
use crate::analysis::decision::experiment::{Experiment, Sampled};
use crate::model::World;

/// Sums at which a spending is looked for, as multiples of the present money: closer where each 亿元 does most. They do
/// not depend on the bounds, so that frontiers under different bounds can be set beside each other.
pub const RUNGS: [f64; 11] = [0.08, 0.16, 0.25, 0.35, 0.5, 0.65, 0.8, 1.0, 1.35, 1.9, 3.0];

/// Parts of the present plan that are judged beside the rungs, at most.
const MISSED: usize = 4;

/// What all searches share.
pub struct Ground<'a> {
    /// Runs on the space's model.
    pub experiment: &'a Experiment<'a>,
    /// What can be moved.
    pub space: &'a Space,
    /// What is maximised.
    pub objective: &'a Objective,
    /// Least and most money of every funded instrument, as multiples of the present.
    pub bounds: &'a [(f64, f64)],
    /// Parts of the present plan, which are starting points.
    pub subsets: &'a [Spending],
}

/// The best spendings found, by rising cost; the first has the least money that is allowed.
#[derive(Clone, Debug)]
pub struct Ladder(pub Vec<Spending>);

impl Ground<'_> {
    /// A search in `worlds` among spendings of about `money` 亿元.
    pub fn search<'s>(
        &'s self,
        worlds: &'s [World],
        rule: Rule,
        money: f64,
        trials: u64,
    ) -> Result<Search<'s>, AnalysisError> {
        let Self { experiment, space, objective, bounds, .. } = *self;
        let (widths, seed) = (Vec::new(), experiment.settings.seed);
        Search { experiment, space, objective, worlds, rule, bounds, widths, seed, trials }.at_money(money)
    }

    /// How several worlds become one figure at `money`; `alone` are the ladders for each world by itself, which only the
    /// rule of regret needs.
    pub fn rule(
        &self,
        worlds: &[World],
        name: RuleName,
        money: f64,
        trials: u64,
        alone: &[Ladder],
    ) -> Result<Rule, AnalysisError> {
        Ok(match name {
            RuleName::Mean => Rule::Mean,
            RuleName::Maximin => Rule::Maximin,
            RuleName::Regret => {
                let best = self.best_alone(worlds, money, trials, alone)?;
                Rule::Regret(best.into_iter().map(|(_, value)| value).collect())
            }
        })
    }

    /// The best spending of about `money` for each world by itself, with what the search makes of it there.
    pub fn best_alone(
        &self,
        worlds: &[World],
        money: f64,
        trials: u64,
        alone: &[Ladder],
    ) -> Result<Vec<(Spending, f64)>, AnalysisError> {
        let mut best = Vec::new();
        for (world, ladder) in worlds.iter().zip(alone) {
            let search = self.search(std::slice::from_ref(world), Rule::Mean, money, trials)?;
            let spending = search.fill(ladder.below(money, self.space), money, RUNG_STEPS)?;
            let value = search.values(std::slice::from_ref(&spending))?;
            best.extend(value.first().map(|&value| (spending, value)));
        }
        Ok(best)
    }

    /// Where to search on with `money` 亿元: from `filled`, or, where one of the [`Ground::subsets`] that it affords does
    /// better, from that one with the rest of the money filled in. `seen` are the subsets on the draws of `search`.
    pub fn start(
        &self,
        search: &Search<'_>,
        seen: &Sampled,
        filled: Spending,
        money: f64,
    ) -> Result<Spending, AnalysisError> {
        let value = |k: usize| search.judge(seen, k);
        let best = self.affordable(money).max_by(|&a, &b| value(a).total_cmp(&value(b)));
        match best {
            Some(best) if value(best) > search.values(std::slice::from_ref(&filled))?[0] => {
                search.fill(&self.subsets[best], money, RUNG_STEPS)
            }
            _ => Ok(filled),
        }
    }

    /// Positions of the subsets that cost no more than `money` 亿元.
    pub fn affordable(&self, money: f64) -> impl Iterator<Item = usize> {
        (0..self.subsets.len()).filter(move |&k| self.space.cost(&self.subsets[k]) <= money * (1.0 + 1e-9))
    }

    /// Subsets beside which a dearer rung does worse on the draws of `search`: candidates for the frontier, the most missed
    /// first.
    pub fn missed(&self, search: &Search<'_>, ladder: &Ladder) -> Result<Vec<Spending>, AnalysisError> {
        let cost = |spending: &Spending| self.space.cost(spending);
        let (subsets, rungs) = (search.values(self.subsets)?, search.values(&ladder.0)?);
        let missed = |k: usize| {
            let dearer = ladder.0.iter().zip(&rungs).filter(|(rung, _)| cost(rung) >= cost(&self.subsets[k]));
            let worst = dearer.map(|(_, value)| *value).fold(f64::INFINITY, f64::min);
            (k, subsets[k] - worst)
        };
        let mut missed: Vec<(usize, f64)> =
            (0..subsets.len()).map(missed).filter(|missed| missed.1 > 0.0).collect();
        missed.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(missed.into_iter().take(MISSED).map(|(k, _)| self.subsets[k].clone()).collect())
    }

    /// The ladder for these worlds.
    pub fn climb(
        &self,
        worlds: &[World],
        name: RuleName,
        trials: u64,
        alone: &[Ladder],
    ) -> Result<Ladder, AnalysisError> {
        let at_bounds = |end: fn(&(f64, f64)) -> f64| Spending {
            factor: self.bounds.iter().map(end).collect(),
            ..self.space.present()
        };
        let lowest = at_bounds(|bound| bound.0);
        let (least, most) = (self.space.cost(&lowest), self.space.cost(&at_bounds(|bound| bound.1)));
        let present = self.space.cost(&self.space.present());
        let sums = RUNGS.iter().map(|multiple| multiple * present);
        // how each instrument's money is best split, or its first 亿元 would seem to bring little
        let rule = self.rule(worlds, name, present, trials, alone)?;
        let search = self.search(worlds, rule, present, trials)?;
        let seen = search.simulate(self.subsets)?;
        let shared_out = search.share_out(self.space.present(), PACE)?;
        let lowest = Spending { factor: lowest.factor, ..shared_out };
        let mut sums: Vec<f64> = sums.filter(|&sum| sum > least && sum < most * 0.99).collect();
        sums.push(most);
        let mut rungs = vec![lowest];
        for money in sums {
            let rule = self.rule(worlds, name, money, trials, alone)?;
            let search = self.search(worlds, rule, money, trials)?;
            let below = &rungs[rungs.len() - 1];
            let filled = search.fill(below, money, RUNG_STEPS)?;
            // where no instrument helps any more there is nothing to exchange
            let start = self.start(&search, &seen, filled, money)?;
            if start != *below {
                rungs.push(search.exchange(start, RUNG_PACE)?);
            }
        }
        rungs.dedup_by(|next, before| {
            let (next, before) = (self.space.cost(next), self.space.cost(before));
            next <= before * (1.0 + 1e-9) + 1e-9
        });
        Ok(Ladder(rungs))
    }
}

impl Ladder {
    /// The highest rung that costs no more than `money` 亿元, else the lowest.
    pub fn below(&self, money: f64, space: &Space) -> &Spending {
        let within = |rung: &&Spending| space.cost(rung) <= money * (1.0 + 1e-9) + 1e-9;
        self.0.iter().rev().find(within).unwrap_or(&self.0[0])
    }
}
