//! Judges on fresh draws what was found, and puts the answer together.

use super::super::coming::last_known;
use super::findings::{FixedMoney, Least, Optimum, Outcome, Plans, Point, around, lines, outcomes};
use super::frontier::{Figure, chain, reaches};
use super::objective::RuleName;
use super::setting::{Bound, Runs, is_averaged};
use super::space::{Fixed, Space, Spending};
use super::splits::{cluster_splits, year_splits};
use super::together::{Compared, Reading};
use super::{Budget, SEARCH_TRIALS, Sought, within};
use crate::analysis::AnalysisError;
use crate::analysis::decision::answer::{named_instrument, named_policy, named_world};
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::decision::figures::{chance_change, mean_change};
use crate::analysis::decision::{Estimate, Latest, QuantityInfo};
use crate::analysis::summarise::LEVEL;
use crate::model::Model;
use crate::stats::Events;

/// Turns the seed of the search into that of the judgement.
pub const FRESH: u64 = 0x6A09_E667_F3BC_C909;
/// Spendings whose costs differ by less than this share are rivals for the same budget.
const RIVAL: f64 = 1e-3;
/// The present plan in the run that judges, and the present split with the money of the budget.
pub const PRESENT: usize = 0;
pub const SCALED: usize = 1;

/// What the judgement needs to know.
pub struct Verdict<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// The policy that is being improved.
    pub policy: usize,
    /// Runs.
    pub runs: Runs<'a>,
    /// What can be moved.
    pub space: &'a Space,
    /// Worlds, as indices into the model.
    pub worlds: &'a [usize],
    /// Bounds of every funded instrument.
    pub bounds: &'a [Bound],
    /// What the goal is judged by.
    pub quantity: Option<QuantityInfo>,
    /// What was asked.
    pub budget: &'a Budget,
    /// The budget of what can be moved, 亿元.
    pub money: f64,
    /// First year that can be moved.
    pub from: i32,
    /// The latest figure of the scenario.
    pub latest: Option<Latest>,
    /// Whether the target is as good as certain without that money.
    pub certain: bool,
    /// Expected public money of what cannot be moved at all, 亿元.
    pub fixed_cost: f64,
    /// What each instrument that stays costs, in the order of the space.
    pub fixed_money: Vec<Estimate>,
    /// The most that the whole policy may cost, 亿元.
    pub most: f64,
}

/// The spendings that were judged: the frontier, and which of them is which.
pub(super) struct Standing {
    /// All spendings of the run.
    pub all: Vec<Spending>,
    /// What the whole policy pays, 亿元, by spending, in the first world.
    pub paid: Vec<f64>,
    /// Position from which on spendings only tell the interval of the least money, and are no rows of the frontier.
    pub aside: usize,
    /// Those on the frontier, by rising cost, as positions among all.
    pub kept: Vec<usize>,
    pub chosen: usize,
    pub least: Option<usize>,
    /// By the rule of regret a run, on the same draws, of the best split of the budget for each world alone.
    pub alone: Option<Sampled>,
}

impl Verdict<'_> {
    /// The answer.
    ///
    /// # Errors
    /// Those of a run.
    pub fn of(self, sought: Sought) -> Result<Optimum, AnalysisError> {
        let Self { model, space, worlds, budget, .. } = self;
        let settings = self.runs.experiment.settings;
        let (seed, trials) = (settings.seed ^ FRESH, settings.trials);
        let present = space.present();
        // what the present split would do with the same money: only that is a difference of splits
        let scale = space.scale(self.money);
        let factor = present.factor.iter().map(|factor| factor * scale).collect();
        let scaled = Spending { factor, ..present.clone() };
        let is_scaled = (scale - 1.0).abs() > 1e-6;
        let limits: Vec<(f64, f64)> = self.bounds.iter().map(|bound| (bound.least, bound.most)).collect();
        let allows_present = within(&present, &limits);
        // what the bounds forbid is no other choice: then the present plan is what there is to compare with
        let is_comparable = is_scaled && within(&scaled, &limits);
        let baseline = if is_comparable { SCALED } else { PRESENT };
        let (useless, gap) = (sought.useless, sought.gap);
        let alone = sought.alone.clone();
        let mut standing = self.rivals(sought, &present, &scaled);
        let judged = self.runs.run(space, &standing.all, seed, trials)?;
        standing.paid = (0..standing.all.len()).map(|at| self.paid(&judged, &standing.all, at, 0)).collect();
        self.stand(&judged, &mut standing);
        if let Some(wanted) = budget.probability {
            // the cheapest that has it on these draws, so that no row of the frontier speaks against the answer
            let reaches = |&at: &usize| {
                self.figure(&judged, &standing.paid, at).is_some_and(|f| f.chance.value >= wanted)
            };
            standing.least = standing.kept.iter().copied().find(reaches);
        }
        standing.alone = (alone.len() > 1).then(|| self.runs.run(space, &alone, seed, trials)).transpose()?;
        let Standing { all, paid, aside, kept, chosen, least, alone } = &standing;
        let best = &all[*chosen];

        let step = if self.money > 0.0 { self.money } else { space.cost(&present) } / 20.0;
        let plans = Plans { present: &present, best, least: least.map(|least| &all[least]) };
        let nearby = self.runs.run(space, &around(space, &plans, step), seed, trials)?;
        let search_trials = trials.min(SEARCH_TRIALS);
        let own = self.runs.run(space, std::slice::from_ref(best), settings.seed, search_trials)?;
        let optimism = (0..worlds.len())
            .filter_map(|world| unpaired(own.hits(world, 0, 0), judged.hits(world, *chosen, 0)));
        let gain = (0..worlds.len()).filter_map(|world| {
            chance_change(judged.hits(world, *chosen, 0), judged.hits(world, baseline, 0), LEVEL)
        });
        let quantity_gain = (0..worlds.len()).filter_map(|world| {
            let (here, there) = (judged.quantity(world, *chosen, 0), judged.quantity(world, baseline, 0));
            mean_change(here, there, LEVEL).filter(|_| self.quantity.is_some())
        });
        let quantity_gain = quantity_gain.collect();
        let reading = self.reading();
        let compared = Compared {
            present: PRESENT,
            scaled: is_comparable.then_some(SCALED),
            best: *chosen,
            affords_present: self.affords(paid[PRESENT]),
        };
        let together = reading.of(&judged, alone.as_ref(), &compared);
        let outcomes =
            |at: usize| outcomes(&judged, at, |world| self.paid(&judged, all, at, world), worlds, model);
        let curve = self.points(&judged, &standing, kept);
        let is_row = |at: &usize| *at < *aside || Some(*at) == *least;
        let rows: Vec<usize> = kept.iter().copied().filter(is_row).collect();
        let frontier = self.points(&judged, &standing, &rows);
        let own = [Some(PRESENT), Some(*chosen), *least];
        let mut own: Vec<usize> = own.into_iter().flatten().collect();
        own.dedup();
        let own_points = self.points(&judged, &standing, &own);
        let enough = self.enough(&judged, &standing);
        let least = budget.probability.map(|wanted| self.least((wanted, gap), &curve, *least, &outcomes));
        Ok(Optimum {
            policy: named_policy(&model.policies[self.policy]),
            rule: budget.rule,
            from: self.from,
            last_known: last_known(model),
            latest: self.latest.clone(),
            spent: space.spent(),
            certain: self.certain,
            budget: self.money + self.fixed_cost + space.spent(),
            by_bounds: budget.money.is_none() && is_scaled,
            allows_present,
            fixed_cost: self.fixed_cost,
            most: self.most,
            present: outcomes(PRESENT),
            scaled: if is_comparable { outcomes(SCALED) } else { Vec::new() },
            best: outcomes(*chosen),
            useless,
            gain: gain.collect(),
            quantity_gain,
            together,
            optimism: optimism.collect(),
            search_trials,
            instruments: lines(space, model, (&nearby, worlds.len()), &plans, self.bounds, step),
            fixed: self.fixed(),
            clusters: cluster_splits(space, model, &plans),
            years: year_splits(space, model, &plans),
            frontier,
            plans: own_points,
            enough,
            least,
            quantity: self.quantity,
        })
    }

    /// Every spending that is judged. After the present and the scaled one come the candidates for the frontier, none of
    /// which costs what the chosen one does.
    fn rivals(&self, sought: Sought, present: &Spending, scaled: &Spending) -> Standing {
        let cost = |spending: &Spending| self.space.cost(spending);
        let mut all = vec![present.clone(), scaled.clone(), sought.chosen];
        let chosen = 2;
        let is_rival =
            |one: &Spending, other: &Spending| (cost(one) - cost(other)).abs() <= RIVAL * (1.0 + cost(other));
        let least = sought.least.map(|least| match is_rival(&least, &all[chosen]) {
            true => chosen,
            false => {
                all.push(least);
                chosen + 1
            }
        });
        let asked: Vec<Spending> = all[chosen..].to_vec();
        for other in sought.others {
            // the same money in other ways may be much better or worse where it works in whole awards
            let is_known = all[chosen..].contains(&other);
            if !is_known && !asked.iter().any(|asked| is_rival(&other, asked)) {
                all.push(other);
            }
        }
        let aside = all.len();
        all.extend(sought.aside);
        Standing { all, paid: Vec::new(), aside, kept: Vec::new(), chosen, least, alone: None }
    }

    /// The frontier of what was judged. Where a cheaper spending does as well as the chosen one, or better, it is the
    /// answer; so with the least money.
    fn stand(&self, judged: &Sampled, standing: &mut Standing) {
        let first = standing.chosen;
        let sign = self.sign();
        let figure = |at: usize| self.figure(judged, &standing.paid, at).map(|figure| (at, figure));
        let mut figures: Vec<(usize, Figure<'_>)> = (first..standing.all.len()).filter_map(figure).collect();
        figures.sort_by(|a, b| a.1.cost.total_cmp(&b.1.cost));
        let (order, figures): (Vec<usize>, Vec<Figure<'_>>) = figures.into_iter().unzip();
        let place = |at: usize| order.iter().position(|&known| known == at);
        let (mut chosen, mut least) = (standing.chosen, standing.least);
        // by the rule of regret the answer is not the one with the highest chance in the worst world
        let by_regret = self.budget.rule == RuleName::Regret && self.worlds.len() > 1;
        loop {
            let favoured: Vec<usize> =
                [Some(chosen), least].into_iter().flatten().filter_map(place).collect();
            let chain = chain(&figures, sign, &favoured);
            let instead = |at: usize| place(at).and_then(|place| chain.instead[place]).map(|by| order[by]);
            let cheaper =
                |at: usize| instead(at).filter(|&by| standing.paid[by] <= standing.paid[at] * (1.0 + 1e-9));
            let next = (
                cheaper(chosen).filter(|_| !by_regret).unwrap_or(chosen),
                least.map(|least| cheaper(least).unwrap_or(least)),
            );
            if next == (chosen, least) {
                standing.kept = chain.kept.iter().map(|&place| order[place]).collect();
                (standing.chosen, standing.least) = next;
                return;
            }
            (chosen, least) = next;
        }
    }

    /// What the spending at this position comes to, as the frontier counts it.
    pub(super) fn figure<'j>(&self, judged: &'j Sampled, paid: &[f64], at: usize) -> Option<Figure<'j>> {
        let worlds = self.worlds.len();
        let averaged = is_averaged(self.budget.rule, worlds);
        Figure::of(judged, at, paid[at], worlds, averaged, self.sign())
    }

    /// These spendings as points.
    pub(super) fn points(&self, judged: &Sampled, standing: &Standing, which: &[usize]) -> Vec<Point> {
        let Standing { all, paid, chosen, least, alone, .. } = standing;
        let (present, reading) = (self.space.present(), self.reading());
        let point = |&at: &usize| {
            let spending = &all[at];
            let figure = self.figure(judged, paid, at)?;
            let plan = match at {
                PRESENT => Some("present"),
                _ if at == *chosen => Some("best"),
                _ if Some(at) == *least => Some("least"),
                _ if *spending == present => Some("present"),
                _ => None,
            };
            let money = self.space.funded.iter().zip(&spending.factor);
            Some(Point {
                cost: figure.cost,
                probability: figure.chance.value,
                interval: figure.chance.interval,
                // what costs more than the budget is no choice to be held against its best split
                regret: alone
                    .as_ref()
                    .filter(|_| self.affords(paid[at]))
                    .and_then(|alone| reading.regret(judged, alone, at)),
                world: figure.world.map(|world| named_world(&self.model.worlds[self.worlds[world]])),
                quantity: figure.mean,
                money: money.map(|(funded, factor)| funded.spent + funded.payments.money(*factor)).collect(),
                plan: plan.map(str::to_owned),
            })
        };
        which.iter().filter_map(point).collect()
    }

    fn least(
        &self,
        (wanted, gap): (f64, f64),
        frontier: &[Point],
        least: Option<usize>,
        outcomes: &dyn Fn(usize) -> Vec<Outcome>,
    ) -> Least {
        let outcomes = least.map(outcomes).unwrap_or_default();
        let cost = outcomes.first().map(|outcome| outcome.cost);
        // what was told on other draws may lie beyond the fresh ends by a hair
        let from = reaches(frontier, wanted, 1, gap).map(|end| cost.map_or(end, |cost| end.min(cost)));
        let to = reaches(frontier, wanted, 0, gap).map(|end| cost.map_or(end, |cost| end.max(cost)));
        Least { wanted, cost, interval: [from, to], gap, outcomes }
    }

    fn fixed(&self) -> Vec<FixedMoney> {
        let fixed =
            self.space.fixed.iter().zip(&self.fixed_money).map(|(&(instrument, reason), money)| FixedMoney {
                money: money.value,
                interval: money.interval,
                instrument: named_instrument(&self.model.instruments[instrument]),
                reason: match reason {
                    Fixed::Free => "free".to_owned(),
                    Fixed::Unscaled => "unscaled".to_owned(),
                    Fixed::Spent => "spent".to_owned(),
                },
            });
        fixed.collect()
    }

    /// What is paid for the whole policy in a world, 亿元: the mean over the trials that judge. In the first one, where payments
    /// are in proportion, what the budget counts is the same but for rounding, and stands for it.
    fn paid(&self, judged: &Sampled, all: &[Spending], at: usize, world: usize) -> f64 {
        let counted = self.space.cost(&all[at]) + self.space.spent() + self.fixed_cost;
        let paid = judged.paid(world, at);
        if (paid - counted).abs() <= 1e-9 * (1.0 + counted) { counted } else { paid }
    }

    /// Whether so much, 亿元, is no more than the budget.
    fn affords(&self, paid: f64) -> bool {
        let budget = self.money + self.fixed_cost + self.space.spent();
        paid <= budget + 1e-9 * (1.0 + budget)
    }

    /// How several worlds are read.
    fn reading(&self) -> Reading<'_> {
        Reading { model: self.model, worlds: self.worlds, rule: self.budget.rule, sign: self.sign() }
    }

    fn sign(&self) -> f64 {
        self.quantity.as_ref().map_or(1.0, QuantityInfo::sign)
    }
}

/// Probability in one set of trials less that in another, independent one; `None` without trials.
fn unpaired(here: &Events, there: &Events) -> Option<Estimate> {
    let (p, q) = (here.share()?, there.share()?);
    let variance = |p: f64, n: usize| p * (1.0 - p) / n as f64;
    let half = LEVEL.z() * (variance(p, here.trials()) + variance(q, there.trials())).sqrt();
    Some(Estimate { value: p - q, interval: [p - q - half, p - q + half] })
}
