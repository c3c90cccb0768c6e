//! Shapley values: a fair share of a joint effect for every player, exact or from sampled orders.
//!
//! A coalition is a bit mask: bit i is set if player i takes part. The value of player i is its marginal contribution,
//! averaged over all orders in which the players may join (Shapley 1953, Contributions to the Theory of Games II:307):
//! `φᵢ = Σ_{S ∌ i} |S|! (n−1−|S|)! / n! · (v(S ∪ i) − v(S))`. The values of all players add up to v(all) − v(none).
//!
//! They are linear in the values of the coalitions, so that a caller who has values trial by trial can form each
//! player's value trial by trial with [`Weights`], and its standard error from those.

use std::convert::Infallible;

use rand::TryRng;
use thiserror::Error;

mod orders;
mod sequences;
mod squares;

pub use orders::Orders;
pub use sequences::{Sequences, Share, observed_range};

/// A set of players as a bit mask.
pub type Coalition = u64;

/// Most players of the exact form: 2¹⁶ coalitions.
pub const MOST_EXACT: usize = 16;
/// Most players of the sampled form: one bit each.
pub const MOST_SAMPLED: usize = 64;

/// Why Shapley values cannot be formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ShapleyError {
    /// More players than the form can take.
    #[error("{players} players, but at most {most} are possible")]
    TooManyPlayers {
        /// Players given.
        players: usize,
        /// Most possible.
        most: usize,
    },
    /// Not one value for each coalition.
    #[error("{found} values of coalitions instead of {expected}")]
    Values {
        /// 2ⁿ for n players.
        expected: usize,
        /// Values given.
        found: usize,
    },
    /// A standard error needs two independent pairs of orders at least.
    #[error("at least two pairs of orders are needed")]
    TooFewPairs,
    /// The value of a coalition is not a finite number.
    #[error("the value of coalition {0:#b} is not finite")]
    NotFinite(Coalition),
}

/// The coalition of all of `players` (at most 64).
pub const fn everyone(players: usize) -> Coalition {
    if players >= Coalition::BITS as usize { Coalition::MAX } else { (1 << players) - 1 }
}

/// The weights with which the values of coalitions enter the exact Shapley values of n players.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    players: usize,
    /// `(s−1)! (n−s)! / n!` by size s of a coalition that the player is in; entry 0 is not used.
    inside: Vec<f64>,
    /// `s! (n−1−s)! / n!` by size s of a coalition that the player is not in; entry n is not used.
    outside: Vec<f64>,
}

/// Weights for up to [`MOST_EXACT`] players.
///
/// # Errors
/// [`ShapleyError::TooManyPlayers`].
pub fn weights(players: usize) -> Result<Weights, ShapleyError> {
    if players > MOST_EXACT {
        return Err(ShapleyError::TooManyPlayers { players, most: MOST_EXACT });
    }
    // 16! < 2⁵³, so that every factorial is exact
    let factorial = |k: usize| (1..=k).fold(1.0, |product, j| product * j as f64);
    let all = factorial(players);
    let inside = |s: usize| if s == 0 { 0.0 } else { factorial(s - 1) * factorial(players - s) / all };
    let outside = |s: usize| if s == players { 0.0 } else { factorial(s) * factorial(players - 1 - s) / all };
    Ok(Weights {
        players,
        inside: (0..=players).map(inside).collect(),
        outside: (0..=players).map(outside).collect(),
    })
}

impl Weights {
    /// Number of players.
    pub const fn players(&self) -> usize {
        self.players
    }

    /// All coalitions in increasing order, from none to everyone.
    pub const fn coalitions(&self) -> std::ops::RangeInclusive<Coalition> {
        0..=everyone(self.players)
    }

    /// The weight of the value of `coalition` in the Shapley value of `player` (below [`Weights::players`]): positive if
    /// the player takes part in it, else negative.
    pub fn weight(&self, player: usize, coalition: Coalition) -> f64 {
        let size = (coalition & everyone(self.players)).count_ones() as usize;
        if coalition >> player & 1 == 1 { self.inside[size] } else { -self.outside[size] }
    }

    /// Adds what the values of one coalition, one for each trial, give to the Shapley values of every player in each
    /// trial: `rows[player][trial]`. After all coalitions in one fixed order, the rows hold Shapley values trial by
    /// trial.
    ///
    /// # Panics
    /// If there is not one row for each player, as long as `values`.
    pub fn add(&self, coalition: Coalition, values: &[f64], rows: &mut [Vec<f64>]) {
        assert_eq!(rows.len(), self.players, "one row for each player");
        for (player, row) in rows.iter_mut().enumerate() {
            assert_eq!(row.len(), values.len(), "a row holds one value for each trial");
            let weight = self.weight(player, coalition);
            for (sum, value) in row.iter_mut().zip(values) {
                *sum += weight * value;
            }
        }
    }
}

/// Exact Shapley values from the value of every coalition, `values[mask]`, in the unit of those values.
///
/// # Errors
/// [`ShapleyError::TooManyPlayers`], [`ShapleyError::Values`], [`ShapleyError::NotFinite`].
pub fn shapley(players: usize, values: &[f64]) -> Result<Vec<f64>, ShapleyError> {
    let weights = weights(players)?;
    let expected = 1 << players;
    if values.len() != expected {
        return Err(ShapleyError::Values { expected, found: values.len() });
    }
    if let Some(mask) = values.iter().position(|v| !v.is_finite()) {
        return Err(ShapleyError::NotFinite(mask as Coalition));
    }
    // contributions, not values, and sums of one weight first: both keep rounding errors small
    let share = |player: usize| {
        let bit = 1_usize << player;
        let mut by_size = [0.0; MOST_EXACT];
        for mask in (0..expected).filter(|mask| mask & bit == 0) {
            by_size[mask.count_ones() as usize] += values[mask | bit] - values[mask];
        }
        by_size.iter().zip(&weights.outside).map(|(sum, weight)| weight * sum).sum()
    };
    Ok((0..players).map(share).collect())
}

/// A uniform integer below `bound` > 0 without bias: multiply and reject (Lemire 2019, ACM Transactions on Modeling and
/// Computer Simulation 29(1):3).
pub(super) fn below(bound: u32, random: &mut impl TryRng<Error = Infallible>) -> usize {
    loop {
        let Ok(word) = random.try_next_u32();
        let product = u64::from(word) * u64::from(bound);
        if product as u32 >= bound.wrapping_neg() % bound {
            return (product >> 32) as usize;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::ChaCha8Rng;

    /// Value by the definition: the mean over all orders.
    fn by_orders(players: usize, values: &[f64]) -> Vec<f64> {
        fn visit(left: &[usize], joined: usize, values: &[f64], sums: &mut [f64], orders: &mut f64) {
            if left.is_empty() {
                *orders += 1.0;
            }
            for &player in left {
                let rest: Vec<usize> = left.iter().copied().filter(|&p| p != player).collect();
                let orders_before = *orders;
                visit(&rest, joined | 1 << player, values, sums, orders);
                sums[player] += (*orders - orders_before) * (values[joined | 1 << player] - values[joined]);
            }
        }
        let (mut sums, mut orders) = (vec![0.0; players], 0.0);
        let all: Vec<usize> = (0..players).collect();
        visit(&all, 0, values, &mut sums, &mut orders);
        sums.iter().map(|s| s / orders).collect()
    }

    proptest! {
        #[test]
        fn exact_values_are_means_over_orders_and_add_up(values in prop::collection::vec(-1e3..1e3_f64, 64)) {
            let found = shapley(6, &values).unwrap();
            for (a, b) in found.iter().zip(by_orders(6, &values)) {
                prop_assert!((a - b).abs() < 1e-9);
            }
            prop_assert!((found.iter().sum::<f64>() - (values[63] - values[0])).abs() < 1e-9);
            // trial by trial, with the values as two trials of opposite sign
            let weights = weights(6).unwrap();
            let mut rows = vec![vec![0.0; 2]; 6];
            for mask in weights.coalitions() {
                weights.add(mask, &[values[mask as usize], -values[mask as usize]], &mut rows);
            }
            for (row, value) in rows.iter().zip(&found) {
                prop_assert!((row[0] - value).abs() < 1e-9 && row[0] == -row[1]);
            }
        }
    }

    #[test]
    fn published_games() {
        // gloves: players 0 and 1 hold a left glove, player 2 the only right one; a pair is worth 1
        let gloves: Vec<f64> = (0..8_u32).map(|s| if s & 4 != 0 && s & 3 != 0 { 1.0 } else { 0.0 }).collect();
        let found = shapley(3, &gloves).unwrap();
        for (value, exact) in found.iter().zip([1.0 / 6.0, 1.0 / 6.0, 4.0 / 6.0]) {
            assert!((value - exact).abs() < 1e-15);
        }
        assert_eq!(shapley(0, &[3.0]), Ok(Vec::new()));
        assert_eq!(shapley(1, &[3.0, 5.0]), Ok(vec![2.0]));
        // airport with 16 runway lengths (Littlechild & Owen 1973): cost i + 1 shared by those who need it
        let cost: Vec<f64> = (0..1_u32 << 16).map(|s| f64::from(32 - s.leading_zeros())).collect();
        for (i, value) in shapley(16, &cost).unwrap().iter().enumerate() {
            let exact: f64 = (0..=i).map(|k| 1.0 / (16 - k) as f64).sum();
            assert!((value - exact).abs() < 1e-12, "{i}: {value} instead of {exact}");
        }
    }

    #[test]
    fn impossible_games_are_refused() {
        assert!(matches!(weights(17), Err(ShapleyError::TooManyPlayers { players: 17, most: 16 })));
        assert_eq!(shapley(2, &[0.0; 3]), Err(ShapleyError::Values { expected: 4, found: 3 }));
        assert_eq!(shapley(1, &[0.0, f64::NAN]), Err(ShapleyError::NotFinite(1)));
        let mut random = ChaCha8Rng::seed_from_u64(1);
        assert!(Orders::draw(65, 2, &mut random).is_err() && Orders::draw(64, 2, &mut random).is_ok());
        assert_eq!(Orders::draw(3, 1, &mut random), Err(ShapleyError::TooFewPairs));
        let orders = Orders::draw(2, 2, &mut random).unwrap();
        assert_eq!(orders.estimate(|_| f64::INFINITY), Err(ShapleyError::NotFinite(0)));
    }
}
