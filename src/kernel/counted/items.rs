//! Named firms and products: read-outs of the revenue that they follow.

use super::Context;
use super::followed::Followed;
use crate::kernel::draws::{Draws, calendar};
use crate::kernel::number::NumLanes;
use crate::math::{LANES, Lanes, Vector, exp, ln};
use crate::plan::{Item, Plan};
use crate::random::Stream;

/// Log sizes of named things by year.
pub struct Items {
    /// Streams of own shocks; empty at the medians.
    own: Vec<Stream>,
    /// Sums of own unit shocks since the base year, `item × points`; empty at the medians.
    walks: Vec<Lanes>,
    /// Log size, `item × points × kept`.
    logs: Vec<f64>,
    /// Trials of a block that are kept: one at the medians, where all are the same, for lists of firms may be long.
    kept: usize,
    points: usize,
}

impl Items {
    pub fn new(plan: &Plan, draws: &Draws) -> Self {
        let items = plan.worlds.first().map_or(&[][..], |w| &w.counted.items[..]);
        let own = match draws {
            Draws::Addressed(streams) => {
                items.iter().map(|i| streams.named(&format!("{}/own", i.name))).collect()
            }
            Draws::Median => Vec::new(),
        };
        let (places, random) = (items.len() * plan.points(), matches!(draws, Draws::Addressed(_)));
        let kept = if random { LANES } else { 1 };
        let walks = vec![[0.0; LANES]; if random { places } else { 0 }];
        Self { own, walks, logs: vec![0.0; places * kept], kept, points: plan.points() }
    }

    /// Draws the own walks, which worlds and policies share.
    pub fn begin_block(&mut self, plan: &Plan, v: Vector, block: u64) {
        let mut words = [0; LANES];
        let mut shock = [0.0; LANES];
        for (item, stream) in self.own.iter().enumerate() {
            for year in 1..self.points {
                stream.words(v, block, calendar(plan, year), 0, &mut words);
                v.normal_from_words(&words, &mut shock);
                let at = item * self.points + year;
                let before = self.walks[at - 1];
                self.walks[at] = before;
                v.add(&mut self.walks[at], &shock);
            }
        }
    }

    /// Follows the finished paths.
    pub fn read_out(&mut self, at: Context<'_>, followed: &Followed) {
        let values = at.organic.values();
        for (k, item) in at.world.counted.items.iter().enumerate() {
            let mut base = [0.0; LANES];
            NumLanes::of(item.base, values).write(&mut base);
            at.vector.ln(&mut base);
            let spread = spread(at.vector, item, &base, values);
            for year in 0..self.points {
                let place = k * self.points + year;
                let mut log = [0.0; LANES];
                followed.log_growth(at.vector, &item.follows, values, year, &mut log);
                at.vector.add(&mut log, &base);
                if let Some(walk) = self.walks.get(place) {
                    at.vector.mul_add(&spread, walk, &mut log);
                }
                self.logs[place * self.kept..][..self.kept].copy_from_slice(&log[..self.kept]);
            }
        }
    }

    /// Adds the number of these things at or above `threshold` in a year.
    pub fn add_above(&self, items: &[usize], threshold: f64, year: usize, out: &mut Lanes) {
        let level = ln(threshold);
        for &item in items {
            let sizes = &self.logs[(item * self.points + year) * self.kept..][..self.kept];
            match sizes {
                [size] => out.iter_mut().for_each(|n| *n += f64::from(u8::from(*size >= level))),
                _ => {
                    out.iter_mut().zip(sizes).for_each(|(n, size)| *n += f64::from(u8::from(*size >= level)))
                }
            }
        }
    }
}

/// S.d. of a year's own log growth, which may fall with the base-year size.
fn spread(v: Vector, item: &Item, log_base: &Lanes, values: &[Lanes]) -> Lanes {
    let mut spread = [0.0; LANES];
    NumLanes::of(item.follows.own_volatility, values).write(&mut spread);
    let Some(rule) = item.size_rule else { return spread };
    let (reference, exponent) = (NumLanes::of(rule.reference, values), NumLanes::of(rule.exponent, values));
    let mut factor = [0.0; LANES];
    (0..LANES).for_each(|i| factor[i] = exp(-exponent.at(i) * (log_base[i] - ln(reference.at(i)))));
    v.mul(&mut spread, &factor);
    spread
}
