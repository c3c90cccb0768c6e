//! What a policy adds to log growth: the effects of its instruments, summed for every class of segments.

use super::counted::Context;
use super::knowledge::Stock;
use super::uplift::uplift;
use crate::math::{LANES, Lanes, Task, exp_flushed};
use crate::plan::{Effect, Plan, PolicyPlan};

/// Growth effects of the policies of one world in one block.
pub struct Effects {
    /// By instrument of the world and channel, see [`place`]; shared by the policies.
    known: Vec<Known>,
    /// Stocks of knowledge, by instrument of the world.
    stocks: Vec<Stock>,
    /// Of the policy at hand, `class × steps`: the factor on growth, or its logarithm if the world has spill-overs.
    sums: Vec<Lanes>,
    /// First step in which a class has an effect.
    first: Vec<usize>,
    clusters: usize,
    steps: usize,
}

/// One effect, if it was asked for.
#[derive(Default)]
struct Known {
    known: bool,
    /// First step that it can change.
    first: usize,
    /// Log growth by step.
    steps: Vec<Lanes>,
}

/// Where an effect is kept: every instrument has one growth channel, and a knowledge channel for every cluster.
fn place(effect: Effect, numbers: &[usize], clusters: usize) -> usize {
    match effect {
        Effect::Growth(k) => numbers[k] * (clusters + 1),
        Effect::Knowledge(k, cluster) => numbers[k] * (clusters + 1) + 1 + cluster,
    }
}

impl Effects {
    /// Buffers for `plan`.
    pub fn new(plan: &Plan) -> Self {
        let policies = plan.worlds.iter().flat_map(|world| &world.policies);
        let classes = policies.map(|policy| policy.classes.len()).max().unwrap_or(0);
        Self {
            known: Vec::new(),
            stocks: Vec::new(),
            sums: vec![[0.0; LANES]; classes * plan.steps],
            first: vec![plan.steps; classes],
            clusters: plan.clusters.len(),
            steps: plan.steps,
        }
    }

    /// Forgets what policies share in a block and world.
    pub fn begin_world(&mut self) {
        self.known.iter_mut().for_each(|known| known.known = false);
        self.stocks.iter_mut().for_each(Stock::forget);
    }

    /// First step in which a class has an effect; the number of steps if it has none.
    pub fn first(&self, class: usize) -> usize {
        self.first[class]
    }

    /// The factor on growth of a class by step, or its logarithm if the world has spill-overs; of no meaning before
    /// [`first`](Self::first).
    pub fn of(&self, class: usize) -> &[Lanes] {
        &self.sums[class * self.steps..][..self.steps]
    }

    /// Computes the effects of every class under a policy.
    pub fn set(&mut self, at: Context<'_>, policy: &PolicyPlan) {
        for (class, effects) in policy.classes.iter().enumerate() {
            for effect in effects {
                self.learn(at, policy, *effect);
            }
            let parts = effects.iter().map(|effect| &self.known[place(*effect, at.numbers, self.clusters)]);
            let first = parts.clone().map(|known| known.first).min().unwrap_or(self.steps);
            self.first[class] = first;
            let out = &mut self.sums[class * self.steps..][..self.steps];
            at.vector.run(Sum { parts, first, factor: at.world.spillover.is_none(), out });
        }
    }

    /// Computes one effect unless an earlier policy had it.
    fn learn(&mut self, at: Context<'_>, policy: &PolicyPlan, effect: Effect) {
        let place = place(effect, at.numbers, self.clusters);
        if self.known.len() <= place {
            self.known.resize_with(place + 1, Known::default);
        }
        let known = &mut self.known[place];
        if std::mem::replace(&mut known.known, true) {
            return;
        }
        known.steps.resize(self.steps, [0.0; LANES]);
        match effect {
            Effect::Growth(k) => {
                let instrument = &policy.instruments[k];
                let growth = instrument.growth.as_ref().expect("classes only name channels that exist");
                known.first = growth.first_step.min(self.steps);
                uplift(instrument, growth, at.organic, at.vector, &mut known.steps);
            }
            Effect::Knowledge(k, cluster) => {
                let instrument = &policy.instruments[k];
                let knowledge = instrument.knowledge.as_ref().expect("classes only name channels that exist");
                let number = at.numbers[k];
                if self.stocks.len() <= number {
                    self.stocks.resize_with(number + 1, Stock::default);
                }
                let stock = &mut self.stocks[number];
                stock.build(instrument, knowledge, at.organic, at.vector, at.plan.points());
                known.first = stock.first_step(knowledge).min(self.steps);
                let out = &mut known.steps[known.first..];
                stock.effect(instrument, knowledge, at.organic, at.vector, cluster, out);
            }
        }
    }
}

/// The sum of effects, or the factor that it makes.
struct Sum<'a, I> {
    parts: I,
    first: usize,
    factor: bool,
    out: &'a mut [Lanes],
}

impl<'a, I: Iterator<Item = &'a Known> + Clone> Task for Sum<'a, I> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (step, out) in self.out.iter_mut().enumerate().skip(self.first) {
            let mut sum = [0.0; LANES];
            for part in self.parts.clone().filter(|part| step >= part.first) {
                for (sum, x) in sum.iter_mut().zip(&part.steps[step]) {
                    *sum += x;
                }
            }
            if self.factor {
                for (out, x) in out.iter_mut().zip(&sum) {
                    *out = exp_flushed(*x);
                }
            } else {
                *out = sum;
            }
        }
    }
}
