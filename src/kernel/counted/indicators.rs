//! Indicators: Poisson counts on a base, and ratios that return to a drifting mean.

use super::Context;
use crate::kernel::draws::{Draws, calendar};
use crate::kernel::number::NumLanes;
use crate::math::{LANES, Lanes, Vector, powi};
use crate::plan::{Counted, Indicator, IndicatorKind, IndicatorSupport, Num, Parts, Plan, PolicyPlan};
use crate::random::{Stream, poisson_lanes};

/// Indicators of the block at hand.
pub struct Indicators {
    /// Arrivals of a count or shocks of a ratio; empty at the medians.
    streams: Vec<Stream>,
    /// Uniforms of a count or normal shocks of a ratio, `indicator × points`; the base year has none.
    draws: Vec<Lanes>,
    /// Values under the policy at hand, `indicator × points`.
    values: Vec<Lanes>,
    /// Whether some series reads each indicator out; the others are not simulated.
    asked: Vec<bool>,
    points: usize,
}

impl Indicators {
    pub fn new(plan: &Plan, draws: &Draws) -> Self {
        let indicators = plan.worlds.first().map_or(&[][..], |w| &w.counted.indicators[..]);
        let streams = match draws {
            Draws::Addressed(streams) => indicators
                .iter()
                .map(|i| {
                    let what = if is_count(i) { "arrivals" } else { "shocks" };
                    streams.named(&format!("{}/{what}", i.name))
                })
                .collect(),
            Draws::Median => Vec::new(),
        };
        let zero = vec![[0.0; LANES]; indicators.len() * plan.points()];
        let asks = |k: usize| plan.series.iter().any(|s| s.parts == Parts::Counted(Counted::Indicator(k)));
        let asked = (0..indicators.len()).map(asks).collect();
        Self { streams, draws: zero.clone(), values: zero, asked, points: plan.points() }
    }

    /// Draws what worlds and policies share.
    pub fn begin_block(&mut self, plan: &Plan, v: Vector, block: u64) {
        let indicators = plan.worlds.first().map_or(&[][..], |w| &w.counted.indicators[..]);
        let mut words = [0; LANES];
        let all = self.streams.iter().zip(indicators).enumerate();
        for (k, (stream, indicator)) in all.filter(|(k, _)| self.asked[*k]) {
            for year in 1..self.points {
                stream.words(v, block, calendar(plan, year), 0, &mut words);
                let out = &mut self.draws[k * self.points + year];
                if is_count(indicator) {
                    v.uniform_from_words(&words, out);
                } else {
                    v.normal_from_words(&words, out);
                }
            }
        }
    }

    /// Values under a policy.
    pub fn read_out(&mut self, at: Context<'_>, policy: &PolicyPlan) {
        let all = at.world.counted.indicators.iter().enumerate();
        for (k, indicator) in all.filter(|(k, _)| self.asked[*k]) {
            let supports: Vec<&IndicatorSupport> = policy
                .instruments
                .iter()
                .filter_map(|i| i.indicators.as_ref())
                .filter(|support| support.of.contains(&k))
                .collect();
            let place = k * self.points..(k + 1) * self.points;
            let (draws, values) = (&self.draws[place.clone()], &mut self.values[place]);
            match indicator.kind {
                IndicatorKind::Count { base, rate } => {
                    count(at, (base, rate), &supports, draws, values, self.streams.is_empty());
                }
                IndicatorKind::Ratio { .. } => ratio(at, &indicator.kind, &supports, draws, values),
            }
        }
    }

    /// Writes an indicator in a year.
    pub fn write(&self, indicator: usize, year: usize, out: &mut Lanes) {
        *out = self.values[indicator * self.points + year];
    }

    /// Writes the average annual growth of trend and cycle of the nation since the base year:
    /// `exp(ln(1 + trend) + (1/t) Σ N_τ) − 1`, 0 in the base year.
    pub fn write_nation_growth(&self, at: Context<'_>, year: usize, out: &mut Lanes) {
        out.fill(0.0);
        if year == 0 {
            return;
        }
        for step in 0..year {
            at.vector.add(out, at.organic.nation_cycle(step));
        }
        at.vector.scale(1.0 / year as f64, out);
        if let Some(trend) = at.world.counted.nation_trend {
            let mut log = [1.0; LANES];
            NumLanes::of(trend, at.organic.values()).add_scaled(1.0, &mut log);
            at.vector.ln(&mut log);
            at.vector.add(out, &log);
        }
        at.vector.exp(out);
        at.vector.map(out, |x| x - 1.0);
    }
}

fn is_count(indicator: &Indicator) -> bool {
    matches!(indicator.kind, IndicatorKind::Count { .. })
}

/// `x_t = x_{t−1} + n_t` with Poisson `n_t` by its inverse distribution function, so that a higher rate never loses any.
fn count(
    at: Context<'_>,
    (base, rate): (Num, Num),
    supports: &[&IndicatorSupport],
    uniforms: &[Lanes],
    out: &mut [Lanes],
    median: bool,
) {
    let values = at.organic.values();
    NumLanes::of(base, values).write(&mut out[0]);
    out[0].iter_mut().for_each(|x| *x = x.round());
    let mut new = [0.0; LANES];
    for year in 1..out.len() {
        let mut rates = [0.0; LANES];
        NumLanes::of(rate, values).write(&mut rates);
        let active = || supports.iter().filter(|support| year >= support.start);
        active().for_each(|support| NumLanes::of(support.rate, values).multiply(&mut rates));
        active().for_each(|support| NumLanes::of(support.added, values).add_scaled(1.0, &mut rates));
        if median {
            new = rates;
        } else {
            poisson_lanes(at.vector, &uniforms[year], &rates, &mut new);
        }
        out[year] = out[year - 1];
        at.vector.add(&mut out[year], &new);
    }
}

/// `x_t = mean + drift · t + shift_t + d_t`, `d_t = φ d_{t−1} + σ √(1 − φ²) z_t`, `d_0 = start − mean`.
fn ratio(
    at: Context<'_>,
    kind: &IndicatorKind,
    supports: &[&IndicatorSupport],
    shocks: &[Lanes],
    out: &mut [Lanes],
) {
    let IndicatorKind::Ratio { start, mean, drift, persistence, volatility } = *kind else { return };
    let values = at.organic.values();
    let num = |num: Num| NumLanes::of(num, values);
    let (start, mean, drift) = (num(start), num(mean), num(drift));
    let (persistence, volatility) = (num(persistence), num(volatility));
    let mut deviation = [0.0; LANES];
    (0..LANES).for_each(|i| deviation[i] = start.at(i) - mean.at(i));
    for (year, out) in out.iter_mut().enumerate() {
        if year == 0 {
            start.write(out);
            continue;
        }
        for lane in 0..LANES {
            let phi = persistence.at(lane);
            let innovation = volatility.at(lane) * (1.0 - powi(phi, 2)).sqrt();
            deviation[lane] = phi * deviation[lane] + innovation * shocks[year][lane];
            out[lane] = mean.at(lane) + drift.at(lane) * year as f64 + deviation[lane];
        }
        for support in supports.iter().filter(|support| year >= support.start) {
            let phase = ((year + 1 - support.start) as f64 / support.years as f64).min(1.0);
            num(support.shift).add_scaled(phase, out);
        }
    }
}
