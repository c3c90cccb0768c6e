//! Takes out money that does nothing, and moves back what was moved for nothing: whatever other draws than those of the
//! search show no use of.

use super::space::{Space, Spending};
use crate::analysis::AnalysisError;
use crate::analysis::decision::experiment::{Design, Experiment, Sampled};
use crate::analysis::decision::figures::{chance_change, mean_change};
use crate::analysis::decision::{Goal, QuantityInfo};
use crate::analysis::summarise::LEVEL;
use crate::model::World;

/// Money has no use if it brings less of the quantity than this share of what as much money brings in its best use.
pub const WORTH: f64 = 0.05;
/// Parts in which an instrument's money is cut.
const LEVELS: usize = 5;
/// A share below this one, and below half of that at present, is dust that the search has left.
const DUST: f64 = 0.05;
/// Turns the seed of the search into that of the pruning, which is neither the search's nor the judgement's.
pub const OTHER: u64 = 0xBB67_AE85_84CA_A73B;

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
    /// instruments, of which less may do once it goes to fewer years; and split as at present wherever that does as well.
    pub fn prune(&self, chosen: &Spending) -> Result<Spending, AnalysisError> {
        let mut best_use = None;
        let mut kept = self.without_instruments(chosen, &mut best_use)?;
        let mut stages = vec![kept.clone()];
        let clusters = |k: usize| (0..kept.clusters[k].len()).map(move |part| Cut::Cluster(k, part));
        let years = |k: usize| (0..kept.years[k].len()).map(move |part| Cut::Year(k, part));
        let parts: Vec<Cut> = (0..kept.factor.len()).flat_map(|k| clusters(k).chain(years(k))).collect();
        kept = self.without(&kept, &parts, &mut best_use)?;
        kept = self.without_instruments(&kept, &mut best_use)?;
        stages.push(kept.clone());
        let back = |k: usize| [Cut::OldClusters(k), Cut::OldYears(k)];
        let back: Vec<Cut> = (0..kept.factor.len()).flat_map(back).collect();
        kept = self.without(&kept, &back, &mut best_use)?;
        stages.push(kept.clone());
        let dust = |k: usize| [Cut::DustOfClusters(k), Cut::DustOfYears(k)];
        let dust: Vec<Cut> = (0..kept.factor.len()).flat_map(dust).collect();
        stages.push(self.without(&kept, &dust, &mut best_use)?);
        self.last_harmless(chosen, &stages, &mut best_use)
    }

    /// The last of these stages that does as well as `chosen` itself, on all trials: what each stage loses too little of to be
    /// seen can be seen together.
    fn last_harmless(
        &self,
        chosen: &Spending,
        stages: &[Spending],
        best_use: &mut Option<f64>,
    ) -> Result<Spending, AnalysisError> {
        let money = self.space.cost(chosen);
        let stages: Vec<(Spending, f64)> = stages.iter().map(|stage| (stage.clone(), money)).collect();
        let all = Self { trials: self.experiment.settings.trials, ..*self };
        let harmless = all.harmless(chosen, &stages, best_use)?;
        let last = harmless.iter().rposition(|harmless| *harmless);
        Ok(last.map_or_else(|| chosen.clone(), |last| stages[last].0.clone()))
    }

    /// What a 亿元 brings of the quantity in its best use: the most that any of the cuts loses for one. 0 where only hits
    /// count.
    fn best_use(&self, sampled: &Sampled, cuts: &[(Spending, f64)]) -> f64 {
        let Some(quantity) = self.quantity else { return 0.0 };
        let rate = |(k, (_, saved)): (usize, &(Spending, f64))| {
            let lost = (0..self.worlds.len()).filter_map(|world| {
                let (here, there) = (sampled.quantity(world, 0, 0), sampled.quantity(world, k + 1, 0));
                Some(quantity.sign() * mean_change(here, there, LEVEL)?.value / saved)
            });
            lost.fold(0.0, f64::max)
        };
        cuts.iter().enumerate().map(rate).fold(0.0, f64::max)
    }

    fn without_instruments(
        &self,
        from: &Spending,
        best_use: &mut Option<f64>,
    ) -> Result<Spending, AnalysisError> {
        let levels = |k: usize| (0..LEVELS).map(move |level| Cut::Instrument(k, level));
        let cuts: Vec<Cut> = (0..from.factor.len()).flat_map(levels).collect();
        self.without(from, &cuts, best_use)
    }

    /// Those cuts that do no harm one by one, made together from the cheapest on as long as they do none together. The
    /// first cuts tell what the best use is.
    fn without(
        &self,
        from: &Spending,
        cuts: &[Cut],
        best_use: &mut Option<f64>,
    ) -> Result<Spending, AnalysisError> {
        let made = |cut: &Cut| cut.of(from, self).map(|made| (*cut, made));
        let (made, singles): (Vec<Cut>, Vec<(Spending, f64)>) = cuts.iter().filter_map(made).unzip();
        let harmless = self.harmless(from, &singles, best_use)?;
        let free = made.iter().zip(&singles).zip(harmless).filter(|(_, harmless)| *harmless);
        let mut free: Vec<(Cut, f64)> = free.map(|((cut, (_, money)), _)| (*cut, *money)).collect();
        // of one instrument the largest cut alone
        free.dedup_by(|next, first| match (&next.0, &first.0) {
            (Cut::Instrument(next, _), Cut::Instrument(first, _)) => next == first,
            _ => false,
        });
        free.sort_by(|a, b| a.1.total_cmp(&b.1));
        let mut at = from.clone();
        let mut steps: Vec<(Spending, f64)> = Vec::new();
        for (cut, _) in free {
            if let Some((next, money)) = cut.of(&at, self) {
                at = next;
                let before = steps.last().map_or(0.0, |step| step.1);
                steps.push((at.clone(), before + money));
            }
        }
        let harmless = self.harmless(from, &steps, best_use)?;
        let kept = harmless.iter().take_while(|harmless| **harmless).count();
        Ok(kept.checked_sub(1).map_or_else(|| from.clone(), |last| steps[last].0.clone()))
    }

    fn simulate(&self, from: &Spending, others: &[Spending]) -> Result<Sampled, AnalysisError> {
        let all = std::iter::once(from).chain(others).enumerate();
        let design = Design {
            policies: all.map(|(k, spending)| self.space.policy(format!("{k}"), spending)).collect(),
            worlds: self.worlds.to_vec(),
            goals: vec![self.goal.clone()],
            keep: Default::default(),
            renewed: None,
        };
        self.experiment.run_with(design, self.experiment.settings.seed ^ OTHER, self.trials)
    }

    /// Whether each of `others` does as well as `from`, in every world, as far as the trials can tell; with the money, 亿元,
    /// that it saves or moves.
    fn harmless(
        &self,
        from: &Spending,
        others: &[(Spending, f64)],
        best_use: &mut Option<f64>,
    ) -> Result<Vec<bool>, AnalysisError> {
        if others.is_empty() {
            return Ok(Vec::new());
        }
        let spendings: Vec<Spending> = others.iter().map(|(spending, _)| spending.clone()).collect();
        let sampled = self.simulate(from, &spendings)?;
        let best_use = *best_use.get_or_insert_with(|| self.best_use(&sampled, others));
        let is_harmless = |(k, (_, money)): (usize, &(Spending, f64))| {
            let nothing = WORTH * best_use * money;
            (0..self.worlds.len()).all(|world| self.loses_nothing(&sampled, world, k + 1, nothing))
        };
        Ok(others.iter().enumerate().map(is_harmless).collect())
    }

    fn loses_nothing(&self, sampled: &Sampled, world: usize, other: usize, nothing: f64) -> bool {
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
            best >= 0.0 || -worst < nothing
        });
        chance_kept && kept
    }
}

/// Money that is taken out, or moved back.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// What this instrument has above its least money, but for so many of [`LEVELS`] parts of it.
    Instrument(usize, usize),
    /// What this instrument gives to one of its clusters.
    Cluster(usize, usize),
    /// What this instrument spends in one of its years.
    Year(usize, usize),
    /// What this instrument gives to its clusters in other proportions than at present, among those that get any.
    OldClusters(usize),
    /// What this instrument spends in its years in other proportions than at present, among those that get any.
    OldYears(usize),
    /// What this instrument gives to clusters of which hardly anything is left.
    DustOfClusters(usize),
    /// What this instrument spends in years of which hardly anything is left.
    DustOfYears(usize),
}

impl Cut {
    /// The spending after it, and the money that it saves or moves, 亿元; `None` if there is none, if it is all of a
    /// split, or if the bound forbids it.
    fn of(self, from: &Spending, pruning: &Pruning<'_>) -> Option<(Spending, f64)> {
        let Pruning { space, bounds, .. } = pruning;
        let mut less = from.clone();
        let (k, shares, part) = match self {
            Self::Instrument(k, level) => {
                let (least, now) = (bounds[k].0, from.factor[k]);
                less.factor[k] = least + (now - least) * level as f64 / LEVELS as f64;
                let saved = space.cost(from) - space.cost(&less);
                return (now > least * (1.0 + 1e-9)).then_some((less, saved));
            }
            Self::OldClusters(k) | Self::DustOfClusters(k) => {
                let moved = self.shares_anew(&mut less.clusters[k], &space.present().clusters[k])?;
                let money = space.funded[k].payments.money(from.factor[k]);
                return (money > 0.0).then_some((less, money * moved));
            }
            Self::OldYears(k) | Self::DustOfYears(k) => {
                let moved = self.shares_anew(&mut less.years[k], &space.present().years[k])?;
                let money = space.funded[k].payments.money(from.factor[k]);
                return (money > 0.0).then_some((less, money * moved));
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
        let saved = space.cost(from) - space.cost(&less);
        Some((less, saved))
    }

    /// Gives the parts that have a share their present proportions, or takes what is hardly a share away; returns the
    /// share that moves, `None` if none does or if none is left.
    fn shares_anew(self, shares: &mut [f64], present: &[f64]) -> Option<f64> {
        let is_dust = |share: f64, present: f64| share < DUST && share < present / 2.0;
        let anew = |(&share, &present): (&f64, &f64)| match self {
            Self::OldClusters(_) | Self::OldYears(_) if share > 0.0 => present,
            Self::DustOfClusters(_) | Self::DustOfYears(_) if !is_dust(share, present) => share,
            _ => 0.0,
        };
        let anew: Vec<f64> = shares.iter().zip(present).map(anew).collect();
        let total: f64 = anew.iter().sum();
        if total <= 0.0 {
            return None;
        }
        let mut moved = 0.0;
        for (share, anew) in shares.iter_mut().zip(&anew) {
            let before = std::mem::replace(share, anew / total);
            moved += (before - *share).abs() / 2.0;
        }
        (moved > 1e-9).then_some(moved)
    }
}
