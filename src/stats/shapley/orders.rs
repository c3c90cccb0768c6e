//! Orders in which players join, sampled in pairs and by Latin squares.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use rand::TryRng;

use super::super::{Estimate, Moments};
use super::squares::squares;
use super::{Coalition, MOST_SAMPLED, ShapleyError, everyone};

/// Orders of joining, sampled in pairs: each order with its reverse.
///
/// Pairs cancel what depends on being early or late (Mitchell, Cooper, Frank & Holmes 2022, Journal of Machine Learning
/// Research 23(43)); a game in which players interact by twos at most is solved exactly by any pair. For few players the
/// exact form needs fewer coalitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orders {
    players: usize,
    /// One order of each pair; the other is its reverse.
    first: Vec<Vec<u16>>,
}

impl Orders {
    /// Draws `pairs` pairs of uniform random orders, by Latin squares (see [`squares`]). More pairs begin with those of fewer.
    ///
    /// # Errors
    /// [`ShapleyError::TooManyPlayers`] above [`MOST_SAMPLED`]; [`ShapleyError::TooFewPairs`] below 2.
    pub fn draw(
        players: usize,
        pairs: usize,
        random: &mut impl TryRng<Error = Infallible>,
    ) -> Result<Self, ShapleyError> {
        if players > MOST_SAMPLED {
            return Err(ShapleyError::TooManyPlayers { players, most: MOST_SAMPLED });
        }
        if pairs < 2 {
            return Err(ShapleyError::TooFewPairs);
        }
        let first = squares(players, pairs, random);
        Ok(Self { players, first })
    }

    /// Number of players.
    pub const fn players(&self) -> usize {
        self.players
    }

    /// Number of pairs.
    pub fn pairs(&self) -> usize {
        self.first.len()
    }

    /// The coalitions whose values are needed, in increasing order, each once; none and everyone among them.
    pub fn coalitions(&self) -> Vec<Coalition> {
        let mut needed = BTreeSet::from([0, everyone(self.players)]);
        for order in &self.first {
            let mut joined = 0;
            for &player in order {
                joined |= 1 << player;
                // who joins after the others in one order joins before them in the reverse
                needed.extend([joined, everyone(self.players) & !joined]);
            }
        }
        needed.into_iter().collect()
    }

    /// Weight of each needed coalition in each player's estimate, `weights[coalition][player]`: the estimate is their
    /// sum of products with the values, also trial by trial.
    pub fn weights(&self) -> BTreeMap<Coalition, Vec<f64>> {
        let mut table: BTreeMap<Coalition, Vec<f64>> =
            self.coalitions().into_iter().map(|mask| (mask, vec![0.0; self.players])).collect();
        let each = 0.5 / self.pairs() as f64;
        for order in &self.first {
            self.steps(order, |player, before, after| {
                for (mask, weight) in [(after, each), (before, -each)] {
                    if let Some(row) = table.get_mut(&mask) {
                        row[player] += weight;
                    }
                }
            });
        }
        table
    }

    /// Estimates from the values of the needed coalitions. The standard error is that between pairs of orders as if they were
    /// independent, which is too large rather than too small for those of a square; noise in
    /// the values themselves comes on top (see [`Orders::weights`]). The estimates add up to v(all) − v(none).
    ///
    /// # Errors
    /// [`ShapleyError::NotFinite`], the first coalition whose value is not finite.
    pub fn estimate(&self, value: impl Fn(Coalition) -> f64) -> Result<Vec<Estimate>, ShapleyError> {
        let mut values = BTreeMap::new();
        for mask in self.coalitions() {
            let value = value(mask);
            if !value.is_finite() {
                return Err(ShapleyError::NotFinite(mask));
            }
            values.insert(mask, value);
        }
        let mut means = vec![vec![0.0; self.pairs()]; self.players];
        for (pair, order) in self.first.iter().enumerate() {
            self.steps(order, |player, before, after| {
                means[player][pair] += 0.5 * (values[&after] - values[&before]);
            });
        }
        let estimate = |row: &Vec<f64>| {
            let mut moments = Moments::default();
            moments.record_lanes(row);
            Estimate::of_mean(&moments).ok_or(ShapleyError::TooFewPairs)
        };
        means.iter().map(estimate).collect()
    }

    /// Calls `step(player, coalition before, coalition after)` along an order and along its reverse.
    fn steps(&self, order: &[u16], mut step: impl FnMut(usize, Coalition, Coalition)) {
        let mut joined = 0;
        for &player in order {
            let with = joined | 1 << player;
            step(usize::from(player), joined, with);
            let after = everyone(self.players) & !with;
            step(usize::from(player), after, after | 1 << player);
            joined = with;
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha8Rng;

    use super::*;

    #[test]
    fn sampled_values_add_up_and_agree_with_their_weights() {
        let value = |mask: Coalition| f64::from(mask.count_ones()).sqrt() + (mask % 7) as f64;
        let orders = Orders::draw(20, 50, &mut ChaCha8Rng::seed_from_u64(3)).unwrap();
        let found = orders.estimate(value).unwrap();
        let total: f64 = found.iter().map(|e| e.value).sum();
        assert!((total - (value(everyone(20)) - value(0))).abs() < 1e-10);
        let weights = orders.weights();
        assert!(weights.len() <= 2 * 50 * 19 + 2 && weights.keys().copied().eq(orders.coalitions()));
        for (player, estimate) in found.iter().enumerate() {
            let sum: f64 = weights.iter().map(|(&mask, row)| row[player] * value(mask)).sum();
            assert!((sum - estimate.value).abs() < 1e-10);
        }
        assert_eq!(orders, Orders::draw(20, 50, &mut ChaCha8Rng::seed_from_u64(3)).unwrap());
    }

    /// Every order of 4 players is equally likely: χ² with 23 degrees of freedom, 24 000 draws (one of each square), rejected above 75.8, its
    /// 1 − 1.5e-7 quantile (a false alarm less often than once in 1e6).
    #[test]
    fn orders_are_uniform() {
        let orders = Orders::draw(4, 4 * 24_000, &mut ChaCha8Rng::seed_from_u64(5)).unwrap();
        let mut counts = BTreeMap::new();
        for order in orders.first.iter().step_by(4) {
            *counts.entry(order.clone()).or_insert(0.0) += 1.0;
        }
        assert_eq!(counts.len(), 24);
        let chi2: f64 = counts.values().map(|n| (n - 1000.0_f64) * (n - 1000.0) / 1000.0).sum();
        assert!(chi2 < 75.8, "{chi2}");
    }

    /// A coalition is worth something once eleven of twelve are in it: every player makes the step in one order of a square
    /// and one of its reverse, so that twelve pairs give the fair share of a twelfth exactly. Independent orders leave many
    /// players out.
    #[test]
    fn a_square_gives_every_player_every_place() {
        let orders = Orders::draw(12, 12, &mut ChaCha8Rng::seed_from_u64(7)).unwrap();
        let mut seen = BTreeSet::new();
        for order in &orders.first {
            seen.extend(order.iter().enumerate().map(|(place, &player)| (place, player)));
        }
        assert_eq!(seen.len(), 144);
        let found = orders.estimate(|mask| f64::from(u8::from(mask.count_ones() >= 11))).unwrap();
        for estimate in found {
            assert!(
                (estimate.value - 1.0 / 12.0).abs() < 1e-12 && estimate.standard_error > 0.0,
                "{estimate:?}"
            );
        }
        // no player joins behind the same other one in all orders
        let behind =
            |order: &Vec<u16>| order.iter().position(|&x| x == 0).and_then(|at| order.get(at + 1).copied());
        assert!(orders.first.iter().filter_map(behind).collect::<BTreeSet<_>>().len() > 3);
    }
}
