//! Awards per approval, paid in the order of approval while the year's money lasts.

use super::State;
use crate::kernel::capacity::pay;
use crate::kernel::counted::Context;
use crate::kernel::draws::Draws;
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
    /// What tells them apart: the instrument's number, then the variant of each of its pipelines.
    key: Vec<usize>,
    /// By pipeline: the awarded share of every approval, 0 or 1 (at the medians between).
    shares: Vec<Vec<f64>>,
    paid: Vec<Lanes>,
}

/// Awards of the world and policy at hand.
#[derive(Default)]
pub struct Awards {
    /// The different awards; only the first `known` are of the world at hand.
    given: Vec<Given>,
    known: usize,
    /// By instrument of the policy: its entry of `given`, if it pays awards.
    current: Vec<usize>,
    claims: Vec<Claim>,
    money: Vec<Lanes>,
}

impl Awards {
    /// Forgets the last world.
    pub fn begin_world(&mut self) {
        self.known = 0;
    }

    /// The awarded shares of a pipeline's approvals under an instrument of the policy that pays awards.
    pub fn given(&self, instrument: usize, pipeline: usize) -> &[f64] {
        &self.given[self.of(instrument)].shares[pipeline]
    }

    /// Number of the awards of an instrument of the policy that pays awards.
    pub fn of(&self, instrument: usize) -> usize {
        self.current[instrument]
    }

    /// Gives the awards of every instrument and books them.
    pub fn give(&mut self, at: Context<'_>, policy: &PolicyPlan, states: &[State], paths: &mut BlockPaths) {
        let values = at.organic.values();
        self.current.clear();
        self.current.resize(policy.instruments.len(), 0);
        for (k, instrument) in policy.instruments.iter().enumerate() {
            let Some(support) = &instrument.pipeline else { continue };
            let Some(award) = support.award else { continue };
            let mut key = vec![at.numbers[k]];
            key.extend(support.pipelines.iter().map(|&pipeline| states[pipeline].current));
            let known = self.given[..self.known].iter().position(|given| given.key == key);
            self.current[k] = known.unwrap_or_else(|| {
                if self.given.len() == self.known {
                    self.given.push(Given::default());
                }
                let mut given = std::mem::take(&mut self.given[self.known]);
                given.key = key;
                self.compute(at, instrument, support, award, states, &mut given);
                self.given[self.known] = given;
                self.known += 1;
                self.known - 1
            });
            let recovery = (NumLanes::of(instrument.recovery_share, values), instrument.recovery_after);
            paths.book(at.vector, &self.given[self.current[k]].paid, recovery);
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
