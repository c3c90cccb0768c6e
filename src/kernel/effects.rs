//! The knowledge and growth channels: what a policy adds to log growth.

use super::capacity::pay;
use super::number::NumLanes;
use super::organic::Organic;
use crate::math::{LANES, Lanes, Task, Vector, exp, ln};
use crate::plan::{Growth, GrowthEffect, Instrument, Knowledge, Num};

/// Log growth added in every step by the growth channel of an instrument.
///
/// The effect comes in linearly over `years`: an uplift reaches its full size after them, the logarithm of a level
/// effect is spread over them. Either saturates in the money spent so far, `1 − exp(−money/scale)`; a level effect
/// grows with that factor, so that later money still counts.
pub fn growth_effect(
    instrument: &Instrument,
    growth: &Growth,
    organic: &Organic,
    v: Vector,
    steps: usize,
) -> Vec<Lanes> {
    let values = organic.values();
    let mut size = [0.0; LANES];
    let level = match growth.effect {
        GrowthEffect::Uplift(num) => {
            NumLanes::of(num, values).write(&mut size);
            false
        }
        GrowthEffect::Level(num) => {
            NumLanes::of(num, values).write(&mut size);
            size.iter_mut().for_each(|x| *x += 1.0);
            v.ln(&mut size);
            true
        }
    };
    let mut money = vec![[0.0; LANES]; steps + 1];
    pay(&instrument.money, values, &mut money);
    let mut spent = [0.0; LANES];
    let mut before = [0.0; LANES];
    (0..steps)
        .map(|step| {
            v.add(&mut spent, &money[step]);
            let mut effect = [0.0; LANES];
            if step >= growth.first_step {
                let phase = ((step - growth.first_step + 1) as f64 / growth.years as f64).min(1.0);
                effect = size;
                v.scale(phase, &mut effect);
                if let Some(scale) = growth.scale {
                    let mut decay = [0.0; LANES];
                    NumLanes::of(scale, values).write(&mut decay);
                    v.zip(&mut decay, &spent, |scale, spent| exp(-spent / scale));
                    v.zip(&mut effect, &decay, |effect, decay| effect * (1.0 - decay));
                }
            }
            if level {
                let reached = effect;
                v.zip(&mut effect, &before, |now, before| now - before);
                before = reached;
            }
            effect
        })
        .collect()
}

/// Log growth added in every step of one cluster by the knowledge channel of an instrument:
/// `β [ln(1 + X/K) at t+1−lag − ln(1 + X/K) at t−lag]` with the extra stock `X` and the stock without it `K`
/// (perpetual inventory; Hall, Mairesse & Mohnen 2010, *Measuring the returns to R&D*).
pub fn knowledge_effect(
    instrument: &Instrument,
    knowledge: &Knowledge,
    organic: &Organic,
    v: Vector,
    cluster: usize,
    steps: usize,
) -> Vec<Lanes> {
    let values = organic.values();
    let mut money = vec![[0.0; LANES]; steps + 1];
    pay(&instrument.money, values, &mut money);
    let base = organic.cluster_base(cluster);
    let shares = ClusterShares::of(instrument, organic, v, cluster);
    let additionality = NumLanes::of(knowledge.additionality, values);
    let depreciation = NumLanes::of(knowledge.depreciation, values);
    let intensity = NumLanes::of(knowledge.rd_intensity, values);
    let elasticity = NumLanes::of(knowledge.elasticity, values);

    let mut logs = vec![[1.0; LANES]; steps + 1];
    v.run(Stocks {
        path: &knowledge.median_path[cluster],
        base,
        shares: &shares,
        money: &money,
        additionality: &additionality.lanes(),
        depreciation: &depreciation.lanes(),
        intensity: &intensity.lanes(),
        elasticity: &elasticity.lanes(),
        logs: &mut logs,
    });
    (0..steps)
        .map(|step| {
            let mut effect = [0.0; LANES];
            if step + 1 > knowledge.lag {
                effect = logs[step + 1 - knowledge.lag];
                if let Some(before) = step.checked_sub(knowledge.lag) {
                    v.zip(&mut effect, &logs[before], |now, before| now - before);
                }
            }
            effect
        })
        .collect()
}

/// What one cluster gets of an instrument's money.
pub struct ClusterShares {
    before: Lanes,
    later: Option<(usize, Lanes)>,
}

impl ClusterShares {
    /// The shares of `cluster`: as the instrument allocates its money, else by base-year revenue.
    pub fn of(instrument: &Instrument, organic: &Organic, v: Vector, cluster: usize) -> Self {
        let written = |shares: &[Num]| {
            let mut out = [0.0; LANES];
            NumLanes::of(shares[cluster], organic.values()).write(&mut out);
            out
        };
        let before = instrument.allocation.as_ref().map(|shares| written(shares));
        let before = before.unwrap_or_else(|| {
            let (part, total) = (organic.cluster_base(cluster), organic.total_base(instrument.province));
            let mut out = [0.0; LANES];
            v.run(Shares { part, total, out: &mut out });
            out
        });
        Self { before, later: instrument.later.as_ref().map(|(from, shares)| (*from, written(shares))) }
    }

    /// The shares of a year.
    pub fn at(&self, year: usize) -> &Lanes {
        self.later.as_ref().filter(|(from, _)| year >= *from).map_or(&self.before, |(_, shares)| shares)
    }
}

/// `out = part / total`, 0 where there is no total.
struct Shares<'a> {
    part: &'a Lanes,
    total: &'a Lanes,
    out: &'a mut Lanes,
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

/// `β ln(1 + X/K)` in every year, with the extra stock `X` and the stock without it `K`.
struct Stocks<'a> {
    /// Median revenue relative to the base year, and median growth, by year.
    path: &'a [(f64, f64)],
    base: &'a Lanes,
    shares: &'a ClusterShares,
    money: &'a [Lanes],
    additionality: &'a Lanes,
    depreciation: &'a Lanes,
    intensity: &'a Lanes,
    elasticity: &'a Lanes,
    /// Filled with ones.
    logs: &'a mut [Lanes],
}

impl Task for Stocks<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let mut stock = [0.0; LANES];
        let years = self.logs.iter_mut().zip(self.money).zip(self.path).enumerate();
        for (year, ((out, money), &(multiple, growth))) in years {
            let shares = self.shares.at(year);
            for i in 0..LANES {
                let rate = self.depreciation[i];
                let without = self.intensity[i] * self.base[i] * multiple / (growth + rate);
                let extra = stock[i] / without;
                let ratio = if stock[i] > 0.0 && without > 0.0 { out[i] + extra } else { out[i] };
                out[i] = ln(ratio) * self.elasticity[i];
                stock[i] = (1.0 - rate) * stock[i] + (1.0 + self.additionality[i]) * money[i] * shares[i];
            }
        }
    }
}
