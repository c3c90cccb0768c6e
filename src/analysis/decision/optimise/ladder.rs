//! From no money to all that is allowed: the best spending at a few sums, each found from the one before, and mixtures in
//! between. None of it depends on the budget that is asked for.

use super::objective::{Objective, Rule, RuleName};
use super::search::{RUNG_ROUNDS, RUNG_STEPS, Search};
use super::space::{Space, Spending};
use crate::analysis::AnalysisError;
use crate::analysis::decision::experiment::Experiment;
use crate::model::World;

/// Sums at which a spending is looked for, as shares of what can be moved in all: closer where each 亿元 does most.
pub const RUNGS: [f64; 4] = [0.125, 0.3, 0.6, 1.0];
/// Parts into which the way between two rungs is divided on the frontier.
const PARTS: usize = 4;

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
        let Self { experiment, space, objective, bounds } = *self;
        let (widths, seed) = (Vec::new(), experiment.settings.seed);
        Search { experiment, space, objective, worlds, rule, bounds, widths, seed, trials }.at_money(money)
    }

    /// How several worlds become one figure at `money`, of which `alone` is the best spending for each world by itself.
    pub fn rule(
        &self,
        worlds: &[World],
        name: RuleName,
        money: f64,
        trials: u64,
        alone: &[Spending],
    ) -> Result<Rule, AnalysisError> {
        Ok(match name {
            RuleName::Mean => Rule::Mean,
            RuleName::Maximin => Rule::Maximin,
            RuleName::Regret => {
                let mut best = Vec::new();
                for (world, spending) in worlds.iter().zip(alone) {
                    let search = self.search(std::slice::from_ref(world), Rule::Mean, money, trials)?;
                    best.extend(search.values(std::slice::from_ref(spending))?);
                }
                Rule::Regret(best)
            }
        })
    }

    /// The ladder for these worlds; `alone` are those for each world by itself, which only the rule of regret needs.
    pub fn climb(
        &self,
        worlds: &[World],
        name: RuleName,
        trials: u64,
        alone: &[Ladder],
    ) -> Result<Ladder, AnalysisError> {
        let lowest =
            Spending { factor: self.bounds.iter().map(|(low, _)| *low).collect(), ..self.space.present() };
        let most = Spending { factor: self.bounds.iter().map(|(_, high)| *high).collect(), ..lowest.clone() };
        let (least, most) = (self.space.cost(&lowest), self.space.cost(&most));
        let mut rungs = vec![lowest.clone()];
        let mut at = lowest;
        for share in RUNGS {
            let money = least + share * (most - least);
            let alone: Vec<Spending> = alone.iter().map(|ladder| ladder.at(money, self.space)).collect();
            let rule = self.rule(worlds, name, money, trials, &alone)?;
            let search = self.search(worlds, rule, money, trials)?;
            at = search.exchange(search.fill(&at, money, RUNG_STEPS)?, RUNG_ROUNDS)?;
            rungs.push(at.clone());
        }
        // where no instrument helps any more, a higher rung is the same as the one before
        rungs.dedup_by(|next, before| {
            let (next, before) = (self.space.cost(next), self.space.cost(before));
            next <= before * (1.0 + 1e-9) + 1e-9
        });
        Ok(Ladder(rungs))
    }
}

impl Ladder {
    /// The spending of `money` 亿元: a mixture of the two rungs around it, or the highest rung if it costs less.
    pub fn at(&self, money: f64, space: &Space) -> Spending {
        let around = self.0.windows(2).find(|pair| space.cost(&pair[1]) >= money);
        let Some([low, high]) = around else {
            return self.0.last().cloned().unwrap_or_else(|| space.present());
        };
        let (from, to) = (space.cost(low), space.cost(high));
        low.towards(high, ((money - from) / (to - from)).clamp(0.0, 1.0))
    }

    /// Rungs and mixtures between them, by rising cost.
    pub fn path(&self) -> Vec<Spending> {
        let between = self
            .0
            .windows(2)
            .flat_map(|pair| (0..PARTS).map(|part| pair[0].towards(&pair[1], part as f64 / PARTS as f64)));
        between.chain(self.0.last().cloned()).collect()
    }
}
