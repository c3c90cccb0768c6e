//! Shares of the variance by theme, by what could be learnt, and by grade of evidence.

use serde::{Deserialize, Serialize};

use super::frozen::{Closed, Frozen, effects, spread};
use super::players::{Player, Players};
use super::{Estimate, estimate};
use crate::analysis::AnalysisError;
use crate::model::Model;
use crate::plan::Plan;
use crate::stats;
use crate::stats::shapley::{Coalition, everyone};
use crate::stats::sobol_indices::Index;
use crate::text::Text;

/// Most blocks of themes among which Shapley effects are shared: 2^(n−1) − 1 runs.
const BLOCKS: usize = 6;
/// Most themes.
const THEMES: u64 = 15;

/// One part of everything that is drawn, and what rests on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Whether it consists of yearly shocks and fates rather than quantities.
    pub shock: bool,
    /// Number of uncertain quantities in it.
    pub quantities: usize,
    /// Shares of the variance of the quantity; `null` without one.
    pub quantity: Option<Shares>,
    /// Shares of the variance of meeting the target; `null` if too few trials hit or miss.
    pub probability: Option<Shares>,
}

/// What rests on one part, as shares of the variance; never clipped to 0…1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    /// Would go if this part were known; `null` where it was not estimated.
    pub first: Option<Estimate>,
    /// Would stay if everything else were known; `null` where it was not estimated.
    pub total: Option<Estimate>,
    /// Shapley effect: its fair share, with what it does together with others; all parts add up to 1. `null` for a part
    /// that was shared among the small ones.
    pub shapley: Option<Estimate>,
}

/// What could be learnt and what is luck.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sides {
    /// Share of the variance of the quantity that would go if every uncertain quantity were known.
    pub learnable: Option<Estimate>,
    /// The same share for meeting the target.
    pub learnable_probability: Option<Estimate>,
    /// Shapley effect of the small themes together; `null` if there are none.
    pub small: Option<Estimate>,
    /// The same for meeting the target.
    pub small_probability: Option<Estimate>,
    /// Number of themes in them.
    pub small_themes: usize,
}

/// Everything about groups.
pub struct Groups {
    /// Shares by theme.
    pub themes: Vec<Part>,
    /// What could be learnt.
    pub sides: Sides,
    /// Shares by grade.
    pub grades: Vec<Part>,
    /// Whether themes depend on each other.
    pub dependent: bool,
}

/// Most runs that [`groups`] makes with so many grades.
pub fn runs(grades: usize) -> u64 {
    THEMES + 1 + (1 << (BLOCKS - 1)) + (1 << (grades.max(1) - 1))
}

/// All shares.
///
/// # Errors
/// As [`Frozen::renew`].
pub fn groups(model: &Model, plan: &Plan, frozen: &Frozen<'_, '_>) -> Result<Groups, AnalysisError> {
    let mut players = Players::by_theme(plan);
    let mut closed = Closed::default();
    let alone = |all: Coalition| members(all).flat_map(move |one| [one, all & !one]);
    frozen.complete(&players, alone(players.all()), &mut closed)?;
    // what moves no trial is left out of what follows
    let moving = members(players.all()).filter(|&one| moves(&closed, players.all(), one)).sum();
    closed.keep(moving);
    players.keep(moving);
    let (all, shocks) = (players.all(), players.shocks());
    frozen.complete(&players, [shocks, all & !shocks], &mut closed)?;
    let blocks = blocks(all, &closed);
    let unions = (1..everyone(blocks.len())).map(|mask| spread(&blocks, mask));
    frozen.complete(&players, unions, &mut closed)?;

    let found = Found::of(&closed, &blocks, all);
    let part = |one: Coalition| found.part(&players.players[one.trailing_zeros() as usize], one);
    let mut themes: Vec<Part> = members(all).map(part).collect();
    themes.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    let small: Option<usize> = blocks.iter().position(|block| block.count_ones() > 1);
    let learnable = |map: &Map| match all & !shocks {
        // nothing but luck moves the result, or no luck at all
        0 => Some(Estimate { value: 0.0, interval: [0.0, 0.0] }).filter(|_| !map.is_empty()),
        known if known == all => {
            Some(Estimate { value: 1.0, interval: [1.0, 1.0] }).filter(|_| !map.is_empty())
        }
        known => map.get(&known).map(|index| estimate(index.estimate)),
    };
    let of_small = |effects: &Option<Vec<stats::Estimate>>| {
        small.and_then(|at| effects.as_ref().map(|effects| estimate(effects[at])))
    };
    let sides = Sides {
        learnable: learnable(&closed.quantity),
        learnable_probability: learnable(&closed.hits),
        small: of_small(&found.quantity_effects),
        small_probability: of_small(&found.hits_effects),
        small_themes: small.map_or(0, |at| blocks[at].count_ones() as usize),
    };
    Ok(Groups { themes, sides, grades: grades(model, plan, frozen)?, dependent: players.dependent })
}

/// Shares by grade: every grade that holds an uncertain quantity, and the shocks.
fn grades(model: &Model, plan: &Plan, frozen: &Frozen<'_, '_>) -> Result<Vec<Part>, AnalysisError> {
    let players = Players::by_grade(model, plan);
    let mut closed = Closed::default();
    let all = players.all();
    frozen.complete(&players, 1..all, &mut closed)?;
    let blocks: Vec<Coalition> = members(all).collect();
    let found = Found::of(&closed, &blocks, all);
    Ok(players.players.iter().zip(&blocks).map(|(player, &block)| found.part(player, block)).collect())
}

/// The single players of a coalition.
fn members(coalition: Coalition) -> impl Iterator<Item = Coalition> {
    (0..Coalition::BITS).map(move |player| coalition & (1 << player)).filter(|&one| one != 0)
}

/// Whether drawing one player anew changes any trial.
fn moves(closed: &Closed, all: Coalition, one: Coalition) -> bool {
    [&closed.quantity, &closed.hits].into_iter().any(|map| {
        map.get(&(all & !one)).is_some_and(|rest| {
            let kept = rest.complement().estimate;
            kept.value.abs() > 1e-12 || kept.standard_error > 1e-12
        })
    })
}

type Map = std::collections::BTreeMap<Coalition, Index>;

/// All indices of one partition, and the Shapley effects of its blocks.
struct Found<'a> {
    closed: &'a Closed,
    blocks: &'a [Coalition],
    all: Coalition,
    quantity_effects: Option<Vec<stats::Estimate>>,
    hits_effects: Option<Vec<stats::Estimate>>,
}

impl<'a> Found<'a> {
    fn of(closed: &'a Closed, blocks: &'a [Coalition], all: Coalition) -> Self {
        let shared = |map: &Map| {
            let effects = effects(blocks, map)?;
            Some(effects.into_iter().map(|effect| effect.estimate).collect())
        };
        let (quantity_effects, hits_effects) = (shared(&closed.quantity), shared(&closed.hits));
        Self { closed, blocks, all, quantity_effects, hits_effects }
    }

    fn part(&self, player: &Player, coalition: Coalition) -> Part {
        let block = self.blocks.iter().position(|&block| block == coalition);
        let shares = |map: &Map, effects: &Option<Vec<stats::Estimate>>| {
            let first = map.get(&coalition).map(|index| estimate(index.estimate));
            let rest = map.get(&(self.all & !coalition));
            let total = rest.map(|index| estimate(index.complement().estimate));
            let shapley = effects.as_ref().zip(block).map(|(effects, at)| estimate(effects[at]));
            (first.is_some() || total.is_some()).then_some(Shares { first, total, shapley })
        };
        Part {
            id: player.named.id.clone(),
            name: player.named.name.clone(),
            shock: player.shock,
            quantities: player.quantities,
            quantity: shares(&self.closed.quantity, &self.quantity_effects),
            probability: shares(&self.closed.hits, &self.hits_effects),
        }
    }
}

/// The themes among which Shapley effects are shared: those with the largest total index each for itself, the others
/// together.
fn blocks(all: Coalition, closed: &Closed) -> Vec<Coalition> {
    let map = if closed.quantity.is_empty() { &closed.hits } else { &closed.quantity };
    let total = |one: &Coalition| map.get(&(all & !one)).map_or(0.0, |rest| rest.complement().estimate.value);
    let mut order: Vec<Coalition> = members(all).collect();
    order.sort_by(|a, b| total(b).total_cmp(&total(a)));
    if order.len() > BLOCKS {
        let rest = order.drain(BLOCKS - 1..).sum();
        order.push(rest);
    }
    order
}

/// What parts are ordered by.
fn weight(part: &Part) -> f64 {
    let shares = part.quantity.as_ref().or(part.probability.as_ref());
    shares.and_then(|shares| shares.total).map_or(0.0, |total| total.value)
}
