//! Organic growth of one segment in all years, in one piece of vector code.

use super::number::NumLanes;
use crate::math::{LANES, Lanes, Task, exp_flushed};
use crate::plan::Event;

/// The terms of a segment's log growth, each by step; terms that are empty are left out.
///
/// Their sum is taken term by term in the order of the fields, so that its bits do not depend on what else a plan has.
pub struct SegmentGrowth<'a> {
    /// `1 + g + a`, or its logarithm if the logarithm of growth is wanted.
    pub trend: &'a Lanes,
    /// How strongly the cluster follows the nation.
    pub exposure: NumLanes<'a>,
    /// The nation's cycle.
    pub nation: &'a [Lanes],
    /// The industry's cycle.
    pub industry: &'a [Lanes],
    /// The province's cycle.
    pub province: &'a [Lanes],
    /// Standard deviation of own shocks.
    pub own_volatility: NumLanes<'a>,
    /// Unit-variance own shocks.
    pub own: &'a [Lanes],
    /// Log changes through events, `event × steps`.
    pub jumps: &'a [Lanes],
    /// Events, which tell whether they touch the segment.
    pub events: &'a [Event],
    /// The segment.
    pub segment: usize,
    /// Whether the factor is wanted, not its logarithm.
    pub factor: bool,
    /// Growth by step.
    pub out: &'a mut [Lanes],
}

impl Task for SegmentGrowth<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let steps = self.out.len();
        for (step, out) in self.out.iter_mut().enumerate() {
            let mut sum = if self.factor { [0.0; LANES] } else { *self.trend };
            add_product(self.exposure, self.nation.get(step), &mut sum);
            add_product(ONE, self.industry.get(step), &mut sum);
            add_product(ONE, self.province.get(step), &mut sum);
            add_product(self.own_volatility, self.own.get(step), &mut sum);
            for (number, _) in
                self.events.iter().enumerate().filter(|(_, event)| event.segments[self.segment])
            {
                add_product(ONE, self.jumps.get(number * steps + step), &mut sum);
            }
            if self.factor {
                for ((out, trend), x) in out.iter_mut().zip(self.trend).zip(&sum) {
                    *out = trend * exp_flushed(*x);
                }
            } else {
                *out = sum;
            }
        }
    }
}

const ONE: NumLanes<'_> = NumLanes::Const(1.0);

/// `sum += a · x`, if there is an `x`.
#[inline(always)]
fn add_product(a: NumLanes<'_>, x: Option<&Lanes>, sum: &mut Lanes) {
    if let Some(x) = x {
        a.add_product(x, sum);
    }
}
