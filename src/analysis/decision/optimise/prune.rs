//! Takes out money that does nothing: of what was chosen, whatever can go without a loss that fresh draws show.

use super::space::{Space, Spending};
use crate::analysis::AnalysisError;
use crate::analysis::decision::experiment::{Design, Experiment, Sampled};
use crate::analysis::decision::figures::{chance_change, mean_change};
use crate::analysis::decision::{Goal, QuantityInfo};
use crate::analysis::summarise::LEVEL;
use crate::model::World;

/// A loss of the quantity that is surely below this share of the money it saves is none: a fen for each yuan.
const NOTHING: f64 = 0.01;
/// Parts in which an instrument's money is cut, and how often in the end: each time the parts are those of what is left.
const LEVELS: usize = 4;
const PASSES: usize = 2;
/// Turns the seed of the search into that of the pruning, which is neither the search's nor the judgement's.
const PRUNING: u64 = 0xBB67_AE85_84CA_A73B;

/// What is taken out, and on which draws.
pub struct Pruning<'a> {
    /// Runs on the space's model.
    pub experiment: &'a Experiment<'a>,
    /// What can be moved.
    pub space: &'a Space,
    /// The goal.
    pub goal: &'a Goal,
    /// What the goal is judged by; `None` where only hits count.
    pub quantity: Option<&'a QuantityInfo>,
    /// Worlds, in none of which anything may be lost.
    pub worlds: &'a [World],
    /// Least and most money of every funded instrument, as multiples of the present.
    pub bounds: &'a [(f64, f64)],
    /// Trials of each comparison.
    pub trials: u64,
}

impl Pruning<'_> {
    /// `chosen` without the money of instruments, then of clusters and years, that it does as well without; then again of
    /// instruments, of which less may do once it goes to fewer years.
    pub fn prune(&self, chosen: &Spending) -> Result<Spending, AnalysisError> {
        let kept = self.without_instruments(chosen)?;
        let clusters = |k: usize| (0..kept.clusters[k].len()).map(move |part| Cut::Cluster(k, part));
        let years = |k: usize| (0..kept.years[k].len()).map(move |part| Cut::Year(k, part));
        let parts: Vec<Cut> = (0..kept.factor.len()).flat_map(|k| clusters(k).chain(years(k))).collect();
        let mut kept = self.without(&kept, &parts)?;
        for _ in 0..PASSES {
            kept = self.without_instruments(&kept)?;
        }
        Ok(kept)
    }

    fn without_instruments(&self, from: &Spending) -> Result<Spending, AnalysisError> {
        let levels = |k: usize| (0..LEVELS).map(move |level| Cut::Instrument(k, level));
        let cuts: Vec<Cut> = (0..from.factor.len()).flat_map(levels).collect();
        self.without(from, &cuts)
    }

    /// Those cuts that do no harm one by one, made together from the cheapest on as long as they do none together.
    fn without(&self, from: &Spending, cuts: &[Cut]) -> Result<Spending, AnalysisError> {
        let made = |cut: &Cut| Some((*cut, cut.of(from, self.bounds)?));
        let made: Vec<(Cut, Spending)> = cuts.iter().filter_map(made).collect();
        let singles: Vec<Spending> = made.iter().map(|(_, spending)| spending.clone()).collect();
        let harmless = self.harmless(from, &singles)?;
        let mut free: Vec<(Cut, f64)> = made
            .iter()
            .zip(harmless)
            .filter(|(_, harmless)| *harmless)
            .map(|((cut, spending), _)| (*cut, self.space.cost(from) - self.space.cost(spending)))
            .collect();
        // of one instrument the largest cut alone
        free.dedup_by(|next, first| match (&next.0, &first.0) {
            (Cut::Instrument(next, _), Cut::Instrument(first, _)) => next == first,
            _ => false,
        });
        free.sort_by(|a, b| a.1.total_cmp(&b.1));
        let mut at = from.clone();
        let mut steps = Vec::new();
        for (cut, _) in free {
            if let Some(next) = cut.of(&at, self.bounds) {
                at = next;
                steps.push(at.clone());
            }
        }
        let harmless = self.harmless(from, &steps)?;
        let kept = harmless.iter().take_while(|harmless| **harmless).count();
        Ok(kept.checked_sub(1).map_or_else(|| from.clone(), |last| steps[last].clone()))
    }

    /// Whether each of `others` does as well as `from`, in every world, as far as the trials can tell.
    fn harmless(&self, from: &Spending, others: &[Spending]) -> Result<Vec<bool>, AnalysisError> {
        if others.is_empty() {
            return Ok(Vec::new());
        }
        let all = std::iter::once(from).chain(others).enumerate();
        let design = Design {
            policies: all.map(|(k, spending)| self.space.policy(format!("{k}"), spending)).collect(),
            worlds: self.worlds.to_vec(),
            goals: vec![self.goal.clone()],
            inputs: false,
            renewed: None,
        };
        let seed = self.experiment.settings.seed ^ PRUNING;
        let sampled = self.experiment.run_with(design, seed, self.trials)?;
        let saved = |other: &Spending| self.space.cost(from) - self.space.cost(other);
        let is_harmless = |(k, other): (usize, &Spending)| {
            (0..self.worlds.len()).all(|world| self.loses_nothing(&sampled, world, k + 1, saved(other)))
        };
        Ok(others.iter().enumerate().map(is_harmless).collect())
    }

    fn loses_nothing(&self, sampled: &Sampled, world: usize, other: usize, saved: f64) -> bool {
        let (here, there) = (sampled.hits(world, other, 0), sampled.hits(world, 0, 0));
        let Some(quantity) = self.quantity else {
            // without a quantity a rare hit that no trial loses says little, and no hit says nothing
            return there.count() > 0 && here == there;
        };
        let chance_kept = chance_change(here, there, LEVEL).is_some_and(|change| change.interval[1] >= 0.0);
        let (here, there) = (sampled.quantity(world, other, 0), sampled.quantity(world, 0, 0));
        let kept = mean_change(here, there, LEVEL).is_some_and(|change| {
            let [low, high] = change.interval;
            let (worst, best) = if quantity.sign() > 0.0 { (low, high) } else { (-high, -low) };
            best >= 0.0 || (quantity.is_money() && -worst < NOTHING * saved)
        });
        chance_kept && kept
    }
}

/// Money that is taken out.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// What this instrument has above its least money, but for so many of [`LEVELS`] parts of it.
    Instrument(usize, usize),
    /// What this instrument gives to one of its clusters.
    Cluster(usize, usize),
    /// What this instrument spends in one of its years.
    Year(usize, usize),
}

impl Cut {
    /// The spending without this money; `None` if there is none, if it is all of a split, or if the bound forbids it.
    fn of(self, from: &Spending, bounds: &[(f64, f64)]) -> Option<Spending> {
        let mut less = from.clone();
        let (k, shares, part) = match self {
            Self::Instrument(k, level) => {
                let (least, now) = (bounds[k].0, from.factor[k]);
                less.factor[k] = least + (now - least) * level as f64 / LEVELS as f64;
                return (now > least * (1.0 + 1e-9)).then_some(less);
            }
            Self::Cluster(k, part) => (k, &mut less.clusters[k], part),
            Self::Year(k, part) => (k, &mut less.years[k], part),
        };
        let left = 1.0 - shares[part];
        let factor = from.factor[k] * left;
        if shares[part] <= 0.0 || left <= 1e-9 || factor < bounds[k].0 || from.factor[k] <= 0.0 {
            return None;
        }
        shares[part] = 0.0;
        shares.iter_mut().for_each(|share| *share /= left);
        less.factor[k] = factor;
        Some(less)
    }
}
