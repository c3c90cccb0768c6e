//! What an optimisation found, as it is written to its document.

use serde::{Deserialize, Serialize};

use super::CHOSEN;
use super::objective::RuleName;
use super::space::{Space, Spending};
use crate::analysis::decision::answer::{named_instrument, named_world};
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::decision::figures::{mean_change, mean_of};
use crate::analysis::decision::{Estimate, QuantityInfo};
use crate::analysis::results::{Ends, Named};
use crate::analysis::summarise::{LEVEL, ends};
use crate::model::Model;
use crate::text::Text;

/// The best split of a budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Optimum {
    /// The policy whose money was moved.
    pub policy: Named,
    /// What the target is judged by; `null` for groups.
    pub quantity: Option<QuantityInfo>,
    /// How several worlds became one figure.
    pub rule: RuleName,
    /// Expected public money of the whole policy, 亿元.
    pub budget: f64,
    /// Part of it that cannot be moved, 亿元.
    pub fixed_cost: f64,
    /// The most that can be spent within the bounds, 亿元.
    pub most: f64,
    /// The present plan, by world.
    pub present: Vec<Outcome>,
    /// The present split with the budget in place of its own money, by world; empty where the two are the same.
    pub scaled: Vec<Outcome>,
    /// The chosen spending, by world.
    pub best: Vec<Outcome>,
    /// Money that the search had placed and that was taken out again, 亿元: fresh draws showed no use of it.
    pub useless: f64,
    /// Probability of the chosen spending less that of the present split with the same money, over the same fresh trials,
    /// by world.
    pub gain: Vec<Estimate>,
    /// The same of the mean quantity; empty for groups.
    pub quantity_gain: Vec<Estimate>,
    /// Probability on the draws of the search less that on fresh ones, by world: what the choice flattered itself with,
    /// and the sampling error of both.
    pub optimism: Vec<Estimate>,
    /// Instruments with movable money.
    pub instruments: Vec<Line>,
    /// Instruments whose money stays.
    pub fixed: Vec<FixedMoney>,
    /// Split over clusters of the instruments that state one.
    pub clusters: Vec<Split>,
    /// Split over years of the instruments whose amounts are certain.
    pub years: Vec<Split>,
    /// From the least money to the most that is allowed, or to where no instrument helps any more; whatever the budget.
    pub frontier: Vec<Point>,
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
    /// Expected public money of the whole policy, 亿元: that of the present plan, every instrument times its factor, as in
    /// the budget, the bounds and the frontier.
    pub cost: f64,
    /// Mean public money that is paid in the end, 亿元: less where awards wait for approvals.
    pub paid: f64,
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
    /// Least and most money that the search could give it, 亿元.
    pub bounds: Ends,
    /// Whether the most is assumed: nothing was asked for, and effects beyond three times the present are nobody's
    /// evidence.
    pub assumed: bool,
    /// Change of the probability for one more 亿元 at the chosen spending, in the first world.
    pub probability_per_money: Estimate,
    /// Change of the mean quantity for one more 亿元 at the chosen spending, in the first world; `null` for groups.
    pub quantity_per_money: Option<Estimate>,
}

/// An instrument whose money stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FixedMoney {
    /// Instrument.
    pub instrument: Named,
    /// `free`: it costs no public money; `unscaled`: part of its effect does not depend on its money.
    pub reason: String,
}

/// How one instrument's money is split.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// Instrument.
    pub instrument: Named,
    /// Parts in the order of the file.
    pub parts: Vec<Part>,
}

/// One cluster or year of a split.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Cluster, or the year as identifier.
    pub part: Named,
    /// Share at present.
    pub present: f64,
    /// Share in the chosen spending.
    pub best: f64,
}

/// One point of the frontier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Expected public money of the whole policy, 亿元.
    pub cost: f64,
    /// Probability on fresh draws, by isotonic regression: never below that of a cheaper point, which the same money can
    /// buy. Of several worlds, the mean if the rule is that, else the worst.
    pub probability: f64,
    /// Its interval; those of all points hold together.
    pub interval: Ends,
    /// The world it is of; `null` for the mean over worlds.
    pub world: Option<Named>,
    /// Mean quantity in that world (over all); `null` for groups.
    pub quantity: Option<f64>,
    /// Expected public money of every funded instrument, 亿元.
    pub money: Vec<f64>,
}

/// The least money for a wanted probability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Least {
    /// The wanted probability.
    pub wanted: f64,
    /// Expected public money, 亿元, linear between points of the frontier; `null` if no point reaches it.
    pub cost: Option<f64>,
    /// Where the upper and the lower ends of the intervals reach it; `null` where they do not.
    pub interval: [Option<f64>; 2],
}

/// What a policy of the fresh run comes to, by world.
pub(super) fn outcomes(
    judged: &Sampled,
    policy: usize,
    planned: f64,
    worlds: &[usize],
    model: &Model,
) -> Vec<Outcome> {
    let outcome = |(at, &world): (usize, &usize)| {
        let hits = judged.hits(at, policy, 0);
        let paid = judged.cost(at, policy);
        Some(Outcome {
            world: named_world(&model.worlds[world]),
            probability: hits.share()?,
            interval: ends(hits.interval(LEVEL)?),
            quantity: mean_of(judged.quantity(at, policy, 0), LEVEL),
            cost: planned,
            paid: paid.iter().sum::<f64>() / paid.len() as f64,
        })
    };
    worlds.iter().enumerate().filter_map(outcome).collect()
}

/// Every funded instrument; `first` is the policy of the fresh run with `step` more money in the first of them.
#[expect(clippy::too_many_arguments, reason = "the parts of one table")]
pub(super) fn lines(
    space: &Space,
    model: &Model,
    judged: &Sampled,
    present: &Spending,
    chosen: &Spending,
    (bounds, assumed): (&[(f64, f64)], &[bool]),
    first: usize,
    step: f64,
) -> Vec<Line> {
    let line = |(k, funded): (usize, &super::space::Funded)| {
        let paired = judged.hits(0, first + k, 0).paired(judged.hits(0, CHOSEN, 0))?;
        let [low, high] = ends(paired.interval(LEVEL));
        Some(Line {
            instrument: named_instrument(&model.instruments[funded.instrument]),
            present: funded.cost * present.factor[k],
            best: funded.cost * chosen.factor[k],
            bounds: [funded.cost * bounds[k].0, funded.cost * bounds[k].1],
            assumed: assumed[k],
            probability_per_money: Estimate {
                value: paired.difference() / step,
                interval: [low / step, high / step],
            },
            quantity_per_money: mean_change(
                judged.quantity(0, first + k, 0),
                judged.quantity(0, CHOSEN, 0),
                LEVEL,
            )
            .map(|Estimate { value, interval: [low, high] }| Estimate {
                value: value / step,
                interval: [low / step, high / step],
            }),
        })
    };
    space.funded.iter().enumerate().filter_map(line).collect()
}

/// How the money of every funded instrument is split over clusters, or over years.
pub(super) fn splits(
    space: &Space,
    model: &Model,
    present: &Spending,
    chosen: &Spending,
    clusters: bool,
) -> Vec<Split> {
    let split = |(k, funded): (usize, &super::space::Funded)| {
        let (names, now, best): (Vec<Named>, _, _) = if clusters {
            let named = |&(cluster, ..): &(usize, _, _)| {
                let cluster = &model.clusters[cluster];
                Named { id: cluster.id.clone(), name: cluster.name.clone() }
            };
            (funded.clusters.iter().map(named).collect(), &present.clusters[k], &chosen.clusters[k])
        } else {
            let named = |&(year, ..): &(i32, _, _)| Named {
                id: year.to_string(),
                name: Text::same(year.to_string()),
            };
            (funded.years.iter().map(named).collect(), &present.years[k], &chosen.years[k])
        };
        let parts = names.into_iter().zip(now.iter().zip(best));
        let parts: Vec<Part> = parts.map(|(part, (&present, &best))| Part { part, present, best }).collect();
        // what gets no money has no split worth showing
        (parts.len() > 1 && chosen.factor[k] > 0.0)
            .then(|| Split { instrument: named_instrument(&model.instruments[funded.instrument]), parts })
    };
    space.funded.iter().enumerate().filter_map(split).collect()
}
