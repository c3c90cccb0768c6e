//! A policy's effects on top of organic growth, and the yearly recursion of every segment.

use super::capacity::Contribution;
use super::counted::Context;
use super::counted::arrivals::is_counted;
use super::effects::Effects;
use super::number::NumLanes;
use super::organic::Organic;
use super::paths::BlockPaths;
use crate::math::{LANES, Lanes, Task, Vector};
use crate::plan::{Plan, PolicyPlan, Spillover, WorldPlan};

/// New revenue and growth effects of one policy in one block.
pub struct PolicyBuffers {
    revenue: Vec<Lanes>,
    has_revenue: Vec<bool>,
    effects: Effects,
    /// Growth of the segments that arriving firms are counted in, `watched × steps`.
    growth: Vec<Lanes>,
    /// Position of every segment in `growth`.
    watched: Vec<Option<usize>>,
    steps: usize,
    /// Path of a segment that joins others of its cluster.
    path: Vec<Lanes>,
    /// What the different instruments of the world come to, by number.
    pub(super) contributions: Vec<Contribution>,
}

impl PolicyBuffers {
    /// Buffers for `plan`.
    pub fn new(plan: &Plan) -> Self {
        let zero = [0.0; LANES];
        let mut watched = vec![None; plan.segments.len()];
        let arrivals = plan.worlds.first().map_or(&[][..], |w| &w.counted.arrivals[..]);
        let counted = arrivals.iter().enumerate().filter(|(index, _)| is_counted(plan, *index));
        for (_, arrival) in counted {
            let next = watched.iter().flatten().count();
            watched[arrival.segment].get_or_insert(next);
        }
        Self {
            revenue: vec![zero; plan.segments.len() * plan.steps],
            has_revenue: vec![false; plan.segments.len() * plan.steps],
            effects: Effects::new(plan),
            growth: vec![zero; watched.iter().flatten().count() * plan.steps],
            watched,
            steps: plan.steps,
            path: vec![zero; plan.points()],
            contributions: Vec::new(),
        }
    }

    /// Forgets what policies share in a block and world.
    pub fn begin_world(&mut self) {
        self.contributions.iter_mut().for_each(Contribution::forget);
        self.effects.begin_world();
    }

    /// Forgets the previous policy.
    pub fn clear(&mut self) {
        self.has_revenue.fill(false);
    }

    /// Adds `weight · revenue` to what comes on stream in a segment in the year after `step`.
    pub fn add_revenue(&mut self, v: Vector, segment: usize, step: usize, weight: f64, revenue: &Lanes) {
        let at = segment * self.steps + step;
        if std::mem::replace(&mut self.has_revenue[at], true) {
            v.zip(&mut self.revenue[at], revenue, move |sum, new| sum + weight * new);
        } else {
            v.zip(&mut self.revenue[at], revenue, move |_, new| weight * new);
        }
    }

    /// Growth factor of a segment in a step of the finished projection, new revenue aside; kept only for segments in
    /// which arriving firms are counted by their revenue.
    pub fn growth(&self, segment: usize, step: usize) -> &Lanes {
        let watched = self.watched[segment].expect("segments of counted arrivals are watched");
        &self.growth[watched * self.steps + step]
    }

    /// Computes the growth effects of every class of segments.
    pub fn set_effects(&mut self, at: Context<'_>, policy: &PolicyPlan) {
        self.effects.set(at, policy);
    }

    /// `R_{t+1} = R_t · G_t · exp(U_t + L_t) + V_{t+1}` for every segment, summed into clusters and industries.
    pub fn project(
        &mut self,
        plan: &Plan,
        world: &WorldPlan,
        policy: &PolicyPlan,
        organic: &Organic,
        v: Vector,
        paths: &mut BlockPaths,
    ) {
        paths.clear_sums(world.spillover.is_some());
        match &world.spillover {
            Some(spillover) => self.project_together(plan, spillover, policy, organic, v, paths),
            None => self.project_one_by_one(plan, policy, organic, v, paths),
        }
    }

    /// Segments that do not touch each other, each over all years.
    fn project_one_by_one(
        &mut self,
        plan: &Plan,
        policy: &PolicyPlan,
        organic: &Organic,
        v: Vector,
        paths: &mut BlockPaths,
    ) {
        let steps = self.steps;
        for (segment, spec) in plan.segments.iter().enumerate() {
            let class = policy.effect_class[segment];
            let growth = organic.growth_path(segment);
            let (factors, first) = (self.effects.of(class), self.effects.first(class));
            paths.set_segment(v, segment, &mut self.path, |path| {
                v.run(SegmentPath {
                    base: organic.cluster_base(spec.cluster),
                    mix: spec.mix,
                    growth,
                    factors,
                    first,
                    revenue: &self.revenue[segment * steps..][..steps],
                    has_revenue: &self.has_revenue[segment * steps..][..steps],
                    path,
                });
            });
            if let Some(watched) = self.watched[segment] {
                let kept = &mut self.growth[watched * steps..][..steps];
                kept.copy_from_slice(growth);
                kept.iter_mut().zip(factors).skip(first).for_each(|(growth, factor)| v.mul(growth, factor));
            }
        }
    }

    /// Segments that pass growth on to each other, year by year.
    fn project_together(
        &mut self,
        plan: &Plan,
        spillover: &Spillover,
        policy: &PolicyPlan,
        organic: &Organic,
        v: Vector,
        paths: &mut BlockPaths,
    ) {
        let mut spill = Spill::new(spillover, plan.segments.len());
        let mut levels: Vec<Lanes> = Vec::with_capacity(plan.segments.len());
        for (segment, spec) in plan.segments.iter().enumerate() {
            let mut level = *organic.cluster_base(spec.cluster);
            v.scale(spec.mix, &mut level);
            paths.add_segment(v, segment, 0, &level);
            levels.push(level);
        }
        for step in 0..self.steps {
            for (segment, level) in levels.iter_mut().enumerate() {
                let class = policy.effect_class[segment];
                let effect = (step >= self.effects.first(class)).then(|| &self.effects.of(class)[step]);
                let growth = spill.growth(segment, organic, effect, v, organic.growth(segment, step));
                v.mul(level, &growth);
                if let Some(watched) = self.watched[segment] {
                    self.growth[watched * self.steps + step] = growth;
                }
                let at = segment * self.steps + step;
                if self.has_revenue[at] {
                    v.zip(level, &self.revenue[at], with_new_revenue);
                }
                paths.add_segment(v, segment, step + 1, level);
            }
            spill.advance();
        }
    }
}

/// The yearly recursion of one segment.
struct SegmentPath<'a> {
    /// Revenue of its cluster in the base year.
    base: &'a Lanes,
    /// Share of the segment in it.
    mix: f64,
    /// Growth without policy, by step.
    growth: &'a [Lanes],
    /// Factors on growth through the policy, from step `first` on.
    factors: &'a [Lanes],
    first: usize,
    /// New revenue by step, where there is any.
    revenue: &'a [Lanes],
    has_revenue: &'a [bool],
    /// Revenue by year.
    path: &'a mut [Lanes],
}

impl Task for SegmentPath<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Some(start) = self.path.first_mut() else { return };
        for (x, base) in start.iter_mut().zip(self.base) {
            *x = base * self.mix;
        }
        for (step, growth) in self.growth.iter().enumerate() {
            let (before, after) = self.path.split_at_mut(step + 1);
            let (Some(before), Some(level)) = (before.last(), after.first_mut()) else { return };
            if step < self.first {
                for ((x, before), growth) in level.iter_mut().zip(before).zip(growth) {
                    *x = before * growth;
                }
            } else {
                let factors = &self.factors[step];
                for (((x, before), growth), factor) in level.iter_mut().zip(before).zip(growth).zip(factors) {
                    *x = before * growth * factor;
                }
            }
            if self.has_revenue[step] {
                for (x, new) in level.iter_mut().zip(&self.revenue[step]) {
                    *x = with_new_revenue(*x, *new);
                }
            }
        }
    }
}

/// Contract output that ends takes away what it added, but never more than there is.
#[inline(always)]
fn with_new_revenue(level: f64, new: f64) -> f64 {
    let sum = level + new;
    if new < 0.0 && sum < 0.0 { 0.0 } else { sum }
}

/// Spill-over state: last year's growth of every segment in excess of its trend.
struct Spill<'a> {
    spec: &'a Spillover,
    last: Vec<Lanes>,
    next: Vec<Lanes>,
}

impl<'a> Spill<'a> {
    fn new(spec: &'a Spillover, segments: usize) -> Self {
        let zero = vec![[0.0; LANES]; segments];
        Self { spec, last: zero.clone(), next: zero }
    }

    /// Growth factor of a segment including `ρ Σ_j w_ij (ln G_j,t−1 − ln(1 + g_j + a_j))`.
    fn growth(
        &mut self,
        segment: usize,
        organic: &Organic,
        effect: Option<&Lanes>,
        v: Vector,
        organic_log: &Lanes,
    ) -> Lanes {
        let mut received = [0.0; LANES];
        for &(neighbour, weight) in &self.spec.neighbours[segment] {
            v.axpy(weight, &self.last[neighbour], &mut received);
        }
        NumLanes::of(self.spec.strength, organic.values()).multiply(&mut received);
        let mut log_growth = *organic_log;
        if let Some(effect) = effect {
            v.add(&mut log_growth, effect);
        }
        v.add(&mut log_growth, &received);
        let trend = organic.trend(segment);
        (0..LANES).for_each(|i| self.next[segment][i] = log_growth[i] - trend[i]);
        v.exp(&mut log_growth);
        log_growth
    }

    fn advance(&mut self) {
        std::mem::swap(&mut self.last, &mut self.next);
    }
}
