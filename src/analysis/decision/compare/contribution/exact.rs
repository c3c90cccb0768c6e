//! Shapley values from all sets of instruments, formed trial by trial.

use std::collections::BTreeMap;

use super::{BATCH, Contribution, Effect, Kept, ROUNDING, Setting, Told, difference, kept, moments};
use crate::analysis::AnalysisError;
use crate::analysis::decision::Estimate;
use crate::analysis::decision::compare::game::{Game, Player};
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::decision::figures::mean_estimate;
use crate::analysis::summarise::{LEVEL, ends};
use crate::model::Model;
use crate::stats::shapley::{Coalition, Weights, everyone, weights};
use crate::stats::{Level, bounded_mean};

/// Most instruments whose sets are all simulated.
pub const MOST: usize = 10;

/// Number of sets of so many instruments.
pub fn sets(players: usize) -> usize {
    1 << players
}

/// All instruments of the game, each set on the same trials.
///
/// # Errors
/// Every error of a run.
pub fn told(setting: &Setting<'_, '_>, trials: u64, level: Level) -> Result<Told, AnalysisError> {
    let (game, model) = (setting.game, setting.model);
    let players = game.movers.len();
    let weights = weights(players).map_err(|_| AnalysisError::NoTrials)?;
    let mut sums = Sums::new(players, trials as usize, setting.has_quantity);
    let all: Vec<Coalition> = weights.coalitions().collect();
    for batch in all.chunks(BATCH) {
        let lists = batch.iter().map(|&set| (0..players).filter(|player| set >> player & 1 == 1).collect());
        let sampled = setting.run(lists.collect(), 0..trials, None)?;
        for (position, &set) in batch.iter().enumerate() {
            sums.add(&weights, set, &sampled, position);
        }
    }
    sums.drop_rounding();
    let told = || {
        Some(Told {
            instruments: sums.contributions(game, model)?,
            total: sums.difference(everyone(players), 0, level)?,
            sets: all.len(),
            pairs: None,
            trials,
            trials_alone: trials,
        })
    };
    told().ok_or(AnalysisError::NoTrials)
}

/// What has been gathered over the sets.
struct Sums {
    players: usize,
    /// Shapley values by player, trial by trial.
    probability: Vec<Vec<f64>>,
    quantity: Option<Vec<Vec<f64>>>,
    cost: Vec<Vec<f64>>,
    /// The largest figures of any set: probability, quantity, cost.
    largest: [f64; 3],
    /// Trials of the sets of none, one, all but one, and all.
    kept: BTreeMap<Coalition, Kept>,
}

impl Sums {
    fn new(players: usize, trials: usize, has_quantity: bool) -> Self {
        let rows = || vec![vec![0.0; trials]; players];
        Self {
            players,
            probability: rows(),
            quantity: has_quantity.then(rows),
            cost: rows(),
            largest: [0.0; 3],
            kept: BTreeMap::new(),
        }
    }

    fn add(&mut self, weights: &Weights, set: Coalition, sampled: &Sampled, position: usize) {
        let hits = sampled.hits(0, position, 0);
        let (values, cost) = (sampled.quantity(0, position, 0), sampled.cost(0, position));
        let chance: Vec<f64> = hits.iter().map(f64::from).collect();
        for player in 0..self.players {
            let weight = weights.weight(player, set);
            add_scaled(weight, &chance, &mut self.probability[player]);
            if let Some(rows) = &mut self.quantity {
                add_scaled(weight, values, &mut rows[player]);
            }
            add_scaled(weight, cost, &mut self.cost[player]);
        }
        let largest = |x: &[f64]| x.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        for (most, found) in self.largest.iter_mut().zip([1.0, largest(values), largest(cost)]) {
            *most = most.max(found);
        }
        let (size, players) = (set.count_ones() as usize, self.players);
        if size <= 1 || size + 1 >= players {
            self.kept.insert(set, kept(sampled, position));
        }
    }

    /// Puts sums that are nothing but rounding errors of large figures that cancel to 0.
    fn drop_rounding(&mut self) {
        for (part, rows) in [Some(&mut self.probability), self.quantity.as_mut(), Some(&mut self.cost)]
            .into_iter()
            .enumerate()
        {
            let noise = ROUNDING * self.largest[part].max(1.0);
            for value in rows.into_iter().flatten().flatten().filter(|value| value.abs() <= noise) {
                *value = 0.0;
            }
        }
    }

    /// What the set `more` has beyond `less`.
    fn difference(&self, more: Coalition, less: Coalition, level: Level) -> Option<Effect> {
        difference(self.kept.get(&more)?, self.kept.get(&less)?, self.quantity.is_some(), level)
    }

    fn contributions(&self, game: &Game, model: &Model) -> Option<Vec<(Player, Contribution)>> {
        let all = everyone(self.players);
        let entry = |(index, &player): (usize, &Player)| {
            let bit = 1 << index;
            let chance = moments(&self.probability[index]);
            let probability =
                Estimate { value: chance.mean()?, interval: ends(bounded_mean(&chance, LEVEL)?) };
            let of = |rows: &[Vec<f64>]| mean_estimate(&moments(&rows[index]), LEVEL);
            let contribution = Contribution {
                instrument: game.name(model, player),
                moves_target: true,
                shapley: Effect {
                    probability,
                    quantity: self.quantity.as_ref().and_then(|rows| of(rows)),
                    cost: of(&self.cost),
                },
                alone: self.difference(bit, 0, LEVEL)?,
                last: self.difference(all, all & !bit, LEVEL)?,
            };
            Some((player, contribution))
        };
        game.movers.iter().enumerate().map(entry).collect()
    }
}

fn add_scaled(weight: f64, values: &[f64], sums: &mut [f64]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += weight * value;
    }
}
