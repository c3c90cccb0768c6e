//! Sales of approved products: peak, uptake, the local share that becomes revenue, and what supports them.

use super::{Approval, Pipelines, Sales};
use crate::kernel::counted::Context;
use crate::kernel::kept::Inputs;
use crate::kernel::number::NumLanes;
use crate::kernel::projection::PolicyBuffers;
use crate::math::{LANES, Lanes};
use crate::plan::{Num, PipelineSupport, PolicyPlan};

/// A product on its way to peak sales.
#[derive(Clone, Copy)]
struct Product {
    /// Lane of the trial.
    lane: usize,
    /// 1, or at the medians the expected number.
    weight: f64,
    /// Launch, years after the base year.
    launch: f64,
    /// Years from launch to peak.
    ramp: f64,
    /// Peak yearly sales, 亿元.
    peak: f64,
}

impl Product {
    /// Sales in a calendar year (0 = base year): the peak times the mean uptake over that year, which rises linearly
    /// from the launch on and is 1 after `ramp` years.
    fn sales(&self, year: usize) -> f64 {
        let age = year as f64 - self.launch;
        if age - 1.0 >= self.ramp {
            // exactly the peak, which the difference of two areas can miss by rounding
            return self.peak;
        }
        self.peak * (self.area(age) - self.area(age - 1.0))
    }

    /// Whether sales may ever reach `threshold`: they never exceed the peak but for rounding.
    fn may_reach(&self, threshold: f64) -> bool {
        self.peak >= threshold * (1.0 - 1e-12)
    }

    /// Integral of the uptake from the launch to `age`.
    fn area(&self, age: f64) -> f64 {
        if age <= 0.0 {
            0.0
        } else if age < self.ramp {
            age * age / (2.0 * self.ramp)
        } else {
            age - 0.5 * self.ramp
        }
    }
}

/// What one instrument does to the sales of a pipeline.
struct Support<'a> {
    spec: &'a PipelineSupport,
    start: f64,
    uptake: NumLanes<'a>,
    peak: NumLanes<'a>,
    local_added: NumLanes<'a>,
    /// The instrument's position in the policy, if only awarded products are supported.
    award: Option<usize>,
}

impl Pipelines {
    /// Adds the local sales of one pipeline under a policy.
    pub(super) fn sell(
        &mut self,
        at: Context<'_>,
        policy: &PolicyPlan,
        index: usize,
        buffers: &mut PolicyBuffers,
    ) {
        let supports = supports(policy, index, at.organic.values());
        let mut inputs = std::mem::take(&mut self.inputs);
        self.describe_sales(at, index, &supports, &mut inputs);
        // out of its place, as the rest of the state is read while they are followed
        let mut kept = std::mem::take(&mut self.states[index].sales);
        let selling = kept.of(&inputs, |sales| self.follow(at, index, &supports, sales));
        self.inputs = inputs;
        let state = &mut self.states[index];
        (state.sales, state.selling) = (kept, selling);
        let revenue = &state.sales.at(selling).revenue;
        if !revenue.is_empty() {
            book(at, &at.world.counted.pipelines[index].receivers, revenue, buffers);
        }
    }

    /// All that the sales of a pipeline are made from.
    fn describe_sales(&self, at: Context<'_>, index: usize, supports: &[Support<'_>], inputs: &mut Inputs) {
        let (pipeline, values) = (&at.world.counted.pipelines[index], at.organic.values());
        inputs.clear();
        self.states[index].describe_approvals(inputs);
        inputs.numbers([pipeline.local, pipeline.ramp, pipeline.launch_after], values);
        for support in supports {
            inputs.constant(support.start);
            inputs.count(support.award.map_or(0, |instrument| 1 + self.awards.number(instrument)));
            let PipelineSupport { uptake, peak, local_added, .. } = support.spec;
            inputs.numbers([*uptake, *peak, *local_added], values);
        }
    }

    /// Follows the products of one pipeline under the supports of a policy.
    fn follow(&self, at: Context<'_>, index: usize, supports: &[Support<'_>], sales: &mut Sales) {
        let pipeline = &at.world.counted.pipelines[index];
        let values = at.organic.values();
        let state = &self.states[index];
        let (points, thresholds) = (at.plan.points(), &state.thresholds[..]);
        let Sales { above, revenue, .. } = sales;
        above.clear();
        revenue.clear();
        let local = NumLanes::of(pipeline.local, values);
        let sold = !local.is_zero() || supports.iter().any(|s| !s.local_added.is_zero());
        if thresholds.is_empty() && !sold {
            return;
        }
        above.resize(thresholds.len() * points, [0.0; LANES]);
        if sold {
            revenue.resize(at.plan.steps, [0.0; LANES]);
        }
        let [ramp, launch_after] = [pipeline.ramp, pipeline.launch_after].map(|n| NumLanes::of(n, values));
        for (k, approval) in state.approvals().iter().enumerate() {
            let lane = usize::from(approval.lane);
            let mut product = Product {
                lane,
                weight: approval.weight,
                launch: approval.time + launch_after.at(lane),
                ramp: ramp.at(lane),
                peak: approval.peak,
            };
            let mut share = local.at(lane);
            for support in supports {
                let given = support.award.map(|instrument| self.awards.given(instrument, index)[k]);
                share += support.apply(approval, given, &mut product);
            }
            if sold {
                add_growth(&product, product.weight * share.min(1.0), revenue);
            }
            // most products never sell as much as anyone asks for
            if thresholds.first().is_some_and(|&least| product.may_reach(least)) {
                for year in product.launch as usize..points {
                    let sales = product.sales(year);
                    let reached = thresholds.iter().take_while(|&&threshold| sales >= threshold);
                    reached.enumerate().for_each(|(t, _)| above[t * points + year][lane] += product.weight);
                }
            }
        }
    }
}

/// The instruments of a policy that move the sales of a pipeline.
fn supports<'a>(policy: &'a PolicyPlan, pipeline: usize, values: &'a [Lanes]) -> Vec<Support<'a>> {
    let one = Num::Const(1.0);
    let instruments = policy.instruments.iter().enumerate();
    let supports = instruments.filter_map(|(k, i)| i.pipeline.as_ref().map(|s| (k, s)));
    supports
        .filter(|(_, s)| s.pipelines.contains(&pipeline))
        .filter(|(_, s)| s.uptake != one || s.peak != one || s.local_added != Num::Const(0.0))
        .map(|(k, s)| Support {
            spec: s,
            start: s.start as f64,
            uptake: NumLanes::of(s.uptake, values),
            peak: NumLanes::of(s.peak, values),
            local_added: NumLanes::of(s.local_added, values),
            award: s.award.map(|_| k),
        })
        .collect()
}

impl Support<'_> {
    /// Moves a product approved after the start, or awarded, and returns what is added to its local share. A share of
    /// an award, which exists at the medians only, moves it by that share.
    fn apply(&self, approval: &Approval, given: Option<f64>, product: &mut Product) -> f64 {
        let lane = usize::from(approval.lane);
        let share = given.unwrap_or(if approval.time > self.start { 1.0 } else { 0.0 });
        product.ramp *= 1.0 + share * (self.uptake.at(lane) - 1.0);
        product.peak *= 1.0 + share * (self.peak.at(lane) - 1.0);
        share * self.local_added.at(lane)
    }
}

/// Adds `share · (sales_t − sales_{t−1})` to every year; entry 0 is the first simulated year.
fn add_growth(product: &Product, share: f64, revenue: &mut [Lanes]) {
    let (mut sold, mut area) = (0.0, 0.0);
    for (step, revenue) in revenue.iter_mut().enumerate().skip(product.launch as usize) {
        let age = (step + 1) as f64 - product.launch;
        // the year's uptake as in `Product::sales`, with the area up to its beginning kept from the year before
        let before = std::mem::replace(&mut area, product.area(age));
        let at_peak = age - 1.0 >= product.ramp;
        let sales = if at_peak { product.peak } else { product.peak * (area - before) };
        revenue[product.lane] += share * (sales - sold);
        sold = sales;
        if at_peak {
            break;
        }
    }
}

/// Adds new revenue to the receiving segments by base-year revenue; equally where they have none.
fn book(at: Context<'_>, receivers: &[usize], revenue: &[Lanes], buffers: &mut PolicyBuffers) {
    if let [only] = receivers {
        for (step, revenue) in revenue.iter().enumerate() {
            buffers.add_revenue(at.vector, *only, step, 1.0, revenue);
        }
        return;
    }
    let (v, spec) = (at.vector, |segment: usize| &at.plan.segments[segment]);
    let mut total = [0.0; LANES];
    for spec in receivers.iter().map(|&segment| spec(segment)) {
        let mix = spec.mix;
        v.zip(&mut total, at.organic.cluster_base(spec.cluster), move |total, base| total + base * mix);
    }
    let equal = 1.0 / receivers.len() as f64;
    for &segment in receivers {
        let mix = spec(segment).mix;
        let mut share = *at.organic.cluster_base(spec(segment).cluster);
        v.zip(&mut share, &total, move |base, total| if total > 0.0 { base * mix / total } else { equal });
        for (step, revenue) in revenue.iter().enumerate() {
            let mut part = share;
            v.mul(&mut part, revenue);
            buffers.add_revenue(v, segment, step, 1.0, &part);
        }
    }
}
