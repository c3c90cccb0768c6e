//! Growth without policy: trends, cycles, own shocks and events of one world.

use super::draws::{Draws, SharedDraws, calendar};
use super::jumps::Jumps;
use super::number::NumLanes;
use super::segment_growth::SegmentGrowth;
use crate::math::{LANES, Lanes, Task, Vector};
use crate::plan::{Base, Cycle, Num, Plan, WorldPlan};
use crate::random::Score;

/// One world's quantities, base-year revenue and organic growth in one block.
pub struct Organic {
    values: Vec<Lanes>,
    cluster_base: Vec<Lanes>,
    total_base: Lanes,
    province_base: Vec<Lanes>,
    /// `1 + g + a` of every segment, or its logarithm if the world has spill-overs.
    trend: Vec<Lanes>,
    cycles: Vec<Lanes>,
    jumps: Jumps,
    growth: Vec<Lanes>,
    steps: usize,
}

impl Organic {
    /// Buffers for `plan`.
    pub fn new(plan: &Plan) -> Self {
        let zero = [0.0; LANES];
        let most_values = plan.worlds.iter().map(|w| w.values.len()).max().unwrap_or(0);
        Self {
            values: vec![zero; most_values],
            cluster_base: vec![zero; plan.clusters.len()],
            total_base: zero,
            province_base: vec![zero; plan.provinces.len()],
            trend: vec![zero; plan.segments.len()],
            cycles: vec![zero; plan.cycles.names.len() * plan.steps],
            jumps: Jumps::new(plan),
            growth: vec![zero; plan.segments.len() * plan.steps],
            steps: plan.steps,
        }
    }

    /// Values of the world's drawn quantities.
    pub fn values(&self) -> &[Lanes] {
        &self.values
    }

    /// Base-year revenue of a cluster, 亿元.
    pub fn cluster_base(&self, cluster: usize) -> &Lanes {
        &self.cluster_base[cluster]
    }

    /// Base-year revenue of all clusters of a province together, of all clusters without one, 亿元.
    pub fn total_base(&self, province: Option<usize>) -> &Lanes {
        province.map_or(&self.total_base, |p| &self.province_base[p])
    }

    /// The nation's cycle in log growth of a step, 0 without one.
    pub fn nation_cycle(&self, step: usize) -> &Lanes {
        &self.cycles[step]
    }

    /// `1 + g + a` of a segment, or its logarithm if the world has spill-overs.
    pub fn trend(&self, segment: usize) -> &Lanes {
        &self.trend[segment]
    }

    /// Organic growth of a segment in a step: the factor `G`, or its logarithm if the world has spill-overs.
    pub fn growth(&self, segment: usize, step: usize) -> &Lanes {
        &self.growth[segment * self.steps + step]
    }

    /// Growth of a segment in all steps, as [`growth`](Self::growth).
    pub fn growth_path(&self, segment: usize) -> &[Lanes] {
        &self.growth[segment * self.steps..][..self.steps]
    }

    /// Simulates one world.
    pub fn simulate(
        &mut self,
        plan: &Plan,
        world: &WorldPlan,
        v: Vector,
        draws: &Draws,
        shared: &SharedDraws,
        block: u64,
    ) {
        self.draw_values(plan, world, v, draws, shared);
        self.set_bases(plan, world, v);
        self.set_cycles(plan, world, v, draws, shared, block);
        for (index, event) in world.events.iter().enumerate() {
            self.jumps.simulate(plan, index, event, &self.values, v, draws, block);
        }
        for segment in 0..plan.segments.len() {
            self.grow(plan, world, v, shared, segment);
        }
    }

    fn draw_values(
        &mut self,
        plan: &Plan,
        world: &WorldPlan,
        v: Vector,
        draws: &Draws,
        shared: &SharedDraws,
    ) {
        let zero = [0.0; LANES];
        for (k, (score, sampler)) in world.values.iter().enumerate() {
            let score = match (draws, plan.scores[*score].copula) {
                (Draws::Median, _) => Score::Normal(&zero),
                (Draws::Addressed(_), Some(member)) => Score::Normal(&shared.correlated[member]),
                (Draws::Addressed(_), None) => shared.score(*score),
            };
            sampler.fill(v, score, &mut self.values[k]);
        }
    }

    fn set_bases(&mut self, plan: &Plan, world: &WorldPlan, v: Vector) {
        // remainders come last: they need the other clusters of their province
        for remainders in [false, true] {
            for (cluster, base) in world.base.iter().enumerate() {
                let (before, rest) = self.cluster_base.split_at_mut(cluster);
                let Some((out, after)) = rest.split_first_mut() else { continue };
                match base {
                    Base::Own(num) if !remainders => NumLanes::of(*num, &self.values).write(out),
                    Base::Share { province, share } if !remainders => {
                        NumLanes::of(*province, &self.values).write(out);
                        NumLanes::of(*share, &self.values).multiply(out);
                    }
                    Base::Remainder { province, others } if remainders => {
                        NumLanes::of(*province, &self.values).write(out);
                        for &other in others {
                            let other = before.get(other).unwrap_or_else(|| &after[other - cluster - 1]);
                            v.zip(out, other, |rest, other| rest - other);
                        }
                    }
                    _ => {}
                }
            }
        }
        self.total_base.fill(0.0);
        self.province_base.iter_mut().for_each(|total| total.fill(0.0));
        for (cluster, base) in plan.clusters.iter().zip(&self.cluster_base) {
            v.add(&mut self.total_base, base);
            v.add(&mut self.province_base[cluster.province], base);
        }
    }

    /// Fills `cycles`: nation first, then industries, then provinces, as in [`Plan::cycles`].
    fn set_cycles(
        &mut self,
        plan: &Plan,
        world: &WorldPlan,
        v: Vector,
        draws: &Draws,
        shared: &SharedDraws,
        block: u64,
    ) {
        let others = world.industries.iter().chain(&world.provinces);
        for (cycle, spec) in std::iter::once(&world.nation).chain(others).enumerate() {
            let z = &shared.cycles[cycle * plan.points()..][..plan.points()];
            let out = &mut self.cycles[cycle * plan.steps..][..plan.steps];
            match spec {
                Some(spec) => autoregress(spec, z, &self.values, v, out),
                None => out.iter_mut().for_each(|x| x.fill(0.0)),
            }
        }
        if let Some(regimes) = &world.regimes {
            let nation = &mut self.cycles[..plan.steps];
            let regime = draw_regimes(plan, regimes, &self.values, v, draws, block);
            let z = &shared.cycles[..plan.points()];
            switch_regimes(world, regimes, &regime, z, &self.values, nation);
        }
    }

    fn grow(&mut self, plan: &Plan, world: &WorldPlan, v: Vector, shared: &SharedDraws, segment: usize) {
        let spec = &plan.segments[segment];
        let trend = &mut self.trend[segment];
        trend.fill(1.0);
        for num in &world.trend[segment] {
            match NumLanes::of(*num, &self.values) {
                NumLanes::Const(x) => v.map(trend, move |trend| trend + x),
                NumLanes::Lanes(x) => v.add(trend, x),
            }
        }
        if world.spillover.is_some() {
            v.ln(trend);
        } else {
            // as a logarithm would: what shrinks by more than everything has no growth
            v.map(trend, |x| if x >= 0.0 { x } else { f64::NAN });
        }

        let steps = plan.steps;
        let province = plan.clusters[spec.cluster].province;
        let cycle = |number: usize, present: bool| {
            if present { &self.cycles[number * steps..][..steps] } else { &[] }
        };
        let own_volatility = NumLanes::of(world.own_volatility[spec.cluster], &self.values);
        let own = if own_volatility.is_zero() { &[][..] } else { &shared.own[segment * steps..][..steps] };
        v.run(SegmentGrowth {
            trend: &self.trend[segment],
            exposure: NumLanes::of(world.exposure[spec.cluster], &self.values),
            nation: cycle(0, world.nation.is_some() || world.regimes.is_some()),
            industry: cycle(1 + spec.industry, world.industries[spec.industry].is_some()),
            province: cycle(1 + plan.industries.len() + province, world.provinces[province].is_some()),
            own_volatility,
            own,
            jumps: self.jumps.changes(),
            events: &world.events,
            segment,
            factor: world.spillover.is_none(),
            out: &mut self.growth[segment * steps..][..steps],
        });
    }
}

/// `x_t = φ x_{t−1} + τ √(1−φ²) z_t`, from the stationary law or a stated start (Box, Jenkins & Reinsel,
/// *Time Series Analysis*, section 3.2). Year 0 is the base year; `out[k]` drives the growth into year k + 1.
fn autoregress(spec: &Cycle, z: &[Lanes], values: &[Lanes], v: Vector, out: &mut [Lanes]) {
    let persistence = NumLanes::of(spec.persistence, values).lanes();
    let volatility = NumLanes::of(spec.volatility, values).lanes();
    let state = match spec.start {
        Some(start) => NumLanes::of(start, values).lanes(),
        None => {
            let mut start = volatility;
            v.mul(&mut start, &z[0]);
            start
        }
    };
    v.run(Autoregression { persistence: &persistence, volatility: &volatility, z, state, out });
}

/// The recursion of all lanes, year by year.
struct Autoregression<'a> {
    persistence: &'a Lanes,
    volatility: &'a Lanes,
    z: &'a [Lanes],
    /// The cycle in the base year.
    state: Lanes,
    out: &'a mut [Lanes],
}

impl Task for Autoregression<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { persistence, volatility, z, mut state, out } = self;
        let mut innovation = [0.0; LANES];
        for i in 0..LANES {
            innovation[i] = volatility[i] * (1.0 - persistence[i] * persistence[i]).sqrt();
        }
        for (out, z) in out.iter_mut().zip(&z[1..]) {
            for i in 0..LANES {
                state[i] = persistence[i] * state[i] + innovation[i] * z[i];
            }
            *out = state;
        }
    }
}

/// Whether each lane is in a downturn, by step.
fn draw_regimes(
    plan: &Plan,
    regimes: &crate::plan::Regimes,
    values: &[Lanes],
    v: Vector,
    draws: &Draws,
    block: u64,
) -> Vec<[bool; LANES]> {
    let mut states = vec![[false; LANES]; plan.steps];
    let Draws::Addressed(streams) = draws else { return states };
    let to_downturn = NumLanes::of(regimes.to_downturn, values);
    let to_normal = NumLanes::of(regimes.to_normal, values);
    let start = regimes.start_downturn.map(|s| NumLanes::of(s, values));
    let mut words = [0; LANES];
    let mut uniform = [0.0; LANES];
    for step in 0..plan.steps {
        streams.regime().words(v, block, calendar(plan, step + 1), 0, &mut words);
        v.uniform_from_words(&words, &mut uniform);
        for lane in 0..LANES {
            let (down, up) = (to_downturn.at(lane), to_normal.at(lane));
            let stationary = if down + up > 0.0 { down / (down + up) } else { 0.0 };
            let probability = match step {
                0 => start.map_or(stationary, |s| s.at(lane)),
                _ if states[step - 1][lane] => 1.0 - up,
                _ => down,
            };
            states[step][lane] = uniform[lane] < probability;
        }
    }
    states
}

/// The nation's cycle under regimes: the regime's mean shift plus an AR(1) whose innovation has the regime's
/// volatility (Hamilton 1989, with the regime of the year that grows).
fn switch_regimes(
    world: &WorldPlan,
    regimes: &crate::plan::Regimes,
    states: &[[bool; LANES]],
    z: &[Lanes],
    values: &[Lanes],
    out: &mut [Lanes],
) {
    let mean = regimes.mean.map(|m| NumLanes::of(m, values));
    let volatility = regimes.volatility.map(|s| NumLanes::of(s, values));
    let cycle = world.nation.as_ref();
    let persistence = NumLanes::of(cycle.map_or(Num::Const(0.0), |c| c.persistence), values);
    let start = cycle.and_then(|c| c.start).map(|s| NumLanes::of(s, values));
    for lane in 0..LANES {
        let phi = persistence.at(lane);
        let first = volatility[usize::from(states[0][lane])].at(lane);
        let mut x = start.map_or(first * z[0][lane], |s| s.at(lane));
        for (step, out) in out.iter_mut().enumerate() {
            let regime = usize::from(states[step][lane]);
            x = phi * x + volatility[regime].at(lane) * (1.0 - phi * phi).sqrt() * z[step + 1][lane];
            out[lane] = mean[regime].at(lane) + x;
        }
    }
}
