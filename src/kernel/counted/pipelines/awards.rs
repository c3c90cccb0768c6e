//! Awards per approval, paid in the order of approval while the year's money lasts.

use super::State;
use crate::kernel::capacity::pay;
use crate::kernel::counted::Context;
use crate::kernel::draws::Draws;
use crate::kernel::kept::{Inputs, Kept};
use crate::kernel::number::NumLanes;
use crate::kernel::paths::BlockPaths;
use crate::math::{LANES, Lanes};
use crate::plan::{Instrument, Num, PipelineSupport, PolicyPlan};

/// What of a year's money may be missing for one more award: the rounding of many payments.
const ROUNDING: f64 = 1e-9;

/// An approval that asks for an award.
#[derive(Clone, Copy)]
struct Claim {
    time: f64,
    pipeline: usize,
    /// Position among the approvals of the pipeline.
    index: usize,
}

/// Awards of one instrument under the policies that move the approvals of its pipelines alike.
#[derive(Default)]
struct Given {
    /// By pipeline: the awarded share of every approval, 0 or 1 (at the medians between).
    shares: Vec<Vec<f64>>,
    paid: Vec<Lanes>,
}

/// Awards of the world and policy at hand.
#[derive(Default)]
pub struct Awards {
    /// The different awards.
    given: Kept<Given>,
    inputs: Inputs,
    /// By instrument of the policy: its place in `given`, if it pays awards.
    current: Vec<usize>,
    claims: Vec<Claim>,
    money: Vec<Lanes>,
}

impl Awards {
    /// Forgets the block before.
    pub fn begin_block(&mut self) {
        self.given.begin_block();
    }

    /// Forgets what the world before has not used.
    pub fn begin_world(&mut self) {
        self.given.begin_world();
    }

    /// The awarded shares of a pipeline's approvals under an instrument of the policy that pays awards.
    pub fn given(&self, instrument: usize, pipeline: usize) -> &[f64] {
        &self.given.at(self.current[instrument]).shares[pipeline]
    }

    /// What tells the awards of an instrument of the policy that pays awards apart from all others of the block.
    pub fn number(&self, instrument: usize) -> usize {
        self.given.number(self.current[instrument])
    }

    /// Gives the awards of every instrument and books them.
    pub fn give(&mut self, at: Context<'_>, policy: &PolicyPlan, states: &[State], paths: &mut BlockPaths) {
        let values = at.organic.values();
        self.current.clear();
        self.current.resize(policy.instruments.len(), 0);
        for (k, instrument) in policy.instruments.iter().enumerate() {
            let Some(support) = &instrument.pipeline else { continue };
            let Some(award) = support.award else { continue };
            let mut inputs = std::mem::take(&mut self.inputs);
            describe(instrument, support, award, states, values, &mut inputs);
            // out of its place, as the buffers of this are used while they are computed
            let mut kept = std::mem::take(&mut self.given);
            self.current[k] =
                kept.of(&inputs, |given| self.compute(at, instrument, support, award, states, given));
            (self.given, self.inputs) = (kept, inputs);
            let recovery = (NumLanes::of(instrument.recovery_share, values), instrument.recovery_after);
            paths.book(at.vector, &self.given.at(self.current[k]).paid, recovery);
        }
    }

    /// Gives the awards of one instrument.
    fn compute(
        &mut self,
        at: Context<'_>,
        instrument: &Instrument,
        support: &PipelineSupport,
        award: Num,
        states: &[State],
        given: &mut Given,
    ) {
        let values = at.organic.values();
        given.shares.resize_with(states.len(), Vec::new);
        for (shares, state) in given.shares.iter_mut().zip(states) {
            shares.clear();
            shares.resize(state.approvals().len(), 0.0);
        }
        for buffer in [&mut given.paid, &mut self.money] {
            buffer.clear();
            buffer.resize(at.plan.points(), [0.0; LANES]);
        }
        pay(&instrument.money, values, &mut self.money);
        let ends = self.collect(&support.pipelines, support.start as f64, states);
        let award = NumLanes::of(award, values);
        let divisible = matches!(at.draws, Draws::Median);
        for (lane, range) in ends.windows(2).map(|w| w[0]..w[1]).enumerate() {
            self.pay_lane(lane, range, award.at(lane), divisible, states, given);
        }
    }

    /// Collects the claims of all pipelines by lane; lane `i` has the claims `ends[i]..ends[i + 1]`.
    fn collect(&mut self, pipelines: &[usize], start: f64, states: &[State]) -> [usize; LANES + 1] {
        let claims = || {
            pipelines.iter().flat_map(move |&pipeline| {
                let approvals = states[pipeline].approvals().iter().enumerate();
                approvals
                    .filter(move |(_, a)| a.time > start)
                    .map(move |(index, a)| (usize::from(a.lane), Claim { time: a.time, pipeline, index }))
            })
        };
        let mut ends = [0; LANES + 1];
        claims().for_each(|(lane, _)| ends[lane + 1] += 1);
        (0..LANES).for_each(|lane| ends[lane + 1] += ends[lane]);
        let mut next = ends;
        self.claims.clear();
        self.claims.resize(ends[LANES], Claim { time: 0.0, pipeline: 0, index: 0 });
        for (lane, claim) in claims() {
            self.claims[next[lane]] = claim;
            next[lane] += 1;
        }
        ends
    }

    /// Pays the claims of one trial in the order of approval; what a year leaves is not carried over.
    fn pay_lane(
        &mut self,
        lane: usize,
        range: std::ops::Range<usize>,
        award: f64,
        divisible: bool,
        states: &[State],
        given: &mut Given,
    ) {
        let claims = &mut self.claims[range];
        claims.sort_unstable_by(|a, b| {
            a.time.total_cmp(&b.time).then((a.pipeline, a.index).cmp(&(b.pipeline, b.index)))
        });
        let (mut year, mut left) = (0, 0.0);
        for claim in claims.iter() {
            let approval = &states[claim.pipeline].approvals()[claim.index];
            if approval.year() != year {
                year = approval.year();
                left = self.money[year][lane];
            }
            let cost = award * approval.weight;
            let share = match left >= cost * (1.0 - ROUNDING) {
                true => 1.0,
                false if divisible => left / cost,
                false => 0.0,
            };
            left = (left - share * cost).max(0.0);
            given.paid[year][lane] += share * cost;
            given.shares[claim.pipeline][claim.index] = share;
        }
    }
}

/// All that the awards of an instrument are made from.
fn describe(
    instrument: &Instrument,
    support: &PipelineSupport,
    award: Num,
    states: &[State],
    values: &[Lanes],
    inputs: &mut Inputs,
) {
    inputs.clear();
    inputs.count(support.start);
    inputs.number(award, values);
    inputs.count(instrument.money.len());
    for payment in &instrument.money {
        inputs.count(payment.year);
        inputs.constant(payment.factor);
        inputs.number(payment.amount, values);
    }
    for &pipeline in &support.pipelines {
        inputs.count(pipeline);
        states[pipeline].describe_approvals(inputs);
    }
}
