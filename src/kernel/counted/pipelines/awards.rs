//! Awards per approval, paid in the order of approval while the year's money lasts.

use super::State;
use crate::kernel::capacity::pay;
use crate::kernel::counted::Context;
use crate::kernel::draws::Draws;
use crate::kernel::number::NumLanes;
use crate::kernel::paths::BlockPaths;
use crate::math::{LANES, Lanes};
use crate::plan::PolicyPlan;

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

/// Awards of the policy at hand.
#[derive(Default)]
pub struct Awards {
    /// By instrument of the policy and pipeline: the awarded share of every approval, 0 or 1 (at the medians between).
    /// Empty for instruments that pay no awards.
    given: Vec<Vec<Vec<f64>>>,
    claims: Vec<Claim>,
    paid: Vec<Lanes>,
    money: Vec<Lanes>,
}

impl Awards {
    /// The awarded shares of a pipeline's approvals under an instrument of the policy, `None` if it pays no awards.
    pub fn given(&self, instrument: usize, pipeline: usize) -> &[f64] {
        &self.given[instrument][pipeline]
    }

    /// Gives the awards of every instrument and books them.
    pub fn give(&mut self, at: Context<'_>, policy: &PolicyPlan, states: &[State], paths: &mut BlockPaths) {
        let values = at.organic.values();
        for (k, instrument) in policy.instruments.iter().enumerate() {
            let Some(support) = &instrument.pipeline else { continue };
            let Some(award) = support.award else { continue };
            if self.given.len() <= k {
                self.given.resize_with(k + 1, Vec::new);
            }
            self.given[k].resize_with(states.len(), Vec::new);
            for (given, state) in self.given[k].iter_mut().zip(states) {
                given.clear();
                given.resize(state.approvals().len(), 0.0);
            }
            for buffer in [&mut self.paid, &mut self.money] {
                buffer.clear();
                buffer.resize(at.plan.points(), [0.0; LANES]);
            }
            pay(&instrument.money, values, &mut self.money);
            let ends = self.collect(&support.pipelines, support.start as f64, states);
            let award = NumLanes::of(award, values);
            let divisible = matches!(at.draws, Draws::Median);
            for (lane, range) in ends.windows(2).map(|w| w[0]..w[1]).enumerate() {
                self.pay_lane(lane, range, k, award.at(lane), divisible, states);
            }
            let recovery = (NumLanes::of(instrument.recovery_share, values), instrument.recovery_after);
            paths.book(&self.paid, recovery);
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
        instrument: usize,
        award: f64,
        divisible: bool,
        states: &[State],
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
            self.paid[year][lane] += share * cost;
            self.given[instrument][claim.pipeline][claim.index] = share;
        }
    }
}
