//! What is paid for an instrument when another multiple of its present money is announced.
//!
//! Most money is paid as announced. Awards are paid for approvals, in whole awards, and what a year leaves is not carried
//! over: twice the money need not pay twice as much, and half of money that approvals never take may pay all the same.

use super::setting::Runs;
use super::space::{Space, Spending};
use super::verdict::FRESH;
use crate::analysis::AnalysisError;

/// Multiples of the present money at which payments that are not in proportion are measured.
const MULTIPLES: [f64; 14] = [0.0, 0.01, 0.03, 0.08, 0.16, 0.25, 0.35, 0.5, 0.65, 0.8, 1.0, 1.35, 1.9, 3.0];
/// Most trials of that measurement. It steers the search; what is told is paid in the trials that judge.
const TRIALS: u64 = 4_096;
/// Share of the mean slope below which money beyond what was measured is not paid any more.
const FLAT: f64 = 0.01;
/// How often a spending is cut to its budget.
const CUTS: usize = 8;

/// What is paid by multiple of the present money.
#[derive(Clone, Debug, PartialEq)]
pub struct Payments {
    /// What is paid at present, 亿元.
    pub present: f64,
    /// Multiples with what is paid, both rising from 0; nothing where payments are in proportion.
    bends: Vec<(f64, f64)>,
}

impl Payments {
    /// In proportion to what is announced.
    pub fn in_proportion(present: f64) -> Self {
        Self { present, bends: Vec::new() }
    }

    /// Through what was measured at these multiples, 亿元, scaled to what is paid at present; in proportion where the
    /// measurement is.
    fn through(present: f64, measured: &[(f64, f64)]) -> Self {
        let at_present = measured.iter().find(|(multiple, _)| *multiple == 1.0).map_or(0.0, |point| point.1);
        if at_present <= 0.0 {
            return Self::in_proportion(present);
        }
        let mut most: f64 = 0.0;
        let bends = measured.iter().map(|&(multiple, paid)| {
            most = most.max(paid / at_present * present);
            (multiple, most)
        });
        let bends: Vec<(f64, f64)> = bends.collect();
        let is_line = |&(multiple, paid): &(f64, f64)| (paid - multiple * present).abs() <= 1e-9 * present;
        let bends = if bends.iter().all(is_line) { Vec::new() } else { bends };
        Self { present, bends }
    }

    /// Whether payments are out of proportion to what is announced.
    pub fn bend(&self) -> bool {
        !self.bends.is_empty()
    }

    /// What is paid at this multiple, 亿元.
    pub fn money(&self, multiple: f64) -> f64 {
        let Some((before, next)) = self.around(|point| point.0 >= multiple) else {
            return self.present * multiple;
        };
        before.1 + (next.1 - before.1) * (multiple - before.0) / (next.0 - before.0)
    }

    /// The least multiple at which so much is paid; the largest one that was measured where that is never paid.
    pub fn multiple(&self, money: f64) -> f64 {
        let Some((before, next)) = self.around(|point| point.1 >= money) else {
            return money / self.present;
        };
        if (money - self.present).abs() <= 1e-12 * self.present {
            return 1.0;
        }
        let slope = (next.1 - before.1) / (next.0 - before.0);
        if money > next.1 && slope < FLAT * self.present {
            return next.0;
        }
        if slope > 0.0 { before.0 + (money - before.1) / slope } else { before.0 }
    }

    /// The neighbours between which `reached` comes true, the last two where it never does; `None` for proportions.
    fn around(&self, reached: impl Fn(&(f64, f64)) -> bool) -> Option<((f64, f64), (f64, f64))> {
        let last = self.bends.len().checked_sub(1)?;
        let next = self.bends.iter().position(reached).unwrap_or(last).max(1);
        Some((self.bends[next - 1], self.bends[next]))
    }
}

/// Measures what is paid for funded instruments that pay awards, in the first world.
///
/// # Errors
/// Those of a run.
pub fn measure(space: &mut Space, runs: Runs<'_>) -> Result<(), AnalysisError> {
    let pays_awards = |k: &usize| space.model.instruments[space.funded[*k].instrument].pipeline.is_some();
    let awards: Vec<usize> = (0..space.funded.len()).filter(pays_awards).collect();
    if awards.is_empty() {
        return Ok(());
    }
    let present = space.present();
    let at = |k: usize, multiple: f64| {
        let mut spending = present.clone();
        spending.factor[k] = multiple;
        spending
    };
    let spendings = awards.iter().flat_map(|&k| MULTIPLES.iter().map(move |&multiple| at(k, multiple)));
    let spendings: Vec<Spending> = spendings.collect();
    let settings = runs.experiment.settings;
    let first = Runs { worlds: &runs.worlds[..1], ..runs };
    let sampled = first.run(space, &spendings, settings.seed ^ FRESH, settings.trials.min(TRIALS))?;
    for (place, &k) in awards.iter().enumerate() {
        let paid = |level: usize| sampled.paid(0, place * MULTIPLES.len() + level);
        let measured =
            MULTIPLES.iter().enumerate().map(|(level, &multiple)| (multiple, paid(level) - paid(0)));
        let measured: Vec<(f64, f64)> = measured.collect();
        space.funded[k].payments = Payments::through(space.funded[k].payments.present, &measured);
    }
    Ok(())
}

/// `chosen`, of all movable money as much less as it takes to pay no more than `budget`, 亿元, for the whole policy on the
/// draws that judge: years of awards may have been moved to where more approvals wait.
///
/// # Errors
/// Those of a run.
pub fn within_budget(
    space: &Space,
    runs: Runs<'_>,
    chosen: Spending,
    lowest: &Spending,
    budget: f64,
) -> Result<Spending, AnalysisError> {
    if !space.bends() {
        return Ok(chosen);
    }
    let settings = runs.experiment.settings;
    let first = Runs { worlds: &runs.worlds[..1], ..runs };
    let mut at = chosen;
    for _ in 0..CUTS {
        let paid =
            first.run(space, std::slice::from_ref(&at), settings.seed ^ FRESH, settings.trials)?.paid(0, 0);
        if paid <= budget * (1.0 + 1e-9) + 1e-9 {
            return Ok(at);
        }
        let movable = space.cost(&at) - space.cost(lowest);
        // a little more than is too much, as cuts of whole awards pay in steps
        let kept = 1.0 - (1.1 * (paid - budget) / movable.max(1e-12)).clamp(0.001, 1.0);
        at = space.between(lowest, &at, kept);
    }
    Ok(lowest.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_that_approvals_never_take_saves_nothing_when_cut() {
        // a tenth of the money pays all there is to pay
        let paid = Payments::through(4.0, &[(0.0, 0.0), (0.1, 2.0), (1.0, 2.0), (3.0, 2.0)]);
        assert!(paid.bend());
        assert_eq!(
            [0.05, 0.1, 0.5, 1.0, 3.0].map(|multiple| paid.money(multiple)),
            [2.0, 4.0, 4.0, 4.0, 4.0]
        );
        assert_eq!((paid.multiple(2.0), paid.multiple(3.9), paid.multiple(4.0)), (0.05, 0.0975, 1.0));
        // more than approvals take is never paid
        assert_eq!(paid.multiple(5.0), 3.0);
    }

    #[test]
    fn proportions_stay_proportions() {
        let paid = Payments::through(4.0, &[(0.0, 0.0), (0.5, 1.0), (1.0, 2.0), (3.0, 6.0)]);
        assert_eq!(paid, Payments::in_proportion(4.0));
        assert_eq!((paid.money(0.3), paid.multiple(1.2)), (4.0 * 0.3, 1.2 / 4.0));
    }

    #[test]
    fn payments_go_on_beyond_what_was_measured_as_they_ended() {
        let paid = Payments::through(4.0, &[(0.0, 0.0), (1.0, 2.0), (3.0, 4.0)]);
        assert_eq!((paid.money(5.0), paid.multiple(12.0)), (12.0, 5.0));
    }
}
