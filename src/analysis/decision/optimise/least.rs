//! The least money for a wanted probability: the cheapest spending that gives it, on other draws than it was found on.

use super::ladder::{Ground, Ladder};
use super::objective::{Rule, RuleName};
use super::prune::OTHER;
use super::search::{PACE, RUNG_PACE, RUNG_STEPS, Search};
use super::space::Spending;
use crate::analysis::AnalysisError;
use crate::model::World;

/// Most trials on which the probability is read.
const TRIALS: u64 = 32_768;
/// How often a spending between two neighbours is looked for.
const TRIES: usize = 5;
/// By how many standard errors each next one aims higher, so that one of them gives the probability on other draws too: those
/// differ by √2 standard errors and more, so that the last one aims five higher.
const AIM: f64 = 1.25;

/// Turns the seed of the search into that of the second one.
const AGAIN: u64 = 0x510E_527F_ADE6_82D1;

/// What is looked for.
pub struct Wanted<'a> {
    /// Where.
    pub ground: &'a Ground<'a>,
    /// Worlds.
    pub worlds: &'a [World],
    /// How several worlds become one figure.
    pub name: RuleName,
    /// Trials of the search.
    pub trials: u64,
    /// Ladders for each world alone, which only the rule of regret needs.
    pub alone: &'a [Ladder],
    /// The wanted probability.
    pub probability: f64,
}

/// What was found.
#[derive(Default)]
pub struct Looked {
    /// The spending with about the wanted probability.
    pub nearest: Option<Spending>,
    /// All that were looked at on the way.
    pub seen: Vec<Spending>,
    /// By how much a second search on other draws raises the probability with the same money.
    pub gap: f64,
}

impl Wanted<'_> {
    /// The spending with about that probability, and what came up on the way; nothing if no rung gives it.
    ///
    /// # Errors
    /// Those of a run.
    pub fn look(&self, ladder: &Ladder) -> Result<Looked, AnalysisError> {
        let space = self.ground.space;
        // halving: the probability rises along the ladder
        let (mut below, mut above) = (0, ladder.0.len() - 1);
        let (mut low, mut high) = (self.share(&ladder.0[0])?, self.share(&ladder.0[above])?);
        if low >= self.probability {
            return Ok(Looked { nearest: Some(ladder.0[0].clone()), ..Looked::default() });
        }
        if high < self.probability {
            return Ok(Looked::default());
        }
        while above - below > 1 {
            let middle = usize::midpoint(below, above);
            let found = self.share(&ladder.0[middle])?;
            if found >= self.probability {
                (above, high) = (middle, found);
            } else {
                (below, low) = (middle, found);
            }
        }
        // the start of all that follows, which was found on few trials
        let money = space.cost(&ladder.0[below]);
        let polished = self.search(money)?.exchange(ladder.0[below].clone(), RUNG_PACE)?;
        let better = self.share(&polished)?;
        let start = if better > low { (polished, better) } else { (ladder.0[below].clone(), low) };
        let mut known = vec![start, (ladder.0[above].clone(), high)];
        if let Some(lower) = below.checked_sub(1).filter(|_| known[0].1 >= self.probability) {
            known.push((ladder.0[lower].clone(), self.share(&ladder.0[lower])?));
        }
        // what aims higher than a rung that just gives it lies between that and the next one
        if let Some(higher) = ladder.0.get(above + 1) {
            known.push((higher.clone(), self.share(higher)?));
        }
        let trials = self.ground.experiment.settings.trials.min(TRIALS) as f64;
        let error = (self.probability * (1.0 - self.probability) / trials).sqrt();
        for higher in 0..TRIES {
            let aim = self.probability + AIM * error * higher as f64;
            // between those nearest to the aim: a spending that gave an earlier one may be too little for it
            let by_share = |a: &&(Spending, f64), b: &&(Spending, f64)| a.1.total_cmp(&b.1);
            let low = known.iter().filter(|(_, share)| *share < aim).max_by(by_share);
            let high = known.iter().filter(|(_, share)| *share >= aim).min_by(by_share);
            let (Some(low), Some(high)) = (low, high) else { break };
            let (from, to) = (space.cost(&low.0), space.cost(&high.0));
            let part = ((aim - low.1) / (high.1 - low.1)).clamp(0.05, 0.95);
            let money = from + (to - from) * part;
            let filled = self.search(money)?.fill(&low.0, money, RUNG_STEPS)?;
            let found = self.search(money)?.exchange(filled, RUNG_PACE)?;
            let share = self.share(&found)?;
            known.push((found, share));
        }
        // of those that give it, or lack less than the error of these draws, the nearest
        let over = |share: f64| share - self.probability;
        let given = known.iter().filter(|(_, share)| over(*share) >= -error);
        let nearest =
            given.min_by(|a, b| over(a.1).abs().total_cmp(&over(b.1).abs())).map(|(found, _)| found.clone());
        let again = nearest.as_ref().map(|found| self.gap(found)).transpose()?;
        let gap = again.as_ref().map_or(0.0, |(gap, _)| *gap);
        let seen = known.into_iter().map(|(found, _)| found).chain(again.map(|(_, again)| again)).collect();
        Ok(Looked { nearest, seen, gap })
    }

    /// The search at `money`, 亿元.
    fn search(&self, money: f64) -> Result<Search<'_>, AnalysisError> {
        let rule = self.ground.rule(self.worlds, self.name, money, self.trials, self.alone)?;
        self.ground.search(self.worlds, rule, money, self.trials)
    }

    /// What searching on from `found` on other draws adds there, and where that leads. Its mean is no less than what the best
    /// split of that money has over this one (Mak, Morton and Wood 1999, Operations Research Letters 24:47), as far as the
    /// search finds the best on its own draws.
    fn gap(&self, found: &Spending) -> Result<(f64, Spending), AnalysisError> {
        let money = self.ground.space.cost(found);
        let search = Search { seed: self.ground.experiment.settings.seed ^ AGAIN, ..self.search(money)? };
        let again = search.exchange(found.clone(), PACE)?;
        let values = search.values(&[found.clone(), again.clone()])?;
        Ok(((values[1] - values[0]).max(0.0), again))
    }

    /// Share of hits on draws of its own, in the worst world (over all, if the rule is their mean).
    fn share(&self, spending: &Spending) -> Result<f64, AnalysisError> {
        let Wanted { ground, worlds, name, .. } = *self;
        let settings = ground.experiment.settings;
        let rule = if name == RuleName::Mean { Rule::Mean } else { Rule::Maximin };
        let search = Search {
            experiment: ground.experiment,
            space: ground.space,
            objective: ground.objective,
            worlds,
            rule,
            bounds: ground.bounds,
            widths: vec![0.0; worlds.len()],
            seed: settings.seed ^ OTHER,
            trials: settings.trials.min(TRIALS),
        };
        Ok(search.values(std::slice::from_ref(spending))?[0])
    }
}
