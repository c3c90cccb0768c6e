//! What the rule makes of several worlds: one figure of every plan, and one difference.

use serde::{Deserialize, Serialize};

use super::frontier::Figure;
use super::objective::RuleName;
use super::worst;
use crate::analysis::decision::Estimate;
use crate::analysis::decision::answer::named_world;
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::decision::figures::{chance_change, mean_change};
use crate::analysis::results::{Ends, Named};
use crate::analysis::summarise::LEVEL;
use crate::model::Model;
use crate::stats::Level;

/// The rule's own figures, which are what was optimised: by the mean and the worst world probabilities, by regret the
/// largest distance from the probability of the best split found for each world alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Together {
    /// The present plan; `null` by the rule of regret where it costs more than the budget, whose best split it cannot be held
    /// against.
    pub present: Option<ByRule>,
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
    /// Interval of the value: of the worst of all worlds, whichever that is.
    pub interval: Ends,
    /// The world that decides; `null` for the mean.
    pub world: Option<Named>,
}

/// Positions in the judged run of the plans to compare.
pub(super) struct Compared {
    pub present: usize,
    pub scaled: Option<usize>,
    pub best: usize,
    /// Whether the present plan costs no more than the budget.
    pub affords_present: bool,
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
        Some(Together {
            present: Some(told(&present)),
            scaled: scaled.as_ref().map(told),
            best: told(&best),
            gain,
        })
    }

    fn regrets(&self, judged: &Sampled, alone: &Sampled, plans: &Compared) -> Option<Together> {
        let read = |at: usize| self.regret(judged, alone, at);
        let (present, best) = (read(plans.present)?, read(plans.best)?);
        let scaled = plans.scaled.and_then(read);
        let against = plans.scaled.filter(|_| scaled.is_some()).unwrap_or(plans.present);
        // trial by trial and with the sign of chances: less regret is better
        let trials = |at: usize| -> Vec<Vec<f64>> {
            let one = |hit: bool| f64::from(u8::from(hit));
            let of = |world: usize| {
                let pairs = judged.hits(world, at, 0).iter().zip(alone.hits(world, world, 0).iter());
                pairs.map(|(here, there)| one(here) - one(there)).collect()
            };
            (0..self.worlds.len()).map(of).collect()
        };
        let (here, there) = (trials(plans.best), trials(against));
        let interval = worst::difference(self.worlds.len(), |one, other, level| {
            mean_change(&here[one], &there[other], level)
        })?;
        let value = scaled.as_ref().unwrap_or(&present).value - best.value;
        let present = Some(present).filter(|_| plans.affords_present);
        Some(Together { present, scaled, best, gain: Estimate { value, interval } })
    }

    /// The largest distance of a plan of `judged` from the best split for each world alone.
    pub fn regret(&self, judged: &Sampled, alone: &Sampled, at: usize) -> Option<ByRule> {
        // the plan less the best: the least of these is the largest regret
        let change = |world: usize, level: Level| {
            chance_change(judged.hits(world, at, 0), alone.hits(world, world, 0), level)
        };
        let all: Option<Vec<f64>> =
            (0..self.worlds.len()).map(|world| change(world, LEVEL).map(|change| change.value)).collect();
        let (world, value) = all?.into_iter().enumerate().min_by(|a, b| a.1.total_cmp(&b.1))?;
        let [low, high] = worst::interval(self.worlds.len(), change)?;
        // 0 has no sign
        let [value, low, high] = [value, high, low].map(|end| 0.0 - end);
        Some(ByRule { value, interval: [low, high], world: Some(self.named(world)) })
    }

    fn named(&self, world: usize) -> Named {
        named_world(&self.model.worlds[self.worlds[world]])
    }
}
