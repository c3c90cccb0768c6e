//! The knowledge channel: money for research builds a stock beside what firms hold, and output follows it.
//!
//! `β [ln(1 + X/K) at t+1−lag − ln(1 + X/K) at t−lag]` with the extra stock `X` and the stock without it `K` (perpetual
//! inventory; Hall, Mairesse & Mohnen 2010, *Measuring the returns to R&D*). `X` of a cluster is its share of one stock for
//! all clusters, which is therefore built up once.

use super::capacity::pay;
use super::number::NumLanes;
use super::organic::Organic;
use super::shares::ClusterShares;
use crate::math::{LANES, Lanes, Task, Vector, ln_from_one};
use crate::plan::{Instrument, Knowledge};

/// The extra stock of all clusters together, with the numbers that every cluster needs.
pub struct Stock {
    known: bool,
    /// First year in which it can differ from 0, at least 1.
    first: usize,
    /// By year, 亿元.
    years: Vec<Lanes>,
    /// The same of the money from the year on in which it is split in another way; empty if it never is.
    later: Vec<Lanes>,
    depreciation: Lanes,
    intensity: Lanes,
    elasticity: Lanes,
}

impl Default for Stock {
    fn default() -> Self {
        let zero = [0.0; LANES];
        Self {
            known: false,
            first: 1,
            years: Vec::new(),
            later: Vec::new(),
            depreciation: zero,
            intensity: zero,
            elasticity: zero,
        }
    }
}

impl Stock {
    /// Forgets the block and world.
    pub fn forget(&mut self) {
        self.known = false;
    }

    /// Builds the stock up, unless it is known.
    pub fn build(
        &mut self,
        instrument: &Instrument,
        knowledge: &Knowledge,
        organic: &Organic,
        v: Vector,
        points: usize,
    ) {
        if std::mem::replace(&mut self.known, true) {
            return;
        }
        let values = organic.values();
        NumLanes::of(knowledge.depreciation, values).write(&mut self.depreciation);
        NumLanes::of(knowledge.rd_intensity, values).write(&mut self.intensity);
        NumLanes::of(knowledge.elasticity, values).write(&mut self.elasticity);
        self.first = instrument.money.iter().map(|payment| payment.year + 1).min().unwrap_or(points);
        self.years.clear();
        self.years.resize(points, [0.0; LANES]);
        pay(&instrument.money, values, &mut self.years);
        self.later.clear();
        if let Some((from, _)) = &instrument.later {
            let from = (*from).min(points);
            self.later.resize(points, [0.0; LANES]);
            self.later[from..].swap_with_slice(&mut self.years[from..]);
        }
        let additionality = NumLanes::of(knowledge.additionality, values).lanes();
        for years in [&mut self.years, &mut self.later] {
            v.run(Inventory { additionality: &additionality, depreciation: &self.depreciation, years });
        }
    }

    /// First step in which log growth can differ from 0.
    pub fn first_step(&self, knowledge: &Knowledge) -> usize {
        self.first + knowledge.lag - 1
    }

    /// Log growth that it adds in one cluster, by step from the first one that can differ from 0.
    pub fn effect(
        &self,
        instrument: &Instrument,
        knowledge: &Knowledge,
        organic: &Organic,
        v: Vector,
        cluster: usize,
        out: &mut [Lanes],
    ) {
        let shares = &ClusterShares::of(instrument, organic, v, cluster);
        let (path, base) = (&knowledge.median_path[cluster][..], organic.cluster_base(cluster));
        v.run(LogGrowth { stock: self, path, base, shares, out });
    }
}

/// `X_{t+1} = (1 − δ) X_t + (1 + a) money_t`, in place of the money.
struct Inventory<'a> {
    additionality: &'a Lanes,
    depreciation: &'a Lanes,
    years: &'a mut [Lanes],
}

impl Task for Inventory<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let mut stock = [0.0; LANES];
        for year in self.years {
            for i in 0..LANES {
                let money = year[i];
                year[i] = stock[i];
                stock[i] = (1.0 - self.depreciation[i]) * stock[i] + (1.0 + self.additionality[i]) * money;
            }
        }
    }
}

/// Change of `β ln(1 + X/K)` from year to year, from the first year with a stock on.
struct LogGrowth<'a> {
    stock: &'a Stock,
    /// Median revenue relative to the base year, and median growth, by year.
    path: &'a [(f64, f64)],
    base: &'a Lanes,
    shares: &'a ClusterShares,
    out: &'a mut [Lanes],
}

impl Task for LogGrowth<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Stock { first, years, later, depreciation, intensity, elasticity, .. } = self.stock;
        // stock per yuan of research in the base year; nothing where there is no research
        let mut per_research = [0.0; LANES];
        for i in 0..LANES {
            let research = intensity[i] * self.base[i];
            per_research[i] = if research > 0.0 { 1.0 / research } else { 0.0 };
        }
        let (shares, later_shares) = self.shares.parts();
        let mut before = [0.0; LANES];
        for (at, out) in self.out.iter_mut().enumerate() {
            let year = first + at;
            let (multiple, growth) = self.path[year];
            let inverse = if multiple > 0.0 { 1.0 / multiple } else { 0.0 };
            let (mine, later) = (&years[year], later.get(year));
            for i in 0..LANES {
                let research = per_research[i] * ((growth + depreciation[i]) * inverse);
                let mut stock = mine[i] * shares[i];
                if let (Some(later), Some(later_shares)) = (later, later_shares) {
                    stock += later[i] * later_shares[i];
                }
                let ratio = stock * research;
                let now = ln_from_one(if ratio > 0.0 { 1.0 + ratio } else { 1.0 }) * elasticity[i];
                out[i] = now - before[i];
                before[i] = now;
            }
        }
    }
}
