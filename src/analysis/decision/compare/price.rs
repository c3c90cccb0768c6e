//! What an effect costs: the one rule of comparisons and reports.

use serde::{Deserialize, Serialize};

use crate::analysis::decision::Estimate;
use crate::analysis::results::Ends;
use crate::analysis::summarise::ends;
use crate::stats::{Level, ratio_of_means};

/// What an effect costs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum Price {
    /// Money for each unit of effect, with Fieller's interval.
    Defined {
        /// Money for each unit of effect.
        value: f64,
        /// Fieller's interval.
        interval: Ends,
    },
    /// No price: the interval of the effect contains 0.
    EffectUnclear,
    /// No price: the effect is told from none, but half its interval exceeds half of it.
    EffectRough,
    /// No price: the effect is an adverse one.
    EffectAdverse,
    /// No price: public money does not differ in any trial, in no year.
    CostsNothing,
    /// No price: public money differs only after the year of the target.
    PaidLater,
    /// No price: public money differs only for instruments that cannot move the target.
    PaidElsewhere,
    /// No price: not a single trial comes to anything else.
    NoEffect,
}

/// Whether money of any year differs in any trial.
#[derive(Clone, Copy)]
pub(super) struct Ever {
    /// Of the instruments that can move the target.
    pub counted: bool,
    /// Of all instruments.
    pub at_all: bool,
}

/// Whether public money differs from the reference's.
#[derive(Clone, Copy, Debug)]
pub struct Outlay {
    /// In any year.
    pub ever: bool,
    /// Up to the year of the target.
    pub in_time: bool,
}

/// What is known of an effect that money may be divided by.
#[derive(Clone, Copy, Debug)]
pub struct Gain {
    /// Whether any trial comes to something else.
    pub any: bool,
    /// The interval that says on which side of 0 the effect lies.
    pub interval: Ends,
    /// The effect with its interval at 95 % by itself, which says whether it is known well enough; `None` asks for no more
    /// than the side.
    pub alone: Option<Estimate>,
}

/// Why money is not divided by an effect; `None` where it is.
pub fn unpriced(outlay: Outlay, gain: Gain) -> Option<Price> {
    let [low, high] = gain.interval;
    match outlay {
        Outlay { ever: false, .. } => Some(Price::CostsNothing),
        _ if !gain.any => Some(Price::NoEffect),
        _ if high < 0.0 => Some(Price::EffectAdverse),
        _ if low <= 0.0 => Some(Price::EffectUnclear),
        Outlay { in_time: false, .. } => Some(Price::PaidLater),
        _ => gain.alone.filter(|alone| !is_clear(*alone)).map(|_| Price::EffectRough),
    }
}

/// Whether half of the interval is at most half of the change, all on one side of 0.
fn is_clear(Estimate { value, interval: [low, high] }: Estimate) -> bool {
    (low > 0.0 || high < 0.0) && high - low <= value.abs()
}

/// Money up to the year of the target for each unit of a gain, both trial by trial, with Fieller's interval at `level`;
/// `ever` says whether money differs in any year.
pub(super) fn price(
    money: &[f64],
    ever: Ever,
    gains: &[f64],
    (interval, alone): (Ends, Option<Estimate>),
    level: Level,
) -> Price {
    let differs = |values: &[f64]| values.iter().any(|&value| value != 0.0);
    let in_time = differs(money);
    let gain = Gain { any: differs(gains), interval, alone };
    let ever_counted = ever.counted || in_time;
    let outlay = Outlay { ever: ever_counted || ever.at_all, in_time };
    let none = unpriced(outlay, gain).map(|none| match none {
        Price::PaidLater if !ever_counted => Price::PaidElsewhere,
        none => none,
    });
    none.unwrap_or_else(|| {
        ratio_of_means(money, gains, level).map_or(Price::EffectUnclear, |(value, interval)| Price::Defined {
            value,
            interval: ends(interval),
        })
    })
}
