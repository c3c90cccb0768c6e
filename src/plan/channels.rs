//! The policy side of a plan: payments, channels and instruments over plan indices.

use super::arrays::Num;
use super::counted::{ArrivalSupport, IndicatorSupport, PipelineSupport};

/// An amount paid in one year: `number × factor` in 亿元.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payment {
    /// Years after the base year, 0..=steps.
    pub year: usize,
    /// The stated amount.
    pub amount: Num,
    /// Share of the stated amount that falls in this year.
    pub factor: f64,
}

/// The capacity channel of an instrument (model section "Policy instruments").
#[derive(Clone, Debug, PartialEq)]
pub struct Capacity {
    /// Share of the announced money that is ever paid in.
    pub realised: Num,
    /// Yuan invested in all per public yuan.
    pub leverage: Num,
    /// Share of the investment kept in the province.
    pub retained: Num,
    /// Share of the investment that would have come anyway.
    pub deadweight: Num,
    /// Share of new sales taken from local firms.
    pub displaced: Num,
    /// Share of projects that survive.
    pub survival: Num,
    /// Survival is one all-or-nothing draw per vintage instead of a share.
    pub vintage_failure: bool,
    /// Yearly revenue at full output per yuan invested.
    pub output_ratio: Num,
    /// Years from investment to first output.
    pub online_after: Num,
    /// Years from investment to full output.
    pub full_after: Num,
    /// Years of output of a vintage; `None` is for good.
    pub lasts: Option<Num>,
    /// Absorptive limit as a share of the cluster's base revenue.
    pub absorption: Option<Num>,
    /// For each cluster that receives money: the segments that receive its revenue, with weights that sum to 1.
    pub receivers: Vec<(usize, Vec<(usize, f64)>)>,
}

/// A batch of projects with a landing funnel.
#[derive(Clone, Debug, PartialEq)]
pub struct Projects {
    /// Signed investment by year of signing.
    pub signed: Vec<Payment>,
    /// Projects per year of signing.
    pub count: u32,
    /// P(landed | signed).
    pub landed: Num,
    /// P(started | landed).
    pub started: Num,
    /// Years from signing to start.
    pub start_delay: usize,
    /// Public money per yuan of started investment.
    pub public_share: Num,
}

/// The knowledge channel of an instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct Knowledge {
    /// Private R&D induced per public yuan.
    pub additionality: Num,
    /// Output elasticity of knowledge β.
    pub elasticity: Num,
    /// Depreciation δ.
    pub depreciation: Num,
    /// Lag in years.
    pub lag: usize,
    /// R&D as a share of revenue.
    pub rd_intensity: Num,
    /// For every cluster and year: median revenue as a multiple of the base year, and its growth.
    pub median_path: Vec<Vec<(f64, f64)>>,
}

/// Size of a growth measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GrowthEffect {
    /// Log growth added every year once phased in.
    Uplift(Num),
    /// Total effect on the level.
    Level(Num),
}

/// The growth channel of an instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct Growth {
    /// Size of the effect.
    pub effect: GrowthEffect,
    /// Years of the linear phase-in.
    pub years: usize,
    /// First step that feels it, 0-based.
    pub first_step: usize,
    /// Money scale of the saturation.
    pub scale: Option<Num>,
    /// Whether each segment is affected.
    pub segments: Vec<bool>,
}

/// One instrument as a policy sets it.
#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    /// Identifier; its streams are `instrument.<id>/…`.
    pub id: String,
    /// Public money by year.
    pub money: Vec<Payment>,
    /// Share of the paid money that returns.
    pub recovery_share: Num,
    /// Years from payment to return.
    pub recovery_after: usize,
    /// Province (plan index) that it is confined to.
    pub province: Option<usize>,
    /// Split over clusters; `None` splits by base-year revenue within the trial, over the province if there is one.
    pub allocation: Option<Vec<Num>>,
    /// Index of the year from which another split holds, and that split.
    pub later: Option<(usize, Vec<Num>)>,
    /// Landing funnel in front of the capacity channel.
    pub projects: Option<Projects>,
    /// Capacity channel.
    pub capacity: Option<Capacity>,
    /// Knowledge channel.
    pub knowledge: Option<Knowledge>,
    /// Growth channel.
    pub growth: Option<Growth>,
    /// Pipeline channel.
    pub pipeline: Option<PipelineSupport>,
    /// Arriving firms.
    pub arrivals: Option<ArrivalSupport>,
    /// Indicators.
    pub indicators: Option<IndicatorSupport>,
}

/// One effect on growth: a growth channel works alike everywhere, a knowledge channel cluster by cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Growth channel of this instrument.
    Growth(usize),
    /// Knowledge channel of (instrument, cluster).
    Knowledge(usize, usize),
}

/// One policy in one world.
#[derive(Clone, Debug)]
pub struct PolicyPlan {
    /// Identifier.
    pub id: String,
    /// Instruments in force, with the policy's levers.
    pub instruments: Vec<Instrument>,
    /// For every segment the class of its growth effects.
    pub effect_class: Vec<usize>,
    /// The classes: which effects they add up. Class 0 is always "no effect".
    pub classes: Vec<Vec<Effect>>,
    /// For every pipeline the entry of [`super::Pipeline::variants`] that holds.
    pub variants: Vec<usize>,
}
