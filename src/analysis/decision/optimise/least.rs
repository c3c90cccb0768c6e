//! The least money for a wanted probability: the cheapest spending that gives it, on other draws than it was found on.

use super::ladder::{Ground, Ladder};
use super::objective::{Rule, RuleName};
use super::prune::OTHER;
use super::search::{PACE, RUNG_PACE, RUNG_STEPS, Search};
use super::space::{Space, Spending};
use crate::analysis::AnalysisError;
use crate::analysis::decision::experiment::Sampled;
use crate::math::special::normal_quantile;
use crate::model::World;

/// Most trials on which the probability is read.
const TRIALS: u64 = 32_768;
/// How often a spending between two neighbours is looked for at most.
const TRIES: usize = 5;
/// A bracket is narrow once its ends differ by less than this share of the money.
const NARROW: f64 = 1e-4;
/// Parts of the present plan that are looked at between two rungs.
const PARTS: usize = 2;
/// By how many standard errors the spendings around the one found aim lower and higher, so that the money at which either end of
/// the interval on the fresh draws has the probability lies between two of them: those draws differ from these by √2 standard
/// errors and more.
const AIMS: [f64; 6] = [-5.0, -2.5, -1.0, 1.0, 2.5, 5.0];

/// Turns the seed of the search into that of the second one.
const AGAIN: u64 = 0x510E_527F_ADE6_82D1;

/// What is looked for.
pub struct Wanted<'a> {
    /// Where.
    pub ground: &'a Ground<'a>,
    /// Worlds.
    pub worlds: &'a [World],
    /// How the probabilities of several worlds become one: their mean, or the worst.
    pub name: RuleName,
    /// Trials of the search.
    pub trials: u64,
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
    /// Money less than that of [`Looked::nearest`] or more, 亿元, at which the probability is a few standard errors lower
    /// or higher.
    pub aside: Vec<f64>,
}

/// A spending with its cost and probability.
#[derive(Clone)]
struct Known {
    spending: Spending,
    cost: f64,
    share: f64,
}

impl Wanted<'_> {
    /// The spending with about that probability, and what came up on the way; nothing if no rung gives it.
    ///
    /// # Errors
    /// Those of a run.
    pub fn look(&self, ladder: &Ladder) -> Result<Looked, AnalysisError> {
        // halving: the probability rises along the ladder
        let (mut below, mut above) = (0, ladder.0.len() - 1);
        let (mut low, mut high) = (self.known(&ladder.0[0])?, self.known(&ladder.0[above])?);
        if low.share >= self.probability {
            return Ok(Looked { nearest: Some(low.spending), ..Looked::default() });
        }
        if high.share < self.probability {
            return Ok(Looked::default());
        }
        while above - below > 1 {
            let middle = usize::midpoint(below, above);
            let found = self.known(&ladder.0[middle])?;
            if found.share >= self.probability {
                (above, high) = (middle, found);
            } else {
                (below, low) = (middle, found);
            }
        }
        // the start of all that follows, which was found on few trials
        let polished = self.known(&self.search(low.cost)?.exchange(low.spending.clone(), RUNG_PACE)?)?;
        if polished.share > low.share {
            low = polished;
        }
        let mut known = vec![low.clone(), high.clone()];
        if let Some(lower) = below.checked_sub(1).filter(|_| low.share >= self.probability) {
            known.push(self.known(&ladder.0[lower])?);
        }
        let (parts, seen) = self.parts(&high)?;
        for part in parts {
            known.push(self.known(&part)?);
        }
        self.narrow(&mut known, &seen)?;
        // of those that give it, or lack less than the error of these draws, the cheapest
        let given = known.iter().filter(|known| known.share >= self.probability - self.error());
        let nearest = given.min_by(|a, b| a.cost.total_cmp(&b.cost)).cloned();
        let again = nearest.as_ref().map(|found| self.gap(&found.spending)).transpose()?;
        let gap = again.as_ref().map_or(0.0, |(gap, _)| *gap);
        let aside = nearest.as_ref().map_or_else(Vec::new, |nearest| self.aside(nearest, &known));
        let seen =
            known.into_iter().map(|known| known.spending).chain(again.map(|(_, again)| again)).collect();
        Ok(Looked { nearest: nearest.map(|nearest| nearest.spending), seen, gap, aside })
    }

    /// Looks between the dearest that is too little and the cheapest that gives it, where the straight line in the normal
    /// quantiles of the probability leads, until the two are next to each other or one gives it to within the error. An end that
    /// stays twice makes the next one the middle: a line over a wide bracket leads astray where the curve bends.
    fn narrow(&self, known: &mut Vec<Known>, seen: &Sampled) -> Result<(), AnalysisError> {
        let mut stays = [0, 0];
        for _ in 0..TRIES {
            let Some((low, high)) = self.bracket(known) else { break };
            let is_given = |known: &Known| (known.share - self.probability).abs() <= self.error();
            if is_given(&low) || is_given(&high) || high.cost - low.cost <= NARROW * high.cost {
                break;
            }
            let [from, to, at] = [low.share, high.share, self.probability].map(|share| self.score(share));
            let part = match stays.iter().any(|stays| *stays > 1) {
                true => 0.5,
                false => ((at - from) / (to - from)).clamp(0.05, 0.95),
            };
            let money = low.cost + (high.cost - low.cost) * part;
            let search = self.search(money)?;
            let filled = search.fill(&low.spending, money, RUNG_STEPS)?;
            let start = self.ground.start(&search, seen, filled, money)?;
            let found = self.known(&search.exchange(start, RUNG_PACE)?)?;
            let moved = usize::from(found.share >= self.probability);
            stays[moved] = 0;
            stays[1 - moved] += 1;
            known.push(found);
        }
        Ok(())
    }

    /// The cheapest that gives the probability, and the dearest of the cheaper ones.
    fn bracket(&self, known: &[Known]) -> Option<(Known, Known)> {
        let given = known.iter().filter(|known| known.share >= self.probability);
        let high = given.min_by(|a, b| a.cost.total_cmp(&b.cost))?;
        let low =
            known.iter().filter(|known| known.cost < high.cost).max_by(|a, b| a.cost.total_cmp(&b.cost))?;
        Some((low.clone(), high.clone()))
    }

    /// The cheapest parts of the present plan that give about the probability and cost less than `high`, with all that were
    /// simulated.
    fn parts(&self, high: &Known) -> Result<(Vec<Spending>, Sampled), AnalysisError> {
        let (space, subsets) = (self.ground.space, self.ground.subsets);
        let search = Search { widths: vec![0.0; self.worlds.len()], ..self.search(high.cost)? };
        let seen = search.simulate(subsets)?;
        let error = (self.probability * (1.0 - self.probability) / self.trials as f64).sqrt();
        let mut parts: Vec<usize> = (0..subsets.len())
            .filter(|&k| space.cost(&subsets[k]) < high.cost)
            .filter(|&k| search.judge(&seen, k) >= self.probability - 3.0 * error)
            .collect();
        parts.sort_by(|&a, &b| space.cost(&subsets[a]).total_cmp(&space.cost(&subsets[b])));
        Ok((parts.into_iter().take(PARTS).map(|k| subsets[k].clone()).collect(), seen))
    }

    /// Money around that of `nearest`, by the slope to its closest neighbour.
    fn aside(&self, nearest: &Known, known: &[Known]) -> Vec<f64> {
        let apart = |other: &&Known| (other.cost - nearest.cost).abs();
        let others = known.iter().filter(|other| apart(other) > NARROW * NARROW * nearest.cost);
        let slope = |other: &Known| {
            (self.score(other.share) - self.score(nearest.share)) / (other.cost - nearest.cost)
        };
        let rising = others.filter(|other| slope(other) > 0.0);
        let Some(slope) = rising.min_by(|a, b| apart(a).total_cmp(&apart(b))).map(slope) else {
            return Vec::new();
        };
        let (p, error) = (self.probability, self.error());
        let money = |aim: f64| {
            // no further than a tenth of what is left to 0 and 1
            let aim = (p + aim * error).clamp(p / 10.0, 1.0 - (1.0 - p) / 10.0);
            nearest.cost + (self.score(aim) - self.score(nearest.share)) / slope
        };
        AIMS.iter().map(|&aim| money(aim)).collect()
    }

    /// Trials on which the probability is read.
    fn reading(&self) -> u64 {
        self.ground.experiment.settings.trials.min(TRIALS)
    }

    /// Standard error of the wanted probability on those draws.
    fn error(&self) -> f64 {
        (self.probability * (1.0 - self.probability) / self.reading() as f64).sqrt()
    }

    /// The normal quantile of a share of those draws; of none and all of them half a trial from the end.
    fn score(&self, share: f64) -> f64 {
        let half = 0.5 / self.reading() as f64;
        normal_quantile(share.clamp(half, 1.0 - half))
    }

    /// The search at `money`, 亿元.
    fn search(&self, money: f64) -> Result<Search<'_>, AnalysisError> {
        let rule = self.ground.rule(self.worlds, self.name, money, self.trials, &[])?;
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

    /// A spending with its share of hits on draws of its own, in the worst world (over all, if the rule is their mean).
    fn known(&self, spending: &Spending) -> Result<Known, AnalysisError> {
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
            trials: self.reading(),
        };
        let share = search.values(std::slice::from_ref(spending))?[0];
        Ok(Known { spending: spending.clone(), cost: ground.space.cost(spending), share })
    }
}

/// `found` with this money in place of its own, 亿元, all of what it has above the least in proportion and within the bounds.
pub fn beside(space: &Space, bounds: &[(f64, f64)], found: &Spending, money: f64) -> Option<Spending> {
    let factor = bounds.iter().map(|bound| bound.0).collect();
    let lowest = Spending { factor, ..found.clone() };
    let (least, now) = (space.cost(&lowest), space.cost(found));
    if now <= least * (1.0 + 1e-9) + 1e-9 || money < least {
        return None;
    }
    let mut beside = space.between(&lowest, found, (money - least) / (now - least));
    for (factor, (low, high)) in beside.factor.iter_mut().zip(bounds) {
        *factor = factor.clamp(*low, *high);
    }
    Some(beside)
}
