//! Size distributions of unnamed firms and products: how many lie above a size, given what they follow.
//!
//! A thing lies above a size with a probability `p` that the path fixes; N alike and independent things make the
//! number binomial. It is counted by ranks: with the things in the order of luck, the k-th smallest of their N uniforms
//! satisfies `−ln(1 − U_(k)) = Σ_{j<k} E_j / (N − j)` with unit exponentials `E_j` (Rényi 1953, *Acta Mathematica Academiae
//! Scientiarum Hungaricae* 4:191), and the number above is `#{k : U_(k) ≤ p}`. So the numbers above several sizes come
//! from one sample, ranks last over years, and policies share them.

mod near;

use super::Context;
use super::followed::Followed;
use crate::kernel::draws::Draws;
use crate::kernel::number::NumLanes;
use crate::math::elementary::ln_complement;
use crate::math::{LANES, Lanes, Task, ln};
use crate::plan::{Counted, Parts, Plan, Population, SizeLaw, SizeScale};
use crate::random::{Stream, lognormal_survival, pareto_mean, pareto_minimum, pareto_survival, uncut};

/// From so many ranks on, a search from a near number beats comparing every rank in all lanes.
const LONG: usize = 24;

/// One size distribution in the block at hand.
struct State {
    /// Sizes that are asked for, ascending.
    thresholds: Vec<f64>,
    /// Unit exponentials by rank.
    exponentials: Vec<Lanes>,
    /// `−ln(1 − U_(k))` by rank in the world at hand.
    ranks: Vec<Lanes>,
    /// Number of things.
    count: Lanes,
    /// Log of the law's scale (minimum or median).
    scale: Lanes,
    /// Exponent of a Pareto law, s.d. of the log size of a lognormal one.
    shape: Lanes,
    /// S.d. of a year's own growth.
    own: Lanes,
    /// `ln(below / minimum)` of a Pareto law that is cut off.
    reach: Option<Lanes>,
    /// Number above each threshold by year, `threshold × points`.
    above: Vec<Lanes>,
    /// Log of the grown scale by year that `above` was counted for; empty for years not counted in the world at hand.
    counted_for: Vec<Option<Lanes>>,
}

/// Ranks of unnamed things, and how many lie above the sizes that are asked for.
pub struct Populations {
    /// Streams of ranks; empty at the medians.
    streams: Vec<Stream>,
    states: Vec<State>,
    points: usize,
}

/// Thresholds at which some series counts a size distribution.
fn thresholds(plan: &Plan, population: usize) -> Vec<f64> {
    let mut found: Vec<f64> = plan
        .series
        .iter()
        .filter_map(|series| match &series.parts {
            Parts::Counted(Counted::Above { threshold, populations, .. })
                if populations.contains(&population) =>
            {
                Some(*threshold)
            }
            _ => None,
        })
        .collect();
    found.sort_by(f64::total_cmp);
    found.dedup();
    found
}

impl Populations {
    pub fn new(plan: &Plan, draws: &Draws) -> Self {
        let populations = plan.worlds.first().map_or(&[][..], |w| &w.counted.populations[..]);
        let streams = match draws {
            Draws::Addressed(streams) => {
                populations.iter().map(|p| streams.named(&format!("{}/ranks", p.name))).collect()
            }
            Draws::Median => Vec::new(),
        };
        let state = |k: usize| {
            let thresholds = thresholds(plan, k);
            let above = vec![[0.0; LANES]; thresholds.len() * plan.points()];
            State {
                thresholds,
                exponentials: Vec::new(),
                ranks: Vec::new(),
                count: [0.0; LANES],
                scale: [0.0; LANES],
                shape: [0.0; LANES],
                own: [0.0; LANES],
                reach: None,
                above,
                counted_for: vec![None; plan.points()],
            }
        };
        Self { streams, states: (0..populations.len()).map(state).collect(), points: plan.points() }
    }

    /// Forgets the ranks of the last block.
    pub fn begin_block(&mut self) {
        for state in &mut self.states {
            state.exponentials.clear();
        }
    }

    /// Numbers and scales of a world.
    pub fn begin_world(&mut self, at: Context<'_>) {
        let values = at.organic.values();
        for (state, spec) in self.states.iter_mut().zip(&at.world.counted.populations) {
            state.ranks.clear();
            state.counted_for.fill(None);
            let count = NumLanes::of(spec.count, values);
            (0..LANES).for_each(|i| state.count[i] = count.at(i).round());
            state.scale = log_scale(at, spec, &state.count, values);
            NumLanes::of(spec.follows.own_volatility, values).write(&mut state.own);
            let (SizeLaw::Pareto { exponent: shape, .. } | SizeLaw::Lognormal { sigma: shape, .. }) =
                spec.law;
            NumLanes::of(shape, values).write(&mut state.shape);
            state.reach = None;
            if let SizeLaw::Pareto { below: Some(below), .. } = spec.law {
                let mut reach = [0.0; LANES];
                NumLanes::of(below, values).write(&mut reach);
                at.vector.ln(&mut reach);
                (0..LANES).for_each(|i| reach[i] -= state.scale[i]);
                state.reach = Some(reach);
            }
        }
    }

    /// Counts what lies above every threshold under the policy at hand.
    pub fn read_out(&mut self, at: Context<'_>, followed: &Followed) {
        let values = at.organic.values();
        for (k, (state, spec)) in self.states.iter_mut().zip(&at.world.counted.populations).enumerate() {
            if state.thresholds.is_empty() {
                continue;
            }
            let stream = self.streams.get(k);
            for year in 0..self.points {
                let mut growth = [0.0; LANES];
                followed.log_growth(at.vector, &spec.follows, values, year, &mut growth);
                at.vector.add(&mut growth, &state.scale);
                // years that a policy leaves as the one before it did, to the bit, keep their numbers
                let known = state.counted_for[year].replace(growth);
                if known.is_some_and(|known| known.map(f64::to_bits) == growth.map(f64::to_bits)) {
                    continue;
                }
                for t in 0..state.thresholds.len() {
                    let mut p = growth;
                    at.vector.run(Survival {
                        law: &spec.law,
                        state,
                        level: ln(state.thresholds[t]),
                        years: (year as f64).sqrt(),
                        grown: &mut p,
                    });
                    let place = t * self.points + year;
                    match stream {
                        Some(stream) => {
                            // policies differ little: the number under the one before is near
                            let near = known.map(|_| state.above[place]);
                            state.above[place] = state.count_below(at, stream, &mut p, near);
                        }
                        // at the medians: the expected number
                        None => {
                            at.vector.mul(&mut p, &state.count);
                            state.above[place] = p;
                        }
                    }
                }
            }
        }
    }

    /// Adds the number of these things at or above `threshold` in a year.
    pub fn add_above(&self, populations: &[usize], threshold: f64, year: usize, out: &mut Lanes) {
        for &population in populations {
            let state = &self.states[population];
            let Some(t) = state.thresholds.iter().position(|known| *known == threshold) else { continue };
            let above = &state.above[t * self.points + year];
            (0..LANES).for_each(|i| out[i] += above[i]);
        }
    }
}

impl State {
    /// Number of ranks with `U_(k) ≤ p` in every lane, searched from numbers `near` it if any; draws further ranks
    /// while some lane may need them.
    fn count_below(&mut self, at: Context<'_>, stream: &Stream, p: &mut Lanes, near: Option<Lanes>) -> Lanes {
        // −ln(1 − p) on the scale of the ranks; p = 1 takes every one
        at.vector.map(p, ln_complement);
        let limit = p;
        let mut found = [0.0; LANES];
        let mut first = 0;
        if let Some(near) = near.filter(|_| self.ranks.len() >= LONG) {
            first = self.ranks.len();
            for lane in 0..LANES {
                found[lane] = near::within(&self.ranks, lane, limit[lane], near[lane] as usize) as f64;
            }
            if found.iter().all(|&found| found < first as f64) {
                return found;
            }
        }
        for k in first.. {
            if k == self.ranks.len() {
                self.draw(at, stream, k);
            }
            let hits = at.vector.run(CountHits { rank: &self.ranks[k], limit, found: &mut found });
            if hits == 0 {
                break;
            }
        }
        found
    }

    /// Adds rank `k`; past the last thing of a lane it is infinite.
    fn draw(&mut self, at: Context<'_>, stream: &Stream, k: usize) {
        if k == self.exponentials.len() {
            let mut words = [0; LANES];
            let mut exponential = [0.0; LANES];
            // a rank belongs to no year
            stream.words(at.vector, at.block, 0, k as u32, &mut words);
            at.vector.uniform_from_words(&words, &mut exponential);
            at.vector.ln(&mut exponential);
            at.vector.scale(-1.0, &mut exponential);
            self.exponentials.push(exponential);
        }
        let before = if k == 0 { [0.0; LANES] } else { self.ranks[k - 1] };
        let (left, exponential) = (k as f64, &self.exponentials[k]);
        let mut rank = [f64::INFINITY; LANES];
        for lane in 0..LANES {
            let things = self.count[lane] - left;
            if things > 0.0 {
                rank[lane] = before[lane] + exponential[lane] / things;
            }
        }
        self.ranks.push(rank);
    }
}

/// Counts lanes whose rank lies within the limit; an infinite rank is none at all.
struct CountHits<'a> {
    rank: &'a Lanes,
    limit: &'a Lanes,
    found: &'a mut Lanes,
}

impl Task for CountHits<'_> {
    type Output = u32;

    #[inline(always)]
    fn call(self) -> u32 {
        let mut hits = 0;
        for ((found, &rank), &limit) in self.found.iter_mut().zip(self.rank).zip(self.limit) {
            let hit = rank <= limit && rank < f64::INFINITY;
            *found += if hit { 1.0 } else { 0.0 };
            hits += u32::from(hit);
        }
        hits
    }
}

/// Logarithm of the law's scale: as stated, or from the expected sum of all sizes.
fn log_scale(at: Context<'_>, spec: &Population, count: &Lanes, values: &[Lanes]) -> Lanes {
    let mut scale = [0.0; LANES];
    match (spec.scale, spec.law) {
        (
            SizeScale::Stated,
            SizeLaw::Pareto { minimum: scale_of, .. } | SizeLaw::Lognormal { median: scale_of, .. },
        ) => NumLanes::of(scale_of, values).write(&mut scale),
        (SizeScale::Total(total), law) => {
            NumLanes::of(total, values).write(&mut scale);
            (0..LANES).for_each(|i| scale[i] /= count[i]);
            match law {
                SizeLaw::Lognormal { sigma, .. } => {
                    let mut factor = [0.0; LANES];
                    NumLanes::of(sigma, values).write(&mut factor);
                    factor.iter_mut().for_each(|x| *x = -0.5 * (*x * *x));
                    at.vector.exp(&mut factor);
                    at.vector.mul(&mut scale, &factor);
                }
                SizeLaw::Pareto { exponent, below, .. } => {
                    let (mut alpha, mut bound) = ([0.0; LANES], [f64::INFINITY; LANES]);
                    NumLanes::of(exponent, values).write(&mut alpha);
                    if let Some(below) = below {
                        NumLanes::of(below, values).write(&mut bound);
                    }
                    at.vector.run(Minimum { alpha: &alpha, below: &bound, mean: &mut scale });
                }
            }
        }
    }
    at.vector.ln(&mut scale);
    scale
}

/// Turns the mean size of a Pareto law into its minimum.
struct Minimum<'a> {
    alpha: &'a Lanes,
    below: &'a Lanes,
    mean: &'a mut Lanes,
}

impl Task for Minimum<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for ((mean, &alpha), &below) in self.mean.iter_mut().zip(self.alpha).zip(self.below) {
            *mean = if below < f64::INFINITY {
                pareto_minimum(alpha, below, *mean)
            } else {
                *mean / pareto_mean(alpha, f64::INFINITY)
            };
        }
    }
}

/// Turns the log of the grown scale into P(size after so many years ≥ the threshold).
struct Survival<'a> {
    law: &'a SizeLaw,
    state: &'a State,
    /// Log of the threshold.
    level: f64,
    /// Root of the years since the base year.
    years: f64,
    grown: &'a mut Lanes,
}

impl Task for Survival<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { law, state, level, years, grown } = self;
        let laws = state.shape.iter().zip(&state.own);
        match (law, &state.reach) {
            (SizeLaw::Lognormal { .. }, _) => {
                for (x, (&sigma, &own)) in grown.iter_mut().zip(laws) {
                    let walk = years * own;
                    *x = lognormal_survival(level - *x, (sigma * sigma + walk * walk).sqrt());
                }
            }
            (SizeLaw::Pareto { .. }, None) => {
                for (x, (&alpha, &own)) in grown.iter_mut().zip(laws) {
                    *x = uncut(level - *x, alpha, years * own);
                }
            }
            (SizeLaw::Pareto { .. }, Some(reach)) => {
                for ((x, (&alpha, &own)), &reach) in grown.iter_mut().zip(laws).zip(reach) {
                    *x = pareto_survival(level - *x, alpha, years * own, reach);
                }
            }
        }
    }
}
