//! Shapley values of any number of players from pairs of opposite orders, each pair judged on trials of its own.
//!
//! A pair with its trials is one observation of every player's value, free of bias; what orders and trials leave to chance is
//! what such observations differ by. So many pairs with few trials each tell more than few pairs with many: trials that
//! are used again under another order say nothing new of what that order leaves open.

use std::convert::Infallible;

use rand::TryRng;

use super::super::{Interval, Level, Moments};
use super::squares::squares;

/// Pairs of opposite orders, drawn by Latin squares; sets of players are lists, so that their number has no limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequences {
    players: usize,
    /// One order of each pair; the other is its reverse.
    orders: Vec<Vec<u16>>,
}

/// The Shapley value of one player from what each pair says of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The estimate.
    pub value: f64,
    /// Standard error: what pairs and their trials leave to chance.
    pub standard_error: f64,
    degrees: u64,
    pairs: usize,
}

impl Sequences {
    /// Draws `pairs` pairs, the same from the same generator.
    pub fn draw(players: usize, pairs: usize, random: &mut impl TryRng<Error = Infallible>) -> Self {
        Self { players, orders: squares(players, pairs, random) }
    }

    /// Number of pairs.
    pub fn pairs(&self) -> usize {
        self.orders.len()
    }

    /// Number of sets of a pair.
    pub fn sets_of_a_pair(&self) -> usize {
        2 * self.players.max(1)
    }

    /// The sets whose values one pair needs: first those who have joined after none, one, … and all of the order, then those
    /// of the reverse order, without none and all.
    pub fn sets(&self, pair: usize) -> Vec<Vec<usize>> {
        let order: Vec<usize> = self.orders[pair].iter().map(|&player| usize::from(player)).collect();
        let n = self.players;
        let forth = (0..=n).map(|joined| order[..joined].to_vec());
        let back = (1..n).map(|joined| order[n - joined..].to_vec());
        forth.chain(back).collect()
    }

    /// What one pair says of every player: the mean of its steps in the order and in the reverse, from the values of
    /// [`Sequences::sets`].
    pub fn steps(&self, pair: usize, values: &[f64]) -> Vec<f64> {
        let n = self.players;
        let forth = |joined: usize| values[joined];
        let back = |joined: usize| match joined {
            0 => values[0],
            _ if joined == n => values[n],
            _ => values[n + joined],
        };
        let mut steps = vec![0.0; n];
        for (place, &player) in self.orders[pair].iter().enumerate() {
            let in_order = forth(place + 1) - forth(place);
            let in_reverse = back(n - place) - back(n - place - 1);
            steps[usize::from(player)] = 0.5 * (in_order + in_reverse);
        }
        steps
    }

    /// The share of a player from what each pair says, `steps[pair]`; `None` for fewer than two pairs.
    ///
    /// From two whole squares on, the player stands at every place in as many pairs, so that only what pairs with it at the
    /// same place differ by is error; otherwise pairs count as independent ones.
    pub fn share(&self, player: usize, steps: &[f64]) -> Option<Share> {
        let pairs = self.pairs();
        let mut all = Moments::default();
        all.record_lanes(steps);
        let (value, sd) = (all.mean()?, all.sd()?);
        let squares = pairs.checked_div(self.players).unwrap_or(0);
        if squares < 2 || squares * self.players != pairs {
            let degrees = pairs as u64 - 1;
            return Some(Share { value, standard_error: sd / (pairs as f64).sqrt(), degrees, pairs });
        }
        let mut at_place = vec![Vec::with_capacity(squares); self.players];
        for (order, &step) in self.orders.iter().zip(steps) {
            let place = order.iter().position(|&other| usize::from(other) == player)?;
            at_place[place].push(step);
        }
        let within = |steps: &Vec<f64>| {
            let mut moments = Moments::default();
            moments.record_lanes(steps);
            moments.sd().map_or(0.0, |sd| sd * sd * (squares - 1) as f64)
        };
        let degrees = (self.players * (squares - 1)) as u64;
        let variance = at_place.iter().map(within).sum::<f64>() / degrees as f64;
        Some(Share { value, standard_error: (variance / pairs as f64).sqrt(), degrees, pairs })
    }
}

impl Share {
    /// Student's interval.
    pub fn interval(&self, level: Level) -> Interval {
        let half = level.t(self.degrees) * self.standard_error;
        Interval::ordered(self.value - half, self.value + half)
    }

    /// Student's interval, widened to what pairs that were not drawn may hold: to the score interval (Wilson 1927) of a mean of
    /// values within `range`, with the standard error found. A player that was never decisive in n pairs may be so in a
    /// share of about z²/n of all.
    pub fn bounded(&self, (low, high): (f64, f64), level: Level) -> Interval {
        let (student, width) = (self.interval(level), high - low);
        if width <= 0.0 {
            return student;
        }
        let z = level.t(self.degrees);
        let extra = z * z / self.pairs as f64;
        let (mean, error) = ((self.value - low) / width, self.standard_error / width);
        let middle = (mean + extra / 2.0) / (1.0 + extra);
        let half = (z * z * error * error + extra * extra / 4.0).sqrt() / (1.0 + extra);
        let at = |x: f64| low + width * x;
        Interval::ordered(student.low().min(at(middle - half)), student.high().max(at(middle + half)))
    }
}

/// From the least to the greatest step of any player in any pair, 0 within: no step of a pair that was not drawn is taken to
/// be larger than all of these.
pub fn observed_range<'s>(steps: impl Iterator<Item = &'s Vec<f64>>) -> (f64, f64) {
    steps.flatten().fold((0.0, 0.0), |(low, high): (f64, f64), &step| (low.min(step), high.max(step)))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha8Rng;

    use super::*;

    fn shares(sequences: &Sequences, value: impl Fn(&[usize]) -> f64) -> (Vec<Vec<f64>>, Vec<Share>) {
        let of = |pair: usize| {
            let values: Vec<f64> = sequences.sets(pair).iter().map(|set| value(set)).collect();
            assert_eq!(values.len(), sequences.sets_of_a_pair());
            sequences.steps(pair, &values)
        };
        let by_pair: Vec<Vec<f64>> = (0..sequences.pairs()).map(of).collect();
        let rows: Vec<Vec<f64>> = (0..sequences.players)
            .map(|player| by_pair.iter().map(|steps| steps[player]).collect())
            .collect();
        let found = rows.iter().enumerate().map(|(player, row)| sequences.share(player, row).unwrap());
        let found = found.collect();
        (rows, found)
    }

    /// 150 players, each worth its number and each two of them a thousandth more: any pair of orders solves it exactly.
    #[test]
    fn twos_among_many_players_are_solved_exactly() {
        let n = 150;
        let sequences = Sequences::draw(n, 4, &mut ChaCha8Rng::seed_from_u64(3));
        let value = |set: &[usize]| {
            let size = set.len() as f64;
            set.iter().sum::<usize>() as f64 + 5e-4 * size * (size - 1.0)
        };
        let (_, found) = shares(&sequences, value);
        for (player, share) in found.iter().enumerate() {
            assert!(
                (share.value - player as f64 - 5e-4 * (n - 1) as f64).abs() < 1e-9,
                "{player}: {share:?}"
            );
            assert!(share.standard_error < 1e-9);
        }
    }

    /// Any of twelve suffices: who joins first decides, each once in a square, so that nothing is left to chance but what
    /// orders not drawn may hold.
    #[test]
    fn substitutes_share_equally() {
        let sequences = Sequences::draw(12, 372, &mut ChaCha8Rng::seed_from_u64(5));
        let (rows, found) = shares(&sequences, |set| f64::from(u8::from(!set.is_empty())));
        for share in found {
            assert!((share.value - 1.0 / 12.0).abs() < 1e-12 && share.standard_error < 1e-9);
            let interval = share.bounded(observed_range(rows.iter()), Level::P95);
            assert!(interval.contains(1.0 / 12.0) && interval.width() < 0.01, "{interval:?}");
        }
    }

    /// Players 0 and 1 must both be there, with five of eighteen others at least: each of these is decisive where both and
    /// exactly four of the other seventeen stand before it, ∫ C(17, 4) x⁴(1 − x)¹³ x² dx of all orders.
    ///
    /// H0: intervals hold the truth in 95 % of draws; 200 draws tell that to 1.5 points, so that 87 % is more than five of these
    /// below. The eighteen shares within one draw hang together, and theirs has to be above 87 %, too.
    #[test]
    fn rare_pivots_are_covered() {
        let small = 2380.0 * 720.0 / (14.0 * 15.0 * 16.0 * 17.0 * 18.0 * 19.0 * 20.0);
        let large = 0.5 * (1.0 - 18.0 * small);
        let value = |set: &[usize]| {
            let has = |player: usize| set.contains(&player);
            f64::from(u8::from(has(0) && has(1) && set.len() > 6))
        };
        let (mut held, draws) = ([0, 0], 200);
        for seed in 0..draws {
            let sequences = Sequences::draw(20, 240, &mut ChaCha8Rng::seed_from_u64(seed));
            let (rows, found) = shares(&sequences, value);
            let range = observed_range(rows.iter());
            for (player, share) in found.iter().enumerate() {
                let exact = if player < 2 { large } else { small };
                let interval = share.bounded(range, Level::P95);
                assert!(interval.width() < 0.09, "{interval:?}");
                held[usize::from(player > 1)] += usize::from(interval.contains(exact));
            }
        }
        let of = |held: usize, each: u64| held as f64 / (each * draws) as f64;
        assert!(of(held[0], 2) > 0.87 && of(held[1], 18) > 0.87, "{held:?}");
    }
}
