//! Outside firms that settle: Poisson arrivals with a size, whose revenue joins a segment.
//!
//! The firms of a year are the points `Γ_1 < Γ_2 < …` of a Poisson process of rate 1, each with a size of its own; the
//! k-th settles if `Γ_k` is below the year's rate. So a policy that raises the rate adds firms and moves none.

use super::Context;
use super::pipelines::exponential;
use crate::kernel::capacity::ramp;
use crate::kernel::draws::{Draws, calendar};
use crate::kernel::number::NumLanes;
use crate::kernel::projection::PolicyBuffers;
use crate::math::{LANES, Lanes, Task, Vector};
use crate::plan::{Arrival, Counted, Parts, Plan, PolicyPlan};
use crate::random::{Score, Stream};

/// One possible firm of a year.
struct Rank {
    /// Its point in the process of rate 1.
    point: Lanes,
    /// Revenue at full output, 亿元.
    size: Lanes,
    /// The largest of these over all lanes.
    largest: f64,
}

impl Rank {
    fn set_sizes(&mut self, fill: impl FnOnce(&mut Lanes)) {
        fill(&mut self.size);
        self.largest = largest(&self.size);
    }
}

/// The largest value of all lanes, at least 0; eight at a time, which compiles to vector code.
fn largest(x: &Lanes) -> f64 {
    let mut most = [0.0; 8];
    for part in x.as_chunks::<8>().0 {
        most.iter_mut().zip(part).for_each(|(most, &x)| *most = if x > *most { x } else { *most });
    }
    most.into_iter().fold(0.0, f64::max)
}

/// One kind of arrival in the block at hand; all lists over years start with the base year.
struct State {
    /// Possible firms of every year; only the first `used` are those of the world at hand.
    ranks: Vec<Vec<Rank>>,
    used: Vec<usize>,
    /// Rate of every year under the policy at hand.
    rates: Vec<Lanes>,
    /// Firms that settle in every year under the policy at hand.
    settled: Vec<Lanes>,
    /// Increments of the ramp by age.
    ramp: Vec<Lanes>,
    /// Revenue per unit of size, by year of arrival and year; empty unless some series counts the firms by revenue.
    revenue: Vec<Vec<Lanes>>,
}

/// Arrivals of the block at hand.
pub struct Arrivals {
    /// Points and sizes; empty at the medians.
    streams: Vec<(Stream, Stream)>,
    states: Vec<State>,
    /// Sizes at the medians: one expected firm stands for all.
    median: bool,
}

/// Whether some series counts the firms of an arrival by their revenue.
pub fn is_counted(plan: &Plan, arrival: usize) -> bool {
    plan.series.iter().any(|series| match &series.parts {
        Parts::Counted(Counted::Above { arrivals, .. }) => arrivals.contains(&arrival),
        _ => false,
    })
}

impl Arrivals {
    /// Buffers for `plan`, with the streams of `draws`.
    pub fn new(plan: &Plan, draws: &Draws) -> Self {
        let arrivals = plan.worlds.first().map_or(&[][..], |w| &w.counted.arrivals[..]);
        let (streams, median) = match draws {
            Draws::Median => (Vec::new(), true),
            Draws::Addressed(named) => {
                let stream = |a: &Arrival, what: &str| named.named(&format!("{}/{what}", a.name));
                (arrivals.iter().map(|a| (stream(a, "arrivals"), stream(a, "size"))).collect(), false)
            }
        };
        let points = plan.points();
        let zero = || vec![[0.0; LANES]; points];
        let states = (0..arrivals.len())
            .map(|index| State {
                ranks: (0..points).map(|_| Vec::new()).collect(),
                used: vec![0; points],
                rates: zero(),
                settled: zero(),
                ramp: zero(),
                revenue: if is_counted(plan, index) { vec![zero(); points] } else { Vec::new() },
            })
            .collect();
        Self { streams, states, median }
    }

    pub fn begin_block(&mut self, _plan: &Plan, _v: Vector, _block: u64) {}

    /// Draws the firms that settle under some policy.
    pub fn begin_world(&mut self, at: Context<'_>) {
        let values = at.organic.values();
        for (index, spec) in at.world.counted.arrivals.iter().enumerate() {
            let state = &mut self.states[index];
            let online = NumLanes::of(spec.online_after, values);
            let full = NumLanes::of(spec.full_after, values);
            let share = |age: usize, lane: usize| ramp(age as f64, online.at(lane), full.at(lane));
            for (age, out) in state.ramp.iter_mut().enumerate() {
                let before = |lane: usize| if age > 0 { share(age - 1, lane) } else { 0.0 };
                (0..LANES).for_each(|i| out[i] = share(age, i) - before(i));
            }
            state.used.fill(0);
            let mut bound: Vec<Lanes> = vec![[0.0; LANES]; at.plan.points()];
            for policy in &at.world.policies {
                set_rates(spec, index, policy, values, &mut state.rates);
                for (bound, rate) in bound.iter_mut().zip(&state.rates) {
                    (0..LANES).for_each(|i| bound[i] = bound[i].max(rate[i]));
                }
            }
            for year in spec.active.clone() {
                match self.streams.get(index) {
                    Some(streams) => state.draw(at, spec, streams, year, &bound[year]),
                    None => state.expect(at, spec, year),
                }
            }
        }
    }

    /// Adds the revenue of the firms that settle under a policy.
    pub fn add_revenue(&mut self, at: Context<'_>, policy: &PolicyPlan, buffers: &mut PolicyBuffers) {
        let values = at.organic.values();
        for (index, spec) in at.world.counted.arrivals.iter().enumerate() {
            let state = &mut self.states[index];
            set_rates(spec, index, policy, values, &mut state.rates);
            let mut sizes = vec![[0.0; LANES]; at.plan.points()];
            for (year, sizes) in sizes.iter_mut().enumerate() {
                let settled = &mut state.settled[year];
                settled.fill(0.0);
                for rank in &state.ranks[year][..state.used[year]] {
                    let rate = &state.rates[year];
                    at.vector.run(AddSettled { rank, rate, median: self.median, settled, sizes });
                }
            }
            let displaced = NumLanes::of(spec.displaced, values);
            for step in 0..at.plan.steps {
                let mut revenue = [0.0; LANES];
                for (year, sizes) in sizes.iter().enumerate().take(step + 2) {
                    let ramp = &state.ramp[step + 1 - year];
                    (0..LANES).for_each(|i| revenue[i] += sizes[i] * ramp[i]);
                }
                displaced.multiply_complement(&mut revenue);
                buffers.add_revenue(at.vector, spec.segment, step, 1.0, &revenue);
            }
        }
    }

    /// Follows the revenue of the firms: what has come on stream grows with the segment.
    pub fn read_out(&mut self, at: Context<'_>, buffers: &PolicyBuffers) {
        for (state, spec) in self.states.iter_mut().zip(&at.world.counted.arrivals) {
            for (arrival, path) in state.revenue.iter_mut().enumerate() {
                for year in arrival.max(1)..=at.plan.steps {
                    let mut level = path[year - 1];
                    if year == arrival {
                        level.fill(0.0);
                    }
                    let growth = buffers.growth(spec.segment, year - 1);
                    let ramp = &state.ramp[year - arrival];
                    (0..LANES).for_each(|i| level[i] = level[i] * growth[i] + ramp[i]);
                    path[year] = level;
                }
            }
        }
    }

    /// Adds the number of settled firms with revenue at or above `threshold` in a year.
    pub fn add_above(&self, v: Vector, arrivals: &[usize], threshold: f64, year: usize, out: &mut Lanes) {
        for &arrival in arrivals {
            let state = &self.states[arrival];
            for (settled, path) in state.revenue.iter().enumerate().take(year + 1).skip(1) {
                let most = largest(&path[year]);
                for rank in &state.ranks[settled][..state.used[settled]] {
                    // few firms that arrive ever grow as large as anyone asks for
                    if rank.largest * most < threshold {
                        continue;
                    }
                    v.run(AddLarge {
                        rank,
                        path: &path[year],
                        rate: &state.rates[settled],
                        threshold,
                        median: self.median,
                        out,
                    });
                }
            }
        }
    }

    /// Adds the number of arrivals from year `since` to `year`.
    pub fn add_arrivals(&self, arrivals: &[usize], since: usize, year: usize, out: &mut Lanes) {
        for &arrival in arrivals {
            for settled in self.states[arrival].settled.iter().take(year + 1).skip(since) {
                (0..LANES).for_each(|i| out[i] += settled[i]);
            }
        }
    }
}

/// Number of firms that a rank stands for: one or none, at the medians the expected number.
#[inline(always)]
fn number(median: bool, point: f64, rate: f64) -> f64 {
    if median {
        rate
    } else if point < rate {
        1.0
    } else {
        0.0
    }
}

/// Adds a rank's firms and their sizes where it settles.
struct AddSettled<'a> {
    rank: &'a Rank,
    rate: &'a Lanes,
    median: bool,
    settled: &'a mut Lanes,
    sizes: &'a mut Lanes,
}

impl Task for AddSettled<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { rank, rate, median, settled, sizes } = self;
        for i in 0..LANES {
            let number = number(median, rank.point[i], rate[i]);
            settled[i] += number;
            sizes[i] += number * rank.size[i];
        }
    }
}

/// Adds a rank's firms where it settles and has grown to a threshold.
struct AddLarge<'a> {
    rank: &'a Rank,
    path: &'a Lanes,
    rate: &'a Lanes,
    threshold: f64,
    median: bool,
    out: &'a mut Lanes,
}

impl Task for AddLarge<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { rank, path, rate, threshold, median, out } = self;
        for i in 0..LANES {
            let number = number(median, rank.point[i], rate[i]);
            out[i] += if rank.size[i] * path[i] >= threshold { number } else { 0.0 };
        }
    }
}

/// Rates of all years under a policy: multipliers multiply, additions add.
fn set_rates(spec: &Arrival, index: usize, policy: &PolicyPlan, values: &[Lanes], rates: &mut [Lanes]) {
    let supports = policy.instruments.iter().filter_map(|i| i.arrivals.as_ref());
    let supports: Vec<_> = supports.filter(|s| s.of.contains(&index)).collect();
    for (year, rate) in rates.iter_mut().enumerate() {
        if !spec.active.contains(&year) {
            rate.fill(0.0);
            continue;
        }
        NumLanes::of(spec.rate, values).write(rate);
        let working = || supports.iter().filter(|s| s.start <= year);
        working().for_each(|s| NumLanes::of(s.rate, values).multiply(rate));
        working().for_each(|s| NumLanes::of(s.added, values).add_scaled(1.0, rate));
    }
}

impl State {
    fn rank(&mut self, year: usize) -> &mut Rank {
        let used = self.used[year];
        if self.ranks[year].len() == used {
            self.ranks[year].push(Rank { point: [0.0; LANES], size: [0.0; LANES], largest: 0.0 });
        }
        self.used[year] += 1;
        &mut self.ranks[year][used]
    }

    /// Draws the firms of a year until no policy reaches further.
    fn draw(
        &mut self,
        at: Context<'_>,
        spec: &Arrival,
        (points, sizes): &(Stream, Stream),
        year: usize,
        bound: &Lanes,
    ) {
        let date = calendar(at.plan, year);
        let (mut words, mut spacing, mut sum) = ([0; LANES], [0.0; LANES], [0.0; LANES]);
        for slot in 0..u32::MAX {
            exponential(at.vector, points, at.block, (date, slot), &mut words, &mut spacing);
            at.vector.add(&mut sum, &spacing);
            if (0..LANES).all(|i| sum[i] >= bound[i]) {
                return;
            }
            sizes.words(at.vector, at.block, date, slot, &mut words);
            let rank = self.rank(year);
            rank.point = sum;
            rank.set_sizes(|size| spec.size.fill(at.vector, Score::Words(&words), size));
        }
    }

    /// The median firm, which stands for all of a year.
    fn expect(&mut self, at: Context<'_>, spec: &Arrival, year: usize) {
        let rank = self.rank(year);
        rank.set_sizes(|size| spec.size.fill(at.vector, Score::Normal(&[0.0; LANES]), size));
    }
}
