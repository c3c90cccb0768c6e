//! Judges on fresh draws what was found, and puts the answer together.

use super::super::coming::last_known;
use super::findings::{
    Beyond, Enough, FixedMoney, Least, Optimum, Outcome, Plans, Point, around, lines, outcomes,
};
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
const FRESH: u64 = 0x6A09_E667_F3BC_C909;
/// Spendings whose costs differ by less than this share are rivals for the same budget.
const RIVAL: f64 = 1e-3;
/// The present plan in the run that judges, and the present split with the money of the budget.
const PRESENT: usize = 0;
const SCALED: usize = 1;

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
struct Standing {
    /// All spendings of the run.
    all: Vec<Spending>,
    /// Those on the frontier, by rising cost, as positions among all.
    kept: Vec<usize>,
    chosen: usize,
    least: Option<usize>,
    /// By the rule of regret a run, on the same draws, of the best split of the budget for each world alone.
    alone: Option<Sampled>,
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
        let scale = self.money / space.cost(&present);
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
        let (all, chosen, least) = self.rivals(sought, &present, &scaled);
        let judged = self.runs.run(space, &all, seed, trials)?;
        let mut standing = self.stand(&judged, all, chosen, least);
        if let Some(wanted) = budget.probability {
            // the cheapest that has it on these draws, so that no row of the frontier speaks against the answer
            let reaches = |&at: &usize| {
                self.figure(&judged, &standing.all, at).is_some_and(|f| f.chance.value >= wanted)
            };
            standing.least = standing.kept.iter().copied().find(reaches);
        }
        standing.alone = (alone.len() > 1).then(|| self.runs.run(space, &alone, seed, trials)).transpose()?;
        let Standing { all, kept, chosen, least, alone } = &standing;
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
            affords_present: self.affords(&present),
        };
        let together = reading.of(&judged, alone.as_ref(), &compared);
        let outcomes = |at: usize| outcomes(&judged, at, self.planned(&all[at]), worlds, model);
        let frontier = self.points(&judged, &standing, kept);
        let own = [Some(PRESENT), Some(*chosen), *least];
        let mut own: Vec<usize> = own.into_iter().flatten().collect();
        own.dedup();
        let own_points = self.points(&judged, &standing, &own);
        let enough = self.enough(&judged, &standing);
        let least = budget.probability.map(|wanted| self.least((wanted, gap), &frontier, *least, &outcomes));
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

    /// Every spending that is judged, with the positions of the chosen one and of that of the least money. After the
    /// present and the scaled one come the candidates for the frontier, none of which costs what the chosen one does.
    fn rivals(
        &self,
        sought: Sought,
        present: &Spending,
        scaled: &Spending,
    ) -> (Vec<Spending>, usize, Option<usize>) {
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
        let others = sought.others.into_iter();
        all.extend(others.filter(|other| !asked.iter().any(|asked| is_rival(other, asked))));
        (all, chosen, least)
    }

    /// The frontier of what was judged. Where a cheaper spending does as well as the chosen one, or better, it is the
    /// answer; so with the least money.
    fn stand(
        &self,
        judged: &Sampled,
        all: Vec<Spending>,
        mut chosen: usize,
        mut least: Option<usize>,
    ) -> Standing {
        let first = chosen;
        let sign = self.sign();
        let figure = |at: usize| self.figure(judged, &all, at).map(|figure| (at, figure));
        let mut figures: Vec<(usize, Figure<'_>)> = (first..all.len()).filter_map(figure).collect();
        figures.sort_by(|a, b| a.1.cost.total_cmp(&b.1.cost));
        let (order, figures): (Vec<usize>, Vec<Figure<'_>>) = figures.into_iter().unzip();
        let place = |at: usize| order.iter().position(|&known| known == at);
        loop {
            let favoured: Vec<usize> =
                [Some(chosen), least].into_iter().flatten().filter_map(place).collect();
            let chain = chain(&figures, sign, &favoured);
            let instead = |at: usize| place(at).and_then(|place| chain.instead[place]).map(|by| order[by]);
            let cheaper = |at: usize| {
                instead(at)
                    .filter(|&by| self.space.cost(&all[by]) <= self.space.cost(&all[at]) * (1.0 + 1e-9))
            };
            // by the rule of regret the answer is not the one with the highest chance in the worst world
            let by_regret = self.budget.rule == RuleName::Regret && self.worlds.len() > 1;
            let next = (
                cheaper(chosen).filter(|_| !by_regret).unwrap_or(chosen),
                least.map(|least| cheaper(least).filter(|_| !by_regret).unwrap_or(least)),
            );
            if next == (chosen, least) {
                let kept = chain.kept.iter().map(|&place| order[place]).collect();
                return Standing { all, kept, chosen, least, alone: None };
            }
            (chosen, least) = next;
        }
    }

    /// What the spending at this position comes to, as the frontier counts it.
    fn figure<'j>(&self, judged: &'j Sampled, all: &[Spending], at: usize) -> Option<Figure<'j>> {
        let worlds = self.worlds.len();
        let averaged = is_averaged(self.budget.rule, worlds);
        Figure::of(judged, at, self.planned(&all[at]), worlds, averaged, self.sign())
    }

    /// From where on more money raises no chance that the trials can see, among all that was judged.
    fn enough(&self, judged: &Sampled, standing: &Standing) -> Option<Enough> {
        let Standing { all, kept, .. } = standing;
        let figure = |at: usize| self.figure(judged, all, at).map(|figure| (at, figure));
        // the present split with other money may lie outside the bounds
        let figures: Vec<(usize, Figure<'_>)> =
            (0..all.len()).filter(|&at| at != SCALED).filter_map(figure).collect();
        let of = |at: usize| figures.iter().find(|(known, _)| *known == at).map(|(_, figure)| figure);
        let dearest = figures.iter().map(|(_, figure)| figure.cost).fold(0.0, f64::max);
        let is_enough = |at: &usize| {
            of(*at).is_some_and(|here| {
                let dearer = figures.iter().filter(|(_, there)| there.is_dearer_than(here));
                dearer.clone().count() > 0
                    && dearer
                        .map(|(_, there)| there.chance_over(here))
                        .all(|change| change.is_none_or(|change| change.interval[0] <= 0.0))
            })
        };
        let at = kept.iter().copied().find(is_enough)?;
        let (here, now) = (of(at)?, of(PRESENT)?);
        let present = now.is_dearer_than(here).then(|| now.chance_over(here)).flatten();
        let point = self.points(judged, standing, &[at]).pop()?;
        // the present plan may do worse by its split, which says nothing about money
        let (plan, others): (Vec<_>, Vec<_>) = figures
            .iter()
            .filter(|(_, there)| there.is_dearer_than(here))
            .partition(|(at, _)| *at == PRESENT);
        let dearer = if others.is_empty() { plan } else { others };
        let is_lower = |(_, there): &&(usize, Figure<'_>)| {
            there.chance_over(here).is_some_and(|change| change.interval[1] < 0.0)
        };
        // in any world: the worst one may be another there
        let moves = |(there, _): &(usize, Figure<'_>)| {
            (0..self.worlds.len()).any(|world| {
                let (there, here) = (judged.quantity(world, *there, 0), judged.quantity(world, at, 0));
                let change = mean_change(there, here, LEVEL).filter(|_| self.quantity.is_some());
                change.is_some_and(|Estimate { interval: [low, high], .. }| low > 0.0 || high < 0.0)
            })
        };
        let beyond = match dearer.iter().copied().filter(|there| is_lower(there)).count() {
            0 if dearer.iter().any(|there| moves(there)) => Beyond::MovesMean,
            0 => Beyond::Nothing,
            lower if lower == dearer.len() => Beyond::AllLower,
            _ => Beyond::SomeLower,
        };
        Some(Enough { point, dearest, beyond, present })
    }

    /// These spendings as points.
    fn points(&self, judged: &Sampled, standing: &Standing, which: &[usize]) -> Vec<Point> {
        let Standing { all, chosen, least, alone, .. } = standing;
        let (present, reading) = (self.space.present(), self.reading());
        let point = |&at: &usize| {
            let spending = &all[at];
            let figure = self.figure(judged, all, at)?;
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
                    .filter(|_| self.affords(spending))
                    .and_then(|alone| reading.regret(judged, alone, at)),
                world: figure.world.map(|world| named_world(&self.model.worlds[self.worlds[world]])),
                quantity: figure.mean,
                money: money.map(|(funded, factor)| funded.spent + funded.cost * factor).collect(),
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

    /// Expected public money of the whole policy, 亿元.
    fn planned(&self, spending: &Spending) -> f64 {
        self.space.cost(spending) + self.space.spent() + self.fixed_cost
    }

    /// Whether a spending costs no more than the budget.
    fn affords(&self, spending: &Spending) -> bool {
        self.space.cost(spending) <= self.money + 1e-9 * (1.0 + self.money)
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
