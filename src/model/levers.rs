//! What can be set: money, channels, instruments, policies and worlds.

use super::{ArrivalSupport, Change, IndicatorSupport, PipelineSupport, QuantityId};
use crate::diag::Span;
#[cfg(doc)]
use crate::scenario::class;
use crate::text::Text;

/// Money by year.
#[derive(Clone, Debug)]
pub enum Money {
    /// A total split equally over the years.
    Total {
        /// The total.
        total: QuantityId,
        /// First and last year.
        years: (i32, i32),
    },
    /// The same amount every year.
    PerYear {
        /// The amount.
        amount: QuantityId,
        /// First and last year.
        years: (i32, i32),
    },
    /// Amounts by year.
    ByYear(Vec<(i32, QuantityId)>),
}

impl Money {
    /// The quantities behind it.
    pub fn amounts(&self) -> Vec<QuantityId> {
        match self {
            Self::Total { total: amount, .. } | Self::PerYear { amount, .. } => vec![*amount],
            Self::ByYear(amounts) => amounts.iter().map(|(_, amount)| *amount).collect(),
        }
    }
}

/// Capacity channel.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each field is the key of the same name; see docs/scenario-format.md")]
pub struct Capacity {
    pub realised: QuantityId,
    pub leverage: QuantityId,
    pub retained: QuantityId,
    pub deadweight: QuantityId,
    pub displaced: QuantityId,
    pub survival: QuantityId,
    pub vintage_failure: bool,
    pub output_ratio: QuantityId,
    pub online_after: QuantityId,
    pub full_after: QuantityId,
    pub lasts: QuantityId,
    pub absorption: QuantityId,
    pub industries: Vec<usize>,
}

/// A batch of projects.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each field is the key of the same name; see docs/scenario-format.md")]
pub struct Projects {
    pub signed: Money,
    pub count: u32,
    pub landed: QuantityId,
    pub started: QuantityId,
    pub start_delay: u32,
    pub public_share: QuantityId,
}

/// Knowledge channel.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each field is the key of the same name; see docs/scenario-format.md")]
pub struct Knowledge {
    pub additionality: QuantityId,
    pub elasticity: QuantityId,
    pub depreciation: QuantityId,
    pub lag: u32,
    pub rd_intensity: QuantityId,
    pub span: Span,
}

/// Growth channel.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each field is the key of the same name; see docs/scenario-format.md")]
pub struct Growth {
    /// The effect, and whether it is a level effect.
    pub effect: (QuantityId, bool),
    pub years: u32,
    pub lag: u32,
    pub start: i32,
    pub scale: QuantityId,
    pub clusters: Vec<usize>,
    pub industries: Vec<usize>,
}

/// An instrument.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Its stated class, one of [`class::WORDS`]; `None` leaves it to what the instrument has.
    pub class: Option<&'static str>,
    /// The province whose clusters alone it reaches wherever no cluster is named; `None` reaches all.
    pub province: Option<usize>,
    /// Public money.
    pub money: Option<Money>,
    /// Share of the money that returns.
    pub recovery_share: QuantityId,
    /// Years until it returns.
    pub recovery_after: u32,
    /// Split over clusters; empty means by base-year revenue.
    pub allocation: Vec<(usize, QuantityId)>,
    /// What holds from a later year on instead; none in a file's own instruments.
    pub later: Option<Later>,
    /// Where the allocation is written.
    pub allocation_span: Span,
    /// Landing funnel.
    pub projects: Option<Projects>,
    /// Capacity channel.
    pub capacity: Option<Capacity>,
    /// Knowledge channel.
    pub knowledge: Option<Knowledge>,
    /// Growth channel.
    pub growth: Option<Growth>,
    /// Pipeline channel.
    pub pipeline: Option<PipelineSupport>,
    /// Arrivals channel.
    pub arrivals: Option<ArrivalSupport>,
    /// Indicators channel.
    pub indicators: Option<IndicatorSupport>,
}

/// How the money of an instrument's later years is set apart from that of its earlier ones.
#[derive(Clone, Debug)]
pub struct Later {
    /// First year that is set apart.
    pub from: i32,
    /// What the money of these years is multiplied by; a certain number.
    pub factor: QuantityId,
    /// Split of their money over clusters; empty means as in earlier years.
    pub allocation: Vec<(usize, QuantityId)>,
}

/// A policy.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Instruments in force.
    pub instruments: Vec<usize>,
    /// Changes to levers.
    pub changes: Vec<Change>,
}

/// A world.
#[derive(Clone, Debug)]
pub struct World {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Changes to what nobody controls.
    pub changes: Vec<Change>,
    /// Events whose arrivals are not drawn; none in a file's own worlds.
    pub held: Vec<HeldEvent>,
}

/// An event that arrives so many times for certain, spread evenly over its years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldEvent {
    /// Index of the event in the model.
    pub event: usize,
    /// Number of arrivals.
    pub arrivals: u32,
    /// Number of years over which they are spread, from the event's first simulated one.
    pub years: u32,
}
