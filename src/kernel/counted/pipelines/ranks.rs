//! Fates in ascending order: which assets and entrants are approved, and when.
//!
//! The N assets of a stage have independent uniform fates and durations independent of them, so the assets can be
//! taken in the order of their fates: `−ln(1 − U_(k)) = Σ_{j<k} E_j / (N − j)` with unit exponentials `E_j` (Rényi 1953).
//! The asset of rank k is approved if `U_(k) < Π_s p_s`, where `p_s` may depend on its own durations. The entrants of a
//! year are the points `Γ_1 < Γ_2 < …` of a Poisson process of rate 1; the k-th enters and is approved if
//! `Γ_k < λ Π_s p_s`, which makes the approved ones Poisson with mean `λ E Π_s p_s` (thinning; Lewis & Shedler 1979).
//! Ranks that no kind of support can reach are not drawn.

use super::{Approval, Approvals, assets};
use crate::kernel::counted::Context;
use crate::kernel::draws::{self, calendar};
use crate::kernel::number::NumLanes;
use crate::math::{LANES, Lanes, Vector};
use crate::plan::{Pipeline, StageTime};
use crate::random::{Score, Stream};

/// Streams of the assets of one stage, or of the entrants.
struct Origin {
    /// Spacings of fates, by rank.
    fates: Stream,
    /// Time of entry within the year, by rank.
    entry: Stream,
    /// Peak sales, by rank.
    peak: Stream,
    /// Durations of every stage, by rank.
    times: Vec<Stream>,
}

impl Origin {
    fn new(name: &str, pipeline: &Pipeline, named: &draws::Streams) -> Self {
        let stream = |what: &str| named.named(&format!("{name}/{what}"));
        Self {
            fates: stream("fates"),
            entry: stream("entry"),
            peak: stream("peak"),
            times: pipeline.stages.iter().map(|s| stream(&format!("time.{}", s.id))).collect(),
        }
    }
}

/// Streams of one pipeline.
pub struct Streams {
    /// By the stage in which assets stand at the end of the base year.
    assets: Vec<Origin>,
    entrants: Origin,
}

impl Streams {
    /// Streams of `<pipeline>/<stage>/…` and `<pipeline>:entrants/…`; no id holds a colon.
    pub fn new(pipeline: &Pipeline, named: &draws::Streams) -> Self {
        let name = &pipeline.name;
        let stages = pipeline.stages.iter();
        Self {
            assets: stages.map(|s| Origin::new(&format!("{name}/{}", s.id), pipeline, named)).collect(),
            entrants: Origin::new(&format!("{name}:entrants"), pipeline, named),
        }
    }
}

/// Where an asset comes from.
#[derive(Clone, Copy)]
enum Source {
    /// The assets of this stage.
    Assets(usize),
    /// The entrants of this year; 0 is the first simulated one.
    Entrants(usize),
}

/// Buffers of one rank.
pub struct Scratch {
    /// Fate, or point of the process of entrants.
    key: Lanes,
    /// Bound that no key beyond can matter.
    bound: Lanes,
    entry: Lanes,
    peak: Lanes,
    /// Years of unsupported work in every stage.
    work: Vec<Lanes>,
    time: Lanes,
    chance: Lanes,
    words: [u32; LANES],
    has_peak: bool,
}

impl Scratch {
    /// Buffers for pipelines of up to `stages` stages.
    pub fn new(stages: usize) -> Self {
        let zero = [0.0; LANES];
        Self {
            key: zero,
            bound: zero,
            entry: zero,
            peak: zero,
            work: vec![zero; stages],
            time: zero,
            chance: zero,
            words: [0; LANES],
            has_peak: false,
        }
    }

    /// Simulates all approvals of a pipeline within the horizon under every kind of support.
    pub fn simulate(
        &mut self,
        at: Context<'_>,
        pipeline: &Pipeline,
        streams: &Streams,
        variants: &mut [Approvals],
        sells: bool,
    ) {
        for (stage, origin) in streams.assets.iter().enumerate() {
            let count = pipeline.stages[stage].assets;
            self.bound.fill(0.0);
            variants.iter().for_each(|v| v.law.raise(stage, &mut self.bound));
            let mut sum = [0.0; LANES];
            for rank in 0..count {
                self.add_spacing(at, &origin.fates, (0, rank), f64::from(count - rank), &mut sum);
                self.key = sum;
                at.vector.map(&mut self.key, |x| -x);
                at.vector.exp(&mut self.key);
                at.vector.map(&mut self.key, |x| 1.0 - x);
                if !self.matters() {
                    break;
                }
                self.entry.fill(0.0);
                self.rank(at, pipeline, origin, (0, rank), Source::Assets(stage), variants, sells);
            }
        }
        let origin = &streams.entrants;
        for year in 0..at.plan.steps {
            self.bound.fill(0.0);
            variants.iter().for_each(|v| v.law.raise(pipeline.entrants.1, &mut self.bound));
            for i in 0..LANES {
                self.bound[i] *= variants.iter().map(|v| v.law.entrants[year][i]).fold(0.0, f64::max);
            }
            if self.bound.iter().all(|&x| x == 0.0) {
                continue;
            }
            let date = calendar(at.plan, year + 1);
            let mut sum = [0.0; LANES];
            for rank in 0..u32::MAX {
                self.add_spacing(at, &origin.fates, (date, rank), 1.0, &mut sum);
                self.key = sum;
                if !self.matters() {
                    break;
                }
                origin.entry.words(at.vector, at.block, date, rank, &mut self.words);
                at.vector.uniform_from_words(&self.words, &mut self.entry);
                self.entry.iter_mut().for_each(|x| *x += year as f64);
                self.rank(at, pipeline, origin, (date, rank), Source::Entrants(year), variants, sells);
            }
        }
    }

    /// Adds an exponential spacing of the given rate to `sum`.
    fn add_spacing(
        &mut self,
        at: Context<'_>,
        stream: &Stream,
        (date, rank): (u32, u32),
        rate: f64,
        sum: &mut Lanes,
    ) {
        exponential(at.vector, stream, at.block, (date, rank), &mut self.words, &mut self.time);
        (0..LANES).for_each(|i| sum[i] += self.time[i] / rate);
    }

    fn matters(&self) -> bool {
        (0..LANES).any(|i| self.key[i] < self.bound[i])
    }

    /// Draws the durations of one rank and runs it under every kind of support.
    #[expect(
        clippy::too_many_arguments,
        reason = "two call sites; a parameter object would only rename them"
    )]
    fn rank(
        &mut self,
        at: Context<'_>,
        pipeline: &Pipeline,
        origin: &Origin,
        slot: (u32, u32),
        source: Source,
        variants: &mut [Approvals],
        sells: bool,
    ) {
        let (v, values) = (at.vector, at.organic.values());
        let first = match source {
            Source::Assets(stage) => stage,
            Source::Entrants(_) => pipeline.entrants.1,
        };
        for (stage, spec) in pipeline.stages.iter().enumerate().skip(first) {
            let work = &mut self.work[stage];
            match &spec.time {
                StageTime::Fixed => work.fill(1.0),
                StageTime::Exponential => {
                    exponential(v, &origin.times[stage], at.block, slot, &mut self.words, work);
                }
                StageTime::Gamma(law) => {
                    origin.times[stage].words(v, at.block, slot.0, slot.1, &mut self.words);
                    law.fill(v, Score::Words(&self.words), work);
                }
            }
            NumLanes::of(spec.duration, values).multiply(work);
        }
        if let Source::Assets(stage) = source {
            NumLanes::of(pipeline.stages[stage].elapsed, values).multiply_complement(&mut self.work[stage]);
        }
        self.has_peak = !sells;
        for variant in variants {
            self.run(at, pipeline, first, source, variant);
            for i in 0..LANES {
                if self.key[i] >= self.chance[i] || self.time[i] > at.plan.steps as f64 {
                    continue;
                }
                if !self.has_peak {
                    self.has_peak = true;
                    origin.peak.words(v, at.block, slot.0, slot.1, &mut self.words);
                    pipeline.peak_sales.fill(v, Score::Words(&self.words), &mut self.peak);
                }
                variant.add(i, 1.0, self.time[i], self.peak[i]);
            }
        }
    }

    /// Time of approval, and the bound of the key, under one kind of support.
    fn run(
        &mut self,
        at: Context<'_>,
        pipeline: &Pipeline,
        first: usize,
        source: Source,
        variant: &Approvals,
    ) {
        self.time = self.entry;
        match source {
            Source::Assets(_) => self.chance.fill(1.0),
            Source::Entrants(year) => self.chance = variant.law.entrants[year],
        }
        for (stage, work) in self.work.iter().enumerate().take(pipeline.stages.len()).skip(first) {
            variant.law.pass(at.vector, stage, work, &mut self.time, &mut self.chance);
        }
    }

    /// Expected approvals at the medians: every stage takes its mean duration, entrants enter in mid-year.
    pub fn expect(&mut self, at: Context<'_>, pipeline: &Pipeline, variants: &mut [Approvals]) {
        let values = at.organic.values();
        pipeline.peak_sales.fill(at.vector, Score::Normal(&[0.0; LANES]), &mut self.peak);
        let stages = 0..pipeline.stages.len();
        let sources = stages.map(Source::Assets).chain((0..at.plan.steps).map(Source::Entrants));
        for source in sources {
            let (first, entry, number) = match source {
                Source::Assets(stage) => (stage, 0.0, assets(pipeline, stage)),
                Source::Entrants(year) => (pipeline.entrants.1, year as f64 + 0.5, 1.0),
            };
            for (stage, spec) in pipeline.stages.iter().enumerate().skip(first) {
                NumLanes::of(spec.duration, values).write(&mut self.work[stage]);
            }
            if let Source::Assets(stage) = source {
                NumLanes::of(pipeline.stages[stage].elapsed, values)
                    .multiply_complement(&mut self.work[stage]);
            }
            self.entry.fill(entry);
            for variant in variants.iter_mut() {
                self.run(at, pipeline, first, source, variant);
                for i in 0..LANES {
                    let weight = number * self.chance[i];
                    if weight > 0.0 && self.time[i] <= at.plan.steps as f64 {
                        variant.add(i, weight, self.time[i], self.peak[i]);
                    }
                }
            }
        }
    }
}

impl Approvals {
    fn add(&mut self, lane: usize, weight: f64, time: f64, peak: f64) {
        let approval = Approval { lane: lane as u16, weight, time, peak };
        self.by_year[approval.year()][lane] += weight;
        self.list.push(approval);
    }
}

/// Unit exponentials, one for each lane.
pub fn exponential(
    v: Vector,
    stream: &Stream,
    block: u64,
    (date, slot): (u32, u32),
    words: &mut [u32; LANES],
    out: &mut Lanes,
) {
    stream.words(v, block, date, slot, words);
    v.uniform_from_words(words, out);
    v.ln(out);
    v.map(out, |x| -x);
}
