//! The knowledge and growth channels: what a policy adds to log growth.

use super::capacity::pay;
use super::number::NumLanes;
use super::organic::Organic;
use crate::math::{LANES, Lanes, Vector};
use crate::plan::{Growth, GrowthEffect, Instrument, Knowledge};

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
            (0..LANES).for_each(|i| spent[i] += money[step][i]);
            let mut effect = [0.0; LANES];
            if step >= growth.first_step {
                let phase = ((step - growth.first_step + 1) as f64 / growth.years as f64).min(1.0);
                (0..LANES).for_each(|i| effect[i] = size[i] * phase);
                if let Some(scale) = growth.scale {
                    let scale = NumLanes::of(scale, values);
                    let mut decay = [0.0; LANES];
                    (0..LANES).for_each(|i| decay[i] = -spent[i] / scale.at(i));
                    v.exp(&mut decay);
                    (0..LANES).for_each(|i| effect[i] *= 1.0 - decay[i]);
                }
            }
            if level {
                let reached = effect;
                (0..LANES).for_each(|i| effect[i] -= before[i]);
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
    let total = organic.total_base(instrument.province);
    let share = instrument.allocation.as_ref().map(|a| NumLanes::of(a[cluster], values));
    let additionality = NumLanes::of(knowledge.additionality, values);
    let depreciation = NumLanes::of(knowledge.depreciation, values);
    let intensity = NumLanes::of(knowledge.rd_intensity, values);
    let elasticity = NumLanes::of(knowledge.elasticity, values);

    // logs[y] = β ln(1 + X_y / K_y)
    let mut stock = [0.0; LANES];
    let logs: Vec<Lanes> = (0..=steps)
        .map(|year| {
            let (multiple, growth) = knowledge.median_path[cluster][year];
            let mut out = [1.0; LANES];
            for lane in 0..LANES {
                let rate = depreciation.at(lane);
                let without = intensity.at(lane) * base[lane] * multiple / (growth + rate);
                if stock[lane] > 0.0 && without > 0.0 {
                    out[lane] += stock[lane] / without;
                }
                let local = match share {
                    Some(share) => share.at(lane),
                    None if total[lane] > 0.0 => base[lane] / total[lane],
                    None => 0.0,
                };
                stock[lane] =
                    (1.0 - rate) * stock[lane] + (1.0 + additionality.at(lane)) * money[year][lane] * local;
            }
            v.ln(&mut out);
            elasticity.multiply(&mut out);
            out
        })
        .collect();
    (0..steps)
        .map(|step| {
            let mut effect = [0.0; LANES];
            if step + 1 > knowledge.lag {
                let now = &logs[step + 1 - knowledge.lag];
                (0..LANES).for_each(|i| effect[i] = now[i]);
                if let Some(before) = step.checked_sub(knowledge.lag) {
                    (0..LANES).for_each(|i| effect[i] -= logs[before][i]);
                }
            }
            effect
        })
        .collect()
}
