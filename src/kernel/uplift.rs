//! The growth channel: log growth that a measure adds everywhere alike.

use super::capacity::pay;
use super::number::NumLanes;
use super::organic::Organic;
use crate::math::{LANES, Lanes, Vector, exp};
use crate::plan::{Growth, GrowthEffect, Instrument};

/// Log growth added in every step by the growth channel of an instrument.
///
/// The effect comes in linearly over `years`: an uplift reaches its full size after them, the logarithm of a level
/// effect is spread over them. Either saturates in the money spent so far, `1 − exp(−money/scale)`; a level effect
/// grows with that factor, so that later money still counts.
pub fn uplift(instrument: &Instrument, growth: &Growth, organic: &Organic, v: Vector, out: &mut [Lanes]) {
    let values = organic.values();
    let mut size = [0.0; LANES];
    let level = match growth.effect {
        GrowthEffect::Uplift(num) => {
            NumLanes::of(num, values).write(&mut size);
            false
        }
        GrowthEffect::Level(num) => {
            NumLanes::of(num, values).write(&mut size);
            v.map(&mut size, |x| x + 1.0);
            v.ln(&mut size);
            true
        }
    };
    let mut money = vec![[0.0; LANES]; out.len() + 1];
    pay(&instrument.money, values, &mut money);
    let mut spent = [0.0; LANES];
    let mut before = [0.0; LANES];
    for (step, effect) in out.iter_mut().enumerate() {
        v.add(&mut spent, &money[step]);
        if step < growth.first_step {
            effect.fill(0.0);
            continue;
        }
        let phase = ((step - growth.first_step + 1) as f64 / growth.years as f64).min(1.0);
        *effect = size;
        v.scale(phase, effect);
        if let Some(scale) = growth.scale {
            let mut decay = [0.0; LANES];
            NumLanes::of(scale, values).write(&mut decay);
            v.zip(&mut decay, &spent, |scale, spent| exp(-spent / scale));
            v.zip(effect, &decay, |effect, decay| effect * (1.0 - decay));
        }
        if level {
            let reached = *effect;
            v.zip(effect, &before, |now, before| now - before);
            before = reached;
        }
    }
}
