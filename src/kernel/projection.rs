//! A policy's effects on top of organic growth, and the yearly recursion of every segment.

use super::capacity::Contribution;
use super::counted::Context;
use super::counted::arrivals::is_counted;
use super::effects::{growth_effect, knowledge_effect};
use super::number::NumLanes;
use super::organic::Organic;
use super::paths::BlockPaths;
use crate::math::{LANES, Lanes, Vector};
use crate::plan::{Effect, Plan, PolicyPlan, Spillover, WorldPlan};
use std::collections::BTreeMap;

/// New revenue and growth effects of one policy in one block.
pub struct PolicyBuffers {
    revenue: Vec<Lanes>,
    has_revenue: Vec<bool>,
    /// Log growth added, `class × steps`.
    effects: Vec<Lanes>,
    /// `exp` of `effects`.
    factors: Vec<Lanes>,
    /// Growth of the segments that arriving firms are counted in, `watched × steps`.
    growth: Vec<Lanes>,
    /// Position of every segment in `growth`.
    watched: Vec<Option<usize>>,
    steps: usize,
    /// Revenue of every segment in the year at hand.
    levels: Vec<Lanes>,
    /// What the different instruments of the world come to, by number.
    pub(super) contributions: Vec<Contribution>,
    /// Log growth that their effects add, by step; instruments by number.
    known: BTreeMap<Effect, Vec<Lanes>>,
}

impl PolicyBuffers {
    /// Buffers for `plan`.
    pub fn new(plan: &Plan) -> Self {
        let zero = [0.0; LANES];
        let classes =
            plan.worlds.iter().flat_map(|w| &w.policies).map(|p| p.classes.len()).max().unwrap_or(0);
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
            effects: vec![zero; classes * plan.steps],
            factors: vec![zero; classes * plan.steps],
            growth: vec![zero; watched.iter().flatten().count() * plan.steps],
            watched,
            steps: plan.steps,
            levels: vec![zero; plan.segments.len()],
            contributions: Vec::new(),
            known: BTreeMap::new(),
        }
    }

    /// Forgets what policies share in a block and world.
    pub fn begin_world(&mut self) {
        self.contributions.iter_mut().for_each(Contribution::forget);
        self.known.clear();
    }

    /// Forgets the previous policy.
    pub fn clear(&mut self) {
        self.has_revenue.fill(false);
    }

    /// Adds `weight · revenue` to what comes on stream in a segment in the year after `step`.
    pub fn add_revenue(&mut self, v: Vector, segment: usize, step: usize, weight: f64, revenue: &Lanes) {
        let at = segment * self.steps + step;
        if !self.has_revenue[at] {
            self.has_revenue[at] = true;
            self.revenue[at].fill(0.0);
        }
        v.zip(&mut self.revenue[at], revenue, move |sum, new| sum + weight * new);
    }

    /// Growth factor of a segment in a step of the finished projection, new revenue aside; kept only for segments in
    /// which arriving firms are counted by their revenue.
    pub fn growth(&self, segment: usize, step: usize) -> &Lanes {
        let watched = self.watched[segment].expect("segments of counted arrivals are watched");
        &self.growth[watched * self.steps + step]
    }

    /// Computes the growth effects of every class of segments.
    pub fn set_effects(&mut self, at: Context<'_>, policy: &PolicyPlan) {
        let (v, steps) = (at.vector, self.steps);
        for (class, effects) in policy.classes.iter().enumerate() {
            let out = &mut self.effects[class * steps..][..steps];
            out.iter_mut().for_each(|x| x.fill(0.0));
            for effect in effects {
                let shared = match *effect {
                    Effect::Growth(k) => Effect::Growth(at.numbers[k]),
                    Effect::Knowledge(k, cluster) => Effect::Knowledge(at.numbers[k], cluster),
                };
                let parts = self
                    .known
                    .entry(shared)
                    .or_insert_with(|| compute(*effect, policy, at.organic, v, steps));
                for (total, part) in out.iter_mut().zip(parts) {
                    v.add(total, part);
                }
            }
            let factors = &mut self.factors[class * steps..][..steps];
            factors.copy_from_slice(out);
            if effects.is_empty() {
                factors.iter_mut().for_each(|x| x.fill(1.0));
            } else {
                factors.iter_mut().for_each(|x| v.exp(x));
            }
        }
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
        paths.clear_sums();
        let mut spill = world.spillover.as_ref().map(|s| Spill::new(s, plan.segments.len()));
        let mut levels = std::mem::take(&mut self.levels);
        for (level, segment) in levels.iter_mut().zip(&plan.segments) {
            *level = *organic.cluster_base(segment.cluster);
            v.scale(segment.mix, level);
        }
        for (segment, level) in levels.iter().enumerate() {
            paths.add_segment(plan, v, segment, 0, level);
        }
        for step in 0..self.steps {
            for (segment, level) in levels.iter_mut().enumerate() {
                let at = policy.effect_class[segment] * self.steps + step;
                match &mut spill {
                    None => {
                        v.mul(level, organic.growth(segment, step));
                        if policy.effect_class[segment] != 0 {
                            v.mul(level, &self.factors[at]);
                        }
                        if let Some(watched) = self.watched[segment] {
                            let growth = &mut self.growth[watched * self.steps + step];
                            growth.copy_from_slice(organic.growth(segment, step));
                            v.mul(growth, &self.factors[at]);
                        }
                    }
                    Some(spill) => {
                        let growth = spill.growth(
                            segment,
                            organic,
                            &self.effects[at],
                            v,
                            organic.growth(segment, step),
                        );
                        v.mul(level, &growth);
                        if let Some(watched) = self.watched[segment] {
                            self.growth[watched * self.steps + step] = growth;
                        }
                    }
                }
                let at = segment * self.steps + step;
                if self.has_revenue[at] {
                    v.add(level, &self.revenue[at]);
                    // contract output that ends takes away what it added, but never more than there is
                    let ending = &self.revenue[at];
                    (0..LANES).filter(|&i| ending[i] < 0.0).for_each(|i| level[i] = level[i].max(0.0));
                }
                paths.add_segment(plan, v, segment, step + 1, level);
            }
            if let Some(spill) = &mut spill {
                spill.advance();
            }
        }
        self.levels = levels;
    }
}

fn compute(effect: Effect, policy: &PolicyPlan, organic: &Organic, v: Vector, steps: usize) -> Vec<Lanes> {
    match effect {
        Effect::Growth(k) => {
            let instrument = &policy.instruments[k];
            let growth = instrument.growth.as_ref().expect("classes only name channels that exist");
            growth_effect(instrument, growth, organic, v, steps)
        }
        Effect::Knowledge(k, cluster) => {
            let instrument = &policy.instruments[k];
            let knowledge = instrument.knowledge.as_ref().expect("classes only name channels that exist");
            knowledge_effect(instrument, knowledge, organic, v, cluster, steps)
        }
    }
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
        effect: &Lanes,
        v: Vector,
        organic_log: &Lanes,
    ) -> Lanes {
        let mut received = [0.0; LANES];
        for &(neighbour, weight) in &self.spec.neighbours[segment] {
            v.axpy(weight, &self.last[neighbour], &mut received);
        }
        NumLanes::of(self.spec.strength, organic.values()).multiply(&mut received);
        let mut log_growth = *organic_log;
        v.add(&mut log_growth, effect);
        v.add(&mut log_growth, &received);
        let trend = organic.log_trend(segment);
        (0..LANES).for_each(|i| self.next[segment][i] = log_growth[i] - trend[i]);
        v.exp(&mut log_growth);
        log_growth
    }

    fn advance(&mut self) {
        std::mem::swap(&mut self.last, &mut self.next);
    }
}
