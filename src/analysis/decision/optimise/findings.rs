//! What an optimisation found, as it is written to its document.

use serde::{Deserialize, Serialize};

use super::CHOSEN;
use super::objective::RuleName;
use super::setting::Bound;
use super::space::{Space, Spending};
use super::together::{ByRule, Together};
use crate::analysis::decision::answer::{named_instrument, named_world};
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::decision::figures::{chance_change, mean_change, mean_of};
use crate::analysis::decision::{Estimate, Latest, QuantityInfo};
use crate::analysis::results::{Ends, Named};
use crate::analysis::summarise::{LEVEL, ends};
use crate::model::Model;

/// The best split of a budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Optimum {
    /// The policy whose money was moved.
    pub policy: Named,
    /// What the target is judged by; `null` for groups.
    pub quantity: Option<QuantityInfo>,
    /// How several worlds became one figure.
    pub rule: RuleName,
    /// First year whose money could be moved; what is paid before is as at present and counts as spent.
    pub from: i32,
    /// Last year of which the scenario holds figures: its base year, or that of a later past figure. Unless asked for, the
    /// next year is the first one.
    pub last_known: i32,
    /// The figure of that year; `null` where it is the base year.
    pub latest: Option<Latest>,
    /// Expected public money of the years before, as far as it is of instruments whose later money can be moved, 亿元.
    pub spent: f64,
    /// Whether the target is as good as certain with the least money that the bounds allow: then nothing is searched, and
    /// the chosen spending is that one.
    pub certain: bool,
    /// Expected public money of the whole policy, 亿元.
    pub budget: f64,
    /// Whether the bounds set the budget: none was asked for, and that of the present plan lies outside of them.
    pub by_bounds: bool,
    /// Whether the bounds allow the present plan.
    pub allows_present: bool,
    /// Part of it that cannot be moved, 亿元, that of the years before excepted.
    pub fixed_cost: f64,
    /// The most that can be spent within the bounds, 亿元.
    pub most: f64,
    /// The present plan, by world.
    pub present: Vec<Outcome>,
    /// The present split with the budget in place of its own money, by world; empty where the two are the same and where
    /// the bounds forbid it.
    pub scaled: Vec<Outcome>,
    /// The chosen spending, by world.
    pub best: Vec<Outcome>,
    /// Money that the search had placed and that was taken out again, 亿元: fresh draws showed no use of it.
    pub useless: f64,
    /// Probability of the chosen spending less that of the present split with the same money (where the bounds forbid that,
    /// less that of the present plan), over the same fresh trials, by world.
    pub gain: Vec<Estimate>,
    /// The same of the mean quantity; empty for groups.
    pub quantity_gain: Vec<Estimate>,
    /// What the rule makes of several worlds, by which the answer stands or falls; `null` for one world.
    pub together: Option<Together>,
    /// Probability on the draws of the search less that on fresh ones, by world: what the choice flattered itself with,
    /// and the sampling error of both.
    pub optimism: Vec<Estimate>,
    /// Trials of each comparison of the search at the budget: what it saw rests on fewer than what is told.
    pub search_trials: u64,
    /// Instruments with movable money.
    pub instruments: Vec<Line>,
    /// Instruments whose money stays.
    pub fixed: Vec<FixedMoney>,
    /// Split over clusters of the instruments that state one.
    pub clusters: Vec<Split>,
    /// Split over years of the instruments whose amounts are certain.
    pub years: Vec<Split>,
    /// Spendings by rising money, each with its own figures; the probability and the mean quantity rise with the money.
    pub frontier: Vec<Point>,
    /// The present plan, the chosen spending and that of the least money, read as the points of the frontier are.
    pub plans: Vec<Point>,
    /// From where on more money raises no chance that the trials can see; `null` where it does up to the most that was
    /// looked at.
    pub enough: Option<Enough>,
    /// The least money for a wanted probability; `null` unless asked for.
    pub least: Option<Least>,
}

/// What one spending comes to in one world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// World.
    pub world: Named,
    /// Share of trials that meet the target.
    pub probability: f64,
    /// Wilson interval of the probability.
    pub interval: Ends,
    /// Mean of the target's quantity; `null` for groups.
    pub quantity: Option<Estimate>,
    /// Mean public money that the whole policy pays in this world, 亿元. Budget and frontier count that of the first world.
    pub cost: f64,
}

/// One instrument's money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Instrument.
    pub instrument: Named,
    /// Expected public money at present, 亿元.
    pub present: f64,
    /// Expected public money in the chosen spending, 亿元.
    pub best: f64,
    /// The same in the spending of the least money for the wanted probability; `null` without one.
    pub least: Option<f64>,
    /// Part of each that is paid before the first year that can be moved, 亿元.
    pub spent: f64,
    /// Least and most money that the search could give it, 亿元.
    pub bounds: Ends,
    /// Whether the most is assumed: nothing was asked for, and effects beyond three times the present are nobody's
    /// evidence.
    pub assumed: bool,
    /// Whether its yearly amounts are certain, so that the search can move them from year to year.
    pub splits_years: bool,
    /// Whether the file states its shares of clusters, so that the search can move them.
    pub splits_clusters: bool,
    /// Change of the probability for one more 亿元 at the chosen spending, by world: what helps in one of them is of use,
    /// whichever decides by the rule.
    pub probability_per_money: Vec<Estimate>,
    /// Change of the mean quantity for one more 亿元 at the chosen spending, by world; empty for groups.
    pub quantity_per_money: Vec<Estimate>,
    /// Probability of the chosen spending less that of the same with this instrument as at present, by world.
    pub change: Vec<Estimate>,
    /// The same of the mean quantity; empty for groups.
    pub quantity_change: Vec<Estimate>,
}

/// An instrument whose money stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FixedMoney {
    /// Instrument.
    pub instrument: Named,
    /// `free`: it has no public money of its own; `unscaled`: part of its effect does not depend on its money; `spent`: it is all
    /// paid before the first year that can be moved.
    pub reason: String,
    /// By how much less would be paid if it alone were dropped, mean, 亿元: of one without money of its own, what awards of
    /// others come to more (or less) through it.
    pub money: f64,
    /// Interval of that mean.
    pub interval: Ends,
}

/// How one instrument's money is split.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// Instrument.
    pub instrument: Named,
    /// Parts in the order of the file.
    pub parts: Vec<Part>,
}

/// One cluster or year of a split. Shares of years are of all the money of the instrument, shares of clusters are of what
/// can be moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Cluster, or the year as identifier.
    pub part: Named,
    /// Share at present.
    pub present: f64,
    /// Share in the chosen spending.
    pub best: f64,
    /// Share in the spending of the least money for the wanted probability; `null` without one.
    pub least: Option<f64>,
    /// Whether it is a year before the first one that can be moved.
    pub spent: bool,
}

/// One point of the frontier: one spending.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Expected public money of the whole policy, 亿元.
    pub cost: f64,
    /// Its probability on fresh draws. Of several worlds, the mean if the rule is that, else the worst.
    pub probability: f64,
    /// Interval of the probability, of this point by itself; of the worst world it holds whichever world that is.
    pub interval: Ends,
    /// By the rule of regret, the largest distance from the probability of the best split of the budget for each world alone;
    /// none where this spending costs more than the budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regret: Option<ByRule>,
    /// The world that probability and mean are of; `null` for the mean over worlds.
    pub world: Option<Named>,
    /// Mean quantity in that world (over all); `null` for groups.
    pub quantity: Option<f64>,
    /// Expected public money of every funded instrument, 亿元.
    pub money: Vec<f64>,
    /// Which spending of the document it is: `present`, `best` or `least`; `null` for others.
    pub plan: Option<String>,
}

/// The cheapest point of the frontier that no dearer spending among those judged exceeds in chance beyond the paired error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Enough {
    /// The point.
    pub point: Point,
    /// What the dearest spending judged costs, 亿元.
    pub dearest: f64,
    /// What the dearer spendings do, the present plan aside unless it is the only one.
    pub beyond: Beyond,
    /// Chance of the present plan less that of the point, over the same trials; `null` where the present plan is no dearer.
    pub present: Option<Estimate>,
}

/// What spendings that cost more than enough do, beyond the paired error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beyond {
    /// The mean quantity of some differs, and the chance of none is lower.
    MovesMean,
    /// Neither chance nor mean of any differs.
    Nothing,
    /// The chance of some is lower.
    SomeLower,
    /// The chance of all is lower.
    AllLower,
}

/// The least money for a wanted probability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Least {
    /// The wanted probability.
    pub wanted: f64,
    /// Expected public money of the cheapest row of the frontier that gives it, 亿元; `null` if none does.
    pub cost: Option<f64>,
    /// Where the upper and the lower ends of the intervals of the frontier reach it, linear between its points; `null`
    /// where they do not. The lower end counts `gap`, too.
    pub interval: [Option<f64>; 2],
    /// By how much a second search on other draws raises the probability with the same money: the splits found are not quite
    /// the best, so that the least money may be less.
    pub gap: f64,
    /// What that spending comes to, by world; empty if none was found.
    pub outcomes: Vec<Outcome>,
}

/// What a policy of the fresh run comes to, by world.
pub(super) fn outcomes(
    judged: &Sampled,
    policy: usize,
    cost: impl Fn(usize) -> f64,
    worlds: &[usize],
    model: &Model,
) -> Vec<Outcome> {
    let outcome = |(at, &world): (usize, &usize)| {
        let hits = judged.hits(at, policy, 0);
        Some(Outcome {
            world: named_world(&model.worlds[world]),
            probability: hits.share()?,
            interval: ends(hits.interval(LEVEL)?),
            quantity: mean_of(judged.quantity(at, policy, 0), LEVEL),
            cost: cost(at),
        })
    };
    worlds.iter().enumerate().filter_map(outcome).collect()
}

/// The spendings that tables set beside each other.
pub(super) struct Plans<'a> {
    pub present: &'a Spending,
    pub best: &'a Spending,
    pub least: Option<&'a Spending>,
}

/// Spendings around the chosen one, which comes first ([`CHOSEN`]): with `step` more money, 亿元, in the first instrument,
/// in the second …; then with the first as at present, with the second …
pub(super) fn around(space: &Space, plans: &Plans<'_>, step: f64) -> Vec<Spending> {
    let best = plans.best;
    let more = (0..space.funded.len()).map(|k| {
        let mut more = best.clone();
        let (payments, now) = (&space.funded[k].payments, best.factor[k]);
        // announced in proportion where more is never paid: then it does nothing
        let further = payments.multiple(payments.money(now) + step);
        more.factor[k] = if further > now { further } else { now + step / payments.present };
        more
    });
    let back = (0..space.funded.len()).map(|k| best.with_instrument_of(plans.present, k));
    std::iter::once(best.clone()).chain(more).chain(back).collect()
}

/// Every funded instrument; `judged` is a run of what is [`around`] the chosen spending.
pub(super) fn lines(
    space: &Space,
    model: &Model,
    (judged, worlds): (&Sampled, usize),
    plans: &Plans<'_>,
    bounds: &[Bound],
    step: f64,
) -> Vec<Line> {
    let line = |(k, funded): (usize, &super::space::Funded)| {
        let (more, chosen) = (CHOSEN + 1 + k, CHOSEN);
        let back = CHOSEN + 1 + space.funded.len() + k;
        let chances = |here: usize, there: usize| -> Option<Vec<Estimate>> {
            let one = |world| chance_change(judged.hits(world, here, 0), judged.hits(world, there, 0), LEVEL);
            (0..worlds).map(one).collect()
        };
        let means = |here: usize, there: usize| -> Vec<Estimate> {
            let one =
                |world| mean_change(judged.quantity(world, here, 0), judged.quantity(world, there, 0), LEVEL);
            (0..worlds).filter_map(one).collect()
        };
        let per_money = |changes: Vec<Estimate>| -> Vec<Estimate> {
            let one = |Estimate { value, interval }: Estimate| Estimate {
                value: value / step,
                interval: interval.map(|end| end / step),
            };
            changes.into_iter().map(one).collect()
        };
        let money = |factor: f64| funded.spent + funded.payments.money(factor);
        Some(Line {
            instrument: named_instrument(&model.instruments[funded.instrument]),
            present: money(plans.present.factor[k]),
            best: money(plans.best.factor[k]),
            least: plans.least.map(|least| money(least.factor[k])),
            spent: funded.spent,
            bounds: [money(bounds[k].least), money(bounds[k].most)],
            assumed: bounds[k].assumed,
            splits_years: !funded.years.is_empty(),
            splits_clusters: !funded.clusters.is_empty(),
            probability_per_money: per_money(chances(more, chosen)?),
            quantity_per_money: per_money(means(more, chosen)),
            change: chances(chosen, back)?,
            quantity_change: means(chosen, back),
        })
    };
    space.funded.iter().enumerate().filter_map(line).collect()
}
