//! How an instrument's money is split over clusters.

use super::number::NumLanes;
use super::organic::Organic;
use crate::math::{LANES, Lanes, Task, Vector};
use crate::plan::{Instrument, Num};

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

    /// The shares of the years before another split holds, and those of the years from then on.
    pub fn parts(&self) -> (&Lanes, Option<&Lanes>) {
        (&self.before, self.later.as_ref().map(|(_, shares)| shares))
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
