//! What the rule makes of several worlds: one figure of every plan, and one difference.

use serde::{Deserialize, Serialize};

use super::frontier::Figure;
use super::objective::RuleName;
use crate::analysis::decision::Estimate;
use crate::analysis::decision::answer::named_world;
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::decision::figures::{chance_change, mean_change};
use crate::analysis::results::{Ends, Named};
use crate::analysis::summarise::LEVEL;
use crate::model::Model;

/// The rule's own figures, which are what was optimised: by the mean and the worst world probabilities, by regret the
/// largest distance from the probability of the best split found for each world alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Together {
    /// The present plan.
    pub present: ByRule,
    /// The present split with the budget in place of its own money; `null` where the two are the same or the bounds
    /// forbid it.
    pub scaled: Option<ByRule>,
    /// The chosen spending.
    pub best: ByRule,
    /// By how much the chosen spending is better than the present split with the same money (where the bounds forbid
    /// that, than the present plan), over the same fresh trials.
    pub gain: Estimate,
}

/// What the rule makes of one plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ByRule {
    /// Probability, or by the rule of regret the largest distance.
    pub value: f64,
    /// Interval of the value in the world that decides.
    pub interval: Ends,
    /// The world that decides; `null` for the mean.
    pub world: Option<Named>,
}

/// Positions in the judged run of the plans to compare.
pub(super) struct Compared {
    pub present: usize,
    pub scaled: Option<usize>,
    pub best: usize,
}

/// Reads several worlds as the rule does.
pub(super) struct Reading<'a> {
    pub model: &'a Model,
    pub worlds: &'a [usize],
    pub rule: RuleName,
    /// −1 for a quantity of which the target wants little.
    pub sign: f64,
}

impl Reading<'_> {
    /// The figures of these plans; `alone` is a run, on the same draws, of the best split found for each world alone.
    /// `None` for one world, and for the rule of regret without such a run.
    pub fn of(&self, judged: &Sampled, alone: Option<&Sampled>, plans: &Compared) -> Option<Together> {
        if self.worlds.len() < 2 {
            return None;
        }
        if self.rule == RuleName::Regret {
            return self.regrets(judged, alone?, plans);
        }
        let averaged = self.rule == RuleName::Mean;
        let read = |at: usize| Figure::of(judged, at, 0.0, self.worlds.len(), averaged, self.sign);
        let (present, best) = (read(plans.present)?, read(plans.best)?);
        let scaled = plans.scaled.map(read);
        let scaled = if let Some(scaled) = scaled { Some(scaled?) } else { None };
        let gain = best.chance_over(scaled.as_ref().unwrap_or(&present))?;
        let told = |figure: &Figure<'_>| ByRule {
            value: figure.chance.value,
            interval: figure.chance.interval,
            world: figure.world.map(|world| self.named(world)),
        };
        Some(Together { present: told(&present), scaled: scaled.as_ref().map(told), best: told(&best), gain })
    }

    fn regrets(&self, judged: &Sampled, alone: &Sampled, plans: &Compared) -> Option<Together> {
        let read = |at: usize| {
            let regret = |world: usize| {
                chance_change(alone.hits(world, world, 0), judged.hits(world, at, 0), LEVEL)
                    .map(|regret| (world, regret))
            };
            let all: Option<Vec<(usize, Estimate)>> = (0..self.worlds.len()).map(regret).collect();
            all?.into_iter().max_by(|a, b| a.1.value.total_cmp(&b.1.value))
        };
        let trials = |world: usize, at: usize| -> Vec<f64> {
            let one = |hit: bool| f64::from(u8::from(hit));
            let pairs = alone.hits(world, world, 0).iter().zip(judged.hits(world, at, 0).iter());
            pairs.map(|(there, here)| one(there) - one(here)).collect()
        };
        let told = |(world, regret): &(usize, Estimate)| ByRule {
            value: regret.value,
            interval: regret.interval,
            world: Some(self.named(*world)),
        };
        let (present, best) = (read(plans.present)?, read(plans.best)?);
        let scaled = plans.scaled.and_then(read);
        let (at, world) = match (plans.scaled, &scaled) {
            (Some(at), Some(scaled)) => (at, scaled.0),
            _ => (plans.present, present.0),
        };
        // less regret is better
        let gain = mean_change(&trials(world, at), &trials(best.0, plans.best), LEVEL)?;
        Some(Together { present: told(&present), scaled: scaled.as_ref().map(told), best: told(&best), gain })
    }

    fn named(&self, world: usize) -> Named {
        named_world(&self.model.worlds[self.worlds[world]])
    }
}
