//! The knowledge channel: money for research builds a stock beside what firms hold, and output follows it.
//!
//! `β [ln(1 + X/K) at t+1−lag − ln(1 + X/K) at t−lag]` with the extra stock `X` and the stock without it `K` (perpetual
//! inventory; Hall, Mairesse & Mohnen 2010, *Measuring the returns to R&D*). `X` of a cluster is its share of one stock for
//! all clusters, which is therefore built up once.

use super::capacity::pay;
use super::number::NumLanes;
use super::organic::Organic;
use crate::math::{LANES, Lanes, Task, Vector, ln};
use crate::plan::{Instrument, Knowledge};

/// The extra stock of all clusters together, with the numbers that every cluster needs.
pub struct Stock {
    known: bool,
    /// First year in which it can differ from 0, at least 1.
    first: usize,
    /// By year, 亿元.
    years: Vec<Lanes>,
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
        self.years.resize(points, [0.0; LANES]);
        self.years.iter_mut().for_each(|x| x.fill(0.0));
        pay(&instrument.money, values, &mut self.years);
        v.run(Inventory {
            additionality: &NumLanes::of(knowledge.additionality, values).lanes(),
            depreciation: &self.depreciation,
            years: &mut self.years,
        });
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
        let base = organic.cluster_base(cluster);
        let mut shares = [0.0; LANES];
        match &instrument.allocation {
            Some(shares_of) => NumLanes::of(shares_of[cluster], organic.values()).write(&mut shares),
            None => {
                v.run(Shares { part: base, total: organic.total_base(instrument.province), out: &mut shares })
            }
        }
        v.run(LogGrowth { stock: self, path: &knowledge.median_path[cluster], base, shares: &shares, out });
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
    shares: &'a Lanes,
    out: &'a mut [Lanes],
}

impl Task for LogGrowth<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Stock { first, years, depreciation, intensity, elasticity, .. } = self.stock;
        // share of the stock per yuan of research in the base year; nothing where there is no research
        let mut weight = [0.0; LANES];
        for i in 0..LANES {
            let research = intensity[i] * self.base[i];
            weight[i] = if research > 0.0 { self.shares[i] / research } else { 0.0 };
        }
        let mut before = [0.0; LANES];
        let years = years.iter().zip(self.path).skip(*first);
        for (out, (stock, &(multiple, growth))) in self.out.iter_mut().zip(years) {
            let inverse = if multiple > 0.0 { 1.0 / multiple } else { 0.0 };
            for i in 0..LANES {
                let ratio = stock[i] * weight[i] * ((growth + depreciation[i]) * inverse);
                let now = ln(if ratio > 0.0 { 1.0 + ratio } else { 1.0 }) * elasticity[i];
                out[i] = now - before[i];
                before[i] = now;
            }
        }
    }
}

/// `out = part / total`, 0 where there is no total.
pub struct Shares<'a> {
    /// Numerators.
    pub part: &'a Lanes,
    /// Denominators.
    pub total: &'a Lanes,
    /// Shares.
    pub out: &'a mut Lanes,
}

impl Task for Shares<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for ((out, part), total) in self.out.iter_mut().zip(self.part).zip(self.total) {
            *out = if *total > 0.0 { part / total } else { 0.0 };
        }
    }
}
